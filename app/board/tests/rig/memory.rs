//! Memory for the interpreter of a board in tests: lent to one `Vm` after the other, as a reset does.
#![expect(unsafe_code, reason = "lends one region of memory to one interpreter after the other")]

use interpreter::port::Port;
use interpreter::vm::{Memory, Vm};
use std::mem::MaybeUninit;

/// Bytes of machine stack that Python may use.
const MACHINE_STACK: usize = 160 << 10;
/// What the thread of a board needs in all.
pub const THREAD: usize = MACHINE_STACK + (96 << 10);
/// Words of the stack of Python values.
const STACK: usize = 4 << 10;

/// The memory of one board.
pub struct Arena {
    heap: Vec<MaybeUninit<u8>>,
    stack: Vec<MaybeUninit<usize>>,
}

impl Arena {
    /// A heap of so many bytes.
    pub fn new(heap: usize) -> Arena {
        Arena { heap: vec![MaybeUninit::new(0); heap], stack: vec![MaybeUninit::new(0); STACK] }
    }

    /// Runs `body` with a fresh interpreter.
    pub fn with_vm<R>(&mut self, port: &'static dyn Port, body: impl FnOnce(&Vm) -> R) -> R {
        self.heap.fill(MaybeUninit::new(0));
        // SAFETY: the `Vm` ends in this function, before the regions are lent again, and `self` outlives it; no word or handle
        // that `body` saw is of use without its `Vm`.
        let memory = unsafe {
            Memory {
                heap: std::slice::from_raw_parts_mut(self.heap.as_mut_ptr(), self.heap.len()),
                stack: std::slice::from_raw_parts_mut(self.stack.as_mut_ptr(), self.stack.len()),
                machine_stack: MACHINE_STACK,
            }
        };
        let vm = Vm::new(port, memory).expect("the heap is large enough for an interpreter");
        body(&vm)
    }
}
