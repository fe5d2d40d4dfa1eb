//! `pyb`: the pyboard's own module.

use crate::accel::ACCEL;
use crate::adc::{ADC_ALL, PYB_ADC};
use crate::can::CAN;
use crate::card::SD_CARD;
use crate::dac::DAC;
use crate::extint::EXT_INT;
use crate::flash::FLASH;
use crate::hardware::hardware;
use crate::i2c::PYB_I2C;
use crate::lcd::LCD;
use crate::led::LED;
use crate::machine::{deep_sleep, disable_irq, enable_irq, frequencies, idle, light_sleep};
use crate::pin::PIN;
use crate::pyb_timer::TIMER;
use crate::rtc::RTC;
use crate::servo::{SERVO, set_period, set_pulse};
use crate::spi::PYB_SPI;
use crate::switch::SWITCH;
use crate::uart::{UART, repl_uart};
use crate::usb::{KEYBOARD, MOUSE, USB_HID, USB_VCP, have_cdc, report, usb_mode};
use crate::watchdog::WDT;
use interpreter::modules::core_rows;
use interpreter::object::handle::{Args, type_word};
use interpreter::object::kind::find_row;
use interpreter::object::name::Name;
use interpreter::object::print::{Console, Printer};
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Root, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// ADC(pin or channel): a voltage as a number.
    const ADC = type_word(&PYB_ADC);
    /// Accel(): the accelerometer.
    const Accel = type_word(&ACCEL);
    /// ADCAll(resolution, mask=0xffffffff): all channels of the converter.
    const ADCAll = type_word(&ADC_ALL);
    /// CAN(bus, mode, prescaler=100, *, sjw=1, bs1=6, bs2=8, auto_restart=False, baudrate=0, sample_point=75): messages on a bus of many.
    const CAN = type_word(&CAN);
    /// DAC(port, bits=8, *, buffering=None): numbers as voltages, on X5 and X6.
    const DAC = type_word(&DAC);
    /// Timer(number, *, freq or prescaler and period, callback): one of the chip's timers.
    const Timer = type_word(&TIMER);
    /// ExtInt(pin, mode, pull, callback): a callback for changes of a pin's level.
    const ExtInt = type_word(&EXT_INT);
    /// Flash(*, start=-1, len=-1): the board's own blocks as a block device, or some of them, in bytes.
    const Flash = type_word(&FLASH);
    /// I2C(id, mode, *, baudrate=400000): a bus of two wires.
    const I2C = type_word(&PYB_I2C);
    /// LCD(position): the screen of a skin in the position 'X' or 'Y'.
    const LCD = type_word(&LCD);
    /// LED(number): an LED, from 1.
    const LED = type_word(&LED);
    /// Pin(id, mode, pull, *, value, alt): a pin, by name or number.
    const Pin = type_word(&PIN);
    /// RTC(): the clock on the wall.
    const RTC = type_word(&RTC);
    /// SDCard(): the memory card in the slot, as a block device.
    const SDCard = type_word(&SD_CARD);
    /// SPI(id, mode, baudrate=328125, *, prescaler, polarity=1, phase=0, bits=8, firstbit=SPI.MSB, ti=False): a bus of three wires.
    const SPI = type_word(&PYB_SPI);
    /// Servo(number): a motor on X1 to X4, from 1.
    const Servo = type_word(&SERVO);
    /// servo(number, width): the pulses of a Servo, by an old name; 50 to 250 times 10 microseconds.
    def servo(2) = set_pulse;
    /// pwm(period, width): the time between such pulses, and how long those on X3 are, by an old name; times 10 microseconds.
    def pwm(2) = set_period;
    /// Switch(): the user switch.
    const Switch = type_word(&SWITCH);
    /// UART(id, baudrate=9600, bits=8, parity=None, stop=1, *, timeout, timeout_char, rxbuf, flow): a serial line.
    const UART = type_word(&UART);
    /// WDT(0, timeout=5000): the watchdog, from now on.
    const WDT = type_word(&WDT);
    /// delay(ms): waits.
    def delay(1) = |vm, args| { let ms = vm.index(args.at(0))?; vm.wait((ms as i64).saturating_mul(1000)) };
    /// udelay(us): waits.
    def udelay(1) = |vm, args| { let us = vm.index(args.at(0))?; vm.wait(us as i64) };
    /// millis(): milliseconds since the start.
    def millis(0) = |vm, _| vm.new_int((vm.port.now() / 1000) as i64 & 0x3fff_ffff);
    /// micros(): microseconds since the start.
    def micros(0) = |vm, _| vm.new_int(vm.port.now() as i64 & 0x3fff_ffff);
    /// elapsed_millis(start): milliseconds since `millis()` answered that.
    def elapsed_millis(1) = |vm, args| {
        let start = vm.index(args.at(0))?;
        Ok(Word::int(((vm.port.now() / 1000) as isize).wrapping_sub(start) & 0x1fff_ffff))
    };
    /// elapsed_micros(start): microseconds since `micros()` answered that.
    def elapsed_micros(1) = |vm, args| {
        let start = vm.index(args.at(0))?;
        Ok(Word::int((vm.port.now() as isize).wrapping_sub(start) & 0x1fff_ffff))
    };
    /// main(file): that file runs after boot.py, in the place of main.py.
    def main(1) = |vm, args| {
        vm.as_text(args.at(0)).ok_or_else(|| vm.type_error("a path is a str"))?;
        vm.set_root(Root::MainFile, args.at(0));
        Ok(Word::NONE)
    };
    /// rng(): a random number of 30 bits.
    def rng(0) = |vm, _| vm.new_int((vm.port.entropy() & 0x3fff_ffff) as i64);
    /// unique_id(): 12 bytes that no other board has.
    def unique_id(0) = |vm, _| { let id = hardware(vm)?.unique_id(); vm.new_bytes(&id) };
    /// freq([system[, bus[, slow bus[, fast bus]]]]): the clocks of the processor, its bus, and the two peripheral buses in Hz; or sets
    /// them, to the fastest ones that are not faster.
    def freq(0..=4) = frequencies;
    /// stop(): stops the clocks until something wakes the board.
    def stop(0..=1) = light_sleep;
    /// standby(): switches the board off until something wakes it; then it starts anew.
    def standby(0..=1) = deep_sleep;
    /// info(): prints the board's identity and clocks, and what its memory holds.
    def info(0..=1) = info;
    /// wfi(): sleeps until an interrupt.
    def wfi(0) = idle;
    /// disable_irq(): holds interrupts back; answers what enable_irq takes.
    def disable_irq(0) = disable_irq;
    /// enable_irq(state=True): lets interrupts come again, if they came before.
    def enable_irq(0..=1) = enable_irq;
    /// hard_reset(): starts the board anew, as its reset button does.
    def hard_reset(0) = |vm, _| { hardware(vm)?.reset(); Err(vm.raise(&interpreter::object::exception::SYSTEM_EXIT, &[])) };
    /// bootloader(): starts what takes new firmware.
    def bootloader(0..=1) = |vm, _| { hardware(vm)?.boot_loader(); Err(crate::hardware::absent(vm)) };
    /// USB_VCP(): the serial line on USB.
    const USB_VCP = type_word(&USB_VCP);
    /// USB_HID(): the mouse or keyboard that the board is, in the mode 'VCP+HID'.
    const USB_HID = type_word(&USB_HID);
    /// usb_mode([mode], *, vid=0xf055, pid=-1, msc=(), hid=hid_mouse): what the board shows on USB: 'VCP', 'MSC', 'VCP+MSC', 'VCP+HID' or
    /// None; without arguments, what it shows now.
    def usb_mode(0..=1, keywords) = usb_mode;
    /// For hid=: a mouse, whose reports are buttons, x, y and wheel.
    const hid_mouse = Word::of_static(&MOUSE);
    /// For hid=: a keyboard, whose reports are modifiers, 0, and up to six keys.
    const hid_keyboard = Word::of_static(&KEYBOARD);
    /// hid(report): USB_HID().send(report), by its old name.
    def hid(1) = |vm, args| report(vm, args.at(0));
    /// have_cdc(): whether a program of a computer has opened the serial line on USB.
    def have_cdc(0) = have_cdc;
    /// fault_debug(on): a hard fault always says what it knows before the board restarts.
    def fault_debug(1) = |_, _| Ok(Word::NONE);
    /// repl_uart([uart]): the serial line that the prompt is on, or None; moves it there.
    def repl_uart(0..=1) = repl_uart;
    /// country([code]): for what has a radio; the factory's boot.py says it.
    def country(0..=1) = |_, _| Ok(Word::NONE);
    /// sync(): files that were closed are on the disk already.
    def sync(0) = |_, _| Ok(Word::NONE);
}

