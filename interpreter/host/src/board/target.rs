//! The board's buses of two wires, as those that are addressed: each is a machine that sees the levels of its two pins and holds them low, so a
//! `machine.SoftI2C` on the same pins reaches it. Whoever gives the clock has it held until the program has been told of what happened.

use machine::I2cEvent;
use std::collections::VecDeque;

/// Buses, and what the board calls the pins of each: clock and data.
pub const PINS: [[&str; 2]; 2] = [["X9", "X10"], ["Y9", "Y10"]];

/// What a bus is at.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
enum Phase {
    /// Nobody has begun, or it is about somebody else.
    #[default]
    Idle,
    /// An address comes.
    Called,
    /// Bytes come.
    Written,
    /// Bytes go.
    Read,
}

/// One of them.
#[derive(Default)]
pub struct Target {
    /// Its address, and whether it has 0 as well.
    address: Option<(u8, bool)>,
    /// Whether it acknowledges that.
    listens: bool,
    /// Whether it tells of what happens.
    tells: bool,
    phase: Phase,
    /// Clocks of this byte, and what came or goes.
    clocks: u8,
    byte: u8,
    /// The other side has read enough.
    refused: bool,
    /// The other side waits for a byte.
    wants: bool,
    events: VecDeque<I2cEvent>,
    /// The levels that it saw last, of clock and data.
    seen: [bool; 2],
    /// Whether it holds clock and data low.
    pub holds: [bool; 2],
}

impl Target {
    /// Answers at an address from now on.
    pub fn follow(&mut self, address: u8, general: bool, levels: [bool; 2]) {
        *self = Target { address: Some((address, general)), seen: levels, ..Target::default() };
    }

    /// Whether it is on.
    pub fn is_on(&self) -> bool {
        self.address.is_some()
    }

    /// Whether it acknowledges its address.
    pub fn listen(&mut self, on: bool) {
        self.listens = on;
    }

    /// Tells of the next event.
    pub fn tell(&mut self) {
        self.tells = true;
    }

    /// Whether there is something to be told of, once.
    pub fn take_told(&mut self) -> bool {
        let told = self.tells && !self.events.is_empty();
        self.tells &= !told;
        told
    }

    /// What has happened; the clock goes on when that was all.
    pub fn happened(&mut self) -> I2cEvent {
        let event = self.events.pop_front();
        if event.is_none() && !self.wants {
            self.holds[0] = false;
        }
        event.unwrap_or(I2cEvent::Quiet)
    }

    /// The byte that goes next.
    pub fn offer(&mut self, byte: u8) {
        if std::mem::take(&mut self.wants) {
            (self.byte, self.clocks) = (byte, 0);
            self.holds[1] = byte & 0x80 == 0;
        }
    }

    /// The levels of clock and data are these now.
    pub fn see(&mut self, [clock, data]: [bool; 2]) {
        let [clock_before, data_before] = std::mem::replace(&mut self.seen, [clock, data]);
        match (clock_before, clock) {
            (true, true) if data_before && !data => {
                (self.phase, self.clocks, self.byte) = (Phase::Called, 0, 0);
            }
            (true, true) if !data_before && data => {
                if self.phase == Phase::Written {
                    self.events.push_back(I2cEvent::Stopped);
                }
                self.phase = Phase::Idle;
            }
            (false, true) => self.rise(data),
            (true, false) => self.fall(),
            _ => {}
        }
    }

    /// The clock rises: a bit counts.
    fn rise(&mut self, data: bool) {
        self.clocks = self.clocks.saturating_add(1);
        match self.phase {
            Phase::Called | Phase::Written if self.clocks <= 8 => self.byte = self.byte << 1 | u8::from(data),
            Phase::Read => self.refused = data && self.clocks == 9,
            _ => {}
        }
    }

    /// The clock falls: the next bit may be driven.
    fn fall(&mut self) {
        match (self.phase, self.clocks) {
            (Phase::Called, 8) if !self.is_called() => self.phase = Phase::Idle,
            (Phase::Called | Phase::Written, 8) => self.holds[1] = true,
            (Phase::Called, 9) => {
                let reads = self.byte & 1 != 0;
                self.phase = if reads { Phase::Read } else { Phase::Written };
                self.wait(I2cEvent::Addressed { reads }, reads);
            }
            (Phase::Written, 9) => self.wait(I2cEvent::Arrived(self.byte), false),
            (Phase::Read, 9) if self.refused => {
                self.phase = Phase::Idle;
                self.holds[1] = false;
                self.events.push_back(I2cEvent::Refused);
            }
            (Phase::Read, 9) => self.wait(I2cEvent::Wanted, true),
            (Phase::Read, 8) => self.holds[1] = false,
            (Phase::Read, clocks) => self.holds[1] = self.byte << clocks & 0x80 == 0,
            _ => {}
        }
    }

    fn is_called(&self) -> bool {
        let is_own = self.address.is_some_and(|(own, general)| own == self.byte >> 1 || general && self.byte == 0);
        self.listens && is_own
    }

    /// Holds the clock until the event has been asked for, and a byte was offered where one is wanted.
    fn wait(&mut self, event: I2cEvent, wants: bool) {
        (self.clocks, self.byte, self.wants, self.holds) = (0, 0, wants, [true, false]);
        self.events.push_back(event);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Plays the other side: `S`, `P`, and bits, of which the target may hold some low; what the line was at each bit.
    fn play(target: &mut Target, moves: &str) -> String {
        let mut line = String::new();
        let see = |target: &mut Target, clock: bool, data: bool| {
            let [holds_clock, holds_data] = target.holds;
            target.see([clock && !holds_clock, data && !holds_data]);
        };
        for it in moves.chars() {
            let (first, last) = match it {
                'S' => (true, false),
                'P' => (false, true),
                bit => (bit == '1', bit == '1'),
            };
            see(target, false, first);
            see(target, true, first);
            if matches!(it, '0' | '1') {
                line.push(if target.seen[1] { '1' } else { '0' });
            }
            see(target, true, last);
            see(target, false, last);
        }
        line
    }

    #[test]
    fn it_answers_at_its_address_alone() {
        let mut target = Target::default();
        target.follow(0x43, false, [true, true]);
        target.listen(true);
        assert_eq!(play(&mut target, "S100001001P"), "100001001", "0x42");
        assert_eq!(target.happened(), I2cEvent::Quiet);
        assert_eq!(play(&mut target, "S100001101"), "100001100", "0x43, acknowledged");
        assert!(target.holds[0], "the clock waits");
        assert_eq!([target.happened(), target.happened()], [I2cEvent::Addressed { reads: false }, I2cEvent::Quiet]);
        assert!(!target.holds[0]);
    }
}
