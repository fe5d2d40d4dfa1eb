//! FAT: the file system that every computer reads. FAT12, FAT16 and FAT32, with long names.
//!
//! No crate served: `fatfs` lends its files from the volume, so that they cannot lie in a table, and leaves the order of writes
//! open; `embedded-sdmmc` neither writes long names nor formats. The order is what this one is about. On a plain device a cut
//! of power at any moment loses clusters at worst: no file but the one that was written is harmed, and that one has its old content
//! or its new one, except where a program wrote into the middle of it. Over a device that makes all writes before a `sync` true at
//! once (`crate::log`), the file system is whole at every moment: each operation ends with one `sync`.
//!
//! Reading order: `layout` (where things lie), `window` (a sector in memory), `table` (chains of clusters), `name`, `directory`,
//! `file`, `make` (formatting), `time`.

mod directory;
mod file;
mod layout;
mod make;
mod name;
mod table;
mod time;
mod window;

use crate::format::{Clock, Format};
use core::cell::Cell;
use directory::{DIRECTORY, Entry, FILE, Units, Walk};
use file::{FILES, Slot};
use interpreter::vfs::device::Protocol;
use interpreter::vfs::{BlockDevice, DirId, Errno, FileId, FileSystem, OpenMode, Space, Stat, Whence};
use layout::Layout;
use name::Name;
use window::Window;

type Result<T> = core::result::Result<T, Errno>;

/// Listings that may be open at a time.
const LISTINGS: usize = 4;
/// The root directory has no entry that says when it was made.
const ROOT_TIME: u64 = 946_684_800;

/// The state of a file system; `N` is the bytes of its device's sectors, or more.
pub struct Fat<const N: usize> {
    state: State,
    table: Window<[u8; N]>,
    data: Window<[u8; N]>,
}

struct State {
    /// Where things lie; none while nothing is loaded.
    layout: Cell<Option<Layout>>,
    /// Free clusters, once they were counted.
    free: Cell<Option<u32>>,
    /// Whether the volume itself says nothing of free clusters any more.
    count_unknown: Cell<bool>,
    /// Where the search for a free cluster begins.
    hint: Cell<u32>,
    files: [Slot; FILES],
    units: Units,
    /// Open listings: where they are, or at the end.
    listings: [Cell<Option<Option<Walk>>>; LISTINGS],
}

impl<const N: usize> Fat<N> {
    /// Room for a file system, not loaded yet: every operation answers `ENODEV`.
    pub const fn new() -> Fat<N> {
        let state = State {
            layout: Cell::new(None),
            free: Cell::new(None),
            count_unknown: Cell::new(false),
            hint: Cell::new(2),
            files: [const { Slot::new() }; FILES],
            units: [const { Cell::new(0) }; name::LONGEST],
            listings: [const { Cell::new(None) }; LISTINGS],
        };
        Fat { state, table: Window::new(), data: Window::new() }
    }
}

impl<const N: usize> Default for Fat<N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const N: usize> Format for Fat<N> {
    type Bound<'a> = Bound<'a>;
    const PROTOCOL: Protocol = Protocol::Blocks;

    fn bind<'a>(&'static self, device: &'a dyn BlockDevice, clock: Clock<'a>) -> Bound<'a> {
        Bound { state: &self.state, table: &self.table, data: &self.data, device, clock, room: N as u32 }
    }
}

/// A file system and its device, for the time of an action.
pub struct Bound<'a> {
    state: &'static State,
    table: &'static Window<[u8]>,
    data: &'static Window<[u8]>,
    device: &'a dyn BlockDevice,
    /// Nanoseconds since 1970.
    clock: Clock<'a>,
    /// Bytes of a window.
    room: u32,
}

