//! Forms for which there is better code than the sum of their parts.

use super::generator::{Generator, as_node};
use crate::code::opcode::Opcode;
use crate::source::tree::{Item, Kind, Node};
use crate::vm::Outcome;

impl Generator<'_> {
    /// `a, b = x, y` without a tuple, for two or three.
    #[inline(never)]
    pub(super) fn parallel_assignment(&mut self, node: Node, value: Item) -> Outcome<bool> {
        let target = self.child(node, 0)?;
        let (Some(targets), Some(values)) = (as_node(target, Kind::Tuple), as_node(value, Kind::Tuple)) else {
            return Ok(false);
        };
        let count = self.tree.children(values).count();
        let is_star = |item| as_node(item, Kind::Star).is_some();
        let stars = self.tree.children(values).chain(self.tree.children(targets)).any(is_star);
        if stars || !(2..=3).contains(&count) || self.tree.children(targets).count() != count {
            return Ok(false);
        }
        for value in self.tree.children(values) {
            self.expression(value)?;
        }
        if count == 3 {
            self.op(Opcode::RotateThree)?;
        }
        self.op(Opcode::Swap)?;
        for target in self.tree.children(targets) {
            self.store(target, targets)?;
        }
        Ok(true)
    }
}
