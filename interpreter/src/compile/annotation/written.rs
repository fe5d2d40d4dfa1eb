//! Expressions as text again, for `from __future__ import annotations`: spaced and bracketed as CPython writes them, not as
//! the source did.

use super::super::generator::as_node;
use crate::object::name::Name;
use crate::object::print::{Builder, Printer, Style};
use crate::object::word::Word;
use crate::source::token::Token;
use crate::source::tree::{Children, Item, Kind, Node, Tree};
use crate::vm::{Outcome, Vm};

/// How tightly what stands around an expression binds; one that binds less has parentheses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Tuple,
    Test,
    Or,
    And,
    Not,
    Comparison,
    BitOr,
    BitXor,
    BitAnd,
    Shift,
    Sum,
    Term,
    Factor,
    Power,
    Await,
    Atom,
}

impl Level {
    fn next(self) -> Level {
        use Level::*;
        let all = [Tuple, Test, Or, And, Not, Comparison, BitOr, BitXor, BitAnd, Shift, Sum, Term, Factor, Power, Await, Atom];
        all.get(self as usize + 1).copied().unwrap_or(Atom)
    }
}

/// The text of an expression, a `str`.
///
/// # Errors
/// `MemoryError`; `RuntimeError` for what is nested too deeply.
pub(super) fn text(vm: &Vm, tree: &Tree, item: Item) -> Outcome {
    let mut builder = Builder::new();
    Writer { vm, tree, out: Printer::new(&mut builder) }.item(item, Level::Test)?;
    builder.finish_str(vm)
}

struct Writer<'w> {
    vm: &'w Vm,
    tree: &'w Tree,
    out: Printer<'w>,
}

impl<'w> Writer<'w> {
    fn put(&mut self, text: &str) -> Outcome<()> {
        self.out.text(self.vm, text)
    }

    fn name(&mut self, name: Name) -> Outcome<()> {
        self.put(self.vm.name_text(name))
    }

    fn item(&mut self, item: Item, level: Level) -> Outcome<()> {
        match item {
            Item::Name(name) | Item::Attribute(name) => self.name(name.get()),
            Item::Constant(value) => self.out.word(self.vm, value, Style::Repr),
            Item::Token(token) => self.put(token.text()),
            Item::Node(node) => {
                self.vm.check_stack()?;
                let own = self.level(node);
                let is_bracketed = own.is_some_and(|own| level > own) && self.tree.child(node, 0).is_some();
                if is_bracketed {
                    self.put("(")?;
                }
                self.node(node, own.unwrap_or(Level::Atom))?;
                if is_bracketed { self.put(")") } else { Ok(()) }
            }
        }
    }

    /// How tightly a node binds; `None` of what has brackets of its own.
    fn level(&self, node: Node) -> Option<Level> {
        Some(match node.kind() {
            Kind::Tuple => Level::Tuple,
            Kind::Conditional | Kind::Lambda | Kind::Yield | Kind::YieldFrom => Level::Test,
            Kind::Named => Level::Tuple,
            Kind::Or => Level::Or,
            Kind::And => Level::And,
            Kind::Not => Level::Not,
            Kind::Comparison => Level::Comparison,
            Kind::Binary => binary_level(self.tree.child(node, 1)),
            Kind::Unary => Level::Factor,
            Kind::Await => Level::Await,
            _ => return None,
        })
    }

    fn node(&mut self, node: Node, own: Level) -> Outcome<()> {
        let mut children = self.tree.children(node);
        match node.kind() {
            Kind::Tuple => self.tuple(node),
            Kind::List => self.enclosed("[", children, "]"),
            Kind::Set => self.enclosed("{", children, "}"),
            Kind::Dict => self.dict(children),
            Kind::Star => self.prefixed("*", children.next(), Level::BitOr),
            Kind::DoubleStar => self.prefixed("**", children.next(), Level::BitOr),
            Kind::Await => self.prefixed("await ", children.next(), Level::Atom),
            Kind::Not => self.prefixed("not ", children.next(), Level::Not),
            Kind::Yield => self.prefixed("yield ", children.next(), Level::Tuple),
            Kind::YieldFrom => self.prefixed("yield from ", children.next(), Level::Test),
            Kind::Generator | Kind::LoneGenerator => self.comprehension("(", children, ")"),
            Kind::ListComprehension => self.comprehension("[", children, "]"),
            Kind::SetComprehension | Kind::DictComprehension => self.comprehension("{", children, "}"),
            Kind::Named => self.joined(children, " := ", Level::Atom, Level::Test),
            Kind::Keyword => self.joined(children, "=", Level::Atom, Level::Test),
            Kind::Or => self.joined(children, " or ", Level::And, Level::And),
            Kind::And => self.joined(children, " and ", Level::Not, Level::Not),
            Kind::Comparison => self.comparison(children),
            Kind::Binary => self.binary(children, own),
            Kind::Unary => {
                self.put(token_text(children.next()))?;
                self.prefixed("", children.next(), Level::Factor)
            }
            Kind::Conditional => self.conditional(children),
            Kind::Lambda => self.lambda(children),
            Kind::Primary => self.primary(children),
            Kind::Slice => self.slice(children),
            Kind::Strings | Kind::FString => self.interpolated(node),
            _ => Ok(()),
        }
    }

