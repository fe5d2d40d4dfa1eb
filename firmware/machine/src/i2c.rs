//! `machine.I2C`, `machine.SoftI2C` and `pyb.I2C`.
//!
//! All three talk to a `Wire`: a bus of the board's, or two pins that are moved by hand. Methods are written once over that. `pyb.I2C` may
//! also be the one that somebody else addresses: `answer`.

use crate::hardware::{Hardware, I2cBuses, I2cEvent, Mode, Pull, absent, hardware};
use crate::pin;
use core::cell::Cell;
use interpreter::object::bytearray::BYTEARRAY;
use interpreter::object::handle::{Args, Handle, type_word};
use interpreter::object::kind::{Slots, Type};
use interpreter::object::list::List;
use interpreter::object::name::Name;
use interpreter::object::print::{Printer, Style};
use interpreter::object::resource::{Resource, resource_type};
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vfs::Errno;
use interpreter::vm::{Outcome, Raised, Vm};

static SLOTS: Slots = Slots { make: Some(|vm, _, args| make(vm, args)), print: Some(print), ..Slots::NONE };
/// `I2C`. State: [0] the bus's number, [1] its frequency.
pub static I2C: Type = resource_type(name!(I2C), &SLOTS, ROWS);

static SOFT_SLOTS: Slots = Slots { make: Some(|vm, _, args| make_soft(vm, args)), print: Some(print), ..Slots::NONE };
/// `SoftI2C`. State: [0] the clock's pin, [1] its frequency, [2] the data's pin, [3] the timeout in µs.
pub static SOFT_I2C: Type = Type { base: Some(&I2C), ..resource_type(name!(SoftI2C), &SOFT_SLOTS, soft_rows::ROWS) };

static PYB_SLOTS: Slots = Slots { make: Some(|vm, _, args| make_pyb(vm, args)), print: Some(print), ..Slots::NONE };
/// `pyb.I2C`. State: [0] the bus's number, [1] its frequency, 0 while it is off, [2] the address that it answers at, and above that bit 7
/// where it answers at 0, too; 0 where it gives the clock.
pub static PYB_I2C: Type = resource_type(name!(I2C), &PYB_SLOTS, pyb_rows::ROWS);

/// Names of keyword arguments.
pub const MORE: &[&str] = &[
    "id",
    "freq",
    "addrsize",
    "addr_size",
    "memaddr",
    "stop",
    "timeout",
    "scl",
    "sda",
    "addr",
    "baudrate",
    "gencall",
    "dma",
    "mode",
];

table! { pub ROWS, NAMES, DOCS:
    /// init(*, freq=400000): sets the bus up anew.
    def init(1, keywords) = |vm, args| { init(vm, args.at(0), args.skip(1))?; Ok(Word::NONE) };
    /// scan(): the addresses at which somebody answers.
    def scan(1) = |vm, args| scan(vm, args, 0x08..0x78);
    /// readfrom(address, count, stop=True): receives bytes.
    def readfrom(3..=4, keywords) = |vm, args| read(vm, args, true);
    /// readfrom_into(address, buffer, stop=True): receives into a buffer.
    def readfrom_into(3..=4, keywords) = |vm, args| read(vm, args, false);
    /// writeto(address, buffer, stop=True): sends; answers how many bytes were acknowledged.
    def writeto(3..=4, keywords) = send;
    /// writevto(address, buffers, stop=True): sends several, one behind the other.
    def writevto(3..=4, keywords) = send_several;
    /// readfrom_mem(address, memory, count, *, addrsize=8): receives from a place in a device's memory.
    def readfrom_mem(4, keywords) = |vm, args| read_memory(vm, args, true);
    /// readfrom_mem_into(address, memory, buffer, *, addrsize=8): the same into a buffer.
    def readfrom_mem_into(4, keywords) = |vm, args| read_memory(vm, args, false);
    /// writeto_mem(address, memory, buffer, *, addrsize=8): sends to a place in a device's memory.
    def writeto_mem(4, keywords) = write_memory;
}

