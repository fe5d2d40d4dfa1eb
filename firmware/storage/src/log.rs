//! Blocks of 512 bytes on flash whose sectors are large and unequal: a log.
//!
//! ```text
//!   sector:  [header][tag 0][tag 1] … [block 0][block 1] …
//!   header:  magic, erase count, check, when opened  tag:  block number and flag, sequence number, check
//! ```
//! A write puts the block into the next free slot, then its tag. The newest tag of a block says where it is; the slots of older
//! ones are garbage. When free slots run short, what is still needed of a sector is copied and the sector is erased.
//!
//! **Groups.** The tag of the last write before a `sync` carries a flag; nothing that comes behind the newest such tag is true at the
//! next start. So all writes between two syncs happen, or none. The tag of the newest write waits in memory until it is known
//! whether it is the last; old versions of what a group writes anew are kept until it ends. A group too large for that ends early.
//!
//! **Power** may be cut at any moment. A torn tag or header fails its check; a slot that was filled without a tag is found not erased
//! when its turn comes, and skipped; a sector without a header is erased before it is used, and loses its header before it is erased. Copies carry the sequence number of
//! what they copy, so that it does not matter which of two is found.
//!
//! **Wear.** A sector that was erased less often than others by `UNEVEN` is the next one that is emptied, garbage or not.

use core::cell::Cell;
use interpreter::vfs::{BlockDevice, Errno};

type Result<T> = core::result::Result<T, Errno>;

/// Flash memory: sectors that are erased whole and programmed in words of four bytes.
pub trait Flash {
    /// Bytes of each sector, in order.
    fn sectors(&self) -> &[u32];
    /// Reads part of a sector.
    fn read(&self, sector: usize, offset: u32, buffer: &mut [u8]) -> Result<()>;
    /// Programs words that are erased; or any words with zeros.
    fn program(&self, sector: usize, offset: u32, bytes: &[u8]) -> Result<()>;
    /// Makes all bytes of a sector 0xff.
    fn erase(&self, sector: usize) -> Result<()>;
}

/// Bytes of a block.
pub const BLOCK: usize = 512;
const HEADER: u32 = 16;
/// Where in a header it is said when the sector was opened.
const OPENED: u32 = 12;
const TAG: u32 = 12;
/// "TLog", as a header begins.
const MAGIC: u32 = 0x676f_4c54;
/// The flag in a tag: its group ends here.
const LAST: u32 = 1 << 16;
/// No slot; no block.
const NONE: u16 = u16::MAX;
/// What a word of flash is before it is programmed.
const FRESH: u32 = u32::MAX;
/// How much less often than the others a sector may have been erased.
const UNEVEN: u32 = 8;
/// Free slots beyond the largest sector's that are kept, for those that turn out not to be erased.
const SPARE: usize = 4;

/// Slots of a sector of so many bytes.
const fn slots_of(bytes: u32) -> usize {
    ((bytes - HEADER) / (TAG + BLOCK as u32)) as usize
}

/// Blocks that sectors of these sizes hold: all but the largest, and but a tenth, so that there is always garbage to collect.
pub const fn capacity(sectors: &[u32]) -> usize {
    let (mut all, mut largest, mut index): (usize, usize, usize) = (0, 0, 0);
    while index < sectors.len() {
        let slots = slots_of(sectors[index]);
        all += slots;
        largest = if slots > largest { slots } else { largest };
        index += 1;
    }
    let kept = largest + SPARE + if all / 10 > 8 { all / 10 } else { 8 };
    all.saturating_sub(kept)
}

/// What is known of a sector.
struct Sector {
    /// How often it was erased; `None` if it has no header.
    erased: Cell<Option<u32>>,
    /// The how manieth sector it was that was opened; `FRESH` before.
    opened: Cell<u32>,
    /// Slots that are not free any more.
    used: Cell<u16>,
    /// Slots that hold the newest version of a block.
    live: Cell<u16>,
}

/// A tag.
#[derive(Clone, Copy)]
struct Tag {
    block: u16,
    last: bool,
    sequence: u32,
}

