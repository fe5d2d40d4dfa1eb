//! `collections.deque`: a ring of words, perhaps of limited length.

use super::class::TYPE;
use super::exception;
use super::handle::{Args, Handle, Words};
use super::iterator::{self, DEQUE_ITERATOR};
use super::kind::{Access, Binary, Header, Kind, Slots, Type, Unary};
use super::name::Name;
use super::print::{Printer, Style};
use super::sequence;
use super::word::Word;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Raised, Vm};
use core::cell::Cell;

table! { pub ROWS, NAMES, DOCS:
    /// append(x): adds x at the right end.
    def append(2) = append;
    /// appendleft(x): adds x at the left end.
    def appendleft(2) = appendleft;
    /// clear(): removes all items.
    def clear(1) = clear;
    /// copy(): a shallow copy.
    def copy(1) = copy;
    /// count(x): how many items equal x.
    def count(2) = count;
    /// extend(iterable): adds all its items at the right end.
    def extend(2) = extend;
    /// __copy__(): another deque of the same items.
    #[cfg(feature = "full")]
    def __copy__(1) = copy;
    /// extendleft(iterable): adds all its items at the left end, one by one.
    def extendleft(2) = extendleft;
    /// index(x, start=0, stop=len): the first position of x.
    def index(2..=4) = index;
    /// insert(index, x): puts x before the item at index.
    def insert(3) = insert;
    /// pop(): removes and returns the item at the right end.
    def pop(1) = pop;
    /// popleft(): removes and returns the item at the left end.
    def popleft(1) = popleft;
    /// remove(x): removes the first item equal to x.
    def remove(2) = remove;
    /// reverse(): turns the order round.
    def reverse(1) = reverse;
    /// rotate(n=1): moves n items from the right end to the left one.
    def rotate(1..=2) = rotate;
}

static SLOTS: Slots = Slots {
    make: Some(make),
    print: Some(print),
    unary: Some(unary),
    binary: Some(binary),
    attribute: Some(attribute),
    item: Some(item),
    iter: Some(iter),
    ..Slots::NONE
};

/// `deque`.
pub static DEQUE: Type =
    Type { header: Header::of(&TYPE), slots: &SLOTS, name: name!("deque"), kind: Kind::Deque, traced: 1, base: None, rows: ROWS };

/// A deque: `len` words from `first` on, going round at the end of the block.
#[repr(C)]
pub struct Deque {
    /// `deque`.
    pub header: Header,
    items: Words,
    first: Cell<usize>,
    len: Cell<usize>,
    /// Most items; `usize::MAX` without a limit. Kept as a distance from that, so that all-zero means no limit.
    room: Cell<usize>,
    /// Counts changes of the length, for iterators.
    changes: Cell<usize>,
    /// Whether a full deque refuses items instead of dropping one at the other end.
    checked: Cell<bool>,
}

impl Deque {
    fn limit(&self) -> usize {
        usize::MAX - self.room.get()
    }

    fn slot(&self, index: usize) -> usize {
        let (at, capacity) = (self.first.get() + index, self.items.capacity());
        if at < capacity { at } else { at - capacity }
    }

    /// How often the length has changed.
    pub fn changes(&self) -> usize {
        self.changes.get()
    }

    /// The item at `index`, unless that is behind the end.
    pub fn at(&self, index: usize) -> Option<Word> {
        if index < self.len.get() { Some(self.items.get(self.slot(index))) } else { None }
    }

    fn changed(&self) {
        self.changes.set(self.changes.get().wrapping_add(1));
    }

    fn reserve(&self, vm: &Vm) -> Outcome<()> {
        let (len, capacity) = (self.len.get(), self.items.capacity());
        if len < capacity {
            return Ok(());
        }
        let new = Words::EMPTY;
        vm.resize_words(&new, (capacity + capacity / 2 + 4).min(self.limit().max(1)))?;
        (0..len).for_each(|index| new.set(index, self.items.get(self.slot(index))));
        let old = self.items.take();
        self.items.put(new);
        self.first.set(0);
        vm.resize_words(&old, 0)
    }

    fn check_full(&self, vm: &Vm) -> Outcome<()> {
        if self.checked.get() { Err(vm.raise_text(&exception::INDEX_ERROR, "full")) } else { Ok(()) }
    }

    fn push(&self, vm: &Vm, word: Word) -> Outcome<()> {
        if self.limit() == 0 {
            return Ok(());
        }
        if self.len.get() >= self.limit() {
            self.check_full(vm)?;
            self.pop_left();
        }
        self.reserve(vm)?;
        self.items.set(self.slot(self.len.get()), word);
        self.len.set(self.len.get() + 1);
        self.changed();
        Ok(())
    }

    fn push_left(&self, vm: &Vm, word: Word) -> Outcome<()> {
        if self.limit() == 0 {
            return Ok(());
        }
        if self.len.get() >= self.limit() {
            self.check_full(vm)?;
            self.pop();
        }
        self.reserve(vm)?;
        let first = self.first.get().checked_sub(1).unwrap_or(self.items.capacity() - 1);
        self.items.set(first, word);
        self.first.set(first);
        self.len.set(self.len.get() + 1);
        self.changed();
        Ok(())
    }

