//! Functions, lambdas, decorators.

use super::generator::{Generator, Parameters, Unit, as_node, finish};
use super::native::{Emitter, Target};
use crate::code::opcode::Opcode;
use crate::code::prototype::PrototypeHandle;
use crate::object::name::Name;
use crate::object::word::Word;
use crate::source::token::Token;
use crate::source::tree::{Item, Kind, Node};
use crate::vm::Outcome;

impl<'c> Generator<'c> {
    /// `decorator… definition`
    #[inline(never)]
    pub(super) fn decorated(&mut self, node: Node) -> Outcome<()> {
        let definition = self.last(node)?;
        let count = self.tree.children(node).count() - 1;
        let mut calls = 0;
        for decorator in self.tree.children(node).take(count) {
            match self.builtin_decorator(decorator)? {
                Some(target) => self.set_target(target),
                None => {
                    self.expression(decorator)?;
                    calls += 1;
                }
            }
        }
        let Item::Node(mut definition) = definition else { return self.error(node, "invalid syntax") };
        if definition.kind() == Kind::Async {
            let Item::Node(inner) = self.child(definition, 0)? else { return self.error(node, "invalid syntax") };
            definition = inner;
        }
        if crate::WHOLE {
            self.unit.decorated_at = self.tree.line(node);
        }
        match definition.kind() {
            Kind::Def => self.function(definition)?,
            Kind::Class if self.takes_target() => return self.error(node, "invalid micropython decorator"),
            Kind::Class => self.class(definition)?,
            _ => return self.error(node, "invalid syntax"),
        }
        for _ in 0..calls {
            self.op_with(Opcode::Call, 0x100)?;
        }
        let name = self.name_child(definition, 0)?;
        self.store_name(name)
    }

    /// What a decorator tells the compiler, `@micropython.…`.
    #[inline(never)]
    fn builtin_decorator(&self, decorator: Item) -> Outcome<Option<Target>> {
        let Some(primary) = as_node(decorator, Kind::Primary) else { return Ok(None) };
        match self.parts(primary) {
            [Some(Item::Name(module)), Some(Item::Attribute(name)), more] if module == name!("micropython") => {
                match Emitter::named(self.vm.name_text(name.get())) {
                    Some(target) if more.is_none() => Ok(Some(target)),
                    _ => self.error(primary, "invalid micropython decorator"),
                }
            }
            _ => Ok(None),
        }
    }

    /// `name [TypeParameters] Parameters [Returns] body`: pushes the function.
    pub(super) fn function(&mut self, node: Node) -> Outcome<()> {
        self.with_type_parameters(node, |generator, node, key| generator.plain_function(node, key))
    }

    /// Where a definition begins: with its decorators, as debuggers expect on hosts.
    pub(super) fn definition_line(&mut self, node: Node) -> usize {
        let own = self.tree.line(node);
        if !crate::WHOLE {
            return own as usize;
        }
        match core::mem::take(&mut self.unit.decorated_at) {
            0 => own as usize,
            line => line as usize,
        }
    }

    /// Pushes the function, whose scope goes by `key`.
    #[inline(never)]
    fn plain_function(&mut self, node: Node, key: Node) -> Outcome<()> {
        let name = self.own_name(node)?;
        let body = self.last(node)?;
        let parameters = self.tree.children(node).find_map(|child| as_node(child, Kind::Parameters));
        let Some(parameters) = parameters else { return self.error(node, "invalid syntax") };
        let (counts, flags) = self.defaults(parameters)?;
        let scope = self.scopes.of_node(self.unit.scope, key.place() as u32);
        let line = self.definition_line(node);
        let mut unit = Unit::new(scope, line);
        self.place(&mut unit, name)?;
        unit.emitter = self.emitter(node)?;
        let mut inner = self.within(&mut unit);
        inner.begin_machine_code()?;
        if !inner.unit.emitter.is_assembly() {
            inner.begin_function()?;
            inner.keep_docstring(body)?;
            inner.statement(body)?;
        }
        inner.op(Opcode::LoadNone)?;
        inner.op(Opcode::Return)?;
        let prototype = self.finish_function(&mut unit, name, line, counts)?;
        self.assemble(&unit.emitter, node, prototype)?;
        self.make_function(scope, flags, prototype)?;
        self.annotate_function(node)
    }

