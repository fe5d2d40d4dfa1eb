//! The registers that the drivers use, by the manual's names.
//!
//! A peripheral is a constant of its kind (`GPIOA: Gpio`), its registers are methods (`GPIOA.moder()`). Only what is listed
//! here exists: a [`Register`] cannot be made from a number outside this file, which is why reading and writing one is safe.

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

    /// Clears some bits of a register and leaves the others.
    fn clear(&self, register: Register, bits: u32) {
        self.write(register, self.read(register) & !bits);
    }

    /// Replaces the bits of `mask` by those of `value`.
    fn change(&self, register: Register, mask: u32, value: u32) {
        self.write(register, (self.read(register) & !mask) | (value & mask));
    }

    /// Switches clocks of peripherals on by one of RCC's registers. A peripheral hears nothing for some cycles of its bus (errata ES0182, "Delay
    /// after an RCC peripheral clock enabling"): reading the register back takes that long.
    fn enable(&self, register: Register, clocks: u32) {
        self.set(register, clocks);
        self.read(register);
    }

    /// Waits for `done` of a register's value, for so many readings at most; tells whether it came.
    fn comes(&self, register: Register, patience: u32, done: impl Fn(u32) -> bool) -> bool
    where
        Self: Sized,
    {
        (0..patience).any(|_| done(self.read(register)))
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

impl Register {
    /// The address as a number, for a stream that is told of it.
    pub(crate) const fn number(self) -> u32 {
        self.0
    }

    /// The address, for the bus that is memory itself.
    #[cfg(target_os = "none")]
    pub(crate) const fn address(self) -> *mut u32 {
        core::ptr::with_exposed_provenance_mut(self.0 as usize)
    }
}

/// A word of the flash memory at an offset from its start, in a sector that is not the running program's: `flash::Sector` says which are not.
pub(crate) const fn flash_word(offset: u32) -> Register {
    assert!(offset < 1 << 20 && offset.is_multiple_of(4), "the chip has no such word");
    Register(0x0800_0000 + offset)
}

/// `Kind: INSTANCE = address, … { register = offset; … many[count] = offset; … }`
macro_rules! peripherals {
    ($($(#[$doc:meta])* $kind:ident: $($instance:ident = $base:literal),+ {
        $($(#[$register_doc:meta])* $register:ident $([$count:literal])? = $offset:literal;)+
    })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub struct $kind(u32);
        impl $kind {
            $(peripherals!(@ $(#[$register_doc])* $register $([$count])? = $offset);)+
        }
        $(
            #[doc = concat!("`", stringify!($instance), "`.")]
            pub const $instance: $kind = $kind($base);
        )+
    )+};
    (@ $(#[$doc:meta])* $register:ident = $offset:literal) => {
        $(#[$doc])*
        pub const fn $register(self) -> Register {
            Register(self.0 + $offset)
        }
    };
    (@ $(#[$doc:meta])* $register:ident [$count:literal] = $offset:literal) => {
        $(#[$doc])*
        pub const fn $register(self, index: u32) -> Register {
            assert!(index < $count, "the chip has no register of this number");
            Register(self.0 + $offset + 4 * index)
        }
    };
}

peripherals! {
    /// Reset and clock control (RM0090 §7.3).
    Rcc: RCC = 0x4002_3800 {
        /// Clock control (§7.3.1).
        cr = 0x00;
        /// PLL configuration (§7.3.2).
        pllcfgr = 0x04;
        /// Clock configuration (§7.3.3).
        cfgr = 0x08;
        /// Resets of what is on the AHB1 (§7.3.5).
        ahb1rstr = 0x10;
        /// Resets of what is on the APB1 (§7.3.8).
        apb1rstr = 0x20;
        /// Resets of what is on the APB2 (§7.3.9).
        apb2rstr = 0x24;
        /// Clocks of the AHB1 (§7.3.10).
        ahb1enr = 0x30;
        /// Clocks of the AHB2 (§7.3.11).
        ahb2enr = 0x34;
        /// Clocks of the APB1 (§7.3.13).
        apb1enr = 0x40;
        /// Clocks of the APB2 (§7.3.14).
        apb2enr = 0x44;
        /// Backup domain (§7.3.20).
        bdcr = 0x70;
        /// Control and status: why the chip was reset (§7.3.21).
        csr = 0x74;
        /// Configuration of the PLL for sound (§7.3.23).
        plli2scfgr = 0x84;
    }
    /// The interface of the flash memory (RM0090 §3.9).
    Flash: FLASH = 0x4002_3C00 {
        /// Access control (§3.9.1).
        acr = 0x00;
        /// Key (§3.9.3).
        keyr = 0x04;
        /// Status (§3.9.5).
        sr = 0x0C;
        /// Control (§3.9.7).
        cr = 0x10;
    }
    /// Power control (RM0090 §5.4).
    Pwr: PWR = 0x4000_7000 {
        /// Control (§5.4.1).
        cr = 0x00;
        /// Control and status (§5.4.2).
        csr = 0x04;
    }
    /// A port of sixteen pins (RM0090 §8.4).
    Gpio: GPIOA = 0x4002_0000, GPIOB = 0x4002_0400, GPIOC = 0x4002_0800, GPIOD = 0x4002_0C00 {
        /// Mode (§8.4.1).
        moder = 0x00;
        /// Output type (§8.4.2).
        otyper = 0x04;
        /// Output speed (§8.4.3).
        ospeedr = 0x08;
        /// Pull-up, pull-down (§8.4.4).
        pupdr = 0x0C;
        /// Input data (§8.4.5).
        idr = 0x10;
        /// Output data (§8.4.6).
        odr = 0x14;
        /// Bits to set and to reset (§8.4.7).
        bsrr = 0x18;
        /// Alternate functions: of pins 0 to 7, and of 8 to 15 (§8.4.9, §8.4.10).
        afr[2] = 0x20;
    }
    /// A serial line (RM0090 §30.6).
    Usart: USART1 = 0x4001_1000, USART2 = 0x4000_4400, USART3 = 0x4000_4800, UART4 = 0x4000_4C00, UART5 = 0x4000_5000,
           USART6 = 0x4001_1400 {
        /// Status (§30.6.1).
        sr = 0x00;
        /// Data (§30.6.2).
        dr = 0x04;
        /// Baud rate (§30.6.3).
        brr = 0x08;
        /// Control 1 (§30.6.4).
        cr1 = 0x0C;
        /// Control 2 (§30.6.5).
        cr2 = 0x10;
        /// Control 3 (§30.6.6).
        cr3 = 0x14;
    }
    /// A timer; not every timer has all of these (RM0090 §17.4, §18.4, §19.4, §19.5, §20.4).
    Timer: TIM1 = 0x4001_0000, TIM2 = 0x4000_0000, TIM3 = 0x4000_0400, TIM4 = 0x4000_0800, TIM5 = 0x4000_0C00,
           TIM6 = 0x4000_1000, TIM7 = 0x4000_1400, TIM8 = 0x4001_0400, TIM9 = 0x4001_4000, TIM10 = 0x4001_4400,
           TIM11 = 0x4001_4800, TIM12 = 0x4000_1800, TIM13 = 0x4000_1C00, TIM14 = 0x4000_2000 {
        /// Control 1 (§18.4.1).
        cr1 = 0x00;
        /// Control 2: what others hear of it (§18.4.2).
        cr2 = 0x04;
        /// What it counts instead of its clock (§18.4.3).
        smcr = 0x08;
        /// Interrupts to raise (§18.4.4).
        dier = 0x0C;
        /// Status (§18.4.5).
        sr = 0x10;
        /// Events to generate (§18.4.6).
        egr = 0x14;
        /// Modes of channels 1 and 2 (§18.4.7).
        ccmr1 = 0x18;
        /// Modes of channels 3 and 4 (§18.4.8).
        ccmr2 = 0x1C;
        /// Switches of the channels (§18.4.9).
        ccer = 0x20;
        /// Counter (§18.4.10).
        cnt = 0x24;
        /// Prescaler (§18.4.11).
        psc = 0x28;
        /// Where the counter begins anew (§18.4.12).
        arr = 0x2C;
        /// What channel 1 caught, or compares with; those of the other channels follow (§18.4.13 to §18.4.16).
        ccr[4] = 0x34;
        /// Dead time, break, and the switch of all outputs, of timers 1 and 8 (§17.4.18).
        bdtr = 0x44;
        /// Option of timer 11 (§19.5.11).
        or = 0x50;
    }
    /// The converter of voltages (RM0090 §13.13).
    Adc: ADC1 = 0x4001_2000 {
        /// Status (§13.13.1).
        sr = 0x00;
        /// Control 1 (§13.13.2).
        cr1 = 0x04;
        /// Control 2 (§13.13.3).
        cr2 = 0x08;
        /// Sampling times of channels 10 to 18 (§13.13.4), and of 0 to 9 (§13.13.5).
        smpr[2] = 0x0C;
        /// Length of the sequence (§13.13.9).
        sqr1 = 0x2C;
        /// Its first six channels (§13.13.11).
        sqr3 = 0x34;
        /// Data (§13.13.14).
        dr = 0x4C;
        /// Control of all converters (§13.13.16).
        ccr = 0x304;
    }
    /// A controller of CAN; what filters is the first's alone (RM0090 §32.9).
    Can: CAN1 = 0x4000_6400, CAN2 = 0x4000_6800 {
        /// Control (§32.9.2).
        mcr = 0x000;
        /// Status (§32.9.2).
        msr = 0x004;
        /// Status of what is sent (§32.9.2).
        tsr = 0x008;
        /// The two queues of what came (§32.9.2).
        rfr[2] = 0x00C;
        /// Interrupts (§32.9.2).
        ier = 0x014;
        /// Errors (§32.9.2).
        esr = 0x018;
        /// Timing (§32.9.2).
        btr = 0x01C;
        /// Filters: whether they change (§32.9.4).
        fmr = 0x200;
        /// Their mode.
        fm1r = 0x204;
        /// Their scale.
        fs1r = 0x20C;
        /// Their queue.
        ffa1r = 0x214;
        /// Whether they are on.
        fa1r = 0x21C;
        /// Two registers for each bank.
        filter[56] = 0x240;
    }
    /// The two converters of numbers into voltages (RM0090 §14.5).
    Dac: DAC = 0x4000_7400 {
        /// Control (§14.5.1).
        cr = 0x00;
        /// Data of the first: 12 bits (§14.5.3).
        dhr12r1 = 0x08;
        /// 8 bits (§14.5.5).
        dhr8r1 = 0x10;
        /// Data of the second: 12 bits (§14.5.6).
        dhr12r2 = 0x14;
        /// 8 bits (§14.5.8).
        dhr8r2 = 0x1C;
        /// Status: numbers that came too late (§14.5.14).
        sr = 0x34;
    }
    /// A controller of streams between memory and peripherals (RM0090 §10.5).
    Dma: DMA1 = 0x4002_6000, DMA2 = 0x4002_6400 {
        /// Flags of streams 0 to 3 (§10.5.1).
        lisr = 0x00;
        /// Flags of streams 4 to 7 (§10.5.2).
        hisr = 0x04;
        /// Flags to clear, of streams 0 to 3 (§10.5.3).
        lifcr = 0x08;
        /// Flags to clear, of streams 4 to 7 (§10.5.4).
        hifcr = 0x0C;
    }
    /// A stream (RM0090 §10.5).
    Stream: DMA1_STREAM0 = 0x4002_6010 {
        /// Configuration (§10.5.5).
        cr = 0x00;
        /// Items to go (§10.5.6).
        ndtr = 0x04;
        /// The peripheral's register (§10.5.7).
        par = 0x08;
        /// The memory (§10.5.8).
        m0ar = 0x0C;
        /// Its buffer (§10.5.10).
        fcr = 0x14;
    }
    /// The interface of memory cards (RM0090 §31.9).
    Sdio: SDIO = 0x4001_2C00 {
        /// Supply (§31.9.1).
        power = 0x00;
        /// Clock and width of the bus (§31.9.2).
        clkcr = 0x04;
        /// Argument of a command (§31.9.3).
        arg = 0x08;
        /// Command (§31.9.4).
        cmd = 0x0C;
        /// What the card answers: four words, of which a short answer has the first (§31.9.6).
        resp[4] = 0x14;
        /// How long data are waited for, in clocks of the bus (§31.9.7).
        dtimer = 0x24;
        /// Bytes to transfer (§31.9.8).
        dlen = 0x28;
        /// Control of the transfer (§31.9.9).
        dctrl = 0x2C;
        /// Status (§31.9.11).
        sta = 0x34;
        /// Flags of the status to clear (§31.9.12).
        icr = 0x38;
        /// Data (§31.9.15).
        fifo = 0x80;
    }
    /// A bus of two wires (RM0090 §27.6).
    I2c: I2C1 = 0x4000_5400, I2C2 = 0x4000_5800 {
        /// Control 1 (§27.6.1).
        cr1 = 0x00;
        /// Control 2 (§27.6.2).
        cr2 = 0x04;
        /// The address that it answers to (§27.6.3).
        oar1 = 0x08;
        /// Data (§27.6.5).
        dr = 0x10;
        /// Status 1 (§27.6.6).
        sr1 = 0x14;
        /// Status 2 (§27.6.7).
        sr2 = 0x18;
        /// Clock (§27.6.8).
        ccr = 0x1C;
        /// Longest rise of a level (§27.6.9).
        trise = 0x20;
    }
    /// A bus of three wires (RM0090 §28.5).
    Spi: SPI1 = 0x4001_3000, SPI2 = 0x4000_3800 {
        /// Control 1 (§28.5.1).
        cr1 = 0x00;
        /// Control 2 (§28.5.2).
        cr2 = 0x04;
        /// Status (§28.5.3).
        sr = 0x08;
        /// Data (§28.5.4).
        dr = 0x0C;
        /// What its checksums are made by (§28.5.5).
        crcpr = 0x10;
        /// Configuration as a bus of sound (§28.5.8).
        i2scfgr = 0x1C;
        /// What divides its clock (§28.5.9).
        i2spr = 0x20;
    }
    /// System configuration (RM0090 §9.2).
    Syscfg: SYSCFG = 0x4001_3800 {
        /// What is seen at address 0 (§9.2.1).
        memrmp = 0x00;
        /// Which port's pin a line belongs to, four to a register (§9.2.3 to §9.2.6).
        exticr[4] = 0x08;
    }
    /// External interrupts (RM0090 §12.3).
    Exti: EXTI = 0x4001_3C00 {
        /// Lines that interrupt (§12.3.1).
        imr = 0x00;
        /// Lines that wake without an interrupt (§12.3.2).
        emr = 0x04;
        /// Lines that count rising edges (§12.3.3).
        rtsr = 0x08;
        /// Lines that count falling edges (§12.3.4).
        ftsr = 0x0C;
        /// Lines that the program raises (§12.3.5).
        swier = 0x10;
        /// Lines that were raised (§12.3.6).
        pr = 0x14;
    }
    /// The independent watchdog (RM0090 §21.4).
    Iwdg: IWDG = 0x4000_3000 {
        /// Key (§21.4.1).
        kr = 0x00;
        /// Prescaler (§21.4.2).
        pr = 0x04;
        /// Reload value (§21.4.3).
        rlr = 0x08;
        /// Status (§21.4.4).
        sr = 0x0C;
    }
    /// The clock on the wall (RM0090 §26.6).
    Rtc: RTC = 0x4000_2800 {
        /// Time (§26.6.1).
        tr = 0x00;
        /// Date (§26.6.2).
        dr = 0x04;
        /// Control (§26.6.3).
        cr = 0x08;
        /// Initialization and status (§26.6.4).
        isr = 0x0C;
        /// Prescalers (§26.6.5).
        prer = 0x10;
        /// Wake-up timer (§26.6.6).
        wutr = 0x14;
        /// Write protection (§26.6.10).
        wpr = 0x24;
        /// Steps left of the second (§26.6.11).
        ssr = 0x28;
        /// Calibration (§26.6.16).
        calr = 0x3C;
        /// Words that the battery keeps (§26.6.20).
        bkpr[20] = 0x50;
    }
    /// The core of USB at full speed (RM0090 §34.16).
    Otg: OTG_FS = 0x5000_0000 {
        /// Its own version (§34.16.2).
        cid = 0x3C;
        /// Control of the device (§34.16.4).
        dctl = 0x804;
    }
    /// The generator of random numbers (RM0090 §24.4).
    Rng: RNG = 0x5006_0800 {
        /// Control (§24.4.1).
        cr = 0x00;
        /// Status (§24.4.2).
        sr = 0x04;
        /// Data (§24.4.3).
        dr = 0x08;
    }
    /// The processor's own timer (PM0214 §4.5).
    SysTick: SYSTICK = 0xE000_E010 {
        /// Control and status (§4.5.1).
        csr = 0x00;
        /// Reload value (§4.5.2).
        rvr = 0x04;
        /// Current value (§4.5.3).
        cvr = 0x08;
    }
    /// The interrupt controller (PM0214 §4.3).
    Nvic: NVIC = 0xE000_E100 {
        /// Interrupts to switch on (§4.3.2).
        iser[3] = 0x000;
        /// Interrupts to switch off (§4.3.3).
        icer[3] = 0x080;
        /// Interrupts to raise (§4.3.4).
        ispr[3] = 0x100;
        /// Raised interrupts to forget (§4.3.5).
        icpr[3] = 0x180;
        /// Priorities, four to a register (§4.3.7).
        ipr[21] = 0x300;
    }
    /// System control of the processor (PM0214 §4.4).
    Scb: SCB = 0xE000_ED00 {
        /// Interrupts of the system to raise (§4.4.3).
        icsr = 0x04;
        /// Where the table of vectors lies (§4.4.4).
        vtor = 0x08;
        /// Application interrupt and reset control (§4.4.5).
        aircr = 0x0C;
        /// System control: what sleep means (§4.4.6).
        scr = 0x10;
        /// Priorities of the system's own interrupts, 4 to 15 (§4.4.8).
        shpr[3] = 0x18;
        /// What kind of fault it was (§4.4.10).
        cfsr = 0x28;
        /// Hard fault status (§4.4.14).
        hfsr = 0x2C;
        /// The address that a bus fault is about (§4.4.16).
        bfar = 0x38;
    }
    /// What debuggers want to know (RM0090 §38.16).
    Dbgmcu: DBGMCU = 0xE004_2000 {
        /// Kind and revision of the chip (§38.6.1).
        idcode = 0x00;
    }
    /// What the maker wrote into each chip (RM0090 §39).
    Signature: SIGNATURE = 0x1FFF_7A10 {
        /// The unique identity, 96 bits (§39.1).
        identity[3] = 0x00;
        /// What the reference read at 3.3 V, in the upper half (datasheet, table 73).
        reference = 0x18;
    }
}

/// `name = offset of the first; …`: registers of which a controller has several, 16 bytes apart.
macro_rules! mailboxes {
    ($($(#[$doc:meta])* $name:ident [$count:literal] = $offset:literal;)+) => {
        impl Can {
            $($(#[$doc])*
            pub const fn $name(self, index: u32) -> Register {
                assert!(index < $count, "the controller has no mailbox of this number");
                Register(self.0 + $offset + 0x10 * index)
            })+
        }
    };
}

mailboxes! {
    /// Identifier of what is to be sent (§32.9.3).
    tir[3] = 0x180;
    /// Its length.
    tdtr[3] = 0x184;
    /// Its first four bytes.
    tdlr[3] = 0x188;
    /// Its other bytes.
    tdhr[3] = 0x18C;
    /// Identifier of what came (§32.9.3).
    rir[2] = 0x1B0;
    /// Its length, and the filter that let it in.
    rdtr[2] = 0x1B4;
    /// Its first four bytes.
    rdlr[2] = 0x1B8;
    /// Its other bytes.
    rdhr[2] = 0x1BC;
}

impl Dma {
    /// The registers of a stream, 0 to 7.
    pub const fn stream(self, index: u32) -> Stream {
        assert!(index < 8, "the controller has no stream of this number");
        Stream(self.0 + 0x10 + 0x18 * index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registers_lie_where_the_manual_says() {
        assert_eq!(GPIOB.afr(1), Register(0x4002_0424));
        assert_eq!(NVIC.iser(1), Register(0xE000_E104));
        assert_eq!(SCB.shpr(2), Register(0xE000_ED20));
        assert_eq!(USART6.cr1(), Register(0x4001_140C));
    }
}
