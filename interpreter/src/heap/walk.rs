//! Who refers to whom: what `gc` tells programs of a computer.

use super::blocks::{BLOCK, Heap, WIDTH};
use super::mark::traced;
use crate::object::kind::{Kind, Type};
use crate::object::word::{TypeTag, Word};
use core::cell::Cell;
use core::ptr::NonNull;

/// Blocks of words, and objects that no program sees, lie in each other no deeper than this.
const DEEPEST: usize = 8;

impl Heap {
    /// Visits every object that a program can see, garbage among them.
    pub fn for_each_object(&self, visit: &mut dyn FnMut(Word)) {
        for index in 0..self.high.get() {
            let [a, b] = self.plane(index).each_ref().map(Cell::get);
            let mut heads = a & !b;
            while heads != 0 {
                if let Some((object, _)) = self.object_in(index * WIDTH + heads.trailing_zeros() as usize).filter(is_seen) {
                    visit(object);
                }
                heads &= heads - 1;
            }
        }
    }

    /// Visits the objects of the heap that one refers to, itself or by what is part of it alone.
    pub fn for_each_reference(&self, object: Word, visit: &mut dyn FnMut(Word)) {
        let block = if object.is_object() { self.block_at(object.address()) } else { None };
        if let Some(block) = block.filter(|block| self.is_head(*block)) {
            self.references(block, DEEPEST, visit);
        }
    }

    fn references(&self, block: usize, depth: usize, visit: &mut dyn FnMut(Word)) {
        let at = self.address_of(block).cast::<usize>();
        let words = self.run(block) * (BLOCK / size_of::<usize>());
        let words = match self.object_in(block) {
            // SAFETY: an object of this type lies there.
            Some((_, ty)) => unsafe { traced(at, ty, words) },
            None => 0..words,
        };
        for index in words {
            // SAFETY: `index` lies within the run, whose words are initialised.
            let value = unsafe { at.add(index).read() };
            let target = if value & 3 == 0 { self.block_at(value).filter(|_| value.is_multiple_of(BLOCK)) } else { None };
            let Some(target) = target.filter(|target| self.is_head(*target)) else { continue };
            match self.object_in(target).filter(is_seen) {
                Some((object, _)) => visit(object),
                None if depth > 0 => self.references(target, depth - 1, visit),
                None => {}
            }
        }
    }

    /// The object that a run is, and its type; `None` for a block of words.
    fn object_in(&self, block: usize) -> Option<(Word, &'static Type)> {
        let at: NonNull<u8> = self.address_of(block);
        // SAFETY: a run has at least one block of initialised words.
        let address = TypeTag::from_first_word(unsafe { at.cast::<usize>().read() })?;
        // SAFETY: a first word with this tag is a header, which names a type that lives as long as the object.
        let ty = unsafe { &*core::ptr::with_exposed_provenance::<Type>(address) };
        Some((Word::of_object(at.cast()), ty))
    }
}

/// Whether programs see objects of this kind.
fn is_seen(object: &(Word, &'static Type)) -> bool {
    !matches!(
        object.1.kind,
        Kind::Plain | Kind::FunctionExtras | Kind::Prototype | Kind::RawBytes | Kind::TextBuffer | Kind::Object
    )
}
