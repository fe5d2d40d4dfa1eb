//! Threads, where there is only one.

use super::Vm;
#[cfg(feature = "full")]
use super::frame::Record;
use crate::heap::Marker;

/// Nobody else.
pub(super) struct Threads;

impl Threads {
    pub(super) const fn new() -> Threads {
        Threads
    }

    pub(super) fn is_main(&self) -> bool {
        true
    }

    pub(super) fn mark(&self, _: &mut Marker) {}
}

impl Vm {
    pub(crate) fn yield_thread(&self) {}

    /// The answer of `look` to the records of the only thread.
    #[cfg(feature = "full")]
    pub(super) fn stacks<R>(&self, look: &mut dyn FnMut(&core::ops::Range<*mut Record>) -> Option<R>) -> Option<R> {
        look(&(self.record()..self.stack.limit.get().as_ptr().cast()))
    }

    /// Waits as `Port::idle` does.
    pub fn idle(&self, deadline: Option<u64>) {
        self.port.idle(deadline);
    }
}

/// The number of the running thread, which is the only one.
#[cfg(feature = "full")]
pub(super) fn thread_number(_: &Vm) -> usize {
    1
}
