//! What can go wrong with a board, told as what the caller can do about it.
//!
//! A variant is a choice for a program (ask again, free some space, offer another port); its sentence is the same choice for
//! a person: what happened, to what, what to do. Nobody decides anything by the sentence.

use serde::Serialize;
use ts_rs::TS;

use crate::phrase::{Doing, Reason};
use crate::size::Size;

/// The result of everything a board is asked to do.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a board did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase")]
#[ts(rename = "BoardError")] // `Error` is a global of JavaScript
pub enum Error {
    /// There is no board: attach one.
    #[error("No board is connected. Choose one in the list of boards, then try again.")]
    NotAttached,
    /// The line could not be opened.
    #[error("{target} could not be opened: {reason}. {}", open_advice(reason))]
    #[allow(missing_docs)]
    Open { target: String, reason: Reason },
    /// Another program has it: wait, or ask for it if that is one of ours.
    #[error("{target} is in use: {program} (process {pid}) has it. {}", held_advice(*.ours))]
    #[allow(missing_docs)]
    Held { target: String, program: String, pid: u32, ours: bool },
    /// The account may not use serial ports.
    #[error("You may not open {target}. On Linux add yourself to its group (sudo usermod -aG dialout $USER), then log in again.")]
    #[allow(missing_docs)]
    Permission { target: String },
    /// The program that is the virtual board did not start.
    #[error(
        "The virtual board ({program}) did not start: {reason}. If the program is missing, install Taipan anew; or choose a real board."
    )]
    #[allow(missing_docs)]
    Virtual { program: String, reason: Reason },
    /// The board went away in the middle.
    #[error("The board is gone: {reason}. Plug it in again and connect; files on it are as they were before this step.")]
    #[allow(missing_docs)]
    Lost { reason: Reason },
    /// A program is running, and only the user may stop it.
    #[error("{} is running on the board. Stop it first (Ctrl-F2), then try again.", named(program))]
    Busy {
        /// Its name; none if it was typed at the prompt, or ran before.
        program: Option<String>,
    },
    /// A statement of several lines is half typed at the prompt.
    #[error("A statement is half typed in the console. Finish it, or press Ctrl-C there, then try again.")]
    Typing,
    /// The board did not answer within the deadline.
    #[error("The board did not answer within {seconds} s while {doing}. Reset the board, then connect again.")]
    #[allow(missing_docs)]
    Silent { doing: Doing, seconds: u32 },
    /// The board answered something that the protocol does not allow.
    #[error("The board answered {got} while {doing}. Reset the board; if it happens again, install other firmware.")]
    #[allow(missing_docs)]
    Garbled { doing: Doing, got: String },
    /// The program ignored Ctrl-C.
    #[error("The program did not stop on Ctrl-C. Press the reset button of the board.")]
    Stubborn,
    /// So did that of a virtual board, which has no reset button.
    #[error("The program did not stop on Ctrl-C. Disconnect the virtual board and connect it again: that starts it anew.")]
    StubbornVirtual,
    /// The user gave the operation up.
    #[error("{} was cancelled. What was on the board is still there.", doing.capital())]
    #[allow(missing_docs)]
    Cancelled { doing: Doing },
    /// The file or folder is not on the board.
    #[error("{path} is not on the board. Look at its folder again to see what is there.")]
    #[allow(missing_docs)]
    NotFound { path: String },
    /// Something of that name is there already.
    #[error("{path} is on the board already. Choose another name, or remove it first.")]
    #[allow(missing_docs)]
    Exists { path: String },
    /// The folder has something in it.
    #[error("{path} is not empty. Remove what is in it first.")]
    #[allow(missing_docs)]
    NotEmpty { path: String },
    /// The path is a folder where a file is needed, or the other way round.
    #[error("{path} is a folder where a file is needed, or a file where a folder is needed. Choose another name.")]
    #[allow(missing_docs)]
    WrongKind { path: String },
    /// The board's file system may not be written.
    #[error(
        "{path} cannot be written: the board's disk is read-only for its programs, as CircuitPython's is while the computer shows CIRCUITPY. Copy the file onto that drive, or put storage.remount(\"/\", False) into boot.py and restart the board."
    )]
    #[allow(missing_docs)]
    ReadOnly { path: String },
    /// The flash of the board is full.
    #[error("{path} needs {} and the board has {} free. {}", Size(*.needed), Size(*.free), room_advice(*.in_place))]
    #[allow(missing_docs)]
    NoSpace {
        path: String,
        #[ts(type = "number")]
        needed: u64,
        #[ts(type = "number")]
        free: u64,
        /// Would it fit if the old file went first?
        in_place: bool,
    },
    /// What arrived is not what was sent; nothing was replaced.
    #[error("{path} changed on its way over the line, and nothing was replaced. Try again; if this repeats, use another cable.")]
    #[allow(missing_docs)]
    Damaged { path: String },
    /// A file or folder of this computer could not be used.
    #[error("Could not {doing} {path}: {reason}.")]
    #[allow(missing_docs)]
    Here { doing: String, path: String, reason: Reason },
    /// A deployment would undo a change of the board.
    #[error("{path} would be overwritten: {why}. Nothing was sent; fetch the board's file, or let this computer's win.")]
    #[allow(missing_docs)]
    Conflict { path: String, why: Reason },
    /// Nothing could be fetched from the web.
    #[error(
        "{address} could not be fetched: {reason}. Check the network and the address, then try again; the board is as it was."
    )]
    #[allow(missing_docs)]
    Unreachable { address: String, reason: Reason },
    /// The index has no such package.
    #[error("There is no package {name} at {place}. Search for its name, or give its whole address.")]
    #[allow(missing_docs)]
    NoPackage { name: String, place: String },
    /// A package is damaged or wants what no package may.
    #[error("The package {name} cannot be used: {why}. The board is as it was; ask the package's author.")]
    #[allow(missing_docs)]
    BadPackage { name: String, why: Reason },
    /// Bytecode of another version of Python.
    #[error("{path} is bytecode of version {found}, and the board takes {}. Install the package as source.", taken(*.wanted))]
    #[allow(missing_docs)]
    OtherBytecode { path: String, found: u32, wanted: u32 },
    /// It was not installed here.
    #[error("The package {name} was not installed on this board by Taipan. See the list of its packages for those that were.")]
    #[allow(missing_docs)]
    NotInstalled { name: String },
    /// Other packages would break.
    #[error("The package {name} is needed by {by}. Remove that first.")]
    #[allow(missing_docs)]
    Needed { name: String, by: String },
    /// Only a virtual board can be touched.
    #[error("This board is a real one: press its switch and wire its pins by hand.")]
    Real,
    /// A virtual board has no loader that waits for firmware.
    #[error(
        "A virtual board has no boot loader to wait in. Its firmware is updated at one go: by `taipanctl firmware update FILE`, or on the page Firmware of the window."
    )]
    NoBootLoader,
    /// Python on the board raised something unexpected.
    #[error("The board refused while {doing}: {exception}. Reset the board, then try again.")]
    #[allow(missing_docs)]
    Raised { doing: Doing, exception: String },
}

