//! Operators from their characters.

use super::token::Token;

/// The longest operator that `bytes` begin with, and its length.
pub(super) fn operator(bytes: [u8; 3]) -> Option<(Token, usize)> {
    use Token::*;
    let [a, b, c] = bytes;
    // `x`, `x=`, `xx` and `xx=` for the operators that have such forms.
    let plain = |single, with_equal| if b == b'=' { (with_equal, 2) } else { (single, 1) };
    let double = |single, with_equal, twice, twice_equal| match (b == a, c) {
        (true, b'=') => (twice_equal, 3),
        (true, _) => (twice, 2),
        _ => plain(single, with_equal),
    };
    Some(match a {
        b'(' => (Open, 1),
        b')' => (Close, 1),
        b'[' => (OpenBracket, 1),
        b']' => (CloseBracket, 1),
        b'{' => (OpenBrace, 1),
        b'}' => (CloseBrace, 1),
        b',' => (Comma, 1),
        b';' => (Semicolon, 1),
        b'~' => (Tilde, 1),
        b':' => plain(Colon, Walrus),
        b'.' if b == b'.' && c == b'.' => (Ellipsis, 3),
        b'.' => (Dot, 1),
        b'-' if b == b'>' => (Arrow, 2),
        b'!' if b == b'=' => (NotEqual, 2),
        b'=' => plain(Equal, EqualEqual),
        b'+' => plain(Plus, PlusEqual),
        b'-' => plain(Minus, MinusEqual),
        b'@' => plain(At, AtEqual),
        b'%' => plain(Percent, PercentEqual),
        b'&' => plain(Ampersand, AmpersandEqual),
        b'|' => plain(Bar, BarEqual),
        b'^' => plain(Caret, CaretEqual),
        b'*' => double(Star, StarEqual, DoubleStar, DoubleStarEqual),
        b'/' => double(Slash, SlashEqual, DoubleSlash, DoubleSlashEqual),
        b'<' => double(Less, LessEqual, ShiftLeft, ShiftLeftEqual),
        b'>' => double(Greater, GreaterEqual, ShiftRight, ShiftRightEqual),
        _ => return Option::None,
    })
}
