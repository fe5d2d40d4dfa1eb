//! A Rust file system as a Python object: MicroPython's VFS protocol over `FileSystem`.

use super::{Errno, FileSystem, Volume, file};
use crate::object::exception;
use crate::object::handle::{Args, Handle};
use crate::object::kind::{Header, Kind, Rows, Slots, Type};
use crate::object::print::Builder;
use crate::object::str::utf8;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

/// The object.
#[repr(C)]
pub struct Driver {
    header: Header,
    /// What must live as long as it does: a device that is written in Python, the volume's own memory.
    keeps: Word,
    /// Current directory within it: a `str` that begins with a slash.
    directory: Cell<Word>,
    volume: &'static dyn Volume,
    /// Whether it was mounted to be read only.
    readonly: Cell<bool>,
}

static SLOTS: Slots = Slots::NONE;

/// The type of drivers' objects.
pub static DRIVER: Type = Type {
    header: Header::of(&crate::object::class::TYPE),
    slots: &SLOTS,
    name: name!(FileSystem),
    kind: Kind::FileSystem,
    traced: 2,
    base: None,
    rows: ROWS,
};

/// A type of file systems that programs make by themselves: `rows` are what it has besides what all have.
pub const fn driver_type(name: crate::object::name::Name, slots: &'static Slots, rows: &'static Rows) -> Type {
    Type {
        header: Header::of(&crate::object::class::TYPE),
        slots,
        name,
        kind: Kind::FileSystem,
        traced: 2,
        base: Some(&DRIVER),
        rows,
    }
}

table! { pub ROWS, NAMES, DOCS:
    /// mount(readonly, mkfs): called by `vfs.mount`.
    def mount(3) = mount;
    /// umount(): called by `vfs.umount`.
    def umount(1) = |vm, args| { let driver = driver(vm, args.at(0))?; driver.on(vm, |fs| fs.unmount())?; Ok(Word::NONE) };
    /// open(path, mode): opens a file.
    def open(3) = open;
    /// ilistdir([path]): an iterator of (name, type, inode, size).
    def ilistdir(1..=2) = list;
    /// stat(path): a tuple of ten numbers.
    def stat(2) = stat;
    /// statvfs(path): a tuple of ten numbers.
    def statvfs(2) = space;
    /// mkdir(path): makes a directory.
    def mkdir(2) = |vm, args| on_path(vm, args, |fs, path| fs.make_dir(path));
    /// rmdir(path): removes an empty directory.
    def rmdir(2) = |vm, args| on_path(vm, args, |fs, path| fs.remove(path, true));
    /// remove(path): removes a file.
    def remove(2) = |vm, args| on_path(vm, args, |fs, path| fs.remove(path, false));
    /// rename(from, to): renames.
    def rename(3) = rename;
    /// chdir(path): sets the current directory.
    def chdir(2) = change_directory;
    /// getcwd(): the current directory.
    def getcwd(1) = current_directory;
}

impl Driver {
    /// Uses the driver. What its device raised, if that is written in Python, comes before what the driver made of it.
    ///
    /// # Errors
    /// `OSError`, and what a device written in Python raises.
    pub fn on<T>(&self, vm: &Vm, action: impl FnOnce(&dyn FileSystem) -> Result<T, Errno>) -> Outcome<T> {
        let (mut action, mut result) = (Some(action), Err(Errno::EBUSY));
        self.volume.with(vm.here(), self.keeps, &mut |fs| {
            if let Some(action) = action.take() {
                result = action(fs);
            }
        })?;
        result.map_err(|errno| vm.os_error(errno.0))
    }

    /// What came of an action, which is told about these paths where it failed and the operating system has words for that.
    ///
    /// # Errors
    /// What it failed of.
    fn about<T>(&self, vm: &Vm, paths: &[Word], outcome: Outcome<T>) -> Outcome<T> {
        outcome.map_err(|raised| {
            exception::system::tell(vm, raised, paths, |number| {
                let mut said = None;
                self.volume.with(vm.here(), self.keeps, &mut |fs| said = fs.words(Errno(number)))?;
                Ok(said)
            })
        })
    }

    /// A bytes-like object that shows the bytes of an open file; `NONE` for most.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn mapped(&self, vm: &Vm, file: super::FileId) -> Outcome {
        self.volume.mapped(vm.here(), self.keeps, file)
    }

    fn writable(&self, vm: &Vm) -> Outcome<()> {
        if self.readonly.get() { Err(vm.os_error(Errno::EROFS.0)) } else { Ok(()) }
    }
}

/// The Python object of a driver, ready to be mounted.
pub fn new(vm: &Vm, volume: &'static dyn Volume) -> Outcome {
    new_of(vm, &DRIVER, volume, Word::NONE)
}

