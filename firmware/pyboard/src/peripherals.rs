//! Timers, buses and the converter, as the classes ask for them: numbers become the drivers' units, and pins are given to them.

use core::cell::Cell;
use interpreter::vfs::Errno;
use machine::event::Source;
use machine::{
    Break, ChannelMode, Counting, Dacs, Direction, I2cBuses, I2cEvent, I2cTargets, I2sBuses, I2sSettings, SpiBuses, SpiSettings,
    TimerValue, Timers, Voltage, Wave,
};
use stm32f4::gpio::{Mode, Pin, Pull};
use stm32f4::timer::{self, Channel, Timer};
use stm32f4::{Bus, Chip, adc, dac, i2c, i2s, nvic, spi};

use crate::clocks;
use crate::interrupts::{self, CALLBACK_PRIORITY, LINE_PRIORITY};
use crate::memory;
use crate::pins::PINS;

/// All of them: the registers are their state.
pub struct Peripherals;

fn unit(number: u8) -> Timer {
    Timer::numbered(number).expect("the class asked whether there is such a timer")
}

impl Timers for Peripherals {
    fn frequency(&self, number: u8) -> Option<u32> {
        Timer::numbered(number).map(|timer| timer.frequency(&clocks::now()))
    }
    fn longest(&self, number: u8) -> u32 {
        unit(number).longest()
    }
    fn channels(&self, number: u8) -> u8 {
        unit(number).channels()
    }
    fn start(&self, number: u8, counting: Counting) {
        let direction = match counting.direction {
            Direction::Up => timer::Direction::Up,
            Direction::Down => timer::Direction::Down,
            Direction::Centre => timer::Direction::Centre,
        };
        let Counting { prescaler, period, division, .. } = counting;
        unit(number).start(&Chip, timer::Counting { prescaler, period, direction, division });
    }
    fn counting(&self, number: u8) -> Counting {
        let timer::Counting { prescaler, period, direction, division } = unit(number).counting(&Chip);
        let direction = match direction {
            timer::Direction::Up => Direction::Up,
            timer::Direction::Down => Direction::Down,
            timer::Direction::Centre => Direction::Centre,
        };
        Counting { prescaler, period, direction, division }
    }
    fn set_dead_time(&self, number: u8, ticks: u32, brk: Break) -> bool {
        let brk = match brk {
            Break::Off => timer::Break::Off,
            Break::Low => timer::Break::Low,
            Break::High => timer::Break::High,
        };
        let is_advanced = unit(number).is_advanced();
        if is_advanced {
            unit(number).set_dead_time(&Chip, ticks, brk);
        }
        is_advanced
    }
    fn dead_time(&self, number: u8) -> Option<(u32, Break)> {
        let (ticks, brk) = unit(number).is_advanced().then(|| unit(number).dead_time(&Chip))?;
        let brk = match brk {
            timer::Break::Off => Break::Off,
            timer::Break::Low => Break::Low,
            timer::Break::High => Break::High,
        };
        Some((ticks, brk))
    }
    fn stop(&self, number: u8) {
        unit(number).stop(&Chip);
    }
    fn is_started(&self, number: u8) -> bool {
        // An emulator has timers whose clocks are always on, and no register that says so.
        unit(number).is_started(&Chip) || !stm32f4::flash::is_present(&Chip)
    }
    fn interrupt(&self, number: u8, on: bool) {
        unit(number).interrupt_on(&Chip, 1, on);
        if on {
            nvic::enable(&Chip, unit(number).interrupt(), CALLBACK_PRIORITY);
        }
    }
    fn get(&self, number: u8, value: TimerValue) -> u32 {
        Chip.read(register(unit(number), value))
    }
    fn set(&self, number: u8, value: TimerValue, to: u32) {
        Chip.write(register(unit(number), value), to);
    }
    fn channel(&self, number: u8, channel: u8, mode: ChannelMode, low: bool) {
        let mode = match mode {
            ChannelMode::Pwm => Channel::Pwm,
            ChannelMode::PwmInverted => Channel::PwmInverted,
            ChannelMode::Timing => Channel::Timing,
            ChannelMode::Active => Channel::Active,
            ChannelMode::Inactive => Channel::Inactive,
            ChannelMode::Toggle => Channel::Toggle,
            ChannelMode::CaptureRising => Channel::CaptureRising,
            ChannelMode::CaptureFalling => Channel::CaptureFalling,
            ChannelMode::CaptureBoth => Channel::CaptureBoth,
            ChannelMode::ForcedActive => Channel::ForcedActive,
            ChannelMode::ForcedInactive => Channel::ForcedInactive,
        };
        unit(number).channel(&Chip, channel, mode, low);
    }
    fn channel_off(&self, number: u8, channel: u8) {
        unit(number).channel_off(&Chip, channel);
    }
    fn interrupt_channel(&self, number: u8, channel: u8, on: bool) {
        unit(number).interrupt_on(&Chip, 2 << channel, on);
        if on {
            nvic::enable(&Chip, unit(number).channel_interrupt(), CALLBACK_PRIORITY);
        }
    }
    fn signal_updates(&self, number: u8) {
        unit(number).signal_updates(&Chip);
    }
    fn take_end(&self, number: u8) -> bool {
        unit(number).take_end(&Chip)
    }
    fn encoder(&self, number: u8, mode: u8) {
        unit(number).encoder(&Chip, mode);
    }
}

