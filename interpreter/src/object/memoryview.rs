//! `memoryview`: a window on the bytes of another object, item by item, perhaps with a step.
//!
//! The view holds no address: each access asks the object for its bytes anew, which may have become fewer meanwhile.

use super::class::TYPE;
use super::handle::{Args, Handle};
use super::iterator;
use super::kind::{Access, Binary, Buffer, Header, Kind, Slots, Type, Unary};
use super::name::Name;
use super::packed;
use super::print::{Builder, Printer, Style};
use super::sequence;
use super::slice::Slice;
use super::word::Word;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

#[cfg_attr(not(feature = "full"), path = "small/shaped.rs")]
mod shaped;

/// Names that are used here.
pub use shaped::KEYWORDS;

table! { pub ROWS, NAMES, DOCS:
    /// cast(format): the same bytes as items of another type; on hosts also cast(format, shape), in more dimensions.
    #[cfg(not(feature = "full"))]
    def cast(2) = |vm, args| cast(vm, args).map(|view| view.word());
    /// cast(format, shape=None): the same bytes as items of another type, in one dimension or more.
    #[cfg(feature = "full")]
    def cast(1..=3, keywords) = shaped::cast;
    /// hex(): the bytes in hexadecimal digits.
    def hex(1..=3) = super::bytes::hex;
    /// release(): gives the view up. On boards that does nothing: a view holds no lock on its object.
    def release(1) = release;
    /// toreadonly(): a view of the same items that only reads.
    #[cfg(feature = "full")]
    def toreadonly(1) = |vm, args| {
        let view = this(vm, args.at(0))?;
        Ok(vm.new_object(MemoryView { read_only: true, ..view.again() })?.word())
    };
    /// __enter__(): itself.
    #[cfg(feature = "full")]
    def __enter__(1) = |vm, args| this(vm, args.at(0)).map(Handle::word);
    /// __exit__(…): gives the view up.
    #[cfg(feature = "full")]
    def __exit__(1..=4) = release;
    /// tobytes(): a copy of the bytes.
    #[cfg(not(feature = "full"))]
    def tobytes(1) = tobytes;
    /// tobytes(order="C"): a copy of the bytes.
    #[cfg(feature = "full")]
    def tobytes(1..=2, keywords) = tobytes;
    /// tolist(): a list of the items, in more dimensions one of lists.
    def tolist(1) = shaped::tolist;
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

/// `memoryview`.
pub static MEMORYVIEW: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("memoryview"),
    kind: Kind::MemoryView,
    traced: 1 + shaped::WORDS,
    base: None,
    rows: ROWS,
};

/// A memoryview: `count` items, the first at byte `start` of the object, each `step` items from the one before.
#[repr(C)]
pub struct MemoryView {
    /// `memoryview`.
    pub header: Header,
    object: Word,
    /// On hosts: how many items there are in each dimension, if there are several.
    shape: shaped::Shape,
    start: usize,
    /// A cell: who receives into a view makes it as long as what came.
    count: Cell<usize>,
    step: isize,
    type_code: u8,
    size: u8,
    read_only: bool,
    /// On hosts: nothing may be done with it any more.
    released: Cell<bool>,
}

/// The view, unless it was given up.
pub(super) fn this(vm: &Vm, word: Word) -> Outcome<Handle<MemoryView>> {
    let view: Handle<MemoryView> = vm.receiver(word)?;
    if crate::WHOLE && view.released.get() {
        return Err(vm.value_error("operation forbidden on released memoryview object"));
    }
    Ok(view)
}

impl MemoryView {
    /// A view of the same items, which nobody has given up yet.
    fn again(&self) -> MemoryView {
        let MemoryView { header, object, shape, start, ref count, step, type_code, size, read_only, .. } = *self;
        let (count, released) = (count.clone(), Cell::new(false));
        MemoryView { header, object, shape, start, count, step, type_code, size, read_only, released }
    }

    /// The cells of item `index`, if the object still has them.
    fn cells<'v>(&self, vm: &'v Vm, index: usize) -> Outcome<&'v [Cell<u8>]> {
        let size = self.size as usize;
        let from = self.start.wrapping_add_signed((index as isize).wrapping_mul(self.step).wrapping_mul(size as isize));
        let bytes = vm.buffer(self.object, false)?.bytes;
        let end = from.checked_add(size);
        end.and_then(|end| bytes.get(from..end)).ok_or_else(|| vm.value_error("the viewed object has shrunk"))
    }

    fn load(&self, vm: &Vm, index: usize) -> Outcome {
        packed::load(vm, self.type_code, self.cells(vm, index)?)
    }

    fn at(&self, vm: &Vm, index: usize) -> Outcome<Option<Word>> {
        if index < self.count.get() { self.load(vm, index).map(Some) } else { Ok(None) }
    }

    /// Makes a view of writable bytes so long, in place; the object is asked whether it has them when they are used.
    ///
    /// # Errors
    /// `ValueError` for a view of other items, or one that only reads.
    pub fn resize(&self, vm: &Vm, count: usize) -> Outcome<()> {
        if self.read_only || self.size != 1 || self.step != 1 {
            return Err(vm.value_error("a view of writable bytes is needed"));
        }
        self.count.set(count);
        Ok(())
    }

    /// The bytes of all items, one after the other.
    pub(super) fn gather(&self, vm: &Vm) -> Outcome<Builder> {
        let mut out = Builder::with_capacity(vm, self.count.get() * self.size as usize)?;
        (0..self.count.get()).try_for_each(|index| out.push_cells(vm, self.cells(vm, index)?))?;
        Ok(out)
    }
}

