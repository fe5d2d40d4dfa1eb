//! Frozen modules of an interpreter that has none: what import asks of `frozen/mod.rs`.

use crate::object::dict::Dict;
use crate::object::handle::Handle;
use crate::object::name::Name;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

/// Builtin modules are not in `sys.modules`.
pub const NOTES_BUILTINS: bool = false;

/// A file that is part of the program: there is none.
pub struct Frozen {
    /// Where it would lie.
    pub path: &'static str,
    /// What would be in it.
    pub contents: Contents,
}

/// What is in a frozen file.
pub enum Contents {
    /// Source text.
    Source(&'static str),
}

/// What `sys.path` is until the port says something else.
#[inline(always)]
pub fn default_path(vm: &Vm) -> Outcome {
    vm.new_list(&[])
}

/// No builtin is written in Python.
#[inline(always)]
pub fn builtin(_: &Vm, _: Name) -> Outcome {
    Ok(Word::UNSET)
}

/// No module is continued in Python.
#[inline(always)]
pub fn continued(_: &Vm, _: Name, _: Name) -> Outcome {
    Ok(Word::UNSET)
}

/// No module is continued in Python.
#[inline(always)]
pub fn whole_continuation(_: &Vm, _: Name) -> Outcome<Option<Handle<Dict>>> {
    Ok(None)
}

/// Nothing is implied.
#[inline(always)]
pub fn global(_: &Vm, _: Handle<Dict>, _: Name) -> Outcome {
    Ok(Word::UNSET)
}

/// Names that are used here.
pub(crate) const NAMES: &[&str] = &[];

/// No path is frozen.
#[inline(always)]
pub fn below(_: &str) -> Option<&str> {
    None
}

/// There is no file.
#[inline(always)]
pub fn file(_: &Vm, _: &str) -> Option<&'static Frozen> {
    None
}

/// There is no directory.
#[inline(always)]
pub fn is_directory(_: &Vm, _: &str) -> bool {
    false
}
