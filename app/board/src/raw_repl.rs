//! The raw REPL: the prompt that programs talk to.
//!
//! A [`RawMode`] is the proof that the board is in the raw REPL, and a [`Program`] the proof that a program runs in it; each
//! borrows the one below, so nothing can be typed into the wrong mode.
//!
//! ```text
//!   friendly ──^A──▶ raw ──^E A ^A──▶ raw-paste ──source, by windows──▶ ^D ─┐
//!      ▲              │  ◀─────────── ^D error ^D '>' ◀── output ◀── ^D ────┘
//!      └──────^B──────┘
//! ```
//! Raw-paste lets the board say how much it can take (a u16, little endian, then 01 for each window more), so nothing is
//! lost on a line without flow control. Firmware without it gets the source in small pieces.

use std::time::Duration;

use bytes::{Bytes, BytesMut};

use crate::error::{Error, Result};
use crate::line::Line;
use crate::model::Traceback;
use crate::phrase::Doing;
use crate::prompt::without_titles;
use crate::traceback;
use crate::transport::Flow;

/// Enter the raw REPL.
const CTRL_A: u8 = 0x01;
/// Leave it.
const CTRL_B: u8 = 0x02;
/// Interrupt.
pub const CTRL_C: u8 = 0x03;
/// End of source, of output, of everything.
pub const CTRL_D: u8 = 0x04;
/// Takes several lines as they are, up to Ctrl-D.
pub const CTRL_E: u8 = 0x05;
const ASK_RAW_PASTE: &[u8] = b"\x05A\x01";
const BANNER: &[u8] = b"raw REPL; CTRL-B to exit\r\n>";
const REBOOTS: &[u8] = b"MPY: soft reboot";

const ENTER: Duration = Duration::from_secs(1);
const ANSWER: Duration = Duration::from_secs(3);
/// Compiling the largest scripts on the slowest boards takes seconds, in which no window comes.
const COMPILE: Duration = Duration::from_secs(20);
/// `boot.py` may wait for a network.
const REBOOT: Duration = Duration::from_secs(15);
/// Without flow control and without raw-paste: what a 64-byte FIFO and a 256-byte ring survive.
const RAW_PIECE: usize = 256;
const RAW_PAUSE: Duration = Duration::from_millis(10);
/// The friendly prompt, and that of `aiorepl`.
const PROMPTS: [&[u8]; 2] = [b">>> ", b"--> "];

/// The board is in the raw REPL, at its `>`.
#[must_use = "leave() brings the friendly prompt back"]
pub struct RawMode<'l> {
    line: &'l mut Line,
}

/// The board did not enter the raw REPL; what it said instead belongs to the terminal.
#[derive(Debug)]
pub struct Refused {
    /// Everything that came while waiting.
    pub said: Bytes,
    /// Why: [`Error::Silent`] when it just did not answer, which is what a running program does.
    pub error: Error,
}

