//! The slot for a memory card, at the back of the board: the chip's interface (`stm32f4::sdio`), its six pins, and the one by which the
//! slot tells that a card is in it.

use core::cell::Cell;
use interpreter::vfs::{BlockDevice, Errno};
use machine::CardSlot;
use stm32f4::Chip;
use stm32f4::gpio::{Mode, Pin, Pull};
use stm32f4::sdio::{self, Card, Error};

/// Low while a card is in the slot.
const DETECT: Pin = Pin::named("A8");
/// Four data lines, the clock and the commands.
const PINS: [Pin; 6] =
    [Pin::named("C8"), Pin::named("C9"), Pin::named("C10"), Pin::named("C11"), Pin::named("C12"), Pin::named("D2")];
const FUNCTION: Mode = Mode::Alternate(12);
const BLOCK: usize = sdio::BLOCK as usize;

/// The slot.
struct Slot {
    card: Cell<Option<Card>>,
}

// SAFETY: interrupts do not come here, and there is no other thread.
#[expect(unsafe_code, reason = "what is known of the card is the only thread's")]
unsafe impl Sync for Slot {}

static SLOT: Slot = Slot { card: Cell::new(None) };

/// The board's slot.
pub fn slot() -> &'static dyn CardSlot {
    &SLOT
}

/// Sets up the pin that tells of a card.
pub fn start() {
    DETECT.configure(&Chip, Mode::Input, Pull::Up);
}

fn errno(error: Error) -> Errno {
    match error {
        Error::Silent => Errno::ETIMEDOUT,
        Error::Garbled | Error::Refused => Errno::EIO,
    }
}

impl Slot {
    fn working(&self) -> Result<Card, Errno> {
        self.card.get().ok_or(Errno::ENODEV)
    }
}

impl CardSlot for Slot {
    /// An emulator's pins read as low, and have no pull-up either.
    fn is_present(&self) -> bool {
        DETECT.configuration(&Chip).1 == Pull::Up && !DETECT.read(&Chip)
    }

    fn card(&self) -> Option<(u32, bool)> {
        self.card.get().map(|card| (card.blocks, card.numbered))
    }

    fn read_blocks(&self, block: u32, to: &[Cell<u8>]) -> Result<(), Errno> {
        self.working()?.read(&Chip, block, to).map_err(errno)
    }

    fn write_blocks(&self, block: u32, from: &[Cell<u8>]) -> Result<(), Errno> {
        let address = from.as_ptr().expose_provenance() as u32;
        self.working()?.write(&Chip, block, address, from.len() as u32).map_err(errno)
    }
}

impl BlockDevice for Slot {
    fn block_size(&self) -> u32 {
        sdio::BLOCK
    }

    fn block_count(&self) -> u32 {
        self.card.get().map_or(0, |card| card.blocks)
    }

    fn read(&self, block: u32, offset: u32, buffer: &mut [u8]) -> Result<(), Errno> {
        let card = self.working()?;
        if buffer.len() == BLOCK {
            return card.read(&Chip, block, Cell::from_mut(buffer).as_slice_of_cells()).map_err(errno);
        }
        let whole = [const { Cell::new(0) }; BLOCK];
        card.read(&Chip, block, &whole).map_err(errno)?;
        buffer.iter_mut().zip(&whole[offset as usize..]).for_each(|(to, from)| *to = from.get());
        Ok(())
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
        let address = bytes.as_ptr().expose_provenance() as u32;
        self.working()?.write(&Chip, block, address, bytes.len() as u32).map_err(errno)
    }

    fn sync(&self) -> Result<(), Errno> {
        Ok(())
    }

    fn start(&self) -> Result<(), Errno> {
        if !self.is_present() {
            return self.stop().and(Err(Errno::ENODEV));
        }
        if self.card.get().is_some_and(|card| card.is_ready(&Chip)) {
            return Ok(());
        }
        PINS.iter().for_each(|pin| pin.configure(&Chip, FUNCTION, Pull::Up));
        self.card.set(sdio::start(&Chip).map(Some).map_err(errno)?);
        Ok(())
    }

    fn stop(&self) -> Result<(), Errno> {
        self.card.set(None);
        sdio::stop(&Chip);
        Ok(())
    }
}
