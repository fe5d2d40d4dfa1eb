//! `machine.ADC` and `pyb.ADC`: voltages as numbers.

use crate::hardware::{Mode, Pull, Timers, Voltage, hardware};
use crate::pin;
use crate::pyb_timer::{self, timers};
use interpreter::object::handle::Args;
use interpreter::object::kind::{Slots, Type};
use interpreter::object::print::{Printer, Style};
use interpreter::object::real::Real;
use interpreter::object::resource::resource_type;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vfs::Errno;
use interpreter::vm::{Outcome, Vm};

static SLOTS: Slots = Slots { make: Some(|vm, _, args| make(vm, args, &ADC)), print: Some(print), ..Slots::NONE };
/// `machine.ADC`. State: [0] the pin, or a channel's number plus `CHANNEL`.
pub static ADC: Type = resource_type(name!(ADC), &SLOTS, ROWS);

static PYB_SLOTS: Slots = Slots { make: Some(|vm, _, args| make(vm, args, &PYB_ADC)), print: Some(print), ..Slots::NONE };
/// `pyb.ADC`. State: as `ADC`.
pub static PYB_ADC: Type = resource_type(name!(ADC), &PYB_SLOTS, pyb_rows::ROWS);

static ALL_SLOTS: Slots =
    Slots { make: Some(|vm, _, args| make_all(vm, args)), print: Some(|vm, _, out, _| out.text(vm, "<ADCAll>")), ..Slots::NONE };
/// `pyb.ADCAll`. State: [0] bits of its values.
pub static ADC_ALL: Type = resource_type(name!(ADCAll), &ALL_SLOTS, all_rows::ROWS);

/// Names that this file uses.
pub const MORE: &[&str] = &["ADCAll"];

/// Added to the number of a channel, to tell it from a pin's.
const CHANNEL: isize = 256;

table! { pub ROWS, NAMES, DOCS:
    /// read_u16(): 0 to 65535 for 0 V to the supply.
    def read_u16(1) = |vm, args| {
        let value = measure(vm, args.at(0), &ADC)?;
        Ok(Word::int((value << 4 | value >> 8) as isize))
    };
    /// The chip's temperature.
    const CORE_TEMP = Word::int(16);
    /// The reference of about 1.21 V.
    const CORE_VREF = Word::int(17);
    /// The battery.
    const CORE_VBAT = Word::int(18);
}

/// Methods of `pyb.ADC`.
pub mod pyb_rows {
    use interpreter::object::word::Word;
    use interpreter::table;
    table! { pub ROWS, NAMES, DOCS:
        /// read(): 0 to 4095 for 0 V to the supply.
        def read(1) = |vm, args| Ok(Word::int(super::measure(vm, args.at(0), &super::PYB_ADC)? as isize));
        /// read_timed(buffer, timer or freq): fills a buffer, a value at the end of each of the timer's periods; bytes are the upper 8 bits.
        def read_timed(3) = super::read_timed;
        /// read_timed_multi(adcs, buffers, timer): the same of several; whether none was late.
        static def read_timed_multi(3) = super::read_several;
    }
}

/// Methods of `pyb.ADCAll`.
pub mod all_rows {
    use super::{BATTERY, REFERENCE, all, channel_volts, supply};
    use interpreter::object::word::Word;
    use interpreter::table;
    table! { pub ROWS, NAMES, DOCS:
        /// read_channel(channel): a value, of as many bits as the resolution.
        def read_channel(2) = |vm, args| {
            let (bits, channel) = (all(vm, args.at(0))?, vm.index(args.at(1))?);
            let value = super::ask(vm, super::channel_state(vm, channel)?)?;
            Ok(Word::int((value >> (12 - bits)) as isize))
        };
        /// read_core_temp(): the chip's temperature in degrees Celsius.
        def read_core_temp(1) = |vm, args| { all(vm, args.at(0))?; super::temperature(vm) };
        /// read_core_vbat(): the battery's voltage.
        def read_core_vbat(1) = |vm, args| { all(vm, args.at(0))?; let volts = 2.0 * channel_volts(vm, BATTERY)?; vm.new_float(volts) };
        /// read_core_vref(): the reference's voltage.
        def read_core_vref(1) = |vm, args| { all(vm, args.at(0))?; let volts = channel_volts(vm, REFERENCE)?; vm.new_float(volts) };
        /// read_vref(): the supply's voltage.
        def read_vref(1) = |vm, args| { all(vm, args.at(0))?; let volts = supply(vm)?; vm.new_float(volts) };
    }
}

