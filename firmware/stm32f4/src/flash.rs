//! The flash memory, as far as it is not the program's (RM0090 §3).
//!
//! While a sector is erased or a word is programmed the processor waits at its next instruction, since that lies in flash as well:
//! interrupts come late then, by up to two seconds for the largest sector.

use crate::register::{Bus, FLASH, Register, flash_word};

/// Sectors that hold no part of the program, with their bytes (§3.3, table 5).
pub const SECTORS: [u32; 5] = [16 << 10, 16 << 10, 16 << 10, 64 << 10, 128 << 10];
/// Their numbers on the chip.
const NUMBERS: [u32; 5] = [1, 2, 3, 4, 11];

// FLASH_CR (§3.9.7).
const PROGRAM: u32 = 1;
const ERASE: u32 = 1 << 1;
const BY_WORDS: u32 = 0b10 << 8;
const START: u32 = 1 << 16;
const LOCK: u32 = 1 << 31;
// FLASH_SR (§3.9.5): what may have gone wrong, and that it still works.
const ERRORS: u32 = 0b1111_0010;
const BUSY: u32 = 1 << 16;
/// What opens the control register (§3.6.1).
const KEYS: [u32; 2] = [0x4567_0123, 0xCDEF_89AB];
// FLASH_ACR (§3.9.1): the cache of data, and its reset.
const DATA_CACHE: u32 = 1 << 10;
const RESET_DATA_CACHE: u32 = 1 << 12;
/// Readings before the memory is taken to be broken: a sector takes two seconds, a reading some cycles.
const PATIENCE: u32 = 100_000_000;

/// The memory does not do what it should.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Broken;

/// Whether the controller is there. An emulator may have the memory alone: its control register reads 0, which on a chip that
/// nobody unlocked is impossible.
pub fn is_present(bus: &impl Bus) -> bool {
    bus.read(FLASH.cr()) & LOCK != 0
}

/// The word at an offset in one of `SECTORS`.
fn word(sector: usize, offset: u32) -> Register {
    assert!(offset < SECTORS[sector], "the sector ends before that");
    let start: u32 = match NUMBERS[sector] {
        number @ 1..=4 => (number * 16) << 10,
        number => (number - 4) << 17,
    };
    flash_word(start + offset)
}

/// Reads bytes of a sector.
pub fn read(bus: &impl Bus, sector: usize, offset: u32, buffer: &mut [u8]) {
    for (at, byte) in (offset..).zip(buffer) {
        *byte = bus.read(word(sector, at & !3)).to_le_bytes()[at as usize % 4];
    }
}

/// Does something with the control register open, and closes it again.
fn opened(bus: &impl Bus, work: impl FnOnce() -> bool) -> Result<(), Broken> {
    let idle = || bus.comes(FLASH.sr(), PATIENCE, |sr| sr & BUSY == 0);
    if !idle() {
        return Err(Broken);
    }
    KEYS.iter().for_each(|key| bus.write(FLASH.keyr(), *key));
    // What went wrong before is not this work's fault; flags are cleared by ones.
    bus.write(FLASH.sr(), ERRORS);
    let done = work() && idle() && bus.read(FLASH.sr()) & ERRORS == 0;
    bus.write(FLASH.cr(), LOCK);
    if done { Ok(()) } else { Err(Broken) }
}

/// Programs words of a sector (§3.6.3).
///
/// # Errors
/// `Broken` if the memory does not take them.
pub fn program(bus: &impl Bus, sector: usize, offset: u32, bytes: &[u8]) -> Result<(), Broken> {
    opened(bus, || {
        bus.write(FLASH.cr(), PROGRAM | BY_WORDS);
        (offset..).step_by(4).zip(bytes.chunks_exact(4)).all(|(at, bytes)| {
            bus.write(word(sector, at), u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]));
            bus.comes(FLASH.sr(), PATIENCE, |sr| sr & BUSY == 0)
        })
    })
}

/// Makes all bytes of a sector 0xFF (§3.6.3).
///
/// # Errors
/// `Broken` if the memory does not do it.
pub fn erase(bus: &impl Bus, sector: usize) -> Result<(), Broken> {
    let erased = opened(bus, || {
        let which = ERASE | BY_WORDS | NUMBERS[sector] << 3;
        bus.write(FLASH.cr(), which);
        bus.write(FLASH.cr(), which | START);
        true
    });
    // The cache may still have what was there; it is emptied while it is off (§3.5.2).
    bus.clear(FLASH.acr(), DATA_CACHE);
    bus.set(FLASH.acr(), RESET_DATA_CACHE);
    bus.clear(FLASH.acr(), RESET_DATA_CACHE);
    bus.set(FLASH.acr(), DATA_CACHE);
    erased
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    #[test]
    fn a_controller_that_reads_zero_is_absent() {
        assert!(!is_present(&Fake::default()));
        assert!(is_present(&Fake::default().stuck(FLASH.cr(), 0x8000_0000)));
    }

    #[test]
    fn sectors_lie_where_the_manual_says() {
        let places = [(0, 0x4000), (1, 0x8000), (2, 0xC000), (3, 0x1_0000), (4, 0xE_0000)];
        for (sector, place) in places {
            assert_eq!(word(sector, 0), flash_word(place));
        }
    }

    #[test]
    fn words_are_programmed_between_unlocking_and_locking() {
        let chip = Fake::default().stuck(FLASH.sr(), 0);
        assert_eq!(program(&chip, 1, 8, &[1, 2, 3, 4, 5, 6, 7, 8]), Ok(()));
        let expected = [
            (FLASH.keyr(), KEYS[0]),
            (FLASH.keyr(), KEYS[1]),
            (FLASH.sr(), ERRORS),
            (FLASH.cr(), PROGRAM | BY_WORDS),
            (flash_word(0x8008), 0x0403_0201),
            (flash_word(0x800C), 0x0807_0605),
            (FLASH.cr(), LOCK),
        ];
        assert_eq!(chip.writes(), expected);
    }

    #[test]
    fn a_sector_is_erased_and_the_cache_forgets_it() {
        let chip = Fake::default().stuck(FLASH.sr(), 0).stuck(FLASH.acr(), 0x705);
        assert_eq!(erase(&chip, 4), Ok(()));
        assert_eq!(chip.written(FLASH.cr()), [0x25A, 0x1_025A, LOCK], "sector 11");
        assert_eq!(chip.written(FLASH.acr()), [0x305, 0x1705, 0x705, 0x705]);
        let broken = Fake::default().stuck(FLASH.sr(), 1 << 4);
        assert_eq!(erase(&broken, 0), Err(Broken), "it is write protected");
        assert_eq!(broken.written(FLASH.cr()).last(), Some(&LOCK));
    }

    #[test]
    fn bytes_are_read_from_words() {
        let chip = Fake::default().stuck(flash_word(0x4000), 0x4433_2211).stuck(flash_word(0x4004), 0x8877_6655);
        let mut bytes = [0; 5];
        read(&chip, 0, 2, &mut bytes);
        assert_eq!(bytes, [0x33, 0x44, 0x55, 0x66, 0x77]);
    }
}
