//! What the classes of `machine` and `pyb` ask of a board, answered by the chip.

use crate::pins::{LEDS, NAMES, PINS, SWITCH};
use core::sync::atomic::{AtomicU32, Ordering::Relaxed};
use machine::{Hardware, Mode, Pull};
use stm32f4::clock::Clocks;
use stm32f4::{Chip, gpio, reset, signature};

/// The board. It has no state of its own: the registers are its state.
struct Pyboard;

/// The processor's clock in Hz.
static FREQUENCY: AtomicU32 = AtomicU32::new(0);

/// Sets up what is soldered to the board.
pub fn start(clocks: Clocks) -> &'static dyn Hardware {
    FREQUENCY.store(clocks.system, Relaxed);
    SWITCH.configure(&Chip, gpio::Mode::Input, gpio::Pull::Up);
    for led in LEDS {
        led.write(&Chip, false);
        led.configure(&Chip, gpio::Mode::PushPull, gpio::Pull::None);
    }
    &Pyboard
}

impl Hardware for Pyboard {
    fn pins(&self) -> &'static [&'static str] {
        NAMES
    }

    fn configure(&self, pin: usize, mode: Mode, pull: Pull) {
        let mode = match mode {
            Mode::Input => gpio::Mode::Input,
            Mode::Output => gpio::Mode::PushPull,
            Mode::OpenDrain => gpio::Mode::OpenDrain,
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
            gpio::Mode::PushPull => Mode::Output,
            gpio::Mode::OpenDrain => Mode::OpenDrain,
            _ => Mode::Input,
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

    fn leds(&self) -> usize {
        LEDS.len()
    }

    fn led(&self, led: usize) -> u8 {
        if LEDS[led].driven(&Chip) { 255 } else { 0 }
    }

    fn set_led(&self, led: usize, intensity: u8) {
        LEDS[led].write(&Chip, intensity > 0);
    }

    fn switch(&self) -> bool {
        !SWITCH.read(&Chip)
    }

    fn unique_id(&self) -> [u8; 12] {
        signature::identity(&Chip)
    }

    fn frequency(&self) -> u32 {
        FREQUENCY.load(Relaxed)
    }

    fn reset(&self) {
        reset::reset(&Chip)
    }
}
