//! `select`: waiting for several streams.
//!
//! A poll object holds rows of (stream, wanted, found). Streams are asked one after the other; a port whose streams could
//! wake it remembers those that were not ready, and its `idle` waits for them. What is no stream is a descriptor of the port's.

use crate::object::exception;
use crate::object::handle::{Args, Handle, as_type};
use crate::object::kind::{Slots, Type};
use crate::object::list::List;
use crate::object::resource::{Resource, resource_type};
use crate::object::word::Word;
use crate::vfs::Errno;
use crate::vfs::stream::{Stream, poll};
use crate::vm::raise::Part;
use crate::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// poll(): a new poll object.
    def poll(0) = |vm, _| {
        let (rows, pair) = (vm.new_list(&[])?, vm.new_tuple(&[Word::NONE; 2])?);
        vm.new_resource(&POLL, &[rows, Word::int(0), pair])
    };
    /// select(readers, writers, others[, seconds]): waits; three lists of those that are ready.
    def select(3..=4) = select;
    /// Readable.
    const POLLIN = Word::int(poll::READ as isize);
    /// Writable.
    const POLLOUT = Word::int(poll::WRITE as isize);
    /// Something is wrong.
    const POLLERR = Word::int(poll::ERROR as isize);
    /// The other side is gone.
    const POLLHUP = Word::int(poll::HANG_UP as isize);
    /// It is closed.
    const POLLNVAL = Word::int(poll::INVALID as isize);
}

/// Methods of a poll object.
pub mod poll_rows {
    use super::{iterate, modify, poll_list, register, unregister};
    table! { pub ROWS, NAMES, DOCS:
        /// register(stream[, events]): watches a stream, or the port's descriptor of a number.
        def register(2..=3) = register;
        /// modify(stream, events): changes what is watched.
        def modify(3) = modify;
        /// unregister(stream): forgets a stream.
        def unregister(2) = unregister;
        /// poll([ms]): waits; a list of (stream, events).
        def poll(1..=2) = poll_list;
        /// ipoll([ms[, flags]]): as poll, an iterator that gives the same tuple again and again. Flag 1 forgets to watch what
        /// was found, 2 ends the wait when a callback ran.
        def ipoll(1..=3) = iterate;
    }
}

/// Words of a row.
const ROW: usize = 3;
/// Flag of `ipoll`: what was found is not watched any more.
const ONE_SHOT: isize = 1;
/// Flag of `ipoll`: a callback that ran ends the wait.
const NOTICE: isize = 2;

static POLL_SLOTS: Slots = Slots { iter: Some(|_, word| Ok(word)), next: Some(next), ..Slots::NONE };
/// State: [0] the rows, a flat list; [1] the next row to look at; [2] the tuple that iteration gives; [3] flags.
static POLL: Type = resource_type(name!(poll), &POLL_SLOTS, poll_rows::ROWS);

fn receiver(vm: &Vm, word: Word) -> Outcome<(Handle<Resource>, Handle<List>)> {
    let poll = vm.resource(word, &POLL).ok_or_else(|| vm.type_error("a poll object is needed"))?;
    Ok((poll, Handle::from(poll.state[0].get()).expect("a poll object holds a list")))
}

fn find(rows: Handle<List>, stream: Word) -> Option<usize> {
    (0..rows.len() / ROW).map(|row| row * ROW).find(|at| rows.at(*at) == Some(stream))
}

fn events_argument(vm: &Vm, args: Args) -> Outcome {
    let all = (poll::READ | poll::WRITE) as isize;
    Ok(Word::int(vm.index_or(args.get(2), all)?.max(0)))
}

fn register(vm: &Vm, args: Args) -> Outcome {
    let (stream, events) = (args.at(1), events_argument(vm, args)?);
    check(vm, stream)?;
    let (_, rows) = receiver(vm, args.at(0))?;
    match find(rows, stream) {
        Some(at) => rows.items.set(at + 1, events),
        None => add(vm, rows, stream, events)?,
    }
    Ok(Word::NONE)
}

fn add(vm: &Vm, rows: Handle<List>, stream: Word, events: Word) -> Outcome<()> {
    let before = rows.len();
    let row = [stream, events, Word::int(0)];
    row.iter().try_for_each(|word| rows.push(vm, *word)).inspect_err(|_| {
        while rows.len() > before {
            rows.pop();
        }
    })
}

