//! Streams of any kind: native ones, and those written in Python (`io.IOBase` with `readinto`, `write`, `ioctl`).
//!
//! What works on a stream from outside (imports, `deflate`, `btree`, `BufferedWriter`) reads, writes and closes through here.

use super::stream::Stream;
use super::{Errno, Whence};
use crate::object::exception;
use crate::object::handle::Handle;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

/// What `ioctl` of a stream written in Python is asked, by the reference's numbers.
pub mod request {
    /// Flush what is buffered.
    pub const FLUSH: isize = 1;
    /// Close.
    pub const CLOSE: isize = 4;
    /// How many bytes it likes to be read in one go.
    pub const BUFFER_SIZE: isize = 11;
}

fn native(vm: &Vm, stream: Word) -> Outcome<Option<Handle<Stream>>> {
    match Handle::<Stream>::from(vm.native(stream)) {
        Some(_) => super::stream::opened(vm, stream).map(Some),
        None => Ok(None),
    }
}

/// The count that a method written in Python answered: `None` means that it would have to wait, less than 0 is an error number.
pub(crate) fn count(vm: &Vm, answer: Word, most: usize) -> Outcome<usize> {
    if answer == Word::NONE {
        return Err(vm.os_error(Errno::EAGAIN.0));
    }
    match vm.index(answer)? {
        number if number < 0 => Err(vm.os_error(number.unsigned_abs().min(u16::MAX.into()) as u16)),
        // More than it was asked for: the stream is broken.
        number if number as usize > most => Err(vm.os_error(Errno::EIO.0)),
        number => Ok(number as usize),
    }
}

fn method(vm: &Vm, stream: Word, name: crate::object::name::Name) -> Outcome {
    let method = vm.find_attribute(stream, name)?;
    method.set().ok_or_else(|| vm.raise_text(&exception::OS_ERROR, "stream operation not supported"))
}

/// Reads into `buffer`; 0 is the end.
///
/// # Errors
/// `OSError` for what is no stream that can be read, and what the stream raises.
pub fn read(vm: &Vm, stream: Word, buffer: &mut [u8]) -> Outcome<usize> {
    if let Some(native) = native(vm, stream)? {
        return (native.operations.read)(vm.here(), &native, buffer);
    }
    let method = method(vm, stream, name!(readinto))?;
    let bytes = vm.new_bytearray(buffer)?;
    let count = count(vm, vm.call(method, &[bytes])?, buffer.len())?;
    buffer[..count].iter_mut().zip(vm.buffer(bytes, false)?.bytes).for_each(|(to, from)| *to = from.get());
    Ok(count)
}

/// Fills `buffer`; answers less than its length at the end alone.
///
/// # Errors
/// As `read`.
pub fn read_full(vm: &Vm, stream: Word, buffer: &mut [u8]) -> Outcome<usize> {
    let mut done = 0;
    while done < buffer.len() {
        match read(vm, stream, &mut buffer[done..])? {
            0 => break,
            count => done += count,
        }
    }
    Ok(done)
}

/// Writes some of `bytes`; answers how many.
///
/// # Errors
/// `OSError` for what is no stream that can be written, and what the stream raises.
pub fn write(vm: &Vm, stream: Word, bytes: &[u8]) -> Outcome<usize> {
    if let Some(native) = native(vm, stream)? {
        return (native.operations.write)(vm.here(), &native, bytes);
    }
    let method = method(vm, stream, name!(write))?;
    let copy = vm.new_bytearray(bytes)?;
    count(vm, vm.call(method, &[copy])?, bytes.len())
}

/// Writes all of `bytes`.
///
/// # Errors
/// As `write`.
pub fn write_all(vm: &Vm, stream: Word, mut bytes: &[u8]) -> Outcome<()> {
    while !bytes.is_empty() {
        match write(vm, stream, bytes)? {
            0 => return Err(vm.os_error(Errno::EIO.0)),
            count => bytes = &bytes[count..],
        }
    }
    Ok(())
}

/// Moves the position; answers it.
///
/// # Errors
/// As `read`.
pub fn seek(vm: &Vm, stream: Word, offset: i64, whence: Whence) -> Outcome<u64> {
    if let Some(native) = native(vm, stream)? {
        return (native.operations.seek)(vm.here(), &native, offset, whence);
    }
    let method = method(vm, stream, name!(seek))?;
    let position = vm.call(method, &[vm.new_int(offset)?, Word::int(whence as isize)])?;
    Ok(vm.index(position)?.max(0) as u64)
}

/// Asks a stream written in Python; `None` from a native one, and from one without `ioctl`.
///
/// # Errors
/// What the stream raises.
pub fn ioctl(vm: &Vm, stream: Word, request: isize) -> Outcome<Option<isize>> {
    if Handle::<Stream>::from(vm.native(stream)).is_some() {
        return Ok(None);
    }
    match vm.find_attribute(stream, name!(ioctl))?.set() {
        None => Ok(None),
        Some(method) => vm.index(vm.call(method, &[Word::int(request), Word::int(0)])?).map(Some),
    }
}

/// Makes what was written last.
///
/// # Errors
/// What the stream raises.
pub fn flush(vm: &Vm, stream: Word) -> Outcome<()> {
    match native(vm, stream)? {
        Some(native) => (native.operations.flush)(vm.here(), &native),
        None => ioctl(vm, stream, request::FLUSH).map(|_| ()),
    }
}

/// Closes: a native stream, or one written in Python by its `ioctl` or else its `close`.
///
/// # Errors
/// What the stream raises.
pub fn close(vm: &Vm, stream: Word) -> Outcome<()> {
    if Handle::<Stream>::from(vm.native(stream)).is_none() && ioctl(vm, stream, request::CLOSE)?.is_some() {
        return Ok(());
    }
    vm.call_method(stream, name!(close), &[]).map(|_| ())
}
