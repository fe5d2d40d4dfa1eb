//! The chip's flash, as a loader sees it: files to be read, images to be written, and of the loader itself nothing.

use crate::whose::MAP;
use dfu::device::Memory;
use dfu::layout::Sector;
use dfu::protocol::Status;
use stm32f4::{Chip, flash};

/// The chip's flash behind the loader.
pub struct ChipFlash;

/// The largest sector takes two seconds, a word 100 µs at most (DS8626 §5.3.12).
const ERASE_TIME: [u32; 3] = [500, 1100, 2000];
const WORD_TIME: u32 = 100;

/// The chip's sector at an address, and the offset in it.
fn sector(address: u32) -> (flash::Sector, u32) {
    // SAFETY: the linker script gives this program the sectors before the map's first alone, and no reference points behind them.
    let sectors = (MAP.first..flash::COUNT).map(|number| unsafe { flash::Sector::numbered(number) });
    let mut found = sectors.map(|sector| (sector, address.wrapping_sub(sector.address())));
    found.find(|(sector, offset)| *offset < sector.size()).expect("the layout has no other addresses")
}

impl Memory for ChipFlash {
    const WORD: usize = 4;

    fn layout(&self) -> &str {
        MAP.text
    }

    fn sector(&self, number: usize) -> Option<Sector> {
        MAP.sector(number)
    }

    fn read(&self, mut address: u32, mut into: &mut [u8]) {
        while !into.is_empty() {
            let (sector, offset) = sector(address);
            let (now, later) = into.split_at_mut(into.len().min((sector.size() - offset) as usize));
            flash::read(&Chip, sector, offset, now);
            (address, into) = (address + now.len() as u32, later);
        }
    }

    fn erase(&mut self, wanted: Sector) -> Result<(), Status> {
        flash::erase(&Chip, sector(wanted.address).0).map_err(|_| Status::Erase)
    }

    fn program(&mut self, mut address: u32, mut bytes: &[u8]) -> Result<(), Status> {
        while !bytes.is_empty() {
            let (sector, offset) = sector(address);
            let (now, later) = bytes.split_at(bytes.len().min((sector.size() - offset) as usize));
            flash::program(&Chip, sector, offset, now).map_err(|_| Status::Program)?;
            (address, bytes) = (address + now.len() as u32, later);
        }
        Ok(())
    }

    fn judge(&mut self, _: &[u8]) -> Result<(), Status> {
        // The keeper judges.
        Ok(())
    }

    fn erase_time(&self, sector: Sector) -> u32 {
        match sector.size >> 10 {
            ..=16 => ERASE_TIME[0],
            ..=64 => ERASE_TIME[1],
            _ => ERASE_TIME[2],
        }
    }

    fn program_time(&self, bytes: usize) -> u32 {
        (bytes as u32 / 4 * WORD_TIME).div_ceil(1000)
    }
}
