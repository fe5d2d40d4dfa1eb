//! `_cdata`: values of C's plain types where they lie in memory. `ctypes` is Python over it.
//!
//! An object there has its bytes as `_memory`; a field, an array and a simple object say by `_plain` of which type the value is, as `struct`
//! writes it, or have `None` there where a value is more than its bytes. Such ones, and whatever is wrong, go to the method in
//! Python of the same name with `_slow` before it.

use super::usual;
use interpreter::object::bytes::Bytes;
use interpreter::object::class::lookup_special;
use interpreter::object::float::{self, Float};
use interpreter::object::handle::{Args, Handle, object_type};
use interpreter::object::name::Name;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};
use std::cell::Cell;

table! { pub ROWS, NAMES, DOCS:
    /// value(self): what a simple object is.
    method def value(1) = |vm, args| {
        let found = simple(vm, args.at(0)).map(|place| place.load(vm)).transpose()?.flatten();
        found.map_or_else(|| slowly(vm, args, name!(_slow_value)), Ok)
    };
    /// set_value(self, value): changes it.
    method def set_value(2) = |vm, args| {
        let done = simple(vm, args.at(0)).map(|place| place.store(vm, args.at(1))).transpose()?;
        if done == Some(true) { Ok(Word::NONE) } else { slowly(vm, args, name!(_slow_set_value)) }
    };
    /// field(self, instance, owner=None): `__get__` of a field of a structure.
    method def field(2..=3) = |vm, args| {
        let found = field(vm, args).map(|place| place.load(vm)).transpose()?.flatten();
        found.map_or_else(|| slowly(vm, args, name!(_slow_get)), Ok)
    };
    /// set_field(self, instance, value): its `__set__`.
    method def set_field(3) = |vm, args| {
        let done = field(vm, args).map(|place| place.store(vm, args.at(2))).transpose()?;
        if done == Some(true) { Ok(Word::NONE) } else { slowly(vm, args, name!(_slow_set)) }
    };
    /// item(self, index): `__getitem__` of an array.
    method def item(2) = |vm, args| {
        let found = item(vm, args).map(|place| place.load(vm)).transpose()?.flatten();
        found.map_or_else(|| slowly(vm, args, name!(_slow_item)), Ok)
    };
    /// set_item(self, index, value): its `__setitem__`.
    method def set_item(3) = |vm, args| {
        let done = item(vm, args).map(|place| place.store(vm, args.at(2))).transpose()?;
        if done == Some(true) { Ok(Word::NONE) } else { slowly(vm, args, name!(_slow_set_item)) }
    };
}

/// Names beside those of the table: attributes, and methods in Python.
pub const MORE: &[&str] = &[
    "_cdata",
    "_memory",
    "_plain",
    "_slow_value",
    "_slow_set_value",
    "_slow_get",
    "_slow_set",
    "_slow_item",
    "_slow_set_item",
    "offset",
];

fn slowly(vm: &Vm, args: Args, name: Name) -> Outcome {
    usual::hand_over(vm, object_type(args.at(0)), args, name, "an object of ctypes is wanted")
}

fn attribute(word: Word, name: Name) -> Option<Word> {
    usual::attribute(word, name)?.get().set()
}

/// Where a value of a plain type lies.
struct Place {
    memory: Word,
    code: u8,
    start: usize,
}

fn code(vm: &Vm, plain: Word) -> Option<u8> {
    vm.as_text(plain)?.bytes().next()
}

fn simple(vm: &Vm, object: Word) -> Option<Place> {
    let code = code(vm, lookup_special(vm, object_type(object)?, name!(_plain))?)?;
    Some(Place { memory: attribute(object, name!(_memory))?, code, start: 0 })
}

fn field(vm: &Vm, args: Args) -> Option<Place> {
    let code = code(vm, attribute(args.at(0), name!(_plain))?)?;
    let start = usize::try_from(attribute(args.at(0), name!(offset))?.as_int()?).ok()?;
    Some(Place { memory: attribute(args.at(1), name!(_memory))?, code, start })
}

/// An item by its index. Memory has no more bytes than there are items.
fn item(vm: &Vm, args: Args) -> Option<Place> {
    let code = code(vm, lookup_special(vm, object_type(args.at(0))?, name!(_plain))?)?;
    let start = usize::try_from(args.at(1).as_int()?).ok()?.checked_mul(size(code)?)?;
    Some(Place { memory: attribute(args.at(0), name!(_memory))?, code, start })
}

fn size(code: u8) -> Option<usize> {
    Some(match code {
        b'b' | b'B' | b'?' | b'c' => 1,
        b'h' | b'H' => 2,
        b'i' | b'I' | b'f' => 4,
        b'l' | b'L' | b'q' | b'Q' | b'd' => 8,
        _ => return None,
    })
}

impl Place {
    /// The bytes, if memory has them.
    fn cells<'v>(&self, vm: &'v Vm, writable: bool) -> Outcome<Option<&'v [Cell<u8>]>> {
        let Some(size) = size(self.code) else { return Ok(None) };
        Ok(vm.buffer(self.memory, writable)?.bytes.get(self.start..self.start + size))
    }

    fn load(&self, vm: &Vm) -> Outcome<Option<Word>> {
        let Some(cells) = self.cells(vm, false)? else { return Ok(None) };
        let mut bytes = [0; 8];
        bytes.iter_mut().zip(cells).for_each(|(to, from)| *to = from.get());
        let number = u64::from_le_bytes(bytes);
        let unused = 64 - 8 * cells.len() as u32;
        Ok(Some(match self.code {
            b'c' => vm.new_bytes(&bytes[..1])?,
            b'?' => Word::bool(number != 0),
            b'f' => vm.new_float(f32::from_bits(number as u32).into())?,
            b'd' => vm.new_float(f64::from_bits(number))?,
            b'B' | b'H' | b'I' => Word::int(number as isize),
            b'L' | b'Q' if number > i64::MAX as u64 => return Ok(None),
            // The highest bit of a signed one says its sign.
            _ => vm.new_int(((number << unused) as i64) >> unused)?,
        }))
    }

    /// Writes a value; `false` if it is none that goes there as it is.
    fn store(&self, vm: &Vm, value: Word) -> Outcome<bool> {
        let number = match self.code {
            b'c' => Handle::<Bytes>::from(value).filter(|bytes| bytes.len() == 1).map(|bytes| u64::from(bytes.get().bytes()[0])),
            b'?' => [Word::FALSE, Word::TRUE].iter().position(|known| *known == value).map(|bit| bit as u64),
            b'f' => plain_real(value).and_then(narrow).map(u64::from),
            b'd' => plain_real(value).map(f64::to_bits),
            _ => value.as_int().map(|number| number as u64),
        };
        let Some(number) = number else { return Ok(false) };
        let Some(cells) = self.cells(vm, true)? else { return Ok(false) };
        cells.iter().zip(number.to_le_bytes()).for_each(|(to, from)| to.set(from));
        Ok(true)
    }
}

fn plain_real(value: Word) -> Option<f64> {
    float::real(value).filter(|_| value.is_int() || Handle::<Float>::from(value).is_some())
}

/// A number in 32 bits; `None` of one that is too large for them.
fn narrow(value: f64) -> Option<u32> {
    let narrow = value as f32;
    (narrow.is_finite() || !value.is_finite()).then(|| narrow.to_bits())
}
