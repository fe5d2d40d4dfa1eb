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

/// Bits of a position, of a number of entries, and on hosts of the end of a dict's entries, where all share the third slot of a `for`.
const FIELD: u32 = if crate::WHOLE { 20 } else { usize::BITS / 2 - 2 };

/// The type of iterators over a container, and their `state` (0 if that does not matter); `None` for other objects.
fn plan(vm: &Vm, word: Word) -> Option<(&'static Type, usize)> {
    let map = match vm.type_of(word).kind {
        Kind::List => return Some((&iterator::LIST_ITERATOR, 0)),
        Kind::Tuple => return Some((&iterator::TUPLE_ITERATOR, 0)),
        Kind::Range => return Some((&iterator::RANGE_ITERATOR, 0)),
        Kind::Str => return Some((&iterator::STR_ITERATOR, 0)),
        Kind::Bytes | Kind::ByteArray => return Some((&iterator::BYTES_ITERATOR, 0)),
        Kind::Array | Kind::MemoryView => return Some((&iterator::ITEM_NUMBER_ITERATOR, 0)),
        Kind::Dict => (&iterator::KEY_ITERATOR, iterator::dict_state(&Handle::<Dict>::from(word)?.map).int_value() as usize),
        Kind::Set => (&iterator::SET_ITERATOR, Handle::<Set>::from(word)?.map.len()),
        _ => return None,
    };
    Some(map)
}

/// A map's `state` in so few bits that a position has room beside it; `None` if it is larger.
fn packed(state: usize) -> Option<usize> {
    let (count, end) = (state & ((1 << iterator::END) - 1), state >> iterator::END);
    let fits = count < 1 << FIELD && end < 1 << FIELD;
    fits.then_some(if crate::WHOLE { count | end << FIELD } else { count })
}

/// The `state` again.
fn unpacked(fields: usize) -> usize {
    if crate::WHOLE { fields & ((1 << FIELD) - 1) | fields >> FIELD << iterator::END } else { fields }
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
        let (_, state) = plan(self, iterable)?;
        Some(Word::int((packed(state)? << FIELD) as isize))
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
        let (state, position) = if is_map { (unpacked(number >> FIELD), number & ((1 << FIELD) - 1)) } else { (entries, number) };
        let iterator = local(ty, source, state, position);
        let item = step(self, &iterator)?;
        let next = iterator.position.get();
        if is_map && next >= 1 << FIELD {
            return Err(self.raise_memory(0));
        }
        let number = if is_map { number >> FIELD << FIELD | next } else { next };
        // SAFETY: as above.
        unsafe { *slots.add(2) = Word::int(number as isize) };
        Ok(item)
    }
}