/// What `SoftI2C` has besides.
pub mod soft_rows {
    use super::Soft;
    use interpreter::object::word::Word;
    use interpreter::table;
    table! { pub ROWS, NAMES, DOCS:
        /// init(scl, sda, *, freq=400000, timeout=50000): sets the pins up anew.
        def init(1..=3, keywords) = |vm, args| { super::init_soft(vm, args.at(0), args.skip(1))?; Ok(Word::NONE) };
        /// start(): begins a transfer.
        def start(1) = |vm, args| super::by_hand(vm, args, Soft::start);
        /// stop(): ends it.
        def stop(1) = |vm, args| super::by_hand(vm, args, Soft::stop);
        /// readinto(buffer, nack=True): receives into a buffer; the last byte is refused.
        def readinto(2..=3) = super::read_raw;
        /// write(buffer): sends; answers how many bytes were acknowledged.
        def write(2) = super::write_raw;
    }
}

/// Methods of `pyb.I2C`.
pub mod pyb_rows {
    use super::{CONTROLLER, place, pyb_receive, pyb_send};
    use crate::placed::placed;
    use interpreter::object::name::Name;
    use interpreter::object::word::Word;
    use interpreter::table;
    const MEMORY: [Name; 3] = [name!(data), name!(addr), name!(memaddr)];
    table! { pub ROWS, NAMES, DOCS:
        /// init(mode=I2C.CONTROLLER, *, addr=18, baudrate=400000, gencall=False): starts the bus.
        def init(1..=2, keywords) = |vm, args| { super::init_pyb(vm, args.at(0), args.skip(1))?; Ok(Word::NONE) };
        /// deinit(): switches it off.
        def deinit(1) = super::stop_pyb;
        /// is_ready(address): whether somebody answers there.
        def is_ready(2) = super::is_ready;
        /// scan(): the addresses at which somebody answers.
        def scan(1) = |vm, args| super::scan(vm, args, 1..0x80);
        /// send(bytes or a byte, addr, *, timeout=5000): sends; a peripheral has no addr, and waits until it is read.
        def send(1..=3, keywords) = |vm, args| placed(vm, args, &[name!(send), name!(addr)], 1, |vm, args| pyb_send(vm, args, None));
        /// recv(buffer or count, addr, *, timeout=5000): receives into a buffer, or so many bytes; a peripheral waits until it is written to.
        def recv(1..=3, keywords) = |vm, args| placed(vm, args, &[name!(recv), name!(addr)], 1, |vm, args| pyb_receive(vm, args, None));
        /// mem_read(buffer or count, addr, memaddr, *, timeout=5000, addr_size=8): receives from a place in a device's memory.
        def mem_read(1..=4, keywords) =
            |vm, args| placed(vm, args, &MEMORY, 3, |vm, args| pyb_receive(vm, args, Some(&place(vm, args)?)));
        /// mem_write(bytes or a byte, addr, memaddr, *, timeout=5000, addr_size=8): sends to a place in a device's memory.
        def mem_write(1..=4, keywords) =
            |vm, args| placed(vm, args, &MEMORY, 3, |vm, args| pyb_send(vm, args, Some(&place(vm, args)?)));
        /// Gives the clock.
        const CONTROLLER = Word::int(CONTROLLER);
        /// Is addressed by whoever gives the clock.
        const PERIPHERAL = Word::int(super::PERIPHERAL);
        /// `PERIPHERAL`, by its old name.
        const SLAVE = Word::int(super::PERIPHERAL);
        /// `CONTROLLER`, by its old name.
        const MASTER = Word::int(CONTROLLER);
    }
}

const CONTROLLER: isize = 0;
const PERIPHERAL: isize = 1;
/// The address of a peripheral that was given none, as in the reference.
const ADDRESS: isize = 0x12;
/// It answers at 0, too.
const GENERAL: isize = 1 << 7;

