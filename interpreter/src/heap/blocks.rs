//! Finding, taking and giving back runs of blocks: first fit, with a hint for each small size.
//!
//! First fit beats next fit by a factor of three in failed requests on a 70 % full heap of 6 kB; the hints (one for each
//! size up to eight blocks: no run of that size starts before it) make it as fast. In the large heap of a host a longer run
//! would be sought past thousands of holes: there each power of two has a hint as well, which may have passed shorter runs of
//! its class, so before memory is called short the search is made once more without it. What is given back lowers the hints of
//! those sizes only that it has room for: else a loop that gives back short runs and takes longer ones would search all in between each time.

use super::Usage;
use super::faults::Faults;
use super::history::History;
use core::cell::Cell;
use core::mem::MaybeUninit;
use core::ptr::NonNull;

/// Bytes in a block: four words.
pub const BLOCK: usize = 4 * size_of::<usize>();

/// A word of a bit plane.
pub(super) type Bits = usize;
pub(super) const WIDTH: usize = Bits::BITS as usize;

/// Sizes, in blocks, that have a hint.
const HINTED: usize = 8;

/// A hint: an index into the planes. Two bytes are enough for 32 MB on a 32-bit chip.
#[cfg(target_pointer_width = "32")]
type Hint = u16;
#[cfg(not(target_pointer_width = "32"))]
type Hint = u32;

/// Classes of longer runs that have a hint: from 8, 16, 32… blocks on. The last one has no end.
#[cfg(target_pointer_width = "32")]
const CLASSES: usize = 0;
#[cfg(not(target_pointer_width = "32"))]
const CLASSES: usize = 12;

/// The class of a run of so many blocks, more than `HINTED`.
fn class(blocks: usize) -> usize {
    ((blocks / HINTED).ilog2() as usize).min(CLASSES.saturating_sub(1))
}

/// Bytes of a group: `WIDTH` blocks and the two plane words that describe them.
const GROUP: usize = WIDTH * BLOCK + PLANES;
const PLANES: usize = 2 * size_of::<Bits>();

/// Bytes at the start of a region of `size` that must be zero when a heap is made of it; a block is zeroed when it is taken.
pub const fn cleared(size: usize) -> usize {
    // Behind what is skipped so that the planes lie evenly.
    let bytes = size / GROUP * PLANES + BLOCK;
    if bytes < size { bytes } else { size }
}

/// The heap of one `Vm`.
pub struct Heap {
    planes: NonNull<[Cell<Bits>; 2]>,
    blocks: NonNull<u8>,
    /// Number of blocks: a multiple of `WIDTH`.
    count: usize,
    /// Plane words that were ever in use: sweeping stops here.
    pub(super) high: Cell<usize>,
    pub(super) hints: [Cell<Hint>; HINTED],
    /// Where a search for a run of this class begins, as an index into the planes.
    classes: [Cell<Hint>; CLASSES],
    /// The run of this class that was given back last, and its length: the next of its class is taken there if it fits.
    freed: [Cell<(usize, usize)>; CLASSES],
    /// Blocks taken since the last collection, and how many may be before the next one is due.
    pub(super) taken: Cell<usize>,
    threshold: Cell<usize>,
    /// Number of collections.
    pub(super) collections: Cell<usize>,
    /// What was taken before the last collection, and the most in use at one.
    pub(super) history: History,
    /// Failures ordered by a test.
    pub faults: Faults,
}

