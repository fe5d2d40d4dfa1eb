//! `pyb.Timer` and its channels: the chip's own timers.

use crate::event::{self, Source};
use crate::hardware::{Break, ChannelMode, Counting, Direction, TimerValue, Timers, absent, hardware};
use crate::pin;
use interpreter::object::handle::{Args, Handle};
use interpreter::object::kind::{Slots, Type};
use interpreter::object::name::Name;
use interpreter::object::print::{Printer, Style};
use interpreter::object::real::Real;
use interpreter::object::resource::{Resource, resource_type};
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};

static SLOTS: Slots = Slots { make: Some(|vm, _, args| make(vm, args)), print: Some(print), ..Slots::NONE };
/// `Timer`. State: [0] the timer's number, [1] whether its callbacks are hard ones, [2] the channels' modes plus 1, four bits each.
pub static TIMER: Type = resource_type(name!(Timer), &SLOTS, ROWS);

static CHANNEL_SLOTS: Slots = Slots { print: Some(print_channel), ..Slots::NONE };
/// `TimerChannel`. State: [0] the timer, [1] the channel's number, from 1.
static CHANNEL: Type = resource_type(name!(TimerChannel), &CHANNEL_SLOTS, channel_rows::ROWS);

/// Names of keyword arguments.
pub const MORE: &[&str] = &[
    "TimerChannel",
    "freq",
    "prescaler",
    "period",
    "tick_hz",
    "mode",
    "div",
    "deadtime",
    "brk",
    "hard",
    "callback",
    "pin",
    "pulse_width",
    "pulse_width_percent",
    "pulse_width_us",
    "pulse_width_ns",
    "compare",
    "polarity",
];

table! { pub ROWS, NAMES, DOCS:
    /// init(*, freq) or init(*, prescaler, period), mode=Timer.UP, div=1, callback=None, deadtime=0, brk=Timer.BRK_OFF, hard=True: starts it.
    def init(1, keywords) = |vm, args| { init(vm, args.at(0), args.skip(1))?; Ok(Word::NONE) };
    /// deinit(): stops it.
    def deinit(1) = stop;
    /// callback(function): calls function(timer) in the interrupt at the end of each period; None ends that.
    def callback(2) = |vm, args| { callback(vm, args.at(0), args.at(1))?; Ok(Word::NONE) };
    /// channel(number, mode, *, callback, pin, pulse_width, pulse_width_percent, pulse_width_us, pulse_width_ns, compare, polarity): sets a
    /// channel up, from 1; without a mode the one that was set up, or None.
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
    /// Counts from 0 to the period.
    const UP = Word::int(UP);
    /// Counts from the period to 0.
    const DOWN = Word::int(DOWN);
    /// Counts up and down.
    const CENTER = Word::int(CENTER);
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
    /// High, whatever the counter is.
    const OC_FORCED_ACTIVE = Word::int(6);
    /// Low, whatever the counter is.
    const OC_FORCED_INACTIVE = Word::int(7);
    /// Catches the counter at an edge of the pin.
    const IC = Word::int(8);
    /// Counts an encoder by edges of channel 1.
    const ENC_A = Word::int(ENCODER);
    /// Counts an encoder by edges of channel 2.
    const ENC_B = Word::int(ENCODER + 1);
    /// Counts an encoder by edges of both.
    const ENC_AB = Word::int(ENCODER + 2);
    /// Active is high.
    const HIGH = Word::int(0);
    /// Active is low.
    const LOW = Word::int(2);
    /// Captures when the pin rises.
    const RISING = Word::int(0);
    /// Captures when the pin falls.
    const FALLING = Word::int(2);
    /// Captures when the pin changes.
    const BOTH = Word::int(BOTH);
    /// Nothing ends the outputs from outside.
    const BRK_OFF = Word::int(0);
    /// The break pin does, when it is low.
    const BRK_LOW = Word::int(1);
    /// The break pin does, when it is high.
    const BRK_HIGH = Word::int(2);
}