fn register(timer: Timer, value: TimerValue) -> stm32f4::Register {
    match value {
        TimerValue::Prescaler => timer.prescaler(),
        TimerValue::Period => timer.period(),
        TimerValue::Counter => timer.counter(),
        TimerValue::Compare(channel) => timer.compare(channel),
    }
}

/// Clock and data of the buses of two wires: X9 and X10, Y9 and Y10.
const I2C_PINS: [[Pin; 2]; 2] = [[Pin::named("B6"), Pin::named("B7")], [Pin::named("B10"), Pin::named("B11")]];
const I2C_FUNCTION: Mode = Mode::AlternateOpenDrain(4);

fn i2c_unit(bus: u8) -> Option<i2c::Unit> {
    match bus {
        1 => Some(i2c::Unit::One),
        2 => Some(i2c::Unit::Two),
        _ => None,
    }
}

fn i2c_error(error: i2c::Error) -> Errno {
    match error {
        i2c::Error::Refused => Errno::ENODEV,
        i2c::Error::Lost => Errno::EIO,
        i2c::Error::Late => Errno::ETIMEDOUT,
    }
}

/// A bus that the class has asked for before.
fn started(bus: u8) -> i2c::Unit {
    i2c_unit(bus).expect("the class asked whether there is such a bus")
}

fn give_pins(bus: u8) {
    I2C_PINS[usize::from(bus) - 1].iter().for_each(|pin| pin.configure(&Chip, I2C_FUNCTION, Pull::Up));
}

impl I2cTargets for Peripherals {
    fn exists(&self, bus: u8) -> bool {
        i2c_unit(bus).is_some()
    }
    fn stop(&self, bus: u8) {
        if let Some(unit) = i2c_unit(bus) {
            unit.stop(&Chip);
        }
    }
    fn follow(&self, bus: u8, address: u8, general: bool) {
        give_pins(bus);
        started(bus).follow(&Chip, &clocks::now(), address, general);
    }
    fn listen(&self, bus: u8, on: bool) {
        started(bus).listen(&Chip, on);
    }
    fn happened(&self, bus: u8) -> I2cEvent {
        match started(bus).event(&Chip) {
            i2c::Event::Quiet => I2cEvent::Quiet,
            i2c::Event::Addressed { reads } => I2cEvent::Addressed { reads },
            i2c::Event::Room => I2cEvent::Room,
            i2c::Event::Wanted => I2cEvent::Wanted,
            i2c::Event::Arrived(byte) => I2cEvent::Arrived(byte),
            i2c::Event::Refused => I2cEvent::Refused,
            i2c::Event::Stopped => I2cEvent::Stopped,
            i2c::Event::Lost => I2cEvent::Lost,
        }
    }
    fn offer(&self, bus: u8, byte: u8) {
        started(bus).offer(&Chip, byte);
    }
    fn tell(&self, bus: u8) {
        started(bus).interrupts().into_iter().for_each(|interrupt| nvic::enable(&Chip, interrupt, CALLBACK_PRIORITY));
        started(bus).tell(&Chip, true);
    }
}

