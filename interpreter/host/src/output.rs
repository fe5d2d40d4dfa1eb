//! Standard output: line by line where a person reads along, otherwise in blocks.
//!
//! A block leaves before the program waits for anything, writes errors, starts another program, asks for it (`flush`), ends or
//! crashes: whoever reads a pipe sees at each pause what he would see on a terminal.

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use std::io::IsTerminal;
use std::os::fd::AsFd;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{LazyLock, Mutex, PoisonError};

/// Bytes that are held back at most.
const BLOCK: usize = 1 << 15;

/// The process's standard output.
pub static OUTPUT: LazyLock<Output> = LazyLock::new(|| Output {
    by_lines: std::io::stdout().is_terminal(),
    at_once: AtomicBool::new(false),
    waiting: Mutex::default(),
});

/// What is on its way to standard output.
pub struct Output {
    by_lines: bool,
    at_once: AtomicBool,
    waiting: Mutex<Vec<u8>>,
}

impl Output {
    /// Writes, sooner or later.
    pub fn write(&self, bytes: &[u8]) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.extend_from_slice(bytes);
        if waiting.len() >= BLOCK || self.at_once.load(Ordering::Relaxed) || self.by_lines && bytes.contains(&b'\n') {
            send(&mut waiting);
        }
    }

    /// Whether nothing waits: `-u`.
    pub fn set_unbuffered(&self, at_once: bool) {
        self.at_once.store(at_once, Ordering::Relaxed);
    }

    /// Sends what waits, and what waits for files.
    pub fn flush(&self) {
        crate::held::settle_all();
        send(&mut self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Sees to it that a panic comes after all that was written before it.
    pub fn flush_before_panics(&self) {
        let report = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            // Not if it happened here, in the midst of sending.
            if let Ok(mut waiting) = OUTPUT.waiting.try_lock() {
                send(&mut waiting);
            }
            report(panic);
        }));
    }
}

/// Sends everything. A closed pipe ends output, not the program.
fn send(waiting: &mut Vec<u8>) {
    let stdout = std::io::stdout();
    let mut rest = waiting.as_slice();
    while !rest.is_empty() {
        match nix::unistd::write(stdout.as_fd(), rest) {
            Ok(count) => rest = &rest[count..],
            Err(nix::errno::Errno::EINTR) => {}
            // Whoever shares the descriptor does not want to wait on it; we do.
            Err(nix::errno::Errno::EAGAIN) => {
                let _ = poll(&mut [PollFd::new(stdout.as_fd(), PollFlags::POLLOUT)], PollTimeout::NONE);
            }
            Err(_) => break,
        }
    }
    waiting.clear();
}
