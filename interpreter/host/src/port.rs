//! The console and the clock of a program that runs in a terminal.

use crate::output::OUTPUT;
use crate::threads::THREADS;
use crate::time::Time;
use interpreter::compile::diagnosis::Diagnosis;
use interpreter::modules::BuiltinModule;
use interpreter::modules::frozen::Frozen;
use interpreter::object::name::Pool;
use interpreter::port::{Keeper, Port, Threads};
use interpreter::source::Mode;
use interpreter::vfs::Errno;
use interpreter::vm::{Outcome, Vm};
use machine::Board;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::termios::{self, SetArg, Termios};
use std::collections::VecDeque;
use std::io::{IsTerminal, Write};
use std::os::fd::AsFd;
use std::sync::Mutex;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// The interpreter's flag: something wants the program's attention.
pub static PENDING: AtomicBool = AtomicBool::new(false);
/// Set when Ctrl-C was pressed, by the thread that waits for signals.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Timers, and the clock as the program set it.
static TIME: Time = Time::new(now, ask_for_attention);

/// Longest sleep before signals are looked at again.
const NAP: u16 = 20;

/// Standard input and output. Threads share it.
pub struct Console {
    board: Board,
    input: Mutex<VecDeque<u8>>,
    closed: AtomicBool,
    /// The terminal's own settings, while a prompt has taken it over.
    original: Option<Termios>,
    raw: AtomicBool,
    prompt: AtomicBool,
}

impl Console {
    /// The process's console.
    pub fn new() -> Console {
        now();
        let original = std::io::stdin().is_terminal().then(|| termios::tcgetattr(std::io::stdin()).ok()).flatten();
        Console {
            board: Board::computer(&TIME),
            input: Mutex::default(),
            closed: AtomicBool::new(false),
            original,
            raw: AtomicBool::new(false),
            prompt: AtomicBool::new(false),
        }
    }

    /// Whether input comes from a person.
    pub fn is_terminal(&self) -> bool {
        self.original.is_some()
    }

    /// Begins or ends a prompt: its lines are edited here, not by the terminal.
    pub fn set_prompt(&self, prompt: bool) {
        self.prompt.store(prompt, Ordering::SeqCst);
        self.set_raw(prompt);
    }

    fn set_raw(&self, raw: bool) {
        self.flush();
        let Some(original) = &self.original else { return };
        let mut settings = original.clone();
        if raw {
            termios::cfmakeraw(&mut settings);
        }
        if termios::tcsetattr(std::io::stdin(), SetArg::TCSADRAIN, &settings).is_ok() {
            self.raw.store(raw, Ordering::SeqCst);
        }
    }

    /// Takes what has arrived on standard input, waiting at most `timeout` for it.
    fn fill(&self, timeout: PollTimeout) {
        self.flush();
        let stdin = std::io::stdin();
        let arrived = |timeout| {
            let mut wait = [PollFd::new(stdin.as_fd(), PollFlags::POLLIN)];
            matches!(poll(&mut wait, timeout), Ok(ready) if ready > 0)
        };
        if self.closed.load(Ordering::SeqCst) || !arrived(timeout) {
            return;
        }
        let mut input = self.input();
        // Another thread may have been faster; a read would wait then.
        if !arrived(PollTimeout::ZERO) {
            return;
        }
        let mut chunk = [0; 4096];
        match nix::unistd::read(stdin.as_fd(), &mut chunk) {
            Ok(0) => self.closed.store(true, Ordering::SeqCst),
            Ok(count) => input.extend(&chunk[..count]),
            Err(nix::errno::Errno::EINTR | nix::errno::Errno::EAGAIN) => {}
            Err(_) => self.closed.store(true, Ordering::SeqCst),
        }
    }

    fn input(&self) -> std::sync::MutexGuard<'_, VecDeque<u8>> {
        self.input.lock().expect("no thread panics while it holds the input")
    }
}

impl Drop for Console {
    fn drop(&mut self) {
        self.set_raw(false);
    }
}

/// Makes Ctrl-C set the interpreter's pending flag. Once in a process.
pub fn watch_signals() -> anyhow::Result<()> {
    let mut signals = signal_hook::iterator::Signals::new([signal_hook::consts::SIGINT])?;
    std::thread::spawn(move || {
        for _ in signals.forever() {
            INTERRUPTED.store(true, Ordering::SeqCst);
            ask_for_attention();
        }
    });
    Ok(())
}

/// What Ctrl-C does, as far as a handler of signals may.
pub fn interrupt() {
    INTERRUPTED.store(true, Ordering::SeqCst);
    PENDING.store(true, Ordering::SeqCst);
}

/// Makes the program look at what happened, also when it sleeps.
fn ask_for_attention() {
    PENDING.store(true, Ordering::SeqCst);
    THREADS.note_change();
}

/// Microseconds since the console was made.
fn now() -> u64 {
    static STARTED: OnceLock<Instant> = OnceLock::new();
    STARTED.get_or_init(Instant::now).elapsed().as_micros() as u64
}

