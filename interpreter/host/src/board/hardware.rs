//! The board as its classes ask for it: LEDs and switch lie here, everything else in files of its own. Its state is what a program
//! changes and a window shows, and the other way round.

use super::analog::Analog;
use super::buses::Buses;
use super::can;
use super::card::Slot;
use super::clocks::Clocks;
use super::line;
use super::news::{self, Thing};
use super::pins::{self, Pins, raise};
use super::screens::Screens;
use super::serial::Lines;
use super::sound::Sound;
use super::timers::Timers;
use crate::time::Time;
use anyhow::Context;
use interpreter::vfs::{BlockDevice, Errno};
use machine::boards::{PYBOARD, PinRow};
use machine::event::{self, Source};
use machine::{
    Backup, Cans, CardSlot, Cause, Clockwork, Dacs, Edges, Hardware, I2cBuses, I2cTargets, I2sBuses, Mode, Pull, SerialLines,
    SpiBuses, Voltage, WallClock,
};
use serde_json::{Value, json};
use std::cell::Cell;
use std::collections::HashMap;
use std::sync::Mutex;

/// The pin that the switch pulls low.
const SWITCH: &str = "SW";
const LEDS: usize = 4;

struct State {
    leds: [u8; LEDS],
    /// Lines of the chip's own that the program wants to know of.
    lines: u32,
    switch: bool,
    reset: Option<Cause>,
    cause: Option<Cause>,
}

/// The board's time: alarms, its clock on the wall, whether events come.
pub static TIME: Time = Time::new(line::now, line::ask_for_attention);

/// The hardware, shared between the interpreter's thread and the one that listens to a person.
pub struct Virtual {
    state: Mutex<State>,
    screens: &'static Screens,
    /// What the strips of coloured lights at pins were sent, by the numbers of these.
    strips: Mutex<HashMap<usize, Vec<u8>>>,
    pins: &'static Pins,
    timers: &'static Timers,
    analog: Analog,
    buses: Buses,
    lines: Lines,
    cans: can::Buses,
    sound: Sound,
    clocks: Clocks,
    slot: &'static Slot,
    /// Whether somebody outside takes over when the loader is asked for.
    has_loader: bool,
}

/// The status that asks for it.
const WANTS_LOADER: i32 = 64;

impl Virtual {
    /// Everything dark and floating. `has_loader` says that whoever started this program takes over when the loader is asked for.
    pub fn new(has_loader: bool, slot: &'static Slot) -> Virtual {
        let screens: &'static Screens = Box::leak(Box::default());
        let pins: &'static Pins = Box::leak(Box::new(Pins::new(screens)));
        let timers: &'static Timers = Box::leak(Box::new(Timers::new(pins)));
        Virtual {
            state: Mutex::new(State { leds: [0; LEDS], lines: 0, switch: false, reset: None, cause: None }),
            screens,
            strips: Mutex::default(),
            pins,
            timers,
            analog: Analog::new(pins, timers),
            buses: Buses::new(pins, screens),
            lines: Lines::default(),
            cans: can::Buses::default(),
            sound: Sound::default(),
            clocks: Clocks::new(),
            slot,
            has_loader,
        }
    }

