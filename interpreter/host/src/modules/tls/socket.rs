//! `SSLSocket`: a stream that encrypts what goes through another stream, be that a socket or written in Python.

use super::context;
use super::session::{self, Plain, Session};
use crate::modules::socket::files;
use interpreter::modules::select;
use interpreter::object::exception::OS_ERROR;
use interpreter::object::handle::{Args, Handle};
use interpreter::object::kind::{Header, Slots, Type};
use interpreter::object::print::{Printer, Style};
use interpreter::object::word::Word;
use interpreter::vfs::stream::{self, Operations, Stream, not_seekable, poll};
use interpreter::vfs::{Errno, Whence, any};
use interpreter::vm::{Outcome, Vm};
use std::cell::Cell;

/// Bytes from the wire at a time.
const PIECE: usize = 4096;
/// Requests of `ioctl`.
const POLL: isize = 3;
const CLOSE: isize = 4;

static SLOTS: Slots = Slots { print: Some(print), attribute: Some(files::attribute), ..stream::SHARED };
/// State: [0] the session's number, -1 once it is closed; [1] what `files` keeps; [2] the stream below.
pub static SOCKET: Type = stream::derived_type(name!(SSLSocket), &SLOTS, socket_rows::ROWS);

/// What encrypted sockets have.
pub mod socket_rows {
    use super::{below, call_below, cipher, do_handshake, getpeercert, ioctl, number, recv, recv_into, sendall};
    use crate::modules::socket::files;
    use interpreter::object::word::Word;

    interpreter::table! { pub ROWS, NAMES, DOCS:
        /// cipher(): the cipher's name, the protocol's version.
        def cipher(1) = cipher;
        /// do_handshake(): greets, unless that was done.
        def do_handshake(1) = do_handshake;
        /// getpeercert(binary_form=False): what the peer's certificate says, if it was verified, or all of it in DER; None without one.
        def getpeercert(1..=2) = getpeercert;
        /// ioctl(request, argument): what streams are asked.
        def ioctl(3) = ioctl;
        /// getpeername(): the other side's address.
        def getpeername(1) = |vm, args| vm.call_method(below(vm, args)?, name!(getpeername), &[]);
        /// getsockname(): its own address.
        def getsockname(1) = |vm, args| vm.call_method(below(vm, args)?, name!(getsockname), &[]);
        /// gettimeout(): how long operations wait.
        def gettimeout(1) = |vm, args| vm.call_method(below(vm, args)?, name!(gettimeout), &[]);
        /// makefile([mode[, buffering]], encoding, errors, newline): a file of what comes and goes, which keeps the socket open.
        def makefile(1..=3, keywords) = files::make;
        /// close(): closes, as soon as every file that was made of it is closed.
        def close(1) = files::close;
        /// Ends a `with` block: closes.
        def __exit__(1..=4) = files::leave;
        /// _made_file(): a file more was made of it.
        def _made_file(1) = files::made;
        /// _decref_socketios(): a file that was made of it is closed.
        def _decref_socketios(1) = files::gone;
        /// pending(): how many bytes can be read without waiting; what has come is taken apart when it is read.
        def pending(1) = |_, _| Ok(Word::int(0));
        /// recv(size[, flags]): what has come, at most so many bytes.
        def recv(2..=3) = recv;
        /// recv_into(buffer[, size]): what has come, into a buffer; how many bytes.
        def recv_into(2..=3) = recv_into;
        /// shutdown(how): ends one way of the connection below, or both.
        def shutdown(2) = |vm, args| call_below(vm, args, name!(shutdown));
        /// unwrap(): the connection below, as it is.
        def unwrap(1) = below;
        /// selected_alpn_protocol(): what is spoken over the connection, if that was agreed on.
        def selected_alpn_protocol(1) = |vm, args| {
            let agreed = super::session::with(number(vm, args.at(0))?, |session| session.protocol()).flatten();
            agreed.map_or(Ok(Word::NONE), |name| vm.new_str(&String::from_utf8_lossy(&name)))
        };
        /// send(bytes): sends at least some; how many.
        def send(2) = |vm, args| vm.call_method(args.at(0), name!(write), &[args.at(1)]);
        /// sendall(bytes): sends all.
        def sendall(2) = sendall;
        /// sendfile(file, offset=0, count=None): sends what is in a file; how many bytes.
        def sendfile(2..=4, keywords) = files::send;
        /// setblocking(flag): whether operations wait.
        def setblocking(2) = |vm, args| call_below(vm, args, name!(setblocking));
        /// settimeout(seconds): how long operations wait.
        def settimeout(2) = |vm, args| call_below(vm, args, name!(settimeout));
        /// version(): the protocol's version.
        def version(1) = |vm, args| {
            let agreed = super::session::with(number(vm, args.at(0))?, |session| session.agreement()).flatten();
            agreed.map_or(Ok(Word::NONE), |(_, version)| vm.new_str(version))
        };
    }
}

