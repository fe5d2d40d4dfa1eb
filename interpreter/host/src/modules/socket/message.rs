//! Messages with what is sent beside them: `sendmsg`, `recvmsg`, `recvmsg_into`. Descriptors of files travel so (unix(7), SCM_RIGHTS).
//!
//! What stands beside a message is a row of items, each a header (its length with the header, a level, a kind) and its bytes, all of
//! them beginning at places for words (cmsg(3)).

use super::{MOST, bytes_of, opened, patience, raw, receiver};
use crate::wait;
use interpreter::object::handle::Args;
use interpreter::object::word::Word;
use interpreter::vm::{Outcome, Vm};
use nix::libc;
use nix::poll::PollFlags;
use socket2::MsgHdr;
use std::io::IoSlice;
use std::os::fd::AsRawFd;

/// Bytes of an item's header.
pub const HEADER: usize = size_of::<usize>() + 2 * size_of::<i32>();

/// Bytes of an item of so many, with what keeps the next one in its place.
pub const fn space(length: usize) -> usize {
    HEADER + length.next_multiple_of(size_of::<usize>())
}

/// A length that a program names, in bounds.
pub fn length(vm: &Vm, word: Word) -> Outcome<usize> {
    let length = usize::try_from(vm.index(word)?).ok().filter(|length| *length <= MOST);
    length.ok_or_else(|| vm.raise_text(&interpreter::object::exception::OVERFLOW_ERROR, "the length is out of range"))
}

/// `sendmsg(buffers[, items[, flags[, address]]])`.
pub fn send(vm: &Vm, args: Args) -> Outcome {
    let (mut bytes, mut control) = (Vec::new(), Vec::new());
    vm.for_each(args.at(1), &mut |part| {
        bytes.extend(bytes_of(vm, part)?);
        Ok(())
    })?;
    let items = args.get(2).filter(|items| *items != Word::NONE);
    items.map_or(Ok(()), |items| vm.for_each(items, &mut |item| add(vm, &mut control, item)))?;
    let flags = vm.index_or(args.get(3), 0)? as i32 | libc::MSG_NOSIGNAL;
    let (socket, patience) = (opened(vm, args.at(0))?, patience(receiver(vm, args.at(0))?));
    let address = args.get(4).filter(|address| *address != Word::NONE);
    let address = address.map(|address| super::parse(vm, &socket, address)).transpose()?;
    let sent = wait::until(vm, socket.as_raw_fd(), PollFlags::POLLOUT, patience, || {
        let parts = [IoSlice::new(&bytes)];
        let mut message = MsgHdr::new().with_buffers(&parts);
        if !control.is_empty() {
            message = message.with_control(&control);
        }
        match &address {
            Some(address) => socket.sendmsg(&message.with_addr(address), flags),
            None => socket.sendmsg(&message, flags),
        }
    })?;
    Ok(Word::int(sent as isize))
}

/// Adds an item, `(level, kind, bytes)`.
fn add(vm: &Vm, control: &mut Vec<u8>, item: Word) -> Outcome<()> {
    let item = vm.tuple_of(item)?;
    let [level, kind, bytes] = item.tail() else {
        return Err(vm.type_error("what is sent beside a message is (level, type, bytes)"));
    };
    let bytes = bytes_of(vm, bytes.get())?;
    let start = control.len();
    control.extend((HEADER + bytes.len()).to_ne_bytes());
    control.extend((vm.index(level.get())? as i32).to_ne_bytes());
    control.extend((vm.index(kind.get())? as i32).to_ne_bytes());
    control.extend(&bytes);
    control.resize(start + space(bytes.len()), 0);
    Ok(())
}

/// The items of what came beside a message. The system may have cut the last one short.
fn items(vm: &Vm, mut control: &[u8]) -> Outcome {
    let list = vm.new_list(&[])?;
    while let Some((header, rest)) = control.split_at_checked(HEADER) {
        let (length, numbers) = header.split_at(size_of::<usize>());
        let length = usize::from_ne_bytes(length.try_into().expect("a word")).saturating_sub(HEADER).min(rest.len());
        let number = |at: usize| i32::from_ne_bytes(numbers[at..at + 4].try_into().expect("four bytes")) as isize;
        let item = vm.new_tuple(&[Word::int(number(0)), Word::int(number(4)), vm.new_bytes(&rest[..length])?])?;
        vm.call_method(list, vm.intern("append")?, &[item])?;
        control = rest.get(length.next_multiple_of(size_of::<usize>())..).unwrap_or_default();
    }
    Ok(list)
}

/// The arguments (socket, …[, bytes for items[, flags]]) of receiving at most `most` bytes.
fn receive_message(vm: &Vm, args: Args, most: usize) -> Outcome<raw::Message> {
    let control = args.get(2).map_or(Ok(0), |word| length(vm, word))?;
    let flags = vm.index_or(args.get(3), 0)? as i32;
    let (socket, patience) = (opened(vm, args.at(0))?, patience(receiver(vm, args.at(0))?));
    let patience = if flags & libc::MSG_DONTWAIT != 0 { Some(0) } else { patience };
    wait::until(vm, socket.as_raw_fd(), PollFlags::POLLIN, patience, || raw::receive_message(&socket, most, control, flags))
}

/// `first`, the items, the flags and the sender of a message.
fn told(vm: &Vm, first: Word, message: &raw::Message) -> Outcome {
    let items = items(vm, &message.control)?;
    let address = message.address.as_ref().map_or(Ok(Word::NONE), |address| super::tuple(vm, address))?;
    vm.new_tuple(&[first, items, Word::int(message.flags as isize), address])
}

/// `recvmsg(size[, bytes for items[, flags]])`.
pub fn receive(vm: &Vm, args: Args) -> Outcome {
    let most = usize::try_from(vm.index(args.at(1))?).map_err(|_| vm.value_error("negative buffer size in recvmsg()"))?;
    let most = most.min(MOST);
    let message = receive_message(vm, args, most)?;
    told(vm, vm.new_bytes(&message.bytes)?, &message)
}

/// `recvmsg_into(buffers[, bytes for items[, flags]])`.
pub fn receive_into(vm: &Vm, args: Args) -> Outcome {
    let buffers = vm.tuple_of(args.at(1))?;
    let mut most = 0;
    for buffer in buffers.tail() {
        most += vm.buffer(buffer.get(), true)?.bytes.len();
    }
    let message = receive_message(vm, args, most.min(MOST))?;
    let mut rest = &message.bytes[..];
    for buffer in buffers.tail() {
        // Waiting may have run Python: the buffer is looked up again.
        let cells = vm.buffer(buffer.get(), true)?.bytes;
        let (now, later) = rest.split_at(rest.len().min(cells.len()));
        cells.iter().zip(now).for_each(|(to, from)| to.set(*from));
        rest = later;
    }
    told(vm, Word::int((message.bytes.len() - rest.len()) as isize), &message)
}
