//! The registers that the drivers use, by name.
//!
//! Only these constants exist: a [`Register`] cannot be made from a number outside this file, which is why reading and
//! writing one is safe.

/// The address of a register of this chip.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Register(u32);

/// Something that registers can be read from and written to: the chip, or a fake of it.
pub trait Bus {
    /// What the register holds now.
    fn read(&self, register: Register) -> u32;
    /// Stores a value in the register.
    fn write(&self, register: Register, value: u32);

    /// Sets some bits of a register and leaves the others.
    fn set(&self, register: Register, bits: u32) {
        self.write(register, self.read(register) | bits);
    }
}

impl<B: Bus> Bus for &B {
    fn read(&self, register: Register) -> u32 {
        (**self).read(register)
    }
    fn write(&self, register: Register, value: u32) {
        (**self).write(register, value);
    }
}

macro_rules! registers {
    ($($(#[$doc:meta])* $name:ident = $address:literal;)*) => {
        impl Register {
            $($(#[$doc])* pub const $name: Register = Register($address);)*
        }
    };
}

registers! {
    /// Clock control (RM0041 §6.3.1).
    RCC_CR = 0x4002_1000;
    /// Clock configuration (§6.3.2).
    RCC_CFGR = 0x4002_1004;
    /// Clocks of the fast peripheral bus (§6.3.7).
    RCC_APB2ENR = 0x4002_1018;
    /// Clocks of the slow peripheral bus (§6.3.8).
    RCC_APB1ENR = 0x4002_101C;
    /// Configuration of port A's pins 0 to 7 (§7.2.1).
    GPIOA_CRL = 0x4001_0800;
    /// Status (§23.6.1).
    USART2_SR = 0x4000_4400;
    /// Data (§23.6.2).
    USART2_DR = 0x4000_4404;
    /// Baud rate divider (§23.6.3).
    USART2_BRR = 0x4000_4408;
    /// Control 1 (§23.6.4).
    USART2_CR1 = 0x4000_440C;
    /// SysTick control and status (PM0056 §4.5.1).
    SYST_CSR = 0xE000_E010;
    /// SysTick reload value (§4.5.2).
    SYST_RVR = 0xE000_E014;
    /// SysTick current value (§4.5.3).
    SYST_CVR = 0xE000_E018;
    /// Interrupts to switch on, 32 to 63 (PM0056 §4.3.2).
    NVIC_ISER1 = 0xE000_E104;
    /// Application interrupt and reset control (§4.4.5).
    SCB_AIRCR = 0xE000_ED0C;
}

impl Register {
    /// The address, for the bus that is memory itself.
    #[cfg(target_os = "none")]
    pub(crate) const fn address(self) -> *mut u32 {
        core::ptr::with_exposed_provenance_mut(self.0 as usize)
    }
}
