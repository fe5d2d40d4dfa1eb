//! What ranges are beyond counting: compared, searched, sliced, asked for their parts.

use super::*;
use crate::object::bigint;
use crate::object::kind::Binary;
use crate::object::name::Name;
use crate::object::number::is_big;
use crate::object::sequence;
use crate::vm::raise::Part;

/// What a range can do besides.
pub const SLOTS: Slots = Slots { binary: Some(binary), attribute: Some(attribute), ..Slots::NONE };

impl Range {
    /// The position of `word`, if it is one of the numbers.
    fn position(&self, vm: &Vm, word: Word) -> Outcome<Option<usize>> {
        let Some(value) = machine(word) else {
            // No int so large is one of them, but a float or another class may equal one.
            let vm = vm.here();
            let at = |index| self.at(vm, index).map(Some);
            return if is_big(word) { Ok(None) } else { sequence::find(vm, &at, word, 0, self.len()) };
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

/// The position of `word` in a range, long or not, if it is one of the numbers.
fn position(vm: &Vm, range: Word, word: Word) -> Outcome<Option<Word>> {
    if long::is_long(vm.native(range)) {
        return long::position(vm, range, word);
    }
    let range: Handle<Range> = vm.receiver(range)?;
    Ok(range.position(vm, word)?.map(|position| Word::int(position as isize)))
}

/// The value of an int or a bool that is a machine integer.
pub fn machine(word: Word) -> Option<isize> {
    bigint::wide(word).and_then(|value| isize::try_from(value).ok())
}

/// A machine integer, be it too large for a small one.
pub fn bound(vm: &Vm, word: Word) -> Outcome<isize> {
    machine(vm.native(word)).map_or_else(|| vm.index(word), Ok)
}

/// The hash, by what makes ranges equal.
pub fn unary(operator: Unary, range: &Range) -> Outcome {
    if operator != Unary::Hash {
        return Ok(Word::NOT_IMPLEMENTED);
    }
    let [len, start, step] = identity(range);
    Ok(hash(len as u32, start as u32, step as u32))
}

/// The hash of a range, from those of its parts.
pub fn hash(len: u32, start: u32, step: u32) -> Word {
    let hash = [start, step].iter().fold(len, |hash, part| (hash ^ part).wrapping_mul(0x0100_0193));
    Word::int(hash as isize >> 2)
}

/// The range that a slice of one is.
pub fn part(vm: &Vm, range: &Range, slice: Handle<Slice>) -> Outcome {
    let (start, stop, step) = slice.bounds(vm)?.within(range.len());
    let at = |index: isize| range.start.wrapping_add(index.wrapping_mul(range.step));
    new(vm, at(start), at(stop), range.step.saturating_mul(step))
}

/// Two ranges are equal when these are: length, first number, and step if there is more than one number.
fn identity(range: &Range) -> [isize; 3] {
    match range.len() {
        0 => [0; 3],
        1 => [1, range.start, 0],
        len => [len as isize, range.start, range.step],
    }
}

pub fn binary(vm: &Vm, operator: Binary, lhs: Word, rhs: Word) -> Outcome {
    match operator {
        Binary::Contains => Ok(Word::bool(position(vm, lhs, rhs)?.is_some())),
        Binary::Equal | Binary::NotEqual if long::is_long(lhs) || long::is_long(rhs) => {
            Ok(long::equal(vm, lhs, rhs)?.map_or(Word::NOT_IMPLEMENTED, |equal| Word::bool(equal == (operator == Binary::Equal))))
        }
        Binary::Equal | Binary::NotEqual => match (Handle::<Range>::from(lhs), Handle::<Range>::from(rhs)) {
            (Some(a), Some(b)) => Ok(Word::bool((identity(&a) == identity(&b)) == (operator == Binary::Equal))),
            _ => Ok(Word::NOT_IMPLEMENTED),
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

pub fn count(vm: &Vm, args: Args) -> Outcome {
    Ok(Word::int(position(vm, args.at(0), args.at(1))?.is_some() as isize))
}

pub fn index(vm: &Vm, args: Args) -> Outcome {
    match position(vm, args.at(0), args.at(1))? {
        Some(position) => Ok(position),
        None => sequence::found(vm, None, &[Part::Repr(args.at(1)), Part::Text(" is not in range")]),
    }
}
