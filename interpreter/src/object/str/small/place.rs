//! On boards texts are short, and are counted through.

use crate::vm::Vm;

/// Nothing is remembered.
pub struct Memory;

impl Memory {
    /// Nothing.
    pub const EMPTY: Memory = Memory;
}

/// Number of code points.
pub fn len(_: &Vm, text: &str) -> usize {
    count(text.as_bytes())
}

/// The byte where code point `index` begins; the end for an index behind it.
pub fn offset(_: &Vm, text: &str, index: usize) -> usize {
    let starts = text.as_bytes().iter().enumerate().filter(|(_, byte)| is_start(**byte));
    starts.map(|(at, _)| at).nth(index).unwrap_or(text.len())
}

/// Number of the code point that begins at byte `offset`.
pub fn number(_: &Vm, text: &str, offset: usize) -> usize {
    count(&text.as_bytes()[..offset])
}

fn is_start(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| is_start(**byte)).count()
}
