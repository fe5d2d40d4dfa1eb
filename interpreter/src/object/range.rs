//! `range`: machine integers by formula.

use super::class::TYPE;
use super::handle::{Args, Handle};
use super::iterator;
use super::kind::{Access, Header, Kind, Slots, Type, Unary};
use super::print::{Printer, Style};
use super::slice::Slice;
use super::word::Word;
use crate::vm::{Outcome, Vm};

#[cfg_attr(not(feature = "standard"), path = "small/range.rs")]
mod detail;
#[cfg_attr(not(feature = "full"), path = "small/long_range.rs")]
pub mod long;
pub use detail::bound;

table! { pub ROWS, NAMES, DOCS:
    /// count(x): 1 if x is in the range, else 0.
    #[cfg(feature = "standard")]
    def count(2) = detail::count;
    /// index(x): the position of x.
    #[cfg(feature = "standard")]
    def index(2) = detail::index;
}

static SLOTS: Slots = Slots {
    make: Some(make),
    print: Some(print),
    unary: Some(unary),
    item: Some(item),
    iter: Some(iterator::over_range),
    ..detail::SLOTS
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
    let one = Word::int(1);
    let given =
        if args.len() == 1 { [Word::int(0), args.at(0), one] } else { [args.at(0), args.at(1), args.get(2).unwrap_or(one)] };
    long::make(vm, given)
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let range: Handle<Range> = vm.receiver(word)?;
    out.counted(vm, "range(", range.start)?;
    out.counted(vm, ", ", range.stop)?;
    if range.step != 1 {
        out.counted(vm, ", ", range.step)?;
    }
    out.text(vm, ")")
}

fn unary(vm: &Vm, operator: Unary, word: Word) -> Outcome {
    let range: Handle<Range> = vm.receiver(word)?;
    match operator {
        Unary::Len => int(vm, range.len() as isize),
        Unary::Bool => Ok(Word::bool(range.len() > 0)),
        _ => detail::unary(operator, &range),
    }
}

fn item(vm: &Vm, word: Word, key: Word, access: Access) -> Outcome {
    let range: Handle<Range> = vm.receiver(word)?;
    if !matches!(access, Access::Load) {
        return Ok(Word::UNSET);
    }
    if let Some(slice) = Handle::<Slice>::from(key) {
        return detail::part(vm, &range, slice);
    }
    range.at(vm, vm.position(&RANGE, key, || range.len())?)
}
