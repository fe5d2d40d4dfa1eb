//! What tests share: a disk in memory whose power is cut, random numbers, and files by name.
extern crate std;

use interpreter::vfs::{BlockDevice, Errno, FileSystem, OpenMode};
use std::boxed::Box;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::string::String;
use std::vec::Vec;

/// A disk of blocks that are written whole; those that nobody wrote are zeros and take no memory.
pub struct Disk {
    size: u32,
    count: u32,
    blocks: RefCell<BTreeMap<u32, Box<[u8]>>>,
    /// Writes until the power is cut, in the middle of one.
    pub left: Cell<Option<usize>>,
}

impl Disk {
    pub fn new(size: u32, count: u32) -> &'static Disk {
        Box::leak(Box::new(Disk { size, count, blocks: RefCell::default(), left: Cell::new(None) }))
    }

    /// What is on it now, on a disk of its own.
    pub fn copy(&self) -> &'static Disk {
        let blocks = self.blocks.clone();
        Box::leak(Box::new(Disk { size: self.size, count: self.count, blocks, left: Cell::new(None) }))
    }
}

impl BlockDevice for Disk {
    fn block_size(&self) -> u32 {
        self.size
    }
    fn block_count(&self) -> u32 {
        self.count
    }
    fn read(&self, block: u32, offset: u32, buffer: &mut [u8]) -> Result<(), Errno> {
        assert!(block < self.count && offset as usize + buffer.len() <= self.size as usize, "within the disk");
        if self.left.get() == Some(0) {
            return Err(Errno::EIO);
        }
        match self.blocks.borrow().get(&block) {
            None => buffer.fill(0),
            Some(bytes) => buffer.copy_from_slice(&bytes[offset as usize..offset as usize + buffer.len()]),
        }
        Ok(())
    }
    fn program(&self, block: u32, offset: u32, bytes: &[u8]) -> Result<(), Errno> {
        assert!(block < self.count && offset as usize + bytes.len() <= self.size as usize, "within the disk");
        let left = self.left.get();
        if left == Some(0) {
            return Err(Errno::EIO);
        }
        self.left.set(left.map(|left| left - 1));
        let is_last = left == Some(1);
        // The last write before the cut is torn: where depends on the block.
        let length = if is_last { bytes.len() * (block as usize % 5) / 4 } else { bytes.len() };
        let mut blocks = self.blocks.borrow_mut();
        let place = blocks.entry(block).or_insert_with(|| std::vec![0; self.size as usize].into_boxed_slice());
        place[offset as usize..offset as usize + length].copy_from_slice(&bytes[..length]);
        if is_last { Err(Errno::EIO) } else { Ok(()) }
    }
    fn erase(&self, _: u32) -> Result<(), Errno> {
        Ok(())
    }
    fn sync(&self) -> Result<(), Errno> {
        if self.left.get() == Some(0) { Err(Errno::EIO) } else { Ok(()) }
    }
}

/// Numbers that look random, always the same ones (Marsaglia's xorshift).
pub struct Random(pub u32);

impl Random {
    pub fn below(&mut self, end: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 % end
    }

    pub fn bytes(&mut self, length: usize) -> Vec<u8> {
        (0..length).map(|_| self.below(256) as u8).collect()
    }
}

pub fn write(fs: &dyn FileSystem, path: &str, bytes: &[u8]) -> Result<(), Errno> {
    let file = fs.open(path, OpenMode::WRITE)?;
    // In two pieces, so that sectors are written in part as well.
    let (start, end) = bytes.split_at(bytes.len() / 3);
    let written = fs.write(file, start).and_then(|_| fs.write(file, end));
    fs.close(file)?;
    written.map(|_| ())
}

pub fn append(fs: &dyn FileSystem, path: &str, bytes: &[u8]) -> Result<(), Errno> {
    let file = fs.open(path, OpenMode { create: true, write: true, append: true, ..OpenMode::default() })?;
    let written = fs.write(file, bytes);
    fs.close(file)?;
    written.map(|_| ())
}

pub fn read(fs: &dyn FileSystem, path: &str) -> Result<Vec<u8>, Errno> {
    let file = fs.open(path, OpenMode::READ)?;
    let (mut all, mut chunk) = (Vec::new(), [0; 700]);
    let end = loop {
        match fs.read(file, &mut chunk) {
            Ok(0) => break Ok(()),
            Ok(count) => all.extend_from_slice(&chunk[..count]),
            Err(errno) => break Err(errno),
        }
    };
    fs.close(file)?;
    end.map(|()| all)
}

