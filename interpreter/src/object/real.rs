//! `Real`, the number behind `float`: 64 bits on hosts. Boards, whose processors compute with 32 bits, have `single/real.rs` in its place.
//!
//! What depends on the width says so by what is here. Saved code and files of numbers are written alike by both.

use core::ops::RangeInclusive;

/// The machine's number behind `float`.
pub type Real = f64;
/// Its bits.
pub type Bits = u64;
/// A whole number that holds a mantissa times any of `TENS`, and a bit more.
pub type Wide = u128;
/// Functions of such numbers.
pub type Math = libm::Libm<Real>;
/// Constants among them.
pub use core::f64::consts;

/// Exponents of ten that `Wide` takes.
pub const POWERS: RangeInclusive<i32> = 0..=22;
/// Powers of ten that are exact.
pub const TENS: [Real; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21,
    1e22,
];

/// As it lies in saved code and in packed bytes.
#[inline(always)]
pub fn to_double(value: Real) -> f64 {
    value
}

/// From saved code and packed bytes.
#[inline(always)]
pub fn of_double(value: f64) -> Real {
    value
}

/// Bits as a number.
#[inline(always)]
pub fn to_u64(bits: Bits) -> u64 {
    bits
}

/// A whole number as a wider one.
#[inline(always)]
pub fn to_u128(value: Wide) -> u128 {
    value
}

/// Writes the shortest digits that a float which is finite and not negative is read back from: how many there are, and the exponent of the first.
pub fn shortest(value: Real, digits: &mut [u8; 24]) -> (usize, i32) {
    take_apart(ryu::Buffer::new().format_finite(value), digits)
}

/// The same of a text that `ryu` writes: `12.5`, `1e21`, `1.5e-7`.
pub(super) fn take_apart(text: &str, digits: &mut [u8; 24]) -> (usize, i32) {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mut exponent = exponent.parse::<i32>().expect("ryu writes a number") + whole.len() as i32 - 1;
    let (mut count, mut used) = (0, 0);
    for &byte in whole.as_bytes().iter().chain(fraction.as_bytes()) {
        if count == 0 && byte == b'0' {
            exponent -= 1;
            continue;
        }
        digits[count] = byte;
        count += 1;
        if byte != b'0' {
            used = count;
        }
    }
    if used == 0 { (1, 0) } else { (used, exponent) }
}

/// `a ** b`. For small whole exponents by squaring in twice the precision: 10.0 ** -5 is exactly what 1e-5 is read as.
pub fn power(a: Real, b: Real) -> Real {
    whole_power(a, b).unwrap_or_else(|| Math::pow(a, b))
}

/// `a ** b`, as the port has it.
#[cfg(feature = "full")]
#[inline(always)]
pub fn powered(vm: &crate::vm::Vm, a: Real, b: Real) -> Real {
    vm.port.power(a, b)
}

/// `a ** b`.
#[cfg(not(feature = "full"))]
#[inline(always)]
pub fn powered(_: &crate::vm::Vm, a: Real, b: Real) -> Real {
    power(a, b)
}

/// `None` where the exponent is not small and whole, and where squares would overflow on the way.
fn whole_power(a: Real, b: Real) -> Option<Real> {
    if b.abs() > 1024.0 || Math::trunc(b) != b {
        return None;
    }
    let (mut result, mut square, mut count) = (Pair(1.0, 0.0), Pair(a, 0.0), b.abs() as u32);
    while count > 0 {
        if count & 1 == 1 {
            result = result.times(square);
        }
        count >>= 1;
        if count > 0 {
            square = square.times(square);
        }
    }
    // Splitting a factor overflows near the top, and near the bottom low halves are lost.
    if !(1e-250..1e250).contains(&result.0.abs()) || !(1e-250..1e250).contains(&square.0.abs()) {
        return None;
    }
    Some(if b < 0.0 { result.inverse() } else { result.0 + result.1 })
}

/// A number as the sum of a float and a much smaller one.
#[derive(Clone, Copy)]
struct Pair(Real, Real);

impl Pair {
    /// The exact product of two floats (Dekker).
    fn product(a: Real, b: Real) -> Pair {
        let split = |x: Real| {
            let scaled = x * 134_217_729.0;
            let high = scaled - (scaled - x);
            (high, x - high)
        };
        let ((a1, a2), (b1, b2), product) = (split(a), split(b), a * b);
        Pair(product, a2 * b2 - (((product - a1 * b1) - a2 * b1) - a1 * b2))
    }

    fn times(self, other: Pair) -> Pair {
        let Pair(high, low) = Pair::product(self.0, other.0);
        let low = low + (self.0 * other.1 + self.1 * other.0);
        let sum = high + low;
        Pair(sum, low - (sum - high))
    }

    fn inverse(self) -> Real {
        let guess = 1.0 / self.0;
        let Pair(high, low) = Pair::product(guess, self.0);
        guess + guess * (((1.0 - high) - low) - guess * self.1)
    }
}
