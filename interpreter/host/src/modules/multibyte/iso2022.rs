//! ISO 2022 in seven bits: escape sequences say which charset the bytes behind them are of.

use super::charset::Charset;
use super::{Decoded, Encoded, Trouble};

/// A set of characters that an escape sequence may name. In states and in `Variant::sets` its final byte stands for it, with the
/// eighth bit if its characters take two bytes.
struct Set {
    mark: u8,
    charset: &'static str,
}

const ASCII: u8 = b'B';
const ROMAN: u8 = b'J';
const KATAKANA: u8 = b'I';
const LATIN_1: u8 = b'A';
const GREEK: u8 = b'F';
const KOREAN: u8 = b'C' | DOUBLE;
const DOUBLE: u8 = 0x80;

const DOUBLE_SETS: &[Set] = &[
    Set { mark: b'B' | DOUBLE, charset: "jisx0208" },
    Set { mark: b'@' | DOUBLE, charset: "jisx0208" },
    Set { mark: b'D' | DOUBLE, charset: "jisx0212" },
    Set { mark: KOREAN, charset: "ksx1001" },
    Set { mark: b'A' | DOUBLE, charset: "gb2312 half" },
    Set { mark: b'Q' | DOUBLE, charset: "jisx0213 plane 1" },
    Set { mark: b'P' | DOUBLE, charset: "jisx0213 plane 2" },
    Set { mark: b'O' | DOUBLE, charset: "jisx0213:2000 plane 1" },
];

/// One of the encodings.
pub struct Variant {
    name: &'static str,
    /// What it may switch to, in the order in which a character is looked for.
    sets: &'static [u8],
    /// Whether two bytes are shifted to, instead of being switched to in place of ASCII.
    shifts: bool,
}

const JP: u8 = b'B' | DOUBLE;
const JP_1978: u8 = b'@' | DOUBLE;
const JP_MORE: u8 = b'D' | DOUBLE;

pub const VARIANTS: &[Variant] = &[
    Variant { name: "iso2022_kr", sets: &[KOREAN], shifts: true },
    Variant { name: "iso2022_jp", sets: &[JP, ROMAN, JP_1978], shifts: false },
    Variant { name: "iso2022_jp_1", sets: &[JP, JP_MORE, ROMAN, JP_1978], shifts: false },
    Variant { name: "iso2022_jp_2", sets: &[JP, JP_MORE, KOREAN, b'A' | DOUBLE, ROMAN, JP_1978, LATIN_1, GREEK], shifts: false },
    Variant { name: "iso2022_jp_2004", sets: &[JP, b'Q' | DOUBLE, b'P' | DOUBLE], shifts: false },
    Variant { name: "iso2022_jp_3", sets: &[JP, b'O' | DOUBLE, b'P' | DOUBLE], shifts: false },
    Variant { name: "iso2022_jp_ext", sets: &[JP, JP_MORE, ROMAN, KATAKANA, JP_1978], shifts: false },
];

/// Which charset each of the places G0 to G2 has, and how far the text is from plain ASCII: a byte each, as CPython's states have them.
#[derive(Clone, Copy)]
pub struct State([u8; 8]);

/// Index of the flags of a state.
const FLAGS: usize = 4;
const SHIFTED: u8 = 1;
/// Behind an escape that is none of these encodings', up to what ends it.
const PASSING: u8 = 2;

impl State {
    pub const START: u64 = u64::from_le_bytes([ASCII, ASCII, 0, 0, 0, 0, 0, 0]);

    fn has(self, flag: u8) -> bool {
        self.0[FLAGS] & flag != 0
    }

    fn set(&mut self, flag: u8, on: bool) {
        self.0[FLAGS] = if on { self.0[FLAGS] | flag } else { self.0[FLAGS] & !flag };
    }
}

