//! The board's timers, in real time: where a counter is follows from when it was at 0, and a thread waits for what the program wants to
//! know of. A period that ends faster than a thread can wake is one event for several, as it is for a program that is busy.

use super::line;
use super::pins::{self, Pins, Pulses};
use crate::time::Alarm;
use machine::boards::PYBOARD;
use machine::event::{self, Source};
use machine::{Break, ChannelMode, Counting, Direction, Mode, TimerValue, channel_of};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

const COUNT: usize = 14;
const CHANNELS: usize = 4;
const SECOND: i128 = 1_000_000_000;
/// Shortest sleep of the thread, in nanoseconds: a program hears of ten thousand periods in a second, and of no more.
const SHORTEST: i128 = 100_000;

#[derive(Clone, Copy, Default)]
struct Channel {
    mode: Option<ChannelMode>,
    low: bool,
    compare: u32,
    /// What happens on it raises an event.
    told: bool,
    /// How often the counter has met the compare value.
    met: i128,
}

#[derive(Clone, Copy, Default)]
struct Timer {
    started: bool,
    counting: Counting,
    /// What it counts before its prescaler, in Hz.
    source: i128,
    /// When it was at 0, in nanoseconds.
    since: i128,
    /// How many periods have ended, and whether one did that nobody has taken.
    ended: i128,
    end: bool,
    told: bool,
    channels: [Channel; CHANNELS],
    /// The channels, as bits, on which something happened that the program has not been told of.
    happened: u8,
    dead: (u32, Option<Break>),
    /// Which edges an encoder's turns are counted by, and where it is.
    encoder: Option<(u8, u32)>,
}

impl Timer {
    /// Steps since it was at 0.
    fn steps(&self, now: i128) -> i128 {
        (now - self.since) * self.source / (SECOND * (i128::from(self.counting.prescaler) + 1))
    }

    /// When it will have taken so many.
    fn time_of(&self, steps: i128) -> i128 {
        let scale = SECOND * (i128::from(self.counting.prescaler) + 1);
        self.since + (steps * scale + self.source - 1) / self.source.max(1)
    }

    /// Steps until it is where it was; twice as many as a period's where it counts up and down.
    fn round(&self) -> i128 {
        let period = i128::from(self.counting.period);
        if self.counting.direction == Direction::Centre { (2 * period).max(1) } else { period + 1 }
    }

    /// Steps from one end of a period to the next.
    fn period(&self) -> i128 {
        if self.counting.direction == Direction::Centre { i128::from(self.counting.period).max(1) } else { self.round() }
    }

    fn counter(&self, now: i128) -> u32 {
        if let Some((_, counter)) = self.encoder {
            return counter;
        }
        let (at, period) = (self.steps(now).rem_euclid(self.round()), i128::from(self.counting.period));
        let counter = match self.counting.direction {
            Direction::Up => at,
            Direction::Down => period - at,
            Direction::Centre => at.min(self.round() - at),
        };
        counter as u32
    }

    /// Lets it go on from a counter of this value; what had ended before is remembered.
    fn go_on(&mut self, counter: u32, now: i128) {
        let at = i128::from(counter.min(self.counting.period));
        let steps = if self.counting.direction == Direction::Down { i128::from(self.counting.period) - at } else { at };
        (self.since, self.ended) = (0, 0);
        self.since = now - self.time_of(steps);
        for channel in 0..CHANNELS {
            self.channels[channel].met = self.meetings(channel, now);
        }
    }

    /// How often the counter has met a channel's compare value.
    fn meetings(&self, channel: usize, now: i128) -> i128 {
        match self.meeting(channel) {
            Some(first) => (self.steps(now) - first).div_euclid(self.round()) + 1,
            None => 0,
        }
    }

    /// Steps to where it first meets it, if it ever does.
    fn meeting(&self, channel: usize) -> Option<i128> {
        let (compare, period) = (self.channels[channel].compare, self.counting.period);
        let at = if self.counting.direction == Direction::Down { period.wrapping_sub(compare) } else { compare };
        (compare <= period && self.encoder.is_none()).then_some(at.into())
    }

