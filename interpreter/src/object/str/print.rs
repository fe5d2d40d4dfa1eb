//! Literals: `repr` of text and of bytes.

use crate::object::print::Printer;
use crate::vm::{Outcome, Vm};

/// Ranges of code points above ASCII that `repr` escapes: controls, spaces other than " ", what has no glyph of its own.
const HIDDEN: &[(u32, u32)] = &[
    (0x7f, 0xa0),
    (0xad, 0xad),
    (0x1680, 0x1680),
    (0x2000, 0x200f),
    (0x2028, 0x202f),
    (0x205f, 0x206f),
    (0x3000, 0x3000),
    (0xd800, 0xf8ff),
    (0xfeff, 0xfeff),
    (0xfff0, 0xfffb),
    (0xe0000, 0x10_ffff),
];

/// Whether `repr` shows the character as it is.
pub fn is_printable(character: char) -> bool {
    let code = character as u32;
    // The last two of each plane are no characters.
    code >= 0x20 && code & 0xfffe != 0xfffe && !HIDDEN.iter().any(|range| (range.0..=range.1).contains(&code))
}

/// The quote for a literal: `'`, unless that occurs and `"` does not.
fn quote(bytes: &[u8]) -> char {
    if bytes.contains(&b'\'') && !bytes.contains(&b'"') { '"' } else { '\'' }
}

fn escape(vm: &Vm, character: char, quote: char, out: &mut Printer) -> Outcome<()> {
    match character {
        '\\' => out.text(vm, "\\\\"),
        '\n' => out.text(vm, "\\n"),
        '\r' => out.text(vm, "\\r"),
        '\t' => out.text(vm, "\\t"),
        _ if character == quote => out.text(vm, if quote == '"' { "\\\"" } else { "\\'" }),
        _ => {
            let code = super::surrogate::code(character) as usize;
            let (prefix, width) = match code {
                0..0x100 => ("\\x", 2),
                0x100..0x1_0000 => ("\\u", 4),
                _ => ("\\U", 8),
            };
            out.text(vm, prefix)?;
            out.digits(vm, code, 16, width)
        }
    }
}

/// Writes text as a literal.
///
/// # Errors
/// What the sink raises.
pub fn print_literal(vm: &Vm, text: &str, out: &mut Printer) -> Outcome<()> {
    print_escaped(vm, text, out, is_printable)
}

/// Writes text as a literal of which only `plain` characters stand for themselves.
///
/// # Errors
/// What the sink raises.
pub fn print_escaped(vm: &Vm, text: &str, out: &mut Printer, plain: fn(char) -> bool) -> Outcome<()> {
    let quote = quote(text.as_bytes());
    let quotes = if quote == '"' { "\"" } else { "'" };
    out.text(vm, quotes)?;
    let mut from = 0;
    for (at, character) in text.char_indices() {
        if character == quote || character == '\\' || !plain(character) {
            out.text(vm, &text[from..at])?;
            escape(vm, character, quote, out)?;
            from = at + character.len_utf8();
        }
    }
    out.text(vm, &text[from..])?;
    out.text(vm, quotes)
}

/// Writes bytes as a literal, `b'…'`.
///
/// # Errors
/// What the sink raises.
pub fn print_bytes_literal(vm: &Vm, bytes: &[core::cell::Cell<u8>], out: &mut Printer) -> Outcome<()> {
    let has = |wanted: u8| bytes.iter().any(|byte| byte.get() == wanted);
    let quote = if has(b'\'') && !has(b'"') { '"' } else { '\'' };
    let quotes = if quote == '"' { "\"" } else { "'" };
    out.text(vm, "b")?;
    out.text(vm, quotes)?;
    for byte in bytes {
        let byte = byte.get();
        match byte {
            b' '..=b'~' if byte != quote as u8 && byte != b'\\' => out.bytes(vm, &[byte])?,
            _ => escape(vm, byte as char, quote, out)?,
        }
    }
    out.text(vm, quotes)
}
