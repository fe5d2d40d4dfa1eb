//! `math` on a computer: the functions of its own library, to the last digit those that CPython has there, and CPython's errors. What
//! is not here is the core's.

use interpreter::object::exception::{OVERFLOW_ERROR, ZERO_DIVISION_ERROR};
use interpreter::object::handle::Args;
use interpreter::object::kind::Binary;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Raised, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// exp(x): e to the power of x.
    def exp(1) = |vm, args| growing(vm, args, f64::exp);
    /// exp2(x): 2 to the power of x.
    def exp2(1) = |vm, args| growing(vm, args, f64::exp2);
    /// expm1(x): exp(x) - 1, exact near 0.
    def expm1(1) = |vm, args| growing(vm, args, f64::exp_m1);
    /// cosh(x): the hyperbolic cosine.
    def cosh(1) = |vm, args| growing(vm, args, f64::cosh);
    /// sinh(x): the hyperbolic sine.
    def sinh(1) = |vm, args| growing(vm, args, f64::sinh);
    /// tanh(x): the hyperbolic tangent.
    def tanh(1) = |vm, args| one(vm, args, f64::tanh);
    /// cos(x): the cosine of x radians.
    def cos(1) = |vm, args| one(vm, args, f64::cos);
    /// sin(x): the sine of x radians.
    def sin(1) = |vm, args| one(vm, args, f64::sin);
    /// tan(x): the tangent of x radians.
    def tan(1) = |vm, args| one(vm, args, f64::tan);
    /// acos(x): the inverse of cos, in radians.
    def acos(1) = |vm, args| one(vm, args, f64::acos);
    /// asin(x): the inverse of sin, in radians.
    def asin(1) = |vm, args| one(vm, args, f64::asin);
    /// atan(x): the inverse of tan, in radians.
    def atan(1) = |vm, args| one(vm, args, f64::atan);
    /// cbrt(x): the cube root.
    def cbrt(1) = |vm, args| one(vm, args, f64::cbrt);
    /// log1p(x): log(1 + x), exact near 0.
    def log1p(1) = |vm, args| one(vm, args, f64::ln_1p);
    /// atan2(y, x): the angle of the point (x, y), in radians.
    def atan2(2) = |vm, args| vm.new_float(vm.float_value(args.at(0))?.atan2(vm.float_value(args.at(1))?));
    /// pow(x, y): x to the power of y.
    def pow(2) = pow;
    /// log(x[, base]): the logarithm, natural without a base.
    def log(1..=2) = log;
    /// log2(x): the logarithm to base 2.
    def log2(1) = |vm, args| vm.new_float(logarithm(vm, args.at(0), f64::log2)?);
    /// log10(x): the logarithm to base 10.
    def log10(1) = |vm, args| vm.new_float(logarithm(vm, args.at(0), f64::log10)?);
    /// gamma(x): the gamma function.
    def gamma(1) = |vm, args| core(vm, args, name!(gamma), |x| x > 0.0);
    /// ldexp(x, e): x * 2**e.
    def ldexp(2) = |vm, args| {
        let answer = core_of(vm, args, name!(ldexp))?;
        let is_over = vm.float_value(answer)?.is_infinite() && vm.float_value(args.at(0))?.is_finite();
        if is_over { Err(range(vm)) } else { Ok(answer) }
    };
}

#[cold]
fn domain(vm: &Vm) -> Raised {
    vm.value_error("math domain error")
}

#[cold]
fn range(vm: &Vm) -> Raised {
    vm.raise_text(&OVERFLOW_ERROR, "math range error")
}

/// A function that is infinite at poles alone.
fn one(vm: &Vm, args: Args, function: fn(f64) -> f64) -> Outcome {
    let x = vm.float_value(args.at(0))?;
    let answer = function(x);
    if answer.is_nan() && !x.is_nan() || answer.is_infinite() && x.is_finite() {
        return Err(domain(vm));
    }
    vm.new_float(answer)
}

/// A function that grows beyond what a float holds.
fn growing(vm: &Vm, args: Args, function: fn(f64) -> f64) -> Outcome {
    let x = vm.float_value(args.at(0))?;
    let answer = function(x);
    if answer.is_infinite() && x.is_finite() { Err(range(vm)) } else { vm.new_float(answer) }
}

fn pow(vm: &Vm, args: Args) -> Outcome {
    let (x, y) = (vm.float_value(args.at(0))?, vm.float_value(args.at(1))?);
    let answer = x.powf(y);
    if answer.is_nan() && !x.is_nan() && !y.is_nan() {
        return Err(domain(vm));
    }
    match answer.is_infinite() && x.is_finite() && y.is_finite() {
        true if x == 0.0 => Err(domain(vm)),
        true => Err(range(vm)),
        false => vm.new_float(answer),
    }
}

/// The logarithm of a float, or of an int of any size.
fn logarithm(vm: &Vm, word: Word, function: fn(f64) -> f64) -> Outcome<f64> {
    let (mantissa, exponent) = match vm.float_value(word) {
        Err(raised) if vm.is_instance(vm.peek_raised(raised), &OVERFLOW_ERROR) => {
            vm.take_raised(raised);
            apart(vm, word)?
        }
        x => (x?, 0.0),
    };
    if mantissa <= 0.0 {
        return Err(domain(vm));
    }
    Ok(if exponent == 0.0 { function(mantissa) } else { function(mantissa) + function(2.0) * exponent })
}

/// An int as a float from 0.5 to 1 and a power of two.
fn apart(vm: &Vm, word: Word) -> Outcome<(f64, f64)> {
    const KEPT: isize = 60;
    let bits = vm.index(vm.call_method(word, name!(bit_length), &[])?)?;
    let shifted = vm.binary(Binary::ShiftRight, word, Word::int(bits - KEPT))?;
    Ok((vm.float_value(shifted)? / (1_u64 << KEPT) as f64, bits as f64))
}

fn log(vm: &Vm, args: Args) -> Outcome {
    let x = logarithm(vm, args.at(0), f64::ln)?;
    let Some(base) = args.get(1) else { return vm.new_float(x) };
    match logarithm(vm, base, f64::ln)? {
        0.0 => Err(vm.raise_text(&ZERO_DIVISION_ERROR, "float division by zero")),
        base => vm.new_float(x / base),
    }
}

fn core_of(vm: &Vm, args: Args, name: interpreter::object::name::Name) -> Outcome {
    let rows = interpreter::modules::core_rows(name!(math));
    vm.call_args(interpreter::object::kind::find_row(rows, name).unwrap_or(Word::NONE), args)
}

/// The core's function, which overflows where `grows` says.
fn core(vm: &Vm, args: Args, name: interpreter::object::name::Name, grows: fn(f64) -> bool) -> Outcome {
    let x = vm.float_value(args.at(0))?;
    core_of(vm, args, name).map_err(|raised| {
        if !grows(x) {
            return raised;
        }
        vm.take_raised(raised);
        range(vm)
    })
}
