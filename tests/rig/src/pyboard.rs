//! The virtual pyboard: `firmware/usb` over a chip in memory, `firmware/bootloader` in its first sector, the interpreter of this clone as its program.
//!
//! ```text
//! power on ──image in flash──▶ running: usb::board ◀─bytes, USB─▶ taipan --board     machine.bootloader(), DFU detach ──▶ loader
//!          ──no image───────▶ loader: bootloader::loading                         a whole image ──▶ running
//! ```
//! It lives in a thread of its own. What happens to a real board is asked of it from outside: the cable is pulled, at once or in a certain transfer,
//! with the power or without; the power fails in a certain flash operation.

use crate::usbip::Cable;
use anyhow::{Context, Result, bail};
use bootloader::keeper::Keeper;
use bootloader::loading::{Buffers, Loading, ROOM};
use bootloader::map::{Map, PLAIN, SIGNED};
use bootloader::signed::Signed;
use dfu::device::Memory;
use dfu::label::{PAGE, Seal, Unsigned};
use dfu::layout::Sector;
use dfu::protocol::Status;
use dfu::simulated::{Chip, Powered};
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver, Sender, SyncSender};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use usb::board::{Board, Identity, Wear};
use usb::disk::{self, Volume};
use usb::keys::Kind;
use usb::loader::BLOCK;
use usb::own::{ENDPOINTS, Endpoint, Event};
use usb::serial::PACKET;
use usb::simulated::Wire;
use usb::usb_device::bus::UsbBusAllocator;

/// Which board it is.
pub const SERIAL: &str = "4A0027000150";
/// Blocks of the program's disk: its flash has 8 MB.
const BLOCKS: u32 = (8 << 20) / disk::BLOCK as u32;
/// The status with which the interpreter ends that wants the loader.
const WANTS_LOADER: i32 = 64;
/// The longest sleep: what has no event is looked at so often.
const NAP: Duration = Duration::from_millis(2);
/// How often the loader looks.
const TICK: Duration = Duration::from_millis(1);
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
    /// From the next power-on on the loader takes what bears this maker's signature, or anybody's.
    Trust(Option<[u8; 32]>),
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
            let chip = Chip::new(PLAIN.text, BLOCK, PAGE, |_| true);
            parts.iter().for_each(|(address, data)| chip.set(*address, data));
            let mut life = Life { chip: &chip, asked, files, cut: None, runs: false, maker: None };
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

    /// From the next power-on on the loader takes what bears this maker's signature, or anybody's.
    pub fn trust(&self, maker: Option<[u8; 32]>) {
        self.ask(Ask::Trust(maker));
    }

    /// Puts something into flash, past the loader.
    pub fn set_flash(&self, address: u32, data: Vec<u8>) {
        self.ask(Ask::Write { address, data });
    }
}

/// The chip's flash, as the loader in its first sectors shows it.
struct Mapped<'c> {
    flash: Powered<'c>,
    map: &'static Map,
}

impl Memory for Mapped<'_> {
    const WORD: usize = Powered::WORD;

    fn layout(&self) -> &str {
        self.map.text
    }
    fn sector(&self, number: usize) -> Option<Sector> {
        self.map.sector(number)
    }
    fn read(&self, address: u32, into: &mut [u8]) {
        self.flash.read(address, into);
    }
    fn erase(&mut self, sector: Sector) -> Result<(), Status> {
        self.flash.erase(sector)
    }
    fn program(&mut self, address: u32, bytes: &[u8]) -> Result<(), Status> {
        self.flash.program(address, bytes)
    }
    fn judge(&mut self, vectors: &[u8]) -> Result<(), Status> {
        self.flash.judge(vectors)
    }
    fn erase_time(&self, sector: Sector) -> u32 {
        self.flash.erase_time(sector)
    }
    fn program_time(&self, bytes: usize) -> u32 {
        self.flash.program_time(bytes)
    }
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
    /// Whose images the loader takes; anybody's without.
    maker: Option<[u8; 32]>,
}

