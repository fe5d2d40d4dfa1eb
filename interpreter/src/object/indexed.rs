//! Iterators of what is no iterable by itself: items by their index, and the results of calls.

use super::class::TYPE;
use super::handle::Handle;
use super::kind::{ALL, Header, Kind, Rows, Slots, Type};
use super::word::Word;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

/// Iterates an object that has `__getitem__` alone.
#[repr(C)]
pub struct ItemIterator {
    header: Header,
    object: Word,
    index: Cell<Word>,
}

static ITERATOR_SLOTS: Slots = Slots { iter: Some(|_, word| Ok(word)), next: Some(next_item), ..Slots::NONE };

static ITERATOR: Type = Type {
    header: Header::of(&TYPE),
    slots: &ITERATOR_SLOTS,
    name: name!("iterator"),
    kind: Kind::ItemIterator,
    traced: ALL,
    base: None,
    rows: Rows::NONE,
};

/// An iterator that asks `object` for 0, 1, … until an `IndexError`.
pub(super) fn iterate_items(vm: &Vm, object: Word) -> Outcome {
    Ok(vm.new_object(ItemIterator { header: Header::of(&ITERATOR), object, index: Cell::new(Word::int(0)) })?.word())
}

fn next_item(vm: &Vm, word: Word) -> Outcome {
    let iterator = Handle::<ItemIterator>::from(word).expect("by its type");
    let index = iterator.index.get();
    match vm.item(iterator.object, index) {
        Ok(item) => {
            iterator.index.set(Word::int(index.int_value() + 1));
            Ok(item)
        }
        Err(raised) => {
            let stops = [&super::exception::INDEX_ERROR, &super::exception::STOP_ITERATION];
            if stops.iter().any(|ty| vm.is_instance(vm.peek_raised(raised), ty)) {
                vm.take_raised(raised);
                return Ok(Word::UNSET);
            }
            Err(raised)
        }
    }
}

/// Iterates the results of calls, until one equals a sentinel.
#[repr(C)]
pub struct CallIterator {
    header: Header,
    callable: Cell<Word>,
    sentinel: Word,
}

static CALL_SLOTS: Slots = Slots { iter: Some(|_, word| Ok(word)), next: Some(next_call), ..Slots::NONE };

static CALLS: Type = Type {
    header: Header::of(&TYPE),
    slots: &CALL_SLOTS,
    name: name!("iterator"),
    kind: Kind::CallIterator,
    traced: ALL,
    base: None,
    rows: Rows::NONE,
};

/// `iter(callable, sentinel)`.
pub(super) fn iterate_calls(vm: &Vm, callable: Word, sentinel: Word) -> Outcome {
    Ok(vm.new_object(CallIterator { header: Header::of(&CALLS), callable: Cell::new(callable), sentinel })?.word())
}

fn next_call(vm: &Vm, word: Word) -> Outcome {
    let iterator = Handle::<CallIterator>::from(word).expect("by its type");
    let Some(callable) = iterator.callable.get().set() else { return Ok(Word::UNSET) };
    let item = vm.call(callable, &[])?;
    if vm.equal(item, iterator.sentinel)? {
        iterator.callable.set(Word::UNSET);
        return Ok(Word::UNSET);
    }
    Ok(item)
}
