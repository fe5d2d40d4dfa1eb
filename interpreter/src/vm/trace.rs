//! `sys.settrace`: a program that looks at another as it runs, line by line.
//!
//! Tracing costs nothing while it is off: there is a second loop of `dispatch`, in which each frame is run by itself and the
//! `Tracer` is asked at every instruction. The usual loop notices at its calls (`pending` stays set while tracing is on) that the
//! frame to come is to be traced. Frames that ran before tracing began are not, as in CPython.

use super::frame::Record;
use super::{Outcome, Root, Vm, dispatch};
use crate::code::opcode::Opcode;
use crate::code::prototype::flag;
use crate::object::dict::Dict;
use crate::object::exception::traceback::Traceback;
use crate::object::function::Function;
use crate::object::generator::{Generator, State as Stage};
use crate::object::handle::Handle;
use crate::object::kind::{Access, Slots, Type};
use crate::object::list::List;
use crate::object::name::Name;
use crate::object::print::{Printer, Style};
use crate::object::resource::{Resource, resource_type};
use crate::object::tuple::Tuple;
use crate::object::word::Word;
use core::cell::Cell;
use core::sync::atomic::Ordering;

/// Whether there is tracing at all.
pub(super) const TRACES: bool = true;

/// Names that are used here.
pub(crate) const NAMES: &[&str] =
    &["call", "line", "return", "exception", "f_lasti", "f_builtins", "f_trace", "f_trace_lines", "f_trace_opcodes", "opcode"];

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
}

/// What is told of a frame, in `F_TRACE_HOW` of its object.
mod how {
    /// No lines: `f_trace_lines = False`.
    pub const NO_LINES: isize = 1;
    /// Every instruction: `f_trace_opcodes = True`.
    pub const OPCODES: isize = 2;
}

impl Tracer {
    /// Of a frame that is not traced.
    pub(super) const fn none() -> Tracer {
        Tracer { record: core::ptr::null_mut(), frame: None, line: 0, offset: 0, begins: false }
    }

    /// Whether the running frame is the one that is traced, and somebody listens.
    fn listens(&self, vm: &Vm) -> bool {
        vm.traces() && vm.record() == self.record && self.local() != Word::NONE
    }

    /// The function that is told, `None` if nobody is.
    fn local(&self) -> Word {
        self.frame.map_or(Word::NONE, |frame| frame.state[F_TRACE].get())
    }

