//! Boards' programs have no gates: a pattern is small, and what it is tried on is short.

use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

/// The program as it is.
pub fn filled(_: &Vm, code: Word, _: bool) -> Outcome {
    Ok(code)
}

/// Kinds of gates, of which there are none.
pub(super) mod kind {
    pub(in super::super) const OPEN: u8 = 1;
    pub(in super::super) const ONE: u8 = 2;
}
