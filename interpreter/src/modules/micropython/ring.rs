//! `micropython.RingIO`: a stream of bytes between an interrupt and the program, or two tasks.
//!
//! Writing and asking allocate nothing. One byte of the memory stays unused, which tells a full ring from an empty one.

use crate::object::handle::{Args, Handle};
use crate::object::kind::{Buffer, Header, Slots, Type};
use crate::object::word::Word;
use crate::vfs::stream::{self, Operations, Stream, derived_type, poll};
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

table! { pub ROWS, NAMES, DOCS:
    /// any(): how many bytes can be read.
    def any(1) = |vm, args| { let ring = stream::opened(vm, args.at(0))?; Ok(Word::int(Ring::of(vm, &ring)?.filled() as isize)) };
}

static SLOTS: Slots = Slots {
    make: Some(|vm, _, args| make(vm, args)),
    print: Some(|vm, _, out, _| out.text(vm, "<RingIO>")),
    ..stream::SHARED
};

/// `micropython.RingIO`. State of an instance: [0] the memory, [1] where is read, [2] where is written.
pub static RING_IO: Type = derived_type(name!(RingIO), &SLOTS, ROWS);

const GET: usize = 1;
const PUT: usize = 2;

static OPERATIONS: Operations = Operations {
    read,
    write,
    seekable: false,
    seek: stream::not_seekable,
    flush: |_, _| Ok(()),
    close: |_, _| Ok(()),
    poll: |vm, stream, wanted| {
        let ring = Ring::of(vm, stream)?;
        Ok(wanted & poll::ready(ring.filled() > 0, ring.room() > 0))
    },
    descriptor: stream::no_descriptor,
};

/// The most bytes of memory: as the reference's, whose positions have 16 bits.
const MOST: usize = u16::MAX as usize;

fn make(vm: &Vm, args: Args) -> Outcome {
    vm.expect_count(args, 1, 1)?;
    let memory = match args.at(0).as_int() {
        Some(size) => {
            let size = usize::try_from(size).ok().filter(|size| (1..MOST).contains(size));
            vm.new_raw_bytes(size.ok_or_else(|| wrong_size(vm))? + 1)?.word()
        }
        None => {
            let length = vm.buffer(args.at(0), true)?.bytes.len();
            if !(2..=MOST).contains(&length) {
                return Err(wrong_size(vm));
            }
            args.at(0)
        }
    };
    let state = [memory, Word::int(0), Word::int(0)].map(Cell::new);
    Ok(vm.new_object(Stream { header: Header::of(&RING_IO), operations: &OPERATIONS, state, text: false })?.word())
}

fn wrong_size(vm: &Vm) -> crate::vm::Raised {
    vm.value_error("a ring has room for 1 to 65534 bytes")
}

/// A ring's memory and positions, at the time of asking: a program may have made its buffer shorter.
struct Ring<'v> {
    bytes: &'v [Cell<u8>],
    state: &'v [Cell<Word>; 3],
}

impl<'v> Ring<'v> {
    fn of(vm: &'v Vm, stream: &'v Stream) -> Outcome<Ring<'v>> {
        let memory = stream.state[0].get();
        let bytes = match Handle::<crate::object::print::RawBytes>::from(memory) {
            Some(bytes) => bytes.get().tail(),
            None => {
                let Buffer { bytes, .. } = vm.buffer(memory, true)?;
                bytes
            }
        };
        if bytes.len() < 2 {
            return Err(wrong_size(vm));
        }
        Ok(Ring { bytes, state: &stream.state })
    }

    fn position(&self, which: usize) -> usize {
        self.state[which].get().as_int().unwrap_or(0) as usize % self.bytes.len()
    }

    fn filled(&self) -> usize {
        (self.position(PUT) + self.bytes.len() - self.position(GET)) % self.bytes.len()
    }

    fn room(&self) -> usize {
        self.bytes.len() - 1 - self.filled()
    }

    /// Goes through `count` bytes from a position on, which then stands behind them.
    fn walk(&self, which: usize, count: usize, mut each: impl FnMut(usize, &Cell<u8>)) {
        let mut at = self.position(which);
        for index in 0..count {
            each(index, &self.bytes[at]);
            at = (at + 1) % self.bytes.len();
        }
        self.state[which].set(Word::int(at as isize));
    }
}

/// What is there; nothing, if nothing is.
fn read(vm: &Vm, stream: &Stream, buffer: &mut [u8]) -> Outcome<usize> {
    let ring = Ring::of(vm, stream)?;
    let count = buffer.len().min(ring.filled());
    ring.walk(GET, count, |index, cell| buffer[index] = cell.get());
    Ok(count)
}

/// As much as fits.
fn write(vm: &Vm, stream: &Stream, bytes: &[u8]) -> Outcome<usize> {
    let ring = Ring::of(vm, stream)?;
    let count = bytes.len().min(ring.room());
    ring.walk(PUT, count, |index, cell| cell.set(bytes[index]));
    Ok(count)
}
