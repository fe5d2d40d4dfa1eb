//! Directories: entries of 32 bytes, and names that run over several of them.
//!
//! ```text
//!   [part 2 of the long name][part 1][the short name, attributes, times, first cluster, size]
//! ```
//! The short entry makes a file be there: it is written last and removed first. What lies before it without it is nothing.

use super::name::{self, LONGEST, Name, PART};
use super::table::Next;
use super::{Bound, Result, time};
use core::cell::Cell;
use interpreter::vfs::{Errno, Stat};

/// Bytes of an entry.
const SIZE: u32 = 32;
/// Most bytes of a directory.
const LARGEST: u32 = 65_536 * SIZE;

/// Attributes of an entry.
pub const READ_ONLY: u8 = 0x01;
pub const LABEL: u8 = 0x08;
pub const DIRECTORY: u8 = 0x10;
pub const FILE: u8 = 0x20;
const LONG: u8 = 0x0f;

/// First bytes of entries that are none.
const FREE: u8 = 0xe5;
const END: u8 = 0;

/// Where an entry lies: the sector, and the byte in it.
pub type Place = (u32, u32);

/// A position in a directory.
#[derive(Clone, Copy)]
pub struct Walk {
    /// The cluster; 0 in a root directory that is no chain.
    cluster: u32,
    /// The sector within the cluster, or within that root directory.
    index: u32,
    offset: u32,
    /// Bytes before it in the directory.
    before: u32,
}

/// An entry that was found. Its name lies in the file system's state until the next one is read: it would fill the machine stack of a chip.
pub struct Entry {
    /// The short entry.
    pub raw: [u8; SIZE as usize],
    /// Where that lies.
    pub place: Place,
    /// Where the first of its entries lies, and how many there are.
    start: Walk,
    count: u32,
    /// Units of its name.
    length: usize,
}

/// The name of the entry that was read last.
pub type Units = [Cell<u16>; LONGEST];

/// What was seen of a long name: parts come last first.
struct Long {
    start: Walk,
    count: u32,
    /// The part that must come next; 0: the short entry.
    missing: u8,
    sum: u8,
    length: usize,
}

impl Entry {
    pub fn is_dir(&self) -> bool {
        self.raw[11] & DIRECTORY != 0
    }

    pub fn is_read_only(&self) -> bool {
        self.raw[11] & READ_ONLY != 0
    }

    /// The first cluster; 0 is none.
    pub fn cluster(&self) -> u32 {
        let half = |at| u32::from(u16::from_le_bytes([self.raw[at], self.raw[at + 1]]));
        half(20) << 16 | half(26)
    }

    pub fn size(&self) -> u32 {
        u32::from_le_bytes([self.raw[28], self.raw[29], self.raw[30], self.raw[31]])
    }

    pub fn stat(&self) -> Stat {
        let half = |at| u16::from_le_bytes([self.raw[at], self.raw[at + 1]]);
        let size = if self.is_dir() { 0 } else { self.size().into() };
        Stat { is_dir: self.is_dir(), size, modified: time::decode(half(22), half(24)), inode: 0 }
    }

    /// Whether it is `.` or `..`.
    pub fn is_dots(&self) -> bool {
        self.raw[0] == b'.'
    }

    /// The name in UTF-8, cut to whole characters; answers its length. It must be the entry that was read last.
    pub fn name(&self, units: &Units, to: &mut [u8]) -> usize {
        let mut length = 0;
        for character in char::decode_utf16(units[..self.length].iter().map(Cell::get)) {
            let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
            let Some(place) = to.get_mut(length..length + character.len_utf8()) else { break };
            character.encode_utf8(place);
            length += character.len_utf8();
        }
        length
    }

    fn is(&self, units: &Units, name: &Name) -> bool {
        name.is(&units[..self.length]) || name.fits && name.short == self.raw[..11]
    }
}

/// An entry that begins with these bytes.
fn raw(short: &[u8; 11], attributes: u8, case: u8) -> [u8; SIZE as usize] {
    let mut raw = [0; SIZE as usize];
    raw[..11].copy_from_slice(short);
    (raw[11], raw[12]) = (attributes, case);
    raw
}

