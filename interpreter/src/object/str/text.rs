//! Text and what is known about it, and the search for a part.

use super::place;
use crate::object::kind::Buffer;
use crate::object::word::Word;
use crate::vm::{Vm, quick};

/// Text of an object or a name, and whether all of it is ASCII.
#[derive(Clone, Copy)]
pub struct Text<'v> {
    /// The text.
    pub text: &'v str,
    /// Whether each code point is one byte. May be false for ASCII text, too.
    pub ascii: bool,
}

impl Text<'_> {
    /// Number of code points.
    pub fn len(self, vm: &Vm) -> usize {
        if self.ascii { self.text.len() } else { place::len(vm, self.text) }
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.text.is_empty()
    }

    /// The byte where code point `index` begins; the end for an index behind it.
    pub fn offset(self, vm: &Vm, index: usize) -> usize {
        if self.ascii { index.min(self.text.len()) } else { place::offset(vm, self.text, index) }
    }

    /// Number of the code point that begins at byte `offset`.
    pub fn number(self, vm: &Vm, offset: usize) -> usize {
        if self.ascii { offset } else { place::number(vm, self.text, offset) }
    }
}

/// The first place of `needle` in `haystack`, in linear time for all that matters: the first byte is sought by the word.
pub fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let Some((first, rest)) = needle.split_first() else { return Some(0) };
    let last = haystack.len().checked_sub(needle.len())?;
    let mut at = 0;
    while at <= last {
        at += quick::position(&haystack[at..=last], *first)?;
        if haystack[at + 1..at + needle.len()] == *rest {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// The last place of `needle` in `haystack`.
pub fn find_last(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let last = haystack.len().checked_sub(needle.len())?;
    (0..=last).rev().find(|&at| haystack[at..].starts_with(needle))
}

/// A `str` can be read as bytes.
pub(super) fn buffer<'v>(vm: &'v Vm, word: Word, writable: bool) -> Option<Buffer<'v>> {
    let text = vm.as_text(word)?;
    if writable { None } else { Some(Buffer::of_bytes(text.as_bytes())) }
}
