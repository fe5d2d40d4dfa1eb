//! The texts that are open in an editor, and everything that is asked about them.
//!
//! Values in, values out: whoever owns a workspace says when a text changes and how a file is read. Places are UTF-16 units here, as the
//! window counts, and bytes everywhere below.

use crate::ask::{self, is_word};
use crate::diagnose::{self, Fault, Severity};
use crate::format;
use crate::library::{Library, Port};
use crate::meaning::{File, MemberKind, World};
use crate::outline::{self, OutlineItem};
use crate::rename::{self, Refusal, Target};
use crate::syntax::{Checker, SyntaxError};
use crate::text::{Change, Span, Text, units};
use serde::Serialize;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use ts_rs::TS;

/// What lies at a path of the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A file, and its text.
    Text(String),
    /// A folder: modules lie in it, and it need not be one itself.
    Folder,
}

/// Looks at a path of the project; nothing if nothing is there, or no text.
pub type Look = Box<dyn Fn(&Path) -> Option<Found> + Send>;

/// So many folders may be a text's project: its own, and those above.
const LEVELS: usize = 4;

/// Open texts.
pub struct Workspace {
    library: Library,
    /// Started with the first question.
    checker: OnceLock<Checker>,
    documents: HashMap<u32, Arc<File>>,
    look: Look,
    /// Modules written in Python, kept as long as their text is the same.
    modules: RefCell<HashMap<String, Arc<File>>>,
}

/// A name that could stand at a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Completion {
    /// The name.
    pub label: String,
    /// What it looks like.
    pub kind: CompletionKind,
}

/// What a name looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub enum CompletionKind {
    Module,
    Class,
    Function,
    Variable,
}

/// Names for a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Completions {
    /// Where the word begins that they replace.
    pub from: u32,
    /// The names, the likeliest first.
    pub items: Vec<Completion>,
}

/// What stands at a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Hover {
    /// The word.
    pub span: Span,
    /// What it is.
    pub text: String,
}

/// How the call around a place is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Signature {
    /// `name(a, b=1)`.
    pub label: String,
    /// The parameter that is being typed, in units of the label.
    pub active: Option<Span>,
    /// Documentation; may be empty.
    pub documentation: String,
}

/// Where a name is defined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Definition {
    /// The file; nothing for the text that was asked about.
    pub path: Option<String>,
    /// The line, from 1.
    pub line: u32,
}

/// Something that is wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Diagnostic {
    /// Where.
    pub span: Span,
    /// How bad it is.
    pub severity: Severity,
    /// What it is, in English.
    pub message: String,
    /// The same for other languages.
    pub error: Fault,
}

/// What becomes of a text when a name gets another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Renaming {
    /// The file; nothing for the text that was asked about.
    pub path: Option<String>,
    /// Where the name stands.
    pub places: Vec<Span>,
    /// The lines of those, from 1.
    pub lines: Vec<u32>,
}

impl Workspace {
    /// A workspace without texts. `port` is what the boards have that the texts are for.
    pub fn new(port: Port, look: Look) -> Workspace {
        let library = Library::new(port);
        Workspace { library, checker: OnceLock::new(), documents: HashMap::new(), look, modules: RefCell::default() }
    }

    /// Opens a text, or puts another in its place. `path` is where it lies on this computer, if it does.
    pub fn open(&mut self, id: u32, path: Option<PathBuf>, source: String) {
        self.documents.insert(id, Arc::new(File::new(path, Text::new(source), Vec::new())));
    }

    /// Changes a text; answers whether it is open and the changes fit it. If not, it is to be opened again.
    #[must_use]
    pub fn edit(&mut self, id: u32, changes: &[Change]) -> bool {
        let file = self.documents.get_mut(&id);
        file.is_some_and(|file| Arc::get_mut(file).expect("answers do not outlive their question").edit(changes))
    }

    /// Closes a text.
    pub fn close(&mut self, id: u32) {
        self.documents.remove(&id);
    }

    /// The functions and classes of a text.
    pub fn outline(&self, id: u32) -> Vec<OutlineItem> {
        self.documents.get(&id).map_or_else(Vec::new, |file| outline::of(file))
    }

