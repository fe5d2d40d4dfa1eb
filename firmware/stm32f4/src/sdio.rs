//! A memory card on four data lines (RM0090 §31), by the SD association's commands (Physical Layer Simplified Specification, §4).
//!
//! What is transferred goes by a stream of the second controller (§10): the interface's own buffer holds 10 µs at full speed, and an
//! interrupt may take longer. Flow control by the bus's clock is broken in this chip (errata ES0182), and not used. Nothing
//! here interrupts: commands and data end by the interface's own time limits, and every wait for that is bounded.

use crate::register::{Bus, DMA2, RCC, Register, SDIO};
use core::cell::Cell;
use core::sync::atomic::{Ordering, compiler_fence};

/// Bytes in a block.
pub const BLOCK: u32 = 512;

/// Why a card did not do what it was asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Error {
    /// It does not answer, or not in time.
    Silent,
    /// A checksum is wrong, or data came faster than they were taken.
    Garbled,
    /// It answers that it cannot.
    Refused,
}

type Result<T> = core::result::Result<T, Error>;

/// A card that was identified and waits for transfers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Card {
    /// How it is addressed, in the upper half.
    address: u32,
    /// Its blocks are numbered; else its bytes are.
    pub numbered: bool,
    /// How many blocks it has.
    pub blocks: u32,
}

/// The clocks of the interface and of the controller of streams (§7.3.14, §7.3.10).
const CLOCK: u32 = 1 << 11;
const STREAMS_CLOCK: u32 = 1 << 22;

/// SDIO_POWER (§31.9.1).
const POWERED: u32 = 0b11;
// SDIO_CLKCR (§31.9.2): 48 MHz by 120 while a card is identified, by 2 then.
const SLOW: u32 = 118 | CLOCK_ON;
const FAST: u32 = CLOCK_ON | CLOCK_WHEN_NEEDED;
const CLOCK_ON: u32 = 1 << 8;
const CLOCK_WHEN_NEEDED: u32 = 1 << 9;
const FOUR_LINES: u32 = 0b01 << 11;
/// SDIO_CMD (§31.9.4).
const COMMAND_ON: u32 = 1 << 10;

// SDIO_STA (§31.9.11).
const COMMAND_GARBLED: u32 = 1;
const DATA_GARBLED: u32 = 1 << 1;
const COMMAND_LATE: u32 = 1 << 2;
const DATA_LATE: u32 = 1 << 3;
const TOO_FAST: u32 = (1 << 4) | (1 << 5) | (1 << 9);
const ANSWERED: u32 = 1 << 6;
const SENT: u32 = 1 << 7;
const DATA_DONE: u32 = 1 << 8;
/// All flags that stay until they are cleared.
const FLAGS: u32 = 0x7FF;

// SDIO_DCTRL (§31.9.9).
const DATA_ON: u32 = 1;
const FROM_CARD: u32 = 1 << 1;
const BY_STREAM: u32 = 1 << 3;
const BLOCKS_OF_512: u32 = 9 << 4;
/// Half a second of the fast bus: the longest that a card may be at it (specification, §4.6.2).
const DATA_PATIENCE: u32 = 12_000_000;

// DMA_SxCR, DMA_SxFCR (§10.5.5, §10.5.10): stream 6, whose channel 4 is the interface (§10.3.3, table 43). The interface says when it
// ends; its words come four at a time and are bytes in memory, which need not lie evenly.
const STREAM: u32 = 6;
const STREAM_FLAGS: u32 = 0b11_1101 << 16;
const STREAM_ON: u32 = 1;
const STREAM_BITS: u32 = (4 << 25) | (0b01 << 21) | (0b10 << 11) | (1 << 10) | (1 << 5);
const TO_PERIPHERAL: u32 = 0b01 << 6;
const WHOLE_BUFFER: u32 = 0b111;