    fn wants(&self, how: isize) -> bool {
        self.frame.is_some_and(|frame| frame.state[F_TRACE_HOW].get().as_int().unwrap_or(0) & how != 0)
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
    let begun = vm.traced_frame().and_then(|frame| {
        tracer.frame = Some(frame);
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
        vm.forget_traced(frame.word());
    }
    outcome
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
    pub(super) fn tracing_state(&self) -> [Word; 3] {
        [self.root(Root::Trace), self.root(Root::TracedFrames), Word::bool(self.traces())]
    }

    /// It is the turn of the thread that has this.
    #[cfg(feature = "threads")]
    pub(super) fn set_tracing_state(&self, [function, frames, traces]: [Word; 3]) {
        self.set_root(Root::Trace, function);
        self.set_root(Root::TracedFrames, frames);
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

    /// How many frames there are.
    pub(crate) fn depth(&self) -> usize {
        (self.stack.limit.get().as_ptr().addr() - self.record().addr()) / size_of::<Record>()
    }

    /// The frame object of the frame that has `depth - 1` beneath it: one and the same of a frame that is traced.
    fn frame(&self, depth: usize) -> Outcome {
        let (function, place) = (self.record_at(depth).function.word(), Word::int(depth as isize));
        let known = self.traced_frames().and_then(|frames| {
            let mut all = (0..frames.len()).rev().filter_map(|index| frames.at(index));
            all.find(|frame| {
                self.resource(*frame, &FRAME).is_some_and(|it| it.state[0].get() == function && it.state[1].get() == place)
            })
        });
        known.map_or_else(|| self.new_resource(&FRAME, &[function, place]), Ok)
    }

    /// The objects of frames that are traced, the innermost last.
    fn traced_frames(&self) -> Option<Handle<List>> {
        Handle::from(self.root(Root::TracedFrames))
    }

    /// A frame is not traced any more. It is the last, unless threads take turns.
    fn forget_traced(&self, frame: Word) {
        let Some(frames) = self.traced_frames() else { return };
        if let Some(place) = (0..frames.len()).rev().find(|index| frames.at(*index) == Some(frame)) {
            frames.items.shift(place + 1, place, frames.len() - place - 1);
            frames.pop();
        }
    }

    /// A new frame object of the topmost frame, which is to be traced.
    fn traced_frame(&self) -> Outcome<Handle<Resource>> {
        let (function, depth) = (self.record_at(self.depth()).function.word(), Word::int(self.depth() as isize));
        let frame = self.new_resource(&FRAME, &[function, depth])?;
        if self.traced_frames().is_none() {
            self.set_root(Root::TracedFrames, self.new_list(&[])?);
        }
        self.traced_frames().expect("made just now").get().push(self, frame)?;
        Ok(Handle::from(frame).expect("a new frame object"))
    }

    /// The frame object of a generator that has not ended; `None` of one that has.
    ///
    /// # Errors
    /// `MemoryError`.
    pub(crate) fn generator_frame(&self, generator: Handle<Generator>) -> Outcome {
        match generator.state() {
            Stage::Finished => Ok(Word::NONE),
            _ => self.new_resource(&FRAME, &[generator.head.function.word(), generator.word()]),
        }
    }

    /// How deep the frame of a generator lies, if it runs.
    fn depth_of(&self, generator: Handle<Generator>) -> Option<usize> {
        if !matches!(generator.state(), Stage::Running) {
            return None;
        }
        let is_its = |record: Record| {
            // SAFETY: below a running frame lies what was called, of a generator itself.
            record.function == generator.head.function && unsafe { *record.ret() } == generator.word()
        };
        (1..=self.depth()).rev().find(|depth| is_its(self.record_at(*depth)))
    }

    /// The exception that is handled, in a generator that handles none around it.
    pub(crate) fn handled_now(&self) -> Word {
        let around = |depth: usize| {
            let record = self.record_at(depth);
            if record.function.prototype.head.flags & crate::code::prototype::flag::GENERATOR == 0 {
                return None;
            }
            // SAFETY: below a running frame lies what was called, of a generator itself.
            Handle::<Generator>::from(unsafe { *record.ret() })?.head.handled.around()
        };
        let own = || self.handled.get().set();
        own().or_else(|| (1..=self.depth()).rev().find_map(around)).unwrap_or(Word::UNSET)
    }

    fn record_at(&self, depth: usize) -> Record {
        let limit = self.stack.limit.get().as_ptr().cast::<Record>();
        debug_assert!((1..=self.depth()).contains(&depth));
        // SAFETY: so many records lie below the limit.
        unsafe { *limit.sub(depth) }
    }

    /// File, line and name of who runs, of who called it, and so on.
    pub(super) fn places_above(&self, most: usize) -> Outcome {
        let places = self.new_list(&[])?;
        for above in 0..most.min(self.depth()) {
            let frame = self.frame_above(above)?;
            let code = self.attribute(frame, name!(f_code))?;
            let file = self.attribute(code, name!(co_filename))?;
            let (line, name) = (self.attribute(frame, name!(f_lineno))?, self.attribute(code, name!(co_name))?);
            let place = self.new_tuple(&[file, line, name])?;
            Handle::<List>::from(places).expect("a list").get().push(self, place)?;
        }
        Ok(self.tuple_of(places)?.word())
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

/// Of a frame's state: the function that is told of it, or `None`.
const F_TRACE: usize = 2;
/// Of a frame's state: bits of `how`, or `None`.
const F_TRACE_HOW: usize = 3;

static FRAME_SLOTS: Slots =
    Slots { print: Some(|vm, word, out, _| print(vm, word, out)), attribute: Some(attribute), ..Slots::NONE };
/// The type of frames. State: [0] the function, [1] how deep it lies, the generator whose frame it is, or the part of a traceback
/// that knows it, and the two below.
static FRAME: Type = resource_type(name!(frame), &FRAME_SLOTS, ROWS);

table! { pub ROWS, ROW_NAMES, DOCS:
    /// _names(): a new dict of the locals that have values.
    def _names(1) = |vm, args| Frame::of(vm, args.at(0)).named(vm);
    /// _change(name, value): gives a local another value; False if there is none of this name.
    def _change(3) = |vm, args| Frame::of(vm, args.at(0)).change(vm, args.at(1), args.at(2));
    /// clear(): forgets the locals of a frame that no longer runs.
    def clear(1) = |vm, args| {
        let frame = Frame::of(vm, args.at(0));
        if frame.running.is_some() {
            return Err(vm.raise_text(&crate::object::exception::RUNTIME_ERROR, "cannot clear an executing frame"));
        }
        if let Some(node) = frame.passed {
            node.locals.set(Word::NONE);
        }
        if let Some(generator) = frame.generator {
            vm.call_method(generator.word(), name!(close), &[])?;
        }
        Ok(Word::NONE)
    };
}

/// The frame object of a part of a traceback, which is no place.
///
/// # Errors
/// `MemoryError`.
pub(crate) fn frame_of(vm: &Vm, node: Handle<Traceback>) -> Outcome {
    vm.new_resource(&FRAME, &[node.function.get(), node.word()])
}

/// The function of a frame object; `None` of anything else.
pub(crate) fn function_of(vm: &Vm, word: Word) -> Option<Handle<Function>> {
    Handle::from(vm.resource(word, &FRAME)?.state[0].get())
}

/// What a frame object stands for.
struct Frame {
    function: Handle<Function>,
    /// Where it runs, if it does: how deep, and its record.
    running: Option<(usize, Record)>,
    /// The generator that it belongs to.
    generator: Option<Handle<Generator>>,
    /// The part of a traceback that it belongs to.
    passed: Option<Handle<Traceback>>,
}

impl Frame {
    fn of(vm: &Vm, word: Word) -> Frame {
        let frame: Handle<Resource> = vm.resource(word, &FRAME).expect("by its type");
        let function = Handle::<Function>::from(frame.state[0].get()).expect("a function");
        let generator = Handle::<Generator>::from(frame.state[1].get());
        let passed = Handle::<Traceback>::from(frame.state[1].get());
        let depth = match (generator, passed) {
            (Some(generator), _) => vm.depth_of(generator),
            (None, passed) => passed.map_or(frame.state[1].get(), |node| node.locals.get()).as_int().map(|depth| depth as usize),
        };
        let depth = depth.filter(|depth| *depth <= vm.depth());
        let running = depth.map(|depth| (depth, vm.record_at(depth))).filter(|(_, record)| record.function == function);
        Frame { function, running, generator, passed }
    }

    /// The next instruction's offset; 0 before the first one.
    fn next(&self) -> usize {
        let start = self.function.get().prototype.get().code().as_ptr().addr();
        match (self.running, self.generator.map(|generator| generator.state())) {
            (Some((_, record)), _) => record.ip.addr() - start,
            (None, Some(Stage::Waiting { offset, .. } | Stage::Pending { offset, .. })) => offset,
            (None, _) => self.passed.map_or(0, |node| node.get().next_offset()),
        }
    }

    /// Where it is: the byte before the next instruction, so that a call is within its own line.
    fn offset(&self) -> usize {
        self.next().saturating_sub(1)
    }

    /// The line that runs: the function's own as long as it has not begun.
    fn line(&self) -> Word {
        if let (None, Some(node)) = (self.running, self.passed) {
            return node.get().line();
        }
        let prototype = self.function.get().prototype.get();
        let line = if self.next() == 0 { prototype.head.first_line as usize } else { prototype.line(self.offset()) };
        Word::int(line as isize)
    }

    /// What lies in a slot; `UNSET` if nothing does.
    fn local(&self, index: usize) -> Word {
        match (self.running, self.generator) {
            // SAFETY: a running frame's locals are initialised.
            (Some((_, record)), _) => unsafe { *record.fp.add(index) },
            (None, Some(generator)) => generator.get().tail().get(index).map_or(Word::UNSET, Cell::get),
            (None, None) => {
                let kept = self.passed.and_then(|node| Handle::<Tuple>::from(node.locals.get()));
                kept.and_then(|kept| kept.get().tail().get(index).map(Cell::get)).unwrap_or(Word::UNSET)
            }
        }
    }

    /// Gives a local of a function another value, if there is one of this name.
    fn change(&self, vm: &Vm, name: Word, value: Word) -> Outcome {
        let prototype = self.function.get().prototype.get();
        let named = |index: &usize| vm.as_text(name) == Some(vm.name_text(prototype.parameter(*index)));
        let Some(index) = (0..prototype.named_locals()).find(named) else { return Ok(Word::FALSE) };
        let kept = self.passed.and_then(|node| Handle::<Tuple>::from(node.locals.get()));
        if let Some(cell) = Handle::<crate::object::cell::CellObject>::from(self.local(index)) {
            cell.value.set(value);
        } else if let Some((_, record)) = self.running {
            // SAFETY: a running frame's locals are initialised, and nobody holds a reference to one.
            unsafe { record.fp.add(index).write(value) };
        } else if let Some(slot) = self.generator.as_ref().and_then(|generator| generator.get().tail().get(index)) {
            slot.set(value);
        } else if let Some(slot) = kept.as_ref().and_then(|kept| kept.get().tail().get(index)) {
            slot.set(value);
        }
        Ok(Word::TRUE)
    }

    /// The globals of a module's frame, the namespace of a class body, a view of a function's locals. `word` is the frame.
    fn locals(&self, vm: &Vm, word: Word) -> Outcome {
        let prototype = self.function.get().prototype.get();
        if prototype.head.name == name!("<module>") {
            return Ok(self.function.get().globals.word());
        }
        if prototype.head.flags & flag::CLASS_BODY != 0
            && let Some(namespace) = self.local(0).set()
        {
            return Ok(namespace);
        }
        let maker = vm.attribute(vm.import_frozen(vm.intern("_framelocals")?)?, vm.intern("FrameLocalsProxy")?)?;
        vm.call(maker, &[word])
    }

    /// A new dict of a function's locals.
    fn named(&self, vm: &Vm) -> Outcome {
        let prototype = self.function.get().prototype.get();
        let locals: Handle<Dict> = vm.new_dict()?;
        for index in 0..prototype.named_locals() {
            let value = self.local(index);
            let value = Handle::<crate::object::cell::CellObject>::from(value).map_or(value, |cell| cell.value.get());
            if value != Word::UNSET {
                locals.map.insert(vm, Word::name(prototype.parameter(index)), value)?;
            }
        }
        Ok(locals.word())
    }
}

fn print(vm: &Vm, word: Word, out: &mut Printer) -> Outcome<()> {
    let frame = Frame::of(vm, word);
    let prototype = frame.function.get().prototype.get();
    out.text(vm, "<frame at 0x")?;
    out.hex(vm, word.address())?;
    out.text(vm, ", file '")?;
    out.text(vm, vm.name_text(prototype.head.file))?;
    out.text(vm, "', line ")?;
    out.word(vm, frame.line(), Style::Repr)?;
    out.text(vm, ", code ")?;
    out.text(vm, vm.name_text(prototype.head.name))?;
    out.text(vm, ">")
}

fn attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let Access::Load = access else { return change(vm, word, name, access) };
    let frame = Frame::of(vm, word);
    let state = |index: usize| vm.resource(word, &FRAME).map_or(Word::NONE, |frame| frame.state[index].get());
    let is_told = |how: isize| state(F_TRACE_HOW).as_int().unwrap_or(0) & how != 0;
    Ok(match name {
        n if n == name!(f_code) => frame.function.get().prototype.word(),
        n if n == name!(f_globals) => frame.function.get().globals.word(),
        n if n == name!(f_lineno) => frame.line(),
        n if n == name!(f_lasti) => Word::int(match (frame.next(), frame.running) {
            // One that has begun stands at its first instruction.
            (0, None) => -1,
            _ => frame.offset() as isize,
        }),
        n if n == name!(f_back) => match frame.running {
            Some((depth, _)) if depth > 1 => vm.frame(depth - 1)?,
            None => frame.passed.map_or(Ok(Word::NONE), |node| node.get().outer_frame(vm))?,
            _ => Word::NONE,
        },
        n if n == name!(f_locals) => frame.locals(vm, word)?,
        n if n == name!(f_builtins) => vm.attribute(Word::of_static(&crate::modules::BUILTINS), name!(__dict__))?,
        n if n == name!(f_trace) => state(F_TRACE),
        n if n == name!(f_trace_lines) => Word::bool(!is_told(how::NO_LINES)),
        n if n == name!(f_trace_opcodes) => Word::bool(is_told(how::OPCODES)),
        _ => Word::UNSET,
    })
}

/// Stores and deletes: how a frame is traced. Where it goes on is not to be set.
fn change(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let Some(frame) = vm.resource(word, &FRAME) else { return Ok(Word::UNSET) };
    let value = match access {
        Access::Store(value) => value,
        _ if name == name!(f_trace) => Word::NONE,
        _ => return Ok(Word::UNSET),
    };
    if name == name!(f_trace) {
        frame.state[F_TRACE].set(value);
        return Ok(Word::NONE);
    }
    if name == name!(f_lineno) {
        let traced = vm.traced_frames().is_some_and(|frames| (0..frames.len()).any(|index| frames.at(index) == Some(word)));
        return Err(vm.value_error(if traced {
            "a frame cannot be made to go on at another line"
        } else {
            "f_lineno can only be set by a trace function"
        }));
    }
    let (bit, is_set) = match name {
        n if n == name!(f_trace_lines) => (how::NO_LINES, value == Word::FALSE),
        n if n == name!(f_trace_opcodes) => (how::OPCODES, value == Word::TRUE),
        _ => return Ok(Word::UNSET),
    };
    if value != Word::TRUE && value != Word::FALSE {
        return Err(vm.type_error("attribute value type must be bool"));
    }
    let others = frame.state[F_TRACE_HOW].get().as_int().unwrap_or(0) & !bit;
    frame.state[F_TRACE_HOW].set(Word::int(others | if is_set { bit } else { 0 }));
    Ok(Word::NONE)
}

/// Whether the instruction at `offset` only raises on what was raised before.
pub(super) fn is_raised_on(function: Handle<Function>, offset: usize) -> bool {
    let opcode = function.get().prototype.get().code().get(offset).copied();
    [Opcode::ReRaise as u8, Opcode::EndFinally as u8].map(Some).contains(&opcode)
}
