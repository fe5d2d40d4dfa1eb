//! The board's files: each job is a few snippets in the raw REPL.
//!
//! A file arrives under a temporary name in its own folder, is hashed by the board, and only then takes the place of the old
//! one, so a cut cable, a full flash or a flipped bit leave the old file as it was. Whatever goes wrong before that moment
//! removes the temporary file again; what a power cut leaves is repaired when the folder is listed.

use std::collections::VecDeque;
use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use bytes::{BufMut, Bytes, BytesMut};
use sha2::{Digest, Sha256};
use tokio_util::sync::CancellationToken;

use crate::error::{Error, Result};
use crate::model::{Entry, EntryKind, Progress, Space, Traceback};
use crate::raw_repl::{Exec, Piece, Program, RawMode};
use crate::snippets::{self, bytes_literal, call, literal};
use crate::transport::Flow;

/// Looking at names and the like.
const SHORT: Duration = Duration::from_secs(10);
/// Erasing a 128 kB sector takes up to two seconds, and several may come together.
const CHUNK: Duration = Duration::from_secs(15);
/// Bytes a second that the slowest board hashes.
const HASHED: u64 = 10_000;
/// What the slow way writes at once: its literal is up to four times as long, and must fit the smallest heap.
const SLOW_CHUNK: usize = 256;
/// Enough zeros to fill the largest chunk that a lost byte may have left open, and to end the upload after it.
pub(crate) const RESCUE: [u8; 2048 + 4] = [0; 2048 + 4];

/// One thing to be done to the board's files.
#[derive(Debug, Clone)]
#[allow(missing_docs)] // each field is what its name says
pub enum Job {
    List { path: String },
    Read { path: String },
    Write { path: String, data: Bytes },
    MakeFolder { path: String },
    Remove { path: String },
    Rename { from: String, to: String },
    Space { path: String },
    Hash { path: String },
}

/// What a [`Job`] answers.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // each variant is what its name says
pub enum Answer {
    Done,
    Entries(Vec<Entry>),
    Data(Vec<u8>),
    Space(Space),
    Hash(String),
}

impl Job {
    /// What is being done, as a clause: "saving /main.py".
    pub fn doing(&self) -> String {
        match self {
            Job::List { path } => format!("listing {path}"),
            Job::Read { path } => format!("reading {path}"),
            Job::Write { path, .. } => format!("saving {path}"),
            Job::MakeFolder { path } => format!("making the folder {path}"),
            Job::Remove { path } => format!("removing {path}"),
            Job::Rename { from, .. } => format!("renaming {from}"),
            Job::Space { path } => format!("measuring the room on {path}"),
            Job::Hash { path } => format!("hashing {path}"),
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
}

/// A board in its raw REPL, seen as a disk.
pub struct Files<'a, 'l> {
    raw: &'a mut RawMode<'l>,
    able: Abilities,
    cancel: &'a CancellationToken,
    tell: &'a (dyn Fn(Progress) + Sync),
}

/// Does a job. `able` is asked of the board at the first job, and kept. `tell` hears how a transfer moves.
pub async fn perform<'l>(
    raw: &mut RawMode<'l>,
    able: &mut Option<Abilities>,
    job: &Job,
    cancel: &CancellationToken,
    tell: &(dyn Fn(Progress) + Sync),
) -> Result<Answer> {
    let known = match *able {
        Some(known) => known,
        None => *able.insert(abilities(raw).await?),
    };
    let mut files = Files { raw, able: known, cancel, tell };
    Ok(match job {
        Job::List { path } => Answer::Entries(files.list(path).await?),
        Job::Read { path } => Answer::Data(files.read(path).await?),
        Job::Write { path, data } => files.write(path, data).await.map(|()| Answer::Done)?,
        Job::MakeFolder { path } => files.short(snippets::MAKE_FOLDER, &[path], path).await.map(|_| Answer::Done)?,
        Job::Remove { path } => files.short(snippets::REMOVE, &[path], path).await.map(|_| Answer::Done)?,
        Job::Rename { from, to } => files.rename(from, to).await.map(|()| Answer::Done)?,
        Job::Space { path } => Answer::Space(files.space(path).await?),
        Job::Hash { path } => Answer::Hash(files.hash(path).await?),
    })
}

async fn abilities(raw: &mut RawMode<'_>) -> Result<Abilities> {
    const DOING: &str = "asking what the board can do";
    match raw.exec(&call(snippets::ABILITIES, &[]), SHORT, DOING).await? {
        Exec::Raised(traceback) => Err(refused(DOING, "/", &traceback)),
        Exec::Printed(words) => {
            let words = text(&words);
            let has = |word| words.split_whitespace().any(|found| found == word);
            Ok(Abilities { stdin: has("stdin"), stdout: has("stdout"), sha256: has("sha256"), crc32: has("crc32") })
        }
    }
}

impl Files<'_, '_> {
    async fn list(&mut self, path: &str) -> Result<Vec<Entry>> {
        let mut entries = self.entries(path).await?;
        if entries.iter().any(|entry| is_leftover(&entry.name)) {
            self.short(snippets::REPAIR, &[path], path).await?;
            entries = self.entries(path).await?;
        }
        Ok(entries)
    }

