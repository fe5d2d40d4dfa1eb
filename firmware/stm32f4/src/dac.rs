//! The two converters of numbers into voltages, and the streams of memory that feed them (RM0090 §14, §10).

use crate::gpio::Pin;
use crate::register::{Bus, DAC, DMA1, RCC, Register};

/// A converter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Channel {
    /// The one on A4.
    One,
    /// The one on A5.
    Two,
}

/// What a converter makes by itself, at each event of its timer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wave {
    /// Numbers of 12 bits that look random (§14.3.8).
    Noise,
    /// All numbers of 12 bits up, and down (§14.3.9).
    Triangle,
}

/// The clocks of converters and of the controller of streams (§7.3.13, §7.3.10).
const CLOCK: u32 = 1 << 29;
const STREAMS_CLOCK: u32 = 1 << 21;

// DAC_CR (§14.5.1), of the first converter; the second's bits are 16 higher.
const ENABLE: u32 = 1;
const UNBUFFERED: u32 = 1 << 1;
const BY_EVENT: u32 = 1 << 2;
const EVENT: u32 = 3;
const NOISE: u32 = 0b01 << 6;
const TRIANGLE: u32 = 0b10 << 6;
/// All twelve bits of the wave.
const WHOLE: u32 = 0b1011 << 8;
const STREAMED: u32 = 1 << 12;
const ALL: u32 = 0xFFFF;
/// DAC_SR (§14.5.14): an event came and no number with it.
const LATE: u32 = 1 << 13;

// DMA_SxCR (§10.5.5).
const STREAM_ON: u32 = 1;
const FROM_MEMORY: u32 = 0b01 << 6;
const CIRCULAR: u32 = 1 << 8;
const NEXT_IN_MEMORY: u32 = 1 << 10;
const HALF_WORDS: u32 = (0b01 << 11) | (0b01 << 13);
/// The converters are channel 7 of their streams (§10.3.3, table 42).
const CHANNEL_7: u32 = 7 << 25;
/// Readings before a stream is taken to be off: it ends the transfer that it is at.
const PATIENCE: u32 = 1000;

impl Channel {
    /// The pin that it drives (datasheet, table 7).
    pub const fn pin(self) -> Pin {
        match self {
            Channel::One => Pin::named("A4"),
            Channel::Two => Pin::named("A5"),
        }
    }

    const fn shift(self) -> u32 {
        match self {
            Channel::One => 0,
            Channel::Two => 16,
        }
    }

    /// Its stream of the first controller (§10.3.3, table 42).
    const fn stream(self) -> u32 {
        match self {
            Channel::One => 5,
            Channel::Two => 6,
        }
    }

    /// The register that takes its numbers: 12 bits of 16, or 8 (§14.5.3, §14.5.5, §14.5.6, §14.5.8).
    const fn data(self, wide: bool) -> Register {
        match (self, wide) {
            (Channel::One, true) => DAC.dhr12r1(),
            (Channel::One, false) => DAC.dhr8r1(),
            (Channel::Two, true) => DAC.dhr12r2(),
            (Channel::Two, false) => DAC.dhr8r2(),
        }
    }

    fn set_up(self, bus: &impl Bus, bits: u32) {
        bus.change(DAC.cr(), ALL << self.shift(), bits << self.shift());
    }

    /// The converter's own bit: whether it drives its pin without an amplifier.
    fn buffering(self, bus: &impl Bus) -> u32 {
        bus.read(DAC.cr()) >> self.shift() & UNBUFFERED
    }

    /// Switches it on; `buffered` is an amplifier for what draws current.
    pub fn start(self, bus: &impl Bus, buffered: bool) {
        bus.enable(RCC.apb1enr(), CLOCK);
        self.end_stream(bus);
        self.set_up(bus, ENABLE | if buffered { 0 } else { UNBUFFERED });
    }

    /// Switches it off.
    pub fn stop(self, bus: &impl Bus) {
        self.end_stream(bus);
        self.set_up(bus, 0);
    }

    /// Converts a number, of 12 bits if it is `wide`, else of 8; ends what it did by itself.
    pub fn write(self, bus: &impl Bus, value: u16, wide: bool) {
        self.end_stream(bus);
        self.set_up(bus, ENABLE | self.buffering(bus));
        bus.write(self.data(wide), value.into());
    }

    /// Makes a wave, a step at each event of a timer.
    pub fn wave(self, bus: &impl Bus, wave: Wave, event: u32) {
        self.end_stream(bus);
        let bits = match wave {
            Wave::Noise => NOISE,
            Wave::Triangle => TRIANGLE,
        };
        // Events and waves are chosen while the converter is off (§14.3.6, §14.5.1), and the triangle begins at 0.
        let bits = event << EVENT | bits | WHOLE | self.buffering(bus);
        self.set_up(bus, bits);
        bus.write(self.data(true), 0);
        self.set_up(bus, ENABLE | BY_EVENT | bits);
    }

    /// Converts `count` numbers that lie in memory at `address`, one at each event of a timer; again and again if it is `circular`. They
    /// are bytes, or half words if they are `wide`. Memory is only read; it must stay until the stream has ended.
    pub fn stream_from(self, bus: &impl Bus, address: u32, count: u16, wide: bool, circular: bool, event: u32) {
        self.end_stream(bus);
        // The event is chosen while the converter is off (§14.3.6).
        let chosen = event << EVENT | self.buffering(bus);
        self.set_up(bus, chosen);
        // Events that came after the last number of the stream before: while that is flagged, nothing is fetched (§14.3.7).
        bus.write(DAC.sr(), LATE << self.shift());
        let stream = DMA1.stream(self.stream());
        bus.write(stream.par(), self.data(wide).number());
        bus.write(stream.m0ar(), address);
        bus.write(stream.ndtr(), count.into());
        let bits =
            CHANNEL_7 | FROM_MEMORY | NEXT_IN_MEMORY | if wide { HALF_WORDS } else { 0 } | if circular { CIRCULAR } else { 0 };
        bus.write(stream.cr(), bits);
        bus.write(stream.cr(), bits | STREAM_ON);
        self.set_up(bus, ENABLE | BY_EVENT | STREAMED | chosen);
    }

