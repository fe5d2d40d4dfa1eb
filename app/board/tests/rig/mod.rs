//! A whole board in memory: the real interpreter with its prompt and a real littlefs, in the test's virtual time.
//!
//! The interpreter runs on a thread of its own, but never at the same time as the test: the two hand a baton to and fro. While
//! the board computes, the test's thread waits for the baton, so tokio's paused clock cannot run ahead; when the board waits,
//! it hands the baton back and says until when it would wait, and the clock jumps. So a second of the board takes no time,
//! and the same seed gives the same bytes.

pub mod memory;
pub mod wire;

use std::cell::Cell;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard};
use std::time::Duration;

use board::transport::{Flow, Opened};
use interpreter::port::Port;
use interpreter::repl::{self, Prompt, Session};
use interpreter::vfs::{BlockDevice, Errno, FileSystem, Volume, mount};
use interpreter::vm::{Outcome, Root, Vm};
use memory::Arena;
use storage::fat::Fat;
use storage::format::{Format, OnDevice};
use storage::littlefs::{self, Littlefs};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio::sync::mpsc;
use tokio::time::Instant;

/// Bytes of flash that are erased together.
const BLOCK: usize = 4096;
/// Bytes of a sector of FAT.
const SECTOR: usize = 512;
/// Bytes that wait to be read; more stay in the line.
const QUEUE: usize = 4096;
/// Bytes that wait to be sent; a board with more waits.
const BACKLOG: usize = 4096;
/// How often a program is asked whether to go on, between two turns of the world.
const POLLS: u32 = 2000;
/// How long such a turn takes in virtual time.
const TURN: u64 = 1000;

/// What a board is made of.
#[derive(Debug, Clone, Copy)]
pub struct Make {
    /// Bytes of heap.
    pub heap: usize,
    /// Blocks of flash, 4 kB each.
    pub blocks: u32,
    /// How files lie in it.
    pub format: Files,
}

/// A format of file systems.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Files {
    /// littlefs: renaming replaces.
    Littlefs,
    /// FAT: renaming does not.
    Fat,
}

impl Default for Make {
    fn default() -> Make {
        Make { heap: 192 << 10, blocks: 128, format: Files::Littlefs }
    }
}

/// A board. Dropping it switches it off.
pub struct Rig {
    chip: &'static Chip,
    plugs: mpsc::UnboundedSender<DuplexStream>,
    task: tokio::task::JoinHandle<()>,
    thread: Option<std::thread::JoinHandle<()>>,
}

/// What the board's thread and the test share.
struct Chip {
    baton: Mutex<Baton>,
    handed: Condvar,
    flash: Flash,
}

struct Baton {
    board_has_it: bool,
    input: VecDeque<u8>,
    output: Vec<u8>,
    /// Virtual microseconds.
    now: u64,
    /// Until when the board waits; `None`: for input.
    wake: Option<u64>,
    interrupt: Option<u8>,
    interrupted: bool,
    power: bool,
    /// The thread shall end.
    over: bool,
    /// The interpreter panicked.
    crashed: bool,
    polls: u32,
}

/// The flash, which may refuse.
pub struct Flash {
    block: usize,
    blocks: u32,
    bytes: Mutex<Vec<u8>>,
    /// No block is free: data finds no place, names still do (littlefs only).
    pub full: AtomicBool,
    /// Every write finds it read-only.
    pub read_only: AtomicBool,
    /// The power is cut in the middle of so many operations from now, and that one fails; 0: never.
    pub dies_after: AtomicU64,
}

/// Unwinds the interpreter when the power is cut.
struct PowerCut;

