//! What operators mean: the questions that the VM and the builtins ask of any object.

use super::{Outcome, Vm};
use crate::object::handle::object_type;
use crate::object::kind::Type;
use crate::object::print::{Printer, Style};
use crate::object::word::{View, Word};
use crate::object::{bool, int, singleton, str};

impl Vm {
    /// The type of any word.
    #[inline]
    pub fn type_of(&self, word: Word) -> &'static Type {
        match word.view() {
            View::Int(_) => &int::INT,
            View::Name(_) => &str::STR,
            View::Object(_) => object_type(word).expect("an object has a type"),
            View::Immediate if word.is_bool() => &bool::BOOL,
            View::Immediate if word == Word::ELLIPSIS => &singleton::ELLIPSIS_TYPE,
            View::Immediate if word == Word::NOT_IMPLEMENTED => &singleton::NOT_IMPLEMENTED_TYPE,
            View::Immediate => &singleton::NONE_TYPE,
        }
    }

    /// Writes an object as `repr` or `str`.
    pub fn print(&self, word: Word, out: &mut Printer, style: Style) -> Outcome<()> {
        self.check_stack()?;
        let ty = self.type_of(word);
        match ty.slots.print {
            Some(print) => print(self, word, out, style),
            None => {
                out.text(self, "<")?;
                out.text(self, self.name_text(ty.name))?;
                out.text(self, " object at 0x")?;
                out.hex(self, word.address())?;
                out.text(self, ">")
            }
        }
    }

    /// `hash(word)`.
    ///
    /// # Errors
    /// `TypeError` for an unhashable object.
    pub fn hash(&self, word: Word) -> Outcome<u32> {
        if let Some(text) = self.as_text(word) {
            return Ok(crate::object::name::hash(text.as_bytes()));
        }
        Ok(word.address() as u32)
    }

    /// `a == b`.
    ///
    /// # Errors
    /// What `__eq__` raises.
    pub fn equal(&self, a: Word, b: Word) -> Outcome<bool> {
        Ok(a == b || matches!((self.as_text(a), self.as_text(b)), (Some(x), Some(y)) if x == y))
    }
}
