//! The Python that runs on the board.
//!
//! Each snippet defines one function, `_tp`; [`call`] runs it and forgets it again, so nothing is left among the user's names.
//! They keep to what MicroPython since 1.12 and CircuitPython have in common, and ask before they use more. A failure is an
//! exception, which crosses as one; what they print is read by [`crate::files`].

/// The source that runs a snippet with these arguments, given as Python literals.
pub fn call(snippet: &str, arguments: &[&str]) -> String {
    format!("{}\ntry:\n _tp({})\nfinally:\n del _tp\n", snippet.trim(), arguments.join(","))
}

/// A text as a Python literal. Non-ASCII stays as it is: source is UTF-8 everywhere, and `\u` is not known everywhere.
pub fn literal(text: &str) -> String {
    let mut out = String::from("'");
    for character in text.chars() {
        match character {
            '\'' | '\\' => out.extend(['\\', character]),
            '\0'..' ' | '\x7F' => out.push_str(&format!("\\x{:02x}", character as u32)),
            _ => out.push(character),
        }
    }
    out.push('\'');
    out
}

/// Bytes as a Python literal, in ASCII.
pub fn bytes_literal(bytes: &[u8]) -> String {
    let mut out = String::from("b'");
    for &byte in bytes {
        match byte {
            b'\'' | b'\\' => out.extend(['\\', byte as char]),
            b' '..=b'~' => out.push(byte as char),
            _ => out.push_str(&format!("\\x{byte:02x}")),
        }
    }
    out.push('\'');
    out
}

/// `_tp()`: which of the things that not every board has are there, as words.
pub const ABILITIES: &str = r"
def _tp():
 import sys
 def has(module, name):
  try:
   return hasattr(__import__(module), name)
  except ImportError:
   return False
 if has('micropython', 'kbd_intr') and hasattr(sys.stdin, 'buffer'):
  print('stdin')
 if hasattr(sys.stdout, 'buffer'):
  print('stdout')
 if has('hashlib', 'sha256'):
  print('sha256')
 if has('binascii', 'crc32'):
  print('crc32')
";

/// `_tp(folder)`: each name as kind, size, name, ended by a NUL, which no name can hold.
pub const LIST: &str = r"
def _tp(folder):
 import os
 many = hasattr(os, 'ilistdir')
 for e in os.ilistdir(folder) if many else os.listdir(folder):
  name = e[0] if many else e
  path = folder.rstrip('/') + '/' + name if folder else name
  if many and (len(e) > 3 or e[1] & 0x4000):
   kind, size = e[1], e[3] if len(e) > 3 else 0
  else:
   s = os.stat(path)
   kind, size = s[0], s[6]
  print('d' if kind & 0x4000 else 'f', size, name, end='\0')
";

/// `_tp(folder)`: undoes what a power cut in the middle of a write left behind (see [`INSTALL`]).
pub const REPAIR: &str = r"
def _tp(folder):
 import os
 names = os.listdir(folder)
 for name in names:
  path = folder.rstrip('/') + '/' + name if folder else name
  if name.endswith('.tp-bak'):
   if name[:-7] in names:
    os.remove(path)
   else:
    os.rename(path, path[:-7])
  elif name.startswith('.tp-') and name.endswith('.new'):
   os.remove(path)
";

/// `_tp(path)`: bytes in all, bytes free.
pub const SPACE: &str = r"
def _tp(path):
 import os
 s = os.statvfs(path)
 print(s[1] * s[2], s[1] * s[4])
";

/// `_tp(folder, path)`: what is at the path (`f`, `d` or `-`), the block size and the bytes free (-1 if the board cannot tell).
/// Raises if the folder is missing.
pub const BEFORE_WRITE: &str = r"
def _tp(folder, path):
 import os
 try:
  kind = 'd' if os.stat(path)[0] & 0x4000 else 'f'
 except OSError:
  kind = '-'
 if folder not in ('', '/') and not os.stat(folder)[0] & 0x4000:
  raise OSError(20)
 try:
  s = os.statvfs(folder or '.')
  print(kind, s[1], s[1] * s[4])
 except (AttributeError, OSError):
  print(kind, 1, -1)
";

/// `_tp(path)`: takes a file from stdin. Ctrl-C is data meanwhile, so the end must come within the data: chunks are
/// preceded by their length (u16, little endian), and a length of 0 ends. Prints `+` and the largest chunk that it takes,
/// then `+` for each chunk, or `-` when writing failed: from then on chunks are read and dropped, so that nothing of the
/// file can reach the prompt, and the exception comes after the end.
pub const UPLOAD: &str = r"
def _tp(path):
 import sys, micropython
 read = sys.stdin.buffer.readinto
 say = sys.stdout.write
 size = 2048
 while True:
  try:
   b = memoryview(bytearray(size))
   break
  except MemoryError:
   size >>= 1
 h = bytearray(2)
 bad = None
 f = open(path, 'wb')
 micropython.kbd_intr(-1)
 try:
  say('+%d\n' % size)
  while True:
   read(h)
   n = h[0] | h[1] << 8
   if not n:
    break
   read(b[:n])
   if not bad:
    try:
     if f.write(b[:n]) != n:
      raise OSError(28)
     say('+')
    except Exception as e:
     bad = e
     say('-')
 finally:
  micropython.kbd_intr(3)
  try:
   f.close()
  except Exception as e:
   bad = bad or e
 if bad:
  raise bad
