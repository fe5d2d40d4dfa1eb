//! Those that choose from pools: `source` is the pool, a tuple, or a tuple of pools; `state` is the list of what is chosen, by
//! position, with one more at its end, which is true once the first choice was made. `None` when there is no other.

use super::{Signature, kept, only, slots, this, type_of, types};
use crate::object::handle::{Args, Handle};
use crate::object::iterator::{Iterator, new};
use crate::object::kind::{Slots, Type};
use crate::object::list::List;
use crate::object::tuple::Tuple;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

types! {
    /// `product`.
    PRODUCT product = make_product, next_of_product;
    /// `permutations`: the list holds all positions of the pool, and how many exchanges each place waits for; `position` is the length.
    PERMUTATIONS permutations = make_permutations, next_of_permutations;
    /// `combinations`.
    COMBINATIONS combinations = |vm, _, args| make_combinations(vm, "combinations", &COMBINATIONS, args), next_of_combinations;
    /// `combinations_with_replacement`.
    REPLACING combinations_with_replacement =
        |vm, _, args| make_combinations(vm, "combinations_with_replacement", &REPLACING, args), next_of_replacing;
}

/// The numbers of a list, whose last says whether it is the first time.
struct Chosen {
    it: Handle<Iterator>,
    list: Handle<List>,
    /// How many there are.
    count: usize,
}

impl Chosen {
    fn of(it: Handle<Iterator>) -> Option<Chosen> {
        let list = kept(it)?;
        Some(Chosen { it, list, count: list.len().checked_sub(1)? })
    }

    fn get(&self, index: usize) -> usize {
        self.list.items.get(index).as_int().unwrap_or(0) as usize
    }

    fn set(&self, index: usize, number: usize) {
        self.list.items.set(index, Word::int(number as isize));
    }

    /// Whether this is the first time; the next one is not.
    fn is_first(&self) -> bool {
        let last = self.list.items.get(self.count);
        self.list.items.set(self.count, Word::TRUE);
        last != Word::TRUE
    }

    fn end(&self) -> Outcome {
        self.it.state.set(Word::NONE);
        Ok(Word::UNSET)
    }

    /// The first `length` numbers as items of a pool.
    fn items(&self, vm: &Vm, pool: Handle<Tuple>, length: usize) -> Outcome {
        vm.new_tuple_with(length, |index| pool.at(self.get(index)).unwrap_or(Word::NONE))
    }
}

/// A list of numbers, and that nothing was chosen yet.
fn list_of(vm: &Vm, count: usize, number: &dyn Fn(usize) -> usize) -> Outcome {
    let list = vm.new_list_with_capacity(count + 1)?;
    (0..count).try_for_each(|index| list.push(vm, Word::int(number(index) as isize)))?;
    list.push(vm, Word::FALSE)?;
    Ok(list.word())
}

fn make_product(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    only(vm, "product", args, &[name!(repeat)])?;
    let repeat = vm.index_or(args.keyword(name!(repeat)), 1)?;
    if repeat < 0 {
        return Err(vm.value_error("repeat argument cannot be negative"));
    }
    let pools = vm.new_list_with_capacity(args.len())?;
    if repeat > 0 {
        args.positional().iter().try_for_each(|iterable| pools.push(vm, vm.tuple_of(iterable.get())?.word()))?;
    }
    let (each, count) = (pools.len(), pools.len().checked_mul(repeat as usize));
    let Some(count) = count.filter(|count| *count < Word::INT_MAX as usize / 2) else {
        return Err(vm.raise_text(&crate::object::exception::OVERFLOW_ERROR, "repeat argument too large"));
    };
    let pools = vm.new_tuple_with(count, |index| pools.items.get(index % each))?;
    new(vm, &PRODUCT, pools, list_of(vm, count, &|_| 0)?, 0)
}

fn next_of_product(vm: &Vm, word: Word) -> Outcome {
    let it = this(vm, word)?;
    let (Some(chosen), Some(pools)) = (Chosen::of(it), Handle::<Tuple>::from(it.source.get())) else { return Ok(Word::UNSET) };
    let pool = |index: usize| pools.at(index).and_then(Handle::<Tuple>::from);
    let size = |index: usize| pool(index).map_or(0, |pool| pool.len());
    if chosen.is_first() {
        if (0..chosen.count).any(|index| size(index) == 0) {
            return chosen.end();
        }
    } else {
        let mut place = chosen.count;
        loop {
            let Some(before) = place.checked_sub(1) else { return chosen.end() };
            place = before;
            let next = chosen.get(place) + 1;
            if next < size(place) {
                chosen.set(place, next);
                break;
            }
            chosen.set(place, 0);
        }
    }
    vm.new_tuple_with(chosen.count, |index| pool(index).and_then(|pool| pool.at(chosen.get(index))).unwrap_or(Word::NONE))
}

