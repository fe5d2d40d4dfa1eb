//! The virtual pyboard: `firmware/usb` over a chip in memory, the interpreter of this clone as its program.
//!
//! ```text
//! power on ──image in flash──▶ running: usb::board ◀──bytes──▶ taipan --board     machine.bootloader(), DFU detach ──▶ loader
//!          ──no image───────▶ loader: usb::loader over dfu's simulated chip       a whole image ──▶ running
//! ```
//! It lives in a thread of its own. What happens to a real board is asked of it from outside: the cable is pulled, at once or in a certain transfer,
//! with the power or without; the power fails in a certain flash operation.

use crate::usbip::Cable;
use anyhow::{Context, Result, bail};
use dfu::device::{Device, Outcome};
use dfu::simulated::Chip;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::sync::mpsc::{self, Receiver, Sender, SyncSender};
use std::time::{Duration, Instant};
use usb::board::{Board, Identity, Nothing};
use usb::disk::{self, Disk, Volume};
use usb::loader::{BLOCK, Loader};
use usb::serial::PACKET;
use usb::simulated::Wire;
use usb::usb_device::bus::{UsbBus, UsbBusAllocator};
use usb::usb_device::class::UsbClass;

/// The flash of an STM32F405, as ST's loader describes it.
pub const LAYOUT: &str = "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg";
/// Where a program's vectors lie.
pub const FLASH: u32 = 0x0800_0000;
/// Bytes of the vector page.
const PAGE: usize = 512;
/// How a pyboard shows itself.
const RUNNING: Identity<'static> =
    Identity { vendor: 0xF055, product: 0x9800, maker: "Taipan", name: "Pyboard (virtual)", serial: SERIAL };
/// As ST's loader.
const LOADING: Identity<'static> =
    Identity { vendor: 0x0483, product: 0xDF11, maker: "Taipan", name: "Pyboard loader", serial: SERIAL };
/// Which board it is.
pub const SERIAL: &str = "4A0027000150";
/// The status with which the interpreter ends that wants the loader.
const WANTS_LOADER: i32 = 64;
/// The longest sleep: what has no event is looked at so often.
const NAP: Duration = Duration::from_millis(2);
/// How long a board shows itself after it was asked to leave: the answer must get out.
const FAREWELL: Duration = Duration::from_millis(30);

/// How soon the board answers.
const ANSWERS: Duration = Duration::from_secs(20);

/// When the board was made.
static SINCE: LazyLock<Instant> = LazyLock::new(Instant::now);

/// What is done to the board from outside.
enum Ask {
    /// Pulls the cable, and plugs it in again; without power in between, RAM is lost.
    Replug { power: bool },
    /// Pulls the cable in the transfer of this number, counted from when it is plugged in; or never.
    CutAfter(Option<usize>),
    /// Starts the loader, as the switch held at a reset does.
    Load,
    /// Whether the cable is in.
    IsPlugged(Sender<bool>),
    /// Whether its program runs.
    IsRunning(Sender<bool>),
    /// What is in flash.
    Read { address: u32, length: usize, answer: Sender<Vec<u8>> },
    /// Puts something into flash, past the loader.
    Write { address: u32, data: Vec<u8> },
    /// From the next power-on on, these blocks are a removable disk; nothing takes it away.
    Wear(Option<Vec<u8>>),
    /// What is on that disk, once the computer is done with it.
    ReadDisk(Sender<Vec<u8>>),
    /// The program writes: this is on the disk now, and the computer is told so.
    WriteDisk(Vec<u8>),
}

/// The blocks of a removable disk.
struct Blocks(Vec<u8>);

impl Volume for Blocks {
    fn count(&self) -> u32 {
        (self.0.len() / disk::BLOCK) as u32
    }
    fn read(&mut self, block: u32, into: &mut [u8; disk::BLOCK]) -> bool {
        into.copy_from_slice(&self.0[block as usize * disk::BLOCK..][..disk::BLOCK]);
        true
    }
    fn write(&mut self, block: u32, bytes: &[u8; disk::BLOCK]) -> bool {
        self.0[block as usize * disk::BLOCK..][..disk::BLOCK].copy_from_slice(bytes);
        true
    }
    fn sync(&mut self) -> bool {
        true
    }
}

