//! Frame objects: what programs see of the frames of functions.
//!
//! A running function has one frame object as long as it runs, made when somebody asks: its record is marked as shown then, and the
//! object lies in a list with the record's address. Who takes a record so marked from the stack comes by `end_shown`, where
//! the object is given what it keeps of the frame. So a frame that nobody looks at costs nothing. A generator has one object for all
//! of its life, which lies with it.

use super::frame::Record;
use super::{Outcome, Root, Vm};
use crate::code::prototype::flag;
use crate::object::cell::CellObject;
use crate::object::dict::Dict;
use crate::object::exception::traceback::{self, Traceback};
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
use core::ops::Range;

/// Names that are used here.
pub(crate) const NAMES: &[&str] = &["f_lasti", "f_builtins", "f_trace", "f_trace_lines", "f_trace_opcodes"];

/// Of a frame's state: the function whose frame it is.
const FUNCTION: usize = 0;
/// Of a frame's state: the address of its record as long as that is on the stack; or the generator whose frame it is; or the part of a
/// traceback that has what is left of it.
const PLACE: usize = 1;
/// Of a frame's state: the function that is told of it, or `None`.
pub(super) const F_TRACE: usize = 2;
/// Of a frame's state: bits of `how`, or `None`.
const F_TRACE_HOW: usize = 3;

/// What is told of a frame that is traced.
pub(super) mod how {
    /// No lines: `f_trace_lines = False`.
    pub const NO_LINES: isize = 1;
    /// Every instruction: `f_trace_opcodes = True`.
    pub const OPCODES: isize = 2;
    /// A trace function is told of this run of it.
    pub const TRACED: isize = 4;
}

/// What of `how` is told of a frame.
pub(super) fn is_told(frame: Handle<Resource>, how: isize) -> bool {
    frame.state[F_TRACE_HOW].get().as_int().unwrap_or(0) & how != 0
}

/// Sets, or not, a bit of `how`.
pub(super) fn set_told(frame: Handle<Resource>, bit: isize, is_set: bool) {
    let others = frame.state[F_TRACE_HOW].get().as_int().unwrap_or(0) & !bit;
    frame.state[F_TRACE_HOW].set(Word::int(others | if is_set { bit } else { 0 }));
}

impl Vm {
    /// How many frames there are.
    pub(crate) fn depth(&self) -> usize {
        (self.stack.limit.get().as_ptr().addr() - self.record().addr()) / size_of::<Record>()
    }

    /// The record that has `depth - 1` beneath it.
    pub(super) fn record_at(&self, depth: usize) -> *mut Record {
        debug_assert!((1..=self.depth()).contains(&depth));
        // SAFETY: so many records lie below the limit.
        unsafe { self.stack.limit.get().as_ptr().cast::<Record>().sub(depth) }
    }

    /// The frame object of a record on a stack, this thread's or another's.
    pub(super) fn frame_of_record(&self, record: *mut Record) -> Outcome {
        // SAFETY: who calls has it from a stack, where records are initialised.
        let (function, is_shown) = unsafe { ((*record).function, (*record).is_shown()) };
        if let Some(generator) = generator_of(record) {
            return self.generator_frame(generator);
        }
        if is_shown && let Some(place) = self.place_of_shown(record) {
            return Ok(self.shown_frames().and_then(|frames| frames.at(place)).expect("a place in it"));
        }
        let frame = self.new_resource(&FRAME, &[function.word(), address(record)])?;
        if self.shown_frames().is_none() {
            self.set_root(Root::ShownFrames, self.new_list(&[])?);
        }
        self.shown_frames().expect("made just now").get().push(self, frame)?;
        // SAFETY: as above; nobody holds a reference to a record.
        unsafe { (*record).show() };
        Ok(frame)
    }

    /// The objects of frames that run, the innermost last; those of threads mingle.
    fn shown_frames(&self) -> Option<Handle<List>> {
        Handle::from(self.root(Root::ShownFrames))
    }