    /// Looks at what has happened meanwhile; answers the channels on which something did, as bits.
    fn look(&mut self, now: i128) -> u8 {
        if !self.started || self.encoder.is_some() {
            return 0;
        }
        let ended = self.steps(now) / self.period();
        self.end |= ended > self.ended;
        self.ended = ended;
        let mut happened = 0;
        for channel in 0..CHANNELS {
            let met = self.meetings(channel, now);
            let Channel { mode, met: before, told, .. } = self.channels[channel];
            let compares = mode.is_some_and(|mode| !is_capture(mode));
            happened |= u8::from(compares && told && met > before) << channel;
            self.channels[channel].met = met;
        }
        happened
    }

    /// When something happens next that the program wants to know of.
    fn next(&self) -> Option<i128> {
        if !self.started || self.encoder.is_some() {
            return None;
        }
        let end = self.told.then(|| self.time_of((self.ended + 1) * self.period()));
        let meets = |channel: usize| {
            let Channel { told, mode, met, .. } = self.channels[channel];
            let first = self.meeting(channel).filter(|_| told && mode.is_some_and(|mode| !is_capture(mode)))?;
            Some(self.time_of(first + met * self.round()))
        };
        (0..CHANNELS).filter_map(meets).chain(end).min()
    }

    /// The level of an output, and its pulses.
    fn output(&self, channel: usize, complement: bool, now: i128) -> Option<(bool, Pulses)> {
        let Channel { mode, low, compare, met, .. } = self.channels[channel];
        let mode = mode.filter(|mode| self.started && !is_capture(*mode) && *mode != ChannelMode::Timing)?;
        let hertz = self.source as f64 / (f64::from(self.counting.prescaler) + 1.0) / self.round() as f64;
        let whole = match self.counting.direction {
            Direction::Centre => f64::from(self.counting.period.max(1)),
            _ => f64::from(self.counting.period) + 1.0,
        };
        let part = (f64::from(compare) / whole).min(1.0);
        let below = self.counter(now) < compare;
        let (level, hertz, duty) = match mode {
            ChannelMode::Pwm => (below, hertz, part),
            ChannelMode::PwmInverted => (!below, hertz, 1.0 - part),
            ChannelMode::Toggle => (met % 2 == 1, hertz / 2.0, 0.5),
            ChannelMode::Active | ChannelMode::ForcedActive => (true, 0.0, 1.0),
            _ => (false, 0.0, 0.0),
        };
        let inverted = low != complement;
        Some((level != inverted, Pulses { hertz, duty: if inverted { 1.0 - duty } else { duty } }))
    }
}

fn is_capture(mode: ChannelMode) -> bool {
    matches!(mode, ChannelMode::CaptureRising | ChannelMode::CaptureFalling | ChannelMode::CaptureBoth)
}

/// The timer, the channel and whether it is its complement, that a pin belongs to in this mode.
fn output_of(pin: usize, mode: Mode) -> Option<(u8, usize, bool)> {
    let (Mode::Alternate(wanted) | Mode::AlternateOpenDrain(wanted)) = mode else { return None };
    let (_, name) = PYBOARD[pin].functions().find(|(function, name)| *function == wanted && channel_of(name).is_some())?;
    let (timer, channel) = channel_of(name)?;
    // `TIM8_ETR` and the like are no channels.
    (usize::from(channel) < CHANNELS).then_some((timer, channel.into(), name.ends_with('N')))
}

type Shared = Arc<Mutex<[Timer; COUNT]>>;

fn lock(shared: &Shared) -> std::sync::MutexGuard<'_, [Timer; COUNT]> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// All of them.
pub struct Timers {
    shared: Shared,
    alarm: Alarm,
    pins: &'static Pins,
    /// What timers count before their prescaler, in Hz: those of the slower bus, and of the faster.
    sources: [AtomicU32; 2],
}

/// The time in nanoseconds.
fn now() -> i128 {
    line::elapsed().as_nanos() as i128
}

/// Raises the events of what has happened, and says when something will next.
fn raise(shared: &Shared) -> Option<Instant> {
    let mut timers = lock(shared);
    let (now, mut any) = (now(), false);
    for (number, timer) in (1..).zip(timers.iter_mut()) {
        let happened = std::mem::take(&mut timer.happened) | timer.look(now);
        if timer.told && std::mem::take(&mut timer.end) {
            event::note(Source::timer(number));
            any = true;
        }
        for channel in (0..CHANNELS as u8).filter(|channel| happened & 1 << channel != 0) {
            event::note(Source::channel(number, channel));
            any = true;
        }
    }
    let next = next(&*timers, now);
    drop(timers);
    if any {
        line::ask_for_attention();
    }
    next
}

