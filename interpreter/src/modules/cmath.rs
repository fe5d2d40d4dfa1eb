//! `cmath`: functions of complex numbers, by those of real ones.

use crate::object::complex;
use crate::object::real::{Math, Real, consts};
use crate::object::handle::Args;
use crate::object::word::Word;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    const e = Word::of_static(&super::math::E);
    const pi = Word::of_static(&super::math::PI);
    const tau = Word::of_static(&super::math::TAU);
    const inf = Word::of_static(&super::math::INF);
    const nan = Word::of_static(&super::math::NAN);
    #[cfg(feature = "full")]
    const infj = Word::of_static(&complex::INFJ);
    #[cfg(feature = "full")]
    const nanj = Word::of_static(&complex::NANJ);
    /// phase(z): its angle.
    def phase(1) = |vm, args| { let z = number(vm, args.at(0))?; vm.new_float(z.angle()) };
    /// polar(z): its length and angle.
    def polar(1) = |vm, args| { let z = number(vm, args.at(0))?; vm.new_tuple(&[vm.new_float(z.length())?, vm.new_float(z.angle())?]) };
    /// rect(r, phi): the number of this length and angle.
    def rect(2) = |vm, args| answer(vm, Z::polar(vm.float_value(args.at(0))?, vm.float_value(args.at(1))?));
    /// exp(z): e to the power of z.
    def exp(1) = |vm, args| one(vm, args, Z::exp);
    /// log(z[, base]): the logarithm, natural without a base.
    def log(1..=2) = |vm, args| {
        let log = logarithm(vm, number(vm, args.at(0))?)?;
        match args.get(1) {
            None => answer(vm, log),
            Some(base) => answer(vm, log.over(logarithm(vm, number(vm, base)?)?)),
        }
    };
    /// log10(z): the logarithm to base 10.
    def log10(1) = |vm, args| answer(vm, logarithm(vm, number(vm, args.at(0))?)?.scaled(consts::LOG10_E));
    /// sqrt(z): the square root.
    def sqrt(1) = |vm, args| one(vm, args, Z::sqrt);
    /// cos(z): the cosine.
    def cos(1) = |vm, args| one(vm, args, |z| z.turned().cosh());
    /// sin(z): the sine.
    def sin(1) = |vm, args| one(vm, args, |z| z.turned().sinh().turned_back());
    /// tan(z): the tangent.
    #[cfg(feature = "full")]
    def tan(1) = |vm, args| one(vm, args, |z| z.turned().tanh().turned_back());
    /// cosh(z): the hyperbolic cosine.
    #[cfg(feature = "full")]
    def cosh(1) = |vm, args| one(vm, args, Z::cosh);
    /// sinh(z): the hyperbolic sine.
    #[cfg(feature = "full")]
    def sinh(1) = |vm, args| one(vm, args, Z::sinh);
    /// tanh(z): the hyperbolic tangent.
    #[cfg(feature = "full")]
    def tanh(1) = |vm, args| one(vm, args, Z::tanh);
    /// asinh(z): the inverse of sinh.
    #[cfg(feature = "full")]
    def asinh(1) = |vm, args| one(vm, args, Z::asinh);
    /// acosh(z): the inverse of cosh.
    #[cfg(feature = "full")]
    def acosh(1) = |vm, args| one(vm, args, Z::acosh);
    /// atanh(z): the inverse of tanh.
    #[cfg(feature = "full")]
    def atanh(1) = |vm, args| one(vm, args, Z::atanh);
    /// asin(z): the inverse of sin.
    #[cfg(feature = "full")]
    def asin(1) = |vm, args| one(vm, args, |z| z.turned().asinh().turned_back());
    /// acos(z): the inverse of cos.
    #[cfg(feature = "full")]
    def acos(1) = |vm, args| one(vm, args, Z::acos);
    /// atan(z): the inverse of tan.
    #[cfg(feature = "full")]
    def atan(1) = |vm, args| one(vm, args, |z| z.turned().atanh().turned_back());
    /// isfinite(z): whether both parts are.
    #[cfg(feature = "full")]
    def isfinite(1) = |vm, args| { let z = number(vm, args.at(0))?; Ok(Word::bool(z.x.is_finite() && z.y.is_finite())) };
    /// isinf(z): whether a part is infinite.
    #[cfg(feature = "full")]
    def isinf(1) = |vm, args| { let z = number(vm, args.at(0))?; Ok(Word::bool(z.x.is_infinite() || z.y.is_infinite())) };
    /// isnan(z): whether a part is not a number.
    #[cfg(feature = "full")]
    def isnan(1) = |vm, args| { let z = number(vm, args.at(0))?; Ok(Word::bool(z.x.is_nan() || z.y.is_nan())) };
    /// isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0): whether a and b are nearly equal.
    #[cfg(feature = "full")]
    def isclose(2, keywords) = isclose;
}

