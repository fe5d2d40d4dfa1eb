//! The console, and the stream that a program gave it as a second one (`os.dupterm`): what is written goes to both, what is
//! read comes from either.
//!
//! The second one may be written in Python. It is out of its place while it is asked, so that what it prints itself does not
//! come back to it, and an error of it ends it, not the program.

use super::{Outcome, Root, Vm};
use crate::modules::select;
use crate::object::handle::Args;
use crate::object::print::{Console, Printer};
use crate::object::word::Word;
use crate::vfs::stream::poll;
use crate::vfs::{Errno, any};

impl Vm {
    /// Writes to the console, as it is.
    pub fn write_console(&self, bytes: &[u8]) {
        self.port.write(bytes);
        self.with_second(|vm, second| any::write(vm, second, bytes).map(|_| ()));
    }

    /// Writes text to the console, which wants no other line ends; the second one is a terminal and does.
    pub(super) fn write_plain(&self, bytes: &[u8]) {
        self.port.write(bytes);
        self.with_second(|vm, second| {
            for (index, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
                if index > 0 {
                    any::write(vm, second, b"\r\n")?;
                }
                if !line.is_empty() {
                    any::write(vm, second, line)?;
                }
            }
            Ok(())
        });
    }

    /// The next byte of console input, if one has arrived.
    pub(crate) fn take_console(&self) -> Option<u8> {
        if let Some(byte) = self.port.read() {
            return Some(byte);
        }
        let mut byte = [0];
        let read = self.with_second(|vm, second| match any::read(vm, second, &mut byte)? {
            0 => Err(vm.raise_text(&crate::object::exception::EOF_ERROR, "the second terminal has ended")),
            _ => Ok(()),
        });
        read.map(|()| byte[0])
    }

    /// Whether a byte of console input has arrived. If not, the next `idle` ends when one does.
    pub(crate) fn has_console_input(&self) -> bool {
        let ready = |vm: &Vm, second| select::ready(vm, second, poll::READ);
        self.port.has_input() || self.with_second(ready).is_some_and(|found| found != 0)
    }

    /// Whether there is a second terminal.
    pub(super) fn has_second(&self) -> bool {
        self.root(Root::Terminal) != Word::UNSET
    }

    /// Whether nothing has arrived since `take_console`.
    pub(super) fn must_wait(&self) -> bool {
        !self.has_second() || !self.has_console_input()
    }

    /// Does something with the second terminal, if there is one; `None` also if that would have to wait, or failed.
    fn with_second<R>(&self, body: impl FnOnce(&Vm, Word) -> Outcome<R>) -> Option<R> {
        let second = self.root(Root::Terminal).set()?;
        self.set_root(Root::Terminal, Word::UNSET);
        // This may happen while an exception is on its way.
        let under_way = self.peek();
        let result = match body(self, second) {
            Ok(value) => Some(value),
            Err(raised) => {
                let exception = self.take_raised(raised);
                if !self.means_wait(exception) {
                    self.give_up(exception);
                    self.put_back(under_way);
                    return None;
                }
                None
            }
        };
        self.put_back(under_way);
        // Unless it has put another one in its place.
        if self.root(Root::Terminal) == Word::UNSET {
            self.set_root(Root::Terminal, second);
        }
        result
    }

    /// Whether an exception says that a stream is not ready.
    fn means_wait(&self, exception: Word) -> bool {
        match self.find_attribute(exception, name!(errno)) {
            Ok(number) => number == Word::int(Errno::EAGAIN.0 as isize),
            Err(raised) => {
                self.take_raised(raised);
                false
            }
        }
    }

    /// Tells the console, which is the only one again, why.
    fn give_up(&self, exception: Word) {
        self.write_text(b"The second terminal failed and is given up:\n");
        if let Err(raised) = self.print_exception(exception, &mut Printer::new(&mut Console)) {
            self.take_raised(raised);
        }
    }
}

/// `os.dupterm(stream[, index])`: the stream is the second terminal from now on, None ends that. Answers the one before.
///
/// # Errors
/// `ValueError` for an index that is not 0.
pub fn duplicate(vm: &Vm, args: Args) -> Outcome {
    if args.get(1).is_some_and(|index| index != Word::int(0)) {
        return Err(vm.value_error("there is one second terminal, 0"));
    }
    let before = vm.root(Root::Terminal).set().unwrap_or(Word::NONE);
    let second = if args.at(0) == Word::NONE { Word::UNSET } else { args.at(0) };
    vm.set_root(Root::Terminal, second);
    Ok(before)
}
