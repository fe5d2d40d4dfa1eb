//! The processor's own timer: an interrupt each time it has counted down (PM0056 §4.5).

use crate::register::{Bus, Register};

/// The longest period that its 24 bits can count.
pub const LONGEST: u32 = 1 << 24;

const ENABLE: u32 = 1;
const INTERRUPT: u32 = 1 << 1;
const PROCESSOR_CLOCK: u32 = 1 << 2;

/// Raises the interrupt `SysTick` every `cycles` processor cycles, from now on. The period is held within 2 and [`LONGEST`].
pub fn start(bus: &impl Bus, cycles: u32) {
    bus.write(Register::SYST_RVR, cycles.clamp(2, LONGEST) - 1);
    bus.write(Register::SYST_CVR, 0);
    bus.write(Register::SYST_CSR, ENABLE | INTERRUPT | PROCESSOR_CLOCK);
}

/// Cycles since the last interrupt.
pub fn elapsed(bus: &impl Bus) -> u32 {
    bus.read(Register::SYST_RVR).saturating_sub(bus.read(Register::SYST_CVR))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    #[test]
    fn it_counts_from_one_less_than_the_period() {
        let chip = Fake::default();
        start(&chip, 24_000);
        assert_eq!(chip.written(Register::SYST_RVR), [23_999]);
        assert_eq!(chip.written(Register::SYST_CSR), [7]);
    }

    #[test]
    fn a_period_too_long_for_it_is_the_longest() {
        let chip = Fake::default();
        start(&chip, u32::MAX);
        assert_eq!(chip.written(Register::SYST_RVR), [0x00FF_FFFF]);
    }
}
