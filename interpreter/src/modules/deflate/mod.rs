//! `deflate`: streams that compress what is written and decompress what is read: raw, zlib (RFC 1950) and gzip (RFC 1952).
//!
//! The state is one object in Python's heap, the window another, made when it is first needed. Reading takes a byte at a time
//! from the stream behind, so that this is left right behind the compressed data.

mod compress;
mod inflate;
pub mod source;

use crate::object::exception;
use crate::object::handle::{Args, Handle, type_word};
use crate::object::kind::{Header, Kind, Rows, Slots, Type};
use crate::object::print::RawBytes;
use crate::object::word::Word;
use crate::vfs::stream::{self, Operations, Stream, poll};
use crate::vfs::{Errno, any};
use crate::vm::{Outcome, Raised, Vm};
use compress::Compress;
use core::cell::{Cell, RefCell};
use inflate::{Fault, Inflate};

table! { pub ROWS, NAMES, DOCS:
    /// DeflateIO(stream, format=AUTO, wbits=0, close=False): compresses to, or decompresses from, a stream.
    const DeflateIO = type_word(&DEFLATE_IO);
    /// Reading: zlib or gzip, by the first byte. Writing: raw.
    const AUTO = Word::int(Format::Auto as isize);
    /// The data alone.
    const RAW = Word::int(Format::Raw as isize);
    /// With zlib's header and checksum.
    const ZLIB = Word::int(Format::Zlib as isize);
    /// With gzip's header and checksum.
    const GZIP = Word::int(Format::Gzip as isize);
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Auto,
    Raw,
    Zlib,
    Gzip,
}

/// Bits of the window where nothing says another number.
const WINDOW_BITS: u32 = 8;

/// What a stream does, once it has begun.
#[expect(clippy::large_enum_variant, reason = "lies in an object of its own")]
enum Work {
    Nothing,
    Read(Inflate),
    Write(Compress),
    /// The end was read, or an error met.
    Done,
    Closed,
}

/// The state behind a stream.
#[repr(C)]
pub struct Engine {
    header: Header,
    /// The window: `RawBytes`, or `UNSET`.
    window: Cell<Word>,
    /// A number of bits, or 0.
    bits: Cell<u32>,
    format: Cell<Format>,
    /// Whether closing closes the stream behind.
    closes: bool,
    /// Checksum of what was not compressed, and its length.
    check: Cell<u32>,
    length: Cell<u32>,
    work: RefCell<core::mem::ManuallyDrop<Work>>,
}

/// The type of `Engine`, which no program sees.
static ENGINE: Type = Type {
    header: Header::of(&crate::object::class::TYPE),
    slots: &Slots::NONE,
    name: name!(DeflateIO),
    kind: Kind::Deflate,
    traced: 1,
    base: None,
    rows: Rows::NONE,
};

static SLOTS: Slots = Slots { make: Some(|vm, _, args| make(vm, args)), ..stream::SHARED };
/// `deflate.DeflateIO`. State: [0] the stream behind, [1] `NONE` (a closed one raises `OSError`), [2] the engine.
static DEFLATE_IO: Type = stream::stream_type(name!(DeflateIO), &SLOTS);

static OPERATIONS: Operations = Operations {
    read,
    write,
    seekable: false,
    seek: stream::not_seekable,
    flush: |_, _| Ok(()),
    close,
    poll: |_, _, wanted| Ok(wanted & (poll::READ | poll::WRITE)),
    descriptor: stream::no_descriptor,
};

