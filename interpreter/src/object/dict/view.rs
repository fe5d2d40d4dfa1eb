//! `d.keys()`, `d.values()`, `d.items()`: live views, the first and last of which take part in set operations.

use super::Dict;
use crate::object::class::TYPE;
use crate::object::handle::{Args, Handle};
use crate::object::iterator;
use crate::object::kind::{ALL, Binary, Header, Kind, Slots, Type, Unary};
use crate::object::print::{Printer, Style};
use crate::object::sequence;
use crate::object::set::{self, Set};
use crate::object::tuple::Tuple;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

/// `part` of a view of the keys.
pub const KEYS: Word = Word::int(0);
/// `part` of a view of the values.
pub const VALUES: Word = Word::int(1);
/// `part` of a view of the items.
pub const ITEMS: Word = Word::int(2);

table! { pub ROWS, NAMES, DOCS:
    /// isdisjoint(iterable): whether nothing is in both.
    def isdisjoint(2) = isdisjoint;
}

static SLOTS: Slots = Slots { print: Some(print), unary: Some(unary), binary: Some(binary), iter: Some(iter), ..Slots::NONE };

/// `dict_view`.
pub static DICT_VIEW: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
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

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let (dict, part) = this(vm, word)?;
    out.text(
        vm,
        if part == KEYS {
            "dict_keys(["
        } else if part == VALUES {
            "dict_values(["
        } else {
            "dict_items(["
        },
    )?;
    let (mut position, mut first) = (0, true);
    while let Some(found) = dict.map.next_entry(position) {
        if !first {
            out.text(vm, ", ")?;
        }
        let word = self::part(vm, part, dict.map.entry(found))?;
        out.word(vm, word, Style::Repr)?;
        (position, first) = (found + 1, false);
    }
    out.text(vm, "])")
}

fn unary(vm: &Vm, operator: Unary, word: Word) -> Outcome {
    let (dict, part) = this(vm, word)?;
    if part == VALUES && operator == Unary::Hash {
        return Ok(Word::int((dict.word().address() >> 4) as isize & Word::INT_MAX));
    }
    sequence::unary(vm, operator, word, dict.map.len())
}

fn iter(vm: &Vm, word: Word) -> Outcome {
    let (dict, part) = this(vm, word)?;
    let types = [&iterator::KEY_ITERATOR, &iterator::VALUE_ITERATOR, &iterator::ITEM_ITERATOR];
    iterator::new(vm, types[part.int_value() as usize], dict.word(), iterator::dict_state(&dict.map), 0)
}

fn contains(vm: &Vm, dict: Handle<Dict>, part: Word, wanted: Word) -> Outcome<bool> {
    if part == KEYS {
        return Ok(dict.map.position(vm, wanted)?.is_some());
    }
    if part == VALUES {
        for (_, value) in dict.map.iter() {
            if sequence::same(vm, value, wanted)? {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    let Some(pair) = vm.as_native::<Tuple>(wanted) else { return Ok(false) };
    let [key, value] = pair.tail() else { return Ok(false) };
    dict.map.get(vm, key.get())?.map_or(Ok(false), |found| sequence::same(vm, found, value.get()))
}

fn binary(vm: &Vm, operator: Binary, lhs: Word, rhs: Word) -> Outcome {
    let (dict, part) = this(vm, lhs)?;
    if operator == Binary::Contains {
        return Ok(Word::bool(contains(vm, dict, part, rhs)?));
    }
    if part == VALUES {
        return Ok(Word::NOT_IMPLEMENTED);
    }
    let (plain, reverse) = match operator {
        Binary::ReverseAnd => (Binary::And, true),
        Binary::ReverseOr => (Binary::Or, true),
        Binary::ReverseXor => (Binary::Xor, true),
        Binary::ReverseSub => (Binary::Sub, true),
        _ => (operator, false),
    };
    let is_set = vm.as_native::<Set>(rhs).is_some() || Handle::<DictView>::from(rhs).is_some_and(|view| view.part != VALUES);
    let combines = matches!(plain, Binary::And | Binary::Or | Binary::Xor | Binary::Sub);
    if !is_set && !combines {
        return Ok(Word::NOT_IMPLEMENTED);
    }
    if !is_set && vm.type_of(rhs).slots.iter.is_none() {
        return Ok(Word::NOT_IMPLEMENTED);
    }
    let (this, other) = (set::of(vm, &set::SET, lhs)?, set::of(vm, &set::SET, rhs)?);
    let (left, right) = if reverse { (other, this) } else { (this, other) };
    set::operate(vm, plain, left, right)
}

fn isdisjoint(vm: &Vm, args: Args) -> Outcome {
    let (dict, part) = this(vm, args.at(0))?;
    let mut disjoint = true;
    vm.for_each(args.at(1), &mut |word| {
        disjoint &= !contains(vm, dict, part, word)?;
        Ok(())
    })?;
    Ok(Word::bool(disjoint))
}
