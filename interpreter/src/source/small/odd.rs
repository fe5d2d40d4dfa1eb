//! Tokens that make a statement worth a second look: none, where nobody takes it.

use crate::object::word::Word;
use crate::source::token::Token;

/// Whether such a token may be no Python where it stands.
pub(super) const fn is_odd(_: Token, _: Word) -> bool {
    false
}

/// Names may have any sign.
#[inline(always)]
pub(crate) const fn has_sign(_: &str) -> bool {
    false
}
