//! `machine.RTC`, which is `pyb.RTC` too: the clock on the wall.

use crate::event::{self, Source};
use crate::hardware::{Cause, LONGEST_WAKE, Wake, WallClock, absent, clockwork, hardware};
use interpreter::modules::time::{civil, days_from_civil};
use interpreter::object::handle::Args;
use interpreter::object::kind::{Slots, Type};
use interpreter::object::resource::resource_type;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};

static SLOTS: Slots = Slots {
    make: Some(|vm, _, _| vm.new_resource(&RTC, &[])),
    print: Some(|vm, _, out, _| out.text(vm, "<RTC>")),
    ..Slots::NONE
};

/// `RTC`: there is one clock.
pub static RTC: Type = resource_type(name!(RTC), &SLOTS, ROWS);

table! { pub ROWS, NAMES, DOCS:
    /// datetime([tuple]): reads or sets (year, month, day, weekday, hour, minute, second, fraction); Monday is 1, the fraction counts
    /// down in 256ths as on the pyboard.
    def datetime(1..=2) = |vm, args| match args.get(1) {
        None => read(vm),
        Some(tuple) => set(vm, tuple),
    };
    /// init([tuple]): sets it, if a tuple is given.
    def init(1..=2) = |vm, args| args.get(1).map_or(Ok(Word::NONE), |tuple| set(vm, tuple));
    /// wakeup(timeout_ms[, callback]): calls callback(22) in the interrupt, or only wakes the board, every so many milliseconds; None
    /// ends that. wakeup(clock, reload, callback): by the chip's own numbers, after reload + 1 steps of the clock: 0 to 3 for 16ths, 8ths,
    /// 4ths and halves of the crystal, 4 for seconds.
    def wakeup(2..=4) = wake_up;
    /// calibration([parts]): reads or sets how much faster than its crystal the clock runs, in parts of 2^20: -511 to 512.
    def calibration(1..=2) = |vm, args| match args.get(1) {
        None => Ok(Word::int(wall_clock(vm)?.calibration() as isize)),
        Some(parts) => calibrate(vm, parts),
    };
    /// info(): why the board started: 0x10000 for its supply, 0x20000 for its reset button.
    def info(1) = |vm, _| Ok(Word::int(match hardware(vm)?.cause() {
        Cause::Power => 0x1_0000,
        Cause::Reset => 0x2_0000,
        _ => 0,
    }));
}

/// Steps in which the fraction counts down.
const STEPS: u64 = 256;
const SECOND: u64 = 1_000_000_000;

fn read(vm: &Vm) -> Outcome {
    let clock = vm.port.clock();
    let (seconds, fraction) = ((clock / SECOND) as i64, clock % SECOND);
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    let (year, month, day, _) = civil(days);
    let weekday = (days + 3) % 7 + 1;
    let left = STEPS - 1 - fraction * STEPS / SECOND;
    let fields = [year, month, day, weekday, second / 3600, second / 60 % 60, second % 60, left as i64];
    vm.new_tuple(&fields.map(|field| Word::int(field as isize)))
}

fn set(vm: &Vm, tuple: Word) -> Outcome {
    let mut fields = [0_i64; 8];
    if vm.length(tuple)? != fields.len() {
        return Err(vm.value_error("a date has 8 fields: year, month, day, weekday, hour, minute, second, fraction"));
    }
    for (index, field) in fields.iter_mut().enumerate() {
        *field = vm.index(vm.item(tuple, Word::int(index as isize))?)? as i64;
    }
    let [year, month, day, _, hour, minute, second, left] = fields;
    let valid = (2000..=2099).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    if !valid || !(0..24).contains(&hour) || !(0..60).contains(&minute) || !(0..60).contains(&second) {
        return Err(vm.value_error("no such date: years from 2000 to 2099, months and days from 1"));
    }
    let seconds = days_from_civil(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
    let fraction = (STEPS - 1).saturating_sub(left.clamp(0, STEPS as i64 - 1) as u64) * SECOND / STEPS;
    clockwork(vm)?.set_clock(seconds as u64 * SECOND + fraction).map_err(|errno| vm.os_error(errno.0))?;
    Ok(Word::NONE)
}

fn wall_clock(vm: &Vm) -> Outcome<&'static dyn WallClock> {
    hardware(vm)?.wall_clock().ok_or_else(|| absent(vm))
}

fn wake_up(vm: &Vm, args: Args) -> Outcome {
    let wall = wall_clock(vm)?;
    let number = |at: usize, most: u32| match u32::try_from(vm.index(args.at(at))?) {
        Ok(number) if number <= most => Ok(number),
        _ => Err(vm.value_error("the clock wakes after 0 to 131072000 milliseconds, or 1 to 65536 steps of a clock from 0 to 7")),
    };
    let wake = match args.get(3) {
        Some(_) => Some(Wake::Steps(number(1, 7)? as u8, number(2, 0xFFFF)? as u16)),
        None if args.at(1) == Word::NONE => None,
        None => Some(Wake::Milliseconds(number(1, LONGEST_WAKE)?)),
    };
    let callback = args.get(3).or(args.get(2)).unwrap_or(Word::NONE);
    event::set_handler(vm, Source::WAKE, callback, Word::int(22), true)?;
    wall.wake_every(wake).map_err(|errno| vm.os_error(errno.0))?;
    Ok(Word::NONE)
}

fn calibrate(vm: &Vm, parts: Word) -> Outcome {
    let clock = wall_clock(vm)?;
    match i32::try_from(vm.index(parts)?) {
        Ok(parts @ -511..=512) => clock.calibrate(parts).map_err(|errno| vm.os_error(errno.0))?,
        _ => return Err(vm.value_error("a clock is calibrated by -511 to 512")),
    }
    Ok(Word::NONE)
}
