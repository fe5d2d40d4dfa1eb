//! Watches the friendly prompt go by, to know whether the board waits for a statement.
//!
//! Nothing is ever decided by this alone: a program may print `>>> `. It only tells when asking the board is worth it (the
//! board proves its prompt by entering the raw REPL), and what the user has typed so far, so that it can be put back after a
//! file operation. For that the last line is kept as a terminal would show it: MicroPython edits with backspaces, `ESC[K`,
//! `ESC[nD` and `ESC[nC`.

use std::borrow::Cow;

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
    /// Has the terminal been told something that may have changed how it shows text?
    dressed: bool,
}

/// Makes a terminal plain again, whatever it was told: nothing half said, no second screen (xterm's mode 47, which moves no cursor), no
/// attributes, margins or other letters (DECSTR), keys, mouse and paste as usual.
pub const PLAIN: &[u8] =
    b"\x18\x1b[?47l\x1b[!p\x1b[?1l\x1b>\x1b[?7h\x1b[4l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1004l\x1b[?2004l\x1b(B\x0f\x1b[0m";

/// What a board says between ESC ] and its end is no longer than this: CircuitPython tells so how it is, wherever the cursor is.
const LONGEST_TITLE: usize = 512;

/// Whether this sequence for the title of a terminal (ECMA-48, 8.3.89) is at its end.
fn title_ends(sequence: &[u8]) -> bool {
    sequence.ends_with(b"\x07") || sequence.ends_with(b"\x1b\\")
}

/// What was said, without titles.
pub fn without_titles(said: &[u8]) -> Cow<'_, [u8]> {
    if !said.windows(2).any(|pair| pair == b"\x1b]") {
        return Cow::Borrowed(said);
    }
    let (mut plain, mut rest) = (Vec::with_capacity(said.len()), said);
    while let Some(at) = rest.windows(2).position(|pair| pair == b"\x1b]") {
        plain.extend_from_slice(&rest[..at]);
        let end = (at + 2..=rest.len()).find(|&end| title_ends(&rest[at..end]));
        rest = end.map_or(&[], |end| &rest[end..]); // one that has not ended is not shown either
    }
    plain.extend_from_slice(rest);
    Cow::Owned(plain)
}

/// A longer line is no prompt, whatever it begins with.
const LONGEST: usize = 4096;

impl Watch {
    /// The board said this.
    pub fn saw(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.dressed |= matches!(byte, 0x1B | 0x0E | 0xC2); // ESC, shift out, and the first byte of what means ESC [ in one character
            if self.breaks_off(byte) {
                self.pending.clear();
            }
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

    /// Must the terminal be made plain? Asked once, by whoever does it: what is half said ends with that.
    pub fn undress(&mut self) -> bool {
        self.pending.clear();
        std::mem::take(&mut self.dressed)
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

    /// Does this byte end what has begun without completing it? Bytes that are no text must not swallow the prompt behind them.
    fn breaks_off(&self, byte: u8) -> bool {
        match self.pending[..] {
            [0x1B, ..] => matches!(byte, b'\r' | b'\n' | 0x18 | 0x1A),
            [0xC0..=0xFF, ..] => !(0x80..0xC0).contains(&byte),
            _ => false,
        }
    }

    fn complete(&self) -> bool {
        match self.pending[..] {
            [0x1B] => false,
            [0x1B, b'['] => false,
            [0x1B, b'[', .., last] => (0x40..=0x7E).contains(&last) || self.pending.len() > 16,
            [0x1B, b']', ..] => title_ends(&self.pending) || self.pending.len() > LONGEST_TITLE,
            [first, ..] if first >= 0xC0 => self.pending.len() >= first.leading_ones() as usize,
            _ => true,
        }
    }

    fn apply(&mut self, sequence: &[u8]) {
        match sequence {
            b"\n" => *self = Watch { dressed: self.dressed, ..Watch::default() },
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
        check("\x1b]0;🐍Done | 9.2.1\x1b\\\r\n>>> \x1b]0;🐍REPL | 9.2.1\x1b\\", Prompt::Empty);
        check(">>> a\x1b]0;title\x07b", Prompt::Typing("ab".into()));
    }

    #[test]
    fn a_prompt_behind_what_is_no_text_is_one() {
        for garbage in [&b"\xF0"[..], b"\xE2\x82", b"\x1b[", b"\x1b[1;2", b"\x1b]0;", b"\x1b", b"\xFF\xC3"] {
            let mut watch = Watch::default();
            watch.saw(&[garbage, b"\r\n>>> "].concat());
            assert_eq!(watch.prompt(), Prompt::Empty, "{garbage:?}");
        }
    }

    #[test]
    fn only_what_may_have_changed_the_terminal_wants_it_plain() {
        let mut watch = Watch::default();
        watch.saw("text, día, 🎈\r\n".as_bytes());
        assert!(!watch.undress());
        watch.saw(b"\x1b[?1049h\n");
        assert!(watch.undress() && !watch.undress());
        watch.saw(b"\x1b]0;half a title");
        assert!(watch.undress());
        watch.saw(b">>> ");
        assert_eq!(watch.prompt(), Prompt::Empty);
    }

    #[test]
    fn titles_are_no_text() {
        let plain = |said: &str| String::from_utf8(without_titles(said.as_bytes()).into_owned()).expect("it is text");
        assert_eq!(plain("a\x1b]0;x\x1b\\b\x1b]2;y\x07c"), "abc");
        assert_eq!(plain(">>> \x1b]0;half"), ">>> ");
        assert_eq!(plain("\x1b[1mbold"), "\x1b[1mbold");
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
