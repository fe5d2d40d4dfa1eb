//! What the compiler takes though it may be no Python: hosts have such a text read once more by what knows (`diagnosis`).
//!
//! A suspicion may be wrong, but there is one for each such mistake. It is cheap: a look at each node of a statement's tree.

use super::Waits;
use super::diagnosis::FEATURES;
use super::generator::as_node;
use crate::object::name::Name;
use crate::source::odd::has_sign;
use crate::source::token::Token;
use crate::source::tree::{Item, Kind, Long, Node, Tree};
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

/// Names that are looked at.
pub const NAMES: &[&str] = &["__future__"];

/// Whether a source is suspected.
pub(super) struct Suspicion {
    found: Cell<bool>,
    /// Whether it may be no Python by its form: the parser takes what it cannot tell apart.
    of_form: Cell<bool>,
    /// Whether nothing came yet but a docstring and imports of the future; and whether nothing came at all.
    is_beginning: Cell<bool>,
    is_first: Cell<bool>,
}

/// What is around a node.
#[derive(Clone, Copy)]
struct Around {
    /// The function or class that it is in.
    scope: Option<Node>,
    is_async: bool,
    /// In a comprehension's iterable.
    in_iterable: bool,
    /// In a comprehension, and in one that is in a class body.
    in_comprehension: bool,
    /// In an `except*`.
    in_star: bool,
    /// In an annotation.
    in_annotation: bool,
    /// Where types are told: by type parameters, an alias, or a definition that has type parameters.
    in_type: bool,
    /// In a definition that has type parameters.
    in_generic: bool,
}

impl Suspicion {
    pub(super) fn new() -> Suspicion {
        Suspicion { found: Cell::new(false), of_form: Cell::new(false), is_beginning: Cell::new(true), is_first: Cell::new(true) }
    }

    /// Whether there is a suspicion.
    pub(super) fn is_there(&self) -> bool {
        self.found.get()
    }

    /// Whether that is about its form.
    pub(super) fn is_of_form(&self) -> bool {
        self.of_form.get()
    }

    /// A generator expression among other arguments should stand in parentheses.
    pub(super) fn suspect_form(&self) {
        self.found.set(true);
        self.of_form.set(true);
    }

    /// Looks at a top-level statement.
    pub(super) fn look(&self, vm: &Vm, tree: &Tree, waits: Waits) -> Outcome<()> {
        if self.found.get() {
            return Ok(());
        }
        match as_node(tree.root(), Kind::Block) {
            Some(block) => tree.children(block).for_each(|statement| self.note_beginning(tree, statement)),
            None => self.note_beginning(tree, tree.root()),
        }
        if !tree.is_odd {
            return Ok(());
        }
        let around = Around {
            scope: None,
            is_async: crate::WHOLE && waits == Waits::Anywhere,
            in_iterable: false,
            in_comprehension: false,
            in_star: false,
            in_annotation: false,
            in_type: false,
            in_generic: false,
        };
        Look { vm, tree, suspicion: self }.item(tree.root(), around)
    }

    fn note_beginning(&self, tree: &Tree, statement: Item) {
        let is_docstring = || match as_node(statement, Kind::Expression).and_then(|node| tree.child(node, 0)) {
            Some(Item::Constant(value)) => {
                value.as_name().is_some() || crate::object::handle::Handle::<crate::object::str::Str>::from(value).is_some()
            }
            _ => false,
        };
        let is_first = self.is_first.replace(false);
        if !(is_future(tree, statement) || is_first && is_docstring()) {
            self.is_beginning.set(false);
        }
    }

    pub(super) fn suspect(&self) -> Outcome<()> {
        self.found.set(true);
        Ok(())
    }
}

/// Whether a statement is `from __future__ import …`.
fn is_future(tree: &Tree, statement: Item) -> bool {
    let module = as_node(statement, Kind::From).and_then(|node| tree.child(node, 0));
    let module = module.and_then(|module| as_node(module, Kind::FromModule));
    module.is_some_and(|module| tree.child(module, 0) == Some(Item::Name(Long::of(name!(__future__)))))
}

