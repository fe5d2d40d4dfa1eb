//! `io`: streams in memory, and the types of those on files.

use crate::object::handle::{Args, type_word};
use crate::object::kind::{Header, Rows, Slots, Type};
use crate::object::print::RawBytes;
use crate::object::bytes::Bytes;
use crate::object::handle::Handle;
use crate::object::word::Word;
use crate::vfs::stream::{self, FILE_IO, Operations, Stream, TEXT_IO, poll};
use crate::vfs::{Whence, any, file};
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

table! { pub ROWS, NAMES, DOCS:
    /// open(path, mode="r"): opens a file.
    def open(1..=8, keywords) = file::open;
    /// StringIO([text]): a text stream in memory.
    const StringIO = type_word(&STRING_IO);
    /// BytesIO([data]): a binary stream in memory.
    const BytesIO = type_word(&BYTES_IO);
    /// IOBase: the base of streams written in Python.
    const IOBase = type_word(&IO_BASE);
    /// BufferedWriter(stream, size): writes to the stream in pieces of `size` bytes.
    const BufferedWriter = type_word(&BUFFERED_WRITER);
    /// The type of text files.
    const TextIOWrapper = type_word(&TEXT_IO);
    /// The type of binary files.
    const FileIO = type_word(&FILE_IO);
}

/// `getvalue`, which streams in memory have besides what all streams have.
pub mod memory_rows {
    table! { pub ROWS, NAMES, DOCS:
        /// getvalue(): everything in it.
        def getvalue(1) = super::value;
        /// truncate([size]): cuts it there, or at the position.
        #[cfg(feature = "full")]
        def truncate(1..=2) = super::truncate;
    }
}

static STRING_SLOTS: Slots = Slots { make: Some(|vm, _, args| make(vm, &STRING_IO, args)), attribute: Some(attribute), ..stream::SHARED };
static BYTES_SLOTS: Slots = Slots { make: Some(|vm, _, args| make(vm, &BYTES_IO, args)), attribute: Some(attribute), ..stream::SHARED };

/// `io.StringIO`.
pub static STRING_IO: Type = stream::stream_type(name!(StringIO), &STRING_SLOTS);
/// `io.BytesIO`.
pub static BYTES_IO: Type = stream::stream_type(name!(BytesIO), &BYTES_SLOTS);

static BASE_SLOTS: Slots = Slots { make: Some(|vm, _, _| vm.new_resource(&IO_BASE, &[])), ..Slots::NONE };

/// `io.IOBase`: nothing by itself; a class derived from it is a stream by the methods it defines.
pub static IO_BASE: Type = crate::object::resource::resource_type(name!(IOBase), &BASE_SLOTS, Rows::NONE);

static WRITER_SLOTS: Slots = Slots { make: Some(|vm, _, args| make_writer(vm, args)), ..stream::SHARED };
/// `io.BufferedWriter`.
static BUFFERED_WRITER: Type = stream::stream_type(name!(BufferedWriter), &WRITER_SLOTS);

/// State: [0] the buffer (`RawBytes`), [1] its used length, [2] the stream behind it.
fn make_writer(vm: &Vm, args: Args) -> Outcome {
    vm.expect_count(args, 2, 2)?;
    let size = usize::try_from(vm.index(args.at(1))?).ok().filter(|size| *size > 0);
    let Some(size) = size else { return Err(vm.value_error("a buffer has at least one byte")) };
    let buffer = vm.new_raw_bytes(size)?;
    let state = [buffer.word(), Word::int(0), args.at(0)].map(Cell::new);
    let header = Header::of(&BUFFERED_WRITER);
    Ok(vm.new_object(Stream { header, operations: &WRITER, state, text: false })?.word())
}

static WRITER: Operations = Operations {
    read: |vm, _, _| Err(vm.os_error(crate::vfs::Errno::EINVAL.0)),
    write: write_buffered,
    seekable: false,
    seek: stream::not_seekable,
    flush: flush_buffered,
    close: flush_buffered,
    poll: |_, _, wanted| Ok(wanted & poll::WRITE),
    descriptor: stream::no_descriptor,
};

fn write_buffered(vm: &Vm, stream: &Stream, mut bytes: &[u8]) -> Outcome<usize> {
    let total = bytes.len();
    while !bytes.is_empty() {
        let (buffer, used, _) = buffered(stream);
        let count = bytes.len().min(buffer.len() - used);
        buffer.tail()[used..].iter().zip(&bytes[..count]).for_each(|(to, from)| to.set(*from));
        stream.state[1].set(Word::int((used + count) as isize));
        bytes = &bytes[count..];
        if used + count == buffer.len() {
            flush_buffered(vm, stream)?;
        }
    }
    Ok(total)
}

