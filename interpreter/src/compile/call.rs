//! Atoms with trailers: attributes, subscripts, calls.

use super::generator::{Generator, as_node};
use crate::code::opcode::Opcode;
use crate::object::name::Name;
use crate::object::word::Word;
use crate::source::token::Token;
use crate::source::tree::{Children, Item, Kind, Long, Node};
use crate::vm::Outcome;

/// Arguments of a call that are pushed one by one, at most, besides those that are there already.
const MOST: usize = 250;

impl<'c> Generator<'c> {
    /// `atom trailer…`
    pub(super) fn primary(&mut self, node: Node) -> Outcome<()> {
        let count = self.tree.children(node).count();
        self.trailers(node, count)
    }

    /// All but the last trailer, which the caller treats as a target.
    pub(super) fn primary_but_last(&mut self, node: Node) -> Outcome<()> {
        self.at(node);
        let count = self.tree.children(node).count();
        self.trailers(node, count - 1)
    }

    /// The atom and the trailers after it, `count` children in all.
    #[inline(never)]
    fn trailers(&mut self, node: Node, count: usize) -> Outcome<()> {
        let mut children = self.tree.children(node);
        let Some(atom) = children.next() else { return self.error(node, "invalid syntax") };
        let mut left = count - 1;
        if left > 0 {
            self.check_trailer(node, atom, children.clone().next())?;
        }
        if left > 0
            && (self.zero_super(atom, children)?
                || self.call_with_locals(atom, children)?
                || self.viper_constant(atom, children)?)
        {
            children.next();
            left -= 1;
        } else {
            self.expression(atom)?;
        }
        while left > 0 {
            let Some(trailer) = children.next() else { break };
            left -= 1;
            self.at(node);
            match trailer {
                Item::Attribute(name) => {
                    let mut ahead = children;
                    let call = ahead.next().and_then(|next| as_node(next, Kind::Arguments));
                    match call {
                        Some(call) if left > 0 && !self.is_spread(call) => {
                            self.op_name(Opcode::LoadMethod, name.get())?;
                            self.arguments(call, Opcode::CallMethod, 0)?;
                            children = ahead;
                            left -= 1;
                        }
                        _ => self.op_name(Opcode::LoadAttribute, name.get())?,
                    }
                }
                Item::Node(arguments) if arguments.kind() == Kind::Arguments => self.call(arguments, 0)?,
                Item::Node(subscript) if subscript.kind() == Kind::Subscript => {
                    self.subscript(subscript)?;
                    self.at(node);
                    self.op(Opcode::LoadItem)?;
                }
                _ => return self.error(node, "invalid syntax"),
            }
        }
        Ok(())
    }

    /// `super()` in a method: the class and the first argument are passed.
    #[inline(never)]
    fn zero_super(&mut self, atom: Item, mut trailers: Children) -> Outcome<bool> {
        let Some(call) = trailers.next().and_then(|trailer| as_node(trailer, Kind::Arguments)) else { return Ok(false) };
        let is_super = atom == Item::Name(Long::of(name!("super"))) && self.tree.children(call).next().is_none();
        let is_method = self.scopes.cell(self.unit.scope, name!("__class__")).is_some();
        if !is_super || !is_method {
            return Ok(false);
        }
        let Some(first) = self.scopes.parameters(self.unit.scope).next() else { return Ok(false) };
        self.load_name(name!("super"))?;
        self.load_name(name!("__class__"))?;
        self.load_name(first)?;
        self.op_with(Opcode::Call, 0x200)?;
        Ok(true)
    }

    fn is_spread(&self, arguments: Node) -> bool {
        let is_star = |item| matches!(item, Item::Node(node) if matches!(node.kind(), Kind::Star | Kind::DoubleStar));
        // What an instruction cannot count is collected, too.
        self.tree.children(arguments).any(is_star) || crate::WHOLE && self.tree.child(arguments, MOST).is_some()
    }