impl Heap {
    /// A heap in `region`, which must be zeroed as far as `cleared` says, and hold at least one plane word's worth of blocks (`None` otherwise).
    pub fn new(region: &'static mut [MaybeUninit<u8>]) -> Option<Heap> {
        let start = region.as_mut_ptr().cast::<u8>();
        let skip = start.align_offset(BLOCK);
        let usable = region.len().checked_sub(skip)?;
        let mut groups = usable / GROUP;
        let planes_size = |groups: usize| (groups * PLANES).next_multiple_of(BLOCK);
        while groups > 0 && planes_size(groups) + groups * WIDTH * BLOCK > usable {
            groups -= 1;
        }
        if groups == 0 {
            return None;
        }
        // SAFETY: `skip` and the planes' size lie within the region, as computed above.
        let (planes, blocks) = unsafe {
            let planes = NonNull::new_unchecked(start.add(skip));
            (planes, planes.add(planes_size(groups)))
        };
        Some(Heap {
            planes: planes.cast(),
            blocks,
            count: groups * WIDTH,
            high: Cell::new(0),
            hints: [const { Cell::new(0) }; HINTED],
            classes: [const { Cell::new(0) }; CLASSES],
            freed: [const { Cell::new((0, 0)) }; CLASSES],
            taken: Cell::new(0),
            threshold: Cell::new(usize::MAX),
            collections: Cell::new(0),
            history: History::new(),
            faults: Faults::new(),
        })
    }

    /// Plane words `index`: heads and tails-or-marks. Both planes lie side by side, so one cache line serves both.
    #[inline(always)]
    pub(super) fn plane(&self, index: usize) -> &[Cell<Bits>; 2] {
        debug_assert!(index < self.words());
        // SAFETY: callers stay below `words()`, checked in debug builds; the region is ours and lives for ever.
        unsafe { self.planes.add(index).as_ref() }
    }

    /// Number of words in each plane.
    #[inline(always)]
    pub(super) fn words(&self) -> usize {
        self.count / WIDTH
    }

    #[inline(always)]
    fn free_bits(&self, index: usize) -> Bits {
        if index >= self.words() {
            return 0;
        }
        let [a, b] = self.plane(index);
        !(a.get() | b.get())
    }

    /// The address of block `index`.
    #[inline(always)]
    pub(super) fn address_of(&self, index: usize) -> NonNull<u8> {
        debug_assert!(index < self.count);
        // SAFETY: callers pass indices below `count`, checked in debug builds.
        unsafe { self.blocks.add(index * BLOCK) }
    }

    /// The block that contains `address`, if it lies in the heap.
    #[inline(always)]
    pub(super) fn block_at(&self, address: usize) -> Option<usize> {
        let index = address.wrapping_sub(self.blocks.as_ptr().addr()) / BLOCK;
        if index < self.count { Some(index) } else { None }
    }

    /// The block that begins at `address`, if it lies in the heap.
    #[inline(always)]
    pub(super) fn block_from(&self, address: usize) -> Option<usize> {
        // An address inside a block, or a word that is none, becomes a number that is too high.
        let index = address.wrapping_sub(self.blocks.as_ptr().addr()).rotate_right(BLOCK.trailing_zeros());
        if index < self.count { Some(index) } else { None }
    }

    #[inline(always)]
    pub(super) fn is_head(&self, block: usize) -> bool {
        self.plane(block / WIDTH)[0].get() >> (block % WIDTH) & 1 != 0
    }

    #[inline(always)]
    pub(super) fn is_tail(&self, block: usize) -> bool {
        let [a, b] = self.plane(block / WIDTH);
        !a.get() & b.get() & (1 << (block % WIDTH)) != 0
    }

    /// Number of blocks in the run that begins at `head`.
    pub(super) fn run(&self, head: usize) -> usize {
        self.length(head)
    }

    /// `run`, for the collector's loop.
    #[inline(always)]
    pub(super) fn length(&self, head: usize) -> usize {
        let [a, b] = self.plane(head / WIDTH);
        // The tails behind the head, up to the end of the plane word: most runs end there.
        let tails = (!a.get() & b.get()) >> (head % WIDTH) >> 1;
        let ones = tails.trailing_ones() as usize;
        let mut next = head + 1 + ones;
        if next.is_multiple_of(WIDTH) {
            next = self.end_of_tails(next);
        }
        next - head
    }

    /// Where the tails end that may begin with a plane word.
    #[cold]
    #[inline(never)]
    fn end_of_tails(&self, mut next: usize) -> usize {
        while next < self.count {
            let [a, b] = self.plane(next / WIDTH);
            let ones = (!a.get() & b.get()).trailing_ones() as usize;
            next += ones;
            if ones < WIDTH {
                break;
            }
        }
        next
    }