impl Bound<'_> {
    fn layout(&self) -> Result<Layout> {
        self.state.layout.get().ok_or(Errno::ENODEV)
    }

    /// Writes what lies in the windows: content and names first, then which clusters are theirs.
    fn write_windows(&self) -> Result<()> {
        self.data.flush(self.device)?;
        self.table.flush(self.device)
    }

    /// Ends an operation: all that it wrote is true at once.
    fn commit(&self) -> Result<()> {
        self.write_windows()?;
        self.device.sync().map_err(|_| Errno::EIO)
    }

    fn forget(&self) {
        self.state.layout.set(None);
        self.state.free.set(None);
        self.state.count_unknown.set(false);
        self.state.hint.set(2);
        self.state.files.iter().for_each(Slot::clear);
        self.state.listings.iter().for_each(|listing| listing.set(None));
        self.table.forget();
        self.data.forget();
    }

    /// What a path means: a name in the directory that begins with a cluster (0 is the root). The root itself has no name.
    fn target<'p>(&self, path: &'p str) -> Result<Option<(u32, Name<'p>)>> {
        self.layout()?;
        let mut target: Option<(u32, Name)> = None;
        for part in path.split('/').filter(|part| !part.is_empty()) {
            let dir = match target {
                None => 0,
                Some((dir, name)) => {
                    let entry = self.find(dir, &name)?.ok_or(Errno::ENOENT)?;
                    if !entry.is_dir() {
                        return Err(Errno::ENOTDIR);
                    }
                    entry.cluster()
                }
            };
            target = Some((dir, Name::new(part)?));
        }
        Ok(target)
    }

    /// The entry at a path; the root has none.
    fn entry(&self, path: &str) -> Result<Option<Entry>> {
        match self.target(path)? {
            None => Ok(None),
            Some((dir, name)) => self.find(dir, &name)?.ok_or(Errno::ENOENT).map(Some),
        }
    }

    /// The first cluster of the directory at a path; 0 is the root.
    fn directory(&self, path: &str) -> Result<u32> {
        match self.entry(path)? {
            None => Ok(0),
            Some(entry) if entry.is_dir() => Ok(entry.cluster()),
            Some(_) => Err(Errno::ENOTDIR),
        }
    }

    /// Whether the directory `dir` is `above` or lies in it.
    fn lies_in(&self, mut dir: u32, above: u32) -> Result<bool> {
        let mut depth = 0;
        while dir != 0 && depth < 1000 {
            if dir == above {
                return Ok(true);
            }
            dir = self.parent(dir)?;
            depth += 1;
        }
        Ok(false)
    }

    /// Puts what `from` is in the place of the file `over`, which keeps its name. One write decides.
    fn replace(&self, from: &Entry, over: &Entry) -> Result<()> {
        if from.is_dir() || over.is_dir() {
            return Err(if over.is_dir() { Errno::EISDIR } else { Errno::EEXIST });
        }
        if over.is_read_only() {
            return Err(Errno::EACCES);
        }
        self.abandon(over)?;
        self.table.flush(self.device)?;
        let mut raw = over.raw;
        raw[11] = from.raw[11];
        raw[13..].copy_from_slice(&from.raw[13..]);
        self.put_raw(over.place, &raw)?;
        self.data.flush(self.device)?;
        self.delete(from)?;
        self.move_streams(from, over.place);
        self.free_chain(over.cluster())
    }

    /// An entry with what streams have written of its file.
    fn settled(&self, mut entry: Entry) -> Result<Entry> {
        self.slots_of(entry.place).try_for_each(|(slot, _)| self.sync_file(slot))?;
        entry.raw = self.raw_at(entry.place)?;
        Ok(entry)
    }

    fn move_streams(&self, from: &Entry, place: directory::Place) {
        for (slot, open) in self.slots_of(from.place) {
            slot.open.set(Some(file::Open { place, ..open }));
        }
    }
}

