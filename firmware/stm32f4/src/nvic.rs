//! The interrupt controller: which interrupts may come, and which may come into which (PM0214 §4.3).

use crate::register::{Bus, NVIC, SCB};

/// An interrupt's place in the vector table (RM0090 §12.2, table 61).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Interrupt(pub u8);

/// Number of interrupts that this chip has.
pub const COUNT: usize = 82;

/// A priority: 0 comes into everything, 15 into nothing. This chip has the upper four bits of each.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Priority(pub u8);

/// Lets an interrupt come, at a priority.
pub fn enable(bus: &impl Bus, interrupt: Interrupt, priority: Priority) {
    let number = u32::from(interrupt.0);
    let shift = number % 4 * 8;
    bus.change(NVIC.ipr(number / 4), 0xFF << shift, u32::from(priority.0 << 4) << shift);
    bus.write(NVIC.iser(number / 32), 1 << (number % 32));
}

/// Lets it come no more.
pub fn disable(bus: &impl Bus, interrupt: Interrupt) {
    let number = u32::from(interrupt.0);
    bus.write(NVIC.icer(number / 32), 1 << (number % 32));
}

/// Lets it come again, as it was set up.
pub fn allow(bus: &impl Bus, interrupt: Interrupt) {
    let number = u32::from(interrupt.0);
    bus.write(NVIC.iser(number / 32), 1 << (number % 32));
}

/// Raises it.
pub fn raise(bus: &impl Bus, interrupt: Interrupt) {
    let number = u32::from(interrupt.0);
    bus.write(NVIC.ispr(number / 32), 1 << (number % 32));
}

/// The priority of the tick (PM0214 §4.4.8).
pub fn tick_priority(bus: &impl Bus, priority: Priority) {
    bus.change(SCB.shpr(2), 0xFF << 24, u32::from(priority.0 << 4) << 24);
}

/// The priority of the interrupt that a program raises by [`raise_later`] (PM0214 §4.4.8).
pub fn later_priority(bus: &impl Bus, priority: Priority) {
    bus.change(SCB.shpr(2), 0xFF << 16, u32::from(priority.0 << 4) << 16);
}

/// Raises the processor's interrupt PendSV: what can wait until nothing more urgent runs (PM0214 §4.4.3).
pub fn raise_later(bus: &impl Bus) {
    bus.write(SCB.icsr(), 1 << 28);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    #[test]
    fn the_priority_is_there_before_the_interrupt() {
        let chip = Fake::default().stuck(NVIC.ipr(9), 0x1111_1111);
        enable(&chip, Interrupt(37), Priority(2));
        assert_eq!(chip.writes(), [(NVIC.ipr(9), 0x1111_2011), (NVIC.iser(1), 1 << 5)]);
        disable(&chip, Interrupt(37));
        assert_eq!(chip.written(NVIC.icer(1)), [1 << 5]);
    }

    #[test]
    fn the_tick_has_the_upper_byte() {
        let chip = Fake::default().stuck(SCB.shpr(2), 0x0055_0000);
        tick_priority(&chip, Priority(15));
        assert_eq!(chip.writes(), [(SCB.shpr(2), 0xF055_0000)]);
    }
}
