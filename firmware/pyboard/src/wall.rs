//! The clock on the wall: the chip's own, which outlasts resets and runs from a battery; where it has none (an emulator), the time
//! since the start is counted from what a program said that it is.

use crate::interrupts::{self, CALLBACK_PRIORITY};
use core::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};
use interpreter::modules::time::{civil, days_from_civil};
use interpreter::vfs::Errno;
use machine::{Backup, Wake, WallClock};
use stm32f4::rtc::{self, Moment};
use stm32f4::{Chip, backup, nvic};

/// Whether the chip has a clock.
static RUNS: AtomicBool = AtomicBool::new(false);
/// The wall's time at the start where it has none, in seconds since 1970 and nanoseconds: written by the main program alone.
static COUNTED: [AtomicU32; 2] = [AtomicU32::new(EPOCH), AtomicU32::new(0)];
/// What a pyboard's clock says that nobody has set: 2015-01-01.
const EPOCH: u32 = 1_420_070_400;
const SECOND: u64 = 1_000_000_000;

/// Starts the clock.
pub fn start() {
    RUNS.store(rtc::start(&Chip, true).is_some(), Relaxed);
    if RUNS.load(Relaxed) {
        backup::start(&Chip);
    }
}

/// What outlasts resets with the clock.
pub fn backup() -> &'static [Backup] {
    static KEPT: [Backup; 2] = [
        Backup { address: || backup::MEMORY, size: backup::BYTES, items: "B" },
        Backup { address: || backup::WORDS, size: 4 * backup::COUNT, items: "I" },
    ];
    if RUNS.load(Relaxed) { &KEPT } else { &[] }
}

/// Nanoseconds since 1970, at so many microseconds since the start.
pub fn now(microseconds: u64) -> u64 {
    match RUNS.load(Relaxed) {
        true => nanoseconds(&rtc::read(&Chip)),
        false => {
            let [seconds, nanoseconds] = [0, 1].map(|half| u64::from(COUNTED[half].load(Relaxed)));
            seconds * SECOND + nanoseconds + microseconds * 1000
        }
    }
}

fn nanoseconds(moment: &Moment) -> u64 {
    let days = days_from_civil(2000 + i64::from(moment.year), moment.month.into(), moment.day.into());
    let seconds = i64::from(moment.hour) * 3600 + i64::from(moment.minute) * 60 + i64::from(moment.second);
    let steps = rtc::source(&Chip).map_or(1, rtc::Source::steps);
    (days * 86_400 + seconds) as u64 * SECOND + u64::from(moment.step) * SECOND / u64::from(steps)
}

/// Sets it, in nanoseconds since 1970.
///
/// # Errors
/// `EIO` from a clock that does not stand still for it.
pub fn set(nanoseconds: u64) -> Result<(), Errno> {
    if !RUNS.load(Relaxed) {
        let (milliseconds, _) = interrupts::time();
        let start = nanoseconds.saturating_sub(milliseconds * 1_000_000);
        COUNTED[0].store((start / SECOND) as u32, Relaxed);
        COUNTED[1].store((start % SECOND) as u32, Relaxed);
        return Ok(());
    }
    let seconds = (nanoseconds / SECOND) as i64;
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    let (year, month, day, _) = civil(days);
    let moment = Moment {
        year: (year - 2000) as u8,
        month: month as u8,
        day: day as u8,
        weekday: ((days + 3) % 7 + 1) as u8,
        hour: (second / 3600) as u8,
        minute: (second / 60 % 60) as u8,
        second: (second % 60) as u8,
        step: 0,
    };
    done(rtc::set(&Chip, &moment))
}

fn done(done: bool) -> Result<(), Errno> {
    if done { Ok(()) } else { Err(Errno::EIO) }
}

/// The chip's clock, for its class.
pub struct Wall;

/// Where there is one.
pub fn wall() -> Option<&'static dyn WallClock> {
    RUNS.load(Relaxed).then_some(&Wall)
}

impl WallClock for Wall {
    fn wake_every(&self, wake: Option<Wake>) -> Result<(), Errno> {
        if wake.is_some() {
            nvic::enable(&Chip, rtc::INTERRUPT, CALLBACK_PRIORITY);
        }
        let wake = wake.map(|wake| match wake {
            Wake::Milliseconds(milliseconds) => rtc::Wake::after(&Chip, milliseconds),
            Wake::Steps(clock, reload) => rtc::Wake { clock, reload },
        });
        done(rtc::wake_every(&Chip, wake))
    }

    fn calibration(&self) -> i32 {
        rtc::calibration(&Chip)
    }

    fn calibrate(&self, parts: i32) -> Result<(), Errno> {
        done(rtc::calibrate(&Chip, parts))
    }
}