impl FileSystem for Bound<'_> {
    fn load(&self) -> Result<()> {
        self.forget();
        let sector = self.device.block_size();
        if !sector.is_power_of_two() || !(512..=self.room).contains(&sector) {
            return Err(Errno::EINVAL);
        }
        let layout = Layout::find(self.device, self.data)?;
        self.table.mirror.set(if layout.tables == 2 { layout.table_length } else { 0 });
        self.state.layout.set(Some(layout));
        Ok(())
    }

    fn format(&self) -> Result<()> {
        self.forget();
        make::make(self.device, self.data, None)?;
        self.load()
    }

    fn attach(&self, make: bool) -> Result<()> {
        match self.layout() {
            Err(_) if make => self.format(),
            layout => layout.map(|_| ()),
        }
    }

    fn unmount(&self) -> Result<()> {
        if self.layout().is_err() {
            return Ok(());
        }
        let synced = self.state.files.iter().try_for_each(|slot| self.sync_file(slot));
        self.state.files.iter().for_each(Slot::clear);
        self.state.listings.iter().for_each(|listing| listing.set(None));
        synced.and(self.commit())
    }

    fn is_writing(&self) -> bool {
        let mut open = self.state.files.iter().filter_map(|slot| slot.open.get());
        self.table.is_changed() || self.data.is_changed() || open.any(|open| open.mode.write)
    }

    fn knows_closed(&self) -> bool {
        true
    }

    fn change_dir(&self, path: &str) -> Result<()> {
        self.directory(path).map(|_| ()).map_err(|errno| if errno == Errno::ENOTDIR { Errno::ENOENT } else { errno })
    }

    fn open(&self, path: &str, mode: OpenMode) -> Result<FileId> {
        let Some((dir, name)) = self.target(path)? else { return Err(Errno::EISDIR) };
        let found = self.find(dir, &name)?;
        match found {
            Some(_) if mode.exclusive => Err(Errno::EEXIST),
            Some(entry) if entry.is_dir() => Err(Errno::EISDIR),
            Some(entry) if mode.write && entry.is_read_only() => Err(Errno::EACCES),
            Some(entry) => {
                let entry = self.settled(entry)?;
                self.open_entry(&entry, mode)
            }
            None if mode.create => {
                if self.state.files.iter().all(|slot| slot.open.get().is_some()) {
                    return Err(Errno::EMFILE);
                }
                self.create(dir, &name, FILE, None)?;
                self.commit()?;
                let entry = self.find(dir, &name)?.ok_or(Errno::EIO)?;
                self.open_entry(&entry, mode)
            }
            None => Err(Errno::ENOENT),
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
        let (slot, _) = self.slot(file)?;
        self.sync_file(slot)?;
        self.commit()
    }

    fn close(&self, file: FileId) -> Result<()> {
        // Closing again is allowed; so is closing what was removed meanwhile.
        let Ok((slot, open)) = self.slot(file) else { return Ok(()) };
        let synced = self.sync_file(slot);
        slot.clear();
        synced?;
        if open.mode.write { self.commit() } else { Ok(()) }
    }

    fn stat(&self, path: &str) -> Result<Stat> {
        let root = Stat { is_dir: true, size: 0, modified: ROOT_TIME, inode: 0 };
        Ok(self.entry(path)?.map_or(root, |entry| entry.stat()))
    }

    fn open_dir(&self, path: &str) -> Result<DirId> {
        let walk = self.walk(self.directory(path)?)?;
        let number = self.state.listings.iter().position(|listing| listing.get().is_none()).ok_or(Errno::EMFILE)?;
        self.state.listings[number].set(Some(Some(walk)));
        Ok(DirId(number as u32))
    }

    fn read_dir(&self, dir: DirId, name: &mut [u8]) -> Result<Option<(usize, Stat)>> {
        let listing = self.state.listings.get(dir.0 as usize).ok_or(Errno::EBADF)?;
        let mut walk = listing.get().ok_or(Errno::EBADF)?;
        loop {
            let entry = self.next_entry(&mut walk)?;
            listing.set(Some(walk));
            match entry {
                None => return Ok(None),
                Some(entry) if entry.is_dots() => {}
                Some(entry) => return Ok(Some((entry.name(&self.state.units, name), entry.stat()))),
            }
        }
    }

    fn close_dir(&self, dir: DirId) {
        if let Some(listing) = self.state.listings.get(dir.0 as usize) {
            listing.set(None);
        }
    }

    fn make_dir(&self, path: &str) -> Result<()> {
        let Some((dir, name)) = self.target(path)? else { return Err(Errno::EEXIST) };
        if self.find(dir, &name)?.is_some() {
            return Err(Errno::EEXIST);
        }
        let cluster = self.allocate(0)?;
        let made = self.fill_directory(cluster, dir).and_then(|()| {
            self.table.flush(self.device)?;
            let mut raw = [0; 32];
            let now = (self.clock)();
            directory::describe(&mut raw, cluster, 0, now);
            directory::born(&mut raw, now);
            self.create(dir, &name, DIRECTORY, Some(&raw))
        });
        if made.is_err() {
            self.free_chain(cluster)?;
        }
        self.commit()?;
        made.map(|_| ())
    }

    fn remove(&self, path: &str, directory: bool) -> Result<()> {
        let entry = self.entry(path)?.ok_or(Errno::EACCES)?;
        if entry.is_dir() != directory {
            return Err(if directory { Errno::ENOTDIR } else { Errno::EISDIR });
        }
        if entry.is_read_only() || directory && !self.is_empty(entry.cluster())? {
            return Err(Errno::EACCES);
        }
        self.abandon(&entry)?;
        self.delete(&entry)?;
        self.free_chain(entry.cluster())?;
        self.commit()
    }

    fn rename(&self, from: &str, to: &str) -> Result<()> {
        let (Some((old_dir, old_name)), Some((dir, name))) = (self.target(from)?, self.target(to)?) else {
            return Err(Errno::EACCES);
        };
        let old = self.find(old_dir, &old_name)?.ok_or(Errno::ENOENT)?;
        if old.is_dir() && self.lies_in(dir, old.cluster())? {
            return Err(Errno::EINVAL);
        }
        let old = self.settled(old)?;
        match self.find(dir, &name)? {
            Some(over) if over.place != old.place => self.replace(&old, &over)?,
            _ => {
                let place = self.create(dir, &name, old.raw[11], Some(&old.raw))?;
                self.data.flush(self.device)?;
                self.table.flush(self.device)?;
                self.delete(&old)?;
                self.move_streams(&old, place);
                if old.is_dir() && dir != old_dir {
                    self.set_parent(old.cluster(), dir)?;
                }
            }
        }
        self.commit()
    }

    fn space(&self) -> Result<Space> {
        let layout = self.layout()?;
        let (block_size, free) = (layout.cluster_bytes(), self.free_clusters()?.into());
        Ok(Space { block_size, fragment: block_size, blocks: layout.clusters.into(), free, name_max: name::LONGEST as u32 })
    }
}

#[cfg(test)]
mod tests;
