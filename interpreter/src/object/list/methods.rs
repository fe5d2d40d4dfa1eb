//! The methods of `list`.

use super::{List, sort};
use crate::object::exception;
use crate::object::handle::{Args, Handle};
use crate::object::sequence;
use crate::object::word::Word;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// append(x): adds x at the end.
    def append(2) = append;
    /// clear(): removes all items.
    def clear(1) = clear;
    /// copy(): a shallow copy.
    #[cfg(feature = "standard")]
    def copy(1) = copy;
    /// count(x): how many items equal x.
    #[cfg(feature = "standard")]
    def count(2) = count;
    /// extend(iterable): adds all its items at the end.
    def extend(2) = extend;
    /// index(x, start=0, stop=len): the first position of x.
    #[cfg(feature = "standard")]
    def index(2..=4) = index;
    /// insert(index, x): puts x before the item at index.
    def insert(3) = insert;
    /// pop(index=-1): removes and returns an item.
    def pop(1..=2) = pop;
    /// remove(x): removes the first item equal to x.
    def remove(2) = remove;
    /// reverse(): turns the order round.
    def reverse(1) = reverse;
    /// sort(*, key=None, reverse=False): sorts in place; equal items keep their order.
    def sort(1.., keywords) = sort_method;
}

fn this(vm: &Vm, args: Args) -> Outcome<Handle<List>> {
    vm.receiver(args.at(0))
}

fn append(vm: &Vm, args: Args) -> Outcome {
    this(vm, args)?.push(vm, args.at(1))?;
    Ok(Word::NONE)
}

fn clear(vm: &Vm, args: Args) -> Outcome {
    this(vm, args)?.clear(vm);
    Ok(Word::NONE)
}

fn copy(vm: &Vm, args: Args) -> Outcome {
    Ok(vm.list_of(this(vm, args)?.word())?.word())
}

fn count(vm: &Vm, args: Args) -> Outcome {
    let list = this(vm, args)?;
    sequence::count(vm, &|i| Ok(list.at(i)), args.at(1))
}

fn extend(vm: &Vm, args: Args) -> Outcome {
    this(vm, args)?.extend(vm, args.at(1))?;
    Ok(Word::NONE)
}

fn index(vm: &Vm, args: Args) -> Outcome {
    let list = this(vm, args)?;
    let (start, stop) = vm.range_arguments(args, 2, list.len())?;
    let position = sequence::find(vm, &|i| Ok(list.at(i)), args.at(1), start, stop)?;
    sequence::found(vm, position, &[Part::Repr(args.at(1)), Part::Text(" is not in list")])
}

fn insert(vm: &Vm, args: Args) -> Outcome {
    let list = this(vm, args)?;
    let index = vm.clamped(args.at(1))?;
    let len = list.len();
    let index = if index < 0 { len.saturating_sub(index.unsigned_abs()) } else { len.min(index as usize) };
    list.splice(vm, index, 0, 1)?;
    list.items.set(index, args.at(2));
    Ok(Word::NONE)
}

fn pop(vm: &Vm, args: Args) -> Outcome {
    let list = this(vm, args)?;
    if list.is_empty() {
        return Err(vm.raise_text(&exception::INDEX_ERROR, "pop from empty list"));
    }
    match args.get(1) {
        None => {
            let word = list.pop().expect("not empty");
            list.shrink(vm);
            Ok(word)
        }
        Some(key) => list.remove_at(vm, vm.position(&super::LIST, key, || list.len())?),
    }
}

fn remove(vm: &Vm, args: Args) -> Outcome {
    let list = this(vm, args)?;
    match sequence::find(vm, &|i| Ok(list.at(i)), args.at(1), 0, usize::MAX)? {
        // Comparing may have shortened the list since.
        Some(index) if index < list.len() => list.remove_at(vm, index).map(|_| Word::NONE),
        _ => sequence::found(vm, None, &[Part::Text("list.remove(x): x not in list")]),
    }
}

fn reverse(vm: &Vm, args: Args) -> Outcome {
    let list = this(vm, args)?;
    sort::reverse(&list.items, 1, list.len());
    Ok(Word::NONE)
}

fn sort_method(vm: &Vm, args: Args) -> Outcome {
    if args.len() > 1 {
        return Err(vm.type_error("extra positional arguments given"));
    }
    sort::sort(vm, this(vm, args)?, args)?;
    Ok(Word::NONE)
}
