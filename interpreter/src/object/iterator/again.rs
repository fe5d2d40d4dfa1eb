//! What iterators say of themselves: how much is left, and of what they can be made again (`copy`, `pickle`). Hosts only.

use super::*;
use crate::object::range;

table! { pub ROWS, NAMES, DOCS:
    /// __length_hint__(): how many items are left.
    def __length_hint__(1) = length_hint;
    /// __reduce__(): what makes this iterator again.
    def __reduce__(1) = reduce;
    /// __setstate__(position): goes on from there.
    def __setstate__(2) = set_state;
}

fn is(it: Handle<Iterator>, ty: &'static Type) -> bool {
    core::ptr::eq(it.ty(), ty)
}

/// How many items an iterator over a container has left; `None` for one over iterators.
fn left(vm: &Vm, it: Handle<Iterator>) -> Outcome<Option<usize>> {
    let (source, position) = (it.source.get(), it.position.get());
    let known = [
        &LIST_ITERATOR,
        &TUPLE_ITERATOR,
        &RANGE_ITERATOR,
        &LONG_RANGE_ITERATOR,
        &KEY_ITERATOR,
        &VALUE_ITERATOR,
        &ITEM_ITERATOR,
        &SET_ITERATOR,
        &STR_ITERATOR,
        &BYTES_ITERATOR,
        &ITEM_NUMBER_ITERATOR,
        &DEQUE_ITERATOR,
        &REVERSED,
    ];
    if !known.into_iter().any(|ty| is(it, ty)) {
        return Ok(None);
    }
    if source == Word::UNSET {
        return Ok(Some(0));
    }
    if is(it, &STR_ITERATOR) {
        return Ok(Some(vm.text_of(source).get(position..).map_or(0, |rest| rest.chars().count())));
    }
    if is(it, &LONG_RANGE_ITERATOR) {
        return Ok(Some(range::long::left(vm, source, it.state.get())?));
    }
    let dict = Handle::<Dict>::from(source).filter(|_| !is(it, &REVERSED));
    if let Some(map) = dict.map(|dict| &dict.get().map).or(Handle::<Set>::from(source).map(|set| &set.get().map)) {
        let count = if dict.is_some() { dict_state(map) } else { Word::int(map.len() as isize) };
        let is_as_it_was = it.state.get() == count;
        let rest = (position..map.end()).filter(|position| map.entry(*position).is_some()).count();
        return Ok(Some(if is_as_it_was { rest } else { 0 }));
    }
    if let Some(dict) = Handle::<Dict>::from(source) {
        return Ok(Some((0..position.min(dict.map.end())).filter(|position| dict.map.entry(*position).is_some()).count()));
    }
    if is(it, &ITEM_NUMBER_ITERATOR) && vm.unary(Unary::Len, source).map_err(|raised| vm.take_raised(raised)).is_err() {
        return Ok(None);
    }
    let length = vm.length(source)?;
    if is(it, &REVERSED) {
        return Ok(Some(if position <= length { position } else { 0 }));
    }
    Ok(Some(length.saturating_sub(position)))
}

fn length_hint(vm: &Vm, args: Args) -> Outcome {
    Ok(left(vm, this(vm, args.at(0))?)?.map_or(Word::NOT_IMPLEMENTED, |left| Word::int(left as isize)))
}

/// `(function, arguments)`.
fn pair_of(vm: &Vm, function: Word, arguments: &[Word]) -> Outcome {
    vm.new_tuple(&[function, vm.new_tuple(arguments)?])
}

fn reduce(vm: &Vm, args: Args) -> Outcome {
    let it = this(vm, args.at(0))?;
    let (source, state, position) = (it.source.get(), it.state.get(), it.position.get());
    let own = vm.type_word_of(args.at(0));
    let iter = vm.builtin(name!(iter));
    let (function, all) = match it.ty() {
        ty if core::ptr::eq(ty, &ENUMERATE) => return pair_of(vm, own, &[source, state]),
        ty if core::ptr::eq(ty, &FILTER) => return pair_of(vm, own, &[state, source]),
        ty if core::ptr::eq(ty, &CALL_ITERATOR) => return pair_of(vm, iter, &[source, state]),
        ty if core::ptr::eq(ty, &ZIP) => {
            let made = [own, if source == Word::UNSET { vm.new_tuple(&[])? } else { source }, Word::TRUE];
            return vm.new_tuple(&made[..if position == 1 { 3 } else { 2 }]);
        }
        ty if core::ptr::eq(ty, &MAP) => {
            let arguments = vm.new_list(&[state])?;
            Handle::<List>::from(arguments).expect("just made").extend(vm, source)?;
            return vm.new_tuple(&[own, vm.tuple_of(arguments)?.word()]);
        }
        ty if core::ptr::eq(ty, &REVERSED) => (own, source),
        _ => (iter, source),
    };
    if all == Word::UNSET {
        return pair_of(vm, function, &[vm.new_tuple(&[])?]);
    }
    if Handle::<Dict>::from(all).is_some()
        || Handle::<Set>::from(all).is_some()
        || is(it, &DEQUE_ITERATOR)
        || is(it, &LONG_RANGE_ITERATOR)
    {
        // The items that are left, as another iterator of this kind finds them.
        let copy = new(vm, it.ty(), source, state, position)?;
        return pair_of(vm, iter, &[vm.list_of(copy)?.word()]);
    }
    let index = match it.ty() {
        ty if core::ptr::eq(ty, &STR_ITERATOR) => {
            vm.text_of(all).get(..position).map_or(0, |before| before.chars().count()) as isize
        }
        ty if core::ptr::eq(ty, &REVERSED) => position as isize - 1,
        _ => position as isize,
    };
    vm.new_tuple(&[function, vm.new_tuple(&[all])?, Word::int(index)])
}

fn set_state(vm: &Vm, args: Args) -> Outcome {
    let it = this(vm, args.at(0))?;
    let (source, index) = (it.source.get(), vm.index(args.at(1))?);
    let by_number = is(it, &ITEM_NUMBER_ITERATOR);
    if source == Word::UNSET || !by_number && left(vm, it)?.is_none() || Handle::<Dict>::from(source).is_some() {
        return Ok(Word::NONE);
    }
    if is(it, &STR_ITERATOR) {
        let text = vm.text_of(source);
        let at = text.char_indices().nth(index.max(0) as usize).map_or(text.len(), |(at, _)| at);
        it.position.set(at);
    } else if is(it, &REVERSED) {
        it.position.set((index + 1).clamp(0, vm.length(source)? as isize) as usize);
    } else {
        it.position.set(index.max(0) as usize);
    }
    Ok(Word::NONE)
}
