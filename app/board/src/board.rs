//! The handle: what the window, the command line and tests hold in their hands.
//!
//! It only forwards. Every method is one message to the session and one answer, so it is safe to hold many handles, and to
//! drop the future of any method. Methods want a tokio runtime around them.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::{broadcast, mpsc, oneshot, watch};
use tokio_util::sync::CancellationToken;

use crate::archive::{self, Archive};
use crate::copy::{self, To};
use crate::deploy;
use crate::discover;
use crate::error::{Error, Result};
use crate::files::{Answer, Job, Old};
use crate::mip;
use crate::model::*;
use crate::phrase::{Doing, Reason};
use crate::run::{Run, Script};
use crate::session::{self, Command};
use crate::snippets;
use crate::sync::{Sync, above};
use crate::traffic::Traffic;
use crate::transport::{self, Opened, claim};

/// Events that a slow listener may be behind before it loses some: 16 MB of terminal bytes at the most.
const EVENTS_KEPT: usize = 4096;

/// A board, attached or not. Clones are the same board.
#[derive(Clone)]
pub struct Board {
    shared: Arc<Shared>,
}

struct Shared {
    events: broadcast::Sender<Event>,
    state: watch::Sender<Status>,
    link: Mutex<Option<Link>>,
    traffic: Traffic,
    /// What was attached last, and what USB told of it.
    last: Mutex<Option<(Target, Option<Usb>)>>,
}

/// What [`Board::state`] tells.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Status {
    pub connection: Connection,
    pub identity: Option<Identity>,
}

/// The way to one session.
struct Link {
    commands: mpsc::UnboundedSender<Command>,
    end: CancellationToken,
    task: tokio::task::JoinHandle<()>,
    /// Cancels the file operations that are under way or waiting; replaced by a new one each time.
    jobs: CancellationToken,
}

impl Drop for Link {
    fn drop(&mut self) {
        self.end.cancel();
    }
}

impl Board {
    /// A handle with no board attached.
    pub fn new() -> Board {
        let (events, _) = broadcast::channel(EVENTS_KEPT);
        let (state, _) = watch::channel(Status { connection: Connection::Disconnected, identity: None });
        Board {
            shared: Arc::new(Shared { events, state, link: Mutex::new(None), traffic: Traffic::new(), last: Mutex::new(None) }),
        }
    }

    /// Everything that happens from now on.
    pub fn subscribe(&self) -> Events {
        Events { inner: self.shared.events.subscribe() }
    }

    /// How the connection is.
    pub fn state(&self) -> Connection {
        self.shared.state.borrow().connection.clone()
    }

    /// Who the board is, as far as its banner told.
    pub fn identity(&self) -> Option<Identity> {
        self.shared.state.borrow().identity.clone()
    }

    /// What was attached last, and what USB told of it.
    pub fn target(&self) -> Option<(Target, Option<Usb>)> {
        self.shared.last.lock().expect("nobody panics with it").clone()
    }

    /// Waits until the connection is as `wanted` says.
    pub async fn wait_for(&self, wanted: impl Fn(&Connection) -> bool) -> Connection {
        let mut states = self.shared.state.subscribe();
        let found = states.wait_for(|status| wanted(&status.connection)).await.expect("the sender lives in this handle");
        found.connection.clone()
    }

    /// Opens the line and shows the live prompt, leaving the board attached before. Returns when the board has shown its
    /// prompt, or when half a second of silence says that a program is running (then the state is `Running`).
    pub async fn attach(&self, target: Target) -> Result<()> {
        self.let_go().await;
        self.announce(Connection::Connecting { target: target.clone() });
        match transport::open(&target).await {
            Ok(opened) => {
                *self.shared.last.lock().expect("nobody panics with it") = Some((target.clone(), discover::usb_of(&target)));
                self.attach_opened(opened).await
            }
            Err(error) => {
                self.announce(Connection::Disconnected);
                Err(error)
            }
        }
    }

