//! What one statement of a text's top level binds and reads, off its tree.
//!
//! Pieces are what `scope` puts together: a keystroke changes one statement, and the pieces of all others stay as they are. So a piece
//! knows nothing of its neighbours, and its places count from its own start. One walk collects all that anybody asks about names; it has
//! a stack of its own: a text nested ten thousand deep must not overflow the machine's.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};
use tree_sitter::{Node, TreeCursor};

/// A part of a text, in bytes.
pub type Bytes = Range<usize>;

/// The scope of a piece that stands for its part of the module's.
pub const MODULE: usize = 0;

/// One statement.
#[derive(Debug, Default)]
pub struct Piece {
    /// Its scopes; the first is the module's, of which it has the names that this statement binds.
    pub scopes: Vec<Scope>,
    /// Everything that it binds.
    pub bindings: Vec<Binding>,
    /// Every use of a name.
    pub uses: Vec<Use>,
    /// Every `name.attribute` that is read.
    pub attributes: Vec<Attribute>,
    /// Every name behind `from … import`.
    pub imported: Vec<Imported>,
    /// The modules of every `from … import *`.
    pub stars: Vec<Arc<str>>,
    /// Where an import names a module, of a dotted name its first part; not in `try`, where another may be there instead.
    pub wanted: Vec<Bytes>,
    /// Every `await` in a function without `async`, which is a generator for it: the word itself.
    pub odd_awaits: Vec<Bytes>,
    /// Its functions and classes, in their order.
    pub definitions: Vec<Definition>,
}

/// One scope.
#[derive(Debug)]
pub struct Scope {
    /// What made it.
    pub kind: ScopeKind,
    /// The scope around it.
    pub parent: Option<usize>,
    /// The part of the text that it covers.
    pub range: Bytes,
    /// The bindings of its names.
    pub names: HashMap<Arc<str>, usize>,
    /// Whether its code is `@micropython.viper`, where machine types have names.
    pub is_viper: bool,
    /// Whether an `await` is at home in its code: that of `async def`, and of what an `await` iterates.
    awaits: bool,
    /// Names that a `global` or `nonlocal` statement sends elsewhere.
    elsewhere: HashMap<Arc<str>, Elsewhere>,
}

/// What makes a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScopeKind {
    /// The whole text.
    Module,
    /// `class`: invisible to the functions in it.
    Class,
    /// `def` and `lambda`.
    Function,
    /// A comprehension.
    Comprehension,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Elsewhere {
    Global,
    Nonlocal,
}

/// A name of a scope.
#[derive(Debug)]
pub struct Binding {
    /// The name.
    pub name: Arc<str>,
    /// What it is; of several, the first.
    pub kind: BindingKind,
    /// Its scope.
    pub scope: usize,
    /// Where it is bound: the name alone.
    pub places: Vec<Bytes>,
}

/// How a name is bound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BindingKind {
    /// Assigned, or the target of `for`, `with`, `except`, a pattern.
    Variable,
    /// A parameter.
    Parameter,
    /// `def`; with the bytes of the whole definition.
    Function(Bytes),
    /// `class`; likewise.
    Class(Bytes),
    /// `import module`: of a dotted name without `as`, its first part.
    Module(Arc<str>),
    /// `from module import member`.
    Member {
        /// The module.
        module: Arc<str>,
        /// The name in it.
        member: Arc<str>,
    },
}

/// A name that is read.
#[derive(Debug)]
pub struct Use {
    /// Where.
    pub range: Bytes,
    /// In which scope.
    pub scope: usize,
    /// What it means, if that is bound here and no name of the module.
    pub binding: Option<usize>,
    /// Whether the compiler knows it without a binding: of a decorator that chooses how a function is compiled.
    pub is_given: bool,
}

/// An attribute of a name, read.
#[derive(Debug)]
pub struct Attribute {
    /// The name before the dot.
    pub object: Bytes,
    /// The name behind it.
    pub name: Bytes,
    /// In which scope.
    pub scope: usize,
}

/// A name that is imported from a module.
#[derive(Debug)]
pub struct Imported {
    /// The module.
    pub module: Arc<str>,
    /// The name as it is called there.
    pub name: Bytes,
}

/// A function or class.
#[derive(Debug)]
pub struct Definition {
    /// All of it.
    pub range: Bytes,
    /// Its name.
    pub name: Bytes,
    /// Whether it is a class.
    pub is_class: bool,
    /// How many functions and classes it lies in.
    pub depth: u32,
}

