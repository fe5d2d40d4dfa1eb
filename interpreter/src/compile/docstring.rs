//! Docstrings: a text that begins a body. A function's is its first constant, which a flag says; a class and a module store it.

use super::generator::Generator;
use super::scope::{Scope, Scopes, scope_flag};
use crate::code::opcode::Opcode;
use crate::code::prototype::flag;
use crate::object::word::Word;
use crate::source::tree::{Item, Kind, Node, Tree};
use crate::vm::{Outcome, Vm};

/// The text that begins a body.
fn docstring(vm: &Vm, tree: &Tree, body: Item) -> Option<Word> {
    let Item::Node(mut statement) = body else { return None };
    if statement.kind() == Kind::Block {
        let Some(Item::Node(first)) = tree.child(statement, 0) else { return None };
        statement = first;
    }
    match tree.child(statement, 0) {
        Some(Item::Constant(text)) if statement.kind() == Kind::Expression && vm.as_text(text).is_some() => Some(text),
        _ => None,
    }
}

/// Notes whether a function has a docstring.
pub(super) fn note(vm: &Vm, tree: &Tree, scopes: &mut Scopes, function: Node, scope: Scope) {
    if tree.last_child(function).is_some_and(|body| docstring(vm, tree, body).is_some()) {
        scopes.set_flag(scope, scope_flag::DOCUMENTED);
    }
}

/// The flag of a prototype, from those of its scope.
pub(super) fn head_flag(flags: u8) -> u8 {
    if flags & scope_flag::DOCUMENTED != 0 { flag::DOCUMENTED } else { 0 }
}

impl Generator<'_> {
    /// Keeps a function's docstring as its first constant.
    pub(super) fn keep_docstring(&mut self, body: Item) -> Outcome<()> {
        match docstring(self.vm, self.tree, body) {
            Some(text) => self.unit.writer.constant(self.vm, text).map(|_| ()),
            None => Ok(()),
        }
    }

    /// Stores a class's docstring.
    pub(super) fn store_docstring(&mut self, body: Item) -> Outcome<()> {
        let Some(text) = docstring(self.vm, self.tree, body) else { return Ok(()) };
        self.constant(text)?;
        self.op_name(Opcode::StoreClassName, name!("__doc__"))
    }

    /// Stores a module's docstring, if this is its first statement.
    pub(super) fn module_docstring(&mut self, statement: Item) -> Outcome<()> {
        let Some(text) = docstring(self.vm, self.tree, statement).filter(|_| self.unit.writer.is_empty()) else { return Ok(()) };
        self.constant(text)?;
        self.op_name(Opcode::StoreGlobal, name!("__doc__"))
    }
}