/// x + yi
#[derive(Clone, Copy)]
struct Z {
    x: Real,
    y: Real,
}

impl Z {
    fn polar(length: Real, angle: Real) -> Z {
        // An angle of 0 leaves an exact 0, whatever the length.
        if angle == 0.0 { Z { x: length, y: length * angle } } else { Z { x: length * Math::cos(angle), y: length * Math::sin(angle) } }
    }

    fn length(self) -> Real {
        Math::hypot(self.x, self.y)
    }

    fn angle(self) -> Real {
        Math::atan2(self.y, self.x)
    }

    /// i times it.
    fn turned(self) -> Z {
        Z { x: -self.y, y: self.x }
    }

    /// It over i.
    fn turned_back(self) -> Z {
        Z { x: self.y, y: -self.x }
    }

    fn plus(self, x: Real) -> Z {
        Z { x: self.x + x, y: self.y }
    }

    fn scaled(self, by: Real) -> Z {
        Z { x: self.x * by, y: self.y * by }
    }

    fn times(self, z: Z) -> Z {
        Z { x: self.x * z.x - self.y * z.y, y: self.x * z.y + self.y * z.x }
    }

    fn over(self, z: Z) -> Z {
        let scale = z.x.abs().max(z.y.abs());
        let z = z.scaled(1.0 / scale);
        self.times(Z { x: z.x, y: -z.y }).scaled(1.0 / ((z.x * z.x + z.y * z.y) * scale))
    }

    fn exp(self) -> Z {
        Z::polar(Math::exp(self.x), self.y)
    }

    fn log(self) -> Z {
        let length = self.length();
        let (big, small) = (self.x.abs().max(self.y.abs()), self.x.abs().min(self.y.abs()));
        // Near 1 the length says little: its distance from 1 is computed apart.
        let near = (0.7..1.4).contains(&length);
        let x = if near { Math::log1p((big - 1.0) * (big + 1.0) + small * small) / 2.0 } else { Math::log(length) };
        Z { x, y: self.angle() }
    }

    fn sqrt(self) -> Z {
        if self.x == 0.0 && self.y == 0.0 {
            return Z { x: 0.0, y: self.y };
        }
        // Halved and doubled again, lest the sum overflow.
        let half = Math::sqrt(self.x.abs() / 8.0 + Math::hypot(self.x / 8.0, self.y / 8.0)) * 2.0;
        let other = self.y.abs() / (2.0 * half);
        match self.x >= 0.0 {
            true => Z { x: half, y: Math::copysign(other, self.y) },
            false => Z { x: other, y: Math::copysign(half, self.y) },
        }
    }

    fn cosh(self) -> Z {
        Z { x: Math::cosh(self.x) * Math::cos(self.y), y: Math::sinh(self.x) * Math::sin(self.y) }
    }

    fn sinh(self) -> Z {
        Z { x: Math::sinh(self.x) * Math::cos(self.y), y: Math::cosh(self.x) * Math::sin(self.y) }
    }

