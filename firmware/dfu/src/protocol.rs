//! What crosses the wire: requests, states, status reports and DfuSe's commands.
//!
//! Numbers are those of *USB Device Class Specification for Device Firmware Upgrade 1.1* (called DFU below) and of ST's *UM0424, DfuSe 1.1a*.

/// A class request to the DFU interface (DFU §3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Request {
    /// Leave the program for the loader.
    Detach = 0,
    /// A block for the device, or with no data the end of the download.
    Download = 1,
    /// A block from the device.
    Upload = 2,
    /// How the last request went; what the device does next begins with the answer.
    GetStatus = 3,
    /// Leave the error state.
    ClearStatus = 4,
    /// The state alone, changing nothing.
    GetState = 5,
    /// Back to idle.
    Abort = 6,
}

impl Request {
    /// The request of this number.
    pub fn from_byte(byte: u8) -> Option<Request> {
        use Request::*;
        [Detach, Download, Upload, GetStatus, ClearStatus, GetState, Abort].into_iter().find(|request| *request as u8 == byte)
    }
}

/// The state of a device (DFU §6.1.2); 0 and 1 are a running program's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum State {
    /// The program runs.
    AppIdle = 0,
    /// The program was asked to detach and waits for a reset.
    AppDetach = 1,
    /// The loader waits.
    Idle = 2,
    /// A block has come; the next status request starts work on it.
    DownloadSync = 3,
    /// The block is being worked on.
    DownloadBusy = 4,
    /// The block is done; another may come.
    DownloadIdle = 5,
    /// The end has come; the next status request starts the last work.
    ManifestSync = 6,
    /// The last work is being done.
    Manifest = 7,
    /// Done; waits for a reset.
    ManifestWaitReset = 8,
    /// A block was read; another may be.
    UploadIdle = 9,
    /// Something failed; `ClearStatus` leads out.
    Error = 10,
}

impl State {
    /// The state of this number.
    pub fn from_byte(byte: u8) -> Option<State> {
        use State::*;
        let all = [
            AppIdle,
            AppDetach,
            Idle,
            DownloadSync,
            DownloadBusy,
            DownloadIdle,
            ManifestSync,
            Manifest,
            ManifestWaitReset,
            UploadIdle,
            Error,
        ];
        all.into_iter().find(|state| *state as u8 == byte)
    }
}

/// Why a device is in `State::Error` (DFU §6.1.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Status {
    /// Nothing failed.
    Ok = 0,
    /// The image is not for this device.
    Target = 1,
    /// The image fails a check of the device's maker.
    File = 2,
    /// Memory cannot be written.
    Write = 3,
    /// Memory cannot be erased.
    Erase = 4,
    /// Memory is not blank after it was erased.
    CheckErased = 5,
    /// Memory cannot be programmed.
    Program = 6,
    /// What was programmed reads back otherwise.
    Verify = 7,
    /// The address is outside what may be written.
    Address = 8,
    /// The end came too early.
    NotDone = 9,
    /// The program in the device is damaged, so it stays in the loader.
    Firmware = 10,
    /// A vendor's own error: at ST, read protection.
    Vendor = 11,
    /// An unexpected USB reset.
    UsbReset = 12,
    /// An unexpected power-on reset.
    PowerOnReset = 13,
    /// Something else.
    Unknown = 14,
    /// The request does not fit the state.
    StalledPacket = 15,
}

impl Status {
    /// The status of this number; a number that the standard does not know is `Unknown`.
    pub fn from_byte(byte: u8) -> Status {
        use Status::*;
        let all = [
            Ok,
            Target,
            File,
            Write,
            Erase,
            CheckErased,
            Program,
            Verify,
            Address,
            NotDone,
            Firmware,
            Vendor,
            UsbReset,
            PowerOnReset,
            StalledPacket,
        ];
        all.into_iter().find(|status| *status as u8 == byte).unwrap_or(Unknown)
    }
}

/// The answer to `Request::GetStatus` (DFU §6.1.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Report {
    /// How the last request went.
    pub status: Status,
    /// Milliseconds to wait before the next status request; 24 bits.
    pub poll_timeout: u32,
    /// The state that the device enters with this answer.
    pub state: State,
}

impl Report {
    /// Bytes of a report.
    pub const SIZE: usize = 6;

    /// As it crosses the wire; no text describes the status.
    pub fn to_bytes(self) -> [u8; Report::SIZE] {
        let [low, middle, high, _] = self.poll_timeout.to_le_bytes();
        [self.status as u8, low, middle, high, self.state as u8, 0]
    }

    /// Reads one; nothing if it is short or names no state.
    pub fn from_bytes(bytes: &[u8]) -> Option<Report> {
        let [status, low, middle, high, state, ..] = *bytes else { return None };
        let state = State::from_byte(state)?;
        Some(Report { status: Status::from_byte(status), poll_timeout: u32::from_le_bytes([low, middle, high, 0]), state })
    }
}

/// A command of DfuSe: the data of a download of block 0 (UM0424 §4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Blocks from 2 on lie from this address on.
    SetAddress(u32),
    /// Erase the sector that holds this address.
    Erase(u32),
    /// Erase everything.
    MassErase,
    /// Give up read protection, and with it all content.
    ReadUnprotect,
}

