//! `match`: each pattern is a row of tests on a value that waits in a hidden local.
//!
//! Names are bound once nothing can fail any more: on hosts a pattern that tests on behind a name keeps the values in hidden locals until then.
//!
//! Hidden locals keep the stack as it was, so that a failing test may jump from anywhere to the next case. What a test
//! cannot say in bytecode is asked of the helpers in `object::pattern`, which answer a tuple of values or None.

use super::analyse::Analysis;
use super::generator::{Generator, as_node};
use super::scope::Scope;
use super::statement::token_constant;
use super::writer::Label;
use crate::code::WIDTH;
use crate::code::opcode::Opcode;
use crate::code::width::Number;
use crate::object::kind::Binary;
use crate::object::name::Name;
use crate::object::pattern::Matcher;
use crate::object::word::Word;
use crate::source::tree::{Item, Kind, Node};
use crate::vm::Outcome;

/// `==` and `is`, as in `Compare`.
const EQUAL: u8 = 4;
const IS: u8 = 8;

/// A hidden local.
#[derive(Clone, Copy)]
struct Temporary(Number);

impl<'c> Generator<'c> {
    /// `subject Case…`
    #[inline(never)]
    pub(super) fn match_statement(&mut self, node: Node) -> Outcome<()> {
        self.check_cases(node)?;
        let subject = self.child(node, 0)?;
        let end = self.label()?;
        let waits = self.temporary(node)?;
        self.expression(subject)?;
        self.keep(waits)?;
        for case in self.tree.children(node).skip(1).filter_map(|child| as_node(child, Kind::Case)) {
            let next = self.label()?;
            let pattern = self.child(case, 0)?;
            self.at(case);
            let captures = self.whole_pattern(pattern, waits, next, case)?;
            if let Some(guard) = self.tree.child(case, 1).and_then(|child| as_node(child, Kind::Guard)) {
                let test = self.child(guard, 0)?;
                self.condition(test, false, next)?;
            }
            let body = self.last(case)?;
            self.statement(body)?;
            self.jump(Opcode::Jump, end)?;
            self.bind(next);
            self.release(captures);
        }
        self.bind(end);
        self.release(1);
        Ok(())
    }

    // -- hidden locals

    fn temporary(&mut self, node: Node) -> Outcome<Temporary> {
        let slot = self.scopes.local_count(self.unit.scope) + self.unit.temporaries;
        if slot >= u16::MAX as usize {
            return self.error(node, "too many targets");
        }
        self.unit.temporaries += 1;
        self.unit.most_temporaries = self.unit.most_temporaries.max(self.unit.temporaries);
        Ok(Temporary(slot as Number))
    }

    fn release(&mut self, count: usize) {
        self.unit.temporaries -= count;
    }

    fn keep(&mut self, temporary: Temporary) -> Outcome<()> {
        self.unit.writer.emit_local(self.vm, Opcode::StoreLocal, temporary.0)
    }

    fn look(&mut self, temporary: Temporary) -> Outcome<()> {
        self.unit.writer.emit_local(self.vm, Opcode::LoadLocal, temporary.0)
    }

    // -- patterns

    /// Tests the value of a case and binds its names. Answers how many hidden locals that takes until the next case.
    fn whole_pattern(&mut self, pattern: Item, value: Temporary, fail: Label, case: Node) -> Outcome<usize> {
        if !crate::WHOLE || self.settles_last(pattern)? {
            self.pattern(pattern, value, fail, case)?;
            return Ok(0);
        }
        self.note_captures(pattern)?;
        let count = self.unit.captures.len() / WIDTH;
        for _ in 0..count {
            let Temporary(slot) = self.temporary(case)?;
            self.unit.last_capture = slot;
        }
        self.pattern(pattern, value, fail, case)?;
        let names = core::mem::take(&mut self.unit.captures);
        for index in 0..count {
            self.look(Temporary(self.unit.last_capture + 1 - (count - index) as Number))?;
            self.store_name(Name(names.number(index * WIDTH)))?;
        }
        Ok(count)
    }

    /// Binds a name of a pattern to the value on top, or keeps that until the whole pattern matches.
    fn capture(&mut self, name: Name) -> Outcome<()> {
        let count = self.unit.captures.len() / WIDTH;
        match (0..count).find(|index| self.unit.captures.number(index * WIDTH) == name.0) {
            Some(index) => self.keep(Temporary(self.unit.last_capture + 1 - (count - index) as Number)),
            None => self.store_name(name),
        }
    }