    /// `Parameters expression`: pushes the function.
    #[inline(never)]
    pub(super) fn lambda(&mut self, node: Node) -> Outcome<()> {
        let [Some(parameters), Some(body)] = self.parts(node) else { return self.error(node, "invalid syntax") };
        let Some(parameters) = as_node(parameters, Kind::Parameters) else { return self.error(node, "invalid syntax") };
        let (counts, flags) = self.defaults(parameters)?;
        let scope = self.scopes.of_node(self.unit.scope, node.place() as u32);
        let line = self.tree.line(node) as usize;
        let mut unit = Unit::new(scope, line);
        self.place(&mut unit, name!("<lambda>"))?;
        unit.emitter = self.inherited();
        let mut inner = self.within(&mut unit);
        inner.begin_machine_code()?;
        inner.begin_function()?;
        inner.expression(body)?;
        inner.op(Opcode::Return)?;
        let prototype = self.finish_function(&mut unit, name!("<lambda>"), line, counts)?;
        self.make_function(scope, flags, prototype)
    }

    #[inline(never)]
    fn finish_function(&self, unit: &mut Unit, name: Name, line: usize, counts: Parameters) -> Outcome<PrototypeHandle> {
        finish(self.vm, self.scopes, self.shared.file, unit, (name, line), counts)
    }

    /// Counts the parameters and pushes their defaults: a tuple, a dict. Returns the flags of `MakeFunction`.
    #[inline(never)]
    fn defaults(&mut self, node: Node) -> Outcome<(Parameters, u8)> {
        let counts = self.count_parameters(node)?;
        let (mut flags, mut defaults) = (0, 0);
        for (index, parameter) in self.tree.children(node).filter_map(named).enumerate() {
            if let (true, Some(value)) = (index < counts.positional as usize, self.default(parameter)?) {
                self.expression(value)?;
                defaults += 1;
            }
        }
        if defaults > 0 {
            self.op_with(Opcode::BuildTuple, defaults)?;
            flags |= 1;
        }
        for (index, parameter) in self.tree.children(node).filter_map(named).enumerate() {
            let value = self.default(parameter)?;
            let (true, Some(value), Item::Node(inner)) = (index >= counts.positional as usize, value, parameter) else {
                continue;
            };
            if flags & 2 == 0 {
                self.op_with(Opcode::BuildMap, 1)?;
                flags |= 2;
            }
            let name = self.name_child(inner, 0)?;
            self.expression(value)?;
            self.constant(Word::name(name))?;
            self.op(Opcode::StoreMap)?;
        }
        Ok((counts, flags))
    }

    /// The default of a parameter.
    fn default(&self, parameter: Item) -> Outcome<Option<Item>> {
        let Item::Node(node) = parameter else { return Ok(None) };
        match self.tree.children(node).find_map(|child| as_node(child, Kind::Default)) {
            Some(default) => Ok(Some(self.child(default, 0)?)),
            None => Ok(None),
        }
    }

    /// Checks the order of parameters and counts them.
    #[inline(never)]
    fn count_parameters(&self, node: Node) -> Outcome<Parameters> {
        let (mut positional, mut keyword_only, mut positional_only) = (0usize, 0usize, None);
        let (mut star, mut bare, mut end, mut with_default) = (false, false, false, false);
        for parameter in self.tree.children(node) {
            let kind = match parameter {
                Item::Node(inner) => inner.kind(),
                _ => Kind::Parameter,
            };
            if end {
                return self.error(node, "invalid syntax");
            }
            if matches!(parameter, Item::Token(Token::Slash)) {
                if star || positional_only.is_some() || positional == 0 {
                    return self.error(node, "invalid syntax");
                }
                positional_only = Some(positional);
                continue;
            }
            match kind {
                Kind::StarParameter if star => return self.error(node, "invalid syntax"),
                Kind::StarParameter => {
                    star = true;
                    bare = matches!(parameter, Item::Node(inner) if self.tree.child(inner, 0).is_none());
                }
                Kind::DoubleStarParameter => end = true,
                _ if star => (keyword_only, bare) = (keyword_only + 1, false),
                _ => {
                    let has_default = self.default(parameter)?.is_some();
                    if with_default && !has_default {
                        return self.error(node, "non-default argument follows default argument");
                    }
                    with_default = has_default;
                    positional += 1;
                }
            }
        }
        if bare {
            return self.error(node, "invalid syntax");
        }
        if positional > 255 || keyword_only > 255 {
            return self.error(node, "too many args");
        }
        Ok(Parameters {
            positional: positional as u8,
            positional_only: positional_only.unwrap_or(0) as u8,
            keyword_only: keyword_only as u8,
        })
    }
}

/// A parameter that is no star and no slash.
fn named(item: Item) -> Option<Item> {
    match item {
        Item::Name(_) => Some(item),
        Item::Node(node) if node.kind() == Kind::Parameter => Some(item),
        _ => None,
    }
}
