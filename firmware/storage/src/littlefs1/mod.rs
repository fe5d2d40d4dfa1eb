//! littlefs of version 1, which boards were once formatted with: the same promises, another format.
//!
//! The library that does version 2 does not know this one. It is small: a directory is a pair of blocks that are written in turn, a
//! file is a chain of blocks that is copied where it is changed, and all directories form one list. Blocks that wear out are errors;
//! they are not replaced.
//!
//! Reading order: `dir`, `blocks`, `file`.

mod blocks;
mod dir;
mod file;

use crate::format::{Clock, Format};
use blocks::WINDOW;
use core::cell::Cell;
use dir::{Change, DIRECTORY, Dir, Entry, FILE, MOVED, same};
use file::{FILES, Slot};
use interpreter::vfs::device::Protocol;
use interpreter::vfs::{BlockDevice, DirId, Errno, FileId, FileSystem, OpenMode, Space, Stat, Whence};

type Result<T> = core::result::Result<T, Errno>;
/// The two blocks of a directory.
type Pair = [u32; 2];

/// No pair.
const NULL: Pair = [u32::MAX; 2];
/// Most bytes that are programmed at a time.
const MOST: usize = 512;
/// The version that new file systems have.
const VERSION: u32 = 0x0001_0001;
/// Listings that may be open at a time.
const LISTINGS: usize = 4;

/// The state of a file system.
pub struct Littlefs1 {
    /// Bytes that are programmed at a time.
    unit: usize,
    /// One unit for directories, one for each open file.
    buffers: &'static [Cell<u8>],
    loaded: Cell<bool>,
    root: Cell<Pair>,
    /// Whether what an earlier power cut left was looked for.
    mended: Cell<bool>,
    files: [Slot; FILES],
    listings: [Cell<Option<Dir>>; LISTINGS],
    /// Which of the blocks from `window_start` on are in use; those before `at` were looked at.
    window: [Cell<u8>; WINDOW as usize / 8],
    window_start: Cell<u32>,
    at: Cell<u32>,
    /// Blocks that may still be looked at.
    left: Cell<u32>,
}

impl Littlefs1 {
    /// Bytes of the buffers where so many bytes are programmed at a time (512 at most).
    pub const fn buffers(unit: usize) -> usize {
        (1 + FILES) * unit
    }

    /// Room for a file system, not loaded yet: every operation answers `ENODEV`. Needs `buffers(unit)` bytes.
    pub const fn new(unit: usize, buffers: &'static [Cell<u8>]) -> Littlefs1 {
        Littlefs1 {
            unit,
            buffers,
            loaded: Cell::new(false),
            root: Cell::new(NULL),
            mended: Cell::new(false),
            files: [const { Slot::new() }; FILES],
            listings: [const { Cell::new(None) }; LISTINGS],
            window: [const { Cell::new(0) }; WINDOW as usize / 8],
            window_start: Cell::new(0),
            at: Cell::new(0),
            left: Cell::new(0),
        }
    }
}

impl Format for Littlefs1 {
    type Bound<'a> = Bound<'a>;
    const PROTOCOL: Protocol = Protocol::Parts;

    fn bind<'a>(&'static self, device: &'a dyn BlockDevice, _: Clock<'a>) -> Bound<'a> {
        Bound { state: self, device }
    }
}

/// A file system and its device, for the time of an action.
pub struct Bound<'a> {
    state: &'static Littlefs1,
    device: &'a dyn BlockDevice,
}

