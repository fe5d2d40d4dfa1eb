//! Programs that run on the board: source in through the raw REPL, output to the terminal as it comes, and an end that is
//! known for certain, because the protocol marks it: whatever the program prints, prompts included, is its output.

use std::time::Duration;

use bytes::Bytes;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep_until};

use crate::board::Board;
use crate::error::{Error, Result};
use crate::model::*;
use crate::phrase::Reason;
use crate::raw_repl::{Piece, Program, RawMode};
use crate::session::{self, Command, Screen, Session};
use crate::transport::process::Process;

/// When Ctrl-C is sent again to a program that did not end: late enough for a `finally` of ordinary length.
const AGAIN: Duration = Duration::from_millis(500);
/// How often, before the program is called stubborn.
const TRIES: u32 = 5;

/// How long a banner and a prompt must stand before the board counts as started anew: a program could print them, and go on.
const STANDS: Duration = Duration::from_millis(500);
/// Bytes of output that a banner may have.
const BANNER: usize = 512;

/// A program that was started on the board. Dropping it does not stop the program.
pub struct Run {
    pub(crate) board: Board,
    pub(crate) output: mpsc::UnboundedReceiver<Said>,
    pub(crate) ending: oneshot::Receiver<Outcome>,
}

impl Run {
    /// Stops it, and returns when the board is at its prompt.
    pub async fn interrupt(&self) -> Result<()> {
        self.board.stop().await
    }

    /// The next thing that it says; `None` when it has ended.
    pub async fn said(&mut self) -> Option<Said> {
        self.output.recv().await
    }

    /// Waits for its end.
    pub async fn outcome(self) -> Outcome {
        const TOLD: Duration = Duration::from_secs(1);
        if let Ok(outcome) = self.ending.await {
            return outcome;
        }
        // It runs on: the board was let go, or another program has taken it, which is told a little later.
        let end = self.board.wait_for(|state| !matches!(state, Connection::Running { .. }));
        match tokio::time::timeout(TOLD, end).await {
            Ok(Connection::Lost { reason }) => Outcome::Lost { reason },
            _ => Outcome::Lost { reason: Reason::LetGo },
        }
    }
}

/// Something that a program said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// What it printed.
    Output(Bytes),
    /// A part of the traceback that ended it.
    Error(Bytes),
}

/// What is to run.
pub(crate) struct Script {
    pub name: String,
    pub source: String,
    pub start: Start,
    /// Hears what it says; nobody may listen.
    pub said: mpsc::UnboundedSender<Said>,
    /// Hears how it ended.
    pub ended: oneshot::Sender<Outcome>,
}

/// How the loop around a running program was left.
enum Left {
    Ended(Outcome),
    /// The board started anew, and is at its friendly prompt.
    Restarted,
    /// The handle lets go; the program runs on.
    LetGo,
}

/// Runs a script from prompt to prompt. Answers `reply` once it runs. `Err`: the line broke.
pub(crate) async fn run(session: &mut Session, script: Script, reply: oneshot::Sender<Result<()>>) -> Result<()> {
    let (mut raw, typed) = match session::enter(&mut session.line, &mut session.screen).await {
        Ok(entered) => entered,
        Err(error) => return session::answer(reply, Err(error)),
    };
    session.known.forget_names();
    session.screen.voice.connection(Connection::Running { program: Some(script.name.clone()) });
    let mut program = match begin(&mut raw, &script).await {
        Ok(program) => program,
        Err(error) => {
            drop(raw);
            return not_started(session, error, reply).await;
        }
    };
    let _ = reply.send(Ok(()));
    session.screen.voice.event(Event::RunStarted { name: script.name.clone() });
    session.screen.show(Bytes::from_static(b"\r\n"));
    let mut desk = Desk {
        screen: &mut session.screen,
        inbox: &mut session.inbox,
        process: &mut session.process,
        said: script.said,
        stopping: Vec::new(),
        latest: Vec::new(),
    };
    let left = tokio::select! {
        left = desk.attend(&mut program, &script.name) => left,
        _ = session.end.cancelled() => Ok(Left::LetGo),
    };
    let (stopping, latest) = (desk.stopping, desk.latest);
    let (outcome, result) = match left {
        Ok(Left::LetGo) => return Ok(()),
        Ok(Left::Ended(outcome)) => (outcome, end(raw, &mut session.screen).await),
        Ok(Left::Restarted) => {
            drop(raw); // it is gone on the board's side
            session.screen.voice.banner(&latest);
            (Outcome::Restarted, Ok(()))
        }
        Err(error) => (Outcome::Lost { reason: session::reason(&error) }, Err(error)),
    };
    if result.is_ok() {
        session.line.post(typed.as_bytes()); // its echo is shown, at the new prompt
        session.screen.settle();
    }
    session.screen.voice.event(Event::RunEnded { name: script.name, outcome: outcome.clone() });
    let _ = script.ended.send(outcome); // nobody may wait for it
    for reply in stopping {
        let _ = reply.send(result.clone());
    }
    result
}

