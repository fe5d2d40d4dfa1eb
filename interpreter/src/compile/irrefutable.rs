//! What the patterns of a `match` may not be: one that always matches before others, names bound twice, alternatives with different names.

use super::generator::{Generator, as_node};
use crate::object::complex::Complex;
use crate::object::handle::Handle;
use crate::object::kind::{Binary, Unary};
use crate::object::name::Name;
use crate::object::print::Builder;
use crate::object::word::Word;
use crate::source::token::Token;
use crate::source::tree::{Item, Kind, Long, Node};
use crate::vm::{Outcome, Raised};

impl Generator<'_> {
    /// Checks all cases of a `match`.
    pub(super) fn check_cases(&self, node: Node) -> Outcome<()> {
        let cases = self.tree.children(node).skip(1).filter_map(|child| as_node(child, Kind::Case));
        let count = cases.clone().count();
        for (index, case) in cases.enumerate() {
            let pattern = self.child(case, 0)?;
            let has_guard = self.tree.child(case, 1).and_then(|child| as_node(child, Kind::Guard)).is_some();
            if index + 1 < count && !has_guard {
                self.check_refutable(pattern, case)?;
            }
            self.check_pattern(pattern)?;
            self.each_name(pattern, &mut |name| match self.times_bound(pattern, name)? {
                0 | 1 => Ok(()),
                _ => Err(self.pattern_error(case, "multiple assignments to name '", name, "' in pattern")),
            })?;
        }
        Ok(())
    }

    fn pattern_error(&self, node: Node, before: &str, name: Name, after: &str) -> Raised {
        let mut text = Builder::new();
        let parts = [before, self.vm.name_text(name), after];
        match parts.iter().try_for_each(|part| text.push(self.vm, part.as_bytes())).and_then(|()| text.finish_str(self.vm)) {
            Ok(text) => self.syntax_error(node, self.vm.text_of(text)),
            Err(raised) => raised,
        }
    }

    /// The name that a pattern which always matches binds.
    fn irrefutable(&self, pattern: Item) -> Outcome<Option<Name>> {
        self.vm.check_stack()?;
        match pattern {
            Item::Name(name) => Ok(Some(name.get())),
            Item::Node(node) if node.kind() == Kind::AsPattern => {
                let inner = self.irrefutable(self.child(node, 0)?)?;
                Ok(if inner.is_some() { Some(self.name_child(node, 1)?) } else { None })
            }
            Item::Node(node) if node.kind() == Kind::OrPattern => self.irrefutable(self.last(node)?),
            _ => Ok(None),
        }
    }

    fn check_refutable(&self, pattern: Item, around: Node) -> Outcome<()> {
        match self.irrefutable(pattern)? {
            None => Ok(()),
            Some(name) if name == name!("_") => self.error(around, "wildcard makes remaining patterns unreachable"),
            Some(name) => Err(self.pattern_error(around, "name capture '", name, "' makes remaining patterns unreachable")),
        }
    }

    fn check_pattern(&self, pattern: Item) -> Outcome<()> {
        let Item::Node(node) = pattern else { return Ok(()) };
        self.vm.check_stack()?;
        match node.kind() {
            Kind::Primary => return Ok(()),
            Kind::ValuePattern => return self.check_value(node),
            Kind::AsPattern if self.name_child(node, 1)? == name!("_") => return self.error(node, "cannot use '_' as a target"),
            Kind::OrPattern => self.check_alternatives(node)?,
            Kind::ClassPattern => self.check_keywords(node)?,
            Kind::MappingPattern => self.check_keys(node)?,
            _ => {}
        }
        self.tree.children(node).try_for_each(|child| self.check_pattern(child))
    }

    fn check_alternatives(&self, node: Node) -> Outcome<()> {
        let count = self.tree.children(node).count();
        for alternative in self.tree.children(node).take(count - 1) {
            self.check_refutable(alternative, node)?;
        }
        for alternative in self.tree.children(node) {
            self.each_name(alternative, &mut |name| {
                for other in self.tree.children(node) {
                    if self.times_bound(other, name)? == 0 {
                        return self.error(node, "alternative patterns bind different names");
                    }
                }
                Ok(())
            })?;
        }
        Ok(())
    }

    fn check_keywords(&self, node: Node) -> Outcome<()> {
        let mut keywords = self.tree.children(node).skip(1).filter_map(|child| as_node(child, Kind::KeywordPattern));
        while let Some(keyword) = keywords.next() {
            let name = self.name_child(keyword, 0)?;
            if keywords.clone().any(|other| self.tree.child(other, 0) == Some(Item::Name(Long::of(name)))) {
                return Err(self.pattern_error(node, "attribute name repeated in class pattern: ", name, ""));
            }
        }
        Ok(())
    }

    /// A literal is a constant, or the sum of a real number and an imaginary one.
    fn check_value(&self, node: Node) -> Outcome<()> {
        let Item::Node(value) = self.child(node, 0)? else { return Ok(()) };
        let is_imaginary = |item| matches!(item, Item::Constant(value) if Handle::<Complex>::from(value).is_some());
        match value.kind() {
            Kind::Strings | Kind::FString | Kind::TString => {
                self.error(node, "patterns may only match literals and attribute lookups")
            }
            Kind::Binary if !is_imaginary(self.last(value)?) => self.error(node, "imaginary number required in complex literal"),
            Kind::Binary if is_imaginary(self.child(value, 0)?) => self.error(node, "real number required in complex literal"),
            _ => Ok(()),
        }
    }

    /// A literal may be a key once.
    fn check_keys(&self, node: Node) -> Outcome<()> {
        let is_rest = |item: &Item| matches!(item, Item::Node(node) if node.kind() == Kind::DoubleStarPattern);
        if let Some(rest) = self.tree.children(node).find(is_rest) {
            let is_nameless = matches!(rest, Item::Node(rest) if self.name_child(rest, 0)? == name!("_"));
            if is_nameless || self.tree.last_child(node) != Some(rest) {
                return self.error(node, "invalid syntax");
            }
        }
        let mut keys = self.tree.children(node).filter(|item| !is_rest(item)).step_by(2).filter_map(|key| self.literal_key(key));
        while let Some(key) = keys.next() {
            for other in keys.clone() {
                if self.vm.equal(key, other)? {
                    return self.error(node, "mapping pattern checks duplicate key");
                }
            }
        }
        Ok(())
    }

    fn literal_key(&self, key: Item) -> Option<Word> {
        self.literal(self.tree.child(as_node(key, Kind::ValuePattern)?, 0)?)
    }

    fn literal(&self, item: Item) -> Option<Word> {
        let forget = |raised| self.vm.take_raised(raised);
        match item {
            Item::Constant(value) => Some(value),
            Item::Node(node) if node.kind() == Kind::Unary => {
                self.vm.unary(Unary::Neg, self.literal(self.tree.last_child(node)?)?).map_err(forget).ok()
            }
            Item::Node(node) if node.kind() == Kind::Binary => {
                let minus = self.tree.child(node, 1) == Some(Item::Token(Token::Minus));
                let (a, b) = (self.literal(self.tree.child(node, 0)?)?, self.literal(self.tree.last_child(node)?)?);
                self.vm.binary(if minus { Binary::Sub } else { Binary::Add }, a, b).map_err(forget).ok()
            }
            literal => super::statement::token_constant(literal),
        }
    }

    /// Calls `visit` with each name that a pattern binds, as often as it does.
    fn each_name(&self, pattern: Item, visit: &mut dyn FnMut(Name) -> Outcome<()>) -> Outcome<()> {
        let node = match pattern {
            Item::Name(name) if name == name!("_") => return Ok(()),
            Item::Name(name) => return visit(name.get()),
            Item::Node(node) => node,
            _ => return Ok(()),
        };
        self.vm.check_stack()?;
        let skipped = match node.kind() {
            Kind::Primary | Kind::ValuePattern => return Ok(()),
            Kind::ClassPattern | Kind::KeywordPattern => 1,
            _ => 0,
        };
        self.tree.children(node).skip(skipped).try_for_each(|child| self.each_name(child, visit))
    }

    /// How often a match of the pattern binds `name`; of alternatives one matches.
    fn times_bound(&self, pattern: Item, name: Name) -> Outcome<usize> {
        let Item::Node(node) = pattern else { return Ok((pattern == Item::Name(Long::of(name))) as usize) };
        self.vm.check_stack()?;
        let skipped = match node.kind() {
            Kind::Primary | Kind::ValuePattern => return Ok(0),
            Kind::ClassPattern | Kind::KeywordPattern => 1,
            _ => 0,
        };
        let mut total = 0;
        for child in self.tree.children(node).skip(skipped) {
            let times = self.times_bound(child, name)?;
            total = if node.kind() == Kind::OrPattern { times.max(total) } else { total + times };
        }
        Ok(total)
    }
}
