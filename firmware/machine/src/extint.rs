//! `pyb.ExtInt`: a callback, always a hard one, for changes of a pin's level.

use crate::event::{self, Source};
use crate::hardware::{Edges, Mode, Pull, hardware};
use crate::pin;
use interpreter::object::handle::Args;
use interpreter::object::kind::{Slots, Type};
use interpreter::object::print::{Printer, Style};
use interpreter::object::resource::resource_type;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};

static SLOTS: Slots = Slots { make: Some(|vm, _, args| make(vm, args)), print: Some(print), ..Slots::NONE };

/// `ExtInt`. State: [0] the pin's number, [1] the edges.
pub static EXT_INT: Type = resource_type(name!(ExtInt), &SLOTS, ROWS);

table! { pub ROWS, NAMES, DOCS:
    /// line(): the number of the line, which pins of one number share.
    def line(1) = |vm, args| { let (pin, _) = receiver(vm, args.at(0))?; Ok(Word::int(line(vm, pin)?.into())) };
    /// enable(): events count.
    def enable(1) = |vm, args| { let (pin, edges) = receiver(vm, args.at(0))?; hardware(vm)?.watch(pin, edges); Ok(Word::NONE) };
    /// disable(): events do not count.
    def disable(1) = |vm, args| {
        let (pin, _) = receiver(vm, args.at(0))?;
        hardware(vm)?.watch(pin, Edges::default());
        Ok(Word::NONE)
    };
    /// swint(): calls the callback, if events count.
    def swint(1) = software;
    /// When the level rises.
    const IRQ_RISING = Word::int(pin::RISING);
    /// When the level falls.
    const IRQ_FALLING = Word::int(pin::FALLING);
    /// Both.
    const IRQ_RISING_FALLING = Word::int(pin::RISING | pin::FALLING);
}

fn receiver(vm: &Vm, word: Word) -> Outcome<(usize, Edges)> {
    let it = vm.resource(word, &EXT_INT).ok_or_else(|| vm.type_error("an ExtInt is needed"))?;
    Ok((it.state[0].get().int_value() as usize, pin::edges(vm, it.state[1].get())?))
}

fn line(vm: &Vm, pin: usize) -> Outcome<u8> {
    Ok(hardware(vm)?.pins()[pin].number())
}

/// `ExtInt(pin, mode, pull, callback)`.
fn make(vm: &Vm, args: Args) -> Outcome {
    vm.expect_count(args, 4, 4)?;
    let (number, edges) = (pin::find(vm, args.at(0))?, pin::edges(vm, args.at(1))?);
    let pull = match args.at(2).as_int() {
        Some(0) => Pull::None,
        Some(1) => Pull::Up,
        Some(2) => Pull::Down,
        _ => return Err(vm.value_error("invalid pull; there are Pin.PULL_NONE, Pin.PULL_UP and Pin.PULL_DOWN")),
    };
    let callback = args.at(3);
    let line = line(vm, number)?;
    if callback != Word::NONE && event::handler(vm, Source::line(line)).is_some() {
        return Err(vm.value_error("the line has a callback already; set that to None first"));
    }
    hardware(vm)?.configure(number, Mode::Input, pull);
    pin::watch(vm, number, callback, Word::int(line.into()), edges, true)?;
    vm.new_resource(&EXT_INT, &[Word::int(number as isize), args.at(1)])
}

fn software(vm: &Vm, args: Args) -> Outcome {
    let (pin, _) = receiver(vm, args.at(0))?;
    hardware(vm)?.trigger(pin);
    Ok(Word::NONE)
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let (pin, _) = receiver(vm, word)?;
    out.text(vm, "<ExtInt line=")?;
    out.int(vm, line(vm, pin)?.into())?;
    out.text(vm, ">")
}
