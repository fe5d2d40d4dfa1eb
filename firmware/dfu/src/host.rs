//! The host's half: sends an image so that a board is never left with half of one that starts.
//!
//! ```text
//! survey   read back what is there: sectors that hold the image's bytes already are left alone, so a resumed update is short
//! erase    the vector page's sector first: from here to the end nothing starts but the loader
//! write    everything but the first 8 bytes of the vector page: stack pointer and start address
//! verify   read all of it back
//! finish   write those 8 bytes, read them back, and leave once
//! ```
//! A ROM loader judges nothing, so the order is what keeps a board: it holds for every cut, since each step leads either to the
//! old image untouched, to one without a start, or to the new image whole. The wire is a trait; it blocks, as USB libraries do.

use crate::file::Element;
use crate::layout::{Layout, Sector};
use crate::protocol::{Command, FIRST_BLOCK, Report, Request, State, Status};
use core::ops::{ControlFlow, Range};

/// Control transfers to the device's DFU interface.
pub trait Wire {
    /// Why a transfer failed.
    type Error;
    /// A request with data for the device.
    fn send(&mut self, request: Request, value: u16, data: &[u8]) -> Result<(), Self::Error>;
    /// A request that answers with data, at most `into`'s length; how much came.
    fn receive(&mut self, request: Request, value: u16, into: &mut [u8]) -> Result<usize, Self::Error>;
    /// Lets time pass.
    fn wait(&mut self, milliseconds: u32);
}

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Finding out what has to change.
    Survey,
    /// Erasing.
    Erase,
    /// Writing.
    Write,
    /// Reading back.
    Verify,
    /// Leaving the loader.
    Leave,
}

/// How far it is; bytes of the phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The phase.
    pub phase: Phase,
    /// Bytes done.
    pub done: u64,
    /// Bytes to do.
    pub total: u64,
}

/// Told of every step; breaks to give up.
pub type Watch<'w> = &'w mut dyn FnMut(Progress) -> ControlFlow<()>;

/// Why an image does not fit a device; nothing has been sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// The device has no memory here.
    Outside {
        /// The first such address.
        address: u32,
    },
    /// The device's memory here cannot be erased, written and read.
    Protected {
        /// The sector's address.
        address: u32,
    },
    /// There is nothing to write.
    Empty,
    /// A part of the image goes over this start of the vector page without beginning there.
    Straddles {
        /// The start of the vector page.
        address: u32,
    },
    /// The image lies in the sector of the vector page, which is erased for it, and does not begin at this start of it.
    Startless {
        /// The start of the vector page.
        address: u32,
    },
    /// Two parts of the image want this address.
    Twice {
        /// The first such address.
        address: u32,
    },
    /// The device has more sectors than this host keeps account of.
    TooManySectors,
}

/// Why an update ended early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure<E> {
    /// A transfer failed: the device is gone, or may not be used.
    Wire(E),
    /// The device reports an error.
    Device {
        /// What it was doing.
        phase: Phase,
        /// The error.
        status: Status,
    },
    /// The device answers what the protocol does not allow.
    Protocol {
        /// What it was doing.
        phase: Phase,
    },
    /// The device says that it is busy, and does not come to an end.
    Stuck {
        /// What it was doing.
        phase: Phase,
    },
    /// Memory reads back otherwise than it was written.
    Mismatch {
        /// The first address of the block that differs.
        address: u32,
    },
    /// The watcher gave up.
    Cancelled,
}

/// How an update ended that did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The device has said that it starts the image.
    Started,
    /// The device was gone before it could say so, as ROM loaders are. All is written and read back; whether it starts is seen
    /// when the board comes back, and if it does not the update can be sent again.
    Vanished,
}

/// An image, checked against the device that it is for.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    layout: Layout<'a>,
    elements: &'a [Element<'a>],
    /// Where the page lies that makes the image start.
    vectors: u32,
}

/// The vector page's first words, without which nothing starts; every chip can program so few bytes on their own.
const START_SIZE: usize = 8;

/// Sectors that a plan can tell apart.
const MOST_SECTORS: usize = 1024;

