//! The map behind dicts, namespaces and sets: insertion-ordered, open-addressed above eight entries.
//!
//! ```text
//!   at most 8 entries:  [key value] × capacity                        searched in order
//!   more:               [key value] × capacity, [index: RawBytes]     slots of 1, 2 or 4 bytes: entry number + 1
//! ```
//! A dict of four takes 16 + 32 bytes on a 32-bit chip. A deleted entry leaves a hole (`UNSET` key) until the next growth.
//! Comparing keys may run Python, which may change the map: every step re-reads it, and a change during a search restarts it.

use super::handle::{Handle, Words};
use super::print::RawBytes;
use super::word::Word;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

/// Counts of entries: 16 bits where memory cannot hold more.
#[cfg(target_pointer_width = "32")]
type Count = u16;
#[cfg(not(target_pointer_width = "32"))]
type Count = u32;

/// Entries that are searched in order, without an index.
const SMALL: usize = 8;

/// A map of words to words; part of its owner's struct. All-zero is an empty map.
#[repr(C)]
pub struct Map {
    entries: Words,
    used: Cell<Count>,
    holes: Cell<Count>,
}

impl Map {
    /// An empty map; takes no memory.
    pub const EMPTY: Map = Map { entries: Words::EMPTY, used: Cell::new(0), holes: Cell::new(0) };

    /// Number of entries.
    pub fn len(&self) -> usize {
        (self.used.get() - self.holes.get()) as usize
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One past the last entry's position, holes included: `entry(position)` for positions below.
    #[inline(always)]
    pub fn end(&self) -> usize {
        self.used.get() as usize
    }

    /// The entry at `position`, unless it is a hole or beyond the end.
    #[inline]
    pub fn entry(&self, position: usize) -> Option<(Word, Word)> {
        if position >= self.end() {
            return None;
        }
        let key = self.entries.get(2 * position).set()?;
        Some((key, self.entries.get(2 * position + 1)))
    }

    /// Sets the value of the entry at `position`, if it is one.
    #[inline]
    pub fn set_value(&self, position: usize, value: Word) {
        if position < self.end() {
            self.entries.set(2 * position + 1, value);
        }
    }

    /// The entries, in order. Entries added while iterating are seen, as far as they lie behind.
    pub fn iter(&self) -> impl Iterator<Item = (Word, Word)> + '_ {
        let mut position = 0;
        core::iter::from_fn(move || {
            while position < self.end() {
                position += 1;
                if let Some(entry) = self.entry(position - 1) {
                    return Some(entry);
                }
            }
            None
        })
    }

    /// Entries that fit without growing.
    fn capacity(&self) -> usize {
        self.entries.capacity() / 2
    }

    fn index(&self) -> Option<Handle<RawBytes>> {
        let capacity = self.capacity();
        if capacity <= SMALL { None } else { Handle::from(self.entries.get(2 * capacity)) }
    }

    /// Position of a key that compares by identity alone: a name or small int, when all keys of its sort are so too.
    /// The fast path of attributes and globals: runs nothing, raises nothing. Misses string objects of the same text.
    #[inline]
    pub fn position_of_name(&self, key: Word, hash: impl FnOnce() -> u32) -> Option<usize> {
        match self.index() {
            None => (0..self.end()).find(|&position| self.entries.get(2 * position) == key),
            Some(index) => Probe::new(index, hash()).find(|&position| self.entries.get(2 * position) == key),
        }
    }

