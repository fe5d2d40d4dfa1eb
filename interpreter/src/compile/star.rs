//! `except*`: a `Star` of the frozen module `_groups` hands each clause its part and says what is raised in the end.
//!
//! ```text
//!   exc → previous Star;  for each clause: … part → previous Star previous, its body, previous → …
//!   what a body raises is added to the Star, and the next clause comes all the same
//! ```

use super::generator::{Generator, as_node};
use super::writer::Label;
use crate::code::opcode::Opcode;
use crate::object::word::Word;
use crate::source::token::Token;
use crate::source::tree::{Item, Kind, Node};
use crate::vm::Outcome;

/// `is`, as in `Compare`.
const IS: usize = 8;

impl<'c> Generator<'c> {
    /// Whether a clause is an `except*`.
    #[inline(never)]
    pub(super) fn is_star(&self, clause: Node) -> bool {
        self.tree.child(clause, 0) == Some(Item::Token(Token::Star))
    }

    /// The clauses, entered with `exc` above `depth` slots; they go on at `end` without it.
    #[inline(never)]
    pub(super) fn star_clauses(&mut self, node: Node, depth: usize, end: Label) -> Outcome<()> {
        let again = self.label()?;
        self.op(Opcode::PushHandled)?;
        let start = self.unit.writer.mark();
        self.import_from(name!("_groups"), name!("Star"))?;
        self.op(Opcode::Swap)?;
        self.op_with(Opcode::Call, 0x100)?;
        for clause in self.tree.children(node).filter_map(|child| as_node(child, Kind::Except)) {
            if !self.is_star(clause) {
                return self.error(clause, "cannot have both 'except' and 'except*' on the same 'try'");
            }
            self.at(clause);
            self.star_clause(clause)?;
        }
        self.op_name(Opcode::LoadMethod, name!("end"))?;
        self.op_with(Opcode::CallMethod, 0)?;
        let over = self.label()?;
        self.unit.writer.handler(self.vm, start, again, depth + 1)?;
        self.none_or(over)?;
        self.bind(again);
        self.op(Opcode::ReRaise)?;
        self.bind(over);
        self.op(Opcode::PopHandled)?;
        self.jump(Opcode::Jump, end)
    }

    /// `x → x`, or goes to `target` without it if it is None.
    fn none_or(&mut self, target: Label) -> Outcome<()> {
        let something = self.label()?;
        self.op(Opcode::Dup)?;
        self.constant(Word::NONE)?;
        self.op_with(Opcode::Compare, IS)?;
        self.jump(Opcode::JumpIfFalse, something)?;
        self.op(Opcode::Pop)?;
        self.jump(Opcode::Jump, target)?;
        self.bind(something);
        Ok(())
    }

    /// `previous Star → previous Star`
    #[inline(never)]
    fn star_clause(&mut self, node: Node) -> Outcome<()> {
        let mut parts = self.tree.children(node).skip(1);
        let count = parts.clone().count();
        let Some(ty) = parts.next().filter(|_| count > 1) else {
            return self.error(node, "expected one or more exception types");
        };
        let name = match parts.next() {
            Some(Item::Name(name)) if count > 2 => Some(name.get()),
            _ => None,
        };
        let (next, failed) = (self.label()?, self.label()?);
        self.op(Opcode::Dup)?;
        self.op_name(Opcode::LoadMethod, name!("match"))?;
        self.expression(ty)?;
        self.op_with(Opcode::CallMethod, 0x100)?;
        self.none_or(next)?;
        self.op(Opcode::PushHandled)?;
        match name {
            Some(name) => self.store_name(name)?,
            None => self.op(Opcode::Pop)?,
        }
        self.enter_star()?;
        let depth = self.unit.writer.depth();
        let start = self.unit.writer.mark();
        let body = self.last(node)?;
        self.statement(body)?;
        self.leave_block();
        let stop = self.unit.writer.mark();
        self.forget(name)?;
        self.op(Opcode::PopHandled)?;
        self.jump(Opcode::Jump, next)?;
        self.unit.writer.handler_until(self.vm, start, stop, failed, depth)?;
        self.bind(failed);
        self.forget(name)?;
        self.op(Opcode::Swap)?;
        self.op(Opcode::PopHandled)?;
        self.op_with(Opcode::InPlace, 0)?;
        self.bind(next);
        Ok(())
    }

    /// `break`, `continue` or `return` out of a clause.
    pub(super) fn way_out_of_star(&self) -> Outcome<()> {
        let (line, text) = (self.unit.writer.line(), "'break', 'continue' and 'return' cannot appear in an except* block");
        Err(self.vm.syntax_error(self.shared.file, line as u32, 1, text))
    }
}
