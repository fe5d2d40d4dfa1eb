//! Memory that outlasts resets, and by the battery the supply: 4 kB, and 20 words of the clock on the wall (RM0090 §5.1.2, §26.3.15).

use crate::register::{Bus, PWR, RCC, RTC};

/// The memory, of so many bytes (§2.3.1), and the words.
pub const MEMORY: usize = 0x4002_4000;
/// Bytes of the memory.
pub const BYTES: usize = 4096;
/// Where the words are.
pub const WORDS: usize = RTC.bkpr(0).number() as usize;
/// How many words.
pub const COUNT: usize = 20;

/// The memory's clock (§7.3.10), and its regulator, which keeps it by the battery (§5.4.2).
const CLOCK: u32 = 1 << 18;
const REGULATOR: u32 = 1 << 9;

/// Makes it reachable. The clock on the wall has been started before, which lets its domain be written (§5.4.1).
pub fn start(bus: &impl Bus) {
    bus.enable(RCC.ahb1enr(), CLOCK);
    bus.set(PWR.csr(), REGULATOR);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    #[test]
    fn it_has_a_clock_and_a_regulator() {
        let chip = Fake::default();
        start(&chip);
        assert_eq!(chip.writes(), [(RCC.ahb1enr(), 1 << 18), (PWR.csr(), 1 << 9)]);
        assert_eq!(WORDS, 0x4000_2850);
    }
}
