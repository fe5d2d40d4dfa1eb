//! Collections that a program asks for see what is alive and not what was.
//!
//! The machine stack is scanned word by word, and below the frames of the loop it holds words that nobody uses any more: an
//! object whose last reference is gone would live on by chance, and its weak references with it. Where the loop itself calls
//! `gc.collect`, all that Python still uses lies on the value stack. So that scan begins above the loop's frame, where `enclose`
//! spilled the registers that belong to the frames outside.
//!
//! ```text
//!   machine stack ↓  [native functions, outer loops … scanned][registers][run_loop, call_object, collect … not scanned]
//!                     base                            outside ↑
//! ```
//! A collection that memory calls for happens anywhere, amid Rust that holds words: it scans everything.

use super::{Outcome, Vm};
use crate::heap::roots;
use crate::modules::gc;
use crate::object::handle::Args;
use crate::object::kind::NativeFunction;
use core::cell::Cell;

/// Where the innermost loop's part of the machine stack ends.
pub(super) struct Boundary {
    /// The lowest address of what lies outside the innermost loop; 0 if none runs.
    outside: Cell<usize>,
    /// The loop itself called for the collection that comes next.
    is_asked: Cell<bool>,
}

impl Boundary {
    pub(super) const fn new() -> Boundary {
        Boundary { outside: Cell::new(0), is_asked: Cell::new(false) }
    }

    /// Runs a loop.
    pub(super) fn enclose(&self, run: impl FnOnce() -> Outcome) -> Outcome {
        roots::with_registers(|here| {
            let outer = self.outside.replace(here);
            let outcome = run();
            self.outside.set(outer);
            outcome
        })
    }

    /// Where a collection that begins now may begin to scan the machine stack, if not where it is.
    pub(super) fn take(&self) -> Option<usize> {
        Some(self.outside.get()).filter(|outside| self.is_asked.take() && *outside != 0)
    }

    /// What a thread keeps whose turn ends.
    #[cfg(feature = "threads")]
    pub(super) fn save(&self) -> usize {
        self.outside.get()
    }

    /// It is the turn of the thread that kept this; 0 for a new one.
    #[cfg(feature = "threads")]
    pub(super) fn restore(&self, outside: usize) {
        self.outside.set(outside);
    }
}

/// A collection in the midst of the loop, which holds no word that is not on the value stack as well.
pub(super) fn collect_for_loop(vm: &Vm) {
    vm.boundary.is_asked.set(true);
    vm.collect_explicitly();
    vm.attend_weak();
}

/// Calls a native function for the loop, which holds no word that is not on the value stack as well.
#[inline(always)]
pub(super) fn call(vm: &Vm, function: &NativeFunction, arguments: Args) -> Outcome {
    if core::ptr::fn_addr_eq(function.call, gc::collect as fn(&Vm, Args) -> Outcome) {
        // Whatever happens, the collection that comes at once takes it.
        vm.boundary.is_asked.set(true);
    }
    (function.call)(vm.here(), arguments)
}
