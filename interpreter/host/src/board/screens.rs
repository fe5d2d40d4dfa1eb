//! Displays that are wired to the board, at each place where a program may look for one, and what is to be seen of them. A place is empty, to those
//! who look at the board, until a program has switched its display on.

use super::news::{self, Thing};
use super::serial_screen::Talk;
use super::ssd1306::Ssd1306;
use super::st7565::St7565;
use serde_json::{Value, json};
use std::fmt::Write;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What a display understands.
pub trait Controller: Send {
    /// Takes a byte of an instruction.
    fn instruct(&mut self, byte: u8);
    /// Takes eight dots.
    fn draw(&mut self, byte: u8);
    /// Whether it is switched on.
    fn is_on(&self) -> bool;
    /// What is to be seen.
    fn picture(&self) -> Picture;
}

/// What is to be seen of a display.
pub struct Picture {
    /// It is switched on.
    pub on: bool,
    /// How bright it is.
    pub light: u8,
    /// Dots from left to right and from top to bottom.
    pub size: [usize; 2],
    /// Eight dots a byte, the first in the highest bit, row behind row.
    dots: Vec<u8>,
}

impl Picture {
    /// A picture of the dots that `is_set`; nothing is to be seen of one that is off.
    pub fn drawn(on: bool, light: u8, size: [usize; 2], is_set: impl Fn(usize, usize) -> bool) -> Picture {
        let [width, height] = size;
        let places = (0..height).flat_map(|y| (0..width).step_by(8).map(move |x| (x, y)));
        let byte = |(x, y)| (0..8).fold(0, |byte, bit| byte << 1 | u8::from(is_set(x + bit, y)));
        Picture { on, light, size, dots: places.map(|place| if on { byte(place) } else { 0 }).collect() }
    }

    /// Its bytes in hexadecimal digits.
    fn digits(&self) -> String {
        self.dots.iter().fold(String::new(), |mut digits, byte| {
            write!(digits, "{byte:02x}").expect("a String takes everything");
            digits
        })
    }
}

/// Where displays are: on the two buses of two wires, on two pins that are moved by hand, on the two buses of three wires.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// A bus of two wires, from 1.
    I2c(u8),
    /// Two other pins.
    Pins,
    /// A bus of three wires, from 1.
    Spi(u8),
}

const PLACES: [Place; 5] = [Place::I2c(1), Place::I2c(2), Place::Pins, Place::Spi(1), Place::Spi(2)];

/// The address of displays on two wires.
pub const ADDRESS: u8 = 0x3C;

/// What a display is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A small display that shines.
    Oled,
    /// The screen of the skin.
    Skin,
}

/// A display at its place.
struct Screen {
    kind: Kind,
    controller: Box<dyn Controller>,
    /// It was switched on once.
    is_seen: bool,
}

impl Screen {
    fn new(kind: Kind) -> Screen {
        let controller: Box<dyn Controller> = match kind {
            Kind::Oled => Box::<Ssd1306>::default(),
            Kind::Skin => Box::<St7565>::default(),
        };
        Screen { kind, controller, is_seen: false }
    }
}

/// What the bytes of a transfer on two wires mean to a display: a control byte says of what follows (SSD1306 §8.1.5.2).
#[derive(Clone, Copy, Default)]
pub struct Transfer {
    control: Option<u8>,
}

/// The next byte is the only one that its control byte spoke of.
const ALONE: u8 = 0x80;
/// It is dots, no instruction.
const IS_DATA: u8 = 0x40;

#[derive(Default)]
struct State {
    screens: [Option<Screen>; PLACES.len()],
    talks: [Talk; 2],
}

/// All of them.
#[derive(Default)]
pub struct Screens(Mutex<State>);

fn index(place: Place) -> usize {
    PLACES.iter().position(|it| *it == place).expect("all places are listed")
}

