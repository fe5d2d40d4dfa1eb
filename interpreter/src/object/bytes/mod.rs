//! `bytes`, and the raw bytes that other objects own. The methods are those of `str` that make sense for bytes.

mod methods;

pub use methods::{DOCS, NAMES, ROWS as SHARED_ROWS, hex};

use super::class::TYPE;
use super::handle::{Args, Handle, Tailed};
use super::iterator;
use super::kind::{Access, Binary, Buffer, Header, Kind, Rows, Slots, Type, Unary};
use super::memoryview::MemoryView;
use super::percent;
use super::print::{Builder, Printer, Style};
use super::sequence;
use super::slice::Slice;
use super::str::{encode_text, find, print_bytes_literal};
use super::word::Word;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;
use core::cmp::Ordering;

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

/// `bytes`.
pub static BYTES: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("bytes"),
    kind: Kind::Bytes,
    traced: 0,
    base: None,
    rows: SHARED_ROWS,
};

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

    /// The bytes of a bytes-like object as they are now: those of a `bytes` or `str` themselves, of any other a copy.
    ///
    /// # Errors
    /// `TypeError` for other objects, `MemoryError`.
    pub fn bytes_of(&self, word: Word) -> Outcome<&[u8]> {
        let native = self.native(word);
        if let Some(bytes) = Handle::<Bytes>::from(native) {
            return Ok(bytes.get().bytes());
        }
        if let Some(text) = self.as_text(native) {
            return Ok(text.as_bytes());
        }
        let copy = match Handle::<MemoryView>::from(native) {
            Some(view) => super::memoryview::this(self, view.word())?.gather(self)?.finish_bytes(self)?,
            None => self.new_bytes_from_cells(self.buffer(native, false)?.bytes)?,
        };
        Ok(Handle::<Bytes>::from(copy).expect("just made").get().bytes())
    }

    /// A number that is a byte.
    ///
    /// # Errors
    /// `TypeError`; `ValueError` outside 0 to 255.
    pub fn byte(&self, word: Word) -> Outcome<u8> {
        u8::try_from(self.clamped(word)?).map_err(|_| self.value_error("bytes value out of range"))
    }
}

/// The bytes that the arguments of `bytes` or `bytearray` mean.
pub(super) fn build(vm: &Vm, args: Args) -> Outcome<Builder> {
    let Some(source) = args.get(0) else { return Ok(Builder::new()) };
    if let Some(text) = vm.as_measured(source) {
        if args.len() < 2 && args.keyword_count() == 0 {
            return Err(vm.type_error("string argument without an encoding"));
        }
        vm.expect_count(Args::of(args.positional()), 1, 3)?;
        return encode_text(vm, text.text, args);
    }
    vm.expect_count(args, 0, 1)?;
    if source.is_int() || super::int::is_int(source) {
        let length = usize::try_from(vm.index(source)?).map_err(|_| vm.value_error("negative count"))?;
        return Builder::with_zeros(vm, length);
    }
    let mut out = Builder::new();
    let kind = vm.type_of(vm.native(source));
    // An instance has the bytes of its builtin part alone; others are asked for numbers.
    if kind.slots.buffer.is_some() && !(crate::WHOLE && kind.kind == Kind::Instance) {
        out.push(vm, vm.bytes_of(source)?)?;
        return Ok(out);
    }
    vm.for_each(source, &mut |word| out.push(vm, &[vm.byte(word)?]))?;
    Ok(out)
}

fn make(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    match args.get(0) {
        // Never changes: no copy.
        Some(source) if args.len() == 1 && Handle::<Bytes>::from(source).is_some() => Ok(source),
        Some(source) if args.len() == 1 && vm.type_of(source).kind == Kind::Instance => match special(vm, source)? {
            Some(bytes) => Ok(bytes),
            None => build(vm, args)?.finish_bytes(vm),
        },
        _ => build(vm, args)?.finish_bytes(vm),
    }
}

