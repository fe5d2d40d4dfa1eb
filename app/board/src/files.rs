//! The board's files: each job is a few snippets in the raw REPL.
//!
//! A file arrives under a temporary name in its own folder, is hashed by the board, and only then takes the place of the old
//! one, so a cut cable, a full flash or a flipped bit leave the old file as it was. The temporary name is made from the path
//! and the content, so that the same upload goes on where a cut cable stopped it; an upload of something else clears it away.
//! What a power cut leaves between two renames is repaired at the next connection.
//!
//! Where the board has the means, each program carries a checksum that the board compares before it runs it, and each answer
//! one that is compared here: on a bare UART bytes get lost.

use std::collections::BTreeSet;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use sha2::{Digest, Sha256};
use tokio_util::sync::CancellationToken;

use crate::deploy;
use crate::error::{Error, Result};
use crate::mip::Place;
use crate::model::{Entry, EntryKind, Node, Progress, Properties, Space, Traceback, Variable};
use crate::pack::{self, Limits};
use crate::phrase::Doing;
use crate::raw_repl::{Exec, Program, RawMode};
use crate::snippets::{self, audited_call, bytes_literal, call, guarded, literal};
use crate::transfer::{self, First, Sent, Upload};
use crate::transport::Flow;

/// Writing one value of the session.
const PATIENCE: Duration = Duration::from_secs(1);
/// Looking at names and the like.
const SHORT: Duration = Duration::from_secs(10);
/// Going through all of a board's files.
const LONG: Duration = Duration::from_secs(120);
/// Reading or hashing the largest file the slow way.
const LONGEST: Duration = Duration::from_secs(600);
/// Erasing a 128 kB sector takes up to two seconds, and several may come together.
const CHUNK: Duration = transfer::CHUNK;
/// Bytes a second that the slowest board hashes.
const HASHED: u64 = 10_000;
/// What the slow way writes at once: its literal is up to four times as long, and must fit the smallest heap.
const SLOW_CHUNK: usize = 256;
/// An upload that was cut off is gone on with if this much of it is there already.
const WORTH_KEEPING: u64 = 32 << 10;
/// How the board says that a program changed on its way there: `EBADMSG`.
const CHANGED: u32 = 74;
/// How often such a program is sent again.
const TRIES: u32 = 3;

/// One thing to be done to the board's files.
#[derive(Debug, Clone)]
#[allow(missing_docs)] // each field is what its name says
pub enum Job {
    List { path: String },
    Tree { path: String, hashed: bool },
    Read { path: String },
    Write { path: String, data: Bytes, old: Old },
    MakeFolder { path: String },
    Remove { path: String },
    RemoveAll { path: String },
    Rename { from: String, to: String },
    Space { path: String },
    Variables { again: bool },
    Modules,
    Hash { path: String },
    Id,
    Libraries,
    Home,
    Properties { path: String },
    Switch { journal: String },
}

/// What happens to an old file that is written anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Old {
    /// It stays until the new one is whole: at every moment one of the two is there.
    Stays,
    /// It goes first, since the flash does not hold both: a cut cable leaves neither.
    GoesFirst,
}

/// What a [`Job`] answers.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // each variant is what its name says
pub enum Answer {
    Done,
    Entries(Vec<Entry>),
    Tree(Vec<Node>),
    Data(Vec<u8>),
    Space(Space),
    Variables(Vec<Variable>),
    Modules(Vec<String>),
    Hash(String),
    Id(String),
    Libraries(Place),
    Home(String),
    Properties(Properties),
}

impl Job {
    /// What is being done.
    pub fn doing(&self) -> Doing {
        match self {
            Job::List { path } => Doing::Listing { path: path.clone() },
            Job::Tree { path, .. } => Doing::Comparing { path: path.clone() },
            Job::Read { path } => Doing::Reading { path: path.clone() },
            Job::Write { path, .. } => Doing::Saving { path: path.clone() },
            Job::MakeFolder { path } => Doing::MakingFolder { path: path.clone() },
            Job::Remove { path } | Job::RemoveAll { path } => Doing::Removing { path: path.clone() },
            Job::Rename { from, .. } => Doing::Renaming { path: from.clone() },
            Job::Variables { .. } => Doing::Variables,
            Job::Modules => Doing::Modules,
            Job::Space { path } => Doing::Room { path: path.clone() },
            Job::Hash { path } => Doing::Hashing { path: path.clone() },
            Job::Id => Doing::Identity,
            Job::Libraries => Doing::Libraries,
            Job::Home => Doing::Home,
            Job::Properties { path } => Doing::Looking { path: path.clone() },
            Job::Switch { .. } => Doing::Switching,
        }
    }
}

