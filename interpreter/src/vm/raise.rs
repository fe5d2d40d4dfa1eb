//! Raising from Rust: types, messages in parts, and the exceptions that need no memory.

use super::reserve::Short;
use super::{Outcome, Raised, Vm};
use crate::object::exception;
use crate::object::kind::Type;
use crate::object::name::Name;
use crate::object::print::{Builder, Printer, Style};
use crate::object::word::Word;

/// A piece of a message. `vm.raise(&TYPE_ERROR, &[Text("can't convert "), TypeOf(x), Text(" to int")])`.
#[derive(Clone, Copy)]
pub enum Part<'a> {
    /// Text as it is.
    Text(&'a str),
    /// A name.
    Name(Name),
    /// A number.
    Int(isize),
    /// `repr` of an object.
    Repr(Word),
    /// `str` of an object.
    Str(Word),
    /// The name of an object's type.
    TypeOf(Word),
}

impl Vm {
    /// Raises an exception of type `ty` with a message made of `parts`. When memory is short the message is left out.
    #[cold]
    #[inline(never)]
    pub fn raise(&self, ty: &'static Type, parts: &[Part]) -> Raised {
        let message = self.message(parts).or_else(|raised| self.short_message(parts, raised));
        match message.and_then(|message| exception::new(self, ty, &[message])) {
            Ok(exception) => self.raise_word(exception),
            Err(raised) => raised,
        }
    }

    /// Raises with a fixed message.
    #[cold]
    #[inline(never)]
    pub fn raise_text(&self, ty: &'static Type, message: &str) -> Raised {
        self.raise(ty, &[Part::Text(message)])
    }

    /// `TypeError`.
    #[cold]
    pub fn type_error(&self, message: &str) -> Raised {
        self.raise_text(&exception::TYPE_ERROR, message)
    }

    /// `ValueError`.
    #[cold]
    pub fn value_error(&self, message: &str) -> Raised {
        self.raise_text(&exception::VALUE_ERROR, message)
    }

    /// `OSError(number)`, with the numbers of `errno`.
    #[cold]
    pub fn os_error(&self, number: u16) -> Raised {
        match exception::new(self, exception::detail::of_number(number as isize), &[Word::int(number as isize)]) {
            Ok(exception) => self.raise_word(exception),
            Err(raised) => raised,
        }
    }

    /// Raises an exception object.
    #[cold]
    pub fn raise_word(&self, exception: Word) -> Raised {
        self.raised.set(exception);
        Raised(())
    }

    /// Takes the exception object behind a `Raised`.
    pub fn take_raised(&self, _raised: Raised) -> Word {
        self.raised.replace(Word::UNSET)
    }

    /// The exception object behind a `Raised`, which stays under way.
    pub fn peek_raised(&self, _raised: Raised) -> Word {
        self.raised.get()
    }

    /// The exception under way, or `UNSET`.
    pub(crate) fn peek(&self) -> Word {
        self.raised.get()
    }

    /// Makes `exception` the one under way again, or none if it is `UNSET`.
    pub(crate) fn put_back(&self, exception: Word) {
        self.raised.set(exception);
    }

    /// Drops the exception under way.
    pub(crate) fn forget_raised(&self) {
        self.raised.set(Word::UNSET);
    }

    #[cold]
    pub(crate) fn raise_recursion(&self) -> Raised {
        match exception::new(self, exception::detail::RECURSION, &[Word::name(name!("maximum recursion depth exceeded"))]) {
            Ok(exception) => self.raise_word(exception),
            Err(raised) => raised,
        }
    }

    /// `MemoryError`; allocates nothing.
    #[cold]
    pub(crate) fn raise_memory(&self, _size: usize) -> Raised {
        self.raise_word(Word::of_static(&exception::OUT_OF_MEMORY))
    }

    /// `MemoryError` because the heap is locked; allocates nothing.
    #[cold]
    pub(crate) fn raise_memory_locked(&self) -> Raised {
        self.raise_word(Word::of_static(&exception::HEAP_LOCKED))
    }

    /// A `str` made of `parts`.
    pub(crate) fn message(&self, parts: &[Part]) -> Outcome {
        let mut builder = Builder::new();
        self.write_parts(&mut Printer::new(&mut builder), parts)?;
        builder.finish_str(self)
    }

    /// The message without the heap, after it could not be made in it.
    fn short_message(&self, parts: &[Part], raised: Raised) -> Outcome {
        if !self.has_reserve() {
            return Err(raised);
        }
        self.forget_raised();
        let mut short = Short::new();
        self.write_parts(&mut Printer::new(&mut short), parts)?;
        short.finish(self)
    }

    fn write_parts(&self, out: &mut Printer, parts: &[Part]) -> Outcome<()> {
        for part in parts {
            match *part {
                Part::Text(text) => out.text(self, text)?,
                Part::Name(name) => out.text(self, self.name_text(name))?,
                Part::Int(value) => out.int(self, value)?,
                Part::Repr(word) => out.word(self, word, Style::Repr)?,
                Part::Str(word) => out.word(self, word, Style::Str)?,
                Part::TypeOf(word) => out.text(self, self.name_text(self.type_of(word).name))?,
            }
        }
        Ok(())
    }
}
