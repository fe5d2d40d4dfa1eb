//! `machine.ADC` and `pyb.ADC`: voltages as numbers.

use crate::hardware::{Voltage, hardware};
use crate::pin;
use interpreter::object::handle::Args;
use interpreter::object::kind::{Slots, Type};
use interpreter::object::print::{Printer, Style};
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
    }
}

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

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let adc = vm.resource(word, &ADC).or_else(|| vm.resource(word, &PYB_ADC)).ok_or_else(|| vm.type_error("an ADC is needed"))?;
    match voltage(adc.state[0].get().int_value()) {
        Voltage::Channel(channel) => {
            out.text(vm, "<ADC channel=")?;
            out.int(vm, channel.into())?;
        }
        Voltage::Pin(pin) => {
            out.text(vm, "<ADC on ")?;
            out.text(vm, hardware(vm)?.pins()[pin].chip)?;
        }
    }
    out.text(vm, ">")
}
