//! Sound by I2S2, as the one that gives the clocks (RM0090 §28.4): a stream of memory that goes round and round, in two halves (§10.3.8), and
//! the PLL of its own (§7.2.3).

use crate::nvic::Interrupt;
use crate::register::{Bus, DMA1, RCC, SPI2, Stream};

/// What is transferred.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Settings {
    /// Comes instead of going.
    pub receives: bool,
    /// Samples of 32 bits instead of 16.
    pub wide: bool,
    /// Pairs of samples a second.
    pub rate: u32,
}

/// How the clock comes about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Plan {
    /// Multiplies the PLL's input.
    times: u32,
    /// Divides that.
    by: u32,
    /// Divides it into bits.
    divider: u32,
}

/// The input of the PLLs (see `clock.rs`).
const INPUT: u32 = 2_000_000;
/// The PLL's oscillator makes 100 to 432 MHz (§7.3.23).
const TIMES: core::ops::RangeInclusive<u32> = 50..=216;
const BY: core::ops::RangeInclusive<u32> = 2..=7;
/// Twice 2, and twice 255 and one (§28.4.4).
const DIVIDERS: core::ops::RangeInclusive<u32> = 4..=511;

// RCC_CR (§7.3.1), RCC_CFGR (§7.3.3).
const PLL_ON: u32 = 1 << 26;
const PLL_READY: u32 = 1 << 27;
const FROM_PIN: u32 = 1 << 23;
/// The bits of its clock, and of its reset (§7.3.13, §7.3.8); of the streams' clock (§7.3.10).
const CLOCK: u32 = 1 << 14;
const STREAMS_CLOCK: u32 = 1 << 21;
/// SPI_CR2 (§28.5.2): what comes is fetched, what goes is brought.
const FETCHED: u32 = 1;
const BROUGHT: u32 = 1 << 1;
/// SPI_I2SCFGR (§28.5.8): sound, on, sends or receives and gives the clocks, 32 bits in channels of 32.
const SOUND: u32 = 1 << 11;
const ENABLE: u32 = 1 << 10;
const SENDS: u32 = 0b10 << 8;
const RECEIVES: u32 = 0b11 << 8;
const WIDE: u32 = 0b10 << 1 | 1;
/// SPI_I2SPR (§28.5.9).
const ODD: u32 = 1 << 8;

// DMA_SxCR (§10.5.5): channel 0, half words, in both halves' interrupts.
const STREAM_ON: u32 = 1;
const TELLS: u32 = 1 << 3 | 1 << 4;
const FROM_MEMORY: u32 = 0b01 << 6;
const CIRCULAR: u32 = 1 << 8;
const NEXT_IN_MEMORY: u32 = 1 << 10;
const HALF_WORDS: u32 = 0b01 << 11 | 0b01 << 13;
/// Readings before the PLL, or a stream's end, is given up.
const PATIENCE: u32 = 50_000;

/// The streams that bring and fetch (§10.3.3, table 42), their interrupts (§12.2, table 61), and where their flags begin (§10.5.1 to §10.5.4).
const INTO: u32 = 3;
const OUT_OF: u32 = 4;
const FLAGS: u32 = 0b11_1101;
const INTO_FLAGS: u32 = 22;
const HALF: u32 = 1 << 4;
const WHOLE: u32 = 1 << 5;
/// The interrupts of both.
pub const INTERRUPTS: [Interrupt; 2] = [Interrupt(14), Interrupt(15)];

impl Plan {
    /// The one that comes nearest to so many bits a second.
    fn new(bits: u32) -> Option<Plan> {
        let (mut found, mut best) = (None, u64::MAX);
        for by in BY {
            for times in TIMES {
                let source = INPUT * times / by;
                let divider = (source + bits / 2) / bits;
                if !DIVIDERS.contains(&divider) {
                    continue;
                }
                // In thousandths of a bit a second.
                let made = u64::from(source) * 1000 / u64::from(divider);
                let error = made.abs_diff(u64::from(bits) * 1000);
                if error < best {
                    (found, best) = (Some(Plan { times, by, divider }), error);
                }
            }
        }
        found
    }
}

fn stream(receives: bool) -> Stream {
    DMA1.stream(if receives { INTO } else { OUT_OF })
}

