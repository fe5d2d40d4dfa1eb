//! `machine.UART`, which is `pyb.UART` too: serial lines, as streams.
//!
//! What comes is put into a ring in Python's heap by the line's interrupt (`take`); the program takes it out. Each of them moves
//! one of the ring's two positions, and nobody locks anything. Without a ring (`rxbuf=0`) the program looks at the line itself.
//! Sending waits, as in MicroPython: a write returns when its last bit is out, or when the line has stood still for too long.
//! There is one object for each line; that the line's event has it as its argument keeps it alive.

use crate::event::{self, Source};
use crate::fields::{self, Field, Fields};
use crate::hardware::{SerialLines, SerialSettings, absent, hardware, serial};
use crate::irq::{self, Events};
use core::cell::Cell;
use core::sync::atomic::{Ordering::SeqCst, compiler_fence};
use interpreter::object::handle::{Args, Handle};
use interpreter::object::kind::{Header, Slots, Type};
use interpreter::object::name::Name;
use interpreter::object::print::{Builder, Printer, RawBytes, Style};
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vfs::Errno;
use interpreter::vfs::stream::{self, Operations, Stream, derived_type, poll};
use interpreter::vm::raise::Part;
use interpreter::vm::{Outcome, Vm};

static SLOTS: Slots = Slots { make: Some(|vm, _, args| make(vm, args)), print: Some(print), ..stream::SHARED };
/// `UART`. State: [0] the line's number, [1] the fields below in a tuple, [2] the ring's memory, or `NONE`.
pub static UART: Type = derived_type(name!(UART), &SLOTS, ROWS);

/// Names of keyword arguments.
pub const MORE: &[&str] = &[
    "id",
    "baudrate",
    "bits",
    "parity",
    "stop",
    "flow",
    "timeout",
    "timeout_char",
    "rxbuf",
    "read_buf_len",
    "handler",
    "trigger",
    "hard",
    "irq",
];

table! { pub ROWS, NAMES, DOCS:
    /// init(baudrate=9600, bits=8, parity=None, stop=1, *, flow=0, timeout=0, timeout_char=0, rxbuf=64): starts the line; times in ms.
    def init(1..=5, keywords) = |vm, args| { let uart = receiver(vm, args.at(0))?; init(vm, uart, args.skip(1))?; Ok(Word::NONE) };
    /// deinit(): switches the line off.
    def deinit(1) = |vm, args| { let uart = receiver(vm, args.at(0))?; stop(vm, uart)?; Ok(Word::NONE) };
    /// any(): how many characters can be read at once.
    def any(1) = |vm, args| { let uart = running(vm, args.at(0))?; Ok(Word::int(available(vm, uart)? as isize)) };
    /// read([count]): reads so many bytes, or all that come; None if none came in time.
    def read(1..=2) = read;
    /// readinto(buffer[, count]): the same into a buffer; answers how many.
    def readinto(2..=3) = read_into;
    /// readline(): reads a line; what there is of it when the time is over, or None.
    def readline(1..=2) = read_line;
    /// readchar(): one character, as a number; -1 if none came in time.
    def readchar(1) = |vm, args| {
        let uart = running(vm, args.at(0))?;
        let came = wait(vm, uart, uart.number(TIMEOUT))?;
        Ok(Word::int(if came { next(vm, uart)?.map_or(-1, |character| character as isize) } else { -1 }))
    };
    /// writechar(character): sends one.
    def writechar(2) = |vm, args| {
        let (uart, character) = (running(vm, args.at(0))?, vm.index(args.at(1))?);
        match wait_for_room(vm, uart, uart.number(TIMEOUT))? && transmit(vm, uart, &mut [character as u16].into_iter())? == 1 {
            true => Ok(Word::NONE),
            false => Err(vm.os_error(Errno::ETIMEDOUT.0)),
        }
    };
    /// sendbreak(): holds the line low for longer than a character.
    def sendbreak(1) = |vm, args| { let uart = running(vm, args.at(0))?; lines(vm)?.send_break(uart.line()); Ok(Word::NONE) };
    /// txdone(): whether all has been sent.
    def txdone(1) = |vm, args| { let uart = running(vm, args.at(0))?; Ok(Word::bool(lines(vm)?.is_done(uart.line()))) };
    /// irq(handler=None, trigger=0, hard=False): calls handler(uart) when that happens; without arguments answers what is set.
    def irq(1..=4, keywords) = irq;
    /// In flow=: the line says when it can take no more.
    const RTS = Word::int(RTS);
    /// In flow=: it sends while the other side can take more.
    const CTS = Word::int(CTS);
    /// When the line is quiet after at least one character.
    const IRQ_RXIDLE = Word::int(serial::IDLE as isize);
    /// When a character came.
    const IRQ_RX = Word::int(serial::ARRIVED as isize);
    /// When all has been sent.
    const IRQ_TXIDLE = Word::int(serial::SENT as isize);
}