    /// Calls what lies under `extra` positional arguments that are pushed already.
    #[inline(never)]
    pub(super) fn call(&mut self, arguments: Node, extra: usize) -> Outcome<()> {
        if self.is_spread(arguments) {
            return self.call_spread(arguments, extra);
        }
        self.arguments(arguments, Opcode::Call, extra)
    }

    /// A generator expression among other arguments should stand in parentheses.
    #[inline(always)]
    fn check_generator(&self, arguments: Node, argument: Item) {
        if crate::WHOLE && as_node(argument, Kind::LoneGenerator).is_some() && self.tree.child(arguments, 1).is_some() {
            self.shared.suspicion.suspect_form();
        }
    }

    /// Pushes plain arguments and calls.
    #[inline(never)]
    fn arguments(&mut self, node: Node, call: Opcode, extra: usize) -> Outcome<()> {
        let line = self.unit.writer.line();
        let (mut positional, mut keywords) = (extra, 0);
        for argument in self.tree.children(node) {
            self.check_generator(node, argument);
            match as_node(argument, Kind::Keyword) {
                Some(keyword) => {
                    self.check_keyword(node, keyword)?;
                    self.keyword(keyword)?;
                    keywords += 1;
                }
                None if keywords > 0 => return self.error(node, "positional arg after keyword arg"),
                None => {
                    self.expression(argument)?;
                    positional += 1;
                }
            }
        }
        if positional > 255 || keywords > 255 {
            return self.error(node, "too many args");
        }
        self.unit.writer.set_line(line);
        self.op_with(call, positional << 8 | keywords)
    }

    fn keyword_name(&self, keyword: Node) -> Outcome<Name> {
        match self.tree.child(keyword, 0) {
            Some(Item::Name(name)) => Ok(name.get()),
            _ => self.error(keyword, "LHS of keyword arg must be an id"),
        }
    }

    /// Pushes name and value of `name=value`.
    #[inline(never)]
    fn keyword(&mut self, keyword: Node) -> Outcome<()> {
        let name = self.keyword_name(keyword)?;
        let value = self.child(keyword, 1)?;
        self.constant(Word::name(name))?;
        self.expression(value)
    }

    /// A keyword may be given once.
    #[inline(never)]
    fn check_keyword(&self, arguments: Node, keyword: Node) -> Outcome<()> {
        let name = self.keyword_name(keyword)?;
        let keywords = self.tree.children(arguments).filter_map(|item| as_node(item, Kind::Keyword));
        let same = keywords.filter(|other| self.tree.child(*other, 0) == Some(Item::Name(Long::of(name)))).count();
        if same > 1 { self.error(keyword, "keyword argument repeated") } else { Ok(()) }
    }

    /// Calls with `*arguments` or `**arguments`: a list and a dict are collected.
    #[inline(never)]
    fn call_spread(&mut self, node: Node, extra: usize) -> Outcome<()> {
        let line = self.unit.writer.line();
        let (mut leading, mut built, mut keyword, mut double) = (extra, false, false, false);
        for argument in self.tree.children(node) {
            self.check_generator(node, argument);
            match argument {
                Item::Node(inner) if inner.kind() == Kind::Star => {
                    if double {
                        return self.error(inner, "* arg after **");
                    }
                    if !built {
                        self.op_with(Opcode::BuildList, leading)?;
                        built = true;
                    }
                    let iterable = self.child(inner, 0)?;
                    self.expression(iterable)?;
                    self.op(Opcode::ListExtend)?;
                }
                Item::Node(inner) if inner.kind() == Kind::DoubleStar => double = true,
                Item::Node(inner) if inner.kind() == Kind::Keyword => keyword = true,
                _ if double => return self.error(node, "positional arg after **"),
                _ if keyword => return self.error(node, "positional arg after keyword arg"),
                _ => {
                    self.expression(argument)?;
                    if built { self.op_with(Opcode::ListAppend, 0)? } else { leading += 1 }
                }
            }
        }
        if !built {
            self.op_with(Opcode::BuildList, leading)?;
        }
        match keyword || double {
            true => self.keywords(node)?,
            false => self.op(Opcode::LoadUnset)?,
        }
        self.unit.writer.set_line(line);
        self.op(Opcode::CallSpread)
    }

