//! Expressions: each leaves one value on the stack.

use super::generator::{Generator, as_node, is_token};
use super::statement::{token_constant, truth};
use super::writer::Label;
use crate::code::opcode::Opcode;
use crate::object::kind::{Binary, Unary};
use crate::object::word::Word;
use crate::source::token::Token;
use crate::source::tree::{Item, Kind, Node};
use crate::vm::Outcome;

/// Items of a display that are collected on the stack, at most: those of a longer one are added one by one, on hosts.
const MANY: usize = 1000;

impl<'c> Generator<'c> {
    /// Pushes the value of an expression.
    pub(super) fn expression(&mut self, item: Item) -> Outcome<()> {
        match item {
            Item::Name(name) => self.load_name(name.get()),
            Item::Constant(value) => self.constant(value),
            Item::Node(node) => {
                self.vm.check_stack()?;
                self.at(node);
                self.node(node)
            }
            Item::Attribute(_) | Item::Token(_) => match token_constant(item) {
                Some(value) => self.constant(value),
                None => Err(self.vm.syntax_error(self.shared.file, self.unit.writer.line() as u32, 1, "invalid syntax")),
            },
        }
    }

    fn expressions(&mut self, node: Node) -> Outcome<usize> {
        let mut count = 0;
        for child in self.tree.children(node) {
            self.expression(child)?;
            count += 1;
        }
        Ok(count)
    }

    fn node(&mut self, node: Node) -> Outcome<()> {
        match node.kind() {
            Kind::Tuple | Kind::List | Kind::Set => self.display(node),
            Kind::Dict => self.dict(node),
            Kind::Generator
            | Kind::LoneGenerator
            | Kind::ListComprehension
            | Kind::SetComprehension
            | Kind::DictComprehension => self.comprehension(node),
            Kind::Named => self.named(node),
            Kind::Conditional => self.conditional(node),
            Kind::Lambda => self.lambda(node),
            Kind::Or => self.logical(node, Opcode::JumpIfTrueOrPop),
            Kind::And => self.logical(node, Opcode::JumpIfFalseOrPop),
            Kind::Not => self.negation(node),
            Kind::Comparison => self.comparison(node),
            Kind::Binary => self.binary(node),
            Kind::Unary => self.unary(node),
            Kind::Await => self.await_expression(node),
            Kind::Primary => self.primary(node),
            Kind::Star => self.error(node, "*x must be assignment target"),
            Kind::Yield | Kind::YieldFrom => self.yield_expression(node),
            Kind::Strings => self.strings(node),
            Kind::FString => self.joined(node),
            Kind::TString => self.template(node),
            _ => self.error(node, "invalid syntax"),
        }
    }

    // -- displays

    /// `item…` of a tuple, list or set.
    #[inline(never)]
    fn display(&mut self, node: Node) -> Outcome<()> {
        if let Some(constant) = self.fold_tuple(node)? {
            return self.constant(constant);
        }
        if node.kind() != Kind::Tuple && self.constant_display(node)? {
            return Ok(());
        }
        let (build, append, extend) = match node.kind() {
            Kind::Set => (Opcode::BuildSet, Opcode::SetAdd, Opcode::SetUpdate),
            _ => (Opcode::BuildList, Opcode::ListAppend, Opcode::ListExtend),
        };
        let is_long = crate::WHOLE && self.tree.child(node, MANY).is_some();
        if !is_long && !self.tree.children(node).any(|child| as_node(child, Kind::Star).is_some()) {
            let count = self.expressions(node)?;
            return self.op_with(if node.kind() == Kind::Tuple { Opcode::BuildTuple } else { build }, count);
        }
        self.spread(self.tree.children(node), build, append, extend)?;
        if node.kind() == Kind::Tuple { self.op(Opcode::ListToTuple) } else { Ok(()) }
    }

    /// Collects items, of which some are `*items` or which are many.
    #[inline(never)]
    pub(super) fn spread(
        &mut self,
        items: impl Iterator<Item = Item>,
        build: Opcode,
        append: Opcode,
        extend: Opcode,
    ) -> Outcome<()> {
        let (mut leading, mut built) = (0, false);
        for item in items {
            match as_node(item, Kind::Star) {
                Some(star) => {
                    if !built {
                        self.op_with(build, leading)?;
                        built = true;
                    }
                    let iterable = self.child(star, 0)?;
                    self.expression(iterable)?;
                    self.op(extend)?;
                }
                None => {
                    self.expression(item)?;
                    if built {
                        self.op_with(append, 0)?;
                        continue;
                    }
                    leading += 1;
                    if crate::WHOLE && leading == MANY {
                        self.op_with(build, leading)?;
                        built = true;
                    }
                }
            }
        }
        if built { Ok(()) } else { self.op_with(build, leading) }
    }