/// Events of a line, as handlers know them.
pub static EVENTS: Events = Events {
    flags: |vm, word| Ok(Word::int(lines(vm)?.happened(receiver(vm, word)?.line()).into())),
    trigger: retrigger,
    call: call_handler,
};

const RTS: isize = 1 << 8;
const CTS: isize = 1 << 9;
const FLOWS: isize = RTS | CTS;
const TRIGGERS: isize = (serial::IDLE | serial::ARRIVED | serial::SENT) as isize;

/// Fields of a line, by their place in the tuple: small ints, but for the last.
/// 0 while the line is off.
const BAUD: Field = Field(0);
const BITS: Field = Field(1);
/// -1 for none.
const PARITY: Field = Field(2);
const STOP: Field = Field(3);
const FLOW: Field = Field(4);
const TIMEOUT: Field = Field(5);
const TIMEOUT_CHAR: Field = Field(6);
/// Characters that fit into the ring.
const CAPACITY: Field = Field(7);
/// Where is taken out, and put in: 0 to the capacity. The same place is an empty ring.
const GET: Field = Field(8);
const PUT: Field = Field(9);
const TRIGGER: Field = Field(10);
/// Its number.
const LINE: Field = Field(11);
/// What `irq` answers, or 0.
const ASKED: Field = Field(12);
const FIELDS: usize = 13;

/// A line's object.
#[derive(Clone, Copy)]
struct Uart(Handle<Stream>);

impl Fields for Uart {
    fn fields(self) -> Word {
        self.0.state[1].get()
    }
}

impl Uart {
    fn line(self) -> u8 {
        self.number(LINE) as u8
    }
    fn ring(self) -> Option<Handle<RawBytes>> {
        Handle::from(self.0.state[2].get())
    }
    /// Bytes that a program reads and writes for each character.
    fn width(self) -> usize {
        if self.number(BITS) == 9 { 2 } else { 1 }
    }
    fn filled(self) -> usize {
        let places = self.number(CAPACITY) + 1;
        ((self.number(PUT) + places - self.number(GET)) % places) as usize
    }
    /// Takes a character out of the ring.
    fn pop(self) -> Option<u16> {
        let (at, ring) = (self.number(GET), self.ring()?);
        if at == self.number(PUT) {
            return None;
        }
        let character = ring.get().number(at as usize * self.width(), self.width()) as u16;
        // The interrupt may use the place once it is free.
        compiler_fence(SeqCst);
        self.set(GET, (at + 1) % (self.number(CAPACITY) + 1));
        Some(character)
    }
    /// Puts characters into the ring while it has room and some come; whether it has room still.
    fn put(self, receive: &mut dyn FnMut() -> Option<u16>) -> bool {
        let Some(ring) = self.ring() else { return false };
        let (width, places) = (self.width(), self.number(CAPACITY) + 1);
        loop {
            let at = self.number(PUT);
            let next = (at + 1) % places;
            if next == self.number(GET) {
                return false;
            }
            let Some(character) = receive() else { return true };
            let cells = &ring.get().tail()[at as usize * width..][..width];
            cells.iter().zip(character.to_le_bytes()).for_each(|(cell, byte)| cell.set(byte));
            compiler_fence(SeqCst);
            self.set(PUT, next);
        }
    }
}

