//! A board whose files are a removable disk: what a system does with one, what it may not do, and two who want to write.

use super::computer::{Computer, interfaces};
use super::running::PYBOARD;
use usb::board::{Board, Wear};
use usb::disk::{BLOCK, Disk, Volume};
use usb::simulated::{Stalled, Wire};
use usb::usb_device::bus::UsbBusAllocator;

/// The endpoints: from the board, to it.
const DISK: (usize, usize) = (3, 2);
const INTERFACE: u16 = 3;
const BLOCKS: u32 = 64;

/// A volume in memory.
struct Memory {
    bytes: Vec<u8>,
    synced: usize,
    broken: bool,
}

impl Volume for Memory {
    fn count(&self) -> u32 {
        (self.bytes.len() / BLOCK) as u32
    }
    fn read(&mut self, block: u32, into: &mut [u8; BLOCK]) -> bool {
        into.copy_from_slice(&self.bytes[block as usize * BLOCK..][..BLOCK]);
        !self.broken
    }
    fn write(&mut self, block: u32, bytes: &[u8; BLOCK]) -> bool {
        self.bytes[block as usize * BLOCK..][..BLOCK].copy_from_slice(bytes);
        !self.broken
    }
    fn sync(&mut self) -> bool {
        self.synced += 1;
        !self.broken
    }
}

/// How a command ended: its status, and how much was not transferred.
#[derive(Debug, PartialEq, Eq)]
struct Ended {
    passed: bool,
    residue: u32,
}

const PASSED: Ended = Ended { passed: true, residue: 0 };

/// A computer with a disk plugged in.
struct Plugged<'c, 'a> {
    computer: &'c Computer,
    board: Board<'a, Wire>,
    volume: Memory,
    now: u32,
    tag: u32,
}

fn disk_of<'s, 'a>(board: &'s mut Board<'a, Wire>) -> &'s mut Disk<'a, Wire> {
    board.disk.as_mut().expect("it wears one")
}

impl<'a> Plugged<'_, 'a> {
    fn disk(&mut self) -> &mut Disk<'a, Wire> {
        disk_of(&mut self.board)
    }

    fn end(&mut self, id: u32) -> Result<(Vec<u8>, usize), Stalled> {
        let turn = &mut || {
            self.board.poll();
            disk_of(&mut self.board).serve(&mut self.volume, self.now);
        };
        self.computer.end(id, turn).expect("the disk answers")
    }

    /// Opens a halted pipe again.
    fn clear_halt(&mut self, endpoint: u16) {
        let (board, volume, now) = (&mut self.board, &mut self.volume, self.now);
        let turn = &mut || {
            board.poll();
            disk_of(board).serve(volume, now);
        };
        self.computer.tell(2, 1, 0, endpoint, &[], turn).expect("a pipe can be opened");
    }

    /// Sends a command in its wrapper.
    fn command(&mut self, command: &[u8], length: u32, to_computer: bool) {
        self.tag += 1;
        let mut wrapper = b"USBC".to_vec();
        wrapper.extend(self.tag.to_le_bytes());
        wrapper.extend(length.to_le_bytes());
        wrapper.extend([u8::from(to_computer) << 7, 0, command.len() as u8]);
        wrapper.extend(command);
        wrapper.resize(31, 0);
        let id = self.computer.begin(DISK.1, None, &wrapper, [0; 8]);
        self.end(id).expect("a command is taken");
    }

    fn status(&mut self) -> Ended {
        let id = self.computer.begin(DISK.0, Some(13), &[], [0; 8]);
        let (status, _) = self.end(id).expect("there is a status");
        let word = |at: usize| u32::from_le_bytes([status[at], status[at + 1], status[at + 2], status[at + 3]]);
        assert_eq!((status.len(), &status[..4], word(4)), (13, &b"USBS"[..], self.tag));
        Ended { passed: status[12] == 0, residue: word(8) }
    }

    /// A command that answers with data.
    fn ask(&mut self, command: &[u8], length: u32) -> (Vec<u8>, Ended) {
        self.command(command, length, true);
        let id = self.computer.begin(DISK.0, Some(length as usize), &[], [0; 8]);
        let answer = self.end(id).map(|(bytes, _)| bytes).unwrap_or_else(|Stalled| {
            self.clear_halt(0x80 | DISK.0 as u16);
            Vec::new()
        });
        let ended = self.status();
        (answer, ended)
    }

    /// A command that brings data.
    fn tell(&mut self, command: &[u8], data: &[u8]) -> Ended {
        self.command(command, data.len() as u32, false);
        if !data.is_empty() {
            let id = self.computer.begin(DISK.1, None, data, [0; 8]);
            self.end(id).expect("data are taken, wanted or not");
        }
        self.status()
    }

    fn read(&mut self, block: u32, count: u8) -> (Vec<u8>, Ended) {
        let [a, b, c, d] = block.to_be_bytes();
        self.ask(&[0x28, 0, a, b, c, d, 0, 0, count, 0], u32::from(count) * BLOCK as u32)
    }

    fn write(&mut self, block: u32, data: &[u8]) -> Ended {
        let [a, b, c, d] = block.to_be_bytes();
        self.tell(&[0x2A, 0, a, b, c, d, 0, 0, (data.len() / BLOCK) as u8, 0], data)
    }

    /// Key, code and qualifier of what failed last.
    fn sense(&mut self) -> [u8; 3] {
        let (sense, ended) = self.ask(&[0x03, 0, 0, 0, 18, 0], 18);
        assert_eq!(ended, PASSED);
        [sense[2], sense[12], sense[13]]
    }

    fn is_ready(&mut self) -> bool {
        self.tell(&[0; 6], &[]).passed
    }
}

