//! What generators and coroutines tell about themselves; coroutines as a type of their own, of which `types` and `inspect` tell generators apart.

use super::{GENERATOR, Generator, State, close_row, next_row, pend_throw, send, this, throw_row};
use crate::code::prototype::flag;
use crate::object::async_generator;
use crate::object::class::TYPE;
use crate::object::handle::Handle;
use crate::object::kind::{ALL, Access, Header, Kind, Type};
use crate::object::name::Name;
use crate::object::word::Word;
use crate::vm::generator::delegate_of;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

/// Names of attributes.
pub const NAMES: &[&str] = &[
    "coroutine",
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

/// Methods of a coroutine.
pub mod coroutine_rows {
    use super::{close_row, next_row, pend_throw, send, throw_row};
    table! { pub ROWS, NAMES, DOCS:
        /// send(x): goes on; x is what is awaited.
        def send(2) = send;
        /// throw(exception): raises it where the coroutine waits.
        def throw(2..=4) = throw_row;
        /// close(): raises GeneratorExit where the coroutine waits.
        def close(1) = close_row;
        /// pend_throw(exception): raises it where the coroutine waits, when it is resumed; None does not after all.
        def pend_throw(2) = pend_throw;
        /// __await__(): what goes on when it is asked for its next item: itself.
        def __await__(1) = |_, args| Ok(args.at(0));
        /// __next__(): goes on.
        def __next__(1) = next_row;
    }
}

/// `coroutine`: a generator in all but name. As in MicroPython, it can be iterated.
pub static COROUTINE: Type = Type {
    header: Header::of(&TYPE),
    slots: &super::SLOTS,
    name: name!("coroutine"),
    kind: Kind::Generator,
    traced: ALL,
    base: None,
    rows: coroutine_rows::ROWS,
};

/// The type of what a call of a function with these flags makes.
pub fn type_of(flags: u8) -> &'static Type {
    if flags & flag::COROUTINE != 0 { &COROUTINE } else { &GENERATOR }
}

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
        n if n == name!(cr_origin) => Ok(origin(generator)),
        n if n == name!(cr_running) => Ok(Word::bool(generator.state() == State::Running)),
        n if n == name!(cr_suspended) => Ok(Word::bool(is_suspended(generator.state()))),
        n if n == name!(cr_await) => Ok(delegate_of(generator).unwrap_or(Word::NONE)),
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

/// Who made a coroutine, if that was noted: it lies behind the slots of the frame.
fn origin(generator: Handle<Generator>) -> Word {
    let head = &generator.get().head.function.get().prototype.get().head;
    let own = head.locals as usize + (head.stack as usize).max(1);
    generator.get().tail().get(own).map_or(Word::NONE, Cell::get)
}

fn is_suspended(state: State) -> bool {
    matches!(state, State::Waiting { offset: 1.., .. } | State::Pending { offset: 1.., .. })
}
