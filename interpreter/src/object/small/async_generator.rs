//! Asynchronous generators in the smallest interpreter: plain generators, as in the reference.

use super::word::Word;
use crate::vm::{Outcome, Vm};

/// Names that are used here.
pub const NAMES: &[&str] = &[];
/// Names that are used here.
pub const STEP_NAMES: &[&str] = &[];

/// What a call of a generator function gives.
pub fn shown(_: &Vm, _: u8, generator: Word) -> Outcome {
    Ok(generator)
}

/// There is none.
#[inline(always)]
pub fn whole(_: &Vm, _: Word) -> Outcome<Option<Word>> {
    Ok(None)
}
