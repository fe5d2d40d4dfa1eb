//! `socket`: the computer's network.
//!
//! A socket object is a stream whose state is a number in the table of sockets, what is made of it, and its patience. The system's
//! sockets never block: what has to wait does so in `crate::wait`, so that Ctrl-C, callbacks and other threads have their turn.

mod address;
pub mod files;
mod message;
mod raw;
mod table;

use crate::errors;
use crate::wait::{self, Patience};
use address::{parse, tuple};
use interpreter::object::exception;
use interpreter::object::handle::{Args, type_word};
use interpreter::object::kind::{Access, Header, Slots, Type};
use interpreter::object::name::Name;
use interpreter::object::print::{Printer, Style};
use interpreter::object::word::Word;
use interpreter::vfs::stream::{self, Operations, Stream, not_seekable};
use interpreter::vfs::{Errno, Whence};
use interpreter::vm::{Outcome, Vm};
use nix::libc;
use nix::poll::PollFlags;
use socket2::{Domain, Protocol, Socket, Type as Kind};
use std::cell::Cell;
use std::io::ErrorKind;
use std::net::Shutdown;
use std::os::fd::{AsRawFd, IntoRawFd, RawFd};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// What Python has instead of the native row: keywords, and an error of its own for names that nobody knows.
pub fn attribute(vm: &Vm, name: Name) -> Outcome {
    super::overridden(vm, name!(socket), ROWS, name, &["getaddrinfo"])
}

interpreter::table! { pub ROWS, NAMES, DOCS:
    /// socket([family[, type[, protocol]]]): a new socket.
    const socket = type_word(&SOCKET);
    /// getaddrinfo(host, port[, family[, type[, protocol[, flags]]]]): addresses, as (family, type, protocol, name, address).
    def getaddrinfo(2..=6) = address::lookup;
    /// socketpair([family[, type[, protocol]]]): two sockets that are connected with each other.
    def socketpair(0..=3) = pair;
    /// gethostname(): the name of this computer.
    def gethostname(0) = |vm, _| { let name = system(vm, nix::unistd::gethostname().map_err(Into::into))?; vm.new_str(&name.to_string_lossy()) };
    /// if_nametoindex(name): the number of a network interface.
    def if_nametoindex(1) = address::interface_number;
    /// if_indextoname(number): the name of a network interface.
    def if_indextoname(1) = address::interface_name;
    /// if_nameindex(): all network interfaces, as (number, name).
    def if_nameindex(0) = address::interfaces;
    /// _be_patient(seconds): how long operations of sockets that are made from now on wait; None for ever.
    def _be_patient(1) = |vm, args| {
        DEFAULT_PATIENCE.store(patience_of(vm, args.at(0))?.map_or(-1, |time| time as i64), Ordering::Relaxed);
        Ok(Word::NONE)
    };
    /// inet_pton(family, text): the bytes of an address.
    def inet_pton(2) = address::to_bytes;
    /// CMSG_LEN(length): bytes of an item beside a message, with its header.
    def CMSG_LEN(1) = |vm, args| Ok(Word::int((message::HEADER + message::length(vm, args.at(0))?) as isize));
    /// CMSG_SPACE(length): bytes that such an item takes.
    def CMSG_SPACE(1) = |vm, args| Ok(Word::int(message::space(message::length(vm, args.at(0))?) as isize));
    /// inet_ntop(family, bytes): the text of an address.
    def inet_ntop(2) = address::to_text;
    /// Addresses of four bytes.
    const AF_INET = Word::int(libc::AF_INET as isize);
    /// Addresses of sixteen bytes.
    const AF_INET6 = Word::int(libc::AF_INET6 as isize);
    /// Paths of this computer.
    const AF_UNIX = Word::int(libc::AF_UNIX as isize);
    /// A connection: TCP.
    const SOCK_STREAM = Word::int(libc::SOCK_STREAM as isize);
    /// Datagrams: UDP.
    const SOCK_DGRAM = Word::int(libc::SOCK_DGRAM as isize);
    /// Packets as they are.
    const SOCK_RAW = Word::int(libc::SOCK_RAW as isize);
    /// The protocol IP, a level of options.
    const IPPROTO_IP = Word::int(libc::IPPROTO_IP as isize);
    /// The protocol TCP.
    const IPPROTO_TCP = Word::int(libc::IPPROTO_TCP as isize);
    /// The protocol UDP.
    const IPPROTO_UDP = Word::int(libc::IPPROTO_UDP as isize);
    /// The level of options that all sockets have.
    const SOL_SOCKET = Word::int(libc::SOL_SOCKET as isize);
    /// Option: datagrams to everybody.
    const SO_BROADCAST = Word::int(libc::SO_BROADCAST as isize);
    /// Option: the error that waits.
    const SO_ERROR = Word::int(libc::SO_ERROR as isize);
    /// Option: ask now and then whether the other side lives.
    const SO_KEEPALIVE = Word::int(libc::SO_KEEPALIVE as isize);
    /// Option: closing waits for what is not sent yet.
    const SO_LINGER = Word::int(libc::SO_LINGER as isize);
    /// Option: an address may be used again at once.
    const SO_REUSEADDR = Word::int(libc::SO_REUSEADDR as isize);
    /// Option: bytes that wait to be read.
    const SO_RCVBUF = Word::int(libc::SO_RCVBUF as isize);
    /// Option: bytes that wait to be sent.
    const SO_SNDBUF = Word::int(libc::SO_SNDBUF as isize);
    /// Option of TCP: small packets leave at once.
    const TCP_NODELAY = Word::int(libc::TCP_NODELAY as isize);
    /// Option of IP: joins a group.
    const IP_ADD_MEMBERSHIP = Word::int(libc::IP_ADD_MEMBERSHIP as isize);
    /// Option of IP: leaves a group.
    const IP_DROP_MEMBERSHIP = Word::int(libc::IP_DROP_MEMBERSHIP as isize);
    /// Kind of item beside a message: descriptors of files.
    const SCM_RIGHTS = Word::int(libc::SCM_RIGHTS as isize);
    /// Flag: items beside a message were cut short.
    const MSG_CTRUNC = Word::int(libc::MSG_CTRUNC as isize);
    /// Flag: leave what is read.
    const MSG_PEEK = Word::int(libc::MSG_PEEK as isize);
    /// Flag: do not wait.
    const MSG_DONTWAIT = Word::int(libc::MSG_DONTWAIT as isize);
    /// Reading ends.
    const SHUT_RD = Word::int(libc::SHUT_RD as isize);
    /// Writing ends.
    const SHUT_WR = Word::int(libc::SHUT_WR as isize);
    /// Both end.
    const SHUT_RDWR = Word::int(libc::SHUT_RDWR as isize);
}

