//! `_moments`: what programs do most with dates and times, at the speed of numbers. `datetime` is Python over it.
//!
//! Each function here does the usual case alone: objects of the classes of `datetime` themselves, whole numbers within their ranges, no time
//! zone or one of a fixed distance. With anything else it calls the method in Python of the same name with `_slow` before it, which knows
//! all rules and all errors; so what a class of a program changes is asked there.
//!
//! Such an object is an instance whose attributes lie in the order of its class's `__slots__` (`place`), and whose attribute `_calendar`
//! says which class is which (`Calendar`).

mod iso;

use super::usual;
use interpreter::object::class::{as_class, lookup_special};
use interpreter::object::exception::OVERFLOW_ERROR;
use interpreter::object::handle::{Args, Handle, Instance, as_type, object_type, type_word};
use interpreter::object::kind::{Kind, Type};
use interpreter::object::name::Name;
use interpreter::object::tuple::Tuple;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};
use std::cell::Cell;
use std::cmp::Ordering;

table! { pub ROWS, NAMES, DOCS:
    /// new_span(cls, days=0, seconds=0, …): a timedelta.
    static def new_span(1.., keywords) = new_span;
    /// new_day(cls, year, month, day): a date.
    static def new_day(1.., keywords) = new_day;
    /// new_clock(cls, hour=0, minute=0, …): a time.
    static def new_clock(1.., keywords) = new_clock;
    /// new_moment(cls, year, month, day, hour=0, …): a datetime.
    static def new_moment(1.., keywords) = new_moment;
    /// span(us, cls=timedelta): a timedelta of so many microseconds.
    method def span(2) = span;
    /// at(cls, us, tz=None, fold=0): the datetime so many microseconds after the beginning of the year 1, which is day 1.
    method def at(2..=4) = at;
    /// add(self, other): self + other.
    method def add(2) = |vm, args| arithmetic(vm, args, name!(_slow_add), add);
    /// subtract(self, other): self - other.
    method def subtract(2) = |vm, args| arithmetic(vm, args, name!(_slow_subtract), subtract);
    /// multiply(self, number): a span so often.
    method def multiply(2) = |vm, args| of_span(vm, args, name!(_slow_multiply), times);
    /// divide(self, other): how often another span fits, with a fraction.
    method def divide(2) = |vm, args| of_span(vm, args, name!(_slow_divide), ratio);
    /// divide_whole(self, other): how often another span fits, or a part of a span.
    method def divide_whole(2) = |vm, args| of_span(vm, args, name!(_slow_divide_whole), parts);
    /// negate(self): -self.
    method def negate(1) = |vm, args| of_span(vm, args, name!(_slow_negate), |vm, calendar, us, _| calendar.span(vm, -us).map(Some));
    /// truth(self): whether a span is not nothing.
    method def truth(1) = |vm, args| of_span(vm, args, name!(_slow_truth), |_, _, us, _| Ok(Some(Word::bool(us != 0))));
    /// days(self): whole days of a span.
    method def days(1) = |vm, args| of_span(vm, args, name!(_slow_days), |_, _, us, _| Ok(Some(int(us.div_euclid(DAY)))));
    /// seconds(self): its whole seconds beside the days.
    method def seconds(1) =
        |vm, args| of_span(vm, args, name!(_slow_seconds), |_, _, us, _| Ok(Some(int(us.rem_euclid(DAY) / SECOND))));
    /// microseconds(self): what is left.
    method def microseconds(1) =
        |vm, args| of_span(vm, args, name!(_slow_microseconds), |_, _, us, _| Ok(Some(int(us.rem_euclid(SECOND)))));
    /// total_seconds(self): all of a span in seconds.
    method def total_seconds(1) = |vm, args| of_span(vm, args, name!(_slow_total_seconds), |vm, _, us, _| quotient(vm, us, SECOND));
    /// equal(self, other): self == other.
    method def equal(2) = |vm, args| compared(vm, args, name!(_slow_equal), Ordering::is_eq);
    /// less(self, other): self < other.
    method def less(2) = |vm, args| compared(vm, args, name!(_slow_less), Ordering::is_lt);
    /// less_equal(self, other): self <= other.
    method def less_equal(2) = |vm, args| compared(vm, args, name!(_slow_less_equal), Ordering::is_le);
    /// greater(self, other): self > other.
    method def greater(2) = |vm, args| compared(vm, args, name!(_slow_greater), Ordering::is_gt);
    /// greater_equal(self, other): self >= other.
    method def greater_equal(2) = |vm, args| compared(vm, args, name!(_slow_greater_equal), Ordering::is_ge);
    /// hash(self): that of the number that it is.
    method def hash(1) = hash;
    /// isoformat(self, sep="T", timespec="auto"): as ISO 8601 writes it.
    method def isoformat(1.., keywords) = |vm, args| iso::text(vm, args, name!(_slow_isoformat), b'T');
    /// text(self): str(self).
    method def text(1) = |vm, args| iso::text(vm, args, name!(_slow_text), b' ');
    /// fromisoformat(cls, text): what ISO 8601 wrote.
    method def fromisoformat(2) = iso::parse;
    /// utcoffset(self): how far its zone is from UTC.
    method def utcoffset(1) = utcoffset;
    /// astimezone(self, tz=None): the same moment on the clocks of a zone.
    method def astimezone(1..=2, keywords) = as_zone;
    /// replace(self, …): with other parts.
    method def replace(1.., keywords) = replace;
    /// date(self): the day of a datetime.
    method def date(1) = date;
    /// time(self): what the clock of a datetime shows.
    method def time(1) = time;
    /// toordinal(self): which day it is, from 1 January of the year 1, which is 1.
    method def toordinal(1) = |vm, args| Ok(int(day_of(vm, args.at(0))?));
    /// weekday(self): from Monday, which is 0.
    method def weekday(1) = |vm, args| Ok(int((day_of(vm, args.at(0))? + 6) % 7));
    /// isoweekday(self): from Monday, which is 1.
    method def isoweekday(1) = |vm, args| Ok(int((day_of(vm, args.at(0))? + 6) % 7 + 1));
    /// ordinal(year, month, day): which day that is.
    def ordinal(3) = |vm, args| {
        let number = |index: usize| Ok(vm.index(args.at(index))? as i64);
        Ok(int(ordinal(number(0)?, number(1)?, number(2)?)))
    };
    /// civil(ordinal): year, month and day.
    def civil(1) = |vm, args| {
        let (year, month, day) = civil(vm.index(args.at(0))? as i64);
        vm.new_tuple(&[int(year), int(month), int(day)])
    };
    /// year(self).
    method def year(1) = |vm, args| part(vm, args, name!(_year));
    /// month(self).
    method def month(1) = |vm, args| part(vm, args, name!(_month));
    /// day(self).
    method def day(1) = |vm, args| part(vm, args, name!(_day));
    /// hour(self).
    method def hour(1) = |vm, args| part(vm, args, name!(_hour));
    /// minute(self).
    method def minute(1) = |vm, args| part(vm, args, name!(_minute));
    /// second(self).
    method def second(1) = |vm, args| part(vm, args, name!(_second));
    /// microsecond(self).
    method def microsecond(1) = |vm, args| part(vm, args, name!(_microsecond));
    /// tzinfo(self).
    method def tzinfo(1) = |vm, args| part(vm, args, name!(_tzinfo));
    /// fold(self).
    method def fold(1) = |vm, args| part(vm, args, name!(_fold));
}