impl Rig {
    /// Switches a board on. Nobody is connected yet.
    pub fn start(make: Make) -> Rig {
        let block = if make.format == Files::Fat { SECTOR } else { BLOCK };
        let flash = Flash {
            block,
            blocks: make.blocks * (BLOCK / block) as u32,
            bytes: Mutex::new(vec![0xFF; make.blocks as usize * BLOCK]),
            full: AtomicBool::new(false),
            read_only: AtomicBool::new(false),
            dies_after: AtomicU64::new(0),
        };
        let baton = Baton {
            board_has_it: false,
            input: VecDeque::new(),
            output: Vec::new(),
            now: 0,
            wake: Some(0),
            interrupt: None,
            interrupted: false,
            power: true,
            over: false,
            crashed: false,
            polls: 0,
        };
        let chip: &'static Chip = Box::leak(Box::new(Chip { baton: Mutex::new(baton), handed: Condvar::new(), flash }));
        let board = std::thread::Builder::new().stack_size(memory::THREAD);
        let thread = board.spawn(move || chip.live(make)).expect("a thread can be had");
        let (plugs, sockets) = mpsc::unbounded_channel();
        let task = tokio::spawn(serve(chip, sockets));
        Rig { chip, plugs, task, thread: Some(thread) }
    }

    /// Plugs a cable in, and the old one out.
    pub fn plug(&self) -> Opened {
        let (near, far) = tokio::io::duplex(1 << 12);
        self.plugs.send(far).expect("the interpreter of the board has not crashed");
        Opened { stream: Box::new(near), flow: Flow::Controlled, process: None, claim: None }
    }

    /// Its flash.
    pub fn flash(&self) -> &'static Flash {
        &self.chip.flash
    }

    /// What the board is doing, for a failed test.
    pub fn describe(&self) -> String {
        let Baton { input, wake, now, interrupt, interrupted, power, .. } = &*self.chip.lock();
        let input: Vec<u8> = input.iter().copied().take(64).collect();
        format!("now {now}, waits until {wake:?}, {interrupt:?} interrupts ({interrupted}), power {power}, unread {input:02x?}")
    }

    /// Cuts the power, and gives it back.
    pub fn power_cycle(&self) {
        self.chip.lock().power = false;
    }
}

impl Drop for Rig {
    fn drop(&mut self) {
        self.task.abort();
        {
            let mut baton = self.chip.lock();
            baton.power = false;
            baton.over = true;
            baton.board_has_it = true;
        }
        self.chip.handed.notify_all();
        drop(self.thread.take().map(std::thread::JoinHandle::join));
        // What was leaked is small but for this.
        *self.chip.flash.bytes.lock().expect("nobody panics with it") = Vec::new();
    }
}

