//! Just enough of the ELF format to make a flash image of a 32-bit program and to say how large it is.

use anyhow::{Context, Result, ensure};

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

/// The loadable segments of a little-endian 32-bit program (System V ABI, "Program Header").
pub fn segments(file: &[u8]) -> Result<Vec<Segment>> {
    ensure!(file.starts_with(b"\x7fELF\x01\x01"), "not a little-endian 32-bit ELF file");
    let (table, size, count) = (word(file, 28)? as usize, half(file, 42)?, half(file, 44)?);
    let mut segments = Vec::new();
    for index in 0..count {
        let header = table + index * size;
        let field = |number: usize| word(file, header + 4 * number);
        let (kind, offset, address, load_address) = (field(0)?, field(1)? as usize, field(2)?, field(3)?);
        let (in_file, memory) = (field(4)? as usize, field(5)?);
        const LOADABLE: u32 = 1;
        if kind == LOADABLE && memory > 0 {
            let bytes = file.get(offset..offset + in_file).context("a segment lies outside the file")?.to_vec();
            segments.push(Segment { load_address, address, bytes, memory });
        }
    }
    Ok(segments)
}

fn word(file: &[u8], at: usize) -> Result<u32> {
    let bytes = file.get(at..at + 4).context("the ELF file is cut short")?;
    Ok(u32::from_le_bytes(bytes.try_into().expect("four bytes")))
}

fn half(file: &[u8], at: usize) -> Result<usize> {
    let bytes = file.get(at..at + 2).context("the ELF file is cut short")?;
    Ok(u16::from_le_bytes(bytes.try_into().expect("two bytes")).into())
}
