//! Addresses: tuples (host, port[, flow, scope]), paths, and what the kernel (`AF_NETLINK`) and its network cards (`AF_PACKET`) go by;
//! their system's form, and looking names up.

use super::raw;
use interpreter::object::exception;
use interpreter::object::handle::Args;
use interpreter::object::word::Word;
use interpreter::vm::{Outcome, Vm};
use nix::libc;
use nix::net::if_::{if_indextoname, if_nameindex, if_nametoindex};
use socket2::{Domain, SockAddr, Socket};
use std::ffi::OsStr;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV6, ToSocketAddrs};
use std::os::unix::ffi::OsStrExt;
use std::sync::mpsc::TryRecvError;

/// `getaddrinfo`'s error for a name that nobody knows, negative as MicroPython's.
const UNKNOWN_NAME: isize = libc::EAI_NONAME as isize;
/// Microseconds between looks at a name that is being looked up.
const NAP: u64 = 5_000;

/// What a program gave as an address of `socket`'s family.
pub fn parse(vm: &Vm, socket: &Socket, address: Word) -> Outcome<SockAddr> {
    let family = socket.domain().map(i32::from).unwrap_or_default();
    match family {
        libc::AF_NETLINK => return to_kernel(vm, address),
        libc::AF_PACKET => return on_wire(vm, address),
        _ => {}
    }
    if let Some(path) = vm.as_text(address) {
        return SockAddr::unix(path).map_err(|error| crate::errors::raise(vm, &error));
    }
    if family == libc::AF_UNIX {
        // A name beside the file system's begins with a zero.
        let path: Vec<u8> = vm.buffer(address, false)?.bytes.iter().map(core::cell::Cell::get).collect();
        return SockAddr::unix(OsStr::from_bytes(&path)).map_err(|error| crate::errors::raise(vm, &error));
    }
    let length = vm.length(address)?;
    if !(2..=4).contains(&length) {
        return Err(vm.type_error("an address is (host, port)"));
    }
    let item = |index: isize| vm.item(address, Word::int(index));
    let host = vm.as_text(item(0)?).ok_or_else(|| vm.type_error("a host is a str"))?;
    let port =
        u16::try_from(vm.index(item(1)?)?).map_err(|_| vm.raise_text(&exception::OVERFLOW_ERROR, "port must be 0-65535"))?;
    let six = socket.domain().is_ok_and(|domain| domain == Domain::IPV6);
    let family = if six { libc::AF_INET6 } else { libc::AF_INET };
    let mut found = *resolve(vm, host, port, family)?.first().ok_or_else(|| unknown(vm))?;
    if let SocketAddr::V6(found) = &mut found
        && length == 4
    {
        *found = SocketAddrV6::new(*found.ip(), port, vm.index(item(2)?)? as u32, vm.index(item(3)?)? as u32);
    }
    Ok(found.into())
}

/// An address as programs see it.
pub fn tuple(vm: &Vm, address: &SockAddr) -> Outcome {
    match address.as_socket() {
        Some(SocketAddr::V4(address)) => {
            vm.new_tuple(&[vm.new_str(&address.ip().to_string())?, Word::int(address.port() as isize)])
        }
        Some(SocketAddr::V6(address)) => vm.new_tuple(&[
            vm.new_str(&address.ip().to_string())?,
            Word::int(address.port() as isize),
            Word::int(address.flowinfo() as isize),
            Word::int(address.scope_id() as isize),
        ]),
        None => match i32::from(address.family()) {
            libc::AF_NETLINK => {
                let bytes = raw::address_bytes(address);
                let number = |at: usize| bytes[at..at + 4].try_into().map_or(0, u32::from_ne_bytes);
                vm.new_tuple(&[Word::int(number(4) as isize), Word::int(number(8) as isize)])
            }
            libc::AF_PACKET => from_wire(vm, &raw::address_bytes(address)),
            _ => match address.as_abstract_namespace() {
                Some(name) => vm.new_bytes(&[&[0], name].concat()),
                None => vm.new_str(&address.as_pathname().map(|path| path.to_string_lossy().into_owned()).unwrap_or_default()),
            },
        },
    }
}

/// The numbers of a tuple of `least` items or more.
fn numbers(vm: &Vm, address: Word, least: isize, wanted: &str) -> Outcome<Vec<Word>> {
    let length = vm.length(address)? as isize;
    if length < least {
        return Err(vm.type_error(wanted));
    }
    (0..length).map(|index| vm.item(address, Word::int(index))).collect()
}

