//! Open files: where they are in their chain of clusters, and what of them is not on the device yet.
//!
//! A file that is opened to be written anew keeps its old clusters until it is closed or flushed: then its entry changes in one
//! write, and they are freed. So what is there after a power cut is the old content or the new one.

use super::directory::{Entry, Place, describe};
use super::table::Next;
use super::{Bound, Result};
use core::cell::Cell;
use interpreter::vfs::{Errno, FileId, OpenMode, Whence};

/// Files that may be open at a time.
pub const FILES: usize = 8;

/// What is known of an open file.
#[derive(Clone, Copy)]
pub struct Open {
    pub mode: OpenMode,
    /// Its short entry.
    pub place: Place,
    /// The first cluster (0: none), and bytes.
    pub first: u32,
    pub size: u32,
    pub position: u32,
    /// A cluster of the chain, and how many come before it.
    pub at: (u32, u32),
    /// The chain that it had when it was opened to be written anew.
    pub replaced: u32,
    /// Whether the entry must be written.
    pub changed: bool,
}

/// A place for an open file. Its generation is part of the number that streams know: an old stream never meets a new file.
pub struct Slot {
    pub open: Cell<Option<Open>>,
    generation: Cell<u32>,
}

impl Slot {
    pub const fn new() -> Slot {
        Slot { open: Cell::new(None), generation: Cell::new(0) }
    }

    fn id(&self, number: usize) -> FileId {
        FileId(self.generation.get() << 8 | number as u32)
    }

    /// Forgets the file.
    pub fn clear(&self) {
        self.open.set(None);
        // Small enough that all of the number is a small int of Python's.
        self.generation.set((self.generation.get() + 1) & 0xffff);
    }
}