impl<'l> RawMode<'l> {
    /// Enters from an empty friendly prompt, or from the raw one. Sends nothing that could interrupt a program.
    pub async fn enter(line: &'l mut Line) -> std::result::Result<RawMode<'l>, Refused> {
        let entered = async {
            line.send(&[CTRL_A], &Doing::Prompt).await?;
            line.until(BANNER, ENTER, &Doing::Prompt).await
        };
        match entered.await {
            Ok(_) => Ok(RawMode { line }),
            Err(error) => Err(Refused { said: line.at_hand().await.unwrap_or_default(), error }),
        }
    }

    /// May the line lose bytes?
    pub fn flow(&self) -> Flow {
        self.line.flow
    }

    /// Starts a program; returns when the board has taken all of its source.
    pub async fn start<'r>(&'r mut self, source: &[u8]) -> Result<Program<'r>> {
        if self.line.no_raw_paste || !self.begin_paste().await? {
            self.line.no_raw_paste = true;
            self.send_raw(source).await?;
        } else {
            self.send_paste(source).await?;
        }
        Ok(Program { line: self.line, marks: 0, error: BytesMut::new(), closed: false, ended: false })
    }

    /// Runs a short program to its end; what it printed, or [`Exec::Raised`].
    pub async fn exec(&mut self, source: &str, within: Duration, doing: &Doing) -> Result<Exec> {
        self.exec_nudged(source, Duration::MAX, within, doing, &mut BytesMut::new()).await
    }

    /// The same for one that may get stuck in what is not ours: silent for so long, it is interrupted, which it may survive. `output` has
    /// what it printed, however it ended.
    pub async fn exec_nudged(
        &mut self,
        source: &str,
        silence: Duration,
        within: Duration,
        doing: &Doing,
        output: &mut BytesMut,
    ) -> Result<Exec> {
        let mut program = self.start(source.as_bytes()).await?;
        let end = tokio::time::timeout(within, async {
            loop {
                match tokio::time::timeout(silence, program.next()).await {
                    Err(_) => program.interrupt(),
                    Ok(piece) => match piece? {
                        Piece::Output(bytes) => output.extend_from_slice(&bytes),
                        Piece::Error(_) => {}
                        Piece::End(traceback) => return Ok(traceback),
                    },
                }
            }
        });
        match end.await {
            Ok(Ok(None)) => Ok(Exec::Printed(output.clone().freeze())),
            Ok(Ok(Some(traceback))) => Ok(Exec::Raised(traceback)),
            Ok(Err(error)) => Err(error),
            Err(_) => {
                program.interrupt();
                Err(Error::Silent { doing: doing.clone(), seconds: within.as_secs() as u32 })
            }
        }
    }

    /// Soft reset: all names are forgotten, `boot.py` runs, `main.py` does not. The board stays in the raw REPL.
    pub async fn soft_reset(&mut self) -> Result<()> {
        self.line.send(&[CTRL_D], &Doing::Resetting).await?;
        self.line.until(BANNER, REBOOT, &Doing::Resetting).await.map(drop)
    }

    /// Back to the friendly prompt; returns its banner.
    pub async fn leave(self) -> Result<Bytes> {
        self.line.send(&[CTRL_B], &Doing::Prompt).await?;
        await_prompt(self.line).await
    }

    /// Asks for raw-paste. `true`: the board is in it.
    async fn begin_paste(&mut self) -> Result<bool> {
        const DOING: &Doing = &Doing::Sending;
        self.line.send(ASK_RAW_PASTE, DOING).await?;
        match &self.line.exactly(2, ANSWER, DOING).await?[..] {
            b"R\x01" => Ok(true),
            b"R\x00" => Ok(false),
            // Old firmware takes the question for source, and its last byte for Ctrl-A: it shows its banner again.
            b"ra" => self.line.until(&BANNER[2..], ANSWER, DOING).await.map(|_| false),
            other => Err(garbled(DOING, other)),
        }
    }

    async fn send_paste(&mut self, source: &[u8]) -> Result<()> {
        const DOING: &Doing = &Doing::Sending;
        let size = self.line.exactly(2, ANSWER, DOING).await?;
        let mut window = Window::new(u16::from_le_bytes([size[0], size[1]]));
        let mut rest = source;
        while !rest.is_empty() {
            let news = if window.left == 0 { self.line.byte(COMPILE, DOING).await? } else { self.byte_at_hand().await? };
            match news {
                0 => {}
                1 => window.more(),
                CTRL_D => return self.end_paste(true).await, // the board has seen enough: the source is wrong, or too big
                other => return Err(garbled(DOING, &[other])),
            }
            let piece = rest.len().min(window.left);
            self.line.send(&rest[..piece], DOING).await?;
            window.left -= piece;
            rest = &rest[piece..];
        }
        self.end_paste(false).await
    }

    /// A byte of flow control if one has come already, else 0, which the protocol does not use.
    async fn byte_at_hand(&mut self) -> Result<u8> {
        match tokio::time::timeout(Duration::ZERO, self.line.peek()).await {
            Ok(come) => come.map(drop)?,
            Err(_) => return Ok(0),
        }
        Ok(self.line.take(1)[0])
    }

    /// Ends the source and waits until the board says the same, unless it said so first.
    async fn end_paste(&mut self, board_ended: bool) -> Result<()> {
        const DOING: &Doing = &Doing::Sending;
        self.line.send(&[CTRL_D], DOING).await?;
        if board_ended {
            return Ok(());
        }
        loop {
            match self.line.byte(COMPILE, DOING).await? {
                1 => {}
                CTRL_D => return Ok(()),
                other => return Err(garbled(DOING, &[other])),
            }
        }
    }

    /// For firmware without raw-paste: the source in pieces, then an `OK`.
    async fn send_raw(&mut self, source: &[u8]) -> Result<()> {
        const DOING: &Doing = &Doing::Sending;
        for piece in source.chunks(RAW_PIECE) {
            self.line.send(piece, DOING).await?;
            if self.line.flow == Flow::Bare {
                tokio::time::sleep(RAW_PAUSE).await;
            }
        }
        self.line.send(&[CTRL_D], DOING).await?;
        match &self.line.exactly(2, COMPILE, DOING).await?[..] {
            b"OK" => Ok(()),
            other => Err(garbled(DOING, other)),
        }
    }
}

