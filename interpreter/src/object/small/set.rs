//! Sets in the smallest interpreter: there are none; a display of one raises.

use super::class::TYPE;
use super::handle::Handle;
use super::kind::{ALL, Binary, Header, Kind, Slots, Type};
use super::map::Map;
use super::word::Word;
use crate::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
}

/// No names either.
pub const FROZEN_NAMES: &[&str] = &[];

static SLOTS: Slots = Slots::NONE;

/// `set`, which nothing can make.
pub static SET: Type =
    Type { header: Header::of(&TYPE), slots: &SLOTS, name: name!("set"), kind: Kind::Set, traced: ALL, base: None, rows: ROWS };

/// Whether it is the type of sets that never change: there is none.
pub fn is_frozen(_: &Type) -> bool {
    false
}

/// The memory of a set, if there were one.
#[repr(C)]
pub struct Set {
    header: Header,
    /// The elements, as keys.
    pub map: Map,
}

impl Set {
    /// Adds an element.
    ///
    /// # Errors
    /// `TypeError` if it is unhashable, `MemoryError`.
    pub fn add(&self, vm: &Vm, word: Word) -> Outcome<()> {
        self.map.insert(vm, word, Word::NONE).map(|_| ())
    }
}

/// Says that there are none.
///
/// # Errors
/// `ValueError`, always.
pub fn new(vm: &Vm, _: &'static Type) -> Outcome<Handle<Set>> {
    Err(vm.value_error("no sets in this build"))
}

/// As `new`.
///
/// # Errors
/// `ValueError`, always.
pub fn of(vm: &Vm, ty: &'static Type, _: Word) -> Outcome<Handle<Set>> {
    new(vm, ty)
}

/// As `new`.
///
/// # Errors
/// `ValueError`, always.
pub fn operate(vm: &Vm, _: Binary, a: Handle<Set>, _: Handle<Set>) -> Outcome {
    new(vm, a.ty()).map(|set| set.word())
}
