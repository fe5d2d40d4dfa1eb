//! What the tower of numbers wants of `int` and `float`: parts, ratios, hexadecimal floats.

use super::exception::{OVERFLOW_ERROR, VALUE_ERROR};
use super::handle::{Args, Handle};
use super::kind::{Access, Binary};
use super::name::Name;
use super::print::{Builder, Printer};
use super::real::{self, Math, Real};
use super::word::Word;
use crate::vm::{Outcome, Vm};

/// Names of attributes.
pub const NAMES: &[&str] = &["numerator", "denominator", "base"];

type Attribute = fn(&Vm, Word, Name, Access) -> Outcome;

/// The attributes of ints, bools and floats.
pub const ATTRIBUTE: Option<Attribute> = Some(attribute);

fn attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let is_float = Handle::<super::float::Float>::from(word).is_some();
    let plain = || if word.is_bool() { Word::int((word == Word::TRUE) as isize) } else { word };
    match access {
        Access::Load if name == name!(real) => Ok(plain()),
        Access::Load if name == name!(imag) && is_float => vm.new_float(0.0),
        Access::Load if name == name!(imag) => Ok(Word::int(0)),
        Access::Load if name == name!(numerator) && !is_float => Ok(plain()),
        Access::Load if name == name!(denominator) && !is_float => Ok(Word::int(1)),
        _ => Ok(Word::UNSET),
    }
}

/// Mantissa and exponent of a finite value's magnitude, which is `mantissa * 2**exponent`.
fn taken_apart(value: Real) -> (u64, i32) {
    let bits = real::to_double(value).to_bits();
    let (exponent, mantissa) = ((bits >> 52 & 0x7ff) as i32, bits & ((1 << 52) - 1));
    match exponent {
        0 => (mantissa, -1074),
        _ => (mantissa | 1 << 52, exponent - 1075),
    }
}

/// `float.as_integer_ratio()`.
pub fn ratio_of_float(vm: &Vm, args: Args) -> Outcome {
    let value = vm.float_value(args.at(0))?;
    if value.is_infinite() {
        return Err(vm.raise_text(&OVERFLOW_ERROR, "cannot convert Infinity to integer ratio"));
    }
    if value.is_nan() {
        return Err(vm.raise_text(&VALUE_ERROR, "cannot convert NaN to integer ratio"));
    }
    let (mut mantissa, mut exponent) = taken_apart(value);
    if mantissa == 0 {
        return vm.new_tuple(&[Word::int(0), Word::int(1)]);
    }
    exponent += mantissa.trailing_zeros() as i32;
    mantissa >>= mantissa.trailing_zeros();
    let signed = if value.is_sign_negative() { -(mantissa as i64) } else { mantissa as i64 };
    let shift = |number: Word, by: i32| vm.binary(Binary::ShiftLeft, number, Word::int(by as isize));
    let numerator = shift(vm.new_int(signed)?, exponent.max(0))?;
    let denominator = shift(Word::int(1), (-exponent).max(0))?;
    vm.new_tuple(&[numerator, denominator])
}

/// `float.hex()`.
pub fn hex(vm: &Vm, args: Args) -> Outcome {
    let value = vm.float_value(args.at(0))?;
    if !value.is_finite() {
        return vm.repr(vm.new_float(value)?);
    }
    let (mantissa, exponent) = taken_apart(value);
    let mut builder = Builder::new();
    let out = &mut Printer::new(&mut builder);
    out.text(vm, if value.is_sign_negative() { "-0x" } else { "0x" })?;
    out.text(vm, if mantissa >> 52 == 0 { "0." } else { "1." })?;
    match mantissa {
        0 => out.text(vm, "0p+0")?,
        _ => {
            let fraction = mantissa & ((1 << 52) - 1);
            // In two halves: a word may have 32 bits.
            out.digits(vm, (fraction >> 28) as usize, 16, 6)?;
            out.digits(vm, (fraction & 0xfff_ffff) as usize, 16, 7)?;
            let exponent = exponent + 52;
            out.text(vm, if exponent < 0 { "p-" } else { "p+" })?;
            out.int(vm, exponent.unsigned_abs() as isize)?;
        }
    }
    builder.finish_str(vm)
}

