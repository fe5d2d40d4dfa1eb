//! `except*` in the smallest interpreter, whose grammar does not know it.

use super::generator::Generator;
use super::writer::Label;
use crate::source::tree::Node;
use crate::vm::Outcome;

impl Generator<'_> {
    /// None is.
    pub(super) fn is_star(&self, _: Node) -> bool {
        false
    }

    /// There are no groups to be handled.
    pub(super) fn star_clauses(&mut self, node: Node, _: usize, _: Label) -> Outcome<()> {
        self.error(node, "invalid syntax")
    }

    /// There is no block to leave.
    pub(super) fn way_out_of_star(&self) -> Outcome<()> {
        Ok(())
    }
}
