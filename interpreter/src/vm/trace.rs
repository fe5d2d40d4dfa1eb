//! `sys.settrace`: a program that looks at another as it runs, line by line.
//!
//! Tracing costs nothing while it is off: there is a second loop of `dispatch`, in which each frame is run by itself and the
//! `Tracer` is asked at every instruction. The usual loop notices at its calls (`pending` stays set while tracing is on) that the
//! frame to come is to be traced. Frames that ran before tracing began are not, as in CPython.

use super::frame::Record;
use super::{Outcome, Root, Vm, dispatch};
use crate::code::opcode::Opcode;
use crate::object::dict::Dict;
use crate::object::exception::Exception;
use crate::object::function::Function;
use crate::object::handle::Handle;
use crate::object::kind::{Access, Slots, Type};
use crate::object::name::Name;
use crate::object::print::{Printer, Style};
use crate::object::resource::{Resource, resource_type};
use crate::object::word::Word;
use core::cell::Cell;
use core::sync::atomic::Ordering;

/// Whether there is tracing at all.
pub(super) const TRACES: bool = true;

/// Names that are used here.
pub(crate) const NAMES: &[&str] = &["call", "line", "return", "exception", "f_lasti", "f_builtins"];

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
    /// The function that is told of lines, returns and exceptions, or `UNSET`.
    local: Word,
    frame: Word,
    /// Where the last line was noticed.
    line: usize,
    offset: usize,
}

impl Tracer {
    /// Of a frame that is not traced.
    pub(super) const fn none() -> Tracer {
        Tracer { record: core::ptr::null_mut(), local: Word::UNSET, frame: Word::UNSET, line: 0, offset: 0 }
    }

    /// Whether the running frame is the one that is traced, and somebody listens.
    fn listens(&self, vm: &Vm) -> bool {
        self.local != Word::UNSET && vm.traces() && vm.record() == self.record
    }

    /// Whether a line begins with the instruction at `offset`: another one, or the same once more.
    pub(super) fn is_at_line(&mut self, vm: &Vm, function: Handle<Function>, offset: usize) -> bool {
        if !self.listens(vm) {
            return false;
        }
        let prototype = function.get().prototype.get();
        // Cells are made before the first line.
        if prototype.code().get(offset).copied() == Some(Opcode::MakeCell as u8) {
            return false;
        }
        let line = prototype.line(offset);
        let begins = line != self.line || offset < self.offset;
        (self.line, self.offset) = (line, offset);
        begins
    }

    /// Tells of an event of this frame.
    fn tell(&mut self, vm: &Vm, event: Name, argument: Word) -> Outcome<()> {
        let answer = vm.ask_tracer(self.local, self.frame, event, argument)?;
        if answer != Word::NONE {
            self.local = answer;
        }
        Ok(())
    }

