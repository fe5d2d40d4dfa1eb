//! Numbers have no attributes.

use super::kind::Access;
use super::name::Name;
use super::word::Word;
use crate::vm::{Outcome, Vm};

/// No names.
pub const NAMES: &[&str] = &[];

/// None.
pub const ATTRIBUTE: Option<fn(&Vm, Word, Name, Access) -> Outcome> = None;
