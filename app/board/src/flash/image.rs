//! Firmware files: `.dfu`, Intel HEX, UF2 and bare bytes, read into parts with addresses.
//!
//! A format is told by what a file holds, not by its name. Only bare bytes look like nothing; they need the address of their first one, and are
//! not taken for what they are named: a damaged `.hex` is no program. Whatever an image says of its own length and checksum must be true.

use super::error::{Error, Result};
use super::uf2;
use super::update::shown;
use crate::local::here;
use crate::phrase::Reason;
use dfu::file::{BadFile, Element, File, Suffix, Target};
use dfu::label::{self, Label};
use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;

/// What is to be written: parts in the order of their addresses, none touching another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// The file's name, for messages.
    pub name: String,
    /// The parts.
    pub parts: Vec<Part>,
    /// For which USB device a `.dfu` file is; 0xFFFF is any.
    pub device: Option<(u16, u16)>,
}

/// Bytes and where they belong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Of the first byte.
    pub address: u32,
    /// The bytes.
    pub data: Vec<u8>,
}

/// What an image says of itself, as the board says it at its prompt. A text is empty where the image does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// The board: `PYBv1.1 with STM32F405RG`.
    pub machine: String,
    /// The firmware: `Taipan v0.1.0`, `MicroPython v1.28.0 on 2026-01-05`.
    pub version: String,
}

/// What bare bytes are not named as.
const NAMED: [&str; 3] = [".dfu", ".hex", ".uf2"];
/// How files begin in which a program for a chip may come, and that are none themselves: ELF, ZIP, gzip, 7-Zip.
const WRAPPED: [&[u8]; 4] = [b"\x7fELF", b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf"];

/// Bytes of the largest file that is looked into: no chip that is updated over USB has as much flash, and HEX is three times its bytes.
const LARGEST: u64 = 64 << 20;

impl Image {
    /// Reads a file of this computer. `address` is where bare bytes begin; other files say so themselves.
    ///
    /// # Errors
    /// As [`Image::read`]; what the system says of a file that cannot be read.
    pub fn open(path: &Path, address: Option<u32>) -> Result<Image> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let failed = |error: std::io::Error| Error::Board(here("read", path, &error));
        let mut bytes = Vec::new();
        let file = std::fs::File::open(path).map_err(failed)?;
        file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
        if bytes.len() as u64 > LARGEST {
            return Err(Error::NotFirmware { name });
        }
        Image::read(&name, &bytes, address)
    }

    /// Reads a file's bytes. `address` is where bare bytes begin; other files say so themselves.
    pub fn read(name: &str, bytes: &[u8], address: Option<u32>) -> Result<Image> {
        let image = |parts, device| Image::of(name, parts, device);
        if let Some(file) = dfu_file(name, bytes)? {
            let suffix = file.suffix;
            let device = Some((suffix.vendor, suffix.product));
            return match file.plain() {
                Some(plain) => image(bare(name, plain, address)?, device),
                None => image(dfuse(name, &file)?, device),
            };
        }
        if uf2::is_one(bytes) {
            return image(uf2::parts(name, bytes)?, None);
        }
        match hex(name, bytes)? {
            Some(parts) => image(parts, None),
            None => image(bare(name, bytes, address)?, None),
        }
    }

    /// Orders the parts and joins those that touch.
    fn of(name: &str, mut parts: Vec<Part>, device: Option<(u16, u16)>) -> Result<Image> {
        parts.retain(|part| !part.data.is_empty());
        parts.sort_by_key(|part| part.address);
        let mut joined: Vec<Part> = Vec::new();
        for part in parts {
            let Some(last) = joined.last_mut() else {
                joined.push(part);
                continue;
            };
            let end = u64::from(last.address) + last.data.len() as u64;
            match u64::from(part.address).cmp(&end) {
                std::cmp::Ordering::Less => {
                    return Err(damaged(name, Reason::TwoContents { address: shown(part.address) }));
                }
                std::cmp::Ordering::Equal => last.data.extend(part.data),
                std::cmp::Ordering::Greater => joined.push(part),
            }
        }
        if joined.is_empty() {
            return Err(damaged(name, Reason::Empty));
        }
        if joined.iter().any(|part| label::is_whole(&part.data) == Some(false)) {
            return Err(damaged(name, Reason::WrongChecksum));
        }
        Ok(Image { name: name.into(), parts: joined, device })
    }

    /// The parts as the protocol wants them.
    pub fn elements(&self) -> Vec<Element<'_>> {
        self.parts.iter().map(|part| Element { address: part.address, data: &part.data }).collect()
    }

    /// What a loader at `vectors` is to be given: of an image that has a label there that part alone, since what leads a reset to it is the loader itself.
    pub fn elements_at(&self, vectors: u32) -> Vec<Element<'_>> {
        let is_labelled =
            |part: &Part| part.address == vectors && Label::find(&part.data).is_some_and(|label| label.length() > 0);
        match self.parts.iter().find(|part| is_labelled(part)) {
            Some(part) => vec![Element { address: part.address, data: &part.data }],
            None => self.elements(),
        }
    }

    /// What it says of itself: by its label, or by the texts with which MicroPython greets.
    pub fn about(&self) -> About {
        if let Some(label) = self.parts.iter().find_map(|part| Label::find(&part.data)) {
            return About { machine: label.board().into(), version: label.version().into() };
        }
        let texts = || {
            self.parts
                .iter()
                .flat_map(|part| part.data.split(|byte| *byte == 0))
                .filter_map(|text| std::str::from_utf8(text).ok())
        };
        let version = texts().find(|text| text.starts_with("MicroPython v") && text.contains(" on 20"));
        let machine = texts().find_map(|text| text.strip_prefix("; ").filter(|text| text.contains(" with ")));
        let line = |text: Option<&str>| text.and_then(|text| text.split(['\r', '\n', ';']).next()).unwrap_or_default().to_owned();
        About { machine: line(machine), version: line(version) }
    }

    /// How many bytes there are.
    pub fn size(&self) -> usize {
        self.parts.iter().map(|part| part.data.len()).sum()
    }

    /// Whether it is for a USB device of this vendor and product.
    pub fn fits_device(&self, vendor: u16, product: u16) -> bool {
        self.device.is_none_or(|(wanted_vendor, wanted_product)| {
            Suffix { device: Suffix::ANY, product: wanted_product, vendor: wanted_vendor }.fits(vendor, product)
        })
    }

    /// The two words that a Cortex-M starts with, if the image has them at `address`: stack pointer and first instruction
    /// (ARMv7-M Architecture Reference Manual, B1.5.3).
    pub fn vectors(&self, address: u32) -> Option<[u32; 2]> {
        let part = self.parts.iter().find(|part| part.address == address)?;
        let words = part.data.get(..8)?.as_chunks::<4>().0;
        Some([u32::from_le_bytes(words[0]), u32::from_le_bytes(words[1])])
    }
}

