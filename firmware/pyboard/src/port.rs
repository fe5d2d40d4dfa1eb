//! What the interpreter asks of the outside, answered by a serial line and a tick of one millisecond.

use crate::{hardware, interrupts, modules};
use core::sync::atomic::AtomicBool;
use interpreter::modules::BuiltinModule;
use interpreter::object::name::Pool;
use interpreter::port::Port;
use machine::Board;
use stm32f4::clock::{self, Clocks};
use stm32f4::gpio::{Mode, Pin, Pull};
use stm32f4::usart::{Line, Usart};
use stm32f4::{Chip, reset};

/// The line that the prompt is on: UART 1, on X9 (out) and X10 (in).
pub const CONSOLE: Line = Line::One;
const PINS: [Pin; 2] = [Pin::named("B6"), Pin::named("B7")];
/// What the pins are to the line (datasheet, table 9).
const FUNCTION: Mode = Mode::Alternate(7);
/// Bits a second.
const BAUD: u32 = 115_200;

/// Microseconds in which the tick wakes a sleeper at the latest.
const TICK: u64 = 1000;

/// The serial line to the user, and the clock.
pub struct Console {
    usart: Usart<Chip>,
    clocks: Clocks,
    board: Board,
}

impl Console {
    /// Starts the chip's clocks, the line and the tick.
    pub fn start() -> Console {
        let clocks = clock::start(&Chip);
        PINS.iter().for_each(|pin| pin.configure(&Chip, FUNCTION, Pull::Up));
        let usart = Usart::start(Chip, CONSOLE, &clocks, BAUD);
        interrupts::start(clocks.system);
        Console { usart, clocks, board: Board(hardware::start(clocks)) }
    }

    /// Writes text past the interpreter.
    pub fn say(&self, text: &str) {
        self.write(text.as_bytes());
    }
}

impl Port for Console {
    fn write(&self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.usart.send(*byte));
    }

    fn read(&self) -> Option<u8> {
        interrupts::read()
    }

    fn now(&self) -> u64 {
        let (milliseconds, cycles) = interrupts::time();
        milliseconds * 1000 + u64::from(cycles / (self.clocks.system / 1_000_000))
    }

    fn idle(&self, deadline: Option<u64>) {
        // What is due before the next tick would sleep too long.
        if deadline.is_none_or(|deadline| self.now() + TICK <= deadline) {
            // The tick wakes it, if nothing else does: a byte that came just before is seen a millisecond later at worst.
            stm32f4::wait_for_interrupt();
        }
    }

    fn pending(&self) -> &'static AtomicBool {
        &interrupts::PENDING
    }

    fn interrupted(&self) -> bool {
        interrupts::stopped()
    }

    fn entropy(&self) -> u64 {
        // The moment of asking and the chip's identity, spread over all bits.
        let identity = stm32f4::signature::identity(&Chip);
        let seed = identity.iter().fold(self.now(), |seed, byte| seed.rotate_left(8) ^ u64::from(*byte));
        seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29)
    }

    fn has_input(&self) -> bool {
        interrupts::has_input()
    }

    fn set_interrupt(&self, byte: Option<u8>) {
        interrupts::stop_at(byte);
    }

    fn modules(&self) -> &'static [&'static BuiltinModule] {
        modules::MODULES
    }

    fn pools(&self) -> &'static [&'static Pool] {
        modules::POOLS
    }

    fn context(&self) -> Option<&dyn core::any::Any> {
        Some(&self.board)
    }

    fn is_terminal_line(&self) -> bool {
        true
    }

    fn machine(&self) -> &'static str {
        "PYBv1.1 with STM32F405RG"
    }

    fn platform(&self) -> &'static str {
        "pyboard"
    }
}

/// Says why the program cannot go on, on the line as it stands, and starts the chip over.
pub fn restart(say: impl FnOnce(&dyn Fn(&str))) -> ! {
    let usart = Usart::running(Chip, CONSOLE);
    say(&|text| text.bytes().for_each(|byte| usart.send(byte)));
    reset::reset(&Chip)
}
