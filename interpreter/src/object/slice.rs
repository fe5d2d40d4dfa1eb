//! `slice`, and the span of positions that one selects.

use super::class::TYPE;
use super::handle::{Args, Handle};
use super::kind::{ALL, Header, Kind, Slots, Type};
use super::word::Word;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

#[cfg_attr(not(feature = "standard"), path = "small/slice.rs")]
mod detail;

table! { pub ROWS, NAMES, DOCS:
    /// indices(length): (start, stop, step) for a sequence of that length.
    #[cfg(feature = "standard")]
    def indices(2) = indices;
}

static SLOTS: Slots = detail::SLOTS;

/// `slice`.
pub static SLICE: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("slice"),
    kind: Kind::Slice,
    traced: ALL,
    base: None,
    rows: ROWS,
};

/// A slice.
#[repr(C)]
pub struct Slice {
    /// `slice`.
    pub header: Header,
    /// The first position, or `None`.
    start: Cell<Word>,
    /// The position behind the last, or `None`.
    stop: Cell<Word>,
    /// The distance, or `None`.
    step: Cell<Word>,
}

/// A slice whose parts were read; knows no length yet. Reading parts may run Python, which may change the length.
#[derive(Clone, Copy)]
pub struct Bounds {
    start: Option<isize>,
    stop: Option<isize>,
    step: isize,
}

/// The positions that a slice selects of a sequence of known length.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    /// The first one. For an empty span with step 1, where to insert.
    pub start: usize,
    /// From one to the next; never 0.
    pub step: isize,
    /// How many.
    pub count: usize,
}

impl Bounds {
    /// Start, stop and step within `len` items. Stop is −1 for "down to the first".
    pub fn within(self, len: usize) -> (isize, isize, isize) {
        let len = len as isize;
        let (low, high) = if self.step > 0 { (0, len) } else { (-1, len - 1) };
        let (first, last) = if self.step > 0 { (low, high) } else { (high, low) };
        let clamp = |value: isize| if value < 0 { value.saturating_add(len) } else { value }.clamp(low, high);
        (self.start.map_or(first, clamp), self.stop.map_or(last, clamp), self.step)
    }

    /// The positions of `len` items.
    pub fn span(self, len: usize) -> Span {
        let (start, stop, step) = self.within(len);
        let distance = if step > 0 { stop - start } else { start - stop };
        let count = if distance > 0 { (distance as usize - 1) / step.unsigned_abs() + 1 } else { 0 };
        Span { start: start.max(0) as usize, step, count }
    }
}

impl Span {
    /// Position `index` of the span, which must be below `count`.
    #[inline]
    pub fn at(self, index: usize) -> usize {
        self.start.wrapping_add_signed((index as isize).wrapping_mul(self.step))
    }

    /// All positions.
    pub fn positions(self) -> impl ExactSizeIterator<Item = usize> {
        (0..self.count).map(move |index| self.at(index))
    }

    /// The same positions in ascending order.
    pub fn ascending(self) -> Span {
        if self.step > 0 || self.count == 0 {
            return self;
        }
        Span { start: self.at(self.count - 1), step: self.step.saturating_neg(), count: self.count }
    }
}

impl Slice {
    /// Start, stop and step, each an object or `None`.
    pub fn parts(&self) -> [Word; 3] {
        [self.start.get(), self.stop.get(), self.step.get()]
    }

    /// Makes it another slice. For one that no program sees.
    pub fn set(&self, parts: [Word; 3]) {
        [&self.start, &self.stop, &self.step].into_iter().zip(parts).for_each(|(to, part)| to.set(part));
    }

    /// Reads the parts.
    ///
    /// # Errors
    /// `ValueError` for a step of 0, `TypeError` for parts that are no integers.
    pub fn bounds(&self, vm: &Vm) -> Outcome<Bounds> {
        let vm = vm.here();
        let part = |word: Word| if word == Word::NONE { Ok(None) } else { vm.clamped(word).map(Some) };
        let [start, stop, step] = self.parts();
        let step = part(step)?.unwrap_or(1);
        if step == 0 {
            return Err(vm.value_error("slice step can't be zero"));
        }
        Ok(Bounds { start: part(start)?, stop: part(stop)?, step })
    }
}

impl Vm {
    /// A slice.
    pub fn new_slice(&self, start: Word, stop: Word, step: Word) -> Outcome {
        let [start, stop, step] = [start, stop, step].map(Cell::new);
        Ok(self.new_object(Slice { header: Header::of(&SLICE), start, stop, step })?.word())
    }
}

fn indices(vm: &Vm, args: Args) -> Outcome {
    let slice: Handle<Slice> = vm.receiver(args.at(0))?;
    let len = vm.index(args.at(1))?;
    if len < 0 {
        return Err(vm.value_error("length should not be negative"));
    }
    let (start, stop, step) = slice.bounds(vm)?.within(len as usize);
    vm.new_tuple(&[Word::int(start), Word::int(stop), vm.new_int(step as i64)?])
}
