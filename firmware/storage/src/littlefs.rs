//! littlefs on a block device: the crate `littlefs-rust-core`, a port of the C original function by function, made safe.
//!
//! The library keeps raw pointers into its state, its configuration, its caches and every open file. So all of these lie in
//! one `State` that is allocated once by the port and never moves; files and listings are slots of it, known by number. Each
//! method checks the slot, then makes one library call. The library's functions are declared safe though they follow those
//! pointers; a comment "Sound" at each call says why they may.
#![expect(unsafe_code, reason = "calls a library with C's interface; the state it points into is pinned for ever")]

use core::cell::{Cell, UnsafeCell};
use core::ffi::c_void;
use core::mem::MaybeUninit;
use interpreter::vfs::{BlockDevice, DirId, Errno, FileId, FileSystem, OpenMode, Space, Stat, Whence};
use lfs::lfs_type::lfs_open_flags::{LFS_O_APPEND, LFS_O_CREAT, LFS_O_EXCL, LFS_O_RDONLY, LFS_O_TRUNC, LFS_O_WRONLY};
use lfs::lfs_type::lfs_type::LFS_TYPE_DIR;
use lfs::lfs_type::lfs_whence_flags::{LFS_SEEK_CUR, LFS_SEEK_END, LFS_SEEK_SET};
use littlefs_rust_core as lfs;

/// Bytes of each cache (one to read, one to program, one for each open file); block sizes are multiples of it.
const CACHE: usize = 256;
/// Bytes of the map of free blocks that is looked at in one go: 8 blocks each.
const LOOKAHEAD: usize = 32;
/// Files that may be open at a time.
const FILES: usize = 8;
/// Listings that may be open at a time.
const LISTINGS: usize = 4;
/// Erases after which metadata moves, so that no block wears out before the others.
const BLOCK_CYCLES: i32 = 500;
/// Longest path in bytes, its closing zero included.
const PATH: usize = 512;

#[repr(align(8))]
struct Buffer<const N: usize>([u8; N]);

struct OpenFile {
    used: Cell<bool>,
    file: UnsafeCell<MaybeUninit<lfs::LfsFile>>,
    config: UnsafeCell<lfs::LfsFileConfig>,
    cache: UnsafeCell<Buffer<CACHE>>,
}

struct Listing {
    used: Cell<bool>,
    dir: UnsafeCell<MaybeUninit<lfs::LfsDir>>,
}

/// Everything that littlefs points into. A port keeps one in static memory or leaks a box.
pub struct Littlefs {
    device: Cell<Option<&'static dyn BlockDevice>>,
    lfs: UnsafeCell<MaybeUninit<lfs::Lfs>>,
    config: UnsafeCell<MaybeUninit<lfs::LfsConfig>>,
    read: UnsafeCell<Buffer<CACHE>>,
    program: UnsafeCell<Buffer<CACHE>>,
    lookahead: UnsafeCell<Buffer<LOOKAHEAD>>,
    files: [OpenFile; FILES],
    listings: [Listing; LISTINGS],
}

impl Littlefs {
    /// Room for a file system, not mounted yet: every operation answers `ENODEV`.
    pub const fn new() -> Littlefs {
        const NULL: *mut c_void = core::ptr::null_mut();
        Littlefs {
            device: Cell::new(None),
            lfs: UnsafeCell::new(MaybeUninit::uninit()),
            config: UnsafeCell::new(MaybeUninit::uninit()),
            read: UnsafeCell::new(Buffer([0; CACHE])),
            program: UnsafeCell::new(Buffer([0; CACHE])),
            lookahead: UnsafeCell::new(Buffer([0; LOOKAHEAD])),
            files: [const {
                OpenFile {
                    used: Cell::new(false),
                    file: UnsafeCell::new(MaybeUninit::uninit()),
                    config: UnsafeCell::new(lfs::LfsFileConfig { buffer: NULL, attrs: core::ptr::null_mut(), attr_count: 0 }),
                    cache: UnsafeCell::new(Buffer([0; CACHE])),
                }
            }; FILES],
            listings: [const { Listing { used: Cell::new(false), dir: UnsafeCell::new(MaybeUninit::uninit()) } }; LISTINGS],
        }
    }

    /// Mounts the file system on `device`; an unformatted one is formatted first. `&'static` pins the state.
    ///
    /// # Errors
    /// What the device answers, and `EINVAL` for a block size that is not a multiple of 256.
    pub fn mount(&'static self, device: &'static dyn BlockDevice) -> Result<(), Errno> {
        self.configure(device)?;
        // Sound: state and configuration are pinned and configured just above; no other call is under way, since the
        // interpreter is one thread and no callback below calls back here.
        let mounted = lfs::lfs_mount(self.lfs(), self.config());
        if mounted == 0 {
            return Ok(());
        }
        self.format(device)
    }

