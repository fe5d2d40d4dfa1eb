//! Targets: what stands left of `=`, after `for`, `as`, `del`.

use super::generator::{Generator, as_node};
use crate::code::opcode::Opcode;
use crate::source::tree::{Item, Kind, Node};
use crate::vm::Outcome;

impl Generator<'_> {
    /// Stores the value on top. `around` is the node that errors point at.
    pub(super) fn store(&mut self, target: Item, around: Node) -> Outcome<()> {
        let node = match target {
            Item::Name(name) => return self.store_name(name.get()),
            Item::Node(node) => node,
            _ => return self.error(around, "can't assign to expression"),
        };
        self.vm.check_stack()?;
        match node.kind() {
            Kind::Tuple | Kind::List => self.store_sequence(node),
            Kind::Star => self.error(node, "*x must be assignment target"),
            Kind::Primary => match self.last(node)? {
                Item::Attribute(name) => {
                    self.primary_but_last(node)?;
                    self.op_name(Opcode::StoreAttribute, name.get())
                }
                Item::Node(subscript) if subscript.kind() == Kind::Subscript => {
                    self.primary_but_last(node)?;
                    self.subscript(subscript)?;
                    self.op(Opcode::StoreItem)
                }
                _ => self.error(node, "can't assign to expression"),
            },
            _ => self.error(node, "can't assign to expression"),
        }
    }

    /// Unpacks the value on top into the children of `node`.
    #[inline(never)]
    fn store_sequence(&mut self, node: Node) -> Outcome<()> {
        let count = self.tree.children(node).count();
        let star = self.tree.children(node).position(|child| as_node(child, Kind::Star).is_some());
        match star {
            None => self.op_with(Opcode::UnpackSequence, count)?,
            Some(before) => {
                let after = count - before - 1;
                if before > 255 || after > 255 {
                    return self.error(node, "too many targets");
                }
                self.op_with(Opcode::UnpackStar, before << 8 | after)?;
            }
        }
        for (index, child) in self.tree.children(node).enumerate() {
            match as_node(child, Kind::Star) {
                Some(inner) if star == Some(index) => {
                    let target = self.child(inner, 0)?;
                    self.store(target, inner)?;
                }
                Some(inner) => return self.error(inner, "multiple *x in assignment"),
                None => self.store(child, node)?,
            }
        }
        Ok(())
    }

    /// `del`
    pub(super) fn delete(&mut self, target: Item, around: Node) -> Outcome<()> {
        let node = match target {
            Item::Name(name) => return self.delete_name(name.get()),
            Item::Node(node) => node,
            _ => return self.error(around, "can't delete expression"),
        };
        self.vm.check_stack()?;
        match node.kind() {
            Kind::Tuple | Kind::List => self.tree.children(node).try_for_each(|child| self.delete(child, node)),
            Kind::Primary => match self.last(node)? {
                Item::Attribute(name) => {
                    self.primary_but_last(node)?;
                    self.op_name(Opcode::DeleteAttribute, name.get())
                }
                Item::Node(subscript) if subscript.kind() == Kind::Subscript => {
                    self.primary_but_last(node)?;
                    self.subscript(subscript)?;
                    self.op(Opcode::DeleteItem)
                }
                _ => self.error(node, "can't delete expression"),
            },
            _ => self.error(node, "can't delete expression"),
        }
    }
}