/// What `__bytes__` answers, if there is one.
fn special(vm: &Vm, source: Word) -> Outcome<Option<Word>> {
    match vm.find_attribute(source, name!(__bytes__))?.set() {
        Some(method) => match vm.call(method, &[])? {
            answer if crate::WHOLE && vm.as_native::<Bytes>(answer).is_none() => {
                let parts = [Part::Text("__bytes__ returned non-bytes (type "), Part::TypeOf(answer), Part::Text(")")];
                Err(vm.raise(&super::exception::TYPE_ERROR, &parts))
            }
            answer => Ok(Some(answer)),
        },
        None => Ok(None),
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

/// Compares bytes-like objects; `NOT_IMPLEMENTED` if `rhs` is none, or text.
pub(super) fn compare(vm: &Vm, operator: Binary, lhs: Word, rhs: Word) -> Outcome {
    // An array is equal to arrays alone.
    let array = vm.type_of(vm.native(rhs)).kind == Kind::Array;
    if array || sequence::holds(operator, Ordering::Equal).is_none() || !is_bytes_like(vm, rhs) {
        return Ok(Word::NOT_IMPLEMENTED);
    }
    let (a, b) = (vm.buffer(lhs, false)?.bytes, vm.buffer(rhs, false)?.bytes);
    let ordering = a.iter().map(Cell::get).cmp(b.iter().map(Cell::get));
    Ok(sequence::holds(operator, ordering).map_or(Word::NOT_IMPLEMENTED, Word::bool))
}

/// Whether an object has bytes and is no text.
pub(super) fn is_bytes_like(vm: &Vm, word: Word) -> bool {
    let ty = vm.type_of(vm.native(word));
    ty.slots.buffer.is_some() && ty.kind != Kind::Str
}

/// `in`: a number, or a part.
pub(super) fn contains(vm: &Vm, lhs: Word, rhs: Word) -> Outcome {
    if is_bytes_like(vm, rhs) {
        return Ok(Word::bool(find(vm.bytes_of(lhs)?, vm.bytes_of(rhs)?).is_some()));
    }
    let wanted = vm.byte(rhs)?;
    Ok(Word::bool(vm.buffer(lhs, false)?.bytes.iter().any(|byte| byte.get() == wanted)))
}

/// Bytes repeated.
pub(super) fn repeat(vm: &Vm, bytes: &[u8], count: usize) -> Outcome<Builder> {
    let total = bytes.len().checked_mul(count).ok_or_else(|| vm.raise_memory(usize::MAX))?;
    if let [only] = bytes {
        let out = Builder::with_zeros(vm, total)?;
        out.cells().iter().for_each(|cell| cell.set(*only));
        return Ok(out);
    }
    let mut out = Builder::with_capacity(vm, total)?;
    if bytes.is_empty() {
        return Ok(out);
    }
    // Several of them at a time, when they are short.
    let mut piece = [0; 256];
    let times = (piece.len() / bytes.len()).min(count);
    if times > 1 {
        piece.chunks_exact_mut(bytes.len()).take(times).for_each(|part| part.copy_from_slice(bytes));
        (0..count / times).try_for_each(|_| out.push(vm, &piece[..times * bytes.len()]))?;
    }
    (0..if times > 1 { count % times } else { count }).try_for_each(|_| out.push(vm, bytes))?;
    Ok(out)
}

/// Two bytes-like objects, one after the other.
pub(super) fn concatenate(vm: &Vm, lhs: Word, rhs: Word) -> Outcome<Builder> {
    let (a, b) = (vm.buffer(lhs, false)?.bytes, vm.buffer(rhs, false)?.bytes);
    let mut out = Builder::with_capacity(vm, a.len() + b.len())?;
    out.push_cells(vm, a)?;
    out.push_cells(vm, b)?;
    Ok(out)
}

fn binary(vm: &Vm, operator: Binary, lhs: Word, rhs: Word) -> Outcome {
    match operator {
        Binary::Contains => contains(vm, lhs, rhs),
        // As in the reference, text is taken for its bytes.
        Binary::Add if is_bytes_like(vm, rhs) || vm.as_text(vm.native(rhs)).is_some() => {
            // An empty operand: the other one itself, if it is plain bytes.
            let is_plain = |word| core::ptr::eq(vm.type_of(word), &BYTES);
            if is_plain(lhs) && vm.buffer(rhs, false)?.bytes.is_empty() {
                return Ok(lhs);
            }
            if is_plain(rhs) && vm.buffer(lhs, false)?.bytes.is_empty() {
                return Ok(rhs);
            }
            concatenate(vm, lhs, rhs)?.finish_bytes(vm)
        }
        Binary::Mul | Binary::ReverseMul => match vm.repeat_count(rhs)? {
            None => Ok(Word::NOT_IMPLEMENTED),
            Some(count) => repeat(vm, vm.bytes_of(lhs)?, count)?.finish_bytes(vm),
        },
        Binary::Mod => percent::percent(vm, lhs, rhs),
        _ => compare(vm, operator, lhs, rhs),
    }
}

fn item(vm: &Vm, word: Word, key: Word, access: Access) -> Outcome {
    let bytes = vm.bytes_of(word)?;
    if !matches!(access, Access::Load) {
        return Ok(Word::UNSET);
    }
    if let Some(slice) = Handle::<Slice>::from(key) {
        let span = slice.bounds(vm)?.span(bytes.len());
        return Ok(vm.new_tailed(&BYTES, span.count, BytesHead, |i| bytes[span.at(i)])?.word());
    }
    Ok(Word::int(bytes[vm.position(&BYTES, key, || bytes.len())?] as isize))
}

fn buffer<'v>(_: &'v Vm, word: Word, writable: bool) -> Option<Buffer<'v>> {
    let bytes = Handle::<Bytes>::from(word)?;
    if writable { None } else { Some(Buffer::of_bytes(bytes.get().bytes())) }
}
