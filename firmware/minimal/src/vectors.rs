//! The table of this chip's interrupts, which lies behind the processor's own exceptions.
//!
//! Without it cortex-m-rt would make room for the 240 that a Cortex-M3 can have; the largest STM32F100 has 61 (RM0041 §8.1.2).
#![expect(unsafe_code, reason = "the table's place and name are the start-up code's")]

/// Interrupts of the chip.
const COUNT: usize = 61;

unsafe extern "C" {
    /// Where cortex-m-rt sends what has no handler of its own; `interrupts` has it.
    fn DefaultHandler();
}

/// The table.
// SAFETY: the section is the start-up code's for exactly this table, and nobody else makes one of this name.
#[unsafe(link_section = ".vector_table.interrupts")]
// SAFETY: as above.
#[unsafe(no_mangle)]
pub static __INTERRUPTS: [unsafe extern "C" fn(); COUNT] = [DefaultHandler; COUNT];
