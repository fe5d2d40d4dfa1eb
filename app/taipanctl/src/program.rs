//! The verbs about programs: `exec`, `run`, `repl`, `log`.

use crate::show::Show;
use crate::{Ended, Failed, files, out};
use board::local::here;
use board::phrase::Reason;
use board::run::{Run, Said};
use board::{Board, Connection, Error, Event, Events, Outcome, Start};
use serde_json::json;
use std::io::{IsTerminal, Read, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use tokio::sync::mpsc;

/// How a pipe is named in the place of a file.
pub const STDIN: &str = "-";
const CTRL_C: u8 = 3;
const CTRL_D: u8 = 4;

/// Ctrl-], and Ctrl-X as others have it.
const LEAVE: [u8; 2] = [0x1D, 0x18];

/// `exec`.
pub async fn exec(board: &Board, show: &Show, code: &str, stdin: bool) -> Ended {
    let run = board.run("<exec>", code, Start::Keep).await?;
    follow(show, board, run, Input::of(code, stdin, show)).await
}

/// `run`.
pub async fn run(board: &Board, show: &Show, file: &Path, keep: bool, stdin: bool) -> Ended {
    let piped = file == Path::new(STDIN);
    if piped && stdin {
        return Err(Failed::Words("the pipe is either the program or what it reads: say a file".into()));
    }
    let source = if piped { files::piped().await } else { std::fs::read(file) };
    let source = String::from_utf8(source.map_err(|error| here("read", file, &error))?);
    let source = source.map_err(|error| here("read", file, Reason::NoText { at: error.utf8_error().valid_up_to() + 1 }))?;
    let name = if piped { "<stdin>".into() } else { file.file_name().unwrap_or_default().to_string_lossy() };
    let run = board.run(&name, &source, if keep { Start::Keep } else { Start::Fresh }).await?;
    let input = if piped { Input::none(&source) } else { Input::of(&source, stdin, show) };
    follow(show, board, run, input).await
}

/// What a program on the board reads.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Input {
    /// Keys one by one, as at the prompt, or the bytes of a pipe and then its end.
    Typed,
    /// Nothing, and it asks for nothing.
    Unasked,
    /// Nothing, though its text asks for a line, which has an end.
    Missing,
    /// Nothing, though its text reads the stream of keys, which has none on a board.
    Endless,
}

impl Input {
    fn of(source: &str, stdin: bool, show: &Show) -> Input {
        let person = !show.is_json() && std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
        if stdin || person { Input::Typed } else { Input::none(source) }
    }

    fn none(source: &str) -> Input {
        let says = |word: &str| source.lines().any(|line| line.split('#').next().is_some_and(|code| code.contains(word)));
        match (says("input("), says("stdin")) {
            (true, _) => Input::Missing,
            (false, true) => Input::Endless,
            (false, false) => Input::Unasked,
        }
    }
}

/// So long a program that asks for input has said nothing, if it waits for that.
const SILENT: Duration = Duration::from_secs(2);

/// Shows what a program says until it ends; Ctrl-C stops it. One that asks for input where none can come reads the end of it, once it is
/// silent: it would wait for ever. In JSON each piece is an event, and the last one says how it ended.
async fn follow(show: &Show, board: &Board, mut run: Run, input: Input) -> Ended {
    let person = input == Input::Typed && std::io::stdin().is_terminal();
    let raw = person.then(Raw::begin); // the board echoes what it reads
    let mut keys = if input == Input::Typed { Some(keys()) } else { None };
    let (mut pieces, mut unread, mut told) = (Pieces::default(), false, false);
    let silence = || matches!(input, Input::Missing | Input::Endless).then(|| tokio::time::Instant::now() + SILENT);
    let mut waits = silence();
    loop {
        tokio::select! {
            said = run.said() => match said {
                Some(said) => {
                    pieces.tell(show, said, person);
                    waits = silence();
                }
                None => break,
            },
            key = async { keys.as_mut().expect("it is looked at").recv().await }, if keys.is_some() => match key {
                Some(key) if person && key.contains(&CTRL_C) => run.interrupt().await?,
                // A pipe's lines end as a program wants it, a terminal's as its key is: a board takes both.
                Some(key) => drop(board.type_bytes(key)),
                None => {
                    drop(board.type_bytes(&[CTRL_D][..]));
                    keys = None;
                }
            },
            _ = async { tokio::time::sleep_until(waits.expect("it is looked at")).await }, if waits.is_some() => {
                waits = None; // once: what it does not read the prompt would
                if !std::mem::replace(&mut told, true) {
                    out::aside("the program asks for input, and there is none here. Run it at a terminal, or say --stdin.");
                }
                if input == Input::Missing {
                    drop(board.type_bytes(&[CTRL_D][..]));
                }
            }
            _ = tokio::signal::ctrl_c() => run.interrupt().await?,
            _ = out::broken(), if !unread => {
                unread = true; // nobody reads what it prints
                run.interrupt().await?;
            }
        }
    }
    drop(raw);
    ended(show, run.outcome().await)
}