impl Bound<'_> {
    pub(super) fn slot(&self, id: FileId) -> Result<(&'static Slot, Open)> {
        let (number, state) = ((id.0 & 0xff) as usize, self.state);
        let slot = state.files.get(number).filter(|slot| slot.id(number) == id).ok_or(Errno::EINVAL)?;
        slot.open.get().map(|open| (slot, open)).ok_or(Errno::EINVAL)
    }

    /// The slots of a file, by its entry.
    pub(super) fn slots_of(&self, place: Place) -> impl Iterator<Item = (&'static Slot, Open)> {
        let slots = self.state.files.iter();
        slots.filter_map(move |slot| slot.open.get().filter(|open| open.place == place).map(|open| (slot, open)))
    }

    /// Opens the file of an entry.
    pub(super) fn open_entry(&self, entry: &Entry, mode: OpenMode) -> Result<FileId> {
        let number = self.state.files.iter().position(|slot| slot.open.get().is_none()).ok_or(Errno::EMFILE)?;
        let (first, size) = (entry.cluster(), entry.size());
        let mut open = Open { mode, place: entry.place, first, size, position: 0, at: (0, 0), replaced: 0, changed: false };
        if mode.truncate && first != 0 {
            (open.first, open.size, open.replaced, open.changed) = (0, 0, first, true);
        }
        if mode.append {
            open.position = open.size;
        }
        let slot = &self.state.files[number];
        slot.open.set(Some(open));
        Ok(slot.id(number))
    }

    /// The cluster that comes as number `index` in the chain; where the chain ends before, it grows if `grow`.
    fn cluster_at(&self, open: &mut Open, index: u32, grow: bool) -> Result<u32> {
        if open.first == 0 {
            if !grow {
                return Err(Errno::EIO);
            }
            open.first = self.allocate(0)?;
            (open.changed, open.at) = (true, (0, 0));
        }
        if open.at.0 == 0 || open.at.1 > index {
            open.at = (open.first, 0);
        }
        while open.at.1 < index {
            let next = match self.next(open.at.0)? {
                Next::Cluster(next) => next,
                Next::End if grow => self.allocate(open.at.0)?,
                _ => return Err(Errno::EIO),
            };
            open.at = (next, open.at.1 + 1);
        }
        Ok(open.at.0)
    }

    /// The sector that holds a file's position, and the byte of it.
    fn sector_at(&self, open: &mut Open, grow: bool) -> Result<(u32, u32)> {
        let (layout, position) = (self.layout()?, open.position);
        let (index, within) = (position / layout.cluster_bytes(), position % layout.cluster_bytes());
        let cluster = self.cluster_at(open, index, grow)?;
        if !layout.has(cluster) {
            return Err(Errno::EIO);
        }
        Ok((layout.sector_of(cluster) + within / layout.sector, within % layout.sector))
    }

    pub(super) fn read_file(&self, id: FileId, buffer: &mut [u8]) -> Result<usize> {
        let (slot, mut open) = self.slot(id)?;
        if !open.mode.read {
            return Err(Errno::EACCES);
        }
        let length = buffer.len().min(open.size.saturating_sub(open.position) as usize);
        let (mut done, size) = (0, self.layout()?.sector);
        while done < length {
            let (sector, offset) = self.sector_at(&mut open, false)?;
            let count = (length - done).min((size - offset) as usize);
            let part = &mut buffer[done..done + count];
            if count == size as usize {
                self.data.read_sector(self.device, sector, part)?;
            } else {
                self.data.get(self.device, sector, offset as usize, part)?;
            }
            done += count;
            open.position += count as u32;
        }
        slot.open.set(Some(open));
        Ok(length)
    }

    pub(super) fn write_file(&self, id: FileId, bytes: &[u8]) -> Result<usize> {
        let (slot, mut open) = self.slot(id)?;
        if !open.mode.write {
            return Err(Errno::EACCES);
        }
        if open.mode.append {
            open.position = open.size;
        }
        let room = (u32::MAX - open.position) as usize;
        if bytes.len() > room {
            return Err(Errno::EFBIG);
        }
        while !bytes.is_empty() && open.size < open.position {
            // Behind the end a program has only sought: what lies between is zeros.
            let (position, zeros) = (open.position, [0; 64]);
            let count = ((position - open.size) as usize).min(zeros.len());
            open.position = open.size;
            let written = self.write_open(slot, &mut open, &zeros[..count]);
            open.position = position;
            slot.open.set(Some(open));
            written?;
        }
        let written = self.write_open(slot, &mut open, bytes);
        // Also where it failed: what was written so far is there.
        slot.open.set(Some(open));
        written.map(|()| bytes.len())
    }

    fn write_open(&self, slot: &'static Slot, open: &mut Open, bytes: &[u8]) -> Result<()> {
        let (mut done, size) = (0, self.layout()?.sector);
        while done < bytes.len() {
            let place = match self.sector_at(open, true) {
                // The old content is given up before the new one is: the entry must let go of it first.
                Err(Errno::ENOSPC) if open.replaced != 0 => {
                    slot.open.set(Some(*open));
                    self.sync_file(slot)?;
                    *open = slot.open.get().ok_or(Errno::EIO)?;
                    self.sector_at(open, true)
                }
                place => place,
            };
            let (sector, offset) = place?;
            let count = (bytes.len() - done).min((size - offset) as usize);
            let part = &bytes[done..done + count];
            if count == size as usize {
                self.data.write_sector(self.device, sector, part)?;
            } else {
                self.data.put(self.device, sector, offset as usize, part)?;
            }
            done += count;
            open.position += count as u32;
            open.size = open.size.max(open.position);
            open.changed = true;
        }
        Ok(())
    }

    pub(super) fn seek_file(&self, id: FileId, offset: i64, whence: Whence) -> Result<u64> {
        let (slot, mut open) = self.slot(id)?;
        let base = match whence {
            Whence::Start => 0,
            Whence::Current => open.position.into(),
            Whence::End => i64::from(open.size),
        };
        let to = base.checked_add(offset).and_then(|to| u32::try_from(to).ok()).ok_or(Errno::EINVAL)?;
        open.position = if open.mode.write { to } else { to.min(open.size) };
        slot.open.set(Some(open));
        Ok(open.position.into())
    }

    /// Puts a file's content, then its entry on the device; frees what that replaces.
    pub(super) fn sync_file(&self, slot: &'static Slot) -> Result<()> {
        let Some(open) = slot.open.get().filter(|open| open.changed) else { return Ok(()) };
        self.write_windows()?;
        let mut raw = [0; 32];
        self.data.get(self.device, open.place.0, open.place.1 as usize, &mut raw)?;
        describe(&mut raw, open.first, open.size, (self.clock)());
        self.put_raw(open.place, &raw)?;
        self.data.flush(self.device)?;
        self.free_chain(open.replaced)?;
        self.table.flush(self.device)?;
        // Other streams on the same file see what it is now.
        for (twin, seen) in self.slots_of(open.place) {
            let at = if core::ptr::eq(twin, slot) { seen.at } else { (0, 0) };
            twin.open.set(Some(Open { first: open.first, size: open.size, at, replaced: 0, changed: false, ..seen }));
        }
        Ok(())
    }

    /// Streams on a file that is removed are closed. What such a stream has written for its entry to take over is freed.
    pub(super) fn abandon(&self, entry: &Entry) -> Result<()> {
        for (slot, open) in self.slots_of(entry.place) {
            slot.clear();
            if open.first != entry.cluster() {
                self.free_chain(open.first)?;
            }
        }
        Ok(())
    }
}
