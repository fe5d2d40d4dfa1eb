//! External interrupts: changes of pins (RM0090 §12.2).
//!
//! There are sixteen lines for pins. Line n belongs to pin n of one port at a time, which SYSCFG chooses. Seven more are the chip's own.

use crate::gpio::Pin;
use crate::nvic::Interrupt;
use crate::register::{Bus, EXTI, RCC, SYSCFG};

const SYSCFG_CLOCK: u32 = 1 << 14;

/// Number of lines: sixteen of pins, and those of the chip's own parts (§12.2.5).
pub const LINES: u8 = 23;

/// The interrupt of each line (§12.2, table 61): five of one pin each, two of several, one for each part.
const OF_LINES: [u8; LINES as usize] = [6, 7, 8, 9, 10, 23, 23, 23, 23, 23, 40, 40, 40, 40, 40, 40, 1, 41, 42, 62, 76, 2, 3];

/// The lines' interrupts.
pub const INTERRUPTS: [Interrupt; 14] = {
    let numbers = [1, 2, 3, 6, 7, 8, 9, 10, 23, 40, 41, 42, 62, 76];
    let mut interrupts = [Interrupt(0); 14];
    let mut at = 0;
    while at < numbers.len() {
        interrupts[at] = Interrupt(numbers[at]);
        at += 1;
    }
    interrupts
};

/// The interrupt of a line.
pub fn interrupt(line: u8) -> Interrupt {
    Interrupt(OF_LINES[usize::from(line)])
}

/// The lines that share an interrupt.
pub fn lines(interrupt: Interrupt) -> impl Iterator<Item = u8> {
    (0..LINES).filter(move |line| OF_LINES[usize::from(*line)] == interrupt.0)
}

/// Which edges of a line count, and for what.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Edges {
    /// From low to high.
    pub rising: bool,
    /// From high to low.
    pub falling: bool,
    /// They are events, by which a processor that waits for one goes on, and no interrupts (§12.2.4).
    pub wakes: bool,
}

impl Edges {
    fn any(self) -> bool {
        self.rising || self.falling
    }
}

/// Counts these edges of a pin, and no others; none ends that. Edges that were before are forgotten.
pub fn watch(bus: &impl Bus, pin: Pin, edges: Edges) {
    choose(bus, pin.number, edges);
    if edges.any() {
        let number = u32::from(pin.number);
        bus.enable(RCC.apb2enr(), SYSCFG_CLOCK);
        let shift = number % 4 * 4;
        bus.change(SYSCFG.exticr(number / 4), 0xF << shift, u32::from(pin.port) << shift);
        open(bus, pin.number, edges);
    }
}

/// The same of a line of one of the chip's parts, 16 to 22.
pub fn watch_line(bus: &impl Bus, line: u8, edges: Edges) {
    choose(bus, line, edges);
    if edges.any() {
        open(bus, line, edges);
    }
}

/// Closes a line and chooses its edges.
fn choose(bus: &impl Bus, line: u8, edges: Edges) {
    let bit = 1 << line;
    let registers = [(EXTI.imr(), false), (EXTI.emr(), false), (EXTI.rtsr(), edges.rising), (EXTI.ftsr(), edges.falling)];
    registers.into_iter().for_each(|(register, on)| bus.change(register, bit, if on { bit } else { 0 }));
}

/// Lets a line interrupt, or make events, from now on.
fn open(bus: &impl Bus, line: u8, edges: Edges) {
    bus.write(EXTI.pr(), 1 << line);
    bus.set(if edges.wakes { EXTI.emr() } else { EXTI.imr() }, 1 << line);
}

