//! Docstrings are read and forgotten, as in the reference.

use super::generator::Generator;
use super::scope::{Scope, Scopes};
use crate::source::tree::{Item, Node, Tree};
use crate::vm::{Outcome, Vm};

#[inline(always)]
pub(super) fn note(_: &Vm, _: &Tree, _: &mut Scopes, _: Node, _: Scope) {}

#[inline(always)]
pub(super) fn head_flag(_: u8) -> u8 {
    0
}

impl Generator<'_> {
    #[inline(always)]
    pub(super) fn keep_docstring(&mut self, _: Item) -> Outcome<()> {
        Ok(())
    }

    #[inline(always)]
    pub(super) fn store_docstring(&mut self, _: Item) -> Outcome<()> {
        Ok(())
    }

    #[inline(always)]
    pub(super) fn module_docstring(&mut self, _: Item) -> Outcome<()> {
        Ok(())
    }
}
