//! I2C with addresses of seven bits (RM0090 §27): as the one that gives the clock, which waits for what it began; and as the one that is
//! addressed, which is asked what has happened.

use crate::clock::Clocks;
use crate::gpio::{Mode, Pin, Pull};
use crate::nvic::Interrupt;
use crate::register::{self, Bus, I2C1, I2C2, RCC};
use core::cell::Cell;

/// One of the chip's buses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// I2C1.
    One,
    /// I2C2.
    Two,
}

/// What has happened to a bus that follows somebody else's clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Event {
    /// Nothing yet.
    Quiet,
    /// The address was called: to be read, or to be written to.
    Addressed {
        /// The other side reads.
        reads: bool,
    },
    /// The next byte may be offered.
    Room,
    /// The other side's clock waits for it.
    Wanted,
    /// A byte has come.
    Arrived(u8),
    /// The other side has read enough.
    Refused,
    /// The other side has written all.
    Stopped,
    /// The bus did not keep to its rules.
    Lost,
}

/// What went wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Error {
    /// Nobody has that address, or does not take another byte.
    Refused,
    /// Somebody else drove the bus.
    Lost,
    /// The bus did not move in time.
    Late,
}

// I2C_CR1 (§27.6.1).
const ENABLE: u32 = 1;
const ANSWER_AT_0: u32 = 1 << 6;
const START: u32 = 1 << 8;
const STOP: u32 = 1 << 9;
const ACKNOWLEDGE: u32 = 1 << 10;
/// The acknowledge bit is about the byte after the next.
const NEXT: u32 = 1 << 11;
const RESET: u32 = 1 << 15;

/// I2C_CR2 (§27.6.2): interrupts by errors, and by events; not by every byte that goes or comes.
const TELLS: u32 = 0b11 << 8;

// I2C_SR1 (§27.6.6).
const STARTED: u32 = 1;
const ADDRESSED: u32 = 1 << 1;
const FINISHED: u32 = 1 << 2;
const STOPPED: u32 = 1 << 4;
const ARRIVED: u32 = 1 << 6;
const ROOM: u32 = 1 << 7;
const WRONG: u32 = 1 << 8;
const TAKEN: u32 = 1 << 9;
const LOST: u32 = WRONG | TAKEN;
const REFUSED: u32 = 1 << 10;
// I2C_SR2 (§27.6.7).
const BUSY: u32 = 1 << 1;
const IS_READ: u32 = 1 << 2;
/// I2C_OAR1 (§27.6.3): a bit that software keeps set.
const KEPT: u32 = 1 << 14;

/// I2C_CCR (§27.6.8): fast mode, low twice as long as high.
const FAST: u32 = 1 << 15;
/// Readings that take 5 µs, half a clock of a slow bus, at the processor's full speed; and clocks of a byte and its acknowledgement.
const HALF_CLOCK: u32 = 200;
const CLOCKS: usize = 9;
/// Readings before a wait gives up: a byte at 10 kHz and a device that stretches the clock take some milliseconds.
const PATIENCE: u32 = 400_000;

impl Unit {
    const fn registers(self) -> register::I2c {
        match self {
            Unit::One => I2C1,
            Unit::Two => I2C2,
        }
    }

    /// The bit of its clock (§7.3.13).
    const fn clock(self) -> u32 {
        match self {
            Unit::One => 1 << 21,
            Unit::Two => 1 << 22,
        }
    }

    /// Sets the bus up for a clock of so many Hz, 400,000 at the most.
    pub fn start(self, bus: &impl Bus, clocks: &Clocks, hertz: u32) {
        let registers = self.registers();
        let hertz = hertz.clamp(1000, 400_000);
        let megahertz = self.reset(bus, clocks);
        // Standard mode: high as long as low, rises of up to 1000 ns; fast mode: a third, 300 ns (§27.6.8, §27.6.9).
        let (divider, rise) = if hertz <= 100_000 {
            (clocks.apb1.div_ceil(2 * hertz).clamp(4, 0xFFF), megahertz + 1)
        } else {
            (FAST | clocks.apb1.div_ceil(3 * hertz).clamp(1, 0xFFF), megahertz * 300 / 1000 + 1)
        };
        bus.write(registers.ccr(), divider);
        bus.write(registers.trise(), rise);
        bus.write(registers.cr1(), ENABLE);
    }

