//! The clock on the wall, which runs from a battery too (RM0090 §26): date and time, calibration, the wake-up timer.
//!
//! It counts the watch crystal where that swings, else the chip's own slow oscillator: what was chosen stays chosen until the
//! backup domain is reset, so a clock that was left running by the program before is taken as it is, date and all. Every wait is
//! bounded; a chip whose clock does not answer (an emulator's) has none.

use crate::nvic::Interrupt;
use crate::register::{Bus, EXTI, PWR, RCC, RTC};

/// Raised when the wake-up timer has ended (§12.2, table 61).
pub const INTERRUPT: Interrupt = Interrupt(3);
/// Its line (§12.2.5).
const LINE: u32 = 1 << 22;

// RCC_APB1ENR (§7.3.13), PWR_CR (§5.4.1): the backup domain may be written.
const POWER_CLOCK: u32 = 1 << 28;
const WRITABLE: u32 = 1 << 8;

// RCC_BDCR (§7.3.20).
const CRYSTAL_ON: u32 = 1;
const CRYSTAL_READY: u32 = 1 << 1;
const SOURCE: u32 = 0b11 << 8;
const FROM_CRYSTAL: u32 = 0b01 << 8;
const FROM_OSCILLATOR: u32 = 0b10 << 8;
const ON: u32 = 1 << 15;
const RESET: u32 = 1 << 16;

// RCC_CSR (§7.3.21).
const OSCILLATOR_ON: u32 = 1;
const OSCILLATOR_READY: u32 = 1 << 1;

// RTC_ISR (§26.6.4).
const WAKE_WRITABLE: u32 = 1 << 2;
const STOPPED: u32 = 1 << 6;
const STOP: u32 = 1 << 7;
const WOKE: u32 = 1 << 10;
const CALIBRATING: u32 = 1 << 16;

// RTC_CR (§26.6.3).
const WAKE_CLOCK: u32 = 0b111;
/// Reads the counters themselves, not copies of them that are late after a sleep (§26.3.6).
const DIRECT: u32 = 1 << 5;
const WAKE_ON: u32 = 1 << 10;
const WAKE_INTERRUPT: u32 = 1 << 14;

/// What opens the registers, in this order; any other value closes them (§26.3.5).
const KEYS: [u32; 2] = [0xCA, 0x53];
const CLOSE: u32 = 0xFF;

/// Readings before a wait gives up. The slow oscillator starts in 40 µs, and two of its cycles are 62 µs: a reading takes at least
/// two cycles of 168 MHz.
const PATIENCE: u32 = 100_000;
/// The watch crystal needs up to two seconds, about three readings of 24 cycles to the microsecond.
const PATIENCE_FOR_CRYSTAL: u32 = 14_000_000;

/// What the clock counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Source {
    /// A crystal of 32,768 Hz.
    Crystal,
    /// The chip's oscillator of about 32 kHz.
    Oscillator,
}

impl Source {
    /// Its frequency, Hz.
    pub const fn frequency(self) -> u32 {
        match self {
            Source::Crystal => 32_768,
            Source::Oscillator => 32_000,
        }
    }

    /// Steps into which a second is divided: 128 cycles are one.
    pub const fn steps(self) -> u32 {
        self.frequency() / 128
    }

    /// The dividers to a second (§26.6.5).
    const fn dividers(self) -> u32 {
        (127 << 16) | (self.steps() - 1)
    }
}

/// A moment on the wall.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Moment {
    /// Since 2000, up to 99.
    pub year: u8,
    /// From 1.
    pub month: u8,
    /// From 1.
    pub day: u8,
    /// From 1, which is Monday.
    pub weekday: u8,
    /// From 0.
    pub hour: u8,
    /// From 0.
    pub minute: u8,
    /// From 0.
    pub second: u8,
    /// Steps of the second that have passed.
    pub step: u32,
}

