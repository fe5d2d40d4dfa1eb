//! Asynchronous generators, and the awaitables that are their steps.
//!
//! The body is a plain generator. What it yields itself comes wrapped (`Helper::Yielded`), so that a step tells it from what
//! an `await` in the body sends up to the event loop: the first ends the step, the second passes through.
//!
//! In MicroPython such a function is a coroutine that yields to the event loop by itself. So an `await` of the generator,
//! which is an error in CPython, is one step that goes through all of it, whose values pass unwrapped.

use super::class::TYPE;
use super::exception;
use super::generator::{Generator, State};
use super::handle::{Args, Handle};
use super::kind::{ALL, Header, Kind, Rows, Slots, Type};
use super::name::Name;
use super::print::{Printer, Style};
use super::word::Word;
use crate::code::prototype::flag;
use crate::vm::generator::{delegate, resume, throw};
use crate::vm::raise::Part;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

/// An asynchronous generator, a step of one, or a wrapped value.
#[repr(C)]
pub struct Async {
    header: Header,
    /// The generator; of a step the asynchronous generator (of `anext` with a default the iterator); the wrapped value.
    subject: Cell<Word>,
    /// Of a step: what is sent or thrown, or the default; `UNSET` of one that goes through the whole generator. Of a generator: what is
    /// told when nobody will go on with it, or `UNSET`.
    argument: Cell<Word>,
    /// Of a generator whether a step is under way; of a step its `Way` and whether it has begun or ended.
    state: Cell<Word>,
}

static SLOTS: Slots = Slots { print: Some(print), attribute: super::generator::detail::ASYNC_ATTRIBUTE, ..Slots::NONE };
static STEP_SLOTS: Slots = Slots { iter: Some(|_, word| Ok(word)), next: Some(next), ..Slots::NONE };
static PLAIN: Slots = Slots { ..Slots::NONE };

/// `async_generator`.
pub static ASYNC_GENERATOR: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("async_generator"),
    kind: Kind::Async,
    traced: ALL,
    base: None,
    rows: ROWS,
};

static STEP: Type = Type {
    header: Header::of(&TYPE),
    slots: &STEP_SLOTS,
    name: name!("async_generator_step"),
    kind: Kind::Async,
    traced: ALL,
    base: None,
    rows: STEP_ROWS,
};

static YIELDED: Type = Type {
    header: Header::of(&TYPE),
    slots: &PLAIN,
    name: name!("async_generator_step"),
    kind: Kind::Async,
    traced: ALL,
    base: None,
    rows: Rows::NONE,
};

table! { pub ROWS, NAMES, DOCS:
    /// __aiter__(): itself.
    def __aiter__(1) = |_, args| Ok(args.at(0));
    /// __anext__(): an awaitable of the next item.
    def __anext__(1) = |vm, args| step(vm, args.at(0), Word::NONE, Way::Send);
    /// asend(x): an awaitable of the next item; x is the value of the `yield` that waits.
    def asend(2) = |vm, args| step(vm, args.at(0), args.at(1), Way::Send);
    /// athrow(exception): an awaitable that raises it where the generator waits.
    def athrow(2..=4) = athrow;
    /// aclose(): an awaitable that raises GeneratorExit where the generator waits.
    def aclose(1) = |vm, args| step(vm, args.at(0), Word::NONE, Way::Close);
}

table! { pub STEP_ROWS, STEP_NAMES, STEP_DOCS:
    /// __await__(): itself.
    def __await__(1) = |_, args| Ok(args.at(0));
    /// send(x): goes on.
    def send(2) = |vm, args| stopped(vm, advance(vm, args.at(0), Action::Send(args.at(1))));
    /// throw(exception): raises it where the generator waits.
    def throw(2..=4) = step_throw;
    /// close(): ends it.
    def close(1) = step_close;
    /// __next__(): goes on.
    def __next__(1) = |vm, args| stopped(vm, advance(vm, args.at(0), Action::Send(Word::NONE)));
}

