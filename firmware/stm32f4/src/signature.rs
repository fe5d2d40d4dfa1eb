//! What the maker wrote into each chip (RM0090 §39).

use crate::register::{Bus, SIGNATURE};

/// A number that no other chip of this kind has (§39.1).
pub fn identity(bus: &impl Bus) -> [u8; 12] {
    let mut identity = [0; 12];
    for (index, bytes) in identity.chunks_exact_mut(4).enumerate() {
        bytes.copy_from_slice(&bus.read(SIGNATURE.identity(index as u32)).to_le_bytes());
    }
    identity
}
