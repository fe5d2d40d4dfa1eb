//! `machine.Pin`, which is `pyb.Pin` too.
//!
//! A pin is known by the board's name (`X1`), by the chip's (`A0`), or as an attribute: `Pin.board.X1`, `Pin.cpu.A0`. All of them
//! make objects of one pin, which compare equal.

use crate::event::{self, Source};
use crate::hardware::{Edges, Mode, Pull, hardware};
use core::sync::atomic::{AtomicBool, Ordering::Relaxed};
use interpreter::modules::BuiltinModule;
use interpreter::object::handle::{Args, Handle};
use interpreter::object::kind::{Binary, Rows, Slots, Type, Unary};
use interpreter::object::list::List;
use interpreter::object::name::Name;
use interpreter::object::print::{Console, Printer, Style};
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
static BOARD: BuiltinModule = BuiltinModule::new(name!(board), Rows::NONE).with(|vm, name| named(vm, name, false));
static CPU: BuiltinModule = BuiltinModule::new(name!(cpu), Rows::NONE).with(|vm, name| named(vm, name, true));

/// Further names that this file uses.
pub const MORE: &[&str] =
    &["PinAF", "board", "cpu", "mode", "pull", "value", "alt", "af", "handler", "trigger", "hard", "priority", "wake"];

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
    /// af_list(): the functions that it can be given to, which `alt` takes.
    def af_list(1) = functions;
    /// mapper([function]): reads or sets what maps what Pin() is given to a pin, before all names; None maps nothing.
    static def mapper(0..=1) = |vm, args| mapping(vm, args, 0);
    /// dict([dict]): reads or sets a dict that does so, behind the function.
    static def dict(0..=1) = |vm, args| mapping(vm, args, 1);
    /// debug([on]): reads or sets whether it is printed what they map.
    static def debug(0..=1) = |vm, args| match args.get(0) {
        None => Ok(Word::bool(DEBUG.load(Relaxed))),
        Some(on) => { DEBUG.store(vm.truth(on)?, Relaxed); Ok(Word::NONE) }
    };
    /// gpio(): the address of its port's registers.
    def gpio(1) = |vm, args| { let pin = number(vm, args.at(0))?; vm.new_int(port_address(hardware(vm)?.pins()[pin].port())) };
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
    /// For alt=: MCO1.
    const AF0_MCO1 = Word::int(0);
    /// For alt=: TIM1.
    const AF1_TIM1 = Word::int(1);
    /// For alt=: TIM2.
    const AF1_TIM2 = Word::int(1);
    /// For alt=: TIM3.
    const AF2_TIM3 = Word::int(2);
    /// For alt=: TIM4.
    const AF2_TIM4 = Word::int(2);
    /// For alt=: TIM5.
    const AF2_TIM5 = Word::int(2);
    /// For alt=: TIM8.
    const AF3_TIM8 = Word::int(3);
    /// For alt=: TIM9.
    const AF3_TIM9 = Word::int(3);
    /// For alt=: TIM10.
    const AF3_TIM10 = Word::int(3);
    /// For alt=: TIM11.
    const AF3_TIM11 = Word::int(3);
    /// For alt=: I2C1.
    const AF4_I2C1 = Word::int(4);
    /// For alt=: I2C2.
    const AF4_I2C2 = Word::int(4);
    /// For alt=: I2C3.
    const AF4_I2C3 = Word::int(4);
    /// For alt=: SPI1.
    const AF5_SPI1 = Word::int(5);
    /// For alt=: SPI2.
    const AF5_SPI2 = Word::int(5);
    /// For alt=: I2S2.
    const AF5_I2S2 = Word::int(5);
    /// For alt=: I2S2's other direction.
    const AF6_I2S2 = Word::int(6);
    /// For alt=: SPI3.
    const AF6_SPI3 = Word::int(6);
    /// For alt=: USART1.
    const AF7_USART1 = Word::int(7);
    /// For alt=: USART2.
    const AF7_USART2 = Word::int(7);
    /// For alt=: USART3.
    const AF7_USART3 = Word::int(7);
    /// For alt=: UART4.
    const AF8_UART4 = Word::int(8);
    /// For alt=: UART5.
    const AF8_UART5 = Word::int(8);
    /// For alt=: USART6.
    const AF8_USART6 = Word::int(8);
    /// For alt=: CAN1.
    const AF9_CAN1 = Word::int(9);
    /// For alt=: CAN2.
    const AF9_CAN2 = Word::int(9);
    /// For alt=: TIM12.
    const AF9_TIM12 = Word::int(9);
    /// For alt=: TIM13.
    const AF9_TIM13 = Word::int(9);
    /// For alt=: TIM14.
    const AF9_TIM14 = Word::int(9);
    /// For alt=: OTG_FS.
    const AF10_OTG_FS = Word::int(10);
    /// For alt=: SDIO.
    const AF12_SDIO = Word::int(12);
    /// When the level rises.
    const IRQ_RISING = Word::int(RISING);
    /// When the level falls.
    const IRQ_FALLING = Word::int(FALLING);
}

