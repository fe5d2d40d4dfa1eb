//! Stands in for `vm::weak` where there are no weak references.

use super::{Outcome, Vm};
use crate::heap::Marker;
use crate::object::word::Word;

/// Names that are used here.
pub(crate) const NAMES: &[&str] = &["__del__"];

impl Vm {
    pub(super) fn clear_weak(&self, _: &mut Marker) {}

    /// Does nothing.
    pub fn watch_deletion(&self, _: Word) -> Outcome<()> {
        Ok(())
    }

    /// Does nothing.
    pub fn finalize_all(&self) {}

    /// Does nothing.
    pub fn attend_weak(&self) {}

    /// No callback ever runs.
    #[cfg(feature = "standard")]
    pub fn hold_weak<T>(&self, action: impl FnOnce() -> T) -> T {
        action()
    }
}
