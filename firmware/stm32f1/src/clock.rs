//! Brings the chip to its full 24 MHz, from its internal oscillator: no crystal is needed, none can be missing.
//!
//! Every wait is bounded. Where the PLL does not come up the chip stays at the 8 MHz that it woke with, and the caller
//! learns the true frequency, from which it derives everything else.

use crate::register::{Bus, Register};

/// Cycles in a second.
pub type Hertz = u32;

/// The internal oscillator.
const INTERNAL: Hertz = 8_000_000;
/// The fastest that this chip may run; flash keeps up without waiting (RM0041 §3.3.3).
const FULL: Hertz = 24_000_000;

const PLL_ON: u32 = 1 << 24;
const PLL_READY: u32 = 1 << 25;
/// The PLL multiplies half of the internal oscillator by 6 and drives nothing yet (RM0041 §6.3.2).
const HALF_INTERNAL_TIMES_6: u32 = 0b0100 << 18;
const FROM_PLL: u32 = 0b10;
const IS_FROM_PLL: u32 = 0b10 << 2;

/// Tries of a wait before it gives up; the PLL needs 200 µs at most, a try takes some ten cycles at 8 MHz.
const PATIENCE: usize = 10_000;

/// Starts the clocks and returns the frequency that the processor and its peripherals now run at.
pub fn start(bus: &impl Bus) -> Hertz {
    if bus.read(Register::RCC_CR) == 0 {
        // On a chip the bit "internal oscillator on" cannot be clear while it runs from it. Only an emulator without a clock
        // controller reads 0 here, and QEMU's board of this chip always runs at full speed.
        return FULL;
    }
    bus.write(Register::RCC_CFGR, HALF_INTERNAL_TIMES_6);
    bus.set(Register::RCC_CR, PLL_ON);
    if !comes(bus, Register::RCC_CR, PLL_READY) {
        return INTERNAL;
    }
    bus.set(Register::RCC_CFGR, FROM_PLL);
    if comes(bus, Register::RCC_CFGR, IS_FROM_PLL) { FULL } else { INTERNAL }
}

/// Waits, not forever, for bits of a register to be set.
fn comes(bus: &impl Bus, register: Register, bits: u32) -> bool {
    (0..PATIENCE).any(|_| bus.read(register) & bits == bits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    const INTERNAL_ON: u32 = 0x83;

    #[test]
    fn a_ready_pll_gives_full_speed() {
        let chip = Fake::default()
            .stuck(Register::RCC_CR, INTERNAL_ON | PLL_ON | PLL_READY)
            .stuck(Register::RCC_CFGR, HALF_INTERNAL_TIMES_6 | FROM_PLL | IS_FROM_PLL);
        assert_eq!(start(&chip), 24_000_000);
        assert_eq!(
            chip.written(Register::RCC_CFGR).first(),
            Some(&HALF_INTERNAL_TIMES_6),
            "the multiplier is set before the PLL starts"
        );
    }

    #[test]
    fn a_dead_pll_leaves_the_internal_oscillator() {
        let chip = Fake::default().stuck(Register::RCC_CR, INTERNAL_ON);
        assert_eq!(start(&chip), 8_000_000);
        assert_eq!(chip.written(Register::RCC_CFGR), [HALF_INTERNAL_TIMES_6], "nothing was switched to the dead PLL");
    }

    #[test]
    fn a_switch_that_never_happens_is_noticed() {
        let chip = Fake::default().stuck(Register::RCC_CR, INTERNAL_ON | PLL_READY).stuck(Register::RCC_CFGR, 0);
        assert_eq!(start(&chip), 8_000_000);
    }

    #[test]
    fn an_emulator_without_clock_control_runs_at_full_speed() {
        assert_eq!(start(&Fake::default()), 24_000_000);
    }
}