/// Whether it can be watched at all.
fn check(vm: &Vm, stream: Word) -> Outcome<()> {
    if let Some(number) = stream.as_int() {
        return match number {
            0.. => vm.port.poll_descriptor(number as usize, 0).map(|_| ()).map_err(|errno| vm.os_error(errno.0)),
            _ => Err(vm.value_error("file descriptor cannot be a negative integer")),
        };
    }
    let native = Handle::<Stream>::from(vm.native(stream)).is_some();
    if native || (as_type(stream).is_none() && vm.find_attribute(stream, name!(ioctl))? != Word::UNSET) {
        return Ok(());
    }
    if crate::WHOLE && as_type(stream).is_none() && vm.find_attribute(stream, name!(fileno))? != Word::UNSET {
        return check(vm, descriptor(vm, stream)?);
    }
    Err(vm.type_error("object with stream protocol required"))
}

/// The number that an object's `fileno()` answers, as CPython takes one.
fn descriptor(vm: &Vm, stream: Word) -> Outcome {
    let number = vm.call_method(stream, name!(fileno), &[])?;
    match number.as_int() {
        Some(_) => Ok(number),
        None => Err(vm.type_error("fileno() returned a non-integer")),
    }
}

fn modify(vm: &Vm, args: Args) -> Outcome {
    let events = events_argument(vm, args)?;
    let (_, rows) = receiver(vm, args.at(0))?;
    let at = find(rows, args.at(1)).ok_or_else(|| vm.os_error(Errno::ENOENT.0))?;
    rows.items.set(at + 1, events);
    Ok(Word::NONE)
}

fn unregister(vm: &Vm, args: Args) -> Outcome {
    let (poll, rows) = receiver(vm, args.at(0))?;
    let Some(at) = find(rows, args.at(1)) else {
        return Err(vm.raise(&exception::KEY_ERROR, &[Part::Repr(args.at(1))]));
    };
    rows.items.shift(at + ROW, at, rows.len() - at - ROW);
    (0..ROW).for_each(|_| {
        rows.pop();
    });
    // Who forgets a stream while iterating goes on behind it.
    let next = poll.state[1].get().int_value();
    if at < next as usize {
        poll.state[1].set(Word::int(next - ROW as isize));
    }
    Ok(Word::NONE)
}

/// The number by which `ioctl` of a stream written in Python is asked to poll.
const IOCTL_POLL: isize = 3;

/// Which of the wanted events hold; errors are always wanted.
///
/// # Errors
/// `OSError`, and what an `ioctl` written in Python raises.
pub fn ready(vm: &Vm, stream: Word, wanted: usize) -> Outcome<usize> {
    if let Some(number) = stream.as_int() {
        return vm.port.poll_descriptor(number as usize, wanted).map_err(|errno| vm.os_error(errno.0));
    }
    if let Some(native) = Handle::<Stream>::from(vm.native(stream)) {
        if native.state[0].get() == Word::UNSET {
            return Ok(poll::INVALID);
        }
        let found = (native.operations.poll)(vm.here(), &native, wanted | poll::ERROR | poll::HANG_UP)?;
        return Ok(found & (wanted | poll::ERROR | poll::HANG_UP | poll::INVALID));
    }
    if crate::WHOLE && vm.find_attribute(stream, name!(ioctl))? == Word::UNSET {
        return ready(vm, descriptor(vm, stream)?, wanted);
    }
    let answer = vm.call_method(stream, name!(ioctl), &[Word::int(IOCTL_POLL), Word::int(wanted as isize)])?;
    match vm.index(answer)? {
        bits @ 0.. => Ok(bits as usize),
        errno => Err(vm.os_error(errno.unsigned_abs().min(usize::from(u16::MAX)) as u16)),
    }
}

/// Asks every row once; how many are ready.
fn ask(vm: &Vm, rows: Handle<List>) -> Outcome<usize> {
    let (mut at, mut count) = (0, 0);
    while let (Some(stream), Some(events)) = (rows.at(at), rows.at(at + 1)) {
        let wanted = events.as_int().unwrap_or(0);
        let bits = if wanted == UNWATCHED { 0 } else { ready(vm, stream, wanted as usize)? };
        // An `ioctl` written in Python may have changed the list.
        if at + 2 < rows.len() {
            rows.items.set(at + 2, Word::int(bits as isize));
        }
        count += (bits != 0) as usize;
        at += ROW;
    }
    Ok(count)
}

/// `wanted` of a row that one-shot polling has found.
const UNWATCHED: isize = -1;

