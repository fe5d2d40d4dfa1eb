//! `binascii` on a computer: what programs send much through, by tables, with CPython's errors. What is not here is the core's, and what
//! is written in Python (`frozen/_binascii`).

use interpreter::object::handle::Args;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Raised, Vm};
use std::cell::Cell;

table! { pub ROWS, NAMES, DOCS:
    /// a2b_base64(data, *, strict_mode=False): the bytes of base64; other characters are skipped, or errors.
    def a2b_base64(1, keywords) = from_base64;
    /// b2a_base64(data, *, newline=True): base64 of the data.
    def b2a_base64(1, keywords) = to_base64;
    /// hexlify(data, sep=None, bytes_per_sep=1): two hexadecimal digits for each byte, with separators counted from the right, from the
    /// left if the count is negative.
    def hexlify(1..=3, keywords) = hexlify;
    /// b2a_hex(data, sep=None, bytes_per_sep=1): the same.
    def b2a_hex(1..=3, keywords) = hexlify;
    /// unhexlify(data): the bytes of hexadecimal digits.
    def unhexlify(1) = unhexlify;
    /// a2b_hex(data): the same.
    def a2b_hex(1) = unhexlify;
    /// crc32(data, value=0): the CRC-32 of the data, going on from `value`.
    def crc32(1..=2) = crc32;
    /// crc_hqx(data, value): the CRC of CCITT, with the polynomial 0x1021.
    def crc_hqx(2) = crc_hqx;
}

/// Names beside those of the table.
pub const MORE: &[&str] = &["newline", "strict_mode", "Error", "sep", "bytes_per_sep"];

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/// What a character is worth as a digit; 255 if it is none.
const VALUES: [u8; 256] = {
    let mut values = [255; 256];
    let mut value = 0;
    while value < DIGITS.len() {
        values[DIGITS[value] as usize] = value as u8;
        value += 1;
    }
    values
};

/// `binascii.Error`.
fn error(vm: &Vm, message: &str) -> Raised {
    let made = || {
        let class = interpreter::modules::frozen::continued(vm, name!(binascii), name!(Error))?;
        vm.call(class, &[vm.new_str(message)?])
    };
    match made() {
        Ok(error) => vm.raise_word(error),
        Err(raised) => raised,
    }
}

/// The bytes of an argument that may be text, if that is ASCII.
fn data(vm: &Vm, word: Word) -> Outcome<&[Cell<u8>]> {
    if let Some(text) = vm.as_text(vm.native(word))
        && !text.is_ascii()
    {
        return Err(vm.value_error("string argument should contain only ASCII characters"));
    }
    Ok(vm.buffer(word, false)?.bytes)
}

fn from_base64(vm: &Vm, args: Args) -> Outcome {
    let is_strict = match args.keyword(name!(strict_mode)) {
        Some(word) => vm.truth(word)?,
        None => false,
    };
    let data = data(vm, args.at(0))?;
    if is_strict && data.first().is_some_and(|first| first.get() == b'=') {
        return Err(error(vm, "Leading padding not allowed"));
    }
    let mut out = Vec::with_capacity(data.len() / 4 * 3 + 3);
    let (mut bits, mut count, mut padding, mut has_ended) = (0_u32, 0_usize, 0, false);
    for (index, character) in data.iter().enumerate() {
        let character = character.get();
        if character == b'=' {
            has_ended = true;
            if count % 4 >= 2 {
                padding += 1;
                // The padding that completes a group ends the data.
                if count % 4 + padding >= 4 {
                    if is_strict && index + 1 < data.len() {
                        return Err(error(vm, "Excess data after padding"));
                    }
                    return vm.new_bytes(&out);
                }
            }
            continue;
        }
        let value = VALUES[usize::from(character)];
        if value == 255 {
            if is_strict {
                return Err(error(vm, "Only base64 data is allowed"));
            }
            continue;
        }
        if is_strict && has_ended {
            return Err(error(vm, "Discontinuous padding not allowed"));
        }
        (bits, count, padding) = (bits << 6 | u32::from(value), count + 1, 0);
        if count % 4 != 1 {
            out.push((bits >> (2 * (3 - (count - 1) % 4))) as u8);
        }
    }
    match count % 4 {
        0 => vm.new_bytes(&out),
        1 => {
            let text = "Invalid base64-encoded string: number of data characters";
            Err(error(vm, &format!("{text} ({count}) cannot be 1 more than a multiple of 4")))
        }
        _ => Err(error(vm, "Incorrect padding")),
    }
}

