//! What an expression means, as far as reading can tell: a module, a class, an instance, a function.
//!
//! It follows imports into the library and into project files, names to their first binding, and calls of classes to instances. What it
//! cannot tell it does not guess: the answer is nothing, and an editor that offers nothing is better than one that lies.

use crate::library::{Library, Rows, VIPER, plain};
use crate::piece::{Bytes, ScopeKind, children};
use crate::scope::{Binding, BindingId, BindingKind, ScopeId, Scopes};
use crate::text::{Change, Text};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use tree_sitter::Node;

/// A text with its scopes.
pub struct File {
    /// Where it lies; nothing for one that was never saved, and for what the interpreter brings along.
    pub path: Option<PathBuf>,
    /// The text.
    pub text: Text,
    /// Its scopes, once somebody has asked.
    scopes: OnceLock<Scopes>,
    /// The scopes that it had before it was edited.
    before: Option<Scopes>,
    /// Modules whose names it has as well when they are asked for, as if it imported them by `*`.
    package: Vec<String>,
}

impl File {
    /// A text, and the modules of the package that it is, if it loads them when they are asked for.
    pub fn new(path: Option<PathBuf>, text: Text, package: Vec<String>) -> File {
        File { path, text, scopes: OnceLock::new(), before: None, package }
    }

    /// Changes the text; answers whether the changes fit it.
    #[must_use]
    pub fn edit(&mut self, changes: &[Change]) -> bool {
        self.before = self.scopes.take().or(self.before.take());
        self.text.edit(changes)
    }

    /// Its scopes.
    pub fn scopes(&self) -> &Scopes {
        self.scopes.get_or_init(|| Scopes::new(&self.text, self.before.as_ref()))
    }

    /// Modules whose names it has as well.
    fn parts(&self) -> impl Iterator<Item = &str> {
        self.package.iter().map(String::as_str).chain(self.scopes().stars().map(|module| &**module))
    }

    /// The scope in which one types at a byte. Behind the last line of a block nothing stands yet, so no tree says whether the block goes
    /// on: the indentation does.
    pub fn scope_at(&self, at: usize) -> ScopeId {
        let scopes = self.scopes();
        let inside = scopes.at(at);
        let source = self.text.source();
        let line = source[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let column = source[line..].chars().take_while(|character| *character == ' ' || *character == '\t').count();
        if inside != ScopeId::MODULE || !source[line..at].trim_start().chars().all(crate::ask::is_word) {
            return inside;
        }
        let above = scopes.at(source[..line].trim_end().len());
        let outwards = std::iter::successors(Some(above), |scope| scopes.parent(*scope));
        let begins = |scope: &ScopeId| {
            let start = scopes.range(*scope).start;
            start - source[..start].rfind('\n').map_or(0, |newline| newline + 1)
        };
        let mut inner = outwards.take_while(|scope| *scope != ScopeId::MODULE);
        inner.find(|scope| begins(scope) < column).unwrap_or(ScopeId::MODULE)
    }

    /// The smallest node that covers exactly these bytes.
    fn node(&self, bytes: &Bytes) -> Option<Node<'_>> {
        self.text.root().descendant_for_byte_range(bytes.start, bytes.end)
    }
}

/// What something is.
#[derive(Clone)]
pub enum Shape {
    /// A module of the library.
    Table(String),
    /// A module written in Python.
    Module(Arc<File>),
    /// A class, by its scope.
    Class(Arc<File>, ScopeId),
    /// An object of it.
    Instance(Arc<File>, ScopeId),
    /// A builtin type.
    Type(String),
    /// An object of it.
    Object(String),
    /// A function that is written in Python, by its definition.
    Function(Arc<File>, Bytes),
    /// A function of the library, by the type of what it gives.
    Maker(&'static str),
}

/// A name of something: of a scope, a module, an object.
#[derive(Clone)]
pub struct Member {
    /// The name.
    pub name: String,
    /// What kind of thing it looks like, for its picture in a list.
    pub kind: MemberKind,
    /// Its documentation, if there is any.
    pub documentation: String,
    /// Where it is defined, if that is a text.
    pub definition: Option<(Arc<File>, Bytes)>,
    /// What it is, if that can be told.
    pub shape: Option<Shape>,
}

/// What a name looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberKind {
    /// A module.
    Module,
    /// A class or type.
    Class,
    /// Something that is called.
    Function,
    /// Anything else.
    Variable,
}

