//! The board's LEDs, switch and pins: state that a program changes and a window shows, and the other way round.

use super::can::Buses;
use super::card::Card;
use super::line;
use super::serial::Lines;
use super::sound::Sound;
use super::target::{self, Target};
use crate::time::Time;
use anyhow::Context;
use interpreter::vfs::{BlockDevice, Errno};
use machine::boards::{PYBOARD, PinRow};
use machine::event::{self, Source};
use machine::{
    Backup, Cans, CardSlot, Cause, Clockwork, Edges, Hardware, I2cEvent, I2cTargets, I2sBuses, Mode, Pull, SerialLines,
};
use serde_json::{Value, json};
use std::cell::Cell;
use std::sync::Mutex;

/// The pin that the switch pulls low.
const SWITCH: &str = "SW";
const LEDS: usize = 4;
const PIN_COUNT: usize = PYBOARD.len();

#[derive(Clone, Copy, Default)]
struct Pin {
    mode: Mode,
    pull: Pull,
    /// Which changes of its level the program wants to know.
    edges: Edges,
    /// What the program drives.
    driven: bool,
    /// What somebody outside drives.
    outside: Option<bool>,
    /// A part of the board holds it low.
    held: bool,
}

impl Pin {
    fn level(self) -> bool {
        match self.mode {
            _ if self.held => false,
            Mode::Output => self.driven,
            Mode::OpenDrain if !self.driven => false,
            _ => self.outside.unwrap_or(self.pull == Pull::Up),
        }
    }
}

struct State {
    pins: [Pin; PIN_COUNT],
    targets: [Target; 2],
    leds: [u8; LEDS],
    /// Lines of the chip's own that the program wants to know of.
    lines: u32,
    switch: bool,
    reset: bool,
    cause: Option<Cause>,
}

/// The board's time: alarms, its clock on the wall, whether events come.
pub static TIME: Time = Time::new(line::now, line::ask_for_attention);

/// The hardware, shared between the interpreter's thread and the one that listens to a person.
pub struct Virtual {
    state: Mutex<State>,
    lines: Lines,
    cans: Buses,
    sound: Sound,
    /// The slot, if a card is in it.
    card: Option<&'static Card>,
    /// Whether somebody outside takes over when the loader is asked for.
    has_loader: bool,
}

/// The status that asks for it.
const WANTS_LOADER: i32 = 64;

impl Virtual {
    /// Everything dark and floating. `has_loader` says that whoever started this program takes over when the loader is asked for.
    pub fn new(has_loader: bool, card: Option<&'static Card>) -> Virtual {
        let pins = [Pin::default(); PIN_COUNT];
        let state =
            State { pins, targets: Default::default(), leds: [0; LEDS], lines: 0, switch: false, reset: false, cause: None };
        Virtual {
            state: Mutex::new(state),
            lines: Lines::default(),
            cans: Buses::default(),
            sound: Sound::default(),
            card,
            has_loader,
        }
    }

