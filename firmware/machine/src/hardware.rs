//! What the classes ask of a board.

use interpreter::vm::{Outcome, Vm};

/// What a pin does.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Mode {
    /// Reads.
    #[default]
    Input,
    /// Drives both ways.
    Output,
    /// Drives low, lets go for high.
    OpenDrain,
}

/// What holds a pin that nobody drives.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Pull {
    /// Nothing.
    #[default]
    None,
    /// A resistor to the supply.
    Up,
    /// A resistor to ground.
    Down,
}

/// A board's hardware. Pins and LEDs are numbered from 0; the classes check numbers before they come here.
pub trait Hardware {
    /// Names of the pins, by number.
    fn pins(&self) -> &'static [&'static str];
    /// Sets a pin up.
    fn configure(&self, pin: usize, mode: Mode, pull: Pull);
    /// How a pin is set up.
    fn configuration(&self, pin: usize) -> (Mode, Pull);
    /// The level at a pin.
    fn read(&self, pin: usize) -> bool;
    /// The level that a pin drives.
    fn write(&self, pin: usize, level: bool);
    /// Number of LEDs.
    fn leds(&self) -> usize;
    /// How bright an LED is, 0 to 255.
    fn led(&self, led: usize) -> u8;
    /// Sets how bright an LED is.
    fn set_led(&self, led: usize, intensity: u8);
    /// Whether the user switch is pressed.
    fn switch(&self) -> bool;
    /// A number that no other board has, 12 bytes.
    fn unique_id(&self) -> [u8; 12];
    /// The processor's clock in Hz.
    fn frequency(&self) -> u32;
    /// Starts the board anew, as its reset button does. Returns only where that takes a moment.
    fn reset(&self);
}

/// What a port with hardware answers as its context.
pub struct Board(pub &'static dyn Hardware);

/// The hardware of the board that runs this.
///
/// # Errors
/// `OSError(ENODEV)` on a port without hardware.
pub(crate) fn hardware(vm: &Vm) -> Outcome<&'static dyn Hardware> {
    let board = vm.port.context().and_then(|context| context.downcast_ref::<Board>());
    board.map(|board| board.0).ok_or_else(|| vm.os_error(interpreter::vfs::Errno::ENODEV.0))
}
