//! romfs: files that are read where they lie, in memory that a bytes-like object shows.
//!
//! The reference's format. All numbers are of seven bits a byte, the highest first, all bytes but the last with the top bit set. A
//! record is a kind, a length and a payload:
//!
//! ```text
//!   file system  0x14a6b1  records
//!   padding      1         anything
//!   data         2         a file's bytes
//!   pointer      3         length of a file's bytes, and where they begin in the file system's payload
//!   directory    4         length of the name, name, records
//!   file         5         length of the name, name, records: one of them data or a pointer
//! ```
//! Records of other kinds are passed over; kind 0 is damage. Nothing is believed that leads out of the memory.

use core::cell::Cell;
use core::ops::Range;
use interpreter::object::handle::{Handle, type_word};
use interpreter::object::memoryview::MEMORYVIEW;
use interpreter::object::tuple::Tuple;
use interpreter::object::word::Word;
use interpreter::vfs::{DirId, Errno, FileId, FileSystem, OpenMode, Space, Stat, Volume, Whence};
use interpreter::vm::{Outcome, Vm};

type Result<T> = core::result::Result<T, Errno>;

const DATA: u32 = 2;
const POINTER: u32 = 3;
const DIRECTORY: u32 = 4;
const FILE: u32 = 5;
const FILE_SYSTEM: u32 = 0x14_a6b1;

/// Files that may be open at a time.
const FILES: usize = 16;
/// Listings that may be open at a time.
const LISTINGS: usize = 4;

/// An open file: where its bytes begin, how many there are, and the position.
#[derive(Clone, Copy)]
struct Open {
    start: usize,
    length: usize,
    position: usize,
}

/// The state of a file system.
pub struct Rom {
    files: [Cell<Option<Open>>; FILES],
    /// What is left of each open listing: from, to.
    listings: [Cell<Option<(usize, usize)>>; LISTINGS],
}

impl Rom {
    /// Nothing is open yet.
    pub const fn new() -> Rom {
        Rom { files: [const { Cell::new(None) }; FILES], listings: [const { Cell::new(None) }; LISTINGS] }
    }
}

impl Default for Rom {
    fn default() -> Self {
        Self::new()
    }
}

/// The object whose bytes are the file system, among what `Vm::new_volume` keeps.
fn object(keeps: Word) -> Word {
    Handle::<Tuple>::from(keeps).and_then(|parts| parts.at(0)).expect("kept by the maker of the object")
}

impl Volume for Rom {
    fn with(&'static self, vm: &Vm, keeps: Word, action: &mut dyn FnMut(&dyn FileSystem)) -> Outcome<()> {
        action(&Bound { state: self, memory: vm.buffer(object(keeps), false)?.bytes });
        Ok(())
    }

    fn mapped(&'static self, vm: &Vm, keeps: Word, file: FileId) -> Outcome {
        let Some(open) = self.files.get(file.0 as usize).and_then(Cell::get) else { return Ok(Word::NONE) };
        let view = vm.call(type_word(&MEMORYVIEW), &[object(keeps)])?;
        let range = [open.start, open.start + open.length].map(|at| Word::int(at as isize));
        vm.item(view, vm.new_slice(range[0], range[1], Word::NONE)?)
    }
}

/// A file system and its memory, for the time of an action.
struct Bound<'a> {
    state: &'static Rom,
    memory: &'a [Cell<u8>],
}

/// A record: its kind, and where its payload lies.
struct Record {
    kind: u32,
    payload: Range<usize>,
}

/// What was found at a path.
enum Found {
    File(Range<usize>),
    Directory(Range<usize>),
}

