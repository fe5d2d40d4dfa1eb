//! The session: one task that owns the line.
//!
//! ```text
//!                   ┌──────────── bytes both ways ───────────┐
//!   Connecting ──▶ Ready ◀── prompt seen ──▶ Running (typed at the prompt, or found running)
//!                   │ ▲
//!        enter raw  ▼ │  leave raw
//!              Busy (a file job)  or  Running (a program of ours, its end known for certain)
//! ```
//! Any state ends in Lost when the line breaks, in Disconnected when the handle lets go. A command that takes the line keeps
//! it until it is done; every step of it has a deadline, so the next command waits, but never forever.

use std::time::Duration;

use bytes::Bytes;
use tokio::sync::{broadcast, mpsc, oneshot, watch};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::board::Status;
use crate::error::{Error, Result};
use crate::files::{self, Answer, Job, Known, text};
use crate::line::Line;
use crate::model::*;
use crate::phrase::{Doing, Reason};
use crate::prompt::{PLAIN, Prompt, Watch, without_titles};
use crate::raw_repl::{self, CTRL_C, CTRL_D, CTRL_E, RawMode};
use crate::run::{self, Script};
use crate::traffic::Traffic;
use crate::transfer;
use crate::transport::{Opened, process::Process};

/// How long a statement that was just typed may take before a file job calls it a running program.
const GRACE: Duration = Duration::from_millis(300);
/// What a detached file job has to end cleanly, so that the board is not left in the middle of it.
const LAST_STEPS: Duration = Duration::from_secs(2);

/// What the handle asks of the session.
pub(crate) enum Command {
    Type(Bytes),
    Paste(String),
    Run { script: Script, reply: oneshot::Sender<Result<()>> },
    Stop { reply: oneshot::Sender<Result<()>> },
    SoftReset { reply: oneshot::Sender<Result<()>> },
    File { job: Job, cancel: CancellationToken, reply: oneshot::Sender<Result<Answer>> },
    Touch { touch: Touch, reply: oneshot::Sender<Result<()>> },
}

impl Command {
    /// Answers a command that cannot be done now.
    pub fn refuse(self, error: Error) {
        // A caller that no longer listens does not mind.
        match self {
            Command::Type(_) | Command::Paste(_) => {}
            Command::Run { reply, .. }
            | Command::Stop { reply }
            | Command::SoftReset { reply }
            | Command::Touch { reply, .. } => drop(reply.send(Err(error))),
            Command::File { reply, .. } => drop(reply.send(Err(error))),
        }
    }
}

/// How the session tells the world.
#[derive(Clone)]
pub(crate) struct Voice {
    pub events: broadcast::Sender<Event>,
    pub state: watch::Sender<Status>,
}

impl Voice {
    /// Tells a new state of the connection, once.
    pub fn connection(&self, connection: Connection) {
        let new = self.state.send_if_modified(|status| {
            if matches!(connection, Connection::Disconnected | Connection::Connecting { .. }) {
                status.identity = None;
            }
            let new = status.connection != connection;
            status.connection = connection.clone();
            new
        });
        if new {
            self.event(Event::Connection(connection));
        }
    }

    /// Tells an event; nobody listening is no error.
    pub fn event(&self, event: Event) {
        let _ = self.events.send(event);
    }

    /// Learns who the board is from a banner, if there is one.
    pub fn banner(&self, said: &[u8]) {
        let Some(identity) = identity(&text(&without_titles(said))) else { return };
        let new = self.state.send_if_modified(|status| {
            let new = status.identity.as_ref() != Some(&identity);
            status.identity = Some(identity.clone());
            new
        });
        if new {
            self.event(Event::Identity(identity));
        }
    }
}

/// The terminal, and the watch on its last line.
pub(crate) struct Screen {
    pub voice: Voice,
    watch: Watch,
}

impl Screen {
    /// Shows bytes of the board.
    pub fn show(&mut self, bytes: Bytes) {
        if !bytes.is_empty() {
            self.watch.saw(&bytes);
            self.voice.event(Event::Terminal { bytes: bytes.into() });
        }
    }

    /// Makes the terminal plain, if what was shown may have changed it.
    pub fn make_plain(&mut self) {
        if self.watch.undress() {
            self.voice.event(Event::Terminal { bytes: PLAIN.into() });
        }
    }

    /// Is there anything on the last line?
    pub fn mid_line(&self) -> bool {
        !self.watch.is_empty()
    }

