//! USART2 on the pins PA2 (out) and PA3 (in): 8 data bits, no parity, one stop bit (RM0041 §23).

use crate::clock::Hertz;
use crate::register::{Bus, Register};

const PORT_A_CLOCK: u32 = 1 << 2;
const USART2_CLOCK: u32 = 1 << 17;
/// PA2 as fast push-pull output of the peripheral, PA3 as floating input; the reset value elsewhere (§7.2.1).
const PINS_2_AND_3: u32 = 0x4444_4B44;

const DATA_ARRIVED: u32 = 1 << 5;
const ROOM_TO_SEND: u32 = 1 << 7;

const RECEIVE: u32 = 1 << 2;
const SEND: u32 = 1 << 3;
const INTERRUPT_ON_DATA: u32 = 1 << 5;
const ENABLE: u32 = 1 << 13;

/// The line's place in the interrupt table (§8.1.2); the switches of 32 and above are in a second register.
pub const INTERRUPT: u32 = 38;

/// The serial line.
#[derive(Clone, Copy)]
pub struct Usart<B> {
    bus: B,
}

impl<B: Bus> Usart<B> {
    /// Starts the line at `baud` bits a second; `clock` is what [`crate::clock::start`] returned.
    pub fn start(bus: B, clock: Hertz, baud: u32) -> Usart<B> {
        bus.set(Register::RCC_APB2ENR, PORT_A_CLOCK);
        bus.set(Register::RCC_APB1ENR, USART2_CLOCK);
        bus.write(Register::GPIOA_CRL, PINS_2_AND_3);
        bus.write(Register::USART2_BRR, (clock + baud / 2) / baud);
        bus.write(Register::USART2_CR1, ENABLE | SEND | RECEIVE);
        Usart { bus }
    }

    /// The line as it was started before, for whoever holds only the bus: an interrupt, a panic.
    pub fn running(bus: B) -> Usart<B> {
        Usart { bus }
    }

    /// Whether every byte that arrives raises [`INTERRUPT`].
    pub fn interrupt_on_data(&self, on: bool) {
        self.bus.write(Register::USART2_CR1, ENABLE | SEND | RECEIVE | if on { INTERRUPT_ON_DATA } else { 0 });
        self.bus.write(Register::NVIC_ISER1, 1 << (INTERRUPT - 32));
    }

    /// Sends a byte, waiting until there is room. The hardware always makes room; nothing outside can hold it up.
    pub fn send(&self, byte: u8) {
        while self.bus.read(Register::USART2_SR) & ROOM_TO_SEND == 0 {}
        self.bus.write(Register::USART2_DR, byte.into());
    }

    /// The byte that arrived, if one did.
    pub fn receive(&self) -> Option<u8> {
        let arrived = self.bus.read(Register::USART2_SR) & DATA_ARRIVED != 0;
        arrived.then(|| self.bus.read(Register::USART2_DR) as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    #[test]
    fn the_divider_is_rounded_to_the_nearest() {
        let chip = Fake::default();
        Usart::start(&chip, 24_000_000, 115_200);
        assert_eq!(chip.written(Register::USART2_BRR), [208], "208.33 cycles a bit");
        Usart::start(&chip, 8_000_000, 115_200);
        assert_eq!(chip.written(Register::USART2_BRR), [208, 69], "69.44 cycles a bit");
    }

    #[test]
    fn pins_are_set_for_the_line_and_only_those() {
        let chip = Fake::default();
        Usart::start(&chip, 24_000_000, 115_200);
        assert_eq!(chip.written(Register::GPIOA_CRL), [0x4444_4B44]);
        assert_eq!(chip.written(Register::RCC_APB2ENR), [PORT_A_CLOCK]);
        assert_eq!(chip.written(Register::RCC_APB1ENR), [USART2_CLOCK]);
    }

    #[test]
    fn bytes_come_only_when_they_arrived() {
        assert_eq!(Usart::running(&Fake::default()).receive(), None);
        let chip = Fake::default().stuck(Register::USART2_SR, DATA_ARRIVED).stuck(Register::USART2_DR, b'x'.into());
        assert_eq!(Usart::running(&chip).receive(), Some(b'x'));
    }

    #[test]
    fn a_byte_is_sent_when_there_is_room() {
        let chip = Fake::default().stuck(Register::USART2_SR, ROOM_TO_SEND);
        Usart::running(&chip).send(b'y');
        assert_eq!(chip.written(Register::USART2_DR), [b'y'.into()]);
    }

    #[test]
    fn its_interrupt_is_number_38() {
        let chip = Fake::default();
        Usart::running(&chip).interrupt_on_data(true);
        assert_eq!(chip.written(Register::NVIC_ISER1), [1 << 6]);
    }
}
