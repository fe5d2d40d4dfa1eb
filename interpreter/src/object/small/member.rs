//! Without tables of what classes show of themselves, slots are places in instances and nothing else.

use crate::object::kind::Type;
use crate::object::name::Name;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

/// There is none.
#[inline(always)]
pub fn is_one(_: Word) -> bool {
    false
}

/// Slots are attributes like others.
#[inline(always)]
pub fn count(_: &Vm, _: &'static Type) -> usize {
    0
}

/// Nobody asks.
#[inline(always)]
pub fn get(_: &Vm, _: Word, _: Word) -> Outcome {
    Ok(Word::UNSET)
}

/// None is made.
#[inline(always)]
pub fn new(_: &Vm, _: &'static Type, _: Name) -> Outcome {
    Ok(Word::UNSET)
}
