//! Code of modules where none is kept: it is compiled. Without the feature `full`, in place of `vm/kept.rs`.

use super::{Outcome, Vm};
use crate::code::prototype::PrototypeHandle;
use crate::object::word::Word;

/// None.
pub const NAMES: &[&str] = &[];

/// None.
pub fn tag(_: &Vm) -> Word {
    Word::NONE
}

/// The code of a module's file.
#[inline(always)]
pub(super) fn of_file(_: &Vm, _: Word, compile: impl Fn() -> Outcome<PrototypeHandle>) -> Outcome<PrototypeHandle> {
    compile()
}

/// The code of a file of the library.
#[inline(always)]
pub(super) fn of_frozen(_: &Vm, _: &str, _: &str, compile: impl Fn() -> Outcome<PrototypeHandle>) -> Outcome<PrototypeHandle> {
    compile()
}