/// Puts what `receive` gives into a line's ring, in its interrupt. `false` says that there is no room, or no ring: nothing
/// was taken that did not fit, and the rest waits until `SerialLines::make_room`.
pub fn take(vm: &Vm, line: u8, receive: &mut dyn FnMut() -> Option<u16>) -> bool {
    object(vm, line).is_some_and(|uart| uart.put(receive))
}

fn object(vm: &Vm, line: u8) -> Option<Uart> {
    event::argument(vm, Source::serial(line)).and_then(Handle::from).map(Uart)
}

static OPERATIONS: Operations = Operations {
    read: |vm, stream, buffer| {
        let uart = of(vm, stream)?;
        let mut at = 0;
        let limit = buffer.len();
        let count = gather(vm, uart, limit, uart.number(TIMEOUT_CHAR), None, &mut |_, byte| {
            buffer[at] = byte;
            at += 1;
            Ok(())
        })?;
        if count == 0 && limit > 0 { Err(vm.os_error(Errno::EAGAIN.0)) } else { Ok(count) }
    },
    write,
    seekable: false,
    seek: stream::not_seekable,
    flush: |vm, stream| {
        let uart = of(vm, stream)?;
        let patience = uart.number(TIMEOUT_CHAR).max(1) * 2;
        let lines = lines(vm)?;
        match spin(vm, patience, &|| lines.is_done(uart.line()))? {
            true => Ok(()),
            false => Err(vm.os_error(Errno::ETIMEDOUT.0)),
        }
    },
    // The line outlives what closes a stream: `deinit` switches it off.
    close: |_, _| Ok(()),
    poll: |vm, stream, wanted| {
        let uart = of(vm, stream)?;
        Ok(wanted & poll::ready(available(vm, uart)? > 0, lines(vm)?.has_room(uart.line())))
    },
    descriptor: stream::no_descriptor,
};

fn lines(vm: &Vm) -> Outcome<&'static dyn SerialLines> {
    hardware(vm)?.serial().ok_or_else(|| absent(vm))
}

fn receiver(vm: &Vm, word: Word) -> Outcome<Uart> {
    let stream = stream::stream(vm, word)?;
    if core::ptr::eq(stream.header.0.get(), &UART) { Ok(Uart(stream)) } else { Err(vm.type_error("a UART is needed")) }
}

/// The object of a line that was started.
fn running(vm: &Vm, word: Word) -> Outcome<Uart> {
    let uart = receiver(vm, word)?;
    if uart.number(BAUD) > 0 { Ok(uart) } else { Err(vm.os_error(Errno::EINVAL.0)) }
}

/// The same of what an operation was given.
fn of(vm: &Vm, stream: &Stream) -> Outcome<Uart> {
    let line = fields::number(stream.state[1].get(), LINE) as u8;
    let uart = object(vm, line).filter(|uart| uart.number(BAUD) > 0);
    uart.ok_or_else(|| vm.os_error(Errno::EINVAL.0))
}

/// The line that an argument means: a number, or what the board calls it.
fn find(vm: &Vm, id: Word) -> Outcome<u8> {
    let number = match vm.as_text(id) {
        Some("XA") => Some(4),
        Some("XB") => Some(1),
        Some("YA") => Some(6),
        Some("YB") => Some(3),
        Some(_) => None,
        None => u8::try_from(vm.index(id)?).ok(),
    };
    let lines = lines(vm)?;
    number.filter(|line| lines.exists(*line)).ok_or_else(|| {
        let message = [Part::Text("UART("), Part::Str(id), Part::Text(") doesn't exist")];
        vm.raise(&interpreter::object::exception::VALUE_ERROR, &message)
    })
}

