//! Timers: counters with up to four channels that compare or capture (RM0090 §17 to §20).

use crate::clock::{Clocks, Hertz};
use crate::nvic::Interrupt;
use crate::register::{
    self, Bus, RCC, Register, TIM1, TIM2, TIM3, TIM4, TIM5, TIM6, TIM7, TIM8, TIM9, TIM10, TIM11, TIM12, TIM13, TIM14,
};

/// A timer, by its number from 1.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Timer(u8);

// TIMx_CR1 (§18.4.1), DIER (§18.4.4), EGR (§18.4.6).
const ENABLE: u32 = 1;
const DOWN: u32 = 1 << 4;
const CENTRE: u32 = 0b01 << 5;
const BUFFER_PERIOD: u32 = 1 << 7;
const DIVISION: u32 = 8;
const UPDATE: u32 = 1;
/// The flags of the end of a period, and of four channels.
const FLAGS: u32 = 0b1_1111;
// BDTR (§17.4.18).
const BREAKS: u32 = 1 << 12;
const BREAK_HIGH: u32 = 1 << 13;
const MAIN_OUTPUT: u32 = 1 << 15;
/// CR2 (§18.4.2): the end of a period is the timer's output to others.
const SIGNAL_UPDATES: u32 = 0b010 << 4;
/// SMCR (§18.4.3): the three encoder modes.
const SLAVE_MODE: u32 = 0b111;

/// Which way a timer counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Direction {
    /// From 0 to the period, and again.
    Up,
    /// From the period to 0.
    Down,
    /// Up and down, in turn.
    Centre,
}

/// How a timer counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Counting {
    /// One less than the cycles of a step.
    pub prescaler: u32,
    /// The counter's highest value.
    pub period: u32,
    /// Which way.
    pub direction: Direction,
    /// Divides the clock of dead time and filters: by 1, 2 or 4, as 0, 1 or 2.
    pub division: u8,
}

