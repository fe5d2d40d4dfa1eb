//! The board's pins: what a program makes of them, what somebody outside puts on them, what answers on two or listens on three of them, and what
//! is to be seen of that.

use super::line;
use super::news::{self, Thing};
use super::screens::{self, Place, Screens, Transfer};
use super::serial_screen::Shift;
use super::target::{self, Target};
use machine::boards::{PYBOARD, PinRow};
use machine::event::{self, Source};
use machine::{Edges, I2cEvent, Mode, Pull};
use serde_json::{Value, json};
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

    fn describe(self, number: usize) -> Value {
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
        event
    }
}

/// A display on two wires that are moved by hand.
struct Display {
    place: Place,
    target: Target,
    transfer: Transfer,
}

impl Display {
    fn new(place: Place) -> Display {
        Display { place, target: Target::default(), transfer: Transfer::default() }
    }

    /// Sees the levels of clock and data; whether a byte came.
    fn see(&mut self, levels: [bool; 2], screens: &Screens) -> bool {
        if !self.target.is_on() {
            self.target.follow(screens::ADDRESS, false, levels);
            self.target.listen(true);
        }
        self.target.see(levels);
        let mut came = false;
        loop {
            match self.target.happened() {
                I2cEvent::Quiet => return came,
                I2cEvent::Addressed { reads: false } => self.transfer = Transfer::default(),
                I2cEvent::Addressed { reads: true } | I2cEvent::Wanted => self.target.offer(screens.status(self.place)),
                I2cEvent::Arrived(byte) => {
                    screens.take(self.place, &mut self.transfer, byte);
                    came = true;
                }
                I2cEvent::Stopped | I2cEvent::Refused | I2cEvent::Room | I2cEvent::Lost => {}
            }
        }
    }
}

/// Clock and data of the buses of three wires, and the pin of the light of a skin that is on them.
const SERIAL: [[&str; 3]; 2] = [["X6", "X8", "C5"], ["Y6", "Y8", "B1"]];

struct State {
    pins: [Pin; COUNT],
    /// Clock and data of the buses of two wires, and what `SERIAL` names, by their numbers: asked for with every change.
    wires: [[usize; 2]; 2],
    serial: [[usize; 3]; 2],
    targets: [Target; 2],
    /// On the pins of the two buses, and on two others, either of which may be the clock.
    displays: [Display; 4],
    others: Option<[usize; 2]>,
    shifts: [Shift; 2],
}

impl State {
    fn new() -> State {
        State {
            pins: [Pin::default(); COUNT],
            wires: target::PINS.map(|pins| pins.map(numbered)),
            serial: SERIAL.map(|pins| pins.map(numbered)),
            targets: Default::default(),
            displays: [Place::I2c(1), Place::I2c(2), Place::Pins, Place::Pins].map(Display::new),
            others: None,
            shifts: Default::default(),
        }
    }

    /// Lets what is on the pins' other ends see them, until nothing changes any more; the displays that a byte came to.
    fn settle(&mut self, screens: &Screens) -> Vec<Place> {
        self.find_others();
        let mut changed = Vec::new();
        let own = self.wires;
        for (at, pins) in own.into_iter().map(Some).chain([self.others]).enumerate() {
            let Some(pins) = pins else { continue };
            // Of pins of no bus, which is the clock is seen by who listens either way.
            let displays = if at < own.len() { at..=at } else { at..=at + 1 };
            let is_moved = pins.iter().all(|pin| self.pins[*pin].mode == Mode::OpenDrain);
            if !is_moved {
                self.displays[displays.clone()].iter_mut().for_each(|display| display.target = Target::default());
            }
            let mut target = self.targets.get_mut(at).filter(|target| target.is_on());
            if !is_moved && target.is_none() {
                continue;
            }
            // What is held low may change what is seen, once for each of the two.
            for _ in 0..3 {
                let levels = pins.map(|pin| self.pins[pin].level());
                let mut holds = [false; 2];
                if let Some(target) = &mut target {
                    target.see(levels);
                    holds = target.holds;
                }
                for (display, [clock, data]) in self.displays[displays.clone()].iter_mut().zip([[0, 1], [1, 0]]) {
                    if is_moved && display.see([levels[clock], levels[data]], screens) {
                        changed.push(display.place);
                    }
                    holds[clock] |= display.target.holds[0];
                    holds[data] |= display.target.holds[1];
                }
                pins.into_iter().zip(holds).for_each(|(pin, held)| self.pins[pin].held = held);
            }
        }
        changed
    }

