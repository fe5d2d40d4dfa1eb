//! `bytes`, and the raw bytes that other objects own.

use super::class::TYPE;
use super::handle::Tailed;
use super::kind::{Header, Kind, Slots, Type};
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

static SLOTS: Slots = Slots { ..Slots::NONE };

/// `bytes`.
pub static BYTES: Type =
    Type { header: Header::of(&TYPE), slots: &SLOTS, name: name!("bytes"), kind: Kind::Bytes, traced: 0, base: None, rows: &[] };

/// `raw`.
pub static RAW_BYTES: Type =
    Type { header: Header::of(&TYPE), slots: &SLOTS, name: name!("raw"), kind: Kind::RawBytes, traced: 0, base: None, rows: &[] };

/// What a `bytes` has besides its bytes: nothing.
pub struct BytesHead;

/// A bytes object.
pub type Bytes = Tailed<BytesHead, u8>;

impl Vm {
    /// A `bytes`.
    pub fn new_bytes(&self, bytes: &[u8]) -> Outcome {
        Ok(self.new_tailed(&BYTES, bytes.len(), BytesHead, |i| bytes[i])?.word())
    }

    /// A `bytes` of cells' contents.
    pub fn new_bytes_from_cells(&self, cells: &[Cell<u8>]) -> Outcome {
        Ok(self.new_tailed(&BYTES, cells.len(), BytesHead, |i| cells[i].get())?.word())
    }
}
