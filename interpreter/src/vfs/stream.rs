//! Streams: the methods that all native file-like objects share, over a few operations each kind provides.
//!
//! A stream object is a record of operations and three words of state. `read`, `readline`, iteration and the rest are
//! written once, here; a file, the console, `StringIO` and a UART differ in the record. Text streams count characters.

use crate::object::handle::{Args, Handle};
use crate::object::kind::{Header, Kind, Rows, Slots, Type};
use crate::object::name::Name;
use crate::object::print::{Builder, Printer, Style};
use crate::object::word::Word;
use crate::vfs::{Errno, Whence};
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

/// What `poll` asks and answers: readable, writable, error, hung up.
pub mod poll {
    /// Data can be read.
    pub const READ: usize = 1;
    /// Data can be written.
    pub const WRITE: usize = 4;
    /// Something is wrong.
    pub const ERROR: usize = 8;
    /// The other side is gone.
    pub const HANG_UP: usize = 16;
    /// It is closed.
    pub const INVALID: usize = 32;

    /// The answer of a stream that can be read, or written, just now.
    pub fn ready(readable: bool, writable: bool) -> usize {
        (readable as usize * READ) | (writable as usize * WRITE)
    }
}

/// The operations of a kind of stream.
pub struct Operations {
    /// Reads into `buffer`; 0 is the end. Waits for the first byte.
    pub read: fn(&Vm, &Stream, &mut [u8]) -> Outcome<usize>,
    /// Writes `bytes`; fewer, or `EAGAIN`, if the stream takes no more and does not wait. So does `read`.
    pub write: fn(&Vm, &Stream, &[u8]) -> Outcome<usize>,
    /// Whether `seek` works.
    pub seekable: bool,
    /// Moves the position.
    pub seek: fn(&Vm, &Stream, i64, Whence) -> Outcome<u64>,
    /// Makes what was written last.
    pub flush: fn(&Vm, &Stream) -> Outcome<()>,
    /// Closes; closing twice is harmless.
    pub close: fn(&Vm, &Stream) -> Outcome<()>,
    /// Which of the `poll` bits hold.
    pub poll: fn(&Vm, &Stream, usize) -> Outcome<usize>,
    /// The operating system's number of it.
    pub descriptor: fn(&Vm, &Stream) -> Outcome<isize>,
}

/// A stream object.
#[repr(C)]
pub struct Stream {
    /// Its type.
    pub header: Header,
    /// Its kind's operations.
    pub operations: &'static Operations,
    /// State: what the operations make of it. The first being `UNSET` means closed.
    pub state: [Cell<Word>; 3],
    /// Whether it deals in `str`.
    pub text: bool,
}

/// `io.TextIOWrapper`.
pub static TEXT_IO: Type = stream_type(name!(TextIOWrapper), &TEXT_SLOTS);
/// `io.FileIO`.
pub static FILE_IO: Type = stream_type(name!(FileIO), &FILE_SLOTS);

/// A class may derive from it.
static TEXT_SLOTS: Slots = Slots { make: super::status::MAKE, ..SHARED };

/// A file of bytes may lie in memory as it is.
static FILE_SLOTS: Slots = Slots { buffer: super::mapped::BUFFER, ..SHARED };

/// A type of streams.
pub const fn stream_type(name: Name, slots: &'static Slots) -> Type {
    Type { header: Header::of(&crate::object::class::TYPE), slots, name, kind: Kind::Stream, traced: 4, base: None, rows: ROWS }
}

/// What the types of streams that have methods of their own derive from.
#[cfg(feature = "standard")]
pub static STREAM: Type = stream_type(name!(IOBase), &SLOTS);

/// A type of streams with methods of its own.
#[cfg(feature = "standard")]
pub const fn derived_type(name: Name, slots: &'static Slots, rows: &'static Rows) -> Type {
    Type { base: Some(&STREAM), rows, ..stream_type(name, slots) }
}

/// Behaviours that all streams share.
pub static SLOTS: Slots = SHARED;