/// Whether an interrupt is of a bus that is addressed: it comes no more until whoever is told of it has asked what has happened.
pub fn i2c_interrupt(interrupt: nvic::Interrupt) -> bool {
    let found = (1..=2).find(|bus| started(*bus).interrupts().contains(&interrupt));
    if let Some(bus) = found {
        started(bus).tell(&Chip, false);
        interrupts::raise(Source::i2c(bus));
    }
    found.is_some()
}

impl I2cBuses for Peripherals {
    fn start(&self, bus: u8, hertz: u32) -> bool {
        let Some(unit) = i2c_unit(bus) else { return false };
        give_pins(bus);
        unit.start(&Chip, &clocks::now(), hertz);
        if unit.is_busy(&Chip) {
            let [clock, data] = I2C_PINS[usize::from(bus) - 1];
            i2c::Unit::free_lines(&Chip, clock, data);
            give_pins(bus);
            unit.start(&Chip, &clocks::now(), hertz);
        }
        true
    }
    fn write(&self, bus: u8, address: u8, pieces: &[&[Cell<u8>]], stop: bool) -> Result<(), Errno> {
        i2c_unit(bus).ok_or(Errno::ENODEV)?.write(&Chip, address, pieces, stop).map_err(i2c_error)
    }
    fn read(&self, bus: u8, address: u8, buffer: &[Cell<u8>], stop: bool) -> Result<(), Errno> {
        i2c_unit(bus).ok_or(Errno::ENODEV)?.read(&Chip, address, buffer, stop).map_err(i2c_error)
    }
}

/// Clock, data in and data out of the buses of three wires: X6 to X8, Y6 to Y8.
const SPI_PINS: [[Pin; 3]; 2] =
    [[Pin::named("A5"), Pin::named("A6"), Pin::named("A7")], [Pin::named("B13"), Pin::named("B14"), Pin::named("B15")]];
const SPI_FUNCTION: Mode = Mode::Alternate(5);

fn spi_unit(bus: u8) -> Option<spi::Unit> {
    match bus {
        1 => Some(spi::Unit::One),
        2 => Some(spi::Unit::Two),
        _ => None,
    }
}

impl SpiBuses for Peripherals {
    fn start(&self, bus: u8, settings: SpiSettings) -> Option<u32> {
        let unit = spi_unit(bus)?;
        let source = unit.frequency(&clocks::now());
        // The fastest clock that is not faster than what was asked for.
        let divider = (0..7).find(|divider| source >> (divider + 1) <= settings.hertz).unwrap_or(7);
        SPI_PINS[usize::from(bus) - 1].iter().for_each(|pin| pin.configure(&Chip, SPI_FUNCTION, Pull::None));
        let SpiSettings { polarity, phase, low_first, wide, answers, ti, polynomial, .. } = settings;
        unit.start(&Chip, spi::Settings { divider, polarity, phase, low_first, wide, answers, ti, polynomial });
        Some(source >> (divider + 1))
    }
    fn stop(&self, bus: u8) {
        if let Some(unit) = spi_unit(bus) {
            unit.stop(&Chip);
        }
    }
    fn frequency(&self, bus: u8) -> Option<u32> {
        spi_unit(bus).map(|unit| unit.frequency(&clocks::now()))
    }
    fn exchange(&self, bus: u8, word: u16) -> Result<u16, Errno> {
        spi_unit(bus).ok_or(Errno::ENODEV)?.exchange(&Chip, word).ok_or(Errno::ETIMEDOUT)
    }
    fn offer(&self, bus: u8, word: u16, last: bool) -> bool {
        // An interrupt between a last word and the order of its checksum might come too late with that.
        let came = stm32f4::hold_interrupts();
        let offered = spi_unit(bus).is_some_and(|unit| unit.offer(&Chip, word, last));
        stm32f4::let_interrupts(came);
        offered
    }
    fn came(&self, bus: u8) -> Option<u16> {
        spi_unit(bus)?.came(&Chip)
    }
    fn begin_checked(&self, bus: u8) {
        if let Some(unit) = spi_unit(bus) {
            unit.begin_checked(&Chip);
        }
    }
    fn take_sound(&self, bus: u8) -> bool {
        spi_unit(bus).is_some_and(|unit| unit.take_sound(&Chip))
    }
}