impl<'c> Life<'c> {
    fn live(&mut self) -> Result<()> {
        let mut next = Next::PowerOn;
        loop {
            let starts = self.keeper(&PLAIN, Unsigned).may_start();
            self.runs = starts && matches!(next, Next::PowerOn);
            next = match next {
                Next::PowerOn if starts => self.run()?,
                Next::PowerOn | Next::Loader => match self.maker {
                    None => self.load(self.keeper(&PLAIN, Unsigned))?,
                    Some(key) => self.load(self.keeper(&SIGNED, Signed(key)))?,
                },
            };
        }
    }

    fn keeper<S: Seal>(&self, map: &'static Map, seal: S) -> Keeper<Mapped<'c>, S> {
        Keeper::new(Mapped { flash: self.chip.powered(), map }, ROOM, seal)
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
            Ok(Ask::Trust(maker)) => self.maker = maker,
            Err(_) => {}
        }
        Ok(None)
    }

    /// The program runs, and says what the board shows.
    fn run(&mut self) -> Result<Next> {
        let mut program = Program::start(&self.files)?;
        let mut shape = Some(Shape::default());
        loop {
            let wire = Wire::new(|_| {});
            *lock(&program.wire) = wire.clone();
            let bus = UsbBusAllocator::new(wire.clone());
            let shown = shape.take();
            let hidden = Shape::default();
            let mut board =
                Board::new(&bus, shown.as_ref().unwrap_or(&hidden).identity(), shown.as_ref().unwrap_or(&hidden).wear());
            // A board that shows nothing has its cable in, and nobody sees it.
            let cable = if shown.is_some() { Some(Cable::plug(&wire, self.cut.take())?) } else { None };
            match self.run_as(&wire, cable, &mut board, &mut program)? {
                Turn::Next(next) => return Ok(next),
                Turn::Shape(next) => shape = next.map(|shape| *shape),
            }
        }
    }

    fn run_as(
        &mut self,
        wire: &Wire,
        mut cable: Option<Cable>,
        board: &mut Board<'_, Wire>,
        program: &mut Program,
    ) -> Result<Turn> {
        let mut leaves = None;
        loop {
            wire.wait(NAP, program.takes());
            board.poll();
            if let Some(shape) = program.heed(wire, board)? {
                return Ok(Turn::Shape(shape.map(Box::new)));
            }
            program.exchange(board);
            if leaves.is_none() && (board.take_detach() || program.wants_loader()?) {
                leaves = Some(Instant::now() + FAREWELL);
            }
            if leaves.is_some_and(|at| Instant::now() >= at) {
                return Ok(Turn::Next(Next::Loader));
            }
            if let Some(next) = self.obey(wire, &mut cable)? {
                return Ok(Turn::Next(next));
            }
        }
    }

    /// The loader waits for firmware.
    fn load<S: Seal>(&mut self, keeper: Keeper<Mapped<'c>, S>) -> Result<Next> {
        let wire = Wire::new(|_| {});
        let bus = UsbBusAllocator::new(wire.clone());
        let mut buffers = Buffers::EMPTY;
        let mut loading = Loading::new(&bus, SERIAL, keeper, &mut buffers);
        let mut cable = Some(Cable::plug(&wire, self.cut.take())?);
        while !loading.turn(SINCE.elapsed().as_millis() as u32) {
            wire.wait(TICK, true);
            if let Some(next) = self.obey(&wire, &mut cable)? {
                return Ok(next);
            }
        }
        Ok(Next::PowerOn)
    }
}

/// What becomes of a board that runs.
enum Turn {
    Next(Next),
    /// It vanishes, and appears as this.
    Shape(Option<Box<Shape>>),
}

/// What a running board shows, as its program wants it.
#[derive(Deserialize)]
#[serde(default)]
struct Shape {
    mode: String,
    vendor: u16,
    product: u16,
    input: [u8; 4],
    report: Vec<u8>,
    /// Of a device that the program describes: whether the serial line is there, too, and the endpoints.
    serial: bool,
    endpoints: Vec<Row>,
}

/// An endpoint.
#[derive(Deserialize, Clone, Copy)]
struct Row {
    address: u8,
    kind: u8,
    longest: u8,
    interval: u8,
}

impl Default for Shape {
    fn default() -> Shape {
        let (mode, input, report) = ("VCP+MSC".into(), [0; 4], Vec::new());
        Shape { mode, vendor: 0xF055, product: 0x9800, input, report, serial: false, endpoints: Vec::new() }
    }
}