/// Starts the clock, or takes the one that runs; `None` for a chip without one. The date is what it was, or 2015-01-01 until it is set.
///
/// `wants_crystal` is false for a board that has none: it need not be waited for.
pub fn start(bus: &impl Bus, wants_crystal: bool) -> Option<Source> {
    bus.enable(RCC.apb1enr(), POWER_CLOCK);
    bus.set(PWR.cr(), WRITABLE);
    if bus.read(PWR.cr()) & WRITABLE == 0 {
        // An emulator without power control.
        return None;
    }
    let running = source(bus).filter(|source| bus.read(RCC.bdcr()) & ON != 0 && is_ready(bus, *source));
    let source = match running {
        Some(source) => source,
        None => choose(bus, wants_crystal)?,
    };
    open(bus);
    bus.set(RTC.cr(), DIRECT);
    close(bus);
    let moment = match running {
        None => Some(Moment { year: 15, month: 1, day: 1, weekday: 4, hour: 0, minute: 0, second: 0, step: 0 }),
        // Another program had it count in other steps: it goes on in ours, from the same moment.
        Some(_) if bus.read(RTC.prer()) != source.dividers() => Some(read(bus)),
        Some(_) => None,
    };
    moment.is_none_or(|moment| set_up(bus, source, &moment)).then_some(source)
}

/// What the backup domain says that it counts.
pub fn source(bus: &impl Bus) -> Option<Source> {
    match bus.read(RCC.bdcr()) & SOURCE {
        FROM_CRYSTAL => Some(Source::Crystal),
        FROM_OSCILLATOR => Some(Source::Oscillator),
        _ => None,
    }
}

/// Whether the source swings; the oscillator, which a reset of the chip stops, is started again.
fn is_ready(bus: &impl Bus, source: Source) -> bool {
    match source {
        Source::Crystal => bus.comes(RCC.bdcr(), PATIENCE, |bdcr| bdcr & CRYSTAL_READY != 0),
        Source::Oscillator => start_oscillator(bus),
    }
}

fn start_oscillator(bus: &impl Bus) -> bool {
    bus.set(RCC.csr(), OSCILLATOR_ON);
    bus.comes(RCC.csr(), PATIENCE, |csr| csr & OSCILLATOR_READY != 0)
}

/// Chooses what is counted, from nothing: a source can be chosen once after a reset of the domain (§7.3.20).
fn choose(bus: &impl Bus, wants_crystal: bool) -> Option<Source> {
    bus.set(RCC.bdcr(), RESET);
    bus.clear(RCC.bdcr(), RESET);
    if wants_crystal {
        bus.set(RCC.bdcr(), CRYSTAL_ON);
        if bus.comes(RCC.bdcr(), PATIENCE_FOR_CRYSTAL, |bdcr| bdcr & CRYSTAL_READY != 0) {
            bus.change(RCC.bdcr(), SOURCE | ON, FROM_CRYSTAL | ON);
            return Some(Source::Crystal);
        }
        bus.clear(RCC.bdcr(), CRYSTAL_ON);
    }
    if !start_oscillator(bus) {
        return None;
    }
    bus.change(RCC.bdcr(), SOURCE | ON, FROM_OSCILLATOR | ON);
    Some(Source::Oscillator)
}

fn open(bus: &impl Bus) {
    KEYS.iter().for_each(|key| bus.write(RTC.wpr(), *key));
}

fn close(bus: &impl Bus) {
    bus.write(RTC.wpr(), CLOSE);
}

fn decimal(value: u8) -> u32 {
    u32::from(value / 10 * 16 + value % 10)
}

fn binary(bits: u32) -> u8 {
    ((bits >> 4) * 10 + (bits & 15)) as u8
}

/// Sets date and time; tells whether the clock took them. Steps of the second begin anew.
pub fn set(bus: &impl Bus, moment: &Moment) -> bool {
    source(bus).is_some_and(|source| set_up(bus, source, moment))
}

