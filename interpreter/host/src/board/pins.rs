//! The board's pins: what a program makes of them, what somebody outside puts on them, what answers on two of them, and what is to be seen of
//! that.

use super::line;
use super::target::{self, Target};
use machine::boards::{PYBOARD, PinRow};
use machine::event::{self, Source};
use machine::{Edges, Mode, Pull};
use serde_json::json;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How many there are.
pub const COUNT: usize = PYBOARD.len();

/// Pulses that a timer gives.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Pulses {
    /// Periods in a second.
    pub hertz: f64,
    /// How much of a period is high, 0 to 1.
    pub duty: f64,
}

/// A pin.
#[derive(Clone, Copy, Default)]
pub struct Pin {
    /// What it does.
    pub mode: Mode,
    /// What holds it.
    pub pull: Pull,
    /// Which changes of its level the program wants to know.
    pub edges: Edges,
    /// What the program drives.
    pub driven: bool,
    /// What somebody outside drives.
    pub outside: Option<bool>,
    /// A part of the board holds it low.
    pub held: bool,
    /// The voltage that somebody outside puts on it, in millivolts.
    pub voltage: Option<u16>,
    /// The voltage that a converter gives.
    pub converted: Option<u16>,
    /// The pulses that a timer gives.
    pub pulses: Option<Pulses>,
}

/// Millivolts of the supply.
pub const SUPPLY: u16 = 3300;

impl Pin {
    /// Its level, but for that of pulses, which changes by itself.
    pub fn level(self) -> bool {
        match self.mode {
            _ if self.held => false,
            Mode::Output => self.driven,
            Mode::OpenDrain if !self.driven => false,
            _ => self.outside.or(self.voltage.map(|voltage| voltage > SUPPLY / 2)).unwrap_or(self.pull == Pull::Up),
        }
    }

    /// Its voltage in millivolts.
    pub fn millivolts(self) -> u16 {
        let driven = matches!(self.mode, Mode::Output | Mode::OpenDrain);
        let analogue = self.converted.or(self.voltage).filter(|_| !driven);
        analogue.unwrap_or(if self.level() { SUPPLY } else { 0 })
    }

    /// What is to be seen of it.
    fn seen(self) -> (bool, Mode, Option<u16>, Option<Pulses>) {
        (self.level(), self.mode, (self.mode == Mode::Analog).then(|| self.millivolts()), self.pulses)
    }

    fn say(self, number: usize) {
        let (level, mode, millivolts, pulses) = self.seen();
        let is_high = pulses.map_or(level, |pulses| pulses.duty >= 0.5);
        let output = mode != Mode::Input && (mode != Mode::Analog || self.converted.is_some());
        let mut event = json!({"pin": PYBOARD[number].name(), "value": u8::from(is_high), "output": output});
        if let Some(millivolts) = millivolts {
            event["millivolts"] = json!(millivolts);
        }
        if let Some(Pulses { hertz, duty }) = pulses {
            (event["hertz"], event["duty"]) = (json!(hertz), json!(duty));
        }
        println!("{event}");
    }
}

struct State {
    pins: [Pin; COUNT],
    targets: [Target; 2],
}

impl State {
    /// Lets what is on the pins' other ends see them, until nothing changes any more.
    fn settle(&mut self) {
        for (target, pins) in self.targets.iter_mut().zip(target::PINS).filter(|(target, _)| target.is_on()) {
            let pins = pins.map(numbered);
            // What it holds low may change what it sees, once for each of the two.
            for _ in 0..3 {
                target.see(pins.map(|pin| self.pins[pin].level()));
                pins.into_iter().zip(target.holds).for_each(|(pin, held)| self.pins[pin].held = held);
            }
        }
    }
}

/// All of them.
pub struct Pins(Mutex<State>);

impl Pins {
    /// All floating.
    pub fn new() -> Pins {
        Pins(Mutex::new(State { pins: [Pin::default(); COUNT], targets: Default::default() }))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How a pin is now.
    pub fn get(&self, number: usize) -> Pin {
        self.lock().pins[number]
    }

    /// Those that count, as bits of their lines.
    pub fn lines(&self, counts: impl Fn(&Pin) -> bool) -> u32 {
        let state = self.lock();
        state.pins.iter().zip(PYBOARD).filter(|(pin, _)| counts(pin)).fold(0, |bits, (_, row)| bits | 1 << row.number())
    }

    /// Changes a pin. Answers its level before and after.
    pub fn change(&self, number: usize, change: impl FnOnce(&mut Pin)) -> (bool, bool) {
        self.alter(|State { pins, .. }| {
            let before = pins[number].level();
            change(&mut pins[number]);
            (before, pins[number].level())
        })
    }

    /// Changes what answers on the pins of a bus of two wires, by number from 1, or those pins.
    pub fn change_target<R>(&self, bus: u8, change: impl FnOnce(&mut Target, [&mut Pin; 2]) -> R) -> R {
        let index = usize::from(bus) - 1;
        let numbers = target::PINS[index].map(numbered);
        self.alter(|State { pins, targets }| {
            change(&mut targets[index], pins.get_disjoint_mut(numbers).expect("a bus has two different pins"))
        })
    }

    /// The interpreter starts anew: nothing answers, no change counts, no timer gives pulses.
    pub fn soft_reset(&self) {
        self.alter(|State { pins, targets }| {
            *targets = Default::default();
            pins.iter_mut().for_each(|pin| (pin.edges, pin.held, pin.pulses) = (Edges::default(), false, None));
        });
    }

    /// Changes pins, or what holds them; says of which something else is to be seen now, and raises the events of those whose levels changed
    /// as the program wants to know.
    fn alter<R>(&self, change: impl FnOnce(&mut State) -> R) -> R {
        let (result, before, after, told) = {
            let mut state = self.lock();
            let before = state.pins;
            let result = change(&mut state);
            state.settle();
            (result, before, state.pins, [0, 1].map(|bus: usize| state.targets[bus].take_told()))
        };
        for (number, (before, after)) in before.iter().zip(&after).enumerate() {
            if before.seen() != after.seen() {
                after.say(number);
            }
            let counts = if after.level() { after.edges.rising } else { after.edges.falling };
            if before.level() != after.level() && counts {
                raise(number);
            }
        }
        for bus in (1..=2).filter(|bus| told[usize::from(*bus) - 1]) {
            event::note(Source::i2c(bus));
            line::ask_for_attention();
        }
        result
    }
}

/// An event of a pin.
pub fn raise(pin: usize) {
    event::note(Source::line(PYBOARD[pin].number()));
    line::ask_for_attention();
}

/// The pin that the chip or the board calls so.
pub fn named(name: &str) -> Option<usize> {
    PYBOARD.iter().position(|pin: &PinRow| pin.is_called(name))
}

/// The same of a pin that the board has.
pub fn numbered(name: &str) -> usize {
    named(name).expect("the board has such a pin")
}
