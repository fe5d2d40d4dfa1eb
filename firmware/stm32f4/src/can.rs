//! The two controllers of CAN (RM0090 §32): three mailboxes to send from, two queues of three messages each to receive into, and filters
//! that both share.

use crate::nvic::Interrupt;
use crate::register::{self, Bus, CAN1, CAN2, RCC};

/// One of the controllers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// CAN1, which has the filters of both.
    One,
    /// CAN2.
    Two,
}

/// How a controller talks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Settings {
    /// Hears what it sends.
    pub loops: bool,
    /// Drives nothing.
    pub silent: bool,
    /// Goes on by itself after too many errors.
    pub auto_restart: bool,
    /// Cycles of its clock in a quantum of time, 1 to 1024.
    pub prescaler: u32,
    /// Quanta by which a bit is moved to follow the others, 1 to 4.
    pub jump: u32,
    /// Quanta before a bit is looked at, 1 to 16, and behind that, 1 to 8.
    pub segments: [u32; 2],
    /// How many of the 28 banks of filters are the first controller's.
    pub banks: u32,
}

/// A message as the registers hold it: identifier, length, data (§32.9.3).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Message {
    /// The identifier, in the upper bits, and what kind it is.
    pub identifier: u32,
    /// How many bytes, and by which filter it came.
    pub length: u32,
    /// The bytes.
    pub data: [u32; 2],
}

/// What a bank of filters lets in (§32.7.4).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Filter {
    /// Identifiers instead of identifiers and masks.
    pub list: bool,
    /// Of 32 bits instead of twice 16.
    pub wide: bool,
    /// Into the second queue instead of the first.
    pub second: bool,
    /// The two registers.
    pub words: [u32; 2],
}

/// What has become of a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sent {
    /// It waits, or is sent just now.
    Pending,
    /// Somebody acknowledged it.
    Done,
    /// It was given up.
    Failed,
}

/// Banks of filters.
pub const BANKS: u32 = 28;

// CAN_MCR and CAN_MSR (§32.9.2).
const INITIALISE: u32 = 1;
const SLEEP: u32 = 1 << 1;
const AUTO_RESTART: u32 = 1 << 6;
const ERROR_SEEN: u32 = 1 << 2;
// CAN_TSR: of the first mailbox; the others' bits are 8 and 16 higher.
const ENDED: u32 = 1;
const WELL: u32 = 1 << 1;
const GIVE_UP: u32 = 1 << 7;
const EMPTY: u32 = 1 << 26;
// CAN_RFxR.
const WAITING: u32 = 0b11;
const FULL: u32 = 1 << 3;
const LOST: u32 = 1 << 4;
const RELEASE: u32 = 1 << 5;
/// CAN_IER: a message has ended.
const ON_SENT: u32 = 1;
// CAN_IER: of the first queue; the second's bits are 3 higher.
const ON_MESSAGE: u32 = 1 << 1;
const ON_FULL: u32 = 1 << 2;
const ON_LOST: u32 = 1 << 3;
/// A warning, passive, off: an interrupt for each.
const ON_ERRORS: u32 = (0b111 << 8) | (1 << 15);
// CAN_BTR.
const LOOPS: u32 = 1 << 30;
const SILENT: u32 = 1 << 31;
/// CAN_TIxR: to be sent.
const REQUEST: u32 = 1;
/// CAN_FMR: filters change.
const FILTERS_CHANGE: u32 = 1;

/// Readings in which a message is long released.
const RELEASES: u32 = 16;
/// Readings before a change of state is given up: it waits for eleven bits that nobody drives, at 10 kHz 1.1 ms.
const PATIENCE: u32 = 200_000;

impl Unit {
    const fn registers(self) -> register::Can {
        match self {
            Unit::One => CAN1,
            Unit::Two => CAN2,
        }
    }

    /// The bits of clocks that it needs: the second cannot be filtered without the first (§7.3.13).
    const fn clocks(self) -> u32 {
        match self {
            Unit::One => 1 << 25,
            Unit::Two => 0b11 << 25,
        }
    }

    /// Its interrupts (§12.2, table 61): of the two queues, and of errors.
    pub const fn interrupts(self) -> [Interrupt; 3] {
        match self {
            Unit::One => [Interrupt(20), Interrupt(21), Interrupt(22)],
            Unit::Two => [Interrupt(64), Interrupt(65), Interrupt(66)],
        }
    }

    /// Its interrupt of what has been sent.
    pub const fn sent_interrupt(self) -> Interrupt {
        match self {
            Unit::One => Interrupt(19),
            Unit::Two => Interrupt(63),
        }
    }

    /// Whether its clock runs: only then its registers mean anything.
    pub fn is_started(self, bus: &impl Bus) -> bool {
        bus.read(RCC.apb1enr()) & self.clocks() == self.clocks()
    }