/// Readings before a command is taken to be lost, which the interface says itself after 64 clocks, and as many as a card needs
/// between its supply and the first command: 1 ms, and 74 clocks at 400 kHz.
const PATIENCE: u32 = 100_000;
/// Readings before data are; seconds.
const PATIENCE_FOR_DATA: u32 = 100_000_000;
/// How often a card is asked whether it is ready: a second at 400 kHz (specification, §4.2.3), and half a second at 24 MHz.
const ASKED_FOR_POWER: u32 = 4000;
const ASKED_FOR_STATE: u32 = 200_000;
/// Readings that take longer than three cycles of 48 MHz and two of the bus: so long a register takes nothing behind a write.
const BETWEEN_WRITES: u32 = 16;
/// How often it is identified before it is given up.
const TRIES: u32 = 3;

/// What a card answers to a command (specification, §4.9).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    Nothing,
    Short,
    /// Short, and without a checksum.
    Unchecked,
    Long,
}

/// 2.7 to 3.6 V and a pattern, which are answered as they are (specification, §4.3.13).
const CONDITION: u32 = 0x1AA;
/// 2.7 to 3.6 V (§5.1).
const VOLTAGES: u32 = 0x00FF_8000;
/// A host knows numbered blocks; a card has them.
const NUMBERED: u32 = 1 << 30;
const IS_POWERED: u32 = 1 << 31;
/// Bits of a card's status that are errors (specification, §4.10.1).
const ERRORS: u32 = 0xFDFF_E008;
/// The one of an address behind the last block, which says nothing where several blocks up to the last were read (§4.3.3).
const BEYOND: u32 = 1 << 31;
/// The state that waits for transfers, and that there is room for one.
const STATE: u32 = (0xF << 9) | (1 << 8);
const IS_WAITING: u32 = (4 << 9) | (1 << 8);

fn command(bus: &impl Bus, index: u32, argument: u32, answer: Answer) -> Result<u32> {
    bus.write(SDIO.icr(), FLAGS);
    bus.write(SDIO.arg(), argument);
    let (bits, end) = match answer {
        Answer::Nothing => (0b00 << 6, SENT),
        Answer::Short | Answer::Unchecked => (0b01 << 6, ANSWERED | COMMAND_GARBLED | COMMAND_LATE),
        Answer::Long => (0b11 << 6, ANSWERED | COMMAND_GARBLED | COMMAND_LATE),
    };
    bus.write(SDIO.cmd(), index | bits | COMMAND_ON);
    let status = ended(bus, PATIENCE, end)?;
    match () {
        () if status & COMMAND_LATE != 0 => Err(Error::Silent),
        // What has no checksum has a wrong one.
        () if status & COMMAND_GARBLED != 0 && answer != Answer::Unchecked => Err(Error::Garbled),
        () => Ok(bus.read(SDIO.resp(0))),
    }
}

/// The interface's status, once it has one of these flags.
fn ended(bus: &impl Bus, patience: u32, flags: u32) -> Result<u32> {
    let seen = Cell::new(0);
    let came = bus.comes(SDIO.sta(), patience, |status| {
        seen.set(status);
        status & flags != 0
    });
    if came { Ok(seen.get()) } else { Err(Error::Silent) }
}

/// A command that is answered by the card's status.
fn order(bus: &impl Bus, index: u32, argument: u32) -> Result<u32> {
    checked(command(bus, index, argument, Answer::Short), ERRORS)
}

/// A card's status that has none of these errors.
fn checked(status: Result<u32>, errors: u32) -> Result<u32> {
    status.and_then(|status| if status & errors == 0 { Ok(status) } else { Err(Error::Refused) })
}

/// Identifies the card, and brings it to where it waits for transfers.
///
/// # Errors
/// Of the last of some attempts.
pub fn start(bus: &impl Bus) -> Result<Card> {
    bus.enable(RCC.apb2enr(), CLOCK);
    bus.enable(RCC.ahb1enr(), STREAMS_CLOCK);
    let mut card = Err(Error::Silent);
    for _ in 0..TRIES {
        card = identify(bus);
        if card.is_ok() {
            return card;
        }
        stop(bus);
    }
    card
}

