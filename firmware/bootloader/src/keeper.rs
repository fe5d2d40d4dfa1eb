//! Flash in which nothing starts but a whole image for this chip.

use dfu::device::Memory;
use dfu::label::{PAGE, Room, Seal, Unsigned};
use dfu::layout::Sector;
use dfu::protocol::Status;

/// A chip's memory, and what an image in it must fit.
pub struct Keeper<M, S> {
    memory: M,
    room: Room,
    seal: S,
    /// The address behind the last byte that came since the loader began.
    end: u32,
}

/// Bytes that are looked at together.
const PIECE: usize = 256;

impl<M: Memory, S: Seal> Keeper<M, S> {
    /// Keeps images in `room`, which is made of whole sectors of `memory`.
    pub fn new(memory: M, room: Room, seal: S) -> Keeper<M, S> {
        let end = room.flash.start;
        Keeper { memory, room, seal, end }
    }

    /// Whether the image that is there may start. Its signature was looked at when it came: nothing but a loader writes here.
    pub fn may_start(&self) -> bool {
        let mut page = [0; PAGE];
        self.read(self.room.flash.start, &mut page);
        self.room.admit(&page, &|address, into| self.read(address, into), &Unsigned).is_ok()
    }

    /// Leaves nothing behind an image that ends here: what came with it refuses it, and what an older one has left is erased.
    fn clear_behind(&mut self, end: u32) -> Result<(), Status> {
        if self.end > end {
            return Err(Status::File);
        }
        let room = u64::from(self.room.flash.start)..u64::from(self.room.flash.end);
        for number in 0.. {
            let Some(sector) = self.memory.sector(number) else { break };
            if !room.contains(&u64::from(sector.address)) || sector.range().end <= u64::from(end) || self.is_blank(&sector, end) {
                continue;
            }
            if sector.address < end {
                // It cannot be erased without the image itself.
                return Err(Status::File);
            }
            self.memory.erase(sector)?;
        }
        Ok(())
    }

    /// Whether nothing is in a sector from this address on.
    fn is_blank(&self, sector: &Sector, from: u32) -> bool {
        let mut at = u64::from(sector.address.max(from));
        let mut piece = [0; PIECE];
        while at < sector.range().end {
            let length = (sector.range().end - at).min(PIECE as u64) as usize;
            // What lies in a sector has an address of 32 bits.
            self.read(at as u32, &mut piece[..length]);
            if piece[..length].iter().any(|byte| *byte != 0xFF) {
                return false;
            }
            at += length as u64;
        }
        true
    }
}

impl<M: Memory, S: Seal> Memory for Keeper<M, S> {
    const WORD: usize = M::WORD;

    fn layout(&self) -> &str {
        self.memory.layout()
    }

    fn sector(&self, number: usize) -> Option<Sector> {
        self.memory.sector(number)
    }

    fn read(&self, address: u32, into: &mut [u8]) {
        self.memory.read(address, into);
    }

    fn erase(&mut self, sector: Sector) -> Result<(), Status> {
        self.memory.erase(sector)
    }

    fn program(&mut self, address: u32, bytes: &[u8]) -> Result<(), Status> {
        self.end = self.end.max(address + bytes.len() as u32);
        self.memory.program(address, bytes)
    }

    fn judge(&mut self, vectors: &[u8]) -> Result<(), Status> {
        let end = self.room.admit(vectors, &|address, into| self.memory.read(address, into), &self.seal)?;
        self.clear_behind(end)
    }

    fn erase_time(&self, sector: Sector) -> u32 {
        self.memory.erase_time(sector)
    }

    fn program_time(&self, bytes: usize) -> u32 {
        self.memory.program_time(bytes)
    }
}
