//! `sys.settrace`: a program that looks at another as it runs, line by line.
//!
//! Tracing costs nothing while it is off: there is a second loop of `dispatch`, in which each frame is run by itself and the
//! `Tracer` is asked at every instruction. The usual loop notices at its calls (`pending` stays set while tracing is on) that the
//! frame to come is to be traced. Frames that ran before tracing began are not, as in CPython, unless they are given a trace function: then
//! the loop that runs them lends them to the second one when it comes back to them from a call.

use super::frame::Record;
use super::frame_object::{F_TRACE, generator_of, how, is_told, set_told};
use super::{Outcome, Root, Vm, dispatch};
use crate::code::opcode::Opcode;
use crate::object::exception;
use crate::object::function::Function;
use crate::object::generator::Generator;
use crate::object::handle::Handle;
use crate::object::name::Name;
use crate::object::resource::Resource;
use crate::object::word::Word;
use core::cell::Cell;
use core::sync::atomic::Ordering;

/// Whether there is tracing at all.
pub(super) const TRACES: bool = true;

/// Names that are used here.
pub(crate) const NAMES: &[&str] = &["call", "line", "return", "exception", "opcode"];

/// Whether frames that begin are traced now.
pub(super) struct State(Cell<bool>);

impl State {
    pub(super) const fn new() -> State {
        State(Cell::new(false))
    }
}

/// What is traced of one run of a frame.
pub(super) struct Tracer {
    record: *mut Record,
    /// The frame's object, which knows who is told of lines, returns and exceptions.
    frame: Option<Handle<Resource>>,
    /// Where the last line was noticed.
    line: usize,
    offset: usize,
    /// A line begins there.
    begins: bool,
    /// The frame ran untraced before: the loop that lent it takes it back where it is left.
    is_lent: bool,
}

impl Tracer {
    /// Of a frame that is not traced.
    pub(super) const fn none() -> Tracer {
        Tracer { record: core::ptr::null_mut(), frame: None, line: 0, offset: 0, begins: false, is_lent: false }
    }

    /// Whether the running frame is the one that is traced, and somebody listens.
    fn listens(&self, vm: &Vm) -> bool {
        vm.traces() && self.is_of(vm) && self.local() != Word::NONE
    }

    /// Whether the running frame is the one that is looked at.
    pub(super) fn is_of(&self, vm: &Vm) -> bool {
        vm.record() == self.record
    }

    /// Whether another loop goes on with the running frame where it is left.
    pub(super) fn is_lent(&self, vm: &Vm) -> bool {
        self.is_lent && self.is_of(vm)
    }

    /// The function that is told, `None` if nobody is.
    fn local(&self) -> Word {
        self.frame.map_or(Word::NONE, |frame| frame.state[F_TRACE].get())
    }

    fn wants(&self, how: isize) -> bool {
        self.frame.is_some_and(|frame| is_told(frame, how))
    }

    /// Whether something is to be told of the instruction at `offset`: that a line begins with it, another one or the same once more, or
    /// the instruction itself.
    pub(super) fn is_at_line(&mut self, vm: &Vm, function: Handle<Function>, offset: usize) -> bool {
        if !self.listens(vm) {
            return false;
        }
        let prototype = function.get().prototype.get();
        // Cells are made before the first line.
        if prototype.code().get(offset).copied() == Some(Opcode::MakeCell as u8) {
            return false;
        }
        // What a jump forward reaches in the midst of a line belongs to no line: what ends an `except`, the end of a function.
        let (line, from) = prototype.line_from(offset);
        let begins = line != self.line && offset == from || offset < self.offset;
        self.offset = offset;
        if begins {
            self.line = line;
        }
        self.begins = begins && !self.wants(how::NO_LINES);
        self.begins || self.wants(how::OPCODES)
    }

    /// Tells of an event of this frame.
    fn tell(&mut self, vm: &Vm, event: Name, argument: Word) -> Outcome<()> {
        let Some(frame) = self.frame else { return Ok(()) };
        let answer = vm.ask_tracer(self.local(), frame.word(), event, argument)?;
        if answer != Word::NONE {
            frame.state[F_TRACE].set(answer);
        }
        Ok(())
    }

