//! What was ever allocated, and the most that was in use: noted at collections, so that allocating costs nothing more. And how
//! the blocks lie, for who wants to see it.

use super::blocks::{BLOCK, Heap, WIDTH};
use core::cell::Cell;

/// Of a heap, in blocks.
pub(super) struct History {
    /// Taken before the last collection.
    total: Cell<usize>,
    /// In use at most, when a collection began.
    peak: Cell<usize>,
    /// Left in use by the last collection.
    live: Cell<usize>,
}

impl History {
    pub(super) const fn new() -> History {
        History { total: Cell::new(0), peak: Cell::new(0), live: Cell::new(0) }
    }
}

impl Heap {
    /// A collection ends, with so many blocks in use.
    pub(super) fn note_history(&self, live: usize) {
        let history = &self.history;
        history.total.set(history.total.get() + self.taken.get());
        history.peak.set(self.peak() / BLOCK);
        history.live.set(live);
    }

    /// Bytes that were ever taken, less what was given back before a collection.
    pub fn total_taken(&self) -> usize {
        (self.history.total.get() + self.taken.get()) * BLOCK
    }

    /// The most bytes in use, as far as collections and this moment tell.
    pub fn peak(&self) -> usize {
        self.history.peak.get().max(self.history.live.get() + self.taken.get()) * BLOCK
    }

    /// The address of the first block.
    pub fn start(&self) -> usize {
        self.address_of(0).as_ptr().addr()
    }

    /// Number of blocks above which none was ever in use.
    pub fn reach(&self) -> usize {
        self.high.get() * WIDTH
    }

    /// What a block below `reach` is: `h` where a run begins, `=` where it goes on, `.` if it is free.
    pub fn sort_of_block(&self, index: usize) -> u8 {
        match (self.is_head(index), self.is_tail(index)) {
            (true, _) => b'h',
            (_, true) => b'=',
            _ => b'.',
        }
    }
}