/// What a bus is made of.
enum Wire<'v> {
    /// A bus of the board's; `pyb.I2C` says of what went wrong there only that it did.
    Hard { buses: &'static dyn I2cBuses, bus: u8, is_pyb: bool },
    /// Two pins.
    Soft(Soft<'v>),
}

impl Wire<'_> {
    /// How many bytes were acknowledged.
    fn write(&self, address: u8, pieces: &[&[Cell<u8>]], stop: bool) -> Result<usize, Errno> {
        match self {
            Wire::Hard { buses, bus, .. } => {
                buses.write(*bus, address, pieces, stop)?;
                Ok(pieces.iter().map(|piece| piece.len()).sum())
            }
            Wire::Soft(soft) => soft.transfer(address << 1, stop, &mut |soft| soft.send(&mut pieces.iter().copied().flatten())),
        }
    }

    fn read(&self, address: u8, buffer: &[Cell<u8>], stop: bool) -> Result<(), Errno> {
        match self {
            Wire::Hard { buses, bus, .. } => buses.read(*bus, address, buffer, stop),
            Wire::Soft(soft) => {
                soft.transfer(address << 1 | 1, stop, &mut |soft| soft.receive(buffer, true).map(|()| buffer.len())).map(|_| ())
            }
        }
    }

    /// What the program hears of what went wrong.
    fn error(&self, vm: &Vm, errno: Errno) -> Raised {
        match self {
            Wire::Soft(soft) => soft.error(errno),
            Wire::Hard { is_pyb: true, .. } if errno == Errno::ENODEV => vm.os_error(Errno::EIO.0),
            Wire::Hard { .. } => vm.os_error(errno.0),
        }
    }
}

/// A bus of two pins that are moved by hand. Whoever drives neither leaves both high, by a resistor.
struct Soft<'v> {
    vm: &'v Vm,
    hardware: &'static dyn Hardware,
    clock: usize,
    data: usize,
    /// Half a clock's period, and how long a device may hold the clock, in µs.
    half: u64,
    patience: u64,
    /// What came up in the program while a device held the clock: it goes before what it did to the transfer.
    raised: Cell<Word>,
}

impl Soft<'_> {
    fn pause(&self) {
        let end = self.vm.port.now() + self.half;
        while self.vm.port.now() < end {}
    }

    /// Moves a pin and gives everybody time to see it.
    fn set(&self, pin: usize, level: bool) {
        self.hardware.write(pin, level);
        self.pause();
    }

    /// Lets the clock go; a device may hold it for a while.
    fn release(&self) -> Result<(), Errno> {
        self.hardware.write(self.clock, true);
        let end = self.vm.port.now() + self.patience;
        while !self.hardware.read(self.clock) {
            if self.vm.port.now() >= end {
                return Err(Errno::ETIMEDOUT);
            }
            if self.raised.get() != Word::UNSET {
                return Err(Errno::EIO);
            }
            // Who holds it may be this program's own target, which on a computer goes on between two instructions.
            if let Err(raised) = self.vm.poll() {
                self.raised.set(self.vm.take_raised(raised));
            }
        }
        self.pause();
        Ok(())
    }

    fn error(&self, errno: Errno) -> Raised {
        let raised = self.raised.get().set();
        raised.map_or_else(|| self.vm.os_error(errno.0), |exception| self.vm.raise_word(exception))
    }

    /// The data goes low while the clock is high.
    fn start(&self) -> Result<(), Errno> {
        self.set(self.data, true);
        self.release()?;
        self.set(self.data, false);
        self.set(self.clock, false);
        Ok(())
    }

    /// The data goes high while the clock is high.
    fn stop(&self) -> Result<(), Errno> {
        self.set(self.data, false);
        self.release()?;
        self.set(self.data, true);
        Ok(())
    }

    /// A bit out, and what the line was meanwhile.
    fn bit(&self, bit: bool) -> Result<bool, Errno> {
        self.set(self.data, bit);
        self.release()?;
        let level = self.hardware.read(self.data);
        self.set(self.clock, false);
        Ok(level)
    }

    /// Sends bytes until one is not acknowledged; how many were.
    fn send(&self, bytes: &mut dyn Iterator<Item = &Cell<u8>>) -> Result<usize, Errno> {
        let mut count = 0;
        for byte in bytes {
            (0..8).rev().try_for_each(|at| self.bit(byte.get() >> at & 1 != 0).map(|_| ()))?;
            if self.bit(true)? {
                break;
            }
            count += 1;
        }
        Ok(count)
    }

    /// Receives bytes; `last` says that the last is refused, which ends what the device sends.
    fn receive(&self, buffer: &[Cell<u8>], last: bool) -> Result<(), Errno> {
        for (at, byte) in buffer.iter().enumerate() {
            let mut value = 0;
            for _ in 0..8 {
                value = value << 1 | u8::from(self.bit(true)?);
            }
            byte.set(value);
            self.bit(last && at + 1 == buffer.len())?;
        }
        Ok(())
    }

    /// Addresses a device and does something with it.
    fn transfer(&self, address: u8, stop: bool, body: &mut dyn FnMut(&Self) -> Result<usize, Errno>) -> Result<usize, Errno> {
        self.start()?;
        let result = match self.send(&mut [Cell::new(address)].iter()) {
            Ok(0) => Err(Errno::ENODEV),
            Ok(_) => body(self),
            Err(errno) => Err(errno),
        };
        if stop || result.is_err() {
            self.stop()?;
        }
        result
    }
}

