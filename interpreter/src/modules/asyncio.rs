//! `_asyncio`: the queue of asyncio's event loop, which is written in Python (`frozen/asyncio`).
//!
//! What is due next lies at the end of one list of pairs (ticks, task), so taking it moves nothing, and what was added first
//! comes first among equals. Neither adding (within the list's memory), taking nor `sleep` with a locked heap allocates.

use crate::object::handle::{Args, Handle, type_word};
use crate::object::kind::{Access, Slots, Type};
use crate::object::list::List;
use crate::object::name::Name;
use crate::object::resource::{Resource, resource_type};
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// TaskQueue(): what an event loop has to run, in order of time.
    const TaskQueue = type_word(&QUEUE);
}

/// Methods of a queue.
pub mod queue_rows {
    use super::{advance, delay, peek, pop, push, remove, sleep};
    table! { pub ROWS, NAMES, DOCS:
        /// push(task[, ticks]): adds a task that is due at `ticks` of time.ticks_ms, or now.
        def push(2..=3) = push;
        /// pop(): takes the task that is due first.
        def pop(1) = pop;
        /// peek(): the task that is due first, or None.
        def peek(1) = peek;
        /// remove(task): takes a task out; whether it was there.
        def remove(2) = remove;
        /// advance(task): makes a task due now; whether it is in the queue.
        def advance(2) = advance;
        /// delay(): milliseconds until the first task is due, 0 if it is, -1 if there is none.
        def delay(1) = delay;
        /// sleep(ms[, result]): an awaitable that ends `ms` milliseconds after it was first awaited.
        def sleep(2..=3) = sleep;
        /// clear(): forgets all tasks.
        def clear(1) = |vm, args| { super::entries(super::queue(vm, args.at(0))?).clear(vm); Ok(crate::object::word::Word::NONE) };
    }
}

/// Methods that make a sleep a coroutine.
pub mod sleep_rows {
    table! { pub ROWS, NAMES, DOCS:
        /// send(value): goes on.
        def send(2) = |vm, args| super::step(vm, args.at(0));
        /// throw(exception): ends with an exception.
        def throw(2..=4) = |vm, args| Err(vm.raise_word(args.at(1)));
        /// close(): ends.
        def close(1) = |_, _| Ok(crate::object::word::Word::NONE);
    }
}

/// Pairs that a new queue has room for.
const ROOM: usize = 8;

static QUEUE_SLOTS: Slots = Slots { make: Some(make), attribute: Some(attribute), ..Slots::NONE };
/// State: [0] the list of pairs, what is due first at the end; [1] `current`; [2] the sleep of a locked heap; [3] `held`.
static QUEUE: Type = resource_type(name!(TaskQueue), &QUEUE_SLOTS, queue_rows::ROWS);

static SLEEP_SLOTS: Slots = Slots { iter: Some(|_, word| Ok(word)), next: Some(next), ..Slots::NONE };
/// State: [0] the queue; [1] milliseconds, `NONE` once it sleeps; [2] the result.
static SLEEP: Type = resource_type(name!(Sleep), &SLEEP_SLOTS, sleep_rows::ROWS);

fn make(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    vm.expect_count(args, 0, 0)?;
    let list = vm.new_list(&[Word::NONE; 2 * ROOM])?;
    let queue = vm.new_resource(&QUEUE, &[list, Word::NONE, Word::NONE, Word::FALSE])?;
    let sleep = vm.new_resource(&SLEEP, &[queue])?;
    let handle = self::queue(vm, queue)?;
    while entries(handle).pop().is_some() {}
    handle.state[2].set(sleep);
    Ok(queue)
}

fn queue(vm: &Vm, word: Word) -> Outcome<Handle<Resource>> {
    vm.resource(word, &QUEUE).ok_or_else(|| vm.type_error("a TaskQueue is needed"))
}

fn entries(queue: Handle<Resource>) -> Handle<List> {
    Handle::from(queue.state[0].get()).expect("a queue has a list")
}

/// `current`: the task that runs; `held`: whether it waits somewhere, false when another one becomes current.
fn attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let (is_current, is_held) = (name == name!(current), name == name!(held));
    if !is_current && !is_held {
        return Ok(Word::UNSET);
    }
    let queue = queue(vm, word)?;
    let cell = &queue.get().state[if is_current { 1 } else { 3 }];
    let value = match access {
        Access::Load => return Ok(cell.get()),
        Access::Store(value) => value,
        Access::Delete => Word::NONE,
    };
    if is_current {
        queue.state[3].set(Word::FALSE);
    }
    cell.set(value);
    Ok(Word::NONE)
}

fn now(vm: &Vm) -> isize {
    super::time::ticks_ms(vm)
}

