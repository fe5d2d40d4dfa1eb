//! What is wrong with a text: what the board would refuse, and what would fail once it runs.

use crate::library::plain;
use crate::meaning::{File, Shape, World};
use crate::scope::{BindingKind, Bytes, ScopeKind, children};
use crate::syntax::SyntaxError;
use serde::Serialize;
use std::sync::Arc;
use tree_sitter::Node;
use ts_rs::TS;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Severity {
    /// Keeps the text from running.
    Error,
    /// Will fail when it is reached.
    Warning,
    /// Does no harm.
    Hint,
}

/// One finding.
pub struct Finding {
    /// Where.
    pub range: Bytes,
    /// How bad it is.
    pub severity: Severity,
    /// What it is.
    pub message: String,
}

/// The findings of a text whose syntax error, if it has one, is `syntax`.
///
/// Beside a syntax error there is nothing else: what stands around it may mean something else once it is repaired.
pub fn findings(world: &World, file: &Arc<File>, syntax: Option<SyntaxError>) -> Vec<Finding> {
    if let Some(error) = syntax {
        return vec![Finding { range: place(file, &error), severity: Severity::Error, message: error.message }];
    }
    let mut found = unknown_names(world, file);
    found.extend(unused_imports(file));
    found.extend(unknown_members(world, file));
    found.sort_by_key(|finding| finding.range.start);
    found
}

/// The word, or the one character, at an error's line and column.
fn place(file: &File, error: &SyntaxError) -> Bytes {
    let line = file.text.line(error.line);
    let text = file.text.of(line.clone());
    let from = text.char_indices().nth(error.column.saturating_sub(1)).map_or(text.len(), |(at, _)| at);
    let word = text[from..].find(|character| !crate::ask::is_word(character)).unwrap_or(text.len() - from);
    let length = word.max(text[from..].chars().next().map_or(0, char::len_utf8));
    line.start + from..line.start + from + length
}

/// Names that nothing binds. A text with `import *` may bind any.
fn unknown_names(world: &World, file: &File) -> Vec<Finding> {
    if !file.scopes.star_imports.is_empty() {
        return Vec::new();
    }
    let known = |name: &str| {
        let of_modules = ["__name__", "__file__", "__doc__", "__path__", "__builtins__", "__annotations__"];
        of_modules.contains(&name) || plain(world.library.builtins()).any(|row| row.0 == name)
    };
    let in_class = |scope: usize| matches!(file.scopes.scopes[scope].kind, ScopeKind::Class);
    let unknown = file.scopes.uses.iter().filter(|it| it.binding.is_none());
    let unknown = unknown.map(|it| (it, file.text.of(it.range.clone()))).filter(|(it, name)| {
        !(known(name) || in_class(it.scope) && ["__module__", "__qualname__"].contains(name) || *name == "__class__")
    });
    unknown
        .map(|(it, name)| Finding {
            range: it.range.clone(),
            severity: Severity::Warning,
            message: format!("the name '{name}' is defined nowhere"),
        })
        .collect()
}

/// Imports whose name is never read. A name in quotes in `__all__` counts as read, and so does one that is imported as itself.
fn unused_imports(file: &File) -> Vec<Finding> {
    let source = file.text.source();
    let exported = |name: &str| {
        source.contains("__all__") && (source.contains(&format!("\"{name}\"")) || source.contains(&format!("'{name}'")))
    };
    let used: std::collections::HashSet<usize> = file.scopes.uses.iter().filter_map(|it| it.binding).collect();
    let bindings = file.scopes.bindings.iter().enumerate();
    let unused = bindings.filter(|(index, binding)| {
        let is_import = matches!(binding.kind, BindingKind::Module(_) | BindingKind::Member { .. });
        // A place that is bound again is an import with a fallback.
        let is_only = binding.places.len() == 1;
        let as_itself = matches!(&binding.kind, BindingKind::Member { member, .. } if *member == binding.name)
            && source[..binding.places[0].start].ends_with(" as ");
        is_import && is_only && !used.contains(index) && !as_itself && !exported(&binding.name)
    });
    unused
        .map(|(_, binding)| Finding {
            range: binding.places[0].clone(),
            severity: Severity::Hint,
            message: format!("'{}' is imported and not used", binding.name),
        })
        .collect()
}

/// `module.name` and `from module import name` where the whole module is known and has no such name.
fn unknown_members(world: &World, file: &Arc<File>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut waiting = vec![file.text.root()];
    while let Some(node) = waiting.pop() {
        waiting.extend(children(node).into_iter().rev());
        found.extend(match node.kind() {
            "attribute" => attribute(world, file, node).into_iter().collect::<Vec<_>>(),
            "import_from_statement" => imported(world, file, node),
            _ => Vec::new(),
        });
    }
    found
}

fn attribute(world: &World, file: &Arc<File>, node: Node) -> Option<Finding> {
    let object = node.child_by_field_name("object").filter(|object| object.kind() == "identifier")?;
    let scope = file.scopes.at(object.start_byte());
    let binding = &file.scopes.bindings[file.scopes.resolve(file.text.of(object.byte_range()), scope)?];
    let BindingKind::Module(module) = &binding.kind else { return None };
    // What is assigned to is added; what is bound twice may be something else.
    let is_target = node.parent().is_some_and(|parent| parent.child_by_field_name("left") == Some(node));
    let name = node.child_by_field_name("attribute")?;
    if is_target || binding.places.len() > 1 {
        return None;
    }
    missing(world, module, file, name)
}

fn imported(world: &World, file: &File, node: Node) -> Vec<Finding> {
    let Some(module) = node.child_by_field_name("module_name") else { return Vec::new() };
    let module = file.text.of(module.byte_range());
    let mut cursor = node.walk();
    let names = node.children_by_field_name("name", &mut cursor);
    let names = names.map(|name| name.child_by_field_name("name").unwrap_or(name));
    names.filter_map(|name| missing(world, module, file, name)).collect()
}

/// A finding if the module is a table that is all of it, and has no such name.
fn missing(world: &World, module: &str, file: &File, name: Node) -> Option<Finding> {
    let text = file.text.of(name.byte_range());
    let Shape::Table(_) = world.module(module)? else { return None };
    let mut tables = world.library.module(module).peekable();
    tables.peek()?;
    let mut is_whole = true;
    let has = tables.any(|table| {
        is_whole &= table.is_whole;
        plain(table.rows).any(|row| row.0 == text)
    });
    let is_special = text.starts_with("__");
    (!has && is_whole && !is_special).then(|| Finding {
        range: name.byte_range(),
        severity: Severity::Warning,
        message: format!("the module '{module}' has no '{text}'"),
    })
}
