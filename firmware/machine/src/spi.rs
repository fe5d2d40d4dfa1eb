//! `machine.SPI`, `machine.SoftSPI` and `pyb.SPI`.
//!
//! All three talk to a `Wire`: a bus of the board's, or three pins that are moved by hand. Only `pyb.SPI` may be the one that somebody
//! else gives the clock to, and only it has words of 16 bits.

use crate::hardware::{Hardware, Mode, Pull, SpiBuses, SpiSettings, absent, hardware};
use crate::i2c::{bus_argument, is_soft};
use crate::pin;
use core::cell::Cell;
use interpreter::object::bytearray::BYTEARRAY;
use interpreter::object::handle::{Args, Handle, type_word};
use interpreter::object::kind::{Slots, Type};
use interpreter::object::name::Name;
use interpreter::object::print::{Printer, Style};
use interpreter::object::resource::{Resource, resource_type};
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vfs::Errno;
use interpreter::vm::{Outcome, Vm};

static SLOTS: Slots = Slots { make: Some(|vm, _, args| make(vm, args)), print: Some(print), ..Slots::NONE };
/// `SPI`. State: [0] the bus's number, [1] its frequency, 0 while it is off, [2] flags.
pub static SPI: Type = resource_type(name!(SPI), &SLOTS, ROWS);

static SOFT_SLOTS: Slots = Slots { make: Some(|vm, _, args| make_soft(vm, args)), print: Some(print), ..Slots::NONE };
/// `SoftSPI`. State: [0] the pins of clock, data out and data in, eight bits each, [1] its frequency, [2] flags.
pub static SOFT_SPI: Type = Type { base: Some(&SPI), ..resource_type(name!(SoftSPI), &SOFT_SLOTS, soft_rows::ROWS) };

static PYB_SLOTS: Slots = Slots { make: Some(|vm, _, args| make_pyb(vm, args)), print: Some(print), ..Slots::NONE };
/// `pyb.SPI`. State: as `SPI`, and [3] the polynomial of its checksums, 0 for none.
pub static PYB_SPI: Type = Type { base: Some(&SPI), ..resource_type(name!(SPI), &PYB_SLOTS, pyb_rows::ROWS) };

/// Names of keyword arguments.
pub const MORE: &[&str] = &[
    "id",
    "baudrate",
    "polarity",
    "phase",
    "bits",
    "firstbit",
    "sck",
    "mosi",
    "miso",
    "mode",
    "prescaler",
    "ti",
    "crc",
    "timeout",
    "send",
    "recv",
];

table! { pub ROWS, NAMES, DOCS:
    /// init(baudrate=1000000, *, polarity=0, phase=0, bits=8, firstbit=SPI.MSB): sets the bus up anew.
    def init(1..=2, keywords) = |vm, args| { init(vm, args.at(0), args.skip(1))?; Ok(Word::NONE) };
    /// deinit(): switches it off.
    def deinit(1) = stop;
    /// read(count, write=0): receives bytes while sending that byte.
    def read(2..=3) = read;
    /// readinto(buffer, write=0): the same into a buffer.
    def readinto(2..=3) = |vm, args| {
        let filler = filler(vm, args)?;
        exchange(vm, args.at(0), None, filler.into(), Some(vm.buffer(args.at(1), true)?.bytes), PATIENCE)
    };
    /// write(buffer): sends.
    def write(2) = |vm, args| exchange(vm, args.at(0), Some(vm.buffer(args.at(1), false)?.bytes), 0, None, PATIENCE);
    /// write_readinto(write, read): sends one buffer while the other, of the same length, is filled.
    def write_readinto(3) = |vm, args| {
        let (from, to) = (vm.buffer(args.at(1), false)?.bytes, vm.buffer(args.at(2), true)?.bytes);
        if from.len() != to.len() {
            return Err(vm.value_error("buffers must be the same length"));
        }
        exchange(vm, args.at(0), Some(from), 0, Some(to), PATIENCE)
    };
    /// The highest bit goes first.
    const MSB = Word::int(0);
    /// The lowest bit goes first.
    const LSB = Word::int(1);
}