/// `(process, groups)`, of `sockaddr_nl` in `<linux/netlink.h>`.
fn to_kernel(vm: &Vm, address: Word) -> Outcome<SockAddr> {
    let items = numbers(vm, address, 2, "an address of AF_NETLINK is (pid, groups)")?;
    let mut bytes = (libc::AF_NETLINK as u16).to_ne_bytes().to_vec();
    bytes.extend([0; 2]);
    for item in &items[..2] {
        bytes.extend((vm.index(*item)? as u32).to_ne_bytes());
    }
    Ok(raw::address(&bytes))
}

/// `(interface, protocol[, kind of packet[, kind of hardware[, address]]])`, of `sockaddr_ll` in packet(7).
fn on_wire(vm: &Vm, address: Word) -> Outcome<SockAddr> {
    let items = numbers(vm, address, 2, "an address of AF_PACKET is (interface, protocol[, pkttype[, hatype[, address]]])")?;
    let name = vm.expect_text(items[0])?;
    let interface = match name {
        "" => 0,
        name => if_nametoindex(name).map_err(|error| crate::errors::told(vm, error))?,
    };
    let given = |index: usize| vm.index_or(items.get(index).copied(), 0);
    let hardware: Vec<u8> = match items.get(4) {
        Some(address) => vm.buffer(*address, false)?.bytes.iter().map(core::cell::Cell::get).collect(),
        None => Vec::new(),
    };
    if hardware.len() > 8 {
        return Err(vm.value_error("Hardware address must be 8 bytes or less"));
    }
    let mut bytes = (libc::AF_PACKET as u16).to_ne_bytes().to_vec();
    bytes.extend((given(1)? as u16).to_be_bytes());
    bytes.extend(interface.to_ne_bytes());
    bytes.extend((given(3)? as u16).to_ne_bytes());
    bytes.extend([given(2)? as u8, hardware.len() as u8]);
    bytes.extend(&hardware);
    bytes.resize(20, 0);
    Ok(raw::address(&bytes))
}

fn from_wire(vm: &Vm, bytes: &[u8]) -> Outcome {
    let interface = bytes[4..8].try_into().map_or(0, u32::from_ne_bytes);
    let name = name_of_interface(interface).unwrap_or_default();
    let length = usize::from(bytes[11]).min(bytes.len().saturating_sub(12));
    vm.new_tuple(&[
        vm.new_str(&name)?,
        Word::int(u16::from_be_bytes([bytes[2], bytes[3]]) as isize),
        Word::int(bytes[10] as isize),
        Word::int(u16::from_ne_bytes([bytes[8], bytes[9]]) as isize),
        vm.new_bytes(&bytes[12..12 + length])?,
    ])
}

/// `if_nametoindex(name)`.
pub fn interface_number(vm: &Vm, args: Args) -> Outcome {
    let number = if_nametoindex(vm.expect_text(args.at(0))?)
        .map_err(|_| vm.raise_text(&exception::OS_ERROR, "no interface with this name"))?;
    Ok(Word::int(number as isize))
}

/// `if_indextoname(number)`.
pub fn interface_name(vm: &Vm, args: Args) -> Outcome {
    let number = u32::try_from(vm.index(args.at(0))?).unwrap_or(0);
    vm.new_str(&name_of_interface(number).map_err(|error| crate::errors::raise(vm, &error))?)
}

fn name_of_interface(number: u32) -> io::Result<String> {
    let name = if_indextoname(number)?;
    // An empty name is what nix makes of "no such interface".
    let error = || io::Error::from_raw_os_error(libc::ENXIO);
    Some(name.to_string_lossy().into_owned()).filter(|name| !name.is_empty()).ok_or_else(error)
}

/// `if_nameindex()`.
pub fn interfaces(vm: &Vm, _: Args) -> Outcome {
    let list = vm.new_list(&[])?;
    for interface in &if_nameindex().map_err(|error| crate::errors::told(vm, error))? {
        let name = vm.new_str(&interface.name().to_string_lossy())?;
        let row = vm.new_tuple(&[Word::int(interface.index() as isize), name])?;
        vm.call_method(list, name!(append), &[row])?;
    }
    Ok(list)
}

fn unknown(vm: &Vm) -> interpreter::vm::Raised {
    // In Python's part of the module; where that is not, it is MicroPython's.
    let made = vm
        .import(name!(socket), Word::NONE, Word::int(0))
        .and_then(|module| vm.attribute(module, vm.intern("gaierror")?))
        .and_then(|class| vm.call(class, &[Word::int(UNKNOWN_NAME), vm.new_str("Name or service not known")?]));
    let made = made.or_else(|raised| {
        vm.take_raised(raised);
        exception::new(vm, &exception::OS_ERROR, &[Word::int(UNKNOWN_NAME)])
    });
    match made {
        Ok(exception) => vm.raise_word(exception),
        Err(raised) => raised,
    }
}