    /// Ends whatever the bus was in the midst of, by a reset by software (§27.6.1), and says how many MHz it runs at.
    fn reset(self, bus: &impl Bus, clocks: &Clocks) -> u32 {
        let (registers, megahertz) = (self.registers(), clocks.apb1 / 1_000_000);
        bus.enable(RCC.apb1enr(), self.clock());
        bus.write(registers.cr1(), RESET);
        bus.write(registers.cr1(), 0);
        bus.write(registers.cr2(), megahertz);
        megahertz
    }

    /// Frees a bus on which somebody was left in the midst of a byte, and this unit's filter, which may hold on to what it saw last and call the bus
    /// busy for ever (errata ES0182, "I2C analog filter may provide wrong value"): nine clocks at most until data is let go, then a stop. To be done
    /// before `start`; the pins are outputs afterwards.
    pub fn free_lines(bus: &impl Bus, clock: Pin, data: Pin) {
        let pause = || {
            bus.comes(RCC.cr(), HALF_CLOCK, |_| false);
        };
        for pin in [clock, data] {
            pin.write(bus, true);
            pin.configure(bus, Mode::OpenDrain, Pull::Up);
        }
        pause();
        let levels = [false, true].into_iter().cycle();
        for level in levels.take(2 * CLOCKS).take_while(|level| *level || !data.read(bus)) {
            clock.write(bus, level);
            pause();
        }
        for (pin, level) in [(data, false), (clock, false), (clock, true), (data, true)] {
            pin.write(bus, level);
            pause();
        }
    }

    /// Whether somebody seems to use the bus.
    pub fn is_busy(self, bus: &impl Bus) -> bool {
        bus.read(self.registers().sr2()) & BUSY != 0
    }

    /// Sets the bus up to follow somebody else's clock and to answer at an address, at 0 as well where it is `general` (§27.3.2). It
    /// does not answer before it listens.
    pub fn follow(self, bus: &impl Bus, clocks: &Clocks, address: u8, general: bool) {
        let registers = self.registers();
        self.reset(bus, clocks);
        bus.write(registers.oar1(), KEPT | u32::from(address) << 1);
        bus.write(registers.cr1(), if general { ENABLE | ANSWER_AT_0 } else { ENABLE });
    }

    /// Whether it acknowledges its address, and what comes then.
    pub fn listen(self, bus: &impl Bus, on: bool) {
        bus.change(self.registers().cr1(), ACKNOWLEDGE, if on { ACKNOWLEDGE } else { 0 });
    }

    /// What has happened, once each. The other side's clock waits meanwhile, for a byte to be taken or offered (§27.3.2, figures 242, 243).
    pub fn event(self, bus: &impl Bus) -> Event {
        let registers = self.registers();
        match bus.read(registers.sr1()) {
            // The flags of what went wrong are cleared by zeros; the others take none.
            status if status & LOST != 0 => {
                bus.clear(registers.sr1(), LOST);
                Event::Lost
            }
            status if status & ARRIVED != 0 => Event::Arrived(bus.read(registers.dr()) as u8),
            status if status & REFUSED != 0 => {
                bus.clear(registers.sr1(), REFUSED);
                Event::Refused
            }
            // Writing the control clears that it was stopped.
            status if status & STOPPED != 0 => {
                bus.set(registers.cr1(), ENABLE);
                Event::Stopped
            }
            // What is addressed holds the clock, so the other two came before. Reading the second status clears it.
            status if status & ADDRESSED != 0 => Event::Addressed { reads: bus.read(registers.sr2()) & IS_READ != 0 },
            status if status & FINISHED != 0 => Event::Wanted,
            status if status & ROOM != 0 => Event::Room,
            _ => Event::Quiet,
        }
    }

    /// Whether it interrupts when something has happened: the address was called, the other side has stopped or read enough, or its clock waits, for
    /// the next byte or until two have been taken (§27.4). What has come before it stops is told of then at the latest.
    pub fn tell(self, bus: &impl Bus, on: bool) {
        bus.change(self.registers().cr2(), TELLS, if on { TELLS } else { 0 });
    }

