//! What the interpreter asks of the outside, answered by a serial line and a tick of one millisecond.

use crate::{board, interrupts, memory};
use core::sync::atomic::AtomicBool;
use interpreter::modules::BuiltinModule;
use interpreter::object::name::Pool;
use interpreter::port::Port;
use stm32f1::usart::Usart;
use stm32f1::{Chip, clock, reset, systick};

/// Bits a second.
const BAUD: u32 = 115_200;

/// The serial line to the user, and the clock.
pub struct Line {
    usart: Usart<Chip>,
    cycles_per_microsecond: u32,
}

impl Line {
    /// Starts the chip's clocks, the line and the tick.
    pub fn start() -> Line {
        let clock = clock::start(&Chip);
        let usart = Usart::start(Chip, clock, BAUD);
        usart.interrupt_on_data(true);
        systick::start(&Chip, clock / 1000);
        Line { usart, cycles_per_microsecond: clock / 1_000_000 }
    }

    /// Says why the program cannot go on, and starts the chip over.
    pub fn fail(reason: &str) -> ! {
        let usart = Usart::running(Chip);
        reason.bytes().for_each(|byte| usart.send(byte));
        reset::reset(&Chip)
    }
}

impl Port for Line {
    fn write(&self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.usart.send(*byte));
    }

    fn read(&self) -> Option<u8> {
        interrupts::read()
    }

    fn now(&self) -> u64 {
        let (milliseconds, cycles) = interrupts::time();
        milliseconds * 1000 + u64::from(cycles / self.cycles_per_microsecond)
    }

    fn idle(&self, deadline: Option<u64>) {
        if deadline.is_none_or(|deadline| self.now() < deadline) {
            // The tick wakes it, if nothing else does: a byte that came just before is seen a millisecond later at worst.
            stm32f1::wait_for_interrupt();
        }
    }

    fn pending(&self) -> &'static AtomicBool {
        &interrupts::PENDING
    }

    fn interrupted(&self) -> bool {
        interrupts::stopped()
    }

    fn entropy(&self) -> u64 {
        // This chip has no source of random numbers; the moment of asking, spread over all bits, is the best there is.
        self.now().wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29)
    }

    fn has_input(&self) -> bool {
        interrupts::has_input()
    }

    fn paste_window(&self) -> u16 {
        interrupts::ROOM / 2
    }

    fn set_interrupt(&self, byte: Option<u8>) {
        interrupts::stop_at(byte);
    }

    fn modules(&self) -> &'static [&'static BuiltinModule] {
        board::MODULES
    }

    fn pools(&self) -> &'static [&'static Pool] {
        board::POOLS
    }

    fn is_terminal_line(&self) -> bool {
        true
    }

    fn machine_stack_end(&self) -> usize {
        memory::machine_stack_end()
    }

    fn machine(&self) -> &'static str {
        "a board with STM32F100"
    }

    fn platform(&self) -> &'static str {
        "stm32"
    }
}
