//! Cells: locals that a closure shares.

use super::class::TYPE;
use super::kind::{ALL, Header, Kind, Slots, Type};

static SLOTS: Slots = Slots { ..Slots::NONE };

/// `cell`.
pub static CELL: Type =
    Type { header: Header::of(&TYPE), slots: &SLOTS, name: name!("cell"), kind: Kind::Cell, traced: ALL, base: None, rows: &[] };
