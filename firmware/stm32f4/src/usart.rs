//! Serial lines (RM0090 §30).

use crate::clock::{Clocks, Hertz};
use crate::nvic::Interrupt;
use crate::register::{self, Bus, RCC, Register, UART4, UART5, USART1, USART2, USART3, USART6};

/// One of the chip's serial lines.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Line {
    /// USART1.
    One,
    /// USART2.
    Two,
    /// USART3.
    Three,
    /// UART4.
    Four,
    /// UART5.
    Five,
    /// USART6.
    Six,
}

impl Line {
    /// All of them, by number from 1.
    pub const ALL: [Line; 6] = [Line::One, Line::Two, Line::Three, Line::Four, Line::Five, Line::Six];

    const fn registers(self) -> register::Usart {
        [USART1, USART2, USART3, UART4, UART5, USART6][self as usize]
    }

    /// Its place in the interrupt table (§12.2).
    pub const fn interrupt(self) -> Interrupt {
        Interrupt([37, 38, 39, 52, 53, 71][self as usize])
    }

    /// The register and bit of its clock (§7.3.13, §7.3.14).
    const fn clock(self) -> (Register, u32) {
        match self {
            Line::One => (RCC.apb2enr(), 1 << 4),
            Line::Six => (RCC.apb2enr(), 1 << 5),
            Line::Two => (RCC.apb1enr(), 1 << 17),
            Line::Three => (RCC.apb1enr(), 1 << 18),
            Line::Four => (RCC.apb1enr(), 1 << 19),
            Line::Five => (RCC.apb1enr(), 1 << 20),
        }
    }

    /// The frequency that its bits are derived from.
    pub const fn frequency(self, clocks: &Clocks) -> Hertz {
        match self {
            Line::One | Line::Six => clocks.apb2,
            _ => clocks.apb1,
        }
    }
}

// USART_SR (§30.6.1).
const DATA_ARRIVED: u32 = 1 << 5;
const ROOM_TO_SEND: u32 = 1 << 7;

// USART_CR1 (§30.6.4).
const RECEIVE: u32 = 1 << 2;
const SEND: u32 = 1 << 3;
const INTERRUPT_ON_DATA: u32 = 1 << 5;
const ENABLE: u32 = 1 << 13;

/// A serial line.
#[derive(Clone, Copy)]
pub struct Usart<B> {
    bus: B,
    line: Line,
}

impl<B: Bus> Usart<B> {
    /// Starts a line at `baud` bits a second, with 8 data bits, no parity and one stop bit.
    pub fn start(bus: B, line: Line, clocks: &Clocks, baud: u32) -> Usart<B> {
        let (register, bit) = line.clock();
        bus.set(register, bit);
        let registers = line.registers();
        bus.write(registers.cr1(), 0);
        bus.write(registers.cr2(), 0);
        bus.write(registers.cr3(), 0);
        // Sixteen samples a bit: the register holds sixteenths of the divider, which is cycles a bit (§30.3.4).
        bus.write(registers.brr(), (line.frequency(clocks) + baud / 2) / baud);
        bus.write(registers.cr1(), ENABLE | SEND | RECEIVE);
        Usart { bus, line }
    }

    /// The line as it was started before, for whoever holds only the bus: an interrupt, a panic.
    pub fn running(bus: B, line: Line) -> Usart<B> {
        Usart { bus, line }
    }

    /// Whether every byte that arrives raises the line's interrupt.
    pub fn interrupt_on_data(&self, on: bool) {
        self.bus.change(self.line.registers().cr1(), INTERRUPT_ON_DATA, if on { INTERRUPT_ON_DATA } else { 0 });
    }

    /// Sends a byte when there is room. A line that makes none within two bytes' time does not run: the byte is lost.
    pub fn send(&self, byte: u8) {
        let registers = self.line.registers();
        // Sixteenths of a bit are cycles of the bus; the processor reads at most four times in one.
        let patience = self.bus.read(registers.brr()).max(16) * 20;
        if self.bus.comes(registers.sr(), patience, |sr| sr & ROOM_TO_SEND != 0) {
            self.bus.write(registers.dr(), byte.into());
        }
    }

    /// The byte that arrived, if one did. Reading it clears what went wrong with it, too (§30.6.1).
    pub fn receive(&self) -> Option<u8> {
        let registers = self.line.registers();
        let arrived = self.bus.read(registers.sr()) & DATA_ARRIVED != 0;
        arrived.then(|| self.bus.read(registers.dr()) as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    #[test]
    fn a_line_is_set_up_before_it_runs() {
        let chip = Fake::default();
        Usart::start(&chip, Line::One, &Clocks::FULL, 115_200);
        assert_eq!(
            chip.writes(),
            [
                (RCC.apb2enr(), 1 << 4),
                (USART1.cr1(), 0),
                (USART1.cr2(), 0),
                (USART1.cr3(), 0),
                (USART1.brr(), 729),
                (USART1.cr1(), ENABLE | SEND | RECEIVE),
            ],
            "84 MHz / 115200 = 729.17"
        );
    }

    #[test]
    fn slow_lines_have_the_slow_clock() {
        let chip = Fake::default();
        Usart::start(&chip, Line::Three, &Clocks::FULL, 9600);
        assert_eq!(chip.written(USART3.brr()), [4375]);
        assert_eq!(chip.written(RCC.apb1enr()), [1 << 18]);
    }

    #[test]
    fn bytes_come_only_when_they_arrived() {
        assert_eq!(Usart::running(&Fake::default(), Line::Two).receive(), None);
        let chip = Fake::default().stuck(USART2.sr(), DATA_ARRIVED).stuck(USART2.dr(), b'x'.into());
        assert_eq!(Usart::running(&chip, Line::Two).receive(), Some(b'x'));
    }

    #[test]
    fn a_byte_is_sent_when_there_is_room_and_lost_when_there_is_never_any() {
        let chip = Fake::default().stuck(USART6.sr(), ROOM_TO_SEND);
        Usart::running(&chip, Line::Six).send(b'y');
        assert_eq!(chip.written(USART6.dr()), [b'y'.into()]);
        let dead = Fake::default();
        Usart::running(&dead, Line::Six).send(b'y');
        assert!(dead.written(USART6.dr()).is_empty());
    }
}
