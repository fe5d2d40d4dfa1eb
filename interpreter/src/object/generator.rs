//! Generators and coroutines: a function's frame as an object.

use super::class::TYPE;
use super::exception;
use super::function::Function;
use super::handle::{Args, Handle, Tailed};
use super::kind::{ALL, Header, Kind, Slots, Type};
use super::print::{Printer, Style};
use super::word::Word;
use crate::vm::generator::{close, resume, throw};
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

#[cfg_attr(not(feature = "full"), path = "small/generator.rs")]
pub mod detail;
#[cfg_attr(not(feature = "full"), path = "small/handled.rs")]
pub mod handled;

static SLOTS: Slots =
    Slots { print: Some(print), iter: Some(|_, word| Ok(word)), next: Some(next), attribute: detail::ATTRIBUTE, ..Slots::NONE };

/// `generator`.
pub static GENERATOR: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("generator"),
    kind: Kind::Generator,
    traced: ALL,
    base: None,
    rows: ROWS,
};

table! { pub ROWS, NAMES, DOCS:
    /// send(x): goes on; x is the value of the `yield` that waits.
    def send(2) = send;
    /// throw(exception): raises it where the generator waits.
    def throw(2..=4) = throw_row;
    /// close(): raises GeneratorExit where the generator waits.
    def close(1) = close_row;
    /// pend_throw(exception): raises it where the generator waits, when it is resumed; None does not after all. Answers what was
    /// to be raised until now.
    #[cfg(feature = "full")]
    def pend_throw(2) = pend_throw;
    /// __next__(): the next item.
    def __next__(1) = next_row;
}

/// What a generator has besides the slots of its frame.
#[repr(C)]
pub struct Head {
    /// The function whose frame this is.
    pub function: Handle<Function>,
    /// Where it stands: a small int, see `State`.
    state: Cell<Word>,
    /// On hosts: the exception that it handles, or while it runs the one that who resumed it does.
    pub(crate) handled: handled::Handled,
}

const _: () = assert!(size_of::<Generator>() == 4 * size_of::<usize>() + size_of::<handled::Handled>());

/// A generator: its slots are the frame's locals and the values above them.
pub type Generator = Tailed<Head, Cell<Word>>;

/// Where a generator stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It goes on at `offset` of its code (0: it has not begun) with so many values above its locals.
    Waiting {
        /// Offset into the code.
        offset: usize,
        /// Values above the locals.
        depth: usize,
    },
    /// It waits, and what `pend_throw` was given lies in the slot above its values: where a sent value would come.
    Pending {
        /// As of `Waiting`.
        offset: usize,
        /// As of `Waiting`.
        depth: usize,
    },
    /// Its frame is on the VM's stack.
    Running,
    /// It has returned or raised.
    Finished,
}

/// Bits of an offset in a state; above it lies the depth.
const OFFSET: u32 = usize::BITS / 2;
/// Numbers up to this one, counting down, are those of `State::Pending`; above lie those of a running generator.
const PENDING: isize = -0x8000;

fn parts(value: usize) -> (usize, usize) {
    (value & ((1 << OFFSET) - 1), value >> OFFSET)
}

impl Generator {
    /// Where it stands.
    #[inline]
    pub fn state(&self) -> State {
        match self.head.state.get().int_value() {
            -1 => State::Finished,
            value @ 0.. => {
                let (offset, depth) = parts(value as usize);
                State::Waiting { offset, depth }
            }
            value if value > PENDING => State::Running,
            value => {
                let (offset, depth) = parts((PENDING - value) as usize);
                State::Pending { offset, depth }
            }
        }
    }

    /// Sets where it stands.
    #[inline]
    pub fn set_state(&self, state: State) {
        self.head.state.set(Word::int(match state {
            State::Waiting { offset, depth } => (offset | depth << OFFSET) as isize,
            State::Pending { offset, depth } => PENDING - (offset | depth << OFFSET) as isize,
            State::Running => -2,
            State::Finished => -1,
        }));
    }

    /// What `pend_throw` was given, to be raised now: it only waits from here on.
    pub(crate) fn take_pending(&self) -> Option<Word> {
        let State::Pending { offset, depth } = self.state() else { return None };
        self.set_state(State::Waiting { offset, depth });
        self.tail().get(self.head.function.prototype.head.locals as usize + depth).map(|slot| slot.replace(Word::NONE))
    }

    /// Marks it as running, with so many slots of its frame in use.
    pub(crate) fn set_resumed(&self, used: usize) {
        self.head.state.set(Word::int(-2 - used as isize));
    }

