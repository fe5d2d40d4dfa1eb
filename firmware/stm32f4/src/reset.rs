//! Starting over, and why it happened.

use crate::register::{Bus, RCC, SCB, SYSCFG};

/// Writes to the register count only with this key in their upper half (PM0214 §4.4.5).
const KEY: u32 = 0x05FA << 16;
const RESET: u32 = 1 << 2;

/// Why the chip started.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cause {
    /// Its supply came, or was too low for a moment.
    Power,
    /// The reset pin.
    Pin,
    /// A watchdog.
    Watchdog,
    /// The program.
    Software,
    /// It woke from standby, or entered low power against its options.
    LowPower,
    /// No flag is set: an emulator.
    Unknown,
}

// RCC_CSR (RM0090 §7.3.21).
const FORGET: u32 = 1 << 24;
const PIN: u32 = 1 << 26;
const POWER: u32 = (1 << 25) | (1 << 27);
const SOFTWARE: u32 = 1 << 28;
const WATCHDOGS: u32 = (1 << 29) | (1 << 30);
const LOW_POWER: u32 = 1 << 31;

/// Why the chip started; forgotten then, so that the next start has an answer of its own.
pub fn take_cause(bus: &impl Bus) -> Cause {
    let csr = bus.read(RCC.csr());
    bus.set(RCC.csr(), FORGET);
    // Every reset pulls the pin too, and a power-on sets the brown-out flag: the rarest first.
    match csr {
        csr if csr & WATCHDOGS != 0 => Cause::Watchdog,
        csr if csr & SOFTWARE != 0 => Cause::Software,
        csr if csr & LOW_POWER != 0 => Cause::LowPower,
        csr if csr & POWER != 0 => Cause::Power,
        csr if csr & PIN != 0 => Cause::Pin,
        _ => Cause::Unknown,
    }
}

/// What programs set up, by the bits of reset and clock registers (§7.3.5 to §7.3.14): the first controller of streams; timers, SPI, I2C, CAN and the
/// converters of numbers; timers, SPI and the converters of voltages. Serial lines and the memory card have owners of their own.
const STREAMS: u32 = 1 << 21;
const OF_APB1: u32 = 0x1FF | 0b11 << 14 | 0b111 << 21 | 0b11 << 25 | 1 << 29;
const OF_APB2: u32 = 0b11 | 1 << 8 | 1 << 12 | 0b111 << 16;

/// Puts the parts of the chip that a program sets up back to how the chip woke, and takes their clocks away.
pub fn forget_program(bus: &impl Bus) {
    for (reset, clock, parts) in [
        (RCC.ahb1rstr(), RCC.ahb1enr(), STREAMS),
        (RCC.apb1rstr(), RCC.apb1enr(), OF_APB1),
        (RCC.apb2rstr(), RCC.apb2enr(), OF_APB2),
    ] {
        bus.set(reset, parts);
        bus.clear(reset, parts);
        bus.clear(clock, parts);
    }
}

/// RCC_APB2ENR (§7.3.14), SYSCFG_MEMRMP (§9.2.1): the ROM is seen at address 0.
const SYSCFG_CLOCK: u32 = 1 << 14;
const ROM_AT_0: u32 = 0b01;

/// Shows the chip's ROM at address 0, and has the processor look for vectors there, as after a reset whose pins chose that: the loader in ROM is
/// interrupted by USB.
pub fn show_rom(bus: &impl Bus) {
    bus.enable(RCC.apb2enr(), SYSCFG_CLOCK);
    bus.write(SYSCFG.memrmp(), ROM_AT_0);
    bus.write(SCB.vtor(), 0);
}

/// Resets the whole chip.
pub fn reset(bus: &impl Bus) -> ! {
    bus.write(SCB.aircr(), KEY | RESET);
    loop {
        core::hint::spin_loop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    #[test]
    fn the_rarest_cause_counts() {
        let causes = [
            (0x0E00_0000, Cause::Power),
            (0x0400_0000, Cause::Pin),
            (0x1400_0000, Cause::Software),
            (0x2400_0000, Cause::Watchdog),
            (0x8400_0000, Cause::LowPower),
            (0, Cause::Unknown),
        ];
        for (csr, cause) in causes {
            let chip = Fake::default().stuck(RCC.csr(), csr);
            assert_eq!(take_cause(&chip), cause, "{csr:#x}");
            assert_eq!(chip.written(RCC.csr()), [csr | FORGET]);
        }
    }

    #[test]
    fn the_rom_lies_where_its_vectors_are_looked_for() {
        let chip = Fake::default();
        show_rom(&chip);
        assert_eq!(chip.writes(), [(RCC.apb2enr(), 1 << 14), (SYSCFG.memrmp(), 1), (SCB.vtor(), 0)]);
    }

    #[test]
    fn what_a_program_set_up_is_reset_and_its_clocks_go() {
        // Power control, serial lines, the card's interface and the pins stay.
        let chip = Fake::default()
            .stuck(RCC.ahb1enr(), 0x0060_000F)
            .answering(RCC.apb1enr(), &[0x3A62_803F])
            .answering(RCC.apb2enr(), &[0x0007_5931]);
        forget_program(&chip);
        let expected = [
            (RCC.ahb1rstr(), 0x0020_0000),
            (RCC.ahb1rstr(), 0),
            (RCC.ahb1enr(), 0x0040_000F),
            (RCC.apb1rstr(), 0x26E0_C1FF),
            (RCC.apb1rstr(), 0),
            (RCC.apb1enr(), 0x1802_0000),
            (RCC.apb2rstr(), 0x0007_1103),
            (RCC.apb2rstr(), 0),
            (RCC.apb2enr(), 0x0000_4830),
        ];
        assert_eq!(chip.writes(), expected);
    }
}
