//! Firmware of the virtual pyboard: what is in it does not matter, only that it is whole, that it begins as a program of this chip does, and what it
//! says of itself.

use anyhow::{Result, ensure};
use bootloader::loading::ROOM;
use bootloader::map::IMAGES;
use dfu::file::{Element, Suffix, write};
use dfu::label::{Label, SIGNATURE, seal};
use ed25519_compact::{KeyPair, Seed};

/// Where a pyboard's code lies: behind its files.
pub const CODE: u32 = IMAGES.start;
/// Where its files lie, and how many bytes they have in the first sectors.
pub const FILES: (u32, usize) = (0x0800_4000, 112 << 10);
/// The board that the firmware says it is for, as the virtual one says of itself.
pub const BOARD: &str = "virtual board with STM32F405";

/// An image: vectors, a label, so many bytes of code, a checksum, and the signature of its maker, if it has one. Another seed is another version.
pub fn image(seed: u64, code: usize, chip: &str, maker: Option<&KeyPair>) -> Vec<u8> {
    let mut bytes = noise(seed, PAGE_SIZE + code.next_multiple_of(4));
    bytes[..4].copy_from_slice(&ROOM.ram.end.to_le_bytes());
    bytes[4..8].copy_from_slice(&(CODE | 0x201).to_le_bytes());
    let version = concat!("Taipan v", env!("CARGO_PKG_VERSION"));
    bytes[LABEL..LABEL + Label::SIZE].copy_from_slice(&Label::new(chip, BOARD, version).to_bytes());
    let checksum = seal(&mut bytes, maker.map_or(0, |_| SIGNATURE)).expect("it has a label");
    bytes.extend_from_slice(&checksum);
    if let Some(maker) = maker {
        let signature = maker.sk.sign(&bytes, None);
        bytes.extend_from_slice(&*signature);
    }
    bytes
}

/// Bytes of the first page, and where in it the label lies.
const PAGE_SIZE: usize = dfu::label::PAGE;
const LABEL: usize = 392;

/// Somebody who signs images.
pub fn maker(seed: u8) -> KeyPair {
    KeyPair::from_seed(Seed::new([seed; 32]))
}

/// The parts of a whole image of this version: one, where the loader wants it.
pub fn parts(seed: u64, code: usize) -> Vec<(u32, Vec<u8>)> {
    vec![(CODE, image(seed, code, ROOM.chip, None))]
}

/// The `.dfu` file of these parts, for ST's loaders.
pub fn file(parts: &[(u32, Vec<u8>)]) -> Result<Vec<u8>> {
    let elements: Vec<_> = parts.iter().map(|(address, data)| Element { address: *address, data }).collect();
    let mut bytes = Vec::new();
    let suffix = Suffix { device: 0xFFFF, product: 0xDF11, vendor: 0x0483 };
    ensure!(write(suffix, "rig", &elements, &mut |part| bytes.extend_from_slice(part)), "the parts do not fit a file");
    Ok(bytes)
}

/// Bytes without a pattern, the same for a seed each time.
pub fn noise(seed: u64, count: usize) -> Vec<u8> {
    let mut numbers = Numbers(seed);
    (0..count).map(|_| numbers.next() as u8).collect()
}

/// Numbers without a pattern (splitmix64).
pub struct Numbers(pub u64);

impl Numbers {
    /// The next one.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// One below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }
}