    /// Tells that a line begins.
    pub(super) fn tell_line(&mut self, vm: &Vm) -> Outcome<()> {
        self.tell(vm, name!(line), Word::NONE)
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
        let traceback = Handle::<Exception>::from(exception).and_then(|it| it.traceback.get().set()).unwrap_or(Word::NONE);
        let told = vm
            .new_tuple(&[vm.type_word_of(exception), exception, traceback])
            .and_then(|argument| self.tell(vm, name!(exception), argument));
        if told.is_ok() {
            vm.put_back(exception);
        }
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
    let begun = vm.frame(vm.depth()).and_then(|frame| {
        tracer.frame = frame;
        vm.ask_tracer(vm.root(Root::Trace), frame, name!(call), Word::NONE)
    });
    let raise = match begun {
        Ok(local) => {
            tracer.local = if local == Word::NONE { Word::UNSET } else { local };
            vm.put_back(under_way);
            raise
        }
        Err(_) => true,
    };
    // SAFETY: the caller's promise; the handler's own frames are gone again.
    vm.boundary.enclose(|| unsafe { dispatch::run_loop::<true>(vm, sp, raise, &mut tracer) })
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

    /// How many frames there are.
    fn depth(&self) -> usize {
        (self.stack.limit.get().as_ptr().addr() - self.record().addr()) / size_of::<Record>()
    }

    /// The frame object of the frame that has `depth - 1` beneath it.
    fn frame(&self, depth: usize) -> Outcome {
        let function = self.record_at(depth).function;
        self.new_resource(&FRAME, &[function.word(), Word::int(depth as isize)])
    }

    fn record_at(&self, depth: usize) -> Record {
        let limit = self.stack.limit.get().as_ptr().cast::<Record>();
        debug_assert!((1..=self.depth()).contains(&depth));
        // SAFETY: so many records lie below the limit.
        unsafe { *limit.sub(depth) }
    }

    /// The frame object of who runs, or of who called it, and so on: `sys._getframe`.
    ///
    /// # Errors
    /// `ValueError` if there are not so many.
    pub fn frame_above(&self, count: usize) -> Outcome {
        match self.depth().checked_sub(count) {
            None | Some(0) => Err(self.value_error("call stack is not deep enough")),
            Some(depth) => self.frame(depth),
        }
    }
}

static FRAME_SLOTS: Slots =
    Slots { print: Some(|vm, word, out, _| print(vm, word, out)), attribute: Some(attribute), ..Slots::NONE };
/// The type of frames. State: [0] the function, [1] how deep it lies.
static FRAME: Type = resource_type(name!(frame), &FRAME_SLOTS, &[]);

fn parts(vm: &Vm, word: Word) -> (Handle<Function>, usize) {
    let frame: Handle<Resource> = vm.resource(word, &FRAME).expect("by its type");
    (Handle::from(frame.state[0].get()).expect("a function"), frame.state[1].get().int_value() as usize)
}

/// The record of a frame that still runs.
fn record(vm: &Vm, function: Handle<Function>, depth: usize) -> Option<Record> {
    let found = (depth <= vm.depth()).then(|| vm.record_at(depth))?;
    (found.function == function).then_some(found)
}

/// The line that runs: the function's own as long as it has not begun.
fn line(vm: &Vm, function: Handle<Function>, depth: usize) -> Word {
    let prototype = function.get().prototype.get();
    let start = prototype.code().as_ptr();
    let line = match record(vm, function, depth) {
        Some(record) if record.ip != start => prototype.line(offset(vm, function, depth)),
        _ => prototype.head.first_line as usize,
    };
    Word::int(line as isize)
}

/// Where it is: the byte before the one that its record names, so that a call is within its own line.
fn offset(vm: &Vm, function: Handle<Function>, depth: usize) -> usize {
    let start = function.get().prototype.get().code().as_ptr().addr();
    record(vm, function, depth).map_or(0, |record| record.ip.addr().saturating_sub(start + 1))
}

fn print(vm: &Vm, word: Word, out: &mut Printer) -> Outcome<()> {
    let (function, depth) = parts(vm, word);
    let prototype = function.get().prototype.get();
    out.text(vm, "<frame at 0x")?;
    out.hex(vm, word.address())?;
    out.text(vm, ", file '")?;
    out.text(vm, vm.name_text(prototype.head.file))?;
    out.text(vm, "', line ")?;
    out.word(vm, line(vm, function, depth), Style::Repr)?;
    out.text(vm, ", code ")?;
    out.text(vm, vm.name_text(prototype.head.name))?;
    out.text(vm, ">")
}

fn attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let Access::Load = access else { return Ok(Word::UNSET) };
    let (function, depth) = parts(vm, word);
    let prototype = function.get().prototype;
    Ok(match name {
        n if n == name!(f_code) => prototype.word(),
        n if n == name!(f_globals) => function.get().globals.word(),
        n if n == name!(f_lineno) => line(vm, function, depth),
        n if n == name!(f_lasti) => Word::int(offset(vm, function, depth) as isize),
        n if n == name!(f_back) => match record(vm, function, depth) {
            Some(_) if depth > 1 => vm.frame(depth - 1)?,
            _ => Word::NONE,
        },
        n if n == name!(f_locals) => locals(vm, function, depth)?,
        _ => Word::UNSET,
    })
}

/// The globals of a module's frame; of a function's, its parameters, which are what its code still knows by name.
fn locals(vm: &Vm, function: Handle<Function>, depth: usize) -> Outcome {
    let prototype = function.get().prototype.get();
    if prototype.head.name == name!("<module>") {
        return Ok(function.get().globals.word());
    }
    let locals: Handle<Dict> = vm.new_dict()?;
    let Some(record) = record(vm, function, depth) else { return Ok(locals.word()) };
    for index in 0..prototype.parameter_count() {
        // SAFETY: a running frame's locals are initialised, its parameters among them.
        let value = unsafe { *record.fp.add(index) };
        let value = Handle::<crate::object::cell::CellObject>::from(value).map_or(value, |cell| cell.value.get());
        if value != Word::UNSET {
            locals.map.insert(vm, Word::name(prototype.parameter(index)), value)?;
        }
    }
    Ok(locals.word())
}

/// Whether the instruction at `offset` only raises on what was raised before.
pub(super) fn is_raised_on(function: Handle<Function>, offset: usize) -> bool {
    let opcode = function.get().prototype.get().code().get(offset).copied();
    [Opcode::ReRaise as u8, Opcode::EndFinally as u8].map(Some).contains(&opcode)
}
