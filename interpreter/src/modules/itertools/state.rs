//! How these iterators are copied and pickled: `(type, arguments that make an empty one, (source, state, position))`.

use super::{choice, first, group, several, this};
use crate::object::handle::{Args, Handle};
use crate::object::iterator::Iterator;
use crate::object::list::List;
use crate::object::range;
use crate::object::tuple::Tuple;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// __reduce__(): what makes this iterator again.
    def __reduce__(1) = reduce;
    /// __setstate__(state): goes on from there.
    def __setstate__(2) = set_state;
}

fn is(it: Handle<Iterator>, types: &[&'static crate::object::kind::Type]) -> bool {
    types.iter().any(|ty| core::ptr::eq(it.ty(), *ty))
}

/// `__reduce__`.
pub fn reduce(vm: &Vm, args: Args) -> Outcome {
    let it = this(vm, args.at(0))?;
    let own = vm.type_word_of(args.at(0));
    let (source, state, position) = (it.source.get(), it.state.get(), range::int(vm, it.position.get() as isize)?);
    if is(it, &[&first::COUNT, &first::REPEAT]) {
        let with_second = state != if is(it, &[&first::COUNT]) { Word::int(1) } else { Word::FALSE };
        let second = if is(it, &[&first::COUNT]) { state } else { position };
        let arguments = vm.new_tuple(&[source, second][..1 + with_second as usize])?;
        return vm.new_tuple(&[own, arguments]);
    }
    if is(it, &[&group::GROUPER]) {
        return vm.new_tuple(&[own, vm.new_tuple(&[source, state])?]);
    }
    let empty = vm.new_tuple(&[])?;
    let arguments = match it.ty() {
        _ if is(it, &[&several::CHAIN, &several::ZIP_LONGEST, &choice::PRODUCT]) => empty,
        _ if is(it, &[&first::CYCLE, &first::ACCUMULATE, &first::PAIRWISE, &group::GROUPBY, &choice::PERMUTATIONS]) => {
            vm.new_tuple(&[empty])?
        }
        _ if is(it, &[&several::COMPRESS]) => vm.new_tuple(&[empty, empty])?,
        _ if is(it, &[&first::ISLICE, &first::BATCHED, &choice::COMBINATIONS, &choice::REPLACING]) => {
            vm.new_tuple(&[empty, Word::int(1)])?
        }
        _ => vm.new_tuple(&[Word::NONE, empty])?,
    };
    let made = vm.new_tuple(&[own_copy(vm, source)?, own_copy(vm, state)?, position])?;
    vm.new_tuple(&[own, arguments, made])
}

/// A list is an iterator's own: nobody else gets it.
fn own_copy(vm: &Vm, word: Word) -> Outcome {
    if Handle::<List>::from(word).is_some() { Ok(vm.list_of(word)?.word()) } else { Ok(word) }
}

/// `__setstate__`.
pub fn set_state(vm: &Vm, args: Args) -> Outcome {
    let it = this(vm, args.at(0))?;
    let Some(parts) = vm.as_native::<Tuple>(args.at(1)).filter(|parts| parts.len() == 3) else {
        return Err(vm.type_error("state is not a 3-tuple"));
    };
    let part = |index: usize| parts.tail()[index].get();
    let (source, state) = (own_copy(vm, part(0))?, own_copy(vm, part(1))?);
    let position = vm.index(part(2))?.max(0) as usize;
    if !fits(it, source, state, position) {
        return Err(vm.value_error("invalid state"));
    }
    it.source.set(source);
    it.state.set(state);
    it.position.set(position);
    Ok(Word::NONE)
}

/// Whether an iterator of this type can go on with that.
fn fits(it: Handle<Iterator>, source: Word, state: Word, position: usize) -> bool {
    let (list, pool) = (Handle::<List>::from(state), Handle::<Tuple>::from(source));
    let len = list.map(|list| list.len());
    // Positions of a pool.
    let is_chosen = || {
        let number = |index: usize| list.and_then(|list| list.at(index)).and_then(Word::as_int);
        (0..len.unwrap_or(0).saturating_sub(1)).all(|index| number(index).is_some_and(|number| (0..1 << 40).contains(&number)))
    };
    if is(it, &[&first::COUNT, &first::REPEAT, &group::GROUPER]) {
        return false;
    }
    if is(it, &[&first::CYCLE]) {
        return list.is_some();
    }
    if is(it, &[&first::ACCUMULATE]) {
        return len == Some(2);
    }
    if is(it, &[&group::GROUPBY]) {
        return len == Some(group::PARTS);
    }
    if is(it, &[&first::ISLICE]) {
        return len == Some(3) || state == Word::NONE || state.as_int().is_some_and(|stop| stop >= 0);
    }
    if is(it, &[&first::BATCHED]) {
        return state.as_int().is_some_and(|size| size > 0);
    }
    if is(it, &[&several::ZIP_LONGEST]) {
        return Handle::<List>::from(source).is_some_and(|list| position <= list.len());
    }
    if is(it, &[&choice::PRODUCT]) {
        return pool.is_some_and(|pools| state == Word::NONE || len == Some(pools.len() + 1) && is_chosen());
    }
    if is(it, &[&choice::PERMUTATIONS]) {
        return pool.is_some_and(|pool| {
            state == Word::NONE || position <= pool.len() && len == Some(pool.len() + position + 1) && is_chosen()
        });
    }
    if is(it, &[&choice::COMBINATIONS, &choice::REPLACING]) {
        return pool.is_some() && (state == Word::NONE || len.is_some_and(|len| len > 0) && is_chosen());
    }
    true
}