impl Bound<'_> {
    fn begin_anew(&self) -> Result<()> {
        let (state, size) = (self.state, self.block_size() as usize);
        let sound = (1..=MOST).contains(&state.unit) && size.is_multiple_of(state.unit);
        if !sound || size < 128 || self.device.block_count() == 0 || state.buffers.len() < Littlefs1::buffers(state.unit) {
            return Err(Errno::EINVAL);
        }
        state.loaded.set(false);
        state.mended.set(false);
        state.files.iter().for_each(Slot::clear);
        state.listings.iter().for_each(|listing| listing.set(None));
        // At the end of the window: the first search fills it.
        state.window_start.set(0);
        state.at.set(WINDOW.min(self.device.block_count()));
        Ok(())
    }

    fn loaded(&self) -> Result<()> {
        if self.state.loaded.get() { Ok(()) } else { Err(Errno::ENODEV) }
    }

    /// The directory that holds the last part of a path, and that part; `None` for the root.
    fn target<'p>(&self, path: &'p str) -> Result<Option<(Dir, &'p str)>> {
        self.loaded()?;
        let mut target = None;
        for part in path.split('/').filter(|part| !part.is_empty()) {
            let pair = match target {
                None => self.state.root.get(),
                Some((mut dir, name)) => self.find(&mut dir, name)?.ok_or(Errno::ENOENT).and_then(pair_of)?,
            };
            if part.len() > 255 {
                return Err(Errno::ENAMETOOLONG);
            }
            target = Some((self.fetch(pair)?, part));
        }
        Ok(target)
    }

    /// The entry at a path, and the block where it is; the root has none.
    fn entry(&self, path: &str) -> Result<Option<(Dir, Entry)>> {
        let Some((mut dir, name)) = self.target(path)? else { return Ok(None) };
        self.find(&mut dir, name)?.ok_or(Errno::ENOENT).map(|entry| Some((dir, entry)))
    }

    fn directory(&self, path: &str) -> Result<Dir> {
        let pair = match self.entry(path)? {
            None => self.state.root.get(),
            Some((_, entry)) => pair_of(entry)?,
        };
        self.fetch(pair)
    }

    /// Whether the directory `dir` is the one at `pair`, or lies in it.
    fn lies_in(&self, path: &str, pair: Pair) -> Result<bool> {
        let parts = path.trim_end_matches('/').match_indices('/').map(|(at, _)| at).chain([path.len()]);
        for end in parts {
            if let Ok(Some((_, entry))) = self.entry(&path[..end])
                && entry.is_dir()
                && same(entry.content, pair)
            {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn pair_of(entry: Entry) -> Result<Pair> {
    if entry.is_dir() { Ok(entry.content) } else { Err(Errno::ENOTDIR) }
}

fn stat_of(entry: &Entry) -> Stat {
    let size = if entry.is_dir() { 0 } else { entry.content[1] };
    Stat { is_dir: entry.is_dir(), size: size.into(), ..Stat::default() }
}

impl FileSystem for Bound<'_> {
    fn load(&self) -> Result<()> {
        self.begin_anew()?;
        let mut dir = self.fetch([0, 1])?;
        let entry = self.next_here(&mut dir)?.filter(|entry| entry.kind == dir::SUPERBLOCK).ok_or(Errno::EIO)?;
        let [_, _, size, count, version]: [u32; 5] = self.read_words(dir.pair[0], entry.offset + 4)?;
        let mut name = [0; 255];
        if self.name(&dir, &entry, &mut name)? != b"littlefs" {
            return Err(Errno::EIO);
        }
        if version >> 16 != VERSION >> 16 || version > VERSION || size != self.block_size() || count > self.device.block_count() {
            return Err(Errno::EINVAL);
        }
        self.state.root.set(entry.content);
        self.state.loaded.set(true);
        Ok(())
    }

    fn format(&self) -> Result<()> {
        self.begin_anew()?;
        // Nothing is in use yet, and the first two blocks are the superblock's.
        self.state.window.iter().for_each(|byte| byte.set(0));
        self.state.at.set(0);
        self.acknowledge();
        let mut first = self.new_dir(NULL)?;
        let mut root = self.new_dir(NULL)?;
        self.commit(&mut root, &Change::NONE)?;
        first.tail = root.pair;
        self.write_superblock(&mut first, root.pair)?;
        self.load()
    }

    fn attach(&self, _: bool) -> Result<()> {
        if self.state.loaded.get() { Ok(()) } else { self.load() }
    }

    /// What was not flushed is lost, as the reference loses it.
    fn unmount(&self) -> Result<()> {
        self.state.loaded.set(false);
        self.state.files.iter().for_each(Slot::clear);
        self.state.listings.iter().for_each(|listing| listing.set(None));
        Ok(())
    }

    fn change_dir(&self, path: &str) -> Result<()> {
        if self.stat(path)?.is_dir { Ok(()) } else { Err(Errno::ENOENT) }
    }

    fn open(&self, path: &str, mode: OpenMode) -> Result<FileId> {
        let Some((mut dir, name)) = self.target(path)? else { return Err(Errno::EISDIR) };
        if mode.write {
            self.mend()?;
            dir = self.fetch(dir.pair)?;
        }
        match self.find(&mut dir, name)? {
            Some(_) if mode.exclusive => Err(Errno::EEXIST),
            Some(entry) if entry.is_dir() => Err(Errno::EISDIR),
            Some(entry) => self.open_entry(dir.pair, &entry, mode),
            None if !mode.create => Err(Errno::ENOENT),
            None if self.state.files.iter().all(|slot| slot.open.get().is_some()) => Err(Errno::EMFILE),
            None => {
                let (dir, entry) = self.append(dir, Entry::new(FILE, [NULL[0], 0], name), name)?;
                self.open_entry(dir.pair, &entry, mode)
            }
        }
    }

    fn read(&self, file: FileId, buffer: &mut [u8]) -> Result<usize> {
        self.read_file(file, buffer)
    }

    fn write(&self, file: FileId, bytes: &[u8]) -> Result<usize> {
        self.write_file(file, bytes)
    }

    fn seek(&self, file: FileId, offset: i64, whence: Whence) -> Result<u64> {
        self.seek_file(file, offset, whence)
    }

    fn flush(&self, file: FileId) -> Result<()> {
        self.sync_file(file)
    }

    fn close(&self, file: FileId) -> Result<()> {
        self.close_file(file)
    }

    fn stat(&self, path: &str) -> Result<Stat> {
        let root = Stat { is_dir: true, ..Stat::default() };
        Ok(self.entry(path)?.map_or(root, |(_, entry)| stat_of(&entry)))
    }

    fn open_dir(&self, path: &str) -> Result<DirId> {
        let dir = self.directory(path)?;
        let number = self.state.listings.iter().position(|listing| listing.get().is_none()).ok_or(Errno::EMFILE)?;
        self.state.listings[number].set(Some(dir));
        Ok(DirId(number as u32))
    }

    fn read_dir(&self, dir: DirId, name: &mut [u8]) -> Result<Option<(usize, Stat)>> {
        let listing = self.state.listings.get(dir.0 as usize).ok_or(Errno::EBADF)?;
        let mut dir = listing.get().ok_or(Errno::EBADF)?;
        let entry = self.next_real(&mut dir)?;
        listing.set(Some(dir));
        let Some(entry) = entry else { return Ok(None) };
        let mut bytes = [0; 255];
        let found = self.name(&dir, &entry, &mut bytes)?;
        let length = found.len().min(name.len());
        name[..length].copy_from_slice(&found[..length]);
        Ok(Some((length, stat_of(&entry))))
    }

    fn close_dir(&self, dir: DirId) {
        if let Some(listing) = self.state.listings.get(dir.0 as usize) {
            listing.set(None);
        }
    }

    fn make_dir(&self, path: &str) -> Result<()> {
        let Some((dir, name)) = self.target(path)? else { return Err(Errno::EEXIST) };
        self.mend()?;
        let mut dir = self.fetch(dir.pair)?;
        if self.find(&mut dir, name)?.is_some() {
            return Err(Errno::EEXIST);
        }
        let mut new = self.new_dir(dir.tail)?;
        self.commit(&mut new, &Change::NONE)?;
        dir.tail = new.pair;
        self.append(dir, Entry::new(DIRECTORY, new.pair, name), name).map(|_| ())
    }

    fn remove(&self, path: &str, directory: bool) -> Result<()> {
        self.loaded()?;
        self.mend()?;
        let (dir, entry) = self.entry(path)?.ok_or(Errno::EINVAL)?;
        if entry.is_dir() != directory {
            return Err(if directory { Errno::ENOTDIR } else { Errno::EISDIR });
        }
        if !directory {
            return self.drop_entry(dir, &entry);
        }
        let removed = self.fetch(entry.content)?;
        if !removed.is_empty() {
            return Err(Errno::ENOTEMPTY);
        }
        self.drop_entry(dir, &entry)?;
        self.unlist(&removed)
    }

    fn rename(&self, from: &str, to: &str) -> Result<()> {
        self.loaded()?;
        self.mend()?;
        let (mut old_dir, mut old) = self.entry(from)?.ok_or(Errno::EINVAL)?;
        let Some((mut dir, name)) = self.target(to)? else { return Err(Errno::EINVAL) };
        if old.is_dir() && self.lies_in(to, old.content)? {
            return Err(Errno::EINVAL);
        }
        let over = self.find(&mut dir, name)?;
        let replaced = match over {
            Some(over) if over.is_dir() != old.is_dir() => {
                return Err(if over.is_dir() { Errno::EISDIR } else { Errno::ENOTDIR });
            }
            Some(over) if same(over.content, old.content) && over.offset == old.offset && same(dir.pair, old_dir.pair) => {
                return Ok(());
            }
            Some(over) if over.is_dir() => Some(self.fetch(over.content)?),
            _ => None,
        };
        if replaced.is_some_and(|replaced| !replaced.is_empty()) {
            return Err(Errno::ENOTEMPTY);
        }
        // Marked first, then there under its new name, then gone: whatever comes between, it is in one place.
        old.kind |= MOVED;
        self.update(&mut old_dir, &old)?;
        let mut dir = self.fetch(dir.pair)?;
        let new = Entry::new(old.kind & !MOVED, old.content, name);
        match over {
            Some(over) => {
                self.state
                    .files
                    .iter()
                    .filter(|slot| slot.open.get().is_some_and(|open| same(open.pair, dir.pair) && open.entry == over.offset))
                    .for_each(Slot::clear);
                self.update(&mut dir, &over.become_like(&new))?;
            }
            None => drop(self.append(dir, new, name)?),
        }
        self.drop_entry(self.fetch(old_dir.pair)?, &old)?;
        replaced.map_or(Ok(()), |replaced| self.unlist(&replaced))
    }

    fn space(&self) -> Result<Space> {
        self.loaded()?;
        let mut used = 0_u64;
        self.traverse(&mut |_| used += 1)?;
        let (size, blocks) = (self.block_size(), u64::from(self.device.block_count()));
        Ok(Space { block_size: size, fragment: size, blocks, free: blocks.saturating_sub(used), name_max: 255 })
    }
}

#[cfg(test)]
mod tests;
