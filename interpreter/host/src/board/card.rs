//! The card in the board's slot for memory cards: a file, a block of it at a time.

use super::flash::{io, lock};
use interpreter::vfs::{BlockDevice, Errno};
use machine::CardSlot;
use std::cell::Cell;
use std::fs::{File, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

/// Bytes in a block.
const BLOCK: usize = 512;

/// The slot with its card in it.
pub struct Card {
    file: File,
    blocks: u32,
    has_power: AtomicBool,
}

impl Card {
    /// Opens the image of a card.
    ///
    /// # Errors
    /// What the file answers; one that is no whole number of blocks, or has none.
    pub fn open(path: &Path) -> anyhow::Result<Card> {
        let file = OpenOptions::new().read(true).write(true).open(path)?;
        lock(&file)?;
        let size = file.metadata()?.len();
        anyhow::ensure!(
            size > 0 && size.is_multiple_of(BLOCK as u64),
            "is no image of a card: its size is no multiple of {BLOCK}"
        );
        Ok(Card { file, blocks: u32::try_from(size / BLOCK as u64)?, has_power: AtomicBool::new(false) })
    }

    /// Where so many bytes of a block lie in the file.
    fn position(&self, block: u32, length: usize) -> Result<u64, Errno> {
        match () {
            () if !self.has_power.load(Relaxed) => Err(Errno::ENODEV),
            () if u64::from(block) + length.div_ceil(BLOCK) as u64 > self.blocks.into() => Err(Errno::EINVAL),
            () => Ok(u64::from(block) * BLOCK as u64),
        }
    }
}

impl CardSlot for Card {
    fn is_present(&self) -> bool {
        true
    }

    fn card(&self) -> Option<(u32, bool)> {
        self.has_power.load(Relaxed).then_some((self.blocks, true))
    }

    fn read_blocks(&self, block: u32, to: &[Cell<u8>]) -> Result<(), Errno> {
        let mut bytes = vec![0; to.len()];
        self.read(block, 0, &mut bytes)?;
        to.iter().zip(bytes).for_each(|(to, from)| to.set(from));
        Ok(())
    }

    fn write_blocks(&self, block: u32, from: &[Cell<u8>]) -> Result<(), Errno> {
        self.write(block, &from.iter().map(Cell::get).collect::<Vec<_>>())
    }
}

impl BlockDevice for Card {
    fn block_size(&self) -> u32 {
        BLOCK as u32
    }

    fn block_count(&self) -> u32 {
        self.card().map_or(0, |(blocks, _)| blocks)
    }

    fn read(&self, block: u32, offset: u32, buffer: &mut [u8]) -> Result<(), Errno> {
        let at = self.position(block, offset as usize + buffer.len())?;
        io(self.file.read_exact_at(buffer, at + u64::from(offset)))
    }

    /// Cards have no parts of blocks.
    fn program(&self, _: u32, _: u32, _: &[u8]) -> Result<(), Errno> {
        Err(Errno::EINVAL)
    }

    /// They erase by themselves what is written.
    fn erase(&self, _: u32) -> Result<(), Errno> {
        Ok(())
    }

    fn write(&self, block: u32, bytes: &[u8]) -> Result<(), Errno> {
        let at = self.position(block, bytes.len())?;
        io(self.file.write_all_at(bytes, at))
    }

    fn sync(&self) -> Result<(), Errno> {
        // The page cache outlives the process; only a power cut of the computer could lose it.
        Ok(())
    }

    fn start(&self) -> Result<(), Errno> {
        self.has_power.store(true, Relaxed);
        Ok(())
    }

    fn stop(&self) -> Result<(), Errno> {
        self.has_power.store(false, Relaxed);
        Ok(())
    }
}