fn make(vm: &Vm, args: Args) -> Outcome {
    let option = |index, name| args.either(index, name);
    let Some(behind) = args.get(0) else { return Err(vm.type_error("DeflateIO(stream) takes at least one argument")) };
    let number = |index, name| option(index, name).map_or(Ok(0), |word| vm.index(word));
    let format = match number(1, name!(format))? {
        0 => Format::Auto,
        1 => Format::Raw,
        2 => Format::Zlib,
        3 => Format::Gzip,
        _ => return Err(vm.value_error("format")),
    };
    let bits = match number(2, name!(wbits))? {
        bits @ (0 | 5..=15) => Cell::new(bits as u32),
        _ => return Err(vm.value_error("wbits")),
    };
    let closes = option(3, name!(close)).map_or(Ok(false), |word| vm.truth(word))?;
    let (header, window) = (Header::of(&ENGINE), Cell::new(Word::UNSET));
    let (format, check, length) = (Cell::new(format), Cell::new(0), Cell::new(0));
    let work = RefCell::new(core::mem::ManuallyDrop::new(Work::Nothing));
    let engine = vm.new_object(Engine { header, window, bits, format, closes, check, length, work })?;
    let state = [behind, Word::NONE, engine.word()].map(Cell::new);
    let header = Header::of(&DEFLATE_IO);
    Ok(vm.new_object(Stream { header, operations: &OPERATIONS, state, text: false })?.word())
}

fn engine(stream: &Stream) -> Handle<Engine> {
    Handle::from(stream.state[2].get()).expect("a stream of deflate has an engine")
}

fn invalid(vm: &Vm) -> Raised {
    vm.os_error(Errno::EINVAL.0)
}

/// Uses the engine. A stream behind that is written in Python may come back here.
fn on<T>(vm: &Vm, engine: &Engine, action: impl FnOnce(&mut Work) -> Outcome<T>) -> Outcome<T> {
    let Ok(mut work) = engine.work.try_borrow_mut() else { return Err(vm.os_error(Errno::EBUSY.0)) };
    action(&mut work)
}

fn window(engine: &Engine) -> Handle<RawBytes> {
    Handle::from(engine.window.get()).expect("an engine at work has a window")
}

fn read(vm: &Vm, stream: &Stream, buffer: &mut [u8]) -> Outcome<usize> {
    let (engine, behind) = (engine(stream), stream.state[0].get());
    on(vm, &engine, |work| {
        if let Work::Nothing = work {
            begin_reading(vm, &engine, behind)?;
            *work = Work::Read(Inflate::new());
        }
        let inflate = match work {
            Work::Read(inflate) => inflate,
            Work::Done => return Ok(0),
            _ => return Err(invalid(vm)),
        };
        let read = inflate_into(vm, &engine, behind, inflate, buffer);
        if !matches!(read, Ok(count) if count == buffer.len()) {
            *work = Work::Done;
        }
        read
    })
}

fn inflate_into(vm: &Vm, engine: &Engine, behind: Word, inflate: &mut Inflate, buffer: &mut [u8]) -> Outcome<usize> {
    let window = window(engine);
    for count in 0..buffer.len() {
        match inflate.next(window.get().tail(), &mut || byte(vm, behind)) {
            Ok(Some(byte)) => {
                sum(engine, &[byte]);
                buffer[count] = byte;
            }
            Ok(None) => return check_end(vm, engine, behind).map(|()| count),
            Err(Fault::Input(raised)) => return Err(raised),
            Err(Fault::Invalid) => return Err(invalid(vm)),
        }
    }
    Ok(buffer.len())
}

fn byte(vm: &Vm, behind: Word) -> Outcome<u8> {
    let mut byte = [0];
    match any::read(vm, behind, &mut byte)? {
        0 => Err(vm.raise(&exception::EOF_ERROR, &[])),
        _ => Ok(byte[0]),
    }
}

fn bytes<const N: usize>(vm: &Vm, behind: Word) -> Outcome<[u8; N]> {
    let mut bytes = [0; N];
    for place in &mut bytes {
        *place = byte(vm, behind)?;
    }
    Ok(bytes)
}

