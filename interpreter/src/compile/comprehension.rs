//! Comprehensions and generator expressions: a function of the first iterable, called at once.

use super::asynchronous::is_async;
use super::generator::{Generator, Parameters, Unit, as_node, finish};
use super::scope::scope_flag;
use super::writer::Label;
use crate::code::opcode::Opcode;
use crate::object::word::Word;
use crate::source::tree::{Children, Item, Kind, Node};
use crate::vm::Outcome;

/// The parts of a `CompFor`.
struct Loop {
    is_async: bool,
    target: Item,
    iterable: Item,
}

impl<'c> Generator<'c> {
    /// `element CompFor (CompFor | CompIf)…`; a dict's has two elements.
    #[inline(never)]
    pub(super) fn comprehension(&mut self, node: Node) -> Outcome<()> {
        let scope = self.scopes.of_node(self.unit.scope, node.place() as u32);
        let is_async = self.scopes.flags(scope) & scope_flag::ASYNC != 0;
        let line = self.tree.line(node) as usize;
        let name = match node.kind() {
            Kind::ListComprehension => name!("<listcomp>"),
            Kind::SetComprehension => name!("<setcomp>"),
            Kind::DictComprehension => name!("<dictcomp>"),
            _ => name!("<genexpr>"),
        };
        let mut unit = Unit::new(scope, line);
        self.pass_on(&mut unit);
        unit.emitter = self.inherited();
        let mut inner = self.within(&mut unit);
        inner.begin_machine_code()?;
        inner.comprehension_body(node)?;
        let counts = Parameters { positional: 1, ..Parameters::default() };
        let prototype = finish(self.vm, self.scopes, self.shared.file, &mut unit, (name, line), counts)?;
        self.make_function(scope, 0, prototype)?;
        let Some(first) = self.tree.children(node).find_map(|child| as_node(child, Kind::CompFor)) else {
            return self.error(node, "invalid syntax");
        };
        let first = self.comp_for(first)?;
        self.expression(first.iterable)?;
        if first.is_async {
            self.async_iterate()?;
        } else if node.kind().is_generator() {
            self.op(Opcode::GetIter)?;
        }
        self.op_with(Opcode::Call, 0x100)?;
        if is_async && !node.kind().is_generator() {
            self.require_async(node, "async for/with outside async function")?;
            self.wait()?;
        }
        Ok(())
    }

    fn comp_for(&self, node: Node) -> Outcome<Loop> {
        let mut parts = self.tree.children(node);
        let mut target = parts.next();
        let is_async = is_async(target);
        if is_async {
            target = parts.next();
        }
        match (target, parts.next()) {
            (Some(target), Some(iterable)) => Ok(Loop { is_async, target, iterable }),
            _ => self.error(node, "invalid syntax"),
        }
    }

    #[inline(never)]
    fn comprehension_body(&mut self, node: Node) -> Outcome<()> {
        self.begin_function()?;
        match node.kind() {
            Kind::ListComprehension => self.op_with(Opcode::BuildList, 0)?,
            Kind::SetComprehension => self.op_with(Opcode::BuildSet, 0)?,
            Kind::DictComprehension => self.op_with(Opcode::BuildMap, 0)?,
            _ => {}
        }
        let elements = if node.kind() == Kind::DictComprehension { 2 } else { 1 };
        let mut clauses = self.tree.children(node);
        for _ in 0..elements {
            clauses.next();
        }
        self.clauses(node, clauses, true, 0)?;
        if node.kind().is_generator() {
            self.op(Opcode::LoadNone)?;
        }
        self.op(Opcode::Return)
    }

    /// What is left of the clauses, and the element inside. `slots` lie on the stack above the result.
    #[inline(never)]
    fn clauses(&mut self, node: Node, mut clauses: Children<'c>, is_first: bool, slots: usize) -> Outcome<()> {
        self.vm.check_stack()?;
        let again = self.label()?;
        // Tests belong to the loop before them: where they fail, it goes on.
        let mut next = clauses.next();
        while let Some(test) = next.and_then(|clause| as_node(clause, Kind::CompIf)) {
            let condition = self.child(test, 0)?;
            self.condition(condition, false, again)?;
            next = clauses.next();
        }
        match next.and_then(|clause| as_node(clause, Kind::CompFor)) {
            Some(inner) => self.comprehension_loop(node, inner, clauses, is_first, slots)?,
            None => self.element(node, slots)?,
        }
        self.bind(again);
        Ok(())
    }

    #[inline(never)]
    fn comprehension_loop(&mut self, node: Node, clause: Node, rest: Children<'c>, is_first: bool, slots: usize) -> Outcome<()> {
        let parts = self.comp_for(clause)?;
        let end = self.label()?;
        match (is_first, parts.is_async) {
            (true, true) => self.load_name(name!(".0"))?,
            (true, false) => {
                self.load_name(name!(".0"))?;
                self.op(Opcode::ForPrepare)?;
            }
            (false, true) => {
                self.expression(parts.iterable)?;
                self.async_iterate()?;
            }
            (false, false) => self.iterate(parts.iterable)?,
        }
        let start = self.label_here()?;
        self.comprehension_step(&parts, clause, end)?;
        self.clauses(node, rest, false, slots + if parts.is_async { 1 } else { 3 })?;
        self.jump(Opcode::Jump, start)?;
        self.bind(end);
        Ok(())
    }

    #[inline(never)]
    fn comprehension_step(&mut self, parts: &Loop, clause: Node, end: Label) -> Outcome<()> {
        match parts.is_async {
            true => self.async_next(end)?,
            false => self.jump(Opcode::ForNext, end)?,
        }
        self.store(parts.target, clause)
    }

    #[inline(never)]
    fn element(&mut self, node: Node, slots: usize) -> Outcome<()> {
        let [Some(element), second] = self.parts(node) else { return self.error(node, "invalid syntax") };
        if as_node(element, Kind::Star).is_some() {
            return self.error(node, "invalid syntax");
        }
        self.expression(element)?;
        match node.kind() {
            Kind::ListComprehension => self.op_with(Opcode::ListAppend, slots),
            Kind::SetComprehension => self.op_with(Opcode::SetAdd, slots),
            Kind::DictComprehension => {
                self.expression(second.unwrap_or(Item::Constant(Word::NONE)))?;
                self.op_with(Opcode::MapAdd, slots)
            }
            _ => {
                self.yield_value()?;
                self.op(Opcode::Pop)
            }
        }
    }
}
