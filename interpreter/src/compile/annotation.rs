//! Annotations, type parameters, type aliases: expressions that nothing evaluates until somebody asks.
//!
//! What a function's annotations say becomes a function without parameters that makes the dict (`__annotate__`); an annotated
//! name of a module or class gets one of its own, which `Helper::Annotate` keeps. So a program whose annotations name what
//! its machine lacks runs, as on MicroPython, and costs nothing more. Type parameters are the locals of a hidden function
//! around the definition, which calls it once. After `from __future__ import annotations` an annotation is its own text (`written`).

use super::analyse::Analysis;
use super::generator::{Generator, Parameters, Unit, as_node, finish};
use super::scope::{Scope, ScopeKind};
use crate::code::opcode::Opcode;
use crate::object::helper::Helper;
use crate::object::name::Name;
use crate::object::word::Word;
use crate::source::token::Token;
use crate::source::tree::{Item, Kind, Node, Tree};
use crate::vm::Outcome;

mod written;

/// Names that are used here.
pub const NAMES: &[&str] = &["return", "__annotate__", "__future__", "annotations", "_generic", "_base", "_parameter", "_alias"];

/// The scope of the annotations of the function that is being analysed.
pub(super) struct Annotations(Scope);

impl Annotations {
    pub(super) const NONE: Annotations = Annotations(super::scope::MODULE);
}

/// The type parameters of a definition.
fn type_parameters(tree: &Tree, definition: Node) -> Option<Node> {
    tree.children(definition).find_map(|child| as_node(child, Kind::TypeParameters))
}

/// The parameters of a function, if it has annotations.
fn annotated_parameters(tree: &Tree, function: Node) -> Option<Node> {
    let parameters = tree.children(function).find_map(|child| as_node(child, Kind::Parameters))?;
    let returns = tree.children(function).any(|child| as_node(child, Kind::Returns).is_some());
    let annotated = |parameter| matches!(parameter, Item::Node(node) if annotation(tree, node).is_some());
    (returns || tree.children(parameters).any(annotated)).then_some(parameters)
}

/// The annotation of a parameter.
fn annotation(tree: &Tree, parameter: Node) -> Option<Item> {
    let node = tree.children(parameter).find_map(|child| as_node(child, Kind::Annotation))?;
    tree.child(node, 0)
}

// Scopes are opened in the order of the nodes that they go by: the hidden function by the definition, the definition's own by
// its list of type parameters, that of the annotations by the parameters.
impl Analysis<'_> {
    /// Opens the hidden function around a definition with type parameters. The scope for the definition, and the node that
    /// the definition's own scope goes by.
    pub(super) fn open_generic(&mut self, scope: Scope, definition: Node) -> Outcome<(Scope, Node)> {
        let Some(list) = type_parameters(self.tree, definition) else { return Ok((scope, definition)) };
        let hidden = self.open(scope, ScopeKind::Function, definition)?;
        for parameter in self.tree.children(list) {
            if let Some(name) = parameter_name(self.tree, parameter) {
                self.scopes.bind(self.vm, hidden, name)?;
            }
        }
        Ok((hidden, list))
    }

    /// Opens the scope of a function's annotations.
    pub(super) fn open_annotations(&mut self, around: Scope, function: Node) -> Outcome<()> {
        if let Some(parameters) = annotated_parameters(self.tree, function) {
            self.annotations = Annotations(self.open(around, ScopeKind::Function, parameters)?);
        }
        Ok(())
    }

    /// An annotation of a parameter, or of what is returned.
    pub(super) fn annotation(&mut self, _: Scope, node: Node) -> Outcome<()> {
        self.rest(self.annotations.0, node, 0)
    }

    /// The annotation of a name of a module or class: `target annotation [value]`.
    pub(super) fn annotated_name(&mut self, scope: Scope, node: Node) -> Outcome<()> {
        if !keeps_annotations(self.scopes.kind(scope)) || !matches!(self.tree.child(node, 0), Some(Item::Name(_))) {
            return Ok(());
        }
        let inner = self.open(scope, ScopeKind::Function, node)?;
        self.items(inner, self.tree.child(node, 1).into_iter())
    }

    /// Bounds and defaults of type parameters, in the scope of the definition that has them.
    pub(super) fn type_parameters(&mut self, definition: Scope, list: Node) -> Outcome<()> {
        let hidden = self.scopes.parent(definition);
        for parameter in self.tree.children(list) {
            let Item::Node(parameter) = parameter else { continue };
            for part in self.tree.children(parameter) {
                if let Item::Node(part) = part {
                    let inner = self.open(hidden, ScopeKind::Function, part)?;
                    self.rest(inner, part, 0)?;
                }
            }
        }
        Ok(())
    }

    /// `name [TypeParameters] value`
    pub(super) fn type_alias(&mut self, scope: Scope, node: Node) -> Outcome<()> {
        self.targets(scope, self.tree.child(node, 0).into_iter())?;
        let (around, key) = self.open_generic(scope, node)?;
        let inner = self.open(around, ScopeKind::Function, key)?;
        self.rest(inner, node, 1)
    }
}

