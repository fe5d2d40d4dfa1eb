//! Files that are imported or run, in the smallest interpreter: there are none.

use crate::object::word::Word;
use crate::vfs::Errno;
use crate::vm::{Outcome, Vm};

/// Nothing more is asked.
///
/// # Errors
/// None.
pub fn opened(_: &Vm, _: Word) -> Outcome<()> {
    Ok(())
}

/// Nothing can be read.
///
/// # Errors
/// `OSError`, always.
pub fn read(vm: &Vm, _: Word, _: &mut [u8]) -> Outcome<usize> {
    Err(vm.os_error(Errno::ENODEV.0))
}

/// Nothing is open.
///
/// # Errors
/// None.
pub fn close(_: &Vm, _: Word) -> Outcome<()> {
    Ok(())
}

/// Calls the stream's `write` with text.
pub fn write_text(vm: &Vm, stream: Word, bytes: &[u8]) -> Outcome<()> {
    let mut text = crate::object::print::Builder::new();
    text.push(vm, bytes)?;
    vm.call_method(stream, name!(write), &[text.finish_str(vm)?]).map(|_| ())
}
