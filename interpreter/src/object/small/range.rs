//! Ranges of the smallest interpreter are walked through and indexed, and that is all.

use super::*;

/// What a range can do besides.
pub const SLOTS: Slots = Slots::NONE;

/// The bound of a range.
pub fn bound(vm: &Vm, word: Word) -> Outcome<isize> {
    vm.index(word)
}

/// Nothing more.
pub fn unary(_: Unary, _: &Range) -> Outcome {
    Ok(Word::NOT_IMPLEMENTED)
}

/// Ranges have no slices here.
pub fn part(vm: &Vm, _: &Range, _: Handle<Slice>) -> Outcome {
    Err(vm.type_error("ranges have no slices in this build"))
}
