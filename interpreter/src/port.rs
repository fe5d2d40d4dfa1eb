//! All that the interpreter asks of the machine it runs on.

use crate::modules::BuiltinModule;
use crate::modules::frozen::Frozen;
use crate::object::name::Pool;
use core::sync::atomic::AtomicBool;

/// The outside. One `dyn` pointer in the `Vm`; every method takes `&self`, since interrupts and the main program share it.
pub trait Port {
    /// Writes to the console (standard output); blocks until all is accepted.
    fn write(&self, bytes: &[u8]);

    /// Writes to the error stream; the console where there is only one.
    fn write_error(&self, bytes: &[u8]) {
        self.write(bytes);
    }

    /// The next byte of console input, if one has arrived. At the end of a closed input: `None`, and `is_closed`.
    fn read(&self) -> Option<u8>;

    /// Whether console input has ended for good.
    fn is_closed(&self) -> bool {
        false
    }

    /// Microseconds since some start, never going back.
    fn now(&self) -> u64;

    /// Nanoseconds since 1970 (UTC); a board without a clock counts from its start.
    fn clock(&self) -> u64 {
        self.now() * 1000
    }

    /// Every wait goes through here: returns at once or sleeps, at most until `now() >= deadline`, until something happened.
    fn idle(&self, deadline: Option<u64>);

    /// The flag that anything outside (an interrupt, another thread) sets when it wants the program's attention; it lives in
    /// static memory, since it is set at any moment. `Vm::pending` is this flag.
    fn pending(&self) -> &'static AtomicBool;

    /// Whether Ctrl-C (or a signal) arrived since the last call. Polled when `Vm::pending` is set.
    fn interrupted(&self) -> bool {
        false
    }

    /// Some bits nobody can guess, as good as the machine has.
    fn entropy(&self) -> u64;

    /// Modules that this port contributes.
    fn modules(&self) -> &'static [&'static BuiltinModule] {
        &[]
    }

    /// Modules written in Python that this port contributes.
    fn frozen(&self) -> &'static [Frozen] {
        &[]
    }

    /// Names that this port's modules declare: pools whose numbers do not overlap.
    fn pools(&self) -> &'static [&'static Pool] {
        &[]
    }

    /// Whether `read` would answer a byte now.
    fn has_input(&self) -> bool;

    /// Which input byte interrupts the program (3 is Ctrl-C at first); `None` hands all bytes to the program.
    fn set_interrupt(&self, _byte: Option<u8>) {}

    /// Whether the console is a terminal line that wants "\r\n" at line ends.
    fn is_terminal_line(&self) -> bool {
        false
    }

    /// What `os.uname().machine` answers: the board.
    fn machine(&self) -> &'static str;

    /// What the port's own modules ask of it, by type: a `machine::Board`, for one.
    fn context(&self) -> Option<&dyn core::any::Any> {
        None
    }

    /// `sys.platform`.
    fn platform(&self) -> &'static str;
}
