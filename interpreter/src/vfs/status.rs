//! What a stream tells about itself.

use super::stream::stream;
use crate::object::handle::Args;
use crate::object::kind::{Access, Type};
use crate::object::name::Name;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

/// Names of attributes.
pub const NAMES: &[&str] = &["closed", "encoding", "errors", "newlines", "utf-8", "strict"];

/// The attributes of a stream.
pub const ATTRIBUTE: Option<fn(&Vm, Word, Name, Access) -> Outcome> = Some(attribute);

/// `TextIOWrapper()`: files are opened, not made.
pub const MAKE: Option<fn(&Vm, &'static Type, Args) -> Outcome> = Some(|vm, ty, _| Err(vm.cannot_create(ty.name)));

fn attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let Access::Load = access else { return Ok(Word::UNSET) };
    let stream = stream(vm, word)?;
    Ok(match name {
        n if n == name!(closed) => Word::bool(stream.state[0].get() == Word::UNSET),
        n if stream.text && n == name!(encoding) => Word::name(name!("utf-8")),
        n if stream.text && n == name!(errors) => Word::name(name!(strict)),
        n if stream.text && n == name!(newlines) => Word::NONE,
        _ => Word::UNSET,
    })
}