    /// `key value key value …`, where a `DoubleStar` stands alone.
    #[inline(never)]
    fn dict(&mut self, node: Node) -> Outcome<()> {
        if self.constant_display(node)? {
            return Ok(());
        }
        let count = self.tree.children(node).count();
        self.op_with(Opcode::BuildMap, count / 2)?;
        let mut children = self.tree.children(node);
        while let Some(key) = children.next() {
            if let Some(star) = as_node(key, Kind::DoubleStar) {
                let mapping = self.child(star, 0)?;
                self.expression(mapping)?;
                self.op_with(Opcode::MapUpdate, 0)?;
                continue;
            }
            let Some(value) = children.next() else { return self.error(node, "invalid syntax") };
            // The key comes first, unless nobody can tell.
            if matches!(key, Item::Constant(_)) {
                self.expression(value)?;
                self.expression(key)?;
                self.op(Opcode::StoreMap)?;
            } else {
                self.expression(key)?;
                self.expression(value)?;
                self.op_with(Opcode::MapAdd, 0)?;
            }
        }
        Ok(())
    }

    // -- conditions

    /// `target := value`
    #[inline(never)]
    fn named(&mut self, node: Node) -> Outcome<()> {
        let [Some(target), Some(value)] = self.parts(node) else { return self.error(node, "invalid syntax") };
        let Item::Name(name) = target else { return self.error(node, "can't assign to expression") };
        self.expression(value)?;
        self.op(Opcode::Dup)?;
        self.store_name(name.get())
    }

    /// `value test otherwise`
    #[inline(never)]
    fn conditional(&mut self, node: Node) -> Outcome<()> {
        let [Some(value), Some(test), Some(otherwise)] = self.parts(node) else { return self.error(node, "invalid syntax") };
        let (or_else, end) = (self.label()?, self.label()?);
        self.condition(test, false, or_else)?;
        let depth = self.unit.writer.depth();
        self.expression(value)?;
        self.jump(Opcode::Jump, end)?;
        self.unit.writer.set_depth(depth);
        self.bind(or_else);
        self.expression(otherwise)?;
        self.bind(end);
        Ok(())
    }

    #[inline(never)]
    fn negation(&mut self, node: Node) -> Outcome<()> {
        let operand = self.child(node, 0)?;
        self.expression(operand)?;
        self.op_with(Opcode::Unary, Unary::Not as usize)
    }

    #[inline(never)]
    fn logical(&mut self, node: Node, jump: Opcode) -> Outcome<()> {
        let end = self.label()?;
        let count = self.tree.children(node).count();
        for (index, operand) in self.tree.children(node).enumerate() {
            self.expression(operand)?;
            if index + 1 < count {
                self.jump(jump, end)?;
            }
        }
        self.bind(end);
        Ok(())
    }

    /// Goes to `target` if the truth of `item` is `when`.
    #[inline(never)]
    pub(super) fn condition(&mut self, item: Item, when: bool, target: Label) -> Outcome<()> {
        if let Some(value) = self.known_truth(item)? {
            return if value == when { self.jump(Opcode::Jump, target) } else { Ok(()) };
        }
        if let Item::Node(node) = item {
            self.vm.check_stack()?;
            match node.kind() {
                Kind::Not => {
                    let operand = self.child(node, 0)?;
                    return self.condition(operand, !when, target);
                }
                Kind::And => return self.all(node, when, false, target),
                Kind::Or => return self.all(node, when, true, target),
                // A chain of two has five children, and `is not` is two of four.
                Kind::Comparison if self.tree.child(node, 4).is_none() => return self.compare_condition(node, when, target),
                _ => {}
            }
        }
        self.expression(item)?;
        self.jump(if when { Opcode::JumpIfTrue } else { Opcode::JumpIfFalse }, target)
    }

    /// `operand operator operand`, in one instruction.
    #[inline(never)]
    fn compare_condition(&mut self, node: Node, when: bool, target: Label) -> Outcome<()> {
        let mut children = self.tree.children(node);
        let (first, operator) = (children.next(), comparison(&mut children));
        let (Some(first), Some(operator), Some(second)) = (first, operator, children.next()) else {
            return self.error(node, "invalid syntax");
        };
        self.at(node);
        self.check_identity(node, first, operator, second)?;
        self.expression(first)?;
        self.expression(second)?;
        self.unit.writer.compare_jump(self.vm, operator, when, target)
    }

