//! Brings the chip to 168 MHz, by the board's crystal if it has one that works, by the internal oscillator if not.
//!
//! Boards of this chip have crystals of 8 or 12 MHz, and one image serves all: the crystal is measured against the internal
//! oscillator before it is used (RM0090 §7.2.11). Every wait is bounded; where something does not come the chip goes on with what
//! it has, and the caller learns the true frequencies, from which it derives everything else.

use crate::register::{Bus, FLASH, PWR, RCC, TIM11};

/// Cycles in a second.
pub type Hertz = u32;

/// The frequencies that the chip's parts run at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Clocks {
    /// The processor, memories and GPIO.
    pub system: Hertz,
    /// The slow peripheral bus.
    pub apb1: Hertz,
    /// The fast peripheral bus.
    pub apb2: Hertz,
    /// Whether the frequencies are as exact as a crystal.
    pub crystal: bool,
}

impl Clocks {
    /// All of the chip at full speed.
    pub const FULL: Clocks = Clocks { system: 168_000_000, apb1: 42_000_000, apb2: 84_000_000, crystal: true };
    /// As the chip wakes: everything runs from the internal oscillator.
    pub const INTERNAL: Clocks = Clocks { system: INTERNAL, apb1: INTERNAL, apb2: INTERNAL, crystal: false };
}

/// The internal oscillator.
const INTERNAL: Hertz = 16_000_000;

// RCC_CR (§7.3.1).
const CRYSTAL_ON: u32 = 1 << 16;
const CRYSTAL_READY: u32 = 1 << 17;
const PLL_ON: u32 = 1 << 24;
const PLL_READY: u32 = 1 << 25;

// RCC_PLLCFGR (§7.3.2): 2 MHz times 168, by 2 for the processor, by 7 for USB's 48 MHz.
const TIMES_168_BY_2_BY_7: u32 = (168 << 6) | (7 << 24);
const PLL_FROM_CRYSTAL: u32 = 1 << 22;

// RCC_CFGR (§7.3.3).
const FROM_PLL: u32 = 0b10;
const SOURCE: u32 = 0b1100;
const IS_FROM_PLL: u32 = 0b1000;
const APB1_BY_4_APB2_BY_2: u32 = (0b101 << 10) | (0b100 << 13);
const CRYSTAL_BY_16: u32 = 16 << 16;
const CRYSTAL_DIVIDER: u32 = 31 << 16;

/// Five wait states at 168 MHz from 2.7 V up, prefetch and both caches (§3.5.1, §3.9.1).
const FIVE_WAITS_AND_CACHES: u32 = 5 | (0b111 << 8);
/// The regulator's scale for 168 MHz (§5.4.1), and the clock of its register (§7.3.13).
const SCALE_1: u32 = 1 << 14;
const POWER_CLOCK: u32 = 1 << 28;

/// Readings before a wait gives up. A crystal takes some milliseconds; a reading takes at least four cycles of 16 MHz.
const PATIENCE: u32 = 50_000;

/// Starts the clocks.
pub fn start(bus: &impl Bus) -> Clocks {
    if bus.read(RCC.cr()) == 0 {
        // On a chip the bit "internal oscillator on" cannot be clear while it runs from it. Only an emulator without a clock
        // controller reads 0 here, and QEMU's board of this chip always runs at full speed.
        return Clocks::FULL;
    }
    bus.set(RCC.cr(), CRYSTAL_ON);
    let ready = bus.comes(RCC.cr(), PATIENCE, |cr| cr & CRYSTAL_READY != 0);
    let crystal = if ready { measure(bus) } else { None };
    match crystal {
        Some(megahertz) => to_full_speed(bus, PLL_FROM_CRYSTAL | (megahertz / 2), true),
        None => {
            bus.clear(RCC.cr(), CRYSTAL_ON);
            to_full_speed(bus, INTERNAL / 2_000_000, false)
        }
    }
}

/// Runs everything from the PLL, whose source and divider to 2 MHz `source` says.
fn to_full_speed(bus: &impl Bus, source: u32, crystal: bool) -> Clocks {
    bus.set(RCC.apb1enr(), POWER_CLOCK);
    bus.set(PWR.cr(), SCALE_1);
    bus.write(RCC.pllcfgr(), TIMES_168_BY_2_BY_7 | source);
    bus.set(RCC.cr(), PLL_ON);
    if !bus.comes(RCC.cr(), PATIENCE, |cr| cr & PLL_READY != 0) {
        return Clocks::INTERNAL;
    }
    bus.write(FLASH.acr(), FIVE_WAITS_AND_CACHES);
    if !bus.comes(FLASH.acr(), PATIENCE, |acr| acr & 7 == 5) {
        return Clocks::INTERNAL;
    }
    bus.set(RCC.cfgr(), APB1_BY_4_APB2_BY_2);
    bus.set(RCC.cfgr(), FROM_PLL);
    if !bus.comes(RCC.cfgr(), PATIENCE, |cfgr| cfgr & SOURCE == IS_FROM_PLL) {
        // The dividers stay: the source is what did not change.
        bus.clear(RCC.cfgr(), FROM_PLL);
        return Clocks { apb1: INTERNAL / 4, apb2: INTERNAL / 2, ..Clocks::INTERNAL };
    }
    Clocks { crystal, ..Clocks::FULL }
}

