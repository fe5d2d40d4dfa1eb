//! All that the interpreter asks of the machine it runs on.

use crate::modules::BuiltinModule;
use crate::object::name::Pool;

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

    /// Names that this port's modules declare: pools whose numbers do not overlap.
    fn pools(&self) -> &'static [&'static Pool] {
        &[]
    }

    /// `sys.platform`.
    fn platform(&self) -> &'static str;
}