/// What this board has of the things that not every board has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Abilities {
    /// Files can be streamed into its stdin.
    stdin: bool,
    /// Bytes can be written to its stdout as they are.
    stdout: bool,
    sha256: bool,
    crc32: bool,
    /// Programs can be checked before they run.
    guard: bool,
    /// Bits of the window that it inflates with; 0 if it cannot.
    bits: u8,
}

/// What is known of a board from one job to the next.
#[derive(Default)]
pub struct Known {
    /// Asked at the first job.
    able: Option<Abilities>,
    late: Late,
}

impl Known {
    /// A program was started, or the board forgot all names: what an object was called, another one may be called now.
    pub fn forget_names(&mut self) {
        self.late.clear();
    }
}

/// The keys ([`snippets::VARIABLES`]) of objects that take too long to write themselves: nobody waits for one twice.
type Late = BTreeSet<String>;

/// A board in its raw REPL, seen as a disk.
pub struct Files<'a, 'l> {
    /// What it is looked at for.
    doing: Doing,
    raw: &'a mut RawMode<'l>,
    able: &'a mut Abilities,
    late: &'a mut Late,
    cancel: &'a CancellationToken,
    tell: &'a (dyn Fn(Progress) + Sync),
}

/// Does a job. `tell` hears how a transfer moves.
pub async fn perform<'l>(
    raw: &mut RawMode<'l>,
    known: &mut Known,
    job: &Job,
    cancel: &CancellationToken,
    tell: &(dyn Fn(Progress) + Sync),
) -> Result<Answer> {
    let first = known.able.is_none();
    let able = match &mut known.able {
        Some(known) => known,
        None => known.able.insert(abilities(raw).await?),
    };
    let mut files = Files { doing: job.doing(), raw, able, late: &mut known.late, cancel, tell };
    if first {
        files.repair().await?;
    }
    Ok(match job {
        Job::List { path } => Answer::Entries(files.list(path).await?),
        Job::Tree { path, hashed } => Answer::Tree(files.tree(path, *hashed).await?),
        Job::Read { path } => Answer::Data(files.read(path).await?),
        Job::Write { path, data, old } => files.write(path, data, *old).await.map(|()| Answer::Done)?,
        Job::MakeFolder { path } => files.short(snippets::MAKE_FOLDER, &[path], path).await.map(|_| Answer::Done)?,
        Job::Remove { path } => files.short(snippets::REMOVE, &[path], path).await.map(|_| Answer::Done)?,
        Job::RemoveAll { path } => files.run(snippets::REMOVE_ALL, &[&literal(path)], path, LONG).await.map(|_| Answer::Done)?,
        Job::Rename { from, to } => files.rename(from, to).await.map(|()| Answer::Done)?,
        Job::Variables { again } => Answer::Variables(files.variables(*again).await?),
        Job::Modules => Answer::Modules(files.modules().await?),
        Job::Space { path } => Answer::Space(files.space(path).await?),
        Job::Hash { path } => Answer::Hash(files.hash(path).await?),
        Job::Id => Answer::Id(text(&files.short(snippets::ID, &[], "/").await?).trim().to_string()),
        Job::Libraries => Answer::Libraries(libraries(&files.short(snippets::LIBRARIES, &[], "/").await?)),
        Job::Home => Answer::Home(text(&files.short(snippets::HOME, &[], "/").await?).trim_end_matches(['\r', '\n']).to_string()),
        Job::Properties { path } => Answer::Properties(files.properties(path).await?),
        Job::Switch { journal } => files.switch(journal).await.map(|()| Answer::Done)?,
    })
}

/// Asks what the board can do: with checksums if it can check them, which is found out by trying.
async fn abilities(raw: &mut RawMode<'_>) -> Result<Abilities> {
    const DOING: &Doing = &Doing::Abilities;
    let mut able = Abilities { guard: true, ..Abilities::default() };
    let (cancel, late) = (&CancellationToken::new(), &mut Late::new());
    let checked = Files { doing: DOING.clone(), raw, able: &mut able, late, cancel, tell: &|_| {} }
        .run(snippets::ABILITIES, &[], "/", SHORT)
        .await;
    let words = match checked {
        Ok(words) => words,
        Err(Error::Raised { .. }) => match raw.exec(&call(snippets::ABILITIES, &[]), SHORT, DOING).await? {
            Exec::Printed(words) => words,
            Exec::Raised(traceback) => return Err(refused(DOING, "/", &traceback)),
        },
        Err(error) => return Err(error),
    };
    let words = text(&words);
    let has = |word| words.split_whitespace().any(|found| found == word);
    let bits = words.split_whitespace().find_map(|word| word.strip_prefix("wbits")?.parse().ok()).unwrap_or(0);
    let (crc32, guard) = (has("crc32"), has("crc32") && has("exec"));
    Ok(Abilities { stdin: has("stdin"), stdout: has("stdout"), sha256: has("sha256"), crc32, guard, bits })
}

