//! Random numbers from noise (RM0090 §24).

use crate::register::{Bus, RCC, RNG};

const CLOCK: u32 = 1 << 6;
const ENABLE: u32 = 1 << 2;
const READY: u32 = 1;
/// Errors of the noise and of its clock, now (§24.4.2).
const ERRORS: u32 = 0b110;
/// Readings before it is taken to be dead: a number takes 40 cycles of 48 MHz.
const PATIENCE: u32 = 1000;

/// A number, or `None` where the generator does not work: without its clock of 48 MHz, or in an emulator.
pub fn number(bus: &impl Bus) -> Option<u32> {
    bus.set(RCC.ahb2enr(), CLOCK);
    bus.set(RNG.cr(), ENABLE);
    let ready = bus.comes(RNG.sr(), PATIENCE, |sr| sr & READY != 0);
    (ready && bus.read(RNG.sr()) & ERRORS == 0).then(|| bus.read(RNG.dr()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    #[test]
    fn a_number_is_taken_when_it_is_ready_and_good() {
        let chip = Fake::default().stuck(RNG.sr(), READY).stuck(RNG.dr(), 7);
        assert_eq!(number(&chip), Some(7));
        assert_eq!(chip.writes(), [(RCC.ahb2enr(), CLOCK), (RNG.cr(), ENABLE)]);
        assert_eq!(number(&Fake::default().stuck(RNG.sr(), READY | 2)), None);
        assert_eq!(number(&Fake::default()), None);
    }
}
