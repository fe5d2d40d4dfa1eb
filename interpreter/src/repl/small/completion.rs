//! Completion in the smallest interpreter: none.

use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

/// What Tab does.
pub(super) enum Answer {
    /// Nothing matches.
    Nothing,
    /// This text goes in at the cursor.
    Insert(Word),
    /// Several names match; they were shown.
    Listed,
}

/// Nothing.
pub(super) fn complete(_: &Vm, _: &str) -> Outcome<Answer> {
    Ok(Answer::Nothing)
}
