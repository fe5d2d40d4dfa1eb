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
