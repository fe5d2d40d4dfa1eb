//! `float`: boxed, 16 bytes in the heap of a 32-bit chip as of a host.

use super::bigint::{self, Big, Room};
use super::class::TYPE;
use super::complex;
use super::exception;
use super::handle::{Args, Handle};
use super::int;
use super::kind::{Binary, Header, Kind, Slots, Type, Unary};
use super::number;
use super::numeric;
use super::print::{Printer, Style};
use super::real::{self, Bits, Math};
use super::word::Word;
use crate::vm::raise::Part::{Text, TypeOf};
use crate::vm::{Outcome, Raised, Vm};
use core::cmp::Ordering;

pub use super::real::Real;

static SLOTS: Slots = Slots {
    make: Some(make),
    print: Some(print),
    unary: Some(unary),
    binary: Some(binary),
    attribute: numeric::ATTRIBUTE,
    ..Slots::NONE
};

table! { pub ROWS, NAMES, DOCS:
    /// is_integer(): whether there is no fraction.
    def is_integer(1) = is_integer;
    /// as_integer_ratio(): numerator and denominator of the exact value.
    #[cfg(feature = "full")]
    def as_integer_ratio(1) = numeric::ratio_of_float;
    /// hex(): the exact value in hexadecimal digits.
    #[cfg(feature = "full")]
    def hex(1) = numeric::hex;
    /// fromhex(text): the number that hexadecimal digits say.
    #[cfg(feature = "full")]
    class def fromhex(2) = numeric::from_hex;
    /// __getformat__("double"): how such a number lies in memory.
    #[cfg(feature = "full")]
    class def __getformat__(2) = numeric::format;
    /// conjugate(): the number itself.
    #[cfg(feature = "standard")]
    def conjugate(1) = |_, args| Ok(args.at(0));
}

/// `float`.
pub static FLOAT: Type =
    Type { header: Header::of(&TYPE), slots: &SLOTS, name: name!("float"), kind: Kind::Float, traced: 0, base: None, rows: ROWS };

/// A float object.
#[repr(C)]
pub struct Float {
    /// `float`.
    pub header: Header,
    /// The value.
    pub value: Real,
}

impl Vm {
    /// A `float`.
    ///
    /// # Errors
    /// `MemoryError`.
    #[inline]
    pub fn new_float(&self, value: Real) -> Outcome {
        Ok(self.new_object(Float { header: Header::of(&FLOAT), value })?.word())
    }

    /// The number that `word` is or (by `__float__`) stands for.
    ///
    /// # Errors
    /// `TypeError` if it is none.
    pub fn float_value(&self, word: Word) -> Outcome<Real> {
        if let Some(value) = real(word) {
            return if crate::WHOLE && value.is_infinite() { finite(self, value, word) } else { Ok(value) };
        }
        let answer = match self.type_of(word).slots.unary {
            Some(unary) => unary(self.here(), Unary::Float, word)?,
            None => Word::NOT_IMPLEMENTED,
        };
        let message = if crate::WHOLE {
            [Text("must be real number, not "), TypeOf(word), Text("")]
        } else {
            [Text("can't convert "), TypeOf(word), Text(" to float")]
        };
        Handle::<Float>::from(answer).map(|float| float.value).ok_or_else(|| self.raise(&super::exception::TYPE_ERROR, &message))
    }
}

/// The value of a `float`, `int` or `bool`.
#[inline]
pub fn real(word: Word) -> Option<Real> {
    if let Some(float) = Handle::<Float>::from(word) {
        return Some(float.value);
    }
    if let Some(value) = int::small(word) {
        return Some(value as Real);
    }
    Big::of(word, &Room::default()).map(bigint::to_real)
}

/// An int that no float reaches is an error on hosts, where MicroPython has an infinity.
#[cold]
fn finite(vm: &Vm, value: Real, word: Word) -> Outcome<Real> {
    if value.is_infinite() && int::is_int(word) {
        return Err(vm.raise_text(&super::exception::OVERFLOW_ERROR, "int too large to convert to float"));
    }
    Ok(value)
}

