//! `try` and `with`.
//!
//! A handler that was entered keeps `previous` on the stack until it is left. Whatever an `except` body, a `finally` body or
//! an `__exit__` raises passes through a small handler of its own that restores `previous` before it goes on.

use super::block::BlockKind;
use super::generator::{Generator, as_node};
use super::writer::Label;
use crate::code::opcode::Opcode;
use crate::code::width::Number;
use crate::object::name::Name;
use crate::source::tree::{Item, Kind, Node};
use crate::vm::Outcome;

/// The parts of an `except` clause.
struct Clause {
    ty: Option<Item>,
    name: Option<Name>,
    body: Item,
}

impl<'c> Generator<'c> {
    /// `body Except… [Else] [Finally]`
    #[inline(never)]
    pub(super) fn try_statement(&mut self, node: Node) -> Outcome<()> {
        self.mark_line()?;
        let finally = self.tree.last_child(node).and_then(|last| as_node(last, Kind::Finally));
        let has_except = self.tree.children(node).any(|child| as_node(child, Kind::Except).is_some());
        let Some(finally) = finally else {
            if !has_except {
                return self.error(node, "invalid syntax");
            }
            return self.try_except(node);
        };
        let (raised, body) = (self.label()?, self.label()?);
        let depth = self.unit.writer.depth();
        self.enter_finally(BlockKind::Finally, body)?;
        let start = self.unit.writer.mark();
        match has_except {
            true => self.try_except(node)?,
            false => {
                let protected = self.child(node, 0)?;
                self.statement(protected)?;
            }
        }
        self.unit.writer.handler(self.vm, start, raised, depth)?;
        self.op(Opcode::LoadNone)?;
        self.op(Opcode::LoadNone)?;
        self.jump(Opcode::Jump, body)?;
        self.bind(raised);
        self.op(Opcode::PushHandled)?;
        self.bind(body);
        self.begin_finally_body();
        let start = self.unit.writer.mark();
        let statements = self.child(finally, 0)?;
        self.statement(statements)?;
        let end = self.unit.writer.mark();
        self.end_finally(false)?;
        self.restoring_handler(start, end, depth + 2)
    }

    /// What is raised in [start, end), where `value reason` lie on top of the `depth` slots, restores what was handled.
    /// Written behind everything, out of the way of the code that is run.
    #[inline(never)]
    fn restoring_handler(&mut self, start: Number, end: Number, depth: usize) -> Outcome<()> {
        let (restore, over) = (self.label()?, self.label()?);
        self.unit.writer.handler_until(self.vm, start, end, restore, depth)?;
        if self.unit.writer.is_used(restore) {
            self.jump(Opcode::Jump, over)?;
            self.bind(restore);
            self.op(Opcode::RotateThree)?;
            self.op(Opcode::LeaveFinally)?;
            self.op(Opcode::PushHandled)?;
            self.op(Opcode::ReRaise)?;
        }
        self.bind(over);
        Ok(())
    }

    fn clause(&self, node: Node) -> Outcome<Clause> {
        if self.is_star(node) {
            return self.error(node, "cannot have both 'except' and 'except*' on the same 'try'");
        }
        match self.parts(node) {
            [Some(body), None, _] => Ok(Clause { ty: None, name: None, body }),
            [ty, Some(body), None] => Ok(Clause { ty, name: None, body }),
            [ty, Some(Item::Name(name)), Some(body)] => Ok(Clause { ty, name: Some(name.get()), body }),
            _ => self.error(node, "invalid syntax"),
        }
    }

