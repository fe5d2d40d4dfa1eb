//! littlefs on a device in memory: what was written is there after the next mount, and limits are answered, not met.
extern crate std;

use super::{Bound, FILES, Littlefs, Options};
use crate::format::{Clock, OnDevice};
use interpreter::vfs::{BlockDevice, Errno, FileSystem, OpenMode, Whence};
use std::boxed::Box;
use std::cell::{Cell, RefCell};
use std::string::String;
use std::sync::atomic::{AtomicU64, Ordering};
use std::vec::Vec;

const BLOCK: usize = 4096;

struct Memory(RefCell<Vec<u8>>);

impl BlockDevice for Memory {
    fn block_size(&self) -> u32 {
        BLOCK as u32
    }
    fn block_count(&self) -> u32 {
        (self.0.borrow().len() / BLOCK) as u32
    }
    fn read(&self, block: u32, offset: u32, buffer: &mut [u8]) -> Result<(), Errno> {
        let at = block as usize * BLOCK + offset as usize;
        buffer.copy_from_slice(&self.0.borrow()[at..at + buffer.len()]);
        Ok(())
    }
    fn program(&self, block: u32, offset: u32, bytes: &[u8]) -> Result<(), Errno> {
        let at = block as usize * BLOCK + offset as usize;
        for (old, new) in self.0.borrow_mut()[at..].iter_mut().zip(bytes) {
            assert_eq!(*old, 0xff, "only erased flash is programmed");
            *old = *new;
        }
        Ok(())
    }
    fn erase(&self, block: u32) -> Result<(), Errno> {
        self.0.borrow_mut()[block as usize * BLOCK..][..BLOCK].fill(0xff);
        Ok(())
    }
    fn sync(&self) -> Result<(), Errno> {
        Ok(())
    }
}

fn device(blocks: usize) -> &'static Memory {
    Box::leak(Box::new(Memory(RefCell::new(std::vec![0xff; blocks * BLOCK]))))
}

fn mounted(device: &'static Memory) -> Bound<'static> {
    mounted_with(Options::FLASH, device, &|| 0)
}

fn mounted_with(options: Options, device: &'static Memory, clock: Clock<'static>) -> Bound<'static> {
    let buffers = Box::leak(std::vec![Cell::new(0); options.buffers()].into_boxed_slice());
    let volume = Box::leak(Box::new(OnDevice::new(Littlefs::new(options, buffers), device)));
    let fs = volume.at(clock);
    fs.load().or_else(|_| fs.format()).expect("an empty or formatted device mounts");
    fs
}

fn write(fs: &dyn FileSystem, path: &str, bytes: &[u8]) -> Result<(), Errno> {
    let file = fs.open(path, OpenMode::WRITE)?;
    let written = fs.write(file, bytes);
    fs.close(file)?;
    written.map(|_| ())
}

fn read(fs: &dyn FileSystem, path: &str) -> Result<Vec<u8>, Errno> {
    let file = fs.open(path, OpenMode::READ)?;
    let mut all = Vec::new();
    let mut chunk = [0; 1000];
    loop {
        let count = fs.read(file, &mut chunk)?;
        if count == 0 {
            break;
        }
        all.extend_from_slice(&chunk[..count]);
    }
    fs.close(file)?;
    Ok(all)
}

fn names(fs: &dyn FileSystem, path: &str) -> Vec<String> {
    let dir = fs.open_dir(path).expect("a directory");
    let (mut names, mut buffer) = (Vec::new(), [0; 256]);
    while let Some((length, _)) = fs.read_dir(dir, &mut buffer).expect("an entry") {
        names.push(String::from_utf8_lossy(&buffer[..length]).into_owned());
    }
    fs.close_dir(dir);
    names.sort();
    names
}

#[test]
fn files_survive_a_mount() {
    let device = device(64);
    let big: Vec<u8> = (0..50_000u32).map(|i| (i * 7) as u8).collect();
    let fs = mounted(device);
    fs.make_dir("/lib").expect("made");
    write(&fs, "/lib/snake 🐍.py", b"print('hi')").expect("written");
    write(&fs, "big.bin", &big).expect("written");
    write(&fs, "empty", b"").expect("written");
    fs.unmount().expect("unmounted");

    let fs = mounted(device);
    assert_eq!(names(&fs, "/"), ["big.bin", "empty", "lib"]);
    assert_eq!(names(&fs, "/lib"), ["snake 🐍.py"]);
    assert_eq!(read(&fs, "big.bin").expect("read"), big);
    assert_eq!(read(&fs, "/lib/snake 🐍.py").expect("read"), b"print('hi')");
    assert_eq!(read(&fs, "empty").expect("read"), b"");
    assert!(fs.stat("/lib").expect("there").is_dir);
    assert_eq!(fs.stat("big.bin").expect("there").size, 50_000);
}