    /// Collects keyword arguments and mappings in a dict; a key given twice raises.
    #[inline(never)]
    fn keywords(&mut self, node: Node) -> Outcome<()> {
        let is_keyword = |item: &Item| matches!(item, Item::Node(node) if node.kind() == Kind::Keyword);
        self.op_with(Opcode::BuildMap, self.tree.children(node).filter(is_keyword).count())?;
        let mut after_mapping = false;
        for argument in self.tree.children(node) {
            if let Some(keyword) = as_node(argument, Kind::Keyword) {
                self.check_keyword(node, keyword)?;
                if after_mapping {
                    self.op_with(Opcode::BuildMap, 1)?;
                }
                self.keyword(keyword)?;
                self.op_with(Opcode::MapAdd, 0)?;
                if after_mapping {
                    self.op_with(Opcode::MapUpdate, 1)?;
                }
            } else if let Some(mapping) = as_node(argument, Kind::DoubleStar) {
                let mapping = self.child(mapping, 0)?;
                self.expression(mapping)?;
                self.op_with(Opcode::MapUpdate, 1)?;
                after_mapping = true;
            }
        }
        Ok(())
    }

    /// Pushes the index of a `Subscript`.
    pub(super) fn subscript(&mut self, node: Node) -> Outcome<()> {
        let index = self.child(node, 0)?;
        self.index(index)
    }

    #[inline(never)]
    fn index(&mut self, item: Item) -> Outcome<()> {
        if let Some(slice) = as_node(item, Kind::Slice) {
            return self.slice(slice);
        }
        let Some(tuple) = as_node(item, Kind::Tuple) else {
            // A lone `*x` makes a tuple.
            if as_node(item, Kind::Star).is_some() {
                self.spread([item].into_iter(), Opcode::BuildList, Opcode::ListAppend, Opcode::ListExtend)?;
                return self.op(Opcode::ListToTuple);
            }
            return self.expression(item);
        };
        if !self.tree.children(tuple).any(|child| as_node(child, Kind::Slice).is_some()) {
            return self.expression(item);
        }
        self.index_tuple(tuple)
    }

    /// A tuple of which some items are slices.
    #[inline(never)]
    fn index_tuple(&mut self, tuple: Node) -> Outcome<()> {
        let (mut count, mut built) = (0, false);
        for child in self.tree.children(tuple) {
            if let Some(star) = as_node(child, Kind::Star) {
                if !built {
                    self.op_with(Opcode::BuildList, count)?;
                    built = true;
                }
                let iterable = self.child(star, 0)?;
                self.expression(iterable)?;
                self.op(Opcode::ListExtend)?;
                continue;
            }
            self.index(child)?;
            if built { self.op_with(Opcode::ListAppend, 0)? } else { count += 1 }
        }
        if built { self.op(Opcode::ListToTuple) } else { self.op_with(Opcode::BuildTuple, count) }
    }

    /// `[start] Colon [stop] [Colon [step]]`
    #[inline(never)]
    fn slice(&mut self, node: Node) -> Outcome<()> {
        let (mut colons, mut given) = (0, false);
        for child in self.tree.children(node) {
            if matches!(child, Item::Token(Token::Colon)) {
                if !given {
                    self.op(Opcode::LoadNone)?;
                }
                (colons, given) = (colons + 1, false);
            } else {
                self.expression(child)?;
                given = true;
            }
        }
        if !given && colons == 1 {
            self.op(Opcode::LoadNone)?;
            given = true;
        }
        self.op_with(Opcode::BuildSlice, if colons == 2 && given { 3 } else { 2 })
    }
}
