//! Numbers and text in the smallest interpreter: small ints alone.

use super::exception::VALUE_ERROR;
use super::handle::Args;
use super::print::Printer;
use super::word::Word;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Vm};

/// The `str` that `int(x)` parses: x itself, if it is one.
pub fn text_argument(vm: &Vm, word: Word) -> Outcome<Option<Word>> {
    Ok(vm.as_text(word).map(|_| word))
}

/// The text of a number without the white space around it.
pub fn trim(text: &str) -> &str {
    text.trim_ascii()
}

/// Fails when there are keyword arguments.
///
/// # Errors
/// `TypeError`.
pub fn refuse_keywords(vm: &Vm, args: Args) -> Outcome<()> {
    if args.keyword_count() == 0 { Ok(()) } else { Err(vm.type_error("function doesn't take keyword arguments")) }
}

/// Parses an int as `int(text, radix)` does, without prefixes and underscores.
///
/// # Errors
/// `ValueError`, `OverflowError`.
pub fn parse_int(vm: &Vm, text: &str, radix: u32) -> Outcome {
    if radix < 2 || radix > 36 {
        return Err(vm.value_error("int() arg 2 must be >= 2 and <= 36"));
    }
    let trimmed = text.as_bytes().trim_ascii();
    let (negative, digits) = match trimmed {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, trimmed),
    };
    let mut value = 0_isize;
    for &byte in digits {
        let Some(digit) = (byte as char).to_digit(radix) else { return Err(invalid(vm, radix)) };
        let more = value.checked_mul(radix as isize).and_then(|value| value.checked_sub(digit as isize));
        value = more.ok_or_else(|| super::int::overflow(vm))?;
    }
    if digits.is_empty() {
        return Err(invalid(vm, radix));
    }
    vm.new_int(if negative { value as i64 } else { -(value as i64) })
}

#[cold]
fn invalid(vm: &Vm, radix: u32) -> crate::vm::Raised {
    vm.raise(&VALUE_ERROR, &[Part::Text("invalid syntax for integer with base "), Part::Int(radix as isize)])
}

/// There are no floats here.
///
/// # Errors
/// `ValueError`, always.
pub fn parse_float(vm: &Vm, _: &str) -> Outcome {
    Err(vm.value_error("no floats in this build"))
}

/// Writes an int that is no small one: there is none.
pub(super) fn print_big(_: &Vm, _: Word, _: &mut Printer) -> Outcome<()> {
    Ok(())
}

/// Writes the magnitude of an int in radix 2, 8, 10 or 16.
///
/// # Errors
/// The sink's.
pub fn print_magnitude(vm: &Vm, word: Word, radix: usize, out: &mut Printer) -> Outcome<()> {
    out.digits(vm, super::int::small(word).unwrap_or(0).unsigned_abs(), radix, 1)
}

/// The builtin `round`: of an int, it is that.
///
/// # Errors
/// `TypeError`.
pub fn round(vm: &Vm, word: Word, _: Option<Word>) -> Outcome {
    vm.to_int(word)
}

/// Whether `word` is an int in the heap.
pub fn is_big(_: Word) -> bool {
    false
}

/// The value of digits, which only floats ask for: there are none.
///
/// # Errors
/// `OverflowError`, always.
pub(super) fn parse_digits(vm: &Vm, _: &[u8], _: u32) -> Outcome {
    Err(super::int::overflow(vm))
}