/// A slot that is filled, but has no tag yet.
#[derive(Clone, Copy)]
struct Pending {
    slot: u16,
    block: u16,
    sequence: u32,
}

/// A block device on flash of `SECTORS` sectors, with room for as many blocks as `capacity` says, `BLOCKS` at most.
pub struct Log<F, const SECTORS: usize, const BLOCKS: usize> {
    flash: F,
    sectors: [Sector; SECTORS],
    /// Where the newest version of each block lies.
    map: [Cell<u16>; BLOCKS],
    /// The sector that is being filled.
    open: Cell<usize>,
    /// The sequence number of the next write, and of the last one that was synced.
    next: Cell<u32>,
    synced: Cell<u32>,
    pending: Cell<Option<Pending>>,
    /// Old versions that are kept for the group.
    held: Cell<usize>,
}

fn check(words: [u32; 2]) -> u32 {
    (words[0] ^ 0x5bd1_e995).wrapping_mul(0x9e37_79b1).rotate_left(13) ^ words[1].wrapping_mul(0x85eb_ca6b) ^ MAGIC
}

fn words<const N: usize>(bytes: &[u8]) -> [u32; N] {
    core::array::from_fn(|index| {
        u32::from_le_bytes([bytes[4 * index], bytes[4 * index + 1], bytes[4 * index + 2], bytes[4 * index + 3]])
    })
}

impl Tag {
    fn bytes(self) -> [u8; TAG as usize] {
        let first = u32::from(self.block) | if self.last { LAST } else { 0 };
        let mut bytes = [0; TAG as usize];
        for (to, word) in bytes.chunks_exact_mut(4).zip([first, self.sequence, check([first, self.sequence])]) {
            to.copy_from_slice(&word.to_le_bytes());
        }
        bytes
    }
}

/// What a tag's place holds.
enum Found {
    Free,
    Tag(Tag),
    /// A tag that was torn or made invalid.
    Nothing,
}

impl<F: Flash, const SECTORS: usize, const BLOCKS: usize> Log<F, SECTORS, BLOCKS> {
    /// The log on `flash`, which must be mounted before it is used: that sets all there is, and zeros take no room in an image.
    pub const fn new(flash: F) -> Self {
        Log {
            flash,
            sectors: [const { Sector { erased: Cell::new(None), opened: Cell::new(0), used: Cell::new(0), live: Cell::new(0) } };
                SECTORS],
            map: [const { Cell::new(0) }; BLOCKS],
            open: Cell::new(0),
            next: Cell::new(0),
            synced: Cell::new(0),
            pending: Cell::new(None),
            held: Cell::new(0),
        }
    }

    /// Reads all tags. Flash that holds no log is one whose blocks were never written: they are zeros.
    ///
    /// # Errors
    /// `EINVAL` for flash that is too small or has more sectors or blocks than this log has room for; what the flash answers.
    pub fn mount(&self) -> Result<()> {
        let sizes = self.flash.sectors();
        if sizes.len() != SECTORS
            || !(1..=BLOCKS).contains(&capacity(sizes))
            || sizes.iter().map(|size| slots_of(*size)).sum::<usize>() >= NONE.into()
        {
            return Err(Errno::EINVAL);
        }
        self.map.iter().for_each(|place| place.set(NONE));
        self.pending.set(None);
        self.held.set(0);
        let (mut newest, mut synced) = (0, 0);
        for sector in 0..SECTORS {
            self.read_header(sector)?;
            self.each_tag(sector, |_, tag| {
                newest = tag.sequence.max(newest);
                synced = if tag.last { tag.sequence.max(synced) } else { synced };
                Ok(())
            })?;
        }
        self.synced.set(synced);
        self.next.set(newest + 1);
        for sector in 0..SECTORS {
            self.each_tag(sector, |slot, tag| match tag.sequence > synced {
                // Part of a group that never ended. It must not come to life by the end of the next one.
                true => self.flash.program(sector, self.tag_offset(slot), &[0; TAG as usize]),
                false => self.learn(slot, tag),
            })?;
        }
        self.reopen();
        Ok(())
    }

