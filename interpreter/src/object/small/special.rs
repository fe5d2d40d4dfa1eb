//! Builtin types of the smallest interpreter have no special methods as attributes.

use super::kind::Type;
use super::name::Name;
use super::word::Word;

/// Nobody is asked.
pub const REVERSED_DIVMOD: Option<Name> = None;

/// No names.
pub const NAMES: &[&str] = &[];

/// There is none.
pub fn find(_: &Type, _: Name) -> Option<Word> {
    None
}

/// There is none.
pub fn find_of_object(_: Name) -> Option<Word> {
    None
}

/// There is none.
pub fn find_plain(_: Name) -> Option<Word> {
    None
}

/// Whether objects of a builtin type say that they have no hash: none does.
pub fn has_no_hash(_: &Type) -> bool {
    false
}
