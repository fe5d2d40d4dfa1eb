//! The methods of `bytes`, which `bytearray` has, too.

use crate::object::handle::Args;
use crate::object::print::{Builder, Printer};
use crate::object::str::{self, search, shape, split};
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// capitalize(): the first letter in upper case, the rest in lower.
    #[cfg(feature = "standard")]
    def capitalize(1) = shape::capitalize;
    /// center(width, fill=b" "): padded on both sides.
    #[cfg(feature = "standard")]
    def center(2..=3) = shape::center;
    /// count(part, start=0, end=len): how often the part occurs, without overlaps.
    #[cfg(feature = "standard")]
    def count(2..=4) = search::count;
    /// decode(encoding="utf-8", errors="strict"): the bytes as text.
    #[cfg(feature = "standard")]
    def decode(1..=3, keywords) = |vm, args| str::decode(vm, args.at(0), args);
    /// endswith(suffix, start=0, end=len): whether it ends so; a tuple is a choice.
    #[cfg(feature = "standard")]
    def endswith(2..=4) = search::endswith;
    /// expandtabs(tabsize=8): tabs as spaces.
    #[cfg(feature = "standard")]
    def expandtabs(1..=2, keywords) = shape::expandtabs;
    /// find(part, start=0, end=len): the first position of the part, or -1.
    def find(2..=4) = search::find;
    /// fromhex(text): the bytes that hexadecimal digits mean.
    #[cfg(feature = "standard")]
    class def fromhex(2) = fromhex;
    /// hex(sep="", bytes_per_sep=1): the bytes in hexadecimal digits.
    #[cfg(feature = "standard")]
    def hex(1..=3) = hex;
    /// index(part, start=0, end=len): as find, but raises ValueError.
    #[cfg(feature = "standard")]
    def index(2..=4) = search::index;
    /// isalnum(): whether all bytes are ASCII letters or digits.
    #[cfg(feature = "standard")]
    def isalnum(1) = shape::isalnum;
    /// isalpha(): whether all bytes are ASCII letters.
    #[cfg(feature = "standard")]
    def isalpha(1) = shape::isalpha;
    /// isascii(): whether all bytes are ASCII.
    #[cfg(feature = "standard")]
    def isascii(1) = shape::isascii;
    /// isdigit(): whether all bytes are ASCII digits.
    #[cfg(feature = "standard")]
    def isdigit(1) = shape::isdigit;
    /// islower(): whether all letters are in lower case.
    #[cfg(feature = "standard")]
    def islower(1) = shape::islower;
    /// isspace(): whether all bytes are white space.
    #[cfg(feature = "standard")]
    def isspace(1) = shape::isspace;
    /// istitle(): whether each word begins with its only upper case letter.
    #[cfg(feature = "standard")]
    def istitle(1) = shape::istitle;
    /// isupper(): whether all letters are in upper case.
    #[cfg(feature = "standard")]
    def isupper(1) = shape::isupper;
    /// join(iterable): the items with these bytes between them.
    #[cfg(feature = "standard")]
    def join(2) = split::join;
    /// ljust(width, fill=b" "): padded on the right.
    #[cfg(feature = "standard")]
    def ljust(2..=3) = shape::ljust;
    /// lower(): in lower case.
    #[cfg(feature = "standard")]
    def lower(1) = shape::lower;
    /// lstrip(bytes=None): without white space, or these bytes, on the left.
    #[cfg(feature = "standard")]
    def lstrip(1..=2) = shape::lstrip;
    /// partition(part): (before, part, after).
    #[cfg(feature = "standard")]
    def partition(2) = split::partition;
    /// removeprefix(prefix): without the prefix.
    #[cfg(feature = "standard")]
    def removeprefix(2) = search::removeprefix;
    /// removesuffix(suffix): without the suffix.
    #[cfg(feature = "standard")]
    def removesuffix(2) = search::removesuffix;
    /// replace(old, new, count=-1): with old parts replaced by new ones.
    #[cfg(feature = "standard")]
    def replace(3..=4, keywords) = search::replace;
    /// rfind(part, start=0, end=len): the last position of the part, or -1.
    #[cfg(feature = "standard")]
    def rfind(2..=4) = search::rfind;
    /// rindex(part, start=0, end=len): as rfind, but raises ValueError.
    #[cfg(feature = "standard")]
    def rindex(2..=4) = search::rindex;
    /// rjust(width, fill=b" "): padded on the left.
    #[cfg(feature = "standard")]
    def rjust(2..=3) = shape::rjust;
    /// rpartition(part): (before, part, after) of the last one.
    #[cfg(feature = "standard")]
    def rpartition(2) = split::rpartition;
    /// rsplit(sep=None, maxsplit=-1): as split, from the right.
    #[cfg(feature = "standard")]
    def rsplit(1..=3, keywords) = split::rsplit;
    /// rstrip(bytes=None): without white space, or these bytes, on the right.
    #[cfg(feature = "standard")]
    def rstrip(1..=2) = shape::rstrip;
    /// maketrans(from, to): a table for translate.
    #[cfg(feature = "full")]
    static def maketrans(2) = maketrans;
    /// split(sep=None, maxsplit=-1): a list of the parts between separators, or of the words.
    #[cfg(feature = "standard")]
    def split(1..=3, keywords) = split::split;
    /// splitlines(keepends=False): a list of the lines.
    #[cfg(feature = "standard")]
    def splitlines(1..=2, keywords) = split::splitlines;
    /// startswith(prefix, start=0, end=len): whether it begins so; a tuple is a choice.
    #[cfg(feature = "standard")]
    def startswith(2..=4) = search::startswith;
    /// strip(bytes=None): without white space, or these bytes, at both ends.
    #[cfg(feature = "standard")]
    def strip(1..=2) = shape::strip;
    /// swapcase(): upper and lower case exchanged.
    #[cfg(feature = "standard")]
    def swapcase(1) = shape::swapcase;
    /// title(): each word with a capital.
    #[cfg(feature = "standard")]
    def title(1) = shape::title;
    /// translate(table, delete=b""): each byte replaced by what the table of 256 has for it.
    #[cfg(feature = "standard")]
    def translate(2..=3, keywords) = translate;
    /// upper(): in upper case.
    #[cfg(feature = "standard")]
    def upper(1) = shape::upper;
    /// zfill(width): zeros put before the digits.
    #[cfg(feature = "standard")]
    def zfill(2) = shape::zfill;
}

