//! The heap: blocks of four words in one region, two bit planes, mark and sweep, nothing ever moves.
//!
//! ```text
//!   region:  [plane A][plane B][block 0][block 1] …
//!   A B      0 0 free   1 0 head   0 1 tail of the head before it   1 1 head, marked
//! ```
//! What a block run holds is told by its first word: a tagged type (an object with a header), or anything else (a block of
//! words that one object owns). So the collector is exact inside the heap, and conservative only on the machine stack. The
//! same code serves 4 kB on a chip and gigabytes on a host; a host's region is address space that costs nothing until used.
//!
//! Reading order: `blocks` (allocate, free), `single`, `mark`, `sweep`, `roots` (the machine stack), `verify`, `walk`, `faults`.
#![expect(unsafe_code, reason = "raw memory lives here; what leaves is a pointer to zeroed blocks that nobody else has")]

mod blocks;
pub mod faults;
#[cfg_attr(not(feature = "full"), path = "small/history.rs")]
mod history;
mod mark;
pub mod roots;
#[cfg_attr(any(not(feature = "caches"), feature = "faults"), path = "small/single.rs")]
mod single;
mod sweep;
mod verify;
#[cfg(feature = "full")]
mod walk;

pub use blocks::{BLOCK, Heap, cleared};
pub use mark::Marker;

/// Objects that wait to be looked into during a collection, before it takes the slow way: 4 bytes of machine stack each.
#[cfg(feature = "standard")]
const MARK_DEPTH: usize = 64;
#[cfg(not(feature = "standard"))]
const MARK_DEPTH: usize = 16;

/// What the heap holds now, in bytes and in runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Bytes in all blocks.
    pub total: usize,
    /// Bytes in used blocks.
    pub used: usize,
    /// Number of runs of one block, and of two blocks.
    pub small: [usize; 2],
    /// Longest used run, in blocks.
    pub largest_used: usize,
    /// Longest free run, in blocks.
    pub largest_free: usize,
}
