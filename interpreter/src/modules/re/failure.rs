//! What a wrong pattern raises on a host: `re.error`, a class written in Python, which has message, pattern and place apart. A port that
//! lacks it raises what boards raise. Names of characters in patterns are known on hosts alone, too.

use crate::modules::frozen;
use crate::object::word::Word;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Raised, Vm};

#[path = "small/failure.rs"]
mod plain;

/// The error of a pattern, at a character if one is to blame.
#[cold]
pub(super) fn raise(vm: &Vm, message: &[Part], pattern: &[u8], is_text: bool, position: Option<usize>) -> Raised {
    match error(vm, message, pattern, is_text, position) {
        Ok(Some(error)) => vm.raise_word(error),
        Ok(None) => plain::raise(vm, message, pattern, is_text, position),
        Err(raised) => raised,
    }
}

/// `None` on a port without the file.
fn error(vm: &Vm, message: &[Part], pattern: &[u8], is_text: bool, position: Option<usize>) -> Outcome<Option<Word>> {
    let Some(module) = frozen::module(vm, vm.intern("_re")?)?.set() else { return Ok(None) };
    let message = vm.message(message)?;
    let pattern = match core::str::from_utf8(pattern) {
        Ok(text) if is_text => vm.new_str(text)?,
        _ => vm.new_bytes(pattern)?,
    };
    let error = vm.attribute(module, vm.intern("error")?)?;
    let error = match position {
        Some(position) => vm.call(error, &[message, pattern, Word::int(position as isize)]),
        None => vm.call(error, &[message]),
    };
    error.map(Some)
}

/// The character that Unicode gave a name, if the port knows it.
pub(super) fn character_named(vm: &Vm, name: &str) -> Option<char> {
    vm.port.character_named(name)
}