    /// Its interrupts, by events and by errors (§12.2, table 61).
    pub const fn interrupts(self) -> [Interrupt; 2] {
        match self {
            Unit::One => [Interrupt(31), Interrupt(32)],
            Unit::Two => [Interrupt(33), Interrupt(34)],
        }
    }

    /// Puts a byte where the other side's clock fetches it.
    pub fn offer(self, bus: &impl Bus, byte: u8) {
        bus.write(self.registers().dr(), byte.into());
    }

    /// Switches the bus off, with its clock.
    pub fn stop(self, bus: &impl Bus) {
        bus.write(self.registers().cr1(), 0);
        bus.clear(RCC.apb1enr(), self.clock());
    }

    /// Waits for one of `bits` of the status, or for an error, which is cleared.
    fn wait(self, bus: &impl Bus, bits: u32) -> Result<(), Error> {
        let registers = self.registers();
        for _ in 0..PATIENCE {
            let status = bus.read(registers.sr1());
            // Who gives the clock sees bus errors where there are none: they are cleared, and the transfer goes on (errata ES0182).
            if status & WRONG != 0 {
                bus.clear(registers.sr1(), WRONG);
            }
            if status & (TAKEN | REFUSED) != 0 {
                bus.clear(registers.sr1(), TAKEN | REFUSED);
                return Err(if status & REFUSED != 0 { Error::Refused } else { Error::Lost });
            }
            if status & bits != 0 {
                return Ok(());
            }
        }
        Err(Error::Late)
    }

    /// Addresses a device; the answer is not looked at yet (§27.3.3, EV5).
    fn address(self, bus: &impl Bus, address: u8, reads: bool) -> Result<(), Error> {
        let registers = self.registers();
        bus.change(registers.cr1(), START | STOP | ACKNOWLEDGE | NEXT, START | if reads { ACKNOWLEDGE } else { 0 });
        self.wait(bus, STARTED)?;
        bus.write(registers.dr(), u32::from(address) << 1 | u32::from(reads));
        self.wait(bus, ADDRESSED)
    }

    /// Ends a transfer, also after an error. The control register is left alone while a stop is on its way (§27.6.1): what begins next would
    /// take the order back. Who has lost the bus to another one has none to stop.
    fn end<T>(self, bus: &impl Bus, result: Result<T, Error>) -> Result<T, Error> {
        let registers = self.registers();
        if matches!(result, Err(Error::Refused | Error::Late)) {
            bus.set(registers.cr1(), STOP);
            bus.comes(registers.cr1(), PATIENCE, |cr1| cr1 & STOP == 0);
        }
        result
    }

    /// Waits until nobody uses the bus.
    fn free(self, bus: &impl Bus) -> Result<(), Error> {
        let free = bus.comes(self.registers().sr2(), PATIENCE, |sr| sr & BUSY == 0);
        if free { Ok(()) } else { Err(Error::Late) }
    }

    /// Sends pieces to a device, one behind the other; none at all only asks whether it is there. Without `stop` the bus is kept for what comes next.
    ///
    /// # Errors
    /// What went wrong; the bus is free then.
    pub fn write(self, bus: &impl Bus, address: u8, pieces: &[&[Cell<u8>]], stop: bool) -> Result<(), Error> {
        let registers = self.registers();
        let send = || {
            self.address(bus, address, false)?;
            // Reading both status registers clears that it was addressed (EV6).
            bus.read(registers.sr2());
            let mut bytes = pieces.iter().copied().flatten().peekable();
            let none = bytes.peek().is_none();
            for byte in bytes {
                self.wait(bus, ROOM)?;
                bus.write(registers.dr(), byte.get().into());
            }
            if none { Ok(()) } else { self.wait(bus, FINISHED) }
        };
        let sent = send();
        self.end(bus, sent)?;
        if stop {
            bus.set(registers.cr1(), STOP);
            self.free(bus)?;
        }
        Ok(())
    }

