//! What can go wrong with firmware, told as what a person can do about it.
//!
//! It crosses to the window as the errors of boards do: the variant, with what it is about, so that other languages have words of their
//! own. No kind is called as one of a board's, whose words speak of files and programs.

use crate::phrase::Reason;
use dfu::protocol::Status;
use serde::Serialize;
use ts_rs::TS;

/// The result of everything that is done with firmware.
pub type Result<T> = std::result::Result<T, Error>;

/// Why firmware was not read or not written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase")]
#[ts(rename = "FirmwareError")]
#[allow(missing_docs)]
pub enum Error {
    /// The file is none of the formats that are known.
    #[error("{name} is no firmware file. Choose a .dfu, .hex, .uf2 or .bin file.")]
    NotFirmware { name: String },
    /// The file is damaged: fetch it again.
    #[error("{name} is damaged: {what}. Fetch or build it again.")]
    #[serde(rename = "damagedFirmware")]
    Damaged { name: String, what: Reason },
    /// A `.bin` file says nothing of its place.
    #[error("{name} does not say where it belongs. Name the address of its first byte.")]
    NoAddress { name: String },
    /// The file is for a device of another kind.
    #[error("{name} is for the USB device {wanted}, and this one is {found}. Choose a file for this board.")]
    OtherDevice { name: String, wanted: String, found: String },
    /// The file is for another chip.
    #[error("{name} does not fit this chip: {why}. Choose a file for this board; nothing was written.")]
    OtherChip { name: String, why: Reason },
    /// The file is for another board; that one says so itself.
    #[error("{name} is for {wanted}, and this board is {found}. Choose a file for this board; nothing was written.")]
    OtherBoard { name: String, wanted: String, found: String },
    /// There is neither a board nor a loader.
    #[error("There is no board to update. Connect one and stop what runs on it, or put one into its loader, then try again.")]
    NoBoard,
    /// There is no loader.
    #[error(
        "No board waits for firmware. Put one into its loader (machine.bootloader(), or its BOOT button held at reset), then try again."
    )]
    NoLoader,
    /// There are several.
    #[error("{count} boards wait for firmware: {list}. Unplug all but one, or name one by its serial number.")]
    SeveralLoaders { count: usize, list: String },
    /// The account may not use the device.
    #[error("You may not open the loader {device}. On Linux install Taipan's udev rule, then plug the board in again.")]
    #[serde(rename = "loaderPermission")]
    Permission { device: String },
    /// Talking to the device failed.
    #[error(
        "The board is gone in the middle of {doing}: {reason}. Plug it in again and repeat the update: it goes on where it ended."
    )]
    #[serde(rename = "loaderLost")]
    Lost { doing: &'static str, reason: Reason },
    /// The device's layout makes no sense.
    #[error("The loader describes its memory as {text:?}, which cannot be understood. Update it by its maker's own tool.")]
    #[serde(rename = "loaderLayout")]
    Layout { text: String },
    /// The device refused.
    #[error("The board refused while {doing}: {why}")]
    #[serde(rename = "loaderRefused")]
    Refused { doing: &'static str, why: Reason },
    /// The device does not come to an end.
    #[error(
        "The board has been busy for a minute while {doing}, and does not come to an end. Unplug it, plug it in again in its loader, and repeat the update."
    )]
    #[serde(rename = "loaderStuck")]
    Stuck { doing: &'static str },
    /// The device's answers do not follow the protocol.
    #[error("The board answered nonsense while {doing}. Unplug it, plug it in again, and repeat the update.")]
    #[serde(rename = "loaderConfused")]
    Confused { doing: &'static str },
    /// Flash does not keep what is written.
    #[error(
        "The board's flash at {address:#010x} does not hold what was written. Repeat the update; if this happens again, the chip is worn out."
    )]
    Mismatch { address: u32 },
    /// The user gave up before anything was erased.
    #[error("The update was cancelled before anything was written. The board runs what it ran before.")]
    #[serde(rename = "updateCancelledEarly")]
    CancelledEarly,
    /// The user gave up.
    #[error("The update was cancelled. The board stays in its loader: repeat the update to finish it.")]
    #[serde(rename = "updateCancelled")]
    Cancelled,
    /// The board did not do its part.
    #[error("{0}")]
    #[serde(untagged)]
    Board(crate::Error),
}

/// What a loader's error means to a person, and what to do (DFU §6.1.2; at ST `Vendor` is read protection).
pub fn refusal(status: Status) -> Reason {
    match status {
        Status::Target => Reason::NotForIt,
        Status::File => Reason::NotTrusted,
        Status::Address => Reason::NotItsPlaces,
        Status::Vendor => Reason::ReadProtected,
        Status::Write | Status::Erase | Status::CheckErased | Status::Program | Status::Verify => Reason::FlashWornOut,
        Status::PowerOnReset | Status::UsbReset => Reason::WasReset,
        _ => Reason::NotTaken,
    }
}

impl From<crate::Error> for Error {
    fn from(error: crate::Error) -> Error {
        Error::Board(error)
    }
}
