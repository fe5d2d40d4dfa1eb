//! `_thread`: threads and locks.

use crate::object::exception;
use crate::object::handle::{Args, Handle};
use crate::object::kind::{Slots, Type};
use crate::object::print::Printer;
use crate::object::resource::{Resource, resource_type};
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// start_new_thread(function, args[, kwargs]): runs the function in a new thread; the thread's number.
    def start_new_thread(2..=3) = start;
    /// exit(): ends this thread.
    def exit(0) = |vm, _| Err(vm.raise_word(exception::new(vm, &exception::SYSTEM_EXIT, &[])?));
    /// get_ident(): the number of this thread.
    def get_ident(0) = |vm, _| Ok(Word::int(vm.thread_number() as isize));
    /// _count(): how many threads run, besides the main one.
    def _count(0) = |vm, _| Ok(Word::int(vm.other_threads() as isize));
    /// stack_size([bytes]): the machine stack of the next threads, 0 for the default; what it was before.
    def stack_size(0..=1) = |vm, args| {
        let bytes = vm.index_or(args.get(0), 0)?;
        let bytes = usize::try_from(bytes).map_err(|_| vm.value_error("size must be 0 or a positive value"))?;
        Ok(Word::int(vm.set_thread_stack(bytes) as isize))
    };
    /// allocate_lock(): a new lock.
    def allocate_lock(0) = |vm, _| vm.new_resource(&LOCK, &[Word::FALSE]);
    /// The type of locks.
    const LockType = Word::of_static(&LOCK);
    /// The longest time to wait for a lock, in seconds.
    const TIMEOUT_MAX = Word::int(LONGEST);
}

/// The longest time to wait for a lock, in seconds.
const LONGEST: isize = 1_000_000_000;

/// The type's name and its keyword arguments.
pub const KEYWORDS: &[&str] = &["lock", "blocking", "timeout"];

/// Methods of a lock.
pub mod lock_rows {
    use super::{acquire, enter, leave, lock, release, renew};
    table! { pub ROWS, NAMES, DOCS:
        /// acquire(blocking=True, timeout=-1): takes the lock; whether it did.
        def acquire(1..=3, keywords) = acquire;
        /// release(): gives the lock back, from any thread.
        def release(1) = release;
        /// locked(): whether someone has it.
        def locked(1) = |vm, args| Ok(lock(vm, args.at(0))?.state[0].get());
        def __enter__(1) = enter;
        def __exit__(4) = leave;
        /// _at_fork_reinit(): whoever had it is not in this process.
        def _at_fork_reinit(1) = renew;
    }
}

static LOCK_SLOTS: Slots = Slots { print: Some(|vm, word, out, _| print(vm, word, out)), ..Slots::NONE };
/// State: [0] whether someone has it.
static LOCK: Type = resource_type(name!(lock), &LOCK_SLOTS, lock_rows::ROWS);

fn start(vm: &Vm, args: Args) -> Outcome {
    let Some(arguments) = Handle::from(args.at(1)) else { return Err(vm.type_error("2nd arg must be a tuple")) };
    let keywords = args.get(2).unwrap_or(Word::NONE);
    if keywords != Word::NONE && Handle::<crate::object::dict::Dict>::from(keywords).is_none() {
        return Err(vm.type_error("optional 3rd arg must be a dictionary"));
    }
    vm.start_thread(args.at(0), arguments, keywords).map(|number| Word::int(number as isize))
}

fn lock(vm: &Vm, word: Word) -> Outcome<Handle<Resource>> {
    vm.resource(word, &LOCK).ok_or_else(|| vm.type_error("a lock is needed"))
}

fn print(vm: &Vm, word: Word, out: &mut Printer) -> Outcome<()> {
    let taken = lock(vm, word)?.state[0].get() == Word::TRUE;
    out.text(vm, if taken { "<locked" } else { "<unlocked" })?;
    out.text(vm, " _thread.lock object at 0x")?;
    out.hex(vm, word.address())?;
    out.text(vm, ">")
}

fn acquire(vm: &Vm, args: Args) -> Outcome {
    vm.only_keywords(args, &[name!(blocking), name!(timeout)])?;
    let blocking = args.either(1, name!(blocking)).map_or(Ok(true), |blocking| vm.truth(blocking))?;
    let seconds = args.either(2, name!(timeout)).map_or(Ok(-1.0), |seconds| vm.float_value(seconds))?;
    if seconds != -1.0 && !blocking {
        return Err(vm.value_error("can't specify a timeout for a non-blocking call"));
    }
    if seconds < 0.0 && seconds != -1.0 || seconds.is_nan() {
        return Err(vm.value_error("timeout value must be a non-negative number"));
    }
    if seconds > LONGEST as f64 {
        return Err(vm.raise_text(&exception::OVERFLOW_ERROR, "timeout value is too large"));
    }
    let lock = lock(vm, args.at(0))?;
    let deadline = match seconds >= 0.0 {
        true => Some(vm.port.now().saturating_add((seconds * 1e6) as u64)),
        false => None,
    };
    take(vm, lock, blocking, deadline)
}

/// Between the look at the lock and its taking no other thread has a turn.
fn take(vm: &Vm, lock: Handle<Resource>, blocking: bool, deadline: Option<u64>) -> Outcome {
    loop {
        if lock.state[0].replace(Word::TRUE) == Word::FALSE {
            return Ok(Word::TRUE);
        }
        if !blocking || deadline.is_some_and(|deadline| vm.port.now() >= deadline) {
            return Ok(Word::FALSE);
        }
        vm.wait_for_change(deadline);
        vm.poll()?;
    }
}

fn release(vm: &Vm, args: Args) -> Outcome {
    if lock(vm, args.at(0))?.state[0].replace(Word::FALSE) == Word::FALSE {
        return Err(vm.raise_text(&exception::RUNTIME_ERROR, "release unlocked lock"));
    }
    vm.note_change();
    Ok(Word::NONE)
}

fn renew(vm: &Vm, args: Args) -> Outcome {
    lock(vm, args.at(0))?.state[0].set(Word::FALSE);
    Ok(Word::NONE)
}

fn enter(vm: &Vm, args: Args) -> Outcome {
    take(vm, lock(vm, args.at(0))?, true, None)
}

fn leave(vm: &Vm, args: Args) -> Outcome {
    release(vm, args)?;
    Ok(Word::FALSE)
}
