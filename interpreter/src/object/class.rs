//! `type`, `object`, and the classes that programs make.

use super::kind::{ALL, Header, Kind, Slots, Type};

static SLOTS: Slots = Slots { ..Slots::NONE };

/// `type`.
pub static TYPE: Type =
    Type { header: Header::of(&TYPE), slots: &SLOTS, name: name!("type"), kind: Kind::Type, traced: 0, base: None, rows: &[] };

/// `object`.
pub static OBJECT: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("object"),
    kind: Kind::Object,
    traced: ALL,
    base: None,
    rows: &[],
};