fn with_disk(may_write: bool, test: impl FnOnce(Plugged)) {
    let computer = Computer::new();
    let bus = UsbBusAllocator::new(computer.wire.clone());
    let mut board = Board::new(&bus, PYBOARD, Wear { disk: Some(may_write), ..Wear::SERIAL });
    let configuration = computer.enumerate(&mut || {
        board.poll();
    });
    assert_eq!(interfaces(&configuration)[3], [3, 8, 6, 0x50]);
    let bytes = (0..BLOCKS as usize * BLOCK).map(|at| ((at / 7) ^ (at >> 9)) as u8).collect();
    test(Plugged { computer: &computer, board, volume: Memory { bytes, synced: 0, broken: false }, now: 0, tag: 0 });
}

fn block(byte: u8) -> Vec<u8> {
    vec![byte; BLOCK]
}

#[test]
fn a_system_learns_what_it_is() {
    with_disk(true, |mut disk| {
        let turn = &mut || {
            disk.board.poll();
        };
        assert_eq!(disk.computer.ask(0x21, 0xFE, 0, INTERFACE, 1, turn), Ok(vec![0]), "it is one disk");
        let (about, ended) = disk.ask(&[0x12, 0, 0, 0, 36, 0], 36);
        assert_eq!((about[0], about[1], &about[8..14], ended), (0, 0x80, &b"Taipan"[..], PASSED));
        assert!(disk.is_ready());
        assert_eq!(disk.ask(&[0x25, 0, 0, 0, 0, 0, 0, 0, 0, 0], 8), (vec![0, 0, 0, 63, 0, 0, 2, 0], PASSED));
        assert_eq!(disk.ask(&[0x1A, 0, 0x3F, 0, 4, 0], 4).0, [3, 0, 0, 0], "it may be written");
        assert_eq!(disk.ask(&[0x1A, 0, 0x3F, 0, 192, 0], 192), (vec![3, 0, 0, 0], Ended { passed: true, residue: 188 }));
        assert_eq!(disk.sense(), [0, 0, 0]);
    });
}

#[test]
fn blocks_are_read_and_written() {
    with_disk(true, |mut disk| {
        let expected = disk.volume.bytes[5 * BLOCK..9 * BLOCK].to_vec();
        assert_eq!(disk.read(5, 4), (expected, PASSED));
        let data = [block(1), block(2), block(3)].concat();
        assert_eq!(disk.write(61, &data), PASSED);
        assert_eq!(disk.read(61, 3), (data, PASSED));
        assert_eq!(disk.volume.synced, 0);
        assert_eq!(disk.tell(&[0x35, 0, 0, 0, 0, 0, 0, 0, 0, 0], &[]), PASSED);
        assert_eq!(disk.volume.synced, 1);
    });
}

#[test]
fn what_cannot_be_done_fails_with_its_reason_and_the_next_command_works() {
    with_disk(true, |mut disk| {
        assert_eq!(disk.read(63, 2), (vec![], Ended { passed: false, residue: 1024 }));
        assert_eq!(disk.sense(), [5, 0x21, 0]);
        assert_eq!(disk.sense(), [0, 0, 0], "it is told once");
        assert_eq!(disk.write(64, &block(1)), Ended { passed: false, residue: 512 });
        assert_eq!(disk.sense(), [5, 0x21, 0]);
        assert!(!disk.tell(&[0x04, 0, 0, 0, 0, 0], &[]).passed, "it formats nothing");
        assert_eq!(disk.sense(), [5, 0x20, 0]);
        assert!(!disk.ask(&[0x12, 1, 0x80, 0, 36, 0], 36).1.passed, "it has no pages about itself");
        // A computer that means to transfer something else than it says.
        assert!(!disk.ask(&[0x28, 0, 0, 0, 0, 0, 0, 0, 2, 0], 512).1.passed);
        assert!(!disk.tell(&[0x28, 0, 0, 0, 0, 0, 0, 0, 1, 0], &block(9)).passed);
        assert!(!disk.ask(&[0x2A, 0, 0, 0, 0, 0, 0, 0, 1, 0], 512).1.passed);
        disk.volume.broken = true;
        assert!(!disk.read(0, 1).1.passed);
        assert_eq!(disk.sense(), [3, 0x11, 0]);
        assert!(!disk.write(0, &[block(1), block(2)].concat()).passed);
        assert_eq!(disk.sense(), [3, 0x0C, 0]);
        disk.volume.broken = false;
        assert_eq!(disk.read(1, 1).1, PASSED);
    });
}