    /// Position of `key`.
    ///
    /// # Errors
    /// Whatever hashing or comparing raises: `TypeError` for an unhashable key.
    pub fn position(&self, vm: &Vm, key: Word) -> Outcome<Option<usize>> {
        let hash = vm.hash(key)?;
        'search: loop {
            let (entries, end) = (self.entries.capacity(), self.end());
            let unchanged = |this: &Map| this.entries.capacity() == entries && this.end() >= end;
            match self.index() {
                None => {
                    for position in 0..end {
                        if self.matches(vm, position, key)? {
                            return Ok(Some(position));
                        }
                        if !unchanged(self) {
                            continue 'search;
                        }
                    }
                }
                Some(index) => {
                    for position in Probe::new(index, hash) {
                        if self.matches(vm, position, key)? {
                            return Ok(Some(position));
                        }
                        if !unchanged(self) {
                            continue 'search;
                        }
                    }
                }
            }
            return Ok(None);
        }
    }

    #[inline]
    fn matches(&self, vm: &Vm, position: usize, key: Word) -> Outcome<bool> {
        let Some((candidate, _)) = self.entry(position) else { return Ok(false) };
        if candidate == key {
            return Ok(true);
        }
        if !candidate.is_object() && !key.is_object() && !candidate.is_bool() && !key.is_bool() {
            return Ok(false);
        }
        vm.equal(candidate, key)
    }

    /// The value of `key`.
    ///
    /// # Errors
    /// As for `position`.
    pub fn get(&self, vm: &Vm, key: Word) -> Outcome<Option<Word>> {
        Ok(self.position(vm, key)?.and_then(|position| self.entry(position)).map(|entry| entry.1))
    }

    /// Sets `key` to `value`. Returns whether the key is new.
    ///
    /// # Errors
    /// As for `position`, and `MemoryError`; the map is unchanged then.
    pub fn insert(&self, vm: &Vm, key: Word, value: Word) -> Outcome<bool> {
        if let Some(position) = self.position(vm, key)? {
            self.set_value(position, value);
            return Ok(false);
        }
        let hash = vm.hash(key)?;
        self.append(vm, key, value, hash)?;
        Ok(true)
    }

    /// Adds an entry whose key is known to be absent.
    fn append(&self, vm: &Vm, key: Word, value: Word, hash: u32) -> Outcome<()> {
        if self.end() == self.capacity() {
            self.grow(vm)?;
        }
        let position = self.end();
        self.entries.set(2 * position, key);
        self.entries.set(2 * position + 1, value);
        self.used.set(self.used.get() + 1);
        if let Some(index) = self.index() {
            Probe::insert(index, hash, position);
        }
        Ok(())
    }

    /// Removes `key` and returns its value.
    ///
    /// # Errors
    /// As for `position`.
    pub fn remove(&self, vm: &Vm, key: Word) -> Outcome<Option<Word>> {
        let Some(position) = self.position(vm, key)? else { return Ok(None) };
        Ok(self.remove_at(position).map(|entry| entry.1))
    }

    /// Removes and returns the entry at `position`.
    pub fn remove_at(&self, position: usize) -> Option<(Word, Word)> {
        let entry = self.entry(position)?;
        self.entries.set(2 * position, Word::UNSET);
        self.entries.set(2 * position + 1, Word::UNSET);
        self.holes.set(self.holes.get() + 1);
        Some(entry)
    }

    /// Removes and returns the last entry.
    pub fn pop(&self) -> Option<(Word, Word)> {
        (0..self.end()).rev().find_map(|position| self.remove_at(position))
    }

    /// Removes everything and gives the memory back.
    pub fn clear(&self, vm: &Vm) {
        self.used.set(0);
        self.holes.set(0);
        vm.resize_words(&self.entries, 0).expect("giving memory back needs none");
    }

    /// Makes room for at least one more entry, dropping holes.
    fn grow(&self, vm: &Vm) -> Outcome<()> {
        let live = self.len();
        let capacity = match live {
            0..4 => (live + 1).next_power_of_two(),
            _ => live + (live / 2).max(2),
        };
        self.rebuild(vm, capacity)
    }

    /// Makes room for `capacity` entries in all.
    ///
    /// # Errors
    /// `MemoryError`; the map is unchanged then.
    pub fn reserve(&self, vm: &Vm, capacity: usize) -> Outcome<()> {
        if capacity > self.capacity() { self.rebuild(vm, capacity) } else { Ok(()) }
    }

    fn rebuild(&self, vm: &Vm, capacity: usize) -> Outcome<()> {
        if capacity > Count::MAX as usize {
            return Err(vm.raise_memory(usize::MAX));
        }
        let index = if capacity > SMALL { Some(vm.new_raw_bytes(Probe::size(capacity))?) } else { None };
        let new = Words::EMPTY;
        vm.resize_words(&new, 2 * capacity + index.is_some() as usize)?;
        let mut count = 0;
        for (key, value) in self.iter() {
            new.set(2 * count, key);
            new.set(2 * count + 1, value);
            if let Some(index) = index {
                // Keys in a map were hashed before; one that raises now is filed under 0 and found by no one.
                let hash = match vm.hash(key) {
                    Ok(hash) => hash,
                    Err(raised) => {
                        vm.take_raised(raised);
                        0
                    }
                };
                Probe::insert(index, hash, count);
            }
            count += 1;
        }
        if let Some(index) = index {
            new.set(2 * capacity, index.word());
        }
        let old = self.entries.take();
        self.entries.put(new);
        self.used.set(count as Count);
        self.holes.set(0);
        vm.resize_words(&old, 0)
    }

    /// Makes this map a copy of `other`.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn copy_from(&self, vm: &Vm, other: &Map) -> Outcome<()> {
        self.reserve(vm, other.len())?;
        for (key, value) in other.iter() {
            self.insert(vm, key, value)?;
        }
        Ok(())
    }
}

/// A walk through the index: linear probing from the hash's slot; the number of slots is a power of two.
struct Probe {
    index: Handle<RawBytes>,
    width: usize,
    slot: usize,
    mask: usize,
}

impl Probe {
    fn slots(capacity: usize) -> usize {
        (capacity + capacity / 2).next_power_of_two()
    }

    fn size(capacity: usize) -> usize {
        let slots = Probe::slots(capacity);
        slots * Probe::width(slots)
    }

    fn width(slots: usize) -> usize {
        match slots {
            0..=0x80 => 1,
            0x81..=0x8000 => 2,
            _ => 4,
        }
    }

    fn new(index: Handle<RawBytes>, hash: u32) -> Probe {
        let bytes = index.len();
        // Up to 128 slots of 1 byte, to 32,768 of 2, more of 4: the sizes do not overlap.
        let width = match bytes {
            0..=0x80 => 1,
            0x81..=0x1_0000 => 2,
            _ => 4,
        };
        let mask = bytes / width - 1;
        // Spread the bits: FNV's low bits cluster for keys that differ in their last character.
        let slot = (hash.wrapping_mul(0x9e37_79b1) >> 7) as usize & mask;
        Probe { index, width, slot, mask }
    }

    fn read(&self) -> usize {
        let cells = self.index.tail();
        let at = self.slot * self.width;
        (0..self.width).map(|i| (cells[at + i].get() as usize) << (8 * i)).sum()
    }

    fn insert(index: Handle<RawBytes>, hash: u32, position: usize) {
        let mut probe = Probe::new(index, hash);
        while probe.read() != 0 {
            probe.slot = (probe.slot + 1) & probe.mask;
        }
        let at = probe.slot * probe.width;
        for i in 0..probe.width {
            index.tail()[at + i].set(((position + 1) >> (8 * i)) as u8);
        }
    }
}

impl Iterator for Probe {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let number = self.read();
        self.slot = (self.slot + 1) & self.mask;
        number.checked_sub(1)
    }
}
