//! The patterns that were compiled last, for programs that give the functions of `re` the text of one again and again.
//!
//! A dict has them by their text, with flags by a tuple of both. When it is full it begins anew, so nothing has to be known
//! about which is used how often. Only text and bytes as they are built in are keys: comparing them runs no Python.

use crate::object::bytes::Bytes;
use crate::object::dict::Dict;
use crate::object::handle::Handle;
use crate::object::str::Str;
use crate::object::word::Word;
use crate::vm::{Outcome, Root, Vm};

/// How many are kept.
const MOST: usize = 256;

fn all(vm: &Vm) -> Option<Handle<Dict>> {
    Handle::from(vm.root(Root::Patterns))
}

fn key(vm: &Vm, pattern: Word, flags: isize) -> Outcome<Option<Word>> {
    let is_plain = pattern.as_name().is_some() || Handle::<Str>::from(pattern).is_some() || Handle::<Bytes>::from(pattern).is_some();
    match flags {
        _ if !is_plain => Ok(None),
        0 => Ok(Some(pattern)),
        _ => vm.new_tuple(&[pattern, Word::int(flags)]).map(Some),
    }
}

/// The pattern object of a text and flags, if it is kept.
///
/// # Errors
/// `MemoryError`.
pub fn find(vm: &Vm, pattern: Word, flags: isize) -> Outcome<Option<Word>> {
    let Some(all) = all(vm) else { return Ok(None) };
    key(vm, pattern, flags)?.map_or(Ok(None), |key| all.map.get(vm, key))
}

/// Keeps a pattern object.
///
/// # Errors
/// `MemoryError`.
pub fn add(vm: &Vm, pattern: Word, flags: isize, made: Word) -> Outcome<()> {
    let Some(key) = key(vm, pattern, flags)? else { return Ok(()) };
    let all = match all(vm) {
        Some(all) => all,
        None => {
            let new = vm.new_dict()?;
            vm.set_root(Root::Patterns, new.word());
            new
        }
    };
    if all.map.len() >= MOST {
        all.map.clear(vm);
    }
    all.map.insert(vm, key, made).map(|_| ())
}

/// Keeps none any more.
pub fn forget(vm: &Vm) {
    vm.set_root(Root::Patterns, Word::UNSET);
}
