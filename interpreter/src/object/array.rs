//! `array.array`: numbers of one type, packed.

use super::bytearray::ByteArray;
use super::class::TYPE;
use super::exception;
use super::handle::{Args, Handle};
use super::iterator;
use super::kind::{Access, Binary, Buffer, Header, Kind, Slots, Type, Unary};
use super::name::Name;
use super::packed;
use super::print::{Builder, Printer, Style};
use super::sequence;
use super::slice::{Slice, Span};
use super::str::surrogate;
use super::word::Word;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Raised, Vm};
use core::cell::Cell;

#[cfg(feature = "full")]
mod further;

table! { pub ROWS, NAMES, DOCS:
    /// __copy__(): another array of the same numbers.
    #[cfg(feature = "full")]
    def __copy__(1) = further::copied;
    /// __deepcopy__(memo): the same.
    #[cfg(feature = "full")]
    def __deepcopy__(2) = further::copied;
    /// append(x): adds x at the end.
    def append(2) = append;
    /// buffer_info(): the address of the items, and how many there are.
    #[cfg(feature = "full")]
    def buffer_info(1) = further::buffer_info;
    /// byteswap(): turns the bytes of each item round.
    #[cfg(feature = "full")]
    def byteswap(1) = further::byteswap;
    /// count(x): how many items equal x.
    def count(2) = count;
    /// extend(iterable): adds all its items at the end.
    def extend(2) = extend;
    /// frombytes(bytes): adds items from their bytes.
    def frombytes(2) = frombytes;
    /// fromfile(file, count): adds so many items of a file.
    #[cfg(feature = "full")]
    def fromfile(3) = further::fromfile;
    /// fromlist(list): adds the items of a list.
    #[cfg(feature = "full")]
    def fromlist(2) = further::fromlist;
    /// fromunicode(text): adds the characters of a text.
    #[cfg(feature = "full")]
    def fromunicode(2) = further::fromunicode;
    /// index(x): the first position of x.
    def index(2..=4) = index;
    /// insert(index, x): puts x before the item at index.
    def insert(3) = insert;
    /// pop(index=-1): removes and returns an item.
    def pop(1..=2) = pop;
    /// remove(x): removes the first item equal to x.
    def remove(2) = remove;
    /// reverse(): turns the order round.
    def reverse(1) = reverse;
    /// tobytes(): the items' bytes.
    def tobytes(1) = |vm, args| vm.new_bytes(vm.bytes_of(args.at(0))?);
    /// tofile(file): writes the items' bytes.
    #[cfg(feature = "full")]
    def tofile(2) = further::tofile;
    /// tolist(): a list of the items.
    def tolist(1) = |vm, args| Ok(vm.list_of(args.at(0))?.word());
    /// tounicode(): the text that the characters are.
    #[cfg(feature = "full")]
    def tounicode(1) = further::tounicode;
}

static SLOTS: Slots = Slots {
    make: Some(make),
    print: Some(print),
    unary: Some(unary),
    binary: Some(binary),
    attribute: Some(attribute),
    item: Some(item),
    iter: Some(iterator::over_items),
    buffer: Some(buffer),
    ..Slots::NONE
};

/// `array`.
pub static ARRAY: Type =
    Type { header: Header::of(&TYPE), slots: &SLOTS, name: name!("array"), kind: Kind::Array, traced: 1, base: None, rows: ROWS };

/// An array: its bytes are a bytearray's, as many as its items need.
#[repr(C)]
pub struct Array {
    /// `array`.
    pub header: Header,
    /// The bytes, a `bytearray` that nobody else has.
    bytes: Word,
    /// As in `struct`.
    type_code: Cell<u8>,
    /// Of an item, in bytes.
    size: Cell<u8>,
}

impl Array {
    fn bytes(&self) -> Handle<ByteArray> {
        Handle::from(self.bytes).expect("an array has its bytes")
    }

    fn size(&self) -> usize {
        (self.size.get() as usize).max(1)
    }

    fn len(&self) -> usize {
        self.bytes().cells().len() / self.size()
    }

    fn cells<'v>(&self, index: usize) -> &'v [Cell<u8>] {
        &self.bytes().cells()[index * self.size()..(index + 1) * self.size()]
    }

    fn load(&self, vm: &Vm, index: usize) -> Outcome {
        packed::load(vm, self.type_code.get(), self.cells(index))
    }

    /// The item at `index`, or `None` behind the end.
    fn at(&self, vm: &Vm, index: usize) -> Outcome<Option<Word>> {
        if index < self.len() { self.load(vm, index).map(Some) } else { Ok(None) }
    }

    fn packed(&self, vm: &Vm, word: Word) -> Outcome<[u8; 8]> {
        packed::store(vm, self.type_code.get(), word, &exception::OVERFLOW_ERROR)
    }

