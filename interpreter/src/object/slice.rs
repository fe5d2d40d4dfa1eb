//! `slice`.

use super::class::TYPE;
use super::kind::{ALL, Header, Kind, Slots, Type};

static SLOTS: Slots = Slots { ..Slots::NONE };

/// `slice`.
pub static SLICE: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("slice"),
    kind: Kind::Slice,
    traced: ALL,
    base: None,
    rows: &[],
};
