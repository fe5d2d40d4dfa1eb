//! Products by hand on machines that multiply 64 bits by 64: a row for each two digits of the shorter factor.

use super::{BITS, Digits};
use core::cell::Cell;

/// `out = short * long`; `out` has as many digits as both together.
pub(super) fn multiply(out: Digits, short: Digits, long: Digits) {
    out.iter().for_each(|digit| digit.set(0));
    for (index, factor) in short.chunks(2).enumerate() {
        let row = &out[2 * index..];
        let carry = add_product(row, long, number(factor));
        row[long.len()..].iter().zip([carry as u32, (carry >> BITS) as u32]).for_each(|(to, part)| to.set(part));
    }
}

/// The number that one or two digits are.
fn number(digits: &[Cell<u32>]) -> u64 {
    match digits {
        [low, high] => low.get() as u64 | (high.get() as u64) << BITS,
        [low] => low.get() as u64,
        _ => 0,
    }
}

/// `out += a * factor`; returns the carry, which belongs `a.len()` digits up.
fn add_product(out: Digits, a: Digits, factor: u64) -> u64 {
    let (pairs, last) = a.as_chunks::<2>();
    let (out_pairs, _) = out.as_chunks::<2>();
    let mut carry = 0;
    for (to, from) in out_pairs.iter().zip(pairs) {
        // The largest sum there is just fits.
        let sum = number(from) as u128 * factor as u128 + number(to) as u128 + carry as u128;
        to[0].set(sum as u32);
        to[1].set((sum >> BITS) as u32);
        carry = (sum >> (2 * BITS)) as u64;
    }
    if let ([from], [to, ..]) = (last, &out[2 * pairs.len()..]) {
        let sum = from.get() as u128 * factor as u128 + to.get() as u128 + carry as u128;
        to.set(sum as u32);
        carry = (sum >> BITS) as u64;
    }
    carry
}
