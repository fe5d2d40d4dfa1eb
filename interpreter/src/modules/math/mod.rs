//! `math`: the functions of C's library, computed by `libm`, with MicroPython's errors.
//!
//! A finite argument whose result is not a number or infinite is a "math domain error", whichever of the two it is.

#[cfg(feature = "full")]
mod more;

use crate::object::bigint;
use crate::object::class;
use crate::object::exception::ZERO_DIVISION_ERROR;
use crate::object::float::{self, FLOAT, Float};
use crate::object::handle::Args;
use crate::object::int;
use crate::object::kind::{Binary, Header};
use crate::object::real::{Math, Real, consts};
use crate::object::word::Word;
use crate::vm::{Outcome, Raised, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// The base of the natural logarithm.
    const e = Word::of_static(&E);
    /// Half the circumference of the unit circle.
    const pi = Word::of_static(&PI);
    /// The circumference of the unit circle.
    const tau = Word::of_static(&TAU);
    /// Infinity.
    const inf = Word::of_static(&INF);
    /// Not a number.
    const nan = Word::of_static(&NAN);
    /// sqrt(x): the square root.
    def sqrt(1) = |vm, args| one(vm, args, Math::sqrt);
    /// pow(x, y): x to the power of y.
    def pow(2) = |vm, args| two(vm, args, Math::pow);
    /// exp(x): e to the power of x.
    def exp(1) = |vm, args| one(vm, args, Math::exp);
    /// expm1(x): exp(x) - 1, exact near 0.
    def expm1(1) = |vm, args| one(vm, args, Math::expm1);
    /// log(x[, base]): the logarithm, natural without a base.
    def log(1..=2) = log;
    /// log2(x): the logarithm to base 2.
    def log2(1) = |vm, args| positive(vm, args, Math::log2);
    /// log10(x): the logarithm to base 10.
    def log10(1) = |vm, args| positive(vm, args, Math::log10);
    /// cosh(x): the hyperbolic cosine.
    def cosh(1) = |vm, args| one(vm, args, Math::cosh);
    /// sinh(x): the hyperbolic sine.
    def sinh(1) = |vm, args| one(vm, args, Math::sinh);
    /// tanh(x): the hyperbolic tangent.
    def tanh(1) = |vm, args| one(vm, args, Math::tanh);
    /// acosh(x): the inverse of cosh.
    def acosh(1) = |vm, args| one(vm, args, Math::acosh);
    /// asinh(x): the inverse of sinh.
    def asinh(1) = |vm, args| one(vm, args, Math::asinh);
    /// atanh(x): the inverse of tanh.
    def atanh(1) = |vm, args| one(vm, args, Math::atanh);
    /// cos(x): the cosine of x radians.
    def cos(1) = |vm, args| one(vm, args, Math::cos);
    /// sin(x): the sine of x radians.
    def sin(1) = |vm, args| one(vm, args, Math::sin);
    /// tan(x): the tangent of x radians.
    def tan(1) = |vm, args| one(vm, args, Math::tan);
    /// acos(x): the inverse of cos, in radians.
    def acos(1) = |vm, args| one(vm, args, Math::acos);
    /// asin(x): the inverse of sin, in radians.
    def asin(1) = |vm, args| one(vm, args, Math::asin);
    /// atan(x): the inverse of tan, in radians.
    def atan(1) = |vm, args| one(vm, args, Math::atan);
    /// atan2(y, x): the angle of the point (x, y), in radians.
    def atan2(2) = |vm, args| two(vm, args, Math::atan2);
    /// ceil(x): the next int that is not less.
    def ceil(1) = |vm, args| whole(vm, args, "__ceil__", Math::ceil);
    /// floor(x): the next int that is not greater.
    def floor(1) = |vm, args| whole(vm, args, "__floor__", Math::floor);
    /// trunc(x): x without its fraction, as an int.
    def trunc(1) = |vm, args| whole(vm, args, "__trunc__", Math::trunc);
    /// copysign(x, y): x with the sign of y.
    def copysign(2) = |vm, args| two(vm, args, Math::copysign);
    /// fabs(x): the magnitude, a float.
    def fabs(1) = |vm, args| one(vm, args, Math::fabs);
    /// fmod(x, y): the remainder with the sign of x.
    def fmod(2) = |vm, args| two(vm, args, float::remainder);
    /// isfinite(x): whether x is neither infinite nor a NaN.
    def isfinite(1) = |vm, args| Ok(Word::bool(vm.float_value(args.at(0))?.is_finite()));
    /// isinf(x): whether x is infinite.
    def isinf(1) = |vm, args| Ok(Word::bool(vm.float_value(args.at(0))?.is_infinite()));
    /// isnan(x): whether x is not a number.
    def isnan(1) = |vm, args| Ok(Word::bool(vm.float_value(args.at(0))?.is_nan()));
    /// isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0): whether a and b are nearly equal.
    def isclose(2, keywords) = isclose;
    /// frexp(x): mantissa and exponent of x = m * 2**e, where 0.5 <= |m| < 1.
    def frexp(1) = frexp;
    /// ldexp(x, e): x * 2**e.
    def ldexp(2) = ldexp;
    /// modf(x): fraction and whole part of x.
    def modf(1) = modf;
    /// degrees(x): x radians in degrees.
    def degrees(1) = |vm, args| one(vm, args, |x| x * (180.0 / consts::PI));
    /// radians(x): x degrees in radians.
    def radians(1) = |vm, args| one(vm, args, |x| x * (consts::PI / 180.0));
    /// erf(x): the error function.
    def erf(1) = |vm, args| one(vm, args, Math::erf);
    /// erfc(x): 1 - erf(x).
    def erfc(1) = |vm, args| one(vm, args, Math::erfc);
    /// gamma(x): the gamma function.
    def gamma(1) = |vm, args| one(vm, args, gamma);
    /// lgamma(x): the logarithm of the gamma function's magnitude.
    def lgamma(1) = |vm, args| one(vm, args, Math::lgamma);
    /// factorial(n): the product of the ints up to n.
    def factorial(1) = factorial;
    /// cbrt(x): the cube root.
    #[cfg(feature = "full")]
    def cbrt(1) = |vm, args| one(vm, args, Math::cbrt);
    /// exp2(x): 2 to the power of x.
    #[cfg(feature = "full")]
    def exp2(1) = |vm, args| one(vm, args, Math::exp2);
    /// log1p(x): log(1 + x), exact near 0.
    #[cfg(feature = "full")]
    def log1p(1) = |vm, args| one(vm, args, Math::log1p);
    /// remainder(x, y): what is left of x after the nearest multiple of y.
    #[cfg(feature = "full")]
    def remainder(2) = |vm, args| two(vm, args, Math::remainder);
    /// fma(x, y, z): x * y + z, rounded once.
    #[cfg(feature = "full")]
    def fma(3) = |vm, args| {
        vm.new_float(Math::fma(vm.float_value(args.at(0))?, vm.float_value(args.at(1))?, vm.float_value(args.at(2))?))
    };
    /// nextafter(x, y): the next float from x towards y.
    #[cfg(feature = "full")]
    def nextafter(2) = |vm, args| vm.new_float(Math::nextafter(vm.float_value(args.at(0))?, vm.float_value(args.at(1))?));
    /// ulp(x): the value of the last bit of x.
    #[cfg(feature = "full")]
    def ulp(1) = more::ulp;
    /// gcd(*ints): the greatest common divisor.
    #[cfg(feature = "full")]
    def gcd(0..) = more::gcd;
    /// lcm(*ints): the least common multiple.
    #[cfg(feature = "full")]
    def lcm(0..) = more::lcm;
    /// isqrt(n): the root of n, rounded down.
    #[cfg(feature = "full")]
    def isqrt(1) = more::isqrt;
    /// comb(n, k): how many ways there are to choose k of n.
    #[cfg(feature = "full")]
    def comb(2) = more::comb;
    /// perm(n, k=None): how many ways there are to put k of n in a row.
    #[cfg(feature = "full")]
    def perm(1..=2) = more::perm;
    /// prod(iterable, *, start=1): the product of all.
    #[cfg(feature = "full")]
    def prod(1, keywords) = more::prod;
    /// sumprod(p, q): the sum of products.
    #[cfg(feature = "full")]
    def sumprod(2) = more::sumprod;
    /// fsum(iterable): the sum of floats, rounded once.
    #[cfg(feature = "full")]
    def fsum(1) = more::fsum;
    /// hypot(*coordinates): the length of a vector.
    #[cfg(feature = "full")]
    def hypot(0..) = more::hypot;
    /// dist(p, q): the distance of two points.
    #[cfg(feature = "full")]
    def dist(2) = more::dist;
}

