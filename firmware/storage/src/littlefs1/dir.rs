//! Directories: pairs of blocks that are written in turn, and the list that all of them form.
//!
//! ```text
//!   [revision][size, top bit: goes on in the next][next pair] entries … [sum]
//!   entry: [kind][bytes of content][bytes of attributes][bytes of the name] content, attributes, name
//! ```
//! The block with the higher revision whose sum is right is what counts. A directory that outgrows a block goes on in the next
//! pair of the list; otherwise the next pair is just any other directory, so that all blocks in use can be found.

use super::blocks::crc;
use super::{Bound, NULL, Pair, Result};
use interpreter::vfs::Errno;

/// Bytes before the entries, and of the sum behind them.
const HEAD: u32 = 16;
const SUM: u32 = 4;
/// The bit of a size that says that the directory goes on.
pub const MORE: u32 = 1 << 31;

/// Kinds of entries.
pub const FILE: u8 = 0x11;
pub const DIRECTORY: u8 = 0x22;
pub const SUPERBLOCK: u8 = 0x2e;
/// The bit of a kind that says that the entry is being moved elsewhere.
pub const MOVED: u8 = 0x80;

/// A block of a directory, and a position in it.
#[derive(Clone, Copy)]
pub struct Dir {
    /// The block that counts comes first.
    pub pair: Pair,
    revision: u32,
    pub size: u32,
    pub tail: Pair,
    pub offset: u32,
}

/// An entry.
#[derive(Clone, Copy)]
pub struct Entry {
    pub offset: u32,
    pub kind: u8,
    content_length: u8,
    attributes: u8,
    pub name_length: u8,
    /// The last block and the size of a file; the pair of a directory.
    pub content: [u32; 2],
}

impl Dir {
    fn end(&self) -> u32 {
        (self.size & !MORE) - SUM
    }

    pub fn is_empty(&self) -> bool {
        self.size == HEAD + SUM
    }
}

impl Entry {
    pub fn new(kind: u8, content: [u32; 2], name: &str) -> Entry {
        Entry { offset: 0, kind, content_length: 8, attributes: 0, name_length: name.len() as u8, content }
    }

    /// The entry, with another one's content.
    pub fn become_like(self, other: &Entry) -> Entry {
        Entry { kind: other.kind, content: other.content, ..self }
    }

    pub fn is_file(&self) -> bool {
        self.kind & !MOVED == FILE
    }

    pub fn is_dir(&self) -> bool {
        self.kind & !MOVED == DIRECTORY
    }

    fn size(&self) -> u32 {
        4 + u32::from(self.content_length) + u32::from(self.attributes) + u32::from(self.name_length)
    }

    fn name_offset(&self) -> u32 {
        self.offset + self.size() - u32::from(self.name_length)
    }

    /// Kind, lengths and content of a file's or directory's entry.
    fn bytes(&self) -> [u8; 12] {
        let mut bytes = [0; 12];
        bytes[..4].copy_from_slice(&[self.kind, self.content_length, self.attributes, self.name_length]);
        bytes[4..8].copy_from_slice(&self.content[0].to_le_bytes());
        bytes[8..].copy_from_slice(&self.content[1].to_le_bytes());
        bytes
    }
}

/// A change of a directory's block: what `removed` bytes at `at` become.
pub struct Change<'c> {
    at: u32,
    removed: u32,
    inserted: [&'c [u8]; 2],
}

impl Change<'_> {
    pub const NONE: Change<'static> = Change { at: HEAD, removed: 0, inserted: [&[], &[]] };
}

pub fn same(a: Pair, b: Pair) -> bool {
    a == b || a == [b[1], b[0]]
}