    async fn entries(&mut self, path: &str) -> Result<Vec<Entry>> {
        let printed = self.short(snippets::LIST, &[path], path).await?;
        listing(&printed).ok_or_else(|| garbled(&format!("listing {path}"), &printed))
    }

    async fn space(&mut self, path: &str) -> Result<Space> {
        let printed = self.short(snippets::SPACE, &[path], path).await?;
        let [total, free] = numbers(&printed).ok_or_else(|| garbled("measuring the room", &printed))?;
        Ok(Space { total, free })
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
        const LARGEST: Duration = Duration::from_secs(600);
        let printed = self.run(snippets::SHA256, &[path], path, LARGEST).await?;
        Ok(text(&printed).trim().to_string())
    }

    async fn write(&mut self, path: &str, data: &Bytes) -> Result<()> {
        let folder = parent(path);
        self.check_room(folder, path, data.len() as u64).await?;
        let new = temporary(folder);
        let arrived = match self.upload(&new, path, data).await {
            Ok(()) => self.verify(&new, path, data).await,
            Err(error) => Err(error),
        };
        let installed = match arrived {
            Ok(()) => self.short(snippets::INSTALL, &[&new, path], path).await.map(drop),
            Err(error) => Err(error),
        };
        if installed.as_ref().is_err_and(leaves_the_prompt) {
            let _ = self.short(snippets::REMOVE, &[&new], path).await; // the first error is the one to tell
        }
        installed
    }

    async fn check_room(&mut self, folder: &str, path: &str, size: u64) -> Result<()> {
        let printed = self.short(snippets::BEFORE_WRITE, &[folder, path], path).await?;
        let printed_text = text(&printed);
        let mut words = printed_text.split_whitespace();
        let kind = words.next().unwrap_or_default();
        let mut number = || words.next().and_then(|word| word.parse::<i64>().ok());
        let (Some(block), Some(free)) = (number(), number()) else { return Err(garbled("measuring the room", &printed)) };
        if kind == "d" {
            return Err(Error::WrongKind { path: path.to_string() });
        }
        let needed = size.next_multiple_of(block.max(1) as u64);
        match u64::try_from(free) {
            Ok(free) if free < needed => Err(Error::NoSpace { path: path.to_string(), needed, free }),
            _ => Ok(()),
        }
    }

    async fn upload(&mut self, new: &str, path: &str, data: &Bytes) -> Result<()> {
        if self.able.stdin { self.upload_fast(new, path, data).await } else { self.upload_slowly(new, path, data).await }
    }

    async fn upload_fast(&mut self, new: &str, path: &str, data: &Bytes) -> Result<()> {
        let flying = if self.raw.flow() == Flow::Controlled { 2 } else { 1 };
        let doing = format!("saving {path}");
        let mut program = self.raw.start(call(snippets::UPLOAD, &[&literal(new)]).as_bytes()).await?;
        let largest = match first_line(&mut program, &doing).await? {
            First::Number(largest) => largest as usize,
            First::Raised(traceback) => return Err(refused(&doing, path, &traceback)),
        };
        let sent = Upload { program: &mut program, largest, flying, doing: &doing }
            .send(data, self.cancel, |done| (self.tell)(Progress { path: path.to_string(), done, total: data.len() as u64 }))
            .await;
        match sent {
            Ok(Sent::Whole) => Ok(()),
            Ok(Sent::Cancelled) => Err(Error::Cancelled { what: capital(&doing) }),
            Ok(Sent::Raised(traceback)) => Err(self.no_room(refused(&doing, path, &traceback), data.len() as u64)),
            Err(error) => Err(error),
        }
    }

