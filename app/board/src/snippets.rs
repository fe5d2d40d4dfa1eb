//! The Python that runs on the board.
//!
//! Each snippet defines one function, `_tp`; [`call`] runs it and forgets it again, so nothing is left among the user's names.
//! They keep to what MicroPython since 1.12 and CircuitPython have in common, and ask before they use more. A failure is an
//! exception, which crosses as one; what they print is read by [`crate::files`].

/// The source that runs a snippet with these arguments, given as Python literals.
pub fn call(snippet: &str, arguments: &[&str]) -> String {
    format!("{}\ntry:\n _tp({})\nfinally:\n del _tp\n", snippet.trim(), arguments.join(","))
}

/// The same, run only if it arrived as it was sent: a byte lost on a bare wire must not become another program. It runs in
/// names of its own. Needs `exec` and `binascii.crc32`.
pub fn guarded(source: &str) -> String {
    let mut literal = String::new();
    for &byte in source.as_bytes() {
        match byte {
            b'"' | b'\\' => literal.extend(['\\', byte as char]),
            b'\n' => literal.push_str("\\n"),
            b' '..=b'~' => literal.push(byte as char),
            _ => literal.push_str(&format!("\\x{byte:02x}")),
        }
    }
    let check = crc32fast::hash(source.as_bytes());
    format!("exec((lambda s:s if __import__('binascii').crc32(s)=={check} else 'raise OSError(74)')(b\"{literal}\"),{{}})\n")
}

/// The same for a program that prints its answer: a checksum of the answer follows it, see [`audited`].
pub fn audited_call(snippet: &str, arguments: &[&str]) -> String {
    guarded(&format!("{AUDIT}{}\n_tp({})\nsay('#%08x'%(c[0]&0xffffffff))\n", snippet.trim(), arguments.join(",")))
}

/// Takes the checksum off an answer; `None` if the two do not agree.
pub fn audited(printed: &[u8]) -> Option<Vec<u8>> {
    let (answer, check) = printed.split_at(printed.len().checked_sub(9)?);
    let check = check.strip_prefix(b"#").and_then(|digits| u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok())?;
    // A terminal line turns line ends into two bytes; the checksum was made before.
    let mut plain = Vec::with_capacity(answer.len());
    for (at, &byte) in answer.iter().enumerate() {
        if byte != b'\r' || answer.get(at + 1) != Some(&b'\n') {
            plain.push(byte);
        }
    }
    (crc32fast::hash(&plain) == check).then_some(plain)
}

/// Functions of snippets: `there(path)`, `install(new, path)`.
macro_rules! install {
    () => {
        r"
 def there(p):
  try:
   os.stat(p)
   return True
  except OSError:
   return False
 def install(new, path):
  old = path + '.tp-bak'
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
"
    };
}

/// And `switch(journal)`.
macro_rules! switch {
    () => {
        concat!(
            install!(),
            r"
 def switch(journal):
  with open(journal) as f:
   for line in f:
    word, new, path = line.rstrip('\n').split('\t')
    if word == 'm':
     if not there(path):
      os.mkdir(path)
    elif word == 'u':
     if there(new):
      install(new, path)
    elif there(path):
     if word == 'd':
      os.remove(path)
     elif not os.listdir(path):
      os.rmdir(path)
  stage = journal[:-6] + 'stage'
  if there(stage):
   for name in os.listdir(stage):
    os.remove(stage + '/' + name)
   os.rmdir(stage)
  os.remove(journal)
"
        )
    };
}

/// Before an audited snippet: a `print` that keeps a checksum of all that it printed.
const AUDIT: &str = "import sys
from binascii import crc32
say=sys.stdout.write
c=[0]
def print(*a,end='\\n'):
 t=' '.join(str(x)for x in a)+end
 c[0]=crc32(t.encode(),c[0])
 say(t)
";

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
 try:
  import gc
  gc.collect()
  free = gc.mem_free()
  exec
 except Exception:
  free = 0
 if free > 16000:
  print('exec')
 if has('deflate', 'DeflateIO') and free > 24000:
  print('wbits13' if free > 60000 else 'wbits11')
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

