//! Ints of any size: the object, and the operators when an operand or the result is no small int.
//!
//! ```text
//!   [header][length][size: ±digits in use][digit × length]      16 bytes on a 32-bit chip for 31 and 32 bits
//! ```
//! An `Int` never changes once it is handed out. It is made longer than need be, filled, and then `finish`ed: a result that
//! fits in the word becomes a small int, so equal ints always look the same.

use super::exception::{OVERFLOW_ERROR, ZERO_DIVISION_ERROR};
use super::handle::{Handle, StaticInt, Tailed};
use super::int::{INT, small};
use super::kind::{Binary, Unary};
use super::magnitude::{self as mag, BITS, Digits};
use super::real::{self, Bits, Math, Real};
use super::word::Word;
use crate::vm::{Outcome, Raised, Vm};
use core::cell::Cell;
use core::cmp::Ordering;

/// How many digits are in use, negative for a negative int.
#[derive(Default)]
pub struct Size(Cell<isize>);

/// An int in the heap.
pub type Int = Tailed<Size, Cell<u32>>;

/// The largest `isize`, one bit wider than a small int: `sys.maxsize`.
#[cfg(target_pointer_width = "64")]
pub static MAXSIZE: StaticInt<2> = StaticInt::new([u32::MAX, u32::MAX >> 1]);
/// The largest `isize`, one bit wider than a small int: `sys.maxsize`.
#[cfg(target_pointer_width = "32")]
pub static MAXSIZE: StaticInt<1> = StaticInt::new([u32::MAX >> 1]);

/// An int taken apart, digits trimmed.
#[derive(Clone, Copy)]
pub struct Big<'a> {
    /// Its sign.
    pub negative: bool,
    /// Its magnitude.
    pub digits: Digits<'a>,
}

/// Where the digits of a small int lie while it is looked at as a `Big`.
#[derive(Default)]
pub struct Room([Cell<u32>; 2]);

impl<'a> Big<'a> {
    /// The `int` or `bool` `word`; `None` for anything else.
    pub fn of(word: Word, room: &'a Room) -> Option<Big<'a>> {
        if let Some(value) = small(word) {
            let magnitude = value.unsigned_abs() as u64;
            room.0[0].set(magnitude as u32);
            room.0[1].set((magnitude >> BITS) as u32);
            return Some(Big { negative: value < 0, digits: mag::trim(&room.0) });
        }
        let object = Handle::<Int>::from(word)?.get();
        let size = object.head.0.get();
        Some(Big { negative: size < 0, digits: &object.tail()[..size.unsigned_abs()] })
    }

    fn is_zero(self) -> bool {
        self.digits.is_empty()
    }

    fn negate_if(self, condition: bool) -> Big<'a> {
        Big { negative: self.negative != condition, digits: self.digits }
    }

