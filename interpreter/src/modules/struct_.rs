//! `struct`: Python values as the bytes of C structures, and back.
//!
//! As in MicroPython, ints are cut to the width of their field without complaint.

use crate::object::bigint::{Big, Room};
use crate::object::handle::Args;
use crate::object::kind::Buffer;
use crate::object::real::{self, Math, Real};
use crate::modules::frozen;
use crate::object::exception::VALUE_ERROR;
use crate::object::tuple::{TUPLE, TupleHead};
use crate::object::word::Word;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Raised, Vm};
use crate::worded;
use core::cell::Cell;

table! { pub ROWS, NAMES, DOCS:
    /// calcsize(format): number of bytes of the format.
    def calcsize(1) = calcsize;
    /// pack(format, *values): the bytes of the values.
    def pack(1..) = pack;
    /// pack_into(format, buffer, offset, *values): writes the bytes of the values into a buffer.
    def pack_into(3..) = pack_into;
    /// unpack(format, data): a tuple of the values in the data.
    def unpack(2) = unpack;
    /// unpack_from(format, data, offset=0): a tuple of the values in the data from offset on.
    def unpack_from(2..=3) = unpack_from;
}

/// Walks a format: `[@=<>!]([count]code)*`.
struct Format<'a> {
    vm: &'a Vm,
    codes: &'a [u8],
    little: bool,
    aligned: bool,
    offset: usize,
}

/// A run of equal fields, or one string.
struct Field {
    code: u8,
    count: usize,
    size: usize,
    offset: usize,
}

impl<'a> Format<'a> {
    fn new(vm: &'a Vm, word: Word) -> Outcome<Format<'a>> {
        let text = match vm.as_text(word) {
            Some(text) => text,
            None => {
                let copy = vm.new_str_from_cells(ascii(vm, vm.buffer(word, false)?)?.bytes)?;
                vm.text_of(copy)
            }
        };
        let native = cfg!(target_endian = "little");
        let (little, aligned, codes) = match text.as_bytes() {
            [b'@', rest @ ..] => (native, true, rest),
            [b'=', rest @ ..] => (native, false, rest),
            [b'<', rest @ ..] => (true, false, rest),
            [b'>' | b'!', rest @ ..] => (false, false, rest),
            all => (native, true, all),
        };
        Ok(Format { vm: vm.here(), codes, little, aligned, offset: 0 })
    }

    /// Size of a field; `long` is as wide as in the C of this machine when the format is native.
    fn size(&self, code: u8) -> Outcome<usize> {
        Ok(match code {
            b'b' | b'B' | b'x' | b'c' | b'?' | b's' | b'p' => 1,
            b'h' | b'H' | b'e' => 2,
            b'i' | b'I' | b'f' => 4,
            b'l' | b'L' if self.aligned => size_of::<usize>(),
            b'l' | b'L' => 4,
            b'q' | b'Q' | b'd' => 8,
            b'P' => size_of::<usize>(),
            _ => return Err(error(self.vm, &[Part::Text(worded("bad char in struct format", "bad typecode"))])),
        })
    }

    fn next(&mut self) -> Outcome<Option<Field>> {
        self.codes = self.codes.trim_ascii_start();
        let digits = self.codes.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (number, rest) = self.codes.split_at(digits);
        let Some((&code, rest)) = rest.split_first() else {
            let text = worded("repeat count given without format specifier", "bad typecode");
            return if digits == 0 { Ok(None) } else { Err(error(self.vm, &[Part::Text(text)])) };
        };
        self.codes = rest;
        let too_long = || self.vm.raise_memory(usize::MAX);
        let digit = |value: usize, byte: &u8| value.checked_mul(10)?.checked_add((byte - b'0') as usize);
        let count = if digits == 0 { 1 } else { number.iter().try_fold(0, digit).ok_or_else(too_long)? };
        let size = self.size(code)?;
        if self.aligned {
            self.offset = self.offset.checked_next_multiple_of(size).ok_or_else(too_long)?;
        }
        let field = Field { code, count, size, offset: self.offset };
        let length = count.checked_mul(size).and_then(|length| length.checked_add(self.offset));
        self.offset = length.filter(|&end| end <= isize::MAX as usize).ok_or_else(too_long)?;
        Ok(Some(field))
    }
}

fn ascii<'v>(vm: &Vm, buffer: Buffer<'v>) -> Outcome<Buffer<'v>> {
    if buffer.bytes.iter().all(|byte| byte.get().is_ascii()) {
        Ok(buffer)
    } else {
        Err(error(vm, &[Part::Text(worded("bad char in struct format", "bad typecode"))]))
    }
}

