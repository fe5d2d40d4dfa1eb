//! `machine.Pin`, which is `pyb.Pin` too.

use crate::hardware::{Mode, Pull, hardware};
use interpreter::object::handle::Args;
use interpreter::object::kind::{Slots, Type};
use interpreter::object::print::{Printer, Style};
use interpreter::object::resource::resource_type;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::raise::Part;
use interpreter::vm::{Outcome, Vm};

static SLOTS: Slots = Slots { make: Some(|vm, _, args| make(vm, args)), call: Some(call), print: Some(print), ..Slots::NONE };

/// `Pin`. State: [0] the pin's number.
pub static PIN: Type = resource_type(name!(Pin), &SLOTS, ROWS);

table! { pub ROWS, NAMES, DOCS:
    /// init(mode[, pull], *, value): sets the pin up.
    def init(1..=3, keywords) = |vm, args| { let pin = number(vm, args.at(0))?; configure(vm, pin, args.skip(1))?; Ok(Word::NONE) };
    /// value([level]): reads or sets the level.
    def value(1..=2) = |vm, args| { let pin = number(vm, args.at(0))?; level(vm, pin, args.get(1)) };
    /// on(): drives the pin high.
    def on(1) = |vm, args| { let pin = number(vm, args.at(0))?; level(vm, pin, Some(Word::TRUE)) };
    /// off(): drives the pin low.
    def off(1) = |vm, args| { let pin = number(vm, args.at(0))?; level(vm, pin, Some(Word::FALSE)) };
    /// high(): drives the pin high.
    def high(1) = |vm, args| { let pin = number(vm, args.at(0))?; level(vm, pin, Some(Word::TRUE)) };
    /// low(): drives the pin low.
    def low(1) = |vm, args| { let pin = number(vm, args.at(0))?; level(vm, pin, Some(Word::FALSE)) };
    /// toggle(): drives the pin to the other level.
    def toggle(1) = |vm, args| {
        let pin = number(vm, args.at(0))?;
        let now = hardware(vm)?.read(pin);
        level(vm, pin, Some(Word::bool(!now)))
    };
    /// name(): the pin's name.
    def name(1) = |vm, args| { let pin = number(vm, args.at(0))?; vm.new_str(hardware(vm)?.pins()[pin]) };
    /// mode(): how the pin is set up.
    def mode(1) = |vm, args| { let pin = number(vm, args.at(0))?; Ok(Word::int(hardware(vm)?.configuration(pin).0 as isize)) };
    /// pull(): what holds the pin.
    def pull(1) = |vm, args| { let pin = number(vm, args.at(0))?; Ok(Word::int(hardware(vm)?.configuration(pin).1 as isize)) };
    /// An input.
    const IN = Word::int(Mode::Input as isize);
    /// An output that drives both ways.
    const OUT = Word::int(Mode::Output as isize);
    /// An output that drives low and lets go for high.
    const OPEN_DRAIN = Word::int(Mode::OpenDrain as isize);
    /// An output, by `pyb`'s name.
    const OUT_PP = Word::int(Mode::Output as isize);
    /// An open-drain output, by `pyb`'s name.
    const OUT_OD = Word::int(Mode::OpenDrain as isize);
    /// No resistor.
    const PULL_NONE = Word::int(Pull::None as isize);
    /// A resistor to the supply.
    const PULL_UP = Word::int(Pull::Up as isize);
    /// A resistor to ground.
    const PULL_DOWN = Word::int(Pull::Down as isize);
}

/// The number of the pin behind an object.
fn number(vm: &Vm, word: Word) -> Outcome<usize> {
    let pin = vm.resource(word, &PIN).ok_or_else(|| vm.type_error("a Pin is needed"))?;
    Ok(pin.state[0].get().int_value() as usize)
}

/// `Pin(id, mode, pull, value=)`: the id is a pin, its name or its number.
fn make(vm: &Vm, args: Args) -> Outcome {
    let Some(id) = args.get(0) else { return Err(vm.type_error("Pin(id) takes at least one argument")) };
    let pins = hardware(vm)?.pins();
    let found = if let Some(name) = vm.as_text(id) {
        pins.iter().position(|pin| *pin == name)
    } else if let Some(pin) = vm.resource(id, &PIN) {
        Some(pin.state[0].get().int_value() as usize)
    } else {
        id.as_int().and_then(|id| usize::try_from(id).ok()).filter(|id| *id < pins.len())
    };
    let Some(pin) = found else {
        let message = [Part::Text("Pin("), Part::Repr(id), Part::Text(") doesn't exist")];
        return Err(vm.raise(&interpreter::object::exception::VALUE_ERROR, &message));
    };
    configure(vm, pin, args.skip(1))?;
    vm.new_resource(&PIN, &[Word::int(pin as isize)])
}

/// `mode`, `pull` and `value`, each optional, by position or keyword.
fn configure(vm: &Vm, pin: usize, args: Args) -> Outcome<()> {
    let hardware = hardware(vm)?;
    let option = |index, name| args.get(index).or_else(|| args.keyword(name)).filter(|word| *word != Word::NONE);
    let (mut mode, mut pull) = hardware.configuration(pin);
    if let Some(word) = option(0, name!(mode)) {
        mode = match word.as_int() {
            Some(0) => Mode::Input,
            Some(1) => Mode::Output,
            Some(2) => Mode::OpenDrain,
            _ => return Err(vm.value_error("invalid pin mode; there are Pin.IN, Pin.OUT and Pin.OPEN_DRAIN")),
        };
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
    if let Some(value) = args.keyword(name!(value)) {
        hardware.write(pin, vm.truth(value)?);
    }
    hardware.configure(pin, mode, pull);
    Ok(())
}

fn level(vm: &Vm, pin: usize, new: Option<Word>) -> Outcome {
    let hardware = hardware(vm)?;
    match new {
        None => return Ok(Word::int(hardware.read(pin) as isize)),
        Some(value) => hardware.write(pin, vm.truth(value)?),
    }
    Ok(Word::NONE)
}

/// `pin()` and `pin(level)`.
fn call(vm: &Vm, word: Word, args: Args) -> Outcome {
    let pin = number(vm, word)?;
    level(vm, pin, args.get(0))
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let pin = number(vm, word)?;
    let hardware = hardware(vm)?;
    let mode = match hardware.configuration(pin).0 {
        Mode::Input => ", mode=Pin.IN)",
        Mode::Output => ", mode=Pin.OUT)",
        Mode::OpenDrain => ", mode=Pin.OPEN_DRAIN)",
    };
    out.text(vm, "Pin(Pin.")?;
    out.text(vm, hardware.pins()[pin])?;
    out.text(vm, mode)
}
