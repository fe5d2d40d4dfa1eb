//! `itertools`: iterators of iterators, each a type of its own. Hosts only; a board's program writes a generator.
//!
//! All lie in memory as the iterators of `object::iterator` do: what is asked, a second object, a number. What one keeps besides is in a
//! list that no program sees. `first` has those that ask one iterator, `several` those that ask many, `choice` those that choose from a pool,
//! `state` says how they are copied and pickled.

pub mod choice;
pub mod first;
pub mod group;
pub mod several;
pub mod state;
pub mod tee;

use crate::object::class::TYPE;
use crate::object::exception::TYPE_ERROR;
use crate::object::handle::{Args, Handle, type_word};
use crate::object::iterator::Iterator;
use crate::object::kind::{Header, Kind, Rows, Slots, Type};
use crate::object::list::List;
use crate::object::name::Name;
use crate::object::word::Word;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Vm};
pub(crate) use first::repeat_rows::NAMES as REPEAT_NAMES;
pub(crate) use several::chain_rows::NAMES as CHAIN_NAMES;
pub(crate) use state::NAMES as ROW_NAMES;
pub(crate) use tee::rows::NAMES as TEE_NAMES;

table! { pub ROWS, NAMES, DOCS:
    /// count(start=0, step=1): start, start + step, start + 2 * step, …
    const count = type_word(&first::COUNT);
    /// cycle(iterable): its items, again and again.
    const cycle = type_word(&first::CYCLE);
    /// repeat(object[, times]): the object so often, or for ever.
    const repeat = type_word(&first::REPEAT);
    /// accumulate(iterable, func=None, *, initial=None): sums up to each item, or what func makes of them.
    const accumulate = type_word(&first::ACCUMULATE);
    /// batched(iterable, n, *, strict=False): tuples of n items.
    const batched = type_word(&first::BATCHED);
    /// chain(*iterables): the items of the first, then those of the second, …
    const chain = type_word(&several::CHAIN);
    /// compress(data, selectors): the items whose selector is true.
    const compress = type_word(&several::COMPRESS);
    /// dropwhile(predicate, iterable): the items from the first on for which predicate is false.
    const dropwhile = type_word(&first::DROPWHILE);
    /// filterfalse(function, iterable): the items for which function is false.
    const filterfalse = type_word(&first::FILTERFALSE);
    /// groupby(iterable, key=None): keys with iterators over the items that follow each other and have that key.
    const groupby = type_word(&group::GROUPBY);
    /// islice(iterable, [start,] stop[, step]): the items at these positions.
    const islice = type_word(&first::ISLICE);
    /// pairwise(iterable): each item with the next.
    const pairwise = type_word(&first::PAIRWISE);
    /// starmap(function, iterable): function(*item) for each item.
    const starmap = type_word(&first::STARMAP);
    /// takewhile(predicate, iterable): the items before the first for which predicate is false.
    const takewhile = type_word(&first::TAKEWHILE);
    /// tee(iterable, n=2): n iterators over the same items.
    def tee(1..=2) = tee::tee;
    /// zip_longest(*iterables, fillvalue=None): tuples of items, until the longest has ended.
    const zip_longest = type_word(&several::ZIP_LONGEST);
    /// product(*iterables, repeat=1): each way to take one item of each.
    const product = type_word(&choice::PRODUCT);
    /// permutations(iterable, r=None): each way to put r of its items in a row.
    const permutations = type_word(&choice::PERMUTATIONS);
    /// combinations(iterable, r): each choice of r of its items.
    const combinations = type_word(&choice::COMBINATIONS);
    /// combinations_with_replacement(iterable, r): each choice of r of its items, which may come more than once.
    const combinations_with_replacement = type_word(&choice::REPLACING);
    const _grouper = type_word(&group::GROUPER);
    const _tee = type_word(&tee::TEE);
}

/// Further names: those of keyword arguments, and the module's.
pub const MORE: &[&str] = &[
    "start", "step", "object", "times", "iterable", "func", "initial", "n", "strict", "data", "selectors", "key", "fillvalue", "r",
];

/// Whether this module has a type.
pub fn has(ty: &'static Type) -> bool {
    ty.kind == Kind::Iterator && ROWS.constants.iter().any(|row| row.value == type_word(ty))
}

