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
        const ALL: &[register::Usart; 6] = &[USART1, USART2, USART3, UART4, UART5, USART6];
        ALL[self as usize]
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

    /// Cycles of its clock in a bit, which are what its register wants: sixteen samples a bit, and sixteenths (§30.3.4).
    const fn divider(self, clocks: &Clocks, baud: Hertz) -> u32 {
        (self.frequency(clocks) + baud / 2) / baud
    }

    /// The nearest rate that it can have, if the divider has room for it (§30.3.4).
    pub const fn rate(self, clocks: &Clocks, baud: Hertz) -> Option<Hertz> {
        match self.divider(clocks, baud) {
            divider @ 16..=0xFFFF => Some(self.frequency(clocks) / divider),
            _ => None,
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
const OVERRUN: u32 = 1 << 3;
const IDLE: u32 = 1 << 4;
const DATA_ARRIVED: u32 = 1 << 5;
const SENT: u32 = 1 << 6;
const ROOM_TO_SEND: u32 = 1 << 7;

// USART_CR1 (§30.6.4).
const BREAK: u32 = 1;
const RECEIVE: u32 = 1 << 2;
const SEND: u32 = 1 << 3;
const INTERRUPT_ON_IDLE: u32 = 1 << 4;
const INTERRUPT_ON_DATA: u32 = 1 << 5;
const INTERRUPT_ON_SENT: u32 = 1 << 6;
const ODD: u32 = 1 << 9;
const PARITY: u32 = 1 << 10;
const NINE_BITS: u32 = 1 << 12;
const ENABLE: u32 = 1 << 13;
/// USART_CR2 (§30.6.5).
const TWO_STOPS: u32 = 0b10 << 12;
// USART_CR3 (§30.6.6).
const RTS: u32 = 1 << 8;
const CTS: u32 = 1 << 9;

/// How a line talks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Format {
    /// Bits a second.
    pub baud: Hertz,
    /// Bits of a character, 7 to 9; with parity 8 at the most.
    pub bits: u8,
    /// Whether the ones are made an odd number; `None` is no parity.
    pub odd: Option<bool>,
    /// Two stop bits instead of one.
    pub two_stops: bool,
    /// Says by its pin when it takes no more.
    pub rts: bool,
    /// Sends while its pin says that the other side takes more.
    pub cts: bool,
}

impl Format {
    /// 8 bits, no parity, one stop bit, as serial lines are used.
    pub const fn plain(baud: Hertz) -> Format {
        Format { baud, bits: 8, odd: None, two_stops: false, rts: false, cts: false }
    }
}

/// What a line says of itself.
#[derive(Clone, Copy)]
pub struct Status(u32);

impl Status {
    /// A character waits.
    pub fn arrived(self) -> bool {
        self.0 & DATA_ARRIVED != 0
    }
    /// Nothing has come for as long as a character takes.
    pub fn idle(self) -> bool {
        self.0 & IDLE != 0
    }
    /// There was no room for a character that came.
    pub fn overrun(self) -> bool {
        self.0 & OVERRUN != 0
    }
    /// Another character can be sent.
    pub fn has_room(self) -> bool {
        self.0 & ROOM_TO_SEND != 0
    }
    /// All has been sent.
    pub fn is_done(self) -> bool {
        self.0 & SENT != 0
    }
}

/// A serial line.
#[derive(Clone, Copy)]
pub struct Usart<B> {
    bus: B,
    line: Line,
}

impl<B: Bus> Usart<B> {
    /// Starts a line.
    pub fn start(bus: B, line: Line, clocks: &Clocks, format: Format) -> Usart<B> {
        let (register, bit) = line.clock();
        bus.enable(register, bit);
        let registers = line.registers();
        let flag = |on: bool, bit: u32| if on { bit } else { 0 };
        bus.write(registers.cr1(), 0);
        bus.write(registers.cr2(), flag(format.two_stops, TWO_STOPS));
        bus.write(registers.cr3(), flag(format.rts, RTS) | flag(format.cts, CTS));
        bus.write(registers.brr(), line.divider(clocks, format.baud));
        // The parity bit is one of the character's (§30.3.7).
        let nine = format.bits + u8::from(format.odd.is_some()) > 8;
        let bits = flag(nine, NINE_BITS) | flag(format.odd.is_some(), PARITY) | flag(format.odd == Some(true), ODD);
        bus.write(registers.cr1(), bits | ENABLE | SEND | RECEIVE);
        Usart { bus, line }
    }

    /// Waits until the last bit of what it was given is sent.
    pub fn finish(&self) {
        let registers = self.line.registers();
        let patience = self.bus.read(registers.brr()).max(16) * 20;
        self.bus.comes(registers.sr(), patience, |sr| sr & SENT != 0);
    }

    /// Keeps its rate where its clock changes, or comes as near as the divider allows.
    pub fn follow(&self, before: &Clocks, after: &Clocks) {
        let [before, after] = [before, after].map(|clocks| u64::from(self.line.frequency(clocks)));
        let brr = self.line.registers().brr();
        let divider = (u64::from(self.bus.read(brr)) * after + before / 2) / before.max(1);
        self.bus.write(brr, divider.clamp(16, 0xFFFF) as u32);
    }

    /// The line as it was started before, for whoever holds only the bus: an interrupt, a panic.
    pub fn running(bus: B, line: Line) -> Usart<B> {
        Usart { bus, line }
    }

    /// Switches the line off, with its clock.
    pub fn stop(&self) {
        self.bus.write(self.line.registers().cr1(), 0);
        let (register, bit) = self.line.clock();
        self.bus.clear(register, bit);
    }

    /// What the line says of itself now.
    pub fn status(&self) -> Status {
        Status(self.bus.read(self.line.registers().sr()))
    }

    /// Whether every byte that arrives raises the line's interrupt.
    pub fn interrupt_on_data(&self, on: bool) {
        self.bus.change(self.line.registers().cr1(), INTERRUPT_ON_DATA, if on { INTERRUPT_ON_DATA } else { 0 });
    }

    /// Whether it raises its interrupt when it is quiet after a character.
    pub fn interrupt_on_idle(&self, on: bool) {
        self.bus.change(self.line.registers().cr1(), INTERRUPT_ON_IDLE, if on { INTERRUPT_ON_IDLE } else { 0 });
    }

    /// Whether it raises its interrupt when all has been sent, which it does once.
    pub fn interrupt_on_sent(&self, on: bool) {
        self.bus.change(self.line.registers().cr1(), INTERRUPT_ON_SENT, if on { INTERRUPT_ON_SENT } else { 0 });
    }

    /// Whether it has raised that interrupt; it asks for no more then, since a line that is quiet would go on.
    pub fn take_sent(&self) -> bool {
        let asked = self.bus.read(self.line.registers().cr1()) & INTERRUPT_ON_SENT != 0;
        let sent = asked && self.status().is_done();
        if sent {
            self.interrupt_on_sent(false);
        }
        sent
    }

    /// Holds the line low for a character and more (§30.3.2), behind what is being sent.
    pub fn send_break(&self) {
        self.bus.set(self.line.registers().cr1(), BREAK);
    }

    /// Sends a character for which there is room.
    pub fn put(&self, character: u16) {
        self.bus.write(self.line.registers().dr(), u32::from(character) & 0x1FF);
    }

    /// Sends bytes as there is room for them. A line that makes none within two bytes' time does not run: the byte is lost.
    pub fn send(&self, bytes: &[u8]) {
        let registers = self.line.registers();
        // Sixteenths of a bit are cycles of the bus; the processor reads at most four times in one.
        let patience = self.bus.read(registers.brr()).max(16) * 20;
        for byte in bytes {
            if self.bus.comes(registers.sr(), patience, |sr| sr & ROOM_TO_SEND != 0) {
                self.bus.write(registers.dr(), (*byte).into());
            }
        }
    }

    /// The character that arrived, if one did, without its parity bit. Reading it clears what went wrong with it, too (§30.6.1).
    pub fn receive(&self) -> Option<u16> {
        self.status().arrived().then(|| self.take())
    }

    /// Reads the data register: behind a reading of the status this clears idle and overrun (§30.6.1), and takes a character that has
    /// just come.
    pub fn take(&self) -> u16 {
        let registers = self.line.registers();
        let character = self.bus.read(registers.dr()) as u16;
        let cr1 = self.bus.read(registers.cr1());
        let bits = if cr1 & NINE_BITS != 0 { 9 } else { 8 } - u16::from(cr1 & PARITY != 0);
        character & ((1 << bits) - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    #[test]
    fn a_line_is_set_up_before_it_runs() {
        let chip = Fake::default();
        Usart::start(&chip, Line::One, &Clocks::FULL, Format::plain(115_200));
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
        Usart::start(&chip, Line::Three, &Clocks::FULL, Format::plain(9600));
        assert_eq!(chip.written(USART3.brr()), [4375]);
        assert_eq!(chip.written(RCC.apb1enr()), [1 << 18]);
    }

    #[test]
    fn bytes_come_only_when_they_arrived() {
        assert_eq!(Usart::running(&Fake::default(), Line::Two).receive(), None);
        let chip = Fake::default().stuck(USART2.sr(), DATA_ARRIVED).stuck(USART2.dr(), b'x'.into());
        assert_eq!(Usart::running(&chip, Line::Two).receive(), Some(b'x'.into()));
    }

    #[test]
    fn a_byte_is_sent_when_there_is_room_and_lost_when_there_is_never_any() {
        let chip = Fake::default().stuck(USART6.sr(), ROOM_TO_SEND);
        Usart::running(&chip, Line::Six).send(b"y");
        assert_eq!(chip.written(USART6.dr()), [b'y'.into()]);
        let dead = Fake::default();
        Usart::running(&dead, Line::Six).send(b"y");
        assert!(dead.written(USART6.dr()).is_empty());
    }

    #[test]
    fn formats_are_the_manuals() {
        let chip = Fake::default();
        let format = Format { baud: 9600, bits: 8, odd: Some(true), two_stops: true, rts: true, cts: true };
        Usart::start(&chip, Line::Two, &Clocks::FULL, format);
        assert_eq!(
            chip.writes(),
            [
                (RCC.apb1enr(), 1 << 17),
                (USART2.cr1(), 0),
                (USART2.cr2(), 0b10 << 12),
                (USART2.cr3(), 0b11 << 8),
                (USART2.brr(), 4375),
                (USART2.cr1(), 0x1000 | 0x400 | 0x200 | ENABLE | SEND | RECEIVE),
            ]
        );
        let seven = Fake::default();
        Usart::start(&seven, Line::Four, &Clocks::FULL, Format { bits: 7, odd: Some(false), ..Format::plain(9600) });
        assert_eq!(seven.written(UART4.cr1()), [0, PARITY | ENABLE | SEND | RECEIVE], "seven bits and parity are eight");
    }

    #[test]
    fn rates_are_those_that_the_divider_has_room_for() {
        assert_eq!(Line::One.rate(&Clocks::FULL, 115_200), Some(115_226));
        assert_eq!(Line::One.rate(&Clocks::FULL, 5_250_000), Some(5_250_000));
        assert_eq!(Line::One.rate(&Clocks::FULL, 6_000_000), None, "less than sixteen cycles a bit");
        assert_eq!((Line::One.rate(&Clocks::FULL, 1200), Line::Two.rate(&Clocks::FULL, 1200)), (None, Some(1200)));
    }

    #[test]
    fn the_parity_bit_is_no_data() {
        let chip = Fake::default().stuck(USART2.sr(), DATA_ARRIVED).stuck(USART2.dr(), 0x1FF);
        let usart = Usart::running(&chip, Line::Two);
        assert_eq!(usart.receive(), Some(0xFF));
        for (cr1, expected) in [(NINE_BITS, 0x1FF), (NINE_BITS | PARITY, 0xFF), (PARITY, 0x7F)] {
            chip.write(USART2.cr1(), cr1);
            assert_eq!(usart.receive(), Some(expected));
        }
    }

    #[test]
    fn that_all_is_sent_is_told_once() {
        let chip = Fake::default().answering(USART1.sr(), &[0, SENT]);
        chip.write(USART1.cr1(), ENABLE);
        let usart = Usart::running(&chip, Line::One);
        assert!(!usart.take_sent(), "nobody asked");
        usart.interrupt_on_sent(true);
        assert_eq!([usart.take_sent(), usart.take_sent(), usart.take_sent()], [false, true, false]);
        assert_eq!(chip.written(USART1.cr1()), [ENABLE, ENABLE | 1 << 6, ENABLE]);
    }

    #[test]
    fn a_break_and_the_interrupts_are_bits_of_one_register() {
        let chip = Fake::default().stuck(USART3.cr1(), ENABLE);
        let usart = Usart::running(&chip, Line::Three);
        usart.send_break();
        usart.interrupt_on_data(true);
        usart.interrupt_on_idle(true);
        usart.interrupt_on_idle(false);
        assert_eq!(chip.written(USART3.cr1()), [ENABLE | 1, ENABLE | 1 << 5, ENABLE | 1 << 4, ENABLE]);
        usart.stop();
        assert_eq!(chip.writes().last(), Some(&(RCC.apb1enr(), 0)));
    }
}
