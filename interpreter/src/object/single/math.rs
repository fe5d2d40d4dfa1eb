//! Functions of floats of 32 bits, in no wider arithmetic: what the library computes in 64 bits, which a board's processor has to do bit by
//! bit, is computed here (7 kB less of an image). The errors are held against the library's wider functions by the tests below.

type Real = f32;
type Library = libm::Libm<Real>;

/// Functions of `Real`.
pub struct Math;

/// Those that the library computes in the same width.
macro_rules! library {
    ($($name:ident($($argument:ident: $ty:ty),*) -> $answer:ty;)*) => {
        #[allow(missing_docs, reason = "the names are C's")]
        impl Math {
            $(pub fn $name($($argument: $ty),*) -> $answer {
                Library::$name($($argument),*)
            })*
        }
    };
}

library! {
    acos(x: Real) -> Real;
    acosh(x: Real) -> Real;
    asinh(x: Real) -> Real;
    atan(x: Real) -> Real;
    atan2(y: Real, x: Real) -> Real;
    atanh(x: Real) -> Real;
    ceil(x: Real) -> Real;
    copysign(x: Real, y: Real) -> Real;
    cosh(x: Real) -> Real;
    erf(x: Real) -> Real;
    erfc(x: Real) -> Real;
    exp(x: Real) -> Real;
    expm1(x: Real) -> Real;
    fabs(x: Real) -> Real;
    floor(x: Real) -> Real;
    frexp(x: Real) -> (Real, i32);
    ilogb(x: Real) -> i32;
    ldexp(x: Real, exponent: i32) -> Real;
    log(x: Real) -> Real;
    log10(x: Real) -> Real;
    log1p(x: Real) -> Real;
    log2(x: Real) -> Real;
    modf(x: Real) -> (Real, Real);
    pow(x: Real, y: Real) -> Real;
    rint(x: Real) -> Real;
    sinh(x: Real) -> Real;
    sqrt(x: Real) -> Real;
    tanh(x: Real) -> Real;
    trunc(x: Real) -> Real;
}

/// 2/π in binary, behind 32 bits of zeros: enough for the largest exponent.
const TWO_OVER_PI: [u32; 9] =
    [0, 0xa2f9_836e, 0x4e44_1529, 0xfc27_57d1, 0xf534_ddc0, 0xdb62_9599, 0x3c43_9041, 0xfe51_63ab, 0xdebb_c561];

/// The angle less the nearest multiple of π/2, and how many of those there were, of which the last two bits count (Payne and Hanek).
fn reduced(x: Real) -> (Real, u32) {
    const QUARTER: Real = core::f32::consts::FRAC_PI_4;
    if x.abs() <= QUARTER || !x.is_finite() {
        return (if x.is_finite() { x } else { Real::NAN }, 0);
    }
    let bits = x.abs().to_bits();
    let mantissa = u64::from(bits & 0x7f_ffff | 0x80_0000);
    // The number is mantissa · 2^exponent, with an exponent of -24 at least. Bits of 2/π that make multiples of 4 are left out.
    let exponent = (bits >> 23) as usize + 24 - (127 + 23);
    let start = exponent + 6;
    let word = |index: usize| {
        let at = start / 32 + index;
        let pair = u64::from(TWO_OVER_PI[at]) << 32 | u64::from(TWO_OVER_PI.get(at + 1).copied().unwrap_or(0));
        pair << (start % 32) >> 32
    };
    // Quarters of a turn, with 62 bits behind the point.
    let turns = ((mantissa * word(0)) << 32).wrapping_add(mantissa * word(1)).wrapping_add((mantissa * word(2)) >> 32);
    let count = (turns.wrapping_add(1 << 61) >> 62) as u32;
    let rest = turns.wrapping_sub(u64::from(count) << 62) as i64 as Real * (core::f32::consts::FRAC_PI_2 / (1_u64 << 62) as Real);
    if x < 0.0 { (-rest, count.wrapping_neg()) } else { (rest, count) }
}