/// What a step does first.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Way {
    Send,
    Throw,
    Close,
    /// `anext(iterator, default)`.
    Default,
}

/// Bits of a step's state above its `Way`.
const BEGUN: isize = 4;
const ENDED: isize = 8;

/// What whoever drives a step does.
#[derive(Clone, Copy)]
enum Action {
    Send(Word),
    Throw(Word),
}

fn new(vm: &Vm, ty: &'static Type, subject: Word, argument: Word, state: isize) -> Outcome {
    let [subject, argument, state] = [subject, argument, Word::int(state)].map(Cell::new);
    Ok(vm.new_object(Async { header: Header::of(ty), subject, argument, state })?.word())
}

/// What a call of a generator function gives: `generator`, or an asynchronous one around it if `flags` say so.
pub fn shown(vm: &Vm, flags: u8, generator: Word) -> Outcome {
    if flags & flag::ASYNC_GENERATOR == 0 { Ok(generator) } else { new(vm, &ASYNC_GENERATOR, generator, Word::UNSET, 0) }
}

/// Wraps what the body of an asynchronous generator yields.
pub fn yielded(vm: &Vm, args: Args) -> Outcome {
    new(vm, &YIELDED, args.at(0), Word::UNSET, 0)
}

/// `aiter(iterable)`.
pub fn aiter(vm: &Vm, args: Args) -> Outcome {
    asked(vm, args.at(0), name!(__aiter__), "' object is not an async iterable")
}

/// What a method without arguments answers that an object must have.
fn asked(vm: &Vm, object: Word, method: Name, refusal: &'static str) -> Outcome {
    match vm.call_method_if(object, method, &[])?.set() {
        Some(answer) => Ok(answer),
        None => Err(vm.raise(&exception::TYPE_ERROR, &[Part::Text("'"), Part::TypeOf(object), Part::Text(refusal)])),
    }
}

/// `anext(iterator)`, `anext(iterator, default)`.
pub fn anext(vm: &Vm, args: Args) -> Outcome {
    let awaitable = asked(vm, args.at(0), name!(__anext__), "' object is not an async iterator")?;
    let Some(default) = args.get(1) else { return Ok(awaitable) };
    let iterator = crate::vm::generator::awaitable(vm, awaitable)?;
    new(vm, &STEP, iterator, default, Way::Default as isize)
}

fn this(word: Word) -> Handle<Async> {
    Handle::from(word).expect("by its type")
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _style: Style) -> Outcome<()> {
    out.text(vm, "<async_generator object ")?;
    out.word(vm, vm.attribute(body(this(word)).head.function.word(), name!(__qualname__))?, Style::Str)?;
    out.text(vm, " at 0x")?;
    out.hex(vm, word.address())?;
    out.text(vm, ">")
}

/// The generator that has the body of an asynchronous one, and whether a step is under way.
#[cfg(feature = "full")]
pub(super) fn parts(word: Word) -> (Word, bool) {
    let generator = this(word);
    (generator.subject.get(), generator.state.get() != Word::int(0))
}

fn body(generator: Handle<Async>) -> Handle<Generator> {
    Handle::from(generator.subject.get()).expect("an asynchronous generator's body")
}

/// The generator that has the body of an asynchronous one, and what is told when nobody will go on with it; `None` for anything else.
#[cfg(feature = "full")]
pub(crate) fn body_of(word: Word) -> Option<(Handle<Generator>, Word)> {
    let generator = Handle::<Async>::from(word)?;
    Some((body(generator), generator.argument.get()))
}

fn step(vm: &Vm, generator: Word, argument: Word, way: Way) -> Outcome {
    let generator: Handle<Async> = vm.receiver(generator)?;
    if crate::WHOLE && matches!(body(generator).state(), State::Waiting { offset: 0, .. }) {
        begins(vm, generator.word())?;
    }
    new(vm, &STEP, generator.word(), argument, way as isize)
}