static OPERATIONS: Operations = Operations {
    read,
    write,
    seekable: false,
    seek: |vm, stream, offset, whence: Whence| not_seekable(vm, stream, offset, whence),
    flush: |vm, stream| flush(vm, stream),
    close,
    poll: ready,
    descriptor: |vm, stream| match Handle::<Stream>::from(vm.native(stream.state[2].get())) {
        Some(below) => (below.operations.descriptor)(vm, &below),
        None => Err(vm.os_error(Errno::EINVAL.0)),
    },
};

fn print(vm: &Vm, _: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    out.text(vm, "<SSLSocket>")
}

/// `SSLContext.wrap_socket`.
pub fn wrap(vm: &Vm, args: Args) -> Outcome {
    vm.only_keywords(args, &[name!(server_side), name!(do_handshake_on_connect), name!(server_hostname), name!(client_id)])?;
    let context = context::of(vm, args.at(0))?;
    let flag = |name, default| args.keyword(name).map_or(Ok(default), |word| vm.truth(word));
    let server_side = flag(name!(server_side), false)? || context::is_server(&context);
    let greet = flag(name!(do_handshake_on_connect), true)?;
    let hostname = args.given(name!(server_hostname)).map(|word| vm.expect_text(word)).transpose()?;
    let number = session::add(context::connection(vm, &context, server_side, hostname.filter(|name| !name.is_empty()))?);
    let state = [Word::int(number as isize), files::NONE, args.at(1)].map(Cell::new);
    let socket = match vm.new_object(Stream { header: Header::of(&SOCKET), operations: &OPERATIONS, state, text: false }) {
        Ok(socket) => socket,
        Err(raised) => {
            session::remove(number);
            return Err(raised);
        }
    };
    if greet && let Err(raised) = greet_whole(vm, &socket) {
        let exception = vm.take_raised(raised);
        session::remove(number);
        return Err(vm.raise_word(exception));
    }
    Ok(socket.word())
}

// -- sessions

fn number(vm: &Vm, word: Word) -> Outcome<usize> {
    let socket = stream::stream(vm, word)?;
    match socket.state[0].get().as_int() {
        Some(number) if core::ptr::eq(socket.ty(), &SOCKET) => Ok(number as usize),
        _ => Err(vm.type_error("an SSLSocket is wanted")),
    }
}

/// Does something with the session of a socket, which must be open and whole.
fn with<R>(vm: &Vm, stream: &Stream, body: impl FnOnce(&mut Session) -> R) -> Outcome<R> {
    let number = stream.state[0].get().as_int().unwrap_or(-1);
    match session::with(number as usize, |session| if session.is_broken() { None } else { Some(body(session)) }) {
        Some(Some(result)) => Ok(result),
        Some(None) => Err(super::error(vm, "the connection is broken")),
        None => Err(vm.os_error(Errno::EBADF.0)),
    }
}

/// Whether an error says that a stream would have to wait.
fn is_blocked(vm: &Vm, raised: interpreter::vm::Raised) -> bool {
    let exception = vm.peek_raised(raised);
    // Looking at an exception may raise another one: it waits meanwhile.
    let exception = if vm.is_instance(exception, &OS_ERROR) { vm.take_raised(raised) } else { return false };
    let number = vm.find_attribute(exception, name!(errno)).map_err(|raised| vm.take_raised(raised));
    let _ = vm.raise_word(exception);
    number.is_ok_and(|number| number == Word::int(Errno::EAGAIN.0 as isize))
}

/// Notes what a socket waits for that cannot go on.
fn blocked<T>(vm: &Vm, stream: &Stream, outcome: Outcome<T>, bits: usize) -> Outcome<T> {
    if let Err(raised) = outcome {
        let is_blocked = is_blocked(vm, raised);
        let exception = vm.take_raised(raised);
        let note = |session: &mut Session| if is_blocked { session.waits = bits } else { session.break_off() };
        with(vm, stream, note).map_err(|raised| vm.take_raised(raised)).ok();
        return Err(vm.raise_word(exception));
    }
    outcome
}

