//! `_posix`: files, their descriptors and their owners, as the system has them. `os` is Python over it (`frozen/_os`), so paths
//! come here as `str` and times leave in nanoseconds.

use super::termios::descriptor;
use interpreter::object::exception;
use interpreter::object::handle::Args;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Raised, Vm};
use nix::errno::Errno;
use nix::fcntl::{AtFlags, OFlag};
use nix::poll::PollFlags;
use nix::sys::stat::Mode;
use nix::unistd::{self, AccessFlags, Whence};
use std::fs::{self, File, FileTimes, Metadata, OpenOptions, Permissions};
use std::os::fd::{AsRawFd, IntoRawFd, RawFd};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

table! { pub ROWS, NAMES, DOCS:
    /// stat(path or descriptor, follow): (mode, inode, device, links, user, group, size, and three times in nanoseconds).
    def stat(2) = stat;
    /// chmod(path or descriptor, mode): sets who may do what.
    def chmod(2) = |vm, args| {
        let permissions = Permissions::from_mode(vm.index(args.at(1))? as u32);
        match path(vm, args.at(0)) {
            Some(path) => done(vm, args, fs::set_permissions(path, permissions)),
            None => done(vm, args, file(vm, args)?.set_permissions(permissions)),
        }
    };
    /// mkdir(path, mode): makes a directory.
    def mkdir(2) = |vm, args| done(vm, args, fs::DirBuilder::new().mode(vm.index(args.at(1))? as u32).create(text(vm, args.at(0))?));
    /// link(from, to): a second name of a file.
    def link(2) = |vm, args| done(vm, args, fs::hard_link(text(vm, args.at(0))?, text(vm, args.at(1))?));
    /// symlink(to, path): a symbolic link.
    def symlink(2) = |vm, args| done(vm, args, std::os::unix::fs::symlink(text(vm, args.at(0))?, text(vm, args.at(1))?));
    /// readlink(path): where a symbolic link leads.
    def readlink(1) = |vm, args| {
        let to = fs::read_link(text(vm, args.at(0))?).map_err(|error| failed(vm, args, &error))?;
        vm.new_str(&to.to_string_lossy())
    };
    /// truncate(path or descriptor, size): cuts a file, or fills it up with zeros.
    def truncate(2) = |vm, args| {
        let size = vm.index(args.at(1))? as u64;
        match path(vm, args.at(0)) {
            Some(path) => done(vm, args, OpenOptions::new().write(true).open(path).and_then(|file| file.set_len(size))),
            None => done(vm, args, file(vm, args)?.set_len(size)),
        }
    };
    /// utime(path, read, written): sets the times of a file, in nanoseconds since 1970.
    def utime(3) = |vm, args| {
        let times = FileTimes::new().set_accessed(time(vm, args.at(1))?).set_modified(time(vm, args.at(2))?);
        done(vm, args, File::open(text(vm, args.at(0))?).and_then(|file| file.set_times(times)))
    };
    /// access(path, mode): whether this process may.
    def access(2) = |vm, args| {
        let mode = AccessFlags::from_bits_truncate(vm.index(args.at(1))? as i32);
        Ok(Word::bool(unistd::access(text(vm, args.at(0))?, mode).is_ok()))
    };
    /// open(path, flags, mode): opens a file; answers its descriptor.
    def open(3) = |vm, args| {
        let (flags, mode) = (vm.index(args.at(1))? as i32, vm.index(args.at(2))? as u32);
        let flags = OFlag::from_bits_retain(flags) | OFlag::O_CLOEXEC;
        let opened = nix::fcntl::open(text(vm, args.at(0))?, flags, Mode::from_bits_truncate(mode));
        system(vm, args, opened).map(|fd| Word::int(fd.into_raw_fd() as isize))
    };
    /// read(descriptor, size): up to that many bytes.
    def read(2) = |vm, args| {
        let mut bytes = vec![0; usize::try_from(vm.index(args.at(1))?).map_err(|_| vm.os_error(22))?];
        let file = descriptor(vm, args.at(0))?;
        crate::wait::settle(vm, file.as_raw_fd(), PollFlags::POLLIN)?;
        let count = system(vm, args, unistd::read(file, &mut bytes))?;
        vm.new_bytes(&bytes[..count])
    };
    /// write(descriptor, bytes): writes; answers how many.
    def write(2) = |vm, args| {
        let bytes: Vec<u8> = vm.buffer(args.at(1), false)?.bytes.iter().map(std::cell::Cell::get).collect();
        if matches!(args.at(0).as_int(), Some(1 | 2)) {
            crate::output::OUTPUT.flush();
        }
        write(vm, args, &bytes)
    };
    /// lseek(descriptor, offset, whence): moves; answers where it is.
    def lseek(3) = |vm, args| {
        let whence = match args.at(2).as_int() {
            Some(0) => Whence::SeekSet,
            Some(1) => Whence::SeekCur,
            Some(2) => Whence::SeekEnd,
            _ => return Err(vm.os_error(22)),
        };
        let at = system(vm, args, unistd::lseek(descriptor(vm, args.at(0))?, vm.index(args.at(1))? as i64, whence))?;
        vm.new_int(at)
    };
    /// close(descriptor): closes.
    def close(1) = |vm, args| system(vm, args, unistd::close(vm.index(args.at(0))? as RawFd)).map(|()| Word::NONE);
    /// dup(descriptor): another descriptor of the same file.
    def dup(1) = |vm, args| system(vm, args, unistd::dup(descriptor(vm, args.at(0))?)).map(|fd| Word::int(fd.into_raw_fd() as isize));
    /// dup2(from, to, inheritable): makes `to` a descriptor of the file that `from` is of; answers `to`.
    def dup2(3) = super::fcntl::dup2;
    /// fchdir(descriptor): goes to an open directory.
    def fchdir(1) = |vm, args| system(vm, args, unistd::fchdir(descriptor(vm, args.at(0))?)).map(|()| Word::NONE);
    /// mkfifo(path, mode): makes a pipe that has a name.
    def mkfifo(2) = |vm, args| {
        let mode = Mode::from_bits_truncate(vm.index(args.at(1))? as u32);
        system(vm, args, unistd::mkfifo(text(vm, args.at(0))?, mode)).map(|()| Word::NONE)
    };
    /// getpgid(process): its group; 0 means this one.
    def getpgid(1) = |vm, args| {
        let of = unistd::Pid::from_raw(vm.index(args.at(0))? as i32);
        system(vm, args, unistd::getpgid(Some(of))).map(|group| Word::int(group.as_raw() as isize))
    };
    /// pipe(): two descriptors, for this program alone; what is written to the second can be read from the first.
    def pipe(0) = |vm, _| {
        let (reader, writer) = system(vm, Args::NONE, unistd::pipe2(OFlag::O_CLOEXEC))?;
        vm.new_tuple(&[Word::int(reader.into_raw_fd() as isize), Word::int(writer.into_raw_fd() as isize)])
    };
    /// isatty(descriptor): whether it is a terminal.
    def isatty(1) = |vm, args| Ok(Word::bool(std::io::IsTerminal::is_terminal(&descriptor(vm, args.at(0))?)));
    /// fsync(descriptor): makes what was written last.
    def fsync(1) = |vm, args| system(vm, args, unistd::fsync(descriptor(vm, args.at(0))?)).map(|()| Word::NONE);
    /// chown(path, user, group, follow): gives a file to somebody; -1 leaves one as it is.
    def chown(4) = |vm, args| {
        let id = |word| Ok(u32::try_from(vm.index(word)?).ok());
        let (user, group) = (id(args.at(1))?.map(unistd::Uid::from_raw), id(args.at(2))?.map(unistd::Gid::from_raw));
        let flags = if vm.truth(args.at(3))? { AtFlags::empty() } else { AtFlags::AT_SYMLINK_NOFOLLOW };
        system(vm, args, unistd::fchownat(nix::fcntl::AT_FDCWD, text(vm, args.at(0))?, user, group, flags)).map(|()| Word::NONE)
    };
    /// umask(mask): which rights new files do not get; answers the mask before.
    def umask(1) = |vm, args| {
        Ok(Word::int(nix::sys::stat::umask(Mode::from_bits_truncate(vm.index(args.at(0))? as u32)).bits() as isize))
    };
    /// identity(): user, effective user, group, effective group, and the parent's number.
    def identity(0) = |vm, _| {
        let ids = [unistd::getuid().as_raw(), unistd::geteuid().as_raw(), unistd::getgid().as_raw(), unistd::getegid().as_raw()];
        let [user, effective, group, effective_group] = ids.map(|id| Word::int(id as isize));
        vm.new_tuple(&[user, effective, group, effective_group, Word::int(unistd::getppid().as_raw() as isize)])
    };
    /// strerror(number): what an error means.
    def strerror(1) = |vm, args| vm.new_str(&crate::errors::meaning(vm.index(args.at(0))? as i32));
    /// exit(status): ends this process at once.
    def exit(1) = |vm, args| {
        crate::output::OUTPUT.flush();
        std::process::exit(vm.index(args.at(0))? as i32)
    };
}

