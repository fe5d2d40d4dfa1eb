//! The classes of file systems that programs make: `vfs.VfsFat`, `vfs.VfsLfs1`, `vfs.VfsLfs2`, `vfs.VfsRom`.

use crate::fat::Fat;
use crate::format::{Format, InHeap};
use crate::littlefs::{Littlefs, Options};
use crate::littlefs1::Littlefs1;
use crate::rom::Rom;
use core::cell::Cell;
use interpreter::modules::BuiltinModule;
use interpreter::name;
use interpreter::object::exception::MEMORY_ERROR;
use interpreter::object::handle::{Args, type_word};
use interpreter::object::kind::{Rows, Slots, Type};
use interpreter::object::name::Name;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vfs::device::{self, Geometry, Protocol};
use interpreter::vfs::{Errno, driver};
use interpreter::vm::{Outcome, Vm};

/// The module `vfs` of a port that has nothing to add.
pub static VFS: BuiltinModule = BuiltinModule::new(name!(vfs), ROWS);
/// The same classes in `os`, where they were once.
pub static OS: BuiltinModule = BuiltinModule::new(name!(os), ROWS);

table! { pub ROWS, NAMES, DOCS:
    /// VfsFat(bdev): a FAT file system on a block device.
    const VfsFat = type_word(&VFS_FAT);
    /// VfsLfs1(bdev, readsize=32, progsize=32, lookahead=32): a littlefs of version 1 on a block device.
    const VfsLfs1 = type_word(&VFS_LFS1);
    /// VfsLfs2(bdev, readsize=32, progsize=32, lookahead=32, mtime=True): a littlefs on a block device.
    const VfsLfs2 = type_word(&VFS_LFS2);
    /// VfsRom(memory): the romfs that a bytes-like object holds.
    const VfsRom = type_word(&VFS_ROM);
}

/// Methods of FAT's class.
mod fat_rows {
    use super::{Word, fat, name, table};
    table! { pub ROWS, NAMES, DOCS:
        /// mkfs(bdev): makes an empty FAT file system on a block device.
        static def mkfs(1) = |vm, args| fat(vm, args, true).map(|_| Word::NONE);
    }
}

static FAT_SLOTS: Slots = Slots { make: Some(|vm, _, args| fat(vm, args, false)), ..Slots::NONE };
/// `vfs.VfsFat`.
pub static VFS_FAT: Type = driver::driver_type(name!(VfsFat), &FAT_SLOTS, fat_rows::ROWS);

/// Methods of littlefs's class.
mod lfs2_rows {
    use super::{Word, lfs2, name, table};
    table! { pub ROWS, NAMES, DOCS:
        /// mkfs(bdev, readsize=32, progsize=32, lookahead=32): makes an empty littlefs on a block device.
        static def mkfs(0..=5, keywords) = |vm, args| lfs2(vm, args, true).map(|_| Word::NONE);
    }
}

/// Methods of the class of littlefs 1.
mod lfs1_rows {
    use super::{Word, lfs1, name, table};
    table! { pub ROWS, NAMES, DOCS:
        /// mkfs(bdev, readsize=32, progsize=32, lookahead=32): makes an empty littlefs of version 1 on a block device.
        static def mkfs(0..=4, keywords) = |vm, args| lfs1(vm, args, true).map(|_| Word::NONE);
    }
}

static LFS1_SLOTS: Slots = Slots { make: Some(|vm, _, args| lfs1(vm, args, false)), ..Slots::NONE };
/// `vfs.VfsLfs1`.
pub static VFS_LFS1: Type = driver::driver_type(name!(VfsLfs1), &LFS1_SLOTS, lfs1_rows::ROWS);

static LFS2_SLOTS: Slots = Slots { make: Some(|vm, _, args| lfs2(vm, args, false)), ..Slots::NONE };
/// `vfs.VfsLfs2`.
pub static VFS_LFS2: Type = driver::driver_type(name!(VfsLfs2), &LFS2_SLOTS, lfs2_rows::ROWS);

