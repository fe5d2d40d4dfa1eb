//! What operators answer at once: floats among themselves and with small ints, before anybody is asked by the protocol.
//!
//! The answers are those of `object::float`; what is not plain arithmetic (a divisor of zero, a power, a remainder) is left to it.

use super::{Outcome, Vm};
use crate::object::float::{Float, Real};
use crate::object::handle::Handle;
use crate::object::kind::Binary;
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

/// Whether a comparison of two floats holds, in the order of `Compare`; `None` if they are not floats or it is no such one.
#[inline(always)]
pub(super) fn compare(how: u8, a: Word, b: Word) -> Option<bool> {
    let (x, y) = (Handle::<Float>::from(a)?.value, Handle::<Float>::from(b)?.value);
    Some(match how {
        0 => x < y,
        1 => x > y,
        2 => x <= y,
        3 => x >= y,
        _ => return None,
    })
}