fn release(vm: &Vm, args: Args) -> Outcome {
    let view: Handle<MemoryView> = vm.receiver(args.at(0))?;
    view.released.set(crate::WHOLE);
    Ok(Word::NONE)
}

/// `memoryview(object)`. Of a text the bytes of its UTF-8 are seen, as in MicroPython.
fn make(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    let given = match args.keyword(name!(object)).filter(|_| crate::WHOLE && args.is_empty() && args.keyword_count() == 1) {
        Some(object) => object,
        None => {
            vm.expect_count(args, 1, 1)?;
            args.at(0)
        }
    };
    let object = vm.native(given);
    if let Some(view) = Handle::<MemoryView>::from(object) {
        let view = this(vm, view.word())?;
        return Ok(vm.new_object(view.again())?.word());
    }
    let (buffer, ty) = (vm.buffer(object, false)?, vm.type_of(object));
    let writable = ty.slots.buffer.and_then(|ask| ask(vm.here(), object, true)).is_some();
    let size = buffer.item_size.max(1);
    let view = MemoryView {
        header: Header::of(&MEMORYVIEW),
        // On hosts what stands around the bytes lives as long as the view.
        object: if crate::WHOLE { given } else { object },
        shape: shaped::PLAIN,
        start: 0,
        count: Cell::new(buffer.bytes.len() / size as usize),
        step: 1,
        type_code: buffer.type_code,
        size,
        read_only: !writable,
        released: Cell::new(false),
    };
    Ok(vm.new_object(view)?.word())
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let view: Handle<MemoryView> = vm.receiver(word)?;
    out.text(vm, if view.released.get() { "<released memory>" } else { "<memoryview>" })
}

fn unary(vm: &Vm, operator: Unary, word: Word) -> Outcome {
    let view = this(vm, word)?;
    if operator == Unary::Hash && view.read_only {
        let bytes = view.gather(vm)?.finish_bytes(vm)?;
        return vm.unary(Unary::Hash, bytes);
    }
    if crate::WHOLE && operator == Unary::Hash {
        return Err(vm.value_error("cannot hash writable memoryview object"));
    }
    sequence::unary(vm, operator, word, shaped::length(&view))
}

fn binary(vm: &Vm, operator: Binary, lhs: Word, rhs: Word) -> Outcome {
    // One that was given up is equal to itself alone.
    let is_released = |word| Handle::<MemoryView>::from(word).is_some_and(|view| view.released.get());
    if crate::WHOLE && matches!(operator, Binary::Equal | Binary::NotEqual) && (is_released(lhs) || is_released(rhs)) {
        return Ok(Word::bool((lhs == rhs) == (operator == Binary::Equal)));
    }
    let view = this(vm, lhs)?;
    match operator {
        Binary::Contains => Ok(Word::bool(sequence::find(vm, &|i| view.at(vm, i), rhs, 0, view.count.get())?.is_some())),
        Binary::Equal | Binary::NotEqual if super::bytes::is_bytes_like(vm, rhs) => {
            let other: Handle<MemoryView> = vm.receiver(vm.call(Word::of_static(&MEMORYVIEW), &[rhs])?)?;
            if view.count.get() != other.count.get() || !shaped::are_alike(vm, &view, &other)? {
                return Ok(Word::bool(operator == Binary::NotEqual));
            }
            sequence::compare(vm, operator, &|i| view.at(vm, i), &|i| other.at(vm, i))
        }
        _ => Ok(Word::NOT_IMPLEMENTED),
    }
}

fn attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    if !matches!(access, Access::Load) {
        return Ok(Word::UNSET);
    }
    let found = computed(vm, vm.receiver(word)?, name)?;
    // Its methods are found in a view that was given up, too.
    if found != Word::UNSET {
        this(vm, word)?;
    }
    Ok(found)
}