fn buses(vm: &Vm) -> Outcome<&'static dyn I2cBuses> {
    hardware(vm)?.i2c().ok_or_else(|| absent(vm))
}

fn resource(vm: &Vm, word: Word) -> Outcome<Handle<Resource>> {
    let found = [&I2C, &SOFT_I2C, &PYB_I2C].into_iter().find_map(|ty| vm.resource(word, ty));
    found.ok_or_else(|| vm.type_error("an I2C bus is needed"))
}

fn wire(vm: &Vm, word: Word) -> Outcome<Wire<'_>> {
    if vm.resource(word, &SOFT_I2C).is_some() {
        return soft(vm, word).map(Wire::Soft);
    }
    let bus = resource(vm, word)?;
    if bus.state[1].get() == Word::int(0) {
        return Err(vm.os_error(Errno::EINVAL.0));
    }
    if follows(bus).is_some() {
        return Err(vm.type_error("only a controller gives the clock"));
    }
    let is_pyb = vm.resource(word, &PYB_I2C).is_some();
    Ok(Wire::Hard { buses: buses(vm)?, bus: bus.state[0].get().int_value() as u8, is_pyb })
}

/// The address at which a bus answers, if it is addressed by others, and whether at 0, too.
fn follows(bus: Handle<Resource>) -> Option<(u8, bool)> {
    let address = bus.state[2].get().as_int().filter(|address| *address != 0)?;
    Some(((address & !GENERAL) as u8, address & GENERAL != 0))
}

fn soft(vm: &Vm, word: Word) -> Outcome<Soft<'_>> {
    let bus = vm.resource(word, &SOFT_I2C).ok_or_else(|| vm.type_error("a SoftI2C is needed"))?;
    let number = |at: usize| bus.state[at].get().int_value();
    let half = (500_000 / number(1)).max(1) as u64;
    let (clock, data) = (number(0) as usize, number(2) as usize);
    Ok(Soft {
        vm: vm.here(),
        hardware: hardware(vm)?,
        clock,
        data,
        half,
        patience: number(3) as u64,
        raised: Cell::new(Word::UNSET),
    })
}

fn option(vm: &Vm, args: Args, index: usize, name: Name, default: isize) -> Outcome<isize> {
    vm.index_or(args.either(index, name).filter(|word| *word != Word::NONE), default)
}

/// The number of a bus, by position or name; text too, as the board's pins are marked (`X`, `Y`).
///
/// # Errors
/// `ValueError` for other text.
pub fn bus_argument(vm: &Vm, args: Args) -> Outcome<Word> {
    let id = args.either(0, name!(id)).unwrap_or(Word::int(1));
    let number = match vm.as_text(id) {
        Some("X") => Some(1),
        Some("Y") => Some(2),
        Some(_) => None,
        None => u8::try_from(vm.index(id)?).ok(),
    };
    number.map(|number| Word::int(number.into())).ok_or_else(|| vm.value_error("there is no such bus"))
}

/// Whether a bus is asked for in the old way to have one made of pins: by the number -1, or by its pins alone.
/// It is warned about as in MicroPython.
pub fn is_soft(vm: &Vm, args: Args, pins: &[Name], warning: &[u8]) -> bool {
    let soft = match args.get(0) {
        Some(id) => id == Word::int(-1),
        None => args.keyword(name!(id)).is_none() && pins.iter().any(|pin| args.keyword(*pin).is_some()),
    };
    if soft {
        vm.write_text(warning);
    }
    soft
}