/// `_tp()`: brings back files that a power cut caught in the middle of [`INSTALL`] on FAT; looks at 500 names at the most.
/// Prints the journals of deployments that were cut off (see [`SWITCH`]), each ended by a NUL.
pub const REPAIR: &str = r"
def _tp():
 import os
 left = [500]
 def walk(folder):
  try:
   entries = list(os.ilistdir(folder))
  except (AttributeError, OSError):
   return
  names = [e[0] for e in entries]
  for e in entries:
   left[0] -= 1
   path = folder.rstrip('/') + '/' + e[0]
   if left[0] < 0:
    return
   if e[0] == '.tp-deploy':
    print(path, end='\0')
   elif e[0].endswith('.tp-bak'):
    if e[0][:-7] in names:
     os.remove(path)
    else:
     os.rename(path, path[:-7])
   elif e[1] & 0x4000:
    walk(path)
 try:
  walk('/')
 except OSError:
  pass
";

/// `_tp(path)`: bytes in all, bytes free.
pub const SPACE: &str = r"
def _tp(path):
 import os
 s = os.statvfs(path)
 print(s[1] * s[2], s[1] * s[4])
";

/// `_tp(folder, path, new)`: what is at the path (`f`, `d` or `-`) and its size, the size of what an earlier try left under the
/// name `new`, the block size and the bytes free (-1 if the board cannot tell). Removes what tries of other files left in the
/// folder. Raises if the folder is missing.
pub const BEFORE_WRITE: &str = r"
def _tp(folder, path, new):
 import os
 def at(p):
  try:
   s = os.stat(p)
   return 'd' if s[0] & 0x4000 else 'f', s[6]
  except OSError:
   return '-', 0
 kind, size = at(path)
 if folder not in ('', '/') and not os.stat(folder)[0] & 0x4000:
  raise OSError(20)
 for name in os.listdir(folder or '.'):
  p = folder.rstrip('/') + '/' + name if folder else name
  if name.startswith('.tp-') and name.endswith('.new') and p != new:
   os.remove(p)
 try:
  s = os.statvfs(folder or '.')
  room = s[1], s[1] * s[4]
 except (AttributeError, OSError):
  room = 1, -1
 print(kind, size, at(new)[1], room[0], room[1])
";

/// `_tp(path, mode, bits)`: takes a file from stdin, deflated with a window of so many bits unless that is 0. Ctrl-C is data
/// meanwhile, so the end must come within the data. A chunk is preceded by five bytes: its length n and its length once
/// inflated m (0: it is not deflated), each u16, little endian, and the exclusive or of these with 0xA5; n = 0 ends. Prints
/// `+` and the largest n that it takes (m may be twice that), then `+` for each chunk, or `-` when writing failed: from then
/// on chunks are read and dropped, so that nothing of the file can reach the prompt, and the exception comes after the end.
/// When chunks got out of step it prints `!`, and waits for 2048 zeros. Silence of 6 s ends it, where
/// there is `select`: so long a board is of no use to whoever comes next.
pub const UPLOAD: &str = r"
def _tp(path, mode, bits):
 import sys, micropython
 take = sys.stdin.buffer.readinto
 say = sys.stdout.write
 try:
  from select import poll
  ready = poll()
  ready.register(sys.stdin, 1)
 except Exception:
  ready = None
 size = 2048
 while True:
  try:
   b = memoryview(bytearray(size))
   out = memoryview(bytearray(2 * size)) if bits else b''
   break
  except MemoryError:
   size >>= 1
 h = memoryview(bytearray(5))
 bad = None
 f = open(path, mode)
 micropython.kbd_intr(-1)
 try:
  if bits:
   from deflate import DeflateIO
   from io import BytesIO
   s = BytesIO()
   d = DeflateIO(s, 1, bits)
  say('+%d\n' % size)
  while True:
   if ready and not ready.poll(6000):
    raise OSError(110)
   take(h)
   n = h[0] | h[1] << 8
   m = h[2] | h[3] << 8
   if h[0] ^ h[1] ^ h[2] ^ h[3] ^ h[4] ^ 165 or n > size or m > len(out):
    bad = OSError(74)
    say('!')
    z = 0
    while z < 2048:
     take(h[:1])
     z = 0 if h[0] else z + 1
    break
   if not n:
    break
   take(b[:n])
   if not bad:
    try:
     data = b[:n]
     if m:
      s.seek(0)
      s.write(data)
      s.seek(0)
      data = out[:m]
      if d.readinto(data) != m:
       raise OSError(74)
     if f.write(data) != len(data):
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

