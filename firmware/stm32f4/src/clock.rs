//! Brings the chip to 168 MHz, by the board's crystal if it has one that works, by the internal oscillator if not.
//!
//! Boards of this chip have crystals of 8 or 12 MHz, and one image serves all: the crystal is measured against the internal
//! oscillator before it is used (RM0090 §7.2.11). Every wait is bounded; where something does not come the chip goes on with what
//! it has, and the caller learns the true frequencies, from which it derives everything else. A program may run it slower (`change`).

use crate::register::{Bus, DBGMCU, FLASH, PWR, RCC, TIM11};

/// Cycles in a second.
pub type Hertz = u32;

/// The frequencies that the chip's parts run at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Clocks {
    /// What the others are divided from.
    pub undivided: Hertz,
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
    pub const FULL: Clocks =
        Clocks { undivided: 168_000_000, system: 168_000_000, apb1: 42_000_000, apb2: 84_000_000, crystal: true };
    /// As the chip wakes: everything runs from the internal oscillator.
    pub const INTERNAL: Clocks = Clocks { undivided: INTERNAL, system: INTERNAL, apb1: INTERNAL, apb2: INTERNAL, crystal: false };
}

/// The internal oscillator.
const INTERNAL: Hertz = 16_000_000;

// RCC_CR (§7.3.1).
const CRYSTAL_ON: u32 = 1 << 16;
const CRYSTAL_READY: u32 = 1 << 17;
const PLL_ON: u32 = 1 << 24;
const PLL_READY: u32 = 1 << 25;

/// RCC_PLLCFGR (§7.3.2): its input is the crystal, else the internal oscillator; both are divided to 2 MHz.
const PLL_FROM_CRYSTAL: u32 = 1 << 22;
const PLL_DIVIDER: u32 = 0x3F;

// RCC_CFGR (§7.3.3).
const SWITCH: u32 = 0b11;
const SOURCE: u32 = 0b1100;
const DIVIDERS: u32 = (0b1111 << 4) | (0b111 << 10) | (0b111 << 13);
const CRYSTAL_BY_16: u32 = 16 << 16;
const CRYSTAL_DIVIDER: u32 = 31 << 16;

/// FLASH_ACR (§3.9.1): both caches, prefetch, and a wait state for each 30 MHz from 2.7 V up (§3.5.1).
const CACHES: u32 = 0b11 << 9;
const PREFETCH: u32 = 1 << 8;
/// The first revision whose prefetch works: revision A, 0x1000, must do without (errata ES0182).
const REVISION_Z: u32 = 0x1001;
const FLASH_SPEED: Hertz = 30_000_000;
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
    let input = match crystal {
        Some(megahertz) => PLL_FROM_CRYSTAL | (megahertz / 2),
        None => {
            bus.clear(RCC.cr(), CRYSTAL_ON);
            INTERNAL / 2_000_000
        }
    };
    // Where that fails it runs all the same.
    run(bus, input, FULL).unwrap_or_else(|clocks| clocks)
}

/// What everything else is divided from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Origin {
    Internal,
    Crystal,
    /// So many times 48 MHz, which are USB's and the memory card's, by an even number.
    Pll(u32, u32),
}

/// A way to run the chip: the origin, and the dividers of the processor and of the two peripheral buses, as powers of 2.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Plan {
    origin: Origin,
    powers: [u32; 3],
}

const FULL: Plan = Plan { origin: Origin::Pll(7, 2), powers: [0, 2, 1] };

impl Origin {
    /// Its frequency, where the PLL's input is set up so.
    fn frequency(self, input: u32) -> Hertz {
        match self {
            Origin::Internal => INTERNAL,
            Origin::Crystal if input & PLL_FROM_CRYSTAL != 0 => (input & PLL_DIVIDER) * 2_000_000,
            Origin::Crystal => INTERNAL,
            Origin::Pll(times, by) => 48_000_000 * times / by,
        }
    }

    /// Its number in RCC_CFGR.
    fn number(self) -> u32 {
        match self {
            Origin::Internal => 0b00,
            Origin::Crystal => 0b01,
            Origin::Pll(..) => 0b10,
        }
    }
}

impl Plan {
    /// The fastest way that is not faster than what is wanted: of the origin; of the processor and of the two buses, which are divided
    /// by the next power of 2. None where there is none.
    fn new(input: u32, [origin, system, apb1, apb2]: [Hertz; 4]) -> Option<Plan> {
        // Of those that are equal the last is taken, which draws the least.
        let (mut chosen, mut fastest) = (None, 0);
        let mut consider = |it: Origin| {
            let speed = it.frequency(input);
            if speed >= fastest && speed <= origin.min(Clocks::FULL.system) {
                (chosen, fastest) = (Some(it), speed);
            }
        };
        consider(Origin::Crystal);
        // The oscillator of the PLL makes 100 to 432 MHz (§7.3.2).
        for times in (3..=9).rev() {
            for half in 1..=4 {
                consider(Origin::Pll(times, 2 * half));
            }
        }
        consider(Origin::Internal);
        let chosen = chosen?;
        let power = |from: Hertz, to: Hertz, most: u32| (0..=most).find(|power| from >> power <= to);
        // The processor's dividers leave 32 out (§7.3.3).
        let system = power(fastest, system, 9).map(|power| if power == 5 { 6 } else { power })?;
        let bus = |wanted: Hertz| power(fastest >> system, wanted, 4);
        Some(Plan { origin: chosen, powers: [system, bus(apb1.min(Clocks::FULL.apb1))?, bus(apb2.min(Clocks::FULL.apb2))?] })
    }

