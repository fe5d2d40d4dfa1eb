//! `_multibyte`: encodings in which a character takes one to eight bytes, as East Asia has them. `_multibytecodec` is Python over it.
//!
//! A function codes up to the first trouble and says where that is; what is done about it is the program's error handler's, which is
//! Python. What an encoding remembers between two calls is an int.

mod charset;
mod fixed;
mod iso2022;

use charset::Charset;
use encoding_rs::GB18030;
use interpreter::object::handle::Args;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};
use iso2022::Variant;

table! { pub ROWS, NAMES, DOCS:
    /// decode(encoding, data, position, state, instead): (text, position behind it, state, trouble). The trouble is 0 at the end of the data, -1 if
    /// that is within a character, and else the number of bytes that are wrong, if there is no text that stands for these instead.
    def decode(5) = decode;
    /// encode(encoding, text, state, last, instead): (bytes, how many characters that was, state, whether the next character is wrong). If the text
    /// is not the last of it, a character that may join the next one is left over. A text may stand for wrong characters here as well.
    def encode(5) = encode;
    /// finish(encoding, state): (the bytes that end a text, the state that it ends in).
    def finish(2) = |vm, args| {
        let mut state = state(vm, args.at(1))?;
        let bytes = Codec::named(vm, args.at(0))?.end(&mut state);
        let parts = [vm.new_bytes(&bytes)?, vm.new_int(state as i64)?];
        vm.new_tuple(&parts)
    };
    /// encode_wide(text, size, is_big): UTF-16 or UTF-32; None if there is trouble.
    def encode_wide(3) = fixed::encode_wide;
    /// decode_wide(data, size, is_big): a text of UTF-16 or UTF-32; None if there is trouble.
    def decode_wide(3) = fixed::decode_wide;
    /// encode_page(text, page): the places of the characters among those of the page; None if there is trouble.
    def encode_page(2) = fixed::encode_page;
    /// decode_page(data, page): the characters at those places; None if there is trouble.
    def decode_page(2) = fixed::decode_page;
    /// start(encoding): the state that a text begins in.
    def start(1) = |vm, args| vm.new_int(match Codec::named(vm, args.at(0))? {
        Codec::Iso2022(_) => iso2022::State::START as i64,
        _ => 0,
    });
}

/// Why a text does not go on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Trouble {
    /// So many bytes, or characters, are none of the encoding's.
    Illegal(usize),
    /// The bytes end within a character.
    Incomplete,
}

/// What stood in front of some bytes.
#[derive(Debug)]
pub struct Decoded {
    taken: usize,
    characters: [Option<char>; 2],
}

impl Decoded {
    fn none(taken: usize) -> Decoded {
        Decoded { taken, characters: [None; 2] }
    }

    fn one(taken: usize, character: char) -> Decoded {
        Decoded { taken, characters: [Some(character), None] }
    }

    fn two(taken: usize, [first, second]: [char; 2]) -> Decoded {
        Decoded { taken, characters: [Some(first), Some(second)] }
    }
}

/// What became of the characters in front of a text.
#[derive(Default)]
pub struct Encoded {
    taken: usize,
    bytes: Vec<u8>,
}

