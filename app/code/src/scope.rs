//! Which name means what: Python's scopes, read off the tree.
//!
//! One walk collects what every scope binds and every use of a name; then each use is resolved as Python does (local, enclosing
//! functions but not classes, module). What is left over is a builtin or unknown: the caller knows the builtins.
//! The walk has a stack of its own: a text nested ten thousand deep must not overflow the machine's.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;
use tree_sitter::{Node, TreeCursor};

/// A place in the text, in bytes.
pub type Bytes = Range<usize>;

/// All scopes of a text; the first is the module's.
#[derive(Debug, Default)]
pub struct Scopes {
    /// The scopes.
    pub scopes: Vec<Scope>,
    /// Everything that is bound.
    pub bindings: Vec<Binding>,
    /// Every use of a name.
    pub uses: Vec<Use>,
    /// The modules of every `from … import *`: their names are bound as well.
    pub star_imports: Vec<String>,
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
    pub names: HashMap<String, usize>,
    /// Names that a `global` or `nonlocal` statement sends elsewhere.
    elsewhere: HashMap<String, Elsewhere>,
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
    pub name: String,
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
    Module(String),
    /// `from module import member`.
    Member {
        /// The module.
        module: String,
        /// The name in it.
        member: String,
    },
}

/// A name that is read.
#[derive(Debug)]
pub struct Use {
    /// Where.
    pub range: Bytes,
    /// In which scope.
    pub scope: usize,
    /// What it means; nothing for builtins and unknown names.
    pub binding: Option<usize>,
}