    fn place_of_shown(&self, record: *mut Record) -> Option<usize> {
        let (frames, address) = (self.shown_frames()?, address(record));
        let is_its = |index: &usize| {
            let frame = frames.at(*index).and_then(Handle::<Resource>::from);
            frame.is_some_and(|frame| frame.state[PLACE].get() == address)
        };
        (0..frames.len()).rev().find(is_its)
    }

    /// The frame object of a record, if it has one with a trace function.
    pub(super) fn frame_with_tracer(&self, record: *mut Record) -> Option<Handle<Resource>> {
        let frame = match generator_of(record) {
            Some(generator) => generator.head.handled.frame.get().set(),
            // SAFETY: who calls has it from a stack, where records are initialised.
            None if unsafe { (*record).is_shown() } => self.place_of_shown(record).and_then(|at| self.shown_frames()?.at(at)),
            None => None,
        };
        frame.and_then(Handle::<Resource>::from).filter(|frame| frame.state[F_TRACE].get() != Word::NONE)
    }

    /// The topmost record, which is marked as shown, ends: its frame object, which is answered, keeps `node`, what a traceback has of it, or
    /// else what there is.
    #[cold]
    #[inline(never)]
    pub(super) fn end_shown(&self, node: Option<Handle<Traceback>>) -> Option<Word> {
        let record = self.record();
        let place = self.place_of_shown(record)?;
        let frames = self.shown_frames()?;
        let frame = frames.at(place).and_then(Handle::<Resource>::from)?;
        frames.items.shift(place + 1, place, frames.len() - place - 1);
        frames.pop();
        // SAFETY: the topmost record is initialised, and nobody holds a reference to it.
        let whole = unsafe {
            (*record).unshow();
            *record
        };
        let under_way = self.peek();
        let rest = node.map(|node| node.word()).or_else(|| self.rest_of(whole).ok());
        self.put_back(under_way);
        frame.state[PLACE].set(rest.unwrap_or(Word::NONE));
        Some(frame.word())
    }

    /// What is left of a frame that returns.
    fn rest_of(&self, record: Record) -> Outcome {
        let locals = self.kept_locals(record)?;
        let back = match self.depth() {
            0 | 1 => Word::NONE,
            // Only if somebody looked at that one: or all that called would be kept, one after another.
            // SAFETY: this record lies on the stack.
            depth if unsafe { (*self.record_at(depth - 1)).is_shown() } => self.frame(depth - 1)?,
            _ => Word::NONE,
        };
        let start = record.function.get().prototype.get().code().as_ptr().addr();
        traceback::rest(self, record.function, record.ip.addr().saturating_sub(start + 1), locals, back)
    }

    fn kept_locals(&self, record: Record) -> Outcome {
        let prototype = record.function.get().prototype.get();
        if prototype.head.flags & flag::NUMBERS != 0 {
            return Ok(Word::NONE);
        }
        // SAFETY: a frame has at least so many locals, and they are initialised.
        self.new_tuple_with(traceback::kept(record.function), |index| unsafe { *record.fp.add(index) })
    }

    /// The exception under way leaves the topmost frame, of which `node` of its traceback has what is left. Answers the frame's object, if it
    /// has one.
    pub(crate) fn leave_shown(&self, node: Option<Handle<Traceback>>) -> Option<Word> {
        let record = self.record();
        if let Some(generator) = generator_of(record) {
            let frame = Handle::<Resource>::from(generator.head.handled.frame.get().set()?)?;
            if let Some(node) = node {
                frame.state[PLACE].set(node.word());
            }
            return Some(frame.word());
        }
        // SAFETY: the topmost record is initialised.
        if unsafe { (*record).is_shown() } { self.end_shown(node) } else { None }
    }

