//! Timers: counters with up to four channels that compare or capture (RM0090 §17 to §20).

use crate::clock::{Clocks, Hertz};
use crate::nvic::Interrupt;
use crate::register::{
    self, Bus, RCC, Register, TIM1, TIM2, TIM3, TIM4, TIM5, TIM6, TIM7, TIM8, TIM9, TIM10, TIM11, TIM12, TIM13, TIM14,
};

/// A timer, by its number from 1.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Timer(u8);

// TIMx_CR1 (§18.4.1), DIER (§18.4.4), EGR (§18.4.6), BDTR (§17.4.18).
const ENABLE: u32 = 1;
const BUFFER_PERIOD: u32 = 1 << 7;
const UPDATE: u32 = 1;
const MAIN_OUTPUT: u32 = 1 << 15;

/// What a channel does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Channel {
    /// High until the counter reaches the compare value, then low.
    Pwm,
    /// Low until the counter reaches the compare value, then high.
    PwmInverted,
    /// Compares, and drives nothing.
    Timing,
    /// Goes high when the counter reaches the compare value.
    Active,
    /// Goes low then.
    Inactive,
    /// Changes then.
    Toggle,
    /// Catches the counter when its pin rises.
    CaptureRising,
    /// Catches the counter when its pin falls.
    CaptureFalling,
}

impl Timer {
    /// The timer of this number, if the chip has it.
    pub fn numbered(number: u8) -> Option<Timer> {
        (1..=14).contains(&number).then_some(Timer(number))
    }

    const fn registers(self) -> register::Timer {
        [TIM1, TIM2, TIM3, TIM4, TIM5, TIM6, TIM7, TIM8, TIM9, TIM10, TIM11, TIM12, TIM13, TIM14][self.0 as usize - 1]
    }

    /// Number of channels (§17.2, §18.2, §19.2, §20.2).
    pub const fn channels(self) -> u8 {
        match self.0 {
            1..=5 | 8 => 4,
            9 | 12 => 2,
            6 | 7 => 0,
            _ => 1,
        }
    }

    /// The largest period: timers 2 and 5 count 32 bits, the others 16.
    pub const fn longest(self) -> u32 {
        if matches!(self.0, 2 | 5) { u32::MAX } else { 0xFFFF }
    }

    /// The register and bit of its clock (§7.3.13, §7.3.14).
    const fn clock(self) -> (Register, u32) {
        match self.0 {
            1 => (RCC.apb2enr(), 1),
            8 => (RCC.apb2enr(), 1 << 1),
            9..=11 => (RCC.apb2enr(), 1 << (self.0 + 7)),
            2..=7 => (RCC.apb1enr(), 1 << (self.0 - 2)),
            _ => (RCC.apb1enr(), 1 << (self.0 - 6)),
        }
    }

    /// What it counts before its prescaler: twice its bus's clock where that is divided (§7.2, figure 21).
    pub const fn frequency(self, clocks: &Clocks) -> Hertz {
        let bus = if matches!(self.0, 1 | 8..=11) { clocks.apb2 } else { clocks.apb1 };
        if bus == clocks.system { bus } else { 2 * bus }
    }

    /// Its place in the interrupt table, for the end of a period (§12.2, table 61). Some share theirs.
    pub const fn interrupt(self) -> Interrupt {
        Interrupt([25, 28, 29, 30, 50, 54, 55, 44, 24, 25, 26, 43, 44, 45][self.0 as usize - 1])
    }

    /// Whether its clock runs: only then its registers mean anything.
    pub fn is_started(self, bus: &impl Bus) -> bool {
        let (register, bit) = self.clock();
        bus.read(register) & bit != 0
    }

    /// Counts up from 0 to `period`, every `prescaler + 1` cycles, and again.
    pub fn start(self, bus: &impl Bus, prescaler: u32, period: u32) {
        let (register, bit) = self.clock();
        bus.set(register, bit);
        let registers = self.registers();
        bus.write(registers.cr1(), 0);
        bus.write(registers.psc(), prescaler & 0xFFFF);
        bus.write(registers.arr(), period);
        // The prescaler is taken over at an update alone; the flag that this one leaves is not the end of a period.
        bus.write(registers.egr(), UPDATE);
        bus.write(registers.sr(), 0);
        bus.write(registers.cr1(), BUFFER_PERIOD | ENABLE);
    }

    /// Stops it, with its interrupt and channels.
    pub fn stop(self, bus: &impl Bus) {
        let registers = self.registers();
        bus.write(registers.dier(), 0);
        if self.channels() > 0 {
            bus.write(registers.ccer(), 0);
        }
        bus.write(registers.cr1(), 0);
        bus.write(registers.sr(), 0);
    }

    /// Whether the end of each period raises its interrupt.
    pub fn interrupt_on_update(self, bus: &impl Bus, on: bool) {
        bus.write(self.registers().sr(), 0);
        bus.write(self.registers().dier(), u32::from(on));
    }