fn make(vm: &Vm, args: Args) -> Outcome {
    let Some(id) = args.either(0, name!(id)) else {
        return Err(vm.type_error("UART(id) takes at least one argument"));
    };
    let uart = of_line(vm, find(vm, id)?)?;
    let more = args.keyword_count() - usize::from(args.keyword(name!(id)).is_some());
    if args.len() > 1 || more > 0 {
        init(vm, uart, args.skip(1))?;
    }
    Ok(uart.0.word())
}

/// The object of a line, which is off if it is a new one.
fn of_line(vm: &Vm, line: u8) -> Outcome<Uart> {
    if let Some(uart) = object(vm, line) {
        return Ok(uart);
    }
    let mut fields = [Word::int(0); FIELDS];
    fields[LINE.0] = Word::int(line.into());
    // -1: what closes a stream leaves it as it is.
    let state = [Word::int(-1), vm.new_tuple(&fields)?, Word::NONE].map(Cell::new);
    let stream = vm.new_object(Stream { header: Header::of(&UART), operations: &OPERATIONS, state, text: false })?;
    event::set_handler(vm, Source::serial(line), Word::TRUE, stream.word(), false)?;
    Ok(Uart(stream))
}

/// How a line is to talk, in the words of its fields, and of its hardware.
fn settings(vm: &Vm, args: Args) -> Outcome<([isize; 7], SerialSettings)> {
    let option = |index: usize, name: Name, default: isize| {
        let word = args.either(index, name);
        vm.index_or(word, default)
    };
    let baud = option(0, name!(baudrate), 9600)?;
    let bits = option(1, name!(bits), 8)?;
    let parity = match args.either(2, name!(parity)) {
        None => -1,
        Some(word) if word == Word::NONE => -1,
        Some(word) => vm.index(word)? & 1,
    };
    let stop = if option(3, name!(stop), 1)? == 1 { 1 } else { 2 };
    let flow = option(usize::MAX, name!(flow), 0)?;
    let timeout = option(usize::MAX, name!(timeout), 0)?.max(0);
    let between = option(usize::MAX, name!(timeout_char), 0)?;
    // Characters of 8 or 9 bits, parity counted.
    if !matches!(bits + isize::from(parity >= 0), 8 | 9) {
        return Err(vm.value_error("there are 8 and 9 bits without parity, 7 and 8 with it"));
    }
    if flow & !FLOWS != 0 {
        return Err(vm.value_error("flow is 0, UART.RTS, UART.CTS or both"));
    }
    let Some(rate) = u32::try_from(baud).ok().filter(|rate| *rate > 0) else {
        return Err(vm.value_error("a baudrate is above 0"));
    };
    // As long as a whole character takes, with the clock's two milliseconds.
    let between = between.max(13_000 / baud + 2);
    let hardware = SerialSettings {
        baud: rate,
        bits: bits as u8,
        odd: (parity >= 0).then_some(parity == 1),
        two_stops: stop == 2,
        rts: flow & RTS != 0,
        cts: flow & CTS != 0,
    };
    Ok(([baud, bits, parity, stop, flow, timeout, between], hardware))
}

