//! USB at full speed (RM0090 §34): the core is another maker's, and so is its driver (`synopsys-usb-otg`). Here is what it needs of this chip.
//!
//! The driver waits without end for a core that does not answer, so it is asked first whether there is one: an emulator has none.

use crate::gpio::{Mode, Pin, Pull};
use crate::nvic::Interrupt;
use crate::register::{Bus, OTG_FS, RCC};

/// Its place in the vector table (§12.2, table 61).
pub const INTERRUPT: Interrupt = Interrupt(67);
/// Data minus and plus (datasheet, table 9).
const PINS: [Pin; 2] = [Pin::named("A11"), Pin::named("A12")];
const FUNCTION: Mode = Mode::Alternate(10);
/// Its clock (§7.3.11).
const CLOCK: u32 = 1 << 7;

/// Switches the core's clock on and gives it its pins; tells whether there is a core.
pub fn start(bus: &impl Bus) -> bool {
    bus.enable(RCC.ahb2enr(), CLOCK);
    let is_there = bus.read(OTG_FS.cid()) != 0;
    if is_there {
        PINS.iter().for_each(|pin| pin.configure(bus, FUNCTION, Pull::None));
    }
    is_there
}

/// In the control of the device: it does not show itself (§34.16.4).
const DISCONNECT: u32 = 1 << 1;

/// Vanishes from the bus, for longer than a hub takes to notice: 10 ms at least, with a processor of so many Hz. The driver shows it again.
pub fn disconnect(bus: &impl Bus, system: u32) {
    bus.set(OTG_FS.dctl(), DISCONNECT);
    // A reading takes four cycles or more.
    for _ in 0..system / 400 {
        bus.read(OTG_FS.dctl());
    }
}

/// In the same: it wakes the computer (§34.16.4).
const WAKE: u32 = 1 << 0;

/// Wakes a computer that has let the bus sleep, with a processor of so many Hz: the signal lasts 1 to 15 ms (USB 2.0 §7.1.7.7).
pub fn wake(bus: &impl Bus, system: u32) {
    bus.set(OTG_FS.dctl(), WAKE);
    // Four cycles or more, as above: 2.5 ms at least.
    for _ in 0..system / 1600 {
        bus.read(OTG_FS.dctl());
    }
    bus.clear(OTG_FS.dctl(), WAKE);
}

#[cfg(target_os = "none")]
pub use driver::{MEMORY, UsbBus, bus};

#[cfg(target_os = "none")]
mod driver {
    #![expect(unsafe_code, reason = "tells the driver where the core is, and how interrupts are held back")]

    use crate::chip;
    use crate::clock::Hertz;
    use synopsys_usb_otg::UsbPeripheral;

    /// The bus, as the classes of USB know one.
    pub type UsbBus = synopsys_usb_otg::UsbBus<Core>;
    /// Words that packets to the board wait in: of endpoint 0, and three of 64 bytes.
    pub const MEMORY: usize = 64;

    /// The bus. [`super::start`] has found the core.
    pub fn bus(clock: Hertz, memory: &'static mut [u32; MEMORY]) -> usb_device::bus::UsbBusAllocator<UsbBus> {
        UsbBus::new(Core(clock), memory)
    }

    /// The core, and the frequency of the bus that it is on.
    pub struct Core(Hertz);

    // SAFETY: the registers of the core are at this address (RM0090 §2.3), with a FIFO of 1.25 kB and four endpoints (§34.3); this type is
    // made by `bus` alone, and there is one program.
    unsafe impl UsbPeripheral for Core {
        const REGISTERS: *const () = core::ptr::with_exposed_provenance(0x5000_0000);
        const HIGH_SPEED: bool = false;
        const FIFO_DEPTH_WORDS: usize = 320;
        const ENDPOINT_COUNT: usize = 4;

        /// Its clock is on already.
        fn enable() {}

        fn ahb_frequency_hz(&self) -> u32 {
            self.0
        }
    }

    struct Section;
    critical_section::set_impl!(Section);

    // SAFETY: there is one processor; while its interrupts are held back nothing else runs.
    unsafe impl critical_section::Impl for Section {
        unsafe fn acquire() -> bool {
            chip::hold_interrupts()
        }
        unsafe fn release(came: bool) {
            if came {
                chip::let_interrupts(true);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    #[test]
    fn it_vanishes_for_a_while() {
        let chip = Fake::default();
        disconnect(&chip, 4000);
        assert_eq!(chip.writes(), [(OTG_FS.dctl(), DISCONNECT)]);
    }

    #[test]
    fn it_wakes_the_computer_for_a_while() {
        let chip = Fake::default();
        wake(&chip, 16_000);
        assert_eq!(chip.writes(), [(OTG_FS.dctl(), WAKE), (OTG_FS.dctl(), 0)]);
    }

    #[test]
    fn the_pins_are_given_to_a_core_that_is_there() {
        let chip = Fake::default().stuck(OTG_FS.cid(), 0x1200);
        assert!(start(&chip));
        assert_eq!(chip.writes()[0], (RCC.ahb2enr(), CLOCK));
        assert!(PINS.iter().all(|pin| pin.configuration(&chip).0 == FUNCTION));
        let absent = Fake::default();
        assert!(!start(&absent));
        assert_eq!(absent.writes().len(), 1, "an emulator's pins are left alone");
    }
}
