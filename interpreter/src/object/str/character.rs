//! Texts of one ASCII character are names, so that taking a text apart makes no objects: the first of the core's pool, in order.

use crate::code::width::Number;
use crate::object::CORE;
use crate::object::name::{CHARACTERS, Name};
use crate::vm::Vm;

/// How many characters.
const COUNT: usize = CHARACTERS as usize;

/// The names, for the pool.
pub const NAMES: &[&str] = &{
    const BYTES: [u8; COUNT] = {
        let (mut bytes, mut i) = ([0; COUNT], 0);
        while i < COUNT {
            bytes[i] = i as u8;
            i += 1;
        }
        bytes
    };
    let Ok(text) = core::str::from_utf8(&BYTES) else { panic!("ASCII is UTF-8") };
    let (mut texts, mut i) = ([""; COUNT], 0);
    while i < COUNT {
        texts[i] = text.split_at(i + 1).0.split_at(i).1;
        i += 1;
    }
    texts
};

/// The name of a character, if it has one.
#[inline(always)]
pub fn name(character: char) -> Option<Name> {
    character.is_ascii().then_some(Name(character as Number))
}

/// The text of a name that is a character.
#[inline(always)]
pub fn text(name: Name) -> Option<&'static str> {
    let code = name.0 as usize;
    if code < COUNT { CORE.text.get(code..code + 1) } else { None }
}

/// The name that a new text is made as, if it is one: empty or a character. To look longer ones up takes longer than to make
/// them.
pub fn known(_: &Vm, text: &str) -> Option<Name> {
    match *text.as_bytes() {
        [] => Some(name!("")),
        [byte] => name(byte as char),
        _ => None,
    }
}
