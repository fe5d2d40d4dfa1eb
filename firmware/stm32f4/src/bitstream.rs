//! Bits on a pin whose meaning is how long it is high (§8 for the pin; the processor's timer, PM0214 §4.5, for the time).

use crate::gpio::Pin;
use crate::register::{Bus, SYSTICK};

/// The levels of a bit: cycles of the processor that it is high, and low.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pulse {
    /// High first.
    pub high: u32,
    /// Low behind that.
    pub low: u32,
}

/// Sends one bit. The caller holds interrupts back, which would make it longer.
pub fn send(bus: &impl Bus, pin: Pin, pulse: Pulse) {
    let start = bus.read(SYSTICK.cvr());
    pin.write(bus, true);
    wait(bus, start, pulse.high);
    pin.write(bus, false);
    wait(bus, start, pulse.high + pulse.low);
}

/// Waits until so many cycles have passed since the timer, which counts down, was at `start`. A reading takes a cycle at least, so there
/// are never more of them.
fn wait(bus: &impl Bus, start: u32, cycles: u32) {
    let period = bus.read(SYSTICK.rvr()) + 1;
    for _ in 0..cycles {
        let now = bus.read(SYSTICK.cvr());
        let passed = if now <= start { start - now } else { start + period - now };
        if passed >= cycles {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;
    use crate::register::GPIOA;

    #[test]
    fn a_bit_is_high_and_then_low_for_as_long_as_it_says() {
        // The timer counts down, and begins anew at 99.
        let chip = Fake::default().stuck(SYSTICK.rvr(), 99).answering(SYSTICK.cvr(), &[10, 8, 4, 99, 95]);
        send(&chip, Pin::named("A3"), Pulse { high: 6, low: 8 });
        assert_eq!(chip.writes(), [(GPIOA.bsrr(), 1 << 3), (GPIOA.bsrr(), 1 << 19)]);
        assert_eq!(chip.read(SYSTICK.cvr()), 95, "it waited for all of them");
    }

    #[test]
    fn a_timer_that_stands_still_ends_no_later() {
        let chip = Fake::default();
        send(&chip, Pin::named("A3"), Pulse { high: 100, low: 100 });
        assert_eq!(chip.writes().len(), 2);
    }
}
