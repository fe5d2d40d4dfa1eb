//! Calls of helpers, which the smallest interpreter does without.

use super::generator::Generator;
use crate::code::opcode::Opcode;
use crate::object::word::Word;
use crate::source::tree::{Children, Item, Node};
use crate::vm::{Outcome, Vm};

/// Line numbers are always kept.
#[inline(always)]
pub(super) fn keeps_lines(_: &Vm) -> bool {
    true
}

impl Generator<'_> {
    /// Asserts are always compiled.
    #[inline(always)]
    pub(super) fn debugs(&self) -> bool {
        true
    }

    /// Modules' numbers are read when the program runs.
    #[inline(always)]
    pub(super) fn module_constant(&self, _: Node) -> Option<Word> {
        None
    }

    /// Nobody traces.
    #[inline(always)]
    pub(super) fn mark_line(&mut self) -> Outcome<()> {
        Ok(())
    }

    /// There are no asynchronous generators: `async def` with a `yield` makes a generator, as in the reference.
    pub(super) fn is_async_generator(&self) -> bool {
        false
    }

    /// Functions keep their variables to themselves.
    #[inline(always)]
    pub(super) fn call_with_locals(&mut self, _: Item, _: Children) -> Outcome<bool> {
        Ok(false)
    }

    /// `x → sent`
    pub(super) fn yield_value(&mut self) -> Outcome<()> {
        self.op(Opcode::Yield)
    }
}