    /// Whether enough was taken since the last collection that one is due.
    #[inline(always)]
    pub fn is_collection_due(&self) -> bool {
        self.taken.get() >= self.threshold.get()
    }

    /// Collects after this many bytes were taken; `usize::MAX` only when memory runs out.
    pub fn set_threshold(&self, bytes: usize) {
        self.threshold.set(if bytes == usize::MAX { bytes } else { bytes / BLOCK });
    }

    /// Takes `size` bytes, zeroed, aligned to a block. `None` when no run is long enough.
    #[inline]
    pub fn allocate(&self, size: usize) -> Option<NonNull<u8>> {
        let blocks = size.div_ceil(BLOCK).max(1);
        if self.faults.fails() {
            return None;
        }
        let first = if blocks <= HINTED { self.find_small(blocks)? } else { self.find_large(blocks)? };
        self.occupy(first, blocks);
        self.taken.set(self.taken.get() + blocks);
        let address = self.address_of(first);
        // SAFETY: the run [first, first + blocks) was free, is ours now, and lies in the region.
        unsafe { address.write_bytes(0, blocks * BLOCK) };
        Some(address)
    }

    /// Looks for a run of at most `HINTED` blocks, word-parallel: bit i of `runs` says that `blocks` bits from i are free.
    #[inline]
    fn find_small(&self, blocks: usize) -> Option<usize> {
        let hint = &self.hints[blocks - 1];
        let mut index = hint.get() as usize;
        let words = self.words();
        while index < words {
            let free = self.free_bits(index);
            if free != 0 {
                let next = if blocks > 1 { self.free_bits(index + 1) } else { 0 };
                let mut runs = free;
                for distance in 1..blocks {
                    runs &= free >> distance | next << (WIDTH - distance);
                }
                if runs != 0 {
                    hint.set(index as Hint);
                    return Some(index * WIDTH + runs.trailing_zeros() as usize);
                }
            }
            index += 1;
        }
        hint.set(words as Hint);
        None
    }

    /// Looks for a longer run. No run of more than `HINTED` blocks starts before the last hint's word.
    fn find_large(&self, blocks: usize) -> Option<usize> {
        let sound = self.hints[HINTED - 1].get();
        if CLASSES == 0 {
            return self.first_run(blocks, sound);
        }
        let (first, length) = self.freed[class(blocks)].get();
        if blocks <= length && self.free_run(first, blocks) >= blocks {
            return Some(first);
        }
        let hint = &self.classes[class(blocks)];
        let found = self.first_run(blocks, hint.get().max(sound)).or_else(|| self.first_run(blocks, sound))?;
        hint.set((found / WIDTH) as Hint);
        Some(found)
    }

    /// The first run of at least so many free blocks that starts in plane word `index` or behind it.
    fn first_run(&self, blocks: usize, index: Hint) -> Option<usize> {
        let mut start = index as usize * WIDTH;
        while start + blocks <= self.count {
            let free = self.free_bits(start / WIDTH) >> (start % WIDTH);
            if free == 0 {
                start = (start / WIDTH + 1) * WIDTH;
                continue;
            }
            start += free.trailing_zeros() as usize;
            let length = self.free_run(start, blocks);
            if length >= blocks {
                return Some(start);
            }
            start += length;
        }
        None
    }

    /// Number of free blocks from `start` on, counted until there are `enough` of them.
    fn free_run(&self, start: usize, enough: usize) -> usize {
        let mut end = start;
        while end < self.count && end - start < enough {
            let ones = (self.free_bits(end / WIDTH) >> (end % WIDTH)).trailing_ones() as usize;
            let room = WIDTH - end % WIDTH;
            end += ones;
            if ones < room {
                break;
            }
        }
        end - start
    }

    /// Marks blocks as one run: a head and its tails.
    #[inline]
    fn occupy(&self, first: usize, blocks: usize) {
        let heads = &self.plane(first / WIDTH)[0];
        heads.set(heads.get() | 1 << (first % WIDTH));
        self.set_tails(first + 1, first + blocks, true);
        let high = (first + blocks - 1) / WIDTH + 1;
        if high > self.high.get() {
            self.high.set(high);
        }
    }

