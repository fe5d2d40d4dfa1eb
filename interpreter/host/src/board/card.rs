//! The board's slot for memory cards: empty, or its card is a file, a block of it at a time.

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

/// The slot, with its card if one is in it.
#[derive(Default)]
pub struct Slot {
    card: Option<Card>,
    has_power: AtomicBool,
}

struct Card {
    file: File,
    blocks: u32,
}

impl Slot {
    /// With the image of a card in it.
    ///
    /// # Errors
    /// What the file answers; one that is no whole number of blocks, or has none.
    pub fn open(path: &Path) -> anyhow::Result<Slot> {
        let file = OpenOptions::new().read(true).write(true).open(path)?;
        lock(&file)?;
        let size = file.metadata()?.len();
        anyhow::ensure!(
            size > 0 && size.is_multiple_of(BLOCK as u64),
            "is no image of a card: its size is no multiple of {BLOCK}"
        );
        Ok(Slot { card: Some(Card { file, blocks: u32::try_from(size / BLOCK as u64)? }), has_power: AtomicBool::new(false) })
    }

    /// The card, if it has power.
    fn powered(&self) -> Option<&Card> {
        self.card.as_ref().filter(|_| self.has_power.load(Relaxed))
    }

    /// The card's file, and where so many bytes of a block lie in it.
    fn position(&self, block: u32, length: usize) -> Result<(&File, u64), Errno> {
        match self.powered() {
            None => Err(Errno::ENODEV),
            Some(card) if u64::from(block) + length.div_ceil(BLOCK) as u64 > card.blocks.into() => Err(Errno::EINVAL),
            Some(card) => Ok((&card.file, u64::from(block) * BLOCK as u64)),
        }
    }
}

impl CardSlot for Slot {
    fn is_present(&self) -> bool {
        self.card.is_some()
    }

    fn card(&self) -> Option<(u32, bool)> {
        self.powered().map(|card| (card.blocks, true))
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

impl BlockDevice for Slot {
    fn block_size(&self) -> u32 {
        BLOCK as u32
    }

    fn block_count(&self) -> u32 {
        self.card().map_or(0, |(blocks, _)| blocks)
    }

    fn read(&self, block: u32, offset: u32, buffer: &mut [u8]) -> Result<(), Errno> {
        let (file, at) = self.position(block, offset as usize + buffer.len())?;
        io(file.read_exact_at(buffer, at + u64::from(offset)))
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
        let (file, at) = self.position(block, bytes.len())?;
        io(file.write_all_at(bytes, at))
    }

    fn sync(&self) -> Result<(), Errno> {
        // The page cache outlives the process; only a power cut of the computer could lose it.
        Ok(())
    }

    fn start(&self) -> Result<(), Errno> {
        self.has_power.store(true, Relaxed);
        if self.card.is_some() { Ok(()) } else { Err(Errno::ENODEV) }
    }

    fn stop(&self) -> Result<(), Errno> {
        self.has_power.store(false, Relaxed);
        Ok(())
    }
}
