//! The computer's own files, as a file system of the interpreter.

use crate::held;
use interpreter::vfs::{DirId, Errno, FileId, FileSystem, OpenMode, Space, Stat, Whence};
use std::cell::RefCell;
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::os::fd::AsRawFd;
use std::path::{Path, PathBuf};

/// Open files and listings by number.
#[derive(Default)]
pub struct Posix {
    root: PathBuf,
    files: RefCell<Slots<OpenFile>>,
    listings: RefCell<Slots<fs::ReadDir>>,
}

/// An open file.
struct OpenFile {
    file: File,
    /// The number that the program sees.
    number: i32,
    /// The program gave the number, and it is closed with this.
    given: bool,
    /// What is written may be held back: it lies on a disk, and no program knows the descriptor.
    holds: bool,
    ahead: Option<Ahead>,
}

/// What of a file on a disk was read before the program asked for it: a line at a time would take the system twice a line. Once a program
/// knows the descriptor, there is none, and the file's position is the program's.
#[derive(Default)]
struct Ahead {
    bytes: Vec<u8>,
    /// How many of the bytes the program has.
    taken: usize,
    /// Where in the file the bytes end, if that is known.
    end: Option<u64>,
}

/// How much is read at once.
const CHUNK: usize = 8192;

impl OpenFile {
    fn new(file: File, number: i32, given: bool) -> OpenFile {
        OpenFile { file, number, given, holds: false, ahead: None }
    }

    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let Some(ahead) = self.ahead.as_mut() else {
            held::settle_all();
            return self.file.read(buffer);
        };
        if ahead.taken == ahead.bytes.len() {
            held::settle_all();
            let end = match ahead.end {
                Some(end) => end,
                None => self.file.stream_position()?,
            };
            if buffer.len() >= CHUNK {
                let count = self.file.read(buffer)?;
                *ahead = Ahead { end: Some(end + count as u64), ..Ahead::default() };
                return Ok(count);
            }
            ahead.taken = 0;
            ahead.bytes.resize(CHUNK, 0);
            let count = self.file.read(&mut ahead.bytes);
            ahead.bytes.truncate(count.as_ref().map_or(0, |count| *count));
            ahead.end = Some(end + count? as u64);
        }
        let rest = &ahead.bytes[ahead.taken..];
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        ahead.taken += count;
        Ok(count)
    }

    /// Makes the file and its position the program's.
    fn settle(&mut self) -> std::io::Result<()> {
        held::settle(&self.file)?;
        self.settle_reading()
    }

    fn settle_reading(&mut self) -> std::io::Result<()> {
        let Some(ahead) = self.ahead.as_mut() else { return Ok(()) };
        let rest = (ahead.bytes.len() - ahead.taken) as i64;
        *ahead = Ahead::default();
        if rest > 0 { self.file.seek(SeekFrom::Current(-rest)).map(|_| ()) } else { Ok(()) }
    }

    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.settle_reading()?;
        match self.holds {
            true => held::write(&self.file, bytes)?,
            false => self.file.write_all(bytes)?,
        }
        Ok(bytes.len())
    }

    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        if let Some(ahead) = self.ahead.as_mut()
            && let Some(end) = ahead.end
        {
            let start = end - ahead.bytes.len() as u64;
            let target = match to {
                SeekFrom::Start(place) => Some(place),
                SeekFrom::Current(offset) => (start + ahead.taken as u64).checked_add_signed(offset),
                SeekFrom::End(_) => None,
            };
            if let Some(target) = target.filter(|target| (start..=end).contains(target)) {
                ahead.taken = (target - start) as usize;
                return Ok(target);
            }
        }
        self.settle()?;
        self.file.seek(to)
    }
}

/// Things by number; a free number is used again.
struct Slots<T>(Vec<Option<T>>);

impl<T> Default for Slots<T> {
    fn default() -> Self {
        Slots(Vec::new())
    }
}

impl<T> Slots<T> {
    fn add(&mut self, thing: T) -> u32 {
        let free = self.0.iter().position(Option::is_none).unwrap_or(self.0.len());
        if free == self.0.len() {
            self.0.push(None);
        }
        self.0[free] = Some(thing);
        free as u32
    }

    fn get(&mut self, number: u32) -> Result<&mut T, Errno> {
        self.0.get_mut(number as usize).and_then(Option::as_mut).ok_or(Errno::EBADF)
    }
}

