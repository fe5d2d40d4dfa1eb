//! Writing text without `core::fmt`: sinks, and the few shapes that the interpreter prints.

use super::handle::{Handle, Tailed};
use super::word::Word;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

/// Where text goes.
pub trait Sink {
    /// Takes bytes (UTF-8 where text is meant).
    fn write(&mut self, vm: &Vm, bytes: &[u8]) -> Outcome<()>;
}

/// How an object is printed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// As `repr()`.
    Repr,
    /// As `str()`.
    Str,
}

/// A sink with the usual shapes.
pub struct Printer<'a> {
    sink: &'a mut dyn Sink,
}

impl<'a> Printer<'a> {
    /// Writes to `sink`.
    pub fn new(sink: &'a mut dyn Sink) -> Printer<'a> {
        Printer { sink }
    }

    /// Bytes as they are.
    pub fn bytes(&mut self, vm: &Vm, bytes: &[u8]) -> Outcome<()> {
        self.sink.write(vm.here(), bytes)
    }

    /// Text.
    pub fn text(&mut self, vm: &Vm, text: &str) -> Outcome<()> {
        self.sink.write(vm.here(), text.as_bytes())
    }

    /// A text, and a number behind it: `, width=8`.
    pub fn counted(&mut self, vm: &Vm, text: &str, value: isize) -> Outcome<()> {
        self.text(vm, text)?;
        self.int(vm, value)
    }

    /// A number in decimal.
    pub fn int(&mut self, vm: &Vm, value: isize) -> Outcome<()> {
        if value < 0 {
            self.text(vm, "-")?;
        }
        self.digits(vm, value.unsigned_abs(), 10, 1)
    }

    /// A number in hexadecimal, lower case, without a prefix.
    pub fn hex(&mut self, vm: &Vm, value: usize) -> Outcome<()> {
        self.digits(vm, value, 16, 1)
    }

    /// `value` in `radix` (2 to 16) with at least `width` digits.
    pub fn digits(&mut self, vm: &Vm, mut value: usize, radix: usize, width: usize) -> Outcome<()> {
        let mut buffer = [b'0'; usize::BITS as usize];
        let mut at = buffer.len();
        while value > 0 || buffer.len() - at < width.min(buffer.len()) {
            at -= 1;
            let (digit, others) = super::int::last_digit(value, radix);
            buffer[at] = b"0123456789abcdef"[digit];
            value = others;
        }
        self.sink.write(vm.here(), &buffer[at..])
    }

    /// An object.
    pub fn word(&mut self, vm: &Vm, word: Word, style: Style) -> Outcome<()> {
        vm.print(word, self, style)
    }
}

/// The console.
pub struct Console;

impl Sink for Console {
    fn write(&mut self, vm: &Vm, bytes: &[u8]) -> Outcome<()> {
        vm.write_text(bytes);
        Ok(())
    }
}

/// The error stream.
pub struct ErrorConsole;

impl Sink for ErrorConsole {
    fn write(&mut self, vm: &Vm, bytes: &[u8]) -> Outcome<()> {
        vm.port.write_error(bytes);
        Ok(())
    }
}

/// Bytes in a heap object that its owner fills.
pub type RawBytes = Tailed<(), Cell<u8>>;

impl RawBytes {
    /// The number that `width` bytes at `at` hold, the lowest first: 1, 2 or 4 bytes.
    #[inline(always)]
    pub fn number(&self, at: usize, width: usize) -> usize {
        let cells = &self.tail()[at..at + width];
        match cells {
            [a] => a.get() as usize,
            [a, b] => u16::from_le_bytes([a.get(), b.get()]) as usize,
            [a, b, c, d] => u32::from_le_bytes([a.get(), b.get(), c.get(), d.get()]) as usize,
            _ => 0,
        }
    }

    /// Moves `count` bytes up, from `from` to `to`.
    pub fn shift(&self, from: usize, to: usize, count: usize) {
        let cells = &self.tail()[..to + count];
        (0..count).rev().for_each(|index| cells[to + index].set(cells[from + index].get()));
    }

    /// Puts bytes where the first one is to lie.
    pub fn put(&self, at: usize, bytes: &[u8]) {
        self.tail()[at..at + bytes.len()].iter().zip(bytes).for_each(|(cell, byte)| cell.set(*byte));
    }
}

/// Collects text or bytes in the heap and makes a `str` or `bytes` of them.
#[derive(Default)]
pub struct Builder {
    buffer: Option<Handle<RawBytes>>,
    length: usize,
}

impl Builder {
    /// Empty; takes no memory yet.
    pub fn new() -> Builder {
        Builder::default()
    }

    /// Empty, with room for `capacity` bytes.
    pub fn with_capacity(vm: &Vm, capacity: usize) -> Outcome<Builder> {
        Ok(Builder { buffer: Some(vm.new_raw_bytes(capacity)?), length: 0 })
    }

    /// `length` zero bytes.
    pub fn with_zeros(vm: &Vm, length: usize) -> Outcome<Builder> {
        Ok(Builder { buffer: Some(vm.new_raw_bytes(length)?), length })
    }

    /// Number of bytes so far.
    #[expect(clippy::len_without_is_empty, reason = "a count of bytes written")]
    pub fn len(&self) -> usize {
        self.length
    }

    /// Adds bytes.
    pub fn push(&mut self, vm: &Vm, bytes: &[u8]) -> Outcome<()> {
        let needed = self.length + bytes.len();
        let buffer = match self.buffer {
            Some(buffer) if buffer.len() >= needed => buffer,
            old => {
                let new = vm.grow_raw_bytes(old, self.length, needed.max(2 * self.length).max(16))?;
                self.buffer = Some(new);
                new
            }
        };
        buffer.tail()[self.length..needed].iter().zip(bytes).for_each(|(to, from)| to.set(*from));
        self.length = needed;
        Ok(())
    }

    /// Takes the last byte away.
    pub fn pop(&mut self) -> Option<u8> {
        let last = self.cells().last()?.get();
        self.length -= 1;
        Some(last)
    }

    /// Adds what lies in cells, which must not be this builder's own.
    pub fn push_cells(&mut self, vm: &Vm, cells: &[Cell<u8>]) -> Outcome<()> {
        let mut piece = [0; 64];
        for part in cells.chunks(piece.len()) {
            piece.iter_mut().zip(part).for_each(|(to, from)| *to = from.get());
            self.push(vm, &piece[..part.len()])?;
        }
        Ok(())
    }

    /// The buffer and how much of it is filled, for an object that goes on with it.
    pub fn into_parts(self) -> (Option<Handle<RawBytes>>, usize) {
        (self.buffer, self.length)
    }

    /// What was collected so far.
    pub fn cells(&self) -> &[Cell<u8>] {
        self.buffer.as_ref().map_or(&[], |buffer| &buffer.get().tail()[..self.length])
    }

    /// A `str` of what was collected, which must be UTF-8.
    pub fn finish_str(self, vm: &Vm) -> Outcome {
        vm.new_str_from_cells(self.cells())
    }

    /// A `bytes` of what was collected.
    pub fn finish_bytes(self, vm: &Vm) -> Outcome {
        vm.new_bytes_from_cells(self.cells())
    }
}

impl Sink for Builder {
    fn write(&mut self, vm: &Vm, bytes: &[u8]) -> Outcome<()> {
        self.push(vm, bytes)
    }
}
