//! Generators of boards tell nothing about themselves.

use crate::object::kind::Access;
use crate::object::name::Name;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

/// No names.
pub const NAMES: &[&str] = &[];
/// No attributes.
pub const ATTRIBUTE: Option<fn(&Vm, Word, Name, Access) -> Outcome> = None;
/// No attributes.
pub const ASYNC_ATTRIBUTE: Option<fn(&Vm, Word, Name, Access) -> Outcome> = None;
