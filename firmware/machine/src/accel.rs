//! `pyb.Accel`: the accelerometer on the board (Freescale MMA7660FC), on the first bus of two wires.
//!
//! Its supply is a pin of the chip's. A reading of 6 bits may be taken while it changes; then a flag says so, and it is read again.

use crate::hardware::{I2cBuses, Mode, Pull, absent, hardware};
use crate::pin;
use core::cell::Cell;
use interpreter::object::handle::{Args, Handle};
use interpreter::object::kind::{Slots, Type};
use interpreter::object::resource::{Resource, resource_type};
use interpreter::object::tuple::Tuple;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};

static SLOTS: Slots =
    Slots { make: Some(|vm, _, _| make(vm)), print: Some(|vm, _, out, _| out.text(vm, "<Accel>")), ..Slots::NONE };
/// `Accel`. State: [0] the last readings of three axes, a tuple.
pub static ACCEL: Type = resource_type(name!(Accel), &SLOTS, ROWS);

table! { pub ROWS, NAMES, DOCS:
    /// x(): along the x axis, -32 to 31: 21 is the earth's.
    def x(1) = |vm, args| axis(vm, args, X);
    /// y(): along the y axis.
    def y(1) = |vm, args| axis(vm, args, Y);
    /// z(): along the z axis.
    def z(1) = |vm, args| axis(vm, args, Z);
    /// tilt(): the register that says how the board lies.
    def tilt(1) = |vm, args| { receiver(vm, args.at(0))?; Ok(Word::int(settled(vm, TILT)?.into())) };
    /// filtered_xyz(): of each axis the sum of the readings of this call and the three before.
    def filtered_xyz(1) = filtered;
    /// read(register): a register of the chip.
    def read(2) = |vm, args| { receiver(vm, args.at(0))?; Ok(Word::int(read(vm, vm.byte(args.at(1))?)?.into())) };
    /// write(register, value): sets one.
    def write(3) = |vm, args| { receiver(vm, args.at(0))?; write(vm, vm.byte(args.at(1))?, vm.byte(args.at(2))?)?; Ok(Word::NONE) };
}

const BUS: u8 = 1;
const ADDRESS: u8 = 0x4C;
/// The pin that feeds it.
const SUPPLY: &str = "B5";
/// Microseconds that it needs without its supply, and then with it.
const PAUSE: i64 = 30_000;
// Registers (data sheet, table 9), and the flag of a reading that is none.
const X: u8 = 0;
const Y: u8 = 1;
const Z: u8 = 2;
const TILT: u8 = 3;
const MODE: u8 = 7;
const ACTIVE: u8 = 1;
const CHANGING: u8 = 1 << 6;
/// Readings before the last is taken as it is.
const PATIENCE: u32 = 100;
/// Calls that `filtered_xyz` adds up.
const DEPTH: usize = 4;

fn bus(vm: &Vm) -> Outcome<&'static dyn I2cBuses> {
    hardware(vm)?.i2c().ok_or_else(|| absent(vm))
}

fn receiver(vm: &Vm, word: Word) -> Outcome<Handle<Resource>> {
    vm.resource(word, &ACCEL).ok_or_else(|| vm.type_error("an Accel is needed"))
}

fn make(vm: &Vm) -> Outcome {
    let (bus, hardware, supply) = (bus(vm)?, hardware(vm)?, pin::numbered(vm, SUPPLY)?);
    hardware.write(supply, false);
    hardware.configure(supply, Mode::Output, Pull::None);
    vm.wait(PAUSE)?;
    hardware.write(supply, true);
    vm.wait(PAUSE)?;
    bus.start(BUS, 400_000);
    write(vm, MODE, ACTIVE)?;
    vm.wait(PAUSE)?;
    let readings = vm.new_tuple(&[Word::int(0); 3 * DEPTH])?;
    vm.new_resource(&ACCEL, &[readings])
}

fn read(vm: &Vm, register: u8) -> Outcome<u8> {
    let (bus, value) = (bus(vm)?, [Cell::new(0)]);
    let read = bus.write(BUS, ADDRESS, &[&[Cell::new(register)]], false).and_then(|()| bus.read(BUS, ADDRESS, &value, true));
    read.map(|()| value[0].get()).map_err(|errno| vm.os_error(errno.0))
}

fn write(vm: &Vm, register: u8, value: u8) -> Outcome<()> {
    let bytes = [Cell::new(register), Cell::new(value)];
    bus(vm)?.write(BUS, ADDRESS, &[&bytes], true).map_err(|errno| vm.os_error(errno.0))
}

/// A register that does not change just now.
fn settled(vm: &Vm, register: u8) -> Outcome<u8> {
    let mut value = read(vm, register)?;
    for _ in 0..PATIENCE {
        if value & CHANGING == 0 {
            break;
        }
        value = read(vm, register)?;
    }
    Ok(value)
}

/// A reading: the lower six bits have a sign.
fn reading(vm: &Vm, register: u8) -> Outcome<isize> {
    Ok(isize::from((settled(vm, register)? << 2).cast_signed() >> 2))
}

fn axis(vm: &Vm, args: Args, register: u8) -> Outcome {
    receiver(vm, args.at(0))?;
    reading(vm, register).map(Word::int)
}

fn filtered(vm: &Vm, args: Args) -> Outcome {
    let accel = receiver(vm, args.at(0))?;
    let now = [reading(vm, X)?, reading(vm, Y)?, reading(vm, Z)?];
    let kept = Handle::<Tuple>::from(accel.state[0].get()).expect("made with its readings");
    let cells = kept.get().tail();
    // The oldest readings give way to those of now.
    for at in (3..3 * DEPTH).rev() {
        cells[at].set(cells[at - 3].get());
    }
    cells.iter().zip(now).for_each(|(cell, reading)| cell.set(Word::int(reading)));
    let sum = |axis: usize| (0..DEPTH).map(|call| cells[3 * call + axis].get().int_value()).sum();
    vm.new_tuple(&[0, 1, 2].map(|axis| Word::int(sum(axis))))
}
