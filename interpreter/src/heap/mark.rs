//! Marks every object reachable from the roots.
//!
//! Marking uses a short explicit stack instead of recursion: a linked list of a million nodes must not overflow
//! the machine stack of a board with 8 kB of memory. It holds the rests of runs that are left for a child. When it is full they are
//! dropped, and `finish` walks the planes until no marked object has an unmarked child (slower, never wrong).

use super::blocks::{BLOCK, Heap, WIDTH};
use crate::object::handle::{Instance, SharedText};
use crate::object::kind::{ALL, ATTRIBUTES, ITEMS, TEXT, Type};
use crate::object::str::Str;
use crate::object::str::grow::SHARES;
use crate::object::word::{TypeTag, Word};
use core::ops::Range;
use core::ptr::NonNull;

/// Entries of the stack, which lies on the machine's.
const DEPTH: usize = super::MARK_DEPTH / 2;

/// Words of a run that were not looked at yet.
#[derive(Clone, Copy)]
struct Rest {
    at: *const usize,
    end: *const usize,
}

impl Rest {
    /// None.
    const NONE: Rest = Rest { at: core::ptr::null(), end: core::ptr::null() };

    #[inline(always)]
    fn of(run: NonNull<usize>, words: Range<usize>) -> Rest {
        let at = run.as_ptr().cast_const();
        Rest { at: at.wrapping_add(words.start), end: at.wrapping_add(words.end) }
    }
}

/// Words in a block.
const IN_BLOCK: usize = BLOCK / size_of::<usize>();

/// A collection under way: roots go in by `word` and `range`; `Heap::sweep` ends it.
pub struct Marker<'h> {
    heap: &'h Heap,
    stack: [Rest; DEPTH],
    depth: usize,
    overflow: bool,
    /// The class that was noted last: instances of one come in crowds.
    class: usize,
}

