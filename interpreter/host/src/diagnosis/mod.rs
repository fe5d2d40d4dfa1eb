//! What is wrong with a source text, in CPython's words and at its places.
//!
//! The interpreter's own parser knows where a text stops being Python, and that is enough for a board. People want to hear more: which
//! bracket was never closed, where a comma is missing, what cannot be assigned to. So on hosts a text that did not compile is read
//! once more: `token` makes tokens of all of it, `machine` runs a grammar (`grammar.txt`) over them that has the mistakes in it,
//! and what is Python by its form but not by its meaning (`return` outside of a function) is looked for in the tree of that (`scope`).
//! Text in, message out.

mod grammar;
mod machine;
mod meaning;
mod scope;
mod token;

use interpreter::compile::diagnosis::{Diagnosis, Mistake};
use interpreter::source::Mode;
use machine::Machine;

/// Where a part of the text ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    /// Before this byte.
    At(usize),
    /// CPython does not know, and says this.
    Says(isize),
}

/// From where to where, in bytes of the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    pub start: usize,
    pub end: End,
    /// Whether its column counts from 0, as CPython's does for what has no text.
    pub is_blank: bool,
}

impl Span {
    pub fn new(start: usize, end: usize) -> Span {
        Span { start, end: End::At(end), is_blank: false }
    }

    pub fn open(start: usize, end: isize) -> Span {
        Span { start, end: End::Says(end), is_blank: false }
    }
}

/// A message about a part of the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Message {
    pub kind: Mistake,
    pub text: String,
    pub span: Span,
    /// Whether CPython shows its line with the line end: it does but for what the lexer says.
    pub ends_line: bool,
}

/// Machine stack for reading what is deeply nested.
const STACK: usize = 256 << 20;

/// Reads a source that did not compile, and says what is wrong with it, if that is known.
pub fn explain(read: &mut dyn FnMut(&mut [u8]) -> usize, mode: Mode, say: &mut dyn FnMut(&Diagnosis)) {
    let (mut bytes, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        let count = read(&mut buffer);
        if count == 0 {
            break;
        }
        bytes.extend_from_slice(&buffer[..count]);
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return tell_encoding(error.as_bytes(), error.utf8_error().valid_up_to(), say),
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n").replace('\r', "\n");
    let reader = std::thread::Builder::new().stack_size(STACK);
    let found = std::thread::scope(|scope| reader.spawn_scoped(scope, || message(&text, mode)).ok()?.join().ok()?);
    if let Some((message, by_meaning)) = found {
        tell(&text, mode, message, by_meaning, say);
    }
}

/// Tells of a text that is no UTF-8, from a byte on.
fn tell_encoding(bytes: &[u8], at: usize, say: &mut dyn FnMut(&Diagnosis)) {
    let start = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let length = bytes[start..].iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len() - start);
    let number = bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
    let declares = |line: &[u8]| line.trim_ascii_start().starts_with(b"#") && line.windows(6).any(|word| word == b"coding");
    let why = match bytes.split(|byte| *byte == b'\n').take(2).any(declares) {
        true => "though the encoding declared is UTF-8",
        false => "but no encoding declared; see https://peps.python.org/pep-0263/ for details",
    };
    let message = format!("Non-UTF-8 code starting with '\\x{:02x}' on line {number}, {why}", bytes[at]);
    let column = String::from_utf8_lossy(&bytes[start..at]).chars().count() as isize + 1;
    let line = String::from_utf8_lossy(&bytes[start..start + length]);
    let (start, end) = ((number, column), (number, column + 1));
    say(&Diagnosis { mistake: Mistake::Syntax, message: &message, line: &line, start, end, by_meaning: false });
}

/// The message, and whether the text is Python by its form.
fn message(text: &str, mode: Mode) -> Option<(Message, bool)> {
    let tokens = token::tokens(text, mode == Mode::Eval);
    let mut machine = Machine::new(text, &tokens, mode);
    match machine.read() {
        Ok(nodes) => Some((scope::message(&machine, &nodes)?, true)),
        Err(message) => Some((message?, false)),
    }
}

fn tell(text: &str, mode: Mode, message: Message, by_meaning: bool, say: &mut dyn FnMut(&Diagnosis)) {
    let place = |at: usize| {
        let before = &text[..at.min(text.len())];
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        (before.matches('\n').count() + 1, before[start..].chars().count() as isize + 1)
    };
    let Span { start, end, is_blank } = message.span;
    let mut start = place(start);
    start.1 -= is_blank as isize;
    let end = match end {
        End::At(at) => place(at),
        End::Says(column) => (start.0, column),
    };
    let mut line = text.split('\n').nth(start.0 - 1).unwrap_or("").to_string();
    if message.ends_line && (mode != Mode::Eval || text.ends_with('\n')) {
        line.push('\n');
    }
    say(&Diagnosis { mistake: message.kind, message: &message.text, line: &line, start, end, by_meaning });
}

#[cfg(test)]
mod tests;
