//! littlefs on a block device: the crate `littlefs-rust-core`, a port of the C original function by function, made safe.
//!
//! The library keeps raw pointers into its state, its configuration, its caches and every open file. So all of these lie in
//! one `Littlefs` that is never moved, and in buffers that live as long; files and listings are slots of it, known by number. The
//! device is there for the time of a call: the configuration points at a `Bound` on the machine stack meanwhile. Each method checks
//! the slot, then makes one library call. The library's functions are declared safe though they follow those pointers; a comment
//! "Sound" at each call says why they may.
#![expect(unsafe_code, reason = "calls a library with C's interface; the state it points into is pinned for ever")]

use crate::format::{Clock, Format};
use core::cell::{Cell, UnsafeCell};
use core::ffi::c_void;
use core::mem::MaybeUninit;
use interpreter::vfs::device::Protocol;
use interpreter::vfs::{BlockDevice, DirId, Errno, FileId, FileSystem, OpenMode, Space, Stat, Whence};
use lfs::lfs_type::lfs_open_flags::{LFS_O_APPEND, LFS_O_CREAT, LFS_O_EXCL, LFS_O_RDONLY, LFS_O_TRUNC, LFS_O_WRONLY};
use lfs::lfs_type::lfs_type::{LFS_TYPE_DIR, LFS_TYPE_USERATTR};
use lfs::lfs_type::lfs_whence_flags::{LFS_SEEK_CUR, LFS_SEEK_END, LFS_SEEK_SET};
use littlefs_rust_core as lfs;

/// Files that may be open at a time.
const FILES: usize = 8;
/// Listings that may be open at a time.
const LISTINGS: usize = 4;
/// Longest path in bytes, its closing zero included.
const PATH: usize = 512;
/// The attribute that holds when a file was changed: nanoseconds since 1970, as the reference keeps them.
const TIME: u8 = 1;

/// How littlefs treats its device.
#[derive(Clone, Copy)]
pub struct Options {
    /// Bytes that are read at least.
    pub read: u32,
    /// Bytes that are programmed at least.
    pub program: u32,
    /// Bytes of each cache: one to read, one to program, one for each open file. Block sizes are multiples of it.
    pub cache: u32,
    /// Bytes of the map of free blocks that is looked at in one go: 8 blocks each.
    pub lookahead: u32,
    /// Erases after which metadata moves, so that no block wears out before the others.
    pub cycles: i32,
    /// Whether it is kept when a file was changed.
    pub times: bool,
}

impl Options {
    /// What a board's own flash is treated with.
    pub const FLASH: Options = Options { read: 16, program: 16, cache: 256, lookahead: 32, cycles: 500, times: false };

    /// Bytes of the buffers that a `Littlefs` with these options needs.
    pub const fn buffers(&self) -> usize {
        self.lookahead as usize + (2 + FILES) * self.cache as usize
    }

    /// What the library takes for granted.
    fn fit(&self, block_size: u32, buffers: usize) -> bool {
        let multiple = |of: u32| of > 0 && self.cache.is_multiple_of(of);
        multiple(self.read)
            && multiple(self.program)
            && self.cache > 0
            && block_size > 0
            && block_size.is_multiple_of(self.cache)
            && self.lookahead > 0
            && buffers >= self.buffers()
    }
}

struct OpenFile {
    used: Cell<bool>,
    file: UnsafeCell<MaybeUninit<lfs::LfsFile>>,
    config: UnsafeCell<lfs::LfsFileConfig>,
    /// When it was changed, if that is kept and not written yet.
    changed: Cell<Option<u64>>,
}

/// A change of an entry, as the library wants it (`struct lfs_mattr`, lfs.c).
#[repr(C)]
struct Attribute {
    tag: u32,
    buffer: *const c_void,
}

struct Listing {
    used: Cell<bool>,
    dir: UnsafeCell<MaybeUninit<lfs::LfsDir>>,
}

/// The state of a file system: all that littlefs points into, but for the buffers.
pub struct Littlefs {
    options: Options,
    buffers: &'static [Cell<u8>],
    mounted: Cell<bool>,
    lfs: UnsafeCell<MaybeUninit<lfs::Lfs>>,
    config: UnsafeCell<MaybeUninit<lfs::LfsConfig>>,
    files: [OpenFile; FILES],
    listings: [Listing; LISTINGS],
}