const fn constant(value: Real) -> Float {
    Float { header: Header::of(&FLOAT), value }
}

pub(super) static E: Float = constant(consts::E);
pub(super) static PI: Float = constant(consts::PI);
pub(super) static TAU: Float = constant(consts::TAU);
pub(super) static INF: Float = constant(Real::INFINITY);
pub(super) static NAN: Float = constant(Real::NAN);

#[cold]
fn domain(vm: &Vm) -> Raised {
    vm.value_error("math domain error")
}

fn one(vm: &Vm, args: Args, function: fn(Real) -> Real) -> Outcome {
    let x = vm.float_value(args.at(0))?;
    let answer = function(x);
    if answer.is_nan() && !x.is_nan() || answer.is_infinite() && !x.is_infinite() {
        return Err(domain(vm));
    }
    vm.new_float(answer)
}

fn two(vm: &Vm, args: Args, function: fn(Real, Real) -> Real) -> Outcome {
    let (x, y) = (vm.float_value(args.at(0))?, vm.float_value(args.at(1))?);
    let answer = function(x, y);
    if answer.is_nan() && !x.is_nan() && !y.is_nan() || answer.is_infinite() && x.is_finite() && y.is_finite() {
        return Err(domain(vm));
    }
    vm.new_float(answer)
}

