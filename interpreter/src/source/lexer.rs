//! From bytes to tokens: indentation, names, numbers, operators. Strings are in `string`, as a second half of this file.
//!
//! The lexer knows nothing of the grammar: brackets and f-string fields nest by its own count, so that the parser may look
//! ahead. Nothing is kept of the source but the lexeme at hand.

use super::Source;
use super::error::INVALID;
use super::literal::{self, Number};
use super::odd::{has_sign, is_odd};
use super::operator::operator;
use super::reader::{BAD, Reader};
use super::string::Modes;
use super::text::Text;
use super::token::{Token, keyword};
use super::tree::Position;
use super::warning::Warnings;
use crate::object::exception::{INDENTATION_ERROR, SYNTAX_ERROR};
use crate::object::handle::Words;
use crate::object::kind::Type;
use crate::object::name::Name;
use crate::object::word::Word;
use crate::vm::{Outcome, Raised, Vm};

/// A token with what belongs to it.
#[derive(Clone, Copy)]
pub(super) struct Lexeme {
    /// What it is.
    pub token: Token,
    /// Its value: a name, a number, a string; `UNSET` for others.
    pub value: Word,
    /// Where it begins.
    pub position: Position,
}

/// Before a line that counts as the one before: `ast` writes so several statements of one line.
pub const BACK: u8 = 1;
/// Columns between tab stops.
const TAB: usize = 8;

/// The state between two tokens.
pub(super) struct Lexer<'s> {
    pub(super) reader: Reader<'s>,
    pub(super) file: Name,
    /// The lexeme being collected.
    pub(super) text: Text,
    /// Indentation of the blocks around, innermost last; none for column 0.
    indents: Words,
    blocks: usize,
    /// The indentation of the line at hand, and whether it is still to be compared with the blocks.
    indent: usize,
    at_line_start: bool,
    /// Whether the line at hand has a token, so that its end is one, too.
    line_has_token: bool,
    /// Whether the first line may be indented as it likes.
    is_free: bool,
    /// Whether the source began with a joined line.
    pub(super) is_joined: bool,
    /// Which blanks lines are indented by: 1 for spaces, 2 for tabs. Hosts only.
    pub(super) blanks: u8,
    /// Whether there was something that may be no Python where it stands (`compile::suspicion`). Hosts only.
    pub(super) is_odd: bool,
    /// Whether the last word was `except`: a star behind it is odd.
    is_except: bool,
    /// Between `except` and its colon: a comma outside of brackets is odd.
    in_except: bool,
    /// Open brackets, since the innermost f-string field began.
    pub(super) depth: usize,
    /// F-strings under way.
    pub(super) modes: Modes,
    /// Escapes that mean nothing.
    pub(super) warnings: Warnings,
}

