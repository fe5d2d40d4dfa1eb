//! External interrupts: changes of pins (RM0090 §12.2).
//!
//! There are sixteen lines for pins. Line n belongs to pin n of one port at a time, which SYSCFG chooses.

use crate::gpio::Pin;
use crate::nvic::Interrupt;
use crate::register::{Bus, EXTI, RCC, SYSCFG};

const SYSCFG_CLOCK: u32 = 1 << 14;

/// The lines' interrupts (§12.2, table 61): five of one line each, two of several.
pub const INTERRUPTS: [Interrupt; 7] =
    [Interrupt(6), Interrupt(7), Interrupt(8), Interrupt(9), Interrupt(10), Interrupt(23), Interrupt(40)];

/// The interrupt of a line.
pub fn interrupt(line: u8) -> Interrupt {
    match line {
        0..5 => Interrupt(6 + line),
        5..10 => Interrupt(23),
        _ => Interrupt(40),
    }
}

/// The lines that share an interrupt.
pub fn lines(interrupt: Interrupt) -> core::ops::Range<u8> {
    match interrupt.0 {
        23 => 5..10,
        40 => 10..16,
        number => number - 6..number - 5,
    }
}

/// Counts these edges of a pin, and no others; none ends that. Edges that were before are forgotten.
pub fn watch(bus: &impl Bus, pin: Pin, rising: bool, falling: bool) {
    let (number, bit) = (u32::from(pin.number), 1 << pin.number);
    bus.clear(EXTI.imr(), bit);
    bus.change(EXTI.rtsr(), bit, if rising { bit } else { 0 });
    bus.change(EXTI.ftsr(), bit, if falling { bit } else { 0 });
    if !rising && !falling {
        return;
    }
    bus.set(RCC.apb2enr(), SYSCFG_CLOCK);
    let shift = number % 4 * 4;
    bus.change(SYSCFG.exticr(number / 4), 0xF << shift, u32::from(pin.port) << shift);
    bus.write(EXTI.pr(), bit);
    bus.set(EXTI.imr(), bit);
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
        watch(&chip, Pin::named("C13"), false, true);
        assert_eq!(
            chip.writes(),
            [
                (EXTI.imr(), 0),
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
        watch(&chip, Pin::named("A0"), false, false);
        assert_eq!(chip.writes(), [(EXTI.imr(), 0b10), (EXTI.rtsr(), 0b10), (EXTI.ftsr(), 0)]);
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
        assert_eq!(lines(Interrupt(40)), 10..16);
        assert_eq!(lines(Interrupt(9)), 3..4);
    }
}
