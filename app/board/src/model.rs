//! The words that cross between the board link and whoever uses it: the window, the command line, tests.
//!
//! All of them are plain values, so they cross by serde and by generated TypeScript. Lengths and times are `u64` here and
//! `number` there: no file on a board comes near 2⁵³ bytes.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::archive::Manifest;
use crate::copy;
use crate::mip::{Change, Installed, Offer, Wanted};
use crate::phrase::{Doing, Reason};
use crate::sync::{Options, Plan};

/// Where a board is to be found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Target {
    /// A serial port of this computer.
    Serial {
        /// The system's name of the port: `/dev/ttyACM0`, `COM3`.
        port: String,
        /// Bits per second; 115200 unless told. USB boards ignore it.
        #[serde(default = "standard_baud")]
        baud: u32,
    },
    /// A board behind a TCP port: a virtual one, or a serial server.
    Tcp {
        /// `host:port`.
        address: String,
    },
    /// A board that this program starts as a process.
    Virtual {
        /// The program `taipan`; empty means: beside this program, then in PATH.
        #[serde(default)]
        program: String,
        /// The file that is its flash; created if missing.
        image: String,
    },
}

fn standard_baud() -> u32 {
    115_200
}

impl Target {
    /// What people call it: the port, the address, "virtual board".
    pub fn label(&self) -> String {
        match self {
            Target::Serial { port, .. } => port.clone(),
            Target::Tcp { address } => address.clone(),
            Target::Virtual { .. } => "virtual board".into(),
        }
    }
}

/// How the board is just now; the window shows it by shape, text and colour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "state", rename_all = "camelCase")]
pub enum Connection {
    /// No board is chosen.
    Disconnected,
    /// The line is being opened, or the board has not yet answered.
    Connecting {
        /// Where.
        target: Target,
    },
    /// At its prompt: it takes programs, typing and file operations.
    Ready,
    /// A program runs; what is typed goes to it. File operations are refused until it ends.
    Running {
        /// Its name; none for one that was running before, or was typed at the prompt.
        program: Option<String>,
    },
    /// A file operation owns the line; typing waits.
    Busy {
        /// What is being done.
        doing: Doing,
    },
    /// The board vanished. Attach again.
    Lost {
        /// Why, as far as it is known.
        reason: Reason,
    },
}

/// What the board's banner says of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct Identity {
    /// "MicroPython v1.28.0 on 2026-01-05", "Taipan 0.1.0"…
    pub firmware: String,
    /// "Raspberry Pi Pico with RP2040"; empty if the banner was not understood.
    pub machine: String,
}

/// Everything that happens without being asked for.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "event", rename_all = "camelCase")]
pub enum Event {
    /// The connection changed.
    Connection(Connection),
    /// The board told who it is.
    Identity(Identity),
    /// Bytes for the terminal, in order, unfiltered.
    Terminal {
        /// As they came from the board; a UTF-8 character may be cut between two events.
        bytes: Vec<u8>,
    },
    /// The listener was too slow, and this many events are lost: fetch the state again.
    Skipped {
        /// How many.
        #[ts(type = "number")]
        count: u64,
    },
    /// A program started by [`Request::Run`] began.
    RunStarted {
        /// As given in the request.
        name: String,
    },
    /// A program started by [`Request::Run`] ended.
    RunEnded {
        /// As given in the request.
        name: String,
        /// How.
        outcome: Outcome,
    },
    /// A transfer moved.
    Progress(Progress),
    /// Something of many files moved on to the next.
    Stage(Stage),
    /// Something to see on a virtual board.
    Hardware(Hardware),
}

/// How a program ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "how", rename_all = "camelCase")]
pub enum Outcome {
    /// It ran to its end.
    Finished,
    /// It raised, and nobody caught it.
    Raised {
        /// Where, and what.
        traceback: Traceback,
    },
    /// It was stopped by Ctrl-C.
    Interrupted,
    /// The board started anew under it, and is at its prompt: `machine.reset()`, or the reset button.
    Restarted,
    /// The board vanished under it.
    Lost {
        /// Why, as far as it is known.
        reason: Reason,
    },
}

