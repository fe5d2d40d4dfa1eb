//! `format` in the smallest interpreter: text as it is, without specifications.

use super::handle::Args;
use super::print::Builder;
use super::word::Word;
use crate::vm::{Outcome, Vm};

impl Vm {
    /// `format(value, "")`, a `str`.
    ///
    /// # Errors
    /// `ValueError` for a specification, whatever printing raises.
    pub fn format(&self, value: Word, spec: &str) -> Outcome {
        if spec.is_empty() { self.str(value) } else { Err(self.value_error("no format specifications in this build")) }
    }
}

/// `!r`, `!s` and `!a`; 0 is none.
///
/// # Errors
/// What printing raises.
pub fn convert(vm: &Vm, value: Word, conversion: u8) -> Outcome {
    match conversion {
        b'r' | b'a' => vm.repr(value),
        b's' => vm.str(value),
        _ => Ok(value),
    }
}

/// `template.format(*args)`, of fields without names and specifications: `{}`.
///
/// # Errors
/// `ValueError` for any other field, `IndexError` for a missing argument, what printing raises.
pub fn str_format(vm: &Vm, template: Word, args: Args) -> Outcome {
    let mut out = Builder::new();
    let mut next = 0;
    let mut pieces = vm.text_of(template).split("{}");
    out.push(vm, pieces.next().unwrap_or("").as_bytes())?;
    for piece in pieces {
        let value = args.get(next).ok_or_else(|| vm.raise_text(&super::exception::INDEX_ERROR, "tuple index out of range"))?;
        let text = vm.str(value)?;
        out.push(vm, vm.text_of(text).as_bytes())?;
        out.push(vm, piece.as_bytes())?;
        next += 1;
    }
    out.finish_str(vm)
}