    /// Tells whether the board is at its prompt, as far as the last line shows.
    pub fn settle(&self) {
        self.voice.connection(match self.watch.prompt() {
            Prompt::Elsewhere => Connection::Running { program: None },
            _ => Connection::Ready,
        });
    }
}

/// What the task owns.
pub(crate) struct Session {
    pub line: Line,
    pub screen: Screen,
    pub inbox: mpsc::UnboundedReceiver<Command>,
    pub end: CancellationToken,
    pub process: Option<Process>,
    pub known: Known,
}

/// Runs the session to its end: until the handle lets go, or the line breaks.
pub(crate) async fn run(
    opened: Opened,
    inbox: mpsc::UnboundedReceiver<Command>,
    voice: Voice,
    end: CancellationToken,
    greeted: oneshot::Sender<Result<()>>,
    traffic: Traffic,
) {
    let mut process = opened.process;
    let claim = opened.claim.map(|claim| claim.watch(end.clone()));
    if let Some(process) = &mut process {
        let voice = voice.clone();
        process.watch(move |seen| voice.event(Event::Hardware(seen)));
    }
    let line = Line::new(opened.stream, opened.flow, traffic);
    let screen = Screen { voice: voice.clone(), watch: Watch::default() };
    let mut session = Session { line, screen, inbox, end, process, known: Known::default() };
    let ended = session.live(greeted).await;
    if let Some(reason) = claim.as_ref().and_then(|claim| claim.asked()) {
        drop(session); // the port is free before that is told
        voice.connection(Connection::Lost { reason });
    } else if let Err(error) = ended {
        let obituary = match &mut session.process {
            Some(process) => Reason::Stopped { words: process.obituary().await },
            None => reason(&error),
        };
        voice.connection(Connection::Lost { reason: obituary });
    } else if let Some(process) = session.process {
        process.end().await;
    }
}

pub(crate) fn reason(error: &Error) -> Reason {
    match error {
        Error::Lost { reason } => reason.clone(),
        other => Reason::said(other),
    }
}

impl Session {
    /// `Ok`: let go. `Err`: the line broke.
    async fn live(&mut self, greeted: oneshot::Sender<Result<()>>) -> Result<()> {
        let starts = self.process.is_some();
        let greet =
            async { if starts { raw_repl::await_greeting(&mut self.line).await } else { raw_repl::greet(&mut self.line).await } };
        let greeting = tokio::select! {
            greeting = greet => greeting,
            _ = self.end.cancelled() => return Ok(()),
        };
        if let Ok(said) = &greeting {
            self.screen.voice.banner(said);
            self.screen.show(said.clone());
            self.screen.settle();
        }
        let _ = greeted.send(greeting.clone().map(drop));
        greeting?;
        loop {
            tokio::select! {
                _ = self.end.cancelled() => return Ok(()),
                bytes = self.line.read() => {
                    self.screen.show(bytes?);
                    self.screen.settle();
                }
                command = self.inbox.recv() => match command {
                    Some(command) => self.obey(command).await?,
                    None => return Ok(()),
                },
            }
        }
    }

    /// Does what was asked, and answers. `Err`: the line broke in the middle.
    async fn obey(&mut self, command: Command) -> Result<()> {
        match command {
            Command::Type(bytes) => {
                self.type_in(&bytes);
                Ok(())
            }
            Command::Paste(text) => {
                let is_block = text.trim_end_matches('\r').contains('\r') && self.screen.watch.prompt() == Prompt::Empty;
                self.type_in(&if is_block { [&[CTRL_E], text.as_bytes(), &[CTRL_D]].concat() } else { text.into_bytes() });
                Ok(())
            }
            Command::Touch { touch: what, reply } => {
                let _ = reply.send(touch(&mut self.process, &what).await);
                Ok(())
            }
            Command::Run { script, reply } => run::run(self, script, reply).await,
            Command::Stop { reply } => {
                let stopped = self.stop().await;
                answer(reply, stopped)
            }
            Command::SoftReset { reply } => {
                let reset = self.soft_reset().await;
                answer(reply, reset)
            }
            Command::File { job, cancel, reply } => {
                let done = self.file(&job, &cancel).await;
                self.screen.settle();
                answer(reply, done)
            }
        }
    }