    /// Attaches; does as told where another program has the board.
    pub async fn attach_held(&self, target: Target, held: Held) -> Result<()> {
        if let (Held::Take, Target::Serial { port, .. }) = (held, &target) {
            claim::ask(port).await; // whether it is free now, the next line finds out
        }
        match (self.attach(target.clone()).await, held) {
            (Err(Error::Held { program, .. }), Held::Wait) => {
                let usb = discover::usb_of(&target);
                *self.shared.last.lock().expect("nobody panics with it") = Some((target, usb));
                self.announce(Connection::Lost { reason: Reason::Waiting { program } });
                Ok(())
            }
            (attached, _) => attached,
        }
    }

    /// Attaches a line that is open already; tests come in here.
    pub async fn attach_opened(&self, opened: Opened) -> Result<()> {
        let (commands, inbox) = mpsc::unbounded_channel();
        let end = CancellationToken::new();
        self.let_go().await;
        let (greeted, greeting) = oneshot::channel();
        let voice = session::Voice { events: self.shared.events.clone(), state: self.shared.state.clone() };
        let task = tokio::spawn(session::run(opened, inbox, voice, end.clone(), greeted, self.traffic()));
        *self.link() = Some(Link { commands, end, task, jobs: CancellationToken::new() });
        greeting.await.unwrap_or(Err(Error::NotAttached))
    }

    /// Lets the board go. A program on it runs on; a virtual board that was started here ends.
    pub async fn detach(&self) {
        self.let_go().await;
        self.announce(Connection::Disconnected);
    }

    async fn let_go(&self) {
        let link = self.link().take();
        if let Some(mut link) = link {
            link.end.cancel();
            let _ = (&mut link.task).await; // a session that panicked is detached, too
        }
    }

    /// Sends what was typed, as it was typed; it reaches the prompt or the running program.
    pub fn type_bytes(&self, bytes: impl Into<Bytes>) -> Result<()> {
        self.send(Command::Type(bytes.into()))
    }

    /// Sends a text that was pasted. Several lines at an empty prompt go through the board's paste mode: typed, each would be
    /// indented by the prompt once more, and be run alone.
    pub fn paste(&self, text: &str) -> Result<()> {
        let text = text.replace("\r\n", "\r").replace('\n', "\r");
        // Keys that do something at a prompt are none of a text's.
        let text = text.chars().filter(|character| !character.is_control() || matches!(character, '\r' | '\t')).collect();
        self.send(Command::Paste(text))
    }

    /// Starts a program; `name` takes the place of `<stdin>` in tracebacks. Returns once it runs; its output goes to the
    /// terminal, its end is [`Event::RunEnded`], and the handle tells the same.
    pub async fn run(&self, name: &str, source: &str, start: Start) -> Result<Run> {
        let (ended, ending) = oneshot::channel();
        let (said, output) = mpsc::unbounded_channel();
        let script = Script { name: name.into(), source: source.into(), start, said, ended };
        self.ask(|reply| Command::Run { script, reply }).await?;
        Ok(Run { board: self.clone(), output, ending })
    }

    /// Stops what runs, and returns when the board is at its prompt. Does nothing at the prompt.
    pub async fn stop(&self) -> Result<()> {
        self.ask(|reply| Command::Stop { reply }).await
    }

    /// Ctrl-D at the prompt: forgets all names, runs `boot.py` and `main.py`. Refused while a program runs.
    pub async fn soft_reset(&self) -> Result<()> {
        self.ask(|reply| Command::SoftReset { reply }).await
    }

    /// The names in a folder, folders first, then by name.
    pub async fn list(&self, path: &str) -> Result<Vec<Entry>> {
        match self.job(Job::List { path: path.into() }).await? {
            Answer::Entries(entries) => Ok(entries),
            other => unreachable!("a listing answered {other:?}"),
        }
    }

