//! Bytes of source through a small window: line ends made equal, UTF-8 checked, lines and columns counted.
//!
//! Whatever its line ends, the lexer sees `\n`. A byte that is not UTF-8 becomes `BAD`, which no lexeme accepts.

use super::Source;
use super::record::Record;
use super::tree::Position;
use crate::object::str::utf8::Utf8;
use crate::vm::{Outcome, Vm};

/// Stands for a byte that is not UTF-8.
pub(super) const BAD: u8 = 0xff;
/// Bytes that the lexer looks at: `rb"` and the like.
const AHEAD: usize = 4;
const WINDOW: usize = 64;

/// A `Source` with its window.
pub(super) struct Reader<'s> {
    source: &'s mut dyn Source,
    window: [u8; WINDOW],
    at: usize,
    end: usize,
    ended: bool,
    after_return: bool,
    utf8: Utf8,
    /// Line and column of the byte at hand.
    pub position: Position,
    /// The text of f-string fields.
    pub record: Record,
}

impl<'s> Reader<'s> {
    pub(super) fn new(source: &'s mut dyn Source) -> Reader<'s> {
        Reader {
            source,
            window: [0; WINDOW],
            at: 0,
            end: 0,
            ended: false,
            after_return: false,
            utf8: Utf8::START,
            position: Position { line: 1, column: 1 },
            record: Record::new(),
        }
    }

    /// Reads the first bytes, over a byte order mark.
    pub(super) fn begin(&mut self, vm: &Vm) -> Outcome<()> {
        self.fill(vm)?;
        if self.window.starts_with(b"\xef\xbb\xbf") {
            self.at = 3;
            self.fill(vm)?;
        }
        Ok(())
    }

    /// The byte `ahead` (below 4) of the one at hand; 0 at the end.
    #[inline]
    pub(super) fn peek(&self, ahead: usize) -> u8 {
        let at = self.at + ahead;
        if at < self.end { self.window[at] } else { 0 }
    }

    /// The byte at hand; 0 at the end.
    #[inline]
    pub(super) fn byte(&self) -> u8 {
        self.peek(0)
    }

    /// Whether everything was read.
    #[inline]
    pub(super) fn at_end(&self) -> bool {
        self.at >= self.end
    }

    /// To the next byte.
    #[inline]
    pub(super) fn advance(&mut self, vm: &Vm) -> Outcome<()> {
        let byte = self.byte();
        if byte == b'\n' {
            self.position = Position { line: self.position.line + 1, column: 1 };
        } else if byte & 0xc0 != 0x80 {
            self.position.column += 1;
        }
        self.record.push(vm, &[byte])?;
        self.at += 1;
        if self.end < self.at + AHEAD && !self.ended { self.fill(vm) } else { Ok(()) }
    }

    /// Over `count` bytes.
    pub(super) fn skip(&mut self, vm: &Vm, count: usize) -> Outcome<()> {
        (0..count).try_for_each(|_| self.advance(vm))
    }

    /// To the end of the line, which is not read.
    pub(super) fn skip_line(&mut self, vm: &Vm) -> Outcome<()> {
        self.take_while(vm, &mut |byte| byte != b'\n', &mut |_| Ok(()))
    }

    /// Over all bytes that are `wanted`, none of which ends a line, by the pieces that are in sight.
    #[inline(always)]
    pub(super) fn take_while(
        &mut self,
        vm: &Vm,
        wanted: &mut impl FnMut(u8) -> bool,
        take: &mut impl FnMut(&[u8]) -> Outcome<()>,
    ) -> Outcome<()> {
        loop {
            let rest = &self.window[self.at..self.end];
            let count = rest.iter().position(|byte| !wanted(*byte)).unwrap_or(rest.len());
            let piece = &rest[..count];
            take(piece)?;
            self.position.column += piece.iter().filter(|byte| **byte & 0xc0 != 0x80).count() as u32;
            self.record.push(vm, piece)?;
            self.at += count;
            if self.end >= self.at + AHEAD || self.ended {
                return Ok(());
            }
            self.fill(vm)?;
        }
    }

    /// Moves what is left to the front of the window and reads behind it, until there is enough to look ahead.
    #[cold]
    fn fill(&mut self, vm: &Vm) -> Outcome<()> {
        self.window.copy_within(self.at..self.end, 0);
        self.end -= self.at;
        self.at = 0;
        while self.end < AHEAD && !self.ended {
            let count = self.source.read(vm.here(), &mut self.window[self.end..])?;
            if count == 0 {
                self.ended = true;
                if self.utf8.is_inside() {
                    self.window[self.end] = BAD;
                    self.end += 1;
                }
                return Ok(());
            }
            let (from, to) = (self.end, (self.end + count).min(WINDOW));
            let is_plain = |byte: &u8| byte.is_ascii() && *byte != b'\r';
            if !self.after_return && !self.utf8.is_inside() && self.window[from..to].iter().all(is_plain) {
                self.end = to;
                continue;
            }
            for index in from..to {
                self.accept(self.window[index]);
            }
        }
        Ok(())
    }

    /// Adds a byte to the window, which has lost at least as many as it got.
    fn accept(&mut self, byte: u8) {
        let after_return = core::mem::replace(&mut self.after_return, byte == b'\r');
        if byte == b'\n' && after_return {
            return;
        }
        self.window[self.end] = match byte {
            b'\r' => b'\n',
            byte if self.utf8.accepts(byte) => byte,
            _ => BAD,
        };
        self.end += 1;
    }
}
