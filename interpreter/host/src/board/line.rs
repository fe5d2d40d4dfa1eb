//! The board's serial line: a TCP port of this computer or a pseudo-terminal, with Ctrl-C picked out as it arrives.
//!
//! One thread reads, one writes. What the interpreter prints in small pieces gathers in `output` until the program waits for
//! something, or for a moment: a system call for each piece would make file transfers 30 times slower.

use anyhow::Context;
use interpreter::modules::BuiltinModule;
use interpreter::modules::frozen::Frozen;
use interpreter::object::name::Pool;
use interpreter::port::{Port, YEAR_2000};
use interpreter::vm::{Outcome, Vm};
use machine::Board;
use nix::pty::openpty;
use nix::sys::termios::{self, SetArg};
use std::collections::VecDeque;
use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicBool, AtomicU16, Ordering};
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// The interpreter's flag: something wants the program's attention.
static PENDING: AtomicBool = AtomicBool::new(false);

/// How long a reader may take nothing off a full line before output is lost.
const PATIENCE: Duration = Duration::from_secs(2);
/// The same for a bridge, which stands for a bus that makes the board wait: for ever, nearly.
const BRIDGE_PATIENCE: Duration = Duration::from_secs(24 * 3600);
/// Longest sleep in one wait.
const NAP: Duration = Duration::from_millis(50);
/// Bytes that may wait to be read; more are left in the line, so that the sender waits.
const QUEUE: usize = 64 << 10;
/// Bytes that may wait to be sent.
const BACKLOG: usize = 4 << 10;
/// Bytes that are sent at once.
const PIECE: usize = 1 << 10;
/// How long fewer bytes wait for more.
const GATHER: Duration = Duration::from_millis(2);
/// No byte interrupts.
const NOTHING: u16 = u16::MAX;

/// What the reading thread and the interpreter share.
struct Shared {
    input: Mutex<VecDeque<u8>>,
    changed: Condvar,
    interrupt: AtomicU16,
    interrupted: AtomicBool,
    patience: Duration,
    output: Mutex<Output>,
    printed: Condvar,
    sent: Condvar,
    writer: Mutex<Option<Box<dyn Write + Send>>>,
    connected: Condvar,
}

/// What waits to be sent.
#[derive(Default)]
struct Output {
    bytes: Vec<u8>,
    /// The program waits for an answer: no more will come.
    complete: bool,
    /// Nobody has read for so long that what comes is lost, until somebody reads again.
    unread: bool,
}

/// The process has one line; who knows only that there is one (a pin, an alarm) reaches it here.
static LINE: OnceLock<Arc<Shared>> = OnceLock::new();

/// Makes the program look at what happened, also when it sleeps.
pub fn ask_for_attention() {
    PENDING.store(true, Ordering::SeqCst);
    if let Some(shared) = LINE.get() {
        // Whoever is about to sleep holds this lock, and has not looked at the flag yet or looks again.
        drop(lock(&shared.input));
        shared.changed.notify_all();
    }
}

/// Sleeps until something wants the program's attention.
pub fn wait_for_attention() {
    if let Some(shared) = LINE.get() {
        shared.complete();
        let input = lock(&shared.input);
        drop(shared.changed.wait_while(input, |_| !PENDING.load(Ordering::SeqCst)));
    }
}

/// How many bytes wait to be read.
pub fn waiting() -> usize {
    LINE.get().map_or(0, |shared| lock(&shared.input).len())
}

/// The first of them.
pub fn read() -> Option<u8> {
    LINE.get()?.read()
}

/// How many bytes may be sent before somebody must read.
pub fn room() -> usize {
    LINE.get().map_or(0, |shared| BACKLOG.saturating_sub(lock(&shared.output).bytes.len()))
}

/// Sends bytes at once.
pub fn print(bytes: &[u8]) {
    if let Some(shared) = LINE.get() {
        shared.print(bytes);
        shared.complete();
    }
}

/// Since the board's start.
pub fn elapsed() -> Duration {
    static STARTED: OnceLock<Instant> = OnceLock::new();
    STARTED.get_or_init(Instant::now).elapsed()
}

