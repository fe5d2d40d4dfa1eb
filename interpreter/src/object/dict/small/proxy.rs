//! `mappingproxy` on boards: there is none.

use crate::object::kind::Access;
use crate::object::name::Name;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

/// Views have no `mapping`.
pub const OF_VIEW: Option<fn(&Vm, Word, Name, Access) -> Outcome> = None;

/// The object itself.
#[inline(always)]
pub fn seen(_: &Vm, object: Word) -> Word {
    object
}

/// The dict itself.
#[inline(always)]
pub fn new(_: &Vm, dict: Word) -> Outcome {
    Ok(dict)
}
