//! Escapes of boards: no names of characters, whose table is large, and no surrogates.

use super::error::INVALID;
use super::lexer::Lexer;
use super::string::Style;
use crate::vm::{Outcome, Vm};

impl Lexer<'_> {
    pub(super) fn escape_name(&mut self, vm: &Vm, _: Style) -> Outcome<()> {
        Err(self.error(vm, "unicode name escapes"))
    }

    #[inline(always)]
    pub(super) fn push_surrogate(&mut self, vm: &Vm, _: u32) -> Outcome<()> {
        Err(self.error(vm, INVALID))
    }
}