/// Channels of the chip's own sources.
const TEMPERATURE: isize = 16;
const REFERENCE: isize = 17;
const BATTERY: isize = 18;
/// Channels that are pins', and those pins (datasheet, table 7).
pub const PINS: [&str; 16] = ["A0", "A1", "A2", "A3", "A4", "A5", "A6", "A7", "B0", "B1", "C0", "C1", "C2", "C3", "C4", "C5"];
/// The highest value.
const WHOLE: Real = 4095.0;
/// The supply at which the maker measured the reference, and what the reference is by the datasheet.
const MEASURED_AT: Real = 3.3;
const TYPICAL: Real = 1.21;
/// The sensor's voltage at 25 degrees, and for each degree more (datasheet, table 69).
const AT_25: Real = 0.76;
const A_DEGREE: Real = 0.0025;

fn voltage(state: isize) -> Voltage {
    if state >= CHANNEL { Voltage::Channel((state - CHANNEL) as u8) } else { Voltage::Pin(state as usize) }
}

/// An ADC of a pin, its name, or a number of a channel.
fn make(vm: &Vm, args: Args, ty: &'static Type) -> Outcome {
    vm.expect_count(args, 1, 1)?;
    let state = match args.at(0).as_int() {
        Some(channel @ 0..=255) => channel + CHANNEL,
        Some(_) => return Err(vm.value_error("the converter has no such channel")),
        None => pin::find(vm, args.at(0))? as isize,
    };
    // Whether it can be measured is seen by measuring.
    ask(vm, state)?;
    vm.new_resource(ty, &[Word::int(state)])
}

fn ask(vm: &Vm, state: isize) -> Outcome<u16> {
    hardware(vm)?.measure(voltage(state)).map_err(|errno| match errno {
        Errno::EINVAL => vm.value_error("the converter is not connected with that pin or channel"),
        errno => vm.os_error(errno.0),
    })
}

fn measure(vm: &Vm, word: Word, ty: &'static Type) -> Outcome<u32> {
    let adc = vm.resource(word, ty).ok_or_else(|| vm.type_error("an ADC is needed"))?;
    ask(vm, adc.state[0].get().int_value()).map(u32::from)
}

fn channel_state(vm: &Vm, channel: isize) -> Outcome<isize> {
    match channel {
        0..=BATTERY => Ok(channel + CHANNEL),
        _ => Err(vm.value_error("the converter has the channels 0 to 18")),
    }
}

/// Waits for the end of a period; of a timer that does not run, or whose callback is told of it instead, it never comes.
fn wait(vm: &Vm, timers: &dyn Timers, timer: u8) -> Outcome<()> {
    let deadline = vm.port.now() + 2 * pyb_timer::period(vm, timer)? + PATIENCE;
    while !timers.take_end(timer) {
        if vm.port.now() >= deadline {
            return Err(vm.os_error(Errno::ETIMEDOUT.0));
        }
        vm.poll()?;
    }
    Ok(())
}

/// Puts a value into a buffer.
fn put(vm: &Vm, buffer: Word, index: usize, value: u16) -> Outcome<()> {
    let buffer = vm.buffer(buffer, true)?;
    let size = usize::from(buffer.item_size);
    let bytes = u32::from(if size == 1 { value >> 4 } else { value }).to_le_bytes();
    if let Some(cells) = buffer.bytes.get(index * size..(index + 1) * size) {
        cells.iter().zip(bytes).for_each(|(cell, byte)| cell.set(byte));
    }
    Ok(())
}

/// How many values fit into a buffer.
fn room(vm: &Vm, buffer: Word) -> Outcome<usize> {
    let buffer = vm.buffer(buffer, true)?;
    match buffer.item_size {
        size @ (1 | 2 | 4) => Ok(buffer.bytes.len() / usize::from(size)),
        _ => Err(vm.value_error("a buffer has items of 1, 2 or 4 bytes")),
    }
}

fn state(vm: &Vm, word: Word) -> Outcome<isize> {
    let adc = vm.resource(word, &PYB_ADC).ok_or_else(|| vm.type_error("an ADC is needed"))?;
    Ok(adc.state[0].get().int_value())
}

