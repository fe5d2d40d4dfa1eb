//! `machine.RTC`, which is `pyb.RTC` too: the clock on the wall.

use crate::hardware::clockwork;
use interpreter::modules::time::{civil, days_from_civil};
use interpreter::object::kind::{Slots, Type};
use interpreter::object::resource::resource_type;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};

static SLOTS: Slots = Slots { make: Some(|vm, _, _| vm.new_resource(&RTC, &[])), ..Slots::NONE };

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
