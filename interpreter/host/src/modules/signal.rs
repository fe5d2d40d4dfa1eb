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
use nix::sys::signal::Signal;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI32, AtomicU64, Ordering};

table! { pub ROWS, NAMES, DOCS:
    /// treat(signal, how): from now on the system's way (0), nothing (1), the program's function (2), or as when this program
    /// began (3).
    def treat(2) = treat;
    /// send(signal): to this program itself.
    def send(1) = send_to_itself;
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
    /// mask(how, signals): which are held back from this thread; answers those that were.
    def mask(2) = mask;
    /// pending(): those that came and are held back.
    def pending(0) = pending;
    /// take(signals, seconds): waits until one of these comes, which are held back; seconds may be None. Answers seven numbers about it,
    /// None if none came.
    def take(2) = take;
}

fn send_to_itself(vm: &Vm, args: Args) -> Outcome {
    // SAFETY: a number alone.
    if unsafe { libc::raise(number(vm, args)?) } != 0 {
        return Err(failed(vm, Errno::last()));
    }
    attend(vm).map(|()| Word::NONE)
}

fn mask(vm: &Vm, args: Args) -> Outcome {
    let (how, new) = (vm.index(args.at(0))? as i32, set(vm, args.at(1))?);
    let mut old = set(vm, Word::NONE)?;
    // SAFETY: both sets are this function's.
    match unsafe { libc::pthread_sigmask(how, &new, &mut old) } {
        0 => {
            // What was held back may have come by now.
            attend(vm)?;
            members(vm, &old)
        }
        error => Err(failed(vm, Errno::from_raw(error))),
    }
}

fn pending(vm: &Vm, _: Args) -> Outcome {
    let mut found = set(vm, Word::NONE)?;
    // SAFETY: as above.
    unsafe { libc::sigpending(&mut found) };
    members(vm, &found)
}

/// A bit for each signal that came and was not attended to.
static ARRIVED: AtomicU64 = AtomicU64::new(0);
/// How many were attended to.
static ATTENDED: AtomicU64 = AtomicU64::new(0);
/// Where a byte is written for each that comes, -1 for nowhere.
static WAKEUP: AtomicI32 = AtomicI32::new(-1);
/// How each signal was treated when this program began, of those that it treats otherwise.
static BEFORE: Mutex<BTreeMap<i32, Action>> = Mutex::new(BTreeMap::new());

/// What the system does about a signal.
struct Action(libc::sigaction);

// SAFETY: it holds numbers, and addresses of functions.
unsafe impl Send for Action {}

extern "C" fn note(signal: libc::c_int) {
    ARRIVED.fetch_or(1 << ((signal - 1) & 63), Ordering::SeqCst);
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

/// The highest that there is.
const LAST: i32 = 64;

fn checked(vm: &Vm, word: Word) -> Outcome<i32> {
    let number = i32::try_from(vm.index(word)?).unwrap_or(0);
    if (1..=LAST).contains(&number) { Ok(number) } else { Err(vm.value_error("signal number out of range")) }
}

fn number(vm: &Vm, args: Args) -> Outcome<i32> {
    checked(vm, args.at(0))
}

/// Signals as the system has a set of them; `NONE` are none.
fn set(vm: &Vm, signals: Word) -> Outcome<libc::sigset_t> {
    // SAFETY: a set of bits, which is emptied before anybody looks at it.
    let mut found = unsafe {
        let mut found = std::mem::zeroed();
        libc::sigemptyset(&mut found);
        found
    };
    if signals != Word::NONE {
        vm.for_each(signals, &mut |item| {
            let signal = checked(vm, item)?;
            // SAFETY: the set is this function's.
            unsafe { libc::sigaddset(&mut found, signal) };
            Ok(())
        })?;
    }
    Ok(found)
}

fn members(vm: &Vm, set: &libc::sigset_t) -> Outcome {
    // SAFETY: a set that `set` or the system made.
    let found = (1..=LAST).filter(|signal| unsafe { libc::sigismember(set, *signal) } == 1);
    let words: Vec<Word> = found.map(|signal| Word::int(signal as isize)).collect();
    vm.new_tuple(&words)
}

fn take(vm: &Vm, args: Args) -> Outcome {
    let wanted = set(vm, args.at(0))?;
    let deadline = match args.at(1) {
        none if none == Word::NONE => u64::MAX,
        seconds => vm.port.now().saturating_add((vm.float_value(seconds)?.max(0.0) * 1e6) as u64),
    };
    loop {
        let now = libc::timespec { tv_sec: 0, tv_nsec: 0 };
        // SAFETY: plain numbers.
        let mut about: libc::siginfo_t = unsafe { std::mem::zeroed() };
        // SAFETY: all three are this frame's.
        if unsafe { libc::sigtimedwait(&wanted, &mut about, &now) } > 0 {
            // SAFETY: the fields that every signal has, or zeros.
            let (process, user, status) = unsafe { (about.si_pid(), about.si_uid(), about.si_status()) };
            let fields = [about.si_signo, about.si_code, about.si_errno, process, user as i32, status, 0];
            return vm.new_tuple(&fields.map(|field| Word::int(field as isize)));
        }
        if ![Errno::EAGAIN, Errno::EINTR].contains(&Errno::last()) {
            return Err(failed(vm, Errno::last()));
        }
        if vm.port.now() >= deadline {
            return Ok(Word::NONE);
        }
        super::process::nap(vm)?;
    }
}

fn treat(vm: &Vm, args: Args) -> Outcome {
    let signal = number(vm, args)?;
    let mut known = BEFORE.lock().expect("no thread panics while it looks at signals");
    let handler = match vm.index(args.at(1))? {
        0 => libc::SIG_DFL,
        1 => libc::SIG_IGN,
        2 => note as *const () as libc::sighandler_t,
        _ => {
            if let Some(before) = known.get(&signal) {
                act(vm, signal, &before.0)?;
            }
            return Ok(Word::NONE);
        }
    };
    // SAFETY: a struct of numbers, and a handler that may be none.
    let mut action: libc::sigaction = unsafe { std::mem::zeroed() };
    (action.sa_sigaction, action.sa_flags, action.sa_mask) = (handler, libc::SA_RESTART, set(vm, Word::NONE)?);
    let before = act(vm, signal, &action)?;
    known.entry(signal).or_insert(Action(before));
    Ok(Word::NONE)
}

/// Sets what the system does about a signal; answers what it did before.
fn act(vm: &Vm, signal: libc::c_int, action: &libc::sigaction) -> Outcome<libc::sigaction> {
    // SAFETY: `note` stores to two atomics and may write a byte to a descriptor, and does nothing else; or it is what the system had before.
    let (answer, before) = unsafe {
        let mut before = std::mem::zeroed();
        (libc::sigaction(signal, action, &mut before), before)
    };
    if answer == 0 { Ok(before) } else { Err(failed(vm, Errno::last())) }
}

/// Sends a signal to a process. What this program sends to itself goes to the thread that sends it, not to one of ours: there it comes
/// before the next instruction, or waits while it is held back.
pub fn send(process: libc::pid_t, signal: libc::c_int) -> Result<(), Errno> {
    // SAFETY: numbers alone.
    let answer =
        unsafe { if process == libc::getpid() && signal != 0 { libc::raise(signal) } else { libc::kill(process, signal) } };
    if answer == 0 { Ok(()) } else { Err(Errno::last()) }
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
        let signal = arrived.trailing_zeros() + 1;
        ARRIVED.fetch_and(!(1 << (signal - 1)), Ordering::SeqCst);
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
