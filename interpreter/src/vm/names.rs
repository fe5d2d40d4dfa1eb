//! The chain of name pools, and its last one, in RAM.

use super::{Outcome, Vm};
use crate::code::width::Number;
use crate::heap::Marker;
use crate::object::exception;
use crate::object::handle::Words;
use crate::object::name::{CHARACTERS, Name, hash};
use crate::object::word::Word;
use core::cell::Cell;

/// Bytes of a name, at most, as in the reference.
const LONGEST: usize = 255;
/// Number of the first name in RAM.
pub(super) const RAM_BASE: Number = 0x4000;
/// How many names are found again without a search in one pool after the other; on hosts, whose pools are large. A power of two.
const RECENT: usize = if crate::WHOLE { 1024 } else { 0 };

/// Names made while running: their `str` objects in order, and an open-addressed index of their numbers by hash.
pub(super) struct Names {
    texts: Words,
    count: Cell<Number>,
    index: Words,
    /// The name that was found last, of all whose hashes end alike.
    recent: [Cell<Number>; RECENT],
}

impl Names {
    pub(super) const fn new() -> Names {
        Names { texts: Words::EMPTY, count: Cell::new(0), index: Words::EMPTY, recent: [const { Cell::new(0) }; RECENT] }
    }

    pub(super) fn mark(&self, marker: &mut Marker) {
        for words in [&self.texts, &self.index] {
            if let Some(block) = words.block() {
                marker.word(Word::of_block(block.cast()));
            }
        }
    }

    /// The slot of the index that holds, or would hold, `text`.
    fn slot(&self, vm: &Vm, text: &[u8], hash: u32) -> usize {
        let mask = self.index.capacity() - 1;
        let mut slot = hash as usize & mask;
        while let Some(number) = self.index.get(slot).as_int() {
            if vm.text_of(self.texts.get(number as usize)).as_bytes() == text {
                break;
            }
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn grow_index(&self, vm: &Vm) -> Outcome<()> {
        let capacity = (2 * self.index.capacity()).max(8);
        let old = self.index.take();
        if let Err(raised) = vm.resize_words(&self.index, capacity) {
            self.index.put(old);
            return Err(raised);
        }
        for number in 0..self.count.get() as usize {
            let text = vm.text_of(self.texts.get(number)).as_bytes();
            self.index.set(self.slot(vm, text, hash(text)), Word::int(number as isize));
        }
        Ok(())
    }
}

impl Vm {
    /// The name of `text` (UTF-8), made if it is new.
    ///
    /// # Errors
    /// `MemoryError`, also when all numbers are used up (65,535 on a board); `RuntimeError` for a text that is too long.
    pub fn intern(&self, text: &str) -> Outcome<Name> {
        if let Some(name) = self.find_name(text) {
            return Ok(name);
        }
        if text.len() > LONGEST {
            return Err(self.raise_text(&exception::RUNTIME_ERROR, "name too long"));
        }
        let names = &self.names;
        let count = names.count.get() as usize;
        if count >= (Number::MAX - RAM_BASE) as usize {
            return Err(self.raise_memory(usize::MAX));
        }
        // The text first: nothing is changed if memory runs out half-way.
        let text_word = self.new_str_object(text)?;
        if count == names.texts.capacity() {
            self.resize_words(&names.texts, (count + count / 2).max(8))?;
        }
        if 4 * (count + 1) > 3 * names.index.capacity() {
            names.grow_index(self)?;
        }
        names.texts.set(count, text_word);
        names.index.set(names.slot(self, text.as_bytes(), hash(text.as_bytes())), Word::int(count as isize));
        names.count.set(count as Number + 1);
        Ok(Name(RAM_BASE + count as Number))
    }

    /// The name of `text`, if it exists.
    pub fn find_name(&self, text: &str) -> Option<Name> {
        let hash = hash(text.as_bytes());
        let Some(recent) = self.names.recent.get(hash as usize & RECENT.wrapping_sub(1)) else {
            return self.search_name(text, hash);
        };
        let name = Name(recent.get());
        if self.name_text(name) == text {
            return Some(name);
        }
        let found = self.search_name(text, hash)?;
        recent.set(found.0);
        Some(found)
    }

    fn search_name(&self, text: &str, hash: u32) -> Option<Name> {
        if let Some(name) = crate::object::CORE.find(text.as_bytes(), hash) {
            return Some(name);
        }
        if let Some(name) = self.port.pools().iter().find_map(|pool| pool.find(text.as_bytes(), hash)) {
            return Some(name);
        }
        if self.names.index.capacity() == 0 {
            return None;
        }
        let number = self.names.index.get(self.names.slot(self, text.as_bytes(), hash)).as_int()?;
        Some(Name(RAM_BASE + number as Number))
    }

    /// The text of a name.
    pub fn name_text(&self, name: Name) -> &str {
        if let Some(number) = name.0.checked_sub(RAM_BASE) {
            return self.text_of(self.names.texts.get(number as usize));
        }
        let in_port = || self.port.pools().iter().find_map(|pool| pool.text(name));
        crate::object::CORE.text(name).or_else(in_port).expect("a name's number belongs to a pool")
    }

    /// The hash of a name's text.
    pub fn name_hash(&self, name: Name) -> u32 {
        let (core, index) = (&crate::object::CORE, name.0 as usize);
        match (core.hashes.get(index), core.lower_hashes.get(index)) {
            // Characters are ordered by something else.
            (Some(upper), Some(lower)) if index >= CHARACTERS as usize => u32::from(*upper) << 16 | u32::from(*lower),
            _ => hash(self.name_text(name).as_bytes()),
        }
    }

    /// Number of names in RAM and their bytes, for `micropython.qstr_info`.
    pub fn name_usage(&self) -> (usize, usize) {
        let count = self.names.count.get() as usize;
        (count, (0..count).map(|number| self.text_of(self.names.texts.get(number)).len()).sum())
    }

    /// Bytes of the tables that find those names.
    pub fn name_table_size(&self) -> usize {
        (self.names.texts.capacity() + self.names.index.capacity()) * size_of::<Word>()
    }

    /// The text of name `number` of those in RAM.
    #[cfg(feature = "full")]
    pub fn name_in_ram(&self, number: usize) -> Option<&str> {
        (number < self.names.count.get() as usize).then(|| self.text_of(self.names.texts.get(number)))
    }
}