/// The time of entry `index`.
fn time(list: Handle<List>, index: usize) -> isize {
    list.at(2 * index).and_then(Word::as_int).unwrap_or(0)
}

/// Where `task` is.
fn find(list: Handle<List>, task: Word) -> Option<usize> {
    (0..list.len() / 2).rev().find(|index| list.at(2 * index + 1) == Some(task))
}

fn insert(vm: &Vm, list: Handle<List>, task: Word, ticks: isize) -> Outcome<()> {
    let count = list.len() / 2;
    list.push(vm, Word::NONE)?;
    if let Err(raised) = list.push(vm, Word::NONE) {
        list.pop();
        return Err(raised);
    }
    // Those that are due earlier or at the same time lie behind it.
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = (low + high) / 2;
        if super::time::difference(time(list, middle), ticks) > 0 { low = middle + 1 } else { high = middle }
    }
    list.items.shift(2 * low, 2 * low + 2, 2 * (count - low));
    list.items.set(2 * low, Word::int(ticks));
    list.items.set(2 * low + 1, task);
    Ok(())
}

fn take(list: Handle<List>, index: usize) {
    list.items.shift(2 * index + 2, 2 * index, list.len() - 2 * index - 2);
    list.pop();
    list.pop();
}

fn push(vm: &Vm, args: Args) -> Outcome {
    let list = entries(queue(vm, args.at(0))?);
    let ticks = match args.get(2) {
        Some(ticks) => vm.index(ticks)?,
        None => now(vm),
    };
    insert(vm, list, args.at(1), ticks)?;
    Ok(Word::NONE)
}

fn pop(vm: &Vm, args: Args) -> Outcome {
    let list = entries(queue(vm, args.at(0))?);
    let task = list.pop().ok_or_else(|| vm.raise_text(&crate::object::exception::INDEX_ERROR, "empty heap"))?;
    list.pop();
    Ok(task)
}

fn peek(vm: &Vm, args: Args) -> Outcome {
    let list = entries(queue(vm, args.at(0))?);
    Ok(list.len().checked_sub(1).and_then(|last| list.at(last)).unwrap_or(Word::NONE))
}

fn remove(vm: &Vm, args: Args) -> Outcome {
    let list = entries(queue(vm, args.at(0))?);
    let found = find(list, args.at(1));
    found.into_iter().for_each(|index| take(list, index));
    Ok(Word::bool(found.is_some()))
}

fn advance(vm: &Vm, args: Args) -> Outcome {
    let list = entries(queue(vm, args.at(0))?);
    let Some(index) = find(list, args.at(1)) else { return Ok(Word::FALSE) };
    if super::time::difference(time(list, index), now(vm)) > 0 {
        take(list, index);
        insert(vm, list, args.at(1), now(vm))?;
    }
    Ok(Word::TRUE)
}

fn delay(vm: &Vm, args: Args) -> Outcome {
    let list = entries(queue(vm, args.at(0))?);
    Ok(Word::int(match list.len() / 2 {
        0 => -1,
        count => super::time::difference(time(list, count - 1), now(vm)).max(0),
    }))
}

fn sleep(vm: &Vm, args: Args) -> Outcome {
    let queue = queue(vm, args.at(0))?;
    let ms = vm.index(args.at(1))?.max(0);
    super::time::add(vm, 0, ms)?;
    let result = args.get(2).unwrap_or(Word::NONE);
    if vm.heap_lock_depth() == 0 {
        return vm.new_resource(&SLEEP, &[queue.word(), Word::int(ms), result]);
    }
    let shared = vm.resource(queue.state[2].get(), &SLEEP).expect("a queue has a sleep");
    shared.state[1].set(Word::int(ms));
    shared.state[2].set(result);
    Ok(shared.word())
}

fn next(vm: &Vm, word: Word) -> Outcome {
    let sleep = vm.resource(word, &SLEEP).expect("a sleep's slot");
    let Some(ms) = sleep.state[1].get().as_int() else {
        vm.stop_value.set(sleep.state[2].get());
        return Ok(Word::UNSET);
    };
    let queue = queue(vm, sleep.state[0].get())?;
    insert(vm, entries(queue), queue.state[1].get(), super::time::add(vm, now(vm), ms)?)?;
    queue.state[3].set(Word::TRUE);
    sleep.state[1].set(Word::NONE);
    Ok(Word::NONE)
}

fn step(vm: &Vm, word: Word) -> Outcome {
    let sleep = vm.resource(word, &SLEEP).ok_or_else(|| vm.type_error("a sleep is needed"))?;
    let value = next(vm, sleep.word())?;
    if value != Word::UNSET {
        return Ok(value);
    }
    let stop = crate::object::exception::new(vm, &crate::object::exception::STOP_ITERATION, &[vm.stop_value.get()])?;
    Err(vm.raise_word(stop))
}