/// Takes the supply and the clock off the bus.
pub fn stop(bus: &impl Bus) {
    bus.write(SDIO.clkcr(), 0);
    bus.write(SDIO.power(), 0);
    // What comes next for them is not taken at once (§31.9.1, §31.9.2).
    bus.comes(SDIO.sta(), BETWEEN_WRITES, |_| false);
}

/// Specification, §4.2; RM0090 §31.4.1 to §31.4.4.
fn identify(bus: &impl Bus) -> Result<Card> {
    bus.write(SDIO.power(), POWERED);
    bus.write(SDIO.clkcr(), SLOW);
    bus.comes(SDIO.sta(), PATIENCE, |_| false);
    command(bus, 0, 0, Answer::Nothing)?;
    let asked = match command(bus, 8, CONDITION, Answer::Short) {
        Ok(CONDITION) => VOLTAGES | NUMBERED,
        Ok(_) => return Err(Error::Refused),
        // Cards before version 2.00 do not know the command, which the next answer would say.
        Err(Error::Silent) => command(bus, 0, 0, Answer::Nothing).map(|_| VOLTAGES)?,
        Err(error) => return Err(error),
    };
    let ready = (0..ASKED_FOR_POWER).find_map(|_| {
        let answer = order(bus, 55, 0).and_then(|_| command(bus, 41, asked, Answer::Unchecked));
        answer.map(|answer| (answer & IS_POWERED != 0).then_some(answer)).transpose()
    });
    let numbered = ready.ok_or(Error::Silent)?? & NUMBERED != 0;
    command(bus, 2, 0, Answer::Long)?;
    let address = command(bus, 3, 0, Answer::Short)? & 0xFFFF_0000;
    command(bus, 9, address, Answer::Long)?;
    let blocks = capacity([0, 1, 2, 3].map(|word| bus.read(SDIO.resp(word))));
    order(bus, 7, address)?;
    bus.write(SDIO.clkcr(), FAST);
    order(bus, 55, address)?;
    order(bus, 6, 0b10)?;
    bus.write(SDIO.clkcr(), FAST | FOUR_LINES);
    order(bus, 16, BLOCK)?;
    Ok(Card { address, numbered, blocks })
}

/// The blocks of a card that describes itself so (specification, §5.3).
fn capacity(csd: [u32; 4]) -> u32 {
    match csd[0] >> 30 {
        0 => {
            let (length, count, factor) = (csd[1] >> 16 & 15, (csd[1] & 0x3FF) << 2 | csd[2] >> 30, csd[2] >> 15 & 7);
            // In blocks of 2^length bytes, 512 to 2048.
            (count + 1) << (factor + 2) << length.saturating_sub(9)
        }
        // In steps of 512 kB.
        _ => (((csd[1] & 0x3F) << 16 | csd[2] >> 16) + 1) << 10,
    }
}

impl Card {
    /// Reads whole blocks from `block` on.
    ///
    /// # Errors
    /// What came before one is in the buffer.
    pub fn read(&self, bus: &impl Bus, block: u32, to: &[Cell<u8>]) -> Result<()> {
        let done = self.transfer(bus, FROM_CARD, block, (to.as_ptr().expose_provenance() as u32, to.len() as u32));
        // The stream has ended, and what it wrote is read from here on.
        compiler_fence(Ordering::Acquire);
        done
    }

    /// Writes the whole blocks that lie in memory at `address`, from `block` on. Memory is only read, and only meanwhile.
    ///
    /// # Errors
    /// Blocks before one may be written.
    pub fn write(&self, bus: &impl Bus, block: u32, address: u32, bytes: u32) -> Result<()> {
        compiler_fence(Ordering::Release);
        self.transfer(bus, 0, block, (address, bytes))
    }

