//! `Real`, the number behind `float`, of 32 bits: that of boards, whose processors compute with it, as MicroPython's do.

#[path = "math.rs"]
mod math;
#[path = "shortest.rs"]
mod shortest;

use core::ops::RangeInclusive;

/// The machine's number behind `float`.
pub type Real = f32;
/// Its bits.
pub type Bits = u32;
/// A whole number that holds a mantissa times any of `TENS`, and a bit more.
pub type Wide = u64;
/// Constants among them.
pub use core::f32::consts;
/// Functions of such numbers.
pub use math::Math;
pub use shortest::shortest;

/// Exponents of ten that `Wide` takes.
pub const POWERS: RangeInclusive<i32> = 0..=11;
/// Powers of ten that are exact.
pub const TENS: [Real; 11] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10];

/// As it lies in saved code and in packed bytes.
pub fn to_double(value: Real) -> f64 {
    f64::from(value)
}

/// From saved code and packed bytes.
pub fn of_double(value: f64) -> Real {
    value as Real
}

/// Bits as a number.
pub fn to_u64(bits: Bits) -> u64 {
    bits.into()
}

/// A whole number as a wider one.
pub fn to_u128(value: Wide) -> u128 {
    value.into()
}

/// `a ** b`.
pub fn power(a: Real, b: Real) -> Real {
    Math::pow(a, b)
}

/// `a ** b`, by nobody else.
#[inline(always)]
pub fn powered(_: &crate::vm::Vm, a: Real, b: Real) -> Real {
    power(a, b)
}
