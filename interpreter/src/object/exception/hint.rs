//! What an exception that nobody caught is printed with besides its own text: the name that was probably meant, and the line of
//! a syntax error with a caret below its column. Both as CPython has them.
//!
//! They are looked for when it is printed and never when it is raised; whatever fails then, for want of memory say, leaves the
//! plain text. Boards have a stand-in that prints no hints.

use super::*;
use crate::modules;
use crate::source::{Mode, Source};
use crate::vm::import::Text;
use core::ops::Range;

/// The longest name that is compared.
const LONGEST_NAME: usize = 40;
/// Most names that are compared.
const MOST_NAMES: usize = 750;
/// The longest line that is shown, in bytes.
const LONGEST_LINE: usize = 240;

/// What is printed besides an exception's own text.
#[derive(Clone, Copy)]
pub struct Hints<'a>(Option<&'a [u8]>);

impl<'a> Hints<'a> {
    /// The plain text.
    pub const NONE: Hints<'static> = Hints(None);

    /// All hints; `typed` is the source of what ran as `<stdin>`.
    pub fn of_source(typed: &'a [u8]) -> Hints<'a> {
        Hints(Some(typed))
    }

    /// The hints for what ran at the prompt. Pastes (`Mode::File`) come from tools too, which read the plain text.
    pub fn at_prompt(vm: &'a Vm, typed: Word, mode: Mode) -> Hints<'a> {
        Hints(Some(vm.text_of(typed).as_bytes()).filter(|_| mode == Mode::Single))
    }

    /// Prints the line that a syntax error is in, and a caret below its place.
    pub fn print_source(self, vm: &Vm, exception: Word, out: &mut Printer) -> Outcome<()> {
        let Some(typed) = self.0 else { return Ok(()) };
        match hint(vm, || source_line(vm, exception, typed)) {
            Some((line, columns)) => line.print(vm, columns, out),
            None => Ok(()),
        }
    }

    /// Prints the type's name, behind its module's unless everybody knows it.
    pub fn print_type(self, vm: &Vm, exception: Word, out: &mut Printer) -> Outcome<()> {
        let ty = detail::shown(vm, exception);
        if self.0.is_some() { class::print_where(vm, ty, out) } else { out.text(vm, vm.name_text(ty.name)) }
    }

    /// Prints the name that was probably meant where one was not found.
    pub fn print_suggestion(self, vm: &Vm, exception: Word, out: &mut Printer) -> Outcome<()> {
        if self.0.is_none() {
            return Ok(());
        }
        let Some(name) = hint(vm, || suggestion(vm, exception)) else { return Ok(()) };
        out.text(vm, ". Did you mean: '")?;
        out.text(vm, vm.text_of(name))?;
        out.text(vm, "'?")
    }
}

/// What `look` finds; nothing if it raises.
fn hint<T>(vm: &Vm, look: impl FnOnce() -> Outcome<Option<T>>) -> Option<T> {
    look().unwrap_or_else(|raised| {
        vm.take_raised(raised);
        None
    })
}

/// What a `SyntaxError` says of its place: attributes in the order of the tuple that its second argument is, if a program made it.
const OF_SOURCE: &[Name] = &[name!(filename), name!(lineno), name!(offset), name!(text), name!(end_lineno), name!(end_offset)];

/// An attribute of a `SyntaxError` that was not set: it is in its arguments, or None.
pub fn of_source(vm: &Vm, exception: Word, name: Name) -> Option<Word> {
    if !vm.is_instance(exception, &SYNTAX_ERROR) {
        return None;
    }
    let place = arguments(this(exception)).get(1).and_then(|place| vm.as_native::<Tuple>(place.get()));
    match OF_SOURCE.iter().position(|field| *field == name) {
        Some(index) => Some(place.and_then(|place| place.tail().get(index).map(Cell::get)).unwrap_or(Word::NONE)),
        None => Some(Word::NONE).filter(|_| name == name!(print_file_and_line)),
    }
}

/// The message of a `SyntaxError` that has its line: what is printed below that.
pub fn message(vm: &Vm, exception: Word) -> Option<Word> {
    place(vm, exception)?;
    let said = extra(exception).and_then(|fields| vm.name_in(fields, name!(msg)));
    Some(said.unwrap_or(first_argument(exception)))
}

/// The file and line of a `SyntaxError` that has its line of text, which all have that a host has explained.
fn place(vm: &Vm, exception: Word) -> Option<(Word, Word)> {
    if !vm.is_instance(exception, &SYNTAX_ERROR) {
        return None;
    }
    let field = |name: Name| match extra(exception).and_then(|fields| vm.name_in(fields, name)) {
        None => of_source(vm, exception, name),
        found => found,
    };
    let known = field(name!(text))? != Word::NONE;
    let (file, line) = (field(name!(filename))?, field(name!(lineno))?);
    (known && vm.as_text(file).is_some() && line.as_int().is_some()).then_some((file, line))
}

/// Writes the text of a `SyntaxError` that has its line: with the place of it, as CPython does.
pub fn print_with_place(vm: &Vm, exception: Word, out: &mut Printer) -> Outcome<bool> {
    let Some((file, line)) = place(vm, exception) else { return Ok(false) };
    out.word(vm, message(vm, exception).unwrap_or(Word::NONE), Style::Str)?;
    out.text(vm, " (")?;
    out.text(vm, vm.text_of(file).rsplit('/').next().unwrap_or(""))?;
    out.text(vm, ", line ")?;
    out.word(vm, line, Style::Str)?;
    out.text(vm, ")")?;
    Ok(true)
}

// The line of a syntax error.

/// A line of source, as it is read.
struct Line {
    bytes: [u8; LONGEST_LINE],
    length: usize,
}

impl Line {
    /// Line `number` (from 1) of the source. `None`: there is none, or it is too long.
    fn read(vm: &Vm, source: &mut dyn Source, number: usize) -> Outcome<Option<Line>> {
        let mut line = Line { bytes: [0; LONGEST_LINE], length: 0 };
        let (mut window, mut at) = ([0; 64], 1);
        loop {
            let count = source.read(vm, &mut window)?;
            for &byte in &window[..count] {
                match byte {
                    b'\n' if at == number => return Ok(Some(line)),
                    b'\n' => at += 1,
                    _ if at == number && line.length == LONGEST_LINE => return Ok(None),
                    _ if at == number => {
                        line.bytes[line.length] = byte;
                        line.length += 1;
                    }
                    _ => {}
                }
            }
            if count == 0 {
                return Ok(Some(line).filter(|_| at == number));
            }
        }
    }

    /// Prints it without its indentation, and carets below `columns` (from 1, in characters).
    fn print(&self, vm: &Vm, columns: Range<usize>, out: &mut Printer) -> Outcome<()> {
        let text = core::str::from_utf8(&self.bytes[..self.length]).unwrap_or("").trim_end();
        let shown = text.trim_start();
        if shown.is_empty() || shown.bytes().any(|byte| byte < b' ' && byte != b'\t') {
            return Ok(());
        }
        let indentation = text.chars().count() - shown.chars().count();
        out.text(vm, "    ")?;
        out.text(vm, shown)?;
        out.text(vm, "\n    ")?;
        let first = (columns.start - 1).saturating_sub(indentation);
        for character in shown.chars().take(first) {
            out.text(vm, if character == '\t' { "\t" } else { " " })?;
        }
        let last = (columns.end - 1).saturating_sub(indentation).min(shown.chars().count());
        for _ in first..last.max(first + 1) {
            out.text(vm, "^")?;
        }
        out.text(vm, "\n")
    }
}

/// The file that a syntax error is in.
fn file_of(vm: &Vm, exception: Word) -> Option<Name> {
    vm.name_in(extra(exception)?, name!(filename))?.as_name()
}

/// The line that a syntax error is in, and its columns there.
fn source_line(vm: &Vm, exception: Word, typed: &[u8]) -> Outcome<Option<(Line, Range<usize>)>> {
    if !vm.is_instance(exception, &SYNTAX_ERROR) {
        return Ok(None);
    }
    let number = |name: Name| vm.name_in(extra(exception)?, name)?.as_int().and_then(|number| usize::try_from(number).ok());
    let place = number(name!(lineno)).zip(number(name!(offset)).filter(|column| *column > 0));
    let (Some((number_of_line, column)), Some(file)) = (place, file_of(vm, exception)) else { return Ok(None) };
    let columns = match number(name!(end_lineno)).zip(number(name!(end_offset))) {
        Some((last, end)) if last == number_of_line => column..end.max(column + 1),
        Some((last, _)) if last > number_of_line => column..usize::MAX,
        _ => column..column + 1,
    };
    let mut line = None;
    if let Some(text) = extra(exception).and_then(|fields| vm.name_in(fields, name!(text))).and_then(|text| vm.as_text(text)) {
        line = Line::read(vm, &mut Text::new(text.as_bytes()), 1)?;
    } else if file == name!("<stdin>") {
        line = Line::read(vm, &mut Text::new(typed), number_of_line)?;
    } else {
        vm.read_source(Word::name(file), &mut |source| {
            line = Line::read(vm, source, number_of_line)?;
            Ok(())
        })?;
    }
    Ok(line.map(|line| (line, columns)))
}

// The name that was probably meant.

/// The nearest to a name so far.
struct Nearest<'a> {
    wanted: &'a str,
    found: Option<Word>,
    distance: usize,
    left: usize,
}

impl<'a> Nearest<'a> {
    fn new(wanted: &'a str) -> Nearest<'a> {
        Nearest { wanted, found: None, distance: usize::MAX, left: MOST_NAMES }
    }

    fn offer(&mut self, vm: &Vm, name: Word) {
        let Some(text) = vm.as_text(name).filter(|text| text.len() <= LONGEST_NAME && *text != self.wanted) else { return };
        let Some(left) = self.left.checked_sub(1) else { return };
        self.left = left;
        // A third of both may differ.
        let most = (text.len() + self.wanted.len() + 3) * CHANGE / 6;
        let distance = distance(self.wanted.as_bytes(), text.as_bytes());
        if distance <= most && distance < self.distance {
            (self.found, self.distance) = (Some(name), distance);
        }
    }
}

/// What it costs to insert, remove or replace a byte of a name.
const CHANGE: usize = 2;
/// What it costs to replace a letter by its other case.
const OTHER_CASE: usize = 1;

/// What it costs to make `to`, of at most `LONGEST_NAME` bytes, of `from`: the edit distance of Levenshtein, weighted.
fn distance(from: &[u8], to: &[u8]) -> usize {
    // The costs of making the beginnings of `to` of the beginning of `from` that was looked at.
    let mut costs: [usize; LONGEST_NAME + 1] = core::array::from_fn(|length| length * CHANGE);
    for (index, byte) in from.iter().enumerate() {
        let mut diagonal = costs[0];
        costs[0] = (index + 1) * CHANGE;
        for (at, other) in to.iter().enumerate() {
            let replaced = match () {
                () if byte == other => 0,
                () if byte.eq_ignore_ascii_case(other) => OTHER_CASE,
                () => CHANGE,
            };
            let cheapest = (diagonal + replaced).min(costs[at] + CHANGE).min(costs[at + 1] + CHANGE);
            diagonal = core::mem::replace(&mut costs[at + 1], cheapest);
        }
    }
    costs[to.len()]
}

/// The name that was probably meant by the one that `exception` says is nowhere.
fn suggestion(vm: &Vm, exception: Word) -> Outcome<Option<Word>> {
    let Some(fields) = extra(exception) else { return Ok(None) };
    let field = |name: Name| vm.name_in(fields, name);
    let text = |name: Name| vm.as_text(field(name)?).filter(|text| text.len() <= LONGEST_NAME);
    if vm.is_instance(exception, &NAME_ERROR) {
        return text(name!(name)).map_or(Ok(None), |wanted| in_scope(vm, exception, wanted));
    }
    let (object, wanted) = if vm.is_instance(exception, &ATTRIBUTE_ERROR) {
        (field(name!(obj)), text(name!(name)))
    } else if vm.is_instance(exception, &IMPORT_ERROR) {
        (field(name!(name)).map(|name| module_of(vm, name)).transpose()?.flatten(), text(name!(name_from)))
    } else {
        return Ok(None);
    };
    let (Some(object), Some(wanted)) = (object, wanted) else { return Ok(None) };
    let Some(dir) = crate::object::kind::find_row(modules::builtins::ROWS, name!(dir)) else { return Ok(None) };
    let mut nearest = Nearest::new(wanted);
    vm.for_each(vm.call(dir, &[object])?, &mut |name| {
        nearest.offer(vm, name);
        Ok(())
    })?;
    Ok(nearest.found)
}

/// The nearest among the globals of the module that raised it, or else among the builtins.
fn in_scope(vm: &Vm, exception: Word, wanted: &str) -> Outcome<Option<Word>> {
    let mut nearest = Nearest::new(wanted);
    globals_of(vm, exception)?.map.iter().for_each(|entry| nearest.offer(vm, entry.0));
    if nearest.found.is_none() {
        modules::builtins::ROWS.iter().for_each(|row| nearest.offer(vm, row.name));
    }
    Ok(nearest.found)
}

/// The globals of the function that raised it; those of `__main__` if none did.
fn globals_of(vm: &Vm, exception: Word) -> Outcome<Handle<Dict>> {
    traceback::innermost(exception).map_or_else(|| vm.main_globals(), |function| Ok(function.globals))
}

/// The module of this name: one that was loaded, or a builtin one.
fn module_of(vm: &Vm, name: Word) -> Outcome<Option<Word>> {
    if let Some(loaded) = vm.loaded_modules()?.map.get(vm, name)? {
        return Ok(Some(loaded));
    }
    let Some(text) = vm.as_text(name) else { return Ok(None) };
    let mut builtin = vm.port.modules().iter().chain(modules::ALL);
    Ok(builtin.find(|module| vm.name_text(module.name) == text).map(|module| Word::of_static(*module)))
}
