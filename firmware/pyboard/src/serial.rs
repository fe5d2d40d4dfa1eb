//! The board's serial lines: the one that the prompt is on, and those of programs.
//!
//! The prompt begins on UART 1. A program may move it (`pyb.repl_uart`), or share its line: both read the same bytes then, as with
//! MicroPython's `repl_uart`. Whoever starts UART 1 while a computer has the prompt open on USB has that line alone. A reset of
//! the interpreter brings the prompt back.

use crate::{clocks, interrupts, memory, usb};
use core::sync::atomic::{AtomicBool, AtomicU8, Ordering::Relaxed};
use machine::event::Source;
use machine::hardware::serial;
use machine::{SerialLines, SerialSettings, uart};
use stm32f4::Chip;
use stm32f4::clock::Clocks;
use stm32f4::gpio::{Mode, Pin, Pull};
use stm32f4::nvic::{self, Interrupt};
use stm32f4::usart::{Format, Line, Usart};

/// The line that the prompt begins on: UART 1, on X9 (out) and X10 (in).
pub const FIRST: Line = Line::One;
/// Its format.
const PLAIN: Format = Format::plain(115_200);

/// A line's pins: out, in, then those of flow control, where the board has them.
struct Pins {
    line: Line,
    /// What the pins are to the line (datasheet, table 9).
    function: u8,
    data: [Pin; 2],
    flow: Option<[Pin; 2]>,
}

/// The lines that the board brings out; UART 5 has the pins of the card.
const PINS: [Pins; 5] = [
    Pins { line: Line::One, function: 7, data: [Pin::named("B6"), Pin::named("B7")], flow: None },
    Pins {
        line: Line::Two,
        function: 7,
        data: [Pin::named("A2"), Pin::named("A3")],
        flow: Some([Pin::named("A1"), Pin::named("A0")]),
    },
    Pins {
        line: Line::Three,
        function: 7,
        data: [Pin::named("B10"), Pin::named("B11")],
        flow: Some([Pin::named("B14"), Pin::named("B13")]),
    },
    Pins { line: Line::Four, function: 8, data: [Pin::named("A0"), Pin::named("A1")], flow: None },
    Pins { line: Line::Six, function: 8, data: [Pin::named("C6"), Pin::named("C7")], flow: None },
];

/// The number of the line that the prompt is on; 0 for none.
static PROMPT: AtomicU8 = AtomicU8::new(1);
/// What an interrupt must know of a program's line.
struct Watch {
    /// Bits of `serial` that raise an event, and `RING`.
    wanted: AtomicU8,
    /// Bits that the last event was about.
    happened: AtomicU8,
    /// Whether a program has started the line.
    started: AtomicBool,
}

/// What comes goes into a ring.
const RING: u8 = 1;

static WATCHES: [Watch; Line::ALL.len()] =
    [const { Watch { wanted: AtomicU8::new(0), happened: AtomicU8::new(0), started: AtomicBool::new(false) } }; Line::ALL.len()];

/// The lines, as the classes ask for them.
pub struct Lines;

fn number(line: Line) -> u8 {
    line as u8 + 1
}

fn pins(number: u8) -> Option<&'static Pins> {
    PINS.iter().find(|pins| pins.line as u8 + 1 == number)
}

fn line(number: u8) -> Line {
    Line::ALL[usize::from(number) - 1]
}

fn usart(number: u8) -> Usart<Chip> {
    Usart::running(Chip, line(number))
}

fn watch(number: u8) -> &'static Watch {
    &WATCHES[usize::from(number) - 1]
}

fn is_prompt(number: u8) -> bool {
    PROMPT.load(Relaxed) == number
}

/// Starts the prompt's line.
pub fn start() {
    let pins = pins(number(FIRST)).expect("the board brings it out");
    pins.data.iter().for_each(|pin| pin.configure(&Chip, Mode::Alternate(pins.function), Pull::Up));
    Usart::start(Chip, FIRST, &clocks::now(), PLAIN);
    PROMPT.store(number(FIRST), Relaxed);
}

/// Lets the bytes of the prompt's line come, or come again after there was no room.
pub fn listen() {
    let prompt = PROMPT.load(Relaxed);
    if prompt != 0 {
        arm(prompt);
    }
}

/// Sends text on the prompt's line.
pub fn write(bytes: &[u8]) {
    let prompt = PROMPT.load(Relaxed);
    if prompt != 0 {
        usart(prompt).send(bytes);
    }
}

/// The lines that run: the prompt's, and those that programs have started.
fn running() -> impl Iterator<Item = Usart<Chip>> {
    let numbers = PINS.iter().map(|pins| number(pins.line));
    numbers.filter(|number| is_prompt(*number) || watch(*number).started.load(Relaxed)).map(usart)
}

/// Waits until all that was given to the lines is on its way, to the last bit.
pub fn finish() {
    running().for_each(|usart| usart.finish());
}

/// Keeps the lines' rates where their clock changes.
pub fn follow(before: &Clocks, after: &Clocks) {
    running().for_each(|usart| usart.follow(before, after));
}

/// Undoes what the program before set up.
pub fn soft_reset() {
    let changed = !is_prompt(number(FIRST)) || watch(number(FIRST)).started.load(Relaxed);
    for number in PINS.iter().map(|pins| number(pins.line)) {
        watch(number).wanted.store(0, Relaxed);
        if watch(number).started.swap(false, Relaxed) {
            usart(number).stop();
        }
    }
    if changed {
        start();
        listen();
    }
}

