//! `bool`: two immediates.

use super::class::TYPE;
use super::kind::{Header, Kind, Slots, Type};

static SLOTS: Slots = Slots { ..Slots::NONE };

/// `bool`.
pub static BOOL: Type =
    Type { header: Header::of(&TYPE), slots: &SLOTS, name: name!("bool"), kind: Kind::Plain, traced: 0, base: None, rows: &[] };