/// The same as a constant, for types that add a constructor.
pub const SHARED: Slots = Slots {
    print: Some(print),
    iter: Some(|_, word| Ok(word)),
    next: Some(next),
    attribute: super::status::ATTRIBUTE,
    ..Slots::NONE
};

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    out.text(vm, "<io.")?;
    out.text(vm, vm.name_text(vm.type_of(word).name))?;
    // Files of the operating system show their number.
    if let Some(stream) = Handle::<Stream>::from(word)
        && let Some(number) = number(vm, &stream)
    {
        out.counted(vm, " ", number)?;
    }
    out.text(vm, ">")
}

/// The operating system's number of an open stream, if it has one.
pub fn number(vm: &Vm, stream: &Stream) -> Option<isize> {
    if stream.state[0].get() == Word::UNSET {
        return None;
    }
    (stream.operations.descriptor)(vm.here(), stream)
        .inspect_err(|raised| {
            vm.take_raised(*raised);
        })
        .ok()
}

table! { pub ROWS, NAMES, DOCS:
    /// read([size]): reads `size` bytes or characters, or all.
    def read(1..=2) = read;
    /// readinto(buffer[, size]): reads into a buffer; answers the number of bytes.
    def readinto(2..=3) = readinto;
    /// readline([size]): reads a line with its line end.
    def readline(1..=2) = |vm, args| read_line(vm, args.at(0), size_argument(vm, args)?);
    /// readlines(): a list of all lines.
    def readlines(1) = readlines;
    /// write(data[, offset or size]): writes; answers the number of bytes (characters of a text stream).
    def write(2..=4) = write;
    /// writelines(lines): writes each.
    #[cfg(feature = "full")]
    def writelines(2) = |vm, args| {
        vm.for_each(args.at(1), &mut |line| vm.call_method(args.at(0), name!(write), &[line]).map(|_| ()))?;
        Ok(Word::NONE)
    };
    /// seekable(): whether its position can be moved.
    #[cfg(feature = "full")]
    def seekable(1) = |vm, args| Ok(Word::bool(opened(vm, args.at(0))?.operations.seekable));
    /// seek(offset[, whence]): moves the position; answers it.
    def seek(2..=3) = seek;
    /// tell(): the position.
    def tell(1) = |vm, args| {
        let stream = opened(vm, args.at(0))?;
        if let Some(answer) = super::status::tell(vm, &stream) {
            return answer;
        }
        position(vm, (stream.operations.seek)(vm.here(), &stream, 0, Whence::Current)?)
    };
    /// flush(): makes what was written last.
    def flush(1) = |vm, args| { let stream = opened(vm, args.at(0))?; (stream.operations.flush)(vm.here(), &stream)?; Ok(Word::NONE) };
    /// close(): closes.
    def close(1) = |vm, args| close(vm, args.at(0));
    /// fileno(): the operating system's number of the file.
    #[cfg(feature = "standard")]
    def fileno(1) = |vm, args| { let stream = opened(vm, args.at(0))?; (stream.operations.descriptor)(vm.here(), &stream).map(Word::int) };
    /// Begins a `with` block.
    def __enter__(1) = |_, args| Ok(args.at(0));
    /// Ends a `with` block: closes.
    def __exit__(1..=4) = |vm, args| close(vm, args.at(0));
}

/// The stream behind a word (or behind an instance of a class derived from it).
pub fn stream(vm: &Vm, word: Word) -> Outcome<Handle<Stream>> {
    Handle::from(vm.native(word)).ok_or_else(|| vm.type_error("stream operation not supported"))
}

/// The stream, which must not be closed.
///
/// # Errors
/// `ValueError` after a close.
pub fn opened(vm: &Vm, word: Word) -> Outcome<Handle<Stream>> {
    let stream = stream(vm, word)?;
    if stream.state[0].get() == Word::UNSET { Err(vm.value_error("I/O operation on closed file")) } else { Ok(stream) }
}

fn close(vm: &Vm, word: Word) -> Outcome {
    let stream = stream(vm, word)?;
    if stream.state[0].get() != Word::UNSET {
        let result = (stream.operations.close)(vm.here(), &stream);
        // The console's streams lie in static data and stay open; -1 is for kinds that know a closed one by themselves.
        if stream.state[1].get() != Word::NONE && stream.state[0].get() != Word::int(-1) {
            stream.state[0].set(Word::UNSET);
        }
        result?;
    }
    Ok(Word::NONE)
}

