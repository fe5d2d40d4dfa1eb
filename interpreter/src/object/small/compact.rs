//! Maps that cannot grow stay as they are.

use super::Map;
use crate::vm::{Outcome, Raised, Vm};

impl Map {
    /// Nothing is moved.
    ///
    /// # Errors
    /// What growing raised.
    #[inline(always)]
    pub(super) fn compact(&self, _: &Vm, raised: Raised) -> Outcome<()> {
        Err(raised)
    }
}