    /// Ends a stream, with its flags (§10.5.4): a stream does not start with old ones. A request that the converter has made is forgotten with its
    /// clock alone (errata ES0182, "DMA request not automatically cleared by clearing DMAEN"): it would be answered before the next stream's first event.
    fn end_stream(self, bus: &impl Bus) {
        if bus.read(DAC.cr()) & STREAMED << self.shift() != 0 {
            bus.clear(DAC.cr(), STREAMED << self.shift());
            bus.clear(RCC.apb1enr(), CLOCK);
            bus.enable(RCC.apb1enr(), CLOCK);
        }
        bus.enable(RCC.ahb1enr(), STREAMS_CLOCK);
        let stream = DMA1.stream(self.stream());
        if bus.read(stream.cr()) & STREAM_ON != 0 {
            bus.clear(stream.cr(), STREAM_ON);
            bus.comes(stream.cr(), PATIENCE, |cr| cr & STREAM_ON == 0);
        }
        bus.write(DMA1.hifcr(), if self == Channel::One { 0b11_1101 << 6 } else { 0b11_1101 << 16 });
    }
}

/// The number by which a converter knows a timer's events (§14.3.6, table 76), if it hears them.
pub fn event_of(timer: u8) -> Option<u32> {
    match timer {
        6 => Some(0b000),
        8 => Some(0b001),
        7 => Some(0b010),
        5 => Some(0b011),
        2 => Some(0b100),
        4 => Some(0b101),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    #[test]
    fn a_number_becomes_a_voltage() {
        let chip = Fake::default();
        Channel::One.start(&chip, false);
        Channel::One.write(&chip, 200, false);
        let clocks = [(RCC.ahb1enr(), STREAMS_CLOCK), (DMA1.hifcr(), 0xF40)];
        let expected = [
            (RCC.apb1enr(), CLOCK),
            clocks[0],
            clocks[1],
            (DAC.cr(), ENABLE | UNBUFFERED),
            clocks[0],
            clocks[1],
            (DAC.cr(), ENABLE | UNBUFFERED),
            (DAC.dhr8r1(), 200),
        ];
        assert_eq!(chip.writes(), expected);
        assert_eq!((Channel::One.pin(), Channel::Two.pin()), (Pin::named("A4"), Pin::named("A5")));
    }

    #[test]
    fn the_second_converter_has_the_upper_half() {
        let chip = Fake::default().stuck(DAC.cr(), 0x1);
        Channel::Two.write(&chip, 0x123, true);
        assert_eq!((chip.written(DAC.cr()), chip.written(DAC.dhr12r2())), ([0x1_0001].to_vec(), [0x123].to_vec()));
        assert_eq!(chip.written(DMA1.hifcr()), [0x3D_0000]);
        let off = Fake::default().stuck(DAC.cr(), 0x1005_1005);
        Channel::Two.stop(&off);
        assert_eq!(off.written(DAC.cr()), [0x0005_1005, 0x1005]);
        assert_eq!(off.written(RCC.apb1enr()), [0, CLOCK], "a request that waits is forgotten");
    }

    #[test]
    fn waves_follow_a_timer() {
        let chip = Fake::default();
        Channel::One.wave(&chip, Wave::Triangle, event_of(6).expect("is heard"));
        assert_eq!(chip.written(DAC.cr()), [TRIANGLE | WHOLE, ENABLE | BY_EVENT | TRIANGLE | WHOLE]);
        Channel::One.wave(&chip, Wave::Noise, event_of(4).expect("is heard"));
        assert_eq!(chip.written(DAC.cr())[2..], [0x0B68, 0x0B6D], "all is chosen while it is off");
        assert_eq!((event_of(1), event_of(3)), (None, None));
    }

    #[test]
    fn memory_is_streamed() {
        let chip = Fake::default();
        let stream = DMA1.stream(5);
        Channel::One.stream_from(&chip, 0x2000_1234, 10, false, true, 0);
        let bits = 7 << 25 | 1 << 10 | 1 << 8 | 1 << 6;
        let expected = [
            (RCC.ahb1enr(), STREAMS_CLOCK),
            (DMA1.hifcr(), 0xF40),
            (DAC.cr(), 0),
            (DAC.sr(), 1 << 13),
            (stream.par(), 0x4000_7410),
            (stream.m0ar(), 0x2000_1234),
            (stream.ndtr(), 10),
            (stream.cr(), bits),
            (stream.cr(), bits | 1),
            (DAC.cr(), 0x1005),
        ];
        assert_eq!(chip.writes(), expected);
        Channel::One.stream_from(&chip, 0x2000_0000, 3, true, false, 0b100);
        let wide = 7 << 25 | 1 << 13 | 1 << 11 | 1 << 10 | 1 << 6;
        assert_eq!(chip.written(stream.cr())[2..], [bits, wide, wide | 1], "the first is ended");
        let chosen = chip.written(DAC.cr());
        assert_eq!(chosen[chosen.len() - 2..], [0b100 << 3, 0b100 << 3 | 0x1005], "another event is chosen while it is off");
    }
}
