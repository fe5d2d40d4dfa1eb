//! Files: the trait that drivers implement, and the mount table.
//!
//! A mounted file system is a Python object with the methods of MicroPython's VFS protocol (`mount umount open ilistdir
//! stat statvfs mkdir rmdir remove rename chdir getcwd`): a `driver` wraps a Rust `FileSystem` in one, and a program may
//! write its own (`mpremote mount` does). The mount table calls methods and knows neither. Block devices go the same two ways:
//! `device` shows one written in Python as a Rust `BlockDevice`, and a Rust one as a Python object.

#[cfg_attr(not(feature = "board"), path = "small/abandoned.rs")]
mod abandoned;
#[cfg(feature = "standard")]
pub mod any;
#[cfg(feature = "full")]
mod assigned;
#[cfg(feature = "standard")]
pub mod device;
pub mod driver;
pub mod errno;
pub mod file;
#[cfg_attr(not(feature = "standard"), path = "small/flush.rs")]
pub mod flush;
#[cfg_attr(not(feature = "standard"), path = "small/mapped.rs")]
mod mapped;
#[cfg_attr(not(feature = "standard"), path = "small/mount.rs")]
pub mod mount;
#[cfg_attr(not(feature = "standard"), path = "small/source.rs")]
pub mod source;
#[cfg_attr(not(feature = "full"), path = "small/status.rs")]
pub mod status;
pub mod stream;

pub use errno::Errno;

use crate::object::word::Word;

/// Names that the tables of streams and file systems declare.
pub(crate) const GROUPS: &[&[&str]] = &[
    stream::NAMES,
    status::NAMES,
    driver::NAMES,
    #[cfg(feature = "standard")]
    device::NAMES,
    #[cfg(feature = "standard")]
    crate::modules::io::memory_rows::NAMES,
    #[cfg(feature = "standard")]
    crate::modules::select::poll_rows::NAMES,
    #[cfg(feature = "sha256")]
    crate::modules::hashlib::methods::NAMES,
];

/// An open file of one file system: a number that the driver gave.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FileId(pub u32);

impl FileId {
    /// What a closed stream's file is called.
    pub const CLOSED: FileId = FileId(u32::MAX);
}

/// An open directory listing of one file system.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DirId(pub u32);

/// How a file is opened: Python's modes as bits.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct OpenMode {
    /// `r`, `+`
    pub read: bool,
    /// `w`, `a`, `x`, `+`
    pub write: bool,
    /// `w`, `a`, `x`: made if it does not exist.
    pub create: bool,
    /// `w`: emptied.
    pub truncate: bool,
    /// `a`: every write goes to the end.
    pub append: bool,
    /// `x`: fails if it exists.
    pub exclusive: bool,
}

impl OpenMode {
    /// Reading.
    pub const READ: OpenMode =
        OpenMode { read: true, write: false, create: false, truncate: false, append: false, exclusive: false };
    /// Writing a new file or over an old one.
    pub const WRITE: OpenMode =
        OpenMode { read: false, write: true, create: true, truncate: true, append: false, exclusive: false };
}

/// Where a seek starts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Whence {
    /// The beginning.
    Start,
    /// The current position.
    Current,
    /// The end.
    End,
}

/// What is known of a file or directory.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Stat {
    /// Whether it is a directory.
    pub is_dir: bool,
    /// Bytes.
    pub size: u64,
    /// Seconds since 1970, or 0.
    pub modified: u64,
    /// Inode number, or 0.
    pub inode: u64,
}

/// What is known of a file system.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Space {
    /// Bytes in a block.
    pub block_size: u32,
    /// Bytes of the smallest part of a block that a file takes.
    pub fragment: u32,
    /// Blocks in all.
    pub blocks: u64,
    /// Free blocks.
    pub free: u64,
    /// Longest file name, bytes.
    pub name_max: u32,
}

/// What the Python object of a file system drives: a `FileSystem`, or what binds one to its device for the time of a call.
///
/// A device written in Python needs the interpreter, and a file system over it must not keep that. So a driver's state is one
/// thing, and the `FileSystem` that works on it another one, which lives as long as the action.
pub trait Volume {
    /// Runs `action` on the file system. `keeps` is what the Python object keeps alive for it.
    ///
    /// # Errors
    /// What a device written in Python raised; that comes before what the file system made of it.
    fn with(&'static self, vm: &crate::vm::Vm, keeps: Word, action: &mut dyn FnMut(&dyn FileSystem)) -> crate::vm::Outcome<()>;

    /// A bytes-like object that shows the bytes of an open file, where they lie in memory as they are; else `NONE`.
    ///
    /// # Errors
    /// `MemoryError`.
    fn mapped(&'static self, _vm: &crate::vm::Vm, _keeps: Word, _file: FileId) -> crate::vm::Outcome {
        Ok(Word::NONE)
    }
}

/// A driver that needs nothing for the time of a call.
impl<T: FileSystem + 'static> Volume for T {
    fn with(&'static self, _: &crate::vm::Vm, _: Word, action: &mut dyn FnMut(&dyn FileSystem)) -> crate::vm::Outcome<()> {
        action(self);
        Ok(())
    }
}