    /// The frame object of a generator that has not ended; `None` of one that has.
    ///
    /// # Errors
    /// `MemoryError`.
    pub(crate) fn generator_frame(&self, generator: Handle<Generator>) -> Outcome {
        if generator.state() == Stage::Finished {
            return Ok(Word::NONE);
        }
        let kept = &generator.get().head.handled.frame;
        if kept.get() == Word::UNSET {
            kept.set(self.new_resource(&FRAME, &[generator.head.function.word(), generator.word()])?);
        }
        Ok(kept.get())
    }

    /// `other`, if it lies in the same stack as the record.
    fn beside(&self, record: *mut Record, other: *mut Record) -> Option<*mut Record> {
        self.stacks(&mut |records| (records.contains(&record) && records.contains(&other)).then_some(other))
    }

    /// The record of a generator, if it runs.
    fn record_of(&self, generator: Handle<Generator>) -> Option<*mut Record> {
        if generator.state() != Stage::Running {
            return None;
        }
        self.stacks(&mut |records| {
            let count = records.end.addr().saturating_sub(records.start.addr()) / size_of::<Record>();
            // SAFETY: so many records lie there.
            let mut all = (0..count).map(|index| unsafe { records.start.add(index) });
            all.find(|record| generator_of(*record) == Some(generator))
        })
    }

    /// The frame object of the frame that has `depth - 1` beneath it.
    fn frame(&self, depth: usize) -> Outcome {
        self.frame_of_record(self.record_at(depth))
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

#[cfg(feature = "threads")]
impl Vm {
    /// A dict of the threads' numbers and the frames that they are in.
    ///
    /// # Errors
    /// `MemoryError`.
    pub(crate) fn current_frames(&self) -> Outcome {
        self.of_threads(&|records, _| if records.is_empty() { Ok(Word::NONE) } else { self.frame_of_record(records.start) })
    }

    /// A dict of the threads' numbers and the exceptions that they handle, or `None`.
    ///
    /// # Errors
    /// `MemoryError`.
    pub(crate) fn current_exceptions(&self) -> Outcome {
        self.of_threads(&|_, handled| Ok(handled.set().unwrap_or(Word::NONE)))
    }

    fn of_threads(&self, what: &dyn Fn(&Range<*mut Record>, Word) -> Outcome) -> Outcome {
        let all: Handle<Dict> = self.new_dict()?;
        let failed = self.each_thread(&mut |number, records, handled| {
            let noted = what(records, handled).and_then(|value| all.map.insert(self, Word::int(number as isize), value));
            noted.err()
        });
        failed.map_or(Ok(all.word()), Err)
    }
}

/// What a frame's record is known by.
fn address(record: *mut Record) -> Word {
    Word::int((record.expose_provenance() / align_of::<Record>()) as isize)
}

/// The record of this address, of whose stack it lies in.
fn record_in(records: &Range<*mut Record>, address: Word) -> Option<*mut Record> {
    let at = address.as_int()? as usize * align_of::<Record>();
    (records.start.addr()..records.end.addr()).contains(&at).then(|| core::ptr::with_exposed_provenance_mut(at))
}

/// The generator whose frame this is.
pub(super) fn generator_of(record: *mut Record) -> Option<Handle<Generator>> {
    // SAFETY: the record lies on a stack; below a running frame lies what was called, of a generator itself.
    unsafe {
        let record = *record;
        let is_generator = record.function.prototype.head.flags & flag::GENERATOR != 0;
        is_generator.then(|| Handle::from(*record.ret())).flatten()
    }
}

static FRAME_SLOTS: Slots =
    Slots { print: Some(|vm, word, out, _| print(vm, word, out)), attribute: Some(attribute), ..Slots::NONE };
/// The type of frames.
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
    if let Some(depth) = node.locals.get().as_int().map(|depth| depth as usize).filter(|depth| (1..=vm.depth()).contains(depth)) {
        let record = vm.record_at(depth);
        // SAFETY: the record lies on the stack.
        if unsafe { (*record).function.word() } == node.function.get() {
            return vm.frame_of_record(record);
        }
    }
    vm.new_resource(&FRAME, &[node.function.get(), node.word()])
}

/// The function of a frame object; `None` of anything else.
pub(crate) fn function_of(vm: &Vm, word: Word) -> Option<Handle<Function>> {
    Handle::from(vm.resource(word, &FRAME)?.state[FUNCTION].get())
}

/// What a frame object stands for.
struct Frame {
    function: Handle<Function>,
    /// Its record, if it runs.
    running: Option<*mut Record>,
    /// The generator that it belongs to.
    generator: Option<Handle<Generator>>,
    /// The part of a traceback that has what is left of it.
    passed: Option<Handle<Traceback>>,
}

impl Frame {
    fn of(vm: &Vm, word: Word) -> Frame {
        let frame: Handle<Resource> = vm.resource(word, &FRAME).expect("by its type");
        let function = Handle::<Function>::from(frame.state[FUNCTION].get()).expect("a function");
        let place = frame.state[PLACE].get();
        let (generator, passed) = (Handle::<Generator>::from(place), Handle::<Traceback>::from(place));
        let running = match generator {
            Some(generator) => vm.record_of(generator),
            None => vm.stacks(&mut |records| record_in(records, place)),
        };
        Frame { function, running, generator, passed }
    }