/// Where modules come from.
pub struct World<'w> {
    /// The interpreter's own.
    pub library: &'w Library,
    /// A module that is written in Python, by the name it is imported by.
    pub load: &'w dyn Fn(&str) -> Option<Arc<File>>,
    /// Whether members get their documentation: a list of a thousand names needs that of one.
    pub documents: bool,
}

/// The module whose names need no import.
const BUILTINS: &str = "builtins";

/// How many names are followed at most, one to the next: `a = b`, `b = a` has no end.
const PATIENCE: u32 = 16;

impl World<'_> {
    /// A module by its name. A file comes first, as on the board.
    pub fn module(&self, name: &str) -> Option<Shape> {
        let table = || self.library.module(name).next().map(|_| Shape::Table(name.to_owned()));
        (self.load)(name).map(Shape::Module).or_else(table)
    }

    /// What a name means in a scope of a file.
    pub fn name(&self, file: &Arc<File>, name: &str, scope: ScopeId) -> Option<Member> {
        self.name_within(file, name, scope, PATIENCE)
    }

    fn name_within(&self, file: &Arc<File>, name: &str, scope: ScopeId, patience: u32) -> Option<Member> {
        match file.scopes().resolve(name, scope) {
            Some(binding) => Some(self.binding(file, binding, patience)),
            None => {
                let viper = if file.scopes().is_viper(scope) { VIPER } else { &[] };
                row(viper, name).or_else(|| row(self.library.builtins(), name)).map(|row| self.builtin(BUILTINS, row))
            }
        }
    }

    /// What a binding is.
    fn binding(&self, file: &Arc<File>, id: BindingId, patience: u32) -> Member {
        let binding = &file.scopes().binding(id);
        let shape = patience.checked_sub(1).and_then(|patience| self.shape(file, id, binding, patience));
        let imported = match &binding.kind {
            BindingKind::Member { module, member } => {
                patience.checked_sub(1).and_then(|patience| self.member_within(&self.module(module)?, member, patience))
            }
            _ => None,
        };
        if let Some(imported) = imported {
            return Member { name: binding.name.to_string(), ..imported };
        }
        Member {
            name: binding.name.to_string(),
            kind: kind(binding, shape.as_ref()),
            documentation: if self.documents { documentation(file, binding) } else { String::new() },
            definition: Some((file.clone(), binding.place.clone())),
            shape,
        }
    }

    fn shape(&self, file: &Arc<File>, id: BindingId, binding: &Binding, patience: u32) -> Option<Shape> {
        match &binding.kind {
            BindingKind::Module(module) => self.module(module),
            BindingKind::Member { module, member } => match self.member_within(&self.module(module)?, member, patience) {
                Some(found) => found.shape,
                // A module of a package.
                None => self.module(&format!("{module}.{member}")),
            },
            BindingKind::Function(definition) => Some(Shape::Function(file.clone(), definition.clone())),
            BindingKind::Class(definition) => {
                file.scopes().of_definition(definition).map(|scope| Shape::Class(file.clone(), scope))
            }
            BindingKind::Parameter => self.self_of(file, binding).or_else(|| {
                let outer = file.scopes().parent(binding.scope)?;
                self.annotated(file, file.node(&binding.place)?.parent()?, outer, patience)
            }),
            BindingKind::Variable => file.scopes().places(id).find_map(|place| {
                let target = file.node(&place)?;
                let told = self.annotated(file, target.parent()?, binding.scope, patience);
                told.or_else(|| self.expression(file, assigned(target)?, binding.scope, patience))
            }),
        }
    }

    /// The first parameter of a function in a class is an instance of that class.
    fn self_of(&self, file: &Arc<File>, binding: &Binding) -> Option<Shape> {
        let class = file.scopes().parent(binding.scope).filter(|outer| file.scopes().kind(*outer) == ScopeKind::Class)?;
        let parameters = file.node(&binding.place)?.parent()?;
        let is_first = parameters.kind() == "parameters" && parameters.named_child(0)?.byte_range() == binding.place;
        is_first.then(|| Shape::Instance(file.clone(), class))
    }

    /// What an annotation says of the parameter or variable that it stands at.
    fn annotated(&self, file: &Arc<File>, node: Node, scope: ScopeId, patience: u32) -> Option<Shape> {
        self.of_type(file, node.child_by_field_name("type")?, scope, patience)
    }

    /// An object of what an annotation names: `Lamp`, `lamp.Lamp`, `"Lamp"`, `list[Lamp]`, `Lamp | None`.
    fn of_type(&self, file: &Arc<File>, node: Node, scope: ScopeId, patience: u32) -> Option<Shape> {
        let patience = patience.checked_sub(1)?;
        match node.kind() {
            "type" | "generic_type" | "union_type" | "binary_operator" | "subscript" => {
                self.of_type(file, node.named_child(0)?, scope, patience)
            }
            "string" => {
                let text = file.text.of(node.byte_range()).trim_matches(['"', '\'']);
                let name = text.split(['|', '[']).next().unwrap_or(text).trim();
                self.called_within(self.name_within(file, name, scope, patience)?.shape?, patience)
            }
            "identifier" | "attribute" => match self.expression(file, node, scope, patience)? {
                shape @ (Shape::Class(..) | Shape::Type(_)) => self.called_within(shape, patience),
                _ => None,
            },
            _ => None,
        }
    }

    /// What a call of something gives.
    pub fn called(&self, shape: Shape) -> Option<Shape> {
        self.called_within(shape, PATIENCE)
    }

    fn called_within(&self, shape: Shape, patience: u32) -> Option<Shape> {
        match shape {
            Shape::Class(file, scope) => Some(Shape::Instance(file, scope)),
            Shape::Type(name) => Some(Shape::Object(name)),
            Shape::Maker(name) => Some(Shape::Object(name.to_owned())),
            Shape::Function(file, definition) => {
                let node = file.node(&definition)?;
                let scope = file.scopes().parent(file.scopes().of_definition(&definition)?)?;
                self.of_type(&file, node.child_by_field_name("return_type")?, scope, patience.checked_sub(1)?)
            }
            _ => None,
        }
    }

    /// What `super()` is in a scope: an object of the first class that the class around derives from.
    pub fn above(&self, file: &Arc<File>, scope: ScopeId) -> Option<Shape> {
        self.above_within(file, scope, PATIENCE)
    }

    fn above_within(&self, file: &Arc<File>, scope: ScopeId, patience: u32) -> Option<Shape> {
        let mut around = std::iter::successors(Some(scope), |scope| file.scopes().parent(*scope));
        let class = around.find(|scope| file.scopes().kind(*scope) == ScopeKind::Class)?;
        let base = file.node(&file.scopes().range(class))?.child_by_field_name("superclasses")?.named_child(0)?;
        let outer = file.scopes().parent(class)?;
        self.called_within(self.expression(file, base, outer, patience)?, patience)
    }

    fn expression(&self, file: &Arc<File>, node: Node, scope: ScopeId, patience: u32) -> Option<Shape> {
        let patience = patience.checked_sub(1)?;
        let object = |name: &str| Some(Shape::Object(name.to_owned()));
        match node.kind() {
            "identifier" => self.name_within(file, file.text.of(node.byte_range()), scope, patience)?.shape,
            "attribute" => {
                let owner = self.expression(file, node.child_by_field_name("object")?, scope, patience)?;
                let name = file.text.of(node.child_by_field_name("attribute")?.byte_range());
                self.member_within(&owner, name, patience)?.shape
            }
            "call" => {
                let function = node.child_by_field_name("function")?;
                if file.text.of(function.byte_range()) == "super" {
                    return self.above_within(file, scope, patience);
                }
                self.called_within(self.expression(file, function, scope, patience)?, patience)
            }
            "parenthesized_expression" | "await" => self.expression(file, node.named_child(0)?, scope, patience),
            "string" if file.text.of(node.byte_range()).starts_with(['b', 'B']) => object("bytes"),
            "string" | "concatenated_string" => object("str"),
            "integer" => object("int"),
            "float" => object("float"),
            "list" | "list_comprehension" => object("list"),
            "dictionary" | "dictionary_comprehension" => object("dict"),
            "set" | "set_comprehension" => object("set"),
            "tuple" => object("tuple"),
            _ => None,
        }
    }

    /// A name of something.
    pub fn member(&self, shape: &Shape, name: &str) -> Option<Member> {
        self.member_within(shape, name, PATIENCE)
    }

    fn member_within(&self, shape: &Shape, name: &str, patience: u32) -> Option<Member> {
        match shape {
            Shape::Table(module) => {
                self.library.module(module).find_map(|table| Some(self.builtin(table.name, row(table.rows, name)?)))
            }
            Shape::Module(file) => match file.scopes().resolve(name, ScopeId::MODULE) {
                Some(binding) => Some(self.binding(file, binding, patience)),
                None => {
                    let patience = patience.checked_sub(1)?;
                    file.parts().find_map(|part| self.member_within(&self.module(part)?, name, patience))
                }
            },
            Shape::Type(of) | Shape::Object(of) => {
                self.library.methods(of).find(|row| row.0 == name).map(|row| self.builtin(of, row))
            }
            Shape::Class(..) | Shape::Instance(..) => {
                self.members_within(shape, patience).into_iter().find(|member| member.name == name)
            }
            Shape::Function(..) | Shape::Maker(_) => None,
        }
    }

    /// Every name of something; of a class its bases' names as well.
    pub fn members(&self, shape: &Shape) -> Vec<Member> {
        self.members_within(shape, PATIENCE)
    }

    fn members_within(&self, shape: &Shape, patience: u32) -> Vec<Member> {
        match shape {
            Shape::Table(module) => {
                let tables = self.library.module(module);
                tables.flat_map(|table| plain(table.rows).map(move |row| self.builtin(table.name, row))).collect()
            }
            Shape::Module(file) => {
                let parts =
                    patience.checked_sub(1).into_iter().flat_map(|patience| file.parts().map(move |part| (part, patience)));
                let parts = parts.filter_map(|(part, patience)| Some(self.members_within(&self.module(part)?, patience)));
                let all = self.names(file, ScopeId::MODULE, patience).into_iter().chain(parts.flatten());
                // What a module of the library imports for itself is nobody else's.
                all.filter(|member| file.path.is_some() || member.kind != MemberKind::Module).collect()
            }
            Shape::Type(name) | Shape::Object(name) => self.library.methods(name).map(|row| self.builtin(name, row)).collect(),
            Shape::Class(file, scope) => self.class(file, *scope, false, patience),
            Shape::Instance(file, scope) => self.class(file, *scope, true, patience),
            Shape::Function(..) | Shape::Maker(_) => Vec::new(),
        }
    }

    /// The names of one scope.
    fn names(&self, file: &Arc<File>, scope: ScopeId, patience: u32) -> Vec<Member> {
        file.scopes().names(scope).into_iter().map(|binding| self.binding(file, binding, patience)).collect()
    }

    fn class(&self, file: &Arc<File>, scope: ScopeId, is_instance: bool, patience: u32) -> Vec<Member> {
        let Some(patience) = patience.checked_sub(1) else { return Vec::new() };
        let mut members = self.names(file, scope, patience);
        let Some(definition) = file.node(&file.scopes().range(scope)) else { return members };
        if is_instance {
            members.extend(self.attributes(file, definition, patience));
        }
        let bases = definition.child_by_field_name("superclasses");
        for base in bases.into_iter().flat_map(children) {
            let outer = file.scopes().parent(scope).unwrap_or(ScopeId::MODULE);
            match self.expression(file, base, outer, patience) {
                Some(Shape::Class(file, scope)) => members.extend(self.class(&file, scope, is_instance, patience)),
                Some(shape @ Shape::Type(_)) => members.extend(self.members_within(&shape, patience)),
                _ => {}
            }
        }
        let mut seen = std::collections::HashSet::new();
        members.retain(|member| seen.insert(member.name.clone()));
        members
    }

    /// What methods of a class assign to attributes of their first parameter.
    fn attributes(&self, file: &Arc<File>, class: Node, patience: u32) -> Vec<Member> {
        let mut found = Vec::new();
        let mut waiting = vec![class];
        while let Some(node) = waiting.pop() {
            waiting.extend(children(node).into_iter().rev());
            let Some(attribute) = node.child_by_field_name("left").filter(|left| left.kind() == "attribute") else { continue };
            let (Some(owner), Some(name)) = (attribute.child_by_field_name("object"), attribute.child_by_field_name("attribute"))
            else {
                continue;
            };
            let scope = file.scopes().at(attribute.start_byte());
            let is_self = owner.kind() == "identifier"
                && file.scopes().resolve(file.text.of(owner.byte_range()), scope).is_some_and(|binding| {
                    let shape = self.self_of(file, &file.scopes().binding(binding));
                    matches!(shape, Some(Shape::Instance(_, of)) if file.scopes().range(of) == class.byte_range())
                });
            if !is_self {
                continue;
            }
            let value = node.child_by_field_name("right");
            found.push(Member {
                name: file.text.of(name.byte_range()).to_owned(),
                kind: MemberKind::Variable,
                documentation: String::new(),
                definition: Some((file.clone(), name.byte_range())),
                shape: self.annotated(file, node, scope, patience).or_else(|| self.expression(file, value?, scope, patience)),
            });
        }
        found
    }

    /// A row of the library, in the table of a module or a type. One that has methods of its own is a type.
    fn builtin(&self, owner: &str, (name, documentation): (&'static str, &'static str)) -> Member {
        let of_type = self.library.type_of(owner, name);
        let documentation = documentation.trim();
        let kind = match documentation.strip_prefix(name).is_some_and(|rest| rest.starts_with('(')) {
            _ if of_type.is_some() || name.starts_with(char::is_uppercase) && name.chars().any(char::is_lowercase) => {
                MemberKind::Class
            }
            true => MemberKind::Function,
            false => MemberKind::Variable,
        };
        let shape = of_type.map(Shape::Type).or_else(|| self.library.result(owner, name).map(Shape::Maker));
        let documentation = if self.documents { documentation.to_owned() } else { String::new() };
        Member { name: name.to_owned(), kind, documentation, definition: None, shape }
    }

    /// All names that can be used in a scope, inner ones first.
    pub fn visible(&self, file: &Arc<File>, scope: ScopeId) -> Vec<Member> {
        let own = file.scopes().visible(scope).map(|binding| self.binding(file, binding, 2));
        let viper = if file.scopes().is_viper(scope) { VIPER } else { &[] };
        let builtins = plain(viper).chain(plain(self.library.builtins())).map(|row| self.builtin(BUILTINS, row));
        let mut seen = std::collections::HashSet::new();
        own.chain(builtins).filter(|member| seen.insert(member.name.clone())).collect()
    }
}