impl Command {
    /// The most bytes of a command.
    pub const SIZE: usize = 5;
    /// Which first bytes are commands: the answer to an upload of block 0.
    pub const SUPPORTED: [u8; 3] = [0x00, SET_ADDRESS, ERASE];

    /// Writes it to `buffer`, and answers the part that was used.
    pub fn to_bytes(self, buffer: &mut [u8; Command::SIZE]) -> &[u8] {
        let (code, address) = match self {
            Command::SetAddress(address) => (SET_ADDRESS, Some(address)),
            Command::Erase(address) => (ERASE, Some(address)),
            Command::MassErase => (ERASE, None),
            Command::ReadUnprotect => (READ_UNPROTECT, None),
        };
        buffer[0] = code;
        buffer[1..].copy_from_slice(&address.unwrap_or(0).to_le_bytes());
        if address.is_some() { buffer } else { &buffer[..1] }
    }

    /// Reads one; nothing if there is no such command.
    pub fn from_bytes(bytes: &[u8]) -> Option<Command> {
        match *bytes {
            [SET_ADDRESS, a, b, c, d] => Some(Command::SetAddress(u32::from_le_bytes([a, b, c, d]))),
            [ERASE, a, b, c, d] => Some(Command::Erase(u32::from_le_bytes([a, b, c, d]))),
            [ERASE] => Some(Command::MassErase),
            [READ_UNPROTECT] => Some(Command::ReadUnprotect),
            _ => None,
        }
    }
}

const SET_ADDRESS: u8 = 0x21;
const ERASE: u8 = 0x41;
const READ_UNPROTECT: u8 = 0x92;

/// The first block that holds data; 0 is a command, 1 is not used (UM0424 §4).
pub const FIRST_BLOCK: u16 = 2;

/// The DFU functional descriptor (DFU §4.1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Functional {
    /// What the device can do: bit 0 download, 1 upload, 2 stays on the bus while it manifests, 3 detaches by itself.
    pub attributes: u8,
    /// Milliseconds that a detached program waits for a reset.
    pub detach_timeout: u16,
    /// The most bytes of a block.
    pub transfer_size: u16,
    /// The version of the protocol: 0x011A is DfuSe.
    pub version: u16,
}

impl Functional {
    /// Bytes of the descriptor, its length and type included.
    pub const SIZE: usize = 9;
    /// `version` of a device that speaks DfuSe.
    pub const DFUSE: u16 = 0x011A;
    const TYPE: u8 = 0x21;

    /// As it stands behind the interface's descriptor.
    pub fn to_bytes(self) -> [u8; Functional::SIZE] {
        let [detach_low, detach_high] = self.detach_timeout.to_le_bytes();
        let [size_low, size_high] = self.transfer_size.to_le_bytes();
        let [version_low, version_high] = self.version.to_le_bytes();
        let head = [Functional::SIZE as u8, Functional::TYPE, self.attributes];
        let [length, kind, attributes] = head;
        [length, kind, attributes, detach_low, detach_high, size_low, size_high, version_low, version_high]
    }

    /// Reads one; nothing if it is none.
    pub fn from_bytes(bytes: &[u8]) -> Option<Functional> {
        let [_, Functional::TYPE, attributes, a, b, c, d, e, f, ..] = *bytes else { return None };
        let word = |low, high| u16::from_le_bytes([low, high]);
        Some(Functional { attributes, detach_timeout: word(a, b), transfer_size: word(c, d), version: word(e, f) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_crosses_the_wire() {
        let report = Report { status: Status::Address, poll_timeout: 0x01_02_03, state: State::Error };
        assert_eq!(report.to_bytes(), [8, 3, 2, 1, 10, 0]);
        assert_eq!(Report::from_bytes(&report.to_bytes()), Some(report));
        assert_eq!(Report::from_bytes(&[0, 0, 0, 0]), None);
        assert_eq!(Report::from_bytes(&[0, 0, 0, 0, 11, 0]), None, "there is no state 11");
    }

    #[test]
    fn commands_cross_the_wire() {
        let cases: [(Command, &[u8]); 4] = [
            (Command::SetAddress(0x0800_4000), &[0x21, 0, 0x40, 0, 8]),
            (Command::Erase(0x0800_0000), &[0x41, 0, 0, 0, 8]),
            (Command::MassErase, &[0x41]),
            (Command::ReadUnprotect, &[0x92]),
        ];
        for (command, bytes) in cases {
            assert_eq!(command.to_bytes(&mut [0; Command::SIZE]), bytes);
            assert_eq!(Command::from_bytes(bytes), Some(command));
        }
        for bad in [&[][..], &[0x21], &[0x21, 1, 2, 3], &[0x41, 0, 0, 0, 0, 0], &[0x77]] {
            assert_eq!(Command::from_bytes(bad), None);
        }
    }

    #[test]
    fn the_functional_descriptor_of_sts_loader() {
        let bytes = [9, 0x21, 0x0B, 0xFF, 0, 0, 8, 0x1A, 1];
        let read = Functional::from_bytes(&bytes).expect("it is one");
        let loader = Functional { attributes: 0x0B, detach_timeout: 255, transfer_size: 2048, version: Functional::DFUSE };
        assert_eq!(read, loader);
        assert_eq!(read.to_bytes(), bytes);
    }
}
