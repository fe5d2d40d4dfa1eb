//! SPI, as the one that gives the clock or is given it, with checksums behind what is transferred where that is wanted (RM0090 §28).

use crate::clock::{Clocks, Hertz};
use crate::register::{self, Bus, RCC, Register, SPI1, SPI2};

/// One of the chip's buses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// SPI1.
    One,
    /// SPI2.
    Two,
}

/// How a bus talks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Settings {
    /// The clock divides the bus's by 2, 4, 8 … 256: the exponent less one.
    pub divider: u8,
    /// The clock's level between transfers.
    pub polarity: bool,
    /// Data counts at the clock's second edge.
    pub phase: bool,
    /// The lowest bit goes first.
    pub low_first: bool,
    /// Words of 16 bits instead of 8.
    pub wide: bool,
    /// Somebody else gives the clock.
    pub answers: bool,
    /// The protocol of Texas Instruments (§28.3.2): it has its own polarity and phase.
    pub ti: bool,
    /// The polynomial of the checksums (§28.3.6); none where it is 0.
    pub polynomial: u16,
}

// SPI_CR1 (§28.5.1), SPI_SR (§28.5.3).
const PHASE: u32 = 1;
const POLARITY: u32 = 1 << 1;
const CONTROLLER: u32 = 1 << 2;
const ENABLE: u32 = 1 << 6;
const LOW_FIRST: u32 = 1 << 7;
/// The select line is the program's business: software says that nobody else is the controller, or that this one is selected (§28.3.1).
const BY_SOFTWARE: u32 = 1 << 9;
const NOT_SELECTED: u32 = 1 << 8;
const WIDE: u32 = 1 << 11;
const CHECKSUM_NEXT: u32 = 1 << 12;
const CHECKSUMS: u32 = 1 << 13;
/// SPI_CR2 (§28.5.2).
const TI: u32 = 1 << 4;
const ARRIVED: u32 = 1;
const ROOM: u32 = 1 << 1;
const UNSOUND: u32 = 1 << 4;
const BUSY: u32 = 1 << 7;
/// Readings before a byte is given up: at the slowest clock it takes 2048 cycles of the bus.
const PATIENCE: u32 = 20_000;

impl Unit {
    const fn registers(self) -> register::Spi {
        match self {
            Unit::One => SPI1,
            Unit::Two => SPI2,
        }
    }

    const fn clock(self) -> (Register, u32) {
        match self {
            Unit::One => (RCC.apb2enr(), 1 << 12),
            Unit::Two => (RCC.apb1enr(), 1 << 14),
        }
    }

    /// The clock that the divider divides.
    pub const fn frequency(self, clocks: &Clocks) -> Hertz {
        match self {
            Unit::One => clocks.apb2,
            Unit::Two => clocks.apb1,
        }
    }

    /// Sets the bus up.
    pub fn start(self, bus: &impl Bus, settings: Settings) {
        let (register, bit) = self.clock();
        bus.enable(register, bit);
        let registers = self.registers();
        let flag = |on: bool, bit: u32| if on { bit } else { 0 };
        let bits = flag(settings.phase, PHASE)
            | flag(settings.polarity, POLARITY)
            | flag(settings.low_first, LOW_FIRST)
            | flag(!settings.answers, CONTROLLER | NOT_SELECTED)
            | flag(settings.wide, WIDE)
            | flag(settings.polynomial != 0, CHECKSUMS)
            | BY_SOFTWARE
            | u32::from(settings.divider & 7) << 3;
        // Settings change while it is off (§28.3.3).
        bus.write(registers.cr1(), 0);
        // What came for the settings before, and that more came than was taken (§28.3.10).
        bus.read(registers.dr());
        bus.read(registers.sr());
        bus.write(registers.cr2(), flag(settings.ti, TI));
        bus.write(registers.crcpr(), settings.polynomial.into());
        bus.write(registers.cr1(), bits);
        bus.write(registers.cr1(), bits | ENABLE);
    }

    /// Waits for the last bit of what was offered: between two words the bus is not busy for a moment (§28.3.8).
    fn finish(self, bus: &impl Bus) {
        bus.comes(self.registers().sr(), PATIENCE, |sr| sr & (ROOM | BUSY) == ROOM);
    }

    /// Switches the bus off, after its last bit.
    pub fn stop(self, bus: &impl Bus) {
        self.finish(bus);
        bus.write(self.registers().cr1(), 0);
    }

    /// Sends a word; answers the one that came meanwhile, or `None` where the bus does not run.
    pub fn exchange(self, bus: &impl Bus, word: u16) -> Option<u16> {
        let registers = self.registers();
        if !bus.comes(registers.sr(), PATIENCE, |sr| sr & ROOM != 0) {
            return None;
        }
        bus.write(registers.dr(), word.into());
        let arrived = bus.comes(registers.sr(), PATIENCE, |sr| sr & ARRIVED != 0);
        arrived.then(|| bus.read(registers.dr()) as u16)
    }

    /// Puts a word where the clock fetches it, this side's or somebody else's, if there is room. Behind the `last` one comes the checksum; that
    /// is ordered while the word is on its way (§28.3.6), so nothing else comes in here.
    pub fn offer(self, bus: &impl Bus, word: u16, last: bool) -> bool {
        let registers = self.registers();
        let has_room = bus.read(registers.sr()) & ROOM != 0;
        if has_room {
            bus.write(registers.dr(), word.into());
            if last {
                bus.set(registers.cr1(), CHECKSUM_NEXT);
            }
        }
        has_room
    }