/// What a program's end means for the shell.
fn ended(show: &Show, outcome: Outcome) -> Ended {
    if show.is_json() {
        show.event(&json!({ "outcome": outcome }));
    }
    match outcome {
        // A program that resets its board has done what it wanted.
        Outcome::Finished | Outcome::Restarted => Ok(ExitCode::SUCCESS),
        Outcome::Raised { .. } => Ok(ExitCode::from(1)),
        Outcome::Interrupted => Ok(ExitCode::from(130)),
        Outcome::Lost { reason } => Err(Failed::Board(Error::Lost { reason })),
    }
}

/// What a program said.
#[derive(Default)]
struct Pieces {
    output: Stream,
    error: Stream,
}

impl Pieces {
    /// Tells a piece: as an event, or as a terminal in raw mode or a file wants it.
    fn tell(&mut self, show: &Show, said: Said, person: bool) {
        let shown = |stream: &mut Stream, bytes: &[u8]| if person { bytes.to_vec() } else { stream.lines(bytes) };
        match said {
            said if show.is_json() => self.tell_event(show, said),
            Said::Output(bytes) => out::put(&shown(&mut self.output, &bytes)),
            Said::Error(bytes) => drop(std::io::stderr().write_all(&shown(&mut self.error, &bytes))),
        }
    }

    fn tell_event(&mut self, show: &Show, said: Said) {
        let (kind, text) = match said {
            Said::Output(bytes) => ("output", self.output.text(&bytes)),
            Said::Error(bytes) => ("error", self.error.text(&bytes)),
        };
        if let Some(text) = text {
            show.event(&json!({ kind: text }));
        }
    }
}

/// What arrives in pieces, cut anywhere.
#[derive(Default)]
struct Stream {
    /// The last piece ended in what may be the first half of a line's end.
    returned: bool,
    /// A character of which the rest has not come.
    begun: Vec<u8>,
}

impl Stream {
    /// A board ends lines in two bytes, as terminals want it; files want one. Other bytes are as they were.
    fn lines(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut lines = Vec::with_capacity(bytes.len() + 1);
        for &byte in bytes {
            if std::mem::take(&mut self.returned) && byte != b'\n' {
                lines.push(b'\r');
            }
            self.returned = byte == b'\r';
            if !self.returned {
                lines.push(byte);
            }
        }
        lines
    }

    /// The text up to its last whole character; what belongs to the next one waits.
    fn text(&mut self, bytes: &[u8]) -> Option<String> {
        let lines = self.lines(bytes);
        self.begun.extend(lines);
        let cut = match std::str::from_utf8(&self.begun) {
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            _ => self.begun.len(),
        };
        let text = String::from_utf8_lossy(&self.begun[..cut]).into_owned();
        self.begun.drain(..cut);
        (!text.is_empty()).then_some(text)
    }
}