/// How much the board takes before it says that it has room again.
struct Window {
    size: usize,
    left: usize,
}

impl Window {
    fn new(size: u16) -> Window {
        Window { size: size.into(), left: size.into() }
    }

    fn more(&mut self) {
        self.left += self.size;
    }
}

/// How a short program ended.
#[derive(Debug)]
pub enum Exec {
    /// To its end; what it printed.
    Printed(Bytes),
    /// By an exception.
    Raised(Traceback),
}

/// A program that runs in the raw REPL.
pub struct Program<'r> {
    line: &'r mut Line,
    /// How many 04 have come. Two of them and a `>` are the end, but a program may print 04, too.
    marks: u32,
    /// What came between the latest two 04: the traceback, if this is the end.
    error: BytesMut,
    /// Has the 04 after `error` come?
    closed: bool,
    ended: bool,
}

/// Something from a running program.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece {
    /// What it printed, as it came.
    Output(Bytes),
    /// Part of its traceback, for the terminal.
    Error(Bytes),
    /// It ended, by this exception if any.
    End(Option<Traceback>),
}

impl Program<'_> {
    /// The next piece. May be cancelled without loss. Not to be called after [`Piece::End`].
    pub async fn next(&mut self) -> Result<Piece> {
        assert!(!self.ended, "a program ends once");
        if self.marks >= 2 && self.error.ends_with(BANNER) {
            self.ended = true;
            return Ok(Piece::End(None)); // SystemExit: the board has reset itself
        }
        loop {
            let come = self.line.peek().await?;
            if come[0] == b'>' && (self.marks == 2 || self.marks > 2 && come.len() == 1) {
                self.line.take(1);
                self.ended = true;
                return Ok(Piece::End(traceback::parse(&String::from_utf8_lossy(&self.error))));
            }
            match come.iter().position(|&byte| byte == CTRL_D).unwrap_or(come.len()) {
                0 => self.mark(),
                length => return Ok(self.piece(length)),
            }
        }
    }

    /// Whether what came last is the board's own word that it starts anew, as it does behind a `SystemExit`.
    pub fn is_restarting(&self) -> bool {
        let said = self.error.trim_ascii_start();
        self.marks >= 2 && (said.starts_with(REBOOTS) || REBOOTS.starts_with(said))
    }

    /// Takes a 04.
    fn mark(&mut self) {
        self.line.take(1);
        if self.closed {
            self.error.clear();
        }
        self.marks += 1;
        self.closed = self.marks > 1;
    }

    /// Takes bytes without a 04 in them.
    fn piece(&mut self, length: usize) -> Piece {
        let bytes = self.line.take(length);
        if self.marks == 0 {
            return Piece::Output(bytes);
        }
        if self.closed {
            self.error.clear();
            self.closed = false;
        }
        self.error.extend_from_slice(&bytes);
        Piece::Error(bytes)
    }

    /// Bytes for the program's stdin; they leave with the next call of [`Program::next`].
    pub fn post(&mut self, bytes: &[u8]) {
        self.line.post(bytes);
    }

    /// Ctrl-C, before anything else that waits to be sent; it leaves with the next call of [`Program::next`].
    pub fn interrupt(&mut self) {
        self.line.forget_posted();
        self.line.post(&[CTRL_C]);
    }

    /// Takes exactly so many bytes of output, whatever they are: 04 has no meaning among them.
    pub async fn exactly(&mut self, count: usize, within: Duration, doing: &Doing) -> Result<Bytes> {
        self.line.exactly(count, within, doing).await
    }

    /// Takes output up to `end`, whatever it is.
    pub async fn until(&mut self, end: &[u8], within: Duration, doing: &Doing) -> Result<Bytes> {
        self.line.until(end, within, doing).await
    }

    /// Looks at the next byte of output without taking it.
    pub async fn first(&mut self, within: Duration, doing: &Doing) -> Result<u8> {
        let silent = || Error::Silent { doing: doing.clone(), seconds: within.as_secs() as u32 };
        tokio::time::timeout(within, self.line.peek()).await.map_err(|_| silent())?.map(|come| come[0])
    }

    /// Bytes for the program's stdin, now.
    pub async fn send(&mut self, bytes: &[u8], doing: &Doing) -> Result<()> {
        self.line.send(bytes, doing).await
    }
}