/// Whether a part of a definition is looked at outside of it.
fn is_outside(child: &Item) -> bool {
    let kinds = [Kind::Parameters, Kind::Returns, Kind::Arguments, Kind::TypeParameters];
    matches!(child, Item::Node(part) if kinds.contains(&part.kind()))
}

struct Look<'c> {
    vm: &'c Vm,
    tree: &'c Tree,
    suspicion: &'c Suspicion,
}

impl Look<'_> {
    fn item(&self, item: Item, around: Around) -> Outcome<()> {
        match item {
            Item::Name(name) | Item::Attribute(name) if name == name!(__debug__) => self.suspicion.suspect(),
            Item::Name(name) | Item::Attribute(name) if has_sign(self.vm.name_text(name.get())) => {
                self.suspicion.suspect_form();
                Ok(())
            }
            Item::Node(node) => {
                self.vm.check_stack()?;
                self.node(node, around)
            }
            _ => Ok(()),
        }
    }

    fn all(&self, node: Node, around: Around) -> Outcome<()> {
        // Anybody may ask for it: whether it is given a value is the question.
        let asks = matches!(node.kind(), Kind::If | Kind::While | Kind::Not | Kind::And | Kind::Or);
        let is_asked = |child: &Item| asks && *child == Item::Name(Long::of(name!(__debug__)));
        self.tree.children(node).filter(|child| !is_asked(child)).try_for_each(|child| self.item(child, around))
    }

    fn node(&self, node: Node, around: Around) -> Outcome<()> {
        if node.kind() == Kind::Except && self.names_several(node) {
            self.suspicion.suspect_form();
            return Ok(());
        }
        let suspected = match node.kind() {
            Kind::Await => !around.is_async || around.in_type,
            Kind::Yield | Kind::YieldFrom => around.in_annotation || around.in_type,
            Kind::CompFor => matches!(self.tree.child(node, 0), Some(Item::Token(_))) && !around.is_async,
            Kind::Named => around.in_type || around.in_iterable || around.in_comprehension && self.is_in_class(around),
            Kind::Nonlocal if around.in_generic => true,
            Kind::Global | Kind::Nonlocal => self.declares_late(node, around),
            Kind::From => self.imports_no_future(node, around),
            Kind::Break | Kind::Continue | Kind::Return => around.in_star,
            _ => false,
        };
        if suspected {
            return self.suspicion.suspect();
        }
        match node.kind() {
            Kind::Async => self.asynchronous(node, around),
            Kind::Def | Kind::Lambda | Kind::Class => self.scope(node, around, false),
            Kind::Generator
            | Kind::LoneGenerator
            | Kind::ListComprehension
            | Kind::SetComprehension
            | Kind::DictComprehension => self.all(node, Around { in_comprehension: true, ..around }),
            Kind::CompFor => {
                let last = self.tree.last_child(node);
                self.tree.children(node).try_for_each(|child| {
                    let in_iterable = around.in_iterable || Some(child) == last;
                    self.item(child, Around { in_iterable, ..around })
                })
            }
            Kind::TypeParameters | Kind::TypeAlias => self.all(node, Around { in_type: true, ..around }),
            Kind::Annotation | Kind::Returns => self.all(node, Around { in_annotation: true, ..around }),
            Kind::AnnotatedAssign => self.tree.children(node).enumerate().try_for_each(|(index, child)| {
                self.item(child, Around { in_annotation: around.in_annotation || index == 1, ..around })
            }),
            Kind::Except => {
                let in_star = around.in_star || self.tree.child(node, 0) == Some(Item::Token(Token::Star));
                self.all(node, Around { in_star, ..around })
            }
            _ => self.all(node, around),
        }
    }

    /// Whether it is an `except` of several types `as` something: they should stand in parentheses.
    fn names_several(&self, clause: Node) -> bool {
        let skipped = (self.tree.child(clause, 0) == Some(Item::Token(Token::Star))) as usize;
        let is_tuple = matches!(self.tree.child(clause, skipped), Some(Item::Node(types)) if types.kind() == Kind::Tuple);
        is_tuple && self.tree.child(clause, skipped + 2).is_some()
    }

    fn asynchronous(&self, node: Node, around: Around) -> Outcome<()> {
        match self.tree.child(node, 0) {
            Some(Item::Node(inner)) if inner.kind() == Kind::Def => self.scope(inner, around, true),
            _ if !around.is_async => self.suspicion.suspect(),
            _ => self.all(node, around),
        }
    }

    fn scope(&self, node: Node, around: Around, is_async: bool) -> Outcome<()> {
        let is_list = |child| matches!(child, Item::Node(part) if part.kind() == Kind::TypeParameters);
        let is_generic = self.tree.children(node).any(is_list);
        let around = Around { in_type: around.in_type || is_generic, ..around };
        let inner = Around {
            scope: Some(node),
            in_type: false,
            in_generic: around.in_generic || is_generic,
            is_async,
            in_star: false,
            in_annotation: false,
            in_comprehension: around.in_comprehension && node.kind() != Kind::Lambda,
            ..around
        };
        let last = self.tree.last_child(node);
        self.tree.children(node).try_for_each(|child| {
            // A lambda's expression may be of such a kind: it comes last.
            let outside = is_outside(&child) && Some(child) != last;
            self.item(child, if outside { around } else { inner })
        })
    }

    fn is_in_class(&self, around: Around) -> bool {
        around.scope.is_some_and(|scope| scope.kind() == Kind::Class)
    }

    /// Whether a name of a `global` or `nonlocal` is mentioned before, or annotated anywhere in the same scope.
    fn declares_late(&self, node: Node, around: Around) -> bool {
        let Some(scope) = around.scope else { return true };
        let is_named = |item: Item| self.tree.children(node).any(|name| name == item);
        let mut found = false;
        self.each(scope, &mut |item, parent| {
            let is_before = parent.place() < node.place();
            let is_annotated = parent.kind() == Kind::AnnotatedAssign && self.tree.child(parent, 0) == Some(item);
            found |= (is_before || is_annotated) && is_named(item);
        });
        found
    }

    /// Calls `visit` with each name below `node`, but for a definition's own, and what it is a child of.
    fn each(&self, node: Node, visit: &mut dyn FnMut(Item, Node)) {
        if self.vm.check_stack().map_err(|raised| self.vm.take_raised(raised)).is_err() {
            return;
        }
        let skipped = matches!(node.kind(), Kind::Def | Kind::Class) as usize;
        for child in self.tree.children(node).skip(skipped) {
            match child {
                // What another function does with its own names is no business of this one.
                Item::Node(inner) if matches!(inner.kind(), Kind::Def | Kind::Class) => {
                    self.tree.children(inner).filter(is_outside).for_each(|child| {
                        if let Item::Node(part) = child {
                            self.each(part, visit);
                        }
                    });
                }
                Item::Node(inner) => self.each(inner, visit),
                Item::Name(_) => visit(child, node),
                _ => {}
            }
        }
    }

    fn imports_no_future(&self, node: Node, around: Around) -> bool {
        if !is_future(self.tree, Item::Node(node)) {
            return false;
        }
        let is_feature = |item: Item| match item {
            Item::Name(name) => self.is_feature(name.get()),
            Item::Node(renamed) => matches!(self.tree.child(renamed, 0), Some(Item::Name(name)) if self.is_feature(name.get())),
            _ => false,
        };
        !self.suspicion.is_beginning.get() || around.scope.is_some() || !self.tree.children(node).skip(1).all(is_feature)
    }

    fn is_feature(&self, name: Name) -> bool {
        FEATURES.contains(&self.vm.name_text(name))
    }
}
