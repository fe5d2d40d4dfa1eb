//! Those that ask several iterators.

use super::{Signature, only, slots, this, type_of, types};
use crate::object::exception::TYPE_ERROR;
use crate::object::handle::{Args, Handle};
use crate::object::iterator::{Iterator, new};
use crate::object::kind::{Slots, Type};
use crate::object::list::List;
use crate::object::word::Word;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Vm};

types! {
    /// `compress`: `state` is the iterator over the selectors.
    COMPRESS compress = make_compress, next_of_compress;
    /// `zip_longest`: `source` is a list of the iterators, `None` for each that has ended, `state` fills, `position` is how many are left.
    ZIP_LONGEST zip_longest = make_zip_longest, next_of_zip_longest;
}

/// `chain`: `source` is the iterator over the iterables, `state` over the current one; `None` if there is none.
pub static CHAIN: Type = {
    static SLOTS: Slots = slots(make_chain, next_of_chain);
    type_of(name!(chain), &SLOTS, chain_rows::ROWS)
};

/// What `chain` has.
pub mod chain_rows {
    use super::super::state;
    use super::*;

    table! { pub ROWS, NAMES, DOCS:
        /// from_iterable(iterable): chain(*iterable), which is read as it goes.
        class def from_iterable(2) = |vm, args| {
            let iterator = vm.iter(args.at(1))?;
            let made = vm.call(args.at(0), &[])?;
            if let Some(chain) = vm.as_native::<Iterator>(made) {
                chain.source.set(iterator);
            }
            Ok(made)
        };
        /// __reduce__(): what makes this iterator again.
        def __reduce__(1) = state::reduce;
        /// __setstate__(state): goes on from there.
        def __setstate__(2) = state::set_state;
    }
}

fn make_chain(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    if args.keyword_count() > 0 {
        return Err(vm.type_error("chain() takes no keyword arguments"));
    }
    let iterables = vm.new_tuple_from_cells(args.positional())?;
    new(vm, &CHAIN, vm.iter(iterables)?, Word::NONE, 0)
}

fn next_of_chain(vm: &Vm, word: Word) -> Outcome {
    let it = this(vm, word)?;
    loop {
        if it.state.get() != Word::NONE {
            let item = vm.next(it.state.get())?;
            if item != Word::UNSET {
                return Ok(item);
            }
            it.state.set(Word::NONE);
        }
        let source = it.source.get();
        if source == Word::NONE {
            return Ok(Word::UNSET);
        }
        it.source.set(Word::NONE);
        let Some(iterable) = vm.next(source)?.set() else { return Ok(Word::UNSET) };
        it.state.set(vm.iter(iterable)?);
        it.source.set(source);
    }
}

fn make_compress(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    let signature = Signature { function: "compress", parameters: [name!(data), name!(selectors)], required: 2, by_place: 2 };
    let [data, selectors] = signature.bind(vm, args)?;
    let data = vm.iter(data.expect("required"))?;
    new(vm, &COMPRESS, data, vm.iter(selectors.expect("required"))?, 0)
}

fn next_of_compress(vm: &Vm, word: Word) -> Outcome {
    let it = this(vm, word)?;
    loop {
        let Some(item) = vm.next(it.source.get())?.set() else { return Ok(Word::UNSET) };
        let Some(selector) = vm.next(it.state.get())?.set() else { return Ok(Word::UNSET) };
        if vm.truth(selector)? {
            return Ok(item);
        }
    }
}

fn make_zip_longest(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    if args.keywords().any(|(name, _)| name != Word::name(name!(fillvalue))) {
        return Err(vm.raise(&TYPE_ERROR, &[Part::Text("zip_longest() got an unexpected keyword argument")]));
    }
    only(vm, "zip_longest", args, &[name!(fillvalue)])?;
    let iterators = vm.new_list_with_capacity(args.len())?;
    args.positional().iter().try_for_each(|iterable| iterators.push(vm, vm.iter(iterable.get())?))?;
    new(vm, &ZIP_LONGEST, iterators.word(), args.keyword(name!(fillvalue)).unwrap_or(Word::NONE), args.len())
}

fn next_of_zip_longest(vm: &Vm, word: Word) -> Outcome {
    let it = this(vm, word)?;
    let Some(iterators) = Handle::<List>::from(it.source.get()) else { return Ok(Word::UNSET) };
    if it.position.get() == 0 {
        return Ok(Word::UNSET);
    }
    let items = vm.new_list_with_capacity(iterators.len())?;
    for index in 0..iterators.len() {
        let iterator = iterators.items.get(index);
        let mut item = it.state.get();
        if iterator != Word::NONE {
            let next = vm.next(iterator).inspect_err(|_| it.position.set(0))?;
            if next == Word::UNSET {
                let left = it.position.get().saturating_sub(1);
                it.position.set(left);
                if left == 0 {
                    return Ok(Word::UNSET);
                }
                iterators.items.set(index, Word::NONE);
            } else {
                item = next;
            }
        }
        items.push(vm, item)?;
    }
    Ok(vm.tuple_of(items.word())?.word())
}