impl Littlefs {
    /// Room for a file system, not loaded yet: every operation answers `ENODEV`. Needs `options.buffers()` bytes of buffers
    /// that nobody else looks at.
    pub const fn new(options: Options, buffers: &'static [Cell<u8>]) -> Littlefs {
        const NULL: *mut c_void = core::ptr::null_mut();
        Littlefs {
            options,
            buffers,
            mounted: Cell::new(false),
            lfs: UnsafeCell::new(MaybeUninit::uninit()),
            config: UnsafeCell::new(MaybeUninit::uninit()),
            files: [const {
                OpenFile {
                    used: Cell::new(false),
                    file: UnsafeCell::new(MaybeUninit::uninit()),
                    config: UnsafeCell::new(lfs::LfsFileConfig { buffer: NULL, attrs: core::ptr::null_mut(), attr_count: 0 }),
                    changed: Cell::new(None),
                }
            }; FILES],
            listings: [const { Listing { used: Cell::new(false), dir: UnsafeCell::new(MaybeUninit::uninit()) } }; LISTINGS],
        }
    }

    fn lfs(&self) -> *mut lfs::Lfs {
        self.lfs.get().cast()
    }

    fn config(&self) -> *mut lfs::LfsConfig {
        self.config.get().cast()
    }

    /// The cache of this number: to read, to program, then those of the files.
    fn cache(&self, number: usize) -> *mut c_void {
        let start = self.options.lookahead as usize + number * self.options.cache as usize;
        self.buffers[start..start + self.options.cache as usize].as_ptr().cast_mut().cast()
    }

    fn forget(&self) {
        self.mounted.set(false);
        self.files.iter().for_each(|slot| slot.used.set(false));
        self.listings.iter().for_each(|slot| slot.used.set(false));
    }
}

impl Format for Littlefs {
    type Bound<'a> = Bound<'a>;
    const PROTOCOL: Protocol = Protocol::Parts;

    fn bind<'a>(&'static self, device: &'a dyn BlockDevice, clock: Clock<'a>) -> Bound<'a> {
        Bound { state: self, device, clock }
    }
}

/// A file system and its device, for the time of an action. `&'static` pins the state.
pub struct Bound<'a> {
    state: &'static Littlefs,
    device: &'a dyn BlockDevice,
    clock: Clock<'a>,
}

