//! Iterating builtin containers without an iterator in the heap: the iterator lies on the machine stack for the moment of a step,
//! or in the three slots of a `for`.
//!
//! So loops run while the heap is locked, and a loop over a dict or some bytes leaves nothing for the collector.

use super::{Outcome, Vm};
use crate::object::dict::Dict;
use crate::object::handle::Handle;
use crate::object::iterator::{self, Iterator};
use crate::object::kind::{Header, Kind, Type};
use crate::object::set::Set;
use crate::object::word::Word;
use core::cell::Cell;
use core::ptr::NonNull;

/// Whether a `for` may iterate so.
pub(super) const IN_PLACE: bool = true;

/// Bits of a position, and of a number of entries, where both share the third slot of a `for`.
const HALF: u32 = usize::BITS / 2 - 2;

/// The type of iterators over a container and how many entries it has (0 if that does not matter); `None` for other objects.
fn plan(vm: &Vm, word: Word) -> Option<(&'static Type, usize)> {
    let map = match vm.type_of(word).kind {
        Kind::List => return Some((&iterator::LIST_ITERATOR, 0)),
        Kind::Tuple => return Some((&iterator::TUPLE_ITERATOR, 0)),
        Kind::Range => return Some((&iterator::RANGE_ITERATOR, 0)),
        Kind::Str => return Some((&iterator::STR_ITERATOR, 0)),
        Kind::Bytes | Kind::ByteArray => return Some((&iterator::BYTES_ITERATOR, 0)),
        Kind::Array | Kind::MemoryView => return Some((&iterator::ITEM_NUMBER_ITERATOR, 0)),
        Kind::Dict => (&iterator::KEY_ITERATOR, Handle::<Dict>::from(word)?.map.len()),
        Kind::Set => (&iterator::SET_ITERATOR, Handle::<Set>::from(word)?.map.len()),
        _ => return None,
    };
    (map.1 < 1 << HALF).then_some(map)
}

fn local(ty: &'static Type, source: Word, entries: usize, position: usize) -> Iterator {
    let state = Cell::new(Word::int(entries as isize));
    Iterator { header: Header::of(ty), source: Cell::new(source), state, position: Cell::new(position) }
}

/// The next item of an iterator that need not lie in the heap.
fn step(vm: &Vm, iterator: &Iterator) -> Outcome {
    // SAFETY: alive for the call; what steps an iterator reads and writes its cells, and keeps no word to it.
    let word = unsafe { Handle::from_pointer(NonNull::from(iterator)) }.word();
    vm.next(word)
}

/// An iteration by Rust.
pub(crate) enum Walk {
    /// Of a container, by what lies here.
    Here(Iterator),
    /// Of anything else, by its iterator.
    There(Word),
}

impl Walk {
    /// The next item, or `UNSET`.
    pub(crate) fn next(&self, vm: &Vm) -> Outcome {
        match self {
            Walk::Here(iterator) => step(vm, iterator),
            Walk::There(iterator) => vm.next(*iterator),
        }
    }
}

impl Vm {
    /// Begins to iterate.
    ///
    /// # Errors
    /// `TypeError` for what is not iterable, and what it raises.
    pub(crate) fn walk(&self, iterable: Word) -> Outcome<Walk> {
        Ok(match plan(self, iterable) {
            Some((ty, entries)) => Walk::Here(local(ty, iterable, entries, 0)),
            None => Walk::There(self.iter(iterable)?),
        })
    }

    /// What a `for` over a container keeps in its third slot; `None` for what needs an iterator.
    pub(super) fn walk_in_place(&self, iterable: Word) -> Option<Word> {
        plan(self, iterable).map(|(_, entries)| Word::int((entries << HALF) as isize))
    }

    /// A step of such a `for`, whose slots lie at `slots`.
    ///
    /// # Safety
    /// The three words of a `for` that `walk_in_place` has begun.
    #[inline(never)]
    pub(super) unsafe fn step_in_place(&self, slots: *mut Word) -> Outcome {
        // SAFETY: the caller's promise.
        let (source, number) = unsafe { (*slots, (*slots.add(2)).int_value() as usize) };
        let Some((ty, entries)) = plan(self, source) else { return Ok(Word::UNSET) };
        // A map's number of entries is the one that it had at the beginning.
        let is_map = matches!(self.type_of(source).kind, Kind::Dict | Kind::Set);
        let (entries, position) = if is_map { (number >> HALF, number & ((1 << HALF) - 1)) } else { (entries, number) };
        let iterator = local(ty, source, entries, position);
        let item = step(self, &iterator)?;
        let next = iterator.position.get();
        if is_map && next >= 1 << HALF {
            return Err(self.raise_memory(0));
        }
        let number = if is_map { entries << HALF | next } else { next };
        // SAFETY: as above.
        unsafe { *slots.add(2) = Word::int(number as isize) };
        Ok(item)
    }
}
