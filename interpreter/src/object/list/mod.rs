//! `list`: a growing block of words.
//!
//! Comparing items, sort keys and iterables run Python, which may change the list: every step asks for its length anew, and
//! `at` answers `None` behind the end. `sort` has a file of its own, `methods` the table.

mod methods;
mod sort;

pub use methods::{DOCS, NAMES};
pub use sort::sort;

use super::class::TYPE;
use super::exception::INDEX_ERROR;
use super::handle::{Args, Handle, Words};
use super::iterator;
use super::kind::{Access, Binary, Header, ITEMS, Kind, Slots, Type, Unary};
use super::print::{Printer, Style};
use super::sequence;
use super::slice::{Slice, Span};
use super::tuple::Tuple;
use super::word::Word;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

static SLOTS: Slots = Slots {
    make: Some(make),
    print: Some(print),
    unary: Some(unary),
    binary: Some(binary),
    item: Some(item),
    iter: Some(iterator::over_list),
    ..Slots::NONE
};

/// `list`.
pub static LIST: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("list"),
    kind: Kind::List,
    traced: ITEMS,
    base: None,
    rows: methods::ROWS,
};

/// Room of an empty list that a program writes down: as in MicroPython, a hard interrupt's callback may append so many.
#[cfg(feature = "standard")]
pub const ROOM: usize = 4;
/// Room of an empty list that a program writes down: none, where memory is short.
#[cfg(not(feature = "standard"))]
pub const ROOM: usize = 0;

/// A list: `len` of `items.capacity()` words are used.
#[repr(C)]
pub struct List {
    /// `list`.
    pub header: Header,
    /// The items; unused ones are `UNSET`.
    pub items: Words,
    /// Number of items.
    pub len: Cell<usize>,
}

#[cfg(target_pointer_width = "32")]
const _: () = assert!(size_of::<List>() == 16, "a list of 4 takes 16 + 16 bytes");

impl List {
    /// Number of items.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.len.get()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The item at `index`, unless that is behind the end.
    #[inline(always)]
    pub fn at(&self, index: usize) -> Option<Word> {
        if index < self.len() { Some(self.items.get(index)) } else { None }
    }

    /// Adds an item at the end.
    ///
    /// # Errors
    /// `MemoryError`.
    #[inline]
    pub fn push(&self, vm: &Vm, word: Word) -> Outcome<()> {
        let len = self.len();
        if len == self.items.capacity() {
            self.reserve(vm, 1)?;
        }
        self.items.set(len, word);
        self.len.set(len + 1);
        Ok(())
    }

    /// Removes and returns the last item.
    pub fn pop(&self) -> Option<Word> {
        let last = self.len().checked_sub(1)?;
        let word = self.items.get(last);
        self.items.set(last, Word::UNSET);
        self.len.set(last);
        Some(word)
    }

    /// Makes room for `more` items, and some in advance.
    fn reserve(&self, vm: &Vm, more: usize) -> Outcome<()> {
        let needed = self.len().checked_add(more).ok_or_else(|| vm.value_error("list too long"))?;
        let capacity = self.items.capacity();
        if needed <= capacity {
            return Ok(());
        }
        // A block of the heap is four words: what rounding up leaves is ours.
        vm.resize_words(&self.items, needed.max(capacity + capacity / 2).saturating_add(3) & !3)
    }

    /// Replaces the `removed` items from `start` by `added` holes, which the caller fills at once.
    fn splice(&self, vm: &Vm, start: usize, removed: usize, added: usize) -> Outcome<()> {
        let (len, end) = (self.len(), start + removed);
        if added > removed {
            self.reserve(vm, added - removed)?;
        }
        self.items.shift(end, start + added, len - end);
        let new_len = len - removed + added;
        for index in new_len..len {
            self.items.set(index, Word::UNSET);
        }
        self.len.set(new_len);
        self.shrink(vm);
        Ok(())
    }

    /// Gives memory back when less than a quarter is in use.
    fn shrink(&self, vm: &Vm) {
        let (len, capacity) = (self.len(), self.items.capacity());
        if capacity > 16 && len < capacity / 4 {
            // Best effort: a list that could not shrink is as good.
            if let Err(raised) = vm.resize_words(&self.items, (len + len / 2 + 3) & !3) {
                vm.take_raised(raised);
            }
        }
    }