    /// Goes on in the sector that was opened last. What is free of others (the power went while one was emptied) is garbage.
    fn reopen(&self) {
        let open = (0..SECTORS).max_by_key(|sector| self.age(*sector)).unwrap_or(0);
        for sector in (0..SECTORS).filter(|sector| *sector != open && self.sectors[*sector].used.get() > 0) {
            self.sectors[sector].used.set(self.slots(sector) as u16);
        }
        self.open.set(open);
    }

    /// The how manieth sector it was that was opened; 0: it is empty.
    fn age(&self, sector: usize) -> u32 {
        let state = &self.sectors[sector];
        if state.used.get() > 0 && state.opened.get() != FRESH { state.opened.get() } else { 0 }
    }

    /// How often the sectors were erased: the least and the most.
    pub fn wear(&self) -> (u32, u32) {
        let counts = || self.sectors.iter().map(|sector| sector.erased.get().unwrap_or(0));
        (counts().min().unwrap_or(0), counts().max().unwrap_or(0))
    }

    /// The flash.
    pub fn flash(&self) -> &F {
        &self.flash
    }

    fn slots(&self, sector: usize) -> usize {
        slots_of(self.flash.sectors()[sector])
    }

    /// The number of a sector's first slot.
    fn base(&self, sector: usize) -> usize {
        (0..sector).map(|sector| self.slots(sector)).sum()
    }

    /// The sector of a slot, and the how manieth slot of it that is.
    fn split(&self, slot: u16) -> (usize, usize) {
        let mut index = usize::from(slot);
        for sector in 0..SECTORS {
            let slots = self.slots(sector);
            if index < slots {
                return (sector, index);
            }
            index -= slots;
        }
        unreachable!("slots are numbered by this log")
    }

    fn tag_offset(&self, slot: u16) -> u32 {
        HEADER + TAG * self.split(slot).1 as u32
    }

    fn block_offset(&self, slot: u16) -> u32 {
        let (sector, index) = self.split(slot);
        HEADER + TAG * self.slots(sector) as u32 + (BLOCK * index) as u32
    }

    fn read_header(&self, sector: usize) -> Result<()> {
        let mut bytes = [0; HEADER as usize];
        self.flash.read(sector, 0, &mut bytes)?;
        let [magic, count, sum, opened] = words(&bytes);
        let is_header = magic == MAGIC && sum == check([magic, count]);
        self.sectors[sector].erased.set(is_header.then_some(count));
        self.sectors[sector].opened.set(opened);
        self.sectors[sector].used.set(0);
        self.sectors[sector].live.set(0);
        Ok(())
    }

    fn tag(&self, slot: u16) -> Result<Found> {
        let (sector, index) = self.split(slot);
        self.tag_at(sector, index)
    }

    fn tag_at(&self, sector: usize, index: usize) -> Result<Found> {
        let mut bytes = [0; TAG as usize];
        self.flash.read(sector, HEADER + TAG * index as u32, &mut bytes)?;
        if bytes == [0xff; TAG as usize] {
            return Ok(Found::Free);
        }
        let [first, sequence, sum] = words(&bytes);
        let (block, sound) = (first as u16, first & !(LAST | 0xffff) == 0 && sum == check([first, sequence]));
        if !sound || usize::from(block) >= BLOCKS {
            return Ok(Found::Nothing);
        }
        Ok(Found::Tag(Tag { block, last: first & LAST != 0, sequence }))
    }

    /// Looks at the tags of a sector that has a header; notes how many slots are used.
    fn each_tag(&self, sector: usize, mut action: impl FnMut(u16, Tag) -> Result<()>) -> Result<()> {
        if self.sectors[sector].erased.get().is_none() {
            return Ok(());
        }
        let base = self.base(sector);
        for index in 0..self.slots(sector) {
            let slot = (base + index) as u16;
            let found = self.tag_at(sector, index)?;
            if !matches!(found, Found::Free) {
                self.sectors[sector].used.set(self.sectors[sector].used.get().max(index as u16 + 1));
            }
            if let Found::Tag(tag) = found {
                action(slot, tag)?;
            }
        }
        Ok(())
    }

