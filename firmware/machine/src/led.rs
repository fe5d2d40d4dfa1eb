//! `pyb.LED`.

use crate::hardware::hardware;
use interpreter::object::handle::Args;
use interpreter::object::kind::{Slots, Type};
use interpreter::object::print::{Printer, Style};
use interpreter::object::resource::resource_type;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::raise::Part;
use interpreter::vm::{Outcome, Vm};

static SLOTS: Slots = Slots { make: Some(|vm, _, args| make(vm, args)), print: Some(print), ..Slots::NONE };

/// `LED`. State: [0] the LED's number, from 0.
pub static LED: Type = resource_type(name!(LED), &SLOTS, ROWS);

table! { pub ROWS, NAMES, DOCS:
    /// on(): full brightness.
    def on(1) = |vm, args| set(vm, args, |_| 255);
    /// off(): dark.
    def off(1) = |vm, args| set(vm, args, |_| 0);
    /// toggle(): dark if it was lit, full brightness if not.
    def toggle(1) = |vm, args| set(vm, args, |old| if old > 0 { 0 } else { 255 });
    /// intensity([value]): reads or sets the brightness, 0 to 255.
    def intensity(1..=2) = intensity;
}

fn number(vm: &Vm, word: Word) -> Outcome<usize> {
    let led = vm.resource(word, &LED).ok_or_else(|| vm.type_error("an LED is needed"))?;
    Ok(led.state[0].get().int_value() as usize)
}

fn make(vm: &Vm, args: Args) -> Outcome {
    let Some(id) = args.get(0) else { return Err(vm.type_error("LED(id) takes one argument")) };
    let count = hardware(vm)?.leds();
    match id.as_int().and_then(|id| usize::try_from(id - 1).ok()).filter(|number| *number < count) {
        Some(number) => vm.new_resource(&LED, &[Word::int(number as isize)]),
        None => {
            let message = [Part::Text("LED("), Part::Repr(id), Part::Text(") doesn't exist")];
            Err(vm.raise(&interpreter::object::exception::VALUE_ERROR, &message))
        }
    }
}

fn set(vm: &Vm, args: Args, change: impl FnOnce(u8) -> u8) -> Outcome {
    let led = number(vm, args.at(0))?;
    let hardware = hardware(vm)?;
    hardware.set_led(led, change(hardware.led(led)));
    Ok(Word::NONE)
}

fn intensity(vm: &Vm, args: Args) -> Outcome {
    match args.get(1) {
        None => Ok(Word::int(hardware(vm)?.led(number(vm, args.at(0))?) as isize)),
        Some(value) => {
            let value = vm.index(value)?.clamp(0, 255) as u8;
            set(vm, args, |_| value)
        }
    }
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    out.counted(vm, "LED(", number(vm, word)? as isize + 1)?;
    out.text(vm, ")")
}