/// A traceback, innermost frame last, as Python prints it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct Traceback {
    /// From the module down to where it was raised.
    pub frames: Vec<Frame>,
    /// `ValueError`.
    pub exception: String,
    /// What stands after the colon; may be empty.
    pub message: String,
}

/// One line of a traceback.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Frame {
    /// The file on the board; the name given to the run in place of `<stdin>`.
    pub file: String,
    /// Counted from 1.
    pub line: u32,
    /// The function, `<module>` at top level; empty where the board does not tell.
    pub function: String,
}

/// How far a transfer is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Progress {
    /// The file on the board.
    pub path: String,
    /// Bytes that the board has acknowledged, or sent.
    #[ts(type = "number")]
    pub done: u64,
    /// Bytes in all.
    #[ts(type = "number")]
    pub total: u64,
}

/// How far something of many files is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Stage {
    /// The file that is next.
    pub path: String,
    /// How many are done.
    pub done: usize,
    /// How many there are.
    pub total: usize,
}

/// One name in a folder of the board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Entry {
    /// The last part of the path.
    pub name: String,
    /// File or folder.
    pub kind: EntryKind,
    /// Bytes; 0 for a folder.
    #[ts(type = "number")]
    pub size: u64,
}

/// One name below a folder of the board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Node {
    /// The path below the folder, with slashes.
    pub path: String,
    /// File or folder.
    pub kind: EntryKind,
    /// Bytes; 0 for a folder.
    #[ts(type = "number")]
    pub size: u64,
    /// The SHA-256 of a file, as 64 hexadecimal digits, if it was asked for and the board can tell.
    pub sha256: Option<String>,
}

/// What is known of one file or folder of the board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Properties {
    /// File or folder.
    pub kind: EntryKind,
    /// Bytes; 0 for a folder.
    #[ts(type = "number")]
    pub size: u64,
    /// When it was changed, by the board's clock, in seconds since 1970; none where the board keeps no times.
    #[ts(type = "number | null")]
    pub modified: Option<u64>,
}

/// What a name in a folder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum EntryKind {
    /// Bytes.
    File,
    /// Names.
    Folder,
}

/// The room of the file system that a path lies on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct Space {
    /// Bytes in all.
    #[ts(type = "number")]
    pub total: u64,
    /// Bytes free.
    #[ts(type = "number")]
    pub free: u64,
}

/// A name of the session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Variable {
    /// The name.
    pub name: String,
    /// The name of its value's type.
    pub kind: String,
    /// Its value as the board writes it, or how it begins; nothing if that takes the board too long.
    pub value: Option<String>,
}

/// A serial port of this computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Port {
    /// The system's name: `/dev/ttyACM0`, `COM3`.
    pub name: String,
    /// For people: "Raspberry Pi Pico (MicroPython)".
    pub label: String,
    /// What it most likely is.
    pub guess: Guess,
    /// What USB tells, if it is on USB.
    pub usb: Option<Usb>,
}

/// What a serial port most likely is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Guess {
    /// A board that speaks Python over USB itself.
    Board,
    /// A USB-to-UART bridge, as on ESP boards: a board may be behind it.
    Bridge,
    /// Something else, or nothing known.
    Unknown,
}

/// What a USB device tells of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct Usb {
    /// The vendor's number.
    pub vendor: u16,
    /// The product's number.
    pub product: u16,
    /// The serial number: the same board at another port keeps it.
    pub serial: Option<String>,
    /// "MicroPython", "Raspberry Pi".
    pub manufacturer: Option<String>,
    /// "Board in FS mode".
    pub description: Option<String>,
    /// Where it is plugged in, as the system counts: the same hub's same socket keeps it. Only Linux says so.
    pub location: Option<String>,
}