fn keeps_annotations(kind: ScopeKind) -> bool {
    matches!(kind, ScopeKind::Module | ScopeKind::Class)
}

fn parameter_name(tree: &Tree, parameter: Item) -> Option<Name> {
    match parameter {
        Item::Name(name) => Some(name.get()),
        Item::Node(node) => tree.children(node).find_map(|child| match child {
            Item::Name(name) => Some(name.get()),
            _ => None,
        }),
        _ => None,
    }
}

/// What makes a definition: it is given the definition and the node that its scope goes by, and pushes one value.
type Maker = for<'d> fn(&mut Generator<'d>, Node, Node) -> Outcome<()>;

impl Generator<'_> {
    /// Suspected are a name twice, one without a default behind one that has it, and a bound of what has a star.
    fn check_type_parameters(&self, list: Node) -> Outcome<()> {
        let parameters = || self.tree.children(list);
        let is_default = |part| as_node(part, Kind::Default).is_some();
        let mut had_default = false;
        for (index, parameter) in parameters().enumerate() {
            let name = parameter_name(self.tree, parameter);
            if let Item::Node(node) = parameter
                && matches!(self.tree.child(node, 0), Some(Item::Token(_)))
                && self.tree.children(node).any(|part| as_node(part, Kind::Annotation).is_some())
            {
                self.shared.suspicion.suspect_form();
                return Ok(());
            }
            let has_default = matches!(parameter, Item::Node(node) if self.tree.children(node).any(is_default));
            if had_default && !has_default || parameters().take(index).any(|before| parameter_name(self.tree, before) == name) {
                return self.shared.suspicion.suspect();
            }
            had_default = has_default;
        }
        Ok(())
    }

    /// Makes a definition, within a hidden function if it has type parameters.
    #[inline(never)]
    pub(super) fn with_type_parameters(&mut self, node: Node, make: Maker) -> Outcome<()> {
        let Some(list) = type_parameters(self.tree, node) else { return make(self, node, node) };
        self.check_type_parameters(list)?;
        let scope = self.scopes.of_node(self.unit.scope, node.place() as u32);
        let (name, line) = (self.own_name(node)?, self.tree.line(node) as usize);
        let mut unit = Unit::new(scope, line);
        self.pass_on(&mut unit);
        unit.emitter.pass_on(&mut self.unit.emitter);
        let mut inner = self.within(&mut unit);
        inner.begin_function()?;
        inner.make_type_parameters(list)?;
        make(&mut inner, node, list)?;
        inner.op(Opcode::Dup)?;
        inner.load_type_parameters(list)?;
        inner.op(Opcode::Swap)?;
        inner.op_name(Opcode::StoreAttribute, name!(__type_params__))?;
        if node.kind() == Kind::Class {
            inner.op(Opcode::Dup)?;
            inner.load_type_parameters(list)?;
            inner.op(Opcode::Swap)?;
            inner.op_name(Opcode::StoreAttribute, name!(__parameters__))?;
        }
        inner.op(Opcode::Return)?;
        let prototype = finish(self.vm, self.scopes, self.shared.file, &mut unit, (name, line), Parameters::default())?;
        self.make_function(scope, 0, prototype)?;
        self.op_with(Opcode::Call, 0)
    }

    /// Pushes what a class with type parameters, whose scope goes by `list` of them, is derived from without saying so. `false` for others.
    pub(super) fn generic_base(&mut self, class: Node, list: Node) -> Outcome<bool> {
        if list == class {
            return Ok(false);
        }
        self.import_from(name!("_generic"), name!("_base"))?;
        self.load_type_parameters(list)?;
        self.op_with(Opcode::Call, 0x100)?;
        Ok(true)
    }

    fn make_type_parameters(&mut self, list: Node) -> Outcome<()> {
        for parameter in self.tree.children(list) {
            let Some(name) = parameter_name(self.tree, parameter) else { return self.error(list, "invalid syntax") };
            self.import_from(name!("_generic"), name!(_parameter))?;
            let (mut kind, mut bound, mut default) = (0, None, None);
            if let Item::Node(node) = parameter {
                for part in self.tree.children(node) {
                    match part {
                        Item::Token(Token::Star) => kind = 1,
                        Item::Token(Token::DoubleStar) => kind = 2,
                        Item::Node(part) if part.kind() == Kind::Annotation => bound = Some(part),
                        Item::Node(part) => default = Some(part),
                        _ => {}
                    }
                }
            }
            self.constant(Word::int(kind))?;
            self.constant(Word::name(name))?;
            for part in [bound, default] {
                match part {
                    Some(part) => self.later(part, self.child(part, 0)?)?,
                    None => self.op(Opcode::LoadNone)?,
                }
            }
            self.op_with(Opcode::Call, 0x400)?;
            self.store_name(name)?;
        }
        Ok(())
    }

    /// Pushes a tuple of the type parameters.
    fn load_type_parameters(&mut self, list: Node) -> Outcome<()> {
        let mut count = 0;
        for name in self.tree.children(list).filter_map(|parameter| parameter_name(self.tree, parameter)) {
            self.load_name(name)?;
            count += 1;
        }
        self.op_with(Opcode::BuildTuple, count)
    }

    /// Pushes a function that evaluates `value`; its scope goes by `node`.
    fn later(&mut self, node: Node, value: Item) -> Outcome<()> {
        self.later_by(node, value, |generator, value| generator.type_expression(value))
    }

    /// Pushes a function that pushes what `push` makes of `value`.
    #[inline(never)]
    fn later_by(&mut self, node: Node, value: Item, push: for<'d> fn(&mut Generator<'d>, Item) -> Outcome<()>) -> Outcome<()> {
        let scope = self.scopes.of_node(self.unit.scope, node.place() as u32);
        let line = self.tree.line(node) as usize;
        let mut unit = Unit::new(scope, line);
        self.pass_on(&mut unit);
        let mut inner = self.within(&mut unit);
        inner.begin_function()?;
        push(&mut inner, value)?;
        inner.op(Opcode::Return)?;
        self.finish_later(scope, &mut unit, line)
    }

    fn finish_later(&mut self, scope: Scope, unit: &mut Unit, line: usize) -> Outcome<()> {
        let (name, counts) = (name!(__annotate__), Parameters::default());
        let prototype = finish(self.vm, self.scopes, self.shared.file, unit, (name, line), counts)?;
        self.make_function(scope, 0, prototype)
    }

    /// An annotation, or its text.
    fn annotation_value(&mut self, value: Item) -> Outcome<()> {
        if self.shared.annotations_are_text.get() {
            let text = written::text(self.vm, self.tree, value)?;
            return self.constant(text);
        }
        self.type_expression(value)
    }

    /// A type; that of `*args: *Ts` is the one item that `*Ts` is.
    fn type_expression(&mut self, value: Item) -> Outcome<()> {
        match as_node(value, Kind::Star) {
            Some(star) => {
                self.expression(self.child(star, 0)?)?;
                self.op_with(Opcode::UnpackSequence, 1)
            }
            None => self.expression(value),
        }
    }

    /// `function → function`, which knows its annotations.
    #[inline(never)]
    pub(super) fn annotate_function(&mut self, node: Node) -> Outcome<()> {
        let Some(parameters) = annotated_parameters(self.tree, node) else { return Ok(()) };
        self.op(Opcode::Dup)?;
        let scope = self.scopes.of_node(self.unit.scope, parameters.place() as u32);
        let line = self.tree.line(node) as usize;
        let mut unit = Unit::new(scope, line);
        self.pass_on(&mut unit);
        let mut inner = self.within(&mut unit);
        inner.begin_function()?;
        inner.op_with(Opcode::BuildMap, 1)?;
        for parameter in inner.tree.children(parameters) {
            let Item::Node(parameter) = parameter else { continue };
            if let Some(value) = annotation(inner.tree, parameter) {
                let name = inner.name_child(parameter, 0)?;
                inner.annotation(name, value)?;
            }
        }
        if let Some(returns) = inner.tree.children(node).find_map(|child| as_node(child, Kind::Returns)) {
            let value = inner.child(returns, 0)?;
            inner.annotation(name!("return"), value)?;
        }
        inner.op(Opcode::Return)?;
        self.finish_later(scope, &mut unit, line)?;
        self.op(Opcode::Swap)?;
        self.op_name(Opcode::StoreAttribute, name!(__annotate__))
    }

    fn annotation(&mut self, name: Name, value: Item) -> Outcome<()> {
        self.annotation_value(value)?;
        self.constant(Word::name(name))?;
        self.op(Opcode::StoreMap)
    }

    /// `target annotation …` in a module or class: notes the annotation of a name.
    #[inline(never)]
    pub(super) fn annotate_name(&mut self, node: Node, target: Item, value: Item) -> Outcome<()> {
        let kind = self.scopes.kind(self.unit.scope);
        let (Item::Name(name), true) = (target, keeps_annotations(kind)) else { return Ok(()) };
        self.helper(Helper::Annotate)?;
        match kind {
            ScopeKind::Class => self.unit.writer.emit_local(self.vm, Opcode::LoadLocal, 0)?,
            _ => self.op(Opcode::LoadNone)?,
        }
        self.constant(Word::name(name.get()))?;
        self.later_by(node, value, |generator, value| generator.annotation_value(value))?;
        self.op_with(Opcode::Call, 0x300)?;
        self.op(Opcode::Pop)
    }

    /// Notes what a module wants of the language: `from module import name`.
    pub(super) fn note_import(&self, module: Name, name: Name) {
        if module == name!(__future__) && name == name!(annotations) {
            self.shared.annotations_are_text.set(true);
        }
    }

    /// `name [TypeParameters] value`
    #[inline(never)]
    pub(super) fn type_alias(&mut self, node: Node) -> Outcome<()> {
        self.with_type_parameters(node, |generator, node, key| {
            let (name, value) = (generator.own_name(node)?, generator.last(node)?);
            generator.import_from(name!("_generic"), name!("_alias"))?;
            generator.constant(Word::name(name))?;
            generator.later(key, value)?;
            generator.op_with(Opcode::Call, 0x200)
        })?;
        let name = self.name_child(node, 0)?;
        self.store_name(name)
    }
}
