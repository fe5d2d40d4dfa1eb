//! Pins (RM0090 §8).

use crate::register::{Bus, GPIOA, GPIOB, GPIOC, GPIOD, Gpio, RCC};

/// One pin of the chip.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pin {
    /// Its port, 0 for A.
    pub port: u8,
    /// Its number there, 0 to 15.
    pub number: u8,
}

/// What a pin does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// Reads.
    Input,
    /// Drives both ways.
    PushPull,
    /// Drives low, lets go for high.
    OpenDrain,
    /// Belongs to a peripheral, which drives both ways.
    Alternate(u8),
    /// Belongs to a peripheral, which drives low and lets go for high.
    AlternateOpenDrain(u8),
    /// Belongs to the analogue parts.
    Analog,
}

/// What holds a pin that nobody drives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pull {
    /// Nothing.
    None,
    /// A resistor to the supply.
    Up,
    /// A resistor to ground.
    Down,
}

const PORTS: [Gpio; 4] = [GPIOA, GPIOB, GPIOC, GPIOD];

impl Pin {
    /// The pin of this name in the datasheet, `"A13"`.
    pub const fn named(name: &str) -> Pin {
        let name = name.as_bytes();
        let number = match name {
            [_, ones] => *ones - b'0',
            [_, b'1', ones] => 10 + *ones - b'0',
            _ => panic!("a pin is a letter and a number"),
        };
        assert!(name[0] >= b'A' && name[0] <= b'D' && number < 16, "the package has the ports A to D");
        Pin { port: name[0] - b'A', number }
    }

    fn registers(self) -> Gpio {
        PORTS[self.port as usize]
    }

    /// Sets the pin up. What is fast is set before the mode, so that the pin never shows a state that nobody asked for.
    pub fn configure(self, bus: &impl Bus, mode: Mode, pull: Pull) {
        let (registers, number) = (self.registers(), u32::from(self.number));
        bus.enable(RCC.ahb1enr(), 1 << self.port);
        let two = |value: u32| (0b11 << (2 * number), value << (2 * number));
        let (bits, function) = match mode {
            Mode::Input => (0b00, None),
            Mode::PushPull | Mode::OpenDrain => (0b01, None),
            Mode::Alternate(function) | Mode::AlternateOpenDrain(function) => (0b10, Some(function)),
            Mode::Analog => (0b11, None),
        };
        let pull = match pull {
            Pull::None => 0b00,
            Pull::Up => 0b01,
            Pull::Down => 0b10,
        };
        let open = matches!(mode, Mode::OpenDrain | Mode::AlternateOpenDrain(_));
        let (mask, value) = two(pull);
        bus.change(registers.pupdr(), mask, value);
        bus.change(registers.otyper(), 1 << number, u32::from(open) << number);
        // High speed: edges of a few nanoseconds (§8.4.3, value 10).
        let (mask, value) = two(0b10);
        bus.change(registers.ospeedr(), mask, value);
        if let Some(function) = function {
            let shift = 4 * (number % 8);
            bus.change(registers.afr(number / 8), 0xF << shift, u32::from(function) << shift);
        }
        let (mask, value) = two(bits);
        bus.change(registers.moder(), mask, value);
    }

    /// How the pin is set up.
    pub fn configuration(self, bus: &impl Bus) -> (Mode, Pull) {
        let (registers, number) = (self.registers(), u32::from(self.number));
        let two = |register| bus.read(register) >> (2 * number) & 0b11;
        let open = bus.read(registers.otyper()) >> number & 1 != 0;
        let function = || (bus.read(registers.afr(number / 8)) >> (4 * (number % 8)) & 0xF) as u8;
        let mode = match two(registers.moder()) {
            0b00 => Mode::Input,
            0b01 if open => Mode::OpenDrain,
            0b01 => Mode::PushPull,
            0b10 if open => Mode::AlternateOpenDrain(function()),
            0b10 => Mode::Alternate(function()),
            _ => Mode::Analog,
        };
        let pull = match two(registers.pupdr()) {
            0b01 => Pull::Up,
            0b10 => Pull::Down,
            _ => Pull::None,
        };
        (mode, pull)
    }

    /// The level at the pin.
    pub fn read(self, bus: &impl Bus) -> bool {
        bus.read(self.registers().idr()) >> self.number & 1 != 0
    }

    /// The level that the pin drives, or would as an output.
    pub fn driven(self, bus: &impl Bus) -> bool {
        bus.read(self.registers().odr()) >> self.number & 1 != 0
    }

    /// Drives a level: one write, which no interrupt can come into.
    pub fn write(self, bus: &impl Bus, level: bool) {
        let half = if level { 0 } else { 16 };
        bus.write(self.registers().bsrr(), 1 << (self.number + half));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    #[test]
    fn names_are_the_datasheets() {
        assert_eq!(Pin::named("A0"), Pin { port: 0, number: 0 });
        assert_eq!(Pin::named("C13"), Pin { port: 2, number: 13 });
    }

    #[test]
    fn an_alternate_function_is_chosen_before_the_pin_is_given_to_it() {
        let chip = Fake::default();
        Pin::named("B7").configure(&chip, Mode::AlternateOpenDrain(4), Pull::Up);
        assert_eq!(
            chip.writes(),
            [
                (RCC.ahb1enr(), 1 << 1),
                (GPIOB.pupdr(), 0b01 << 14),
                (GPIOB.otyper(), 1 << 7),
                (GPIOB.ospeedr(), 0b10 << 14),
                (GPIOB.afr(0), 4 << 28),
                (GPIOB.moder(), 0b10 << 14),
            ]
        );
    }

    #[test]
    fn other_pins_keep_what_they_have() {
        let chip = Fake::default().stuck(GPIOC.moder(), 0xFFFF_FFFF);
        Pin::named("C13").configure(&chip, Mode::Input, Pull::None);
        assert_eq!(chip.written(GPIOC.moder()), [0xF3FF_FFFF]);
    }

    #[test]
    fn what_was_set_up_is_read_back() {
        let pin = Pin::named("D9");
        let all = [Mode::Input, Mode::PushPull, Mode::OpenDrain, Mode::Alternate(7), Mode::AlternateOpenDrain(15), Mode::Analog];
        for mode in all {
            for pull in [Pull::None, Pull::Up, Pull::Down] {
                let chip = Fake::default();
                pin.configure(&chip, mode, pull);
                assert_eq!(pin.configuration(&chip), (mode, pull));
            }
        }
    }

    #[test]
    fn a_level_is_one_write() {
        let chip = Fake::default().stuck(GPIOA.idr(), 1 << 3).stuck(GPIOA.odr(), 0);
        let pin = Pin::named("A3");
        pin.write(&chip, true);
        pin.write(&chip, false);
        assert_eq!(chip.writes(), [(GPIOA.bsrr(), 1 << 3), (GPIOA.bsrr(), 1 << 19)]);
        assert!(pin.read(&chip) && !pin.driven(&chip));
    }
}
