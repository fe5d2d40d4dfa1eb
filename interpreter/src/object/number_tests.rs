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
        bigint::finish(vm, int, self.next().is_multiple_of(2)).expect("memory")
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

#[test]
fn floats_are_read_as_rust_reads_them() {
    with(|vm| {
        let mut random = Random(8);
        for _ in 0..10_000 {
            let (length, point) = (1 + random.next() % 40, random.next() % 45);
            let mut text = String::new();
            for index in 0..length {
                if index == point {
                    text.push('.');
                }
                text.push(char::from(b'0' + (random.next() % 10) as u8));
            }
            if random.next().is_multiple_of(2) {
                text += &format!("e{}", random.next() as i64 % 345);
            }
            let value = vm.float_value(parse_float(vm, &text).expect("a float")).expect("a float");
            assert_eq!(value, text.parse::<f64>().expect("a float"), "{text}");
        }
    });
}

/// `format(value, spec)`, or the exception's text.
fn formatted(vm: &Vm, value: Word, spec: &str) -> String {
    match vm.format(value, spec) {
        Ok(text) => vm.text_of(text).to_string(),
        Err(raised) => {
            let exception = super::handle::Handle::<super::exception::Exception>::from(vm.take_raised(raised));
            let args = super::handle::Handle::<super::tuple::Tuple>::from(exception.expect("an exception").args.get());
            vm.text_of(args.expect("a tuple").tail()[0].get()).to_string()
        }
    }
}

#[test]
fn the_format_language_speaks_as_python_does() {
    let ints = [
        ("5", "", "5"),
        ("5", "5", "    5"),
        ("5", "<5", "5    "),
        ("5", "^5", "  5  "),
        ("5", "=+5", "+   5"),
        ("-5", "010d", "-000000005"),
        ("255", "#x", "0xff"),
        ("255", "#X", "0XFF"),
        ("5", "#b", "0b101"),
        ("5", "#o", "0o5"),
        ("1234", "010,", "00,001,234"),
        ("1234567", ",", "1,234,567"),
        ("19088743", "_x", "123_4567"),
        ("-1000", "012_d", "-000_001_000"),
        ("123", "04,", "0,123"),
        ("1000", "#_b", "0b11_1110_1000"),
        ("65", "c", "A"),
        ("8364", "c", "€"),
        ("1", "€>5", "€€€€1"),
        ("1", "<010", "1000000000"),
        ("1", "+010", "+000000001"),
        ("5", "f", "5.000000"),
        ("1", ".3%", "100.000%"),
        ("100000000000000000000", "x", "56bc75e2d63100000"),
        ("100000000000000000000", "030,", "00,100,000,000,000,000,000,000"),
        ("100000000000000000000", "e", "1.000000e+20"),
        ("5", "z", "Negative zero coercion (z) not allowed in integer format specifier"),
        ("5", ".3", "Precision not allowed in integer format specifier"),
        ("5", "5y", "Unknown format code 'y' for object of type 'int'"),
        ("5", "s", "Unknown format code 's' for object of type 'int'"),
    ];
    let floats = [
        ("1.0", "10", "       1.0"),
        ("1234567.891", ",.2f", "1,234,567.89"),
        ("-1234567.89", "_.1f", "-1_234_567.9"),
        ("2.25", "5.1f", "  2.2"),
        ("12345.678", "e", "1.234568e+04"),
        ("12345.678", "g", "12345.7"),
        ("1e10", "g", "1e+10"),
        ("1e-10", "G", "1E-10"),
        ("1.0", ".3", "1.0"),
        ("1234.0", ".3", "1.23e+03"),
        ("123.0", ".3", "1.23e+02"),
        ("0.25", "%", "25.000000%"),
        ("inf", "f", "inf"),
        ("nan", "F", "NAN"),
        ("-inf", "010f", "-000000inf"),
        ("2.5", ".0f", "2"),
        ("2.5", "#.0f", "2."),
        ("0.1", ".50f", "0.10000000000000000555111512312578270211815834045410"),
        ("1.0", "#g", "1.00000"),
        ("0.1", ".20g", "0.10000000000000000555"),
        ("0.0", "e", "0.000000e+00"),
        ("0.0", "g", "0"),
        ("9.9996", ".3e", "1.000e+01"),
        ("999999.5", "g", "1e+06"),
        ("5e-324", ".3e", "4.941e-324"),
        ("nan", "05", "00nan"),
        ("-1.5", "0=10", "-0000001.5"),
        ("1.5", "d", "Unknown format code 'd' for object of type 'float'"),
        ("-0.0", ".1f", "-0.0"),
        ("-0.04", "z.1f", "0.0"),
    ];
    with(|vm| {
        for (value, spec, expected) in ints {
            assert_eq!(formatted(vm, parse_int(vm, value, 10).expect("an int"), spec), expected, "{value}:{spec}");
        }
        for (value, spec, expected) in floats {
            assert_eq!(formatted(vm, parse_float(vm, value).expect("a float"), spec), expected, "{value}:{spec}");
        }
    });
}

#[test]
fn fixed_and_scientific_digits_are_those_of_rust() {
    with(|vm| {
        let mut random = Random(7);
        for round in 0..4000 {
            let bits = random.next();
            let value = if round % 2 == 0 { f64::from_bits(bits) } else { (bits % 2_000_001) as f64 / 1000.0 - 1000.0 };
            if !value.is_finite() {
                continue;
            }
            let decimals = (random.next() % 30) as usize;
            let word = vm.new_float(value).expect("memory");
            assert_eq!(formatted(vm, word, &format!(".{decimals}f")), format!("{value:.decimals$}"));
            let scientific = format!("{value:.decimals$e}");
            let (mantissa, exponent) = scientific.split_once('e').expect("an exponent");
            let exponent = exponent.parse::<i32>().expect("a number");
            let expected = format!("{mantissa}e{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs());
            assert_eq!(formatted(vm, word, &format!(".{decimals}e")), expected);
        }
    });
}

#[test]
fn the_remainder_of_floats_is_that_of_rust() {
    let odd = [0.0, -0.0, 1.0, -1.0, 0.1, 5e-324, 1e-310, f64::MIN_POSITIVE, 3.5, 1e300, f64::MAX, f64::INFINITY, f64::NAN];
    let odd = odd.iter().flat_map(|a| odd.iter().map(move |b| (*a, *b)));
    let mut random = Random(11);
    // Far from each other, near each other, and with subnormal ones.
    let random = (0..30_000).map(|round| {
        let (a, b) = (random.next(), random.next());
        let b = if round % 3 == 0 { b } else { a & 0x7fff << 48 | b >> 16 };
        (f64::from_bits(a), f64::from_bits(if round % 5 == 0 { b >> 12 } else { b }))
    });
    for (a, b) in odd.chain(random) {
        let (found, expected) = (super::float::remainder(a, b), a % b);
        assert!(
            found.to_bits() == expected.to_bits() || found.is_nan() && expected.is_nan(),
            "{a:e} % {b:e}: {found:e}, {expected:e}"
        );
    }
}