    /// `body Except… [Else]`, without the `finally`.
    #[inline(never)]
    fn try_except(&mut self, node: Node) -> Outcome<()> {
        let (raised, end) = (self.label()?, self.label()?);
        let depth = self.unit.writer.depth();
        let start = self.unit.writer.mark();
        let body = self.child(node, 0)?;
        self.statement(body)?;
        self.unit.writer.handler(self.vm, start, raised, depth)?;
        let otherwise = self.tree.children(node).find(|child| as_node(*child, Kind::Else).is_some());
        self.else_clause(otherwise)?;
        self.jump(Opcode::Jump, end)?;
        self.bind(raised);
        let has_star = |child| as_node(child, Kind::Except).is_some_and(|clause| self.is_star(clause));
        if self.tree.child(node, 1).is_some_and(has_star) {
            self.star_clauses(node, depth, end)?;
            self.bind(end);
            return Ok(());
        }
        self.op(Opcode::PushHandled)?;
        let start = self.unit.writer.mark();
        let again = self.label()?;
        let clauses = || self.tree.children(node).filter_map(|child| as_node(child, Kind::Except));
        let count = clauses().count();
        for (index, clause) in clauses().enumerate() {
            let parts = self.clause(clause)?;
            if parts.ty.is_none() && index + 1 < count {
                return self.error(clause, "default 'except' must be last");
            }
            self.at(clause);
            self.except(parts, end)?;
        }
        self.unit.writer.handler(self.vm, start, again, depth + 1)?;
        self.bind(again);
        self.op(Opcode::ReRaise)?;
        self.bind(end);
        Ok(())
    }

    /// One clause: `previous exc → `, or goes on behind it with both.
    #[inline(never)]
    fn except(&mut self, clause: Clause, end: Label) -> Outcome<()> {
        let next = self.label()?;
        if let Some(ty) = clause.ty {
            self.expression(ty)?;
            self.op(Opcode::MatchException)?;
            self.jump(Opcode::JumpIfFalse, next)?;
        }
        match clause.name {
            Some(name) => self.store_name(name)?,
            None => self.op(Opcode::Pop)?,
        }
        self.enter_handler(clause.name)?;
        let depth = self.unit.writer.depth();
        let start = self.unit.writer.mark();
        self.statement(clause.body)?;
        self.leave_block();
        let stop = self.unit.writer.mark();
        self.forget(clause.name)?;
        self.op(Opcode::PopHandled)?;
        self.jump(Opcode::Jump, end)?;
        if clause.name.is_some() {
            let unbind = self.label()?;
            self.unit.writer.handler_until(self.vm, start, stop, unbind, depth)?;
            self.bind(unbind);
            self.forget(clause.name)?;
            self.op(Opcode::ReRaise)?;
        }
        self.bind(next);
        Ok(())
    }

    /// `WithItem… body`
    #[inline(never)]
    pub(super) fn with_statement(&mut self, node: Node, is_async: bool) -> Outcome<()> {
        self.with_items(node, 0, is_async)
    }

    #[inline(never)]
    fn with_items(&mut self, node: Node, index: usize, is_async: bool) -> Outcome<()> {
        self.vm.check_stack()?;
        let item = self.child(node, index)?;
        if self.tree.child(node, index + 1).is_none() {
            return self.statement(item);
        }
        let (manager, target) = match as_node(item, Kind::WithItem) {
            Some(with) => (self.child(with, 0)?, self.tree.child(with, 1)),
            None => (item, None),
        };
        let depth = self.unit.writer.depth();
        let (raised, finaliser) = (self.label()?, self.label()?);
        self.expression(manager)?;
        if is_async {
            self.async_enter()?;
        } else {
            self.op(Opcode::WithEnter)?;
        }
        self.enter_finally(BlockKind::With, finaliser)?;
        let start = self.unit.writer.mark();
        match target {
            Some(target) => self.store(target, node)?,
            None => self.op(Opcode::Pop)?,
        }
        self.with_items(node, index + 1, is_async)?;
        self.unit.writer.handler(self.vm, start, raised, depth + 1)?;
        self.op(Opcode::LoadNone)?;
        self.op(Opcode::LoadNone)?;
        self.jump(Opcode::Jump, finaliser)?;
        self.bind(raised);
        self.op(Opcode::PushHandled)?;
        self.bind(finaliser);
        self.at(node);
        let start = self.unit.writer.mark();
        self.op(Opcode::WithExitCall)?;
        if is_async {
            self.wait()?;
        }
        self.op(Opcode::WithExitDone)?;
        let end = self.unit.writer.mark();
        self.end_finally(true)?;
        self.restoring_handler(start, end, depth + 3)
    }
}