/// Methods of a channel.
pub mod channel_rows {
    use super::{compare, percent, time};
    use interpreter::object::word::Word;
    use interpreter::table;
    table! { pub ROWS, NAMES, DOCS:
        /// callback(function): calls function(timer) in the interrupt when the channel compares or captures; None ends that.
        def callback(2) = |vm, args| { super::channel_callback(vm, args.at(0), args.at(1))?; Ok(Word::NONE) };
        /// compare([value]): the value that the counter is compared with.
        def compare(1..=2) = compare;
        /// capture([value]): the value that the counter had.
        def capture(1..=2) = compare;
        /// pulse_width([steps]): how long a pulse is.
        def pulse_width(1..=2) = compare;
        /// pulse_width_percent([percent]): how much of the period a pulse is.
        def pulse_width_percent(1..=2) = percent;
        /// pulse_width_us([microseconds]): how long a pulse is.
        def pulse_width_us(1..=2) = |vm, args| time(vm, args, super::MICROSECONDS);
        /// pulse_width_ns([nanoseconds]): how long a pulse is.
        def pulse_width_ns(1..=2) = |vm, args| time(vm, args, super::NANOSECONDS);
    }
}

const UP: isize = 0;
const DOWN: isize = 0x10;
const CENTER: isize = 0x20;
const BOTH: isize = 10;
/// The first of three encoder modes.
const ENCODER: isize = 9;
/// Of which in a second.
const MICROSECONDS: Real = 1e6;
const NANOSECONDS: Real = 1e9;

/// What outputs do, by the numbers of their modes; captures follow.
const MODES: [ChannelMode; 8] = [
    ChannelMode::Pwm,
    ChannelMode::PwmInverted,
    ChannelMode::Timing,
    ChannelMode::Active,
    ChannelMode::Inactive,
    ChannelMode::Toggle,
    ChannelMode::ForcedActive,
    ChannelMode::ForcedInactive,
];

/// What modes are called.
const MODE_NAMES: [Name; 12] = [
    name!(PWM),
    name!(PWM_INVERTED),
    name!(OC_TIMING),
    name!(OC_ACTIVE),
    name!(OC_INACTIVE),
    name!(OC_TOGGLE),
    name!(OC_FORCED_ACTIVE),
    name!(OC_FORCED_INACTIVE),
    name!(IC),
    name!(ENC_A),
    name!(ENC_B),
    name!(ENC_AB),
];

/// The board's timers.
///
/// # Errors
/// `OSError(ENODEV)` on a board without.
pub fn timers(vm: &Vm) -> Outcome<&'static dyn Timers> {
    hardware(vm)?.timers().ok_or_else(|| absent(vm))
}

fn receiver(vm: &Vm, word: Word) -> Outcome<Handle<Resource>> {
    vm.resource(word, &TIMER).ok_or_else(|| vm.type_error("a Timer is needed"))
}

/// The number of the timer behind an object.
///
/// # Errors
/// `TypeError`.
pub fn number(vm: &Vm, word: Word) -> Outcome<u8> {
    Ok(receiver(vm, word)?.state[0].get().int_value() as u8)
}

/// The timer for who gives a frequency instead of one.
const SPARE: u8 = 6;

/// The number of a timer that is given, or of the spare one, started at the frequency that is given instead.
///
/// # Errors
/// `ValueError` for a frequency that it cannot have.
pub fn or_frequency(vm: &Vm, word: Word) -> Outcome<u8> {
    if vm.resource(word, &TIMER).is_some() {
        return number(vm, word);
    }
    let timers = timers(vm)?;
    let (prescaler, period) = steps(vm, SPARE, word, timers.longest(SPARE))?;
    timers.start(SPARE, Counting { prescaler, period, ..Counting::default() });
    Ok(SPARE)
}

fn source(vm: &Vm, timer: u8) -> Outcome<u32> {
    timers(vm)?.frequency(timer).ok_or_else(|| vm.value_error("the chip has no such timer"))
}