/// `_tp(path, check)`: sends a file. Prints `+` and its length; then, for each byte that comes on stdin, a chunk preceded by
/// its length (u16, little endian): 0 ends, followed by the CRC-32 of all chunks (u32, little endian) if `check`; 65535 ends
/// with an exception to follow. A `x` on stdin ends early.
pub const DOWNLOAD: &str = r"
def _tp(path, check):
 import os, sys
 take = sys.stdin.read
 put = sys.stdout.buffer.write
 c = 0
 if check:
  from binascii import crc32
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
   n = 1
   while n:
    go = take(1)
    n = f.readinto(b) if go == '+' else 0
    put(bytes((n & 255, n >> 8)))
    if n:
     put(memoryview(b)[:n])
     if check:
      c = crc32(memoryview(b)[:n], c)
   if check:
    put((c & 0xffffffff).to_bytes(4, 'little'))
   if go == '+':
    take(1)
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

/// `_tp(path, count)`: the SHA-256 of a file, in hexadecimal; of its first `count` bytes if that is not -1.
pub const SHA256: &str = r"
def _tp(path, count):
 import hashlib
 h = hashlib.sha256()
 b = memoryview(bytearray(512))
 with open(path, 'rb') as f:
  while count:
   n = f.readinto(b if count < 0 or count > 512 else b[:count])
   if not n:
    break
   h.update(b[:n])
   if count > 0:
    count -= n
 print(''.join('%02x' % c for c in h.digest()))
";

/// `_tp(folder, hashed)`: all names below a folder, each as kind, size, SHA-256 (or `-`), path below the folder, ended by a NUL.
pub const TREE: &str = r"
def _tp(folder, hashed):
 import os
 if hashed:
  import hashlib
  b = memoryview(bytearray(512))
 def sha(path):
  if not hashed:
   return '-'
  h = hashlib.sha256()
  with open(path, 'rb') as f:
   while True:
    n = f.readinto(b)
    if not n:
     break
    h.update(b[:n])
  return ''.join('%02x' % c for c in h.digest())
 many = hasattr(os, 'ilistdir')
 def twin(name, p):
  # A file system that is mounted at the root and by a name, too.
  inner = os.listdir(p)
  return inner and set(inner) | {name} == set(os.listdir(folder))
 def walk(path, below):
  for e in os.ilistdir(path) if many else os.listdir(path):
   name = e[0] if many else e
   p = path.rstrip('/') + '/' + name if path else name
   if many and (len(e) > 3 or e[1] & 0x4000):
    kind, size = e[1], e[3] if len(e) > 3 else 0
   else:
    s = os.stat(p)
    kind, size = s[0], s[6]
   if kind & 0x4000:
    if not below and folder in ('', '/') and twin(name, p):
     continue
    print('d 0 -', below + name, end='\0')
    walk(p, below + name + '/')
   else:
    print('f', size, sha(p), below + name, end='\0')
 walk(folder, '')
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
pub const INSTALL: &str = concat!(
    r"
def _tp(new, path):
 import os
",
    install!(),
    r"
 install(new, path)
 if hasattr(os, 'sync'):
  os.sync()
"
);

/// `_tp(journal)`: does what the journal of a deployment says (see [`crate::deploy`]), and what of it was not done before.
pub const SWITCH: &str = concat!(
    r"
def _tp(journal):
 import os
",
    switch!(),
    r"
 switch(journal)
 if hasattr(os, 'sync'):
  os.sync()
"
);

/// `_tp()`: the number of this very board, in hexadecimal; empty if it has none.
pub const ID: &str = r"
def _tp():
 try:
  try:
   from machine import unique_id
   n = unique_id()
  except ImportError:
   from microcontroller import cpu
   n = cpu.uid
 except Exception:
  n = b''
 print(''.join('%02x' % c for c in n))
";