impl Shape {
    fn identity(&self) -> Identity<'static> {
        Identity { vendor: self.vendor, product: self.product, maker: "Taipan", name: "Pyboard (virtual)", serial: SERIAL }
    }

    fn wear(&self) -> Wear<'_> {
        let [subclass, protocol, longest, interval] = self.input;
        let keys = Kind { subclass, protocol, longest, interval, report: &self.report };
        let mut endpoints = [Endpoint::default(); ENDPOINTS];
        for (endpoint, row) in endpoints.iter_mut().zip(&self.endpoints) {
            let Row { address, kind, longest, interval } = *row;
            *endpoint = Endpoint { address, kind, longest, interval };
        }
        Wear {
            own: (self.mode == "own").then_some(endpoints),
            serial: self.mode.contains("VCP") || self.serial,
            disk: self.mode.contains("MSC").then_some(true),
            keys: self.mode.contains("HID").then_some(keys),
        }
    }
}

/// The interpreter of this clone, as the program that runs on the board. What it says of USB, and is told, is in `interpreter/host/src/board/usb.rs`.
struct Program {
    child: Child,
    /// What is woken when it has printed or said something.
    wire: Arc<Mutex<Wire>>,
    /// What the program printed, and what of it has not left yet.
    printed: Receiver<Vec<u8>>,
    leaving: Vec<u8>,
    /// What came from the computer, and has not been taken yet.
    typed: SyncSender<Vec<u8>>,
    coming: Vec<u8>,
    /// What it says its hardware does; where it is told.
    said: Receiver<Value>,
    told: ChildStdin,
    /// What it was told last: whether the board is taken in use, whether its line is open.
    state: [bool; 2],
    /// Whether a report is under way; when it was told that its disk is wanted.
    reporting: bool,
    wants: Option<Instant>,
    /// Endpoints of its own device of which it wants the next packet; how many requests it was told of.
    takes: Vec<u8>,
    turn: u64,
}

