//! The forms in which a program goes into a chip's flash: plain bytes, Intel HEX, and ST's DFU file.
//!
//! A program may lie in several places with room between them that is not its own (a file system): HEX and DFU files have a piece
//! for each place and leave the rest alone; the plain bytes fill the room as erased flash is.

use crate::elf::Segment;
use crate::firmware::Key;
use anyhow::{Result, ensure};
use dfu::file::{Element, Suffix};
use dfu::label::SIGNATURE;

/// Bytes that lie together in flash.
pub struct Piece {
    /// Where.
    pub address: u32,
    /// What.
    pub bytes: Vec<u8>,
}

/// The pieces of a program. Segments closer than this are one piece: it is less than any flash sector.
const NEAR: usize = 1024;

/// What a program has in flash, in order, alignment gaps filled with erased bytes.
pub fn pieces(segments: &[Segment]) -> Vec<Piece> {
    let mut filled: Vec<_> = segments.iter().filter(|segment| !segment.bytes.is_empty()).collect();
    filled.sort_by_key(|segment| segment.load_address);
    let mut pieces: Vec<Piece> = Vec::new();
    for segment in filled {
        let near = pieces.last_mut().filter(|last| (segment.load_address - last.address) as usize <= last.bytes.len() + NEAR);
        match near {
            Some(last) => {
                last.bytes.resize((segment.load_address - last.address) as usize, 0xFF);
                last.bytes.extend_from_slice(&segment.bytes);
            }
            None => pieces.push(Piece { address: segment.load_address, bytes: segment.bytes.clone() }),
        }
    }
    pieces
}

/// Completes an image that has a label: its length, its checksum, and its signature if there is a key.
pub fn seal(piece: &mut Piece, key: Option<&Key>) -> Result<()> {
    let bytes = &mut piece.bytes;
    bytes.resize(bytes.len().next_multiple_of(4), 0xFF);
    let signature = key.map_or(0, |_| SIGNATURE);
    let checksum = dfu::label::seal(bytes, signature).map_err(|why| anyhow::anyhow!("the image cannot be sealed: {why:?}"))?;
    bytes.extend_from_slice(&checksum);
    let signature = key.map(|key| key.sign(bytes));
    bytes.extend_from_slice(signature.as_ref().map_or(&[], |signature| signature));
    Ok(())
}

/// All of it as one run of bytes, from the first piece's address on.
pub fn plain(pieces: &[Piece]) -> Vec<u8> {
    let start = pieces.first().map_or(0, |piece| piece.address);
    let mut image = Vec::new();
    for piece in pieces {
        image.resize((piece.address - start) as usize, 0xFF);
        image.extend_from_slice(&piece.bytes);
    }
    image
}

/// Intel HEX: lines of 16 bytes, a line before each 64 kB with the upper half of the addresses.
pub fn hexadecimal(pieces: &[Piece]) -> String {
    let mut text = String::new();
    let mut upper = None;
    for piece in pieces {
        let mut at = piece.address;
        let mut rest = &piece.bytes[..];
        while !rest.is_empty() {
            if upper != Some(at >> 16) {
                upper = Some(at >> 16);
                line(&mut text, 0, 4, &((at >> 16) as u16).to_be_bytes());
            }
            // A line never crosses a multiple of 16, so it never crosses one of 64 kB.
            let (now, later) = rest.split_at(rest.len().min(16 - at as usize % 16));
            line(&mut text, at as u16, 0, now);
            (at, rest) = (at + now.len() as u32, later);
        }
    }
    line(&mut text, 0, 1, &[]);
    text
}

fn line(text: &mut String, address: u16, kind: u8, bytes: &[u8]) {
    let mut record = vec![bytes.len() as u8, (address >> 8) as u8, address as u8, kind];
    record.extend_from_slice(bytes);
    let sum = record.iter().fold(0_u8, |sum, byte| sum.wrapping_add(*byte));
    record.push(sum.wrapping_neg());
    text.push(':');
    record.iter().for_each(|byte| text.push_str(&format!("{byte:02X}")));
    text.push('\n');
}

/// ST's DFU file: an element for each piece, for the boot loader that is in the chip's ROM (AN2606: its USB identity).
pub fn dfu(pieces: &[Piece]) -> Result<Vec<u8>> {
    let suffix = Suffix { device: Suffix::ANY, product: 0xDF11, vendor: 0x0483 };
    let elements: Vec<_> = pieces.iter().map(|piece| Element { address: piece.address, data: &piece.bytes }).collect();
    let mut file = Vec::new();
    ensure!(dfu::file::write(suffix, "flash", &elements, &mut |bytes| file.extend_from_slice(bytes)), "too large for a DFU file");
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two() -> Vec<Piece> {
        let segment = |load_address: u32, bytes: &[u8]| Segment {
            load_address,
            address: load_address,
            bytes: bytes.to_vec(),
            memory: bytes.len() as u32,
        };
        pieces(&[segment(0x0802_0004, &[5, 6]), segment(0x0800_0000, &[1, 2, 3, 4]), segment(0x0802_0000, &[7])])
    }

    #[test]
    fn what_lies_near_is_one_piece() {
        let found: Vec<_> = two().into_iter().map(|piece| (piece.address, piece.bytes)).collect();
        assert_eq!(found, [(0x0800_0000, vec![1, 2, 3, 4]), (0x0802_0000, vec![7, 0xFF, 0xFF, 0xFF, 5, 6])]);
        assert_eq!(plain(&two()).len(), 0x2_0006);
    }

    #[test]
    fn lines_have_addresses_and_sums() {
        let expected = ":020000040800F2\n:0400000001020304F2\n:020000040802F0\n:0600000007FFFFFF0506EB\n:00000001FF\n";
        assert_eq!(hexadecimal(&two()), expected);
    }

    #[test]
    fn a_dfu_file_has_an_element_for_each_piece() {
        let bytes = dfu(&two()).expect("fits");
        let file = dfu::file::File::parse(&bytes).expect("is well formed");
        assert!(file.suffix.fits(0x0483, 0xDF11));
        let target = file.targets().next().expect("has a target");
        let places: Vec<_> = target.elements().map(|element| (element.address, element.data.len())).collect();
        assert_eq!(places, [(0x0800_0000, 4), (0x0802_0000, 6)]);
    }
}