impl Bound<'_> {
    fn configure(&self) -> Result<*mut lfs::Lfs, Errno> {
        let (state, options) = (self.state, &self.state.options);
        if !options.fit(self.device.block_size(), state.buffers.len()) {
            return Err(Errno::EINVAL);
        }
        state.forget();
        let config = lfs::LfsConfig {
            context: core::ptr::from_ref(self).cast_mut().cast(),
            read: Some(read),
            prog: Some(program),
            erase: Some(erase),
            sync: Some(sync),
            read_size: options.read,
            prog_size: options.program,
            block_size: self.device.block_size(),
            block_count: self.device.block_count(),
            block_cycles: options.cycles,
            cache_size: options.cache,
            lookahead_size: options.lookahead,
            compact_thresh: 0,
            read_buffer: state.cache(0),
            prog_buffer: state.cache(1),
            lookahead_buffer: state.buffers.as_ptr().cast_mut().cast(),
            name_max: 0,
            file_max: 0,
            attr_max: 0,
            metadata_max: 0,
            inline_max: 0,
        };
        // SAFETY: nothing is mounted, so the library does not look at the configuration now; the state may be all zero
        // bytes, as the C original's users have it.
        unsafe {
            state.config().write(config);
            state.lfs.get().write_bytes(0, 1);
        }
        Ok(state.lfs())
    }

    /// The library's state, if it is loaded, with its device in reach: the library is about to be called.
    fn mounted(&self) -> Result<*mut lfs::Lfs, Errno> {
        if !self.state.mounted.get() {
            return Err(Errno::ENODEV);
        }
        // SAFETY: loaded, so the configuration was written; the library is not running and holds no reference to it.
        unsafe { (*self.state.config()).context = core::ptr::from_ref(self).cast_mut().cast() };
        Ok(self.state.lfs())
    }

    /// The state and an open file.
    fn file(&self, id: FileId) -> Result<(*mut lfs::Lfs, *mut lfs::LfsFile), Errno> {
        let slot = self.state.files.get(id.0 as usize).filter(|slot| slot.used.get()).ok_or(Errno::EBADF)?;
        Ok((self.mounted()?, slot.file.get().cast()))
    }

    /// Notes that a file is changed now.
    fn touch(&self, slot: &OpenFile) {
        if self.state.options.times {
            slot.changed.set(Some((self.clock)()));
        }
    }

    /// Writes what an open file holds back, then when it was changed.
    ///
    /// The library can write attributes along with a file's entry (`LfsFileConfig::attrs`), but where the blocks of a folder are split
    /// just then it gives them to another entry (0.1.0, `dir/traverse.rs`: the shift of the entries' numbers is added twice).
    fn write_back(&self, id: FileId) -> Result<(), Errno> {
        let (state, file) = self.file(id)?;
        // Sound: an open file of the mounted state.
        check(lfs::lfs_file_sync(state, file))?;
        let Some(changed) = self.state.files[id.0 as usize].changed.take() else { return Ok(()) };
        let time = changed.to_le_bytes();
        // SAFETY: an open file of the mounted state, which the library is done with.
        let (folder, entry) = unsafe { (&raw mut (*file).m, u32::from((*file).id)) };
        // SAFETY: as above. The file was removed since it was opened: it has no entry.
        if unsafe { (*folder).pair.contains(&u32::MAX) } {
            return Ok(());
        }
        let attribute =
            Attribute { tag: lfs::lfs_mktag(LFS_TYPE_USERATTR + u32::from(TIME), entry, 8), buffer: time.as_ptr().cast() };
        // Sound: the folder of an open file is kept up to date by the library; the attribute and its bytes lie here meanwhile.
        check(lfs::lfs_dir_commit(state, folder, (&raw const attribute).cast(), 1))
    }

    /// Directories below a path, which ends with a slash.
    fn directories(&self, state: *mut lfs::Lfs, path: &mut [u8; PATH]) -> Result<u64, Errno> {
        let mut dir = MaybeUninit::<lfs::LfsDir>::zeroed();
        let mut info = lfs::LfsInfo { type_: 0, size: 0, name: [0; 256] };
        let (end, mut found) = (path.iter().position(|byte| *byte == 0).unwrap_or(0), 0);
        // Sound: mounted; the path is closed by a zero; the listing lies here until it is closed, which is always.
        check(lfs::lfs_dir_open(state, dir.as_mut_ptr(), path.as_ptr()))?;
        let result = loop {
            // Sound: an open listing of the mounted state.
            match count(lfs::lfs_dir_read(state, dir.as_mut_ptr(), &mut info)) {
                Ok(0) => break Ok(found),
                Ok(_) if u32::from(info.type_) != LFS_TYPE_DIR || is_dots(&info) => {}
                Ok(_) => {
                    let name = info.name.split(|byte| *byte == 0).next().unwrap_or(&[]);
                    let Some(place) = path.get_mut(end..end + name.len() + 2) else { break Err(Errno::ENAMETOOLONG) };
                    place[..name.len()].copy_from_slice(name);
                    place[name.len()..].copy_from_slice(b"/\0");
                    match self.directories(state, path) {
                        Ok(below) => found += 1 + below,
                        Err(errno) => break Err(errno),
                    }
                    path[end..].fill(0);
                }
                Err(errno) => break Err(errno),
            }
        };
        // Sound: an open listing of the mounted state.
        lfs::lfs_dir_close(state, dir.as_mut_ptr());
        result
    }

    /// When the file at a path was changed, in seconds.
    fn modified(&self, state: *mut lfs::Lfs, path: &[u8; PATH]) -> u64 {
        let mut time = [0_u8; 8];
        // Sound: mounted; the path is closed by a zero; the buffer has the length given.
        let length = lfs::lfs_getattr(state, path.as_ptr(), TIME, time.as_mut_ptr().cast(), 8);
        if length == 8 { u64::from_le_bytes(time) / 1_000_000_000 } else { 0 }
    }
}

