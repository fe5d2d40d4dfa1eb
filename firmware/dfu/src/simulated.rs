//! A chip that is updated in memory: a loader over flash that can lose power, on a cable that can be pulled.
//!
//! For the tests of this crate and of those who use it, and for trying an update without a board. Flash behaves as flash does: erasing sets
//! all bits of a sector, programming clears bits and never sets one, and a cut in the middle leaves half.

extern crate std;

use crate::device::{Device, Memory, Outcome};
use crate::host::Wire;
use crate::layout::{Layout, Sector};
use crate::protocol::{Report, Request, State, Status};
use std::cell::{Cell, RefCell};
use std::string::String;
use std::vec;
use std::vec::Vec;

/// What outlives a power cut.
pub struct Chip {
    layout: &'static str,
    /// Of the first byte.
    start: u32,
    block: usize,
    page: usize,
    judge: fn(&[u8]) -> bool,
    flash: RefCell<Vec<u8>>,
    /// Flash operations until the power fails.
    pub fuse: Cell<Option<usize>>,
    /// Transfers until the cable is pulled.
    pub pulled_after: Cell<Option<usize>>,
    /// Transfers so far.
    pub transfers: Cell<usize>,
    /// Milliseconds that the host was asked to wait.
    pub waited: Cell<u32>,
    /// Sectors that were erased, in order.
    pub erased: RefCell<Vec<u32>>,
    /// Addresses that were programmed from, in order.
    pub programmed: RefCell<Vec<u32>>,
}

impl Chip {
    /// A blank chip with this memory, whose first byte is its vector page's. Blocks have `block` bytes, the page `page`; `judge` tells from
    /// the page whether an image is for this chip.
    pub fn new(layout: &'static str, block: usize, page: usize, judge: fn(&[u8]) -> bool) -> Chip {
        let sectors = || Layout::parse(layout).expect("the caller's layout is one").sectors();
        let start = sectors().next().expect("a layout has a sector").address;
        let size = sectors().map(|sector| sector.size as usize).sum();
        Chip {
            layout,
            start,
            block,
            page,
            judge,
            flash: vec![0xFF; size].into(),
            fuse: None.into(),
            pulled_after: None.into(),
            transfers: 0.into(),
            waited: 0.into(),
            erased: vec![].into(),
            programmed: vec![].into(),
        }
    }

    /// The layout's text.
    pub fn layout(&self) -> &'static str {
        self.layout
    }

    /// What is in flash.
    pub fn at(&self, address: u32, length: usize) -> Vec<u8> {
        self.flash.borrow()[(address - self.start) as usize..][..length].to_vec()
    }

    /// Puts something into flash, past the loader.
    pub fn set(&self, address: u32, bytes: &[u8]) {
        self.flash.borrow_mut()[(address - self.start) as usize..][..bytes.len()].copy_from_slice(bytes);
    }

    /// Its memory while it has power, for a loader of one's own.
    pub fn powered(&self) -> Powered<'_> {
        Powered(self)
    }

    /// Switches the chip on in its loader, until `body` has ended.
    pub fn power<R>(&self, body: impl FnOnce(&mut Cable<'_, '_, Powered<'_>>) -> R) -> R {
        self.power_as(self.powered(), self.start, body)
    }

    /// The same with a loader whose `memory` is made of this chip's, and whose images begin at `vectors`.
    pub fn power_as<M: Memory, R>(&self, memory: M, vectors: u32, body: impl FnOnce(&mut Cable<'_, '_, M>) -> R) -> R {
        let (mut block, mut held) = (vec![0; self.block], vec![0; self.page]);
        let device = Device::new(memory, vectors, &mut block, &mut held);
        body(&mut Cable { chip: self, device, started: false })
    }

    /// Whether the power fails in this operation.
    fn blows(&self) -> bool {
        let fuse = self.fuse.get();
        self.fuse.set(fuse.map(|left| left.saturating_sub(1)));
        fuse == Some(0)
    }
}

/// A chip's memory while it has power.
pub struct Powered<'c>(&'c Chip);

