//! The board's flash chip: a file, a block of it at a time.
//!
//! littlefs reads sixteen bytes at a time, most often of the blocks of a folder, and walks through all of a long folder for every name in it:
//! so the blocks that were read last are kept, or each of these reads would be a call of the system.

use interpreter::vfs::{BlockDevice, Errno};
use std::fs::{File, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::{Mutex, MutexGuard};

/// Bytes in a block.
const BLOCK: u32 = 4096;
/// Bytes of a new image: 8 MB.
const SIZE: u64 = 8 << 20;

/// An image file.
pub struct Image {
    file: File,
    blocks: u32,
    recent: Mutex<Recent>,
}

/// Blocks that are kept.
const KEPT: usize = 64;

/// What was read last, each block in the place that its number gives it.
struct Recent([Option<(u32, Box<[u8; BLOCK as usize]>)>; KEPT]);

impl Recent {
    fn place(&mut self, block: u32) -> &mut Option<(u32, Box<[u8; BLOCK as usize]>)> {
        &mut self.0[block as usize % KEPT]
    }

    fn of(&mut self, block: u32) -> Option<&mut [u8; BLOCK as usize]> {
        match self.place(block) {
            Some((kept, bytes)) if *kept == block => Some(bytes),
            _ => None,
        }
    }
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
        let recent = Mutex::new(Recent([const { None }; KEPT]));
        Ok(Image { file, blocks: u32::try_from(size / u64::from(BLOCK))?, recent })
    }

    /// Whether anything was ever programmed into the first two blocks, where littlefs begins.
    pub fn is_formatted(&self) -> bool {
        let mut start = vec![0; 2 * BLOCK as usize];
        self.file.read_exact_at(&mut start, 0).is_ok() && start.iter().any(|&byte| byte != 0xff)
    }

    fn recent(&self) -> MutexGuard<'_, Recent> {
        self.recent.lock().expect("nobody panics with it")
    }

    /// Writes to the file, and to what is kept of the block; of one that was not written whole, nobody knows what it holds.
    fn put(&self, block: u32, offset: u32, bytes: &[u8]) -> Result<(), Errno> {
        let at = self.position(block, offset, bytes.len())?;
        let mut recent = self.recent();
        let done = io(self.file.write_all_at(bytes, at));
        match (&done, recent.of(block)) {
            (Ok(()), Some(kept)) => kept[offset as usize..offset as usize + bytes.len()].copy_from_slice(bytes),
            (Err(_), Some(_)) => *recent.place(block) = None,
            (_, None) => {}
        }
        done
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
        self.position(block, offset, buffer.len())?;
        let mut recent = self.recent();
        if recent.of(block).is_none() {
            let mut bytes = Box::new([0; BLOCK as usize]);
            io(self.file.read_exact_at(&mut *bytes, self.position(block, 0, BLOCK as usize)?))?;
            *recent.place(block) = Some((block, bytes));
        }
        let kept = recent.of(block).expect("it was just put there");
        buffer.copy_from_slice(&kept[offset as usize..offset as usize + buffer.len()]);
        Ok(())
    }

    fn program(&self, block: u32, offset: u32, bytes: &[u8]) -> Result<(), Errno> {
        self.put(block, offset, bytes)
    }

    fn erase(&self, block: u32) -> Result<(), Errno> {
        self.put(block, 0, &[0xff; BLOCK as usize])
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_what_the_file_holds_whatever_was_kept() {
        let path = std::env::temp_dir().join(format!("taipan-flash-{}.img", std::process::id()));
        let image = Image::open(&path).expect("it is made");
        let far = KEPT as u32 + 1; // it takes the place of block 1
        let read = |block, offset| {
            let mut bytes = [0; 4];
            image.read(block, offset, &mut bytes).map(|()| bytes)
        };
        assert_eq!(read(1, 8), Ok([0xff; 4]));
        image.program(1, 8, b"kept").expect("it is there");
        image.program(far, 8, b"away").expect("it is there");
        assert_eq!((read(1, 8), read(far, 8), read(1, 8)), (Ok(*b"kept"), Ok(*b"away"), Ok(*b"kept")));
        image.erase(1).expect("it is there");
        assert_eq!((read(1, 8), read(far, 8)), (Ok([0xff; 4]), Ok(*b"away")));
        assert_eq!(read(1, BLOCK - 3), Err(Errno::EINVAL));
        drop(image);
        let again = std::fs::read(&path).expect("it is there");
        assert_eq!(&again[(far * BLOCK + 8) as usize..][..4], b"away");
        std::fs::remove_file(&path).expect("it is ours");
    }
}