/// What could not be written stays for the next attempt.
fn flush_buffered(vm: &Vm, stream: &Stream) -> Outcome<()> {
    let (buffer, used, behind) = buffered(stream);
    let mut piece = [0; 128];
    let mut done = 0;
    while done < used {
        let length = (used - done).min(piece.len());
        piece.iter_mut().zip(&buffer.tail()[done..done + length]).for_each(|(to, from)| *to = from.get());
        any::write_all(vm, behind, &piece[..length])?;
        done += length;
    }
    stream.state[1].set(Word::int(0));
    Ok(())
}

fn buffered(stream: &Stream) -> (Handle<RawBytes>, usize, Word) {
    let buffer = Handle::from(stream.state[0].get()).expect("an open writer has a buffer");
    (buffer, stream.state[1].get().int_value() as usize, stream.state[2].get())
}

fn attribute(vm: &Vm, word: Word, name: crate::object::name::Name, access: crate::object::kind::Access) -> Outcome {
    match (access, crate::object::kind::find_row(memory_rows::ROWS, name)) {
        (crate::object::kind::Access::Load, Some(function)) => crate::object::function::bind(vm, function, word),
        _ => stream::SHARED.attribute.map_or(Ok(Word::UNSET), |attribute| attribute(vm, word, name, access)),
    }
}

/// State: [0] the buffer (`RawBytes`, or the `bytes` that it was made of, until something is written), [1] its used length,
/// [2] the position.
fn make(vm: &Vm, ty: &'static Type, args: Args) -> Outcome {
    let text = core::ptr::eq(ty, &STRING_IO);
    let given = crate::vfs::status::initial(vm, args, text)?;
    let new = |buffer: Word, length: usize| {
        let state = [buffer, Word::int(length as isize), Word::int(0)].map(Cell::new);
        vm.new_object(Stream { header: Header::of(ty), operations: &OPERATIONS, state, text })
    };
    if let Some(bytes) = given.and_then(Handle::<Bytes>::from).filter(|_| !text) {
        return Ok(new(bytes.word(), bytes.len())?.word());
    }
    // An int says how much will be written.
    let capacity = given.and_then(Word::as_int).and_then(|size| usize::try_from(size).ok()).unwrap_or(0);
    let stream = new(vm.new_raw_bytes(capacity.max(16))?.word(), 0)?;
    if let Some(initial) = given.filter(|word| *word != Word::NONE && word.as_int().is_none()) {
        if text && vm.as_text(initial).is_none() {
            return Err(vm.type_error("a str is needed"));
        }
        vm.call_method(stream.word(), name!(write), &[initial])?;
        stream.state[2].set(Word::int(0));
    }
    Ok(stream.word())
}

static OPERATIONS: Operations = Operations {
    read,
    write,
    seekable: true,
    seek,
    flush: |_, _| Ok(()),
    close: |_, _| Ok(()),
    poll: |_, _, wanted| Ok(wanted & (poll::READ | poll::WRITE)),
    descriptor: stream::no_descriptor,
};

/// Length and position.
fn extent(stream: &Stream) -> (usize, usize) {
    (stream.state[1].get().int_value() as usize, stream.state[2].get().int_value() as usize)
}

/// What is in it.
fn contents<'v>(vm: &'v Vm, stream: &Stream) -> Outcome<&'v [Cell<u8>]> {
    let (buffer, (length, _)) = (stream.state[0].get(), extent(stream));
    match Handle::<RawBytes>::from(buffer) {
        Some(raw) => Ok(&raw.get().tail()[..length]),
        None => Ok(&vm.buffer(buffer, false)?.bytes[..length]),
    }
}

fn read(vm: &Vm, stream: &Stream, into: &mut [u8]) -> Outcome<usize> {
    let (length, position) = extent(stream);
    let available = &contents(vm, stream)?[position.min(length)..];
    let count = available.len().min(into.len());
    into.iter_mut().zip(available).for_each(|(to, from)| *to = from.get());
    stream.state[2].set(Word::int((position + count) as isize));
    Ok(count)
}

fn write(vm: &Vm, stream: &Stream, bytes: &[u8]) -> Outcome<usize> {
    let (length, position) = extent(stream);
    let end = position + bytes.len();
    let buffer = match Handle::<RawBytes>::from(stream.state[0].get()) {
        Some(buffer) if end <= buffer.len() => buffer,
        old => {
            let capacity = old.map_or(length, |old| old.len());
            let larger = vm.new_raw_bytes(end.max(capacity + capacity / 2))?;
            larger.tail().iter().zip(contents(vm, stream)?).for_each(|(to, from)| to.set(from.get()));
            stream.state[0].set(larger.word());
            larger
        }
    };
    buffer.tail()[position..end].iter().zip(bytes).for_each(|(to, from)| to.set(*from));
    stream.state[1].set(Word::int(length.max(end) as isize));
    stream.state[2].set(Word::int(end as isize));
    Ok(bytes.len())
}

