//! Annotations are not kept.

use super::dict::Dict;
use super::handle::Handle;
use super::kind::Type;
use super::word::Word;
use crate::vm::{Outcome, Vm};

/// Names that are used here.
pub const NAMES: &[&str] = &["__annotations__"];

/// An empty dict.
pub fn of_function(vm: &Vm, _: Option<Handle<Dict>>) -> Outcome {
    Ok(vm.new_dict()?.word())
}

/// Nothing.
#[inline(always)]
pub fn of_module(_: &Vm, _: Handle<Dict>) -> Outcome {
    Ok(Word::UNSET)
}

/// Nothing.
#[inline(always)]
pub fn of_class(_: &Vm, _: &'static Type) -> Outcome {
    Ok(Word::UNSET)
}

/// Nothing.
#[inline(always)]
pub fn for_metaclass(_: &Vm, _: Word, _: bool) -> Outcome<()> {
    Ok(())
}
