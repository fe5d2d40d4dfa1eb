//! `_onewire`: bits on a bus of one wire, for the module `onewire`, which is Python.
//!
//! Each bit is a low level of the board's, short for a 1, long for a 0; a device that sends a 0 makes a short one longer. Interrupts may make long
//! ones longer, which harms nothing; while a short one lasts, and until the line has been looked at, they are held back: 8 µs.

use crate::hardware::{Hardware, Mode, Pull, clockwork, hardware};
use crate::pin;
use interpreter::object::handle::Args;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// reset(pin): begins anew; whether somebody is there.
    def reset(1) = reset;
    /// readbit(pin): a bit.
    def readbit(1) = |vm, args| Ok(Word::int(exchange(vm, args, 1, 1)?.into()));
    /// readbyte(pin): eight of them.
    def readbyte(1) = |vm, args| Ok(Word::int(exchange(vm, args, 0xFF, 8)?.into()));
    /// writebit(pin, bit): a bit.
    def writebit(2) = |vm, args| { let bit = vm.truth(args.at(1))?; exchange(vm, args, bit.into(), 1)?; Ok(Word::NONE) };
    /// writebyte(pin, byte): eight of them, the lowest first.
    def writebyte(2) = |vm, args| { let byte = vm.index(args.at(1))? as u8; exchange(vm, args, byte, 8)?; Ok(Word::NONE) };
    /// crc8(bytes): 0 where the last byte is the checksum of those before it.
    def crc8(1) = |vm, args| {
        let sum = vm.buffer(args.at(0), false)?.bytes.iter().fold(0_u8, |sum, byte| {
            (0..8).fold(sum ^ byte.get(), |sum, _| sum >> 1 ^ if sum & 1 != 0 { 0x8C } else { 0 })
        });
        Ok(Word::int(sum.into()))
    };
}

// Microseconds, as devices want them.
const RESET: u64 = 480;
/// Behind a reset, until a device answers.
const ANSWERS: u64 = 70;
const SHORT: u64 = 2;
/// Behind a short low level, until the line is looked at.
const LOOK: u64 = 6;
const SLOT: u64 = 60;

struct Wire<'v> {
    vm: &'v Vm,
    hardware: &'static dyn Hardware,
    pin: usize,
}

impl Wire<'_> {
    fn set(&self, level: bool, microseconds: u64) {
        self.hardware.write(self.pin, level);
        let start = self.vm.port.now();
        loop {
            let now = self.vm.port.now();
            // A millisecond that ends while interrupts are held back is not counted: the clock steps back by it.
            if (if now < start { now + 1000 } else { now }) - start >= microseconds {
                return;
            }
        }
    }
}

fn wire<'v>(vm: &'v Vm, args: Args) -> Outcome<Wire<'v>> {
    Ok(Wire { vm, hardware: hardware(vm)?, pin: pin::find(vm, args.at(0))? })
}

fn reset(vm: &Vm, args: Args) -> Outcome {
    let wire = wire(vm.here(), args)?;
    wire.hardware.configure(wire.pin, Mode::OpenDrain, Pull::Up);
    wire.set(false, RESET);
    wire.set(true, ANSWERS);
    let there = !wire.hardware.read(wire.pin);
    wire.set(true, RESET - ANSWERS);
    Ok(Word::bool(there))
}

/// Sends bits, the lowest first, and answers what the line was meanwhile.
fn exchange(vm: &Vm, args: Args, bits: u8, count: u32) -> Outcome<u8> {
    let (wire, clockwork) = (wire(vm.here(), args)?, clockwork(vm)?);
    let mut came = 0;
    for at in 0..count {
        let one = bits >> at & 1 != 0;
        if one {
            let held = clockwork.hold_interrupts();
            wire.set(false, SHORT);
            wire.set(true, LOOK);
            came |= u8::from(wire.hardware.read(wire.pin)) << at;
            clockwork.let_interrupts(held);
        } else {
            wire.set(false, SLOT);
        }
        wire.set(true, if one { SLOT } else { LOOK });
    }
    Ok(came)
}
