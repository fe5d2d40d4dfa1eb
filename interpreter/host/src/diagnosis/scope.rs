//! Whose names are whose: what CPython's table of symbols complains of. What else a tree means wrongly is in `meaning`.

use super::machine::{Machine, Node};
use super::{Message, meaning};
use interpreter::compile::diagnosis::Mistake as Kind;
use std::collections::HashMap;

/// What is wrong with a text that can be read.
pub fn message(machine: &Machine, nodes: &[usize]) -> Option<Message> {
    meaning::literals(machine).or_else(|| meaning::future(machine, nodes)).or_else(|| {
        let mut table = Table { machine, scopes: vec![Scope::new("Module", None)], now: 0 };
        let found = nodes.iter().try_for_each(|node| table.visit(*node)).and_then(|()| table.resolve());
        found.err().or_else(|| meaning::message(machine, nodes))
    })
}

const PARAMETER: u8 = 1;
const GLOBAL: u8 = 2;
const NONLOCAL: u8 = 4;
const ASSIGNED: u8 = 8;
const USED: u8 = 16;
const ANNOTATED: u8 = 32;
/// A comprehension's own variable.
const ITERATED: u8 = 64;

struct Scope<'t> {
    kind: &'static str,
    parent: Option<usize>,
    names: HashMap<&'t str, u8>,
    /// `global` and `nonlocal` statements with their names.
    declared: Vec<(&'t str, usize)>,
    /// Whether the iterable of a comprehension is being read.
    in_iterable: bool,
}

impl Scope<'_> {
    fn new(kind: &'static str, parent: Option<usize>) -> Self {
        Scope { kind, parent, names: HashMap::new(), declared: Vec::new(), in_iterable: false }
    }

    fn is_comprehension(&self) -> bool {
        name_of(self.kind).is_some()
    }
}

/// What CPython calls a comprehension.
fn name_of(kind: &str) -> Option<&'static str> {
    match kind {
        "ListComprehension" => Some("list comprehension"),
        "SetComprehension" => Some("set comprehension"),
        "DictComprehension" => Some("dict comprehension"),
        "Generator" => Some("generator expression"),
        _ => None,
    }
}

/// What CPython calls a place of types, in which nothing waits and nothing is assigned.
fn place_of_types(kind: &str) -> Option<&'static str> {
    match kind {
        "TypeVarBound" => Some("a TypeVar bound"),
        "TypeVarConstraint" => Some("a TypeVar constraint"),
        "TypeVarDefault" => Some("a TypeVar default"),
        "TypeVarTupleDefault" => Some("a TypeVarTuple default"),
        "ParamSpecDefault" => Some("a ParamSpec default"),
        "TypeAlias" => Some("a type alias"),
        "Generic" => Some("the definition of a generic"),
        _ => None,
    }
}

struct Table<'m, 't> {
    machine: &'m Machine<'t>,
    scopes: Vec<Scope<'t>>,
    now: usize,
}

