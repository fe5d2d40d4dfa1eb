//! `BuildSlice` where flash is short: always a new slice.

use super::{Outcome, Vm};
use crate::object::word::Word;

/// What a `BuildSlice` did.
pub(super) struct Built {
    /// How many words fewer lie on the stack, of which the last is what it made.
    pub(super) popped: usize,
    /// The next instruction is not done.
    pub(super) skips: bool,
}

impl Vm {
    /// # Safety
    /// `count` words, 2 or 3, lie below `sp`.
    #[inline(always)]
    pub(super) unsafe fn build_slice(&self, sp: *mut Word, count: usize, _: u8) -> Outcome<Built> {
        // SAFETY: the caller's promise.
        let parts = unsafe { core::slice::from_raw_parts(sp.sub(count), count) };
        let slice = self.new_slice(parts[0], parts[1], parts.get(2).copied().unwrap_or(Word::NONE))?;
        // SAFETY: the first part lay there.
        unsafe { *sp.sub(count) = slice };
        Ok(Built { popped: count - 1, skips: false })
    }

    #[inline(always)]
    pub(super) fn keep_slice(&self) {}
}
