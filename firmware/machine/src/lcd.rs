//! `pyb.LCD`: the screen of the skin LCD32MKv1.0, 128 × 32 dots on a bus of three wires.
//!
//! The screen stands on its head, so columns go out from the right. A byte is eight dots one above the other, the lowest bit at the top, and 128 of
//! them are a page. Programs draw into a hidden picture, which `show` shows; `write` prints at once, as a terminal does.

use crate::hardware::{Hardware, Mode, Pull, SpiBuses, SpiSettings, absent, hardware};
use crate::pin;
use core::cell::Cell;
use interpreter::modules::framebuf;
use interpreter::object::handle::{Args, Handle};
use interpreter::object::kind::{Slots, Type};
use interpreter::object::print::RawBytes;
use interpreter::object::resource::{Resource, resource_type};
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};

static SLOTS: Slots = Slots { make: Some(|vm, _, args| make(vm, args)), ..Slots::NONE };
/// `LCD`. State: [0] the number of its bus, [1] the pictures and the text, [2] where the next character goes.
pub static LCD: Type = resource_type(name!(LCD), &SLOTS, ROWS);

table! { pub ROWS, NAMES, DOCS:
    /// command(data, buffer): sends instructions (0) or data (1) to the screen, bytes or a number.
    def command(3) = |vm, args| {
        let (screen, data) = (screen(vm, args.at(0))?, vm.truth(args.at(1))?);
        match args.at(2).as_int() {
            Some(byte) => screen.send(vm, data, &[byte as u8]),
            None => vm.buffer(args.at(2), false)?.bytes.iter().try_for_each(|byte| screen.send(vm, data, &[byte.get()])),
        }?;
        Ok(Word::NONE)
    };
    /// contrast(value): 0 to 47.
    def contrast(2) = |vm, args| {
        let value = vm.index(args.at(1))?.clamp(0, 47) as u8;
        screen(vm, args.at(0))?.send(vm, false, &[CONTRAST, value])?;
        Ok(Word::NONE)
    };
    /// light(on): the light behind the screen.
    def light(2) = |vm, args| {
        let (screen, on) = (screen(vm, args.at(0))?, vm.truth(args.at(1))?);
        screen.hardware.write(screen.pins[LIGHT], on);
        Ok(Word::NONE)
    };
    /// write(text): prints text, which appears at once; the screen has 4 lines of 16 characters.
    def write(2) = print;
    /// fill(colour): all dots of both pictures.
    def fill(2) = |vm, args| {
        let byte = if vm.index(args.at(1))? != 0 { 0xFF } else { 0 };
        screen(vm, args.at(0))?.memory[..2 * PICTURE].iter().for_each(|cell| cell.set(byte));
        Ok(Word::NONE)
    };
    /// get(x, y): a dot of the picture that is shown.
    def get(3) = |vm, args| {
        let (x, y) = (vm.index(args.at(1))?, vm.index(args.at(2))?);
        let dots = &screen(vm, args.at(0))?.memory[..PICTURE];
        Ok(Word::int(place(x, y).map_or(0, |at| isize::from(dots[at].get() >> (y & 7) & 1))))
    };
    /// pixel(x, y, colour): sets a dot of the hidden picture.
    def pixel(4) = |vm, args| {
        let (x, y) = (vm.index(args.at(1))?, vm.index(args.at(2))?);
        screen(vm, args.at(0))?.dot(x, y, vm.index(args.at(3))? != 0);
        Ok(Word::NONE)
    };
    /// text(text, x, y, colour): draws text into the hidden picture.
    def text(5) = draw;
    /// show(): shows the hidden picture.
    def show(1) = |vm, args| {
        let screen = screen(vm, args.at(0))?;
        let (shown, hidden) = screen.memory[..2 * PICTURE].split_at(PICTURE);
        shown.iter().zip(hidden).for_each(|(to, from)| to.set(from.get()));
        for page in 0..PAGES {
            screen.go(vm, page, 0)?;
            (0..WIDTH).rev().try_for_each(|x| screen.send(vm, true, &[shown[page * WIDTH + x].get()]))?;
        }
        Ok(Word::NONE)
    };
}

