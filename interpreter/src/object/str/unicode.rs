//! What characters are: the tables of Rust's core library.

/// Whether more than ASCII is known here.
pub const ALL: bool = true;

/// Whether it is white space to Python.
pub fn is_space(character: char) -> bool {
    matches!(character, '\x1c'..='\x1f') || character.is_whitespace()
}

/// Whether it is a letter.
pub fn is_alphabetic(character: char) -> bool {
    character.is_alphabetic()
}

/// The zeros of Unicode's scripts but ASCII's (category Nd): nine more digits follow each.
const ZEROS: [u32; 76] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20, 0x1040,
    0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0,
    0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x10d40, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0,
    0x11650, 0x116c0, 0x116d0, 0x116da, 0x11730, 0x118e0, 0x11950, 0x11bf0, 0x11c50, 0x11d50, 0x11da0, 0x11de0, 0x11f50, 0x16130,
    0x16a60, 0x16ac0, 0x16b50, 0x16d70, 0x1ccf0, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e4f0, 0x1e5f1,
    0x1e950, 0x1fbf0,
];

/// Digits that do not make numbers: in circles, raised, lowered (Numeric_Type=Digit), from and to.
const FURTHER: [(u32, u32); 20] = [
    (0xb2, 0xb3),
    (0xb9, 0xb9),
    (0x1369, 0x1371),
    (0x19da, 0x19da),
    (0x2070, 0x2070),
    (0x2074, 0x2079),
    (0x2080, 0x2089),
    (0x2460, 0x2468),
    (0x2474, 0x247c),
    (0x2488, 0x2490),
    (0x24ea, 0x24ea),
    (0x24f5, 0x24fd),
    (0x24ff, 0x24ff),
    (0x2776, 0x277e),
    (0x2780, 0x2788),
    (0x278a, 0x2792),
    (0x10a40, 0x10a43),
    (0x10e60, 0x10e68),
    (0x11052, 0x1105a),
    (0x1f100, 0x1f10a),
];

/// The value of a decimal digit.
pub fn decimal(character: char) -> Option<u32> {
    if character.is_ascii() {
        return character.to_digit(10);
    }
    let code = character as u32;
    let zero = ZEROS[ZEROS.partition_point(|zero| *zero <= code).checked_sub(1)?];
    Some(code - zero).filter(|value| *value < 10)
}

/// Whether it is a decimal digit, of which numbers are made.
pub fn is_decimal(character: char) -> bool {
    decimal(character).is_some()
}

/// Whether it is a digit.
pub fn is_digit(character: char) -> bool {
    let code = character as u32;
    is_decimal(character) || FURTHER.iter().any(|(first, last)| (*first..=*last).contains(&code))
}

/// Whether it stands for a number.
pub fn is_numeric(character: char) -> bool {
    character.is_numeric()
}

/// Whether it is an upper case letter.
pub fn is_upper(character: char) -> bool {
    character.is_uppercase()
}

/// Whether it is a lower case letter.
pub fn is_lower(character: char) -> bool {
    character.is_lowercase()
}

/// Whether it is a letter with case.
pub fn is_cased(character: char) -> bool {
    is_upper(character) || is_lower(character)
}

/// Upper case, one character or more.
pub fn upper(character: char, out: &mut dyn FnMut(char)) {
    character.to_uppercase().for_each(out);
}

/// The character at `at`; for a sigma that ends a word the small one of that shape, whose upper case is the same.
pub fn placed(text: &str, at: usize, character: char) -> char {
    // Signs of the punctuation and of accents belong to the word.
    let is_between = |sign: &char| matches!(sign, '\'' | '’' | '.' | '·' | ':' | '^' | '`' | '\u{ad}' | '\u{300}'..='\u{36f}');
    let is_letter = |sign: Option<char>| sign.is_some_and(is_cased);
    let ends_word = character == 'Σ'
        && is_letter(text[..at].chars().rev().find(|sign| !is_between(sign)))
        && !is_letter(text[at..].chars().skip(1).find(|sign| !is_between(sign)));
    if ends_word { 'ς' } else { character }
}

/// For texts that are compared whatever their case, one character or more: mostly the lower case of its upper case.
pub fn folded(character: char, out: &mut dyn FnMut(char)) {
    match character {
        'ẞ' => "ss".chars().for_each(out),
        'ı' | '\u{13a0}'..='\u{13f5}' => out(character),
        // Cherokee had one case for long.
        '\u{13f8}'..='\u{13fd}' | '\u{ab70}'..='\u{abbf}' => upper(character, out),
        _ => character.to_uppercase().flat_map(char::to_lowercase).for_each(out),
    }
}

/// As a word begins, one character or more: of a ligature, only the first letter is upper case.
pub fn titled(character: char, out: &mut dyn FnMut(char)) {
    let moved = |by: u32| char::from_u32(character as u32 + by).expect("a neighbour of the same script");
    match character {
        // Two letters in one: both small, both large, and the first one large in the middle.
        'Ǆ' | 'Ǉ' | 'Ǌ' | 'Ǳ' => out(moved(1)),
        'ǅ' | 'ǈ' | 'ǋ' | 'ǲ' => out(character),
        'ǆ' | 'ǉ' | 'ǌ' | 'ǳ' => out(char::from_u32(character as u32 - 1).expect("a neighbour")),
        // Georgian has no titles.
        '\u{10d0}'..='\u{10fa}' | '\u{10fd}'..='\u{10ff}' => out(character),
        // Greek letters with an iota below.
        '\u{1f80}'..='\u{1faf}' => out(moved(8 - (character as u32 & 8))),
        '\u{1fb3}' | '\u{1fc3}' | '\u{1ff3}' => out(moved(9)),
        '\u{1fbc}' | '\u{1fcc}' | '\u{1ffc}' => out(character),
        'ŉ' => upper(character, out),
        _ => {
            let mut large = character.to_uppercase();
            large.next().into_iter().for_each(&mut *out);
            large.for_each(|letter| if letter == '\u{399}' { out('\u{345}') } else { lower(letter, out) });
        }
    }
}

/// Lower case, one character or more.
pub fn lower(character: char, out: &mut dyn FnMut(char)) {
    character.to_lowercase().for_each(out);
}