/// When the program is to be told of something next: at once, if something has happened, else after a while at least.
fn next(timers: &[Timer], now: i128) -> Option<Instant> {
    if timers.iter().any(|timer| timer.told && timer.end || timer.happened != 0) {
        return Some(Instant::now());
    }
    let next = timers.iter().filter_map(Timer::next).min()?;
    Some(Instant::now() + Duration::from_nanos((next - now).max(SHORTEST) as u64))
}

impl Timers {
    /// All stopped.
    pub fn new(pins: &'static Pins) -> Timers {
        let sources = [AtomicU32::new(84_000_000), AtomicU32::new(168_000_000)];
        Timers { shared: Shared::default(), alarm: Alarm::new(), pins, sources }
    }

    /// Stops all of them.
    pub fn reset(&self) {
        *lock(&self.shared) = Default::default();
    }

    /// Their clocks are other ones now, in Hz, of the slower bus and of the faster; counters go on from where they are.
    pub fn set_sources(&self, sources: [u32; 2]) {
        self.sources.iter().zip(sources).for_each(|(place, source)| place.store(source, Relaxed));
        for number in 1..=COUNT as u8 {
            self.change(number, |timer, now| {
                let counter = timer.counter(now);
                timer.source = self.source(number).into();
                timer.go_on(counter, now);
            });
        }
    }

    fn source(&self, number: u8) -> u32 {
        self.sources[usize::from(matches!(number, 1 | 8..=11))].load(Relaxed)
    }

    /// The pulses at a pin that is in this mode.
    pub fn pulses(&self, pin: usize, mode: Mode) -> Option<Pulses> {
        self.output(pin, mode).map(|(_, pulses)| pulses)
    }

    /// The level of those at this moment.
    pub fn level(&self, pin: usize, mode: Mode) -> Option<bool> {
        self.output(pin, mode).map(|(level, _)| level)
    }

    fn output(&self, pin: usize, mode: Mode) -> Option<(bool, Pulses)> {
        let (timer, channel, complement) = output_of(pin, mode)?;
        let mut timers = lock(&self.shared);
        let (timer, now) = (&mut timers[usize::from(timer) - 1], now());
        timer.output(channel, complement, now)
    }

    /// Somebody outside has changed the level of a pin: a channel catches the counter, or an encoder turns.
    pub fn edge(&self, pin: usize, mode: Mode, level: bool) {
        let Some((number, channel, _)) = output_of(pin, mode) else { return };
        let other = self.other_level(number, channel);
        let caught = self.on(number, |timer, now| {
            if let Some((edges, counter)) = timer.encoder {
                // Edges of one channel count up where the other has another level, of the other where it has the same (RM0090 §18.3.12).
                let counts = channel < 2 && edges & 1 << channel != 0;
                let up = (level == other) == (channel == 1);
                let (period, step) = (timer.counting.period, if up { 1 } else { -1 });
                let turned = (i64::from(counter) + step).rem_euclid(i64::from(period) + 1) as u32;
                timer.encoder = Some((edges, if counts { turned } else { counter }));
                return false;
            }
            let wanted = match timer.channels[channel].mode {
                Some(ChannelMode::CaptureRising) => level,
                Some(ChannelMode::CaptureFalling) => !level,
                Some(ChannelMode::CaptureBoth) => true,
                _ => false,
            };
            if timer.started && wanted {
                timer.channels[channel].compare = timer.counter(now);
            }
            timer.started && wanted && timer.channels[channel].told
        });
        if caught {
            event::note(Source::channel(number, channel as u8));
            line::ask_for_attention();
        }
    }

    /// The level at the pin of an encoder's other channel.
    fn other_level(&self, timer: u8, channel: usize) -> bool {
        let is_it = |pin: usize| {
            let found = output_of(pin, self.pins.get(pin).mode);
            found.is_some_and(|(number, other, _)| number == timer && other < 2 && other != channel)
        };
        (0..pins::COUNT).find(|pin| is_it(*pin)).is_some_and(|pin| self.pins.get(pin).level())
    }

    fn on<R>(&self, number: u8, action: impl FnOnce(&mut Timer, i128) -> R) -> R {
        let mut timers = lock(&self.shared);
        let now = now();
        let timer = &mut timers[usize::from(number) - 1];
        timer.happened |= timer.look(now);
        action(timer, now)
    }