    /// A full disk told by the board while writing: how much there was is no longer known.
    fn no_room(&self, error: Error, size: u64) -> Error {
        match error {
            Error::NoSpace { path, free, .. } => Error::NoSpace { path, needed: size, free },
            other => other,
        }
    }

    async fn upload_slowly(&mut self, new: &str, path: &str, data: &Bytes) -> Result<()> {
        let doing = format!("saving {path}");
        let mut mode = "'wb'";
        let mut done = 0;
        loop {
            if self.cancel.is_cancelled() {
                return Err(Error::Cancelled { what: capital(&doing) });
            }
            let chunk = &data[done..data.len().min(done + SLOW_CHUNK)];
            let source = call(snippets::PUT, &[&literal(new), mode, &bytes_literal(chunk)]);
            if let Exec::Raised(traceback) = self.raw.exec(&source, CHUNK, &doing).await? {
                return Err(self.no_room(refused(&doing, path, &traceback), data.len() as u64));
            }
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
            let printed = self.run(snippets::SHA256, &[new], path, within).await?;
            text(&printed).trim() == hex(&Sha256::digest(data))
        } else if self.able.crc32 {
            let printed = self.run(snippets::CRC32, &[new], path, within).await?;
            numbers(&printed) == Some([data.len() as u64, crc32fast::hash(data).into()])
        } else {
            self.read(new).await? == data[..]
        };
        if same { Ok(()) } else { Err(Error::Damaged { path: path.to_string() }) }
    }

    async fn read(&mut self, path: &str) -> Result<Vec<u8>> {
        let doing = format!("reading {path}");
        if !self.able.stdout {
            const LARGEST: Duration = Duration::from_secs(600);
            let printed = self.run(snippets::DUMP, &[path], path, LARGEST).await?;
            return unhex(&printed).ok_or_else(|| garbled(&doing, &printed));
        }
        let mut program = self.raw.start(call(snippets::DOWNLOAD, &[&literal(path)]).as_bytes()).await?;
        let total = match first_line(&mut program, &doing).await? {
            First::Number(total) => total,
            First::Raised(traceback) => return Err(refused(&doing, path, &traceback)),
        };
        let tell = |done| (self.tell)(Progress { path: path.to_string(), done, total });
        let received = download(&mut program, self.cancel, &doing, tell).await?;
        match (end_of(&mut program, &doing).await?, received) {
            (Some(traceback), _) => Err(refused(&doing, path, &traceback)),
            (None, Some(data)) => Ok(data),
            (None, None) => Err(Error::Cancelled { what: capital(&doing) }),
        }
    }

    async fn short(&mut self, snippet: &str, arguments: &[&str], path: &str) -> Result<Bytes> {
        self.run(snippet, arguments, path, SHORT).await
    }

    /// Runs a snippet on paths; an exception is an error about `path`.
    async fn run(&mut self, snippet: &str, arguments: &[&str], path: &str, within: Duration) -> Result<Bytes> {
        let doing = format!("working on {path}");
        let literals: Vec<String> = arguments.iter().map(|argument| literal(argument)).collect();
        let literals: Vec<&str> = literals.iter().map(String::as_str).collect();
        match self.raw.exec(&call(snippet, &literals), within, &doing).await? {
            Exec::Printed(printed) => Ok(printed),
            Exec::Raised(traceback) => Err(refused(&doing, path, &traceback)),
        }
    }
}

/// An upload under way; see [`snippets::UPLOAD`] for what goes over the line.
struct Upload<'u, 'r> {
    program: &'u mut Program<'r>,
    largest: usize,
    /// Chunks that may be unacknowledged.
    flying: usize,
    doing: &'u str,
}

/// How an upload ended on the line.
enum Sent {
    Whole,
    Cancelled,
    Raised(Traceback),
}

impl Upload<'_, '_> {
    async fn send(mut self, data: &[u8], cancel: &CancellationToken, tell: impl Fn(u64)) -> Result<Sent> {
        let mut chunks = data.chunks(self.largest.clamp(1, 0xFFFF));
        let mut flying = VecDeque::new();
        let mut done = 0;
        let mut failed = false;
        loop {
            while flying.len() < self.flying && !failed && !cancel.is_cancelled() {
                let Some(chunk) = chunks.next() else { break };
                self.program.send(&framed(chunk), self.doing).await?;
                flying.push_back(chunk.len());
            }
            if flying.is_empty() || failed {
                break;
            }
            for ack in self.acks().await? {
                match ack {
                    b'+' => done += flying.pop_front().unwrap_or(0),
                    _ => failed = true,
                }
            }
            tell(done as u64);
        }
        self.program.send(&framed(&[]), self.doing).await?;
        Ok(match end_of(self.program, self.doing).await? {
            Some(traceback) => Sent::Raised(traceback),
            None if done < data.len() => Sent::Cancelled,
            None => Sent::Whole,
        })
    }

