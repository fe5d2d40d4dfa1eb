//! What there is to know of a 32-bit program: what goes into flash, and which symbol takes how much.

use anyhow::{Context, Result};
use object::elf::{FileHeader32, PT_LOAD};
use object::read::elf::{ElfFile32, FileHeader, ProgramHeader};
use object::{Endianness, Object, ObjectSection, ObjectSymbol, SectionKind};

/// A piece of memory that the program occupies.
pub struct Segment {
    /// Where its bytes lie in flash.
    pub load_address: u32,
    /// Where the program sees it when it runs.
    pub address: u32,
    /// The bytes in flash; none for memory that starts as zero.
    pub bytes: Vec<u8>,
    /// The bytes it takes in memory.
    pub memory: u32,
}

/// The loadable segments of a 32-bit program.
pub fn segments(file: &[u8]) -> Result<Vec<Segment>> {
    let header = FileHeader32::<Endianness>::parse(file).context("not a 32-bit ELF file")?;
    let endian = header.endian()?;
    let mut segments = Vec::new();
    for it in header.program_headers(endian, file)? {
        let (load_address, address, memory) = (it.p_paddr(endian), it.p_vaddr(endian), it.p_memsz(endian));
        if it.p_type(endian) == PT_LOAD && memory > 0 {
            let bytes = it.data(endian, file).ok().context("a segment lies outside the file")?.to_vec();
            segments.push(Segment { load_address, address, bytes, memory });
        }
    }
    Ok(segments)
}

/// What bytes of flash are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Use {
    /// Instructions.
    Code,
    /// Constants and tables.
    Constants,
    /// What variables begin with.
    Variables,
}

/// Bytes of flash with one name.
pub struct Symbol {
    /// As a person would write it; none for texts and constants that the compiler named by number.
    pub name: Option<String>,
    /// What they are.
    pub kind: Use,
    /// How many.
    pub size: u32,
}

/// Every byte of flash once, by symbols. Where symbols share bytes (functions whose code is the same), the first has them.
pub fn symbols(file: &[u8]) -> Result<Vec<Symbol>> {
    let file = ElfFile32::<Endianness>::parse(file).context("not a 32-bit ELF file")?;
    let mut found = Vec::new();
    for section in file.sections() {
        let kind = match section.kind() {
            SectionKind::Text => Use::Code,
            SectionKind::ReadOnlyData | SectionKind::ReadOnlyString => Use::Constants,
            SectionKind::Data => Use::Variables,
            _ => continue,
        };
        let mut inside: Vec<_> = file
            .symbols()
            .filter(|it| it.section_index() == Some(section.index()) && it.size() > 0 && it.is_definition())
            .collect();
        inside.sort_by_key(|it| (it.address() & !1, std::cmp::Reverse(it.size())));
        let (mut at, end) = (section.address(), section.address() + section.size());
        for symbol in inside {
            // Bit 0 of a function's address says that it is Thumb code.
            let start = if kind == Use::Code { symbol.address() & !1 } else { symbol.address() };
            if start > at {
                found.push(Symbol { name: None, kind, size: (start - at) as u32 });
            }
            let after = (start + symbol.size()).min(end);
            if after > at.max(start) {
                let name = format!("{:#}", rustc_demangle::demangle(symbol.name()?));
                found.push(Symbol { name: Some(name), kind, size: (after - at.max(start)) as u32 });
                at = after;
            }
        }
        if end > at {
            found.push(Symbol { name: None, kind, size: (end - at) as u32 });
        }
    }
    Ok(found)
}
