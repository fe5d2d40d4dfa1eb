//! The line editor: a line of text with a cursor, keys, history, indentation and completion.
//!
//! It talks to any terminal that knows a few of ECMA-48's sequences (erase to the end of the line, cursor left). The line
//! is bytes in the heap; the cursor moves by whole UTF-8 characters.

use super::{CTRL_A, CTRL_B, CTRL_C, CTRL_D, CTRL_E, HISTORY, completion, words, write};
use crate::object::handle::Handle;
use crate::object::list::List;
use crate::object::print::{Builder, RawBytes};
use crate::object::str::utf8;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

/// Lines kept in the history.
const REMEMBERED: usize = 50;

/// How reading a line ended.
pub(super) enum End {
    /// Enter.
    Line,
    /// A control key with a meaning for the prompt (on an empty line, or Ctrl-C).
    Key(u8),
    /// Input has ended.
    Closed,
}

/// A statement being typed: finished lines, and the one with the cursor.
pub(super) struct Line {
    /// None before the first key: with a full heap, control keys still work.
    bytes: Option<Handle<RawBytes>>,
    length: usize,
    /// Where the line with the cursor starts.
    start: usize,
    cursor: usize,
    indentation: Indentation,
}

/// Whether new lines of a statement begin with spaces.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Indentation {
    Wanted,
    /// They were just put in: a space or tab typed now says that the writer indents.
    Fresh,
    Unwanted,
}

/// Keys that arrive as several bytes.
enum Key {
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    Delete,
    /// Escape, or Ctrl with an arrow, and this letter: moves by words.
    Word(u8),
    Other,
}

impl Line {
    pub(super) const fn new() -> Line {
        Line { bytes: None, length: 0, start: 0, cursor: 0, indentation: Indentation::Wanted }
    }

    fn cells(&self) -> &[Cell<u8>] {
        self.bytes.as_ref().map_or(&[], |bytes| bytes.get().tail())
    }

    pub(super) fn byte(&self, at: usize) -> u8 {
        self.cells()[at].get()
    }

    /// Where the line with the cursor starts, where the cursor is, where the line ends.
    pub(super) fn bounds(&self) -> (usize, usize, usize) {
        (self.start, self.cursor, self.length)
    }

    fn is_boundary(&self, at: usize) -> bool {
        at >= self.length || self.byte(at) & 0xc0 != 0x80
    }

    fn before(&self, mut at: usize) -> usize {
        while at > self.start {
            at -= 1;
            if self.is_boundary(at) {
                break;
            }
        }
        at
    }

    fn after(&self, mut at: usize) -> usize {
        while at < self.length {
            at += 1;
            if self.is_boundary(at) {
                break;
            }
        }
        at
    }

    /// Puts bytes in at the cursor.
    fn insert(&mut self, vm: &Vm, new: &[u8]) -> Outcome<()> {
        let length = self.length + new.len();
        if length > self.cells().len() {
            let larger = vm.new_raw_bytes((length + length / 2).max(32))?;
            larger.tail().iter().zip(self.cells()).for_each(|(to, from)| to.set(from.get()));
            self.bytes = Some(larger);
        }
        let cells = self.cells();
        for at in (self.cursor..self.length).rev() {
            cells[at + new.len()].set(cells[at].get());
        }
        cells[self.cursor..].iter().zip(new).for_each(|(to, from)| to.set(*from));
        (self.length, self.cursor) = (length, self.cursor + new.len());
        Ok(())
    }

    /// Takes out what lies between `from` and `to`; the cursor ends up at `from`.
    fn remove(&mut self, from: usize, to: usize) {
        let cells = self.cells();
        for at in to..self.length {
            cells[at - (to - from)].set(cells[at].get());
        }
        (self.length, self.cursor) = (self.length - (to - from), from);
    }

    fn replace(&mut self, vm: &Vm, text: &[u8]) -> Outcome<()> {
        self.remove(self.start, self.length);
        self.insert(vm, text)
    }

