//! `complex`: two floats, boxed.

use super::bigint::zero_division;
use super::class::TYPE;
use super::decimal::{self, Point};
use super::exception::{TYPE_ERROR, ZERO_DIVISION_ERROR};
use super::float::{Real, real};
use super::handle::{Args, Handle};
use super::kind::{Access, Binary, Header, Kind, Slots, Type, Unary};
use super::name::Name;
use super::number;
use super::print::{Printer, Style};
use super::real::Math;
use super::word::Word;
use crate::vm::raise::Part::{Text, TypeOf};
use crate::vm::{Outcome, Raised, Vm};

static SLOTS: Slots = Slots {
    make: Some(make),
    print: Some(print),
    unary: Some(unary),
    binary: Some(binary),
    attribute: Some(attribute),
    ..Slots::NONE
};

table! { pub ROWS, NAMES, DOCS:
    /// conjugate(): with the imaginary part's sign exchanged.
    #[cfg(feature = "standard")]
    def conjugate(1) = |vm, args| {
        let value = argument(vm, vm.native(args.at(0)))?;
        vm.new_complex(value.real, -value.imag)
    };
}

/// `complex`.
pub static COMPLEX: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("complex"),
    kind: Kind::Complex,
    traced: 0,
    base: None,
    rows: ROWS,
};

/// The imaginary infinity.
#[cfg(feature = "full")]
pub static INFJ: Complex = Complex { header: Header::of(&COMPLEX), value: Parts { real: 0.0, imag: Real::INFINITY } };
/// Not a number, imaginary.
#[cfg(feature = "full")]
pub static NANJ: Complex = Complex { header: Header::of(&COMPLEX), value: Parts { real: 0.0, imag: Real::NAN } };

/// A complex number object.
#[repr(C)]
pub struct Complex {
    /// `complex`.
    pub header: Header,
    /// The value.
    pub value: Parts,
}

/// Real and imaginary part.
#[derive(Clone, Copy, PartialEq)]
#[repr(C)]
pub struct Parts {
    /// The real part.
    pub real: Real,
    /// The imaginary part.
    pub imag: Real,
}

impl Vm {
    /// A `complex`.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn new_complex(&self, real: Real, imag: Real) -> Outcome {
        self.complex_of(Parts { real, imag })
    }

    fn complex_of(&self, value: Parts) -> Outcome {
        Ok(self.new_object(Complex { header: Header::of(&COMPLEX), value })?.word())
    }
}

/// The value of a number of any type.
pub fn parts(word: Word) -> Option<Parts> {
    match Handle::<Complex>::from(word) {
        Some(complex) => Some(complex.value),
        None => real(word).map(|real| Parts { real, imag: 0.0 }),
    }
}

fn make(vm: &Vm, _ty: &'static Type, args: Args) -> Outcome {
    let (mut first, mut second) = (args.get(0), args.get(1));
    for (name, value) in args.keywords() {
        match name.as_name() {
            Some(name) if name == name!(real) && first.is_none() => first = Some(value),
            Some(name) if name == name!(imag) && second.is_none() => second = Some(value),
            _ => return Err(vm.type_error("extra keyword arguments given")),
        }
    }
    let part = |word: Option<Word>| word.map_or(Ok(Parts { real: 0.0, imag: 0.0 }), |word| argument(vm, vm.native(word)));
    if let (Some(word), None) = (first, second)
        && let Some(text) = number::text_argument(vm, vm.native(word))?
    {
        return parse(vm, vm.text_of(text));
    }
    let (a, b) = (part(first)?, part(second)?);
    // A part that was not given as complex leaves the other's sign of zero alone.
    let is_complex = |word: Option<Word>| word.is_some_and(|word| real(vm.native(word)).is_none());
    let first_part = if is_complex(second) { a.real - b.imag } else { a.real };
    let second_part = if second.is_none() {
        a.imag
    } else if is_complex(first) {
        a.imag + b.real
    } else {
        b.real
    };
    vm.new_complex(first_part, second_part)
}

fn argument(vm: &Vm, word: Word) -> Outcome<Parts> {
    if let Some(value) = parts(word) {
        return Ok(value);
    }
    if super::class::is_class(vm.type_of(word)) {
        let method = vm.find_attribute(word, name!(__complex__))?;
        if method != Word::UNSET {
            let answer = vm.call(method, &[])?;
            let answer = Handle::<Complex>::from(answer).ok_or_else(|| vm.type_error("__complex__ must return a complex"))?;
            return Ok(answer.value);
        }
        return Ok(Parts { real: vm.float_value(word)?, imag: 0.0 });
    }
    Err(vm.raise(&TYPE_ERROR, &[Text("can't convert "), TypeOf(word), Text(" to complex")]))
}

/// Parses `a`, `bj` or `a±bj`, in parentheses or not.
fn parse(vm: &Vm, text: &str) -> Outcome {
    let trimmed = number::trim(text);
    let inner = trimmed.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).map_or(trimmed, number::trim);
    let float = |text: &str| vm.float_value(number::parse_float(vm, text)?);
    let Some(body) = inner.strip_suffix(['j', 'J']) else { return vm.new_complex(float(inner)?, 0.0) };
    // The sign between the parts is the last one that no exponent has.
    let bytes = body.as_bytes();
    let split = (1..bytes.len()).rev().find(|&at| matches!(bytes[at], b'+' | b'-') && !matches!(bytes[at - 1], b'e' | b'E'));
    let (real, imag) = body.split_at(split.unwrap_or(0));
    let imag = match imag {
        "" | "+" => 1.0,
        "-" => -1.0,
        _ => float(imag)?,
    };
    vm.new_complex(if real.is_empty() { 0.0 } else { float(real)? }, imag)
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _style: Style) -> Outcome<()> {
    let value = parts(word).expect("a complex");
    if value.real == 0.0 && !value.real.is_sign_negative() {
        print_part(vm, value.imag, "", out)?;
        return out.text(vm, "j");
    }
    out.text(vm, "(")?;
    print_part(vm, value.real, "", out)?;
    print_part(vm, value.imag, "+", out)?;
    out.text(vm, "j)")
}