/// What is to be seen on a virtual board.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum Hardware {
    /// An LED went on or off.
    Led {
        /// Counted from 1.
        led: u32,
        /// Is it lit?
        on: bool,
        /// How bright, 0 to 255, where it can be dimmed.
        #[serde(default)]
        intensity: Option<u8>,
    },
    /// A pin changed.
    Pin {
        /// `A0`, `X1`.
        pin: String,
        /// Its level.
        value: i32,
        /// Whether the program drives it.
        #[serde(default)]
        output: bool,
        /// The voltage at a pin of the converters.
        #[serde(default)]
        millivolts: Option<u32>,
        /// Periods in a second, where a timer gives pulses.
        #[serde(default)]
        hertz: Option<f64>,
        /// How much of those is high, 0 to 1.
        #[serde(default)]
        duty: Option<f64>,
    },
    /// How the board lies, once a program asks its accelerometer.
    Accel {
        /// The pull along x, y and z, -32 to 31: 21 is the earth's.
        accel: [i32; 3],
    },
    /// A display shows something else.
    Screen {
        /// What a program reaches it by: `I2C(1)`, `LCD('X')`.
        screen: String,
        /// What it is: `SSD1306`.
        kind: String,
        /// Dots of a row.
        width: u32,
        /// Rows.
        height: u32,
        /// Is it switched on?
        on: bool,
        /// How bright it is, or the light behind it, 0 to 255.
        light: u8,
        /// Eight dots a byte, in hexadecimal digits: the first in the highest bit, row behind row.
        dots: String,
    },
    /// A strip of coloured lights was sent other colours.
    Strip {
        /// The pin.
        strip: String,
        /// Six hexadecimal digits for each: red, green, blue.
        colours: Vec<String>,
    },
    /// Anything that later virtual boards tell.
    Other(#[ts(type = "Record<string, unknown>")] serde_json::Map<String, serde_json::Value>),
}

/// What a person does to a virtual board.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum Touch {
    /// The user switch is pressed or let go.
    Switch {
        /// Is it pressed?
        switch: bool,
    },
    /// A level is put on a pin.
    Pin {
        /// `X1`.
        pin: String,
        /// The level.
        value: i32,
    },
    /// A voltage is put on a pin.
    Voltage {
        /// `X19`.
        pin: String,
        /// 0 to 3300.
        millivolts: u32,
    },
    /// The board is held otherwise.
    Accel {
        /// The pull along x, y and z, -32 to 31: 21 is the earth's.
        accel: [i32; 3],
    },
}

/// What the board remembers when a program starts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Start {
    /// Soft reset first: no names or imports of earlier programs. What F5 does.
    #[default]
    Fresh,
    /// Into the names that are at the prompt now.
    Keep,
}

/// What is done where another program has the board.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Held {
    /// Says who has it: [`crate::Error::Held`].
    #[default]
    Tell,
    /// It is attached as soon as it is free, by [`crate::Board::keep`]; until then it counts as lost.
    Wait,
    /// A program of ours is asked to let it go.
    Take,
}

