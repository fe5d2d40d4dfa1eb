//! The boot in the smallest interpreter: without files, the prompt comes at once.

use super::session::{Exit, Session};
use crate::vm::Vm;

/// Nothing to run.
pub(super) fn boot(_: &Vm, _: &Session) -> Option<Exit> {
    None
}