    /// Compares with another.
    pub fn compare(self, other: Big) -> Ordering {
        match (self.negative, other.negative) {
            (false, false) => mag::compare(self.digits, other.digits),
            (true, true) => mag::compare(other.digits, self.digits),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }

    /// The low 64 bits in two's complement.
    pub fn low_bits(self) -> u64 {
        let bits = mag::window(self.digits, 0);
        if self.negative { bits.wrapping_neg() } else { bits }
    }

    /// The value, if it fits.
    pub fn to_i64(self) -> Option<i64> {
        let value = self.low_bits() as i64;
        if self.digits.len() <= 2 && (value < 0) == self.negative { Some(value) } else { None }
    }

    /// The value, if it fits.
    pub fn to_u64(self) -> Option<u64> {
        if self.digits.len() <= 2 && !self.negative { Some(self.low_bits()) } else { None }
    }
}

/// An int under construction: `digits` digits, all zero.
pub fn blank(vm: &Vm, digits: usize) -> Outcome<Handle<Int>> {
    vm.new_zeroed(&INT, digits, Size::default())
}

/// Ends the construction of an int.
pub fn finish(vm: &Vm, int: Handle<Int>, negative: bool) -> Outcome {
    let digits = mag::trim(int.get().tail());
    if digits.len() <= 2 {
        let magnitude = mag::window(digits, 0);
        let value = if negative { magnitude.wrapping_neg() } else { magnitude } as i64;
        if (value < 0) == (negative && magnitude != 0)
            && let Ok(value) = isize::try_from(value)
            && Word::fits(value)
        {
            return Ok(Word::int(value));
        }
    }
    // Much too long a block is not kept: x - y of neighbours is short.
    let int = if int.len() > 2 * digits.len() + 4 {
        vm.new_celled(&INT, digits.len(), Size::default(), |index| digits[index].get())?
    } else {
        int
    };
    let size = digits.len() as isize;
    int.head.0.set(if negative { -size } else { size });
    Ok(int.word())
}

/// An int of a sign and up to 128 bits.
#[cold]
pub fn from_u128(vm: &Vm, negative: bool, magnitude: u128) -> Outcome {
    let int = vm.new_celled(&INT, 4, Size::default(), |index| (magnitude >> (BITS * index)) as u32)?;
    finish(vm, int, negative)
}

fn copy(vm: &Vm, big: Big) -> Outcome {
    let int = vm.new_celled(&INT, big.digits.len(), Size::default(), |index| big.digits[index].get())?;
    finish(vm, int, big.negative)
}

/// `x + y`.
fn add(vm: &Vm, x: Big, y: Big) -> Outcome {
    let (long, short) = if mag::compare(x.digits, y.digits).is_ge() { (x, y) } else { (y, x) };
    let out = blank(vm, long.digits.len() + 1)?;
    mag::copy(out.tail(), long.digits);
    if x.negative == y.negative {
        mag::add_to(out.tail(), short.digits);
    } else {
        mag::subtract_from(out.tail(), short.digits);
    }
    finish(vm, out, long.negative)
}

/// `x * y`.
fn multiply(vm: &Vm, x: Big, y: Big) -> Outcome {
    let out = blank(vm, x.digits.len() + y.digits.len())?;
    match mag::multiply_scratch(x.digits.len(), y.digits.len()) {
        0 => mag::multiply(out.tail(), x.digits, y.digits, &[]),
        scratch => mag::multiply(out.tail(), x.digits, y.digits, blank(vm, scratch)?.tail()),
    }
    finish(vm, out, x.negative != y.negative)
}

/// Quotient and remainder of magnitudes, as unfinished ints. `y` is not zero.
fn divide_magnitudes(vm: &Vm, x: Digits, y: Digits) -> Outcome<(Handle<Int>, Handle<Int>)> {
    let rest = blank(vm, x.len() + 1)?;
    mag::copy(rest.tail(), x);
    match *y {
        [ref digit] => {
            let remainder = mag::divide_small(rest.tail(), digit.get());
            let int = blank(vm, 1)?;
            int.tail()[0].set(remainder);
            Ok((rest, int))
        }
        _ if mag::compare(x, y).is_lt() => Ok((blank(vm, 0)?, rest)),
        _ => {
            let shift = y[y.len() - 1].get().leading_zeros() as usize;
            let divisor = blank(vm, y.len())?;
            mag::shift_left(divisor.tail(), y, shift);
            mag::shift_left(rest.tail(), rest.tail(), shift);
            let quotient = blank(vm, rest.len() - y.len())?;
            mag::divide(quotient.tail(), rest.tail(), divisor.tail());
            mag::shift_right(rest.tail(), rest.tail(), shift);
            Ok((quotient, rest))
        }
    }
}

/// Quotient rounded down, and remainder with the divisor's sign.
fn divide(vm: &Vm, x: Big, y: Big) -> Outcome<(Word, Word)> {
    if y.is_zero() {
        return Err(zero_division(vm));
    }
    let (quotient, rest) = divide_magnitudes(vm, x.digits, y.digits)?;
    let exact = mag::trim(rest.tail()).is_empty();
    if x.negative == y.negative || exact {
        return Ok((finish(vm, quotient, x.negative != y.negative)?, finish(vm, rest, y.negative)?));
    }
    // Rounded towards zero, but the quotient is negative: one less, and the remainder on the other side of zero.
    let one = Room::default();
    let one = Big::of(Word::int(1), &one).expect("an int");
    let quotient = add(vm, Big { negative: true, digits: mag::trim(quotient.tail()) }, one.negate_if(true))?;
    let rest = Big { negative: !y.negative, digits: mag::trim(rest.tail()) };
    Ok((quotient, add(vm, rest, y)?))
}

/// The exception of all divisions by zero.
#[cold]
pub fn zero_division(vm: &Vm) -> Raised {
    vm.raise_text(&ZERO_DIVISION_ERROR, crate::worded("division by zero", "divide by zero"))
}

#[cold]
fn too_wide(vm: &Vm) -> Raised {
    vm.raise_text(
        &OVERFLOW_ERROR,
        crate::worded("Python int too large to convert to C ssize_t", "overflow converting long int to machine word"),
    )
}

fn shift(vm: &Vm, x: Big, count: Big, left: bool) -> Outcome {
    if count.negative {
        return Err(vm.value_error("negative shift count"));
    }
    if x.is_zero() {
        return Ok(Word::int(0));
    }
    let count = count.to_u64().and_then(|count| usize::try_from(count).ok());
    if left {
        let count = count.ok_or_else(|| too_wide(vm))?;
        let out = blank(vm, x.digits.len() + count / BITS + 1)?;
        mag::shift_left(out.tail(), x.digits, count);
        return finish(vm, out, x.negative);
    }
    let length = mag::bit_length(x.digits);
    let count = count.unwrap_or(length).min(length);
    let out = blank(vm, x.digits.len() - count / BITS + 1)?;
    mag::shift_right(out.tail(), x.digits, count);
    if x.negative && mag::any_below(x.digits, count) {
        increment(out.tail());
    }
    finish(vm, out, x.negative)
}

fn increment(digits: Digits) {
    mag::add_to(digits, &[Cell::new(1)]);
}

/// Digits in two's complement, without end.
fn twos_complement<'a>(big: Big<'a>) -> impl FnMut(usize) -> u32 + 'a {
    let mut carry = big.negative;
    move |index| {
        let digit = big.digits.get(index).map_or(0, Cell::get);
        if !big.negative {
            return digit;
        }
        let (digit, over) = (!digit).overflowing_add(carry as u32);
        carry = over;
        digit
    }
}

