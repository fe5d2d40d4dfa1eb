//! The index of a map in little memory: slots of 1, 2 or 4 bytes that hold an entry's number + 1.

use crate::object::handle::Handle;
use crate::object::print::RawBytes;

/// A walk through the index: linear probing from the hash's slot; the number of slots is a power of two.
pub(super) struct Probe {
    index: Handle<RawBytes>,
    width: usize,
    slot: usize,
    mask: usize,
}

impl Probe {
    fn slots(capacity: usize) -> usize {
        (capacity + capacity / 2).next_power_of_two()
    }

    pub(super) fn size(capacity: usize) -> usize {
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

    pub(super) fn new(index: Handle<RawBytes>, hash: u32) -> Probe {
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

    /// Files all that `old` holds in `new`, if the index knows its hashes: this one does not.
    pub(super) fn refile(_old: Handle<RawBytes>, _new: Handle<RawBytes>) -> bool {
        false
    }

    fn read(&self) -> usize {
        self.index.number(self.slot * self.width, self.width)
    }

    pub(super) fn insert(index: Handle<RawBytes>, hash: u32, position: usize) {
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
