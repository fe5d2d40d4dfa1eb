//! Boards say where a text stops being Python, and no more.

use crate::object::name::Name;
use crate::source::{Mode, Source};
use crate::vm::{Outcome, Raised, Vm};

/// The exception as it is.
#[inline(always)]
pub(super) fn explained(_: &Vm, raised: Raised, _: &mut dyn Source, _: Name, _: Mode) -> Raised {
    raised
}

/// Nothing is suspected.
#[inline(always)]
pub(super) fn suspected(_: &Vm, _: &mut dyn Source, _: Name, _: Mode, _: bool) -> Outcome<()> {
    Ok(())
}