    fn set_tails(&self, from: usize, to: usize, tail: bool) {
        let mut block = from;
        while block < to {
            let bit = block % WIDTH;
            let count = (WIDTH - bit).min(to - block);
            let mask = (Bits::MAX >> (WIDTH - count)) << bit;
            let plane = &self.plane(block / WIDTH)[1];
            plane.set(if tail { plane.get() | mask } else { plane.get() & !mask });
            block += count;
        }
    }

    /// What begins with block `first` became free: no hint may lie behind the run that they are part of now, if that is long enough for its size.
    fn lower_hints(&self, first: usize) {
        let (first, enough) = match CLASSES {
            // A small heap is searched quickly: it is enough to know how far back a run can reach.
            0 => ((first / WIDTH).saturating_sub(1) * WIDTH, HINTED),
            _ => {
                let start = first - self.free_before(first);
                (start, self.free_run(start, HINTED).min(HINTED))
            }
        };
        let index = (first / WIDTH) as Hint;
        for hint in &self.hints[..enough] {
            if hint.get() > index {
                hint.set(index);
            }
        }
    }

    /// Number of free blocks right before `block`, as far as the last plane word goes.
    fn free_before(&self, block: usize) -> usize {
        let (index, bit) = (block / WIDTH, block % WIDTH);
        let here = if bit == 0 { 0 } else { (self.free_bits(index) << (WIDTH - bit)).leading_ones() as usize };
        if here < bit || index == 0 { here } else { here + self.free_bits(index - 1).leading_ones() as usize }
    }

    /// A longer run became free. The search for one of a lower class begins there at the latest. In its own class it may be too short
    /// for the next, which would be sought from there each time in vain: only the last such run is tried, and the one before it is
    /// found after the next collection. That is due as if nobody had given it back.
    fn lower_classes(&self, head: usize, blocks: usize) {
        if CLASSES > 0 && blocks > HINTED {
            let class = class(blocks);
            for hint in &self.classes[..class] {
                hint.set(hint.get().min((head / WIDTH) as Hint));
            }
            let (first, length) = self.freed[class].replace((head, blocks));
            if length > 0 && self.free_run(first, length) >= length {
                self.taken.set(self.taken.get() + length);
            }
        }
    }

    pub(super) fn reset_hints(&self) {
        self.hints.iter().chain(&self.classes).for_each(|hint| hint.set(0));
        self.freed.iter().for_each(|freed| freed.set((0, 0)));
    }

    /// Gives a run back before the collector would.
    ///
    /// # Safety
    /// `at` was allocated here, is not free, and nothing will use it any more.
    pub unsafe fn free(&self, at: NonNull<u8>) {
        let head = self.block_at(at.as_ptr().addr()).expect("freed memory belongs to this heap");
        assert!(self.is_head(head), "freed memory is the start of a run");
        let blocks = self.run(head);
        let heads = &self.plane(head / WIDTH)[0];
        heads.set(heads.get() & !(1 << (head % WIDTH)));
        self.set_tails(head + 1, head + blocks, false);
        self.taken.set(self.taken.get().saturating_sub(blocks));
        self.lower_hints(head);
        self.lower_classes(head, blocks);
    }

    /// Makes a run `size` bytes long where it lies, if the blocks behind it allow. New bytes are zero.
    ///
    /// # Safety
    /// As for `free`, for the part that is given back.
    pub unsafe fn resize(&self, at: NonNull<u8>, size: usize) -> bool {
        let head = self.block_at(at.as_ptr().addr()).expect("resized memory belongs to this heap");
        assert!(self.is_head(head), "resized memory is the start of a run");
        let (old, new) = (self.run(head), size.div_ceil(BLOCK).max(1));
        if new > old {
            if self.faults.fails() || self.free_run(head + old, new - old) < new - old {
                return false;
            }
            self.set_tails(head + old, head + new, true);
            let high = (head + new - 1) / WIDTH + 1;
            if high > self.high.get() {
                self.high.set(high);
            }
            self.taken.set(self.taken.get() + new - old);
            // SAFETY: these blocks were free and belong to this run now.
            unsafe { self.address_of(head + old).write_bytes(0, (new - old) * BLOCK) };
        } else if new < old {
            self.set_tails(head + new, head + old, false);
            self.lower_hints(head + new);
        }
        true
    }

