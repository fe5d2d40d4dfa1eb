//! Texts that do not grow: each concatenation copies, and a `str` is always one object.

use super::text::Text;
use crate::object::handle::Tailed;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

/// Whether texts share buffers in this set.
pub const SHARES: bool = false;

/// What the collector looks at in a `str`.
pub const TRACED: u8 = 0;

/// How much of a buffer is filled.
pub struct Filled(());

/// Bytes that texts share.
pub type TextBuffer = Tailed<Filled, Cell<u8>>;

/// No text is worth a buffer.
pub fn append(_: &Vm, _: Word, _: Text, _: Text) -> Outcome<Option<Word>> {
    Ok(None)
}
