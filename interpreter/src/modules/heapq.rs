//! `heapq`: a list as a heap, the smallest item first.
//!
//! Items are compared by `<` alone, and moved as CPython moves them: a list looks the same after each call.

use crate::object::exception::{INDEX_ERROR, RUNTIME_ERROR};
use crate::object::handle::{Args, Handle};
use crate::object::kind::{Binary, Rows, Slots, Type};
use crate::object::list::{self, List};
use crate::object::resource::resource_type;
use crate::object::word::Word;
use crate::vm::{Outcome, Raised, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// heapify(list): makes a heap of a list.
    def heapify(1) = |vm, args| {
        let heap = Heap::of(vm, args.at(0))?;
        (0..heap.len() / 2).rev().try_for_each(|index| heap.sift_up(vm, index))?;
        Ok(Word::NONE)
    };
    /// heappush(heap, item): adds an item.
    def heappush(2) = |vm, args| {
        let heap = Heap::of(vm, args.at(0))?;
        heap.list.push(vm, args.at(1))?;
        heap.sift_down(vm, 0, heap.len() - 1)?;
        Ok(Word::NONE)
    };
    /// heappop(heap): removes and returns the smallest item.
    def heappop(1) = |vm, args| {
        let heap = Heap::of(vm, args.at(0))?;
        let last = heap.list.pop().ok_or_else(|| empty(vm))?;
        if heap.len() == 0 { Ok(last) } else { heap.replace(vm, last) }
    };
    /// heapreplace(heap, item): removes and returns the smallest item, then adds an item.
    def heapreplace(2) = |vm, args| {
        let heap = Heap::of(vm, args.at(0))?;
        if heap.len() == 0 { Err(empty(vm)) } else { heap.replace(vm, args.at(1)) }
    };
    /// heappushpop(heap, item): adds an item, then removes and returns the smallest.
    def heappushpop(2) = |vm, args| {
        let heap = Heap::of(vm, args.at(0))?;
        match heap.list.at(0) {
            Some(first) if less(vm, first, args.at(1))? => heap.replace(vm, args.at(1)),
            _ => Ok(args.at(1)),
        }
    };
    /// nsmallest(n, iterable, key=None): the n smallest items, the smallest first.
    #[cfg(feature = "full")]
    def nsmallest(2..=3, keywords) = |vm, args| extreme(vm, args, false);
    /// nlargest(n, iterable, key=None): the n largest items, the largest first.
    #[cfg(feature = "full")]
    def nlargest(2..=3, keywords) = |vm, args| extreme(vm, args, true);
    /// merge(*iterables, key=None, reverse=False): an iterator over the items of sorted iterables, sorted.
    #[cfg(feature = "full")]
    def merge(0.., keywords) = merge;
}

#[cold]
fn empty(vm: &Vm) -> Raised {
    vm.raise_text(&INDEX_ERROR, "empty heap")
}

fn less(vm: &Vm, a: Word, b: Word) -> Outcome<bool> {
    let answer = vm.binary(Binary::Less, a, b)?;
    vm.truth(answer)
}

/// A list that a comparison may change at any time: every access looks again.
struct Heap {
    list: Handle<List>,
}

impl Heap {
    fn of(vm: &Vm, word: Word) -> Outcome<Heap> {
        let list = vm.as_native(word).ok_or_else(|| vm.type_error("heap must be a list"))?;
        Ok(Heap { list })
    }

    fn len(&self) -> usize {
        self.list.len()
    }

    fn at(&self, vm: &Vm, index: usize) -> Outcome {
        self.list.at(index).ok_or_else(|| vm.raise_text(&RUNTIME_ERROR, "list changed size during iteration"))
    }

    fn set(&self, vm: &Vm, index: usize, word: Word) -> Outcome<()> {
        self.at(vm, index)?;
        self.list.items.set(index, word);
        Ok(())
    }

    fn replace(&self, vm: &Vm, word: Word) -> Outcome {
        let first = self.at(vm, 0)?;
        self.list.items.set(0, word);
        self.sift_up(vm, 0)?;
        Ok(first)
    }