    /// Changes a timer, and what is to be seen of it.
    fn change<R>(&self, number: u8, action: impl FnOnce(&mut Timer, i128) -> R) -> R {
        let result = self.on(number, action);
        let shared = Arc::clone(&self.shared);
        self.alarm.set(next(&*lock(&self.shared), now()), move || raise(&shared));
        for pin in 0..pins::COUNT {
            let mode = self.pins.get(pin).mode;
            if output_of(pin, mode).is_some_and(|(timer, ..)| timer == number) {
                let pulses = self.pulses(pin, mode);
                self.pins.change(pin, |pin| pin.pulses = pulses);
            }
        }
        result
    }

    /// How many periods have ended since it was started: what converters go by.
    pub fn ended(&self, number: u8) -> u64 {
        self.on(number, |timer, _| timer.ended.max(0) as u64)
    }
}

impl machine::Timers for Timers {
    fn frequency(&self, number: u8) -> Option<u32> {
        (1..=COUNT as u8).contains(&number).then(|| self.source(number))
    }

    fn longest(&self, number: u8) -> u32 {
        if matches!(number, 2 | 5) { u32::MAX } else { 0xFFFF }
    }

    fn channels(&self, number: u8) -> u8 {
        match number {
            1..=5 | 8 => 4,
            9 | 12 => 2,
            6 | 7 => 0,
            _ => 1,
        }
    }

    fn start(&self, number: u8, counting: Counting) {
        let source = self.source(number).into();
        self.change(number, |timer, now| {
            let Timer { channels, dead, .. } = *timer;
            *timer = Timer { started: true, counting, source, channels, dead, ..Timer::default() };
            timer.go_on(if counting.direction == Direction::Down { counting.period } else { 0 }, now);
        });
    }

    fn counting(&self, number: u8) -> Counting {
        self.on(number, |timer, _| timer.counting)
    }

    fn set_dead_time(&self, number: u8, ticks: u32, brk: Break) -> bool {
        let is_advanced = matches!(number, 1 | 8);
        if is_advanced {
            self.on(number, |timer, _| timer.dead = (ticks, Some(brk)));
        }
        is_advanced
    }

    fn dead_time(&self, number: u8) -> Option<(u32, Break)> {
        let (ticks, brk) = matches!(number, 1 | 8).then(|| self.on(number, |timer, _| timer.dead))?;
        Some((ticks, brk.unwrap_or_default()))
    }

    fn stop(&self, number: u8) {
        self.change(number, |timer, _| *timer = Timer::default());
    }

    fn is_started(&self, number: u8) -> bool {
        self.on(number, |timer, _| timer.started)
    }

    fn interrupt(&self, number: u8, on: bool) {
        self.change(number, |timer, _| (timer.told, timer.end) = (on, false));
    }

    fn get(&self, number: u8, value: TimerValue) -> u32 {
        self.on(number, |timer, now| match value {
            TimerValue::Prescaler => timer.counting.prescaler,
            TimerValue::Period => timer.counting.period,
            TimerValue::Counter => timer.counter(now),
            TimerValue::Compare(channel) => timer.channels[usize::from(channel)].compare,
        })
    }

    fn set(&self, number: u8, value: TimerValue, to: u32) {
        self.change(number, |timer, now| {
            let counter = timer.counter(now);
            match value {
                TimerValue::Prescaler => timer.counting.prescaler = to,
                TimerValue::Period => timer.counting.period = to,
                TimerValue::Compare(channel) => {
                    let channel = usize::from(channel);
                    timer.channels[channel].compare = to;
                    timer.channels[channel].met = timer.meetings(channel, now);
                    return;
                }
                TimerValue::Counter if timer.encoder.is_some() => {
                    timer.encoder = timer.encoder.map(|(edges, _)| (edges, to));
                    return;
                }
                TimerValue::Counter => {}
            }
            timer.go_on(if value == TimerValue::Counter { to } else { counter }, now);
        });
    }

    fn channel(&self, number: u8, channel: u8, mode: ChannelMode, low: bool) {
        let channel = usize::from(channel);
        self.change(number, |timer, now| {
            (timer.channels[channel].mode, timer.channels[channel].low) = (Some(mode), low);
            timer.channels[channel].met = timer.meetings(channel, now);
        });
    }

    fn channel_off(&self, number: u8, channel: u8) {
        self.change(number, |timer, _| timer.channels[usize::from(channel)].mode = None);
    }