/// The same of a type made by `driver_type`, which keeps `keeps` alive.
pub fn new_of(vm: &Vm, ty: &'static Type, volume: &'static dyn Volume, keeps: Word) -> Outcome {
    let (directory, readonly) = (Cell::new(Word::name(name!("/"))), Cell::new(false));
    Ok(vm.new_object(Driver { header: Header::of(ty), volume, keeps, directory, readonly })?.word())
}

/// The driver behind a file system's object.
///
/// # Errors
/// `TypeError` for anything else.
pub fn driver(vm: &Vm, word: Word) -> Outcome<Handle<Driver>> {
    Handle::from(vm.native(word)).ok_or_else(|| vm.type_error("a file system is needed"))
}

fn mount(vm: &Vm, args: Args) -> Outcome {
    let driver = driver(vm, args.at(0))?;
    let make = vm.truth(args.at(2))?;
    driver.on(vm, |fs| fs.attach(make))?;
    driver.readonly.set(vm.truth(args.at(1))?);
    Ok(Word::NONE)
}

/// `path` from the root of its file system: absolute, without `.`, `..` and double slashes; the root is "/".
pub(crate) fn absolute(vm: &Vm, driver: &Driver, path: Word) -> Outcome {
    let Some(path) = text_of_path(vm, path)? else { return Err(vm.type_error("a path is a str")) };
    if path.as_bytes().contains(&0) {
        return Err(vm.os_error(Errno::EINVAL.0));
    }
    let current = if path.starts_with('/') { Word::name(name!("")) } else { directory(vm, driver)? };
    let base = vm.text_of(current);
    let mut out = Builder::with_capacity(vm, base.len() + 1 + path.len())?;
    for part in base.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => while out.pop().is_some_and(|byte| byte != b'/') {},
            _ => {
                out.push(vm, b"/")?;
                out.push(vm, part.as_bytes())?;
            }
        }
    }
    if out.len() == 0 { Ok(Word::name(name!("/"))) } else { out.finish_str(vm) }
}

/// A path's text: a `str`, or `bytes` of UTF-8.
pub(super) fn text_of_path(vm: &Vm, path: Word) -> Outcome<Option<&str>> {
    if let Some(path) = vm.as_text(path) {
        return Ok(Some(path));
    }
    match Handle::<crate::object::bytes::Bytes>::from(path) {
        Some(path) => Ok(utf8::checked(path.get().bytes())),
        None => Ok(None),
    }
}

fn on_path(vm: &Vm, args: Args, action: impl FnOnce(&dyn FileSystem, &str) -> Result<(), Errno>) -> Outcome {
    let driver = driver(vm, args.at(0))?;
    driver.writable(vm)?;
    let path = absolute(vm, &driver, args.at(1))?;
    driver.about(vm, &[args.at(1)], driver.on(vm, |fs| action(fs, vm.text_of(path))))?;
    Ok(Word::NONE)
}

fn open(vm: &Vm, args: Args) -> Outcome {
    let driver = driver(vm, args.at(0))?;
    let Some(mode) = vm.as_text(args.at(2)) else { return Err(vm.type_error("a mode is a str")) };
    let (mode, text) = file::parse_mode(vm, mode)?;
    if let Some(descriptor) = args.at(1).as_int() {
        return file::open_stream(vm, driver, text, || driver.on(vm, |fs| fs.adopt(descriptor)));
    }
    if mode.write {
        driver.writable(vm)?;
    }
    let path = absolute(vm, &driver, args.at(1))?;
    file::open_stream(vm, driver, text, || driver.about(vm, &[args.at(1)], open_or_collect(vm, &driver, path, mode)))
}

/// Files that the program forgot to close hold their place: where there is none left, they are found, and it is tried again.
fn open_or_collect(vm: &Vm, driver: &Driver, path: Word, mode: super::OpenMode) -> Outcome<super::FileId> {
    let mut full = false;
    let opened = driver.on(vm, |fs| {
        let opened = fs.open(vm.text_of(path), mode);
        full = opened == Err(Errno::EMFILE);
        opened
    });
    match opened {
        Err(raised) if full => {
            vm.take_raised(raised);
            vm.collect_explicitly();
            vm.attend_weak();
            driver.on(vm, |fs| fs.open(vm.text_of(path), mode))
        }
        opened => opened,
    }
}