    /// Starts it; `false` where it does not change its state. Filters stay as they are.
    pub fn start(self, bus: &impl Bus, settings: Settings) -> bool {
        let registers = self.registers();
        bus.enable(RCC.apb1enr(), self.clocks());
        bus.write(registers.mcr(), INITIALISE);
        if !bus.comes(registers.msr(), PATIENCE, |msr| msr & (INITIALISE | SLEEP) == INITIALISE) {
            return false;
        }
        let flag = |on: bool, bit: u32| if on { bit } else { 0 };
        bus.write(registers.mcr(), INITIALISE | flag(settings.auto_restart, AUTO_RESTART));
        let [before, behind] = settings.segments;
        let timing = (settings.prescaler - 1) | (before - 1) << 16 | (behind - 1) << 20 | (settings.jump - 1) << 24;
        bus.write(registers.btr(), timing | flag(settings.loops, LOOPS) | flag(settings.silent, SILENT));
        bus.write(registers.ier(), ON_ERRORS);
        share_banks(bus, settings.banks);
        bus.clear(registers.mcr(), INITIALISE);
        bus.comes(registers.msr(), PATIENCE, |msr| msr & INITIALISE == 0)
    }

    /// Switches it off; the clock of the first stays, since the second needs it.
    pub fn stop(self, bus: &impl Bus) {
        bus.write(self.registers().ier(), 0);
        bus.write(self.registers().mcr(), INITIALISE);
        bus.comes(self.registers().msr(), PATIENCE, |msr| msr & INITIALISE != 0);
    }

    /// Leaves the state of too many errors (§32.7.6): into initialisation and out.
    pub fn restart(self, bus: &impl Bus) {
        let registers = self.registers();
        bus.set(registers.mcr(), INITIALISE);
        bus.comes(registers.msr(), PATIENCE, |msr| msr & INITIALISE != 0);
        bus.clear(registers.mcr(), INITIALISE);
        bus.comes(registers.msr(), PATIENCE, |msr| msr & INITIALISE == 0);
    }

    /// The register of its errors: bits 0 to 2 for a warning, passive and off, the counts in bits 16 to 31 (§32.9.2).
    pub fn errors(self, bus: &impl Bus) -> u32 {
        bus.read(self.registers().esr())
    }

    /// Forgets that its errors interrupted.
    pub fn clear_errors(self, bus: &impl Bus) {
        bus.write(self.registers().msr(), ERROR_SEEN);
    }

    /// How many messages are being sent.
    pub fn sending(self, bus: &impl Bus) -> u32 {
        3 - (bus.read(self.registers().tsr()) >> 26 & 0b111).count_ones()
    }

    /// Puts a message into a mailbox that is empty, of those whose bits are set; answers which.
    pub fn send(self, bus: &impl Bus, message: &Message, mailboxes: u32) -> Option<u32> {
        let registers = self.registers();
        let empty = bus.read(registers.tsr());
        let mailbox = (0..3).find(|mailbox| empty & mailboxes << 26 & EMPTY << mailbox != 0)?;
        bus.write(registers.tdtr(mailbox), message.length & 0xF);
        bus.write(registers.tdlr(mailbox), message.data[0]);
        bus.write(registers.tdhr(mailbox), message.data[1]);
        bus.write(registers.tir(mailbox), message.identifier & !REQUEST | REQUEST);
        Some(mailbox)
    }

    /// What has become of the message in a mailbox.
    pub fn sent(self, bus: &impl Bus, mailbox: u32) -> Sent {
        let status = bus.read(self.registers().tsr()) >> (8 * mailbox);
        match (status & ENDED, status & WELL) {
            (0, _) => Sent::Pending,
            (_, 0) => Sent::Failed,
            _ => Sent::Done,
        }
    }

    /// Whether it interrupts while a message has ended that nobody has taken.
    pub fn tell_sent(self, bus: &impl Bus, on: bool) {
        bus.change(self.registers().ier(), ON_SENT, if on { ON_SENT } else { 0 });
    }

    /// A mailbox whose message has ended, and whether somebody acknowledged it; forgotten then, which takes its other flags along (§32.9.2).
    pub fn take_sent(self, bus: &impl Bus) -> Option<(u32, bool)> {
        let status = bus.read(self.registers().tsr());
        let mailbox = (0..3).find(|mailbox| status >> (8 * mailbox) & ENDED != 0)?;
        bus.write(self.registers().tsr(), ENDED << (8 * mailbox));
        Some((mailbox, status >> (8 * mailbox) & WELL != 0))
    }

    /// Gives the message in a mailbox up.
    pub fn give_up(self, bus: &impl Bus, mailbox: u32) {
        bus.write(self.registers().tsr(), GIVE_UP << (8 * mailbox));
    }