/// Bytes that are handed to the program at once, when so many have come.
const PIECE: usize = 1024;
/// Pieces of bytes that may be under way; a bus that waits for the program waits behind them.
const PIECES: usize = 16;
/// How long a program has to let the computer at its disk until it is told again.
const AGAIN: Duration = Duration::from_millis(100);
/// How long a disk is served that nothing happens at.
const QUIET: Duration = Duration::from_millis(3);

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Program {
    fn start(files: &Path) -> Result<Program> {
        let taipan = std::env::current_exe()?.with_file_name("taipan");
        let mut command = Command::new(&taipan);
        command.args(["--board", "--bridge", "--tcp", "127.0.0.1:0", "--image"]).arg(files);
        let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = child.with_context(|| format!("{} does not start", taipan.display()))?;
        let mut says = BufReader::new(child.stdout.take().expect("it was asked for")).lines();
        let told = child.stdin.take().expect("it was asked for");
        let address = says.next().context("the interpreter ended")??;
        let address = address.strip_prefix("board: tcp ").context("the interpreter says no address")?;
        let mut line = TcpStream::connect(address)?;
        line.set_nodelay(true)?;
        let wire = Arc::new(Mutex::new(Wire::new(|_| {})));
        let (say, said) = mpsc::channel();
        let rouse = wire.clone();
        std::thread::spawn(move || {
            let events = says.map_while(Result::ok).filter_map(|line| serde_json::from_str(&line).ok());
            events.map(|event| say.send(event)).take_while(Result::is_ok).for_each(|_| lock(&rouse).wake());
        });
        let (print, printed) = mpsc::sync_channel(PIECES);
        let (mut reader, rouse) = (line.try_clone()?, wire.clone());
        std::thread::spawn(move || {
            let mut piece = [0; 1024];
            while let Ok(count @ 1..) = reader.read(&mut piece) {
                if print.send(piece[..count].to_vec()).is_err() {
                    return;
                }
                lock(&rouse).wake();
            }
        });
        let (typed, taken) = mpsc::sync_channel::<Vec<u8>>(PIECES);
        let rouse = wire.clone();
        std::thread::spawn(move || {
            taken.iter().try_for_each(|piece| {
                lock(&rouse).wake();
                line.write_all(&piece)
            })
        });
        let (leaving, coming, state, reporting, wants, takes) = (Vec::new(), Vec::new(), [false; 2], false, None, Vec::new());
        let turn = 0;
        Ok(Program { child, wire, printed, leaving, typed, coming, said, told, state, reporting, wants, takes, turn })
    }

    /// Tells it what happens on USB.
    fn tell(&mut self, event: Value) -> Result<()> {
        Ok(writeln!(self.told, "{}", json!({ "usb": event }))?)
    }

    /// Does what the program says of USB, and tells it what happened there; what the board shows from now on, if that is something else.
    fn heed(&mut self, wire: &Wire, board: &mut Board<'_, Wire>) -> Result<Option<Option<Shape>>> {
        let state = [board.is_connected(), board.is_open()];
        // A program that has ended wants to know nothing.
        if std::mem::replace(&mut self.state, state) != state {
            drop(self.tell(json!({"configured": state[0], "open": state[1]})));
        }
        if let Some(keys) = &mut board.keys {
            if self.reporting && keys.is_free() {
                self.reporting = false;
                drop(self.tell(json!("reported")));
            }
            let mut report = [0; usb::keys::LONGEST];
            if let count @ 1.. = keys.receive(&mut report) {
                drop(self.tell(json!({"report": report[..count]})));
            }
        }
        self.tell_of_own(board);
        let news = board.disk.as_mut().is_some_and(|disk| disk.take_news());
        if news || self.wants.is_some_and(|since| since.elapsed() >= AGAIN) {
            self.wants = Some(Instant::now());
            drop(self.tell(json!("wants")));
        }
        while let Ok(event) = self.said.try_recv() {
            if let Some(shape) = event.get("usb") {
                (self.state, self.reporting, self.wants) = ([false; 2], false, None);
                self.takes.clear();
                return Ok(Some(serde_json::from_value(shape.clone())?));
            }
            if let (Some(report), Some(keys)) = (event.get("report"), &mut board.keys) {
                self.reporting = keys.send(&serde_json::from_value::<Vec<u8>>(report.clone())?);
            }
            self.obey_own(&event, board);
            if let Some(how) = event["serve"].as_str() {
                self.wants = None;
                self.serve(how, wire, board)?;
            }
        }
        Ok(None)
    }

    /// Tells it what happened to the device that it describes.
    fn tell_of_own(&mut self, board: &mut Board<'_, Wire>) {
        let Some((own, bus, _)) = board.own() else { return };
        let mut news = Vec::new();
        while let Some(event) = own.event() {
            news.push(match event {
                Event::Reset => json!("reset"),
                Event::Configured => json!("taken"),
                Event::Asked(request) => {
                    self.turn += 1;
                    self.takes.retain(|endpoint| *endpoint != 0);
                    json!({"asked": hexadecimal(&request), "turn": self.turn})
                }
                Event::Left(endpoint) => json!({"left": endpoint}),
            });
        }
        self.takes.retain(|endpoint| {
            let mut packet = [0; PACKET];
            let taken = own.take(bus, *endpoint, &mut packet);
            news.extend(taken.map(|count| json!({"came": endpoint, "data": hexadecimal(&packet[..count])})));
            taken.is_none()
        });
        // A program that has ended wants to know nothing.
        news.into_iter().for_each(|event| drop(self.tell(event)));
    }

    /// Does what it does with that device.
    fn obey_own(&mut self, event: &Value, board: &mut Board<'_, Wire>) {
        let Some((own, bus, serial)) = board.own() else { return };
        let endpoint = |name: &str| event[name].as_u64().and_then(|number| u8::try_from(number).ok());
        let is_control = ["put", "take", "stall"].into_iter().filter_map(endpoint).all(|number| number & 0x7F == 0);
        if is_control && event["turn"] != self.turn {
            // It is for a request that the computer gave up.
            return;
        }
        if let Some(endpoint) = endpoint("put") {
            let bytes = event["data"].as_str().and_then(bytes).unwrap_or_default();
            // One that comes too late the computer does not want any more.
            own.put(bus, endpoint, &bytes);
        } else if let Some(endpoint) = endpoint("take") {
            self.takes.push(endpoint);
        } else if let Some(endpoint) = endpoint("stall") {
            own.stall(bus, endpoint, event["on"].as_bool());
        } else if event.get("default").is_some() {
            own.by_default(bus, serial);
        }
    }

    /// Lets the computer at the program's blocks for as long as it uses them.
    fn serve(&mut self, how: &str, wire: &Wire, board: &mut Board<'_, Wire>) -> Result<()> {
        let mut last = Instant::now();
        let mut served = json!({"writes": false, "done": false});
        let mut blocks = Blocks { program: self, cached: (0, Vec::new()) };
        if let Some(disk) = &mut board.disk {
            match how {
                "held" => drop(disk.hold()),
                "wrote" => disk.release(),
                _ => disk.let_go(),
            }
        }
        while last.elapsed() < QUIET {
            let Some(disk) = &mut board.disk else { break };
            disk.serve(&mut blocks, SINCE.elapsed().as_millis() as u32);
            served = json!({"writes": disk.is_written(), "done": disk.take_written() || served["done"] == true});
            wire.wait(QUIET, true);
            board.poll();
            if board.disk.as_mut().is_some_and(|disk| disk.take_news()) {
                last = Instant::now();
            }
        }
        self.tell(json!({ "served": served }))
    }

    /// Whether it takes bytes.
    fn takes(&self) -> bool {
        self.coming.len() < PIECE
    }

    /// Moves bytes between the program and the bus, as far as both take them.
    fn exchange(&mut self, board: &mut Board<'_, Wire>) {
        let is_open = board.is_open();
        let Some(serial) = &mut board.serial else { return };
        loop {
            if self.leaving.is_empty() {
                let Ok(piece) = self.printed.try_recv() else { break };
                self.leaving = piece;
            }
            if !is_open {
                // Nobody listens.
                self.leaving.clear();
                continue;
            }
            let sent = serial.send(&self.leaving);
            self.leaving.drain(..sent);
            if sent == 0 {
                break;
            }
        }
        let mut packet = [0; PACKET];
        while self.takes()
            && let count @ 1.. = serial.receive(&mut packet)
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

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes(digits: &str) -> Option<Vec<u8>> {
    digits.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

/// Blocks that are read together.
const TOGETHER: u32 = 32;

/// The program's blocks, while it waits.
struct Blocks<'p> {
    program: &'p mut Program,
    /// The first of those that were read together, and they.
    cached: (u32, Vec<u8>),
}

impl Blocks<'_> {
    /// Asks for something; the data that came with the answer.
    fn ask(&mut self, request: Value) -> Option<Vec<u8>> {
        self.program.tell(request).ok()?;
        loop {
            let answer = self.program.said.recv_timeout(ANSWERS).ok()?;
            if let Some(done) = answer["done"].as_bool() {
                let bytes = bytes(answer["data"].as_str()?);
                return done.then_some(bytes)?;
            }
        }
    }
}

impl Volume for Blocks<'_> {
    fn count(&self) -> u32 {
        BLOCKS
    }

    fn read(&mut self, block: u32, into: &mut [u8; disk::BLOCK]) -> bool {
        let place = |first: u32| block.checked_sub(first).map(|at| at as usize * disk::BLOCK);
        let is_cached = |(first, bytes): &(u32, Vec<u8>)| place(*first).is_some_and(|at| at < bytes.len());
        if !is_cached(&self.cached) {
            let Some(bytes) = self.ask(json!({"read": block, "count": TOGETHER})) else { return false };
            self.cached = (block, bytes);
        }
        let at = (block - self.cached.0) as usize * disk::BLOCK;
        let bytes = self.cached.1.get(at..at + disk::BLOCK);
        bytes.map(|bytes| into.copy_from_slice(bytes)).is_some()
    }

    fn write(&mut self, block: u32, bytes: &[u8; disk::BLOCK]) -> bool {
        self.cached.1.clear();
        self.ask(json!({"write": block, "data": hexadecimal(bytes)})).is_some()
    }

    fn sync(&mut self) -> bool {
        self.ask(json!("sync")).is_some()
    }
}
