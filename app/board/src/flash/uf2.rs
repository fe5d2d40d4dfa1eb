//! UF2: blocks of 512 bytes, each of which says where it belongs and for which family of chips it is.
//!
//! A file may hold the same program for several families, one behind the other, each with a count of its own. What is for our chips is taken, all
//! else is left out; a file that has nothing for them is refused before anything is asked of a board.

use super::error::{Error, Result};
use super::image::{Part, damaged};
use crate::phrase::Reason;
use std::collections::{BTreeMap, BTreeSet};

/// A block (the format's specification, "File format").
const BLOCK: usize = 512;
const MAGIC: [u32; 3] = [0x0A32_4655, 0x9E5D_5157, 0x0AB1_6F30];
const MOST_DATA: usize = 476;
/// Flags of a block ("Flags"): it is a comment; it is a part of a file for the board's disk; word 28 names a family.
const NOT_FOR_FLASH: u32 = 0x1;
const FILE_CONTAINER: u32 = 0x1000;
const HAS_FAMILY: u32 = 0x2000;

/// Families whose images go onto the chips that are updated here: an STM32F405 is an STM32F407 without Ethernet and camera (DS8626 §2.1).
const OURS: [u32; 3] = [0x5775_5A57, 0x6D09_22FA, 0x8FB0_60FE];

/// Others that people have files for, by the names in the format's own list (`utils/uf2families.json`).
const OTHERS: [(u32, &str); 23] = [
    (0x6478_24B6, "STM32F0"),
    (0x5EE2_1072, "STM32F1"),
    (0x5D1A_0A2E, "STM32F2"),
    (0x6B84_6188, "STM32F3"),
    (0x53B8_0F00, "STM32F7"),
    (0x300F_5633, "STM32G0"),
    (0x4C71_240A, "STM32G4"),
    (0x6DB6_6082, "STM32H7"),
    (0x202E_3A91, "STM32L0"),
    (0x1E1F_432D, "STM32L1"),
    (0x00FF_6919, "STM32L4"),
    (0x0424_0BDF, "STM32L5"),
    (0x70D1_6653, "STM32WB"),
    (0x2146_0FF0, "STM32WL"),
    (0x68ED_2B88, "SAMD21"),
    (0x5511_4460, "SAMD51"),
    (0xADA5_2840, "nRF52840"),
    (0x1C5F_21B0, "ESP32"),
    (0xBFDD_4EEE, "ESP32-S2"),
    (0xC47E_5767, "ESP32-S3"),
    (0x4FB2_D5BD, "i.MX RT10xx"),
    (0xE48B_FF56, "RP2040"),
    (0xE48B_FF59, "RP2350"),
];

/// Whether a file begins as one.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC[0].to_le_bytes())
}

/// What a file has for our chips: the blocks of the first of their families that it knows, else those that name no family.
///
/// # Errors
/// `Damaged` where blocks are missing or are none, `OtherChip` where all of them are for others.
pub(super) fn parts(name: &str, bytes: &[u8]) -> Result<Vec<Part>> {
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    if !rest.is_empty() {
        return Err(damaged(name, Reason::EndMissing));
    }
    let mut programs: BTreeMap<Option<u32>, Program> = BTreeMap::new();
    for (number, block) in blocks.iter().enumerate() {
        let word = |at: usize| u32::from_le_bytes([block[at], block[at + 1], block[at + 2], block[at + 3]]);
        let (flags, size) = (word(8), word(16) as usize);
        if [word(0), word(4), word(508)] != MAGIC || size > MOST_DATA {
            return Err(damaged(name, Reason::BadBlock { number: number + 1 }));
        }
        if flags & (NOT_FOR_FLASH | FILE_CONTAINER) != 0 {
            continue;
        }
        let family = (flags & HAS_FAMILY != 0).then(|| word(28));
        let program = programs.entry(family).or_insert_with(|| Program { total: word(24), ..Program::default() });
        if program.total != word(24) || word(20) >= program.total {
            return Err(damaged(name, Reason::BadBlock { number: number + 1 }));
        }
        program.seen.insert(word(20));
        program.parts.push(Part { address: word(12), data: block[32..32 + size].to_vec() });
    }
    let others = programs.keys().copied().flatten().map(named).collect::<Vec<_>>().join(", ");
    let ours = OURS.into_iter().map(Some).chain([None]).find_map(|family| programs.remove(&family));
    match ours {
        Some(program) if program.seen.len() != program.total as usize => {
            Err(damaged(name, Reason::BlocksMissing { found: program.seen.len(), total: program.total as usize }))
        }
        Some(program) => Ok(program.parts),
        None if others.is_empty() => Ok(Vec::new()),
        None => Err(Error::OtherChip { name: name.into(), why: Reason::OtherChips { chips: others } }),
    }
}