/// The object of a file system on `device`: formatted or loaded.
fn volume<F: Format>(
    vm: &Vm,
    ty: &'static Type,
    (device, geometry): (Word, Geometry),
    buffers: usize,
    format: impl FnOnce(&'static [Cell<u8>]) -> F,
    make: bool,
) -> Outcome {
    let memory = vm.new_raw_bytes(buffers)?;
    let keeps = vm.new_tuple(&[device, memory.word()])?;
    // They live as long as the object that keeps them, in which the format is.
    let format = format(memory.get().tail());
    let object = vm.new_volume(ty, InHeap::new(format, geometry), keeps)?;
    driver::driver(vm, object)?.on(vm, |fs| match (make, F::PROTOCOL) {
        (true, _) => fs.format(),
        // The class of FAT takes a device that has no file system yet: `mount` may make one.
        (false, Protocol::Blocks) => fs.load().or_else(|errno| if errno == Errno::ENODEV { Ok(()) } else { Err(errno) }),
        (false, Protocol::Parts) => fs.load(),
    })?;
    Ok(object)
}

fn fat(vm: &Vm, args: Args, make: bool) -> Outcome {
    vm.expect_count(args, 1, 1)?;
    let device = (args.at(0), device::start(vm, args.at(0))?);
    match device.1.block_size {
        0..=512 => volume(vm, &VFS_FAT, device, 0, |_| Fat::<512>::new(), make),
        _ => volume(vm, &VFS_FAT, device, 0, |_| Fat::<4096>::new(), make),
    }
}

/// Argument `index`, or the keyword argument `name`.
fn argument(args: Args, index: usize, name: Name) -> Option<Word> {
    args.either(index, name)
}

/// What both classes of littlefs are made with.
struct Given {
    device: (Word, Geometry),
    read: u32,
    program: u32,
    lookahead: u32,
    times: bool,
}

fn given(vm: &Vm, args: Args, names: &[Name]) -> Outcome<Given> {
    vm.only_keywords(args, names)?;
    if args.len() > names.len() {
        return Err(vm.type_error("too many arguments"));
    }
    let size = |index: usize| match argument(args, index, names[index]) {
        None => Ok(32),
        Some(size) => match u32::try_from(vm.index(size)?) {
            Ok(size) if (1..=1 << 16).contains(&size) => Ok(size),
            _ => Err(vm.os_error(Errno::EINVAL.0)),
        },
    };
    let Some(bdev) = argument(args, 0, names[0]) else {
        return Err(vm.type_error("'bdev' argument required"));
    };
    let times = names.get(4).and_then(|name| argument(args, 4, *name)).map_or(Ok(true), |times| vm.truth(times))?;
    let (read, program, lookahead) = (size(1)?, size(2)?, size(3)?);
    Ok(Given { device: (bdev, device::start(vm, bdev)?), read, program, lookahead, times })
}

fn lfs1(vm: &Vm, args: Args, make: bool) -> Outcome {
    let given = given(vm, args, &[name!(bdev), name!(readsize), name!(progsize), name!(lookahead)])?;
    let unit = given.program as usize;
    volume(vm, &VFS_LFS1, given.device, Littlefs1::buffers(unit), |buffers| Littlefs1::new(unit, buffers), make)
}

fn lfs2(vm: &Vm, args: Args, make: bool) -> Outcome {
    let given = given(vm, args, &[name!(bdev), name!(readsize), name!(progsize), name!(lookahead), name!(mtime)])?;
    let Given { device, read, program, lookahead, times } = given;
    let cache = device.1.block_size.min(4 * read.max(program));
    let options = Options { read, program, cache, lookahead, cycles: 100, times };
    volume(vm, &VFS_LFS2, device, options.buffers(), |buffers| Littlefs::new(options, buffers), make)
}

static ROM_SLOTS: Slots = Slots { make: Some(rom), ..Slots::NONE };
/// `vfs.VfsRom`.
pub static VFS_ROM: Type = driver::driver_type(name!(VfsRom), &ROM_SLOTS, Rows::NONE);

fn rom(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    vm.expect_count(args, 1, 1)?;
    let object = vm.new_volume(&VFS_ROM, Rom::new(), args.at(0))?;
    driver::driver(vm, object)?.on(vm, |fs| fs.load())?;
    Ok(object)
}

/// A format that says who it is in its first two blocks: where there, and its class.
pub type Mark = (u32, &'static Type);
/// littlefs of version 2.
pub const LFS2: Mark = (8, &VFS_LFS2);
/// All there are.
pub const MARKS: &[Mark] = &[LFS2, (40, &VFS_LFS1)];

/// The object of the file system that a block device holds, for `Port::file_system_on`: of one that has its mark there, all else is
/// FAT's to judge.
///
/// # Errors
/// `OSError(ENODEV)` when there is none that is known, and what the device raises.
pub fn find(vm: &Vm, bdev: Word, marks: &[Mark]) -> Outcome {
    let ty = match marked(vm, bdev, marks) {
        Ok(found) => found.unwrap_or(&VFS_FAT),
        Err(raised) if vm.is_instance(vm.peek_raised(raised), &MEMORY_ERROR) => return Err(raised),
        // A device that knows no offsets has no littlefs.
        Err(raised) => {
            vm.take_raised(raised);
            &VFS_FAT
        }
    };
    vm.call(type_word(ty), &[bdev])
}

/// The class whose mark a device holds.
fn marked(vm: &Vm, bdev: Word, marks: &[Mark]) -> Outcome<Option<&'static Type>> {
    let (geometry, mut found) = (device::start(vm, bdev)?, None);
    device::using(vm, bdev, Protocol::Parts, geometry, &mut |device| {
        for (block, (offset, ty)) in (0..2).flat_map(|block| marks.iter().map(move |mark| (block, *mark))) {
            let mut mark = [0; 8];
            if found.is_none() && device.read(block, offset, &mut mark).is_ok() && &mark == b"littlefs" {
                found = Some(ty);
            }
        }
    })?;
    Ok(found)
}
