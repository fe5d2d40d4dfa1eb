//! Floats as decimal digits: the shortest that read back, or exactly as many as asked for, rounded half to even.
//!
//! A float is m·2^e. To print n decimals, m·2^e·10^n is rounded to a whole number, whose digits are printed with a point in
//! them: in `Wide` where that suffices, with ints of any size where not. No digit is ever guessed.

use super::bigint::{self, Big, Room};
use super::float::Real;
use super::int;
use super::kind::Binary;
use super::number::print_magnitude;
use super::print::{Builder, Printer, Sink};
use super::real::{self, Bits, Math, POWERS, TENS, Wide};
use super::word::Word;
use crate::object::str::utf8;
use crate::vm::{Outcome, Vm};

/// Bits behind the point of a mantissa, and the bit that is not written.
const POINT: u32 = Real::MANTISSA_DIGITS - 1;
const HIDDEN: Bits = 1 << POINT;
/// Beyond this many decimals a float's digits are all zero.
const MAX_DECIMALS: usize = 1080;
/// Beyond this many significant digits, too.
const MAX_SIGNIFICANT: usize = 800;

/// Text that is usually short: in place, in the heap when it grows.
pub struct Scratch {
    inline: [u8; 48],
    length: usize,
    heap: Builder,
}

impl Scratch {
    /// Empty.
    pub fn new() -> Scratch {
        Scratch { inline: [0; 48], length: 0, heap: Builder::new() }
    }

    /// Number of bytes.
    #[expect(clippy::len_without_is_empty, reason = "a count of bytes written")]
    pub fn len(&self) -> usize {
        self.length.max(self.heap.len())
    }

    /// Forgets the text.
    pub fn clear(&mut self) {
        *self = Scratch::new();
    }

    /// Makes all letters upper case.
    pub fn make_upper(&mut self) {
        self.inline.make_ascii_uppercase();
        self.heap.cells().iter().for_each(|byte| byte.set(byte.get().to_ascii_uppercase()));
    }

    /// The text so far.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn text<'a>(&'a self, vm: &'a Vm) -> Outcome<&'a str> {
        if self.heap.len() > 0 {
            return Ok(vm.text_of(vm.new_str_from_cells(self.heap.cells())?));
        }
        Ok(utf8::checked(&self.inline[..self.length]).unwrap_or(""))
    }
}

impl Sink for Scratch {
    fn write(&mut self, vm: &Vm, bytes: &[u8]) -> Outcome<()> {
        let end = self.length + bytes.len();
        if self.heap.len() == 0 && end <= self.inline.len() {
            self.inline[self.length..end].copy_from_slice(bytes);
            self.length = end;
            return Ok(());
        }
        if self.heap.len() == 0 {
            self.heap.push(vm, &self.inline[..self.length])?;
        }
        self.heap.push(vm, bytes)
    }
}

/// Writes `count` times `byte`.
pub fn repeat(vm: &Vm, out: &mut Printer, byte: u8, mut count: usize) -> Outcome<()> {
    let block = [byte; 32];
    while count > 0 {
        let part = count.min(block.len());
        out.bytes(vm, &block[..part])?;
        count -= part;
    }
    Ok(())
}

/// Writes a float as `repr` does: the shortest text that is read back as the same.
///
/// # Errors
/// The sink's.
pub fn print_float(vm: &Vm, value: Real, out: &mut Printer) -> Outcome<()> {
    if value.is_sign_negative() && !value.is_nan() {
        out.text(vm, "-")?;
    }
    print_shortest(vm, value.abs(), out, Point::WithZero)
}

/// What is done about the point of a number that has no fraction.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Point {
    /// `1`
    Left,
    /// `1.`
    Kept,
    /// `1.0`
    WithZero,
}

/// Writes the shortest text of a float without a sign.
///
/// # Errors
/// The sink's.
pub fn print_shortest(vm: &Vm, value: Real, out: &mut Printer, point: Point) -> Outcome<()> {
    if let Some(text) = special(value) {
        return out.text(vm, text);
    }
    let mut digits = [b'0'; 24];
    let (count, exponent) = real::shortest(value, &mut digits);
    if (-4..16).contains(&exponent) {
        put_fixed(vm, out, &digits[..count], exponent, point)
    } else {
        put_scientific(vm, out, &digits[..count], exponent, point)
    }
}

