//! The tokens of a whole source text, and what is wrong with its characters, quotes, brackets and indentation.
//!
//! An error is a token as well: what lies behind it is unknown, and whoever does not get so far does not hear of it.

use super::{End, Message, Span};
use interpreter::compile::diagnosis::Mistake as Type;
use interpreter::source::BACK;
use std::borrow::Cow;

/// What a token is; which operator or keyword, its text says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Token {
    Name,
    Number,
    String,
    FStart,
    FMiddle,
    FEnd,
    Operator,
    Newline,
    Indent,
    Dedent,
    End,
    /// `Tokens::wrong` says what.
    Wrong,
}

/// A token, and where it lies: bytes of the text.
#[derive(Clone, Copy)]
pub struct Lexeme {
    pub token: Token,
    pub start: usize,
    pub end: usize,
    /// How many brackets are open behind it.
    pub depth: usize,
}

/// A bracket that is open.
#[derive(Clone, Copy)]
struct Open {
    bracket: u8,
    at: usize,
    line: usize,
}

/// All tokens.
pub struct Tokens {
    pub all: Vec<Lexeme>,
    /// What the token `Wrong` at the end is about.
    pub wrong: Option<Message>,
    /// The innermost bracket that was never closed.
    pub unclosed: Option<usize>,
    /// Whether the source ended within something.
    pub is_cut: bool,
    /// Whether there is a t-string, behind which nothing is known.
    pub is_unknown: bool,
}

/// An f-string under way.
struct Format {
    quote: u8,
    is_triple: bool,
    is_raw: bool,
    start: usize,
    /// Brackets around each of its open fields, and whether that is in its format.
    fields: Vec<(usize, bool)>,
}

struct Lexer<'t> {
    text: &'t [u8],
    at: usize,
    line: usize,
    tokens: Vec<Lexeme>,
    open: Vec<Open>,
    indents: Vec<(usize, usize)>,
    formats: Vec<Format>,
}

/// What stopped the lexer.
enum Stop {
    Wrong(Message),
    /// The source ended.
    Cut,
    /// A t-string, of which the reference alone says what is wrong: its words stay.
    Template,
}

/// Reads them; whether the text is an expression, the first line of which may be indented.
pub fn tokens(text: &str, is_expression: bool) -> Tokens {
    let mut lexer = Lexer {
        text: text.as_bytes(),
        at: 0,
        line: 1,
        tokens: Vec::new(),
        open: Vec::new(),
        indents: vec![(0, 0)],
        formats: Vec::new(),
    };
    let stopped = lexer.run(is_expression);
    let (mut wrong, mut is_cut, mut is_unknown) = (None, false, false);
    if let Err(stop) = stopped {
        let at = lexer.at.min(text.len());
        match stop {
            Stop::Wrong(message) => wrong = Some(message),
            Stop::Cut => is_cut = true,
            Stop::Template => is_unknown = true,
        }
        lexer.push(Token::Wrong, at);
    }
    Tokens { all: lexer.tokens, wrong, unclosed: lexer.open.last().map(|open| open.at), is_cut, is_unknown }
}

const TAB: usize = 8;