/// Everything that can be asked of a board; [`crate::Board::handle`] answers each with a [`Reply`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "request", rename_all = "camelCase")]
#[allow(missing_docs)] // each field is what its name says
pub enum Request {
    /// Open the line and show the live prompt; leaves the board attached before.
    Attach {
        target: Target,
        #[serde(default)]
        held: Held,
    },
    /// Let the board go; a running program runs on.
    Detach,
    /// Bytes typed into the terminal; they reach the prompt or the running program.
    Type { bytes: Vec<u8> },
    /// Send a text that was pasted into the terminal.
    Paste { text: String },
    /// Run a program; replies once it has started, its end is [`Event::RunEnded`].
    Run {
        name: String,
        source: String,
        #[serde(default)]
        start: Start,
    },
    /// Stop what runs; replies when the board is at its prompt.
    Stop,
    /// Forget all names, run `boot.py` and `main.py`, as Ctrl-D does.
    SoftReset,
    /// The names in a folder.
    List { path: String },
    /// A whole file.
    Read { path: String },
    /// Put a whole file in place, or leave the old one as it was.
    Write { path: String, data: Vec<u8> },
    /// Put a whole file in the place of one that does not fit beside it: the old one goes first.
    Replace { path: String, data: Vec<u8> },
    /// All names below a folder.
    Tree { path: String, hashed: bool },
    /// Make a folder.
    MakeFolder { path: String },
    /// Remove a file or an empty folder.
    Remove { path: String },
    /// Remove a file, or a folder with all that is in it.
    RemoveAll { path: String },
    /// Give a file or folder another name.
    Rename { from: String, to: String },
    /// The folder where the board starts; its files lie there.
    Home,
    /// Kind, size and time of a file or folder.
    Properties { path: String },
    /// The room that is left.
    Space { path: String },
    /// The names of the session; `again`: also what took too long the last time.
    Variables { again: bool },
    /// The names of all modules that it can import.
    Modules,
    /// The SHA-256 of a file, as 64 hexadecimal digits.
    Hash { path: String },
    /// What there is to do so that the board holds what a folder of this computer holds.
    PlanSync { folder: String, root: String, options: Options },
    /// Does it, file by file; with `replace` the old file goes first where two copies do not fit.
    ApplySync { folder: String, root: String, plan: Plan, replace: bool },
    /// Does it as a whole, or not at all.
    Deploy { folder: String, root: String, plan: Plan },
    /// Saves all files below a folder of the board in an archive.
    Backup { root: String, archive: String },
    /// What is in an archive; needs no board.
    LookInto { archive: String },
    /// One file of an archive; needs no board.
    ReadArchived { archive: String, path: String },
    /// Puts back what of an archive differs: all of it, or `only` these paths.
    Restore { archive: String, root: String, only: Option<Vec<String>> },
    /// What there is to do so that files and folders of this computer lie in a folder of the board.
    PlanToBoard { from: Vec<String>, to: String },
    /// What there is to do so that files and folders of the board lie in a folder of this computer.
    PlanToComputer { from: Vec<String>, to: String },
    /// Does it; with `replace` the old file goes first where two copies do not fit.
    Copy { plan: copy::Plan, replace: bool },
    /// The packages that an index has; micropython-lib's if the address is empty.
    OfferedPackages { index: String },
    /// The packages on the board.
    Packages,
    /// Install a package with all that it needs.
    InstallPackage { index: String, wanted: Wanted },
    /// Remove a package, and what only it needed.
    RemovePackage { name: String },
    /// Restarts the board as its reset button does.
    Reset,
    /// Starts the board's boot loader.
    Bootloader,
    /// Give up the file operation that is under way.
    Cancel,
    /// The traffic log, as text.
    Traffic,
    /// Press the switch or drive a pin of a virtual board.
    Touch { touch: Touch },
    /// How is the connection?
    State,
}

/// The answer to a [`Request`].
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "reply", rename_all = "camelCase")]
#[allow(missing_docs)] // each field is what its name says
pub enum Reply {
    /// It is done.
    Done,
    Entries {
        entries: Vec<Entry>,
    },
    Tree {
        nodes: Vec<Node>,
    },
    Plan {
        plan: Plan,
    },
    CopyPlan {
        plan: copy::Plan,
    },
    Manifest {
        manifest: Manifest,
    },
    Path {
        path: String,
    },
    Properties {
        properties: Properties,
    },
    Text {
        text: String,
    },
    Data {
        bytes: Vec<u8>,
    },
    Space {
        space: Space,
    },
    Variables {
        variables: Vec<Variable>,
    },
    Modules {
        modules: Vec<String>,
    },
    Hash {
        sha256: String,
    },
    Offers {
        offers: Vec<Offer>,
    },
    Packages {
        packages: Vec<Installed>,
    },
    Changed {
        change: Change,
    },
    State {
        connection: Connection,
        identity: Option<Identity>,
    },
}
