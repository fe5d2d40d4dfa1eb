//! `set` and `frozenset`: a `Map` whose values are `None`. Both lie in memory alike; the type tells them apart.

use super::class::TYPE;
use super::exception;
use super::handle::{Args, Handle};
use super::iterator;
use super::kind::{Binary, Header, ITEMS, Kind, Slots, Type, Unary};
use super::map::Map;
use super::print::{Printer, Style};
use super::sequence;
use super::word::Word;
use crate::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// add(x): adds x.
    def add(2) = add;
    /// clear(): removes everything.
    def clear(1) = clear;
    /// copy(): a copy.
    def copy(1) = copy;
    /// difference(*others): what is in none of the others.
    def difference(1..) = |vm, args| combined(vm, args, Binary::Sub);
    /// difference_update(*others): removes what is in the others.
    def difference_update(1..) = |vm, args| update(vm, args, Binary::Sub);
    /// discard(x): removes x if it is there.
    def discard(2) = discard;
    /// intersection(*others): what is in all of them.
    def intersection(1..) = |vm, args| combined(vm, args, Binary::And);
    /// intersection_update(*others): keeps what is in all of the others.
    def intersection_update(1..) = |vm, args| update(vm, args, Binary::And);
    /// isdisjoint(other): whether nothing is in both.
    def isdisjoint(2) = isdisjoint;
    /// issubset(other): whether everything is in the other.
    def issubset(2) = |vm, args| compared(vm, args, Binary::LessEqual);
    /// issuperset(other): whether everything of the other is here.
    def issuperset(2) = |vm, args| compared(vm, args, Binary::GreaterEqual);
    /// pop(): removes and returns something.
    def pop(1) = pop;
    /// remove(x): removes x.
    def remove(2) = remove;
    /// symmetric_difference(other): what is in one of the two only.
    def symmetric_difference(2) = |vm, args| combined(vm, args, Binary::Xor);
    /// symmetric_difference_update(other): keeps what is in one of the two only.
    def symmetric_difference_update(2) = |vm, args| update(vm, args, Binary::Xor);
    /// union(*others): what is in any of them.
    def union(1..) = |vm, args| combined(vm, args, Binary::Or);
    /// update(*others): adds what is in the others.
    def update(1..) = |vm, args| update(vm, args, Binary::Or);
}

table! { pub FROZEN_ROWS, FROZEN_NAMES, FROZEN_DOCS:
    /// copy(): the set itself.
    def copy(1) = |_, args| Ok(args.at(0));
    /// difference(*others): what is in none of the others.
    def difference(1..) = |vm, args| combined(vm, args, Binary::Sub);
    /// intersection(*others): what is in all of them.
    def intersection(1..) = |vm, args| combined(vm, args, Binary::And);
    /// isdisjoint(other): whether nothing is in both.
    def isdisjoint(2) = isdisjoint;
    /// issubset(other): whether everything is in the other.
    def issubset(2) = |vm, args| compared(vm, args, Binary::LessEqual);
    /// issuperset(other): whether everything of the other is here.
    def issuperset(2) = |vm, args| compared(vm, args, Binary::GreaterEqual);
    /// symmetric_difference(other): what is in one of the two only.
    def symmetric_difference(2) = |vm, args| combined(vm, args, Binary::Xor);
    /// union(*others): what is in any of them.
    def union(1..) = |vm, args| combined(vm, args, Binary::Or);
}

static SLOTS: Slots = Slots {
    make: Some(|vm, _, args| make(vm, &SET, args)),
    print: Some(print),
    unary: Some(unary),
    binary: Some(binary),
    iter: Some(iter),
    ..Slots::NONE
};

static FROZEN_SLOTS: Slots = Slots {
    make: Some(|vm, _, args| make(vm, &FROZEN_SET, args)),
    print: Some(print),
    unary: Some(unary),
    binary: Some(binary),
    iter: Some(iter),
    ..Slots::NONE
};

/// `set`.
pub static SET: Type =
    Type { header: Header::of(&TYPE), slots: &SLOTS, name: name!("set"), kind: Kind::Set, traced: ITEMS, base: None, rows: ROWS };