/// Writes d.ddd × 10^exponent as `ddd.ddd`.
fn put_fixed(vm: &Vm, out: &mut Printer, digits: &[u8], exponent: i32, point: Point) -> Outcome<()> {
    if exponent < 0 {
        out.text(vm, "0.")?;
        repeat(vm, out, b'0', (-exponent - 1) as usize)?;
        return out.bytes(vm, digits);
    }
    let whole = exponent as usize + 1;
    out.bytes(vm, &digits[..whole.min(digits.len())])?;
    repeat(vm, out, b'0', whole.saturating_sub(digits.len()))?;
    put_fraction(vm, out, digits.get(whole..).unwrap_or(&[]), point)
}

fn put_fraction(vm: &Vm, out: &mut Printer, digits: &[u8], point: Point) -> Outcome<()> {
    match (digits, point) {
        ([], Point::Left) => Ok(()),
        ([], Point::Kept) => out.text(vm, "."),
        ([], Point::WithZero) => out.text(vm, ".0"),
        _ => {
            out.text(vm, ".")?;
            out.bytes(vm, digits)
        }
    }
}

/// Writes d.ddd × 10^exponent as `d.ddde+xx`.
fn put_scientific(vm: &Vm, out: &mut Printer, digits: &[u8], exponent: i32, point: Point) -> Outcome<()> {
    out.bytes(vm, &digits[..1])?;
    put_fraction(vm, out, &digits[1..], if point == Point::Kept { point } else { Point::Left })?;
    put_exponent(vm, out, exponent)
}

fn put_exponent(vm: &Vm, out: &mut Printer, exponent: i32) -> Outcome<()> {
    out.text(vm, if exponent < 0 { "e-" } else { "e+" })?;
    out.digits(vm, exponent.unsigned_abs() as usize, 10, 2)
}

/// A whole number: in a register, or an `int`.
enum Whole {
    Small(Wide),
    Big(Word),
}

impl Whole {
    fn print(self, vm: &Vm, out: &mut Printer) -> Outcome<()> {
        match self {
            Whole::Big(word) => print_magnitude(vm, word, 10, out),
            Whole::Small(value) => print_wide(vm, value, out),
        }
    }
}

/// Writes a number in decimal.
fn print_wide(vm: &Vm, value: Wide, out: &mut Printer) -> Outcome<()> {
    // So many digits at a time are divided by the machine itself.
    const DIGITS: u32 = usize::MAX.ilog10();
    const PART: Wide = (10 as Wide).pow(DIGITS);
    if value < PART {
        return out.digits(vm, value as usize, 10, 1);
    }
    print_wide(vm, value / PART, out)?;
    out.digits(vm, (value % PART) as usize, 10, DIGITS as usize)
}

/// `value · 10^power`, rounded half to even. `value` is finite and not negative.
fn scale(vm: &Vm, value: Real, power: i32) -> Outcome<Whole> {
    let bits = value.to_bits();
    let (mut mantissa, mut exponent) = (bits & (HIDDEN - 1), (bits >> POINT) as i32);
    if exponent == 0 {
        exponent = 1;
    } else {
        mantissa |= HIDDEN;
    }
    exponent -= Real::MAX_EXP - 1 + POINT as i32;
    if let Some(small) = scale_small(mantissa, exponent, power) {
        return Ok(Whole::Small(small));
    }
    let op = |operator, a, b| int::binary(vm, operator, a, b);
    let ten = op(Binary::Pow, Word::int(10), Word::int(power.unsigned_abs() as isize))?;
    let (mut above, mut below) = (vm.new_uint(real::to_u64(mantissa))?, Word::int(1));
    let side = if power >= 0 { &mut above } else { &mut below };
    *side = op(Binary::Mul, *side, ten)?;
    let side = if exponent >= 0 { &mut above } else { &mut below };
    *side = op(Binary::ShiftLeft, *side, Word::int(exponent.unsigned_abs() as isize))?;
    round_quotient(vm, above, below).map(Whole::Big)
}

/// `above / below`, both positive, rounded half to even.
///
/// # Errors
/// `MemoryError`.
pub fn round_quotient(vm: &Vm, above: Word, below: Word) -> Outcome {
    let op = |operator, a, b| int::binary(vm, operator, a, b);
    let quotient = op(Binary::FloorDiv, above, below)?;
    let rest = op(Binary::Sub, above, op(Binary::Mul, quotient, below)?)?;
    let rooms = [Room::default(), Room::default()];
    let twice = op(Binary::ShiftLeft, rest, Word::int(1))?;
    let order = Big::of(twice, &rooms[0]).expect("an int").compare(Big::of(below, &rooms[1]).expect("an int"));
    let odd = Big::of(quotient, &Room::default()).expect("an int").low_bits() & 1 == 1;
    if order.is_gt() || order.is_eq() && odd { op(Binary::Add, quotient, Word::int(1)) } else { Ok(quotient) }
}

