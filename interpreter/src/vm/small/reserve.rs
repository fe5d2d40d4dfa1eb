//! Memory for exceptions, which the smallest interpreter does not put aside: with a locked or full heap they are `MemoryError`.

use super::{Outcome, Vm};
use crate::object::print::Sink;
use core::ptr::NonNull;

impl Vm {
    /// Puts nothing aside.
    ///
    /// # Errors
    /// None.
    #[inline(always)]
    pub fn put_reserve_aside(&self, _kits: usize, _text: usize) -> Outcome<()> {
        Ok(())
    }

    #[inline(always)]
    pub(crate) fn has_reserve(&self) -> bool {
        false
    }

    #[inline(always)]
    pub(super) fn refill_reserve(&self) {}

    #[inline(always)]
    pub(super) fn take_from_reserve(&self, _size: usize) -> Option<NonNull<u8>> {
        None
    }

    #[inline(always)]
    pub(crate) fn in_reserve<R>(&self, body: impl FnOnce() -> R) -> R {
        body()
    }
}

/// No message is made without the heap.
pub(super) struct Short;

impl Short {
    #[inline(always)]
    pub(super) fn new() -> Short {
        Short
    }

    #[inline(always)]
    pub(super) fn finish(self, vm: &Vm) -> Outcome {
        Err(vm.raise_memory(0))
    }
}

impl Sink for Short {
    #[inline(always)]
    fn write(&mut self, _: &Vm, _: &[u8]) -> Outcome<()> {
        Ok(())
    }
}
