//! Tracebacks of hosts: one object for each function that an exception passed, the outermost first.
//!
//! Such a node names function and instruction; a frame object is made of it when somebody asks. While the function runs, its locals
//! are on the stack; when the exception leaves it, they are kept here, so that debuggers and test runners see them.

use super::*;
use crate::code::prototype::flag;
use crate::object::function::Function;
use crate::object::handle::Args;
use crate::vm::frame_object;

/// What an exception passed.
#[repr(C)]
pub struct Traceback {
    header: Header,
    /// The next inner one, or `None`.
    next: Cell<Word>,
    /// The next outer one, or `None`; or a frame object, see `rest`.
    outer: Cell<Word>,
    /// The function; or the file of a place that no function is at: of an error in source.
    pub function: Cell<Word>,
    /// The instruction's offset; or the name of what encloses the place.
    at: Cell<Word>,
    line: Cell<Word>,
    /// How deep the frame lies, or did; once the exception has left it, a tuple of its locals.
    pub locals: Cell<Word>,
    /// The frame object, or `None` as long as nobody asked.
    frame: Cell<Word>,
}

static SLOTS: Slots = Slots { make: Some(make), attribute: Some(attribute), ..Slots::NONE };

/// `traceback`.
pub static TRACEBACK: Type = Type {
    header: Header::of(&crate::object::class::TYPE),
    slots: &SLOTS,
    name: name!("traceback"),
    kind: Kind::Traceback,
    traced: ALL,
    base: None,
    rows: Rows::NONE,
};

/// `types.TracebackType(tb_next, tb_frame, tb_lasti, tb_lineno)`.
fn make(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    vm.expect_count(args, 4, 4)?;
    let (next, frame) = (args.at(0), args.at(1));
    check_next(vm, next)?;
    let Some(function) = frame_object::function_of(vm, frame) else {
        return Err(vm.type_error("traceback() argument 'tb_frame' must be frame"));
    };
    let [at, line] = [vm.index(args.at(2))?, vm.index(args.at(3))?].map(Word::int);
    let made = Traceback { function: Cell::new(function.word()), at: Cell::new(at), line: Cell::new(line), ..Traceback::EMPTY };
    made.next.set(next);
    made.frame.set(frame);
    Ok(vm.new_object(made)?.word())
}

impl Traceback {
    #[allow(clippy::declare_interior_mutable_const, reason = "what new ones begin with")]
    const EMPTY: Traceback = Traceback {
        header: Header::of(&TRACEBACK),
        next: Cell::new(Word::NONE),
        outer: Cell::new(Word::NONE),
        function: Cell::new(Word::NONE),
        at: Cell::new(Word::int(0)),
        line: Cell::new(Word::int(0)),
        locals: Cell::new(Word::NONE),
        frame: Cell::new(Word::NONE),
    };

    fn inner(&self) -> Option<Handle<Traceback>> {
        Handle::from(self.next.get())
    }

    fn is_place(&self) -> bool {
        self.function.get().as_name().is_some()
    }

    /// File, line, and the function's name.
    fn place(&self) -> (Name, usize, Name) {
        let line = self.line.get().int_value() as usize;
        match Handle::<Function>::from(self.function.get()) {
            Some(function) => (function.prototype.head.file, line, function.prototype.head.name),
            None => {
                let name = |word: Word| word.as_name().unwrap_or(name!(""));
                (name(self.function.get()), line, name(self.at.get()))
            }
        }
    }

    /// The offset behind the instruction.
    pub fn next_offset(&self) -> usize {
        (self.at.get().as_int().unwrap_or(-1) + 1) as usize
    }

    /// The line of the instruction.
    pub fn line(&self) -> Word {
        self.line.get()
    }

    /// The frame of the next outer function, if it is known.
    pub fn outer_frame(&self, vm: &Vm) -> Outcome {
        match Handle::<Traceback>::from(self.outer.get()) {
            Some(outer) => frame(vm, outer),
            None => Ok(self.outer.get()),
        }
    }
}

/// Notes that `exception` passed an instruction of a function that runs. When memory is short it is not noted.
pub fn add(vm: &Vm, exception: Word, function: Handle<Function>, offset: usize) {
    let line = function.get().prototype.get().line(offset);
    let depth = Word::int(vm.depth() as isize);
    put(vm, exception, [function.word(), Word::int(offset as isize), Word::int(line as isize), depth]);
}

/// Notes that `exception` is about line `line` of `file`, in `block`.
pub fn add_place(vm: &Vm, exception: Word, file: Name, line: usize, block: Name) {
    put(vm, exception, [Word::name(file), Word::name(block), Word::int(line as isize), Word::NONE]);
}

fn put(vm: &Vm, exception: Word, node: [Word; 4]) {
    let Some(exception) = Handle::<Exception>::from(exception).filter(|exception| !is_static(*exception)) else { return };
    let under_way = vm.peek();
    let [function, at, line, locals] = node.map(Cell::new);
    let made = vm.in_reserve(|| vm.new_object(Traceback { function, at, line, locals, ..Traceback::EMPTY }));
    let Ok(made) = made else { return vm.put_back(under_way) };
    let inner = exception.traceback.replace(made.word());
    if let Some(inner) = Handle::<Traceback>::from(inner) {
        made.next.set(inner.word());
        inner.outer.set(made.word());
    }
}