    /// Receives bytes from a device, one at least. The last byte must be refused and the stop ordered before it has arrived, which
    /// takes another way for one byte, for two, and for more (§27.3.3, "Master receiver"). Without `stop` the bus is kept.
    ///
    /// # Errors
    /// What went wrong; the bus is free then.
    pub fn read(self, bus: &impl Bus, address: u8, buffer: &[Cell<u8>], stop: bool) -> Result<(), Error> {
        let received = self.receive(bus, address, buffer, if stop { STOP } else { 0 });
        self.end(bus, received)?;
        if stop { self.free(bus) } else { Ok(()) }
    }

    fn receive(self, bus: &impl Bus, address: u8, buffer: &[Cell<u8>], stop: u32) -> Result<(), Error> {
        let registers = self.registers();
        let take = || bus.read(registers.dr()) as u8;
        self.address(bus, address, true)?;
        // While that is not cleared nothing comes. What is there already was sent to nobody: an interrupt was in the way when the last transfer's
        // stop was to be ordered, and the clock went on by a byte.
        take();
        match buffer {
            [] => {
                bus.read(registers.sr2());
                bus.set(registers.cr1(), stop);
            }
            [only] => {
                bus.clear(registers.cr1(), ACKNOWLEDGE);
                bus.read(registers.sr2());
                bus.set(registers.cr1(), stop);
                self.wait(bus, ARRIVED)?;
                only.set(take());
            }
            [first, second] => {
                bus.change(registers.cr1(), NEXT | ACKNOWLEDGE, NEXT);
                bus.read(registers.sr2());
                self.wait(bus, FINISHED)?;
                bus.set(registers.cr1(), stop);
                first.set(take());
                second.set(take());
            }
            [most @ .., third, second, last] => {
                bus.read(registers.sr2());
                for byte in most {
                    self.wait(bus, ARRIVED)?;
                    byte.set(take());
                }
                // The third last waits in the data register, the second last behind it; the last is refused.
                self.wait(bus, FINISHED)?;
                bus.clear(registers.cr1(), ACKNOWLEDGE);
                third.set(take());
                bus.set(registers.cr1(), stop);
                second.set(take());
                self.wait(bus, ARRIVED)?;
                last.set(take());
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::*;
    use crate::fake::Fake;
    use crate::register::GPIOB;
    use std::vec::Vec;

    fn ready() -> Fake {
        Fake::default().stuck(I2C1.sr1(), STARTED | ADDRESSED | FINISHED | ARRIVED | ROOM)
    }

    #[test]
    fn the_clock_is_the_manuals() {
        let chip = Fake::default();
        Unit::One.start(&chip, &Clocks::FULL, 100_000);
        let expected = [
            (RCC.apb1enr(), 1 << 21),
            (I2C1.cr1(), RESET),
            (I2C1.cr1(), 0),
            (I2C1.cr2(), 42),
            (I2C1.ccr(), 210),
            (I2C1.trise(), 43),
            (I2C1.cr1(), ENABLE),
        ];
        assert_eq!(chip.writes(), expected);
        let fast = Fake::default();
        Unit::Two.start(&fast, &Clocks::FULL, 400_000);
        assert_eq!((fast.written(I2C2.ccr()), fast.written(I2C2.trise())), ([FAST | 35].to_vec(), [13].to_vec()));
        let odd = Fake::default();
        Unit::One.start(&odd, &Clocks { apb1: 13_500_000, ..Clocks::FULL }, 100_000);
        assert_eq!(odd.written(I2C1.ccr()), [68], "not faster than it is to be");
    }

    #[test]
    fn a_byte_too_many_of_the_last_transfer_is_no_byte_of_this_one() {
        let chip = ready().answering(I2C1.dr(), &[0xFF, 7]);
        let byte = Cell::new(0);
        assert_eq!(Unit::One.read(&chip, 0x4C, core::slice::from_ref(&byte), true), Ok(()));
        assert_eq!(byte.get(), 7);
    }

    #[test]
    fn bytes_are_sent_behind_the_address() {
        let chip = ready();
        assert_eq!(Unit::One.write(&chip, 0x4C, &[&[Cell::new(7)], &[Cell::new(8)]], true), Ok(()));
        let expected = [(I2C1.cr1(), START), (I2C1.dr(), 0x98), (I2C1.dr(), 7), (I2C1.dr(), 8), (I2C1.cr1(), START | STOP)];
        assert_eq!(chip.writes(), expected);
    }

    #[test]
    fn the_last_byte_is_refused_and_the_stop_ordered_before_it_comes() {
        let controls = |count: usize| {
            let chip = ready();
            assert_eq!(Unit::One.read(&chip, 0x4C, &[const { Cell::new(0) }; 5][..count], true), Ok(()));
            assert_eq!(chip.written(I2C1.dr()), [0x99]);
            chip.written(I2C1.cr1())
        };
        assert_eq!(controls(1), [START | ACKNOWLEDGE, START, START | STOP]);
        assert_eq!(controls(2), [START | ACKNOWLEDGE, START | NEXT, START | NEXT | STOP]);
        assert_eq!(controls(5), [START | ACKNOWLEDGE, START, START | STOP]);
    }

    #[test]
    fn nobody_there_frees_the_bus() {
        let chip = Fake::default().answering(I2C1.sr1(), &[STARTED, REFUSED]);
        assert_eq!(Unit::One.write(&chip, 1, &[], true), Err(Error::Refused));
        assert_eq!(chip.written(I2C1.cr1()).last(), Some(&(START | STOP)));
    }

    #[test]
    fn the_next_one_is_addressed_when_the_stop_is_over() {
        let chip = Fake::default()
            .answering(I2C1.sr1(), &[STARTED, REFUSED, REFUSED, STARTED, ADDRESSED])
            .answering(I2C1.cr1(), &[ENABLE, START | ENABLE, STOP | ENABLE, STOP | ENABLE, ENABLE]);
        assert_eq!(Unit::One.write(&chip, 1, &[], false), Err(Error::Refused));
        assert_eq!(Unit::One.write(&chip, 2, &[], false), Ok(()));
        assert_eq!(chip.written(I2C1.cr1()), [START | ENABLE, START | STOP | ENABLE, START | ENABLE]);
        let lost = Fake::default().stuck(I2C1.sr1(), 1 << 9);
        assert_eq!(Unit::One.write(&lost, 1, &[], true), Err(Error::Lost));
        assert!(lost.written(I2C1.cr1()).iter().all(|cr1| cr1 & STOP == 0), "it is somebody else's bus");
    }

    #[test]
    fn a_bus_error_that_is_none_is_cleared_and_the_transfer_goes_on() {
        let chip =
            Fake::default().answering(I2C1.sr1(), &[STARTED, WRONG, WRONG, ADDRESSED, ROOM | WRONG, ROOM | WRONG, FINISHED]);
        assert_eq!(Unit::One.write(&chip, 0x4C, &[&[Cell::new(7)]], true), Ok(()));
        assert_eq!((chip.written(I2C1.dr()), chip.written(I2C1.sr1())), ([0x98, 7].to_vec(), [0, ROOM].to_vec()));
    }

    /// Levels that two pins of port B drive, as they are written: clock on 6, data on 7.
    fn lines(chip: &Fake) -> Vec<(u32, bool)> {
        let written = chip.written(GPIOB.bsrr());
        written.iter().map(|bits| (bits.trailing_zeros() % 16, bits >> 16 == 0)).collect()
    }

    #[test]
    fn lines_are_freed_by_clocks_and_a_stop() {
        let (clock, data) = (Pin::named("B6"), Pin::named("B7"));
        let stop = [(7, false), (6, false), (6, true), (7, true)];
        let free = Fake::default().stuck(GPIOB.idr(), 1 << 7);
        Unit::free_lines(&free, clock, data);
        assert_eq!(lines(&free), [[(6, true), (7, true)].as_slice(), &stop].concat());
        // Somebody holds data low until the second clock.
        let held = Fake::default().answering(GPIOB.idr(), &[0, 0, 1 << 7]);
        Unit::free_lines(&held, clock, data);
        let clocks = [(6, false), (6, true)];
        assert_eq!(lines(&held), [[(6, true), (7, true)].as_slice(), &clocks, &clocks, &stop].concat());
        let dead = Fake::default();
        Unit::free_lines(&dead, clock, data);
        assert_eq!(lines(&dead).len(), 2 + 18 + 4, "a line that is always low ends it as well");
    }

    #[test]
    fn it_answers_at_its_address() {
        let chip = Fake::default();
        Unit::Two.follow(&chip, &Clocks::FULL, 0x42, true);
        Unit::Two.listen(&chip, true);
        let expected = [
            (RCC.apb1enr(), 1 << 22),
            (I2C2.cr1(), RESET),
            (I2C2.cr1(), 0),
            (I2C2.cr2(), 42),
            (I2C2.oar1(), 0x4084),
            (I2C2.cr1(), ENABLE | ANSWER_AT_0),
            (I2C2.cr1(), ENABLE | ANSWER_AT_0 | ACKNOWLEDGE),
        ];
        assert_eq!(chip.writes(), expected);
        Unit::Two.listen(&chip, false);
        assert_eq!(chip.written(I2C2.cr1()).last(), Some(&(ENABLE | ANSWER_AT_0)));
    }

    #[test]
    fn what_happens_to_it_is_told_in_order() {
        let written = Fake::default()
            .answering(I2C1.sr1(), &[0, ADDRESSED, ARRIVED, ARRIVED | STOPPED, STOPPED, 0])
            .answering(I2C1.dr(), &[7, 8]);
        let events =
            [Event::Quiet, Event::Addressed { reads: false }, Event::Arrived(7), Event::Arrived(8), Event::Stopped, Event::Quiet];
        assert_eq!([(); 6].map(|()| Unit::One.event(&written)), events);
        assert_eq!(written.writes(), [(I2C1.cr1(), ENABLE)], "that clears the stop");
        let read =
            Fake::default().answering(I2C1.sr1(), &[ADDRESSED | ROOM, ROOM, REFUSED, REFUSED, 0]).stuck(I2C1.sr2(), IS_READ);
        assert_eq!([(); 2].map(|()| Unit::One.event(&read)), [Event::Addressed { reads: true }, Event::Room]);
        Unit::One.offer(&read, 0x5A);
        assert_eq!(Unit::One.event(&read), Event::Refused);
        assert_eq!(read.writes(), [(I2C1.dr(), 0x5A), (I2C1.sr1(), 0)]);
        assert_eq!(Unit::One.event(&Fake::default().stuck(I2C1.sr1(), 1 << 8)), Event::Lost);
    }

    #[test]
    fn it_interrupts_until_it_is_asked() {
        let chip = Fake::default();
        Unit::One.follow(&chip, &Clocks::FULL, 0x42, false);
        Unit::One.tell(&chip, true);
        Unit::One.tell(&chip, false);
        assert_eq!(chip.written(I2C1.cr2()), [42, 42 | 1 << 9 | 1 << 8, 42]);
        assert_eq!((Unit::One.interrupts()[0], Unit::Two.interrupts()[1]), (Interrupt(31), Interrupt(34)));
    }

    #[test]
    fn what_came_while_nobody_asked_is_told_as_it_was() {
        // The last byte of a write, its stop, and the call to read that holds the clock; then the read, of two bytes.
        let chip = Fake::default()
            .answering(
                I2C1.sr1(),
                &[ARRIVED | STOPPED | ADDRESSED, STOPPED | ADDRESSED, ADDRESSED, ROOM, ROOM | FINISHED, REFUSED, REFUSED, 0],
            )
            .stuck(I2C1.sr2(), IS_READ)
            .stuck(I2C1.dr(), 9);
        let events = [
            Event::Arrived(9),
            Event::Stopped,
            Event::Addressed { reads: true },
            Event::Room,
            Event::Wanted,
            Event::Refused,
            Event::Quiet,
        ];
        assert_eq!([(); 7].map(|()| Unit::One.event(&chip)), events);
    }

    #[test]
    fn a_bus_is_kept_for_what_comes_next() {
        let chip = ready();
        assert_eq!(Unit::One.read(&chip, 0x4C, &[Cell::new(0)], false), Ok(()));
        assert!(chip.written(I2C1.cr1()).iter().all(|cr1| cr1 & STOP == 0));
        Unit::Two.stop(&chip);
        assert_eq!(chip.writes()[chip.writes().len() - 2..], [(I2C2.cr1(), 0), (RCC.apb1enr(), 0)]);
    }
}
