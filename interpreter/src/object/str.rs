//! `str`: UTF-8, immutable; an interned name is a `str` too.

use super::class::TYPE;
use super::handle::{Handle, Tailed};
use super::kind::{Header, Kind, Slots, Type};
use super::word::Word;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

static SLOTS: Slots = Slots { ..Slots::NONE };

/// `str`.
pub static STR: Type =
    Type { header: Header::of(&TYPE), slots: &SLOTS, name: name!("str"), kind: Kind::Str, traced: 0, base: None, rows: &[] };

/// What a `str` has besides its text: nothing. Interned names are `str`s without an object.
pub struct StrHead;

/// A string object.
pub type Str = Tailed<StrHead, u8>;

impl Vm {
    /// A `str` of `text`: an object, never a name.
    pub fn new_str_object(&self, text: &str) -> Outcome {
        let bytes = text.as_bytes();
        Ok(self.new_tailed(&STR, bytes.len(), StrHead, |i| bytes[i])?.word())
    }

    /// A `str` of `text`: the name, if there is one already; otherwise a new object.
    pub fn new_str(&self, text: &str) -> Outcome {
        match self.find_name(text) {
            Some(name) if text.len() <= 16 => Ok(Word::name(name)),
            _ => self.new_str_object(text),
        }
    }

    /// A `str` of bytes that are UTF-8.
    pub fn new_str_from_cells(&self, cells: &[Cell<u8>]) -> Outcome {
        Ok(self.new_tailed(&STR, cells.len(), StrHead, |i| cells[i].get())?.word())
    }

    /// The text of a word that is a `str`; empty for any other word. The object lives while `word` is on the stack.
    pub fn text_of<'v>(&'v self, word: Word) -> &'v str {
        self.as_text(word).unwrap_or("")
    }

    /// The text of a `str`, name or object.
    pub fn as_text<'v>(&'v self, word: Word) -> Option<&'v str> {
        match word.as_name() {
            Some(name) => Some(self.name_text(name)),
            None => Handle::<Str>::from(word).map(|object| utf8(object.get().bytes())),
        }
    }
}

/// Every `Str` holds UTF-8: its makers take text, or cells that were written as text.
fn utf8(bytes: &[u8]) -> &str {
    core::str::from_utf8(bytes).unwrap_or("\u{fffd}")
}