impl Field {
    /// How many Python values the field is.
    fn values(&self) -> usize {
        match self.code {
            b's' | b'p' => 1,
            b'x' => 0,
            _ => self.count,
        }
    }
}

/// Size of a format, and number of its values.
fn measure(vm: &Vm, format: Word) -> Outcome<(usize, usize)> {
    let mut format = Format::new(vm, format)?;
    let mut values = 0;
    while let Some(field) = format.next()? {
        values += field.values();
    }
    Ok((format.offset, values))
}

fn calcsize(vm: &Vm, args: Args) -> Outcome {
    vm.new_uint(measure(vm, args.at(0))?.0 as u64)
}

/// The bytes of `values` in new memory.
fn packed(vm: &Vm, format: Word, values: Args) -> Outcome<crate::object::handle::Handle<crate::object::print::RawBytes>> {
    let (size, count) = measure(vm, format)?;
    if values.len() != count {
        let parts = [
            Part::Text("pack expected "),
            Part::Int(count as isize),
            Part::Text(" items for packing (got "),
            Part::Int(values.len() as isize),
            Part::Text(")"),
        ];
        return Err(error(vm, &parts));
    }
    let out = vm.new_raw_bytes(size)?;
    let mut format = Format::new(vm, format)?;
    let mut next = 0;
    while let Some(field) = format.next()? {
        let cells = &out.get().tail()[field.offset..];
        for index in 0..field.values() {
            let value = values.at(next);
            next += 1;
            match field.code {
                b's' | b'p' => put_string(vm, &field, &cells[..field.count], value)?,
                b'c' => put_string(vm, &field, &cells[index..=index], value)?,
                _ => put_number(&cells[index * field.size..(index + 1) * field.size], encode(vm, field.code, value)?, format.little),
            }
        }
    }
    Ok(out)
}

fn put_string(vm: &Vm, field: &Field, out: &[Cell<u8>], value: Word) -> Outcome<()> {
    let text = vm.as_text(value).map(str::as_bytes);
    let buffer = if text.is_none() { vm.buffer(value, false)?.bytes } else { &[] };
    let length = text.map_or(buffer.len(), <[u8]>::len);
    let byte = |index: usize| text.map_or_else(|| buffer[index].get(), |text| text[index]);
    let out = match (field.code, out) {
        // Pascal's string has its length in front.
        (b'p', [first, rest @ ..]) => {
            first.set(length.min(rest.len()).min(255) as u8);
            rest
        }
        _ => out,
    };
    out.iter().take(length).enumerate().for_each(|(index, cell)| cell.set(byte(index)));
    Ok(())
}

/// The bits of a number, as wide as its field.
pub(super) fn encode(vm: &Vm, code: u8, value: Word) -> Outcome<u64> {
    Ok(match code {
        b'f' => (vm.float_value(value)? as f32).to_bits() as u64,
        b'd' => real::to_double(vm.float_value(value)?).to_bits(),
        b'e' => half(vm.float_value(value)?) as u64,
        b'?' => vm.truth(value)? as u64,
        _ => {
            let room = Room::default();
            Big::of(vm.to_int(value)?, &room).expect("to_int gives an int").low_bits()
        }
    })
}

fn put_number(out: &[Cell<u8>], bits: u64, little: bool) {
    let count = out.len();
    for index in 0..count {
        out[if little { index } else { count - 1 - index }].set((bits >> (8 * index)) as u8);
    }
}

/// The bits of the nearest half-precision float.
fn half(value: Real) -> u16 {
    let magnitude = value.abs();
    let bits = if value.is_nan() {
        0x7e00
    } else if magnitude >= 65520.0 {
        0x7c00
    } else if magnitude < 1.0 / 16384.0 {
        Math::rint(magnitude * 16_777_216.0) as u16
    } else {
        let exponent = (magnitude.to_bits() >> (Real::MANTISSA_DIGITS - 1)) as i32 - (Real::MAX_EXP - 1);
        // The mantissa's top bit, and a carry out of rounding, count up the exponent.
        (((exponent + 14) as u16) << 10) + Math::rint(Math::ldexp(magnitude, 10 - exponent)) as u16
    };
    bits | (value.is_sign_negative() as u16) << 15
}

fn from_half(bits: u16) -> Real {
    let (exponent, mantissa) = ((bits >> 10 & 31) as i32, (bits & 1023) as Real);
    let magnitude = match exponent {
        0 => Math::ldexp(mantissa, -24),
        31 if mantissa == 0.0 => Real::INFINITY,
        31 => Real::NAN,
        _ => Math::ldexp(mantissa + 1024.0, exponent - 25),
    };
    if bits >> 15 != 0 { -magnitude } else { magnitude }
}

