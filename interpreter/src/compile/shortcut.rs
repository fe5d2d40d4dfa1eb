//! Forms for which there is better code than the sum of their parts.

use super::generator::{Generator, as_node};
use crate::code::opcode::Opcode;
use crate::object::handle::Handle;
use crate::object::tuple::Tuple;
use crate::object::word::Word;
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

    /// A long display of constants, on hosts: one constant, of which the program makes a new list, set or dict. So tables of data
    /// take no code.
    pub(super) fn constant_display(&mut self, node: Node) -> Outcome<bool> {
        const LONG: usize = 16;
        if !crate::WHOLE || self.tree.children(node).nth(LONG).is_none() {
            return Ok(false);
        }
        let Some(items) = self.fold_items(node)? else { return Ok(false) };
        match node.kind() {
            Kind::Dict => {
                let entries = self.constant_dict(items)?;
                self.op_with(Opcode::BuildMap, 0)?;
                self.constant(entries)?;
                self.op_with(Opcode::MapUpdate, 0)?;
            }
            Kind::Set => {
                self.op_with(Opcode::BuildSet, 0)?;
                self.constant(items)?;
                self.op(Opcode::SetUpdate)?;
            }
            _ => {
                self.op_with(Opcode::BuildList, 0)?;
                self.constant(items)?;
                self.op(Opcode::ListExtend)?;
            }
        }
        Ok(true)
    }

    /// A dict of a tuple of keys and values in turn.
    fn constant_dict(&self, items: Word) -> Outcome {
        let dict = self.vm.new_dict()?;
        let items = Handle::<Tuple>::from(items).map_or(&[][..], |items| items.get().tail());
        dict.map.reserve(self.vm, items.len() / 2)?;
        for pair in items.chunks_exact(2) {
            dict.map.insert(self.vm, pair[0].get(), pair[1].get())?;
        }
        Ok(dict.word())
    }
}