    /// A chain of `and` (`decides` is false) or `or` (true): an operand whose truth is `decides` decides.
    #[inline(never)]
    fn all(&mut self, node: Node, when: bool, decides: bool, target: Label) -> Outcome<()> {
        let count = self.tree.children(node).count();
        let end = self.label()?;
        for (index, operand) in self.tree.children(node).enumerate() {
            if index + 1 == count {
                self.condition(operand, when, target)?;
            } else {
                self.condition(operand, decides, if decides == when { target } else { end })?;
            }
        }
        self.bind(end);
        Ok(())
    }

    /// The truth of a test that is a constant.
    fn known_truth(&self, item: Item) -> Outcome<Option<bool>> {
        Ok(match item {
            Item::Constant(value) => truth(value),
            Item::Name(name) if name == name!("__debug__") => Some(self.debugs()),
            Item::Token(_) => token_constant(item).and_then(truth),
            _ => None,
        })
    }

    /// `operand operator operand …` as a value.
    #[inline(never)]
    fn comparison(&mut self, node: Node) -> Outcome<()> {
        let mut children = self.tree.children(node);
        let Some(first) = children.next() else { return self.error(node, "invalid syntax") };
        self.expression(first)?;
        let mut left = first;
        let (shortcut, end) = (self.label()?, self.label()?);
        let mut is_chain = false;
        while let Some(operator) = comparison(&mut children) {
            let Some(operand) = children.next() else { return self.error(node, "invalid syntax") };
            self.check_identity(node, left, operator, operand)?;
            left = operand;
            self.expression(operand)?;
            if children.clone().next().is_none() {
                self.op_with(Opcode::Compare, operator as usize)?;
                break;
            }
            is_chain = true;
            self.op(Opcode::Dup)?;
            self.op(Opcode::RotateThree)?;
            self.op_with(Opcode::Compare, operator as usize)?;
            self.jump(Opcode::JumpIfFalseOrPop, shortcut)?;
        }
        if is_chain {
            let depth = self.unit.writer.depth();
            self.jump(Opcode::Jump, end)?;
            self.bind(shortcut);
            self.op(Opcode::Swap)?;
            self.op(Opcode::Pop)?;
            self.bind(end);
            if !self.unit.writer.is_reachable() {
                self.unit.writer.set_depth(depth);
            }
        }
        Ok(())
    }

    // -- arithmetic

    /// `operand operator operand …`, from left to right.
    #[inline(never)]
    fn binary(&mut self, node: Node) -> Outcome<()> {
        let (folded, rest) = self.fold_prefix(node)?;
        let mut children = self.tree.children(node);
        match folded {
            Some(value) => {
                self.constant(value)?;
                children = rest;
            }
            None => {
                let Some(first) = children.next() else { return self.error(node, "invalid syntax") };
                self.expression(first)?;
            }
        }
        while let Some(operator) = children.next() {
            let (Some(operator), Some(operand)) = (binary_operator(operator), children.next()) else {
                return self.error(node, "invalid syntax");
            };
            self.expression(operand)?;
            self.op_with(Opcode::Binary, operator as usize)?;
        }
        Ok(())
    }

    /// `operator operand`
    #[inline(never)]
    fn unary(&mut self, node: Node) -> Outcome<()> {
        if let Some(value) = self.fold(Item::Node(node))? {
            return self.constant(value);
        }
        let [Some(operator), Some(operand)] = self.parts(node) else { return self.error(node, "invalid syntax") };
        let Some(operator) = unary_operator(operator) else { return self.error(node, "invalid syntax") };
        self.expression(operand)?;
        self.op_with(Opcode::Unary, operator as usize)
    }

    // -- the rest

    #[inline(never)]
    fn yield_expression(&mut self, node: Node) -> Outcome<()> {
        if !self.is_function() {
            return self.error(node, "'yield' outside function");
        }
        match self.tree.child(node, 0) {
            Some(value) => self.expression(value)?,
            None => self.op(Opcode::LoadNone)?,
        }
        if node.kind() == Kind::Yield {
            return self.yield_value();
        }
        if self.scope_flags() & super::scope::scope_flag::ASYNC != 0 {
            return self.error(node, "'yield from' inside async function");
        }
        self.op(Opcode::GetYieldFromIter)?;
        self.delegate()
    }

    /// Neighbours of which some are f-strings.
    #[inline(never)]
    fn strings(&mut self, node: Node) -> Outcome<()> {
        if self.tree.children(node).any(|child| as_node(child, Kind::TString).is_some()) {
            return self.template(node);
        }
        let mut count = 0;
        for child in self.tree.children(node) {
            count += match child {
                Item::Node(inner) if inner.kind() == Kind::FString => self.pieces(inner)?,
                Item::Constant(text) if self.vm.as_text(text).is_some() => self.text(text)?,
                _ => return self.error(node, "cannot mix bytes and nonbytes literals"),
            };
        }
        self.op_with(Opcode::BuildString, count)
    }

