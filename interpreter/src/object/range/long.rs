//! Ranges beyond machine integers, by their numbers or by how many they are: hosts only. A program sees a `range`.

use super::detail::machine;
use super::*;
use crate::object::exception::{INDEX_ERROR, OVERFLOW_ERROR};
use crate::object::int;
use crate::object::kind::{Binary, Rows};
use crate::object::name::Name;
use crate::object::number::is_big;

static SLOTS: Slots = Slots {
    print: Some(print),
    unary: Some(unary),
    binary: Some(super::detail::binary),
    attribute: Some(attribute),
    item: Some(item),
    iter: Some(|vm, word| iterator::new(vm, &iterator::LONG_RANGE_ITERATOR, vm.native(word), Word::int(0), 0)),
    ..Slots::NONE
};

/// What a program sees as `range`.
static LONG_RANGE: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("range"),
    kind: Kind::LongRange,
    traced: 4,
    base: Some(&RANGE),
    rows: Rows::NONE,
};

/// A range of ints of any size.
#[repr(C)]
pub struct LongRange {
    header: Header,
    start: Word,
    stop: Word,
    step: Word,
    len: Word,
}

/// The parts of a range, long or not, as ints: start, stop, step, and how many numbers.
struct Parts {
    start: Word,
    stop: Word,
    step: Word,
    len: Word,
}

/// Whether this is a range that `Range` cannot hold.
pub fn is_long(word: Word) -> bool {
    Handle::<LongRange>::from(word).is_some()
}

/// A range of what was given to `range()`.
pub fn make(vm: &Vm, given: [Word; 3]) -> Outcome {
    let [start, stop, step] = [integer(vm, given[0])?, integer(vm, given[1])?, integer(vm, given[2])?];
    if step == Word::int(0) {
        return Err(vm.value_error("range() arg 3 must not be zero"));
    }
    of(vm, start, stop, step)
}

/// The range of three ints; the step is not 0.
fn of(vm: &Vm, start: Word, stop: Word, step: Word) -> Outcome {
    if let (Some(low), Some(high), Some(by)) = (machine(start), machine(stop), machine(step)) {
        let range = Range { header: Header::of(&RANGE), start: low, stop: high, step: by };
        if range.len() <= isize::MAX as usize {
            return new(vm, low, high, by);
        }
    }
    let upwards = is_less(vm, Word::int(0), step)?;
    let (low, high) = if upwards { (start, stop) } else { (stop, start) };
    let len = if is_less(vm, low, high)? {
        // One less than the distance, so that the last step counts only when something is left for it.
        let distance = subtract(vm, subtract(vm, high, low)?, Word::int(1))?;
        let stride = int::unary(vm, Unary::Abs, step)?;
        add(vm, int::binary(vm, Binary::FloorDiv, distance, stride)?, Word::int(1))?
    } else {
        Word::int(0)
    };
    Ok(vm.new_object(LongRange { header: Header::of(&LONG_RANGE), start, stop, step, len })?.word())
}

/// An int of whatever has `__index__`.
fn integer(vm: &Vm, word: Word) -> Outcome {
    if word.is_bool() { Ok(Word::int((word == Word::TRUE) as isize)) } else { vm.to_int(word) }
}

fn add(vm: &Vm, a: Word, b: Word) -> Outcome {
    int::binary(vm, Binary::Add, a, b)
}

fn subtract(vm: &Vm, a: Word, b: Word) -> Outcome {
    int::binary(vm, Binary::Sub, a, b)
}

fn multiply(vm: &Vm, a: Word, b: Word) -> Outcome {
    int::binary(vm, Binary::Mul, a, b)
}

fn is_less(vm: &Vm, a: Word, b: Word) -> Outcome<bool> {
    vm.truth(int::binary(vm, Binary::Less, a, b)?)
}

impl Parts {
    fn of(vm: &Vm, word: Word) -> Outcome<Parts> {
        if let Some(long) = vm.as_native::<LongRange>(word) {
            return Ok(Parts { start: long.start, stop: long.stop, step: long.step, len: long.len });
        }
        let range: Handle<Range> = vm.receiver(word)?;
        let part = |value| super::int(vm, value);
        Ok(Parts {
            start: part(range.start)?,
            stop: part(range.stop)?,
            step: part(range.step)?,
            len: part(range.len() as isize)?,
        })
    }

    /// The number at a position.
    fn at(&self, vm: &Vm, index: Word) -> Outcome {
        add(vm, self.start, multiply(vm, index, self.step)?)
    }

    /// Start, stop and step of a slice, as positions.
    fn positions(&self, vm: &Vm, slice: Handle<Slice>) -> Outcome<[Word; 3]> {
        let [start, stop, step] = slice.parts();
        let step = if step == Word::NONE { Word::int(1) } else { integer(vm, step)? };
        if step == Word::int(0) {
            return Err(vm.value_error("slice step can't be zero"));
        }
        let upwards = is_less(vm, Word::int(0), step)?;
        let below = Word::int(if upwards { 0 } else { -1 });
        let above = if upwards { self.len } else { subtract(vm, self.len, Word::int(1))? };
        let bound = |word: Word, absent: Word| {
            if word == Word::NONE {
                return Ok(absent);
            }
            let mut bound = integer(vm, word)?;
            if is_less(vm, bound, Word::int(0))? {
                bound = add(vm, bound, self.len)?;
                return if is_less(vm, bound, below)? { Ok(below) } else { Ok(bound) };
            }
            if is_less(vm, above, bound)? { Ok(above) } else { Ok(bound) }
        };
        let (first, last) = if upwards { (below, above) } else { (above, below) };
        Ok([bound(start, first)?, bound(stop, last)?, step])
    }

