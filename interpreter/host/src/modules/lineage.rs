//! `_lineage`: processes as copies of this one, what becomes of them, and what the system allows; `os` and `resource` are Python
//! over it.
//!
//! A copy has the thread that asked for it and no other. The interpreter has no others of its own but one that waits for Ctrl-C,
//! whose work a handler does there; and it ends where that thread ends, since nobody waits for it (`FORKED`).
#![expect(unsafe_code, reason = "a process is copied by the C library, and so is what it tells of one")]

use super::mapping::MAPPING;
use super::termios::descriptor;
use crate::threads::THREADS;
use interpreter::object::handle::{Args, type_word};
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};
use nix::errno::Errno;
use nix::libc;
use nix::sys::signal::{SaFlags, SigAction, SigHandler, SigSet, Signal, sigaction};
use nix::unistd::{self, ForkResult, Gid, Pid, Uid};
use std::cell::Cell;
use std::ffi::CString;
use std::os::fd::AsRawFd;
use std::sync::atomic::{AtomicBool, Ordering};

table! { pub ROWS, NAMES, DOCS:
    /// fork(): copies this process; answers the copy's number, and 0 in the copy.
    def fork(0) = fork;
    /// wait(process, options): (its number, its status, (seconds in programs, seconds in the system, and 14 counts)).
    def wait(2) = wait;
    /// pidfd(process): a descriptor that can be read from when the process has ended.
    def pidfd(1) = pidfd;
    /// execute(path, arguments, environment): another program in place of this one.
    def execute(3) = execute;
    /// setsid(): begins a session.
    def setsid(0) = |vm, _| pid(vm, unistd::setsid());
    /// getsid(process): its session.
    def getsid(1) = |vm, args| pid(vm, unistd::getsid(Some(process(vm, args)?)));
    /// setpgid(process, group): moves it into a group.
    def setpgid(2) = |vm, args| {
        let group = Pid::from_raw(vm.index(args.at(1))? as i32);
        done(vm, unistd::setpgid(process(vm, args)?, group))
    };
    /// set_user(user) : of this process.
    def set_user(1) = |vm, args| done(vm, unistd::setuid(Uid::from_raw(vm.index(args.at(0))? as u32)));
    /// set_group(group): of this process.
    def set_group(1) = |vm, args| done(vm, unistd::setgid(Gid::from_raw(vm.index(args.at(0))? as u32)));
    /// groups(): the numbers of the groups of this process.
    def groups(0) = groups;
    /// nice(more): how little it matters now.
    def nice(1) = nice;
    /// priority(which, who): of processes.
    def priority(2) = priority;
    /// set_priority(which, who, value): of processes.
    def set_priority(3) = set_priority;
    /// usage(who): seconds in programs, seconds in the system, and 14 counts.
    def usage(1) = usage;
    /// limit(which): the soft and the hard one; -1 is none.
    def limit(1) = limit;
    /// set_limit(which, soft, hard): -1 is none.
    def set_limit(3) = set_limit;
    /// pread(file, size, offset): bytes from there.
    def pread(3) = pread;
    /// pwrite(file, bytes, offset): writes there; answers how many.
    def pwrite(3) = pwrite;
    /// share(size): the address of new memory that copies of this process share; it is there until the last of them ends.
    def share(1) = |vm, args| map(vm, vm.index(args.at(0))?, libc::PROT_READ | libc::PROT_WRITE, libc::MAP_SHARED | libc::MAP_ANONYMOUS, -1, 0);
    /// map(file, size, protection, flags, offset): the address of a file's bytes; file may be -1.
    def map(5) = |vm, args| {
        let number = |place: usize| vm.index(args.at(place));
        map(vm, number(1)?, number(2)? as i32, number(3)? as i32, number(0)? as i32, number(4)? as libc::off_t)
    };
    /// Mapping(): what is mapped, as bytes for others.
    const Mapping = type_word(&MAPPING);
    /// unmap(address, size): forgets it.
    def unmap(2) = unmap;
    /// sync(address, size): writes what was changed to the file.
    def sync(2) = sync;
    /// load(): of the last minute, five, and fifteen.
    def load(0) = load;
    /// setting(number): what sysconf says.
    def setting(1) = setting;
    /// terminals(): both ends of a new pseudo-terminal.
    def terminals(0) = terminals;
    /// be_terminal(file): makes it the terminal of this session.
    def be_terminal(1) = be_terminal;
    /// terminal_name(file): its path.
    def terminal_name(1) = |vm, args| {
        let name = unistd::ttyname(descriptor(vm, args.at(0))?).map_err(|errno| failed(vm, errno))?;
        vm.new_str(&name.to_string_lossy())
    };
}

