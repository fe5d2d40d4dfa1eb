//! `machine.Pin`, which is `pyb.Pin` too.
//!
//! A pin is known by the board's name (`X1`), by the chip's (`A0`), or as an attribute: `Pin.board.X1`, `Pin.cpu.A0`. All of them
//! make objects of one pin, which compare equal.

use crate::event::{self, Source};
use crate::hardware::{Edges, Mode, Pull, hardware};
use interpreter::modules::BuiltinModule;
use interpreter::object::handle::Args;
use interpreter::object::kind::{Binary, Slots, Type, Unary};
use interpreter::object::name::Name;
use interpreter::object::print::{Printer, Style};
use interpreter::object::resource::resource_type;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::raise::Part;
use interpreter::vm::{Outcome, Vm};

static SLOTS: Slots = Slots {
    make: Some(|vm, _, args| make(vm, args)),
    call: Some(|vm, word, args| {
        let pin = number(vm, word)?;
        level(vm, pin, args.get(0))
    }),
    print: Some(print),
    binary: Some(binary),
    unary: Some(|vm, operator, word| match operator {
        Unary::Hash => Ok(Word::int(number(vm, word)? as isize)),
        _ => Ok(Word::NOT_IMPLEMENTED),
    }),
    ..Slots::NONE
};

/// `Pin`. State: [0] the pin's number.
pub static PIN: Type = resource_type(name!(Pin), &SLOTS, ROWS);

/// `Pin.board` and `Pin.cpu`: a pin for each name.
static BOARD: BuiltinModule = BuiltinModule::new(name!(board), &[]).with(|vm, name| named(vm, name, false));
static CPU: BuiltinModule = BuiltinModule::new(name!(cpu), &[]).with(|vm, name| named(vm, name, true));

/// Further names that this file uses.
pub const MORE: &[&str] =
    &["board", "cpu", "mode", "pull", "value", "alt", "af", "handler", "trigger", "hard", "priority", "wake"];

table! { pub ROWS, NAMES, DOCS:
    /// init(mode[, pull], *, value, alt): sets the pin up.
    def init(1..=3, keywords) = |vm, args| { let pin = number(vm, args.at(0))?; configure(vm, pin, args.skip(1))?; Ok(Word::NONE) };
    /// value([level]): reads or sets the level.
    def value(1..=2) = |vm, args| { let pin = number(vm, args.at(0))?; level(vm, pin, args.get(1)) };
    /// on(): drives the pin high.
    def on(1) = |vm, args| drive(vm, args, true);
    /// off(): drives the pin low.
    def off(1) = |vm, args| drive(vm, args, false);
    /// high(): drives the pin high.
    def high(1) = |vm, args| drive(vm, args, true);
    /// low(): drives the pin low.
    def low(1) = |vm, args| drive(vm, args, false);
    /// toggle(): drives the pin to the other level.
    def toggle(1) = |vm, args| {
        let pin = number(vm, args.at(0))?;
        let now = hardware(vm)?.read(pin);
        drive(vm, args, !now)
    };
    /// irq(handler=None, trigger=Pin.IRQ_RISING | Pin.IRQ_FALLING, *, hard=False): calls handler(pin) when the level changes so; None
    /// ends that. A hard handler is called in the interrupt itself, and may not allocate.
    def irq(1..=3, keywords) = irq;
    /// name(): the chip's name of it.
    def name(1) = |vm, args| { let pin = number(vm, args.at(0))?; vm.new_str(hardware(vm)?.pins()[pin].chip) };
    /// names(): the chip's name, then the board's.
    def names(1) = names;
    /// port(): its port, 0 for A.
    def port(1) = |vm, args| { let pin = number(vm, args.at(0))?; Ok(Word::int(hardware(vm)?.pins()[pin].port().into())) };
    /// pin(): its number in the port.
    def pin(1) = |vm, args| { let pin = number(vm, args.at(0))?; Ok(Word::int(hardware(vm)?.pins()[pin].number().into())) };
    /// mode(): how the pin is set up.
    def mode(1) = |vm, args| { let pin = number(vm, args.at(0))?; Ok(Word::int(mode_number(hardware(vm)?.configuration(pin).0))) };
    /// pull(): what holds the pin.
    def pull(1) = |vm, args| { let pin = number(vm, args.at(0))?; Ok(Word::int(hardware(vm)?.configuration(pin).1 as isize)) };
    /// af(): the number of the function that it is given to, 0 where it is to none.
    def af(1) = |vm, args| {
        let pin = number(vm, args.at(0))?;
        Ok(Word::int(function(hardware(vm)?.configuration(pin).0).unwrap_or(0).into()))
    };
    /// af_list(): names of the functions that it can be given to, as `AF1_TIM2`: what `alt` takes.
    def af_list(1) = functions;
    /// Pins by the board's names.
    const board = Word::of_static(&BOARD);
    /// Pins by the chip's names.
    const cpu = Word::of_static(&CPU);
    /// An input.
    const IN = Word::int(IN);
    /// An output that drives both ways.
    const OUT = Word::int(OUT);
    /// An output that drives low and lets go for high.
    const OPEN_DRAIN = Word::int(OPEN);
    /// Given to a peripheral.
    const ALT = Word::int(ALT);
    /// Given to a peripheral, driving low alone.
    const ALT_OPEN_DRAIN = Word::int(ALT_OPEN);
    /// Given to the analogue parts.
    const ANALOG = Word::int(ANALOG);
    /// An output, by `pyb`'s name.
    const OUT_PP = Word::int(OUT);
    /// An open-drain output, by `pyb`'s name.
    const OUT_OD = Word::int(OPEN);
    /// `ALT`, by `pyb`'s name.
    const AF_PP = Word::int(ALT);
    /// `ALT_OPEN_DRAIN`, by `pyb`'s name.
    const AF_OD = Word::int(ALT_OPEN);
    /// No resistor.
    const PULL_NONE = Word::int(Pull::None as isize);
    /// A resistor to the supply.
    const PULL_UP = Word::int(Pull::Up as isize);
    /// A resistor to ground.
    const PULL_DOWN = Word::int(Pull::Down as isize);
    /// When the level rises.
    const IRQ_RISING = Word::int(RISING);
    /// When the level falls.
    const IRQ_FALLING = Word::int(FALLING);
}

