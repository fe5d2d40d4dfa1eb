//! A board keeps no patterns: their memory is the program's.

use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

/// Nothing is kept.
pub fn find(_: &Vm, _: Word, _: isize) -> Outcome<Option<Word>> {
    Ok(None)
}

/// Nothing is.
pub fn add(_: &Vm, _: Word, _: isize, _: Word) -> Outcome<()> {
    Ok(())
}

/// There is nothing to forget.
pub fn forget(_: &Vm) {}
