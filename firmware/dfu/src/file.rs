//! The `.dfu` file: an image and the suffix that says whose it is (DFU appendix B; ST's UM0391 for DfuSe).
//!
//! ```text
//! DfuSe file   "DfuSe" 1 size targets │ target … │ suffix         size: all but the suffix
//! target       "Target" alternate named name[255] size elements │ element …
//! element      address size │ data
//! suffix       device product vendor version "UFD" 16 CRC         the last 16 bytes; CRC of all before itself
//! ```
//! Numbers are little-endian. Reading borrows from the file and checks everything once, in [`File::parse`]; writing hands its bytes to a
//! closure, so neither needs memory of its own.

use crate::label::CHECKSUM;

/// A file that has been checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct File<'a> {
    /// Whose it is.
    pub suffix: Suffix,
    /// What stands before the suffix.
    content: Content<'a>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content<'a> {
    /// A plain DFU file: one image that knows no address.
    Plain(&'a [u8]),
    /// The targets of a DfuSe file.
    Targets { bytes: &'a [u8], count: u8 },
}

/// The last 16 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suffix {
    /// USB's release number of the device, or `ANY`.
    pub device: u16,
    /// USB's product number, or `ANY`.
    pub product: u16,
    /// USB's vendor number, or `ANY`.
    pub vendor: u16,
}

impl Suffix {
    /// Fits every device.
    pub const ANY: u16 = 0xFFFF;
    /// Bytes of a suffix.
    pub const SIZE: usize = 16;

    /// Whether a device of this vendor and product may be given the file (DFU appendix B: `ANY` fits all).
    pub fn fits(&self, vendor: u16, product: u16) -> bool {
        let fits = |wanted: u16, has| wanted == Suffix::ANY || wanted == has;
        fits(self.vendor, vendor) && fits(self.product, product)
    }
}

/// What belongs to one alternate setting of the device: one of its memories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target<'a> {
    /// The alternate setting.
    pub alternate: u8,
    /// Its name, if it has one; bytes, since no encoding is laid down.
    pub name: Option<&'a [u8]>,
    elements: &'a [u8],
    count: u32,
}

/// Bytes that belong at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Element<'a> {
    /// Of the first byte.
    pub address: u32,
    /// The bytes.
    pub data: &'a [u8],
}

/// What is wrong with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadFile {
    /// It does not end in a suffix: it is no `.dfu` file, or its end is missing.
    NoSuffix,
    /// Its bytes do not give the checksum that stands in it: it is damaged.
    Checksum {
        /// As the file says.
        stated: u32,
        /// As its bytes give.
        computed: u32,
    },
    /// The checksum is right, but what stands at this byte is not what the format wants.
    Malformed {
        /// The place.
        at: usize,
    },
}

const PREFIX: &[u8] = b"DfuSe\x01";
const PREFIX_SIZE: usize = 11;
const TARGET: &[u8] = b"Target";
const TARGET_SIZE: usize = 274;
const NAME_SIZE: usize = 255;
const ELEMENT_SIZE: usize = 8;
const DFUSE_VERSION: u16 = 0x011A;

impl<'a> File<'a> {
    /// Reads a whole file and checks all of it: suffix, checksum, sizes and counts.
    pub fn parse(bytes: &'a [u8]) -> Result<File<'a>, BadFile> {
        let start = bytes.len().checked_sub(Suffix::SIZE).ok_or(BadFile::NoSuffix)?;
        let (body, end) = bytes.split_at(start);
        if end[8..12] != *b"UFD\x10" {
            return Err(BadFile::NoSuffix);
        }
        let (stated, computed) = (long(&end[12..]), checksum(&bytes[..start + 12]));
        if stated != computed {
            return Err(BadFile::Checksum { stated, computed });
        }
        let suffix = Suffix { device: short(end), product: short(&end[2..]), vendor: short(&end[4..]) };
        let content = match short(&end[6..]) {
            DFUSE_VERSION => dfuse(body)?,
            _ => Content::Plain(body),
        };
        Ok(File { suffix, content })
    }

    /// The image of a plain DFU file; a DfuSe file has targets instead.
    pub fn plain(&self) -> Option<&'a [u8]> {
        match self.content {
            Content::Plain(image) => Some(image),
            Content::Targets { .. } => None,
        }
    }

