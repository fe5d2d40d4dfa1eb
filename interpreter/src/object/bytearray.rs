//! `bytearray`: bytes that change. It has the methods of `bytes`, and those of a list.

use super::bytes::{self, SHARED_ROWS};
use super::class::TYPE;
use super::handle::{Args, Handle};
use super::iterator;
use super::kind::{Access, Binary, Buffer, Header, Kind, NativeFunction, Rows, Slots, Type, Unary};
use super::percent;
use super::print::{Builder, Printer, RawBytes, Style};
use super::sequence;
use super::slice::Slice;
use super::str::print_bytes_literal;
use super::word::Word;
use crate::object::exception;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

table! { pub OWN_ROWS, NAMES, DOCS:
    /// append(byte): adds a byte at the end.
    #[cfg(feature = "standard")]
    def append(2) = append;
    /// clear(): removes all bytes.
    #[cfg(feature = "standard")]
    def clear(1) = clear;
    /// copy(): a copy.
    #[cfg(feature = "standard")]
    def copy(1) = copy;
    /// extend(iterable): adds bytes at the end.
    #[cfg(feature = "standard")]
    def extend(2) = extend;
    /// insert(index, byte): puts a byte before the one at index.
    #[cfg(feature = "standard")]
    def insert(3) = insert;
    /// pop(index=-1): removes and returns a byte.
    #[cfg(feature = "standard")]
    def pop(1..=2) = pop;
    /// remove(byte): removes the first such byte.
    #[cfg(feature = "standard")]
    def remove(2) = remove;
    /// reverse(): turns the order round.
    #[cfg(feature = "standard")]
    def reverse(1) = reverse;
}

/// The rows of `bytes`, then those of a list.
static ROWS: Rows = Rows { functions: &FUNCTIONS, constants: &[] };

static FUNCTIONS: [NativeFunction; SHARED_ROWS.functions.len() + OWN_ROWS.functions.len()] = {
    let (shared, own) = (SHARED_ROWS.functions, OWN_ROWS.functions);
    let mut rows = [shared[0]; SHARED_ROWS.functions.len() + OWN_ROWS.functions.len()];
    let mut at = 0;
    while at < rows.len() {
        rows[at] = if at < shared.len() { shared[at] } else { own[at - shared.len()] };
        at += 1;
    }
    rows
};

static SLOTS: Slots = Slots {
    make: Some(make),
    print: Some(print),
    unary: Some(unary),
    binary: Some(binary),
    item: Some(item),
    iter: Some(iterator::over_bytes),
    buffer: Some(buffer),
    ..Slots::NONE
};

/// `bytearray`.
pub static BYTEARRAY: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("bytearray"),
    kind: Kind::ByteArray,
    traced: 1,
    base: None,
    rows: &ROWS,
};

/// A bytearray: `len` of the bytes in `data` are used.
#[repr(C)]
pub struct ByteArray {
    /// `bytearray`.
    pub header: Header,
    data: Cell<Option<Handle<RawBytes>>>,
    len: Cell<usize>,
}

#[cfg(target_pointer_width = "32")]
const _: () = assert!(size_of::<ByteArray>() <= 16);

impl ByteArray {
    /// The bytes. Valid until the length changes.
    pub fn cells<'v>(&self) -> &'v [Cell<u8>] {
        self.data.get().map_or(&[], |data| &data.get().tail()[..self.len.get()])
    }

    /// Makes room for `len` bytes in all; the length becomes that.
    fn set_len(&self, vm: &Vm, len: usize) -> Outcome<()> {
        let capacity = self.data.get().map_or(0, |data| data.len());
        if len > capacity || (capacity > 256 && len < capacity / 4) {
            let new = vm.new_raw_bytes(if len > capacity { len.max(capacity + capacity / 2).max(12) } else { len })?;
            new.tail().iter().zip(self.cells()).for_each(|(to, from)| to.set(from.get()));
            self.data.set(Some(new));
        }
        self.len.set(len);
        Ok(())
    }

    /// Replaces the `removed` bytes from `start` by `bytes`.
    pub(super) fn splice(&self, vm: &Vm, start: usize, removed: usize, bytes: &[u8]) -> Outcome<()> {
        let (old, end) = (self.len.get(), start + removed);
        let new = (old - removed).checked_add(bytes.len()).ok_or_else(|| vm.raise_memory(usize::MAX))?;
        let tail = old - end;
        if new > old {
            self.set_len(vm, new)?;
        }
        let cells = self.cells();
        let to = start + bytes.len();
        if to > end {
            (0..tail).rev().for_each(|i| cells[to + i].set(cells[end + i].get()));
        } else if to < end {
            (0..tail).for_each(|i| cells[to + i].set(cells[end + i].get()));
        }
        cells[start..to].iter().zip(bytes).for_each(|(cell, byte)| cell.set(*byte));
        if new < old { self.set_len(vm, new) } else { Ok(()) }
    }