/// The sine of at most π/4.
fn small_sine(x: Real) -> Real {
    let square = x * x;
    x + x * square * (-0.166_666_54 + square * (0.008_332_13 + square * -0.000_195_11))
}

/// The cosine of at most π/4.
fn small_cosine(x: Real) -> Real {
    let square = x * x;
    1.0 - 0.5 * square + square * square * (0.041_666_646 + square * (-0.001_388_730_6 + square * 0.000_024_431_24))
}

/// ln Γ(1 + x) for 0 ≤ x ≤ 1, which is 0 at both ends.
fn log_gamma_between(x: Real) -> Real {
    const TERMS: [Real; 9] = [
        0.577_215_7,
        -0.245_249_27,
        0.155_373_33,
        -0.114_456_49,
        0.088_224_72,
        -0.063_593_28,
        0.036_773_35,
        -0.014_013_383,
        0.002_509_714_3,
    ];
    x * (x - 1.0) * TERMS.iter().rev().fold(0.0, |sum, term| sum * x + term)
}

impl Math {
    /// The sine.
    pub fn sin(x: Real) -> Real {
        let (rest, count) = reduced(x);
        let magnitude = if count & 1 == 0 { small_sine(rest) } else { small_cosine(rest) };
        if count & 2 == 0 { magnitude } else { -magnitude }
    }

    /// The cosine.
    pub fn cos(x: Real) -> Real {
        let (rest, count) = reduced(x);
        let magnitude = if count & 1 == 0 { small_cosine(rest) } else { small_sine(rest) };
        if count.wrapping_add(1) & 2 == 0 { magnitude } else { -magnitude }
    }

    /// The tangent.
    pub fn tan(x: Real) -> Real {
        let (rest, count) = reduced(x);
        let (sine, cosine) = (small_sine(rest), small_cosine(rest));
        if count & 1 == 0 { sine / cosine } else { -cosine / sine }
    }

    /// The angle with this sine.
    pub fn asin(x: Real) -> Real {
        Math::atan2(x, Math::sqrt((1.0 - x) * (1.0 + x)))
    }

    /// The length of (x, y).
    pub fn hypot(x: Real, y: Real) -> Real {
        let (large, small) = (x.abs().max(y.abs()), x.abs().min(y.abs()));
        if large.is_infinite() || large == 0.0 {
            return large;
        }
        if x.is_nan() || y.is_nan() {
            return Real::NAN;
        }
        let ratio = small / large;
        large * Math::sqrt(1.0 + ratio * ratio)
    }

    /// The gamma function, from its values between 1 and 2 by Γ(x + 1) = x·Γ(x): so it is exact for whole numbers.
    pub fn tgamma(x: Real) -> Real {
        let (mut x, mut factor) = (x, 1.0);
        match x {
            36.0.. => return Real::INFINITY,
            ..-43.0 => return 0.0,
            _ => {}
        }
        while x >= 2.0 {
            x -= 1.0;
            factor *= x;
        }
        while x < 1.0 {
            factor /= x;
            x += 1.0;
        }
        factor * Math::exp(log_gamma_between(x - 1.0))
    }

    /// The logarithm of the gamma function's magnitude: by the same, above by Stirling's formula, below by Euler's reflection.
    pub fn lgamma(x: Real) -> Real {
        if x.is_infinite() || x == 0.0 {
            return Real::INFINITY;
        }
        if x < 0.0 {
            let sine = Math::sin(core::f32::consts::PI * (x - Math::rint(x))).abs();
            return Math::log(core::f32::consts::PI / (sine * -x)) - Math::lgamma(-x);
        }
        if x >= 8.0 {
            let log = Math::log(x);
            return x * (log - 1.0) - 0.5 * log + 0.918_938_5 + (1.0 / 12.0 - 1.0 / (360.0 * x * x)) / x;
        }
        if x < 1.0 {
            return log_gamma_between(x) - Math::log(x);
        }
        let (mut x, mut factor) = (x, 1.0);
        while x >= 2.0 {
            x -= 1.0;
            factor *= x;
        }
        log_gamma_between(x - 1.0) + Math::log(factor)
    }
}