/// `float.fromhex(text)`.
pub fn from_hex(vm: &Vm, args: Args) -> Outcome {
    let text = vm.expect_text(args.at(1))?.trim();
    let (negative, digits) = match text.as_bytes() {
        [b'-', ..] => (true, &text[1..]),
        [b'+', ..] => (false, &text[1..]),
        _ => (false, text),
    };
    let is = |word: &str| digits.eq_ignore_ascii_case(word);
    let magnitude = if is("inf") || is("infinity") {
        Real::INFINITY
    } else if is("nan") {
        Real::NAN
    } else {
        let invalid = || vm.raise_text(&VALUE_ERROR, "invalid hexadecimal floating-point string");
        let number = Hexadecimal::read(digits).ok_or_else(invalid)?;
        let too_large = || vm.raise_text(&OVERFLOW_ERROR, "hexadecimal value too large to represent as a float");
        number.rounded().ok_or_else(too_large)?
    };
    let value = vm.new_float(if negative { -magnitude } else { magnitude })?;
    let is_plain = core::ptr::eq(super::handle::as_type(args.at(0)).unwrap_or(&super::float::FLOAT), &super::float::FLOAT);
    if is_plain { Ok(value) } else { vm.call(args.at(0), &[value]) }
}

/// `mantissa * 2**exponent`, and whether anything below was cut off.
struct Hexadecimal {
    mantissa: u64,
    exponent: i64,
    rest: bool,
}

impl Hexadecimal {
    /// `[0x] digits [. digits] [p exponent]`
    fn read(text: &str) -> Option<Hexadecimal> {
        let text = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")).unwrap_or(text);
        let (digits, exponent) = match text.find(['p', 'P']) {
            Some(at) => (&text[..at], exponent(&text[at + 1..])?),
            None => (text, 0),
        };
        let mut number = Hexadecimal { mantissa: 0, exponent, rest: false };
        let (mut any, mut fraction) = (false, false);
        for character in digits.chars() {
            if character == '.' && !fraction {
                fraction = true;
                continue;
            }
            let digit = character.to_digit(16)? as u64;
            any = true;
            if number.mantissa >> 60 == 0 {
                number.mantissa = number.mantissa << 4 | digit;
                number.exponent -= if fraction { 4 } else { 0 };
            } else {
                number.rest |= digit != 0;
                number.exponent += if fraction { 0 } else { 4 };
            }
        }
        any.then_some(number)
    }

    /// The nearest float, of two equally near the even one; `None` if it is too large.
    fn rounded(mut self) -> Option<Real> {
        let length = 64 - self.mantissa.leading_zeros() as i64;
        if length == 0 {
            return Some(0.0);
        }
        let top = length - 1 + self.exponent;
        let (lowest, precision) = (i64::from(Real::MIN_EXP) - 1, i64::from(Real::MANTISSA_DIGITS));
        let precision = precision - (lowest - top).max(0);
        let cut = length - precision;
        if cut > 64 {
            return Some(0.0);
        }
        if cut > 0 {
            let below = if cut == 64 { self.mantissa } else { self.mantissa & ((1 << cut) - 1) };
            let half = 1 << (cut - 1);
            self.mantissa = self.mantissa.checked_shr(cut as u32).unwrap_or(0);
            let up = below > half || below == half && (self.rest || self.mantissa & 1 == 1);
            self.mantissa += up as u64;
            self.exponent += cut;
        }
        let value = Math::ldexp(self.mantissa as Real, self.exponent.clamp(-5000, 5000) as i32);
        value.is_finite().then_some(value)
    }
}

/// Decimal, with a sign; far out of any range it is cut.
fn exponent(text: &str) -> Option<i64> {
    let (sign, digits) = match text.as_bytes() {
        [b'-', ..] => (-1, &text[1..]),
        [b'+', ..] => (1, &text[1..]),
        _ => (1, text),
    };
    if digits.is_empty() {
        return None;
    }
    let digit = |value: i64, character: char| Some((value * 10 + character.to_digit(10)? as i64).min(1 << 40));
    digits.chars().try_fold(0, digit).map(|value| sign * value)
}

/// `x.__floor__()` and `x.__ceil__()`, by the function of `math`.
#[cfg(feature = "full")]
pub fn rounded(vm: &Vm, args: Args, name: Name) -> Outcome {
    vm.call_method(Word::of_static(&crate::modules::MATH), name, &[vm.native(args.at(0))])
}

/// `x.__round__(digits=None)`.
#[cfg(feature = "full")]
pub fn round(vm: &Vm, args: Args) -> Outcome {
    let words = [vm.native(args.at(0)), args.get(1).unwrap_or(Word::NONE)];
    vm.call_method(Word::of_static(&crate::modules::BUILTINS), name!(round), &words[..args.len()])
}

/// `float.__getformat__(kind)`.
#[cfg(feature = "full")]
pub fn format(vm: &Vm, args: Args) -> Outcome {
    match vm.expect_text(args.at(1))? {
        "double" | "float" => vm.new_str("IEEE, little-endian"),
        _ => Err(vm.value_error("__getformat__() argument 1 must be 'double' or 'float'")),
    }
}