    /// How many slots were in use when it was resumed.
    pub(crate) fn resumed(&self) -> usize {
        (-2 - self.head.state.get().int_value()) as usize
    }
}

/// A generator of `function`, whose locals are `locals`.
///
/// # Errors
/// `MemoryError`; `RuntimeError` for a frame of more than 16,383 values.
pub fn new(vm: &Vm, function: Handle<Function>, locals: &[Word]) -> Outcome {
    let stack = function.prototype.head.stack as usize;
    if stack > 0x3fff {
        return Err(vm.raise_text(&exception::RUNTIME_ERROR, "generator too large"));
    }
    let state = Cell::new(Word::int(0));
    let slot = |index: usize| locals.get(index).copied().unwrap_or(Word::UNSET);
    // At least one above the locals: for `pend_throw`.
    let (flags, head) = (function.prototype.head.flags, Head { function, state, handled: handled::Handled::NONE });
    let handlers = function.prototype.head.handlers as usize;
    // Who made a coroutine lies behind all that.
    let (own, origin) = (locals.len() + stack.max(1), vm.coroutine_origin(flags)?);
    let length = own + usize::from(origin != Word::UNSET);
    let slot = |index: usize| if index == own { origin } else { slot(index) };
    let generator = vm.new_celled(detail::type_of(flags), length, head, slot)?;
    let shown = super::async_generator::shown(vm, flags, generator.word())?;
    vm.note_generator(shown, handlers, flags)?;
    Ok(shown)
}

fn this(word: Word) -> Handle<Generator> {
    Handle::from(word).expect("a generator")
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _style: Style) -> Outcome<()> {
    let function = this(word).head.function;
    if crate::WHOLE {
        let is_coroutine = function.prototype.head.flags & crate::code::prototype::flag::COROUTINE != 0;
        out.text(vm, if is_coroutine { "<coroutine object " } else { "<generator object " })?;
        let name = vm.attribute(function.word(), name!(__qualname__))?;
        out.word(vm, name, Style::Str)?;
    } else {
        out.text(vm, "<generator object '")?;
        out.text(vm, vm.name_text(function.name()))?;
        out.text(vm, "'")?;
    }
    out.text(vm, " at 0x")?;
    out.hex(vm, word.address())?;
    out.text(vm, ">")
}

fn next(vm: &Vm, word: Word) -> Outcome {
    resume(vm, this(word), Word::NONE, false)
}

/// The end of an iteration as an exception.
fn stopped(vm: &Vm, outcome: Outcome) -> Outcome {
    let value = outcome?;
    if value == Word::UNSET { Err(exception::raise_stop(vm)) } else { Ok(value) }
}

/// The generator that a method was called on.
fn receiver(vm: &Vm, args: Args) -> Outcome<Handle<Generator>> {
    Handle::from(args.at(0)).ok_or_else(|| vm.type_error("a generator is wanted"))
}

fn next_row(vm: &Vm, args: Args) -> Outcome {
    stopped(vm, resume(vm, receiver(vm, args)?, Word::NONE, false))
}

fn send(vm: &Vm, args: Args) -> Outcome {
    stopped(vm, resume(vm, receiver(vm, args)?, args.at(1), false))
}

fn throw_row(vm: &Vm, args: Args) -> Outcome {
    let generator = receiver(vm, args)?;
    let value = args.get(2).filter(|value| *value != Word::NONE);
    // What is delegated to may take anything.
    let thrown = if value.is_some() { exception::instantiate(vm, args.at(1), value)? } else { args.at(1) };
    stopped(vm, throw(vm, generator, thrown))
}

#[cfg(feature = "full")]
fn pend_throw(vm: &Vm, args: Args) -> Outcome {
    let (generator, thrown) = (receiver(vm, args)?, args.at(1));
    if generator.state() == State::Running {
        return Err(crate::vm::generator::already_executing(vm, generator));
    }
    let before = generator.take_pending().unwrap_or(Word::NONE);
    let State::Waiting { offset, depth } = generator.state() else { return Ok(Word::NONE) };
    if thrown != Word::NONE {
        generator.get().tail()[generator.head.function.prototype.head.locals as usize + depth].set(thrown);
        generator.set_state(State::Pending { offset, depth });
    }
    Ok(before)
}

fn close_row(vm: &Vm, args: Args) -> Outcome {
    close(vm, receiver(vm, args)?)?;
    Ok(Word::NONE)
}