const IN: isize = 0;
const OUT: isize = 1;
const ALT: isize = 2;
const ANALOG: isize = 3;
const OPEN: isize = 0x11;
const ALT_OPEN: isize = 0x12;

/// Bit of rising edges.
pub const RISING: isize = 1;
/// Bit of falling edges.
pub const FALLING: isize = 2;

fn mode_number(mode: Mode) -> isize {
    match mode {
        Mode::Input => IN,
        Mode::Output => OUT,
        Mode::OpenDrain => OPEN,
        Mode::Alternate(_) => ALT,
        Mode::AlternateOpenDrain(_) => ALT_OPEN,
        Mode::Analog => ANALOG,
    }
}

fn function(mode: Mode) -> Option<u8> {
    match mode {
        Mode::Alternate(function) | Mode::AlternateOpenDrain(function) => Some(function),
        _ => None,
    }
}

/// The edges that bits say.
///
/// # Errors
/// `ValueError` for none, and for bits that mean nothing.
pub fn edges(vm: &Vm, word: Word) -> Outcome<Edges> {
    match vm.index(word)? {
        bits @ 1..=3 => Ok(Edges { rising: bits & RISING != 0, falling: bits & FALLING != 0 }),
        _ => Err(vm.value_error("a trigger is IRQ_RISING, IRQ_FALLING or both")),
    }
}

/// The number of the pin behind an object.
///
/// # Errors
/// `TypeError`.
pub fn number(vm: &Vm, word: Word) -> Outcome<usize> {
    let pin = vm.resource(word, &PIN).ok_or_else(|| vm.type_error("a Pin is needed"))?;
    Ok(pin.state[0].get().int_value() as usize)
}

/// The pin that an argument means: a pin, a name, a number.
///
/// # Errors
/// `ValueError` if there is none.
pub fn find(vm: &Vm, id: Word) -> Outcome<usize> {
    let pins = hardware(vm)?.pins();
    let found = if let Some(name) = vm.as_text(id) {
        pins.iter().position(|pin| pin.is_called(name))
    } else if vm.resource(id, &PIN).is_some() {
        Some(number(vm, id)?)
    } else {
        id.as_int().and_then(|id| usize::try_from(id).ok()).filter(|id| *id < pins.len())
    };
    found.ok_or_else(|| {
        let message = [Part::Text("Pin("), Part::Repr(id), Part::Text(") doesn't exist")];
        vm.raise(&interpreter::object::exception::VALUE_ERROR, &message)
    })
}

fn make(vm: &Vm, args: Args) -> Outcome {
    let Some(id) = args.get(0) else { return Err(vm.type_error("Pin(id) takes at least one argument")) };
    let pin = find(vm, id)?;
    configure(vm, pin, args.skip(1))?;
    vm.new_resource(&PIN, &[Word::int(pin as isize)])
}

/// A pin as an attribute of `Pin.board` or `Pin.cpu`.
fn named(vm: &Vm, name: Name, chip: bool) -> Outcome {
    let text = vm.name_text(name);
    let is = |pin: &&crate::boards::PinRow| if chip { pin.chip == text } else { pin.chip != text && pin.is_called(text) };
    match hardware(vm)?.pins().iter().position(|pin| is(&pin)) {
        Some(pin) => vm.new_resource(&PIN, &[Word::int(pin as isize)]),
        None => Ok(Word::UNSET),
    }
}