    /// The next acknowledgements. A board that stays silent may have lost a byte: zeros bring it out of its chunk.
    async fn acks(&mut self) -> Result<Bytes> {
        let piece = tokio::time::timeout(CHUNK, self.program.next()).await;
        let error = match piece {
            Ok(Ok(Piece::Output(acks))) => return Ok(acks),
            Ok(Ok(Piece::Error(said))) => garbled(self.doing, &said),
            Ok(Ok(Piece::End(_))) => garbled(self.doing, b"the end of the program"),
            Ok(Err(error)) => return Err(error),
            Err(_) => Error::Silent { doing: self.doing.to_string(), seconds: CHUNK.as_secs() as u32 },
        };
        self.program.send(&RESCUE, self.doing).await?;
        Err(error)
    }
}

/// Takes a file from the board; `None` if it was cancelled. See [`snippets::DOWNLOAD`] for what goes over the line.
async fn download(
    program: &mut Program<'_>,
    cancel: &CancellationToken,
    doing: &str,
    tell: impl Fn(u64),
) -> Result<Option<Vec<u8>>> {
    let mut data = Vec::new();
    let mut cancelled = false;
    program.send(b"++", doing).await?; // two chunks may be under way
    loop {
        let length = program.exactly(2, CHUNK, doing).await?;
        match u16::from_le_bytes([length[0], length[1]]) {
            0 => return Ok((!cancelled).then_some(data)),
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
enum First {
    Number(u64),
    Raised(Traceback),
}

/// Reads `+`, a number and a line end; or the exception that came instead.
async fn first_line(program: &mut Program<'_>, doing: &str) -> Result<First> {
    if program.first(CHUNK, doing).await? != b'+' {
        let traceback = end_of(program, doing).await?;
        return traceback.map(First::Raised).ok_or_else(|| garbled(doing, b"nothing"));
    }
    let line = program.until(b"\n", CHUNK, doing).await?;
    let number = text(&line).trim().trim_start_matches('+').parse();
    number.map(First::Number).map_err(|_| garbled(doing, &line))
}

/// Runs a program to its end, whatever else it says.
async fn end_of(program: &mut Program<'_>, doing: &str) -> Result<Option<Traceback>> {
    let end = async {
        loop {
            if let Piece::End(traceback) = program.next().await? {
                return Ok(traceback);
            }
        }
    };
    let silent = || Error::Silent { doing: doing.to_string(), seconds: CHUNK.as_secs() as u32 };
    tokio::time::timeout(CHUNK, end).await.unwrap_or_else(|_| Err(silent()))
}

/// A chunk with its length before it.
fn framed(chunk: &[u8]) -> Bytes {
    let mut frame = BytesMut::with_capacity(chunk.len() + 2);
    frame.put_u16_le(chunk.len() as u16);
    frame.put_slice(chunk);
    frame.freeze()
}

/// Is the board at its raw prompt after this error, so that the temporary file can be removed?
pub(crate) fn leaves_the_prompt(error: &Error) -> bool {
    !matches!(error, Error::Lost { .. } | Error::Silent { .. } | Error::Garbled { .. })
}

/// What an exception about a path means. Numbers are those of Linux, which MicroPython uses everywhere.
fn refused(doing: &str, path: &str, traceback: &Traceback) -> Error {
    let path = path.to_string();
    match traceback.errno() {
        Some(2) => Error::NotFound { path },
        Some(17) => Error::Exists { path },
        Some(20 | 21) => Error::WrongKind { path },
        Some(28) => Error::NoSpace { path, needed: 0, free: 0 },
        Some(30) => Error::ReadOnly { path },
        Some(39 | 66) => Error::NotEmpty { path },
        _ => Error::Raised { doing: doing.to_string(), exception: format!("{}: {}", traceback.exception, traceback.message) },
    }
}

fn garbled(doing: &str, got: &[u8]) -> Error {
    let shown: String = text(got).chars().take(60).collect();
    Error::Garbled { doing: doing.to_string(), got: format!("{shown:?}") }
}

/// Reads what [`snippets::LIST`] prints: folders first, then by name. `None` if it is not that.
fn listing(printed: &[u8]) -> Option<Vec<Entry>> {
    let mut entries = Vec::new();
    for record in text(printed).split_terminator('\0') {
        let mut words = record.splitn(3, ' ');
        let kind = match words.next()? {
            "d" => EntryKind::Folder,
            "f" => EntryKind::File,
            _ => return None,
        };
        let size = words.next()?.parse().ok()?;
        let name = words.next()?.to_string();
        entries.push(Entry { name, kind, size: if kind == EntryKind::Folder { 0 } else { size } });
    }
    entries.sort_by(|a, b| (a.kind == EntryKind::File, &a.name).cmp(&(b.kind == EntryKind::File, &b.name)));
    Some(entries)
}

/// Did a power cut leave this? The names are those of [`temporary`] and of [`snippets::INSTALL`].
fn is_leftover(name: &str) -> bool {
    name.ends_with(".tp-bak") || name.starts_with(".tp-") && name.ends_with(".new")
}

/// A name in the folder that nothing else has.
fn temporary(folder: &str) -> String {
    let random = RandomState::new().hash_one(folder) as u32;
    let slash = if folder.is_empty() || folder.ends_with('/') { "" } else { "/" };
    format!("{folder}{slash}.tp-{random:08x}.new")
}

/// `/lib/a.py` → `/lib`, `/a.py` → `/`, `a.py` → ``.
fn parent(path: &str) -> &str {
    match path.rfind('/') {
        Some(0) => "/",
        Some(at) => &path[..at],
        None => "",
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn numbers<const N: usize>(printed: &[u8]) -> Option<[u64; N]> {
    let all: Option<Vec<u64>> = text(printed).split_whitespace().map(|word| word.parse().ok()).collect();
    all?.try_into().ok()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(printed: &[u8]) -> Option<Vec<u8>> {
    let digits: Vec<u8> = printed.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    digits.chunks(2).map(pair).collect()
}

/// "saving /main.py" → "Saving /main.py".
fn capital(clause: &str) -> String {
    let mut letters = clause.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
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
    fn a_chunk_carries_its_length() {
        assert_eq!(&framed(b"abc")[..], b"\x03\x00abc");
        assert_eq!(&framed(&[7; 2048])[..2], b"\x00\x08");
        assert_eq!(&framed(b"")[..], b"\x00\x00");
    }

    #[test]
    fn the_temporary_file_lies_in_the_same_folder() {
        assert_eq!((parent("/lib/a.py"), parent("/a.py"), parent("a.py")), ("/lib", "/", ""));
        for (folder, start) in [("/lib", "/lib/.tp-"), ("/", "/.tp-"), ("", ".tp-")] {
            let name = temporary(folder);
            assert!(name.starts_with(start) && is_leftover(name.rsplit('/').next().expect("it has a name")), "{name}");
        }
        assert_ne!(temporary("/"), temporary("/"));
        assert!(is_leftover("main.py.tp-bak") && !is_leftover("main.py.bak") && !is_leftover(".tp-notes"));
    }

    #[test]
    fn the_number_of_an_oserror_becomes_a_choice() {
        let raised = |message: &str| Traceback { frames: vec![], exception: "OSError".into(), message: message.into() };
        let path = || "/a".to_string();
        assert_eq!(refused("x", "/a", &raised("[Errno 2] ENOENT")), Error::NotFound { path: path() });
        assert_eq!(refused("x", "/a", &raised("30")), Error::ReadOnly { path: path() });
        assert_eq!(refused("x", "/a", &raised("[Errno 39] ENOTEMPTY")), Error::NotEmpty { path: path() });
        assert!(matches!(refused("x", "/a", &raised("[Errno 5] EIO")), Error::Raised { .. }));
    }

    #[test]
    fn hexadecimal_is_read_across_lines() {
        assert_eq!(unhex(b"00ff\r\n7f\r\n"), Some(vec![0, 255, 127]));
        assert_eq!(unhex(b"0g"), None);
    }
}