/// Microseconds of that.
pub fn now() -> u64 {
    elapsed().as_micros() as u64
}

/// The line.
pub struct Line {
    shared: Arc<Shared>,
    address: String,
    board: Board,
    /// Kept open so that the line outlives its clients.
    _slave: Option<OwnedFd>,
}

impl Line {
    /// Opens the line: TCP at `address`, or a pseudo-terminal. Behind a bridge no output is lost.
    ///
    /// # Errors
    /// An address that is not this computer's own, or is taken.
    pub fn open(address: Option<SocketAddr>, bridge: bool, board: Board) -> anyhow::Result<Line> {
        let shared = Arc::new(Shared::new(if bridge { BRIDGE_PATIENCE } else { PATIENCE }));
        let (address, slave) = match address {
            Some(address) => (serve_tcp(&shared, address)?, None),
            None => serve_pty(&shared).map(|(address, slave)| (address, Some(slave)))?,
        };
        let sender = Arc::clone(&shared);
        std::thread::spawn(move || sender.send());
        // The first line is the only one.
        let _ = LINE.set(Arc::clone(&shared));
        Ok(Line { shared, address, board, _slave: slave })
    }

    /// Where the line is: `tcp 127.0.0.1:2323` or `pty /dev/pts/3`.
    pub fn address(&self) -> &str {
        &self.address
    }
}

fn serve_tcp(shared: &Arc<Shared>, address: SocketAddr) -> anyhow::Result<String> {
    anyhow::ensure!(
        address.ip().is_loopback(),
        "{address}: a board has no password, so only this computer may reach it; use 127.0.0.1"
    );
    let listener = TcpListener::bind(address).with_context(|| format!("{address} cannot be listened at"))?;
    let address = listener.local_addr()?;
    let shared = Arc::clone(shared);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let _ = stream.set_nodelay(true);
            let _ = stream.set_write_timeout(Some(shared.patience));
            if let Ok(writer) = stream.try_clone() {
                *lock(&shared.writer) = Some(Box::new(writer));
                shared.connected.notify_all();
                shared.receive(&stream);
                *lock(&shared.writer) = None;
            }
        }
    });
    Ok(format!("tcp {address}"))
}

fn serve_pty(shared: &Arc<Shared>) -> anyhow::Result<(String, OwnedFd)> {
    let pty = openpty(None, None).context("no pseudo-terminal can be had; use --tcp")?;
    let mut settings = termios::tcgetattr(&pty.slave)?;
    termios::cfmakeraw(&mut settings);
    termios::tcsetattr(&pty.slave, SetArg::TCSANOW, &settings)?;
    let path = nix::unistd::ttyname(&pty.slave)?;
    let reader = File::from(pty.master);
    *lock(&shared.writer) = Some(Box::new(Patient(reader.try_clone()?)));
    let shared = Arc::clone(shared);
    std::thread::spawn(move || shared.receive(&reader));
    Ok((format!("pty {}", path.display()), pty.slave))
}

/// Writes to a pseudo-terminal, and gives up on a reader that does not read.
struct Patient(File);

impl Write for Patient {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
        use std::os::fd::AsFd;
        let mut wait = [PollFd::new(self.0.as_fd(), PollFlags::POLLOUT)];
        let patience = PollTimeout::try_from(PATIENCE).unwrap_or(PollTimeout::MAX);
        if poll(&mut wait, patience)? == 0 {
            return Err(ErrorKind::TimedOut.into());
        }
        // A whole buffer might block: a pseudo-terminal takes 4 kB at the most.
        self.0.write(&bytes[..bytes.len().min(1024)])
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.flush()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    fn new(patience: Duration) -> Shared {
        Shared {
            input: Mutex::default(),
            changed: Condvar::new(),
            interrupt: AtomicU16::new(NOTHING),
            interrupted: AtomicBool::new(false),
            patience,
            output: Mutex::new(Output { unread: true, ..Output::default() }),
            printed: Condvar::new(),
            sent: Condvar::new(),
            writer: Mutex::default(),
            connected: Condvar::new(),
        }
    }

