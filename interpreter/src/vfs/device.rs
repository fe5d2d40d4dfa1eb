//! Block devices as programs know them: `readblocks`, `writeblocks` and `ioctl`, both ways.
//!
//! `using` shows an object that has these methods as a Rust `BlockDevice`; a type made by `device_type` gives a Rust one these
//! methods. What a device written in Python raises waits in the adapter: the file system sees `EIO` and comes to its end, then the
//! exception goes on. Such a device gets a view of bytes that are its own to keep, never the file system's memory.

use super::{BlockDevice, Errno};
use crate::object::handle::{Args, Handle, type_word};
use crate::object::kind::{Header, Kind, Rows, Slots, Type};
use crate::object::memoryview::MEMORYVIEW;
use crate::object::name::Name;
use crate::object::print::{Printer, Style};
use crate::object::word::Word;
use crate::vm::raise::Part::{Text, TypeOf};
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

/// What `ioctl` is asked, by the reference's numbers.
mod request {
    pub const START: isize = 1;
    pub const STOP: isize = 2;
    pub const SYNC: isize = 3;
    pub const COUNT: isize = 4;
    pub const SIZE: isize = 5;
    pub const ERASE: isize = 6;
}

/// Bytes in a block of a device that does not say.
const SIZE: u32 = 512;

/// How a device is spoken to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Protocol {
    /// Whole blocks, which the device erases before it writes them: `writeblocks(block, buffer)`.
    Blocks,
    /// Parts of blocks, erased before by the file system: `writeblocks(block, buffer, offset)`.
    Parts,
}

/// How large a device is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Geometry {
    /// Bytes in a block.
    pub block_size: u32,
    /// Blocks.
    pub block_count: u32,
}

/// Starts a device, and asks how large it is.
///
/// # Errors
/// What the device raises; `EINVAL` for an impossible size, `ENODEV` for what is no block device.
pub fn start(vm: &Vm, device: Word) -> Outcome<Geometry> {
    if let Some(native) = Handle::<Device>::from(vm.native(device)) {
        let part = native.part();
        part.device.start().map_err(|errno| vm.os_error(errno.0))?;
        return Ok(Geometry { block_size: part.block_size(), block_count: part.block_count() });
    }
    if vm.find_attribute(device, name!(readblocks))? == Word::UNSET {
        return Err(vm.os_error(Errno::ENODEV.0));
    }
    refused(vm, ioctl(vm, device, request::START, 1)?)?.map_err(|errno| vm.os_error(errno.0))?;
    let size = ioctl(vm, device, request::SIZE, 0)?;
    let size = if size == Word::NONE { SIZE as isize } else { vm.index(size)? };
    let count = vm.index(ioctl(vm, device, request::COUNT, 0)?)?;
    match (u32::try_from(size), u32::try_from(count)) {
        (Ok(block_size), Ok(block_count)) if block_size > 0 => Ok(Geometry { block_size, block_count }),
        _ => Err(vm.os_error(Errno::EINVAL.0)),
    }
}

/// Runs `action` on a device.
///
/// # Errors
/// What a device written in Python raised meanwhile.
pub fn using(
    vm: &Vm,
    device: Word,
    protocol: Protocol,
    geometry: Geometry,
    action: &mut dyn FnMut(&dyn BlockDevice),
) -> Outcome<()> {
    if let Some(native) = Handle::<Device>::from(vm.native(device)) {
        action(&native.part());
        return Ok(());
    }
    let vm = vm.here();
    let written = Written { vm, object: device, protocol, geometry, raised: Cell::new(Word::UNSET) };
    // A file that is closed since nothing refers to it any more may be one of this device's.
    vm.hold_weak(|| action(&written));
    written.raised.get().set().map_or(Ok(()), |exception| Err(vm.raise_word(exception)))
}

/// A device written in Python, for the time of an action.
struct Written<'v> {
    vm: &'v Vm,
    object: Word,
    protocol: Protocol,
    geometry: Geometry,
    /// What it raised first.
    raised: Cell<Word>,
}

