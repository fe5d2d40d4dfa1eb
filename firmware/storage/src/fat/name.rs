//! Names: up to 255 characters of UTF-16, and the name of eight and three bytes that every entry has besides.

use super::Result;
use core::cell::Cell;
use interpreter::vfs::Errno;

/// Longest name in UTF-16.
pub const LONGEST: usize = 255;
/// UTF-16 units in each entry that holds a part of a long name.
pub const PART: usize = 13;

/// Bits of a short entry that say which part of the name is in lower case.
const LOWER_BODY: u8 = 0x08;
const LOWER_EXTENSION: u8 = 0x10;

/// A name that is looked for, or made: a part of a path.
pub struct Name<'p> {
    text: &'p str,
    /// Its length in UTF-16.
    length: usize,
    /// The short name, filled up with spaces: final if `fits`, else without the number that makes it the only one.
    pub short: [u8; 11],
    /// Which parts of the short name are shown in lower case.
    pub case: u8,
    /// Whether the short name says it all.
    pub fits: bool,
}

/// A byte of UTF-8 that names may hold.
fn allowed(byte: u8) -> bool {
    !matches!(byte, 0..0x20 | 0x7f | b'"' | b'*' | b'/' | b':' | b'<' | b'>' | b'?' | b'\\' | b'|')
}

/// A byte that short names may hold.
fn short(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'@'..=b'Z' | b'^'..=b'{' | b'}' | b'~' | b'!' | b'#'..=b')' | b'-')
}

fn has_lower(part: &str) -> bool {
    part.bytes().any(|letter| letter.is_ascii_lowercase())
}

/// Upper case of the scripts that have it one to one: Latin, Greek, Cyrillic.
pub fn upper(unit: u16) -> u16 {
    match unit {
        0x61..=0x7a | 0xe0..=0xf6 | 0xf8..=0xfe | 0x3b1..=0x3c1 | 0x3c3..=0x3c9 | 0x430..=0x44f => unit - 0x20,
        0x450..=0x45f => unit - 0x50,
        _ => unit,
    }
}

impl Name<'_> {
    /// The name of a path's part. Spaces and full stops at its end do not count.
    ///
    /// # Errors
    /// `EINVAL` for one that FAT cannot hold, `ENAMETOOLONG`.
    pub fn new(text: &str) -> Result<Name<'_>> {
        let text = text.trim_end_matches([' ', '.']);
        if text.is_empty() || !text.bytes().all(allowed) {
            return Err(Errno::EINVAL);
        }
        // A byte that begins a character is a unit, or two where four bytes are one.
        let length = text.bytes().map(|byte| usize::from(byte & 0xc0 != 0x80) + usize::from(byte >= 0xf0)).sum();
        if length > LONGEST {
            return Err(Errno::ENAMETOOLONG);
        }
        let mut name = Name { text, length, short: [b' '; 11], case: 0, fits: false };
        name.shorten(text);
        Ok(name)
    }

    /// Number of parts of the long name.
    pub fn parts(&self) -> u8 {
        self.length.div_ceil(PART) as u8
    }

    /// The units of part `number` of the long name, from 1: a zero behind the last one, and no character where nothing follows.
    pub fn part(&self, number: u8) -> impl Iterator<Item = u16> + '_ {
        let rest = self.text.encode_utf16().skip((usize::from(number) - 1) * PART);
        rest.chain([0]).chain(core::iter::repeat(0xffff)).take(PART)
    }

    /// Entries that the name takes: parts of the long one, and the short one.
    pub fn entries(&self) -> u32 {
        if self.fits { 1 } else { u32::from(self.parts()) + 1 }
    }

    /// Whether it is the same name, but for case.
    pub fn is(&self, units: &[Cell<u16>]) -> bool {
        self.length == units.len() && self.text.encode_utf16().zip(units).all(|(a, b)| upper(a) == upper(b.get()))
    }

    fn shorten(&mut self, text: &str) {
        let (body, extension) = text.rsplit_once('.').filter(|(body, _)| !body.is_empty()).unwrap_or((text, ""));
        let simple = |part: &str, most: usize| {
            let upper = part.bytes().any(|letter| letter.is_ascii_uppercase());
            part.len() <= most && part.bytes().all(short) && !(has_lower(part) && upper)
        };
        let dotted = text.ends_with('.') || text.contains('.') && extension.is_empty();
        self.fits = simple(body, 8) && simple(extension, 3) && !dotted;
        if self.fits {
            let lower = |part: &str, bit| if has_lower(part) { bit } else { 0 };
            self.case = lower(body, LOWER_BODY) | lower(extension, LOWER_EXTENSION);
        }
        for (part, place) in [(body, 0..8), (extension, 8..11)] {
            let letters = part.chars().filter(|letter| !matches!(letter, ' ' | '.'));
            let bytes = letters.map(|letter| match u8::try_from(letter) {
                Ok(byte) if short(byte) => byte.to_ascii_uppercase(),
                _ => b'_',
            });
            self.short[place].iter_mut().zip(bytes).for_each(|(to, byte)| *to = byte);
        }
        if self.short[0] == b' ' {
            self.short[0] = b'_';
        }
    }

    /// The short name number `try_` of a name that does not fit: `LONGNA~1`, after some `LO1A2B~1` with a hash.
    pub fn numbered(&self, try_: u32) -> [u8; 11] {
        let mut name = self.short;
        let body = name[..8].iter().position(|byte| *byte == b' ').unwrap_or(8);
        let (kept, digit) = if try_ < 4 { (body.min(6), try_ + 1) } else { (body.min(2) + 4, 1) };
        if try_ >= 4 {
            let hash = self.text.encode_utf16().fold(try_, |hash, unit| hash.wrapping_mul(31).wrapping_add(unit.into()));
            for (index, to) in name[kept - 4..kept].iter_mut().enumerate() {
                *to = b"0123456789ABCDEF"[(hash >> (12 - 4 * index) & 15) as usize];
            }
        }
        name[kept] = b'~';
        name[kept + 1] = b'0' + digit as u8;
        name[kept + 2..8].fill(b' ');
        name
    }
}

