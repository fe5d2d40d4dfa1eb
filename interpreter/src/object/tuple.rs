//! `tuple`.

use super::class::TYPE;
use super::handle::{Args, Handle, StaticTuple, Tailed};
use super::iterator;
use super::kind::{ALL, Access, Binary, Header, Kind, Slots, Type, Unary};
use super::print::{Printer, Style};
use super::sequence;
use super::slice::Slice;
use super::word::Word;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

table! { pub ROWS, NAMES, DOCS:
    #[cfg(feature = "full")]
    def __repr__(1) = |vm, args| {
        let mut text = super::print::Builder::new();
        print(vm, vm.native(args.at(0)), &mut Printer::new(&mut text), Style::Repr)?;
        text.finish_str(vm)
    };
    /// count(x): how many items equal x.
    #[cfg(feature = "standard")]
    def count(2) = count;
    /// index(x, start=0, stop=len): the first position of x.
    #[cfg(feature = "standard")]
    def index(2..=4) = index;
}

static SLOTS: Slots = Slots {
    make: Some(make),
    print: Some(print),
    unary: Some(unary),
    binary: Some(binary),
    item: Some(item),
    iter: Some(iterator::over_tuple),
    ..Slots::NONE
};

/// `tuple`.
pub static TUPLE: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("tuple"),
    kind: Kind::Tuple,
    traced: ALL,
    base: None,
    rows: ROWS,
};

/// What a tuple has besides its items: nothing.
pub struct TupleHead;

/// A tuple.
pub type Tuple = Tailed<TupleHead, Cell<Word>>;

#[cfg(target_pointer_width = "32")]
const _: () = assert!(size_of::<Tuple>() == 8, "a tuple of 2 takes 16 bytes");

/// `()`.
pub static EMPTY: StaticTuple<0> = StaticTuple::new(&TUPLE, []);

impl Tuple {
    /// The item at `index`, unless that is behind the end.
    #[inline]
    pub fn at(&self, index: usize) -> Option<Word> {
        self.tail().get(index).map(Cell::get)
    }
}

impl Vm {
    /// A tuple of `items`.
    pub fn new_tuple(&self, items: &[Word]) -> Outcome {
        self.new_tuple_with(items.len(), |i| items[i])
    }

    /// A tuple of what lies in cells.
    pub fn new_tuple_from_cells(&self, items: &[Cell<Word>]) -> Outcome {
        self.new_tuple_with(items.len(), |i| items[i].get())
    }

    /// A tuple of `len` items, given one by one by what must not run Python.
    pub fn new_tuple_with(&self, len: usize, item: impl FnMut(usize) -> Word) -> Outcome {
        if len == 0 {
            return Ok(Word::of_static(&EMPTY));
        }
        Ok(self.new_celled(&TUPLE, len, TupleHead, item)?.word())
    }

    /// A tuple of all items of `iterable`; a tuple itself.
    ///
    /// # Errors
    /// `TypeError` if it is none, and what it raises.
    pub fn tuple_of(&self, iterable: Word) -> Outcome<Handle<Tuple>> {
        if let Some(tuple) = Handle::<Tuple>::from(iterable)
            && core::ptr::eq(tuple.ty(), &TUPLE)
        {
            return Ok(tuple);
        }
        if let Some(list) = Handle::<super::list::List>::from(iterable) {
            let word = self.new_tuple_with(list.len(), |i| list.items.get(i))?;
            return Ok(Handle::from(word).expect("a tuple"));
        }
        let list = self.list_of(iterable)?;
        let word = self.new_tuple_with(list.len(), |i| list.items.get(i))?;
        list.clear(self);
        Ok(Handle::from(word).expect("a tuple"))
    }
}

fn make(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    vm.expect_count(args, 0, 1)?;
    match args.get(0) {
        Some(iterable) => Ok(vm.tuple_of(iterable)?.word()),
        None => vm.new_tuple(&[]),
    }
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let tuple: Handle<Tuple> = vm.receiver(word)?;
    sequence::print(vm, out, "(", &|i| Ok(tuple.at(i)), if tuple.len() == 1 { ",)" } else { ")" })
}

pub(super) fn unary(vm: &Vm, operator: Unary, word: Word) -> Outcome {
    let tuple: Handle<Tuple> = vm.receiver(word)?;
    match operator {
        Unary::Hash => {
            vm.check_stack()?;
            let mut hash = 0x811c_9dc5_u32;
            for item in tuple.tail() {
                hash = (hash ^ vm.hash(item.get())?).wrapping_mul(0x0100_0193).rotate_left(7);
            }
            Ok(Word::int(hash as isize >> 2))
        }
        _ => sequence::unary(vm, operator, word, tuple.len()),
    }
}

pub(super) fn binary(vm: &Vm, operator: Binary, lhs: Word, rhs: Word) -> Outcome {
    let tuple: Handle<Tuple> = vm.receiver(lhs)?;
    match operator {
        Binary::Contains => Ok(Word::bool(sequence::find(vm, &|i| Ok(tuple.at(i)), rhs, 0, tuple.len())?.is_some())),
        Binary::Mul | Binary::ReverseMul => match vm.repeat_count(rhs)? {
            None => Ok(Word::NOT_IMPLEMENTED),
            Some(count) => {
                let total = tuple.len().checked_mul(count).ok_or_else(|| vm.raise_memory(usize::MAX))?;
                vm.new_tuple_with(total, |i| tuple.tail()[i % tuple.len()].get())
            }
        },
        _ => match vm.as_native::<Tuple>(rhs) {
            None => Ok(Word::NOT_IMPLEMENTED),
            Some(other) if operator == Binary::Add => {
                let first = tuple.len();
                let item = |i: usize| if i < first { tuple.tail()[i].get() } else { other.tail()[i - first].get() };
                vm.new_tuple_with(first + other.len(), item)
            }
            Some(other) => {
                if tuple.len() != other.len() && matches!(operator, Binary::Equal | Binary::NotEqual) {
                    return Ok(Word::bool(operator == Binary::NotEqual));
                }
                if sequence::holds(operator, core::cmp::Ordering::Equal).is_none() {
                    return Ok(Word::NOT_IMPLEMENTED);
                }
                sequence::compare(vm, operator, &|i| Ok(tuple.at(i)), &|i| Ok(other.at(i)))
            }
        },
    }
}

pub(super) fn item(vm: &Vm, word: Word, key: Word, access: Access) -> Outcome {
    let tuple: Handle<Tuple> = vm.receiver(word)?;
    if !matches!(access, Access::Load) {
        return Ok(Word::UNSET);
    }
    if let Some(slice) = Handle::<Slice>::from(key) {
        let span = slice.bounds(vm)?.span(tuple.len());
        return vm.new_tuple_with(span.count, |i| tuple.tail()[span.at(i)].get());
    }
    let index = vm.position(&TUPLE, key, || tuple.len())?;
    Ok(tuple.tail()[index].get())
}

fn count(vm: &Vm, args: Args) -> Outcome {
    let tuple: Handle<Tuple> = vm.receiver(args.at(0))?;
    sequence::count(vm, &|i| Ok(tuple.at(i)), args.at(1))
}

fn index(vm: &Vm, args: Args) -> Outcome {
    let tuple: Handle<Tuple> = vm.receiver(args.at(0))?;
    let (start, stop) = vm.range_arguments(args, 2, tuple.len())?;
    let position = sequence::find(vm, &|i| Ok(tuple.at(i)), args.at(1), start, stop)?;
    sequence::found(vm, position, &[Part::Text("tuple.index(x): x not in tuple")])
}
