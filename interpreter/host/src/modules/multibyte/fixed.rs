//! Encodings whose units have one width: UTF-16 and UTF-32, and pages of 256 characters.
//!
//! Each function codes what has no trouble in it and answers None for anything else, which `codecs` does a character at a time.

use interpreter::object::handle::Args;
use interpreter::object::str::surrogate;
use interpreter::object::word::Word;
use interpreter::vm::{Outcome, Vm};

const NOTHING: char = '\u{fffd}';

/// The width of a unit, and whether its highest byte comes first.
fn form(vm: &Vm, args: Args) -> Outcome<(bool, bool)> {
    Ok((vm.index(args.at(1))? == 2, vm.truth(args.at(2))?))
}

pub fn encode_wide(vm: &Vm, args: Args) -> Outcome {
    let (text, (is_short, is_big)) = (vm.expect_text(args.at(0))?, form(vm, args)?);
    if surrogate::find(text).is_some() {
        return Ok(Word::NONE);
    }
    let mut bytes = Vec::with_capacity(text.len() * if is_short { 2 } else { 4 });
    if is_short {
        let units = text.encode_utf16();
        units.for_each(|unit| bytes.extend(if is_big { unit.to_be_bytes() } else { unit.to_le_bytes() }));
    } else {
        let codes = text.chars().map(u32::from);
        codes.for_each(|code| bytes.extend(if is_big { code.to_be_bytes() } else { code.to_le_bytes() }));
    }
    vm.new_bytes(&bytes)
}

pub fn decode_wide(vm: &Vm, args: Args) -> Outcome {
    let (bytes, (is_short, is_big)) = (vm.bytes_of(args.at(0))?, form(vm, args)?);
    let text: Option<String> = if is_short {
        let (units, rest) = bytes.as_chunks::<2>();
        let units = units.iter().map(|unit| if is_big { u16::from_be_bytes(*unit) } else { u16::from_le_bytes(*unit) });
        char::decode_utf16(units).collect::<Result<_, _>>().ok().filter(|_| rest.is_empty())
    } else {
        let (codes, rest) = bytes.as_chunks::<4>();
        let codes = codes.iter().map(|code| if is_big { u32::from_be_bytes(*code) } else { u32::from_le_bytes(*code) });
        codes.map(char::from_u32).collect::<Option<_>>().filter(|_| rest.is_empty())
    };
    // A character that stands for half of a pair is not one that data may have.
    match text.filter(|text| surrogate::find(text).is_none()) {
        Some(text) => vm.new_str(&text),
        None => Ok(Word::NONE),
    }
}

/// Whether a page begins with ASCII, as most do: what is of that is the same in bytes and text.
fn begins_plain(page: &str) -> bool {
    page.as_bytes()
        .first_chunk::<0x80>()
        .is_some_and(|first| first.iter().enumerate().all(|(place, byte)| place == usize::from(*byte)))
}

pub fn encode_page(vm: &Vm, args: Args) -> Outcome {
    let (text, page) = (vm.expect_text(args.at(0))?, vm.expect_text(args.at(1))?);
    if text.is_ascii() && begins_plain(page) {
        return vm.new_bytes(text.as_bytes());
    }
    let page: Vec<char> = page.chars().collect();
    let place = |character: char| match page.get(character as usize) {
        Some(found) if *found == character && character != NOTHING => Some(character as u8),
        _ => page.iter().position(|it| *it == character && character != NOTHING).and_then(|place| u8::try_from(place).ok()),
    };
    match text.chars().map(place).collect::<Option<Vec<u8>>>() {
        Some(bytes) => vm.new_bytes(&bytes),
        None => Ok(Word::NONE),
    }
}

pub fn decode_page(vm: &Vm, args: Args) -> Outcome {
    let (bytes, page) = (vm.bytes_of(args.at(0))?, vm.expect_text(args.at(1))?);
    if let Ok(text) = str::from_utf8(bytes)
        && text.is_ascii()
        && begins_plain(page)
    {
        return vm.new_str(text);
    }
    let page: Vec<char> = page.chars().collect();
    let character = |byte: &u8| page.get(usize::from(*byte)).copied().filter(|character| *character != NOTHING);
    match bytes.iter().map(character).collect::<Option<String>>() {
        Some(text) => vm.new_str(&text),
        None => Ok(Word::NONE),
    }
}
