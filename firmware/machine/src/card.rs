//! `pyb.SDCard`, which is `machine.SDCard` too: the memory card in the board's slot, as a block device.
//!
//! There is one slot, and the object is the slot: a card may come and go. It is identified when it is first needed (`power`, or by
//! whoever mounts it). Several blocks at once are one command of the card's.

use crate::hardware::{CardSlot, absent, hardware};
use interpreter::object::kind::{Slots, Type};
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vfs::device::{self, Range, device_type};
use interpreter::vfs::{Errno, mount};
use interpreter::vm::{Outcome, Root, Vm};

static SLOTS: Slots = Slots {
    make: Some(|vm, _, args| {
        vm.expect_count(args, 0, 0)?;
        device::new(vm, &SD_CARD, slot(vm)?, WHOLE)
    }),
    ..Slots::NONE
};

/// `SDCard`.
pub static SD_CARD: Type = device_type(name!(SDCard), &SLOTS, ROWS);

/// Bytes in a block.
const BLOCK: usize = 512;
/// However many blocks the card has that is there then.
const WHOLE: Range = Range { first: 0, count: u32::MAX };

table! { pub ROWS, NAMES, DOCS:
    /// present(): whether a card is in the slot.
    def present(1) = |vm, _| Ok(Word::bool(slot(vm)?.is_present()));
    /// power(on): brings the card to work, or takes its supply away; whether that went well.
    def power(2) = |vm, args| {
        let (slot, on) = (slot(vm)?, vm.truth(args.at(1))?);
        Ok(Word::bool(if on { slot.start() } else { slot.stop() }.is_ok()))
    };
    /// info(): (bytes of the card, bytes in a block, 1 where blocks are numbered (SDHC, SDXC) or 0); None before it has power.
    def info(1) = |vm, _| match slot(vm)?.card() {
        None => Ok(Word::NONE),
        Some((blocks, numbered)) => {
            let bytes = vm.new_int(i64::from(blocks) * BLOCK as i64)?;
            vm.new_tuple(&[bytes, Word::int(BLOCK as isize), Word::int(numbered.into())])
        }
    };
    /// read(block): the 512 bytes of a block.
    def read(2) = |vm, args| {
        let bytes = vm.new_bytearray(&[0; BLOCK])?;
        transfer(vm, args.at(1), bytes, true)?;
        Ok(bytes)
    };
    /// write(block, buffer): writes whole blocks.
    def write(3) = |vm, args| { transfer(vm, args.at(1), args.at(2), false)?; Ok(Word::NONE) };
    /// readblocks(block, buffer): fills the buffer with whole blocks.
    def readblocks(3) = |vm, args| transfer(vm, args.at(1), args.at(2), true);
    /// writeblocks(block, buffer): writes whole blocks.
    def writeblocks(3) = |vm, args| transfer(vm, args.at(1), args.at(2), false);
}

fn slot(vm: &Vm) -> Outcome<&'static dyn CardSlot> {
    hardware(vm)?.card_slot().ok_or_else(|| absent(vm))
}

fn transfer(vm: &Vm, block: Word, buffer: Word, read: bool) -> Outcome {
    let (slot, bytes) = (slot(vm)?, vm.buffer(buffer, read)?.bytes);
    let all = slot.card().map_or(0, |(blocks, _)| blocks);
    let first = vm.index(block).map(|number| u32::try_from(number).unwrap_or(u32::MAX))?;
    let fits = u32::try_from(bytes.len() / BLOCK).is_ok_and(|count| all.checked_sub(first).is_some_and(|rest| count <= rest));
    let done = match () {
        () if all == 0 => Err(Errno::ENODEV),
        () if !fits || !bytes.len().is_multiple_of(BLOCK) => Err(Errno::EINVAL),
        () if bytes.is_empty() => Ok(()),
        () if read => slot.read_blocks(first, bytes),
        () => slot.write_blocks(first, bytes),
    };
    done.map(|()| Word::int(0)).map_err(|errno| vm.os_error(errno.0))
}

