//! `int`: small ints in the word, big ones in the heap.

use super::class::TYPE;
use super::kind::{Header, Kind, Slots, Type};

static SLOTS: Slots = Slots { ..Slots::NONE };

/// `int`.
pub static INT: Type =
    Type { header: Header::of(&TYPE), slots: &SLOTS, name: name!("int"), kind: Kind::Int, traced: 0, base: None, rows: &[] };
