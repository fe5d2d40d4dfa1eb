//! `time`: waiting, ticks, and the calendar.

use crate::object::bigint;
use crate::object::handle::Args;
use crate::object::real::Real;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// sleep(seconds): waits; a float is allowed.
    #[cfg(feature = "standard")]
    def sleep(1) = |vm, args| { let seconds = vm.float_value(args.at(0))?; vm.wait((seconds * 1e6) as i64) };
    /// sleep_ms(ms): waits.
    def sleep_ms(1) = |vm, args| { let ms = vm.index(args.at(0))?; vm.wait((ms as i64).saturating_mul(1000)) };
    /// sleep_us(us): waits.
    def sleep_us(1) = |vm, args| { let us = vm.index(args.at(0))?; vm.wait(us as i64) };
    /// ticks_ms(): milliseconds, wrapping; compare with ticks_diff.
    #[cfg(feature = "standard")]
    def ticks_ms(0) = |vm, _| Ok(Word::int(ticks_ms(vm)));
    /// ticks_us(): microseconds, wrapping.
    def ticks_us(0) = |vm, _| Ok(Word::int(vm.port.now() as isize & TICKS_MAX));
    /// ticks_cpu(): the finest ticks there are, wrapping.
    #[cfg(feature = "standard")]
    def ticks_cpu(0) = |vm, _| Ok(Word::int(vm.port.now() as isize & TICKS_MAX));
    /// ticks_add(ticks, delta): ticks later or earlier.
    def ticks_add(2) = ticks_add;
    /// ticks_diff(later, earlier): the signed difference.
    def ticks_diff(2) = ticks_diff;
    /// time(): seconds since 1970; on a pyboard since 2000.
    #[cfg(feature = "standard")]
    def time(0) = |vm, _| time(vm);
    /// time_ns(): nanoseconds since the same moment.
    #[cfg(feature = "standard")]
    def time_ns(0) = |vm, _| vm.new_int(nanoseconds(vm));
    /// gmtime([seconds]): (year, month, day, hour, minute, second, weekday, day of the year).
    #[cfg(feature = "standard")]
    def gmtime(0..=1) = calendar;
    /// localtime([seconds]): as gmtime; the interpreter knows no time zones.
    #[cfg(feature = "standard")]
    def localtime(0..=1) = calendar;
    /// mktime(tuple): what time() says then.
    #[cfg(feature = "standard")]
    def mktime(1) = mktime;
}

/// Ticks wrap at a power of two that is a small int everywhere.
const TICKS_MAX: isize = (1 << 29) - 1;

fn ticks(vm: &Vm, word: Word) -> Outcome<isize> {
    vm.index(word)
}

/// `ticks_ms()`.
pub fn ticks_ms(vm: &Vm) -> isize {
    (vm.port.now() / 1000) as isize & TICKS_MAX
}

/// `ticks_add(ticks, delta)`.
///
/// # Errors
/// `OverflowError` for a delta that `ticks_diff` would not tell.
pub fn add(vm: &Vm, ticks: isize, delta: isize) -> Outcome<isize> {
    if delta.unsigned_abs() > TICKS_MAX as usize / 2 {
        return Err(vm.raise_text(&crate::object::exception::OVERFLOW_ERROR, "ticks interval overflow"));
    }
    Ok(ticks.wrapping_add(delta) & TICKS_MAX)
}

/// `ticks_diff(later, earlier)`.
pub fn difference(later: isize, earlier: isize) -> isize {
    let half = TICKS_MAX / 2 + 1;
    (later.wrapping_sub(earlier).wrapping_add(half) & TICKS_MAX) - half
}

fn ticks_add(vm: &Vm, args: Args) -> Outcome {
    let delta = ticks(vm, args.at(1))?;
    Ok(Word::int(add(vm, ticks(vm, args.at(0))?, delta)?))
}

fn ticks_diff(vm: &Vm, args: Args) -> Outcome {
    Ok(Word::int(difference(ticks(vm, args.at(0))?, ticks(vm, args.at(1))?)))
}

/// Nanoseconds since the moment from which this port counts.
fn nanoseconds(vm: &Vm) -> i64 {
    (vm.port.clock() as i64) - vm.port.epoch() as i64 * 1_000_000_000
}

