//! What stands before a line, where it is always the same.

use crate::vm::Vm;

/// Before the first line of a statement.
pub(super) fn first(_: &Vm) -> &'static str {
    ">>> "
}

/// Before its further lines.
pub(super) fn further(_: &Vm) -> &'static str {
    "... "
}
