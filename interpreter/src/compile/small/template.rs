//! t-strings in the smallest interpreter, whose lexer knows none.

use super::generator::Generator;
use crate::source::tree::Node;
use crate::vm::Outcome;

impl Generator<'_> {
    /// There is none.
    pub(super) fn template(&mut self, node: Node) -> Outcome<()> {
        self.error(node, "invalid syntax")
    }
}
