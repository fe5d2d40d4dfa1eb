//! `BuildSlice`. Nearly always the slice selects of a builtin sequence at once, and nobody sees it: then it is one that the `Vm`
//! keeps for this, so that slicing leaves no garbage, and that `a[i:j] = b` works where nothing can be allocated (in a hard
//! interrupt's callback).

use super::{Outcome, Root, Vm};
use crate::code::opcode::Opcode;
use crate::object::handle::Handle;
use crate::object::kind::Kind;
use crate::object::slice::Slice;
use crate::object::word::Word;

/// What a `BuildSlice` did.
pub(super) struct Built {
    /// How many words fewer lie on the stack, of which the last is what it made.
    pub(super) popped: usize,
    /// Whether the next instruction, of one byte, is done as well.
    pub(super) skips: bool,
}

impl Vm {
    /// A slice of the `count` words below `sp`, 2 or 3; with the operation that comes `next`, if that is on a builtin sequence.
    ///
    /// It has a frame of its own, and puts what it makes where that belongs: in the frame of whoever runs the program, which is always there, a
    /// collection would find what was sliced last and what came of it.
    ///
    /// # Safety
    /// They lie there, and below them what `next` needs.
    #[inline(never)]
    pub(super) unsafe fn build_slice(&self, sp: *mut Word, count: usize, next: u8) -> Outcome<Built> {
        // SAFETY: the caller's promise; before a slice at least the object that it selects of was pushed, or something else.
        let (parts, below) = unsafe { (core::slice::from_raw_parts(sp.sub(count), count), *sp.sub(count + 1)) };
        let parts = [parts[0], parts[1], parts.get(2).copied().unwrap_or(Word::NONE)];
        let is_item = [Opcode::LoadItem, Opcode::StoreItem, Opcode::DeleteItem].iter().any(|item| *item as u8 == next);
        if !is_item || !self.keeps_no_key(below) {
            let slice = self.new_slice(parts[0], parts[1], parts[2])?;
            // SAFETY: the first part lay there.
            unsafe { *sp.sub(count) = slice };
            return Ok(Built { popped: count - 1, skips: false });
        }
        let slice = self.lend_slice(parts)?;
        // SAFETY: the caller's promise; the slice lies where its first part did while Python may run.
        let outcome = unsafe {
            *sp.sub(count) = slice;
            match next {
                next if next == Opcode::LoadItem as u8 => self.item(below, slice).map(|word| {
                    *sp.sub(count + 1) = word;
                    0
                }),
                next if next == Opcode::StoreItem as u8 => self.set_item(below, slice, *sp.sub(count + 2)).map(|()| 2),
                _ => self.delete_item(below, slice).map(|()| 1),
            }
        };
        self.take_back(slice);
        outcome.map(|popped| Built { popped: count + popped, skips: true })
    }

    /// Whether selecting of `object` shows its key to no program and keeps it nowhere.
    fn keeps_no_key(&self, object: Word) -> bool {
        use Kind::{Array, ByteArray, Bytes, List, MemoryView, Range, Str, Tuple};
        matches!(self.type_of(object).kind, List | Tuple | Str | Bytes | ByteArray | Array | MemoryView | Range)
    }

    /// The slice that is kept, or a new one if that is in use.
    fn lend_slice(&self, parts: [Word; 3]) -> Outcome {
        let kept = self.root(Root::Slice);
        self.set_root(Root::Slice, Word::UNSET);
        match Handle::<Slice>::from(kept) {
            Some(slice) => {
                slice.set(parts);
                Ok(kept)
            }
            None => self.new_slice(parts[0], parts[1], parts[2]),
        }
    }

    fn take_back(&self, slice: Word) {
        Handle::<Slice>::from(slice).expect("it was lent").set([Word::NONE; 3]);
        self.set_root(Root::Slice, slice);
    }

    /// Sees to it that there is one to lend, where memory allows.
    pub(super) fn keep_slice(&self) {
        if self.root(Root::Slice) != Word::UNSET {
            return;
        }
        match self.new_slice(Word::NONE, Word::NONE, Word::NONE) {
            Ok(slice) => self.set_root(Root::Slice, slice),
            // Slices will be made when they are needed, or not at all.
            Err(raised) => drop(self.take_raised(raised)),
        }
    }
}