/// `repl`.
pub async fn repl(board: &Board) -> Ended {
    let person = std::io::stdin().is_terminal();
    let raw = person.then(Raw::begin);
    let mut events = board.subscribe();
    if person {
        eprint!("Ctrl-] leaves\r\n");
        board.type_bytes(&b"\x02"[..])?; // its prompt came before this terminal listened
    }
    let mut keys = keys();
    let keep = board.keep();
    tokio::pin!(keep);
    loop {
        tokio::select! {
            key = keys.recv() => match key {
                Some(key) if person && key.iter().any(|byte| LEAVE.contains(byte)) => break,
                Some(key) => drop(board.type_bytes(key)),
                None => {
                    the_rest(board, &mut events).await;
                    break;
                }
            },
            event = events.next() => pass_on(event),
            _ = &mut keep => {}
            _ = out::broken() => break,
        }
    }
    drop(raw);
    Ok(ExitCode::SUCCESS)
}

fn pass_on(event: Option<Event>) {
    match event {
        Some(Event::Terminal { bytes }) => out::put(&bytes),
        Some(Event::Connection(Connection::Lost { reason })) => {
            eprint!("\r\n[the board is gone: {reason}; it is attached again when it comes back]\r\n");
        }
        _ => {}
    }
}

/// After the last byte of a pipe: what the board says until it is at its prompt and has nothing more to say.
async fn the_rest(board: &Board, events: &mut Events) {
    const QUIET: Duration = Duration::from_millis(300);
    const LONGEST: Duration = Duration::from_secs(600);
    let end = tokio::time::Instant::now() + LONGEST;
    loop {
        match tokio::time::timeout(QUIET, events.next()).await {
            Ok(event) => pass_on(event),
            Err(_) if board.state() == Connection::Ready || tokio::time::Instant::now() > end => return,
            Err(_) => {}
        }
    }
}

/// Keys as they are pressed. A thread waits for them: a terminal can be read in no other way everywhere.
fn keys() -> mpsc::UnboundedReceiver<Vec<u8>> {
    let (sender, keys) = mpsc::unbounded_channel();
    std::thread::spawn(move || {
        let mut buffer = [0; 256];
        while let Ok(count @ 1..) = std::io::stdin().read(&mut buffer) {
            if sender.send(buffer[..count].to_vec()).is_err() {
                return;
            }
        }
    });
    keys
}

/// The terminal, key by key; as it was when dropped.
struct Raw;

impl Raw {
    fn begin() -> Raw {
        let _ = crossterm::terminal::enable_raw_mode(); // without it the prompt still works, by lines
        Raw
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        let _ = crossterm::terminal::disable_raw_mode();
    }
}

/// `log`.
pub async fn log(board: &Board, show: &Show) -> Ended {
    let (mut events, start) = (board.subscribe(), Instant::now());
    let mut line = Vec::new();
    loop {
        let event = tokio::select! {
            event = events.next() => event,
            _ = tokio::signal::ctrl_c() => return Ok(ExitCode::SUCCESS),
            _ = out::broken() => return Ok(ExitCode::SUCCESS),
        };
        match event {
            Some(Event::Terminal { bytes }) => line.extend(bytes),
            Some(Event::Connection(Connection::Lost { reason })) => return Err(Failed::Board(Error::Lost { reason })),
            _ => {}
        }
        while let Some(end) = line.iter().position(|&byte| byte == b'\n') {
            let whole: Vec<u8> = line.drain(..=end).collect();
            let (time, text) = (start.elapsed().as_secs_f64(), String::from_utf8_lossy(&whole));
            if show.is_json() {
                show.event(&json!({ "seconds": time, "line": text.trim_end() }));
            } else {
                out::line(&format!("{time:10.3} {}", text.trim_end()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_that_arrives_in_two_pieces_is_told_whole() {
        let mut stream = Stream::default();
        assert_eq!(stream.text(b"d\xC3"), Some("d".into()));
        assert_eq!(stream.text(b"\xADa\r\n"), Some("ía\n".into()));
        assert_eq!(stream.text(b"\xFF!"), Some("\u{FFFD}!".into()));
        assert_eq!(stream.text(b"\xF0\x9F"), None);
    }

    #[test]
    fn only_the_end_of_a_line_loses_a_byte() {
        let mut stream = Stream::default();
        let lines: Vec<_> = [&b"1\r\n2\r"[..], b"\n3\r4\r\r", b"\n\r", b"5"].iter().map(|piece| stream.lines(piece)).collect();
        assert_eq!(lines, [&b"1\n2"[..], b"\n3\r4\r", b"\n", b"\r5"]);
    }
}
