//! `pyb.ExtInt`: a callback, always a hard one, for changes of a pin's level; or events, by which the processor goes on where it waits for one.

use crate::event::{self, Source};
use crate::hardware::{Edges, Mode, Pull, hardware};
use crate::pin;
use interpreter::object::handle::Args;
use interpreter::object::kind::{Slots, Type};
use interpreter::object::print::{Console, Printer, Style};
use interpreter::object::resource::resource_type;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};

static SLOTS: Slots = Slots { make: Some(|vm, _, args| make(vm, args)), print: Some(print), ..Slots::NONE };

/// `ExtInt`. State: [0] the pin's number, or a line of the chip's own plus `OWN`, [1] the edges.
pub static EXT_INT: Type = resource_type(name!(ExtInt), &SLOTS, ROWS);

table! { pub ROWS, NAMES, DOCS:
    /// line(): the number of the line, which pins of one number share.
    def line(1) = |vm, args| { let (it, _) = receiver(vm, args.at(0))?; Ok(Word::int(it.line(vm)?.into())) };
    /// enable(): events count.
    def enable(1) = |vm, args| { let (it, edges) = receiver(vm, args.at(0))?; it.watch(vm, edges)?; Ok(Word::NONE) };
    /// disable(): events do not count.
    def disable(1) = |vm, args| { let (it, _) = receiver(vm, args.at(0))?; it.watch(vm, Edges::default())?; Ok(Word::NONE) };
    /// swint(): calls the callback, if events count.
    def swint(1) = |vm, args| {
        receiver(vm, args.at(0))?.0.trigger(vm)?;
        // Where no interrupt can come between, the callback runs here.
        vm.poll()?;
        Ok(Word::NONE)
    };
    /// regs(): prints what the registers of all lines hold.
    static def regs(0) = registers;
    /// When the level rises.
    const IRQ_RISING = Word::int(pin::RISING);
    /// When the level falls.
    const IRQ_FALLING = Word::int(pin::FALLING);
    /// Both.
    const IRQ_RISING_FALLING = Word::int(pin::RISING | pin::FALLING);
    /// When the level rises the processor goes on where it waits for an event; nobody is called.
    const EVT_RISING = Word::int(WAKES | pin::RISING);
    /// The same when the level falls.
    const EVT_FALLING = Word::int(WAKES | pin::FALLING);
    /// Both.
    const EVT_RISING_FALLING = Word::int(WAKES | pin::RISING | pin::FALLING);
}

/// Names that a program may give to arguments of the constructor.
pub const MORE: &[&str] = &["pin", "mode", "pull", "callback"];

/// A bit of the mode: edges are events, and no interrupts.
const WAKES: isize = 4;

/// Added to the number of a line that is no pin's.
const OWN: isize = 256;

/// Where events come from.
#[derive(Clone, Copy)]
enum Origin {
    Pin(usize),
    /// One of the chip's own parts, by its line.
    Part(u8),
}

impl Origin {
    fn line(self, vm: &Vm) -> Outcome<u8> {
        match self {
            Origin::Pin(pin) => Ok(hardware(vm)?.pins()[pin].number()),
            Origin::Part(line) => Ok(line),
        }
    }

    fn watch(self, vm: &Vm, edges: Edges) -> Outcome<()> {
        match self {
            Origin::Pin(pin) => hardware(vm)?.watch(pin, edges),
            Origin::Part(line) => hardware(vm)?.watch_line(line, edges),
        }
        Ok(())
    }

    fn trigger(self, vm: &Vm) -> Outcome<()> {
        match self {
            Origin::Pin(pin) => hardware(vm)?.trigger(pin),
            Origin::Part(line) => hardware(vm)?.trigger_line(line),
        }
        Ok(())
    }
}

fn receiver(vm: &Vm, word: Word) -> Outcome<(Origin, Edges)> {
    let it = vm.resource(word, &EXT_INT).ok_or_else(|| vm.type_error("an ExtInt is needed"))?;
    let origin = match it.state[0].get().int_value() {
        line @ OWN.. => Origin::Part((line - OWN) as u8),
        pin => Origin::Pin(pin as usize),
    };
    Ok((origin, edges(vm, it.state[1].get())?))
}

/// What a mode means.
fn edges(vm: &Vm, mode: Word) -> Outcome<Edges> {
    let bits = vm.index(mode)?;
    let of_interrupt = if bits & WAKES != 0 { bits - WAKES } else { bits };
    Ok(Edges { wakes: bits & WAKES != 0, ..pin::edges(vm, Word::int(of_interrupt))? })
}

/// `ExtInt(pin, mode, pull, callback)`; an int is a line of the chip's own.
fn make(vm: &Vm, args: Args) -> Outcome {
    let names = [name!(pin), name!(mode), name!(pull), name!(callback)];
    vm.only_keywords(args, &names)?;
    let mut given = [Word::NONE; 4];
    for (at, (it, name)) in given.iter_mut().zip(names).enumerate() {
        let word = args.either(at, name).filter(|_| args.len() <= names.len());
        *it = word.ok_or_else(|| vm.type_error("an ExtInt takes pin, mode, pull and callback"))?;
    }
    let [pin, mode, pull, callback] = given;
    let (origin, number) = match pin.as_int() {
        Some(line @ 16..23) => (Origin::Part(line as u8), line + OWN),
        Some(_) => return Err(vm.value_error("the lines 16 to 22 have numbers, those of pins are pins")),
        None => {
            let pin = pin::find(vm, pin)?;
            (Origin::Pin(pin), pin as isize)
        }
    };
    let edges = edges(vm, mode)?;
    let pull = match pull.as_int() {
        Some(0) => Pull::None,
        Some(1) => Pull::Up,
        Some(2) => Pull::Down,
        _ => return Err(vm.value_error("invalid pull; there are Pin.PULL_NONE, Pin.PULL_UP and Pin.PULL_DOWN")),
    };
    let line = origin.line(vm)?;
    if callback != Word::NONE && event::handler(vm, Source::line(line)).is_some() {
        return Err(vm.value_error("the line has a callback already; set that to None first"));
    }
    if let Origin::Pin(pin) = origin {
        hardware(vm)?.configure(pin, Mode::Input, pull);
    }
    origin.watch(vm, Edges::default())?;
    event::set_handler(vm, Source::line(line), callback, Word::int(line.into()), true)?;
    if callback != Word::NONE {
        origin.watch(vm, edges)?;
    }
    vm.new_resource(&EXT_INT, &[Word::int(number), mode])
}

fn registers(vm: &Vm, _: Args) -> Outcome {
    let mut console = Console;
    let mut out = Printer::new(&mut console);
    for (name, value) in hardware(vm)?.line_registers() {
        out.text(vm, "EXTI_")?;
        out.text(vm, name)?;
        out.text(vm, " ")?;
        out.digits(vm, value as usize, 16, 8)?;
        out.text(vm, "\n")?;
    }
    Ok(Word::NONE)
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let (it, _) = receiver(vm, word)?;
    out.counted(vm, "<ExtInt line=", it.line(vm)?.into())?;
    out.text(vm, ">")
}
