//! The console and the clock, as programs wait for them: every wait polls for interrupts and callbacks.

use super::{Outcome, Vm};
use crate::object::word::Word;

impl Vm {
    /// Attends to what is pending, if anything is: every loop that waits calls this.
    ///
    /// # Errors
    /// `KeyboardInterrupt`, and what callbacks raise.
    pub fn poll(&self) -> Outcome<()> {
        if self.pending.load(core::sync::atomic::Ordering::Relaxed) { self.attend() } else { Ok(()) }
    }

    /// Writes text to the console, with the line ends that it wants.
    pub fn write_text(&self, bytes: &[u8]) {
        if !self.port.is_terminal_line() {
            return self.write_plain(bytes);
        }
        for (index, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
            if index > 0 {
                self.write_console(b"\r\n");
            }
            if !line.is_empty() {
                self.write_console(line);
            }
        }
    }

    /// The next byte of console input; waits for it. `None` when input has ended.
    ///
    /// # Errors
    /// `KeyboardInterrupt`, and what callbacks raise.
    pub fn read_console(&self) -> Outcome<Option<u8>> {
        loop {
            if let Some(byte) = self.take_console() {
                return Ok(Some(byte));
            }
            if self.port.is_closed() && !self.has_second() {
                return Ok(None);
            }
            if self.must_wait() {
                self.idle(None);
            }
            self.poll()?;
        }
    }

    /// Waits for `microseconds` (not at all if negative); answers `None`.
    ///
    /// # Errors
    /// As `read_console`.
    pub fn wait(&self, microseconds: i64) -> Outcome {
        self.yield_thread();
        let deadline = self.port.now().saturating_add(microseconds.max(0) as u64);
        loop {
            self.poll()?;
            if self.port.now() >= deadline {
                return Ok(Word::NONE);
            }
            self.idle(Some(deadline));
        }
    }
}