/// What `SoftSPI` has besides.
pub mod soft_rows {
    use interpreter::object::word::Word;
    use interpreter::table;
    table! { pub ROWS, NAMES, DOCS:
        /// init(baudrate=500000, *, polarity=0, phase=0, bits=8, firstbit=SPI.MSB, sck, mosi, miso): sets the pins up anew.
        def init(1..=2, keywords) = |vm, args| { super::init_soft(vm, args.at(0), args.skip(1))?; Ok(Word::NONE) };
        /// deinit(): leaves the pins as they are.
        def deinit(1) = |_, _| Ok(Word::NONE);
    }
}

/// What `pyb.SPI` has besides.
pub mod pyb_rows {
    use crate::placed::placed;
    use interpreter::object::word::Word;
    use interpreter::table;
    table! { pub ROWS, NAMES, DOCS:
        /// init(mode=SPI.CONTROLLER, baudrate=328125, *, prescaler, polarity=1, phase=0, bits=8, firstbit=SPI.MSB, ti=False, crc=None): starts the bus.
        def init(1..=3, keywords) = |vm, args| { super::init_pyb(vm, args.at(0), args.skip(1))?; Ok(Word::NONE) };
        /// send(bytes or a number, *, timeout=5000): sends.
        def send(1..=2, keywords) = |vm, args| placed(vm, args, &[name!(send)], 1, super::send);
        /// recv(buffer or count, *, timeout=5000): receives into a buffer, or so many bytes.
        def recv(1..=2, keywords) = |vm, args| placed(vm, args, &[name!(recv)], 1, super::receive);
        /// send_recv(bytes or a number, recv=None, *, timeout=5000): sends, and receives as much into a buffer, or into new bytes.
        def send_recv(1..=3, keywords) = |vm, args| placed(vm, args, &[name!(send), name!(recv)], 1, super::send_receive);
        /// Gives the clock.
        const CONTROLLER = Word::int(super::CONTROLLER);
        /// Is given the clock.
        const PERIPHERAL = Word::int(super::PERIPHERAL);
        /// `CONTROLLER`, by its old name.
        const MASTER = Word::int(super::CONTROLLER);
        /// `PERIPHERAL`, by its old name.
        const SLAVE = Word::int(super::PERIPHERAL);
    }
}

/// Milliseconds that who is given the clock waits for it, if nobody says.
const PATIENCE: isize = 5000;
const PERIPHERAL: isize = 0;
const CONTROLLER: isize = 1;

// Flags of a bus.
const POLARITY: isize = 1;
const PHASE: isize = 1 << 1;
const LOW_FIRST: isize = 1 << 2;
const WIDE: isize = 1 << 3;
const ANSWERS: isize = 1 << 4;

/// What a bus is made of.
enum Wire<'v> {
    /// A bus of the board's.
    Hard(&'static dyn SpiBuses, u8),
    /// The same, to which somebody else gives the clock.
    Answering(&'static dyn SpiBuses, u8),
    /// Three pins.
    Soft(Soft<'v>),
}

/// A bus of three pins that are moved by hand.
struct Soft<'v> {
    vm: &'v Vm,
    hardware: &'static dyn Hardware,
    clock: usize,
    out: usize,
    back: usize,
    flags: isize,
    /// Half a clock's period in µs; 0 is as fast as it goes.
    half: u64,
}

impl Soft<'_> {
    fn pause(&self) {
        if self.half > 0 {
            let end = self.vm.port.now() + self.half;
            while self.vm.port.now() < end {}
        }
    }

    fn exchange(&self, byte: u8) -> u8 {
        let idle = self.flags & POLARITY != 0;
        let mut came = 0;
        for at in 0..8 {
            let at = if self.flags & LOW_FIRST != 0 { at } else { 7 - at };
            // Data changes with the clock's edge that nobody looks at: before the first, or with it.
            if self.flags & PHASE != 0 {
                self.hardware.write(self.clock, !idle);
            }
            self.hardware.write(self.out, byte >> at & 1 != 0);
            self.pause();
            self.hardware.write(self.clock, if self.flags & PHASE != 0 { idle } else { !idle });
            came |= u8::from(self.hardware.read(self.back)) << at;
            self.pause();
            if self.flags & PHASE == 0 {
                self.hardware.write(self.clock, idle);
            }
        }
        came
    }
}

fn buses(vm: &Vm) -> Outcome<&'static dyn SpiBuses> {
    hardware(vm)?.spi().ok_or_else(|| absent(vm))
}