impl Encoded {
    fn push_all(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    fn push_place(&mut self, place: u32, size: usize) {
        self.push_all(&place.to_be_bytes()[4 - size..]);
    }
}

/// The place of the characters in front, and how many these are. `Some(None)`: what comes next decides; `None`: there is no place.
fn unit(charset: &Charset, text: &[char], last: bool) -> Option<Option<(usize, u32)>> {
    if charset.begins_pair(text[0]) {
        match text.get(1) {
            Some(next) => {
                if let Some(place) = charset.pair_place([text[0], *next]) {
                    return Some(Some((2, place)));
                }
            }
            None if !last => return Some(None),
            None => {}
        }
    }
    charset.place(text[0]).map(|place| Some((1, place)))
}

/// An encoding.
enum Codec {
    /// What begins with one of these bytes is as long as its charset has it. Others are single or wrong.
    Plain(&'static Charset, Leads),
    /// The same with a Korean syllable that the charset lacks in four parts.
    Korean(&'static Charset),
    /// The same with four bytes for what the charset lacks.
    National(&'static Charset),
    Hz(&'static Charset),
    Iso2022(&'static Variant),
}

#[derive(Clone, Copy)]
enum Leads {
    /// All bytes that are not ASCII.
    All,
    /// Shift JIS's, up to this one.
    Shifted(u8),
}

impl Codec {
    fn named(vm: &Vm, word: Word) -> Outcome<Codec> {
        let name = vm.expect_text(word)?;
        let plain = |leads| Codec::Plain(Charset::named(name), leads);
        Ok(match name {
            "gb18030" => Codec::National(Charset::named(name)),
            "euc_kr" => Codec::Korean(Charset::named(name)),
            "hz" => Codec::Hz(Charset::named("gb2312 half")),
            "shift_jis" => plain(Leads::Shifted(0xea)),
            "cp932" | "shift_jis_2004" | "shift_jisx0213" => plain(Leads::Shifted(0xfc)),
            "gb2312" | "gbk" | "big5" | "cp950" | "big5hkscs" | "euc_jp" | "euc_jis_2004" | "euc_jisx0213" | "cp949"
            | "johab" => plain(Leads::All),
            _ => match Variant::named(name) {
                Some(variant) => Codec::Iso2022(variant),
                None => return Err(vm.value_error("encoding not supported")),
            },
        })
    }

    fn decode(&self, bytes: &[u8], state: &mut u64) -> Result<Decoded, Trouble> {
        match self {
            Codec::Plain(charset, leads) => plain(charset, *leads, bytes),
            Codec::Korean(charset) => match bytes {
                [0xa4, 0xd4, ..] => syllable(bytes),
                _ => plain(charset, Leads::All, bytes),
            },
            Codec::National(charset) => match bytes {
                [0x80..=0xff, b'0'..=b'9', ..] => national(bytes),
                _ => plain(charset, Leads::All, bytes),
            },
            Codec::Hz(charset) => hz(charset, bytes, state),
            Codec::Iso2022(variant) => variant.decode(bytes, state),
        }
    }

    fn encode(&self, text: &[char], last: bool, state: &mut u64) -> Result<Option<Encoded>, Trouble> {
        let mut out = Encoded { taken: 1, ..Encoded::default() };
        let charset = match self {
            Codec::Iso2022(variant) => return variant.encode(text, last, state),
            Codec::Plain(charset, _) | Codec::Korean(charset) | Codec::National(charset) | Codec::Hz(charset) => charset,
        };
        let character = text[0];
        match unit(charset, text, last) {
            Some(None) => return Ok(None),
            Some(Some((taken, place))) => {
                if matches!(self, Codec::Hz(_)) && *state == 0 {
                    out.push_all(b"~{");
                    *state = 1;
                }
                out.taken = taken;
                out.push_place(place, place.ilog(256) as usize + 1);
            }
            None if character.is_ascii() => {
                out.push_all(&self.end(state));
                out.push_place(character as u32, 1);
                if matches!(self, Codec::Hz(_)) && character == '~' {
                    out.push_all(b"~");
                }
            }
            None => match self {
                Codec::Korean(_) => out.push_all(&parts(character).ok_or(Trouble::Illegal(1))?),
                Codec::National(_) => out.push_all(&national_bytes(character).ok_or(Trouble::Illegal(1))?),
                Codec::Plain(..) | Codec::Hz(_) | Codec::Iso2022(_) => return Err(Trouble::Illegal(1)),
            },
        }
        Ok(Some(out))
    }

    /// What ends a text.
    fn end(&self, state: &mut u64) -> Vec<u8> {
        match self {
            Codec::Iso2022(variant) => variant.end(state),
            Codec::Hz(_) if std::mem::take(state) != 0 => b"~}".to_vec(),
            _ => Vec::new(),
        }
    }
}

fn plain(charset: &Charset, leads: Leads, bytes: &[u8]) -> Result<Decoded, Trouble> {
    let first = bytes[0];
    if let Some(character) = charset.character(u32::from(first)) {
        return Ok(Decoded::one(1, character));
    }
    if first.is_ascii() {
        return Ok(Decoded::one(1, char::from(first)));
    }
    if matches!(leads, Leads::Shifted(last) if !matches!(first, 0x81..=0x9f | 0xe0..) || first > last) {
        return Err(Trouble::Illegal(1));
    }
    let second = *bytes.get(1).ok_or(Trouble::Incomplete)?;
    let mut place = u32::from(first) << 8 | u32::from(second);
    let mut size = 2;
    if charset.character(place).is_none() && first == 0x8f && charset.character(0x8fa2af).is_some() {
        place = place << 8 | u32::from(*bytes.get(2).ok_or(Trouble::Incomplete)?);
        size = 3;
    }
    match (charset.character(place), charset.pair(place)) {
        (Some(character), _) => Ok(Decoded::one(size, character)),
        (None, Some(pair)) => Ok(Decoded::two(size, pair)),
        (None, None) => Err(Trouble::Illegal(if charset.is_free(place) { 2 } else { 1 })),
    }
}

/// First, middle and last parts of Korean syllables, as their letters' second bytes in EUC.
const FIRSTS: &[u8] = b"\xa1\xa2\xa4\xa7\xa8\xa9\xb1\xb2\xb3\xb5\xb6\xb7\xb8\xb9\xba\xbb\xbc\xbd\xbe";
const LASTS: &[u8] =
    b"\xd4\xa1\xa2\xa3\xa4\xa5\xa6\xa7\xa9\xaa\xab\xac\xad\xae\xaf\xb0\xb1\xb2\xb4\xb5\xb6\xb7\xb8\xba\xbb\xbc\xbd\xbe";
const MIDDLE: u8 = 0xbf;

fn syllable(bytes: &[u8]) -> Result<Decoded, Trouble> {
    if bytes.len() < 8 {
        return Err(Trouble::Incomplete);
    }
    let found = match &bytes[2..8] {
        [0xa4, first, 0xa4, middle @ MIDDLE..=0xd3, 0xa4, last] => {
            let first = FIRSTS.iter().position(|byte| byte == first);
            let last = LASTS.iter().position(|byte| byte == last);
            first.zip(last).map(|(first, last)| (first * 21 + usize::from(middle - MIDDLE)) * 28 + last)
        }
        _ => None,
    };
    let character = found.and_then(|index| char::from_u32(0xac00 + index as u32));
    character.map(|character| Decoded::one(8, character)).ok_or(Trouble::Illegal(1))
}

/// A syllable that the charset lacks, by its parts.
fn parts(character: char) -> Option<[u8; 8]> {
    let index = (character as u32).checked_sub(0xac00).filter(|index| *index < 11_172)? as usize;
    let (first, middle, last) = (FIRSTS[index / 588], MIDDLE + (index / 28 % 21) as u8, LASTS[index % 28]);
    Some([0xa4, 0xd4, 0xa4, first, 0xa4, middle, 0xa4, last])
}

/// Places of four bytes where GB 18030 of 2000, which is CPython's, differs from later ones.
const MOVED: &[(u32, char)] = &[
    (0x8135_f437, 'ḿ'),
    (0x8431_8236, '︐'),
    (0x8431_8237, '︑'),
    (0x8431_8238, '︒'),
    (0x8431_8239, '︓'),
    (0x8431_8330, '︔'),
    (0x8431_8331, '︕'),
    (0x8431_8332, '︖'),
    (0x8431_8333, '︗'),
    (0x8431_8334, '︘'),
    (0x8431_8335, '︙'),
    (0x8235_9037, '\u{9fb4}'),
    (0x8235_9038, '\u{9fb5}'),
    (0x8235_9039, '\u{9fb6}'),
    (0x8235_9130, '\u{9fb7}'),
    (0x8235_9131, '\u{9fb8}'),
    (0x8235_9132, '\u{9fb9}'),
    (0x8235_9133, '\u{9fba}'),
    (0x8235_9134, '\u{9fbb}'),
];

fn national(bytes: &[u8]) -> Result<Decoded, Trouble> {
    let Some(four) = bytes.first_chunk::<4>() else { return Err(Trouble::Incomplete) };
    let place = u32::from_be_bytes(*four);
    let moved = MOVED.iter().find(|(at, _)| *at == place).map(|(_, character)| *character);
    let known = moved.or_else(|| {
        let text = GB18030.decode_without_bom_handling_and_without_replacement(four)?;
        let mut characters = text.chars();
        characters.next().filter(|_| characters.next().is_none())
    });
    known.map(|character| Decoded::one(4, character)).ok_or(Trouble::Illegal(1))
}

fn national_bytes(character: char) -> Option<Vec<u8>> {
    // Stand-ins of halves of surrogate pairs have no bytes.
    if (0xd800..0xe000).contains(&interpreter::object::str::surrogate::code(character)) {
        return None;
    }
    if let Some((place, _)) = MOVED.iter().find(|(_, moved)| *moved == character) {
        return Some(place.to_be_bytes().to_vec());
    }
    let mut text = [0; 4];
    let (bytes, _, failed) = GB18030.encode(character.encode_utf8(&mut text));
    (!failed && bytes.len() == 4).then(|| bytes.into_owned())
}

/// HZ: GB 2312 in seven bits between `~{` and `~}`.
fn hz(charset: &Charset, bytes: &[u8], state: &mut u64) -> Result<Decoded, Trouble> {
    let first = bytes[0];
    if first == b'~' {
        let second = *bytes.get(1).ok_or(Trouble::Incomplete)?;
        return match (second, *state) {
            (b'~', 0) => Ok(Decoded::one(2, '~')),
            (b'\n', 0) => Ok(Decoded::none(2)),
            (b'{', 0) => {
                *state = 1;
                Ok(Decoded::none(2))
            }
            (b'}', 1) => {
                *state = 0;
                Ok(Decoded::none(2))
            }
            _ => Err(Trouble::Illegal(1)),
        };
    }
    match first {
        0x80.. => Err(Trouble::Illegal(1)),
        _ if *state == 0 => Ok(Decoded::one(1, char::from(first))),
        _ => {
            let second = *bytes.get(1).ok_or(Trouble::Incomplete)?;
            let character = charset.character(u32::from(first) << 8 | u32::from(second));
            character.map(|character| Decoded::one(2, character)).ok_or(Trouble::Illegal(1))
        }
    }
}

fn state(vm: &Vm, word: Word) -> Outcome<u64> {
    Ok(vm.index(word)? as u64)
}

/// What stands for the wrong parts of a text, if they are no trouble.
fn instead<'v>(vm: &'v Vm, args: Args) -> Outcome<Option<&'v str>> {
    if args.at(4) == Word::NONE { Ok(None) } else { vm.expect_text(args.at(4)).map(Some) }
}

fn decode(vm: &Vm, args: Args) -> Outcome {
    let codec = Codec::named(vm, args.at(0))?;
    let bytes = vm.bytes_of(args.at(1))?;
    let mut position = usize::try_from(vm.index(args.at(2))?).unwrap_or(0);
    let mut state = state(vm, args.at(3))?;
    let mut text = String::with_capacity(bytes.len().saturating_sub(position));
    let instead = instead(vm, args)?;
    let mut trouble = 0;
    while position < bytes.len() {
        match codec.decode(&bytes[position..], &mut state) {
            Ok(decoded) => {
                text.extend(decoded.characters.into_iter().flatten());
                position += decoded.taken;
            }
            Err(Trouble::Illegal(count)) => match instead {
                Some(instead) => {
                    text.push_str(instead);
                    position += count;
                }
                None => {
                    trouble = count as isize;
                    break;
                }
            },
            Err(Trouble::Incomplete) => {
                trouble = -1;
                break;
            }
        }
    }
    let parts = [vm.new_str(&text)?, Word::int(position as isize), vm.new_int(state as i64)?, Word::int(trouble)];
    vm.new_tuple(&parts)
}

fn encode(vm: &Vm, args: Args) -> Outcome {
    let codec = Codec::named(vm, args.at(0))?;
    let text: Vec<char> = vm.expect_text(args.at(1))?.chars().collect();
    let mut state = state(vm, args.at(2))?;
    let last = vm.truth(args.at(3))?;
    let instead: Option<Vec<char>> = instead(vm, args)?.map(|instead| instead.chars().collect());
    let mut bytes = Vec::with_capacity(2 * text.len());
    let (mut position, mut is_wrong) = (0, false);
    while position < text.len() {
        match codec.encode(&text[position..], last, &mut state) {
            Ok(Some(encoded)) => {
                bytes.extend(encoded.bytes);
                position += encoded.taken;
            }
            Ok(None) => break,
            Err(_) => match &instead {
                Some(instead) => {
                    for character in instead.chunks(1) {
                        if let Ok(Some(encoded)) = codec.encode(character, true, &mut state) {
                            bytes.extend(encoded.bytes);
                        }
                    }
                    position += 1;
                }
                None => {
                    is_wrong = true;
                    break;
                }
            },
        }
    }
    let parts = [vm.new_bytes(&bytes)?, Word::int(position as isize), vm.new_int(state as i64)?, Word::bool(is_wrong)];
    vm.new_tuple(&parts)
}
