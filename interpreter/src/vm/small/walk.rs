//! Iterating with iterators in the heap alone.

use super::{Outcome, Vm};
use crate::object::word::Word;

/// Whether a `for` may iterate without an iterator.
pub(super) const IN_PLACE: bool = false;

/// An iteration by Rust: its iterator.
pub(crate) struct Walk(Word);

impl Walk {
    /// The next item, or `UNSET`.
    #[inline(always)]
    pub(crate) fn next(&self, vm: &Vm) -> Outcome {
        vm.next(self.0)
    }
}

impl Vm {
    /// Begins to iterate.
    #[inline(always)]
    pub(crate) fn walk(&self, iterable: Word) -> Outcome<Walk> {
        self.iter(iterable).map(Walk)
    }

    /// Every `for` needs an iterator.
    #[inline(always)]
    pub(super) fn walk_in_place(&self, _: Word) -> Option<Word> {
        None
    }

    /// There is none.
    ///
    /// # Safety
    /// None is needed.
    #[inline(always)]
    pub(super) unsafe fn step_in_place(&self, _: *mut Word) -> Outcome {
        Ok(Word::UNSET)
    }
}
