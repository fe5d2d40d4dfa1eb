//! Where modules come from, as programs ask for it: `__spec__` and its kin of a module, and the finders of `sys.meta_path`.
//!
//! Both are Python (`importlib.util`), loaded when somebody asks: an import makes no spec, and a program that added no finder
//! pays one look into a dict for each new module.

use super::import::Found;
use super::raise::Part;
use super::{Outcome, Vm};
use crate::modules;
use crate::object::dict::Dict;
use crate::object::handle::Handle;
use crate::object::name::Name;
use crate::object::word::Word;
use crate::object::{exception, module};

/// Names that are used here.
pub const NAMES: &[&str] = &[
    "__spec__",
    "__loader__",
    "__package__",
    "__builtins__",
    "__cached__",
    "meta_path",
    "importlib.util",
    "zipimport",
    "_about",
    "_load_by",
];

/// What every module knows without having it in its dict.
const ABOUT: &[Name] = &[name!(__spec__), name!(__loader__), name!(__package__), name!(__cached__)];

/// Whether this is what every object has: a text about it, or None.
pub fn is_doc(name: Name) -> bool {
    name == name!(__doc__)
}

/// One of those, of a module with these names, which keeps it; `UNSET` for other names.
///
/// # Errors
/// `MemoryError`.
pub fn about(vm: &Vm, names: Handle<Dict>, name: Name) -> Outcome {
    if name == name!(__builtins__) {
        return Ok(Word::of_static(&modules::BUILTINS));
    }
    if is_doc(name) {
        return Ok(Word::NONE);
    }
    // A module that says where it lies is one that an import made; a program's own says nothing, and has nothing.
    if !ABOUT.contains(&name) || names.map.get(vm, Word::name(name!(__name__)))?.is_none() {
        return Ok(Word::UNSET);
    }
    let value = vm.call_method(util(vm)?, name!(_about), &[names.word(), Word::name(name)])?;
    names.map.insert(vm, Word::name(name), value)?;
    Ok(value)
}

/// The module that makes specs.
fn util(vm: &Vm) -> Outcome {
    let loaded = vm.loaded_modules()?.map.get(vm, Word::name(name!("importlib.util")))?;
    match loaded {
        Some(util) => Ok(util),
        None => vm.import(name!("importlib.util"), Word::TRUE, Word::int(0)),
    }
}

/// The same of a builtin module, which keeps nothing.
///
/// # Errors
/// `MemoryError`.
pub fn about_builtin(vm: &Vm, own: Name, name: Name) -> Outcome {
    if !ABOUT.contains(&name) {
        return Ok(Word::UNSET);
    }
    let names = vm.new_dict()?;
    names.map.insert(vm, Word::name(name!(__name__)), Word::name(own))?;
    about(vm, names, name)
}

impl Vm {
    /// The program is a part of this package, which is imported before it: what it imports relatively is found there.
    pub(super) fn enter_package(&self, package: &str) -> Outcome<()> {
        let globals = self.main_globals()?;
        globals.map.insert(self, Word::name(name!(__package__)), self.new_str(package)?)?;
        if package.is_empty() {
            Ok(())
        } else {
            self.import_into(globals, self.intern(package)?, Word::NONE, Word::int(0)).map(|_| ())
        }
    }

    /// The package that names say they are a part of: a program that `-m` began is none of what it is called.
    pub(super) fn said_package(&self, globals: Handle<Dict>) -> Outcome<Option<Word>> {
        let said = globals.map.get(self, Word::name(name!(__package__)))?;
        Ok(said.filter(|said| self.as_text(*said).is_some_and(|text| !text.is_empty())))
    }

    /// What a program's own finders make of an import: those before the finder of files in `sys.meta_path`, or those behind it.
    /// `UNSET` if there are none, or none knows the module.
    pub(super) fn load_by_finders(&self, name: Name, path: Word, before: bool) -> Outcome {
        let Some(finders) = module::loaded_attribute(self, &modules::SYS, name!(meta_path))? else { return Ok(Word::UNSET) };
        // What finds modules is found without: it, and all that it imports itself.
        let known = self.loaded_modules()?.map.get(self, Word::name(name!("importlib.util")))?;
        if known.is_none() && self.name_text(name).starts_with("importlib") {
            return Ok(Word::UNSET);
        }
        let Some(load) = self.find_attribute(util(self)?, name!(_load_by))?.set() else { return Ok(Word::UNSET) };
        let found = self.call(load, &[finders, Word::name(name), path, Word::bool(before)])?;
        Ok(if found == Word::NONE { Word::UNSET } else { found })
    }