fn bitwise(vm: &Vm, x: Big, y: Big, operator: fn(u32, u32) -> u32) -> Outcome {
    let (mut a, mut b) = (twos_complement(x), twos_complement(y));
    let length = x.digits.len().max(y.digits.len()) + 1;
    let out = vm.new_celled(&INT, length, Size::default(), |index| operator(a(index), b(index)))?;
    let negative = operator(-(x.negative as i32) as u32, -(y.negative as i32) as u32) != 0;
    if negative {
        out.tail().iter().for_each(|digit| digit.set(!digit.get()));
        increment(out.tail());
    }
    finish(vm, out, negative)
}

/// `base ** exponent`, by squaring from the top bit down; modulo `modulus` if there is one.
fn power(vm: &Vm, base: Word, exponent: Big, modulus: Option<Word>) -> Outcome {
    let vm = vm.here();
    let reduce = |value: Word| match modulus {
        Some(modulus) => super::int::binary(vm, Binary::Mod, value, modulus),
        None => Ok(value),
    };
    let base = reduce(base)?;
    let mut result = reduce(Word::int(1))?;
    if modulus.is_none() && matches!(small(base), Some(0 | 1)) {
        return Ok(if exponent.is_zero() { result } else { base });
    }
    for index in (0..mag::bit_length(exponent.digits)).rev() {
        result = reduce(super::int::binary(vm, Binary::Mul, result, result)?)?;
        if mag::bit(exponent.digits, index) {
            result = reduce(super::int::binary(vm, Binary::Mul, result, base)?)?;
        }
    }
    Ok(result)
}

