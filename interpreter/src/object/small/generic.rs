//! No types with arguments and no unions in the smallest interpreter.

use super::name::Name;
use super::word::Word;
use crate::vm::{Outcome, Vm};

/// No names.
pub const NAMES: &[&str] = &[];

/// No type takes arguments.
pub fn subscript(_vm: &Vm, _class: Word, _key: Word) -> Outcome {
    Ok(Word::UNSET)
}

/// There are no types with arguments.
#[inline(always)]
pub fn refuse_alias(_: &Vm, _: Word, _: Name) -> Outcome<()> {
    Ok(())
}

/// There are no unions.
pub fn members(_vm: &Vm, _word: Word) -> Option<Word> {
    None
}

/// There are no unions.
pub fn union(_vm: &Vm, _a: Word, _b: Word) -> Outcome {
    Ok(Word::NOT_IMPLEMENTED)
}

/// Bases are types.
pub fn resolve_bases(_vm: &Vm, bases: Word) -> Outcome {
    Ok(bases)
}

/// No metaclass is asked.
pub fn ask(_vm: &Vm, _types: Word, _hook: Name, _asked: Word) -> Outcome<Option<bool>> {
    Ok(None)
}