fn make(vm: &Vm, args: Args) -> Outcome {
    let warning = b"Warning: I2C(-1, ...) is deprecated, use SoftI2C(...) instead\n";
    if is_soft(vm, args, &[name!(scl), name!(sda)], warning) {
        return make_soft(vm, args.skip(1));
    }
    let bus = vm.new_resource(&I2C, &[bus_argument(vm, args)?, Word::int(0)])?;
    init(vm, bus, args.skip(1))?;
    Ok(bus)
}

fn init(vm: &Vm, bus: Word, args: Args) -> Outcome<()> {
    vm.only_keywords(args, &[name!(id), name!(freq), name!(timeout)])?;
    start(vm, bus, option(vm, args, usize::MAX, name!(freq), 400_000)?)
}

fn start(vm: &Vm, bus: Word, hertz: isize) -> Outcome<()> {
    let bus = resource(vm, bus)?;
    let rate = u32::try_from(hertz).ok().filter(|hertz| (1000..=400_000).contains(hertz));
    let Some(rate) = rate else { return Err(vm.value_error("a frequency is 1000 to 400000 Hz")) };
    if !buses(vm)?.start(bus.state[0].get().int_value() as u8, rate) {
        return Err(vm.value_error("there is no such bus"));
    }
    bus.state[1].set(Word::int(hertz));
    bus.state[2].set(Word::int(0));
    Ok(())
}

fn make_soft(vm: &Vm, args: Args) -> Outcome {
    let bus = vm.new_resource(&SOFT_I2C, &[])?;
    init_soft(vm, bus, args)?;
    Ok(bus)
}

fn init_soft(vm: &Vm, bus: Word, args: Args) -> Outcome<()> {
    vm.only_keywords(args, &[name!(scl), name!(sda), name!(freq), name!(timeout)])?;
    let pin = |index, name| match args.either(index, name) {
        Some(word) => pin::find(vm, word),
        None => Err(vm.type_error("a SoftI2C needs scl= and sda=")),
    };
    let (clock, data) = (pin(0, name!(scl))?, pin(1, name!(sda))?);
    let frequency = option(vm, args, usize::MAX, name!(freq), 400_000)?;
    let timeout = option(vm, args, usize::MAX, name!(timeout), 50_000)?.max(0);
    if frequency <= 0 {
        return Err(vm.value_error("a frequency is above 0"));
    }
    let state = &resource(vm, bus)?.state;
    for (cell, number) in state.iter().zip([clock as isize, frequency, data as isize, timeout]) {
        cell.set(Word::int(number));
    }
    let hardware = hardware(vm)?;
    for pin in [clock, data] {
        hardware.write(pin, true);
        hardware.configure(pin, Mode::OpenDrain, Pull::Up);
    }
    let soft = soft(vm, bus)?;
    soft.stop().map_err(|errno| soft.error(errno))
}

fn by_hand<'v>(vm: &'v Vm, args: Args, action: fn(&Soft<'v>) -> Result<(), Errno>) -> Outcome {
    let soft = soft(vm, args.at(0))?;
    action(&soft).map(|()| Word::NONE).map_err(|errno| soft.error(errno))
}

fn read_raw(vm: &Vm, args: Args) -> Outcome {
    let last = args.get(2).map_or(Ok(true), |word| vm.truth(word))?;
    let soft = soft(vm, args.at(0))?;
    soft.receive(vm.buffer(args.at(1), true)?.bytes, last).map(|()| Word::NONE).map_err(|errno| soft.error(errno))
}

fn write_raw(vm: &Vm, args: Args) -> Outcome {
    let soft = soft(vm, args.at(0))?;
    let sent = soft.send(&mut vm.buffer(args.at(1), false)?.bytes.iter());
    Ok(Word::int(sent.map_err(|errno| soft.error(errno))? as isize))
}

fn address(vm: &Vm, word: Word) -> Outcome<u8> {
    let address = u8::try_from(vm.index(word)?).ok().filter(|address| *address < 128);
    address.ok_or_else(|| vm.value_error("an address is 0 to 127"))
}

