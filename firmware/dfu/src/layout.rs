//! What a DfuSe device says of its memory: the text of its interface, read as sectors (UM0424 §10.3.2).
//!
//! `@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg`: a name, then for each segment an address and runs of equal
//! sectors. The letter behind the size says what may be done: its three low bits are readable, erasable, writable.

use core::ops::Range;

/// A layout that has been read through once, so its sectors can be walked without errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout<'a> {
    text: &'a str,
}

/// What is erased at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sector {
    /// Of its first byte.
    pub address: u32,
    /// In bytes.
    pub size: u32,
    /// May be uploaded.
    pub readable: bool,
    /// May be erased.
    pub erasable: bool,
    /// May be programmed.
    pub writable: bool,
}

impl Sector {
    /// Its addresses; the end is 64 bits wide, since the last sector may end where 32 bits do.
    pub fn range(&self) -> Range<u64> {
        u64::from(self.address)..u64::from(self.address) + u64::from(self.size)
    }
}

/// Where a layout's text is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadLayout {
    /// The first byte that was not understood.
    pub at: usize,
}

impl<'a> Layout<'a> {
    /// Reads a layout's text. Fails where it is malformed, where a sector has no bytes, or a segment leaves 32 bits.
    pub fn parse(text: &'a str) -> Result<Layout<'a>, BadLayout> {
        let mut runs = Runs::of(text);
        let at = |rest: &str| BadLayout { at: text.len() - rest.len() };
        if !text.starts_with('@') || runs.rest.is_empty() {
            return Err(BadLayout { at: 0 });
        }
        while !runs.rest.is_empty() {
            let before = runs.rest;
            runs.step().ok_or_else(|| at(before))?;
        }
        Ok(Layout { text })
    }

    /// The text itself.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The name of the memory.
    pub fn name(&self) -> &'a str {
        self.text[1..].split('/').next().unwrap_or("").trim_end()
    }

    /// Every sector, in the order of the text.
    pub fn sectors(&self) -> impl Iterator<Item = Sector> + use<'a> {
        Runs::of(self.text).flat_map(|run| {
            (0..run.count).map(move |number| Sector { address: run.first.address + number * run.first.size, ..run.first })
        })
    }

    /// The sector that holds an address.
    pub fn sector_at(&self, address: u32) -> Option<Sector> {
        self.sectors().find(|sector| sector.range().contains(&u64::from(address)))
    }
}

/// `count` sectors like `first`, one behind the other.
#[derive(Clone, Copy)]
struct Run {
    first: Sector,
    count: u32,
}

/// Walks the runs of a layout; ends at the first that cannot be read.
struct Runs<'a> {
    rest: &'a str,
    /// Where the next run begins; 64 bits, to notice one that leaves 32.
    address: u64,
}

impl<'a> Runs<'a> {
    fn of(text: &'a str) -> Runs<'a> {
        Runs { rest: text.find('/').map_or("", |slash| &text[slash..]), address: 0 }
    }

    fn step(&mut self) -> Option<Run> {
        if let Some(segment) = self.rest.strip_prefix('/') {
            let (address, runs) = segment.split_once('/')?;
            let digits = address.trim().strip_prefix("0x").or_else(|| address.trim().strip_prefix("0X"))?;
            self.address = u64::from(u32::from_str_radix(digits, 16).ok()?);
            self.rest = runs;
        }
        let end = self.rest.find([',', '/']).unwrap_or(self.rest.len());
        let run = run(&self.rest[..end], u32::try_from(self.address).ok()?)?;
        self.address += u64::from(run.first.size) * u64::from(run.count);
        let after = &self.rest[end..];
        // A comma promises another run.
        self.rest = match after.strip_prefix(',') {
            Some("") => return None,
            Some(next) => next,
            None => after,
        };
        (self.address <= 1 << 32).then_some(run)
    }
}

impl Iterator for Runs<'_> {
    type Item = Run;

    fn next(&mut self) -> Option<Run> {
        self.step()
    }
}

/// Reads `04*016Kg`.
fn run(text: &str, address: u32) -> Option<Run> {
    let (count, size) = text.trim().split_once('*')?;
    let digits = size.bytes().take_while(u8::is_ascii_digit).count();
    let (number, kind) = size.split_at(digits);
    let (unit, access) = match *kind.as_bytes() {
        [access] | [b' ' | b'B', access] => (1, access),
        [b'K', access] => (1024, access),
        [b'M', access] => (1024 * 1024, access),
        _ => return None,
    };
    let size = number.parse::<u32>().ok()?.checked_mul(unit)?;
    let count = count.parse::<u32>().ok()?;
    let may = |bit: u8| access & bit != 0;
    let first = Sector { address, size, readable: may(1), erasable: may(2), writable: may(4) };
    (access.is_ascii_lowercase() && access <= b'g' && size > 0 && count > 0).then_some(Run { first, count })
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use std::vec::Vec;

    #[test]
    fn the_flash_of_an_f405() {
        let layout = Layout::parse("@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg").expect("it is ST's own");
        assert_eq!(layout.name(), "Internal Flash");
        let sectors: Vec<_> = layout.sectors().map(|sector| (sector.address, sector.size / 1024)).collect();
        assert_eq!(sectors.len(), 12);
        assert_eq!(sectors[..5], [(0x0800_0000, 16), (0x0800_4000, 16), (0x0800_8000, 16), (0x0800_C000, 16), (0x0801_0000, 64)]);
        assert_eq!(sectors[5..7], [(0x0802_0000, 128), (0x0804_0000, 128)]);
        assert!(layout.sectors().all(|sector| sector.readable && sector.erasable && sector.writable));
        assert_eq!(layout.sector_at(0x0801_FFFF).map(|sector| sector.address), Some(0x0801_0000));
        assert_eq!(layout.sector_at(0x0810_0000), None);
    }

    #[test]
    fn segments_units_and_rights() {
        let layout = Layout::parse("@OTP /0x1FFF7800/01*512 e,01*016 a/0x08000000/2*1Mg").expect("a layout");
        let sectors: Vec<_> = layout.sectors().collect();
        assert_eq!(sectors.len(), 4);
        assert_eq!((sectors[0].size, sectors[0].readable, sectors[0].erasable, sectors[0].writable), (512, true, false, true));
        assert_eq!((sectors[1].address, sectors[1].writable), (0x1FFF_7A00, false));
        assert_eq!((sectors[3].address, sectors[3].size), (0x0810_0000, 1 << 20));
    }

    #[test]
    fn what_is_no_layout_says_where() {
        let cases = [
            ("", 0),
            ("Internal Flash", 0),
            ("@Flash", 0),
            ("@Flash /0x08000000", 7),
            ("@Flash /0xZZ/1*1Kg", 7),
            ("@Flash /0x08000000/1*1Kg,", 7),
            ("@Flash /0x08000000/1*1Kg,0*1Kg", 25),
            ("@Flash /0x08000000/1*1Kz", 7),
            ("@Flash /0x08000000/1*9999999Mg", 7),
            ("@Flash /0xFFFFF000/8*1Kg", 7),
        ];
        for (text, at) in cases {
            assert_eq!(Layout::parse(text), Err(BadLayout { at }), "{text}");
        }
        assert!(Layout::parse("@Flash /0xFFFFF000/4*1Kg").is_ok(), "the last sector may end where 32 bits do");
    }
}
