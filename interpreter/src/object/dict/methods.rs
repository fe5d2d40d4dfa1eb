//! The methods of `dict`.

use super::{Dict, merge, pair, update, view};
use crate::object::handle::{Args, Handle};
use crate::object::kind::Header;
use crate::object::map::Map;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// clear(): removes everything.
    def clear(1) = clear;
    /// copy(): a shallow copy.
    #[cfg(feature = "standard")]
    def copy(1) = copy;
    /// fromkeys(iterable, value=None): a dict of these keys, all with one value.
    #[cfg(feature = "standard")]
    class def fromkeys(2..=3) = |vm, args| fromkeys(vm, &three(args));
    /// get(key, default=None): the value of key, or the default.
    def get(2..=3) = get;
    /// items(): a view of all (key, value).
    def items(1) = |vm, args| view::new(vm, args, view::ITEMS);
    /// keys(): a view of all keys.
    def keys(1) = |vm, args| view::new(vm, args, view::KEYS);
    /// pop(key[, default]): removes key and returns its value.
    def pop(2..=3) = |vm, args| pop(vm, &three(args));
    /// popitem(): removes and returns the last (key, value).
    #[cfg(feature = "standard")]
    def popitem(1) = popitem;
    /// setdefault(key, default=None): the value of key, which is set to the default if absent.
    #[cfg(feature = "standard")]
    def setdefault(2..=3) = |vm, args| setdefault(vm, &three(args));
    /// update([mapping or pairs], **keywords): sets many keys.
    def update(1..=2, keywords) = update_method;
    /// values(): a view of all values.
    def values(1) = |vm, args| view::new(vm, args, view::VALUES);
}

fn this(vm: &Vm, args: Args) -> Outcome<Handle<Dict>> {
    vm.receiver(args.at(0))
}

fn clear(vm: &Vm, args: Args) -> Outcome {
    this(vm, args)?.map.clear(vm);
    Ok(Word::NONE)
}

fn copy(vm: &Vm, args: Args) -> Outcome {
    let dict = this(vm, args)?;
    let new = vm.new_object(Dict { header: Header::of(dict.ty()), map: Map::EMPTY })?;
    new.map.copy_from(vm, &dict.map)?;
    Ok(new.word())
}

/// The receiver, an argument, and another one; `UNSET` if it is not there.
fn three(args: Args) -> [Word; 3] {
    [args.at(0), args.at(1), args.get(2).unwrap_or(Word::UNSET)]
}

pub(super) fn fromkeys(vm: &Vm, args: &[Word; 3]) -> Outcome {
    let value = args[2].set().unwrap_or(Word::NONE);
    let new = vm.call(args[0], &[])?;
    vm.for_each(args[1], &mut |key| vm.set_item(new, key, value))?;
    Ok(new)
}

fn get(vm: &Vm, args: Args) -> Outcome {
    let value = this(vm, args)?.map.get(vm, args.at(1))?;
    Ok(value.or(args.get(2)).unwrap_or(Word::NONE))
}

pub(super) fn pop(vm: &Vm, args: &[Word; 3]) -> Outcome {
    let value = vm.receiver::<Dict>(args[0])?.map.remove(vm, args[1])?;
    value.or(args[2].set()).ok_or_else(|| vm.key_error(args[1]))
}

/// `KeyError` of an empty dict.
pub(super) fn empty(vm: &Vm) -> crate::vm::Raised {
    vm.raise_text(&crate::object::exception::KEY_ERROR, "popitem(): dictionary is empty")
}

fn popitem(vm: &Vm, args: Args) -> Outcome {
    match this(vm, args)?.map.pop() {
        None => Err(empty(vm)),
        entry => pair(vm, entry),
    }
}

pub(super) fn setdefault(vm: &Vm, args: &[Word; 3]) -> Outcome {
    let dict: Handle<Dict> = vm.receiver(args[0])?;
    if let Some(value) = dict.map.get(vm, args[1])? {
        return Ok(value);
    }
    let value = args[2].set().unwrap_or(Word::NONE);
    dict.map.insert(vm, args[1], value)?;
    Ok(value)
}

fn update_method(vm: &Vm, args: Args) -> Outcome {
    let dict = this(vm, args)?;
    match args.get(1) {
        Some(source) if args.keyword_count() == 0 => merge(vm, dict, source)?,
        _ => update(vm, dict, args.skip(1))?,
    }
    Ok(Word::NONE)
}