/// A `.dfu` file; nothing if it is none. One whose end is missing still begins as a DfuSe file does.
fn dfu_file<'a>(name: &str, bytes: &'a [u8]) -> Result<Option<File<'a>>> {
    match File::parse(bytes) {
        Ok(file) => Ok(Some(file)),
        Err(BadFile::NoSuffix) if !bytes.starts_with(b"DfuSe") => Ok(None),
        Err(BadFile::NoSuffix) => Err(damaged(name, Reason::EndMissing)),
        Err(BadFile::Checksum { .. }) => Err(damaged(name, Reason::WrongChecksum)),
        Err(BadFile::Malformed { at }) => Err(damaged(name, Reason::Malformed { at })),
    }
}

/// What is for the chip's flash, the loader's first memory. A file that is for others as well (option bytes, an external flash) is refused: half of
/// what it wants would be on the board, and nobody would know.
fn dfuse(name: &str, file: &File) -> Result<Vec<Part>> {
    let holds = |target: &Target| target.elements().any(|element| !element.data.is_empty());
    let others: BTreeSet<u8> = file.targets().filter(|it| it.alternate != 0 && holds(it)).map(|it| it.alternate).collect();
    if !others.is_empty() {
        let memories = others.iter().map(u8::to_string).collect::<Vec<_>>().join(", ");
        return Err(Error::OtherChip { name: name.into(), why: Reason::OtherMemories { memories } });
    }
    let elements = file.targets().filter(|target| target.alternate == 0).flat_map(|target| target.elements());
    Ok(elements.map(|element| Part { address: element.address, data: element.data.to_vec() }).collect())
}

