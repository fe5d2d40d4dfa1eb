//! What socket2 has no safe call for: receiving with flags into initialised memory, messages with their flags, and options by number.
#![expect(unsafe_code, reason = "calls of the system with a buffer and its length")]

use nix::libc;
use socket2::{SockAddr, Socket};
use std::io::{Error, Result};
use std::mem::MaybeUninit;
use std::os::fd::{AsRawFd, FromRawFd, IntoRawFd, RawFd};

/// Receives into `buffer`; how many bytes, and from whom if that is known.
pub fn receive(socket: &Socket, buffer: &mut [u8], flags: i32) -> Result<(usize, Option<SockAddr>)> {
    // SAFETY: a `u8` is a `MaybeUninit<u8>`, and receiving writes nothing but initialised bytes into it.
    let buffer = unsafe { &mut *(core::ptr::from_mut(buffer) as *mut [MaybeUninit<u8>]) };
    let (count, address) = socket.recv_from_with_flags(buffer, flags)?;
    let is_known = address.as_socket().is_some() || [libc::AF_NETLINK, libc::AF_PACKET].contains(&i32::from(address.family()));
    Ok((count, is_known.then_some(address)))
}

/// Whether a program that is started gets the descriptor.
pub fn is_inherited(socket: &Socket) -> Result<bool> {
    let flags = nix::fcntl::fcntl(socket, nix::fcntl::FcntlArg::F_GETFD)?;
    Ok(flags & libc::FD_CLOEXEC == 0)
}

/// An address of the system's bytes, which begin with its family. Those past what any address has are left out.
pub fn address(bytes: &[u8]) -> SockAddr {
    let fill = |storage: *mut socket2::SockAddrStorage, length: *mut libc::socklen_t| {
        let count = bytes.len().min(size_of::<socket2::SockAddrStorage>());
        // SAFETY: the storage is zeros, has room for so many bytes, and any bytes are an address; the length is socket2's.
        unsafe {
            core::ptr::copy_nonoverlapping(bytes.as_ptr(), storage.cast(), count);
            *length = count as libc::socklen_t;
        }
        Ok(())
    };
    // SAFETY: `fill` has written as many bytes as it says.
    unsafe { SockAddr::try_init(fill) }.expect("filling does not fail").1
}

/// The system's bytes of an address: those of the largest that are known here, where it is shorter.
pub fn address_bytes(address: &SockAddr) -> Vec<u8> {
    // SAFETY: an address is so many bytes at that place, all of them initialised.
    let bytes = unsafe { core::slice::from_raw_parts(address.as_ptr().cast::<u8>(), address.len() as usize) };
    let mut bytes = bytes.to_vec();
    bytes.resize(bytes.len().max(20), 0);
    bytes
}

/// A message that came.
pub struct Message {
    /// What it says.
    pub bytes: Vec<u8>,
    /// What came beside it, as the system lays it out.
    pub control: Vec<u8>,
    /// What the system says of it.
    pub flags: i32,
    /// From whom, if that is known.
    pub address: Option<SockAddr>,
}

/// Receives a message of at most `most` bytes, with at most `most_control` beside it.
pub fn receive_message(socket: &Socket, most: usize, most_control: usize, flags: i32) -> Result<Message> {
    let (mut bytes, mut control) = (vec![0; most], vec![0; most_control]);
    let mut part = libc::iovec { iov_base: bytes.as_mut_ptr().cast(), iov_len: most };
    // SAFETY: a header of zeros is one without buffers.
    let mut header: libc::msghdr = unsafe { core::mem::zeroed() };
    header.msg_iov = &raw mut part;
    header.msg_iovlen = 1;
    header.msg_control = control.as_mut_ptr().cast();
    header.msg_controllen = most_control;
    let receive = |name: *mut socket2::SockAddrStorage, length: *mut libc::socklen_t| {
        header.msg_name = name.cast();
        // SAFETY: socket2 hands a length that is its own.
        header.msg_namelen = unsafe { *length };
        // SAFETY: the header names three buffers with their lengths, which outlive the call; the system writes no further.
        let count = unsafe { libc::recvmsg(socket.as_raw_fd(), &raw mut header, flags) };
        let count = usize::try_from(count).map_err(|_| Error::last_os_error())?;
        // SAFETY: as above.
        unsafe { *length = header.msg_namelen };
        Ok(count)
    };
    // SAFETY: the system has written an address of `length` bytes, or none where that is 0.
    let (count, address) = unsafe { SockAddr::try_init(receive) }?;
    let (flags, length) = (header.msg_flags, header.msg_controllen);
    bytes.truncate(count);
    control.truncate(length);
    Ok(Message { bytes, control, flags, address: (address.len() > 0).then_some(address) })
}

/// The socket of a descriptor, which a program got from elsewhere and hands over.
pub fn adopt(fd: RawFd) -> Result<Socket> {
    // SAFETY: asking for a flag of a number harms nothing, whatever it is.
    if unsafe { libc::fcntl(fd, libc::F_GETFD) } < 0 {
        return Err(Error::last_os_error());
    }
    // SAFETY: the descriptor is open, and its owner says that it is the socket's now.
    Ok(unsafe { Socket::from_raw_fd(fd) })
}

/// A descriptor of the same socket that nobody here closes.
pub fn release(socket: &Socket) -> Result<RawFd> {
    Ok(socket.try_clone()?.into_raw_fd())
}

/// Sets an option.
pub fn set_option(fd: RawFd, level: i32, option: i32, value: &[u8]) -> Result<()> {
    // SAFETY: the system reads `value.len()` bytes from `value`.
    let result = unsafe { libc::setsockopt(fd, level, option, value.as_ptr().cast(), value.len() as libc::socklen_t) };
    if result == 0 { Ok(()) } else { Err(Error::last_os_error()) }
}

/// Reads an option into `value`; how many bytes it has.
pub fn get_option(fd: RawFd, level: i32, option: i32, value: &mut [u8]) -> Result<usize> {
    let mut length = value.len() as libc::socklen_t;
    // SAFETY: the system writes at most `length` bytes into `value`, and the length.
    let result = unsafe { libc::getsockopt(fd, level, option, value.as_mut_ptr().cast(), &mut length) };
    if result == 0 { Ok((length as usize).min(value.len())) } else { Err(Error::last_os_error()) }
}
