//! `float`: boxed.

use super::class::TYPE;
use super::kind::{Header, Kind, Slots, Type};

static SLOTS: Slots = Slots { ..Slots::NONE };

/// `float`.
pub static FLOAT: Type =
    Type { header: Header::of(&TYPE), slots: &SLOTS, name: name!("float"), kind: Kind::Float, traced: 0, base: None, rows: &[] };

/// A float object.
#[repr(C)]
pub struct Float {
    /// `float`.
    pub header: Header,
    /// The value.
    pub value: f64,
}