fn row(rows: Rows, name: &str) -> Option<(&'static str, &'static str)> {
    plain(rows).find(|row| row.0 == name)
}

/// The value that a target gets, where it stands alone on the left.
fn assigned(target: Node) -> Option<Node> {
    let parent = target.parent()?;
    let is_alone = parent.child_by_field_name("left").or_else(|| parent.child_by_field_name("name")) == Some(target);
    match parent.kind() {
        "assignment" if is_alone => parent.child_by_field_name("right"),
        "named_expression" if is_alone => parent.child_by_field_name("value"),
        // `with open(…) as f`: most things that are entered answer themselves.
        "as_pattern_target" => parent.parent()?.named_child(0),
        _ => None,
    }
}

fn kind(binding: &Binding, shape: Option<&Shape>) -> MemberKind {
    match (&binding.kind, shape) {
        (_, Some(Shape::Table(_) | Shape::Module(_))) | (BindingKind::Module(_), _) => MemberKind::Module,
        (_, Some(Shape::Class(..) | Shape::Type(_))) => MemberKind::Class,
        (_, Some(Shape::Function(..) | Shape::Maker(_))) => MemberKind::Function,
        _ => MemberKind::Variable,
    }
}

/// A definition's head and the text that stands first in its body; of a variable, its line.
fn documentation(file: &File, binding: &Binding) -> String {
    match &binding.kind {
        BindingKind::Function(definition) | BindingKind::Class(definition) => head_and_text(file, definition),
        BindingKind::Module(module) => format!("import {module}"),
        _ => String::new(),
    }
}

