//! Stands in for `vfs::mapped` in the smallest interpreter: no file lies in memory.

use super::FileId;
use super::driver::Driver;
use super::stream::Stream;
use crate::object::kind::Buffer;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

/// A stream is no bytes-like object.
pub const BUFFER: Option<for<'v> fn(&'v Vm, Word, bool) -> Option<Buffer<'v>>> = None;

/// Nothing more is done.
pub fn opened(_: &Vm, _: &Stream, _: &Driver, _: FileId) -> Outcome<()> {
    Ok(())
}

/// What watches the stream.
pub fn watch(stream: &Stream) -> Word {
    stream.state[2].get()
}

/// Boards' files do not tell what they were opened by.
pub fn remember(_: &Vm, _: &Stream, _: Word, _: Word) -> Outcome<()> {
    Ok(())
}