/// What [`snippets::BEFORE_WRITE`] found.
struct Before {
    kind: String,
    /// Bytes of the old file, and of what an earlier try left.
    old: u64,
    left: u64,
    block: u64,
    /// `None` if the board cannot tell.
    free: Option<u64>,
}

impl Files<'_, '_> {
    /// Makes good what a cut cable or power left half done.
    async fn repair(&mut self) -> Result<()> {
        let journals = self.short(snippets::REPAIR, &[], "/").await?;
        for journal in text(&journals).split_terminator('\0') {
            self.switch(journal).await?;
        }
        Ok(())
    }

    async fn switch(&mut self, journal: &str) -> Result<()> {
        self.run(snippets::SWITCH, &[&literal(journal)], journal, LONG).await.map(drop)
    }

    async fn list(&mut self, path: &str) -> Result<Vec<Entry>> {
        let printed = self.short(snippets::LIST, &[path], path).await?;
        listing(&printed).ok_or_else(|| garbled(&Doing::Listing { path: path.into() }, &printed))
    }

    async fn tree(&mut self, path: &str, hashed: bool) -> Result<Vec<Node>> {
        let hashed = if hashed && self.able.sha256 { "1" } else { "0" };
        let printed = self.run(snippets::TREE, &[&literal(path), hashed], path, LONG).await?;
        tree(&printed).ok_or_else(|| garbled(&Doing::Comparing { path: path.into() }, &printed))
    }

