//! Where the state of an interpreter lies: in its `Vm`, of which a program may have many.

use super::State;
use core::ops::Deref;

/// One interpreter.
pub struct Vm(State);

impl Vm {
    /// The interpreter with that state.
    #[inline(always)]
    pub(super) fn place(state: State) -> Option<Vm> {
        Some(Vm(state))
    }

    /// The interpreter itself, for what it hands to a function that is chosen at run time.
    #[inline(always)]
    pub fn here(&self) -> &Vm {
        self
    }
}

impl Deref for Vm {
    type Target = State;
    #[inline(always)]
    fn deref(&self) -> &State {
        &self.0
    }
}
