//! The map behind dicts, namespaces and sets: insertion-ordered, open-addressed above eight entries.
//!
//! ```text
//!   at most 8 entries:  [key value] × capacity                        searched in order
//!   more:               [key value] × capacity, [index: RawBytes]     slots of 1, 2 or 4 bytes: entry number + 1
//! ```
//! A dict of four takes 16 + 32 bytes on a 32-bit chip. A deleted entry leaves a hole (`UNSET` key) until the next growth.
//! Holes at either end know how far they reach, so that a dict used as a stack or a queue is not searched anew each time:
//! the value of the first entry, if that is a hole, is where the holes end; the value of the last one, where they begin.
//!
//! Hashing and comparing keys may run Python, which may change the map: every step re-reads it, and a change during a search
//! starts it again, and one while rebuilding raises `RuntimeError`.

#[cfg_attr(not(feature = "standard"), path = "small/compact.rs")]
mod compact;
#[cfg_attr(feature = "caches", path = "map/wide.rs")]
mod index;

use super::handle::{Handle, Words};
use super::print::RawBytes;
use super::word::Word;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;
use index::Probe;

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
        if self.entry(position).is_some() {
            self.entries.set(2 * position + 1, value);
        }
    }

    /// The position of the first entry at `position` or behind it.
    #[inline]
    pub fn next_entry(&self, position: usize) -> Option<usize> {
        let mut position = position;
        if position == 0 && self.end() > 0 && self.entries.get(0) == Word::UNSET {
            position = self.entries.get(1).as_int().map_or(0, |end| end as usize);
        }
        (position..self.end()).find(|&position| self.entries.get(2 * position) != Word::UNSET)
    }

    /// The position of the last entry before `end`.
    pub fn previous_entry(&self, end: usize) -> Option<usize> {
        let mut end = end.min(self.end());
        if end > 0 && end == self.end() && self.entries.get(2 * end - 2) == Word::UNSET {
            end = self.entries.get(2 * end - 1).as_int().map_or(end, |start| start as usize);
        }
        (0..end).rev().find(|&position| self.entries.get(2 * position) != Word::UNSET)
    }

    /// The entries, in order. Entries added while iterating are seen, as far as they lie behind.
    pub fn iter(&self) -> impl Iterator<Item = (Word, Word)> + '_ {
        let mut position = 0;
        core::iter::from_fn(move || {
            let found = self.next_entry(position)?;
            position = found + 1;
            self.entry(found)
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

    /// Position of a string object of the same text as a name, which `position_of_name` misses. Runs nothing, raises nothing.
    #[cfg(feature = "standard")]
    pub fn position_of_text(&self, vm: &Vm, text: &str, hash: impl FnOnce() -> u32) -> Option<usize> {
        let vm = vm.here();
        let is_it = |position: &usize| {
            let key = self.entries.get(2 * *position);
            key.is_object() && vm.as_text(key) == Some(text)
        };
        match self.index() {
            None => (0..self.end()).find(is_it),
            Some(index) => Probe::new(index, hash()).find(is_it),
        }
    }

    /// Position of `key`.
    ///
    /// # Errors
    /// Whatever hashing or comparing raises: `TypeError` for an unhashable key.
    pub fn position(&self, vm: &Vm, key: Word) -> Outcome<Option<usize>> {
        // What cannot fail to be hashable is hashed only when there is an index.
        let plain = !key.is_object() || vm.as_text(key).is_some();
        let hash = if plain { None } else { Some(vm.hash(key)?) };
        self.find(vm, key, hash)
    }

    /// Position of `key`, whose hash may be known.
    fn find(&self, vm: &Vm, key: Word, hash: Option<u32>) -> Outcome<Option<usize>> {
        'search: loop {
            let state = self.state();
            let mut probe = match self.index() {
                Some(index) => Some(Probe::new(index, hash.map_or_else(|| vm.hash(key), Ok)?)),
                None => None,
            };
            let mut candidates = 0..self.end();
            while let Some(position) = match &mut probe {
                Some(probe) => probe.next(),
                None => candidates.next(),
            } {
                if (probe.is_some() || self.may_match(vm, position, key, hash)?) && self.matches(vm, position, key)? {
                    return Ok(Some(position));
                }
                if self.state() != state {
                    continue 'search;
                }
            }
            return Ok(None);
        }
    }

    /// What changes when entries are added, removed or moved.
    fn state(&self) -> (usize, usize, usize) {
        (self.entries.capacity(), self.end(), self.holes.get() as usize)
    }

    /// Whether the hashes of two keys are the same, where comparing them would run Python: hosts only.
    #[inline]
    fn may_match(&self, vm: &Vm, position: usize, key: Word, hash: Option<u32>) -> Outcome<bool> {
        if !crate::WHOLE {
            return Ok(true);
        }
        let Some((candidate, _)) = self.entry(position) else { return Ok(false) };
        if candidate == key || !Map::is_asked(vm, key) && !Map::is_asked(vm, candidate) {
            return Ok(true);
        }
        Ok(vm.hash(candidate)? == hash.map_or_else(|| vm.hash(key), Ok)?)
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
        let hash = vm.hash(key)?;
        loop {
            if let Some(position) = self.find(vm, key, Some(hash))? {
                self.set_value(position, value);
                return Ok(false);
            }
            if self.index().is_none() && Map::is_asked(vm, key) {
                self.rebuild(vm, SMALL + 1)?;
                continue;
            }
            if self.end() < self.capacity() {
                self.append(key, value, hash);
                return Ok(true);
            }
            // Growing may run Python, which may insert the key: look again.
            self.grow(vm)?;
        }
    }

    /// Whether comparing such a key runs Python, which hosts spare a program where hashes differ: a map with one has an index.
    #[inline]
    fn is_asked(vm: &Vm, key: Word) -> bool {
        if !crate::WHOLE || !key.is_object() {
            return false;
        }
        let ty = vm.type_of(key);
        ty.kind == super::kind::Kind::Instance && super::class::lookup_special(vm, ty, name!(__eq__)).is_some()
    }

    /// Adds an entry whose key is known to be absent, where there is room.
    fn append(&self, key: Word, value: Word, hash: u32) {
        let position = self.end();
        self.entries.set(2 * position, key);
        self.entries.set(2 * position + 1, value);
        self.used.set(self.used.get() + 1);
        if let Some(index) = self.index() {
            Probe::insert(index, hash, position);
        }
    }

    /// Removes `key` and returns its value.
    ///
    /// # Errors
    /// As for `position`.
    pub fn remove(&self, vm: &Vm, key: Word) -> Outcome<Option<Word>> {
        let Some(position) = self.position(vm, key)? else { return Ok(None) };
        let removed = self.remove_at(position).map(|entry| entry.1);
        if self.end() == 0 {
            vm.forget_builtins();
        }
        Ok(removed)
    }

    /// Removes and returns the entry at `position`.
    pub fn remove_at(&self, position: usize) -> Option<(Word, Word)> {
        let entry = self.entry(position)?;
        self.entries.set(2 * position, Word::UNSET);
        self.entries.set(2 * position + 1, Word::UNSET);
        self.holes.set(self.holes.get() + 1);
        self.note_ends();
        Some(entry)
    }

    /// Writes down how far the holes at either end reach.
    fn note_ends(&self) {
        let end = self.end();
        let (Some(first), Some(last)) = (self.next_entry(0), self.previous_entry(end)) else { return self.reset() };
        if first > 0 {
            self.entries.set(1, Word::int(first as isize));
        }
        if last + 1 < end {
            self.entries.set(2 * end - 1, Word::int(last as isize + 1));
        }
    }

    /// Begins anew when the last entry has gone.
    fn reset(&self) {
        if let Some(index) = self.index() {
            index.tail().iter().for_each(|slot| slot.set(0));
        }
        for word in 0..2 * self.end() {
            self.entries.set(word, Word::UNSET);
        }
        self.used.set(0);
        self.holes.set(0);
    }

    /// Removes and returns the last entry.
    pub fn pop(&self) -> Option<(Word, Word)> {
        self.remove_at(self.previous_entry(self.end())?)
    }

    /// Removes and returns the first entry.
    pub fn pop_first(&self) -> Option<(Word, Word)> {
        self.remove_at(self.next_entry(0)?)
    }

    /// Removes everything and gives the memory back.
    pub fn clear(&self, vm: &Vm) {
        self.used.set(0);
        self.holes.set(0);
        vm.forget_builtins();
        vm.resize_words(&self.entries, 0).expect("giving memory back needs none");
    }

    /// Makes room for at least one more entry, dropping holes.
    fn grow(&self, vm: &Vm) -> Outcome<()> {
        let live = self.len();
        let capacity = match live {
            0..4 => (live + 1).next_power_of_two(),
            4..8 => (live + 2) & !1,
            _ => live + (live / 2).max(2),
        };
        self.rebuild(vm, capacity).or_else(|raised| self.compact(vm, raised))
    }

    /// Makes room for `capacity` entries in all.
    ///
    /// # Errors
    /// `MemoryError`; the map is unchanged then.
    pub fn reserve(&self, vm: &Vm, capacity: usize) -> Outcome<()> {
        if capacity > self.capacity() { self.rebuild(vm, capacity) } else { Ok(()) }
    }

    /// Moves the entries to a new block for `capacity` of them.
    fn rebuild(&self, vm: &Vm, capacity: usize) -> Outcome<()> {
        if capacity > Count::MAX as usize {
            return Err(vm.raise_memory(usize::MAX));
        }
        let index = if capacity > SMALL { Some(vm.new_raw_bytes(Probe::size(capacity))?) } else { None };
        let new = Words::EMPTY;
        vm.resize_words(&new, 2 * capacity + index.is_some() as usize)?;
        let state = self.state();
        if self.holes.get() > 0 {
            vm.forget_builtins();
        }
        if let Some(index) = index {
            new.set(2 * capacity, index.word());
            let known = self.index().filter(|_| self.holes.get() == 0).is_some_and(|old| Probe::refile(old, index));
            let unknown = self.iter().take(if known { 0 } else { usize::MAX });
            for (count, (key, _)) in unknown.enumerate() {
                // Keys in a map were hashed before; one that raises now is filed under 0 and found by no one.
                let hash = vm.hash(key).unwrap_or_else(|raised| {
                    vm.take_raised(raised);
                    0
                });
                if self.state() != state {
                    return Err(vm.raise_text(&super::exception::RUNTIME_ERROR, "dict changed while it grew"));
                }
                Probe::insert(index, hash, count);
            }
        }
        let old = vm.uninterrupted(|| {
            let live = self.len();
            for (count, (key, value)) in self.iter().enumerate() {
                new.set(2 * count, key);
                new.set(2 * count + 1, value);
            }
            let old = self.entries.take();
            self.entries.put(new);
            self.used.set(live as Count);
            self.holes.set(0);
            old
        });
        vm.resize_words(&old, 0)
    }

    /// Takes the entries of another map with an index into this one, which is empty, as they lie there: no key is hashed. Hosts only.
    fn duplicate(&self, vm: &Vm, other: &Map) -> Outcome<bool> {
        let Some(given) = other.index() else { return Ok(false) };
        let (capacity, state) = (other.capacity(), other.state());
        let index = vm.new_raw_bytes(given.len())?;
        let new = Words::EMPTY;
        vm.resize_words(&new, 2 * capacity + 1)?;
        new.set(2 * capacity, index.word());
        if other.state() != state || self.end() != 0 {
            vm.resize_words(&new, 0)?;
            return Ok(false);
        }
        index.tail().iter().zip(given.tail()).for_each(|(to, from)| to.set(from.get()));
        for place in 0..2 * other.end() {
            new.set(place, other.entries.get(place));
        }
        let old = self.entries.take();
        self.entries.put(new);
        self.used.set(other.used.get());
        vm.resize_words(&old, 0)?;
        Ok(true)
    }

    /// Takes over the entries of `other`, which is empty then.
    pub fn take_from(&self, vm: &Vm, other: &Map) {
        self.clear(vm);
        self.entries.put(other.entries.take());
        self.used.set(other.used.replace(0));
        self.holes.set(other.holes.replace(0));
    }

    /// Adds all entries of `other`.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn copy_from(&self, vm: &Vm, other: &Map) -> Outcome<()> {
        if crate::WHOLE && self.end() == 0 && other.holes.get() == 0 && self.duplicate(vm, other)? {
            return Ok(());
        }
        self.reserve(vm, other.len())?;
        for (key, value) in other.iter() {
            self.insert(vm, key, value)?;
        }
        Ok(())
    }
}
