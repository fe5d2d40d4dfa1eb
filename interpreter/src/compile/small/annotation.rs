//! Annotations and type parameters are read and forgotten, as in the reference.

use super::analyse::Analysis;
use super::generator::Generator;
use super::scope::Scope;
use crate::object::name::Name;
use crate::source::tree::{Item, Node};
use crate::vm::Outcome;

/// No names.
pub const NAMES: &[&str] = &[];

/// Nothing to remember.
pub(super) struct Annotations;

impl Annotations {
    pub(super) const NONE: Annotations = Annotations;
}

impl Analysis<'_> {
    #[inline(always)]
    pub(super) fn open_generic(&mut self, scope: Scope, definition: Node) -> Outcome<(Scope, Node)> {
        Ok((scope, definition))
    }

    #[inline(always)]
    pub(super) fn open_annotations(&mut self, _: Scope, _: Node) -> Outcome<()> {
        Ok(())
    }

    #[inline(always)]
    pub(super) fn annotation(&mut self, _: Scope, _: Node) -> Outcome<()> {
        Ok(())
    }

    #[inline(always)]
    pub(super) fn annotated_name(&mut self, _: Scope, _: Node) -> Outcome<()> {
        Ok(())
    }

    #[inline(always)]
    pub(super) fn type_parameters(&mut self, _: Scope, _: Node) -> Outcome<()> {
        Ok(())
    }

    #[inline(always)]
    pub(super) fn type_alias(&mut self, _: Scope, _: Node) -> Outcome<()> {
        Ok(())
    }
}

impl Generator<'_> {
    #[inline(always)]
    pub(super) fn with_type_parameters(
        &mut self,
        node: Node,
        make: impl FnOnce(&mut Self, Node, Node) -> Outcome<()>,
    ) -> Outcome<()> {
        make(self, node, node)
    }

    #[inline(always)]
    pub(super) fn generic_base(&mut self, _: Node, _: Node) -> Outcome<bool> {
        Ok(false)
    }

    #[inline(always)]
    pub(super) fn annotate_function(&mut self, _: Node) -> Outcome<()> {
        Ok(())
    }

    #[inline(always)]
    pub(super) fn annotate_name(&mut self, _: Node, _: Item, _: Item) -> Outcome<()> {
        Ok(())
    }

    #[inline(always)]
    pub(super) fn note_import(&self, _: Name, _: Name) {}

    pub(super) fn type_alias(&mut self, node: Node) -> Outcome<()> {
        self.error(node, "type aliases are not supported")
    }
}
