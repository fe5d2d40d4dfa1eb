//! `match` in the smallest interpreter, whose grammar does not know it.

use super::analyse::Analysis;
use super::generator::Generator;
use super::scope::Scope;
use crate::source::tree::Node;
use crate::vm::Outcome;

impl<'c> Generator<'c> {
    /// `subject Case…`
    pub(super) fn match_statement(&mut self, node: Node) -> Outcome<()> {
        self.error(node, "invalid syntax")
    }
}

impl Analysis<'_> {
    /// There is none.
    pub(super) fn case(&mut self, _: Scope, _: Node) -> Outcome<()> {
        Ok(())
    }
}
