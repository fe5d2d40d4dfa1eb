//! Those that ask one iterator, or none.

use super::{Signature, end, kept, places, slots, this, type_of, types};
use crate::object::exception::VALUE_ERROR;
use crate::object::handle::{Args, Handle};
use crate::object::iterator::new;
use crate::object::kind::{Binary, Kind, Slots, Type};
use crate::object::list::List;
use crate::object::print::{Printer, Style};
use crate::object::range::int;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

types! {
    /// `cycle`: `state` is what came, `position` where the next round is; the source is `None` after the first.
    CYCLE cycle = make_cycle, next_of_cycle;
    /// `accumulate`: `state` is the function and the total, `position` one of `START`, `INITIAL`, `RUNNING`.
    ACCUMULATE accumulate = make_accumulate, next_of_accumulate;
    /// `batched`: `state` is the size, `position` 1 if strict.
    BATCHED batched = make_batched, next_of_batched;
    /// `dropwhile`: `state` is the predicate, `position` 1 behind what it drops.
    DROPWHILE dropwhile = |vm, ty, args| make_asking(vm, "dropwhile", ty, args), next_of_dropwhile;
    /// `takewhile`: `state` is the predicate, `position` 1 at the end.
    TAKEWHILE takewhile = |vm, ty, args| make_asking(vm, "takewhile", ty, args), next_of_takewhile;
    /// `filterfalse`: `state` is the function.
    FILTERFALSE filterfalse = |vm, ty, args| make_asking(vm, "filterfalse", ty, args), next_of_filterfalse;
    /// `starmap`: `state` is the function.
    STARMAP starmap = |vm, ty, args| make_asking(vm, "starmap", ty, args), next_of_starmap;
    /// `islice`: `position` is the source's; `state` is the end, `None` without one, or the next position, the end and the step.
    ISLICE islice = make_islice, next_of_islice;
    /// `pairwise`: `state` is the item before, `position` 1 if there is one.
    PAIRWISE pairwise = make_pairwise, next_of_pairwise;
}

/// `count`: `source` is the next number, `state` the step.
pub static COUNT: Type = {
    static SLOTS: Slots = Slots { print: Some(print_count), ..slots(make_count, next_of_count) };
    type_of(name!(count), &SLOTS, super::state::ROWS)
};
/// `repeat`: `position` is how often it is left, if `state` is true.
pub static REPEAT: Type = {
    static SLOTS: Slots = Slots { print: Some(print_repeat), ..slots(make_repeat, next_of_repeat) };
    type_of(name!(repeat), &SLOTS, repeat_rows::ROWS)
};

/// What a `repeat` has.
pub mod repeat_rows {
    use super::*;

    table! { pub ROWS, NAMES, DOCS:
        /// __length_hint__(): how many items are left.
        def __length_hint__(1) = |vm, args| {
            let it = this(vm, args.at(0))?;
            match it.state.get() == Word::TRUE {
                true => int(vm, it.position.get() as isize),
                false => Err(vm.type_error("len() of unsized object")),
            }
        };
        /// __reduce__(): what makes this iterator again.
        def __reduce__(1) = super::super::state::reduce;
    }
}

fn is_number(vm: &Vm, word: Word) -> bool {
    let native = vm.native(word);
    let methods = [name!(__index__), name!(__int__), name!(__float__)];
    native.is_bool()
        || matches!(vm.type_of(native).kind, Kind::Int | Kind::Float | Kind::Complex)
        || methods.iter().any(|name| crate::object::class::lookup_special(vm, vm.type_of(word), *name).is_some())
}

fn make_count(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    let signature = Signature { function: "count", parameters: [name!(start), name!(step)], required: 0, by_place: 2 };
    let [start, step] = signature.bind(vm, args)?;
    let plain = |word: Option<Word>, default: isize| match word.unwrap_or(Word::int(default)) {
        it if it.is_bool() => Word::int((it == Word::TRUE) as isize),
        it => it,
    };
    let (start, step) = (plain(start, 0), plain(step, 1));
    if !is_number(vm, start) || !is_number(vm, step) {
        return Err(vm.type_error("a number is required"));
    }
    new(vm, &COUNT, start, step, 0)
}

fn next_of_count(vm: &Vm, word: Word) -> Outcome {
    let it = this(vm, word)?;
    let now = it.source.get();
    it.source.set(vm.binary(Binary::Add, now, it.state.get())?);
    Ok(now)
}

fn print_count(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let it = this(vm, word)?;
    out.text(vm, "count(")?;
    vm.print(it.source.get(), out, Style::Repr)?;
    if it.state.get() != Word::int(1) {
        out.text(vm, ", ")?;
        vm.print(it.state.get(), out, Style::Repr)?;
    }
    out.text(vm, ")")
}

fn make_repeat(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    let signature = Signature { function: "repeat", parameters: [name!(object), name!(times)], required: 1, by_place: 2 };
    let [object, times] = signature.bind(vm, args)?;
    let object = object.expect("required");
    match times {
        None => new(vm, &REPEAT, object, Word::FALSE, 0),
        Some(times) => new(vm, &REPEAT, object, Word::TRUE, vm.clamped(times)?.max(0) as usize),
    }
}