    /// A whole file.
    pub async fn read(&self, path: &str) -> Result<Vec<u8>> {
        match self.job(Job::Read { path: path.into() }).await? {
            Answer::Data(bytes) => Ok(bytes),
            other => unreachable!("a read answered {other:?}"),
        }
    }

    /// Puts a whole file in place: into a temporary file, hashed back, then renamed, so that at every moment the old or
    /// the new one is there whole. Moves are told by [`Event::Progress`]; [`Board::cancel`] gives up.
    pub async fn write(&self, path: &str, data: impl Into<Bytes>) -> Result<()> {
        self.job(Job::Write { path: path.into(), data: data.into(), old: Old::Stays }).await.map(drop)
    }

    /// Puts a whole file in the place of one that does not fit beside it: the old one goes first, so a cut cable leaves
    /// neither. For when [`Board::write`] said so, and the user chose it.
    pub async fn replace(&self, path: &str, data: impl Into<Bytes>) -> Result<()> {
        self.job(Job::Write { path: path.into(), data: data.into(), old: Old::GoesFirst }).await.map(drop)
    }

    /// All names below a folder, by path; with their SHA-256 if `hashed` and the board can tell.
    pub async fn tree(&self, path: &str, hashed: bool) -> Result<Vec<Node>> {
        match self.job(Job::Tree { path: path.into(), hashed }).await? {
            Answer::Tree(nodes) => Ok(nodes),
            other => unreachable!("a tree answered {other:?}"),
        }
    }

    /// Removes a file, or a folder with all that is in it.
    pub async fn remove_all(&self, path: &str) -> Result<()> {
        self.job(Job::RemoveAll { path: path.into() }).await.map(drop)
    }

    /// The number of this very board, in hexadecimal; empty if it has none.
    pub async fn id(&self) -> Result<String> {
        match self.job(Job::Id).await? {
            Answer::Id(id) => Ok(id),
            other => unreachable!("a question for the number answered {other:?}"),
        }
    }

    /// Where the board looks for libraries, and which bytecode it takes.
    pub async fn libraries(&self) -> Result<mip::Place> {
        match self.job(Job::Libraries).await? {
            Answer::Libraries(place) => Ok(place),
            other => unreachable!("a question for libraries answered {other:?}"),
        }
    }

    /// The folder where the board is: its files lie there.
    pub async fn home(&self) -> Result<String> {
        match self.job(Job::Home).await? {
            Answer::Home(path) => Ok(path),
            other => unreachable!("a question for the folder answered {other:?}"),
        }
    }

    /// Kind, size and time of a file or folder.
    pub async fn properties(&self, path: &str) -> Result<Properties> {
        match self.job(Job::Properties { path: path.into() }).await? {
            Answer::Properties(properties) => Ok(properties),
            other => unreachable!("a question for properties answered {other:?}"),
        }
    }

    /// Does what the journal of a deployment says.
    pub(crate) async fn switch(&self, journal: &str) -> Result<()> {
        self.job(Job::Switch { journal: journal.into() }).await.map(drop)
    }

    /// Restarts the board as its reset button does. A board on USB vanishes and comes back.
    pub async fn reset(&self) -> Result<()> {
        self.leave_by(snippets::RESET).await
    }

    /// Starts the board's boot loader, which takes new firmware; the board vanishes.
    pub async fn bootloader(&self) -> Result<()> {
        if let Some((Target::Virtual { .. }, _)) = self.target() {
            return Err(Error::NoBootLoader);
        }
        self.leave_by(snippets::BOOTLOADER).await
    }

    /// Runs what takes the board away, and waits until it is gone, or is there anew.
    async fn leave_by(&self, source: &str) -> Result<()> {
        const GONE: Duration = Duration::from_secs(3);
        let run = match self.run("the reset", source, Start::Keep).await {
            // It was quicker than its answer.
            Err(Error::Lost { .. }) => return Ok(()),
            started => started?,
        };
        match tokio::time::timeout(GONE, run.outcome()).await {
            Ok(Outcome::Raised { traceback }) => Err(Error::Raised {
                doing: Doing::Resetting,
                exception: format!("{}: {}", traceback.exception, traceback.message),
            }),
            Ok(_) | Err(_) => Ok(()),
        }
    }