/// Methods of a socket.
pub mod socket_rows {
    use super::*;
    interpreter::table! { pub ROWS, NAMES, DOCS:
        /// accept(): waits for a connection; (socket, address).
        def accept(1) = accept;
        /// bind(address): takes an address.
        def bind(2) = |vm, args| on_address(vm, args, |socket, address| socket.bind(address));
        /// close(): closes, as soon as every file that was made of it is closed.
        def close(1) = files::close;
        /// Ends a `with` block: closes.
        def __exit__(1..=4) = files::leave;
        /// _made_file(): a file more was made of it.
        def _made_file(1) = files::made;
        /// _decref_socketios(): a file that was made of it is closed.
        def _decref_socketios(1) = files::gone;
        /// connect(address): connects.
        def connect(2) = connect;
        /// connect_ex(address): connects; 0, or the number of what went wrong.
        def connect_ex(2) = connect_or_number;
        /// detach(): the number of its descriptor, which is the caller's from now on.
        def detach(1) = detach;
        /// fileno(): the number of its descriptor, -1 when it is closed.
        def fileno(1) = |vm, args| Ok(Word::int(opened(vm, args.at(0)).map_or_else(|raised| { vm.take_raised(raised); -1 }, |socket| socket.as_raw_fd() as isize)));
        /// getblocking(): whether operations wait.
        def getblocking(1) = |vm, args| Ok(Word::bool(patience(receiver(vm, args.at(0))?) != Some(0)));
        /// getpeername(): the other side's address.
        def getpeername(1) = |vm, args| { let address = opened(vm, args.at(0))?.peer_addr(); tuple(vm, &system(vm, address)?) };
        /// getsockname(): its own address.
        def getsockname(1) = |vm, args| { let address = opened(vm, args.at(0))?.local_addr(); tuple(vm, &system(vm, address)?) };
        /// getsockopt(level, option[, size]): the value of an option, an int or so many bytes.
        def getsockopt(3..=4) = get_option;
        /// gettimeout(): seconds, or None.
        def gettimeout(1) = get_timeout;
        /// listen([backlog]): lets others connect.
        def listen(1..=2) = listen;
        /// makefile([mode[, buffering]], encoding, errors, newline): a file of what comes and goes, which keeps the socket open.
        def makefile(1..=3, keywords) = files::make;
        /// get_inheritable(): whether programs that are started get its descriptor.
        def get_inheritable(1) = |vm, args| { let set = raw::is_inherited(&*opened(vm, args.at(0))?); Ok(Word::bool(system(vm, set)?)) };
        /// set_inheritable(flag): whether they do.
        def set_inheritable(2) = |vm, args| {
            let inherit = vm.truth(args.at(1))?;
            let set = opened(vm, args.at(0))?.set_cloexec(!inherit);
            system(vm, set).map(|()| Word::NONE)
        };
        /// dup(): another object of the same connection.
        def dup(1) = |vm, args| {
            let copy = opened(vm, args.at(0))?.try_clone();
            new(vm, system(vm, copy)?, patience(receiver(vm, args.at(0))?))
        };
        /// recv(size[, flags]): at most so many bytes.
        def recv(2..=3) = |vm, args| receive(vm, args).and_then(|(bytes, _)| vm.new_bytes(&bytes));
        /// recv_into(buffer[, size[, flags]]): into a buffer; how many.
        def recv_into(2..=4) = receive_into;
        /// recvfrom(size[, flags]): (bytes, address).
        def recvfrom(2..=3) = receive_from;
        /// recvfrom_into(buffer[, size[, flags]]): into a buffer; (how many, address).
        def recvfrom_into(2..=4) = receive_from_into;
        /// recvmsg(size[, size of items[, flags]]): (bytes, items that came beside them, flags, address).
        def recvmsg(2..=4) = message::receive;
        /// recvmsg_into(buffers[, size of items[, flags]]): the same into buffers, with the number of bytes.
        def recvmsg_into(2..=4) = message::receive_into;
        /// send(bytes[, flags]): sends at least some; how many.
        def send(2..=3) = |vm, args| { let sent = send(vm, args, None)?; Ok(Word::int(sent as isize)) };
        /// sendall(bytes): sends all.
        def sendall(2..=3) = send_all;
        /// sendfile(file, offset=0, count=None): sends what is in a file; how many bytes.
        def sendfile(2..=4, keywords) = files::send;
        /// sendmsg(buffers[, items[, flags[, address]]]): sends them as one message, with items (level, type, bytes) beside it; how many bytes.
        def sendmsg(2..=5) = message::send;
        /// sendto(bytes[, flags], address): sends to an address; how many.
        def sendto(3..=4) = send_to;
        /// setblocking(flag): whether operations wait.
        def setblocking(2) = |vm, args| { let wait = vm.truth(args.at(1))?; set_patience(vm, args.at(0), if wait { None } else { Some(0) }) };
        /// setsockopt(level, option, value): sets an option to an int or bytes.
        def setsockopt(4) = set_option;
        /// settimeout(seconds): how long operations wait; None for ever, 0 not at all.
        def settimeout(2) = set_timeout;
        /// shutdown(how): ends reading, writing or both.
        def shutdown(2) = shut_down;
    }
}