    fn tanh(self) -> Z {
        // Far out it is 1, and its parts would overflow.
        if self.x.abs() > 20.0 {
            let y = 4.0 * Math::sin(self.y) * Math::cos(self.y) * Math::exp(-2.0 * self.x.abs());
            return Z { x: Math::copysign(1.0, self.x), y };
        }
        let (tan, tanh, cosh) = (Math::tan(self.y), Math::tanh(self.x), Math::cosh(self.x));
        let below = 1.0 + tan * tanh * (tan * tanh);
        Z { x: tanh * (1.0 + tan * tan) / below, y: tan / below / (cosh * cosh) }
    }

    fn asinh(self) -> Z {
        let (a, b) = (Z { x: 1.0 + self.y, y: -self.x }.sqrt(), Z { x: 1.0 - self.y, y: self.x }.sqrt());
        Z { x: Math::asinh(a.x * b.y - b.x * a.y), y: Math::atan2(self.y, a.x * b.x - a.y * b.y) }
    }

    fn acosh(self) -> Z {
        let (a, b) = (self.plus(-1.0).sqrt(), self.plus(1.0).sqrt());
        Z { x: Math::asinh(a.x * b.x + a.y * b.y), y: 2.0 * Math::atan2(a.y, b.x) }
    }

    fn acos(self) -> Z {
        let (a, b) = (Z { x: 1.0 - self.x, y: -self.y }.sqrt(), self.plus(1.0).sqrt());
        Z { x: 2.0 * Math::atan2(a.x, b.x), y: Math::asinh(b.x * a.y - b.y * a.x) }
    }

    fn atanh(self) -> Z {
        let (above, below) = ((1.0 - self.x) * (1.0 + self.x) - self.y * self.y, (1.0 - self.x) * (1.0 - self.x) + self.y * self.y);
        Z { x: Math::log1p(4.0 * self.x / below) / 4.0, y: Math::atan2(2.0 * self.y, above) / 2.0 }
    }
}

fn number(vm: &Vm, word: Word) -> Outcome<Z> {
    let mut native = vm.native(word);
    if complex::parts(native).is_none() && vm.type_of(native).kind == crate::object::kind::Kind::Instance {
        let made = vm.call_method_if(native, name!(__complex__), &[])?;
        native = if made == Word::UNSET { vm.new_float(vm.float_value(native)?)? } else { made };
    }
    match complex::parts(native) {
        Some(parts) => Ok(Z { x: parts.real, y: parts.imag }),
        None => Err(vm.raise(
            &crate::object::exception::TYPE_ERROR,
            &[Part::Text("can't convert "), Part::TypeOf(word), Part::Text(" to complex")],
        )),
    }
}

fn answer(vm: &Vm, z: Z) -> Outcome {
    vm.new_complex(z.x, z.y)
}

fn one(vm: &Vm, args: Args, function: fn(Z) -> Z) -> Outcome {
    let z = number(vm, args.at(0))?;
    let result = function(z);
    let (was, is) = (z.x.is_finite() && z.y.is_finite(), result.x.is_finite() && result.y.is_finite());
    if was && !is {
        return Err(vm.value_error("math domain error"));
    }
    answer(vm, result)
}

fn logarithm(vm: &Vm, z: Z) -> Outcome<Z> {
    if z.x == 0.0 && z.y == 0.0 { Err(vm.value_error("math domain error")) } else { Ok(z.log()) }
}

fn isclose(vm: &Vm, args: Args) -> Outcome {
    vm.only_keywords(args, &[name!(rel_tol), name!(abs_tol)])?;
    let tolerance = |name, default: Real| args.keyword(name).map_or(Ok(default), |word| vm.float_value(word));
    let (relative, absolute) = (tolerance(name!(rel_tol), 1e-9)?, tolerance(name!(abs_tol), 0.0)?);
    if relative < 0.0 || absolute < 0.0 {
        return Err(vm.value_error("tolerances must be non-negative"));
    }
    let (a, b) = (number(vm, args.at(0))?, number(vm, args.at(1))?);
    if a.x == b.x && a.y == b.y {
        return Ok(Word::TRUE);
    }
    let difference = Z { x: a.x - b.x, y: a.y - b.y }.length();
    let allowed = absolute.max(relative * a.length().max(b.length()));
    Ok(Word::bool(a.length().is_finite() && b.length().is_finite() && difference <= allowed))
}