fn positive(vm: &Vm, args: Args, function: fn(Real) -> Real) -> Outcome {
    let x = vm.float_value(args.at(0))?;
    if x <= 0.0 { Err(domain(vm)) } else { vm.new_float(function(x)) }
}

fn log(vm: &Vm, args: Args) -> Outcome {
    let Some(base) = args.get(1) else { return positive(vm, args, Math::log) };
    let (x, base) = (vm.float_value(args.at(0))?, vm.float_value(base)?);
    if x <= 0.0 || base <= 0.0 {
        return Err(domain(vm));
    }
    if base == 1.0 {
        return Err(vm.raise_text(&ZERO_DIVISION_ERROR, "divide by zero"));
    }
    vm.new_float(Math::log(x) / Math::log(base))
}

/// At the poles, which are the whole numbers up to 0, there is no value.
fn gamma(x: Real) -> Real {
    if x == Real::NEG_INFINITY || x <= 0.0 && Math::floor(x) == x { Real::NAN } else { Math::tgamma(x) }
}

/// Ints are whole already; a class may have a method for it on hosts; whatever else there is, is a float.
#[inline(always)]
fn whole(vm: &Vm, args: Args, method: &str, function: fn(Real) -> Real) -> Outcome {
    if crate::WHOLE && class::is_class(vm.type_of(args.at(0))) {
        let method = vm.intern(method)?;
        if class::lookup_special(vm, vm.type_of(args.at(0)), method).is_some() {
            return vm.call_method(args.at(0), method, &[]);
        }
    }
    whole_real(vm, args, function)
}

fn whole_real(vm: &Vm, args: Args, function: fn(Real) -> Real) -> Outcome {
    let word = vm.native(args.at(0));
    if int::is_int(word) {
        return vm.to_int(word);
    }
    bigint::from_real(vm, function(vm.float_value(word)?))
}

fn isclose(vm: &Vm, args: Args) -> Outcome {
    let (mut relative, mut absolute) = (1e-9, 0.0);
    for (name, value) in args.keywords() {
        match name.as_name() {
            Some(name) if name == name!(rel_tol) => relative = vm.float_value(value)?,
            Some(name) if name == name!(abs_tol) => absolute = vm.float_value(value)?,
            _ => return Err(vm.type_error("extra keyword arguments given")),
        }
    }
    if relative < 0.0 || absolute < 0.0 {
        return Err(domain(vm));
    }
    let (a, b) = (vm.float_value(args.at(0))?, vm.float_value(args.at(1))?);
    if a == b {
        return Ok(Word::TRUE);
    }
    let tolerance = absolute.max(relative * a.abs().max(b.abs()));
    Ok(Word::bool(a.is_finite() && b.is_finite() && (a - b).abs() <= tolerance))
}

fn frexp(vm: &Vm, args: Args) -> Outcome {
    let (mantissa, exponent) = Math::frexp(vm.float_value(args.at(0))?);
    vm.new_tuple(&[vm.new_float(mantissa)?, Word::int(exponent as isize)])
}

fn ldexp(vm: &Vm, args: Args) -> Outcome {
    let exponent = vm.clamped(args.at(1))?.clamp(-5000, 5000);
    vm.new_float(Math::ldexp(vm.float_value(args.at(0))?, exponent as i32))
}

fn modf(vm: &Vm, args: Args) -> Outcome {
    let (fraction, whole) = Math::modf(vm.float_value(args.at(0))?);
    vm.new_tuple(&[vm.new_float(fraction)?, vm.new_float(whole)?])
}

fn factorial(vm: &Vm, args: Args) -> Outcome {
    let count = vm.index(args.at(0))?;
    if count < 0 { Err(vm.value_error("negative factorial")) } else { product(vm, 1, count) }
}

/// The product of the ints from `first` to `last`, in halves: long factors meet long ones.
fn product(vm: &Vm, first: isize, last: isize) -> Outcome {
    vm.check_stack()?;
    if last.saturating_sub(first) < 8 {
        return (first..=last).try_fold(Word::int(1), |product, factor| int::binary(vm, Binary::Mul, product, Word::int(factor)));
    }
    let middle = first + (last - first) / 2;
    int::binary(vm, Binary::Mul, product(vm, first, middle)?, product(vm, middle + 1, last)?)
}
