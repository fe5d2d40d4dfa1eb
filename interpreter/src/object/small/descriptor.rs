//! Properties and `super` of the smallest interpreter bind, and that is all.

use super::*;

/// Further slots of `property`.
pub const PROPERTY: Slots = Slots::NONE;
/// Further slots of `super`.
pub const SUPER: Slots = Slots::NONE;
/// It has no rows.
pub const SUPER_ROWS: &Rows = Rows::NONE;

/// It always has an object.
pub fn make_unbound(vm: &Vm, _: Args) -> Outcome {
    Err(vm.raise_text(&exception::RUNTIME_ERROR, "super(): no arguments"))
}

/// It shows nothing of itself.
#[inline(always)]
pub fn own_of_super(_: &Vm, _: Handle<Super>, _: Name) -> Found {
    Found::NOTHING
}

/// It is an object's from the beginning.
#[inline(always)]
pub fn bound_super(_: &Vm, value: Word, _: Word) -> Outcome {
    Ok(value)
}

/// The error of a property without a function.
#[cold]
pub fn lacks(vm: &Vm, _: Word, _: Word, _: &str) -> crate::vm::Raised {
    vm.raise_text(&exception::ATTRIBUTE_ERROR, "unreadable attribute")
}

/// Texts are not kept.
#[inline(always)]
pub fn doc_of(_: Args) -> Word {
    Word::NONE
}

/// A builtin base has only its rows.
pub fn beyond(_: &Vm, _: Word, _: &'static Type, _: Name) -> Outcome<Found> {
    Ok(Found::NOTHING)
}