    /// The names of the session. What does not write itself in time is interrupted, and not tried again, unless that is wanted.
    async fn variables(&mut self, again: bool) -> Result<Vec<Variable>> {
        /// An interrupt may come when the board has just written the value, and end what was to go on.
        const TRIES: u32 = 3;
        if again {
            self.late.clear();
        }
        let mut tries = 0;
        loop {
            tries += 1;
            let late: Vec<String> = self.late.iter().map(|key| literal(key)).collect();
            let late: Vec<&str> = late.iter().map(String::as_str).collect();
            let mut output = BytesMut::new();
            let printed = self.run_nudged(snippets::VARIABLES, &late, "/", (PATIENCE, SHORT), &mut output).await;
            let before = self.late.len();
            self.late.extend(late_keys(&text(&output)));
            match printed {
                Ok(printed) => return variables(&printed).ok_or_else(|| garbled(&Doing::Variables, &printed)),
                Err(Error::Raised { .. } | Error::Garbled { .. }) if self.late.len() > before && tries < TRIES => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// What can be imported. Modules of its firmware are told by `help`, which no checksum covers: it prints by itself.
    async fn modules(&mut self) -> Result<Vec<String>> {
        let source = call(snippets::MODULES, &[]);
        let source = if self.able.guard { guarded(&source) } else { source };
        match self.raw.exec(&source, SHORT, &Doing::Modules).await? {
            Exec::Printed(printed) => Ok(modules(&text(&printed))),
            Exec::Raised(traceback) => Err(refused(&Doing::Modules, "/", &traceback)),
        }
    }

    async fn space(&mut self, path: &str) -> Result<Space> {
        let printed = self.short(snippets::SPACE, &[path], path).await?;
        let [total, free] = numbers(&printed).ok_or_else(|| garbled(&Doing::Room { path: path.into() }, &printed))?;
        Ok(Space { total, free })
    }

    async fn properties(&mut self, path: &str) -> Result<Properties> {
        let printed = self.short(snippets::PROPERTIES, &[path], path).await?;
        properties(&printed).ok_or_else(|| garbled(&Doing::Looking { path: path.into() }, &printed))
    }

    async fn rename(&mut self, from: &str, to: &str) -> Result<()> {
        self.short(snippets::RENAME, &[from, to], from).await.map(drop).map_err(|error| match error {
            Error::Exists { .. } => Error::Exists { path: to.to_string() },
            other => other,
        })
    }

    async fn hash(&mut self, path: &str) -> Result<String> {
        if !self.able.sha256 {
            return Ok(hex(&Sha256::digest(self.read(path).await?)));
        }
        let printed = self.run(snippets::SHA256, &[&literal(path), "-1"], path, LONGEST).await?;
        Ok(text(&printed).trim().to_string())
    }

    async fn write(&mut self, path: &str, data: &Bytes, old: Old) -> Result<()> {
        let new = temporary(path, data);
        let before = self.before_write(path, &new, data.len() as u64, old).await?;
        let done = self.arrived(&new, data, before.left).await?;
        if old == Old::GoesFirst && before.kind == "f" {
            self.short(snippets::REMOVE, &[path], path).await?;
        }
        let arrived = match self.upload(&new, path, data, done).await {
            Ok(()) => self.verify(&new, path, data).await,
            Err(error) => Err(error),
        };
        let installed = match arrived {
            Ok(()) => self.short(snippets::INSTALL, &[&new, path], path).await.map(drop),
            Err(error) => Err(error),
        };
        match &installed {
            Err(Error::Cancelled { .. }) if data.len() as u64 > WORTH_KEEPING => {}
            // The first error is the one to tell.
            Err(error) if leaves_the_prompt(error) => drop(self.short(snippets::REMOVE, &[&new], path).await),
            _ => {}
        }
        installed
    }

    /// Looks at the place where a file shall go, and whether there is room.
    async fn before_write(&mut self, path: &str, new: &str, size: u64, old: Old) -> Result<Before> {
        let printed = self.short(snippets::BEFORE_WRITE, &[parent(path), path, new], path).await?;
        let before = before(&printed).ok_or_else(|| garbled(&Doing::Room { path: path.into() }, &printed))?;
        if before.kind == "d" {
            return Err(Error::WrongKind { path: path.to_string() });
        }
        let block = before.block.max(1);
        let needed = size.saturating_sub(before.left).next_multiple_of(block);
        let Some(free) = before.free else { return Ok(before) };
        let without_old = free + before.old.next_multiple_of(block);
        let room = if old == Old::GoesFirst { without_old } else { free };
        if room < needed {
            return Err(Error::NoSpace { path: path.to_string(), needed, free, in_place: without_old >= needed });
        }
        Ok(before)
    }

    /// How much of the file an earlier try brought there already.
    async fn arrived(&mut self, new: &str, data: &Bytes, left: u64) -> Result<usize> {
        if left < 1 || left > data.len() as u64 || !self.able.sha256 {
            return Ok(0);
        }
        let printed = self.run(snippets::SHA256, &[&literal(new), "-1"], new, LONGEST).await?;
        let same = text(&printed).trim() == hex(&Sha256::digest(&data[..left as usize]));
        Ok(if same { left as usize } else { 0 })
    }

    async fn upload(&mut self, new: &str, path: &str, data: &Bytes, done: usize) -> Result<()> {
        if !self.able.stdin {
            return self.upload_slowly(new, path, data, done).await;
        }
        match self.upload_fast(new, path, data, done).await {
            Err(Error::Raised { exception, .. }) if self.able.bits > 0 && exception.starts_with("MemoryError") => {
                self.able.bits = 0; // the window was too much for the board
                self.upload_fast(new, path, data, 0).await
            }
            sent => sent,
        }
    }

    async fn upload_fast(&mut self, new: &str, path: &str, data: &Bytes, done: usize) -> Result<()> {
        let flying = if self.raw.flow() == Flow::Controlled { 2 } else { 1 };
        let doing = Doing::Saving { path: path.into() };
        let mode = if done > 0 { "'ab'" } else { "'wb'" };
        let bits = if pack::worth_deflating(&data[done..]) { self.able.bits } else { 0 };
        let arguments = [&literal(new), mode, &bits.to_string()];
        let mut program = start(self.raw, self.able.guard, snippets::UPLOAD, &arguments).await?;
        let largest = match transfer::first_line(&mut program, &doing).await? {
            First::Number(largest) => largest as usize,
            First::Raised(traceback) => return Err(no_room(refused(&doing, path, &traceback), data.len() as u64)),
        };
        let chunks = pack::chunks(&data[done..], Limits { largest, bits });
        let total = data.len() as u64;
        let tell = |moved: u64| (self.tell)(Progress { path: path.to_string(), done: done as u64 + moved, total });
        let sent = Upload { program: &mut program, flying, doing: &doing }.send(chunks, self.cancel, tell).await?;
        match sent {
            Sent::Whole => Ok(()),
            Sent::Cancelled => Err(Error::Cancelled { doing: doing.clone() }),
            Sent::Raised(traceback) => Err(no_room(refused(&doing, path, &traceback), data.len() as u64)),
        }
    }

    async fn upload_slowly(&mut self, new: &str, path: &str, data: &Bytes, mut done: usize) -> Result<()> {
        let doing = Doing::Saving { path: path.into() };
        let mut mode = if done > 0 { "'ab'" } else { "'wb'" };
        loop {
            if self.cancel.is_cancelled() {
                return Err(Error::Cancelled { doing: doing.clone() });
            }
            let chunk = &data[done..data.len().min(done + SLOW_CHUNK)];
            let arguments = [&literal(new), mode, &bytes_literal(chunk)];
            let written = self.run(snippets::PUT, &arguments, path, CHUNK).await;
            written.map_err(|error| no_room(error, data.len() as u64))?;
            done += chunk.len();
            mode = "'ab'";
            (self.tell)(Progress { path: path.to_string(), done: done as u64, total: data.len() as u64 });
            if done == data.len() {
                return Ok(());
            }
        }
    }

    /// Compares what lies on the board with what was meant to.
    async fn verify(&mut self, new: &str, path: &str, data: &Bytes) -> Result<()> {
        let within = SHORT + Duration::from_secs(data.len() as u64 / HASHED);
        let same = if self.able.sha256 {
            let printed = self.run(snippets::SHA256, &[&literal(new), "-1"], path, within).await?;
            text(&printed).trim() == hex(&Sha256::digest(data))
        } else if self.able.crc32 {
            let printed = self.run(snippets::CRC32, &[&literal(new)], path, within).await?;
            numbers(&printed) == Some([data.len() as u64, crc32fast::hash(data).into()])
        } else {
            self.read(new).await? == data[..]
        };
        if same { Ok(()) } else { Err(Error::Damaged { path: path.to_string() }) }
    }

    async fn read(&mut self, path: &str) -> Result<Vec<u8>> {
        let doing = Doing::Reading { path: path.into() };
        if !self.able.stdout {
            let printed = self.run(snippets::DUMP, &[&literal(path)], path, LONGEST).await?;
            return unhex(&printed).ok_or_else(|| garbled(&doing, &printed));
        }
        let check = self.able.guard;
        let mut program = start(self.raw, check, snippets::DOWNLOAD, &[&literal(path), if check { "1" } else { "0" }]).await?;
        let total = match transfer::first_line(&mut program, &doing).await? {
            First::Number(total) => total,
            First::Raised(traceback) => return Err(refused(&doing, path, &traceback)),
        };
        let tell = |done| (self.tell)(Progress { path: path.to_string(), done, total });
        let received = transfer::download(&mut program, check, self.cancel, &doing, tell).await?;
        if let Some(traceback) = transfer::end_of(&mut program, &doing).await? {
            return Err(refused(&doing, path, &traceback));
        }
        let received = received.ok_or_else(|| Error::Cancelled { doing: doing.clone() })?;
        let whole =
            received.data.len() as u64 == total && received.check.is_none_or(|check| check == crc32fast::hash(&received.data));
        if whole { Ok(received.data) } else { Err(Error::Damaged { path: path.to_string() }) }
    }

    async fn short(&mut self, snippet: &str, paths: &[&str], path: &str) -> Result<Bytes> {
        let literals: Vec<String> = paths.iter().map(|path| literal(path)).collect();
        let literals: Vec<&str> = literals.iter().map(String::as_str).collect();
        self.run(snippet, &literals, path, SHORT).await
    }

    /// Runs a snippet to its end; an exception is an error about `path`. One that changed on its way did nothing, and is sent
    /// again.
    async fn run(&mut self, snippet: &str, arguments: &[&str], path: &str, within: Duration) -> Result<Bytes> {
        self.run_nudged(snippet, arguments, path, (Duration::MAX, within), &mut BytesMut::new()).await
    }

    /// The same for one that is interrupted whenever it is silent for too long; `output` has what it printed, however it ended.
    async fn run_nudged(
        &mut self,
        snippet: &str,
        arguments: &[&str],
        path: &str,
        (silence, within): (Duration, Duration),
        output: &mut BytesMut,
    ) -> Result<Bytes> {
        let doing = self.doing.clone();
        if !self.able.guard {
            return match self.raw.exec_nudged(&call(snippet, arguments), silence, within, &doing, output).await? {
                Exec::Printed(printed) => Ok(printed),
                Exec::Raised(traceback) => Err(refused(&doing, path, &traceback)),
            };
        }
        let source = audited_call(snippet, arguments);
        let mut tries = 0;
        loop {
            tries += 1;
            output.clear();
            match self.raw.exec_nudged(&source, silence, within, &doing, output).await? {
                Exec::Printed(printed) => {
                    return snippets::audited(&printed).map(Bytes::from).ok_or_else(|| garbled(&doing, &printed));
                }
                Exec::Raised(traceback) if traceback.errno() == Some(CHANGED) && tries < TRIES => {}
                Exec::Raised(traceback) => return Err(refused(&doing, path, &traceback)),
            }
        }
    }
}

/// Reads what [`snippets::VARIABLES`] prints; `None` if it is not that.
fn variables(printed: &[u8]) -> Option<Vec<Variable>> {
    let variable = |line: &str| {
        let mut parts = line.splitn(4, '\t');
        let [name, kind, _, value] = [parts.next()?, parts.next()?, parts.next()?, parts.next()?].map(str::to_owned);
        Some(Variable { name, kind, value: value.strip_prefix('=').map(str::to_owned) })
    };
    text(printed).lines().map(variable).collect()
}

/// The keys of what did not write itself in time: of lines that say so, and of the last one, if it is not whole.
fn late_keys(printed: &str) -> Vec<String> {
    let late = |line: &str| {
        let mut parts = line.splitn(4, '\t').skip(2);
        let (key, value) = (parts.next()?, parts.next()?);
        matches!(value.trim_end(), "" | "?").then(|| key.to_owned())
    };
    printed.lines().filter_map(late).collect()
}

/// The first parts of the names that `help('modules')` has listed in columns, whose last line speaks of files, and of the names of files
/// and folders behind.
pub fn modules(printed: &str) -> Vec<String> {
    let (listed, files) = printed.split_once('\0').unwrap_or((printed, ""));
    let mut lines: Vec<_> = listed.lines().filter(|line| !line.trim().is_empty()).collect();
    lines.pop();
    let listed = lines.iter().flat_map(|line| line.split_whitespace()).map(|name| name.split(['/', '.']).next().unwrap_or(name));
    let files = files.lines().map(|name| name.strip_suffix(".py").or(name.strip_suffix(".mpy")).unwrap_or(name));
    let names: BTreeSet<_> = listed.chain(files).filter(|name| !name.is_empty() && !name.contains('.')).collect();
    names.into_iter().map(str::to_owned).collect()
}

/// A full disk told by the board while writing: how much there was is no longer known.
fn no_room(error: Error, size: u64) -> Error {
    match error {
        Error::NoSpace { path, free, in_place, .. } => Error::NoSpace { path, needed: size, free, in_place },
        other => other,
    }
}

/// Starts a snippet that talks while it runs. One that changed on its way raises before it says anything.
async fn start<'r>(raw: &'r mut RawMode<'_>, guard: bool, snippet: &str, arguments: &[&str]) -> Result<Program<'r>> {
    let source = call(snippet, arguments);
    raw.start(if guard { guarded(&source) } else { source }.as_bytes()).await
}

/// Is the board at its raw prompt after this error, so that the temporary file can be removed?
pub(crate) fn leaves_the_prompt(error: &Error) -> bool {
    !matches!(error, Error::Lost { .. } | Error::Silent { .. } | Error::Garbled { .. })
}

/// What an exception about a path means. Numbers are those of Linux, which MicroPython uses everywhere.
fn refused(doing: &Doing, path: &str, traceback: &Traceback) -> Error {
    let path = path.to_string();
    match traceback.errno() {
        Some(2) => Error::NotFound { path },
        Some(17) => Error::Exists { path },
        Some(20 | 21) => Error::WrongKind { path },
        Some(28) => Error::NoSpace { path, needed: 0, free: 0, in_place: false },
        Some(30) => Error::ReadOnly { path },
        Some(39 | 66) => Error::NotEmpty { path },
        Some(CHANGED) => Error::Damaged { path },
        _ => Error::Raised { doing: doing.clone(), exception: format!("{}: {}", traceback.exception, traceback.message) },
    }
}

pub(crate) fn garbled(doing: &Doing, got: &[u8]) -> Error {
    let shown: String = text(got).chars().take(60).collect();
    Error::Garbled { doing: doing.clone(), got: format!("{shown:?}") }
}

/// Reads what [`snippets::BEFORE_WRITE`] prints.
fn before(printed: &[u8]) -> Option<Before> {
    let printed = text(printed);
    let mut words = printed.split_whitespace();
    let kind = words.next()?.to_string();
    let mut number = || words.next()?.parse::<i64>().ok();
    let (old, left, block, free) = (number()?, number()?, number()?, number()?);
    Some(Before { kind, old: old as u64, left: left as u64, block: block as u64, free: u64::try_from(free).ok() })
}

/// Reads what [`snippets::PROPERTIES`] prints. A board without a clock counts from its own beginning: that is no time.
fn properties(printed: &[u8]) -> Option<Properties> {
    const SINCE_2000: i64 = 946_684_800;
    const A_YEAR: i64 = 31_536_000;
    let printed = text(printed);
    let mut words = printed.split_whitespace();
    let kind = kind(words.next()?)?;
    let mut number = || words.next()?.parse::<i64>().ok();
    let (size, time, epoch) = (number()?, number()?, number()?);
    let seconds = if epoch == 2000 { time + SINCE_2000 } else { time };
    let modified = (time > 0 && seconds > SINCE_2000 + A_YEAR).then_some(seconds as u64);
    Some(Properties { kind, size: if kind == EntryKind::Folder { 0 } else { size as u64 }, modified })
}

/// Reads what [`snippets::LIST`] prints: folders first, then by name. `None` if it is not that.
fn listing(printed: &[u8]) -> Option<Vec<Entry>> {
    let mut entries = Vec::new();
    for record in text(printed).split_terminator('\0') {
        let mut words = record.splitn(3, ' ');
        let kind = kind(words.next()?)?;
        let size = words.next()?.parse().ok()?;
        let name = words.next()?.to_string();
        entries.push(Entry { name, kind, size: if kind == EntryKind::Folder { 0 } else { size } });
    }
    entries.retain(|entry| !is_leftover(&entry.name));
    entries.sort_by(|a, b| (a.kind == EntryKind::File, &a.name).cmp(&(b.kind == EntryKind::File, &b.name)));
    Some(entries)
}

/// Reads what [`snippets::TREE`] prints, in the order of paths. `None` if it is not that.
fn tree(printed: &[u8]) -> Option<Vec<Node>> {
    let mut nodes = Vec::new();
    for record in text(printed).split_terminator('\0') {
        let mut words = record.splitn(4, ' ');
        let kind = kind(words.next()?)?;
        let size = words.next()?.parse().ok()?;
        let sha256 = words.next().filter(|hash| *hash != "-").map(str::to_string);
        nodes.push(Node { path: words.next()?.to_string(), kind, size, sha256 });
    }
    nodes.retain(|node| !node.path.split('/').any(is_leftover));
    nodes.sort_by(|a, b| a.path.cmp(&b.path));
    Some(nodes)
}

fn kind(word: &str) -> Option<EntryKind> {
    match word {
        "d" => Some(EntryKind::Folder),
        "f" => Some(EntryKind::File),
        _ => None,
    }
}

/// Did an upload leave this? The names are those of [`temporary`] and of [`snippets::INSTALL`].
fn is_leftover(name: &str) -> bool {
    name.ends_with(".tp-bak")
        || [".tp-stage", deploy::JOURNAL].contains(&name)
        || name.starts_with(".tp-") && name.ends_with(".new")
}

/// The name in its folder under which a file arrives: another one for each path and content.
fn temporary(path: &str, data: &[u8]) -> String {
    let digest = Sha256::new().chain_update(path).chain_update([0]).chain_update(data).finalize();
    let folder = parent(path);
    let slash = if folder.is_empty() || folder.ends_with('/') { "" } else { "/" };
    format!("{folder}{slash}.tp-{}.new", hex(&digest[..4]))
}

/// `/lib/a.py` → `/lib`, `/a.py` → `/`, `a.py` → ``.
fn parent(path: &str) -> &str {
    match path.rfind('/') {
        Some(0) => "/",
        Some(at) => &path[..at],
        None => "",
    }
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// What [`snippets::LIBRARIES`] found; the usual folder where the board names none.
fn libraries(printed: &[u8]) -> Place {
    let printed = text(printed);
    let mut lines = printed.lines().map(str::trim);
    let bytecode = lines.next().and_then(|line| line.parse().ok()).unwrap_or(0);
    Place { bytecode, folder: lines.next().filter(|line| !line.is_empty()).unwrap_or("/lib").to_owned() }
}

fn numbers<const N: usize>(printed: &[u8]) -> Option<[u64; N]> {
    let all: Option<Vec<u64>> = text(printed).split_whitespace().map(|word| word.parse().ok()).collect();
    all?.try_into().ok()
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(printed: &[u8]) -> Option<Vec<u8>> {
    let digits: Vec<u8> = printed.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    digits.chunks(2).map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str, kind: EntryKind, size: u64) -> Entry {
        Entry { name: name.into(), kind, size }
    }

    #[test]
    fn a_listing_is_read_with_any_name() {
        let printed = "f 3 it's a file.py\0d 0 lib\0f 0 день 🎈\0f 9 a\0".as_bytes();
        let expected = [
            entry("lib", EntryKind::Folder, 0),
            entry("a", EntryKind::File, 9),
            entry("it's a file.py", EntryKind::File, 3),
            entry("день 🎈", EntryKind::File, 0),
        ];
        assert_eq!(listing(printed).as_deref(), Some(&expected[..]));
        assert_eq!(listing(b""), Some(vec![]));
        assert_eq!(listing(b"hello\0"), None);
        assert_eq!(listing(b"f many name\0"), None);
    }

    #[test]
    fn modules_are_read_off_the_columns_of_any_firmware() {
        let printed = "__main__    asyncio/__init__    os\r\nasyncio/core    sys\r\n\r\nPlus any modules on the filesystem\r\n\0\r\nboot.py\r\nlib\r\nnotes.txt\r\na.mpy\r\n";
        assert_eq!(modules(printed), ["__main__", "a", "asyncio", "boot", "lib", "os", "sys"]);
        assert_eq!(modules("Plus any modules\n\0\n"), [""; 0]);
    }

    #[test]
    fn the_temporary_file_lies_in_the_same_folder() {
        assert_eq!((parent("/lib/a.py"), parent("/a.py"), parent("a.py")), ("/lib", "/", ""));
        for (path, start) in [("/lib/a.py", "/lib/.tp-"), ("/a.py", "/.tp-"), ("a.py", ".tp-")] {
            let name = temporary(path, b"x");
            assert!(name.starts_with(start) && is_leftover(name.rsplit('/').next().expect("it has a name")), "{name}");
        }
        assert!(temporary("/a", b"x") != temporary("/b", b"x") && temporary("/a", b"x") != temporary("/a", b"y"));
        assert!(is_leftover("main.py.tp-bak") && !is_leftover("main.py.bak") && !is_leftover(".tp-notes"));
    }

    #[test]
    fn the_number_of_an_oserror_becomes_a_choice() {
        let raised = |message: &str| Traceback { frames: vec![], exception: "OSError".into(), message: message.into() };
        let path = || "/a".to_string();
        assert_eq!(refused(&Doing::Prompt, "/a", &raised("[Errno 2] ENOENT")), Error::NotFound { path: path() });
        assert_eq!(refused(&Doing::Prompt, "/a", &raised("30")), Error::ReadOnly { path: path() });
        assert_eq!(refused(&Doing::Prompt, "/a", &raised("[Errno 39] ENOTEMPTY")), Error::NotEmpty { path: path() });
        assert!(matches!(refused(&Doing::Prompt, "/a", &raised("[Errno 5] EIO")), Error::Raised { .. }));
    }

    #[test]
    fn a_tree_is_read_with_any_name() {
        let printed = "d 0 - lib\0f 3 ab12 lib/a day.py\0f 0 - .tp-12345678.new\0".as_bytes();
        let expected = [
            Node { path: "lib".into(), kind: EntryKind::Folder, size: 0, sha256: None },
            Node { path: "lib/a day.py".into(), kind: EntryKind::File, size: 3, sha256: Some("ab12".into()) },
        ];
        assert_eq!(tree(printed).as_deref(), Some(&expected[..]));
        assert_eq!(tree(b"x 0 - a\0"), None);
    }

    #[test]
    fn a_time_is_told_by_either_epoch() {
        let file = |size, modified| Some(Properties { kind: EntryKind::File, size, modified });
        assert_eq!(properties(b"f 3 800000000 2000\r\n"), file(3, Some(1_746_684_800)));
        assert_eq!(properties(b"f 3 1746684800 1970"), file(3, Some(1_746_684_800)));
        assert_eq!(properties(b"f 3 0 2000"), file(3, None));
        assert_eq!(properties(b"f 3 17 1970"), file(3, None));
        assert_eq!(properties(b"d 0 0 1970"), Some(Properties { kind: EntryKind::Folder, size: 0, modified: None }));
        assert_eq!(properties(b"f 3"), None);
    }

    #[test]
    fn hexadecimal_is_read_across_lines() {
        assert_eq!(unhex(b"00ff\r\n7f\r\n"), Some(vec![0, 255, 127]));
        assert_eq!(unhex(b"0g"), None);
    }
}