/// What a file holds for one family.
#[derive(Default)]
struct Program {
    /// How many blocks it says it has.
    total: u32,
    /// Their numbers.
    seen: BTreeSet<u32>,
    parts: Vec<Part>,
}

fn named(family: u32) -> String {
    let known = OTHERS.into_iter().find(|(number, _)| *number == family);
    known.map_or_else(|| format!("the family {family:#010x}"), |(_, name)| name.into())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    const RP2040: u32 = 0xE48B_FF56;

    /// A block of 256 bytes for this address, the numbered one of `total`.
    fn block(flags: u32, family: u32, address: u32, number: u32, total: u32) -> Vec<u8> {
        let mut block = vec![0; BLOCK];
        let words = [MAGIC[0], MAGIC[1], flags, address, 256, number, total, family];
        for (at, word) in words.iter().enumerate() {
            block[at * 4..at * 4 + 4].copy_from_slice(&word.to_le_bytes());
        }
        block[32..288].fill(number as u8 + 1);
        block[508..].copy_from_slice(&MAGIC[2].to_le_bytes());
        block
    }

    /// Two blocks of a family, a comment between them.
    pub(crate) fn program(family: Option<u32>, address: u32) -> Vec<u8> {
        let flags = family.map_or(0, |_| HAS_FAMILY);
        let of = |number| block(flags, family.unwrap_or(0), address + number * 256, number, 2);
        [of(0), block(NOT_FOR_FLASH, 0, 0, 9, 2), of(1)].concat()
    }

    /// Where the parts begin, or the error.
    fn read(bytes: &[u8]) -> Result<Vec<u32>> {
        parts("f.uf2", bytes).map(|parts| parts.iter().map(|part| part.address).collect())
    }

    fn other(who: &str) -> Result<Vec<u32>> {
        Err(Error::OtherChip { name: "f.uf2".into(), why: Reason::OtherChips { chips: who.into() } })
    }

    #[test]
    fn files_for_other_chips_are_refused_by_their_names() {
        assert_eq!(read(&program(Some(RP2040), 0x1000_0000)), other("RP2040"));
        assert_eq!(read(&program(Some(0x53B8_0F00), 0x0800_0000)), other("STM32F7"), "its addresses would fit");
        assert_eq!(read(&program(Some(0x1234_5678), 0x0800_0000)), other("the family 0x12345678"));
        let both = [program(Some(RP2040), 0x1000_0000), program(Some(0x5EE2_1072), 0x0800_0000)].concat();
        assert_eq!(read(&both), other("STM32F1, RP2040"));
    }

    #[test]
    fn of_several_families_ours_alone_is_taken() {
        for family in OURS {
            let ours = program(Some(family), 0x0802_0000);
            let (before, behind) = (program(Some(RP2040), 0x1000_0000), program(Some(0x53B8_0F00), 0x0802_0000));
            assert_eq!(read(&[before, ours, behind].concat()), Ok(vec![0x0802_0000, 0x0802_0100]), "{family:#x}");
        }
        let two = [program(Some(OURS[1]), 0x0800_8000), program(Some(OURS[0]), 0x0802_0000)].concat();
        assert_eq!(read(&two), Ok(vec![0x0802_0000, 0x0802_0100]), "one program, not both");
        assert_eq!(read(&program(None, 0x0802_0000)), Ok(vec![0x0802_0000, 0x0802_0100]), "whoever does not say is for all");
        let mixed = [program(Some(RP2040), 0x1000_0000), program(None, 0x0802_0000)].concat();
        assert_eq!(read(&mixed), Ok(vec![0x0802_0000, 0x0802_0100]));
    }

    #[test]
    fn missing_and_foreign_blocks_are_told() {
        let is_damaged = |bytes: &[u8]| matches!(read(bytes), Err(Error::Damaged { .. }));
        let (ours, theirs) = (program(Some(OURS[0]), 0x0800_0000), program(Some(RP2040), 0x1000_0000));
        assert!(is_damaged(&ours[..1000]) && is_damaged(&ours[..1024]), "cut");
        assert!(is_damaged(&[&ours[..1024], &ours[..512]].concat()), "one block twice, another one never");
        assert!(is_damaged(&[&ours[..1024], &theirs[..]].concat()), "the family behind it does not complete it");
        assert!(read(&[&theirs[..1024], &ours[..]].concat()).is_ok(), "what others lack is theirs");
        let mut beyond = ours.clone();
        beyond[1024 + 20] = 2;
        assert!(is_damaged(&beyond), "the third of two blocks");
        let mut large = ours;
        large[16..20].copy_from_slice(&477_u32.to_le_bytes());
        assert!(is_damaged(&large), "more data than a block has room for");
        let file = block(FILE_CONTAINER, 5000, 0, 0, 20);
        assert_eq!(read(&file), Ok(vec![]), "a file for a disk is nothing for flash");
    }
}
