//! Files that are imported or run: how they are read and closed, be they native or written in Python.

use super::any::{self, request};
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

/// A stream written in Python is asked how much it likes to be read at a time, as the reference asks; the reader's own buffer
/// decides.
///
/// # Errors
/// What the stream raises.
pub fn opened(vm: &Vm, stream: Word) -> Outcome<()> {
    any::ioctl(vm, stream, request::BUFFER_SIZE).map(|_| ())
}

/// Reads the next piece of source.
///
/// # Errors
/// What the stream raises.
pub fn read(vm: &Vm, stream: Word, buffer: &mut [u8]) -> Outcome<usize> {
    any::read(vm, stream, buffer)
}

/// Closes.
///
/// # Errors
/// What the stream raises.
pub fn close(vm: &Vm, stream: Word) -> Outcome<()> {
    any::close(vm, stream)
}
