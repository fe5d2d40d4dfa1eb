//! Bytes of files over the line, while a snippet runs on the board: see [`crate::snippets::UPLOAD`] and
//! [`crate::snippets::DOWNLOAD`] for what goes each way.

use std::collections::VecDeque;
use std::time::Duration;

use bytes::Bytes;
use tokio_util::sync::CancellationToken;

use crate::error::{Error, Result};
use crate::files::{garbled, text};
use crate::model::Traceback;
use crate::pack::{self, Chunk};
use crate::phrase::Doing;
use crate::raw_repl::{Piece, Program};

/// Erasing a 128 kB sector takes up to two seconds, and several may come together.
pub const CHUNK: Duration = Duration::from_secs(15);
/// Enough zeros to fill the largest chunk that a lost byte may have left open, and to end the upload after it.
pub(crate) const RESCUE: [u8; 2 * 2048 + 64] = [0; 2 * 2048 + 64];

/// An upload under way.
pub struct Upload<'u, 'r> {
    /// What takes it on the board.
    pub program: &'u mut Program<'r>,
    /// Chunks that may be unacknowledged.
    pub flying: usize,
    /// For sentences.
    pub doing: &'u Doing,
}

/// How an upload ended on the line.
pub enum Sent {
    /// The board wrote all of it.
    Whole,
    /// It was given up.
    Cancelled,
    /// The board could not write it.
    Raised(Traceback),
}

impl Upload<'_, '_> {
    /// Sends the chunks; `tell` hears how many bytes of the file were written.
    pub async fn send(mut self, chunks: Vec<Chunk>, cancel: &CancellationToken, tell: impl Fn(u64)) -> Result<Sent> {
        let total: usize = chunks.iter().map(|chunk| chunk.plain).sum();
        let mut chunks = chunks.into_iter();
        let mut flying = VecDeque::new();
        let mut done = 0;
        let mut failed = false;
        while !failed {
            while flying.len() < self.flying && !cancel.is_cancelled() {
                let Some(chunk) = chunks.next() else { break };
                self.program.send(&chunk.frame, self.doing).await?;
                flying.push_back(chunk.plain);
            }
            if flying.is_empty() {
                break;
            }
            for ack in self.acks().await? {
                match ack {
                    b'+' => done += flying.pop_front().unwrap_or(0),
                    b'-' => failed = true,
                    other => return self.rescue(garbled(self.doing, &[other])).await,
                }
            }
            tell(done as u64);
        }
        self.program.send(&pack::end(), self.doing).await?;
        Ok(match end_of(self.program, self.doing).await? {
            Some(traceback) => Sent::Raised(traceback),
            None if done < total => Sent::Cancelled,
            None => Sent::Whole,
        })
    }

    /// The next acknowledgements.
    async fn acks(&mut self) -> Result<Bytes> {
        let error = match tokio::time::timeout(CHUNK, self.program.next()).await {
            Ok(Ok(Piece::Output(acks))) => return Ok(acks),
            Ok(Ok(Piece::Error(said))) => garbled(self.doing, &said),
            Ok(Ok(Piece::End(_))) => garbled(self.doing, b"the end of the program"),
            Ok(Err(error)) => return Err(error),
            Err(_) => Error::Silent { doing: self.doing.clone(), seconds: CHUNK.as_secs() as u32 },
        };
        self.rescue(error).await
    }

    /// The board and we are out of step: zeros bring it to the end of the upload.
    async fn rescue<T>(&mut self, error: Error) -> Result<T> {
        self.program.send(&RESCUE, self.doing).await?;
        Err(error)
    }
}

/// A file as it came.
pub struct Received {
    /// Its bytes.
    pub data: Vec<u8>,
    /// The checksum that the board made of them.
    pub check: Option<u32>,
}

/// Takes a file from the board; `None` if it was cancelled, or if an exception follows.
pub async fn download(
    program: &mut Program<'_>,
    check: bool,
    cancel: &CancellationToken,
    doing: &Doing,
    tell: impl Fn(u64),
) -> Result<Option<Received>> {
    let mut data = Vec::new();
    let mut cancelled = false;
    program.send(b"++", doing).await?; // two chunks may be under way
    loop {
        let length = program.exactly(2, CHUNK, doing).await?;
        match u16::from_le_bytes([length[0], length[1]]) {
            0 => {
                let check = if check { Some(program.exactly(4, CHUNK, doing).await?) } else { None };
                let check = check.map(|check| u32::from_le_bytes([check[0], check[1], check[2], check[3]]));
                return Ok((!cancelled).then_some(Received { data, check }));
            }
            0xFFFF => return Ok(None),
            length => data.extend_from_slice(&program.exactly(length.into(), CHUNK, doing).await?),
        }
        tell(data.len() as u64);
        if !cancelled {
            cancelled = cancel.is_cancelled();
            program.send(if cancelled { b"x" } else { b"+" }, doing).await?;
        }
    }
}

/// How a transfer begins.
pub enum First {
    /// What the board offers: the largest chunk, or the length of the file.
    Number(u64),
    /// It could not begin.
    Raised(Traceback),
}

/// Reads `+`, a number and a line end; or the exception that came instead.
pub async fn first_line(program: &mut Program<'_>, doing: &Doing) -> Result<First> {
    if program.first(CHUNK, doing).await? != b'+' {
        let traceback = end_of(program, doing).await?;
        return traceback.map(First::Raised).ok_or_else(|| garbled(doing, b"nothing"));
    }
    let line = program.until(b"\n", CHUNK, doing).await?;
    let number = text(&line).trim().trim_start_matches('+').parse();
    number.map(First::Number).map_err(|_| garbled(doing, &line))
}

/// Runs a program to its end, whatever else it says.
pub async fn end_of(program: &mut Program<'_>, doing: &Doing) -> Result<Option<Traceback>> {
    let end = async {
        loop {
            if let Piece::End(traceback) = program.next().await? {
                return Ok(traceback);
            }
        }
    };
    let silent = || Error::Silent { doing: doing.clone(), seconds: CHUNK.as_secs() as u32 };
    tokio::time::timeout(CHUNK, end).await.unwrap_or_else(|_| Err(silent()))
}