/// The error that a device answered: a number below 0. Others mean nothing, and might be taken for a count.
fn refused(vm: &Vm, answer: Word) -> Outcome<Result<(), Errno>> {
    if answer == Word::NONE {
        return Ok(Ok(()));
    }
    // What other interpreters say of an answer that is no number, too, which drivers may have been tried with.
    let number = match vm.is_instance(answer, &crate::object::str::STR) {
        true => Err(vm.raise(&crate::object::exception::TYPE_ERROR, &[Text("can't convert "), TypeOf(answer), Text(" to int")])),
        false => vm.index(answer),
    };
    Ok(match number? {
        0 => Ok(()),
        number if number < 0 => Err(Errno(number.unsigned_abs().min(u16::MAX.into()) as u16)),
        _ => Err(Errno::EINVAL),
    })
}

/// Asks a device; one of the oldest kind has `sync` and `count` instead of `ioctl`.
fn ioctl(vm: &Vm, device: Word, request: isize, argument: isize) -> Outcome {
    if let Some(method) = vm.find_attribute(device, name!(ioctl))?.set() {
        return vm.call(method, &[Word::int(request), Word::int(argument)]);
    }
    match request {
        request::COUNT => vm.call_method(device, name!(count), &[]),
        request::SYNC => match vm.find_attribute(device, name!(sync))?.set() {
            Some(method) => vm.call(method, &[]),
            None => Ok(Word::NONE),
        },
        _ => Ok(Word::NONE),
    }
}

impl Written<'_> {
    /// Does something with the device, unless it has failed already.
    fn ask(&self, ask: impl FnOnce(&Vm) -> Outcome<Result<(), Errno>>) -> Result<(), Errno> {
        if self.raised.get() != Word::UNSET {
            return Err(Errno::EIO);
        }
        ask(self.vm).unwrap_or_else(|raised| {
            self.raised.set(self.vm.take_raised(raised));
            Err(Errno::EIO)
        })
    }

    /// Calls `method` with a view of `bytes`, which are answered as well.
    fn transfer(&self, vm: &Vm, method: Word, bytes: &[u8], (block, offset): (u32, u32)) -> Outcome<(Word, Result<(), Errno>)> {
        let bytes = vm.new_bytearray(bytes)?;
        // A view, since the device must not change the number of bytes.
        let view = vm.call(type_word(&MEMORYVIEW), &[bytes])?;
        let arguments = [vm.new_int(block.into())?, view, Word::int(offset as isize)];
        let count = if self.protocol == Protocol::Blocks { 2 } else { 3 };
        Ok((bytes, refused(vm, vm.call(method, &arguments[..count])?)?))
    }

    fn put(&self, block: u32, offset: u32, bytes: &[u8]) -> Result<(), Errno> {
        self.ask(|vm| match vm.find_attribute(self.object, name!(writeblocks))?.set() {
            None => Ok(Err(Errno::EROFS)),
            Some(method) => self.transfer(vm, method, bytes, (block, offset)).map(|answer| answer.1),
        })
    }
}

impl BlockDevice for Written<'_> {
    fn block_size(&self) -> u32 {
        self.geometry.block_size
    }

    fn block_count(&self) -> u32 {
        self.geometry.block_count
    }

    fn read(&self, block: u32, offset: u32, buffer: &mut [u8]) -> Result<(), Errno> {
        self.ask(|vm| {
            let method = vm.find_attribute(self.object, name!(readblocks))?;
            let (bytes, answer) = self.transfer(vm, method, buffer, (block, offset))?;
            buffer.iter_mut().zip(vm.buffer(bytes, false)?.bytes).for_each(|(to, from)| *to = from.get());
            Ok(answer)
        })
    }

    fn program(&self, block: u32, offset: u32, bytes: &[u8]) -> Result<(), Errno> {
        self.put(block, offset, bytes)
    }

    fn erase(&self, block: u32) -> Result<(), Errno> {
        self.ask(|vm| refused(vm, ioctl(vm, self.object, request::ERASE, block as isize)?))
    }

    fn write(&self, block: u32, bytes: &[u8]) -> Result<(), Errno> {
        self.put(block, 0, bytes)
    }

    fn sync(&self) -> Result<(), Errno> {
        self.ask(|vm| refused(vm, ioctl(vm, self.object, request::SYNC, 0)?))
    }
}

