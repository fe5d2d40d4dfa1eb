//! Statements.

use super::block::{BlockKind, Way};
use super::generator::{Generator, as_node, is_token};
use crate::code::opcode::Opcode;
use crate::object::word::Word;
use crate::source::Mode;
use crate::source::token::Token;
use crate::source::tree::{Item, Kind, Node};
use crate::vm::Outcome;

impl<'c> Generator<'c> {
    /// A statement or a block of them.
    pub(super) fn statement(&mut self, item: Item) -> Outcome<()> {
        let Item::Node(node) = item else { return Ok(()) };
        self.vm.check_stack()?;
        if node.kind() != Kind::Block {
            self.at(node);
        }
        match node.kind() {
            Kind::Block => self.block_statement(node),
            Kind::Expression => self.expression_statement(node),
            Kind::Assign => self.assign(node),
            Kind::AnnotatedAssign => self.annotated_assign(node),
            Kind::AugmentedAssign => self.augmented_assign(node),
            Kind::Del => self.delete_statement(node),
            Kind::Pass => self.mark_line(),
            Kind::Global | Kind::Nonlocal => Ok(()),
            Kind::Break => self.leave_loop(node, Way::Break),
            Kind::Continue => self.leave_loop(node, Way::Continue),
            Kind::Return => self.return_statement(node),
            Kind::Raise => self.raise_statement(node),
            Kind::Assert => self.assert_statement(node),
            Kind::Import => self.import(node),
            Kind::From => self.from(node),
            Kind::If => self.if_statement(node),
            Kind::While => self.while_statement(node),
            Kind::For => self.for_statement(node),
            Kind::Try => self.try_statement(node),
            Kind::With => self.with_statement(node, false),
            Kind::Async => self.async_statement(node),
            Kind::Decorated => self.decorated(node),
            Kind::Def | Kind::Class => self.definition(node),
            Kind::Match => self.match_statement(node),
            Kind::TypeAlias => self.type_alias(node),
            _ => self.error(node, "invalid syntax"),
        }
    }

    /// Statements one after the other.
    #[inline(never)]
    fn block_statement(&mut self, node: Node) -> Outcome<()> {
        self.tree.children(node).try_for_each(|child| self.statement(child))
    }

    #[inline(never)]
    fn delete_statement(&mut self, node: Node) -> Outcome<()> {
        self.tree.children(node).try_for_each(|target| self.delete(target, node))
    }

    /// A function or class, bound to its name.
    #[inline(never)]
    pub(super) fn definition(&mut self, node: Node) -> Outcome<()> {
        match node.kind() {
            Kind::Class => self.class(node)?,
            _ => self.function(node)?,
        }
        let name = self.name_child(node, 0)?;
        self.store_name(name)
    }

    #[inline(never)]
    fn expression_statement(&mut self, node: Node) -> Outcome<()> {
        let value = self.child(node, 0)?;
        let prints = self.shared.mode == Mode::Single && self.unit.scope == super::MODULE;
        if matches!(value, Item::Constant(_)) && !prints {
            return Ok(());
        }
        self.expression(value)?;
        self.op(if prints { Opcode::PrintExpression } else { Opcode::Pop })
    }

    #[inline(never)]
    fn return_statement(&mut self, node: Node) -> Outcome<()> {
        if !self.is_function() {
            return self.error(node, "'return' outside function");
        }
        match self.tree.child(node, 0) {
            Some(value) => self.expression(value)?,
            None => self.op(Opcode::LoadNone)?,
        }
        self.leave_function()
    }

    #[inline(never)]
    fn raise_statement(&mut self, node: Node) -> Outcome<()> {
        match self.parts(node) {
            [None, _] => self.op(Opcode::RaiseAgain),
            [Some(exception), None] => {
                self.expression(exception)?;
                self.op(Opcode::Raise)
            }
            [Some(exception), Some(cause)] => {
                self.expression(exception)?;
                self.expression(cause)?;
                self.op(Opcode::RaiseFrom)
            }
        }
    }

    #[inline(never)]
    fn assert_statement(&mut self, node: Node) -> Outcome<()> {
        if !self.debugs() {
            return Ok(());
        }
        let end = self.label()?;
        let test = self.child(node, 0)?;
        self.check_assertion(node, test)?;
        self.condition(test, true, end)?;
        self.op_name(Opcode::LoadGlobal, name!("AssertionError"))?;
        if let Some(message) = self.tree.child(node, 1) {
            self.expression(message)?;
            self.op_with(Opcode::Call, 0x100)?;
        }
        self.op(Opcode::Raise)?;
        self.bind(end);
        Ok(())
    }

