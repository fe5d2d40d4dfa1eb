//! A device that a program shares with a computer, which knows its blocks and nothing of what the program has in mind.
//!
//! One writes at a time. While a file system is open to be written it [holds](Use::Held) the device, and the computer can only read. While the
//! computer has written and is not done, an operation of the program waits before it begins; when it has, the file system is loaded anew first
//! (`format`), since what it knows is old. A program that cannot wait any longer may read, but not write.

use core::sync::atomic::{AtomicBool, Ordering::Relaxed};
use interpreter::vfs::{BlockDevice, Errno};

/// How often a program waits for a computer that writes, about a millisecond each time.
const PATIENCE: usize = 5000;

type Result<T> = core::result::Result<T, Errno>;

/// What the program does with a device.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Use {
    /// It means to write more.
    Held,
    /// It has written since the last time, and is done.
    Wrote,
    /// Nothing that matters.
    Idle,
}

/// The device.
pub struct Shared {
    device: fn() -> &'static dyn BlockDevice,
    wait: fn(),
    held: AtomicBool,
    wrote: AtomicBool,
    /// The computer writes; it has written.
    written: AtomicBool,
    changed: AtomicBool,
}

impl Shared {
    /// A device that nobody uses yet. `wait` lets the computer go on for about a millisecond.
    pub const fn new(device: fn() -> &'static dyn BlockDevice, wait: fn()) -> Shared {
        let [held, wrote, written, changed] = [const { AtomicBool::new(false) }; 4];
        Shared { device, wait, held, wrote, written, changed }
    }

    /// The device, as the computer uses it.
    pub fn blocks(&self) -> &'static dyn BlockDevice {
        (self.device)()
    }

    /// What the program does. Whoever serves the computer asks before each time.
    pub fn take_use(&self) -> Use {
        match self.held.load(Relaxed) {
            true => Use::Held,
            false if self.wrote.swap(false, Relaxed) => Use::Wrote,
            false => Use::Idle,
        }
    }

    /// What the computer has done, said after each time: whether it is writing, and whether it has written and is done.
    pub fn tell(&self, writes: bool, done: bool) {
        self.written.store(writes, Relaxed);
        self.changed.fetch_or(done, Relaxed);
    }

    /// The computer is gone.
    pub fn leave(&self) {
        let was_writing = self.is_written();
        self.tell(false, was_writing);
    }

    /// Whether the computer writes.
    pub fn is_written(&self) -> bool {
        self.written.load(Relaxed)
    }

    fn writing(&self) -> Result<&'static dyn BlockDevice> {
        if self.is_written() {
            return Err(Errno::EBUSY);
        }
        self.wrote.store(true, Relaxed);
        Ok(self.blocks())
    }
}

impl BlockDevice for Shared {
    fn block_size(&self) -> u32 {
        self.blocks().block_size()
    }

    fn block_count(&self) -> u32 {
        self.blocks().block_count()
    }

    fn read(&self, block: u32, offset: u32, buffer: &mut [u8]) -> Result<()> {
        self.blocks().read(block, offset, buffer)
    }

    fn program(&self, block: u32, offset: u32, bytes: &[u8]) -> Result<()> {
        self.writing()?.program(block, offset, bytes)
    }

    fn erase(&self, block: u32) -> Result<()> {
        self.writing()?.erase(block)
    }

    fn write(&self, block: u32, bytes: &[u8]) -> Result<()> {
        self.writing()?.write(block, bytes)
    }

    fn sync(&self) -> Result<()> {
        self.blocks().sync()
    }

    fn acquire(&self) -> bool {
        (0..PATIENCE).take_while(|_| self.is_written()).for_each(|_| (self.wait)());
        self.changed.swap(false, Relaxed)
    }

    fn release(&self, held: bool) {
        self.held.store(held, Relaxed);
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::*;
    use crate::fat::Fat;
    use crate::format::{OnDevice, act};
    use crate::testing::{Disk, read, write};
    use interpreter::vfs::{FileSystem, OpenMode};
    use std::boxed::Box;
    use std::cell::Cell;

    std::thread_local! {
        static DISK: &'static Disk = Disk::new(512, 400);
        /// Waits until the computer is done.
        static WAITS: Cell<usize> = const { Cell::new(0) };
    }

    static SHARED: Shared = Shared::new(|| DISK.with(|disk| *disk), wait);

    fn wait() {
        WAITS.set(WAITS.get().saturating_sub(1));
        if WAITS.get() == 0 {
            SHARED.tell(false, true);
        }
    }

    /// An operation of the program.
    fn program<R>(files: &'static Fat<512>, action: impl Fn(&dyn FileSystem) -> R) -> R {
        let mut result = None;
        act(files, &SHARED, &|| 0, &mut |fs| result = Some(action(fs)));
        result.expect("it was done")
    }

    /// The computer's own driver, which reads the volume anew each time.
    fn computer<R>(action: impl FnOnce(&dyn FileSystem) -> R) -> R {
        let files: &'static OnDevice<Fat<512>> = Box::leak(Box::new(OnDevice::new(Fat::new(), SHARED.blocks())));
        files.at(&|| 0).load().expect("it is a volume");
        action(&files.at(&|| 0))
    }

    #[test]
    fn one_writes_at_a_time_and_each_sees_what_the_other_has_written() {
        let files: &'static Fat<512> = Box::leak(Box::new(Fat::new()));
        program(files, |fs| fs.format()).expect("a volume");
        program(files, |fs| write(fs, "ours", b"by the program")).expect("written");
        assert_eq!((SHARED.take_use(), SHARED.take_use()), (Use::Wrote, Use::Idle));
        assert_eq!(computer(|fs| read(fs, "ours")), Ok(b"by the program".to_vec()));
        // A file that may be written keeps the computer out until it is closed.
        let file = program(files, |fs| fs.open("log", OpenMode::WRITE)).expect("opened");
        assert_eq!(SHARED.take_use(), Use::Held);
        program(files, |fs| fs.write(file, b"still open")).expect("written");
        assert_eq!(SHARED.take_use(), Use::Held);
        program(files, |fs| fs.close(file)).expect("closed");
        assert_eq!(SHARED.take_use(), Use::Wrote);
        // The computer writes for a while: the program waits for its end and looks again.
        let old = program(files, |fs| fs.open("ours", OpenMode::READ)).expect("opened");
        computer(|fs| write(fs, "theirs", b"by the computer")).expect("written");
        SHARED.tell(true, false);
        WAITS.set(3);
        assert_eq!(program(files, |fs| read(fs, "theirs")), Ok(b"by the computer".to_vec()));
        assert_eq!(program(files, |fs| fs.read(old, &mut [0; 4])), Err(Errno::EINVAL), "what was open is not any more");
        // One that does not end is not written over.
        SHARED.tell(true, false);
        WAITS.set(2 * PATIENCE);
        assert_eq!(program(files, |fs| write(fs, "ours", b"in between")), Err(Errno::EBUSY));
        SHARED.leave();
        program(files, |fs| write(fs, "ours", b"afterwards")).expect("written");
        assert_eq!(computer(|fs| read(fs, "ours")), Ok(b"afterwards".to_vec()));
        assert_eq!(computer(|fs| read(fs, "theirs")), Ok(b"by the computer".to_vec()));
    }
}