fn next_of_repeat(vm: &Vm, word: Word) -> Outcome {
    let it = this(vm, word)?;
    if it.state.get() == Word::TRUE {
        let Some(left) = it.position.get().checked_sub(1) else { return Ok(Word::UNSET) };
        it.position.set(left);
    }
    Ok(it.source.get())
}

fn print_repeat(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let it = this(vm, word)?;
    out.text(vm, "repeat(")?;
    vm.print(it.source.get(), out, Style::Repr)?;
    if it.state.get() == Word::TRUE {
        out.text(vm, ", ")?;
        vm.print(int(vm, it.position.get() as isize)?, out, Style::Repr)?;
    }
    out.text(vm, ")")
}

fn make_cycle(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    places(vm, "cycle", args, 1, 1)?;
    let iterator = vm.iter(args.at(0))?;
    new(vm, &CYCLE, iterator, vm.new_list(&[])?, 0)
}

fn next_of_cycle(vm: &Vm, word: Word) -> Outcome {
    let it = this(vm, word)?;
    let Some(saved) = kept(it) else { return Ok(Word::UNSET) };
    if it.source.get() != Word::NONE {
        let item = vm.next(it.source.get())?;
        if item != Word::UNSET {
            saved.push(vm, item)?;
            return Ok(item);
        }
        it.source.set(Word::NONE);
    }
    let position = it.position.get();
    it.position.set(if position + 1 < saved.len() { position + 1 } else { 0 });
    Ok(saved.at(position).unwrap_or(Word::UNSET))
}

const START: usize = 0;
const INITIAL: usize = 1;
const RUNNING: usize = 2;

fn make_accumulate(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    let parameters = [name!(iterable), name!(func), name!(initial)];
    let [iterable, function, initial] = Signature { function: "accumulate", parameters, required: 1, by_place: 2 }.bind(vm, args)?;
    let iterator = vm.iter(iterable.expect("required"))?;
    let initial = initial.filter(|word| *word != Word::NONE);
    let state = vm.new_list(&[function.unwrap_or(Word::NONE), initial.unwrap_or(Word::NONE)])?;
    new(vm, &ACCUMULATE, iterator, state, if initial.is_some() { INITIAL } else { START })
}

fn next_of_accumulate(vm: &Vm, word: Word) -> Outcome {
    let it = this(vm, word)?;
    let Some(list) = kept(it).filter(|list| list.len() == 2) else { return Ok(Word::UNSET) };
    let phase = it.position.get();
    if phase == INITIAL {
        it.position.set(RUNNING);
        return Ok(list.items.get(1));
    }
    let mut item = vm.next(it.source.get())?;
    if item == Word::UNSET {
        return Ok(item);
    }
    if phase == RUNNING {
        let (function, total) = (list.items.get(0), list.items.get(1));
        item = if function == Word::NONE { vm.binary(Binary::Add, total, item)? } else { vm.call(function, &[total, item])? };
    }
    it.position.set(RUNNING);
    list.items.set(1, item);
    Ok(item)
}

fn make_batched(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    let parameters = [name!(iterable), name!(n), name!(strict)];
    let [iterable, size, strict] = Signature { function: "batched", parameters, required: 2, by_place: 2 }.bind(vm, args)?;
    let size = vm.clamped(size.expect("required"))?;
    if size < 1 {
        return Err(vm.value_error("n must be at least one"));
    }
    let strict = strict.map_or(Ok(false), |word| vm.truth(word))?;
    new(vm, &BATCHED, vm.iter(iterable.expect("required"))?, Word::int(size.min(Word::INT_MAX)), strict as usize)
}

fn next_of_batched(vm: &Vm, word: Word) -> Outcome {
    let it = this(vm, word)?;
    let (source, size) = (it.source.get(), it.state.get().as_int().unwrap_or(1) as usize);
    if source == Word::NONE {
        return Ok(Word::UNSET);
    }
    let items = vm.new_list_with_capacity(size.min(64))?;
    while items.len() < size {
        match vm.next(source)?.set() {
            Some(item) => items.push(vm, item)?,
            None if items.is_empty() => return end(it),
            None if it.position.get() == 1 => {
                end(it)?;
                return Err(vm.value_error("batched(): incomplete batch"));
            }
            None => {
                end(it)?;
                break;
            }
        }
    }
    Ok(vm.tuple_of(items.word())?.word())
}

/// The four that take a function and an iterable.
fn make_asking(vm: &Vm, function: &'static str, ty: &'static Type, args: Args) -> Outcome {
    places(vm, function, args, 2, 2)?;
    new(vm, ty, vm.iter(args.at(1))?, args.at(0), 0)
}

fn next_of_dropwhile(vm: &Vm, word: Word) -> Outcome {
    let it = this(vm, word)?;
    loop {
        let item = vm.next(it.source.get())?;
        if item == Word::UNSET || it.position.get() == 1 {
            return Ok(item);
        }
        let drops = vm.call(it.state.get(), &[item])?;
        if !vm.truth(drops)? {
            it.position.set(1);
            return Ok(item);
        }
    }
}

