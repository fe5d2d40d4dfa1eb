//! A dict that is made once and shown to programs: `errno.errorcode`. What would change it is a `TypeError`, so that nobody
//! believes to have changed the module's own.

use super::{DICT, Dict, Map, iter, print, unary};
use crate::object::class::TYPE;
use crate::object::handle::{Args, Handle};
use crate::object::kind::{ALL, Access, Binary, Header, Kind, Slots, Type};
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// clear(): an error; this dict stays as it is.
    def clear(1) = refuse;
    /// copy(): a dict of the same entries, which may be changed.
    def copy(1) = copy;
    /// pop(key[, default]): an error; this dict stays as it is.
    def pop(2..=3) = refuse;
    /// popitem(): an error; this dict stays as it is.
    def popitem(1) = refuse;
    /// setdefault(key, default=None): an error; this dict stays as it is.
    def setdefault(2..=3) = refuse;
    /// update([mapping or pairs], **keywords): an error; this dict stays as it is.
    def update(1..=2, keywords) = refuse;
}

static SLOTS: Slots =
    Slots { print: Some(print), unary: Some(unary), binary: Some(binary), item: Some(item), iter: Some(iter), ..Slots::NONE };

/// `dict`, to look at.
static FIXED_DICT: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("dict"),
    kind: Kind::Dict,
    traced: ALL,
    base: Some(&DICT),
    rows: ROWS,
};

/// A dict of these entries that no program can change.
///
/// # Errors
/// `MemoryError`.
pub fn fixed(vm: &Vm, entries: Handle<Dict>) -> Outcome {
    let dict = vm.new_object(Dict { header: Header::of(&FIXED_DICT), map: Map::EMPTY })?;
    dict.map.take_from(vm, &entries.map);
    Ok(dict.word())
}

fn refuse(vm: &Vm, _: Args) -> Outcome {
    Err(vm.type_error("this dict is fixed; copy() makes one that can be changed"))
}

fn copy(vm: &Vm, args: Args) -> Outcome {
    let (dict, new) = (vm.receiver::<Dict>(args.at(0))?, vm.new_dict()?);
    new.map.copy_from(vm, &dict.map)?;
    Ok(new.word())
}

fn item(vm: &Vm, word: Word, key: Word, access: Access) -> Outcome {
    match access {
        Access::Load => super::item(vm, word, key, access),
        _ => Ok(Word::UNSET),
    }
}

fn binary(vm: &Vm, operator: Binary, lhs: Word, rhs: Word) -> Outcome {
    match operator {
        Binary::InPlaceOr => Ok(Word::NOT_IMPLEMENTED),
        // Another dict comes of it, which may be changed.
        Binary::Or => super::binary(vm, operator, copy(vm, Args::of(&[core::cell::Cell::new(lhs)]))?, rhs),
        _ => super::binary(vm, operator, lhs, rhs),
    }
}
