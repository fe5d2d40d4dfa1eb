//! Cells: locals that a closure shares.

use super::class::TYPE;
use super::handle::Handle;
use super::kind::{ALL, Access, Header, Kind, Rows, Slots, Type};
use super::name::Name;
use super::word::Word;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

static SLOTS: Slots = Slots { attribute: Some(attribute), ..Slots::NONE };

fn attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let cell = Handle::<CellObject>::from(word).expect("a cell");
    match access {
        _ if name != name!(cell_contents) => Ok(Word::UNSET),
        Access::Load => cell.value.get().set().ok_or_else(|| vm.value_error("Cell is empty")),
        Access::Store(value) => {
            cell.value.set(value);
            Ok(Word::NONE)
        }
        Access::Delete => {
            cell.value.set(Word::UNSET);
            Ok(Word::NONE)
        }
    }
}

/// `cell`.
pub static CELL: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("cell"),
    kind: Kind::Cell,
    traced: ALL,
    base: None,
    rows: Rows::NONE,
};

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
