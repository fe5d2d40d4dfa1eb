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

/// Characters of a serial number.
pub const SERIAL: usize = 12;

/// The identity in the form in which the loader in ROM and MicroPython give it, so that a computer knows the board again.
pub fn serial(id: &[u8; 12]) -> [u8; SERIAL] {
    let bytes = [id[11], id[10].wrapping_add(id[2]), id[9], id[8].wrapping_add(id[0]), id[7], id[6]];
    let digit = |value: u8| b"0123456789ABCDEF"[usize::from(value & 15)];
    core::array::from_fn(|at| digit(bytes[at / 2] >> (4 * (1 - at % 2))))
}

/// What the reference of voltages read at a supply of 3.3 V and 30 degrees (datasheet, table 73: 0x1FFF7A2A); `None` for a chip whose
/// maker did not say.
pub fn reference(bus: &impl Bus) -> Option<u16> {
    Some((bus.read(SIGNATURE.reference()) >> 16) as u16).filter(|value| (1000..2000).contains(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    #[test]
    fn the_makers_numbers_are_read() {
        let chip = Fake::default().stuck(SIGNATURE.identity(1), 0x0403_0201).stuck(SIGNATURE.reference(), 1500 << 16 | 7);
        assert_eq!(identity(&chip), [0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0]);
        assert_eq!((reference(&chip), reference(&Fake::default())), (Some(1500), None));
    }
}