/// As `scale`, where `Wide` is enough.
fn scale_small(mantissa: Bits, exponent: i32, power: i32) -> Option<Wide> {
    if mantissa == 0 {
        return Some(0);
    }
    if !POWERS.contains(&power) {
        return None;
    }
    let product = Wide::from(mantissa) * (10 as Wide).pow(power as u32);
    if exponent >= 0 {
        return if product.leading_zeros() as i32 > exponent { Some(product << exponent) } else { None };
    }
    let shift = exponent.unsigned_abs();
    if shift >= Wide::BITS {
        // Less than half of one.
        return Some(0);
    }
    let (quotient, rest, half) = (product >> shift, product & ((1 << shift) - 1), 1 << (shift - 1));
    let up = rest > half || rest == half && quotient & 1 == 1;
    Some(quotient + Wide::from(up))
}

/// Writes `value`, finite and not negative, with `decimals` digits behind the point.
///
/// # Errors
/// The sink's, `MemoryError`.
pub fn print_fixed(vm: &Vm, value: Real, decimals: usize, point: Point, out: &mut Printer) -> Outcome<()> {
    let exact = decimals.min(MAX_DECIMALS);
    let mut scratch = Scratch::new();
    scale(vm, value, exact as i32)?.print(vm, &mut Printer::new(&mut scratch))?;
    let digits = scratch.text(vm)?.as_bytes();
    if digits.len() > exact {
        let (whole, fraction) = digits.split_at(digits.len() - exact);
        out.bytes(vm, whole)?;
        put_fraction(vm, out, fraction, point)?;
    } else {
        out.text(vm, "0.")?;
        repeat(vm, out, b'0', exact - digits.len())?;
        out.bytes(vm, digits)?;
    }
    repeat(vm, out, b'0', decimals - exact)
}

/// The first `count` significant digits of `value`, rounded, into `scratch`; returns the exponent of the first.
fn significant(vm: &Vm, value: Real, count: usize, scratch: &mut Scratch) -> Outcome<i32> {
    if value == 0.0 {
        repeat(vm, &mut Printer::new(scratch), b'0', count)?;
        return Ok(0);
    }
    // The logarithm to base 2, times log10 2: it may be off by one, and rounding may carry.
    let mut exponent = (Math::ilogb(value) * 1233) >> 12;
    loop {
        scratch.clear();
        scale(vm, value, count as i32 - 1 - exponent)?.print(vm, &mut Printer::new(scratch))?;
        let length = scratch.len();
        if length == count {
            return Ok(exponent);
        }
        exponent += if length > count { 1 } else { -1 };
    }
}

/// Writes `value`, finite and not negative, as `d.ddde+xx` with `decimals` digits behind the point.
///
/// # Errors
/// The sink's, `MemoryError`.
pub fn print_scientific(vm: &Vm, value: Real, decimals: usize, point: Point, out: &mut Printer) -> Outcome<()> {
    let exact = decimals.min(MAX_SIGNIFICANT);
    let mut scratch = Scratch::new();
    let exponent = significant(vm, value, exact + 1, &mut scratch)?;
    let digits = scratch.text(vm)?.as_bytes();
    out.bytes(vm, &digits[..1])?;
    put_fraction(vm, out, &digits[1..], point)?;
    repeat(vm, out, b'0', decimals - exact)?;
    put_exponent(vm, out, exponent)
}

/// Writes `value`, finite and not negative, with `precision` significant digits, as C's `%g`: whichever of the two forms is
/// shorter, without zeros at the end unless the point is to be kept.
///
/// # Errors
/// The sink's, `MemoryError`.
pub fn print_general(vm: &Vm, value: Real, precision: usize, point: Point, out: &mut Printer) -> Outcome<()> {
    let precision = precision.clamp(1, MAX_SIGNIFICANT);
    let mut scratch = Scratch::new();
    let exponent = significant(vm, value, precision, &mut scratch)?;
    let mut digits = scratch.text(vm)?.as_bytes();
    if point != Point::Kept {
        let used = digits.iter().rposition(|&digit| digit != b'0').map_or(1, |last| last + 1);
        digits = &digits[..used];
    }
    // With a `.0` to add, one digit less fits in front of the point.
    let limit = precision as i32 - (point == Point::WithZero) as i32;
    if (-4..limit).contains(&exponent) {
        put_fixed(vm, out, digits, exponent, point)
    } else {
        put_scientific(vm, out, digits, exponent, point)
    }
}