impl I2sBuses for Peripherals {
    fn pins(&self, bus: u8) -> Option<[&'static [&'static str]; 3]> {
        // Datasheet, table 9.
        (bus == 2).then_some([&["B13", "B10"], &["B12", "B9"], &["B15", "C3"]])
    }
    fn start(&self, _: u8, settings: I2sSettings, pins: [usize; 3], memory: &[Cell<u8>]) -> bool {
        let I2sSettings { receives, wide, rate } = settings;
        pins.iter().for_each(|pin| PINS[*pin].configure(&Chip, SPI_FUNCTION, Pull::Up));
        let address = memory.as_ptr().expose_provenance() as u32;
        i2s::INTERRUPTS.into_iter().for_each(|interrupt| nvic::enable(&Chip, interrupt, LINE_PRIORITY));
        i2s::start(&Chip, i2s::Settings { receives, wide, rate }, address, memory.len() as u32)
    }
    fn stop(&self, _: u8) {
        i2s::stop(&Chip);
    }
    fn take_half(&self, _: u8, _: &[Cell<u8>]) -> Option<bool> {
        i2s::take_half(&Chip)
    }
}

/// Whether an interrupt is of the bus of sound: what lies in Python's heap is moved here, what is a program's in an interrupt that waits for it.
pub fn i2s_interrupt(interrupt: nvic::Interrupt) -> bool {
    let is_its = i2s::INTERRUPTS.contains(&interrupt);
    if is_its {
        match memory::while_running(|vm| machine::i2s::turn(vm, 2)).flatten() {
            Some(true) => interrupts::defer(Source::i2s(2)),
            Some(false) => {}
            None => i2s::stop(&Chip),
        }
    }
    is_its
}

fn converter(number: u8) -> dac::Channel {
    if number == 1 { dac::Channel::One } else { dac::Channel::Two }
}

impl Dacs for Peripherals {
    fn pin(&self, number: u8) -> Option<&'static str> {
        [Some("A4"), Some("A5")].get(usize::from(number).checked_sub(1)?).copied()?
    }
    fn start(&self, number: u8, buffered: bool) {
        converter(number).pin().configure(&Chip, Mode::Analog, Pull::None);
        converter(number).start(&Chip, buffered);
    }
    fn stop(&self, number: u8) {
        converter(number).stop(&Chip);
    }
    fn write(&self, number: u8, value: u16, wide: bool) {
        converter(number).write(&Chip, value, wide);
    }
    fn wave(&self, number: u8, wave: Wave, timer: u8) -> bool {
        let wave = match wave {
            Wave::Noise => dac::Wave::Noise,
            Wave::Triangle => dac::Wave::Triangle,
        };
        dac::event_of(timer).map(|event| converter(number).wave(&Chip, wave, event)).is_some()
    }
    fn stream(&self, number: u8, bytes: &[Cell<u8>], count: u16, wide: bool, circular: bool, timer: u8) -> bool {
        let address = bytes.as_ptr().expose_provenance() as u32;
        dac::event_of(timer).map(|event| converter(number).stream_from(&Chip, address, count, wide, circular, event)).is_some()
    }
}

/// Measures a voltage; a pin is given to the converter first.
///
/// # Errors
/// `EINVAL` for what the converter is not connected with, `ETIMEDOUT`.
pub fn measure(voltage: Voltage) -> Result<u16, Errno> {
    let channel = match voltage {
        Voltage::Channel(number) => adc::Channel::numbered(number).ok_or(Errno::EINVAL)?,
        Voltage::Pin(pin) => {
            let channel = adc::Channel::of(PINS[pin]).ok_or(Errno::EINVAL)?;
            PINS[pin].configure(&Chip, Mode::Analog, Pull::None);
            channel
        }
    };
    adc::measure(&Chip, channel).ok_or(Errno::ETIMEDOUT)
}
