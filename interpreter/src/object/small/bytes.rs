//! `bytes` of the smallest interpreter: literals, which can be compared, indexed and walked through; and the raw bytes that
//! other objects own.

use super::class::TYPE;
use super::handle::{Handle, Tailed};
use super::iterator;
use super::kind::{Access, Binary, Buffer, Header, Kind, Rows, Slots, Type, Unary};
use super::print::{Printer, Style};
use super::sequence;
use super::str::print_bytes_literal;
use super::word::Word;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

static SLOTS: Slots = Slots {
    print: Some(print),
    unary: Some(unary),
    binary: Some(binary),
    item: Some(item),
    iter: Some(iterator::over_bytes),
    buffer: Some(buffer),
    ..Slots::NONE
};

table! { pub ROWS, NAMES, DOCS:
}

/// `bytes`.
pub static BYTES: Type =
    Type { header: Header::of(&TYPE), slots: &SLOTS, name: name!("bytes"), kind: Kind::Bytes, traced: 0, base: None, rows: ROWS };

/// `raw`.
pub static RAW_BYTES: Type = Type {
    header: Header::of(&TYPE),
    slots: &Slots::NONE,
    name: name!("raw"),
    kind: Kind::RawBytes,
    traced: 0,
    base: None,
    rows: Rows::NONE,
};

/// What a `bytes` has besides its bytes: nothing.
pub struct BytesHead;

/// A bytes object.
pub type Bytes = Tailed<BytesHead, u8>;

impl Vm {
    /// A `bytes`.
    pub fn new_bytes(&self, bytes: &[u8]) -> Outcome {
        Ok(self.new_tailed_from(&BYTES, BytesHead, &[bytes])?.word())
    }

    /// A `bytes` of cells' contents.
    pub fn new_bytes_from_cells(&self, cells: &[Cell<u8>]) -> Outcome {
        Ok(self.new_tailed_copy(&BYTES, BytesHead, cells)?.word())
    }

    /// The bytes of a `bytes` or `str`.
    ///
    /// # Errors
    /// `TypeError` for other objects.
    pub fn bytes_of(&self, word: Word) -> Outcome<&[u8]> {
        match (Handle::<Bytes>::from(word), self.as_text(word)) {
            (Some(bytes), _) => Ok(bytes.get().bytes()),
            (None, Some(text)) => Ok(text.as_bytes()),
            (None, None) => Err(self.type_error("object with buffer protocol required")),
        }
    }
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    print_bytes_literal(vm, vm.buffer(word, false)?.bytes, out)
}

fn unary(vm: &Vm, operator: Unary, word: Word) -> Outcome {
    let bytes = vm.bytes_of(word)?;
    match operator {
        Unary::Hash => Ok(Word::int(super::name::hash(bytes) as isize >> 2)),
        _ => sequence::unary(vm, operator, word, bytes.len()),
    }
}

fn binary(vm: &Vm, operator: Binary, lhs: Word, rhs: Word) -> Outcome {
    let Some(other) = Handle::<Bytes>::from(rhs) else { return Ok(Word::NOT_IMPLEMENTED) };
    let (a, b) = (vm.bytes_of(lhs)?, other.get().bytes());
    if operator == Binary::Add {
        return Ok(vm.new_tailed_from(&BYTES, BytesHead, &[a, b])?.word());
    }
    Ok(sequence::holds(operator, a.cmp(b)).map_or(Word::NOT_IMPLEMENTED, Word::bool))
}

fn item(vm: &Vm, word: Word, key: Word, access: Access) -> Outcome {
    let bytes = vm.bytes_of(word)?;
    match access {
        Access::Load => Ok(Word::int(bytes[vm.position(&BYTES, key, || bytes.len())?] as isize)),
        _ => Ok(Word::UNSET),
    }
}

fn buffer<'v>(_: &'v Vm, word: Word, writable: bool) -> Option<Buffer<'v>> {
    let bytes = Handle::<Bytes>::from(word)?;
    if writable { None } else { Some(Buffer::of_bytes(bytes.get().bytes())) }
}