fn make(vm: &Vm, _ty: &'static Type, args: Args) -> Outcome {
    let Some(word) = args.get(0) else { return vm.new_float(0.0) };
    if Handle::<Float>::from(word).is_some() {
        return Ok(word);
    }
    // A class of a program that derives from `str` or `int` may know better.
    if crate::WHOLE && vm.native(word) != word {
        let value = vm.ask(Unary::Float, word)?;
        if let Some(float) = Handle::<Float>::from(vm.native(value)) {
            return vm.new_float(float.value);
        }
    }
    if let Some(text) = number::text_argument(vm, word)? {
        return number::parse_float(vm, vm.text_of(text));
    }
    if crate::WHOLE && real(word).is_none() {
        let value = vm.ask(Unary::Float, word)?;
        if value != Word::NOT_IMPLEMENTED {
            let said = [TypeOf(word), Text(".__float__ returned non-float (type "), TypeOf(value), Text(")")];
            let float = Handle::<Float>::from(vm.native(value)).ok_or_else(|| vm.raise(&super::exception::TYPE_ERROR, &said))?;
            return vm.new_float(float.value);
        }
        let value = vm.ask(Unary::Index, word)?;
        if value != Word::NOT_IMPLEMENTED {
            return vm.new_float(vm.float_value(value)?);
        }
        let said = [Text("float() argument must be a string or a real number, not '"), TypeOf(word), Text("'")];
        return Err(vm.raise(&super::exception::TYPE_ERROR, &said));
    }
    vm.new_float(vm.float_value(word)?)
}

fn is_integer(vm: &Vm, args: Args) -> Outcome {
    let value = vm.float_value(args.at(0))?;
    Ok(Word::bool(value.is_finite() && Math::trunc(value) == value))
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _style: Style) -> Outcome<()> {
    super::decimal::print_float(vm, real(word).expect("a float"), out)
}

fn unary(vm: &Vm, operator: Unary, word: Word) -> Outcome {
    let value = real(word).expect("a float");
    match operator {
        Unary::Pos | Unary::Float => Ok(word),
        Unary::Neg => vm.new_float(-value),
        Unary::Abs => vm.new_float(value.abs()),
        Unary::Bool => Ok(Word::bool(value != 0.0)),
        Unary::Not => Ok(Word::bool(value == 0.0)),
        Unary::Int => bigint::from_real(vm, value),
        Unary::Hash => hash(vm, value),
        Unary::Invert | Unary::Index | Unary::Len | Unary::Sizeof => Ok(Word::NOT_IMPLEMENTED),
    }
}

/// That of the equal int, if there is one.
fn hash(vm: &Vm, value: Real) -> Outcome {
    if value.is_finite() && Math::trunc(value) == value {
        return int::unary(vm, Unary::Hash, bigint::from_real(vm, value)?);
    }
    let bits = real::to_double(value).to_bits();
    Ok(Word::int((((bits >> 32) as u32 ^ bits as u32).wrapping_mul(0x9e37_79b1) >> 2) as isize))
}

/// Operators of two real numbers, at least one of them a float, and those of ints whose answer is a float.
pub(super) fn binary(vm: &Vm, operator: Binary, lhs: Word, rhs: Word) -> Outcome {
    let (Some(a), Some(b)) = (real(lhs), real(rhs)) else {
        return complex::binary(vm, operator, lhs, rhs);
    };
    let compares = Binary::Less as u8..=Binary::NotEqual as u8;
    if crate::WHOLE && (a.is_infinite() || b.is_infinite()) && !compares.contains(&(operator as u8)) {
        finite(vm, a, lhs)?;
        finite(vm, b, rhs)?;
    }
    let value = match operator {
        Binary::Add => a + b,
        Binary::Sub => a - b,
        Binary::Mul => a * b,
        Binary::TrueDiv | Binary::FloorDiv | Binary::Mod | Binary::DivMod if b == 0.0 => return Err(bigint::zero_division(vm)),
        Binary::TrueDiv => a / b,
        Binary::FloorDiv => floor_divide(a, b).0,
        Binary::Mod => floor_divide(a, b).1,
        Binary::DivMod => {
            let (quotient, remainder) = floor_divide(a, b);
            return vm.new_tuple(&[vm.new_float(quotient)?, vm.new_float(remainder)?]);
        }
        Binary::Pow => return power(vm, a, b),
        Binary::Less | Binary::LessEqual | Binary::Greater | Binary::GreaterEqual | Binary::Equal | Binary::NotEqual => {
            return Ok(match compare(vm, lhs, rhs)? {
                Some(order) => bigint::comparison(operator, order),
                None => Word::bool(operator == Binary::NotEqual),
            });
        }
        _ => return Ok(Word::NOT_IMPLEMENTED),
    };
    vm.new_float(value)
}

/// Compares exactly, ints of any size too; `None` if one is no number.
fn compare(vm: &Vm, lhs: Word, rhs: Word) -> Outcome<Option<Ordering>> {
    match (Handle::<Float>::from(lhs), Handle::<Float>::from(rhs)) {
        (Some(a), Some(b)) => Ok(a.value.partial_cmp(&b.value)),
        (None, Some(b)) => compare_int(vm, lhs, b.value),
        (Some(a), None) => Ok(compare_int(vm, rhs, a.value)?.map(Ordering::reverse)),
        (None, None) => Ok(real(lhs).partial_cmp(&real(rhs))),
    }
}

