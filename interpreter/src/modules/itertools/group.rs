//! `groupby`, and the iterators over its groups.

use super::{NOTHING, Signature, kept, slots, this, type_of, types};
use crate::object::handle::{Args, Handle};
use crate::object::iterator::{Iterator, new};
use crate::object::kind::{Slots, Type};
use crate::object::list::List;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

types! {
    /// `groupby`: `state` is a list, `position` the number of the group.
    GROUPBY groupby = make_groupby, next_of_groupby;
    /// A group: `source` is the `groupby`, `state` the key, `position` its number.
    GROUPER _grouper = make_grouper, next_of_grouper;
}

// What a `groupby` keeps.
const FUNCTION: usize = 0;
const WANTED: usize = 1;
const KEY: usize = 2;
const VALUE: usize = 3;
/// How much that is.
pub const PARTS: usize = 4;

fn make_groupby(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    let signature = Signature { function: "groupby", parameters: [name!(iterable), name!(key)], required: 1, by_place: 2 };
    let [iterable, key] = signature.bind(vm, args)?;
    let iterator = vm.iter(iterable.expect("required"))?;
    let state = vm.new_list(&[key.unwrap_or(Word::NONE), NOTHING, NOTHING, NOTHING])?;
    new(vm, &GROUPBY, iterator, state, 0)
}

fn make_grouper(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    super::places(vm, "_grouper", args, 2, 2)?;
    let Some(parent) = vm.as_native::<Iterator>(args.at(0)).filter(|it| core::ptr::eq(it.ty(), &GROUPBY)) else {
        return Err(vm.wrong_type("_grouper() argument 1 must be itertools.groupby, not ", args.at(0)));
    };
    parent.position.set(parent.position.get() + 1);
    new(vm, &GROUPER, parent.word(), args.at(1), parent.position.get())
}

fn parts(it: Handle<Iterator>) -> Option<Handle<List>> {
    kept(it).filter(|list| list.len() == PARTS)
}

/// Reads the next item: whether there is one.
fn advance(vm: &Vm, it: Handle<Iterator>, list: Handle<List>) -> Outcome<bool> {
    let item = vm.next(it.source.get())?;
    if item == Word::UNSET {
        return Ok(false);
    }
    let function = list.items.get(FUNCTION);
    let key = if function == Word::NONE { item } else { vm.call(function, &[item])? };
    list.items.set(VALUE, item);
    list.items.set(KEY, key);
    Ok(true)
}

fn next_of_groupby(vm: &Vm, word: Word) -> Outcome {
    let it = this(vm, word)?;
    let Some(list) = parts(it) else { return Ok(Word::UNSET) };
    // The group before has ended.
    it.position.set(it.position.get() + 1);
    loop {
        let (wanted, key) = (list.items.get(WANTED), list.items.get(KEY));
        if key != NOTHING && (wanted == NOTHING || !vm.equal(wanted, key)?) {
            break;
        }
        if !advance(vm, it, list)? {
            return Ok(Word::UNSET);
        }
    }
    let key = list.items.get(KEY);
    list.items.set(WANTED, key);
    let group = new(vm, &GROUPER, it.word(), key, it.position.get())?;
    vm.new_tuple(&[key, group])
}

fn next_of_grouper(vm: &Vm, word: Word) -> Outcome {
    let group = this(vm, word)?;
    let Some(it) = Handle::<Iterator>::from(group.source.get()) else { return Ok(Word::UNSET) };
    let Some(list) = parts(it) else { return Ok(Word::UNSET) };
    let is_current = || it.position.get() == group.position.get();
    if !is_current() || list.items.get(VALUE) == NOTHING && !advance(vm, it, list)? {
        return Ok(Word::UNSET);
    }
    let key = list.items.get(KEY);
    if !vm.equal(group.state.get(), key)? || !is_current() {
        return Ok(Word::UNSET);
    }
    let item = list.items.get(VALUE);
    list.items.set(VALUE, NOTHING);
    list.items.set(KEY, NOTHING);
    Ok(if item == NOTHING { Word::UNSET } else { item })
}