/// Methods of what `af_list` lists.
pub mod af_rows {
    use super::{function_of, unit, write_function};
    use interpreter::object::print::Builder;
    use interpreter::object::print::Printer;
    use interpreter::object::word::Word;
    use interpreter::table;
    table! { pub ROWS, NAMES, DOCS:
        /// index(): its number.
        def index(1) = |vm, args| Ok(function_of(vm, args.at(0))?.map_or(Word::NONE, |(_, number, _)| Word::int(number.into())));
        /// name(): its name, as `AF1_TIM2`.
        def name(1) = |vm, args| {
            let mut text = Builder::new();
            write_function(vm, args.at(0), &mut Printer::new(&mut text))?;
            text.finish_str(vm)
        };
        /// reg(): the address of the peripheral whose function it is.
        def reg(1) = |vm, args| {
            let name = function_of(vm, args.at(0))?.map_or("", |(.., name)| unit(name));
            // Sound is a bus of three wires' (RM0090 §28.1), and the one of USB is called by its core.
            let name = match name {
                "I2S2" => "SPI2",
                "OTG_FS" => "USB_OTG_FS",
                other => other,
            };
            vm.new_int(crate::stm::number(name).unwrap_or(0))
        };
    }
}

static AF_SLOTS: Slots = Slots {
    print: Some(|vm, word, out, _| {
        out.text(vm, "Pin.")?;
        write_function(vm, word, out)
    }),
    ..Slots::NONE
};
/// `PinAF`. State: [0] the pin's number, [1] which of its functions it is.
static PIN_AF: Type = resource_type(name!(PinAF), &AF_SLOTS, af_rows::ROWS);

/// The pin, the number and the name that an object of `af_list` means.
fn function_of(vm: &Vm, word: Word) -> Outcome<Option<(usize, u8, &'static str)>> {
    let Some(it) = vm.resource(word, &PIN_AF) else { return Ok(None) };
    let [pin, index] = [0, 1].map(|at: usize| it.state[at].get().int_value() as usize);
    Ok(hardware(vm)?.pins()[pin].functions().nth(index).map(|(number, name)| (pin, number, name)))
}

/// `AF1_TIM2`.
fn write_function(vm: &Vm, word: Word, out: &mut Printer) -> Outcome<()> {
    let Some((_, number, name)) = function_of(vm, word)? else { return Ok(()) };
    out.counted(vm, "AF", number.into())?;
    out.text(vm, "_")?;
    out.text(vm, unit(name))
}

/// The peripheral of a function: `OTG_FS` has two words, others one.
fn unit(function: &str) -> &str {
    match function.rsplit_once('_') {
        Some((unit, _)) => unit,
        None => function,
    }
}

/// Where the registers of a port lie (RM0090 §2.3).
fn port_address(port: u8) -> i64 {
    0x4002_0000 + 0x400 * i64::from(port)
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
        bits @ 1..=3 => Ok(Edges { rising: bits & RISING != 0, falling: bits & FALLING != 0, wakes: false }),
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
    if vm.resource(id, &PIN).is_some() {
        return number(vm, id);
    }
    if let Some(pin) = mapped(vm, id)? {
        return Ok(pin);
    }
    let pins = hardware(vm)?.pins();
    let found = if let Some(name) = vm.as_text(id) {
        pins.iter().position(|pin| pin.is_called(name))
    } else {
        id.as_int().and_then(|id| usize::try_from(id).ok()).filter(|id| *id < pins.len())
    };
    found.ok_or_else(|| {
        let message = [Part::Text("Pin("), Part::Repr(id), Part::Text(") doesn't exist")];
        vm.raise(&interpreter::object::exception::VALUE_ERROR, &message)
    })
}