/// `pow(base, exponent, modulus)`.
///
/// # Errors
/// `TypeError` unless all are ints, `ValueError` for a modulus of 0, or a negative exponent without an inverse.
pub fn power_modulo(vm: &Vm, base: Word, exponent: Word, modulus: Word) -> Outcome {
    let rooms = [Room::default(), Room::default(), Room::default()];
    let ints = (Big::of(base, &rooms[0]), Big::of(exponent, &rooms[1]), Big::of(modulus, &rooms[2]));
    let (Some(_), Some(count), Some(divisor)) = ints else {
        return Err(vm.type_error("pow() with 3 arguments requires integers"));
    };
    if divisor.is_zero() {
        return Err(vm.value_error("divide by zero"));
    }
    let base = if count.negative { inverse(vm, base, modulus)? } else { base };
    power(vm, base, count, Some(modulus))
}

/// The number x with `value * x % modulus == 1`, by Euclid.
fn inverse(vm: &Vm, value: Word, modulus: Word) -> Outcome {
    let operator = |operator, a, b| super::int::binary(vm, operator, a, b);
    let (mut a, mut b) = (operator(Binary::Mod, value, modulus)?, modulus);
    let (mut x, mut y) = (Word::int(1), Word::int(0));
    while small(b) != Some(0) {
        let quotient = operator(Binary::FloorDiv, a, b)?;
        (a, b) = (b, operator(Binary::Sub, a, operator(Binary::Mul, quotient, b)?)?);
        (x, y) = (y, operator(Binary::Sub, x, operator(Binary::Mul, quotient, y)?)?);
    }
    match small(a) {
        Some(1) => Ok(x),
        Some(-1) => unary(vm, Unary::Neg, x),
        _ => Err(vm.value_error("base is not invertible for the given modulus")),
    }
}

/// Operators of an int that is no small one.
pub(super) fn unary(vm: &Vm, operator: Unary, word: Word) -> Outcome {
    let room = Room::default();
    let Some(big) = Big::of(word, &room) else { return Ok(Word::NOT_IMPLEMENTED) };
    match operator {
        Unary::Pos | Unary::Int | Unary::Index => Ok(word),
        Unary::Neg => copy(vm, big.negate_if(true)),
        Unary::Abs => copy(vm, big.negate_if(big.negative)),
        Unary::Invert => {
            let one = [Cell::new(1)];
            add(vm, big.negate_if(true), Big { negative: true, digits: &one })
        }
        Unary::Bool => Ok(Word::bool(!big.is_zero())),
        Unary::Not => Ok(Word::bool(big.is_zero())),
        Unary::Hash => Ok(Word::int(hash(big) as isize)),
        Unary::Float => match to_real(big) {
            value if crate::WHOLE && value.is_infinite() => {
                Err(vm.raise_text(&OVERFLOW_ERROR, "int too large to convert to float"))
            }
            value => vm.new_float(value),
        },
        Unary::Len | Unary::Sizeof => Ok(Word::NOT_IMPLEMENTED),
    }
}

/// 30 bits, so that it is a small int everywhere.
fn hash(big: Big) -> u32 {
    let start = if big.negative { 1 } else { 0 };
    big.digits.iter().fold(start, |hash: u32, digit| hash.rotate_left(5).wrapping_mul(0x0100_0193) ^ digit.get()) >> 2
}

/// Operators of two ints, when one of them or the result may be no small int.
pub(super) fn binary(vm: &Vm, operator: Binary, lhs: Word, rhs: Word) -> Outcome {
    let rooms = [Room::default(), Room::default()];
    let (Some(x), Some(y)) = (Big::of(lhs, &rooms[0]), Big::of(rhs, &rooms[1])) else { return Ok(Word::NOT_IMPLEMENTED) };
    match operator {
        Binary::Add => add(vm, x, y),
        Binary::Sub => add(vm, x, y.negate_if(true)),
        Binary::Mul => multiply(vm, x, y),
        Binary::TrueDiv => match true_divide(vm, x, y)? {
            value if crate::WHOLE && value.is_infinite() => {
                Err(vm.raise_text(&OVERFLOW_ERROR, "integer division result too large for a float"))
            }
            value => vm.new_float(value),
        },
        Binary::FloorDiv => Ok(divide(vm, x, y)?.0),
        Binary::Mod => Ok(divide(vm, x, y)?.1),
        Binary::DivMod => {
            let (quotient, remainder) = divide(vm, x, y)?;
            vm.new_tuple(&[quotient, remainder])
        }
        Binary::Pow if y.negative => super::float::binary(vm, operator, lhs, vm.new_float(to_real(y))?),
        Binary::Pow => power(vm, lhs, y, None),
        Binary::ShiftLeft => shift(vm, x, y, true),
        Binary::ShiftRight => shift(vm, x, y, false),
        Binary::And => bitwise(vm, x, y, |a, b| a & b),
        Binary::Or => bitwise(vm, x, y, |a, b| a | b),
        Binary::Xor => bitwise(vm, x, y, |a, b| a ^ b),
        _ => Ok(comparison(operator, x.compare(y))),
    }
}