    /// Notes each name of a pattern.
    fn note_captures(&mut self, pattern: Item) -> Outcome<()> {
        let name = match pattern {
            Item::Name(name) => Some(name.get()),
            Item::Node(node) if matches!(node.kind(), Kind::Primary | Kind::ValuePattern) => None,
            Item::Node(node) => {
                let class = usize::from(matches!(node.kind(), Kind::ClassPattern | Kind::KeywordPattern));
                // Keys of a mapping are values or dotted names.
                return self.tree.children(node).skip(class).try_for_each(|child| self.note_captures(child));
            }
            _ => None,
        };
        let Some(name) = name.filter(|name| *name != name!("_")) else { return Ok(()) };
        let count = self.unit.captures.len() / WIDTH;
        if (0..count).any(|index| self.unit.captures.number(index * WIDTH) == name.0) {
            return Ok(());
        }
        self.unit.captures.push_number(self.vm, name.0)
    }

    /// Whether a pattern binds its names behind all its tests.
    fn settles_last(&self, pattern: Item) -> Outcome<bool> {
        self.vm.check_stack()?;
        let Item::Node(node) = pattern else { return Ok(true) };
        Ok(match node.kind() {
            Kind::AsPattern => self.settles_last(self.child(node, 0)?)?,
            Kind::OrPattern => {
                for alternative in self.tree.children(node) {
                    if !self.settles_last(alternative)? {
                        return Ok(false);
                    }
                }
                true
            }
            Kind::SequencePattern => self.parts_settle_last(self.tree.children(node))?,
            Kind::ClassPattern => self.parts_settle_last(self.tree.children(node).skip(1))?,
            Kind::MappingPattern => {
                let is_rest = |item: &Item| matches!(item, Item::Node(node) if node.kind() == Kind::DoubleStarPattern);
                self.parts_settle_last(self.tree.children(node).filter(move |item| !is_rest(item)).skip(1).step_by(2))?
            }
            _ => true,
        })
    }

    /// The same of patterns of parts: plain names come first, then the others in turn.
    fn parts_settle_last(&self, parts: impl Iterator<Item = Item>) -> Outcome<bool> {
        let (mut binds, mut tests_last) = (false, None);
        for part in parts {
            let part = match as_node(part, Kind::KeywordPattern) {
                Some(keyword) => self.tree.child(keyword, 1).unwrap_or(part),
                None => part,
            };
            match self.plain_name(part)? {
                Some(name) => binds |= name != name!("_"),
                None if tests_last.is_some() => {
                    // Only the last of several may bind anything.
                    return Ok(false);
                }
                None => tests_last = Some(part),
            }
        }
        match tests_last {
            Some(part) => Ok(!binds && self.settles_last(part)?),
            None => Ok(true),
        }
    }

    /// Tests the value in `value`; goes to `fail` if it does not match, and on with its names bound if it does.
    fn pattern(&mut self, pattern: Item, value: Temporary, fail: Label, around: Node) -> Outcome<()> {
        let node = match pattern {
            Item::Name(name) if name == name!("_") => return Ok(()),
            Item::Name(name) => {
                self.look(value)?;
                return self.capture(name.get());
            }
            Item::Node(node) => node,
            _ => return self.error(around, "invalid syntax"),
        };
        self.vm.check_stack()?;
        match node.kind() {
            Kind::ValuePattern => {
                let literal = self.child(node, 0)?;
                let comparison = if token_constant(literal).is_some() { IS } else { EQUAL };
                self.compare(value, literal, comparison, fail)
            }
            Kind::Primary => self.compare(value, pattern, EQUAL, fail),
            Kind::AsPattern => {
                let inner = self.child(node, 0)?;
                self.pattern(inner, value, fail, node)?;
                let name = self.name_child(node, 1)?;
                self.look(value)?;
                self.capture(name)
            }
            Kind::OrPattern => self.or_pattern(node, value, fail),
            Kind::SequencePattern => self.sequence_pattern(node, value, fail),
            Kind::MappingPattern => self.mapping_pattern(node, value, fail),
            Kind::ClassPattern => self.class_pattern(node, value, fail),
            _ => self.error(node, "invalid syntax"),
        }
    }

    fn compare(&mut self, value: Temporary, with: Item, comparison: u8, fail: Label) -> Outcome<()> {
        self.look(value)?;
        self.expression(with)?;
        self.unit.writer.compare_jump(self.vm, comparison, false, fail)
    }