#[cfg(test)]
mod tests {
    use super::Math;

    /// Holds a function against the same in 64 bits: in units of the last place, or where that is more, of the last place of `scale`.
    fn near(name: &str, narrow: fn(f32) -> f32, wide: fn(f64) -> f64, inputs: impl Iterator<Item = f32>, ulps: f64, scale: f64) {
        for x in inputs {
            let (is, ought) = (f64::from(narrow(x)), wide(f64::from(x)));
            let unit = f64::from(f32::EPSILON) * ought.abs().max(scale);
            assert!(
                (is - ought).abs() <= ulps * unit || is.is_nan() && ought.is_nan() || is.is_infinite() && ought.abs() > 3.4e38,
                "{name}({x:e}) is {is:e} instead of {ought:e}"
            );
        }
    }

    /// Numbers of every exponent, of both signs.
    fn everywhere() -> impl Iterator<Item = f32> {
        (0..u32::MAX - 65_521).step_by(65_521).map(f32::from_bits)
    }

    /// So many steps from one number to another.
    fn between(from: f32, to: f32) -> impl Iterator<Item = f32> {
        (0..=50_000_u16).map(move |step| from + (to - from) * (f32::from(step) / 50_000.0))
    }

    #[test]
    fn angles_are_as_exact_as_their_width() {
        for inputs in [false, true] {
            let inputs = || everywhere().filter(move |_| inputs).chain(between(-30.0, 30.0).filter(move |_| !inputs));
            near("sin", Math::sin, libm::sin, inputs(), 1.5, 0.0);
            near("cos", Math::cos, libm::cos, inputs(), 1.5, 0.0);
            near("tan", Math::tan, libm::tan, inputs(), 3.0, 0.0);
        }
        near("asin", Math::asin, libm::asin, between(-1.0, 1.0), 2.0, 0.0);
    }

    #[test]
    fn lengths_do_not_overflow() {
        for (x, y) in [(3.0, 4.0), (-3e38, 1e30), (2e38, 2e38), (1e-40, 1e-41), (0.0, -0.0), (1.0, 1e-20)] {
            let ought = libm::hypot(f64::from(x), f64::from(y)) as f32;
            assert!((Math::hypot(x, y) - ought).abs() <= ought * f32::EPSILON, "{x} {y}");
        }
        assert_eq!(Math::hypot(f32::NAN, -f32::INFINITY), f32::INFINITY);
        assert!(Math::hypot(f32::NAN, 1.0).is_nan());
    }

    #[test]
    fn gamma_is_exact_for_whole_numbers_and_near_elsewhere() {
        let factorials = [1.0, 1.0, 2.0, 6.0, 24.0, 120.0, 720.0, 5040.0, 40320.0, 362_880.0, 3_628_800.0];
        for (number, factorial) in (1_u16..).zip(factorials) {
            assert_eq!(Math::tgamma(f32::from(number)), factorial);
        }
        near("gamma", Math::tgamma, libm::tgamma, between(0.01, 35.0), 12.0, 0.0);
        near("gamma", Math::tgamma, libm::tgamma, between(-20.03, -0.02), 12.0, 0.0);
        near("lgamma", Math::lgamma, libm::lgamma, between(0.0, 100.0), 4.0, 0.0);
        near("lgamma", Math::lgamma, libm::lgamma, everywhere().filter(|x| *x > 0.0), 4.0, 0.0);
        near("lgamma", Math::lgamma, libm::lgamma, between(-10.03, -0.02), 8.0, 16.0);
        assert!(Math::lgamma(-2.0).is_infinite() && Math::lgamma(-0.0).is_infinite());
        assert!(Math::lgamma(-f32::INFINITY) == f32::INFINITY && Math::lgamma(f32::NAN).is_nan());
    }
}