    /// Keeps attached: attaches again whenever a board that was lost is there again, if there is no doubt which it is: a USB
    /// board by its serial number, a TCP address, or the same port. Never returns; needs no board.
    pub async fn keep(&self) {
        const LOOK: Duration = Duration::from_millis(500);
        loop {
            self.wait_for(|state| matches!(state, Connection::Lost { .. })).await;
            tokio::time::sleep(LOOK).await;
            let Some((target, usb)) = self.shared.last.lock().expect("nobody panics with it").clone() else { continue };
            let Some(target) = discover::find_again(&target, usb.as_ref()) else { continue };
            // Tried in silence: the state is told when the line is open.
            if let Ok(opened) = transport::open(&target).await
                && matches!(self.state(), Connection::Lost { .. })
            {
                let _ = self.attach_opened(opened).await; // if that failed, it is lost again
            }
        }
    }

    /// The traffic log: it is one for all boards that this handle attaches.
    pub fn traffic(&self) -> Traffic {
        self.shared.traffic.clone()
    }

    /// Makes a folder; [`Error::Exists`] if the name is taken.
    pub async fn make_folder(&self, path: &str) -> Result<()> {
        self.job(Job::MakeFolder { path: path.into() }).await.map(drop)
    }

    /// Makes a folder unless the name is taken.
    pub async fn ensure_folder(&self, path: &str) -> Result<()> {
        match self.make_folder(path).await {
            Err(Error::Exists { .. }) => Ok(()),
            made => made,
        }
    }

    /// Makes the folders that a path lies in, as far as their names are not taken.
    pub async fn ensure_folders_above(&self, path: &str) -> Result<()> {
        for folder in above(path) {
            self.ensure_folder(folder).await?;
        }
        Ok(())
    }

    /// Removes a file or an empty folder.
    pub async fn remove(&self, path: &str) -> Result<()> {
        self.job(Job::Remove { path: path.into() }).await.map(drop)
    }

    /// Gives a file or folder another name; [`Error::Exists`] if that is taken.
    pub async fn rename(&self, from: &str, to: &str) -> Result<()> {
        self.job(Job::Rename { from: from.into(), to: to.into() }).await.map(drop)
    }

    /// The room on the file system of `path`.
    pub async fn space(&self, path: &str) -> Result<Space> {
        match self.job(Job::Space { path: path.into() }).await? {
            Answer::Space(space) => Ok(space),
            other => unreachable!("a question for space answered {other:?}"),
        }
    }

    /// The names of the session, with their types and values as the board writes them. Runs no line of the session, but `__repr__` of
    /// its objects; one that took too long is tried `again` only if that is wanted.
    pub async fn variables(&self, again: bool) -> Result<Vec<Variable>> {
        match self.job(Job::Variables { again }).await? {
            Answer::Variables(variables) => Ok(variables),
            other => unreachable!("a question for variables answered {other:?}"),
        }
    }

    /// The names of the modules that it can import, sorted; of packages the packages'.
    pub async fn modules(&self) -> Result<Vec<String>> {
        match self.job(Job::Modules).await? {
            Answer::Modules(modules) => Ok(modules),
            other => unreachable!("a question for modules answered {other:?}"),
        }
    }

    /// The SHA-256 of a file as the board computes it, as 64 hexadecimal digits.
    pub async fn hash(&self, path: &str) -> Result<String> {
        match self.job(Job::Hash { path: path.into() }).await? {
            Answer::Hash(hash) => Ok(hash),
            other => unreachable!("a hash answered {other:?}"),
        }
    }

