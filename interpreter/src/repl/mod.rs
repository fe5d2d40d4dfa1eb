//! The prompt: friendly, raw and raw-paste, and the life of a board between two soft resets.
//!
//! Every port's console is this code; `session` is a board from boot to soft reset. The protocols are MicroPython's, byte
//! for byte (its `pyexec.c` and "The raw REPL" in its manual), so its tools work unchanged.

#[cfg_attr(not(feature = "standard"), path = "small/boot.rs")]
mod boot;
#[cfg(feature = "standard")]
mod completion;
#[cfg_attr(not(feature = "standard"), path = "small/editor.rs")]
mod editor;
#[cfg_attr(not(feature = "standard"), path = "small/prompts.rs")]
mod prompts;
mod raw;
mod session;
#[cfg(feature = "standard")]
mod words;

#[cfg(feature = "standard")]
pub use editor::input;
pub use session::{Exit, Session, prompt, session};

use crate::object::exception;
use crate::object::exception::hint::Hints;
use crate::object::handle::Handle;
use crate::object::print::{Console, Printer};
use crate::object::tuple::Tuple;
use crate::object::word::Word;
use crate::source::Mode;
use crate::vm::import::Text;
use crate::vm::{Outcome, Root, Vm};
use editor::Line;

/// Which prompt is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Prompt {
    /// `>>> `, for people.
    #[default]
    Friendly,
    /// `>`, for programs.
    Raw,
}

/// Why a prompt ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Left {
    /// The other prompt was asked for.
    Switch,
    /// Ctrl-D, or `SystemExit` with this code.
    Reset(u8),
    /// Input has ended.
    Closed,
}

const CTRL_A: u8 = 1;
const CTRL_B: u8 = 2;
const CTRL_C: u8 = 3;
const CTRL_D: u8 = 4;
const CTRL_E: u8 = 5;

/// The byte that interrupts a running program.
const INTERRUPT: Option<u8> = Some(CTRL_C);

/// What became of a piece of source.
enum Ran {
    /// It ran to its end.
    Done,
    /// It raised.
    Raised(Word),
}

/// Runs `body` with Ctrl-C interrupting it.
fn guarded(vm: &Vm, body: impl FnOnce() -> Outcome) -> Ran {
    vm.port.set_interrupt(INTERRUPT);
    // The end of a program looks once more: a short one may not have looked at all.
    let result = body().and_then(|value| vm.poll().map(|()| value));
    vm.port.set_interrupt(None);
    vm.port.program_ended();
    // One that came when it had ended anyway is not the prompt's.
    vm.port.interrupted();
    match result {
        Ok(_) => Ran::Done,
        Err(raised) => Ran::Raised(vm.take_raised(raised)),
    }
}

/// What a `SystemExit` was raised with; `NONE` if with nothing.
pub fn exit_argument(vm: &Vm, exception: Word) -> Word {
    let first = match vm.attribute(exception, name!(args)) {
        Ok(args) => Handle::<Tuple>::from(args).and_then(|args| args.tail().first().map(|cell| cell.get())),
        Err(raised) => {
            vm.take_raised(raised);
            None
        }
    };
    first.unwrap_or(Word::NONE)
}

/// The exit code of a `SystemExit`: its first argument if that is an int, 0 without one, 1 for anything else.
pub fn exit_code(vm: &Vm, exception: Word) -> u8 {
    match exit_argument(vm, exception) {
        code if code == Word::NONE => 0,
        code if code.is_bool() => (code == Word::TRUE) as u8,
        code => code.as_int().map_or(1, |code| code as u8),
    }
}

/// Prints an exception that nobody caught; `SystemExit` is not printed but answered, with its code.
fn report(vm: &Vm, exception: Word) -> Option<u8> {
    report_with(vm, exception, Hints::NONE)
}

/// As `report`, with hints for a person.
fn report_with(vm: &Vm, exception: Word, hints: Hints) -> Option<u8> {
    if vm.is_instance(exception, &exception::SYSTEM_EXIT) {
        return Some(exit_code(vm, exception));
    }
    let mut console = Console;
    if let Err(raised) = vm.print_with_hints(exception, &mut Printer::new(&mut console), hints) {
        // Printing failed (memory, or Ctrl-C): say at least what kind it was.
        vm.take_raised(raised);
        vm.write_text(vm.name_text(vm.type_of(exception).name).as_bytes());
        vm.write_text(b"\n");
    }
    None
}

