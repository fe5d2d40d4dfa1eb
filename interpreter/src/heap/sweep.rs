//! Frees what was not marked, a plane word at a time.
//!
//! Tails of a dead head are found by addition: adding a bit at the start of a run of ones carries through exactly that run.

use super::blocks::{Heap, WIDTH};
use super::mark::Marker;

impl Marker<'_> {
    /// Ends the collection: frees every unmarked run and unmarks the others. Returns the number of blocks in use.
    pub fn sweep(mut self) -> usize {
        self.finish();
        let heap: &Heap = self.heap();
        let (mut live, mut high) = (0, 0);
        let mut dead_before = false;
        for index in 0..heap.high.get() {
            let [a, b] = heap.plane(index);
            let (heads, other) = (a.get(), b.get());
            let (dead, tails) = (heads & !other, !heads & other);
            let seeds = (dead << 1 | dead_before as usize) & tails;
            let (sum, carry) = tails.overflowing_add(seeds);
            let dead_tails = tails & (tails ^ sum);
            // A run that reaches the last bit goes on in the next word.
            dead_before = carry || dead >> (WIDTH - 1) != 0;
            let (heads, tails) = (heads & other, tails & !dead_tails);
            a.set(heads);
            b.set(tails);
            if heads | tails != 0 {
                live += (heads | tails).count_ones() as usize;
                high = index + 1;
            }
        }
        heap.high.set(high);
        heap.reset_hints();
        heap.note_history(live);
        heap.taken.set(0);
        heap.collections.set(heap.collections.get() + 1);
        live
    }
}
