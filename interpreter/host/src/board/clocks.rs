//! The board's clocks: what they run at, the one on the wall that wakes it, and the watchdog.

use super::line;
use crate::time::Alarm;
use interpreter::vfs::Errno;
use machine::event::{self, Source};
use machine::{Wake, WallClock};
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering::SeqCst};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Speeds that the processor can have, in MHz.
const SPEEDS: [u32; 20] = [8, 16, 24, 30, 32, 36, 40, 42, 48, 54, 56, 60, 64, 72, 84, 96, 108, 120, 144, 168];
/// What the two buses of peripherals stand, in Hz (datasheet, table 14).
const FASTEST: [u32; 2] = [42_000_000, 84_000_000];
/// As the board starts: the processor, its bus, and the two buses of peripherals.
const START: [u32; 4] = [168_000_000, 168_000_000, 42_000_000, 84_000_000];
/// The longest time that the watchdog counts, in milliseconds.
const LONGEST: u32 = 32_768;
/// Steps of the crystal in a second.
const CRYSTAL: u64 = 32_768;

/// The watchdog has not been fed.
static BITES: AtomicBool = AtomicBool::new(false);

/// All of them.
pub struct Clocks {
    frequencies: Mutex<[u32; 4]>,
    /// How far the wake-ups of the clock on the wall are apart.
    wakes: Arc<Mutex<Option<Duration>>>,
    wake: Alarm,
    calibration: AtomicI32,
    patience: Mutex<Option<Duration>>,
    watchdog: Alarm,
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether the board is to start anew because nobody has fed its watchdog.
pub fn is_bitten() -> bool {
    BITES.load(SeqCst)
}

impl Clocks {
    /// As the board starts.
    pub fn new() -> Clocks {
        Clocks {
            frequencies: Mutex::new(START),
            wakes: Arc::default(),
            wake: Alarm::new(),
            calibration: AtomicI32::new(0),
            patience: Mutex::new(None),
            watchdog: Alarm::new(),
        }
    }

    /// The board starts anew: no watchdog, the first speed.
    pub fn reset(&self) {
        *lock(&self.frequencies) = START;
        *lock(&self.patience) = None;
        self.watchdog.forget();
        BITES.store(false, SeqCst);
    }

    /// What they run at, in Hz.
    pub fn frequencies(&self) -> [u32; 4] {
        *lock(&self.frequencies)
    }

    /// Runs them at the fastest speeds that are none faster than wanted.
    ///
    /// # Errors
    /// `EINVAL` where all are.
    pub fn change(&self, wanted: [u32; 4]) -> Result<(), Errno> {
        let fits = SPEEDS.iter().map(|speed| speed * 1_000_000).rfind(|speed| *speed <= wanted[0]);
        let system = fits.ok_or(Errno::EINVAL)?;
        let divided = |from: u32, powers: std::ops::RangeInclusive<u32>, most: u32| {
            powers.map(|power| from >> power).find(|speed| *speed <= most).ok_or(Errno::EINVAL)
        };
        let bus = divided(system, 0..=9, wanted[1])?;
        let [slow, fast] = [0, 1].map(|at| divided(bus, 0..=4, wanted[2 + at].min(FASTEST[at])));
        *lock(&self.frequencies) = [system, bus, slow?, fast?];
        Ok(())
    }

    /// Starts the watchdog.
    ///
    /// # Errors
    /// `EINVAL` for a time that it cannot count.
    pub fn watch(&self, milliseconds: u32) -> Result<(), Errno> {
        if !(1..=LONGEST).contains(&milliseconds) {
            return Err(Errno::EINVAL);
        }
        *lock(&self.patience) = Some(Duration::from_millis(milliseconds.into()));
        self.feed();
        Ok(())
    }

    /// Feeds it.
    pub fn feed(&self) {
        if let Some(patience) = *lock(&self.patience) {
            self.watchdog.set(Some(Instant::now() + patience), || {
                BITES.store(true, SeqCst);
                line::ask_for_attention();
                None
            });
        }
    }
}

impl WallClock for Clocks {
    fn wake_every(&self, wake: Option<Wake>) -> Result<(), Errno> {
        let every = wake.map(|wake| match wake {
            Wake::Milliseconds(milliseconds) => Duration::from_millis(u64::from(milliseconds).max(1)),
            // Clocks 0 to 3 are the crystal's 16ths, 8ths, 4ths and halves, 4 and 5 seconds, the others those and 65536 more.
            Wake::Steps(clock @ 0..=3, steps) => {
                Duration::from_nanos((u64::from(steps) + 1) * 1_000_000_000 * (16 >> clock) / CRYSTAL)
            }
            Wake::Steps(clock, steps) => Duration::from_secs(u64::from(steps) + if clock < 6 { 1 } else { 65_537 }),
        });
        *lock(&self.wakes) = every;
        let wakes = Arc::clone(&self.wakes);
        self.wake.set(every.map(|every| Instant::now() + every), move || {
            event::note(Source::WAKE);
            line::ask_for_attention();
            lock(&wakes).map(|every| Instant::now() + every)
        });
        Ok(())
    }

    fn calibration(&self) -> i32 {
        self.calibration.load(SeqCst)
    }

    fn calibrate(&self, parts: i32) -> Result<(), Errno> {
        self.calibration.store(parts, SeqCst);
        Ok(())
    }
}
