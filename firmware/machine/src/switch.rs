//! `pyb.Switch`: the user switch, which pulls its pin low.

use crate::hardware::{Edges, Mode, Pull, hardware};
use crate::pin;
use interpreter::object::handle::{Args, Handle};
use interpreter::object::kind::{Rows, Slots, Type};
use interpreter::object::resource::{Resource, resource_type};
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};

static SLOTS: Slots = Slots {
    make: Some(|vm, _, _| vm.new_resource(&SWITCH, &[])),
    call: Some(|vm, _, _| Ok(Word::bool(is_pressed(vm)?))),
    ..Slots::NONE
};

/// `Switch`.
pub static SWITCH: Type = resource_type(name!(Switch), &SLOTS, ROWS);

/// What a callback's line gives to: calling it without the line's argument.
static PRESS_SLOTS: Slots = Slots { call: Some(|vm, word, _| press(vm, word)), ..Slots::NONE };
/// State: [0] the callback.
static PRESS: Type = resource_type(name!(Switch), &PRESS_SLOTS, Rows::NONE);

table! { pub ROWS, NAMES, DOCS:
    /// value(): whether the switch is pressed.
    def value(1) = |vm, _| Ok(Word::bool(is_pressed(vm)?));
    /// callback(function): calls function() when the switch is pressed, in the interrupt; None ends that.
    def callback(2) = callback;
}

fn is_pressed(vm: &Vm) -> Outcome<bool> {
    let hardware = hardware(vm)?;
    Ok(!hardware.read(hardware.switch()))
}

fn press(vm: &Vm, word: Word) -> Outcome {
    let press = Handle::<Resource>::from(word).expect("a resource was called");
    vm.call(press.state[0].get(), &[])
}

fn callback(vm: &Vm, args: Args) -> Outcome {
    let switch = hardware(vm)?.switch();
    let function = args.at(1);
    let handler = if function == Word::NONE { function } else { vm.new_resource(&PRESS, &[function])? };
    hardware(vm)?.configure(switch, Mode::Input, Pull::Up);
    pin::watch(vm, switch, handler, Word::NONE, Edges { falling: true, ..Edges::default() }, true)?;
    Ok(Word::NONE)
}