fn read_timed(vm: &Vm, args: Args) -> Outcome {
    let (state, timers, timer) = (state(vm, args.at(0))?, timers(vm)?, pyb_timer::or_frequency(vm, args.at(2))?);
    timers.take_end(timer);
    for index in 0..room(vm, args.at(1))? {
        wait(vm, timers, timer)?;
        put(vm, args.at(1), index, ask(vm, state)?)?;
    }
    Ok(Word::int(room(vm, args.at(1))? as isize))
}

/// Microseconds that what interrupts may take.
const PATIENCE: u64 = 100_000;
/// Converters that are read at once.
const MOST: usize = 19;

fn read_several(vm: &Vm, args: Args) -> Outcome {
    let (timers, timer) = (timers(vm)?, pyb_timer::or_frequency(vm, args.at(2))?);
    let count = vm.length(args.at(0))?;
    if count == 0 || count > MOST || vm.length(args.at(1))? != count {
        return Err(vm.value_error("as many buffers are needed as ADCs, 1 to 19"));
    }
    let at = |list, index: usize| vm.item(list, Word::int(index as isize));
    let (mut states, mut length) = ([0; MOST], usize::MAX);
    for (index, place) in states[..count].iter_mut().enumerate() {
        *place = state(vm, at(args.at(0), index)?)?;
        let fits = room(vm, at(args.at(1), index)?)?;
        if length != usize::MAX && fits != length {
            return Err(vm.value_error("buffers must be the same length"));
        }
        length = fits;
    }
    timers.take_end(timer);
    let mut in_time = true;
    for index in 0..length {
        // A period that has ended before it is waited for ended while the values of the one before were read.
        in_time &= index == 0 || !timers.take_end(timer);
        wait(vm, timers, timer)?;
        for (number, state) in states[..count].iter().enumerate() {
            put(vm, at(args.at(1), number)?, index, ask(vm, *state)?)?;
        }
    }
    Ok(Word::bool(in_time))
}

/// `ADCAll(resolution, mask)`: pins of the mask's channels are the converter's from now on.
fn make_all(vm: &Vm, args: Args) -> Outcome {
    vm.expect_count(args, 1, 2)?;
    let bits = vm.index(args.at(0))?;
    if !matches!(bits, 6 | 8 | 10 | 12) {
        return Err(vm.value_error("a resolution is 6, 8, 10 or 12 bits"));
    }
    let mask = args.get(1).map_or(Ok(u32::MAX), |word| pyb_timer::count(vm, word))?;
    // Whether there is a converter is seen by measuring the reference.
    ask(vm, REFERENCE + CHANNEL)?;
    for (_, name) in PINS.iter().enumerate().filter(|(channel, _)| mask >> channel & 1 != 0) {
        hardware(vm)?.configure(pin::numbered(vm, name)?, Mode::Analog, Pull::None);
    }
    vm.new_resource(&ADC_ALL, &[Word::int(bits)])
}

/// The resolution.
fn all(vm: &Vm, word: Word) -> Outcome<isize> {
    let all = vm.resource(word, &ADC_ALL).ok_or_else(|| vm.type_error("an ADCAll is needed"))?;
    Ok(all.state[0].get().int_value())
}

fn value(vm: &Vm, channel: isize) -> Outcome<Real> {
    Ok(ask(vm, channel + CHANNEL)? as Real)
}

/// The supply's voltage, by what the reference reads.
fn supply(vm: &Vm) -> Outcome<Real> {
    let reading = value(vm, REFERENCE)?.max(1.0);
    Ok(match hardware(vm)?.reference() {
        Some(measured) => MEASURED_AT * measured as Real / reading,
        None => TYPICAL * WHOLE / reading,
    })
}

fn channel_volts(vm: &Vm, channel: isize) -> Outcome<Real> {
    Ok(value(vm, channel)? / WHOLE * supply(vm)?)
}

fn temperature(vm: &Vm) -> Outcome {
    let volts = channel_volts(vm, TEMPERATURE)?;
    vm.new_float(25.0 + (volts - AT_25) / A_DEGREE)
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let adc = vm.resource(word, &ADC).or_else(|| vm.resource(word, &PYB_ADC)).ok_or_else(|| vm.type_error("an ADC is needed"))?;
    match voltage(adc.state[0].get().int_value()) {
        Voltage::Channel(channel) => {
            out.counted(vm, "<ADC on ", channel.into())?;
            out.counted(vm, " channel=", channel.into())?;
        }
        Voltage::Pin(pin) => {
            out.text(vm, "<ADC on ")?;
            out.text(vm, hardware(vm)?.pins()[pin].chip)?;
        }
    }
    out.text(vm, ">")
}
