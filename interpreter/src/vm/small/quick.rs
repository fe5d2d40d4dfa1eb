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

/// No comparison.
#[inline(always)]
pub(super) fn compare(_: u8, _: Word, _: Word) -> Option<bool> {
    None
}