impl Error {
    /// A program that ignored Ctrl-C.
    pub(crate) fn stubborn(is_virtual: bool) -> Error {
        if is_virtual { Error::StubbornVirtual } else { Error::Stubborn }
    }
}

/// What a program is called that may have no name.
fn named(program: &Option<String>) -> &str {
    program.as_deref().unwrap_or("A program")
}

fn open_advice(reason: &Reason) -> &'static str {
    match reason {
        Reason::NoAddress => "Write the board's address and its port, as in 192.168.1.20:2323.",
        Reason::NoHost { .. } | Reason::NobodyListens | Reason::NoAnswer { .. } => {
            "Check the address, and that the board is switched on and listens there."
        }
        _ => "Check the cable, and close other programs that use this board.",
    }
}

fn held_advice(ours: bool) -> &'static str {
    if ours { "Wait for it, or take it over." } else { "Close it there, or wait until it is free." }
}

fn taken(version: u32) -> String {
    if version == 0 { "none of MicroPython's".into() } else { format!("version {version}") }
}

fn room_advice(in_place: bool) -> &'static str {
    if in_place {
        "It fits in place of the old file, but not beside it: replace the old file first (if the cable is cut then, neither is there)."
    } else {
        "Remove files from the board, then save again."
    }
}

/// An error as it crosses to the window: the sentence for the person, the variant for the program.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Problem {
    /// What happened, to what, what to do.
    pub message: String,
    /// The choice for the program.
    pub error: Error,
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Problem { message: error.to_string(), error }
    }
}