/// Whoever wants to know of generators that begin (`sys.set_asyncgen_hooks`, which is Python's) learns of this one.
#[cold]
fn begins(vm: &Vm, generator: Word) -> Outcome<()> {
    let hooks = vm.loaded_modules()?.map.get(vm, Word::name(vm.intern("_sys")?))?;
    if let Some(hooks) = hooks {
        let hook = vm.find_attribute(hooks, vm.intern("_asyncgen_begins")?)?;
        if hook != Word::UNSET && hook != Word::NONE {
            let finalizer = vm.call(hook, &[generator])?;
            this(generator).argument.set(if finalizer == Word::NONE { Word::UNSET } else { finalizer });
        }
    }
    Ok(())
}

/// What an `await` of the generator itself iterates, if `word` is one.
pub fn whole(vm: &Vm, word: Word) -> Outcome<Option<Word>> {
    if !core::ptr::eq(vm.type_of(word), &ASYNC_GENERATOR) {
        return Ok(None);
    }
    step(vm, word, Word::UNSET, Way::Send).map(Some)
}

fn athrow(vm: &Vm, args: Args) -> Outcome {
    step(vm, args.at(0), thrown(vm, args)?, Way::Throw)
}

/// The exception that the arguments of a `throw` say.
fn thrown(vm: &Vm, args: Args) -> Outcome {
    exception::instantiate(vm, args.at(1), args.get(2).filter(|value| *value != Word::NONE))
}

fn step_throw(vm: &Vm, args: Args) -> Outcome {
    let exception = thrown(vm, args)?;
    stopped(vm, advance(vm, args.at(0), Action::Throw(exception)))
}

fn step_close(vm: &Vm, args: Args) -> Outcome {
    let step: Handle<Async> = vm.receiver(args.at(0))?;
    let state = step.state.get().int_value();
    if state & ENDED != 0 {
        return Ok(Word::NONE);
    }
    if state & BEGUN == 0 {
        step.state.set(Word::int(state | ENDED));
        return Ok(Word::NONE);
    }
    let exit = exception::new(vm, &exception::GENERATOR_EXIT, &[])?;
    match advance(vm, step.word(), Action::Throw(exit)) {
        Ok(value) if value == Word::UNSET => Ok(Word::NONE),
        Ok(_) => Err(vm.raise_text(&exception::RUNTIME_ERROR, "coroutine ignored GeneratorExit")),
        Err(raised) => {
            let quiet = [&exception::GENERATOR_EXIT, &exception::STOP_ITERATION, &exception::STOP_ASYNC_ITERATION];
            if !quiet.iter().any(|ty| vm.is_instance(vm.peek_raised(raised), ty)) {
                return Err(raised);
            }
            vm.take_raised(raised);
            Ok(Word::NONE)
        }
    }
}

/// The end of a step as an exception.
fn stopped(vm: &Vm, outcome: Outcome) -> Outcome {
    let value = outcome?;
    if value == Word::UNSET { Err(exception::raise_stop(vm)) } else { Ok(value) }
}

fn next(vm: &Vm, word: Word) -> Outcome {
    advance(vm, word, Action::Send(Word::NONE))
}