    fn push(&self, vm: &Vm, word: Word) -> Outcome<()> {
        let bytes = self.packed(vm, word)?;
        self.splice(vm, Span { start: self.len(), step: 1, count: 0 }, &bytes[..self.size()])
    }

    /// Replaces the items of a span with step 1 by bytes.
    fn splice(&self, vm: &Vm, span: Span, bytes: &[u8]) -> Outcome<()> {
        self.bytes().splice(vm, span.start * self.size(), span.count * self.size(), bytes)
    }

    /// Adds what an iterable has, of bytes-like objects the bytes as they are.
    fn extend(&self, vm: &Vm, source: Word) -> Outcome<()> {
        if let Some(other) = Handle::<Array>::from(source)
            && other.type_code == self.type_code
        {
            return self.extend_bytes(vm, vm.bytes_of(source)?);
        }
        if crate::WHOLE && Handle::<Array>::from(source).is_some() {
            return Err(vm.type_error("can only extend with array of same kind"));
        }
        let native = vm.native(source);
        let buffer = vm.type_of(native).slots.buffer.is_some_and(|buffer| buffer(vm, native, false).is_some());
        if buffer && vm.as_text(source).is_none() && Handle::<Array>::from(source).is_none() {
            return self.extend_bytes(vm, vm.bytes_of(source)?);
        }
        let vm = vm.here();
        vm.for_each(source, &mut |word| self.push(vm, word))
    }

    fn extend_bytes(&self, vm: &Vm, bytes: &[u8]) -> Outcome<()> {
        let whole = bytes.len() - bytes.len() % self.size();
        self.splice(vm, Span { start: self.len(), step: 1, count: 0 }, &bytes[..whole])
    }
}

fn new(vm: &Vm, type_code: u8) -> Outcome<Handle<Array>> {
    let size = packed::size(type_code).ok_or_else(|| vm.value_error("bad typecode"))?;
    let bytes = vm.new_bytearray(&[])?;
    vm.new_object(Array { header: Header::of(&ARRAY), bytes, type_code: Cell::new(type_code), size: Cell::new(size as u8) })
}

fn make(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    vm.expect_count(args, 1, 2)?;
    let [type_code] = vm.expect_text(args.at(0))?.as_bytes() else { return Err(vm.value_error("bad typecode")) };
    let array = new(vm, *type_code)?;
    if let Some(source) = args.get(1) {
        if crate::WHOLE && *type_code == b'u' && vm.as_text(source).is_some() {
            extend_text(vm, array, source)?;
            return Ok(array.word());
        }
        let is_text = vm.as_text(source).is_some();
        if crate::WHOLE
            && (is_text || Handle::<Array>::from(source).is_some_and(|other| other.type_code.get() == b'u' && *type_code != b'u'))
        {
            let what = if is_text { "cannot use a str" } else { "cannot use a unicode array" };
            let code = vm.new_character(*type_code as char)?;
            let parts = [Part::Text(what), Part::Text(" to initialize an array with typecode "), Part::Repr(code)];
            return Err(vm.raise(&exception::TYPE_ERROR, &parts));
        }
        // Of another type, number by number.
        if let Some(other) = Handle::<Array>::from(source).filter(|_| crate::WHOLE) {
            (0..other.len()).try_for_each(|index| array.push(vm, other.load(vm, index)?))?;
        } else {
            array.extend(vm, source)?;
        }
    }
    Ok(array.word())
}

/// Adds the characters of a `str`.
fn extend_text(vm: &Vm, array: Handle<Array>, text: Word) -> Outcome<()> {
    let characters = vm.expect_text(text)?;
    for character in characters.chars() {
        let code = surrogate::code(character);
        array.extend_bytes(vm, &code.to_ne_bytes())?;
    }
    Ok(())
}

/// The characters of an array of them.
fn text(vm: &Vm, array: Handle<Array>) -> Outcome {
    let mut builder = Builder::new();
    for index in 0..array.len() {
        let character = array.load(vm, index)?;
        builder.push(vm, vm.text_of(character).as_bytes())?;
    }
    builder.finish_str(vm)
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let array: Handle<Array> = vm.receiver(word)?;
    out.text(vm, "array('")?;
    out.bytes(vm, &[array.type_code.get()])?;
    out.text(vm, "'")?;
    if crate::WHOLE && array.type_code.get() == b'u' && array.len() > 0 {
        out.text(vm, ", ")?;
        out.word(vm, text(vm, array)?, Style::Repr)?;
    } else if array.len() > 0 {
        sequence::print(vm, out, ", [", &|index| array.at(vm, index), "]")?;
    }
    out.text(vm, ")")
}

fn unary(vm: &Vm, operator: Unary, word: Word) -> Outcome {
    let array: Handle<Array> = vm.receiver(word)?;
    sequence::unary(vm, operator, word, array.len())
}