impl Posix {
    /// The files below `root`; `/` is the whole computer.
    pub fn new(root: impl Into<PathBuf>) -> Posix {
        Posix { root: root.into(), ..Posix::default() }
    }

    /// Whoever asks about files by name sees what was written to them.
    fn path(&self, path: &str) -> PathBuf {
        held::settle_all();
        self.root.join(path.trim_start_matches('/'))
    }

    fn on_file<T>(&self, file: FileId, action: impl FnOnce(&mut OpenFile) -> std::io::Result<T>) -> Result<T, Errno> {
        action(self.files.borrow_mut().get(file.0)?).map_err(|error| errno(&error))
    }
}

/// The number of a system's error.
pub fn errno(error: &std::io::Error) -> Errno {
    Errno(error.raw_os_error().and_then(|number| u16::try_from(number).ok()).unwrap_or(Errno::EIO.0))
}

fn stat_of(metadata: &fs::Metadata) -> Stat {
    use std::os::unix::fs::MetadataExt;
    Stat { is_dir: metadata.is_dir(), size: metadata.len(), modified: metadata.mtime().max(0) as u64, inode: metadata.ino() }
}

fn stat_path(path: &Path) -> Result<Stat, Errno> {
    fs::metadata(path).map(|metadata| stat_of(&metadata)).map_err(|error| errno(&error))
}

