//! Where the board keeps its files: blocks with littlefs on them.
//!
//! An emulator has no flash controller: there the blocks are a file of the computer, if the emulator's command line names one, or
//! the upper part of the heap, which a reset leaves alone.
#![expect(unsafe_code, reason = "devices of a single thread lie in statics")]

use crate::memory;
use crate::semihosting::File;
use core::cell::{Cell, OnceCell};
use interpreter::vfs::{BlockDevice, Errno, FileSystem};
use storage::format::OnDevice;
use storage::littlefs::Littlefs;

/// The board's files.
pub type Files = OnDevice<Littlefs>;

/// Bytes in a block.
const BLOCK: usize = 512;
/// Blocks of a file: as much as the sectors 1 to 4 of the chip's flash have.
const FILE_BLOCKS: usize = 112 * 1024 / BLOCK;
/// Blocks in RAM.
const RAM_BLOCKS: usize = 24 * 1024 / BLOCK;

/// The board's disk.
pub struct Disk {
    blocks: Blocks,
    count: usize,
}

enum Blocks {
    File(File),
    Ram(&'static [Cell<u8>]),
}

/// Kept for ever: the file system points to it.
struct Found(OnceCell<Disk>);

// SAFETY: interrupts do not come here, and there is no other thread.
unsafe impl Sync for Found {}

/// The board's disk, found once.
pub fn find() -> &'static Disk {
    static FOUND: Found = Found(OnceCell::new());
    FOUND.0.get_or_init(|| match File::from_command_line() {
        Some(file) => Disk { blocks: Blocks::File(file), count: FILE_BLOCKS },
        None => Disk { blocks: Blocks::Ram(memory::take_disk(RAM_BLOCKS * BLOCK)), count: RAM_BLOCKS },
    })
}

impl Disk {
    /// The file system on it; where there is none, an empty one is made, and the default files in it.
    ///
    /// # Errors
    /// What the disk answers.
    pub fn load(&'static self, files: &'static Files) -> Result<(), Errno> {
        let files = files.at(0);
        if self.is_complete() && files.load().is_ok() {
            return Ok(());
        }
        (0..self.count).try_for_each(|block| self.erase(block as u32))?;
        files.format()?;
        storage::defaults::write(&files)
    }

    /// Whether all blocks exist: a new file of the computer has none.
    fn is_complete(&self) -> bool {
        match &self.blocks {
            Blocks::File(file) => file.length() >= self.count * BLOCK,
            Blocks::Ram(_) => true,
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

impl BlockDevice for Disk {
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
