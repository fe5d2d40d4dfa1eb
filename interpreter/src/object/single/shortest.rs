//! The shortest digits that a float of 32 bits is read back from, without the tables and wide products that are quicker (2.6 kB of an image).
//!
//! As Steele and White, and Dragon4, do it: the number, and how far other texts may lie from it, are fractions of one denominator, and what a digit
//! leaves is multiplied by ten until it is near enough. All of that is exact.

use core::cmp::Ordering;

/// A whole number below 2^160, the lowest part first. The largest is the denominator of the smallest float, 2^151, times ten.
type Large = [u32; 5];

const HIDDEN: u32 = 1 << 23;

fn multiply(number: &mut Large, by: u32) {
    let mut carry = 0_u64;
    for part in number {
        carry += u64::from(*part) * u64::from(by);
        *part = carry as u32;
        carry >>= 32;
    }
}

fn shifted(number: u32, mut by: u32) -> Large {
    let mut large = [number, 0, 0, 0, 0];
    while by > 0 {
        let step = by.min(31);
        multiply(&mut large, 1 << step);
        by -= step;
    }
    large
}

fn compare(a: &Large, b: &Large) -> Ordering {
    a.iter().rev().cmp(b.iter().rev())
}

/// How `a + b` compares with `c`.
fn compare_sum(a: &Large, b: &Large, c: &Large) -> Ordering {
    let (mut sum, mut carry) = (*a, 0_u64);
    for (part, other) in sum.iter_mut().zip(b) {
        carry += u64::from(*part) + u64::from(*other);
        *part = carry as u32;
        carry >>= 32;
    }
    compare(&sum, c)
}

fn subtract(number: &mut Large, other: &Large) {
    let mut borrow = 0_i64;
    for (part, other) in number.iter_mut().zip(other) {
        borrow += i64::from(*part) - i64::from(*other);
        *part = borrow as u32;
        borrow >>= 32;
    }
}

/// Writes the digits of a float that is finite and not negative: how many there are, and the exponent of the first.
pub fn shortest(value: f32, digits: &mut [u8; 24]) -> (usize, i32) {
    let bits = value.to_bits();
    if bits == 0 {
        return (1, 0);
    }
    let (mantissa, exponent) = match (bits & (HIDDEN - 1), bits >> 23) {
        (mantissa, 0) => (mantissa, 1),
        (mantissa, exponent) => (mantissa | HIDDEN, exponent),
    };
    // An exponent of 150 makes the mantissa a whole number.
    let (up, down) = (exponent.saturating_sub(150), 150_u32.saturating_sub(exponent));
    // Half of the way to the next float, of which the one below is half as far from a power of two. In fourths.
    let below = if mantissa == HIDDEN && exponent > 1 { 1 } else { 2 };
    let (mut rest, mut whole) = (shifted(4 * mantissa, up), shifted(4, down));
    let (mut below, mut above) = (shifted(below, up), shifted(2, up));
    // A text at half of the way is read as the even one.
    let even = mantissa & 1 == 0;
    let reaches = |order: Ordering| order.is_gt() || even && order.is_eq();
    let mut exponent = 0;
    while reaches(compare_sum(&rest, &above, &whole)) {
        multiply(&mut whole, 10);
        exponent += 1;
    }
    let tenfold = |numbers: [&mut Large; 3]| numbers.into_iter().for_each(|number| multiply(number, 10));
    loop {
        tenfold([&mut rest, &mut below, &mut above]);
        exponent -= 1;
        if reaches(compare_sum(&rest, &above, &whole)) {
            break;
        }
    }
    let mut count = 0;
    loop {
        let mut digit = b'0';
        while compare(&rest, &whole).is_ge() {
            subtract(&mut rest, &whole);
            digit += 1;
        }
        let (low, high) = (reaches(compare(&below, &rest)), reaches(compare_sum(&rest, &above, &whole)));
        let nearer = compare_sum(&rest, &rest, &whole);
        let up = high && (!low || nearer.is_gt() || nearer.is_eq() && digit & 1 == 1);
        digits[count] = digit + u8::from(up);
        count += 1;
        if low || high {
            return (count, exponent);
        }
        tenfold([&mut rest, &mut below, &mut above]);
    }
}

#[cfg(test)]
mod tests {
    use super::shortest;
    use crate::object::real;

    #[test]
    fn digits_are_the_fewest_and_the_nearest() {
        let beside_powers_of_two =
            (1..255_u32).flat_map(|exponent| (0..64).flat_map(move |away| [(exponent << 23) + away, (exponent << 23) - away]));
        let everywhere = (1..0x7f80_0000_u32).step_by(9973);
        let short = (1..=u16::MAX).map(|hundredths| (f32::from(hundredths) / 100.0).to_bits());
        for value in
            beside_powers_of_two.chain(1..64).chain(everywhere).chain(short).map(f32::from_bits).filter(|value| value.is_finite())
        {
            let (mut digits, mut expected) = ([b'0'; 24], [b'0'; 24]);
            let (count, exponent) = shortest(value, &mut digits);
            // What the library that hosts print with finds.
            let (length, power) = real::take_apart(ryu::Buffer::new().format_finite(value), &mut expected);
            assert_eq!((&digits[..count], exponent), (&expected[..length], power), "{value:e}");
        }
        assert_eq!(shortest(0.0, &mut [b'0'; 24]), (1, 0));
    }
}
