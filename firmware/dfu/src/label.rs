//! What an image says of itself, and whether it may start.
//!
//! ```text
//! image    vectors … label … │ code … │ checksum │ signature, or nothing
//!          first page        │        │ length   │ length + seal
//! label    "TAIPANFW" length seal │ chip[16] board[32] version[32]      numbers little-endian, texts filled up with zeros
//! ```
//! The label lies on a word of the first page, behind the vectors, wherever a chip's table of them ends. Length and checksum are known only when
//! an image has been linked, so whoever packs it calls [`seal`]; an image that was not sealed has length 0 and still names its chip, board and version.
//! A loader asks [`Room::admit`], with the first page apart: the page is the last thing that is programmed, so at the end of an update it is not in memory yet.

use crate::protocol::Status;
use core::ops::Range;
use crc::{CRC_32_JAMCRC, Crc, Table};

/// CRC-32 without its last inversion, as the suffix of a `.dfu` file has it.
pub(crate) const CHECKSUM: Crc<u32, Table<1>> = Crc::<u32, Table<1>>::new(&CRC_32_JAMCRC);

const MAGIC: &[u8; 8] = b"TAIPANFW";
/// The page that a label lies in, in bytes.
pub const PAGE: usize = 512;
/// Bytes of a checksum.
const CHECKSUM_SIZE: u32 = 4;
/// Bytes of a signature (Ed25519: RFC 8032 §5.1.6).
pub const SIGNATURE: usize = 64;

/// As a firmware has it in its image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct Label {
    magic: [u8; 8],
    length: [u8; 4],
    seal: [u8; 4],
    chip: [u8; 16],
    board: [u8; 32],
    version: [u8; 32],
}

impl Label {
    /// Bytes of a label.
    pub const SIZE: usize = size_of::<Label>();

    /// The label of an image that is not sealed yet.
    pub const fn new(chip: &str, board: &str, version: &str) -> Label {
        Label { magic: *MAGIC, length: [0; 4], seal: [0; 4], chip: field(chip), board: field(board), version: field(version) }
    }

    /// As it lies in an image.
    pub fn to_bytes(&self) -> [u8; Label::SIZE] {
        let mut bytes = [0; Label::SIZE];
        let fields = [&self.magic[..], &self.length, &self.seal, &self.chip, &self.board, &self.version];
        let mut at = 0;
        for field in fields {
            bytes[at..at + field.len()].copy_from_slice(field);
            at += field.len();
        }
        bytes
    }

    /// Where the label lies in an image's first page.
    fn place(page: &[u8]) -> Option<usize> {
        let last = page.len().min(PAGE).checked_sub(Label::SIZE)?;
        (0..=last).step_by(4).find(|at| page[*at..].starts_with(MAGIC))
    }

    /// The label in an image's first page.
    pub fn find(page: &[u8]) -> Option<Label> {
        let bytes = &page[Label::place(page)?..];
        let mut label = Label::new("", "", "");
        label.length.copy_from_slice(&bytes[8..12]);
        label.seal.copy_from_slice(&bytes[12..16]);
        label.chip.copy_from_slice(&bytes[16..32]);
        label.board.copy_from_slice(&bytes[32..64]);
        label.version.copy_from_slice(&bytes[64..96]);
        Some(label)
    }

    /// Bytes of the image with its checksum; 0 where it was not sealed.
    pub fn length(&self) -> u32 {
        u32::from_le_bytes(self.length)
    }

    /// Bytes of the signature behind them.
    pub fn seal(&self) -> u32 {
        u32::from_le_bytes(self.seal)
    }

    /// The chip that it is for.
    pub fn chip(&self) -> &str {
        text(&self.chip)
    }

    /// The board that it is for, as that board names itself.
    pub fn board(&self) -> &str {
        text(&self.board)
    }

    /// Its version, as the board that runs it says it.
    pub fn version(&self) -> &str {
        text(&self.version)
    }
}

/// A text, filled up with zeros.
const fn field<const SIZE: usize>(text: &str) -> [u8; SIZE] {
    let (mut field, text, mut at) = ([0; SIZE], text.as_bytes(), 0);
    assert!(text.len() <= SIZE, "the label has no room for this text");
    while at < text.len() {
        field[at] = text[at];
        at += 1;
    }
    field
}

fn text(field: &[u8]) -> &str {
    let end = field.iter().position(|byte| *byte == 0).unwrap_or(field.len());
    core::str::from_utf8(&field[..end]).unwrap_or("")
}

/// Why bytes cannot be sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoSeal {
    /// There is no label in the first page.
    NoLabel,
    /// There are more bytes than a label can count.
    TooLong,
}

/// Writes into the label of `image` how long it is with its checksum, and how long the signature will be that comes behind; answers the checksum.
/// The image is a multiple of four bytes, as flash is programmed.
///
/// # Errors
/// Where there is no label, or no room for the length.
pub fn seal(image: &mut [u8], signature: usize) -> Result<[u8; 4], NoSeal> {
    let at = Label::place(image).ok_or(NoSeal::NoLabel)?;
    let length = u32::try_from(image.len()).ok().and_then(|length| length.checked_add(CHECKSUM_SIZE)).ok_or(NoSeal::TooLong)?;
    image[at + 8..at + 12].copy_from_slice(&length.to_le_bytes());
    image[at + 12..at + 16].copy_from_slice(&(signature as u32).to_le_bytes());
    Ok(CHECKSUM.checksum(image).to_le_bytes())
}