/// `frozenset`.
pub static FROZEN_SET: Type = Type {
    header: Header::of(&TYPE),
    slots: &FROZEN_SLOTS,
    name: name!("frozenset"),
    kind: Kind::Set,
    traced: ITEMS,
    base: None,
    rows: FROZEN_ROWS,
};

/// A `set` or `frozenset`.
#[repr(C)]
pub struct Set {
    /// Which of the two.
    pub header: Header,
    /// Its elements are the keys; all values are `None`, but for a hash, see `known_hash`.
    pub map: Map,
}

/// Whether it is the type of sets that never change.
pub fn is_frozen(ty: &Type) -> bool {
    core::ptr::eq(ty, &FROZEN_SET)
}

impl Set {
    fn is_frozen(self: &Set) -> bool {
        is_frozen(self.header.0.get())
    }

    /// Adds an element.
    ///
    /// # Errors
    /// `TypeError` if it is unhashable, `MemoryError`.
    pub fn add(&self, vm: &Vm, word: Word) -> Outcome<()> {
        self.map.insert(vm, word, Word::NONE).map(|_| ())
    }

    /// The hash of a frozen set, if it was asked for before: sets within sets would take time without bounds.
    fn known_hash(&self) -> Option<Word> {
        self.map.iter().next().map(|(_, value)| value).filter(|value| value.is_int())
    }

    /// Keeps the hash where the value of the first element would lie.
    fn keep_hash(&self, hash: Word) {
        if let Some(first) = self.map.next_entry(0) {
            self.map.set_value(first, hash);
        }
    }

    /// Adds all elements of another set.
    fn copy_from(&self, vm: &Vm, other: &Set) -> Outcome<()> {
        let known = other.known_hash();
        other.keep_hash(Word::NONE);
        let outcome = self.map.copy_from(vm, &other.map);
        other.keep_hash(known.unwrap_or(Word::NONE));
        outcome
    }
}

/// A new empty set of type `ty`.
///
/// # Errors
/// `MemoryError`.
pub fn new(vm: &Vm, ty: &'static Type) -> Outcome<Handle<Set>> {
    vm.new_object(Set { header: Header::of(ty), map: Map::EMPTY })
}

/// A set of all items of `iterable`; a new one unless it is a set of type `ty` already.
///
/// # Errors
/// `TypeError`, and what iterating raises.
pub fn of(vm: &Vm, ty: &'static Type, iterable: Word) -> Outcome<Handle<Set>> {
    if let Some(set) = Handle::<Set>::from(iterable)
        && core::ptr::eq(set.ty(), ty)
    {
        return Ok(set);
    }
    let set = new(vm, ty)?;
    extend(vm, set, iterable)?;
    Ok(set)
}

fn extend(vm: &Vm, set: Handle<Set>, iterable: Word) -> Outcome<()> {
    let vm = vm.here();
    match Handle::<Set>::from(iterable) {
        Some(other) if other == set => Ok(()),
        Some(other) => set.copy_from(vm, &other),
        None => vm.for_each(iterable, &mut |word| set.add(vm, word)),
    }
}

fn make(vm: &Vm, ty: &'static Type, args: Args) -> Outcome {
    vm.expect_count(args, 0, 1)?;
    match args.get(0) {
        None => Ok(new(vm, ty)?.word()),
        Some(iterable) if core::ptr::eq(ty, &FROZEN_SET) => Ok(of(vm, ty, iterable)?.word()),
        Some(iterable) => {
            let set = new(vm, ty)?;
            extend(vm, set, iterable)?;
            Ok(set.word())
        }
    }
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let set: Handle<Set> = vm.receiver(word)?;
    let frozen = set.is_frozen();
    if set.map.is_empty() {
        return out.text(vm, if frozen { "frozenset()" } else { "set()" });
    }
    out.text(vm, if frozen { "frozenset({" } else { "{" })?;
    let (mut position, mut first) = (0, true);
    while let Some(found) = set.map.next_entry(position) {
        if !first {
            out.text(vm, ", ")?;
        }
        out.word(vm, set.map.entry(found).map_or(Word::NONE, |entry| entry.0), Style::Repr)?;
        (position, first) = (found + 1, false);
    }
    out.text(vm, if frozen { "})" } else { "}" })
}

