//! What the classes of `machine` and `pyb` ask of a board, answered by the chip.

use crate::can::{self, Buses};
use crate::card;
use crate::clocks;
use crate::disk;
use crate::interrupts;
use crate::peripherals::{self, Peripherals};
use crate::pins::{LEDS, PINS, SWITCH};
use crate::serial::Lines;
use crate::{usb, wall};
use core::cell::Cell;
use core::sync::atomic::{AtomicU8, Ordering::Relaxed};
use interpreter::vfs::{BlockDevice, Errno};
use machine::boards::{PYBOARD, PinRow};
use machine::{
    Backup, Cans, CardSlot, Cause, Clockwork, Dacs, Edges, Hardware, I2cBuses, I2cTargets, I2sBuses, Mode, Pull, SerialLines,
    SpiBuses, Timers, Voltage, WallClock,
};
use stm32f4::bitstream::{self, Pulse};
use stm32f4::clock::Clocks;
use stm32f4::timer::{Channel, Counting, Direction, Timer};
use stm32f4::{Bus, Chip, exti, flash, gpio, reset, signature, sleep, watchdog};

/// The board: the registers are its state.
pub struct Pyboard {
    /// The number of a `Cause`.
    cause: AtomicU8,
}

const CAUSES: [Cause; 5] = [Cause::Power, Cause::Reset, Cause::Watchdog, Cause::Standby, Cause::Soft];

impl Pyboard {
    /// Sets up what is soldered to the board.
    pub fn start() -> Pyboard {
        PINS[SWITCH].configure(&Chip, gpio::Mode::Input, gpio::Pull::Up);
        for led in LEDS {
            led.write(&Chip, false);
            led.configure(&Chip, gpio::Mode::PushPull, gpio::Pull::None);
        }
        card::start();
        let woke = sleep::take_standby(&Chip);
        let cause = match reset::take_cause(&Chip) {
            _ if woke => Cause::Standby,
            reset::Cause::Power | reset::Cause::Unknown => Cause::Power,
            reset::Cause::Pin | reset::Cause::Software => Cause::Reset,
            reset::Cause::Watchdog => Cause::Watchdog,
            reset::Cause::LowPower => Cause::Standby,
        };
        let number = CAUSES.iter().position(|it| *it == cause).expect("all are in the list");
        Pyboard { cause: AtomicU8::new(number as u8) }
    }

    /// Whether somebody holds the switch down. An emulator's pins read as low, and have no pull-up either.
    pub fn is_switch_held(&self) -> bool {
        let (_, pull) = PINS[SWITCH].configuration(&Chip);
        pull == gpio::Pull::Up && !PINS[SWITCH].read(&Chip)
    }

    /// Lights the LEDs of a number's bits, from the second LED on.
    pub fn show(&self, bits: u8) {
        (1..LEDS.len()).for_each(|led| LEDS[led].write(&Chip, bits >> (led - 1) & 1 != 0));
    }

    /// The interpreter starts anew: what the program before set up is undone.
    pub fn soft_reset(&self) {
        (0..exti::LINES).for_each(|line| exti::watch_line(&Chip, line, exti::Edges::default()));
        // One without a clock does not hear it.
        (1..=14).filter_map(Timer::numbered).for_each(|timer| timer.stop(&Chip));
        (0..LEDS.len()).for_each(|led| self.set_led(led, 0));
        // What they convert is not kept any more.
        [1, 2].into_iter().for_each(|dac| Dacs::stop(&Peripherals, dac));
        can::soft_reset();
        reset::forget_program(&Chip);
        interrupts::set_alarm(None);
        // A clock that does not answer wakes nobody.
        let _ = wall::wall().map(|clock| clock.wake_every(None));
        self.cause.store(CAUSES.len() as u8 - 1, Relaxed);
    }
}

/// The timer that dims an LED by its first channel, and the function of the LED's pin by which it does (datasheet, table 9): the yellow
/// one and the blue one have some.
fn dimmer(led: usize) -> Option<(Timer, u8)> {
    let (number, function) = [None, None, Some((2, 1)), Some((3, 2))][led]?;
    Timer::numbered(number).map(|timer| (timer, function))
}

fn is_dimmed(led: usize) -> bool {
    matches!(LEDS[led].configuration(&Chip).0, gpio::Mode::Alternate(_))
}