const WIDTH: usize = 128;
const PAGES: usize = 4;
const PICTURE: usize = WIDTH * PAGES;
/// Characters of a line, and of the screen.
const LINE: usize = WIDTH / 8;
const TEXT: usize = LINE * PAGES;
/// The place behind the last of a line is where a line ends.
const PLACES: usize = LINE + 1;

/// What the chip calls the pins of each position: select, reset, data or instruction, light.
const PINS: [[&str; 4]; 2] = [["A2", "A3", "A4", "C5"], ["B8", "B9", "B12", "B1"]];
const SELECT: usize = 0;
const RESET: usize = 1;
const IS_DATA: usize = 2;
const LIGHT: usize = 3;

// Instructions of the screen's controller, ST7565R.
const CONTRAST: u8 = 0x81;
const PAGE: u8 = 0xB0;
const COLUMN_HIGH: u8 = 0x10;
/// Columns and rows as they are, 1/9 bias, all of the supply on, its resistors, the contrast, the first line, on.
const BEGIN: [u8; 9] = [0xA0, 0xC0, 0xA2, 0x2F, 0x21, CONTRAST, 0x28, 0x40, 0xAF];

struct Screen {
    hardware: &'static dyn Hardware,
    spi: &'static dyn SpiBuses,
    bus: u8,
    pins: [usize; 4],
    /// The picture that is shown, the hidden one, and the text.
    memory: &'static [Cell<u8>],
    next: Handle<Resource>,
}

/// The byte of a dot in a picture.
fn place(x: isize, y: isize) -> Option<usize> {
    let is_there = (0..WIDTH as isize).contains(&x) && (0..8 * PAGES as isize).contains(&y);
    is_there.then_some(x as usize + WIDTH * (y as usize / 8))
}

impl Screen {
    fn send(&self, vm: &Vm, data: bool, bytes: &[u8]) -> Outcome<()> {
        for byte in bytes {
            self.hardware.write(self.pins[SELECT], false);
            self.hardware.write(self.pins[IS_DATA], data);
            let sent = self.spi.exchange(self.bus, (*byte).into());
            self.hardware.write(self.pins[SELECT], true);
            sent.map_err(|errno| vm.os_error(errno.0))?;
        }
        Ok(())
    }

    /// The next byte of data is this one of a page.
    fn go(&self, vm: &Vm, page: usize, column: usize) -> Outcome<()> {
        self.send(vm, false, &[PAGE | page as u8, COLUMN_HIGH | (column >> 4) as u8, column as u8 & 0xF])
    }

    fn dot(&self, x: isize, y: isize, colour: bool) {
        if let Some(at) = place(x, y) {
            let (cell, bit) = (&self.memory[PICTURE + at], 1 << (y & 7));
            cell.set(if colour { cell.get() | bit } else { cell.get() & !bit });
        }
    }

    fn text(&self) -> &[Cell<u8>] {
        &self.memory[2 * PICTURE..][..TEXT]
    }
}

fn screen(vm: &Vm, word: Word) -> Outcome<Screen> {
    let next = vm.resource(word, &LCD).ok_or_else(|| vm.type_error("an LCD is needed"))?;
    let (bus, hardware) = (next.state[0].get().int_value() as u8, hardware(vm)?);
    let memory = Handle::<RawBytes>::from(next.state[1].get()).expect("made with its pictures").get().tail();
    let mut pins = [0; 4];
    for (pin, name) in pins.iter_mut().zip(PINS[usize::from(bus) - 1]) {
        *pin = pin::numbered(vm, name)?;
    }
    Ok(Screen { hardware, spi: hardware.spi().ok_or_else(|| absent(vm))?, bus, pins, memory, next })
}