    /// What makes ranges equal: length, first number, and step if there is more than one number.
    fn identity(&self) -> [Word; 3] {
        match self.len.as_int() {
            Some(0) => [Word::int(0); 3],
            Some(1) => [Word::int(1), self.start, Word::int(0)],
            _ => [self.len, self.start, self.step],
        }
    }
}

/// Whether two ranges, of which one is long, have the same numbers; `None` if the other is no range.
pub fn equal(vm: &Vm, a: Word, b: Word) -> Outcome<Option<bool>> {
    let is_range = |word: Word| is_long(word) || Handle::<Range>::from(word).is_some();
    if !is_range(a) || !is_range(b) {
        return Ok(None);
    }
    let (a, b) = (Parts::of(vm, a)?.identity(), Parts::of(vm, b)?.identity());
    for (a, b) in a.into_iter().zip(b) {
        if a != b && !vm.equal(a, b)? {
            return Ok(Some(false));
        }
    }
    Ok(Some(true))
}

/// The position of `wanted` in a long range, if it is one of the numbers.
pub fn position(vm: &Vm, range: Word, wanted: Word) -> Outcome<Option<Word>> {
    let parts = Parts::of(vm, range)?;
    if machine(wanted).is_none() && !is_big(wanted) {
        // A float or another class may equal one of them.
        let mut index = Word::int(0);
        while let Some((number, following)) = next(vm, range, index)? {
            if vm.equal(number, wanted)? {
                return Ok(Some(index));
            }
            index = following;
        }
        return Ok(None);
    }
    let distance = subtract(vm, wanted, parts.start)?;
    if int::binary(vm, Binary::Mod, distance, parts.step)? != Word::int(0) {
        return Ok(None);
    }
    let position = int::binary(vm, Binary::FloorDiv, distance, parts.step)?;
    let is_within = !is_less(vm, position, Word::int(0))? && is_less(vm, position, parts.len)?;
    Ok(is_within.then_some(position))
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let parts = Parts::of(vm, word)?;
    out.text(vm, "range(")?;
    out.word(vm, parts.start, Style::Repr)?;
    out.text(vm, ", ")?;
    out.word(vm, parts.stop, Style::Repr)?;
    if parts.step != Word::int(1) {
        out.text(vm, ", ")?;
        out.word(vm, parts.step, Style::Repr)?;
    }
    out.text(vm, ")")
}

fn unary(vm: &Vm, operator: Unary, word: Word) -> Outcome {
    let parts = Parts::of(vm, word)?;
    match operator {
        Unary::Bool => Ok(Word::bool(parts.len != Word::int(0))),
        Unary::Len if machine(parts.len).is_some() => Ok(parts.len),
        Unary::Len => Err(vm.raise_text(&OVERFLOW_ERROR, "Python int too large to convert to C ssize_t")),
        Unary::Hash => {
            let [len, start, step] =
                parts.identity().map(|part| machine(part).map_or_else(|| vm.hash(part), |part| Ok(part as u32)));
            Ok(detail::hash(len?, start?, step?))
        }
        _ => Ok(Word::NOT_IMPLEMENTED),
    }
}

fn attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let parts = Parts::of(vm, word)?;
    Ok(match access {
        Access::Load if name == name!(start) => parts.start,
        Access::Load if name == name!(stop) => parts.stop,
        Access::Load if name == name!(step) => parts.step,
        _ => Word::UNSET,
    })
}

fn item(vm: &Vm, word: Word, key: Word, access: Access) -> Outcome {
    let parts = Parts::of(vm, word)?;
    if !matches!(access, Access::Load) {
        return Ok(Word::UNSET);
    }
    if let Some(slice) = Handle::<Slice>::from(key) {
        let [start, stop, step] = parts.positions(vm, slice)?;
        return of(vm, parts.at(vm, start)?, parts.at(vm, stop)?, multiply(vm, parts.step, step)?);
    }
    let mut index = integer(vm, key)?;
    if is_less(vm, index, Word::int(0))? {
        index = add(vm, index, parts.len)?;
    }
    if is_less(vm, index, Word::int(0))? || !is_less(vm, index, parts.len)? {
        return Err(vm.raise_text(&INDEX_ERROR, "range object index out of range"));
    }
    parts.at(vm, index)
}

/// A slice of a range.
pub fn part(vm: &Vm, range: Word, slice: Handle<Slice>) -> Outcome {
    item(vm, range, slice.word(), Access::Load)
}

/// The number at `index`, and the index after it; `None` behind the end.
pub fn next(vm: &Vm, range: Word, index: Word) -> Outcome<Option<(Word, Word)>> {
    let parts = Parts::of(vm, range)?;
    if !is_less(vm, index, parts.len)? {
        return Ok(None);
    }
    Ok(Some((parts.at(vm, index)?, add(vm, index, Word::int(1))?)))
}

/// How many numbers are left from an index on, as far as a machine can count.
pub fn left(vm: &Vm, range: Word, index: Word) -> Outcome<usize> {
    let left = subtract(vm, Parts::of(vm, range)?.len, index)?;
    Ok(machine(left).map_or(isize::MAX as usize, |left| left.max(0) as usize))
}

/// The range backwards.
pub fn reversed(vm: &Vm, range: Word) -> Outcome {
    let backwards = vm.new_slice(Word::NONE, Word::NONE, Word::int(-1))?;
    vm.iter(item(vm, range, backwards, Access::Load)?)
}