    /// A module in an archive, if one is among the places of a search: the first that is met has `zipimport` imported, which adds its finder
    /// to those that are asked from then on. `UNSET` if none has it.
    pub(super) fn load_from_archive(&self, name: Name, path: Word, asked: Word) -> Outcome {
        let is_known = self.loaded_modules()?.map.get(self, Word::name(name!(zipimport)))?.is_some();
        if is_known || self.as_text(path).is_some() {
            return Ok(Word::UNSET);
        }
        let mut index = 0;
        while index < self.length(path)? {
            let place = self.item(path, Word::int(index as isize))?;
            if self.as_text(place).is_some_and(|text| !text.is_empty()) && matches!(self.what_is(place)?, Found::File) {
                self.import_frozen(name!(zipimport))?;
                return self.load_by_finders(name, asked, false);
            }
            index += 1;
        }
        Ok(Word::UNSET)
    }

    /// The path of a package, to look for what is in it.
    ///
    /// # Errors
    /// `ModuleNotFoundError` if the module is no package.
    pub(super) fn path_of_package(&self, package: Word, wanted: Name) -> Outcome {
        if let Some(path) = self.find_attribute(package, name!(__path__))?.set() {
            return Ok(path);
        }
        use super::raise::Part::{Name as NamePart, Text};
        let text = self.name_text(wanted);
        let parent = self.intern(text.rsplit_once('.').map_or(text, |parts| parts.0))?;
        // A file that stands in for a builtin module keeps what lies in that one.
        if let Some(builtin) = self.builtin_module(self.name_text(parent))
            && let Some(path) = self.find_attribute(Word::of_static(builtin), name!(__path__))?.set()
        {
            return Ok(path);
        }
        let parts = [Text("No module named '"), NamePart(wanted), Text("'; '"), NamePart(parent), Text("' is not a package")];
        let raised = self.raise(exception::detail::NOT_FOUND, &parts);
        exception::detail::annotate(self, self.peek_raised(raised), &[(name!(name), Word::name(wanted))]);
        Err(raised)
    }

    /// What `__path__` of a package is: a list, which programs extend.
    pub(super) fn new_package_path(&self, folder: Word) -> Outcome {
        self.new_list(&[folder])
    }
}

/// Why a module may lack a name that somebody expects in it.
pub enum Hindrance {
    /// Nothing is known.
    None,
    /// It is being imported still.
    Circle,
    /// It lies beside the program, in this file, and has the name of a module of the library.
    Hides(Word),
    /// It lies beside the program, in this file, and is being imported still: perhaps one was meant that is installed.
    MayHide(Word),
}

impl Hindrance {
    /// Whether the advice says where the module lies.
    pub fn says_file(&self) -> bool {
        matches!(self, Hindrance::Hides(_) | Hindrance::MayHide(_))
    }

    /// What a message says of it, if that is more than one thing.
    pub fn advice(&self, module: Word) -> [Part<'static>; 5] {
        let of_library = "' since it has the same name as the standard library module named '";
        let parts = |file: Word, text, name, end| {
            [Part::Text(" (consider renaming '"), Part::Str(file), Part::Text(text), name, Part::Text(end)]
        };
        match self {
            Hindrance::Hides(file) => parts(*file, of_library, Part::Str(module), "' and the import system gives it precedence)"),
            Hindrance::MayHide(file) => {
                let text = "' if it has the same name as a third-party module you intended to import)";
                parts(*file, text, Part::Text(""), "")
            }
            Hindrance::Circle => {
                let [text, none] = [Part::Text(" (most likely due to a circular import)"), Part::Text("")];
                [text, none, none, none, none]
            }
            Hindrance::None => [Part::Text(""); 5],
        }
    }
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |parts| parts.0)
}

/// Why the module `name`, from `file`, may lack a name.
///
/// # Errors
/// `MemoryError`.
pub fn hindrance(vm: &Vm, name: Word, file: Word) -> Outcome<Hindrance> {
    let in_circle = vm.is_importing(name)?;
    let otherwise = if in_circle { Hindrance::Circle } else { Hindrance::None };
    let (Some(text), Some(path)) = (vm.as_text(name), vm.as_text(file)) else { return Ok(otherwise) };
    let program = vm.main_globals()?.map.get(vm, Word::name(name!(__file__)))?.and_then(|file| vm.as_text(file));
    if folder(path) != folder(program.unwrap_or("")) || path.ends_with("/__init__.py") {
        return Ok(otherwise);
    }
    let library = vm.attribute(Word::of_static(&modules::SYS), vm.intern("stdlib_module_names")?)?;
    Ok(match vm.contains(library, Word::name(vm.intern(text)?))? {
        true => Hindrance::Hides(file),
        false if in_circle => Hindrance::MayHide(file),
        false => otherwise,
    })
}