/// Puts a first cluster, a size and a time of change into a short entry.
pub fn describe(raw: &mut [u8; SIZE as usize], cluster: u32, size: u32, now: u64) {
    let (time, date) = time::encode(now / 1_000_000_000);
    raw[20..22].copy_from_slice(&((cluster >> 16) as u16).to_le_bytes());
    raw[26..28].copy_from_slice(&(cluster as u16).to_le_bytes());
    raw[28..32].copy_from_slice(&size.to_le_bytes());
    raw[18..20].copy_from_slice(&date.to_le_bytes());
    raw[22..24].copy_from_slice(&time.to_le_bytes());
    raw[24..26].copy_from_slice(&date.to_le_bytes());
}

/// Notes in a short entry that it is made now.
pub fn born(raw: &mut [u8; SIZE as usize], now: u64) {
    let (time, date) = time::encode(now / 1_000_000_000);
    raw[14..16].copy_from_slice(&time.to_le_bytes());
    raw[16..18].copy_from_slice(&date.to_le_bytes());
}

/// Where the 13 units of a part lie in its entry.
fn unit_places() -> impl Iterator<Item = usize> {
    (1..11).step_by(2).chain((14..26).step_by(2)).chain((28..32).step_by(2))
}

impl Bound<'_> {
    /// The beginning of the directory whose first cluster is `dir`; 0 is the root.
    pub(super) fn walk(&self, dir: u32) -> Result<Walk> {
        let layout = self.layout()?;
        let cluster = match dir {
            0 if layout.root_length > 0 => 0,
            0 => layout.root,
            dir if layout.has(dir) => dir,
            _ => return Err(Errno::EIO),
        };
        Ok(Walk { cluster, index: 0, offset: 0, before: 0 })
    }

    pub(super) fn place(&self, walk: &Walk) -> Result<Place> {
        let layout = self.layout()?;
        let first = if walk.cluster == 0 { layout.root } else { layout.sector_of(walk.cluster) };
        Ok((first + walk.index, walk.offset))
    }

    /// Goes on to the next entry; `false` at the end of the directory.
    pub(super) fn step(&self, walk: &mut Walk) -> Result<bool> {
        let layout = self.layout()?;
        let mut next = Walk { offset: walk.offset + SIZE, before: walk.before + SIZE, ..*walk };
        if next.before >= LARGEST {
            return Ok(false);
        }
        if next.offset == layout.sector {
            (next.offset, next.index) = (0, walk.index + 1);
            let sectors = if walk.cluster == 0 { layout.root_length } else { layout.cluster };
            if next.index == sectors {
                let Next::Cluster(cluster) = (if walk.cluster == 0 { Next::End } else { self.next(walk.cluster)? }) else {
                    return Ok(false);
                };
                (next.cluster, next.index) = (cluster, 0);
            }
        }
        *walk = next;
        Ok(true)
    }

    pub(super) fn raw_at(&self, place: Place) -> Result<[u8; SIZE as usize]> {
        let mut raw = [0; SIZE as usize];
        self.data.get(self.device, place.0, place.1 as usize, &mut raw)?;
        Ok(raw)
    }

    pub(super) fn put_raw(&self, place: Place, raw: &[u8]) -> Result<()> {
        self.data.put(self.device, place.0, place.1 as usize, raw)
    }

    /// The next entry from `walk` on, which goes behind it (`None`: at the end).
    pub(super) fn next_entry(&self, walk: &mut Option<Walk>) -> Result<Option<Entry>> {
        let (units, mut long) = (&self.state.units, None);
        while let Some(mut here) = *walk {
            let place = self.place(&here)?;
            let raw = self.raw_at(place)?;
            let at = here;
            *walk = if raw[0] != END && self.step(&mut here)? { Some(here) } else { None };
            match (raw[0], raw[11]) {
                (END, _) => return Ok(None),
                (FREE, _) => long = None,
                (_, LONG) => long = long_part(&raw, at, long, units),
                (_, attributes) if attributes & LABEL != 0 => long = None,
                _ => return Ok(Some(entry(raw, (place, at), long, units))),
            }
        }
        Ok(None)
    }

    /// The entry of this name in a directory.
    pub(super) fn find(&self, dir: u32, name: &Name) -> Result<Option<Entry>> {
        let mut walk = Some(self.walk(dir)?);
        while let Some(entry) = self.next_entry(&mut walk)? {
            if entry.is(&self.state.units, name) {
                return Ok(Some(entry));
            }
        }
        Ok(None)
    }

    fn has_short(&self, dir: u32, short: &[u8; 11]) -> Result<bool> {
        let mut walk = Some(self.walk(dir)?);
        while let Some(entry) = self.next_entry(&mut walk)? {
            if entry.raw[..11] == *short {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Makes an entry; what `from` was, under another name, or a new one. Answers where the short entry lies.
    pub(super) fn create(&self, dir: u32, name: &Name, attributes: u8, from: Option<&[u8; SIZE as usize]>) -> Result<Place> {
        let mut short = name.short;
        if !name.fits {
            let free = (0..1000).map(|try_| name.numbered(try_)).find_map(|short| match self.has_short(dir, &short) {
                Ok(true) => None,
                Ok(false) => Some(Ok(short)),
                Err(errno) => Some(Err(errno)),
            });
            short = free.ok_or(Errno::ENOSPC)??;
        }
        let mut new = raw(&short, attributes, name.case);
        match from {
            None => {
                let now = (self.clock)();
                describe(&mut new, 0, 0, now);
                born(&mut new, now);
            }
            Some(from) => new[13..].copy_from_slice(&from[13..]),
        }
        let mut walk = self.room(dir, name.entries())?;
        for part in (1..name.entries() as u8).rev() {
            self.put_raw(self.place(&walk)?, &long_raw(name, part, name::sum(&short)))?;
            self.step(&mut walk)?;
        }
        let place = self.place(&walk)?;
        self.put_raw(place, &new)?;
        Ok(place)
    }

    /// Finds room for `count` entries one after the other; the directory grows where there is none.
    fn room(&self, dir: u32, count: u32) -> Result<Walk> {
        let mut walk = self.walk(dir)?;
        let (mut first, mut run, mut ended) = (walk, 0, false);
        loop {
            let place = self.place(&walk)?;
            let mark = self.raw_at(place)?[0];
            if ended && mark != END {
                // Behind the end there may be anything, which must not come to light.
                self.put_raw(place, &[END])?;
            }
            ended |= mark == END;
            if ended || mark == FREE {
                first = if run == 0 { walk } else { first };
                run += 1;
            } else {
                run = 0;
            }
            // One more than is needed is looked at where the end moves.
            if run > count || run == count && !ended {
                return Ok(first);
            }
            if !self.step(&mut walk)? {
                if run == count {
                    return Ok(first);
                }
                self.grow(walk)?;
                if !self.step(&mut walk)? {
                    return Err(Errno::ENOSPC);
                }
            }
        }
    }

    /// Adds a cluster of free entries to the directory whose last entry is at `walk`.
    fn grow(&self, walk: Walk) -> Result<()> {
        if walk.cluster == 0 || walk.before + SIZE >= LARGEST {
            return Err(Errno::ENOSPC);
        }
        let cluster = self.allocate(0)?;
        self.clear(cluster)?;
        self.table.flush(self.device)?;
        self.link(walk.cluster, cluster)
    }

    /// Makes a cluster all zeros.
    pub(super) fn clear(&self, cluster: u32) -> Result<()> {
        let layout = self.layout()?;
        let first = layout.sector_of(cluster);
        (first..first + layout.cluster).try_for_each(|sector| self.data.clear(self.device, sector))?;
        self.data.flush(self.device)
    }

    /// Removes an entry. The clusters are still taken.
    pub(super) fn delete(&self, entry: &Entry) -> Result<()> {
        self.put_raw(entry.place, &[FREE])?;
        let mut walk = entry.start;
        for _ in 1..entry.count {
            self.put_raw(self.place(&walk)?, &[FREE])?;
            self.step(&mut walk)?;
        }
        self.data.flush(self.device)
    }

    /// Whether a directory holds nothing.
    pub(super) fn is_empty(&self, dir: u32) -> Result<bool> {
        let mut walk = Some(self.walk(dir)?);
        while let Some(entry) = self.next_entry(&mut walk)? {
            if !entry.is_dots() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Fills the first cluster of a directory: `.` and `..`.
    pub(super) fn fill_directory(&self, cluster: u32, parent: u32) -> Result<()> {
        self.clear(cluster)?;
        let first = self.place(&self.walk(cluster)?)?;
        for (offset, name, target) in [(0, b".          ", cluster), (SIZE, b"..         ", parent)] {
            let mut dots = raw(name, DIRECTORY, 0);
            let now = (self.clock)();
            describe(&mut dots, target, 0, now);
            born(&mut dots, now);
            self.put_raw((first.0, offset), &dots)?;
        }
        self.data.flush(self.device)
    }

    /// The directory above; 0 is the root.
    pub(super) fn parent(&self, dir: u32) -> Result<u32> {
        let (sector, _) = self.place(&self.walk(dir)?)?;
        let raw = self.raw_at((sector, SIZE))?;
        let half = |at: usize| u32::from(u16::from_le_bytes([raw[at], raw[at + 1]]));
        if &raw[..2] == b".." { Ok(half(20) << 16 | half(26)) } else { Err(Errno::EIO) }
    }

    /// Tells a directory which one is above it now.
    pub(super) fn set_parent(&self, dir: u32, parent: u32) -> Result<()> {
        let (sector, _) = self.place(&self.walk(dir)?)?;
        let mut raw = self.raw_at((sector, SIZE))?;
        raw[20..22].copy_from_slice(&((parent >> 16) as u16).to_le_bytes());
        raw[26..28].copy_from_slice(&(parent as u16).to_le_bytes());
        self.put_raw((sector, SIZE), &raw)
    }
}

/// Takes a part of a long name, if it is the one that must come.
fn long_part(raw: &[u8; 32], at: Walk, long: Option<Long>, units: &Units) -> Option<Long> {
    let (number, is_last) = (raw[0] & 0x3f, raw[0] & 0x40 != 0);
    let mut long = match long {
        _ if is_last => Long { start: at, count: 0, missing: number, sum: raw[13], length: usize::from(number) * PART },
        Some(long) => long,
        None => return None,
    };
    if number == 0 || number != long.missing || long.sum != raw[13] || usize::from(number) > LONGEST.div_ceil(PART) {
        return None;
    }
    for (index, place) in unit_places().enumerate() {
        let (at, unit) = ((usize::from(number) - 1) * PART + index, u16::from_le_bytes([raw[place], raw[place + 1]]));
        if unit == 0 || at >= LONGEST {
            long.length = long.length.min(at);
        } else {
            units[at].set(unit);
        }
    }
    long.missing -= 1;
    long.count += 1;
    Some(long)
}

/// The entry whose short one was just read.
fn entry(raw: [u8; 32], (place, at): (Place, Walk), long: Option<Long>, units: &Units) -> Entry {
    let mut short = [0; 11];
    short.copy_from_slice(&raw[..11]);
    match long.filter(|long| long.missing == 0 && long.sum == name::sum(&short)) {
        Some(long) => Entry { raw, place, start: long.start, count: long.count + 1, length: long.length },
        None => {
            let length = name::show(&short, raw[12], units);
            Entry { raw, place, start: at, count: 1, length }
        }
    }
}

/// Part `number` of a long name.
fn long_raw(name: &Name, number: u8, sum: u8) -> [u8; 32] {
    let mut raw = [0; 32];
    let last = if number == name.parts() { 0x40 } else { 0 };
    (raw[0], raw[11], raw[13]) = (number | last, LONG, sum);
    for (place, unit) in unit_places().zip(name.part(number)) {
        raw[place..place + 2].copy_from_slice(&unit.to_le_bytes());
    }
    raw
}
