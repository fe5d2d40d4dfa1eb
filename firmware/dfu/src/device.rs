//! The device's half: a loader that takes an image, and cannot be left with half of one that starts.
//!
//! ```text
//!            download            status          work() done        status
//!   Idle ───────────────▶ Sync ─────────▶ Busy ─────────────▶ Sync ─────────▶ DownloadIdle ──▶ …
//!   DownloadIdle ─empty download▶ ManifestSync ─status▶ Manifest ─work()▶ the image starts, or Error
//! ```
//! A program is started by its vector page. So that page is held in memory, whatever order a host writes in, and is programmed as the very last
//! thing, its first word last of all, after [`Memory::judge`] has found the image good: wherever the power fails before, nothing starts and the
//! loader stays.
//! Each block is read back as soon as it is programmed.

use crate::layout::Sector;
use crate::protocol::{Command, FIRST_BLOCK, Report, State, Status};

/// The memory that a loader writes; addresses are absolute.
pub trait Memory {
    /// Bytes that are programmed all or not at all: the flash's word.
    const WORD: usize;
    /// What the device says of it: the text of a [`Layout`](crate::layout::Layout), with the sectors that `sector` answers.
    fn layout(&self) -> &str;
    /// Its sectors, by number from 0.
    fn sector(&self, number: usize) -> Option<Sector>;
    /// The sector that holds an address.
    fn sector_at(&self, address: u32) -> Option<Sector> {
        (0..).map_while(|number| self.sector(number)).find(|sector| sector.range().contains(&u64::from(address)))
    }
    /// Reads from an address within the layout on.
    fn read(&self, address: u32, into: &mut [u8]);
    /// Erases one sector.
    fn erase(&mut self, sector: Sector) -> Result<(), Status>;
    /// Programs blank memory within the layout.
    fn program(&mut self, address: u32, bytes: &[u8]) -> Result<(), Status>;
    /// Whether the image in memory may be started with this vector page, which is not in memory yet. Asked once, at the end.
    fn judge(&mut self, vectors: &[u8]) -> Result<(), Status>;
    /// Milliseconds that erasing a sector takes at most.
    fn erase_time(&self, sector: Sector) -> u32;
    /// Milliseconds that programming so many bytes takes at most.
    fn program_time(&self, bytes: usize) -> u32;
}

/// The request does not fit: the port answers with a stall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stall;

/// What work has led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Go on taking requests.
    Stay,
    /// A whole image is in memory: start it.
    Start,
}

/// What the next `work` does.
#[derive(Clone, Copy)]
enum Work {
    Nothing,
    SetAddress(u32),
    Erase(Sector),
    Program {
        address: u32,
        length: usize,
    },
    /// Something that cannot be done; refused with the status after the block was taken, as the protocol wants it.
    Refuse(Status),
}

/// A loader.
pub struct Device<'b, M> {
    memory: M,
    state: State,
    status: Status,
    work: Work,
    /// Where block 2 lies.
    base: u32,
    /// The block that came last; its size is the transfer size.
    block: &'b mut [u8],
    /// Where the vector page lies, and what it will hold.
    vectors: u32,
    held: &'b mut [u8],
    /// Whether something of the vector page has come.
    holds: bool,
}

/// What flash reads as after it was erased.
const BLANK: u8 = 0xFF;
/// Milliseconds without traffic after which the answer that announces work has left, and the work may begin.
pub const QUIET: u32 = 3;
/// Milliseconds that a host is told to leave the bus alone at least.
const ALONE: u32 = QUIET + 2;
/// Milliseconds after which announced work begins all the same: a host that does not wait as it is told asks without end.
pub const PATIENCE: u32 = 50;