/// `bytes.hex`, also of a memoryview.
pub fn hex(vm: &Vm, args: Args) -> Outcome {
    let bytes = vm.bytes_of(args.at(0))?;
    let separator = args.get(1).map_or(Ok(&b""[..]), |word| vm.bytes_of(word))?;
    let group = args.get(2).map_or(Ok(1), |word| vm.clamped(word))?;
    if args.len() > 1 && separator.len() != 1 {
        return Err(vm.value_error("sep must be length 1."));
    }
    let mut builder = Builder::with_capacity(vm, 2 * bytes.len())?;
    let mut out = Printer::new(&mut builder);
    let size = group.unsigned_abs();
    for (index, byte) in bytes.iter().enumerate() {
        // A positive group counts from the right.
        let distance = if group > 0 { bytes.len() - index } else { index };
        if index > 0 && size > 0 && distance.is_multiple_of(size) {
            out.bytes(vm, separator)?;
        }
        out.digits(vm, *byte as usize, 16, 2)?;
    }
    builder.finish_str(vm)
}

fn fromhex(vm: &Vm, args: Args) -> Outcome {
    let text = vm.expect_text(args.at(1))?;
    let wrong = || vm.value_error("non-hex digit found");
    let mut out = Builder::with_capacity(vm, text.len() / 2)?;
    let mut digits = text.bytes().peekable();
    while let Some(high) = digits.next() {
        if high.is_ascii_whitespace() || crate::WHOLE && high == 0x0b {
            continue;
        }
        let digit = |byte: u8| (byte as char).to_digit(16).ok_or_else(wrong);
        let low = digits.next().ok_or_else(wrong)?;
        out.push(vm, &[(digit(high)? << 4 | digit(low)?) as u8])?;
    }
    let bytes = out.finish_bytes(vm)?;
    if args.at(0) == Word::of_static(&super::BYTES) { Ok(bytes) } else { vm.call(args.at(0), &[bytes]) }
}

fn translate(vm: &Vm, args: Args) -> Outcome {
    vm.only_keywords(args, &[name!(delete)])?;
    let subject = str::Subject::new(vm, args)?;
    let table = if args.at(1) == Word::NONE { None } else { Some(vm.bytes_of(args.at(1))?) };
    if table.is_some_and(|table| table.len() != 256) {
        return Err(vm.value_error("translation table must be 256 characters long"));
    }
    let deleted = args.either(2, name!(delete)).map_or(Ok(&b""[..]), |word| vm.bytes_of(word))?;
    let mut out = Builder::with_capacity(vm, subject.bytes.len())?;
    for byte in subject.bytes.iter().filter(|byte| !deleted.contains(byte)) {
        out.push(vm, &[table.map_or(*byte, |table| table[*byte as usize])])?;
    }
    subject.finish(vm, out)
}

/// `bytes.maketrans(from, to)`.
#[cfg(feature = "full")]
fn maketrans(vm: &Vm, args: Args) -> Outcome {
    let (from, to) = (vm.bytes_of(args.at(0))?, vm.bytes_of(args.at(1))?);
    if from.len() != to.len() {
        return Err(vm.value_error("maketrans arguments must have same length"));
    }
    let mut table: [u8; 256] = core::array::from_fn(|index| index as u8);
    for (from, to) in from.iter().zip(to) {
        table[*from as usize] = *to;
    }
    vm.new_bytes(&table)
}
