//! Raising and handling, as the instructions ask for it; tracebacks; printing what nobody caught.

use super::raise::Part::{Name as NamePart, Text};
use super::{Outcome, Raised, Vm};
use crate::code::opcode::Opcode;
use crate::object::exception;
use crate::object::exception::hint::Hints;
use crate::object::function::Function;
use crate::object::handle::{Handle, as_type};
use crate::object::print::Printer;
use crate::object::tuple::Tuple;
use crate::object::word::Word;

impl Vm {
    /// The exception under way, taken for its handler.
    #[inline]
    pub(super) fn take_under_way(&self) -> Word {
        self.raised.replace(Word::UNSET)
    }

    /// The mark of the exception under way, for who has lost it.
    #[inline]
    pub(super) fn raised_again(&self) -> Raised {
        debug_assert!(self.raised.get() != Word::UNSET, "an exception is under way");
        Raised(())
    }

    #[cold]
    #[inline(never)]
    pub(super) fn unbound_local(&self) -> Outcome<()> {
        Err(self.raise_text(exception::detail::UNBOUND, "local variable referenced before assignment"))
    }

    #[cold]
    #[inline(never)]
    pub(super) fn unknown_opcode(&self) -> Outcome<()> {
        Err(self.raise_text(&exception::RUNTIME_ERROR, "unknown opcode"))
    }

    /// `raise x`.
    #[cold]
    #[inline(never)]
    pub(super) fn raise_object(&self, word: Word) -> Outcome<()> {
        let exception = exception::instantiate(self, word, None)?;
        Err(self.raise_word(exception))
    }

    /// `raise x from cause`.
    #[cold]
    #[inline(never)]
    pub(super) fn raise_from(&self, word: Word, cause: Word) -> Outcome<()> {
        let exception = exception::instantiate(self, word, None)?;
        let cause = if cause == Word::NONE { cause } else { exception::instantiate(self, cause, None)? };
        exception::detail::set_cause(self, exception, cause)?;
        Err(self.raise_word(exception))
    }

    /// A bare `raise`.
    #[cold]
    #[inline(never)]
    pub(super) fn raise_again(&self) -> Outcome<()> {
        match self.handled.get().set() {
            Some(exception) => self.raise_object(exception),
            None => Err(self.raise_text(&exception::RUNTIME_ERROR, "no active exception to reraise")),
        }
    }

    /// `except ty`: a class, or a tuple of them.
    pub(super) fn matches_exception(&self, exception: Word, ty: Word) -> Outcome<bool> {
        if let Some(ty) = as_type(ty) {
            return Ok(self.is_instance(exception, ty));
        }
        if let Some(types) = Handle::<Tuple>::from(ty) {
            self.check_stack()?;
            for ty in types.get().tail() {
                if self.matches_exception(exception, ty.get())? {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        Err(self.type_error("catching classes that do not inherit from BaseException is not allowed"))
    }

    /// Notes where the exception under way passes: once for each function, and not where it is only raised on.
    #[cold]
    #[inline(never)]
    pub(super) fn note_traceback(&self, function: Handle<Function>, offset: usize) {
        let prototype = function.get().prototype.get();
        let again = [Opcode::ReRaise as u8, Opcode::RaiseAgain as u8, Opcode::EndFinally as u8];
        let opcode = prototype.code().get(offset).copied().unwrap_or(0);
        let exception = self.raised.get();
        if again.contains(&opcode) {
            return;
        }
        exception::detail::note_context(self, exception, self.handled.get());
        exception::add_traceback(self, exception, prototype.head.file, prototype.line(offset), prototype.head.name);
    }

    /// `with manager`: its bound exit, and what entering gives.
    pub(super) fn with_enter(&self, manager: Word, is_async: bool) -> Outcome<(Word, Word)> {
        let (exit, enter) = if is_async { (name!(__aexit__), name!(__aenter__)) } else { (name!(__exit__), name!(__enter__)) };
        let exit = self.attribute(manager, exit)?;
        Ok((exit, self.call_method(manager, enter, &[])?))
    }

    /// Calls `exit` for the reason that a `with` is left.
    pub(super) fn with_exit(&self, exit: Word, reason: Word) -> Outcome {
        if reason == Word::NONE || reason.is_int() {
            return self.call(exit, &[Word::NONE; 3]);
        }
        let traceback = Handle::<exception::Exception>::from(reason).and_then(|exception| exception.traceback.get().set());
        self.call(exit, &[self.type_word_of(reason), reason, traceback.unwrap_or(Word::NONE)])
    }

    /// Writes an exception with its traceback, as the prompt shows it.
    ///
    /// # Errors
    /// What the sink or the exception's own `__str__` raises.
    pub fn print_exception(&self, exception: Word, out: &mut Printer) -> Outcome<()> {
        self.print_with_hints(exception, out, Hints::NONE)
    }

    /// Writes an exception with its traceback and with hints for a person who reads it.
    ///
    /// # Errors
    /// What the sink or the exception's own `__str__` raises.
    pub fn print_with_hints(&self, exception: Word, out: &mut Printer, hints: Hints) -> Outcome<()> {
        exception::detail::print_before(self, exception, out, hints)?;
        let limit = exception::detail::traceback_limit(self)?;
        if exception::has_traceback(exception) && limit > 0 {
            out.text(self, "Traceback (most recent call last):\n")?;
            exception::for_each_entry(exception, limit, &mut |file, line, block| {
                out.text(self, "  File \"")?;
                out.text(self, self.name_text(file))?;
                out.text(self, "\", line ")?;
                out.int(self, line as isize)?;
                if block != name!("") {
                    out.text(self, ", in ")?;
                    out.text(self, self.name_text(block))?;
                }
                out.text(self, "\n")
            })?;
            hints.print_source(self, exception, out)?;
        }
        out.text(self, self.name_text(exception::detail::shown(self, exception).name))?;
        out.text(self, ": ")?;
        out.word(self, exception, crate::object::print::Style::Str)?;
        hints.print_suggestion(self, exception, out)?;
        out.text(self, "\n")?;
        exception::detail::print_notes(self, exception, out)
    }

    /// `name` is nowhere.
    #[cold]
    #[inline(never)]
    pub(super) fn no_name(&self, name: crate::object::name::Name) -> Raised {
        let raised = self.raise(&exception::NAME_ERROR, &[Text("name '"), NamePart(name), Text("' isn't defined")]);
        exception::detail::annotate(self, self.peek_raised(raised), &[(name!(name), Word::name(name))]);
        raised
    }
}
