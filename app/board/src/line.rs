//! The line: bytes to and from the board, each wait with a hard deadline.
//!
//! Reading and writing always go on together: a board that is blocked because nobody reads its output reads no input, so
//! whoever waits for one direction alone can wait forever. What is to be sent lies in an outbox that every read empties.

use std::time::Duration;

use bytes::{Buf, Bytes, BytesMut};
use tokio::io::{AsyncReadExt, AsyncWriteExt, ReadHalf, WriteHalf};
use tokio::time::{Instant, timeout_at};

use crate::error::{Error, Result};
use crate::phrase::{Doing, Reason};
use crate::traffic::{Traffic, Way};
use crate::transport::{Flow, Transport};

/// How long the board may take to accept what is sent.
const ACCEPT: Duration = Duration::from_secs(5);
/// Bytes read at once: what one terminal event holds at most.
const READ: usize = 4096;

/// The line to a board.
pub struct Line {
    reader: ReadHalf<Box<dyn Transport>>,
    writer: WriteHalf<Box<dyn Transport>>,
    /// Received, and not yet taken.
    inbox: BytesMut,
    /// Posted, and not yet written.
    outbox: BytesMut,
    /// May bytes be lost when the board is slow?
    pub flow: Flow,
    traffic: Traffic,
    /// Has the board said that it does not know raw-paste?
    pub(crate) no_raw_paste: bool,
}

impl Line {
    /// A line over an open transport; all that goes over it is noted in `traffic`.
    pub fn new(stream: Box<dyn Transport>, flow: Flow, traffic: Traffic) -> Line {
        let (reader, writer) = tokio::io::split(stream);
        Line { reader, writer, inbox: BytesMut::new(), outbox: BytesMut::new(), flow, traffic, no_raw_paste: false }
    }

    /// What has come, or the next thing to come. May be cancelled without loss.
    pub async fn read(&mut self) -> Result<Bytes> {
        if self.inbox.is_empty() {
            self.receive().await?;
        }
        Ok(self.inbox.split().freeze())
    }

    /// Looks at what has come, waiting if there is nothing. May be cancelled without loss.
    pub async fn peek(&mut self) -> Result<&[u8]> {
        if self.inbox.is_empty() {
            self.receive().await?;
        }
        Ok(&self.inbox)
    }

    /// Takes the first `count` bytes of what [`Line::peek`] showed.
    pub fn take(&mut self, count: usize) -> Bytes {
        self.inbox.split_to(count).freeze()
    }

    /// Puts bytes into the outbox; later reads send them.
    pub fn post(&mut self, bytes: &[u8]) {
        self.outbox.extend_from_slice(bytes);
    }

    /// Forgets what was posted and not yet written: Ctrl-C must not queue behind a pasted page.
    pub fn forget_posted(&mut self) {
        self.outbox.clear();
    }

    /// Sends bytes, and returns when the line has taken them all.
    pub async fn send(&mut self, bytes: &[u8], doing: &Doing) -> Result<()> {
        self.post(bytes);
        let deadline = Instant::now() + ACCEPT;
        while !self.outbox.is_empty() {
            match timeout_at(deadline, self.exchange()).await {
                Ok(done) => done?,
                Err(_) => {
                    self.outbox.clear();
                    return Err(silent(doing, ACCEPT));
                }
            }
        }
        Ok(())
    }

    /// Takes everything up to `end`; returns what was before it.
    pub async fn until(&mut self, end: &[u8], within: Duration, doing: &Doing) -> Result<Bytes> {
        let deadline = Instant::now() + within;
        let mut searched = 0;
        loop {
            if let Some(at) = find(&self.inbox[searched..], end) {
                let found = self.take(searched + at);
                self.inbox.advance(end.len());
                return Ok(found);
            }
            searched = self.inbox.len().saturating_sub(end.len() - 1);
            self.receive_by(deadline, within, doing).await?;
        }
    }

    /// Takes exactly `count` bytes.
    pub async fn exactly(&mut self, count: usize, within: Duration, doing: &Doing) -> Result<Bytes> {
        let deadline = Instant::now() + within;
        while self.inbox.len() < count {
            self.receive_by(deadline, within, doing).await?;
        }
        Ok(self.take(count))
    }

    /// Takes one byte.
    pub async fn byte(&mut self, within: Duration, doing: &Doing) -> Result<u8> {
        Ok(self.exactly(1, within, doing).await?[0])
    }

    /// Takes what comes until nothing comes for `pause`, or `enough` says so of all that came, or `within` is over.
    pub async fn settle(&mut self, pause: Duration, within: Duration, enough: impl Fn(&[u8]) -> bool) -> Result<Bytes> {
        let deadline = Instant::now() + within;
        loop {
            if enough(&self.inbox) {
                break;
            }
            match timeout_at(deadline.min(Instant::now() + pause), self.receive()).await {
                Ok(received) => received?,
                Err(_) => break,
            }
        }
        Ok(self.inbox.split().freeze())
    }

    /// What has come already, without waiting.
    pub async fn at_hand(&mut self) -> Result<Bytes> {
        self.settle(Duration::from_millis(1), Duration::from_millis(1), |_| false).await
    }

    async fn receive_by(&mut self, deadline: Instant, within: Duration, doing: &Doing) -> Result<()> {
        timeout_at(deadline, self.receive()).await.unwrap_or_else(|_| Err(silent(doing, within)))
    }

    /// Receives at least a byte, sending meanwhile.
    async fn receive(&mut self) -> Result<()> {
        let before = self.inbox.len();
        while self.inbox.len() == before {
            self.exchange().await?;
        }
        Ok(())
    }

    /// Moves some bytes one way or the other. Both halves are cancel safe: a future that was dropped has moved nothing.
    async fn exchange(&mut self) -> Result<()> {
        self.inbox.reserve(READ);
        tokio::select! {
            read = self.reader.read_buf(&mut self.inbox) => match read {
                Ok(0) => Err(Error::Lost { reason: Reason::LineClosed }),
                Ok(count) => {
                    self.traffic.note(Way::In, &self.inbox[self.inbox.len() - count..]);
                    Ok(())
                }
                Err(error) => Err(lost(&error)),
            },
            written = self.writer.write(&self.outbox), if !self.outbox.is_empty() => match written {
                Ok(count) => {
                    self.traffic.note(Way::Out, &self.outbox[..count]);
                    self.outbox.advance(count);
                    Ok(())
                }
                Err(error) => Err(lost(&error)),
            },
        }
    }
}

/// Systems name an unplugged port in a dozen ways; none of them means anything to a person.
fn lost(error: &std::io::Error) -> Error {
    Error::Lost { reason: Reason::LineBroke { words: error.to_string() } }
}

fn silent(doing: &Doing, within: Duration) -> Error {
    Error::Silent { doing: doing.clone(), seconds: within.as_secs().max(1) as u32 }
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}
