//! `pyb.Servo`: motors that turn to where a pulse's length says, on X1 to X4.
//!
//! Timer 5 gives a pulse to each of them 50 times a second. A slow movement is made of small ones, by an event at the end of each
//! period: its handler is a native object that has no Python in it, so it runs in the interrupt. All four share one object, which
//! that event has as its argument.

use crate::event::{self, Source};
use crate::hardware::{ChannelMode, Counting, Mode, Pull, TimerValue, hardware};
use crate::pin;
use crate::pyb_timer::timers;
use interpreter::object::handle::{Args, Handle};
use interpreter::object::kind::{Rows, Slots, Type};
use interpreter::object::print::{Printer, Style};
use interpreter::object::real::Real;
use interpreter::object::resource::resource_type;
use interpreter::object::tuple::Tuple;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};

static SLOTS: Slots = Slots { make: Some(|vm, _, args| make(vm, args)), print: Some(print), ..Slots::NONE };
/// `Servo`. State: [0] its number from 0, [1] what all of them share.
pub static SERVO: Type = resource_type(name!(Servo), &SLOTS, ROWS);

static ALL_SLOTS: Slots = Slots { call: Some(|vm, word, _| turn(vm, word)), ..Slots::NONE };
/// What they share. State: [0] a tuple of `FIELDS` numbers for each.
static ALL: Type = resource_type(name!(Servo), &ALL_SLOTS, Rows::NONE);

table! { pub ROWS, NAMES, DOCS:
    /// angle([degrees, ms=0]): where it is; turns it there, within so many milliseconds.
    def angle(1..=3) = |vm, args| aim(vm, args, ANGLE_90, 90);
    /// speed([percent, ms=0]): the same for one that turns on and on, -100 to 100.
    def speed(1..=3) = |vm, args| aim(vm, args, SPEED_100, 100);
    /// pulse_width([microseconds]): how long its pulses are.
    def pulse_width(1..=2) = |vm, args| {
        let servo = receiver(vm, args.at(0))?;
        let Some(width) = args.get(1) else { return Ok(Word::int(servo.get(NOW))) };
        servo.set(TARGET, vm.index(width)?);
        servo.set(LEFT, 0);
        start_turning(vm, servo)
    };
    /// calibration([min, max, centre[, at_90_degrees, at_speed_100]]): the lengths of its pulses, in microseconds.
    def calibration(1..=6) = calibrate;
}

/// Servos, and channels of the timer: one on each of the pins from A0.
const COUNT: usize = 4;
const TIMER: u8 = 5;
/// The timer's function of each pin (datasheet, table 9).
const FUNCTION: u8 = 2;
const PINS: [&str; COUNT] = ["A0", "A1", "A2", "A3"];
/// Microseconds between pulses.
const PERIOD: u32 = 20_000;

// Numbers of a servo, in microseconds but for `LEFT`, which counts pulses.
const MINIMUM: usize = 0;
const MAXIMUM: usize = 1;
const CENTRE: usize = 2;
/// What is added to the centre for 90 degrees, and for full speed.
const ANGLE_90: usize = 3;
const SPEED_100: usize = 4;
const NOW: usize = 5;
const TARGET: usize = 6;
const LEFT: usize = 7;
const FIELDS: usize = 8;
/// As motors are made.
const FRESH: [isize; FIELDS] = [640, 2420, 1500, 970, 700, 1500, 1500, 0];

#[derive(Clone, Copy)]
struct Servo {
    number: u8,
    all: Handle<Tuple>,
}

impl Servo {
    fn get(self, field: usize) -> isize {
        self.all.get().tail()[usize::from(self.number) * FIELDS + field].get().int_value()
    }
    fn set(self, field: usize, value: isize) {
        self.all.get().tail()[usize::from(self.number) * FIELDS + field].set(Word::int(value));
    }
}

fn tuple(vm: &Vm, all: Word) -> Option<Handle<Tuple>> {
    vm.resource(all, &ALL).and_then(|all| Handle::from(all.state[0].get()))
}

fn receiver(vm: &Vm, word: Word) -> Outcome<Servo> {
    let servo = vm.resource(word, &SERVO).ok_or_else(|| vm.type_error("a Servo is needed"))?;
    let all = tuple(vm, servo.state[1].get()).expect("a servo has what all share");
    Ok(Servo { number: servo.state[0].get().int_value() as u8, all })
}

fn make(vm: &Vm, args: Args) -> Outcome {
    vm.expect_count(args, 1, 1)?;
    let number = u8::try_from(vm.index(args.at(0))? - 1).ok().filter(|number| usize::from(*number) < COUNT);
    let Some(number) = number else { return Err(vm.value_error("there are Servo(1) to Servo(4)")) };
    let timers = timers(vm)?;
    let Some(source) = timers.frequency(TIMER) else { return Err(crate::hardware::absent(vm)) };
    let all = match event::argument(vm, Source::timer(TIMER)).filter(|all| vm.resource(*all, &ALL).is_some()) {
        Some(all) => all,
        None => {
            let numbers: [Word; COUNT * FIELDS] = core::array::from_fn(|at| Word::int(FRESH[at % FIELDS]));
            let all = vm.new_resource(&ALL, &[vm.new_tuple(&numbers)?])?;
            timers.start(TIMER, Counting { prescaler: source / 1_000_000 - 1, period: PERIOD - 1, ..Counting::default() });
            event::set_handler(vm, Source::timer(TIMER), all, all, true)?;
            all
        }
    };
    let word = vm.new_resource(&SERVO, &[Word::int(number.into()), all])?;
    let servo = receiver(vm, word)?;
    timers.set(TIMER, TimerValue::Compare(number), servo.get(NOW) as u32);
    timers.channel(TIMER, number, ChannelMode::Pwm, false);
    let pin = pin::numbered(vm, PINS[usize::from(number)])?;
    hardware(vm)?.configure(pin, Mode::Alternate(FUNCTION), Pull::None);
    Ok(word)
}