/// Names beside those of the table and of `decimals::MORE`: attributes and arguments.
pub const MORE: &[&str] = &[
    "_moments",
    "_calendar",
    "_year",
    "_month",
    "_day",
    "_hour",
    "_minute",
    "_second",
    "_microsecond",
    "_tzinfo",
    "_fold",
    "_slow_astimezone",
    "_slow_at",
    "_slow_days",
    "_slow_divide_whole",
    "_slow_fromisoformat",
    "_slow_isoformat",
    "_slow_microseconds",
    "_slow_replace",
    "_slow_seconds",
    "_slow_span",
    "_slow_total_seconds",
    "_slow_utcoffset",
    "milliseconds",
    "minutes",
    "hours",
    "weeks",
];

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;
const LAST_DAY: i64 = 3_652_059;

/// Places of attributes: the order of `__slots__`, a class's own before those of its base.
mod place {
    pub const SPAN: usize = 0;
    pub const YEAR: usize = 0;
    pub const YEAR_OF_MOMENT: usize = 6;
    pub const HOUR: usize = 0;
    /// Behind the hour.
    pub const ZONE: usize = 4;
    pub const FOLD: usize = 5;
    pub const OFFSET_OF_ZONE: usize = 0;
}

fn int(value: i64) -> Word {
    Word::int(value as isize)
}

