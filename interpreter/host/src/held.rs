//! What programs wrote to files on a disk and the system has not been given yet: many small writes would take it once each.
//!
//! A program cannot tell. It is given before anything that could show it to the program or to others: a file read, opened, asked
//! about or closed, another program started, a wait, the end (`Output::flush`).

use crate::modules::borrowed;
use nix::errno::Errno;
use std::collections::BTreeMap;
use std::os::fd::{AsRawFd, RawFd};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Bytes of one file that are held back at most.
const BLOCK: usize = 8192;

/// By descriptor; no program knows one of them, so every one is open.
static HELD: Mutex<BTreeMap<RawFd, Vec<u8>>> = Mutex::new(BTreeMap::new());
/// Whether there may be anything: asked far more often than there is.
static ANY: AtomicBool = AtomicBool::new(false);

fn held() -> MutexGuard<'static, BTreeMap<RawFd, Vec<u8>>> {
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Writes to a file, sooner or later.
pub fn write(file: &impl AsRawFd, bytes: &[u8]) -> nix::Result<()> {
    let file = file.as_raw_fd();
    let mut held = held();
    let waiting = held.entry(file).or_default();
    if waiting.len() + bytes.len() > BLOCK {
        send(file, waiting)?;
    }
    ANY.store(true, Ordering::Relaxed);
    waiting.extend_from_slice(bytes);
    if bytes.len() > BLOCK { send(file, waiting) } else { Ok(()) }
}

/// Gives the system what waits for one file.
pub fn settle(file: &impl AsRawFd) -> nix::Result<()> {
    if !ANY.load(Ordering::Relaxed) {
        return Ok(());
    }
    let file = file.as_raw_fd();
    held().get_mut(&file).map_or(Ok(()), |waiting| send(file, waiting))
}

/// Gives the system what waits for all files. What it refuses goes on waiting, and `settle` of that file says why.
pub fn settle_all() {
    if ANY.load(Ordering::Relaxed) {
        let mut held = held();
        let all_taken = held.iter_mut().fold(true, |all, (file, waiting)| send(*file, waiting).is_ok() && all);
        ANY.store(!all_taken, Ordering::Relaxed);
    }
}

/// The file is about to be closed: nothing waits for it any more.
pub fn forget(file: &impl AsRawFd) {
    if ANY.load(Ordering::Relaxed) {
        held().remove(&file.as_raw_fd());
    }
}

fn send(file: RawFd, waiting: &mut Vec<u8>) -> nix::Result<()> {
    let descriptor = borrowed(file as isize).expect("a file's descriptor is not negative");
    let mut taken = 0;
    let mut result = Ok(());
    while taken < waiting.len() && result.is_ok() {
        match nix::unistd::write(descriptor, &waiting[taken..]) {
            Ok(count) => taken += count,
            Err(Errno::EINTR) => {}
            Err(errno) => result = Err(errno),
        }
    }
    waiting.drain(..taken);
    result
}