    fn pop(&self) -> Option<Word> {
        let last = self.len.get().checked_sub(1)?;
        let slot = self.slot(last);
        let word = self.items.get(slot);
        self.items.set(slot, Word::UNSET);
        self.len.set(last);
        self.changed();
        Some(word)
    }

    fn pop_left(&self) -> Option<Word> {
        let word = self.at(0)?;
        self.items.set(self.first.get(), Word::UNSET);
        self.first.set(self.slot(1));
        self.len.set(self.len.get() - 1);
        self.changed();
        Some(word)
    }

    fn clear(&self, vm: &Vm) {
        self.first.set(0);
        self.len.set(0);
        self.changed();
        vm.resize_words(&self.items, 0).expect("giving memory back needs none");
    }

    fn extend(&self, vm: &Vm, source: Word) -> Outcome<()> {
        // A copy of itself first: it would never end.
        if Handle::<Deque>::from(source).is_some_and(|other| core::ptr::eq(other.get(), self)) {
            let copy = vm.list_of(source)?;
            return (0..copy.len()).try_for_each(|index| self.push(vm, copy.items.get(index)));
        }
        let vm = vm.here();
        vm.for_each(source, &mut |word| self.push(vm, word))
    }

    fn remove_at(&self, index: usize) {
        for at in index + 1..self.len.get() {
            self.items.set(self.slot(at - 1), self.items.get(self.slot(at)));
        }
        self.pop();
    }
}

fn new(vm: &Vm, limit: usize) -> Outcome<Handle<Deque>> {
    vm.new_object(Deque {
        header: Header::of(&DEQUE),
        items: Words::EMPTY,
        first: Cell::new(0),
        len: Cell::new(0),
        room: Cell::new(usize::MAX - limit),
        changes: Cell::new(0),
        checked: Cell::new(false),
    })
}

fn make(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    // The third argument, flags, is MicroPython's: 1 is "raise IndexError when full".
    vm.only_keywords(args, &[name!(iterable), name!(maxlen)])?;
    vm.expect_count(Args::of(args.positional()), 0, 3)?;
    let given = |index: usize, name| args.either(index, name).filter(|word| *word != Word::NONE);
    let limit = match given(1, name!(maxlen)) {
        None => usize::MAX,
        Some(word) => usize::try_from(vm.index(word)?).map_err(|_| vm.value_error("maxlen must be non-negative"))?,
    };
    let deque = new(vm, limit)?;
    deque.checked.set(vm.index_or(args.get(2), 0)? & 1 != 0);
    if let Some(source) = args.either(0, name!(iterable)) {
        deque.extend(vm, source)?;
    }
    Ok(deque.word())
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let deque: Handle<Deque> = vm.receiver(word)?;
    sequence::print(vm, out, "deque([", &|i| Ok(deque.at(i)), "]")?;
    if deque.limit() != usize::MAX {
        out.counted(vm, ", maxlen=", deque.limit() as isize)?;
    }
    out.text(vm, ")")
}

fn unary(vm: &Vm, operator: Unary, word: Word) -> Outcome {
    let deque: Handle<Deque> = vm.receiver(word)?;
    sequence::unary(vm, operator, word, deque.len.get())
}

fn binary(vm: &Vm, operator: Binary, lhs: Word, rhs: Word) -> Outcome {
    let deque: Handle<Deque> = vm.receiver(lhs)?;
    match operator {
        Binary::Contains => Ok(Word::bool(sequence::find(vm, &|i| Ok(deque.at(i)), rhs, 0, usize::MAX)?.is_some())),
        Binary::InPlaceAdd => {
            deque.extend(vm, rhs)?;
            Ok(lhs)
        }
        Binary::Mul | Binary::ReverseMul if crate::WHOLE && rhs.as_int().is_some() => {
            let new = new(vm, deque.limit())?;
            for _ in 0..rhs.int_value() {
                new.extend(vm, lhs)?;
            }
            Ok(new.word())
        }
        _ => match vm.as_native::<Deque>(rhs) {
            Some(_) if operator == Binary::Add => {
                let new = new(vm, deque.limit())?;
                new.extend(vm, lhs)?;
                new.extend(vm, rhs)?;
                Ok(new.word())
            }
            Some(other) if sequence::holds(operator, core::cmp::Ordering::Equal).is_some() => {
                sequence::compare(vm, operator, &|i| Ok(deque.at(i)), &|i| Ok(other.at(i)))
            }
            _ => Ok(Word::NOT_IMPLEMENTED),
        },
    }
}

fn attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let deque: Handle<Deque> = vm.receiver(word)?;
    match access {
        Access::Load if name == name!(maxlen) => {
            Ok(if deque.limit() == usize::MAX { Word::NONE } else { Word::int(deque.limit() as isize) })
        }
        _ => Ok(Word::UNSET),
    }
}

