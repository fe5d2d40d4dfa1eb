//! Starting over.

use crate::register::{Bus, Register};

/// Writes to the register count only with this key in their upper half (PM0056 §4.4.5).
const KEY: u32 = 0x05FA << 16;
const RESET: u32 = 1 << 2;

/// Resets the whole chip.
pub fn reset(bus: &impl Bus) -> ! {
    bus.write(Register::SCB_AIRCR, KEY | RESET);
    loop {
        core::hint::spin_loop();
    }
}
