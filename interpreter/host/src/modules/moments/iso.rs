//! Dates and times as ISO 8601 writes them, out and in.

use super::*;

/// `isoformat([sep])` and `str`.
pub(super) fn text(vm: &Vm, args: Args, slow: Name, between: u8) -> Outcome {
    use std::fmt::Write;
    let usual = || {
        let calendar = Calendar::of(vm, args.at(0))?;
        let value = calendar.value(args.at(0))?;
        let mut between = char::from(between);
        if let (Value::Moment(..), Some(word)) = (value, args.get(1)) {
            let mut characters = vm.as_text(word)?.chars();
            between = characters.next().filter(|_| characters.next().is_none())?;
        } else if args.len() > 1 {
            return None;
        }
        let mut text = String::with_capacity(40);
        let day = |text: &mut String, day: Day| write!(text, "{:04}-{:02}-{:02}", day.year, day.month, day.day).ok();
        let clock = |text: &mut String, clock: Clock| {
            write!(text, "{:02}:{:02}:{:02}", clock.hour, clock.minute, clock.second).ok()?;
            if clock.us != 0 {
                write!(text, ".{:06}", clock.us).ok()?;
            }
            if clock.zone == Word::NONE {
                return Some(());
            }
            let offset = calendar.offset(clock.zone)?;
            let (sign, minutes, rest) =
                (if offset < 0 { '-' } else { '+' }, offset.abs() / (60 * SECOND), offset.abs() % (60 * SECOND));
            write!(text, "{sign}{:02}:{:02}", minutes / 60, minutes % 60).ok().filter(|()| rest == 0)
        };
        match value {
            Value::Day(it) => day(&mut text, it)?,
            Value::Clock(it) => clock(&mut text, it)?,
            Value::Moment(it, at) => {
                day(&mut text, it)?;
                text.push(between);
                clock(&mut text, at)?;
            }
            Value::Span(_) => return None,
        }
        Some(text)
    };
    match usual().filter(|_| args.keyword_count() == 0 && args.len() <= 2) {
        Some(text) => vm.new_str(&text),
        None => slowly(vm, args, slow),
    }
}

/// The number that `count` digits at the beginning of a text are, and what comes behind them.
fn digits(text: &[u8], count: usize) -> Option<(i64, &[u8])> {
    let (digits, rest) = text.split_at_checked(count)?;
    let add = |sum: i64, digit: &u8| digit.is_ascii_digit().then(|| sum * 10 + i64::from(digit - b'0'));
    Some((digits.iter().try_fold(0, add)?, rest))
}

fn behind(text: &[u8], byte: u8) -> Option<&[u8]> {
    text.strip_prefix(&[byte])
}

fn parsed_day(text: &[u8]) -> Option<(Day, &[u8])> {
    let (year, rest) = digits(text, 4)?;
    let (month, rest) = digits(behind(rest, b'-')?, 2)?;
    let (day, rest) = digits(behind(rest, b'-')?, 2)?;
    Some((Day::new(year, month, day)?, rest))
}

/// `HH:MM:SS`, with a fraction of three or six digits or none, and Z or a distance from UTC that is not 0 in hours and minutes.
fn parsed_clock(text: &[u8], utc: Word) -> Option<(Clock, i64)> {
    let (hour, rest) = digits(text, 2)?;
    let (minute, rest) = digits(behind(rest, b':')?, 2)?;
    let (second, mut rest) = digits(behind(rest, b':')?, 2)?;
    let mut us = 0;
    if let Some(fraction) = behind(rest, b'.') {
        (us, rest) = match digits(fraction, 6) {
            Some(found) => found,
            None => digits(fraction, 3).map(|(thousandths, rest)| (thousandths * 1000, rest))?,
        };
    }
    let clock = |zone| Clock { hour, minute, second, us, zone, fold: 0 }.checked();
    match rest {
        [] => Some((clock(Word::NONE)?, 0)),
        [b'Z'] => Some((clock(utc)?, 0)),
        [sign @ (b'+' | b'-'), rest @ ..] => {
            let (hours, rest) = digits(rest, 2)?;
            let (minutes, rest) = digits(behind(rest, b':')?, 2)?;
            let us = (hours * 60 + minutes) * 60 * SECOND;
            if !rest.is_empty() || minutes > 59 || us >= DAY {
                return None;
            }
            Some((clock(utc)?, if *sign == b'-' { -us } else { us }))
        }
        _ => None,
    }
}

/// `fromisoformat(text)`.
pub(super) fn parse(vm: &Vm, args: Args) -> Outcome {
    let read = || {
        let class = args.at(0);
        let calendar = Calendar::of_type(vm, as_type(class)?)?;
        let text = vm.as_text(args.at(1))?.as_bytes();
        let utc = calendar.0.at(Calendar::UTC)?;
        let is = |which| calendar.0.at(which) == Some(class);
        if is(Calendar::DAY) {
            let (day, rest) = parsed_day(text)?;
            return rest.is_empty().then_some((calendar, Value::Day(day), 0));
        }
        if is(Calendar::CLOCK) {
            let (clock, offset) = parsed_clock(text, utc)?;
            return Some((calendar, Value::Clock(clock), offset));
        }
        let (day, rest) = parsed_day(text).filter(|_| is(Calendar::MOMENT))?;
        let (clock, offset) = match rest {
            [] => (Clock::MIDNIGHT, 0),
            [b'T' | b' ', rest @ ..] => parsed_clock(rest, utc)?,
            _ => return None,
        };
        Some((calendar, Value::Moment(day, clock), offset))
    };
    let Some((calendar, mut value, offset)) = read() else { return slowly(vm, args, name!(_slow_fromisoformat)) };
    if offset != 0
        && let Value::Moment(_, clock) | Value::Clock(clock) = &mut value
    {
        let zone = calendar.0.at(Calendar::ZONE).expect("a calendar has zones");
        clock.zone = vm.call(zone, &[calendar.span(vm, offset)?])?;
    }
    match value {
        Value::Day(day) => calendar.day(vm, day),
        Value::Clock(clock) => calendar.clock(vm, clock),
        Value::Moment(day, clock) => calendar.moment(vm, day, clock),
        Value::Span(us) => calendar.span(vm, us),
    }
}