    /// Makes an empty file system on `device` and mounts it.
    ///
    /// # Errors
    /// As `mount`.
    pub fn format(&'static self, device: &'static dyn BlockDevice) -> Result<(), Errno> {
        self.configure(device)?;
        // Sound: as in `mount`.
        let formatted = lfs::lfs_format(self.lfs(), self.config());
        check(formatted)?;
        // Sound: as in `mount`.
        let mounted = lfs::lfs_mount(self.lfs(), self.config());
        check(mounted).inspect_err(|_| self.device.set(None))
    }

    /// Closes everything that is open, as a soft reset does: what was not flushed is lost, as the reference loses it.
    ///
    /// # Errors
    /// What the device answers.
    pub fn unmount(&self) -> Result<(), Errno> {
        if self.device.get().is_none() {
            return Ok(());
        }
        self.files.iter().for_each(|slot| slot.used.set(false));
        self.listings.iter().for_each(|slot| slot.used.set(false));
        // Sound: mounted, pinned, not re-entered; the library forgets its list of open files.
        let result = lfs::lfs_unmount(self.lfs());
        self.device.set(None);
        check(result)
    }

    fn configure(&'static self, device: &'static dyn BlockDevice) -> Result<(), Errno> {
        let block_size = device.block_size();
        if block_size == 0 || !(block_size as usize).is_multiple_of(CACHE) {
            return Err(Errno::EINVAL);
        }
        self.device.set(Some(device));
        let config = lfs::LfsConfig {
            context: core::ptr::from_ref(self).cast_mut().cast(),
            read: Some(read),
            prog: Some(program),
            erase: Some(erase),
            sync: Some(sync),
            read_size: 16,
            prog_size: 16,
            block_size,
            block_count: device.block_count(),
            block_cycles: BLOCK_CYCLES,
            cache_size: CACHE as u32,
            lookahead_size: LOOKAHEAD as u32,
            compact_thresh: 0,
            read_buffer: self.read.get().cast(),
            prog_buffer: self.program.get().cast(),
            lookahead_buffer: self.lookahead.get().cast(),
            name_max: 0,
            file_max: 0,
            attr_max: 0,
            metadata_max: 0,
            inline_max: 0,
        };
        // SAFETY: nothing is mounted, so the library does not look at the configuration now; the state may be all zero
        // bytes, as the C original's users have it.
        unsafe {
            self.config.get().write(MaybeUninit::new(config));
            self.lfs.get().write_bytes(0, 1);
        }
        Ok(())
    }

    fn lfs(&self) -> *mut lfs::Lfs {
        self.lfs.get().cast()
    }

    fn config(&self) -> *const lfs::LfsConfig {
        self.config.get().cast()
    }

    /// The library's state, if something is mounted.
    fn mounted(&self) -> Result<*mut lfs::Lfs, Errno> {
        if self.device.get().is_some() { Ok(self.lfs()) } else { Err(Errno::ENODEV) }
    }

    /// The state and an open file.
    fn file(&self, id: FileId) -> Result<(*mut lfs::Lfs, *mut lfs::LfsFile), Errno> {
        let slot = self.files.get(id.0 as usize).filter(|slot| slot.used.get()).ok_or(Errno::EBADF)?;
        Ok((self.mounted()?, slot.file.get().cast()))
    }
}

// SAFETY: ports reach it from the one thread that runs the interpreter; `Sync` is needed to keep it in a `static`.
unsafe impl Sync for Littlefs {}

/// The device behind a configuration's context.
///
/// # Safety
/// `config` is the configuration of a mounted `Littlefs`.
unsafe fn device<'a>(config: *const lfs::LfsConfig) -> Result<&'a dyn BlockDevice, i32> {
    // SAFETY: `configure` put the address of the pinned state there.
    let state = unsafe { &*(*config).context.cast::<Littlefs>() };
    state.device.get().ok_or(-i32::from(Errno::EIO.0))
}

fn answer(result: Result<(), Errno>) -> i32 {
    result.map_or_else(|errno| -i32::from(errno.0), |()| 0)
}