fn bare(name: &str, bytes: &[u8], address: Option<u32>) -> Result<Vec<Part>> {
    let is_text = bytes.iter().all(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace());
    if is_text || bytes.is_empty() || WRAPPED.iter().any(|start| bytes.starts_with(start)) {
        return Err(Error::NotFirmware { name: name.into() });
    }
    if let Some(form) = NAMED.into_iter().find(|form| name.to_ascii_lowercase().ends_with(form)) {
        return Err(damaged(name, Reason::NotAsNamed { form: form.to_string() }));
    }
    let address = address.ok_or_else(|| Error::NoAddress { name: name.into() })?;
    Ok(vec![Part { address, data: bytes.to_vec() }])
}

/// Intel HEX; nothing if the file does not look like it.
fn hex(name: &str, bytes: &[u8]) -> Result<Option<Vec<Part>>> {
    use ihex::{Reader, ReaderOptions, Record};
    if !bytes.trim_ascii_start().starts_with(b":") || !bytes.iter().skip(1).take(8).all(u8::is_ascii_hexdigit) {
        return Ok(None);
    }
    let text = std::str::from_utf8(bytes).map_err(|error| damaged(name, Reason::NoText { at: error.valid_up_to() + 1 }))?;
    let (mut parts, mut base, mut ended) = (Vec::new(), 0_u32, false);
    let whole = ReaderOptions { stop_after_first_error: true, stop_after_eof: false };
    for (number, record) in Reader::new_with_options(text, whole).enumerate() {
        if ended {
            return Err(damaged(name, Reason::BehindEnd { number: number + 1 })); // two programs in a row, and which is meant?
        }
        let record = record.map_err(|_| damaged(name, Reason::BadRecord { number: number + 1 }))?;
        match record {
            Record::Data { offset, value } => {
                let address = base.checked_add(offset.into());
                let address = address.ok_or_else(|| damaged(name, Reason::BadRecord { number: number + 1 }))?;
                parts.push(Part { address, data: value });
            }
            Record::ExtendedLinearAddress(upper) => base = u32::from(upper) << 16,
            Record::ExtendedSegmentAddress(segment) => base = u32::from(segment) << 4,
            Record::StartLinearAddress(_) | Record::StartSegmentAddress { .. } => {}
            Record::EndOfFile => ended = true,
        }
    }
    if !ended {
        return Err(damaged(name, Reason::EndMissing));
    }
    Ok(Some(parts))
}

