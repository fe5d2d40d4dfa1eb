//! Errors in source text: an exception that knows its line and column.
//!
//! They are the attributes `lineno` and `offset`, as in CPython, and the traceback's innermost line, as in MicroPython; that
//! entry has no block.

use super::tree::Position;
use crate::object::exception::{self, Exception, SYNTAX_ERROR};
use crate::object::handle::Handle;
use crate::object::kind::Type;
use crate::object::name::Name;
use crate::object::word::Word;
use crate::vm::{Raised, Vm};

/// What the lexer and parser say most.
pub(super) const INVALID: &str = "invalid syntax";

impl Vm {
    /// Raises a `SyntaxError` at a place in a file; line and column from 1.
    #[cold]
    pub fn syntax_error(&self, file: Name, line: u32, column: u32, message: &str) -> Raised {
        self.source_error(&SYNTAX_ERROR, file, Position { line, column }, message)
    }

    /// Raises a `SyntaxError` or a type derived from it. When memory is short the place is left out.
    #[cold]
    pub(crate) fn source_error(&self, ty: &'static Type, file: Name, at: Position, message: &str) -> Raised {
        let raised = self.raise_text(ty, message);
        let word = self.take_raised(raised);
        let made = Handle::<Exception>::from(word).filter(|exception| core::ptr::eq(exception.ty(), ty));
        if let Some(exception) = made {
            self.note_place(exception, file, at);
            exception::detail::annotate_source(self, exception.word(), file, message);
        }
        self.raise_word(word)
    }

    fn note_place(&self, exception: Handle<Exception>, file: Name, at: Position) {
        exception::traceback::add_place(self, exception.word(), file, at.line as usize, name!(""));
        let number = |number: u32| Word::int(number as isize & Word::INT_MAX);
        let fields = [(name!(lineno), number(at.line)), (name!(offset), number(at.column))];
        exception::detail::annotate(self, exception.word(), &fields);
    }
}
