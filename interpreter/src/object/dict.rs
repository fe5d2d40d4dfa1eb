//! `dict` and its views.

use super::class::TYPE;
use super::handle::Handle;
use super::kind::{ALL, Header, Kind, Slots, Type};
use super::map::Map;
use crate::vm::{Outcome, Vm};

static SLOTS: Slots = Slots { ..Slots::NONE };

/// `dict`.
pub static DICT: Type =
    Type { header: Header::of(&TYPE), slots: &SLOTS, name: name!("dict"), kind: Kind::Dict, traced: ALL, base: None, rows: &[] };

/// A dict.
#[repr(C)]
pub struct Dict {
    /// `dict`, or a type that lies so.
    pub header: Header,
    /// Its entries.
    pub map: Map,
}

impl Vm {
    /// An empty dict.
    pub fn new_dict(&self) -> Outcome<Handle<Dict>> {
        self.new_object(Dict { header: Header::of(&DICT), map: Map::EMPTY })
    }
}