#[test]
fn renames_replace_and_removals_know_their_kind() {
    let fs = mounted(device(32));
    write(&fs, "a", b"new").expect("written");
    write(&fs, "b", b"old").expect("written");
    fs.rename("a", "b").expect("renamed");
    assert_eq!(read(&fs, "b").expect("read"), b"new");
    assert_eq!(fs.stat("a"), Err(Errno::ENOENT));
    fs.make_dir("d").expect("made");
    assert_eq!(fs.remove("d", false), Err(Errno::EISDIR));
    assert_eq!(fs.remove("b", true), Err(Errno::ENOTDIR));
    write(&fs, "d/x", b"").expect("written");
    assert_eq!(fs.remove("d", true), Err(Errno::ENOTEMPTY));
    assert_eq!(fs.make_dir("d"), Err(Errno::EEXIST));
    assert_eq!((fs.rename("d", "d/e"), fs.rename("d", "de")), (Err(Errno::EINVAL), Ok(())), "a folder cannot lie in itself");
    assert_eq!(fs.rename("de/x", "de/x/y"), Err(Errno::ENOTDIR));
}

#[test]
fn a_full_flash_says_so_and_works_again_after_a_removal() {
    let fs = mounted(device(16));
    assert_eq!(write(&fs, "big", &[7; 16 * BLOCK]), Err(Errno::ENOSPC));
    fs.remove("big", false).expect("removed");
    write(&fs, "small", &[7; 4 * BLOCK]).expect("there is room again");
    assert_eq!(read(&fs, "small").expect("read").len(), 4 * BLOCK);
    let space = fs.space().expect("known");
    assert!(space.blocks == 16 && space.free < 12);
}

#[test]
fn too_many_open_files_and_wrong_numbers_are_errors() {
    let fs = mounted(device(32));
    let open: Vec<_> = (0..FILES).map(|_| fs.open("f", OpenMode::WRITE).expect("opened")).collect();
    assert_eq!(fs.open("f", OpenMode::READ), Err(Errno::EMFILE));
    fs.close(open[0]).expect("closed");
    assert_eq!(fs.close(open[0]), Err(Errno::EBADF));
    let file = fs.open("f", OpenMode { read: true, ..OpenMode::WRITE }).expect("a slot is free again");
    fs.write(file, b"hello world").expect("written");
    assert_eq!(fs.seek(file, -5, Whence::End), Ok(6));
    let mut buffer = [0; 5];
    assert_eq!((fs.read(file, &mut buffer), &buffer), (Ok(5), b"world"));
}

/// The seconds of a clock that goes on by one for each file of a test.
static SECONDS: AtomicU64 = AtomicU64::new(0);

#[test]
fn every_file_keeps_its_time() {
    let options = Options { times: true, ..Options::FLASH };
    let fs = mounted_with(options, device(256), &|| SECONDS.load(Ordering::Relaxed) * 1_000_000_000);
    // In an order that lets new names come everywhere between the old ones, so that a folder's blocks are split at all places.
    let name = |number: u64| std::format!("/file {:03}", number * 173 % 400);
    for number in 1..=400 {
        SECONDS.store(number, Ordering::Relaxed);
        write(&fs, &name(number), &std::vec![number as u8; number as usize % 200]).expect("written");
    }
    for number in 1..=400 {
        assert_eq!(fs.stat(&name(number)).expect("there").modified, number, "{}", name(number));
    }
    // Reading changes nothing; a file that is removed while it is open has no time to keep.
    SECONDS.store(1000, Ordering::Relaxed);
    read(&fs, &name(7)).expect("read");
    assert_eq!(fs.stat(&name(7)).expect("there").modified, 7);
    let open = fs.open(&name(8), OpenMode::WRITE).expect("opened");
    fs.write(open, b"gone").expect("written");
    fs.remove(&name(8), false).expect("removed");
    fs.close(open).expect("closed");
    assert_eq!(fs.stat(&name(8)), Err(Errno::ENOENT));
    assert_eq!(fs.stat(&name(9)).expect("there").modified, 9);
}