fn init(vm: &Vm, uart: Uart, args: Args) -> Outcome<()> {
    let positional = [name!(baudrate), name!(bits), name!(parity), name!(stop)];
    let others = [name!(id), name!(flow), name!(timeout), name!(timeout_char), name!(rxbuf), name!(read_buf_len)];
    let is_known = |name: Word| positional.iter().chain(&others).any(|known| name == Word::name(*known));
    if !args.keywords().all(|(name, _)| is_known(name)) {
        return Err(vm.type_error("extra keyword arguments given"));
    }
    let (fields, hardware) = settings(vm, args)?;
    let capacity = match args.keyword(name!(rxbuf)).or_else(|| args.keyword(name!(read_buf_len))) {
        None => 64,
        Some(word) => vm.index(word)?.clamp(0, 0x7FFF),
    };
    let width = if hardware.bits == 9 { 2 } else { 1 };
    let ring = match capacity {
        0 => Word::NONE,
        capacity => vm.new_raw_bytes((capacity as usize + 1) * width)?.word(),
    };
    let (lines, line) = (lines(vm)?, uart.line());
    // Nothing may come into the ring while it is replaced.
    lines.listen(line, false, 0);
    uart.set(BAUD, 0);
    let Some(true_baud) = lines.start(line, hardware) else {
        return Err(vm.value_error("the line cannot have that baudrate, or no such flow control"));
    };
    uart.0.state[2].set(ring);
    (0..fields.len()).for_each(|at| uart.set(Field(at), fields[at]));
    uart.set(BAUD, true_baud as isize);
    uart.set(CAPACITY, capacity);
    uart.set(GET, 0);
    uart.set(PUT, 0);
    listen(vm, uart)?;
    if 20 * u64::from(true_baud.abs_diff(hardware.baud)) > u64::from(true_baud) {
        return Err(vm.value_error("the true baudrate is more than 5% away from that"));
    }
    Ok(())
}

fn listen(vm: &Vm, uart: Uart) -> Outcome<()> {
    lines(vm)?.listen(uart.line(), uart.ring().is_some(), uart.number(TRIGGER) as u8);
    Ok(())
}

fn stop(vm: &Vm, uart: Uart) -> Outcome<()> {
    let lines = lines(vm)?;
    if uart.number(BAUD) > 0 {
        lines.listen(uart.line(), false, 0);
        lines.stop(uart.line());
    }
    uart.set(BAUD, 0);
    uart.set(TRIGGER, 0);
    uart.0.state[2].set(Word::NONE);
    event::set_handler(vm, Source::serial(uart.line()), Word::TRUE, uart.0.word(), false)
}

fn available(vm: &Vm, uart: Uart) -> Outcome<usize> {
    let ring = if uart.ring().is_some() { uart.filled() } else { 0 };
    Ok(ring + lines(vm)?.waiting(uart.line()))
}

/// The next character.
fn next(vm: &Vm, uart: Uart) -> Outcome<Option<u16>> {
    let lines = lines(vm)?;
    let Some(character) = uart.pop() else { return Ok(lines.receive(uart.line())) };
    lines.make_room(uart.line());
    Ok(Some(character))
}

/// Waits so many milliseconds for a character.
fn wait(vm: &Vm, uart: Uart, milliseconds: isize) -> Outcome<bool> {
    let deadline = vm.port.now() + milliseconds as u64 * 1000;
    loop {
        if available(vm, uart)? > 0 {
            return Ok(true);
        }
        if vm.port.now() >= deadline {
            return Ok(false);
        }
        vm.poll()?;
        // Without a ring nothing wakes a sleeper before the next character is lost.
        if uart.ring().is_some() {
            vm.idle(Some(deadline));
        }
    }
}

/// Waits so many milliseconds for what comes sooner than a sleeper wakes.
fn spin(vm: &Vm, milliseconds: isize, done: &dyn Fn() -> bool) -> Outcome<bool> {
    let deadline = vm.port.now() + milliseconds as u64 * 1000;
    while !done() {
        if vm.port.now() >= deadline {
            return Ok(done());
        }
        vm.poll()?;
    }
    Ok(true)
}

fn wait_for_room(vm: &Vm, uart: Uart, milliseconds: isize) -> Outcome<bool> {
    let lines = lines(vm)?;
    spin(vm, milliseconds, &|| lines.has_room(uart.line()))
}