impl Memory for Powered<'_> {
    const WORD: usize = 4;

    fn layout(&self) -> &str {
        self.0.layout
    }

    fn sector(&self, number: usize) -> Option<Sector> {
        Layout::parse(self.0.layout).expect("it was read before").sectors().nth(number)
    }

    fn read(&self, address: u32, into: &mut [u8]) {
        into.copy_from_slice(&self.0.at(address, into.len()));
    }

    fn erase(&mut self, sector: Sector) -> Result<(), Status> {
        self.0.erased.borrow_mut().push(sector.address);
        let torn = self.0.blows();
        let mut flash = self.0.flash.borrow_mut();
        let bytes = &mut flash[(sector.address - self.0.start) as usize..][..sector.size as usize];
        let end = if torn { bytes.len() / 2 } else { bytes.len() };
        bytes[..end].fill(0xFF);
        if torn { Err(Status::PowerOnReset) } else { Ok(()) }
    }

    fn program(&mut self, address: u32, bytes: &[u8]) -> Result<(), Status> {
        self.0.programmed.borrow_mut().push(address);
        let torn = self.0.blows();
        // A word is programmed wholly or not.
        let end = if torn { bytes.len() / 2 / Self::WORD * Self::WORD } else { bytes.len() };
        let mut flash = self.0.flash.borrow_mut();
        for (cell, byte) in flash[(address - self.0.start) as usize..].iter_mut().zip(&bytes[..end]) {
            *cell &= byte;
        }
        if torn { Err(Status::PowerOnReset) } else { Ok(()) }
    }

    fn judge(&mut self, vectors: &[u8]) -> Result<(), Status> {
        if (self.0.judge)(vectors) { Ok(()) } else { Err(Status::Target) }
    }

    fn erase_time(&self, sector: Sector) -> u32 {
        sector.size / 1024
    }

    fn program_time(&self, bytes: usize) -> u32 {
        bytes as u32 / 128
    }
}

/// The cable, and the loader at its end.
pub struct Cable<'c, 'b, M> {
    chip: &'c Chip,
    /// The loader.
    pub device: Device<'b, M>,
    /// Whether the image was started: then there is no loader any more.
    pub started: bool,
}

impl<M: Memory> Cable<'_, '_, M> {
    /// Pulls the cable and plugs it in again; the chip keeps its power.
    pub fn replug(&mut self) {
        self.device.reset();
        self.chip.pulled_after.set(None);
    }

    fn transfer(&mut self) -> Result<(), String> {
        let chip = self.chip;
        chip.transfers.set(chip.transfers.get() + 1);
        match chip.pulled_after.get() {
            Some(0) => return Err("unplugged".into()),
            left => chip.pulled_after.set(left.map(|left| left - 1)),
        }
        if self.started { Err("gone".into()) } else { Ok(()) }
    }
}

impl<M: Memory> Wire for &mut Cable<'_, '_, M> {
    type Error = String;

    fn send(&mut self, request: Request, value: u16, data: &[u8]) -> Result<(), String> {
        self.transfer()?;
        let result = match request {
            Request::Download => self.device.download(value, data),
            Request::ClearStatus => self.device.clear(),
            Request::Abort => self.device.abort(),
            _ => return Err("no such request".into()),
        };
        result.map_err(|_| "stalled".into())
    }

    fn receive(&mut self, request: Request, value: u16, into: &mut [u8]) -> Result<usize, String> {
        self.transfer()?;
        match request {
            Request::Upload => self.device.upload(value, into).map_err(|_| "stalled".into()),
            Request::GetStatus => {
                let report = self.device.report();
                into.copy_from_slice(&report.to_bytes());
                self.started = self.device.work() == Outcome::Start;
                // A chip without power answers nothing more.
                let dead = self.chip.fuse.get() == Some(0) && self.device.state() == State::Error;
                if dead { Err("no power".into()) } else { Ok(Report::SIZE) }
            }
            _ => Err("no such request".into()),
        }
    }

    fn wait(&mut self, milliseconds: u32) {
        let waited = &self.chip.waited;
        waited.set(waited.get() + milliseconds);
    }
}