    /// Items with something between them; the first one stands at another level.
    fn joined(&mut self, items: Children<'w>, between: &str, first: Level, level: Level) -> Outcome<()> {
        for (index, item) in items.enumerate() {
            if index > 0 {
                self.put(between)?;
            }
            self.item(item, if index == 0 { first } else { level })?;
        }
        Ok(())
    }

    fn enclosed(&mut self, open: &str, items: Children<'w>, close: &str) -> Outcome<()> {
        self.put(open)?;
        self.joined(items, ", ", Level::Test, Level::Test)?;
        self.put(close)
    }

    fn prefixed(&mut self, prefix: &str, item: Option<Item>, level: Level) -> Outcome<()> {
        self.put(prefix)?;
        item.map_or(Ok(()), |item| self.item(item, level))
    }

    fn tuple(&mut self, node: Node) -> Outcome<()> {
        let items = self.tree.children(node);
        match items.count() {
            0 => self.put("()"),
            1 => {
                self.joined(items, "", Level::Test, Level::Test)?;
                self.put(",")
            }
            _ => self.joined(items, ", ", Level::Test, Level::Test),
        }
    }

    fn dict(&mut self, mut items: Children<'w>) -> Outcome<()> {
        let mut before = "{";
        while let Some(key) = items.next() {
            self.put(before)?;
            self.item(key, Level::Test)?;
            if as_node(key, Kind::DoubleStar).is_none() {
                self.prefixed(": ", items.next(), Level::Test)?;
            }
            before = ", ";
        }
        self.put(if before == "{" { "{}" } else { "}" })
    }

    fn comparison(&mut self, mut items: Children<'w>) -> Outcome<()> {
        self.prefixed("", items.next(), Level::BitOr)?;
        while let Some(operator) = items.next() {
            self.put(" ")?;
            self.put(token_text(Some(operator)))?;
            let mut operand = items.next();
            match (operator, operand) {
                (Item::Token(Token::Is), Some(Item::Token(Token::Not))) => {
                    self.put(" not")?;
                    operand = items.next();
                }
                (Item::Token(Token::Not), _) => self.put(" in")?,
                _ => {}
            }
            self.prefixed(" ", operand, Level::BitOr)?;
        }
        Ok(())
    }

    fn binary(&mut self, mut items: Children<'w>, own: Level) -> Outcome<()> {
        let is_power = own == Level::Power;
        self.prefixed("", items.next(), if is_power { Level::Await } else { own })?;
        while let Some(operator) = items.next() {
            self.put(" ")?;
            self.put(token_text(Some(operator)))?;
            self.prefixed(" ", items.next(), if is_power { own } else { own.next() })?;
        }
        Ok(())
    }

    fn conditional(&mut self, mut items: Children<'w>) -> Outcome<()> {
        self.prefixed("", items.next(), Level::Or)?;
        self.prefixed(" if ", items.next(), Level::Or)?;
        self.prefixed(" else ", items.next(), Level::Test)
    }

    fn lambda(&mut self, mut items: Children<'w>) -> Outcome<()> {
        self.put("lambda")?;
        let mut before = " ";
        if let Some(Item::Node(parameters)) = items.next() {
            for parameter in self.tree.children(parameters) {
                self.put(before)?;
                self.parameter(parameter)?;
                before = ", ";
            }
        }
        self.prefixed(": ", items.next(), Level::Test)
    }

    fn parameter(&mut self, parameter: Item) -> Outcome<()> {
        let Item::Node(node) = parameter else { return self.item(parameter, Level::Atom) };
        let star = match node.kind() {
            Kind::StarParameter => "*",
            Kind::DoubleStarParameter => "**",
            _ => "",
        };
        self.put(star)?;
        for part in self.tree.children(node) {
            match as_node(part, Kind::Default) {
                Some(default) => self.prefixed("=", self.tree.child(default, 0), Level::Test)?,
                None => self.item(part, Level::Atom)?,
            }
        }
        Ok(())
    }