/// Sends characters and waits until the last is out; how many the line took.
fn transmit(vm: &Vm, uart: Uart, characters: &mut dyn Iterator<Item = u16>) -> Outcome<usize> {
    let (lines, line) = (lines(vm)?, uart.line());
    // One character's time for the one before, one for its own.
    let patience = 2 * uart.number(TIMEOUT_CHAR);
    let mut count = 0;
    for character in characters {
        if !wait_for_room(vm, uart, patience)? {
            return Ok(count);
        }
        lines.send(line, character);
        count += 1;
    }
    spin(vm, patience, &|| lines.is_done(line))?;
    Ok(count)
}

fn write(vm: &Vm, stream: &Stream, bytes: &[u8]) -> Outcome<usize> {
    let uart = of(vm, stream)?;
    let width = uart.width();
    if !bytes.len().is_multiple_of(width) {
        return Err(vm.os_error(Errno::EIO.0));
    }
    if !wait_for_room(vm, uart, uart.number(TIMEOUT))? {
        return Err(vm.os_error(Errno::EAGAIN.0));
    }
    let mut characters = bytes.chunks_exact(width).map(|bytes| match bytes {
        [low, high] => u16::from_le_bytes([*low, *high]) & 0x1FF,
        _ => bytes[0].into(),
    });
    Ok(transmit(vm, uart, &mut characters)? * width)
}

/// Reads bytes: waits as long as the line's timeout for the first, `between` ms for each that follows, and goes no further than `limit`
/// bytes or the character `last`. Answers how many there were.
fn gather(
    vm: &Vm,
    uart: Uart,
    limit: usize,
    between: isize,
    last: Option<u8>,
    put: &mut dyn FnMut(&Vm, u8) -> Outcome<()>,
) -> Outcome<usize> {
    let width = uart.width();
    if !limit.is_multiple_of(width) && limit != usize::MAX {
        return Err(vm.os_error(Errno::EIO.0));
    }
    let (mut count, mut patience) = (0, uart.number(TIMEOUT));
    while limit - count >= width && wait(vm, uart, patience)? {
        let Some(character) = next(vm, uart)? else { break };
        for byte in &character.to_le_bytes()[..width] {
            put(vm.here(), *byte)?;
            count += 1;
        }
        if last.is_some_and(|last| character == last.into()) {
            break;
        }
        patience = between;
    }
    Ok(count)
}

/// `None` or -1 for all there is.
fn limit(vm: &Vm, word: Option<Word>) -> Outcome<usize> {
    match word.filter(|word| *word != Word::NONE) {
        None => Ok(usize::MAX),
        Some(word) => Ok(usize::try_from(vm.index(word)?).unwrap_or(usize::MAX)),
    }
}

fn read_bytes(vm: &Vm, uart: Uart, limit: usize, between: isize, last: Option<u8>) -> Outcome {
    let mut builder = Builder::new();
    let count = gather(vm, uart, limit, between, last, &mut |vm, byte| builder.push(vm, &[byte]))?;
    if count == 0 && limit > 0 { Ok(Word::NONE) } else { builder.finish_bytes(vm) }
}

fn read(vm: &Vm, args: Args) -> Outcome {
    let (uart, limit) = (running(vm, args.at(0))?, limit(vm, args.get(1))?);
    let between = uart.number(TIMEOUT_CHAR);
    // All there is ends where nothing comes for as long as for the first.
    let between = if limit == usize::MAX { between.max(uart.number(TIMEOUT)) } else { between };
    read_bytes(vm, uart, limit, between, None)
}

fn read_line(vm: &Vm, args: Args) -> Outcome {
    let (uart, limit) = (running(vm, args.at(0))?, limit(vm, args.get(1))?);
    read_bytes(vm, uart, limit, uart.number(TIMEOUT), Some(b'\n'))
}

