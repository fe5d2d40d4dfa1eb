//! Exceptions: their types, THE list of builtin ones, and the object.

use super::class;
use super::dict::Dict;
use super::handle::{Args, Handle, StaticException as Static, as_type};
use super::kind::{ALL, Access, Header, Kind, Rows, Slots, Type};
use super::list::List;
use super::name::Name;
use super::print::{Printer, Style};
use super::tuple::Tuple;
use super::word::Word;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Raised, Vm};
use core::cell::Cell;

#[cfg_attr(not(feature = "standard"), path = "small/exception.rs")]
pub mod detail;

#[cfg_attr(not(feature = "full"), path = "small/hint.rs")]
pub mod hint;

#[cfg_attr(not(feature = "full"), path = "small/system.rs")]
pub mod system;

#[cfg_attr(not(feature = "full"), path = "small/traceback.rs")]
pub mod traceback;

/// An exception.
#[repr(C)]
pub struct Exception {
    /// Its type.
    header: Cell<Header>,
    /// `args`, a tuple.
    pub args: Cell<Word>,
    /// `UNSET`, or where it passed: a `Traceback`.
    pub traceback: Cell<Word>,
    /// `UNSET`; an exception, which is the `__context__`; or a dict of what is rare: that, `__cause__`, notes, user attributes.
    /// On hosts, where programs see the dict, a tuple if there is more than one of the three: context, cause, dict (`link`).
    pub extra: Cell<Word>,
}

static SLOTS: Slots = Slots { make: Some(make), print: Some(print), attribute: Some(detail::attribute), ..Slots::NONE };

