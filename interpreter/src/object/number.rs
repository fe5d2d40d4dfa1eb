//! Numbers and text: parsing and printing ints and floats exactly, without `core::fmt`.

use super::bigint::{self, Big, Room};
use super::class::is_class;
use super::exception::VALUE_ERROR;
use super::handle::{Args, Handle, object_type};
use super::kind::{Binary, Unary};
use super::magnitude as mag;
use super::print::{Builder, Printer};
use super::str::unicode;
use super::word::Word;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Raised, Vm};

/// Ten to the ninth fits in a digit.
const CHUNK: u32 = 1_000_000_000;
const CHUNK_DIGITS: usize = 9;

/// More digits than this are parsed as two halves.
const HALVE: usize = 600;

/// The text of a number without the white space around it, which is C's among ASCII.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| matches!(c, ' ' | '\t'..='\r') || !c.is_ascii() && unicode::is_space(c))
}

/// A text that is not ASCII with digits and blanks of any script as ASCII's, on hosts; `UNSET` for any other.
fn plain(vm: &Vm, text: &str) -> Outcome {
    if !crate::WHOLE || text.is_ascii() {
        return Ok(Word::UNSET);
    }
    let mut builder = Builder::with_capacity(vm, text.len())?;
    for character in text.chars() {
        let byte = match unicode::decimal(character) {
            Some(value) => b'0' + value as u8,
            None if character.is_ascii() => character as u8,
            None if character.is_whitespace() => b' ',
            None => b'?',
        };
        builder.push(vm, &[byte])?;
    }
    builder.finish_str(vm)
}

/// The `str` that `int(x)` and `float(x)` parse: x itself, or one of the bytes of a `bytes`, `bytearray` and so on; `None`
/// if x is neither.
pub fn text_argument(vm: &Vm, word: Word) -> Outcome<Option<Word>> {
    if vm.as_text(word).is_some() {
        return Ok(Some(word));
    }
    let buffer = object_type(word).and_then(|ty| ty.slots.buffer).and_then(|buffer| buffer(vm.here(), word, false));
    let Some(buffer) = buffer else { return Ok(None) };
    if buffer.bytes.iter().all(|byte| byte.get().is_ascii()) {
        return Ok(Some(vm.new_str_from_cells(buffer.bytes)?));
    }
    // No number is outside ASCII: any text that fails will do.
    Ok(Some(vm.new_str_object("?")?))
}

/// Fails when there are keyword arguments.
///
/// # Errors
/// `TypeError`.
pub fn refuse_keywords(vm: &Vm, args: Args) -> Outcome<()> {
    if args.keyword_count() == 0 { Ok(()) } else { Err(vm.type_error("function doesn't take keyword arguments")) }
}

#[cold]
fn invalid_int(vm: &Vm, text: &str, radix: u32) -> Raised {
    let text = match vm.new_str_object(text) {
        Ok(text) => text,
        Err(raised) => return raised,
    };
    let parts = [
        Part::Text(crate::worded("invalid literal for int() with base ", "invalid syntax for integer with base ")),
        Part::Int(radix as isize),
        Part::Text(": "),
        Part::Repr(text),
    ];
    vm.raise(&VALUE_ERROR, &parts)
}

/// Parses an int as `int(text, radix)` does: spaces around, a sign, a prefix that fits the radix, underscores between
/// digits. Radix 0 asks the prefix.
///
/// # Errors
/// `ValueError`.
pub fn parse_int(vm: &Vm, text: &str, radix: u32) -> Outcome {
    if radix == 1 || radix > 36 {
        return Err(
            vm.value_error(crate::worded("int() base must be >= 2 and <= 36, or 0", "int() arg 2 must be >= 2 and <= 36"))
        );
    }
    let plain = plain(vm, text)?;
    let trimmed = trim(plain.set().map_or(text, |word| vm.text_of(word)));
    let (negative, digits) = match trimmed.as_bytes() {
        [b'-', ..] => (true, &trimmed[1..]),
        [b'+', ..] => (false, &trimmed[1..]),
        _ => (false, trimmed),
    };
    let (base, digits) = strip_prefix(digits.as_bytes(), radix);
    // A number that begins with 0 and is not 0 has no meaning when the prefix is asked.
    let ambiguous = radix == 0 && base == 10 && digits.first() == Some(&b'0') && digits.iter().any(|c| !matches!(c, b'0' | b'_'));
    if ambiguous || !is_digits(digits, base) {
        return Err(invalid_int(vm, text, radix));
    }
    let value = parse_digits(vm, digits, base)?;
    if negative { super::int::unary(vm, Unary::Neg, value) } else { Ok(value) }
}

