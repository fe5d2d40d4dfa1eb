//! Walks the tree of one top-level statement once and notes which scope binds and mentions which name.
//!
//! Scopes are opened in the order of their nodes, which `Scopes::of_node` relies on: what belongs to the scope around (a
//! default, a base class, the first iterable) is visited in its turn, after the scope was opened.

use super::annotation::Annotations;
use super::asynchronous::is_async;
use super::scope::{MODULE, REDEFINED_GLOBAL, REDEFINED_NONLOCAL, Scope, ScopeKind, Scopes, scope_flag, symbol_flag};
use crate::code::width::Number;
use crate::object::name::Name;
use crate::source::tree::{Item, Kind, Long, Node, Tree};
use crate::vm::{Outcome, Raised, Vm};

/// Fills `scopes` from `tree` and resolves them.
///
/// # Errors
/// `SyntaxError` for contradictory declarations.
pub(super) fn analyse(vm: &Vm, tree: &Tree, file: Name, scopes: &mut Scopes) -> Outcome<()> {
    scopes.clear();
    Analysis { vm, tree, file, scopes, annotations: Annotations::NONE }.item(MODULE, tree.root())?;
    match scopes.resolve(vm)? {
        Ok(()) => Ok(()),
        Err((line, text)) => Err(vm.syntax_error(file, line as u32, 1, text)),
    }
}

/// The walk.
pub(super) struct Analysis<'c> {
    pub(super) vm: &'c Vm,
    pub(super) tree: &'c Tree,
    file: Name,
    pub(super) scopes: &'c mut Scopes,
    pub(super) annotations: Annotations,
}

impl<'c> Analysis<'c> {
    fn error(&self, node: Node, text: &str) -> Raised {
        self.vm.syntax_error(self.file, self.tree.line(node), self.tree.column(node), text)
    }

    pub(super) fn item(&mut self, scope: Scope, item: Item) -> Outcome<()> {
        match item {
            Item::Name(name) => self.scopes.mention(self.vm, scope, name.get()),
            Item::Node(node) => {
                self.vm.check_stack()?;
                self.node(scope, node)
            }
            Item::Attribute(_) | Item::Constant(_) | Item::Token(_) => Ok(()),
        }
    }

    #[inline(never)]
    pub(super) fn items(&mut self, scope: Scope, items: impl Iterator<Item = Item>) -> Outcome<()> {
        for item in items {
            self.item(scope, item)?;
        }
        Ok(())
    }

    fn node(&mut self, scope: Scope, node: Node) -> Outcome<()> {
        match node.kind() {
            Kind::Assign => self.assign(scope, node),
            Kind::AnnotatedAssign => self.annotated_assign(scope, node),
            Kind::AugmentedAssign | Kind::For | Kind::CompFor | Kind::Del => self.bind_first(scope, node),
            Kind::Global => self.declare(scope, node, symbol_flag::GLOBAL),
            Kind::Nonlocal => self.declare(scope, node, symbol_flag::NONLOCAL),
            Kind::Import => self.import(scope, node),
            Kind::From => self.from(scope, node),
            Kind::Except => self.except(scope, node),
            Kind::WithItem => self.with_item(scope, node),
            Kind::Async => self.async_statement(scope, node),
            Kind::Def => self.function(scope, node, false),
            Kind::Lambda => self.lambda(scope, node),
            Kind::Class => self.class(scope, node),
            Kind::Generator
            | Kind::LoneGenerator
            | Kind::ListComprehension
            | Kind::SetComprehension
            | Kind::DictComprehension => self.comprehension(scope, node),
            Kind::Named => self.named(scope, node),
            Kind::Yield | Kind::YieldFrom => {
                self.scopes.set_flag(scope, scope_flag::YIELDS);
                self.rest(scope, node, 0)
            }
            Kind::Await => {
                self.awaits(scope);
                self.rest(scope, node, 0)
            }
            Kind::Primary => {
                self.zero_super(scope, node)?;
                self.rest(scope, node, 0)
            }
            Kind::Keyword => self.rest(scope, node, 1),
            Kind::Case => self.case(scope, node),
            Kind::Annotation | Kind::Returns => self.annotation(scope, node),
            Kind::TypeParameters => self.type_parameters(scope, node),
            Kind::TypeAlias => self.type_alias(scope, node),
            Kind::Replacement => self.replacement(scope, node),
            _ => self.rest(scope, node, 0),
        }
    }

    /// The children of `node` from number `first` on.
    #[inline(never)]
    pub(super) fn rest(&mut self, scope: Scope, node: Node, first: usize) -> Outcome<()> {
        for child in self.tree.children(node).skip(first) {
            self.item(scope, child)?;
        }
        Ok(())
    }

    /// `target… value`
    #[inline(never)]
    fn assign(&mut self, scope: Scope, node: Node) -> Outcome<()> {
        let children = self.tree.children(node);
        let count = children.count();
        for (index, child) in children.enumerate() {
            if index + 1 < count { self.target(scope, child)? } else { self.item(scope, child)? }
        }
        Ok(())
    }