/// Whether this process is a copy: it ends where its thread ends.
pub static FORKED: AtomicBool = AtomicBool::new(false);

fn failed(vm: &Vm, errno: Errno) -> interpreter::vm::Raised {
    crate::errors::told(vm, errno)
}

fn done(vm: &Vm, result: nix::Result<()>) -> Outcome {
    result.map(|()| Word::NONE).map_err(|errno| failed(vm, errno))
}

fn pid(vm: &Vm, result: nix::Result<Pid>) -> Outcome {
    result.map(|pid| Word::int(pid.as_raw() as isize)).map_err(|errno| failed(vm, errno))
}

fn process(vm: &Vm, args: Args) -> Outcome<Pid> {
    Ok(Pid::from_raw(vm.index(args.at(0))? as i32))
}

extern "C" fn interrupt(_: libc::c_int) {
    crate::port::interrupt();
}

fn fork(vm: &Vm, _: Args) -> Outcome {
    // What was written is this process's, not the copy's.
    crate::output::OUTPUT.flush();
    let copy = || {
        // SAFETY: nobody else holds a lock that the copy needs: threads of programs hold none but their turn, which this thread has.
        unsafe { unistd::fork() }
    };
    let forked = THREADS.fork(copy, |forked| matches!(forked, Ok(ForkResult::Child)));
    match forked.map_err(|errno| failed(vm, errno))? {
        ForkResult::Parent { child } => Ok(Word::int(child.as_raw() as isize)),
        ForkResult::Child => {
            FORKED.store(true, Ordering::SeqCst);
            if !super::signal::is_treated(Signal::SIGINT) {
                let action = SigAction::new(SigHandler::Handler(interrupt), SaFlags::SA_RESTART, SigSet::empty());
                // SAFETY: `interrupt` stores to atomics and does nothing else.
                unsafe { sigaction(Signal::SIGINT, &action) }.map_err(|errno| failed(vm, errno))?;
            }
            Ok(Word::int(0))
        }
    }
}

fn wait(vm: &Vm, args: Args) -> Outcome {
    let (process, options) = (vm.index(args.at(0))? as i32, vm.index(args.at(1))? as i32);
    crate::output::OUTPUT.flush();
    let mut status = 0;
    let mut used = nothing();
    loop {
        // SAFETY: both are whole values of this function.
        let answer = unsafe { libc::wait4(process, &mut status, options | libc::WNOHANG, &mut used) };
        match Errno::result(answer) {
            Ok(0) if options & libc::WNOHANG == 0 => super::process::nap(vm)?,
            Ok(found) => return vm.new_tuple(&[Word::int(found as isize), Word::int(status as isize), told(vm, &used)?]),
            Err(Errno::EINTR) => vm.poll()?,
            Err(errno) => return Err(failed(vm, errno)),
        }
    }
}

fn pidfd(vm: &Vm, args: Args) -> Outcome {
    let process = vm.index(args.at(0))? as libc::pid_t;
    // SAFETY: two numbers go in, and one comes back: no memory of ours is the system's business here.
    let answer = unsafe { libc::syscall(libc::SYS_pidfd_open, process, 0 as libc::c_uint) };
    Errno::result(answer).map(|number| Word::int(number as isize)).map_err(|errno| failed(vm, errno))
}

fn nothing() -> libc::rusage {
    // SAFETY: a struct of numbers may be all zeros.
    unsafe { std::mem::zeroed() }
}