/// Blocks of a device.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Range {
    /// The first one.
    pub first: u32,
    /// How many.
    pub count: u32,
}

/// The object of a device written in Rust, or of some of its blocks.
#[repr(C)]
pub struct Device {
    header: Header,
    device: &'static dyn BlockDevice,
    range: Range,
}

impl Device {
    fn part(&self) -> Part {
        Part { device: self.device, range: self.range }
    }
}

/// Some of a device's blocks, numbered from 0.
struct Part {
    device: &'static dyn BlockDevice,
    range: Range,
}

impl Part {
    fn block(&self, block: u32) -> Result<u32, Errno> {
        if block < self.block_count() { Ok(self.range.first + block) } else { Err(Errno::EINVAL) }
    }
}

impl BlockDevice for Part {
    fn block_size(&self) -> u32 {
        self.device.block_size()
    }

    fn block_count(&self) -> u32 {
        // Another card may have fewer.
        self.range.count.min(self.device.block_count().saturating_sub(self.range.first))
    }

    fn read(&self, block: u32, offset: u32, buffer: &mut [u8]) -> Result<(), Errno> {
        self.device.read(self.block(block)?, offset, buffer)
    }

    fn program(&self, block: u32, offset: u32, bytes: &[u8]) -> Result<(), Errno> {
        self.device.program(self.block(block)?, offset, bytes)
    }

    fn erase(&self, block: u32) -> Result<(), Errno> {
        self.device.erase(self.block(block)?)
    }

    fn write(&self, block: u32, bytes: &[u8]) -> Result<(), Errno> {
        self.device.write(self.block(block)?, bytes)
    }

    fn sync(&self) -> Result<(), Errno> {
        self.device.sync()
    }

    fn acquire(&self) -> bool {
        self.device.acquire()
    }

    fn release(&self, held: bool) {
        self.device.release(held);
    }
}

/// A type of such objects: `slots` make one, `rows` are what it has besides the protocol.
pub const fn device_type(name: Name, slots: &'static Slots, rows: &'static Rows) -> Type {
    let base = Some(&DEVICE);
    Type { header: Header::of(&crate::object::class::TYPE), slots, name, kind: Kind::BlockDevice, traced: 0, base, rows }
}

static SLOTS: Slots = Slots::NONE;
static DEVICE: Type = Type { base: None, ..device_type(name!(BlockDevice), &SLOTS, ROWS) };

table! { pub ROWS, NAMES, DOCS:
    /// readblocks(block, buffer[, offset]): fills the buffer with what the device holds from there on.
    def readblocks(3..=4) = read_blocks;
    /// writeblocks(block, buffer[, offset]): writes whole blocks; with an offset, parts that are erased.
    def writeblocks(3..=4) = write_blocks;
    /// ioctl(request, argument): 3 writes what lies in buffers, 4 answers the number of blocks, 5 their size, 6 erases one.
    def ioctl(3) = control;
}

/// The object of a device's blocks, of a type made by `device_type`.
pub fn new(vm: &Vm, ty: &'static Type, device: &'static dyn BlockDevice, range: Range) -> Outcome {
    Ok(vm.new_object(Device { header: Header::of(ty), device, range })?.word())
}

/// Writes `Type(start=0, len=0)`, in bytes, for the types of devices that are made so.
pub fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let Device { device, range, .. } = &*vm.receiver::<Device>(word)?;
    let size = device.block_size() as isize;
    out.word(vm, Word::name(vm.type_of(word).name), Style::Str)?;
    out.counted(vm, "(start=", range.first as isize * size)?;
    out.counted(vm, ", len=", range.count as isize * size)?;
    out.text(vm, ")")
}

