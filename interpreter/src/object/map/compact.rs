//! Room in a map that cannot grow, because the heap is locked or full: entries move together over the holes between them.

use super::{Map, Probe};
use crate::object::exception::MEMORY_ERROR;
use crate::object::word::Word;
use crate::vm::{Outcome, Raised, Vm};

impl Map {
    /// Drops the holes where the entries lie, after growing has `raised`.
    ///
    /// # Errors
    /// What growing raised, if there are no holes, or keys whose hash might run Python.
    #[cold]
    pub(super) fn compact(&self, vm: &Vm, raised: Raised) -> Outcome<()> {
        let hashes_by_itself = |(key, _): (Word, Word)| !key.is_object() || vm.as_text(key).is_some();
        let is_full = vm.is_instance(vm.peek_raised(raised), &MEMORY_ERROR);
        if !is_full || self.holes.get() == 0 || !self.iter().all(hashes_by_itself) {
            return Err(raised);
        }
        vm.take_raised(raised);
        vm.uninterrupted(|| self.move_together(vm));
        Ok(())
    }

    fn move_together(&self, vm: &Vm) {
        vm.forget_builtins();
        let end = self.end();
        if let Some(index) = self.index() {
            index.tail().iter().for_each(|slot| slot.set(0));
        }
        let mut live = 0;
        let mut next = self.next_entry(0);
        while let Some(position) = next {
            next = self.next_entry(position + 1);
            let Some((key, value)) = self.entry(position) else { break };
            self.entries.set(2 * live, key);
            self.entries.set(2 * live + 1, value);
            if let Some(index) = self.index() {
                Probe::insert(index, vm.hash(key).unwrap_or(0), live);
            }
            live += 1;
        }
        (2 * live..2 * end).for_each(|word| self.entries.set(word, Word::UNSET));
        self.used.set(live as super::Count);
        self.holes.set(0);
    }
}
