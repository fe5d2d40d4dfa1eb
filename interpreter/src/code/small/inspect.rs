//! Code has no attributes that a program can see.

use crate::object::kind::{Rows, Slots};

/// No behaviour.
pub static SLOTS: Slots = Slots { ..Slots::NONE };
/// No methods.
pub static ROWS: &Rows = Rows::NONE;
/// No names.
pub const NAMES: &[&str] = &[];