    /// Adds a byte at the end.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn push(&self, vm: &Vm, byte: u8) -> Outcome<()> {
        let len = self.len.get();
        self.set_len(vm, len + 1)?;
        self.cells()[len].set(byte);
        Ok(())
    }
}

impl Vm {
    /// A `bytearray`.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn new_bytearray(&self, bytes: &[u8]) -> Outcome {
        let array = empty(self)?;
        array.splice(self, 0, 0, bytes)?;
        Ok(array.word())
    }
}

fn empty(vm: &Vm) -> Outcome<Handle<ByteArray>> {
    vm.new_object(ByteArray { header: Header::of(&BYTEARRAY), data: Cell::new(None), len: Cell::new(0) })
}

/// A `bytearray` of what lies in cells.
pub fn from_cells(vm: &Vm, cells: &[Cell<u8>]) -> Outcome {
    let array = empty(vm)?;
    let data = vm.new_raw_bytes(cells.len())?;
    data.tail().iter().zip(cells).for_each(|(to, from)| to.set(from.get()));
    array.data.set(Some(data));
    array.len.set(cells.len());
    Ok(array.word())
}

fn make(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    let (buffer, len) = bytes::build(vm, args)?.into_parts();
    let array = empty(vm)?;
    array.data.set(buffer);
    array.len.set(len);
    Ok(array.word())
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let array: Handle<ByteArray> = vm.receiver(word)?;
    out.text(vm, "bytearray(")?;
    print_bytes_literal(vm, array.cells(), out)?;
    out.text(vm, ")")
}

fn unary(vm: &Vm, operator: Unary, word: Word) -> Outcome {
    let array: Handle<ByteArray> = vm.receiver(word)?;
    sequence::unary(vm, operator, word, array.len.get())
}

fn finish(vm: &Vm, builder: Builder) -> Outcome {
    from_cells(vm, builder.cells())
}

fn binary(vm: &Vm, operator: Binary, lhs: Word, rhs: Word) -> Outcome {
    let array: Handle<ByteArray> = vm.receiver(lhs)?;
    match operator {
        Binary::Contains => bytes::contains(vm, lhs, rhs),
        Binary::Add if bytes::is_bytes_like(vm, rhs) => finish(vm, bytes::concatenate(vm, lhs, rhs)?),
        Binary::InPlaceAdd if bytes::is_bytes_like(vm, rhs) => {
            array.splice(vm, array.len.get(), 0, vm.bytes_of(rhs)?)?;
            Ok(lhs)
        }
        Binary::Mul | Binary::ReverseMul | Binary::InPlaceMul => match vm.repeat_count(rhs)? {
            None => Ok(Word::NOT_IMPLEMENTED),
            Some(count) => {
                let out = bytes::repeat(vm, vm.bytes_of(lhs)?, count)?;
                if operator != Binary::InPlaceMul {
                    return finish(vm, out);
                }
                let (buffer, len) = out.into_parts();
                array.data.set(buffer);
                array.len.set(len);
                Ok(lhs)
            }
        },
        Binary::Mod => {
            let result = percent::percent(vm, lhs, rhs)?;
            vm.new_bytearray(vm.bytes_of(result)?)
        }
        _ => bytes::compare(vm, operator, lhs, rhs),
    }
}

fn item(vm: &Vm, word: Word, key: Word, access: Access) -> Outcome {
    let array: Handle<ByteArray> = vm.receiver(word)?;
    let len = || array.len.get();
    if let Some(slice) = Handle::<Slice>::from(key) {
        return match access {
            Access::Load => {
                let (span, cells) = (slice.bounds(vm)?.span(len()), array.cells());
                let mut out = Builder::with_capacity(vm, span.count)?;
                span.positions().try_for_each(|at| out.push(vm, &[cells[at].get()]))?;
                finish(vm, out)
            }
            Access::Store(value) => store_slice(vm, array, slice, value),
            Access::Delete => store_slice(vm, array, slice, vm.new_bytes(&[])?),
        };
    }
    match access {
        Access::Load => Ok(Word::int(array.cells()[vm.position(&BYTEARRAY, key, len)?].get() as isize)),
        Access::Store(value) => {
            let byte = vm.byte(value)?;
            array.cells()[vm.position(&BYTEARRAY, key, len)?].set(byte);
            Ok(Word::NONE)
        }
        Access::Delete => {
            array.splice(vm, vm.position(&BYTEARRAY, key, len)?, 1, &[])?;
            Ok(Word::NONE)
        }
    }
}