    fn clocks(&self, input: u32) -> Clocks {
        let undivided = self.origin.frequency(input);
        let [system, apb1, apb2] = self.powers;
        let system = undivided >> system;
        // Without the crystal all of them are derived from the internal oscillator.
        let crystal = input & PLL_FROM_CRYSTAL != 0 && self.origin != Origin::Internal;
        Clocks { undivided, system, apb1: system >> apb1, apb2: system >> apb2, crystal }
    }
}

/// Runs the chip at other frequencies: of what all are divided from, of the processor, and of the two peripheral buses; none is faster
/// than was asked for. USB and the memory card keep their 48 MHz.
///
/// # Errors
/// `None` for frequencies that it cannot have: nothing was changed; what it runs at instead where something did not come.
pub fn change(bus: &impl Bus, wanted: [Hertz; 4]) -> Result<Clocks, Option<Clocks>> {
    let input = bus.read(RCC.pllcfgr()) & (PLL_FROM_CRYSTAL | PLL_DIVIDER);
    let plan = Plan::new(input, wanted).ok_or(None)?;
    run(bus, input, plan).map_err(Some)
}

/// Carries a plan out, by way of the internal oscillator; the PLL's input is `input`.
///
/// # Errors
/// What it runs at instead.
fn run(bus: &impl Bus, input: u32, plan: Plan) -> Result<Clocks, Clocks> {
    bus.enable(RCC.apb1enr(), POWER_CLOCK);
    bus.set(PWR.cr(), SCALE_1);
    let switch = |to: u32| {
        bus.change(RCC.cfgr(), SWITCH, to);
        bus.comes(RCC.cfgr(), PATIENCE, |cfgr| cfgr & SOURCE == to << 2)
    };
    if bus.read(RCC.cfgr()) & SOURCE != 0 {
        switch(0);
        bus.clear(RCC.cfgr(), DIVIDERS);
        bus.clear(RCC.cr(), PLL_ON);
        bus.comes(RCC.cr(), PATIENCE, |cr| cr & PLL_READY == 0);
    }
    let (times, by) = if let Origin::Pll(times, by) = plan.origin { (times, by) } else { (7, 2) };
    bus.write(RCC.pllcfgr(), (24 * times) << 6 | (by / 2 - 1) << 16 | times << 24 | input);
    bus.set(RCC.cr(), PLL_ON);
    if !bus.comes(RCC.cr(), PATIENCE, |cr| cr & PLL_READY != 0) {
        return Err(Clocks::INTERNAL);
    }
    let clocks = plan.clocks(input);
    let waits = (clocks.system - 1) / FLASH_SPEED;
    let prefetch = if bus.read(DBGMCU.idcode()) >> 16 >= REVISION_Z { PREFETCH } else { 0 };
    bus.write(FLASH.acr(), waits | CACHES | prefetch);
    if !bus.comes(FLASH.acr(), PATIENCE, |acr| acr & 7 == waits) {
        return Err(Clocks::INTERNAL);
    }
    // As the registers number the powers of 2: 1 is 0; 64 follows 16.
    let [system, apb1, apb2] = plan.powers;
    let of_system = [0, 8, 9, 10, 11, 11, 12, 13, 14, 15][system as usize];
    let of_bus = |power: u32| if power == 0 { 0 } else { 3 + power };
    bus.change(RCC.cfgr(), DIVIDERS, of_system << 4 | of_bus(apb1) << 10 | of_bus(apb2) << 13);
    if !switch(plan.origin.number()) {
        // The dividers go: the source is what did not change.
        bus.clear(RCC.cfgr(), DIVIDERS | SWITCH);
        return Err(Clocks::INTERNAL);
    }
    Ok(clocks)
}

const TIMER_CLOCK: u32 = 1 << 18;
/// Timer 11's input is the crystal, divided (§19.5.11); every eighth rising edge is caught (§18.4.7).
const CRYSTAL_INPUT: u32 = 0b10;
const EVERY_EIGHTH: u32 = 1 | (0b11 << 2);
const CAUGHT: u32 = 1 << 1;

