//! `list.sort` and `sorted`: a stable sort of the list's own block, by `merge`.
//!
//! ```text
//!   without a key:  [item] × n              with one:  [key item] × n     ("entries" of 1 or 2 words)
//! ```
//! The keys and comparisons run Python, which may do anything to the list: while it is sorted the list is empty, its block
//! belongs to the sort alone, and is put back whatever happens.

use super::List;
use crate::object::exception;
use crate::object::handle::{Args, Handle, Words};
use crate::object::kind::Binary;
use crate::object::sequence;
use crate::object::tuple::Tuple;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm, quick};

#[cfg_attr(not(feature = "standard"), path = "sort/small/merge.rs")]
mod merge;

/// Sorts by the keyword arguments `key` and `reverse`.
///
/// # Errors
/// What keys and comparisons raise, `MemoryError`; the list holds its items in some order then. `ValueError` when the list
/// was changed meanwhile; it holds the sorted items then.
pub fn sort(vm: &Vm, list: Handle<List>, args: Args) -> Outcome<()> {
    vm.only_keywords(args, &[name!(key), name!(reverse)])?;
    let key = args.given(name!(key));
    let reverse = args.keyword(name!(reverse)).map_or(Ok(false), |word| vm.truth(word))?;
    let (items, len) = (list.items.take(), list.len.replace(0));
    let result = match key {
        None => Entries { words: &items, width: 1 }.sort(vm, len, reverse),
        Some(key) => by_key(vm, &items, len, key, reverse),
    };
    let changed = list.items.capacity() > 0;
    list.clear(vm);
    list.items.put(items);
    list.len.set(len);
    result?;
    if changed { Err(vm.raise_text(&exception::VALUE_ERROR, "list modified during sort")) } else { Ok(()) }
}

fn by_key(vm: &Vm, items: &Words, len: usize, key: Word, backwards: bool) -> Outcome<()> {
    let entries = Words::EMPTY;
    vm.resize_words(&entries, 2 * len)?;
    for index in 0..len {
        let item = items.get(index);
        entries.set(2 * index, vm.call(key, &[item])?);
        entries.set(2 * index + 1, item);
    }
    Entries { words: &entries, width: 2 }.sort(vm, len, backwards)?;
    (0..len).for_each(|index| items.set(index, entries.get(2 * index + 1)));
    vm.resize_words(&entries, 0)
}

/// Turns `len` entries of `width` words round.
pub(super) fn reverse(words: &Words, width: usize, len: usize) {
    for index in 0..len / 2 {
        for part in 0..width {
            let (a, b) = (index * width + part, (len - 1 - index) * width + part);
            let word = words.get(a);
            words.set(a, words.get(b));
            words.set(b, word);
        }
    }
}

/// What is sorted.
#[derive(Clone, Copy)]
struct Entries<'a> {
    words: &'a Words,
    width: usize,
}

impl Entries<'_> {
    fn sort(self, vm: &Vm, len: usize, backwards: bool) -> Outcome<()> {
        // Equal entries keep their order in a descending sort too: that is an ascending one of the reversed list, reversed.
        if backwards {
            reverse(self.words, self.width, len);
        }
        let result = self.order(vm, len);
        if backwards {
            reverse(self.words, self.width, len);
        }
        result
    }

    fn key(self, index: usize) -> Word {
        self.words.get(index * self.width)
    }

    fn insertion(self, vm: &Vm, low: usize, high: usize) -> Outcome<()> {
        for index in low + 1..high {
            let key = self.key(index);
            let mut to = index;
            while to > low && less(vm, key, self.key(to - 1))? {
                to -= 1;
            }
            if to < index {
                let width = self.width;
                let item = self.words.get(index * width + width - 1);
                self.words.shift(to * width, (to + 1) * width, (index - to) * width);
                self.words.set(to * width, key);
                self.words.set(to * width + width - 1, item);
            }
        }
        Ok(())
    }
}

#[inline]
fn less(vm: &Vm, a: Word, b: Word) -> Outcome<bool> {
    if let Some(answer) = plain_less(vm, a, b) {
        return Ok(answer);
    }
    if crate::WHOLE
        && let (Some(x), Some(y)) = (Handle::<Tuple>::from(a), Handle::<Tuple>::from(b))
    {
        for (x, y) in x.tail().iter().zip(y.tail()) {
            if !sequence::same(vm, x.get(), y.get())? {
                return match plain_less(vm, x.get(), y.get()) {
                    Some(answer) => Ok(answer),
                    None => vm.truth(vm.binary(Binary::Less, x.get(), y.get())?),
                };
            }
        }
        return Ok(x.len() < y.len());
    }
    let answer = vm.binary(Binary::Less, a, b)?;
    vm.truth(answer)
}

/// The order of two small ints, of two texts, and on hosts of two floats: nobody has a say in it.
#[inline(always)]
fn plain_less(vm: &Vm, a: Word, b: Word) -> Option<bool> {
    if a.both_ints(b) {
        return Some(a.int_value() < b.int_value());
    }
    if crate::WHOLE
        && let Some(answer) = quick::compare(0, a, b)
    {
        return Some(answer);
    }
    Some(vm.as_text(a)? < vm.as_text(b)?)
}
