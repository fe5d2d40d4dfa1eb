//! A Rust file system as a Python object: MicroPython's VFS protocol over `FileSystem`.

use super::{Errno, FileSystem, file};
use crate::object::handle::{Args, Handle};
use crate::object::kind::{ALL, Header, Kind, Slots, Type};
use crate::object::print::Builder;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

/// The object.
#[repr(C)]
pub struct Driver {
    header: Header,
    file_system: &'static dyn FileSystem,
    /// Current directory within it: a `str` that begins and ends with a slash.
    directory: Cell<Word>,
}

static SLOTS: Slots = Slots::NONE;

/// The type of drivers' objects.
pub static DRIVER: Type = Type {
    header: Header::of(&crate::object::class::TYPE),
    slots: &SLOTS,
    name: name!(FileSystem),
    kind: Kind::FileSystem,
    traced: ALL,
    base: None,
    rows: ROWS,
};

table! { pub ROWS, NAMES, DOCS:
    /// mount(readonly, mkfs): called by `vfs.mount`.
    def mount(3) = |_, _| Ok(Word::NONE);
    /// umount(): called by `vfs.umount`.
    def umount(1) = |_, _| Ok(Word::NONE);
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
    /// The driver.
    pub fn file_system(&self) -> &'static dyn FileSystem {
        self.file_system
    }
}

/// The Python object of a driver, ready to be mounted.
pub fn new(vm: &Vm, file_system: &'static dyn FileSystem) -> Outcome {
    let directory = Cell::new(Word::name(name!("/")));
    Ok(vm.new_object(Driver { header: Header::of(&DRIVER), file_system, directory })?.word())
}

fn driver(vm: &Vm, word: Word) -> Outcome<Handle<Driver>> {
    Handle::from(vm.native(word)).ok_or_else(|| vm.type_error("a file system is needed"))
}

/// `path` from the root of its file system: absolute, without `.`, `..` and double slashes; the root is "/".
fn absolute(vm: &Vm, driver: &Driver, path: Word) -> Outcome {
    let Some(path) = vm.as_text(path) else { return Err(vm.type_error("a path is a str")) };
    if path.contains('\0') {
        return Err(vm.os_error(Errno::EINVAL.0));
    }
    let base = if path.starts_with('/') { "" } else { vm.text_of(driver.directory.get()) };
    let mut out = Builder::new();
    let mut skip = 0;
    // From the back, so that `..` can drop what comes before it; then turned round, part by part.
    for part in base.split('/').chain(path.split('/')).rev() {
        match part {
            "" | "." => {}
            ".." => skip += 1,
            _ if skip > 0 => skip -= 1,
            _ => {
                let mut longer = Builder::with_capacity(vm, part.len() + 1 + out.len())?;
                longer.push(vm, b"/")?;
                longer.push(vm, part.as_bytes())?;
                for cell in out.cells() {
                    longer.push(vm, &[cell.get()])?;
                }
                out = longer;
            }
        }
    }
    if out.len() == 0 { Ok(Word::name(name!("/"))) } else { out.finish_str(vm) }
}

fn on_path(vm: &Vm, args: Args, action: impl FnOnce(&dyn FileSystem, &str) -> Result<(), Errno>) -> Outcome {
    let driver = driver(vm, args.at(0))?;
    let path = absolute(vm, &driver, args.at(1))?;
    action(driver.file_system, vm.text_of(path)).map_err(|errno| vm.os_error(errno.0))?;
    Ok(Word::NONE)
}

fn open(vm: &Vm, args: Args) -> Outcome {
    let driver = driver(vm, args.at(0))?;
    let (mode, text) = file::parse_mode(vm, vm.text_of(args.at(2)))?;
    let path = absolute(vm, &driver, args.at(1))?;
    let opened = driver.file_system.open(vm.text_of(path), mode);
    // Files that the program forgot to close hold their place: find them, and try again.
    let opened = if opened == Err(Errno::EMFILE) {
        vm.collect_explicitly();
        driver.file_system.open(vm.text_of(path), mode)
    } else {
        opened
    };
    file::new_stream(vm, driver, opened.map_err(|errno| vm.os_error(errno.0))?, text)
}