    /// How many messages wait in a queue, 0 or 1.
    pub fn waiting(self, bus: &impl Bus, queue: u32) -> u32 {
        bus.read(self.registers().rfr(queue)) & WAITING
    }

    /// Takes the first message out of a queue.
    pub fn receive(self, bus: &impl Bus, queue: u32) -> Option<Message> {
        let registers = self.registers();
        if self.waiting(bus, queue) == 0 {
            return None;
        }
        let message = Message {
            identifier: bus.read(registers.rir(queue)),
            length: bus.read(registers.rdtr(queue)),
            data: [bus.read(registers.rdlr(queue)), bus.read(registers.rdhr(queue))],
        };
        bus.write(registers.rfr(queue), RELEASE);
        // Until it is released the queue shows it still.
        bus.comes(registers.rfr(queue), RELEASES, |rfr| rfr & RELEASE == 0);
        Some(message)
    }

    /// Whether a queue interrupts: with its first message, when it is full, when one was lost.
    pub fn listen(self, bus: &impl Bus, queue: u32, first: bool, full: bool) {
        let flag = |on: bool, bit: u32| if on { bit } else { 0 };
        let bits = flag(first, ON_MESSAGE) | flag(full, ON_FULL | ON_LOST);
        bus.change(self.registers().ier(), (ON_MESSAGE | ON_FULL | ON_LOST) << (3 * queue), bits << (3 * queue));
    }

    /// Why a queue interrupted, the last reason first: 2, one was lost; 1, it is full; 0, a message came. It does not so any more until
    /// `listen`, since what it tells of goes on.
    pub fn why(self, bus: &impl Bus, queue: u32) -> Option<u8> {
        let registers = self.registers();
        let (status, on) = (bus.read(registers.rfr(queue)), bus.read(registers.ier()) >> (3 * queue));
        let (reason, interrupt, flag) = match status {
            status if status & LOST != 0 && on & ON_LOST != 0 => (2, ON_LOST, LOST),
            status if status & FULL != 0 && on & ON_FULL != 0 => (1, ON_FULL, FULL),
            status if status & WAITING != 0 && on & ON_MESSAGE != 0 => (0, ON_MESSAGE, 0),
            _ => return None,
        };
        bus.clear(registers.ier(), interrupt << (3 * queue));
        if flag != 0 {
            bus.write(registers.rfr(queue), flag);
        }
        Some(reason)
    }
}

/// Sets a bank of filters, or closes it (§32.7.4): of the banks from 0 to [`BANKS`], whose first are the first controller's.
pub fn set_filter(bus: &impl Bus, bank: u32, filter: Option<Filter>) {
    let bit = 1 << bank;
    bus.enable(RCC.apb1enr(), Unit::One.clocks());
    bus.set(CAN1.fmr(), FILTERS_CHANGE);
    bus.clear(CAN1.fa1r(), bit);
    if let Some(Filter { list, wide, second, words }) = filter {
        let flag = |on: bool| if on { bit } else { 0 };
        bus.change(CAN1.fm1r(), bit, flag(list));
        bus.change(CAN1.fs1r(), bit, flag(wide));
        bus.change(CAN1.ffa1r(), bit, flag(second));
        bus.write(CAN1.filter(2 * bank), words[0]);
        bus.write(CAN1.filter(2 * bank + 1), words[1]);
        bus.set(CAN1.fa1r(), bit);
    }
    bus.clear(CAN1.fmr(), FILTERS_CHANGE);
}

