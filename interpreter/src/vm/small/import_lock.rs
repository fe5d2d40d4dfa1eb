//! Imports of boards, where no thread waits for another one's. Without the feature `threads`, in place of `vm/import_lock.rs`.

use super::{Outcome, Vm};
use crate::object::name::Name;
use crate::object::word::Word;

impl Vm {
    #[inline(always)]
    pub(super) fn await_import(&self, _: Name) -> Outcome<()> {
        Ok(())
    }

    #[inline(always)]
    pub(super) fn is_importing(&self, _: Word) -> Outcome<bool> {
        Ok(false)
    }

    #[inline(always)]
    pub(super) fn importing(&self, _: Name, load: impl FnOnce() -> Outcome) -> Outcome {
        load()
    }
}