fn make_permutations(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    let signature = Signature { function: "permutations", parameters: [name!(iterable), name!(r)], required: 1, by_place: 2 };
    let [iterable, length] = signature.bind(vm, args)?;
    let pool = vm.tuple_of(iterable.expect("required"))?;
    let n = pool.len();
    let length = match length.filter(|word| *word != Word::NONE) {
        None => n,
        Some(word) if !vm.is_instance(word, &crate::object::int::INT) => return Err(vm.type_error("Expected int as r")),
        Some(word) => checked(vm, word)?,
    };
    if length > n {
        return new(vm, &PERMUTATIONS, pool.word(), Word::NONE, length);
    }
    let numbers = list_of(vm, n + length, &|index| if index < n { index } else { 2 * n - index })?;
    new(vm, &PERMUTATIONS, pool.word(), numbers, length)
}

fn checked(vm: &Vm, length: Word) -> Outcome<usize> {
    usize::try_from(vm.index(length)?).map_err(|_| vm.value_error("r must be non-negative"))
}

fn next_of_permutations(vm: &Vm, word: Word) -> Outcome {
    let it = this(vm, word)?;
    let (Some(chosen), Some(pool)) = (Chosen::of(it), Handle::<Tuple>::from(it.source.get())) else { return Ok(Word::UNSET) };
    let (n, length) = (pool.len(), it.position.get());
    if !chosen.is_first() {
        let mut place = length;
        loop {
            let Some(before) = place.checked_sub(1) else { return chosen.end() };
            place = before;
            let waits = chosen.get(n + place).saturating_sub(1);
            if waits > 0 && waits <= n {
                chosen.set(n + place, waits);
                let (a, b) = (chosen.get(place), chosen.get(n - waits));
                chosen.set(place, b);
                chosen.set(n - waits, a);
                break;
            }
            // The item at this place goes behind all others.
            let item = chosen.get(place);
            (place + 1..n).for_each(|index| chosen.set(index - 1, chosen.get(index)));
            chosen.set(n - 1, item);
            chosen.set(n + place, n - place);
        }
    }
    chosen.items(vm, pool, length)
}

fn make_combinations(vm: &Vm, function: &'static str, ty: &'static Type, args: Args) -> Outcome {
    let [iterable, length] = Signature { function, parameters: [name!(iterable), name!(r)], required: 2, by_place: 2 }.bind(vm, args)?;
    let pool = vm.tuple_of(iterable.expect("required"))?;
    let (n, length) = (pool.len(), checked(vm, length.expect("required"))?);
    let replaces = core::ptr::eq(ty, &REPLACING);
    let is_none = if replaces { n == 0 && length > 0 } else { length > n };
    let numbers = if is_none { Word::NONE } else { list_of(vm, length, &|index| if replaces { 0 } else { index })? };
    new(vm, ty, pool.word(), numbers, 0)
}

fn next_of_combinations(vm: &Vm, word: Word) -> Outcome {
    choose(vm, word, &|index, n, length| (index + n).saturating_sub(length), &|before| before + 1)
}

fn next_of_replacing(vm: &Vm, word: Word) -> Outcome {
    choose(vm, word, &|_, n, _| n.saturating_sub(1), &|before| before)
}

/// The next choice: the last number that is below its limit grows, and those behind follow from it.
fn choose(vm: &Vm, word: Word, limit: &dyn Fn(usize, usize, usize) -> usize, follow: &dyn Fn(usize) -> usize) -> Outcome {
    let it = this(vm, word)?;
    let (Some(chosen), Some(pool)) = (Chosen::of(it), Handle::<Tuple>::from(it.source.get())) else { return Ok(Word::UNSET) };
    let length = chosen.count;
    if !chosen.is_first() {
        let grows = (0..length).rev().find(|index| chosen.get(*index) < limit(*index, pool.len(), length));
        let Some(place) = grows else { return chosen.end() };
        let mut number = chosen.get(place) + 1;
        for index in place..length {
            chosen.set(index, number);
            number = follow(number);
        }
    }
    chosen.items(vm, pool, length)
}