/// Waits for a friendly prompt; returns what came up to and with it. A board with another prompt is settled after a pause.
pub async fn await_prompt(line: &mut Line) -> Result<Bytes> {
    const PAUSE: Duration = Duration::from_millis(400);
    line.settle(PAUSE, ANSWER, ends_with_prompt).await
}

/// Asks an idle board to show its banner and prompt: Ctrl-B does nothing to a program that runs. Where a statement is half
/// typed it moves the cursor, and the board says so: then the line is cleared, and it is asked again.
pub async fn greet(line: &mut Line) -> Result<Bytes> {
    const PATIENCE: Duration = Duration::from_millis(500);
    const CLEAR: &[u8] = b"\x1b[F\x15"; // to its end, then all before the cursor
    line.post(&[CTRL_B]);
    let said = line.settle(PATIENCE, ANSWER, ends_with_prompt).await?;
    if !moves_left(&said) {
        return Ok(said);
    }
    line.post(CLEAR);
    line.post(&[CTRL_B]);
    line.settle(PATIENCE, ANSWER, ends_with_prompt).await
}

/// Is this nothing but a cursor that goes to the left?
fn moves_left(said: &[u8]) -> bool {
    match said {
        b"\x08" | b"\x1b[D" => true,
        [0x1B, b'[', number @ .., b'D'] => number.iter().all(u8::is_ascii_digit),
        _ => false,
    }
}

/// What a board says that has just started: it greets by itself, and is asked only when it does not.
pub async fn await_greeting(line: &mut Line) -> Result<Bytes> {
    const PATIENCE: Duration = Duration::from_millis(500);
    let said = line.settle(PATIENCE, ANSWER, ends_with_prompt).await?;
    if ends_with_prompt(&said) {
        return Ok(said);
    }
    let more = greet(line).await?;
    Ok([said, more].concat().into())
}

/// Does this end in a prompt of the friendly REPL, or of `aiorepl`?
pub fn ends_with_prompt(text: &[u8]) -> bool {
    const TAIL: usize = 1024; // more cannot be titles
    let tail = without_titles(&text[text.len().saturating_sub(TAIL)..]);
    PROMPTS.iter().any(|prompt| {
        let before = tail.strip_suffix(*prompt);
        before.is_some_and(|before| before.is_empty() || before.ends_with(b"\n"))
    })
}

fn garbled(doing: &Doing, got: &[u8]) -> Error {
    let got = String::from_utf8_lossy(got);
    Error::Garbled { doing: doing.clone(), got: format!("{got:?}") }
}