    fn on<R>(&self, action: impl FnOnce(&mut State) -> R) -> R {
        action(&mut self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// What is to be seen of a thing.
    pub fn describe(&self, thing: Thing) -> Value {
        match thing {
            Thing::Pin(number) => self.pins.describe(number),
            Thing::Screen(index) => self.screens.describe(index, |bus| self.pins.is_lit(bus)),
            Thing::Strip(pin) => {
                let strips = self.strips.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                json!({"strip": PYBOARD[pin].name(), "colours": colours(strips.get(&pin).map_or(&[], Vec::as_slice))})
            }
        }
    }

    /// Takes a line that says what a person did: `{"switch":true}`, `{"pin":"X1","value":1}`, `{"pin":"X1","millivolts":1650}` (`null` lets
    /// go), `{"accel":[0,0,21]}`.
    ///
    /// # Errors
    /// A line that is no such object.
    pub fn take(&self, line: &str) -> anyhow::Result<()> {
        let event: Value = serde_json::from_str(line).with_context(|| format!("not a JSON object: {line}"))?;
        if let Some(pressed) = event.get("switch").and_then(Value::as_bool) {
            self.on(|state| state.switch = pressed);
            self.put(switch(), Some(!pressed), None);
            return Ok(());
        }
        if let Some(event) = event.get("usb") {
            return super::usb::take(event);
        }
        if let Some(axes) = event.get("accel") {
            let axes = serde_json::from_value(axes.clone()).context("the pull along three axes is three numbers, -32 to 31")?;
            self.buses.hold(axes);
            return Ok(());
        }
        let name = event.get("pin").and_then(Value::as_str).with_context(|| format!("neither a switch nor a pin: {line}"))?;
        let names = || PYBOARD.iter().map(PinRow::name).collect::<Vec<_>>();
        let number = pins::named(name).with_context(|| format!("no pin {name}; there are {:?}", names()))?;
        if let Some(voltage) = event.get("millivolts") {
            let voltage = voltage.as_u64().map(|voltage| voltage.min(pins::SUPPLY.into()) as u16);
            self.put(number, None, voltage);
            return Ok(());
        }
        let value = event.get("value").context("a pin's value is 0, 1 or null, its millivolts 0 to 3300 or null")?;
        self.put(number, value.as_i64().map(|level| level != 0).or(value.as_bool()), None);
        Ok(())
    }

    /// Somebody outside puts a level or a voltage on a pin, or lets go.
    fn put(&self, number: usize, level: Option<bool>, voltage: Option<u16>) {
        let (before, after) = self.pins.change(number, |pin| (pin.outside, pin.voltage) = (level, voltage));
        if before != after {
            self.timers.edge(number, self.pins.get(number).mode, after);
        }
    }

    /// Whether `machine.reset()` was called since the last time, or the board was reset otherwise; pins and LEDs are as after power-on then.
    pub fn take_reset(&self) -> bool {
        let cause = self.on(|state| state.reset.take());
        let cause = if super::clocks::is_bitten() { Some(Cause::Watchdog) } else { cause };
        if cause.is_some() {
            (0..LEDS).for_each(|led| self.set_led(led, 0));
            for pin in 0..pins::COUNT {
                self.pins.change(pin, |pin| {
                    *pin = pins::Pin { outside: pin.outside, voltage: pin.voltage, ..pins::Pin::default() };
                });
            }
            self.clocks.reset();
        }
        self.on(|state| {
            state.cause = Some(cause.unwrap_or(Cause::Soft));
            state.lines = 0;
        });
        self.pins.soft_reset();
        self.timers.reset();
        self.analog.reset();
        self.buses.reset();
        self.screens.reset();
        self.lines.reset();
        self.cans.reset();
        self.sound.reset();
        // A clock that wakes nobody cannot fail.
        let _ = self.clocks.wake_every(None);
        TIME.reset();
        super::usb::soft_reset();
        event::reset();
        cause.is_some()
    }
}

/// The longest level of a bit for a strip of lights, in nanoseconds (WS2812B: 850, its slower kin: 1300).
const STRIP_LONGEST: u32 = 2_000;

/// What the lights of a strip were sent, as colours of six hexadecimal digits. Each takes green, red and blue; where that does not come out even, white
/// as well, which brightens them.
fn colours(bytes: &[u8]) -> Vec<String> {
    let count = if bytes.len().is_multiple_of(3) || !bytes.len().is_multiple_of(4) { 3 } else { 4 };
    let colour = |light: &[u8]| {
        let white = light.get(3).copied().unwrap_or(0);
        let [green, red, blue] = [light[0], light[1], light[2]].map(|part| part.saturating_add(white));
        format!("{red:02x}{green:02x}{blue:02x}")
    };
    bytes.chunks_exact(count).map(colour).collect()
}

/// The switch's pin.
fn switch() -> usize {
    pins::numbered(SWITCH)
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

impl Hardware for Virtual {
    fn pins(&self) -> &'static [PinRow] {
        PYBOARD
    }

    fn configure(&self, number: usize, mode: Mode, pull: Pull) {
        let pulses = self.timers.pulses(number, mode);
        self.pins.change(number, |pin| {
            (pin.mode, pin.pull, pin.pulses) = (mode, pull, pulses);
            if mode != Mode::Analog {
                pin.converted = None;
            }
        });
    }

    fn configuration(&self, pin: usize) -> (Mode, Pull) {
        let pin = self.pins.get(pin);
        (pin.mode, pin.pull)
    }

    fn read(&self, number: usize) -> bool {
        let pin = self.pins.get(number);
        self.timers.level(number, pin.mode).unwrap_or(pin.level())
    }

    fn write(&self, pin: usize, level: bool) {
        self.pins.change(pin, |pin| pin.driven = level);
    }

    fn watch(&self, pin: usize, edges: Edges) {
        self.pins.change(pin, |pin| pin.edges = edges);
    }

    fn trigger(&self, pin: usize) {
        let edges = self.pins.get(pin).edges;
        if edges != Edges::default() && !edges.wakes {
            raise(pin);
        }
    }

    fn watch_line(&self, line: u8, edges: Edges) {
        self.on(|state| match edges == Edges::default() || edges.wakes {
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
        let (rising, falling) = (self.pins.lines(|pin| pin.edges.rising), self.pins.lines(|pin| pin.edges.falling));
        let events = self.pins.lines(|pin| pin.edges.wakes);
        let watched = (rising | falling) & !events | self.on(|state| state.lines);
        [("IMR", watched), ("EMR", events), ("RTSR", rising), ("FTSR", falling), ("SWIER", 0), ("PR", 0)]
    }

    /// Levels as they come, without their times. Short ones are for a strip of coloured lights, which is at the pin then.
    fn bitstream(&self, pin: usize, times: [u32; 4], bytes: &[Cell<u8>]) {
        for _ in 0..8 * bytes.len() {
            self.write(pin, true);
            self.write(pin, false);
        }
        let is_strip = times.iter().all(|time| (1..=STRIP_LONGEST).contains(time)) && bytes.len() >= 3;
        if is_strip {
            let bytes = bytes.iter().map(Cell::get).collect();
            self.strips.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(pin, bytes);
            news::changed(Thing::Strip(pin));
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
        Some(self.slot)
    }

    fn i2c_targets(&self) -> Option<&dyn I2cTargets> {
        Some(&self.buses)
    }

    fn i2s(&self) -> Option<&dyn I2sBuses> {
        Some(&self.sound)
    }

    fn cans(&self) -> Option<&dyn Cans> {
        Some(&self.cans)
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

    fn timers(&self) -> Option<&dyn machine::Timers> {
        Some(self.timers)
    }

    fn i2c(&self) -> Option<&dyn I2cBuses> {
        Some(&self.buses)
    }

    fn spi(&self) -> Option<&dyn SpiBuses> {
        Some(&self.buses)
    }

    fn dacs(&self) -> Option<&dyn Dacs> {
        Some(&self.analog)
    }

    fn measure(&self, voltage: Voltage) -> Result<u16, Errno> {
        self.analog.measure(voltage)
    }

    fn wall_clock(&self) -> Option<&dyn WallClock> {
        Some(&self.clocks)
    }

    fn watchdog(&self, milliseconds: u32) -> Result<(), Errno> {
        self.clocks.watch(milliseconds)
    }

    fn feed(&self) {
        self.clocks.feed();
    }

    fn frequencies(&self) -> [u32; 4] {
        self.clocks.frequencies()
    }

    fn set_frequencies(&self, wanted: [u32; 4]) -> Result<(), Errno> {
        self.clocks.change(wanted)?;
        let [_, bus, slow, fast] = self.clocks.frequencies();
        // Timers count twice as fast as their bus where that is divided (RM0090 §7.2, figure 21).
        self.timers.set_sources([slow, fast].map(|clock| if clock == bus { clock } else { 2 * clock }));
        Ok(())
    }

    fn stop(&self) -> Result<(), Errno> {
        line::wait_for_attention();
        Ok(())
    }

    fn standby(&self) -> Result<(), Errno> {
        line::wait_for_attention();
        self.on(|state| state.reset = Some(Cause::Standby));
        Ok(())
    }

    fn reset(&self) {
        self.on(|state| state.reset = Some(Cause::Reset));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lights_of_a_strip_take_green_first() {
        assert_eq!(colours(&[1, 2, 3, 0, 255, 0]), ["020103", "ff0000"]);
        assert_eq!(colours(&[1, 2, 3, 4]), ["060507"], "a white light brightens it");
    }
}
