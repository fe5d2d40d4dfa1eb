//! `_calls`: calls that stand between a program and a function, at the speed of a call. `functools` is Python over it.
//!
//! The objects are instances of classes there, whose attributes these functions find by name. What is not usual is left to the method
//! `_slow_call` in Python.

use super::usual::{attribute, hand_over};
use interpreter::object::class::lookup_special;
use interpreter::object::dict::Dict;
use interpreter::object::function;
use interpreter::object::handle::{Args, Handle, object_type};
use interpreter::object::kind::Binary;
use interpreter::object::tuple::Tuple;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};
use std::cell::Cell;

table! { pub ROWS, NAMES, DOCS:
    /// apply(self, …): `partial.__call__`: calls `func` with `args` and `keywords` before what is given.
    method def apply(1.., keywords) = apply;
    /// recall(self, …): `__call__` of a function that remembers: what it answered for these arguments, or answers now.
    method def recall(1.., keywords) = recall;
    /// precedes(self, other): `__lt__` of a key: whether `_compare`, a tuple of a function, says so of `obj` of both.
    method def precedes(2) = precedes;
    /// bind(self, instance, owner=None): `__get__` of what is a method of instances.
    method def bind(2..=3) = |vm, args| {
        if args.at(1) == Word::NONE { Ok(args.at(0)) } else { function::bind(vm, args.at(0), args.at(1)) }
    };
}

/// Names beside those of the table: attributes of the instances.
pub const MORE: &[&str] = &["_calls", "_compare", "_hits", "_memory", "_misses", "_slow_call", "args", "func", "keywords", "obj"];

fn slowly(vm: &Vm, args: Args) -> Outcome {
    hand_over(vm, object_type(args.at(0)), args, name!(_slow_call), "an object of functools is wanted")
}

/// The arguments behind the first one.
fn rest(args: Args<'_>) -> Args<'_> {
    Args::with_keywords(&args.words()[1..], args.len() - 1)
}

fn apply(vm: &Vm, args: Args) -> Outcome {
    let part = |name| attribute(args.at(0), name).and_then(|cell| cell.get().set());
    let usual = || {
        let keywords = Handle::<Dict>::from(part(name!(keywords))?)?;
        Some((part(name!(func))?, Handle::<Tuple>::from(part(name!(args))?)?, keywords))
    };
    let Some((function, first, keywords)) = usual() else { return slowly(vm, args) };
    let given = rest(args);
    let mut named = Vec::new();
    for (key, value) in keywords.map.iter() {
        let Some(text) = vm.as_text(key) else { return slowly(vm, args) };
        let name = vm.intern(text)?;
        // What the call says of a name counts.
        named.push((Word::name(name), given.keyword(name).unwrap_or(value)));
    }
    let own = named.len();
    for (name, value) in given.keywords() {
        if !named[..own].iter().any(|(known, _)| *known == name) {
            named.push((name, value));
        }
    }
    let positional = first.tail().iter().chain(given.positional()).map(Cell::get);
    let all = positional.chain(named.iter().flat_map(|(name, value)| [*name, *value]));
    let count = first.len() + given.len();
    vm.with_pushed(all, |pushed| vm.call_args(function, Args::with_keywords(pushed, count)))
}

/// What a function that remembers has in `_memory`: `(function, answers, how many at most or None, whether types count)`.
struct Memory {
    function: Word,
    known: Handle<Dict>,
    most: Option<usize>,
}

impl Memory {
    /// That of an instance, if arguments are compared without their types.
    fn of(word: Word) -> Option<Memory> {
        let parts = Handle::<Tuple>::from(attribute(word, name!(_memory))?.get())?;
        let most = match parts.at(2).filter(|most| *most != Word::NONE) {
            None => None,
            Some(most) => Some(usize::try_from(most.as_int()?).ok()?),
        };
        let compares_types = parts.at(3)? != Word::FALSE;
        (!compares_types).then_some(Memory { function: parts.at(0)?, known: Handle::from(parts.at(1)?)?, most })
    }
}

fn precedes(vm: &Vm, args: Args) -> Outcome {
    let function = || Handle::<Tuple>::from(lookup_special(vm, object_type(args.at(0))?, name!(_compare))?)?.at(0);
    let item = |index| attribute(args.at(index), name!(obj)).and_then(|cell| cell.get().set());
    let (Some(function), Some(a), Some(b)) = (function(), item(0), item(1)) else {
        return Err(vm.type_error("other argument must be K instance"));
    };
    let answer = vm.call(function, &[a, b])?;
    match answer.as_int() {
        Some(number) => Ok(Word::bool(number < 0)),
        None => vm.binary(Binary::Less, answer, Word::int(0)),
    }
}

fn recall(vm: &Vm, args: Args) -> Outcome {
    let Some(memory) = Memory::of(args.at(0)).filter(|_| args.keyword_count() == 0) else { return slowly(vm, args) };
    let given = rest(args);
    // One number or text is a key by itself.
    let plain = |word: &Word| word.is_int() || vm.as_text(*word).is_some();
    let key = match given.get(0).filter(|_| given.len() == 1).filter(plain) {
        Some(key) => key,
        None => vm.new_tuple_with(given.len(), |index| given.at(index))?,
    };
    let count = |name| {
        if let Some(cell) = attribute(args.at(0), name)
            && let Some(number) = cell.get().as_int()
        {
            cell.set(Word::int(number + 1));
        }
    };
    let map = &memory.known.map;
    if let Some(position) = map.position(vm, key)?
        && let Some((key, value)) = map.entry(position)
    {
        count(name!(_hits));
        if memory.most.is_some() {
            // The newest lies last.
            map.remove_at(position);
            map.insert(vm, key, value)?;
        }
        return Ok(value);
    }
    count(name!(_misses));
    let value = vm.call_args(memory.function, given)?;
    if memory.most == Some(0) {
        return Ok(value);
    }
    if memory.most.is_some_and(|most| map.len() >= most) && map.position(vm, key)?.is_none() {
        map.pop_first();
    }
    map.insert(vm, key, value)?;
    Ok(value)
}