/// Devices have the addresses from 0x08 to 0x77; those outside have meanings of their own, and `pyb` asks at them, too.
fn scan(vm: &Vm, args: Args, addresses: core::ops::Range<u8>) -> Outcome {
    let found = vm.new_list(&[])?;
    let list = Handle::<List>::from(found).expect("a list");
    for address in addresses {
        let wire = wire(vm, args.at(0))?;
        match wire.write(address, &[], true) {
            Ok(_) => list.push(vm, Word::int(address.into()))?,
            Err(Errno::ENODEV) => {}
            Err(errno) => return Err(wire.error(vm, errno)),
        }
        vm.poll()?;
    }
    Ok(found)
}

fn is_ready(vm: &Vm, args: Args) -> Outcome {
    let wire = wire(vm, args.at(0))?;
    match wire.write(address(vm, args.at(1))?, &[], true) {
        Ok(_) => Ok(Word::TRUE),
        Err(Errno::ENODEV | Errno::ETIMEDOUT) => Ok(Word::FALSE),
        Err(errno) => Err(wire.error(vm, errno)),
    }
}

/// A place in a device's memory: its bytes, highest first, and how many they are.
type Memory = ([Cell<u8>; 4], usize);

fn memory(vm: &Vm, args: Args, name: Name, place: Word) -> Outcome<Memory> {
    vm.only_keywords(args, &[name, name!(timeout)])?;
    let size = option(vm, args, usize::MAX, name, 8)?;
    if !matches!(size, 8 | 16 | 24 | 32) {
        return Err(vm.value_error("an addrsize is 8, 16, 24 or 32 bits"));
    }
    let place = vm.index(place)? as u32;
    Ok(((place << (32 - size)).to_be_bytes().map(Cell::new), size as usize / 8))
}

fn stop_argument(vm: &Vm, args: Args) -> Outcome<bool> {
    args.either(3, name!(stop)).map_or(Ok(true), |word| vm.truth(word))
}

/// Receives into the buffer behind `into`.
fn receive(vm: &Vm, bus: Word, address: u8, memory: Option<&Memory>, into: Word, stop: bool) -> Outcome {
    let wire = wire(vm, bus)?;
    if let Some((place, length)) = memory {
        wire.write(address, &[&place[..*length]], false).map_err(|errno| wire.error(vm, errno))?;
    }
    wire.read(address, vm.buffer(into, true)?.bytes, stop).map_err(|errno| wire.error(vm, errno))?;
    Ok(Word::NONE)
}

/// The same into `count` new bytes.
fn receive_new(vm: &Vm, bus: Word, address: u8, memory: Option<&Memory>, count: Word, stop: bool) -> Outcome {
    let buffer = vm.call(type_word(&BYTEARRAY), &[Word::int(vm.index(count)?)])?;
    receive(vm, bus, address, memory, buffer, stop)?;
    vm.new_bytes_from_cells(vm.buffer(buffer, false)?.bytes)
}

/// `readfrom`, `readfrom_into`.
fn read(vm: &Vm, args: Args, new: bool) -> Outcome {
    let read = if new { receive_new } else { receive };
    read(vm.here(), args.at(0), address(vm, args.at(1))?, None, args.at(2), stop_argument(vm, args)?)
}

/// `readfrom_mem`, `readfrom_mem_into`.
fn read_memory(vm: &Vm, args: Args, new: bool) -> Outcome {
    let memory = memory(vm, args, name!(addrsize), args.at(2))?;
    let read = if new { receive_new } else { receive };
    read(vm.here(), args.at(0), address(vm, args.at(1))?, Some(&memory), args.at(3), true)
}

fn send(vm: &Vm, args: Args) -> Outcome {
    let (wire, bytes) = (wire(vm, args.at(0))?, vm.buffer(args.at(2), false)?.bytes);
    let sent = wire.write(address(vm, args.at(1))?, &[bytes], stop_argument(vm, args)?);
    Ok(Word::int(sent.map_err(|errno| wire.error(vm, errno))? as isize))
}

/// Buffers that `writevto` takes at once.
const MOST: usize = 16;

