//! The files that are made of a socket (`makefile`), encrypted or not: it stays open until the last of them is closed.
//!
//! The second word of such a stream's state is twice the number of its open files, and one more once it has been closed itself.
//! The files are Python's (`frozen/_socket`).

use interpreter::object::handle::Args;
use interpreter::object::kind::{Access, find_row};
use interpreter::object::name::Name;
use interpreter::object::word::Word;
use interpreter::vfs::stream::{self, Stream};
use interpreter::vm::{Outcome, Vm};

/// State of a socket that no file was made of.
pub const NONE: Word = Word::int(0);
const CLOSED: isize = 1;
const FILE: isize = 2;

fn state(stream: &Stream) -> isize {
    stream.state[1].get().as_int().unwrap_or(0)
}

/// `makefile(mode="r", buffering=None, *, encoding=None, errors=None, newline=None)`
///
/// # Errors
/// `ValueError` of a mode that there is not.
pub fn make(vm: &Vm, args: Args) -> Outcome {
    let maker = interpreter::modules::frozen::continued(vm, name!(socket), name!(_make_file))?;
    vm.call_args(maker, args)
}

/// `sendfile(file, offset=0, count=None)`
///
/// # Errors
/// What the file or the connection raises.
pub fn send(vm: &Vm, args: Args) -> Outcome {
    let sender = interpreter::modules::frozen::continued(vm, name!(socket), name!(_send_file))?;
    vm.call_args(sender, args)
}

/// `timeout`, and what all streams have.
///
/// # Errors
/// What those raise.
pub fn attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    if name == name!(timeout)
        && let Access::Load = access
    {
        return vm.call_method(word, name!(gettimeout), &[]);
    }
    stream::SHARED.attribute.map_or(Ok(Word::UNSET), |attribute| attribute(vm, word, name, access))
}

/// A file more was made of the socket.
pub fn made(vm: &Vm, args: Args) -> Outcome {
    let stream = stream::opened(vm, args.at(0))?;
    stream.state[1].set(Word::int(state(&stream) + FILE));
    Ok(Word::NONE)
}

/// A file of the socket was closed: the last one closes the socket, if the program has done with it.
pub fn gone(vm: &Vm, args: Args) -> Outcome {
    let stream = stream::stream(vm, args.at(0))?;
    if state(&stream) >= FILE {
        stream.state[1].set(Word::int(state(&stream) - FILE));
    }
    if state(&stream) == CLOSED { vm.call_method(args.at(0), name!(close), &[]) } else { Ok(Word::NONE) }
}

/// `close()`
pub fn close(vm: &Vm, args: Args) -> Outcome {
    let stream = stream::stream(vm, args.at(0))?;
    stream.state[1].set(Word::int(state(&stream) | CLOSED));
    if state(&stream) >= FILE {
        return Ok(Word::NONE);
    }
    let close = find_row(stream::ROWS, name!(close)).expect("all streams are closed alike");
    vm.call(close, &[args.at(0)])
}

/// `__exit__(…)`
pub fn leave(vm: &Vm, args: Args) -> Outcome {
    vm.call_method(args.at(0), name!(close), &[])
}