/// The addresses of a host, of one family unless that is 0. A name is looked up on a thread of its own, since nothing can
/// interrupt that.
fn resolve(vm: &Vm, host: &str, port: u16, family: i32) -> Outcome<Vec<SocketAddr>> {
    let wanted = |address: &SocketAddr| match family {
        libc::AF_INET => address.is_ipv4(),
        libc::AF_INET6 => address.is_ipv6(),
        _ => true,
    };
    let host = match host {
        "" if family == libc::AF_INET6 => "::",
        "" => "0.0.0.0",
        host => host,
    };
    let found = match host.parse::<IpAddr>() {
        Ok(ip) => vec![SocketAddr::new(ip, port)],
        Err(_) => look_up(vm, host.to_owned(), port)?,
    };
    Ok(found.into_iter().filter(wanted).collect())
}

fn look_up(vm: &Vm, host: String, port: u16) -> Outcome<Vec<SocketAddr>> {
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || sender.send((host.as_str(), port).to_socket_addrs().map(Iterator::collect)));
    loop {
        match receiver.try_recv() {
            Ok(Ok(found)) => return Ok(found),
            Ok(Err(_)) | Err(TryRecvError::Disconnected) => return Err(unknown(vm)),
            Err(TryRecvError::Empty) => {
                vm.poll()?;
                vm.idle(Some(vm.port.now().saturating_add(NAP)));
            }
        }
    }
}

/// `getaddrinfo(host, port, family=0, type=0, protocol=0, flags=0)`.
pub fn lookup(vm: &Vm, args: Args) -> Outcome {
    let number = |index: usize| vm.index_or(args.get(index), 0);
    let (family, kind) = (number(2)? as i32, number(3)? as i32);
    let port = match vm.as_text(args.at(1)) {
        Some(text) => text.parse().map_err(|_| unknown(vm))?,
        None if args.at(1) == Word::NONE => 0,
        None => {
            u16::try_from(vm.index(args.at(1))?).map_err(|_| vm.raise_text(&exception::OVERFLOW_ERROR, "port must be 0-65535"))?
        }
    };
    let host = match args.at(0) {
        it if it == Word::NONE => "127.0.0.1",
        host => vm.as_text(host).ok_or_else(|| vm.type_error("a host is a str"))?,
    };
    let mut found = resolve(vm, host, port, family)?;
    // Most programs take the first and make a socket of the default family of it.
    found.sort_by_key(SocketAddr::is_ipv6);
    if found.is_empty() {
        return Err(unknown(vm));
    }
    let list = vm.new_list(&[])?;
    let kinds = [(libc::SOCK_STREAM, libc::IPPROTO_TCP), (libc::SOCK_DGRAM, libc::IPPROTO_UDP)];
    for address in found {
        for (each, protocol) in kinds.iter().filter(|each| kind == 0 || each.0 == kind) {
            let family = if address.is_ipv6() { libc::AF_INET6 } else { libc::AF_INET };
            let numbers = [family, *each, *protocol].map(|number| Word::int(number as isize));
            let name = vm.new_str("")?;
            let row = vm.new_tuple(&[numbers[0], numbers[1], numbers[2], name, tuple(vm, &address.into())?])?;
            vm.call_method(list, name!(append), &[row])?;
        }
    }
    Ok(list)
}

/// `inet_pton(family, text)`.
pub fn to_bytes(vm: &Vm, args: Args) -> Outcome {
    let text = vm.as_text(args.at(1)).ok_or_else(|| vm.type_error("an address is a str"))?;
    let invalid = || vm.os_error(interpreter::vfs::Errno::EINVAL.0);
    match vm.index(args.at(0))? as i32 {
        libc::AF_INET => vm.new_bytes(&text.parse::<Ipv4Addr>().map_err(|_| invalid())?.octets()),
        libc::AF_INET6 => vm.new_bytes(&text.parse::<Ipv6Addr>().map_err(|_| invalid())?.octets()),
        _ => Err(vm.os_error(interpreter::vfs::Errno::EAFNOSUPPORT.0)),
    }
}

/// `inet_ntop(family, bytes)`.
pub fn to_text(vm: &Vm, args: Args) -> Outcome {
    let bytes: Vec<u8> = vm.buffer(args.at(1), false)?.bytes.iter().map(core::cell::Cell::get).collect();
    let invalid = || vm.value_error("invalid length of packed IP address string");
    let text = match vm.index(args.at(0))? as i32 {
        libc::AF_INET => Ipv4Addr::from(<[u8; 4]>::try_from(bytes.as_slice()).map_err(|_| invalid())?).to_string(),
        libc::AF_INET6 => Ipv6Addr::from(<[u8; 16]>::try_from(bytes.as_slice()).map_err(|_| invalid())?).to_string(),
        _ => return Err(vm.os_error(interpreter::vfs::Errno::EAFNOSUPPORT.0)),
    };
    vm.new_str(&text)
}