/// The answer of a comparing operator; `NOT_IMPLEMENTED` for any other.
pub fn comparison(operator: Binary, order: Ordering) -> Word {
    match operator {
        Binary::Less => Word::bool(order.is_lt()),
        Binary::LessEqual => Word::bool(order.is_le()),
        Binary::Greater => Word::bool(order.is_gt()),
        Binary::GreaterEqual => Word::bool(order.is_ge()),
        Binary::Equal => Word::bool(order.is_eq()),
        Binary::NotEqual => Word::bool(order.is_ne()),
        _ => Word::NOT_IMPLEMENTED,
    }
}

/// `mantissa · 2^exponent`, and a little more if `sticky`, rounded to the nearest float. The top bit of `mantissa` is set.
fn round_real(mantissa: u64, exponent: isize, sticky: bool) -> Real {
    if exponent >= Real::MAX_EXP as isize {
        return Real::INFINITY;
    }
    // The cast rounds half to even; a bit below the half tells it that there is more.
    let value = (mantissa | sticky as u64) as Real;
    if exponent >= Real::MIN_EXP as isize - 1 - 63 {
        // A normal number: scaling changes nothing but the exponent.
        return Math::ldexp(value, exponent as i32);
    }
    // Below the normal numbers: shift by hand, so as to round once.
    let shift = (Real::MIN_EXP as isize - Real::MANTISSA_DIGITS as isize - exponent) as u32;
    if shift > 64 {
        return 0.0;
    }
    let kept = if shift == 64 { 0 } else { mantissa >> shift };
    let lost = (mantissa as u128) << (128 - shift) >> 64;
    let half = 1_u128 << 63;
    let up = lost > half || lost == half && (sticky || kept & 1 == 1);
    Real::from_bits((kept + up as u64) as Bits)
}

/// The value of an `int` or `bool` that fits 64 bits.
pub fn wide(word: Word) -> Option<i64> {
    Big::of(word, &Room::default()).and_then(Big::to_i64)
}

/// The nearest float; infinite if there is none.
pub fn to_real(big: Big) -> Real {
    let length = mag::bit_length(big.digits);
    if length == 0 {
        return 0.0;
    }
    let value = if length <= 64 {
        mag::window(big.digits, 0) as Real
    } else {
        round_real(mag::window(big.digits, length - 64), (length - 64) as isize, mag::any_below(big.digits, length - 64))
    };
    if big.negative { -value } else { value }
}

/// The quotient, rounded once.
///
/// # Errors
/// `ZeroDivisionError`, `MemoryError`.
pub fn true_divide(vm: &Vm, x: Big, y: Big) -> Outcome<Real> {
    if y.is_zero() {
        return Err(zero_division(vm));
    }
    if x.is_zero() {
        return Ok(0.0);
    }
    // Scaled so that the quotient has 64 or 65 bits.
    let scale = 65 + mag::bit_length(y.digits) as isize - mag::bit_length(x.digits) as isize;
    let scaled = blank(vm, x.digits.len() + scale.max(0) as usize / BITS + 1)?;
    let divisor = blank(vm, y.digits.len() + (-scale).max(0) as usize / BITS + 1)?;
    mag::shift_left(scaled.tail(), x.digits, scale.max(0) as usize);
    mag::shift_left(divisor.tail(), y.digits, (-scale).max(0) as usize);
    let (quotient, rest) = divide_magnitudes(vm, mag::trim(scaled.tail()), mag::trim(divisor.tail()))?;
    let quotient = mag::trim(quotient.tail());
    let extra = mag::bit_length(quotient) - 64;
    let sticky = mag::any_below(quotient, extra) || !mag::trim(rest.tail()).is_empty();
    let value = round_real(mag::window(quotient, extra), extra as isize - scale, sticky);
    Ok(if x.negative == y.negative { value } else { -value })
}

