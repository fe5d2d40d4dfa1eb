//! Classes: the body is a function of the namespace, which `__build_class__` calls.

use super::generator::{Generator, Parameters, Unit, as_node, finish};
use crate::code::opcode::Opcode;
use crate::code::prototype::qualified;
use crate::object::word::Word;
use crate::source::tree::{Kind, Node};
use crate::vm::Outcome;

impl Generator<'_> {
    /// `name [TypeParameters] [Arguments] body`: pushes the class.
    pub(super) fn class(&mut self, node: Node) -> Outcome<()> {
        self.with_type_parameters(node, |generator, node, key| generator.plain_class(node, key))
    }

    /// Pushes the class, whose scope goes by `key`.
    #[inline(never)]
    fn plain_class(&mut self, node: Node, key: Node) -> Outcome<()> {
        let name = self.own_name(node)?;
        let body = self.last(node)?;
        let scope = self.scopes.of_node(self.unit.scope, key.place() as u32);
        let line = self.definition_line(node);
        let mut unit = Unit::new(scope, line);
        self.place(&mut unit, name)?;
        let qualified = qualified(self.vm, name, unit.outer)?;
        let mut inner = self.within(&mut unit);
        inner.begin_function()?;
        inner.op_name(Opcode::LoadGlobal, name!("__name__"))?;
        inner.op_name(Opcode::StoreClassName, name!("__module__"))?;
        inner.constant(qualified)?;
        inner.op_name(Opcode::StoreClassName, name!("__qualname__"))?;
        inner.store_docstring(body)?;
        inner.statement(body)?;
        match self.scopes.cells(scope).next() {
            Some(slot) => inner.op_with(Opcode::LoadRaw, slot as usize)?,
            None => inner.op(Opcode::LoadNone)?,
        }
        inner.op(Opcode::Return)?;
        let counts = Parameters { positional: 1, ..Parameters::default() };
        let prototype = finish(self.vm, self.scopes, self.shared.file, &mut unit, (name, line), counts)?;
        self.op(Opcode::LoadBuildClass)?;
        self.make_function(scope, 0, prototype)?;
        self.constant(Word::name(name))?;
        match self.tree.children(node).find_map(|child| as_node(child, Kind::Arguments)) {
            Some(arguments) => self.call(arguments, 2),
            None if self.generic_base(node, key)? => self.op_with(Opcode::Call, 0x300),
            None => self.op_with(Opcode::Call, 0x200),
        }
    }
}
