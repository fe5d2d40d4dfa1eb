//! The index of a map where memory is plenty: slots of 8 bytes that hold an entry's hash and its number + 1.
//!
//! Keys of another hash are never looked at, and a map that grows asks no key for its hash again.

use crate::object::handle::Handle;
use crate::object::print::RawBytes;

/// Bytes of a slot: the number, then the hash.
const WIDTH: usize = 8;

/// A walk through the index: linear probing from the hash's slot; the number of slots is a power of two.
pub(super) struct Probe {
    index: Handle<RawBytes>,
    hash: u32,
    slot: usize,
    mask: usize,
}

impl Probe {
    /// Bytes of an index for so many entries.
    pub(super) fn size(capacity: usize) -> usize {
        (capacity + capacity / 2).next_power_of_two() * WIDTH
    }

    #[inline]
    pub(super) fn new(index: Handle<RawBytes>, hash: u32) -> Probe {
        let mask = index.len() / WIDTH - 1;
        // The product's high bits depend on all bits of the hash.
        let spread = (hash as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Probe { index, hash, slot: (spread >> 32) as usize & mask, mask }
    }

    #[inline]
    fn read(&self) -> (usize, u32) {
        let at = self.slot * WIDTH;
        (self.index.number(at, 4), self.index.number(at + 4, 4) as u32)
    }

    #[inline]
    fn step(&mut self) {
        self.slot = (self.slot + 1) & self.mask;
    }

    /// Files the entry at `position` under its hash.
    pub(super) fn insert(index: Handle<RawBytes>, hash: u32, position: usize) {
        let mut probe = Probe::new(index, hash);
        while probe.read().0 != 0 {
            probe.step();
        }
        let number = (position + 1) as u64 | (hash as u64) << 32;
        let slot = &index.get().tail()[probe.slot * WIDTH..][..WIDTH];
        slot.iter().zip(number.to_le_bytes()).for_each(|(to, from)| to.set(from));
    }

    /// Files all that `old` holds in `new`, if the index knows its hashes: it does.
    pub(super) fn refile(old: Handle<RawBytes>, new: Handle<RawBytes>) -> bool {
        let mut all = Probe::new(old, 0);
        for slot in 0..=all.mask {
            all.slot = slot;
            if let (number @ 1.., hash) = all.read() {
                Probe::insert(new, hash, number - 1);
            }
        }
        true
    }
}

impl Iterator for Probe {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        loop {
            let (number, hash) = self.read();
            self.step();
            match number {
                0 => return None,
                _ if hash == self.hash => return Some(number - 1),
                _ => {}
            }
        }
    }
}