/// Asks until something is ready or the time is over; with `notice`, also until a callback ran.
fn wait(vm: &Vm, rows: Handle<List>, timeout: Option<u64>, notice: bool) -> Outcome<usize> {
    let deadline = timeout.map(|us| vm.port.now().saturating_add(us));
    loop {
        let count = ask(vm, rows)?;
        if count > 0 || deadline.is_some_and(|deadline| vm.port.now() >= deadline) {
            return Ok(count);
        }
        vm.poll()?;
        // One may have run just before the wait began: who asks for notice has looked at its own queue by then.
        if notice && vm.take_callbacks_ran() {
            return Ok(0);
        }
        vm.idle(deadline);
    }
}

/// Milliseconds, `None` or a negative number for ever.
fn timeout_argument(vm: &Vm, args: Args) -> Outcome<Option<u64>> {
    let Some(ms) = args.get(1).filter(|ms| *ms != Word::NONE) else { return Ok(None) };
    let ms = if ms.as_int().is_some() { vm.index(ms)? } else { vm.float_value(ms)? as isize };
    Ok(u64::try_from(ms).ok().map(|ms| ms.saturating_mul(1000)))
}

fn poll_list(vm: &Vm, args: Args) -> Outcome {
    let (_, rows) = receiver(vm, args.at(0))?;
    wait(vm, rows, timeout_argument(vm, args)?, false)?;
    let found = vm.new_list(&[])?;
    let list = Handle::<List>::from(found).expect("a list");
    let mut at = 0;
    while let (Some(stream), Some(bits)) = (rows.at(at), rows.at(at + 2)) {
        if bits != Word::int(0) {
            list.push(vm, vm.new_tuple(&[stream, bits])?)?;
        }
        at += ROW;
    }
    Ok(found)
}

fn iterate(vm: &Vm, args: Args) -> Outcome {
    let (poll, rows) = receiver(vm, args.at(0))?;
    let flags = vm.index_or(args.get(2), 0)?;
    let count = wait(vm, rows, timeout_argument(vm, args)?, flags & NOTICE != 0)?;
    poll.state[1].set(Word::int(if count > 0 { 0 } else { rows.len() as isize }));
    poll.state[3].set(Word::int(flags));
    Ok(poll.word())
}

fn next(vm: &Vm, word: Word) -> Outcome {
    let (poll, rows) = receiver(vm, word)?;
    let mut at = poll.state[1].get().int_value() as usize;
    let pair = Handle::<crate::object::tuple::Tuple>::from(poll.state[2].get());
    while let (Some(stream), Some(bits)) = (rows.at(at), rows.at(at + 2)) {
        at += ROW;
        if bits == Word::int(0) {
            continue;
        }
        poll.state[1].set(Word::int(at as isize));
        if poll.state[3].get().as_int().unwrap_or(0) & ONE_SHOT != 0 {
            rows.items.set(at - ROW + 1, Word::int(UNWATCHED));
        }
        let Some(pair) = pair else { break };
        pair.get().tail()[0].set(stream);
        pair.get().tail()[1].set(bits);
        return Ok(pair.word());
    }
    vm.stop_value.set(Word::NONE);
    Ok(Word::UNSET)
}

/// Lists of what is asked, with the events that each asks for.
const ASKED: [usize; 3] = [poll::READ, poll::WRITE, poll::ERROR];

fn select(vm: &Vm, args: Args) -> Outcome {
    let rows = Handle::<List>::from(vm.new_list(&[])?).expect("a list");
    for (index, events) in ASKED.iter().enumerate() {
        vm.for_each(args.at(index), &mut |stream| {
            check(vm, stream)?;
            add(vm, rows, stream, Word::int(*events as isize))
        })?;
    }
    let timeout = match args.get(3).filter(|seconds| *seconds != Word::NONE) {
        None => None,
        Some(seconds) => Some((vm.float_value(seconds)? * 1e6).max(0.0) as u64),
    };
    wait(vm, rows, timeout, false)?;
    let found = [vm.new_list(&[])?, vm.new_list(&[])?, vm.new_list(&[])?];
    let mut at = 0;
    while let (Some(stream), Some(wanted), Some(bits)) = (rows.at(at), rows.at(at + 1), rows.at(at + 2)) {
        let wanted = wanted.int_value() as usize;
        // An end or an error makes a read or a write return at once.
        let counts = if wanted == poll::ERROR { poll::ERROR } else { wanted | poll::ERROR | poll::HANG_UP | poll::INVALID };
        let list = ASKED.iter().position(|events| *events == wanted).map(|index| found[index]);
        if let Some(list) = list.filter(|_| bits.int_value() as usize & counts != 0) {
            Handle::<List>::from(list).expect("a list").push(vm, stream)?;
        }
        at += ROW;
    }
    vm.new_tuple(&found)
}
