//! The board's flash chip: a file, a block of it at a time.

use interpreter::vfs::{BlockDevice, Errno};
use std::fs::{File, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::Path;

/// Bytes in a block.
const BLOCK: u32 = 4096;
/// Bytes of a new image: 8 MB.
const SIZE: u64 = 8 << 20;

/// An image file.
pub struct Image {
    file: File,
    blocks: u32,
}

impl Image {
    /// Opens an image, or makes one of erased flash.
    ///
    /// # Errors
    /// What the file answers; an image whose size is no number of blocks.
    pub fn open(path: &Path) -> anyhow::Result<Image> {
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        lock(&file)?;
        let mut size = file.metadata()?.len();
        if size == 0 {
            let erased = vec![0xff; BLOCK as usize];
            for block in 0..SIZE / u64::from(BLOCK) {
                file.write_all_at(&erased, block * u64::from(BLOCK))?;
            }
            size = SIZE;
        }
        anyhow::ensure!(size.is_multiple_of(BLOCK.into()) && size >= 4 * u64::from(BLOCK), "is no image of a board's flash");
        Ok(Image { file, blocks: u32::try_from(size / u64::from(BLOCK))? })
    }

    /// Whether anything was ever programmed into the first two blocks, where littlefs begins.
    pub fn is_formatted(&self) -> bool {
        let mut start = vec![0; 2 * BLOCK as usize];
        self.file.read_exact_at(&mut start, 0).is_ok() && start.iter().any(|&byte| byte != 0xff)
    }

    fn position(&self, block: u32, offset: u32, length: usize) -> Result<u64, Errno> {
        let inside = block < self.blocks && u64::from(offset) + length as u64 <= BLOCK.into();
        if inside { Ok(u64::from(block) * u64::from(BLOCK) + u64::from(offset)) } else { Err(Errno::EINVAL) }
    }
}

/// Takes an image for this board alone: two on one would destroy it.
pub(super) fn lock(file: &File) -> anyhow::Result<()> {
    file.try_lock().map_err(|_| anyhow::anyhow!("is in use by another board; end that one, or choose another image"))
}

pub(super) fn io(result: std::io::Result<()>) -> Result<(), Errno> {
    result.map_err(|error| if error.kind() == std::io::ErrorKind::StorageFull { Errno::ENOSPC } else { Errno::EIO })
}

impl BlockDevice for Image {
    fn block_size(&self) -> u32 {
        BLOCK
    }

    fn block_count(&self) -> u32 {
        self.blocks
    }

    fn read(&self, block: u32, offset: u32, buffer: &mut [u8]) -> Result<(), Errno> {
        let at = self.position(block, offset, buffer.len())?;
        io(self.file.read_exact_at(buffer, at))
    }

    fn program(&self, block: u32, offset: u32, bytes: &[u8]) -> Result<(), Errno> {
        let at = self.position(block, offset, bytes.len())?;
        io(self.file.write_all_at(bytes, at))
    }

    fn erase(&self, block: u32) -> Result<(), Errno> {
        let at = self.position(block, 0, BLOCK as usize)?;
        io(self.file.write_all_at(&[0xff; BLOCK as usize], at))
    }

    fn sync(&self) -> Result<(), Errno> {
        // The page cache outlives the process; only a power cut of the computer could lose it.
        Ok(())
    }
}

/// Bytes of a sector.
const SECTOR: u32 = 512;

/// The same chip in sectors of 512 bytes, which are written whole: what a computer takes for a disk.
pub struct Sectors(pub &'static Image);

impl BlockDevice for Sectors {
    fn block_size(&self) -> u32 {
        SECTOR
    }

    fn block_count(&self) -> u32 {
        self.0.blocks * (BLOCK / SECTOR)
    }

    fn read(&self, block: u32, offset: u32, buffer: &mut [u8]) -> Result<(), Errno> {
        let place = block % (BLOCK / SECTOR) * SECTOR + offset;
        self.0.read(block / (BLOCK / SECTOR), place, buffer)
    }

    fn program(&self, block: u32, offset: u32, bytes: &[u8]) -> Result<(), Errno> {
        let place = block % (BLOCK / SECTOR) * SECTOR + offset;
        self.0.program(block / (BLOCK / SECTOR), place, bytes)
    }

    fn erase(&self, block: u32) -> Result<(), Errno> {
        self.program(block, 0, &[0xff; SECTOR as usize])
    }

    fn write(&self, block: u32, bytes: &[u8]) -> Result<(), Errno> {
        self.program(block, 0, bytes)
    }

    fn sync(&self) -> Result<(), Errno> {
        self.0.sync()
    }
}
