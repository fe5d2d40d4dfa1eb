//! On boards what a generator handles is handled by all.

use crate::vm::Vm;

/// Nothing of its own.
pub struct Handled;

impl Handled {
    /// Nothing.
    pub const NONE: Handled = Handled;

    #[inline(always)]
    pub(crate) fn exchange(&self, _: &Vm) {}

    #[inline(always)]
    pub(crate) fn give_back(&self, _: &Vm) {}
}
