//! Literals of boards: each is its value.

use super::generator::Generator;
use crate::object::word::Word;
use crate::vm::Outcome;

#[inline(always)]
pub(super) fn is_value(_: Word) -> bool {
    true
}

impl Generator<'_> {
    #[inline(always)]
    pub(super) fn literal(&mut self, literal: Word) -> Outcome<()> {
        self.constant(literal)
    }
}