    /// Removes and returns the item at `index`, which must be below the length.
    pub fn remove_at(&self, vm: &Vm, index: usize) -> Outcome {
        let word = self.items.get(index);
        self.splice(vm, index, 1, 0)?;
        Ok(word)
    }

    /// Removes everything.
    pub fn clear(&self, vm: &Vm) {
        self.len.set(0);
        vm.resize_words(&self.items, 0).expect("giving memory back needs none");
    }

    /// Adds all items of `iterable`.
    ///
    /// # Errors
    /// `TypeError` if it is none, and what it raises; what came before stays added.
    pub fn extend(&self, vm: &Vm, iterable: Word) -> Outcome<()> {
        if let Some(other) = Handle::<List>::from(iterable) {
            let count = other.len();
            self.reserve(vm, count)?;
            return (0..count).try_for_each(|index| self.push(vm, other.items.get(index)));
        }
        if let Some(tuple) = Handle::<Tuple>::from(iterable) {
            self.reserve(vm, tuple.len())?;
            return tuple.tail().iter().try_for_each(|item| self.push(vm, item.get()));
        }
        if let Some(range) = Handle::<super::range::Range>::from(iterable) {
            self.reserve(vm, range.len())?;
            return (0..range.len()).try_for_each(|index| self.push(vm, range.at(vm, index)?));
        }
        let vm = vm.here();
        vm.for_each(iterable, &mut |word| self.push(vm, word))
    }
}

/// Turns a list round.
pub fn reverse(list: Handle<List>) {
    sort::reverse(&list.items, 1, list.len());
}

impl Vm {
    /// A list of `items`.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn new_list(&self, items: &[Word]) -> Outcome {
        let list = self.new_list_with_capacity(items.len())?;
        items.iter().enumerate().for_each(|(index, item)| list.items.set(index, *item));
        list.len.set(items.len());
        Ok(list.word())
    }

    /// A list of what lies in cells.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn new_list_from_cells(&self, items: &[Cell<Word>]) -> Outcome {
        let list = self.new_list_with_capacity(items.len())?;
        items.iter().enumerate().for_each(|(index, item)| list.items.set(index, item.get()));
        list.len.set(items.len());
        Ok(list.word())
    }

    /// An empty list with room for exactly `capacity` items.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn new_list_with_capacity(&self, capacity: usize) -> Outcome<Handle<List>> {
        let list = self.new_object(List { header: Header::of(&LIST), len: Cell::new(0), items: Words::EMPTY })?;
        if capacity > 0 {
            self.resize_words(&list.items, capacity)?;
        }
        Ok(list)
    }

    /// A new list of all items of `iterable`.
    ///
    /// # Errors
    /// As for `List::extend`.
    pub fn list_of(&self, iterable: Word) -> Outcome<Handle<List>> {
        let list = self.new_list_with_capacity(0)?;
        list.extend(self, iterable)?;
        Ok(list)
    }
}

fn make(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    vm.expect_count(args, 0, 1)?;
    match args.get(0) {
        Some(iterable) => Ok(vm.list_of(iterable)?.word()),
        None => vm.new_list(&[]),
    }
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let list: Handle<List> = vm.receiver(word)?;
    sequence::print(vm, out, "[", &|index| Ok(list.at(index)), "]")
}

fn unary(vm: &Vm, operator: Unary, word: Word) -> Outcome {
    let list: Handle<List> = vm.receiver(word)?;
    sequence::unary(vm, operator, word, list.len())
}

fn binary(vm: &Vm, operator: Binary, lhs: Word, rhs: Word) -> Outcome {
    let list: Handle<List> = vm.receiver(lhs)?;
    match operator {
        Binary::Contains => Ok(Word::bool(sequence::find(vm, &|i| Ok(list.at(i)), rhs, 0, usize::MAX)?.is_some())),
        Binary::Mul | Binary::ReverseMul | Binary::InPlaceMul => match vm.repeat_count(rhs)? {
            None => Ok(Word::NOT_IMPLEMENTED),
            Some(count) if operator == Binary::InPlaceMul => repeat(vm, list, list, count),
            Some(count) => repeat(vm, list, vm.new_list_with_capacity(0)?, count),
        },
        Binary::InPlaceAdd => {
            list.extend(vm, rhs)?;
            Ok(lhs)
        }
        _ => match vm.as_native::<List>(rhs) {
            None => Ok(Word::NOT_IMPLEMENTED),
            Some(other) if operator == Binary::Add => concatenate(vm, list, other),
            Some(other) => {
                if list.len() != other.len() && matches!(operator, Binary::Equal | Binary::NotEqual) {
                    return Ok(Word::bool(operator == Binary::NotEqual));
                }
                if sequence::holds(operator, core::cmp::Ordering::Equal).is_none() {
                    return Ok(Word::NOT_IMPLEMENTED);
                }
                sequence::compare(vm, operator, &|i| Ok(list.at(i)), &|i| Ok(other.at(i)))
            }
        },
    }
}

