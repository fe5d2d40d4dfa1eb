//! What the reader records: the source text of an f-string's fields, for `{x=}` and t-strings.

use super::text::Text;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

/// The text read since recording began.
pub(super) struct Record {
    text: Text,
    is_on: bool,
}

impl Record {
    pub(super) const fn new() -> Record {
        Record { text: Text::new(), is_on: false }
    }

    /// Bytes are read.
    #[inline]
    pub(super) fn push(&mut self, vm: &Vm, bytes: &[u8]) -> Outcome<()> {
        if self.is_on { self.text.push_all(vm, bytes) } else { Ok(()) }
    }

    /// Records from now on; returns where that begins.
    pub(super) fn begin(&mut self) -> usize {
        self.is_on = true;
        self.text.len()
    }

    /// Forgets all and records no more.
    pub(super) fn end(&mut self) {
        self.is_on = false;
        self.text.clear();
    }

    /// What was recorded from `start` on.
    pub(super) fn from(&self, start: usize) -> &[Cell<u8>] {
        self.text.from(start)
    }
}
