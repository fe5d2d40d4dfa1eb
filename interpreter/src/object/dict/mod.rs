//! `dict`: a `Map` with a header. Its views have a file of their own (`view`), so have `OrderedDict` and the methods.

#[cfg(feature = "standard")]
mod fixed;
mod methods;
#[cfg_attr(not(feature = "standard"), path = "small/ordered.rs")]
mod ordered;
#[cfg_attr(not(feature = "full"), path = "small/proxy.rs")]
pub mod proxy;
mod view;

#[cfg(feature = "standard")]
pub use fixed::{DOCS as FIXED_DOCS, NAMES as FIXED_NAMES, fixed};
pub use methods::{DOCS, NAMES};
#[cfg(feature = "standard")]
pub use ordered::{DOCS as ORDERED_DOCS, NAMES as ORDERED_NAMES, ORDERED_DICT};
pub use view::{DICT_VIEW, DOCS as VIEW_DOCS, DictView, NAMES as VIEW_NAMES, part, viewed};

use super::class::TYPE;
use super::exception;
use super::handle::{Args, Handle};
use super::iterator;
use super::kind::{Access, Binary, Header, ITEMS, Kind, Slots, Type, Unary};
use super::map::Map;
use super::print::{Printer, Style};
use super::sequence;
use super::word::Word;
use crate::vm::{Outcome, Raised, Vm};

static SLOTS: Slots = Slots {
    make: Some(|vm, _, args| make(vm, &DICT, args)),
    print: Some(print),
    unary: Some(unary),
    binary: Some(binary),
    item: Some(item),
    iter: Some(iter),
    ..Slots::NONE
};

/// `dict`.
pub static DICT: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("dict"),
    kind: Kind::Dict,
    traced: ITEMS,
    base: None,
    rows: methods::ROWS,
};

/// A dict.
#[repr(C)]
pub struct Dict {
    /// `dict`, or a type that lies so.
    pub header: Header,
    /// Its entries.
    pub map: Map,
}

#[cfg(target_pointer_width = "32")]
const _: () = assert!(size_of::<Dict>() == 16, "a dict of 4 takes 16 + 32 bytes");

impl Vm {
    /// An empty dict.
    pub fn new_dict(&self) -> Outcome<Handle<Dict>> {
        self.new_object(Dict { header: Header::of(&DICT), map: Map::EMPTY })
    }

    /// `KeyError(key)`.
    #[cold]
    pub fn key_error(&self, key: Word) -> Raised {
        match exception::new(self, &exception::KEY_ERROR, &[key]) {
            Ok(exception) => self.raise_word(exception),
            Err(raised) => raised,
        }
    }
}

/// A dict of type `ty`, `dict` or `OrderedDict`, of what the arguments say.
fn make(vm: &Vm, ty: &'static Type, args: Args) -> Outcome {
    if args.len() > 1 {
        let all = Args::of(args.positional());
        vm.expect_count(all, 0, 1)?;
    }
    let dict = vm.new_object(Dict { header: Header::of(ty), map: Map::EMPTY })?;
    update(vm, dict, args)?;
    Ok(dict.word())
}

/// `update(mapping or pairs, **keywords)`.
///
/// # Errors
/// As `merge`.
pub fn update(vm: &Vm, dict: Handle<Dict>, args: Args) -> Outcome<()> {
    if let Some(source) = args.get(0) {
        merge(vm, dict, source)?;
    }
    for (key, value) in args.keywords() {
        dict.map.insert(vm, key, value)?;
    }
    Ok(())
}