fn next_of_takewhile(vm: &Vm, word: Word) -> Outcome {
    let it = this(vm, word)?;
    if it.position.get() == 1 {
        return Ok(Word::UNSET);
    }
    let item = vm.next(it.source.get())?;
    if item == Word::UNSET {
        return Ok(item);
    }
    let takes = vm.call(it.state.get(), &[item])?;
    if vm.truth(takes)? {
        return Ok(item);
    }
    it.position.set(1);
    Ok(Word::UNSET)
}

fn next_of_filterfalse(vm: &Vm, word: Word) -> Outcome {
    let it = this(vm, word)?;
    loop {
        let item = vm.next(it.source.get())?;
        if item == Word::UNSET {
            return Ok(item);
        }
        let function = it.state.get();
        let answer = if function == Word::NONE { item } else { vm.call(function, &[item])? };
        if !vm.truth(answer)? {
            return Ok(item);
        }
    }
}

fn next_of_starmap(vm: &Vm, word: Word) -> Outcome {
    let it = this(vm, word)?;
    let item = vm.next(it.source.get())?;
    if item == Word::UNSET {
        return Ok(item);
    }
    let arguments = vm.tuple_of(item)?;
    vm.call_args(it.state.get(), Args::of(arguments.tail()))
}

fn make_islice(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    places(vm, "islice", args, 2, 4)?;
    let bound = |word: Option<Word>, text: &str, least: isize| match word.filter(|word| *word != Word::NONE) {
        None => Ok(None),
        Some(word) => {
            let number = vm.clamped(word).map_err(|raised| vm.take_raised(raised)).unwrap_or(-1);
            if number < least { Err(vm.raise_text(&VALUE_ERROR, text)) } else { Ok(Some(number.min(Word::INT_MAX))) }
        }
    };
    const STOP: &str = "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
    const INDEXES: &str = "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
    const STEP: &str = "Step for islice() must be a positive integer or None.";
    let (start, stop) = match args.len() {
        2 => (None, bound(args.get(1), STOP, 0)?),
        _ => (bound(args.get(1), INDEXES, 0)?, bound(args.get(2), INDEXES, 0)?),
    };
    let (start, step) = (start.unwrap_or(0), bound(args.get(3), STEP, 1)?.unwrap_or(1));
    let iterator = vm.iter(args.at(0))?;
    let stop = stop.map_or(Word::NONE, Word::int);
    let state = if start == 0 && step == 1 { stop } else { vm.new_list(&[Word::int(start), stop, Word::int(step)])? };
    new(vm, &ISLICE, iterator, state, 0)
}

fn next_of_islice(vm: &Vm, word: Word) -> Outcome {
    let it = this(vm, word)?;
    let (source, position) = (it.source.get(), it.position.get());
    if source == Word::NONE {
        return Ok(Word::UNSET);
    }
    let Some(list) = kept(it).filter(|list| list.len() == 3) else {
        if it.state.get().as_int().is_some_and(|stop| position >= stop as usize) {
            return end(it);
        }
        return match vm.next(source)?.set() {
            Some(item) => {
                it.position.set(position + 1);
                Ok(item)
            }
            None => end(it),
        };
    };
    let item = step_to(vm, it, list)?;
    if item == Word::UNSET { end(it) } else { Ok(item) }
}

/// The item at the next position of a slice.
fn step_to(vm: &Vm, it: Handle<crate::object::iterator::Iterator>, list: Handle<List>) -> Outcome {
    let number = |index: usize| list.at(index).and_then(Word::as_int).map(|number| number.max(0) as usize);
    let (wanted, stop, step) = (number(0).unwrap_or(0), number(1).unwrap_or(usize::MAX), number(2).unwrap_or(1));
    let mut position = it.position.get();
    while position < wanted {
        if vm.next(it.source.get())? == Word::UNSET {
            return Ok(Word::UNSET);
        }
        position += 1;
        it.position.set(position);
    }
    if position >= stop {
        return Ok(Word::UNSET);
    }
    let item = vm.next(it.source.get())?;
    if item != Word::UNSET {
        it.position.set(position + 1);
        let next = wanted.saturating_add(step).min(stop).min(Word::INT_MAX as usize);
        if !list.is_empty() {
            list.items.set(0, Word::int(next as isize));
        }
    }
    Ok(item)
}

fn make_pairwise(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    places(vm, "pairwise", args, 1, 1)?;
    new(vm, &PAIRWISE, vm.iter(args.at(0))?, Word::NONE, 0)
}

fn next_of_pairwise(vm: &Vm, word: Word) -> Outcome {
    let it = this(vm, word)?;
    if it.source.get() == Word::NONE {
        return Ok(Word::UNSET);
    }
    if it.position.get() == 0 {
        let Some(first) = vm.next(it.source.get())?.set() else { return end(it) };
        it.state.set(first);
        it.position.set(1);
    }
    let Some(item) = vm.next(it.source.get())?.set() else {
        it.state.set(Word::NONE);
        return end(it);
    };
    let before = it.state.replace(item);
    vm.new_tuple(&[before, item])
}
