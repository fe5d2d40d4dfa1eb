//! When what is to be seen is said: at once, as long as a thing changes now and then; one that changes faster than anybody can look is said at its
//! pace, and how it is in the end always. A bus that is moved by hand changes its pins some ten thousand times for one picture.
//!
//! What is said is asked for while the thing is said, under one lock, so nothing older comes behind something newer.

use serde_json::Value;
use std::collections::HashMap;
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// What may be seen.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Thing {
    /// A pin, by number.
    Pin(usize),
    /// A screen, by the number of its place.
    Screen(usize),
    /// A strip of coloured lights, by the number of its pin.
    Strip(usize),
}

impl Thing {
    /// So often it may be said at once, one change behind the other, before its pace counts: what a test or a person follows step by step.
    fn patience(self) -> u32 {
        match self {
            Thing::Pin(_) => 200,
            Thing::Screen(_) | Thing::Strip(_) => 0,
        }
    }
}

/// From one time to the next, in the long run.
const PACE: Duration = Duration::from_millis(50);

/// How far a thing is ahead of its pace, and whether something of it is unsaid.
struct Said {
    paid_until: Instant,
    waits: bool,
}

impl Said {
    /// When it may be said again.
    fn due(&self, thing: Thing) -> Option<Instant> {
        self.paid_until.checked_sub(PACE * thing.patience())
    }

    /// Whether it may be said now, which it then is; otherwise it waits.
    fn may(&mut self, thing: Thing, now: Instant) -> bool {
        self.waits = self.due(thing).is_some_and(|due| due > now);
        if !self.waits {
            self.paid_until = self.paid_until.max(now) + PACE;
        }
        !self.waits
    }
}

static SAID: OnceLock<Mutex<HashMap<Thing, Said>>> = OnceLock::new();
static WAITS: Condvar = Condvar::new();
type Describe = Box<dyn Fn(Thing) -> Value + Send + Sync>;
static DESCRIBE: OnceLock<Describe> = OnceLock::new();

fn said() -> MutexGuard<'static, HashMap<Thing, Said>> {
    SAID.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner)
}

/// Says from now on what changes, as `describe` words it.
pub fn start(describe: impl Fn(Thing) -> Value + Send + Sync + 'static) {
    if DESCRIBE.set(Box::new(describe)).is_ok() {
        std::thread::spawn(say_what_waits);
    }
}

/// Something else is to be seen of a thing. Nobody who calls this may hold what it is described by.
pub fn changed(thing: Thing) {
    let Some(describe) = DESCRIBE.get() else { return };
    let now = Instant::now();
    let mut said = said();
    let it = said.entry(thing).or_insert(Said { paid_until: now, waits: false });
    let waited = it.waits;
    if it.may(thing, now) {
        println!("{}", describe(thing));
    } else if !waited {
        WAITS.notify_one();
    }
}

fn say_what_waits() {
    let describe = DESCRIBE.get().expect("set before this thread began");
    let mut said = said();
    loop {
        let now = Instant::now();
        for (thing, it) in said.iter_mut().filter(|(_, it)| it.waits) {
            if it.may(*thing, now) {
                println!("{}", describe(*thing));
            }
        }
        let next = said.iter().filter(|(_, it)| it.waits).filter_map(|(thing, it)| it.due(*thing)).min();
        said = match next {
            Some(due) => WAITS.wait_timeout(said, due.saturating_duration_since(now)).unwrap_or_else(PoisonError::into_inner).0,
            None => WAITS.wait(said).unwrap_or_else(PoisonError::into_inner),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many of the changes at these milliseconds are said at once, and whether the last one waits.
    #[track_caller]
    fn check(thing: Thing, changes: impl Iterator<Item = u64>, expected: (usize, bool)) {
        let start = Instant::now() + Duration::from_secs(3600);
        let mut it = Said { paid_until: start, waits: false };
        let count = changes.filter(|at| it.may(thing, start + Duration::from_millis(*at))).count();
        assert_eq!((count, it.waits), expected);
    }

    #[test]
    fn what_changes_now_and_then_is_said_at_once() {
        check(Thing::Screen(0), (0..20).map(|at| at * 50), (20, false));
        check(Thing::Pin(0), [0; 200].into_iter(), (200, false));
    }

    #[test]
    fn what_changes_faster_is_said_at_its_pace_and_the_last_of_it_waits() {
        check(Thing::Screen(0), 0..999, (20, true));
        check(Thing::Pin(0), [0; 5000].into_iter(), (201, true));
    }
}
