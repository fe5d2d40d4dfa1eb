//! The Python classes of `machine` and `pyb`, written once over a small hardware trait.
//!
//! A chip and the virtual board implement `Hardware`; the port puts it into a `Board` and hands that out as its context.
//! Nothing here knows a register or a window.
#![no_std]

/// The number of a name that this crate's tables or the core's declare.
macro_rules! name {
    ($name:ident) => {
        const { interpreter::object::name::declared(&[&interpreter::object::CORE, &crate::POOL], stringify!($name)) }
    };
    ($name:literal) => {
        const { interpreter::object::name::declared(&[&interpreter::object::CORE, &crate::POOL], $name) }
    };
}

mod accel;
mod adc;
mod backup;
pub mod boards;
mod can;
mod card;
mod dac;
pub mod event;
mod extint;
mod fields;
mod flash;
pub mod hardware;
mod i2c;
mod i2c_target;
pub mod i2s;
mod irq;
mod lcd;
mod led;
mod machine;
mod machine_can;
mod memory;
mod onewire;
mod pin;
mod placed;
mod pwm;
mod pyb;
mod pyb_timer;
mod rtc;
mod servo;
mod signal;
mod spi;
mod start;
pub mod stm;
mod switch;
mod timer;
pub mod uart;
mod usb;
mod usb_device;
mod watchdog;

pub use adc::PINS as ADC_PINS;
pub use card::{mount_card, set_path};
pub use flash::flash;
pub use hardware::{
    Backup, Board, Break, CanFilter, CanMessage, CanSettings, Cans, CardSlot, Cause, ChannelMode, Clockwork, Counting, Dacs,
    Direction, Edges, Hardware, I2cBuses, I2cEvent, I2cTargets, I2sBuses, I2sSettings, Mode, Pull, Sent, SerialLines,
    SerialSettings, SpiBuses, SpiSettings, TimerValue, Timers, Usb, UsbEndpoint, UsbEvent, UsbMode, UsbSettings, Voltage, Wake,
    WallClock, Wave,
};
pub use machine::{idle, time_pulse};
pub use pin::channel_of;
pub use start::{Start, choose};
pub use usb::DEFAULT as USB_DEFAULT;
pub use usb_device::BUILTIN as USB_SERIAL_LINE;

use interpreter::modules::BuiltinModule;
use interpreter::modules::frozen::Frozen;

/// `machine`.
pub static MACHINE: BuiltinModule = BuiltinModule::new(name!(machine), machine::ROWS);
/// `machine` on a computer: what needs no board.
pub static DESKTOP_MACHINE: BuiltinModule = BuiltinModule::new(name!(machine), desktop::ROWS);
/// `pyb`.
pub static PYB: BuiltinModule = BuiltinModule::new(name!(pyb), pyb::ROWS).with(pyb::attribute);

/// `_onewire`.
pub static ONE_WIRE: BuiltinModule = BuiltinModule::new(name!(_onewire), onewire::ROWS);
/// Modules of a board that are Python.
pub static FROZEN: &[Frozen] = interpreter::frozen! {
    "frozen/dht.py";
    "frozen/onewire.py";
};

/// Documentation of the modules' rows, for completion and help on the desktop.
pub const DOCS: &[(&str, &[(&str, &str)])] = &[("machine", machine::DOCS), ("pyb", pyb::DOCS), ("stm", stm::DOCS)];
/// Documentation of the classes' methods, by the name that a program calls the class; with its module where that has another one of the name.
pub const CLASS_DOCS: &[(&str, &[(&str, &str)])] = &[
    ("pyb.ADC", adc::pyb_rows::DOCS),
    ("pyb.CAN", can::DOCS),
    ("pyb.I2C", i2c::pyb_rows::DOCS),
    ("pyb.SPI", spi::pyb_rows::DOCS),
    ("pyb.Timer", pyb_timer::DOCS),
    ("ADC", adc::DOCS),
    ("ADCAll", adc::all_rows::DOCS),
    ("Accel", accel::DOCS),
    ("CAN", machine_can::DOCS),
    ("DAC", dac::DOCS),
    ("ExtInt", extint::DOCS),
    ("I2C", i2c::DOCS),
    ("I2CTarget", i2c_target::DOCS),
    ("I2S", i2s::DOCS),
    ("LCD", lcd::DOCS),
    ("LED", led::DOCS),
    ("PWM", pwm::DOCS),
    ("Pin", pin::DOCS),
    ("RTC", rtc::DOCS),
    ("SDCard", card::DOCS),
    ("SPI", spi::DOCS),
    ("Servo", servo::DOCS),
    ("Signal", signal::DOCS),
    ("SoftI2C", i2c::DOCS),
    ("SoftI2C", i2c::soft_rows::DOCS),
    ("SoftSPI", spi::DOCS),
    ("SoftSPI", spi::soft_rows::DOCS),
    ("Switch", switch::DOCS),
    ("Timer", timer::DOCS),
    ("UART", uart::DOCS),
    ("USBDevice", usb_device::DOCS),
    ("USB_HID", usb::hid_rows::DOCS),
    ("USB_VCP", usb::DOCS),
    ("WDT", watchdog::DOCS),
];