    /// Everything typed so far, as a `str`.
    pub(super) fn text(&self, vm: &Vm) -> Outcome {
        let cells = &self.cells()[..self.length];
        if crate::vfs::file::is_utf8(cells) { vm.new_str_from_cells(cells) } else { vm.new_str("") }
    }

    /// Whether the statement goes on in the next line.
    pub(super) fn needs_more(&self, vm: &Vm) -> bool {
        match self.text(vm) {
            Ok(text) => crate::source::needs_more(vm.text_of(text)),
            Err(raised) => {
                vm.take_raised(raised);
                false
            }
        }
    }

    /// Starts the next line, as far in as the last one, and further after a colon; at the edge after two blank lines.
    pub(super) fn indent(&mut self, vm: &Vm) -> Outcome<()> {
        let spaces = (self.start..self.length).take_while(|&at| self.byte(at) == b' ').count();
        let blank = self.start + spaces == self.length && self.follows_blank();
        let opens = self.length > self.start && self.byte(self.length - 1) == b':';
        self.cursor = self.length;
        self.insert(vm, b"\n")?;
        self.start = self.length;
        if blank || self.indentation == Indentation::Unwanted {
            return Ok(());
        }
        for _ in 0..spaces / 4 + opens as usize {
            self.insert(vm, b"    ")?;
            self.indentation = Indentation::Fresh;
        }
        Ok(())
    }

    /// Whether the line above the last one is blank.
    fn follows_blank(&self) -> bool {
        (0..self.start.saturating_sub(1)).rev().map(|at| self.byte(at)).take_while(|byte| *byte != b'\n').all(|byte| byte == b' ')
    }

    /// The first key after fresh indentation. A writer who indents takes it away (up to the space typed now), or takes it
    /// for the tab; `true` when that was all that the key does.
    fn settle(&mut self, vm: &Vm, key: u8) -> bool {
        if self.indentation != Indentation::Fresh {
            return false;
        }
        self.indentation = if matches!(key, b' ' | b'\t') { Indentation::Unwanted } else { Indentation::Wanted };
        if key == b' ' {
            self.left(vm, self.cursor - self.start - 1);
            self.remove(self.start + 1, self.length);
        }
        self.indentation == Indentation::Unwanted
    }

    /// Adds the statement's lines to the history.
    pub(super) fn remember(&self, vm: &Vm) -> Outcome<()> {
        if vm.root(HISTORY) == Word::UNSET {
            vm.set_root(HISTORY, vm.new_list(&[])?);
        }
        let text = self.text(vm)?;
        for line in vm.text_of(text).split('\n').filter(|line| !line.trim_ascii().is_empty()) {
            let history = vm.root(HISTORY);
            let last = past(vm, 1);
            if vm.text_of(last) != line {
                let line = vm.new_str(line)?;
                vm.call_method(history, name!(append), &[line])?;
            }
            if vm.length(history)? > REMEMBERED {
                vm.call_method(history, name!(pop), &[Word::int(0)])?;
            }
        }
        Ok(())
    }

    /// Draws from `from` to the end and puts the terminal's cursor where the line's is.
    fn redraw(&self, vm: &Vm, from: usize) {
        for at in from..self.length {
            vm.write_console(&[self.byte(at)]);
        }
        self.left(vm, (self.cursor..self.length).filter(|&at| self.is_boundary(at)).count());
    }

    fn left(&self, vm: &Vm, columns: usize) {
        for _ in 0..columns {
            write(vm, "\x08");
        }
    }

    /// Moves both cursors.
    pub(super) fn go(&mut self, vm: &Vm, to: usize) {
        if to < self.cursor {
            self.left(vm, (to..self.cursor).filter(|&at| self.is_boundary(at)).count());
        }
        for at in self.cursor..to {
            vm.write_console(&[self.byte(at)]);
        }
        self.cursor = to;
    }