/// What the registers hold, by name (§12.3).
pub fn registers(bus: &impl Bus) -> [(&'static str, u32); 6] {
    [
        ("IMR", EXTI.imr()),
        ("EMR", EXTI.emr()),
        ("RTSR", EXTI.rtsr()),
        ("FTSR", EXTI.ftsr()),
        ("SWIER", EXTI.swier()),
        ("PR", EXTI.pr()),
    ]
    .map(|(name, register)| (name, bus.read(register)))
}

/// Raises a line, if its edges count; tells whether it should have been raised but was not, by an emulator that only stores what is
/// written: on the chip the bit is cleared with the line's own (§12.3.5).
pub fn trigger(bus: &impl Bus, line: u8) -> bool {
    let bit = 1 << line;
    if bus.read(EXTI.imr()) & bit == 0 {
        return false;
    }
    bus.set(EXTI.swier(), bit);
    let ignored = bus.read(EXTI.swier()) & bit != 0 && bus.read(EXTI.pr()) & bit == 0;
    if ignored {
        bus.clear(EXTI.swier(), bit);
    }
    ignored
}

/// Whether a line was raised; it is not any more.
pub fn take(bus: &impl Bus, line: u8) -> bool {
    let bit = 1 << line;
    let raised = bus.read(EXTI.pr()) & bus.read(EXTI.imr()) & bit != 0;
    if raised {
        bus.write(EXTI.pr(), bit);
    }
    raised
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    #[test]
    fn a_line_is_given_its_pin_before_it_interrupts() {
        let chip = Fake::default();
        watch(&chip, Pin::named("C13"), Edges { falling: true, ..Edges::default() });
        assert_eq!(
            chip.writes(),
            [
                (EXTI.imr(), 0),
                (EXTI.emr(), 0),
                (EXTI.rtsr(), 0),
                (EXTI.ftsr(), 1 << 13),
                (RCC.apb2enr(), SYSCFG_CLOCK),
                (SYSCFG.exticr(3), 2 << 4),
                (EXTI.pr(), 1 << 13),
                (EXTI.imr(), 1 << 13),
            ]
        );
    }

    #[test]
    fn a_line_nobody_watches_is_only_switched_off() {
        let chip = Fake::default().stuck(EXTI.imr(), 0b11).stuck(EXTI.rtsr(), 0b11);
        watch(&chip, Pin::named("A0"), Edges::default());
        assert_eq!(chip.writes(), [(EXTI.imr(), 0b10), (EXTI.emr(), 0), (EXTI.rtsr(), 0b10), (EXTI.ftsr(), 0)]);
        assert!(!trigger(&Fake::default(), 3), "nothing is raised, and nothing should be");
    }

    #[test]
    fn the_program_raises_a_line_by_its_bit() {
        let chip = Fake::default().stuck(EXTI.imr(), 1 << 4).stuck(EXTI.pr(), 1 << 4);
        assert!(!trigger(&chip, 4));
        assert_eq!(chip.writes(), [(EXTI.swier(), 1 << 4)]);
        let emulator = Fake::default().stuck(EXTI.imr(), 1 << 4);
        assert!(trigger(&emulator, 4), "stored, and nothing came of it");
    }

    #[test]
    fn a_raised_line_is_taken_by_writing_its_bit() {
        let chip = Fake::default().stuck(EXTI.pr(), 0b101).stuck(EXTI.imr(), 0b100);
        assert!(take(&chip, 2) && !take(&chip, 0) && !take(&chip, 1));
        assert_eq!(chip.writes(), [(EXTI.pr(), 0b100)]);
        assert!(lines(Interrupt(40)).eq(10..16) && lines(Interrupt(9)).eq(3..4) && lines(Interrupt(3)).eq(22..23));
        assert!((0..LINES).all(|line| INTERRUPTS.contains(&interrupt(line))));
    }

    #[test]
    fn a_line_of_the_chips_own_needs_no_pin() {
        let chip = Fake::default();
        watch_line(&chip, 22, Edges { rising: true, ..Edges::default() });
        let chosen = [(EXTI.imr(), 0), (EXTI.emr(), 0), (EXTI.rtsr(), 1 << 22), (EXTI.ftsr(), 0), (EXTI.pr(), 1 << 22)];
        assert_eq!(chip.writes(), [&chosen[..], &[(EXTI.imr(), 1 << 22)]].concat());
        assert_eq!(registers(&chip)[..2], [("IMR", 1 << 22), ("EMR", 0)]);
        let waited = Fake::default();
        watch_line(&waited, 22, Edges { rising: true, wakes: true, ..Edges::default() });
        assert_eq!(waited.writes(), [&chosen[..], &[(EXTI.emr(), 1 << 22)]].concat(), "an event, and no interrupt");
        assert!(!trigger(&waited, 22), "it calls nobody");
    }
}