fn make(vm: &Vm, args: Args) -> Outcome {
    let Some(id) = args.get(0) else { return Err(vm.type_error("Timer(id) takes one argument")) };
    let timer = u8::try_from(vm.index(id)?).unwrap_or(0);
    source(vm, timer)?;
    let word = vm.new_resource(&TIMER, &[Word::int(timer.into()), Word::TRUE, Word::int(0)])?;
    if args.keyword_count() > 0 {
        init(vm, word, args.skip(1))?;
    }
    Ok(word)
}

/// The prescaler and period that arguments say.
fn counting(vm: &Vm, timer: u8, args: Args) -> Outcome<(u32, u32)> {
    let longest = timers(vm)?.longest(timer);
    if let Some(frequency) = args.given(name!(freq)) {
        return steps(vm, timer, frequency, longest);
    }
    let given = |name: Name| args.given(name).map(|word| count(vm, word)).transpose();
    match (given(name!(prescaler))?, given(name!(period))?) {
        (Some(prescaler), Some(period)) if prescaler <= 0xFFFF && period <= longest => Ok((prescaler, period)),
        (Some(_), Some(_)) => Err(vm.value_error("the timer cannot count that far")),
        (None, Some(period)) => {
            let ticks = args.given(name!(tick_hz)).map_or(Ok(1000.0), |word| vm.float_value(word))?;
            prescaled(vm, (source(vm, timer)? as Real * period as Real / ticks + 0.5) as u64, longest)
        }
        _ => Err(vm.type_error("a timer needs freq=, period=, or prescaler= and period=")),
    }
}

fn init(vm: &Vm, word: Word, args: Args) -> Outcome<()> {
    let names = [name!(freq), name!(prescaler), name!(period), name!(tick_hz), name!(mode), name!(div), name!(callback)];
    let more = [name!(deadtime), name!(brk), name!(hard)];
    let is_known = |name| names.iter().chain(&more).any(|known| name == Word::name(*known));
    if !args.keywords().all(|(name, _)| is_known(name)) {
        return Err(vm.type_error("extra keyword arguments given"));
    }
    let (timer, timers) = (number(vm, word)?, timers(vm)?);
    let option = |name, default| vm.index_or(args.keyword(name), default);
    let (prescaler, period) = counting(vm, timer, args)?;
    let direction = match option(name!(mode), UP)? {
        UP => Direction::Up,
        DOWN => Direction::Down,
        CENTER => Direction::Centre,
        _ => return Err(vm.value_error("a mode is Timer.UP, DOWN or CENTER")),
    };
    let division = match option(name!(div), 1)? {
        1 => 0,
        2 => 1,
        4 => 2,
        _ => return Err(vm.value_error("a div is 1, 2 or 4")),
    };
    let brk = match option(name!(brk), 0)? {
        0 => Break::Off,
        1 => Break::Low,
        2 => Break::High,
        _ => return Err(vm.value_error("a brk is Timer.BRK_OFF, BRK_LOW or BRK_HIGH")),
    };
    let dead = option(name!(deadtime), 0)?.max(0);
    let hard = args.keyword(name!(hard)).map_or(Ok(true), |word| vm.truth(word))?;
    receiver(vm, word)?.state[1].set(Word::bool(hard));
    callback(vm, word, Word::NONE)?;
    timers.start(timer, Counting { prescaler, period, direction, division });
    if !timers.set_dead_time(timer, dead as u32, brk) && (dead > 0 || brk != Break::Off) {
        return Err(vm.value_error("timers 1 and 8 alone have dead time and a break"));
    }
    match args.given(name!(callback)) {
        Some(function) => callback(vm, word, function),
        None => Ok(()),
    }
}

/// A number of 32 bits.
///
/// # Errors
/// `ValueError`.
pub fn count(vm: &Vm, word: Word) -> Outcome<u32> {
    let big =
        interpreter::object::bigint::Big::of(word, &interpreter::object::bigint::Room::default()).and_then(|big| big.to_u64());
    big.and_then(|value| u32::try_from(value).ok()).ok_or_else(|| vm.value_error("a number from 0 to 4294967295 is needed"))
}

