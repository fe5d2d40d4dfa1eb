//! Numbers against identities, against Rust's own arithmetic, and against themselves through text.

use super::bigint::{self, Big, Room};
use super::kind::Binary;
use super::number::{parse_float, parse_int};
use super::word::Word;
use crate::testing::{repr, with};
use crate::vm::Vm;
use std::string::{String, ToString};
use std::{format, vec};

/// A seeded sequence (splitmix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// An int of up to `digits` 32-bit digits, often of ones or zeros, where carries hide.
    fn int(&mut self, vm: &Vm, digits: u64) -> Word {
        let length = self.next() % (digits + 1);
        let int = bigint::blank(vm, length as usize).expect("memory");
        for cell in int.get().tail() {
            cell.set(match self.next() % 8 {
                0 => 0,
                1 => u32::MAX,
                2 => 1 << 31,
                _ => self.next() as u32,
            });
        }
        bigint::finish(vm, int, self.next() % 2 == 0).expect("memory")
    }
}

fn op(vm: &Vm, operator: Binary, a: Word, b: Word) -> Word {
    vm.binary(operator, a, b).unwrap_or_else(|_| panic!("{operator:?} of {} and {} raises", repr(vm, a), repr(vm, b)))
}

#[track_caller]
fn same(vm: &Vm, a: Word, b: Word) {
    assert_eq!(op(vm, Binary::Equal, a, b), Word::TRUE, "{} is not {}", repr(vm, a), repr(vm, b));
}

#[test]
fn identities_hold_for_random_ints() {
    with(|vm| {
        let mut random = Random(2);
        let zero = Word::int(0);
        for round in 0..3000 {
            let digits = if round % 50 == 0 { 130 } else { 6 };
            let (a, b, c) = (random.int(vm, digits), random.int(vm, digits), random.int(vm, 5));
            let product = op(vm, Binary::Mul, a, b);
            // (a + c)·b = a·b + c·b
            let left = op(vm, Binary::Mul, op(vm, Binary::Add, a, c), b);
            same(vm, left, op(vm, Binary::Add, product, op(vm, Binary::Mul, c, b)));
            same(vm, op(vm, Binary::Sub, op(vm, Binary::Add, a, b), b), a);
            if b != zero {
                let (quotient, rest) = (op(vm, Binary::FloorDiv, a, b), op(vm, Binary::Mod, a, b));
                same(vm, op(vm, Binary::Add, op(vm, Binary::Mul, quotient, b), rest), a);
                let negative = op(vm, Binary::Less, b, zero);
                assert!(rest == zero || op(vm, Binary::Less, rest, zero) == negative);
                let magnitude = |x| vm.unary(super::kind::Unary::Abs, x).expect("memory");
                assert_eq!(op(vm, Binary::Less, magnitude(rest), magnitude(b)), Word::TRUE);
                same(vm, op(vm, Binary::FloorDiv, product, b), a);
            }
            // a + b = (a ^ b) + 2·(a & b), and a | b = (a ^ b) + (a & b)
            let (and, or, xor) = (op(vm, Binary::And, a, b), op(vm, Binary::Or, a, b), op(vm, Binary::Xor, a, b));
            same(vm, op(vm, Binary::Add, xor, op(vm, Binary::ShiftLeft, and, Word::int(1))), op(vm, Binary::Add, a, b));
            same(vm, op(vm, Binary::Add, xor, and), or);
            let count = Word::int((random.next() % 200) as isize);
            let scale = op(vm, Binary::Pow, Word::int(2), count);
            same(vm, op(vm, Binary::ShiftLeft, a, count), op(vm, Binary::Mul, a, scale));
            same(vm, op(vm, Binary::ShiftRight, a, count), op(vm, Binary::FloorDiv, a, scale));
        }
    });
}

#[test]
fn ints_survive_text_in_every_radix() {
    with(|vm| {
        let mut random = Random(3);
        for round in 0..400 {
            let a = random.int(vm, if round % 20 == 0 { 300 } else { 8 });
            same(vm, parse_int(vm, &repr(vm, a), 10).expect("an int"), a);
            let radix = 2 + (random.next() % 35) as u32;
            let text = in_radix(vm, a, radix);
            same(vm, parse_int(vm, &text, radix).expect("an int"), a);
        }
    });
}

fn in_radix(vm: &Vm, word: Word, radix: u32) -> String {
    let room = Room::default();
    let big = Big::of(word, &room).expect("an int");
    let (negative, mut rest) = (big.negative, big.digits.iter().map(|digit| digit.get()).collect::<std::vec::Vec<_>>());
    let _ = vm;
    let mut text = vec![];
    while rest.iter().any(|&digit| digit != 0) {
        let mut carry = 0_u64;
        for digit in rest.iter_mut().rev() {
            let value = carry << 32 | *digit as u64;
            *digit = (value / radix as u64) as u32;
            carry = value % radix as u64;
        }
        text.push(char::from_digit(carry as u32, radix).expect("a digit"));
    }
    text.push('0');
    if negative {
        text.push('-');
    }
    text.iter().rev().collect()
}

#[test]
fn floats_survive_text() {
    with(|vm| {
        let mut random = Random(4);
        for _ in 0..20_000 {
            let value = f64::from_bits(random.next());
            let text = repr(vm, vm.new_float(value).expect("memory"));
            let back = vm.float_value(parse_float(vm, &text).expect("a float")).expect("a float");
            assert!(back.to_bits() == value.to_bits() || back.is_nan() && value.is_nan(), "{value:?} printed as {text}");
        }
    });
}

#[test]
fn small_arithmetic_agrees_with_rust() {
    with(|vm| {
        let mut random = Random(5);
        for _ in 0..20_000 {
            let (a, b) = ((random.next() as i64) >> (random.next() % 64), (random.next() as i64) >> (random.next() % 64));
            let (x, y) = (vm.new_int(a).expect("memory"), vm.new_int(b).expect("memory"));
            let check = |operator, expected: i128| assert_eq!(repr(vm, op(vm, operator, x, y)), expected.to_string(), "{a} {b}");
            let (a, b) = (a as i128, b as i128);
            check(Binary::Add, a + b);
            check(Binary::Sub, a - b);
            check(Binary::Mul, a * b);
            check(Binary::And, a & b);
            check(Binary::Or, a | b);
            check(Binary::Xor, a ^ b);
            if b != 0 {
                let rest = a.rem_euclid(b.abs());
                let rest = if rest != 0 && b < 0 { rest + b } else { rest };
                check(Binary::Mod, rest);
                check(Binary::FloorDiv, (a - rest) / b);
            }
            assert_eq!(op(vm, Binary::Less, x, y), Word::bool(a < b));
            assert_eq!(op(vm, Binary::Equal, x, y), Word::bool(a == b));
        }
    });
}

#[test]
fn conversions_to_floats_round_once() {
    with(|vm| {
        let mut random = Random(6);
        for _ in 0..5000 {
            let a = random.int(vm, 5);
            let text = repr(vm, a);
            let float = vm.unary(super::kind::Unary::Float, a).expect("memory");
            assert_eq!(vm.float_value(float).expect("a float"), text.parse::<f64>().expect("digits"), "{text}");
            let back = vm.unary(super::kind::Unary::Int, float).expect("finite");
            assert_eq!(repr(vm, back), format!("{:.0}", text.parse::<f64>().expect("digits")).replace("-0", "0"));
        }
    });
}