/// The device behind a configuration's context.
///
/// # Safety
/// The library was called by a method of `Bound`, which is still running.
unsafe fn device<'a>(config: *const lfs::LfsConfig) -> &'a dyn BlockDevice {
    // SAFETY: `configure` or `mounted` put the address of the method's `self` there.
    unsafe { (*(*config).context.cast::<Bound<'a>>()).device }
}

fn answer(result: Result<(), Errno>) -> i32 {
    result.map_or_else(|errno| -i32::from(errno.0), |()| 0)
}

unsafe extern "C" fn read(config: *const lfs::LfsConfig, block: u32, offset: u32, buffer: *mut u8, size: u32) -> i32 {
    // SAFETY: called by the library with its configuration and a buffer of `size` bytes.
    let (device, buffer) = unsafe { (device(config), core::slice::from_raw_parts_mut(buffer, size as usize)) };
    answer(device.read(block, offset, buffer))
}

unsafe extern "C" fn program(config: *const lfs::LfsConfig, block: u32, offset: u32, buffer: *const u8, size: u32) -> i32 {
    // SAFETY: as in `read`.
    let (device, buffer) = unsafe { (device(config), core::slice::from_raw_parts(buffer, size as usize)) };
    answer(device.program(block, offset, buffer))
}

unsafe extern "C" fn erase(config: *const lfs::LfsConfig, block: u32) -> i32 {
    // SAFETY: called by the library with its configuration.
    answer(unsafe { device(config) }.erase(block))
}

unsafe extern "C" fn sync(config: *const lfs::LfsConfig) -> i32 {
    // SAFETY: called by the library with its configuration.
    answer(unsafe { device(config) }.sync())
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

/// A path as the library wants it: not empty, closed by a zero.
fn terminated(path: &str) -> Result<[u8; PATH], Errno> {
    let mut buffer = [0; PATH];
    let path = if path.is_empty() { b"/" } else { path.as_bytes() };
    match buffer.get_mut(..path.len()) {
        Some(place) if path.len() < PATH => place.copy_from_slice(path),
        _ => return Err(Errno::ENAMETOOLONG),
    }
    Ok(buffer)
}

/// The library lists a directory itself and its parent.
fn is_dots(info: &lfs::LfsInfo) -> bool {
    matches!(info.name.split(|byte| *byte == 0).next(), Some(b"." | b".."))
}

fn stat_of(info: &lfs::LfsInfo, modified: u64) -> Stat {
    let is_dir = u32::from(info.type_) == LFS_TYPE_DIR;
    Stat { is_dir, size: if is_dir { 0 } else { info.size.into() }, modified, inode: 0 }
}

impl FileSystem for Bound<'_> {
    fn load(&self) -> Result<(), Errno> {
        let state = self.configure()?;
        // Sound: state and configuration are pinned and configured just above; no other call is under way, since the
        // interpreter is one thread and no callback calls back here.
        check(lfs::lfs_mount(state, self.state.config()))?;
        self.state.mounted.set(true);
        // A rename that was cut off is ended now: until then listings leave out the entry behind the one that moves. Where nothing
        // can be written, it stays so. Sound: mounted just now.
        lfs::lfs_fs_mkconsistent(state);
        Ok(())
    }

    fn format(&self) -> Result<(), Errno> {
        let state = self.configure()?;
        // Sound: as in `load`.
        check(lfs::lfs_format(state, self.state.config()))?;
        self.load()
    }

    fn attach(&self, _: bool) -> Result<(), Errno> {
        if self.state.mounted.get() { Ok(()) } else { self.load() }
    }

    /// What was not flushed is lost, as the reference loses it.
    fn unmount(&self) -> Result<(), Errno> {
        let Ok(state) = self.mounted() else { return Ok(()) };
        self.state.forget();
        // Sound: mounted, pinned, not re-entered; the library forgets its list of open files.
        check(lfs::lfs_unmount(state))
    }

    fn change_dir(&self, path: &str) -> Result<(), Errno> {
        if self.stat(path)?.is_dir { Ok(()) } else { Err(Errno::ENOENT) }
    }

    fn open(&self, path: &str, mode: OpenMode) -> Result<FileId, Errno> {
        let (state, path) = (self.mounted()?, terminated(path)?);
        let number = self.state.files.iter().position(|slot| !slot.used.get()).ok_or(Errno::EMFILE)?;
        let slot = &self.state.files[number];
        let bits = [
            (mode.read, LFS_O_RDONLY),
            (mode.write, LFS_O_WRONLY),
            (mode.create, LFS_O_CREAT),
            (mode.truncate, LFS_O_TRUNC),
            (mode.append, LFS_O_APPEND),
            (mode.exclusive, LFS_O_EXCL),
        ];
        let flags = bits.iter().filter(|bit| bit.0).fold(0, |flags, bit| flags | bit.1);
        // SAFETY: the slot is free, so the library knows none of its parts; all are pinned with the state.
        let opened = unsafe {
            (*slot.config.get()).buffer = self.state.cache(2 + number);
            slot.file.get().write_bytes(0, 1);
            lfs::lfs_file_opencfg(state, slot.file.get().cast(), path.as_ptr(), flags, slot.config.get())
        };
        check(opened)?;
        slot.changed.set(None);
        if mode.create || mode.truncate {
            self.touch(slot);
        }
        slot.used.set(true);
        Ok(FileId(number as u32))
    }

    fn read(&self, file: FileId, buffer: &mut [u8]) -> Result<usize, Errno> {
        let (state, file) = self.file(file)?;
        // Sound: an open file of the mounted state; the buffer has the length given.
        count(lfs::lfs_file_read(state, file, buffer.as_mut_ptr().cast(), buffer.len() as u32))
    }

    fn write(&self, id: FileId, bytes: &[u8]) -> Result<usize, Errno> {
        let (state, file) = self.file(id)?;
        self.touch(&self.state.files[id.0 as usize]);
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
        self.write_back(file)
    }

    fn close(&self, id: FileId) -> Result<(), Errno> {
        let (state, file) = self.file(id)?;
        let written = self.write_back(id);
        // Sound: as in `read`; the slot is free afterwards, whatever the answer: the library has forgotten the file.
        let closed = lfs::lfs_file_close(state, file);
        self.state.files[id.0 as usize].used.set(false);
        written.and(check(closed))
    }

    fn stat(&self, path: &str) -> Result<Stat, Errno> {
        let (state, path) = (self.mounted()?, terminated(path)?);
        let mut info = lfs::LfsInfo { type_: 0, size: 0, name: [0; 256] };
        // Sound: mounted; the path is closed by a zero.
        check(lfs::lfs_stat(state, path.as_ptr(), &mut info))?;
        Ok(stat_of(&info, self.modified(state, &path)))
    }

    fn open_dir(&self, path: &str) -> Result<DirId, Errno> {
        let (state, path) = (self.mounted()?, terminated(path)?);
        let number = self.state.listings.iter().position(|slot| !slot.used.get()).ok_or(Errno::EMFILE)?;
        let slot = &self.state.listings[number];
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
        let slot = self.state.listings.get(dir.0 as usize).filter(|slot| slot.used.get()).ok_or(Errno::EBADF)?;
        let mut info = lfs::LfsInfo { type_: 0, size: 0, name: [0; 256] };
        loop {
            // Sound: an open listing of the mounted state.
            if count(lfs::lfs_dir_read(state, slot.dir.get().cast(), &mut info))? == 0 {
                return Ok(None);
            }
            let found = info.name.split(|&byte| byte == 0).next().unwrap_or(&[]);
            if !is_dots(&info) {
                let length = found.len().min(name.len());
                name[..length].copy_from_slice(&found[..length]);
                return Ok(Some((length, stat_of(&info, 0))));
            }
        }
    }

    fn close_dir(&self, dir: DirId) {
        if let (Ok(state), Some(slot)) = (self.mounted(), self.state.listings.get(dir.0 as usize).filter(|slot| slot.used.get()))
        {
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
        // The library would, and nobody could reach the folder any more.
        if to.strip_prefix(from).is_some_and(|inside| inside.starts_with('/')) && self.stat(from)?.is_dir {
            return Err(Errno::EINVAL);
        }
        let (state, from, to) = (self.mounted()?, terminated(from)?, terminated(to)?);
        // Sound: mounted; both paths are closed by a zero.
        check(lfs::lfs_rename(state, from.as_ptr(), to.as_ptr()))
    }

    fn space(&self) -> Result<Space, Errno> {
        let state = self.mounted()?;
        let directories = self.directories(state, &mut terminated("/")?)?;
        // Sound: mounted. The C original, whose numbers programs know, counts the two blocks of a directory twice: in the list of
        // all directories, and where it is entered.
        let used = count(lfs::lfs_fs_size(state))? as u64 + 2 * directories;
        let blocks = u64::from(self.device.block_count());
        Ok(Space {
            block_size: self.device.block_size(),
            fragment: self.device.block_size(),
            blocks,
            free: blocks.saturating_sub(used),
            name_max: 255,
        })
    }
}

#[cfg(test)]
mod tests;
