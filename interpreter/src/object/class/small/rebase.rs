//! A board's classes keep their bases. Without the feature `full`, in place of `class/rebase.rs`.

use super::*;

/// `__bases__` is an attribute as any other.
#[inline(always)]
pub(super) fn is_wanted(_: Name) -> bool {
    false
}

/// Does nothing: it is not wanted.
#[inline(always)]
pub(super) fn rebase(_: &Vm, _: Handle<Class>, _: Word) -> Outcome {
    Ok(Word::NONE)
}
