//! Reads the traceback that a board prints.

use crate::model::{Frame, Traceback};

/// How MicroPython names source that came over the line.
const STDIN: &str = "<stdin>";

/// The last traceback in the text; a bare exception line is one without frames. `None` if there is nothing.
pub fn parse(text: &str) -> Option<Traceback> {
    let text = text.replace("\r\n", "\n");
    let text = text.trim_end_matches(['\n', '\r']);
    if text.trim().is_empty() {
        return None;
    }
    let last = text.rfind("Traceback (most recent call last):").map_or(text, |at| &text[at..]);
    let mut traceback = Traceback::default();
    let mut lines = last.lines().skip_while(|line| line.starts_with("Traceback")).peekable();
    while let Some(frame) = lines.peek().and_then(|line| frame(line)) {
        traceback.frames.push(frame);
        lines.next();
        // Where the source is at hand, a line of it, and a line that points into it, may follow.
        while lines.peek().is_some_and(|line| line.starts_with("    ")) {
            lines.next();
        }
    }
    let rest = lines.collect::<Vec<_>>().join("\n");
    let (exception, message) = rest.split_once(':').unwrap_or((&rest, ""));
    traceback.exception = exception.trim().to_string();
    traceback.message = message.trim_start().to_string();
    Some(traceback)
}

/// `  File "main.py", line 3, in f`; a syntax error has no function.
fn frame(line: &str) -> Option<Frame> {
    let rest = line.strip_prefix("  File \"")?;
    let (file, rest) = rest.split_once("\", line ")?;
    let (line, function) = rest.split_once(", in ").unwrap_or((rest, ""));
    Some(Frame { file: file.to_string(), line: line.trim().parse().ok()?, function: function.to_string() })
}

impl Traceback {
    /// The same with the name of a script in place of `<stdin>`.
    pub fn named(mut self, script: &str) -> Traceback {
        for frame in self.frames.iter_mut().filter(|frame| frame.file == STDIN) {
            frame.file = script.to_string();
        }
        self
    }

    /// The number of an `OSError`: `[Errno 28] ENOSPC`, `[Errno 28] No space left on device`, or on old boards just `28`.
    pub fn errno(&self) -> Option<u32> {
        if self.exception != "OSError" {
            return None;
        }
        let number = self.message.strip_prefix("[Errno ").unwrap_or(&self.message);
        number.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, frames: &[(&str, u32, &str)], exception: &str, message: &str) {
        let found = parse(text).expect("there is a traceback");
        let places: Vec<_> = found.frames.iter().map(|f| (f.file.as_str(), f.line, f.function.as_str())).collect();
        assert_eq!((&places[..], &found.exception[..], &found.message[..]), (frames, exception, message));
    }

    #[test]
    fn a_traceback_is_read_line_by_line() {
        check(
            "Traceback (most recent call last):\r\n  File \"<stdin>\", line 3, in <module>\r\n  File \"/lib/a.py\", line 12, in f\r\nValueError: bad: very\r\n",
            &[("<stdin>", 3, "<module>"), ("/lib/a.py", 12, "f")],
            "ValueError",
            "bad: very",
        );
    }

    #[test]
    fn a_syntax_error_has_no_function() {
        check(
            "Traceback (most recent call last):\r\n  File \"<stdin>\", line 1\r\nSyntaxError: invalid syntax\r\n",
            &[("<stdin>", 1, "")],
            "SyntaxError",
            "invalid syntax",
        );
    }

    #[test]
    fn exceptions_without_message_or_frames_are_read_too() {
        check("MemoryError: \r\n", &[], "MemoryError", "");
        check(
            "Traceback (most recent call last):\r\n  File \"<stdin>\", line 1, in <module>\r\nKeyboardInterrupt\r\n",
            &[("<stdin>", 1, "<module>")],
            "KeyboardInterrupt",
            "",
        );
    }

    #[test]
    fn the_last_of_several_counts() {
        let text = "Traceback (most recent call last):\n  File \"a\", line 1\nA: 1\n\nDuring handling:\n\nTraceback (most recent call last):\n  File \"b\", line 2\nB: 2\n";
        check(text, &[("b", 2, "")], "B", "2");
    }

    #[test]
    fn silence_is_no_traceback() {
        assert_eq!(parse("\r\n"), None);
    }

    #[test]
    fn the_number_of_an_oserror_is_read_in_all_three_forms() {
        for text in ["OSError: [Errno 28] ENOSPC", "OSError: [Errno 28] No space left on device", "OSError: 28"] {
            assert_eq!(parse(text).and_then(|t| t.errno()), Some(28), "{text}");
        }
        assert_eq!(parse("ValueError: 28").and_then(|t| t.errno()), None);
    }
}
