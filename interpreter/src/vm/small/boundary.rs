//! Collections that a program asks for, on a board: they scan the whole machine stack, as all do.

use super::{Outcome, Vm};
use crate::object::handle::Args;
use crate::object::kind::NativeFunction;

/// Nothing is noted.
pub(super) struct Boundary;

impl Boundary {
    pub(super) const fn new() -> Boundary {
        Boundary
    }

    #[inline(always)]
    pub(super) fn enclose(&self, run: impl FnOnce() -> Outcome) -> Outcome {
        run()
    }

    pub(super) fn take(&self) -> Option<usize> {
        None
    }

    #[cfg(feature = "threads")]
    pub(super) fn save(&self) -> usize {
        0
    }

    #[cfg(feature = "threads")]
    pub(super) fn restore(&self, _: usize) {}
}

#[inline(always)]
pub(super) fn call(vm: &Vm, function: &NativeFunction, arguments: Args) -> Outcome {
    (function.call)(vm.here(), arguments)
}
