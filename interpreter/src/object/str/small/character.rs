//! Characters are objects like any text.

use crate::object::name::Name;
use crate::vm::Vm;

/// No names.
pub const NAMES: &[&str] = &[];

/// No character has a name.
#[inline(always)]
pub fn name(_: char) -> Option<Name> {
    None
}

/// No name is known to be a character.
#[inline(always)]
pub fn text(_: Name) -> Option<&'static str> {
    None
}

/// The name that a new text is made as, if there is one: it saves the object.
pub fn known(vm: &Vm, text: &str) -> Option<Name> {
    if text.len() <= 16 { vm.find_name(text) } else { None }
}