/// Names that are used here.
pub const MORE: &[&str] = &["family", "proto", "fileno", "type", "timeout", "sendfile", "_make_file", "_send_file"];

static SLOTS: Slots = Slots { make: Some(make), print: Some(print), attribute: Some(property), ..stream::SHARED };
/// State: [0] the number in the table; [1] what `files` keeps; [2] microseconds of patience, -1 for ever.
static SOCKET: Type = stream::derived_type(name!(socket), &SLOTS, socket_rows::ROWS);

static OPERATIONS: Operations = Operations {
    read: |vm, stream, buffer| {
        let socket = of(vm, stream)?;
        let outcome =
            wait::until(vm, socket.as_raw_fd(), PollFlags::POLLIN, patience(stream), || raw::receive(&socket, buffer, 0));
        outcome.map(|(count, _)| count)
    },
    write: |vm, stream, bytes| write_all(vm, stream, bytes),
    seekable: false,
    seek: |vm, stream, offset, whence: Whence| not_seekable(vm, stream, offset, whence),
    flush: |_, _| Ok(()),
    close: |_, stream| {
        if let Some(number) = stream.state[0].get().as_int() {
            table::remove(number as usize);
        }
        Ok(())
    },
    poll: |vm, stream, wanted| Ok(wait::ready(of(vm, stream)?.as_raw_fd(), wanted)),
    descriptor: |vm, stream| Ok(of(vm, stream)?.as_raw_fd() as isize),
};

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let socket = match stream::stream(vm, word).and_then(|stream| of(vm, &stream)) {
        Ok(socket) => socket,
        Err(raised) => {
            vm.take_raised(raised);
            return out.text(vm, "<socket.socket [closed] fd=-1>");
        }
    };
    let number = |found: std::io::Result<i32>| found.unwrap_or_default();
    let (family, kind) = (number(socket.domain().map(i32::from)), number(socket.r#type().map(i32::from)));
    let protocol = number(socket.protocol().map(|protocol| protocol.map_or(0, i32::from)));
    out.text(vm, &format!("<socket.socket fd={}, family={family}, type={kind}, proto={protocol}", socket.as_raw_fd()))?;
    for (name, address) in [(", laddr=", socket.local_addr()), (", raddr=", socket.peer_addr())] {
        if let Ok(address) = address {
            out.text(vm, name)?;
            out.word(vm, tuple(vm, &address)?, Style::Repr)?;
        }
    }
    out.text(vm, ">")
}

fn property(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    if name == name!(detach) {
        // A stream's own would be looked for in Python.
        return Ok(Word::UNSET);
    }
    let asked = [name!(family), name!("type"), name!(proto)].iter().position(|each| *each == name);
    let (Some(asked), Access::Load) = (asked, access) else { return files::attribute(vm, word, name, access) };
    let socket = opened(vm, word)?;
    let number = match asked {
        0 => socket.domain().map(i32::from),
        1 => socket.r#type().map(i32::from),
        _ => socket.protocol().map(|protocol| protocol.map_or(0, i32::from)),
    };
    Ok(Word::int(system(vm, number)? as isize))
}

/// `socket(family=AF_INET, type=SOCK_STREAM, proto=0, fileno=None)`; -1 stands for the first three as well.
fn make(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    let names = [name!(family), name!("type"), name!(proto), name!(fileno)];
    vm.only_keywords(args, &names)?;
    let given = |index: usize| args.get(index).or_else(|| args.keyword(names[index]));
    if let Some(descriptor) = given(3).filter(|word| *word != Word::NONE) {
        let socket = raw::adopt(vm.index(descriptor)? as RawFd);
        return new(vm, system(vm, socket)?, default_patience());
    }
    let number = |index: usize, default: i32| match given(index) {
        None => Ok(default),
        Some(word) => vm.index(word).map(|number| if number == -1 { default } else { number as i32 }),
    };
    let (family, kind, protocol) = (number(0, libc::AF_INET)?, number(1, libc::SOCK_STREAM)?, number(2, 0)?);
    let protocol = (protocol != 0).then(|| Protocol::from(protocol));
    let socket = system(vm, Socket::new(Domain::from(family), Kind::from(kind), protocol))?;
    new(vm, socket, if kind & libc::SOCK_NONBLOCK == 0 { default_patience() } else { Some(0) })
}

fn pair(vm: &Vm, args: Args) -> Outcome {
    let given = |index: usize| args.get(index).filter(|word| *word != Word::NONE);
    let number = |index: usize, default: i32| given(index).map_or(Ok(default), |word| vm.index(word).map(|it| it as i32));
    let (family, kind, protocol) = (number(0, libc::AF_UNIX)?, number(1, libc::SOCK_STREAM)?, number(2, 0)?);
    let protocol = (protocol != 0).then(|| Protocol::from(protocol));
    let (one, other) = system(vm, Socket::pair(Domain::from(family), Kind::from(kind), protocol))?;
    vm.new_tuple(&[new(vm, one, default_patience())?, new(vm, other, default_patience())?])
}

/// A socket object.
fn new(vm: &Vm, socket: Socket, patience: Patience) -> Outcome {
    system(vm, socket.set_nonblocking(true))?;
    let number = table::add(socket);
    let state = [Word::int(number as isize), files::NONE, patience_word(patience)].map(Cell::new);
    match vm.new_object(Stream { header: Header::of(&SOCKET), operations: &OPERATIONS, state, text: false }) {
        Ok(stream) => Ok(stream.word()),
        Err(raised) => {
            table::remove(number);
            Err(raised)
        }
    }
}

fn patience_word(patience: Patience) -> Word {
    Word::int(patience.map_or(-1, |time| time.min(Word::INT_MAX as u64) as isize))
}

fn patience(stream: &Stream) -> Patience {
    stream.state[2].get().as_int().and_then(|time| u64::try_from(time).ok())
}

/// A system call's result.
fn system<T>(vm: &Vm, result: std::io::Result<T>) -> Outcome<T> {
    result.map_err(|error| errors::raise(vm, &error))
}

/// The system's socket of an object, which must not be closed.
fn of(vm: &Vm, stream: &Stream) -> Outcome<Arc<Socket>> {
    let found = stream.state[0].get().as_int().and_then(|number| table::get(number as usize));
    found.ok_or_else(|| vm.os_error(Errno::EBADF.0))
}

fn receiver(vm: &Vm, word: Word) -> Outcome<&Stream> {
    let stream = stream::stream(vm, word)?;
    if core::ptr::eq(stream.ty(), &SOCKET) { Ok(stream.get()) } else { Err(vm.type_error("a socket is needed")) }
}

fn opened(vm: &Vm, word: Word) -> Outcome<Arc<Socket>> {
    of(vm, receiver(vm, word)?)
}

fn on_address(vm: &Vm, args: Args, action: fn(&Socket, &socket2::SockAddr) -> std::io::Result<()>) -> Outcome {
    let socket = opened(vm, args.at(0))?;
    let address = parse(vm, &socket, args.at(1))?;
    system(vm, action(&socket, &address))?;
    Ok(Word::NONE)
}

fn listen(vm: &Vm, args: Args) -> Outcome {
    let backlog = vm.index_or(args.get(1), 128)?;
    system(vm, opened(vm, args.at(0))?.listen(backlog.clamp(0, 1 << 16) as i32))?;
    Ok(Word::NONE)
}

fn accept(vm: &Vm, args: Args) -> Outcome {
    let (socket, patience) = (opened(vm, args.at(0))?, patience(receiver(vm, args.at(0))?));
    let (connection, address) = wait::until(vm, socket.as_raw_fd(), PollFlags::POLLIN, patience, || socket.accept())?;
    let connection = new(vm, connection, default_patience())?;
    vm.new_tuple(&[connection, tuple(vm, &address)?])
}

fn connect(vm: &Vm, args: Args) -> Outcome {
    let (socket, patience) = (opened(vm, args.at(0))?, patience(receiver(vm, args.at(0))?));
    let address = parse(vm, &socket, args.at(1))?;
    match socket.connect(&address) {
        Err(error) if error.raw_os_error() == Some(libc::EINPROGRESS) && patience != Some(0) => {}
        other => return system(vm, other).map(|()| Word::NONE),
    }
    wait::until(vm, socket.as_raw_fd(), PollFlags::POLLOUT, patience, || match socket.take_error()? {
        Some(error) => Err(error),
        None if socket.peer_addr().is_ok() => Ok(()),
        None => Err(ErrorKind::WouldBlock.into()),
    })?;
    Ok(Word::NONE)
}

fn connect_or_number(vm: &Vm, args: Args) -> Outcome {
    match connect(vm, args) {
        Err(raised) if vm.is_instance(vm.peek_raised(raised), &exception::OS_ERROR) => {
            let exception = vm.take_raised(raised);
            vm.find_attribute(exception, name!(errno))
        }
        outcome => outcome.map(|_| Word::int(0)),
    }
}

fn detach(vm: &Vm, args: Args) -> Outcome {
    let stream = receiver(vm, args.at(0))?;
    let socket = of(vm, stream)?;
    // Whoever has it now expects that operations wait, unless the program said otherwise.
    if patience(stream) != Some(0) {
        system(vm, socket.set_nonblocking(false))?;
    }
    let number = stream.state[0].get().as_int().and_then(|number| usize::try_from(number).ok());
    let descriptor = match number.and_then(|number| table::release(number, socket)) {
        Some(socket) => socket.into_raw_fd(),
        // Another thread waits for it: a second number of the same.
        None => system(vm, raw::release(&*of(vm, stream)?))?,
    };
    (OPERATIONS.close)(vm, stream)?;
    stream.state[0].set(Word::UNSET);
    Ok(Word::int(descriptor as isize))
}

/// Most bytes of one `recv`: no size that a program names is taken on trust.
const MOST: usize = 1 << 20;

/// The arguments (socket, size[, flags]) of receiving.
fn receive(vm: &Vm, args: Args) -> Outcome<(Vec<u8>, Option<socket2::SockAddr>)> {
    let size = usize::try_from(vm.index(args.at(1))?).map_err(|_| vm.value_error("negative buffersize in recv"))?;
    let mut bytes = vec![0; size.min(MOST)];
    let (count, address) = receive_some(vm, args.at(0), &mut bytes, args.get(2))?;
    bytes.truncate(count);
    Ok((bytes, address))
}

fn receive_some(vm: &Vm, word: Word, into: &mut [u8], flags: Option<Word>) -> Outcome<(usize, Option<socket2::SockAddr>)> {
    let flags = vm.index_or(flags, 0)? as i32;
    let (socket, patience) = (opened(vm, word)?, patience(receiver(vm, word)?));
    let patience = if flags & libc::MSG_DONTWAIT != 0 { Some(0) } else { patience };
    wait::until(vm, socket.as_raw_fd(), PollFlags::POLLIN, patience, || raw::receive(&socket, into, flags))
}

fn receive_into(vm: &Vm, args: Args) -> Outcome {
    fill(vm, args).map(|(count, _)| count)
}

fn receive_from_into(vm: &Vm, args: Args) -> Outcome {
    let (count, address) = fill(vm, args)?;
    let address = address.map_or(Ok(Word::NONE), |address| tuple(vm, &address))?;
    vm.new_tuple(&[count, address])
}

/// The arguments (socket, buffer[, size[, flags]]) of receiving into a buffer; how many bytes, and from whom.
fn fill(vm: &Vm, args: Args) -> Outcome<(Word, Option<socket2::SockAddr>)> {
    let length = vm.buffer(args.at(1), true)?.bytes.len();
    let wanted = match args.get(2) {
        Some(size) => usize::try_from(vm.index(size)?).unwrap_or(0),
        None => 0,
    };
    let mut bytes = vec![0; if wanted == 0 { length } else { wanted.min(length) }.min(MOST)];
    let (count, address) = receive_some(vm, args.at(0), &mut bytes, args.get(3))?;
    // Waiting may have run Python: the buffer is looked up again.
    let buffer = vm.buffer(args.at(1), true)?;
    buffer.bytes.iter().zip(&bytes[..count]).for_each(|(to, from)| to.set(*from));
    Ok((Word::int(count.min(buffer.bytes.len()) as isize), address))
}

fn receive_from(vm: &Vm, args: Args) -> Outcome {
    let (bytes, address) = receive(vm, args)?;
    let address = address.map_or(Ok(Word::NONE), |address| tuple(vm, &address))?;
    vm.new_tuple(&[vm.new_bytes(&bytes)?, address])
}

fn bytes_of(vm: &Vm, word: Word) -> Outcome<Vec<u8>> {
    if let Some(text) = vm.as_text(word) {
        return Ok(text.as_bytes().to_vec());
    }
    Ok(vm.buffer(word, false)?.bytes.iter().map(Cell::get).collect())
}

/// The arguments (socket, bytes[, flags]) of sending.
fn send(vm: &Vm, args: Args, address: Option<(&socket2::SockAddr, Option<Word>)>) -> Outcome<usize> {
    let bytes = bytes_of(vm, args.at(1))?;
    let flags = address.map_or(args.get(2), |address| address.1);
    let flags = vm.index_or(flags, 0)? as i32 | libc::MSG_NOSIGNAL;
    let (socket, patience) = (opened(vm, args.at(0))?, patience(receiver(vm, args.at(0))?));
    wait::until(vm, socket.as_raw_fd(), PollFlags::POLLOUT, patience, || match address {
        Some((address, _)) => socket.send_to_with_flags(&bytes, address, flags),
        None => socket.send_with_flags(&bytes, flags),
    })
}

fn send_to(vm: &Vm, args: Args) -> Outcome {
    let socket = opened(vm, args.at(0))?;
    let (flags, address) = match args.get(3) {
        Some(address) => (args.get(2), address),
        None => (None, args.at(2)),
    };
    let address = parse(vm, &socket, address)?;
    Ok(Word::int(send(vm, args, Some((&address, flags)))? as isize))
}

fn send_all(vm: &Vm, args: Args) -> Outcome {
    let bytes = bytes_of(vm, args.at(1))?;
    let stream = receiver(vm, args.at(0))?;
    let mut sent = 0;
    while sent < bytes.len() {
        sent += write_some(vm, stream, &bytes[sent..])?;
    }
    Ok(Word::NONE)
}

fn write_some(vm: &Vm, stream: &Stream, bytes: &[u8]) -> Outcome<usize> {
    let socket = of(vm, stream)?;
    let send = || socket.send_with_flags(bytes, libc::MSG_NOSIGNAL);
    wait::until(vm, socket.as_raw_fd(), PollFlags::POLLOUT, patience(stream), send)
}

/// Writes all if the socket waits, what it takes now otherwise.
fn write_all(vm: &Vm, stream: &Stream, bytes: &[u8]) -> Outcome<usize> {
    let mut sent = write_some(vm, stream, bytes)?;
    while sent < bytes.len() && patience(stream) != Some(0) {
        sent += write_some(vm, stream, &bytes[sent..])?;
    }
    Ok(sent)
}

fn set_patience(vm: &Vm, word: Word, patience: Patience) -> Outcome {
    opened(vm, word)?;
    receiver(vm, word)?.state[2].set(patience_word(patience));
    Ok(Word::NONE)
}

fn set_timeout(vm: &Vm, args: Args) -> Outcome {
    set_patience(vm, args.at(0), patience_of(vm, args.at(1))?)
}

/// What a number of seconds, or None, says.
fn patience_of(vm: &Vm, timeout: Word) -> Outcome<Patience> {
    if timeout == Word::NONE {
        return Ok(None);
    }
    let seconds = vm.float_value(timeout)?;
    if seconds.is_nan() || seconds < 0.0 {
        return Err(vm.value_error("timeout value out of range"));
    }
    Ok(Some((seconds * 1e6).ceil() as u64))
}

/// Of sockets that nobody has said anything of: microseconds, -1 for ever.
static DEFAULT_PATIENCE: AtomicI64 = AtomicI64::new(-1);

fn default_patience() -> Patience {
    u64::try_from(DEFAULT_PATIENCE.load(Ordering::Relaxed)).ok()
}

fn get_timeout(vm: &Vm, args: Args) -> Outcome {
    match patience(receiver(vm, args.at(0))?) {
        Some(time) => vm.new_float(time as f64 / 1e6),
        None => Ok(Word::NONE),
    }
}

fn option_arguments(vm: &Vm, args: Args) -> Outcome<(RawFd, i32, i32)> {
    Ok((opened(vm, args.at(0))?.as_raw_fd(), vm.index(args.at(1))? as i32, vm.index(args.at(2))? as i32))
}

fn set_option(vm: &Vm, args: Args) -> Outcome {
    let (fd, level, option) = option_arguments(vm, args)?;
    let bytes = match args.at(3).as_int() {
        Some(number) => (number as i32).to_ne_bytes().to_vec(),
        None if args.at(3).is_bool() => (vm.index(args.at(3))? as i32).to_ne_bytes().to_vec(),
        None => bytes_of(vm, args.at(3))?,
    };
    system(vm, raw::set_option(fd, level, option, &bytes))?;
    Ok(Word::NONE)
}

fn get_option(vm: &Vm, args: Args) -> Outcome {
    let (fd, level, option) = option_arguments(vm, args)?;
    let mut bytes = match args.get(3) {
        Some(size) => vec![0; vm.index(size)?.clamp(0, 1024) as usize],
        None => vec![0; 4],
    };
    let length = system(vm, raw::get_option(fd, level, option, &mut bytes))?;
    bytes.truncate(length);
    match <[u8; 4]>::try_from(bytes.as_slice()) {
        Ok(number) if args.get(3).is_none() => Ok(Word::int(i32::from_ne_bytes(number) as isize)),
        _ => vm.new_bytes(&bytes),
    }
}

fn shut_down(vm: &Vm, args: Args) -> Outcome {
    let how = match vm.index(args.at(1))? as i32 {
        libc::SHUT_RD => Shutdown::Read,
        libc::SHUT_WR => Shutdown::Write,
        libc::SHUT_RDWR => Shutdown::Both,
        _ => return Err(vm.os_error(Errno::EINVAL.0)),
    };
    system(vm, opened(vm, args.at(0))?.shutdown(how))?;
    Ok(Word::NONE)
}
