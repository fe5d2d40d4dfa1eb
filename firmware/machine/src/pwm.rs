//! `machine.PWM`: pulses on a pin, by the timer and channel that the pin's table of functions names first.
//!
//! Pins of one timer share its frequency: whoever sets it sets it for all, and keeps the duty of its own. A timer's period is kept one
//! step below its longest, so that a compare value of a whole period fits: that is always high.

use crate::hardware::{ChannelMode, Counting, Mode, Pull, TimerValue, hardware};
use crate::pin;
use crate::pyb_timer::{count, steps, timers};
use interpreter::object::handle::{Args, Handle};
use interpreter::object::kind::{Slots, Type};
use interpreter::object::print::{Printer, Style};
use interpreter::object::resource::{Resource, resource_type};
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};

static SLOTS: Slots = Slots { make: Some(|vm, _, args| make(vm, args)), print: Some(print), ..Slots::NONE };
/// `PWM`. State: [0] the timer's number, the channel's from 0 times 256, and `INVERT`; [1] the duty as it was given, [2] its unit.
pub static PWM: Type = resource_type(name!(PWM), &SLOTS, ROWS);

/// Names of keyword arguments.
pub const MORE: &[&str] = &["freq", "duty_u16", "duty_ns", "invert"];

table! { pub ROWS, NAMES, DOCS:
    /// init(*, freq, duty_u16, duty_ns, invert): sets what is given.
    def init(1, keywords) = |vm, args| { let pwm = receiver(vm, args.at(0))?; init(vm, pwm, args.skip(1))?; Ok(Word::NONE) };
    /// deinit(): no more pulses.
    def deinit(1) = |vm, args| {
        let (timer, channel) = receiver(vm, args.at(0))?.place();
        let timers = timers(vm)?;
        if timers.is_started(timer) {
            timers.channel_off(timer, channel);
        }
        Ok(Word::NONE)
    };
    /// freq([hertz]): periods in a second.
    def freq(1..=2) = frequency;
    /// duty_u16([value]): how much of a period is high, of 65535.
    def duty_u16(1..=2) = |vm, args| duty(vm, args, U16);
    /// duty_ns([nanoseconds]): how long a pulse is.
    def duty_ns(1..=2) = |vm, args| duty(vm, args, NANOSECONDS);
}

const U16: isize = 1;
const NANOSECONDS: isize = 2;
/// In the state: active is low.
const INVERT: isize = 1 << 16;
const WHOLE: u64 = 0xFFFF;
const SECOND: u64 = 1_000_000_000;

#[derive(Clone, Copy)]
struct Pwm(Handle<Resource>);

impl Pwm {
    /// The timer, and the channel from 0.
    fn place(self) -> (u8, u8) {
        let state = self.0.state[0].get().int_value();
        (state as u8, (state >> 8) as u8)
    }
}

fn receiver(vm: &Vm, word: Word) -> Outcome<Pwm> {
    vm.resource(word, &PWM).map(Pwm).ok_or_else(|| vm.type_error("a PWM is needed"))
}

fn make(vm: &Vm, args: Args) -> Outcome {
    let Some(id) = args.get(0) else { return Err(vm.type_error("PWM(pin) takes at least one argument")) };
    let pin = pin::find(vm, id)?;
    let timers = timers(vm)?;
    let row = &hardware(vm)?.pins()[pin];
    let mut outputs = row.functions().filter_map(|(function, name)| Some((function, pin::channel_of(name)?)));
    let Some((function, (timer, channel))) = outputs.find(|(_, (timer, _))| timers.frequency(*timer).is_some()) else {
        return Err(vm.value_error("the pin is no output of a timer: Pin.af_list() says what it can do"));
    };
    let state = isize::from(timer) | isize::from(channel) << 8;
    let word = vm.new_resource(&PWM, &[Word::int(state), Word::int(0), Word::int(U16)])?;
    init(vm, receiver(vm, word)?, args.skip(1))?;
    hardware(vm)?.configure(pin, Mode::Alternate(function), Pull::None);
    Ok(word)
}

