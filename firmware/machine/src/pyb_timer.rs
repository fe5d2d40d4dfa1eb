//! `pyb.Timer` and its channels: the chip's own timers.

use crate::event::{self, Source};
use crate::hardware::{ChannelMode, TimerValue, Timers, absent, hardware};
use crate::pin;
use interpreter::object::handle::Args;
use interpreter::object::kind::{Slots, Type};
use interpreter::object::name::Name;
use interpreter::object::print::{Printer, Style};
use interpreter::object::resource::resource_type;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};

static SLOTS: Slots = Slots { make: Some(|vm, _, args| make(vm, args)), print: Some(print), ..Slots::NONE };
/// `Timer`. State: [0] the timer's number.
pub static TIMER: Type = resource_type(name!(Timer), &SLOTS, ROWS);

static CHANNEL_SLOTS: Slots = Slots { print: Some(print_channel), ..Slots::NONE };
/// `TimerChannel`. State: [0] the timer's number, [1] the channel's, from 1.
static CHANNEL: Type = resource_type(name!(TimerChannel), &CHANNEL_SLOTS, channel_rows::ROWS);

/// Names of keyword arguments.
pub const MORE: &[&str] = &[
    "TimerChannel",
    "freq",
    "prescaler",
    "period",
    "callback",
    "pin",
    "pulse_width",
    "pulse_width_percent",
    "compare",
    "polarity",
];

table! { pub ROWS, NAMES, DOCS:
    /// init(*, freq) or init(*, prescaler, period), callback=None: starts it.
    def init(1, keywords) = |vm, args| { init(vm, args.at(0), args.skip(1))?; Ok(Word::NONE) };
    /// deinit(): stops it.
    def deinit(1) = stop;
    /// callback(function): calls function(timer) in the interrupt at the end of each period; None ends that.
    def callback(2) = |vm, args| { let timer = number(vm, args.at(0))?; callback(vm, args.at(0), timer, args.at(1))?; Ok(Word::NONE) };
    /// channel(number, mode, *, pin, pulse_width, pulse_width_percent, compare, polarity): a channel, from 1.
    def channel(2..=3, keywords) = channel;
    /// counter([value]): reads or sets the counter.
    def counter(1..=2) = |vm, args| value(vm, args, TimerValue::Counter);
    /// prescaler([value]): one less than the cycles of a step.
    def prescaler(1..=2) = |vm, args| value(vm, args, TimerValue::Prescaler);
    /// period([value]): one less than the steps of a period.
    def period(1..=2) = |vm, args| value(vm, args, TimerValue::Period);
    /// freq([value]): periods in a second.
    def freq(1..=2) = frequency;
    /// source_freq(): what is counted before the prescaler, in Hz.
    def source_freq(1) = |vm, args| { let timer = number(vm, args.at(0))?; vm.new_int(source(vm, timer)?.into()) };
    /// High until the counter reaches the pulse width.
    const PWM = Word::int(0);
    /// Low until then.
    const PWM_INVERTED = Word::int(1);
    /// A compare value that nothing shows.
    const OC_TIMING = Word::int(2);
    /// High at the compare value.
    const OC_ACTIVE = Word::int(3);
    /// Low at the compare value.
    const OC_INACTIVE = Word::int(4);
    /// The other level at the compare value.
    const OC_TOGGLE = Word::int(5);
    /// Catches the counter at an edge of the pin.
    const IC = Word::int(6);
    /// Active is high.
    const HIGH = Word::int(0);
    /// Active is low.
    const LOW = Word::int(1);
    /// Captures when the pin rises.
    const RISING = Word::int(0);
    /// Captures when the pin falls.
    const FALLING = Word::int(1);
}

/// Methods of a channel.
pub mod channel_rows {
    use super::{compare, percent};
    use interpreter::table;
    table! { pub ROWS, NAMES, DOCS:
        /// compare([value]): the value that the counter is compared with.
        def compare(1..=2) = compare;
        /// capture(): the value that the counter had.
        def capture(1) = compare;
        /// pulse_width([steps]): how long a pulse is.
        def pulse_width(1..=2) = compare;
        /// pulse_width_percent([percent]): how much of the period a pulse is.
        def pulse_width_percent(1..=2) = percent;
    }
}

fn timers(vm: &Vm) -> Outcome<&'static dyn Timers> {
    hardware(vm)?.timers().ok_or_else(|| absent(vm))
}

fn number(vm: &Vm, word: Word) -> Outcome<u8> {
    let timer = vm.resource(word, &TIMER).ok_or_else(|| vm.type_error("a Timer is needed"))?;
    Ok(timer.state[0].get().int_value() as u8)
}

fn source(vm: &Vm, timer: u8) -> Outcome<u32> {
    timers(vm)?.frequency(timer).ok_or_else(|| vm.value_error("the chip has no such timer"))
}