    /// A copy of its record, if it runs.
    fn record(&self) -> Option<Record> {
        // SAFETY: what runs has an initialised record.
        self.running.map(|record| unsafe { *record })
    }

    /// The frame object of who called it.
    fn caller(&self, vm: &Vm) -> Outcome {
        let Some(record) = self.running else {
            return self.passed.map_or(Ok(Word::NONE), |node| node.get().outer_frame(vm));
        };
        let outer = vm.beside(record, record.wrapping_add(1));
        outer.map_or(Ok(Word::NONE), |outer| vm.frame_of_record(outer))
    }

    /// The next instruction's offset; 0 before the first one.
    fn next(&self) -> usize {
        let start = self.function.get().prototype.get().code().as_ptr().addr();
        match (self.record(), self.generator.map(|generator| generator.state())) {
            (Some(record), _) => record.ip.addr() - start,
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
        if self.function.prototype.head.flags & flag::NUMBERS != 0 {
            return Word::UNSET;
        }
        match (self.record(), self.generator) {
            // SAFETY: a running frame's locals are initialised.
            (Some(record), _) => unsafe { *record.fp.add(index) },
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
        if let Some(cell) = Handle::<CellObject>::from(self.local(index)) {
            cell.value.set(value);
        } else if let Some(record) = self.record() {
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
            let value = Handle::<CellObject>::from(value).map_or(value, |cell| cell.value.get());
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
    let is_told = |bit: isize| vm.resource(word, &FRAME).is_some_and(|frame| is_told(frame, bit));
    Ok(match name {
        n if n == name!(f_code) => frame.function.get().prototype.word(),
        n if n == name!(f_globals) => frame.function.get().globals.word(),
        n if n == name!(f_lineno) => frame.line(),
        n if n == name!(f_lasti) => Word::int(match (frame.next(), frame.running) {
            // One that has begun stands at its first instruction.
            (0, None) => -1,
            _ => frame.offset() as isize,
        }),
        n if n == name!(f_back) => frame.caller(vm)?,
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
        // Whom it has called is marked as well, so that what comes back from there finds out.
        if let Some(record) = Frame::of(vm, word).running
            && let Some(callee) = vm.beside(record, record.wrapping_sub(1))
        {
            vm.frame_of_record(callee)?;
        }
        return Ok(Word::NONE);
    }
    if name == name!(f_lineno) {
        return Err(vm.value_error(if is_told(frame, how::TRACED) {
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
    set_told(frame, bit, is_set);
    Ok(Word::NONE)
}
