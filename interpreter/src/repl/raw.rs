//! The raw prompt: programs talk to it. Source in, `OK`, output, 0x04, exception, 0x04.
//!
//! Raw-paste (`05 41 01`) streams the source straight into the compiler: the board grants windows of bytes, the other side
//! never sends more than it was granted, and no copy of the source is held.

use super::{CTRL_A, CTRL_B, CTRL_C, CTRL_D, CTRL_E, Left, Ran, guarded, report, write};
use crate::modules::sys;
use crate::object::exception;
use crate::object::print::Builder;
use crate::source::{Mode, Source};
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

/// The raw prompt, until it is left.
pub(super) fn raw(vm: &Vm) -> Left {
    write(vm, "raw REPL; CTRL-B to exit\r\n");
    loop {
        write(vm, ">");
        match request(vm) {
            Ok(None) => {}
            Ok(Some(left)) => return left,
            Err(raised) => {
                let exception = vm.take_raised(raised);
                if crate::WHOLE && vm.port.is_ending() {
                    return Left::Reset(0);
                }
                write(vm, "OK\x04");
                report(vm, exception);
                write(vm, "\x04");
            }
        }
    }
}

/// One request: source up to Ctrl-D, or a control character.
fn request(vm: &Vm) -> Outcome<Option<Left>> {
    let mut text = Builder::new();
    loop {
        let Some(byte) = vm.read_console()? else { return Ok(Some(Left::Closed)) };
        match byte {
            CTRL_A => {
                write(vm, "raw REPL; CTRL-B to exit\r\n>");
                text = Builder::new();
            }
            CTRL_B => {
                write(vm, "\r\n");
                return Ok(Some(Left::Switch));
            }
            CTRL_C => text = Builder::new(),
            CTRL_D => break,
            CTRL_E if text.len() == 0 => {
                if vm.read_console()? != Some(b'A') {
                    continue;
                }
                if vm.read_console()? != Some(1) {
                    vm.write_console(b"R\x00");
                    continue;
                }
                return Ok(raw_paste(vm).map(Left::Reset));
            }
            byte => text.push(vm, &[byte])?,
        }
    }
    write(vm, "OK");
    if text.len() == 0 {
        write(vm, "\r\n");
        return Ok(Some(Left::Reset(0)));
    }
    let leaves = run(vm, || {
        let globals = vm.main_globals()?;
        let compiled = crate::compile::compile(vm, &mut Typed(text.cells()), name!("<stdin>"), Mode::File);
        // What the source took is the program's now.
        text = Builder::new();
        vm.run_module(compiled?, globals)
    });
    Ok(leaves.map(Left::Reset))
}

/// Source as it was collected.
struct Typed<'a>(&'a [Cell<u8>]);

impl Source for Typed<'_> {
    fn read(&mut self, _: &Vm, buffer: &mut [u8]) -> Outcome<usize> {
        let count = self.0.len().min(buffer.len());
        let (now, later) = self.0.split_at(count);
        buffer.iter_mut().zip(now).for_each(|(to, from)| *to = from.get());
        self.0 = later;
        Ok(count)
    }
}

/// Runs, and answers as the protocol says; answers the code of a `SystemExit`.
fn run(vm: &Vm, body: impl FnOnce() -> Outcome) -> Option<u8> {
    let leaves = match guarded(vm, || at_exit(vm, body())) {
        Ran::Done => {
            write(vm, "\x04");
            None
        }
        Ran::Raised(exception) => {
            write(vm, "\x04");
            report(vm, exception)
        }
    };
    write(vm, "\x04");
    leaves
}

/// What a program came to, after what it asked for at its end (`sys.atexit`). Of two exceptions, its own is told.
fn at_exit(vm: &Vm, result: Outcome) -> Outcome {
    let ended = result.map_err(|raised| vm.take_raised(raised));
    let last = sys::run_at_exit(vm);
    match ended {
        Ok(_) => last,
        Err(exception) => Err(vm.raise_word(exception)),
    }
}

fn raw_paste(vm: &Vm) -> Option<u8> {
    vm.write_console(b"R\x01");
    let window = vm.port.paste_window();
    vm.write_console(&window.to_le_bytes());
    // One more window from the start: while one is compiled, the next is under way.
    vm.write_console(&[1]);
    let mut source = Paste { window, left: window, ended: false };
    run(vm, || {
        let globals = vm.main_globals()?;
        // The program's Ctrl-C is not the paste's.
        vm.port.set_interrupt(None);
        let compiled = crate::compile::compile(vm, &mut source, name!("<stdin>"), Mode::File);
        source.drain(vm)?;
        let prototype = compiled?;
        vm.port.set_interrupt(super::INTERRUPT);
        vm.run_module(prototype, globals)
    })
}

/// Source under flow control.
struct Paste {
    /// Bytes that are granted at a time.
    window: u16,
    /// Bytes until the next are granted.
    left: u16,
    ended: bool,
}

impl Source for Paste {
    fn read(&mut self, vm: &Vm, buffer: &mut [u8]) -> Outcome<usize> {
        let mut count = 0;
        while count < buffer.len() && !self.ended {
            // Waits for the first byte alone.
            if count > 0 && !vm.has_console_input() {
                break;
            }
            let Some(byte) = vm.read_console()? else {
                self.ended = true;
                break;
            };
            self.left -= 1;
            if self.left == 0 {
                vm.write_console(&[1]);
                self.left = self.window;
            }
            match byte {
                CTRL_D => {
                    self.ended = true;
                    vm.write_console(&[CTRL_D]);
                }
                CTRL_C => {
                    self.ended = true;
                    vm.write_console(&[CTRL_D]);
                    return Err(vm.raise(&exception::KEYBOARD_INTERRUPT, &[]));
                }
                byte => {
                    buffer[count] = byte;
                    count += 1;
                }
            }
        }
        Ok(count)
    }
}

impl Paste {
    /// The compiler stopped before the end: tells the other side, and skips what it has sent. The other side may give up, too.
    fn drain(&mut self, vm: &Vm) -> Outcome<()> {
        if self.ended {
            return Ok(());
        }
        self.ended = true;
        vm.write_console(&[CTRL_D]);
        while !matches!(vm.read_console()?, None | Some(CTRL_C | CTRL_D)) {}
        Ok(())
    }
}