    fn on<R>(&self, action: impl FnOnce(&mut State) -> R) -> R {
        action(&mut self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// Changes a pin, and says so if its level or its mode is another one now.
    fn change_pin(&self, number: usize, change: impl FnOnce(&mut Pin)) {
        self.change(|state| change(&mut state.pins[number]));
    }

    /// Changes pins, or what holds them, and says which are other ones now.
    fn change<R>(&self, change: impl FnOnce(&mut State) -> R) -> R {
        let (result, before, after, told) = self.on(|state| {
            let before = state.pins;
            let result = change(state);
            state.settle();
            (result, before, state.pins, [0, 1].map(|bus: usize| state.targets[bus].take_told()))
        });
        for (number, (before, after)) in before.iter().zip(&after).enumerate() {
            if before.level() != after.level() || before.mode != after.mode {
                let (level, output) = (u8::from(after.level()), after.mode != Mode::Input);
                say(&json!({"pin": PYBOARD[number].name(), "value": level, "output": output}));
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

    /// Takes a line that says what a person did: `{"switch":true}`, `{"pin":"X1","value":1}` (`null` lets go).
    ///
    /// # Errors
    /// A line that is no such object.
    pub fn take(&self, line: &str) -> anyhow::Result<()> {
        let event: Value = serde_json::from_str(line).with_context(|| format!("not a JSON object: {line}"))?;
        if let Some(pressed) = event.get("switch").and_then(Value::as_bool) {
            self.on(|state| state.switch = pressed);
            let number = switch();
            self.change_pin(number, |pin| pin.outside = Some(!pressed));
            return Ok(());
        }
        if let Some(event) = event.get("usb") {
            return super::usb::take(event);
        }
        let name = event.get("pin").and_then(Value::as_str).with_context(|| format!("neither a switch nor a pin: {line}"))?;
        let names = || PYBOARD.iter().map(PinRow::name).collect::<Vec<_>>();
        let found = PYBOARD.iter().position(|pin| pin.is_called(name));
        let number = found.with_context(|| format!("no pin {name}; there are {:?}", names()))?;
        let value = event.get("value").context("a pin's value is 0, 1 or null")?;
        let outside = value.as_i64().map(|level| level != 0).or(value.as_bool());
        self.change_pin(number, |pin| pin.outside = outside);
        Ok(())
    }

    /// Whether `machine.reset()` was called since the last time; pins and LEDs are as after power-on then.
    pub fn take_reset(&self) -> bool {
        let reset = self.on(|state| std::mem::take(&mut state.reset));
        if reset {
            (0..LEDS).for_each(|led| self.set_led(led, 0));
            (0..PIN_COUNT).for_each(|pin| self.change_pin(pin, |pin| *pin = Pin { outside: pin.outside, ..Pin::default() }));
        }
        self.on(|state| {
            state.cause = Some(if reset { Cause::Reset } else { Cause::Soft });
            state.lines = 0;
            state.targets = Default::default();
            state.pins.iter_mut().for_each(|pin| (pin.edges, pin.held) = (Edges::default(), false));
        });
        self.lines.reset();
        self.cans.reset();
        self.sound.reset();
        TIME.reset();
        super::usb::soft_reset();
        event::reset();
        reset
    }
}

impl State {
    /// Lets what is on the pins' other ends see them, until nothing changes any more.
    fn settle(&mut self) {
        for (target, pins) in self.targets.iter_mut().zip(target::PINS).filter(|(target, _)| target.is_on()) {
            let pins = pins.map(pin_called);
            // What it holds low may change what it sees, once for each of the two.
            for _ in 0..3 {
                target.see(pins.map(|pin| self.pins[pin].level()));
                pins.into_iter().zip(target.holds).for_each(|(pin, held)| self.pins[pin].held = held);
            }
        }
    }
}

fn pin_called(name: &str) -> usize {
    PYBOARD.iter().position(|pin| pin.is_called(name)).expect("the board has such a pin")
}

/// The switch's pin.
fn switch() -> usize {
    pin_called(SWITCH)
}

/// An event of a pin.
fn raise(pin: usize) {
    event::note(Source::line(PYBOARD[pin].number()));
    line::ask_for_attention();
}

fn say(event: &Value) {
    println!("{event}");
}

impl Clockwork for Virtual {
    fn hold_interrupts(&self) -> bool {
        TIME.hold_interrupts()
    }

    fn let_interrupts(&self, come: bool) {
        TIME.let_interrupts(come);
    }

    fn alarm(&self, at: Option<u64>) {
        TIME.alarm(at);
    }

    fn set_clock(&self, nanoseconds: u64) -> Result<(), Errno> {
        TIME.set_clock(nanoseconds)
    }

    fn backup(&self) -> &'static [Backup] {
        TIME.backup()
    }
}

impl I2cTargets for Virtual {
    fn exists(&self, bus: u8) -> bool {
        matches!(bus, 1 | 2)
    }

    fn stop(&self, bus: u8) {
        self.change(|state| {
            state.targets[index(bus)] = Target::default();
            target::PINS[index(bus)].map(pin_called).into_iter().for_each(|pin| state.pins[pin].held = false);
        });
    }

    /// The pins are pulled up; one that the program drives already it may go on driving.
    fn follow(&self, bus: u8, address: u8, general: bool) {
        self.change(|state| {
            let pins = target::PINS[index(bus)].map(pin_called);
            for pin in pins {
                let pin = &mut state.pins[pin];
                (pin.pull, pin.held) = (Pull::Up, false);
                if pin.mode != Mode::OpenDrain {
                    pin.mode = Mode::AlternateOpenDrain(I2C_FUNCTION);
                }
            }
            state.targets[index(bus)].follow(address, general, pins.map(|pin| state.pins[pin].level()));
        });
    }

    fn listen(&self, bus: u8, on: bool) {
        self.on(|state| state.targets[index(bus)].listen(on));
    }

    fn happened(&self, bus: u8) -> I2cEvent {
        self.change(|state| state.targets[index(bus)].happened())
    }

    fn offer(&self, bus: u8, byte: u8) {
        self.change(|state| state.targets[index(bus)].offer(byte));
    }

    fn tell(&self, bus: u8) {
        self.change(|state| state.targets[index(bus)].tell());
    }
}

/// The function by which pins are a bus's of two wires.
const I2C_FUNCTION: u8 = 4;

fn index(bus: u8) -> usize {
    usize::from(bus) - 1
}

impl Hardware for Virtual {
    fn pins(&self) -> &'static [PinRow] {
        PYBOARD
    }

    fn configure(&self, pin: usize, mode: Mode, pull: Pull) {
        self.change_pin(pin, |pin| (pin.mode, pin.pull) = (mode, pull));
    }

    fn configuration(&self, pin: usize) -> (Mode, Pull) {
        self.on(|state| (state.pins[pin].mode, state.pins[pin].pull))
    }

    fn read(&self, pin: usize) -> bool {
        self.on(|state| state.pins[pin].level())
    }

    fn write(&self, pin: usize, level: bool) {
        self.change_pin(pin, |pin| pin.driven = level);
    }

    fn watch(&self, pin: usize, edges: Edges) {
        self.on(|state| state.pins[pin].edges = edges);
    }

    fn trigger(&self, pin: usize) {
        if self.on(|state| state.pins[pin].edges) != Edges::default() {
            raise(pin);
        }
    }

    fn watch_line(&self, line: u8, edges: Edges) {
        self.on(|state| match edges == Edges::default() {
            true => state.lines &= !(1 << line),
            false => state.lines |= 1 << line,
        });
    }

    fn trigger_line(&self, line: u8) {
        if self.on(|state| state.lines) & 1 << line != 0 {
            event::note(Source::line(line));
            line::ask_for_attention();
        }
    }

    /// Of a chip that there is not, which lines interrupt.
    fn line_registers(&self) -> [(&'static str, u32); 6] {
        let bits = |counts: fn(&Pin) -> bool| {
            let of_pins = |state: &mut State| {
                let pins = state.pins.iter().enumerate().filter(|(_, pin)| counts(pin));
                pins.fold(0, |bits, (number, _)| bits | 1 << PYBOARD[number].number())
            };
            self.on(of_pins)
        };
        let (rising, falling) = (bits(|pin| pin.edges.rising), bits(|pin| pin.edges.falling));
        let watched = rising | falling | self.on(|state| state.lines);
        [("IMR", watched), ("EMR", 0), ("RTSR", rising), ("FTSR", falling), ("SWIER", 0), ("PR", 0)]
    }

    /// Levels as they come, without their times.
    fn bitstream(&self, pin: usize, _: [u32; 4], bytes: &[Cell<u8>]) {
        for _ in 0..8 * bytes.len() {
            self.write(pin, true);
            self.write(pin, false);
        }
    }

    fn leds(&self) -> usize {
        LEDS
    }

    fn led(&self, led: usize) -> u8 {
        self.on(|state| state.leds[led])
    }

    fn set_led(&self, led: usize, intensity: u8) {
        let old = self.on(|state| std::mem::replace(&mut state.leds[led], intensity));
        if old != intensity {
            say(&json!({"led": led + 1, "on": intensity > 0, "intensity": intensity}));
        }
    }

    fn switch(&self) -> usize {
        switch()
    }

    fn cause(&self) -> Cause {
        self.on(|state| state.cause).unwrap_or(Cause::Power)
    }

    fn boot_loader(&self) {
        // What is closed is in the image, as after any reset.
        if self.has_loader {
            std::process::exit(WANTS_LOADER);
        }
    }

    fn unique_id(&self) -> [u8; 12] {
        *b"virtualboard"
    }

    fn card_slot(&self) -> Option<&'static dyn CardSlot> {
        self.card.map(|card| card as &dyn CardSlot)
    }

    fn i2c_targets(&self) -> Option<&dyn I2cTargets> {
        Some(self)
    }

    fn cans(&self) -> Option<&dyn Cans> {
        Some(&self.cans)
    }

    fn i2s(&self) -> Option<&dyn I2sBuses> {
        Some(&self.sound)
    }

    fn serial(&self) -> Option<&dyn SerialLines> {
        Some(&self.lines)
    }

    fn flash(&self) -> Option<&'static dyn BlockDevice> {
        super::usb::usb().map(|_| &super::usb::SHARED as &dyn BlockDevice)
    }

    fn usb(&self) -> Option<&dyn machine::Usb> {
        super::usb::usb()
    }

    fn frequencies(&self) -> [u32; 4] {
        [168_000_000, 168_000_000, 42_000_000, 84_000_000]
    }

    fn reset(&self) {
        self.on(|state| state.reset = true);
    }
}