    fn or_pattern(&mut self, node: Node, value: Temporary, fail: Label) -> Outcome<()> {
        let matched = self.label()?;
        let count = self.tree.children(node).count();
        for (index, alternative) in self.tree.children(node).enumerate() {
            if index + 1 == count {
                self.pattern(alternative, value, fail, node)?;
            } else {
                let next = self.label()?;
                self.pattern(alternative, value, next, node)?;
                self.jump(Opcode::Jump, matched)?;
                self.bind(next);
            }
        }
        self.bind(matched);
        Ok(())
    }

    /// Pushes a helper and the value that it is asked about.
    fn ask(&mut self, matcher: Matcher, value: Temporary) -> Outcome<()> {
        self.op_with(Opcode::LoadHelper, matcher as usize)?;
        self.look(value)
    }

    /// `pattern…`, of which one may be a `StarPattern`.
    fn sequence_pattern(&mut self, node: Node, value: Temporary, fail: Label) -> Outcome<()> {
        let count = self.tree.children(node).count();
        let is_star = |item: &Item| matches!(item, Item::Node(node) if node.kind() == Kind::StarPattern);
        let star = self.tree.children(node).position(|item| is_star(&item));
        if self.tree.children(node).filter(is_star).count() > 1 {
            return self.error(node, "multiple *x in assignment");
        }
        self.ask(Matcher::Sequence, value)?;
        self.constant(Word::int((count - star.is_some() as usize) as isize))?;
        self.constant(Word::bool(star.is_some()))?;
        self.op_with(Opcode::Call, 0x300)?;
        self.jump(Opcode::JumpIfFalse, fail)?;
        if count == 0 {
            return Ok(());
        }
        if crate::WHOLE
            && let Some(before) = star
            && self.tree.child(node, before).map(|star| self.plain_name(star)).transpose()?.flatten() == Some(name!("_"))
        {
            self.items_around(value, count, before)?;
            return self.parts_of_pattern(self.tree.children(node), fail, node);
        }
        self.look(value)?;
        match star {
            Some(before) if before > 255 || count - before > 255 => return self.error(node, "too many targets"),
            Some(before) => self.op_with(Opcode::UnpackStar, before << 8 | (count - before - 1))?,
            None => self.op_with(Opcode::UnpackSequence, count)?,
        }
        self.parts_of_pattern(self.tree.children(node), fail, node)
    }

    /// Pushes the items before and behind `*_`, the first on top, each by its index: the others are not looked at.
    fn items_around(&mut self, value: Temporary, count: usize, before: usize) -> Outcome<()> {
        for index in (0..count).rev() {
            if index == before {
                self.op(Opcode::LoadNone)?;
                continue;
            }
            self.look(value)?;
            if index < before {
                self.constant(Word::int(index as isize))?;
            } else {
                self.ask(Matcher::Length, value)?;
                self.op_with(Opcode::Call, 0x100)?;
                self.constant(Word::int((count - index) as isize))?;
                self.op_with(Opcode::Binary, Binary::Sub as usize)?;
            }
            self.op(Opcode::LoadItem)?;
        }
        Ok(())
    }

    /// Matches the values on the stack, the first on top, with one pattern each: names are bound at once, other patterns'
    /// values wait until all are off the stack.
    fn parts_of_pattern(&mut self, patterns: impl Iterator<Item = Item> + Clone, fail: Label, node: Node) -> Outcome<()> {
        let mut kept = 0;
        for pattern in patterns.clone() {
            match self.plain_name(pattern)? {
                Some(name) if name == name!("_") => self.op(Opcode::Pop)?,
                Some(name) => self.capture(name)?,
                None => {
                    let temporary = self.temporary(node)?;
                    kept += 1;
                    self.keep(temporary)?;
                }
            }
        }
        let first = self.scopes.local_count(self.unit.scope) + self.unit.temporaries - kept;
        let mut slot = first as Number;
        for pattern in patterns {
            if self.plain_name(pattern)?.is_none() {
                self.pattern(pattern, Temporary(slot), fail, node)?;
                slot += 1;
            }
        }
        self.release(kept);
        Ok(())
    }

    /// The name that a pattern binds without a test.
    fn plain_name(&self, pattern: Item) -> Outcome<Option<Name>> {
        Ok(match pattern {
            Item::Name(name) => Some(name.get()),
            Item::Node(star) if star.kind() == Kind::StarPattern => Some(self.name_child(star, 0)?),
            _ => None,
        })
    }

