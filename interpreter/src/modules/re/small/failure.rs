//! What a wrong pattern raises on a board: `ValueError`, with the place in its text.

use crate::object::exception::VALUE_ERROR;
use crate::vm::raise::Part;
use crate::vm::{Raised, Vm};

/// The error of a pattern at a character; `message` has at most three parts.
#[cold]
pub fn raise(vm: &Vm, message: &[Part], _: &[u8], _: bool, position: Option<usize>) -> Raised {
    let Some(position) = position else { return vm.raise(&VALUE_ERROR, message) };
    let end = [Part::Text(" at position "), Part::Int(position as isize)];
    let mut parts = [Part::Text(""); 5];
    let count = message.len().min(3);
    parts[..count].copy_from_slice(&message[..count]);
    parts[count..count + 2].copy_from_slice(&end);
    vm.raise(&VALUE_ERROR, &parts)
}

/// None: boards know no names of characters.
#[inline(always)]
#[allow(dead_code, reason = "hosts ask the port, and include this file for what boards raise")]
pub fn character_named(_: &Vm, _: &str) -> Option<char> {
    None
}