fn rename(vm: &Vm, args: Args) -> Outcome {
    let driver = driver(vm, args.at(0))?;
    driver.writable(vm)?;
    let from = absolute(vm, &driver, args.at(1))?;
    let to = absolute(vm, &driver, args.at(2))?;
    let renamed = driver.on(vm, |fs| fs.rename(vm.text_of(from), vm.text_of(to)));
    driver.about(vm, &[args.at(1), args.at(2)], renamed)?;
    Ok(Word::NONE)
}

const DIRECTORY: isize = 0x4000;
const FILE: isize = 0x8000;

fn stat(vm: &Vm, args: Args) -> Outcome {
    let driver = driver(vm, args.at(0))?;
    let path = absolute(vm, &driver, args.at(1))?;
    let stat = driver.about(vm, &[args.at(1)], driver.on(vm, |fs| fs.stat(vm.text_of(path))))?;
    let mut row = [Word::int(0); 10];
    row[0] = Word::int(if stat.is_dir { DIRECTORY } else { FILE });
    row[1] = vm.new_int(stat.inode as i64)?;
    row[6] = vm.new_int(stat.size as i64)?;
    // No time at all is 0 from whenever a port counts.
    row[7..].fill(vm.new_int(stat.modified.saturating_sub(vm.port.epoch()) as i64)?);
    vm.new_tuple(&row)
}

fn space(vm: &Vm, args: Args) -> Outcome {
    let driver = driver(vm, args.at(0))?;
    let space = driver.on(vm, |fs| fs.space())?;
    let mut row = [Word::int(0); 10];
    row[0] = Word::int(space.block_size as isize);
    row[1] = Word::int(space.fragment as isize);
    row[2] = vm.new_int(space.blocks as i64)?;
    row[3..5].fill(vm.new_int(space.free as i64)?);
    row[9] = Word::int(space.name_max as isize);
    vm.new_tuple(&row)
}

/// Lists a directory. The listing is read at once: a program may remove what it is shown.
fn list(vm: &Vm, args: Args) -> Outcome {
    let driver = driver(vm, args.at(0))?;
    let given = args.get(1).unwrap_or(Word::name(name!("")));
    let path = absolute(vm, &driver, given)?;
    let as_bytes = vm.as_text(given).is_none();
    let entries = vm.new_list(&[])?;
    let dir = driver.about(vm, &[given], driver.on(vm, |fs| fs.open_dir(vm.text_of(path))))?;
    // 255 characters, each of three bytes at most.
    let mut name = [0; 768];
    let result = loop {
        let next = driver.on(vm, |fs| fs.read_dir(dir, &mut name));
        let Ok(Some((length, stat))) = next else { break next.map(|_| ()) };
        let added = entry(vm, &name[..length], as_bytes, stat).and_then(|row| vm.call_method(entries, name!(append), &[row]));
        if let Err(raised) = added {
            break Err(raised);
        }
    };
    // What the listing raised waits while the directory is closed.
    let raised = result.err().map(|raised| vm.take_raised(raised));
    let closed = driver.on(vm, |fs| {
        fs.close_dir(dir);
        Ok(())
    });
    match raised {
        None => closed?,
        Some(exception) => {
            if let Err(raised) = closed {
                vm.take_raised(raised);
            }
            return Err(vm.raise_word(exception));
        }
    }
    vm.iter(entries)
}

fn entry(vm: &Vm, name: &[u8], as_bytes: bool, stat: super::Stat) -> Outcome {
    let name = match core::str::from_utf8(name) {
        Ok(name) if !as_bytes => vm.new_str(name)?,
        _ => vm.new_bytes(name)?,
    };
    let kind = Word::int(if stat.is_dir { DIRECTORY } else { FILE });
    vm.new_tuple(&[name, kind, vm.new_int(stat.inode as i64)?, vm.new_int(stat.size as i64)?])
}

fn change_directory(vm: &Vm, args: Args) -> Outcome {
    let driver = driver(vm, args.at(0))?;
    let path = absolute(vm, &driver, args.at(1))?;
    driver.about(vm, &[args.at(1)], driver.on(vm, |fs| fs.change_dir(vm.text_of(path))))?;
    driver.directory.set(path);
    Ok(Word::NONE)
}

fn current_directory(vm: &Vm, args: Args) -> Outcome {
    directory(vm, &*driver(vm, args.at(0))?)
}

/// The current directory: the driver's own, or as the operating system knows it.
fn directory(vm: &Vm, driver: &Driver) -> Outcome {
    let mut path = [0; 512];
    match driver.on(vm, |fs| fs.current_dir(&mut path))? {
        None => Ok(driver.directory.get()),
        Some(length) => match path.get(..length).and_then(|path| utf8::checked(path)) {
            Some(path) => vm.new_str(path),
            None => Err(vm.os_error(Errno::ENAMETOOLONG.0)),
        },
    }
}