    /// Transfers blocks (specification, §4.3.3 and §4.3.4): commands 17 and 24 for one, 18 and 25 for several, which 12 ends.
    fn transfer(&self, bus: &impl Bus, way: u32, block: u32, (address, bytes): (u32, u32)) -> Result<()> {
        let (from_card, several) = (way == FROM_CARD, bytes > BLOCK);
        let place = if self.numbered { block } else { block * BLOCK };
        bus.write(SDIO.dctrl(), 0);
        bus.write(SDIO.dtimer(), DATA_PATIENCE);
        bus.write(SDIO.dlen(), bytes);
        let stream = start_stream(bus, address, if from_card { 0 } else { TO_PERIPHERAL });
        // Data may come before the answer, and must not go before it.
        let ready = DATA_ON | way | BY_STREAM | BLOCKS_OF_512;
        if from_card {
            bus.write(SDIO.dctrl(), ready);
        }
        let index = if from_card { 17 } else { 24 } + u32::from(several);
        let mut done = order(bus, index, place);
        if done.is_ok() {
            if !from_card {
                bus.write(SDIO.dctrl(), ready);
            }
            let end = DATA_DONE | DATA_GARBLED | DATA_LATE | TOO_FAST;
            done = ended(bus, PATIENCE_FOR_DATA, end).and_then(|status| match status {
                status if status & DATA_LATE != 0 => Err(Error::Silent),
                status if status & (DATA_GARBLED | TOO_FAST) != 0 => Err(Error::Garbled),
                status => Ok(status),
            });
        }
        end_stream(bus, stream, done.is_ok());
        bus.write(SDIO.dctrl(), 0);
        if several || done.is_err() {
            // A card that is not at it any more does not answer; one that was read to its end may complain that there is no more.
            let stopped = checked(command(bus, 12, 0, Answer::Short), if from_card { ERRORS & !BEYOND } else { ERRORS });
            done = done.and(stopped);
        }
        done.and_then(|_| self.settle(bus))
    }

    /// Whether it is the card that was identified, and works.
    pub fn is_ready(&self, bus: &impl Bus) -> bool {
        self.settle(bus).is_ok()
    }

    /// Waits until it has written what it got.
    fn settle(&self, bus: &impl Bus) -> Result<()> {
        let settled = (0..ASKED_FOR_STATE).find_map(|_| match order(bus, 13, self.address) {
            Ok(status) if status & STATE == IS_WAITING => Some(Ok(())),
            Ok(_) => None,
            Err(error) => Some(Err(error)),
        });
        settled.unwrap_or(Err(Error::Silent))
    }
}

/// Starts the stream between the interface and memory; answers its control register.
fn start_stream(bus: &impl Bus, address: u32, way: u32) -> Register {
    let stream = DMA2.stream(STREAM);
    bus.write(DMA2.hifcr(), STREAM_FLAGS);
    bus.write(stream.par(), SDIO.fifo().number());
    bus.write(stream.m0ar(), address);
    bus.write(stream.fcr(), WHOLE_BUFFER);
    bus.write(stream.cr(), STREAM_BITS | way);
    bus.write(stream.cr(), STREAM_BITS | way | STREAM_ON);
    stream.cr()
}

