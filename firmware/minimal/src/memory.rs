//! The chip's RAM, divided: Python's heap, the stack of Python values, and what is left for the machine's own stack.
//!
//! ```text
//! 0x2000_0000  statics (a little) | CALLBACK | VALUES | HEAP | machine stack, growing down  0x2000_6000
//! ```
#![expect(unsafe_code, reason = "lends static memory to one interpreter at a time, again after each soft reset")]

use core::cell::UnsafeCell;
use core::mem::MaybeUninit;
use core::ptr::NonNull;
use core::sync::atomic::{AtomicBool, AtomicPtr, Ordering::Relaxed};
use interpreter::port::Port;
use interpreter::vm::{Memory, Vm};

/// Bytes of Python's heap.
const HEAP_BYTES: usize = 8 * 1024;
/// Words of the stack of Python values and frame records.
const VALUES: usize = 512;
/// Words of the stack of a hard interrupt's callback.
const CALLBACK_VALUES: usize = 64;
/// Bytes of the machine stack that the interpreter may use. What called it, what does not check, and interrupts take 2 kB more.
const MACHINE_STACK: usize = 8 * 1024;

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

/// Runs `body` with a fresh interpreter in clean memory.
pub fn with_vm<R>(port: &'static dyn Port, body: impl FnOnce(&Vm) -> R) -> R {
    // Load and store, not a swap: only the main program comes here, and a Cortex-M0 has no swap.
    assert!(!LENT.load(Relaxed), "one interpreter at a time");
    LENT.store(true, Relaxed);
    // SAFETY: `LENT` was clear: no other borrow of either region exists. The interpreter that borrows them ends with this
    // function, and its words mean nothing without it. Zero bytes are what the heap wants to begin with.
    let memory = unsafe {
        HEAP.0.get().write_bytes(0, 1);
        Memory { heap: &mut *HEAP.0.get(), stack: &mut *STACK.0.get(), machine_stack: MACHINE_STACK }
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

/// Runs `body` with the interpreter that was interrupted, if there is one, and the stack for its callbacks. Only the tick comes
/// here, which cannot interrupt itself.
pub fn in_interrupt<R>(body: impl FnOnce(&Vm, &mut [MaybeUninit<usize>]) -> R) -> Option<R> {
    let vm = NonNull::new(RUNNING.load(Relaxed))?;
    // SAFETY: `RUNNING` is set while `with_vm` holds the interpreter, and it is shared by cells: the main program, which stands
    // still meanwhile, has no exclusive reference to it. The callback's region has no other user.
    unsafe { Some(body(vm.as_ref(), &mut *CALLBACK.0.get())) }
}