impl Variant {
    pub fn named(name: &str) -> Option<&'static Variant> {
        VARIANTS.iter().find(|variant| variant.name == name)
    }

    fn has_third(&self) -> bool {
        self.sets.contains(&LATIN_1)
    }

    fn double(&self, mark: u8) -> &'static Charset {
        // The second plane lost nothing between the two editions but three characters that the first one has not as a whole.
        let name = if self.name == "iso2022_jp_3" && mark == b'P' | DOUBLE {
            "jisx0213:2000 plane 2"
        } else {
            DOUBLE_SETS.iter().find(|set| set.mark == mark).expect("a variant's sets are known").charset
        };
        Charset::named(name)
    }

    /// Takes one character, or what switches between charsets, off the front.
    pub fn decode(&self, bytes: &[u8], state: &mut u64) -> Result<Decoded, Trouble> {
        let mut now = State(state.to_le_bytes());
        let (first, next) = (bytes[0], bytes.get(1).copied());
        let plain = |now: State| Ok((Decoded::one(1, char::from(first)), now));
        let step = if now.has(PASSING) {
            now.set(PASSING, !is_final(first));
            plain(now)
        } else {
            match first {
                0x1b => match next {
                    None => Err(Trouble::Incomplete),
                    Some(b'(' | b')' | b'$' | b'.' | b'&') => self.designate(bytes, now),
                    Some(b'N') if self.has_third() => third(bytes, now),
                    Some(_) => {
                        now.set(PASSING, true);
                        plain(now)
                    }
                },
                0x0e | 0x0f if self.shifts => {
                    now.set(SHIFTED, first == 0x0e);
                    Ok((Decoded::none(1), now))
                }
                b'\n' => {
                    now.set(SHIFTED, false);
                    plain(now)
                }
                0..0x20 => plain(now),
                0x80.. => Err(Trouble::Illegal(1)),
                _ => self.coded(bytes, now.0[usize::from(now.has(SHIFTED))]).map(|decoded| (decoded, now)),
            }
        };
        let (decoded, now) = step?;
        *state = u64::from_le_bytes(now.0);
        Ok(decoded)
    }

    fn designate(&self, bytes: &[u8], mut now: State) -> Result<(Decoded, State), Trouble> {
        let end = bytes.iter().take(16).position(|byte| is_final(*byte));
        let end = match end {
            Some(end) => end + 1,
            None if bytes.len() >= 16 => return Err(Trouble::Illegal(1)),
            None => return Err(Trouble::Incomplete),
        };
        let (place, mark) = match &bytes[..end] {
            [_, b'(', last] => (0, *last),
            [_, b')', last] => (1, *last),
            [_, b'.', last] => (2, *last),
            [_, b'$', last] | [_, b'$', b'(', last] => (0, last | DOUBLE),
            [_, b'$', b')', last] => (1, last | DOUBLE),
            // The edition of 1990, which is told from that of 1983 by what stands before its name.
            [_, b'&', b'@'] if bytes.get(3..).is_some_and(|rest| rest.starts_with(b"\x1b$B")) => (0, JP),
            _ => return Err(Trouble::Illegal(end)),
        };
        let is_known = mark == ASCII && place < 2 || self.sets.contains(&mark);
        if !is_known || (place == 2) != matches!(mark, LATIN_1 | GREEK) {
            return Err(Trouble::Illegal(end));
        }
        now.0[place] = mark;
        let taken = if bytes[1] == b'&' { end + 3 } else { end };
        Ok((Decoded::none(taken), now))
    }

    fn coded(&self, bytes: &[u8], mark: u8) -> Result<Decoded, Trouble> {
        let first = bytes[0];
        match mark {
            ASCII => Ok(Decoded::one(1, char::from(first))),
            ROMAN => Ok(Decoded::one(1, roman(first))),
            KATAKANA => match first {
                0x21..=0x5f => Ok(Decoded::one(1, char::from_u32(0xff40 + u32::from(first)).expect("a kana of half width"))),
                _ => Err(Trouble::Illegal(1)),
            },
            _ => {
                let second = *bytes.get(1).ok_or(Trouble::Incomplete)?;
                let place = u32::from(first) << 8 | u32::from(second);
                let charset = self.double(mark);
                match (charset.character(place), charset.pair(place)) {
                    (Some(character), _) => Ok(Decoded::one(2, character)),
                    (None, Some(pair)) => Ok(Decoded::two(2, pair)),
                    (None, None) => Err(Trouble::Illegal(2)),
                }
            }
        }
    }

    /// Encodes what is in front of the text. `None`: it may go on as a pair, and is not all that there is.
    pub fn encode(&self, text: &[char], last: bool, state: &mut u64) -> Result<Option<Encoded>, Trouble> {
        let mut now = State(state.to_le_bytes());
        let mut out = Encoded::default();
        let character = text[0];
        // Two characters that have a place of their own go before one that has.
        let opening = self.sets.iter().copied().find(|mark| mark & DOUBLE != 0 && self.double(*mark).begins_pair(character));
        let pair = match (opening, text.get(1)) {
            (Some(_), None) if !last => return Ok(None),
            (Some(mark), Some(next)) => self.double(mark).pair_place([character, *next]).map(|place| (mark, 2, place)),
            _ => None,
        };
        let found = pair.or_else(|| match character {
            '\0'..='\x7f' => Some((ASCII, 1, u32::from(character))),
            _ => self.sets.iter().find_map(|mark| Some((*mark, 1, self.place(*mark, character)?))),
        });
        let (mark, taken, place) = found.ok_or(Trouble::Illegal(1))?;
        out.taken = taken;
        if self.shifts {
            if mark != ASCII && now.0[1] != mark {
                out.push_all(b"\x1b$)C");
                now.0[1] = mark;
            }
            if now.has(SHIFTED) != (mark != ASCII) {
                out.push_all(if mark == ASCII { b"\x0f" } else { b"\x0e" });
                now.set(SHIFTED, mark != ASCII);
            }
        } else if now.0[0] != mark {
            out.push_all(&naming(mark));
            now.0[0] = mark;
        }
        out.push_place(place, if mark & DOUBLE != 0 { 2 } else { 1 });
        *state = u64::from_le_bytes(now.0);
        Ok(Some(out))
    }

    fn place(&self, mark: u8, character: char) -> Option<u32> {
        match mark {
            ROMAN => match character {
                '¥' => Some(0x5c),
                '‾' => Some(0x7e),
                _ => None,
            },
            KATAKANA => Some(u32::from(character)).filter(|code| (0xff61..=0xff9f).contains(code)).map(|code| code - 0xff40),
            // CPython reads what has one byte behind an escape of its own, but does not write it.
            LATIN_1 | GREEK => None,
            _ => self.double(mark).place(character),
        }
    }

    /// What leads back to plain ASCII at the end.
    pub fn end(&self, state: &mut u64) -> Vec<u8> {
        let mut now = State(state.to_le_bytes());
        let mut out = Vec::new();
        if now.has(SHIFTED) {
            out.push(0x0f);
            now.set(SHIFTED, false);
        }
        if now.0[0] != ASCII {
            out.extend(b"\x1b(B");
            now.0[0] = ASCII;
        }
        *state = u64::from_le_bytes(now.0);
        out
    }
}