/// Forgets the flags of both streams, without which none begins.
fn forget_flags(bus: &impl Bus) {
    bus.write(DMA1.lifcr(), FLAGS << INTO_FLAGS);
    bus.write(DMA1.hifcr(), FLAGS);
}

/// Starts it: memory at `address`, so many bytes, whose halves are used in turn, and interrupts when one of them is done. The memory must stay
/// until it is stopped. `false` for a rate that it cannot have, or where the PLL does not come.
pub fn start(bus: &impl Bus, settings: Settings, address: u32, bytes: u32) -> bool {
    let Settings { receives, wide, rate } = settings;
    // Two samples to a frame (§28.4.4).
    let Some(plan) = rate.checked_mul(if wide { 64 } else { 32 }).filter(|bits| *bits > 0).and_then(Plan::new) else {
        return false;
    };
    stop(bus);
    // It is set up while it is off (§7.3.23), and says for a moment longer that it is ready.
    bus.comes(RCC.cr(), PATIENCE, |cr| cr & PLL_READY == 0);
    bus.clear(RCC.cfgr(), FROM_PIN);
    bus.write(RCC.plli2scfgr(), plan.times << 6 | plan.by << 28);
    bus.set(RCC.cr(), PLL_ON);
    if !bus.comes(RCC.cr(), PATIENCE, |cr| cr & PLL_READY != 0) {
        return false;
    }
    bus.enable(RCC.apb1enr(), CLOCK);
    bus.enable(RCC.ahb1enr(), STREAMS_CLOCK);
    forget_flags(bus);
    let stream = stream(receives);
    bus.write(stream.par(), SPI2.dr().number());
    bus.write(stream.m0ar(), address);
    bus.write(stream.ndtr(), bytes / 2);
    let bits = CIRCULAR | NEXT_IN_MEMORY | HALF_WORDS | TELLS | if receives { 0 } else { FROM_MEMORY };
    bus.write(stream.cr(), bits);
    bus.write(stream.cr(), bits | STREAM_ON);
    bus.write(SPI2.i2spr(), (plan.divider / 2) | if plan.divider % 2 == 1 { ODD } else { 0 });
    let bits = SOUND | if receives { RECEIVES } else { SENDS } | if wide { WIDE } else { 0 };
    bus.write(SPI2.i2scfgr(), bits);
    bus.write(SPI2.cr2(), if receives { FETCHED } else { BROUGHT });
    bus.write(SPI2.i2scfgr(), bits | ENABLE);
    true
}

/// Stops it, with its PLL.
pub fn stop(bus: &impl Bus) {
    for receives in [true, false] {
        let stream = stream(receives);
        if bus.read(stream.cr()) & STREAM_ON != 0 {
            bus.clear(stream.cr(), STREAM_ON);
            bus.comes(stream.cr(), PATIENCE, |cr| cr & STREAM_ON == 0);
        }
    }
    // A reset ends it in the midst of a frame as well.
    bus.set(RCC.apb1rstr(), CLOCK);
    bus.clear(RCC.apb1rstr(), CLOCK);
    bus.clear(RCC.apb1enr(), CLOCK);
    bus.clear(RCC.cr(), PLL_ON);
}

