//! Memory for machine code: pages that can be written or run, never both at once.
//!
//! Code is placed one function behind the other and stays until the process ends. The pages that a new one lies on are
//! made writable while it is copied; that is safe since it is the running thread that places code, and no other one is amid
//! machine code while it holds no lock: code calls nothing that waits.
#![expect(unsafe_code, reason = "asks the system for pages that can be run, and writes them")]

use nix::sys::mman::{MapFlags, ProtFlags, mmap_anonymous, mprotect};
use std::cell::Cell;
use std::num::NonZero;
use std::ptr::NonNull;
use std::sync::Mutex;

/// Address space that is asked for at a time.
const CHUNK: usize = 1 << 20;
/// Functions begin at multiples of this, for the processor's instruction fetch.
const ALIGN: usize = 16;
/// The largest page of a system that this runs on.
const PAGE: usize = 1 << 16;

/// What is left of the chunk in use: where it begins, and how much there is.
static LEFT: Mutex<(usize, usize)> = Mutex::new((0, 0));

/// Puts code where it can be run. `None` if the system gives no such memory.
pub fn place(code: &[Cell<u8>]) -> Option<usize> {
    let needed = code.len().next_multiple_of(ALIGN);
    let mut left = LEFT.lock().ok()?;
    if left.1 < needed {
        let size = needed.next_multiple_of(CHUNK);
        // SAFETY: a new mapping, wherever the system likes, which nobody else knows.
        let chunk = unsafe { mmap_anonymous(None, NonZero::new(size)?, ProtFlags::PROT_READ, MapFlags::MAP_PRIVATE) };
        *left = (chunk.ok()?.as_ptr().expose_provenance(), size);
    }
    let at = left.0;
    protect(at, needed, ProtFlags::PROT_READ | ProtFlags::PROT_WRITE)?;
    let start = std::ptr::with_exposed_provenance_mut::<u8>(at);
    for (index, byte) in code.iter().enumerate() {
        // SAFETY: within what is left of the chunk, whose pages can be written now.
        unsafe { start.add(index).write(byte.get()) };
    }
    protect(at, needed, ProtFlags::PROT_READ | ProtFlags::PROT_EXEC)?;
    *left = (at + needed, left.1 - needed);
    Some(at)
}

/// Changes what can be done with the pages of a range.
fn protect(at: usize, length: usize, how: ProtFlags) -> Option<()> {
    let page = nix::unistd::sysconf(nix::unistd::SysconfVar::PAGE_SIZE).ok()?.map_or(PAGE, |size| size as usize);
    let start = at / page * page;
    let end = (at + length).next_multiple_of(page);
    let pointer = NonNull::new(std::ptr::with_exposed_provenance_mut(start))?;
    // SAFETY: pages of a chunk of this module, whose start is a page's.
    unsafe { mprotect(pointer, end - start, how) }.ok()
}