fn resource(vm: &Vm, word: Word) -> Outcome<Handle<Resource>> {
    let found = [&SPI, &SOFT_SPI, &PYB_SPI].into_iter().find_map(|ty| vm.resource(word, ty));
    found.ok_or_else(|| vm.type_error("an SPI bus is needed"))
}

fn number(bus: Handle<Resource>, at: usize) -> isize {
    bus.state[at].get().int_value()
}

fn wire(vm: &Vm, word: Word) -> Outcome<Wire<'_>> {
    let bus = resource(vm, word)?;
    let flags = number(bus, 2);
    if vm.resource(word, &SOFT_SPI).is_some() {
        let pin = |shift: u32| (number(bus, 0) >> shift & 0xFF) as usize;
        let half = (500_000 / number(bus, 1)) as u64;
        return Ok(Wire::Soft(Soft { vm, hardware: hardware(vm)?, clock: pin(0), out: pin(8), back: pin(16), flags, half }));
    }
    if number(bus, 1) == 0 && flags & ANSWERS == 0 {
        return Err(vm.os_error(Errno::EINVAL.0));
    }
    let (buses, bus) = (buses(vm)?, number(bus, 0) as u8);
    Ok(if flags & ANSWERS != 0 { Wire::Answering(buses, bus) } else { Wire::Hard(buses, bus) })
}

fn option(vm: &Vm, args: Args, index: usize, name: Name, default: isize) -> Outcome<isize> {
    vm.index_or(args.either(index, name).filter(|word| *word != Word::NONE), default)
}

fn make(vm: &Vm, args: Args) -> Outcome {
    let warning = b"Warning: SPI(-1, ...) is deprecated, use SoftSPI(...) instead\n";
    if is_soft(vm, args, &[name!(sck), name!(mosi), name!(miso)], warning) {
        return make_soft(vm, args.skip(1));
    }
    let bus = vm.new_resource(&SPI, &[bus_argument(vm, args)?, Word::int(0), Word::int(0)])?;
    init(vm, bus, args.skip(1))?;
    Ok(bus)
}

/// The flags that arguments say.
fn flags(vm: &Vm, args: Args, polarity: isize) -> Outcome<isize> {
    let vm = vm.here();
    let flag = |name, default, bit| Ok(if option(vm, args, usize::MAX, name, default)? != 0 { bit } else { 0 });
    Ok(flag(name!(polarity), polarity, POLARITY)? | flag(name!(phase), 0, PHASE)? | flag(name!(firstbit), 0, LOW_FIRST)?)
}

fn rate(vm: &Vm, args: Args, index: usize, default: isize) -> Outcome<u32> {
    let rate = u32::try_from(option(vm, args, index, name!(baudrate), default)?).ok().filter(|rate| *rate > 0);
    rate.ok_or_else(|| vm.value_error("a baudrate is above 0"))
}

fn eight_bits(vm: &Vm, args: Args) -> Outcome<()> {
    if option(vm, args, usize::MAX, name!(bits), 8)? == 8 { Ok(()) } else { Err(vm.value_error("a transfer has 8 bits")) }
}

fn init(vm: &Vm, bus: Word, args: Args) -> Outcome<()> {
    vm.only_keywords(args, &[name!(id), name!(baudrate), name!(polarity), name!(phase), name!(bits), name!(firstbit)])?;
    eight_bits(vm, args)?;
    start(vm, bus, rate(vm, args, 0, 1_000_000)?, flags(vm, args, 0)?, false, 0)
}

fn start(vm: &Vm, bus: Word, hertz: u32, flags: isize, ti: bool, polynomial: u16) -> Outcome<()> {
    let bus = resource(vm, bus)?;
    let has = |bit| flags & bit != 0;
    let settings = SpiSettings {
        hertz,
        polarity: has(POLARITY),
        phase: has(PHASE),
        low_first: has(LOW_FIRST),
        wide: has(WIDE),
        answers: has(ANSWERS),
        ti,
        polynomial,
    };
    let started = buses(vm)?.start(number(bus, 0) as u8, settings);
    let Some(hertz) = started else { return Err(vm.value_error("there is no such bus")) };
    bus.state[1].set(Word::int(hertz as isize));
    bus.state[2].set(Word::int(flags));
    bus.state[3].set(Word::int(polynomial as isize));
    Ok(())
}