fn read_into(vm: &Vm, args: Args) -> Outcome {
    let uart = running(vm, args.at(0))?;
    let limit = limit(vm, args.get(2))?.min(vm.buffer(args.at(1), true)?.bytes.len());
    let mut at = 0;
    let count = gather(vm, uart, limit, uart.number(TIMEOUT_CHAR), None, &mut |vm, byte| {
        // Waiting may have run Python: the buffer is looked up again.
        if let Some(cell) = vm.buffer(args.at(1), true)?.bytes.get(at) {
            cell.set(byte);
        }
        at += 1;
        Ok(())
    })?;
    Ok(if count == 0 && limit > 0 { Word::NONE } else { Word::int(count as isize) })
}

fn irq(vm: &Vm, args: Args) -> Outcome {
    let uart = receiver(vm, args.at(0))?;
    let asked = uart.field(ASKED);
    if asked.get() == Word::int(0) {
        asked.set(irq::new(vm, uart.0.word())?);
    }
    if let Some((handler, trigger, hard)) = irq::arguments(vm, args, 0, TRIGGERS)? {
        let (source, nobody) = (Source::serial(uart.line()), handler == Word::NONE);
        uart.set(TRIGGER, 0);
        listen(vm, uart)?;
        event::set_handler(vm, source, if nobody { Word::TRUE } else { handler }, uart.0.word(), hard && !nobody)?;
        uart.set(TRIGGER, if nobody { 0 } else { trigger });
        listen(vm, uart)?;
    }
    Ok(asked.get())
}

fn retrigger(vm: &Vm, word: Word, bits: Option<Word>) -> Outcome {
    let uart = receiver(vm, word)?;
    let before = uart.number(TRIGGER);
    if let Some(bits) = bits {
        uart.set(TRIGGER, irq::bits(vm, bits, TRIGGERS)?);
        listen(vm, uart)?;
    }
    Ok(Word::int(before))
}

fn call_handler(vm: &Vm, word: Word) -> Outcome {
    match event::handler(vm, Source::serial(receiver(vm, word)?.line())) {
        Some((handler, argument)) if handler != Word::TRUE => vm.call(handler, &[argument]),
        _ => Ok(Word::NONE),
    }
}

/// `pyb.repl_uart([uart])`: the line that the prompt is on.
///
/// # Errors
/// `OSError(ENODEV)` where there are no lines, `EINVAL` for one that is off.
pub fn repl_uart(vm: &Vm, args: Args) -> Outcome {
    let lines = lines(vm)?;
    match args.get(0) {
        None => lines.prompt().map_or(Ok(Word::NONE), |line| Ok(of_line(vm, line)?.0.word())),
        Some(word) if word == Word::NONE => {
            lines.set_prompt(None);
            Ok(Word::NONE)
        }
        Some(word) => {
            lines.set_prompt(Some(running(vm, word)?.line()));
            Ok(Word::NONE)
        }
    }
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let uart = receiver(vm, word)?;
    out.counted(vm, "UART(", uart.line().into())?;
    if uart.number(BAUD) > 0 {
        let number = |out: &mut Printer, name: &str, field: Field| {
            out.text(vm, name)?;
            out.int(vm, uart.number(field))
        };
        number(out, ", baudrate=", BAUD)?;
        number(out, ", bits=", BITS)?;
        match uart.number(PARITY) {
            -1 => out.text(vm, ", parity=None")?,
            _ => number(out, ", parity=", PARITY)?,
        }
        number(out, ", stop=", STOP)?;
        out.text(vm, ", flow=")?;
        out.text(vm, ["0", "RTS", "CTS", "RTS|CTS"][(uart.number(FLOW) / RTS) as usize & 3])?;
        number(out, ", timeout=", TIMEOUT)?;
        number(out, ", timeout_char=", TIMEOUT_CHAR)?;
        number(out, ", rxbuf=", CAPACITY)?;
    }
    out.text(vm, ")")
}
