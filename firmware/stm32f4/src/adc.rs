//! The first converter of voltages, one value at a time (RM0090 §13).

use crate::gpio::Pin;
use crate::register::{ADC1, Bus, RCC};

/// A channel of the converter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Channel(u8);

/// The chip's temperature (§13.10).
pub const TEMPERATURE: Channel = Channel(16);
/// The reference of about 1.21 V (§13.10).
pub const REFERENCE: Channel = Channel(17);
/// Half of the battery's voltage (§13.11).
pub const BATTERY: Channel = Channel(18);

const CLOCK: u32 = 1 << 8;
// ADC_CR2 (§13.13.3), ADC_SR (§13.13.1).
const ON: u32 = 1;
const START: u32 = 1 << 30;
const DONE: u32 = 1 << 1;
/// ADC_CCR (§13.13.16): a quarter of the bus's 84 MHz is below the 36 MHz that the converter bears.
const BY_4: u32 = 0b01 << 16;
const SENSORS: u32 = 1 << 23;
const BATTERY_ON: u32 = 1 << 22;

/// Sampling times (§13.13.4): 15 cycles for pins, 480 for the chip's own sources, which need 10 µs.
const SHORT: u32 = 0b001;
const LONG: u32 = 0b111;
/// Readings in which the converter (3 µs) and the chip's own sources (10 µs) have settled after they were switched on (datasheet, tables 67, 70):
/// one takes four cycles of the processor at least, and so 12 µs.
const SETTLES: u32 = 500;
/// Readings before a conversion is taken to have failed; the longest takes 25 µs.
const PATIENCE: u32 = 10_000;

impl Channel {
    /// The channel that a pin is connected with (datasheet, table 7).
    pub fn of(pin: Pin) -> Option<Channel> {
        match (pin.port, pin.number) {
            (0, number @ 0..=7) => Some(Channel(number)),
            (1, number @ 0..=1) => Some(Channel(8 + number)),
            (2, number @ 0..=5) => Some(Channel(10 + number)),
            _ => None,
        }
    }

    /// The channel of this number.
    pub fn numbered(number: u8) -> Option<Channel> {
        (number <= BATTERY.0).then_some(Channel(number))
    }

    /// Its number.
    pub fn number(self) -> u8 {
        self.0
    }
}

/// Measures: 0 to 4095 for 0 V to the supply. `None` where the converter does not answer.
pub fn measure(bus: &impl Bus, channel: Channel) -> Option<u16> {
    let number = u32::from(channel.0);
    bus.enable(RCC.apb2enr(), CLOCK);
    // The battery's divider draws current, and while it is on channel 18 is not the temperature's.
    let sources = match channel {
        BATTERY => BATTERY_ON,
        TEMPERATURE | REFERENCE => SENSORS,
        _ => 0,
    };
    let was_on = bus.read(ADC1.cr2()) & ON != 0 && bus.read(ADC1.ccr()) & (SENSORS | BATTERY_ON) == sources;
    bus.write(ADC1.ccr(), BY_4 | sources);
    bus.write(ADC1.cr1(), 0);
    bus.write(ADC1.cr2(), ON);
    if !was_on {
        bus.comes(ADC1.sr(), SETTLES, |_| false);
    }
    let time = if sources == 0 { SHORT } else { LONG };
    let (register, place) = if number >= 10 { (ADC1.smpr(0), number - 10) } else { (ADC1.smpr(1), number) };
    bus.change(register, 0b111 << (3 * place), time << (3 * place));
    bus.write(ADC1.sqr1(), 0);
    bus.write(ADC1.sqr3(), number);
    bus.write(ADC1.sr(), 0);
    bus.write(ADC1.cr2(), ON | START);
    let done = bus.comes(ADC1.sr(), PATIENCE, |sr| sr & DONE != 0);
    done.then(|| (bus.read(ADC1.dr()) & 0xFFF) as u16)
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::*;
    use crate::fake::Fake;
    use std::vec;

    #[test]
    fn a_pin_is_measured() {
        let chip = Fake::default().stuck(ADC1.sr(), DONE).stuck(ADC1.dr(), 0x123);
        let channel = Channel::of(Pin::named("C1")).expect("has a channel");
        assert_eq!(measure(&chip, channel), Some(0x123));
        let expected = [
            (RCC.apb2enr(), CLOCK),
            (ADC1.ccr(), BY_4),
            (ADC1.cr1(), 0),
            (ADC1.cr2(), ON),
            (ADC1.smpr(0), SHORT << 3),
            (ADC1.sqr1(), 0),
            (ADC1.sqr3(), 11),
            (ADC1.sr(), 0),
            (ADC1.cr2(), ON | START),
        ];
        assert_eq!(chip.writes(), expected);
    }

    #[test]
    fn the_converter_is_waited_for_once() {
        let chip = Fake::default().stuck(ADC1.dr(), 7);
        let channel = Channel::numbered(1).expect("there is one");
        let readings = |done: usize| {
            let seen = [&vec![0; done][..], &[DONE]].concat();
            let chip = Fake::default().answering(ADC1.sr(), &seen).stuck(ADC1.cr2(), if done > 1 { 0 } else { ON });
            measure(&chip, channel)
        };
        assert_eq!(measure(&chip, channel), None, "it never says that it is done");
        assert_eq!(readings(1), Some(0), "it is on");
        // What it says while it settles is not looked at.
        assert_eq!(readings(SETTLES as usize + PATIENCE as usize - 1), Some(0));
        assert_eq!(readings(SETTLES as usize + PATIENCE as usize), None);
    }

    #[test]
    fn the_chips_own_sources_are_switched_on_and_sampled_for_long() {
        let chip = Fake::default();
        assert_eq!(measure(&chip, TEMPERATURE), None, "nothing answers");
        assert_eq!(chip.written(ADC1.ccr()), [BY_4 | SENSORS]);
        assert_eq!(chip.written(ADC1.smpr(0)), [LONG << 18]);
        assert!(Channel::of(Pin::named("A8")).is_none() && Channel::numbered(19).is_none());
    }
}