/// Reads the header, and makes the window that it asks for.
fn begin_reading(vm: &Vm, engine: &Engine, behind: Word) -> Outcome<()> {
    let mut bits = WINDOW_BITS;
    if engine.format.get() != Format::Raw {
        let head = bytes::<2>(vm, behind)?;
        let found = match head {
            [0x1f, 0x8b] => Format::Gzip,
            // Deflate, a window of at most 32 kB, a header that is a multiple of 31, no dictionary.
            [first, second]
                if first & 15 == 8
                    && first >> 4 <= 7
                    && (u16::from(first) << 8 | u16::from(second)) % 31 == 0
                    && second & 0x20 == 0 =>
            {
                bits = u32::from(first >> 4) + 8;
                Format::Zlib
            }
            _ => return Err(invalid(vm)),
        };
        if engine.format.get() != Format::Auto && engine.format.get() != found {
            return Err(invalid(vm));
        }
        engine.format.set(found);
        if found == Format::Gzip {
            skip_gzip_head(vm, behind)?;
            bits = 15;
        }
    }
    engine.check.set(checksum_start(engine.format.get()));
    make_window(vm, engine, bits)
}

/// The rest of gzip's header, of which nothing matters here.
fn skip_gzip_head(vm: &Vm, behind: Word) -> Outcome<()> {
    let [method, flags, ..] = bytes::<8>(vm, behind)?;
    if method != 8 {
        return Err(invalid(vm));
    }
    if flags & 4 != 0 {
        for _ in 0..u16::from_le_bytes(bytes(vm, behind)?) {
            byte(vm, behind)?;
        }
    }
    // A name and a comment, each closed by a zero.
    for flag in [8, 16] {
        while flags & flag != 0 && byte(vm, behind)? != 0 {}
    }
    if flags & 2 != 0 {
        bytes::<2>(vm, behind)?;
    }
    Ok(())
}

fn make_window(vm: &Vm, engine: &Engine, default: u32) -> Outcome<()> {
    let bits = if engine.bits.get() == 0 { default } else { engine.bits.get() };
    engine.window.set(vm.new_raw_bytes(1 << bits)?.word());
    Ok(())
}

fn check_end(vm: &Vm, engine: &Engine, behind: Word) -> Outcome<()> {
    let given = match engine.format.get() {
        Format::Zlib => u32::from_be_bytes(bytes(vm, behind)?),
        Format::Gzip => {
            let check = !u32::from_le_bytes(bytes(vm, behind)?);
            bytes::<4>(vm, behind)?;
            check
        }
        _ => return Ok(()),
    };
    if given == engine.check.get() { Ok(()) } else { Err(invalid(vm)) }
}

fn checksum_start(format: Format) -> u32 {
    match format {
        Format::Zlib => 1,
        Format::Gzip => !0,
        _ => 0,
    }
}

/// Goes on with the checksum (Adler-32, or the CRC before its last inversion) and the length.
fn sum(engine: &Engine, bytes: &[u8]) {
    let mut check = engine.check.get();
    for &byte in bytes {
        check = match engine.format.get() {
            Format::Zlib => {
                let a = ((check & 0xffff) + u32::from(byte)) % 65521;
                ((((check >> 16) + a) % 65521) << 16) | a
            }
            Format::Gzip => {
                let step = |crc: u32, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg());
                (0..8).fold(check ^ u32::from(byte), step)
            }
            _ => check,
        };
    }
    engine.check.set(check);
    engine.length.set(engine.length.get().wrapping_add(bytes.len() as u32));
}

fn write(vm: &Vm, stream: &Stream, data: &[u8]) -> Outcome<usize> {
    let (engine, behind) = (engine(stream), stream.state[0].get());
    on(vm, &engine, |work| {
        if let Work::Nothing = work {
            begin_writing(vm, &engine, behind)?;
            *work = Work::Write(Compress::new());
        }
        let Work::Write(compress) = work else { return Err(invalid(vm)) };
        let window = window(&engine);
        compress.write(window.get().tail(), data, &mut |byte| any::write_all(vm, behind, &[byte]))?;
        sum(&engine, data);
        Ok(data.len())
    })
}

