//! `fcntl`: flags and locks of open files, and requests to devices, by the system's own numbers.
#![expect(unsafe_code, reason = "calls of the system with a number or a buffer, as the program says")]

use super::termios::descriptor;
use interpreter::object::handle::Args;
use interpreter::object::word::Word;
use interpreter::vm::{Outcome, Vm};
use nix::libc;
use std::cell::Cell;
use std::os::fd::{AsRawFd, RawFd};

macro_rules! constants {
    ($($name:ident)*) => {
        interpreter::table! { pub ROWS, NAMES, DOCS:
            /// fcntl(file, command, argument=0): what the system answers; bytes if the argument was bytes.
            def fcntl(2..=3) = control;
            /// ioctl(file, request, argument=0, mutate_flag=True): what the device answers, into the argument if that may be written.
            def ioctl(2..=4) = request;
            /// flock(file, operation): locks a whole file, or frees it.
            def flock(2) = |vm, args| {
                let (fd, operation) = (descriptor(vm, args.at(0))?.as_raw_fd(), vm.index(args.at(1))? as i32);
                // SAFETY: two numbers.
                answer(vm, unsafe { libc::flock(fd, operation) }).map(|_| Word::NONE)
            };
            /// lockf(file, operation, length=0, start=0, whence=0): locks a part of a file, or frees it.
            def lockf(2..=5) = lock;
            $(
            /// The system's number of this name.
            const $name = Word::int(libc::$name as isize);
            )*
        }
    };
}

constants! {
    F_DUPFD F_DUPFD_CLOEXEC F_GETFD F_SETFD F_GETFL F_SETFL F_GETLK F_SETLK F_SETLKW F_GETOWN F_SETOWN F_RDLCK F_WRLCK F_UNLCK
    FD_CLOEXEC LOCK_SH LOCK_EX LOCK_NB LOCK_UN
    FICLONE FICLONERANGE F_ADD_SEALS F_GETLEASE F_GETPIPE_SZ F_GET_SEALS F_NOTIFY F_OFD_GETLK F_OFD_SETLK F_OFD_SETLKW
    F_SEAL_FUTURE_WRITE F_SEAL_GROW F_SEAL_SEAL F_SEAL_SHRINK F_SEAL_WRITE F_SETLEASE F_SETPIPE_SZ
}

/// The most bytes that an argument may have, as in CPython.
const MOST: usize = 1024;

fn answer(vm: &Vm, result: i32) -> Outcome {
    match result {
        -1 => Err(crate::errors::raise(vm, &std::io::Error::last_os_error())),
        result => Ok(Word::int(result as isize)),
    }
}

/// The bytes of an argument that is no number, in a buffer that has room for what the system may write.
fn buffer(vm: &Vm, word: Word) -> Outcome<Option<([u8; MOST], usize)>> {
    let bytes = match vm.as_text(word) {
        Some(text) => text.as_bytes().to_vec(),
        None if word.as_int().is_some() || word.is_bool() => return Ok(None),
        None => match vm.buffer(word, false) {
            Ok(buffer) => buffer.bytes.iter().map(Cell::get).collect(),
            Err(raised) => {
                // What is a large number is no buffer.
                vm.take_raised(raised);
                return Ok(None);
            }
        },
    };
    let mut room = [0; MOST];
    match room.get_mut(..bytes.len()) {
        Some(part) => part.copy_from_slice(&bytes),
        None => return Err(vm.value_error("fcntl argument is too long")),
    }
    Ok(Some((room, bytes.len())))
}

fn control(vm: &Vm, args: Args) -> Outcome {
    let (fd, command) = (descriptor(vm, args.at(0))?.as_raw_fd(), vm.index(args.at(1))? as i32);
    let argument = args.get(2).unwrap_or(Word::int(0));
    match buffer(vm, argument)? {
        None => {
            let number = vm.index(argument)? as libc::c_long;
            // SAFETY: a command with a number.
            answer(vm, unsafe { libc::fcntl(fd, command, number) })
        }
        Some((mut room, length)) => {
            // SAFETY: the structures that commands have are shorter than the buffer.
            answer(vm, unsafe { libc::fcntl(fd, command, room.as_mut_ptr()) })?;
            vm.new_bytes(&room[..length])
        }
    }
}

fn request(vm: &Vm, args: Args) -> Outcome {
    let (fd, request) = (descriptor(vm, args.at(0))?.as_raw_fd(), vm.index(args.at(1))? as libc::c_ulong);
    let argument = args.get(2).unwrap_or(Word::int(0));
    let Some((mut room, length)) = buffer(vm, argument)? else {
        let number = vm.index(argument)? as libc::c_long;
        // SAFETY: a request with a number.
        return answer(vm, unsafe { libc::ioctl(fd, request, number) });
    };
    // SAFETY: as CPython does, 1,024 bytes are shown to the device, which knows how many its request has.
    let result = answer(vm, unsafe { libc::ioctl(fd, request, room.as_mut_ptr()) })?;
    let writes = args.get(3).map_or(Ok(true), |flag| vm.truth(flag))?;
    match vm.buffer(argument, true) {
        Ok(buffer) if writes => {
            buffer.bytes.iter().zip(&room[..length]).for_each(|(to, from)| to.set(*from));
            Ok(result)
        }
        Ok(_) => vm.new_bytes(&room[..length]),
        Err(raised) => {
            vm.take_raised(raised);
            vm.new_bytes(&room[..length])
        }
    }
}

fn lock(vm: &Vm, args: Args) -> Outcome {
    let (fd, operation): (RawFd, i32) = (descriptor(vm, args.at(0))?.as_raw_fd(), vm.index(args.at(1))? as i32);
    let kind = match operation & !libc::LOCK_NB {
        libc::LOCK_UN => libc::F_UNLCK,
        libc::LOCK_SH => libc::F_RDLCK,
        libc::LOCK_EX => libc::F_WRLCK,
        _ => return Err(vm.value_error("unrecognized lockf argument")),
    };
    let number = |index: usize| vm.index_or(args.get(index), 0);
    // SAFETY: a structure of numbers, of which zero is one.
    let mut lock: libc::flock = unsafe { std::mem::zeroed() };
    lock.l_type = kind as libc::c_short;
    lock.l_len = number(2)? as libc::off_t;
    lock.l_start = number(3)? as libc::off_t;
    lock.l_whence = number(4)? as libc::c_short;
    let command = if operation & libc::LOCK_NB != 0 { libc::F_SETLK } else { libc::F_SETLKW };
    // SAFETY: the system reads the structure.
    answer(vm, unsafe { libc::fcntl(fd, command, &raw const lock) }).map(|_| Word::NONE)
}

/// Makes a number a descriptor of what another one is of. Children inherit it if that is wanted.
///
/// # Errors
/// `OSError`.
pub(super) fn dup2(vm: &Vm, args: Args) -> Outcome {
    let (from, to) = (descriptor(vm, args.at(0))?.as_raw_fd(), descriptor(vm, args.at(1))?.as_raw_fd());
    if matches!(to, 1 | 2) {
        crate::output::OUTPUT.flush();
    }
    let flags = if vm.truth(args.at(2))? || from == to { 0 } else { libc::O_CLOEXEC };
    // SAFETY: numbers; what had the second one is the program's own, which says that it may go.
    answer(vm, unsafe { if flags == 0 { libc::dup2(from, to) } else { libc::dup3(from, to, flags) } })
}
