//! `pyb.DAC`: numbers as voltages on X5 and X6.
//!
//! Numbers that lie in a buffer are fetched by the hardware itself, at each event of a timer; the converter's event has the buffer as its
//! argument, which keeps it alive.

use crate::event::{self, Source};
use crate::hardware::{Dacs, Wave, absent, hardware};
use crate::placed::placed;
use crate::pyb_timer::{or_frequency, timers};
use interpreter::object::handle::Args;
use interpreter::object::kind::{Slots, Type};
use interpreter::object::print::{Printer, Style};
use interpreter::object::resource::resource_type;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};

static SLOTS: Slots = Slots { make: Some(|vm, _, args| make(vm, args)), print: Some(print), ..Slots::NONE };
/// `DAC`. State: [0] its number from 1, [1] bits of a number.
pub static DAC: Type = resource_type(name!(DAC), &SLOTS, ROWS);

/// Names of keyword arguments.
pub const MORE: &[&str] = &["bits", "buffering", "data", "freq", "mode"];

table! { pub ROWS, NAMES, DOCS:
    /// init(bits=8, *, buffering=None): sets it up anew; bits are 8 or 12.
    def init(1..=2, keywords) = |vm, args| { init(vm, args.at(0), args.skip(1))?; Ok(Word::NONE) };
    /// deinit(): switches it off.
    def deinit(1) = |vm, args| { let (number, _) = parts(vm, args.at(0))?; end(vm, number)?; dacs(vm)?.stop(number); Ok(Word::NONE) };
    /// noise(freq): random numbers, so many a second.
    def noise(2) = |vm, args| wave(vm, args, Wave::Noise);
    /// triangle(freq): all numbers up, and down, so many a second.
    def triangle(2) = |vm, args| wave(vm, args, Wave::Triangle);
    /// write(value): a number as a voltage: the highest is that of the supply.
    def write(2) = |vm, args| {
        let (number, bits) = parts(vm, args.at(0))?;
        let value = vm.index(args.at(1))? & ((1 << bits) - 1);
        end(vm, number)?;
        dacs(vm)?.write(number, value as u16, bits > 8);
        Ok(Word::NONE)
    };
    /// write_timed(data, freq or timer, *, mode=DAC.NORMAL): the numbers of a buffer, so many a second or at the end of each period.
    def write_timed(1..=4, keywords) = |vm, args| placed(vm, args, &[name!(data), name!(freq), name!(mode)], 2, write_timed);
    /// In mode=: once.
    const NORMAL = Word::int(0);
    /// In mode=: again and again.
    const CIRCULAR = Word::int(CIRCULAR);
}

const CIRCULAR: isize = 1 << 8;
fn dacs(vm: &Vm) -> Outcome<&'static dyn Dacs> {
    hardware(vm)?.dacs().ok_or_else(|| absent(vm))
}

fn parts(vm: &Vm, word: Word) -> Outcome<(u8, isize)> {
    let dac = vm.resource(word, &DAC).ok_or_else(|| vm.type_error("a DAC is needed"))?;
    Ok((dac.state[0].get().int_value() as u8, dac.state[1].get().int_value()))
}

fn make(vm: &Vm, args: Args) -> Outcome {
    let Some(id) = args.get(0) else { return Err(vm.type_error("DAC(port) takes at least one argument")) };
    let dacs = dacs(vm)?;
    let number = match id.as_int() {
        Some(number) => u8::try_from(number).ok().filter(|number| dacs.pin(*number).is_some()),
        None => {
            let pin = hardware(vm)?.pins()[crate::pin::find(vm, id)?].chip;
            (1..=2).find(|number| dacs.pin(*number) == Some(pin))
        }
    };
    let Some(number) = number else { return Err(vm.value_error("there are DAC(1) on X5 and DAC(2) on X6")) };
    let word = vm.new_resource(&DAC, &[Word::int(number.into()), Word::int(8)])?;
    init(vm, word, args.skip(1))?;
    Ok(word)
}

fn init(vm: &Vm, word: Word, args: Args) -> Outcome<()> {
    vm.only_keywords(args, &[name!(bits), name!(buffering)])?;
    let bits = vm.index_or(args.either(0, name!(bits)), 8)?;
    if !matches!(bits, 8 | 12) {
        return Err(vm.value_error("a DAC has 8 or 12 bits"));
    }
    // By itself the amplifier is on, as the chip wakes.
    let buffered = args.given(name!(buffering)).map_or(Ok(true), |word| vm.truth(word))?;
    let (number, _) = parts(vm, word)?;
    end(vm, number)?;
    vm.resource(word, &DAC).expect("it was looked at").state[1].set(Word::int(bits));
    dacs(vm)?.start(number, buffered);
    Ok(())
}

/// Nothing is fetched from a buffer any more, once the converter does something else.
fn end(vm: &Vm, number: u8) -> Outcome<()> {
    event::set_handler(vm, Source::dac(number), Word::NONE, Word::NONE, false)
}

fn wave(vm: &Vm, args: Args, wave: Wave) -> Outcome {
    let (number, _) = parts(vm, args.at(0))?;
    let timer = or_frequency(vm, args.at(1))?;
    end(vm, number)?;
    timers(vm)?.signal_updates(timer);
    dacs(vm)?.wave(number, wave, timer);
    Ok(Word::NONE)
}

fn write_timed(vm: &Vm, args: Args) -> Outcome {
    vm.only_keywords(args, &[name!(mode)])?;
    let (number, bits) = parts(vm, args.at(0))?;
    let mode = vm.index_or(args.either(3, name!(mode)), 0)?;
    let timer = or_frequency(vm, args.at(2))?;
    let width = if bits > 8 { 2 } else { 1 };
    let bytes = vm.buffer(args.at(1), false)?.bytes;
    let count = u16::try_from(bytes.len() / width).ok().filter(|count| *count > 0);
    let Some(count) = count else { return Err(vm.value_error("1 to 65535 numbers are written at once")) };
    if width == 2 && !bytes.as_ptr().addr().is_multiple_of(2) {
        return Err(vm.value_error("numbers of 12 bits begin at an even address"));
    }
    // What it fetched from before is kept until it is told to fetch from here.
    event::set_handler(vm, Source::dac(number), Word::TRUE, args.at(1), false)?;
    timers(vm)?.signal_updates(timer);
    if !dacs(vm)?.stream(number, bytes, count, width == 2, mode == CIRCULAR, timer) {
        return Err(vm.value_error("a DAC hears the timers 2, 4, 5, 6, 7 and 8"));
    }
    Ok(Word::NONE)
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let (number, bits) = parts(vm, word)?;
    out.counted(vm, "DAC(", number.into())?;
    out.counted(vm, ", bits=", bits)?;
    out.text(vm, ")")
}