impl<'s> Lexer<'s> {
    /// `is_free` says that the first line's indentation means nothing.
    pub(super) fn new(source: &'s mut dyn Source, file: Name, is_free: bool) -> Lexer<'s> {
        Lexer {
            reader: Reader::new(source),
            file,
            text: Text::new(),
            indents: Words::EMPTY,
            blocks: 0,
            indent: 0,
            at_line_start: true,
            line_has_token: false,
            is_free,
            is_joined: false,
            blanks: 0,
            is_odd: false,
            is_except: false,
            in_except: false,
            depth: 0,
            modes: Modes::new(),
            warnings: Warnings::new(),
        }
    }

    /// Reads the first bytes; comes before all else.
    pub(super) fn begin(&mut self, vm: &Vm) -> Outcome<()> {
        self.reader.begin(vm)
    }

    /// The next token; `End` for ever at the end.
    pub(super) fn next(&mut self, vm: &Vm) -> Outcome<Lexeme> {
        if self.modes.is_text() {
            return self.fstring_text(vm);
        }
        if self.at_line_start {
            self.measure_indent(vm)?;
        }
        self.skip_blanks(vm)?;
        let position = self.reader.position;
        let lexeme = |token, value| Ok(Lexeme { token, value, position });
        if let Some(token) = self.layout(vm)? {
            return lexeme(token, Word::UNSET);
        }
        self.line_has_token = true;
        let byte = self.reader.byte();
        if self.is_string() {
            let (token, value) = self.string(vm)?;
            return lexeme(token, value);
        }
        if is_name_start(byte) {
            let (token, value) = self.word(vm)?;
            if crate::WHOLE {
                self.is_odd |= is_odd(token, value) || value.as_name().is_some_and(|name| has_sign(vm.name_text(name)));
                self.is_except = token == Token::Except;
                self.in_except |= self.is_except;
            }
            return lexeme(token, value);
        }
        if byte.is_ascii_digit() || byte == b'.' && self.reader.peek(1).is_ascii_digit() {
            let value = self.number(vm)?;
            return lexeme(Token::Number, value);
        }
        let (token, value) = self.operator(vm)?;
        if crate::WHOLE {
            let parts_types = token == Token::Comma && self.in_except && self.depth == 0;
            self.is_odd |= is_odd(token, value) || token == Token::Star && self.is_except || parts_types;
            self.is_except = false;
            self.in_except &= token != Token::Colon || self.depth > 0;
        }
        lexeme(token, value)
    }

    /// Whether line ends are blanks.
    pub(super) fn is_inside(&self) -> bool {
        self.depth > 0 || self.modes.any()
    }

    /// Ends of lines, blocks, and the source; and beginnings of blocks.
    fn layout(&mut self, vm: &Vm) -> Outcome<Option<Token>> {
        let at_end = self.reader.at_end();
        if self.line_has_token {
            if !at_end && self.reader.byte() != b'\n' {
                return Ok(None);
            }
            if at_end && self.is_inside() {
                return Err(self.error(vm, INVALID));
            }
            if !at_end {
                self.reader.advance(vm)?;
            }
            self.line_has_token = false;
            self.at_line_start = true;
            return Ok(Some(Token::Newline));
        }
        let indent = if at_end { 0 } else { self.indent };
        let current = self.block(self.blocks);
        if indent > current {
            if self.blocks == self.indents.capacity() {
                vm.resize_words(&self.indents, (2 * self.blocks).max(4))?;
            }
            self.indents.set(self.blocks, Word::int(indent as isize));
            self.blocks += 1;
            self.line_has_token = true;
            return Ok(Some(Token::Indent));
        }
        if indent < current {
            self.blocks -= 1;
            if indent > self.block(self.blocks) {
                let message = "unindent doesn't match any outer indent level";
                return Err(self.error_of(vm, &INDENTATION_ERROR, self.reader.position, message));
            }
            return Ok(Some(Token::Dedent));
        }
        Ok(if at_end { Some(Token::End) } else { None })
    }

    /// Indentation of the block that `count` blocks make.
    fn block(&self, count: usize) -> usize {
        if count == 0 { 0 } else { self.indents.get(count - 1).int_value() as usize }
    }

    /// Skips blank lines; notes the indentation of the first line that is none.
    fn measure_indent(&mut self, vm: &Vm) -> Outcome<()> {
        self.at_line_start = false;
        let mut indent = 0;
        loop {
            match self.reader.byte() {
                b' ' => {
                    indent += 1;
                    self.blanks |= crate::WHOLE as u8;
                }
                b'\t' => {
                    indent = (indent / TAB + 1) * TAB;
                    self.blanks |= 2 * crate::WHOLE as u8;
                }
                b'\x0c' | b'\n' => indent = 0,
                BACK if crate::WHOLE => self.reader.position.line = self.reader.position.line.saturating_sub(1).max(1),
                b'#' => {
                    self.reader.skip_line(vm)?;
                    continue;
                }
                b'\\' if self.reader.peek(1) == b'\n' => {
                    self.is_joined = true;
                    self.reader.advance(vm)?;
                }
                _ => break,
            }
            self.reader.advance(vm)?;
        }
        self.indent = if core::mem::take(&mut self.is_free) { 0 } else { indent };
        Ok(())
    }

    /// Blanks, comments and joined line ends within a logical line.
    pub(super) fn skip_blanks(&mut self, vm: &Vm) -> Outcome<()> {
        loop {
            match self.reader.byte() {
                b' ' | b'\t' | b'\x0c' => self.reader.advance(vm)?,
                b'#' => self.reader.skip_line(vm)?,
                b'\n' if self.is_inside() => self.reader.advance(vm)?,
                b'\\' if self.reader.peek(1) == b'\n' => self.reader.skip(vm, 2)?,
                _ => return Ok(()),
            }
        }
    }

    /// An identifier or keyword.
    fn word(&mut self, vm: &Vm) -> Outcome<(Token, Word)> {
        self.text.clear();
        let text = &mut self.text;
        self.reader.take_while(vm, &mut is_name_part, &mut |piece| text.push_all(vm, piece))?;
        let token = keyword(self.text.cells()).unwrap_or(Token::Name);
        if token == Token::Name || token.is_soft() {
            return Ok((token, Word::name(self.text.name(vm)?)));
        }
        Ok((token, Word::UNSET))
    }

    fn number(&mut self, vm: &Vm) -> Outcome {
        self.text.clear();
        let start = self.reader.position;
        let radix = match (self.reader.byte(), self.reader.peek(1) | 0x20) {
            (b'0', b'x') => 16,
            (b'0', b'o') => 8,
            (b'0', b'b') => 2,
            _ => 10,
        };
        let kind = if radix == 10 {
            self.decimal(vm)?
        } else {
            self.reader.skip(vm, 2)?;
            if self.reader.byte() == b'_' {
                self.reader.advance(vm)?;
            }
            if self.digits(vm, radix)? == 0 {
                return Err(self.error(vm, INVALID));
            }
            Number::Int(radix)
        };
        if is_name_part(self.reader.byte()) && !self.is_operator_word() {
            return Err(self.error(vm, INVALID));
        }
        let mut stack = Text::stack();
        let value = literal::number(vm, self.text.view(vm, &mut stack)?, kind)?;
        value.ok_or_else(|| self.error_of(vm, &SYNTAX_ERROR, start, "complex values not supported"))
    }

    /// A decimal number's text.
    fn decimal(&mut self, vm: &Vm) -> Outcome<Number> {
        let whole = self.digits(vm, 10)?;
        let (mut is_float, leads) = (false, whole > 1 && self.text.cells()[0].get() == b'0');
        if self.reader.byte() == b'.' {
            is_float = true;
            self.take(vm)?;
            self.digits(vm, 10)?;
        }
        let signed = matches!(self.reader.peek(1), b'+' | b'-') && self.reader.peek(2).is_ascii_digit();
        if self.reader.byte() | 0x20 == b'e' && (signed || self.reader.peek(1).is_ascii_digit()) {
            is_float = true;
            self.take(vm)?;
            if signed {
                self.take(vm)?;
            }
            self.digits(vm, 10)?;
        }
        if self.reader.byte() | 0x20 == b'j' {
            self.reader.advance(vm)?;
            return Ok(Number::Imaginary);
        }
        if leads && !is_float && self.text.cells().iter().any(|byte| byte.get() != b'0') {
            return Err(self.error(vm, INVALID));
        }
        Ok(if is_float { Number::Float } else { Number::Int(10) })
    }

    fn take(&mut self, vm: &Vm) -> Outcome<()> {
        self.text.push(vm, self.reader.byte())?;
        self.reader.advance(vm)
    }

    /// Collects digits; single underscores between them are left out. Returns how many there were.
    fn digits(&mut self, vm: &Vm, radix: u32) -> Outcome<usize> {
        let before = self.text.len();
        loop {
            let byte = self.reader.byte();
            if (byte as char).is_digit(radix) {
                self.take(vm)?;
            } else if byte == b'_' && self.text.len() > before && (self.reader.peek(1) as char).is_digit(radix) {
                self.reader.advance(vm)?;
            } else {
                return Ok(self.text.len() - before);
            }
        }
    }

    /// Whether a word that may follow a number without a blank begins: `1if x else 2`.
    fn is_operator_word(&self) -> bool {
        matches!(
            (self.reader.byte(), self.reader.peek(1)),
            (b'a', b'n') | (b'e', b'l') | (b'f', b'o') | (b'i', b'f' | b'n' | b's') | (b'n', b'o') | (b'o', b'r')
        )
    }

    fn operator(&mut self, vm: &Vm) -> Outcome<(Token, Word)> {
        let bytes = [self.reader.byte(), self.reader.peek(1), self.reader.peek(2)];
        if self.depth == 0
            && self.modes.any()
            && let Some(found) = self.field_operator(vm, bytes)?
        {
            return Ok(found);
        }
        let (token, length) = operator(bytes).ok_or_else(|| self.error(vm, INVALID))?;
        match token {
            Token::Open | Token::OpenBracket | Token::OpenBrace => self.depth += 1,
            Token::Close | Token::CloseBracket | Token::CloseBrace => {
                self.depth = self.depth.checked_sub(1).ok_or_else(|| self.error(vm, INVALID))?;
            }
            _ => {}
        }
        self.reader.skip(vm, length)?;
        Ok((token, Word::UNSET))
    }

    /// A `SyntaxError` at the byte at hand.
    #[cold]
    pub(super) fn error(&self, vm: &Vm, message: &str) -> Raised {
        self.error_of(vm, &SYNTAX_ERROR, self.reader.position, message)
    }

    /// An error of a type derived from `SyntaxError`, somewhere.
    #[cold]
    pub(super) fn error_of(&self, vm: &Vm, ty: &'static Type, at: Position, message: &str) -> Raised {
        vm.source_error(ty, self.file, at, message)
    }
}

/// Bytes above ASCII are letters here (the reader has checked that they are UTF-8).
fn is_name_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80 && byte != BAD
}

fn is_name_part(byte: u8) -> bool {
    is_name_start(byte) || byte.is_ascii_digit()
}
