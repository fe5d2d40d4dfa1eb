//! Whether input at the prompt is incomplete: what brackets and quotes are open, and whether a block is.

use super::IS_STANDARD;

/// Words that begin a compound statement.
const COMPOUND: &[&str] = &["if", "while", "for", "try", "with", "def", "class", "async"];

/// Whether the prompt should ask for another line: `text` has open brackets or triple quotes, ends in a backslash, or is
/// a compound statement that no empty line has ended.
pub fn needs_more(text: &str) -> bool {
    let scan = Scan::of(text.as_bytes());
    if scan.quote != 0 {
        return scan.is_triple || scan.is_joined;
    }
    scan.depth > 0 || scan.is_joined || begins_compound(text.as_bytes()) && !text.as_bytes().ends_with(b"\n")
}

fn begins_compound(text: &[u8]) -> bool {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || *byte >= 0x80;
    let (word, rest) = text.split_at(text.iter().position(|byte| !is_part(byte)).unwrap_or(text.len()));
    COMPOUND.iter().any(|compound| compound.as_bytes() == word)
        || text.first() == Some(&b'@')
        || IS_STANDARD && begins_match(word, rest)
}

/// `match` may be a name: it is one when an operator follows.
fn begins_match(word: &[u8], rest: &[u8]) -> bool {
    let rest = rest.trim_ascii();
    let is_name = rest.first().is_none_or(|next| b"=.,:)[(+-*/".contains(next));
    word == b"match" && (!is_name || rest.last() == Some(&b':'))
}

/// What is open at the end of a text.
struct Scan {
    depth: usize,
    /// The quote of the string under way, or 0.
    quote: u8,
    is_triple: bool,
    /// Whether the text ends in a backslash that joins the next line.
    is_joined: bool,
}

impl Scan {
    fn of(text: &[u8]) -> Scan {
        let mut scan = Scan { depth: 0, quote: 0, is_triple: false, is_joined: false };
        let mut at = 0;
        while let Some(byte) = text.get(at) {
            at += scan.step(*byte, &text[at..]);
        }
        scan
    }

    /// Takes one lexeme's part, of which `rest` begins with `byte`. Returns its length.
    fn step(&mut self, byte: u8, rest: &[u8]) -> usize {
        self.is_joined = false;
        if byte == b'\\' {
            self.is_joined = rest.len() == 1 || rest == b"\\\n";
            return 2;
        }
        let is_triple = rest.len() >= 3 && rest[1] == byte && rest[2] == byte;
        if self.quote != 0 {
            if byte == self.quote && (is_triple || !self.is_triple) {
                self.quote = 0;
                return if self.is_triple { 3 } else { 1 };
            }
            // A line end within quotes is an error, which more input cannot mend.
            return if byte == b'\n' && !self.is_triple { rest.len() } else { 1 };
        }
        match byte {
            b'\'' | b'"' => {
                (self.quote, self.is_triple) = (byte, is_triple);
                return if is_triple { 3 } else { 1 };
            }
            b'#' => return rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len()),
            b'(' | b'[' | b'{' => self.depth += 1,
            b')' | b']' | b'}' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        1
    }
}
