//! The smallest interpreter has neither `{x=}` nor t-strings: nothing is recorded.

use crate::vm::{Outcome, Vm};
use core::cell::Cell;

/// No text.
pub(super) struct Record;

impl Record {
    pub(super) const fn new() -> Record {
        Record
    }

    /// Is not kept.
    pub(super) fn push(&mut self, _: &Vm, _: &[u8]) -> Outcome<()> {
        Ok(())
    }

    /// There is nothing to begin.
    pub(super) fn begin(&mut self) -> usize {
        0
    }

    /// There is nothing to end.
    pub(super) fn end(&mut self) {}

    /// Nothing.
    pub(super) fn from(&self, _: usize) -> &[Cell<u8>] {
        &[]
    }
}
