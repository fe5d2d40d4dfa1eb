//! How a display on three wires is found: nobody tells the board which of a program's pins says whether a byte is an instruction or dots. But every
//! driver begins with instructions, for which that pin is low, and it is high for the first dots; so among the pins that the program drives it
//! is the one that was low all the time and is high then. What the first instruction is says which display it is meant for. A display shares its
//! bus with nobody.

use super::screens::Kind;

/// What one byte was.
pub struct Heard {
    /// It is dots, no instruction.
    pub is_data: bool,
    /// It is the first instruction for such a display.
    pub begins: Option<Kind>,
}

/// What is known of the talk on one bus.
#[derive(Default)]
pub struct Talk {
    /// The pins that may be the one; none before the first instruction.
    pins: u64,
    /// Dots have come.
    is_known: bool,
}

/// The first instructions of drivers: the SSD1306 is switched off, the skin's columns are put in their order.
fn begins(byte: u8) -> Option<Kind> {
    match byte {
        0xAE => Some(Kind::Oled),
        0xA0 => Some(Kind::Skin),
        _ => None,
    }
}

impl Talk {
    /// Hears a byte, while the program drives some pins, and some are high; `None` if it is for somebody else.
    pub fn hear(&mut self, byte: u8, driven: u64, high: u64) -> Option<Heard> {
        if self.pins == 0 {
            let kind = begins(byte)?;
            *self = Talk { pins: driven & !high, is_known: false };
            return Some(Heard { is_data: false, begins: Some(kind) });
        }
        let high = self.pins & high;
        if !self.is_known && high != 0 {
            *self = Talk { pins: high, is_known: true };
        }
        Some(Heard { is_data: high == self.pins, begins: None })
    }
}

/// Three wires that are moved by hand: bits as they come, the highest first, counted when the clock rises.
#[derive(Default)]
pub struct Shift {
    byte: u8,
    bits: u8,
}

impl Shift {
    /// The clock has risen; the byte, if that was its last bit.
    pub fn rise(&mut self, data: bool) -> Option<u8> {
        (self.byte, self.bits) = (self.byte << 1 | u8::from(data), (self.bits + 1) % 8);
        (self.bits == 0).then_some(self.byte)
    }

    /// A byte begins: something else was moved.
    pub fn begin(&mut self) {
        self.bits = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SELECT: u64 = 1;
    const RESET: u64 = 1 << 1;
    const DOTS: u64 = 1 << 2;
    const LED: u64 = 1 << 3;

    /// Bytes and the pins that are high; what each was: `i`nstruction, `d`ots, `-` for somebody else.
    #[track_caller]
    fn check(bytes: &[(u8, u64)], expected: &str) {
        let mut talk = Talk::default();
        let what = |heard: Option<Heard>| heard.map_or('-', |heard| if heard.is_data { 'd' } else { 'i' });
        let heard: String = bytes.iter().map(|(byte, high)| what(talk.hear(*byte, SELECT | RESET | DOTS | LED, *high))).collect();
        assert_eq!(heard, expected);
    }

    #[test]
    fn the_pin_that_was_low_for_instructions_is_high_for_dots() {
        let (instruction, dots) = (RESET, RESET | DOTS);
        check(&[(0xAE, instruction), (0xAF, instruction), (0xFF, dots), (0xA5, dots), (0xAE, instruction)], "iiddi");
    }

    #[test]
    fn another_pin_may_change_once_dots_have_come() {
        check(&[(0xA0, RESET), (0, RESET | DOTS), (0xB0, RESET | LED), (1, RESET | DOTS | LED)], "idid");
    }

    #[test]
    fn what_begins_with_no_instruction_is_for_somebody_else() {
        check(&[(0x9F, RESET), (0, RESET), (0, RESET | DOTS)], "---");
    }
}