/// Sends what has to go to the wire.
fn flush(vm: &Vm, stream: &Stream) -> Outcome<()> {
    loop {
        let bytes = with(vm, stream, |session| session.outgoing().to_vec())?;
        if bytes.is_empty() {
            return Ok(());
        }
        let count = any::write(vm, stream.state[2].get(), &bytes)?;
        with(vm, stream, |session| session.went(count))?;
    }
}

/// Takes what the wire has.
fn fill(vm: &Vm, stream: &Stream) -> Outcome<()> {
    let mut piece = [0; PIECE];
    // A stream written in Python is asked for what it has; the system's socket answers as soon as it has anything.
    let count = any::read(vm, stream.state[2].get(), &mut piece)?;
    let fed = with(vm, stream, |session| (session.feed(&piece[..count]), session.is_greeting()))?;
    match fed {
        (Ok(()), true) if count == 0 => Err(super::error(vm, "the peer closed the connection while it was set up")),
        (Ok(()), _) => Ok(()),
        (Err(error), _) => {
            // The peer is told why, if it listens.
            farewell(vm, stream);
            Err(super::failure(vm, &error))
        }
    }
}

/// Sends what is left, whatever comes of it.
fn farewell(vm: &Vm, stream: &Stream) {
    let number = stream.state[0].get().as_int().unwrap_or(-1) as usize;
    let bytes = session::with(number, |session| session.outgoing().to_vec()).unwrap_or_default();
    if !bytes.is_empty()
        && let Err(raised) = any::write(vm, stream.state[2].get(), &bytes)
    {
        vm.take_raised(raised);
    }
}

/// Greets as far as it goes now; `OSError(EAGAIN)` if the wire is not ready. What it waits for in another direction than
/// `own` is noted.
fn greet(vm: &Vm, stream: &Stream, own: usize) -> Outcome<()> {
    let other = |bits: usize| if bits == own { 0 } else { bits };
    loop {
        let sent = flush(vm, stream);
        blocked(vm, stream, sent, other(poll::WRITE))?;
        if !with(vm, stream, |session| session.is_greeting())? {
            return Ok(());
        }
        let filled = fill(vm, stream);
        blocked(vm, stream, filled, other(poll::READ))?;
    }
}

/// Greets to the end, waiting where a stream does not.
fn greet_whole(vm: &Vm, stream: &Stream) -> Outcome<()> {
    loop {
        match greet(vm, stream, 0) {
            Err(raised) if is_blocked(vm, raised) => {
                vm.take_raised(raised);
                let waits = with(vm, stream, |session| session.waits)?;
                select::ready(vm, stream.state[2].get(), waits)?;
                vm.poll()?;
                vm.idle(Some(vm.port.now() + 1000));
            }
            outcome => return outcome,
        }
    }
}

// -- operations

fn read(vm: &Vm, stream: &Stream, buffer: &mut [u8]) -> Outcome<usize> {
    with(vm, stream, |session| session.waits = 0)?;
    loop {
        greet(vm, stream, poll::READ)?;
        if let Plain::Bytes(count) = with(vm, stream, |session| session.read(buffer))? {
            return Ok(count);
        }
        let filled = fill(vm, stream);
        blocked(vm, stream, filled, 0)?;
    }
}

fn write(vm: &Vm, stream: &Stream, bytes: &[u8]) -> Outcome<usize> {
    with(vm, stream, |session| session.waits = 0)?;
    greet(vm, stream, poll::WRITE)?;
    let taken = with(vm, stream, |session| session.write(bytes))?;
    // What was taken is on its way, even if the wire takes it later.
    match flush(vm, stream) {
        Err(raised) if is_blocked(vm, raised) => {
            vm.take_raised(raised);
            Ok(taken)
        }
        outcome => blocked(vm, stream, outcome, 0).map(|()| taken),
    }
}

fn close(vm: &Vm, stream: &Stream) -> Outcome<()> {
    let number = stream.state[0].get().as_int().unwrap_or(-1) as usize;
    let is_open = session::with(number, Session::end).is_some();
    if is_open {
        farewell(vm, stream);
        session::remove(number);
    }
    // Another socket may get the number.
    stream.state[0].set(Word::int(-1));
    if !is_open {
        return Ok(());
    }
    any::close(vm, stream.state[2].get())
}

