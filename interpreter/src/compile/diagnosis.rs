//! What is wrong with a source that did not compile, as the port explains it (`Port::diagnose`): the parser knows where it stopped, a
//! host reads the text once more and says what people want to hear, in CPython's words.

use crate::object::exception::{self, INDENTATION_ERROR, SYNTAX_ERROR, TAB_ERROR};
use crate::object::kind::Type;
use crate::object::name::Name;
use crate::object::word::Word;
use crate::source::tree::Position;
use crate::source::{Mode, Source};
use crate::vm::{Outcome, Raised, Vm};

/// Names of the attributes.
pub const NAMES: &[&str] = &["text", "end_lineno", "end_offset", "print_file_and_line"];

/// What `from __future__` may import.
pub const FEATURES: [&str; 10] = [
    "nested_scopes",
    "generators",
    "division",
    "absolute_import",
    "with_statement",
    "print_function",
    "unicode_literals",
    "barry_as_FLUFL",
    "generator_stop",
    "annotations",
];

/// Which exception it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mistake {
    /// `SyntaxError`
    Syntax,
    /// `IndentationError`
    Indentation,
    /// `TabError`
    Tab,
}

/// What a port has found. Lines and columns count from 1; CPython says 0 or -1 of some columns.
pub struct Diagnosis<'a> {
    /// Which exception.
    pub mistake: Mistake,
    /// Its message.
    pub message: &'a str,
    /// The line that it is in.
    pub line: &'a str,
    /// Where it begins: line and column.
    pub start: (usize, isize),
    /// Where it ends.
    pub end: (usize, isize),
    /// Whether it is Python by its form.
    pub by_meaning: bool,
}

/// The exception that `raised` stands for, or a better one if it is about the syntax of `source`.
#[cold]
pub(super) fn explained(vm: &Vm, raised: Raised, source: &mut dyn Source, file: Name, mode: Mode) -> Raised {
    let mut exception = vm.take_raised(raised);
    if vm.is_instance(exception, &SYNTAX_ERROR) {
        let mut say = |found: &Diagnosis| {
            exception = reworded(vm, file, found).unwrap_or_else(|raised| vm.take_raised(raised));
        };
        if source.rewind(vm) {
            // What cannot be read is not explained.
            let mut read = |buffer: &mut [u8]| source.read(vm, buffer).map_err(|raised| vm.take_raised(raised)).unwrap_or(0);
            vm.port.diagnose(&mut read, mode, &mut say);
        }
    }
    vm.raise_word(exception)
}

/// Reads a source once more that did compile, but may mean something wrong.
#[cold]
pub(super) fn suspected(vm: &Vm, source: &mut dyn Source, file: Name, mode: Mode, of_form: bool) -> Outcome<()> {
    if !source.rewind(vm) {
        return Ok(());
    }
    let mut exception = Ok(Word::UNSET);
    let mut say = |found: &Diagnosis| {
        // What its form is, the parser knows, but for what it takes in any case: it may be a later Python than the port's.
        if of_form || found.by_meaning || found.mistake == Mistake::Tab {
            exception = reworded(vm, file, found);
        }
    };
    let mut read = |buffer: &mut [u8]| source.read(vm, buffer).map_err(|raised| vm.take_raised(raised)).unwrap_or(0);
    vm.port.diagnose(&mut read, mode, &mut say);
    exception?.set().map_or(Ok(()), |exception| Err(vm.raise_word(exception)))
}

/// The exception, with all that is known of its place: `MemoryError` if that does not fit.
fn reworded(vm: &Vm, file: Name, found: &Diagnosis) -> Outcome {
    let ty: &'static Type = match found.mistake {
        Mistake::Syntax => &SYNTAX_ERROR,
        Mistake::Indentation => &INDENTATION_ERROR,
        Mistake::Tab => &TAB_ERROR,
    };
    let at = Position { line: found.start.0 as u32, column: found.start.1.max(0) as u32 };
    let made = vm.take_raised(vm.source_error(ty, file, at, found.message));
    if vm.is_instance(made, &SYNTAX_ERROR) {
        let message = vm.new_str(found.message)?;
        // In the order of the tuple that is the second argument.
        let place = [
            (name!(filename), Word::name(file)),
            (name!(lineno), Word::int(found.start.0 as isize)),
            (name!(offset), Word::int(found.start.1)),
            (name!(text), vm.new_str(found.line)?),
            (name!(end_lineno), Word::int(found.end.0 as isize)),
            (name!(end_offset), Word::int(found.end.1)),
        ];
        let mut fields = [(name!(msg), message)].into_iter().chain(place);
        fields.try_for_each(|(name, value)| exception::set_extra(vm, made, name, value))?;
        exception::set_args(vm, made, &[message, vm.new_tuple(&place.map(|field| field.1))?])?;
    }
    Ok(made)
}