/// A file system driver. Paths are UTF-8, relative to its root, with or without a leading slash; `""` and `"/"` are the root.
///
/// Open files are numbers, so that a driver on a chip can keep its files in a fixed table (`EMFILE` when it is full). A file
/// that the collector finds unreachable is closed where there are weak references; elsewhere it stays open until its file
/// system is unmounted.
pub trait FileSystem {
    /// Reads from the device what says where things lie. Comes before all else where there is a device.
    fn load(&self) -> Result<(), Errno> {
        Ok(())
    }
    /// Makes the device an empty file system, and loads it.
    fn format(&self) -> Result<(), Errno> {
        Err(Errno::EOPNOTSUPP)
    }
    /// What is said of an error where these files are the operating system's own: it is told with that, and with the path.
    fn words(&self, _errno: Errno) -> Option<&'static str> {
        None
    }
    /// It is mounted; `make` asks for an empty file system where none was found.
    fn attach(&self, _make: bool) -> Result<(), Errno> {
        Ok(())
    }
    /// It is unmounted: what lies in buffers is written, what is open is forgotten.
    fn unmount(&self) -> Result<(), Errno> {
        Ok(())
    }
    /// Whether it means to write more than it has: there are files that may be written, or what lies in buffers.
    fn is_writing(&self) -> bool {
        true
    }
    /// Whether using a closed file has an error number of its own. Its number is `FileId::CLOSED` then.
    fn knows_closed(&self) -> bool {
        false
    }
    /// Which of these bits of `stream::poll` hold for a file of its.
    fn poll(&self, _file: FileId, wanted: usize) -> Result<usize, Errno> {
        Ok(wanted)
    }
    /// Makes `path` the current directory, which `path` of every call is already told: fails if it is no directory.
    fn change_dir(&self, path: &str) -> Result<(), Errno> {
        if self.stat(path)?.is_dir { Ok(()) } else { Err(Errno::ENOTDIR) }
    }
    /// The current directory, written into `path`, where the operating system keeps it.
    fn current_dir(&self, _path: &mut [u8]) -> Result<Option<usize>, Errno> {
        Ok(None)
    }
    /// Opens what the operating system knows by `descriptor`.
    fn adopt(&self, _descriptor: isize) -> Result<FileId, Errno> {
        Err(Errno::EINVAL)
    }
    /// The operating system's number of an open file.
    fn descriptor(&self, _file: FileId) -> Result<isize, Errno> {
        Err(Errno::EINVAL)
    }
    /// Opens a file.
    fn open(&self, path: &str, mode: OpenMode) -> Result<FileId, Errno>;
    /// Reads at the position; 0 is the end.
    fn read(&self, file: FileId, buffer: &mut [u8]) -> Result<usize, Errno>;
    /// Writes all of `bytes` at the position, or fails.
    fn write(&self, file: FileId, bytes: &[u8]) -> Result<usize, Errno>;
    /// Moves the position; answers it, from the start.
    fn seek(&self, file: FileId, offset: i64, whence: Whence) -> Result<u64, Errno>;
    /// Makes what was written last.
    fn flush(&self, file: FileId) -> Result<(), Errno>;
    /// Closes, also when it fails.
    fn close(&self, file: FileId) -> Result<(), Errno>;
    /// What is at `path`.
    fn stat(&self, path: &str) -> Result<Stat, Errno>;
    /// Begins a listing.
    fn open_dir(&self, path: &str) -> Result<DirId, Errno>;
    /// The next entry: its name goes into `name` (768 bytes hold any), whose used length comes first. `None` at the end.
    fn read_dir(&self, dir: DirId, name: &mut [u8]) -> Result<Option<(usize, Stat)>, Errno>;
    /// Ends a listing.
    fn close_dir(&self, dir: DirId);
    /// Makes a directory.
    fn make_dir(&self, path: &str) -> Result<(), Errno>;
    /// Removes a file (`directory` false) or an empty directory.
    fn remove(&self, path: &str, directory: bool) -> Result<(), Errno>;
    /// Renames; a file that is in the way is replaced where the file system can.
    fn rename(&self, from: &str, to: &str) -> Result<(), Errno>;
    /// Room.
    fn space(&self) -> Result<Space, Errno>;
}

/// Flash or a disk: blocks that are erased whole and programmed in parts.
///
/// Blocks are numbered from 0; offsets and lengths are in bytes and lie within one block.
pub trait BlockDevice {
    /// Bytes in a block, the unit of erasing.
    fn block_size(&self) -> u32;
    /// Number of blocks.
    fn block_count(&self) -> u32;
    /// Reads part of a block.
    fn read(&self, block: u32, offset: u32, buffer: &mut [u8]) -> Result<(), Errno>;
    /// Programs part of an erased block.
    fn program(&self, block: u32, offset: u32, bytes: &[u8]) -> Result<(), Errno>;
    /// Erases a block.
    fn erase(&self, block: u32) -> Result<(), Errno>;
    /// Replaces a whole block, for file systems that know no erasing.
    fn write(&self, block: u32, bytes: &[u8]) -> Result<(), Errno> {
        self.erase(block)?;
        self.program(block, 0, bytes)
    }
    /// Makes what was programmed last.
    fn sync(&self) -> Result<(), Errno>;
    /// A file system begins an operation. Waits for somebody else who is writing, and tells whether they have since the last time: what the
    /// file system knows is old then.
    fn acquire(&self) -> bool {
        false
    }
    /// The operation has ended; while it is `held`, the file system means to write more, and nobody else may.
    fn release(&self, _held: bool) {}
    /// Gets ready; only then it is known how many blocks there are.
    fn start(&self) -> Result<(), Errno> {
        Ok(())
    }
    /// Ends.
    fn stop(&self) -> Result<(), Errno> {
        self.sync()
    }
}
