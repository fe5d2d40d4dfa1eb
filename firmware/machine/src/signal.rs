//! `machine.Signal`, a pin whose active level may be low, and `machine.PinBase`, which classes written in Python derive from to be
//! used as a pin.

use crate::pin::{self, PIN};
use interpreter::object::handle::{Args, type_word};
use interpreter::object::kind::{Rows, Slots, Type};
use interpreter::object::resource::resource_type;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};

static BASE_SLOTS: Slots = Slots { make: Some(|vm, _, _| vm.new_resource(&PIN_BASE, &[])), ..Slots::NONE };
/// `PinBase`: nothing by itself.
pub static PIN_BASE: Type = resource_type(name!(PinBase), &BASE_SLOTS, Rows::NONE);

static SLOTS: Slots =
    Slots { make: Some(|vm, _, args| make(vm, args)), call: Some(|vm, word, args| value(vm, word, args.get(0))), ..Slots::NONE };
/// `Signal`. State: [0] the pin, [1] whether it is inverted.
pub static SIGNAL: Type = resource_type(name!(Signal), &SLOTS, ROWS);

/// Names of keyword arguments.
pub const MORE: &[&str] = &["invert"];

table! { pub ROWS, NAMES, DOCS:
    /// value([active]): reads or sets whether the signal is active.
    def value(1..=2) = |vm, args| value(vm, args.at(0), args.get(1));
    /// on(): makes it active.
    def on(1) = |vm, args| value(vm, args.at(0), Some(Word::TRUE));
    /// off(): makes it inactive.
    def off(1) = |vm, args| value(vm, args.at(0), Some(Word::FALSE));
}

/// `Signal(pin, *, invert=False)`, or the arguments of a new `Pin` and `invert`.
fn make(vm: &Vm, args: Args) -> Outcome {
    let Some(first) = args.get(0) else { return Err(vm.type_error("Signal(pin) takes at least one argument")) };
    let invert = args.keyword(name!(invert)).map_or(Ok(false), |word| vm.truth(word))?;
    let is_pin = vm.resource(first, &PIN).is_some() || vm.as_text(first).is_none() && first.as_int().is_none();
    let pin = if is_pin && args.len() == 1 {
        first
    } else {
        // The pin's own keywords are for its constructor: not handed on, which needs a table of them without `invert`.
        let words = args.positional();
        vm.call_args(type_word(&PIN), Args::of(words))?
    };
    vm.new_resource(&SIGNAL, &[pin, Word::bool(invert)])
}

fn value(vm: &Vm, word: Word, new: Option<Word>) -> Outcome {
    let signal = vm.resource(word, &SIGNAL).ok_or_else(|| vm.type_error("a Signal is needed"))?;
    let (pin, invert) = (signal.state[0].get(), signal.state[1].get() == Word::TRUE);
    match new {
        // As in MicroPython: what a class of a program answers goes through, and inverting concerns its lowest bit.
        None => Ok(Word::int(reading(vm, pin)? ^ isize::from(invert))),
        Some(active) => {
            let level = Word::int(isize::from(vm.truth(active)? != invert));
            vm.call_method(pin, name!(value), &[level])?;
            Ok(Word::NONE)
        }
    }
}

/// The level of anything that is a pin.
///
/// # Errors
/// As `reading`.
pub fn level(vm: &Vm, pin: Word) -> Outcome<bool> {
    Ok(reading(vm, pin)? != 0)
}

/// What anything that is a pin reads.
///
/// # Errors
/// What its `value` raises; `TypeError` if that is no integer.
fn reading(vm: &Vm, pin: Word) -> Outcome<isize> {
    if vm.resource(pin, &PIN).is_some() {
        return Ok(isize::from(crate::hardware::hardware(vm)?.read(pin::number(vm, pin)?)));
    }
    let reading = vm.call_method(pin, name!(value), &[])?;
    vm.index(reading)
}
