//! Functions are made by `def` alone, and know their name.

use super::*;
use crate::object::kind::Rows;

pub static NATIVE_SLOTS: Slots = Slots { call: Some(call_native), ..Slots::NONE };
pub static BOUND_SLOTS: Slots = Slots { call: Some(call_bound), ..Slots::NONE };

/// Refuses.
pub fn make(vm: &Vm, ty: &'static Type, _args: Args) -> Outcome {
    Err(vm.cannot_create(ty.name))
}

/// `__name__`.
pub fn attribute(_vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    match access {
        Access::Load if name == name!(__name__) => Ok(Word::name(this(word).get().name())),
        _ => Ok(Word::UNSET),
    }
}

/// Functions have no methods.
pub static ROWS: &Rows = Rows::NONE;
/// Nor have native ones.
pub static NATIVE_ROWS: &Rows = Rows::NONE;
