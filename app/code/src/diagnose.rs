//! What is wrong with a text: what the board would refuse, and what would fail once it runs.

use crate::library::{VIPER, plain};
use crate::meaning::{File, Shape, World};
use crate::piece::{Bytes, ScopeKind};
use crate::scope::{BindingId, BindingKind, ScopeId};
use crate::syntax::SyntaxError;
use serde::Serialize;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;
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

/// What is wrong: as a text it is English; whoever speaks something else has its kind and what it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase")]
#[allow(missing_docs)]
pub enum Fault {
    /// The board will refuse the text, in these words.
    Syntax { says: String },
    /// Nothing binds the name.
    UnknownName { name: String },
    /// Neither the firmware nor the project has the module. A board may have it, which is not known here.
    UnknownModule { name: String },
    /// An import is never read.
    UnusedImport { name: String },
    /// The module is known as a whole, and has no such name.
    NoMember { module: String, name: String },
    /// A function waits and does not say `async`: a call of it runs nothing.
    PlainAwait,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Syntax { says } => out.write_str(says),
            Fault::UnknownName { name } => write!(out, "the name '{name}' is defined nowhere"),
            Fault::UnknownModule { name } => write!(out, "neither the board nor this project has a module '{name}'"),
            Fault::UnusedImport { name } => write!(out, "'{name}' is imported and not used"),
            Fault::NoMember { module, name } => write!(out, "the module '{module}' has no '{name}'"),
            Fault::PlainAwait => {
                out.write_str("this function waits, and a call of it runs nothing before it is awaited: it wants 'async def'")
            }
        }
    }
}

impl Fault {
    /// How bad it is.
    pub fn severity(&self) -> Severity {
        match self {
            Fault::Syntax { .. } => Severity::Error,
            Fault::UnknownName { .. } | Fault::UnknownModule { .. } | Fault::NoMember { .. } | Fault::PlainAwait => {
                Severity::Warning
            }
            Fault::UnusedImport { .. } => Severity::Hint,
        }
    }
}

/// One finding.
pub struct Finding {
    /// Where.
    pub range: Bytes,
    /// What it is.
    pub fault: Fault,
}

/// The findings of a text whose syntax error, if it has one, is `syntax`.
///
/// Beside a syntax error there is nothing else: what stands around it may mean something else once it is repaired.
pub fn findings(world: &World, file: &Arc<File>, syntax: Option<SyntaxError>) -> Vec<Finding> {
    if let Some(error) = syntax {
        return vec![Finding { range: place(file, &error), fault: Fault::Syntax { says: error.message } }];
    }
    let mut found = unknown_names(world, file);
    found.extend(unknown_modules(world, file));
    found.extend(unused_imports(file));
    found.extend(unknown_members(world, file));
    found.extend(file.scopes().odd_awaits().map(|range| Finding { range, fault: Fault::PlainAwait }));
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
    let scopes = file.scopes();
    if scopes.stars().next().is_some() {
        return Vec::new();
    }
    let of_modules = ["__name__", "__file__", "__doc__", "__path__", "__builtins__", "__annotations__"];
    let known: HashSet<&str> = plain(world.library.builtins()).map(|row| row.0).chain(of_modules).collect();
    let in_class = |scope: ScopeId| scopes.kind(scope) == ScopeKind::Class;
    let unknown = scopes.uses(&file.text).filter(|it| it.binding.is_none());
    let unknown = unknown.map(|it| (file.text.of(it.range.clone()), it)).filter(|(name, it)| {
        let of_viper = || scopes.is_viper(it.scope) && plain(VIPER).any(|row| row.0 == *name);
        let of_class = || in_class(it.scope) && ["__module__", "__qualname__"].contains(name) || *name == "__class__";
        let is_given = it.is_given || of_class() || of_viper();
        !known.contains(name) && !is_given
    });
    unknown.map(|(name, it)| Finding { range: it.range, fault: Fault::UnknownName { name: name.to_owned() } }).collect()
}

/// Imports of what neither the library nor the project has.
fn unknown_modules(world: &World, file: &File) -> Vec<Finding> {
    let named = file.scopes().wanted().map(|range| (file.text.of(range.clone()), range));
    let unknown = named.filter(|(name, _)| world.module(name).is_none() && !world.library.is_module(name));
    unknown.map(|(name, range)| Finding { range, fault: Fault::UnknownModule { name: name.to_owned() } }).collect()
}