fn make(vm: &Vm, args: Args) -> Outcome {
    vm.expect_count(args, 1, 1)?;
    let bus = match vm.as_text(args.at(0)) {
        Some("X" | "x") => 1,
        Some("Y" | "y") => 2,
        _ => return Err(vm.value_error("an LCD is in the position 'X' or 'Y'")),
    };
    let memory = vm.new_raw_bytes(2 * PICTURE + TEXT)?;
    for (at, byte) in memory.get().tail().iter().enumerate() {
        byte.set(if at < 2 * PICTURE { 0 } else { b' ' });
    }
    let word = vm.new_resource(&LCD, &[Word::int(bus), memory.word(), Word::int(0)])?;
    let screen = screen(vm, word)?;
    // Data count when the clock rises; the screen takes 20 MHz.
    let settings = SpiSettings {
        hertz: 16_000_000,
        polarity: true,
        phase: true,
        low_first: false,
        wide: false,
        answers: false,
        ti: false,
        polynomial: 0,
    };
    screen.spi.start(screen.bus, settings).ok_or_else(|| absent(vm))?;
    for (at, pin) in screen.pins.into_iter().enumerate() {
        screen.hardware.write(pin, at != LIGHT);
        screen.hardware.configure(pin, Mode::Output, Pull::None);
    }
    for level in [true, false, true] {
        screen.hardware.write(screen.pins[RESET], level);
        vm.wait(1000)?;
    }
    screen.send(vm, false, &BEGIN)?;
    for page in 0..PAGES {
        screen.go(vm, page, 0)?;
        (0..WIDTH).try_for_each(|_| screen.send(vm, true, &[0]))?;
    }
    Ok(word)
}

fn draw(vm: &Vm, args: Args) -> Outcome {
    let screen = screen(vm, args.at(0))?;
    let text = vm.as_text(args.at(1)).ok_or_else(|| vm.type_error("text is a str"))?;
    let (mut x, y, colour) = (vm.index(args.at(2))?, vm.index(args.at(3))?, vm.index(args.at(4))? != 0);
    for character in text.chars() {
        for column in framebuf::columns(character.into()) {
            (0..8).filter(|bit| column >> bit & 1 != 0).for_each(|bit| screen.dot(x, y.saturating_add(bit), colour));
            x = x.saturating_add(1);
        }
    }
    Ok(Word::NONE)
}

/// Prints as a terminal does: what has no room on the last line moves the others up.
fn print(vm: &Vm, args: Args) -> Outcome {
    let screen = screen(vm, args.at(0))?;
    let text = vm.as_text(args.at(1)).ok_or_else(|| vm.type_error("text is a str"))?;
    let cells = screen.text();
    let mut next = screen.next.state[2].get().int_value() as usize;
    // What is new on the screen.
    let (mut first, mut end) = (TEXT, 0);
    for character in text.chars() {
        let (mut line, mut column) = (next / PLACES, next % PLACES);
        if line == PAGES || column == LINE && !matches!(character, '\n' | '\r' | '\x08') {
            (line, column) = if line == PAGES { (line, 0) } else { (line + 1, 0) };
        }
        if line == PAGES {
            (0..TEXT).for_each(|at| cells[at].set(cells.get(at + LINE).map_or(b' ', Cell::get)));
            (line, first, end) = (PAGES - 1, 0, TEXT);
        }
        match character {
            '\n' => (line, column) = (line + 1, 0),
            '\r' => column = 0,
            '\x08' => column = column.saturating_sub(1),
            _ => {
                let at = line * LINE + column;
                cells[at].set(if character.is_ascii() { character as u8 } else { 127 });
                (first, end) = (first.min(at), end.max(at + 1));
                column += 1;
            }
        }
        next = line * PLACES + column;
    }
    screen.next.state[2].set(Word::int(next as isize));
    for at in first..end {
        screen.go(vm, at / LINE, 8 * (LINE - 1 - at % LINE))?;
        framebuf::columns(cells[at].get().into()).iter().rev().try_for_each(|column| screen.send(vm, true, &[*column]))?;
    }
    Ok(Word::NONE)
}
