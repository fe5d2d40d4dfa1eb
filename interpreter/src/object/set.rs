//! `set` and `frozenset`.

use super::class::TYPE;
use super::kind::{ALL, Header, Kind, Slots, Type};

static SLOTS: Slots = Slots { ..Slots::NONE };

/// `set`.
pub static SET: Type =
    Type { header: Header::of(&TYPE), slots: &SLOTS, name: name!("set"), kind: Kind::Set, traced: ALL, base: None, rows: &[] };

/// `frozenset`.
pub static FROZEN_SET: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("frozenset"),
    kind: Kind::FrozenSet,
    traced: ALL,
    base: None,
    rows: &[],
};
