//! What a generator has of its own on hosts: the exception that it handles, of which, while it waits in an `except`, who resumed it knows
//! nothing; and the object of its frame, which is one however often it is resumed.

use crate::object::word::Word;
use crate::vm::Vm;
use core::cell::Cell;

/// What is a generator's own.
#[repr(C)]
pub struct Handled {
    /// What a waiting generator handles; while it runs, what is handled around it. `UNSET` is nothing.
    exception: Cell<Word>,
    /// The object of its frame; `UNSET` as long as nobody asked for it.
    pub(crate) frame: Cell<Word>,
}

impl Handled {
    /// Nothing.
    pub const NONE: Handled = Handled { exception: Cell::new(Word::UNSET), frame: Cell::new(Word::UNSET) };

    /// The generator begins to run, or to wait.
    #[inline(always)]
    pub(crate) fn exchange(&self, vm: &Vm) {
        self.exception.set(vm.handled.replace(self.exception.get()));
    }

    /// The generator has ended.
    #[inline(always)]
    pub(crate) fn give_back(&self, vm: &Vm) {
        vm.handled.set(self.exception.replace(Word::UNSET));
    }

    /// What is handled around a running generator.
    pub(crate) fn around(&self) -> Option<Word> {
        self.exception.get().set()
    }
}