fn binary(vm: &Vm, operator: Binary, lhs: Word, rhs: Word) -> Outcome {
    let array: Handle<Array> = vm.receiver(lhs)?;
    match operator {
        Binary::Contains => Ok(Word::bool(sequence::find(vm, &|i| array.at(vm, i), rhs, 0, usize::MAX)?.is_some())),
        Binary::InPlaceAdd => {
            if crate::WHOLE && vm.type_of(vm.native(rhs)).slots.buffer.is_none() {
                return Err(only(vm, "can only extend array with array (not \"", rhs, "\")"));
            }
            array.extend(vm, vm.native(rhs))?;
            Ok(lhs)
        }
        Binary::InPlaceMul if crate::WHOLE => {
            let Some(count) = vm.repeat_count(rhs)? else {
                return Err(only(vm, "can't multiply sequence by non-int of type '", rhs, "'"));
            };
            let repeated = super::bytes::repeat(vm, vm.bytes_of(lhs)?, count)?.finish_bytes(vm)?;
            array.splice(vm, Span { start: 0, step: 1, count: array.len() }, &[])?;
            array.extend_bytes(vm, vm.bytes_of(repeated)?)?;
            Ok(lhs)
        }
        Binary::Mul | Binary::ReverseMul => match vm.repeat_count(rhs)? {
            None if crate::WHOLE => Err(only(vm, "can't multiply sequence by non-int of type '", rhs, "'")),
            None => Ok(Word::NOT_IMPLEMENTED),
            Some(count) => {
                let new = new(vm, array.type_code.get())?;
                let bytes = super::bytes::repeat(vm, vm.bytes_of(lhs)?, count)?.finish_bytes(vm)?;
                new.extend_bytes(vm, vm.bytes_of(bytes)?)?;
                Ok(new.word())
            }
        },
        _ => match vm.as_native::<Array>(rhs) {
            Some(other) if crate::WHOLE && operator == Binary::Add && other.type_code != array.type_code => {
                Err(vm.type_error("bad argument type for built-in operation"))
            }
            None if crate::WHOLE && operator == Binary::Add => {
                Err(only(vm, "can only append array (not \"", rhs, "\") to array"))
            }
            Some(_) if operator == Binary::Add => {
                let new = new(vm, array.type_code.get())?;
                new.extend(vm, lhs)?;
                new.extend(vm, rhs)?;
                Ok(new.word())
            }
            Some(other) if sequence::holds(operator, core::cmp::Ordering::Equal).is_some() => {
                sequence::compare(vm, operator, &|i| array.at(vm, i), &|i| other.at(vm, i))
            }
            _ => Ok(Word::NOT_IMPLEMENTED),
        },
    }
}

/// `TypeError`: of what an operand may be, and what it is.
#[cold]
fn only(vm: &Vm, before: &'static str, operand: Word, after: &'static str) -> Raised {
    vm.raise(&exception::TYPE_ERROR, &[Part::Text(before), Part::TypeOf(operand), Part::Text(after)])
}

fn attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let array: Handle<Array> = vm.receiver(word)?;
    match access {
        Access::Load if name == name!(typecode) => vm.new_character(array.type_code.get() as char),
        Access::Load if name == name!(itemsize) => Ok(Word::int(array.size() as isize)),
        _ => Ok(Word::UNSET),
    }
}

fn item(vm: &Vm, word: Word, key: Word, access: Access) -> Outcome {
    let array: Handle<Array> = vm.receiver(word)?;
    if let Some(slice) = Handle::<Slice>::from(key) {
        return slice_item(vm, array, slice, access);
    }
    let value = if let Access::Store(value) = access { Some(array.packed(vm, value)?) } else { None };
    let index = vm.position(&ARRAY, key, || array.len())?;
    match (access, value) {
        (Access::Load, _) => array.load(vm, index),
        (Access::Store(_), Some(bytes)) => {
            array.cells(index).iter().zip(bytes).for_each(|(to, from)| to.set(from));
            Ok(Word::NONE)
        }
        _ => {
            array.splice(vm, Span { start: index, step: 1, count: 1 }, &[])?;
            Ok(Word::NONE)
        }
    }
}

