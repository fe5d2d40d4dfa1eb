//! `async` and `await` in the smallest interpreter, whose grammar knows neither.

use super::analyse::Analysis;
use super::generator::Generator;
use super::scope::Scope;
use super::writer::Label;
use crate::source::tree::{Item, Node};
use crate::vm::Outcome;

impl Generator<'_> {
    /// There is none.
    pub(super) fn async_statement(&mut self, node: Node) -> Outcome<()> {
        self.error(node, "invalid syntax")
    }

    /// Nothing is asynchronous.
    pub(super) fn require_async(&self, node: Node, text: &str) -> Outcome<()> {
        self.error(node, text)
    }

    /// There is no loop to begin.
    pub(super) fn async_iterate(&mut self) -> Outcome<()> {
        Ok(())
    }

    /// There is no loop to go on.
    pub(super) fn async_next(&mut self, _: Label) -> Outcome<()> {
        Ok(())
    }

    /// There is none.
    pub(super) fn await_expression(&mut self, node: Node) -> Outcome<()> {
        self.error(node, "invalid syntax")
    }

    /// There is nothing to wait for.
    pub(super) fn wait(&mut self) -> Outcome<()> {
        Ok(())
    }

    /// There is no manager to wait for.
    pub(super) fn async_enter(&mut self) -> Outcome<()> {
        Ok(())
    }
}

impl Analysis<'_> {
    /// There is none.
    pub(super) fn async_statement(&mut self, _: Scope, _: Node) -> Outcome<()> {
        Ok(())
    }

    /// Nothing does.
    pub(super) fn awaits(&mut self, _: Scope) {}
}

/// No loop is asynchronous.
pub(super) fn is_async(_: Option<Item>) -> bool {
    false
}
