//! The processor's own timer: an interrupt each time it has counted down (PM0214 §4.5).

use crate::register::{Bus, SYSTICK};

/// The longest period that its 24 bits can count.
pub const LONGEST: u32 = 1 << 24;

const ENABLE: u32 = 1;
const INTERRUPT: u32 = 1 << 1;
const PROCESSOR_CLOCK: u32 = 1 << 2;

/// Raises the interrupt `SysTick` every `cycles` processor cycles, from now on. The period is held within 2 and [`LONGEST`].
pub fn start(bus: &impl Bus, cycles: u32) {
    bus.write(SYSTICK.rvr(), cycles.clamp(2, LONGEST) - 1);
    bus.write(SYSTICK.cvr(), 0);
    bus.write(SYSTICK.csr(), ENABLE | INTERRUPT | PROCESSOR_CLOCK);
}

/// Cycles since the last interrupt.
pub fn elapsed(bus: &impl Bus) -> u32 {
    bus.read(SYSTICK.rvr()).saturating_sub(bus.read(SYSTICK.cvr()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    #[test]
    fn it_counts_from_one_less_than_the_period() {
        let chip = Fake::default();
        start(&chip, 168_000);
        assert_eq!(chip.writes(), [(SYSTICK.rvr(), 167_999), (SYSTICK.cvr(), 0), (SYSTICK.csr(), 7)]);
    }

    #[test]
    fn a_period_too_long_for_it_is_the_longest() {
        let chip = Fake::default();
        start(&chip, u32::MAX);
        assert_eq!(chip.written(SYSTICK.rvr()), [0x00FF_FFFF]);
    }
}