/// The board, held from outside.
pub struct Pyboard {
    asks: Sender<Ask>,
}

impl Pyboard {
    /// A board with this image in flash and its files in a file, switched on and plugged in.
    pub fn start(parts: Vec<(u32, Vec<u8>)>, files: PathBuf) -> Pyboard {
        let (asks, asked) = mpsc::channel();
        std::thread::spawn(move || {
            let chip = Chip::new(LAYOUT, BLOCK, PAGE, is_program);
            parts.iter().for_each(|(address, data)| chip.set(*address, data));
            let mut life = Life { chip: &chip, asked, files, cut: None, runs: false, blocks: None, wanted: None, written: None };
            if let Err(error) = life.live() {
                println!("the virtual pyboard died: {error:#}");
            }
        });
        Pyboard { asks }
    }

    fn ask(&self, ask: Ask) {
        self.asks.send(ask).expect("the board lives as long as the rig");
    }

    /// Pulls the cable, and plugs it in again.
    pub fn replug(&self, power: bool) {
        self.ask(Ask::Replug { power });
    }

    /// Pulls the cable in the transfer of this number from the next plugging in on; `None` for never.
    pub fn cut_after(&self, transfers: Option<usize>) {
        self.ask(Ask::CutAfter(transfers));
    }

    /// Starts the loader.
    pub fn load(&self) {
        self.ask(Ask::Load);
    }

    /// Whether the cable is in.
    pub fn is_plugged(&self) -> bool {
        let (answer, answered) = mpsc::channel();
        self.ask(Ask::IsPlugged(answer));
        answered.recv_timeout(ANSWERS).expect("the board answers")
    }

    /// Whether its program runs.
    pub fn is_running(&self) -> bool {
        let (answer, answered) = mpsc::channel();
        self.ask(Ask::IsRunning(answer));
        answered.recv_timeout(ANSWERS).expect("the board answers")
    }

    /// What is in flash.
    pub fn flash(&self, address: u32, length: usize) -> Vec<u8> {
        let (answer, answered) = mpsc::channel();
        self.ask(Ask::Read { address, length, answer });
        answered.recv_timeout(ANSWERS).expect("the board answers")
    }

    /// From the next power-on on, these blocks are a removable disk.
    pub fn wear(&self, blocks: Option<Vec<u8>>) {
        self.ask(Ask::Wear(blocks));
    }

    /// What is on that disk, once the computer is done with it.
    pub fn disk(&self) -> Vec<u8> {
        let (answer, answered) = mpsc::channel();
        self.ask(Ask::ReadDisk(answer));
        answered.recv_timeout(ANSWERS).expect("the computer is done some time")
    }

    /// The program writes.
    pub fn set_disk(&self, blocks: Vec<u8>) {
        self.ask(Ask::WriteDisk(blocks));
    }

    /// Puts something into flash, past the loader.
    pub fn set_flash(&self, address: u32, data: Vec<u8>) {
        self.ask(Ask::Write { address, data });
    }
}

/// Whether a vector page starts a program of this chip: a stack in RAM, an address in flash.
fn is_program(vectors: &[u8]) -> bool {
    let word = |at: usize| u32::from_le_bytes([vectors[at], vectors[at + 1], vectors[at + 2], vectors[at + 3]]);
    (0x2000_0000..=0x2002_0000).contains(&word(0)) && (FLASH..FLASH + (1 << 20)).contains(&word(4)) && word(4) & 1 == 1
}

/// How a state of the board ends.
enum Next {
    PowerOn,
    Loader,
}

/// The board's thread.
struct Life<'c> {
    chip: &'c Chip,
    asked: Receiver<Ask>,
    files: PathBuf,
    cut: Option<usize>,
    runs: bool,
    /// What the removable disk holds, if the board wears one.
    blocks: Option<Blocks>,
    /// Who wants to know it, and what the program wants to write, as soon as the computer is done.
    wanted: Option<Sender<Vec<u8>>>,
    written: Option<Vec<u8>>,
}