    /// Gives up the file operations that are under way or waiting; they answer [`Error::Cancelled`].
    pub fn cancel(&self) {
        if let Some(link) = &mut *self.link() {
            std::mem::take(&mut link.jobs).cancel();
        }
    }

    /// Whether [`Board::cancel`] was called after this; for what is made of many file operations.
    pub(crate) fn given_up(&self) -> CancellationToken {
        self.link().as_ref().map(|link| link.jobs.clone()).unwrap_or_default()
    }

    /// Presses the switch or drives a pin of a virtual board; other boards answer [`Error::Unsupported`].
    pub async fn touch(&self, touch: Touch) -> Result<()> {
        self.ask(|reply| Command::Touch { touch, reply }).await
    }

    /// Answers anything that can be asked: the form that crosses to the window.
    pub async fn handle(&self, request: Request) -> Result<Reply> {
        Ok(match request {
            Request::Attach { target, held } => done(self.attach_held(target, held).await?),
            Request::Detach => {
                self.detach().await;
                Reply::Done
            }
            Request::Type { bytes } => done(self.type_bytes(bytes)?),
            Request::Paste { text } => done(self.paste(&text)?),
            Request::Run { name, source, start } => {
                self.run(&name, &source, start).await?;
                Reply::Done
            }
            Request::Stop => done(self.stop().await?),
            Request::SoftReset => done(self.soft_reset().await?),
            Request::List { path } => Reply::Entries { entries: self.list(&path).await? },
            Request::Read { path } => Reply::Data { bytes: self.read(&path).await? },
            Request::Write { path, data } => done(self.write(&path, data).await?),
            Request::Replace { path, data } => done(self.replace(&path, data).await?),
            Request::Tree { path, hashed } => Reply::Tree { nodes: self.tree(&path, hashed).await? },
            Request::RemoveAll { path } => done(self.remove_all(&path).await?),
            Request::PlanSync { folder, root, options } => {
                Reply::Plan { plan: Sync::open(self, folder.as_ref(), &root).await?.plan(self, options).await? }
            }
            Request::ApplySync { folder, root, plan, replace } => {
                let stages = self.stages(plan.steps.len());
                let mut sync = Sync::open(self, folder.as_ref(), &root).await?;
                done(sync.apply(self, &plan, replace, |step| stages.next(step.path())).await?)
            }
            Request::Deploy { folder, root, plan } => {
                let stages = self.stages(plan.uploads());
                let mut sync = Sync::open(self, folder.as_ref(), &root).await?;
                done(deploy::deploy(self, &mut sync, &plan, |step| stages.next(step.path())).await?)
            }
            Request::Backup { root, archive } => {
                let stages = self.stages(self.tree(&root, false).await?.len());
                let manifest = archive::backup(self, &root, archive.as_ref(), |node| stages.next(&node.path)).await?;
                Reply::Manifest { manifest }
            }
            Request::LookInto { archive } => Reply::Manifest { manifest: Archive::open(archive.as_ref())?.manifest },
            Request::ReadArchived { archive, path } => Reply::Data { bytes: Archive::open(archive.as_ref())?.read_path(&path)? },
            Request::Restore { archive, root, only } => {
                let mut archive = Archive::open(archive.as_ref())?;
                if let Some(only) = only {
                    archive.keep_only(&only);
                }
                let stages = self.stages(archive.manifest.files.len());
                archive.restore(self, &root, |node| stages.next(&node.path)).await?;
                Reply::Done
            }
            Request::PlanToBoard { from, to } => Reply::CopyPlan { plan: copy::plan_to_board(self, &from, To::Into(&to)).await? },
            Request::PlanToComputer { from, to } => {
                Reply::CopyPlan { plan: copy::plan_to_computer(self, &from, To::Into(to.as_ref())).await? }
            }
            Request::OfferedPackages { index } => Reply::Offers { offers: mip::offers(index_or_usual(&index)).await? },
            Request::Packages => Reply::Packages { packages: mip::list(self, "").await? },
            Request::InstallPackage { index, wanted } => {
                Reply::Changed { change: mip::install(self, index_or_usual(&index), &wanted, "").await? }
            }
            Request::RemovePackage { name } => Reply::Changed { change: mip::remove(self, &name, "").await? },
            Request::Copy { plan, replace } => {
                let tell = |stage| drop(self.shared.events.send(Event::Stage(stage)));
                done(copy::copy(self, &plan, replace, tell).await?)
            }
            Request::Home => Reply::Path { path: self.home().await? },
            Request::Properties { path } => Reply::Properties { properties: self.properties(&path).await? },
            Request::Reset => done(self.reset().await?),
            Request::Bootloader => done(self.bootloader().await?),
            Request::Traffic => Reply::Text { text: self.traffic().text() },
            Request::MakeFolder { path } => done(self.make_folder(&path).await?),
            Request::Remove { path } => done(self.remove(&path).await?),
            Request::Rename { from, to } => done(self.rename(&from, &to).await?),
            Request::Space { path } => Reply::Space { space: self.space(&path).await? },
            Request::Variables { again } => Reply::Variables { variables: self.variables(again).await? },
            Request::Modules => Reply::Modules { modules: self.modules().await? },
            Request::Hash { path } => Reply::Hash { sha256: self.hash(&path).await? },
            Request::Cancel => {
                self.cancel();
                Reply::Done
            }
            Request::Touch { touch } => done(self.touch(touch).await?),
            Request::State => Reply::State { connection: self.state(), identity: self.identity() },
        })
    }

