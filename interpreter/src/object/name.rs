//! Interned names: identifiers and short strings known by number.
//!
//! Names form a chain of pools. The core's is built by the compiler from every `table!` and from `EXTRA` below; a port adds
//! its own with a base of its own; the last lies in RAM and grows (`vm::names`). A name has one number whatever pool it is
//! in, so two equal names are equal words. An undeclared `name!(x)` stops the build.

use crate::code::width::Number;

/// An interned string, by number.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub struct Name(pub Number);

/// A string's hash, the same for a name and for a `str` object: FNV-1a, 32 bits.
pub const fn hash(text: &[u8]) -> u32 {
    let (mut hash, mut i) = (0x811c_9dc5_u32, 0);
    while i < text.len() {
        hash = (hash ^ text[i] as u32).wrapping_mul(0x0100_0193);
        i += 1;
    }
    hash
}

/// `r#match` is how Rust spells the identifier `match`.
pub const fn plain(name: &'static str) -> &'static str {
    match name.as_bytes() {
        [b'r', b'#', ..] => name.split_at(2).1,
        _ => name,
    }
}

/// Whether pools keep the upper halves of the hashes of their names, and are ordered by them. The smallest interpreter's are ordered by text: it hashes
/// a name when a dict is so large that it asks.
pub const HASHED: bool = cfg!(feature = "standard");

/// How many names the core's pool begins with that are an ASCII character each, and whose number that character is; where pools are hashed.
pub const CHARACTERS: u8 = 128;

/// Every so many texts of a pool it is known where they begin.
pub const STRIDE: usize = 8;

/// A static pool: texts in order; the number of a name is `base` + its index.
pub struct Pool {
    /// The number of the first name.
    pub base: Number,
    /// All texts, one after the other: a `&str` for each would cost six bytes more.
    pub text: &'static str,
    /// How long each text is.
    pub lengths: &'static [u8],
    /// Where every `STRIDE`th begins: a place for each would cost a byte more.
    pub starts: &'static [u16],
    /// The upper halves of their hashes, if they are kept.
    pub hashes: &'static [u16],
    /// The lower halves, on hosts, which do not hash a name again.
    pub lower_hashes: &'static [u16],
}

impl Pool {
    /// The name of `text`, whose hash is `hash`, if it is in this pool.
    pub const fn find(&self, text: &[u8], hash: u32) -> Option<Name> {
        // The port's pools repeat some of the core's: those are found there, before.
        if HASHED && let [byte @ 0..CHARACTERS] = *text {
            return if self.base == 0 { Some(Name(byte as Number)) } else { None };
        }
        let (mut low, mut high) = (0, self.lengths.len());
        while low < high {
            let middle = (low + high) / 2;
            let is_before =
                if HASHED { self.hashes[middle] < upper(hash) } else { comes_before(self.at(middle).as_bytes(), text) };
            if is_before { low = middle + 1 } else { high = middle }
        }
        // Some share the upper half.
        while low < self.lengths.len() {
            if same(self.at(low).as_bytes(), text) {
                return Some(Name(self.base + low as Number));
            }
            if !HASHED || self.hashes[low] != upper(hash) {
                return None;
            }
            low += 1;
        }
        None
    }

    /// The text of `name`, if it is in this pool.
    pub fn text(&self, name: Name) -> Option<&'static str> {
        let index = name.0.checked_sub(self.base)? as usize;
        if index < self.lengths.len() { Some(self.at(index)) } else { None }
    }

    const fn at(&self, index: usize) -> &'static str {
        let (mut start, mut i) = (self.starts[index / STRIDE] as usize, index - index % STRIDE);
        while i < index {
            start += self.lengths[i] as usize;
            i += 1;
        }
        match self.text.split_at_checked(start) {
            Some((_, rest)) => match rest.split_at_checked(self.lengths[index] as usize) {
                Some((text, _)) => text,
                None => "",
            },
            None => "",
        }
    }
}

const fn upper(hash: u32) -> u16 {
    (hash >> 16) as u16
}

/// Looks `text` up while compiling; a text that no table declares stops the build.
pub const fn declared(pools: &[&Pool], text: &'static str) -> Name {
    let text = plain(text).as_bytes();
    let (hash, mut i) = (hash(text), 0);
    while i < pools.len() {
        if let Some(name) = pools[i].find(text, hash) {
            return name;
        }
        i += 1;
    }
    panic!("this name is declared by no table; add a row, or add it to EXTRA in object/name.rs")
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}

/// Whether `a` is ordered before `b` by its bytes.
pub(crate) const fn comes_before(a: &[u8], b: &[u8]) -> bool {
    let mut i = 0;
    while i < a.len() && i < b.len() {
        if a[i] != b[i] {
            return a[i] < b[i];
        }
        i += 1;
    }
    a.len() < b.len()
}

/// Lists of lists of texts: the core has one list for each table, under one for objects and one for modules.
pub type Groups = &'static [&'static [&'static [&'static str]]];