fn write(vm: &Vm, text: &str) {
    vm.write_console(text.as_bytes());
}

/// The first lines of a friendly prompt.
pub fn banner(vm: &Vm) {
    write(vm, "MicroPython 1.28.0, Taipan v0.1.0 on ");
    write(vm, vm.port.platform());
    write(vm, "; ");
    write(vm, vm.port.machine());
    write(vm, "\r\nType \"help()\" for more information.\r\n");
}

/// The friendly prompt, until it is left.
fn friendly(vm: &Vm) -> Left {
    banner(vm);
    loop {
        match read_and_run(vm) {
            Ok(None) => {}
            Ok(Some(left)) => return left,
            Err(raised) => {
                // Memory ran out at the prompt itself.
                let exception = vm.take_raised(raised);
                if crate::WHOLE && vm.port.is_ending() {
                    return Left::Reset(0);
                }
                report(vm, exception);
            }
        }
    }
}

/// Reads a statement, over as many lines as it takes, and runs it.
fn read_and_run(vm: &Vm) -> Outcome<Option<Left>> {
    // A lock that the last statement left behind would leave the prompt without memory.
    while vm.heap_lock_depth() > 0 {
        vm.unlock_heap();
    }
    let mut line = Line::new();
    match editor::read_line(vm, &mut line, prompts::first(vm))? {
        editor::End::Line => {}
        editor::End::Key(CTRL_A) => return Ok(Some(Left::Switch)),
        editor::End::Key(CTRL_B) => {
            write(vm, "\r\n");
            banner(vm);
            return Ok(None);
        }
        editor::End::Key(CTRL_D) => {
            write(vm, "\r\n");
            return Ok(Some(Left::Reset(0)));
        }
        editor::End::Key(CTRL_E) => return paste(vm).map(|left| left.map(Left::Reset)),
        editor::End::Key(_) => {
            write(vm, "\r\n");
            return Ok(None);
        }
        editor::End::Closed => return Ok(Some(Left::Closed)),
    }
    while line.needs_more(vm) {
        line.indent(vm)?;
        match editor::read_line(vm, &mut line, prompts::further(vm))? {
            editor::End::Line => {}
            editor::End::Closed => return Ok(Some(Left::Closed)),
            editor::End::Key(_) => {
                write(vm, "\r\n");
                return Ok(None);
            }
        }
    }
    line.remember(vm)?;
    let text = line.text(vm)?;
    if vm.text_of(text).as_bytes().trim_ascii().is_empty() {
        return Ok(None);
    }
    Ok(run_text(vm, text, Mode::Single).map(Left::Reset))
}

/// Compiles and runs a `str` in `__main__`; answers the code of a `SystemExit`.
fn run_text(vm: &Vm, text: Word, mode: Mode) -> Option<u8> {
    let ran = guarded(vm, || {
        let globals = vm.main_globals()?;
        vm.execute(&mut Text::new(vm.text_of(text).as_bytes()), name!("<stdin>"), mode, globals)
    });
    match ran {
        Ran::Done => None,
        Ran::Raised(exception) => report_with(vm, exception, Hints::at_prompt(vm, text, mode)),
    }
}

/// Paste mode: everything up to Ctrl-D is one piece of source. Answers the code of a `SystemExit`.
fn paste(vm: &Vm) -> Outcome<Option<u8>> {
    write(vm, "\r\npaste mode; Ctrl-C to cancel, Ctrl-D to finish\r\n=== ");
    let mut text = crate::object::print::Builder::new();
    loop {
        match vm.read_console()? {
            None | Some(CTRL_D) => break,
            Some(CTRL_C) => {
                write(vm, "\r\n");
                return Ok(None);
            }
            Some(b'\r' | b'\n') => {
                text.push(vm, b"\n")?;
                write(vm, "\r\n=== ");
            }
            Some(byte) => {
                text.push(vm, &[byte])?;
                vm.write_console(&[byte]);
            }
        }
    }
    write(vm, "\r\n");
    let text = text.finish_str(vm)?;
    Ok(run_text(vm, text, Mode::File))
}

/// Where the history of lines is kept.
const HISTORY: Root = Root::History;
