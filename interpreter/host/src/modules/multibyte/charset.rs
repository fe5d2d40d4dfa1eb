//! Charsets of several bytes: which character a place in one is, and where a character lies.
//!
//! The places are those of `encoding_rs`, which has the web's, or follow from another charset; `tables.txt` lists where CPython's differ.
//! A charset is made when somebody first asks for it.

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, SHIFT_JIS};
use std::collections::{HashMap, HashSet};
use std::sync::{LazyLock, Mutex};

/// A part `[name base first-lead last-lead first-trail last-trail]` for each charset. `-` lists places, or ranges of them, that are empty;
/// `=` characters from a place on; `&` two characters that have one place; `>` places that their characters are encoded to, where
/// the rule of `Charset::index` gives another; `!` characters that are not encoded; `+` one that is only encoded.
const TABLES: &str = include_str!("tables.txt");

/// The characters of a charset by their places, which are its bytes as a number, and the other way round.
#[derive(Clone, Default)]
pub struct Charset {
    characters: HashMap<u32, char>,
    places: HashMap<char, u32>,
    pairs: HashMap<u32, [char; 2]>,
    pair_places: HashMap<[char; 2], u32>,
    /// What may begin a pair.
    openers: HashSet<char>,
    /// Places that go before others of their length where a character has several.
    first: HashSet<u32>,
    /// Places that a later edition gave to a character.
    free: HashSet<u32>,
}

static KNOWN: LazyLock<Mutex<HashMap<String, &'static Charset>>> = LazyLock::new(Mutex::default);

impl Charset {
    /// The charset of this name, which one of `TABLES` or of `computed` is.
    pub fn named(name: &str) -> &'static Charset {
        let mut known = KNOWN.lock().expect("nothing panics while it has the table");
        if let Some(charset) = known.get(name) {
            return charset;
        }
        // Never freed: there are two dozen of them, and a program that asks for one goes on using it.
        let charset: &'static Charset = Box::leak(Box::new(made(name)));
        known.insert(name.to_owned(), charset);
        charset
    }

    pub fn character(&self, place: u32) -> Option<char> {
        self.characters.get(&place).copied()
    }

    pub fn place(&self, character: char) -> Option<u32> {
        self.places.get(&character).copied()
    }

    /// Two characters that have a place of their own.
    pub fn pair(&self, place: u32) -> Option<[char; 2]> {
        self.pairs.get(&place).copied()
    }

    pub fn pair_place(&self, pair: [char; 2]) -> Option<u32> {
        self.pair_places.get(&pair).copied()
    }

    /// Whether a later edition has a character here.
    pub fn is_free(&self, place: u32) -> bool {
        self.free.contains(&place)
    }

    pub fn begins_pair(&self, character: char) -> bool {
        self.openers.contains(&character)
    }

    /// Turns the places around: of several of a character's, the shortest counts, of those the ones in `first`, of those the lowest.
    fn index(&mut self) {
        let mut best: HashMap<char, (u32, bool, u32)> = HashMap::new();
        for (place, character) in &self.characters {
            if character.is_ascii() && !self.characters.contains_key(&(*character as u32)) {
                continue;
            }
            let rank = (place.ilog(256), !self.first.contains(place), *place);
            let found = best.entry(*character).or_insert(rank);
            *found = rank.min(*found);
        }
        self.places = best.into_iter().map(|(character, (.., place))| (character, place)).collect();
        self.pair_places = self.pairs.iter().map(|(place, pair)| (*pair, *place)).collect();
        self.openers = self.pairs.values().map(|pair| pair[0]).collect();
    }

    /// A charset over some of this one's places.
    fn moved(&self, to: impl Fn(u32) -> Option<u32>) -> Charset {
        Charset {
            characters: self.characters.iter().filter_map(|(place, character)| Some((to(*place)?, *character))).collect(),
            pairs: self.pairs.iter().filter_map(|(place, pair)| Some((to(*place)?, *pair))).collect(),
            free: self.free.iter().filter_map(|place| to(*place)).collect(),
            ..Charset::default()
        }
    }

    fn decoded(encoding: &'static Encoding, leads: (u8, u8), trails: (u8, u8)) -> Charset {
        let mut charset = Charset::default();
        let mut add = |bytes: &[u8]| {
            let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
            let place = bytes.iter().fold(0, |place, byte| place << 8 | u32::from(*byte));
            let mut characters = text.chars();
            match (characters.next(), characters.next()) {
                (Some(one), None) => drop(charset.characters.insert(place, one)),
                // An unknown byte and one of ASCII are two.
                (Some(one), Some(two)) if !two.is_ascii() => drop(charset.pairs.insert(place, [one, two])),
                _ => return None,
            }
            Some(())
        };
        for lead in 0x80..=0xff {
            if add(&[lead]).is_some() || !(leads.0..=leads.1).contains(&lead) {
                continue;
            }
            for trail in trails.0..=trails.1 {
                if add(&[lead, trail]).is_none() && encoding == EUC_JP && lead == 0x8f {
                    for last in 0xa1..=0xfe {
                        add(&[lead, trail, last]);
                    }
                }
            }
        }
        charset
    }

    /// Changes what a part of `TABLES` says.
    fn patch<'t>(&mut self, lines: impl Iterator<Item = &'t str>) {
        let (mut wins, mut never, mut only) = (Vec::new(), Vec::new(), Vec::new());
        for line in lines.take_while(|line| !line.starts_with('[')) {
            let (sign, rest) = line.split_at(2);
            let mut words = rest.split(' ');
            match sign {
                "- " => words.for_each(|range| {
                    let (from, to) = range.split_once('-').unwrap_or((range, range));
                    (number(from)..=number(to)).for_each(|place| {
                        self.characters.remove(&place);
                        self.free.insert(place);
                    });
                }),
                "> " => wins.extend(words.map(number)),
                "! " => never.extend(words.map(|code| char::from_u32(number(code)).expect("the table's characters are ones"))),
                _ => {
                    let place = number(words.next().expect("a place stands before its text"));
                    let text = unescaped(words.next().expect("a text stands behind its place"));
                    match (sign, &text[..]) {
                        ("& ", [one, two]) => drop(self.pairs.insert(place, [*one, *two])),
                        ("+ ", [one]) => only.push((*one, place)),
                        _ => {
                            for (place, character) in (place..).zip(text) {
                                self.characters.insert(place, character);
                                self.first.insert(place);
                            }
                        }
                    }
                }
            }
        }
        self.index();
        for place in wins {
            self.places.insert(self.characters[&place], place);
        }
        for character in never {
            self.places.remove(&character);
        }
        self.places.extend(only);
    }
}

