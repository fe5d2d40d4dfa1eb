//! Where the board keeps its files: blocks with littlefs on them.
//!
//! On the chip they are a log (`storage::log`) over the sectors of its flash that are not the program's. An emulator has no flash
//! controller: there they are a file of the computer, if the emulator's command line names one, or the upper part of the heap,
//! which a reset leaves alone.
#![expect(unsafe_code, reason = "the devices of the only thread lie in a static")]

use crate::memory;
use crate::sectors::{FILES, SIZES};
use crate::semihosting::File;
use core::cell::{Cell, OnceCell};
use interpreter::vfs::{BlockDevice, Errno, FileSystem};
use stm32f4::{Chip, flash};
use storage::format::OnDevice;
use storage::littlefs::Littlefs;
use storage::log::{self, Log};

/// The board's files.
pub type Files = OnDevice<Littlefs>;

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

/// Kept for ever: the file system points to them.
struct Found {
    chip: ChipDisk,
    plain: OnceCell<Plain>,
}

// SAFETY: interrupts do not come here, and there is no other thread.
unsafe impl Sync for Found {}

/// The board's disk; called once, before the first interpreter.
///
/// # Errors
/// What the chip's flash answers.
pub fn find() -> Result<&'static dyn BlockDevice, Errno> {
    static FOUND: Found = Found { chip: Log::new(ChipFlash), plain: OnceCell::new() };
    if flash::is_present(&Chip) {
        FOUND.chip.mount()?;
        return Ok(&FOUND.chip);
    }
    let plain = FOUND.plain.get_or_init(|| match File::from_command_line() {
        Some(file) => Plain { blocks: Blocks::File(file), count: FILE_BLOCKS },
        None => Plain { blocks: Blocks::Ram(memory::take_disk(RAM_BLOCKS * BLOCK)), count: RAM_BLOCKS },
    });
    plain.complete()?;
    Ok(plain)
}

/// Loads the file system; where there is none, an empty one is made, and the default files in it.
///
/// # Errors
/// What the disk answers.
pub fn load(files: &'static Files) -> Result<(), Errno> {
    let files = files.at(0);
    if files.load().is_ok() {
        return Ok(());
    }
    files.format()?;
    storage::defaults::write(&files)
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
