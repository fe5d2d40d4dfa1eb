//! What the classes ask of a board.
//!
//! One trait for what every board has, and one for each peripheral that a board may lack: then it answers `None`, and the class
//! raises `OSError(ENODEV)` instead of pretending.

use crate::boards::PinRow;
use interpreter::vfs::Errno;
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
    /// Belongs to a peripheral, by the number of its function.
    Alternate(u8),
    /// The same, driving low alone.
    AlternateOpenDrain(u8),
    /// Belongs to the analogue parts.
    Analog,
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

/// Which changes of a pin's level count.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Edges {
    /// From low to high.
    pub rising: bool,
    /// From high to low.
    pub falling: bool,
}

/// Why a board started.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cause {
    /// Its supply came.
    Power,
    /// Its reset button, or the program's `machine.reset()`.
    Reset,
    /// A watchdog.
    Watchdog,
    /// It woke from the deepest sleep.
    Standby,
    /// The interpreter alone started anew.
    Soft,
}

/// A board's hardware. Pins and LEDs are numbered from 0; the classes check numbers before they come here.
pub trait Hardware {
    /// The pins, by number.
    fn pins(&self) -> &'static [PinRow];
    /// Sets a pin up.
    fn configure(&self, pin: usize, mode: Mode, pull: Pull);
    /// How a pin is set up.
    fn configuration(&self, pin: usize) -> (Mode, Pull);
    /// The level at a pin.
    fn read(&self, pin: usize) -> bool;
    /// The level that a pin drives.
    fn write(&self, pin: usize, level: bool);
    /// Raises `event::Source::line` at these changes of a pin; none stops that. Pins of one number share a line.
    fn watch(&self, pin: usize, edges: Edges);
    /// Raises it as if the pin had changed, if changes of it count.
    fn trigger(&self, pin: usize);
    /// Number of LEDs.
    fn leds(&self) -> usize;
    /// How bright an LED is, 0 to 255.
    fn led(&self, led: usize) -> u8;
    /// Sets how bright an LED is.
    fn set_led(&self, led: usize, intensity: u8);
    /// The pin of the user switch, which pulls it low.
    fn switch(&self) -> usize;
    /// A number that no other board has, 12 bytes.
    fn unique_id(&self) -> [u8; 12];
    /// The clocks of the processor, of its bus, and of the two peripheral buses in Hz.
    fn frequencies(&self) -> [u32; 4];
    /// Why the board started.
    fn cause(&self) -> Cause;
    /// Starts the board anew, as its reset button does. Returns only where that takes a moment.
    fn reset(&self);
    /// Starts what takes new firmware. Returns only where there is nothing that does.
    fn boot_loader(&self);
    /// Holds interrupts back; tells whether they came before.
    fn hold_interrupts(&self) -> bool;
    /// Lets interrupts come (or not).
    fn let_interrupts(&self, come: bool);
    /// Sets the interpreter's pending flag at this time of `Port::now`, once; `None` forgets that.
    fn alarm(&self, at: Option<u64>);
    /// Sets the clock on the wall, in nanoseconds since 1970; `Port::clock` reads it.
    ///
    /// # Errors
    /// What the clock answers.
    fn set_clock(&self, nanoseconds: u64) -> Result<(), Errno>;
    /// Restarts the board unless it is fed again within so many milliseconds; a board without a watchdog answers `ENODEV`.
    ///
    /// # Errors
    /// `EINVAL` for a time that the watchdog cannot count.
    fn watchdog(&self, _milliseconds: u32) -> Result<(), Errno> {
        Err(Errno::ENODEV)
    }
    /// Feeds the watchdog.
    fn feed(&self) {}
}

/// What a port with hardware answers as its context.
pub struct Board(pub &'static dyn Hardware);

/// The hardware of the board that runs this.
///
/// # Errors
/// `OSError(ENODEV)` on a port without hardware.
pub(crate) fn hardware(vm: &Vm) -> Outcome<&'static dyn Hardware> {
    let board = vm.port.context().and_then(|context| context.downcast_ref::<Board>());
    board.map(|board| board.0).ok_or_else(|| absent(vm))
}

/// `OSError(ENODEV)`: this board does not have it.
pub(crate) fn absent(vm: &Vm) -> interpreter::vm::Raised {
    vm.os_error(Errno::ENODEV.0)
}