fn attribute(instance: Handle<Instance>, index: usize) -> Option<Word> {
    instance.get().slot(index).and_then(|slot| slot.get().set())
}

fn number(instance: Handle<Instance>, index: usize) -> Option<i64> {
    attribute(instance, index)?.as_int().map(|value| value as i64)
}

/// Which day that is, from 1 January of the year 1.
fn ordinal(year: i64, month: i64, day: i64) -> i64 {
    // A year that begins in March has its longer months at the same places, and its odd day at the end.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + (153 * month + 2) / 5 + day - 306
}

/// The year, month and day of an ordinal.
fn civil(ordinal: i64) -> (i64, i64, i64) {
    let days = ordinal + 305;
    let (cycle, days) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let years = (days - days / 1460 + days / 36_524 - days / 146_096) / 365;
    let day = days - (365 * years + years / 4 - years / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (year, month) = if month < 10 { (years, month + 3) } else { (years + 1, month - 9) };
    (cycle * 400 + year, month, day)
}

fn days_in_month(year: i64, month: i64) -> i64 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + i64::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// A day of the calendar.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Day {
    year: i64,
    month: i64,
    day: i64,
}

impl Day {
    fn new(year: i64, month: i64, day: i64) -> Option<Day> {
        let fits = (1..=9999).contains(&year) && (1..=12).contains(&month) && day >= 1 && day <= days_in_month(year, month);
        fits.then_some(Day { year, month, day })
    }

    fn of_ordinal(ordinal: i64) -> Option<Day> {
        let (year, month, day) = civil(ordinal);
        (1..=LAST_DAY).contains(&ordinal).then_some(Day { year, month, day })
    }

    fn ordinal(self) -> i64 {
        ordinal(self.year, self.month, self.day)
    }

    fn words(self) -> [Word; 3] {
        [int(self.year), int(self.month), int(self.day)]
    }
}

/// What a clock shows.
#[derive(Clone, Copy)]
struct Clock {
    hour: i64,
    minute: i64,
    second: i64,
    us: i64,
    zone: Word,
    fold: i64,
}

impl Clock {
    /// The first second of a day.
    const MIDNIGHT: Clock = Clock { hour: 0, minute: 0, second: 0, us: 0, zone: Word::NONE, fold: 0 };

    fn checked(self) -> Option<Clock> {
        let fits = (0..24).contains(&self.hour)
            && (0..60).contains(&self.minute)
            && (0..60).contains(&self.second)
            && (0..SECOND).contains(&self.us)
            && (0..2).contains(&self.fold);
        fits.then_some(self)
    }

    fn of_us(us: i64, zone: Word, fold: i64) -> Clock {
        let minutes = us / (60 * SECOND);
        Clock { hour: minutes / 60, minute: minutes % 60, second: us / SECOND % 60, us: us % SECOND, zone, fold }
    }

    /// Microseconds since midnight.
    fn count(self) -> i64 {
        ((self.hour * 60 + self.minute) * 60 + self.second) * SECOND + self.us
    }

    fn words(self) -> [Word; 6] {
        [int(self.hour), int(self.minute), int(self.second), int(self.us), self.zone, int(self.fold)]
    }
}

/// A value of one of the classes.
#[derive(Clone, Copy)]
enum Value {
    Span(i64),
    Day(Day),
    Clock(Clock),
    Moment(Day, Clock),
}

/// Microseconds since the beginning of the year 1, which is day 1.
fn count(day: Day, clock: Clock) -> i64 {
    day.ordinal() * DAY + clock.count()
}

/// What `_calendar` is: `(timedelta, date, time, datetime, tzinfo, timezone, timezone.utc)`.
#[derive(Clone, Copy)]
struct Calendar(Handle<Tuple>);

impl Calendar {
    const SPAN: usize = 0;
    const DAY: usize = 1;
    const CLOCK: usize = 2;
    const MOMENT: usize = 3;
    const ANY_ZONE: usize = 4;
    const ZONE: usize = 5;
    const UTC: usize = 6;

    fn of_type(vm: &Vm, ty: &'static Type) -> Option<Calendar> {
        if ty.kind != Kind::Instance {
            return None;
        }
        Handle::from(lookup_special(vm, ty, name!(_calendar))?).filter(|state: &Handle<Tuple>| state.len() == 7).map(Calendar)
    }

    fn of(vm: &Vm, word: Word) -> Option<Calendar> {
        Calendar::of_type(vm, object_type(word)?)
    }

