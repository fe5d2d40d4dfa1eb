//! Raising and handling, as the instructions ask for it; tracebacks; printing what nobody caught.

use super::raise::Part::{Name as NamePart, Text, TypeOf};
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
        let is_exception = |word| self.is_subclass(as_type(word).unwrap_or(self.type_of(word)), &exception::BASE_EXCEPTION);
        if crate::WHOLE && cause != Word::NONE && !is_exception(cause) {
            return Err(self.type_error("exception causes must derive from BaseException"));
        }
        let cause = if cause == Word::NONE { cause } else { exception::instantiate(self, cause, None)? };
        exception::detail::set_cause(self, exception, cause)?;
        Err(self.raise_word(exception))
    }

    /// A bare `raise`.
    #[cold]
    #[inline(never)]
    pub(super) fn raise_again(&self) -> Outcome<()> {
        match self.handled_now().set() {
            Some(exception) => self.raise_object(exception),
            None => {
                let text = crate::worded("No active exception to reraise", "no active exception to reraise");
                Err(self.raise_text(&exception::RUNTIME_ERROR, text))
            }
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
        // What is thrown into a generator does not come of what is handled around that.
        let waits = [Opcode::Yield as u8, Opcode::YieldFrom as u8].contains(&opcode);
        exception::detail::note_context(self, exception, if waits { self.handled.get() } else { self.handled_now() });
        exception::traceback::add(self, exception, function, offset);
    }

    /// Lets the traceback keep what it wants of the topmost frame, which the exception under way leaves.
    ///
    /// # Safety
    /// `fp` is the frame of `function`.
    #[cold]
    #[inline(never)]
    pub(super) unsafe fn leave_frame(&self, function: Handle<Function>, fp: *mut Word) {
        exception::traceback::leave(self, function, |count| {
            self.new_tuple_with(count, |index| {
                // SAFETY: a frame has at least so many locals, and they are initialised.
                unsafe { *fp.add(index) }
            })
        });
    }

    /// `with manager`: its bound exit, and what entering gives.
    pub(super) fn with_enter(&self, manager: Word, is_async: bool) -> Outcome<(Word, Word)> {
        let (exit, enter) = if is_async { (name!(__aexit__), name!(__aenter__)) } else { (name!(__exit__), name!(__enter__)) };
        if crate::WHOLE {
            let exit = self.find_attribute(manager, exit)?;
            if exit == Word::UNSET {
                let has_enter = self.find_attribute(manager, enter)? != Word::UNSET;
                return Err(self.no_manager(manager, is_async, has_enter));
            }
            return match self.call_method_if(manager, enter, &[])? {
                entered if entered == Word::UNSET => Err(self.no_manager(manager, is_async, false)),
                entered => Ok((exit, entered)),
            };
        }
        let exit = self.attribute(manager, exit)?;
        Ok((exit, self.call_method(manager, enter, &[])?))
    }

    #[cold]
    fn no_manager(&self, word: Word, is_async: bool, has_enter: bool) -> Raised {
        let what = Text(if is_async {
            "' object does not support the asynchronous context manager protocol"
        } else {
            "' object does not support the context manager protocol"
        });
        let missed = match (has_enter, is_async) {
            (false, _) => "",
            (true, false) => " (missed __exit__ method)",
            (true, true) => " (missed __aexit__ method)",
        };
        self.raise(&exception::TYPE_ERROR, &[Text("'"), TypeOf(word), what, Text(missed)])
    }

    /// Calls `exit` for the reason that a `with` is left.
    #[inline(never)]
    pub(super) fn with_exit(&self, exit: Word, reason: Word) -> Outcome {
        if reason == Word::NONE || reason.is_int() {
            return self.call(exit, &[Word::NONE; 3]);
        }
        self.call(exit, &[self.type_word_of(reason), reason, exception::traceback_of(reason)])
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
        if crate::WHOLE && exception::detail::print_groups(self, exception, out)? {
            return Ok(());
        }
        exception::detail::print_before(self, exception, out, hints)?;
        let limit = exception::detail::traceback_limit(self)?;
        if exception::has_traceback(exception) && limit > 0 {
            out.text(self, "Traceback (most recent call last):\n")?;
            exception::traceback::print(self, exception, limit, out)?;
            hints.print_source(self, exception, out)?;
        }
        hints.print_type(self, exception, out)?;
        out.text(self, ": ")?;
        let text = exception::hint::message(self, exception).unwrap_or(exception);
        match out.word(self, text, crate::object::print::Style::Str) {
            Err(raised) if crate::WHOLE && self.is_about_text(raised) => {
                self.take_raised(raised);
                out.text(self, "<exception str() failed>")?;
            }
            outcome => outcome?,
        }
        hints.print_suggestion(self, exception, out)?;
        out.text(self, "\n")?;
        exception::detail::print_notes(self, exception, out)
    }

    /// Whether an error came of an exception's own `__str__`, not of the sink or a full heap.
    #[cold]
    fn is_about_text(&self, raised: Raised) -> bool {
        let error = self.peek_raised(raised);
        let is = |ty| self.is_instance(error, ty);
        is(&exception::EXCEPTION) && !is(&exception::OS_ERROR) && !is(&exception::MEMORY_ERROR)
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