enum Task<'t> {
    /// Read what is used.
    Visit(Node<'t>, usize),
    /// An assignment's target.
    Bind(Node<'t>, usize),
    /// A pattern of `match`.
    Pattern(Node<'t>, usize),
}

/// The scopes of a tree.
pub fn scopes(root: Node, source: &str) -> Scopes {
    let mut walk = Walk { source, found: Scopes::default(), tasks: Vec::new(), cursor: root.walk(), kinds: kinds() };
    let module = walk.scope(ScopeKind::Module, None, root);
    walk.tasks.push(Task::Visit(root, module));
    while let Some(task) = walk.tasks.pop() {
        match task {
            Task::Visit(node, scope) => walk.visit(node, scope),
            Task::Bind(node, scope) => walk.bind_target(node, scope),
            Task::Pattern(node, scope) => walk.pattern(node, scope),
        }
    }
    let mut found = walk.found;
    for index in 0..found.uses.len() {
        let Use { range, scope, .. } = &found.uses[index];
        found.uses[index].binding = found.resolve(&source[range.clone()], *scope);
    }
    found
}

impl Scopes {
    /// What a name means in a scope.
    pub fn resolve(&self, name: &str, scope: usize) -> Option<usize> {
        let own = &self.scopes[scope];
        match own.elsewhere.get(name) {
            Some(Elsewhere::Global) => return self.scopes[0].names.get(name).copied(),
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
    fn around(&self, scope: usize) -> impl Iterator<Item = &Scope> {
        let parents = std::iter::successors(self.scopes[scope].parent, |outer| self.scopes[*outer].parent);
        parents.map(|outer| &self.scopes[outer]).filter(|outer| outer.kind != ScopeKind::Class)
    }

    /// The innermost scope at a byte. The end of a scope belongs to it: one types there.
    pub fn at(&self, byte: usize) -> usize {
        let covers = |scope: &Scope| scope.range.start <= byte && byte <= scope.range.end;
        // An inner scope comes behind the one around it.
        self.scopes.iter().rposition(covers).unwrap_or(0)
    }

    /// Every binding that can be named in a scope, inner first.
    pub fn visible(&self, scope: usize) -> impl Iterator<Item = &Binding> {
        let own = std::iter::once(&self.scopes[scope]);
        own.chain(self.around(scope)).flat_map(|scope| scope.names.values()).map(|binding| &self.bindings[*binding])
    }

    /// The scope that a definition opened: the one that covers exactly its body's definition.
    pub fn of_definition(&self, definition: &Bytes) -> Option<usize> {
        self.scopes.iter().position(|scope| scope.range == *definition)
    }

    /// The binding or use at a byte: its place, and what it means.
    pub fn name_at(&self, byte: usize) -> Option<(Bytes, Option<usize>)> {
        let touches = |range: &Bytes| range.start <= byte && byte <= range.end;
        let bound = self.bindings.iter().enumerate().find_map(|(index, binding)| {
            let place = binding.places.iter().find(|place| touches(place))?;
            Some((place.clone(), Some(index)))
        });
        let used = || self.uses.iter().find(|it| touches(&it.range)).map(|it| (it.range.clone(), it.binding));
        bound.or_else(used)
    }
}

struct Walk<'t, 's> {
    source: &'s str,
    found: Scopes,
    tasks: Vec<Task<'t>>,
    /// One for all nodes: to make one costs more than to visit a node.
    cursor: TreeCursor<'t>,
    kinds: &'static [Kind],
}

/// What the nodes are that mean something here; all others are merely gone through.
#[derive(Clone, Copy)]
enum Kind {
    Inside,
    Nothing,
    Name,
    Attribute,
    Keyword,
    Assignment,
    Walrus,
    As,
    Case,
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
        "keyword_argument" => Kind::Keyword,
        "assignment" | "augmented_assignment" | "for_statement" | "for_in_clause" => Kind::Assignment,
        "named_expression" => Kind::Walrus,
        "as_pattern" => Kind::As,
        "case_clause" => Kind::Case,
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
        let scope = Scope { kind, parent, range: node.byte_range(), names: HashMap::new(), elsewhere: HashMap::new() };
        self.found.scopes.push(scope);
        self.found.scopes.len() - 1
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
        let name = self.text(node).to_owned();
        let scope = match self.found.scopes[scope].elsewhere.get(&name) {
            Some(Elsewhere::Global) => 0,
            Some(Elsewhere::Nonlocal) => {
                // What the enclosing function binds; its own binding has the place already.
                let outer = self.found.resolve(&name, scope);
                if let Some(binding) = outer {
                    self.found.bindings[binding].places.push(node.byte_range());
                }
                return;
            }
            None => scope,
        };
        let place = node.byte_range();
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
            Kind::Name => self.found.uses.push(Use { range: node.byte_range(), scope, binding: None }),
            Kind::Attribute => self.visit_all(node.child_by_field_name("object"), scope),
            Kind::Keyword => self.visit_all(node.child_by_field_name("value"), scope),
            Kind::Assignment => self.assignment(node, scope),
            Kind::Walrus => self.named_expression(node, scope),
            Kind::As => self.as_pattern(node, scope),
            Kind::Case => self.case(node, scope),
            Kind::Function => self.function(node, scope),
            Kind::Class => self.class(node, scope),
            Kind::Comprehension => self.comprehension(node, scope),
            Kind::Import => self.import(node, scope),
            Kind::ImportFrom => self.import_from(node, scope),
            Kind::Global => self.declare(node, scope, Elsewhere::Global),
            Kind::Nonlocal => self.declare(node, scope, Elsewhere::Nonlocal),
            Kind::TypeAlias => self.type_alias(node, scope),
        }
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
            tasks.extend(left.map(|left| Task::Visit(left, scope)));
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
            "attribute" | "subscript" => self.visit(node, scope),
            _ => self.push(children(node).into_iter().map(|child| Task::Bind(child, scope))),
        }
    }

    fn function(&mut self, node: Node<'t>, scope: usize) {
        if let Some(name) = node.child_by_field_name("name") {
            self.bind(name, scope, BindingKind::Function(node.byte_range()));
        }
        let inner = self.scope(ScopeKind::Function, Some(scope), node);
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
            self.bind(name, scope, BindingKind::Class(node.byte_range()));
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

    fn import(&mut self, node: Node<'t>, scope: usize) {
        let mut cursor = node.walk();
        let names: Vec<_> = node.children_by_field_name("name", &mut cursor).collect();
        for name in names {
            match (name.child_by_field_name("name"), name.child_by_field_name("alias")) {
                (Some(module), Some(alias)) => {
                    let module = self.text(module).to_owned();
                    self.bind(alias, scope, BindingKind::Module(module));
                }
                _ => {
                    let Some(first) = name.named_child(0) else { continue };
                    let module = self.text(first).to_owned();
                    self.bind(first, scope, BindingKind::Module(module));
                }
            }
        }
    }

    fn import_from(&mut self, node: Node<'t>, scope: usize) {
        let module = node.child_by_field_name("module_name").map(|module| self.text(module).to_owned()).unwrap_or_default();
        if children(node).iter().any(|child| child.kind() == "wildcard_import") {
            self.found.star_imports.push(module.clone());
        }
        let mut cursor = node.walk();
        let names: Vec<_> = node.children_by_field_name("name", &mut cursor).collect();
        for name in names {
            let member = name.child_by_field_name("name").unwrap_or(name);
            let bound = name.child_by_field_name("alias").unwrap_or(name);
            let kind = BindingKind::Member { module: module.clone(), member: self.text(member).to_owned() };
            self.bind(bound, scope, kind);
        }
    }

    fn declare(&mut self, node: Node<'t>, scope: usize, elsewhere: Elsewhere) {
        for name in children(node) {
            let text = self.text(name).to_owned();
            self.found.scopes[scope].elsewhere.insert(text, elsewhere);
            self.found.uses.push(Use { range: name.byte_range(), scope, binding: None });
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    /// Each use as `name@line → line of its first binding`, `?` where it has none.
    fn uses(source: &str) -> String {
        let text = Text::new(source.into());
        let found = scopes(text.root(), source);
        let line = |byte: usize| source[..byte].matches('\n').count() + 1;
        let mut lines: Vec<_> = found.uses.iter().collect();
        lines.sort_by_key(|it| it.range.start);
        let shown = lines.iter().map(|it| {
            let to = it.binding.map_or("?".into(), |binding| line(found.bindings[binding].places[0].start).to_string());
            format!("{}@{}→{to}", &source[it.range.clone()], line(it.range.start))
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn functions_see_enclosing_functions_and_the_module_but_no_class() {
        let source = "x = 1\nclass C:\n    x = 2\n    y = x\n    def f(self):\n        return x\ndef g():\n    x = 3\n    def h():\n        return x\n    return h\n";
        assert_eq!(uses(source), "x@4→3 x@6→1 x@10→8 h@11→9");
    }

    #[test]
    fn global_and_nonlocal() {
        let source = "n = 0\ndef f():\n    global n\n    n = 1\n    m = 2\n    def g():\n        nonlocal m\n        m = n\n    return g\n";
        assert_eq!(uses(source), "n@3→1 m@7→5 n@8→1 g@9→6");
    }

    #[test]
    fn comprehensions_and_the_walrus() {
        assert_eq!(uses("a = [b for b in range(3) if (c := b)]\nb\nc\n"), "b@1→1 range@1→? b@1→1 b@2→? c@3→1");
    }

    #[test]
    fn parameters_defaults_and_annotations() {
        let source = "d = 1\ndef f(a, b=d, *args, c: int = 2, **kw) -> str:\n    return a, b, args, c, kw\nlambda p: p\n";
        assert_eq!(uses(source), "d@2→1 int@2→? str@2→? a@3→2 b@3→2 args@3→2 c@3→2 kw@3→2 p@4→4");
    }

    #[test]
    fn targets_of_statements() {
        let source = "import a.b, c as d\nfrom e import f as g\nfor i, (j, *k) in []: pass\nwith open() as h: pass\ntry: pass\nexcept E as l: l\nx.y = z[0] = 1\n(a, d, g, i, j, k, h)\n";
        assert_eq!(uses(source), "open@4→? E@6→? l@6→6 x@7→? z@7→? a@8→1 d@8→1 g@8→2 i@8→3 j@8→3 k@8→3 h@8→4");
    }

    #[test]
    fn patterns_capture_names_and_read_classes() {
        let source = "match q:\n    case Point(x=a, y=0): a\n    case [b, *c]: b, c\n    case {'k': d, **e}: d, e\n    case m.N | 3 as f: f\n    case _: pass\n";
        assert_eq!(uses(source), "q@1→? Point@2→? a@2→2 b@3→3 c@3→3 d@4→4 e@4→4 m@5→? f@5→5");
    }

    #[test]
    fn deep_nesting_does_not_overflow() {
        let source = "(".repeat(20_000);
        scopes(Text::new(source.clone()).root(), &source);
    }
}