    /// Number of bytes in the run at `at`.
    ///
    /// # Panics
    /// When `at` is not the start of a run of this heap.
    pub fn size_of(&self, at: NonNull<u8>) -> usize {
        let head = self.block_at(at.as_ptr().addr()).expect("memory belongs to this heap");
        assert!(self.is_head(head), "memory is the start of a run");
        self.run(head) * BLOCK
    }

    /// Bytes in use now.
    pub fn used(&self) -> usize {
        let count = |index| {
            let [a, b] = self.plane(index);
            (a.get() | b.get()).count_ones() as usize
        };
        (0..self.high.get()).map(count).sum::<usize>() * BLOCK
    }

    /// Bytes in all blocks.
    pub fn total(&self) -> usize {
        self.count * BLOCK
    }

    /// What is used and free now, run by run.
    pub fn usage(&self) -> Usage {
        let mut usage = Usage { total: self.count * BLOCK, ..Usage::default() };
        let mut block = 0;
        while block < self.count {
            if self.is_head(block) {
                let run = self.run(block);
                if run <= 2 {
                    usage.small[run - 1] += 1;
                }
                usage.used += run * BLOCK;
                usage.largest_used = usage.largest_used.max(run);
                block += run;
            } else {
                let run = self.free_run(block, usize::MAX).max(1);
                usage.largest_free = usage.largest_free.max(run);
                block += run;
            }
        }
        usage
    }

    /// Number of collections so far.
    pub fn collections(&self) -> usize {
        self.collections.get()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A heap of at least so many blocks.
    fn heap(blocks: usize) -> Heap {
        let region = std::vec![MaybeUninit::new(0); (blocks + 2 * WIDTH) * BLOCK].leak();
        Heap::new(region).expect("room for a heap")
    }

    #[test]
    fn a_run_that_a_hint_has_passed_is_found_before_memory_is_short() {
        let heap = heap(2000);
        let hole = heap.allocate(9 * BLOCK).expect("an empty heap");
        heap.allocate(3 * WIDTH * BLOCK).expect("an empty heap");
        // SAFETY: nobody uses it.
        unsafe { heap.free(hole) };
        // All the rest goes to runs of the same class that the hole is too short for, and to what is left over.
        while heap.allocate(15 * BLOCK).is_some() {}
        while heap.allocate(10 * BLOCK).is_some() {}
        assert_eq!(heap.allocate(9 * BLOCK), Some(hole));
    }

    #[test]
    fn a_hole_that_is_too_short_is_not_sought_again() {
        let heap = heap(2000);
        let blocks: [_; 6 * WIDTH] = core::array::from_fn(|_| heap.allocate(BLOCK).expect("an empty heap"));
        heap.allocate(4 * BLOCK).expect("an empty heap");
        let hint = heap.hints[3].get();
        assert!(hint > 0);
        // SAFETY: nobody uses them.
        unsafe { heap.free(blocks[70]) };
        assert_eq!((heap.hints[0].get(), heap.hints[3].get()), (1, hint));
        // Holes that lie side by side are one, across the planes' words as well.
        for hole in [62, 64, 65, 63] {
            // SAFETY: nobody uses them.
            unsafe { heap.free(blocks[hole]) };
        }
        assert_eq!(heap.allocate(4 * BLOCK), Some(blocks[62]));
        assert_eq!(heap.allocate(BLOCK), Some(blocks[70]));
    }

    #[test]
    fn a_long_run_that_was_freed_is_taken_again() {
        let heap = heap(2000);
        let runs: [_; 8] = core::array::from_fn(|_| heap.allocate(100 * BLOCK).expect("an empty heap"));
        // SAFETY: nobody uses it.
        unsafe { heap.free(runs[2]) };
        assert_eq!(heap.allocate(40 * BLOCK), Some(runs[2]));
    }
}