    fn type_in(&mut self, bytes: &[u8]) {
        if bytes.contains(&CTRL_D) {
            self.known.forget_names();
        }
        self.screen.watch.typed(bytes);
        self.line.post(bytes);
        self.screen.settle();
    }

    /// Does a file job, unseen by the terminal; what was typed at the prompt is there again afterwards.
    async fn file(&mut self, job: &Job, cancel: &CancellationToken) -> Result<Answer> {
        if cancel.is_cancelled() {
            return Err(Error::Cancelled { doing: job.doing() });
        }
        let (mut raw, typed) = enter(&mut self.line, &mut self.screen).await?;
        let voice = self.screen.voice.clone();
        voice.connection(Connection::Busy { doing: job.doing() });
        let tell = |progress| voice.event(Event::Progress(progress));
        let give_up = async {
            self.end.cancelled().await;
            cancel.cancel();
            sleep(LAST_STEPS).await;
        };
        let done = tokio::select! {
            done = files::perform(&mut raw, &mut self.known, job, cancel, &tell) => done,
            _ = give_up => Err(Error::Cancelled { doing: job.doing() }),
        };
        let left = match &done {
            Err(Error::Lost { .. }) => return done,
            Err(error) if !files::leaves_the_prompt(error) => {
                drop(raw);
                let said = recover(&mut self.line).await;
                if said.as_ref().is_ok_and(|said| !raw_repl::ends_with_prompt(said)) {
                    self.screen.watch.typed(b"\r"); // something has the board, and is no job of ours
                }
                said
            }
            _ => raw.leave().await,
        };
        voice.banner(&left?);
        retype(&mut self.line, &typed).await?;
        done
    }

    /// Stops what runs at, or in place of, the prompt. What it ran into is unknown, so each try is stronger than the last:
    /// Ctrl-C, again for a program that caught it, Ctrl-B for a board left in its raw REPL, Ctrl-D for one that waits for the
    /// end of source, zeros for one left in the middle of an upload.
    async fn stop(&mut self) -> Result<()> {
        const TRIES: [&[u8]; 6] = [&[CTRL_C], &[CTRL_C], b"\x03\x02", b"\x04\x02", &transfer::RESCUE, b"\x03\x02"];
        const EACH: Duration = Duration::from_millis(600);
        for bytes in TRIES {
            if self.screen.watch.prompt() == Prompt::Empty {
                break;
            }
            self.line.forget_posted();
            self.line.post(bytes);
            timeout(EACH, self.until_prompt(|prompt| prompt == Prompt::Empty)).await.unwrap_or(Ok(()))?;
        }
        self.screen.settle();
        if self.screen.watch.prompt() == Prompt::Empty { Ok(()) } else { Err(Error::stubborn(self.process.is_some())) }
    }

    async fn soft_reset(&mut self) -> Result<()> {
        match self.screen.watch.prompt() {
            Prompt::Empty => {}
            Prompt::Elsewhere => return Err(Error::Busy { program: None }),
            Prompt::Typing(_) | Prompt::Block => return Err(Error::Typing),
        }
        self.known.forget_names();
        self.screen.watch.typed(&[CTRL_D]);
        self.screen.settle();
        self.line.send(&[CTRL_D], &Doing::Resetting).await
    }

    /// Shows what comes until the last line looks as `wanted`.
    async fn until_prompt(&mut self, wanted: impl Fn(Prompt) -> bool) -> Result<()> {
        until_prompt(&mut self.line, &mut self.screen, wanted).await
    }
}

async fn until_prompt(line: &mut Line, screen: &mut Screen, wanted: impl Fn(Prompt) -> bool) -> Result<()> {
    while !wanted(screen.watch.prompt()) {
        let bytes = line.read().await?;
        screen.show(bytes);
    }
    Ok(())
}

/// Does something to the hardware of a virtual board.
pub(crate) async fn touch(process: &mut Option<Process>, touch: &Touch) -> Result<()> {
    match process {
        Some(process) => process.touch(touch).await,
        None => Err(Error::Real),
    }
}

/// Answers; passes on only that the line broke.
pub(crate) fn answer<T>(reply: oneshot::Sender<Result<T>>, result: Result<T>) -> Result<()> {
    let lost = match &result {
        Err(error @ Error::Lost { .. }) => Err(error.clone()),
        _ => Ok(()),
    };
    let _ = reply.send(result); // a caller that no longer listens does not mind
    lost
}

