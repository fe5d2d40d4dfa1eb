//! Open files: a chain of blocks that is copied where it is written, and an entry that changes when all is there.

use super::blocks::Writer;
use super::dir::Entry;
use super::{Bound, NULL, Pair, Result};
use core::cell::Cell;
use interpreter::vfs::{Errno, FileId, OpenMode, Whence};

/// Files that may be open at a time.
pub const FILES: usize = 8;
/// Bytes of the largest file.
const LARGEST: u32 = i32::MAX as u32;

/// What is known of an open file.
#[derive(Clone, Copy)]
pub struct Open {
    pub mode: OpenMode,
    /// The directory's block, and where in it the entry is.
    pub pair: Pair,
    pub entry: u32,
    /// The last block, and bytes.
    pub head: u32,
    pub size: u32,
    pub position: u32,
    /// The new block that is being written: all before the position is in it or before it.
    pub writer: Option<Writer>,
    /// Whether the entry must be written.
    pub changed: bool,
}

/// A place for an open file; its generation is part of the number that streams know.
pub struct Slot {
    pub open: Cell<Option<Open>>,
    generation: Cell<u32>,
}

impl Slot {
    pub const fn new() -> Slot {
        Slot { open: Cell::new(None), generation: Cell::new(0) }
    }

    /// Forgets the file.
    pub fn clear(&self) {
        self.open.set(None);
        self.generation.set((self.generation.get() + 1) & 0xffff);
    }
}

impl Bound<'_> {
    pub(super) fn open_entry(&self, pair: Pair, entry: &Entry, mode: OpenMode) -> Result<FileId> {
        let number = self.state.files.iter().position(|slot| slot.open.get().is_none()).ok_or(Errno::EMFILE)?;
        let [head, size] = entry.content;
        let mut open = Open { mode, pair, entry: entry.offset, head, size, position: 0, writer: None, changed: false };
        if mode.truncate {
            (open.head, open.size, open.changed) = (NULL[0], 0, size != 0);
        }
        let slot = &self.state.files[number];
        slot.open.set(Some(open));
        Ok(FileId(slot.generation.get() << 8 | number as u32))
    }

    /// The number of an open file's slot, and the file.
    fn opened(&self, id: FileId) -> Result<(usize, Open)> {
        let number = (id.0 & 0xff) as usize;
        let slot = self.state.files.get(number).filter(|slot| slot.generation.get() == id.0 >> 8).ok_or(Errno::EBADF)?;
        slot.open.get().map(|open| (number, open)).ok_or(Errno::EBADF)
    }

    fn keep(&self, number: usize, open: &Open) {
        self.state.files[number].open.set(Some(*open));
    }

    pub(super) fn read_file(&self, id: FileId, buffer: &mut [u8]) -> Result<usize> {
        let (number, mut open) = self.opened(id)?;
        if !open.mode.read {
            return Err(Errno::EBADF);
        }
        self.flush_file(number, &mut open)?;
        let length = buffer.len().min(open.size.saturating_sub(open.position) as usize);
        let mut done = 0;
        while done < length {
            let (block, offset) = self.find_block(open.head, open.size, open.position)?;
            let count = (length - done).min((self.block_size() - offset) as usize);
            self.read_bytes(block, offset, &mut buffer[done..done + count])?;
            done += count;
            open.position += count as u32;
        }
        self.keep(number, &open);
        Ok(length)
    }

    pub(super) fn write_file(&self, id: FileId, bytes: &[u8]) -> Result<usize> {
        let (number, mut open) = self.opened(id)?;
        if !open.mode.write {
            return Err(Errno::EBADF);
        }
        self.mend()?;
        if open.mode.append && open.position != open.size {
            self.flush_file(number, &mut open)?;
            open.position = open.size;
        }
        if bytes.len() as u64 + u64::from(open.position) > LARGEST.into() {
            return Err(Errno::EFBIG);
        }
        if open.writer.is_none() && open.position > open.size {
            // Behind the end a program has only sought: what lies between is zeros.
            let target = core::mem::replace(&mut open.position, open.size);
            while open.position < target {
                let count = (target - open.position).min(32) as usize;
                self.write_some(number, &mut open, &[0; 32][..count])?;
            }
        }
        self.write_some(number, &mut open, bytes)?;
        self.keep(number, &open);
        Ok(bytes.len())
    }

    fn write_some(&self, number: usize, open: &mut Open, bytes: &[u8]) -> Result<()> {
        let mut done = 0;
        while done < bytes.len() {
            let mut writer = match open.writer {
                Some(writer) if writer.offset < self.block_size() => writer,
                full => {
                    let head = match full {
                        Some(mut writer) => {
                            self.end(&mut writer)?;
                            writer.block
                        }
                        None if open.position > 0 => self.find_block(open.head, open.size, open.position - 1)?.0,
                        None => open.head,
                    };
                    // What is written so far must not be taken for free.
                    self.keep(number, open);
                    self.extend(head, open.position, number + 1)?
                }
            };
            let count = (bytes.len() - done).min((self.block_size() - writer.offset) as usize);
            self.put(&mut writer, &bytes[done..done + count])?;
            open.writer = Some(writer);
            done += count;
            open.position += count as u32;
            self.keep(number, open);
        }
        Ok(())
    }

    /// Ends the new chain with what the old one has behind the position.
    fn flush_file(&self, number: usize, open: &mut Open) -> Result<()> {
        if open.writer.is_none() {
            return Ok(());
        }
        self.acknowledge();
        let (position, mut part) = (open.position, [0; 32]);
        while open.position < open.size {
            let (block, offset) = self.find_block(open.head, open.size, open.position)?;
            let count = (open.size - open.position).min(self.block_size() - offset).min(32) as usize;
            self.read_bytes(block, offset, &mut part[..count])?;
            self.write_some(number, open, &part[..count])?;
        }
        if let Some(mut writer) = open.writer.take() {
            self.end(&mut writer)?;
            (open.head, open.size, open.changed) = (writer.block, open.position, true);
        }
        open.position = position;
        self.keep(number, open);
        Ok(())
    }

    /// Puts the file's content, then its entry on the device.
    pub(super) fn sync_file(&self, id: FileId) -> Result<()> {
        let (number, mut open) = self.opened(id)?;
        self.flush_file(number, &mut open)?;
        if !open.changed {
            return Ok(());
        }
        let mut dir = self.fetch(open.pair)?;
        dir.offset = open.entry;
        let mut entry = self.next_here(&mut dir)?.filter(Entry::is_file).ok_or(Errno::EIO)?;
        entry.content = [open.head, open.size];
        self.update(&mut dir, &entry)?;
        open.changed = false;
        self.keep(number, &open);
        Ok(())
    }

    pub(super) fn close_file(&self, id: FileId) -> Result<()> {
        // What was removed meanwhile is closed already.
        let Ok((number, _)) = self.opened(id) else { return Ok(()) };
        let synced = self.sync_file(id);
        self.state.files[number].clear();
        synced
    }

    pub(super) fn seek_file(&self, id: FileId, offset: i64, whence: Whence) -> Result<u64> {
        let (number, mut open) = self.opened(id)?;
        self.flush_file(number, &mut open)?;
        let base = match whence {
            Whence::Start => 0,
            Whence::Current => open.position,
            Whence::End => open.size,
        };
        let to = i64::from(base).checked_add(offset).and_then(|to| u32::try_from(to).ok());
        open.position = to.filter(|to| *to <= LARGEST).ok_or(Errno::EINVAL)?;
        self.keep(number, &open);
        Ok(open.position.into())
    }
}