/// `mode`, `pull`, `value` and `alt`, each optional, by position or keyword.
fn configure(vm: &Vm, pin: usize, args: Args) -> Outcome<()> {
    let hardware = hardware(vm)?;
    let option = |index, name| args.get(index).or_else(|| args.keyword(name)).filter(|word| *word != Word::NONE);
    vm.only_keywords(args, &[name!(mode), name!(pull), name!(value), name!(alt), name!(af)])?;
    let (mut mode, mut pull) = hardware.configuration(pin);
    if let Some(word) = option(0, name!(mode)) {
        let alt = args.keyword(name!(alt)).or_else(|| args.keyword(name!(af))).unwrap_or(Word::int(-1));
        mode = mode_argument(vm, pin, word, alt)?;
    }
    if let Some(word) = option(1, name!(pull)) {
        pull = match word.as_int() {
            Some(0) => Pull::None,
            Some(1) => Pull::Up,
            Some(2) => Pull::Down,
            _ => return Err(vm.value_error("invalid pull; there are Pin.PULL_NONE, Pin.PULL_UP and Pin.PULL_DOWN")),
        };
    }
    // The level first, so that an output never shows the old one.
    if let Some(value) = args.keyword(name!(value)).filter(|word| *word != Word::NONE) {
        hardware.write(pin, vm.truth(value)?);
    }
    hardware.configure(pin, mode, pull);
    Ok(())
}

fn mode_argument(vm: &Vm, pin: usize, mode: Word, alt: Word) -> Outcome<Mode> {
    let function = || {
        let functions = || hardware(vm).map(|hardware| hardware.pins()[pin].functions());
        let found = match vm.as_text(alt) {
            Some(name) => functions()?.find(|(number, function)| is_called(name, *number, function)).map(|(number, _)| number),
            None => u8::try_from(vm.index(alt)?).ok().filter(|number| *number < 16),
        };
        found.ok_or_else(|| vm.value_error("the pin has no such function: Pin.af_list() says which it has"))
    };
    match mode.as_int() {
        Some(IN) => Ok(Mode::Input),
        Some(OUT) => Ok(Mode::Output),
        Some(OPEN) => Ok(Mode::OpenDrain),
        Some(ALT) => Ok(Mode::Alternate(function()?)),
        Some(ALT_OPEN) => Ok(Mode::AlternateOpenDrain(function()?)),
        Some(ANALOG) => Ok(Mode::Analog),
        _ => Err(vm.value_error("invalid pin mode; there are Pin.IN, OUT, OPEN_DRAIN, ALT, ALT_OPEN_DRAIN and ANALOG")),
    }
}

/// Whether `AF7_USART1`, `USART1_TX` or `USART1` means a function.
fn is_called(name: &str, number: u8, function: &str) -> bool {
    let unit = function.split('_').next().unwrap_or(function);
    let short = match name.strip_prefix("AF").and_then(|rest| rest.split_once('_')) {
        Some((digits, short)) if digits.parse() == Ok(number) => short,
        Some(_) => return false,
        None => name,
    };
    short == function || short == unit
}

/// The timer and the channel, from 0, that the name of a pin's function means: `TIM8_CH1N` is 8 and 0.
pub fn channel_of(name: &str) -> Option<(u8, u8)> {
    let (timer, channel) = name.strip_prefix("TIM")?.split_once("_CH")?;
    let timer = timer.bytes().fold(0, |value, digit| value * 10 + (digit - b'0'));
    Some((timer, channel.as_bytes()[0] - b'1'))
}

/// The number of the pin that the chip calls so.
///
/// # Errors
/// `OSError(ENODEV)` on a board without it.
pub fn numbered(vm: &Vm, name: &str) -> Outcome<usize> {
    hardware(vm)?.pins().iter().position(|pin| pin.chip == name).ok_or_else(|| crate::hardware::absent(vm))
}

/// Gives a pin to a timer's channel, from 0, by its table of functions.
///
/// # Errors
/// `ValueError` for a pin that cannot be given to it.
pub fn give(vm: &Vm, pin: Word, timer: u8, channel: Option<u8>) -> Outcome<()> {
    let (pin, hardware) = (find(vm, pin)?, hardware(vm)?);
    let is_it = |name| channel_of(name).is_some_and(|(unit, number)| unit == timer && channel.is_none_or(|it| it == number));
    match hardware.pins()[pin].functions().find(|(_, name)| is_it(name)) {
        Some((function, _)) => {
            hardware.configure(pin, Mode::Alternate(function), Pull::None);
            Ok(())
        }
        None => Err(vm.value_error("the pin cannot be given to that timer's channel: Pin.af_list() says what it can do")),
    }
}

