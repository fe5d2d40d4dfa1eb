//! The flash memory, as far as it is not the program's (RM0090 §3).
//!
//! A [`Sector`] is the right to write there: those of files are constants, since no program lies in them; a loader, which lies in front of all
//! others, says so (`unsafe`) to get those of the program that it brings.
//!
//! While a sector is erased or a word is programmed the processor waits at its next instruction, since that lies in flash as well:
//! interrupts come late then, by up to two seconds for the largest sector.

#![expect(unsafe_code, reason = "who writes a sector must know that no program lies there")]

use crate::register::{Bus, FLASH, Register, flash_word};

/// A sector that no running program lies in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sector(u8);

/// Sectors of the chip (§3.3, table 5).
pub const COUNT: u8 = 12;
/// Those that never hold a program.
pub const FILES: [Sector; 6] = [Sector(1), Sector(2), Sector(3), Sector(4), Sector(10), Sector(11)];
/// Where flash begins.
pub const BASE: u32 = 0x0800_0000;

/// The bytes of the sector of this number.
pub const fn size(number: u8) -> u32 {
    match number {
        0..=3 => 16 << 10,
        4 => 64 << 10,
        _ => 128 << 10,
    }
}

/// The address of the first byte of the sector of this number.
pub const fn address(number: u8) -> u32 {
    let offset = match number {
        0..=4 => (number as u32 * 16) << 10,
        _ => (number as u32 - 4) << 17,
    };
    BASE + offset
}

/// The bytes of some sectors.
pub const fn sizes<const COUNT: usize>(sectors: &[Sector; COUNT]) -> [u32; COUNT] {
    let (mut sizes, mut at) = ([0; COUNT], 0);
    while at < COUNT {
        sizes[at] = sectors[at].size();
        at += 1;
    }
    sizes
}

impl Sector {
    /// The sector of this number on the chip.
    ///
    /// # Safety
    /// Nothing of the running program lies there, and no reference to what does.
    pub const unsafe fn numbered(number: u8) -> Sector {
        assert!(number < COUNT, "the chip has no such sector");
        Sector(number)
    }

    /// Its bytes.
    pub const fn size(self) -> u32 {
        size(self.0)
    }

    /// The address of its first byte.
    pub const fn address(self) -> u32 {
        address(self.0)
    }

    /// The word at an offset.
    fn word(self, offset: u32) -> Register {
        assert!(offset < self.size(), "the sector ends before that");
        flash_word(self.address() - BASE + offset)
    }
}

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

/// Reads bytes of a sector.
pub fn read(bus: &impl Bus, sector: Sector, offset: u32, buffer: &mut [u8]) {
    let (mut at, mut rest) = (offset, buffer);
    while !rest.is_empty() {
        let word = bus.read(sector.word(at & !3)).to_le_bytes();
        let word = &word[at as usize % 4..];
        let (now, later) = rest.split_at_mut(word.len().min(rest.len()));
        now.copy_from_slice(&word[..now.len()]);
        (at, rest) = (at + now.len() as u32, later);
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
pub fn program(bus: &impl Bus, sector: Sector, offset: u32, bytes: &[u8]) -> Result<(), Broken> {
    opened(bus, || {
        bus.write(FLASH.cr(), PROGRAM | BY_WORDS);
        (offset..).step_by(4).zip(bytes.chunks_exact(4)).all(|(at, bytes)| {
            bus.write(sector.word(at), u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]));
            bus.comes(FLASH.sr(), PATIENCE, |sr| sr & BUSY == 0)
        })
    })
}

/// Makes all bytes of a sector 0xFF (§3.6.3).
///
/// # Errors
/// `Broken` if the memory does not do it.
pub fn erase(bus: &impl Bus, sector: Sector) -> Result<(), Broken> {
    let erased = opened(bus, || {
        let which = ERASE | BY_WORDS | u32::from(sector.0) << 3;
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
        let places = [(1, 0x4000), (2, 0x8000), (3, 0xC000), (4, 0x1_0000), (5, 0x2_0000), (11, 0xE_0000)];
        for (number, place) in places {
            assert_eq!(Sector(number).word(0), flash_word(place));
        }
        let ends = |number: u8| Sector(number).address() + Sector(number).size() == Sector(number + 1).address();
        assert!((0..COUNT - 1).all(ends), "each begins where the one before it ends");
    }

    #[test]
    fn words_are_programmed_between_unlocking_and_locking() {
        let chip = Fake::default().stuck(FLASH.sr(), 0);
        assert_eq!(program(&chip, FILES[1], 8, &[1, 2, 3, 4, 5, 6, 7, 8]), Ok(()));
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
        assert_eq!(erase(&chip, FILES[5]), Ok(()));
        assert_eq!(chip.written(FLASH.cr()), [0x25A, 0x1_025A, LOCK], "sector 11");
        assert_eq!(chip.written(FLASH.acr()), [0x305, 0x1705, 0x705, 0x705]);
        let broken = Fake::default().stuck(FLASH.sr(), 1 << 4);
        assert_eq!(erase(&broken, FILES[0]), Err(Broken), "it is write protected");
        assert_eq!(broken.written(FLASH.cr()).last(), Some(&LOCK));
    }

    #[test]
    fn bytes_are_read_from_words() {
        let chip = Fake::default().stuck(flash_word(0x4000), 0x4433_2211).stuck(flash_word(0x4004), 0x8877_6655);
        let mut bytes = [0; 5];
        read(&chip, FILES[0], 2, &mut bytes);
        assert_eq!(bytes, [0x33, 0x44, 0x55, 0x66, 0x77]);
    }
}