    /// `target annotation [value]`
    #[inline(never)]
    fn annotated_assign(&mut self, scope: Scope, node: Node) -> Outcome<()> {
        self.targets(scope, self.tree.child(node, 0).into_iter())?;
        self.annotated_name(scope, node)?;
        self.rest(scope, node, 2)
    }

    #[inline(never)]
    fn with_item(&mut self, scope: Scope, node: Node) -> Outcome<()> {
        let mut children = self.tree.children(node);
        self.items(scope, children.next().into_iter())?;
        self.targets(scope, children)
    }

    #[inline(never)]
    fn named(&mut self, scope: Scope, node: Node) -> Outcome<()> {
        if let Some(Item::Name(name)) = self.tree.child(node, 0) {
            self.scopes.bind_around(self.vm, scope, name.get(), self.tree.line(node) as usize)?;
        }
        self.rest(scope, node, 1)
    }

    #[inline(never)]
    fn replacement(&mut self, scope: Scope, node: Node) -> Outcome<()> {
        let mut children = self.tree.children(node);
        let value = children.next();
        self.items(scope, value.into_iter().chain(children.filter(is_format_spec)))
    }

    /// `super()` needs the class around the method.
    #[inline(never)]
    fn zero_super(&mut self, scope: Scope, node: Node) -> Outcome<()> {
        let mut children = self.tree.children(node);
        let is_super = children.next() == Some(Item::Name(Long::of(name!("super"))));
        if is_super && matches!(children.next(), Some(Item::Node(call)) if call.kind() == Kind::Arguments) {
            self.scopes.mention(self.vm, scope, name!("__class__"))?;
        }
        Ok(())
    }

    // -- binding

    pub(super) fn targets(&mut self, scope: Scope, targets: impl Iterator<Item = Item>) -> Outcome<()> {
        for target in targets {
            self.target(scope, target)?;
        }
        Ok(())
    }

    fn target(&mut self, scope: Scope, target: Item) -> Outcome<()> {
        match target {
            Item::Name(name) => self.scopes.bind(self.vm, scope, name.get()),
            Item::Node(node) if matches!(node.kind(), Kind::Tuple | Kind::List | Kind::Star) => {
                self.vm.check_stack()?;
                self.targets(scope, self.tree.children(node))
            }
            other => self.item(scope, other),
        }
    }

    /// A node whose first child that is no token is a target.
    #[inline(never)]
    fn bind_first(&mut self, scope: Scope, node: Node) -> Outcome<()> {
        let mut bound = false;
        for child in self.tree.children(node) {
            if matches!(child, Item::Token(_)) || bound {
                self.item(scope, child)?;
            } else {
                bound = true;
                self.target(scope, child)?;
            }
        }
        Ok(())
    }

    #[inline(never)]
    fn declare(&mut self, scope: Scope, node: Node, flag: Number) -> Outcome<()> {
        let nonlocal = flag == symbol_flag::NONLOCAL;
        // As in CPython, what any part of a program says to be global is so at its top.
        if crate::WHOLE && !nonlocal {
            self.tree.children(node).try_for_each(|child| match child {
                Item::Name(name) => self.scopes.tell_global(self.vm, name.get()),
                _ => Ok(()),
            })?;
        }
        if scope == MODULE {
            return if nonlocal { Err(self.error(node, "can't declare nonlocal in outer code")) } else { Ok(()) };
        }
        for child in self.tree.children(node) {
            let Item::Name(name) = child else { continue };
            if !self.scopes.declare(self.vm, scope, name.get(), flag, self.tree.line(node) as usize)? {
                let text = if nonlocal { REDEFINED_NONLOCAL } else { REDEFINED_GLOBAL };
                return Err(self.error(node, text));
            }
        }
        Ok(())
    }

    #[inline(never)]
    fn import(&mut self, scope: Scope, node: Node) -> Outcome<()> {
        for module in self.tree.children(node) {
            let bound = match module {
                Item::Node(inner) if inner.kind() == Kind::ImportAs => self.tree.last_child(inner),
                Item::Node(inner) => self.tree.child(inner, 0),
                name => Some(name),
            };
            self.targets(scope, bound.into_iter())?;
        }
        Ok(())
    }

    #[inline(never)]
    fn from(&mut self, scope: Scope, node: Node) -> Outcome<()> {
        for name in self.tree.children(node).skip(1) {
            let bound = match name {
                Item::Node(inner) => self.tree.last_child(inner),
                name => Some(name),
            };
            self.targets(scope, bound.into_iter())?;
        }
        Ok(())
    }

    /// `[Star token] [type [name]] body`
    #[inline(never)]
    fn except(&mut self, scope: Scope, node: Node) -> Outcome<()> {
        let parts = self.tree.children(node).filter(|child| !matches!(child, Item::Token(_)));
        let count = parts.count();
        let parts = self.tree.children(node).filter(|child| !matches!(child, Item::Token(_)));
        for (index, part) in parts.enumerate() {
            if count == 3 && index == 1 { self.target(scope, part)? } else { self.item(scope, part)? }
        }
        Ok(())
    }