    pub(super) fn erase(&mut self, vm: &Vm, from: usize, to: usize) {
        if from == to {
            return;
        }
        self.go(vm, from);
        self.remove(from, to);
        write(vm, "\x1b[K");
        self.redraw(vm, from);
    }

    fn typed(&mut self, vm: &Vm, bytes: &[u8]) -> Outcome<()> {
        let from = self.cursor;
        self.insert(vm, bytes)?;
        if self.cursor == self.length {
            vm.write_console(bytes);
        } else {
            self.redraw(vm, from);
        }
        Ok(())
    }
}

/// The line `back` steps ago; an empty one beyond the oldest.
fn past(vm: &Vm, back: usize) -> Word {
    let list = Handle::<List>::from(vm.root(HISTORY)).filter(|_| back > 0);
    let entry = list.and_then(|list| Some(list.items.get(list.len.get().checked_sub(back)?)));
    entry.unwrap_or(Word::name(name!("")))
}

/// Reads keys until the line ends.
pub(super) fn read_line(vm: &Vm, line: &mut Line, prompt: &str) -> Outcome<End> {
    write(vm, prompt);
    if line.length > line.start {
        line.redraw(vm, line.start);
    }
    let mut back = 0;
    loop {
        let Some(byte) = vm.read_console()? else { return Ok(End::Closed) };
        if line.settle(vm, byte) {
            continue;
        }
        let empty = line.start == 0 && line.length == 0;
        match byte {
            b'\r' | b'\n' => {
                line.cursor = line.length;
                write(vm, "\r\n");
                return Ok(End::Line);
            }
            CTRL_C => return Ok(End::Key(byte)),
            CTRL_A | CTRL_B | CTRL_D | CTRL_E if empty => return Ok(End::Key(byte)),
            CTRL_A => line.go(vm, line.start),
            CTRL_E => line.go(vm, line.length),
            CTRL_B => line.go(vm, line.before(line.cursor)),
            CTRL_D => line.erase(vm, line.cursor, line.after(line.cursor)),
            6 => line.go(vm, line.after(line.cursor)),
            8 | 0x7f => backspace(vm, line),
            b'\t' => tab(vm, line, prompt)?,
            11 => line.erase(vm, line.cursor, line.length),
            21 => line.erase(vm, line.start, line.cursor),
            23 => line.erase(vm, words::left(line), line.cursor),
            14 => recall(vm, line, &mut back, false)?,
            16 => recall(vm, line, &mut back, true)?,
            0x1b => match escape(vm)? {
                Key::Up => recall(vm, line, &mut back, true)?,
                Key::Down => recall(vm, line, &mut back, false)?,
                Key::Left => line.go(vm, line.before(line.cursor)),
                Key::Right => line.go(vm, line.after(line.cursor)),
                Key::Home => line.go(vm, line.start),
                Key::End => line.go(vm, line.length),
                Key::Delete => line.erase(vm, line.cursor, line.after(line.cursor)),
                Key::Word(letter) => words::act(vm, line, letter),
                Key::Other => {}
            },
            0x20.. => character(vm, line, byte)?,
            _ => {}
        }
    }
}

/// Takes a whole UTF-8 character, so that the line is always text.
fn character(vm: &Vm, line: &mut Line, first: u8) -> Outcome<()> {
    let mut bytes = [first, 0, 0, 0];
    let length = match first {
        0..=0x7f => 1,
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return Ok(()),
    };
    for byte in &mut bytes[1..length] {
        *byte = vm.read_console()?.unwrap_or(0);
    }
    if utf8::checked(&bytes[..length]).is_some() { line.typed(vm, &bytes[..length]) } else { Ok(()) }
}

/// Erases a character, or four spaces of indentation.
fn backspace(vm: &Vm, line: &mut Line) {
    let column = line.cursor - line.start;
    let indentation = column > 0 && column.is_multiple_of(4) && (line.start..line.cursor).all(|at| line.byte(at) == b' ');
    let from = if indentation { line.cursor - 4 } else { line.before(line.cursor) };
    line.erase(vm, from, line.cursor);
}