#[test]
fn what_is_no_command_halts_it_until_it_is_reset() {
    with_disk(true, |mut disk| {
        for noise in [&b"USBC"[..], &[0; 31], &[0xFF; 64], b"USBC\x01\0\0\0\0\0\0\0\0\x01\x06", &[]] {
            let id = disk.computer.begin(DISK.1, None, noise, [0; 8]);
            let _ = disk.end(id); // taken or refused, the same to it
            let id = disk.computer.begin(DISK.0, Some(13), &[], [0; 8]);
            assert_eq!(disk.end(id), Err(Stalled), "{noise:?}");
            let (board, computer) = (&mut disk.board, disk.computer);
            computer
                .tell(0x21, 0xFF, 0, INTERFACE, &[], &mut || {
                    board.poll();
                })
                .expect("it can be reset");
            disk.clear_halt(0x80 | DISK.0 as u16);
            disk.clear_halt(DISK.1 as u16);
            assert!(disk.is_ready(), "after {noise:?}");
        }
    });
}

#[test]
fn a_computer_that_may_only_read_is_told_so() {
    with_disk(false, |mut disk| {
        let before = disk.volume.bytes.clone();
        assert_eq!(disk.ask(&[0x1A, 0, 0x3F, 0, 4, 0], 4).0, [3, 0, 0x80, 0]);
        assert_eq!(disk.write(0, &[block(1), block(2)].concat()), Ended { passed: false, residue: 1024 });
        assert_eq!(disk.sense(), [7, 0x27, 0]);
        assert!(disk.volume.bytes == before);
        assert_eq!(disk.read(0, 1).1, PASSED);
    });
}

#[test]
fn one_writes_at_a_time_and_the_other_learns_of_it() {
    with_disk(true, |mut disk| {
        // The program writes: the computer may look, and has to look anew afterwards.
        assert!(disk.disk().hold() && disk.disk().hold());
        assert!(!disk.is_ready());
        assert_eq!(disk.sense(), [6, 0x28, 0], "the medium cannot be written any more");
        assert_eq!(disk.ask(&[0x1A, 0, 0x3F, 0, 4, 0], 4).0, [3, 0, 0x80, 0]);
        assert!(!disk.write(0, &block(1)).passed);
        assert_eq!(disk.sense(), [7, 0x27, 0]);
        assert_eq!(disk.read(0, 1).1, PASSED);
        disk.disk().release();
        assert!(!disk.is_ready());
        assert_eq!(disk.sense(), [6, 0x28, 0], "the medium was changed");
        assert!(disk.is_ready() && !disk.disk().take_written());
        // The computer writes: the program has to wait until it is done.
        assert_eq!(disk.write(0, &block(2)), PASSED);
        assert!(!disk.disk().hold() && !disk.disk().take_written());
        assert_eq!(disk.tell(&[0x35, 0, 0, 0, 0, 0, 0, 0, 0, 0], &[]), PASSED);
        assert!(disk.disk().take_written() && !disk.disk().take_written());
        assert!(disk.disk().hold());
        disk.disk().release();
        assert!(!disk.is_ready());
        // One that never says so is done when it has been silent.
        assert_eq!(disk.write(0, &block(3)), PASSED);
        disk.now += 1999;
        assert!(disk.is_ready() && !disk.disk().hold());
        disk.now += 1;
        assert!(disk.is_ready() && disk.disk().hold() && disk.volume.synced == 2);
    });
}

#[test]
fn an_ejected_disk_is_gone_until_it_is_put_in_again() {
    with_disk(true, |mut disk| {
        assert_eq!(disk.write(7, &block(1)), PASSED);
        assert_eq!(disk.tell(&[0x1B, 0, 0, 0, 2, 0], &[]), PASSED);
        assert_eq!(disk.volume.synced, 1, "what was written is safe");
        assert!(!disk.is_ready());
        assert_eq!(disk.sense(), [2, 0x3A, 0]);
        assert!(!disk.read(0, 1).1.passed);
        disk.disk().insert();
        assert!(!disk.is_ready());
        assert_eq!(disk.sense(), [6, 0x28, 0]);
        assert_eq!(disk.read(7, 1), (block(1), PASSED));
    });
}
