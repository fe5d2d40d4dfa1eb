//! `list`.

use super::class::TYPE;
use super::handle::Words;
use super::kind::{ALL, Header, Kind, Slots, Type};
use core::cell::Cell;

static SLOTS: Slots = Slots { ..Slots::NONE };

/// `list`.
pub static LIST: Type =
    Type { header: Header::of(&TYPE), slots: &SLOTS, name: name!("list"), kind: Kind::List, traced: ALL, base: None, rows: &[] };

/// A list: `len` of `items.capacity()` words are used.
#[repr(C)]
pub struct List {
    /// `list`.
    pub header: Header,
    /// Number of items.
    pub len: Cell<usize>,
    /// The items.
    pub items: Words,
}
