//! The log on flash in memory: a model of random groups, wear, and power cut at every operation of the flash, torn ones included,
//! with nothing above, with FAT and with littlefs.
extern crate std;

use super::{BLOCK, Flash, Log, Result, capacity};
use crate::fat::Fat;
use crate::format::{Format, OnDevice};
use crate::littlefs::{Littlefs, Options};
use crate::testing::{Model, Random, append, random_operation, tree, write};
use interpreter::vfs::{BlockDevice, Errno, FileSystem};
use std::boxed::Box;
use std::cell::{Cell, RefCell};
use std::vec::Vec;

/// The sectors of an STM32F405 that are left beside an image of 320 kB, and the same in small for tests that run thousands of times.
const F405: [u32; 8] = [16 << 10, 16 << 10, 16 << 10, 64 << 10, 128 << 10, 128 << 10, 128 << 10, 128 << 10];
const SMALL: [u32; 8] = [4 << 10, 4 << 10, 4 << 10, 8 << 10, 16 << 10, 16 << 10, 16 << 10, 16 << 10];

/// Flash that forgets nothing but what is erased, and objects to what real flash cannot do.
#[derive(Clone)]
struct Nor {
    sizes: &'static [u32],
    sectors: RefCell<Vec<Vec<u8>>>,
    /// Operations until the power is cut, in the middle of one.
    left: Cell<Option<usize>>,
    done: Cell<usize>,
    /// How operations are torn.
    seed: Cell<u32>,
}

impl Nor {
    fn new(sizes: &'static [u32]) -> Nor {
        let sectors = sizes.iter().map(|size| std::vec![0xff; *size as usize]).collect();
        Nor { sizes, sectors: RefCell::new(sectors), left: Cell::new(None), done: Cell::new(0), seed: Cell::new(1) }
    }

    /// Becomes what another flash is.
    fn restore(&self, other: &Nor) {
        self.sectors.borrow_mut().clone_from(&other.sectors.borrow());
        self.left.set(None);
        self.done.set(0);
    }

    /// Counts an operation. `Some`: the power goes while it runs.
    fn count(&self) -> Result<Option<Random>> {
        let left = self.left.get();
        if left == Some(0) {
            return Err(Errno::EIO);
        }
        self.left.set(left.map(|left| left - 1));
        self.done.set(self.done.get() + 1);
        Ok((left == Some(1)).then(|| Random(self.seed.get() ^ (self.done.get() as u32).wrapping_mul(0x9e37_79b9) | 1)))
    }
}

impl Flash for Nor {
    fn sectors(&self) -> &[u32] {
        self.sizes
    }
    fn read(&self, sector: usize, offset: u32, buffer: &mut [u8]) -> Result<()> {
        if self.left.get() == Some(0) {
            return Err(Errno::EIO);
        }
        let at = offset as usize;
        buffer.copy_from_slice(&self.sectors.borrow()[sector][at..at + buffer.len()]);
        Ok(())
    }
    fn program(&self, sector: usize, offset: u32, bytes: &[u8]) -> Result<()> {
        assert!(offset.is_multiple_of(4) && bytes.len().is_multiple_of(4), "whole words");
        let torn = self.count()?;
        let mut sectors = self.sectors.borrow_mut();
        let place = &mut sectors[sector][offset as usize..offset as usize + bytes.len()];
        let is_sound = |old: &[u8], new: &[u8]| old == [0xff; 4] || new == [0; 4];
        assert!(place.chunks(4).zip(bytes.chunks(4)).all(|(old, new)| is_sound(old, new)), "erased words, or zeros");
        match torn {
            None => place.copy_from_slice(bytes),
            Some(mut random) => {
                // Some words are there, one has some of its bits, the others are as they were.
                let words = random.below(bytes.len() as u32 / 4 + 1) as usize * 4;
                place[..words].copy_from_slice(&bytes[..words]);
                for (old, new) in place[words..].iter_mut().zip(&bytes[words..]).take(4) {
                    *old &= *new | random.below(256) as u8;
                }
            }
        }
        if self.left.get() == Some(0) { Err(Errno::EIO) } else { Ok(()) }
    }
    fn erase(&self, sector: usize) -> Result<()> {
        match self.count()? {
            None => self.sectors.borrow_mut()[sector].fill(0xff),
            Some(mut random) => {
                // Any number of bits are erased already: hardly any, about half, or nearly all.
                let likely = [1, 128, 255][random.below(3) as usize];
                for byte in &mut self.sectors.borrow_mut()[sector] {
                    if random.below(256) < likely {
                        *byte |= random.below(256) as u8;
                    }
                }
                return Err(Errno::EIO);
            }
        }
        if self.left.get() == Some(0) { Err(Errno::EIO) } else { Ok(()) }
    }
}