    /// What could stand at a place.
    pub fn complete(&self, id: u32, at: u32) -> Option<Completions> {
        self.ask(id, |world, file| {
            let found = ask::complete(&World { documents: false, ..*world }, file, file.text.byte(at));
            let items = found.members.into_iter().map(|member| Completion {
                label: member.name,
                kind: match member.kind {
                    MemberKind::Module => CompletionKind::Module,
                    MemberKind::Class => CompletionKind::Class,
                    MemberKind::Function => CompletionKind::Function,
                    MemberKind::Variable => CompletionKind::Variable,
                },
            });
            Some(Completions { from: file.text.span(found.from..found.from).from, items: items.collect() })
        })
    }

    /// The documentation of a name that was offered at a place; may be empty.
    pub fn document(&self, id: u32, at: u32, name: &str) -> String {
        let found = self.ask(id, |world, file| ask::offered(world, file, file.text.byte(at), name));
        found.map(|member| member.documentation).unwrap_or_default()
    }

    /// The changes that format a text; none for one that is no Python as a whole.
    pub fn format(&self, id: u32) -> Vec<Change> {
        self.documents.get(&id).map_or_else(Vec::new, |file| format::changes(&file.text))
    }

    /// What stands at a place.
    pub fn hover(&self, id: u32, at: u32) -> Option<Hover> {
        self.ask(id, |world, file| {
            let (range, member) = ask::look(world, file, file.text.byte(at))?;
            let text = member.documentation;
            (!text.is_empty()).then(|| Hover { span: file.text.span(range), text })
        })
    }

    /// How the call around a place is written.
    pub fn signature(&self, id: u32, at: u32) -> Option<Signature> {
        self.ask(id, |world, file| {
            let found = ask::signature(world, file, file.text.byte(at))?;
            let unit = |byte: usize| units(&found.label[..byte]) as u32;
            let active = found.active.map(|range| Span { from: unit(range.start), to: unit(range.end) });
            Some(Signature { label: found.label, active, documentation: found.documentation })
        })
    }

    /// Where the name at a place is defined.
    pub fn definition(&self, id: u32, at: u32) -> Option<Definition> {
        self.ask(id, |world, file| {
            let (home, range) = ask::look(world, file, file.text.byte(at))?.1.definition?;
            let is_here = Arc::ptr_eq(&home, file);
            let path = home.path.as_ref().map(|path| path.display().to_string());
            // What the interpreter brings along lies in no file.
            let path = if is_here { None } else { Some(path?) };
            Some(Definition { path, line: u32::try_from(home.text.row(range.start) + 1).ok()? })
        })
    }

    /// What is wrong with a text.
    pub fn diagnose(&self, id: u32) -> Vec<Diagnostic> {
        let found = self.ask(id, |world, file| {
            let found = diagnose::findings(world, file, self.check(&file.text));
            let shown = found.into_iter().map(|finding| Diagnostic {
                span: file.text.span(finding.range),
                severity: finding.fault.severity(),
                message: finding.fault.to_string(),
                error: finding.fault,
            });
            Some(shown.collect())
        });
        found.unwrap_or_default()
    }

    /// Where the name at a place stands, here and in those of the project's files that mean the same: all that has to be changed for it to get
    /// another name.
    pub fn rename(&self, id: u32, at: u32, name: &str, files: &[PathBuf]) -> Result<Vec<Renaming>, Refusal> {
        let is_name = name.chars().all(is_word) && !name.starts_with(|first: char| first.is_numeric()) && !name.is_empty();
        if !is_name || self.check(&Text::new(format!("{name} = 1\n"))).is_some() {
            return Err(Refusal::NotAName);
        }
        let target = self.ask(id, |world, file| Some(rename::target(world, file, file.text.byte(at))));
        let file = self.documents.get(&id).ok_or(Refusal::NothingHere)?;
        let (home, place) = match target.unwrap_or(Err(Refusal::NothingHere))? {
            Target::Own(binding) => return Ok(vec![renaming(file, None, rename::own(file, binding, name)?)]),
            Target::Shared(home, place) => (home, place),
        };
        let home_path = home.path.as_deref().expect("what is shared lies somewhere");
        let old = home.text.of(place.clone());
        let mut found = Vec::new();
        let others = files.iter().map(PathBuf::as_path).chain([home_path]).chain(file.path.as_deref());
        for path in others.collect::<BTreeSet<_>>() {
            let is_here = file.path.as_deref() == Some(path);
            let Some(file) = (if is_here { Some(file.clone()) } else { self.file_at(path, old) }) else { continue };
            let places = if path == home_path {
                let binding = rename::bound_by_module(&home, &place).expect("it was found so");
                rename::own(&home, binding, name)?
            } else {
                let load = |module: &str| self.load(path.parent(), module);
                let world = World { library: &self.library, load: &load, documents: false };
                rename::elsewhere(&world, &file, home_path, &place, old, name)?
            };
            if !places.is_empty() {
                found.push(renaming(&file, (!is_here).then_some(path), places));
            }
        }
        Ok(found)
    }