unsafe extern "C" fn read(config: *const lfs::LfsConfig, block: u32, offset: u32, buffer: *mut u8, size: u32) -> i32 {
    // SAFETY: called by the library with its configuration and a buffer of `size` bytes.
    let (device, buffer) = unsafe { (device(config), core::slice::from_raw_parts_mut(buffer, size as usize)) };
    device.map_or_else(|error| error, |device| answer(device.read(block, offset, buffer)))
}

unsafe extern "C" fn program(config: *const lfs::LfsConfig, block: u32, offset: u32, buffer: *const u8, size: u32) -> i32 {
    // SAFETY: as in `read`.
    let (device, buffer) = unsafe { (device(config), core::slice::from_raw_parts(buffer, size as usize)) };
    device.map_or_else(|error| error, |device| answer(device.program(block, offset, buffer)))
}

unsafe extern "C" fn erase(config: *const lfs::LfsConfig, block: u32) -> i32 {
    // SAFETY: called by the library with its configuration.
    unsafe { device(config) }.map_or_else(|error| error, |device| answer(device.erase(block)))
}

unsafe extern "C" fn sync(config: *const lfs::LfsConfig) -> i32 {
    // SAFETY: called by the library with its configuration.
    unsafe { device(config) }.map_or_else(|error| error, |device| answer(device.sync()))
}

/// littlefs answers negated POSIX numbers; `ECORRUPT` is its own.
fn check(result: i32) -> Result<(), Errno> {
    count(result).map(|_| ())
}

fn count(result: i32) -> Result<usize, Errno> {
    match usize::try_from(result) {
        Ok(count) => Ok(count),
        Err(_) if result == lfs::LFS_ERR_CORRUPT => Err(Errno::EIO),
        Err(_) => Err(Errno(result.unsigned_abs() as u16)),
    }
}

/// A path as the library wants it: closed by a zero.
fn terminated(path: &str) -> Result<[u8; PATH], Errno> {
    let mut buffer = [0; PATH];
    let path = path.as_bytes();
    match buffer.get_mut(..path.len()) {
        Some(place) if path.len() < PATH => place.copy_from_slice(path),
        _ => return Err(Errno::ENAMETOOLONG),
    }
    Ok(buffer)
}

fn stat_of(info: &lfs::LfsInfo) -> Stat {
    let is_dir = u32::from(info.type_) == LFS_TYPE_DIR;
    Stat { is_dir, size: if is_dir { 0 } else { info.size.into() }, modified: 0, inode: 0 }
}

impl FileSystem for Littlefs {
    fn open(&self, path: &str, mode: OpenMode) -> Result<FileId, Errno> {
        let (state, path) = (self.mounted()?, terminated(path)?);
        let number = self.files.iter().position(|slot| !slot.used.get()).ok_or(Errno::EMFILE)?;
        let slot = &self.files[number];
        let bits = [
            (mode.read, LFS_O_RDONLY),
            (mode.write, LFS_O_WRONLY),
            (mode.create, LFS_O_CREAT),
            (mode.truncate, LFS_O_TRUNC),
            (mode.append, LFS_O_APPEND),
            (mode.exclusive, LFS_O_EXCL),
        ];
        let flags = bits.iter().filter(|bit| bit.0).fold(0, |flags, bit| flags | bit.1);
        // SAFETY: the slot is free, so the library knows none of its parts; all are pinned with `self`, which is `'static`
        // once mounted.
        let opened = unsafe {
            (*slot.config.get()).buffer = slot.cache.get().cast();
            slot.file.get().write_bytes(0, 1);
            lfs::lfs_file_opencfg(state, slot.file.get().cast(), path.as_ptr(), flags, slot.config.get())
        };
        check(opened)?;
        slot.used.set(true);
        Ok(FileId(number as u32))
    }

    fn read(&self, file: FileId, buffer: &mut [u8]) -> Result<usize, Errno> {
        let (state, file) = self.file(file)?;
        // Sound: an open file of the mounted state; the buffer has the length given.
        count(lfs::lfs_file_read(state, file, buffer.as_mut_ptr().cast(), buffer.len() as u32))
    }

    fn write(&self, file: FileId, bytes: &[u8]) -> Result<usize, Errno> {
        let (state, file) = self.file(file)?;
        // Sound: as in `read`.
        count(lfs::lfs_file_write(state, file, bytes.as_ptr().cast(), bytes.len() as u32))
    }

    fn seek(&self, file: FileId, offset: i64, whence: Whence) -> Result<u64, Errno> {
        let (state, file) = self.file(file)?;
        let whence = match whence {
            Whence::Start => LFS_SEEK_SET,
            Whence::Current => LFS_SEEK_CUR,
            Whence::End => LFS_SEEK_END,
        };
        let offset = i32::try_from(offset).map_err(|_| Errno::EINVAL)?;
        // Sound: as in `read`.
        count(lfs::lfs_file_seek(state, file, offset, whence)).map(|position| position as u64)
    }