fn computed(vm: &Vm, view: Handle<MemoryView>, name: Name) -> Outcome {
    let size = Word::int(view.size as isize);
    Ok(match name {
        name if name == name!(itemsize) => size,
        name if name == name!(nbytes) => Word::int((view.count.get() * view.size as usize) as isize),
        name if name == name!(format) => vm.new_character(view.type_code as char)?,
        name if name == name!(readonly) => Word::bool(view.read_only),
        name if name == name!(obj) => view.object,
        name if name == name!(ndim) => Word::int(shaped::dimensions(&view) as isize),
        name if name == name!(shape) => shaped::shape(vm, &view)?,
        name if name == name!(strides) => shaped::strides(vm, &view)?,
        // By text: as names they would cost a board's table.
        _ if crate::WHOLE => match vm.name_text(name) {
            "suboffsets" => vm.new_tuple(&[])?,
            "f_contiguous" if shaped::dimensions(&view) > 1 => Word::FALSE,
            "contiguous" | "c_contiguous" | "f_contiguous" => Word::bool(view.step == 1 || view.count.get() <= 1),
            _ => Word::UNSET,
        },
        _ => Word::UNSET,
    })
}

fn item(vm: &Vm, word: Word, key: Word, access: Access) -> Outcome {
    let view = this(vm, word)?;
    if let Access::Delete = access {
        return Ok(Word::UNSET);
    }
    if view.read_only && matches!(access, Access::Store(_)) {
        return if crate::WHOLE { Err(vm.type_error("cannot modify read-only memory")) } else { Ok(Word::UNSET) };
    }
    let key = shaped::linear(vm, &view, key)?;
    if let Some(slice) = Handle::<Slice>::from(key) {
        let part = part(vm, view, slice)?;
        return match access {
            Access::Store(value) => store_all(vm, &part, value),
            _ => Ok(vm.new_object(part)?.word()),
        };
    }
    let value = if let Access::Store(value) = access {
        Some(packed::store(vm, view.type_code, value, &super::exception::VALUE_ERROR)?)
    } else {
        None
    };
    let index = vm.position(&MEMORYVIEW, key, || view.count.get())?;
    match value {
        None => view.load(vm, index),
        Some(bytes) => {
            view.cells(vm, index)?.iter().zip(bytes).for_each(|(to, from)| to.set(from));
            Ok(Word::NONE)
        }
    }
}

/// The view of a slice of the items. It is no object yet: a store needs none.
fn part(vm: &Vm, view: Handle<MemoryView>, slice: Handle<Slice>) -> Outcome<MemoryView> {
    let span = slice.bounds(vm)?.span(view.count.get());
    let distance = (span.start as isize).wrapping_mul(view.step).wrapping_mul(view.size as isize);
    let (start, step) = (view.start.wrapping_add_signed(distance), view.step.saturating_mul(span.step));
    Ok(MemoryView { start, count: Cell::new(span.count), step, ..view.again() })
}

/// Copies the bytes of a bytes-like object into the items: those of a `bytes` themselves, of another a copy, since it may be
/// what is written to.
fn store_all(vm: &Vm, view: &MemoryView, value: Word) -> Outcome {
    let bytes = vm.bytes_of(value)?;
    if bytes.len() != view.count.get() * view.size as usize {
        return Err(vm.value_error(crate::worded(
            "memoryview assignment: lvalue and rvalue have different structures",
            "lhs and rhs should be compatible",
        )));
    }
    for (index, part) in bytes.chunks_exact(view.size as usize).enumerate() {
        view.cells(vm, index)?.iter().zip(part).for_each(|(to, from)| to.set(*from));
    }
    Ok(Word::NONE)
}

fn buffer<'v>(vm: &'v Vm, word: Word, writable: bool) -> Option<Buffer<'v>> {
    let view = Handle::<MemoryView>::from(word).filter(|view| !view.released.get())?;
    if (writable && view.read_only) || (view.step != 1 && view.count.get() > 1) {
        return None;
    }
    let object = if crate::WHOLE { vm.native(view.object) } else { view.object };
    let inner = vm.type_of(object).slots.buffer?(vm.here(), object, writable)?;
    let end = view.start.checked_add(view.count.get() * view.size as usize)?;
    Some(Buffer { bytes: inner.bytes.get(view.start..end)?, item_size: view.size, type_code: view.type_code })
}

/// The view of its bytes as items of another type, in one dimension.
fn cast(vm: &Vm, args: Args) -> Outcome<Handle<MemoryView>> {
    let view = this(vm, args.at(0))?;
    let [type_code] = vm.expect_text(args.at(1))?.as_bytes() else { return Err(vm.value_error("bad typecode")) };
    let size = match type_code {
        b'c' if crate::WHOLE => 1,
        code => packed::size(*code).ok_or_else(|| vm.value_error("bad typecode"))?,
    };
    let total = view.count.get() * view.size as usize;
    if !total.is_multiple_of(size) || view.step != 1 {
        return Err(vm.type_error("memoryview: length is not a multiple of itemsize"));
    }
    let (count, shape) = (Cell::new(total / size), shaped::PLAIN);
    let cast = MemoryView { count, shape, step: 1, type_code: *type_code, size: size as u8, ..view.again() };
    vm.new_object(cast)
}

fn tobytes(vm: &Vm, args: Args) -> Outcome {
    let view = this(vm, args.at(0))?;
    view.gather(vm)?.finish_bytes(vm)
}