fn make_soft(vm: &Vm, args: Args) -> Outcome {
    let bus = vm.new_resource(&SOFT_SPI, &[Word::int(-1), Word::int(500_000), Word::int(0)])?;
    init_soft(vm, bus, args)?;
    Ok(bus)
}

fn init_soft(vm: &Vm, bus: Word, args: Args) -> Outcome<()> {
    let pins = [name!(sck), name!(mosi), name!(miso)];
    let others = [name!(baudrate), name!(polarity), name!(phase), name!(bits), name!(firstbit)];
    if !args.keywords().all(|(name, _)| pins.iter().chain(&others).any(|known| name == Word::name(*known))) {
        return Err(vm.type_error("extra keyword arguments given"));
    }
    eight_bits(vm, args)?;
    let bus = resource(vm, bus)?;
    let mut numbers = number(bus, 0);
    for (at, name) in pins.into_iter().enumerate() {
        match args.given(name) {
            Some(word) => numbers = numbers & !(0xFF << (8 * at)) | (pin::find(vm, word)? as isize) << (8 * at),
            None if numbers >> (8 * at) & 0xFF == 0xFF => return Err(vm.value_error("a SoftSPI needs sck=, mosi= and miso=")),
            None => {}
        }
    }
    let (rate, flags, hardware) = (rate(vm, args, 0, 500_000)?, flags(vm, args, 0)?, hardware(vm)?);
    let pin = |at: usize| (numbers >> (8 * at) & 0xFF) as usize;
    bus.state[0].set(Word::int(numbers & 0xFF_FFFF));
    bus.state[1].set(Word::int(rate as isize));
    bus.state[2].set(Word::int(flags));
    hardware.write(pin(0), flags & POLARITY != 0);
    hardware.configure(pin(0), Mode::Output, Pull::None);
    hardware.configure(pin(1), Mode::Output, Pull::None);
    hardware.configure(pin(2), Mode::Input, Pull::None);
    Ok(())
}

fn stop(vm: &Vm, args: Args) -> Outcome {
    let bus = resource(vm, args.at(0))?;
    if number(bus, 1) != 0 || number(bus, 2) & ANSWERS != 0 {
        buses(vm)?.stop(number(bus, 0) as u8);
    }
    bus.state[1].set(Word::int(0));
    bus.state[2].set(Word::int(0));
    Ok(Word::NONE)
}

fn filler(vm: &Vm, args: Args) -> Outcome<u8> {
    args.get(2).map_or(Ok(0), |word| vm.byte(word))
}

fn read(vm: &Vm, args: Args) -> Outcome {
    let filler = filler(vm, args)?;
    let buffer = vm.call(type_word(&BYTEARRAY), &[Word::int(vm.index(args.at(1))?)])?;
    exchange(vm, args.at(0), None, filler.into(), Some(vm.buffer(buffer, true)?.bytes), PATIENCE)?;
    vm.new_bytes_from_cells(vm.buffer(buffer, false)?.bytes)
}

/// Sends `out`, or `filler` again and again, while `into`, of the same length, is filled. Who is given the clock waits for it so many ms.
fn exchange(
    vm: &Vm,
    bus: Word,
    out: Option<&[Cell<u8>]>,
    filler: u16,
    into: Option<&[Cell<u8>]>,
    milliseconds: isize,
) -> Outcome {
    let wire = wire(vm, bus)?;
    let bus = resource(vm, bus)?;
    let width = if number(bus, 2) & WIDE != 0 { 2 } else { 1 };
    let is_checked = bus.state[3].get().as_int().is_some_and(|polynomial| polynomial != 0);
    let length = out.or(into).map_or(0, <[_]>::len);
    if !length.is_multiple_of(width) {
        return Err(vm.value_error("words of 16 bits are two bytes each"));
    }
    let checked = match &wire {
        Wire::Hard(buses, bus) | Wire::Answering(buses, bus) if is_checked => Some((*buses, *bus)),
        _ => None,
    };
    if let Some((buses, bus)) = checked {
        buses.begin_checked(bus);
    }
    for at in (0..length).step_by(width) {
        let cells = out.map(|out| &out[at..at + width]);
        let word = cells.map_or(filler, |cells| u16::from_le_bytes([cells[0].get(), cells.get(1).map_or(0, Cell::get)]));
        let last = is_checked && at + width == length;
        let came = match &wire {
            Wire::Answering(buses, bus) => answer(vm, *buses, *bus, word, last, milliseconds)?,
            Wire::Hard(buses, bus) if is_checked => answer(vm, *buses, *bus, word, last, milliseconds)?,
            Wire::Hard(buses, bus) => buses.exchange(*bus, word).map_err(|errno| vm.os_error(errno.0))?,
            Wire::Soft(soft) => soft.exchange(word as u8).into(),
        };
        if let Some(into) = into {
            into[at..at + width].iter().zip(came.to_le_bytes()).for_each(|(cell, byte)| cell.set(byte));
        }
    }
    match checked {
        Some((buses, bus)) if length > 0 && !buses.take_sound(bus) => Err(vm.os_error(Errno::EIO.0)),
        _ => Ok(Word::NONE),
    }
}

