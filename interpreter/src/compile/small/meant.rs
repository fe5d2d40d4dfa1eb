//! Boards compile what is written.

use super::generator::Generator;
use crate::source::tree::{Item, Node};
use crate::vm::Outcome;

impl Generator<'_> {
    #[inline(always)]
    pub(super) fn check_identity(&self, _: Node, _: Item, _: u8, _: Item) -> Outcome<()> {
        Ok(())
    }

    #[inline(always)]
    pub(super) fn check_trailer(&self, _: Node, _: Item, _: Option<Item>) -> Outcome<()> {
        Ok(())
    }

    #[inline(always)]
    pub(super) fn check_assertion(&self, _: Node, _: Item) -> Outcome<()> {
        Ok(())
    }
}