/// All files below a directory, by path, and all directories, with nothing.
pub fn tree(fs: &dyn FileSystem, path: &str) -> Result<BTreeMap<String, Option<Vec<u8>>>, Errno> {
    let dir = fs.open_dir(path)?;
    let (mut entries, mut name) = (Vec::new(), [0; 768]);
    let end = loop {
        match fs.read_dir(dir, &mut name) {
            Ok(None) => break Ok(()),
            Ok(Some((length, stat))) => entries.push((String::from_utf8_lossy(&name[..length]).into_owned(), stat)),
            Err(errno) => break Err(errno),
        }
    };
    fs.close_dir(dir);
    end?;
    let mut all = BTreeMap::new();
    for (name, stat) in entries {
        let path = std::format!("{path}/{name}");
        if stat.is_dir {
            all.extend(tree(fs, &path)?);
            all.insert(path, None);
        } else {
            let content = read(fs, &path)?;
            assert_eq!(content.len() as u64, stat.size, "{path}");
            all.insert(path, Some(content));
        }
    }
    Ok(all)
}

/// What a file system must hold, by path: content, or nothing for a directory.
pub type Model = BTreeMap<String, Option<Vec<u8>>>;

/// Does something at random to a file system, and the same to the model if it went well.
pub fn random_operation(fs: &dyn FileSystem, model: &mut Model, random: &mut Random) {
    const NAMES: [&str; 6] = ["a", "main.py", "A longer name than eight.txt", "größe", "Data.BIN", "d"];
    let path = |random: &mut Random| {
        let dir = ["", "", "/lib", "/Some directory", "/lib/inner"][random.below(5) as usize];
        std::format!("{dir}/{}", NAMES[random.below(6) as usize])
    };
    let path_of = path(random);
    match random.below(12) {
        0..=4 => {
            let length = random.below(5) * random.below(700);
            let bytes = random.bytes(length as usize);
            match write(fs, &path_of, &bytes) {
                Ok(()) => drop(model.insert(path_of, Some(bytes))),
                Err(Errno::ENOSPC) => retry_state(fs, model, path_of),
                Err(errno) => assert!(refused(errno), "{path_of}: {errno:?}"),
            }
        }
        5 | 6 => {
            let length = random.below(900) as usize;
            let bytes = random.bytes(length);
            match append(fs, &path_of, &bytes) {
                Ok(()) => {
                    let old = model.entry(path_of).or_insert_with(|| Some(Vec::new()));
                    old.as_mut().expect("a file").extend_from_slice(&bytes);
                }
                Err(Errno::ENOSPC) => retry_state(fs, model, path_of),
                Err(errno) => assert!(refused(errno), "{path_of}: {errno:?}"),
            }
        }
        7 => match fs.remove(&path_of, false) {
            Ok(()) => assert!(model.remove(&path_of).is_some_and(|content| content.is_some()), "{path_of} was there"),
            Err(errno) => assert!(refused(errno) && !matches!(model.get(&path_of), Some(Some(_))), "{path_of}: {errno:?}"),
        },
        8 => {
            let dir = ["/lib", "/Some directory", "/lib/inner", "/d"][random.below(4) as usize];
            match fs.make_dir(dir) {
                Ok(()) => assert!(model.insert(dir.into(), None).is_none(), "{dir} was not there"),
                Err(errno) => assert!(refused(errno) || errno == Errno::ENOSPC, "{dir}: {errno:?}"),
            }
        }
        9 => match fs.remove(&path_of, true) {
            Ok(()) => assert_eq!(model.remove(&path_of), Some(None), "{path_of}"),
            Err(errno) => assert!(refused(errno), "{path_of}: {errno:?}"),
        },
        _ => {
            let to = path(random);
            match fs.rename(&path_of, &to) {
                Ok(()) => {
                    let content = model.remove(&path_of).unwrap_or_else(|| panic!("{path_of} was there"));
                    let below = std::format!("{path_of}/");
                    let moved: Vec<_> = model.keys().filter(|key| key.starts_with(&below)).cloned().collect();
                    for key in moved {
                        let content = model.remove(&key).expect("a key of the model");
                        model.insert(std::format!("{to}/{}", &key[below.len()..]), content);
                    }
                    model.insert(to, content);
                }
                Err(errno) => assert!(refused(errno) || errno == Errno::ENOSPC, "{path_of} to {to}: {errno:?}"),
            }
        }
    }
}

/// Errors that say that the operation makes no sense on what is there.
fn refused(errno: Errno) -> bool {
    use Errno as E;
    [E::ENOENT, E::EEXIST, E::EISDIR, E::ENOTDIR, E::EACCES, E::EINVAL, E::ENOTEMPTY].contains(&errno)
}

/// A write that found no room left a part of itself, or the old content: the model takes over what is there.
fn retry_state(fs: &dyn FileSystem, model: &mut Model, path: String) {
    match read(fs, &path) {
        Ok(content) => drop(model.insert(path, Some(content))),
        Err(errno) => assert!(refused(errno), "{path}: {errno:?}"),
    }
}