    fn stages(&self, total: usize) -> Stages {
        Stages { events: self.shared.events.clone(), done: AtomicUsize::new(0), total }
    }

    fn link(&self) -> MutexGuard<'_, Option<Link>> {
        self.shared.link.lock().expect("nobody panics with it")
    }

    fn announce(&self, connection: Connection) {
        session::Voice { events: self.shared.events.clone(), state: self.shared.state.clone() }.connection(connection);
    }

    fn send(&self, command: Command) -> Result<()> {
        let link = self.link();
        let link = link.as_ref().ok_or(Error::NotAttached)?;
        link.commands.send(command).map_err(|_| self.gone())
    }

    async fn ask<T>(&self, command: impl FnOnce(oneshot::Sender<Result<T>>) -> Command) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        self.send(command(reply))?;
        answer.await.unwrap_or_else(|_| Err(self.gone()))
    }

    async fn job(&self, job: Job) -> Result<Answer> {
        let cancel = self.link().as_ref().ok_or(Error::NotAttached)?.jobs.clone();
        self.ask(|reply| Command::File { job, cancel, reply }).await
    }

    /// Why the session no longer listens.
    fn gone(&self) -> Error {
        match self.state() {
            Connection::Lost { reason } => Error::Lost { reason },
            _ => Error::NotAttached,
        }
    }
}

fn index_or_usual(index: &str) -> &str {
    if index.is_empty() { mip::INDEX } else { index }
}

/// Tells how something of many files moves on.
struct Stages {
    events: broadcast::Sender<Event>,
    done: AtomicUsize,
    total: usize,
}

impl Stages {
    fn next(&self, path: &str) {
        let done = self.done.fetch_add(1, Ordering::Relaxed);
        drop(self.events.send(Event::Stage(Stage { path: path.into(), done, total: self.total }))); // nobody may listen
    }
}

fn done((): ()) -> Reply {
    Reply::Done
}

/// A stream of events.
pub struct Events {
    inner: broadcast::Receiver<Event>,
}

impl Events {
    /// The next event; `None` when the last [`Board`] handle is gone.
    pub async fn next(&mut self) -> Option<Event> {
        match self.inner.recv().await {
            Ok(event) => Some(event),
            Err(broadcast::error::RecvError::Lagged(count)) => Some(Event::Skipped { count }),
            Err(broadcast::error::RecvError::Closed) => None,
        }
    }
}