/// Puts a word where the clock fetches it, and waits for the word that comes then; where it is the `last`, for the checksum behind that, too.
fn answer(vm: &Vm, buses: &dyn SpiBuses, bus: u8, word: u16, last: bool, milliseconds: isize) -> Outcome<u16> {
    let deadline = vm.port.now() + milliseconds.max(0) as u64 * 1000;
    let (mut offered, mut received) = (false, None);
    loop {
        offered = offered || buses.offer(bus, word, last);
        match (buses.came(bus), received) {
            (Some(came), None) if last => received = Some(came),
            (Some(_), Some(came)) | (Some(came), None) => return Ok(came),
            (None, _) => {}
        }
        if vm.port.now() >= deadline {
            return Err(vm.os_error(Errno::ETIMEDOUT.0));
        }
        vm.poll()?;
    }
}

fn make_pyb(vm: &Vm, args: Args) -> Outcome {
    let number = bus_argument(vm, args)?;
    if buses(vm)?.frequency(number.int_value() as u8).is_none() {
        return Err(vm.value_error("there is no such bus"));
    }
    let bus = vm.new_resource(&PYB_SPI, &[number, Word::int(0), Word::int(0)])?;
    if args.len() > 1 || args.keyword_count() > 0 {
        init_pyb(vm, bus, args.skip(1))?;
    }
    Ok(bus)
}

fn init_pyb(vm: &Vm, bus: Word, args: Args) -> Outcome<()> {
    let names = [
        name!(mode),
        name!(baudrate),
        name!(prescaler),
        name!(polarity),
        name!(phase),
        name!(bits),
        name!(firstbit),
        name!(ti),
        name!(crc),
    ];
    vm.only_keywords(args, &names)?;
    let mut flags = flags(vm, args, 1)?;
    match option(vm, args, 0, name!(mode), CONTROLLER)? {
        CONTROLLER => {}
        PERIPHERAL => flags |= ANSWERS,
        _ => return Err(vm.value_error("a mode is SPI.CONTROLLER or SPI.PERIPHERAL")),
    }
    match option(vm, args, usize::MAX, name!(bits), 8)? {
        8 => {}
        16 => flags |= WIDE,
        _ => return Err(vm.value_error("a transfer has 8 or 16 bits")),
    }
    // A checksum is made by an odd one (RM0090 §28.5.5); None is none.
    let polynomial = match args.keyword(name!(crc)).filter(|word| *word != Word::NONE) {
        None => 0,
        Some(word) => match u16::try_from(vm.index(word)?) {
            Ok(polynomial) if polynomial % 2 == 1 => polynomial,
            _ => return Err(vm.value_error("a crc is an odd number of 16 bits")),
        },
    };
    let number = number(resource(vm, bus)?, 0) as u8;
    let rate = match option(vm, args, usize::MAX, name!(prescaler), -1)? {
        divider @ 1.. => buses(vm)?.frequency(number).unwrap_or(0) / divider as u32,
        _ => rate(vm, args, 1, 328_125)?,
    };
    let ti = args.keyword(name!(ti)).map_or(Ok(false), |word| vm.truth(word))?;
    start(vm, bus, rate.max(1), flags, ti, polynomial)
}

fn timeout(vm: &Vm, args: Args) -> Outcome<isize> {
    vm.only_keywords(args, &[name!(timeout), name!(recv)])?;
    option(vm, args, usize::MAX, name!(timeout), PATIENCE)
}