/// What the system said of a call. The strings that it begins with are the paths it was about.
fn failed(vm: &Vm, args: Args, error: &std::io::Error) -> Raised {
    let paths: Vec<_> =
        args.positional().iter().map(std::cell::Cell::get).take_while(|word| vm.as_text(*word).is_some()).collect();
    if paths.is_empty() {
        return crate::errors::raise(vm, error);
    }
    let errno = error.raw_os_error().map_or(Errno::EIO, Errno::from_raw);
    exception::system::new(vm, errno as u16, crate::errors::words(errno as u16), &paths)
}

/// What is surely written at once to a pipe that takes anything.
const PIECE: usize = 4096;

/// Writes piece by piece where a long text would have to wait for its reader, so that other threads run meanwhile.
fn write(vm: &Vm, args: Args, bytes: &[u8]) -> Outcome {
    let file = descriptor(vm, args.at(0))?;
    let is_pipe = bytes.len() > PIECE && nix::sys::stat::fstat(file).is_ok_and(|found| found.st_mode & 0o170_000 != 0o100_000);
    let mut count = 0;
    for piece in bytes.chunks(if is_pipe { PIECE } else { bytes.len().max(1) }) {
        crate::wait::settle(vm, file.as_raw_fd(), PollFlags::POLLOUT)?;
        match unistd::write(file, piece) {
            Err(_) if count > 0 => break,
            written => count += system(vm, args, written)?,
        }
        if count % PIECE != 0 {
            break;
        }
    }
    Ok(Word::int(count as isize))
}