async fn begin<'r>(raw: &'r mut RawMode<'_>, script: &Script) -> Result<Program<'r>> {
    if script.start == Start::Fresh {
        raw.soft_reset().await?;
    }
    raw.start(script.source.as_bytes()).await
}

async fn not_started(session: &mut Session, error: Error, reply: oneshot::Sender<Result<()>>) -> Result<()> {
    if !matches!(error, Error::Lost { .. }) {
        let said = session::recover(&mut session.line).await?;
        session.screen.show(said);
        session.screen.settle();
    }
    session::answer(reply, Err(error))
}

/// From the raw REPL to a fresh friendly prompt at the start of a line. The banner is not shown.
async fn end(raw: RawMode<'_>, screen: &mut Screen) -> Result<()> {
    let banner = raw.leave().await?;
    screen.voice.banner(&banner);
    screen.make_plain();
    if screen.mid_line() {
        screen.show(Bytes::from_static(b"\r\n"));
    }
    let prompt = banner.rsplit(|&byte| byte == b'\n').next().unwrap_or_default();
    screen.show(banner.slice_ref(prompt));
    Ok(())
}

/// What goes on around a running program.
struct Desk<'s> {
    screen: &'s mut Screen,
    inbox: &'s mut mpsc::UnboundedReceiver<Command>,
    process: &'s mut Option<Process>,
    said: mpsc::UnboundedSender<Said>,
    /// Those who wait for the program to stop.
    stopping: Vec<oneshot::Sender<Result<()>>>,
    /// The end of what it printed.
    latest: Vec<u8>,
}

impl Desk<'_> {
    /// Shows what came; when the board counts as started anew, if that looks so.
    fn heard(&mut self, bytes: Bytes) -> Option<Instant> {
        self.latest.extend_from_slice(&bytes);
        self.latest.drain(..self.latest.len().saturating_sub(BANNER));
        self.screen.show(bytes);
        session::greets(&self.latest).then(|| Instant::now() + STANDS)
    }

    /// Shows output and serves commands until the program ends.
    async fn attend(&mut self, program: &mut Program<'_>, name: &str) -> Result<Left> {
        let mut tries = 0;
        let mut again = Instant::now();
        // When the board counts as started anew, if nothing else comes.
        let mut restarted = None;
        loop {
            tokio::select! {
                piece = program.next() => match piece? {
                    Piece::Output(bytes) => {
                        let _ = self.said.send(Said::Output(bytes.clone()));
                        restarted = self.heard(bytes);
                    }
                    Piece::Error(bytes) => {
                        // Of the board's own words whoever started the program wants none.
                        if !program.is_restarting() {
                            let _ = self.said.send(Said::Error(bytes.clone()));
                        }
                        restarted = self.heard(bytes);
                    }
                    Piece::End(traceback) => return Ok(Left::Ended(outcome(traceback, name))),
                },
                command = self.inbox.recv() => match command {
                    None => return Ok(Left::LetGo),
                    Some(Command::Type(bytes)) => program.post(&bytes),
                    Some(Command::Paste(text)) => program.post(text.as_bytes()),
                    Some(Command::Stop { reply }) => {
                        self.stopping.push(reply);
                        if tries == 0 {
                            program.interrupt();
                            (tries, again) = (1, Instant::now() + AGAIN);
                        }
                    }
                    Some(Command::Touch { touch, reply }) => drop(reply.send(session::touch(self.process, &touch).await)),
                    Some(other) => other.refuse(Error::Busy { program: Some(name.to_string()) }),
                },
                _ = sleep_until(restarted.unwrap_or(again)), if restarted.is_some() => return Ok(Left::Restarted),
                _ = sleep_until(again), if tries > 0 => {
                    if tries == TRIES {
                        tries = 0;
                        let stubborn = Error::stubborn(self.process.is_some());
                        self.stopping.drain(..).for_each(|reply| drop(reply.send(Err(stubborn.clone()))));
                    } else {
                        program.interrupt();
                        (tries, again) = (tries + 1, Instant::now() + AGAIN);
                    }
                }
            }
        }
    }
}

fn outcome(traceback: Option<Traceback>, name: &str) -> Outcome {
    match traceback {
        None => Outcome::Finished,
        Some(traceback) if traceback.exception == "KeyboardInterrupt" => Outcome::Interrupted,
        Some(traceback) => Outcome::Raised { traceback: traceback.named(name) },
    }
}