fn told(vm: &Vm, used: &libc::rusage) -> Outcome {
    let seconds = |time: libc::timeval| vm.new_float(time.tv_sec as f64 + time.tv_usec as f64 / 1e6);
    let counts = [
        used.ru_maxrss,
        used.ru_ixrss,
        used.ru_idrss,
        used.ru_isrss,
        used.ru_minflt,
        used.ru_majflt,
        used.ru_nswap,
        used.ru_inblock,
        used.ru_oublock,
        used.ru_msgsnd,
        used.ru_msgrcv,
        used.ru_nsignals,
        used.ru_nvcsw,
        used.ru_nivcsw,
    ];
    let mut all = vec![seconds(used.ru_utime)?, seconds(used.ru_stime)?];
    all.extend(counts.map(|count| Word::int(count as isize)));
    vm.new_tuple(&all)
}

fn usage(vm: &Vm, args: Args) -> Outcome {
    let mut used = nothing();
    // SAFETY: the struct is a whole one of this function.
    let answer = unsafe { libc::getrusage(vm.index(args.at(0))? as _, &mut used) };
    Errno::result(answer).map_err(|errno| failed(vm, errno))?;
    told(vm, &used)
}

fn strings(vm: &Vm, list: Word) -> Outcome<Vec<CString>> {
    let mut all = Vec::new();
    vm.for_each(list, &mut |item| {
        let text = super::process::text(vm, item)?;
        let text = CString::new(std::os::unix::ffi::OsStringExt::into_vec(text));
        all.push(text.map_err(|_| vm.value_error("embedded null byte"))?);
        Ok(())
    })?;
    Ok(all)
}

fn execute(vm: &Vm, args: Args) -> Outcome {
    let path = strings(vm, vm.new_list(&[args.at(0)])?)?;
    let (arguments, environment) = (strings(vm, args.at(1))?, strings(vm, args.at(2))?);
    crate::output::OUTPUT.flush();
    let Err(errno) = unistd::execve(&path[0], &arguments, &environment);
    Err(failed(vm, errno))
}

fn groups(vm: &Vm, _: Args) -> Outcome {
    let groups = unistd::getgroups().map_err(|errno| failed(vm, errno))?;
    let numbers: Vec<Word> = groups.iter().map(|group| Word::int(group.as_raw() as isize)).collect();
    vm.new_list(&numbers)
}

fn nice(vm: &Vm, args: Args) -> Outcome {
    Errno::clear();
    // SAFETY: a number goes to the system.
    let answer = unsafe { libc::nice(vm.index(args.at(0))? as i32) };
    number(vm, answer as isize)
}

fn priority(vm: &Vm, args: Args) -> Outcome {
    Errno::clear();
    // SAFETY: two numbers go to the system.
    let answer = unsafe { libc::getpriority(vm.index(args.at(0))? as _, vm.index(args.at(1))? as u32) };
    number(vm, answer as isize)
}

/// An answer that may be −1 without being an error.
fn number(vm: &Vm, answer: isize) -> Outcome {
    match Errno::last_raw() {
        errno if answer == -1 && errno != 0 => Err(failed(vm, Errno::from_raw(errno))),
        _ => Ok(Word::int(answer)),
    }
}

fn set_priority(vm: &Vm, args: Args) -> Outcome {
    let value = vm.index(args.at(2))? as i32;
    // SAFETY: three numbers go to the system.
    let answer = unsafe { libc::setpriority(vm.index(args.at(0))? as _, vm.index(args.at(1))? as u32, value) };
    done(vm, Errno::result(answer).map(|_| ()))
}

/// The place and the length of what is mapped.
fn mapped(vm: &Vm, args: Args) -> Outcome<(*mut libc::c_void, usize)> {
    Ok((vm.index(args.at(0))? as *mut libc::c_void, vm.index(args.at(1))? as usize))
}

fn unmap(vm: &Vm, args: Args) -> Outcome {
    let (address, size) = mapped(vm, args)?;
    // SAFETY: `mmap` is over these bytes, and hands out none of them after this.
    done(vm, Errno::result(unsafe { libc::munmap(address, size) }).map(|_| ()))
}

fn sync(vm: &Vm, args: Args) -> Outcome {
    let (address, size) = mapped(vm, args)?;
    // SAFETY: these bytes are mapped.
    done(vm, Errno::result(unsafe { libc::msync(address, size, libc::MS_SYNC) }).map(|_| ()))
}

