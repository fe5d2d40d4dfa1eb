//! The line editor of the smallest interpreter: a line that grows and shrinks at its end.

use super::{CTRL_A, CTRL_B, CTRL_C, CTRL_D, CTRL_E, write};
use crate::object::print::Builder;
use crate::vm::{Outcome, Vm};

/// How reading a line ended.
pub(super) enum End {
    /// Enter.
    Line,
    /// A control key with a meaning for the prompt (on an empty line, or Ctrl-C).
    Key(u8),
    /// Input has ended.
    Closed,
}

/// A statement being typed: finished lines, and the one that grows.
pub(super) struct Line {
    bytes: Builder,
    /// Where the line that grows starts.
    start: usize,
}

impl Line {
    pub(super) fn new() -> Line {
        Line { bytes: Builder::new(), start: 0 }
    }

    /// Everything typed so far, as a `str`.
    pub(super) fn text(&self, vm: &Vm) -> Outcome {
        vm.new_str_from_cells(self.bytes.cells())
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

    /// Starts the next line, as far in as the last one, and further after a colon.
    pub(super) fn indent(&mut self, vm: &Vm) -> Outcome<()> {
        let line = &self.bytes.cells()[self.start..];
        let spaces = line.iter().take_while(|byte| byte.get() == b' ').count();
        let opens = line.last().is_some_and(|byte| byte.get() == b':');
        let depth = if spaces == line.len() { 0 } else { spaces + 4 * opens as usize };
        self.bytes.push(vm, b"\n")?;
        self.start = self.bytes.len();
        (0..depth).try_for_each(|_| self.bytes.push(vm, b" "))
    }

    /// There is no history.
    pub(super) fn remember(&self, _: &Vm) -> Outcome<()> {
        Ok(())
    }

    /// Takes the last character away, or four spaces of indentation.
    fn backspace(&mut self, vm: &Vm) {
        let cells = self.bytes.cells();
        let column = cells.len() - self.start;
        let blank = cells[self.start..].iter().all(|byte| byte.get() == b' ');
        let count = match column {
            0 => return,
            _ if blank && column.is_multiple_of(4) => 4,
            _ => 1,
        };
        for _ in 0..count {
            // The bytes that continue a UTF-8 character go with its first.
            while self.bytes.pop().is_some_and(|byte| byte & 0xc0 == 0x80) {}
            write(vm, "\x08 \x08");
        }
    }
}

/// Reads keys until the line ends.
pub(super) fn read_line(vm: &Vm, line: &mut Line, prompt: &str) -> Outcome<End> {
    write(vm, prompt);
    line.bytes.cells()[line.start..].iter().for_each(|byte| vm.write_console(&[byte.get()]));
    loop {
        let Some(byte) = vm.read_console()? else { return Ok(End::Closed) };
        match byte {
            b'\r' | b'\n' => {
                write(vm, "\r\n");
                return Ok(End::Line);
            }
            CTRL_C => return Ok(End::Key(byte)),
            CTRL_A | CTRL_B | CTRL_D | CTRL_E if line.bytes.len() == 0 => return Ok(End::Key(byte)),
            8 | 0x7f => line.backspace(vm),
            b'\t' | 0x20.. => {
                line.bytes.push(vm, &[byte])?;
                vm.write_console(&[byte]);
            }
            _ => {}
        }
    }
}
