//! What characters are: the tables of Rust's core library.

/// Whether it is a letter.
pub fn is_alphabetic(character: char) -> bool {
    character.is_alphabetic()
}

/// Whether it is a decimal digit: those of Unicode's scripts that are laid out as ten in a row.
pub fn is_digit(character: char) -> bool {
    character.is_ascii_digit() || (!character.is_ascii() && character.is_numeric() && !character.is_alphabetic())
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

/// Lower case, one character or more.
pub fn lower(character: char, out: &mut dyn FnMut(char)) {
    character.to_lowercase().for_each(out);
}
