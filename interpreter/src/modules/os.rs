//! `os`: files and directories of whatever is mounted.

use crate::object::attrtuple;
use crate::object::handle::Args;
use crate::object::kind::{Slots, Type};
use crate::object::name::Name;
use crate::object::word::Word;
use crate::vfs::mount;
use crate::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// chdir(path): sets the current directory.
    def chdir(1) = mount::change_directory;
    /// dupterm(stream[, index]): the stream is a second terminal from now on, None ends that; answers the one before.
    #[cfg(feature = "board")]
    def dupterm(1..=2) = crate::vm::terminal::duplicate;
    /// getcwd(): the current directory.
    def getcwd(0) = |vm, _| mount::current_directory(vm);
    /// ilistdir([path]): an iterator of (name, type, inode, size).
    def ilistdir(0..=1) = mount::list;
    /// listdir([path]): a list of names.
    def listdir(0..=1) = mount::names;
    /// mkdir(path): makes a directory.
    def mkdir(1) = mount::make_directory;
    /// remove(path): removes a file.
    def remove(1) = |vm, args| mount::ask(vm, name!(remove), args);
    /// unlink(path): removes a file.
    def unlink(1) = |vm, args| mount::ask(vm, name!(remove), args);
    /// rmdir(path): removes an empty directory.
    def rmdir(1) = |vm, args| mount::ask(vm, name!(rmdir), args);
    /// rename(from, to): renames.
    def rename(2) = mount::rename;
    /// stat(path): a tuple of ten numbers: [0] kind (0x4000 directory, 0x8000 file), [6] size, [7] to [9] times.
    def stat(1) = mount::stat;
    /// statvfs(path): a tuple of ten numbers: [0] block size, [2] blocks, [3] free blocks.
    def statvfs(1) = mount::space;
    /// mount(fs, path): as `vfs.mount`.
    def mount(0..=2, keywords) = mount::mount;
    /// umount(fs or path): as `vfs.umount`.
    def umount(1) = mount::unmount;
    /// sync(): makes everything written last. Every file does so when it is closed.
    def sync(0) = |_, _| Ok(Word::NONE);
    /// uname(): (sysname, nodename, release, version, machine).
    def uname(0) = uname;
    /// urandom(n): n random bytes.
    def urandom(1) = random;
    /// The separator of paths.
    const sep = Word::name(name!("/"));
}

/// Names of what `uname` answers.
pub const MORE: &[&str] = &["sysname", "nodename", "release", "version", "machine"];

const FIELDS: [Name; 5] = [name!(sysname), name!(nodename), name!(release), name!(version), name!(machine)];
static UNAME_SLOTS: Slots = Slots {
    print: Some(|vm, word, out, _| attrtuple::print(vm, word, out, &FIELDS)),
    attribute: Some(|vm, word, name, access| attrtuple::attribute(vm, word, name, access, &FIELDS)),
    ..attrtuple::SHARED
};
/// The type of what `uname` answers.
static UNAME: Type = attrtuple::attrtuple_type(name!(uname), &UNAME_SLOTS);

fn uname(vm: &Vm, _: Args) -> Outcome {
    let platform = vm.new_str(vm.port.platform())?;
    let machine = vm.new_str(vm.port.machine())?;
    let version = Word::name(name!("1.28.0"));
    vm.new_attrtuple(&UNAME, &[platform, platform, version, Word::name(super::sys::VERSION), machine])
}

fn random(vm: &Vm, args: Args) -> Outcome {
    let count = usize::try_from(vm.index(args.at(0))?).map_err(|_| vm.value_error("negative count"))?;
    let mut builder = crate::object::print::Builder::with_capacity(vm, count)?;
    while builder.len() < count {
        let bytes = vm.port.entropy().to_le_bytes();
        builder.push(vm, &bytes[..(count - builder.len()).min(8)])?;
    }
    builder.finish_bytes(vm)
}