fn compare_int(vm: &Vm, lhs: Word, rhs: Real) -> Outcome<Option<Ordering>> {
    if rhs.is_nan() {
        return Ok(None);
    }
    let floor = Math::floor(rhs);
    let then = if floor < rhs { Ordering::Less } else { Ordering::Equal };
    if let Some(a) = int::small(lhs) {
        // The cast saturates far outside the small ints.
        return Ok(Some((a as i64).cmp(&(floor as i64)).then(then)));
    }
    let rooms = [Room::default(), Room::default()];
    let a = Big::of(lhs, &rooms[0]).expect("an int");
    if rhs.is_infinite() {
        return Ok(Some(if rhs > 0.0 { Ordering::Less } else { Ordering::Greater }));
    }
    let b = bigint::from_real(vm, floor)?;
    Ok(Some(a.compare(Big::of(b, &rooms[1]).expect("an int")).then(then)))
}

/// The remainder of `a / b` with the sign of `a`, exact (C's `fmod`): long division in base two, which takes an eighth of the room that
/// the library's takes, and is as fast where the two are near each other.
pub fn remainder(a: Real, b: Real) -> Real {
    const POINT: u32 = Real::MANTISSA_DIGITS - 1;
    const HIDDEN: Bits = 1 << POINT;
    let (dividend, divisor) = (a.abs().to_bits(), b.abs().to_bits());
    if divisor == 0 || !a.is_finite() || b.is_nan() {
        return Real::NAN;
    }
    if dividend < divisor {
        return a;
    }
    // A subnormal number has the exponent of the smallest normal one.
    let parts = |bits: Bits| match bits >> POINT {
        0 => (bits, 1),
        exponent => (bits & (HIDDEN - 1) | HIDDEN, exponent as u32),
    };
    let ((mut left, high), (divisor, low)) = (parts(dividend), parts(divisor));
    left %= divisor;
    for _ in low..high {
        left <<= 1;
        left = left.checked_sub(divisor).unwrap_or(left);
    }
    if left == 0 {
        return (0.0 as Real).copysign(a);
    }
    let exponent = low.saturating_sub(left.leading_zeros() - HIDDEN.leading_zeros());
    let bits = match exponent {
        0 => left << (low - 1),
        _ => (left << (low - exponent)) - HIDDEN + ((exponent as Bits) << POINT),
    };
    Real::from_bits(bits).copysign(a)
}

/// Quotient rounded down and remainder with the divisor's sign, which is not zero.
fn floor_divide(a: Real, b: Real) -> (Real, Real) {
    let mut remainder = remainder(a, b);
    let mut quotient = (a - remainder) / b;
    if remainder == 0.0 {
        remainder = (0.0 as Real).copysign(b);
    } else if (remainder < 0.0) != (b < 0.0) {
        remainder += b;
        quotient -= 1.0;
    }
    if quotient == 0.0 {
        return ((0.0 as Real).copysign(a / b), remainder);
    }
    // The division may have rounded; the quotient is a whole number.
    let floor = Math::floor(quotient);
    (if quotient - floor > 0.5 { floor + 1.0 } else { floor }, remainder)
}

fn power(vm: &Vm, a: Real, b: Real) -> Outcome {
    if a == 0.0 && b < 0.0 && b.is_finite() {
        if crate::WHOLE {
            return Err(vm.raise_text(&exception::ZERO_DIVISION_ERROR, "0.0 cannot be raised to a negative power"));
        }
        return Err(bigint::zero_division(vm));
    }
    if a < 0.0 && b.is_finite() && a.is_finite() && Math::trunc(b) != b {
        return complex::binary(vm, Binary::Pow, vm.new_float(a)?, vm.new_float(b)?);
    }
    let answer = real::powered(vm, a, b);
    if crate::WHOLE && answer.is_infinite() && a.is_finite() && b.is_finite() {
        return Err(out_of_range(vm));
    }
    vm.new_float(answer)
}

/// What C's library says of a result that is too large.
#[cold]
fn out_of_range(vm: &Vm) -> Raised {
    const ERANGE: isize = 34;
    let made = vm
        .new_str("Numerical result out of range")
        .and_then(|text| exception::new(vm, &exception::OVERFLOW_ERROR, &[Word::int(ERANGE), text]));
    match made {
        Ok(exception) => vm.raise_word(exception),
        Err(raised) => raised,
    }
}

/// `round(value)` or `round(value, digits)`.
///
/// # Errors
/// As for conversion to an int.
pub fn round(vm: &Vm, value: Real, digits: Option<isize>) -> Outcome {
    let Some(digits) = digits else { return bigint::from_real(vm, Math::rint(value)) };
    let rounded = super::decimal::round(vm, value, digits)?;
    if crate::WHOLE && value.is_finite() && rounded.is_infinite() {
        return Err(vm.raise_text(&exception::OVERFLOW_ERROR, "rounded value too large to represent"));
    }
    vm.new_float(rounded)
}
