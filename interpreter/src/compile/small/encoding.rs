//! A board's sources are UTF-8. Without the feature `full`, in place of `compile/encoding.rs`.

use crate::object::name::Name;
use crate::object::word::Word;
use crate::source::Source;
use crate::vm::{Outcome, Vm};

/// The source as it is.
#[inline(always)]
pub(super) fn decoded(_: &Vm, _: &mut dyn Source, _: Name) -> Outcome {
    Ok(Word::UNSET)
}
