//! Code of modules in files, as CPython keeps it in `__pycache__`: for each source a file beside it, in a folder of that name, which begins as PEP 552
//! says and goes on as `marshal` writes.
//!
//! ```text
//!   magic (of the interpreter)   flags   stamp   saved code          4, 4 and 8 bytes, low first
//!   flags 0: the stamp is the source's time of change and its size, in seconds and bytes, 4 bytes each
//!   flags 3: the stamp is a hash of the source      1: it is, and nobody compares it
//! ```
//! `sys.pycache_prefix` names another folder, below which the sources' own folders lie. The library, which is part of the program, is no file that one
//! could lie beside: its code is kept below that prefix, or in the user's folder of caches, and is compared by its hash.
//!
//! Whole seconds do not tell two changes within one. So code of a source is kept once that is two seconds old: what is changed
//! later has another time.

use crate::held;
use crate::modules::variable;
use interpreter::port::{self, Kept, Mark};
use interpreter::vm::kept::TAG;
use std::fs::{self, File, Metadata, OpenOptions};
use std::hash::Hasher;
use std::io::{Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

/// The number of this interpreter: what another one has kept is not read.
pub const MAGIC: [u8; 4] = number(env!("INTERPRETER")).to_le_bytes();

/// Flags: the stamp is a hash, and it is compared.
const HASHED: u32 = 1;
const COMPARED: u32 = 2;
/// Bytes before the code.
const HEADER: usize = 16;
/// Seconds after which a change has another time than the one before.
const SETTLED: u64 = 2;

const fn number(digits: &str) -> u32 {
    let (mut number, mut at) = (0, 0);
    while at < digits.len() {
        number = number * 10 + (digits.as_bytes()[at] - b'0') as u32;
        at += 1;
    }
    number
}

/// Eight bytes that tell a source from others.
pub fn hash(source: &[u8]) -> [u8; 8] {
    let mut hasher = std::hash::DefaultHasher::new();
    hasher.write(source);
    hasher.finish().to_le_bytes()
}

/// Where code of the source at `path` is kept; `optimisation` is what its name has behind `opt-`, or nothing. `None` for what is no file.
pub fn place(path: &Path, prefix: Option<&Path>, optimisation: &str) -> Option<PathBuf> {
    let name = path.file_stem()?.to_str()?;
    let optimisation = if optimisation.is_empty() { String::new() } else { format!(".opt-{optimisation}") };
    let file = format!("{name}.{TAG}{optimisation}.pyc");
    let folder = path.parent()?;
    Some(match prefix {
        Some(prefix) => prefix.join(std::env::current_dir().ok()?.join(folder).strip_prefix("/").ok()?).join(file),
        None => folder.join("__pycache__").join(file),
    })
}

/// The same of a file of the library.
fn place_of_library(path: &str, prefix: Option<&Path>, optimisation: &str) -> Option<PathBuf> {
    let caches = || {
        let named = variable("XDG_CACHE_HOME").map(PathBuf::from).filter(|folder| folder.is_absolute());
        let folder = named.or_else(|| Some(Path::new(&variable("HOME").filter(|home| !home.is_empty())?).join(".cache")));
        folder.map(|folder| folder.join("taipan"))
    };
    let folder = prefix.map(Path::to_path_buf).or_else(caches)?;
    place(&Path::new("/").join(".frozen").join(path), Some(&folder), optimisation)
}

fn place_of(source: &Kept) -> Option<PathBuf> {
    let prefix = source.prefix.map(Path::new);
    let optimisation = if source.optimisation == 0 { String::new() } else { source.optimisation.to_string() };
    match source.text {
        Some(_) => place_of_library(source.path, prefix, &optimisation),
        None => place(Path::new(source.path), prefix, &optimisation),
    }
}

/// The files.
pub struct Files;

impl port::Keeper for Files {
    fn find(&self, source: &Kept, show: &mut dyn FnMut(&[u8])) -> Option<Mark> {
        let place = place_of(source)?;
        let of_source = match source.text {
            Some(text) => OfSource::Library(text),
            None => {
                held::settle_all();
                OfSource::File(fs::metadata(source.path).ok().filter(Metadata::is_file)?)
            }
        };
        let kept = read(&place, source.text.is_some());
        if let Some((header, code)) = kept.as_deref().and_then(<[u8]>::split_first_chunk::<HEADER>)
            && header[..4] == MAGIC
            && of_source.has(source.path, header)
        {
            show(code);
        }
        of_source.mark()
    }

    fn keep(&self, source: &Kept, Mark(mark): Mark, bytes: &[u8]) {
        if let Some(place) = place_of(source) {
            let mode = fs::metadata(source.path).map_or(0o644, |source| source.mode() & 0o666 | 0o200);
            // Nobody hears of what cannot be kept: it is compiled again.
            let _ = write(&place, mode, &[&MAGIC, &mark, bytes]);
        }
    }
}

/// The bytes of a file. What the library's code is read from belongs to nobody else: it lies where programs of others might write.
fn read(place: &Path, is_own: bool) -> Option<Vec<u8>> {
    let mut file = File::open(place).ok()?;
    let about = file.metadata().ok()?;
    if is_own && about.uid() != nix::unistd::geteuid().as_raw() {
        return None;
    }
    let mut bytes = Vec::with_capacity(about.len() as usize + 1);
    file.read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Writes a file that nobody sees before it is whole.
fn write(place: &Path, mode: u32, parts: &[&[u8]]) -> std::io::Result<()> {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let folder = place.parent().ok_or(std::io::ErrorKind::NotFound)?;
    fs::create_dir_all(folder)?;
    let mut name = place.file_name().ok_or(std::io::ErrorKind::NotFound)?.to_os_string();
    name.push(format!(".{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed)));
    let new = folder.join(name);
    let mut file = OpenOptions::new().write(true).create_new(true).mode(mode).open(&new)?;
    let written = file.write_all(&parts.concat()).and_then(|()| fs::rename(&new, place));
    if written.is_err() {
        let _ = fs::remove_file(&new);
    }
    written
}

/// What is known of a source.
enum OfSource<'t> {
    Library(&'t str),
    File(Metadata),
}

impl OfSource<'_> {
    /// Whether what begins with `header` is of this source.
    fn has(&self, path: &str, header: &[u8; HEADER]) -> bool {
        let flags = u32::from_le_bytes(*header[4..].first_chunk().expect("a header is longer"));
        let stamp = &header[8..];
        match self {
            OfSource::Library(text) => flags == HASHED | COMPARED && hash(text.as_bytes()) == stamp,
            OfSource::File(about) if flags == 0 => stamp_of(about) == stamp,
            OfSource::File(_) if flags == HASHED => true,
            OfSource::File(_) if flags == HASHED | COMPARED => fs::read(path).is_ok_and(|source| hash(&source) == stamp),
            OfSource::File(_) => false,
        }
    }

    fn mark(&self) -> Option<Mark> {
        let (flags, stamp) = match self {
            OfSource::Library(text) => (HASHED | COMPARED, hash(text.as_bytes())),
            OfSource::File(about) => {
                let age = SystemTime::now().duration_since(about.modified().ok()?).ok()?;
                (0, (age.as_secs() >= SETTLED).then(|| stamp_of(about))?)
            }
        };
        let mut mark = [0; 12];
        mark[..4].copy_from_slice(&flags.to_le_bytes());
        mark[4..].copy_from_slice(&stamp);
        Some(Mark(mark))
    }
}

/// When a file was changed, and its size, in 32 bits each.
fn stamp_of(about: &Metadata) -> [u8; 8] {
    let (time, size) = (about.mtime() as u32, about.len() as u32);
    (u64::from(size) << 32 | u64::from(time)).to_le_bytes()
}