/// Adds the entries of a dict, of anything with `keys()`, or of an iterable of pairs.
///
/// # Errors
/// `TypeError`, `ValueError` for what is no pair, and whatever the source raises.
pub fn merge(vm: &Vm, dict: Handle<Dict>, source: Word) -> Outcome<()> {
    let vm = vm.here();
    if let Some(other) = Handle::<Dict>::from(source) {
        return if other == dict { Ok(()) } else { dict.map.copy_from(vm, &other.map) };
    }
    if vm.find_attribute(source, name!(keys))? != Word::UNSET {
        let keys = vm.call_method(source, name!(keys), &[])?;
        return vm.for_each(keys, &mut |key| dict.map.insert(vm, key, vm.item(source, key)?).map(|_| ()));
    }
    vm.for_each(source, &mut |pair| {
        let pair = vm.tuple_of(pair)?;
        match pair.tail() {
            [key, value] => dict.map.insert(vm, key.get(), value.get()).map(|_| ()),
            _ => Err(vm.value_error("dict update sequence has wrong length")),
        }
    })
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let dict: Handle<Dict> = vm.receiver(word)?;
    out.text(vm, "{")?;
    let (mut position, mut first) = (0, true);
    while let Some(found) = dict.map.next_entry(position) {
        let Some((key, value)) = dict.map.entry(found) else { break };
        if !first {
            out.text(vm, ", ")?;
        }
        out.word(vm, key, Style::Repr)?;
        out.text(vm, ": ")?;
        out.word(vm, value, Style::Repr)?;
        (position, first) = (found + 1, false);
    }
    out.text(vm, "}")
}

fn unary(vm: &Vm, operator: Unary, word: Word) -> Outcome {
    let dict: Handle<Dict> = vm.receiver(word)?;
    sequence::unary(vm, operator, word, dict.map.len())
}

fn iter(vm: &Vm, word: Word) -> Outcome {
    let dict: Handle<Dict> = vm.receiver(word)?;
    iterator::new(vm, &iterator::KEY_ITERATOR, dict.word(), iterator::dict_state(&dict.map), 0)
}

fn item(vm: &Vm, word: Word, key: Word, access: Access) -> Outcome {
    let dict: Handle<Dict> = vm.receiver(word)?;
    match access {
        Access::Load => dict.map.get(vm, key)?.ok_or_else(|| vm.key_error(key)),
        Access::Store(value) => dict.map.insert(vm, key, value).map(|_| Word::NONE),
        Access::Delete => match dict.map.remove(vm, key)? {
            Some(_) => Ok(Word::NONE),
            None => Err(vm.key_error(key)),
        },
    }
}

fn binary(vm: &Vm, operator: Binary, lhs: Word, rhs: Word) -> Outcome {
    let dict: Handle<Dict> = vm.receiver(lhs)?;
    match operator {
        Binary::Contains => Ok(Word::bool(dict.map.position(vm, rhs)?.is_some())),
        Binary::InPlaceOr => {
            merge(vm, dict, rhs)?;
            Ok(lhs)
        }
        Binary::Or | Binary::Equal | Binary::NotEqual => match vm.as_native::<Dict>(rhs) {
            None => Ok(Word::NOT_IMPLEMENTED),
            Some(other) if operator == Binary::Or => {
                let new = vm.new_object(Dict { header: Header::of(dict.ty()), map: Map::EMPTY })?;
                new.map.copy_from(vm, &dict.map)?;
                new.map.copy_from(vm, &other.map)?;
                Ok(new.word())
            }
            Some(other) => Ok(Word::bool(equal(vm, dict, other)? == (operator == Binary::Equal))),
        },
        _ => Ok(Word::NOT_IMPLEMENTED),
    }
}

fn equal(vm: &Vm, a: Handle<Dict>, b: Handle<Dict>) -> Outcome<bool> {
    if a.map.len() != b.map.len() {
        return Ok(false);
    }
    vm.check_stack()?;
    if let Some(answer) = ordered::equal(vm, a, b)? {
        return Ok(answer);
    }
    for (key, value) in a.map.iter() {
        match b.map.get(vm, key)? {
            Some(other) if sequence::same(vm, value, other)? => {}
            _ => return Ok(false),
        }
    }
    Ok(true)
}

/// The pair behind an entry.
fn pair(vm: &Vm, entry: Option<(Word, Word)>) -> Outcome {
    entry.map_or(Ok(Word::UNSET), |(key, value)| vm.new_tuple(&[key, value]))
}
