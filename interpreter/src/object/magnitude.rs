//! Arithmetic on magnitudes: natural numbers as 32-bit digits, the least significant first.
//!
//! Nothing here knows objects or signs. Numbers are slices of cells, so that results are computed where they will lie in
//! the heap, and an operand may be the result. A number may have zero digits on top unless a function says `trimmed`.

#[cfg_attr(feature = "caches", path = "magnitude/wide.rs")]
mod rows;

use core::cell::Cell;
use core::cmp::Ordering;

/// A magnitude.
pub type Digits<'a> = &'a [Cell<u32>];

/// Bits of a digit.
pub const BITS: usize = 32;

/// Operands of fewer digits are multiplied digit by digit; above, Karatsuba's three products for four win.
const KARATSUBA: usize = 40;

/// `digits` without the zeros on top.
pub fn trim(digits: Digits) -> Digits {
    let used = digits.iter().rposition(|digit| digit.get() != 0).map_or(0, |top| top + 1);
    &digits[..used]
}

/// Number of bits up to the highest one. `trimmed`.
pub fn bit_length(digits: Digits) -> usize {
    digits.last().map_or(0, |top| digits.len() * BITS - top.get().leading_zeros() as usize)
}

/// Whether bit `index` is set.
pub fn bit(digits: Digits, index: usize) -> bool {
    digits.get(index / BITS).is_some_and(|digit| digit.get() >> (index % BITS) & 1 != 0)
}

/// Whether any bit below `count` is set.
pub fn any_below(digits: Digits, count: usize) -> bool {
    let whole = (count / BITS).min(digits.len());
    digits[..whole].iter().any(|digit| digit.get() != 0)
        || digits.get(count / BITS).is_some_and(|digit| digit.get() & ((1 << (count % BITS)) - 1) != 0)
}

/// The 64 bits from bit `from` on.
pub fn window(digits: Digits, from: usize) -> u64 {
    let at = |index: usize| digits.get(index).map_or(0, |digit| digit.get() as u128);
    let first = from / BITS;
    ((at(first) | at(first + 1) << 32 | at(first + 2) << 64) >> (from % BITS)) as u64
}

/// Compares two `trimmed` numbers.
pub fn compare(a: Digits, b: Digits) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.iter().rev().map(Cell::get).cmp(b.iter().rev().map(Cell::get)))
}

/// `out = a`, zeros on top.
pub fn copy(out: Digits, a: Digits) {
    out.iter().zip(a).for_each(|(to, from)| to.set(from.get()));
    out[a.len()..].iter().for_each(|to| to.set(0));
}

/// `out += a`; returns the carry out of `out`, which is at least as long as `a`.
pub fn add_to(out: Digits, a: Digits) -> u32 {
    let mut carry = 0;
    let (low, high) = out.split_at(a.len());
    for (to, from) in low.iter().zip(a) {
        let sum = to.get() as u64 + from.get() as u64 + carry;
        to.set(sum as u32);
        carry = sum >> BITS;
    }
    for to in high {
        if carry == 0 {
            break;
        }
        let sum = to.get() as u64 + carry;
        to.set(sum as u32);
        carry = sum >> BITS;
    }
    carry as u32
}

/// `out -= a`; returns the borrow out of `out`, which is at least as long as `a`.
pub fn subtract_from(out: Digits, a: Digits) -> u32 {
    let mut borrow = 0;
    let (low, high) = out.split_at(a.len());
    for (to, from) in low.iter().zip(a) {
        let difference = (to.get() as u64).wrapping_sub(from.get() as u64 + borrow);
        to.set(difference as u32);
        borrow = difference >> 63;
    }
    for to in high {
        if borrow == 0 {
            break;
        }
        let difference = (to.get() as u64).wrapping_sub(borrow);
        to.set(difference as u32);
        borrow = difference >> 63;
    }
    borrow as u32
}

/// `digits = digits * factor + addend`; returns the digit that overflows.
pub fn multiply_small(digits: Digits, factor: u32, addend: u32) -> u32 {
    let mut carry = addend as u64;
    for digit in digits {
        let product = digit.get() as u64 * factor as u64 + carry;
        digit.set(product as u32);
        carry = product >> BITS;
    }
    carry as u32
}

/// `digits /= divisor`; returns the remainder.
pub fn divide_small(digits: Digits, divisor: u32) -> u32 {
    let mut rest = 0;
    for digit in digits.iter().rev() {
        let value = rest << BITS | digit.get() as u64;
        digit.set((value / divisor as u64) as u32);
        rest = value % divisor as u64;
    }
    rest as u32
}

/// `out -= a * factor`; returns the borrow, which belongs `a.len()` digits up.
fn subtract_product(out: Digits, a: Digits, factor: u32) -> u32 {
    let mut borrow = 0;
    for (to, from) in out.iter().zip(a) {
        let product = from.get() as u64 * factor as u64 + borrow;
        let (difference, under) = to.get().overflowing_sub(product as u32);
        to.set(difference);
        borrow = (product >> BITS) + under as u64;
    }
    borrow as u32
}

