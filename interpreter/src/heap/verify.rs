//! Walks the heap and asserts what must be true of it. Tests call it after every allocation failure.

use super::blocks::{BLOCK, Heap, WIDTH};
use super::mark::traced;
use crate::object::kind::{Kind, Type};
use crate::object::word::TypeTag;
use core::cell::Cell;

impl Heap {
    /// Checks planes, headers and, after a collection, every reference.
    ///
    /// # Panics
    /// When something is wrong: a tail without a head, a used block above the high-water mark, a mark outside a collection,
    /// a header that is no type, or (with `references`) a word that points into a free run or at the middle of one.
    pub fn verify(&self, references: bool) {
        let mut inside = false;
        for index in 0..self.words() {
            let [a, b] = self.plane(index).each_ref().map(Cell::get);
            assert!(a & b == 0, "no block is marked outside a collection");
            assert!(a | b == 0 || index < self.high.get(), "used blocks lie below the high-water mark");
            // The first of these blocks follows the last word's; every tail follows a head or a tail.
            let before = (a | b) << 1 | usize::from(inside);
            assert!(b & !before == 0, "every tail follows its head");
            inside = (a | b) >> (WIDTH - 1) != 0;
            let mut heads = a;
            while heads != 0 {
                self.verify_run(index * WIDTH + heads.trailing_zeros() as usize, references);
                heads &= heads - 1;
            }
        }
    }

    fn verify_run(&self, block: usize, references: bool) {
        let at = self.address_of(block).cast::<usize>();
        let mut words = 1..self.run(block) * (BLOCK / size_of::<usize>());
        // SAFETY: a run has at least one block of initialised words.
        if let Some(address) = TypeTag::from_first_word(unsafe { at.read() }) {
            // SAFETY: a first word with this tag is a header.
            let ty = unsafe { &*core::ptr::with_exposed_provenance::<Type>(address) };
            assert!(matches!(ty.header.0.get().kind, Kind::Type | Kind::Class | Kind::NamedTuple), "a header names a type");
            // SAFETY: an object of this type.
            words = unsafe { traced(at, ty, words.end) };
        }
        if !references {
            return;
        }
        for index in words.clone() {
            // SAFETY: `index` lies within the run.
            let value = unsafe { at.add(index).read() };
            if value & 3 == 0
                && let Some(target) = self.block_at(value)
            {
                let sound = value.is_multiple_of(BLOCK) && self.is_head(target);
                assert!(
                    sound,
                    "a reference points at the start of a run: word {index} of {words:?}, {:#x} in block {block}",
                    value
                );
            }
        }
    }
}
