//! Watches the friendly prompt go by, to know whether the board waits for a statement.
//!
//! Nothing is ever decided by this alone: a program may print `>>> `. It only tells when asking the board is worth it (the
//! board proves its prompt by entering the raw REPL), and what the user has typed so far, so that it can be put back after a
//! file operation. For that the last line is kept as a terminal would show it: MicroPython edits with backspaces, `ESC[K`,
//! `ESC[nD` and `ESC[nC`.

/// What seems to be at the prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Prompt {
    /// An empty prompt.
    Empty,
    /// A prompt and a beginning of a statement.
    Typing(String),
    /// The following lines of a statement, or paste mode.
    Block,
    /// No prompt: a program runs, or printed last.
    Elsewhere,
}

/// The last line of the terminal.
#[derive(Debug, Default)]
pub struct Watch {
    cells: Vec<char>,
    cursor: usize,
    /// Bytes of a character or escape sequence that is not complete.
    pending: Vec<u8>,
    /// Enter was sent, and its echo has not come: whatever the line shows is old.
    entered: bool,
}

/// A longer line is no prompt, whatever it begins with.
const LONGEST: usize = 4096;

impl Watch {
    /// The board said this.
    pub fn saw(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.pending.push(byte);
            if self.complete() {
                let sequence = std::mem::take(&mut self.pending);
                self.apply(&sequence);
            }
        }
    }

    /// The user typed this.
    pub fn typed(&mut self, bytes: &[u8]) {
        let resets = bytes.contains(&4) && self.prompt() == Prompt::Empty; // elsewhere Ctrl-D deletes a character
        self.entered |= resets || bytes.iter().any(|byte| matches!(byte, b'\r' | b'\n'));
    }

    /// Is there nothing on the line?
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// What seems to be there now.
    pub fn prompt(&self) -> Prompt {
        let line: String = self.cells.iter().collect();
        let statement = line.strip_prefix(">>> ").or_else(|| line.strip_prefix("--> "));
        match statement {
            _ if self.entered => Prompt::Elsewhere,
            Some("") => Prompt::Empty,
            Some(text) => Prompt::Typing(text.to_string()),
            None if line.starts_with("... ") || line.starts_with("=== ") => Prompt::Block,
            None => Prompt::Elsewhere,
        }
    }

    fn complete(&self) -> bool {
        match self.pending[..] {
            [0x1B] => false,
            [0x1B, b'['] => false,
            [0x1B, b'[', .., last] => (0x40..=0x7E).contains(&last) || self.pending.len() > 16,
            [first, ..] if first >= 0xC0 => self.pending.len() >= first.leading_ones() as usize,
            _ => true,
        }
    }

    fn apply(&mut self, sequence: &[u8]) {
        match sequence {
            b"\n" => *self = Watch::default(),
            b"\r" => self.cursor = 0,
            b"\x08" => self.cursor = self.cursor.saturating_sub(1),
            [0x1B, b'[', number @ .., b'D'] => self.cursor = self.cursor.saturating_sub(count(number)),
            [0x1B, b'[', number @ .., b'C'] => self.cursor = (self.cursor + count(number)).min(self.cells.len()),
            [0x1B, b'[', b'K'] | [0x1B, b'[', b'0', b'K'] => self.cells.truncate(self.cursor),
            [0x1B, ..] | [0..0x20] | [0x7F] => {}
            character => String::from_utf8_lossy(character).chars().for_each(|c| self.put(c)),
        }
    }

    fn put(&mut self, character: char) {
        if self.cursor < self.cells.len() {
            self.cells[self.cursor] = character;
        } else if self.cells.len() < LONGEST {
            self.cells.push(character);
        }
        self.cursor = (self.cursor + 1).min(self.cells.len());
    }
}

fn count(number: &[u8]) -> usize {
    std::str::from_utf8(number).ok().and_then(|text| text.parse().ok()).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(said: &str, prompt: Prompt) {
        let mut watch = Watch::default();
        watch.saw(said.as_bytes());
        assert_eq!(watch.prompt(), prompt, "{said:?}");
    }

    #[test]
    fn a_prompt_is_one_only_at_the_start_of_the_last_line() {
        check("MicroPython\r\n>>> ", Prompt::Empty);
        check("\r\n--> ", Prompt::Empty);
        check("text >>> ", Prompt::Elsewhere);
        check(">>> \r\nhello", Prompt::Elsewhere);
        check(">>> for i in x:\r\n...     ", Prompt::Block);
        check("=== ", Prompt::Block);
        check("", Prompt::Elsewhere);
    }

    #[test]
    fn a_line_is_read_as_a_terminal_shows_it() {
        check(">>> abc\x08\x1b[K", Prompt::Typing("ab".into()));
        check(">>> abc\x08\x08\x08\x1b[K", Prompt::Empty);
        check(">>> abc\x08\x08Xbc\x08\x08", Prompt::Typing("aXbc".into()));
        check(">>> abc\x1b[2DZ", Prompt::Typing("aZc".into()));
        check(">>> день 🎈", Prompt::Typing("день 🎈".into()));
        check(">>> \x1b[1mbold\x1b[0m", Prompt::Typing("bold".into()));
    }

    #[test]
    fn after_enter_the_old_prompt_no_longer_counts() {
        let mut watch = Watch::default();
        watch.saw(b">>> x");
        watch.typed(b"\r");
        assert_eq!(watch.prompt(), Prompt::Elsewhere);
        watch.saw(b"\r\n");
        assert_eq!(watch.prompt(), Prompt::Elsewhere);
        watch.saw(b">>> ");
        assert_eq!(watch.prompt(), Prompt::Empty);
    }
}
