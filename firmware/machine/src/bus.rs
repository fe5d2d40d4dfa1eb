//! `machine.I2C` and `machine.SPI`, as the one that gives the clock.

use crate::hardware::{I2cBuses, SpiBuses, SpiSettings, absent, hardware};
use core::cell::Cell;
use interpreter::object::bytearray::BYTEARRAY;
use interpreter::object::handle::{Args, type_word};
use interpreter::object::kind::{Slots, Type};
use interpreter::object::name::Name;
use interpreter::object::print::{Printer, Style};
use interpreter::object::resource::resource_type;
use interpreter::object::word::Word;
use interpreter::vfs::Errno;
use interpreter::vm::{Outcome, Vm};

static I2C_SLOTS: Slots = Slots { make: Some(|vm, _, args| make_i2c(vm, args)), print: Some(print), ..Slots::NONE };
/// `I2C`. State: [0] the bus's number, [1] its frequency.
pub static I2C: Type = resource_type(name!(I2C), &I2C_SLOTS, i2c_rows::ROWS);

static SPI_SLOTS: Slots = Slots { make: Some(|vm, _, args| make_spi(vm, args)), print: Some(print), ..Slots::NONE };
/// `SPI`. State: [0] the bus's number, [1] its frequency.
pub static SPI: Type = resource_type(name!(SPI), &SPI_SLOTS, spi_rows::ROWS);

/// Names of keyword arguments.
pub const MORE: &[&str] = &["id", "freq", "addrsize", "stop", "baudrate", "polarity", "phase", "bits", "firstbit", "timeout"];

/// Methods of `I2C`.
pub mod i2c_rows {
    use super::{receive, receive_new, scan, send, with_memory};
    use interpreter::object::word::Word;
    use interpreter::table;
    table! { pub ROWS, NAMES, DOCS:
        /// init(*, freq=400000): sets the bus up anew.
        def init(1, keywords) = |vm, args| { super::init_i2c(vm, args.at(0), args.skip(1))?; Ok(Word::NONE) };
        /// scan(): the addresses at which somebody answers.
        def scan(1) = scan;
        /// readfrom(address, count): receives bytes.
        def readfrom(3) = |vm, args| receive_new(vm, args, None, 2);
        /// readfrom_into(address, buffer): receives into a buffer.
        def readfrom_into(3) = |vm, args| receive(vm, args, None, args.at(2));
        /// writeto(address, buffer, stop=True): sends; answers how many bytes.
        def writeto(3..=4, keywords) = send;
        /// readfrom_mem(address, memory, count, *, addrsize=8): receives from a place in a device's memory.
        def readfrom_mem(4, keywords) = |vm, args| { let memory = with_memory(vm, args)?; receive_new(vm, args, Some(memory), 3) };
        /// readfrom_mem_into(address, memory, buffer, *, addrsize=8): the same into a buffer.
        def readfrom_mem_into(4, keywords) = |vm, args| { let memory = with_memory(vm, args)?; receive(vm, args, Some(memory), args.at(3)) };
        /// writeto_mem(address, memory, buffer, *, addrsize=8): sends to a place in a device's memory.
        def writeto_mem(4, keywords) = super::send_to_memory;
    }
}

/// Methods of `SPI`.
pub mod spi_rows {
    use interpreter::object::word::Word;
    use interpreter::table;
    table! { pub ROWS, NAMES, DOCS:
        /// init(baudrate=1000000, *, polarity=0, phase=0, bits=8, firstbit=SPI.MSB): sets the bus up anew.
        def init(1..=2, keywords) = |vm, args| { super::init_spi(vm, args.at(0), args.skip(1))?; Ok(Word::NONE) };
        /// deinit(): switches it off.
        def deinit(1) = super::stop_spi;
        /// read(count, write=0): receives bytes while sending that byte.
        def read(2..=3) = super::read_spi;
        /// readinto(buffer, write=0): the same into a buffer.
        def readinto(2..=3) = |vm, args| {
            let filler = super::filler(vm, args)?;
            super::exchange(vm, args.at(0), |_| filler, vm.buffer(args.at(1), true)?.bytes, None)
        };
        /// write(buffer): sends.
        def write(2) = |vm, args| {
            let bytes = vm.buffer(args.at(1), false)?.bytes;
            super::exchange(vm, args.at(0), |at| bytes[at].get(), bytes, Some(()))
        };
        /// write_readinto(write, read): sends one buffer while the other, of the same length, is filled.
        def write_readinto(3) = super::write_readinto;
        /// The highest bit goes first.
        const MSB = Word::int(0);
        /// The lowest bit goes first.
        const LSB = Word::int(1);
    }
}

fn raise(vm: &Vm) -> impl Fn(Errno) -> interpreter::vm::Raised + '_ {
    |errno| vm.os_error(errno.0)
}

fn number(vm: &Vm, word: Word, ty: &'static Type) -> Outcome<u8> {
    let bus = vm.resource(word, ty).ok_or_else(|| vm.type_error("a bus is needed"))?;
    Ok(bus.state[0].get().int_value() as u8)
}