/// Waits until the stream has ended, or ends it.
///
/// # Panics
/// When it does not: the memory that it writes to cannot be anybody else's then.
fn end_stream(bus: &impl Bus, control: Register, by_itself: bool) {
    let is_off = || bus.comes(control, PATIENCE, |control| control & STREAM_ON == 0);
    if !(by_itself && is_off()) {
        bus.clear(control, STREAM_ON);
        assert!(is_off(), "a stream ends when it is told to");
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::*;
    use std::cell::RefCell;
    use std::vec::Vec;

    /// States of a card, by their numbers in its status (specification, §4.1).
    #[derive(Clone, Copy, PartialEq, Eq, Debug)]
    enum State {
        Idle,
        Ready,
        Identified,
        StandBy,
        Transfer,
        Programs,
    }

    /// A card behind the interface's registers, which obeys the specification: commands in the wrong state are not answered.
    struct Slot {
        /// Before version 2.00.
        is_old: bool,
        /// Its blocks are numbered.
        is_large: bool,
        csd: [u32; 4],
        /// Whether there is one.
        is_there: bool,
        /// Errors that it tells when it is stopped.
        complains: Cell<u32>,
        /// Flags of the interface that the next data end with.
        data_end: Cell<u32>,
        state: Cell<State>,
        application: Cell<bool>,
        /// Attempts before it is ready, and askings before it has written.
        to_power: Cell<u32>,
        to_write: Cell<u32>,
        status: Cell<u32>,
        answer: Cell<[u32; 4]>,
        writes: RefCell<Vec<(Register, u32)>>,
    }

    const ADDRESS: u32 = 0xB368;

    impl Slot {
        fn new(is_old: bool, is_large: bool, csd: [u32; 4]) -> Slot {
            Slot {
                is_old,
                is_large,
                csd,
                is_there: true,
                complains: Cell::new(0),
                data_end: Cell::new(DATA_DONE),
                state: Cell::new(State::Idle),
                application: Cell::new(false),
                to_power: Cell::new(3),
                to_write: Cell::new(0),
                status: Cell::new(0),
                answer: Cell::new([0; 4]),
                writes: RefCell::default(),
            }
        }

        /// 16 GB, of version 2.
        fn large() -> Slot {
            Slot::new(false, true, [0x400E_0032, 0x5B59_0000, 0x76B1_7F80, 0x0A40_0000])
        }

        fn last(&self, register: Register) -> u32 {
            self.writes.borrow().iter().rev().find(|(at, _)| *at == register).map_or(0, |(_, value)| *value)
        }

        /// Commands and their arguments, in order.
        fn commands(&self) -> Vec<(u32, u32)> {
            let mut argument = 0;
            let mut commands = Vec::new();
            for (register, value) in self.writes.borrow().iter() {
                match () {
                    () if *register == SDIO.arg() => argument = *value,
                    () if *register == SDIO.cmd() => commands.push((value & 0x3F, argument)),
                    () => {}
                }
            }
            commands
        }

        /// What the card answers, and the flag that the interface shows then.
        fn obey(&self, index: u32, argument: u32) -> Option<([u32; 4], u32)> {
            use State::*;
            let application = self.application.take();
            let addressed = argument >> 16 == ADDRESS;
            let status = |state: State| {
                let number = [0, 1, 2, 3, 4, 7][state as usize];
                ([number << 9 | u32::from(state != Programs) << 8, 0, 0, 0], ANSWERED)
            };
            let now = self.state.get();
            match (index, now) {
                (0, _) => {
                    self.state.set(Idle);
                    return Some(([0; 4], SENT));
                }
                (8, Idle) if !self.is_old => return Some(([argument, 0, 0, 0], ANSWERED)),
                (55, Idle) => self.application.set(true),
                (55, Transfer) if addressed => self.application.set(true),
                (41, Idle) if application => {
                    let left = self.to_power.get();
                    self.to_power.set(left.saturating_sub(1));
                    let wants = self.is_large && argument & NUMBERED == 0;
                    let is_powered = left == 0 && !wants && argument & 0x00FF_8000 != 0;
                    if is_powered {
                        self.state.set(Ready);
                    }
                    let powered = if is_powered { IS_POWERED } else { 0 };
                    let numbered = if is_powered && self.is_large { NUMBERED } else { 0 };
                    return Some(([VOLTAGES | powered | numbered, 0, 0, 0], COMMAND_GARBLED));
                }
                (2, Ready) => {
                    self.state.set(Identified);
                    return Some(([0x0353_4453, 0x4332_3536, 1, 2], ANSWERED));
                }
                (3, Identified) => {
                    self.state.set(StandBy);
                    return Some(([ADDRESS << 16 | 0x0500, 0, 0, 0], ANSWERED));
                }
                (9, StandBy) if addressed => return Some((self.csd, ANSWERED)),
                (7, StandBy) if addressed => self.state.set(Transfer),
                (6, Transfer) if application && argument == 0b10 => {}
                (16, Transfer) if argument == BLOCK => {}
                (17 | 18, Transfer) => {}
                (24 | 25, Transfer) => self.state.set(Programs),
                (12, Transfer | Programs) => {
                    let ([status, ..], flag) = status(now);
                    return Some(([status | self.complains.get(), 0, 0, 0], flag));
                }
                (13, Transfer | Programs) if addressed => {
                    let left = self.to_write.get();
                    self.to_write.set(left.saturating_sub(1));
                    if left == 0 {
                        self.state.set(Transfer);
                    }
                    return Some(status(self.state.get()));
                }
                _ => return None,
            }
            Some(status(now))
        }
    }

    impl Bus for Slot {
        fn read(&self, register: Register) -> u32 {
            match () {
                () if register == SDIO.sta() => self.status.get(),
                () => match (0..4).find(|word| register == SDIO.resp(*word)) {
                    Some(word) => self.answer.get()[word as usize],
                    None => self.last(register),
                },
            }
        }

        fn write(&self, register: Register, value: u32) {
            self.writes.borrow_mut().push((register, value));
            if register == SDIO.icr() {
                self.status.set(self.status.get() & !value);
            }
            if register == SDIO.cmd() && value & COMMAND_ON != 0 {
                let answer = if self.is_there { self.obey(value & 0x3F, self.last(SDIO.arg())) } else { None };
                let (answer, flag) = answer.unwrap_or(([0; 4], COMMAND_LATE));
                let long = value >> 6 & 3 == 3;
                assert!(flag != ANSWERED || long == matches!(value & 0x3F, 2 | 9), "the length of an answer");
                self.answer.set(answer);
                self.status.set(self.status.get() | flag);
            }
            // The data are there at once, and the stream ends with them.
            if (register == SDIO.cmd() || register == SDIO.dctrl()) && self.last(SDIO.dctrl()) & DATA_ON != 0 {
                self.status.set(self.status.get() | self.data_end.get());
                let stream = DMA2.stream(STREAM);
                let bits = self.last(stream.cr());
                self.writes.borrow_mut().push((stream.cr(), bits & !STREAM_ON));
            }
        }
    }

    #[test]
    fn a_card_is_identified_as_the_specification_says() {
        let slot = Slot::large();
        assert_eq!(start(&slot), Ok(Card { address: ADDRESS << 16, numbered: true, blocks: 31_115_264 }));
        let ask = [(55, 0), (41, VOLTAGES | NUMBERED)];
        let address = ADDRESS << 16;
        let chosen = [(2, 0), (3, 0), (9, address), (7, address), (55, address), (6, 2), (16, 512)];
        assert_eq!(slot.commands(), [&[(0, 0), (8, 0x1AA)], &*[ask; 4].concat(), &chosen].concat());
        assert_eq!(
            slot.writes.borrow()[..4],
            [(RCC.apb2enr(), CLOCK), (RCC.ahb1enr(), STREAMS_CLOCK), (SDIO.power(), 0b11), (SDIO.clkcr(), 0x176)]
        );
        let clocks: Vec<_> = slot.writes.borrow().iter().filter(|write| write.0 == SDIO.clkcr()).map(|write| write.1).collect();
        assert_eq!(clocks, [0x176, 0x300, 0xB00], "400 kHz, 24 MHz, four lines");
    }

    #[test]
    fn an_old_card_is_not_asked_for_numbers() {
        // 2 GB in blocks of 1024, of version 1.
        let slot = Slot::new(true, false, [0x002E_0032, 0x5B5A_83AF, 0xFFFF_FF80, 0x1680_0000]);
        let card = start(&slot).expect("a card");
        assert_eq!((card.numbered, card.blocks), (false, 3_866_624));
        assert_eq!(slot.commands()[..5], [(0, 0), (8, 0x1AA), (0, 0), (55, 0), (41, VOLTAGES)]);
        card.read(&slot, 7, &[const { Cell::new(0) }; 512]).expect("read");
        assert!(slot.commands().contains(&(17, 7 * 512)), "its bytes are addressed");
    }

    #[test]
    fn an_empty_slot_is_silent() {
        let slot = Slot { is_there: false, ..Slot::large() };
        slot.to_power.set(0);
        assert_eq!(start(&slot), Err(Error::Silent));
        assert_eq!((slot.last(SDIO.power()), slot.last(SDIO.clkcr())), (0, 0), "nothing is driven");
    }

    /// An identified card.
    fn ready() -> (Slot, Card) {
        let slot = Slot::large();
        let card = start(&slot).expect("a card");
        slot.writes.borrow_mut().clear();
        (slot, card)
    }

    #[test]
    fn a_block_is_read() {
        let (slot, card) = ready();
        let buffer = [const { Cell::new(0) }; 512];
        card.read(&slot, 9, &buffer).expect("read");
        let stream = DMA2.stream(6);
        let bits = 4 << 25 | 1 << 21 | 2 << 11 | 1 << 10 | 1 << 5;
        let address = buffer.as_ptr().addr() as u32;
        let expected = [
            (SDIO.dctrl(), 0),
            (SDIO.dtimer(), 12_000_000),
            (SDIO.dlen(), 512),
            (DMA2.hifcr(), 0x3D_0000),
            (stream.par(), 0x4001_2C80),
            (stream.m0ar(), address),
            (stream.fcr(), 7),
            (stream.cr(), bits),
            (stream.cr(), bits | 1),
            (SDIO.dctrl(), 0x9B),
        ];
        assert_eq!(slot.writes.borrow()[..10], expected);
        assert_eq!(slot.commands(), [(17, 9), (13, ADDRESS << 16)]);
        assert_eq!(slot.last(SDIO.dctrl()), 0);
    }

    #[test]
    fn many_blocks_are_stopped() {
        let (slot, card) = ready();
        card.read(&slot, 5, &[const { Cell::new(0) }; 1536]).expect("read");
        card.write(&slot, 6, 0x2000_0001, 1024).expect("written");
        let state = (13, ADDRESS << 16);
        assert_eq!(slot.commands(), [(18, 5), (12, 0), state, (25, 6), (12, 0), state]);
    }

    #[test]
    fn the_last_blocks_are_read() {
        let (slot, card) = ready();
        slot.complains.set(BEYOND);
        let last = card.blocks - 2;
        assert_eq!(card.read(&slot, last, &[const { Cell::new(0) }; 1024]), Ok(()));
        assert_eq!(card.write(&slot, last, 0x2000_0000, 1024), Err(Error::Refused));
    }

    #[test]
    fn data_go_behind_the_answer_and_are_waited_for() {
        let (slot, card) = ready();
        slot.to_write.set(5);
        card.write(&slot, 3, 0x2000_0001, 512).expect("written");
        let order: Vec<_> =
            slot.writes.borrow().iter().filter(|it| [SDIO.cmd(), SDIO.dctrl()].contains(&it.0)).copied().collect();
        assert_eq!(order[..3], [(SDIO.dctrl(), 0), (SDIO.cmd(), 24 | 1 << 6 | 1 << 10), (SDIO.dctrl(), 0x99)]);
        assert_eq!(slot.commands()[1..], [(13, ADDRESS << 16); 6]);
        assert_eq!(slot.last(DMA2.stream(6).cr()) & TO_PERIPHERAL, TO_PERIPHERAL);
    }

    #[test]
    fn what_goes_wrong_is_said_and_ended() {
        for (flag, error) in [(DATA_GARBLED, Error::Garbled), (DATA_LATE, Error::Silent), (1 << 5, Error::Garbled)] {
            let (slot, card) = ready();
            slot.data_end.set(flag);
            assert_eq!(card.read(&slot, 1, &[const { Cell::new(0) }; 512]), Err(error));
            assert_eq!(slot.commands(), [(17, 1), (12, 0)]);
            assert_eq!(slot.last(DMA2.stream(6).cr()) & STREAM_ON, 0);
        }
        let (mut slot, card) = ready();
        slot.is_there = false;
        assert_eq!(card.write(&slot, 1, 0x2000_0000, 512), Err(Error::Silent), "it was pulled out");
    }
}
