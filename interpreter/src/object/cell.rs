//! Cells: locals that a closure shares.

use super::class::TYPE;
use super::kind::{ALL, Header, Kind, Slots, Type};
use super::word::Word;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

static SLOTS: Slots = Slots { ..Slots::NONE };

/// `cell`.
pub static CELL: Type =
    Type { header: Header::of(&TYPE), slots: &SLOTS, name: name!("cell"), kind: Kind::Cell, traced: ALL, base: None, rows: &[] };

/// A cell.
#[repr(C)]
pub struct CellObject {
    /// `cell`.
    pub header: Header,
    /// What it holds, `UNSET` if nothing.
    pub value: Cell<Word>,
}

/// A new cell.
///
/// # Errors
/// `MemoryError`.
pub fn new(vm: &Vm, value: Word) -> Outcome {
    Ok(vm.new_object(CellObject { header: Header::of(&CELL), value: Cell::new(value) })?.word())
}
