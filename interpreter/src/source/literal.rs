//! From the text of a number to its value.

use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

/// What a number's text says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Number {
    /// Digits of this radix, without prefix and underscores.
    Int(u32),
    /// A float.
    Float,
    /// An imaginary number; the text is without its `j`.
    Imaginary,
}

/// The value of a number, or `None` if this build has no such numbers.
pub(super) fn number(vm: &Vm, text: &str, number: Number) -> Outcome<Option<Word>> {
    match number {
        Number::Int(radix) => match small_int(text, radix) {
            Some(word) => Ok(Some(word)),
            None => Ok(None),
        },
        Number::Float | Number::Imaginary => {
            let _ = vm;
            Ok(None)
        }
    }
}

fn small_int(text: &str, radix: u32) -> Option<Word> {
    let value = isize::from_str_radix(text, radix).ok()?;
    if Word::fits(value) { Some(Word::int(value)) } else { None }
}