fn begin_writing(vm: &Vm, engine: &Engine, behind: Word) -> Outcome<()> {
    make_window(vm, engine, WINDOW_BITS)?;
    engine.check.set(checksum_start(engine.format.get()));
    let written = match engine.format.get() {
        Format::Zlib => {
            // Not all readers take a header that says 8 bits.
        let first = (window(engine).len().trailing_zeros().max(9) as u8 - 8) << 4 | 8;
            let second = 0x80 | (31 - (u16::from(first) << 8 | 0x80) % 31) as u8;
            any::write_all(vm, behind, &[first, second])
        }
        Format::Gzip => any::write_all(vm, behind, &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 3]),
        _ => Ok(()),
    };
    written.map_err(|raised| {
        // As the reference words it.
        vm.take_raised(raised);
        invalid(vm)
    })
}

/// Ends what was being written; closing twice is harmless.
fn close(vm: &Vm, stream: &Stream) -> Outcome<()> {
    let (engine, behind) = (engine(stream), stream.state[0].get());
    let finished = on(vm, &engine, |work| {
        let mut old = core::mem::replace(work, Work::Closed);
        if let Work::Closed = old {
            return Ok(false);
        }
        if let Work::Write(compress) = &mut old {
            compress.finish(&mut |byte| any::write_all(vm, behind, &[byte]))?;
            let mut foot = [0; 8];
            let foot = match engine.format.get() {
                Format::Zlib => {
                    foot[..4].copy_from_slice(&engine.check.get().to_be_bytes());
                    &foot[..4]
                }
                Format::Gzip => {
                    foot[..4].copy_from_slice(&(!engine.check.get()).to_le_bytes());
                    foot[4..].copy_from_slice(&engine.length.get().to_le_bytes());
                    &foot
                }
                _ => &[],
            };
            any::write_all(vm, behind, foot)?;
        }
        Ok(true)
    });
    engine.window.set(Word::UNSET);
    match finished {
        Ok(true) if engine.closes => any::close(vm, behind),
        finished => finished.map(|_| ()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Compress, Fault, Inflate};
    use core::cell::Cell;
    use std::vec::Vec;

    fn inflate(bytes: &[u8], window: usize) -> Result<Vec<u8>, Fault<()>> {
        let window: Vec<Cell<u8>> = std::vec![Cell::new(0); window];
        let (mut inflate, mut input, mut out) = (Inflate::new(), bytes.iter(), Vec::new());
        while out.len() < 1 << 20
            && let Some(byte) = inflate.next(&window, &mut || input.next().copied().ok_or(()))?
        {
            out.push(byte);
        }
        Ok(out)
    }

    #[test]
    fn what_is_compressed_comes_back() {
        let mut seed = 1_u32;
        let mut random = move || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            seed >> 16
        };
        for round in 0..300 {
            let (alphabet, length, bits) = (1 + random() % 20, random() % 2000, 5 + round % 11);
            let data: Vec<u8> = (0..length).map(|_| (random() % alphabet) as u8).collect();
            let window: Vec<Cell<u8>> = std::vec![Cell::new(0); 1 << bits];
            let (mut compress, mut packed) = (Compress::new(), Vec::new());
            let mut output = |byte| -> Result<(), ()> {
                packed.push(byte);
                Ok(())
            };
            for part in data.chunks(1 + random() as usize % 300) {
                compress.write(&window, part, &mut output).expect("never fails");
            }
            compress.finish(&mut output).expect("never fails");
            assert_eq!(inflate(&packed, 1 << bits).as_ref(), Ok(&data), "round {round}");
        }
    }

    #[test]
    fn no_bytes_make_it_fail_otherwise_than_by_saying_so() {
        let mut seed = 7_u64;
        for _ in 0..200_000 {
            let mut bytes = [0_u8; 24];
            for place in &mut bytes {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                *place = (seed >> 40) as u8;
            }
            // Every kind of block, the ones with their own codes most often.
            bytes[0] = bytes[0] & !6 | [2, 4, 4, 0][(seed >> 60) as usize & 3];
            let _ = inflate(&bytes, 64);
        }
    }
}
