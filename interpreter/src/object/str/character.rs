//! Texts of one ASCII character are names, so that taking a text apart makes no objects.

use crate::object::CORE;
use crate::object::name::{Name, hash};
use crate::vm::Vm;

/// How many characters.
const COUNT: usize = 128;

/// All of them, in order.
const TEXT: &str = {
    const BYTES: [u8; COUNT] = {
        let (mut bytes, mut i) = ([0; COUNT], 0);
        while i < COUNT {
            bytes[i] = i as u8;
            i += 1;
        }
        bytes
    };
    match core::str::from_utf8(&BYTES) {
        Ok(text) => text,
        Err(_) => panic!("ASCII is UTF-8"),
    }
};

const fn at(index: usize) -> &'static str {
    TEXT.split_at(index + 1).0.split_at(index).1
}

/// The names, for the pool.
pub const NAMES: &[&str] = &{
    let (mut texts, mut i) = ([""; COUNT], 0);
    while i < COUNT {
        texts[i] = at(i);
        i += 1;
    }
    texts
};

static CHARACTERS: [Name; COUNT] = {
    let (mut names, mut i) = ([Name(0); COUNT], 0);
    while i < COUNT {
        names[i] = match CORE.find(at(i).as_bytes(), hash(at(i).as_bytes())) {
            Some(name) => name,
            None => panic!("the pool has these names"),
        };
        i += 1;
    }
    names
};

/// The name of a character, if it has one.
#[inline(always)]
pub fn name(character: char) -> Option<Name> {
    CHARACTERS.get(character as usize).copied()
}

/// What each name of the core's pool is as a character; no character is `COUNT`.
static CODES: [u8; CORE.hashes.len()] = {
    let (mut codes, mut i) = ([COUNT as u8; CORE.hashes.len()], 0);
    while i < COUNT {
        codes[CHARACTERS[i].0 as usize] = i as u8;
        i += 1;
    }
    codes
};

/// The text of a name that is a character.
#[inline(always)]
pub fn text(name: Name) -> Option<&'static str> {
    let code = *CODES.get(name.0 as usize)? as usize;
    TEXT.get(code..code + 1)
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