fn strip_prefix(text: &[u8], radix: u32) -> (u32, &[u8]) {
    let prefixed = match text {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        _ => 0,
    };
    if prefixed == 0 || (radix != 0 && radix != prefixed) {
        return (if radix == 0 { 10 } else { radix }, text);
    }
    // One underscore may follow a prefix.
    let rest = &text[2..];
    (prefixed, rest.strip_prefix(b"_").unwrap_or(rest))
}

/// Whether all of `text` is digits, with single underscores between them.
fn is_digits(text: &[u8], radix: u32) -> bool {
    let mut after_digit = false;
    for &byte in text {
        let digit = (byte as char).is_digit(radix);
        let separates = byte == b'_' && after_digit;
        if !digit && !separates {
            return false;
        }
        after_digit = digit;
    }
    after_digit
}

/// The value of checked digits; what is no digit is passed over.
pub(super) fn parse_digits(vm: &Vm, text: &[u8], radix: u32) -> Outcome {
    vm.check_stack()?;
    if text.len() > HALVE && !radix.is_power_of_two() {
        let (high, low) = text.split_at(text.len() / 2);
        let count = low.iter().filter(|byte| byte.is_ascii_alphanumeric()).count();
        let scale = bigint::binary(vm, Binary::Pow, Word::int(radix as isize), Word::int(count as isize))?;
        let high = super::int::binary(vm, Binary::Mul, parse_digits(vm, high, radix)?, scale)?;
        return super::int::binary(vm, Binary::Add, high, parse_digits(vm, low, radix)?);
    }
    let mut small = 0_u64;
    let values = || text.iter().filter_map(move |&byte| (byte as char).to_digit(radix));
    if text.len() <= 12 {
        values().for_each(|value| small = small * radix as u64 + value as u64);
        return vm.new_uint(small);
    }
    // A digit of radix r is at most ⌈log2 r⌉ bits.
    let bits = (u32::BITS - (radix - 1).leading_zeros()) as usize;
    let size = text.len().checked_mul(bits).ok_or_else(|| vm.raise_memory(usize::MAX))? / mag::BITS + 1;
    let int = bigint::blank(vm, size)?;
    if radix.is_power_of_two() {
        let count = values().count();
        for (index, value) in values().enumerate() {
            let at = (count - 1 - index) * bits;
            let spread = (value as u64) << (at % mag::BITS);
            for (cell, part) in int.tail()[at / mag::BITS..].iter().zip([spread as u32, (spread >> mag::BITS) as u32]) {
                cell.set(cell.get() | part);
            }
        }
        return bigint::finish(vm, int, false);
    }
    let (mut chunk, mut scale) = (0, 1);
    let mut used = 0;
    let mut push = |scale: u32, chunk: u32| {
        let over = mag::multiply_small(&int.tail()[..used], scale, chunk);
        if over != 0 {
            int.tail()[used].set(over);
            used += 1;
        }
    };
    for value in values() {
        chunk = chunk * radix + value;
        scale *= radix;
        if scale > u32::MAX / 36 {
            push(scale, chunk);
            (chunk, scale) = (0, 1);
        }
    }
    push(scale, chunk);
    bigint::finish(vm, int, false)
}

/// Parses a float as `float(text)` does: spaces around, a sign, `inf`, `nan`, digits with underscores between them.
///
/// # Errors
/// `ValueError`.
pub fn parse_float(vm: &Vm, text: &str) -> Outcome {
    let ascii = plain(vm, text)?;
    let trimmed = trim(ascii.set().map_or(text, |word| vm.text_of(word)));
    let plain = if trimmed.as_bytes().contains(&b'_') { remove_underscores(vm, trimmed)? } else { None };
    match super::decimal::read(vm, plain.map_or(trimmed, |word| vm.text_of(word)))? {
        Some(value) => vm.new_float(value),
        None if crate::WHOLE => {
            let parts = [Part::Text("could not convert string to float: "), Part::Repr(vm.new_str(text)?)];
            Err(vm.raise(&VALUE_ERROR, &parts))
        }
        None => Err(vm.value_error("invalid syntax for number")),
    }
}