/// `$static "$name": $base;` for each builtin exception. The order is the order of CPython's documentation.
macro_rules! exceptions {
    ($($(#[doc = $doc:literal])* $(#[cfg($($cfg:tt)*)])? $ty:ident $name:ident : $base:expr;)*) => {
        $($(#[doc = $doc])* $(#[cfg($($cfg)*)])? pub static $ty: Type = Type {
            header: Header::of(&class::TYPE), slots: &SLOTS, name: name!($name), kind: Kind::Exception, traced: ALL,
            base: $base, rows: ROWS,
        };)*
        /// Names of the exceptions.
        pub const NAMES: &[&str] = &[$($(#[cfg($($cfg)*)])? stringify!($name)),*];
    };
}

exceptions! {
    /// The root.
    BASE_EXCEPTION BaseException: None;
    /// `sys.exit`.
    SYSTEM_EXIT SystemExit: Some(&BASE_EXCEPTION);
    /// Ctrl-C.
    KEYBOARD_INTERRUPT KeyboardInterrupt: Some(&BASE_EXCEPTION);
    /// A generator is being closed.
    GENERATOR_EXIT GeneratorExit: Some(&BASE_EXCEPTION);
    /// The root of what programs catch.
    EXCEPTION Exception: Some(&BASE_EXCEPTION);
    /// An iterator is exhausted.
    STOP_ITERATION StopIteration: Some(&EXCEPTION);
    /// An asynchronous iterator is exhausted.
    STOP_ASYNC_ITERATION StopAsyncIteration: Some(&EXCEPTION);
    /// Arithmetic.
    ARITHMETIC_ERROR ArithmeticError: Some(&EXCEPTION);
    /// Overflow.
    OVERFLOW_ERROR OverflowError: Some(&ARITHMETIC_ERROR);
    /// Division by zero.
    ZERO_DIVISION_ERROR ZeroDivisionError: Some(&ARITHMETIC_ERROR);
    /// `assert`.
    ASSERTION_ERROR AssertionError: Some(&EXCEPTION);
    /// Attributes.
    ATTRIBUTE_ERROR AttributeError: Some(&EXCEPTION);
    /// End of input.
    EOF_ERROR EOFError: Some(&EXCEPTION);
    /// Imports.
    IMPORT_ERROR ImportError: Some(&EXCEPTION);
    /// Lookups.
    LOOKUP_ERROR LookupError: Some(&EXCEPTION);
    /// Sequences.
    INDEX_ERROR IndexError: Some(&LOOKUP_ERROR);
    /// Mappings.
    KEY_ERROR KeyError: Some(&LOOKUP_ERROR);
    /// The heap is exhausted.
    MEMORY_ERROR MemoryError: Some(&EXCEPTION);
    /// Names.
    NAME_ERROR NameError: Some(&EXCEPTION);
    /// Unassigned locals.
    UNBOUND_LOCAL_ERROR UnboundLocalError: Some(&NAME_ERROR);
    /// The system.
    OS_ERROR OSError: Some(&EXCEPTION);
    /// Anything else at run time.
    RUNTIME_ERROR RuntimeError: Some(&EXCEPTION);
    /// Not there yet.
    NOT_IMPLEMENTED_ERROR NotImplementedError: Some(&RUNTIME_ERROR);
    /// Source text.
    SYNTAX_ERROR SyntaxError: Some(&EXCEPTION);
    /// Indentation.
    INDENTATION_ERROR IndentationError: Some(&SYNTAX_ERROR);
    /// Types.
    TYPE_ERROR TypeError: Some(&EXCEPTION);
    /// Values.
    VALUE_ERROR ValueError: Some(&EXCEPTION);
    /// Text encodings.
    UNICODE_ERROR UnicodeError: Some(&VALUE_ERROR);
    /// `FloatingPointError`, as CPython has it.
    #[cfg(feature = "standard")]
    FLOATING_POINT_ERROR FloatingPointError: Some(&ARITHMETIC_ERROR);
    /// `BufferError`, as CPython has it.
    #[cfg(feature = "standard")]
    BUFFER_ERROR BufferError: Some(&EXCEPTION);
    /// `ModuleNotFoundError`, as CPython has it.
    #[cfg(feature = "standard")]
    MODULE_NOT_FOUND_ERROR ModuleNotFoundError: Some(&IMPORT_ERROR);
    /// `BlockingIOError`, as CPython has it.
    #[cfg(feature = "standard")]
    BLOCKING_IO_ERROR BlockingIOError: Some(&OS_ERROR);
    /// `ChildProcessError`, as CPython has it.
    #[cfg(feature = "standard")]
    CHILD_PROCESS_ERROR ChildProcessError: Some(&OS_ERROR);
    /// `ConnectionError`, as CPython has it.
    #[cfg(feature = "standard")]
    CONNECTION_ERROR ConnectionError: Some(&OS_ERROR);
    /// `BrokenPipeError`, as CPython has it.
    #[cfg(feature = "standard")]
    BROKEN_PIPE_ERROR BrokenPipeError: Some(&CONNECTION_ERROR);
    /// `ConnectionAbortedError`, as CPython has it.
    #[cfg(feature = "standard")]
    CONNECTION_ABORTED_ERROR ConnectionAbortedError: Some(&CONNECTION_ERROR);
    /// `ConnectionRefusedError`, as CPython has it.
    #[cfg(feature = "standard")]
    CONNECTION_REFUSED_ERROR ConnectionRefusedError: Some(&CONNECTION_ERROR);
    /// `ConnectionResetError`, as CPython has it.
    #[cfg(feature = "standard")]
    CONNECTION_RESET_ERROR ConnectionResetError: Some(&CONNECTION_ERROR);
    /// `FileExistsError`, as CPython has it.
    #[cfg(feature = "standard")]
    FILE_EXISTS_ERROR FileExistsError: Some(&OS_ERROR);
    /// `FileNotFoundError`, as CPython has it.
    #[cfg(feature = "standard")]
    FILE_NOT_FOUND_ERROR FileNotFoundError: Some(&OS_ERROR);
    /// `InterruptedError`, as CPython has it.
    #[cfg(feature = "standard")]
    INTERRUPTED_ERROR InterruptedError: Some(&OS_ERROR);
    /// `IsADirectoryError`, as CPython has it.
    #[cfg(feature = "standard")]
    IS_A_DIRECTORY_ERROR IsADirectoryError: Some(&OS_ERROR);
    /// `NotADirectoryError`, as CPython has it.
    #[cfg(feature = "standard")]
    NOT_A_DIRECTORY_ERROR NotADirectoryError: Some(&OS_ERROR);
    /// `PermissionError`, as CPython has it.
    #[cfg(feature = "standard")]
    PERMISSION_ERROR PermissionError: Some(&OS_ERROR);
    /// `ProcessLookupError`, as CPython has it.
    #[cfg(feature = "standard")]
    PROCESS_LOOKUP_ERROR ProcessLookupError: Some(&OS_ERROR);
    /// `TimeoutError`, as CPython has it.
    #[cfg(feature = "standard")]
    TIMEOUT_ERROR TimeoutError: Some(&OS_ERROR);
    /// `ReferenceError`, as CPython has it.
    #[cfg(feature = "standard")]
    REFERENCE_ERROR ReferenceError: Some(&EXCEPTION);
    /// `RecursionError`, as CPython has it.
    #[cfg(feature = "standard")]
    RECURSION_ERROR RecursionError: Some(&RUNTIME_ERROR);
    /// `TabError`, as CPython has it.
    #[cfg(feature = "standard")]
    TAB_ERROR TabError: Some(&INDENTATION_ERROR);
    /// `SystemError`, as CPython has it.
    #[cfg(feature = "standard")]
    SYSTEM_ERROR SystemError: Some(&EXCEPTION);
    /// `UnicodeDecodeError`, as CPython has it.
    #[cfg(feature = "standard")]
    UNICODE_DECODE_ERROR UnicodeDecodeError: Some(&UNICODE_ERROR);
    /// `UnicodeEncodeError`, as CPython has it.
    #[cfg(feature = "standard")]
    UNICODE_ENCODE_ERROR UnicodeEncodeError: Some(&UNICODE_ERROR);
    /// `UnicodeTranslateError`, as CPython has it.
    #[cfg(feature = "standard")]
    UNICODE_TRANSLATE_ERROR UnicodeTranslateError: Some(&UNICODE_ERROR);
    /// Viper code whose types do not fit.
    #[cfg(feature = "native")]
    VIPER_TYPE_ERROR ViperTypeError: Some(&TYPE_ERROR);
    /// `Warning`, as CPython has it.
    #[cfg(feature = "standard")]
    WARNING Warning: Some(&EXCEPTION);
    /// `BytesWarning`, as CPython has it.
    #[cfg(feature = "standard")]
    BYTES_WARNING BytesWarning: Some(&WARNING);
    /// `DeprecationWarning`, as CPython has it.
    #[cfg(feature = "standard")]
    DEPRECATION_WARNING DeprecationWarning: Some(&WARNING);
    /// `EncodingWarning`, as CPython has it.
    #[cfg(feature = "standard")]
    ENCODING_WARNING EncodingWarning: Some(&WARNING);
    /// `FutureWarning`, as CPython has it.
    #[cfg(feature = "standard")]
    FUTURE_WARNING FutureWarning: Some(&WARNING);
    /// `ImportWarning`, as CPython has it.
    #[cfg(feature = "standard")]
    IMPORT_WARNING ImportWarning: Some(&WARNING);
    /// `PendingDeprecationWarning`, as CPython has it.
    #[cfg(feature = "standard")]
    PENDING_DEPRECATION_WARNING PendingDeprecationWarning: Some(&WARNING);
    /// `ResourceWarning`, as CPython has it.
    #[cfg(feature = "standard")]
    RESOURCE_WARNING ResourceWarning: Some(&WARNING);
    /// `RuntimeWarning`, as CPython has it.
    #[cfg(feature = "standard")]
    RUNTIME_WARNING RuntimeWarning: Some(&WARNING);
    /// `SyntaxWarning`, as CPython has it.
    #[cfg(feature = "standard")]
    SYNTAX_WARNING SyntaxWarning: Some(&WARNING);
    /// `UnicodeWarning`, as CPython has it.
    #[cfg(feature = "standard")]
    UNICODE_WARNING UnicodeWarning: Some(&WARNING);
    /// `UserWarning`, as CPython has it.
    #[cfg(feature = "standard")]
    USER_WARNING UserWarning: Some(&WARNING);
}

table! { pub ROWS, ROW_NAMES, DOCS:
    /// with_traceback(traceback): the exception itself.
    #[cfg(feature = "standard")]
    def with_traceback(2) = with_traceback;
    /// add_note(text): adds to `__notes__`.
    #[cfg(feature = "standard")]
    def add_note(2) = add_note;
    /// __repr__(): the exception's own text, whatever a class derived from it says.
    #[cfg(feature = "standard")]
    def __repr__(1) = |vm, args| text(vm, args.at(0), Style::Repr);
    /// __str__(): the same, for people.
    #[cfg(feature = "standard")]
    def __str__(1) = |vm, args| text(vm, args.at(0), Style::Str);
}

/// `MemoryError()` in static data: raised when no memory is left.
pub static OUT_OF_MEMORY: Static = Static::new(&MEMORY_ERROR);
/// `MemoryError()` raised while the heap is locked.
pub static HEAP_LOCKED: Static = Static::new(&MEMORY_ERROR);

/// A new exception object of a builtin type.
///
/// # Errors
/// `MemoryError`.
pub fn new(vm: &Vm, ty: &'static Type, args: &[Word]) -> Outcome {
    new_with(vm, ty, tuple_of(vm, |vm| vm.new_tuple(args))?)
}

/// The arguments of an exception: what `make` gives. Where memory is short there are none.
fn tuple_of(vm: &Vm, make: impl FnOnce(&Vm) -> Outcome) -> Outcome {
    match vm.in_reserve(|| make(vm)) {
        Err(_) if vm.has_reserve() => {
            vm.forget_raised();
            Ok(Word::of_static(&super::tuple::EMPTY))
        }
        outcome => outcome,
    }
}

/// A new exception object of a builtin type or a class, with a tuple of arguments.
///
/// # Errors
/// `MemoryError`.
pub fn new_with(vm: &Vm, ty: &'static Type, args: Word) -> Outcome {
    let vm = vm.here();
    let unset = || Cell::new(Word::UNSET);
    let exception = Exception { header: Cell::new(Header::of(ty)), args: Cell::new(args), traceback: unset(), extra: unset() };
    Ok(vm.in_reserve(|| vm.new_object(exception))?.word())
}

/// An exception of what `raise` was given: an exception as it is, a class called (with `value` if there is one).
///
/// # Errors
/// `TypeError` for anything else; what the class raises.
pub fn instantiate(vm: &Vm, word: Word, value: Option<Word>) -> Outcome {
    if Handle::<Exception>::from(word).is_some() {
        return Ok(word);
    }
    let Some(ty) = as_type(word) else { return Err(vm.not_an_exception(word)) };
    if let Some(value) = value
        && vm.is_instance(value, ty)
    {
        return Ok(value);
    }
    if !vm.is_subclass(ty, &BASE_EXCEPTION) {
        return Err(vm.not_an_exception(word));
    }
    let exception = match value {
        Some(value) => vm.call(word, &[value])?,
        None => vm.call(word, &[])?,
    };
    if Handle::<Exception>::from(exception).is_some() { Ok(exception) } else { Err(vm.not_an_exception(exception)) }
}

/// `StopIteration` with the value that waits in `stop_value`.
pub fn raise_stop(vm: &Vm) -> Raised {
    let value = vm.stop_value.replace(Word::NONE);
    let args: &[Word] = if value == Word::NONE { &[] } else { &[value] };
    match new(vm, &STOP_ITERATION, args) {
        Ok(exception) => vm.raise_word(exception),
        Err(raised) => raised,
    }
}

pub(crate) fn this(word: Word) -> Handle<Exception> {
    Handle::from(word).expect("an exception")
}

/// Whether it lies in static data, where nothing can be written.
pub(crate) fn is_static(exception: Handle<Exception>) -> bool {
    exception.args.get() == Word::UNSET
}

pub(crate) fn arguments(exception: Handle<Exception>) -> &'static [Cell<Word>] {
    match Handle::<Tuple>::from(exception.args.get()) {
        Some(args) => args.get().tail(),
        None => &[],
    }
}

/// The first argument, `None` without one: `StopIteration.value`.
pub fn first_argument(exception: Word) -> Word {
    Handle::from(exception).and_then(|exception| arguments(exception).first()).map_or(Word::NONE, Cell::get)
}

fn make(vm: &Vm, ty: &'static Type, args: Args) -> Outcome {
    let ty = detail::refined(ty, args);
    let tuple = tuple_of(vm, |vm| vm.new_tuple_from_cells(args.positional()))?;
    let exception = new_with(vm, ty, tuple)?;
    detail::set_fields(vm, exception, args)?;
    Ok(exception)
}

/// What `__init__` of a builtin exception does: `args`, and the attributes that some types make of them.
///
/// # Errors
/// `TypeError` for unknown keywords; `MemoryError`.
pub fn initialise(vm: &Vm, exception: Word, args: Args) -> Outcome<()> {
    this(exception).args.set(tuple_of(vm, |vm| vm.new_tuple_from_cells(args.positional()))?);
    detail::set_fields(vm, exception, args)
}

fn print(vm: &Vm, word: Word, out: &mut Printer, style: Style) -> Outcome<()> {
    let exception = this(word);
    let args = arguments(exception);
    if style == Style::Repr {
        out.text(vm, vm.name_text(detail::shown(vm, word).name))?;
        if args.is_empty() {
            return out.text(vm, "()");
        }
        return out.word(vm, exception.args.get(), Style::Repr);
    }
    if detail::print(vm, word, out)? {
        return Ok(());
    }
    match args {
        [] => Ok(()),
        [only] => out.word(vm, only.get(), Style::Str),
        _ => out.word(vm, exception.args.get(), Style::Repr),
    }
}

#[cfg(feature = "standard")]
fn text(vm: &Vm, word: Word, style: Style) -> Outcome {
    let exception = vm.receiver::<Exception>(word)?;
    vm.written(|out| print(vm, exception.word(), out, style))
}

fn set_traceback(vm: &Vm, word: Word, traceback: Word) -> Outcome<()> {
    let traceback = if traceback == Word::NONE { Word::UNSET } else { traceback::whole(vm, traceback) };
    if traceback != Word::UNSET && Handle::<traceback::Traceback>::from(traceback).is_none() {
        return Err(vm.type_error("__traceback__ must be a traceback or None"));
    }
    this(word).traceback.set(traceback);
    Ok(())
}

fn with_traceback(vm: &Vm, args: Args) -> Outcome {
    let exception = vm.receiver::<Exception>(args.at(0))?;
    if !is_static(exception) {
        set_traceback(vm, exception.word(), args.at(1))?;
    }
    Ok(args.at(0))
}

/// What was being handled when the exception was raised.
pub fn context(word: Word) -> Option<Word> {
    let slot = Handle::<Exception>::from(word)?.extra.get().set();
    let context = linked(word).map_or(slot, |links| links.at(link::CONTEXT));
    context.filter(|context| Handle::<Exception>::from(*context).is_some())
}

/// Where what belongs to an exception lies beside its dict.
mod link {
    pub const CONTEXT: usize = 0;
    pub const CAUSE: usize = 1;
    pub const DICT: usize = 2;
}

fn linked(word: Word) -> Option<Handle<Tuple>> {
    if crate::WHOLE { Handle::from(Handle::<Exception>::from(word)?.extra.get()) } else { None }
}

/// Sets one of them.
fn set_link(vm: &Vm, exception: &Exception, which: usize, value: Word) -> Outcome<()> {
    let slot = exception.extra.get();
    let links = match Handle::<Tuple>::from(slot) {
        Some(links) => links,
        None => {
            let is = |found: bool| if found { slot } else { Word::UNSET };
            let (context, dict) = (is(Handle::<Exception>::from(slot).is_some()), is(Handle::<Dict>::from(slot).is_some()));
            let links = vm.new_tuple(&[context, Word::UNSET, dict])?;
            exception.extra.set(links);
            Handle::from(links).expect("a tuple was made")
        }
    };
    links.tail()[which].set(value);
    Ok(())
}

/// What `raise … from` named, `None` included.
pub fn cause(vm: &Vm, word: Word) -> Option<Word> {
    match linked(word) {
        Some(links) => links.at(link::CAUSE).and_then(Word::set),
        None => extra(word).and_then(|dict| vm.name_in(dict, name!(__cause__))),
    }
}

/// The dict of what a program, or `raise from`, has put on the exception.
pub fn extra(word: Word) -> Option<Handle<Dict>> {
    match linked(word) {
        Some(links) => Handle::from(links.at(link::DICT)?),
        None => Handle::from(Handle::<Exception>::from(word)?.extra.get()),
    }
}

/// Makes it an exception of another class of a program, of the same builtin one.
fn change_class(vm: &Vm, word: Word, value: Word) -> Outcome {
    let old = vm.type_of(word);
    let fits = |new: &&'static Type| {
        let both = class::is_class(old) && class::is_class(new);
        both && new.kind == Kind::Exception && core::ptr::eq(class::native_type(old), class::native_type(new))
    };
    let Some(new) = as_type(value).filter(fits) else {
        return Err(vm.type_error("__class__ assignment: object layout differs"));
    };
    Handle::<Exception>::from(word).expect("an exception").get().header.set(Header::of(new));
    Ok(Word::NONE)
}

/// Gives it another dict of attributes.
fn change_dict(vm: &Vm, word: Word, value: Word) -> Outcome {
    let Some(dict) = Handle::<Dict>::from(value) else { return Err(vm.type_error("__dict__ must be set to a dictionary")) };
    if !is_static(this(word)) {
        set_dict(vm, word, dict)?;
    }
    Ok(Word::NONE)
}

fn set_dict(vm: &Vm, word: Word, dict: Handle<Dict>) -> Outcome<()> {
    let exception = this(word);
    if crate::WHOLE && (linked(word).is_some() || context(word).is_some()) {
        return set_link(vm, &exception, link::DICT, dict.word());
    }
    if let Some(context) = context(word) {
        dict.map.insert(vm, Word::name(name!(__context__)), context)?;
    }
    exception.extra.set(dict.word());
    Ok(())
}

/// Sets or removes an attribute in that dict; on hosts, sets the class and the dict. `UNSET`: there is none to remove.
pub(super) fn change_extra(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    match access {
        Access::Store(value) if crate::WHOLE && name == name!(__class__) => change_class(vm, word, value),
        Access::Store(value) if crate::WHOLE && name == name!(__dict__) => change_dict(vm, word, value),
        Access::Store(value) => set_extra(vm, word, name, value).map(|()| Word::NONE),
        _ => match extra(word) {
            Some(dict) => Ok(dict.map.remove(vm, Word::name(name))?.map_or(Word::UNSET, |_| Word::NONE)),
            None => Ok(Word::UNSET),
        },
    }
}

/// Gives an exception other arguments.
///
/// # Errors
/// `MemoryError`.
pub fn set_args(vm: &Vm, word: Word, args: &[Word]) -> Outcome<()> {
    let args = vm.new_tuple(args)?;
    if let Some(exception) = Handle::<Exception>::from(word).filter(|_| !is_static(this(word))) {
        exception.args.set(args);
    }
    Ok(())
}

/// Puts an attribute on an exception; static ones forget it.
///
/// # Errors
/// `MemoryError`.
pub fn set_extra(vm: &Vm, word: Word, name: Name, value: Word) -> Outcome<()> {
    let exception = this(word);
    if is_static(exception) {
        return Ok(());
    }
    if crate::WHOLE && (name == name!(__context__) || name == name!(__cause__)) {
        let which = if name == name!(__cause__) { link::CAUSE } else { link::CONTEXT };
        return set_link(vm, &exception, which, value);
    }
    let dict = match extra(word) {
        Some(dict) => dict,
        None => {
            let dict = vm.new_dict()?;
            set_dict(vm, word, dict)?;
            dict
        }
    };
    dict.map.insert(vm, Word::name(name), value).map(|_| ())
}

fn add_note(vm: &Vm, args: Args) -> Outcome {
    let (exception, note) = (vm.receiver::<Exception>(args.at(0))?.word(), args.at(1));
    let notes = extra(exception).and_then(|dict| vm.name_in(dict, name!(__notes__))).and_then(Handle::<List>::from);
    match notes {
        Some(notes) => notes.get().push(vm, note)?,
        None => set_extra(vm, exception, name!(__notes__), vm.new_list(&[note])?)?,
    }
    Ok(Word::NONE)
}

/// Whether anything was noted.
pub fn has_traceback(exception: Word) -> bool {
    Handle::<Exception>::from(exception).is_some_and(|exception| exception.traceback.get() != Word::UNSET)
}

/// The traceback of an exception as programs see it; `None` if there is none.
pub fn traceback_of(exception: Word) -> Word {
    let known = Handle::<Exception>::from(exception).and_then(|exception| exception.traceback.get().set());
    known.map_or(Word::NONE, traceback::shown)
}

/// Writes a place of a traceback.
fn print_place(vm: &Vm, out: &mut Printer, file: Name, line: usize, block: Name) -> Outcome<()> {
    out.text(vm, "  File \"")?;
    out.text(vm, vm.name_text(file))?;
    out.text(vm, "\", line ")?;
    out.int(vm, line as isize)?;
    if block != name!("") {
        out.text(vm, ", in ")?;
        out.text(vm, vm.name_text(block))?;
    }
    out.text(vm, "\n")
}
