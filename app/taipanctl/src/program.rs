//! The verbs about programs: `exec`, `run`, `repl`, `log`.

use crate::{Ended, Failed};
use board::run::{Run, Said};
use board::{Board, Connection, Error, Event, Events, Outcome, Start};
use std::io::{IsTerminal, Read, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use tokio::sync::mpsc;

/// Ctrl-], and Ctrl-X as others have it.
const LEAVE: [u8; 2] = [0x1D, 0x18];

/// `exec`.
pub async fn exec(board: &Board, code: &str) -> Ended {
    follow(board.run("<exec>", code, Start::Keep).await?).await
}

/// `run`.
pub async fn run(board: &Board, file: &Path, keep: bool) -> Ended {
    let failed =
        |error: std::io::Error| Error::Here { doing: "read".into(), path: file.display().to_string(), reason: error.to_string() };
    let source = std::fs::read_to_string(file).map_err(failed)?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    follow(board.run(&name, &source, if keep { Start::Keep } else { Start::Fresh }).await?).await
}

/// Shows what a program says until it ends; Ctrl-C stops it.
async fn follow(mut run: Run) -> Ended {
    loop {
        tokio::select! {
            said = run.said() => match said {
                Some(Said::Output(bytes)) => write(&mut std::io::stdout(), &lines(&bytes)),
                Some(Said::Error(bytes)) => write(&mut std::io::stderr(), &lines(&bytes)),
                None => break,
            },
            _ = tokio::signal::ctrl_c() => run.interrupt().await?,
        }
    }
    match run.outcome().await {
        Outcome::Finished => Ok(ExitCode::SUCCESS),
        Outcome::Raised { .. } => Ok(ExitCode::from(1)),
        Outcome::Interrupted => Ok(ExitCode::from(130)),
        Outcome::Lost { reason } => Err(Failed::Board(Error::Lost { reason })),
    }
}

/// A board ends lines in two bytes, as terminals want it; files want one.
fn lines(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().copied().filter(|&byte| byte != b'\r').collect()
}

/// Whoever closed the pipe wants no more.
fn write(to: &mut impl Write, bytes: &[u8]) {
    let _ = to.write_all(bytes).and_then(|()| to.flush());
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
            event = events.next() => show(event),
            _ = &mut keep => {}
        }
    }
    drop(raw);
    Ok(ExitCode::SUCCESS)
}

fn show(event: Option<Event>) {
    match event {
        Some(Event::Terminal { bytes }) => write(&mut std::io::stdout(), &bytes),
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
            Ok(event) => show(event),
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
pub async fn log(board: &Board) -> Ended {
    let (mut events, start) = (board.subscribe(), Instant::now());
    let mut line = Vec::new();
    loop {
        let event = tokio::select! {
            event = events.next() => event,
            _ = tokio::signal::ctrl_c() => return Ok(ExitCode::SUCCESS),
        };
        match event {
            Some(Event::Terminal { bytes }) => line.extend(bytes),
            Some(Event::Connection(Connection::Lost { reason })) => return Err(Failed::Board(Error::Lost { reason })),
            _ => {}
        }
        while let Some(end) = line.iter().position(|&byte| byte == b'\n') {
            let whole: Vec<u8> = line.drain(..=end).collect();
            println!("{:10.3} {}", start.elapsed().as_secs_f64(), String::from_utf8_lossy(&whole).trim_end());
        }
    }
}
