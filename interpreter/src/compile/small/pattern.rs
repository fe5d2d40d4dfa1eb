//! `match` in the smallest interpreter: a `SyntaxError`.

use super::generator::Generator;
use crate::source::tree::Node;
use crate::vm::Outcome;

impl<'c> Generator<'c> {
    /// `subject Case…`
    pub(super) fn match_statement(&mut self, node: Node) -> Outcome<()> {
        self.error(node, "no match statement in this build")
    }
}