/// In the chip's words.
fn on_line(Edges { rising, falling, wakes }: Edges) -> exti::Edges {
    exti::Edges { rising, falling, wakes }
}

impl Clockwork for Pyboard {
    fn hold_interrupts(&self) -> bool {
        stm32f4::hold_interrupts()
    }

    fn let_interrupts(&self, come: bool) {
        stm32f4::let_interrupts(come);
    }

    fn alarm(&self, at: Option<u64>) {
        interrupts::set_alarm(at.map(|at| at.div_ceil(1000)));
    }

    fn set_clock(&self, nanoseconds: u64) -> Result<(), Errno> {
        wall::set(nanoseconds)
    }

    fn backup(&self) -> &'static [Backup] {
        wall::backup()
    }
}

impl Hardware for Pyboard {
    fn pins(&self) -> &'static [PinRow] {
        PYBOARD
    }

    fn configure(&self, pin: usize, mode: Mode, pull: Pull) {
        let mode = match mode {
            Mode::Input => gpio::Mode::Input,
            Mode::Output => gpio::Mode::PushPull,
            Mode::OpenDrain => gpio::Mode::OpenDrain,
            Mode::Alternate(function) => gpio::Mode::Alternate(function),
            Mode::AlternateOpenDrain(function) => gpio::Mode::AlternateOpenDrain(function),
            Mode::Analog => gpio::Mode::Analog,
        };
        let pull = match pull {
            Pull::None => gpio::Pull::None,
            Pull::Up => gpio::Pull::Up,
            Pull::Down => gpio::Pull::Down,
        };
        PINS[pin].configure(&Chip, mode, pull);
    }

    fn configuration(&self, pin: usize) -> (Mode, Pull) {
        let (mode, pull) = PINS[pin].configuration(&Chip);
        let mode = match mode {
            gpio::Mode::Input => Mode::Input,
            gpio::Mode::PushPull => Mode::Output,
            gpio::Mode::OpenDrain => Mode::OpenDrain,
            gpio::Mode::Alternate(function) => Mode::Alternate(function),
            gpio::Mode::AlternateOpenDrain(function) => Mode::AlternateOpenDrain(function),
            gpio::Mode::Analog => Mode::Analog,
        };
        let pull = match pull {
            gpio::Pull::None => Pull::None,
            gpio::Pull::Up => Pull::Up,
            gpio::Pull::Down => Pull::Down,
        };
        (mode, pull)
    }

    fn read(&self, pin: usize) -> bool {
        PINS[pin].read(&Chip)
    }

    fn write(&self, pin: usize, level: bool) {
        PINS[pin].write(&Chip, level);
    }

    fn watch(&self, pin: usize, edges: Edges) {
        exti::watch(&Chip, PINS[pin], on_line(edges));
    }

    fn trigger(&self, pin: usize) {
        interrupts::trigger(PINS[pin].number);
    }

    fn watch_line(&self, line: u8, edges: Edges) {
        exti::watch_line(&Chip, line, on_line(edges));
    }

    fn trigger_line(&self, line: u8) {
        interrupts::trigger(line);
    }

    fn line_registers(&self) -> [(&'static str, u32); 6] {
        exti::registers(&Chip)
    }

    fn bitstream(&self, pin: usize, times: [u32; 4], bytes: &[Cell<u8>]) {
        let kilohertz = u64::from(clocks::system() / 1000);
        let [high_0, low_0, high_1, low_1] = times.map(|time| (u64::from(time) * kilohertz / 1_000_000) as u32);
        let pulses = [Pulse { high: high_0, low: low_0 }, Pulse { high: high_1, low: low_1 }];
        for byte in bytes {
            for at in (0..8).rev() {
                // Held back for a bit alone: between two it may be low for longer.
                let came = stm32f4::hold_interrupts();
                bitstream::send(&Chip, PINS[pin], pulses[usize::from(byte.get() >> at & 1)]);
                stm32f4::let_interrupts(came);
            }
        }
    }

    fn leds(&self) -> usize {
        LEDS.len()
    }

    fn led(&self, led: usize) -> u8 {
        match dimmer(led) {
            Some((timer, _)) if is_dimmed(led) => Chip.read(timer.compare(0)) as u8,
            _ if LEDS[led].driven(&Chip) => 255,
            _ => 0,
        }
    }

    fn set_led(&self, led: usize, intensity: u8) {
        match dimmer(led) {
            Some((timer, function)) if !matches!(intensity, 0 | 255) => {
                // A microsecond a step: 3.9 kHz, which no eye sees.
                let prescaler = (timer.frequency(&clocks::now()) / 1_000_000).max(1) - 1;
                timer.start(&Chip, Counting { prescaler, period: 254, direction: Direction::Up, division: 0 });
                Chip.write(timer.compare(0), intensity.into());
                timer.channel(&Chip, 0, Channel::Pwm, false);
                LEDS[led].configure(&Chip, gpio::Mode::Alternate(function), gpio::Pull::None);
            }
            _ => {
                LEDS[led].write(&Chip, intensity > 0);
                LEDS[led].configure(&Chip, gpio::Mode::PushPull, gpio::Pull::None);
            }
        }
    }

    fn switch(&self) -> usize {
        SWITCH
    }

    fn unique_id(&self) -> [u8; 12] {
        // An emulator without a flash controller has no identity either, and faults when it is read.
        if flash::is_present(&Chip) { signature::identity(&Chip) } else { *b"emulatedchip" }
    }

    fn frequencies(&self) -> [u32; 4] {
        let Clocks { undivided, system, apb1, apb2, .. } = clocks::now();
        [undivided, system, apb1, apb2]
    }

    fn set_frequencies(&self, wanted: [u32; 4]) -> Result<(), Errno> {
        clocks::change(wanted)
    }

    fn cause(&self) -> Cause {
        CAUSES[self.cause.load(Relaxed) as usize]
    }

    fn reset(&self) {
        reset::reset(&Chip)
    }

    fn stop(&self) -> Result<(), Errno> {
        // What is due comes after it: a tick on the way would end it.
        let came = stm32f4::hold_interrupts();
        sleep::stop(&Chip, stm32f4::wait_for_interrupt);
        clocks::resume();
        if came {
            stm32f4::let_interrupts(true);
        }
        Ok(())
    }

    fn standby(&self) -> Result<(), Errno> {
        stm32f4::hold_interrupts();
        sleep::standby(&Chip, stm32f4::wait_for_interrupt);
        // Only an emulator comes here.
        reset::reset(&Chip)
    }

    fn boot_loader(&self) {
        // An emulator has no ROM.
        if flash::is_present(&Chip) {
            stm32f4::ask_for_loader();
            reset::reset(&Chip)
        }
    }

    fn flash(&self) -> Option<&'static dyn BlockDevice> {
        Some(disk::device())
    }

    fn card_slot(&self) -> Option<&'static dyn CardSlot> {
        Some(card::slot())
    }

    fn timers(&self) -> Option<&dyn Timers> {
        Some(&Peripherals)
    }

    fn i2c(&self) -> Option<&dyn I2cBuses> {
        Some(&Peripherals)
    }

    fn i2c_targets(&self) -> Option<&dyn I2cTargets> {
        Some(&Peripherals)
    }

    fn spi(&self) -> Option<&dyn SpiBuses> {
        Some(&Peripherals)
    }

    fn cans(&self) -> Option<&dyn Cans> {
        Some(&Buses)
    }

    fn i2s(&self) -> Option<&dyn I2sBuses> {
        Some(&Peripherals)
    }

    fn dacs(&self) -> Option<&dyn Dacs> {
        Some(&Peripherals)
    }

    fn reference(&self) -> Option<u16> {
        if flash::is_present(&Chip) { signature::reference(&Chip) } else { None }
    }

    fn serial(&self) -> Option<&dyn SerialLines> {
        Some(&Lines)
    }

    fn usb(&self) -> Option<&dyn machine::Usb> {
        usb::port().map(|port| port as &dyn machine::Usb)
    }

    fn wall_clock(&self) -> Option<&dyn WallClock> {
        wall::wall()
    }

    fn measure(&self, voltage: Voltage) -> Result<u16, Errno> {
        peripherals::measure(voltage)
    }

    fn watchdog(&self, milliseconds: u32) -> Result<(), Errno> {
        if !(1..=watchdog::MAXIMUM).contains(&milliseconds) {
            return Err(Errno::EINVAL);
        }
        watchdog::start(&Chip, milliseconds);
        Ok(())
    }

    fn feed(&self) {
        watchdog::feed(&Chip);
    }
}