/// The int of a float without a fraction.
///
/// # Errors
/// `OverflowError` for an infinity, `ValueError` for a NaN.
pub fn from_real(vm: &Vm, value: Real) -> Outcome {
    if value.is_nan() {
        return Err(vm.value_error(crate::worded("cannot convert float NaN to integer", "can't convert NaN to int")));
    }
    if value.is_infinite() {
        let text = crate::worded("cannot convert float infinity to integer", "can't convert inf to int");
        return Err(vm.raise_text(&OVERFLOW_ERROR, text));
    }
    if value.abs() < 9.0e18 {
        return vm.new_int(value as i64);
    }
    const POINT: u32 = Real::MANTISSA_DIGITS - 1;
    let bits = value.abs().to_bits();
    let mantissa = real::to_u64(bits & ((1 << POINT) - 1) | 1 << POINT);
    let exponent = (bits >> POINT) as usize - (Real::MAX_EXP as usize - 1 + POINT as usize);
    let digits = [Cell::new(mantissa as u32), Cell::new((mantissa >> BITS) as u32)];
    let out = blank(vm, 3 + exponent / BITS)?;
    mag::shift_left(out.tail(), &digits, exponent);
    finish(vm, out, value < 0.0)
}

/// Whether the number lies within `length` bytes, signed or not.
pub fn fits_bytes(big: Big, length: usize, signed: bool) -> bool {
    let bits = mag::bit_length(big.digits);
    let room = length.saturating_mul(8);
    if !signed {
        return bits <= room;
    }
    // The lowest number is a power of two, which has a bit more.
    bits < room || big.negative && bits == room && room > 0 && !mag::any_below(big.digits, bits - 1) || big.is_zero()
}

/// Writes the low bytes of the number in two's complement.
pub fn to_bytes(big: Big, out: &[Cell<u8>], little: bool) {
    let mut digits = twos_complement(big);
    let mut digit = 0;
    for index in 0..out.len() {
        if index % 4 == 0 {
            digit = digits(index / 4);
        }
        let at = if little { index } else { out.len() - 1 - index };
        out[at].set((digit >> (8 * (index % 4))) as u8);
    }
}

/// The number that bytes are, in two's complement if `signed`.
///
/// # Errors
/// `MemoryError`.
pub fn from_bytes(vm: &Vm, bytes: &[Cell<u8>], little: bool, signed: bool) -> Outcome {
    let count = bytes.len();
    let byte = |index: usize| bytes[if little { index } else { count - 1 - index }].get();
    let negative = signed && count > 0 && byte(count - 1) & 0x80 != 0;
    let filler = if negative { 0xff } else { 0 };
    let used = (0..count).rev().find(|index| byte(*index) != filler).map_or(0, |last| last + 1);
    if used < size_of::<i64>() {
        let bits = (0..used).fold(0, |bits, index| bits | i64::from(byte(index)) << (8 * index));
        return vm.new_int(if negative { bits - (1 << (8 * used)) } else { bits });
    }
    let digit = |index: usize| {
        let at = |offset: usize| if 4 * index + offset < count { byte(4 * index + offset) } else { filler };
        u32::from_le_bytes([at(0), at(1), at(2), at(3)])
    };
    let int = vm.new_celled(&INT, count.div_ceil(4) + 1, Size::default(), digit)?;
    if negative {
        int.tail().iter().for_each(|digit| digit.set(!digit.get()));
        increment(int.tail());
    }
    finish(vm, int, negative)
}