enum Task<'t> {
    /// Read what is used.
    Visit(Node<'t>, usize),
    /// An assignment's target.
    Bind(Node<'t>, usize),
    /// A pattern of `match`.
    Pattern(Node<'t>, usize),
    /// A function in viper code.
    Viper(Node<'t>, usize),
    /// A function in the chip's own instructions: what stands in it are no names of Python's.
    Assembler(Node<'t>, usize),
}

impl Piece {
    /// Reads a statement. `source` is the whole text that the tree is of.
    pub fn new(statement: Node, source: &str) -> Piece {
        let start = statement.start_byte();
        let mut walk =
            Walk { source, start, found: Piece::default(), tasks: Vec::new(), cursor: statement.walk(), kinds: kinds() };
        walk.scope(ScopeKind::Module, None, statement);
        walk.tasks.push(Task::Visit(statement, MODULE));
        while let Some(task) = walk.tasks.pop() {
            match task {
                Task::Visit(node, scope) => walk.visit(node, scope),
                Task::Bind(node, scope) => walk.bind_target(node, scope),
                Task::Pattern(node, scope) => walk.pattern(node, scope),
                Task::Viper(node, scope) => walk.function(node, scope, true),
                Task::Assembler(node, scope) => walk.name(node, scope),
            }
        }
        let mut found = walk.found;
        for index in 0..found.uses.len() {
            let Use { range, scope, .. } = &found.uses[index];
            let name = &source[start + range.start..start + range.end];
            found.uses[index].binding = found.resolve(name, *scope).filter(|binding| found.bindings[*binding].scope != MODULE);
        }
        found
    }

    /// What a name means in a scope, as far as this statement tells: if it is a name of the module, another one may have bound it before.
    pub fn resolve(&self, name: &str, scope: usize) -> Option<usize> {
        let own = &self.scopes[scope];
        match own.elsewhere.get(name) {
            Some(Elsewhere::Global) => return self.scopes[MODULE].names.get(name).copied(),
            Some(Elsewhere::Nonlocal) => {}
            None => {
                if let Some(binding) = own.names.get(name) {
                    return Some(*binding);
                }
            }
        }
        self.around(scope).find_map(|outer| outer.names.get(name)).copied()
    }

    /// The scopes around one whose names it sees, inner first.
    pub fn around(&self, scope: usize) -> impl Iterator<Item = &Scope> {
        let parents = std::iter::successors(self.scopes[scope].parent, |outer| self.scopes[*outer].parent);
        parents.map(|outer| &self.scopes[outer]).filter(|outer| outer.kind != ScopeKind::Class)
    }
}

struct Walk<'t, 's> {
    source: &'s str,
    /// The statement's first byte.
    start: usize,
    found: Piece,
    tasks: Vec<Task<'t>>,
    /// One for all nodes: to make one costs more than to visit a node.
    cursor: TreeCursor<'t>,
    kinds: &'static [Kind],
}

/// What a function is compiled from.
#[derive(Clone, Copy)]
enum Emitter {
    Python,
    /// Python with machine types.
    Viper,
    /// The chip's own instructions, written as calls.
    Assembler,
}

/// What the nodes are that mean something here; all others are merely gone through.
#[derive(Clone, Copy)]
enum Kind {
    Inside,
    Nothing,
    Name,
    Attribute,
    Await,
    Keyword,
    Assignment,
    Walrus,
    As,
    Case,
    Decorated,
    Function,
    Class,
    Comprehension,
    Import,
    ImportFrom,
    Global,
    Nonlocal,
    TypeAlias,
}

/// The kind of each node by its number in the grammar: a text has ten nodes a line, and to compare their names takes most of the time.
fn kinds() -> &'static [Kind] {
    static KINDS: OnceLock<Vec<Kind>> = OnceLock::new();
    KINDS.get_or_init(|| {
        let language = tree_sitter::Language::from(tree_sitter_python::LANGUAGE);
        let numbers = 0..u16::try_from(language.node_kind_count()).expect("a grammar has few kinds");
        numbers.map(|number| kind(language.node_kind_for_id(number).unwrap_or_default())).collect()
    })
}

fn kind(name: &str) -> Kind {
    match name {
        "identifier" => Kind::Name,
        "attribute" => Kind::Attribute,
        "await" => Kind::Await,
        "keyword_argument" => Kind::Keyword,
        "assignment" | "augmented_assignment" | "for_statement" | "for_in_clause" => Kind::Assignment,
        "named_expression" => Kind::Walrus,
        "as_pattern" => Kind::As,
        "case_clause" => Kind::Case,
        "decorated_definition" => Kind::Decorated,
        "function_definition" | "lambda" => Kind::Function,
        "class_definition" => Kind::Class,
        "list_comprehension" | "set_comprehension" | "dictionary_comprehension" | "generator_expression" => Kind::Comprehension,
        "import_statement" => Kind::Import,
        "import_from_statement" => Kind::ImportFrom,
        "future_import_statement" | "comment" => Kind::Nothing,
        "global_statement" => Kind::Global,
        "nonlocal_statement" => Kind::Nonlocal,
        "type_alias_statement" => Kind::TypeAlias,
        _ => Kind::Inside,
    }
}

impl<'t> Walk<'t, '_> {
    fn scope(&mut self, kind: ScopeKind, parent: Option<usize>, node: Node) -> usize {
        let range = self.place(node);
        let is_viper = parent.is_some_and(|outer| self.found.scopes[outer].is_viper);
        let scope = Scope { kind, parent, range, names: HashMap::new(), is_viper, awaits: false, elsewhere: HashMap::new() };
        self.found.scopes.push(scope);
        self.found.scopes.len() - 1
    }

    /// Where a node lies in the statement.
    fn place(&self, node: Node) -> Bytes {
        node.start_byte() - self.start..node.end_byte() - self.start
    }

    fn text(&self, node: Node) -> &str {
        &self.source[node.byte_range()]
    }

    /// Does later what is given, in its order.
    fn push(&mut self, tasks: impl IntoIterator<Item = Task<'t>>) {
        let start = self.tasks.len();
        self.tasks.extend(tasks);
        self.tasks[start..].reverse();
    }

    /// Visits children that are no comments.
    fn visit_all(&mut self, nodes: impl IntoIterator<Item = Node<'t>>, scope: usize) {
        self.push(nodes.into_iter().map(|node| Task::Visit(node, scope)));
    }

    fn bind(&mut self, node: Node, scope: usize, kind: BindingKind) {
        let name: Arc<str> = self.text(node).into();
        let place = self.place(node);
        let scope = match self.found.scopes[scope].elsewhere.get(&name) {
            Some(Elsewhere::Global) => MODULE,
            Some(Elsewhere::Nonlocal) => {
                // What the enclosing function binds; its own binding has the place already.
                let outer = self.found.resolve(&name, scope);
                if let Some(binding) = outer {
                    self.found.bindings[binding].places.push(place);
                }
                return;
            }
            None => scope,
        };
        if let Some(known) = self.found.scopes[scope].names.get(&name) {
            self.found.bindings[*known].places.push(place);
            return;
        }
        self.found.scopes[scope].names.insert(name.clone(), self.found.bindings.len());
        self.found.bindings.push(Binding { name, kind, scope, places: vec![place] });
    }

    fn visit(&mut self, node: Node<'t>, scope: usize) {
        // A node that could not be understood has a number past all others.
        match self.kinds.get(usize::from(node.kind_id())).copied().unwrap_or(Kind::Inside) {
            Kind::Inside => self.visit_inside(node, scope),
            Kind::Nothing => {}
            Kind::Name => self.used(node, scope, false),
            Kind::Attribute => self.attribute(node, scope),
            Kind::Await => self.await_expression(node, scope),
            Kind::Keyword => self.visit_all(node.child_by_field_name("value"), scope),
            Kind::Assignment => self.assignment(node, scope),
            Kind::Walrus => self.named_expression(node, scope),
            Kind::As => self.as_pattern(node, scope),
            Kind::Case => self.case(node, scope),
            Kind::Decorated => self.decorated(node, scope),
            Kind::Function => self.function(node, scope, false),
            Kind::Class => self.class(node, scope),
            Kind::Comprehension => self.comprehension(node, scope),
            Kind::Import => self.import(node, scope),
            Kind::ImportFrom => self.import_from(node, scope),
            Kind::Global => self.declare(node, scope, Elsewhere::Global),
            Kind::Nonlocal => self.declare(node, scope, Elsewhere::Nonlocal),
            Kind::TypeAlias => self.type_alias(node, scope),
        }
    }

    fn attribute(&mut self, node: Node<'t>, scope: usize) {
        let (object, name) = (node.child_by_field_name("object"), node.child_by_field_name("attribute"));
        if let (Some(object), Some(name)) = (object.filter(|object| object.kind() == "identifier"), name) {
            let attribute = Attribute { object: self.place(object), name: self.place(name), scope };
            self.found.attributes.push(attribute);
        }
        self.visit_all(object, scope);
    }

    /// MicroPython takes an `await` in any function; who writes one without `async` has mostly forgotten it.
    fn await_expression(&mut self, node: Node<'t>, scope: usize) {
        let scopes = &self.found.scopes;
        let mut around = scope;
        while let (ScopeKind::Comprehension, Some(parent)) = (scopes[around].kind, scopes[around].parent) {
            around = parent;
        }
        if scopes[around].kind == ScopeKind::Function && !scopes[around].awaits {
            let word = node.child(0).map(|word| self.place(word));
            self.found.odd_awaits.extend(word);
        }
        self.visit_inside(node, scope);
    }

    /// Visits all that a node consists of.
    fn visit_inside(&mut self, node: Node<'t>, scope: usize) {
        let start = self.tasks.len();
        self.cursor.reset(node);
        let mut more = self.cursor.goto_first_child();
        while more {
            let child = self.cursor.node();
            if child.is_named() {
                self.tasks.push(Task::Visit(child, scope));
            }
            more = self.cursor.goto_next_sibling();
        }
        self.tasks[start..].reverse();
    }

    /// Whatever has `left`: its targets are bound once the rest is read.
    fn assignment(&mut self, node: Node<'t>, scope: usize) {
        let left = node.child_by_field_name("left");
        let rest = children(node).into_iter().filter(|child| Some(*child) != left).map(|child| Task::Visit(child, scope));
        let mut tasks: Vec<_> = rest.collect();
        if node.kind() == "augmented_assignment" {
            tasks.extend(left.filter(|left| left.kind() == "identifier").map(|left| Task::Visit(left, scope)));
        }
        // Targets of `for` are bound before its body is read, and nothing else here has a body.
        tasks.splice(0..0, left.map(|left| Task::Bind(left, scope)));
        self.push(tasks);
    }

    /// `:=` binds in the function around a comprehension (PEP 572).
    fn named_expression(&mut self, node: Node<'t>, scope: usize) {
        let mut target = scope;
        while let (ScopeKind::Comprehension, Some(parent)) = (self.found.scopes[target].kind, self.found.scopes[target].parent) {
            target = parent;
        }
        let name = node.child_by_field_name("name").map(|name| Task::Bind(name, target));
        let value = node.child_by_field_name("value").map(|value| Task::Visit(value, scope));
        self.push(value.into_iter().chain(name));
    }

    /// `with … as x`, `except … as x`.
    fn as_pattern(&mut self, node: Node<'t>, scope: usize) {
        let alias = node.child_by_field_name("alias");
        let value = children(node).into_iter().filter(|child| Some(*child) != alias).map(|child| Task::Visit(child, scope));
        self.push(value.chain(alias.map(|alias| Task::Bind(alias, scope))));
    }

    fn case(&mut self, node: Node<'t>, scope: usize) {
        let tasks = children(node).into_iter().map(|child| match child.kind() {
            "case_pattern" => Task::Pattern(child, scope),
            _ => Task::Visit(child, scope),
        });
        self.push(tasks);
    }

    /// A name alone captures; a dotted one, a class and a key are read.
    fn pattern(&mut self, node: Node<'t>, scope: usize) {
        match node.kind() {
            "identifier" if self.text(node) != "_" => self.bind(node, scope, BindingKind::Variable),
            "dotted_name" if node.named_child_count() == 1 => {
                self.push(children(node).into_iter().map(|child| Task::Pattern(child, scope)));
            }
            "dotted_name" => self.visit_all(node.named_child(0), scope),
            "class_pattern" => {
                let tasks = children(node).into_iter().enumerate().map(|(number, child)| match number {
                    0 => Task::Visit(child.named_child(0).unwrap_or(child), scope),
                    _ => Task::Pattern(child, scope),
                });
                self.push(tasks);
            }
            "keyword_pattern" => self.push(children(node).into_iter().skip(1).map(|child| Task::Pattern(child, scope))),
            "identifier" | "string" | "integer" | "float" | "none" | "true" | "false" => {}
            _ => self.push(children(node).into_iter().map(|child| Task::Pattern(child, scope))),
        }
    }

    fn bind_target(&mut self, node: Node<'t>, scope: usize) {
        match node.kind() {
            "identifier" => self.bind(node, scope, BindingKind::Variable),
            // What is assigned to need not be there yet.
            "attribute" => self.visit_all(node.child_by_field_name("object"), scope),
            "subscript" => self.visit(node, scope),
            _ => self.push(children(node).into_iter().map(|child| Task::Bind(child, scope))),
        }
    }

    fn define(&mut self, node: Node, name: Node, scope: usize, is_class: bool) {
        let scopes = &self.found.scopes;
        let outer = std::iter::successors(Some(scope), |scope| scopes[*scope].parent);
        let definitions = outer.filter(|scope| matches!(scopes[*scope].kind, ScopeKind::Function | ScopeKind::Class));
        let depth = u32::try_from(definitions.count()).unwrap_or(u32::MAX);
        self.found.definitions.push(Definition { range: self.place(node), name: self.place(name), is_class, depth });
    }

    fn used(&mut self, name: Node, scope: usize, is_given: bool) {
        self.found.uses.push(Use { range: self.place(name), scope, binding: None, is_given });
    }

    /// `@micropython.viper` and its kin are read by the compiler, which needs no import for them.
    fn decorated(&mut self, node: Node<'t>, scope: usize) {
        let mut chosen = Emitter::Python;
        let mut tasks = Vec::new();
        for part in children(node) {
            let decorator = part.named_child(0).filter(|_| part.kind() == "decorator");
            if let Some((module, emitter)) = decorator.and_then(|what| self.emitter(what)) {
                self.used(module, scope, true);
                chosen = emitter;
                continue;
            }
            tasks.push(match (part.kind(), chosen) {
                ("function_definition", Emitter::Assembler) => Task::Assembler(part, scope),
                ("function_definition", Emitter::Viper) => Task::Viper(part, scope),
                _ => Task::Visit(part, scope),
            });
        }
        self.push(tasks);
    }

    /// The first name of `micropython.emitter`, and which that is.
    fn emitter(&self, node: Node<'t>) -> Option<(Node<'t>, Emitter)> {
        let module = node.child_by_field_name("object").filter(|module| self.text(*module) == "micropython")?;
        let emitter = match self.text(node.child_by_field_name("attribute")?) {
            "bytecode" | "native" => Emitter::Python,
            "viper" => Emitter::Viper,
            name if name.starts_with("asm_") => Emitter::Assembler,
            _ => return None,
        };
        Some((module, emitter))
    }

    /// Binds the name of a function.
    fn name(&mut self, node: Node, scope: usize) {
        if let Some(name) = node.child_by_field_name("name") {
            self.bind(name, scope, BindingKind::Function(self.place(node)));
            self.define(node, name, scope, false);
        }
    }

    fn function(&mut self, node: Node<'t>, scope: usize, is_viper: bool) {
        self.name(node, scope);
        let inner = self.scope(ScopeKind::Function, Some(scope), node);
        self.found.scopes[inner].is_viper |= is_viper;
        let iterates = node.child_by_field_name("name").is_some_and(|name| ["__await__", "__iter__"].contains(&self.text(name)));
        self.found.scopes[inner].awaits = iterates || node.child(0).is_some_and(|word| word.kind() == "async");
        for parameters in ["type_parameters", "parameters"].into_iter().filter_map(|field| node.child_by_field_name(field)) {
            for parameter in children(parameters) {
                self.parameter(parameter, scope, inner);
            }
        }
        let annotation = node.child_by_field_name("return_type").map(|it| Task::Visit(it, inner));
        let body = node.child_by_field_name("body").map(|body| Task::Visit(body, inner));
        self.push(annotation.into_iter().chain(body));
    }

    /// A default is read outside, an annotation where type parameters are known.
    fn parameter(&mut self, node: Node<'t>, outer: usize, inner: usize) {
        let value = node.child_by_field_name("value");
        let kind = node.child_by_field_name("type");
        self.push(value.map(|value| Task::Visit(value, outer)).into_iter().chain(kind.map(|kind| Task::Visit(kind, inner))));
        let mut name = Some(node);
        while let Some(candidate) = name {
            if candidate.kind() == "identifier" {
                self.bind(candidate, inner, BindingKind::Parameter);
                return;
            }
            name = candidate.child_by_field_name("name").or_else(|| candidate.named_child(0));
        }
    }

    fn class(&mut self, node: Node<'t>, scope: usize) {
        if let Some(name) = node.child_by_field_name("name") {
            self.bind(name, scope, BindingKind::Class(self.place(node)));
            self.define(node, name, scope, true);
        }
        let inner = self.scope(ScopeKind::Class, Some(scope), node);
        for parameter in node.child_by_field_name("type_parameters").into_iter().flat_map(children) {
            self.parameter(parameter, scope, inner);
        }
        let bases = node.child_by_field_name("superclasses").map(|bases| Task::Visit(bases, inner));
        let body = node.child_by_field_name("body").map(|body| Task::Visit(body, inner));
        self.push(bases.into_iter().chain(body));
    }

    /// The first iterable is read outside.
    fn comprehension(&mut self, node: Node<'t>, scope: usize) {
        let inner = self.scope(ScopeKind::Comprehension, Some(scope), node);
        let parts = children(node);
        let first = parts.iter().position(|part| part.kind() == "for_in_clause");
        let mut tasks = Vec::new();
        for clause in parts.iter().filter(|part| part.kind() == "for_in_clause") {
            tasks.extend(clause.child_by_field_name("left").map(|left| Task::Bind(left, inner)));
        }
        for (number, part) in parts.iter().enumerate() {
            match part.kind() {
                "for_in_clause" => {
                    let place = if Some(number) == first { scope } else { inner };
                    tasks.extend(part.child_by_field_name("right").map(|right| Task::Visit(right, place)));
                }
                _ => tasks.push(Task::Visit(*part, inner)),
            }
        }
        self.push(tasks);
    }

    /// Notes the module that a dotted name begins with.
    fn wants(&mut self, import: Node<'t>, name: Option<Node<'t>>) {
        let mut around = std::iter::successors(import.parent(), |node| node.parent());
        // A relative name has no module of its own in front.
        if let Some(first) = name.filter(|name| name.kind() == "dotted_name").and_then(|name| name.named_child(0))
            && !around.any(|node| node.kind() == "try_statement")
        {
            self.found.wanted.push(self.place(first));
        }
    }

    fn import(&mut self, node: Node<'t>, scope: usize) {
        let mut cursor = node.walk();
        let names: Vec<_> = node.children_by_field_name("name", &mut cursor).collect();
        for name in names {
            self.wants(node, Some(name.child_by_field_name("name").unwrap_or(name)));
            match (name.child_by_field_name("name"), name.child_by_field_name("alias")) {
                (Some(module), Some(alias)) => {
                    let module = self.text(module).into();
                    self.bind(alias, scope, BindingKind::Module(module));
                }
                _ => {
                    let Some(first) = name.named_child(0) else { continue };
                    let module = self.text(first).into();
                    self.bind(first, scope, BindingKind::Module(module));
                }
            }
        }
    }

    fn import_from(&mut self, node: Node<'t>, scope: usize) {
        let module: Arc<str> = node.child_by_field_name("module_name").map_or("", |module| self.text(module)).into();
        self.wants(node, node.child_by_field_name("module_name"));
        if children(node).iter().any(|child| child.kind() == "wildcard_import") {
            self.found.stars.push(module.clone());
        }
        let mut cursor = node.walk();
        let names: Vec<_> = node.children_by_field_name("name", &mut cursor).collect();
        for name in names {
            let member = name.child_by_field_name("name").unwrap_or(name);
            let bound = name.child_by_field_name("alias").unwrap_or(name);
            let kind = BindingKind::Member { module: module.clone(), member: self.text(member).into() };
            self.bind(bound, scope, kind);
            self.found.imported.push(Imported { module: module.clone(), name: self.place(member) });
        }
    }

    fn declare(&mut self, node: Node<'t>, scope: usize, elsewhere: Elsewhere) {
        for name in children(node) {
            let text = self.text(name).into();
            self.found.scopes[scope].elsewhere.insert(text, elsewhere);
            self.used(name, scope, false);
        }
    }

    fn type_alias(&mut self, node: Node<'t>, scope: usize) {
        let left = node.child_by_field_name("left");
        let right = node.child_by_field_name("right").map(|right| Task::Visit(right, scope));
        // `X` or, with type parameters, `X[T]`, inside a node `type`.
        let mut name = left;
        while let Some(inner) = name.filter(|name| name.kind() != "identifier") {
            name = inner.named_child(0);
        }
        let bound = name.map(|name| Task::Bind(name, scope));
        self.push(bound.into_iter().chain(right));
    }
}

/// The named children of a node, comments left out.
pub fn children(node: Node<'_>) -> Vec<Node<'_>> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor).filter(|child| child.kind() != "comment").collect()
}