fn receiver(vm: &Vm, args: Args) -> Outcome<Part> {
    Ok(vm.receiver::<Device>(args.at(0))?.part())
}

/// The byte of the device where the arguments say that it begins, if `length` bytes from there on are its.
fn place(vm: &Vm, device: &Part, args: Args, length: usize) -> Outcome<u64> {
    let number = |word| vm.index(word).map(|number| u64::try_from(number).unwrap_or(u64::MAX));
    let size = u64::from(device.block_size());
    let offset = args.get(3).map_or(Ok(0), number)?;
    let start = number(args.at(1))?.checked_mul(size).and_then(|start| start.checked_add(offset));
    let end = start.and_then(|start| start.checked_add(length as u64));
    match (start, end) {
        (Some(start), Some(end)) if end <= size * u64::from(device.block_count()) => Ok(start),
        _ => Err(vm.os_error(Errno::EINVAL.0)),
    }
}

/// The parts of `length` bytes from `start` on: block, offset in it, position in the buffer, bytes; none longer than `most`.
fn parts(start: u64, length: usize, size: u64, most: usize) -> impl Iterator<Item = (u32, u32, usize, usize)> {
    let mut done = 0;
    core::iter::from_fn(move || {
        let at = start + done as u64;
        let (block, offset) = ((at / size) as u32, (at % size) as u32);
        let count = (length - done).min(most).min((size - u64::from(offset)) as usize);
        let part = (block, offset, done, count);
        done += count;
        (count > 0).then_some(part)
    })
}

fn read_blocks(vm: &Vm, args: Args) -> Outcome {
    let device = receiver(vm, args)?;
    let bytes = vm.buffer(args.at(2), true)?.bytes;
    let start = place(vm, &device, args, bytes.len())?;
    let mut chunk = [0; SIZE as usize];
    for (block, offset, done, count) in parts(start, bytes.len(), device.block_size().into(), chunk.len()) {
        device.read(block, offset, &mut chunk[..count]).map_err(|errno| vm.os_error(errno.0))?;
        bytes[done..].iter().zip(&chunk[..count]).for_each(|(to, from)| to.set(*from));
    }
    Ok(Word::int(0))
}

fn write_blocks(vm: &Vm, args: Args) -> Outcome {
    let device = receiver(vm, args)?;
    let bytes = vm.buffer(args.at(2), false)?.bytes;
    let start = place(vm, &device, args, bytes.len())?;
    let (size, whole) = (device.block_size(), args.get(3).is_none());
    if whole && !bytes.len().is_multiple_of(size as usize) {
        return Err(vm.os_error(Errno::EINVAL.0));
    }
    let mut chunk = [0; SIZE as usize];
    for (block, offset, done, count) in parts(start, bytes.len(), size.into(), chunk.len()) {
        chunk.iter_mut().zip(&bytes[done..done + count]).for_each(|(to, from)| *to = from.get());
        let written = match whole {
            true if size == SIZE => device.write(block, &chunk),
            true if offset == 0 => device.erase(block).and_then(|()| device.program(block, 0, &chunk[..count])),
            _ => device.program(block, offset, &chunk[..count]),
        };
        written.map_err(|errno| vm.os_error(errno.0))?;
    }
    Ok(Word::int(0))
}

fn control(vm: &Vm, args: Args) -> Outcome {
    let device = receiver(vm, args)?;
    let argument = args.at(2).as_int().and_then(|number| u32::try_from(number).ok()).unwrap_or(0);
    let done = match vm.index(args.at(1))? {
        request::COUNT => return vm.new_int(device.block_count().into()),
        request::SIZE => return vm.new_int(device.block_size().into()),
        request::START => device.device.start(),
        request::STOP => device.device.stop(),
        request::SYNC => device.sync(),
        request::ERASE if argument < device.block_count() => device.erase(argument),
        _ => Err(Errno::EINVAL),
    };
    done.map(|()| Word::int(0)).map_err(|errno| vm.os_error(errno.0))
}