fn position(vm: &Vm, position: u64) -> Outcome {
    vm.new_int(position as i64)
}

fn size_argument(vm: &Vm, args: Args) -> Outcome<Option<usize>> {
    match args.get(1).filter(|size| *size != Word::NONE) {
        None => Ok(None),
        Some(size) => Ok(usize::try_from(vm.index(size)?).ok()),
    }
}

fn read(vm: &Vm, args: Args) -> Outcome {
    let stream = opened(vm, args.at(0))?;
    let mut builder = Builder::new();
    let outcome = match size_argument(vm, args)? {
        None => read_bytes(vm, &stream, usize::MAX, &mut builder),
        Some(size) if stream.text => read_characters(vm, &stream, size, &mut builder),
        Some(size) => read_bytes(vm, &stream, size, &mut builder),
    };
    if outcome.is_err() && !unless_blocked(vm, outcome)? && builder.len() == 0 {
        return Ok(Word::NONE);
    }
    finish(vm, &stream, builder)
}

/// An operation's outcome: `false` if a stream that does not wait was not ready.
fn unless_blocked(vm: &Vm, outcome: Outcome<()>) -> Outcome<bool> {
    let Err(raised) = outcome else { return Ok(true) };
    let exception = vm.take_raised(raised);
    let number = match vm.is_instance(exception, &crate::object::exception::OS_ERROR) {
        true => vm.find_attribute(exception, name!(errno))?,
        false => Word::UNSET,
    };
    if number == Word::int(Errno::EAGAIN.0 as isize) { Ok(false) } else { Err(vm.raise_word(exception)) }
}

fn read_bytes(vm: &Vm, stream: &Stream, mut size: usize, builder: &mut Builder) -> Outcome<()> {
    let mut chunk = [0; 256];
    while size > 0 {
        let count = (stream.operations.read)(vm.here(), stream, &mut chunk[..size.min(256)])?;
        if count == 0 {
            break;
        }
        builder.push(vm, &chunk[..count])?;
        size -= count;
    }
    Ok(())
}

/// Reads `size` characters: as many bytes as are surely needed, again and again.
fn read_characters(vm: &Vm, stream: &Stream, size: usize, builder: &mut Builder) -> Outcome<()> {
    let mut missing = size;
    while missing > 0 {
        let before = builder.len();
        read_bytes(vm, stream, missing, builder)?;
        if builder.len() == before {
            break;
        }
        let cells = builder.cells();
        let starts = cells.iter().filter(|cell| cell.get() & 0xc0 != 0x80).count();
        let rest = unfinished(cells);
        missing = if starts > size { 0 } else { size - starts + rest };
        if starts == size && rest == 0 {
            break;
        }
    }
    Ok(())
}

/// How many bytes the last character still lacks.
fn unfinished(cells: &[Cell<u8>]) -> usize {
    let tail = cells.iter().rev().take(4).position(|cell| cell.get() & 0xc0 != 0x80);
    let Some(behind) = tail else { return 0 };
    let length = match cells[cells.len() - 1 - behind].get() {
        0..=0x7f => 1,
        0x80..=0xdf => 2,
        0xe0..=0xef => 3,
        _ => 4,
    };
    usize::saturating_sub(length, behind + 1)
}

fn finish(vm: &Vm, stream: &Stream, builder: Builder) -> Outcome {
    if !stream.text {
        return builder.finish_bytes(vm);
    }
    let valid = crate::vfs::file::is_utf8(builder.cells());
    if valid { builder.finish_str(vm) } else { Err(vm.raise_text(&crate::object::exception::UNICODE_ERROR, "")) }
}

