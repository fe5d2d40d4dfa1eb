//! Modules of the interpreter that are written in Python: THE list of them.
//!
//! They are files below the entry `.frozen` of `sys.path`, and nothing of a file system: import asks here what is at such a
//! path (`what_is`) and takes the text from the program's own memory. A port may have its own (`Port::frozen`).

use crate::object::name::Name;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

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
}

/// The list of frozen files: `"path.py";` for each, relative to the file that has the list.
#[macro_export]
macro_rules! frozen {
    ($($(#[$meta:meta])* $path:literal;)*) => {
        &[$($(#[$meta])* $crate::modules::frozen::Frozen {
            path: $crate::modules::frozen::plain($path),
            contents: $crate::modules::frozen::Contents::Source(include_str!($path)),
        }),*]
    };
}

/// Every frozen file of the core.
pub static ALL: &[Frozen] = frozen! {
    "_groups.py";
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
    "websocket.py";
    #[cfg(feature = "standard")]
    "zlib.py";
};

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
    all(vm).find(|file| file.path == path)
}

/// Whether a path below `.frozen` is a directory.
pub fn is_directory(vm: &Vm, path: &str) -> bool {
    all(vm).any(|file| file.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')))
}

/// The builtins that are written in Python, loaded when they are asked for; `UNSET` for any other name.
pub fn builtin(vm: &Vm, name: Name) -> Outcome {
    if name != name!("ExceptionGroup") && name != name!("BaseExceptionGroup") {
        return Ok(Word::UNSET);
    }
    let names = vm.new_tuple(&[Word::name(name)])?;
    let module = vm.import(name!("_groups"), names, Word::int(0))?;
    vm.import_from(module, name)
}

/// Names that are used here.
pub(crate) const NAMES: &[&str] = &[".frozen", "ExceptionGroup", "BaseExceptionGroup"];

fn all(vm: &Vm) -> impl Iterator<Item = &'static Frozen> {
    vm.port.frozen().iter().chain(ALL)
}