/// What ends a timer's outputs from outside.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Break {
    /// Nothing.
    Off,
    /// Its break pin being low.
    Low,
    /// Its break pin being high.
    High,
}

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
    /// Catches the counter when its pin changes.
    CaptureBoth,
    /// Is high.
    ForcedActive,
    /// Is low.
    ForcedInactive,
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

    /// Its place in the table for its channels: timers 1 and 8 have two.
    pub const fn channel_interrupt(self) -> Interrupt {
        match self.0 {
            1 => Interrupt(27),
            8 => Interrupt(46),
            _ => self.interrupt(),
        }
    }

    /// Whether it has outputs that are each other's complement, dead time and a break (§17): timers 1 and 8.
    pub const fn is_advanced(self) -> bool {
        matches!(self.0, 1 | 8)
    }

    /// Starts it.
    pub fn start(self, bus: &impl Bus, counting: Counting) {
        let (register, bit) = self.clock();
        bus.enable(register, bit);
        let registers = self.registers();
        let direction = match counting.direction {
            Direction::Up => 0,
            Direction::Down => DOWN,
            Direction::Centre => CENTRE,
        };
        let control = u32::from(counting.division) << DIVISION | BUFFER_PERIOD | direction;
        bus.write(registers.cr1(), 0);
        if self.channels() > 1 {
            bus.write(registers.smcr(), 0);
        }
        bus.write(registers.psc(), counting.prescaler & 0xFFFF);
        bus.write(registers.arr(), counting.period);
        bus.write(registers.cr1(), control);
        // The prescaler is taken over at an update alone, which puts a counter that goes down to its period (§18.4.6); the flag that this one leaves
        // is not the end of a period.
        bus.write(registers.egr(), UPDATE);
        bus.write(registers.sr(), 0);
        bus.write(registers.cr1(), control | ENABLE);
    }

    /// How it counts.
    pub fn counting(self, bus: &impl Bus) -> Counting {
        let registers = self.registers();
        let cr1 = bus.read(registers.cr1());
        let direction = match (cr1 & CENTRE, cr1 & DOWN) {
            (0, 0) => Direction::Up,
            (0, _) => Direction::Down,
            _ => Direction::Centre,
        };
        let (prescaler, period) = (bus.read(registers.psc()), bus.read(registers.arr()));
        Counting { prescaler, period, direction, division: (cr1 >> DIVISION & 0b11) as u8 }
    }

    /// Sets the time in which neither of two complementary outputs is on, in ticks of the divided clock, and what ends all outputs
    /// (§17.4.18): of timers 1 and 8 alone.
    pub fn set_dead_time(self, bus: &impl Bus, ticks: u32, brk: Break) {
        let dead = match ticks {
            0..128 => ticks,
            128..256 => 0x80 | ((ticks - 128) / 2),
            256..512 => 0xC0 | ((ticks - 256) / 8),
            512..1008 => 0xE0 | ((ticks - 512) / 16),
            _ => 0xFF,
        };
        let brk = match brk {
            Break::Off => 0,
            Break::Low => BREAKS,
            Break::High => BREAKS | BREAK_HIGH,
        };
        bus.write(self.registers().bdtr(), dead | brk);
    }

    /// What `set_dead_time` set.
    pub fn dead_time(self, bus: &impl Bus) -> (u32, Break) {
        let bits = bus.read(self.registers().bdtr());
        let ticks = match bits & 0xFF {
            dead @ 0..0x80 => dead,
            dead @ 0x80..0xC0 => 128 + (dead & 0x3F) * 2,
            dead @ 0xC0..0xE0 => 256 + (dead & 0x1F) * 8,
            dead => 512 + (dead & 0x1F) * 16,
        };
        let brk = match (bits & BREAKS, bits & BREAK_HIGH) {
            (0, _) => Break::Off,
            (_, 0) => Break::Low,
            _ => Break::High,
        };
        (ticks, brk)
    }

    /// Counts the turns of an encoder on channels 1 and 2, by mode 1 to 3: edges of one of them, of the other, of both (§18.3.12).
    pub fn encoder(self, bus: &impl Bus, mode: u8) {
        let registers = self.registers();
        bus.clear(registers.ccer(), 0xFF);
        // Both channels are inputs, each its own, without a filter.
        bus.write(registers.ccmr1(), 0x0101);
        bus.set(registers.ccer(), 0x11);
        bus.change(registers.smcr(), SLAVE_MODE, u32::from(mode));
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

    /// Which of these raise its interrupts: bit 0 is the end of a period, bits 1 to 4 are channels 1 to 4 (§18.4.4).
    pub fn interrupt_on(self, bus: &impl Bus, bits: u32, on: bool) {
        bus.write(self.registers().sr(), !bits);
        bus.change(self.registers().dier(), bits, if on { bits } else { 0 });
    }

    /// Which of them happened; they are forgotten then. The other flags are written as ones, which leaves them.
    pub fn take(self, bus: &impl Bus) -> u32 {
        let happened = bus.read(self.registers().dier()) & bus.read(self.registers().sr()) & FLAGS;
        if happened != 0 {
            bus.write(self.registers().sr(), !happened);
        }
        happened
    }

    /// Others (the converters) hear of the end of each period (§18.4.2).
    pub fn signal_updates(self, bus: &impl Bus) {
        bus.write(self.registers().cr2(), SIGNAL_UPDATES);
    }

    /// Whether a period ended since the last call, for who does not use its interrupt.
    pub fn take_end(self, bus: &impl Bus) -> bool {
        let ended = bus.read(self.registers().sr()) & UPDATE != 0;
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
            Channel::ForcedInactive => output(0b100, 0),
            Channel::ForcedActive => output(0b101, 0),
            Channel::CaptureRising | Channel::CaptureBoth => (0b01, false),
            Channel::CaptureFalling => (0b01, true),
        };
        // A channel is off while its mode changes (§18.4.7).
        self.channel_off(bus, channel);
        bus.change(modes, 0xFF << shift, bits << shift);
        let mut on = u32::from(mode != Channel::Timing) | u32::from(inverted) << 1;
        if mode == Channel::CaptureBoth {
            // Both polarity bits at once (§18.4.9).
            on |= 0b1010;
        } else if self.is_advanced() && channel < 3 && bits & 0b11 == 0 {
            // The complement is driven as well (§17.4.9): on, with the same polarity.
            on |= on << 2;
        }
        bus.set(registers.ccer(), on << (4 * number));
        if self.is_advanced() {
            bus.set(registers.bdtr(), MAIN_OUTPUT);
        }
    }

    /// Switches a channel off, from 0.
    pub fn channel_off(self, bus: &impl Bus, channel: u8) {
        bus.clear(self.registers().ccer(), 0xF << (4 * u32::from(channel)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    #[test]
    fn a_timer_starts_without_the_flag_of_its_first_update() {
        let chip = Fake::default();
        Timer(4).start(&chip, Counting { prescaler: 83, period: 999, direction: Direction::Up, division: 0 });
        let expected = [
            (RCC.apb1enr(), 1 << 2),
            (TIM4.cr1(), 0),
            (TIM4.smcr(), 0),
            (TIM4.psc(), 83),
            (TIM4.arr(), 999),
            (TIM4.cr1(), 0x80),
            (TIM4.egr(), 1),
            (TIM4.sr(), 0),
            (TIM4.cr1(), 0x81),
        ];
        assert_eq!(chip.writes(), expected);
    }

    #[test]
    fn a_timer_that_counts_down_knows_so_before_it_is_put_to_its_beginning() {
        let chip = Fake::default();
        Timer(7).start(&chip, Counting { prescaler: 0, period: 9, direction: Direction::Down, division: 2 });
        let controls = chip.writes().into_iter().filter(|(at, _)| [TIM7.cr1(), TIM7.egr()].contains(at));
        assert!(controls.eq([(TIM7.cr1(), 0), (TIM7.cr1(), 0x290), (TIM7.egr(), 1), (TIM7.cr1(), 0x291)]));
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
        assert_eq!(Timer(2).take(&chip), 1);
        assert_eq!(chip.writes(), [(TIM2.sr(), 0xFFFF_FFFE)]);
        assert_eq!(Timer(3).take(&chip), 0, "it asked for no interrupt");
        let channels = Fake::default().stuck(TIM1.sr(), 0b1_0110).stuck(TIM1.dier(), 0b1_0011);
        assert_eq!(Timer(1).take(&channels), 0b1_0010);
        assert_eq!(channels.writes(), [(TIM1.sr(), !0b1_0010)]);
        assert_eq!(
            (Timer(1).channel_interrupt(), Timer(8).channel_interrupt(), Timer(3).channel_interrupt().0),
            (Interrupt(27), Interrupt(46), 29)
        );
    }

    #[test]
    fn others_hear_of_the_end_of_a_period() {
        let chip = Fake::default().stuck(TIM6.sr(), 1);
        Timer(6).signal_updates(&chip);
        assert!(Timer(6).take_end(&chip) && !Timer(7).take_end(&chip));
        assert_eq!(chip.writes(), [(TIM6.cr2(), 0x20), (TIM6.sr(), !1)]);
    }

    #[test]
    fn interrupts_are_switched_one_by_one() {
        let chip = Fake::default().stuck(TIM3.dier(), 0b1);
        Timer(3).interrupt_on(&chip, 0b100, true);
        Timer(3).interrupt_on(&chip, 0b1, false);
        let expected = [(TIM3.sr(), !0b100), (TIM3.dier(), 0b101), (TIM3.sr(), !0b1), (TIM3.dier(), 0)];
        assert_eq!(chip.writes(), expected);
    }

    #[test]
    fn it_counts_down_and_to_the_centre() {
        for (direction, bits) in [(Direction::Up, 0), (Direction::Down, 0x10), (Direction::Centre, 0x20)] {
            let chip = Fake::default();
            let counting = Counting { prescaler: 1, period: 9, direction, division: 2 };
            Timer(1).start(&chip, counting);
            assert_eq!(chip.written(TIM1.cr1()), [0, 0x280 | bits, 0x281 | bits]);
            assert_eq!(Timer(1).counting(&chip), counting);
        }
    }

    #[test]
    fn an_encoder_is_two_inputs() {
        let chip = Fake::default();
        Timer(3).encoder(&chip, 3);
        assert_eq!(chip.writes(), [(TIM3.ccer(), 0), (TIM3.ccmr1(), 0x0101), (TIM3.ccer(), 0x11), (TIM3.smcr(), 3)]);
    }

    #[test]
    fn a_complement_is_driven_with_its_dead_time() {
        let chip = Fake::default();
        Timer(1).set_dead_time(&chip, 300, Break::Low);
        Timer(1).channel(&chip, 1, Channel::Pwm, false);
        let expected = [
            (TIM1.bdtr(), 0x1000 | 0xC0 | 5),
            (TIM1.ccer(), 0),
            (TIM1.ccmr1(), 0x6800),
            (TIM1.ccer(), 0x50),
            (TIM1.bdtr(), 0x9000 | 0xC0 | 5),
        ];
        assert_eq!(chip.writes(), expected);
        for (ticks, back) in [(0, 0), (127, 127), (129, 128), (255, 254), (300, 296), (1007, 992), (5000, 1008)] {
            Timer(1).set_dead_time(&chip, ticks, Break::High);
            assert_eq!(Timer(1).dead_time(&chip), (back, Break::High));
        }
    }

    #[test]
    fn both_edges_are_both_polarity_bits() {
        let chip = Fake::default();
        Timer(4).channel(&chip, 0, Channel::CaptureBoth, false);
        Timer(4).channel(&chip, 1, Channel::ForcedActive, false);
        assert_eq!(chip.written(TIM4.ccer()), [0, 0b1011, 0b1011, 0b1_1011]);
        assert_eq!(chip.written(TIM4.ccmr1()), [0x01, 0x5001]);
    }
}