fn done(vm: &Vm, args: Args, result: std::io::Result<()>) -> Outcome {
    result.map(|()| Word::NONE).map_err(|error| failed(vm, args, &error))
}

fn system<T>(vm: &Vm, args: Args, result: nix::Result<T>) -> Outcome<T> {
    result.map_err(|errno| failed(vm, args, &errno.into()))
}

/// A path. Whoever asks about files by name sees what was written to them.
fn path(vm: &Vm, word: Word) -> Option<&str> {
    crate::held::settle_all();
    vm.as_text(word)
}

fn text(vm: &Vm, word: Word) -> Outcome<&str> {
    path(vm, word).ok_or_else(|| vm.type_error("a path is a str"))
}

/// A file of its own on a descriptor.
fn file(vm: &Vm, args: Args) -> Outcome<File> {
    descriptor(vm, args.at(0))?.try_clone_to_owned().map(File::from).map_err(|error| failed(vm, args, &error))
}

fn time(vm: &Vm, word: Word) -> Outcome<SystemTime> {
    let nanoseconds = vm.index(word)?;
    let distance = Duration::from_nanos(nanoseconds.unsigned_abs() as u64);
    Ok(if nanoseconds < 0 { UNIX_EPOCH - distance } else { UNIX_EPOCH + distance })
}

fn stat(vm: &Vm, args: Args) -> Outcome {
    let found = match path(vm, args.at(0)) {
        Some(path) if vm.truth(args.at(1))? => fs::metadata(path),
        Some(path) => fs::symlink_metadata(path),
        None => file(vm, args)?.metadata(),
    };
    let found: Metadata = found.map_err(|error| failed(vm, args, &error))?;
    let (owner, group) = (u64::from(found.uid()), u64::from(found.gid()));
    let fields = [u64::from(found.mode()), found.ino(), found.dev(), found.nlink(), owner, group, found.size()];
    let times = [(found.atime(), found.atime_nsec()), (found.mtime(), found.mtime_nsec()), (found.ctime(), found.ctime_nsec())];
    let times = times.map(|(seconds, nanoseconds)| seconds * 1_000_000_000 + nanoseconds);
    // On the machine stack, where a collection sees them.
    let mut words = [Word::NONE; 10];
    for (word, number) in words.iter_mut().zip(fields.map(|field| field as i64).into_iter().chain(times)) {
        *word = vm.new_int(number)?;
    }
    vm.new_tuple(&words)
}
