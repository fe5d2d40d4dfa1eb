//! The chip's RAM, divided: Python's heap, the stack of Python values, and what is left for the machine's own stack.
//!
//! ```text
//! 0x2000_0000  statics (a little) | HEAP | VALUES | CALLBACK | machine stack, growing down  0x2000_2000
//! ```
//! The machine's stack has no guard below it, so the interpreter is told how much of it there is: from where `with_vm` stands
//! to the end of the statics, less what runs without asking. A hard interrupt comes on top of whatever the main program
//! does, on the same stack: Python runs there only if there is room for it, and is put off otherwise.
#![expect(unsafe_code, reason = "lends static memory to one interpreter at a time, again after each soft reset")]

use core::cell::UnsafeCell;
use core::mem::MaybeUninit;
use core::ptr::NonNull;
use core::sync::atomic::{AtomicBool, AtomicPtr, Ordering::Relaxed};
use interpreter::heap::cleared;
use interpreter::port::Port;
use interpreter::vm::{Memory, Vm};

/// Bytes of Python's heap: eight groups of 32 blocks, and their bits.
const HEAP_BYTES: usize = 8 * (512 + 8);
/// Words of the stack of Python values and frame records.
const VALUES: usize = 192;
/// Words of the stack of a hard interrupt's callback.
const CALLBACK_VALUES: usize = 48;
/// Bytes of the machine stack that the deepest chain of functions takes which does not ask whether there is room (it ends in a
/// collection), and an interrupt that calls no Python.
const UNASKED: usize = 840;
/// Bytes of the machine stack without which a callback is put off.
const CALLBACK_STACK: usize = 1024;
/// The part of them that it takes without asking.
const CALLBACK_UNASKED: usize = 512;

/// Memory that is lent and comes back.
#[repr(align(16))]
struct Region<T>(UnsafeCell<T>);

// SAFETY: only `with_vm` touches the contents, and `LENT` lets in one at a time.
unsafe impl<T> Sync for Region<T> {}

static HEAP: Region<[MaybeUninit<u8>; HEAP_BYTES]> = Region(UnsafeCell::new([MaybeUninit::new(0); HEAP_BYTES]));
static STACK: Region<[MaybeUninit<usize>; VALUES]> = Region(UnsafeCell::new([MaybeUninit::new(0); VALUES]));
static CALLBACK: Region<[MaybeUninit<usize>; CALLBACK_VALUES]> = Region(UnsafeCell::new([MaybeUninit::new(0); CALLBACK_VALUES]));
static LENT: AtomicBool = AtomicBool::new(false);
/// The interpreter that interrupts may call; null when there is none.
static RUNNING: AtomicPtr<Vm> = AtomicPtr::new(core::ptr::null_mut());

unsafe extern "C" {
    /// The linker's: where the statics end, and the lowest word of the machine stack is.
    static __sheap: u8;
    /// The start-up code's: where the machine stack begins, behind the last byte of RAM.
    static _stack_start: u8;
}

/// The address behind the machine stack.
pub fn machine_stack_end() -> usize {
    (&raw const _stack_start).addr()
}

/// Bytes of the machine stack below here.
#[inline(always)]
fn machine_stack_left() -> usize {
    let here = 0_u8;
    (&raw const here).addr() - (&raw const __sheap).addr()
}

/// Runs `body` with a fresh interpreter in clean memory.
pub fn with_vm<R>(port: &'static dyn Port, body: impl FnOnce(&Vm) -> R) -> R {
    // Load and store, not a swap: only the main program comes here, and a Cortex-M0 has no swap.
    assert!(!LENT.load(Relaxed), "one interpreter at a time");
    LENT.store(true, Relaxed);
    // SAFETY: `LENT` was clear: no other borrow of either region exists. The interpreter that borrows them ends with this
    // function, and its words mean nothing without it. Zero bytes are what the heap wants to begin with.
    let memory = unsafe {
        HEAP.0.get().cast::<u8>().write_bytes(0, cleared(HEAP_BYTES));
        Memory { heap: &mut *HEAP.0.get(), stack: &mut *STACK.0.get(), machine_stack: machine_stack_left() - UNASKED }
    };
    // Not unwrapped by value: that would take its place on the machine stack twice.
    let made = Vm::new(port, memory);
    let vm = made.as_ref().expect("the heap is large enough for an interpreter");
    RUNNING.store((&raw const *vm).cast_mut(), Relaxed);
    let result = body(vm);
    crate::interrupts::call_on_tick(false);
    RUNNING.store(core::ptr::null_mut(), Relaxed);
    drop(made);
    LENT.store(false, Relaxed);
    result
}

/// Runs `body` with the interpreter that was interrupted, the stack for its callbacks, and how many bytes of the machine stack
/// they may use: if there is one, and room. Only the tick comes here, which cannot interrupt itself.
pub fn in_interrupt<R>(body: impl FnOnce(&Vm, &mut [MaybeUninit<usize>], usize) -> R) -> Option<R> {
    let vm = NonNull::new(RUNNING.load(Relaxed))?;
    let left = machine_stack_left();
    if left < CALLBACK_STACK {
        return None;
    }
    // SAFETY: `RUNNING` is set while `with_vm` holds the interpreter, and it is shared by cells: the main program, which stands
    // still meanwhile, has no exclusive reference to it. The callback's region has no other user.
    unsafe { Some(body(vm.as_ref(), &mut *CALLBACK.0.get(), left - CALLBACK_UNASKED)) }
}