/// The finest prescaler and period, of `longest` at the most, whose end comes so many times a second.
///
/// # Errors
/// `ValueError` for what the timer cannot do.
pub fn steps(vm: &Vm, timer: u8, frequency: Word, longest: u32) -> Outcome<(u32, u32)> {
    // Exact where whole cycles are the answer: a quotient that has a place among these numbers is not rounded.
    prescaled(vm, (source(vm, timer)? as Real / vm.float_value(frequency)? + 0.5) as u64, longest)
}

/// Prescalers that are tried for one that leaves no rest.
const TRIED: usize = 128;

/// The same of a period in cycles.
fn prescaled(vm: &Vm, cycles: u64, longest: u32) -> Outcome<(u32, u32)> {
    let room = u64::from(longest) + 1;
    if cycles == 0 || cycles > room << 16 {
        return Err(vm.value_error("the timer cannot run at that frequency"));
    }
    // Rounded up, so that the period fits; and a little larger where the period is exact then.
    let least = cycles.div_ceil(room);
    let exact = (least..=1 << 16).take(TRIED).find(|prescaler| cycles.is_multiple_of(*prescaler));
    let prescaler = exact.unwrap_or(least);
    Ok((prescaler as u32 - 1, ((cycles + prescaler / 2) / prescaler - 1) as u32))
}

fn stop(vm: &Vm, args: Args) -> Outcome {
    let timer = number(vm, args.at(0))?;
    callback(vm, args.at(0), Word::NONE)?;
    let timers = timers(vm)?;
    for channel in 0..timers.channels(timer) {
        event::set_handler(vm, Source::channel(timer, channel), Word::NONE, Word::NONE, false)?;
    }
    if timers.is_started(timer) {
        timers.stop(timer);
    }
    Ok(Word::NONE)
}

fn callback(vm: &Vm, word: Word, function: Word) -> Outcome<()> {
    let (timer, timers) = (receiver(vm, word)?, timers(vm)?);
    let (number, hard) = (timer.state[0].get().int_value() as u8, timer.state[1].get() == Word::TRUE);
    if timers.is_started(number) {
        timers.interrupt(number, false);
    }
    event::set_handler(vm, Source::timer(number), function, word, hard)?;
    if function == Word::NONE {
        return Ok(());
    }
    running(vm, number)?;
    timers.interrupt(number, true);
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
        let (prescaler, period) = steps(vm, timer, new, timers.longest(timer))?;
        timers.set(timer, TimerValue::Prescaler, prescaler);
        timers.set(timer, TimerValue::Period, period);
        return Ok(Word::NONE);
    }
    let (source, cycles) = (u64::from(source(vm, timer)?), cycles(timers, timer));
    if source.is_multiple_of(cycles) {
        vm.new_int((source / cycles) as i64)
    } else {
        vm.new_float(source as Real / cycles as Real)
    }
}

/// Cycles of a period.
fn cycles(timers: &dyn Timers, timer: u8) -> u64 {
    let [prescaler, period] = [TimerValue::Prescaler, TimerValue::Period].map(|what| u64::from(timers.get(timer, what)) + 1);
    prescaler * period
}

/// Microseconds of a period.
///
/// # Errors
/// `ValueError` for a timer that the chip has not.
pub fn period(vm: &Vm, timer: u8) -> Outcome<u64> {
    let cycles = if timers(vm)?.is_started(timer) { cycles(timers(vm)?, timer) } else { 0 };
    Ok(cycles.saturating_mul(1_000_000) / u64::from(source(vm, timer)?))
}

