//! Marks every object reachable from the roots.
//!
//! Marking uses a short explicit stack instead of recursion: a linked list of a million nodes must not overflow
//! the machine stack of a board with 8 kB of memory. When it is full the object is only marked, and `finish` walks the planes until
//! no marked object has an unmarked child (slower, never wrong).

use super::blocks::{BLOCK, Heap, WIDTH};
use crate::object::handle::SharedText;
use crate::object::kind::{ALL, TEXT, Type};
use crate::object::str::Str;
use crate::object::str::grow::SHARES;
use crate::object::word::{TypeTag, Word};
use core::ops::Range;
use core::ptr::NonNull;

/// Entries of the stack, which lies on the machine's.
const DEPTH: usize = super::MARK_DEPTH;

/// A collection under way: roots go in by `word`, `block_of` and `range`; `Heap::sweep` ends it.
pub struct Marker<'h> {
    heap: &'h Heap,
    stack: [usize; DEPTH],
    depth: usize,
    overflow: bool,
}

impl<'h> Marker<'h> {
    /// Begins a collection.
    pub fn new(heap: &'h Heap) -> Marker<'h> {
        Marker { heap, stack: [0; DEPTH], depth: 0, overflow: false }
    }

    /// A root whose word is exact.
    #[inline]
    pub fn word(&mut self, word: Word) {
        self.exact(word.address());
        self.drain();
    }

    /// A root that may be anything: an address inside a run, or one past its end, keeps the run alive.
    pub fn maybe(&mut self, address: usize) {
        if let Some(block) = self.heap.block_at(address) {
            self.inside(block);
        }
        if address.is_multiple_of(BLOCK)
            && let Some(block) = self.heap.block_at(address.wrapping_sub(1))
        {
            self.inside(block);
        }
        self.drain();
    }

    /// Words from `start` to `end`, each of which may be anything.
    ///
    /// # Safety
    /// The range is readable memory, aligned to a word.
    pub unsafe fn range(&mut self, start: usize, end: usize) {
        let mut at = core::ptr::with_exposed_provenance::<usize>(start);
        let end = core::ptr::with_exposed_provenance::<usize>(end);
        while at < end {
            // SAFETY: the caller's promise. Volatile: the stack changes behind the compiler's back.
            let value = unsafe { at.read_volatile() };
            self.maybe(value);
            at = at.wrapping_add(1);
        }
    }

    /// Words from `start` to `end`, each of which is exact. What lies right behind an object does not keep it alive.
    ///
    /// # Safety
    /// As for `range`.
    pub unsafe fn words(&mut self, start: usize, end: usize) {
        let mut at = core::ptr::with_exposed_provenance::<usize>(start);
        let end = core::ptr::with_exposed_provenance::<usize>(end);
        while at < end {
            // SAFETY: the caller's promise.
            self.exact(unsafe { at.read() });
            self.drain();
            at = at.wrapping_add(1);
        }
    }

    fn inside(&mut self, mut block: usize) {
        while self.heap.is_tail(block) {
            // The nearest head at or below, a plane word at a time.
            let heads = self.heap.plane(block / WIDTH)[0].get() << (WIDTH - 1 - block % WIDTH);
            if heads != 0 {
                block -= heads.leading_zeros() as usize;
                break;
            }
            block = (block / WIDTH) * WIDTH - 1;
        }
        if self.heap.is_head(block) {
            self.mark(block);
        }
    }

    #[inline]
    fn exact(&mut self, address: usize) {
        if address & 3 == 0
            && let Some(block) = self.heap.block_at(address)
            && address.is_multiple_of(BLOCK)
            && self.heap.is_head(block)
        {
            self.mark(block);
        }
    }

    #[inline]
    fn mark(&mut self, block: usize) {
        let marks = &self.heap.plane(block / WIDTH)[1];
        let bit = 1 << (block % WIDTH);
        if marks.get() & bit != 0 {
            return;
        }
        marks.set(marks.get() | bit);
        if self.depth < DEPTH {
            self.stack[self.depth] = block;
            self.depth += 1;
        } else {
            self.overflow = true;
        }
    }

    #[inline]
    fn drain(&mut self) {
        while self.depth > 0 {
            self.depth -= 1;
            self.children(self.stack[self.depth]);
        }
    }

    /// Marks what the run at `block` refers to.
    fn children(&mut self, block: usize) {
        let at = self.heap.address_of(block).cast::<usize>();
        // SAFETY: a run has at least one block of four initialised words.
        let first = unsafe { at.read() };
        let mut words = 0..self.heap.run(block) * (BLOCK / size_of::<usize>());
        if let Some(address) = TypeTag::from_first_word(first) {
            self.exact(address);
            // SAFETY: a first word with this tag is a header; its type is alive: static, or a class marked just now.
            let ty = unsafe { NonNull::new_unchecked(core::ptr::with_exposed_provenance_mut::<Type>(address)).as_ref() };
            // SAFETY: as above, an object of this type.
            words = unsafe { traced(at, ty, words.end) };
        }
        for index in words {
            // SAFETY: `index` lies within the run.
            let value = unsafe { at.add(index).read() };
            self.exact(value);
        }
    }

    /// Ends marking: after an overflow, looks at every marked object again until nothing new turns up.
    pub(crate) fn finish(&mut self) {
        while self.overflow {
            self.overflow = false;
            for index in 0..self.heap.high.get() {
                let [a, b] = self.heap.plane(index);
                let mut marked = a.get() & b.get();
                while marked != 0 {
                    let block = index * WIDTH + marked.trailing_zeros() as usize;
                    marked &= marked - 1;
                    self.children(block);
                    self.drain();
                }
            }
        }
    }

    /// Whether an object is marked; what does not lie in the heap is there for ever. Asked after `finish`.
    #[cfg(feature = "board")]
    pub(crate) fn is_marked(&self, word: Word) -> bool {
        let block = if word.is_object() { self.heap.block_at(word.address()) } else { None };
        block.is_none_or(|block| self.heap.plane(block / WIDTH)[1].get() & 1 << (block % WIDTH) != 0)
    }

    /// The heap.
    pub(super) fn heap(&self) -> &'h Heap {
        self.heap
    }
}

/// Which words of an object of type `ty`, which takes so many, may be references.
///
/// # Safety
/// `at` is a live object of this type.
pub(super) unsafe fn traced(at: NonNull<usize>, ty: &Type, words: usize) -> Range<usize> {
    match ty.traced {
        ALL => 1..words,
        // SAFETY: the caller's promise; types that say so are texts.
        TEXT if SHARES => match unsafe { at.cast::<Str>().as_ref() }.is_shared() {
            true => SharedText::BUFFER..SharedText::BUFFER + 1,
            false => 0..0,
        },
        count => 1..words.min(1 + count as usize),
    }
}
