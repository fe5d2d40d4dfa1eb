//! Files that lie in memory as they are: the stream of such a file is a bytes-like object, also when it was closed.
//!
//! The third word of a file's stream is what watches it; or a tuple of that and of an object that shows the bytes (None if there is
//! none), and on hosts of what the program opened it by: the path and the mode.

use super::FileId;
use super::driver::Driver;
use super::stream::Stream;
use crate::object::handle::Handle;
use crate::object::kind::Buffer;
use crate::object::tuple::Tuple;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

/// The bytes of a file's stream.
pub const BUFFER: Option<for<'v> fn(&'v Vm, Word, bool) -> Option<Buffer<'v>>> = Some(buffer);

fn buffer(vm: &Vm, stream: Word, writable: bool) -> Option<Buffer<'_>> {
    let shown = pair(&*Handle::<Stream>::from(stream)?)?.at(1)?;
    if writable { None } else { vm.type_of(shown).slots.buffer.and_then(|buffer| buffer(vm.here(), shown, false)) }
}

fn pair(stream: &Stream) -> Option<Handle<Tuple>> {
    stream.state[2].get().set().and_then(Handle::from)
}

/// Looks whether a file that was just opened lies in memory.
pub fn opened(vm: &Vm, stream: &Stream, driver: &Driver, file: FileId) -> Outcome<()> {
    let shown = driver.mapped(vm, file)?;
    if shown != Word::NONE {
        let watch = stream.state[2].get().set().unwrap_or(Word::NONE);
        stream.state[2].set(vm.new_tuple(&[watch, shown])?);
    }
    Ok(())
}

/// Keeps what the program gave to `open`: a file tells its name and its mode also when it is closed.
pub fn remember(vm: &Vm, stream: &Stream, path: Word, mode: Word) -> Outcome<()> {
    let shown = pair(stream).and_then(|pair| pair.at(1)).unwrap_or(Word::NONE);
    stream.state[2].set(vm.new_tuple(&[watch(stream), shown, path, mode])?);
    Ok(())
}

/// The path and the mode that `remember` was told.
pub fn remembered(stream: &Stream) -> Option<(Word, Word)> {
    let kept = pair(stream)?;
    Some((kept.at(2)?, kept.at(3)?))
}

/// What watches the stream.
pub fn watch(stream: &Stream) -> Word {
    pair(stream).and_then(|pair| pair.at(0)).unwrap_or(stream.state[2].get())
}
