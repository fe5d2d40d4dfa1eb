//! Whether input at the prompt is incomplete: what brackets and quotes are open, and whether a block is.

/// Words that begin a compound statement.
const COMPOUND: &[&str] = &["if", "while", "for", "try", "with", "def", "class", "async", "match"];

/// Whether the prompt should ask for another line: `text` has open brackets or triple quotes, ends in a backslash, or is
/// a compound statement that no empty line has ended.
pub fn needs_more(text: &str) -> bool {
    let scan = Scan::of(text.as_bytes());
    if scan.quote != 0 {
        return scan.is_triple || scan.is_joined;
    }
    scan.depth > 0 || scan.is_joined || begins_compound(text) && !text.ends_with('\n')
}

fn begins_compound(text: &str) -> bool {
    let word = text.split(|c: char| c.is_ascii() && !(c.is_ascii_alphanumeric() || c == '_')).next().unwrap_or("");
    // `match` may be a name: it is one when an operator follows.
    let is_name = |rest: &str| rest.is_empty() || rest.starts_with(['=', '.', ',', ':', ')', '[', '(', '+', '-', '*', '/']);
    match word {
        "match" => !is_name(text[word.len()..].trim()) || text.trim_end().ends_with(':'),
        _ => COMPOUND.contains(&word) || text.starts_with('@'),
    }
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
