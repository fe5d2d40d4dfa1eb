//! The board's LEDs, switch and pins: state that a program changes and a window shows, and the other way round.

use anyhow::Context;
use machine::{Hardware, Mode, Pull};
use serde_json::{Value, json};
use std::sync::Mutex;

/// The pyboard's pins that are on its edge.
const PINS: &[&str] = &[
    "X1", "X2", "X3", "X4", "X5", "X6", "X7", "X8", "X9", "X10", "X11", "X12", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7", "Y8",
    "Y9", "Y10", "Y11", "Y12", "SW",
];
/// The pin that the switch pulls low.
const SWITCH: &str = "SW";
const LEDS: usize = 4;

#[derive(Clone, Copy, Default)]
struct Pin {
    mode: Mode,
    pull: Pull,
    /// What the program drives.
    driven: bool,
    /// What somebody outside drives.
    outside: Option<bool>,
}

impl Pin {
    fn level(self) -> bool {
        match self.mode {
            Mode::Output => self.driven,
            Mode::OpenDrain if !self.driven => false,
            _ => self.outside.unwrap_or(self.pull == Pull::Up),
        }
    }
}

#[derive(Default)]
struct State {
    pins: [Pin; PINS.len()],
    leds: [u8; LEDS],
    switch: bool,
    reset: bool,
}

/// The hardware, shared between the interpreter's thread and the one that listens to a person.
pub struct Virtual(Mutex<State>);

impl Virtual {
    /// Everything dark and floating.
    pub fn new() -> Virtual {
        Virtual(Mutex::default())
    }

    fn on<R>(&self, action: impl FnOnce(&mut State) -> R) -> R {
        action(&mut self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// Changes a pin, and says so if its level or its mode is another one now.
    fn change_pin(&self, number: usize, change: impl FnOnce(&mut Pin)) {
        let (before, after) = self.on(|state| {
            let before = state.pins[number];
            change(&mut state.pins[number]);
            (before, state.pins[number])
        });
        if before.level() != after.level() || before.mode != after.mode {
            say(&json!({"pin": PINS[number], "value": u8::from(after.level()), "output": after.mode != Mode::Input}));
        }
    }

    /// Takes a line that says what a person did: `{"switch":true}`, `{"pin":"X1","value":1}` (`null` lets go).
    ///
    /// # Errors
    /// A line that is no such object.
    pub fn take(&self, line: &str) -> anyhow::Result<()> {
        let event: Value = serde_json::from_str(line).with_context(|| format!("not a JSON object: {line}"))?;
        if let Some(pressed) = event.get("switch").and_then(Value::as_bool) {
            self.on(|state| state.switch = pressed);
            let number = PINS.iter().position(|name| *name == SWITCH).context("the switch has a pin")?;
            self.change_pin(number, |pin| pin.outside = Some(!pressed));
            return Ok(());
        }
        let name = event.get("pin").and_then(Value::as_str).with_context(|| format!("neither a switch nor a pin: {line}"))?;
        let number = PINS.iter().position(|pin| *pin == name).with_context(|| format!("no pin {name}; there are {PINS:?}"))?;
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
            (0..PINS.len()).for_each(|pin| self.change_pin(pin, |pin| *pin = Pin { outside: pin.outside, ..Pin::default() }));
        }
        reset
    }
}

fn say(event: &Value) {
    println!("{event}");
}

impl Hardware for Virtual {
    fn pins(&self) -> &'static [&'static str] {
        PINS
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

    fn switch(&self) -> bool {
        self.on(|state| state.switch)
    }

    fn unique_id(&self) -> [u8; 12] {
        *b"virtualboard"
    }

    fn frequency(&self) -> u32 {
        168_000_000
    }

    fn reset(&self) {
        self.on(|state| state.reset = true);
    }
}
