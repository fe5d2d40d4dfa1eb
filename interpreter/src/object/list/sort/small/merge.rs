//! By insertion: the few entries that fit a small heap need no more.

use super::*;

impl Entries<'_> {
    /// Sorts `len` entries.
    pub(super) fn order(self, vm: &Vm, len: usize) -> Outcome<()> {
        self.insertion(vm, 0, len)
    }
}
