//! Nothing is written in assembly here.

use super::generator::Generator;
use super::native::Emitter;
use crate::code::prototype::PrototypeHandle;
use crate::source::tree::Node;
use crate::vm::Outcome;

/// Whether there is such a decorator.
pub(super) const AVAILABLE: bool = false;

impl Generator<'_> {
    #[inline(always)]
    pub(super) fn assemble(&mut self, _: &Emitter, _: Node, _: PrototypeHandle) -> Outcome<()> {
        Ok(())
    }
}