fn iter(vm: &Vm, word: Word) -> Outcome {
    let deque: Handle<Deque> = vm.receiver(word)?;
    let state = Word::int(deque.changes() as isize & Word::INT_MAX);
    iterator::new(vm, &DEQUE_ITERATOR, deque.word(), state, 0)
}

fn item(vm: &Vm, word: Word, key: Word, access: Access) -> Outcome {
    let deque: Handle<Deque> = vm.receiver(word)?;
    let index = vm.position(&DEQUE, key, || deque.len.get())?;
    match access {
        Access::Load => Ok(deque.items.get(deque.slot(index))),
        Access::Store(value) => {
            deque.items.set(deque.slot(index), value);
            Ok(Word::NONE)
        }
        Access::Delete => {
            deque.remove_at(index);
            Ok(Word::NONE)
        }
    }
}

fn this(vm: &Vm, args: Args) -> Outcome<Handle<Deque>> {
    vm.receiver(args.at(0))
}

fn append(vm: &Vm, args: Args) -> Outcome {
    this(vm, args)?.push(vm, args.at(1))?;
    Ok(Word::NONE)
}

fn appendleft(vm: &Vm, args: Args) -> Outcome {
    this(vm, args)?.push_left(vm, args.at(1))?;
    Ok(Word::NONE)
}

fn clear(vm: &Vm, args: Args) -> Outcome {
    this(vm, args)?.clear(vm);
    Ok(Word::NONE)
}

fn copy(vm: &Vm, args: Args) -> Outcome {
    let deque = this(vm, args)?;
    let new = new(vm, deque.limit())?;
    new.extend(vm, deque.word())?;
    Ok(new.word())
}

fn count(vm: &Vm, args: Args) -> Outcome {
    let deque = this(vm, args)?;
    sequence::count(vm, &|i| Ok(deque.at(i)), args.at(1))
}

fn extend(vm: &Vm, args: Args) -> Outcome {
    this(vm, args)?.extend(vm, args.at(1))?;
    Ok(Word::NONE)
}

fn extendleft(vm: &Vm, args: Args) -> Outcome {
    let (deque, items) = (this(vm, args)?, vm.list_of(args.at(1))?);
    (0..items.len()).try_for_each(|index| deque.push_left(vm, items.items.get(index)))?;
    Ok(Word::NONE)
}

fn index(vm: &Vm, args: Args) -> Outcome {
    let deque = this(vm, args)?;
    let (start, stop) = vm.range_arguments(args, 2, deque.len.get())?;
    let position = sequence::find(vm, &|i| Ok(deque.at(i)), args.at(1), start, stop)?;
    sequence::found(vm, position, &[Part::Repr(args.at(1)), Part::Text(" is not in deque")])
}

fn insert(vm: &Vm, args: Args) -> Outcome {
    let deque = this(vm, args)?;
    let index = vm.clamped(args.at(1))?;
    let len = deque.len.get();
    if len >= deque.limit() {
        return Err(vm.raise_text(&exception::INDEX_ERROR, "deque already at its maximum size"));
    }
    let index = if index < 0 { len.saturating_sub(index.unsigned_abs()) } else { len.min(index as usize) };
    deque.push(vm, args.at(2))?;
    for at in (index..len).rev() {
        deque.items.set(deque.slot(at + 1), deque.items.get(deque.slot(at)));
    }
    deque.items.set(deque.slot(index), args.at(2));
    Ok(Word::NONE)
}

fn empty(vm: &Vm) -> Raised {
    vm.raise_text(&exception::INDEX_ERROR, "empty")
}

fn pop(vm: &Vm, args: Args) -> Outcome {
    this(vm, args)?.pop().ok_or_else(|| empty(vm))
}

fn popleft(vm: &Vm, args: Args) -> Outcome {
    this(vm, args)?.pop_left().ok_or_else(|| empty(vm))
}

fn remove(vm: &Vm, args: Args) -> Outcome {
    let deque = this(vm, args)?;
    match sequence::find(vm, &|i| Ok(deque.at(i)), args.at(1), 0, usize::MAX)? {
        Some(index) if index < deque.len.get() => {
            deque.remove_at(index);
            Ok(Word::NONE)
        }
        _ => sequence::found(vm, None, &[Part::Repr(args.at(1)), Part::Text(" is not in deque")]),
    }
}

fn reverse(vm: &Vm, args: Args) -> Outcome {
    let deque = this(vm, args)?;
    let len = deque.len.get();
    for index in 0..len / 2 {
        let (a, b) = (deque.slot(index), deque.slot(len - 1 - index));
        let word = deque.items.get(a);
        deque.items.set(a, deque.items.get(b));
        deque.items.set(b, word);
    }
    Ok(Word::NONE)
}

fn rotate(vm: &Vm, args: Args) -> Outcome {
    let deque = this(vm, args)?;
    let by = args.get(1).map_or(Ok(1), |word| vm.clamped(word))?;
    let len = deque.len.get();
    if len > 1 {
        for _ in 0..by.rem_euclid(len as isize) {
            let word = deque.pop().expect("not empty");
            deque.push_left(vm, word)?;
        }
    }
    Ok(Word::NONE)
}
