//! Iterators of boards say nothing of themselves.

use crate::object::kind::Rows;

/// No methods.
pub static ROWS: &Rows = Rows::NONE;
/// No names.
pub const NAMES: &[&str] = &[];
