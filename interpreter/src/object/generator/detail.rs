//! What generators and coroutines tell about themselves.

use super::{State, this};
use crate::code::prototype::flag;
use crate::object::kind::Access;
use crate::object::name::Name;
use crate::object::word::Word;
use crate::vm::generator::delegate_of;
use crate::vm::{Outcome, Vm};

/// Names of attributes.
pub const NAMES: &[&str] =
    &["gi_code", "gi_running", "gi_suspended", "gi_yieldfrom", "cr_code", "cr_running", "cr_suspended", "cr_await"];

/// The attributes of a generator.
pub const ATTRIBUTE: Option<fn(&Vm, Word, Name, Access) -> Outcome> = Some(attribute);

fn attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let Access::Load = access else { return Ok(Word::UNSET) };
    let generator = this(word);
    let function = generator.head.function;
    if name == name!(__name__) || name == name!(__qualname__) {
        return Ok(Word::name(function.name()));
    }
    if function.prototype.head.flags & flag::COROUTINE == 0 {
        return Ok(match name {
            n if n == name!(gi_code) => function.prototype.word(),
            n if n == name!(gi_running) => Word::bool(generator.state() == State::Running),
            n if n == name!(gi_suspended) => Word::bool(is_suspended(generator.state())),
            n if n == name!(gi_yieldfrom) => delegate_of(generator).unwrap_or(Word::NONE),
            _ => Word::UNSET,
        });
    }
    match name {
        n if n == name!(cr_code) => Ok(function.prototype.word()),
        n if n == name!(cr_running) => Ok(Word::bool(generator.state() == State::Running)),
        n if n == name!(cr_suspended) => Ok(Word::bool(is_suspended(generator.state()))),
        n if n == name!(cr_await) => Ok(delegate_of(generator).unwrap_or(Word::NONE)),
        // A coroutine is its own iterator.
        n if n == name!(__await__) => vm.attribute(word, name!(__iter__)),
        _ => Ok(Word::UNSET),
    }
}

fn is_suspended(state: State) -> bool {
    matches!(state, State::Waiting { offset: 1.., .. } | State::Pending { offset: 1.., .. })
}