fn seek(vm: &Vm, stream: &Stream, offset: i64, whence: Whence) -> Outcome<u64> {
    let (length, position) = extent(stream);
    let base = match whence {
        Whence::Start => 0,
        Whence::Current => position,
        Whence::End => length,
    };
    let Some(target) = (base as i64).checked_add(offset) else { return Err(vm.os_error(crate::vfs::Errno::EINVAL.0)) };
    let target = target.clamp(0, Word::INT_MAX as i64);
    stream.state[2].set(Word::int(target as isize));
    Ok(target as u64)
}

/// A place in the buffer as programs count it: of text, in characters. What lies behind the end counts as bytes do.
fn counted(vm: &Vm, stream: &Stream, place: usize) -> Outcome<usize> {
    let cells = contents(vm, stream)?;
    let continuing = cells.iter().take(place).filter(|cell| stream.text && cell.get() & 0xc0 == 0x80).count();
    Ok(place - continuing)
}

/// The place in the buffer of what programs count.
fn place(vm: &Vm, stream: &Stream, counted: usize) -> Outcome<usize> {
    let cells = contents(vm, stream)?;
    if !stream.text {
        return Ok(counted);
    }
    let mut starts = cells.iter().enumerate().filter(|(_, cell)| cell.get() & 0xc0 != 0x80);
    let mut before = 0;
    let found = starts.find(|_| {
        before += 1;
        before > counted
    });
    Ok(found.map_or_else(|| cells.len().saturating_add(counted - before.min(counted)), |(place, _)| place))
}

/// Whether it is a stream in memory.
pub fn is_memory(stream: &Stream) -> bool {
    core::ptr::eq(stream.operations, &OPERATIONS)
}

/// `tell` of a stream in memory, as CPython has it.
///
/// # Errors
/// None in practice.
pub fn tell_counted(vm: &Vm, stream: &Stream) -> Outcome {
    Ok(Word::int(counted(vm, stream, extent(stream).1)? as isize))
}

/// `seek` of a stream in memory, as CPython has it.
///
/// # Errors
/// `OSError`, and of text `ValueError`, for places that there are not.
pub fn seek_counted(vm: &Vm, args: Args) -> Outcome {
    use crate::object::exception::{OS_ERROR, VALUE_ERROR};
    use crate::vm::raise::Part;
    let stream = stream::opened(vm, args.at(0))?;
    let offset = vm.index(args.at(1))?;
    let whence = args.get(2).map_or(Ok(0), |whence| vm.index(whence))?;
    let refused = |parts: &[Part]| vm.raise(&VALUE_ERROR, parts);
    match whence {
        0 if offset < 0 && stream.text => Err(refused(&[Part::Text("Negative seek position "), Part::Int(offset)])),
        // As of a file: MicroPython has one error for all streams of bytes.
        0 if offset < 0 => Err(vm.os_error(crate::vfs::Errno::EINVAL.0)),
        0 => {
            let place = place(vm, &stream, offset as usize)?;
            (stream.operations.seek)(vm.here(), &stream, place as i64, Whence::Start)?;
            vm.new_int(offset as i64)
        }
        1 | 2 if stream.text && offset != 0 => Err(vm.raise_text(&OS_ERROR, "Can't do nonzero cur-relative seeks")),
        1 | 2 => {
            let whence = if whence == 1 { Whence::Current } else { Whence::End };
            let place = (stream.operations.seek)(vm.here(), &stream, offset as i64, whence)?;
            Ok(Word::int(counted(vm, &stream, place as usize)? as isize))
        }
        _ => Err(refused(&[
            Part::Text(if stream.text { "Invalid whence (" } else { "invalid whence (" }),
            Part::Int(whence), Part::Text(", should be 0, 1 or 2)"),
        ])),
    }
}

#[cfg(feature = "full")]
fn truncate(vm: &Vm, args: Args) -> Outcome {
    let stream = stream::opened(vm, args.at(0))?;
    let (length, position) = extent(&stream);
    let (size, answer) = match args.get(1).filter(|size| *size != Word::NONE) {
        Some(size) => {
            let size = usize::try_from(vm.index(size)?).map_err(|_| vm.value_error("negative size value"))?;
            (place(vm, &stream, size)?, size)
        }
        None => (position, counted(vm, &stream, position)?),
    };
    // What is cut off is zero if it is ever again part of the stream.
    if let Some(buffer) = Handle::<RawBytes>::from(stream.state[0].get()) {
        buffer.tail().iter().take(length).skip(size).for_each(|cell| cell.set(0));
    }
    stream.state[1].set(Word::int(length.min(size) as isize));
    Ok(Word::int(answer as isize))
}

fn value(vm: &Vm, args: Args) -> Outcome {
    let stream = stream::opened(vm, args.at(0))?;
    let cells = contents(vm, &stream)?;
    if stream.text { vm.new_str_from_cells(cells) } else { vm.new_bytes_from_cells(cells) }
}
