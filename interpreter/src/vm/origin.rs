//! Where modules come from, as programs ask for it: `__spec__` and its kin of a module, and the finders of `sys.meta_path`.
//!
//! Both are Python (`importlib.util`), loaded when somebody asks: an import makes no spec, and a program that added no finder
//! pays one look into a dict for each new module.

use super::{Outcome, Vm};
use crate::modules;
use crate::object::dict::Dict;
use crate::object::handle::Handle;
use crate::object::name::Name;
use crate::object::word::Word;
use crate::object::{exception, module};

/// Names that are used here.
pub const NAMES: &[&str] =
    &["__spec__", "__loader__", "__package__", "__builtins__", "__cached__", "meta_path", "importlib.util", "_about", "_load_by"];

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