fn set_up(bus: &impl Bus, source: Source, moment: &Moment) -> bool {
    open(bus);
    // Flags are cleared by zeros: ones leave what may be raised just now (§26.6.4).
    bus.write(RTC.isr(), !0);
    let stopped = bus.comes(RTC.isr(), PATIENCE, |isr| isr & STOPPED != 0);
    if stopped {
        // The two dividers are written one after the other (§26.6.5).
        let dividers = source.dividers();
        bus.write(RTC.prer(), dividers & 0x7FFF);
        bus.write(RTC.prer(), dividers);
        bus.write(RTC.tr(), decimal(moment.hour) << 16 | decimal(moment.minute) << 8 | decimal(moment.second));
        let date = decimal(moment.year) << 16 | u32::from(moment.weekday) << 13 | decimal(moment.month) << 8;
        bus.write(RTC.dr(), date | decimal(moment.day));
    }
    bus.write(RTC.isr(), !STOP);
    close(bus);
    stopped
}

/// The moment that it shows. The registers are read until none has moved meanwhile (§26.3.6).
pub fn read(bus: &impl Bus) -> Moment {
    let all = || [RTC.ssr(), RTC.tr(), RTC.dr()].map(|register| bus.read(register));
    let (mut before, mut now) = (all(), all());
    for _ in 0..4 {
        if before == now {
            break;
        }
        (before, now) = (now, all());
    }
    let [left, time, date] = now;
    let last = bus.read(RTC.prer()) & 0x7FFF;
    Moment {
        year: binary(date >> 16 & 0xFF),
        month: binary(date >> 8 & 0x1F).max(1),
        day: binary(date & 0x3F).max(1),
        weekday: (date >> 13 & 7) as u8,
        hour: binary(time >> 16 & 0x3F),
        minute: binary(time >> 8 & 0x7F),
        second: binary(time & 0x7F),
        step: last.saturating_sub(left & 0xFFFF),
    }
}

/// The largest time of the wake-up timer, in milliseconds: 2^17 seconds.
pub const LONGEST: u32 = (1 << 17) * 1000;

/// What the wake-up timer counts (§26.6.3, WUCKSEL), and one less than how much of it (§26.6.6).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Wake {
    /// 0 to 3 for a 16th, an 8th, a 4th and half of the source, 4 for seconds, 6 for seconds and 2^16 of them more.
    pub clock: u8,
    /// One less than the steps.
    pub reload: u16,
}

impl Wake {
    /// So many milliseconds, up to [`LONGEST`], by the clock that is running: as finely as they fit.
    pub fn after(bus: &impl Bus, milliseconds: u32) -> Wake {
        let (clock, reload) = wake(source(bus).unwrap_or(Source::Crystal), milliseconds.min(LONGEST));
        Wake { clock: clock as u8, reload: reload as u16 }
    }
}

fn wake(source: Source, milliseconds: u32) -> (u32, u32) {
    let cycles = u64::from(milliseconds) * u64::from(source.frequency()) / 1000;
    // Sixteenths, eighths, quarters, halves of the source, then seconds. Of halves there must be two at least (§26.6.6).
    match (0..4).rev().find(|choice| cycles >> (4 - choice) <= 0x1_0000) {
        Some(choice) => (choice, (cycles >> (4 - choice)).saturating_sub(1).max(1) as u32),
        None => {
            let seconds = milliseconds / 1000;
            if seconds <= 0x1_0000 { (0b100, seconds - 1) } else { (0b110, seconds - 0x1_0001) }
        }
    }
}

/// Raises the interrupt again and again, or never; tells whether the timer took that.
pub fn wake_every(bus: &impl Bus, wake: Option<Wake>) -> bool {
    open(bus);
    bus.clear(RTC.cr(), WAKE_ON | WAKE_INTERRUPT);
    let free = bus.comes(RTC.isr(), PATIENCE, |isr| isr & WAKE_WRITABLE != 0);
    take_wake(bus);
    if let (true, Some(Wake { clock, reload })) = (free, wake) {
        bus.write(RTC.wutr(), reload.into());
        bus.change(RTC.cr(), WAKE_CLOCK, clock.into());
        bus.set(EXTI.rtsr(), LINE);
        bus.set(EXTI.imr(), LINE);
        bus.set(RTC.cr(), WAKE_ON | WAKE_INTERRUPT);
    }
    close(bus);
    free
}

