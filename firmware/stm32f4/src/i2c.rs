//! I2C, as the one that gives the clock, with addresses of seven bits (RM0090 §27).

use crate::clock::Clocks;
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
const START: u32 = 1 << 8;
const STOP: u32 = 1 << 9;
const ACKNOWLEDGE: u32 = 1 << 10;
/// The acknowledge bit is about the byte after the next.
const NEXT: u32 = 1 << 11;
const RESET: u32 = 1 << 15;

// I2C_SR1 (§27.6.6).
const STARTED: u32 = 1;
const ADDRESSED: u32 = 1 << 1;
const FINISHED: u32 = 1 << 2;
const ARRIVED: u32 = 1 << 6;
const ROOM: u32 = 1 << 7;
const LOST: u32 = (1 << 8) | (1 << 9);
const REFUSED: u32 = 1 << 10;
/// I2C_SR2 (§27.6.7).
const BUSY: u32 = 1 << 1;

/// I2C_CCR (§27.6.8): fast mode, low twice as long as high.
const FAST: u32 = 1 << 15;
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
        bus.set(RCC.apb1enr(), self.clock());
        // A reset by software ends whatever the bus was in the midst of (§27.6.1).
        bus.write(registers.cr1(), RESET);
        bus.write(registers.cr1(), 0);
        let megahertz = clocks.apb1 / 1_000_000;
        bus.write(registers.cr2(), megahertz);
        // Standard mode: high as long as low, rises of up to 1000 ns; fast mode: a third, 300 ns (§27.6.8, §27.6.9).
        let (divider, rise) = if hertz <= 100_000 {
            ((clocks.apb1 / (2 * hertz)).clamp(4, 0xFFF), megahertz + 1)
        } else {
            (FAST | clocks.apb1.div_ceil(3 * hertz).clamp(1, 0xFFF), megahertz * 300 / 1000 + 1)
        };
        bus.write(registers.ccr(), divider);
        bus.write(registers.trise(), rise);
        bus.write(registers.cr1(), ENABLE);
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
            if status & (LOST | REFUSED) != 0 {
                bus.clear(registers.sr1(), LOST | REFUSED);
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

    /// Ends a transfer, also after an error.
    fn end<T>(self, bus: &impl Bus, result: Result<T, Error>) -> Result<T, Error> {
        if result.is_err() {
            bus.set(self.registers().cr1(), STOP);
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
    use super::*;
    use crate::fake::Fake;

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
    fn a_bus_is_kept_for_what_comes_next() {
        let chip = ready();
        assert_eq!(Unit::One.read(&chip, 0x4C, &[Cell::new(0)], false), Ok(()));
        assert!(chip.written(I2C1.cr1()).iter().all(|cr1| cr1 & STOP == 0));
        Unit::Two.stop(&chip);
        assert_eq!(chip.writes()[chip.writes().len() - 2..], [(I2C2.cr1(), 0), (RCC.apb1enr(), 0)]);
    }
}
