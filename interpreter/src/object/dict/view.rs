//! `d.keys()`, `d.values()`, `d.items()`: live views.

use super::Dict;
use crate::object::class::TYPE;
use crate::object::handle::{Args, Handle};
use crate::object::kind::{ALL, Header, Kind, Type};
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

#[cfg_attr(not(feature = "standard"), path = "small/view.rs")]
mod behaviour;

pub use behaviour::{DOCS, NAMES, ROWS};

/// `part` of a view of the keys.
pub const KEYS: Word = Word::int(0);
/// `part` of a view of the values.
pub const VALUES: Word = Word::int(1);
/// `part` of a view of the items.
pub const ITEMS: Word = Word::int(2);

/// `dict_view`.
pub static DICT_VIEW: Type = Type {
    header: Header::of(&TYPE),
    slots: &behaviour::SLOTS,
    name: name!("dict_view"),
    kind: Kind::DictView,
    traced: ALL,
    base: None,
    rows: ROWS,
};

/// A view.
#[repr(C)]
pub struct DictView {
    /// `dict_view`.
    pub header: Header,
    /// The dict.
    pub dict: Word,
    /// `KEYS`, `VALUES` or `ITEMS`.
    pub part: Word,
}

pub(super) fn new(vm: &Vm, args: Args, part: Word) -> Outcome {
    let dict: Handle<Dict> = vm.receiver(args.at(0))?;
    Ok(vm.new_object(DictView { header: Header::of(&DICT_VIEW), dict: dict.word(), part })?.word())
}

/// The dict and the part that `word`, a dict or a view, shows.
pub fn viewed(word: Word) -> Option<(Handle<Dict>, Word)> {
    if let Some(dict) = Handle::<Dict>::from(word) {
        return Some((dict, KEYS));
    }
    let view = Handle::<DictView>::from(word)?;
    Some((Handle::from(view.dict)?, view.part))
}

/// The `part` of an entry; `UNSET` of none.
///
/// # Errors
/// `MemoryError`.
pub fn part(vm: &Vm, part: Word, entry: Option<(Word, Word)>) -> Outcome {
    match entry {
        Some((key, _)) if part == KEYS => Ok(key),
        Some((_, value)) if part == VALUES => Ok(value),
        _ => super::pair(vm, entry),
    }
}

fn this(vm: &Vm, word: Word) -> Outcome<(Handle<Dict>, Word)> {
    let view: Handle<DictView> = vm.receiver(word)?;
    Ok((vm.receiver(view.dict)?, view.part))
}