fn make(vm: &Vm, args: Args) -> Outcome {
    let Some(id) = args.get(0) else { return Err(vm.type_error("Timer(id) takes one argument")) };
    let timer = u8::try_from(vm.index(id)?).ok().filter(|timer| timers(vm).is_ok_and(|all| all.frequency(*timer).is_some()));
    let Some(timer) = timer else {
        timers(vm)?;
        return Err(vm.value_error("the chip has no such timer"));
    };
    let word = vm.new_resource(&TIMER, &[Word::int(timer.into())])?;
    if args.keyword_count() > 0 {
        init(vm, word, args.skip(1))?;
    }
    Ok(word)
}

fn init(vm: &Vm, word: Word, args: Args) -> Outcome<()> {
    vm.only_keywords(args, &[name!(freq), name!(prescaler), name!(period), name!(callback)])?;
    let timer = number(vm, word)?;
    let (prescaler, period) = match args.keyword(name!(freq)) {
        Some(frequency) => steps(vm, timer, frequency)?,
        None => {
            let given = |name: Name| args.keyword(name).map(|word| count(vm, word)).transpose();
            match (given(name!(prescaler))?, given(name!(period))?) {
                (Some(prescaler), Some(period)) => (prescaler, period),
                _ => return Err(vm.type_error("a timer needs freq=, or prescaler= and period=")),
            }
        }
    };
    if prescaler > 0xFFFF || period > timers(vm)?.longest(timer) {
        return Err(vm.value_error("the timer cannot count that far"));
    }
    callback(vm, word, timer, Word::NONE)?;
    timers(vm)?.start(timer, prescaler, period);
    match args.keyword(name!(callback)) {
        Some(function) => callback(vm, word, timer, function),
        None => Ok(()),
    }
}

/// A number of 32 bits.
fn count(vm: &Vm, word: Word) -> Outcome<u32> {
    let big =
        interpreter::object::bigint::Big::of(word, &interpreter::object::bigint::Room::default()).and_then(|big| big.to_u64());
    big.and_then(|value| u32::try_from(value).ok()).ok_or_else(|| vm.value_error("a number from 0 to 4294967295 is needed"))
}

/// The finest prescaler and period whose end comes so many times a second.
fn steps(vm: &Vm, timer: u8, frequency: Word) -> Outcome<(u32, u32)> {
    let (hertz, source) = (vm.float_value(frequency)?, f64::from(source(vm, timer)?));
    let longest = f64::from(timers(vm)?.longest(timer)) + 1.0;
    let cycles = source / hertz;
    if !(cycles >= 1.0 && cycles <= 65_536.0 * longest) {
        return Err(vm.value_error("the timer cannot run at that frequency"));
    }
    let prescaler = (cycles / longest).max(1.0);
    // Rounded up, so that the period fits.
    let prescaler = if prescaler > prescaler as u32 as f64 { prescaler as u32 + 1 } else { prescaler as u32 };
    let period = (cycles / f64::from(prescaler) + 0.5) as u64;
    Ok((prescaler - 1, (period.max(1) - 1) as u32))
}

fn stop(vm: &Vm, args: Args) -> Outcome {
    let timer = number(vm, args.at(0))?;
    callback(vm, args.at(0), timer, Word::NONE)?;
    if timers(vm)?.is_started(timer) {
        timers(vm)?.stop(timer);
    }
    Ok(Word::NONE)
}

fn callback(vm: &Vm, word: Word, timer: u8, function: Word) -> Outcome<()> {
    let timers = timers(vm)?;
    if timers.is_started(timer) {
        timers.interrupt(timer, false);
    }
    event::set_handler(vm, Source::timer(timer), function, word, true)?;
    if function == Word::NONE {
        return Ok(());
    }
    if !timers.is_started(timer) {
        return Err(vm.value_error("the timer does not run: init(freq=) comes first"));
    }
    timers.interrupt(timer, true);
    Ok(())
}

/// Reads or writes a number of a running timer.
fn value(vm: &Vm, args: Args, what: TimerValue) -> Outcome {
    let timer = number(vm, args.at(0))?;
    running(vm, timer)?;
    match args.get(1) {
        None => vm.new_int(timers(vm)?.get(timer, what).into()),
        Some(new) => {
            let limit = if what == TimerValue::Prescaler { 0xFFFF } else { timers(vm)?.longest(timer) };
            let new = count(vm, new)?;
            if new > limit {
                return Err(vm.value_error("the timer cannot count that far"));
            }
            timers(vm)?.set(timer, what, new);
            Ok(Word::NONE)
        }
    }
}

fn running(vm: &Vm, timer: u8) -> Outcome<()> {
    if timers(vm)?.is_started(timer) { Ok(()) } else { Err(vm.value_error("the timer does not run: init(freq=) comes first")) }
}

fn frequency(vm: &Vm, args: Args) -> Outcome {
    let timer = number(vm, args.at(0))?;
    running(vm, timer)?;
    let timers = timers(vm)?;
    if let Some(new) = args.get(1) {
        let (prescaler, period) = steps(vm, timer, new)?;
        timers.set(timer, TimerValue::Prescaler, prescaler);
        timers.set(timer, TimerValue::Period, period);
        return Ok(Word::NONE);
    }
    let [prescaler, period] = [TimerValue::Prescaler, TimerValue::Period].map(|what| u64::from(timers.get(timer, what)) + 1);
    let (source, cycles) = (u64::from(source(vm, timer)?), prescaler * period);
    if source.is_multiple_of(cycles) { vm.new_int((source / cycles) as i64) } else { vm.new_float(source as f64 / cycles as f64) }
}

