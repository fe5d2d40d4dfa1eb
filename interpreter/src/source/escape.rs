//! Escapes that only a computer's interpreter has: characters by their names, and halves of surrogate pairs.
//!
//! A `str` here holds characters, so a lone surrogate cannot be in one. A literal that has some is no error of syntax all the same:
//! files that test for surrogates are otherwise good. It becomes a `bytearray` of what UTF-8 would be, and the compiler makes code
//! of it that decodes these bytes, which raises the error when and if the literal is evaluated.

use super::error::INVALID;
use super::lexer::Lexer;
use super::string::Style;
use super::text::Text;
use crate::object::bytearray;
use crate::object::str::utf8;
use crate::vm::{Outcome, Vm};

/// As CPython says it.
const MALFORMED: &str = "malformed \\N character escape";
const UNKNOWN: &str = "unknown Unicode character name";

/// No character's name is longer.
const LONGEST: usize = 96;

impl Lexer<'_> {
    /// `\N{name}`.
    #[inline(never)]
    pub(super) fn escape_name(&mut self, vm: &Vm, style: Style) -> Outcome<()> {
        // As in the reference, whose tests want t-strings without them.
        if style.is_template() {
            return Err(self.error(vm, "unicode name escapes"));
        }
        self.reader.skip(vm, 2)?;
        if self.reader.byte() != b'{' {
            return Err(self.error(vm, MALFORMED));
        }
        self.reader.advance(vm)?;
        let (mut name, mut length) = ([0; LONGEST], 0);
        while self.reader.byte() != b'}' {
            if self.reader.at_end() || !self.reader.byte().is_ascii_graphic() && self.reader.byte() != b' ' {
                return Err(self.error(vm, MALFORMED));
            }
            let Some(place) = name.get_mut(length) else { return Err(self.error(vm, UNKNOWN)) };
            (*place, length) = (self.reader.byte(), length + 1);
            self.reader.advance(vm)?;
        }
        self.reader.advance(vm)?;
        let name = utf8::checked(&name[..length]).unwrap_or("");
        match vm.port.character_named(name) {
            Some(character) => self.text.push_char(vm, character),
            None => Err(self.error(vm, UNKNOWN)),
        }
    }

    /// A number that is no character, in a literal that is no f-string.
    pub(super) fn push_surrogate(&mut self, vm: &Vm, style: Style, code: u32) -> Outcome<()> {
        if !(0xd800..0xe000).contains(&code) || style.is_format() {
            return Err(self.error(vm, INVALID));
        }
        [0xed, (code >> 6 & 0x3f | 0x80) as u8, (code & 0x3f | 0x80) as u8].iter().try_for_each(|byte| self.text.push(vm, *byte))
    }
}

/// The value of a literal.
pub(super) fn string(vm: &Vm, text: &Text) -> Outcome {
    let has_surrogates = text.cells().windows(2).any(|pair| pair[0].get() == 0xed && pair[1].get() >= 0xa0);
    if has_surrogates { bytearray::from_cells(vm, text.cells()) } else { text.string(vm) }
}
