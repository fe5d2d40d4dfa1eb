//! Exceptions: their types, THE list of builtin ones, and the object.

use super::handle::StaticException as Static;
use super::kind::{ALL, Header, Kind, Slots, Type};
use super::word::Word;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

/// An exception.
#[repr(C)]
pub struct Exception {
    /// Its type.
    pub header: Header,
    /// `args`, a tuple.
    pub args: Cell<Word>,
    /// The traceback: `UNSET`, or a `Traceback` (see `vm::exception`).
    pub traceback: Cell<Word>,
    /// `UNSET`, or a dict of what is rare: `__cause__`, `__context__`, notes, user attributes.
    pub extra: Cell<Word>,
}

static SLOTS: Slots = Slots { ..Slots::NONE };

/// `$static "$name": $base;` for each builtin exception. The order is the order of CPython's documentation.
macro_rules! exceptions {
    ($($(#[$doc:meta])* $ty:ident $name:ident : $base:expr;)*) => {
        $($(#[$doc])* pub static $ty: Type = Type {
            header: Header::of(&super::class::TYPE), slots: &SLOTS, name: name!($name), kind: Kind::Exception, traced: ALL,
            base: $base, rows: ROWS,
        };)*
        /// Names of the exceptions.
        pub const NAMES: &[&str] = &[$(stringify!($name)),*];
        /// All of them, as rows of the builtins.
        pub static ALL_EXCEPTIONS: &[&Type] = &[$(&$ty),*];
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
}

static ROWS: &[super::kind::Row] = &[];

/// `MemoryError()` in static data: raised when no memory is left.
pub static OUT_OF_MEMORY: Static = Static::new(&MEMORY_ERROR);
/// `MemoryError()` raised while the heap is locked.
pub static HEAP_LOCKED: Static = Static::new(&MEMORY_ERROR);

/// A new exception object of a builtin type.
///
/// # Errors
/// `MemoryError`.
pub fn new(vm: &Vm, ty: &'static Type, args: &[Word]) -> Outcome {
    let args = vm.new_tuple(args)?;
    let unset = || Cell::new(Word::UNSET);
    let exception = Exception { header: Header::of(ty), args: Cell::new(args), traceback: unset(), extra: unset() };
    Ok(vm.new_object(exception)?.word())
}