fn setting(vm: &Vm, args: Args) -> Outcome {
    // SAFETY: a number goes to the system.
    Ok(Word::int(unsafe { libc::sysconf(vm.index(args.at(0))? as i32) } as isize))
}

fn be_terminal(vm: &Vm, args: Args) -> Outcome {
    let file = descriptor(vm, args.at(0))?.as_raw_fd();
    // SAFETY: a number goes to the system.
    done(vm, Errno::result(unsafe { libc::ioctl(file, libc::TIOCSCTTY, 0) }).map(|_| ()))
}

fn limit(vm: &Vm, args: Args) -> Outcome {
    let mut found = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: the struct is a whole one of this function.
    let answer = unsafe { libc::getrlimit(vm.index(args.at(0))? as _, &mut found) };
    Errno::result(answer).map_err(|errno| failed(vm, errno))?;
    let shown = |limit: libc::rlim_t| if limit == libc::RLIM_INFINITY { Ok(Word::int(-1)) } else { vm.new_int(limit as i64) };
    vm.new_tuple(&[shown(found.rlim_cur)?, shown(found.rlim_max)?])
}

fn set_limit(vm: &Vm, args: Args) -> Outcome {
    let read = |word: Word| vm.index(word).map(|limit| if limit < 0 { libc::RLIM_INFINITY } else { limit as libc::rlim_t });
    let new = libc::rlimit { rlim_cur: read(args.at(1))?, rlim_max: read(args.at(2))? };
    // SAFETY: the struct is a whole one of this function.
    let answer = unsafe { libc::setrlimit(vm.index(args.at(0))? as _, &new) };
    done(vm, Errno::result(answer).map(|_| ()))
}

fn pread(vm: &Vm, args: Args) -> Outcome {
    let mut bytes = vec![0; vm.index(args.at(1))?.max(0) as usize];
    let (file, offset) = (descriptor(vm, args.at(0))?.as_raw_fd(), vm.index(args.at(2))? as libc::off_t);
    // SAFETY: there is room for so many bytes.
    let answer = unsafe { libc::pread(file, bytes.as_mut_ptr().cast(), bytes.len(), offset) };
    let count = Errno::result(answer).map_err(|errno| failed(vm, errno))?;
    vm.new_bytes(&bytes[..count as usize])
}

fn pwrite(vm: &Vm, args: Args) -> Outcome {
    let bytes: Vec<u8> = vm.buffer(args.at(1), false)?.bytes.iter().map(Cell::get).collect();
    let (file, offset) = (descriptor(vm, args.at(0))?.as_raw_fd(), vm.index(args.at(2))? as libc::off_t);
    // SAFETY: there are so many bytes.
    let answer = unsafe { libc::pwrite(file, bytes.as_ptr().cast(), bytes.len(), offset) };
    Errno::result(answer).map(Word::int).map_err(|errno| failed(vm, errno))
}

fn map(vm: &Vm, size: isize, protection: i32, flags: i32, file: i32, offset: libc::off_t) -> Outcome {
    // SAFETY: the system chooses a place where nothing is.
    let address = unsafe { libc::mmap(std::ptr::null_mut(), size.max(0) as usize, protection, flags, file, offset) };
    if address == libc::MAP_FAILED {
        return Err(failed(vm, Errno::last()));
    }
    vm.new_int(address as i64)
}

fn load(vm: &Vm, _: Args) -> Outcome {
    let mut loads = [0.0; 3];
    // SAFETY: there is room for three.
    if unsafe { libc::getloadavg(loads.as_mut_ptr(), 3) } != 3 {
        return Err(failed(vm, Errno::EIO));
    }
    vm.new_tuple(&[vm.new_float(loads[0])?, vm.new_float(loads[1])?, vm.new_float(loads[2])?])
}

fn terminals(vm: &Vm, _: Args) -> Outcome {
    let pair = nix::pty::openpty(None, None).map_err(|errno| failed(vm, errno))?;
    let number = |file: std::os::fd::OwnedFd| Word::int(std::os::fd::IntoRawFd::into_raw_fd(file) as isize);
    vm.new_tuple(&[number(pair.master), number(pair.slave)])
}
