//! Tokens that make a statement worth a second look, which hosts take (`compile/suspicion.rs`).

use super::token::Token;
use crate::object::word::Word;

/// Whether a name has a sign that is no letter or digit everywhere: it may be one that names cannot have.
pub(crate) fn has_sign(name: &str) -> bool {
    !name.is_ascii() && name.chars().any(|letter| !letter.is_ascii() && !letter.is_alphanumeric())
}

/// Whether such a token may be no Python where it stands, though the grammar takes it.
pub(super) fn is_odd(token: Token, value: Word) -> bool {
    match token {
        Token::Await | Token::Async | Token::Walrus | Token::Global | Token::Nonlocal | Token::Yield => true,
        Token::Name => value == Word::name(name!(__debug__)) || value == Word::name(name!(__future__)),
        _ => false,
    }
}