fn recall(vm: &Vm, line: &mut Line, back: &mut usize, older: bool) -> Outcome<()> {
    let wanted = if older { *back + 1 } else { back.saturating_sub(1) };
    let text = past(vm, wanted);
    if older && vm.text_of(text).is_empty() {
        return Ok(());
    }
    *back = wanted;
    let before = line.length;
    line.go(vm, line.start);
    line.replace(vm, vm.text_of(text).as_bytes())?;
    let end = line.cursor;
    line.cursor = line.start;
    if line.length < before {
        write(vm, "\x1b[K");
    }
    line.go(vm, end);
    Ok(())
}

/// Indents at the start of a line, completes behind a name.
fn tab(vm: &Vm, line: &mut Line, prompt: &str) -> Outcome<()> {
    if (line.start..line.cursor).all(|at| line.byte(at) == b' ') {
        return line.typed(vm, b"    ");
    }
    let mut before = Builder::new();
    for at in line.start..line.cursor {
        before.push(vm, &[line.byte(at)])?;
    }
    let before = before.finish_str(vm)?;
    match completion::complete(vm, vm.text_of(before))? {
        completion::Answer::Insert(text) => line.typed(vm, vm.text_of(text).as_bytes()),
        completion::Answer::Listed => {
            write(vm, prompt);
            let cursor = line.cursor;
            line.cursor = line.length;
            line.redraw(vm, line.start);
            line.go(vm, cursor);
            Ok(())
        }
        completion::Answer::Nothing => Ok(()),
    }
}

/// Reads the rest of an escape sequence: `ESC [ n ~`, `ESC [ letter`, `ESC O letter`.
fn escape(vm: &Vm) -> Outcome<Key> {
    match vm.read_console()? {
        Some(b'[' | b'O') => {}
        letter => return Ok(letter.map_or(Key::Other, Key::Word)),
    }
    let mut number = 0u8;
    loop {
        return Ok(match vm.read_console()?.unwrap_or(b'~') {
            digit @ b'0'..=b'9' => {
                number = number.wrapping_mul(10).wrapping_add(digit - b'0');
                continue;
            }
            b';' => continue,
            b'A' => Key::Up,
            b'B' => Key::Down,
            // Ctrl: "1;5".
            b'C' if number == 15 => Key::Word(b'f'),
            b'D' if number == 15 => Key::Word(b'b'),
            b'C' => Key::Right,
            b'D' => Key::Left,
            b'H' => Key::Home,
            b'F' => Key::End,
            b'~' => match number {
                1 | 7 => Key::Home,
                4 | 8 => Key::End,
                3 => Key::Delete,
                _ => Key::Other,
            },
            _ => Key::Other,
        });
    }
}

/// `input(prompt)`: a line from the console without its line end.
///
/// # Errors
/// `EOFError` when input has ended or Ctrl-D was pressed on an empty line, `KeyboardInterrupt`.
pub fn input(vm: &Vm, prompt: &str) -> Outcome {
    if !vm.port.is_terminal_line() {
        vm.write_text(prompt.as_bytes());
        return plain_line(vm);
    }
    let mut line = Line::new();
    match read_line(vm, &mut line, prompt)? {
        End::Line => line.text(vm),
        End::Key(CTRL_C) => Err(vm.raise(&crate::object::exception::KEYBOARD_INTERRUPT, &[])),
        End::Key(_) | End::Closed => Err(vm.raise(&crate::object::exception::EOF_ERROR, &[])),
    }
}

/// A line from a pipe or file.
fn plain_line(vm: &Vm) -> Outcome {
    let mut text = Builder::new();
    loop {
        match vm.read_console()? {
            None if text.len() == 0 => return Err(vm.raise(&crate::object::exception::EOF_ERROR, &[])),
            None | Some(b'\n') => return text.finish_str(vm),
            Some(byte) => text.push(vm, &[byte])?,
        }
    }
}
