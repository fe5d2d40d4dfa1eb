//! The lexer's strings: prefixes, escapes, neighbours joined, and f-strings, whose parts are tokens of their own.
//!
//! ```text
//!   f"a{x!r:>{n}}b"   FSTART  FMIDDLE a  {  NAME x  !  NAME r  :  FMIDDLE >  {  NAME n  }  }  FMIDDLE b  FEND
//! ```
//! F-strings nest by a stack of modes: in the text of a string, in a field (`{…}`, read as any tokens), in the text of a
//! field's format. A t-string is an f-string whose fields end in a token of their text (`FTEXT`). A field that ends in `=` wants its own source text, which the reader records while any field is open.

use super::IS_STANDARD;
use super::error::INVALID;
use super::lexer::{Lexeme, Lexer};
use super::reader::BAD;
use super::token::Token;
use crate::object::handle::Words;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

/// As the reference says it.
const MALFORMED: &str = "malformed f-string";

/// How deeply f-strings, fields and formats may nest.
const DEEPEST: usize = 320;

/// How a string literal is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    quote: u8,
    triple: bool,
    raw: bool,
    bytes: bool,
    format: bool,
    /// An f-string that keeps the text of its fields: a t-string.
    template: bool,
    /// Bytes before and including the opening quotes.
    opening: usize,
}

impl Style {
    /// Whether it is a t-string.
    #[cfg(feature = "full")]
    pub(super) fn is_template(self) -> bool {
        self.template
    }
}

/// What the lexer reads.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// The text of an f-string.
    Text,
    /// The text of a format, up to the brace that ends the field.
    Format,
    /// Tokens of a field.
    Field {
        /// Brackets that were open where it began.
        depth: usize,
        /// Where its source text began in the record.
        recorded: usize,
        /// Whether its text is still to be told.
        untold: bool,
    },
}

/// The stack of modes. Each takes three words: what (and style), and the numbers of a field.
pub(super) struct Modes {
    words: Words,
    count: usize,
    fields: usize,
    /// The innermost mode, and the style of the f-string that it belongs to.
    top: Option<(Mode, Style)>,
}

impl Modes {
    pub(super) const fn new() -> Modes {
        Modes { words: Words::EMPTY, count: 0, fields: 0, top: None }
    }

    /// Whether an f-string is under way.
    pub(super) fn any(&self) -> bool {
        self.top.is_some()
    }

    /// Whether text comes next, and not tokens.
    pub(super) fn is_text(&self) -> bool {
        matches!(self.top, Some((Mode::Text | Mode::Format, _)))
    }

    /// Whether tokens of a t-string's field come next.
    pub(super) fn is_template(&self) -> bool {
        matches!(self.top, Some((Mode::Field { .. }, style)) if style.template)
    }

    /// Returns false when it is too deep.
    fn push(&mut self, vm: &Vm, mode: Mode, style: Style) -> Outcome<bool> {
        if self.count == DEEPEST {
            return Ok(false);
        }
        if let Some((mode, style)) = self.top {
            let at = 3 * self.count;
            if at + 3 > self.words.capacity() {
                vm.resize_words(&self.words, (2 * at).max(6))?;
            }
            let (what, depth, recorded) = match mode {
                Mode::Text => (0, 0, 0),
                Mode::Format => (1, 0, 0),
                Mode::Field { depth, recorded, untold } => (2 + untold as isize, depth, recorded),
            };
            let flags = (style.triple as isize) << 2 | (style.raw as isize) << 3 | (style.quote as isize) << 4;
            let flags = flags | (style.template as isize) << 12;
            for (index, number) in [what | flags, depth as isize, recorded as isize].into_iter().enumerate() {
                self.words.set(at + index, Word::int(number));
            }
            self.count += 1;
        }
        self.fields += matches!(mode, Mode::Field { .. }) as usize;
        self.top = Some((mode, style));
        Ok(true)
    }

    fn pop(&mut self) {
        if let Some((Mode::Field { .. }, _)) = self.top {
            self.fields -= 1;
        }
        if self.count == 0 {
            self.top = None;
            return;
        }
        self.count -= 1;
        let number = |index| self.words.get(3 * self.count + index).int_value();
        let flags = number(0);
        let mode = match flags & 3 {
            0 => Mode::Text,
            1 => Mode::Format,
            what => Mode::Field { depth: number(1) as usize, recorded: number(2) as usize, untold: IS_STANDARD && what == 3 },
        };
        let style = Style {
            quote: (flags >> 4) as u8,
            triple: flags & 4 != 0,
            raw: flags & 8 != 0,
            bytes: false,
            format: true,
            template: IS_STANDARD && flags & 1 << 12 != 0,
            opening: 0,
        };
        self.top = Some((mode, style));
    }
}