/// `value` rounded to `digits` decimals (to tens, hundreds… if negative), half to even of the exact value.
///
/// # Errors
/// `MemoryError`.
pub fn round(vm: &Vm, value: Real, digits: isize) -> Outcome<Real> {
    // Such numbers have no such digits, or nothing but.
    if !value.is_finite() || digits > 330 {
        return Ok(value);
    }
    if digits < -310 {
        return Ok((0.0 as Real).copysign(value));
    }
    let rounded = match scale(vm, value.abs(), digits as i32)? {
        Whole::Small(number) => bigint::from_u128(vm, false, real::to_u128(number))?,
        Whole::Big(word) => word,
    };
    Ok(compose(vm, rounded, -digits as i32)?.copysign(value))
}

/// The float nearest to `number · 10^exponent`; `number` is not negative.
fn compose(vm: &Vm, number: Word, exponent: i32) -> Outcome<Real> {
    let tens = exponent.unsigned_abs() as usize;
    let rooms = [Room::default(), Room::default()];
    let whole = Big::of(number, &rooms[0]).expect("an int");
    // Both factors are exact, so the one operation rounds once (Clinger).
    if let (Some(small), Some(&ten)) = (whole.to_u64().filter(|&small| small <= 1 << Real::MANTISSA_DIGITS), TENS.get(tens)) {
        return Ok(if exponent < 0 { small as Real / ten } else { small as Real * ten });
    }
    let scale = int::binary(vm, Binary::Pow, Word::int(10), Word::int(tens as isize))?;
    if exponent < 0 {
        return bigint::true_divide(vm, whole, Big::of(scale, &rooms[1]).expect("an int"));
    }
    let product = int::binary(vm, Binary::Mul, number, scale)?;
    Ok(bigint::to_real(Big::of(product, &rooms[1]).expect("an int")))
}

/// Reads a float's text without spaces and underscores: sign, digits with a point, exponent; or `inf`, `infinity`, `nan`.
/// `None` if it is none. Exact however long the text is.
///
/// # Errors
/// `MemoryError`.
pub fn read(vm: &Vm, text: &str) -> Outcome<Option<Real>> {
    let bytes = text.as_bytes();
    let (sign, bytes) = match bytes {
        [b'-', rest @ ..] => (-1.0, rest),
        [b'+', rest @ ..] => (1.0, rest),
        _ => (1.0, bytes),
    };
    if bytes.eq_ignore_ascii_case(b"inf") || bytes.eq_ignore_ascii_case(b"infinity") {
        return Ok(Some(sign * Real::INFINITY));
    }
    if bytes.eq_ignore_ascii_case(b"nan") {
        return Ok(Some(Real::NAN));
    }
    let end = bytes.iter().position(|byte| matches!(byte, b'e' | b'E')).unwrap_or(bytes.len());
    let (mantissa, rest) = bytes.split_at(end);
    let Some(exponent) = read_exponent(rest) else { return Ok(None) };
    let point = mantissa.iter().position(|&byte| byte == b'.').unwrap_or(mantissa.len());
    let fraction = mantissa.get(point + 1..).unwrap_or(&[]);
    let all_digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
    if !all_digits(&mantissa[..point]) || !all_digits(fraction) || point + fraction.len() == 0 {
        return Ok(None);
    }
    // How the number is as a digit string times a power of ten, and of what size it is.
    let exponent = exponent.saturating_sub(fraction.len() as i64);
    let Some(first) = mantissa.iter().position(|byte| (b'1'..=b'9').contains(byte)) else { return Ok(Some(sign * 0.0)) };
    let digits = &mantissa[first..];
    let count = digits.len() - digits.contains(&b'.') as usize;
    match exponent.saturating_add(count as i64) {
        400.. => return Ok(Some(sign * Real::INFINITY)),
        ..=-400 => return Ok(Some(sign * 0.0)),
        _ => {}
    }
    let number = super::number::parse_digits(vm, digits, 10)?;
    Ok(Some(sign * compose(vm, number, exponent as i32)?))
}

/// The number behind `e`; 0 for no exponent, `None` for a malformed one.
fn read_exponent(text: &[u8]) -> Option<i64> {
    let [_, rest @ ..] = text else { return Some(0) };
    let (sign, digits) = match rest {
        [b'-', digits @ ..] => (-1, digits),
        [b'+', digits @ ..] => (1, digits),
        _ => (1, rest),
    };
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    Some(sign * digits.iter().fold(0_i64, |value, byte| value.saturating_mul(10).saturating_add((byte - b'0') as i64)))
}

/// The text of a float that has no digits.
pub fn special(value: Real) -> Option<&'static str> {
    if value.is_nan() {
        Some("nan")
    } else if value.is_infinite() {
        Some("inf")
    } else {
        None
    }
}
