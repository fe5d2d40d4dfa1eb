//! Iterators over builtin containers, and the ones with names of their own: `enumerate`, `zip`, `map`, `filter`, `reversed`.
//!
//! All are one struct: what is iterated, a second word, and a position. A type differs from the next in its `next` alone.
//! An exhausted iterator over a container forgets its source (`UNSET`) and stays exhausted; one over iterators asks them again.

use super::class::TYPE;
use super::dict::Dict;
use super::exception;
use super::handle::{Args, Handle};
use super::kind::{Header, Kind, Slots, Type, Unary};
use super::list::List;
use super::map::Map;
use super::name::Name;
use super::range::Range;
use super::set::Set;
use super::tuple::Tuple;
use super::word::Word;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

#[cfg_attr(not(feature = "full"), path = "small/again.rs")]
pub mod again;

/// An iterator.
#[repr(C)]
pub struct Iterator {
    /// Its type, which says what the fields mean.
    pub header: Header,
    /// What is iterated; `UNSET` when exhausted.
    pub source: Cell<Word>,
    /// A second object or number.
    pub state: Cell<Word>,
    /// The next position.
    pub position: Cell<usize>,
}

#[cfg(target_pointer_width = "32")]
const _: () = assert!(size_of::<Iterator>() == 16);

/// `TYPE "name" = next, make;` for each type of iterators.
macro_rules! iterators {
    ($($(#[$doc:meta])* $ty:ident $name:literal = $next:expr, $make:expr;)*) => {
        $($(#[$doc])* pub static $ty: Type = Type {
            header: Header::of(&TYPE),
            slots: {
                static SLOTS: Slots = Slots { make: $make, iter: Some(itself), next: Some($next), ..Slots::NONE };
                &SLOTS
            },
            name: name!($name),
            kind: Kind::Iterator,
            traced: 2,
            base: None,
            rows: again::ROWS,
        };)*
    };
}

iterators! {
    /// Over a list.
    LIST_ITERATOR "iterator" = next_of_list, None;
    /// Over a tuple.
    TUPLE_ITERATOR "iterator" = next_of_tuple, None;
    /// Over a range.
    RANGE_ITERATOR "iterator" = next_of_range, None;
    /// Over a range beyond machine integers; `state` is the next index.
    #[cfg(feature = "full")]
    LONG_RANGE_ITERATOR "iterator" = next_of_long_range, None;
    /// Over a dict's keys.
    KEY_ITERATOR "iterator" = |vm, word| Ok(next_of_map(vm, word)?.map_or(Word::UNSET, |entry| entry.0)), None;
    /// Over a dict's values.
    VALUE_ITERATOR "iterator" = |vm, word| Ok(next_of_map(vm, word)?.map_or(Word::UNSET, |entry| entry.1)), None;
    /// Over a dict's items.
    ITEM_ITERATOR "iterator" = next_item, None;
    /// Over a set.
    SET_ITERATOR "iterator" = |vm, word| Ok(next_of_map(vm, word)?.map_or(Word::UNSET, |entry| entry.0)), None;
    /// Over the characters of a `str`; `position` is in bytes.
    STR_ITERATOR "iterator" = next_of_str, None;
    /// Over the bytes of a bytes-like object.
    BYTES_ITERATOR "iterator" = next_of_bytes, None;
    /// Over whatever has items by number from 0 on, until `IndexError`: `__getitem__`, memoryview, array.
    ITEM_NUMBER_ITERATOR "iterator" = next_by_number, None;
    /// Over a deque; `state` counts its changes.
    #[cfg(feature = "standard")]
    DEQUE_ITERATOR "iterator" = next_of_deque, None;
    /// `iter(callable, sentinel)`.
    CALL_ITERATOR "iterator" = next_of_call, None;
    /// `enumerate`.
    ENUMERATE "enumerate" = next_of_enumerate, Some(make_enumerate);
    /// `zip`; `position` is 1 if strict.
    ZIP "zip" = next_of_zip, Some(make_zip);
    /// `map`.
    MAP "map" = next_of_map_function, Some(make_map);
    /// `filter`.
    FILTER "filter" = next_of_filter, Some(make_filter);
    /// `reversed`; `position` is how many are left.
    REVERSED "reversed" = next_of_reversed, Some(make_reversed);
}

/// A new iterator.
///
/// # Errors
/// `MemoryError`.
pub fn new(vm: &Vm, ty: &'static Type, source: Word, state: Word, position: usize) -> Outcome {
    let (source, state, position) = (Cell::new(source), Cell::new(state), Cell::new(position));
    Ok(vm.new_object(Iterator { header: Header::of(ty), source, state, position })?.word())
}

/// What an `__iter__` returned, if it is an iterator.
///
/// # Errors
/// `TypeError`.
pub fn checked(vm: &Vm, word: Word) -> Outcome {
    let ty = vm.type_of(word);
    let of_builtin = super::class::native_type(ty).slots.next.is_some();
    if of_builtin || super::class::lookup_special(vm, ty, name!(__next__)).is_some() {
        return Ok(word);
    }
    let parts = [Part::Text("iter() returned non-iterator of type '"), Part::TypeOf(word), Part::Text("'")];
    Err(vm.raise(&exception::TYPE_ERROR, &parts))
}

fn itself(_: &Vm, word: Word) -> Outcome {
    Ok(word)
}

/// `iter` of a list.
pub fn over_list(vm: &Vm, word: Word) -> Outcome {
    new(vm, &LIST_ITERATOR, vm.native(word), Word::NONE, 0)
}

/// `iter` of a tuple.
pub fn over_tuple(vm: &Vm, word: Word) -> Outcome {
    new(vm, &TUPLE_ITERATOR, vm.native(word), Word::NONE, 0)
}

/// `iter` of a range.
pub fn over_range(vm: &Vm, word: Word) -> Outcome {
    new(vm, &RANGE_ITERATOR, vm.native(word), Word::NONE, 0)
}

/// `iter` of a `str`.
pub fn over_str(vm: &Vm, word: Word) -> Outcome {
    new(vm, &STR_ITERATOR, vm.native(word), Word::NONE, 0)
}

/// `iter` of bytes and bytearrays.
pub fn over_bytes(vm: &Vm, word: Word) -> Outcome {
    new(vm, &BYTES_ITERATOR, vm.native(word), Word::NONE, 0)
}

/// `iter` of what has items by number.
pub fn over_items(vm: &Vm, word: Word) -> Outcome {
    new(vm, &ITEM_NUMBER_ITERATOR, word, Word::NONE, 0)
}

fn this(vm: &Vm, word: Word) -> Outcome<Handle<Iterator>> {
    vm.receiver(word)
}

impl Iterator {
    /// Exhausts it for good.
    fn finish(&self) -> Outcome {
        self.source.set(Word::UNSET);
        self.state.set(Word::UNSET);
        Ok(Word::UNSET)
    }

    /// The item at the position, which moves on; the end if there is none.
    #[inline]
    fn step(&self, item: Option<Word>) -> Outcome {
        match item {
            Some(item) => {
                self.position.set(self.position.get() + 1);
                Ok(item)
            }
            None => self.finish(),
        }
    }
}

fn next_of_list(vm: &Vm, word: Word) -> Outcome {
    let it = this(vm, word)?;
    let item = Handle::<List>::from(it.source.get()).and_then(|list| list.at(it.position.get()));
    it.step(item)
}

fn next_of_tuple(vm: &Vm, word: Word) -> Outcome {
    let it = this(vm, word)?;
    let item = Handle::<Tuple>::from(it.source.get()).and_then(|tuple| tuple.at(it.position.get()));
    it.step(item)
}

#[cfg(feature = "full")]
fn next_of_long_range(vm: &Vm, word: Word) -> Outcome {
    let it = this(vm, word)?;
    let source = it.source.get();
    if source == Word::UNSET {
        return Ok(source);
    }
    match super::range::long::next(vm, source, it.state.get())? {
        Some((number, index)) => {
            it.state.set(index);
            Ok(number)
        }
        None => it.finish(),
    }
}

fn next_of_range(vm: &Vm, word: Word) -> Outcome {
    let it = this(vm, word)?;
    let position = it.position.get();
    match Handle::<Range>::from(it.source.get()) {
        Some(range) if position < range.len() => it.step(Some(range.at(vm, position)?)),
        _ => it.finish(),
    }
}

/// What an iterator over a dict keeps in `state`: how many entries there are, and on hosts where they end: what lies behind that
/// later has come meanwhile.
pub fn dict_state(map: &Map) -> Word {
    Word::int(if crate::WHOLE { map.len() | map.end() << END } else { map.len() } as isize)
}

/// Where the end lies in such a state.
pub const END: u32 = usize::BITS / 2 - 2;

/// An iterator over a map keeps in `state` how many entries there were.
fn next_of_map(vm: &Vm, word: Word) -> Outcome<Option<(Word, Word)>> {
    let it = this(vm, word)?;
    let source = it.source.get();
    let (dict, set) = (Handle::<Dict>::from(source), Handle::<Set>::from(source));
    let map = match (&dict, &set) {
        (Some(dict), _) => &dict.map,
        (_, Some(set)) => &set.map,
        _ => return Ok(None),
    };
    let state = it.state.get().int_value() as usize;
    let (count, end) =
        if crate::WHOLE && dict.is_some() { (state & ((1 << END) - 1), state >> END) } else { (state, usize::MAX) };
    if count != map.len() {
        let is_ordered = crate::WHOLE && dict.is_some_and(|dict| !core::ptr::eq(dict.ty(), &super::dict::DICT));
        if is_ordered {
            return Err(vm.raise_text(&exception::RUNTIME_ERROR, "OrderedDict mutated during iteration"));
        }
        let kind = if dict.is_some() { "dictionary" } else { crate::worded("Set", "set") };
        return Err(vm.raise(&exception::RUNTIME_ERROR, &[Part::Text(kind), Part::Text(" changed size during iteration")]));
    }
    let found = map.next_entry(it.position.get());
    if crate::WHOLE && found.is_some_and(|position| position >= end) {
        return Err(vm.raise_text(&exception::RUNTIME_ERROR, "dictionary keys changed during iteration"));
    }
    match found {
        Some(position) => it.position.set(position + 1),
        None => {
            it.finish()?;
        }
    }
    Ok(found.and_then(|position| map.entry(position)))
}

fn next_item(vm: &Vm, word: Word) -> Outcome {
    match next_of_map(vm, word)? {
        Some((key, value)) => vm.new_tuple(&[key, value]),
        None => Ok(Word::UNSET),
    }
}

fn next_of_str(vm: &Vm, word: Word) -> Outcome {
    let it = this(vm, word)?;
    let rest = vm.text_of(it.source.get()).get(it.position.get()..).unwrap_or("");
    if rest.is_empty() {
        return it.finish();
    }
    let (character, width) = super::str::first_character(vm, rest)?;
    it.position.set(it.position.get() + width);
    Ok(character)
}

fn next_of_bytes(vm: &Vm, word: Word) -> Outcome {
    let it = this(vm, word)?;
    let source = it.source.get();
    if source == Word::UNSET {
        return Ok(source);
    }
    let byte = vm.buffer(source, false)?.bytes.get(it.position.get()).map(|byte| Word::int(byte.get() as isize));
    it.step(byte)
}

fn next_by_number(vm: &Vm, word: Word) -> Outcome {
    let it = this(vm, word)?;
    let source = it.source.get();
    if source == Word::UNSET {
        return Ok(source);
    }
    // What says how long it is needs no exception for its end, which takes memory.
    if matches!(vm.type_of(source).kind, Kind::Array | Kind::MemoryView) && it.position.get() >= vm.length(source)? {
        return it.finish();
    }
    match vm.item(source, Word::int(it.position.get() as isize)) {
        Ok(item) => it.step(Some(item)),
        Err(raised) => {
            let exception = vm.take_raised(raised);
            let end = [&exception::INDEX_ERROR, &exception::STOP_ITERATION];
            if end.iter().any(|ty| vm.is_instance(exception, ty)) { it.finish() } else { Err(vm.raise_word(exception)) }
        }
    }
}

#[cfg(feature = "standard")]
fn next_of_deque(vm: &Vm, word: Word) -> Outcome {
    let it = this(vm, word)?;
    let Some(deque) = Handle::<super::deque::Deque>::from(it.source.get()) else { return Ok(Word::UNSET) };
    if it.state.get() != Word::int(deque.changes() as isize & Word::INT_MAX) {
        return Err(vm.raise_text(&exception::RUNTIME_ERROR, "deque mutated during iteration"));
    }
    it.step(deque.at(it.position.get()))
}

/// `source` is the callable, `state` the sentinel.
fn next_of_call(vm: &Vm, word: Word) -> Outcome {
    let it = this(vm, word)?;
    if it.source.get() == Word::UNSET {
        return Ok(Word::UNSET);
    }
    let item = match vm.call(it.source.get(), &[]) {
        Err(raised) if vm.is_instance(vm.peek_raised(raised), &exception::STOP_ITERATION) => {
            vm.take_raised(raised);
            return it.finish();
        }
        outcome => outcome?,
    };
    if it.source.get() == Word::UNSET || vm.equal(item, it.state.get())? { it.finish() } else { Ok(item) }
}

/// Argument `index`, positional or by name.
fn argument(args: Args, index: usize, name: Name) -> Option<Word> {
    args.either(index, name)
}

fn make_enumerate(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    vm.only_keywords(args, &[name!(iterable), name!(start)])?;
    if crate::WHOLE && args.len() > 2 {
        return Err(vm.type_error("enumerate() takes at most 2 arguments"));
    }
    let iterable = argument(args, 0, name!(iterable)).ok_or_else(|| vm.type_error("'iterable' argument required"))?;
    let start = argument(args, 1, name!(start)).unwrap_or(Word::int(0));
    if !start.is_int() {
        vm.unary(Unary::Index, start)?;
    }
    new(vm, &ENUMERATE, vm.iter(iterable)?, start, 0)
}

fn next_of_enumerate(vm: &Vm, word: Word) -> Outcome {
    let it = this(vm, word)?;
    if it.source.get() == Word::UNSET {
        return Ok(Word::UNSET);
    }
    let item = vm.next(it.source.get())?;
    if item == Word::UNSET {
        return Ok(Word::UNSET);
    }
    let number = it.state.get();
    it.state.set(match number.as_int() {
        Some(value) if value < Word::INT_MAX => Word::int(value + 1),
        _ => vm.binary(super::kind::Binary::Add, number, Word::int(1))?,
    });
    vm.new_tuple(&[number, item])
}

/// A tuple of the iterators of all arguments.
fn iterators_of(vm: &Vm, args: Args) -> Outcome {
    let iterators = vm.new_list_with_capacity(args.len())?;
    args.positional().iter().try_for_each(|iterable| iterators.push(vm, vm.iter(iterable.get())?))?;
    Ok(vm.tuple_of(iterators.word())?.word())
}

fn make_zip(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    vm.only_keywords(args, &[name!(strict)])?;
    let strict = args.keyword(name!(strict)).map_or(Ok(false), |word| vm.truth(word))?;
    new(vm, &ZIP, iterators_of(vm, args)?, Word::NONE, strict as usize)
}

fn next_of_zip(vm: &Vm, word: Word) -> Outcome {
    let it = this(vm, word)?;
    let Some(iterators) = Handle::<Tuple>::from(it.source.get()) else { return Ok(Word::UNSET) };
    let count = iterators.len();
    let items = vm.new_list_with_capacity(count)?;
    for (index, iterator) in iterators.tail().iter().enumerate() {
        let item = vm.next(iterator.get())?;
        if item != Word::UNSET {
            items.push(vm, item)?;
            continue;
        }
        if it.position.get() == 1 {
            check_strict(vm, iterators, index)?;
        }
        return Ok(Word::UNSET);
    }
    if count == 0 { Ok(Word::UNSET) } else { Ok(vm.tuple_of(items.word())?.word()) }
}

/// Iterator `ended` of a strict `zip` has ended: an error unless it is the first, and all others end, too.
fn check_strict(vm: &Vm, iterators: Handle<Tuple>, ended: usize) -> Outcome<()> {
    let (number, than, others) = if ended > 0 {
        (ended, "shorter", ended)
    } else {
        let mut longer = None;
        for index in 1..iterators.len() {
            if vm.next(iterators.tail()[index].get())? != Word::UNSET {
                longer = Some(index);
                break;
            }
        }
        let Some(index) = longer else { return Ok(()) };
        (index, "longer", index)
    };
    let (text, many) = (Part::Text, others > 1);
    let range = if many { " than arguments 1-" } else { " than argument 1" };
    let parts = [
        text("zip() argument "),
        Part::Int(number as isize + 1),
        text(" is "),
        text(than),
        text(range),
        Part::Int(others as isize),
    ];
    Err(vm.raise(&exception::VALUE_ERROR, if many { &parts } else { &parts[..5] }))
}

fn make_map(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    vm.expect_count(args, 2, usize::MAX)?;
    let iterators = iterators_of(vm, args.skip(1))?;
    new(vm, &MAP, iterators, args.at(0), 0)
}

fn next_of_map_function(vm: &Vm, word: Word) -> Outcome {
    let it = this(vm, word)?;
    let Some(iterators) = Handle::<Tuple>::from(it.source.get()) else { return Ok(Word::UNSET) };
    let function = it.state.get();
    if let [only] = iterators.tail() {
        return match vm.next(only.get())?.set() {
            None => Ok(Word::UNSET),
            Some(item) => vm.call(function, &[item]),
        };
    }
    let items = vm.new_list_with_capacity(iterators.len())?;
    for iterator in iterators.tail() {
        match vm.next(iterator.get())?.set() {
            None => return Ok(Word::UNSET),
            Some(item) => items.push(vm, item)?,
        }
    }
    let items = vm.tuple_of(items.word())?;
    vm.call_args(function, Args::of(items.tail()))
}

fn make_filter(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    vm.expect_count(args, 2, 2)?;
    new(vm, &FILTER, vm.iter(args.at(1))?, args.at(0), 0)
}

fn next_of_filter(vm: &Vm, word: Word) -> Outcome {
    let it = this(vm, word)?;
    loop {
        let (source, function) = (it.source.get(), it.state.get());
        if source == Word::UNSET {
            return Ok(source);
        }
        let item = vm.next(source)?;
        if item == Word::UNSET {
            return Ok(item);
        }
        let answer = if function == Word::NONE { item } else { vm.call(function, &[item])? };
        if vm.truth(answer)? {
            return Ok(item);
        }
    }
}

/// `reversed`: `__reversed__`, or items by number from the last on.
fn make_reversed(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    vm.expect_count(args, 1, 1)?;
    let object = super::dict::proxy::seen(vm, args.at(0));
    if let Some(method) = super::class::lookup_special(vm, vm.type_of(object), name!(__reversed__)) {
        return vm.call(method, &[object]);
    }
    if let Some(dict) = super::dict::viewed(vm.native(object)) {
        let (dict, part) = dict;
        return new(vm, &REVERSED, dict.word(), part, dict.map.end());
    }
    if super::range::long::is_long(vm.native(object)) {
        return super::range::long::reversed(vm, object);
    }
    if Handle::<Set>::from(vm.native(object)).is_some() {
        return Err(
            vm.raise(&exception::TYPE_ERROR, &[Part::Text("'"), Part::TypeOf(object), Part::Text("' object isn't reversible")])
        );
    }
    new(vm, &REVERSED, object, Word::NONE, vm.length(object)?)
}

fn next_of_reversed(vm: &Vm, word: Word) -> Outcome {
    let it = this(vm, word)?;
    let source = it.source.get();
    if source == Word::UNSET {
        return Ok(source);
    }
    if let Some(dict) = Handle::<Dict>::from(source) {
        return match dict.map.previous_entry(it.position.get()) {
            Some(position) => {
                it.position.set(position);
                super::dict::part(vm, it.state.get(), dict.map.entry(position))
            }
            None => it.finish(),
        };
    }
    loop {
        let Some(position) = it.position.get().checked_sub(1) else { return it.finish() };
        it.position.set(position);
        if let Some(list) = Handle::<List>::from(source) {
            match list.at(position) {
                Some(item) => return Ok(item),
                None if crate::WHOLE => return it.finish(),
                None => continue,
            }
        }
        return vm.item(source, super::range::int(vm, position as isize)?);
    }
}
