//! Where the board keeps its files: blocks of 512 bytes, FAT on them, or the littlefs that a program made there.
//!
//! On the chip they are a log (`storage::log`) over the sectors of its flash that are not the program's. An emulator has no flash
//! controller: there they are a file of the computer, if the emulator's command line names one, or the upper part of the heap,
//! which a reset leaves alone. The file system lies in Python's heap like one that a program mounts, and is made anew with it.
#![expect(unsafe_code, reason = "the devices of the only thread lie in a static")]

use crate::sectors::{FILES, SIZES};
use crate::semihosting::File;
use crate::{memory, usb};
use core::cell::{Cell, OnceCell};
use interpreter::object::handle::type_word;
use interpreter::vfs::{BlockDevice, Errno, driver, mount};
use interpreter::vm::{Outcome, Vm};
use stm32f4::{Chip, flash};
use storage::log::{self, Log};
use storage::shared::Shared;
use storage::{defaults, object};

/// What may lie on blocks besides FAT.
pub const FORMATS: &[object::Mark] = &[object::LFS2];
/// Where the files are seen.
pub const POINT: &str = "/flash";

/// Bytes in a block.
const BLOCK: usize = log::BLOCK;
/// Blocks of a file.
const FILE_BLOCKS: usize = 112 * 1024 / BLOCK;
/// Blocks in RAM.
const RAM_BLOCKS: usize = 24 * 1024 / BLOCK;

/// The chip's flash.
struct ChipFlash;

type ChipDisk = Log<ChipFlash, { FILES.len() }, { log::capacity(&flash::sizes(&FILES)) }>;

/// Blocks that are simply there.
struct Plain {
    blocks: Blocks,
    count: usize,
}

enum Blocks {
    File(File),
    Ram(&'static [Cell<u8>]),
}

/// Kept for ever: the file system points to it.
struct Found<T>(T);

// SAFETY: interrupts do not come here, and there is no other thread.
unsafe impl<T> Sync for Found<T> {}

static CHIP: Found<ChipDisk> = Found(Log::new(ChipFlash));
static PLAIN: Found<OnceCell<Plain>> = Found(OnceCell::new());

/// Finds the board's disk; called once, before the first interpreter.
///
/// # Errors
/// What the chip's flash answers.
pub fn find() -> Result<(), Errno> {
    if flash::is_present(&Chip) {
        return CHIP.0.mount();
    }
    let plain = PLAIN.0.get_or_init(|| match File::from_command_line() {
        Some(file) => Plain { blocks: Blocks::File(file), count: FILE_BLOCKS },
        None => Plain { blocks: Blocks::Ram(memory::take_disk(RAM_BLOCKS * BLOCK)), count: RAM_BLOCKS },
    });
    plain.complete()
}

/// The board's disk, once it was found, as programs have it.
pub fn device() -> &'static dyn BlockDevice {
    &SHARED
}

/// It is the computer's as well.
pub static SHARED: Shared = Shared::new(found, usb::wait_for_computer);

fn found() -> &'static dyn BlockDevice {
    match PLAIN.0.get() {
        Some(plain) => plain,
        None => &CHIP.0,
    }
}

/// The same, as the computer has it.
pub struct Whole;

impl ::usb::disk::Volume for Whole {
    fn count(&self) -> u32 {
        found().block_count()
    }

    fn read(&mut self, block: u32, into: &mut [u8; BLOCK]) -> bool {
        found().read(block, 0, into).is_ok()
    }

    fn write(&mut self, block: u32, bytes: &[u8; BLOCK]) -> bool {
        found().write(block, bytes).is_ok()
    }

    fn sync(&mut self) -> bool {
        found().sync().is_ok()
    }
}

/// Mounts the files. Where there is no file system, FAT is made, with the default files in it; where `anew` asks for that, too: then
/// what was there is lost.
///
/// # Errors
/// What the disk answers; what the heap has no room for.
pub fn attach(vm: &Vm, anew: bool) -> Outcome<()> {
    let flash = machine::flash(vm)?;
    let files = if anew { vm.call(type_word(&object::VFS_FAT), &[flash])? } else { object::find(vm, flash, FORMATS)? };
    driver::driver(vm, files)?.on(vm, |files| {
        if !anew && files.attach(false).is_ok() {
            return Ok(());
        }
        files.format()?;
        defaults::write(files, defaults::PYBOARD)
    })?;
    mount::mount_object(vm, files, POINT)
}

/// Closes the files: what a program left open is as it was written last.
///
/// # Errors
/// What the disk answers.
pub fn detach(vm: &Vm) -> Outcome<()> {
    match mount::mounted_at(vm, POINT) {
        Some(files) => driver::driver(vm, files)?.on(vm, |files| files.unmount()),
        None => Ok(()),
    }
}

impl log::Flash for ChipFlash {
    fn sectors(&self) -> &[u32] {
        &SIZES
    }

    fn read(&self, sector: usize, offset: u32, buffer: &mut [u8]) -> Result<(), Errno> {
        flash::read(&Chip, FILES[sector], offset, buffer);
        Ok(())
    }

    fn program(&self, sector: usize, offset: u32, bytes: &[u8]) -> Result<(), Errno> {
        flash::program(&Chip, FILES[sector], offset, bytes).map_err(|_| Errno::EIO)
    }

    fn erase(&self, sector: usize) -> Result<(), Errno> {
        flash::erase(&Chip, FILES[sector]).map_err(|_| Errno::EIO)
    }
}

impl Plain {
    /// A new file of the computer has no blocks yet.
    fn complete(&self) -> Result<(), Errno> {
        match &self.blocks {
            Blocks::File(file) if file.length() < self.count * BLOCK => {
                (0..self.count).try_for_each(|block| self.erase(block as u32))
            }
            _ => Ok(()),
        }
    }

    fn place(&self, block: u32, offset: u32, length: usize) -> Result<usize, Errno> {
        let (block, offset) = (block as usize, offset as usize);
        if block < self.count && offset + length <= BLOCK { Ok(block * BLOCK + offset) } else { Err(Errno::EINVAL) }
    }

    fn put(&self, at: usize, bytes: &[u8]) -> Result<(), Errno> {
        match &self.blocks {
            Blocks::File(file) => file.write(at, bytes),
            Blocks::Ram(ram) => {
                ram[at..at + bytes.len()].iter().zip(bytes).for_each(|(to, from)| to.set(*from));
                Ok(())
            }
        }
    }
}

impl BlockDevice for Plain {
    fn block_size(&self) -> u32 {
        BLOCK as u32
    }

    fn block_count(&self) -> u32 {
        self.count as u32
    }

    fn read(&self, block: u32, offset: u32, buffer: &mut [u8]) -> Result<(), Errno> {
        let at = self.place(block, offset, buffer.len())?;
        match &self.blocks {
            Blocks::File(file) => file.read(at, buffer),
            Blocks::Ram(ram) => {
                buffer.iter_mut().zip(&ram[at..]).for_each(|(to, from)| *to = from.get());
                Ok(())
            }
        }
    }

    fn program(&self, block: u32, offset: u32, bytes: &[u8]) -> Result<(), Errno> {
        let at = self.place(block, offset, bytes.len())?;
        self.put(at, bytes)
    }

    fn erase(&self, block: u32) -> Result<(), Errno> {
        let at = self.place(block, 0, BLOCK)?;
        self.put(at, &[0xFF; BLOCK])
    }

    fn write(&self, block: u32, bytes: &[u8]) -> Result<(), Errno> {
        self.program(block, 0, bytes)
    }

    fn sync(&self) -> Result<(), Errno> {
        Ok(())
    }
}