    /// Takes bytes until the other side is gone.
    fn receive(&self, mut reader: impl Read) {
        let mut chunk = [0; 4096];
        loop {
            let count = match reader.read(&mut chunk) {
                Ok(0) => return,
                Ok(count) => count,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(_) => return,
            };
            for &byte in &chunk[..count] {
                self.take(byte);
            }
            self.changed.notify_all();
            super::usb::arrived();
            let mut input = lock(&self.input);
            while input.len() > QUEUE {
                input = self.changed.wait(input).unwrap_or_else(PoisonError::into_inner);
            }
        }
    }

    /// Sends what is printed, for ever.
    fn send(&self) {
        // What is printed before anybody has connected waits for the first who does.
        drop(self.connected.wait_while(lock(&self.writer), |writer| writer.is_none()));
        loop {
            let mut output = lock(&self.output);
            while output.bytes.is_empty() {
                output = self.printed.wait(output).unwrap_or_else(PoisonError::into_inner);
            }
            let gathers = |output: &mut Output| !output.complete && output.bytes.len() < PIECE;
            let gathered = self.printed.wait_timeout_while(output, GATHER, gathers);
            let (mut output, _) = gathered.unwrap_or_else(PoisonError::into_inner);
            output.complete = false;
            let bytes = std::mem::take(&mut output.bytes);
            drop(output);
            self.sent.notify_all();
            // Nobody there, or nobody reading: output is lost, the program goes on, as on a board.
            let lost = lock(&self.writer).as_mut().is_none_or(|line| line.write_all(&bytes).is_err());
            lock(&self.output).unread = lost;
            self.sent.notify_all();
        }
    }

    /// Gives bytes to the sending thread; waits while too many are under way, for as long as somebody reads: who reads slowly misses nothing.
    fn print(&self, bytes: &[u8]) {
        let output = lock(&self.output);
        let full =
            |output: &mut Output| !output.unread && output.bytes.len() > BACKLOG && !self.interrupted.load(Ordering::SeqCst);
        let mut output = self.sent.wait_while(output, full).unwrap_or_else(PoisonError::into_inner);
        let before = output.bytes.len();
        if before > BACKLOG {
            return;
        }
        output.bytes.extend(bytes);
        if before == 0 || (before < PIECE && output.bytes.len() >= PIECE) {
            self.printed.notify_one();
        }
    }

    /// Says that no more will be printed for now.
    fn complete(&self) {
        let mut output = lock(&self.output);
        if !output.bytes.is_empty() {
            output.complete = true;
            self.printed.notify_one();
        }
    }

    fn read(&self) -> Option<u8> {
        let mut input = lock(&self.input);
        let full = input.len() > QUEUE;
        let byte = input.pop_front();
        if full {
            self.changed.notify_all();
        }
        byte
    }

    fn take(&self, byte: u8) {
        let mut input = lock(&self.input);
        if u16::from(byte) == self.interrupt.load(Ordering::SeqCst) {
            // What was typed before the interrupt was meant for the program that ends now.
            input.clear();
            self.interrupted.store(true, Ordering::SeqCst);
            PENDING.store(true, Ordering::SeqCst);
            self.sent.notify_all();
        } else {
            input.push_back(byte);
        }
    }
}

impl Port for Line {
    fn write(&self, bytes: &[u8]) {
        self.shared.print(bytes);
    }

    fn read(&self) -> Option<u8> {
        self.shared.read()
    }

    fn has_input(&self) -> bool {
        !lock(&self.shared.input).is_empty()
    }

    fn file_system_on(&self, vm: &interpreter::Vm, device: interpreter::object::word::Word) -> interpreter::vm::Outcome {
        storage::object::find(vm, device, storage::object::MARKS)
    }

    fn now(&self) -> u64 {
        now()
    }

    fn clock(&self) -> u64 {
        super::hardware::TIME.clock()
    }

    fn epoch(&self) -> u64 {
        YEAR_2000
    }