fn send_several(vm: &Vm, args: Args) -> Outcome {
    let mut pieces: [&[Cell<u8>]; MOST] = [&[]; MOST];
    let count = vm.length(args.at(2))?;
    if count > MOST {
        return Err(vm.value_error("at most 16 buffers are sent at once"));
    }
    for (index, piece) in pieces[..count].iter_mut().enumerate() {
        *piece = vm.buffer(vm.item(args.at(2), Word::int(index as isize))?, false)?.bytes;
    }
    let wire = wire(vm, args.at(0))?;
    let sent = wire.write(address(vm, args.at(1))?, &pieces[..count], stop_argument(vm, args)?);
    Ok(Word::int(sent.map_err(|errno| wire.error(vm, errno))? as isize))
}

fn send_to_memory(vm: &Vm, bus: Word, address: u8, (place, length): &Memory, bytes: &[Cell<u8>]) -> Outcome {
    let wire = wire(vm, bus)?;
    wire.write(address, &[&place[..*length], bytes], true).map_err(|errno| wire.error(vm, errno))?;
    Ok(Word::NONE)
}

fn write_memory(vm: &Vm, args: Args) -> Outcome {
    let memory = memory(vm, args, name!(addrsize), args.at(2))?;
    send_to_memory(vm, args.at(0), address(vm, args.at(1))?, &memory, vm.buffer(args.at(3), false)?.bytes)
}

fn make_pyb(vm: &Vm, args: Args) -> Outcome {
    let number = bus_argument(vm, args)?;
    if !buses(vm)?.exists(number.int_value() as u8) {
        return Err(vm.value_error("there is no such bus"));
    }
    let bus = vm.new_resource(&PYB_I2C, &[number, Word::int(0)])?;
    if args.len() > 1 || args.keyword_count() > 0 {
        init_pyb(vm, bus, args.skip(1))?;
    }
    Ok(bus)
}

fn init_pyb(vm: &Vm, bus: Word, args: Args) -> Outcome<()> {
    vm.only_keywords(args, &[name!(mode), name!(addr), name!(baudrate), name!(gencall), name!(dma)])?;
    start(vm, bus, option(vm, args, usize::MAX, name!(baudrate), 400_000)?)?;
    match option(vm, args, 0, name!(mode), CONTROLLER)? {
        CONTROLLER => Ok(()),
        PERIPHERAL => {
            let own = option(vm, args, usize::MAX, name!(addr), ADDRESS)?;
            if !(1..=0x7F).contains(&own) {
                return Err(vm.value_error("a peripheral has an address from 1 to 127"));
            }
            let general = args.keyword(name!(gencall)).map_or(Ok(false), |word| vm.truth(word))?;
            let bus = resource(vm, bus)?;
            buses(vm)?.follow(bus.state[0].get().int_value() as u8, own as u8, general);
            bus.state[2].set(Word::int(own | if general { GENERAL } else { 0 }));
            Ok(())
        }
        _ => Err(vm.value_error("a mode is I2C.CONTROLLER or I2C.PERIPHERAL")),
    }
}

/// As the one that is addressed: waits until the other side has read these bytes, or written as many. It is heard meanwhile alone.
fn answer(vm: &Vm, bus: Handle<Resource>, args: Args, reads: bool, bytes: &[Cell<u8>]) -> Outcome<()> {
    vm.only_keywords(args, &[name!(addr), name!(timeout)])?;
    let deadline = vm.port.now() + option(vm, args, usize::MAX, name!(timeout), 5000)?.max(0) as u64 * 1000;
    let (buses, number) = (buses(vm)?, bus.state[0].get().int_value() as u8);
    buses.listen(number, true);
    let (mut rest, mut addressed) = (bytes.iter(), false);
    let result = loop {
        match buses.happened(number) {
            I2cEvent::Addressed { reads: those } if those == reads => addressed = true,
            I2cEvent::Addressed { .. } | I2cEvent::Lost => break Err(vm.os_error(Errno::EIO.0)),
            I2cEvent::Arrived(byte) if !reads => rest.next().into_iter().for_each(|cell| cell.set(byte)),
            I2cEvent::Room | I2cEvent::Wanted if addressed && reads && rest.len() > 0 => {
                rest.next().into_iter().for_each(|cell| buses.offer(number, cell.get()));
            }
            I2cEvent::Refused | I2cEvent::Stopped if addressed => {
                break if rest.len() == 0 { Ok(()) } else { Err(vm.os_error(Errno::EIO.0)) };
            }
            _ if vm.port.now() >= deadline => break Err(vm.os_error(Errno::ETIMEDOUT.0)),
            _ => {
                if let Err(raised) = vm.poll() {
                    break Err(raised);
                }
            }
        }
    };
    match (&result, follows(bus)) {
        // What was begun is given up: the other side's clock is let go.
        (Err(_), Some((address, general))) => buses.follow(number, address, general),
        _ => buses.listen(number, false),
    }
    result
}

