//! Machine code for the functions of `@micropython.native`, `@micropython.viper` and `@micropython.asm_thumb`.
//!
//! ```text
//!   bytecode    Native … Binary Native StoreLocal … Call Native …        what is saved in no file and runs nowhere else
//!   accelerator [inline caches][address of the code][entries: where each byte of the bytecode begins in it][code, on a board]
//! ```
//! Bytecode is the only intermediate language: `translate` turns a compiled function's bytecode into machine code through the
//! trait `Assembler` (`x64`, `thumb`). What is short is done there: locals, small ints, comparisons, loops over ranges, and
//! (viper) machine numbers and pointers. What is long is done by the loop of `vm::dispatch`, which knows how: the machine code
//! puts its operands on the value stack and leaves with the place of the instruction; the loop performs it, meets the opcode
//! `Native` behind it, and enters the machine code again. So there is no second copy of any instruction, calls push frames as
//! ever, generators are suspended and exceptions find their handlers as ever, and nobody scans or unwinds frames of
//! machine code: while Python runs there are none. Only the conversions of `helpers` are called, which run no bytecode.
//!
//! True inside: machine code is made here alone, from bytecode that the compiler has just written; its address is never a word.
#![expect(unsafe_code, reason = "calls the machine code that was made here")]

#[cfg_attr(target_arch = "x86_64", path = "x64.rs")]
#[cfg_attr(target_arch = "arm", path = "thumb.rs")]
#[cfg_attr(not(any(target_arch = "x86_64", target_arch = "arm")), path = "none.rs")]
mod arch;
pub mod assembler;
mod helpers;
#[cfg(any(target_arch = "arm", test))]
pub mod inline_thumb;
pub mod kind;
#[cfg(target_arch = "arm")]
pub mod subroutine;
#[cfg(all(test, not(target_arch = "arm")))]
mod thumb;
mod translate;

pub use translate::{Function, translate};

use crate::code::prototype::Prototype;
use crate::object::exception::RUNTIME_ERROR;
use crate::object::handle::Handle;
use crate::object::print::RawBytes;
use crate::object::word::Word;
use crate::vm::{Outcome, Raised, Vm};
use assembler::Assembler;

/// Whether this processor's code can be written.
pub const AVAILABLE: bool = arch::Machine::AVAILABLE;

/// What of the accelerator is for inline caches.
fn caches(prototype: &Prototype) -> usize {
    crate::vm::cache_bytes(prototype.code().len())
}

/// Where the entries begin in the accelerator.
fn entries(prototype: &Prototype) -> usize {
    caches(prototype) + size_of::<usize>()
}

/// Where code begins behind the entries, on a machine that runs its heap.
fn head(prototype: &Prototype) -> usize {
    (entries(prototype) + prototype.code().len() * arch::Machine::ENTRY).next_multiple_of(size_of::<usize>())
}

/// Hangs machine code on its function.
fn hang(prototype: &Prototype, accelerator: Handle<RawBytes>, address: usize) {
    accelerator.put(caches(prototype), &address.to_ne_bytes());
    prototype.head.accelerator.set(accelerator.word());
}

/// Whether a function has machine code.
pub fn is_translated(prototype: &Prototype) -> bool {
    Handle::<RawBytes>::from(prototype.head.accelerator.get()).is_some_and(|bytes| bytes.len() > caches(prototype))
}

/// Prologue of all machine code: frame, interpreter, where to go on, top of the value stack. What it answers is where the loop
/// goes on: the offset of an instruction in the low half of 32 bits, the depth of the stack above the locals in the high half.
type Entry = unsafe extern "C" fn(*mut Word, *const Vm, usize, *const Word) -> usize;

/// Goes on in a function's machine code at the bytecode `offset`. Answers the offset and the depth with which it left.
///
/// # Errors
/// `RuntimeError` if the function has none: it came from a file, or was compiled where nothing runs.
///
/// # Safety
/// `fp` is the frame of the prototype's function, which runs; `top` is the top of its stack as the bytecode says it is at
/// `offset`, where an opcode `Native` stands.
pub unsafe fn run(vm: &Vm, prototype: &Prototype, offset: usize, fp: *mut Word, top: *mut Word) -> Outcome<(usize, usize)> {
    let Some(bytes) = Handle::<RawBytes>::from(prototype.head.accelerator.get()).filter(|_| is_translated(prototype)) else {
        return Err(not_kept(vm));
    };
    let at = caches(prototype);
    let cells = &bytes.get().tail()[at..];
    let place = offset * arch::Machine::ENTRY + size_of::<usize>();
    // SAFETY: a function with machine code has its address there and an entry for each byte of its bytecode; `translate` put the
    // address of its code there, and of each `Native` where it goes on.
    let left = unsafe {
        let start = cells.as_ptr().cast::<usize>().read_unaligned();
        let entry = cells.as_ptr().add(place).cast::<arch::Entry>().read_unaligned() as usize * arch::Machine::UNIT;
        if start == 0 {
            return Err(not_kept(vm));
        }
        let code: Entry = core::mem::transmute(arch::Machine::pointer(start));
        code(fp, core::ptr::from_ref(vm.here()), arch::Machine::pointer(start + entry).addr(), top)
    };
    Ok((left & 0xffff, left >> 16 & 0xffff))
}

#[cold]
fn not_kept(vm: &Vm) -> Raised {
    vm.raise_text(&RUNTIME_ERROR, "the machine code of this function was not kept")
}