    fn idle(&self, deadline: Option<u64>) {
        self.shared.complete();
        let nap = deadline.map_or(NAP, |deadline| Duration::from_micros(deadline.saturating_sub(self.now())).min(NAP));
        let input = lock(&self.shared.input);
        // A wait with a deadline is for the clock, one without for input; an interrupt ends both.
        let wakes = |input: &VecDeque<u8>| (deadline.is_none() && !input.is_empty()) || PENDING.load(Ordering::SeqCst);
        drop(self.shared.changed.wait_timeout_while(input, nap, |input| !wakes(input)));
    }

    fn attend(&self, vm: &Vm) -> Outcome<()> {
        super::usb::serve();
        if super::clocks::is_bitten() {
            return Err(vm.raise(&interpreter::object::exception::SYSTEM_EXIT, &[]));
        }
        super::hardware::TIME.attend(vm)
    }

    fn place_code(&self, code: &[std::cell::Cell<u8>]) -> Option<usize> {
        crate::code_memory::place(code)
    }

    fn pending(&self) -> &'static AtomicBool {
        &PENDING
    }

    fn interrupted(&self) -> bool {
        self.shared.interrupted.swap(false, Ordering::SeqCst)
    }

    fn set_interrupt(&self, byte: Option<u8>) {
        let mut input = lock(&self.shared.input);
        self.shared.interrupt.store(byte.map_or(NOTHING, u16::from), Ordering::SeqCst);
        if byte.is_some_and(|byte| crate::port::take_interrupt(&mut input, byte)) {
            self.shared.interrupted.store(true, Ordering::SeqCst);
            PENDING.store(true, Ordering::SeqCst);
            self.shared.changed.notify_all();
        }
    }

    fn is_ending(&self) -> bool {
        super::clocks::is_bitten()
    }

    fn is_terminal_line(&self) -> bool {
        true
    }

    fn entropy(&self) -> u64 {
        crate::port::entropy()
    }

    fn modules(&self) -> &'static [&'static BuiltinModule] {
        crate::modules::BOARD
    }

    fn frozen(&self) -> &'static [Frozen] {
        machine::FROZEN
    }

    fn pools(&self) -> &'static [&'static Pool] {
        crate::modules::POOLS
    }

    fn context(&self) -> Option<&dyn core::any::Any> {
        Some(&self.board)
    }

    fn machine(&self) -> &'static str {
        "virtual board with STM32F405"
    }

    fn platform(&self) -> &'static str {
        "pyboard"
    }

    fn build(&self) -> &'static str {
        "PYBV11"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::{Receiver, Sender, channel};

    /// A line that takes bytes when it is let, so many at once, and gives up where it is let no more.
    struct Slow {
        lets: Receiver<usize>,
        taken: Sender<Vec<u8>>,
    }

    impl Write for Slow {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            let count = self.lets.recv().map_err(|_| ErrorKind::TimedOut)?.min(bytes.len());
            self.taken.send(bytes[..count].to_vec()).expect("the test listens");
            Ok(count)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn who_reads_slowly_misses_nothing_and_who_does_not_read_stops_nobody() {
        let shared = Arc::new(Shared::new(Duration::ZERO));
        let (let_, lets) = channel();
        let (taken, takes) = channel();
        *lock(&shared.writer) = Some(Box::new(Slow { lets, taken }));
        shared.connected.notify_all();
        lock(&shared.output).unread = false;
        let sender = Arc::clone(&shared);
        std::thread::spawn(move || sender.send());
        let bytes: Vec<u8> = (0..10 * BACKLOG).map(|at| (at / 7) as u8).collect();
        let (program, printed) = (Arc::clone(&shared), bytes.clone());
        let prints = std::thread::spawn(move || {
            printed.chunks(64).for_each(|piece| program.print(piece));
            program.complete();
        });
        let mut came = Vec::new();
        while came.len() < bytes.len() {
            let_.send(100).expect("it sends");
            came.extend(takes.recv_timeout(10 * PATIENCE).expect("it goes on"));
        }
        assert!(came == bytes, "the line left something out");
        prints.join().expect("all of it was printed");
        // From here on nobody reads.
        drop(let_);
        (0..3 * BACKLOG).for_each(|_| shared.print(b"x"));
    }
}
