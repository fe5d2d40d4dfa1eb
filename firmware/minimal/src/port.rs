//! What the interpreter asks of the outside, answered by a serial line.

use stm32f1::usart::Usart;
use stm32f1::{Chip, clock, reset};

/// Bits a second.
const BAUD: u32 = 115_200;

/// The serial line to the user.
pub struct Line {
    usart: Usart<Chip>,
}

impl Line {
    /// Starts the chip's clocks and the line.
    pub fn start() -> Line {
        Line { usart: Usart::start(Chip, clock::start(&Chip), BAUD) }
    }

    /// The line after it was started.
    pub fn running() -> Line {
        Line { usart: Usart::running(Chip) }
    }

    /// Sends all bytes.
    pub fn write(&self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.usart.send(*byte));
    }

    /// The next byte, if one has arrived.
    pub fn read(&self) -> Option<u8> {
        self.usart.receive()
    }

    /// Starts the chip over.
    pub fn reset() -> ! {
        reset::reset(&Chip)
    }
}
