//! UTF-16 and UTF-32 in which nothing is wrong: hosts only. What is wrong, the port's `codecs` does, a character at a time.

use super::surrogate;
use crate::object::handle::Args;
use crate::object::print::Builder;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

/// One of those encodings.
#[derive(Clone, Copy)]
pub struct Form {
    is_short: bool,
    is_big: bool,
    /// Whether a mark says which byte comes first.
    is_marked: bool,
}

/// The mark, which is written as a character of its own.
const MARK: char = '\u{feff}';

impl Form {
    /// The one that the arguments of `encode` or `decode` name, if they name no treatment of errors.
    pub fn named(vm: &Vm, args: Args) -> Option<Form> {
        let name = vm.as_text(args.either(1, name!(encoding))?)?.as_bytes();
        if name.len() < 5 || !name[..3].eq_ignore_ascii_case(b"utf") || args.either(2, name!(errors)).is_some() {
            return None;
        }
        let rest = name[3..].strip_prefix(b"-").or_else(|| name[3..].strip_prefix(b"_")).unwrap_or(&name[3..]);
        let (width, order) = rest.split_at_checked(2)?;
        let order = order.strip_prefix(b"-").or_else(|| order.strip_prefix(b"_")).unwrap_or(order);
        let is_big = order.eq_ignore_ascii_case(b"be");
        let fits = (width == b"16" || width == b"32") && (order.is_empty() || is_big || order.eq_ignore_ascii_case(b"le"));
        fits.then_some(Form { is_short: width == b"16", is_big, is_marked: order.is_empty() })
    }

    /// Adds the bytes of a text; `false`, and nothing, if it has half of a surrogate pair.
    pub fn encode(self, vm: &Vm, text: &str, out: &mut Builder) -> Outcome<bool> {
        if surrogate::find(text).is_some() {
            return Ok(false);
        }
        let mark = self.is_marked.then_some(MARK);
        // Some at a time: a character has four bytes at most.
        let (mut piece, mut used) = ([0; 128], 0);
        for character in mark.into_iter().chain(text.chars()) {
            if used + 4 > piece.len() {
                out.push(vm, &piece[..used])?;
                used = 0;
            }
            if self.is_short {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    let bytes = if self.is_big { unit.to_be_bytes() } else { unit.to_le_bytes() };
                    piece[used..used + 2].copy_from_slice(&bytes);
                    used += 2;
                }
            } else {
                let code = character as u32;
                piece[used..used + 4].copy_from_slice(&if self.is_big { code.to_be_bytes() } else { code.to_le_bytes() });
                used += 4;
            }
        }
        out.push(vm, &piece[..used])?;
        Ok(true)
    }

    /// The text that bytes are; `None` if there is something wrong with them.
    pub fn decode(self, vm: &Vm, bytes: &[u8]) -> Outcome<Option<Word>> {
        let mut out = Builder::with_capacity(vm, bytes.len())?;
        let is_whole = if self.is_short {
            let (units, rest) = bytes.as_chunks::<2>();
            let is_big = self.is_big || self.is_marked && units.first() == Some(&[0xfe, 0xff]);
            let marks = (self.is_marked && matches!(units.first(), Some([0xfe, 0xff] | [0xff, 0xfe]))) as usize;
            let units =
                units[marks..].iter().map(|unit| if is_big { u16::from_be_bytes(*unit) } else { u16::from_le_bytes(*unit) });
            rest.is_empty() && gather(vm, &mut out, char::decode_utf16(units).map(Result::ok))?
        } else {
            let (codes, rest) = bytes.as_chunks::<4>();
            let is_big = self.is_big || self.is_marked && codes.first() == Some(&[0, 0, 0xfe, 0xff]);
            let marks = (self.is_marked && matches!(codes.first(), Some([0, 0, 0xfe, 0xff] | [0xff, 0xfe, 0, 0]))) as usize;
            let codes =
                codes[marks..].iter().map(|code| if is_big { u32::from_be_bytes(*code) } else { u32::from_le_bytes(*code) });
            rest.is_empty() && gather(vm, &mut out, codes.map(char::from_u32))?
        };
        if is_whole { out.finish_str(vm).map(Some) } else { Ok(None) }
    }
}

/// Adds characters; `false` if one is none, or one that stands for half of a surrogate pair.
fn gather(vm: &Vm, out: &mut Builder, characters: impl Iterator<Item = Option<char>>) -> Outcome<bool> {
    let (mut piece, mut used) = ([0; 128], 0);
    for character in characters {
        let Some(character) = character.filter(|it| surrogate::code(*it) == *it as u32) else { return Ok(false) };
        if used + 4 > piece.len() {
            out.push(vm, &piece[..used])?;
            used = 0;
        }
        used += character.encode_utf8(&mut piece[used..]).len();
    }
    out.push(vm, &piece[..used])?;
    Ok(true)
}