fn concatenate(vm: &Vm, a: Handle<List>, b: Handle<List>) -> Outcome {
    let new = vm.new_list_with_capacity(a.len() + b.len())?;
    new.extend(vm, a.word())?;
    new.extend(vm, b.word())?;
    Ok(new.word())
}

/// Makes `target`, which is empty or the list itself, the list `count` times.
fn repeat(vm: &Vm, list: Handle<List>, target: Handle<List>, count: usize) -> Outcome {
    let len = list.len();
    let total = len.checked_mul(count).ok_or_else(|| vm.raise_memory(usize::MAX))?;
    if total == 0 {
        target.clear(vm);
        return Ok(target.word());
    }
    if target.items.capacity() < total {
        vm.resize_words(&target.items, total)?;
    }
    for index in target.len()..total {
        target.items.set(index, list.items.get(index % len));
    }
    target.len.set(total);
    Ok(target.word())
}

fn item(vm: &Vm, word: Word, key: Word, access: Access) -> Outcome {
    let list: Handle<List> = vm.receiver(word)?;
    if let Some(slice) = Handle::<Slice>::from(key) {
        return match access {
            Access::Load => load_span(vm, list, slice.bounds(vm)?.span(list.len())),
            Access::Store(value) => store_slice(vm, list, slice, value),
            Access::Delete => delete_span(vm, list, slice.bounds(vm)?.span(list.len())),
        };
    }
    let index = match vm.position(&LIST, key, || list.len()) {
        // CPython says what was to be done.
        Err(raised)
            if crate::WHOLE && !matches!(access, Access::Load) && vm.is_instance(vm.peek_raised(raised), &INDEX_ERROR) =>
        {
            vm.take_raised(raised);
            return Err(vm.raise_text(&INDEX_ERROR, "list assignment index out of range"));
        }
        index => index?,
    };
    match access {
        Access::Load => Ok(list.items.get(index)),
        Access::Store(value) => {
            list.items.set(index, value);
            Ok(Word::NONE)
        }
        Access::Delete => {
            list.remove_at(vm, index)?;
            Ok(Word::NONE)
        }
    }
}

fn load_span(vm: &Vm, list: Handle<List>, span: Span) -> Outcome {
    let new = vm.new_list_with_capacity(span.count)?;
    for (to, from) in span.positions().enumerate() {
        new.items.set(to, list.items.get(from));
    }
    new.len.set(span.count);
    Ok(new.word())
}

fn store_slice(vm: &Vm, list: Handle<List>, slice: Handle<Slice>, value: Word) -> Outcome {
    // A copy: the value may be this list, or change it while it is read. Only then does the span hold.
    let values = vm.list_of(value)?;
    let span = slice.bounds(vm)?.span(list.len());
    if span.step == 1 {
        list.splice(vm, span.start, span.count, values.len())?;
        for index in 0..values.len() {
            list.items.set(span.start + index, values.items.get(index));
        }
    } else if span.count == values.len() {
        span.positions().enumerate().for_each(|(from, to)| list.items.set(to, values.items.get(from)));
    } else {
        return Err(vm.value_error("attempt to assign sequence to extended slice of different size"));
    }
    values.clear(vm);
    Ok(Word::NONE)
}

fn delete_span(vm: &Vm, list: Handle<List>, span: Span) -> Outcome {
    let span = span.ascending();
    if span.step == 1 || span.count == 0 {
        list.splice(vm, span.start, span.count, 0)?;
        return Ok(Word::NONE);
    }
    let len = list.len();
    for index in 0..span.count {
        // Close the gap behind each removed item by as much as was removed so far.
        let (removed, next) = (span.at(index), if index + 1 < span.count { span.at(index + 1) } else { len });
        list.items.shift(removed + 1, removed - index, next - removed - 1);
    }
    list.splice(vm, len - span.count, span.count, 0)?;
    Ok(Word::NONE)
}