fn slice_item(vm: &Vm, array: Handle<Array>, slice: Handle<Slice>, access: Access) -> Outcome {
    let bounds = slice.bounds(vm)?;
    let span = bounds.span(array.len());
    match access {
        Access::Load => {
            let new = new(vm, array.type_code.get())?;
            for at in span.positions() {
                let bytes = new.bytes();
                array.cells(at).iter().try_for_each(|byte| bytes.push(vm, byte.get()))?;
            }
            return Ok(new.word());
        }
        Access::Store(value) => {
            let Some(other) = Handle::<Array>::from(value).filter(|other| other.type_code == array.type_code) else {
                return Err(vm.type_error("lhs and rhs should be compatible"));
            };
            let bytes = vm.bytes_of(other.bytes)?;
            if span.step == 1 {
                array.splice(vm, span, bytes)?;
            } else if span.count * array.size() == bytes.len() {
                for (at, part) in span.positions().zip(bytes.chunks_exact(array.size())) {
                    array.cells(at).iter().zip(part).for_each(|(to, from)| to.set(*from));
                }
            } else {
                return Err(vm.value_error("attempt to assign array to extended slice of different size"));
            }
        }
        Access::Delete => {
            let span = span.ascending();
            for index in (0..span.count).rev() {
                array.splice(vm, Span { start: span.at(index), step: 1, count: 1 }, &[])?;
            }
        }
    }
    Ok(Word::NONE)
}

fn buffer<'v>(_: &'v Vm, word: Word, _: bool) -> Option<Buffer<'v>> {
    let array = Handle::<Array>::from(word)?;
    Some(Buffer { bytes: array.bytes().cells(), item_size: array.size.get(), type_code: array.type_code.get() })
}

fn this(vm: &Vm, args: Args) -> Outcome<Handle<Array>> {
    vm.receiver(args.at(0))
}

fn append(vm: &Vm, args: Args) -> Outcome {
    this(vm, args)?.push(vm, args.at(1))?;
    Ok(Word::NONE)
}

fn count(vm: &Vm, args: Args) -> Outcome {
    let array = this(vm, args)?;
    sequence::count(vm, &|i| array.at(vm, i), args.at(1))
}

fn extend(vm: &Vm, args: Args) -> Outcome {
    let (array, source) = (this(vm, args)?, args.at(1));
    // Of what is no array, number by number; MicroPython takes bytes as they are.
    if crate::WHOLE && Handle::<Array>::from(vm.native(source)).is_none() {
        let vm = vm.here();
        vm.for_each(source, &mut |word| array.push(vm, word))?;
        return Ok(Word::NONE);
    }
    array.extend(vm, source)?;
    Ok(Word::NONE)
}

fn frombytes(vm: &Vm, args: Args) -> Outcome {
    let (array, bytes) = (this(vm, args)?, vm.bytes_of(args.at(1))?);
    if bytes.len() % array.size() != 0 {
        return Err(vm.value_error("bytes length not a multiple of item size"));
    }
    array.extend_bytes(vm, bytes)?;
    Ok(Word::NONE)
}

fn position_of(vm: &Vm, args: Args) -> Outcome<Option<usize>> {
    let array = this(vm, args)?;
    let (start, stop) = vm.range_arguments(args, 2, array.len())?;
    sequence::find(vm, &|i| array.at(vm, i), args.at(1), start, stop)
}

fn index(vm: &Vm, args: Args) -> Outcome {
    sequence::found(vm, position_of(vm, args)?, &[Part::Text("array.index(x): x not in array")])
}

fn insert(vm: &Vm, args: Args) -> Outcome {
    let array = this(vm, args)?;
    let (index, bytes) = (vm.clamped(args.at(1))?, array.packed(vm, args.at(2))?);
    let len = array.len();
    let index = if index < 0 { len.saturating_sub(index.unsigned_abs()) } else { len.min(index as usize) };
    array.splice(vm, Span { start: index, step: 1, count: 0 }, &bytes[..array.size()])?;
    Ok(Word::NONE)
}

fn pop(vm: &Vm, args: Args) -> Outcome {
    let array = this(vm, args)?;
    if array.len() == 0 {
        return Err(vm.raise_text(&exception::INDEX_ERROR, "pop from empty array"));
    }
    let index = vm.position(&ARRAY, args.get(1).unwrap_or(Word::int(-1)), || array.len())?;
    let word = array.load(vm, index)?;
    array.splice(vm, Span { start: index, step: 1, count: 1 }, &[])?;
    Ok(word)
}

fn remove(vm: &Vm, args: Args) -> Outcome {
    let array = this(vm, args)?;
    match position_of(vm, Args::of(&args.positional()[..2]))? {
        Some(index) if index < array.len() => {
            array.splice(vm, Span { start: index, step: 1, count: 1 }, &[])?;
            Ok(Word::NONE)
        }
        _ => sequence::found(vm, None, &[Part::Text("array.remove(x): x not in array")]),
    }
}

fn reverse(vm: &Vm, args: Args) -> Outcome {
    let array = this(vm, args)?;
    let len = array.len();
    for index in 0..len / 2 {
        array.cells(index).iter().zip(array.cells(len - 1 - index)).for_each(|(a, b)| a.swap(b));
    }
    Ok(Word::NONE)
}