    /// The calendar of a class that is one of its own.
    fn of_class(vm: &Vm, class: Word, which: usize) -> Option<Calendar> {
        Calendar::of_type(vm, as_type(class)?).filter(|calendar| calendar.0.at(which) == Some(class))
    }

    fn is(self, instance: Handle<Instance>, which: usize) -> bool {
        self.0.at(which) == Some(type_word(instance.ty()))
    }

    fn value(self, word: Word) -> Option<Value> {
        let instance = Handle::<Instance>::from(word)?;
        let day = |from: usize| {
            let part = |index| number(instance, from + index);
            Some(Day { year: part(0)?, month: part(1)?, day: part(2)? })
        };
        let clock = || {
            let part = |index: usize| number(instance, place::HOUR + index);
            let zone = attribute(instance, place::ZONE)?;
            Some(Clock { hour: part(0)?, minute: part(1)?, second: part(2)?, us: part(3)?, zone, fold: part(place::FOLD)? })
        };
        Some(if self.is(instance, Calendar::MOMENT) {
            Value::Moment(day(place::YEAR_OF_MOMENT)?, clock()?)
        } else if self.is(instance, Calendar::SPAN) {
            Value::Span(number(instance, place::SPAN)?)
        } else if self.is(instance, Calendar::DAY) {
            Value::Day(day(place::YEAR)?)
        } else if self.is(instance, Calendar::CLOCK) {
            Value::Clock(clock()?)
        } else {
            return None;
        })
    }

    fn make(self, vm: &Vm, which: usize, parts: &[Word]) -> Outcome {
        let ty = self.0.at(which).and_then(as_type).expect("a calendar has classes");
        let instance = vm.new_instance(ty, parts.len())?;
        for (index, part) in parts.iter().enumerate() {
            instance.get().slot(index).expect("so many slots").set(*part);
        }
        Ok(instance.word())
    }

    fn span(self, vm: &Vm, us: i64) -> Outcome {
        self.make(vm, Calendar::SPAN, &[vm.new_int(us)?])
    }

    fn day(self, vm: &Vm, day: Day) -> Outcome {
        self.make(vm, Calendar::DAY, &day.words())
    }

    fn clock(self, vm: &Vm, clock: Clock) -> Outcome {
        self.make(vm, Calendar::CLOCK, &clock.words())
    }

    fn moment(self, vm: &Vm, day: Day, clock: Clock) -> Outcome {
        let ([year, month, day], [hour, minute, second, us, zone, fold]) = (day.words(), clock.words());
        self.make(vm, Calendar::MOMENT, &[hour, minute, second, us, zone, fold, year, month, day])
    }

    /// The moment so many microseconds after the beginning of the year 1.
    fn moment_at(self, vm: &Vm, count: i64, zone: Word, fold: i64) -> Outcome {
        match Day::of_ordinal(count.div_euclid(DAY)) {
            Some(day) => self.moment(vm, day, Clock::of_us(count.rem_euclid(DAY), zone, fold)),
            None => Err(out_of_range(vm)),
        }
    }

    /// The distance of a zone from UTC, if it is always the same: 0 if there is no zone and that does not matter.
    fn offset(self, zone: Word) -> Option<i64> {
        let zone = Handle::<Instance>::from(zone).filter(|zone| self.is(*zone, Calendar::ZONE))?;
        match self.value(attribute(zone, place::OFFSET_OF_ZONE)?)? {
            Value::Span(us) => Some(us),
            _ => None,
        }
    }

    /// Whether this can be a time zone.
    fn is_zone(self, vm: &Vm, word: Word) -> bool {
        let any = self.0.at(Calendar::ANY_ZONE).and_then(as_type);
        word == Word::NONE || any.is_some_and(|any| vm.is_instance(word, any))
    }
}

#[cold]
fn out_of_range(vm: &Vm) -> interpreter::vm::Raised {
    vm.raise_text(&OVERFLOW_ERROR, "date value out of range")
}

/// Hands over to the method in Python, of a class or of an object.
fn slowly(vm: &Vm, args: Args, name: Name) -> Outcome {
    let first = args.at(0);
    usual::hand_over(vm, as_type(first).or_else(|| object_type(first)), args, name, "an object of datetime is wanted")
}

