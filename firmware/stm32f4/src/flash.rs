//! The flash memory's controller (RM0090 §3).

use crate::register::{Bus, FLASH};

/// The control register cannot be changed: so it is after every reset (§3.9.7).
const LOCKED: u32 = 1 << 31;

/// Whether the controller is there. An emulator may have the memory alone: its control register reads 0, which on a chip that
/// nobody unlocked is impossible.
pub fn is_present(bus: &impl Bus) -> bool {
    bus.read(FLASH.cr()) & LOCKED != 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    #[test]
    fn a_controller_that_reads_zero_is_absent() {
        assert!(!is_present(&Fake::default()));
        assert!(is_present(&Fake::default().stuck(FLASH.cr(), 0x8000_0000)));
    }
}