impl Bound<'_> {
    /// Reads a number at `at`, which goes behind it; `None` if it does not end before `end`.
    fn number(&self, at: &mut usize, end: usize) -> Option<u32> {
        let mut value = 0_u32;
        while *at < end {
            let byte = self.memory.get(*at)?.get();
            *at += 1;
            value = value.checked_mul(128)? | u32::from(byte & 0x7f);
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    /// The record at `at`, which goes behind it; `None` at the end, and at damage.
    fn record(&self, at: &mut usize, end: usize) -> Option<Record> {
        let kind = self.number(at, end)?;
        let length = self.number(at, end)? as usize;
        let payload = *at..at.checked_add(length).filter(|after| *after <= end)?;
        *at = payload.end;
        (kind != 0).then_some(Record { kind, payload })
    }

    /// The records of the file system.
    fn root(&self) -> Result<Range<usize>> {
        match self.record(&mut 0, self.memory.len()) {
            Some(record) if record.kind == FILE_SYSTEM => Ok(record.payload),
            _ => Err(Errno::ENODEV),
        }
    }

    /// Where the name in a directory's or file's payload lies; the records follow.
    fn name(&self, payload: &Range<usize>) -> Option<Range<usize>> {
        let mut at = payload.start;
        let length = self.number(&mut at, payload.end)? as usize;
        Some(at..at.checked_add(length).filter(|end| *end <= payload.end)?)
    }

    fn is(&self, name: &Range<usize>, text: &str) -> bool {
        let bytes = &self.memory[name.clone()];
        bytes.len() == text.len() && bytes.iter().zip(text.bytes()).all(|(byte, letter)| byte.get() == letter)
    }

    /// A file's bytes, among its records.
    fn data(&self, records: Range<usize>) -> Option<Range<usize>> {
        let mut at = records.start;
        while let Some(record) = self.record(&mut at, records.end) {
            match record.kind {
                DATA => return Some(record.payload),
                POINTER => {
                    let (root, mut at) = (self.root().ok()?, record.payload.start);
                    let length = self.number(&mut at, record.payload.end)? as usize;
                    let start = root.start.checked_add(self.number(&mut at, record.payload.end)? as usize)?;
                    return Some(start..start.checked_add(length).filter(|end| *end <= root.end)?);
                }
                _ => {}
            }
        }
        None
    }

    /// The next entry of a directory from `at` on, which goes behind it: where its name lies, and what it is.
    fn entry(&self, at: &mut usize, end: usize) -> Option<(Range<usize>, Found)> {
        while let Some(record) = self.record(at, end) {
            if !matches!(record.kind, DIRECTORY | FILE) {
                continue;
            }
            let name = self.name(&record.payload)?;
            let records = name.end..record.payload.end;
            return match record.kind {
                DIRECTORY => Some((name, Found::Directory(records))),
                _ => self.data(records).map(|data| (name, Found::File(data))),
            };
        }
        None
    }

    fn find(&self, path: &str) -> Result<Found> {
        let mut found = Found::Directory(self.root()?);
        for part in path.split('/').filter(|part| !part.is_empty()) {
            let Found::Directory(records) = found else { return Err(Errno::ENOENT) };
            let mut at = records.start;
            found = loop {
                let (name, entry) = self.entry(&mut at, records.end).ok_or(Errno::ENOENT)?;
                if self.is(&name, part) {
                    break entry;
                }
            };
        }
        Ok(found)
    }

    fn file(&self, file: FileId) -> Result<(&'static Cell<Option<Open>>, Open)> {
        let slot = self.state.files.get(file.0 as usize).ok_or(Errno::EBADF)?;
        slot.get().map(|open| (slot, open)).ok_or(Errno::EBADF)
    }
}

fn stat_of(found: &Found) -> Stat {
    let (is_dir, size) = match found {
        Found::File(data) => (false, data.len()),
        Found::Directory(records) => (true, records.len()),
    };
    Stat { is_dir, size: size as u64, ..Stat::default() }
}

impl FileSystem for Bound<'_> {
    fn load(&self) -> Result<()> {
        self.root().map(|_| ())
    }

    fn attach(&self, make: bool) -> Result<()> {
        if make { Err(Errno::EPERM) } else { Ok(()) }
    }

    /// A file that is read where it lies is nothing to wait for.
    fn poll(&self, _: FileId, _: usize) -> Result<usize> {
        Err(Errno::EINVAL)
    }

    fn change_dir(&self, path: &str) -> Result<()> {
        if path.trim_matches('/').is_empty() { Ok(()) } else { Err(Errno::EOPNOTSUPP) }
    }

    fn open(&self, path: &str, mode: OpenMode) -> Result<FileId> {
        if mode.write {
            return Err(Errno::EROFS);
        }
        let Found::File(data) = self.find(path)? else { return Err(Errno::EISDIR) };
        let number = self.state.files.iter().position(|slot| slot.get().is_none()).ok_or(Errno::EMFILE)?;
        self.state.files[number].set(Some(Open { start: data.start, length: data.len(), position: 0 }));
        Ok(FileId(number as u32))
    }

    fn read(&self, file: FileId, buffer: &mut [u8]) -> Result<usize> {
        let (slot, open) = self.file(file)?;
        let rest = self.memory.get(open.start + open.position..open.start + open.length).ok_or(Errno::EIO)?;
        let count = rest.len().min(buffer.len());
        buffer.iter_mut().zip(rest).for_each(|(to, from)| *to = from.get());
        slot.set(Some(Open { position: open.position + count, ..open }));
        Ok(count)
    }

    fn write(&self, _: FileId, _: &[u8]) -> Result<usize> {
        Err(Errno::EROFS)
    }

    fn seek(&self, file: FileId, offset: i64, whence: Whence) -> Result<u64> {
        let (slot, open) = self.file(file)?;
        let base = match whence {
            Whence::Start => 0,
            Whence::Current => open.position,
            Whence::End => open.length,
        };
        let to = (base as i64).checked_add(offset).and_then(|to| usize::try_from(to).ok()).ok_or(Errno::EINVAL)?;
        let position = to.min(open.length);
        slot.set(Some(Open { position, ..open }));
        Ok(position as u64)
    }

    fn flush(&self, file: FileId) -> Result<()> {
        self.file(file).map(|_| ())
    }

    fn close(&self, file: FileId) -> Result<()> {
        self.file(file)?.0.set(None);
        Ok(())
    }

    fn stat(&self, path: &str) -> Result<Stat> {
        Ok(stat_of(&self.find(path)?))
    }

    fn open_dir(&self, path: &str) -> Result<DirId> {
        let Found::Directory(records) = self.find(path)? else { return Err(Errno::ENOENT) };
        let number = self.state.listings.iter().position(|slot| slot.get().is_none()).ok_or(Errno::EMFILE)?;
        self.state.listings[number].set(Some((records.start, records.end)));
        Ok(DirId(number as u32))
    }

    fn read_dir(&self, dir: DirId, to: &mut [u8]) -> Result<Option<(usize, Stat)>> {
        let listing = self.state.listings.get(dir.0 as usize).ok_or(Errno::EBADF)?;
        let (mut at, end) = listing.get().ok_or(Errno::EBADF)?;
        let entry = self.entry(&mut at, end);
        listing.set(Some((at, end)));
        let Some((name, found)) = entry else { return Ok(None) };
        let name = &self.memory[name];
        let length = name.len().min(to.len());
        to.iter_mut().zip(name).for_each(|(to, from)| *to = from.get());
        Ok(Some((length, stat_of(&found))))
    }

    fn close_dir(&self, dir: DirId) {
        if let Some(listing) = self.state.listings.get(dir.0 as usize) {
            listing.set(None);
        }
    }

    fn make_dir(&self, _: &str) -> Result<()> {
        Err(Errno::EROFS)
    }

    fn remove(&self, _: &str, _: bool) -> Result<()> {
        Err(Errno::EROFS)
    }

    fn rename(&self, _: &str, _: &str) -> Result<()> {
        Err(Errno::EROFS)
    }

    fn space(&self) -> Result<Space> {
        Ok(Space { block_size: 1, fragment: 0, blocks: self.root()?.len() as u64, free: 0, name_max: 32767 })
    }
}