fn buses_i2c(vm: &Vm) -> Outcome<&'static dyn I2cBuses> {
    hardware(vm)?.i2c().ok_or_else(|| absent(vm))
}

fn buses_spi(vm: &Vm) -> Outcome<&'static dyn SpiBuses> {
    hardware(vm)?.spi().ok_or_else(|| absent(vm))
}

fn option(vm: &Vm, args: Args, index: usize, name: Name, default: isize) -> Outcome<isize> {
    args.get(index).or_else(|| args.keyword(name)).filter(|word| *word != Word::NONE).map_or(Ok(default), |word| vm.index(word))
}

/// The number of a bus, by position or name; text too, as the board's pins are marked (`X`, `Y`).
fn bus_argument(vm: &Vm, args: Args) -> Outcome<Word> {
    let id = args.get(0).or_else(|| args.keyword(name!(id))).unwrap_or(Word::int(1));
    let number = match vm.as_text(id) {
        Some("X") => Some(1),
        Some("Y") => Some(2),
        Some(_) => None,
        None => u8::try_from(vm.index(id)?).ok(),
    };
    number.map(|number| Word::int(number.into())).ok_or_else(|| vm.value_error("there is no such bus"))
}

fn make_i2c(vm: &Vm, args: Args) -> Outcome {
    let bus = vm.new_resource(&I2C, &[bus_argument(vm, args)?, Word::int(0)])?;
    init_i2c(vm, bus, args.skip(1))?;
    Ok(bus)
}

fn init_i2c(vm: &Vm, bus: Word, args: Args) -> Outcome<()> {
    vm.only_keywords(args, &[name!(id), name!(freq), name!(timeout)])?;
    let hertz = option(vm, args, usize::MAX, name!(freq), 400_000)?;
    let hertz = u32::try_from(hertz).ok().filter(|hertz| (1000..=400_000).contains(hertz));
    let Some(hertz) = hertz else { return Err(vm.value_error("a frequency is 1000 to 400000 Hz")) };
    if !buses_i2c(vm)?.start(number(vm, bus, &I2C)?, hertz) {
        return Err(vm.value_error("there is no such bus"));
    }
    let bus = vm.resource(bus, &I2C).expect("it was looked at");
    bus.state[1].set(Word::int(hertz as isize));
    Ok(())
}

fn address(vm: &Vm, word: Word) -> Outcome<u8> {
    let address = u8::try_from(vm.index(word)?).ok().filter(|address| *address < 128);
    address.ok_or_else(|| vm.value_error("an address is 0 to 127"))
}

/// Addresses that belong to devices; those outside have meanings of their own.
const DEVICES: core::ops::Range<u8> = 0x08..0x78;

fn scan(vm: &Vm, args: Args) -> Outcome {
    let (buses, bus) = (buses_i2c(vm)?, number(vm, args.at(0), &I2C)?);
    let found = vm.new_list(&[])?;
    for address in DEVICES {
        match buses.write(bus, address, &[], true) {
            Ok(()) => {
                vm.call_method(found, name!(append), &[Word::int(address.into())])?;
            }
            Err(Errno::ENODEV) => {}
            Err(errno) => return Err(raise(vm)(errno)),
        }
        vm.poll()?;
    }
    Ok(found)
}

/// A place in a device's memory: its bytes, highest first, and how many they are.
fn with_memory(vm: &Vm, args: Args) -> Outcome<([Cell<u8>; 4], usize)> {
    vm.only_keywords(args, &[name!(addrsize)])?;
    let size = option(vm, args, usize::MAX, name!(addrsize), 8)?;
    if !matches!(size, 8 | 16 | 24 | 32) {
        return Err(vm.value_error("an addrsize is 8, 16, 24 or 32 bits"));
    }
    let place = vm.index(args.at(2))? as u32;
    Ok(((place << (32 - size)).to_be_bytes().map(Cell::new), size as usize / 8))
}

/// Receives into the buffer behind `into`.
fn receive(vm: &Vm, args: Args, memory: Option<([Cell<u8>; 4], usize)>, into: Word) -> Outcome {
    let (buses, bus, address) = (buses_i2c(vm)?, number(vm, args.at(0), &I2C)?, address(vm, args.at(1))?);
    if let Some((place, length)) = memory {
        buses.write(bus, address, &[&place[..length]], false).map_err(raise(vm))?;
    }
    buses.read(bus, address, vm.buffer(into, true)?.bytes).map_err(raise(vm))?;
    Ok(Word::NONE)
}

/// The same into new bytes; their number is the argument `count`.
fn receive_new(vm: &Vm, args: Args, memory: Option<([Cell<u8>; 4], usize)>, count: usize) -> Outcome {
    let buffer = vm.call(type_word(&BYTEARRAY), &[Word::int(vm.index(args.at(count))?)])?;
    receive(vm, args, memory, buffer)?;
    vm.new_bytes_from_cells(vm.buffer(buffer, false)?.bytes)
}