/// Numbers of arguments that may be positional or named; `None` for other arguments. What is not given is the number of `missing`.
fn numbers<const N: usize>(args: Args, names: [Name; N], missing: [i64; N]) -> Option<[i64; N]> {
    let mut numbers = missing;
    let (mut named, positional) = (0, args.len() - 1);
    for (index, name) in names.into_iter().enumerate() {
        let given = if index < positional { args.get(index + 1) } else { args.keyword(name) };
        if let Some(word) = given {
            numbers[index] = word.as_int()? as i64;
            named += usize::from(index >= positional);
        }
    }
    (named == args.keyword_count()).then_some(numbers)
}

fn new_span(vm: &Vm, args: Args) -> Outcome {
    let names =
        [name!(days), name!(seconds), name!(microseconds), name!(milliseconds), name!(minutes), name!(hours), name!(weeks)];
    const UNITS: [i64; 7] = [DAY, SECOND, 1, 1000, 60 * SECOND, 3600 * SECOND, 7 * DAY];
    let usual = || {
        let calendar = Calendar::of_class(vm, args.at(0), Calendar::SPAN).filter(|_| args.len() <= 8)?;
        let all = numbers(args, names, [0; 7])?;
        let total = all.iter().zip(UNITS).try_fold(0_i64, |sum, (count, unit)| sum.checked_add(count.checked_mul(unit)?))?;
        Some((calendar, total))
    };
    match usual().filter(|(_, us)| Word::fits(*us as isize)) {
        Some((calendar, us)) => calendar.span(vm, us),
        None => slowly(vm, args, name!(_slow_new)),
    }
}

fn new_day(vm: &Vm, args: Args) -> Outcome {
    let usual = || {
        let calendar = Calendar::of_class(vm, args.at(0), Calendar::DAY).filter(|_| args.len() <= 4)?;
        let [year, month, day] = numbers(args, [name!(year), name!(month), name!(day)], [0; 3])?;
        Some((calendar, Day::new(year, month, day)?))
    };
    match usual() {
        Some((calendar, day)) => calendar.day(vm, day),
        None => slowly(vm, args, name!(_slow_new)),
    }
}

/// Puts a clock together of arguments, of which the first is the hour; with how many of them are named.
fn clock(vm: &Vm, calendar: Calendar, args: Args, first: usize, old: Clock) -> Option<(Clock, usize)> {
    let mut named = 0;
    let mut given = |index: usize, name: Name| {
        let positional = args.get(first + index);
        let keyword = args.keyword(name);
        named += usize::from(keyword.is_some());
        // Given twice is an error, which is Python's.
        if positional.is_some() && keyword.is_some() { Some(Word::NOT_IMPLEMENTED) } else { positional.or(keyword) }
    };
    let part = |given: Option<Word>, old: i64| given.map_or(Some(old), |word| Some(word.as_int()? as i64));
    let hour = part(given(0, name!(hour)), old.hour)?;
    let minute = part(given(1, name!(minute)), old.minute)?;
    let second = part(given(2, name!(second)), old.second)?;
    let us = part(given(3, name!(microsecond)), old.us)?;
    let zone = given(4, name!(tzinfo)).unwrap_or(old.zone);
    let fold = args.keyword(name!(fold));
    named += usize::from(fold.is_some());
    let clock = Clock { hour, minute, second, us, zone, fold: part(fold, old.fold)? }.checked()?;
    (args.len() <= first + 5 && calendar.is_zone(vm, zone)).then_some((clock, named))
}

fn new_clock(vm: &Vm, args: Args) -> Outcome {
    let usual = || {
        let calendar = Calendar::of_class(vm, args.at(0), Calendar::CLOCK)?;
        let (clock, named) = clock(vm, calendar, args, 1, Clock::MIDNIGHT)?;
        Some((calendar, clock)).filter(|_| named == args.keyword_count())
    };
    match usual() {
        Some((calendar, clock)) => calendar.clock(vm, clock),
        None => slowly(vm, args, name!(_slow_new)),
    }
}

/// A day of the arguments behind the first; with how many of them are named.
fn day(args: Args, old: Option<Day>) -> Option<(Day, usize)> {
    let mut named = 0;
    let mut part = |index: usize, name: Name, old: Option<i64>| {
        let (positional, keyword) = (args.get(index), args.keyword(name));
        named += usize::from(keyword.is_some());
        match (positional, keyword) {
            (Some(word), None) | (None, Some(word)) => word.as_int().map(|value| value as i64),
            (None, None) => old,
            _ => None,
        }
    };
    let year = part(1, name!(year), old.map(|day| day.year))?;
    let month = part(2, name!(month), old.map(|day| day.month))?;
    let day = part(3, name!(day), old.map(|day| day.day))?;
    Some((Day::new(year, month, day)?, named))
}

