//! The two deep sleeps (RM0090 §5.3): stop, in which RAM and registers stay, and standby, from which the chip starts anew.
//!
//! Any line of `exti` that interrupts ends a stop, that of the wake-up timer (`rtc`) too. The chip then runs from its internal
//! oscillator: the caller starts the clocks again.

use crate::register::{Bus, PWR, RCC, SCB};

/// RCC_APB1ENR (§7.3.13).
const POWER_CLOCK: u32 = 1 << 28;

// PWR_CR (§5.4.1).
const LOW_POWER_REGULATOR: u32 = 1;
const STANDBY: u32 = 1 << 1;
const FORGET_WAKE: u32 = 1 << 2;
const FORGET_STANDBY: u32 = 1 << 3;
const FLASH_OFF: u32 = 1 << 9;

/// PWR_CSR (§5.4.2).
const WAS_STANDBY: u32 = 1 << 1;

/// SCB_SCR: sleep is deep sleep (PM0214 §4.4.6).
const DEEP: u32 = 1 << 2;

/// Stops; `wait` is the processor's instruction to sleep.
pub fn stop(bus: &impl Bus, wait: impl FnOnce()) {
    deep(bus, LOW_POWER_REGULATOR | FLASH_OFF | FORGET_WAKE, wait);
}

/// Goes to standby. Returns only where there is none.
pub fn standby(bus: &impl Bus, wait: impl FnOnce()) {
    deep(bus, STANDBY | FORGET_WAKE | FORGET_STANDBY, wait);
}

fn deep(bus: &impl Bus, how: u32, wait: impl FnOnce()) {
    bus.enable(RCC.apb1enr(), POWER_CLOCK);
    bus.change(PWR.cr(), LOW_POWER_REGULATOR | STANDBY | FORGET_WAKE | FORGET_STANDBY | FLASH_OFF, how);
    bus.set(SCB.scr(), DEEP);
    wait();
    bus.clear(SCB.scr(), DEEP);
}

/// Whether the chip started because it woke from standby; forgotten then.
pub fn take_standby(bus: &impl Bus) -> bool {
    bus.enable(RCC.apb1enr(), POWER_CLOCK);
    let was = bus.read(PWR.csr()) & WAS_STANDBY != 0;
    if was {
        bus.set(PWR.cr(), FORGET_STANDBY);
    }
    was
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    #[test]
    fn the_kind_of_sleep_is_said_before_it() {
        for (sleep, how) in [(stop as fn(&Fake, fn()), 0x4000 | 0x205), (standby, 0x4000 | 0xE)] {
            let chip = Fake::default().stuck(PWR.cr(), 0x4003);
            sleep(&chip, || ());
            let written = [(RCC.apb1enr(), POWER_CLOCK), (PWR.cr(), how), (SCB.scr(), DEEP), (SCB.scr(), 0)];
            assert_eq!(chip.writes(), written);
        }
    }

    #[test]
    fn waking_from_standby_is_told_once() {
        let chip = Fake::default().stuck(PWR.csr(), WAS_STANDBY);
        assert!(take_standby(&chip));
        assert_eq!(chip.written(PWR.cr()), [FORGET_STANDBY]);
        assert!(!take_standby(&Fake::default()));
    }
}