/// `channel(number, mode, …)`.
fn channel(vm: &Vm, args: Args) -> Outcome {
    let names = [name!(pin), name!(pulse_width), name!(pulse_width_percent), name!(compare), name!(polarity), name!(callback)];
    vm.only_keywords(args, &names)?;
    let timer = number(vm, args.at(0))?;
    running(vm, timer)?;
    let number = u8::try_from(vm.index(args.at(1))?).ok().filter(|number| *number >= 1);
    let number = number.filter(|number| timers(vm).is_ok_and(|timers| *number <= timers.channels(timer)));
    let Some(number) = number else { return Err(vm.value_error("the timer has no such channel")) };
    let word = vm.new_resource(&CHANNEL, &[Word::int(timer.into()), Word::int(number.into())])?;
    let Some(mode) = args.get(2) else { return Ok(word) };
    if args.keyword(name!(callback)).is_some_and(|word| word != Word::NONE) {
        return Err(vm.value_error("channels have no callbacks, but their timer has"));
    }
    let polarity = args.keyword(name!(polarity)).map_or(Ok(0), |word| vm.index(word))?;
    let mode = match vm.index(mode)? {
        0 => ChannelMode::Pwm,
        1 => ChannelMode::PwmInverted,
        2 => ChannelMode::Timing,
        3 => ChannelMode::Active,
        4 => ChannelMode::Inactive,
        5 => ChannelMode::Toggle,
        6 if polarity == 0 => ChannelMode::CaptureRising,
        6 => ChannelMode::CaptureFalling,
        _ => return Err(vm.value_error("a mode is Timer.PWM, PWM_INVERTED, OC_TIMING, OC_ACTIVE, OC_INACTIVE, OC_TOGGLE or IC")),
    };
    if let Some(pin) = args.keyword(name!(pin)).filter(|word| *word != Word::NONE) {
        pin::give(vm, pin, "TIM", timer, Some(number))?;
    }
    if let Some(width) = args.keyword(name!(pulse_width)).or_else(|| args.keyword(name!(compare))) {
        timers(vm)?.set(timer, TimerValue::Compare(number - 1), count(vm, width)?);
    } else if let Some(part) = args.keyword(name!(pulse_width_percent)) {
        set_percent(vm, timer, number, part)?;
    }
    timers(vm)?.channel(timer, number - 1, mode, polarity != 0);
    Ok(word)
}

fn parts(vm: &Vm, word: Word) -> Outcome<(u8, u8)> {
    let channel = vm.resource(word, &CHANNEL).ok_or_else(|| vm.type_error("a TimerChannel is needed"))?;
    Ok((channel.state[0].get().int_value() as u8, channel.state[1].get().int_value() as u8))
}

fn compare(vm: &Vm, args: Args) -> Outcome {
    let (timer, number) = parts(vm, args.at(0))?;
    running(vm, timer)?;
    let what = TimerValue::Compare(number - 1);
    match args.get(1) {
        None => vm.new_int(timers(vm)?.get(timer, what).into()),
        Some(new) => {
            timers(vm)?.set(timer, what, count(vm, new)?);
            Ok(Word::NONE)
        }
    }
}

fn percent(vm: &Vm, args: Args) -> Outcome {
    let (timer, number) = parts(vm, args.at(0))?;
    running(vm, timer)?;
    if let Some(new) = args.get(1) {
        set_percent(vm, timer, number, new)?;
        return Ok(Word::NONE);
    }
    let timers = timers(vm)?;
    let (width, period) = (timers.get(timer, TimerValue::Compare(number - 1)), timers.get(timer, TimerValue::Period));
    vm.new_float(f64::from(width) * 100.0 / (f64::from(period) + 1.0))
}

fn set_percent(vm: &Vm, timer: u8, number: u8, part: Word) -> Outcome<()> {
    let part = vm.float_value(part)?.clamp(0.0, 100.0);
    let steps = f64::from(timers(vm)?.get(timer, TimerValue::Period)) + 1.0;
    timers(vm)?.set(timer, TimerValue::Compare(number - 1), (steps * part / 100.0 + 0.5) as u32);
    Ok(())
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let timer = number(vm, word)?;
    out.text(vm, "Timer(")?;
    out.int(vm, timer.into())?;
    let timers = timers(vm)?;
    if timers.is_started(timer) {
        out.text(vm, ", prescaler=")?;
        out.int(vm, timers.get(timer, TimerValue::Prescaler) as isize)?;
        out.text(vm, ", period=")?;
        let period = vm.new_int(timers.get(timer, TimerValue::Period).into())?;
        vm.print(period, out, Style::Repr)?;
    }
    out.text(vm, ")")
}

fn print_channel(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let (timer, number) = parts(vm, word)?;
    out.text(vm, "TimerChannel(timer=")?;
    out.int(vm, timer.into())?;
    out.text(vm, ", channel=")?;
    out.int(vm, number.into())?;
    out.text(vm, ")")
}
