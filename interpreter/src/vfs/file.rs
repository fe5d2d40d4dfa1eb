//! Opening files, and the streams of files that a driver opened.

use super::driver::Driver;
use super::stream::{FILE_IO, Operations, Stream, TEXT_IO, poll};
use super::{FileId, FileSystem, OpenMode, Whence, abandoned, mapped, mount};
use crate::object::handle::{Args, Handle};
use crate::object::kind::Header;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

/// Whether bytes in cells are UTF-8.
pub fn is_utf8(cells: &[Cell<u8>]) -> bool {
    let mut chunk = [0; 64];
    let mut at = 0;
    while at < cells.len() {
        let part = &cells[at..cells.len().min(at + 64)];
        chunk.iter_mut().zip(part).for_each(|(to, from)| *to = from.get());
        match core::str::from_utf8(&chunk[..part.len()]) {
            Ok(_) => at += part.len(),
            // A character cut by the chunk's end is looked at again with what follows it.
            Err(error) if error.error_len().is_none() && error.valid_up_to() > 0 && at + part.len() < cells.len() => {
                at += error.valid_up_to();
            }
            Err(_) => return false,
        }
    }
    true
}

/// `open(path, mode="r", buffering=-1, encoding=None)`: asks the file system that is mounted there.
pub fn open(vm: &Vm, args: Args) -> Outcome {
    let special = super::status::special_open(vm, args)?;
    if special != Word::UNSET {
        return Ok(special);
    }
    let mode = args.either(1, name!(mode)).unwrap_or(Word::name(name!(r)));
    // A number is a descriptor of the operating system, whose files are those of the current directory.
    let (file_system, path) = match args.at(0).as_int() {
        Some(_) => (mount::resolve(vm, Word::name(name!(".")))?.0, args.at(0)),
        None => mount::resolve(vm, args.at(0))?,
    };
    let opened = vm.call_method(file_system, name!(open), &[path, mode])?;
    if crate::WHOLE
        && let Some(stream) = Handle::<Stream>::from(opened)
        && is_file(&stream)
    {
        mapped::remember(vm, &stream, args.at(0), mode)?;
        // A file whose number is known holds nothing back.
        if super::status::by_lines(args) {
            super::stream::number(vm, &stream);
        }
    }
    Ok(opened)
}

/// Whether it is a stream of a file that a driver opened.
pub fn is_file(stream: &Stream) -> bool {
    core::ptr::eq(stream.operations, &OPERATIONS)
}

/// Reads Python's mode; the second is whether the stream deals in `str`. Without `r`, `w`, `a`, `x` it is for reading, as in
/// the reference.
///
/// # Errors
/// `ValueError` for anything that is not a mode.
pub fn parse_mode(vm: &Vm, mode: &str) -> Outcome<(OpenMode, bool)> {
    let (mut open, mut text) = (OpenMode::default(), true);
    for letter in mode.bytes() {
        match letter {
            b'r' => open.read = true,
            b'w' => (open.write, open.create, open.truncate) = (true, true, true),
            b'a' => (open.write, open.create, open.append) = (true, true, true),
            b'x' => (open.write, open.create, open.exclusive) = (true, true, true),
            b'+' => (open.read, open.write) = (true, true),
            b'b' => text = false,
            b't' => text = true,
            _ => return Err(vm.value_error("invalid mode")),
        }
    }
    open.read |= !open.write;
    Ok((open, text))
}

/// A stream on a file that `open` opens with `driver`. The stream comes first: a file that nobody could close is never open.
pub fn open_stream(vm: &Vm, driver: Handle<Driver>, text: bool, open: impl FnOnce() -> Outcome<FileId>) -> Outcome {
    let header = Header::of(if text { &TEXT_IO } else { &FILE_IO });
    let state = [Word::UNSET, driver.word(), Word::UNSET].map(Cell::new);
    let stream = vm.new_object(Stream { header, operations: &OPERATIONS, state, text })?;
    let watch = abandoned::watch(vm, stream.word(), driver.word())?;
    let file = open()?;
    stream.state[0].set(Word::int(file.0 as isize));
    stream.state[2].set(watch);
    abandoned::opened(watch, file);
    mapped::opened(vm, &stream, &driver, file)?;
    Ok(stream.word())
}

static OPERATIONS: Operations = Operations {
    read: |vm, stream, buffer| on(vm, stream, |fs, file| fs.read(file, buffer)),
    write: |vm, stream, bytes| on(vm, stream, |fs, file| fs.write(file, bytes)),
    seekable: true,
    seek: |vm, stream, offset, whence: Whence| on(vm, stream, |fs, file| fs.seek(file, offset, whence)),
    flush: |vm, stream| on(vm, stream, |fs, file| fs.flush(file)),
    close,
    poll: |vm, stream, wanted| on(vm, stream, |fs, file| fs.poll(file, wanted & (poll::READ | poll::WRITE))),
    descriptor: |vm, stream| on(vm, stream, |fs, file| fs.descriptor(file)),
};

fn close(vm: &Vm, stream: &Stream) -> Outcome<()> {
    abandoned::closed(mapped::watch(stream));
    let mut knows = false;
    let result = on(vm, stream, |fs, file| {
        knows = fs.knows_closed();
        fs.close(file)
    });
    if knows {
        stream.state[0].set(Word::int(-1));
    }
    result
}

fn on<T>(vm: &Vm, stream: &Stream, action: impl FnOnce(&dyn FileSystem, FileId) -> Result<T, super::Errno>) -> Outcome<T> {
    let driver = Handle::<Driver>::from(stream.state[1].get()).expect("a file's stream knows its driver");
    let file = FileId(stream.state[0].get().int_value() as u32);
    driver.on(vm, |fs| action(fs, file))
}