/// The line whose interrupt this is.
pub fn of_interrupt(interrupt: Interrupt) -> Option<Line> {
    Line::ALL.into_iter().find(|line| line.interrupt() == interrupt)
}

/// Lets a line's interrupts come, as far as somebody wants them.
fn arm(number: u8) {
    let wanted = watch(number).wanted.load(Relaxed);
    let usart = usart(number);
    usart.interrupt_on_data(is_prompt(number) || wanted & (RING | serial::ARRIVED) != 0);
    usart.interrupt_on_idle(wanted & serial::IDLE != 0);
    if wanted & serial::SENT == 0 {
        usart.interrupt_on_sent(false);
    }
    nvic::enable(&Chip, line(number).interrupt(), interrupts::LINE_PRIORITY);
}

/// Something has happened on a line.
pub fn interrupt(line: Line) {
    let (number, usart) = (number(line), Usart::running(Chip, line));
    let status = usart.status();
    let mut happened = 0;
    if status.arrived() {
        happened |= serial::ARRIVED;
        let mut receive = || usart.receive();
        let took = match is_prompt(number) {
            true => interrupts::take(&mut receive),
            false => memory::while_running(|vm| uart::take(vm, number, &mut receive)) == Some(true),
        };
        if !took {
            // It stays where it is, and so do the flags that go with it: nothing more until somebody has read. Not by the line's own
            // switches, since the emulator's line would go on.
            nvic::disable(&Chip, line.interrupt());
        }
    } else if status.idle() || status.overrun() {
        // Reading the data clears them. A character that ended its last bit in these few cycles would be lost.
        usart.take();
    }
    if status.idle() {
        happened |= serial::IDLE;
    }
    if usart.take_sent() {
        happened |= serial::SENT;
    }
    let watch = watch(number);
    if happened & watch.wanted.load(Relaxed) != 0 {
        watch.happened.store(happened, Relaxed);
        interrupts::defer(Source::serial(number));
    }
}

impl SerialLines for Lines {
    fn exists(&self, number: u8) -> bool {
        pins(number).is_some()
    }

    fn start(&self, number: u8, settings: SerialSettings) -> Option<u32> {
        let pins = pins(number)?;
        let SerialSettings { baud, bits, odd, two_stops, rts, cts } = settings;
        let rate = pins.line.rate(&clocks::now(), baud)?;
        if (rts || cts) && pins.flow.is_none() {
            return None;
        }
        let flow = pins.flow.iter().flat_map(|[out, back]| rts.then_some(out).into_iter().chain(cts.then_some(back)));
        let function = Mode::Alternate(pins.function);
        pins.data.iter().chain(flow).for_each(|pin| pin.configure(&Chip, function, Pull::Up));
        watch(number).started.store(true, Relaxed);
        if is_prompt(number) && usb::is_open() {
            PROMPT.store(0, Relaxed);
        }
        Usart::start(Chip, pins.line, &clocks::now(), Format { baud, bits, odd, two_stops, rts, cts });
        Some(rate)
    }

    fn stop(&self, number: u8) {
        // The prompt goes on as the line is.
        if !is_prompt(number) {
            watch(number).started.store(false, Relaxed);
            usart(number).stop();
        }
    }

    fn has_room(&self, number: u8) -> bool {
        usart(number).status().has_room()
    }

    fn send(&self, number: u8, character: u16) {
        usart(number).put(character);
        if watch(number).wanted.load(Relaxed) & serial::SENT != 0 {
            usart(number).interrupt_on_sent(true);
        }
    }

    fn is_done(&self, number: u8) -> bool {
        usart(number).status().is_done()
    }

    fn send_break(&self, number: u8) {
        usart(number).send_break();
    }

    fn waiting(&self, number: u8) -> usize {
        if is_prompt(number) { interrupts::waiting() } else { usize::from(usart(number).status().arrived()) }
    }

    fn receive(&self, number: u8) -> Option<u16> {
        if is_prompt(number) {
            return interrupts::read().map(u16::from);
        }
        // The interrupt would take it between the two readings.
        let came = stm32f4::hold_interrupts();
        let character = usart(number).receive();
        stm32f4::let_interrupts(came);
        self.make_room(number);
        character
    }

    fn listen(&self, number: u8, ring: bool, events: u8) {
        watch(number).wanted.store(events | if ring { RING } else { 0 }, Relaxed);
        if watch(number).started.load(Relaxed) || is_prompt(number) {
            arm(number);
        }
    }

    fn make_room(&self, number: u8) {
        arm(number);
    }

    fn happened(&self, number: u8) -> u8 {
        watch(number).happened.load(Relaxed)
    }

    fn prompt(&self) -> Option<u8> {
        Some(PROMPT.load(Relaxed)).filter(|number| *number != 0)
    }

    fn set_prompt(&self, to: Option<u8>) {
        let before = PROMPT.swap(to.unwrap_or(0), Relaxed);
        // What is not the prompt's any more is as its program wants it.
        [before, to.unwrap_or(0)].into_iter().filter(|number| *number != 0).for_each(arm);
    }
}