/// Digits of scratch that `multiply` wants for operands of these lengths; 0 for short ones.
pub fn multiply_scratch(a: usize, b: usize) -> usize {
    // Equal lengths: four for each digit, halved at each level, some more for rounding up. Others: a product to add from, and the
    // same again for what is left of the longer one, which may be a digit shorter than the shorter one.
    let (short, each) = (a.min(b), if a == b { 4 } else { 8 });
    if short < KARATSUBA { 0 } else { each * short + 400 }
}

/// `out = a * b`; `out` has `a.len() + b.len()` digits and is none of the operands.
pub fn multiply(out: Digits, a: Digits, b: Digits, scratch: Digits) {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() < KARATSUBA {
        rows::multiply(out, short, long);
    } else if short.len() == long.len() {
        karatsuba(out, short, long, scratch);
    } else {
        // A row of products as long as the short operand.
        out.iter().for_each(|digit| digit.set(0));
        let (product, scratch) = scratch.split_at(2 * short.len());
        for (index, part) in long.chunks(short.len()).enumerate() {
            let product = &product[..short.len() + part.len()];
            multiply(product, short, part, scratch);
            add_to(&out[index * short.len()..], product);
        }
    }
}

/// With a = a1·B + a0 and b = b1·B + b0: a1·b0 + a0·b1 = (a0 + a1)(b0 + b1) − a0·b0 − a1·b1.
fn karatsuba(out: Digits, a: Digits, b: Digits, scratch: Digits) {
    let half = a.len().div_ceil(2);
    let ((a0, a1), (b0, b1)) = (a.split_at(half), b.split_at(half));
    let (sum_a, scratch) = scratch.split_at(half + 1);
    let (sum_b, scratch) = scratch.split_at(half + 1);
    let (middle, scratch) = scratch.split_at(2 * half + 2);
    copy(sum_a, a0);
    add_to(sum_a, a1);
    copy(sum_b, b0);
    add_to(sum_b, b1);
    multiply(middle, sum_a, sum_b, scratch);
    let (low, high) = out.split_at(2 * half);
    multiply(low, a0, b0, scratch);
    multiply(high, a1, b1, scratch);
    subtract_from(middle, low);
    subtract_from(middle, high);
    // The sum of the cross products fits in what is left of `out`; digits above are zero.
    add_to(&out[half..], trim(middle));
}

/// `out = a << count`; `out` has room for all bits and may be longer.
pub fn shift_left(out: Digits, a: Digits, count: usize) {
    let (whole, bits) = (count / BITS, count % BITS);
    let at = |index: usize| a.get(index).map_or(0, |digit| digit.get() as u64);
    // From the top, so that `out` may be `a`.
    for index in (0..out.len()).rev() {
        let high = index.checked_sub(whole).map_or(0, at);
        let low = index.checked_sub(whole + 1).map_or(0, at);
        out[index].set(((high << BITS | low) << bits >> BITS) as u32);
    }
}

/// `out = a >> count`.
pub fn shift_right(out: Digits, a: Digits, count: usize) {
    let (whole, bits) = (count / BITS, count % BITS);
    let at = |index: usize| a.get(index).map_or(0, |digit| digit.get() as u64);
    for (index, to) in out.iter().enumerate() {
        to.set(((at(index + whole + 1) << BITS | at(index + whole)) >> bits) as u32);
    }
}

/// Divides `rest` by `divisor`: leaves the remainder in `rest` and the quotient in `quotient`.
///
/// Both are shifted so that the divisor's top bit is set (the caller shifts the remainder back), `rest` has one digit more
/// than the dividend, `quotient` as many as `rest` has more than `divisor`, which has at least two (Knuth 4.3.1 D).
pub fn divide(quotient: Digits, rest: Digits, divisor: Digits) {
    let length = divisor.len();
    let (top, second) = (divisor[length - 1].get() as u64, divisor[length - 2].get() as u64);
    for index in (0..quotient.len()).rev() {
        let part = &rest[index..=index + length];
        let high = (part[length].get() as u64) << BITS | part[length - 1].get() as u64;
        let (mut guess, mut left) = (high / top, high % top);
        while guess >> BITS != 0 || guess * second > left << BITS | part[length - 2].get() as u64 {
            guess -= 1;
            left += top;
            if left >> BITS != 0 {
                break;
            }
        }
        let borrow = subtract_product(part, divisor, guess as u32);
        let (difference, under) = part[length].get().overflowing_sub(borrow);
        part[length].set(difference);
        if under {
            guess -= 1;
            let carry = add_to(&part[..length], divisor);
            part[length].set(part[length].get().wrapping_add(carry));
        }
        quotient[index].set(guess as u32);
    }
}
