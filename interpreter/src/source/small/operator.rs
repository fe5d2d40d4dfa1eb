//! Operators from their characters, by search: what the smallest interpreter takes for a table of decisions.

use super::token::Token;

/// The longest operator that `bytes` begin with, and its length.
pub(super) fn operator(bytes: [u8; 3]) -> Option<(Token, usize)> {
    let length_of = |operator: &[u8; 3]| operator.iter().take_while(|byte| **byte != 0).count();
    let fits = |operator: &&[u8; 3]| bytes.starts_with(&operator[..length_of(operator)]);
    let (longest, operator) = OPERATORS.iter().enumerate().filter(|row| fits(&row.1)).max_by_key(|row| length_of(row.1))?;
    Some((Token::ALL[Token::Open as usize + longest], length_of(operator)))
}

/// The characters of every operator, in the order of the tokens.
static OPERATORS: [[u8; 3]; Token::ALL.len() - Token::Open as usize] = {
    let mut all = [[0; 3]; Token::ALL.len() - Token::Open as usize];
    let mut token = 0;
    while token < all.len() {
        let text = Token::ALL[Token::Open as usize + token].text().as_bytes();
        let mut at = 0;
        while at < text.len() {
            all[token][at] = text[at];
            at += 1;
        }
        token += 1;
    }
    all
};