/// `channel(number, mode, …)`.
fn channel(vm: &Vm, args: Args) -> Outcome {
    let names = [
        name!(mode),
        name!(callback),
        name!(pin),
        name!(pulse_width),
        name!(pulse_width_percent),
        name!(pulse_width_us),
        name!(pulse_width_ns),
        name!(compare),
        name!(polarity),
    ];
    vm.only_keywords(args, &names)?;
    let (timer, timers) = (number(vm, args.at(0))?, timers(vm)?);
    running(vm, timer)?;
    let number = u8::try_from(vm.index(args.at(1))?).ok().filter(|number| (1..=timers.channels(timer)).contains(number));
    let Some(number) = number else { return Err(vm.value_error("the timer has no such channel")) };
    let source = Source::channel(timer, number - 1);
    let made = |timer: Word| vm.new_resource(&CHANNEL, &[timer, Word::int(number.into())]);
    let Some(mode) = args.either(2, name!(mode)) else {
        return event::argument(vm, source).map_or(Ok(Word::NONE), made);
    };
    let mode = vm.index(mode)?;
    timers.interrupt_channel(timer, number - 1, false);
    event::set_handler(vm, source, Word::TRUE, args.at(0), false)?;
    if let Some(pin) = args.given(name!(pin)) {
        let channel = if mode >= ENCODER { None } else { Some(number - 1) };
        pin::give(vm, pin, timer, channel)?;
    }
    set_mode(vm, timer, number, mode, args)?;
    let (modes, shift) = (&receiver(vm, args.at(0))?.state[2], 4 * (number - 1));
    modes.set(Word::int(modes.get().int_value() & !(0xF << shift) | (mode + 1) << shift));
    let word = made(args.at(0))?;
    if let Some(function) = args.given(name!(callback)) {
        channel_callback(vm, word, function)?;
    }
    Ok(word)
}

fn set_mode(vm: &Vm, timer: u8, number: u8, mode: isize, args: Args) -> Outcome<()> {
    let timers = timers(vm)?;
    let polarity = vm.index_or(args.keyword(name!(polarity)), 0)?;
    let capture = match polarity {
        0 => ChannelMode::CaptureRising,
        2 => ChannelMode::CaptureFalling,
        BOTH => ChannelMode::CaptureBoth,
        _ => return Err(vm.value_error("a polarity is Timer.HIGH or LOW, or Timer.RISING, FALLING or BOTH")),
    };
    let mode = match mode {
        0..8 => MODES[mode as usize],
        8 => {
            timers.channel(timer, number - 1, capture, false);
            return Ok(());
        }
        ENCODER..12 if timers.channels(timer) >= 2 => {
            timers.encoder(timer, (mode - ENCODER + 1) as u8);
            return Ok(());
        }
        _ => return Err(vm.value_error("a mode is Timer.PWM, PWM_INVERTED, one of OC_ and ENC_, or IC")),
    };
    let given = |name| args.given(name);
    let compare = if let Some(part) = given(name!(pulse_width_percent)) {
        of_percent(vm, timer, part)?
    } else if let Some(time) = given(name!(pulse_width_us)) {
        of_time(vm, timer, time, MICROSECONDS)?
    } else if let Some(time) = given(name!(pulse_width_ns)) {
        of_time(vm, timer, time, NANOSECONDS)?
    } else {
        given(name!(pulse_width)).or_else(|| given(name!(compare))).map_or(Ok(0), |width| count(vm, width))?
    };
    timers.set(timer, TimerValue::Compare(number - 1), compare);
    timers.channel(timer, number - 1, mode, polarity == 2);
    Ok(())
}

/// The timer's object, its number, and the channel's from 0.
fn parts(vm: &Vm, word: Word) -> Outcome<(Word, u8, u8)> {
    let channel = vm.resource(word, &CHANNEL).ok_or_else(|| vm.type_error("a TimerChannel is needed"))?;
    let timer = channel.state[0].get();
    Ok((timer, number(vm, timer)?, channel.state[1].get().int_value() as u8 - 1))
}

fn channel_callback(vm: &Vm, word: Word, function: Word) -> Outcome<()> {
    let (timer, number, channel) = parts(vm, word)?;
    let (timers, hard) = (timers(vm)?, receiver(vm, timer)?.state[1].get() == Word::TRUE);
    timers.interrupt_channel(number, channel, false);
    let nobody = function == Word::NONE;
    let handler = if nobody { Word::TRUE } else { function };
    event::set_handler(vm, Source::channel(number, channel), handler, timer, hard && !nobody)?;
    if !nobody {
        running(vm, number)?;
        timers.interrupt_channel(number, channel, true);
    }
    Ok(())
}

