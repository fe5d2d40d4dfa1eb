//! What generators and coroutines tell about themselves.

use super::{State, this};
use crate::code::prototype::flag;
use crate::object::async_generator;
use crate::object::kind::Access;
use crate::object::name::Name;
use crate::object::word::Word;
use crate::vm::generator::delegate_of;
use crate::vm::{Outcome, Vm};

/// Names of attributes.
pub const NAMES: &[&str] = &[
    "gi_code",
    "gi_frame",
    "gi_running",
    "gi_suspended",
    "gi_yieldfrom",
    "cr_code",
    "cr_frame",
    "cr_origin",
    "cr_running",
    "cr_suspended",
    "cr_await",
    "ag_code",
    "ag_frame",
    "ag_running",
    "ag_await",
];

/// The attributes of a generator.
pub const ATTRIBUTE: Option<fn(&Vm, Word, Name, Access) -> Outcome> = Some(attribute);

fn attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let Access::Load = access else { return Ok(Word::UNSET) };
    let generator = this(word);
    let function = generator.head.function;
    if name == name!(__name__) {
        return Ok(Word::name(function.name()));
    }
    if name == name!(__qualname__) {
        return vm.attribute(function.word(), name);
    }
    if function.prototype.head.flags & flag::COROUTINE == 0 {
        return Ok(match name {
            n if n == name!(gi_code) => function.prototype.word(),
            n if n == name!(gi_frame) => vm.generator_frame(generator)?,
            n if n == name!(gi_running) => Word::bool(generator.state() == State::Running),
            n if n == name!(gi_suspended) => Word::bool(is_suspended(generator.state())),
            n if n == name!(gi_yieldfrom) => delegate_of(generator).unwrap_or(Word::NONE),
            _ => Word::UNSET,
        });
    }
    match name {
        n if n == name!(cr_code) => Ok(function.prototype.word()),
        n if n == name!(cr_frame) => vm.generator_frame(generator),
        n if n == name!(cr_origin) => Ok(Word::NONE),
        n if n == name!(cr_running) => Ok(Word::bool(generator.state() == State::Running)),
        n if n == name!(cr_suspended) => Ok(Word::bool(is_suspended(generator.state()))),
        n if n == name!(cr_await) => Ok(delegate_of(generator).unwrap_or(Word::NONE)),
        // A coroutine is its own iterator.
        n if n == name!(__await__) => vm.attribute(word, name!(__iter__)),
        _ => Ok(Word::UNSET),
    }
}

/// The attributes of an asynchronous generator.
pub const ASYNC_ATTRIBUTE: Option<fn(&Vm, Word, Name, Access) -> Outcome> = Some(async_attribute);

fn async_attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let Access::Load = access else { return Ok(Word::UNSET) };
    let (inner, running) = async_generator::parts(word);
    let generator = this(inner);
    Ok(match name {
        n if n == name!(__name__) => Word::name(generator.head.function.name()),
        n if n == name!(__qualname__) => vm.attribute(generator.head.function.word(), n)?,
        n if n == name!(ag_code) => generator.head.function.prototype.word(),
        n if n == name!(ag_frame) => vm.generator_frame(generator)?,
        n if n == name!(ag_running) => Word::bool(running),
        n if n == name!(ag_await) => delegate_of(generator).unwrap_or(Word::NONE),
        _ => Word::UNSET,
    })
}

fn is_suspended(state: State) -> bool {
    matches!(state, State::Waiting { offset: 1.., .. } | State::Pending { offset: 1.., .. })
}
