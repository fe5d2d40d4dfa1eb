//! `async` and `await`: statements, the steps of loops, and what the analysis notes of them.

use super::analyse::Analysis;
use super::block::BlockKind;
use super::generator::Generator;
use super::scope::scope_flag::{ASYNC, YIELDS};
use super::scope::{Scope, ScopeKind};
use super::writer::Label;
use crate::code::opcode::Opcode;
use crate::source::token::Token;
use crate::source::tree::{Item, Kind, Node};
use crate::vm::Outcome;

impl Generator<'_> {
    #[inline(never)]
    pub(super) fn async_statement(&mut self, node: Node) -> Outcome<()> {
        let Item::Node(inner) = self.child(node, 0)? else { return self.error(node, "invalid syntax") };
        if inner.kind() == Kind::Def {
            return self.definition(inner);
        }
        self.require_async(inner, "async for/with outside async function")?;
        match inner.kind() {
            Kind::For => self.async_for(inner),
            Kind::With => self.with_statement(inner, true),
            _ => self.error(inner, "invalid syntax"),
        }
    }

    pub(super) fn require_async(&self, node: Node, text: &str) -> Outcome<()> {
        if self.scope_flags() & (ASYNC | YIELDS) == 0 { self.error(node, text) } else { Ok(()) }
    }

    #[inline(never)]
    fn async_for(&mut self, node: Node) -> Outcome<()> {
        let [Some(target), Some(iterable), Some(body), otherwise] = self.parts(node) else {
            return self.error(node, "invalid syntax");
        };
        let (exhausted, end) = (self.label()?, self.label()?);
        self.expression(iterable)?;
        self.async_iterate()?;
        let start = self.label_here()?;
        self.async_next(exhausted)?;
        self.store(target, node)?;
        self.enter_loop(BlockKind::AsyncFor, end, start)?;
        self.statement(body)?;
        self.leave_block();
        self.jump(Opcode::Jump, start)?;
        self.bind(exhausted);
        self.else_clause(otherwise)?;
        self.bind(end);
        Ok(())
    }

    /// `iterable → asynchronous iterator`
    pub(super) fn async_iterate(&mut self) -> Outcome<()> {
        self.op_name(Opcode::LoadMethod, name!("__aiter__"))?;
        self.op_with(Opcode::CallMethod, 0)
    }

    /// `iterator → iterator item`, or drops it and goes to `exhausted`.
    #[inline(never)]
    pub(super) fn async_next(&mut self, exhausted: Label) -> Outcome<()> {
        let (stopped, go_on) = (self.label()?, self.label()?);
        let depth = self.unit.writer.depth();
        let start = self.unit.writer.mark();
        self.op(Opcode::Dup)?;
        self.op_name(Opcode::LoadMethod, name!("__anext__"))?;
        self.op_with(Opcode::CallMethod, 0)?;
        self.wait()?;
        self.unit.writer.handler(self.vm, start, stopped, depth)?;
        self.jump(Opcode::Jump, go_on)?;
        self.bind(stopped);
        self.op(Opcode::PushHandled)?;
        let ended = self.label()?;
        self.op_name(Opcode::LoadGlobal, name!("StopAsyncIteration"))?;
        self.op(Opcode::MatchException)?;
        self.jump(Opcode::JumpIfTrue, ended)?;
        self.op(Opcode::ReRaise)?;
        self.bind(ended);
        self.op(Opcode::Pop)?;
        self.op(Opcode::PopHandled)?;
        self.op(Opcode::Pop)?;
        self.jump(Opcode::Jump, exhausted)?;
        self.bind(go_on);
        Ok(())
    }

    #[inline(never)]
    pub(super) fn await_expression(&mut self, node: Node) -> Outcome<()> {
        if !self.is_function() && self.scope_flags() & ASYNC == 0 {
            return self.error(node, "'await' outside function");
        }
        let operand = self.child(node, 0)?;
        self.expression(operand)?;
        self.wait()
    }

    /// Waits for the object on top.
    pub(super) fn wait(&mut self) -> Outcome<()> {
        self.unit.waits = true;
        self.op(Opcode::GetAwaitable)?;
        self.delegate()
    }

    /// `manager → exit value`
    pub(super) fn async_enter(&mut self) -> Outcome<()> {
        self.op(Opcode::AsyncWithEnter)?;
        self.wait()
    }
}

impl Analysis<'_> {
    #[inline(never)]
    pub(super) fn async_statement(&mut self, scope: Scope, node: Node) -> Outcome<()> {
        match self.tree.child(node, 0) {
            Some(Item::Node(inner)) if inner.kind() == Kind::Def => self.function(scope, inner, true),
            inner => self.items(scope, inner.into_iter()),
        }
    }

    /// `await` makes a comprehension asynchronous, and (as in the reference) a plain function a generator.
    pub(super) fn awaits(&mut self, scope: Scope) {
        if self.scopes.kind(scope) == ScopeKind::Comprehension {
            self.scopes.set_flag(scope, ASYNC);
        } else if self.scopes.flags(scope) & ASYNC == 0 {
            self.scopes.set_flag(scope, YIELDS);
        }
    }
}

/// Whether this part of a `CompFor` says that it waits.
pub(super) fn is_async(part: Option<Item>) -> bool {
    matches!(part, Some(Item::Token(Token::Async)))
}
