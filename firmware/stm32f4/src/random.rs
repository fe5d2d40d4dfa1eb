//! Random numbers from noise (RM0090 §24).

use crate::register::{Bus, RCC, RNG};

const CLOCK: u32 = 1 << 6;
const ENABLE: u32 = 1 << 2;
const READY: u32 = 1;
/// Errors of the noise and of its clock, now (§24.4.2).
const ERRORS: u32 = 0b110;
const REMEMBERED: u32 = ERRORS << 4;
/// Readings before it is taken to be dead: a number takes 40 cycles of 48 MHz.
const PATIENCE: u32 = 1000;

/// A number, or `None` where the generator does not work: without its clock of 48 MHz, or in an emulator.
pub fn number(bus: &impl Bus) -> Option<u32> {
    bus.enable(RCC.ahb2enr(), CLOCK);
    let next = || {
        let ready = bus.comes(RNG.sr(), PATIENCE, |sr| sr & READY != 0);
        (ready && bus.read(RNG.sr()) & ERRORS == 0).then(|| bus.read(RNG.dr()))
    };
    let number = if bus.read(RNG.cr()) & ENABLE != 0 {
        next()
    } else {
        bus.set(RNG.cr(), ENABLE);
        // The first number after that is not to be used (§24.3.1).
        next().and_then(|_| next())
    };
    if number.is_none() {
        // After an error of the noise it begins anew (§24.3.2).
        bus.clear(RNG.sr(), REMEMBERED);
        bus.clear(RNG.cr(), ENABLE);
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    #[test]
    fn a_number_is_taken_when_it_is_ready_and_good() {
        let chip = Fake::default().stuck(RNG.sr(), READY).answering(RNG.dr(), &[7, 8, 9]);
        assert_eq!(number(&chip), Some(8), "the first one is not used");
        assert_eq!(chip.writes(), [(RCC.ahb2enr(), CLOCK), (RNG.cr(), ENABLE)]);
        assert_eq!(number(&chip), Some(9));
        assert_eq!(number(&Fake::default()), None);
    }

    #[test]
    fn after_an_error_it_begins_anew() {
        let chip = Fake::default().stuck(RNG.sr(), READY | 1 << 6 | 1 << 2);
        assert_eq!(number(&chip), None);
        assert_eq!((chip.written(RNG.sr()), chip.written(RNG.cr())), ([READY | 1 << 2].to_vec(), [ENABLE, 0].to_vec()));
    }
}