/// Keeps the locals of a frame that the exception under way leaves, unless memory is short.
///
/// `locals` are those of the topmost frame, of this function.
pub fn leave(vm: &Vm, function: Handle<Function>, locals: impl FnOnce(usize) -> Outcome) {
    let under_way = vm.peek();
    let node = Handle::<Exception>::from(under_way).and_then(|it| Handle::<Traceback>::from(it.traceback.get()));
    let depth = Word::int(vm.depth() as isize);
    let node = node.filter(|node| node.function.get() == function.word() && node.locals.get() == depth);
    if let Some(node) = node.filter(|_| function.prototype.head.flags & flag::NUMBERS == 0) {
        match locals(kept(function)) {
            Ok(kept) => node.locals.set(kept),
            Err(_) => {
                node.locals.set(Word::NONE);
                vm.put_back(under_way);
            }
        }
    }
    if let (Some(frame), Some(node)) = (vm.leave_shown(node), node) {
        node.frame.set(frame);
    }
}

/// How many locals of a function are kept.
pub fn kept(function: Handle<Function>) -> usize {
    let prototype = function.get().prototype.get();
    prototype.named_locals().max(usize::from(prototype.head.flags & flag::CLASS_BODY != 0))
}

/// What is left of a frame that returned: where it stood, its locals, the frame object of who called it or `None`.
///
/// # Errors
/// `MemoryError`.
pub fn rest(vm: &Vm, function: Handle<Function>, offset: usize, locals: Word, back: Word) -> Outcome {
    let line = Word::int(function.get().prototype.get().line(offset) as isize);
    let [at, line, outer] = [Word::int(offset as isize), line, back].map(Cell::new);
    let (function, locals) = (Cell::new(function.word()), Cell::new(locals));
    Ok(vm.new_object(Traceback { function, at, line, outer, locals, ..Traceback::EMPTY })?.word())
}

/// Writes the `limit` outermost entries, in order; of many that are the same, three.
///
/// # Errors
/// What the sink raises.
pub fn print(vm: &Vm, exception: Word, limit: usize, out: &mut Printer) -> Outcome<()> {
    let mut node = Handle::<Exception>::from(exception).and_then(|it| Handle::<Traceback>::from(it.traceback.get()));
    let (mut last, mut repeated, mut left) = (None, 0, limit);
    while let Some(traceback) = node.filter(|_| left > 0) {
        let place = traceback.get().place();
        if last != Some(place) {
            print_repeated(vm, repeated, out)?;
            (last, repeated) = (Some(place), 0);
        }
        repeated += 1;
        if repeated <= SHOWN {
            print_place(vm, out, place.0, place.1, place.2)?;
        }
        (node, left) = (traceback.get().inner(), left - 1);
    }
    print_repeated(vm, repeated, out)
}

/// How many entries that are the same are written.
const SHOWN: usize = 3;

fn print_repeated(vm: &Vm, repeated: usize, out: &mut Printer) -> Outcome<()> {
    let Some(more) = repeated.checked_sub(SHOWN).filter(|more| *more > 0) else { return Ok(()) };
    out.counted(vm, "  [Previous line repeated ", more as isize)?;
    out.text(vm, if more == 1 { " more time]\n" } else { " more times]\n" })
}

/// The innermost function.
pub fn innermost(exception: Word) -> Option<Handle<Function>> {
    let mut node = Handle::<Traceback>::from(Handle::<Exception>::from(exception)?.traceback.get());
    let mut innermost = None;
    while let Some(traceback) = node {
        innermost = Handle::<Function>::from(traceback.function.get()).or(innermost);
        node = traceback.get().inner();
    }
    innermost
}

/// The traceback that a program gave.
pub fn whole(_: &Vm, word: Word) -> Word {
    word
}

/// What a program sees of a traceback: no place that no function is at.
pub fn shown(traceback: Word) -> Word {
    let is_place = Handle::<Traceback>::from(traceback).is_some_and(|node| node.is_place());
    if is_place { Word::NONE } else { traceback }
}

fn check_next(vm: &Vm, next: Word) -> Outcome<()> {
    if next != Word::NONE && Handle::<Traceback>::from(next).is_none() {
        return Err(vm.raise(&TYPE_ERROR, &[Part::Text("expected traceback object, got '"), Part::TypeOf(next), Part::Text("'")]));
    }
    Ok(())
}

/// The frame object of a node that is no place.
fn frame(vm: &Vm, node: Handle<Traceback>) -> Outcome {
    if node.frame.get() == Word::NONE && !node.is_place() {
        node.frame.set(frame_object::frame_of(vm, node)?);
    }
    Ok(node.frame.get())
}

fn attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let node = Handle::<Traceback>::from(word).expect("by its type");
    match (name, access) {
        (n, Access::Load) if n == name!(tb_next) => Ok(shown(node.next.get())),
        (n, Access::Load) if n == name!(tb_frame) => frame(vm, node),
        (n, Access::Load) if n == name!(tb_lineno) => Ok(node.line.get()),
        (n, Access::Load) if n == name!(tb_lasti) => Ok(node.at.get()),
        (n, Access::Store(next)) if n == name!(tb_next) => {
            check_next(vm, next)?;
            let mut inner = Handle::<Traceback>::from(next);
            while let Some(traceback) = inner {
                if traceback == node {
                    return Err(vm.value_error("traceback loop detected"));
                }
                inner = traceback.get().inner();
            }
            node.next.set(next);
            Ok(Word::NONE)
        }
        _ => Ok(Word::UNSET),
    }
}
