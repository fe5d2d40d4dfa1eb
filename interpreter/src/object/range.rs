//! `range`: machine integers by formula.

use super::class::TYPE;
use super::handle::{Args, Handle};
use super::iterator;
use super::kind::{Access, Binary, Header, Kind, Slots, Type, Unary};
use super::name::Name;
use super::print::{Printer, Style};
use super::sequence;
use super::slice::Slice;
use super::word::Word;
use crate::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// count(x): 1 if x is in the range, else 0.
    #[cfg(feature = "standard")]
    def count(2) = count;
    /// index(x): the position of x.
    #[cfg(feature = "standard")]
    def index(2) = index;
}

static SLOTS: Slots = Slots {
    make: Some(make),
    print: Some(print),
    unary: Some(unary),
    binary: Some(binary),
    attribute: Some(attribute),
    item: Some(item),
    iter: Some(iterator::over_range),
    ..Slots::NONE
};

/// `range`.
pub static RANGE: Type =
    Type { header: Header::of(&TYPE), slots: &SLOTS, name: name!("range"), kind: Kind::Range, traced: 0, base: None, rows: ROWS };

/// A range.
#[repr(C)]
pub struct Range {
    /// `range`.
    pub header: Header,
    /// The first number.
    pub start: isize,
    /// The number that is not reached.
    pub stop: isize,
    /// From one to the next; not 0.
    pub step: isize,
}

impl Range {
    /// How many numbers.
    #[expect(clippy::len_without_is_empty, reason = "Python's len()")]
    pub fn len(&self) -> usize {
        let (low, high) = if self.step > 0 { (self.start, self.stop) } else { (self.stop, self.start) };
        // The distance of two machine integers fits when taken without sign.
        if low < high { ((high as usize).wrapping_sub(low as usize) - 1) / self.step.unsigned_abs() + 1 } else { 0 }
    }

    /// The number at `index`, as a machine integer; `index` is at most the length.
    #[inline]
    fn number(&self, index: usize) -> isize {
        self.start.wrapping_add((index as isize).wrapping_mul(self.step))
    }

    /// The number at `index`, which is below the length.
    ///
    /// # Errors
    /// `MemoryError`.
    #[inline]
    pub fn at(&self, vm: &Vm, index: usize) -> Outcome {
        int(vm, self.number(index))
    }

    /// The position of `word`, if it is one of the numbers.
    fn position(&self, vm: &Vm, word: Word) -> Outcome<Option<usize>> {
        let Some(value) = (if word.is_bool() { Some((word == Word::TRUE) as isize) } else { word.as_int() }) else {
            // A float or another class may equal one of the numbers.
            let at = |index| self.at(vm, index).map(Some);
            return sequence::find(vm, &at, word, 0, self.len());
        };
        let (low, high) = if self.step > 0 { (self.start, value) } else { (value, self.start) };
        if low > high {
            return Ok(None);
        }
        let distance = (high as usize).wrapping_sub(low as usize);
        let step = self.step.unsigned_abs();
        Ok((distance.is_multiple_of(step) && distance / step < self.len()).then_some(distance / step))
    }
}

/// An int.
#[inline]
pub fn int(vm: &Vm, value: isize) -> Outcome {
    if Word::fits(value) { Ok(Word::int(value)) } else { vm.new_int(value as i64) }
}

fn new(vm: &Vm, start: isize, stop: isize, step: isize) -> Outcome {
    Ok(vm.new_object(Range { header: Header::of(&RANGE), start, stop, step })?.word())
}

fn make(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    vm.expect_count(args, 1, 3)?;
    if args.len() == 1 {
        return new(vm, 0, bound(vm, args.at(0))?, 1);
    }
    let (start, stop) = (bound(vm, args.at(0))?, bound(vm, args.at(1))?);
    match args.get(2).map_or(Ok(1), |step| bound(vm, step))? {
        0 => Err(vm.value_error("zero step")),
        step => new(vm, start, stop, step),
    }
}

/// A machine integer, be it too large for a small one.
pub fn bound(vm: &Vm, word: Word) -> Outcome<isize> {
    let big = super::bigint::Big::of(vm.native(word), &super::bigint::Room::default()).and_then(|big| big.to_i64());
    match big.and_then(|value| isize::try_from(value).ok()) {
        Some(value) => Ok(value),
        None => vm.index(word),
    }
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let range: Handle<Range> = vm.receiver(word)?;
    out.text(vm, "range(")?;
    out.int(vm, range.start)?;
    out.text(vm, ", ")?;
    out.int(vm, range.stop)?;
    if range.step != 1 {
        out.text(vm, ", ")?;
        out.int(vm, range.step)?;
    }
    out.text(vm, ")")
}

fn unary(vm: &Vm, operator: Unary, word: Word) -> Outcome {
    let range: Handle<Range> = vm.receiver(word)?;
    match operator {
        Unary::Len => int(vm, range.len() as isize),
        Unary::Bool => Ok(Word::bool(range.len() > 0)),
        Unary::Hash => {
            let [len, start, step] = identity(&range);
            let hash = [start, step].iter().fold(len as u32, |hash, part| (hash ^ *part as u32).wrapping_mul(0x0100_0193));
            Ok(Word::int(hash as isize >> 2))
        }
        _ => Ok(Word::NOT_IMPLEMENTED),
    }
}

/// Two ranges are equal when these are: length, first number, and step if there is more than one number.
fn identity(range: &Range) -> [isize; 3] {
    match range.len() {
        0 => [0; 3],
        1 => [1, range.start, 0],
        len => [len as isize, range.start, range.step],
    }
}

fn binary(vm: &Vm, operator: Binary, lhs: Word, rhs: Word) -> Outcome {
    let range: Handle<Range> = vm.receiver(lhs)?;
    match operator {
        Binary::Contains => Ok(Word::bool(range.position(vm, rhs)?.is_some())),
        Binary::Equal | Binary::NotEqual => match Handle::<Range>::from(rhs) {
            Some(other) => Ok(Word::bool((identity(&range) == identity(&other)) == (operator == Binary::Equal))),
            None => Ok(Word::NOT_IMPLEMENTED),
        },
        _ => Ok(Word::NOT_IMPLEMENTED),
    }
}

fn attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let range: Handle<Range> = vm.receiver(word)?;
    match access {
        Access::Load if name == name!(start) => int(vm, range.start),
        Access::Load if name == name!(stop) => int(vm, range.stop),
        Access::Load if name == name!(step) => int(vm, range.step),
        _ => Ok(Word::UNSET),
    }
}

fn item(vm: &Vm, word: Word, key: Word, access: Access) -> Outcome {
    let range: Handle<Range> = vm.receiver(word)?;
    if !matches!(access, Access::Load) {
        return Ok(Word::UNSET);
    }
    if let Some(slice) = Handle::<Slice>::from(key) {
        let (start, stop, step) = slice.bounds(vm)?.within(range.len());
        let at = |index: isize| range.start.wrapping_add(index.wrapping_mul(range.step));
        return new(vm, at(start), at(stop), range.step.saturating_mul(step));
    }
    range.at(vm, vm.position(&RANGE, key, || range.len())?)
}

fn count(vm: &Vm, args: Args) -> Outcome {
    let range: Handle<Range> = vm.receiver(args.at(0))?;
    Ok(Word::int(range.position(vm, args.at(1))?.is_some() as isize))
}

fn index(vm: &Vm, args: Args) -> Outcome {
    let range: Handle<Range> = vm.receiver(args.at(0))?;
    sequence::found(vm, range.position(vm, args.at(1))?)
}
