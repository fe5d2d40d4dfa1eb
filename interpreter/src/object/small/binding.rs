//! Nothing is bound by name, and wrappers show nothing.

use super::kind::{Access, Rows, Type};
use super::name::Name;
use super::word::Word;
use crate::object::handle::Args;
use crate::vm::{Outcome, Vm};

/// No methods.
pub static ROWS: &Rows = Rows::NONE;
/// No names.
pub const NAMES: &[&str] = &[];
/// No names.
pub const MORE: &[&str] = &[];
/// Wrappers show nothing.
pub const WRAPPER_ATTRIBUTE: Option<fn(&Vm, Word, Name, Access) -> Outcome> = None;
/// Modules are made by import alone.
pub const MAKE_MODULE: Option<fn(&Vm, &'static Type, Args) -> Outcome> = None;

/// Nothing.
#[inline(always)]
pub fn property_attribute(_: &Vm, _: &[Word; 3], _: Name) -> Outcome {
    Ok(Word::UNSET)
}
