//! `tee`: iterators that walk one chain of what another iterator gave.
//!
//! ```text
//!   _tee ─state→ [item] ─state→ [item] ─state→ [nothing yet]
//!   _tee ─source→ what they share: the iterator, and whether one of them is asking it
//! ```
//! A link is an iterator, too, which nobody sees: its `position` is 1 if it has an item.

use super::{places, slots, this, type_of};
use crate::object::exception::RUNTIME_ERROR;
use crate::object::handle::{Args, Handle};
use crate::object::iterator::{Iterator, new};
use crate::object::kind::{Rows, Slots, Type};
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

/// One of the copies.
pub static TEE: Type = {
    static SLOTS: Slots = slots(make, next);
    type_of(name!(_tee), &SLOTS, rows::ROWS)
};

/// A link, or what the copies share.
static LINK: Type = type_of(name!(_tee), &Slots::NONE, Rows::NONE);

/// What a copy has.
pub mod rows {
    use super::*;

    table! { pub ROWS, NAMES, DOCS:
        /// __copy__(): one that goes on from the same place.
        def __copy__(1) = |vm, args| copy(vm, this(vm, args.at(0))?);
        /// __reduce__(): refuses.
        def __reduce__(1) = |vm, _| Err(vm.type_error("cannot pickle 'itertools._tee' object"));
    }
}

fn copy(vm: &Vm, it: Handle<Iterator>) -> Outcome {
    new(vm, &TEE, it.source.get(), it.state.get(), 0)
}

fn over(vm: &Vm, iterable: Word) -> Outcome {
    let iterator = vm.iter(iterable)?;
    if let Some(it) = vm.as_native::<Iterator>(iterator).filter(|it| core::ptr::eq(it.ty(), &TEE)) {
        return copy(vm, it);
    }
    let shared = new(vm, &LINK, iterator, Word::NONE, 0)?;
    new(vm, &TEE, shared, new(vm, &LINK, Word::NONE, Word::NONE, 0)?, 0)
}

fn make(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    places(vm, "_tee", args, 1, 1)?;
    over(vm, args.at(0))
}

fn next(vm: &Vm, word: Word) -> Outcome {
    let it = this(vm, word)?;
    let (shared, link) = (Handle::<Iterator>::from(it.source.get()), Handle::<Iterator>::from(it.state.get()));
    let (Some(shared), Some(link)) = (shared, link) else { return Ok(Word::UNSET) };
    if link.position.get() == 0 {
        if shared.position.replace(1) == 1 {
            return Err(vm.raise_text(&RUNTIME_ERROR, "cannot re-enter the tee iterator"));
        }
        let outcome = vm.next(shared.source.get());
        shared.position.set(0);
        let item = outcome?;
        if item == Word::UNSET {
            return Ok(item);
        }
        link.state.set(new(vm, &LINK, Word::NONE, Word::NONE, 0)?);
        link.source.set(item);
        link.position.set(1);
    }
    it.state.set(link.state.get());
    Ok(link.source.get())
}

/// `tee(iterable, n=2)`.
pub fn tee(vm: &Vm, args: Args) -> Outcome {
    let count = vm.index_or(args.get(1), 2)?;
    if count < 0 {
        return Err(vm.value_error("n must be >= 0"));
    }
    let copies = vm.new_list_with_capacity(0)?;
    if count > 0 {
        let iterator = vm.iter(args.at(0))?;
        let knows = vm.find_attribute(iterator, name!(__copy__))?.set().is_some();
        let mut last = if knows { iterator } else { over(vm, iterator)? };
        for index in 0..count {
            if index > 0 {
                last = vm.call_method(last, name!(__copy__), &[])?;
            }
            copies.push(vm, last)?;
        }
    }
    Ok(vm.tuple_of(copies.word())?.word())
}
