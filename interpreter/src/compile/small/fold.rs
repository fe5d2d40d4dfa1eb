//! No constants are computed while the smallest interpreter compiles: `const` is the function that answers its argument.

use super::Shared;
use super::generator::Generator;
use crate::object::name::Name;
use crate::object::word::Word;
use crate::source::tree::{Children, Item, Node};
use crate::vm::Outcome;

impl Shared {
    /// No name is a constant.
    pub(super) fn constant(&self, _: Name) -> Option<Word> {
        None
    }
}

impl<'c> Generator<'c> {
    /// Left to run time.
    pub(super) fn fold(&mut self, _: Item) -> Outcome<Option<Word>> {
        Ok(None)
    }

    /// Left to run time.
    pub(super) fn fold_tuple(&mut self, _: Node) -> Outcome<Option<Word>> {
        Ok(None)
    }

    /// Left to run time.
    pub(super) fn fold_prefix(&mut self, node: Node) -> Outcome<(Option<Word>, Children<'c>)> {
        Ok((None, self.tree.children(node)))
    }

    /// An assignment like any other.
    pub(super) fn const_assignment(&mut self, _: Node, _: Item) -> Outcome<bool> {
        Ok(false)
    }
}
