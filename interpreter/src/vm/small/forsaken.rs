//! Generators that nobody will go on with are nobody's business. Without the feature `full`, in place of `vm/forsaken.rs`.

use super::{Outcome, Vm};
use crate::heap::Marker;
use crate::object::word::Word;

/// Nothing is known.
pub(super) struct State;

impl State {
    pub(super) const fn new() -> State {
        State
    }
}

impl Vm {
    #[inline(always)]
    pub(crate) fn note_generator(&self, _: Word, _: usize, _: u8) -> Outcome<()> {
        Ok(())
    }

    #[inline(always)]
    pub(crate) fn coroutine_origin(&self, _: u8) -> Outcome {
        Ok(Word::UNSET)
    }

    #[inline(always)]
    pub(super) fn find_forsaken(&self, _: &mut Marker) {}

    #[inline(always)]
    pub(super) fn forsake_all(&self) {}

    #[inline(always)]
    pub(super) fn attend_forsaken(&self) {}

    #[inline(always)]
    pub(super) fn tell_unraisable(&self, _: Word, _: Word) {}

    #[inline(always)]
    pub(super) fn discard_coroutine(&self, _: Word) {}
}

/// Nobody asks.
#[inline(always)]
pub(super) fn is_coroutine(_: Word) -> bool {
    false
}
