//! Time, as `machine` knows it: alarms, a clock on the wall that a program may set, and sections that no callback interrupts.

use interpreter::vfs::Errno;
use interpreter::vm::{Outcome, Vm};
use machine::event::{self, Source};
use machine::{Backup, Clockwork};
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU8, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// What `machine.mem_backup` shows: as much as the chip of a pyboard keeps, for as long as this process lives.
static MEMORY: [AtomicU8; 4096] = [const { AtomicU8::new(0) }; 4096];
static BACKUP: &[Backup] = &[Backup { address: || MEMORY.as_ptr().expose_provenance(), size: MEMORY.len(), items: "B" }];

/// The time of one interpreter, on the terminal or on a virtual board.
pub struct Time {
    /// Microseconds, as `Port::now` counts them.
    now: fn() -> u64,
    /// Sets the interpreter's pending flag, and wakes it.
    ask_for_attention: fn(),
    alarm: Alarm,
    /// How much the clock that the program set is ahead of the computer's, in nanoseconds.
    ahead: AtomicI64,
    /// The program holds callbacks back.
    held: AtomicBool,
}

/// A time at which something is to be done, and a thread of its own that waits for it, from the first such time on.
pub struct Alarm(OnceLock<&'static Watch>);

/// What the thread waits for.
#[derive(Default)]
struct Watch {
    at: Mutex<Option<Instant>>,
    changed: Condvar,
}

impl Default for Alarm {
    fn default() -> Alarm {
        Alarm::new()
    }
}

impl Alarm {
    /// No time.
    pub const fn new() -> Alarm {
        Alarm(OnceLock::new())
    }

    /// Sets the time, or forgets it. `due`, of which each alarm has one, is called when the time has come, and says when to call it next,
    /// unless somebody has set that meanwhile.
    pub fn set(&self, at: Option<Instant>, due: impl Fn() -> Option<Instant> + Send + 'static) {
        let start = || {
            let watch: &'static Watch = Box::leak(Box::default());
            std::thread::spawn(move || watch.wait(&due));
            watch
        };
        if at.is_some() || self.0.get().is_some() {
            let watch = self.0.get_or_init(start);
            *watch.lock() = at;
            watch.changed.notify_one();
        }
    }

    /// Forgets the time.
    pub fn forget(&self) {
        self.set(None, || None);
    }
}

impl Watch {
    fn lock(&self) -> MutexGuard<'_, Option<Instant>> {
        self.at.lock().expect("nobody panics with the alarm")
    }

    fn wait(&self, due: &dyn Fn() -> Option<Instant>) {
        let mut at = self.lock();
        loop {
            at = match at.map(|at| at.saturating_duration_since(Instant::now())) {
                None => self.changed.wait(at).expect("as above"),
                Some(Duration::ZERO) => {
                    *at = None;
                    drop(at);
                    let next = due();
                    let mut at = self.lock();
                    *at = at.or(next);
                    at
                }
                Some(left) => self.changed.wait_timeout(at, left).expect("as above").0,
            };
        }
    }
}

impl Time {
    /// No alarm, and the computer's clock.
    pub const fn new(now: fn() -> u64, ask_for_attention: fn()) -> Time {
        Time { now, ask_for_attention, alarm: Alarm::new(), ahead: AtomicI64::new(0), held: AtomicBool::new(false) }
    }

    /// Nanoseconds since 1970, as the program set them.
    pub fn clock(&self) -> u64 {
        system_clock().saturating_add_signed(self.ahead.load(Ordering::Relaxed))
    }

    /// Calls the callbacks that are due, unless the program holds them back.
    ///
    /// # Errors
    /// As `event::run_due`.
    pub fn attend(&self, vm: &Vm) -> Outcome<()> {
        if self.held.load(Ordering::Relaxed) { Ok(()) } else { event::run_due(vm) }
    }

    /// The interpreter starts anew: nothing is due, nothing held back. The clock goes on.
    pub fn reset(&self) {
        self.alarm(None);
        self.held.store(false, Ordering::Relaxed);
    }
}

/// Nanoseconds since 1970.
fn system_clock() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_nanos() as u64)
}

impl Clockwork for Time {
    fn hold_interrupts(&self) -> bool {
        !self.held.swap(true, Ordering::Relaxed)
    }

    fn let_interrupts(&self, come: bool) {
        self.held.store(!come, Ordering::Relaxed);
        (self.ask_for_attention)();
    }

    fn alarm(&self, at: Option<u64>) {
        let at = at.map(|at| Instant::now() + Duration::from_micros(at.saturating_sub((self.now)())));
        let ask_for_attention = self.ask_for_attention;
        self.alarm.set(at, move || {
            event::note(Source::ALARM);
            ask_for_attention();
            None
        });
    }

    fn set_clock(&self, nanoseconds: u64) -> Result<(), Errno> {
        self.ahead.store(nanoseconds.wrapping_sub(system_clock()).cast_signed(), Ordering::Relaxed);
        Ok(())
    }

    fn backup(&self) -> &'static [Backup] {
        BACKUP
    }
}
