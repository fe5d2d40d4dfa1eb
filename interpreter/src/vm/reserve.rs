//! Memory put aside for exceptions: what `micropython.alloc_emergency_exception_buf` is for.
//!
//! While the heap is locked, or full, an exception is made of pieces of memory that were taken from the heap before. A piece is a
//! run of its own, so taking one changes nothing in the heap's books: a hard interrupt may do so while the main program
//! allocates. What was taken belongs to the collector like any object. Pieces are replaced when the lock is set or lifted, and
//! after collections.
//!
//! ```text
//!   Root::Emergency, a tuple: [bytes of text][exception, arguments, traceback, place, places, text] … (a kit for each exception)
//! ```

use super::{Outcome, Root, Vm};
use crate::heap::BLOCK;
use crate::object::handle::{Handle, Tailed};
use crate::object::print::{RawBytes, Sink};
use crate::object::tuple::Tuple;
use crate::object::word::Word;
use core::ptr::NonNull;

/// Pieces of a kit: blocks of each, the text's apart.
const BLOCKS: [usize; 5] = [1, 1, 1, 1, 2];
const KIT: usize = BLOCKS.len() + 1;

/// The longest message that is made without the heap, in bytes.
const LONGEST: usize = 128;

impl Vm {
    /// Puts memory for `kits` exceptions aside, with messages of up to `text` bytes; for none, gives it back. What was put aside
    /// for more stays.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn put_reserve_aside(&self, kits: usize, text: usize) -> Outcome<()> {
        if kits == 0 {
            self.set_root(Root::Emergency, Word::UNSET);
            return Ok(());
        }
        if self.pieces().is_some_and(|pieces| pieces.len() > kits * KIT) {
            return Ok(());
        }
        let size = Word::int(text.min(LONGEST) as isize);
        let pieces = self.new_tuple_with(1 + kits * KIT, |index| if index == 0 { size } else { Word::UNSET })?;
        self.set_root(Root::Emergency, pieces);
        self.refill_reserve();
        Ok(())
    }

    fn pieces(&self) -> Option<Handle<Tuple>> {
        Handle::from(self.root(Root::Emergency))
    }

    /// Whether anything was put aside.
    pub(crate) fn has_reserve(&self) -> bool {
        self.pieces().is_some()
    }

    /// Replaces what was used, as far as the heap has room.
    pub(super) fn refill_reserve(&self) {
        let Some(pieces) = self.pieces() else { return };
        let [text, pieces @ ..] = pieces.get().tail() else { return };
        let text = text.get().int_value() as usize + 4 * size_of::<usize>();
        for (index, piece) in pieces.iter().enumerate().filter(|(_, piece)| piece.get() == Word::UNSET) {
            let size = BLOCKS.get(index % KIT).map_or(text, |blocks| blocks * BLOCK);
            if let Some(raw) = self.raw_piece(size) {
                piece.set(raw.word());
            }
        }
    }

    /// A piece of memory for at least `size` bytes, while an exception is made.
    pub(super) fn take_from_reserve(&self, size: usize) -> Option<NonNull<u8>> {
        if !self.reserve_open.get() {
            return None;
        }
        self.uninterrupted(|| self.take_piece(size))
    }

    fn take_piece(&self, size: usize) -> Option<NonNull<u8>> {
        let pieces = self.pieces()?;
        let fits = |piece: &Word| Handle::<RawBytes>::from(*piece).is_some_and(|raw| whole_size(raw) >= size);
        let places = pieces.get().tail()[1..].iter();
        let best = places.filter(|piece| fits(&piece.get())).min_by_key(|piece| Handle::from(piece.get()).map(whole_size))?;
        let raw = Handle::<RawBytes>::from(best.replace(Word::UNSET))?;
        let at = raw.pointer().cast::<u8>();
        // SAFETY: a run of so many bytes that only the tuple referred to, as raw bytes; it is zero again, and nobody else's.
        unsafe { at.write_bytes(0, whole_size(raw)) };
        Some(at)
    }

    /// Runs `body`, which makes an exception: it may use the reserve.
    pub(crate) fn in_reserve<R>(&self, body: impl FnOnce() -> R) -> R {
        let outer = self.reserve_open.replace(true);
        let result = body();
        self.reserve_open.set(outer);
        result
    }
}

/// Bytes of the run that a piece is.
fn whole_size(raw: Handle<RawBytes>) -> usize {
    Tailed::<(), core::cell::Cell<u8>>::size(raw.len()).unwrap_or(0)
}

/// A message that is made on the machine stack; what is too long for it is left out.
pub(super) struct Short {
    bytes: [u8; LONGEST],
    length: usize,
}

impl Short {
    pub(super) fn new() -> Short {
        Short { bytes: [0; LONGEST], length: 0 }
    }

    /// The text, up to its last whole character within `most` bytes.
    fn text(&self, most: usize) -> &str {
        let bytes = &self.bytes[..self.length.min(most)];
        match core::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => core::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or(""),
        }
    }

    /// The text as an object, out of the reserve.
    pub(super) fn finish(self, vm: &Vm) -> Outcome {
        let most = vm.pieces().and_then(|pieces| pieces.at(0)).map_or(0, |size| size.int_value() as usize);
        vm.in_reserve(|| vm.new_str(self.text(most)))
    }
}

impl Sink for Short {
    fn write(&mut self, _: &Vm, bytes: &[u8]) -> Outcome<()> {
        let count = bytes.len().min(LONGEST - self.length);
        self.bytes[self.length..self.length + count].copy_from_slice(&bytes[..count]);
        self.length += count;
        Ok(())
    }
}