/// What ends an escape sequence, for CPython.
fn is_final(byte: u8) -> bool {
    matches!(byte, b'@'..=b'Z')
}

/// The escape sequence that names a charset for G0.
fn naming(mark: u8) -> Vec<u8> {
    match mark {
        mark if mark & DOUBLE == 0 => vec![0x1b, b'(', mark],
        // The first three of two bytes are named without the place.
        JP | JP_1978 => vec![0x1b, b'$', mark & 0x7f],
        _ => vec![0x1b, b'$', b'(', mark & 0x7f],
    }
}

fn roman(byte: u8) -> char {
    match byte {
        0x5c => '¥',
        0x7e => '‾',
        _ => char::from(byte),
    }
}

fn third(bytes: &[u8], now: State) -> Result<(Decoded, State), Trouble> {
    let byte = *bytes.get(2).ok_or(Trouble::Incomplete)?;
    let character = match now.0[2] {
        _ if byte >= 0x80 => None,
        LATIN_1 => Some(char::from(byte | 0x80)),
        GREEK => greek(byte | 0x80),
        // Nothing was named: ASCII.
        _ => Some(char::from(byte)),
    };
    let character = character.ok_or(Trouble::Illegal(3))?;
    Ok((Decoded::one(3, character), now))
}

/// A character of ISO 8859-7 of 1987.
fn greek(byte: u8) -> Option<char> {
    match byte {
        0xa1 => Some('‘'),
        0xa2 => Some('’'),
        0xaf => Some('―'),
        0xa4 | 0xa5 | 0xaa | 0xae | 0xd2 | 0xff => None,
        0xa0 | 0xa3 | 0xa6..=0xad | 0xb0..=0xb3 | 0xb7 | 0xbb | 0xbd => Some(char::from(byte)),
        0xb4..=0xfe => char::from_u32(u32::from(byte) - 0xa0 + 0x370),
        _ => None,
    }
}