type Device = Log<Nor, 8, 1200>;

fn mounted(flash: Nor) -> &'static Device {
    let log: &'static Device = Box::leak(Box::new(Log::new(flash)));
    log.mount().expect("any flash mounts");
    log
}

/// After the power came back.
fn again(log: &'static Device) -> &'static Device {
    log.flash().left.set(None);
    log.mount().expect("any flash mounts");
    log
}

/// What all blocks hold: one byte each, since that is how tests fill them.
fn contents(log: &Device) -> Vec<u8> {
    let mut bytes = [0; BLOCK];
    let read = |block| {
        log.read(block, 0, &mut bytes).expect("read");
        assert!(bytes.iter().all(|byte| *byte == bytes[0]), "block {block} is whole");
        bytes[0]
    };
    (0..log.block_count()).map(read).collect()
}

#[test]
fn capacities() {
    assert_eq!(capacity(&F405), 843, "blocks of 512 bytes on a pyboard");
    assert_eq!(mounted(Nor::new(&F405)).block_count(), 843);
    assert_eq!(Log::<Nor, 8, 100>::new(Nor::new(&F405)).mount(), Err(Errno::EINVAL), "no room for the map");
}

/// Sectors of which one is larger than all others together, as those beside an image of 640 kB are; the power is cut now and then.
#[test]
fn one_sector_may_have_most_of_the_room() {
    const UNEQUAL: [u32; 5] = [4 << 10, 4 << 10, 4 << 10, 16 << 10, 32 << 10];
    let log: &'static Log<Nor, 5, 100> = Box::leak(Box::new(Log::new(Nor::new(&UNEQUAL))));
    log.mount().expect("any flash mounts");
    let (mut model, mut random) = (std::vec![0_u8; log.block_count() as usize], Random(3));
    for round in 0..6000 {
        let mut next = model.clone();
        log.flash().left.set((round % 5 == 0).then(|| 1 + random.below(40) as usize));
        let group = (0..=random.below(3)).try_for_each(|_| {
            let (block, byte) = (random.below(model.len() as u32), random.below(255) as u8 + 1);
            next[block as usize] = byte;
            log.write(block, &[byte; BLOCK])
        });
        match group.and_then(|()| log.sync()) {
            Ok(()) => model = next,
            Err(errno) => {
                assert_eq!((errno, log.flash().left.take()), (Errno::EIO, Some(0)), "round {round}");
                log.mount().expect("any flash mounts");
                for (block, (old, new)) in model.iter_mut().zip(next).enumerate() {
                    let mut bytes = [0; BLOCK];
                    log.read(block as u32, 0, &mut bytes).expect("read");
                    assert!(bytes == [*old; BLOCK] || bytes == [new; BLOCK], "round {round}, block {block}");
                    *old = bytes[0];
                }
            }
        }
        log.flash().left.set(None);
    }
    let mut bytes = [0; BLOCK];
    for (block, byte) in model.iter().enumerate() {
        log.read(block as u32, 0, &mut bytes).expect("read");
        assert_eq!(bytes, [*byte; BLOCK], "block {block}");
    }
    let (least, most) = log.wear();
    assert!(least > 20 && most - least <= 2 * super::UNEVEN, "erased {least} to {most} times");
}

#[test]
fn groups_happen_whole_or_not_at_all() {
    let mut log = mounted(Nor::new(&SMALL));
    let (mut random, mut synced) = (Random(5), contents(log));
    for round in 0..400 {
        let mut group = synced.clone();
        for _ in 0..random.below(12) {
            let (block, byte) = (random.below(log.block_count()), random.below(256) as u8);
            log.write(block, &[byte; BLOCK]).expect("written");
            group[block as usize] = byte;
            assert_eq!(contents(log)[block as usize], byte, "what was written is read");
        }
        if random.below(3) > 0 {
            log.sync().expect("synced");
            synced = group;
        }
        if random.below(3) == 0 {
            log = again(log);
            assert_eq!(contents(log), synced, "round {round}");
        } else {
            log.sync().expect("synced");
            synced = contents(log);
        }
    }
}

#[test]
fn a_group_too_large_ends_early() {
    let log = mounted(Nor::new(&SMALL));
    for byte in 1..20 {
        for block in 0..log.block_count() {
            log.write(block, &[byte; BLOCK]).expect("there is room for every block, always");
        }
    }
    log.sync().expect("synced");
    assert!(contents(again(log)).iter().all(|byte| *byte == 19));
}

#[test]
fn wear_is_even() {
    let log = mounted(Nor::new(&F405));
    for block in 0..log.block_count() {
        log.write(block, &[1; BLOCK]).expect("written");
    }
    // Two blocks change, all others rest.
    for round in 0..60_000_u32 {
        log.write(round % 2 * 700, &[round as u8; BLOCK]).expect("written");
        log.sync().expect("synced");
    }
    let (least, most) = log.wear();
    assert!(least > 20 && most - least <= super::UNEVEN + 2, "erased {least} to {most} times");
}

/// At every operation of a run, in three ways each, the power goes; then the run goes on from what is there.
fn cut_everywhere(
    origin: &Nor,
    run: &dyn Fn(&'static Device) -> std::result::Result<usize, usize>,
    check: &dyn Fn(&'static Device, usize, usize),
) {
    let log = mounted(origin.clone());
    for cut in 1.. {
        let mut complete = true;
        for seed in 1..=3 {
            log.flash().restore(origin);
            log.flash().seed.set(seed);
            again(log).flash().left.set(Some(cut));
            if let Err(step) = run(log) {
                complete = false;
                check(again(log), step, cut);
            }
        }
        if complete {
            assert!(cut > 100, "the run has operations");
            return;
        }
    }
}

/// Flash on which sectors are full and garbage must be collected soon.
fn worn(sizes: &'static [u32]) -> &'static Device {
    let log = mounted(Nor::new(sizes));
    let mut random = Random(11);
    for _ in 0..500 {
        log.write(random.below(log.block_count()), &[9; BLOCK]).expect("written");
        log.write(random.below(log.block_count()), &[random.below(250) as u8; BLOCK]).expect("written");
        log.sync().expect("synced");
    }
    log
}

#[test]
fn power_may_be_cut_in_any_operation() {
    let origin = worn(&SMALL);
    let before = contents(origin);
    // Groups of five blocks; what is there after each.
    let group =
        |number: usize| (0..5).map(move |index| ((number * 17 + index * 5) as u32 % origin.block_count(), 100 + number as u8));
    let mut states = std::vec![before];
    for number in 0..60 {
        let mut state = states[number].clone();
        group(number).for_each(|(block, byte)| state[block as usize] = byte);
        states.push(state);
    }
    let run = |log: &'static Device| {
        for number in 0..60 {
            let written = group(number).try_for_each(|(block, byte)| log.write(block, &[byte; BLOCK]));
            written.and_then(|()| log.sync()).map_err(|_| number)?;
        }
        Ok(60)
    };
    cut_everywhere(origin.flash(), &run, &|log, number, cut| {
        let found = contents(log);
        assert!(found == states[number] || found == states[number + 1], "cut {cut}: group {number} is there, or is not");
        // And life goes on, also when the power goes again at once.
        log.write(3, &[77; BLOCK]).expect("written");
        let again_cut = again(log);
        assert!(contents(again_cut) == found, "cut {cut}: what was not synced is not there");
        again_cut.write(4, &[78; BLOCK]).and_then(|()| again_cut.sync()).expect("written");
        let last = contents(again(again_cut));
        assert!(last[3] == found[3] && last[4] == 78, "cut {cut}: a group that never ended stays so");
    });
}

/// What is done to files, step by step; each step ends with one sync at least.
const STEPS: &[fn(&dyn FileSystem) -> Result<()>] = &[
    |fs| fs.make_dir("/lib"),
    |fs| write(fs, "/config.json", &[1; 1700]),
    |fs| fs.rename("/config.json", "/lib/config of old.json"),
    |fs| write(fs, "/lib/config of old.json", &[2; 600]),
    |fs| append(fs, "/log.txt", &[3; 800]),
    |fs| fs.rename("/log.txt", "/main.py"),
    |fs| fs.remove("/main.py", false),
    |fs| fs.remove("/lib/config of old.json", false),
    |fs| fs.remove("/lib", true),
];

fn open<F: Format>(format: F, log: &'static Device, make: bool) -> Box<dyn FileSystem> {
    let fs = Box::leak(Box::new(OnDevice::new(format, log))).at(&|| 0);
    if make { fs.format() } else { fs.load() }.expect("a file system");
    Box::new(fs)
}

fn fat(log: &'static Device, make: bool) -> Box<dyn FileSystem> {
    open(Fat::<512>::new(), log, make)
}

fn littlefs(log: &'static Device, make: bool) -> Box<dyn FileSystem> {
    let options = Options { read: 64, program: 128, cache: 256, lookahead: 16, cycles: -1, times: false };
    let buffers = Box::leak(std::vec![Cell::new(0); options.buffers()].into_boxed_slice());
    open(Littlefs::new(options, buffers), log, make)
}

type Maker = fn(&'static Device, bool) -> Box<dyn FileSystem>;

/// Every file has its old content or its new one, whenever the power goes.
fn files_survive(maker: Maker) {
    let origin = worn(&SMALL);
    let fs = maker(origin, true);
    write(&*fs, "/log.txt", &[7; 300]).expect("written");
    write(&*fs, "/main.py", &[8; 1000]).expect("written");
    write(&*fs, "/unrelated", &[9; 2500]).expect("written");
    // Garbage enough that sectors are emptied on the way.
    for round in 0..60 {
        write(&*fs, "/often", &[round; 1500]).expect("written");
    }
    origin.sync().expect("synced");
    let start = origin.flash().clone();
    let fs = maker(mounted(start.clone()), false);
    let mut states = std::vec![tree(&*fs, "").expect("whole")];
    for step in STEPS {
        step(&*fs).expect("no cut");
        states.push(tree(&*fs, "").expect("whole"));
    }
    let run = |log: &'static Device| {
        // The cut may come before the file system is there.
        let left = log.flash().left.take();
        let fs = maker(log, false);
        log.flash().left.set(left);
        STEPS.iter().enumerate().try_for_each(|(number, step)| step(&*fs).map_err(|_| number)).map(|()| STEPS.len())
    };
    cut_everywhere(&start, &run, &|log, number, cut| {
        let found = tree(&*maker(log, false), "").unwrap_or_else(|errno| panic!("cut {cut}: {errno:?}"));
        let (before, after) = (&states[number], &states[number + 1]);
        // A file that is made is there, empty, before it has its content.
        let is_made = |found: &Model| {
            found.iter().all(|(path, content)| {
                before.get(path) == Some(content) || before.get(path).is_none() && content.as_ref().is_some_and(Vec::is_empty)
            }) && before.keys().all(|path| found.contains_key(path))
        };
        let sizes = |files: &Model| {
            files.iter().map(|(path, content)| (path.clone(), content.as_ref().map(Vec::len))).collect::<Vec<_>>()
        };
        let is_sound = found == *before || found == *after || is_made(&found);
        assert!(is_sound, "cut {cut} in step {number}: {:?} were {:?}", sizes(&found), sizes(before));
    });
}

#[test]
fn fat_survives_any_cut() {
    files_survive(fat);
}

#[test]
fn littlefs_survives_any_cut() {
    files_survive(littlefs);
}

/// Random operations, and now and then the power goes: all that was closed before is there.
fn random_life(maker: Maker, seed: u32) {
    let mut log = mounted(Nor::new(&SMALL));
    let (mut fs, mut random, mut model) = (maker(log, true), Random(seed), Model::new());
    for round in 0..60 {
        for _ in 0..20 {
            random_operation(&*fs, &mut model, &mut random);
        }
        assert_eq!(tree(&*fs, "").expect("whole"), model, "seed {seed}, round {round}");
        log.flash().left.set(Some(0));
        log = again(log);
        fs = maker(log, false);
        assert_eq!(tree(&*fs, "").expect("whole"), model, "seed {seed}, round {round}, after a cut");
    }
}

#[test]
fn random_lives() {
    (1..4).for_each(|seed| random_life(fat, seed));
    (1..4).for_each(|seed| random_life(littlefs, seed));
}