/// Drives a step: what goes up to the event loop, or `UNSET` with the step's result in `stop_value`.
fn advance(vm: &Vm, word: Word, action: Action) -> Outcome {
    vm.check_stack()?;
    let step: Handle<Async> = vm.receiver(word)?;
    let state = step.state.get().int_value();
    if state & ENDED != 0 {
        return Err(vm.raise_text(&exception::RUNTIME_ERROR, "cannot reuse already awaited step of an async generator"));
    }
    if state & 3 == Way::Default as isize {
        return advance_default(vm, step, action);
    }
    let generator = this(step.subject.get());
    if state & BEGUN == 0 {
        if generator.state.get() != Word::int(0) {
            let text = "asynchronous generator is already running";
            return Err(vm.raise_text(&exception::RUNTIME_ERROR, text));
        }
        step.state.set(Word::int(state | BEGUN));
    }
    generator.state.set(Word::int(1));
    let outcome = match (state & BEGUN != 0, action) {
        (true, Action::Send(value)) => resume(vm, body(generator), value, false),
        (_, Action::Throw(exception)) => throw(vm, body(generator), exception),
        (false, Action::Send(_)) => begin(vm, step, body(generator), state & 3),
    };
    let is_whole = step.argument.get() == Word::UNSET;
    match outcome {
        Ok(value) if value == Word::UNSET => {}
        Ok(value) if !core::ptr::eq(vm.type_of(value), &YIELDED) => return Ok(value),
        Ok(value) if is_whole => return Ok(this(value).subject.get()),
        _ => {}
    }
    generator.state.set(Word::int(0));
    step.state.set(Word::int(state | ENDED));
    if is_whole {
        return outcome;
    }
    end(vm, outcome, state & 3 == Way::Close as isize)
}

/// The first action of a step.
fn begin(vm: &Vm, step: Handle<Async>, generator: Handle<Generator>, way: isize) -> Outcome {
    let argument = step.argument.get();
    if way == Way::Send as isize {
        let argument = if argument == Word::UNSET { Word::NONE } else { argument };
        return resume(vm, generator, argument, false);
    }
    if way == Way::Throw as isize {
        return throw(vm, generator, argument);
    }
    generator.take_pending();
    match generator.state() {
        State::Finished | State::Waiting { offset: 0, .. } => {
            generator.set_state(State::Finished);
            Ok(Word::UNSET)
        }
        _ => throw(vm, generator, exception::new(vm, &exception::GENERATOR_EXIT, &[])?),
    }
}

/// What a step comes to when its generator has yielded, returned or raised.
fn end(vm: &Vm, outcome: Outcome, closes: bool) -> Outcome {
    let stop = |value| {
        vm.stop_value.set(value);
        Ok(Word::UNSET)
    };
    match outcome {
        Ok(value) if value == Word::UNSET && closes => stop(Word::NONE),
        Ok(value) if value == Word::UNSET => {
            let exception = exception::new(vm, &exception::STOP_ASYNC_ITERATION, &[])?;
            Err(vm.raise_word(exception))
        }
        Ok(_) if closes => Err(vm.raise_text(&exception::RUNTIME_ERROR, "async generator ignored GeneratorExit")),
        Ok(value) => stop(this(value).subject.get()),
        Err(raised) => {
            let exception = vm.peek_raised(raised);
            let is = |ty| vm.is_instance(exception, ty);
            if closes && (is(&exception::GENERATOR_EXIT) || is(&exception::STOP_ASYNC_ITERATION)) {
                vm.take_raised(raised);
                return stop(Word::NONE);
            }
            if is(&exception::STOP_ASYNC_ITERATION) {
                return Err(vm.raise_text(&exception::RUNTIME_ERROR, "async generator raised StopAsyncIteration"));
            }
            Err(raised)
        }
    }
}

/// A step of `anext` with a default.
fn advance_default(vm: &Vm, step: Handle<Async>, action: Action) -> Outcome {
    let iterator = step.subject.get();
    let outcome = match action {
        Action::Send(value) => delegate(vm, iterator, value),
        Action::Throw(exception) => vm.call_method(iterator, name!(throw), &[exception]),
    };
    match outcome {
        Err(raised) if vm.is_instance(vm.peek_raised(raised), &exception::STOP_ASYNC_ITERATION) => {
            vm.take_raised(raised);
            vm.stop_value.set(step.argument.get());
            Ok(Word::UNSET)
        }
        outcome => outcome,
    }
}
