//! Literals that are not their value: those with surrogates (`source/escape.rs`), whose evaluation is an error.

use super::generator::Generator;
use crate::code::opcode::Opcode;
use crate::object::bytearray::ByteArray;
use crate::object::handle::Handle;
use crate::object::word::Word;
use crate::vm::Outcome;

/// Whether a literal is its value.
pub(super) fn is_value(literal: Word) -> bool {
    Handle::<ByteArray>::from(literal).is_none()
}

impl Generator<'_> {
    /// Pushes the value of a literal.
    pub(super) fn literal(&mut self, literal: Word) -> Outcome<()> {
        let Some(surrogates) = Handle::<ByteArray>::from(literal) else { return self.constant(literal) };
        let bytes = self.vm.new_bytes_from_cells(surrogates.get().cells())?;
        self.constant(bytes)?;
        self.op_name(Opcode::LoadMethod, name!(decode))?;
        self.op_with(Opcode::CallMethod, 0)
    }
}
