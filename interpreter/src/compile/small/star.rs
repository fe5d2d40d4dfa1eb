//! `except*` in the smallest interpreter: a `SyntaxError`.

use super::generator::Generator;
use super::writer::Label;
use crate::source::tree::Node;
use crate::vm::Outcome;

impl Generator<'_> {
    /// There are no groups to be handled.
    pub(super) fn star_clauses(&mut self, node: Node, _: usize, _: Label) -> Outcome<()> {
        self.error(node, "except* is not supported")
    }

    /// There is no block to leave.
    pub(super) fn way_out_of_star(&self) -> Outcome<()> {
        Ok(())
    }
}