    fn flush(&self, file: FileId) -> Result<(), Errno> {
        let (state, file) = self.file(file)?;
        // Sound: as in `read`.
        check(lfs::lfs_file_sync(state, file))
    }

    fn close(&self, id: FileId) -> Result<(), Errno> {
        let (state, file) = self.file(id)?;
        // Sound: as in `read`; the slot is free afterwards, whatever the answer: the library has forgotten the file.
        let closed = lfs::lfs_file_close(state, file);
        self.files[id.0 as usize].used.set(false);
        check(closed)
    }

    fn stat(&self, path: &str) -> Result<Stat, Errno> {
        let (state, path) = (self.mounted()?, terminated(path)?);
        let mut info = lfs::LfsInfo { type_: 0, size: 0, name: [0; 256] };
        // Sound: mounted; the path is closed by a zero.
        check(lfs::lfs_stat(state, path.as_ptr(), &mut info))?;
        Ok(stat_of(&info))
    }

    fn open_dir(&self, path: &str) -> Result<DirId, Errno> {
        let (state, path) = (self.mounted()?, terminated(path)?);
        let number = self.listings.iter().position(|slot| !slot.used.get()).ok_or(Errno::EMFILE)?;
        let slot = &self.listings[number];
        // SAFETY: as in `open`.
        let opened = unsafe {
            slot.dir.get().write_bytes(0, 1);
            lfs::lfs_dir_open(state, slot.dir.get().cast(), path.as_ptr())
        };
        check(opened)?;
        slot.used.set(true);
        Ok(DirId(number as u32))
    }

    fn read_dir(&self, dir: DirId, name: &mut [u8]) -> Result<Option<(usize, Stat)>, Errno> {
        let state = self.mounted()?;
        let slot = self.listings.get(dir.0 as usize).filter(|slot| slot.used.get()).ok_or(Errno::EBADF)?;
        let mut info = lfs::LfsInfo { type_: 0, size: 0, name: [0; 256] };
        loop {
            // Sound: an open listing of the mounted state.
            if count(lfs::lfs_dir_read(state, slot.dir.get().cast(), &mut info))? == 0 {
                return Ok(None);
            }
            let found = info.name.split(|&byte| byte == 0).next().unwrap_or(&[]);
            // The library lists the directory itself and its parent.
            if found != b"." && found != b".." {
                let length = found.len().min(name.len());
                name[..length].copy_from_slice(&found[..length]);
                return Ok(Some((length, stat_of(&info))));
            }
        }
    }

    fn close_dir(&self, dir: DirId) {
        if let (Ok(state), Some(slot)) = (self.mounted(), self.listings.get(dir.0 as usize).filter(|slot| slot.used.get())) {
            // Sound: an open listing of the mounted state.
            lfs::lfs_dir_close(state, slot.dir.get().cast());
            slot.used.set(false);
        }
    }

    fn make_dir(&self, path: &str) -> Result<(), Errno> {
        let (state, path) = (self.mounted()?, terminated(path)?);
        // Sound: mounted; the path is closed by a zero.
        check(lfs::lfs_mkdir(state, path.as_ptr()))
    }

    fn remove(&self, path: &str, directory: bool) -> Result<(), Errno> {
        if self.stat(path)?.is_dir != directory {
            return Err(if directory { Errno::ENOTDIR } else { Errno::EISDIR });
        }
        let (state, path) = (self.mounted()?, terminated(path)?);
        // Sound: mounted; the path is closed by a zero.
        check(lfs::lfs_remove(state, path.as_ptr()))
    }

    fn rename(&self, from: &str, to: &str) -> Result<(), Errno> {
        let (state, from, to) = (self.mounted()?, terminated(from)?, terminated(to)?);
        // Sound: mounted; both paths are closed by a zero.
        check(lfs::lfs_rename(state, from.as_ptr(), to.as_ptr()))
    }

    fn space(&self) -> Result<Space, Errno> {
        let state = self.mounted()?;
        let device = self.device.get().ok_or(Errno::ENODEV)?;
        // Sound: mounted.
        let used = count(lfs::lfs_fs_size(state))? as u64;
        let blocks = u64::from(device.block_count());
        Ok(Space { block_size: device.block_size(), blocks, free: blocks.saturating_sub(used), name_max: 255 })
    }
}

#[cfg(test)]
mod tests;
