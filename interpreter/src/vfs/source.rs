//! Files that are imported or run: how they are read and closed, be they native or written in Python.

use super::Errno;
use super::any::{self, request};
use crate::modules::io::IO_BASE;
use crate::object::print::Builder;
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

/// Calls the stream's `write` with text, and again with what a stream derived from `IOBase` did not take.
///
/// # Errors
/// What it raises; `OSError` if it says that it took more than it was given.
pub fn write_text(vm: &Vm, stream: Word, bytes: &[u8]) -> Outcome<()> {
    let mut text = Builder::new();
    text.push(vm, bytes)?;
    let mut rest = text.finish_str(vm)?;
    loop {
        let written = vm.call_method(stream, name!(write), &[rest])?;
        if written.as_int().is_none() || !vm.is_instance(stream, &IO_BASE) {
            return Ok(());
        }
        let all = vm.text_of(rest);
        let count = any::count(vm, written, all.chars().count())?;
        match all.char_indices().nth(count) {
            None => return Ok(()),
            Some(_) if count == 0 => return Err(vm.os_error(Errno::EIO.0)),
            Some((at, _)) => rest = vm.new_str(&all[at..])?,
        }
    }
}

/// Closes.
///
/// # Errors
/// What the stream raises.
pub fn close(vm: &Vm, stream: Word) -> Outcome<()> {
    any::close(vm, stream)
}