/// Whether an image has all the bytes with which it was sealed, as they were; nothing where it has no label or was not sealed.
pub fn is_whole(image: &[u8]) -> Option<bool> {
    let length = Label::find(image)?.length();
    let sealed = || {
        image.get(..length as usize)?.split_last_chunk().map(|(body, stated)| CHECKSUM.checksum(body).to_le_bytes() == *stated)
    };
    (length > 0).then(|| sealed() == Some(true))
}

/// Says whether an image is by whom it should be.
pub trait Seal {
    /// Whether an image must have a signature.
    const NEEDED: bool;
    /// Whether this is the right signature of an image, which `image` shows piece by piece.
    fn is_right(&self, signature: &[u8; SIGNATURE], image: &mut dyn FnMut(&mut dyn FnMut(&[u8]))) -> bool;
}

/// Any image is good, whoever made it.
pub struct Unsigned;

impl Seal for Unsigned {
    const NEEDED: bool = false;

    fn is_right(&self, _: &[u8; SIGNATURE], _: &mut dyn FnMut(&mut dyn FnMut(&[u8]))) -> bool {
        true
    }
}

/// What an image must fit.
pub struct Room {
    /// The chip's name, as labels have it.
    pub chip: &'static str,
    /// Where images lie: the first page at its start.
    pub flash: Range<u32>,
    /// Where a stack may begin.
    pub ram: Range<u32>,
}

/// Bytes that are looked at together.
const PIECE: usize = 256;

impl Room {
    /// Whether an image is whole, for this chip, and sealed as it should be; answers the address behind its last byte. `page` is its first page,
    /// and `read` gives what lies behind that.
    ///
    /// # Errors
    /// `Target` for an image of another chip or of nobody's making, `Address` for one that does not fit, `File` for one that is not whole or
    /// not signed.
    pub fn admit<S: Seal>(&self, page: &[u8], read: &dyn Fn(u32, &mut [u8]), seal: &S) -> Result<u32, Status> {
        let label = Label::find(page).filter(|label| label.chip == field(self.chip)).ok_or(Status::Target)?;
        let (length, signature) = (label.length(), label.seal());
        let room = self.flash.end - self.flash.start;
        if length <= page.len() as u32 || length > room || signature > room - length {
            return Err(Status::Address);
        }
        let end = self.flash.start + length;
        self.starts(page, end)?;
        let mut checksum = CHECKSUM.digest();
        self.walk(page, length - CHECKSUM_SIZE, read, &mut |piece| checksum.update(piece));
        let mut stated = [0; CHECKSUM_SIZE as usize];
        read(end - CHECKSUM_SIZE, &mut stated);
        if checksum.finalize().to_le_bytes() != stated {
            return Err(Status::File);
        }
        let is_right = match signature as usize {
            0 => !S::NEEDED,
            SIGNATURE => {
                let mut bytes = [0; SIGNATURE];
                read(end, &mut bytes);
                seal.is_right(&bytes, &mut |take| self.walk(page, length, read, take))
            }
            _ => false,
        };
        if is_right { Ok(end + signature) } else { Err(Status::File) }
    }

    /// Whether the page begins as a program of a Cortex-M does (ARMv7-M Architecture Reference Manual, B1.5.3): a stack in RAM, a first instruction
    /// in the image, in Thumb.
    fn starts(&self, page: &[u8], end: u32) -> Result<(), Status> {
        let word = |at: usize| u32::from_le_bytes([page[at], page[at + 1], page[at + 2], page[at + 3]]);
        let (stack, start) = (word(0), word(4));
        let is_in_ram = stack % 4 == 0 && stack > self.ram.start && stack <= self.ram.end;
        let is_in_image = start & 1 == 1 && (self.flash.start..end).contains(&(start & !1));
        if is_in_ram && is_in_image { Ok(()) } else { Err(Status::Target) }
    }

    /// Shows `length` bytes of the image, in pieces.
    fn walk(&self, page: &[u8], length: u32, read: &dyn Fn(u32, &mut [u8]), take: &mut dyn FnMut(&[u8])) {
        take(page);
        let mut at = page.len() as u32;
        while at < length {
            let mut piece = [0; PIECE];
            let piece = &mut piece[..(length - at).min(PIECE as u32) as usize];
            read(self.flash.start + at, piece);
            take(piece);
            at += piece.len() as u32;
        }
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use std::vec;

    #[test]
    fn a_label_is_found_behind_the_vectors_and_says_what_was_written() {
        let label = Label::new("STM32F405", "PYBv1.1 with STM32F405RG", "Taipan v0.1.0");
        let mut image = vec![0; 1000];
        assert_eq!(Label::find(&image), None);
        assert_eq!(seal(&mut image, 0), Err(NoSeal::NoLabel));
        image[392..392 + Label::SIZE].copy_from_slice(&label.to_bytes());
        assert_eq!(Label::find(&image), Some(label));
        let found = Label::find(&image).expect("it was just found");
        assert_eq!((found.chip(), found.board(), found.version()), ("STM32F405", "PYBv1.1 with STM32F405RG", "Taipan v0.1.0"));
        assert_eq!((found.length(), found.seal()), (0, 0));
        seal(&mut image, SIGNATURE).expect("it has a label");
        let found = Label::find(&image).expect("it is still there");
        assert_eq!((found.length(), found.seal()), (1004, 64));
    }

    #[test]
    fn a_page_that_is_cut_has_no_label() {
        let label = Label::new("STM32F405", "", "").to_bytes();
        assert!((0..Label::SIZE).all(|length| Label::find(&label[..length]).is_none()));
    }
}
