//! Generators and coroutines.

use super::class::TYPE;
use super::kind::{ALL, Header, Kind, Slots, Type};

static SLOTS: Slots = Slots { ..Slots::NONE };

/// `generator`.
pub static GENERATOR: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("generator"),
    kind: Kind::Generator,
    traced: ALL,
    base: None,
    rows: &[],
};