impl Life<'_> {
    fn live(&mut self) -> Result<()> {
        let mut next = Next::PowerOn;
        loop {
            let starts = is_program(&self.chip.at(FLASH, PAGE));
            self.runs = starts && matches!(next, Next::PowerOn);
            next = match next {
                Next::PowerOn if starts => self.run()?,
                Next::PowerOn | Next::Loader => self.load()?,
            };
        }
    }

    /// Does what was asked, or says what the board has to do next for it.
    fn obey(&mut self, wire: &Wire, cable: &mut Option<Cable>) -> Result<Option<Next>> {
        match self.asked.try_recv() {
            Ok(Ask::Replug { power: true }) => {
                drop(cable.take());
                *cable = Some(Cable::plug(wire, self.cut.take())?);
            }
            Ok(Ask::Replug { power: false }) => return Ok(Some(Next::PowerOn)),
            Ok(Ask::Load) => return Ok(Some(Next::Loader)),
            Ok(Ask::IsRunning(answer)) => drop(answer.send(self.runs)),
            Ok(Ask::IsPlugged(answer)) => drop(answer.send(!wire.is_unplugged())),
            Ok(Ask::CutAfter(transfers)) => self.cut = transfers,
            // Whoever asked may have given up.
            Ok(Ask::Read { address, length, answer }) => drop(answer.send(self.chip.at(address, length))),
            Ok(Ask::Write { address, data }) => self.chip.set(address, &data),
            Ok(Ask::Wear(blocks)) => self.blocks = blocks.map(Blocks),
            Ok(Ask::ReadDisk(answer)) => self.wanted = Some(answer),
            Ok(Ask::WriteDisk(blocks)) => self.written = Some(blocks),
            Err(_) => {}
        }
        Ok(None)
    }

    /// The program runs.
    fn run(&mut self) -> Result<Next> {
        let wire = Wire::new(|_| {});
        let bus = UsbBusAllocator::new(wire.clone());
        match self.blocks {
            None => self.run_as(&wire, Board::new(&bus, RUNNING), |_, _: &mut Nothing| {}),
            Some(_) => self.run_as(&wire, Board::wearing(&bus, RUNNING, |bus| Disk::new(bus, true)), Life::serve),
        }
    }

    /// Serves the removable disk; what program and people want of it waits until the computer is done.
    fn serve(&mut self, disk: &mut Disk<'_, Wire>) {
        let Some(blocks) = &mut self.blocks else { return };
        let now = SINCE.elapsed().as_millis() as u32;
        disk.serve(blocks, now);
        if (self.wanted.is_some() || self.written.is_some()) && disk.hold() {
            if let Some(answer) = self.wanted.take() {
                // Whoever asked may have given up.
                drop(answer.send(blocks.0.clone()));
                disk.let_go();
            }
            if let Some(written) = self.written.take() {
                blocks.0 = written;
                disk.release();
            }
        }
    }

    fn run_as<E: UsbClass<Wire>>(
        &mut self,
        wire: &Wire,
        mut board: Board<'_, Wire, E>,
        serve: impl Fn(&mut Self, &mut E),
    ) -> Result<Next> {
        let mut program = Program::start(&self.files, wire)?;
        let mut cable = Some(Cable::plug(wire, self.cut.take())?);
        let mut leaves = None;
        loop {
            wire.wait(NAP, program.takes());
            board.poll();
            serve(self, &mut board.extra);
            program.exchange(&mut board);
            if leaves.is_none() && (board.take_detach() || program.wants_loader()?) {
                leaves = Some(Instant::now() + FAREWELL);
            }
            if leaves.is_some_and(|at| Instant::now() >= at) {
                return Ok(Next::Loader);
            }
            if let Some(next) = self.obey(wire, &mut cable)? {
                return Ok(next);
            }
        }
    }

    /// The loader waits for firmware.
    fn load(&mut self) -> Result<Next> {
        let wire = Wire::new(|_| {});
        let bus = UsbBusAllocator::new(wire.clone());
        let (mut block, mut held) = ([0; BLOCK], [0; PAGE]);
        let mut loader = Loader::new(&bus, LOADING, Device::new(self.chip.powered(), FLASH, &mut block, &mut held));
        let mut cable = Some(Cable::plug(&wire, self.cut.take())?);
        let mut leaves = None;
        loop {
            if !loader.has_work() {
                wire.wait(NAP, true);
            }
            loader.poll();
            if loader.has_work() && wire.is_quiet() && loader.work() == Outcome::Start {
                leaves = Some(Instant::now() + FAREWELL);
            }
            if leaves.is_some_and(|at| Instant::now() >= at) {
                return Ok(Next::PowerOn);
            }
            if let Some(next) = self.obey(&wire, &mut cable)? {
                return Ok(next);
            }
        }
    }
}