impl<'b, M: Memory> Device<'b, M> {
    /// A loader for `memory`. `block` is as long as the largest block, and `held` as the vector page at `vectors`.
    pub fn new(memory: M, vectors: u32, block: &'b mut [u8], held: &'b mut [u8]) -> Device<'b, M> {
        held.fill(BLANK);
        let base = vectors;
        Device { memory, state: State::Idle, status: Status::Ok, work: Work::Nothing, base, block, vectors, held, holds: false }
    }

    /// The memory.
    pub fn memory(&self) -> &M {
        &self.memory
    }

    /// The state, as `Request::GetState` asks for it.
    pub fn state(&self) -> State {
        self.state
    }

    /// `Request::Download`: a command (block 0), data (from block 2 on), or with no data the end.
    pub fn download(&mut self, block: u16, data: &[u8]) -> Result<(), Stall> {
        if !matches!(self.state, State::Idle | State::DownloadIdle) || data.len() > self.block.len() || block == 1 {
            return self.stall();
        }
        if data.is_empty() {
            self.state = State::ManifestSync;
            return Ok(());
        }
        self.work = if block == 0 { self.command(data) } else { self.program(block, data) };
        self.state = State::DownloadSync;
        Ok(())
    }

    /// `Request::Upload`: fills `into` from the front and answers how many bytes there were.
    pub fn upload(&mut self, block: u16, into: &mut [u8]) -> Result<usize, Stall> {
        if !matches!(self.state, State::Idle | State::UploadIdle) || into.len() > self.block.len() {
            return self.stall();
        }
        if block == 0 {
            let length = into.len().min(Command::SUPPORTED.len());
            into[..length].copy_from_slice(&Command::SUPPORTED[..length]);
            return Ok(length);
        }
        let Some(address) = self.address(block).filter(|address| self.may(*address, into.len(), |sector| sector.readable)) else {
            return self.stall();
        };
        self.read(address, into);
        self.state = State::UploadIdle;
        Ok(into.len())
    }

    /// `Request::GetStatus`. Where it answers busy or manifesting, `work` is to be called once the answer is on its way.
    pub fn report(&mut self) -> Report {
        let poll_timeout = match self.state {
            State::DownloadSync if !matches!(self.work, Work::Nothing) => {
                self.state = State::DownloadBusy;
                self.duration()
            }
            State::DownloadBusy => self.duration(),
            State::DownloadSync => {
                self.state = State::DownloadIdle;
                0
            }
            State::ManifestSync => {
                self.state = State::Manifest;
                self.finish_time()
            }
            State::Manifest => self.finish_time(),
            _ => 0,
        };
        Report { status: self.status, poll_timeout, state: self.state }
    }

    /// `Request::ClearStatus`: out of the error state.
    pub fn clear(&mut self) -> Result<(), Stall> {
        if self.state != State::Error {
            return self.stall();
        }
        (self.state, self.status, self.work) = (State::Idle, Status::Ok, Work::Nothing);
        Ok(())
    }

    /// `Request::Abort`: back to idle; what is in memory stays there.
    pub fn abort(&mut self) -> Result<(), Stall> {
        use State::*;
        if !matches!(self.state, Idle | DownloadSync | DownloadIdle | ManifestSync | UploadIdle) {
            return self.stall();
        }
        (self.state, self.work) = (State::Idle, Work::Nothing);
        Ok(())
    }

    /// The bus was reset: whoever comes now finds a loader at rest, whatever the one before had asked for and not seen done. An image that
    /// was sent whole does not start by the first question of somebody who wants to send another.
    pub fn reset(&mut self) {
        if self.state != State::ManifestWaitReset {
            (self.state, self.status, self.work) = (State::Idle, Status::Ok, Work::Nothing);
        }
    }

    /// A program has chosen the interface: as after a reset, but that an error still waits to be asked for.
    pub fn choose(&mut self) {
        if self.state != State::Error {
            self.reset();
        }
    }

    /// Does what the last status request has announced.
    pub fn work(&mut self) -> Outcome {
        let result = match self.state {
            State::DownloadBusy => self.perform(),
            State::Manifest => self.finish(),
            _ => return Outcome::Stay,
        };
        match (result, self.state) {
            (Err(status), _) => self.fail(status),
            (Ok(()), State::Manifest) => {
                self.state = State::ManifestWaitReset;
                return Outcome::Start;
            }
            (Ok(()), _) => self.state = State::DownloadSync,
        }
        Outcome::Stay
    }

    fn perform(&mut self) -> Result<(), Status> {
        match core::mem::replace(&mut self.work, Work::Nothing) {
            Work::Nothing => Ok(()),
            Work::Refuse(status) => Err(status),
            Work::SetAddress(address) => {
                self.base = address;
                Ok(())
            }
            Work::Erase(sector) => {
                self.memory.erase(sector)?;
                if sector.range().contains(&u64::from(self.vectors)) {
                    self.held.fill(BLANK);
                    self.holds = false;
                }
                Ok(())
            }
            Work::Program { address, length } => self.write(address, length),
        }
    }

    /// Programs the block that came, but for what is held back.
    fn write(&mut self, address: u32, length: usize) -> Result<(), Status> {
        let end = self.vectors + self.held.len() as u32;
        let (first, last) = (address.clamp(self.vectors, end), (address + length as u32).clamp(self.vectors, end));
        if first < last {
            let from = &self.block[(first - address) as usize..(last - address) as usize];
            self.held[(first - self.vectors) as usize..][..from.len()].copy_from_slice(from);
            self.holds = true;
        }
        let before = self.vectors.saturating_sub(address).min(length as u32) as usize;
        let after = end.saturating_sub(address).min(length as u32) as usize;
        program_and_check(&mut self.memory, address, &self.block[..before])?;
        // A block that lies before the page wholly has been programmed.
        let rest = if before == length { length } else { after };
        program_and_check(&mut self.memory, address + rest as u32, &self.block[rest..length])
    }

    /// The last work: the image is judged, and its vector page is programmed.
    fn finish(&mut self) -> Result<(), Status> {
        if !self.holds {
            // Nothing was sent: the image that is there may start if it can.
            self.memory.read(self.vectors, self.held);
            return self.memory.judge(self.held);
        }
        self.memory.judge(self.held)?;
        let (first, rest) = self.held.split_at(M::WORD);
        program_and_check(&mut self.memory, self.vectors + M::WORD as u32, rest)?;
        program_and_check(&mut self.memory, self.vectors, first)
    }

    fn command(&self, data: &[u8]) -> Work {
        let sector = |address| self.memory.sector_at(address);
        match Command::from_bytes(data) {
            Some(Command::SetAddress(address)) if sector(address).is_some() => Work::SetAddress(address),
            Some(Command::Erase(address)) => match sector(address) {
                Some(sector) if sector.erasable => Work::Erase(sector),
                _ => Work::Refuse(Status::Address),
            },
            Some(Command::SetAddress(_)) => Work::Refuse(Status::Address),
            // Everything would be more than the image: the files as well.
            Some(Command::MassErase | Command::ReadUnprotect) => Work::Refuse(Status::Vendor),
            None => Work::Refuse(Status::StalledPacket),
        }
    }

    fn program(&mut self, block: u16, data: &[u8]) -> Work {
        let Some(address) = self.address(block).filter(|address| self.may(*address, data.len(), |sector| sector.writable)) else {
            return Work::Refuse(Status::Address);
        };
        self.block[..data.len()].copy_from_slice(data);
        Work::Program { address, length: data.len() }
    }

    /// Where a data block lies.
    fn address(&self, block: u16) -> Option<u32> {
        let offset = u32::from(block.checked_sub(FIRST_BLOCK)?).checked_mul(self.block.len() as u32)?;
        self.base.checked_add(offset)
    }

    /// Whether all of a range lies in sectors that `allow`.
    fn may(&self, address: u32, length: usize, allow: fn(&Sector) -> bool) -> bool {
        // Nothing has a place as well.
        let end = u64::from(address) + length.max(1) as u64;
        let mut at = u64::from(address);
        while at < end {
            match u32::try_from(at).ok().and_then(|at| self.memory.sector_at(at)) {
                Some(sector) if allow(&sector) => at = sector.range().end,
                _ => return false,
            }
        }
        true
    }

    /// Reads memory as it will be: what is held back shows as if it were there.
    fn read(&self, address: u32, into: &mut [u8]) {
        self.memory.read(address, into);
        if self.holds {
            for (byte, at) in into.iter_mut().zip(u64::from(address)..) {
                let held = at.checked_sub(u64::from(self.vectors)).and_then(|offset| self.held.get(offset as usize));
                *byte = held.copied().unwrap_or(*byte);
            }
        }
    }

    /// How long the host leaves the bus alone while the announced work is done.
    fn duration(&self) -> u32 {
        let work = match self.work {
            Work::Erase(sector) => self.memory.erase_time(sector),
            Work::Program { length, .. } => self.memory.program_time(length),
            Work::Nothing | Work::SetAddress(_) | Work::Refuse(_) => 0,
        };
        work.max(ALONE)
    }

    /// The same for the last work.
    fn finish_time(&self) -> u32 {
        self.memory.program_time(self.held.len()).max(ALONE)
    }

    fn stall<T>(&mut self) -> Result<T, Stall> {
        self.fail(Status::StalledPacket);
        Err(Stall)
    }

    fn fail(&mut self, status: Status) {
        (self.state, self.status, self.work) = (State::Error, status, Work::Nothing);
    }
}

/// Programs, then reads back in small pieces: a loader has no memory for more.
fn program_and_check(memory: &mut impl Memory, address: u32, bytes: &[u8]) -> Result<(), Status> {
    if bytes.is_empty() {
        return Ok(());
    }
    memory.program(address, bytes)?;
    const PIECE: usize = 64;
    for (piece, at) in bytes.chunks(PIECE).zip((address..).step_by(PIECE)) {
        let mut read = [0; PIECE];
        let read = &mut read[..piece.len()];
        memory.read(at, read);
        if read != piece {
            return Err(Status::Verify);
        }
    }
    Ok(())
}