fn rename(vm: &Vm, args: Args) -> Outcome {
    let driver = driver(vm, args.at(0))?;
    let from = absolute(vm, &driver, args.at(1))?;
    let to = absolute(vm, &driver, args.at(2))?;
    driver.file_system.rename(vm.text_of(from), vm.text_of(to)).map_err(|errno| vm.os_error(errno.0))?;
    Ok(Word::NONE)
}

const DIRECTORY: isize = 0x4000;
const FILE: isize = 0x8000;

fn stat(vm: &Vm, args: Args) -> Outcome {
    let driver = driver(vm, args.at(0))?;
    let path = absolute(vm, &driver, args.at(1))?;
    let stat = driver.file_system.stat(vm.text_of(path)).map_err(|errno| vm.os_error(errno.0))?;
    let mut row = [Word::int(0); 10];
    row[0] = Word::int(if stat.is_dir { DIRECTORY } else { FILE });
    row[1] = vm.new_int(stat.inode as i64)?;
    row[6] = vm.new_int(stat.size as i64)?;
    row[7..].fill(vm.new_int(stat.modified as i64)?);
    vm.new_tuple(&row)
}

fn space(vm: &Vm, args: Args) -> Outcome {
    let driver = driver(vm, args.at(0))?;
    let space = driver.file_system.space().map_err(|errno| vm.os_error(errno.0))?;
    let mut row = [Word::int(0); 10];
    row[..2].fill(Word::int(space.block_size as isize));
    row[2] = vm.new_int(space.blocks as i64)?;
    row[3..5].fill(vm.new_int(space.free as i64)?);
    row[9] = Word::int(space.name_max as isize);
    vm.new_tuple(&row)
}

/// Lists a directory. The listing is read at once: a program may remove what it is shown.
fn list(vm: &Vm, args: Args) -> Outcome {
    let driver = driver(vm, args.at(0))?;
    let path = absolute(vm, &driver, args.get(1).unwrap_or(Word::name(name!(""))))?;
    let entries = vm.new_list(&[])?;
    let dir = driver.file_system.open_dir(vm.text_of(path)).map_err(|errno| vm.os_error(errno.0))?;
    let mut name = [0; 256];
    let result = loop {
        match driver.file_system.read_dir(dir, &mut name) {
            Ok(None) => break Ok(()),
            Ok(Some((length, stat))) => {
                let added = entry(vm, &name[..length], stat).and_then(|row| vm.call_method(entries, name!(append), &[row]));
                if let Err(raised) = added {
                    break Err(raised);
                }
            }
            Err(errno) => break Err(vm.os_error(errno.0)),
        }
    };
    driver.file_system.close_dir(dir);
    result?;
    vm.iter(entries)
}

fn entry(vm: &Vm, name: &[u8], stat: super::Stat) -> Outcome {
    let name = match core::str::from_utf8(name) {
        Ok(name) => vm.new_str(name)?,
        Err(_) => vm.new_bytes(name)?,
    };
    let kind = Word::int(if stat.is_dir { DIRECTORY } else { FILE });
    vm.new_tuple(&[name, kind, vm.new_int(stat.inode as i64)?, vm.new_int(stat.size as i64)?])
}

fn change_directory(vm: &Vm, args: Args) -> Outcome {
    let driver = driver(vm, args.at(0))?;
    let path = absolute(vm, &driver, args.at(1))?;
    match driver.file_system.stat(vm.text_of(path)) {
        Ok(stat) if stat.is_dir => driver.directory.set(path),
        Ok(_) => return Err(vm.os_error(Errno::ENOTDIR.0)),
        Err(errno) => return Err(vm.os_error(errno.0)),
    }
    Ok(Word::NONE)
}

fn current_directory(vm: &Vm, args: Args) -> Outcome {
    Ok(driver(vm, args.at(0))?.directory.get())
}