impl Screens {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a byte of a transfer on two wires.
    pub fn take(&self, place: Place, transfer: &mut Transfer, byte: u8) {
        let Some(control) = transfer.control else {
            transfer.control = Some(byte);
            return;
        };
        let mut state = self.lock();
        let screen = state.screens[index(place)].get_or_insert_with(|| Screen::new(Kind::Oled));
        if control & IS_DATA != 0 {
            screen.controller.draw(byte)
        } else {
            screen.controller.instruct(byte)
        }
        transfer.control = (control & ALONE == 0).then_some(control);
    }

    /// Takes a whole transfer on a bus of two wires.
    pub fn write(&self, bus: u8, bytes: impl Iterator<Item = u8>) {
        let mut transfer = Transfer::default();
        bytes.for_each(|byte| self.take(Place::I2c(bus), &mut transfer, byte));
        self.changed(Place::I2c(bus));
    }

    /// What a display on two wires answers who reads it: whether it is off (§8.1.5).
    pub fn status(&self, place: Place) -> u8 {
        let state = self.lock();
        let is_on = state.screens[index(place)].as_ref().is_some_and(|screen| screen.controller.is_on());
        if is_on { 0 } else { 0x40 }
    }

    /// Takes a byte on a bus of three wires. Pins are bits: those that the program drives, and those that are high.
    pub fn hear(&self, bus: u8, byte: u8, driven: u64, high: u64) {
        let State { screens, talks } = &mut *self.lock();
        let screen = &mut screens[index(Place::Spi(bus))];
        let Some(heard) = talks[usize::from(bus) - 1].hear(byte, driven, high) else { return };
        if let Some(kind) = heard.begins.filter(|kind| screen.as_ref().is_none_or(|screen| screen.kind != *kind)) {
            *screen = Some(Screen::new(kind));
        }
        let controller = &mut screen.as_mut().expect("a talk begins with a display").controller;
        if heard.is_data { controller.draw(byte) } else { controller.instruct(byte) }
    }

    /// Something may be seen otherwise.
    pub fn changed(&self, place: Place) {
        let index = index(place);
        let is_seen = self.lock().screens[index].as_mut().is_some_and(|screen| {
            screen.is_seen |= screen.controller.is_on();
            screen.is_seen
        });
        if is_seen {
            news::changed(Thing::Screen(index));
        }
    }

    /// The interpreter starts anew: what displays show stays, and what comes next may be for others.
    pub fn reset(&self) {
        self.lock().talks = Default::default();
    }

    /// What is to be seen of one; the light behind a skin's screen is on or not, by the number of its bus.
    pub fn describe(&self, index: usize, is_lit: impl Fn(u8) -> bool) -> Value {
        let state = self.lock();
        let Some(screen) = &state.screens[index] else { return Value::Null };
        let picture = screen.controller.picture();
        let (name, kind, light) = match (PLACES[index], screen.kind) {
            (Place::I2c(bus), _) => (format!("I2C({bus})"), OLED, picture.light),
            (Place::Pins, _) => ("SoftI2C".to_owned(), OLED, picture.light),
            (Place::Spi(bus), Kind::Oled) => (format!("SPI({bus})"), OLED, picture.light),
            (Place::Spi(bus), Kind::Skin) => {
                (format!("LCD('{}')", if bus == 1 { 'X' } else { 'Y' }), SKIN, if is_lit(bus) { u8::MAX } else { 0 })
            }
        };
        let [width, height] = picture.size;
        let dots = picture.digits();
        json!({"screen": name, "kind": kind, "width": width, "height": height, "on": picture.on, "light": light, "dots": dots})
    }
}

/// What displays are called.
const OLED: &str = "SSD1306";
const SKIN: &str = "LCD32MKv1.0";

/// The upper left corner of a picture, as tests have it: a row of dots behind the other.
#[cfg(test)]
pub fn shown(picture: &Picture, width: usize, height: usize) -> String {
    let is_set = |x: usize, y: usize| picture.dots[(y * picture.size[0] + x) / 8] << (x % 8) & 0x80 != 0;
    let row = |y| (0..width).map(|x| if is_set(x, y) { '#' } else { '.' }).collect::<String>();
    (0..height).map(row).collect::<Vec<_>>().join(" ")
}