impl Bound<'_> {
    /// Reads a pair: the block that counts.
    pub(super) fn fetch(&self, pair: Pair) -> Result<Dir> {
        let mut found: Option<Dir> = None;
        for pair in [pair, [pair[1], pair[0]]] {
            let [revision, size, first, second] = self.read_words(pair[0], 0)?;
            let newer = found.is_none_or(|found| (revision.wrapping_sub(found.revision) as i32) > 0);
            if newer && self.is_sound(pair[0], size & !MORE)? {
                found = Some(Dir { pair, revision, size, tail: [first, second], offset: HEAD });
            }
        }
        found.ok_or(Errno::EIO)
    }

    fn is_sound(&self, block: u32, size: u32) -> Result<bool> {
        if !(HEAD + SUM..=self.block_size()).contains(&size) {
            return Ok(false);
        }
        let (mut sum, mut part, mut at) = (u32::MAX, [0; 32], 0);
        while at < size {
            let part = &mut part[..(size - at).min(32) as usize];
            self.read_bytes(block, at, part)?;
            sum = crc(sum, part);
            at += part.len() as u32;
        }
        Ok(sum == 0)
    }

    /// Two free blocks for a directory that is not written yet, which comes before `tail` in the list.
    pub(super) fn new_dir(&self, tail: Pair) -> Result<Dir> {
        let pair = [self.allocate()?, self.allocate()?];
        // The first one is written first. Whatever revision lies in the other, that of the first is higher.
        let [revision] = self.read_words(pair[1], 0)?;
        Ok(Dir { pair: [pair[1], pair[0]], revision, size: HEAD + SUM, tail, offset: HEAD })
    }

    /// Writes the other block of a directory, with a change. Size and list are the caller's to set before.
    pub(super) fn commit(&self, dir: &mut Dir, change: &Change) -> Result<()> {
        let (old, old_end) = (dir.pair[0], dir.end());
        let inserted: usize = change.inserted.iter().map(|part| part.len()).sum();
        dir.size = dir.size + inserted as u32 - change.removed;
        dir.revision = dir.revision.wrapping_add(1);
        dir.pair.swap(0, 1);
        let mut writer = self.begin(dir.pair[0], 0)?;
        let mut sum = u32::MAX;
        for word in [dir.revision, dir.size, dir.tail[0], dir.tail[1]] {
            self.put(&mut writer, &word.to_le_bytes())?;
            sum = crc(sum, &word.to_le_bytes());
        }
        sum = self.copy(&mut writer, old, HEAD, change.at, sum)?;
        for part in change.inserted {
            self.put(&mut writer, part)?;
            sum = crc(sum, part);
        }
        sum = self.copy(&mut writer, old, change.at + change.removed, old_end, sum)?;
        self.put(&mut writer, &sum.to_le_bytes())?;
        self.end(&mut writer)?;
        self.device.sync()
    }

    /// Writes an entry anew, where it is.
    pub(super) fn update(&self, dir: &mut Dir, entry: &Entry) -> Result<()> {
        let bytes = entry.bytes();
        self.commit(dir, &Change { at: entry.offset, removed: bytes.len() as u32, inserted: [&bytes, &[]] })
    }

    /// Adds an entry to a directory; answers where it is.
    pub(super) fn append(&self, mut dir: Dir, mut entry: Entry, name: &str) -> Result<(Dir, Entry)> {
        if HEAD + SUM + entry.size() > self.block_size() {
            return Err(Errno::ENAMETOOLONG);
        }
        loop {
            entry.offset = dir.end();
            let bytes = entry.bytes();
            let change = Change { at: entry.offset, removed: 0, inserted: [&bytes, name.as_bytes()] };
            if entry.offset + SUM + entry.size() <= self.block_size() {
                self.commit(&mut dir, &change)?;
                return Ok((dir, entry));
            }
            if dir.size & MORE != 0 {
                dir = self.fetch(dir.tail)?;
                continue;
            }
            let mut next = self.new_dir(dir.tail)?;
            entry.offset = next.end();
            self.commit(&mut next, &Change { at: entry.offset, ..change })?;
            dir.size |= MORE;
            dir.tail = next.pair;
            self.commit(&mut dir, &Change::NONE)?;
            return Ok((next, entry));
        }
    }

    /// Removes an entry; a block that it leaves empty leaves its directory.
    pub(super) fn drop_entry(&self, mut dir: Dir, entry: &Entry) -> Result<()> {
        let before = if dir.end() == HEAD + entry.size() { self.before(dir.pair)? } else { None };
        match before.filter(|before| before.size & MORE != 0) {
            Some(mut before) => {
                before.size &= dir.size | !MORE;
                before.tail = dir.tail;
                self.commit(&mut before, &Change::NONE)?;
            }
            None => self.commit(&mut dir, &Change { at: entry.offset, removed: entry.size(), inserted: [&[], &[]] })?,
        }
        self.moved_up(dir.pair, entry.offset, entry.size());
        Ok(())
    }

    /// Open files and listings of a directory keep their places when an entry goes.
    fn moved_up(&self, pair: Pair, offset: u32, size: u32) {
        for slot in &self.state.files {
            let Some(mut open) = slot.open.get().filter(|open| same(open.pair, pair)) else { continue };
            if open.entry == offset {
                slot.clear();
                continue;
            }
            open.entry -= if open.entry > offset { size } else { 0 };
            slot.open.set(Some(open));
        }
        for listing in &self.state.listings {
            if let Some(mut dir) = listing.get().filter(|dir| same(dir.pair, pair) && dir.offset > offset) {
                dir.offset -= size;
                listing.set(Some(dir));
            }
        }
    }

    /// The next entry of this block.
    pub(super) fn next_here(&self, dir: &mut Dir) -> Result<Option<Entry>> {
        if dir.offset + 4 > dir.end() {
            return Ok(None);
        }
        let mut head = [0; 4];
        self.read_bytes(dir.pair[0], dir.offset, &mut head)?;
        let [kind, content_length, attributes, name_length] = head;
        let content = if content_length >= 8 { self.read_words(dir.pair[0], dir.offset + 4)? } else { NULL };
        let entry = Entry { offset: dir.offset, kind, content_length, attributes, name_length, content };
        dir.offset += entry.size();
        if dir.offset > dir.end() { Err(Errno::EIO) } else { Ok(Some(entry)) }
    }

    /// The next entry of a directory, which goes on to its next block where it must.
    pub(super) fn next_entry(&self, dir: &mut Dir) -> Result<Option<Entry>> {
        for _ in 0..=self.device.block_count() {
            if let Some(entry) = self.next_here(dir)? {
                return Ok(Some(entry));
            }
            if dir.size & MORE == 0 {
                return Ok(None);
            }
            let state = self.fetch(dir.tail)?;
            *dir = state;
        }
        Err(Errno::EIO)
    }

    /// The next file or directory. One that was being moved is here only if it is nowhere else.
    pub(super) fn next_real(&self, dir: &mut Dir) -> Result<Option<Entry>> {
        while let Some(mut entry) = self.next_entry(dir)? {
            if !entry.is_file() && !entry.is_dir() || entry.kind & MOVED != 0 && self.is_elsewhere(&entry)? {
                continue;
            }
            entry.kind &= !MOVED;
            return Ok(Some(entry));
        }
        Ok(None)
    }

    pub(super) fn name<'n>(&self, dir: &Dir, entry: &Entry, to: &'n mut [u8; 255]) -> Result<&'n [u8]> {
        let name = &mut to[..usize::from(entry.name_length)];
        self.read_bytes(dir.pair[0], entry.name_offset(), name)?;
        Ok(name)
    }

    /// Finds a name; `dir` is where it is, or the last block of the directory.
    pub(super) fn find(&self, dir: &mut Dir, name: &str) -> Result<Option<Entry>> {
        let mut bytes = [0; 255];
        while let Some(entry) = self.next_real(dir)? {
            if self.name(dir, &entry, &mut bytes)? == name.as_bytes() {
                return Ok(Some(entry));
            }
        }
        Ok(None)
    }

    /// Every block of every directory, in the order of the list, until `action` answers something.
    fn each_dir<T>(&self, mut action: impl FnMut(Dir) -> Result<Option<T>>) -> Result<Option<T>> {
        let mut dir = self.fetch([0, 1])?;
        for _ in 0..=self.device.block_count() {
            if let Some(found) = action(dir)? {
                return Ok(Some(found));
            }
            if dir.tail == NULL {
                return Ok(None);
            }
            dir = self.fetch(dir.tail)?;
        }
        Err(Errno::EIO)
    }

    /// The block that comes before a pair in the list.
    pub(super) fn before(&self, pair: Pair) -> Result<Option<Dir>> {
        self.each_dir(|dir| Ok(same(dir.tail, pair).then_some(dir)))
    }

    /// The content of the entry that a directory has.
    fn parent_entry(&self, pair: Pair) -> Result<Option<Entry>> {
        self.each_dir(|mut dir| {
            while let Some(entry) = self.next_here(&mut dir)? {
                if entry.is_dir() && same(entry.content, pair) {
                    return Ok(Some(entry));
                }
            }
            Ok(None)
        })
    }

    /// Whether an entry that is marked as moved has arrived.
    fn is_elsewhere(&self, moved: &Entry) -> Result<bool> {
        let found = self.each_dir(|mut dir| {
            while let Some(entry) = self.next_here(&mut dir)? {
                if entry.kind == moved.kind & !MOVED && entry.content == moved.content {
                    return Ok(Some(()));
                }
            }
            Ok(None)
        })?;
        Ok(found.is_some())
    }

    /// Takes a directory that is removed out of the list.
    pub(super) fn unlist(&self, dir: &Dir) -> Result<()> {
        let mut before = self.before(dir.pair)?.ok_or(Errno::EIO)?;
        before.tail = dir.tail;
        self.commit(&mut before, &Change::NONE)
    }

    /// Ends what was cut off: directories that nobody has leave the list, moves are done or undone. Once, before the first write.
    pub(super) fn mend(&self) -> Result<()> {
        self.acknowledge();
        if self.state.mended.replace(true) {
            return Ok(());
        }
        let mended = self.mend_all();
        self.state.mended.set(mended.is_ok());
        mended
    }

    fn mend_all(&self) -> Result<()> {
        let mut before = self.fetch([0, 1])?;
        for _ in 0..=self.device.block_count() {
            if before.tail == NULL {
                return Ok(());
            }
            let mut dir = self.fetch(before.tail)?;
            let is_head = before.size & MORE == 0 && !same(before.tail, self.state.root.get());
            if is_head && self.parent_entry(before.tail)?.is_none() {
                before.tail = dir.tail;
                self.commit(&mut before, &Change::NONE)?;
                continue;
            }
            while let Some(mut entry) = self.next_here(&mut dir)? {
                if entry.kind & MOVED == 0 {
                    continue;
                }
                if self.is_elsewhere(&entry)? {
                    self.drop_entry(dir, &entry)?;
                } else {
                    entry.kind &= !MOVED;
                    self.update(&mut dir, &entry)?;
                }
                dir = self.fetch(dir.pair)?;
            }
            before = dir;
        }
        Err(Errno::EIO)
    }

    /// Writes the superblock: both blocks of the first pair.
    pub(super) fn write_superblock(&self, dir: &mut Dir, root: Pair) -> Result<()> {
        let mut bytes = [0; 24];
        bytes[..4].copy_from_slice(&[SUPERBLOCK, 20, 0, 8]);
        let words = [root[0], root[1], self.block_size(), self.device.block_count(), super::VERSION];
        bytes[4..].chunks_exact_mut(4).zip(words).for_each(|(to, word)| to.copy_from_slice(&word.to_le_bytes()));
        let change = Change { at: HEAD, removed: 0, inserted: [&bytes, b"littlefs"] };
        self.commit(dir, &change)?;
        self.commit(dir, &Change::NONE)
    }
}