/// Reads the compare value, or sets it to what `new` makes of an argument.
fn exchange(vm: &Vm, args: Args, show: &dyn Fn(u8, u32) -> Outcome, new: &dyn Fn(u8, Word) -> Outcome<u32>) -> Outcome {
    let (_, timer, channel) = parts(vm, args.at(0))?;
    running(vm, timer)?;
    let (timers, what) = (timers(vm)?, TimerValue::Compare(channel));
    match args.get(1) {
        None => show(timer, timers.get(timer, what)),
        Some(word) => {
            timers.set(timer, what, new(timer, word)?);
            Ok(Word::NONE)
        }
    }
}

fn compare(vm: &Vm, args: Args) -> Outcome {
    exchange(vm, args, &|_, compare| vm.new_int(compare.into()), &|_, word| count(vm, word))
}

fn percent(vm: &Vm, args: Args) -> Outcome {
    let show = |timer, compare| {
        let period = timers(vm)?.get(timer, TimerValue::Period) as Real + 1.0;
        vm.new_float((compare as Real * 100.0 / period).min(100.0))
    };
    exchange(vm, args, &show, &|timer, word| of_percent(vm, timer, word))
}

fn of_percent(vm: &Vm, timer: u8, part: Word) -> Outcome<u32> {
    let part = vm.float_value(part)?.clamp(0.0, 100.0);
    let steps = timers(vm)?.get(timer, TimerValue::Period) as Real + 1.0;
    Ok((steps * part / 100.0 + 0.5) as u32)
}

/// Steps in a second.
fn rate(vm: &Vm, timer: u8) -> Outcome<Real> {
    let prescaler = timers(vm)?.get(timer, TimerValue::Prescaler) as Real + 1.0;
    Ok(source(vm, timer)? as Real / prescaler)
}

fn time(vm: &Vm, args: Args, unit: Real) -> Outcome {
    let show = |timer, compare| vm.new_int((compare as Real * unit / rate(vm, timer)?) as i64);
    exchange(vm, args, &show, &|timer, word| of_time(vm, timer, word, unit))
}

fn of_time(vm: &Vm, timer: u8, time: Word, unit: Real) -> Outcome<u32> {
    Ok((vm.float_value(time)? * rate(vm, timer)? / unit + 0.5) as u32)
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let timer = number(vm, word)?;
    out.counted(vm, "Timer(", timer.into())?;
    let timers = timers(vm)?;
    if timers.is_started(timer) {
        let number = |out: &mut Printer, name: &str, value: u64| {
            out.text(vm, name)?;
            let value = vm.new_int(value as i64)?;
            vm.print(value, out, Style::Repr)
        };
        let Counting { prescaler, period, direction, division } = timers.counting(timer);
        number(out, ", freq=", u64::from(source(vm, timer)?) / cycles(timers, timer))?;
        number(out, ", prescaler=", prescaler.into())?;
        number(out, ", period=", period.into())?;
        out.text(vm, ", mode=")?;
        out.text(vm, ["UP", "DOWN", "CENTER"][direction as usize])?;
        number(out, ", div=", 1 << division)?;
        if let Some((ticks, brk)) = timers.dead_time(timer) {
            number(out, ", deadtime=", ticks.into())?;
            out.text(vm, [", brk=BRK_OFF", ", brk=BRK_LOW", ", brk=BRK_HIGH"][brk as usize])?;
        }
    }
    out.text(vm, ")")
}

fn print_channel(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let (object, timer, channel) = parts(vm, word)?;
    out.counted(vm, "TimerChannel(timer=", timer.into())?;
    out.counted(vm, ", channel=", isize::from(channel) + 1)?;
    out.text(vm, ", mode=")?;
    let mode = receiver(vm, object)?.state[2].get().int_value() >> (4 * channel) & 0xF;
    out.text(vm, MODE_NAMES.get((mode - 1) as usize).map_or("", |name| vm.name_text(*name)))?;
    out.text(vm, ")")
}
