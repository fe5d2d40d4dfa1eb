//! Halves of surrogate pairs in text: `'\ud800'`, and what `surrogateescape` makes of bytes that are not UTF-8.
//!
//! A `str` is UTF-8, which has no such halves. Each of the 2,048 has a stand-in: the code point 0x100000 above it, in the last
//! plane of those for private use. Programs see the half: `ord`, `repr`, escapes, `json` and the codecs change one into the
//! other. So those private code points cannot be told from halves, and a half sorts behind all other characters; a whole
//! second representation of text would be the price of either.

/// How far above a half its stand-in is.
const ABOVE: u32 = 0x10_0000;

/// The character of a code point, or the stand-in of a half.
pub fn character(code: u32) -> Option<char> {
    if (0xd800..0xe000).contains(&code) { char::from_u32(code + ABOVE) } else { char::from_u32(code) }
}

/// The code point that programs see of a character.
pub fn code(character: char) -> u32 {
    let code = character as u32;
    if (ABOVE + 0xd800..ABOVE + 0xe000).contains(&code) { code - ABOVE } else { code }
}

/// The code point in text for one that a program speaks of.
pub fn stand_in(code: u32) -> u32 {
    if (0xd800..0xe000).contains(&code) { code + ABOVE } else { code }
}

/// Where the first run of halves is: the numbers of its first character and of the one behind its last.
pub fn find(text: &str) -> Option<(usize, usize)> {
    // All stand-ins begin so.
    if !text.as_bytes().windows(3).any(|bytes| matches!(bytes, [0xf4, 0x8d, 0xa0..=0xbf])) {
        return None;
    }
    let is_half = |character: char| (0xd800..0xe000).contains(&code(character));
    let start = text.chars().position(is_half)?;
    Some((start, start + text.chars().skip(start).take_while(|character| is_half(*character)).count()))
}