impl Lexer<'_> {
    fn peek(&self, ahead: usize) -> u8 {
        self.text.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn rest(&self) -> &[u8] {
        &self.text[self.at.min(self.text.len())..]
    }

    fn push(&mut self, token: Token, start: usize) {
        self.push_at(token, start, self.at);
    }

    fn push_at(&mut self, token: Token, start: usize, end: usize) {
        self.tokens.push(Lexeme { token, start, end, depth: self.open.len() });
    }

    fn wrong(&self, ty: Type, span: Span, text: impl Into<Cow<'static, str>>) -> Stop {
        Stop::Wrong(Message {
            kind: ty,
            text: text.into().into_owned(),
            span,
            ends_line: ty != Type::Syntax || span.end == End::Says(0) || span.end == End::Says(-1),
        })
    }

    /// An error at one place, which ends there too.
    fn here(&self, at: usize, text: impl Into<Cow<'static, str>>) -> Stop {
        self.wrong(Type::Syntax, Span::new(at, at), text)
    }

    fn run(&mut self, is_expression: bool) -> Result<(), Stop> {
        if is_expression {
            while matches!(self.peek(0), b' ' | b'\t') {
                self.at += 1;
            }
        } else {
            self.indentation()?;
        }
        loop {
            if let Some(format) = self.formats.last()
                && format.fields.last().is_none_or(|field| field.1 && field.0 == self.open.len())
            {
                self.format_text()?;
                continue;
            }
            self.blanks()?;
            if self.at >= self.text.len() {
                return self.end();
            }
            let start = self.at;
            let byte = self.peek(0);
            if byte == b'\n' {
                self.at += 1;
                self.line += 1;
                if self.open.is_empty() && self.formats.is_empty() {
                    let has_token = self
                        .tokens
                        .last()
                        .is_some_and(|last| !matches!(last.token, Token::Newline | Token::Indent | Token::Dedent));
                    if has_token {
                        self.push_at(Token::Newline, start, start);
                    }
                    self.indentation()?;
                }
                continue;
            }
            if is_name_start(byte) {
                self.name()?;
            } else if byte.is_ascii_digit() || byte == b'.' && self.peek(1).is_ascii_digit() {
                self.number()?;
            } else if matches!(byte, b'"' | b'\'') {
                self.string(start)?;
            } else {
                self.operator()?;
            }
        }
    }

    fn end(&mut self) -> Result<(), Stop> {
        if !self.open.is_empty() || !self.formats.is_empty() {
            return Err(Stop::Cut);
        }
        if self.tokens.last().is_some_and(|last| !matches!(last.token, Token::Newline | Token::Indent | Token::Dedent)) {
            self.push(Token::Newline, self.at);
        }
        // The end is behind the last line, not before the next one.
        let end = self.text.strip_suffix(b"\n").unwrap_or(self.text).len();
        while self.indents.len() > 1 {
            self.indents.pop();
            self.push_at(Token::Dedent, end, end);
        }
        self.push_at(Token::End, end, end);
        Ok(())
    }

    /// Blanks, joined lines and comments.
    fn blanks(&mut self) -> Result<(), Stop> {
        loop {
            match self.peek(0) {
                b' ' | b'\t' | b'\x0c' => self.at += 1,
                b'#' => {
                    if self.formats.last().is_some_and(|format| !format.is_triple) {
                        return Err(self.here(self.at, "f-string expression part cannot include '#'"));
                    }
                    while self.at < self.text.len() && self.peek(0) != b'\n' {
                        self.at += 1;
                    }
                }
                b'\\' if self.peek(1) == b'\n' => {
                    if self.at + 2 >= self.text.len() {
                        return Err(self.cut());
                    }
                    self.at += 2;
                    self.line += 1;
                }
                b'\\' => {
                    if self.at + 1 >= self.text.len() {
                        return Err(self.cut());
                    }
                    let span = Span::open(self.at + 1, 0);
                    return Err(self.wrong(Type::Syntax, span, "unexpected character after line continuation character"));
                }
                _ => return Ok(()),
            }
        }
    }

    /// A line is to be joined with the next one, and there is none.
    fn cut(&self) -> Stop {
        match self.open.is_empty() {
            true => self.wrong(Type::Syntax, Span::open(self.at + 1, -1), "unexpected EOF while parsing"),
            false => Stop::Cut,
        }
    }

    /// The beginning of a line.
    fn indentation(&mut self) -> Result<(), Stop> {
        let (mut column, mut other);
        loop {
            (column, other) = (0, 0);
            loop {
                match self.peek(0) {
                    b' ' => (column, other) = (column + 1, other + 1),
                    b'\t' => (column, other) = ((column / TAB + 1) * TAB, other + 1),
                    b'\x0c' => (column, other) = (0, 0),
                    BACK => self.line = self.line.saturating_sub(1).max(1),
                    _ => break,
                }
                self.at += 1;
            }
            let start = self.at;
            if self.peek(0) == b'#' {
                while self.at < self.text.len() && self.peek(0) != b'\n' {
                    self.at += 1;
                }
            }
            if self.at >= self.text.len() {
                return Ok(());
            }
            if self.peek(0) != b'\n' {
                self.at = start;
                break;
            }
            self.at += 1;
            self.line += 1;
        }
        let &(current, current_other) = self.indents.last().expect("the outermost stays");
        let mixed = |lexer: &Lexer| {
            lexer.wrong(Type::Tab, Span::open(lexer.line_start(), 0), "inconsistent use of tabs and spaces in indentation")
        };
        if column == current {
            return if other == current_other { Ok(()) } else { Err(mixed(self)) };
        }
        if column > current {
            if other <= current_other {
                return Err(mixed(self));
            }
            self.indents.push((column, other));
            self.push(Token::Indent, self.at);
            return Ok(());
        }
        while column < self.indents.last().expect("the outermost stays").0 {
            self.indents.pop();
            self.push(Token::Dedent, self.at);
        }
        let &(current, current_other) = self.indents.last().expect("the outermost stays");
        if column != current {
            let end = self.line_end();
            return Err(self.wrong(
                Type::Indentation,
                Span::open(end, -1),
                "unindent does not match any outer indentation level",
            ));
        }
        if other == current_other { Ok(()) } else { Err(mixed(self)) }
    }

    fn line_start(&self) -> usize {
        self.text[..self.at].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1)
    }

    fn line_end(&self) -> usize {
        self.at + self.rest().iter().position(|byte| *byte == b'\n').unwrap_or(self.rest().len())
    }

    fn name(&mut self) -> Result<(), Stop> {
        let start = self.at;
        while is_name_part(self.peek(0)) {
            self.at += 1;
        }
        let word = &self.text[start..self.at];
        if matches!(self.peek(0), b'"' | b'\'') && word.len() <= 2 {
            let lower = word.to_ascii_lowercase();
            match lower.as_slice() {
                b"r" | b"b" | b"u" | b"br" | b"rb" => return self.string(start),
                b"f" | b"rf" | b"fr" => return self.format(start),
                b"t" | b"rt" | b"tr" => return Err(Stop::Template),
                _ => {}
            }
        }
        if !word.is_ascii() {
            self.check_letters(start)?;
        }
        self.push(Token::Name, start);
        Ok(())
    }

    /// Characters above ASCII must be letters.
    fn check_letters(&self, start: usize) -> Result<(), Stop> {
        let word = std::str::from_utf8(&self.text[start..self.at]).unwrap_or("");
        let is_part = |(index, letter): &(usize, char)| match index {
            0 => letter.is_alphabetic() || *letter == '_' || is_stand_in(*letter),
            _ => letter.is_alphanumeric() || *letter == '_' || is_mark(*letter) || is_stand_in(*letter),
        };
        match word.char_indices().find(|part| !is_part(part)) {
            None => Ok(()),
            Some((index, letter)) => Err(self.letter(start + index, letter)),
        }
    }

    fn letter(&self, at: usize, letter: char) -> Stop {
        let code = letter as u32;
        if letter.is_control() || matches!(code, 0xa0 | 0x2000..=0x200f | 0x2028..=0x202f | 0x205f..=0x206f | 0x3000 | 0xfeff) {
            return self.here(at, format!("invalid non-printable character U+{code:04X}"));
        }
        self.here(at, format!("invalid character '{letter}' (U+{code:04X})"))
    }

    // Numbers.

    fn number(&mut self) -> Result<(), Stop> {
        let start = self.at;
        let kind = match (self.peek(0), self.peek(1) | 0x20) {
            (b'0', b'x') => self.radix(16, "hexadecimal")?,
            (b'0', b'o') => self.radix(8, "octal")?,
            (b'0', b'b') => self.radix(2, "binary")?,
            _ => self.decimal(start)?,
        };
        self.number_end(kind)?;
        self.push(Token::Number, start);
        Ok(())
    }

    fn radix(&mut self, base: u32, kind: &'static str) -> Result<&'static str, Stop> {
        self.at += 2;
        loop {
            if self.peek(0) == b'_' {
                self.at += 1;
            }
            let digit = self.peek(0);
            if !(digit as char).is_digit(base) {
                if digit.is_ascii_digit() {
                    return Err(self.here_of(self.at + 1, format!("invalid digit '{}' in {kind} literal", digit as char)));
                }
                return Err(self.here_of(self.at, format!("invalid {kind} literal")));
            }
            while (self.peek(0) as char).is_digit(base) {
                self.at += 1;
            }
            if self.peek(0) != b'_' {
                break;
            }
        }
        let digit = self.peek(0);
        if digit.is_ascii_digit() {
            return Err(self.here_of(self.at + 1, format!("invalid digit '{}' in {kind} literal", digit as char)));
        }
        Ok(kind)
    }

    /// An error in a number that was read up to `at`: it points at what was read last.
    fn here_of(&self, at: usize, text: String) -> Stop {
        self.here(at.saturating_sub(1), text)
    }

    fn digits(&mut self) -> Result<(), Stop> {
        loop {
            while self.peek(0).is_ascii_digit() {
                self.at += 1;
            }
            if self.peek(0) != b'_' {
                return Ok(());
            }
            self.at += 1;
            if !self.peek(0).is_ascii_digit() {
                return Err(self.here_of(self.at, "invalid decimal literal".into()));
            }
        }
    }

    fn decimal(&mut self, start: usize) -> Result<&'static str, Stop> {
        if self.peek(0) == b'0' {
            loop {
                if self.peek(0) == b'_' {
                    self.at += 1;
                    if !self.peek(0).is_ascii_digit() {
                        return Err(self.here_of(self.at, "invalid decimal literal".into()));
                    }
                }
                if self.peek(0) != b'0' {
                    break;
                }
                self.at += 1;
            }
            let zeros = self.at;
            if self.peek(0).is_ascii_digit() {
                self.digits()?;
                if !matches!(self.peek(0), b'.' | b'e' | b'E' | b'j' | b'J') {
                    let text = "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers";
                    return Err(self.wrong(Type::Syntax, Span::new(start, zeros), text));
                }
            }
        } else if self.peek(0) != b'.' {
            self.digits()?;
        }
        if self.peek(0) == b'.' {
            self.at += 1;
            if self.peek(0).is_ascii_digit() {
                self.digits()?;
            }
        }
        if matches!(self.peek(0), b'e' | b'E') {
            let signed = matches!(self.peek(1), b'+' | b'-');
            if self.peek(1 + signed as usize).is_ascii_digit() {
                self.at += 1 + signed as usize;
                self.digits()?;
            } else if signed {
                self.at += 2;
                return Err(self.here_of(self.at, "invalid decimal literal".into()));
            }
        }
        if matches!(self.peek(0), b'j' | b'J') {
            self.at += 1;
            return Ok("imaginary");
        }
        Ok("decimal")
    }

    /// What may follow a number: no letter, but the keywords that can.
    fn number_end(&mut self, kind: &'static str) -> Result<(), Stop> {
        const KEYWORDS: [&[u8]; 8] = [b"and", b"else", b"for", b"if", b"in", b"is", b"or", b"not"];
        let byte = self.peek(0);
        if !is_name_part(byte) {
            return Ok(());
        }
        let rest = self.rest();
        let word = &rest[..rest.iter().position(|byte| !is_name_part(*byte)).unwrap_or(rest.len())];
        if KEYWORDS.iter().any(|keyword| word.starts_with(keyword)) {
            return Ok(());
        }
        if byte >= 0x80 {
            let letter = std::str::from_utf8(rest).ok().and_then(|rest| rest.chars().next());
            if let Some(letter) = letter.filter(|letter| !letter.is_alphanumeric()) {
                return Err(self.letter(self.at, letter));
            }
        }
        Err(self.here_of(self.at, format!("invalid {kind} literal")))
    }

    // Strings.

    fn string(&mut self, start: usize) -> Result<(), Stop> {
        let quote = self.peek(0);
        let is_triple = self.peek(1) == quote && self.peek(2) == quote;
        self.at += if is_triple { 3 } else { 1 };
        loop {
            let byte = self.peek(0);
            if self.at >= self.text.len() || byte == b'\n' && !is_triple {
                let text = match is_triple {
                    true => format!("unterminated triple-quoted string literal (detected at line {})", self.last_line()),
                    false => format!("unterminated string literal (detected at line {})", self.line),
                };
                return Err(self.here(start, text));
            }
            if byte == quote && (!is_triple || self.peek(1) == quote && self.peek(2) == quote) {
                self.at += if is_triple { 3 } else { 1 };
                break;
            }
            if byte == b'\\' {
                self.at += 1;
            }
            if self.peek(0) == b'\n' {
                self.line += 1;
            }
            self.at += 1;
        }
        self.push(Token::String, start);
        Ok(())
    }

    /// The line that the source ends in.
    fn last_line(&self) -> usize {
        let ends_line = self.text.last() == Some(&b'\n');
        self.line - (ends_line && self.line > 1) as usize
    }

    fn format(&mut self, start: usize) -> Result<(), Stop> {
        let is_raw = self.text[start..self.at].iter().any(|byte| byte | 0x20 == b'r');
        let quote = self.peek(0);
        let is_triple = self.peek(1) == quote && self.peek(2) == quote;
        self.at += if is_triple { 3 } else { 1 };
        self.push(Token::FStart, start);
        self.formats.push(Format { quote, is_triple, is_raw, start, fields: Vec::new() });
        Ok(())
    }

    /// Text of an f-string, up to a field or its end.
    fn format_text(&mut self) -> Result<(), Stop> {
        let format = self.formats.last().expect("one is under way");
        let (quote, is_triple, is_raw, opened) = (format.quote, format.is_triple, format.is_raw, format.start);
        let in_format = !format.fields.is_empty();
        let start = self.at;
        loop {
            let byte = self.peek(0);
            if self.at >= self.text.len() || byte == b'\n' && !is_triple {
                if in_format && byte == b'\n' && self.at < self.text.len() {
                    break;
                }
                let text = match is_triple {
                    true => format!("unterminated triple-quoted f-string literal (detected at line {})", self.last_line()),
                    false => format!("unterminated f-string literal (detected at line {})", self.line),
                };
                return Err(self.here(opened, text));
            }
            if byte == quote && (!is_triple || self.peek(1) == quote && self.peek(2) == quote) {
                if in_format {
                    break;
                }
                if self.at > start {
                    self.push(Token::FMiddle, start);
                }
                let end = self.at;
                self.at += if is_triple { 3 } else { 1 };
                self.push(Token::FEnd, end);
                self.formats.pop();
                return Ok(());
            }
            match byte {
                b'{' if self.peek(1) == b'{' && !in_format => self.at += 2,
                b'}' if self.peek(1) == b'}' && !in_format => self.at += 2,
                b'{' | b'}' => break,
                b'\\' if is_raw => self.at += 1,
                b'\\' if self.peek(1) == b'N' && self.peek(2) == b'{' => {
                    while self.at < self.text.len() && !matches!(self.peek(0), b'}' | b'\n') {
                        self.at += 1;
                    }
                    if self.peek(0) == b'}' {
                        self.at += 1;
                    }
                }
                b'\\' if matches!(self.peek(1), b'{' | b'}') => self.at += 1,
                b'\\' => {
                    if self.peek(1) == b'\n' {
                        self.line += 1;
                    }
                    self.at += 2;
                }
                b'\n' => {
                    self.line += 1;
                    self.at += 1;
                }
                _ => self.at += 1,
            }
        }
        if self.at > start {
            self.push(Token::FMiddle, start);
        }
        let at = self.at;
        match self.peek(0) {
            b'{' => {
                self.at += 1;
                self.open.push(Open { bracket: b'{', at, line: self.line });
                let depth = self.open.len();
                self.formats.last_mut().expect("one is under way").fields.push((depth, false));
                self.push(Token::Operator, at);
            }
            b'}' if in_format => {
                self.at += 1;
                self.open.pop();
                self.formats.last_mut().expect("one is under way").fields.pop();
                self.push(Token::Operator, at);
            }
            b'}' => return Err(self.here(at, "f-string: single '}' is not allowed")),
            // The end of the string or of its line, within a field's format.
            _ => return Err(self.here(at, "f-string: expecting '}'")),
        }
        Ok(())
    }

    // Operators.

    fn operator(&mut self) -> Result<(), Stop> {
        const LONG: [&[u8]; 25] = [
            b"**=", b"//=", b">>=", b"<<=", b"...", b"**", b"//", b">>", b"<<", b"->", b":=", b"+=", b"-=", b"*=", b"/=", b"%=",
            b"@=", b"&=", b"|=", b"^=", b"==", b"!=", b"<=", b">=", b"<>",
        ];
        let start = self.at;
        let byte = self.peek(0);
        let in_field =
            self.formats.last().and_then(|format| format.fields.last()).is_some_and(|field| field.0 == self.open.len());
        if in_field && (byte == b':' || byte == b'!' && self.peek(1) != b'=') {
            self.at += 1;
            if byte == b':' {
                self.formats.last_mut().expect("one is under way").fields.last_mut().expect("one is open").1 = true;
            }
            self.push(Token::Operator, start);
            return Ok(());
        }
        let rest = self.rest();
        let long = LONG.iter().find(|text| rest.starts_with(text));
        if let Some(text) = long {
            self.at += text.len();
            self.push(Token::Operator, start);
            return Ok(());
        }
        match byte {
            b'(' | b'[' | b'{' => {
                self.at += 1;
                if self.open.len() >= 200 {
                    return Err(self.here(start, "too many nested parentheses"));
                }
                self.open.push(Open { bracket: byte, at: start, line: self.line });
            }
            b')' | b']' | b'}' => self.close(byte)?,
            b'+' | b'-' | b'*' | b'/' | b'%' | b'@' | b'&' | b'|' | b'^' | b'~' | b'<' | b'>' | b'=' | b',' | b':' | b';'
            | b'.' => self.at += 1,
            b'!' | b'?' | b'$' | b'`' => {
                self.at += 1;
                self.push(Token::Operator, start);
                return Ok(());
            }
            0..=0x1f | 0x7f => return Err(self.here(start, format!("invalid non-printable character U+{byte:04X}"))),
            _ => {
                let letter = std::str::from_utf8(rest).ok().and_then(|rest| rest.chars().next()).unwrap_or('?');
                return Err(self.letter(start, letter));
            }
        }
        self.push(Token::Operator, start);
        Ok(())
    }

    fn close(&mut self, byte: u8) -> Result<(), Stop> {
        let start = self.at;
        let bracket = byte as char;
        let field = self.formats.last().and_then(|format| format.fields.last()).map(|field| field.0);
        let Some(open) = self.open.last().copied() else {
            return Err(self.here(start, format!("unmatched '{bracket}'")));
        };
        if field == Some(self.open.len()) && byte != b'}' {
            return Err(self.here(start, format!("f-string: unmatched '{bracket}'")));
        }
        let wanted = match open.bracket {
            b'(' => b')',
            b'[' => b']',
            _ => b'}',
        };
        if byte != wanted {
            let prefix = if field.is_some() { "f-string: " } else { "" };
            let line = if open.line == self.line { String::new() } else { format!(" on line {}", open.line) };
            let text = format!(
                "{prefix}closing parenthesis '{bracket}' does not match opening parenthesis '{}'{line}",
                open.bracket as char
            );
            return Err(self.here(start, text));
        }
        self.at += 1;
        self.open.pop();
        if field == Some(self.open.len() + 1) {
            self.formats.last_mut().expect("one is under way").fields.pop();
        }
        Ok(())
    }
}

fn is_mark(letter: char) -> bool {
    matches!(letter as u32, 0x300..=0x36f | 0x483..=0x487 | 0x591..=0x5bd | 0x610..=0x61a | 0x64b..=0x669 | 0x900..=0x903 | 0x93a..=0x94f | 0xb7 | 0x203f..=0x2040 | 0x20d0..=0x20dc | 0xfe00..=0xfe0f | 0xe0100..=0xe01ef)
}

/// Whether it stands for a character that no name in source has, in the source of a tree (`_astunparse`).
fn is_stand_in(letter: char) -> bool {
    (0x10_fe00..0x10_fe80).contains(&(letter as u32))
}

fn is_name_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80
}

fn is_name_part(byte: u8) -> bool {
    is_name_start(byte) || byte.is_ascii_digit()
}
