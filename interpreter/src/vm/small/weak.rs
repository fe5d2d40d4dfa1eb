//! Stands in for `vm::weak` where there are no weak references.

use super::Vm;
use crate::heap::Marker;

impl Vm {
    pub(super) fn clear_weak(&self, _: &mut Marker) {}

    /// Does nothing.
    pub fn attend_weak(&self) {}

    /// No callback ever runs.
    #[cfg(feature = "standard")]
    pub fn hold_weak<T>(&self, action: impl FnOnce() -> T) -> T {
        action()
    }
}