";

/// `_tp(path, mode, data)`: writes some bytes; the slow way, for boards that [`UPLOAD`] does not suit.
pub const PUT: &str = r"
def _tp(path, mode, data):
 with open(path, mode) as f:
  if f.write(data) != len(data):
   raise OSError(28)
";

/// `_tp(path)`: sends a file. Prints `+` and its length; then, for each byte that comes on stdin, a chunk preceded by its
/// length (u16, little endian): 0 ends, 65535 ends with an exception to follow. A `x` on stdin ends early.
pub const DOWNLOAD: &str = r"
def _tp(path):
 import os, sys
 take = sys.stdin.read
 put = sys.stdout.buffer.write
 size = 2048
 while True:
  try:
   b = bytearray(size)
   break
  except MemoryError:
   size >>= 1
 with open(path, 'rb') as f:
  sys.stdout.write('+%d\n' % os.stat(path)[6])
  try:
   while take(1) == '+':
    n = f.readinto(b)
    if not n:
     put(b'\0\0')
     take(1)
     return
    put(bytes((n & 255, n >> 8)))
    put(memoryview(b)[:n])
   put(b'\0\0')
  except Exception:
   put(b'\xff\xff')
   raise
";

/// `_tp(path)`: prints a file in hexadecimal, a line for each 64 bytes; for boards without `sys.stdout.buffer`.
pub const DUMP: &str = r"
def _tp(path):
 with open(path, 'rb') as f:
  while True:
   b = f.read(64)
   if not b:
    break
   print(''.join('%02x' % c for c in b))
";

/// `_tp(path)`: the SHA-256 of a file, in hexadecimal.
pub const SHA256: &str = r"
def _tp(path):
 import hashlib
 h = hashlib.sha256()
 b = bytearray(512)
 with open(path, 'rb') as f:
  while True:
   n = f.readinto(b)
   if not n:
    break
   h.update(memoryview(b)[:n])
 print(''.join('%02x' % c for c in h.digest()))
";

/// `_tp(path)`: the length and the CRC-32 of a file.
pub const CRC32: &str = r"
def _tp(path):
 import binascii
 c = size = 0
 b = bytearray(512)
 with open(path, 'rb') as f:
  while True:
   n = f.readinto(b)
   if not n:
    break
   size += n
   c = binascii.crc32(memoryview(b)[:n], c)
 print(size, c & 0xffffffff)
";

/// `_tp(new, path)`: puts a whole new file in the place of an old one. Where renaming replaces (littlefs) that is one step;
/// on FAT the old file steps aside first, under a name that [`REPAIR`] knows, so at every moment one of the two is whole.
pub const INSTALL: &str = r"
def _tp(new, path):
 import os
 old = path + '.tp-bak'
 def there(p):
  try:
   os.stat(p)
   return True
  except OSError:
   return False
 try:
  os.rename(new, path)
 except OSError:
  if not there(path):
   raise
  if there(old):
   os.remove(old)
  os.rename(path, old)
  try:
   os.rename(new, path)
  except OSError:
   os.rename(old, path)
   raise
  os.remove(old)
 if hasattr(os, 'sync'):
  os.sync()
";

/// `_tp(path)`.
pub const MAKE_FOLDER: &str = r"
def _tp(path):
 import os
 os.mkdir(path)
";

/// `_tp(path)`: removes a file or an empty folder. FAT reports a folder with something in it like a missing permission, so
/// it is asked for.
pub const REMOVE: &str = r"
def _tp(path):
 import os
 if os.stat(path)[0] & 0x4000:
  if os.listdir(path):
   raise OSError(39)
  os.rmdir(path)
 else:
  os.remove(path)
";

/// `_tp(old, new)`: never replaces.
pub const RENAME: &str = r"
def _tp(old, new):
 import os
 try:
  os.stat(new)
 except OSError:
  os.rename(old, new)
  return
 raise OSError(17)
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_name_survives_as_a_literal() {
        assert_eq!(literal("it's \\ a\tday.py"), r"'it\'s \\ a\x09day.py'");
        assert_eq!(literal("день 🎈"), "'день 🎈'");
        assert_eq!(bytes_literal(b"a'\\\x00\xff\n"), r"b'a\'\\\x00\xff\x0a'");
    }

    #[test]
    fn a_call_leaves_no_name_behind() {
        assert_eq!(call("\ndef _tp(a):\n pass\n", &["1"]), "def _tp(a):\n pass\ntry:\n _tp(1)\nfinally:\n del _tp\n");
    }
}
