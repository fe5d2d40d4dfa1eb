//! `_signal`: signals of the system as events of a program; `signal` is Python over it.
//!
//! A handler of the system notes the signal's number and asks for attention, which with a byte for whoever waits at a descriptor
//! (`wakeup`) is all that may be done there. The program calls
//! its own function between two instructions (`attend`), so what that raises is raised in the program.
#![expect(unsafe_code, reason = "handlers of signals, and the system's timer, are the C library's")]

use crate::port::PENDING;
use interpreter::object::handle::Args;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};
use nix::errno::Errno;
use nix::libc;
use nix::sys::signal::{SaFlags, SigAction, SigHandler, SigSet, Signal, raise, sigaction};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI32, AtomicU64, Ordering};

table! { pub ROWS, NAMES, DOCS:
    /// treat(signal, how): from now on the system's way (0), nothing (1), the program's function (2), or as when this program
    /// began (3).
    def treat(2) = treat;
    /// send(signal): to this program itself.
    def send(1) = |vm, args| {
        raise(number(vm, args)?).map_err(|error| failed(vm, error))?;
        attend(vm).map(|()| Word::NONE)
    };
    /// timer(which, seconds, interval): a signal after so many seconds, then again and again; answers what was left of both.
    /// Times are in seconds; 0 is never.
    def timer(3) = timer;
    /// timer_left(which): the seconds left, and the interval.
    def timer_left(1) = timer_left;
    /// wakeup(descriptor): from now on a byte with the signal's number is written there when one comes that the program has a
    /// function for, nowhere if it is -1. Answers the one before.
    def wakeup(1) = |vm, args| {
        let descriptor = i32::try_from(vm.index(args.at(0))?).map_err(|_| failed(vm, Errno::EBADF))?;
        Ok(Word::int(WAKEUP.swap(descriptor, Ordering::SeqCst) as isize))
    };
    /// wait(): until a signal was attended to.
    def wait(0) = wait;
}

/// A bit for each signal that came and was not attended to.
static ARRIVED: AtomicU64 = AtomicU64::new(0);
/// How many were attended to.
static ATTENDED: AtomicU64 = AtomicU64::new(0);
/// Where a byte is written for each that comes, -1 for nowhere.
static WAKEUP: AtomicI32 = AtomicI32::new(-1);
/// How each signal was treated when this program began, of those that it treats otherwise.
static BEFORE: Mutex<BTreeMap<i32, SigAction>> = Mutex::new(BTreeMap::new());

extern "C" fn note(signal: libc::c_int) {
    ARRIVED.fetch_or(1 << (signal & 63), Ordering::SeqCst);
    PENDING.store(true, Ordering::SeqCst);
    wake(signal);
}

/// Tells whoever waits for the descriptor that a signal came. What a handler interrupted may be about to look at its `errno`.
pub fn wake(signal: libc::c_int) {
    let descriptor = WAKEUP.load(Ordering::SeqCst);
    if descriptor < 0 {
        return;
    }
    let before = Errno::last_raw();
    let byte = signal as u8;
    // SAFETY: one byte of this frame; `write` may be called in handlers. Without room, whoever reads has enough to be woken by.
    unsafe { libc::write(descriptor, (&raw const byte).cast(), 1) };
    Errno::set_raw(before);
}

fn failed(vm: &Vm, error: Errno) -> interpreter::vm::Raised {
    crate::errors::told(vm, error)
}

fn number(vm: &Vm, args: Args) -> Outcome<Signal> {
    let number = i32::try_from(vm.index(args.at(0))?).unwrap_or(0);
    Signal::try_from(number).map_err(|_| vm.value_error("signal number out of range"))
}