fn number(text: &str) -> u32 {
    u32::from_str_radix(text, 16).expect("the table's numbers are hexadecimal")
}

/// A text in which `\u{…}` stands for a character by its number.
fn unescaped(text: &str) -> Vec<char> {
    let mut parts = text.split("\\u{");
    let mut characters: Vec<char> = parts.next().unwrap_or("").chars().collect();
    for part in parts {
        let (code, rest) = part.split_once('}').expect("an escape of the table ends");
        characters.extend(char::from_u32(number(code)));
        characters.extend(rest.chars());
    }
    characters
}

fn made(name: &str) -> Charset {
    let mut lines = TABLES.lines();
    let Some(head) = lines.find(|line| line.strip_prefix('[').and_then(|line| line.split(' ').next()) == Some(name)) else {
        return computed(name);
    };
    let words: Vec<&str> = head[1..head.len() - 1].split(' ').collect();
    let byte = |index: usize| number(words[index]) as u8;
    let mut charset = match words[1] {
        "shifted" => shifted(&made(words[2])),
        "euc_jis_2004" => Charset { free: HashSet::new(), ..made("euc_jis_2004") },
        base => {
            let encoding = match base {
                "gbk" => GBK,
                "gb18030" => GB18030,
                "big5" => BIG5,
                "euc_jp" => EUC_JP,
                "shift_jis" => SHIFT_JIS,
                _ => EUC_KR,
            };
            Charset::decoded(encoding, (byte(2), byte(3)), (byte(4), byte(5)))
        }
    };
    charset.patch(lines);
    if words[1] != "euc_jis_2004" && words[1] != "shifted" {
        charset.free.clear();
    }
    charset
}

