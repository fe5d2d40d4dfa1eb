//! `vfs` on a computer: its own files as a file system that programs mount.

use crate::posix::Posix;
use interpreter::object::handle::{Args, type_word};
use interpreter::object::kind::{Rows, Slots, Type};
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vfs::driver;
use interpreter::vm::{Outcome, Vm};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;

table! { pub ROWS, NAMES, DOCS:
    /// VfsPosix([root]): the files below a directory of this computer.
    const VfsPosix = type_word(&VFS_POSIX);
    /// VfsFat(bdev): a FAT file system on a block device.
    const VfsFat = type_word(&storage::object::VFS_FAT);
    /// VfsLfs1(bdev, readsize=32, progsize=32, lookahead=32): a littlefs of version 1 on a block device.
    const VfsLfs1 = type_word(&storage::object::VFS_LFS1);
    /// VfsLfs2(bdev, readsize=32, progsize=32, lookahead=32, mtime=True): a littlefs on a block device.
    const VfsLfs2 = type_word(&storage::object::VFS_LFS2);
    /// VfsRom(memory): the romfs that a bytes-like object holds.
    const VfsRom = type_word(&storage::object::VFS_ROM);
}

static SLOTS: Slots = Slots { make: Some(|vm, _, args| posix(vm, args)), ..Slots::NONE };
/// `vfs.VfsPosix`.
static VFS_POSIX: Type = driver::driver_type(name!(VfsPosix), &SLOTS, Rows::NONE);

thread_local! {
    /// One driver for each root: objects in Python's heap point to them for ever.
    static DRIVERS: RefCell<BTreeMap<PathBuf, &'static Posix>> = const { RefCell::new(BTreeMap::new()) };
}

fn posix(vm: &Vm, args: Args) -> Outcome {
    vm.expect_count(args, 0, 1)?;
    let given = args.get(0).map_or(Some(""), |root| vm.as_text(root)).ok_or_else(|| vm.type_error("a path is a str"))?;
    // As all that MicroPython's file systems refuse: a number alone.
    let current = std::env::current_dir().map_err(|error| vm.os_error(crate::posix::errno(&error).0))?;
    let root = if given.is_empty() { PathBuf::from("/") } else { current.join(given) };
    let driver =
        DRIVERS.with_borrow_mut(|drivers| *drivers.entry(root.clone()).or_insert_with(|| Box::leak(Box::new(Posix::new(root)))));
    driver::new_of(vm, &VFS_POSIX, driver, Word::NONE)
}
