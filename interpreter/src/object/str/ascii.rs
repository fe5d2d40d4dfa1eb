//! What characters are, of ASCII alone: for boards without room for Unicode's tables.

/// Whether more than ASCII is known here.
pub const ALL: bool = false;

/// Whether it is white space.
pub fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t'..='\r')
}

/// Whether it is a letter.
pub fn is_alphabetic(character: char) -> bool {
    character.is_ascii_alphabetic()
}

/// The value of a decimal digit.
pub fn decimal(character: char) -> Option<u32> {
    character.to_digit(10)
}

/// Whether it is a decimal digit.
pub fn is_decimal(character: char) -> bool {
    character.is_ascii_digit()
}

/// Whether it stands for a number.
pub fn is_numeric(character: char) -> bool {
    character.is_ascii_digit()
}

/// Whether it is a digit.
pub fn is_digit(character: char) -> bool {
    character.is_ascii_digit()
}

/// Whether it is an upper case letter.
pub fn is_upper(character: char) -> bool {
    character.is_ascii_uppercase()
}

/// Whether it is a lower case letter.
pub fn is_lower(character: char) -> bool {
    character.is_ascii_lowercase()
}

/// Whether it is a letter with case.
pub fn is_cased(character: char) -> bool {
    character.is_ascii_alphabetic()
}

/// Upper case.
pub fn upper(character: char, out: &mut dyn FnMut(char)) {
    out(character.to_ascii_uppercase());
}

/// Lower case.
pub fn lower(character: char, out: &mut dyn FnMut(char)) {
    out(character.to_ascii_lowercase());
}

/// The character at a place: one of ASCII has no other shape there.
pub fn placed(_text: &str, _at: usize, character: char) -> char {
    character
}

/// For texts that are compared whatever their case.
pub use lower as folded;
/// As a word begins.
pub use upper as titled;