fn new_moment(vm: &Vm, args: Args) -> Outcome {
    let usual = || {
        let calendar = Calendar::of_class(vm, args.at(0), Calendar::MOMENT)?;
        let (day, days_named) = day(args, None)?;
        let (clock, named) = clock(vm, calendar, args, 4, Clock::MIDNIGHT)?;
        Some((calendar, day, clock)).filter(|_| days_named + named == args.keyword_count())
    };
    match usual() {
        Some((calendar, day, clock)) => calendar.moment(vm, day, clock),
        None => slowly(vm, args, name!(_slow_new)),
    }
}

fn replace(vm: &Vm, args: Args) -> Outcome {
    let usual = || {
        let calendar = Calendar::of(vm, args.at(0))?;
        let all_named = |named: usize| named == args.keyword_count();
        Some((
            calendar,
            match calendar.value(args.at(0))? {
                Value::Day(old) => Value::Day(day(args, Some(old)).filter(|(_, named)| all_named(*named) && args.len() <= 4)?.0),
                Value::Clock(old) => Value::Clock(clock(vm, calendar, args, 1, old).filter(|(_, named)| all_named(*named))?.0),
                Value::Moment(old_day, old_clock) => {
                    let (day, days_named) = day(args, Some(old_day))?;
                    let (clock, named) = clock(vm, calendar, args, 4, old_clock)?;
                    if !all_named(days_named + named) {
                        return None;
                    }
                    Value::Moment(day, clock)
                }
                Value::Span(_) => return None,
            },
        ))
    };
    match usual() {
        Some((calendar, Value::Day(day))) => calendar.day(vm, day),
        Some((calendar, Value::Clock(clock))) => calendar.clock(vm, clock),
        Some((calendar, Value::Moment(day, clock))) => calendar.moment(vm, day, clock),
        _ => slowly(vm, args, name!(_slow_replace)),
    }
}

fn span(vm: &Vm, args: Args) -> Outcome {
    let usual = || {
        let calendar = Calendar::of_class(vm, args.at(1), Calendar::SPAN)?;
        Some((calendar, args.at(0).as_int()?))
    };
    match usual() {
        Some((calendar, us)) => calendar.span(vm, us as i64),
        None => {
            let method = as_type(args.at(1)).and_then(|ty| lookup_special(vm, ty, name!(_slow_span)));
            method.map_or_else(|| Err(vm.type_error("a class of spans is wanted")), |method| vm.call_args(method, args))
        }
    }
}

fn at(vm: &Vm, args: Args) -> Outcome {
    let usual = || {
        let calendar = Calendar::of_class(vm, args.at(0), Calendar::MOMENT)?;
        let fold = args.get(3).map_or(Some(0), Word::as_int)?;
        Some((calendar, args.at(1).as_int()? as i64, fold as i64))
    };
    match usual() {
        Some((calendar, us, fold)) => calendar.moment_at(vm, us, args.get(2).unwrap_or(Word::NONE), fold),
        None => slowly(vm, args, name!(_slow_at)),
    }
}

type Operation = fn(&Vm, Calendar, Value, Value) -> Outcome<Option<Word>>;

fn arithmetic(vm: &Vm, args: Args, slow: Name, operation: Operation) -> Outcome {
    let usual = || {
        let calendar = Calendar::of(vm, args.at(0))?;
        Some((calendar, calendar.value(args.at(0))?, calendar.value(args.at(1))?))
    };
    if let Some((calendar, a, b)) = usual()
        && let Some(result) = operation(vm, calendar, a, b)?
    {
        return Ok(result);
    }
    slowly(vm, args, slow)
}

/// What becomes of a day after so many days.
fn moved(vm: &Vm, calendar: Calendar, day: Day, days: i64) -> Outcome {
    match day.ordinal().checked_add(days).and_then(Day::of_ordinal) {
        Some(day) => calendar.day(vm, day),
        None => Err(out_of_range(vm)),
    }
}

fn add(vm: &Vm, calendar: Calendar, a: Value, b: Value) -> Outcome<Option<Word>> {
    match (a, b) {
        (Value::Span(a), Value::Span(b)) => in_range(vm, calendar, a.checked_add(b)),
        (Value::Day(day), Value::Span(us)) => moved(vm, calendar, day, us.div_euclid(DAY)).map(Some),
        (Value::Moment(day, clock), Value::Span(us)) => match count(day, clock).checked_add(us) {
            Some(count) => calendar.moment_at(vm, count, clock.zone, 0).map(Some),
            None => Err(out_of_range(vm)),
        },
        _ => Ok(None),
    }
}

