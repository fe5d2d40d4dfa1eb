//! FAT on disks in memory: every kind, random operations against a model, power cut at every write, and volumes that lie.
extern crate std;

use super::directory::Entry;
use super::layout::Kind;
use super::table::Next;
use super::{Bound, Fat};
use crate::format::OnDevice;
use crate::testing::{Disk, Model, Random, append, random_operation, read, tree, write};
use interpreter::vfs::{BlockDevice, Errno, FileSystem, OpenMode, Whence};
use std::boxed::Box;
use std::collections::BTreeSet;
use std::vec::Vec;

/// 10 October 2020, 10:10:10, in nanoseconds.
const NOW: u64 = 1_602_324_610_000_000_000;

fn on(disk: &'static dyn BlockDevice) -> Bound<'static> {
    Box::leak(Box::new(OnDevice::new(Fat::<512>::new(), disk))).at(&|| NOW)
}

fn formatted(disk: &'static dyn BlockDevice) -> Bound<'static> {
    let fs = on(disk);
    fs.format().expect("formatted");
    fs
}

/// The clusters of a chain.
fn chain(fs: &Bound, first: u32) -> Vec<u32> {
    let (mut clusters, mut next) = (Vec::new(), Next::Cluster(first));
    while let Next::Cluster(cluster) = next {
        if cluster == 0 {
            break;
        }
        clusters.push(cluster);
        next = fs.next(cluster).expect("a cluster");
        assert_ne!(next, Next::Free, "a chain ends with a mark");
        assert!(clusters.len() < 1 << 20, "a chain has an end");
    }
    clusters
}

/// Checks that no cluster is two files', and that every file has the clusters that its size needs. Answers the clusters that
/// are taken and nobody's.
fn check(fs: &Bound) -> usize {
    let layout = fs.layout().expect("loaded");
    let mut owned = BTreeSet::new();
    let mut own = |entry: Option<&Entry>, first: u32| {
        let clusters = chain(fs, first);
        if let Some(entry) = entry.filter(|entry| !entry.is_dir()) {
            let needed = entry.size().div_ceil(layout.cluster_bytes()) as usize;
            assert!(clusters.len() >= needed, "{} clusters for {} bytes", clusters.len(), entry.size());
        }
        clusters.into_iter().for_each(|cluster| assert!(owned.insert(cluster), "cluster {cluster} has one owner"));
    };
    if layout.root_length == 0 {
        own(None, layout.root);
    }
    let mut directories = std::vec![0];
    while let Some(dir) = directories.pop() {
        let mut walk = Some(fs.walk(dir).expect("a directory"));
        while let Some(entry) = fs.next_entry(&mut walk).expect("an entry") {
            if entry.is_dots() {
                continue;
            }
            own(Some(&entry), entry.cluster());
            if entry.is_dir() {
                directories.push(entry.cluster());
            }
        }
    }
    let taken = (2..layout.clusters + 2).filter(|cluster| fs.next(*cluster).expect("a cluster") != Next::Free);
    taken.filter(|cluster| !owned.contains(cluster)).count()
}

#[test]
fn kinds_by_size() {
    for (sectors, kind, clusters) in [
        (50, Kind::Fat12, 16),
        (2000, Kind::Fat12, 1961),
        (40_000, Kind::Fat16, 9981),
        (3 << 20, Kind::Fat16, 49_148),
        (8 << 20, Kind::Fat32, 131_054),
    ] {
        let disk = Disk::new(512, sectors);
        let fs = formatted(disk);
        let layout = fs.layout().expect("loaded");
        assert_eq!((layout.kind, layout.clusters), (kind, clusters), "{sectors} sectors");
        fs.make_dir("/lib").expect("made");
        let big: Vec<u8> = (0..200_000_u32).map(|i| (i / 3) as u8).collect();
        let big = &big[..big.len().min(sectors as usize * 100)];
        write(&fs, "/lib/Größtes Bild.bin", big).expect("written");
        assert_eq!(read(&on_again(disk), "/lib/größtes bild.BIN").expect("read"), big);
        assert_eq!(check(&fs), 0);
    }
}

fn on_again(disk: &'static Disk) -> Bound<'static> {
    let fs = on(disk);
    fs.load().expect("loaded");
    fs
}

#[test]
fn random_operations_do_what_the_model_does() {
    for (seed, sectors) in [(1, 100), (2, 300), (3, 40_000)] {
        let disk = Disk::new(512, sectors);
        let (mut fs, mut random, mut model) = (formatted(disk), Random(seed), Model::new());
        for round in 0..40 {
            for _ in 0..25 {
                random_operation(&fs, &mut model, &mut random);
            }
            assert_eq!(tree(&fs, "").expect("whole"), model, "seed {seed}, round {round}");
            assert_eq!(check(&fs), 0, "seed {seed}, round {round}");
            let free = fs.free_clusters().expect("counted");
            fs = on_again(disk);
            assert_eq!(fs.free_clusters().expect("counted"), free, "the count was kept true");
            assert_eq!(tree(&fs, "").expect("whole"), model, "seed {seed}, round {round}, after a mount");
        }
    }
}

/// What is done until the power is cut; and the paths that each step may change.
type Step = (fn(&Bound) -> Result<(), Errno>, &'static [&'static str]);

const STEPS: &[Step] = &[
    (|fs| write(fs, "/new file.txt", &[1; 2000]), &["/new file.txt"]),
    (|fs| write(fs, "/old", &[2; 1500]), &["/old"]),
    (|fs| fs.make_dir("/a directory"), &["/a directory"]),
    (|fs| write(fs, "/a directory/x", &[3; 700]), &["/a directory/x"]),
    (|fs| fs.rename("/old", "/a directory/renamed file"), &["/old", "/a directory/renamed file"]),
    (|fs| fs.rename("/new file.txt", "/over"), &["/new file.txt", "/over"]),
    (|fs| append(fs, "/long", &[4; 900]), &["/long"]),
    (|fs| fs.remove("/a directory/x", false), &["/a directory/x"]),
    (|fs| (0..20).try_for_each(|i| write(fs, &std::format!("/a directory/file number {i}"), &[])), &["/a directory/file number"]),
    (|fs| fs.remove("/long", false), &["/long"]),
];

fn prepared() -> &'static Disk {
    let disk = Disk::new(512, 200);
    let fs = formatted(disk);
    for (path, size) in [("/old", 1200), ("/unrelated.bin", 3000), ("/over", 600), ("/long", 400)] {
        write(&fs, path, &std::vec![size as u8; size]).expect("written");
    }
    disk
}

/// On a plain disk, a cut in the middle of any write leaves a volume that mounts; files that nobody was writing are whole, and
/// one that was written has its old content or its new one.
#[test]
fn power_may_be_cut_in_any_write() {
    let origin = prepared();
    let mut states = std::vec![tree(&on_again(origin), "").expect("whole")];
    let disk = origin.copy();
    let fs = on_again(disk);
    for (step, _) in STEPS {
        step(&fs).expect("no cut");
        states.push(tree(&fs, "").expect("whole"));
    }
    for cut in 1.. {
        let disk = origin.copy();
        let fs = on_again(disk);
        disk.left.set(Some(cut));
        let Some(failed) = STEPS.iter().position(|(step, _)| step(&fs).is_err()) else { return };
        disk.left.set(None);
        let fs = on_again(disk);
        let (before, after, touched) = (&states[failed], &states[failed + 1], STEPS[failed].1);
        let found = tree(&fs, "").unwrap_or_else(|errno| panic!("cut {cut} in step {failed}: {errno:?}"));
        for (path, content) in before {
            if !touched.iter().any(|touched| path.starts_with(touched)) {
                assert_eq!(found.get(path), Some(content), "cut {cut} in step {failed}: {path} is whole");
            }
        }
        for path in touched {
            let (old, new, is) = (before.get(*path), after.get(*path), found.get(*path));
            // A file that is made anew is empty before it has its content; one that grows has a part of what is added.
            let grows = |was: &Option<Vec<u8>>, is: &Option<Vec<u8>>| match (was, is) {
                (Some(was), Some(is)) => is.starts_with(was),
                _ => false,
            };
            let made = is.is_some_and(|is| is.as_ref().is_some_and(Vec::is_empty)) && old.is_none();
            let grown = old.zip(is).is_some_and(|(old, is)| grows(old, is)) && *path == "/long";
            assert!(is == old || is == new || made || grown, "cut {cut} in step {failed}: {path} has its old content or the new");
        }
    }
}

#[test]
fn sought_positions_and_streams_on_one_file() {
    let fs = formatted(Disk::new(512, 100));
    let mode = OpenMode { read: true, ..OpenMode::WRITE };
    let file = fs.open("f", mode).expect("opened");
    assert_eq!(fs.seek(file, 1000, Whence::Start), Ok(1000));
    fs.write(file, b"end").expect("written");
    fs.flush(file).expect("flushed");
    let other = fs.open("F", OpenMode::READ).expect("opened again");
    let mut buffer = [1; 2000];
    assert_eq!(fs.read(other, &mut buffer), Ok(1003));
    assert!(buffer[..1000].iter().all(|byte| *byte == 0) && buffer[1000..1003] == *b"end");
    assert_eq!(fs.seek(other, 5000, Whence::Start), Ok(1003), "a reader stays within the file");
    assert_eq!(fs.seek(file, -1004, Whence::End), Err(Errno::EINVAL));
    fs.remove("f", false).expect("removed");
    assert_eq!(fs.read(other, &mut buffer), Err(Errno::EINVAL), "it is closed now");
    assert_eq!(fs.close(file), Ok(()));
    assert_eq!(check(&fs), 0);
}

#[test]
fn a_full_disk_gives_back_what_was_not_written() {
    let fs = formatted(Disk::new(512, 60));
    let free = fs.free_clusters().expect("counted");
    write(&fs, "keep", &[1; 5000]).expect("written");
    assert_eq!(write(&fs, "big", &[2; 40_000]), Err(Errno::ENOSPC));
    fs.remove("big", false).expect("removed");
    // There is no room for the old and the new content together.
    write(&fs, "keep", &[3; 10_000]).expect("the old content makes room");
    assert_eq!(read(&fs, "keep").expect("read"), [3; 10_000]);
    fs.remove("keep", false).expect("removed");
    assert_eq!((fs.free_clusters(), check(&fs)), (Ok(free), 0));
}

/// Volumes with wrong bytes are refused or read as far as they make sense; nothing panics.
#[test]
fn volumes_that_lie() {
    let origin = prepared();
    let mut random = Random(7);
    for _ in 0..3000 {
        let disk = origin.copy();
        // The boot sector, the table and the root directory.
        let (block, mut bytes) = (random.below(12), [0; 512]);
        disk.read(block, 0, &mut bytes).expect("read");
        for _ in 0..=random.below(4) {
            bytes[if block == 0 { random.below(64) } else { random.below(512) } as usize] = random.below(256) as u8;
        }
        disk.write(block, &bytes).expect("written");
        let fs = on(disk);
        if fs.load().is_err() {
            continue;
        }
        let _ = tree(&fs, "");
        for (step, _) in STEPS {
            let _ = step(&fs);
        }
        let _ = fs.space();
    }
}