/// The charsets that ISO 2022 switches between are halves of others, their places without the eighth bits.
fn computed(name: &str) -> Charset {
    let double = |place: u32| (0xa1a1..=0xfefe).contains(&place).then_some(place & 0x7f7f);
    let triple = |place: u32| (place >> 16 == 0x8f).then_some(place & 0x7f7f);
    // What the second plane of JIS X 0213 leaves empty, JIS X 0212 has in the same rows of EUC.
    let second_plane =
        |place: u32| triple(place).filter(|place| matches!(place >> 8, 0x21 | 0x23..=0x25 | 0x28 | 0x2c..=0x2f | 0x6e..));
    let mut charset = match name {
        "gb2312 half" => made("gb2312").moved(double),
        "ksx1001" => made("euc_kr").moved(double),
        "jisx0208" => made("euc_jp").moved(double),
        "jisx0212" => made("euc_jp").moved(triple),
        "jisx0213 plane 1" => made("euc_jis_2004").moved(double),
        "jisx0213 plane 2" => made("euc_jis_2004").moved(second_plane),
        "jisx0213:2000 plane 1" => made("euc_jisx0213").moved(double),
        "jisx0213:2000 plane 2" => made("euc_jisx0213").moved(second_plane),
        "johab" => return johab(),
        _ => unreachable!("the codecs' charsets are those above"),
    };
    if name.ends_with("plane 1") {
        // As in Shift JIS.
        charset.characters.insert(0x2232, '~');
    }
    charset.index();
    if name == "jisx0213:2000 plane 2" {
        // For CPython a place of ISO 2022 alone has the character of another edition when it is read.
        charset.characters.insert(0x7d3b, '鬜');
    }
    charset
}

/// Shift JIS has the rows of both planes of JIS X 0213 two by two.
fn shifted(euc: &Charset) -> Charset {
    let mut charset = euc.moved(|place| {
        // Below are ASCII and kana of half width.
        if place < 0xa1a1 {
            return None;
        }
        let (row, cell) = ((place >> 8 & 0x7f) - 0x20, (place & 0x7f) - 0x20);
        let lead = match (place >> 16, row) {
            (0, ..=62) => row.div_ceil(2) + 0x80,
            (0, _) => row.div_ceil(2) + 0xc0,
            (_, 1 | 8) => 0xf0,
            (_, 3 | 4) => 0xf1,
            (_, 5 | 12) => 0xf2,
            (_, 13 | 14) => 0xf3,
            (_, 15 | 78) => 0xf4,
            (_, 79..) => (row - 79) / 2 + 0xf5,
            _ => return None,
        };
        let trail = if row % 2 == 0 { cell + 0x9e } else { cell + 0x3f + u32::from(cell >= 64) };
        Some(lead << 8 | trail)
    });
    charset.characters.extend((0xa1..0xe0).zip('｡'..='ﾟ'));
    charset
}

/// Johab has a syllable's three parts in five bits each, and the rest of KS X 1001 behind them (its annex 3).
fn johab() -> Charset {
    let ksx1001 = made("euc_kr");
    let compatible = |row: &str, index: u32| row.chars().nth(index as usize);
    let mut charset = Charset::default();
    for place in 0x8000u32..=0xffff {
        let (first, middle, last) = (place >> 10 & 31, place >> 5 & 31, place & 31);
        let middle = match middle {
            2 => None,
            3..=7 => Some(middle - 3),
            10..=15 => Some(middle - 5),
            18..=23 => Some(middle - 7),
            26..=29 => Some(middle - 9),
            _ => Some(u32::MAX),
        };
        let last = match last {
            1..=17 => Some(last - 1),
            19..=29 => Some(last - 2),
            _ => None,
        };
        let character = match (first, middle, last) {
            (_, Some(u32::MAX), _) => None,
            (2..=20, Some(middle), Some(last)) => char::from_u32(0xac00 + ((first - 2) * 21 + middle) * 28 + last),
            (2..=20, None, Some(0)) => {
                charset.first.insert(place);
                compatible("ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ", first - 2)
            }
            (1, Some(middle), Some(0)) => char::from_u32('ㅏ' as u32 + middle),
            (1, None, Some(0)) => Some('\u{3000}'),
            (1, None, Some(last)) => compatible("ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ", last - 1),
            _ => None,
        };
        if let Some(character) = character.or_else(|| ksx1001.character(beyond_syllables(place)?)) {
            charset.characters.insert(place, character);
        }
    }
    charset.first.insert(0xd931);
    charset.index();
    charset
}

/// The place in EUC of one in Johab's rows for what is no syllable.
fn beyond_syllables(place: u32) -> Option<u32> {
    let (lead, trail) = (place >> 8, place & 0xff);
    // The letters of that row are above.
    if !matches!((lead, trail), (0xd9..=0xde | 0xe0..=0xf9, 0x31..=0x7e | 0x91..=0xfe)) || (0xdaa1..=0xdad3).contains(&place) {
        return None;
    }
    let row = if lead < 0xe0 { 2 * (lead - 0xd9) } else { 2 * lead - 0x197 };
    let cell = if trail < 0x91 { trail - 0x31 } else { trail - 0x43 };
    Some((row + cell / 94 + 0xa1) << 8 | (cell % 94 + 0xa1))
}
