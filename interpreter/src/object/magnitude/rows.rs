//! Products by hand, a row for each digit of the shorter factor.

use super::{BITS, Digits};

/// `out = short * long`; `out` has as many digits as both together.
pub(super) fn multiply(out: Digits, short: Digits, long: Digits) {
    out[..long.len()].iter().for_each(|digit| digit.set(0));
    for (index, factor) in short.iter().enumerate() {
        out[index + long.len()].set(add_product(&out[index..], long, factor.get()));
    }
}

/// `out += a * factor`; returns the carry, which belongs `a.len()` digits up.
fn add_product(out: Digits, a: Digits, factor: u32) -> u32 {
    let mut carry = 0;
    for (to, from) in out.iter().zip(a) {
        let sum = from.get() as u64 * factor as u64 + to.get() as u64 + carry;
        to.set(sum as u32);
        carry = sum >> BITS;
    }
    carry as u32
}
