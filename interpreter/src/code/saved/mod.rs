//! Saved values: compiled code in a file (`.mpy`), and what `marshal` makes. The same on every port, whatever its word size.
//!
//! ```text
//!   file   = "TPY" version  count name…  value
//!   name   = length text
//!   value  = tag …            N T F .   i length bytes   f 8 bytes   c 16 bytes   n number   s length text   b length bytes
//!                             ( [ < > count value…   { count key value…   C code   L code
//!   code   = name length place file first_line locals stack positional positional_only keyword_only free flags
//!            length of code, handlers, lines   bytes: code handlers lines parameters   count constant…   H code
//! ```
//! Numbers are LEB128, names numbers of the table in front. The bytes are those that the prototype has on a board, but that names in
//! them are numbers of that table, too: two bytes in both. `layout` makes them of a host's and back. Ints are bytes in two's complement,
//! low first; floats IEEE 754, low first. Code for which sixteen bits do not suffice has numbers of four bytes (L): a board loads none such.
//! What stays on hosts (`save_own`: `marshal`, code that is kept) has code as it lies there, and all names of locals (H): it loses nothing, and is
//! read without being laid out anew.
//!
//! Whoever wrote a file, loading it is safe: what is read is checked as it comes, and code passes the verifier, but for what was
//! saved when this very program was built (`load_own`). A version is another one whenever an opcode, a helper or this format
//! changes its meaning.

#[cfg_attr(not(feature = "full"), path = "small/layout.rs")]
mod layout;
mod read;
mod write;

use super::prototype::{Prototype, PrototypeHandle};
use super::verify::verify;
use crate::object::handle::Handle;
#[cfg(feature = "full")]
use crate::object::name::Name;
use crate::object::print::Sink;
use crate::object::word::Word;
use crate::source::Source;
use crate::vm::{Outcome, Vm};

/// The first bytes of every saved value.
pub const MAGIC: [u8; 4] = *b"TPY\x02";

/// Kinds of values, by their first byte.
mod tag {
    pub const NONE: u8 = b'N';
    pub const TRUE: u8 = b'T';
    pub const FALSE: u8 = b'F';
    pub const ELLIPSIS: u8 = b'.';
    pub const INT: u8 = b'i';
    pub const FLOAT: u8 = b'f';
    pub const COMPLEX: u8 = b'c';
    pub const NAME: u8 = b'n';
    pub const STR: u8 = b's';
    pub const BYTES: u8 = b'b';
    pub const TUPLE: u8 = b'(';
    pub const LIST: u8 = b'[';
    pub const SET: u8 = b'<';
    pub const FROZEN_SET: u8 = b'>';
    pub const DICT: u8 = b'{';
    pub const CODE: u8 = b'C';
    pub const LONG_CODE: u8 = b'L';
    pub const OWN_CODE: u8 = b'H';
}

/// Writes a value, its code as every port reads it.
///
/// # Errors
/// `ValueError` for what cannot be saved, `RuntimeError` for what is nested too deeply, what the sink raises.
pub fn save(vm: &Vm, value: Word, sink: &mut dyn Sink) -> Outcome<()> {
    write::save(vm, value, sink, false)
}

/// Writes a value for an interpreter such as this one: nothing of its code is lost on hosts.
///
/// # Errors
/// As `save`.
pub fn save_own(vm: &Vm, value: Word, sink: &mut dyn Sink) -> Outcome<()> {
    write::save(vm, value, sink, crate::WHOLE)
}

/// Why bytes are no saved value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bad {
    /// They do not begin as this version writes them.
    Version,
    /// What is not there, or not so.
    Content(&'static str),
}

/// Reads a value.
///
/// # Errors
/// `MemoryError`, `RuntimeError` for what is nested too deeply, what the source raises.
pub fn load(vm: &Vm, source: &mut dyn Source) -> Outcome<Result<Word, Bad>> {
    read::load(vm, source, Some(verify), None)
}

/// Reads the code of a module that was saved when this program was built, by the compiler that is in it: no verifier is needed.
///
/// # Errors
/// As `load`; `ValueError` for anything else.
pub fn load_own(vm: &Vm, source: &mut dyn Source) -> Outcome<PrototypeHandle> {
    code_of_module(vm, read::load(vm, source, None, None)?)
}

/// Reads the code of a module that a host kept of the source `file`, wherever that lay then; `None` if it is none, or not whole.
///
/// # Errors
/// As `load`.
#[cfg(feature = "full")]
pub fn load_kept(vm: &Vm, source: &mut dyn Source, file: Name) -> Outcome<Option<PrototypeHandle>> {
    let loaded = read::load(vm, source, Some(verify), Some(file))?;
    Ok(loaded.ok().and_then(Handle::<Prototype>::from).filter(|code| code.head.free == 0))
}

/// Reads the code of a module from its file.
///
/// # Errors
/// `ValueError` if it is none; as `load`.
pub fn load_module(vm: &Vm, source: &mut dyn Source) -> Outcome<PrototypeHandle> {
    code_of_module(vm, load(vm, source)?)
}

fn code_of_module(vm: &Vm, loaded: Result<Word, Bad>) -> Outcome<PrototypeHandle> {
    match loaded {
        Ok(word) => match Handle::<Prototype>::from(word).filter(|code| code.head.free == 0) {
            Some(code) => Ok(code),
            None => Err(bad(vm, "bad .mpy file: ", "code of a module")),
        },
        Err(Bad::Version) => Err(vm.value_error("incompatible .mpy file")),
        Err(Bad::Content(what)) => Err(bad(vm, "bad .mpy file: ", what)),
    }
}

/// `ValueError`: what is missing.
pub fn bad(vm: &Vm, whose: &str, what: &str) -> crate::vm::Raised {
    use crate::vm::raise::Part::Text;
    vm.raise(&crate::object::exception::VALUE_ERROR, &[Text(whose), Text("no "), Text(what)])
}

#[cfg(test)]
mod tests;
