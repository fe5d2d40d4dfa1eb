//! `machine.Timer(-1)`: timers that need no hardware but the board's clock.
//!
//! Those that run are in a list, the argument of the alarm's event; the board is told the earliest of their times. Their callbacks
//! run between two instructions of the program; those of hard ones with the heap locked, as in an interrupt.

use crate::event::{self, Source};
use crate::hardware::clockwork;
use interpreter::object::handle::{Args, Handle};
use interpreter::object::kind::{Slots, Type};
use interpreter::object::list::List;
use interpreter::object::print::{Printer, Style};
use interpreter::object::resource::{Resource, resource_type};
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};

static SLOTS: Slots = Slots { make: Some(|vm, _, args| make(vm, args)), print: Some(print), ..Slots::NONE };

/// `Timer`. State: [0] the callback, [1] the period in ms, [2] the time in ms (as ticks) at which it is due, [3] flags.
pub static TIMER: Type = resource_type(name!(Timer), &SLOTS, ROWS);

/// Names of keyword arguments.
pub const MORE: &[&str] = &["freq", "period", "mode", "callback", "hard", "tick_hz"];

table! { pub ROWS, NAMES, DOCS:
    /// init(*, mode=Timer.PERIODIC, freq=-1, period=-1, callback=None, hard=False): starts it; the period is in milliseconds.
    def init(1, keywords) = |vm, args| { let timer = receiver(vm, args.at(0))?; init(vm, timer, args.skip(1))?; Ok(Word::NONE) };
    /// deinit(): stops it.
    def deinit(1) = |vm, args| { let timer = receiver(vm, args.at(0))?; stop(vm, timer)?; Ok(Word::NONE) };
    /// Once.
    const ONE_SHOT = Word::int(ONE_SHOT);
    /// Again and again.
    const PERIODIC = Word::int(PERIODIC);
}

const ONE_SHOT: isize = 0;
const PERIODIC: isize = 1;
/// In the flags: the callback is a hard one.
const HARD: isize = 2;

/// Ticks of a millisecond wrap at a power of two that is a small int everywhere.
const TICKS: isize = (1 << 29) - 1;

fn receiver(vm: &Vm, word: Word) -> Outcome<Handle<Resource>> {
    vm.resource(word, &TIMER).ok_or_else(|| vm.type_error("a Timer is needed"))
}

fn now(vm: &Vm) -> isize {
    (vm.port.now() / 1000) as isize & TICKS
}

/// Milliseconds from now until a time; negative when it has passed.
fn until(vm: &Vm, ticks: isize) -> isize {
    let half = TICKS / 2 + 1;
    (ticks.wrapping_sub(now(vm)).wrapping_add(half) & TICKS) - half
}

fn make(vm: &Vm, args: Args) -> Outcome {
    let id = vm.index_or(args.get(0), -1)?;
    if id != -1 {
        return Err(vm.value_error("machine.Timer has id -1 alone; the chip's own timers are pyb.Timer"));
    }
    let timer = vm.new_resource(&TIMER, &[Word::NONE, Word::int(0), Word::int(0), Word::int(PERIODIC)])?;
    if args.keyword_count() > 0 || args.len() > 1 {
        init(vm, receiver(vm, timer)?, args.skip(1))?;
    }
    Ok(timer)
}

fn init(vm: &Vm, timer: Handle<Resource>, args: Args) -> Outcome<()> {
    if !args.is_empty() {
        return Err(vm.type_error("a Timer's settings are given by name: period=, callback="));
    }
    vm.only_keywords(args, &[name!(mode), name!(freq), name!(period), name!(callback), name!(hard), name!(tick_hz)])?;
    stop(vm, timer)?;
    let period = period(vm, args)?;
    let mode = vm.index_or(args.keyword(name!(mode)), PERIODIC)?;
    if mode != PERIODIC && mode != ONE_SHOT {
        return Err(vm.value_error("a mode is Timer.ONE_SHOT or Timer.PERIODIC"));
    }
    let hard = args.keyword(name!(hard)).map_or(Ok(false), |word| vm.truth(word))?;
    timer.state[0].set(args.keyword(name!(callback)).unwrap_or(Word::NONE));
    timer.state[1].set(Word::int(period));
    timer.state[2].set(Word::int(now(vm).wrapping_add(period) & TICKS));
    timer.state[3].set(Word::int(mode | if hard { HARD } else { 0 }));
    let list = match running(vm) {
        Some(list) => list,
        None => {
            let list = vm.new_list(&[])?;
            event::set_handler(vm, Source::ALARM, Word::TRUE, list, false)?;
            Handle::from(list).expect("a list")
        }
    };
    list.push(vm, timer.word())?;
    set_alarm(vm)
}