/// The world's side of the baton: bytes to and from the cable, and the clock.
async fn serve(chip: &'static Chip, mut sockets: mpsc::UnboundedReceiver<DuplexStream>) {
    let start = Instant::now();
    let mut cable: Option<DuplexStream> = None;
    let mut buffer = [0; 1024];
    loop {
        let Some((output, wake, room)) = chip.turn(start.elapsed().as_micros() as u64) else { return };
        if let Some(line) = &mut cable
            && !output.is_empty()
        {
            tokio::select! {
                sent = line.write_all(&output) => if sent.is_err() { cable = None },
                plugged = sockets.recv() => match plugged { Some(new) => cable = Some(new), None => return },
            }
        }
        let alarm = wake.map(|wake| start + Duration::from_micros(wake));
        let read = async {
            match &mut cable {
                Some(line) if room => line.read(&mut buffer).await,
                _ => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            plugged = sockets.recv() => match plugged { Some(new) => cable = Some(new), None => return },
            count = read => match count {
                Ok(count) if count > 0 => chip.feed(&buffer[..count]),
                _ => cable = None,
            },
            _ = tokio::time::sleep_until(alarm.unwrap_or(start)), if alarm.is_some() => {}
        }
    }
}

impl Chip {
    fn lock(&self) -> MutexGuard<'_, Baton> {
        self.baton.lock().expect("nobody panics with it")
    }

    /// Lets the board run until it waits. What it said, until when it waits, and whether it takes more input; `None` when it
    /// crashed.
    fn turn(&self, now: u64) -> Option<(Vec<u8>, Option<u64>, bool)> {
        let mut baton = self.lock();
        baton.now = now;
        baton.board_has_it = true;
        self.handed.notify_all();
        let mut baton = self.handed.wait_while(baton, |baton| baton.board_has_it).expect("nobody panics with it");
        let room = baton.input.len() < QUEUE;
        // A board that waits for what is there already gets its turn at once.
        let wake = if baton.wake.is_none() && !baton.input.is_empty() { Some(now) } else { baton.wake };
        (!baton.crashed).then(|| (std::mem::take(&mut baton.output), wake, room))
    }

    fn feed(&self, bytes: &[u8]) {
        let mut baton = self.lock();
        for &byte in bytes {
            if Some(byte) == baton.interrupt {
                baton.input.clear();
                baton.interrupted = true;
            } else {
                baton.input.push_back(byte);
            }
        }
    }

    /// The board's side: hands the baton over, and returns with it.
    fn yield_until(&self, wake: Option<u64>) {
        let mut baton = self.lock();
        baton.wake = wake;
        baton.board_has_it = false;
        self.handed.notify_all();
        let baton = self.handed.wait_while(baton, |baton| !baton.board_has_it).expect("nobody panics with it");
        if !baton.power {
            drop(baton);
            resume_unwind(Box::new(PowerCut));
        }
    }

    /// Ends the board's life if the power was cut in the middle of an operation of its flash.
    fn check_power(&self) {
        if self.flash.dies_after.load(Ordering::Relaxed) == 1 {
            resume_unwind(Box::new(PowerCut));
        }
    }

    /// From power to power.
    fn live(&'static self, make: Make) {
        let mut arena = Arena::new(make.heap);
        drop(self.handed.wait_while(self.lock(), |baton| !baton.board_has_it).expect("nobody panics with it"));
        loop {
            let life = catch_unwind(AssertUnwindSafe(|| match make.format {
                Files::Littlefs => {
                    let buffers = Box::leak(vec![Cell::new(0); littlefs::Options::FLASH.buffers()].into_boxed_slice());
                    self.boots(&mut arena, Littlefs::new(littlefs::Options::FLASH, buffers));
                }
                Files::Fat => self.boots(&mut arena, Fat::<SECTOR>::new()),
            }));
            let mut baton = self.lock();
            baton.crashed = life.is_err_and(|cause| !cause.is::<PowerCut>());
            if baton.over || baton.crashed {
                baton.board_has_it = false;
                self.handed.notify_all();
                return;
            }
            baton.power = true;
            baton.input.clear();
            self.flash.dies_after.store(0, Ordering::Relaxed);
        }
    }

    /// From reset to reset.
    fn boots(&'static self, arena: &mut Arena, format: impl Format) {
        let files = Box::leak(Box::new(OnDevice::new(format, &self.flash)));
        let mut session = Session { prompt: Prompt::Friendly, ..Session::default() };
        loop {
            let disk = files.at(&|| 0);
            disk.load().or_else(|_| disk.format()).expect("the flash can be formatted");
            arena.with_vm(self, |vm| {
                if let Err(raised) = vm.enter(|vm| prepare(vm, files)) {
                    vm.take_raised(raised);
                }
                repl::session(vm, &mut session);
            });
            let _ = files.at(&|| 0).unmount(); // what was open is lost
        }
    }
}

fn prepare(vm: &Vm, files: &'static dyn Volume) -> Outcome<()> {
    mount::mount_driver(vm, files, "/")?;
    let path = [vm.new_str("")?, vm.new_str(".frozen")?];
    vm.set_root(Root::Path, vm.new_list(&path)?);
    Ok(())
}

impl Port for Chip {
    fn write(&self, bytes: &[u8]) {
        self.check_power();
        for part in bytes.chunks(BACKLOG) {
            let full = {
                let mut baton = self.lock();
                baton.output.extend_from_slice(part);
                baton.output.len() >= BACKLOG
            };
            if full {
                let now = self.now();
                self.yield_until(Some(now));
            }
        }
    }

