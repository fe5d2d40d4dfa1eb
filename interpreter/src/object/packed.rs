//! Numbers in bytes, by type code: the items of arrays and memoryviews, in the machine's own layout.

use super::bigint::{self, Big, Room};
use super::kind::Type;
use super::real::{self, Real};
use super::str::surrogate;
use super::word::Word;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

/// The size of an item in bytes; `None` for an unknown type code.
pub const fn size(type_code: u8) -> Option<usize> {
    Some(match type_code {
        b'b' | b'B' => 1,
        b'h' | b'H' => 2,
        b'i' | b'I' | b'f' => 4,
        b'l' | b'L' | b'P' => size_of::<usize>(),
        b'q' | b'Q' | b'd' => 8,
        b'u' if crate::WHOLE => 4,
        _ => return None,
    })
}

/// The item that `bytes`, as many as its size, are.
///
/// # Errors
/// `MemoryError`.
pub fn load(vm: &Vm, type_code: u8, bytes: &[Cell<u8>]) -> Outcome {
    if let [byte] = bytes {
        let value = byte.get();
        if crate::WHOLE && type_code == b'c' {
            return vm.new_bytes(&[value]);
        }
        return Ok(Word::int(if type_code == b'b' { value as i8 as isize } else { value as isize }));
    }
    match type_code {
        b'f' => vm.new_float(f32::from_ne_bytes(copied(bytes)) as Real),
        b'd' => vm.new_float(real::of_double(f64::from_ne_bytes(copied(bytes)))),
        b'h' => Ok(Word::int(i16::from_ne_bytes(copied(bytes)) as isize)),
        b'H' => Ok(Word::int(u16::from_ne_bytes(copied(bytes)) as isize)),
        b'u' if crate::WHOLE => match surrogate::character(u32::from_ne_bytes(copied(bytes))) {
            Some(character) => vm.new_character(character),
            None => Err(vm.value_error("character is not in range [U+0000; U+10ffff]")),
        },
        _ => bigint::from_bytes(vm, bytes, cfg!(target_endian = "little"), type_code.is_ascii_lowercase()),
    }
}

fn copied<const N: usize>(bytes: &[Cell<u8>]) -> [u8; N] {
    let mut out = [0; N];
    out.iter_mut().zip(bytes).for_each(|(to, from)| *to = from.get());
    out
}

/// The bytes of an item; as many as its size are meant.
///
/// # Errors
/// `TypeError` for what is no number, `misfit` for one that does not fit.
pub fn store(vm: &Vm, type_code: u8, word: Word, misfit: &'static Type) -> Outcome<[u8; 8]> {
    let out = [const { Cell::new(0) }; 8];
    let copy = |bytes: &[u8]| out.iter().zip(bytes).for_each(|(to, from)| to.set(*from));
    match type_code {
        b'f' => copy(&(vm.float_value(word)? as f32).to_ne_bytes()),
        b'd' => copy(&real::to_double(vm.float_value(word)?).to_ne_bytes()),
        b'u' if crate::WHOLE => {
            let mut characters = vm.expect_text(word)?.chars();
            let (Some(character), None) = (characters.next(), characters.next()) else {
                return Err(vm.type_error("array item must be unicode character"));
            };
            copy(&surrogate::code(character).to_ne_bytes());
        }
        _ => {
            let (word, room) = (vm.unary(super::kind::Unary::Index, word)?, Room::default());
            let Some(big) = Big::of(word, &room) else { return Err(vm.type_error("can't convert to int")) };
            let (size, signed) = (size(type_code).unwrap_or(8), type_code.is_ascii_lowercase());
            if !bigint::fits_bytes(big, size, signed) || (!signed && big.negative) {
                return Err(vm.raise_text(misfit, "value out of range"));
            }
            bigint::to_bytes(big, &out[..size], cfg!(target_endian = "little"));
        }
    }
    Ok(out.map(Cell::into_inner))
}
