//! `None`, `...` and `NotImplemented`.

use super::class::TYPE;
use super::kind::{Header, Kind, Slots, Type};

static SLOTS: Slots = Slots { ..Slots::NONE };

/// `NoneType`.
pub static NONE_TYPE: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("NoneType"),
    kind: Kind::Plain,
    traced: 0,
    base: None,
    rows: &[],
};

/// `ellipsis`.
pub static ELLIPSIS_TYPE: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("ellipsis"),
    kind: Kind::Plain,
    traced: 0,
    base: None,
    rows: &[],
};

/// `NotImplementedType`.
pub static NOT_IMPLEMENTED_TYPE: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("NotImplementedType"),
    kind: Kind::Plain,
    traced: 0,
    base: None,
    rows: &[],
};