const TIMER_CLOCK: u32 = 1 << 18;
/// Timer 11's input is the crystal, divided (§19.5.11); every eighth rising edge is caught (§18.4.7).
const CRYSTAL_INPUT: u32 = 0b10;
const EVERY_EIGHTH: u32 = 1 | (0b11 << 2);
const CAUGHT: u32 = 1 << 1;

/// The crystal's frequency in MHz, 8 or 12, by counting cycles of the internal oscillator: 8 × 16 periods of it take 256 or 171.
fn measure(bus: &impl Bus) -> Option<u32> {
    bus.change(RCC.cfgr(), CRYSTAL_DIVIDER, CRYSTAL_BY_16);
    bus.set(RCC.apb2enr(), TIMER_CLOCK);
    bus.write(TIM11.or(), CRYSTAL_INPUT);
    bus.write(TIM11.ccmr1(), EVERY_EIGHTH);
    bus.write(TIM11.ccer(), 1);
    bus.write(TIM11.cr1(), 1);
    let catch = || {
        let caught = bus.comes(TIM11.sr(), PATIENCE, |sr| sr & CAUGHT != 0);
        caught.then(|| bus.read(TIM11.ccr(0)))
    };
    // The first one began before the timer did.
    let (_, from, to) = (catch(), catch(), catch());
    bus.write(TIM11.cr1(), 0);
    bus.clear(RCC.apb2enr(), TIMER_CLOCK);
    match to?.wrapping_sub(from?) & 0xFFFF {
        240..=272 => Some(8),
        160..=182 => Some(12),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    const INTERNAL_ON: u32 = 0x83;

    fn chip(captures: &[u32]) -> Fake {
        Fake::default()
            .stuck(RCC.cr(), INTERNAL_ON | CRYSTAL_READY | PLL_READY)
            .stuck(FLASH.acr(), 5)
            .stuck(RCC.cfgr(), IS_FROM_PLL)
            .stuck(TIM11.sr(), CAUGHT)
            .answering(TIM11.ccr(0), captures)
    }

    #[test]
    fn a_crystal_is_measured_and_used() {
        for (captures, megahertz) in [([100, 356, 612], 8), ([65_000, 65_500, 135], 12)] {
            let chip = chip(&captures);
            assert_eq!(start(&chip), Clocks::FULL);
            let divider = megahertz / 2;
            assert_eq!(chip.written(RCC.pllcfgr()), [0x0700_2A00 | (1 << 22) | divider], "{megahertz} MHz to 2 MHz");
        }
    }

    #[test]
    fn a_crystal_of_another_frequency_is_not_used() {
        let chip = chip(&[0, 82, 164]);
        assert_eq!(start(&chip), Clocks { crystal: false, ..Clocks::FULL });
        assert_eq!(chip.written(RCC.pllcfgr()), [0x0700_2A08], "16 MHz of the internal oscillator by 8");
    }

    #[test]
    fn a_missing_crystal_leaves_the_internal_oscillator() {
        let chip = Fake::default().stuck(RCC.cr(), INTERNAL_ON | PLL_READY).stuck(FLASH.acr(), 5).stuck(RCC.cfgr(), IS_FROM_PLL);
        assert_eq!(start(&chip), Clocks { crystal: false, ..Clocks::FULL });
        let at = |register| chip.writes().iter().position(|(it, _)| *it == register).expect("is written");
        assert!(at(FLASH.acr()) < at(RCC.cfgr()), "flash waits before the clock is fast");
        assert_eq!(chip.written(FLASH.acr()), [0x705]);
    }

    #[test]
    fn a_dead_pll_leaves_the_chip_as_it_woke() {
        let chip = Fake::default().stuck(RCC.cr(), INTERNAL_ON);
        assert_eq!(start(&chip), Clocks::INTERNAL);
        assert!(chip.written(RCC.cfgr()).is_empty(), "nothing was switched to the dead PLL");
    }

    #[test]
    fn a_switch_that_never_happens_is_noticed() {
        let chip = Fake::default().stuck(RCC.cr(), INTERNAL_ON | PLL_READY).stuck(FLASH.acr(), 5).stuck(RCC.cfgr(), 0);
        assert_eq!(start(&chip), Clocks { system: 16_000_000, apb1: 4_000_000, apb2: 8_000_000, crystal: false });
    }

    #[test]
    fn an_emulator_without_clock_control_runs_at_full_speed() {
        assert_eq!(start(&Fake::default()), Clocks::FULL);
    }
}
