//! `str`: UTF-8, immutable; an interned name is a `str` too.
//!
//! Indexes count code points. A `str` knows whether it is all ASCII, where a code point is a byte: only other text is walked
//! through. `print` writes literals, `span` takes items and slices, `place` finds positions, `text` parts.

#[cfg_attr(not(feature = "standard"), path = "small/character.rs")]
pub mod character;
#[cfg_attr(not(feature = "standard"), path = "small/grow.rs")]
pub mod grow;
#[cfg_attr(not(feature = "standard"), path = "small/methods.rs")]
mod methods;
#[cfg_attr(not(feature = "full"), path = "small/place.rs")]
pub mod place;
#[cfg_attr(not(feature = "standard"), path = "small/print.rs")]
mod print;
#[cfg(feature = "standard")]
pub(super) mod search;
#[cfg(feature = "standard")]
pub(super) mod shape;
#[cfg_attr(not(feature = "standard"), path = "small/span.rs")]
mod span;
#[cfg(feature = "standard")]
pub(super) mod split;
#[cfg(feature = "standard")]
mod subject;
#[cfg_attr(not(feature = "full"), path = "small/surrogate.rs")]
pub mod surrogate;
mod text;
#[cfg(feature = "standard")]
#[cfg_attr(not(feature = "unicode"), path = "ascii.rs")]
pub(crate) mod unicode;
pub mod utf8;
#[cfg_attr(not(feature = "standard"), path = "small/whole.rs")]
mod whole;
#[cfg(feature = "standard")]
mod wide;

pub use methods::{DOCS, NAMES};
#[cfg(feature = "standard")]
pub use methods::{decode, encode_text};
pub use print::{print_bytes_literal, print_literal};
pub use span::first_character;
#[cfg(feature = "standard")]
pub use subject::Subject;
pub use text::{Text, find};

use super::class::TYPE;
use super::handle::{Handle, Tailed};
use super::iterator;
use super::kind::{Binary, Header, Kind, Slots, Type, Unary};
use super::print::{Printer, Style};
use super::sequence;
use super::word::Word;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Raised, Vm};
use core::cell::Cell;

static SLOTS: Slots = Slots {
    make: Some(methods::make),
    print: Some(print),
    unary: Some(unary),
    binary: Some(binary),
    item: Some(span::item),
    iter: Some(iterator::over_str),
    buffer: Some(text::buffer),
    ..Slots::NONE
};

/// `str`.
pub static STR: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("str"),
    kind: Kind::Str,
    traced: grow::TRACED,
    base: None,
    rows: methods::ROWS,
};

/// What a `str` has besides its text. Interned names are `str`s without an object.
#[derive(Clone, Copy)]
pub struct StrHead {
    flags: u8,
}

impl StrHead {
    const ASCII: u8 = 1;
    const SHARED: u8 = 2;

    /// The head of a text that lies behind it.
    fn new(ascii: bool) -> StrHead {
        StrHead { flags: if ascii { StrHead::ASCII } else { 0 } }
    }

    /// Whether each code point is one byte.
    fn ascii(self) -> bool {
        self.flags & StrHead::ASCII != 0
    }

    /// Whether the text lies in a buffer (`grow`).
    #[inline(always)]
    pub fn is_shared(self) -> bool {
        self.flags & StrHead::SHARED != 0
    }
}

/// A string object. Made by the functions below alone, which see to it that the bytes are UTF-8.
pub type Str = Tailed<StrHead, u8>;

impl Vm {
    /// A `str` of `text`: an object, never a name.
    pub fn new_str_object(&self, text: &str) -> Outcome {
        Ok(self.new_tailed_from(&STR, StrHead::new(text.is_ascii()), &[text.as_bytes()])?.word())
    }

    /// A `str` of `text`: a name, if it is easily found; otherwise a new object.
    pub fn new_str(&self, text: &str) -> Outcome {
        match character::known(self, text) {
            Some(name) => Ok(Word::name(name)),
            None => self.new_str_object(text),
        }
    }

    /// A `str` of bytes below 128.
    #[cfg(feature = "standard")]
    fn new_ascii(&self, bytes: &[u8]) -> Outcome {
        debug_assert!(bytes.is_ascii());
        match *bytes {
            [] => Ok(Word::name(name!(""))),
            [byte] => self.new_character(byte as char),
            _ => Ok(self.new_tailed_from(&STR, StrHead::new(true), &[bytes])?.word()),
        }
    }

    /// A `str` of one character.
    pub fn new_character(&self, character: char) -> Outcome {
        match character::name(character) {
            Some(name) => Ok(Word::name(name)),
            None => self.new_str_object(character.encode_utf8(&mut [0; 4])),
        }
    }

    /// A `str` of bytes.
    ///
    /// # Errors
    /// `UnicodeError` if they are not UTF-8.
    pub fn new_str_from_cells(&self, cells: &[Cell<u8>]) -> Outcome {
        let ascii = cells.iter().fold(0, |all, byte| all | byte.get()) < 0x80;
        if !ascii && !utf8::is_utf8(cells) {
            return Err(self.raise(&super::exception::UNICODE_ERROR, &[]));
        }
        Ok(self.new_tailed_copy(&STR, StrHead::new(ascii), cells)?.word())
    }

