//! Resources: the objects of ports and of small modules, whose types live outside the core.
//!
//! A pin, a timer, a poll object: a few words of state under a type of its own. A port's crate needs no unsafe code for them.

use super::handle::Handle;
use super::kind::{ALL, Header, Kind, Rows, Slots, Type};
use super::name::Name;
use super::word::Word;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

/// Words of state that a resource has.
pub const STATE: usize = 4;

/// An object of a port's type.
#[repr(C)]
pub struct Resource {
    /// Its type, which tells resources apart.
    pub header: Header,
    /// What the type makes of it.
    pub state: [Cell<Word>; STATE],
}

/// An object of a port's type that has no state: one in static data is all there is of it.
#[cfg(feature = "standard")]
#[repr(C)]
pub struct Constant {
    /// Its type, made by `constant_type`.
    pub header: Header,
}

/// A type of constants.
#[cfg(feature = "standard")]
pub const fn constant_type(name: Name, slots: &'static Slots) -> Type {
    Type { kind: Kind::Plain, traced: 0, ..resource_type(name, slots, Rows::NONE) }
}

/// A type of resources.
pub const fn resource_type(name: Name, slots: &'static Slots, rows: &'static Rows) -> Type {
    Type { header: Header::of(&super::class::TYPE), slots, name, kind: Kind::Resource, traced: ALL, base: None, rows }
}

impl Vm {
    /// A new resource of type `ty`, whose state begins with `state`; the rest is `NONE`.
    pub fn new_resource(&self, ty: &'static Type, state: &[Word]) -> Outcome {
        let cell = |index| Cell::new(state.get(index).copied().unwrap_or(Word::NONE));
        Ok(self.new_object(Resource { header: Header::of(ty), state: core::array::from_fn(cell) })?.word())
    }

    /// The resource behind `word`, if it is of type `ty` (or of a class derived from it).
    pub fn resource(&self, word: Word, ty: &'static Type) -> Option<Handle<Resource>> {
        Handle::<Resource>::from(self.native(word)).filter(|resource| core::ptr::eq(resource.ty(), ty))
    }
}
