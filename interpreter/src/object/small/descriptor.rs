//! Properties and `super` of the smallest interpreter bind, and that is all.

use super::*;

/// Further slots of `property`.
pub const PROPERTY: Slots = Slots::NONE;
/// Further slots of `super`.
pub const SUPER: Slots = Slots::NONE;

/// Texts are not kept.
#[inline(always)]
pub fn doc_of(_: Args) -> Word {
    Word::NONE
}

/// A builtin base has only its rows.
pub fn beyond(_: &Vm, _: Word, _: &'static Type, _: Name) -> Outcome<Found> {
    Ok(Found::NOTHING)
}
