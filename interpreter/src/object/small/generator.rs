//! Generators of boards tell nothing about themselves.

use super::GENERATOR;
use crate::object::kind::{Access, Type};
use crate::object::name::Name;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

/// No names.
pub const NAMES: &[&str] = &[];
/// No attributes.
pub const ATTRIBUTE: Option<fn(&Vm, Word, Name, Access) -> Outcome> = None;
/// No attributes.
pub const ASYNC_ATTRIBUTE: Option<fn(&Vm, Word, Name, Access) -> Outcome> = None;

/// The type of what a call of a function makes: coroutines are generators.
#[inline(always)]
pub fn type_of(_flags: u8) -> &'static Type {
    &GENERATOR
}
