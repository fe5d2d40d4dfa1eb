//! Code has no attributes that a program can see.

use crate::object::kind::{Row, Slots};

/// No behaviour.
pub static SLOTS: Slots = Slots { ..Slots::NONE };
/// No methods.
pub static ROWS: &[Row] = &[];
/// No names.
pub const NAMES: &[&str] = &[];