    /// Takes a tag into the map if it is the newest of its block.
    fn learn(&self, slot: u16, tag: Tag) -> Result<()> {
        let known = self.map[usize::from(tag.block)].get();
        let is_newer = match known {
            NONE => true,
            // Of two copies the one in the younger sector: the other's was being emptied.
            known => {
                let age = |slot| self.age(self.split(slot).0);
                let Found::Tag(other) = self.tag(known)? else { return Err(Errno::EIO) };
                (other.sequence, age(known)) < (tag.sequence, age(slot))
            }
        };
        if is_newer {
            self.place(tag.block, slot);
        }
        Ok(())
    }

    /// Says where the newest version of a block is.
    fn place(&self, block: u16, slot: u16) {
        let old = self.map[usize::from(block)].replace(slot);
        if old != NONE {
            let live = &self.sectors[self.split(old).0].live;
            live.set(live.get() - 1);
        }
        let live = &self.sectors[self.split(slot).0].live;
        live.set(live.get() + 1);
    }

    /// Slots that can still be filled.
    fn free(&self) -> usize {
        let free = |(number, sector): (usize, &Sector)| match sector.used.get() {
            0 => self.slots(number),
            used if number == self.open.get() => self.slots(number) - usize::from(used),
            _ => 0,
        };
        self.sectors.iter().enumerate().map(free).sum()
    }

    /// Free slots that are always kept: what the largest sector needs when it is emptied.
    fn reserve(&self) -> usize {
        (0..SECTORS).map(|sector| self.slots(sector)).max().unwrap_or(0) + SPARE
    }

    /// Takes the next slot that really is erased.
    fn take(&self) -> Result<u16> {
        loop {
            let mut sector = self.open.get();
            let state = &self.sectors[sector];
            if usize::from(state.used.get()) == self.slots(sector) || state.used.get() == 0 {
                sector = self.next_sector()?;
                self.open.set(sector);
            }
            let used = self.sectors[sector].used.get();
            self.sectors[sector].used.set(used + 1);
            let slot = (self.base(sector) + usize::from(used)) as u16;
            if self.is_erased(slot)? {
                return Ok(slot);
            }
        }
    }