/// Number of texts in all `groups`, duplicates included.
pub const fn total(groups: Groups) -> usize {
    let (mut n, mut g) = (0, 0);
    while g < groups.len() {
        let mut list = 0;
        while list < groups[g].len() {
            n += groups[g][list].len();
            list += 1;
        }
        g += 1;
    }
    n
}

/// What a text is ordered by: its hash, or itself as a character.
const fn key(text: &str) -> u32 {
    match *text.as_bytes() {
        [byte @ 0..CHARACTERS] if HASHED => byte as u32,
        ref bytes => hash(bytes),
    }
}

/// Every text of every group with what it is ordered by, in the order of a pool, duplicates side by side.
pub const fn sorted<const N: usize>(groups: Groups) -> [(u32, &'static str); N] {
    let mut out = [(0, ""); N];
    let (mut n, mut g) = (0, 0);
    while g < groups.len() {
        let mut list = 0;
        while list < groups[g].len() {
            let mut i = 0;
            while i < groups[g][list].len() {
                let text = plain(groups[g][list][i]);
                out[n] = (key(text), text);
                n += 1;
                i += 1;
            }
            list += 1;
        }
        g += 1;
    }
    let mut gap = N / 2;
    while gap > 0 {
        let mut i = gap;
        while i < N {
            let x = out[i];
            let mut j = i;
            while j >= gap && is_before(&x, &out[j - gap]) {
                out[j] = out[j - gap];
                j -= gap;
            }
            out[j] = x;
            i += 1;
        }
        gap = if gap == 2 { 1 } else { gap * 5 / 11 };
    }
    out
}

const fn is_before(a: &(u32, &str), b: &(u32, &str)) -> bool {
    if HASHED { a.0 < b.0 } else { comes_before(a.1.as_bytes(), b.1.as_bytes()) }
}

/// Whether the text at `index` of a sorted list is not the one before.
const fn is_new(list: &[(u32, &str)], index: usize) -> bool {
    index == 0 || !same(list[index - 1].1.as_bytes(), list[index].1.as_bytes())
}

/// Number of different texts in a sorted list. Two texts with one hash stop the build.
pub const fn distinct(list: &[(u32, &str)]) -> usize {
    let (mut n, mut i) = (0, 0);
    while i < list.len() {
        if is_new(list, i) {
            n += 1;
            assert!(!HASHED || i == 0 || list[i - 1].0 != list[i].0, "two names share a hash");
        }
        i += 1;
    }
    n
}

/// Halves of the hashes of a sorted list, shifted down by so many bits, each once, as many as are wanted.
pub const fn hashes<const N: usize>(list: &[(u32, &'static str)], shift: u32) -> [u16; N] {
    let (mut out, mut n, mut i) = ([0; N], 0, 0);
    while n < N {
        if is_new(list, i) {
            out[n] = (list[i].0 >> shift) as u16;
            n += 1;
        }
        i += 1;
    }
    out
}

/// How long the texts of a sorted list are, each once.
pub const fn lengths<const N: usize>(list: &[(u32, &'static str)]) -> [u8; N] {
    let (mut out, mut n, mut i) = ([0; N], 0, 0);
    while i < list.len() {
        if is_new(list, i) {
            assert!(list[i].1.len() <= u8::MAX as usize, "a name of a pool has 255 bytes at the most");
            out[n] = list[i].1.len() as u8;
            n += 1;
        }
        i += 1;
    }
    out
}

/// Where every `STRIDE`th of texts of such lengths begins when they are put together.
pub const fn starts<const N: usize>(lengths: &[u8]) -> [u16; N] {
    let (mut out, mut i, mut start) = ([0; N], 0, 0);
    while i < lengths.len() {
        if i % STRIDE == 0 {
            assert!(start <= u16::MAX as usize, "the texts of a pool fit 64 kB");
            out[i / STRIDE] = start as u16;
        }
        start += lengths[i] as usize;
        i += 1;
    }
    out
}

/// The bytes of texts of such lengths.
pub const fn sum(lengths: &[u8]) -> usize {
    let (mut sum, mut i) = (0, 0);
    while i < lengths.len() {
        sum += lengths[i] as usize;
        i += 1;
    }
    sum
}

/// The texts of a sorted list put together, each once.
pub const fn joined<const N: usize>(list: &[(u32, &'static str)]) -> [u8; N] {
    let (mut out, mut n, mut i) = ([0; N], 0, 0);
    while i < list.len() {
        if is_new(list, i) {
            let (text, mut at) = (list[i].1.as_bytes(), 0);
            while at < text.len() {
                out[n] = text[at];
                n += 1;
                at += 1;
            }
        }
        i += 1;
    }
    out
}

/// Names that the core speaks of and that no table declares.
pub const EXTRA: &[&str] = &[
    "__bases__",
    "cell_contents",
    "__instancecheck__",
    "__subclasscheck__",
    "__class_getitem__",
    "",
    "<module>",
    "<lambda>",
    "<listcomp>",
    "<setcomp>",
    "<dictcomp>",
    "<genexpr>",
    "<stdin>",
    "*",
    ".",
    "_",
    ".0",
    "__main__",
    "__build_class__",
    "code",
    "fdel",
    "fset",
    "fget",
    "format",
    "ascii",
    "__name__",
    "__file__",
    "__dict__",
    "__class__",
    "__module__",
    "__qualname__",
    "__call__",
    "__repr__",
    "__str__",
    "__format__",
    "__hash__",
    "__bool__",
    "__len__",
    "__contains__",
    "__getitem__",
    "__setitem__",
    "__delitem__",
    "__getattr__",
    "__setattr__",
    "__delattr__",
    "__class_getitem__",
    "__missing__",
    "__iter__",
    "__reversed__",
    "__aenter__",
    "__aexit__",
    "__await__",
    "__eq__",
    "__ne__",
    "__lt__",
    "__le__",
    "__gt__",
    "__ge__",
    "__add__",
    "__sub__",
    "__mul__",
    "__matmul__",
    "__truediv__",
    "__floordiv__",
    "__mod__",
    "__pow__",
    "__lshift__",
    "__rshift__",
    "__and__",
    "__or__",
    "__xor__",
    "__radd__",
    "__rsub__",
    "__rmul__",
    "__rmatmul__",
    "__rtruediv__",
    "__rfloordiv__",
    "__rmod__",
    "__rpow__",
    "__rlshift__",
    "__rrshift__",
    "__rand__",
    "__ror__",
    "__rxor__",
    "__iadd__",
    "__isub__",
    "__imul__",
    "__imatmul__",
    "__itruediv__",
    "__ifloordiv__",
    "__imod__",
    "__ipow__",
    "__ilshift__",
    "__irshift__",
    "__iand__",
    "__ior__",
    "__ixor__",
    "__neg__",
    "__pos__",
    "__invert__",
    "__abs__",
    "__int__",
    "__float__",
    "__index__",
    "__complex__",
    "__divmod__",
    "__sizeof__",
    "__cause__",
    "__context__",
    "__notes__",
    "implementation",
    "_machine",
    "_build",
    "_v2",
    "cache_tag",
    "3.11.0; Taipan v0.1.0",
    "TextIOWrapper",
    "FileIO",
    "FileSystem",
    "mode",
    "/",
    "path",
    "argv",
    "modules",
    "buffer",
    "name",
    "value",
    "args",
    "key",
    "default",
    "start",
    "stop",
    "step",
    "sep",
    "end",
    "file",
    "lineno",
    "offset",
    "iterable",
    "strict",
    "sep",
    "module",
    "mod",
    "ndigits",
    "real",
    "imag",
    "__getattribute__",
    "__dir__",
    "obj",
];

/// Names that only the larger sets speak of.
#[cfg(feature = "standard")]
pub const MORE: &[&str] = &[
    "machine",
    "__classcell__",
    "__kwdefaults__",
    "__annotations__",
    "__orig_bases__",
    "__slots__",
    "__match_args__",
    "_field_defaults",
    "__weakref__",
    "__base__",
    "__prepare__",
    "__mro_entries__",
    "builtins",
    "__globals__",
    "__code__",
    "__defaults__",
    "__closure__",
    "__self__",
    "__func__",
    "keys",
    "send",
    "throw",
    "close",
    "range",
    "metaclass",
    "__doc__",
    "__mro__",
    "__init__",
    "__new__",
    "__get__",
    "__set__",
    "__delete__",
    "__set_name__",
    "__init_subclass__",
    "__next__",
    "__enter__",
    "__exit__",
    "__aiter__",
    "__anext__",
    "__traceback__",
    "__suppress_context__",
    "micropython",
    "little",
    "wbits",
    "r",
    "platform",
    "append",
    "version",
    "errno",
    "reverse",
    "encoding",
    "errors",
    "write",
    "object",
    "last",
    "flush",
    "ioctl",
    "maxsplit",
    "count",
    "IOBase",
    "newline",
    "<string>",
    "add",
    "update",
    "__objclass__",
    "__path__",
    "__builtins__",
    "__del__",
    "__bytes__",
    "__round__",
    "__rdivmod__",
    "dir",
    "1.28.0",
    "StringIO",
    "BytesIO",
    "BufferedWriter",
    "poll",
    "ipoll",
    "readonly",
    "mkfs",
    "pop",
    "__import__",
    "__all__",
    "rb",
    "keepends",
    "tabsize",
    "delete",
    "typecode",
    "itemsize",
    "nbytes",
    "ndim",
    "shape",
    "strides",
    "maxlen",
    "defaults",
    "rename",
    "_fields",
    "length",
    "byteorder",
    "signed",
    "rel_tol",
    "abs_tol",
    "VfsFat",
    "VfsLfs1",
    "VfsLfs2",
    "VfsRom",
    "BlockDevice",
    "bdev",
    "readsize",
    "progsize",
    "lookahead",
    "mtime",
    "sync",
];
/// None.
#[cfg(not(feature = "standard"))]
pub const MORE: &[&str] = &[];
