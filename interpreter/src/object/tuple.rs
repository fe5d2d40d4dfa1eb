//! `tuple`.

use super::class::TYPE;
use super::handle::{StaticTuple, Tailed};
use super::kind::{ALL, Header, Kind, Slots, Type};
use super::word::Word;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

static SLOTS: Slots = Slots { ..Slots::NONE };

/// `tuple`.
pub static TUPLE: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("tuple"),
    kind: Kind::Tuple,
    traced: ALL,
    base: None,
    rows: &[],
};

/// What a tuple has besides its items: nothing.
pub struct TupleHead;

/// A tuple.
pub type Tuple = Tailed<TupleHead, Cell<Word>>;

/// `()`.
pub static EMPTY: StaticTuple<0> = StaticTuple::new(&TUPLE, []);

impl Vm {
    /// A tuple of `items`.
    pub fn new_tuple(&self, items: &[Word]) -> Outcome {
        if items.is_empty() {
            return Ok(Word::of_static(&EMPTY));
        }
        Ok(self.new_celled(&TUPLE, items.len(), TupleHead, |i| items[i])?.word())
    }

    /// A tuple of what lies in cells.
    pub fn new_tuple_from_cells(&self, items: &[Cell<Word>]) -> Outcome {
        if items.is_empty() {
            return Ok(Word::of_static(&EMPTY));
        }
        Ok(self.new_celled(&TUPLE, items.len(), TupleHead, |i| items[i].get())?.word())
    }
}