    /// The targets of a DfuSe file; a plain one has none.
    pub fn targets(&self) -> impl Iterator<Item = Target<'a>> + use<'a> {
        let (mut rest, count) = match self.content {
            Content::Plain(_) => (&[][..], 0),
            Content::Targets { bytes, count } => (bytes, count),
        };
        (0..count).map_while(move |_| {
            let (target, after) = target(rest)?;
            rest = after;
            Some(target)
        })
    }
}

impl<'a> Target<'a> {
    /// Its elements.
    pub fn elements(&self) -> impl Iterator<Item = Element<'a>> + use<'a> {
        let mut rest = self.elements;
        (0..self.count).map_while(move |_| {
            let (element, after) = element(rest)?;
            rest = after;
            Some(element)
        })
    }
}

/// Checks what stands before the suffix of a DfuSe file.
fn dfuse(body: &[u8]) -> Result<Content<'_>, BadFile> {
    if body.len() < PREFIX_SIZE || !body.starts_with(PREFIX) {
        return Err(BadFile::Malformed { at: 0 });
    }
    if long(&body[6..]) as usize != body.len() {
        return Err(BadFile::Malformed { at: 6 });
    }
    let (count, bytes) = (body[10], &body[PREFIX_SIZE..]);
    let at = |rest: &[u8]| BadFile::Malformed { at: body.len() - rest.len() };
    let mut rest = bytes;
    for _ in 0..count {
        let (target, after) = target(rest).ok_or_else(|| at(rest))?;
        let mut elements = target.elements;
        for _ in 0..target.count {
            elements = element(elements).ok_or_else(|| at(rest))?.1;
        }
        if !elements.is_empty() {
            return Err(at(rest));
        }
        rest = after;
    }
    if rest.is_empty() { Ok(Content::Targets { bytes, count }) } else { Err(at(rest)) }
}

/// The target at the front, and what is behind it.
fn target(bytes: &[u8]) -> Option<(Target<'_>, &[u8])> {
    let (head, rest) = bytes.split_at_checked(TARGET_SIZE)?;
    if !head.starts_with(TARGET) {
        return None;
    }
    let (name, sizes) = head[11..].split_at(NAME_SIZE);
    let length = name.iter().position(|byte| *byte == 0).unwrap_or(NAME_SIZE);
    let named = (long(&head[7..]) != 0).then_some(&name[..length]);
    let (elements, after) = rest.split_at_checked(long(sizes) as usize)?;
    Some((Target { alternate: head[6], name: named, elements, count: long(&sizes[4..]) }, after))
}

/// The element at the front, and what is behind it.
fn element(bytes: &[u8]) -> Option<(Element<'_>, &[u8])> {
    let (head, rest) = bytes.split_at_checked(ELEMENT_SIZE)?;
    let (data, after) = rest.split_at_checked(long(&head[4..]) as usize)?;
    Some((Element { address: long(head), data }, after))
}