/// Reads once from any stream, native or written in Python; `None` if it does not wait and has nothing yet.
///
/// # Errors
/// What reading raises.
#[cfg(feature = "standard")]
pub fn read_once(vm: &Vm, stream: Word, buffer: &mut [u8]) -> Outcome<Option<usize>> {
    if let Some(native) = Handle::<Stream>::from(vm.native(stream)) {
        let mut count = 0;
        let outcome = (native.operations.read)(vm.here(), &native, buffer).map(|read| count = read);
        return Ok(unless_blocked(vm, outcome)?.then_some(count));
    }
    let array =
        vm.call(crate::object::handle::type_word(&crate::object::bytearray::BYTEARRAY), &[Word::int(buffer.len() as isize)])?;
    let answer = vm.call_method(stream, name!(readinto), &[array])?;
    if answer == Word::NONE {
        return Ok(None);
    }
    let count = usize::try_from(vm.index(answer)?).unwrap_or(0).min(buffer.len());
    let bytes = vm.buffer(array, false)?.bytes;
    buffer[..count].iter_mut().zip(bytes).for_each(|(to, from)| *to = from.get());
    Ok(Some(count))
}

/// Writes once to any stream; how many bytes it took, `None` if it does not wait and takes none now.
///
/// # Errors
/// What writing raises.
#[cfg(feature = "standard")]
pub fn write_once(vm: &Vm, stream: Word, bytes: &[u8]) -> Outcome<Option<usize>> {
    if let Some(native) = Handle::<Stream>::from(vm.native(stream)) {
        let mut count = 0;
        let outcome = (native.operations.write)(vm.here(), &native, bytes).map(|written| count = written);
        return Ok(unless_blocked(vm, outcome)?.then_some(count));
    }
    let answer = vm.call_method(stream, name!(write), &[vm.new_bytes(bytes)?])?;
    if answer == Word::NONE { Ok(None) } else { Ok(Some(usize::try_from(vm.index(answer)?).unwrap_or(0).min(bytes.len()))) }
}

/// Closes any stream: one written in Python by its `ioctl`.
///
/// # Errors
/// What closing raises.
#[cfg(feature = "standard")]
pub fn close_any(vm: &Vm, stream: Word) -> Outcome {
    match Handle::<Stream>::from(vm.native(stream)) {
        Some(_) => vm.call_method(stream, name!(close), &[]),
        None => vm.call_method(stream, name!(ioctl), &[Word::int(4), Word::int(0)]),
    }
    .map(|_| Word::NONE)
}

fn readinto(vm: &Vm, args: Args) -> Outcome {
    let stream = opened(vm, args.at(0))?;
    let length = vm.buffer(args.at(1), true)?.bytes.len();
    let wanted = match args.get(2) {
        Some(size) => usize::try_from(vm.index(size)?).unwrap_or(0).min(length),
        None => length,
    };
    let mut chunk = [0; 256];
    let mut done = 0;
    while done < wanted {
        let mut count = 0;
        let outcome =
            (stream.operations.read)(vm.here(), &stream, &mut chunk[..(wanted - done).min(256)]).map(|read| count = read);
        if outcome.is_err() && !unless_blocked(vm, outcome)? && done == 0 {
            return Ok(Word::NONE);
        }
        if count == 0 {
            break;
        }
        // Reading may have run Python (an interrupt): the buffer is looked up again.
        let buffer = vm.buffer(args.at(1), true)?;
        buffer.bytes.iter().skip(done).zip(&chunk[..count]).for_each(|(to, from)| to.set(*from));
        done += count;
    }
    Ok(Word::int(done as isize))
}

/// Reads up to a line end or `limit` bytes. A stream that can seek is read in chunks, others byte by byte.
fn read_line(vm: &Vm, word: Word, limit: Option<usize>) -> Outcome {
    let stream = opened(vm, word)?;
    let mut builder = Builder::new();
    let limit = limit.unwrap_or(usize::MAX);
    let mut chunk = [0; 128];
    while builder.len() < limit {
        let size = if stream.operations.seekable { (limit - builder.len()).min(128) } else { 1 };
        let mut count = 0;
        let outcome = (stream.operations.read)(vm.here(), &stream, &mut chunk[..size]).map(|read| count = read);
        if outcome.is_err() && !unless_blocked(vm, outcome)? && builder.len() == 0 {
            return Ok(Word::NONE);
        }
        if count == 0 {
            break;
        }
        let line = chunk[..count].iter().position(|&byte| byte == b'\n').map(|at| at + 1);
        builder.push(vm, &chunk[..line.unwrap_or(count)])?;
        if let Some(end) = line {
            if end < count {
                (stream.operations.seek)(vm.here(), &stream, end as i64 - count as i64, Whence::Current)?;
            }
            break;
        }
    }
    finish(vm, &stream, builder)
}