    /// Finds the two pins beside those of buses that a program moves as one, if there are two.
    fn find_others(&mut self) {
        let own = self.wires.as_flattened();
        let mut open = (0..COUNT).filter(|pin| self.pins[*pin].mode == Mode::OpenDrain && !own.contains(pin));
        let others = match [open.next(), open.next(), open.next()] {
            [Some(one), Some(other), None] => Some([one, other]),
            _ => None,
        };
        if others != self.others {
            self.others.into_iter().flatten().for_each(|pin| self.pins[pin].held = false);
            self.displays[2..].iter_mut().for_each(|display| display.target = Target::default());
            self.others = others;
        }
    }

    /// Lets displays on three wires hear what a pin did that had another level before; the display that this was for.
    fn shift(&mut self, number: usize, screens: &Screens) -> Option<Place> {
        let mut place = None;
        for (bus, [clock, data, light]) in (1..).zip(self.serial) {
            let shift = &mut self.shifts[usize::from(bus) - 1];
            if number == clock && self.pins[clock].mode == Mode::Output {
                let byte = if self.pins[clock].level() { shift.rise(self.pins[data].level()) } else { None };
                if let Some(byte) = byte {
                    let (driven, high) = self.levels();
                    let others = !(1 << clock | 1 << data);
                    screens.hear(bus, byte, driven & others, high);
                    place = Some(Place::Spi(bus));
                }
            } else if number != data {
                shift.begin();
            }
            if number == light {
                place = Some(Place::Spi(bus));
            }
        }
        place
    }

    /// The pins that the program drives, and those that are high, as bits.
    fn levels(&self) -> (u64, u64) {
        let bits = |counts: &dyn Fn(&Pin) -> bool| {
            self.pins.iter().enumerate().filter(|(_, pin)| counts(pin)).fold(0, |bits, (at, _)| bits | 1 << at)
        };
        (bits(&|pin| pin.mode == Mode::Output), bits(&|pin| pin.level()))
    }
}

const _: () = assert!(COUNT <= 64, "pins are bits of a word");

/// All of them.
pub struct Pins {
    state: Mutex<State>,
    screens: &'static Screens,
}

impl Pins {
    /// All floating, with displays on them.
    pub fn new(screens: &'static Screens) -> Pins {
        Pins { state: Mutex::new(State::new()), screens }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How a pin is now.
    pub fn get(&self, number: usize) -> Pin {
        self.lock().pins[number]
    }

    /// A byte goes over a bus of three wires, to a display if one is there.
    pub fn hear(&self, bus: u8, byte: u8) {
        let (driven, high) = self.lock().levels();
        self.screens.hear(bus, byte, driven, high);
        self.screens.changed(Place::Spi(bus));
    }

    /// Whether the light behind the skin's screen is on that is on this bus.
    pub fn is_lit(&self, bus: u8) -> bool {
        let [_, _, light] = SERIAL[usize::from(bus) - 1];
        self.get(numbered(light)).level()
    }

    /// What is to be seen of a pin.
    pub fn describe(&self, number: usize) -> Value {
        self.get(number).describe(number)
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
        self.alter(|State { pins, targets, .. }| {
            change(&mut targets[index], pins.get_disjoint_mut(numbers).expect("a bus has two different pins"))
        })
    }

    /// The interpreter starts anew: nothing answers, no change counts, no timer gives pulses.
    pub fn soft_reset(&self) {
        self.alter(|State { pins, targets, .. }| {
            *targets = Default::default();
            pins.iter_mut().for_each(|pin| (pin.edges, pin.held, pin.pulses) = (Edges::default(), false, None));
        });
    }

    /// Changes pins, or what holds them; says of which something else is to be seen now, and raises the events of those whose levels changed
    /// as the program wants to know.
    fn alter<R>(&self, change: impl FnOnce(&mut State) -> R) -> R {
        let (result, before, after, told, mut places) = {
            let mut state = self.lock();
            let before = state.pins;
            let result = change(&mut state);
            let mut places = state.settle(self.screens);
            for (number, before) in before.iter().enumerate() {
                if before.level() != state.pins[number].level() {
                    places.extend(state.shift(number, self.screens));
                }
            }
            (result, before, state.pins, [0, 1].map(|bus: usize| state.targets[bus].take_told()), places)
        };
        for (number, (before, after)) in before.iter().zip(&after).enumerate() {
            if before.seen() != after.seen() {
                news::changed(Thing::Pin(number));
            }
            let edges = after.edges;
            let counts = !edges.wakes && if after.level() { edges.rising } else { edges.falling };
            if before.level() != after.level() && counts {
                raise(number);
            }
        }
        places.dedup();
        places.into_iter().for_each(|place| self.screens.changed(place));
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