/// Enters the raw REPL, unless a program runs. Also returns what was typed at the prompt and had to be cleared away.
pub(crate) async fn enter<'l>(line: &'l mut Line, screen: &mut Screen) -> Result<(RawMode<'l>, String)> {
    timeout(GRACE, until_prompt(line, screen, |prompt| prompt != Prompt::Elsewhere)).await.unwrap_or(Ok(()))?;
    screen.show(line.at_hand().await?);
    let busy = || Error::Busy { program: None };
    let typed = match screen.watch.prompt() {
        Prompt::Empty => String::new(),
        Prompt::Typing(text) => text,
        Prompt::Block => return Err(Error::Typing),
        Prompt::Elsewhere => return Err(busy()),
    };
    clear(line, &typed).await?;
    match RawMode::enter(line).await {
        Ok(raw) => Ok((raw, typed)),
        Err(refused) => {
            screen.show(refused.said);
            screen.watch.typed(b"\r"); // what looked like a prompt is none
            screen.settle();
            Err(if matches!(refused.error, Error::Lost { .. }) { refused.error } else { busy() })
        }
    }
}

/// Clears the line at the prompt by keys that edit: if it is no prompt after all, they interrupt nothing.
async fn clear(line: &mut Line, typed: &str) -> Result<()> {
    if typed.is_empty() {
        return Ok(());
    }
    const DOING: &Doing = &Doing::Prompt;
    let mut keys = b"\x1b[F".to_vec(); // to its end
    keys.extend(typed.chars().map(|_| 0x7F));
    line.send(&keys, DOING).await?;
    line.settle(Duration::from_millis(50), Duration::from_millis(500), |_| false).await.map(drop)
}

/// Puts back what [`clear`] took. Its echo is swallowed: the terminal still shows the text.
pub(crate) async fn retype(line: &mut Line, typed: &str) -> Result<()> {
    if typed.is_empty() {
        return Ok(());
    }
    line.send(typed.as_bytes(), &Doing::Prompt).await?;
    let whole = |come: &[u8]| come.ends_with(typed.as_bytes());
    line.settle(Duration::from_millis(200), Duration::from_millis(500), whole).await.map(drop)
}

/// Brings a board back to its friendly prompt after an operation of ours went wrong in the middle.
pub(crate) async fn recover(line: &mut Line) -> Result<Bytes> {
    const DOING: &Doing = &Doing::Prompt;
    let mut said = Bytes::new();
    for stronger in [&[][..], b"\x04", &transfer::RESCUE] {
        line.forget_posted();
        line.send(stronger, DOING).await?;
        line.send(&[CTRL_C, CTRL_C], DOING).await?;
        line.settle(Duration::from_millis(200), Duration::from_secs(2), |come| come.ends_with(b">")).await?;
        said = raw_repl::greet(line).await?;
        if raw_repl::ends_with_prompt(&said) {
            break;
        }
    }
    Ok(said)
}

/// Does this end in a banner and an empty prompt? That is what a board says that has started anew; a program could print the same.
pub(crate) fn greets(said: &[u8]) -> bool {
    const HELP: &str = "Type \"help()\" for more information.\r\n>>> ";
    let said = text(&without_titles(said));
    said.ends_with(HELP) && identity(&said).is_some()
}

/// `MicroPython v1.28.0 on 2026-01-05; PYBv1.1 with STM32F405RG` before `Type "help()"`.
fn identity(said: &str) -> Option<Identity> {
    let before = &said[..said.find("Type \"help()\"").unwrap_or(said.len())];
    let line = before.lines().rev().map(str::trim).find(|line| !line.is_empty() && !line.starts_with(">>>"))?;
    let (firmware, machine) = line.split_once(';')?;
    Some(Identity { firmware: firmware.trim().to_string(), machine: machine.trim().to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_banner_tells_who_the_board_is() {
        let said =
            "\r\nMicroPython v1.28.0 on 2026-01-05; PYBv1.1 with STM32F405RG\r\nType \"help()\" for more information.\r\n>>> ";
        let expected =
            Identity { firmware: "MicroPython v1.28.0 on 2026-01-05".into(), machine: "PYBv1.1 with STM32F405RG".into() };
        assert_eq!(identity(said), Some(expected));
        assert_eq!(
            identity("\r\nAdafruit CircuitPython 9.0; Feather\r\n>>> ").map(|found| found.machine),
            Some("Feather".into())
        );
        assert_eq!(identity(">>> "), None);
    }
}