pub(super) fn damaged(name: &str, what: Reason) -> Error {
    Error::Damaged { name: name.into(), what }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dfu_bytes() -> Vec<u8> {
        let mut bytes = Vec::new();
        let suffix = Suffix { device: 0xFFFF, product: 0xDF11, vendor: 0x0483 };
        let elements = [Element { address: 0x0802_0000, data: b"code" }, Element { address: 0x0800_0000, data: b"vectors!" }];
        assert!(dfu::file::write(suffix, "board", &elements, &mut |part| bytes.extend_from_slice(part)));
        bytes
    }

    /// Parts as `address: first bytes…`, or the error.
    fn read(bytes: &[u8], address: Option<u32>) -> std::result::Result<Vec<(u32, usize)>, Error> {
        Image::read("f", bytes, address).map(|image| image.parts.iter().map(|part| (part.address, part.data.len())).collect())
    }

    #[test]
    fn every_format_by_what_it_holds() {
        assert_eq!(read(&dfu_bytes(), None), Ok(vec![(0x0800_0000, 8), (0x0802_0000, 4)]));
        assert_eq!(read(&uf2::tests::program(None, 0x0802_0000), None), Ok(vec![(0x0802_0000, 512)]));
        let hex =
            ":020000040800F2\n:0400000001020304F2\n:0400040005060708DE\n:0410000011223344 42\n:00000001FF\n".replace(' ', "");
        assert_eq!(read(hex.as_bytes(), None), Ok(vec![(0x0800_0000, 8), (0x0800_1000, 4)]));
        assert_eq!(read(&[0, 1, 2], Some(0x0800_4000)), Ok(vec![(0x0800_4000, 3)]));
    }

    #[test]
    fn a_file_for_several_memories_is_refused() {
        let mut bytes = dfu_bytes();
        bytes[17] = 1; // the target's alternate setting
        let end = bytes.len() - 4;
        let checksum = !crc32fast::hash(&bytes[..end]); // DFU appendix B
        bytes[end..].copy_from_slice(&checksum.to_le_bytes());
        let why = Reason::OtherMemories { memories: "1".into() };
        assert_eq!(read(&bytes, None), Err(Error::OtherChip { name: "f".into(), why }));
    }

    #[test]
    fn wrong_and_damaged_files_say_so() {
        let is_damaged = |bytes: &[u8]| matches!(read(bytes, Some(0)), Err(Error::Damaged { .. }));
        let named = |name: &str, bytes: &[u8]| Image::read(name, bytes, Some(0)).expect_err("it is none");
        let mut bytes = dfu_bytes();
        assert!(is_damaged(&bytes[..bytes.len() - 1]), "cut");
        bytes[20] ^= 1;
        assert!(is_damaged(&bytes), "changed");
        assert!(is_damaged(b":0400000001020304F3\n:00000001FF\n"), "a wrong sum");
        assert!(is_damaged(b":0400000001020304F2\n"), "without an end");
        assert!(is_damaged(b":0400000001020304F2\n:00000001FF\n:0400040005060708DE\n:00000001FF\n"), "behind its end");
        assert!(is_damaged(b":0400000001020304F2\n:00000001FF\nthe rest\n"), "something else behind its end");
        assert!(read(b":0400000001020304F2\r\n:00000001FF\r\n\r\n", None).is_ok(), "an empty line is nothing");
        assert!(is_damaged(b":0400000001020304F2\n:0400020001020304F0\n:00000001FF\n"), "two contents");
        assert!(is_damaged(b":0400000001020304F2\n:04000\xb0001020304F2\n:00000001FF\n"), "no text");
        for name in ["a.dfu", "a.HEX", "a.uf2"] {
            assert!(matches!(named(name, &[0x80, 1, 2, 3]), Error::Damaged { .. }), "{name} is bare bytes");
        }
        assert_eq!(named("a.elf", b"\x7fELF\x01\x01\x01"), Error::NotFirmware { name: "a.elf".into() });
        assert_eq!(read(b"print('hello')\n", Some(0)), Err(Error::NotFirmware { name: "f".into() }));
        assert_eq!(read(b"", Some(0)), Err(Error::NotFirmware { name: "f".into() }));
        assert_eq!(read(&[0xFF, 0], None), Err(Error::NoAddress { name: "f".into() }));
    }

    #[test]
    fn an_image_names_its_board_and_its_version() {
        let about = |data: &[u8]| {
            let image = Image::read("f", data, Some(0x0800_0000)).expect("bytes with an address");
            let About { machine, version } = image.about();
            (machine, version)
        };
        let pyboard = "PYBv1.1 with STM32F405RG";
        let mut labelled = vec![0; 600];
        labelled[392..392 + Label::SIZE].copy_from_slice(&Label::new("STM32F405", pyboard, "Taipan v0.1.0").to_bytes());
        assert_eq!(about(&labelled), (pyboard.into(), "Taipan v0.1.0".into()));
        let micropython = b"\xFF\0MicroPython v1.28.0 on 2026-01-05\0; PYBv1.1 with STM32F405RG\0\xFE";
        assert_eq!(about(micropython), (pyboard.into(), "MicroPython v1.28.0 on 2026-01-05".into()));
        assert_eq!(about(&[0xFF, 0, 1, 2]), Default::default(), "another's program does not say");
    }

    #[test]
    fn what_an_image_says_of_itself() {
        let image = Image::read("f", &dfu_bytes(), None).expect("it was just made");
        assert!(image.fits_device(0x0483, 0xDF11) && !image.fits_device(0xF055, 0xDF11));
        assert_eq!(image.size(), 12);
        assert_eq!(image.vectors(0x0800_0000), Some([u32::from_le_bytes(*b"vect"), u32::from_le_bytes(*b"ors!")]));
        assert_eq!(image.vectors(0x0802_0000), None, "too short");
    }
}