/// `machine` on a computer: what needs no board.
mod desktop {
    use crate::memory::{MEM8, MEM16, MEM32};
    use crate::rtc::RTC;
    use crate::signal::{PIN_BASE, SIGNAL};
    use crate::timer::TIMER;
    use interpreter::object::handle::type_word;
    use interpreter::object::word::Word;
    use interpreter::table;

    table! { pub ROWS, NAMES, DOCS:
        /// PinBase: what classes written in Python derive from to be used as a pin.
        const PinBase = type_word(&PIN_BASE);
        /// Signal(pin, *, invert=False): a pin whose active level may be low.
        const Signal = type_word(&SIGNAL);
        /// Timer(-1, *, mode, freq, period, callback, hard): calls a function later, or again and again.
        const Timer = type_word(&TIMER);
        /// RTC(): the clock on the wall; setting it sets this program's clock, not the computer's.
        const RTC = type_word(&RTC);
        /// mem8[address]: a byte of memory.
        const mem8 = Word::of_static(&MEM8);
        /// mem16[address]: two bytes of memory.
        const mem16 = Word::of_static(&MEM16);
        /// mem32[address]: four bytes of memory.
        const mem32 = Word::of_static(&MEM32);
        /// mem_backup(region=0): memory that soft_reset() leaves as it is, as a memoryview; for -1 a tuple of all regions.
        def mem_backup(0..=1) = crate::backup::mem_backup;
        /// idle(): lets others have the processor for a moment.
        def idle(0) = crate::machine::idle;
        /// disable_irq(): holds callbacks back; answers what enable_irq takes.
        def disable_irq(0) = crate::machine::disable_irq;
        /// enable_irq(state=True): lets callbacks come again, if they came before.
        def enable_irq(0..=1) = crate::machine::enable_irq;
        /// time_pulse_us(pin, level, timeout_us=1000000): how long a pulse of that level takes; -2 where none begins in time, -1 where
        /// it does not end.
        def time_pulse_us(2..=3) = crate::machine::time_pulse;
    }
}

/// Number of this crate's first name; each crate with tables has a range of its own below the names in RAM.
const BASE: interpreter::code::width::Number = 0x2000;

interpreter::pool! {
    /// Names that the tables of this crate declare.
    pub static POOL = BASE, &[&[
        &["machine", "pyb", "stm", "_onewire"], onewire::NAMES, stm::NAMES, machine::NAMES, pyb::NAMES, pin::NAMES, pin::MORE, placed::MORE, led::NAMES, switch::NAMES, extint::NAMES, extint::MORE, flash::MORE,
        signal::NAMES, signal::MORE, memory::MORE, timer::NAMES, timer::MORE, rtc::NAMES, watchdog::NAMES, watchdog::MORE,
        desktop::NAMES, adc::NAMES, adc::MORE, adc::pyb_rows::NAMES, adc::all_rows::NAMES, dac::NAMES, dac::MORE, can::NAMES, can::MORE, machine_can::NAMES, machine_can::MORE, card::NAMES, card::MORE, accel::NAMES, i2c::MORE, i2c::NAMES, i2c_target::NAMES, i2c_target::MORE, irq::NAMES, lcd::NAMES, pyb::MORE, i2s::NAMES, i2s::MORE, i2c::soft_rows::NAMES, i2c::pyb_rows::NAMES,
        spi::MORE, spi::NAMES, spi::soft_rows::NAMES, spi::pyb_rows::NAMES,
        pyb_timer::NAMES, pyb_timer::MORE, pyb_timer::channel_rows::NAMES, uart::NAMES, uart::MORE,
        usb::NAMES, usb::MORE, usb::hid_rows::NAMES, usb_device::NAMES, usb_device::MORE, pin::af_rows::NAMES, pwm::NAMES, pwm::MORE, servo::NAMES,
    ]];
}