/// A half of the memory that is done, by whichever of the streams runs: the first (false) or the second one, once each.
pub fn take_half(bus: &impl Bus) -> Option<bool> {
    for (status, clear, shift) in [(DMA1.lisr(), DMA1.lifcr(), INTO_FLAGS), (DMA1.hisr(), DMA1.hifcr(), 0)] {
        let status = bus.read(status) >> shift;
        if let Some(flag) = [HALF, WHOLE].into_iter().find(|flag| status & flag != 0) {
            bus.write(clear, flag << shift);
            return Some(flag == WHOLE);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    #[test]
    fn clocks_are_near_what_is_asked_for() {
        for (rate, bits) in
            [(8000, 32), (11_025, 32), (16_000, 64), (22_050, 64), (44_100, 32), (44_100, 64), (48_000, 64), (96_000, 64)]
        {
            let plan = Plan::new(rate * bits).expect("there is one");
            let made = f64::from(INPUT) * f64::from(plan.times) / f64::from(plan.by) / f64::from(plan.divider) / f64::from(bits);
            assert!((made / f64::from(rate) - 1.0).abs() < 0.0002, "{rate} {bits}: {plan:?} {made}");
            assert!(TIMES.contains(&plan.times) && BY.contains(&plan.by) && DIVIDERS.contains(&plan.divider));
        }
        assert_eq!(Plan::new(100_000_000), None);
    }

    #[test]
    fn sound_goes_out_of_memory_that_goes_round() {
        // The PLL was on, and is ready for a moment longer; then it stands, until it is ready again.
        let chip = Fake::default().answering(RCC.cr(), &[PLL_ON | PLL_READY, PLL_READY, PLL_READY, 0, 0, PLL_ON | PLL_READY]);
        assert!(start(&chip, Settings { receives: false, wide: false, rate: 48_000 }, 0x2000_1000, 256));
        let plan = Plan::new(48_000 * 32).expect("there is one");
        let (stream, bits) = (DMA1.stream(4), 1 << 13 | 1 << 11 | 1 << 10 | 1 << 8 | 1 << 6 | 1 << 4 | 1 << 3);
        let expected = [
            (RCC.apb1rstr(), 1 << 14),
            (RCC.apb1rstr(), 0),
            (RCC.apb1enr(), 0),
            (RCC.cr(), PLL_READY),
            (RCC.cfgr(), 0),
            (RCC.plli2scfgr(), plan.by << 28 | plan.times << 6),
            (RCC.cr(), PLL_ON),
            (RCC.apb1enr(), 1 << 14),
            (RCC.ahb1enr(), 1 << 21),
            (DMA1.lifcr(), 0x0F40_0000),
            (DMA1.hifcr(), 0x3D),
            (stream.par(), 0x4000_380C),
            (stream.m0ar(), 0x2000_1000),
            (stream.ndtr(), 128),
            (stream.cr(), bits),
            (stream.cr(), bits | 1),
            (SPI2.i2spr(), (plan.divider / 2) | ((plan.divider % 2) << 8)),
            (SPI2.i2scfgr(), 0xA00),
            (SPI2.cr2(), 1 << 1),
            (SPI2.i2scfgr(), 0xE00),
        ];
        assert_eq!(chip.writes(), expected);
        assert!(
            !start(&Fake::default(), Settings { receives: false, wide: false, rate: 48_000 }, 0, 256),
            "an emulator has no PLL"
        );
        assert!(!start(&chip, Settings { receives: false, wide: true, rate: 0 }, 0, 256));
    }

    #[test]
    fn it_comes_in_frames_of_two_words() {
        let chip = Fake::default().stuck(RCC.cr(), PLL_READY);
        assert!(start(&chip, Settings { receives: true, wide: true, rate: 16_000 }, 0x2000_1000, 256));
        let stream = DMA1.stream(3);
        let bits = 1 << 13 | 1 << 11 | 1 << 10 | 1 << 8 | 1 << 4 | 1 << 3;
        assert_eq!((chip.written(stream.cr()), chip.written(SPI2.cr2())), ([bits, bits | 1].to_vec(), [1].to_vec()));
        assert_eq!(chip.written(SPI2.i2scfgr()), [0xB05, 0xF05]);
        stop(&chip);
        assert_eq!(chip.written(stream.cr()).last(), Some(&bits));
        assert_eq!(
            (chip.written(RCC.apb1rstr()), chip.written(RCC.apb1enr()).last()),
            ([1 << 14, 0, 1 << 14, 0].to_vec(), Some(&0))
        );
    }

    #[test]
    fn halves_are_done_in_turn() {
        let chip = Fake::default()
            .answering(DMA1.lisr(), &[HALF << 22, (HALF | WHOLE) << 22, WHOLE << 22, 0])
            .answering(DMA1.hisr(), &[0x20, 0]);
        assert_eq!([(); 5].map(|()| take_half(&chip)), [Some(false), Some(false), Some(true), Some(true), None]);
        assert_eq!(
            (chip.written(DMA1.lifcr()), chip.written(DMA1.hifcr())),
            ([1 << 26, 1 << 26, 1 << 27].to_vec(), [1 << 5].to_vec())
        );
        assert_eq!(INTERRUPTS, [Interrupt(14), Interrupt(15)]);
    }
}
