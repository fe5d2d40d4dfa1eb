//! `marshal`: code and plain values as bytes, in the form of saved bytecode. `loads` believes nothing that it reads.

use crate::code::saved::{self, Bad};
use crate::object::print::{Builder, Sink};
use crate::object::word::Word;
use crate::source::Source;
use crate::vfs::any;
use crate::vm::import::Text;
use crate::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// dump(value, file[, version]): writes a value to a file.
    def dump(2..=3) = |vm, args| {
        let mut bytes = Builder::new();
        saved::save_own(vm, args.at(0), &mut bytes)?;
        let bytes = bytes.finish_bytes(vm)?;
        vm.call_method(args.at(1), name!(write), &[bytes])
    };
    /// dumps(value[, version]): a value as bytes.
    def dumps(1..=2) = |vm, args| {
        let mut bytes = Builder::new();
        saved::save_own(vm, args.at(0), &mut bytes as &mut dyn Sink)?;
        bytes.finish_bytes(vm)
    };
    /// load(file): the next value in a file.
    def load(1) = |vm, args| read(vm, &mut Stream(args.at(0)));
    /// loads(bytes): the value that the bytes are.
    def loads(1) = |vm, args| {
        let bytes = vm.bytes_of(args.at(0))?;
        read(vm, &mut Text::new(bytes))
    };
    /// The version of the format that CPython means by this number.
    const version = Word::int(4);
}

/// A stream, read byte by byte: what follows a value stays in it.
struct Stream(Word);

impl Source for Stream {
    fn read(&mut self, vm: &Vm, buffer: &mut [u8]) -> Outcome<usize> {
        any::read(vm, self.0, &mut buffer[..1])
    }
}

fn read(vm: &Vm, source: &mut dyn Source) -> Outcome {
    match saved::load(vm, source)? {
        Ok(value) => Ok(value),
        Err(Bad::Version) => Err(vm.value_error("bad marshal data: no bytes of this version")),
        Err(Bad::Content(what)) => Err(saved::bad(vm, "bad marshal data: ", what)),
    }
}
