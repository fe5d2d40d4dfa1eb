//! `match`.

use super::generator::Generator;
use crate::source::tree::Node;
use crate::vm::Outcome;

impl Generator<'_> {
    /// `subject Case…`
    pub(super) fn match_statement(&mut self, node: Node) -> Outcome<()> {
        self.error(node, "match is not supported yet")
    }
}