    fn interrupt_channel(&self, number: u8, channel: u8, on: bool) {
        self.change(number, |timer, now| {
            timer.channels[usize::from(channel)].told = on;
            timer.happened &= !(1 << channel);
            timer.channels[usize::from(channel)].met = timer.meetings(channel.into(), now);
        });
    }

    /// Converters ask for themselves (`ended`).
    fn signal_updates(&self, _: u8) {}

    fn take_end(&self, number: u8) -> bool {
        self.on(number, |timer, _| !timer.told && std::mem::take(&mut timer.end))
    }

    fn encoder(&self, number: u8, mode: u8) {
        // Edges of the first channel, of the second, of both are the modes 1, 2 and 3: bits of the channels.
        self.change(number, |timer, _| timer.encoder = Some((mode, 0)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A timer that counts a million steps in a second, started at 0.
    fn timer(period: u32, direction: Direction) -> Timer {
        let counting = Counting { prescaler: 83, period, direction, division: 0 };
        Timer { started: true, source: 84_000_000, counting, ..Timer::default() }
    }

    const STEP: i128 = 1000;

    #[test]
    fn a_counter_goes_up_down_and_both_ways() {
        let at = |direction, steps: i128| timer(9, direction).counter(steps * STEP);
        assert_eq!([0, 9, 10, 25].map(|steps| at(Direction::Up, steps)), [0, 9, 0, 5]);
        assert_eq!([0, 9, 10, 25].map(|steps| at(Direction::Down, steps)), [9, 0, 9, 4]);
        assert_eq!([0, 9, 10, 18, 25].map(|steps| at(Direction::Centre, steps)), [0, 9, 8, 0, 7]);
    }

    #[test]
    fn a_counter_goes_on_from_where_it_is_put() {
        for direction in [Direction::Up, Direction::Down, Direction::Centre] {
            let mut timer = timer(999, direction);
            timer.go_on(300, 123_456_789);
            assert_eq!(timer.counter(123_456_789), 300, "{direction:?}");
            timer.counting.prescaler = 7;
            timer.go_on(301, 5 * SECOND + 1);
            assert_eq!(timer.counter(5 * SECOND + 1), 301, "{direction:?}");
        }
    }

    #[test]
    fn ends_and_meetings_come_when_they_are_foretold() {
        let mut timer = timer(99, Direction::Up);
        timer.told = true;
        assert_eq!(timer.next(), Some(100 * STEP));
        timer.channels[1] = Channel { mode: Some(ChannelMode::Timing), compare: 30, told: true, ..Channel::default() };
        assert_eq!(timer.next(), Some(30 * STEP));
        assert_eq!((timer.look(29 * STEP), timer.look(30 * STEP), timer.look(31 * STEP), timer.end), (0, 0b10, 0, false));
        assert_eq!(timer.next(), Some(100 * STEP));
        // Three periods later that is still one event of each.
        assert_eq!((timer.look(350 * STEP), timer.end, timer.next()), (0b10, true, Some(400 * STEP)));
    }

    #[test]
    fn a_pulse_is_as_long_as_its_compare_value() {
        let mut timer = timer(999, Direction::Up);
        timer.channels[0] = Channel { mode: Some(ChannelMode::Pwm), compare: 250, ..Channel::default() };
        let output = |timer: &Timer, complement, steps: i128| timer.output(0, complement, steps * STEP).expect("it is one");
        assert_eq!(output(&timer, false, 249), (true, Pulses { hertz: 1000.0, duty: 0.25 }));
        assert_eq!(output(&timer, true, 250), (true, Pulses { hertz: 1000.0, duty: 0.75 }));
        timer.counting.direction = Direction::Centre;
        assert!((output(&timer, false, 0).1.hertz - 500.5).abs() < 0.1);
        timer.channels[0].mode = Some(ChannelMode::CaptureBoth);
        assert!(timer.output(0, false, 0).is_none());
    }

    #[test]
    fn a_pin_belongs_to_the_channel_that_its_function_names() {
        let pin = |name| pins::named(name).expect("the board has it");
        assert_eq!(output_of(pin("X1"), Mode::Alternate(1)), Some((2, 0, false)));
        assert_eq!(output_of(pin("X8"), Mode::Alternate(1)), Some((1, 0, true)));
        assert_eq!(output_of(pin("X1"), Mode::Alternate(3)), None, "TIM8_ETR");
        assert_eq!(output_of(pin("X1"), Mode::Output), None);
    }
}