    /// Moves the item at `place` towards `start` while it is smaller than what is above it.
    fn sift_down(&self, vm: &Vm, start: usize, mut place: usize) -> Outcome<()> {
        let item = self.at(vm, place)?;
        while place > start {
            let parent = (place - 1) / 2;
            let above = self.at(vm, parent)?;
            if !less(vm, item, above)? {
                break;
            }
            self.set(vm, parent, item)?;
            self.set(vm, place, above)?;
            place = parent;
        }
        Ok(())
    }

    /// Lets the hole at `start` sink to the bottom along the smaller children, then the item rise from there.
    fn sift_up(&self, vm: &Vm, start: usize) -> Outcome<()> {
        let (end, mut place) = (self.len(), start);
        let item = self.at(vm, start)?;
        while 2 * place + 1 < end {
            let mut child = 2 * place + 1;
            if child + 1 < end && !less(vm, self.at(vm, child)?, self.at(vm, child + 1)?)? {
                child += 1;
            }
            let below = self.at(vm, child)?;
            self.set(vm, child, item)?;
            self.set(vm, place, below)?;
            place = child;
        }
        self.sift_down(vm, start, place)
    }
}

/// All are sorted, which is stable as the answer must be, and cut off.
fn extreme(vm: &Vm, args: Args, largest: bool) -> Outcome {
    vm.only_keywords(args, &[name!(key)])?;
    let count = vm.clamped(args.at(0))?.max(0) as usize;
    let items = vm.list_of(args.at(1))?;
    let key = args.either(2, name!(key)).unwrap_or(Word::NONE);
    let words = [Word::name(name!(key)), key, Word::name(name!(reverse)), Word::bool(largest)].map(core::cell::Cell::new);
    list::sort(vm, items, Args::with_keywords(&words, 0))?;
    let chosen = vm.new_list_with_capacity(count.min(items.len()))?;
    (0..count).map_while(|index| items.at(index)).try_for_each(|item| chosen.push(vm, item))?;
    Ok(chosen.word())
}

static SLOTS: Slots = Slots { iter: Some(|_, word| Ok(word)), next: Some(next_merged), ..Slots::NONE };

/// What `merge` returns. State: a list of [key, item, iterator] lists, the key function, whether the largest comes first.
/// The name of a type.
pub const MORE: &[&str] = &["merge"];

static MERGE: Type = resource_type(name!(merge), &SLOTS, Rows::NONE);

fn merge(vm: &Vm, args: Args) -> Outcome {
    vm.only_keywords(args, &[name!(key), name!(reverse)])?;
    let sources = vm.new_list_with_capacity(args.len())?;
    for source in args.positional() {
        let iterator = vm.iter(source.get())?;
        sources.push(vm, vm.new_list(&[Word::UNSET, Word::UNSET, iterator])?)?;
    }
    let reverse = args.keyword(name!(reverse)).map_or(Ok(false), |word| vm.truth(word))?;
    vm.new_resource(&MERGE, &[sources.word(), args.given(name!(key)).unwrap_or(Word::NONE), Word::bool(reverse)])
}

/// The first of the smallest (or largest) heads; there are few sources, so they are simply looked through.
fn next_merged(vm: &Vm, word: Word) -> Outcome {
    let merge = vm.resource(word, &MERGE).expect("a merge's slot");
    let sources: Handle<List> = Handle::from(merge.state[0].get()).expect("a list of sources");
    let (key, reverse) = (merge.state[1].get(), merge.state[2].get() == Word::TRUE);
    let (mut best, mut index): (Option<Handle<List>>, _) = (None, 0);
    while let Some(source) = sources.at(index).and_then(Handle::<List>::from) {
        if source.at(1).is_some_and(|item| item == Word::UNSET) {
            let Some(item) = vm.next(source.items.get(2))?.set() else {
                sources.remove_at(vm, index)?;
                continue;
            };
            let item_key = if key == Word::NONE { item } else { vm.call(key, &[item])? };
            source.items.set(0, item_key);
            source.items.set(1, item);
        }
        let better = match best {
            None => true,
            Some(best) if reverse => less(vm, best.items.get(0), source.items.get(0))?,
            Some(best) => less(vm, source.items.get(0), best.items.get(0))?,
        };
        if better {
            best = Some(source);
        }
        index += 1;
    }
    let Some(best) = best else { return Ok(Word::UNSET) };
    let item = best.items.get(1);
    best.items.set(1, Word::UNSET);
    Ok(item)
}