    /// Whether a period ended; it is forgotten then. The other flags are written as ones, which leaves them.
    pub fn take_update(self, bus: &impl Bus) -> bool {
        let ended = bus.read(self.registers().dier()) & bus.read(self.registers().sr()) & UPDATE != 0;
        if ended {
            bus.write(self.registers().sr(), !UPDATE);
        }
        ended
    }

    /// The register of the prescaler.
    pub const fn prescaler(self) -> Register {
        self.registers().psc()
    }
    /// The register of the period.
    pub const fn period(self) -> Register {
        self.registers().arr()
    }
    /// The register of the counter.
    pub const fn counter(self) -> Register {
        self.registers().cnt()
    }
    /// The register of a channel, from 0: what it compares with or caught.
    pub const fn compare(self, channel: u8) -> Register {
        self.registers().ccr(channel as u32)
    }

    /// Sets a channel up, from 0; `low` says that it is active when its pin is low.
    pub fn channel(self, bus: &impl Bus, channel: u8, mode: Channel, low: bool) {
        let registers = self.registers();
        let (number, shift) = (u32::from(channel), u32::from(channel % 2) * 8);
        let modes = if channel < 2 { registers.ccmr1() } else { registers.ccmr2() };
        // Output compare: the mode in bits 4 to 6, the compare value buffered; capture: the channel's own input (§18.4.7).
        let output = |mode: u32, buffered: u32| (mode << 4 | buffered << 3, low);
        let (bits, inverted) = match mode {
            Channel::Timing => output(0b000, 0),
            Channel::Active => output(0b001, 0),
            Channel::Inactive => output(0b010, 0),
            Channel::Toggle => output(0b011, 0),
            Channel::Pwm => output(0b110, 1),
            Channel::PwmInverted => output(0b111, 1),
            Channel::CaptureRising => (0b01, false),
            Channel::CaptureFalling => (0b01, true),
        };
        // A channel is off while its mode changes (§18.4.7).
        bus.clear(registers.ccer(), 0b1011 << (4 * number));
        bus.change(modes, 0xFF << shift, bits << shift);
        let on = if mode == Channel::Timing { 0 } else { 1 };
        bus.set(registers.ccer(), (on | u32::from(inverted) << 1) << (4 * number));
        if matches!(self.0, 1 | 8) {
            bus.set(registers.bdtr(), MAIN_OUTPUT);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    #[test]
    fn a_timer_starts_without_the_flag_of_its_first_update() {
        let chip = Fake::default();
        Timer(4).start(&chip, 83, 999);
        let expected = [
            (RCC.apb1enr(), 1 << 2),
            (TIM4.cr1(), 0),
            (TIM4.psc(), 83),
            (TIM4.arr(), 999),
            (TIM4.egr(), 1),
            (TIM4.sr(), 0),
            (TIM4.cr1(), 0x81),
        ];
        assert_eq!(chip.writes(), expected);
    }

    #[test]
    fn clocks_and_channels_are_the_manuals() {
        let clocks = |number| Timer(number).clock();
        assert_eq!(clocks(7), (RCC.apb1enr(), 1 << 5));
        assert_eq!(clocks(14), (RCC.apb1enr(), 1 << 8));
        assert_eq!(clocks(11), (RCC.apb2enr(), 1 << 18));
        assert_eq!(Timer(1).frequency(&Clocks::FULL), 168_000_000);
        assert_eq!(Timer(2).frequency(&Clocks::FULL), 84_000_000);
        assert_eq!(Timer(3).frequency(&Clocks::INTERNAL), 16_000_000);
        assert!(Timer::numbered(0).is_none() && Timer::numbered(15).is_none());
    }

    #[test]
    fn a_channel_is_off_while_its_mode_changes() {
        let chip = Fake::default().stuck(TIM8.ccmr2(), 0x0034);
        Timer(8).channel(&chip, 3, Channel::Pwm, true);
        let expected = [(TIM8.ccer(), 0), (TIM8.ccmr2(), 0x6834), (TIM8.ccer(), 0x3000), (TIM8.bdtr(), MAIN_OUTPUT)];
        assert_eq!(chip.writes(), expected);
        let chip = Fake::default();
        Timer(2).channel(&chip, 0, Channel::CaptureFalling, false);
        assert_eq!(chip.writes(), [(TIM2.ccer(), 0), (TIM2.ccmr1(), 0x01), (TIM2.ccer(), 0x3)]);
    }

    #[test]
    fn the_end_of_a_period_is_taken_once() {
        let chip = Fake::default().stuck(TIM2.sr(), 0b11).stuck(TIM2.dier(), 1);
        assert!(Timer(2).take_update(&chip));
        assert_eq!(chip.writes(), [(TIM2.sr(), 0xFFFF_FFFE)]);
        assert!(!Timer(3).take_update(&chip), "it asked for no interrupt");
    }
}