impl<'a> Plan<'a> {
    /// Checks that every byte of the image has its place in the device.
    pub fn new(layout: Layout<'a>, elements: &'a [Element<'a>], vectors: u32) -> Result<Plan<'a>, Unfit> {
        if elements.iter().all(|element| element.data.is_empty()) {
            return Err(Unfit::Empty);
        }
        if layout.sectors().count() > MOST_SECTORS {
            return Err(Unfit::TooManySectors);
        }
        for element in elements {
            let range = range(element);
            if range.contains(&u64::from(vectors)) && element.address != vectors {
                return Err(Unfit::Straddles { address: vectors });
            }
            let mut at = range.start;
            while at < range.end {
                // An address past 32 bits is outside of every layout.
                let address = at.min(u64::from(u32::MAX)) as u32;
                let sector = layout.sector_at(address).filter(|sector| sector.range().contains(&at));
                let sector = sector.ok_or(Unfit::Outside { address })?;
                if !(sector.readable && sector.erasable && sector.writable) {
                    return Err(Unfit::Protected { address: sector.address });
                }
                at = sector.range().end;
            }
        }
        let first = layout.sector_at(vectors).map(|sector| sector.range());
        let goes_first = |element: &Element<'_>| first.as_ref().is_some_and(|first| overlap(&range(element), first));
        if elements.iter().any(goes_first) && !elements.iter().any(|element| element.address == vectors) {
            return Err(Unfit::Startless { address: vectors });
        }
        for (number, one) in elements.iter().enumerate() {
            let other = elements[..number].iter().find(|other| overlap(&range(one), &range(other)));
            if let Some(other) = other {
                return Err(Unfit::Twice { address: one.address.max(other.address) });
            }
        }
        Ok(Plan { layout, elements, vectors })
    }

    /// The sectors that the image lies in: all else on the device stays as it is.
    pub fn sectors(&self) -> impl Iterator<Item = Sector> + use<'a> {
        let elements = self.elements;
        self.layout.sectors().filter(move |sector| elements.iter().any(|element| overlap(&range(element), &sector.range())))
    }

    /// The image in blocks of at most `size` bytes; its start is a block of its own.
    fn blocks(&self, size: usize) -> impl Iterator<Item = Element<'a>> + Clone + use<'a> {
        let vectors = self.vectors;
        self.elements.iter().flat_map(move |element| {
            let is_first = element.address == vectors;
            let (start, rest) = element.data.split_at(if is_first { element.data.len().min(START_SIZE) } else { 0 });
            let address = element.address + start.len() as u32;
            let blocks = rest.chunks(size).zip((address..).step_by(size)).map(|(data, address)| Element { address, data });
            is_first.then_some(Element { address: vectors, data: start }).into_iter().chain(blocks)
        })
    }

    fn is_start(&self, block: &Element<'_>) -> bool {
        block.address == self.vectors
    }
}

/// Which sectors of a layout must change.
struct Dirty([u64; MOST_SECTORS / 64]);

impl Dirty {
    fn mark(&mut self, sector: usize) {
        self.0[sector / 64] |= 1 << (sector % 64);
    }

    fn has(&self, sector: usize) -> bool {
        self.0[sector / 64] & (1 << (sector % 64)) != 0
    }
}

/// One update of one device.
pub struct Host<'w, W> {
    wire: W,
    /// As long as the device's largest block.
    buffer: &'w mut [u8],
    watch: Watch<'w>,
    phase: Phase,
    done: u64,
    total: u64,
    /// Whether the device finds the place of a block by its number.
    counts: bool,
    /// The next block of the transfer that is open, and the address that it has.
    next: Option<(Direction, u16, u32)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    ToDevice,
    FromDevice,
}

/// Requests after which a device is given up that does not come to idle, and how often its error is cleared.
const PATIENCE: usize = 1000;
const CLEARS: usize = 5;
/// Milliseconds after which a device that stays busy is given up, whatever it says of itself: a whole chip is erased in less (DS8626 §5.3.12: 16 s).
const LONGEST_WORK: u32 = 60_000;
/// Milliseconds that are waited at a time: who watches may give up between two.
const NAP: u32 = 250;