    /// `test body Elif… [Else]`
    #[inline(never)]
    fn if_statement(&mut self, node: Node) -> Outcome<()> {
        let end = self.label()?;
        let [test, body] = self.parts(node);
        self.branch(test, body, end, self.tree.child(node, 2).is_some())?;
        let count = self.tree.children(node).count();
        for (index, child) in self.tree.children(node).enumerate().skip(2) {
            if let Some(elif) = as_node(child, Kind::Elif) {
                let [test, body] = self.parts(elif);
                self.branch(test, body, end, index + 1 < count)?;
            } else if let Some(otherwise) = as_node(child, Kind::Else) {
                let body = self.child(otherwise, 0)?;
                self.statement(body)?;
            }
        }
        self.bind(end);
        Ok(())
    }

    /// Runs `body` if `test` is true, then goes to `end` if more follows.
    #[inline(never)]
    fn branch(&mut self, test: Option<Item>, body: Option<Item>, end: super::writer::Label, more: bool) -> Outcome<()> {
        let next = self.label()?;
        if let Some(test) = test {
            self.condition(test, false, next)?;
        }
        if let Some(body) = body {
            self.statement(body)?;
        }
        if more {
            self.jump(Opcode::Jump, end)?;
        }
        self.bind(next);
        Ok(())
    }

    /// `test body [Else]`
    #[inline(never)]
    fn while_statement(&mut self, node: Node) -> Outcome<()> {
        let [Some(test), Some(body), otherwise] = self.parts(node) else { return self.error(node, "invalid syntax") };
        let (exhausted, end) = (self.label()?, self.label()?);
        let start = self.label_here()?;
        self.condition(test, false, exhausted)?;
        self.enter_loop(BlockKind::While, end, start)?;
        self.statement(body)?;
        self.leave_block();
        self.jump(Opcode::Jump, start)?;
        self.bind(exhausted);
        self.else_clause(otherwise)?;
        self.bind(end);
        Ok(())
    }

    pub(super) fn else_clause(&mut self, clause: Option<Item>) -> Outcome<()> {
        match clause.and_then(|clause| as_node(clause, Kind::Else)) {
            Some(clause) => {
                let body = self.child(clause, 0)?;
                self.statement(body)
            }
            None => Ok(()),
        }
    }

    /// `target iterable body [Else]`
    #[inline(never)]
    fn for_statement(&mut self, node: Node) -> Outcome<()> {
        let [Some(target), Some(iterable), Some(body), otherwise] = self.parts(node) else {
            return self.error(node, "invalid syntax");
        };
        let (exhausted, end) = (self.label()?, self.label()?);
        self.iterate(iterable)?;
        let start = self.label_here()?;
        self.jump(Opcode::ForNext, exhausted)?;
        self.store(target, node)?;
        self.enter_loop(BlockKind::For, end, start)?;
        self.statement(body)?;
        self.leave_block();
        self.jump(Opcode::Jump, start)?;
        self.bind(exhausted);
        self.else_clause(otherwise)?;
        self.bind(end);
        Ok(())
    }

    /// Pushes the state of a loop over `iterable`: `range(…)` does not make an object.
    #[inline(never)]
    pub(super) fn iterate(&mut self, iterable: Item) -> Outcome<()> {
        if let Some((call, count)) = self.as_range(iterable) {
            self.op_name(Opcode::LoadGlobal, name!("range"))?;
            for argument in self.tree.children(call) {
                self.expression(argument)?;
            }
            return self.op_with(Opcode::ForRange, count);
        }
        self.expression(iterable)?;
        self.op(Opcode::ForPrepare)
    }

    /// The arguments of a call of what is probably the builtin `range`, and their number.
    fn as_range(&self, item: Item) -> Option<(Node, usize)> {
        let primary = as_node(item, Kind::Primary)?;
        let [Some(Item::Name(name)), Some(arguments), None] = self.parts(primary) else { return None };
        let call = as_node(arguments, Kind::Arguments)?;
        let count = self.tree.children(call).count();
        let is_plain =
            |item| !matches!(item, Item::Node(node) if matches!(node.kind(), Kind::Star | Kind::DoubleStar | Kind::Keyword));
        let is_global = self.scopes.place(self.unit.scope, name.get()) == super::scope::Place::Global;
        let fits = name == name!("range") && is_global && (1..=3).contains(&count);
        if fits && self.tree.children(call).all(is_plain) { Some((call, count)) } else { None }
    }