/// The period in milliseconds that arguments say.
fn period(vm: &Vm, args: Args) -> Outcome<isize> {
    let period = match args.keyword(name!(freq)).filter(|word| *word != Word::NONE) {
        Some(frequency) => {
            let hertz = vm.float_value(frequency)?;
            if hertz > 0.0 { (1000.0 / hertz) as isize } else { 0 }
        }
        None => {
            let period = vm.index_or(args.keyword(name!(period)), -1)?;
            let ticks = vm.index_or(args.keyword(name!(tick_hz)), 1000)?;
            if ticks <= 0 { 0 } else { (period as i64 * 1000 / ticks as i64) as isize }
        }
    };
    if (1..=TICKS / 2).contains(&period) {
        Ok(period)
    } else {
        Err(vm.value_error("a period is at least a millisecond, and at most three days: give freq= or period="))
    }
}

/// The timers that run.
fn running(vm: &Vm) -> Option<Handle<List>> {
    event::handler(vm, Source::ALARM).and_then(|(_, list)| Handle::from(list))
}

fn position(list: Handle<List>, timer: Handle<Resource>) -> Option<usize> {
    (0..list.len()).find(|index| list.at(*index) == Some(timer.word()))
}

fn stop(vm: &Vm, timer: Handle<Resource>) -> Outcome<()> {
    let Some(list) = running(vm) else { return Ok(()) };
    if let Some(index) = position(list, timer) {
        vm.delete_item(list.word(), Word::int(index as isize))?;
    }
    set_alarm(vm)
}

/// The timer that is due first, and in how many milliseconds.
fn first(vm: &Vm) -> Option<(isize, Handle<Resource>)> {
    let list = running(vm)?;
    let timers = (0..list.len()).filter_map(|index| Handle::<Resource>::from(list.at(index)?));
    timers.map(|timer| (until(vm, timer.state[2].get().int_value()), timer)).min_by_key(|(left, _)| *left)
}

fn set_alarm(vm: &Vm) -> Outcome<()> {
    let at = first(vm).map(|(left, _)| vm.port.now() + left.max(0) as u64 * 1000);
    clockwork(vm)?.alarm(at);
    Ok(())
}

/// Calls the callbacks that are due.
///
/// # Errors
/// As for `event::run_due`.
pub fn run_due(vm: &Vm) -> Outcome<()> {
    // Each running timer once: one whose callback takes longer than its period must not keep the program from going on.
    for _ in 0..running(vm).map_or(0, |list| list.len()) {
        let Some((..=0, timer)) = first(vm) else { break };
        let (period, flags) = (timer.state[1].get().int_value(), timer.state[3].get().int_value());
        if flags & PERIODIC == 0 {
            stop(vm, timer)?;
        } else {
            let due = timer.state[2].get().int_value().wrapping_add(period) & TICKS;
            // Periods that were missed altogether are not made up for.
            let due = if until(vm, due) <= -period { now(vm).wrapping_add(period) & TICKS } else { due };
            timer.state[2].set(Word::int(due));
        }
        call(vm, timer, flags & HARD != 0)?;
    }
    set_alarm(vm)
}

fn call(vm: &Vm, timer: Handle<Resource>, hard: bool) -> Outcome<()> {
    let callback = timer.state[0].get();
    if callback == Word::NONE {
        return Ok(());
    }
    if !hard {
        return vm.call_aside(callback, timer.word()).map(drop);
    }
    vm.lock_heap();
    let result = vm.call_aside(callback, timer.word());
    vm.unlock_heap();
    result.map(drop)
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let timer = receiver(vm, word)?;
    out.text(vm, "Timer(-1, mode=")?;
    out.text(vm, if timer.state[3].get().int_value() & PERIODIC != 0 { "PERIODIC" } else { "ONE_SHOT" })?;
    out.counted(vm, ", period=", timer.state[1].get().int_value())?;
    out.text(vm, ")")
}