/// Names that are not in the table.
pub const MORE: &[&str] = &["SD", "mount"];

/// What the module had once: `SD`, the memory card, and `mount`, which is `vfs.mount`.
///
/// # Errors
/// `MemoryError`, and what `SDCard()` raises.
pub fn attribute(vm: &Vm, name: Name) -> Outcome {
    match name {
        name if name == name!(SD) => vm.call(type_word(&SD_CARD), &[]),
        name if name == name!(mount) => Ok(find_row(core_rows(name!(vfs)), name).unwrap_or(Word::UNSET)),
        _ => Ok(Word::UNSET),
    }
}

/// `info()`.
///
/// # Errors
/// `OSError(ENODEV)`.
pub fn info(vm: &Vm, _: Args) -> Outcome {
    let hardware = hardware(vm)?;
    vm.write_text(b"ID=");
    for byte in hardware.unique_id() {
        vm.write_text(&[byte >> 4, byte & 15].map(|digit| b"0123456789abcdef"[usize::from(digit)]));
    }
    let mut out = Console;
    let mut out = Printer::new(&mut out);
    for (name, hertz) in ["\nS=", "\nH=", "\nP1=", "\nP2="].into_iter().zip(hardware.frequencies()) {
        out.text(vm, name)?;
        out.int(vm, hertz as isize)?;
    }
    out.text(vm, "\n")?;
    // The rest is what `micropython.mem_info()` says.
    match find_row(core_rows(name!(micropython)), name!(mem_info)) {
        Some(memory) => vm.call(memory, &[]),
        None => Ok(Word::NONE),
    }
}
