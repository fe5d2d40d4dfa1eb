//! The chip's RAM, divided: Python's heap, the stack of Python values, the machine's own stack.
//!
//! ```text
//! 0x2000_0000  a word for the loader | machine stack, growing down | statics | VALUES | CALLBACK | HEAP [ | disk, if there is no other ]  0x2002_0000
//! ```
//! The heap is neither in `.data` nor in `.bss`: what of it must be zero is made so here, once for each interpreter. Below
//! the machine stack there is nothing: growing too far is a fault, not a silent change of something else. The interpreter asks
//! before that, but for its deepest chain of functions that do not ask (`UNASKED`), and interrupts come on top.
#![expect(unsafe_code, reason = "lends static memory to one interpreter at a time, again after each soft reset")]

use core::cell::UnsafeCell;
use core::mem::MaybeUninit;
use core::ptr::NonNull;
use core::sync::atomic::{AtomicBool, AtomicPtr, AtomicUsize, Ordering::Relaxed};
use interpreter::heap::cleared;
use interpreter::port::Port;
use interpreter::vm::{Memory, Vm};

/// Bytes of Python's heap: groups of 32 blocks, and their bits.
const HEAP_BYTES: usize = (214 * (512 + 8) / 64 + 1) * 64;
/// Words of the stack of Python values and frame records.
const VALUES: usize = 1024;
/// Bytes of the machine stack that the deepest chain of functions takes which does not ask whether there is room (it ends in a
/// collection or in the file system), and an interrupt.
const UNASKED: usize = 3072;
/// Words of the stack of a hard interrupt's callback.
const CALLBACK_VALUES: usize = 64;
/// Bytes of the machine stack without which a callback is put off.
const CALLBACK_STACK: usize = 2048;
/// The part of them that it takes without asking.
const CALLBACK_UNASKED: usize = 1024;

/// Memory that is lent and comes back.
#[repr(align(16))]
struct Region<T>(UnsafeCell<MaybeUninit<T>>);

// SAFETY: only `with_vm` and `disk` touch the contents: `LENT` lets in one interpreter at a time, and `DISK` divides.
unsafe impl<T> Sync for Region<T> {}

#[unsafe(link_section = ".uninit.heap")]
static HEAP: Region<[MaybeUninit<u8>; HEAP_BYTES]> = Region(UnsafeCell::new(MaybeUninit::uninit()));
#[unsafe(link_section = ".uninit.values")]
static STACK: Region<[MaybeUninit<usize>; VALUES]> = Region(UnsafeCell::new(MaybeUninit::uninit()));
#[unsafe(link_section = ".uninit.callback")]
static CALLBACK: Region<[MaybeUninit<usize>; CALLBACK_VALUES]> = Region(UnsafeCell::new(MaybeUninit::uninit()));
/// The interpreter that interrupts may call; null when there is none.
static RUNNING: AtomicPtr<Vm> = AtomicPtr::new(core::ptr::null_mut());
static LENT: AtomicBool = AtomicBool::new(false);
/// Bytes at the end of `HEAP` that are a disk's.
static DISK: AtomicUsize = AtomicUsize::new(0);

unsafe extern "C" {
    /// The linker's: the lowest byte of the machine stack.
    static _stack_end: u8;
}

/// Bytes of the machine stack below here.
#[inline(always)]
fn machine_stack_left() -> usize {
    let here = 0_u8;
    (&raw const here).addr() - (&raw const _stack_end).addr()
}

/// Runs `body` with a fresh interpreter in clean memory.
pub fn with_vm<R>(port: &'static dyn Port, body: impl FnOnce(&Vm) -> R) -> R {
    assert!(!LENT.swap(true, Relaxed), "one interpreter at a time");
    let size = HEAP_BYTES - DISK.load(Relaxed);
    // SAFETY: `LENT` was clear: no other borrow of either region exists but the disk's, which is the end of one. The interpreter
    // that borrows them ends with this function, and its words mean nothing without it. Zero bytes are what the heap wants.
    let memory = unsafe {
        let heap = HEAP.0.get().cast::<MaybeUninit<u8>>();
        heap.write_bytes(0, cleared(size));
        Memory {
            heap: core::slice::from_raw_parts_mut(heap, size),
            stack: &mut *STACK.0.get().cast::<[MaybeUninit<usize>; VALUES]>(),
            machine_stack: machine_stack_left() - UNASKED,
        }
    };
    // Not unwrapped by value: that would take its place on the machine stack twice.
    let made = Vm::new(port, memory);
    let vm = made.as_ref().expect("the heap is large enough for an interpreter");
    RUNNING.store((&raw const *vm).cast_mut(), Relaxed);
    let result = body(vm);
    RUNNING.store(core::ptr::null_mut(), Relaxed);
    drop(made);
    LENT.store(false, Relaxed);
    result
}

/// Runs `body` with the interpreter that was interrupted, the stack for its callbacks, and how many bytes of the machine stack
/// they may use: if there is one, and room. Only interrupts of the callbacks' priority come here, which do not interrupt each other.
pub fn in_interrupt<R>(body: impl FnOnce(Option<(&Vm, &mut [MaybeUninit<usize>], usize)>) -> R) -> R {
    let left = machine_stack_left();
    match NonNull::new(RUNNING.load(Relaxed)) {
        Some(vm) if left >= CALLBACK_STACK => {
            // SAFETY: `RUNNING` is set while `with_vm` holds the interpreter, and it is shared by cells: the main program, which
            // stands still meanwhile, has no exclusive reference to it. The callback's region has no other user.
            let (vm, region) = unsafe { (vm.as_ref(), &mut *CALLBACK.0.get().cast::<[MaybeUninit<usize>; CALLBACK_VALUES]>()) };
            body(Some((vm, region, left - CALLBACK_UNASKED)))
        }
        _ => body(None),
    }
}

/// Runs `body` with the interpreter, if there is one, in an interrupt of any priority: only what `body` finds in cells, a word at a
/// time, is whole there, since the interrupted program may be in the midst of anything.
pub fn while_running<R>(body: impl FnOnce(&Vm) -> R) -> Option<R> {
    // SAFETY: `RUNNING` is set while `with_vm` holds the interpreter, which is shared by cells; who is interrupted has no exclusive
    // reference to it.
    NonNull::new(RUNNING.load(Relaxed)).map(|vm| body(unsafe { vm.as_ref() }))
}

/// Takes `bytes` from the end of the heap for good, once, before there is an interpreter; the bytes are as the last program
/// before a reset left them.
pub fn take_disk(bytes: usize) -> &'static [core::cell::Cell<u8>] {
    assert!(!LENT.load(Relaxed) && DISK.swap(bytes, Relaxed) == 0, "the disk is taken once, before the first interpreter");
    // SAFETY: no interpreter has the heap, and from now on each is lent what lies before `DISK`. Any byte of RAM is a value.
    unsafe { core::slice::from_raw_parts(HEAP.0.get().cast::<core::cell::Cell<u8>>().add(HEAP_BYTES - bytes), bytes) }
}
