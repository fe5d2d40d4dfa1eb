//! Calling from Rust: any callable, with arguments that Rust has.

use super::raise::Part::{Text, TypeOf};
use super::{Outcome, Raised, Vm};
use crate::object::exception;
use crate::object::handle::Args;
use crate::object::name::Name;
use crate::object::word::Word;
use core::cell::Cell;

impl Vm {
    /// Calls `callable` with positional arguments.
    ///
    /// # Errors
    /// What the call raises; `TypeError` if it is not callable.
    pub fn call(&self, callable: Word, arguments: &[Word]) -> Outcome {
        self.with_pushed(arguments.iter().copied(), |pushed| self.call_args(callable, Args::of(pushed)))
    }

    /// Calls `callable` with arguments that lie in cells already.
    ///
    /// # Errors
    /// As for `call`.
    pub fn call_args(&self, callable: Word, arguments: Args) -> Outcome {
        self.check_stack()?;
        match self.type_of(callable).slots.call {
            Some(call) => call(self, callable, arguments),
            None => Err(self.not_callable(callable)),
        }
    }

    /// Calls `callable(first, …arguments)`.
    ///
    /// # Errors
    /// As for `call`.
    pub fn call_with_first(&self, callable: Word, first: Word, arguments: Args) -> Outcome {
        let words = arguments.words().iter().map(Cell::get);
        let count = arguments.len() + 1;
        self.with_pushed(core::iter::once(first).chain(words), |pushed| {
            self.call_args(callable, Args::with_keywords(pushed, count))
        })
    }

    /// Calls the method `name` of `object`.
    ///
    /// # Errors
    /// `AttributeError`, what the call raises.
    pub fn call_method(&self, object: Word, name: Name, arguments: &[Word]) -> Outcome {
        let found = self.load_method(object, name)?;
        if found.first == Word::UNSET {
            return self.call(found.value, arguments);
        }
        let words = core::iter::once(found.first).chain(arguments.iter().copied());
        self.with_pushed(words, |pushed| self.call_args(found.value, Args::of(pushed)))
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn not_callable(&self, word: Word) -> Raised {
        self.raise(&exception::TYPE_ERROR, &[Text("'"), TypeOf(word), Text("' object isn't callable")])
    }

    /// Runs `body` with `words` on the VM's stack, where the collector sees them.
    pub(crate) fn with_pushed(&self, words: impl Iterator<Item = Word>, body: impl FnOnce(&[Cell<Word>]) -> Outcome) -> Outcome {
        let stack = &self.stack;
        let base = stack.top.get();
        let mut top = base;
        for word in words {
            if top >= stack.records.get() {
                return Err(self.raise_recursion());
            }
            // SAFETY: `top` lies below the records, within the region.
            unsafe {
                top.write(Cell::new(word));
                top = top.add(1);
            }
        }
        stack.top.set(top);
        // SAFETY: [base, top) was written just now, and nobody below pops beneath its own base.
        let pushed = unsafe { core::slice::from_raw_parts(base.as_ptr(), top.offset_from_unsigned(base)) };
        let outcome = body(pushed);
        stack.top.set(base);
        outcome
    }
}