/// `text` without its underscores, if each lies between two digits.
fn remove_underscores(vm: &Vm, text: &str) -> Outcome<Option<Word>> {
    let bytes = text.as_bytes();
    let digit = |index: usize| bytes.get(index).is_some_and(u8::is_ascii_digit);
    let misplaced = |(index, &byte): (usize, &u8)| byte == b'_' && !(index > 0 && digit(index - 1) && digit(index + 1));
    if bytes.iter().enumerate().any(misplaced) {
        return Ok(None);
    }
    let mut builder = Builder::with_capacity(vm, text.len())?;
    for part in text.split('_') {
        builder.push(vm, part.as_bytes())?;
    }
    builder.finish_str(vm).map(Some)
}

/// Writes an int that is no small one in decimal.
pub(super) fn print_big(vm: &Vm, word: Word, out: &mut Printer) -> Outcome<()> {
    if Big::of(word, &Room::default()).is_some_and(|big| big.negative) {
        out.text(vm, "-")?;
    }
    print_magnitude(vm, word, 10, out)
}

/// Writes the magnitude of an int in radix 2, 8, 10 or 16.
///
/// # Errors
/// The sink's, `MemoryError`.
pub fn print_magnitude(vm: &Vm, word: Word, radix: usize, out: &mut Printer) -> Outcome<()> {
    if let Some(value) = super::int::small(word) {
        return out.digits(vm, value.unsigned_abs(), radix, 1);
    }
    let room = Room::default();
    let big = Big::of(word, &room).expect("an int");
    if radix != 10 {
        let bits = radix.trailing_zeros() as usize;
        let count = mag::bit_length(big.digits).div_ceil(bits);
        for index in (0..count).rev() {
            let digit = mag::window(big.digits, index * bits) as usize & (radix - 1);
            out.bytes(vm, &[b"0123456789abcdef"[digit]])?;
        }
        return Ok(());
    }
    let rest = bigint::blank(vm, big.digits.len())?;
    mag::copy(rest.tail(), big.digits);
    let chunks = bigint::blank(vm, big.digits.len() * 32 / 29 + 1)?;
    let (mut digits, mut count) = (mag::trim(rest.tail()), 0);
    while !digits.is_empty() {
        chunks.tail()[count].set(mag::divide_small(digits, CHUNK));
        digits = mag::trim(digits);
        count += 1;
    }
    for (index, chunk) in chunks.tail()[..count].iter().rev().enumerate() {
        out.digits(vm, chunk.get() as usize, 10, if index == 0 { 1 } else { CHUNK_DIGITS })?;
    }
    Ok(())
}

/// The builtin `round`, half to even.
///
/// # Errors
/// `TypeError` for what is no number and has no `__round__`; as conversion to an int.
pub fn round(vm: &Vm, word: Word, digits: Option<Word>) -> Outcome {
    if is_class(vm.type_of(word)) {
        let method = vm.find_attribute(word, name!(__round__))?;
        match digits {
            _ if method == Word::UNSET => {}
            Some(digits) => return vm.call(method, &[digits]),
            None => return vm.call(method, &[]),
        }
    }
    let word = vm.native(word);
    let digits = digits.map(|digits| vm.clamped(digits)).transpose()?;
    if super::int::is_int(word) {
        return round_int(vm, vm.to_int(word)?, digits.unwrap_or(0));
    }
    if crate::WHOLE && Handle::<super::float::Float>::from(word).is_none() {
        let parts = [Part::Text("type "), Part::TypeOf(word), Part::Text(" doesn't define __round__ method")];
        return Err(vm.raise(&super::exception::TYPE_ERROR, &parts));
    }
    super::float::round(vm, vm.float_value(word)?, digits)
}

/// To tens, hundreds… where `digits` is negative.
fn round_int(vm: &Vm, word: Word, digits: isize) -> Outcome {
    let room = Room::default();
    let big = Big::of(word, &room).expect("an int");
    if digits >= 0 {
        return Ok(word);
    }
    // More zeros than the number has bits: nothing is left of it.
    if digits.unsigned_abs() > mag::bit_length(big.digits) + 1 {
        return Ok(Word::int(0));
    }
    let scale = super::int::binary(vm, Binary::Pow, Word::int(10), Word::int(-digits))?;
    let magnitude = super::int::unary(vm, Unary::Abs, word)?;
    let rounded = super::int::binary(vm, Binary::Mul, super::decimal::round_quotient(vm, magnitude, scale)?, scale)?;
    if big.negative { super::int::unary(vm, Unary::Neg, rounded) } else { Ok(rounded) }
}

/// Whether `word` is an int in the heap.
pub fn is_big(word: Word) -> bool {
    Handle::<bigint::Int>::from(word).is_some()
}