/// Whether the byte that interrupts waits among what was typed; it is taken out then, with all that came before it.
pub fn take_interrupt(input: &mut VecDeque<u8>, interrupt: u8) -> bool {
    let last = input.iter().rposition(|&byte| byte == interrupt);
    if let Some(last) = last {
        input.drain(..=last);
    }
    last.is_some()
}

/// Bits from the system's random source. A process that was forked has others than its parent.
pub fn entropy() -> u64 {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).expect("a computer has a random source");
    u64::from_le_bytes(bytes)
}

impl Port for Console {
    fn write(&self, bytes: &[u8]) {
        OUTPUT.write(bytes);
    }

    fn flush(&self) {
        OUTPUT.flush();
    }

    fn write_error(&self, bytes: &[u8]) {
        self.flush();
        let _ = std::io::stderr().write_all(bytes);
    }

    fn read(&self) -> Option<u8> {
        if self.input().is_empty() {
            self.fill(PollTimeout::ZERO);
        }
        self.input().pop_front()
    }

    fn is_closed(&self) -> bool {
        self.closed.load(Ordering::SeqCst) && self.input().is_empty()
    }

    fn has_input(&self) -> bool {
        if self.input().is_empty() {
            self.fill(PollTimeout::ZERO);
            crate::wait::note(0, PollFlags::POLLIN);
        }
        !self.input().is_empty() || self.closed.load(Ordering::SeqCst)
    }

    fn poll_descriptor(&self, number: usize, wanted: usize) -> Result<usize, Errno> {
        self.flush();
        crate::wait::descriptor(number, wanted)
    }

    fn file_system_on(&self, vm: &Vm, device: interpreter::object::word::Word) -> Outcome {
        storage::object::find(vm, device, storage::object::MARKS)
    }

    fn now(&self) -> u64 {
        now()
    }

    fn clock(&self) -> u64 {
        TIME.clock()
    }

    fn attend(&self, vm: &Vm) -> Outcome<()> {
        TIME.attend(vm)?;
        crate::modules::signal::attend(vm)
    }

    fn context(&self) -> Option<&dyn core::any::Any> {
        Some(&self.board)
    }

    fn idle(&self, deadline: Option<u64>) {
        let left = deadline.map_or(u64::MAX, |deadline| deadline.saturating_sub(self.now()).div_ceil(1000));
        self.flush();
        if crate::wait::idle(PollTimeout::from(left.min(u64::from(NAP)) as u16)) {
            return;
        }
        match deadline {
            // A timed wait is a sleep: input is not its business, and a closed one would make it spin.
            Some(deadline) => {
                let left = deadline.saturating_sub(self.now()).min(u64::from(NAP) * 1000);
                // Ctrl-C wakes this wait as threads do, at once.
                let seen = THREADS.changes();
                if !PENDING.load(Ordering::SeqCst) {
                    THREADS.wait(seen, left);
                }
            }
            None => self.fill(PollTimeout::from(NAP)),
        }
    }

    fn pending(&self) -> &'static AtomicBool {
        &PENDING
    }

    fn interrupted(&self) -> bool {
        INTERRUPTED.swap(false, Ordering::SeqCst)
    }

    fn set_interrupt(&self, byte: Option<u8>) {
        // A running program has the terminal as it was, with Ctrl-C as a signal; a prompt takes every key.
        if !self.prompt.load(Ordering::SeqCst) {
            return;
        }
        self.set_raw(byte.is_none());
        // What was pressed at the prompt behind the line that starts the program.
        self.fill(PollTimeout::ZERO);
        if byte.is_some_and(|byte| take_interrupt(&mut self.input(), byte)) {
            INTERRUPTED.store(true, Ordering::SeqCst);
            PENDING.store(true, Ordering::SeqCst);
        }
    }

    fn is_terminal_line(&self) -> bool {
        self.raw.load(Ordering::SeqCst)
    }

    fn place_code(&self, code: &[std::cell::Cell<u8>]) -> Option<usize> {
        crate::code_memory::place(code)
    }

    fn threads(&self) -> Option<&dyn interpreter::port::Threads> {
        Some(&crate::threads::THREADS)
    }

    fn keeper(&self) -> Option<&dyn Keeper> {
        Some(&crate::keeper::Files)
    }

    fn character_named(&self, name: &str) -> Option<char> {
        crate::modules::character_named(name)
    }

    fn diagnose(&self, read: &mut dyn FnMut(&mut [u8]) -> usize, mode: Mode, say: &mut dyn FnMut(&Diagnosis)) {
        crate::diagnosis::explain(read, mode, say);
    }

    fn power(&self, base: f64, exponent: f64) -> f64 {
        base.powf(exponent)
    }

    fn entropy(&self) -> u64 {
        entropy()
    }

    fn modules(&self) -> &'static [&'static BuiltinModule] {
        crate::modules::DESKTOP
    }

    fn frozen(&self) -> &'static [Frozen] {
        crate::modules::FROZEN
    }

    fn pools(&self) -> &'static [&'static Pool] {
        crate::modules::POOLS
    }

    fn machine(&self) -> &'static str {
        "desktop version"
    }

    fn platform(&self) -> &'static str {
        std::env::consts::OS
    }
}