/// Writes a DfuSe file of one target, for a device's first memory; `write` is given its bytes in order.
///
/// Answers `false`, and writes nothing, where the sizes do not fit the 32 bits that the format has for them.
pub fn write(suffix: Suffix, name: &str, elements: &[Element<'_>], write: &mut dyn FnMut(&[u8])) -> bool {
    let sizes = elements.iter().map(|element| (element.data.len() + ELEMENT_SIZE) as u64);
    let total: u64 = sizes.sum();
    let (Ok(inside), Ok(body)) = (u32::try_from(total), u32::try_from(total + (PREFIX_SIZE + TARGET_SIZE) as u64)) else {
        return false;
    };
    let mut crc = CHECKSUM.digest();
    let mut put = |bytes: &[u8]| {
        crc.update(bytes);
        write(bytes);
    };
    put(PREFIX);
    put(&body.to_le_bytes());
    put(&[1]);
    put(TARGET);
    put(&[0]);
    put(&u32::from(!name.is_empty()).to_le_bytes());
    // The last byte of the field ends the name.
    let mut field = [0; NAME_SIZE];
    let length = name.len().min(NAME_SIZE - 1);
    field[..length].copy_from_slice(&name.as_bytes()[..length]);
    put(&field);
    put(&inside.to_le_bytes());
    put(&(elements.len() as u32).to_le_bytes());
    for element in elements {
        put(&element.address.to_le_bytes());
        put(&(element.data.len() as u32).to_le_bytes());
        put(element.data);
    }
    for number in [suffix.device, suffix.product, suffix.vendor, DFUSE_VERSION] {
        put(&number.to_le_bytes());
    }
    put(b"UFD\x10");
    let checksum = crc.finalize();
    write(&checksum.to_le_bytes());
    true
}

/// CRC-32 without its last inversion (DFU appendix B).
fn checksum(bytes: &[u8]) -> u32 {
    CHECKSUM.checksum(bytes)
}

/// The two bytes at the front; callers have checked that they are there.
fn short(bytes: &[u8]) -> u16 {
    u16::from_le_bytes([bytes[0], bytes[1]])
}

/// The four bytes at the front; callers have checked that they are there.
fn long(bytes: &[u8]) -> u32 {
    u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use std::vec::Vec;

    const LOADER: Suffix = Suffix { device: 0xFFFF, product: 0xDF11, vendor: 0x0483 };

    /// A file of two elements, as a pyboard's is.
    fn pyboard() -> Vec<u8> {
        let elements =
            [Element { address: 0x0800_0000, data: b"vectors" }, Element { address: 0x0802_0000, data: b"the code itself" }];
        let mut bytes = Vec::new();
        assert!(write(LOADER, "pyboard", &elements, &mut |part| bytes.extend_from_slice(part)));
        bytes
    }

    /// The file with a right checksum again.
    fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
        let end = bytes.len() - 4;
        let crc = checksum(&bytes[..end]);
        bytes[end..].copy_from_slice(&crc.to_le_bytes());
        bytes
    }

    #[test]
    fn what_was_written_is_read() {
        let bytes = pyboard();
        let file = File::parse(&bytes).expect("it was just written");
        assert_eq!(file.suffix, LOADER);
        assert_eq!(file.plain(), None);
        let targets: Vec<_> = file.targets().collect();
        assert_eq!((targets.len(), targets[0].alternate, targets[0].name), (1, 0, Some(&b"pyboard"[..])));
        let elements: Vec<_> = targets[0].elements().map(|element| (element.address, element.data)).collect();
        assert_eq!(elements, [(0x0800_0000, &b"vectors"[..]), (0x0802_0000, &b"the code itself"[..])]);
    }

    #[test]
    fn a_plain_file_is_one_image() {
        let mut bytes = b"an image".to_vec();
        bytes.extend_from_slice(&[0xFF, 0xFF, 0x11, 0xDF, 0x83, 0x04, 0x00, 0x01, b'U', b'F', b'D', 16, 0, 0, 0, 0]);
        let bytes = sealed(bytes);
        let file = File::parse(&bytes).expect("a plain file");
        assert_eq!((file.plain(), file.targets().count()), (Some(&b"an image"[..]), 0));
    }

    #[test]
    fn a_suffix_says_whose_it_is() {
        assert!(LOADER.fits(0x0483, 0xDF11));
        assert!(!LOADER.fits(0x0483, 0x5740));
        assert!(Suffix { product: Suffix::ANY, ..LOADER }.fits(0x0483, 0x5740));
        assert!(!Suffix { product: Suffix::ANY, ..LOADER }.fits(0xF055, 0x5740));
    }

    #[test]
    fn every_damaged_byte_is_noticed() {
        let good = pyboard();
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 0x40;
            assert!(File::parse(&bad).is_err(), "byte {at}");
        }
    }

    #[test]
    fn every_shortened_file_is_noticed() {
        let good = pyboard();
        assert!((0..good.len()).all(|length| File::parse(&good[..length]).is_err()));
        assert_eq!(File::parse(b"short"), Err(BadFile::NoSuffix));
    }

    #[test]
    fn sizes_and_counts_must_fit_even_if_the_checksum_does() {
        let good = pyboard();
        // What stands where: the image's size, the number of targets, the target's size, its elements, the first element's size.
        for at in [6, 10, PREFIX_SIZE + 266, PREFIX_SIZE + 270, PREFIX_SIZE + TARGET_SIZE + 4] {
            for change in [1_u8, 0x80] {
                let mut bad = good.clone();
                bad[at] = bad[at].wrapping_add(change);
                let result = File::parse(&sealed(bad)).map(drop);
                assert!(matches!(result, Err(BadFile::Malformed { .. })), "byte {at} plus {change}");
            }
        }
    }
}