/// Whether the wake-up timer ended; forgotten then.
pub fn take_wake(bus: &impl Bus) -> bool {
    let isr = bus.read(RTC.isr());
    // A flag is cleared by a 0; the stop bit must be left as it is (§26.6.4).
    bus.write(RTC.isr(), !(WOKE | STOP) | (isr & STOP));
    bus.write(EXTI.pr(), LINE);
    isr & WOKE != 0
}

// RTC_CALR (§26.6.16).
const FASTER: u32 = 1 << 15;
const SLOWER: u32 = 0x1FF;

/// How much faster than its source the clock runs, in parts of 2^20: −511 to 512.
pub fn calibration(bus: &impl Bus) -> i32 {
    let calr = bus.read(RTC.calr());
    let faster = if calr & FASTER != 0 { 512 } else { 0 };
    faster - (calr & SLOWER) as i32
}

/// Sets that; tells whether the clock took it.
pub fn calibrate(bus: &impl Bus, parts: i32) -> bool {
    let free = bus.comes(RTC.isr(), PATIENCE, |isr| isr & CALIBRATING == 0);
    if free {
        let faster = if parts > 0 { FASTER } else { 0 };
        let slower = if parts > 0 { 512 - parts } else { -parts };
        open(bus);
        bus.write(RTC.calr(), faster | slower as u32 & SLOWER);
        close(bus);
    }
    free
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    const LEAP_DAY: Moment = Moment { year: 24, month: 2, day: 29, weekday: 4, hour: 23, minute: 59, second: 58, step: 0 };

    #[test]
    fn a_running_clock_is_left_alone() {
        let chip = Fake::default().stuck(RCC.bdcr(), CRYSTAL_ON | CRYSTAL_READY | FROM_CRYSTAL | ON).stuck(RTC.prer(), 0x7F_00FF);
        assert_eq!(start(&chip, true), Some(Source::Crystal));
        assert_eq!(
            chip.writes(),
            [
                (RCC.apb1enr(), POWER_CLOCK),
                (PWR.cr(), WRITABLE),
                (RTC.wpr(), 0xCA),
                (RTC.wpr(), 0x53),
                (RTC.cr(), DIRECT),
                (RTC.wpr(), 0xFF)
            ]
        );
    }

    #[test]
    fn a_clock_that_counts_in_other_steps_keeps_its_date() {
        // As MicroPython has it count: the crystal by 1 by 32,768.
        let chip = Fake::default()
            .stuck(RCC.bdcr(), CRYSTAL_ON | CRYSTAL_READY | FROM_CRYSTAL | ON)
            .stuck(RTC.isr(), STOPPED)
            .answering(RTC.prer(), &[0x7FFF])
            .stuck(RTC.tr(), 0x23_5958)
            .stuck(RTC.dr(), 0x24_8229);
        assert_eq!(start(&chip, true), Some(Source::Crystal));
        let direct = chip.writes().iter().position(|it| *it == (RTC.cr(), DIRECT)).expect("it is read as it is");
        let stands = chip.writes().iter().position(|it| it.0 == RTC.isr()).expect("it stands while it is set");
        assert!(direct < stands, "copies of the counters are late after a reset");
        assert_eq!(chip.written(RTC.prer()), [0xFF, 0x7F_00FF]);
        assert_eq!((chip.written(RTC.tr()), chip.written(RTC.dr())), ([0x23_5958].to_vec(), [0x24_8229].to_vec()));
    }

    #[test]
    fn a_dead_crystal_leaves_the_oscillator() {
        let chip = Fake::default()
            .answering(RCC.bdcr(), &[0, 0, RESET, 0, CRYSTAL_ON, CRYSTAL_ON, 0])
            .stuck(RCC.csr(), OSCILLATOR_READY)
            .stuck(RTC.isr(), STOPPED);
        assert_eq!(start(&chip, false), Some(Source::Oscillator));
        assert_eq!(chip.written(RTC.prer()), [0xF9, 0x7F_00F9], "32,000 by 128 by 250");
        assert_eq!(*chip.written(RCC.bdcr()).last().expect("it is chosen"), FROM_OSCILLATOR | ON);
    }

    #[test]
    fn a_chip_without_a_clock_says_so() {
        assert_eq!(start(&Fake::default().stuck(PWR.cr(), 0), true), None);
        assert_eq!(start(&Fake::default().stuck(RCC.csr(), 0), false), None, "no oscillator");
    }

    #[test]
    fn dates_are_set_in_decimal_while_the_clock_stands() {
        let chip = Fake::default().stuck(RCC.bdcr(), FROM_CRYSTAL | ON).stuck(RTC.isr(), STOPPED);
        assert!(set(&chip, &LEAP_DAY));
        assert_eq!(
            chip.writes(),
            [
                (RTC.wpr(), 0xCA),
                (RTC.wpr(), 0x53),
                (RTC.isr(), !0),
                (RTC.prer(), 0xFF),
                (RTC.prer(), 0x7F_00FF),
                (RTC.tr(), 0x23_5958),
                (RTC.dr(), 0x24_8229),
                (RTC.isr(), !STOP),
                (RTC.wpr(), 0xFF),
            ]
        );
        let stuck = Fake::default().stuck(RCC.bdcr(), FROM_CRYSTAL | ON).stuck(RTC.isr(), 0);
        assert!(!set(&stuck, &LEAP_DAY), "it never stood");
        assert!(stuck.written(RTC.tr()).is_empty());
    }

    #[test]
    fn a_moment_is_read_that_did_not_move() {
        let chip = Fake::default()
            .answering(RTC.ssr(), &[0, 255, 254])
            .answering(RTC.tr(), &[0x23_5958, 0x23_5959])
            .stuck(RTC.dr(), 0x24_8229)
            .stuck(RTC.prer(), 0x7F_00FF);
        assert_eq!(read(&chip), Moment { second: 59, step: 1, ..LEAP_DAY });
    }

    #[test]
    fn times_to_wake_are_counted_as_finely_as_they_fit() {
        for (milliseconds, clock, reload) in [
            (0, 3, 1),
            (1, 3, 15),
            (4000, 3, 0xFFFF),
            (4001, 2, 32_775),
            (32_000, 0, 0xFFFF),
            (33_000, 4, 32),
            (65_536_000, 4, 0xFFFF),
            (65_537_000, 6, 0),
            (LONGEST, 6, 0xFFFF),
        ] {
            assert_eq!(wake(Source::Crystal, milliseconds), (clock, reload), "{milliseconds} ms");
        }
        let chip = Fake::default().stuck(RCC.bdcr(), FROM_CRYSTAL | ON).stuck(RTC.isr(), WAKE_WRITABLE);
        assert!(wake_every(&chip, Some(Wake::after(&chip, 2000))));
        assert_eq!(chip.written(RTC.wutr()), [32_767]);
        assert_eq!(chip.written(RTC.cr()), [0, 3, 3 | WAKE_ON | WAKE_INTERRUPT]);
        assert!(wake_every(&chip, Some(Wake { clock: 6, reload: 1 })));
        assert_eq!((chip.written(RTC.wutr())[1], chip.written(RTC.cr())[5]), (1, 6 | WAKE_ON | WAKE_INTERRUPT));
    }

    #[test]
    fn calibration_goes_both_ways() {
        for (parts, calr) in [(0, 0), (1, FASTER | 511), (512, FASTER), (-1, 1), (-511, 511)] {
            let chip = Fake::default();
            assert!(calibrate(&chip, parts));
            assert_eq!(chip.written(RTC.calr()), [calr], "{parts}");
            assert_eq!(calibration(&chip), parts);
        }
        assert!(!calibrate(&Fake::default().stuck(RTC.isr(), CALIBRATING), 5), "it is at it");
    }
}
