//! Growable bytes in Python's heap: the working memory of a compilation.
//!
//! The collector finds them by the conservative scan of the machine stack, where the owner lives, and takes them when the
//! compilation is over: nothing is freed by hand.

use crate::code::WIDTH;
use crate::code::width::Number;
use crate::object::handle::Handle;
use crate::object::print::RawBytes;
use crate::vm::{Outcome, Vm};

/// Bytes that grow and can be written again.
#[derive(Default)]
pub(super) struct Buffer {
    memory: Option<Handle<RawBytes>>,
    length: usize,
}

impl Buffer {
    pub(super) fn new() -> Buffer {
        Buffer::default()
    }

    pub(super) fn len(&self) -> usize {
        self.length
    }

    /// Room for `more` bytes. Grows by half: a chip's heap has no room for doubling.
    fn reserve(&mut self, vm: &Vm, more: usize) -> Outcome<Handle<RawBytes>> {
        let needed = self.length + more;
        match self.memory {
            Some(memory) if memory.len() >= needed => Ok(memory),
            old => {
                let capacity = needed.max(self.length + self.length / 2).max(2 * size_of::<usize>());
                let new = vm.grow_raw_bytes(old, self.length, capacity)?;
                self.memory = Some(new);
                Ok(new)
            }
        }
    }

    pub(super) fn push(&mut self, vm: &Vm, byte: u8) -> Outcome<()> {
        let memory = self.reserve(vm, 1)?;
        memory.tail()[self.length].set(byte);
        self.length += 1;
        Ok(())
    }

    /// A number, low byte first.
    pub(super) fn push_number(&mut self, vm: &Vm, value: Number) -> Outcome<()> {
        let memory = self.reserve(vm, WIDTH)?;
        memory.put(self.length, &value.to_le_bytes());
        self.length += WIDTH;
        Ok(())
    }

    /// The byte at `at`, which must be below the length.
    pub(super) fn get(&self, at: usize) -> u8 {
        assert!(at < self.length, "read within the buffer");
        self.memory.expect("a buffer with bytes has memory").tail()[at].get()
    }

    /// Writes over the byte at `at`.
    pub(super) fn set(&mut self, at: usize, byte: u8) {
        assert!(at < self.length, "write within the buffer");
        self.memory.expect("a buffer with bytes has memory").tail()[at].set(byte);
    }

    /// The number at `at`.
    pub(super) fn number(&self, at: usize) -> Number {
        assert!(at + WIDTH <= self.length, "read within the buffer");
        self.memory.expect("a buffer with bytes has memory").number(at, WIDTH) as Number
    }

    /// Writes over the number at `at`.
    pub(super) fn set_number(&mut self, at: usize, value: Number) {
        assert!(at + WIDTH <= self.length, "write within the buffer");
        self.memory.expect("a buffer with bytes has memory").put(at, &value.to_le_bytes());
    }

    /// Forgets all bytes from `length` on.
    pub(super) fn truncate(&mut self, length: usize) {
        self.length = self.length.min(length);
    }
}