/// The interpreter of this clone, as the program that runs on the board.
struct Program {
    child: Child,
    /// What the program printed, and what of it has not left yet.
    printed: Receiver<Vec<u8>>,
    leaving: Vec<u8>,
    /// What came from the computer, and has not been taken yet.
    typed: SyncSender<Vec<u8>>,
    coming: Vec<u8>,
}

/// Bytes that are handed to the program at once, when so many have come.
const PIECE: usize = 1024;
/// Pieces of bytes that may be under way; a bus that waits for the program waits behind them.
const PIECES: usize = 16;

impl Program {
    fn start(files: &Path, wire: &Wire) -> Result<Program> {
        let taipan = std::env::current_exe()?.with_file_name("taipan");
        let mut command = Command::new(&taipan);
        command.args(["--board", "--bridge", "--tcp", "127.0.0.1:0", "--image"]).arg(files);
        let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = child.with_context(|| format!("{} does not start", taipan.display()))?;
        let mut says = BufReader::new(child.stdout.take().expect("it was asked for")).lines();
        let address = says.next().context("the interpreter ended")??;
        let address = address.strip_prefix("board: tcp ").context("the interpreter says no address")?;
        let mut line = TcpStream::connect(address)?;
        line.set_nodelay(true)?;
        // Nobody looks at its LEDs; its output must be read all the same.
        std::thread::spawn(move || says.for_each(drop));
        let (print, printed) = mpsc::sync_channel(PIECES);
        let (mut reader, rouse) = (line.try_clone()?, wire.clone());
        std::thread::spawn(move || {
            let mut piece = [0; 1024];
            while let Ok(count @ 1..) = reader.read(&mut piece) {
                if print.send(piece[..count].to_vec()).is_err() {
                    return;
                }
                rouse.wake();
            }
        });
        let (typed, taken) = mpsc::sync_channel::<Vec<u8>>(PIECES);
        let rouse = wire.clone();
        std::thread::spawn(move || {
            taken.iter().try_for_each(|piece| {
                rouse.wake();
                line.write_all(&piece)
            })
        });
        Ok(Program { child, printed, leaving: Vec::new(), typed, coming: Vec::new() })
    }

    /// Whether it takes bytes.
    fn takes(&self) -> bool {
        self.coming.len() < PIECE
    }

    /// Moves bytes between the program and the bus, as far as both take them.
    fn exchange<B: UsbBus, E>(&mut self, board: &mut Board<'_, B, E>) {
        loop {
            if self.leaving.is_empty() {
                let Ok(piece) = self.printed.try_recv() else { break };
                self.leaving = piece;
            }
            if !board.serial.is_open() {
                // Nobody listens.
                self.leaving.clear();
                continue;
            }
            let sent = board.serial.send(&self.leaving);
            self.leaving.drain(..sent);
            if sent == 0 {
                break;
            }
        }
        let mut packet = [0; PACKET];
        while self.takes()
            && let count @ 1.. = board.serial.receive(&mut packet)
        {
            self.coming.extend_from_slice(&packet[..count]);
        }
        if !self.coming.is_empty()
            && let Err(mpsc::TrySendError::Full(piece)) = self.typed.try_send(std::mem::take(&mut self.coming))
        {
            self.coming = piece;
        }
    }

    /// Whether the program ended to have the loader started.
    fn wants_loader(&mut self) -> Result<bool> {
        match self.child.try_wait()? {
            None => Ok(false),
            Some(status) if status.code() == Some(WANTS_LOADER) => Ok(true),
            Some(status) => bail!("the interpreter ended with {status}"),
        }
    }
}

impl Drop for Program {
    /// As a power cut ends it.
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