fn subtract(vm: &Vm, calendar: Calendar, a: Value, b: Value) -> Outcome<Option<Word>> {
    match (a, b) {
        (Value::Span(a), Value::Span(b)) => in_range(vm, calendar, a.checked_sub(b)),
        (Value::Day(day), Value::Span(us)) => moved(vm, calendar, day, -us.div_euclid(DAY)).map(Some),
        (Value::Day(a), Value::Day(b)) => calendar.span(vm, (a.ordinal() - b.ordinal()) * DAY).map(Some),
        (Value::Moment(..), Value::Span(us)) => add(vm, calendar, a, Value::Span(-us)),
        (Value::Moment(day, clock), Value::Moment(other_day, other)) => {
            let span = count(day, clock) - count(other_day, other);
            if clock.zone == other.zone {
                return calendar.span(vm, span).map(Some);
            }
            match (calendar.offset(clock.zone), calendar.offset(other.zone)) {
                (Some(mine), Some(theirs)) => calendar.span(vm, span - mine + theirs).map(Some),
                _ => Ok(None),
            }
        }
        _ => Ok(None),
    }
}

fn in_range(vm: &Vm, calendar: Calendar, us: Option<i64>) -> Outcome<Option<Word>> {
    match us.filter(|us| Word::fits(*us as isize)) {
        Some(us) => calendar.span(vm, us).map(Some),
        None => Ok(None),
    }
}

fn of_span(vm: &Vm, args: Args, slow: Name, operation: fn(&Vm, Calendar, i64, Word) -> Outcome<Option<Word>>) -> Outcome {
    if let Some(calendar) = Calendar::of(vm, args.at(0))
        && let Some(Value::Span(us)) = calendar.value(args.at(0))
        && let Some(result) = operation(vm, calendar, us, args.get(1).unwrap_or(Word::NONE))?
    {
        return Ok(result);
    }
    slowly(vm, args, slow)
}

fn times(vm: &Vm, calendar: Calendar, us: i64, other: Word) -> Outcome<Option<Word>> {
    in_range(vm, calendar, other.as_int().and_then(|times| us.checked_mul(times as i64)))
}

fn ratio(vm: &Vm, calendar: Calendar, us: i64, other: Word) -> Outcome<Option<Word>> {
    match calendar.value(other) {
        Some(Value::Span(other)) => quotient(vm, us, other),
        _ => Ok(None),
    }
}

/// What floats divide as exactly as ints.
fn quotient(vm: &Vm, a: i64, b: i64) -> Outcome<Option<Word>> {
    const EXACT: u64 = 1 << 53;
    if b == 0 || a.unsigned_abs() > EXACT || b.unsigned_abs() > EXACT {
        return Ok(None);
    }
    vm.new_float(a as f64 / b as f64).map(Some)
}

fn parts(vm: &Vm, calendar: Calendar, us: i64, other: Word) -> Outcome<Option<Word>> {
    let floor = |by: i64| us.div_euclid(by) - i64::from(by < 0 && us.rem_euclid(by) != 0);
    match (calendar.value(other), other.as_int()) {
        (Some(Value::Span(other)), _) if other != 0 => Ok(Some(int(floor(other)))),
        (_, Some(by)) if by != 0 => calendar.span(vm, floor(by as i64)).map(Some),
        _ => Ok(None),
    }
}

/// How two values lie to each other, if no zone has to be asked.
fn order(calendar: Calendar, a: Value, b: Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Span(a), Value::Span(b)) => Some(a.cmp(&b)),
        (Value::Day(a), Value::Day(b)) => Some(a.cmp(&b)),
        (Value::Clock(a), Value::Clock(b)) if a.zone == b.zone => Some(a.count().cmp(&b.count())),
        (Value::Moment(day, clock), Value::Moment(other_day, other)) => {
            let (mine, theirs) = (count(day, clock), count(other_day, other));
            if clock.zone == other.zone {
                return Some(mine.cmp(&theirs));
            }
            Some((mine - calendar.offset(clock.zone)?).cmp(&(theirs - calendar.offset(other.zone)?)))
        }
        _ => None,
    }
}