fn functions(vm: &Vm, args: Args) -> Outcome {
    let row = &hardware(vm)?.pins()[number(vm, args.at(0))?];
    let list = vm.new_list(&[])?;
    for (number, function) in row.functions() {
        let unit = function.split('_').next().unwrap_or(function);
        let mut text = interpreter::object::print::Builder::new();
        text.push(vm, b"AF")?;
        if number >= 10 {
            text.push(vm, b"1")?;
        }
        text.push(vm, &[b'0' + number % 10, b'_'])?;
        text.push(vm, unit.as_bytes())?;
        let text = text.finish_str(vm)?;
        vm.call_method(list, name!(append), &[text])?;
    }
    Ok(list)
}

fn names(vm: &Vm, args: Args) -> Outcome {
    let row = &hardware(vm)?.pins()[number(vm, args.at(0))?];
    let list = vm.new_list(&[])?;
    for name in [row.chip].into_iter().chain(row.names.split(' ')).filter(|name| !name.is_empty()) {
        let name = vm.new_str(name)?;
        vm.call_method(list, name!(append), &[name])?;
    }
    Ok(list)
}

fn level(vm: &Vm, pin: usize, new: Option<Word>) -> Outcome {
    let hardware = hardware(vm)?;
    match new {
        None => return Ok(Word::int(hardware.read(pin) as isize)),
        Some(value) => hardware.write(pin, vm.truth(value)?),
    }
    Ok(Word::NONE)
}

fn drive(vm: &Vm, args: Args, level: bool) -> Outcome {
    hardware(vm)?.write(number(vm, args.at(0))?, level);
    Ok(Word::NONE)
}

/// `irq`; the object that it answers is the pin's own.
fn irq(vm: &Vm, args: Args) -> Outcome {
    vm.only_keywords(args, &[name!(handler), name!(trigger), name!(hard), name!(priority), name!(wake)])?;
    let pin = number(vm, args.at(0))?;
    let option = |index, name| args.get(index).or_else(|| args.keyword(name));
    let handler = option(1, name!(handler)).unwrap_or(Word::NONE);
    let edges = edges(vm, option(2, name!(trigger)).unwrap_or(Word::int(RISING | FALLING)))?;
    let hard = args.keyword(name!(hard)).map_or(Ok(false), |word| vm.truth(word))?;
    watch(vm, pin, handler, args.at(0), edges, hard)?;
    Ok(args.at(0))
}

/// Calls `handler(argument)` at edges of a pin; `NONE` ends that.
///
/// # Errors
/// `MemoryError`.
pub fn watch(vm: &Vm, pin: usize, handler: Word, argument: Word, edges: Edges, hard: bool) -> Outcome<()> {
    let hardware = hardware(vm)?;
    let source = Source::line(hardware.pins()[pin].number());
    hardware.watch(pin, Edges::default());
    event::set_handler(vm, source, handler, argument, hard)?;
    if handler != Word::NONE {
        hardware.watch(pin, edges);
    }
    Ok(())
}

fn binary(vm: &Vm, operator: Binary, a: Word, b: Word) -> Outcome {
    match (operator, vm.resource(b, &PIN)) {
        (Binary::Equal, Some(_)) => Ok(Word::bool(number(vm, a)? == number(vm, b)?)),
        (Binary::NotEqual, Some(_)) => Ok(Word::bool(number(vm, a)? != number(vm, b)?)),
        _ => Ok(Word::NOT_IMPLEMENTED),
    }
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let pin = number(vm, word)?;
    let hardware = hardware(vm)?;
    let (mode, pull) = hardware.configuration(pin);
    out.text(vm, "Pin(Pin.cpu.")?;
    out.text(vm, hardware.pins()[pin].chip)?;
    out.text(
        vm,
        match mode {
            Mode::Input => ", mode=Pin.IN",
            Mode::Output => ", mode=Pin.OUT",
            Mode::OpenDrain => ", mode=Pin.OPEN_DRAIN",
            Mode::Alternate(_) => ", mode=Pin.ALT",
            Mode::AlternateOpenDrain(_) => ", mode=Pin.ALT_OPEN_DRAIN",
            Mode::Analog => ", mode=Pin.ANALOG",
        },
    )?;
    out.text(
        vm,
        match pull {
            Pull::None => "",
            Pull::Up => ", pull=Pin.PULL_UP",
            Pull::Down => ", pull=Pin.PULL_DOWN",
        },
    )?;
    if let Some(function) = function(mode) {
        out.text(vm, ", alt=")?;
        out.int(vm, function.into())?;
    }
    out.text(vm, ")")
}