/// Whether it is said how names are mapped.
static DEBUG: AtomicBool = AtomicBool::new(false);

/// The pin that the program's own function or dict maps something to.
fn mapped(vm: &Vm, id: Word) -> Outcome<Option<usize>> {
    let own = |which| event::argument(vm, Source::mapping(which));
    let by_function = own(0).map_or(Ok(Word::NONE), |function| vm.call(function, &[id]))?;
    let pin = match own(1) {
        Some(dict) if by_function == Word::NONE => vm.call_method(dict, name!(get), &[id])?,
        _ => by_function,
    };
    if pin == Word::NONE {
        return Ok(None);
    }
    if vm.resource(pin, &PIN).is_none() {
        return Err(vm.value_error("Pin.mapper and Pin.dict map to pins"));
    }
    if DEBUG.load(Relaxed) {
        let mut console = Console;
        let mut out = Printer::new(&mut console);
        out.text(vm, "Pin map ")?;
        out.word(vm, id, Style::Repr)?;
        out.text(vm, " to ")?;
        out.word(vm, pin, Style::Repr)?;
        out.text(vm, "\n")?;
    }
    number(vm, pin).map(Some)
}

/// `mapper` and `dict`: reads or sets one of the two.
fn mapping(vm: &Vm, args: Args, which: u8) -> Outcome {
    let source = Source::mapping(which);
    match args.get(0) {
        None => Ok(event::argument(vm, source).unwrap_or(Word::NONE)),
        Some(new) => {
            let marker = if new == Word::NONE { Word::NONE } else { Word::TRUE };
            event::set_handler(vm, source, marker, new, false)?;
            Ok(Word::NONE)
        }
    }
}

fn make(vm: &Vm, args: Args) -> Outcome {
    let Some(id) = args.get(0) else { return Err(vm.type_error("Pin(id) takes at least one argument")) };
    let pin = find(vm, id)?;
    configure(vm, pin, args.skip(1))?;
    vm.new_resource(&PIN, &[Word::int(pin as isize)])
}

/// A pin as an attribute of `Pin.board` or `Pin.cpu`.
fn named(vm: &Vm, name: Name, chip: bool) -> Outcome {
    if name == name!(__dir__) {
        let list = vm.new_list_with_capacity(0)?;
        for pin in hardware(vm)?.pins() {
            let names = if chip { pin.chip } else { pin.names };
            names.split(' ').filter(|name| !name.is_empty()).try_for_each(|name| list.push(vm, vm.new_str(name)?))?;
        }
        return Ok(list.word());
    }
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
    let option = |index, name| args.either(index, name).filter(|word| *word != Word::NONE);
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
        if let Some((_, number, _)) = function_of(vm, alt)? {
            return Ok(number);
        }
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
    let unit = unit(function);
    let short = match name.strip_prefix("AF").and_then(|rest| rest.split_once('_')) {
        Some((digits, short)) if digits.parse() == Ok(number) => short,
        Some(_) => return false,
        None => name,
    };
    short == function || short == unit
}

/// The timer and the channel, from 0, that the name of a pin's function means: `TIM8_CH1N` is 8 and 0.
pub fn channel_of(name: &str) -> Option<(u8, u8)> {
    let (timer, channel) = name.strip_prefix("TIM")?.split_once('_')?;
    let timer = timer.bytes().fold(0, |value, digit| value * 10 + (digit - b'0'));
    Some((timer, channel.strip_prefix("CH")?.as_bytes()[0] - b'1'))
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
    let pin = number(vm, args.at(0))?;
    let list = vm.new_list(&[])?;
    for index in 0..hardware(vm)?.pins()[pin].functions().count() {
        let function = vm.new_resource(&PIN_AF, &[Word::int(pin as isize), Word::int(index as isize)])?;
        Handle::<List>::from(list).expect("a list").push(vm, function)?;
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
    let option = |index, name| args.either(index, name);
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
        out.counted(vm, ", alt=", function.into())?;
    }
    out.text(vm, ")")
}
