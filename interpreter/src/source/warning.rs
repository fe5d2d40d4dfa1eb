//! What is Python and most likely not what was meant: a `SyntaxWarning` each, for a program that asks for warnings.
//!
//! They are noted where the compiler comes across them and told at the end, by the module `warnings`: only if that was imported, or
//! filters were given with the program. So a text without any costs nothing, and a script of MicroPython stays as quiet as it is there.

use crate::object::exception::{SYNTAX_ERROR, SYNTAX_WARNING};
use crate::object::handle::Handle;
use crate::object::list::List;
use crate::object::name::Name;
use crate::object::word::Word;
use crate::source::tree::Position;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

/// The warnings about a source.
pub(crate) struct Warnings {
    /// A list: of each the exception, and its line. `UNSET` if there are none.
    noted: Cell<Word>,
    /// The line of the string that is being read, of whose escapes the first is told.
    string: Cell<Option<u32>>,
}

impl Warnings {
    pub(crate) fn new() -> Warnings {
        Warnings { noted: Cell::new(Word::UNSET), string: Cell::new(None) }
    }

    /// Notes one.
    #[cold]
    #[inline(never)]
    pub(crate) fn note(&self, vm: &Vm, line: u32, parts: &[Part]) -> Outcome<()> {
        if self.noted.get() == Word::UNSET {
            self.noted.set(vm.new_list(&[])?);
        }
        let noted = Handle::<List>::from(self.noted.get()).expect("made just now");
        noted.get().push(vm, vm.take_raised(vm.raise(&SYNTAX_WARNING, parts)))?;
        noted.get().push(vm, Word::int(line as isize))
    }

    /// A string begins.
    pub(super) fn begin_string(&self, line: u32) {
        self.string.set(Some(line));
    }

    /// Notes an escape that means nothing, if it is the first of its string; `line` is for strings with fields.
    #[cold]
    #[inline(never)]
    pub(super) fn note_escape(&self, vm: &Vm, line: Option<u32>, letter: u8) -> Outcome<()> {
        let Some(start) = self.string.take().filter(|_| letter.is_ascii()) else { return Ok(()) };
        let letter = [letter];
        let letter = core::str::from_utf8(&letter).expect("it is ASCII");
        let parts = [Part::Text("invalid escape sequence '\\"), Part::Text(letter), Part::Text("'")];
        self.note(vm, line.unwrap_or(start), &parts)
    }

    /// Tells of all. A filter that makes a warning an error makes it a `SyntaxError`.
    pub(crate) fn tell(&self, vm: &Vm, file: Name) -> Outcome<()> {
        let Some(noted) = Handle::<List>::from(self.noted.get()) else { return Ok(()) };
        let Some(module) = vm.loaded_modules()?.map.get(vm, Word::name(vm.intern("warnings")?))? else { return Ok(()) };
        let tell = vm.find_attribute(module, vm.intern("warn_explicit")?)?;
        if tell == Word::UNSET {
            return Ok(());
        }
        for index in (0..noted.len()).step_by(2) {
            let (warning, line) = (noted.get().items.get(index), noted.get().items.get(index + 1));
            let Err(raised) = vm.call(tell, &[warning, Word::NONE, Word::name(file), line]) else { continue };
            if vm.peek_raised(raised) != warning {
                return Err(raised);
            }
            let said = vm.str(vm.take_raised(raised))?;
            let at = Position { line: line.int_value() as u32, column: 1 };
            return Err(vm.source_error(&SYNTAX_ERROR, file, at, vm.text_of(said)));
        }
        Ok(())
    }
}