impl<'t> Table<'_, 't> {
    fn node(&self, node: usize) -> &Node {
        &self.machine.nodes[node]
    }

    fn wrong(&self, node: usize, text: String) -> Message {
        let node = self.node(node);
        Message { kind: Kind::Syntax, text, span: self.machine.span(node.first, node.end), ends_line: true }
    }

    fn wrong_at(&self, token: usize, text: String) -> Message {
        Message { kind: Kind::Syntax, text, span: self.machine.span(token, token + 1), ends_line: true }
    }

    fn flags(&self, name: &str) -> u8 {
        self.scopes[self.now].names.get(name).copied().unwrap_or(0)
    }

    fn add(&mut self, token: usize, flags: u8) {
        let name = self.machine.text_of(token);
        *self.scopes[self.now].names.entry(name).or_insert(0) |= flags;
    }

    fn visit_all(&mut self, nodes: &[usize]) -> Result<(), Message> {
        nodes.iter().try_for_each(|node| self.visit(*node))
    }

    /// Reads `nodes` in a scope of their own.
    fn within(&mut self, kind: &'static str, nodes: &[usize]) -> Result<(), Message> {
        let outer = self.now;
        self.open(kind);
        self.visit_all(nodes)?;
        self.now = outer;
        Ok(())
    }

    fn open(&mut self, kind: &'static str) {
        let outer = self.now;
        self.scopes.push(Scope { in_iterable: self.scopes[outer].in_iterable, ..Scope::new(kind, Some(outer)) });
        self.now = self.scopes.len() - 1;
    }

    /// Opens the scope of a definition's type parameters, if it has any. Whoever calls closes it.
    fn open_generic(&mut self, children: &[usize]) -> Result<(), Message> {
        let Some(list) = children.iter().find(|child| self.node(**child).kind == "TypeParameters") else { return Ok(()) };
        self.open("Generic");
        let mut has_default = false;
        for parameter in self.node(*list).children.clone() {
            let Node { first, ref children, .. } = self.machine.nodes[parameter];
            let name = if matches!(self.machine.text_of(first), "*" | "**") { first + 1 } else { first };
            let text = self.machine.text_of(name);
            if self.flags(text) & ASSIGNED != 0 {
                return Err(self.wrong(parameter, format!("duplicate type parameter '{text}'")));
            }
            self.add(name, ASSIGNED);
            let defaults = children.iter().any(|child| self.node(*child).kind.ends_with("Default"));
            if has_default && !defaults {
                return Err(self.wrong(parameter, format!("non-default type parameter '{text}' follows default type parameter")));
            }
            has_default |= defaults;
            self.visit_all(children)?;
        }
        Ok(())
    }

    /// Nothing waits and nothing is assigned where types are told.
    fn check_types(&self, node: usize, what: &str) -> Result<(), Message> {
        match place_of_types(self.scopes[self.now].kind) {
            Some(place) => Err(self.wrong(node, format!("{what} expression cannot be used within {place}"))),
            None => Ok(()),
        }
    }

    fn visit(&mut self, node: usize) -> Result<(), Message> {
        let Node { kind, first, end, ref children } = self.machine.nodes[node];
        let children = children.clone();
        match kind {
            "Name" => self.add(first, USED),
            "Target" | "Capture" => self.add(first, ASSIGNED),
            "Alias" => self.add(end - 1, ASSIGNED),
            "ImportStar" if self.scopes[self.now].kind != "Module" => {
                return Err(self.wrong(node, "import * only allowed at module level".into()));
            }
            "Import" => self.imported(first, end),
            "Parameter" => {
                let name = self.machine.text_of(first);
                if self.flags(name) & PARAMETER != 0 {
                    return Err(self.wrong(node, format!("duplicate argument '{name}' in function definition")));
                }
                self.add(first, PARAMETER);
            }
            "Global" | "Nonlocal" => return self.declare(node),
            "AnnAssign" => self.annotate(node)?,
            "AugAssign" => {
                // Its name counts as assigned alone.
                return self.visit_all(&children);
            }
            "Def" | "AsyncDef" | "Lambda" => return self.function(node),
            "Class" => {
                self.add(first + 1, ASSIGNED);
                let is_list = |child: &usize| self.node(*child).kind == "TypeParameters";
                let (body, bases): (Vec<usize>, Vec<usize>) =
                    children.iter().filter(|child| !is_list(child)).partition(|child| self.node(**child).kind == "Body");
                let outer = self.now;
                self.open_generic(&children)?;
                self.visit_all(&bases)?;
                self.within("Class", &body)?;
                self.now = outer;
                return Ok(());
            }
            "TypeAlias" => {
                self.add(first + 1, ASSIGNED);
                let outer = self.now;
                self.open_generic(&children)?;
                self.within(kind, &children[children.len() - 1..])?;
                self.now = outer;
                return Ok(());
            }
            "TypeVarBound" | "TypeVarConstraint" | "TypeVarDefault" | "TypeVarTupleDefault" | "ParamSpecDefault" => {
                return self.within(kind, &children);
            }
            "Except" => {
                let name = (first..end).take_while(|at| self.machine.text_of(*at) != ":").last();
                self.visit_all(&children[..1])?;
                if let Some(name) = name.filter(|at| self.machine.text_of(at - 1) == "as") {
                    self.add(name, ASSIGNED);
                }
                return self.visit_all(&children[1..]);
            }
            "ListComprehension" | "SetComprehension" | "DictComprehension" | "Generator" => return self.comprehension(node),
            "Await" => self.check_types(node, "await")?,
            "Yield" | "YieldFrom" => {
                self.check_types(node, "yield")?;
                if let Some(name) = name_of(self.scopes[self.now].kind) {
                    return Err(self.wrong(node, format!("'yield' inside {name}")));
                }
            }
            "Named" => {
                self.check_types(node, "named")?;
                self.visit_all(&children)?;
                return self.assign_in_expression(node);
            }
            _ => {}
        }
        self.visit_all(&children)
    }

    fn imported(&mut self, first: usize, end: usize) {
        let mut at = first + 1;
        while at < end {
            let next = (at..end).find(|at| self.machine.text_of(*at) == ",").unwrap_or(end);
            let is_renamed = next >= at + 2 && self.machine.text_of(next - 2) == "as";
            self.add(if is_renamed { next - 1 } else { at }, ASSIGNED);
            at = next + 1;
        }
    }

    fn declare(&mut self, node: usize) -> Result<(), Message> {
        let (word, flag) = if self.node(node).kind == "Global" { ("global", GLOBAL) } else { ("nonlocal", NONLOCAL) };
        if flag == NONLOCAL && self.now == 0 {
            return Err(self.wrong(node, "nonlocal declaration not allowed at module level".into()));
        }
        let (first, end) = (self.node(node).first, self.node(node).end);
        for token in (first + 1..end).step_by(2) {
            let name = self.machine.text_of(token);
            let before = match self.flags(name) {
                flags if flags & PARAMETER != 0 => format!("name '{name}' is parameter and {word}"),
                flags if flags & USED != 0 => format!("name '{name}' is used prior to {word} declaration"),
                flags if flags & ANNOTATED != 0 => format!("annotated name '{name}' can't be {word}"),
                flags if flags & ASSIGNED != 0 => format!("name '{name}' is assigned to before {word} declaration"),
                _ => String::new(),
            };
            if !before.is_empty() {
                return Err(self.wrong(node, before));
            }
            self.add(token, flag);
            self.scopes[self.now].declared.push((name, node));
        }
        Ok(())
    }

    fn annotate(&mut self, node: usize) -> Result<(), Message> {
        let first = self.node(node).first;
        if self.machine.text_of(first + 1) != ":" {
            return Ok(());
        }
        let name = self.machine.text_of(first);
        let declared = match self.flags(name) {
            flags if flags & GLOBAL != 0 && self.now > 0 => Some("global"),
            flags if flags & NONLOCAL != 0 => Some("nonlocal"),
            _ => None,
        };
        if let Some(word) = declared {
            return Err(self.wrong(node, format!("annotated name '{name}' can't be {word}")));
        }
        self.add(first, ASSIGNED | ANNOTATED);
        Ok(())
    }

    fn function(&mut self, node: usize) -> Result<(), Message> {
        let Node { kind, first, ref children, .. } = self.machine.nodes[node];
        if kind != "Lambda" {
            self.add(if kind == "Def" { first + 1 } else { first + 2 }, ASSIGNED);
        }
        let (mut inner, mut outer) = (Vec::new(), Vec::new());
        for child in children {
            match self.node(*child).kind {
                "Parameters" => self.parameters(*child, &mut inner, &mut outer),
                "Body" => inner.push(*child),
                "TypeParameters" => {}
                _ => outer.push(*child),
            }
        }
        let around = self.now;
        let is_type = |child: &usize| self.node(*child).kind == "Annotation";
        let returns: Vec<usize> = outer.iter().copied().filter(is_type).collect();
        let parameters = inner.iter().flat_map(|child| match self.node(*child).kind {
            "Parameter" => self.node(*child).children.clone(),
            _ => Vec::new(),
        });
        let annotations: Vec<usize> = parameters.chain(returns).collect();
        outer.retain(|child| !is_type(child));
        self.visit_all(&outer)?;
        self.open_generic(children)?;
        self.visit_all(&annotations)?;
        // Those with a star come behind all others, as in CPython's table.
        let is_starred = |node: &usize| {
            let first = self.node(*node).first;
            self.node(*node).kind == "Parameter" && first > 0 && matches!(self.machine.text_of(first - 1), "*" | "**")
        };
        inner.sort_by_key(|node| (self.node(*node).kind != "Parameter", is_starred(node)));
        self.within("Function", &inner)?;
        self.now = around;
        Ok(())
    }

    /// Parameters belong inside; what is evaluated around the function does not.
    fn parameters(&self, node: usize, inner: &mut Vec<usize>, outer: &mut Vec<usize>) {
        for child in &self.node(node).children {
            match self.node(*child).kind {
                "Parameter" => {
                    inner.push(*child);
                }
                "Parameters" => self.parameters(*child, inner, outer),
                _ => outer.push(*child),
            }
        }
    }

    fn comprehension(&mut self, node: usize) -> Result<(), Message> {
        let Node { kind, ref children, .. } = self.machine.nodes[node];
        let is_clause = |child: &&usize| matches!(self.node(**child).kind, "Clause" | "AsyncClause");
        let (clauses, values): (Vec<usize>, Vec<usize>) = children.iter().partition(|child| is_clause(child));
        let mut outermost = true;
        let outer = self.now;
        self.scopes.push(Scope::new(kind, Some(outer)));
        let inner = self.scopes.len() - 1;
        for clause in clauses {
            let parts = self.node(clause).children.clone();
            if outermost {
                self.scopes[outer].in_iterable |= true;
                self.visit_all(&parts[1..2])?;
                self.scopes[outer].in_iterable = false;
            }
            self.now = inner;
            self.iterate(parts[0])?;
            if !outermost {
                self.scopes[inner].in_iterable = true;
                self.visit_all(&parts[1..2])?;
                self.scopes[inner].in_iterable = false;
            }
            self.visit_all(&parts[2..])?;
            outermost = false;
        }
        self.visit_all(&values)?;
        self.now = outer;
        Ok(())
    }

    /// A comprehension's target.
    fn iterate(&mut self, target: usize) -> Result<(), Message> {
        let Node { kind, first, ref children, .. } = self.machine.nodes[target];
        if kind != "Target" {
            return children.clone().iter().try_for_each(|child| self.iterate(*child));
        }
        let name = self.machine.text_of(first);
        if self.flags(name) & (GLOBAL | NONLOCAL) != 0 {
            return Err(
                self.wrong(target, format!("comprehension inner loop cannot rebind assignment expression target '{name}'"))
            );
        }
        self.add(first, ASSIGNED | ITERATED);
        Ok(())
    }

    fn assign_in_expression(&mut self, node: usize) -> Result<(), Message> {
        let first = self.node(node).first;
        let name = self.machine.text_of(first);
        let here = self.now;
        if self.scopes[here].in_iterable {
            return Err(self.wrong(node, "assignment expression cannot be used in a comprehension iterable expression".into()));
        }
        let mut scope = here;
        while self.scopes[scope].is_comprehension() {
            let flags = self.scopes[scope].names.get(name).copied().unwrap_or(0);
            if flags & ITERATED != 0 {
                return Err(self
                    .wrong_at(first, format!("assignment expression cannot rebind comprehension iteration variable '{name}'")));
            }
            *self.scopes[scope].names.entry(name).or_insert(0) |= NONLOCAL;
            scope = self.scopes[scope].parent.expect("a comprehension is in something");
        }
        let place = place_of_types(self.scopes[scope].kind).filter(|_| scope != here);
        if let Some(place) = place {
            let word = if self.scopes[scope].kind == "Generic" { "within" } else { "in" };
            let text = format!("assignment expression within a comprehension cannot be used {word} {place}");
            return Err(self.wrong_at(first, text));
        }
        if scope != here && self.scopes[scope].kind == "Class" {
            return Err(
                self.wrong_at(first, "assignment expression within a comprehension cannot be used in a class body".into())
            );
        }
        *self.scopes[scope].names.entry(name).or_insert(0) |= ASSIGNED;
        Ok(())
    }

    /// Whether what was declared is there.
    fn resolve(&self) -> Result<(), Message> {
        for scope in &self.scopes {
            for (name, node) in &scope.declared {
                let flags = scope.names[name];
                if flags & GLOBAL != 0 && flags & NONLOCAL != 0 {
                    return Err(self.wrong(*node, format!("name '{name}' is nonlocal and global")));
                }
                if self.node(*node).kind == "Nonlocal" && self.is_type_parameter(scope.parent, name) {
                    return Err(self.wrong(*node, format!("nonlocal binding not allowed for type parameter '{name}'")));
                }
                if self.node(*node).kind == "Nonlocal" && !self.is_bound(scope.parent, name) {
                    return Err(self.wrong(*node, format!("no binding for nonlocal '{}' found", self.mangled(scope, name))));
                }
            }
        }
        Ok(())
    }

    /// Whether the innermost function or definition that has such a name has it as a type parameter.
    fn is_type_parameter(&self, mut scope: Option<usize>, name: &str) -> bool {
        while let Some(at) = scope {
            let around = &self.scopes[at];
            let is_own = around.names.get(name).is_some_and(|flags| flags & (ASSIGNED | PARAMETER) != 0);
            match around.kind {
                "Generic" if is_own => return true,
                "Function" if is_own => return false,
                _ => scope = around.parent,
            }
        }
        false
    }

    fn is_bound(&self, mut scope: Option<usize>, name: &str) -> bool {
        while let Some(at) = scope.filter(|at| *at > 0) {
            let around = &self.scopes[at];
            let flags = around.names.get(name).copied().unwrap_or(0);
            if around.kind == "Function" && flags & (ASSIGNED | PARAMETER) != 0 && flags & GLOBAL == 0 {
                return true;
            }
            scope = around.parent;
        }
        false
    }

    fn mangled(&self, scope: &Scope, name: &str) -> String {
        let mut around = scope.parent;
        while let Some(at) = around {
            if self.scopes[at].kind == "Class" && name.starts_with("__") && !name.ends_with("__") {
                let class = self
                    .machine
                    .nodes
                    .iter()
                    .find(|node| node.kind == "Class")
                    .map_or("", |node| self.machine.text_of(node.first + 1));
                return format!("_{}{name}", class.trim_start_matches('_'));
            }
            around = self.scopes[at].parent;
        }
        name.into()
    }
}
