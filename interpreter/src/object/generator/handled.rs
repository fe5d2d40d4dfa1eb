//! The exception that a generator handles is its own: while it waits in an `except`, who resumed it knows nothing of that. Hosts only.

use crate::object::word::Word;
use crate::vm::Vm;
use core::cell::Cell;

/// What a waiting generator handles; while it runs, what is handled around it. `UNSET` is nothing.
#[repr(transparent)]
pub struct Handled(Cell<Word>);

impl Handled {
    /// Nothing.
    pub const NONE: Handled = Handled(Cell::new(Word::UNSET));

    /// The generator begins to run, or to wait.
    #[inline(always)]
    pub(crate) fn exchange(&self, vm: &Vm) {
        self.0.set(vm.handled.replace(self.0.get()));
    }

    /// The generator has ended.
    #[inline(always)]
    pub(crate) fn give_back(&self, vm: &Vm) {
        vm.handled.set(self.0.replace(Word::UNSET));
    }

    /// What is handled around a running generator.
    pub(crate) fn around(&self) -> Option<Word> {
        self.0.get().set()
    }
}
