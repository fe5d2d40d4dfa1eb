//! The console, which is the port's.

use super::Vm;

impl Vm {
    /// Writes to the console, as it is.
    #[inline(always)]
    pub fn write_console(&self, bytes: &[u8]) {
        self.port.write(bytes);
    }

    /// Writes text to the console, which wants no other line ends.
    #[inline(always)]
    pub(super) fn write_plain(&self, bytes: &[u8]) {
        self.port.write(bytes);
    }

    /// The next byte of console input, if one has arrived.
    #[inline(always)]
    pub(crate) fn take_console(&self) -> Option<u8> {
        self.port.read()
    }

    /// Whether a byte of console input has arrived.
    #[inline(always)]
    pub(crate) fn has_console_input(&self) -> bool {
        self.port.has_input()
    }

    /// Whether there is a second terminal.
    #[inline(always)]
    pub(super) fn has_second(&self) -> bool {
        false
    }

    /// Whether nothing has arrived since `take_console`.
    #[inline(always)]
    pub(super) fn must_wait(&self) -> bool {
        true
    }
}