    /// The text of a word that is a `str`; empty for any other word. The object lives while `word` is on the stack.
    pub fn text_of(&self, word: Word) -> &str {
        self.as_text(word).unwrap_or("")
    }

    /// The text of a `str`, name or object.
    #[inline]
    pub fn as_text(&self, word: Word) -> Option<&str> {
        match word.as_name() {
            Some(name) => Some(self.name_text(name)),
            None => Handle::<Str>::from(word).map(|object| object.get().text()),
        }
    }

    /// The text of a `str` or of an instance of a class derived from it, with what is known about it.
    pub fn as_measured<'v>(&'v self, word: Word) -> Option<Text<'v>> {
        if let Some(name) = word.as_name() {
            if let Some(text) = character::text(name) {
                return Some(Text { text, ascii: true });
            }
            let text = self.name_text(name);
            return Some(Text { text, ascii: text.is_ascii() });
        }
        match Handle::<Str>::from(word) {
            Some(object) => Some(Text { text: object.get().text(), ascii: object.head.ascii() }),
            None => match self.native(word) {
                native if native == word => None,
                native => self.as_measured(native),
            },
        }
    }

    /// The text of an argument that must be a `str`.
    ///
    /// # Errors
    /// `TypeError`.
    pub fn expect_text(&self, word: Word) -> Outcome<&str> {
        self.as_measured(word).map(|text| text.text).ok_or_else(|| self.not_text(word))
    }

    /// `TypeError`: `word` is no `str`.
    #[cold]
    pub fn not_text(&self, word: Word) -> Raised {
        let parts = [Part::Text("can't convert '"), Part::TypeOf(word), Part::Text("' object to str implicitly")];
        self.raise(&super::exception::TYPE_ERROR, &parts)
    }
}

fn this<'v>(vm: &'v Vm, word: Word) -> Outcome<Text<'v>> {
    vm.as_measured(word).ok_or_else(|| vm.type_error("argument has wrong type"))
}

fn print(vm: &Vm, word: Word, out: &mut Printer, style: Style) -> Outcome<()> {
    let text = this(vm, word)?.text;
    match style {
        Style::Str => out.text(vm, text),
        Style::Repr => print_literal(vm, text, out),
    }
}

fn unary(vm: &Vm, operator: Unary, word: Word) -> Outcome {
    let text = this(vm, word)?;
    match operator {
        Unary::Len => Ok(Word::int(text.len(vm) as isize)),
        Unary::Bool => Ok(Word::bool(!text.text.is_empty())),
        Unary::Hash => Ok(Word::int(super::name::hash(text.text.as_bytes()) as isize >> 2)),
        _ => Ok(Word::NOT_IMPLEMENTED),
    }
}

fn binary(vm: &Vm, operator: Binary, lhs: Word, rhs: Word) -> Outcome {
    let measured = this(vm, lhs)?;
    let text = measured.text;
    match operator {
        Binary::Contains => Ok(Word::bool(text::find(text.as_bytes(), vm.expect_text(rhs)?.as_bytes()).is_some())),
        Binary::Mod => super::percent::percent(vm, lhs, rhs),
        Binary::Mul | Binary::ReverseMul => match vm.repeat_count(rhs)? {
            None => Ok(Word::NOT_IMPLEMENTED),
            Some(1) => Ok(lhs),
            Some(count) => repeat(vm, text, count),
        },
        _ => match vm.as_measured(rhs) {
            None => Ok(Word::NOT_IMPLEMENTED),
            Some(other) if matches!(operator, Binary::Add | Binary::InPlaceAdd) => concatenate(vm, lhs, rhs, measured, other),
            Some(other) => {
                let answer = sequence::holds(operator, text.as_bytes().cmp(other.text.as_bytes()));
                Ok(answer.map_or(Word::NOT_IMPLEMENTED, Word::bool))
            }
        },
    }
}

fn concatenate(vm: &Vm, lhs: Word, rhs: Word, a: Text, b: Text) -> Outcome {
    // An empty operand: the other one itself, unless that is of a derived class.
    if b.is_empty() && core::ptr::eq(vm.type_of(lhs), &STR) {
        return Ok(lhs);
    }
    if a.is_empty() && core::ptr::eq(vm.type_of(rhs), &STR) {
        return Ok(rhs);
    }
    if let Some(grown) = grow::append(vm, lhs, a, b)? {
        return Ok(grown);
    }
    let head = StrHead::new(a.ascii && b.ascii);
    Ok(vm.new_tailed_from(&STR, head, &[a.text.as_bytes(), b.text.as_bytes()])?.word())
}

fn repeat(vm: &Vm, text: &str, count: usize) -> Outcome {
    let bytes = text.as_bytes();
    let total = bytes.len().checked_mul(count).ok_or_else(|| vm.raise_memory(usize::MAX))?;
    if total == 0 {
        return Ok(Word::name(name!("")));
    }
    let mut at = 0;
    let byte = |_| {
        let byte = bytes[at];
        at = if at + 1 == bytes.len() { 0 } else { at + 1 };
        byte
    };
    Ok(vm.new_tailed(&STR, total, StrHead::new(text.is_ascii()), byte)?.word())
}
