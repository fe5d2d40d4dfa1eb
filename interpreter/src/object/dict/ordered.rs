//! `OrderedDict`: a dict whose order counts when two are compared, and whose entries can be moved.

use super::{Dict, Map, item, iter, methods, pair, unary};
use crate::object::class::TYPE;
use crate::object::handle::{Args, Handle};
use crate::object::kind::{ALL, Header, Kind, Slots, Type};
#[cfg(feature = "full")]
use crate::object::name::Name;
use crate::object::print::{Printer, Style};
use crate::object::sequence;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// fromkeys(iterable, value=None): an OrderedDict of these keys, all with one value.
    #[cfg(feature = "full")]
    class def fromkeys(2..=3, keywords) = |vm, args| methods::fromkeys(vm, &[args.at(0), args.at(1), named(vm, args, name!(value))?]);
    /// pop(key[, default]): removes key and returns its value.
    #[cfg(feature = "full")]
    def pop(2..=3, keywords) = |vm, args| methods::pop(vm, &[args.at(0), args.at(1), named(vm, args, name!(default))?]);
    /// setdefault(key, default=None): the value of key, which is set to the default if absent.
    #[cfg(feature = "full")]
    def setdefault(2..=3, keywords) = |vm, args| methods::setdefault(vm, &[args.at(0), args.at(1), named(vm, args, name!(default))?]);
    /// popitem(last=True): removes and returns the last (key, value), or the first.
    def popitem(1..=2, keywords) = popitem;
    /// move_to_end(key, last=True): makes key the last one, or the first.
    def move_to_end(2..=3, keywords) = move_to_end;
}

static SLOTS: Slots = Slots {
    make: Some(|vm, _, args| super::make(vm, &ORDERED_DICT, args)),
    print: Some(print),
    unary: Some(unary),
    binary: Some(super::binary),
    item: Some(item),
    iter: Some(iter),
    ..Slots::NONE
};

/// `OrderedDict`.
pub static ORDERED_DICT: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("OrderedDict"),
    kind: Kind::Dict,
    traced: ALL,
    base: Some(&super::DICT),
    rows: ROWS,
};

/// Whether two `OrderedDict`s of one length have the same entries in the same order; `None` unless both are `OrderedDict`s.
pub(super) fn equal(vm: &Vm, a: Handle<Dict>, b: Handle<Dict>) -> Outcome<Option<bool>> {
    if ![a, b].iter().all(|dict| core::ptr::eq(dict.ty(), &ORDERED_DICT)) {
        return Ok(None);
    }
    let (mut left, mut right) = (a.map.iter(), b.map.iter());
    loop {
        match (left.next(), right.next()) {
            (None, None) => return Ok(Some(true)),
            (Some(x), Some(y)) if sequence::same(vm, x.0, y.0)? && sequence::same(vm, x.1, y.1)? => {}
            _ => return Ok(Some(false)),
        }
    }
}

fn print(vm: &Vm, word: Word, out: &mut Printer, style: Style) -> Outcome<()> {
    out.text(vm, "OrderedDict(")?;
    super::print(vm, word, out, style)?;
    out.text(vm, ")")
}

/// The third argument, which may come by name; `UNSET` if it does not come.
#[cfg(feature = "full")]
fn named(vm: &Vm, args: Args, name: Name) -> Outcome {
    vm.only_keywords(args, &[name])?;
    Ok(args.either(2, name).unwrap_or(Word::UNSET))
}

fn last(vm: &Vm, args: Args, index: usize) -> Outcome<bool> {
    vm.only_keywords(args, &[name!(last)])?;
    args.either(index, name!(last)).map_or(Ok(true), |word| vm.truth(word))
}

fn popitem(vm: &Vm, args: Args) -> Outcome {
    let dict: Handle<Dict> = vm.receiver(args.at(0))?;
    match if last(vm, args, 1)? { dict.map.pop() } else { dict.map.pop_first() } {
        None => Err(methods::empty(vm)),
        entry => pair(vm, entry),
    }
}

fn move_to_end(vm: &Vm, args: Args) -> Outcome {
    let dict: Handle<Dict> = vm.receiver(args.at(0))?;
    let last = last(vm, args, 2)?;
    let position = dict.map.position(vm, args.at(1))?.ok_or_else(|| vm.key_error(args.at(1)))?;
    let (key, value) = dict.map.entry(position).expect("just found");
    if last {
        dict.map.remove_at(position);
        dict.map.insert(vm, key, value)?;
        return Ok(Word::NONE);
    }
    // To the front: a new map with this entry first.
    let new = Map::EMPTY;
    new.reserve(vm, dict.map.len())?;
    new.insert(vm, key, value)?;
    new.copy_from(vm, &dict.map)?;
    dict.map.take_from(vm, &new);
    Ok(Word::NONE)
}