fn ready(vm: &Vm, stream: &Stream, wanted: usize) -> Outcome<usize> {
    let number = stream.state[0].get().as_int().unwrap_or(-1) as usize;
    let state =
        |session: &mut Session| (session.is_broken(), session.is_readable(), session.waits, !session.outgoing().is_empty());
    let Some((false, readable, waits, mut unsent)) = session::with(number, state) else { return Ok(poll::INVALID) };
    let both = poll::READ | poll::WRITE;
    let found = if readable { wanted & poll::READ } else { 0 };
    if found != 0 && wanted & both == poll::READ {
        return Ok(found);
    }
    if unsent && waits == 0 {
        // Nobody writes any more, perhaps: what is on its way goes on from here.
        if let Err(raised) = flush(vm, stream) {
            vm.take_raised(raised);
        }
        unsent = session::with(number, |session| !session.outgoing().is_empty()).unwrap_or(false);
    }
    let asked = match wanted & both {
        0 => wanted,
        _ if waits != 0 => wanted & !both | waits,
        _ if unsent => wanted | poll::WRITE,
        _ => wanted,
    };
    let below = select::ready(vm, stream.state[2].get(), asked & (both | poll::ERROR | poll::HANG_UP))?;
    let directions = if waits == 0 {
        below & wanted & both
    } else if below & waits != 0 {
        wanted & both
    } else {
        0
    };
    Ok(found | directions | below & !both)
}

// -- methods

fn receiver(vm: &Vm, word: Word) -> Outcome<Handle<Stream>> {
    number(vm, word)?;
    stream::stream(vm, word)
}

fn do_handshake(vm: &Vm, args: Args) -> Outcome {
    greet(vm, &*receiver(vm, args.at(0))?, 0)?;
    Ok(Word::NONE)
}

fn cipher(vm: &Vm, args: Args) -> Outcome {
    match with(vm, &*receiver(vm, args.at(0))?, |session| session.agreement())? {
        Some((name, version)) => vm.new_tuple(&[vm.new_str(&name)?, vm.new_str(version)?]),
        None => Ok(Word::NONE),
    }
}

fn getpeercert(vm: &Vm, args: Args) -> Outcome {
    let binary = args.get(1).map_or(Ok(false), |binary| vm.truth(binary))?;
    match with(vm, &*receiver(vm, args.at(0))?, |session| session.peer().map(|peer| (peer, session.verified)))? {
        Some((certificate, _)) if binary => vm.new_bytes(&certificate),
        Some((certificate, true)) => super::certificate::described(vm, &certificate),
        // What nobody has looked at is not told.
        Some((_, false)) => Ok(vm.new_dict()?.word()),
        None => Ok(Word::NONE),
    }
}

fn call_below(vm: &Vm, args: Args, name: interpreter::object::name::Name) -> Outcome {
    let socket = receiver(vm, args.at(0))?;
    vm.call_method(socket.state[2].get(), name, &[args.at(1)])
}

fn below(vm: &Vm, args: Args) -> Outcome {
    Ok(receiver(vm, args.at(0))?.state[2].get())
}

fn recv_into(vm: &Vm, args: Args) -> Outcome {
    let room = vm.buffer(args.at(1), true)?.bytes;
    let size = match args.get(2) {
        Some(size) if vm.index(size)? > 0 => (vm.index(size)? as usize).min(room.len()),
        _ => room.len(),
    };
    let mut bytes = vec![0; size];
    let count = read(vm, &*receiver(vm, args.at(0))?, &mut bytes)?;
    for (cell, byte) in vm.buffer(args.at(1), true)?.bytes.iter().zip(&bytes[..count]) {
        cell.set(*byte);
    }
    Ok(Word::int(count as isize))
}

fn recv(vm: &Vm, args: Args) -> Outcome {
    let size = usize::try_from(vm.index(args.at(1))?).map_err(|_| vm.value_error("negative buffersize in recv"))?;
    let mut bytes = vec![0; size.min(1 << 20)];
    let count = read(vm, &*receiver(vm, args.at(0))?, &mut bytes)?;
    vm.new_bytes(&bytes[..count])
}

fn sendall(vm: &Vm, args: Args) -> Outcome {
    let (socket, bytes) = (receiver(vm, args.at(0))?, vm.bytes_of(args.at(1))?.to_vec());
    let mut sent = 0;
    while sent < bytes.len() {
        sent += write(vm, &socket, &bytes[sent..])?;
    }
    Ok(Word::NONE)
}

fn ioctl(vm: &Vm, args: Args) -> Outcome {
    let socket = receiver(vm, args.at(0))?;
    match vm.index(args.at(1))? {
        POLL => {
            let wanted = usize::try_from(vm.index(args.at(2))?).unwrap_or(0);
            ready(vm, &socket, wanted).map(|bits| Word::int(bits as isize))
        }
        CLOSE => close(vm, &socket).map(|()| Word::int(0)),
        _ => Err(vm.os_error(Errno::EINVAL.0)),
    }
}