type Make = fn(&Vm, &'static Type, Args) -> Outcome;
type Next = fn(&Vm, Word) -> Outcome;

/// The behaviours of an iterator.
const fn slots(make: Make, next: Next) -> Slots {
    Slots { make: Some(make), iter: Some(|_, word| Ok(word)), next: Some(next), ..Slots::NONE }
}

/// A type of iterators.
const fn type_of(name: Name, slots: &'static Slots, rows: &'static Rows) -> Type {
    Type { header: Header::of(&TYPE), slots, name, kind: Kind::Iterator, traced: 2, base: None, rows }
}

/// `TYPE name = make, next;` for types that have no more than that.
macro_rules! types {
    ($($(#[$doc:meta])* $ty:ident $name:ident = $make:expr, $next:expr;)*) => {
        $($(#[$doc])* pub static $ty: Type = {
            static SLOTS: Slots = slots($make, $next);
            type_of(name!($name), &SLOTS, super::state::ROWS)
        };)*
    };
}
use types;

/// What stands for an object that is not there yet: nobody has this one.
const NOTHING: Word = type_word(&group::GROUPER);

fn this(vm: &Vm, word: Word) -> Outcome<Handle<Iterator>> {
    vm.receiver(word)
}

/// What an iterator keeps in its list.
fn kept(it: Handle<Iterator>) -> Option<Handle<List>> {
    Handle::from(it.state.get())
}

/// Ends an iterator for good.
fn end(it: Handle<Iterator>) -> Outcome {
    it.source.set(Word::NONE);
    Ok(Word::UNSET)
}

// Arguments, with CPython's words for what is wrong with them.

/// What a constructor takes: its name, its parameters, how many of them must be given, and how many may be by place.
struct Signature<const N: usize> {
    function: &'static str,
    parameters: [Name; N],
    required: usize,
    by_place: usize,
}

impl<const N: usize> Signature<N> {
    fn bind(&self, vm: &Vm, args: Args) -> Outcome<[Option<Word>; N]> {
        let given = args.len() + args.keyword_count();
        let too_many = |limit: usize, kind: &'static str, given: usize| {
            let parts = [
                Part::Text(self.function),
                Part::Text("() takes at most "),
                Part::Int(limit as isize),
                Part::Text(kind),
                Part::Text(if limit == 1 { "argument (" } else { "arguments (" }),
                Part::Int(given as isize),
                Part::Text(" given)"),
            ];
            vm.raise(&TYPE_ERROR, &parts)
        };
        if given > N {
            return Err(too_many(N, if args.is_empty() { " keyword " } else { " " }, given));
        }
        if args.len() > self.by_place {
            return Err(too_many(self.by_place, " positional ", args.len()));
        }
        let mut found = [None; N];
        for (index, parameter) in self.parameters.iter().enumerate() {
            let by_name = args.keyword(*parameter);
            if index < args.len() && by_name.is_some() {
                let parts = [
                    Part::Text("argument for "),
                    Part::Text(self.function),
                    Part::Text("() given by name ('"),
                    Part::Name(*parameter),
                    Part::Text("') and position ("),
                    Part::Int(index as isize + 1),
                    Part::Text(")"),
                ];
                return Err(vm.raise(&TYPE_ERROR, &parts));
            }
            found[index] = args.get(index).or(by_name);
            if found[index].is_none() && index < self.required {
                let parts = [
                    Part::Text(self.function),
                    Part::Text("() missing required argument '"),
                    Part::Name(*parameter),
                    Part::Text("' (pos "),
                    Part::Int(index as isize + 1),
                    Part::Text(")"),
                ];
                return Err(vm.raise(&TYPE_ERROR, &parts));
            }
        }
        only(vm, self.function, args, &self.parameters)?;
        Ok(found)
    }
}

/// Refuses keywords but these.
fn only(vm: &Vm, function: &'static str, args: Args, names: &[Name]) -> Outcome<()> {
    match args.keywords().find(|(name, _)| names.iter().all(|known| *name != Word::name(*known))) {
        None => Ok(()),
        Some((name, _)) => {
            let parts = [
                Part::Text("'"),
                Part::Name(name.as_name().expect("a keyword's name")),
                Part::Text("' is an invalid keyword argument for "),
                Part::Text(function),
                Part::Text("()"),
            ];
            Err(vm.raise(&TYPE_ERROR, &parts))
        }
    }
}

/// Refuses keywords, and a wrong number of arguments.
fn places(vm: &Vm, function: &'static str, args: Args, least: usize, most: usize) -> Outcome<()> {
    if args.keyword_count() > 0 {
        return Err(vm.raise(&TYPE_ERROR, &[Part::Text(function), Part::Text("() takes no keyword arguments")]));
    }
    if (least..=most).contains(&args.len()) {
        return Ok(());
    }
    let (limit, bound) = if args.len() < least { (least, " at least ") } else { (most, " at most ") };
    let parts = [
        Part::Text(function),
        Part::Text(" expected"),
        Part::Text(if least < most { bound } else { " " }),
        Part::Int(limit as isize),
        Part::Text(if limit == 1 { " argument, got " } else { " arguments, got " }),
        Part::Int(args.len() as isize),
    ];
    Err(vm.raise(&TYPE_ERROR, &parts))
}
