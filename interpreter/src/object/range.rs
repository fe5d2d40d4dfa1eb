//! `range`.

use super::class::TYPE;
use super::kind::{ALL, Header, Kind, Slots, Type};

static SLOTS: Slots = Slots { ..Slots::NONE };

/// `range`.
pub static RANGE: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("range"),
    kind: Kind::Range,
    traced: ALL,
    base: None,
    rows: &[],
};
