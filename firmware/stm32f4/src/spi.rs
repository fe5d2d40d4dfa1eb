//! SPI, as the one that gives the clock (RM0090 §28).

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
}

// SPI_CR1 (§28.5.1), SPI_SR (§28.5.3).
const PHASE: u32 = 1;
const POLARITY: u32 = 1 << 1;
const CONTROLLER: u32 = 1 << 2;
const ENABLE: u32 = 1 << 6;
const LOW_FIRST: u32 = 1 << 7;
/// The select line is the program's business: software says that nobody else is the controller.
const SELECTED: u32 = 0b11 << 8;
const ARRIVED: u32 = 1;
const ROOM: u32 = 1 << 1;
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
        bus.set(register, bit);
        let registers = self.registers();
        let flag = |on: bool, bit: u32| if on { bit } else { 0 };
        let bits = flag(settings.phase, PHASE)
            | flag(settings.polarity, POLARITY)
            | flag(settings.low_first, LOW_FIRST)
            | CONTROLLER
            | SELECTED
            | u32::from(settings.divider & 7) << 3;
        // Settings change while it is off (§28.3.3).
        bus.write(registers.cr1(), 0);
        bus.write(registers.cr2(), 0);
        bus.write(registers.cr1(), bits);
        bus.write(registers.cr1(), bits | ENABLE);
    }

    /// Switches the bus off, after its last bit.
    pub fn stop(self, bus: &impl Bus) {
        bus.comes(self.registers().sr(), PATIENCE, |sr| sr & BUSY == 0);
        bus.write(self.registers().cr1(), 0);
    }

    /// Sends a byte; answers the one that came meanwhile, or `None` where the bus does not run.
    pub fn exchange(self, bus: &impl Bus, byte: u8) -> Option<u8> {
        let registers = self.registers();
        if !bus.comes(registers.sr(), PATIENCE, |sr| sr & ROOM != 0) {
            return None;
        }
        bus.write(registers.dr(), byte.into());
        let arrived = bus.comes(registers.sr(), PATIENCE, |sr| sr & ARRIVED != 0);
        arrived.then(|| bus.read(registers.dr()) as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    #[test]
    fn it_is_set_up_while_it_is_off() {
        let chip = Fake::default();
        Unit::Two.start(&chip, Settings { divider: 3, polarity: true, phase: false, low_first: false });
        let bits = 0x0300 | 3 << 3 | CONTROLLER | POLARITY;
        let expected =
            [(RCC.apb1enr(), 1 << 14), (SPI2.cr1(), 0), (SPI2.cr2(), 0), (SPI2.cr1(), bits), (SPI2.cr1(), bits | ENABLE)];
        assert_eq!(chip.writes(), expected);
    }

    #[test]
    fn a_byte_goes_and_a_byte_comes() {
        let chip = Fake::default().stuck(SPI1.sr(), ROOM | ARRIVED).stuck(SPI1.dr(), 0x5A);
        assert_eq!(Unit::One.exchange(&chip, 0xA5), Some(0x5A));
        assert_eq!(chip.writes(), [(SPI1.dr(), 0xA5)]);
        assert_eq!(Unit::One.exchange(&Fake::default(), 1), None);
    }
}