/// How many banks are the first controller's: the others are the second's.
pub fn share_banks(bus: &impl Bus, banks: u32) {
    bus.enable(RCC.apb1enr(), Unit::One.clocks());
    bus.change(CAN1.fmr(), FILTERS_CHANGE | 0x3F << 8, FILTERS_CHANGE | banks.min(BANKS) << 8);
    bus.clear(CAN1.fmr(), FILTERS_CHANGE);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    const SETTINGS: Settings =
        Settings { loops: true, silent: false, auto_restart: true, prescaler: 100, jump: 1, segments: [6, 8], banks: 14 };

    #[test]
    fn it_is_set_up_while_it_initialises() {
        let chip = Fake::default().answering(CAN2.msr(), &[SLEEP, INITIALISE, INITIALISE, 0]);
        assert!(Unit::Two.start(&chip, SETTINGS));
        let expected = [
            (RCC.apb1enr(), 0b11 << 25),
            (CAN2.mcr(), INITIALISE),
            (CAN2.mcr(), INITIALISE | AUTO_RESTART),
            (CAN2.btr(), LOOPS | 7 << 20 | 5 << 16 | 99),
            (CAN2.ier(), ON_ERRORS),
            (RCC.apb1enr(), 0b11 << 25),
            (CAN1.fmr(), 14 << 8 | 1),
            (CAN1.fmr(), 14 << 8),
            (CAN2.mcr(), AUTO_RESTART),
        ];
        assert_eq!(chip.writes(), expected);
        assert!(!Unit::One.start(&Fake::default(), SETTINGS), "an emulator's does not answer");
    }

    #[test]
    fn a_message_is_written_before_it_is_to_be_sent() {
        let chip = Fake::default().stuck(CAN1.tsr(), EMPTY << 1 | EMPTY << 2 | 0b11 << 8);
        let message = Message { identifier: 123 << 21, length: 4, data: [0x6463_6261, 0] };
        assert_eq!((Unit::One.send(&chip, &message, 0b111), Unit::One.sending(&chip)), (Some(1), 1));
        let expected = [(CAN1.tdtr(1), 4), (CAN1.tdlr(1), 0x6463_6261), (CAN1.tdhr(1), 0), (CAN1.tir(1), 123 << 21 | 1)];
        assert_eq!(chip.writes(), expected);
        assert_eq!((Unit::One.sent(&chip, 0), Unit::One.sent(&chip, 1)), (Sent::Pending, Sent::Done));
        assert_eq!(Unit::One.send(&Fake::default(), &message, 0b111), None, "no mailbox is empty");
        assert_eq!(
            (Unit::One.send(&chip, &message, 0b100), Unit::One.send(&chip, &message, 0b001)),
            (Some(2), None),
            "of those that may be used"
        );
        Unit::One.give_up(&chip, 2);
        assert_eq!(chip.written(CAN1.tsr()), [0x80_0000]);
    }

    #[test]
    fn a_message_is_read_and_released() {
        let chip =
            Fake::default().stuck(CAN1.rfr(1), 2).stuck(CAN1.rir(1), 5 << 21).stuck(CAN1.rdtr(1), 0x0301).stuck(CAN1.rdlr(1), 7);
        let expected = Message { identifier: 5 << 21, length: 0x0301, data: [7, 0] };
        assert_eq!((Unit::One.receive(&chip, 1), Unit::One.receive(&chip, 0)), (Some(expected), None));
        assert_eq!(chip.writes(), [(CAN1.rfr(1), RELEASE)]);
    }

    #[test]
    fn a_queue_says_why_it_interrupts_and_is_quiet_then() {
        let chip = Fake::default().stuck(CAN1.rfr(1), LOST | FULL | 3);
        Unit::One.listen(&chip, 1, true, true);
        let reasons = [0; 4].map(|_| Unit::One.why(&chip, 1));
        assert_eq!(reasons, [Some(2), Some(1), Some(0), None]);
        assert_eq!(chip.written(CAN1.ier()), [0b111_0000, 0b011_0000, 0b001_0000, 0]);
        assert_eq!(chip.written(CAN1.rfr(1)), [LOST, FULL]);
    }

    #[test]
    fn what_has_been_sent_is_taken_once() {
        let chip = Fake::default().answering(CAN2.tsr(), &[0b01 << 16 | 0b11 << 8, 0b01 << 16, 0]);
        Unit::Two.tell_sent(&chip, true);
        assert_eq!([(); 3].map(|()| Unit::Two.take_sent(&chip)), [Some((1, true)), Some((2, false)), None]);
        Unit::Two.tell_sent(&chip, false);
        assert_eq!(chip.writes(), [(CAN2.ier(), 1), (CAN2.tsr(), 1 << 8), (CAN2.tsr(), 1 << 16), (CAN2.ier(), 0)]);
        assert_eq!((Unit::One.sent_interrupt(), Unit::Two.sent_interrupt()), (Interrupt(19), Interrupt(63)));
    }

    #[test]
    fn a_filter_changes_while_it_is_off() {
        let chip = Fake::default().stuck(CAN1.fa1r(), 0b11).stuck(CAN1.fmr(), 0x0E00);
        set_filter(&chip, 1, Some(Filter { list: true, wide: false, second: true, words: [1, 2] }));
        let expected = [
            (RCC.apb1enr(), 1 << 25),
            (CAN1.fmr(), 0x0E01),
            (CAN1.fa1r(), 0b01),
            (CAN1.fm1r(), 0b10),
            (CAN1.fs1r(), 0),
            (CAN1.ffa1r(), 0b10),
            (CAN1.filter(2), 1),
            (CAN1.filter(3), 2),
            (CAN1.fa1r(), 0b11),
            (CAN1.fmr(), 0x0E00),
        ];
        assert_eq!(chip.writes(), expected);
        let closed = Fake::default();
        set_filter(&closed, 3, None);
        assert_eq!(closed.written(CAN1.fa1r()), [0]);
    }
}