fn time(vm: &Vm) -> Outcome {
    let now = nanoseconds(vm);
    // A float where it is wide enough to tell seconds apart, as on the reference's desktop; whole seconds elsewhere, and on a virtual board.
    if size_of::<usize>() >= 8 && vm.port.epoch() == 0 { vm.new_float(now as Real / 1e9) } else { vm.new_int(now.div_euclid(1_000_000_000)) }
}

/// Days since 1970-01-01 → (year, month 1–12, day 1–31, day of the year 1–366). Counts in eras of 400 years from March.
pub fn civil(days: i64) -> (i64, i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_from_march = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_from_march + 2) / 153;
    let day = day_from_march - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + (month <= 2) as i64;
    (year, month, day, days - 719_468 - days_from_civil(year, 1, 1) + 1)
}

/// The inverse of `civil`; months beyond 12 carry into the year.
pub fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = (year + (month - 1).div_euclid(12), (month - 1).rem_euclid(12) + 1);
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

fn calendar(vm: &Vm, args: Args) -> Outcome {
    let seconds = match args.get(0).filter(|word| *word != Word::NONE) {
        None => nanoseconds(vm).div_euclid(1_000_000_000),
        // A board's float has not the digits for an int that is no small one.
        Some(word) => match bigint::wide(word) {
            Some(seconds) => seconds,
            None => vm.float_value(word)? as i64,
        },
    };
    let seconds = seconds.saturating_add(vm.port.epoch() as i64);
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day, day_of_year) = civil(days);
    let weekday = (days + 3).rem_euclid(7);
    let fields = [year, month, day, second / 3600, second / 60 % 60, second % 60, weekday, day_of_year];
    new_time(vm, &fields.map(|field| Word::int(field as isize)))
}

/// A time taken apart: a tuple, whose items have names on hosts.
#[cfg(not(feature = "full"))]
fn new_time(vm: &Vm, fields: &[Word; 8]) -> Outcome {
    vm.new_tuple(fields)
}

/// A time taken apart: a tuple, whose items have names on hosts.
#[cfg(feature = "full")]
fn new_time(vm: &Vm, fields: &[Word; 8]) -> Outcome {
    vm.new_attrtuple(&named::STRUCT_TIME, fields)
}

/// The type of times with named items, which prints as the tuple that it is in the reference.
#[cfg(feature = "full")]
mod named {
    use crate::object::attrtuple;
    use crate::object::kind::{Access, Slots, Type};
    use crate::object::name::Name;
    use crate::object::tuple::TUPLE;
    use crate::object::word::Word;

    const FIELDS: [Name; 8] = [
        name!(tm_year),
        name!(tm_mon),
        name!(tm_mday),
        name!(tm_hour),
        name!(tm_min),
        name!(tm_sec),
        name!(tm_wday),
        name!(tm_yday),
    ];
    static SLOTS: Slots = Slots {
        print: TUPLE.slots.print,
        attribute: Some(|vm, word, name, access| match access {
            // No time zones are known, so no time is summer's.
            Access::Load if name == name!(tm_isdst) || name == name!(tm_gmtoff) => Ok(Word::int(0)),
            Access::Load if name == name!(tm_zone) => Ok(Word::name(name!(UTC))),
            access => attrtuple::attribute(vm, word, name, access, &FIELDS),
        }),
        ..attrtuple::SHARED
    };
    pub static STRUCT_TIME: Type = attrtuple::attrtuple_type(name!(struct_time), &SLOTS);
}

/// Names of its items.
#[cfg(feature = "full")]
pub const MORE: &[&str] = &[
    "struct_time", "tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec", "tm_wday", "tm_yday", "tm_isdst", "tm_gmtoff", "tm_zone",
    "UTC",
];

fn mktime(vm: &Vm, args: Args) -> Outcome {
    let mut fields = [0i64; 6];
    let length = vm.length(args.at(0))?;
    if !(8..=9).contains(&length) {
        return Err(vm.type_error("mktime needs a tuple of length 8 or 9"));
    }
    for (index, field) in fields.iter_mut().enumerate() {
        *field = vm.index(vm.item(args.at(0), Word::int(index as isize))?)? as i64;
    }
    let [year, month, day, hour, minute, second] = fields;
    if !(0..=9999).contains(&year) {
        return Err(vm.value_error("year out of range"));
    }
    let days = days_from_civil(year, month, 1).saturating_add(day - 1);
    let second = hour.saturating_mul(3600) + minute.saturating_mul(60) + second - vm.port.epoch() as i64;
    vm.new_int(days.saturating_mul(86_400).saturating_add(second))
}
