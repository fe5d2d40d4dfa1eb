//! The chip itself as a bus: registers lie in memory. The unsafe room of this crate.
//!
//! What is true inside: every [`Register`] is the address of a 32-bit register that this chip has (the list in `register.rs`
//! is its only source); reading or writing any of them never touches Rust's memory, and the compiler must keep each access.
#![expect(unsafe_code, reason = "registers are memory at fixed addresses")]

use crate::register::{Bus, Register};

/// The registers of the chip that this program runs on.
#[derive(Clone, Copy)]
pub struct Chip;

impl Bus for Chip {
    fn read(&self, register: Register) -> u32 {
        // SAFETY: a `Register` is the aligned address of a register of this chip; no Rust object lies there.
        unsafe { register.address().read_volatile() }
    }

    fn write(&self, register: Register, value: u32) {
        // SAFETY: as in `read`.
        unsafe { register.address().write_volatile(value) }
    }
}

/// Sleeps until an interrupt has been served.
pub fn wait_for_interrupt() {
    // SAFETY: the instruction only waits; it touches no memory and no register.
    unsafe { core::arch::asm!("wfi", options(nomem, nostack, preserves_flags)) };
}

/// Holds all interrupts back; tells whether they came before.
pub fn hold_interrupts() -> bool {
    let mask: u32;
    // SAFETY: the instructions change no memory; that no access moves across them is why `nomem` is not said.
    unsafe { core::arch::asm!("mrs {0}, PRIMASK", "cpsid i", out(reg) mask, options(nostack, preserves_flags)) };
    mask & 1 == 0
}

/// Lets interrupts come, or holds them back.
pub fn let_interrupts(come: bool) {
    // SAFETY: as in `hold_interrupts`.
    unsafe {
        match come {
            true => core::arch::asm!("cpsie i", options(nostack, preserves_flags)),
            false => core::arch::asm!("cpsid i", options(nostack, preserves_flags)),
        }
    }
}

/// The word of RAM that outlives a reset: the lowest one, which linker scripts leave free below the machine stack.
const REQUEST: *mut u32 = core::ptr::with_exposed_provenance_mut(0x2000_0000);
/// Nothing that RAM holds by chance.
const LOADER: u32 = 0xB007_10AD;

/// After the next reset the loader is to run: the one in sector 0 if there is one, else the one in ROM.
pub fn ask_for_loader() {
    // SAFETY: the word is RAM in which no object of a program lies.
    unsafe { REQUEST.write_volatile(LOADER) };
}

/// Whether the chip was reset for its loader; it is not any more.
pub fn take_loader_request() -> bool {
    // SAFETY: as above; any bits of RAM are a number.
    let asked = unsafe { REQUEST.read_volatile() } == LOADER;
    // SAFETY: as above.
    unsafe { REQUEST.write_volatile(0) };
    asked
}

/// Where the chip's ROM has its loader's vectors (RM0090 §2.4, AN2606).
const ROM: u32 = 0x1FFF_0000;

/// Goes to the loader in the chip's ROM, which expects the chip as it wakes: call this before anything is set up.
pub fn enter_rom() -> ! {
    crate::reset::show_rom(&Chip);
    // SAFETY: the ROM's vectors are a stack and a program.
    unsafe { start(ROM) }
}

/// Starts another program: its vectors are the stack's start, then the first instruction.
///
/// # Safety
/// There are vectors of a program there. It finds the chip as it is now.
pub unsafe fn start(vectors: u32) -> ! {
    // SAFETY: nothing of this program is needed any more, and the caller promises a stack and a program.
    unsafe { core::arch::asm!("ldr r1, [r0]", "msr msp, r1", "ldr pc, [r0, #4]", in("r0") vectors, options(noreturn)) }
}