fn pack(vm: &Vm, args: Args) -> Outcome {
    let out = packed(vm, args.at(0), args.skip(1))?;
    vm.new_bytes_from_cells(out.get().tail())
}

/// What a wrong format or too few bytes raise: on hosts `struct.error`, a class written in Python. A port that lacks it raises what
/// boards raise.
#[cold]
fn error(vm: &Vm, parts: &[Part]) -> Raised {
    let known = || -> Outcome<Option<Word>> {
        let Some(module) = frozen::module(vm, vm.intern("_struct")?)?.set() else { return Ok(None) };
        let message = vm.message(parts)?;
        vm.call(vm.attribute(module, vm.intern("error")?)?, &[message]).map(Some)
    };
    match if crate::WHOLE { known() } else { Ok(None) } {
        Ok(Some(error)) => vm.raise_word(error),
        Ok(None) => vm.raise(&VALUE_ERROR, parts),
        Err(raised) => raised,
    }
}

#[cold]
fn too_small(vm: &Vm) -> Raised {
    error(vm, &[Part::Text("buffer too small")])
}

/// Where `offset` lies in `length` bytes: negative ones count from the end.
fn start(vm: &Vm, offset: isize, length: usize) -> Outcome<usize> {
    let at = if offset < 0 { length.checked_sub(offset.unsigned_abs()) } else { Some(offset as usize) };
    at.filter(|&at| at <= length).ok_or_else(|| too_small(vm))
}

fn pack_into(vm: &Vm, args: Args) -> Outcome {
    let offset = vm.index(args.at(2))?;
    // First the bytes, then the buffer: making them may run Python, which may resize it.
    let bytes = packed(vm, args.at(0), args.skip(3))?;
    let out = vm.buffer(args.at(1), true)?.bytes;
    let out = &out[start(vm, offset, out.len())?..];
    if out.len() < bytes.len() {
        return Err(too_small(vm));
    }
    out.iter().zip(bytes.get().tail()).for_each(|(to, from)| to.set(from.get()));
    Ok(Word::NONE)
}

fn unpack(vm: &Vm, args: Args) -> Outcome {
    unpacked(vm, args.at(0), args.at(1), 0)
}

fn unpack_from(vm: &Vm, args: Args) -> Outcome {
    let offset = vm.index_or(args.get(2), 0)?;
    unpacked(vm, args.at(0), args.at(1), offset)
}

fn unpacked(vm: &Vm, format: Word, data: Word, offset: isize) -> Outcome {
    let (size, count) = measure(vm, format)?;
    let bytes = vm.buffer(data, false)?.bytes;
    let bytes = &bytes[start(vm, offset, bytes.len())?..];
    if bytes.len() < size {
        return Err(too_small(vm));
    }
    if count == 0 {
        return vm.new_tuple(&[]);
    }
    let tuple = vm.new_celled(&TUPLE, count, TupleHead, |_| Word::NONE)?;
    let mut format = Format::new(vm, format)?;
    let mut items = tuple.get().tail().iter();
    while let Some(field) = format.next()? {
        for index in 0..field.values() {
            let value = match field.code {
                b's' => vm.new_bytes_from_cells(&bytes[field.offset..field.offset + field.count])?,
                b'p' => pascal_string(vm, &bytes[field.offset..field.offset + field.count])?,
                b'c' => vm.new_bytes_from_cells(&bytes[field.offset + index..=field.offset + index])?,
                code => {
                    let from = field.offset + index * field.size;
                    decode(vm, code, &bytes[from..from + field.size], format.little)?
                }
            };
            items.next().expect("as many as were counted").set(value);
        }
    }
    Ok(tuple.word())
}

fn pascal_string(vm: &Vm, bytes: &[Cell<u8>]) -> Outcome {
    match bytes {
        [length, rest @ ..] => vm.new_bytes_from_cells(&rest[..(length.get() as usize).min(rest.len())]),
        [] => vm.new_bytes(b""),
    }
}

fn decode(vm: &Vm, code: u8, bytes: &[Cell<u8>], little: bool) -> Outcome {
    let count = bytes.len();
    let byte = |index: usize| bytes[if little { index } else { count - 1 - index }].get() as u64;
    let bits = (0..count).fold(0, |bits, index| bits | byte(index) << (8 * index));
    match code {
        b'f' => vm.new_float(f32::from_bits(bits as u32) as Real),
        b'd' => vm.new_float(real::of_double(f64::from_bits(bits))),
        b'e' => vm.new_float(from_half(bits as u16)),
        b'?' => Ok(Word::bool(bits != 0)),
        b'b' | b'h' | b'i' | b'l' | b'q' => {
            let unused = 64 - 8 * count as u32;
            vm.new_int((bits << unused) as i64 >> unused)
        }
        _ => vm.new_uint(bits),
    }
}