/// `_tp()`: the number of its bytecode (0 for none of MicroPython's), and the folder of libraries.
pub const LIBRARIES: &str = r"
def _tp():
 import sys
 print(getattr(sys.implementation, '_mpy', 0))
 for p in sys.path:
  if p.endswith('/lib'):
   print(p)
   break
";

/// `_tp()`: the folder where the board is: on a pyboard its flash, elsewhere mostly `/`.
pub const HOME: &str = r"
def _tp():
 import os
 print(os.getcwd())
";

/// `_tp(path)`: kind, size, time of the last change, and the year from which the board counts its time.
pub const PROPERTIES: &str = r"
def _tp(path):
 import os
 s = os.stat(path)
 try:
  from time import localtime
  y = localtime(0)[0]
 except Exception:
  y = 1970
 print('d' if s[0] & 0x4000 else 'f', s[6], s[8], 2000 if y >= 1999 else 1970)
";

/// `_tp(*late)`: the names of the running session, a line each with tabs between: name, type, key, and `=` with the value. What is long is
/// told by its length or its beginning: a list of a thousand numbers, written out, would not fit a board's memory. What is of the keys `late`,
/// or was interrupted while it wrote itself, has a `?` for its value; once three were, the others are not tried, and have a `-`.
pub const VARIABLES: &str = r"
def _tp(*late):
 m = __import__('__main__')
 tries = 3
 def say(v):
  try:
   n = len(v)
  except Exception:
   n = 0
  if isinstance(v, (str, bytes)):
   return repr(v) if n <= 80 else repr(v[:80]) + '...'
  return repr(v) if n <= 16 else '... %d items' % n
 def begin(t):
  return t if len(t) <= 200 else t[:200] + '...'
 for name in sorted(dir(m)):
  if name[:2] == '__':
   continue
  v = getattr(m, name, None)
  key = '%s %d' % (name, id(v))
  print(name + '\t' + type(v).__name__ + '\t', end=key + '\t')
  try:
   t = '?' if key in late else '=' + begin(say(v)) if tries else '-'
  except KeyboardInterrupt:
   tries -= 1
   t = '?'
  except BaseException as e:
   t = '=' + begin(repr(e))
  print(t.replace('\n', ' ').replace('\t', ' '))
";

/// `_tp()`: what `help` says of modules, a zero, and the names of what lies where imports look.
pub const MODULES: &str = r"
def _tp():
 import os, sys
 help('modules')
 print('\0')
 for path in sys.path:
  try:
   for name in os.listdir(path or os.getcwd()):
    print(name)
  except OSError:
   pass
";

/// Restarts the board as its reset button does.
pub const RESET: &str = "try:\n from machine import reset\nexcept ImportError:\n from microcontroller import reset\nreset()\n";

/// Starts the board's boot loader, which takes new firmware.
pub const BOOTLOADER: &str = "try:
 from machine import bootloader
except ImportError:
 import microcontroller
 def bootloader():
  microcontroller.on_next_reset(microcontroller.RunMode.UF2)
  microcontroller.reset()
bootloader()
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

/// `_tp(path)`: removes a file, or a folder with all that is in it.
pub const REMOVE_ALL: &str = r"
def _tp(path):
 import os
 def gone(p):
  if os.stat(p)[0] & 0x4000:
   for name in os.listdir(p):
    gone(p.rstrip('/') + '/' + name)
   os.rmdir(p)
  else:
   os.remove(p)
 gone(path)
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
    fn an_answer_that_changed_on_the_way_is_none() {
        let printed =
            |text: &str| format!("{}#{:08x}", text.replace('\n', "\r\n"), crc32fast::hash(text.as_bytes())).into_bytes();
        assert_eq!(audited(&printed("f 1 a\0\n")), Some(b"f 1 a\0\n".to_vec()));
        assert_eq!(audited(&printed("")), Some(vec![]));
        let mut wrong = printed("f 1 a\0\n");
        wrong[4] = b'b';
        assert_eq!(audited(&wrong), None);
        assert_eq!(audited(b"f 1"), None);
    }

    #[test]
    fn a_call_leaves_no_name_behind() {
        assert_eq!(call("\ndef _tp(a):\n pass\n", &["1"]), "def _tp(a):\n pass\ntry:\n _tp(1)\nfinally:\n del _tp\n");
    }
}
