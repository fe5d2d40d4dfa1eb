//! Boards warn of nothing.

use crate::object::name::Name;
use crate::vm::{Outcome, Vm};

/// None.
pub(crate) struct Warnings;

impl Warnings {
    #[inline(always)]
    pub(crate) const fn new() -> Warnings {
        Warnings
    }

    #[inline(always)]
    pub(super) fn begin_string(&self, _: u32) {}

    #[inline(always)]
    pub(super) fn note_escape(&self, _: &Vm, _: Option<u32>, _: u8) -> Outcome<()> {
        Ok(())
    }

    #[inline(always)]
    pub(crate) fn tell(&self, _: &Vm, _: Name) -> Outcome<()> {
        Ok(())
    }
}