impl FileSystem for Posix {
    fn words(&self, errno: Errno) -> Option<&'static str> {
        Some(crate::errors::words(errno.0))
    }

    fn change_dir(&self, path: &str) -> Result<(), Errno> {
        std::env::set_current_dir(self.path(path)).map_err(|error| errno(&error))
    }

    /// The process's own, so that programs started from Python and other objects of this kind see the same.
    fn current_dir(&self, path: &mut [u8]) -> Result<Option<usize>, Errno> {
        let directory = std::env::current_dir().map_err(|error| errno(&error))?;
        let within = directory.strip_prefix(&self.root).unwrap_or(Path::new(""));
        let bytes = within.as_os_str().as_encoded_bytes();
        path.get_mut(1..=bytes.len()).ok_or(Errno::ENAMETOOLONG)?.copy_from_slice(bytes);
        path[0] = b'/';
        Ok(Some(bytes.len() + 1))
    }

    /// A second way to the process's own streams or to a file that is open here; any other descriptor becomes this file's.
    fn adopt(&self, descriptor: isize) -> Result<FileId, Errno> {
        let mut given = false;
        let mut files = self.files.borrow_mut();
        let owned = match descriptor {
            0 => nix::unistd::dup(std::io::stdin()),
            1 => nix::unistd::dup(std::io::stdout()),
            2 => nix::unistd::dup(std::io::stderr()),
            _ => match files.0.iter().flatten().find(|file| file.number as isize == descriptor) {
                Some(open) => nix::unistd::dup(&open.file),
                None => {
                    given = true;
                    crate::modules::borrowed(descriptor).map_or(Err(nix::errno::Errno::EBADF), nix::unistd::dup)
                }
            },
        };
        let file = File::from(owned.map_err(|error| Errno(error as i32 as u16))?);
        Ok(FileId(files.add(OpenFile::new(file, descriptor as i32, given))))
    }

    /// A file on a disk is always ready, a pipe or a terminal is not.
    fn poll(&self, file: FileId, wanted: usize) -> Result<usize, Errno> {
        let number = self.files.borrow_mut().get(file.0)?.file.as_raw_fd();
        crate::wait::descriptor(number as usize, wanted)
    }

    fn descriptor(&self, file: FileId) -> Result<isize, Errno> {
        let mut files = self.files.borrow_mut();
        let file = files.get(file.0)?;
        file.settle().map_err(|error| errno(&error))?;
        (file.holds, file.ahead) = (false, None);
        Ok(file.number as isize)
    }

    fn open(&self, path: &str, mode: OpenMode) -> Result<FileId, Errno> {
        let path = self.path(path);
        let mut options = OpenOptions::new();
        options.read(mode.read).write(mode.write && !mode.append).append(mode.append);
        options.create(mode.create).truncate(mode.truncate).create_new(mode.exclusive);
        let file = options.open(&path).map_err(|error| errno(&error))?;
        let kind = file.metadata().map_err(|error| errno(&error))?.file_type();
        if kind.is_dir() {
            return Err(Errno::EISDIR);
        }
        let number = file.as_raw_fd();
        let ahead = (kind.is_file() && mode.read).then(Ahead::default);
        Ok(FileId(self.files.borrow_mut().add(OpenFile {
            holds: kind.is_file() && mode.write,
            ahead,
            ..OpenFile::new(file, number, false)
        })))
    }

    fn read(&self, file: FileId, buffer: &mut [u8]) -> Result<usize, Errno> {
        self.on_file(file, |file| file.read(buffer))
    }

    fn write(&self, file: FileId, bytes: &[u8]) -> Result<usize, Errno> {
        // A second way to where `print` writes: what was printed before comes before.
        if matches!(self.files.borrow_mut().get(file.0)?.number, 1 | 2) {
            crate::output::OUTPUT.flush();
        }
        self.on_file(file, |file| file.write(bytes))
    }

    fn seek(&self, file: FileId, offset: i64, whence: Whence) -> Result<u64, Errno> {
        let to = match whence {
            Whence::Start => SeekFrom::Start(u64::try_from(offset).map_err(|_| Errno::EINVAL)?),
            Whence::Current => SeekFrom::Current(offset),
            Whence::End => SeekFrom::End(offset),
        };
        self.on_file(file, |file| file.seek(to))
    }

    fn flush(&self, file: FileId) -> Result<(), Errno> {
        self.on_file(file, |file| Ok(held::settle(&file.file)?))
    }

    fn close(&self, file: FileId) -> Result<(), Errno> {
        let mut files = self.files.borrow_mut();
        let open = files.0.get_mut(file.0 as usize).and_then(Option::take).ok_or(Errno::EBADF)?;
        let given = open.given.then_some(open.number);
        // A program may have closed the descriptor by its number: that is an error of its own, where dropping would abort.
        let written = held::settle(&open.file);
        held::forget(&open.file);
        let closed = nix::unistd::close(open.file);
        written.and(given.map_or(closed, nix::unistd::close)).map_err(|error| Errno(error as i32 as u16))
    }

    fn stat(&self, path: &str) -> Result<Stat, Errno> {
        stat_path(&self.path(path))
    }

    fn open_dir(&self, path: &str) -> Result<DirId, Errno> {
        let listing = fs::read_dir(self.path(path)).map_err(|error| errno(&error))?;
        Ok(DirId(self.listings.borrow_mut().add(listing)))
    }

    fn read_dir(&self, dir: DirId, name: &mut [u8]) -> Result<Option<(usize, Stat)>, Errno> {
        let mut listings = self.listings.borrow_mut();
        let Some(entry) = listings.get(dir.0)?.next() else { return Ok(None) };
        let entry = entry.map_err(|error| errno(&error))?;
        let text = entry.file_name();
        let bytes = text.as_encoded_bytes();
        let length = bytes.len().min(name.len());
        name[..length].copy_from_slice(&bytes[..length]);
        // Where the directory is open, no path is walked; only what a link leads to lies elsewhere. A dangling link is still an entry.
        let own = entry.metadata().ok().filter(|metadata| !metadata.is_symlink());
        let stat = own.map_or_else(|| stat_path(&entry.path()).unwrap_or_default(), |metadata| stat_of(&metadata));
        Ok(Some((length, stat)))
    }

    fn close_dir(&self, dir: DirId) {
        self.listings.borrow_mut().0[dir.0 as usize] = None;
    }

    fn make_dir(&self, path: &str) -> Result<(), Errno> {
        fs::create_dir(self.path(path)).map_err(|error| errno(&error))
    }

    fn remove(&self, path: &str, directory: bool) -> Result<(), Errno> {
        let path = self.path(path);
        if directory { fs::remove_dir(path) } else { fs::remove_file(path) }.map_err(|error| errno(&error))
    }

    fn rename(&self, from: &str, to: &str) -> Result<(), Errno> {
        fs::rename(self.path(from), self.path(to)).map_err(|error| errno(&error))
    }

    fn space(&self) -> Result<Space, Errno> {
        let space = nix::sys::statvfs::statvfs(&self.root).map_err(|error| Errno(error as i32 as u16))?;
        Ok(Space {
            block_size: space.block_size() as u32,
            fragment: space.fragment_size() as u32,
            blocks: space.blocks() as u64,
            free: space.blocks_available() as u64,
            name_max: space.name_max() as u32,
        })
    }
}