impl<'h> Marker<'h> {
    /// Begins a collection.
    pub fn new(heap: &'h Heap) -> Marker<'h> {
        Marker { heap, stack: [Rest::NONE; DEPTH], depth: 0, overflow: false, class: 0 }
    }

    /// A root whose word is exact.
    #[inline]
    pub fn word(&mut self, word: Word) {
        if let Some(block) = self.new_run(word.address()) {
            self.follow(block);
        }
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
            if let Some(block) = self.new_run(unsafe { at.read() }) {
                self.follow(block);
            }
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
        if self.heap.is_head(block) && !self.is_marked_block(block) {
            self.follow(block);
        }
    }

    /// The run that begins at an address and was not marked yet.
    #[inline(always)]
    fn new_run(&self, address: usize) -> Option<usize> {
        let block = self.heap.block_from(address)?;
        let [heads, others] = self.heap.plane(block / WIDTH);
        ((heads.get() & !others.get()) >> (block % WIDTH) & 1 != 0).then_some(block)
    }

    #[inline(always)]
    fn mark(&self, block: usize) {
        let marks = &self.heap.plane(block / WIDTH)[1];
        marks.set(marks.get() | 1 << (block % WIDTH));
    }

    fn is_marked_block(&self, block: usize) -> bool {
        self.heap.plane(block / WIDTH)[1].get() >> (block % WIDTH) & 1 != 0
    }

    /// Marks a run and what is reached from it, in depth: only a run with two children that have children of their own leaves something
    /// on the stack, so neither a chain nor a long array fills it.
    fn follow(&mut self, block: usize) {
        let (mut child, mut rest) = (block, Rest::NONE);
        loop {
            self.mark(child);
            let mut below = self.open(child);
            if self.next_new(&mut below).is_some() {
                self.keep(rest);
                rest = below;
            }
            child = loop {
                if let Some(child) = self.next_new(&mut rest) {
                    break child;
                }
                let Some(depth) = self.depth.checked_sub(1) else { return };
                self.depth = depth;
                rest = self.stack[depth];
            };
            rest.at = rest.at.wrapping_add(1);
        }
    }

    /// The first new run that is referred to; `rest` begins there then.
    #[inline(always)]
    fn next_new(&self, rest: &mut Rest) -> Option<usize> {
        while rest.at < rest.end {
            // SAFETY: the rest lies within a run.
            if let Some(block) = self.new_run(unsafe { rest.at.read() }) {
                return Some(block);
            }
            rest.at = rest.at.wrapping_add(1);
        }
        None
    }

    /// Keeps what is new in a rest for later.
    #[inline(never)]
    fn keep(&mut self, mut rest: Rest) {
        if self.next_new(&mut rest).is_some() {
            self.push(rest);
        }
    }

    /// When the stack is full the rest is dropped, and `finish` finds it again: so the way down goes on, and a chain whose every link
    /// has something else as well is followed to its end nevertheless.
    fn push(&mut self, rest: Rest) {
        match self.stack.get_mut(self.depth) {
            Some(entry) => {
                *entry = rest;
                self.depth += 1;
            }
            None => self.overflow = true,
        }
    }

    /// The items of an owner of `Words`, which are marked with it.
    #[inline(always)]
    fn open_items(&self, owner: *const usize) -> Rest {
        // SAFETY: behind the header lies a `Words`: the block's address and how many words it has.
        let (address, count) = unsafe { (owner.add(1).read(), owner.add(2).read()) };
        match self.new_run(address) {
            Some(block) => {
                self.mark(block);
                Rest::of(self.heap.address_of(block).cast(), 0..count)
            }
            None => Rest::NONE,
        }
    }

    /// A class waits to be looked into until its first instance has been, and so does its own class.
    #[inline(never)]
    fn note_class(&mut self, mut address: usize) {
        self.class = address;
        while let Some(class) = self.new_run(address) {
            self.mark(class);
            let (at, words) = (self.heap.address_of(class).cast::<usize>(), self.heap.run(class) * IN_BLOCK);
            self.push(Rest::of(at, 1..words));
            // SAFETY: a class begins with its header.
            address = TypeTag::from_first_word(unsafe { at.read() }).expect("a class has a type");
        }
    }

    /// What of the run at `block` may be references.
    #[inline(always)]
    fn open(&mut self, block: usize) -> Rest {
        let at = self.heap.address_of(block).cast::<usize>();
        // SAFETY: a run has at least one block of four initialised words.
        let first = unsafe { at.read() };
        let words = match TypeTag::from_first_word(first) {
            None => 0..self.heap.length(block) * IN_BLOCK,
            Some(address) => {
                if address != self.class && self.heap.block_from(address).is_some() {
                    self.note_class(address);
                }
                // SAFETY: a first word with this tag is a header; its type is alive: static, or a class marked just now.
                let ty = unsafe { NonNull::new_unchecked(core::ptr::with_exposed_provenance_mut::<Type>(address)).as_ref() };
                if ty.traced == ITEMS {
                    return self.open_items(at.as_ptr());
                }
                if ty.traced == ATTRIBUTES {
                    // SAFETY: an instance.
                    return Rest::of(at, unsafe { at.cast::<Instance>().as_ref() }.traced());
                }
                let is_short = (ty.traced as usize) < IN_BLOCK;
                let words = if is_short { IN_BLOCK } else { self.heap.length(block) * IN_BLOCK };
                // SAFETY: as above, an object of this type.
                unsafe { traced(at, ty, words) }
            }
        };
        Rest::of(at, words)
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
                    self.follow(block);
                }
            }
        }
    }

    /// Whether an object is marked; what does not lie in the heap is there for ever. Asked after `finish`.
    #[cfg(feature = "board")]
    pub(crate) fn is_marked(&self, word: Word) -> bool {
        let block = if word.is_object() { self.heap.block_at(word.address()) } else { None };
        block.is_none_or(|block| self.is_marked_block(block))
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
#[inline(always)]
pub(super) unsafe fn traced(at: NonNull<usize>, ty: &Type, words: usize) -> Range<usize> {
    match ty.traced {
        ALL => 1..words,
        // SAFETY: the caller's promise; types that say so are texts.
        TEXT if SHARES => match unsafe { at.cast::<Str>().as_ref() }.is_shared() {
            true => SharedText::BUFFER..SharedText::BUFFER + 1,
            false => 0..0,
        },
        ITEMS => 1..2,
        // SAFETY: types that say so are classes of instances.
        ATTRIBUTES => unsafe { at.cast::<Instance>().as_ref() }.traced(),
        count => 1..words.min(1 + count as usize),
    }
}