fn stop_pyb(vm: &Vm, args: Args) -> Outcome {
    let bus = resource(vm, args.at(0))?;
    if bus.state[1].get() != Word::int(0) {
        buses(vm)?.stop(bus.state[0].get().int_value() as u8);
        bus.state[1].set(Word::int(0));
        bus.state[2].set(Word::int(0));
    }
    Ok(Word::NONE)
}

/// The address that `pyb`'s methods take behind what they transfer.
fn addressed(vm: &Vm, args: Args) -> Outcome<u8> {
    match args.get(2) {
        Some(word) => address(vm, word),
        None => Err(vm.type_error("a controller needs addr=")),
    }
}

/// The place in memory that they take behind that.
fn place(vm: &Vm, args: Args) -> Outcome<Memory> {
    memory(vm, args, name!(addr_size), args.at(3))
}

/// Sends a number as a byte, or a buffer.
fn pyb_send(vm: &Vm, args: Args, memory: Option<&Memory>) -> Outcome {
    let one = [Cell::new(0)];
    let bytes = match args.at(1).as_int() {
        Some(byte) => {
            one[0].set(byte as u8);
            &one
        }
        None => vm.buffer(args.at(1), false)?.bytes,
    };
    let bus = resource(vm, args.at(0))?;
    if memory.is_none() && follows(bus).is_some() {
        answer(vm, bus, args, true, bytes)?;
        return Ok(Word::NONE);
    }
    send_to_memory(vm, args.at(0), addressed(vm, args)?, memory.unwrap_or(&Default::default()), bytes)
}

/// Receives so many bytes, or into a buffer, which is the answer then.
fn pyb_receive(vm: &Vm, args: Args, memory: Option<&Memory>) -> Outcome {
    let follower = resource(vm, args.at(0))?;
    if memory.is_none() && follows(follower).is_some() {
        let count = args.at(1).as_int().is_some();
        let into = if count { vm.call(type_word(&BYTEARRAY), &[args.at(1)])? } else { args.at(1) };
        answer(vm, follower, args, false, vm.buffer(into, true)?.bytes)?;
        return if count { vm.new_bytes_from_cells(vm.buffer(into, false)?.bytes) } else { Ok(into) };
    }
    let (bus, address) = (args.at(0), addressed(vm, args)?);
    if args.at(1).as_int().is_some() {
        return receive_new(vm, bus, address, memory, args.at(1), true);
    }
    receive(vm, bus, address, memory, args.at(1), true)?;
    Ok(args.at(1))
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let bus = resource(vm, word)?;
    let number = |out: &mut Printer, at: usize| out.int(vm, bus.state[at].get().int_value());
    if vm.resource(word, &SOFT_I2C).is_some() {
        let pins = hardware(vm)?.pins();
        let name = |at: usize| pins[bus.state[at].get().int_value() as usize].chip;
        for text in ["SoftI2C(scl=", name(0), ", sda=", name(2), ", freq="] {
            out.text(vm, text)?;
        }
        number(out, 1)?;
        return out.text(vm, ")");
    }
    out.text(vm, "I2C(")?;
    number(out, 0)?;
    if let Some((address, _)) = follows(bus) {
        out.text(vm, ", I2C.PERIPHERAL, addr=0x")?;
        out.hex(vm, address.into())?;
    } else if bus.state[1].get() != Word::int(0) {
        let is_pyb = vm.resource(word, &PYB_I2C).is_some();
        out.text(vm, if is_pyb { ", I2C.CONTROLLER, baudrate=" } else { ", freq=" })?;
        number(out, 1)?;
    }
    out.text(vm, ")")
}