    /// `element for target in iterable if test`; of a dict two of the first.
    fn comprehension(&mut self, open: &str, items: Children<'w>, close: &str) -> Outcome<()> {
        let mut before = open;
        for item in items {
            let Some(part) = as_node(item, Kind::CompFor).or_else(|| as_node(item, Kind::CompIf)) else {
                self.prefixed(before, Some(item), Level::Test)?;
                before = ": ";
                continue;
            };
            let mut inner = self.tree.children(part).peekable();
            if part.kind() == Kind::CompIf {
                self.prefixed(" if ", inner.next(), Level::Or)?;
                continue;
            }
            let is_async = inner.next_if(|item| matches!(item, Item::Token(Token::Async))).is_some();
            self.prefixed(if is_async { " async for " } else { " for " }, inner.next(), Level::Tuple)?;
            self.prefixed(" in ", inner.next(), Level::Or)?;
        }
        self.put(close)
    }

    fn primary(&mut self, mut items: Children<'w>) -> Outcome<()> {
        let atom = items.next();
        // `3 .real` is no number with a point.
        let is_int = matches!(atom, Some(Item::Constant(value)) if value.is_int());
        self.prefixed("", atom, Level::Atom)?;
        let mut dot = if is_int { " ." } else { "." };
        for trailer in items {
            match trailer {
                Item::Attribute(name) => {
                    self.put(dot)?;
                    self.name(name.get())?;
                }
                Item::Node(node) if node.kind() == Kind::Arguments => self.arguments(node)?,
                Item::Node(node) => {
                    self.prefixed("[", self.tree.child(node, 0), Level::Tuple)?;
                    self.put("]")?;
                }
                _ => {}
            }
            dot = ".";
        }
        Ok(())
    }

    /// A lone generator expression has the call's parentheses.
    fn arguments(&mut self, node: Node) -> Outcome<()> {
        let items = self.tree.children(node);
        match self.tree.child(node, 0) {
            Some(Item::Node(generator)) if generator.kind().is_generator() && items.count() == 1 => {
                self.node(generator, Level::Atom)
            }
            _ => self.enclosed("(", items, ")"),
        }
    }

    fn slice(&mut self, items: Children<'w>) -> Outcome<()> {
        for item in items {
            self.item(item, Level::Test)?;
        }
        Ok(())
    }

    fn interpolated(&mut self, node: Node) -> Outcome<()> {
        let mut inner = Builder::new();
        Writer { vm: self.vm, tree: self.tree, out: Printer::new(&mut inner) }.pieces(node)?;
        let inner = inner.finish_str(self.vm)?;
        self.put("f")?;
        self.out.word(self.vm, inner, Style::Repr)
    }

    /// Text and replacement fields.
    fn pieces(&mut self, node: Node) -> Outcome<()> {
        for piece in self.tree.children(node) {
            match piece {
                Item::Constant(text) => self.doubled(text)?,
                Item::Node(part) if part.kind() == Kind::FString => self.pieces(part)?,
                Item::Node(field) => self.field(field)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// Text, its braces doubled.
    fn doubled(&mut self, text: Word) -> Outcome<()> {
        let text = self.vm.text_of(text);
        for piece in text.split_inclusive(['{', '}']) {
            self.put(piece)?;
            if let Some(brace) = piece.chars().next_back().filter(|last| matches!(last, '{' | '}')) {
                self.put(if brace == '{' { "{" } else { "}" })?;
            }
        }
        Ok(())
    }

    fn field(&mut self, field: Node) -> Outcome<()> {
        self.put("{")?;
        for (index, part) in self.tree.children(field).enumerate() {
            match part {
                part if index == 0 => self.item(part, Level::Tuple)?,
                Item::Name(conversion) => {
                    self.put("!")?;
                    self.name(conversion.get())?;
                }
                Item::Node(spec) => {
                    self.put(":")?;
                    self.pieces(spec)?;
                }
                _ => {}
            }
        }
        self.put("}")
    }
}

fn token_text(item: Option<Item>) -> &'static str {
    match item {
        Some(Item::Token(token)) => token.text(),
        _ => "",
    }
}

fn binary_level(operator: Option<Item>) -> Level {
    match token_text(operator) {
        "|" => Level::BitOr,
        "^" => Level::BitXor,
        "&" => Level::BitAnd,
        "<<" | ">>" => Level::Shift,
        "+" | "-" => Level::Sum,
        "**" => Level::Power,
        _ => Level::Term,
    }
}
