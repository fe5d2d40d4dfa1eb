//! Calls of helpers, which the smallest interpreter does without.

use super::generator::Generator;
use crate::code::opcode::Opcode;
use crate::source::tree::{Children, Item};
use crate::vm::Outcome;

impl Generator<'_> {
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
