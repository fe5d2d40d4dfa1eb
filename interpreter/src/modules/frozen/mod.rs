//! Modules of the interpreter that are written in Python: THE list of them.
//!
//! They are files below the entry `.frozen` of `sys.path`, and nothing of a file system: import asks here what is at such a
//! path (`what_is`) and takes the text from the program's own memory. A port may have its own (`Port::frozen`).

use crate::object::annotation;
use crate::object::dict::Dict;
use crate::object::handle::Handle;
use crate::object::module::Module;
use crate::object::name::{Name, comes_before};
use crate::object::print::Builder;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm, origin};
use core::cmp::Ordering;

/// Bytes of a module's whole name, at most, where that continues a builtin one.
const LONGEST: usize = 64;

/// Whether builtin modules are in `sys.modules`, too.
pub const NOTES_BUILTINS: bool = cfg!(feature = "full");

/// A file that is part of the program.
pub struct Frozen {
    /// Where it lies below `.frozen`: `asyncio/core.py`.
    pub path: &'static str,
    /// What is in it.
    pub contents: Contents,
}

/// What is in a frozen file.
pub enum Contents {
    /// Source text, which an import compiles.
    Source(&'static str),
    /// Code that was saved (`code::saved`) by the same interpreter when the program was built, deflated (`deflate::source`).
    Saved(&'static [u8]),
}

/// The list of frozen files: `"path.py";` for each, relative to the file that has the list, in the order of their bytes.
#[macro_export]
macro_rules! frozen {
    ($($(#[$meta:meta])* $path:literal;)*) => {{
        const LIST: &[$crate::modules::frozen::Frozen] = &[$($(#[$meta])* $crate::modules::frozen::Frozen {
            path: $crate::modules::frozen::plain($path),
            contents: $crate::modules::frozen::Contents::Source(include_str!($path)),
        }),*];
        $crate::modules::frozen::ordered(LIST)
    }};
}

/// The list itself, in which files are found by their order; the build stops at one that is not in its place.
pub const fn ordered(list: &[Frozen]) -> &[Frozen] {
    let mut i = 1;
    while i < list.len() {
        let (one, next) = (list[i - 1].path.as_bytes(), list[i].path.as_bytes());
        assert!(comes_before(one, next), "a frozen file is not listed in the order of paths");
        i += 1;
    }
    list
}

/// Every frozen file of the core, as it was written. Hosts have them so; the build of a board makes code of them, which its port
/// has (`Port::frozen`).
pub static ALL: &[Frozen] = frozen! {
    #[cfg(feature = "full")]
    "_framelocals.py";
    #[cfg(feature = "full")]
    "_generic.py";
    "_groups.py";
    #[cfg(feature = "full")]
    "_modulenames.py";
    #[cfg(feature = "full")]
    "_webrepl.py";
    "asyncio/__init__.py";
    "asyncio/core.py";
    "asyncio/locks.py";
    "asyncio/queues.py";
    "asyncio/stream.py";
    "asyncio/tasks.py";
    #[cfg(feature = "full")]
    "btree.py";
    #[cfg(feature = "standard")]
    "gzip.py";
    "string/__init__.py";
    "string/templatelib.py";
    #[cfg(feature = "threads")]
    "threading.py";
    "uasyncio.py";
    #[cfg(feature = "full")]
    "unittest/__init__.py";
    #[cfg(feature = "full")]
    "unittest/__main__.py";
    #[cfg(feature = "full")]
    "unittest/async_case.py";
    #[cfg(feature = "full")]
    "unittest/case.py";
    #[cfg(feature = "full")]
    "unittest/loader.py";
    #[cfg(feature = "full")]
    "unittest/mock.py";
    #[cfg(feature = "full")]
    "unittest/program.py";
    #[cfg(feature = "full")]
    "unittest/result.py";
    #[cfg(feature = "full")]
    "unittest/runner.py";
    #[cfg(feature = "full")]
    "unittest/signals.py";
    #[cfg(feature = "full")]
    "unittest/suite.py";
    #[cfg(feature = "full")]
    "unittest/util.py";
    #[cfg(feature = "full")]
    "webrepl.py";
    #[cfg(feature = "full")]
    "websocket.py";
    #[cfg(feature = "standard")]
    "zlib.py";
};

/// Those that are part of the program.
#[cfg(feature = "full")]
static OWN: &[Frozen] = ALL;
/// None but the port's.
#[cfg(not(feature = "full"))]
static OWN: &[Frozen] = &[];

/// The path of a file below a folder `frozen`, if its list lies beside that folder.
pub const fn plain(path: &'static str) -> &'static str {
    match path.as_bytes() {
        [b'f', b'r', b'o', b'z', b'e', b'n', b'/', ..] => path.split_at(7).1,
        _ => path,
    }
}

/// What `sys.path` is until the port or the program says something else.
pub fn default_path(vm: &Vm) -> Outcome {
    vm.new_list(&[Word::name(name!(".frozen"))])
}

/// The path below `.frozen` that a path says, if it begins there.
pub fn below(path: &str) -> Option<&str> {
    path.strip_prefix(".frozen/")
}

/// The frozen file at a path below `.frozen`: the port's or the core's.
pub fn file(vm: &Vm, path: &str) -> Option<&'static Frozen> {
    find(vm, &[path])
}

/// The frozen file whose path these parts make.
fn find(vm: &Vm, parts: &[&str]) -> Option<&'static Frozen> {
    lists(vm).into_iter().find_map(|list| {
        let index = list.binary_search_by(|file| order(file, parts)).ok()?;
        list.get(index)
    })
}

/// Whether a file is listed before the path that these parts make, or behind it.
fn order(file: &Frozen, parts: &[&str]) -> Ordering {
    file.path.bytes().cmp(parts.iter().flat_map(|part| part.bytes()))
}

/// Whether a path below `.frozen` is a directory.
pub fn is_directory(vm: &Vm, path: &str) -> bool {
    lists(vm).into_iter().any(|list| {
        let first = list.partition_point(|file| order(file, &[path, "/"]).is_lt());
        list.get(first).and_then(|file| file.path.strip_prefix(path)).is_some_and(|rest| rest.starts_with('/'))
    })
}

/// The builtins that are written in Python, loaded when they are asked for; `UNSET` for any other name.
pub fn builtin(vm: &Vm, name: Name) -> Outcome {
    let module = match name {
        n if n == name!("ExceptionGroup") || n == name!("BaseExceptionGroup") => name!("_groups"),
        n if n == name!("__template__") => name!("string.templatelib"),
        n if crate::WHOLE && n == name!(__dir__) => {
            return vm.new_tuple(&[name!("BaseExceptionGroup"), name!("ExceptionGroup")].map(Word::name));
        }
        _ => return Ok(Word::UNSET),
    };
    let names = vm.new_tuple(&[Word::name(name)])?;
    let module = vm.import(module, names, Word::int(0))?;
    vm.import_from(module, name)
}

/// A global that no module needs to have: `__name__`, `__annotations__`, the builtins written in Python. `UNSET` for others.
pub fn global(vm: &Vm, globals: Handle<Dict>, name: Name) -> Outcome {
    match name {
        name if name == name!(__name__) => Ok(Word::name(name!(builtins))),
        name if name == name!(__annotations__) => annotation::of_module(vm, globals),
        name => {
            if let Some(value) = origin::about(vm, globals, name)?.set() {
                return Ok(value);
            }
            match builtin(vm, name)?.set() {
                Some(value) => Ok(value),
                // What a module knows of itself is not a builtin.
                None if vm.name_text(name).starts_with("__") => Ok(Word::UNSET),
                // Nothing can be imported, and what is nowhere is to be named.
                None if vm.heap_lock_depth() > 0 => Ok(Word::UNSET),
                None => match continued(vm, name!(builtins), name) {
                    Err(raised) if vm.is_instance(vm.peek_raised(raised), &crate::object::exception::MEMORY_ERROR) => {
                        vm.take_raised(raised);
                        Ok(Word::UNSET)
                    }
                    found => found,
                },
            }
        }
    }
}

/// What a builtin module of this name has under `name` in Python: a module `os` is continued by the frozen package `_os`, in
/// which its submodules lie as well (`os.path` in `_os/path.py`). `UNSET` for what is nowhere.
#[cold]
pub fn continued(vm: &Vm, module: Name, name: Name) -> Outcome {
    let Some(package) = continuation(vm, vm.name_text(module)) else { return Ok(Word::UNSET) };
    if name == name!(__path__) {
        return joined(vm, &[".frozen/", package]);
    }
    // What every module written in Python has is its own.
    if [name!(__file__), name!(__doc__), name!(__annotations__)].contains(&name) {
        return Ok(Word::UNSET);
    }
    if let Some(found) = in_loaded(vm, package, name)? {
        return Ok(found);
    }
    if let Some(submodule) = found_name(vm, &[vm.name_text(module), ".", vm.name_text(name)])
        && let Some(found) = vm.loaded_modules()?.map.get(vm, Word::name(submodule))?
    {
        return Ok(found);
    }
    match vm.import_frozen(vm.intern(package)?) {
        Ok(more) => vm.find_attribute(more, name),
        // It wants modules that a program has replaced by its own, or has led `sys.path` away from.
        Err(raised) if vm.is_instance(vm.peek_raised(raised), &crate::object::exception::IMPORT_ERROR) => {
            vm.take_raised(raised);
            Ok(Word::UNSET)
        }
        Err(raised) => Err(raised),
    }
}

/// What a frozen module has under `name`, if it is loaded: nothing is loaded for this.
///
/// # Errors
/// None in practice: the names are interned.
pub fn in_loaded(vm: &Vm, package: &str, name: Name) -> Outcome<Option<Word>> {
    let Some(package) = vm.find_name(package) else { return Ok(None) };
    match vm.loaded_modules()?.map.get(vm, Word::name(package))?.and_then(Handle::<Module>::from) {
        Some(more) => more.globals().map.get(vm, Word::name(name)),
        None => Ok(None),
    }
}

/// All that a builtin module has in Python, loaded if it can be.
///
/// # Errors
/// What its loading raises that is no `ImportError`.
pub fn whole_continuation(vm: &Vm, module: Name) -> Outcome<Option<Handle<Dict>>> {
    let Some(package) = continuation(vm, vm.name_text(module)) else { return Ok(None) };
    match vm.import_frozen(vm.intern(package)?) {
        Ok(more) => Ok(Handle::<Module>::from(more).map(|more| more.globals())),
        Err(raised) if vm.is_instance(vm.peek_raised(raised), &crate::object::exception::IMPORT_ERROR) => {
            vm.take_raised(raised);
            Ok(None)
        }
        Err(raised) => Err(raised),
    }
}

/// The name that these parts make, if there is one of this text. A module that is loaded has one.
fn found_name(vm: &Vm, parts: &[&str]) -> Option<Name> {
    let (mut text, mut length) = ([0; LONGEST], 0);
    for part in parts {
        text.get_mut(length..length + part.len())?.copy_from_slice(part.as_bytes());
        length += part.len();
    }
    vm.find_name(core::str::from_utf8(&text[..length]).ok()?)
}

fn joined(vm: &Vm, parts: &[&str]) -> Outcome {
    let mut builder = Builder::new();
    for part in parts {
        builder.push(vm, part.as_bytes())?;
    }
    builder.finish_str(vm)
}

/// A frozen module that a port may have; `UNSET` if it has not.
pub fn module(vm: &Vm, name: Name) -> Outcome {
    let text = vm.name_text(name);
    let is_here = find(vm, &[text, ".py"]).or_else(|| find(vm, &[text, "/__init__.py"])).is_some();
    if is_here { vm.import_frozen(name) } else { Ok(Word::UNSET) }
}

/// The package that continues a builtin module.
pub fn continuation(vm: &Vm, module: &str) -> Option<&'static str> {
    find(vm, &["_", module, "/__init__.py"])?.path.strip_suffix("/__init__.py")
}

/// The builtin module that the package of this name continues, on hosts.
pub fn continued_by(vm: &Vm, package: Name) -> Option<Name> {
    let module = vm.name_text(package).strip_prefix('_').filter(|_| crate::WHOLE)?;
    continuation(vm, module)?;
    Some(vm.builtin_module(module)?.name)
}

/// Names that are used here.
pub(crate) const NAMES: &[&str] = &[".frozen", "ExceptionGroup", "BaseExceptionGroup", "__template__"];

/// The modules that a program imports from here: neither continuations of others nor the parts of packages.
#[cfg(feature = "board")]
pub fn names(vm: &Vm) -> impl Iterator<Item = &'static str> {
    let module = |file: &Frozen| file.path.strip_suffix("/__init__.py").or(file.path.strip_suffix(".py"));
    lists(vm).into_iter().flatten().filter_map(module).filter(|name| !name.starts_with('_') && !name.as_bytes().contains(&b'/'))
}

/// The port's and the core's.
fn lists(vm: &Vm) -> [&'static [Frozen]; 2] {
    [vm.port.frozen(), OWN]
}