    /// Joins the parts of an f-string or a format specification.
    #[inline(never)]
    pub(super) fn joined(&mut self, node: Node) -> Outcome<()> {
        match self.parts(node) {
            [None, _] => self.constant(Word::name(name!(""))),
            [Some(Item::Constant(text)), None] => self.constant(text),
            _ => {
                let count = self.pieces(node)?;
                self.op_with(Opcode::BuildString, count)
            }
        }
    }

    fn text(&mut self, text: Word) -> Outcome<usize> {
        if self.vm.text_of(text).is_empty() {
            return Ok(0);
        }
        self.constant(text)?;
        Ok(1)
    }

    /// Pushes the parts of an f-string; returns how many.
    #[inline(never)]
    fn pieces(&mut self, node: Node) -> Outcome<usize> {
        self.vm.check_stack()?;
        let mut count = 0;
        for child in self.tree.children(node) {
            count += match child {
                Item::Constant(text) => self.text(text)?,
                Item::Node(replacement) if replacement.kind() == Kind::Replacement => self.replacement(replacement)?,
                _ => return self.error(node, "invalid syntax"),
            };
        }
        Ok(count)
    }

    /// `expression [Constant] [name] [FormatSpec]`
    #[inline(never)]
    fn replacement(&mut self, node: Node) -> Outcome<usize> {
        let mut children = self.tree.children(node);
        let Some(value) = children.next() else { return self.error(node, "invalid syntax") };
        let (mut count, mut conversion, mut spec) = (1, 0, None);
        for child in children {
            match child {
                // `{x=}` shows the text and the `repr`.
                Item::Constant(text) => {
                    count += self.text(text)?;
                    conversion = 1;
                }
                Item::Name(name) => {
                    conversion = match self.vm.name_text(name.get()) {
                        "r" => 1,
                        "s" => 2,
                        "a" => 3,
                        _ => return self.error(node, "invalid syntax"),
                    }
                }
                Item::Node(format) => {
                    if !self.tree.children(node).any(|child| matches!(child, Item::Name(_)) && child != value) {
                        conversion = 0;
                    }
                    spec = Some(format);
                }
                _ => return self.error(node, "invalid syntax"),
            }
        }
        self.expression(value)?;
        if let Some(format) = spec {
            self.joined(format)?;
            conversion |= 4;
        }
        self.op_with(Opcode::FormatValue, conversion)?;
        Ok(count)
    }
}

/// The next operator of a comparison, as in `Compare`.
#[inline(never)]
fn comparison(children: &mut crate::source::tree::Children) -> Option<u8> {
    const ORDER: [Token; 7] =
        [Token::Less, Token::Greater, Token::LessEqual, Token::GreaterEqual, Token::EqualEqual, Token::NotEqual, Token::In];
    let Item::Token(token) = children.next()? else { return None };
    Some(match token {
        Token::Not => 7,
        Token::Is => {
            let mut ahead = *children;
            if ahead.next().is_some_and(|item| is_token(item, Token::Not)) {
                *children = ahead;
                9
            } else {
                8
            }
        }
        _ => ORDER.iter().position(|&operator| operator == token)? as u8,
    })
}

/// The binary operator that a token is.
pub(super) fn binary_operator(item: Item) -> Option<Binary> {
    let Item::Token(token) = item else { return None };
    Some(match token {
        Token::Plus => Binary::Add,
        Token::Minus => Binary::Sub,
        Token::Star => Binary::Mul,
        Token::At => Binary::MatMul,
        Token::Slash => Binary::TrueDiv,
        Token::DoubleSlash => Binary::FloorDiv,
        Token::Percent => Binary::Mod,
        Token::DoubleStar => Binary::Pow,
        Token::ShiftLeft => Binary::ShiftLeft,
        Token::ShiftRight => Binary::ShiftRight,
        Token::Ampersand => Binary::And,
        Token::Bar => Binary::Or,
        Token::Caret => Binary::Xor,
        _ => return None,
    })
}

/// The unary operator that a token is.
pub(super) fn unary_operator(item: Item) -> Option<Unary> {
    let Item::Token(token) = item else { return None };
    Some(match token {
        Token::Plus => Unary::Pos,
        Token::Minus => Unary::Neg,
        Token::Tilde => Unary::Invert,
        _ => return None,
    })
}
