//! THE list of builtin modules; one file each.

use crate::object::kind::{Header, Row};
use crate::object::name::Name;

/// A module in static data.
#[repr(C)]
pub struct BuiltinModule {
    /// `module`.
    pub header: Header,
    /// `__name__`.
    pub name: Name,
    /// Its contents.
    pub rows: &'static [Row],
}
