//! Voltages: what the board's converter measures, and what its two others give.
//!
//! A pin has the voltage that somebody outside puts on it, or that a converter gives; else what its pull or a program makes of it. The chip's
//! own sources are those of a board at 25 degrees with a fresh battery.

use super::pins::{Pins, SUPPLY, named, numbered};
use super::timers::Timers;
use interpreter::vfs::Errno;
use machine::{Mode, Voltage, Wave};
use std::cell::Cell;
use std::sync::{Mutex, PoisonError};

/// The highest number of a converter.
const WHOLE: u32 = 4095;
/// What the chip's own channels read: its temperature, its reference, half of its battery, in millivolts (datasheet, table 69 to 71).
const OWN: [(u8, u32); 3] = [(16, 760), (17, 1210), (18, 1500)];
/// The pins of the two converters (datasheet, table 7).
const OUTPUTS: [&str; 2] = ["A4", "A5"];
/// Timers that these hear.
const HEARD: [u8; 6] = [2, 4, 5, 6, 7, 8];

/// What a converter does by itself, a step at each end of a timer's period.
#[derive(Clone)]
enum Play {
    Wave(Wave),
    /// Numbers of 12 bits, once or again and again.
    Numbers(Vec<u16>, bool),
}

#[derive(Clone, Default)]
struct Output {
    on: bool,
    value: u16,
    play: Option<(Play, u8, u64)>,
}

/// The converters.
pub struct Analog {
    outputs: Mutex<[Output; 2]>,
    pins: &'static Pins,
    timers: &'static Timers,
}

fn millivolts(number: u16) -> u16 {
    (u32::from(number) * u32::from(SUPPLY) / WHOLE) as u16
}

/// A number that looks random, for each step.
fn noise(step: u64) -> u16 {
    (step.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 52) as u16
}

impl Output {
    /// What it gives after so many steps.
    fn value(&self, steps: u64) -> u16 {
        let whole = WHOLE as usize;
        match &self.play {
            None => self.value,
            Some((Play::Wave(Wave::Noise), ..)) => noise(steps),
            Some((Play::Wave(Wave::Triangle), ..)) => {
                let at = (steps % (2 * WHOLE as u64)) as usize;
                at.min(2 * whole - at) as u16
            }
            Some((Play::Numbers(numbers, again), ..)) => {
                let at = steps as usize;
                numbers[if *again { at % numbers.len() } else { at.min(numbers.len() - 1) }]
            }
        }
    }
}

impl Analog {
    /// All off.
    pub fn new(pins: &'static Pins, timers: &'static Timers) -> Analog {
        Analog { outputs: Mutex::default(), pins, timers }
    }

    /// Switches the outputs off.
    pub fn reset(&self) {
        (1..=2).for_each(|dac| machine::Dacs::stop(self, dac));
    }

    /// Measures a voltage: 0 to 4095.
    ///
    /// # Errors
    /// `EINVAL` for a pin or channel that the converter is not connected with.
    pub fn measure(&self, voltage: Voltage) -> Result<u16, Errno> {
        let number = |millivolts: u32| (millivolts * WHOLE / u32::from(SUPPLY)).min(WHOLE) as u16;
        let pin = match voltage {
            Voltage::Channel(channel) => match machine::ADC_PINS.get(usize::from(channel)) {
                Some(pin) => named(pin),
                None => {
                    let own = OWN.iter().find(|(own, _)| *own == channel).ok_or(Errno::EINVAL)?;
                    return Ok(number(own.1));
                }
            },
            Voltage::Pin(pin) => Some(pin),
        };
        let is_connected = |pin: &usize| machine::ADC_PINS.iter().any(|name| named(name) == Some(*pin));
        let pin = pin.filter(is_connected).ok_or(Errno::EINVAL)?;
        self.pins.change(pin, |pin| pin.mode = Mode::Analog);
        let output = (1..=2).find(|dac| self.output(*dac).on && numbered(OUTPUTS[*dac as usize - 1]) == pin);
        Ok(match output {
            Some(dac) => self.now(dac),
            None => number(self.pins.get(pin).millivolts().into()),
        })
    }

    fn output(&self, dac: u8) -> Output {
        self.outputs.lock().unwrap_or_else(PoisonError::into_inner)[usize::from(dac) - 1].clone()
    }

    /// The number that an output gives now.
    fn now(&self, dac: u8) -> u16 {
        let output = self.output(dac);
        let steps = output.play.as_ref().map_or(0, |(_, timer, began)| self.timers.ended(*timer).saturating_sub(*began));
        output.value(steps)
    }

    fn set(&self, dac: u8, output: Output) {
        let pin = numbered(OUTPUTS[usize::from(dac) - 1]);
        let given = output.on.then(|| millivolts(output.value(0)));
        self.outputs.lock().unwrap_or_else(PoisonError::into_inner)[usize::from(dac) - 1] = output;
        self.pins.change(pin, |pin| {
            pin.converted = given;
            if given.is_some() {
                pin.mode = Mode::Analog;
            }
        });
    }

    fn play(&self, dac: u8, play: Play, timer: u8) -> bool {
        let hears = HEARD.contains(&timer);
        if hears {
            let began = self.timers.ended(timer);
            self.set(dac, Output { on: true, value: self.output(dac).value, play: Some((play, timer, began)) });
        }
        hears
    }
}

impl machine::Dacs for Analog {
    fn pin(&self, dac: u8) -> Option<&'static str> {
        OUTPUTS.get(usize::from(dac).wrapping_sub(1)).copied()
    }

    fn start(&self, dac: u8, _buffered: bool) {
        self.set(dac, Output { on: true, ..Output::default() });
    }

    fn stop(&self, dac: u8) {
        self.set(dac, Output::default());
    }

    fn write(&self, dac: u8, value: u16, wide: bool) {
        self.set(dac, Output { on: true, value: if wide { value & 0xFFF } else { (value & 0xFF) << 4 }, play: None });
    }

    fn wave(&self, dac: u8, wave: Wave, timer: u8) -> bool {
        self.play(dac, Play::Wave(wave), timer)
    }

    /// The numbers are copied: what a program writes over them later is not heard.
    fn stream(&self, dac: u8, bytes: &[Cell<u8>], count: u16, wide: bool, circular: bool, timer: u8) -> bool {
        let byte = |at: usize| u16::from(bytes[at].get());
        let number = |at: usize| if wide { (byte(2 * at) | byte(2 * at + 1) << 8) & 0xFFF } else { byte(at) << 4 };
        self.play(dac, Play::Numbers((0..count.into()).map(number).collect(), circular), timer)
    }
}