    /// The text at a path, if a word stands in it.
    fn file_at(&self, path: &Path, word: &str) -> Option<Arc<File>> {
        match self.look(path)? {
            Found::Text(source) if source.contains(word) => {
                Some(self.keep(path.display().to_string(), source, Some(path.to_owned())))
            }
            _ => None,
        }
    }

    /// What lies at a path: what is typed there, before what is saved.
    fn look(&self, path: &Path) -> Option<Found> {
        let open = self.documents.values().find(|file| file.path.as_deref() == Some(path));
        open.map(|file| Found::Text(file.text.source().to_owned())).or_else(|| (self.look)(path))
    }

    fn check(&self, text: &Text) -> Option<SyntaxError> {
        self.checker.get_or_init(Checker::start).check(text)
    }

    fn ask<T>(&self, id: u32, question: impl FnOnce(&World, &Arc<File>) -> Option<T>) -> Option<T> {
        let file = self.documents.get(&id)?;
        let folder = file.path.as_ref().and_then(|path| path.parent());
        let load = |module: &str| self.load(folder, module);
        question(&World { library: &self.library, load: &load, documents: true }, file)
    }

    /// A module written in Python: a file beside the text or in its folder `lib`, as on a board; one that the interpreter has; or one
    /// beside a folder above, which may be the project's.
    fn load(&self, folder: Option<&Path>, module: &str) -> Option<Arc<File>> {
        let stem = module.trim_start_matches('.').replace('.', "/");
        let mut above = folder.into_iter().flat_map(Path::ancestors).take(LEVELS);
        let own = above.next().and_then(|folder| self.load_beside(folder, &stem));
        own.or_else(|| {
            let source = self.library.python(module)?;
            Some(self.keep(module.to_owned(), source.to_owned(), None))
        })
        .or_else(|| if self.library.is_module(module) { None } else { above.find_map(|folder| self.load_beside(folder, &stem)) })
    }

    /// The same in one folder. One that only holds modules is empty to look into.
    fn load_beside(&self, folder: &Path, stem: &str) -> Option<Arc<File>> {
        let places =
            if stem.is_empty() { vec![folder.to_owned()] } else { vec![folder.join(stem), folder.join("lib").join(stem)] };
        let mut texts = places.iter().flat_map(|place| {
            let alone = (!stem.is_empty()).then(|| place.with_added_extension("py"));
            alone.into_iter().chain([place.join("__init__.py")])
        });
        let text = texts.find_map(|path| match self.look(&path)? {
            Found::Text(source) => Some((path, source)),
            Found::Folder => None,
        });
        if let Some((path, source)) = text {
            return Some(self.keep(path.display().to_string(), source, Some(path)));
        }
        let folder = places.iter().find(|place| self.look(place) == Some(Found::Folder))?;
        Some(self.keep(folder.display().to_string(), String::new(), None))
    }

    fn keep(&self, key: String, source: String, path: Option<PathBuf>) -> Arc<File> {
        let mut modules = self.modules.borrow_mut();
        match modules.get(&key) {
            Some(file) if file.text.source() == source => file.clone(),
            _ => {
                // A package that is part of the program loads its modules when they are asked for.
                let package = if path.is_none() { self.library.parts(&key) } else { Vec::new() };
                let file = Arc::new(File::new(path, Text::new(source), package));
                modules.insert(key, file.clone());
                file
            }
        }
    }
}

/// Places of a file, as they are shown.
fn renaming(file: &File, path: Option<&Path>, mut places: Vec<Range<usize>>) -> Renaming {
    places.sort_by_key(|place| place.start);
    places.dedup();
    let mut lines: Vec<_> = places.iter().map(|place| file.text.row(place.start) as u32 + 1).collect();
    lines.dedup();
    let places = places.into_iter().map(|place| file.text.span(place)).collect();
    Renaming { path: path.map(|path| path.display().to_string()), places, lines }
}