/// `def name(…) -> …`, and the docstring.
pub fn head_and_text(file: &File, definition: &Bytes) -> String {
    let Some(node) = file.node(definition) else { return String::new() };
    let body = node.child_by_field_name("body");
    let end = body.map_or(node.end_byte(), |body| body.start_byte());
    let head = file.text.of(node.start_byte()..end).split_once(":\n").map_or_else(
        || file.text.of(node.start_byte()..end).trim_end().trim_end_matches(':').to_owned(),
        |(head, _)| head.to_owned(),
    );
    let first = body.and_then(|body| body.named_child(0)).filter(|first| first.kind() == "expression_statement");
    let text = first.and_then(|first| first.named_child(0)).filter(|text| text.kind() == "string");
    let content = text.and_then(|text| children(text).into_iter().find(|part| part.kind() == "string_content"));
    match content {
        Some(content) => format!("{head}\n\n{}", dedent(file.text.of(content.byte_range()))),
        None => head,
    }
}

/// A docstring without the indentation of its source (PEP 257).
fn dedent(text: &str) -> String {
    let indentation = |line: &str| line.len() - line.trim_start().len();
    let common = text.lines().skip(1).filter(|line| !line.trim().is_empty()).map(indentation).min().unwrap_or(0);
    let lines = text.lines().enumerate().map(|(number, line)| match number {
        0 => line.trim(),
        _ => line.get(common..).unwrap_or("").trim_end(),
    });
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}