/// The crystal's frequency in MHz, 8 or 12, by counting cycles of the internal oscillator: 8 × 16 periods of it take 256 or 171.
fn measure(bus: &impl Bus) -> Option<u32> {
    bus.change(RCC.cfgr(), CRYSTAL_DIVIDER, CRYSTAL_BY_16);
    bus.enable(RCC.apb2enr(), TIMER_CLOCK);
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
    extern crate std;

    use super::*;
    use crate::fake::Fake;

    const INTERNAL_ON: u32 = 0x83;
    const FROM_PLL: u32 = 0b1000;

    fn chip(captures: &[u32]) -> Fake {
        Fake::default()
            .stuck(RCC.cr(), INTERNAL_ON | CRYSTAL_READY | PLL_READY)
            .stuck(FLASH.acr(), 5)
            .answering(RCC.cfgr(), &[0, 0, 0, 0, FROM_PLL])
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
        let chip = Fake::default()
            .stuck(RCC.cr(), INTERNAL_ON | PLL_READY)
            .stuck(FLASH.acr(), 5)
            .answering(RCC.cfgr(), &[0, 0, 0, FROM_PLL]);
        assert_eq!(start(&chip), Clocks { crystal: false, ..Clocks::FULL });
        let at = |register| chip.writes().iter().position(|(it, _)| *it == register).expect("is written");
        assert!(at(FLASH.acr()) < at(RCC.cfgr()), "flash waits before the clock is fast");
        assert_eq!(chip.written(FLASH.acr()), [0x605], "a chip that does not say its revision is taken for the first");
    }

    #[test]
    fn the_first_revision_fetches_nothing_ahead() {
        for (code, acr) in [(0x1000_0411, 0x605), (0x1001_0413, 0x705), (0x1007_0413, 0x705), (0x101F_0413, 0x705)] {
            let chip = chip(&[100, 356, 612]).stuck(DBGMCU.idcode(), code);
            start(&chip);
            assert_eq!(chip.written(FLASH.acr()), [acr], "{code:#x}");
        }
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
        assert_eq!(start(&chip), Clocks::INTERNAL);
        assert_eq!(chip.written(RCC.cfgr()).last(), Some(&0), "nothing is divided");
    }

    #[test]
    fn an_emulator_without_clock_control_runs_at_full_speed() {
        assert_eq!(start(&Fake::default()), Clocks::FULL);
    }

    /// The PLL's input of a board with a crystal of 8 MHz.
    const EIGHT: u32 = PLL_FROM_CRYSTAL | 4;

    #[test]
    fn all_frequencies_of_a_pyboard_are_to_be_had() {
        for megahertz in [8, 16, 24, 30, 32, 36, 40, 42, 48, 54, 56, 60, 64, 72, 84, 96, 108, 120, 144, 168] {
            let hertz = megahertz * 1_000_000;
            let clocks = Plan::new(EIGHT, [hertz, hertz, hertz / 4, hertz / 2]).expect("a plan").clocks(EIGHT);
            assert_eq!((clocks.undivided, clocks.system, clocks.apb1, clocks.apb2), (hertz, hertz, hertz / 4, hertz / 2));
        }
        assert_eq!(Plan::new(EIGHT, [7_999_999; 4]), None);
        let rounded = Plan::new(EIGHT, [171_000_000; 4]).expect("a plan").clocks(EIGHT);
        assert_eq!((rounded.system, rounded.apb1, rounded.apb2), (168_000_000, 42_000_000, 84_000_000), "no bus is too fast");
        let slow = Plan::new(EIGHT, [48_000_000, 1_500_000, 750_000, 1_500_000]).expect("a plan");
        assert_eq!(slow, Plan { origin: Origin::Pll(4, 4), powers: [6, 0, 0] }, "there is no 32");
    }

    #[test]
    fn the_chip_changes_by_way_of_its_own_oscillator() {
        let chip = Fake::default()
            .stuck(RCC.pllcfgr(), EIGHT | 0x0700_2A00)
            .answering(RCC.cfgr(), &[0x940A, 0x940A, 0x9400, 0x9400, 0, 0, FROM_PLL])
            .answering(RCC.cr(), &[INTERNAL_ON | PLL_ON, INTERNAL_ON, INTERNAL_ON, INTERNAL_ON | PLL_READY])
            .stuck(FLASH.acr(), 1);
        let clocks = change(&chip, [48_000_000, 48_000_000, 12_000_000, 24_000_000]).expect("changed");
        assert_eq!((clocks.system, clocks.apb1, clocks.apb2, clocks.crystal), (48_000_000, 12_000_000, 24_000_000, true));
        let of =
            |register| chip.writes().into_iter().filter(move |it| it.0 == register).map(|it| it.1).collect::<std::vec::Vec<_>>();
        assert_eq!(of(RCC.pllcfgr()), [4 << 24 | 1 << 22 | 1 << 16 | 96 << 6 | 4], "2 MHz by 96, by 4, by 4 for USB");
        assert_eq!(of(FLASH.acr()), [0x601]);
        assert_eq!(of(RCC.cfgr()), [0x9408, 0, 0x9400, 0b10]);
        assert_eq!(change(&chip, [1; 4]), Err(None));
    }
}
