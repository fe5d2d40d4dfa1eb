//! Firmware of the virtual pyboard: what is in it does not matter, only that it is whole, and that it begins as a program of this chip does.

use crate::pyboard::FLASH;
use anyhow::{Result, ensure};
use dfu::file::{Element, Suffix, write};

/// Where a pyboard's code lies: behind its files, which are in sectors 1 to 4.
pub const CODE: u32 = 0x0802_0000;
/// Where its files lie, and how many bytes they have.
pub const FILES: (u32, usize) = (0x0800_4000, 112 << 10);

/// Two parts, as a pyboard's firmware has: vectors, and so many bytes of code. Another seed is another version.
pub fn parts(seed: u64, code: usize) -> Vec<(u32, Vec<u8>)> {
    let mut vectors = noise(seed, 400);
    vectors[..4].copy_from_slice(&0x2002_0000_u32.to_le_bytes());
    vectors[4..8].copy_from_slice(&(CODE | 1).to_le_bytes());
    vec![(FLASH, vectors), (CODE, noise(seed ^ 0xC0DE, code))]
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