impl Lexer<'_> {
    /// How the literal at hand is written, if it is a string.
    fn style(&self) -> Option<Style> {
        let mut style = Style { quote: 0, triple: false, raw: false, bytes: false, format: false, template: false, opening: 0 };
        let mut length = 0;
        loop {
            let byte = self.reader.peek(length);
            match byte {
                b'\'' | b'"' => break,
                b'r' | b'R' if !style.raw => style.raw = true,
                b'b' | b'B' if !style.bytes && !style.format => style.bytes = true,
                b'f' | b'F' if !style.bytes && !style.format => style.format = true,
                b't' | b'T' if IS_STANDARD && !style.bytes && !style.format => (style.format, style.template) = (true, true),
                b'u' | b'U' if length == 0 && matches!(self.reader.peek(1), b'\'' | b'"') => {}
                _ => return None,
            }
            length += 1;
            if length > 2 {
                return None;
            }
        }
        style.quote = self.reader.peek(length);
        style.opening = length + 1;
        Some(style)
    }

    /// Whether a string begins here.
    pub(super) fn is_string(&self) -> bool {
        self.style().is_some()
    }

    /// Skips the prefix and the opening quotes.
    fn open_string(&mut self, vm: &Vm, style: &mut Style) -> Outcome<()> {
        self.reader.skip(vm, style.opening)?;
        if self.reader.byte() == style.quote && self.reader.peek(1) == style.quote {
            style.triple = true;
            self.reader.skip(vm, 2)?;
        }
        Ok(())
    }

    /// A string, with the neighbours of its kind, or the beginning of an f-string.
    pub(super) fn string(&mut self, vm: &Vm) -> Outcome<(Token, Word)> {
        let first = self.style().ok_or_else(|| self.error(vm, INVALID))?;
        self.text.clear();
        let mut next = Some(first);
        while let Some(mut style) = next.filter(|next| next.bytes == first.bytes && next.format == first.format) {
            self.open_string(vm, &mut style)?;
            if style.format {
                self.enter(vm, Mode::Text, style)?;
                return Ok((if style.template { Token::TStart } else { Token::FStart }, Word::UNSET));
            }
            self.string_body(vm, style)?;
            self.skip_blanks(vm)?;
            next = self.style();
        }
        let value = if first.bytes { vm.new_bytes_from_cells(self.text.cells())? } else { self.text.string(vm)? };
        Ok((Token::String, value))
    }

    /// The characters of a string, to behind its closing quotes.
    fn string_body(&mut self, vm: &Vm, style: Style) -> Outcome<()> {
        self.warnings.begin_string(self.reader.position.line);
        loop {
            let byte = self.reader.byte();
            if self.is_closing(style) {
                return self.reader.skip(vm, if style.triple { 3 } else { 1 });
            }
            self.check_text(vm, style)?;
            if byte == b'\\' {
                self.escape(vm, style)?;
            } else if byte >= 0x80 && style.bytes {
                return Err(self.error(vm, "bytes can only contain ASCII literal characters"));
            } else {
                self.copy(vm)?;
            }
        }
    }

    fn is_closing(&self, style: Style) -> bool {
        let is = |ahead| self.reader.peek(ahead) == style.quote;
        is(0) && (!style.triple || is(1) && is(2))
    }

    /// Fails where text cannot go on.
    fn check_text(&self, vm: &Vm, style: Style) -> Outcome<()> {
        let byte = self.reader.byte();
        if self.reader.at_end() || byte == BAD || byte == b'\n' && !style.triple {
            return Err(self.error(vm, if self.modes.is_template() { MALFORMED } else { INVALID }));
        }
        Ok(())
    }

    fn copy(&mut self, vm: &Vm) -> Outcome<()> {
        self.text.push(vm, self.reader.byte())?;
        self.reader.advance(vm)
    }

    /// What a backslash begins.
    fn escape(&mut self, vm: &Vm, style: Style) -> Outcome<()> {
        let byte = self.reader.peek(1);
        if style.raw {
            self.copy(vm)?;
            // A quote does not end the string here; in an f-string a brace begins a field all the same.
            let is_brace = style.format && matches!(byte, b'{' | b'}');
            return if self.reader.at_end() || is_brace { Ok(()) } else { self.copy_checked(vm, style) };
        }
        let plain = match byte {
            b'\n' => return self.reader.skip(vm, 2),
            b'\\' | b'\'' | b'"' => byte,
            b'a' => 7,
            b'b' => 8,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'v' => 11,
            b'0'..=b'7' => {
                self.reader.advance(vm)?;
                let code = self.code(vm, 8, 1, 3)?;
                return self.push_code(vm, style, code);
            }
            b'x' => return self.escape_hex(vm, style, 2),
            b'u' if !style.bytes => return self.escape_hex(vm, style, 4),
            b'U' if !style.bytes => return self.escape_hex(vm, style, 8),
            b'N' if !style.bytes => return self.escape_name(vm, style),
            _ => {
                let line = style.format.then_some(self.reader.position.line);
                self.warnings.note_escape(vm, line, byte)?;
                return self.copy(vm);
            }
        };
        self.reader.skip(vm, 2)?;
        self.text.push(vm, plain)
    }

    fn copy_checked(&mut self, vm: &Vm, style: Style) -> Outcome<()> {
        let byte = self.reader.byte();
        if byte == BAD || byte >= 0x80 && style.bytes {
            return Err(self.error(vm, INVALID));
        }
        self.copy(vm)
    }

    fn escape_hex(&mut self, vm: &Vm, style: Style, digits: usize) -> Outcome<()> {
        self.reader.skip(vm, 2)?;
        let code = self.code(vm, 16, digits, digits)?;
        self.push_code(vm, style, code)
    }

    /// A number of `least` to `most` digits.
    fn code(&mut self, vm: &Vm, radix: u32, least: usize, most: usize) -> Outcome<u32> {
        let mut value = 0u32;
        for index in 0..most {
            match (self.reader.byte() as char).to_digit(radix) {
                Some(digit) => value = value.wrapping_mul(radix).wrapping_add(digit),
                None if index >= least => break,
                None => return Err(self.error(vm, INVALID)),
            }
            self.reader.advance(vm)?;
        }
        Ok(value)
    }

    fn push_code(&mut self, vm: &Vm, style: Style, code: u32) -> Outcome<()> {
        if style.bytes {
            return self.text.push(vm, code as u8);
        }
        match char::from_u32(code) {
            Some(character) => self.text.push_char(vm, character),
            None => self.push_surrogate(vm, code),
        }
    }

    // F-strings.

    fn enter(&mut self, vm: &Vm, mode: Mode, style: Style) -> Outcome<()> {
        if self.modes.push(vm, mode, style)? { Ok(()) } else { Err(self.error(vm, "too deeply nested")) }
    }

    /// The next token in the text of an f-string or format: text, a field's beginning, or the end.
    pub(super) fn fstring_text(&mut self, vm: &Vm) -> Outcome<Lexeme> {
        let position = self.reader.position;
        let (mode, style) = self.modes.top.expect("an f-string is under way");
        self.text.clear();
        let ending = self.fstring_part(vm, mode, style)?;
        let (token, value) = if self.text.len() > 0 {
            (Token::FMiddle, self.text.string(vm)?)
        } else {
            match ending {
                b'{' => {
                    self.reader.advance(vm)?;
                    self.open_field(vm, style)?;
                    (Token::OpenBrace, Word::UNSET)
                }
                b'}' => {
                    self.reader.advance(vm)?;
                    self.modes.pop();
                    self.close_field();
                    (Token::CloseBrace, Word::UNSET)
                }
                _ => {
                    self.reader.skip(vm, if style.triple { 3 } else { 1 })?;
                    self.modes.pop();
                    (Token::FEnd, Word::UNSET)
                }
            }
        };
        Ok(Lexeme { token, value, position })
    }

    /// Collects text up to a brace or the closing quote, which is returned and not skipped.
    fn fstring_part(&mut self, vm: &Vm, mode: Mode, style: Style) -> Outcome<u8> {
        let is_format = mode == Mode::Format;
        // As in the reference, the format of a t-string may hold doubled braces, in pairs.
        let mut doubled = 0;
        self.warnings.begin_string(self.reader.position.line);
        loop {
            let byte = self.reader.byte();
            if self.is_closing(style) {
                return if is_format { Err(self.error(vm, INVALID)) } else { Ok(byte) };
            }
            self.check_text(vm, style)?;
            match byte {
                b'{' | b'}' if !is_format && self.reader.peek(1) == byte => {
                    self.reader.advance(vm)?;
                    self.copy(vm)?;
                }
                b'{' if style.template && self.reader.peek(1) == byte => {
                    self.reader.advance(vm)?;
                    self.copy(vm)?;
                    doubled += 1;
                }
                b'}' if doubled > 0 && self.reader.peek(1) == byte => {
                    self.reader.advance(vm)?;
                    self.copy(vm)?;
                    doubled -= 1;
                }
                b'{' => return Ok(byte),
                b'}' if is_format => return Ok(byte),
                b'}' => return Err(self.error(vm, MALFORMED)),
                b'\\' => self.escape(vm, style)?,
                _ => self.copy(vm)?,
            }
        }
    }

    fn open_field(&mut self, vm: &Vm, style: Style) -> Outcome<()> {
        let recorded = self.reader.record.begin();
        let untold = style.template && matches!(self.modes.top, Some((Mode::Text, _)));
        let field = Mode::Field { depth: self.depth, recorded, untold };
        self.enter(vm, field, style)?;
        self.depth = 0;
        Ok(())
    }

    fn close_field(&mut self) {
        if let Some((Mode::Field { depth, .. }, _)) = self.modes.top {
            self.modes.pop();
            self.depth = depth;
        }
        if self.modes.fields == 0 {
            self.reader.record.end();
        }
    }

    /// What the characters that end a field mean, outside of brackets: its end, a format, a conversion, `=`.
    pub(super) fn field_operator(&mut self, vm: &Vm, bytes: [u8; 3]) -> Outcome<Option<(Token, Word)>> {
        let Some((Mode::Field { recorded, untold, .. }, style)) = self.modes.top else { return Ok(None) };
        if untold && matches!(bytes[0], b'}' | b':' | b'!' | b'=') && (bytes[0] == b'}' || bytes[0] == b':' || bytes[1] != b'=') {
            return self.field_text(vm, recorded).map(|text| Some((Token::FText, text)));
        }
        let token = match bytes[0] {
            b'}' => {
                self.reader.advance(vm)?;
                self.close_field();
                return Ok(Some((Token::CloseBrace, Word::UNSET)));
            }
            b':' => {
                self.enter(vm, Mode::Format, style)?;
                Token::Colon
            }
            b'!' if bytes[1] != b'=' => Token::Exclamation,
            b'=' if bytes[1] != b'=' => {
                self.reader.advance(vm)?;
                while matches!(self.reader.byte(), b' ' | b'\t' | b'\n' | b'\x0c') {
                    self.reader.advance(vm)?;
                }
                let value = vm.new_str_from_cells(self.reader.record.from(recorded))?;
                return Ok(Some((Token::FDebug, value)));
            }
            _ => return Ok(None),
        };
        self.reader.advance(vm)?;
        Ok(Some((token, Word::UNSET)))
    }

    /// What is wrong at a token that cannot stand here: in a t-string, whether its field is closed at all.
    pub(super) fn complaint(&mut self, vm: &Vm) -> &'static str {
        let Some((_, style)) = self.modes.top.filter(|_| self.modes.is_template()) else { return INVALID };
        loop {
            let byte = self.reader.byte();
            if byte == b'}' {
                return INVALID;
            }
            if self.reader.at_end() || byte == style.quote || byte == b'\n' || self.reader.advance(vm).is_err() {
                return MALFORMED;
            }
        }
    }

    /// The text of the expression in the field at hand, without the blanks that end it.
    fn field_text(&mut self, vm: &Vm, recorded: usize) -> Outcome {
        if let Some((Mode::Field { untold, .. }, _)) = &mut self.modes.top {
            *untold = false;
        }
        let cells = self.reader.record.from(recorded);
        let length = cells.iter().rposition(|byte| !byte.get().is_ascii_whitespace()).map_or(0, |last| last + 1);
        if length == 0 {
            return Err(self.error(vm, MALFORMED));
        }
        vm.new_str_from_cells(&cells[..length])
    }
}