fn send(vm: &Vm, args: Args) -> Outcome {
    let (buses, bus, address) = (buses_i2c(vm)?, number(vm, args.at(0), &I2C)?, address(vm, args.at(1))?);
    let stop = args.get(3).or_else(|| args.keyword(name!(stop))).map_or(Ok(true), |word| vm.truth(word))?;
    let bytes = vm.buffer(args.at(2), false)?.bytes;
    buses.write(bus, address, &[bytes], stop).map_err(raise(vm))?;
    Ok(Word::int(bytes.len() as isize))
}

fn send_to_memory(vm: &Vm, args: Args) -> Outcome {
    let (buses, bus, address) = (buses_i2c(vm)?, number(vm, args.at(0), &I2C)?, address(vm, args.at(1))?);
    let (place, length) = with_memory(vm, args)?;
    let bytes = vm.buffer(args.at(3), false)?.bytes;
    buses.write(bus, address, &[&place[..length], bytes], true).map_err(raise(vm))?;
    Ok(Word::NONE)
}

fn make_spi(vm: &Vm, args: Args) -> Outcome {
    let bus = vm.new_resource(&SPI, &[bus_argument(vm, args)?, Word::int(0)])?;
    init_spi(vm, bus, args.skip(1))?;
    Ok(bus)
}

fn init_spi(vm: &Vm, bus: Word, args: Args) -> Outcome<()> {
    let names = [name!(id), name!(baudrate), name!(polarity), name!(phase), name!(bits), name!(firstbit)];
    vm.only_keywords(args, &names)?;
    let hertz = u32::try_from(option(vm, args, 0, name!(baudrate), 1_000_000)?).ok().filter(|hertz| *hertz > 0);
    let Some(hertz) = hertz else { return Err(vm.value_error("a baudrate is above 0")) };
    if option(vm, args, usize::MAX, name!(bits), 8)? != 8 {
        return Err(vm.value_error("a transfer has 8 bits"));
    }
    let flag = |name| option(vm, args, usize::MAX, name, 0).map(|value| value != 0);
    let settings =
        SpiSettings { hertz, polarity: flag(name!(polarity))?, phase: flag(name!(phase))?, low_first: flag(name!(firstbit))? };
    let started = buses_spi(vm)?.start(number(vm, bus, &SPI)?, settings);
    let Some(hertz) = started else { return Err(vm.value_error("there is no such bus")) };
    let bus = vm.resource(bus, &SPI).expect("it was looked at");
    bus.state[1].set(Word::int(hertz as isize));
    Ok(())
}

fn stop_spi(vm: &Vm, args: Args) -> Outcome {
    buses_spi(vm)?.stop(number(vm, args.at(0), &SPI)?);
    Ok(Word::NONE)
}

fn filler(vm: &Vm, args: Args) -> Outcome<u8> {
    args.get(2).map_or(Ok(0), |word| vm.byte(word))
}

/// Sends `out(n)` for each byte of `buffer`, which takes what comes; `keep` leaves it as it is.
fn exchange(vm: &Vm, bus: Word, out: impl Fn(usize) -> u8, buffer: &[Cell<u8>], keep: Option<()>) -> Outcome {
    let (buses, bus) = (buses_spi(vm)?, number(vm, bus, &SPI)?);
    for (at, byte) in buffer.iter().enumerate() {
        let came = buses.exchange(bus, out(at)).map_err(raise(vm))?;
        if keep.is_none() {
            byte.set(came);
        }
    }
    Ok(Word::NONE)
}

fn read_spi(vm: &Vm, args: Args) -> Outcome {
    let filler = filler(vm, args)?;
    let buffer = vm.call(type_word(&BYTEARRAY), &[Word::int(vm.index(args.at(1))?)])?;
    exchange(vm, args.at(0), |_| filler, vm.buffer(buffer, true)?.bytes, None)?;
    vm.new_bytes_from_cells(vm.buffer(buffer, false)?.bytes)
}

fn write_readinto(vm: &Vm, args: Args) -> Outcome {
    let (from, to) = (vm.buffer(args.at(1), false)?.bytes, vm.buffer(args.at(2), true)?.bytes);
    if from.len() != to.len() {
        return Err(vm.value_error("buffers must be the same length"));
    }
    exchange(vm, args.at(0), |at| from[at].get(), to, None)
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let (kind, what, bus) = match (vm.resource(word, &I2C), vm.resource(word, &SPI)) {
        (Some(bus), _) => ("I2C(", ", freq=", bus),
        (None, Some(bus)) => ("SPI(", ", baudrate=", bus),
        (None, None) => return Err(vm.type_error("a bus is needed")),
    };
    out.text(vm, kind)?;
    out.int(vm, bus.state[0].get().int_value())?;
    out.text(vm, what)?;
    out.int(vm, bus.state[1].get().int_value())?;
    out.text(vm, ")")
}
