//! The two deep sleeps (RM0090 §5.3): stop, in which RAM and registers stay, and standby, from which the chip starts anew.
//!
//! Any line of `exti` that interrupts ends a stop, that of the wake-up timer (`rtc`) too. The chip then runs from its internal
//! oscillator: the caller starts the clocks again.

use crate::register::{Bus, EXTI, NVIC, PWR, RCC, SCB};

/// RCC_APB1ENR (§7.3.13).
const POWER_CLOCK: u32 = 1 << 28;

// PWR_CR (§5.4.1).
const LOW_POWER_REGULATOR: u32 = 1;
const STANDBY: u32 = 1 << 1;
const FORGET_WAKE: u32 = 1 << 2;
const FORGET_STANDBY: u32 = 1 << 3;
const FLASH_OFF: u32 = 1 << 9;

// PWR_CSR (§5.4.2): also that pin A0, pulled down, wakes the chip by rising.
const WAS_STANDBY: u32 = 1 << 1;
const WOKEN_BY_PIN: u32 = 1 << 8;

/// SCB_SCR: sleep is deep sleep (PM0214 §4.4.6).
const DEEP: u32 = 1 << 2;
/// SCB_ICSR: the tick that is due is forgotten (PM0214 §4.4.3).
const FORGET_TICK: u32 = 1 << 25;

/// Stops; `wait` is the processor's instruction to sleep.
pub fn stop(bus: &impl Bus, wait: impl FnOnce()) {
    deep(bus, LOW_POWER_REGULATOR | FLASH_OFF | FORGET_WAKE, wait);
}

/// Goes to standby, which an interrupt that waits would prevent (§5.3.5). Returns only where there is none.
pub fn standby(bus: &impl Bus, wait: impl FnOnce()) {
    bus.enable(RCC.apb1enr(), POWER_CLOCK);
    bus.set(PWR.csr(), WOKEN_BY_PIN);
    bus.write(EXTI.pr(), !0);
    (0..3).for_each(|register| bus.write(NVIC.icpr(register), !0));
    deep(bus, STANDBY | FORGET_WAKE | FORGET_STANDBY, wait);
}

fn deep(bus: &impl Bus, how: u32, wait: impl FnOnce()) {
    bus.enable(RCC.apb1enr(), POWER_CLOCK);
    bus.change(PWR.cr(), LOW_POWER_REGULATOR | STANDBY | FORGET_WAKE | FORGET_STANDBY | FLASH_OFF, how);
    bus.set(SCB.scr(), DEEP);
    bus.write(SCB.icsr(), FORGET_TICK);
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
            let written = [(PWR.cr(), how), (SCB.scr(), DEEP), (SCB.icsr(), 1 << 25), (SCB.scr(), 0)];
            assert!(chip.writes().ends_with(&written));
        }
    }

    #[test]
    fn what_is_due_does_not_keep_it_from_standby_and_a_pin_wakes_it() {
        let chip = Fake::default();
        standby(&chip, || ());
        let pending = [EXTI.pr(), NVIC.icpr(0), NVIC.icpr(1), NVIC.icpr(2)].map(|register| (register, !0));
        assert_eq!(chip.writes()[1], (PWR.csr(), 1 << 8));
        assert_eq!(chip.writes()[2..6], pending);
    }

    #[test]
    fn waking_from_standby_is_told_once() {
        let chip = Fake::default().stuck(PWR.csr(), WAS_STANDBY);
        assert!(take_standby(&chip));
        assert_eq!(chip.written(PWR.cr()), [FORGET_STANDBY]);
        assert!(!take_standby(&Fake::default()));
    }
}