    fn read(&self) -> Option<u8> {
        self.check_power();
        self.lock().input.pop_front()
    }

    fn has_input(&self) -> bool {
        !self.lock().input.is_empty()
    }

    fn now(&self) -> u64 {
        self.lock().now
    }

    fn idle(&self, deadline: Option<u64>) {
        // Short naps, since who waits for a clock may also wait for input.
        let nap = self.now() + 50_000;
        self.yield_until(deadline.map(|deadline| deadline.min(nap)));
    }

    fn pending(&self) -> &'static AtomicBool {
        // Set again at each look, so that every poll comes to `interrupted`; all boards may share it.
        static ALWAYS: AtomicBool = AtomicBool::new(true);
        &ALWAYS
    }

    fn interrupted(&self) -> bool {
        self.check_power();
        self.pending().store(true, Ordering::Relaxed);
        let (turn, now, interrupted) = {
            let mut baton = self.lock();
            baton.polls += 1;
            let turn = baton.polls.is_multiple_of(POLLS);
            (turn, baton.now, std::mem::take(&mut baton.interrupted))
        };
        if turn {
            self.yield_until(Some(now + TURN));
        }
        interrupted
    }

    fn set_interrupt(&self, byte: Option<u8>) {
        let mut baton = self.lock();
        baton.interrupt = byte;
        if let Some(byte) = byte
            && let Some(at) = baton.input.iter().position(|&waiting| waiting == byte)
        {
            baton.input.drain(..=at);
            baton.interrupted = true;
        }
    }

    fn is_terminal_line(&self) -> bool {
        true
    }

    fn entropy(&self) -> u64 {
        4
    }

    fn machine(&self) -> &'static str {
        "board in memory"
    }

    fn platform(&self) -> &'static str {
        "rig"
    }
}

impl Flash {
    fn range(&self, block: u32, offset: u32, length: usize) -> Result<std::ops::Range<usize>, Errno> {
        let start = block as usize * self.block + offset as usize;
        let inside = block < self.blocks && offset as usize + length <= self.block;
        if inside { Ok(start..start + length) } else { Err(Errno::EINVAL) }
    }

    /// May something be written now?
    fn writable(&self) -> Result<(), Errno> {
        let left = self.dies_after.load(Ordering::Relaxed);
        if left == 1 {
            return Err(Errno::EIO);
        }
        self.dies_after.store(left.saturating_sub(1).max(u64::from(left > 0)), Ordering::Relaxed);
        if self.read_only.load(Ordering::Relaxed) { Err(Errno::EROFS) } else { Ok(()) }
    }
}

impl BlockDevice for Flash {
    fn block_size(&self) -> u32 {
        self.block as u32
    }

    fn block_count(&self) -> u32 {
        self.blocks
    }

    fn read(&self, block: u32, offset: u32, buffer: &mut [u8]) -> Result<(), Errno> {
        let range = self.range(block, offset, buffer.len())?;
        buffer.copy_from_slice(&self.bytes.lock().expect("nobody panics with it")[range]);
        Ok(())
    }

    fn program(&self, block: u32, offset: u32, bytes: &[u8]) -> Result<(), Errno> {
        let range = self.range(block, offset, bytes.len())?;
        self.writable()?;
        self.bytes.lock().expect("nobody panics with it")[range].copy_from_slice(bytes);
        Ok(())
    }

    fn erase(&self, block: u32) -> Result<(), Errno> {
        let range = self.range(block, 0, self.block)?;
        self.writable()?;
        // The first two hold the names of the topmost folder.
        if block > 1 && self.full.load(Ordering::Relaxed) {
            return Err(Errno::ENOSPC);
        }
        self.bytes.lock().expect("nobody panics with it")[range].fill(0xFF);
        Ok(())
    }

    fn sync(&self) -> Result<(), Errno> {
        Ok(())
    }
}