    /// A tuple of values or None is on top: unpacks it, or drops it and goes to `fail`.
    fn unpack_answer(&mut self, count: usize, fail: Label) -> Outcome<()> {
        let found = self.label()?;
        self.jump(Opcode::JumpIfNotNoneOrPop, found)?;
        self.jump(Opcode::Jump, fail)?;
        self.bind(found);
        if count == 0 { self.op(Opcode::Pop) } else { self.op_with(Opcode::UnpackSequence, count) }
    }

    /// `key pattern key pattern …` and a `DoubleStarPattern`.
    fn mapping_pattern(&mut self, node: Node, value: Temporary, fail: Label) -> Outcome<()> {
        let is_rest = |item: &Item| matches!(item, Item::Node(node) if node.kind() == Kind::DoubleStarPattern);
        let rest = self.tree.children(node).find(is_rest);
        let pairs = self.tree.children(node).filter(move |item| !is_rest(item));
        let mut count = 0;
        for key in pairs.clone().step_by(2) {
            match key {
                Item::Node(literal) if literal.kind() == Kind::ValuePattern => {
                    let key = self.child(literal, 0)?;
                    self.expression(key)?;
                }
                key => self.expression(key)?,
            }
            count += 1;
        }
        let keys = self.temporary(node)?;
        self.op_with(Opcode::BuildTuple, count)?;
        self.keep(keys)?;
        self.ask(Matcher::Mapping, value)?;
        self.look(keys)?;
        self.op_with(Opcode::Call, 0x200)?;
        self.unpack_answer(count, fail)?;
        self.parts_of_pattern(pairs.skip(1).step_by(2), fail, node)?;
        if let Some(Item::Node(rest)) = rest {
            self.ask(Matcher::Rest, value)?;
            self.look(keys)?;
            self.op_with(Opcode::Call, 0x200)?;
            let name = self.name_child(rest, 0)?;
            self.capture(name)?;
        }
        self.release(1);
        Ok(())
    }

    /// `class pattern… KeywordPattern…`
    fn class_pattern(&mut self, node: Node, value: Temporary, fail: Label) -> Outcome<()> {
        let class = self.child(node, 0)?;
        let mut arguments = self.tree.children(node);
        arguments.next();
        self.ask(Matcher::Class, value)?;
        self.expression(class)?;
        let (mut positional, mut keywords) = (0, 0);
        for argument in arguments {
            match as_node(argument, Kind::KeywordPattern) {
                Some(keyword) => {
                    let name = self.name_child(keyword, 0)?;
                    self.constant(Word::name(name))?;
                    keywords += 1;
                }
                None if keywords > 0 => return self.error(node, "positional arg after keyword arg"),
                None => positional += 1,
            }
        }
        self.op_with(Opcode::BuildTuple, keywords)?;
        self.constant(Word::int(positional))?;
        self.op_with(Opcode::Call, 0x400)?;
        self.unpack_answer(positional as usize + keywords, fail)?;
        let tree = self.tree;
        let inner = move |argument: Item| match as_node(argument, Kind::KeywordPattern) {
            Some(keyword) => tree.child(keyword, 1).unwrap_or(argument),
            None => argument,
        };
        self.parts_of_pattern(arguments.map(inner), fail, node)
    }
}

/// Names that patterns bind.
impl Analysis<'_> {
    #[inline(never)]
    pub(super) fn case(&mut self, scope: Scope, node: Node) -> Outcome<()> {
        self.names_of_patterns(scope, self.tree.child(node, 0).into_iter())?;
        self.rest(scope, node, 1)
    }

    fn names_of_patterns(&mut self, scope: Scope, items: impl Iterator<Item = Item>) -> Outcome<()> {
        for item in items {
            self.names_of_pattern(scope, item)?;
        }
        Ok(())
    }

    #[inline(never)]
    fn names_of_pattern(&mut self, scope: Scope, pattern: Item) -> Outcome<()> {
        let node = match pattern {
            Item::Name(name) if name == name!("_") => return Ok(()),
            Item::Name(name) => return self.scopes.bind(self.vm, scope, name.get()),
            Item::Node(node) => node,
            other => return self.item(scope, other),
        };
        self.vm.check_stack()?;
        let mut children = self.tree.children(node);
        match node.kind() {
            Kind::Primary | Kind::ValuePattern => self.items(scope, children),
            Kind::ClassPattern => {
                self.items(scope, children.next().into_iter())?;
                self.names_of_patterns(scope, children)
            }
            Kind::KeywordPattern => self.names_of_patterns(scope, children.skip(1)),
            _ => self.names_of_patterns(scope, children),
        }
    }
}