fn treat(vm: &Vm, args: Args) -> Outcome {
    let signal = number(vm, args)?;
    let mut known = BEFORE.lock().expect("no thread panics while it looks at signals");
    let handler = match vm.index(args.at(1))? {
        0 => SigHandler::SigDfl,
        1 => SigHandler::SigIgn,
        2 => SigHandler::Handler(note),
        _ => {
            if let Some(before) = known.get(&(signal as i32)) {
                // SAFETY: this is what the system had before.
                unsafe { sigaction(signal, before) }.map_err(|error| failed(vm, error))?;
            }
            return Ok(Word::NONE);
        }
    };
    let action = SigAction::new(handler, SaFlags::SA_RESTART, SigSet::empty());
    // SAFETY: `note` stores to two atomics and may write a byte to a descriptor, and does nothing else.
    let before = unsafe { sigaction(signal, &action) }.map_err(|error| failed(vm, error))?;
    known.entry(signal as i32).or_insert(before);
    Ok(Word::NONE)
}

/// Whether the program has said what becomes of a signal.
pub fn is_treated(signal: Signal) -> bool {
    BEFORE.lock().is_ok_and(|known| known.contains_key(&(signal as i32)))
}

/// Calls the program's functions for the signals that came.
///
/// # Errors
/// What they raise.
pub fn attend(vm: &Vm) -> Outcome<()> {
    loop {
        let arrived = ARRIVED.load(Ordering::SeqCst);
        if arrived == 0 {
            return Ok(());
        }
        let signal = arrived.trailing_zeros();
        ARRIVED.fetch_and(!(1 << signal), Ordering::SeqCst);
        ATTENDED.fetch_add(1, Ordering::SeqCst);
        if let Some(module) = vm.loaded_modules()?.map.get(vm, Word::name(name!(signal)))? {
            vm.call_method(module, name!(_deliver), &[Word::int(signal as isize)])?;
        }
    }
}

/// Names that the table does not have.
pub const MORE: &[&str] = &["signal", "_deliver"];

fn which(vm: &Vm, args: Args) -> Outcome<libc::c_int> {
    match vm.index(args.at(0))? {
        0 => Ok(libc::ITIMER_REAL),
        1 => Ok(libc::ITIMER_VIRTUAL),
        2 => Ok(libc::ITIMER_PROF),
        _ => Err(failed(vm, Errno::EINVAL)),
    }
}

fn time(vm: &Vm, word: Word) -> Outcome<libc::timeval> {
    let seconds = vm.float_value(word)?;
    if !(0.0..1e12).contains(&seconds) {
        return Err(failed(vm, Errno::EINVAL));
    }
    // What is less than the clock can count is its least, not never.
    let microseconds = (seconds * 1e6).ceil() as i64;
    Ok(libc::timeval { tv_sec: microseconds / 1_000_000, tv_usec: microseconds % 1_000_000 })
}

fn shown(vm: &Vm, value: &libc::itimerval) -> Outcome {
    let seconds = |time: libc::timeval| vm.new_float(time.tv_sec as f64 + time.tv_usec as f64 / 1e6);
    vm.new_tuple(&[seconds(value.it_value)?, seconds(value.it_interval)?])
}

fn timer(vm: &Vm, args: Args) -> Outcome {
    let which = which(vm, args)?;
    let new = libc::itimerval { it_value: time(vm, args.at(1))?, it_interval: time(vm, args.at(2))? };
    let mut old = new;
    // SAFETY: both are whole structs of this function.
    if unsafe { libc::setitimer(which, &new, &mut old) } != 0 {
        return Err(failed(vm, Errno::last()));
    }
    shown(vm, &old)
}

fn timer_left(vm: &Vm, args: Args) -> Outcome {
    let never = libc::timeval { tv_sec: 0, tv_usec: 0 };
    let mut now = libc::itimerval { it_value: never, it_interval: never };
    // SAFETY: as above.
    if unsafe { libc::getitimer(which(vm, args)?, &mut now) } != 0 {
        return Err(failed(vm, Errno::last()));
    }
    shown(vm, &now)
}

fn wait(vm: &Vm, _: Args) -> Outcome {
    let before = ATTENDED.load(Ordering::SeqCst);
    while ATTENDED.load(Ordering::SeqCst) == before {
        vm.idle(Some(vm.port.now().saturating_add(20_000)));
        vm.poll()?;
    }
    Ok(Word::NONE)
}