/// The bytes of a bytes-like object or of an iterable of numbers.
fn bytes_from(vm: &Vm, source: Word) -> Outcome<&[u8]> {
    if bytes::is_bytes_like(vm, source) {
        return vm.bytes_of(source);
    }
    if vm.as_text(source).is_some() {
        return Err(vm.type_error("a bytes-like object is required"));
    }
    let mut out = Builder::new();
    vm.for_each(source, &mut |word| out.push(vm, &[vm.byte(word)?]))?;
    vm.bytes_of(out.finish_bytes(vm)?)
}

/// Replaces a slice; nothing to put in its place deletes it, whatever its step.
fn store_slice(vm: &Vm, array: Handle<ByteArray>, slice: Handle<Slice>, value: Word) -> Outcome {
    let new = bytes_from(vm, value)?;
    let span = slice.bounds(vm)?.span(array.len.get());
    if span.step == 1 {
        array.splice(vm, span.start, span.count, new)?;
    } else if new.is_empty() {
        let (span, cells) = (span.ascending(), array.cells());
        let (mut to, mut removed) = (0, 0);
        for at in 0..cells.len() {
            if removed < span.count && at == span.at(removed) {
                removed += 1;
            } else {
                cells[to].set(cells[at].get());
                to += 1;
            }
        }
        array.set_len(vm, to)?;
    } else if new.len() == span.count {
        let cells = array.cells();
        span.positions().zip(new).for_each(|(at, byte)| cells[at].set(*byte));
    } else {
        return Err(vm.value_error("attempt to assign bytes to extended slice of different size"));
    }
    Ok(Word::NONE)
}

fn buffer<'v>(_: &'v Vm, word: Word, _: bool) -> Option<Buffer<'v>> {
    Some(Buffer::of_cells(Handle::<ByteArray>::from(word)?.cells()))
}

fn this(vm: &Vm, args: Args) -> Outcome<Handle<ByteArray>> {
    vm.receiver(args.at(0))
}

fn append(vm: &Vm, args: Args) -> Outcome {
    this(vm, args)?.push(vm, vm.byte(args.at(1))?)?;
    Ok(Word::NONE)
}

fn clear(vm: &Vm, args: Args) -> Outcome {
    let array = this(vm, args)?;
    array.data.set(None);
    array.len.set(0);
    Ok(Word::NONE)
}

fn copy(vm: &Vm, args: Args) -> Outcome {
    from_cells(vm, this(vm, args)?.cells())
}

fn extend(vm: &Vm, args: Args) -> Outcome {
    let array = this(vm, args)?;
    let bytes = bytes_from(vm, args.at(1))?;
    array.splice(vm, array.len.get(), 0, bytes)?;
    Ok(Word::NONE)
}

fn insert(vm: &Vm, args: Args) -> Outcome {
    let array = this(vm, args)?;
    let (index, byte) = (vm.clamped(args.at(1))?, vm.byte(args.at(2))?);
    let len = array.len.get();
    let index = if index < 0 { len.saturating_sub(index.unsigned_abs()) } else { len.min(index as usize) };
    array.splice(vm, index, 0, &[byte])?;
    Ok(Word::NONE)
}

fn pop(vm: &Vm, args: Args) -> Outcome {
    let array = this(vm, args)?;
    if array.len.get() == 0 {
        return Err(vm.raise_text(&exception::INDEX_ERROR, "pop from empty bytearray"));
    }
    let index = vm.position(&BYTEARRAY, args.get(1).unwrap_or(Word::int(-1)), || array.len.get())?;
    let byte = array.cells()[index].get();
    array.splice(vm, index, 1, &[])?;
    Ok(Word::int(byte as isize))
}

fn remove(vm: &Vm, args: Args) -> Outcome {
    let array = this(vm, args)?;
    let wanted = vm.byte(args.at(1))?;
    match array.cells().iter().position(|byte| byte.get() == wanted) {
        Some(index) => array.splice(vm, index, 1, &[]).map(|()| Word::NONE),
        None => Err(vm.value_error("value not found in bytearray")),
    }
}

fn reverse(vm: &Vm, args: Args) -> Outcome {
    let cells = this(vm, args)?.cells();
    (0..cells.len() / 2).for_each(|i| cells[i].swap(&cells[cells.len() - 1 - i]));
    Ok(Word::NONE)
}