    fn is_erased(&self, slot: u16) -> Result<bool> {
        let mut part = [0; 64];
        for offset in (0..BLOCK as u32).step_by(part.len()) {
            self.flash.read(self.split(slot).0, self.block_offset(slot) + offset, &mut part)?;
            if part != [0xff; 64] {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// An empty sector to go on in: the one that was erased least often.
    fn next_sector(&self) -> Result<usize> {
        let empty = (0..SECTORS).filter(|sector| self.sectors[*sector].used.get() == 0);
        let sector = empty.min_by_key(|sector| self.sectors[*sector].erased.get().unwrap_or(0)).ok_or(Errno::ENOSPC)?;
        if self.sectors[sector].erased.get().is_none() || self.sectors[sector].opened.get() != FRESH {
            self.erase(sector)?;
        }
        let opened = (0..SECTORS).map(|sector| self.age(sector)).max().unwrap_or(0) + 1;
        self.sectors[sector].opened.set(opened);
        self.flash.program(sector, OPENED, &opened.to_le_bytes())?;
        Ok(sector)
    }

    /// Erases a sector and gives it a header.
    fn erase(&self, number: usize) -> Result<()> {
        let sector = &self.sectors[number];
        // One that lost its count is taken to be as worn as the most worn one.
        let count = sector.erased.get().unwrap_or(self.wear().1) + 1;
        if sector.erased.take().is_some() {
            // A sector that is half erased may look as if it were not.
            self.flash.program(number, 0, &[0; HEADER as usize])?;
        }
        sector.used.set(0);
        self.flash.erase(number)?;
        let mut header = [0; HEADER as usize];
        for (to, word) in header.chunks_exact_mut(4).zip([MAGIC, count, check([MAGIC, count])]) {
            to.copy_from_slice(&word.to_le_bytes());
        }
        self.flash.program(number, 0, &header[..12])?;
        sector.erased.set(Some(count));
        sector.opened.set(FRESH);
        Ok(())
    }

    /// Makes sure that a write finds a slot and leaves the reserve.
    fn make_room(&self) -> Result<()> {
        let mut tries = 0;
        while self.free() <= self.reserve() {
            // What a group holds back is no garbage yet: one that is too large ends here.
            if self.held.get() > 0 && (tries > SECTORS || self.garbage() <= self.held.get()) {
                self.sync()?;
            }
            if tries > 4 * SECTORS {
                return Err(Errno::ENOSPC);
            }
            self.collect()?;
            tries += 1;
        }
        Ok(())
    }

    /// Used slots that are no block's newest version.
    fn garbage(&self) -> usize {
        let count = |sector: &Sector| usize::from(sector.used.get() - sector.live.get());
        self.sectors.iter().map(count).sum()
    }

    /// Empties a sector: the one with most garbage for its size, or one that is far behind in wear.
    fn collect(&self) -> Result<()> {
        let pending = self.pending.get().map(|pending| self.split(pending.slot).0);
        let full = || {
            let sectors = (0..SECTORS).filter(|sector| *sector != self.open.get() && Some(*sector) != pending);
            sectors.filter(|sector| self.sectors[*sector].used.get() > 0)
        };
        let count = |sector: usize| self.sectors[sector].erased.get().unwrap_or(0);
        let rested = full().min_by_key(|sector| count(*sector)).filter(|sector| count(*sector) + UNEVEN < self.wear().1);
        let gain = |sector: &usize| {
            let state = &self.sectors[*sector];
            u32::from(state.used.get() - state.live.get()) * 1024 / self.slots(*sector) as u32
        };
        // Copies need room; where the power went again and again there may be less than the reserve.
        let fits = |sector: &usize| usize::from(self.sectors[*sector].live.get()) < self.free();
        let best = || full().filter(fits).max_by_key(gain);
        let open = self.open.get();
        let victim = match rested.filter(fits).or_else(|| best().filter(|sector| gain(sector) > 0)) {
            Some(victim) => victim,
            // Where one sector is larger than all others together, the garbage may lie in the one that is being filled.
            None if gain(&open) > 0 && self.close_open()? => open,
            None => best().ok_or(Errno::ENOSPC)?,
        };
        self.empty(victim)?;
        self.erase(victim)
    }

    /// Goes on in another sector before this one is full, if what it holds has room elsewhere; tells whether it does. The tag that waits
    /// is written: the write for which room is made has one that can end the group.
    fn close_open(&self) -> Result<bool> {
        let open = self.open.get();
        let state = &self.sectors[open];
        let elsewhere = self.free() - (self.slots(open) - usize::from(state.used.get()));
        if usize::from(state.live.get()) >= elsewhere {
            return Ok(false);
        }
        self.settle(false)?;
        state.used.set(self.slots(open) as u16);
        self.open.set(self.next_sector()?);
        Ok(true)
    }

    /// Copies what is needed of a sector.
    fn empty(&self, sector: usize) -> Result<()> {
        let base = self.base(sector);
        for index in 0..self.slots(sector) {
            let slot = (base + index) as u16;
            let Found::Tag(tag) = self.tag_at(sector, index)? else { continue };
            let newest = self.map[usize::from(tag.block)].get();
            if newest != slot && !self.is_held(tag, newest)? {
                continue;
            }
            let (copy, mut bytes) = (self.take()?, [0; BLOCK]);
            self.flash.read(sector, self.block_offset(slot), &mut bytes)?;
            let to = self.split(copy).0;
            self.flash.program(to, self.block_offset(copy), &bytes)?;
            self.flash.program(to, self.tag_offset(copy), &tag.bytes())?;
            if newest == slot {
                self.place(tag.block, copy);
            }
        }
        Ok(())
    }

    /// Whether an old version must be kept: the newest one may yet turn out never to have been.
    fn is_held(&self, old: Tag, newest: u16) -> Result<bool> {
        if old.sequence > self.synced.get() {
            return Ok(false);
        }
        match self.pending.get() {
            Some(pending) if pending.slot == newest => Ok(true),
            _ => Ok(matches!(self.tag(newest)?, Found::Tag(newest) if newest.sequence > self.synced.get())),
        }
    }

    /// Writes the tag that waits.
    fn settle(&self, last: bool) -> Result<()> {
        let Some(Pending { slot, block, sequence }) = self.pending.get() else { return Ok(()) };
        self.flash.program(self.split(slot).0, self.tag_offset(slot), &Tag { block, last, sequence }.bytes())?;
        self.pending.set(None);
        Ok(())
    }

    /// Whether the newest version of a block is part of the group.
    fn is_new(&self, slot: u16) -> Result<bool> {
        if self.pending.get().is_some_and(|pending| pending.slot == slot) {
            return Ok(true);
        }
        Ok(matches!(self.tag(slot)?, Found::Tag(tag) if tag.sequence > self.synced.get()))
    }

    fn slot(&self, block: u32) -> Result<u16> {
        let is_there = (block as usize) < capacity(self.flash.sectors());
        if is_there { Ok(self.map[block as usize].get()) } else { Err(Errno::EINVAL) }
    }

    fn is_same(&self, slot: u16, bytes: &[u8]) -> Result<bool> {
        let mut part = [0; 64];
        for (index, expected) in bytes.chunks(part.len()).enumerate() {
            self.flash.read(self.split(slot).0, self.block_offset(slot) + (64 * index) as u32, &mut part)?;
            if part != expected {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

impl<F: Flash, const SECTORS: usize, const BLOCKS: usize> BlockDevice for Log<F, SECTORS, BLOCKS> {
    fn block_size(&self) -> u32 {
        BLOCK as u32
    }

    fn block_count(&self) -> u32 {
        capacity(self.flash.sectors()) as u32
    }

    fn read(&self, block: u32, offset: u32, buffer: &mut [u8]) -> Result<()> {
        match self.slot(block)? {
            NONE => buffer.fill(0),
            slot => self.flash.read(self.split(slot).0, self.block_offset(slot) + offset, buffer)?,
        }
        Ok(())
    }

    /// A part is the whole block with this part in it.
    fn program(&self, block: u32, offset: u32, bytes: &[u8]) -> Result<()> {
        let mut whole = [0; BLOCK];
        let place = offset as usize..offset as usize + bytes.len();
        if place.len() < BLOCK {
            self.read(block, 0, &mut whole)?;
        }
        whole.get_mut(place).ok_or(Errno::EINVAL)?.copy_from_slice(bytes);
        self.write(block, &whole)
    }

    /// Erasing is the log's own affair.
    fn erase(&self, _: u32) -> Result<()> {
        Ok(())
    }

    fn write(&self, block: u32, bytes: &[u8]) -> Result<()> {
        let old = self.slot(block)?;
        if old != NONE && self.is_same(old, bytes)? {
            return Ok(());
        }
        self.make_room()?;
        let slot = self.take()?;
        self.flash.program(self.split(slot).0, self.block_offset(slot), bytes)?;
        self.settle(false)?;
        // Making room may have moved it.
        let old = self.slot(block)?;
        if old != NONE && !self.is_new(old)? {
            self.held.set(self.held.get() + 1);
        }
        let sequence = self.next.replace(self.next.get() + 1);
        self.pending.set(Some(Pending { slot, block: block as u16, sequence }));
        self.place(block as u16, slot);
        Ok(())
    }

    fn sync(&self) -> Result<()> {
        let Some(pending) = self.pending.get() else { return Ok(()) };
        self.settle(true)?;
        self.synced.set(pending.sequence);
        self.held.set(0);
        Ok(())
    }
}

#[cfg(test)]
mod tests;