impl<'w, W: Wire> Host<'w, W> {
    /// A host on this wire. `buffer` is as long as the transfer size of the device's functional descriptor.
    pub fn new(wire: W, buffer: &'w mut [u8], watch: Watch<'w>) -> Host<'w, W> {
        assert!(!buffer.is_empty(), "a device takes at least one byte at a time");
        Host { wire, buffer, watch, phase: Phase::Survey, done: 0, total: 0, counts: true, next: None }
    }

    /// The same with a buffer of another length than the device's transfer size, by which that finds the place of a block: each is told where it lies.
    pub fn with_addresses(self) -> Host<'w, W> {
        Host { counts: false, ..self }
    }

    /// Brings the image onto the device and leaves the loader.
    pub fn update(&mut self, plan: &Plan<'_>) -> Result<End, Failure<W::Error>> {
        self.settle()?;
        let dirty = self.survey(plan)?;
        let size = self.buffer.len();
        let changed = |block: &Element<'_>| {
            let mut sectors = plan.layout.sectors().enumerate();
            sectors.any(|(number, sector)| dirty.has(number) && overlap(&range(block), &sector.range()))
        };
        let body = || plan.blocks(size).filter(|block| changed(block) && !plan.is_start(block));
        let start = || plan.blocks(size).filter(|block| changed(block) && plan.is_start(block));
        self.erase(plan, &dirty)?;
        self.write_all(body())?;
        self.verify_all(body())?;
        self.write_all(start())?;
        self.verify_all(start())?;
        self.leave(plan.vectors)
    }

    /// Leaves the loader as it is: what lies at `vectors` starts.
    pub fn start(&mut self, vectors: u32) -> Result<End, Failure<W::Error>> {
        self.leave(vectors)
    }

    /// Reads `into.len()` bytes of the device from `address` on, for a backup.
    pub fn read(&mut self, address: u32, into: &mut [u8]) -> Result<(), Failure<W::Error>> {
        self.settle()?;
        self.begin(Phase::Verify, into.len() as u64)?;
        let size = self.buffer.len();
        for (piece, at) in into.chunks_mut(size).zip((address..).step_by(size)) {
            self.upload(at, piece.len())?;
            piece.copy_from_slice(&self.buffer[..piece.len()]);
            self.advance(piece.len())?;
        }
        self.settle()
    }

    /// Finds the sectors that do not hold their part of the image. If any does not, neither does the vector page's: it goes first.
    fn survey(&mut self, plan: &Plan<'_>) -> Result<Dirty, Failure<W::Error>> {
        self.begin(Phase::Survey, plan.sectors().map(|sector| u64::from(sector.size)).sum())?;
        let mut dirty = Dirty([0; MOST_SECTORS / 64]);
        let mut any = false;
        let size = self.buffer.len();
        for (number, sector) in plan.layout.sectors().enumerate() {
            for block in plan.blocks(size).filter(|block| overlap(&range(block), &sector.range())) {
                if !self.holds(&block)? {
                    dirty.mark(number);
                    any = true;
                    break;
                }
            }
            if plan.sectors().any(|touched| touched == sector) {
                self.advance(sector.size as usize)?;
            }
        }
        let vectors = plan.layout.sectors().position(|sector| sector.range().contains(&u64::from(plan.vectors)));
        if let (true, Some(vectors)) = (any, vectors) {
            dirty.mark(vectors);
        }
        Ok(dirty)
    }

    fn erase(&mut self, plan: &Plan<'_>, dirty: &Dirty) -> Result<(), Failure<W::Error>> {
        let is_first = |sector: &Sector| sector.range().contains(&u64::from(plan.vectors));
        let wanted = || {
            let touched = plan.layout.sectors().enumerate().filter(|(number, _)| dirty.has(*number)).map(|(_, sector)| sector);
            touched.filter(|sector| plan.sectors().any(|it| it == *sector))
        };
        self.settle()?;
        self.begin(Phase::Erase, wanted().map(|sector| u64::from(sector.size)).sum())?;
        for sector in wanted().filter(is_first).chain(wanted().filter(|sector| !is_first(sector))) {
            self.command(Command::Erase(sector.address))?;
            self.advance(sector.size as usize)?;
        }
        Ok(())
    }

    fn write_all<'a>(&mut self, blocks: impl Iterator<Item = Element<'a>> + Clone) -> Result<(), Failure<W::Error>> {
        self.begin(Phase::Write, total(blocks.clone()))?;
        for block in blocks {
            let number = self.open(Direction::ToDevice, block.address)?;
            self.wire.send(Request::Download, number, block.data).map_err(|error| self.refused(error))?;
            self.come(State::DownloadIdle)?;
            self.close(Direction::ToDevice, number, block.address, block.data.len());
            self.advance(block.data.len())?;
        }
        Ok(())
    }

    fn verify_all<'a>(&mut self, blocks: impl Iterator<Item = Element<'a>> + Clone) -> Result<(), Failure<W::Error>> {
        self.begin(Phase::Verify, total(blocks.clone()))?;
        for block in blocks {
            if !self.holds(&block)? {
                return Err(Failure::Mismatch { address: block.address });
            }
            self.advance(block.data.len())?;
        }
        Ok(())
    }

    /// Whether the device holds the block.
    fn holds(&mut self, block: &Element<'_>) -> Result<bool, Failure<W::Error>> {
        self.upload(block.address, block.data.len())?;
        Ok(self.buffer[..block.data.len()] == *block.data)
    }

    /// Reads bytes of the device into the buffer.
    fn upload(&mut self, address: u32, length: usize) -> Result<(), Failure<W::Error>> {
        let number = self.open(Direction::FromDevice, address)?;
        let got = self.wire.receive(Request::Upload, number, &mut self.buffer[..length]).map_err(|error| self.refused(error))?;
        if got != length {
            return Err(self.confused());
        }
        self.close(Direction::FromDevice, number, address, length);
        Ok(())
    }

    /// Makes the device ready for the block at `address`, and answers the block's number.
    fn open(&mut self, direction: Direction, address: u32) -> Result<u16, Failure<W::Error>> {
        if let Some((open, number, next)) = self.next
            && open == direction
            && next == address
        {
            return Ok(number);
        }
        self.settle()?;
        self.command(Command::SetAddress(address))?;
        if direction == Direction::FromDevice {
            // Reading begins from idle alone (DFU §A.1, states 2 and 9).
            self.settle()?;
        }
        Ok(FIRST_BLOCK)
    }

    /// Notes where the next block would be; one that was shorter than the rest ends the transfer.
    fn close(&mut self, direction: Direction, number: u16, address: u32, length: usize) {
        let follows = (self.counts && length == self.buffer.len()).then_some(()).and_then(|()| number.checked_add(1));
        let next = address.checked_add(length as u32);
        self.next = follows.zip(next).map(|(number, next)| (direction, number, next));
    }

    /// Leaves the loader.
    fn leave(&mut self, vectors: u32) -> Result<End, Failure<W::Error>> {
        self.begin(Phase::Leave, 1)?;
        self.settle()?;
        self.command(Command::SetAddress(vectors))?;
        self.wire.send(Request::Download, 0, &[]).map_err(Failure::Wire)?;
        let end = match self.report() {
            Ok(report) => self.started(report)?,
            Err(Failure::Wire(_)) => End::Vanished,
            Err(failure) => return Err(failure),
        };
        // Too late to give up: the image is whole.
        let _ = (self.watch)(Progress { phase: Phase::Leave, done: 1, total: 1 });
        Ok(end)
    }

    /// Waits for a device that has begun to leave; one that judges the image itself says only when that is done what it thinks of it. It may
    /// take longer than it said.
    fn started(&mut self, mut report: Report) -> Result<End, Failure<W::Error>> {
        let mut waited = 0;
        while matches!(report.state, State::ManifestSync | State::Manifest) {
            if waited == LONGEST_WORK {
                return Err(Failure::Stuck { phase: self.phase });
            }
            let nap = report.poll_timeout.clamp(1, LONGEST_WORK - waited);
            self.wire.wait(nap);
            waited += nap;
            report = match self.report() {
                Err(Failure::Wire(_)) => return Ok(End::Started),
                other => other?,
            };
        }
        match report.status {
            Status::Ok => Ok(End::Started),
            status => Err(Failure::Device { phase: self.phase, status }),
        }
    }

    fn command(&mut self, command: Command) -> Result<(), Failure<W::Error>> {
        self.next = None;
        let mut bytes = [0; Command::SIZE];
        self.wire.send(Request::Download, 0, command.to_bytes(&mut bytes)).map_err(|error| self.refused(error))?;
        self.come(State::DownloadIdle)
    }

    /// Brings the device to idle from whatever state it is in.
    fn settle(&mut self) -> Result<(), Failure<W::Error>> {
        self.next = None;
        let (mut waited, mut asked, mut cleared) = (0, 0, 0);
        while asked < PATIENCE {
            let report = self.report()?;
            let request = match report.state {
                State::Idle => return Ok(()),
                State::Error if cleared == CLEARS => return Err(Failure::Device { phase: self.phase, status: report.status }),
                State::Error => {
                    cleared += 1;
                    Request::ClearStatus
                }
                State::DownloadBusy | State::Manifest => {
                    self.wait_for(report, &mut waited)?;
                    continue;
                }
                _ => Request::Abort,
            };
            // One that refuses is in the error state now, and says so when it is asked; one that is gone does not answer.
            let _ = self.wire.send(request, 0, &[]);
            asked += 1;
        }
        Err(self.confused())
    }

    /// Waits until the device is in a state, as long as it says that it is busy.
    fn come(&mut self, wanted: State) -> Result<(), Failure<W::Error>> {
        let mut waited = 0;
        loop {
            let report = self.report()?;
            match report.state {
                state if state == wanted => return Ok(()),
                State::Error => return Err(Failure::Device { phase: self.phase, status: report.status }),
                State::DownloadBusy | State::DownloadSync => self.wait_for(report, &mut waited)?,
                _ => return Err(self.confused()),
            }
        }
    }

    /// Lets a device work that has said how long it wants; not for ever, whatever it says, and at least for a moment.
    fn wait_for(&mut self, report: Report, waited: &mut u32) -> Result<(), Failure<W::Error>> {
        let end = *waited + report.poll_timeout.clamp(1, LONGEST_WORK);
        while *waited < end {
            let nap = (end - *waited).min(NAP);
            self.wire.wait(nap);
            *waited += nap;
            self.advance(0)?;
        }
        if *waited < LONGEST_WORK { Ok(()) } else { Err(Failure::Stuck { phase: self.phase }) }
    }

    /// Why a transfer was not taken: a device that is still there says so itself.
    fn refused(&mut self, error: W::Error) -> Failure<W::Error> {
        match self.report() {
            Ok(Report { status: Status::Ok, .. }) => Failure::Device { phase: self.phase, status: Status::StalledPacket },
            Ok(Report { status, .. }) => Failure::Device { phase: self.phase, status },
            Err(_) => Failure::Wire(error),
        }
    }

    fn report(&mut self) -> Result<Report, Failure<W::Error>> {
        let mut bytes = [0; Report::SIZE];
        let length = self.wire.receive(Request::GetStatus, 0, &mut bytes).map_err(Failure::Wire)?;
        Report::from_bytes(&bytes[..length]).ok_or_else(|| self.confused())
    }

    fn begin(&mut self, phase: Phase, total: u64) -> Result<(), Failure<W::Error>> {
        (self.phase, self.done, self.total) = (phase, 0, total);
        self.advance(0)
    }

    fn advance(&mut self, bytes: usize) -> Result<(), Failure<W::Error>> {
        self.done += bytes as u64;
        match (self.watch)(Progress { phase: self.phase, done: self.done, total: self.total }) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Failure::Cancelled),
        }
    }

    fn confused(&self) -> Failure<W::Error> {
        Failure::Protocol { phase: self.phase }
    }
}

/// The addresses of an element; 64 bits, since the last may end where 32 do.
fn range(element: &Element<'_>) -> Range<u64> {
    let start = u64::from(element.address);
    start..start + element.data.len() as u64
}

fn overlap(one: &Range<u64>, other: &Range<u64>) -> bool {
    one.start < other.end && other.start < one.end
}

fn total<'a>(blocks: impl Iterator<Item = Element<'a>>) -> u64 {
    blocks.map(|block| block.data.len() as u64).sum()
}