    // -- assignment

    #[inline(never)]
    fn assign(&mut self, node: Node) -> Outcome<()> {
        let value = self.last(node)?;
        let count = self.tree.children(node).count();
        if count == 2 && (self.const_assignment(node, value)? || self.parallel_assignment(node, value)?) {
            return Ok(());
        }
        self.expression(value)?;
        for (index, target) in self.tree.children(node).take(count - 1).enumerate() {
            if index + 2 < count {
                self.op(Opcode::Dup)?;
            }
            self.store(target, node)?;
        }
        Ok(())
    }

    /// `target annotation [value]`
    #[inline(never)]
    fn annotated_assign(&mut self, node: Node) -> Outcome<()> {
        let [Some(target), Some(annotation), value] = self.parts(node) else { return self.error(node, "invalid syntax") };
        if !self.is_single_target(target) {
            return self.error(node, "can't assign to expression");
        }
        if let Some(value) = value {
            self.expression(value)?;
            self.store(target, node)?;
        }
        self.annotate_name(node, target, annotation)
    }

    /// Whether this is a name, an attribute or a subscript.
    fn is_single_target(&self, target: Item) -> bool {
        let is_call = |last: Option<Item>| matches!(last, Some(Item::Node(last)) if last.kind() == Kind::Arguments);
        match target {
            Item::Name(_) => true,
            Item::Node(node) => node.kind() == Kind::Primary && !is_call(self.tree.last_child(node)),
            _ => false,
        }
    }

    /// `target operator value`
    #[inline(never)]
    fn augmented_assign(&mut self, node: Node) -> Outcome<()> {
        let [Some(target), Some(Item::Token(operator)), Some(value)] = self.parts(node) else {
            return self.error(node, "invalid syntax");
        };
        let operator = in_place(operator);
        if let Item::Name(name) = target {
            self.load_name(name.get())?;
            self.expression(value)?;
            self.op_with(Opcode::InPlace, operator)?;
            return self.store_name(name.get());
        }
        let Some(primary) = as_node(target, Kind::Primary) else {
            return self.error(node, "can't assign to expression");
        };
        match self.last(primary)? {
            Item::Attribute(name) => {
                self.primary_but_last(primary)?;
                self.op(Opcode::Dup)?;
                self.op_name(Opcode::LoadAttribute, name.get())?;
                self.expression(value)?;
                self.op_with(Opcode::InPlace, operator)?;
                self.op(Opcode::Swap)?;
                self.op_name(Opcode::StoreAttribute, name.get())
            }
            Item::Node(subscript) if subscript.kind() == Kind::Subscript => {
                self.primary_but_last(primary)?;
                self.subscript(subscript)?;
                self.op(Opcode::DupTwo)?;
                self.op(Opcode::LoadItem)?;
                self.expression(value)?;
                self.op_with(Opcode::InPlace, operator)?;
                self.op(Opcode::RotateThree)?;
                self.op(Opcode::StoreItem)
            }
            _ => self.error(node, "can't assign to expression"),
        }
    }
}

/// The number of an augmented assignment's operator, in the order of `Binary`.
fn in_place(token: Token) -> usize {
    const ORDER: [Token; 13] = [
        Token::PlusEqual,
        Token::MinusEqual,
        Token::StarEqual,
        Token::AtEqual,
        Token::SlashEqual,
        Token::DoubleSlashEqual,
        Token::PercentEqual,
        Token::DoubleStarEqual,
        Token::ShiftLeftEqual,
        Token::ShiftRightEqual,
        Token::AmpersandEqual,
        Token::BarEqual,
        Token::CaretEqual,
    ];
    ORDER.iter().position(|&operator| operator == token).expect("the grammar lets only these through")
}

/// Whether a constant is true, for those whose truth needs no look inside.
pub(super) fn truth(value: Word) -> Option<bool> {
    match value.as_int() {
        Some(n) => Some(n != 0),
        None if value == Word::TRUE || value == Word::ELLIPSIS => Some(true),
        None if value == Word::FALSE || value == Word::NONE => Some(false),
        None => value.as_name().map(|name| name != name!("")),
    }
}

/// The constant that a token stands for.
pub(super) fn token_constant(item: Item) -> Option<Word> {
    let tokens =
        [(Token::None, Word::NONE), (Token::True, Word::TRUE), (Token::False, Word::FALSE), (Token::Ellipsis, Word::ELLIPSIS)];
    tokens.iter().find(|row| is_token(item, row.0)).map(|row| row.1)
}
