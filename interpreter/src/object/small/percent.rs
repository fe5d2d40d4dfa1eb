//! `template % values` in the smallest interpreter: there is none.

use super::word::Word;
use crate::vm::{Outcome, Vm};

/// As if the operator were not there.
pub fn percent(_: &Vm, _: Word, _: Word) -> Outcome {
    Ok(Word::NOT_IMPLEMENTED)
}
