//! `select`: waiting for several streams.

use crate::object::dict::Dict;
use crate::object::handle::{Args, Handle, as_type};
use crate::object::kind::{Slots, Type};
use crate::object::resource::resource_type;
use crate::object::word::Word;
use crate::vfs::stream::{Stream, poll};
use crate::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// poll(): a new poll object.
    def poll(0) = |vm, _| { let streams = vm.new_dict()?; vm.new_resource(&POLL, &[streams.word()]) };
    /// Readable.
    const POLLIN = Word::int(poll::READ as isize);
    /// Writable.
    const POLLOUT = Word::int(poll::WRITE as isize);
    /// Something is wrong.
    const POLLERR = Word::int(poll::ERROR as isize);
    /// The other side is gone.
    const POLLHUP = Word::int(poll::HANG_UP as isize);
}

/// Methods of a poll object.
pub mod poll_rows {
    use super::{poll_streams, register, unregister};
    table! { pub ROWS, NAMES, DOCS:
        /// register(stream[, events]): watches a stream.
        def register(2..=3) = register;
        /// modify(stream, events): changes what is watched.
        def modify(3) = register;
        /// unregister(stream): forgets a stream.
        def unregister(2) = unregister;
        /// poll([ms]): waits; a list of (stream, events).
        def poll(1..=2) = poll_streams;
        /// ipoll([ms[, flags]]): as poll, an iterator.
        def ipoll(1..=3) = |vm, args| { let list = poll_streams(vm, args)?; vm.iter(list) };
    }
}

static POLL_SLOTS: Slots = Slots::NONE;
/// State: [0] dict of stream to events.
static POLL: Type = resource_type(name!(poll), &POLL_SLOTS, poll_rows::ROWS);

fn streams(vm: &Vm, word: Word) -> Outcome<Handle<Dict>> {
    let poll = vm.resource(word, &POLL).ok_or_else(|| vm.type_error("a poll object is needed"))?;
    Ok(Handle::from(poll.state[0].get()).expect("a poll object holds a dict"))
}

fn register(vm: &Vm, args: Args) -> Outcome {
    let events = args.get(2).unwrap_or(Word::int((poll::READ | poll::WRITE) as isize));
    if events.as_int().is_none() || as_type(args.at(1)).is_some() {
        return Err(vm.type_error("register(stream, events) takes a stream and a number"));
    }
    streams(vm, args.at(0))?.map.insert(vm, args.at(1), events)?;
    Ok(Word::NONE)
}

fn unregister(vm: &Vm, args: Args) -> Outcome {
    match streams(vm, args.at(0))?.map.remove(vm, args.at(1))? {
        Some(_) => Ok(Word::NONE),
        None => Err(vm.raise(&crate::object::exception::KEY_ERROR, &[crate::vm::raise::Part::Repr(args.at(1))])),
    }
}

/// The number by which `ioctl` of a stream written in Python is asked to poll.
const IOCTL_POLL: isize = 3;

fn ready(vm: &Vm, stream: Word, wanted: usize) -> Outcome<usize> {
    if let Some(native) = Handle::<Stream>::from(vm.native(stream)) {
        return (native.operations.poll)(vm, &native, wanted);
    }
    let answer = vm.call_method(stream, name!(ioctl), &[Word::int(IOCTL_POLL), Word::int(wanted as isize)])?;
    Ok(vm.index(answer)?.max(0) as usize)
}

fn poll_streams(vm: &Vm, args: Args) -> Outcome {
    let streams = streams(vm, args.at(0))?;
    let timeout = match args.get(1).filter(|ms| *ms != Word::NONE) {
        None => None,
        Some(ms) => u64::try_from(vm.index(ms)?).ok(),
    };
    let deadline = timeout.map(|ms| vm.port.now().saturating_add(ms.saturating_mul(1000)));
    let found = vm.new_list(&[])?;
    loop {
        let mut position = 0;
        while position < streams.map.end() {
            if let Some((stream, events)) = streams.map.entry(position) {
                let bits = ready(vm, stream, events.int_value() as usize | poll::ERROR | poll::HANG_UP)?;
                if bits != 0 {
                    let row = vm.new_tuple(&[stream, Word::int(bits as isize)])?;
                    vm.call_method(found, name!(append), &[row])?;
                }
            }
            position += 1;
        }
        if vm.length(found)? > 0 || deadline.is_some_and(|deadline| vm.port.now() >= deadline) {
            return Ok(found);
        }
        vm.poll()?;
        vm.idle(deadline);
    }
}
