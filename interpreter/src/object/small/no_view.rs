//! Tracebacks of the smallest interpreter, of which a program sees nothing.

use super::super::*;

/// They answer nothing.
pub const ATTRIBUTE: Option<fn(&Vm, Word, Name, Access) -> Outcome> = None;

/// They have no parts.
pub fn whole(_: &Vm, word: Word) -> Word {
    word
}