/// The sum of a short name that the parts of its long name carry.
pub fn sum(short: &[u8; 11]) -> u8 {
    short.iter().fold(0_u8, |sum, byte| sum.rotate_right(1).wrapping_add(*byte))
}

/// A short name as it is shown, in UTF-16; answers the number of units.
pub fn show(short: &[u8; 11], case: u8, to: &[Cell<u16>; LONGEST]) -> usize {
    let mut length = 0;
    let mut push = |byte: u8, lower: bool| {
        to[length].set(if lower { byte.to_ascii_lowercase() } else { byte }.into());
        length += 1;
    };
    let end = |part: &[u8]| part.iter().rposition(|byte| *byte != b' ').map_or(0, |last| last + 1);
    for (index, byte) in short[..end(&short[..8])].iter().enumerate() {
        // The mark of a free entry is a letter in some scripts.
        push(if index == 0 && *byte == 5 { 0xe5 } else { *byte }, case & LOWER_BODY != 0);
    }
    let extension = &short[8..8 + end(&short[8..])];
    if !extension.is_empty() {
        push(b'.', false);
        extension.iter().for_each(|byte| push(*byte, case & LOWER_EXTENSION != 0));
    }
    length
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::{LONGEST, Name, show};
    use std::cell::Cell;
    use std::string::String;
    use std::vec::Vec;

    #[track_caller]
    fn short_of(text: &str) -> (String, bool) {
        let name = Name::new(text).unwrap_or_else(|errno| panic!("{text}: {errno:?}"));
        let short = if name.fits { name.short } else { name.numbered(0) };
        (String::from_utf8_lossy(&short).into_owned(), name.fits)
    }

    #[test]
    fn short_names() {
        for (text, short, fits) in [
            ("main.py", "MAIN    PY ", true),
            ("README.txt", "README  TXT", true),
            ("ReadMe.txt", "README~1TXT", false),
            (".profile", "PROFIL~1   ", false),
            ("a.b.c", "AB~1    C  ", false),
            ("snake 🐍.py", "SNAKE_~1PY ", false),
            ("a", "A          ", true),
            ("+", "_~1        ", false),
        ] {
            assert_eq!(short_of(text), (short.into(), fits), "{text}");
        }
        for text in ["", "..", "a/b", "a\0", "a*"] {
            assert!(Name::new(text).is_err(), "{text}");
        }
    }

    #[test]
    fn short_names_are_shown_in_the_case_they_were_given() {
        for text in ["main.py", "README.txt", "readme.TXT", "A", "lib"] {
            let name = Name::new(text).expect("a name");
            let units = [const { Cell::new(0) }; LONGEST];
            let length = show(&name.short, name.case, &units);
            let units: Vec<_> = units[..length].iter().map(Cell::get).collect();
            assert_eq!(String::from_utf16_lossy(&units), text);
        }
    }
}
