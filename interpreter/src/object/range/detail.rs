//! What ranges are beyond counting: compared, searched, sliced, asked for their parts.

use super::*;
use crate::object::bigint::{Big, Room};
use crate::object::kind::Binary;
use crate::object::name::Name;
use crate::object::sequence;

/// What a range can do besides.
pub const SLOTS: Slots = Slots { binary: Some(binary), attribute: Some(attribute), ..Slots::NONE };

impl Range {
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

/// A machine integer, be it too large for a small one.
pub fn bound(vm: &Vm, word: Word) -> Outcome<isize> {
    let big = Big::of(vm.native(word), &Room::default()).and_then(|big| big.to_i64());
    match big.and_then(|value| isize::try_from(value).ok()) {
        Some(value) => Ok(value),
        None => vm.index(word),
    }
}

/// The hash, by what makes ranges equal.
pub fn unary(operator: Unary, range: &Range) -> Outcome {
    if operator != Unary::Hash {
        return Ok(Word::NOT_IMPLEMENTED);
    }
    let [len, start, step] = identity(range);
    let hash = [start, step].iter().fold(len as u32, |hash, part| (hash ^ *part as u32).wrapping_mul(0x0100_0193));
    Ok(Word::int(hash as isize >> 2))
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

pub fn count(vm: &Vm, args: Args) -> Outcome {
    let range: Handle<Range> = vm.receiver(args.at(0))?;
    Ok(Word::int(range.position(vm, args.at(1))?.is_some() as isize))
}

pub fn index(vm: &Vm, args: Args) -> Outcome {
    let range: Handle<Range> = vm.receiver(args.at(0))?;
    sequence::found(vm, range.position(vm, args.at(1))?)
}