fn to_base64(vm: &Vm, args: Args) -> Outcome {
    let has_end = match args.keyword(name!(newline)) {
        Some(word) => vm.truth(word)?,
        None => true,
    };
    let data = vm.buffer(args.at(0), false)?.bytes;
    let mut out = Vec::with_capacity(data.len().div_ceil(3) * 4 + 1);
    for group in data.chunks(3) {
        let byte = |index: usize| group.get(index).map_or(0, |byte| u32::from(byte.get()));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        let digit = |index: u32| DIGITS[(bits >> (18 - 6 * index) & 63) as usize];
        let more = |index: usize| if index <= group.len() { digit(index as u32) } else { b'=' };
        out.extend_from_slice(&[digit(0), digit(1), more(2), more(3)]);
    }
    if has_end {
        out.push(b'\n');
    }
    vm.new_bytes(&out)
}

fn hexlify(vm: &Vm, args: Args) -> Outcome {
    let separator = match args.either(1, name!(sep)).filter(|word| *word != Word::NONE) {
        Some(word) => match vm.buffer(word, false)?.bytes {
            [separator] if separator.get().is_ascii() => Some(separator.get()),
            [_] => return Err(vm.value_error("sep must be ASCII.")),
            _ => return Err(vm.value_error("sep must be length 1.")),
        },
        None => None,
    };
    let group = vm.index_or(args.either(2, name!(bytes_per_sep)), 1)?;
    let data = vm.buffer(args.at(0), false)?.bytes;
    let digit = |value: u8| b"0123456789abcdef"[usize::from(value)];
    let mut out = Vec::with_capacity(2 * data.len());
    for (index, byte) in data.iter().enumerate() {
        let place = if group < 0 { index } else { data.len() - index };
        if let Some(separator) = separator
            && index > 0
            && group != 0
            && place.is_multiple_of(group.unsigned_abs())
        {
            out.push(separator);
        }
        out.extend_from_slice(&[digit(byte.get() >> 4), digit(byte.get() & 15)]);
    }
    vm.new_bytes(&out)
}

fn unhexlify(vm: &Vm, args: Args) -> Outcome {
    let digits = data(vm, args.at(0))?;
    if digits.len() % 2 == 1 {
        return Err(error(vm, "Odd-length string"));
    }
    let value = |digit: &Cell<u8>| char::from(digit.get()).to_digit(16);
    let byte = |pair: &[Cell<u8>]| Some((value(&pair[0])? << 4 | value(&pair[1])?) as u8);
    match digits.chunks_exact(2).map(byte).collect::<Option<Vec<u8>>>() {
        Some(bytes) => vm.new_bytes(&bytes),
        None => Err(error(vm, "Non-hexadecimal digit found")),
    }
}

/// The low bits of the int to go on from.
fn start(vm: &Vm, word: Option<Word>) -> Outcome<u32> {
    use interpreter::object::bigint::{Big, Room};
    let Some(word) = word else { return Ok(0) };
    match Big::of(word, &Room::default()) {
        Some(big) => Ok(big.low_bits() as u32),
        None => Ok(vm.index(word)? as u32),
    }
}

fn crc32(vm: &Vm, args: Args) -> Outcome {
    let start = start(vm, args.get(1))?;
    vm.buffer(args.at(0), false)?;
    vm.new_uint(u64::from(zlib_rs::crc32::crc32(start, vm.bytes_of(args.at(0))?)))
}

fn crc_hqx(vm: &Vm, args: Args) -> Outcome {
    let start = start(vm, args.get(1))? & 0xffff;
    let bit = |crc: u32, _| if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 } & 0xffff;
    let step = |crc: u32, byte: &Cell<u8>| (0..8).fold(crc ^ u32::from(byte.get()) << 8, bit);
    vm.new_uint(u64::from(vm.buffer(args.at(0), false)?.bytes.iter().fold(start, step)))
}
