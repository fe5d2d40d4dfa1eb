//! What is answered at once, before anybody is asked by a protocol: operators of floats among themselves and with small ints,
//! and the items of lists, tuples and ranges.
//!
//! The answers are those of `object::float`; what is not plain arithmetic (a divisor of zero, a power, a remainder) is left to it.

use super::{Outcome, Vm};
use crate::object::float::{Float, Real};
use crate::object::handle::Handle;
use crate::object::kind::Binary;
use crate::object::list::List;
use crate::object::range::Range;
use crate::object::tuple::Tuple;
use crate::object::word::Word;

/// Two real numbers, at least one of them a float.
#[inline(always)]
fn reals(a: Word, b: Word) -> Option<(Real, Real)> {
    match (Handle::<Float>::from(a), Handle::<Float>::from(b)) {
        (Some(x), Some(y)) => Some((x.value, y.value)),
        (Some(x), None) => Some((x.value, b.as_int()? as Real)),
        (None, Some(y)) => Some((a.as_int()? as Real, y.value)),
        (None, None) => None,
    }
}

/// A binary operator.
///
/// # Errors
/// As `Vm::binary`.
#[inline(always)]
pub(super) fn binary(vm: &Vm, operator: Binary, a: Word, b: Word) -> Outcome {
    let Some((x, y)) = reals(a, b) else { return vm.binary(operator, a, b) };
    match operator {
        Binary::Add | Binary::InPlaceAdd => vm.new_float(x + y),
        Binary::Sub | Binary::InPlaceSub => vm.new_float(x - y),
        Binary::Mul | Binary::InPlaceMul => vm.new_float(x * y),
        Binary::TrueDiv | Binary::InPlaceTrueDiv if y != 0.0 => vm.new_float(x / y),
        _ => vm.binary(operator, a, b),
    }
}

/// `a + b`, small ints at once as well.
///
/// # Errors
/// As `Vm::binary`.
#[inline]
pub fn add(vm: &Vm, a: Word, b: Word) -> Outcome {
    if a.both_ints(b) && Word::fits(a.int_value() + b.int_value()) {
        return Ok(Word::int(a.int_value() + b.int_value()));
    }
    binary(vm, Binary::Add, a, b)
}

/// Whether `a` comes before `b` (or behind it, if that is asked), two small ints or floats; `None` for anything else.
#[inline]
pub fn precedes(operator: Binary, a: Word, b: Word) -> Option<bool> {
    match operator {
        Binary::Less if a.both_ints(b) => Some(a.int_value() < b.int_value()),
        Binary::Greater if a.both_ints(b) => Some(a.int_value() > b.int_value()),
        Binary::Less => compare(0, a, b),
        Binary::Greater => compare(1, a, b),
        _ => None,
    }
}

/// The first place of a byte, by groups of bytes that the machine compares at once.
#[inline]
pub fn position(bytes: &[u8], byte: u8) -> Option<usize> {
    let mut start = 0;
    for group in bytes.chunks(32) {
        if group.iter().fold(false, |found, it| found | (*it == byte)) {
            return group.iter().position(|it| *it == byte).map(|at| start + at);
        }
        start += group.len();
    }
    None
}

/// Whether a comparison of two floats holds, in the order of `Compare`; `None` if they are not floats or it is no such one.
#[inline(always)]
pub fn compare(how: u8, a: Word, b: Word) -> Option<bool> {
    let (x, y) = (Handle::<Float>::from(a)?.value, Handle::<Float>::from(b)?.value);
    Some(match how {
        0 => x < y,
        1 => x > y,
        2 => x <= y,
        3 => x >= y,
        _ => return None,
    })
}

/// Calls `body` with each item of a list, a tuple or a range, as its iterator would; `None` for anything else.
pub(super) fn for_each(vm: &Vm, iterable: Word, body: &mut dyn FnMut(Word) -> Outcome<()>) -> Option<Outcome<()>> {
    if let Some(list) = Handle::<List>::from(iterable) {
        // `body` may change the list.
        let mut items = (0..).map_while(|index| list.at(index));
        return Some(items.try_for_each(body));
    }
    if let Some(tuple) = Handle::<Tuple>::from(iterable) {
        return Some(tuple.tail().iter().try_for_each(|item| body(item.get())));
    }
    let range = Handle::<Range>::from(iterable)?;
    Some((0..range.len()).try_for_each(|index| body(range.at(vm, index)?)))
}