fn compared(vm: &Vm, args: Args, slow: Name, is_it: fn(Ordering) -> bool) -> Outcome {
    let usual = || {
        let calendar = Calendar::of(vm, args.at(0))?;
        order(calendar, calendar.value(args.at(0))?, calendar.value(args.at(1))?)
    };
    match usual() {
        Some(order) => Ok(Word::bool(is_it(order))),
        None => slowly(vm, args, slow),
    }
}

fn hash(vm: &Vm, args: Args) -> Outcome {
    let usual = || {
        let calendar = Calendar::of(vm, args.at(0))?;
        let without_zone = |clock: Clock| if clock.zone == Word::NONE { Some(0) } else { calendar.offset(clock.zone) };
        Some(match calendar.value(args.at(0))? {
            Value::Span(us) => us,
            Value::Day(day) => day.ordinal(),
            Value::Clock(clock) => clock.count() - without_zone(clock)?,
            Value::Moment(day, clock) => count(day, clock) - without_zone(clock)?,
        })
    };
    match usual() {
        Some(number) => Ok(Word::int(vm.hash(vm.new_int(number)?)? as i32 as isize)),
        None => slowly(vm, args, name!(_slow_hash)),
    }
}

fn utcoffset(vm: &Vm, args: Args) -> Outcome {
    let usual = || {
        let calendar = Calendar::of(vm, args.at(0))?;
        let (Value::Moment(_, clock) | Value::Clock(clock)) = calendar.value(args.at(0))? else { return None };
        if clock.zone == Word::NONE {
            return Some(Word::NONE);
        }
        calendar.offset(clock.zone)?;
        attribute(Handle::from(clock.zone)?, place::OFFSET_OF_ZONE)
    };
    match usual() {
        Some(offset) => Ok(offset),
        None => slowly(vm, args, name!(_slow_utcoffset)),
    }
}

fn as_zone(vm: &Vm, args: Args) -> Outcome {
    let usual = || {
        let calendar = Calendar::of(vm, args.at(0)).filter(|_| args.keyword_count() == 0)?;
        let Value::Moment(day, clock) = calendar.value(args.at(0))? else { return None };
        let zone = args.get(1)?;
        Some((calendar, count(day, clock) - calendar.offset(clock.zone)? + calendar.offset(zone)?, zone, clock.zone == zone))
    };
    match usual() {
        Some((_, _, _, true)) => Ok(args.at(0)),
        Some((calendar, count, zone, false)) => calendar.moment_at(vm, count, zone, 0),
        None => slowly(vm, args, name!(_slow_astimezone)),
    }
}

/// An attribute of an object of any class of dates and times.
fn part(vm: &Vm, args: Args, name: Name) -> Outcome {
    let instance = Handle::<Instance>::from(args.at(0));
    let class = instance.and_then(|instance| as_class(instance.ty()));
    let found = class.and_then(|class| class.slot_of(name)).and_then(|index| instance?.get().slot(index).map(Cell::get)?.set());
    found.ok_or_else(|| vm.type_error("an object of datetime is wanted"))
}

fn day_of(vm: &Vm, object: Word) -> Outcome<i64> {
    let words = [object].map(Cell::new);
    let part = |name| Ok(vm.index(part(vm, Args::of(&words), name)?)? as i64);
    Ok(ordinal(part(name!(_year))?, part(name!(_month))?, part(name!(_day))?))
}

/// The day or the clock of a moment of any class.
fn of_moment(vm: &Vm, object: Word, names: &[Name]) -> Outcome<Vec<Word>> {
    let words = [object].map(Cell::new);
    names.iter().map(|name| part(vm, Args::of(&words), *name)).collect()
}

#[cold]
fn no_moment(vm: &Vm) -> interpreter::vm::Raised {
    vm.type_error("a datetime is wanted")
}

fn date(vm: &Vm, args: Args) -> Outcome {
    let calendar = Calendar::of(vm, args.at(0)).ok_or_else(|| no_moment(vm))?;
    calendar.make(vm, Calendar::DAY, &of_moment(vm, args.at(0), &[name!(_year), name!(_month), name!(_day)])?)
}

fn time(vm: &Vm, args: Args) -> Outcome {
    let calendar = Calendar::of(vm, args.at(0)).ok_or_else(|| no_moment(vm))?;
    let names = [name!(_hour), name!(_minute), name!(_second), name!(_microsecond), name!(_fold)];
    let mut parts = of_moment(vm, args.at(0), &names)?;
    parts.insert(place::ZONE, Word::NONE);
    calendar.make(vm, Calendar::CLOCK, &parts)
}