fn init(vm: &Vm, pwm: Pwm, args: Args) -> Outcome<()> {
    if !args.is_empty() {
        return Err(vm.type_error("a PWM's settings are given by name: freq=, duty_u16="));
    }
    vm.only_keywords(args, &[name!(freq), name!(duty_u16), name!(duty_ns), name!(invert)])?;
    let given = |name| args.keyword(name);
    if let Some(word) = given(name!(invert)) {
        let state = pwm.0.state[0].get().int_value() & !INVERT;
        pwm.0.state[0].set(Word::int(state | if vm.truth(word)? { INVERT } else { 0 }));
    }
    if let Some(word) = given(name!(duty_u16)) {
        keep(vm, pwm, word, U16)?;
    } else if let Some(word) = given(name!(duty_ns)) {
        keep(vm, pwm, word, NANOSECONDS)?;
    }
    if let Some(frequency) = given(name!(freq)) {
        set_frequency(vm, pwm, frequency)?;
    }
    apply(vm, pwm)
}

/// Remembers a duty.
fn keep(vm: &Vm, pwm: Pwm, word: Word, unit: isize) -> Outcome<()> {
    let value = u64::from(count(vm, word)?);
    let limit = if unit == U16 { WHOLE } else { SECOND };
    pwm.0.state[1].set(Word::int(value.min(limit) as isize));
    pwm.0.state[2].set(Word::int(unit));
    Ok(())
}

fn set_frequency(vm: &Vm, pwm: Pwm, word: Word) -> Outcome<()> {
    let ((timer, _), timers) = (pwm.place(), timers(vm)?);
    let (prescaler, period) = steps(vm, timer, word, timers.longest(timer) - 1)?;
    if timers.is_started(timer) {
        timers.set(timer, TimerValue::Prescaler, prescaler);
        timers.set(timer, TimerValue::Period, period);
    } else {
        timers.start(timer, Counting { prescaler, period, ..Counting::default() });
    }
    Ok(())
}

/// Makes the pulses as long as they are to be; nothing while the timer does not run.
fn apply(vm: &Vm, pwm: Pwm) -> Outcome<()> {
    let ((timer, channel), timers) = (pwm.place(), timers(vm)?);
    if !timers.is_started(timer) {
        return Ok(());
    }
    let steps = u64::from(timers.get(timer, TimerValue::Period)) + 1;
    let duty = pwm.0.state[1].get().int_value() as u64;
    let compare = match pwm.0.state[2].get().int_value() {
        U16 => (duty * steps + WHOLE / 2) / WHOLE,
        // A second at the most, times 168 MHz.
        _ => duty * rate(vm, timer)? / SECOND,
    };
    timers.set(timer, TimerValue::Compare(channel), compare.min(steps) as u32);
    timers.channel(timer, channel, ChannelMode::Pwm, pwm.0.state[0].get().int_value() & INVERT != 0);
    Ok(())
}

/// Steps in a second.
fn rate(vm: &Vm, timer: u8) -> Outcome<u64> {
    let timers = timers(vm)?;
    let source = u64::from(timers.frequency(timer).unwrap_or(0));
    Ok(source / (u64::from(timers.get(timer, TimerValue::Prescaler)) + 1))
}

fn frequency(vm: &Vm, args: Args) -> Outcome {
    let pwm = receiver(vm, args.at(0))?;
    if let Some(word) = args.get(1) {
        set_frequency(vm, pwm, word)?;
        apply(vm, pwm)?;
        return Ok(Word::NONE);
    }
    let ((timer, _), timers) = (pwm.place(), timers(vm)?);
    if !timers.is_started(timer) {
        return Ok(Word::int(0));
    }
    vm.new_int((rate(vm, timer)? / (u64::from(timers.get(timer, TimerValue::Period)) + 1)) as i64)
}

fn duty(vm: &Vm, args: Args, unit: isize) -> Outcome {
    let pwm = receiver(vm, args.at(0))?;
    if let Some(word) = args.get(1) {
        keep(vm, pwm, word, unit)?;
        apply(vm, pwm)?;
        return Ok(Word::NONE);
    }
    let ((timer, channel), timers) = (pwm.place(), timers(vm)?);
    if !timers.is_started(timer) {
        return Ok(Word::int(0));
    }
    let compare = u64::from(timers.get(timer, TimerValue::Compare(channel)));
    let steps = u64::from(timers.get(timer, TimerValue::Period)) + 1;
    let value = if unit == U16 { (compare * WHOLE + steps / 2) / steps } else { compare * SECOND / rate(vm, timer)?.max(1) };
    vm.new_int(value as i64)
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let (timer, channel) = receiver(vm, word)?.place();
    out.counted(vm, "<PWM TIM", timer.into())?;
    out.counted(vm, "_CH", isize::from(channel) + 1)?;
    out.text(vm, ">")
}
