//! Calls of helpers, which the smallest interpreter does without.

use super::generator::Generator;
use crate::code::opcode::Opcode;
use crate::vm::Outcome;

impl Generator<'_> {
    /// There are no asynchronous generators: `async def` with a `yield` makes a generator, as in the reference.
    pub(super) fn is_async_generator(&self) -> bool {
        false
    }

    /// `x → sent`
    pub(super) fn yield_value(&mut self) -> Outcome<()> {
        self.op(Opcode::Yield)
    }
}
