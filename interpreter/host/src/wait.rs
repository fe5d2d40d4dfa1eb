//! Waiting for descriptors: the one place where a program that waits for a socket or for `select` sleeps.
//!
//! Whoever finds a descriptor not ready notes it here; the port's `idle`, through which every wait goes (it lets other threads
//! run, and Ctrl-C and callbacks are looked at after it), sleeps until one of those noted is ready.
#![expect(unsafe_code, reason = "descriptors of programs are numbers that may be closed by now")]

use interpreter::vfs::Errno;
use interpreter::vfs::stream::poll as bits;
use interpreter::vm::{Outcome, Vm};
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use std::cell::RefCell;
use std::io::ErrorKind;
use std::os::fd::{BorrowedFd, RawFd};

thread_local! {
    static NOTED: RefCell<Vec<(RawFd, PollFlags)>> = const { RefCell::new(Vec::new()) };
}

/// How long an operation may take: microseconds, 0 not to wait at all, `None` for ever.
pub type Patience = Option<u64>;

/// The next `idle` of this thread ends when `fd` is ready for this.
pub fn note(fd: RawFd, flags: PollFlags) {
    NOTED.with_borrow_mut(|noted| match noted.iter_mut().find(|one| one.0 == fd) {
        Some(one) => one.1 |= flags,
        None => noted.push((fd, flags)),
    });
}

/// Sleeps until something noted is ready, at most `timeout`; `false` if nothing was noted.
pub fn idle(timeout: PollTimeout) -> bool {
    let noted = NOTED.take();
    if noted.is_empty() {
        return false;
    }
    poll_now(&noted, timeout);
    true
}

fn poll_now(wanted: &[(RawFd, PollFlags)], timeout: PollTimeout) -> PollFlags {
    let borrow = |fd: RawFd| {
        // SAFETY: used for `poll` alone, which answers `POLLNVAL` for a number that is no open descriptor.
        unsafe { BorrowedFd::borrow_raw(fd) }
    };
    let mut set: Vec<PollFd> = wanted.iter().map(|(fd, flags)| PollFd::new(borrow(*fd), *flags)).collect();
    match poll(&mut set, timeout) {
        Ok(count) if count > 0 => {
            set.iter().fold(PollFlags::empty(), |found, one| found | one.revents().unwrap_or(PollFlags::empty()))
        }
        _ => PollFlags::empty(),
    }
}

/// Which of `wanted` (bits of `vfs::stream::poll`, which are the system's) hold; if none does, `fd` is noted.
pub fn ready(fd: RawFd, wanted: usize) -> usize {
    let flags = PollFlags::from_bits_truncate((wanted & (bits::READ | bits::WRITE)) as i16);
    let found = poll_now(&[(fd, flags)], PollTimeout::ZERO);
    if found.is_empty() {
        note(fd, flags);
    }
    found.bits() as usize
}

/// As `ready` for the number that a program gave.
///
/// # Errors
/// `EINVAL` for a number that no descriptor can have.
pub fn descriptor(number: usize, wanted: usize) -> Result<usize, Errno> {
    let limit = nix::sys::resource::getrlimit(nix::sys::resource::Resource::RLIMIT_NOFILE).map_or(1024, |limits| limits.0);
    match RawFd::try_from(number) {
        Ok(fd) if wanted == 0 || (number as u64) < limit => Ok(if wanted == 0 { 0 } else { ready(fd, wanted) }),
        _ => Err(Errno::EINVAL),
    }
}

/// Waits until a call on `fd` would not block, while other threads run; not if it never blocks.
///
/// # Errors
/// Ctrl-C, and what callbacks raise.
pub fn settle(vm: &Vm, fd: RawFd, flags: PollFlags) -> Outcome<()> {
    use nix::fcntl::{FcntlArg, OFlag, fcntl};
    // SAFETY: used for calls of the system alone, which answer `EBADF` for a number that is no open descriptor.
    let borrowed = unsafe { BorrowedFd::borrow_raw(fd) };
    while poll_now(&[(fd, flags)], PollTimeout::ZERO).is_empty() {
        match fcntl(borrowed, FcntlArg::F_GETFL) {
            Ok(bits) if !OFlag::from_bits_retain(bits).contains(OFlag::O_NONBLOCK) => {}
            _ => return Ok(()),
        }
        note(fd, flags);
        vm.poll()?;
        vm.idle(None);
    }
    Ok(())
}

/// Tries again and again, waiting for `fd` between.
///
/// # Errors
/// `EAGAIN` at once without patience, `ETIMEDOUT` at its end, what `attempt` answers, and Ctrl-C.
pub fn until<T>(
    vm: &Vm,
    fd: RawFd,
    flags: PollFlags,
    patience: Patience,
    mut attempt: impl FnMut() -> std::io::Result<T>,
) -> Outcome<T> {
    let deadline = patience.map(|time| vm.port.now().saturating_add(time));
    loop {
        match attempt() {
            Ok(value) => return Ok(value),
            Err(error) if error.kind() == ErrorKind::Interrupted => vm.poll()?,
            Err(error) if error.kind() == ErrorKind::WouldBlock && patience != Some(0) => {
                if deadline.is_some_and(|deadline| vm.port.now() >= deadline) {
                    return Err(vm.os_error(Errno::ETIMEDOUT.0));
                }
                note(fd, flags);
                vm.poll()?;
                vm.idle(deadline);
            }
            Err(error) => return Err(crate::errors::raise(vm, &error)),
        }
    }
}