fn unary(vm: &Vm, operator: Unary, word: Word) -> Outcome {
    let set: Handle<Set> = vm.receiver(word)?;
    if operator != Unary::Hash || !set.is_frozen() {
        return sequence::unary(vm, operator, word, set.map.len());
    }
    if let Some(known) = set.known_hash() {
        return Ok(known);
    }
    // Independent of the order; alike hashes of elements must end far apart, or sets of small numbers meet.
    let mut hash = set.map.len() as u32;
    for (key, _) in set.map.iter() {
        let mixed = vm.hash(key)?.wrapping_add(0x9e37_79b9).wrapping_mul(0x85eb_ca6b);
        hash = hash.wrapping_add((mixed ^ mixed >> 15).wrapping_mul(0xc2b2_ae35).rotate_left(11));
    }
    let hash = Word::int(hash as isize >> 2);
    set.keep_hash(hash);
    Ok(hash)
}

fn iter(vm: &Vm, word: Word) -> Outcome {
    let set: Handle<Set> = vm.receiver(word)?;
    iterator::new(vm, &iterator::SET_ITERATOR, set.word(), Word::int(set.map.len() as isize), 0)
}

fn is_subset(vm: &Vm, a: Handle<Set>, b: Handle<Set>) -> Outcome<bool> {
    if a.map.len() > b.map.len() {
        return Ok(false);
    }
    for (key, _) in a.map.iter() {
        if b.map.position(vm, key)?.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Adds to `target` what `from` has and `unless` lacks or has.
fn filter(vm: &Vm, target: Handle<Set>, from: Handle<Set>, other: Handle<Set>, wanted: bool) -> Outcome<()> {
    for (key, _) in from.map.iter() {
        if other.map.position(vm, key)?.is_some() == wanted {
            target.add(vm, key)?;
        }
    }
    Ok(())
}

/// A binary operator on two sets; a new set is of the left one's type. `NOT_IMPLEMENTED` for operators that sets lack.
///
/// # Errors
/// What hashing and comparing elements raises.
pub fn operate(vm: &Vm, operator: Binary, a: Handle<Set>, b: Handle<Set>) -> Outcome {
    let (smaller, different) = (a.map.len() < b.map.len(), a.map.len() != b.map.len());
    let answer = match operator {
        Binary::LessEqual => is_subset(vm, a, b)?,
        Binary::Less => smaller && is_subset(vm, a, b)?,
        Binary::GreaterEqual => is_subset(vm, b, a)?,
        Binary::Greater => different && is_subset(vm, b, a)?,
        Binary::Equal => !different && is_subset(vm, a, b)?,
        Binary::NotEqual => different || !is_subset(vm, a, b)?,
        Binary::And | Binary::Or | Binary::Xor | Binary::Sub => {
            let new = new(vm, a.ty())?;
            if crate::WHOLE && operator != Binary::Or {
                // Growing step by step would file what it has again each time.
                let few = if operator == Binary::And { a.map.len().min(b.map.len()) } else { a.map.len() };
                new.map.reserve(vm, few)?;
            }
            match operator {
                Binary::And => filter(vm, new, a, b, true)?,
                Binary::Or => {
                    new.copy_from(vm, &a)?;
                    new.copy_from(vm, &b)?;
                }
                _ => filter(vm, new, a, b, false)?,
            }
            if operator == Binary::Xor {
                filter(vm, new, b, a, false)?;
            }
            return Ok(new.word());
        }
        _ => return Ok(Word::NOT_IMPLEMENTED),
    };
    Ok(Word::bool(answer))
}

/// Changes `set` to what the operator on it and `other` gives.
fn change(vm: &Vm, operator: Binary, set: Handle<Set>, other: Handle<Set>) -> Outcome<()> {
    if operator == Binary::Or {
        return extend(vm, set, other.word());
    }
    let result: Handle<Set> = vm.receiver(operate(vm, operator, set, other)?)?;
    set.map.take_from(vm, &result.map);
    Ok(())
}

fn binary(vm: &Vm, operator: Binary, lhs: Word, rhs: Word) -> Outcome {
    let set: Handle<Set> = vm.receiver(lhs)?;
    if operator == Binary::Contains {
        return Ok(Word::bool(set.map.position(vm, sought(vm, rhs)?)?.is_some()));
    }
    let Some(other) = vm.as_native::<Set>(rhs) else { return Ok(Word::NOT_IMPLEMENTED) };
    let plain = match operator {
        Binary::InPlaceAnd => Binary::And,
        Binary::InPlaceOr => Binary::Or,
        Binary::InPlaceXor => Binary::Xor,
        Binary::InPlaceSub => Binary::Sub,
        _ => return operate(vm, operator, set, other),
    };
    if set.is_frozen() {
        return Ok(Word::NOT_IMPLEMENTED);
    }
    change(vm, plain, set, other)?;
    Ok(lhs)
}

fn this(vm: &Vm, args: Args) -> Outcome<Handle<Set>> {
    vm.receiver(args.at(0))
}

fn combined(vm: &Vm, args: Args, operator: Binary) -> Outcome {
    let mut set = this(vm, args)?;
    if args.len() == 1 && !set.is_frozen() {
        return copy(vm, args);
    }
    for other in args.skip(1).positional() {
        let other = of(vm, &SET, other.get())?;
        set = vm.receiver(operate(vm, operator, set, other)?)?;
    }
    Ok(set.word())
}

fn update(vm: &Vm, args: Args, operator: Binary) -> Outcome {
    let set = this(vm, args)?;
    for other in args.skip(1).positional() {
        match operator {
            Binary::Or => extend(vm, set, other.get())?,
            _ => change(vm, operator, set, of(vm, &SET, other.get())?)?,
        }
    }
    Ok(Word::NONE)
}

fn compared(vm: &Vm, args: Args, operator: Binary) -> Outcome {
    let set = this(vm, args)?;
    operate(vm, operator, set, of(vm, &SET, args.at(1))?)
}

fn isdisjoint(vm: &Vm, args: Args) -> Outcome {
    let set = this(vm, args)?;
    let mut disjoint = true;
    if crate::WHOLE
        && let Some(other) = vm.as_native::<Set>(args.at(1))
    {
        let (fewer, more) = if set.map.len() < other.map.len() { (set, other) } else { (other, set) };
        for (key, _) in fewer.map.iter() {
            if more.map.position(vm, key)?.is_some() {
                return Ok(Word::FALSE);
            }
        }
        return Ok(Word::TRUE);
    }
    vm.for_each(args.at(1), &mut |word| {
        disjoint &= set.map.position(vm, word)?.is_none();
        Ok(())
    })?;
    Ok(Word::bool(disjoint))
}

fn add(vm: &Vm, args: Args) -> Outcome {
    this(vm, args)?.add(vm, args.at(1))?;
    Ok(Word::NONE)
}

fn clear(vm: &Vm, args: Args) -> Outcome {
    this(vm, args)?.map.clear(vm);
    Ok(Word::NONE)
}

fn copy(vm: &Vm, args: Args) -> Outcome {
    let set = this(vm, args)?;
    let new = new(vm, set.ty())?;
    new.copy_from(vm, &set)?;
    Ok(new.word())
}

/// What is looked for in a set: instead of a set, which has no hash, a frozen one of the same items.
fn sought(vm: &Vm, word: Word) -> Outcome {
    match vm.as_native::<Set>(word) {
        Some(set) if crate::WHOLE && !set.is_frozen() && vm.hash(word).map_err(|raised| vm.take_raised(raised)).is_err() => {
            let frozen = new(vm, &FROZEN_SET)?;
            frozen.copy_from(vm, &set)?;
            Ok(frozen.word())
        }
        _ => Ok(word),
    }
}

fn discard(vm: &Vm, args: Args) -> Outcome {
    this(vm, args)?.map.remove(vm, sought(vm, args.at(1))?)?;
    Ok(Word::NONE)
}

fn pop(vm: &Vm, args: Args) -> Outcome {
    match this(vm, args)?.map.pop_first() {
        Some((key, _)) => Ok(key),
        None => Err(vm.raise_text(&exception::KEY_ERROR, "pop from an empty set")),
    }
}

fn remove(vm: &Vm, args: Args) -> Outcome {
    match this(vm, args)?.map.remove(vm, sought(vm, args.at(1))?)? {
        Some(_) => Ok(Word::NONE),
        None => Err(vm.key_error(args.at(1))),
    }
}
