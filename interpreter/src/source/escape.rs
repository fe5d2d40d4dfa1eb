//! Escapes that only a computer's interpreter has: characters by their names, and halves of surrogate pairs.
//!
//! What a half is in a `str`, `object/str/surrogate.rs` says.

use super::error::INVALID;
use super::lexer::Lexer;
use super::string::Style;
use crate::object::str::{surrogate, utf8};
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

    /// A number that is no character: half of a surrogate pair, if it is that.
    pub(super) fn push_surrogate(&mut self, vm: &Vm, code: u32) -> Outcome<()> {
        match surrogate::character(code) {
            Some(character) => self.text.push_char(vm, character),
            None => Err(self.error(vm, INVALID)),
        }
    }
}