    /// Begins the checksums of both directions anew, which takes the bus off for a moment (§28.3.6).
    pub fn begin_checked(self, bus: &impl Bus) {
        let registers = self.registers();
        self.finish(bus);
        // The bit of the checksums changes while the bus is off (§28.5.1).
        bus.clear(registers.cr1(), ENABLE);
        bus.clear(registers.cr1(), CHECKSUMS);
        bus.set(registers.cr1(), CHECKSUMS);
        bus.set(registers.cr1(), ENABLE);
    }

    /// Whether the checksum that came last is that of what came before it.
    pub fn take_sound(self, bus: &impl Bus) -> bool {
        let is_sound = bus.read(self.registers().sr()) & UNSOUND == 0;
        if !is_sound {
            bus.clear(self.registers().sr(), UNSOUND);
        }
        is_sound
    }

    /// The word that came with the clock.
    pub fn came(self, bus: &impl Bus) -> Option<u16> {
        let arrived = bus.read(self.registers().sr()) & ARRIVED != 0;
        arrived.then(|| bus.read(self.registers().dr()) as u16)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    #[test]
    fn it_is_set_up_while_it_is_off() {
        let chip = Fake::default();
        let settings = Settings {
            divider: 3,
            polarity: true,
            phase: false,
            low_first: false,
            wide: false,
            answers: false,
            ti: false,
            polynomial: 0,
        };
        Unit::Two.start(&chip, settings);
        let bits = 0x0300 | 3 << 3 | CONTROLLER | POLARITY;
        let expected = [
            (RCC.apb1enr(), 1 << 14),
            (SPI2.cr1(), 0),
            (SPI2.cr2(), 0),
            (SPI2.crcpr(), 0),
            (SPI2.cr1(), bits),
            (SPI2.cr1(), bits | ENABLE),
        ];
        assert_eq!(chip.writes(), expected);
    }

    #[test]
    fn somebody_else_may_give_the_clock() {
        let chip = Fake::default();
        let settings = Settings {
            divider: 0,
            polarity: false,
            phase: true,
            low_first: true,
            wide: true,
            answers: true,
            ti: true,
            polynomial: 0,
        };
        Unit::One.start(&chip, settings);
        let bits = BY_SOFTWARE | WIDE | LOW_FIRST | PHASE;
        assert_eq!((chip.written(SPI1.cr1()), chip.written(SPI1.cr2())), ([0, bits, bits | ENABLE].to_vec(), [TI].to_vec()));
        assert!(!Unit::One.offer(&chip, 1, false) && Unit::One.came(&chip).is_none());
        let busy = Fake::default().stuck(SPI1.sr(), ROOM | ARRIVED).stuck(SPI1.dr(), 0xBEEF);
        assert!(Unit::One.offer(&busy, 0x1234, false));
        assert_eq!((Unit::One.came(&busy), busy.writes()), (Some(0xBEEF), [(SPI1.dr(), 0x1234)].to_vec()));
    }

    #[test]
    fn checksums_go_behind_the_last_word() {
        let chip = Fake::default().stuck(SPI1.sr(), ROOM | ARRIVED | UNSOUND);
        let settings = Settings {
            divider: 0,
            polarity: false,
            phase: false,
            low_first: false,
            wide: false,
            answers: false,
            ti: false,
            polynomial: 7,
        };
        Unit::One.start(&chip, settings);
        let bits = BY_SOFTWARE | NOT_SELECTED | CONTROLLER;
        assert_eq!((chip.written(SPI1.crcpr()), chip.written(SPI1.cr1())[1]), ([7].to_vec(), bits | CHECKSUMS));
        let before = chip.writes().len();
        Unit::One.begin_checked(&chip);
        assert!(Unit::One.offer(&chip, 1, false) && Unit::One.offer(&chip, 2, true) && !Unit::One.take_sound(&chip));
        let expected = [
            (SPI1.cr1(), bits | CHECKSUMS),
            (SPI1.cr1(), bits),
            (SPI1.cr1(), bits | CHECKSUMS),
            (SPI1.cr1(), bits | CHECKSUMS | ENABLE),
            (SPI1.dr(), 1),
            (SPI1.dr(), 2),
            (SPI1.cr1(), bits | CHECKSUMS | ENABLE | CHECKSUM_NEXT),
            (SPI1.sr(), ROOM | ARRIVED),
        ];
        assert_eq!(chip.writes()[before..], expected);
    }

    #[test]
    fn it_is_switched_off_behind_the_last_word() {
        // A word waits while another is sent; it waits still when that is out; it is sent; all is out.
        let chip = Fake::default().answering(SPI1.sr(), &[BUSY, 0, ROOM | BUSY, ROOM, BUSY]);
        Unit::One.stop(&chip);
        assert_eq!((chip.writes(), chip.read(SPI1.sr())), ([(SPI1.cr1(), 0)].to_vec(), BUSY), "it waited for the fourth");
    }

    #[test]
    fn a_byte_goes_and_a_byte_comes() {
        let chip = Fake::default().stuck(SPI1.sr(), ROOM | ARRIVED).stuck(SPI1.dr(), 0x5A);
        assert_eq!(Unit::One.exchange(&chip, 0xA5), Some(0x5A));
        assert_eq!(chip.writes(), [(SPI1.dr(), 0xA5)]);
        assert_eq!(Unit::One.exchange(&Fake::default(), 1), None);
    }
}