    // -- scopes

    pub(super) fn open(&mut self, scope: Scope, kind: ScopeKind, node: Node) -> Outcome<Scope> {
        self.scopes.open(self.vm, scope, kind, node.place() as u32)
    }

    /// `name [TypeParameters] Parameters [Returns] body`
    #[inline(never)]
    pub(super) fn function(&mut self, scope: Scope, node: Node, is_async: bool) -> Outcome<()> {
        let mut children = self.tree.children(node);
        self.targets(scope, children.next().into_iter())?;
        let (around, key) = self.open_generic(scope, node)?;
        let inner = self.open(around, ScopeKind::Function, key)?;
        if is_async {
            self.scopes.set_flag(inner, scope_flag::ASYNC);
        }
        super::docstring::note(self.vm, self.tree, self.scopes, node, inner);
        for child in children {
            match child {
                Item::Node(part) if part.kind() == Kind::Parameters => {
                    self.open_annotations(around, node)?;
                    self.parameters(around, inner, part)?
                }
                other => self.item(inner, other)?,
            }
        }
        Ok(())
    }

    #[inline(never)]
    fn lambda(&mut self, scope: Scope, node: Node) -> Outcome<()> {
        let inner = self.open(scope, ScopeKind::Function, node)?;
        for child in self.tree.children(node) {
            match child {
                Item::Node(part) if part.kind() == Kind::Parameters => self.parameters(scope, inner, part)?,
                other => self.item(inner, other)?,
            }
        }
        Ok(())
    }

    /// Adds the parameters in the order of their slots: named ones, `*args`, `**kwargs`; visits the defaults outside.
    #[inline(never)]
    fn parameters(&mut self, outside: Scope, scope: Scope, node: Node) -> Outcome<()> {
        for wanted in [Kind::Parameter, Kind::StarParameter, Kind::DoubleStarParameter] {
            for parameter in self.tree.children(node) {
                let (kind, name) = match parameter {
                    Item::Node(inner) => (inner.kind(), self.tree.child(inner, 0)),
                    other => (Kind::Parameter, Some(other)),
                };
                if let (true, Some(Item::Name(name))) = (kind == wanted, name) {
                    if !self.scopes.parameter(self.vm, scope, name.get())? {
                        return Err(self.error(node, "argument name reused"));
                    }
                    match kind {
                        Kind::StarParameter => self.scopes.set_flag(scope, scope_flag::VAR_POSITIONAL),
                        Kind::DoubleStarParameter => self.scopes.set_flag(scope, scope_flag::VAR_KEYWORDS),
                        _ => {}
                    }
                }
            }
        }
        for parameter in self.tree.children(node) {
            if let Item::Node(inner) = parameter {
                self.items(outside, self.tree.children(inner).skip(1))?;
            }
        }
        Ok(())
    }

    /// `name [TypeParameters] [Arguments] body`
    #[inline(never)]
    fn class(&mut self, scope: Scope, node: Node) -> Outcome<()> {
        let mut children = self.tree.children(node);
        self.targets(scope, children.next().into_iter())?;
        let (around, key) = self.open_generic(scope, node)?;
        let inner = self.open(around, ScopeKind::Class, key)?;
        self.scopes.parameter(self.vm, inner, name!(".0"))?;
        for child in children {
            let outside = matches!(child, Item::Node(part) if part.kind() == Kind::Arguments);
            self.item(if outside { around } else { inner }, child)?;
        }
        Ok(())
    }

    /// `element CompFor (CompFor | CompIf)…`, the first iterable in the scope around.
    #[inline(never)]
    fn comprehension(&mut self, scope: Scope, node: Node) -> Outcome<()> {
        let inner = self.open(scope, ScopeKind::Comprehension, node)?;
        if node.kind().is_generator() {
            self.scopes.set_flag(inner, scope_flag::YIELDS);
        }
        self.scopes.parameter(self.vm, inner, name!(".0"))?;
        let mut is_first = true;
        for child in self.tree.children(node) {
            let Item::Node(part) = child else {
                self.item(inner, child)?;
                continue;
            };
            if part.kind() != Kind::CompFor {
                self.item(inner, child)?;
                continue;
            }
            let mut parts = self.tree.children(part);
            let mut target = parts.next();
            if is_async(target) {
                self.scopes.set_flag(inner, scope_flag::ASYNC);
                target = parts.next();
            }
            self.targets(inner, target.into_iter())?;
            self.items(if is_first { scope } else { inner }, parts)?;
            is_first = false;
        }
        // What waits inside makes what is around wait, too; a generator expression waits only when it is iterated.
        let waits = !node.kind().is_generator() && self.scopes.flags(inner) & scope_flag::ASYNC != 0;
        if waits && self.scopes.kind(scope) == ScopeKind::Comprehension {
            self.scopes.set_flag(scope, scope_flag::ASYNC);
        }
        Ok(())
    }
}

fn is_format_spec(item: &Item) -> bool {
    matches!(item, Item::Node(node) if node.kind() == Kind::FormatSpec)
}