    /// Tells that a line begins, or of the instruction.
    pub(super) fn tell_line(&mut self, vm: &Vm) -> Outcome<()> {
        if self.begins {
            self.tell(vm, name!(line), Word::NONE)?;
        }
        if self.wants(how::OPCODES) && self.listens(vm) { self.tell(vm, name!(opcode), Word::NONE) } else { Ok(()) }
    }

    /// Tells that the frame is left with `value`, for good or until it goes on.
    pub(super) fn tell_return(&mut self, vm: &Vm, value: Word) -> Outcome<()> {
        if self.listens(vm) { self.tell(vm, name!(r#return), value) } else { Ok(()) }
    }

    /// Tells of the exception under way, which may become another one.
    pub(super) fn tell_exception(&mut self, vm: &Vm) {
        if !self.listens(vm) {
            return;
        }
        let exception = vm.peek();
        let traceback = crate::object::exception::traceback_of(exception);
        let told = vm
            .new_tuple(&[vm.type_word_of(exception), exception, traceback])
            .and_then(|argument| self.tell(vm, name!(exception), argument));
        if told.is_ok() {
            vm.put_back(exception);
        }
    }

    /// Tells that an iterator has ended, if it is a generator that returned a value: as of a `StopIteration` that nobody raised.
    pub(super) fn tell_end(&mut self, vm: &Vm, iterator: Word) -> Outcome<()> {
        if !self.listens(vm) || Handle::<Generator>::from(iterator).is_none() {
            return Ok(());
        }
        let value = vm.stop_value.get();
        if value == Word::NONE {
            return Ok(());
        }
        let stop = exception::new(vm, &exception::STOP_ITERATION, &[value])?;
        let argument = vm.new_tuple(&[vm.type_word_of(stop), stop, Word::NONE])?;
        self.tell(vm, name!(exception), argument)?;
        vm.stop_value.set(value);
        Ok(())
    }

    /// Tells that an exception leaves the frame.
    pub(super) fn tell_unwound(&mut self, vm: &Vm) {
        let exception = vm.peek();
        if self.tell_return(vm, Word::NONE).is_ok() {
            vm.put_back(exception);
        }
    }
}

/// Runs the topmost frame, as `dispatch::run`, and tells of it.
///
/// # Safety
/// As for `dispatch::run`.
pub(super) unsafe fn run(vm: &Vm, sp: *mut Word, raise: bool) -> Outcome {
    vm.publish(sp);
    let under_way = vm.peek();
    let mut tracer = Tracer { record: vm.record(), ..Tracer::none() };
    // A generator goes on in the midst of a line, which does not begin again.
    // SAFETY: the topmost record is initialised.
    let record = unsafe { *tracer.record };
    let prototype = record.function.get().prototype.get();
    let offset = record.ip.addr() - prototype.code().as_ptr().addr();
    if offset > 0 {
        (tracer.line, tracer.offset) = (prototype.line(offset - 1), offset);
    }
    let begun = vm.frame_of_record(tracer.record).and_then(|frame| {
        let frame = Handle::<Resource>::from(frame).expect("a frame object");
        tracer.frame = Some(frame);
        set_told(frame, how::TRACED, true);
        let local = vm.ask_tracer(vm.root(Root::Trace), frame.word(), name!(call), Word::NONE)?;
        if local != Word::NONE {
            frame.state[F_TRACE].set(local);
        }
        Ok(())
    });
    let raise = match begun {
        Ok(()) => {
            vm.put_back(under_way);
            raise
        }
        Err(_) => true,
    };
    // SAFETY: the caller's promise; the handler's own frames are gone again.
    let outcome = vm.boundary.enclose(|| unsafe { dispatch::run_loop::<true>(vm, sp, raise, &mut tracer) });
    if let Some(frame) = tracer.frame {
        set_told(frame, how::TRACED, false);
    }
    outcome
}

/// What becomes of a frame that a loop has lent.
pub(super) enum Lent {
    /// Nobody looks at it.
    Not,
    /// The instruction at its record's `ip`, which is still to run, returns.
    Returns,
    /// It was a generator's, which has yielded this.
    Yielded(Word),
}

/// Runs the topmost frame, which a loop that tells of nothing began and lends after a call, if a program has given it a trace function. With
/// `raise`, begins by raising the exception under way. An error has passed the frame, which is left by it next.
///
/// # Safety
/// The topmost record's frame runs, its `ip` is up to date, and `sp` is its stack's top, which is published.
#[cold]
#[inline(never)]
pub(super) unsafe fn go_on(vm: &Vm, sp: *mut Word, raise: bool) -> Outcome<Lent> {
    let record = vm.record();
    let Some(frame) = vm.frame_with_tracer(record) else { return Ok(Lent::Not) };
    // SAFETY: the topmost record is initialised.
    let (ip, prototype) = unsafe { ((*record).ip, (*record).function.get().prototype.get()) };
    let offset = ip.addr() - prototype.code().as_ptr().addr();
    let line = prototype.line(offset.saturating_sub(1));
    let mut tracer = Tracer { record, frame: Some(frame), line, offset, begins: false, is_lent: true };
    set_told(frame, how::TRACED, true);
    // SAFETY: the caller's promise.
    let outcome = vm.boundary.enclose(|| unsafe { dispatch::run_loop::<true>(vm, sp, raise, &mut tracer) });
    set_told(frame, how::TRACED, false);
    outcome.map(|value| value.set().map_or(Lent::Returns, Lent::Yielded))
}

impl Vm {
    /// Whether frames that begin are traced.
    #[inline(always)]
    pub(crate) fn traces(&self) -> bool {
        self.tracing.0.get()
    }

    /// The function that `set_trace` was given, or `None`.
    pub fn trace_function(&self) -> Word {
        self.root(Root::Trace).set().unwrap_or(Word::NONE)
    }

    /// Calls `function(frame, event, argument)` for frames that begin from now on; `None` ends that.
    pub fn set_trace(&self, function: Word) {
        self.set_root(Root::Trace, if function == Word::NONE { Word::UNSET } else { function });
        self.resume_tracing();
    }

    fn resume_tracing(&self) {
        self.tracing.0.set(self.root(Root::Trace) != Word::UNSET);
        self.note_tracing();
    }

    /// What of this is a thread's own.
    #[cfg(feature = "threads")]
    pub(super) fn tracing_state(&self) -> [Word; 2] {
        [self.root(Root::Trace), Word::bool(self.traces())]
    }

    /// It is the turn of the thread that has this.
    #[cfg(feature = "threads")]
    pub(super) fn set_tracing_state(&self, [function, traces]: [Word; 2]) {
        self.set_root(Root::Trace, function);
        self.tracing.0.set(traces == Word::TRUE);
        self.note_tracing();
    }

    /// While tracing is on, calls have to look.
    pub(super) fn note_tracing(&self) {
        if self.tracing.0.get() {
            self.pending.store(true, Ordering::Relaxed);
        }
    }

    /// Calls a trace function, untraced. One that raises ends the tracing.
    fn ask_tracer(&self, function: Word, frame: Word, event: Name, argument: Word) -> Outcome {
        self.tracing.0.set(false);
        let answer = self.call(function, &[frame, Word::name(event), argument]);
        if answer.is_err() {
            self.set_root(Root::Trace, Word::UNSET);
        }
        self.resume_tracing();
        answer
    }

    /// The exception that is handled, in a generator that handles none around it.
    pub(crate) fn handled_now(&self) -> Word {
        let around = |depth: usize| generator_of(self.record_at(depth))?.head.handled.around();
        let own = || self.handled.get().set();
        own().or_else(|| (1..=self.depth()).rev().find_map(around)).unwrap_or(Word::UNSET)
    }
}

/// Whether the instruction at `offset` only raises on what was raised before.
pub(super) fn is_raised_on(function: Handle<Function>, offset: usize) -> bool {
    let opcode = function.get().prototype.get().code().get(offset).copied();
    [Opcode::ReRaise as u8, Opcode::EndFinally as u8].map(Some).contains(&opcode)
}
