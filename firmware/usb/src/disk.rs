//! The board's volume as a removable disk (USB Mass Storage, Bulk-Only Transport 1.0, with the commands of SCSI that computers send).
//!
//! ```text
//! Command ──▶ Send blocks ────────────▶ Status ──▶ Command      where the computer waits for what does not come, its pipe is halted;
//!         └─▶ Receive blocks ─▶ Discard ─┘                       what it sends in vain is thrown away; the sense tells why
//! ```
//! Two write on one volume, and neither knows what the other has in mind: so one at a time. While the program [holds](Disk::hold) it, the computer
//! can only read; when it lets go, the computer is told that the medium was changed, and reads anew. While the computer has written and not said that it
//! is done, the program may not hold it, and learns by [`Disk::take_written`] that it must load its file system anew.
//!
//! Nothing is done in the bus's interrupt: packets wait at their endpoints until the owner [serves](Disk::serve) them, since blocks may take time.

use crate::asks;
use usb_device::class_prelude::*;
use usb_device::control::RequestType;

/// Bytes of a block.
pub const BLOCK: usize = 512;
/// Bytes of a packet (USB 2.0 §5.8.3).
const PACKET: usize = 64;
/// Mass storage, SCSI, Bulk-Only (BOT §4.3).
const CLASS: (u8, u8, u8) = (0x08, 0x06, 0x50);
/// Milliseconds after which a computer that does not say that it is done is done.
const DONE_AFTER: u32 = 2000;

/// What the blocks are kept in.
pub trait Volume {
    /// How many there are.
    fn count(&self) -> u32;
    /// Reads one; false if it cannot.
    fn read(&mut self, block: u32, into: &mut [u8; BLOCK]) -> bool;
    /// Writes one; false if it cannot.
    fn write(&mut self, block: u32, bytes: &[u8; BLOCK]) -> bool;
    /// What was written outlives a power cut from here on; false if it does not.
    fn sync(&mut self) -> bool;
}

/// Why a command failed: the key, the code and its qualifier (SPC-3 §4.5).
type Sense = (u8, u8, u8);
const NO_SENSE: Sense = (0, 0, 0);
const NO_MEDIUM: Sense = (0x02, 0x3A, 0);
const READ_ERROR: Sense = (0x03, 0x11, 0);
const WRITE_ERROR: Sense = (0x03, 0x0C, 0);
const NO_SUCH_COMMAND: Sense = (0x05, 0x20, 0);
const NO_SUCH_BLOCK: Sense = (0x05, 0x21, 0);
const NO_SUCH_FIELD: Sense = (0x05, 0x24, 0);
const MEDIUM_CHANGED: Sense = (0x06, 0x28, 0);
const PROTECTED: Sense = (0x07, 0x27, 0);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// A command is awaited.
    Command,
    /// What lies in the buffer goes to the computer, then so many blocks from this one on.
    Send { block: u32, left: u32 },
    /// So many blocks come from the computer.
    Receive { block: u32, left: u32 },
    /// So many bytes come that are wanted no more.
    Discard { left: u32 },
    /// The status goes to the computer.
    Status,
    /// What came was no command: nothing is taken but a reset.
    Broken,
}

/// What the computer wants.
#[derive(Clone, Copy, Default)]
struct Wanted {
    tag: [u8; 4],
    /// Bytes that it means to transfer, and whether to itself.
    length: u32,
    to_computer: bool,
    /// Bytes that were.
    done: u32,
    failed: bool,
}

/// A removable disk.
pub struct Disk<'a, B: UsbBus> {
    interface: InterfaceNumber,
    from_board: EndpointIn<'a, B>,
    to_board: EndpointOut<'a, B>,
    phase: Phase,
    wanted: Wanted,
    buffer: [u8; BLOCK],
    /// The part of it that is still to go, or that has come.
    at: usize,
    filled: usize,
    sense: Sense,
    is_in: bool,
    may_write: bool,
    held: bool,
    changed: bool,
    /// When the computer last wrote, if it has not said that it is done.
    writes: Option<u32>,
    written: bool,
    news: bool,
}

/// Bytes of a command and of a status (BOT §5).
const COMMAND: usize = 31;
const STATUS: usize = 13;

