//! The independent watchdog: restarts the chip unless it is fed (RM0090 §21). Once started it cannot be stopped.

use crate::register::{Bus, IWDG};

const FEED: u32 = 0xAAAA;
const UNLOCK: u32 = 0x5555;
const START: u32 = 0xCCCC;
/// Its oscillator's cycles in a millisecond.
const CYCLES: u32 = 32;
/// What its counter holds at the most.
const LONGEST: u32 = 0x1000;
/// Readings before it is taken to have its new settings: they need five cycles of its oscillator.
const PATIENCE: u32 = 100_000;

/// The longest time it can count, in milliseconds.
pub const MAXIMUM: u32 = LONGEST * 256 / CYCLES;

/// Starts it, or gives it another time: 1 to [`MAXIMUM`] milliseconds.
pub fn start(bus: &impl Bus, milliseconds: u32) {
    let cycles = milliseconds.clamp(1, MAXIMUM) * CYCLES;
    // The smallest divider with which the counter holds it: 4 shifted by 0 to 6 (§21.4.2).
    let step = (0..6).find(|step| cycles >> (2 + step) <= LONGEST).unwrap_or(6);
    bus.write(IWDG.kr(), START);
    bus.write(IWDG.kr(), UNLOCK);
    bus.write(IWDG.pr(), step);
    bus.write(IWDG.rlr(), (cycles >> (2 + step)).saturating_sub(1).min(LONGEST - 1));
    bus.comes(IWDG.sr(), PATIENCE, |sr| sr & 0b11 == 0);
    feed(bus);
}

/// Begins its time anew.
pub fn feed(bus: &impl Bus) {
    bus.write(IWDG.kr(), FEED);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    #[test]
    fn times_are_counted_as_finely_as_they_fit() {
        for (milliseconds, step, reload) in [(1, 0, 7), (512, 0, 4095), (513, 1, 2051), (5000, 4, 2499), (32_768, 6, 4095)] {
            let chip = Fake::default();
            start(&chip, milliseconds);
            let expected = [(IWDG.kr(), START), (IWDG.kr(), UNLOCK), (IWDG.pr(), step), (IWDG.rlr(), reload), (IWDG.kr(), FEED)];
            assert_eq!(chip.writes(), expected, "{milliseconds} ms");
        }
    }
}