fn print_part(vm: &Vm, value: Real, plus: &str, out: &mut Printer) -> Outcome<()> {
    out.text(vm, if value.is_sign_negative() && !value.is_nan() { "-" } else { plus })?;
    decimal::print_shortest(vm, value.abs(), out, Point::Left)
}

fn attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let value = parts(word).expect("a complex");
    match access {
        Access::Load if name == name!(real) => vm.new_float(value.real),
        Access::Load if name == name!(imag) => vm.new_float(value.imag),
        _ => Ok(Word::UNSET),
    }
}

fn unary(vm: &Vm, operator: Unary, word: Word) -> Outcome {
    let value = parts(word).expect("a complex");
    match operator {
        Unary::Pos => Ok(word),
        Unary::Neg => vm.new_complex(-value.real, -value.imag),
        Unary::Abs => vm.new_float(Math::hypot(value.real, value.imag)),
        Unary::Bool => Ok(Word::bool(value.real != 0.0 || value.imag != 0.0)),
        Unary::Hash => {
            // That of an equal float.
            let (real, imag) = (vm.hash(vm.new_float(value.real)?)?, vm.hash(vm.new_float(value.imag)?)?);
            vm.new_uint(real.wrapping_add(imag.wrapping_mul(1_000_003)) as u64)
        }
        _ => Ok(Word::NOT_IMPLEMENTED),
    }
}

/// Operators of two numbers, at least one of them complex, or whose answer is.
pub(super) fn binary(vm: &Vm, operator: Binary, lhs: Word, rhs: Word) -> Outcome {
    let (Some(a), Some(b)) = (parts(lhs), parts(rhs)) else { return Ok(Word::NOT_IMPLEMENTED) };
    let value = match operator {
        Binary::Add => Parts { real: a.real + b.real, imag: a.imag + b.imag },
        Binary::Sub => Parts { real: a.real - b.real, imag: a.imag - b.imag },
        Binary::Mul => a.times(b),
        Binary::TrueDiv => {
            a.divided_by(b).ok_or_else(|| division(vm, crate::worded("complex division by zero", "complex divide by zero")))?
        }
        Binary::Pow => power(vm, a, b)?,
        Binary::Equal => return Ok(Word::bool(a == b)),
        Binary::NotEqual => return Ok(Word::bool(a != b)),
        Binary::FloorDiv => return Err(vm.type_error("can't truncate-divide a complex number")),
        _ => return Ok(Word::NOT_IMPLEMENTED),
    };
    vm.complex_of(value)
}

#[cold]
fn division(vm: &Vm, message: &str) -> Raised {
    vm.raise_text(&ZERO_DIVISION_ERROR, message)
}

impl Parts {
    const ONE: Parts = Parts { real: 1.0, imag: 0.0 };

    fn times(self, b: Parts) -> Parts {
        Parts { real: self.real * b.real - self.imag * b.imag, imag: self.real * b.imag + self.imag * b.real }
    }

    /// Scaled by the larger part of the divisor, so that nothing overflows on the way.
    fn divided_by(self, b: Parts) -> Option<Parts> {
        if b.real.abs() >= b.imag.abs() {
            if b.real == 0.0 {
                return None;
            }
            let ratio = b.imag / b.real;
            let scale = b.real + b.imag * ratio;
            return Some(Parts { real: (self.real + self.imag * ratio) / scale, imag: (self.imag - self.real * ratio) / scale });
        }
        let ratio = b.real / b.imag;
        let scale = b.real * ratio + b.imag;
        Some(Parts { real: (self.real * ratio + self.imag) / scale, imag: (self.imag * ratio - self.real) / scale })
    }
}

/// `a ** b`: by multiplying for small whole exponents, else by angle and logarithm of the length.
fn power(vm: &Vm, a: Parts, b: Parts) -> Outcome<Parts> {
    if b.real == 0.0 && b.imag == 0.0 {
        return Ok(Parts::ONE);
    }
    if a.real == 0.0 && a.imag == 0.0 {
        return match b {
            Parts { imag, .. } if imag != 0.0 => Err(division(vm, "0.0 to a complex power")),
            Parts { real, .. } if real < 0.0 => Err(zero_division(vm)),
            _ => Ok(a),
        };
    }
    if b.imag == 0.0 && b.real.abs() <= 100.0 && Math::trunc(b.real) == b.real {
        let (mut result, mut square, mut count) = (Parts::ONE, a, b.real.abs() as u32);
        while count > 0 {
            if count & 1 == 1 {
                result = result.times(square);
            }
            square = square.times(square);
            count >>= 1;
        }
        return if b.real > 0.0 {
            Ok(result)
        } else {
            Parts::ONE.divided_by(result).ok_or_else(|| division(vm, "complex divide by zero"))
        };
    }
    let (length, angle) = (Math::hypot(a.real, a.imag), Math::atan2(a.imag, a.real));
    let mut new_length = Math::pow(length, b.real);
    let mut new_angle = angle * b.real;
    if b.imag != 0.0 {
        new_length /= Math::exp(angle * b.imag);
        new_angle += b.imag * Math::log(length);
    }
    Ok(Parts { real: new_length * Math::cos(new_angle), imag: new_length * Math::sin(new_angle) })
}
