//! Nothing is answered at once: all operators go by the protocol.

use super::{Outcome, Vm};
use crate::object::kind::Binary;
use crate::object::word::Word;

/// A binary operator.
///
/// # Errors
/// As `Vm::binary`.
#[inline(always)]
pub(super) fn binary(vm: &Vm, operator: Binary, a: Word, b: Word) -> Outcome {
    vm.binary(operator, a, b)
}

/// `a + b`.
///
/// # Errors
/// As `Vm::binary`.
#[inline(always)]
pub fn add(vm: &Vm, a: Word, b: Word) -> Outcome {
    vm.binary(Binary::Add, a, b)
}

/// No order.
#[inline(always)]
pub fn precedes(_: Binary, _: Word, _: Word) -> Option<bool> {
    None
}

/// The first place of a byte.
#[inline(always)]
pub fn position(bytes: &[u8], byte: u8) -> Option<usize> {
    bytes.iter().position(|it| *it == byte)
}

/// No comparison.
#[inline(always)]
pub fn compare(_: u8, _: Word, _: Word) -> Option<bool> {
    None
}

/// Nothing is walked through but by its iterator.
#[inline(always)]
pub(super) fn for_each(_: &Vm, _: Word, _: &mut dyn FnMut(Word) -> Outcome<()>) -> Option<Outcome<()>> {
    None
}
