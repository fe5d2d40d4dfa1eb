//! From the text of a number to its value.

use crate::object::number;
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

/// The value of a number, or `None` if this build has no numbers of this sort.
pub(super) fn number(vm: &Vm, text: &str, number: Number) -> Outcome<Option<Word>> {
    match number {
        Number::Int(radix) => match isize::from_str_radix(text, radix) {
            Ok(value) if Word::fits(value) => Ok(Some(Word::int(value))),
            _ => number::parse_int(vm, text, radix).map(Some),
        },
        Number::Float => number::parse_float(vm, text).map(Some),
        Number::Imaginary => vm.new_complex(0.0, vm.float_value(number::parse_float(vm, text)?)?).map(Some),
    }
}
