//! What the chip runs at: set at the start, and by programs (`machine.freq`). Whoever derives something from a frequency asks here.
//!
//! When it changes, the tick and the serial lines go on as they were. What a program has set up by itself (timers, the other buses)
//! counts its own numbers on, as on MicroPython's pyboard.

use crate::{interrupts, serial};
use core::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};
use interpreter::vfs::Errno;
use stm32f4::clock::{self, Clocks, Hertz};
use stm32f4::{Chip, flash};

static NOW: [AtomicU32; 4] = [const { AtomicU32::new(0) }; 4];
static CRYSTAL: AtomicBool = AtomicBool::new(false);
/// What a program wants, if it does.
static WANTED: [AtomicU32; 4] = [const { AtomicU32::new(0) }; 4];

/// What the chip runs at.
pub fn now() -> Clocks {
    let [undivided, system, apb1, apb2] = [0, 1, 2, 3].map(|at| NOW[at].load(Relaxed));
    Clocks { undivided, system, apb1, apb2, crystal: CRYSTAL.load(Relaxed) }
}

/// The processor's clock.
pub fn system() -> Hertz {
    NOW[1].load(Relaxed)
}

fn are(clocks: Clocks) {
    let Clocks { undivided, system, apb1, apb2, crystal } = clocks;
    NOW.iter().zip([undivided, system, apb1, apb2]).for_each(|(now, hertz)| now.store(hertz, Relaxed));
    CRYSTAL.store(crystal, Relaxed);
}

/// Starts the clocks.
pub fn start() {
    are(clock::start(&Chip));
}

/// Starts them again as they were, after a sleep in which they stood.
pub fn resume() {
    clock::start(&Chip);
    if WANTED[0].load(Relaxed) != 0 {
        // What did so before does again.
        let _ = clock::change(&Chip, [0, 1, 2, 3].map(|at| WANTED[at].load(Relaxed)));
    }
}

/// Runs the chip at other frequencies; see `clock::change`.
///
/// # Errors
/// `EINVAL` for what it cannot have, `ENODEV` from an emulator, which has one speed, `EIO` where it now runs at another one.
pub fn change(wanted: [Hertz; 4]) -> Result<(), Errno> {
    if !flash::is_present(&Chip) {
        return Err(Errno::ENODEV);
    }
    serial::finish();
    let (before, came) = (now(), stm32f4::hold_interrupts());
    let (after, result) = match clock::change(&Chip, wanted) {
        Ok(after) => (after, Ok(())),
        Err(Some(after)) => (after, Err(Errno::EIO)),
        Err(None) => (before, Err(Errno::EINVAL)),
    };
    are(after);
    serial::follow(&before, &after);
    interrupts::follow(after.system);
    stm32f4::let_interrupts(came);
    if result.is_ok() {
        WANTED.iter().zip(wanted).for_each(|(place, hertz)| place.store(hertz, Relaxed));
    }
    result
}