impl<'a, B: UsbBus> Disk<'a, B> {
    /// A disk with endpoints of its own, which the computer may write if `may_write`.
    pub fn new(bus: &'a UsbBusAllocator<B>, may_write: bool) -> Disk<'a, B> {
        Disk {
            interface: bus.interface(),
            from_board: bus.bulk(PACKET as u16),
            to_board: bus.bulk(PACKET as u16),
            phase: Phase::Command,
            wanted: Wanted::default(),
            buffer: [0; BLOCK],
            at: 0,
            filled: 0,
            sense: NO_SENSE,
            is_in: true,
            may_write,
            held: false,
            changed: false,
            writes: None,
            written: false,
            news: false,
        }
    }

    /// The program wants to write: the computer cannot from here on, and is told that the medium is another one, so that it learns of that before it
    /// tries. False if it is in the middle of writing.
    pub fn hold(&mut self) -> bool {
        let now = !self.held && self.writes.is_none();
        (self.held, self.changed) = (self.held | now, self.changed | now);
        self.held
    }

    /// The program holds it no more, and has not written.
    pub fn let_go(&mut self) {
        self.held = false;
    }

    /// The program has written, and holds it no more.
    pub fn release(&mut self) {
        self.changed = true;
        self.held = false;
    }

    /// Whether the computer has written and not said that it is done.
    pub fn is_written(&self) -> bool {
        self.writes.is_some()
    }

    /// Whether packets have come or gone since the last call: there may be something to serve.
    pub fn take_news(&mut self) -> bool {
        core::mem::take(&mut self.news)
    }

    /// Whether the computer has written since the last call, and is done: what the program knows of the volume is old.
    pub fn take_written(&mut self) -> bool {
        self.writes.is_none() && core::mem::take(&mut self.written)
    }

    /// Puts the medium in again that the computer has ejected.
    pub fn insert(&mut self) {
        self.changed |= !self.is_in;
        self.is_in = true;
    }

    /// Does what the computer wants, as far as packets have come and can go. `now` is in milliseconds.
    pub fn serve(&mut self, volume: &mut impl Volume, now: u32) {
        if self.writes.is_some_and(|last| now.wrapping_sub(last) >= DONE_AFTER) {
            self.end_writing(volume);
        }
        while self.step(volume, now) {}
    }

    /// The next packet, if it can be taken or given.
    fn step(&mut self, volume: &mut impl Volume, now: u32) -> bool {
        match self.phase {
            Phase::Command => self.take_command(volume),
            Phase::Send { block, left } => self.send(volume, block, left),
            Phase::Receive { block, left } => self.receive(volume, block, left, now),
            Phase::Discard { left } => self.discard(left),
            Phase::Status => self.tell_status(),
            Phase::Broken => false,
        }
    }

    fn take_command(&mut self, volume: &mut impl Volume) -> bool {
        let mut packet = [0; PACKET];
        let Ok(count) = self.to_board.read(&mut packet) else { return false };
        let [b'U', b'S', b'B', b'C', rest @ ..] = &packet[..count] else { return self.break_down() };
        // A tag, a length, flags, the unit, the length of the command, the command (BOT §5.1).
        if count != COMMAND || rest[9] & 0x0F != 0 || !(1..=16).contains(&(rest[10] & 0x1F)) {
            return self.break_down();
        }
        let word = |at: usize| [rest[at], rest[at + 1], rest[at + 2], rest[at + 3]];
        let length = u32::from_le_bytes(word(4));
        self.wanted = Wanted { tag: word(0), length, to_computer: rest[8] & 0x80 != 0, done: 0, failed: false };
        let mut command = [0; 16];
        command.copy_from_slice(&rest[11..27]);
        (self.at, self.filled) = (0, 0);
        match self.perform(&command, volume) {
            Ok(phase) => self.phase = self.fitting(phase),
            Err(sense) => self.fail(sense),
        }
        true
    }

    /// Not a command: the pipes stay halted until the computer resets the transport (BOT §6.6.1).
    fn break_down(&mut self) -> bool {
        self.phase = Phase::Broken;
        self.from_board.stall();
        self.to_board.stall();
        false
    }

    /// A command as far as it needs no transfer of blocks.
    fn perform(&mut self, command: &[u8; 16], volume: &mut impl Volume) -> Result<Phase, Sense> {
        let reports = matches!(command[0], INQUIRY | REQUEST_SENSE);
        if !reports && core::mem::take(&mut self.changed) {
            return Err(MEDIUM_CHANGED);
        }
        if !self.is_in && matches!(command[0], TEST_UNIT_READY | READ_CAPACITY | READ_FORMATS | READ | WRITE | VERIFY) {
            return Err(NO_MEDIUM);
        }
        let address = u32::from_be_bytes([command[2], command[3], command[4], command[5]]);
        let blocks = u32::from(u16::from_be_bytes([command[7], command[8]]));
        let last = volume.count().wrapping_sub(1).to_be_bytes();
        let locked = if self.may_write && !self.held { 0 } else { 0x80 };
        let fits = address.checked_add(blocks).is_some_and(|end| end <= volume.count());
        match command[0] {
            TEST_UNIT_READY | PREVENT_REMOVAL | VERIFY => Ok(Phase::Status),
            REQUEST_SENSE => {
                let (key, code, qualifier) = core::mem::replace(&mut self.sense, NO_SENSE);
                Ok(self.answer(&[0x70, 0, key, 0, 0, 0, 0, 10, 0, 0, 0, 0, code, qualifier, 0, 0, 0, 0], command[4].into()))
            }
            INQUIRY if command[1] & 1 != 0 => Err(NO_SUCH_FIELD),
            // A removable disk (SPC-3 §6.4.2).
            INQUIRY => Ok(self.answer(b"\x00\x80\x04\x02\x1f\0\0\0Taipan  Board's files   1.00", command[4].into())),
            MODE_SENSE => Ok(self.answer(&[3, 0, locked, 0], command[4].into())),
            MODE_SENSE_LONG => {
                Ok(self.answer(&[0, 6, 0, locked, 0, 0, 0, 0], u16::from_be_bytes([command[7], command[8]]).into()))
            }
            READ_CAPACITY => Ok(self.answer(&[last[0], last[1], last[2], last[3], 0, 0, 2, 0], usize::MAX)),
            READ_FORMATS => {
                let count = volume.count().to_be_bytes();
                let list = [0, 0, 0, 8, count[0], count[1], count[2], count[3], 2, 0, 2, 0];
                Ok(self.answer(&list, u16::from_be_bytes([command[7], command[8]]).into()))
            }
            START_STOP if command[4] & 0b11 == 0b10 => {
                self.is_in = false;
                self.end_writing(volume).then_some(Phase::Status).ok_or(WRITE_ERROR)
            }
            START_STOP if command[4] & 0b11 == 0b11 => {
                self.is_in = true;
                Ok(Phase::Status)
            }
            START_STOP => Ok(Phase::Status),
            SYNCHRONIZE => self.end_writing(volume).then_some(Phase::Status).ok_or(WRITE_ERROR),
            READ if fits => Ok(Phase::Send { block: address, left: blocks }),
            WRITE if locked != 0 => Err(PROTECTED),
            WRITE if fits => Ok(Phase::Receive { block: address, left: blocks }),
            READ | WRITE => Err(NO_SUCH_BLOCK),
            _ => Err(NO_SUCH_COMMAND),
        }
    }

    /// Puts an answer into the buffer, of which the computer wants so much.
    fn answer(&mut self, bytes: &[u8], wanted: usize) -> Phase {
        self.filled = bytes.len().min(wanted).min(self.wanted.length as usize);
        self.buffer[..self.filled].copy_from_slice(&bytes[..self.filled]);
        Phase::Send { block: 0, left: 0 }
    }

    /// The phase, if the computer means to transfer what it needs (BOT §6.7); a status that says no otherwise.
    fn fitting(&mut self, phase: Phase) -> Phase {
        let blocks = |left: u32| left.checked_mul(BLOCK as u32) == Some(self.wanted.length);
        let fits = match phase {
            Phase::Send { left: 0, .. } => self.wanted.to_computer || self.wanted.length == 0,
            Phase::Send { left, .. } => self.wanted.to_computer && blocks(left),
            Phase::Receive { left, .. } => !self.wanted.to_computer && blocks(left),
            _ => true,
        };
        if !fits {
            self.fail(NO_SUCH_FIELD);
            return self.phase;
        }
        phase
    }

    fn fail(&mut self, sense: Sense) {
        (self.sense, self.wanted.failed) = (sense, true);
        self.end();
    }

    /// Goes on to the status. What the computer still sends is thrown away; where it waits for more, the pipe is halted.
    fn end(&mut self) {
        self.phase = Phase::Status;
        let left = self.wanted.length - self.wanted.done.min(self.wanted.length);
        let ended_short = !self.wanted.done.is_multiple_of(PACKET as u32);
        match self.wanted.to_computer {
            true if left > 0 && !ended_short => self.from_board.stall(),
            false if left > 0 => self.phase = Phase::Discard { left },
            _ => {}
        }
    }

    fn discard(&mut self, left: u32) -> bool {
        let Ok(count) = self.to_board.read(&mut [0; PACKET]) else { return false };
        let left = left.saturating_sub(count as u32);
        self.phase = if left > 0 { Phase::Discard { left } } else { Phase::Status };
        true
    }

    fn send(&mut self, volume: &mut impl Volume, block: u32, left: u32) -> bool {
        if self.at == self.filled {
            if left == 0 {
                self.end();
                return true;
            }
            if !volume.read(block, &mut self.buffer) {
                self.fail(READ_ERROR);
                return true;
            }
            (self.at, self.filled) = (0, BLOCK);
            self.phase = Phase::Send { block: block + 1, left: left - 1 };
        }
        let packet = &self.buffer[self.at..self.filled.min(self.at + PACKET)];
        let sent = self.from_board.write(packet).is_ok();
        if sent {
            self.at += packet.len();
            self.wanted.done += packet.len() as u32;
        }
        sent
    }

    fn receive(&mut self, volume: &mut impl Volume, block: u32, left: u32, now: u32) -> bool {
        if left == 0 {
            self.end();
            return true;
        }
        if self.held {
            self.fail(PROTECTED);
            return true;
        }
        let mut packet = [0; PACKET];
        let Ok(count) = self.to_board.read(&mut packet) else { return false };
        let count = count.min(BLOCK - self.filled);
        self.buffer[self.filled..][..count].copy_from_slice(&packet[..count]);
        self.filled += count;
        self.wanted.done += count as u32;
        if self.filled == BLOCK {
            (self.writes, self.written, self.filled) = (Some(now), true, 0);
            if !volume.write(block, &self.buffer) {
                self.fail(WRITE_ERROR);
                return true;
            }
            self.phase = Phase::Receive { block: block + 1, left: left - 1 };
        }
        true
    }

    fn tell_status(&mut self) -> bool {
        // Where the pipe is halted, it leaves when the computer has opened it again.
        let Wanted { tag, length, done, failed, .. } = self.wanted;
        let residue = length.saturating_sub(done).to_le_bytes();
        let mut status = *b"USBS         ";
        status[4..8].copy_from_slice(&tag);
        status[8..12].copy_from_slice(&residue);
        status[STATUS - 1] = failed.into();
        let sent = self.from_board.write(&status).is_ok();
        if sent {
            self.phase = Phase::Command;
        }
        sent
    }

    /// Forgets the command, and what came behind it.
    fn begin_anew(&mut self) {
        self.phase = Phase::Command;
        while self.to_board.read(&mut [0; PACKET]).is_ok() {}
    }

    fn end_writing(&mut self, volume: &mut impl Volume) -> bool {
        self.writes.take().is_none() || volume.sync()
    }
}

// Commands (SPC-3 §6, SBC-2 §5).
const TEST_UNIT_READY: u8 = 0x00;
const REQUEST_SENSE: u8 = 0x03;
const INQUIRY: u8 = 0x12;
const MODE_SENSE: u8 = 0x1A;
const START_STOP: u8 = 0x1B;
const PREVENT_REMOVAL: u8 = 0x1E;
const READ_FORMATS: u8 = 0x23;
const READ_CAPACITY: u8 = 0x25;
const READ: u8 = 0x28;
const WRITE: u8 = 0x2A;
const VERIFY: u8 = 0x2F;
const SYNCHRONIZE: u8 = 0x35;
const MODE_SENSE_LONG: u8 = 0x5A;

// Requests of the class (BOT §3).
const RESET: u8 = 0xFF;
const MAXIMAL_UNIT: u8 = 0xFE;

impl<B: UsbBus> UsbClass<B> for Disk<'_, B> {
    fn get_configuration_descriptors(&self, writer: &mut DescriptorWriter) -> usb_device::Result<()> {
        let (class, subclass, protocol) = CLASS;
        writer.interface(self.interface, class, subclass, protocol)?;
        writer.endpoint(&self.from_board)?;
        writer.endpoint(&self.to_board)
    }

    fn reset(&mut self) {
        self.begin_anew();
    }

    fn endpoint_out(&mut self, address: EndpointAddress) {
        self.news |= address == self.to_board.address();
    }

    fn endpoint_in_complete(&mut self, address: EndpointAddress) {
        self.news |= address == self.from_board.address();
    }

    fn control_in(&mut self, transfer: ControlIn<B>) {
        if is_ours(transfer.request(), self.interface, MAXIMAL_UNIT) {
            // A transfer that cannot be answered is the bus's to report.
            let _ = transfer.accept_with(&[0]);
        }
    }

    fn control_out(&mut self, transfer: ControlOut<B>) {
        // It may open a halted pipe again.
        self.news |= transfer.request().recipient == control::Recipient::Endpoint;
        if is_ours(transfer.request(), self.interface, RESET) {
            self.begin_anew();
            let _ = transfer.accept();
        }
    }
}

/// Whether it is this request of the class.
fn is_ours(request: &control::Request, interface: InterfaceNumber, code: u8) -> bool {
    asks(request, interface, RequestType::Class) && request.request == code
}