fn next(vm: &Vm, word: Word) -> Outcome {
    let line = read_line(vm, word, None)?;
    if line == Word::NONE || vm.length(line)? == 0 { Ok(Word::UNSET) } else { Ok(line) }
}

fn readlines(vm: &Vm, args: Args) -> Outcome {
    let lines = vm.new_list(&[])?;
    loop {
        let line = next(vm, args.at(0))?;
        if line == Word::UNSET {
            return Ok(lines);
        }
        vm.call_method(lines, name!(append), &[line])?;
    }
}

fn write(vm: &Vm, args: Args) -> Outcome {
    let stream = opened(vm, args.at(0))?;
    let Some(text) = vm.as_text(args.at(1)) else { return write_buffer(vm, &stream, args) };
    let mut written = 0;
    let outcome = (stream.operations.write)(vm.here(), &stream, text.as_bytes()).map(|count| written = count);
    if outcome.is_err() && !unless_blocked(vm, outcome)? {
        return Ok(Word::NONE);
    }
    Ok(Word::int(if stream.text { text.chars().count() } else { written } as isize))
}

fn write_buffer(vm: &Vm, stream: &Stream, args: Args) -> Outcome {
    let mut range = 0..vm.buffer(args.at(1), false)?.bytes.len();
    if let Some(first) = args.get(2) {
        let first = usize::try_from(vm.index(first)?).unwrap_or(0).min(range.end);
        range = match args.get(3) {
            // write(buffer, size) and write(buffer, offset, size)
            None => 0..first,
            Some(size) => first..first.saturating_add(usize::try_from(vm.index(size)?).unwrap_or(0)).min(range.end),
        };
    }
    let start = range.start;
    let mut chunk = [0; 256];
    while !range.is_empty() {
        let count = range.len().min(256);
        let buffer = vm.buffer(args.at(1), false)?;
        let part = buffer.bytes.get(range.start..range.start + count).ok_or_else(|| vm.value_error("buffer changed size"))?;
        chunk.iter_mut().zip(part).for_each(|(to, from)| *to = from.get());
        let mut written = 0;
        let outcome = (stream.operations.write)(vm.here(), stream, &chunk[..count]).map(|count| written = count);
        if outcome.is_err() && !unless_blocked(vm, outcome)? && range.start == start {
            return Ok(Word::NONE);
        }
        range.start += written;
        if written < count {
            break;
        }
    }
    Ok(Word::int((range.start - start) as isize))
}

fn seek(vm: &Vm, args: Args) -> Outcome {
    let stream = opened(vm, args.at(0))?;
    if let Some(answer) = super::status::seek(vm, &stream, args) {
        return answer;
    }
    let whence = match args.get(2).and_then(Word::as_int).unwrap_or(0) {
        0 => Whence::Start,
        1 => Whence::Current,
        2 => Whence::End,
        _ => return Err(vm.os_error(Errno::EINVAL.0)),
    };
    let offset = vm.index(args.at(1))? as i64;
    if whence == Whence::Start && offset < 0 {
        return Err(vm.os_error(Errno::EINVAL.0));
    }
    position(vm, (stream.operations.seek)(vm.here(), &stream, offset, whence)?)
}

/// `fileno` of streams that the operating system does not know.
pub fn no_descriptor(vm: &Vm, _: &Stream) -> Outcome<isize> {
    Err(vm.os_error(Errno::EINVAL.0))
}

/// `seek` of streams that cannot.
pub fn not_seekable(vm: &Vm, _: &Stream, _: i64, _: Whence) -> Outcome<u64> {
    Err(vm.os_error(Errno::ESPIPE.0))
}
