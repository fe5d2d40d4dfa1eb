//! littlefs 1 on disks in memory: random operations against a model, and power cut at every write.
extern crate std;

use super::{Bound, Littlefs1};
use crate::format::OnDevice;
use crate::testing::{Disk, Model, Random, append, random_operation, read, tree, write};
use interpreter::vfs::{Errno, FileSystem, OpenMode, Whence};
use std::boxed::Box;
use std::cell::Cell;
use std::vec::Vec;

fn on(disk: &'static Disk, unit: usize) -> Bound<'static> {
    let buffers = Box::leak(std::vec![Cell::new(0); Littlefs1::buffers(unit)].into_boxed_slice());
    Box::leak(Box::new(OnDevice::new(Littlefs1::new(unit, buffers), disk))).at(&|| 0)
}

fn loaded(disk: &'static Disk, unit: usize) -> Bound<'static> {
    let fs = on(disk, unit);
    fs.load().expect("loaded");
    fs
}

#[test]
fn random_operations_do_what_the_model_does() {
    for (seed, blocks, unit) in [(1, 60, 16), (2, 300, 64), (3, 1000, 512)] {
        let disk = Disk::new(512, blocks);
        let mut fs = on(disk, unit);
        fs.format().expect("formatted");
        let (mut random, mut model) = (Random(seed), Model::new());
        for round in 0..30 {
            for _ in 0..25 {
                random_operation(&fs, &mut model, &mut random);
            }
            assert_eq!(tree(&fs, "").expect("whole"), model, "seed {seed}, round {round}");
            let free = fs.space().expect("known").free;
            fs = loaded(disk, unit);
            assert_eq!(fs.space().expect("known").free, free, "seed {seed}, round {round}");
            assert_eq!(tree(&fs, "").expect("whole"), model, "seed {seed}, round {round}, after a mount");
        }
    }
}

#[test]
fn files_are_changed_in_their_middle() {
    let disk = Disk::new(512, 100);
    let fs = on(disk, 32);
    fs.format().expect("formatted");
    let mut bytes: Vec<u8> = (0..9000).map(|i| (i % 251) as u8).collect();
    write(&fs, "f", &bytes).expect("written");
    let file = fs.open("f", OpenMode { read: true, write: true, ..OpenMode::default() }).expect("opened");
    for at in [0, 700, 511, 4000, 8990, 12_000] {
        fs.seek(file, at as i64, Whence::Start).expect("sought");
        fs.write(file, b"changed here").expect("written");
        bytes.resize(bytes.len().max(at + 12), 0);
        bytes[at..at + 12].copy_from_slice(b"changed here");
    }
    let mut seen = [0; 12];
    fs.seek(file, 700, Whence::Start).expect("sought");
    assert_eq!((fs.read(file, &mut seen), &seen), (Ok(12), b"changed here"));
    fs.close(file).expect("closed");
    assert_eq!(read(&loaded(disk, 32), "f").expect("read"), bytes);
    assert_eq!(write(&fs, "big", &[1; 60_000]), Err(Errno::ENOSPC));
    fs.remove("big", false).expect("removed");
    append(&fs, "f", &[2; 5000]).expect("there is room again");
}

#[test]
fn power_may_be_cut_in_any_write() {
    let steps: &[fn(&Bound) -> Result<(), Errno>] = &[
        |fs| fs.make_dir("/lib"),
        |fs| write(fs, "/config", &[1; 1700]),
        |fs| fs.rename("/config", "/lib/old"),
        |fs| write(fs, "/lib/old", &[2; 600]),
        |fs| append(fs, "/log", &[3; 800]),
        |fs| fs.rename("/log", "/main.py"),
        |fs| fs.remove("/lib/old", false),
        |fs| fs.remove("/lib", true),
        |fs| fs.remove("/main.py", false),
    ];
    let origin = Disk::new(512, 60);
    let fs = on(origin, 16);
    fs.format().expect("formatted");
    for (path, size) in [("/log", 300), ("/main.py", 1000), ("/unrelated", 2500)] {
        write(&fs, path, &std::vec![size as u8; size]).expect("written");
    }
    let fs = loaded(origin.copy(), 16);
    let mut states = std::vec![tree(&fs, "").expect("whole")];
    for step in steps {
        step(&fs).expect("no cut");
        states.push(tree(&fs, "").expect("whole"));
    }
    for cut in 1.. {
        let disk = origin.copy();
        let fs = loaded(disk, 16);
        disk.left.set(Some(cut));
        let Some(failed) = steps.iter().position(|step| step(&fs).is_err()) else {
            assert!(cut > 100, "the steps write");
            return;
        };
        disk.left.set(None);
        let fs = loaded(disk, 16);
        for when in ["at once", "after the next write"] {
            let mut found = tree(&fs, "").unwrap_or_else(|errno| panic!("cut {cut} in step {failed}: {errno:?}"));
            found.remove("/next");
            let (before, after) = (&states[failed], &states[failed + 1]);
            // A file that is made is there, empty, before it has its content.
            let made = found.iter().all(|(path, is)| before.get(path) == Some(is) || is.as_ref().is_some_and(Vec::is_empty));
            let is_sound = found == *before || found == *after || made && before.keys().all(|path| found.contains_key(path));
            assert!(is_sound, "cut {cut} in step {failed}, {when}: {:?}", found.keys());
            write(&fs, "/next", &[4; 600]).expect("life goes on");
        }
    }
}