/// Imports whose name is never read. A name in quotes in `__all__` counts as read, and so does one that is imported as itself.
fn unused_imports(file: &File) -> Vec<Finding> {
    let source = file.text.source();
    let exported = |name: &str| {
        source.contains("__all__") && (source.contains(&format!("\"{name}\"")) || source.contains(&format!("'{name}'")))
    };
    let scopes = file.scopes();
    let used: HashSet<BindingId> = scopes.uses(&file.text).filter_map(|it| it.binding).collect();
    let unused = scopes.all().filter(|id| !used.contains(id)).map(|id| scopes.binding(id)).filter(|binding| {
        let is_import = matches!(binding.kind, BindingKind::Module(_) | BindingKind::Member { .. });
        let as_itself = matches!(&binding.kind, BindingKind::Member { member, .. } if *member == binding.name)
            && source[..binding.place.start].ends_with(" as ");
        // A name that is bound again is an import with a fallback.
        is_import && binding.is_only && !as_itself && !exported(&binding.name)
    });
    unused.map(|it| Finding { range: it.place, fault: Fault::UnusedImport { name: it.name.to_string() } }).collect()
}

/// `module.name` and `from module import name` where the whole module is known and has no such name.
fn unknown_members(world: &World, file: &Arc<File>) -> Vec<Finding> {
    let scopes = file.scopes();
    let mut lacks = Lacks { world, file, known: HashMap::new() };
    let mut found = Vec::new();
    for (object, scope, name) in scopes.attributes() {
        let Some(id) = scopes.resolve(file.text.of(object), scope) else { continue };
        let binding = scopes.binding(id);
        // What is bound twice may be something else.
        if let (BindingKind::Module(module), true) = (&binding.kind, binding.is_only) {
            found.extend(lacks.finding(module, name));
        }
    }
    for (module, name) in scopes.imported() {
        found.extend(lacks.finding(module, name));
    }
    found
}

/// What modules have not.
struct Lacks<'w> {
    world: &'w World<'w>,
    file: &'w File,
    /// The names of those that were asked about, if a table is all of it.
    known: HashMap<Arc<str>, Option<HashSet<&'w str>>>,
}

impl Lacks<'_> {
    /// A finding if the module is known as a whole, and has no such name.
    fn finding(&mut self, module: &Arc<str>, name: Bytes) -> Option<Finding> {
        let text = self.file.text.of(name.clone());
        let names = self.known.entry(module.clone()).or_insert_with(|| names(self.world, module)).as_ref()?;
        let is_there = text.starts_with("__") || names.contains(text);
        let fault = || Fault::NoMember { module: module.to_string(), name: text.to_owned() };
        (!is_there).then(|| Finding { range: name, fault: fault() })
    }
}

/// The names of a module whose tables are all of it.
fn names<'w>(world: &World<'w>, module: &str) -> Option<HashSet<&'w str>> {
    let Shape::Table(_) = world.module(module)? else { return None };
    let tables: Vec<_> = world.library.module(module).collect();
    let is_whole = !tables.is_empty() && tables.iter().all(|table| table.is_whole);
    is_whole.then(|| tables.iter().flat_map(|table| plain(table.rows)).map(|row| row.0).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Library, Port};
    use crate::text::Text;

    /// What is found in a text that the board takes.
    fn found(source: &str) -> Vec<Finding> {
        let library = Library::new(Port::default());
        let world = World { library: &library, load: &|_| None, documents: false };
        findings(&world, &Arc::new(File::new(None, Text::new(source.to_owned()), Vec::new())), None)
    }

    /// The names that nothing binds in it.
    fn unknown(source: &str) -> Vec<String> {
        let names = found(source).into_iter().filter_map(|finding| match finding.fault {
            Fault::UnknownName { name } => Some(name),
            _ => None,
        });
        names.collect()
    }

    #[test]
    fn a_function_that_waits_wants_async() {
        let places = |source: &str| -> Vec<usize> {
            found(source).into_iter().filter(|it| it.fault == Fault::PlainAwait).map(|it| it.range.start).collect()
        };
        assert_eq!(places("x = 1\ndef f(a):\n    await a\n    return [await b for b in a]\n"), [20, 40]);
        assert_eq!(places("def f(a):\n    return lambda: await a\n"), [29]);
        assert_eq!(places("async def f(a):\n    await a\n    return [await b for b in a]\n"), [0; 0]);
        assert_eq!(
            places("class A:\n    def __await__(self):\n        await self.a\n    async def f(self):\n        await self\n"),
            [0; 0]
        );
    }

    #[test]
    fn what_the_compiler_of_machine_code_knows_is_known() {
        assert_eq!(unknown("@micropython.native\ndef f(a):\n    return b\n"), ["b"]);
        let viper = "@micropython.viper\ndef f(a: ptr8, n: uint) -> int:\n    return [ptr32(a)[i] for i in range(n)]\n";
        assert_eq!(unknown(viper), [""; 0]);
        assert_eq!(unknown("def f(a: ptr8):\n    return a\n"), ["ptr8"]);
        assert_eq!(
            unknown("@micropython.asm_thumb\ndef f(r0):\n    label(loop)\n    sub(r0, r0, 1)\n    bne(loop)\nf(3)\n"),
            [""; 0]
        );
        assert_eq!(unknown("@micropython.other\ndef f():\n    pass\n"), ["micropython"]);
    }
}
