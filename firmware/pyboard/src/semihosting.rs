//! Files of the computer that runs the emulator (Arm's semihosting): where an emulated board keeps its flash.
//!
//! A call is a breakpoint instruction with a number of its own. Where nobody answers it is a fault, which `fault.rs` turns into
//! the answer −1: so asking is harmless, and `open` fails. A board with a flash controller never asks.
#![expect(unsafe_code, reason = "a call is an instruction, and its arguments are addresses")]

use interpreter::vfs::Errno;

const OPEN: usize = 0x01;
const WRITE: usize = 0x05;
const READ: usize = 0x06;
const SEEK: usize = 0x0A;
const LENGTH: usize = 0x0C;
const COMMAND_LINE: usize = 0x15;

/// Modes of `open`, as C's.
const READ_WRITE: usize = 3;
const NEW_READ_WRITE: usize = 7;

/// Longest command line, in bytes.
const LINE: usize = 512;

/// An open file of the computer.
pub struct File(usize);

/// One call; −1 is a failure.
fn call(operation: usize, arguments: &[usize]) -> isize {
    let answer: usize;
    // SAFETY: the breakpoint is either served, and writes only into the buffers that `arguments` names, or skipped by the fault
    // handler; both leave an answer in r0 and all other registers as they were. Callers name buffers that they hold.
    unsafe {
        core::arch::asm!("bkpt 0xAB", inlateout("r0") operation => answer, in("r1") arguments.as_ptr(), options(nostack));
    }
    answer.cast_signed()
}

impl File {
    /// Opens the file that the emulator's command line names in its second word, or makes it.
    pub fn from_command_line() -> Option<File> {
        let mut line = [0_u8; LINE];
        let mut block = [line.as_mut_ptr().expose_provenance(), LINE];
        block[1] = LINE - 1;
        if call(COMMAND_LINE, &block) != 0 {
            return None;
        }
        let end = line.iter().position(|&byte| byte == 0)?;
        let start = line[..end].iter().position(|&byte| byte == b' ')? + 1;
        let name = &line[start..=end];
        let open = |mode| call(OPEN, &[name.as_ptr().expose_provenance(), mode, name.len() - 1]);
        [READ_WRITE, NEW_READ_WRITE].into_iter().find_map(|mode| usize::try_from(open(mode)).ok()).map(File)
    }

    /// Bytes in the file.
    pub fn length(&self) -> usize {
        usize::try_from(call(LENGTH, &[self.0])).unwrap_or(0)
    }

    fn seek(&self, at: usize) -> Result<(), Errno> {
        if call(SEEK, &[self.0, at]) == 0 { Ok(()) } else { Err(Errno::EIO) }
    }

    /// Reads all of `buffer` from a place.
    ///
    /// # Errors
    /// `EIO`.
    pub fn read(&self, at: usize, buffer: &mut [u8]) -> Result<(), Errno> {
        self.seek(at)?;
        let left = call(READ, &[self.0, buffer.as_mut_ptr().expose_provenance(), buffer.len()]);
        if left == 0 { Ok(()) } else { Err(Errno::EIO) }
    }

    /// Writes at a place.
    ///
    /// # Errors
    /// `EIO`.
    pub fn write(&self, at: usize, bytes: &[u8]) -> Result<(), Errno> {
        self.seek(at)?;
        let left = call(WRITE, &[self.0, bytes.as_ptr().expose_provenance(), bytes.len()]);
        if left == 0 { Ok(()) } else { Err(Errno::EIO) }
    }
}