/// Reads or sets a position: `reach` is what `scale` of it adds to the centre.
fn aim(vm: &Vm, args: Args, reach: usize, scale: isize) -> Outcome {
    let servo = receiver(vm, args.at(0))?;
    let (centre, reach) = (servo.get(CENTRE), servo.get(reach));
    let Some(position) = args.get(1) else {
        return Ok(Word::int(if reach == 0 { 0 } else { (servo.get(NOW) - centre) * scale / reach }));
    };
    let position = vm.float_value(position)?;
    servo.set(TARGET, (centre as Real + reach as Real * position / scale as Real) as isize);
    let milliseconds = vm.index_or(args.get(2), 0)?;
    servo.set(LEFT, (milliseconds / (PERIOD as isize / 1000)).max(0));
    start_turning(vm, servo)
}

/// `pyb.servo(number, width)`: in 10 µs.
///
/// # Errors
/// `OSError(ENODEV)`.
pub fn set_pulse(vm: &Vm, args: Args) -> Outcome {
    let (number, width) = (vm.index(args.at(0))?, vm.index(args.at(1))?.clamp(50, 250));
    if (1..=COUNT as isize).contains(&number) {
        timers(vm)?.set(TIMER, TimerValue::Compare(number as u8 - 1), 10 * width as u32);
    }
    Ok(Word::NONE)
}

/// `pyb.pwm(period, width)`: of all servos, and of the third; in 10 µs.
///
/// # Errors
/// `OSError(ENODEV)`.
pub fn set_period(vm: &Vm, args: Args) -> Outcome {
    let (period, width) = (vm.index(args.at(0))?, vm.index(args.at(1))?);
    let timers = timers(vm)?;
    timers.set(TIMER, TimerValue::Period, (10 * (period as u32 + 1)).wrapping_sub(1));
    timers.set(TIMER, TimerValue::Compare(2), 10 * width as u32);
    Ok(Word::NONE)
}

fn start_turning(vm: &Vm, servo: Servo) -> Outcome {
    // Not with `clamp`, which panics where a program calibrated the minimum above the maximum.
    servo.set(TARGET, servo.get(TARGET).min(servo.get(MAXIMUM)).max(servo.get(MINIMUM)));
    // The first step is taken at once; the interrupt goes on from there.
    timers(vm)?.interrupt(TIMER, false);
    turn_all(vm, servo.all)
}

/// A pulse has gone out. In the interrupt.
fn turn(vm: &Vm, word: Word) -> Outcome {
    tuple(vm, word).map_or(Ok(Word::NONE), |all| turn_all(vm, all))
}

/// Each servo's next pulse is a step closer to where it is to turn.
fn turn_all(vm: &Vm, all: Handle<Tuple>) -> Outcome {
    let timers = timers(vm)?;
    let mut turning = false;
    for servo in (0..COUNT as u8).map(|number| Servo { number, all }) {
        let (now, target, left) = (servo.get(NOW), servo.get(TARGET), servo.get(LEFT));
        if now == target {
            continue;
        }
        let next = if left <= 1 { target } else { now + (target - now) / left };
        servo.set(NOW, next);
        servo.set(LEFT, (left - 1).max(0));
        timers.set(TIMER, TimerValue::Compare(servo.number), next as u32);
        turning |= next != target;
    }
    timers.interrupt(TIMER, turning);
    Ok(Word::NONE)
}

fn calibrate(vm: &Vm, args: Args) -> Outcome {
    let servo = receiver(vm, args.at(0))?;
    match args.len() {
        1 => {
            let centre = servo.get(CENTRE);
            let offset = |field| centre + servo.get(field);
            let fields = [servo.get(MINIMUM), servo.get(MAXIMUM), centre, offset(ANGLE_90), offset(SPEED_100)];
            return vm.new_tuple(&fields.map(Word::int));
        }
        4 | 6 => {}
        _ => return Err(vm.type_error("calibration takes 0, 3 or 5 arguments")),
    }
    let mut fields = [0; 5];
    for (index, field) in fields[..args.len() - 1].iter_mut().enumerate() {
        *field = vm.index(args.at(index + 1))?;
    }
    (0..args.len() - 1).for_each(|at| servo.set(at, if at < ANGLE_90 { fields[at] } else { fields[at] - fields[CENTRE] }));
    Ok(Word::NONE)
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let servo = receiver(vm, word)?;
    out.counted(vm, "<Servo ", isize::from(servo.number) + 1)?;
    out.counted(vm, " at ", servo.get(NOW))?;
    out.text(vm, "us>")
}