/// What is to be sent: a buffer as it is, a number as one word.
fn with_bytes<'v>(vm: &'v Vm, args: Args, one: &'v [Cell<u8>; 2]) -> Outcome<&'v [Cell<u8>]> {
    let Some(word) = args.at(1).as_int() else { return Ok(vm.buffer(args.at(1), false)?.bytes) };
    one.iter().zip((word as u16).to_le_bytes()).for_each(|(cell, byte)| cell.set(byte));
    let wide = number(resource(vm, args.at(0))?, 2) & WIDE != 0;
    Ok(if wide { one } else { &one[..1] })
}

fn send(vm: &Vm, args: Args) -> Outcome {
    let (timeout, one) = (timeout(vm, args)?, Default::default());
    exchange(vm, args.at(0), Some(with_bytes(vm, args, &one)?), 0, None, timeout)
}

fn receive(vm: &Vm, args: Args) -> Outcome {
    let timeout = timeout(vm, args)?;
    let into = match args.at(1).as_int() {
        Some(_) => vm.call(type_word(&BYTEARRAY), &[args.at(1)])?,
        None => args.at(1),
    };
    exchange(vm, args.at(0), None, 0xFFFF, Some(vm.buffer(into, true)?.bytes), timeout)?;
    if into == args.at(1) { Ok(into) } else { vm.new_bytes_from_cells(vm.buffer(into, false)?.bytes) }
}

fn send_receive(vm: &Vm, args: Args) -> Outcome {
    let (timeout, one) = (timeout(vm, args)?, Default::default());
    let given = args.either(2, name!(recv)).filter(|word| *word != Word::NONE);
    let length = with_bytes(vm, args, &one)?.len();
    let into = match given {
        Some(into) => into,
        None => vm.call(type_word(&BYTEARRAY), &[Word::int(length as isize)])?,
    };
    let (out, buffer) = (with_bytes(vm, args, &one)?, vm.buffer(into, true)?.bytes);
    if buffer.len() != length {
        return Err(vm.value_error("buffers must be the same length"));
    }
    exchange(vm, args.at(0), Some(out), 0, Some(buffer), timeout)?;
    if given.is_some() { Ok(into) } else { vm.new_bytes_from_cells(vm.buffer(into, false)?.bytes) }
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let bus = resource(vm, word)?;
    let (rate, flags) = (number(bus, 1), number(bus, 2));
    let part = |out: &mut Printer, name: &str, value: isize| {
        out.text(vm, name)?;
        out.int(vm, value)
    };
    let (is_soft, is_pyb) = (vm.resource(word, &SOFT_SPI).is_some(), vm.resource(word, &PYB_SPI).is_some());
    if is_soft {
        part(out, "SoftSPI(baudrate=", rate)?;
    } else {
        part(out, "SPI(", number(bus, 0))?;
        if rate == 0 && flags & ANSWERS == 0 {
            return out.text(vm, ")");
        }
        if is_pyb {
            out.text(vm, if flags & ANSWERS != 0 { ", SPI.PERIPHERAL" } else { ", SPI.CONTROLLER" })?;
        }
        if flags & ANSWERS == 0 {
            part(out, ", baudrate=", rate)?;
        }
        if is_pyb && flags & ANSWERS == 0 {
            let source = buses(vm)?.frequency(number(bus, 0) as u8).unwrap_or(0);
            part(out, ", prescaler=", source as isize / rate)?;
        }
    }
    part(out, ", polarity=", isize::from(flags & POLARITY != 0))?;
    part(out, ", phase=", isize::from(flags & PHASE != 0))?;
    part(out, ", bits=", if flags & WIDE != 0 { 16 } else { 8 })?;
    if let Some(polynomial @ 1..) = bus.state[3].get().as_int() {
        out.text(vm, ", crc=0x")?;
        out.hex(vm, polynomial as usize)?;
    }
    if is_soft {
        let pins = hardware(vm)?.pins();
        for (at, name) in [", sck=", ", mosi=", ", miso="].into_iter().enumerate() {
            out.text(vm, name)?;
            out.text(vm, pins[(number(bus, 0) >> (8 * at) & 0xFF) as usize].chip)?;
        }
    }
    out.text(vm, ")")
}