/// Names of where modules are sought, and of the card's file system.
pub const MORE: &[&str] = &[".frozen", "/flash", "/flash/lib", "/flash/SKIPSD", "/sd", "/sd/lib"];

/// Sets `sys.path` as the scripts of pyboards know it.
///
/// # Errors
/// `MemoryError`.
pub fn set_path(vm: &Vm) -> Outcome<()> {
    let path = [name!(""), name!(".frozen"), name!("/flash"), name!("/flash/lib")].map(Word::name);
    vm.set_root(Root::Path, vm.new_list(&path)?);
    Ok(())
}

/// Mounts the card in the slot at `/sd`, where programs begin and modules are sought first, as MicroPython's boards do: unless there is
/// none, or a file `/flash/SKIPSD`. Of a card with partitions the first one that can be is mounted there, others at `/sd2` to `/sd4`, by their
/// numbers.
///
/// # Errors
/// What the card or its file system raises.
pub fn mount_card(vm: &Vm) -> Outcome<()> {
    let Some(slot) = hardware(vm)?.card_slot().filter(|slot| slot.is_present()) else { return Ok(()) };
    let skip = mount::resolve(vm, Word::name(name!("/flash/SKIPSD")));
    match skip.and_then(|(files, path)| vm.call_method(files, name!(stat), &[path])) {
        Ok(_) => return Ok(()),
        Err(raised) => drop(vm.take_raised(raised)),
    }
    slot.start().map_err(|errno| vm.os_error(errno.0))?;
    let mut first = None;
    for (part, own) in partitions(vm, slot)?.into_iter().zip(["/sd", "/sd2", "/sd3", "/sd4"]) {
        let Some(part) = part else { continue };
        match mount_part(vm, slot, part, if first.is_none() { "/sd" } else { own }) {
            Ok(files) => first = first.or(Some(files)),
            // What is no file system, or a damaged one, keeps nobody from the others.
            Err(raised) => drop(vm.take_raised(raised)),
        }
    }
    let files = first.map_or_else(|| mount_part(vm, slot, WHOLE, "/sd"), Ok)?;
    vm.set_root(Root::Directory, files);
    for entry in [name!("/sd/lib"), name!("/sd")] {
        vm.call_method(vm.root(Root::Path), name!(insert), &[Word::int(2), Word::name(entry)])?;
    }
    Ok(())
}

/// Mounts the file system in a range of the card's blocks; answers its object.
fn mount_part(vm: &Vm, slot: &'static dyn CardSlot, part: Range, point: &str) -> Outcome {
    let part = device::new(vm, &SD_CARD, slot, part)?;
    let files = vm.port.file_system_on(vm, part)?;
    vm.call_method(files, name!(mount), &[Word::FALSE, Word::FALSE])?;
    mount::mount_object(vm, files, point)?;
    Ok(files)
}

/// The partitions that the card's first block tells of and that lie on the card. One that holds a file system instead tells of none that do,
/// or of what cannot be mounted.
fn partitions(vm: &Vm, slot: &dyn CardSlot) -> Outcome<[Option<Range>; 4]> {
    const ROWS: usize = 446;
    let block = vm.new_bytearray(&[0; BLOCK])?;
    let bytes = vm.buffer(block, true)?.bytes;
    slot.read_blocks(0, bytes).map_err(|errno| vm.os_error(errno.0))?;
    let all = slot.card().map_or(0, |(blocks, _)| blocks);
    let number = |at: usize| u32::from_le_bytes([0, 1, 2, 3].map(|byte| bytes[at + byte].get()));
    Ok([0, 1, 2, 3].map(|row| {
        // The fifth byte says what is in it; 0 is nothing.
        let (kind, at) = (bytes[ROWS + 16 * row + 4].get(), ROWS + 16 * row + 8);
        let (first, count) = (number(at), number(at + 4));
        let fits = kind != 0 && first > 0 && count > 0 && first.checked_add(count).is_some_and(|end| end <= all);
        fits.then_some(Range { first, count })
    }))
}
