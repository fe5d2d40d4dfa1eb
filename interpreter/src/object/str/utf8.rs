//! Whether bytes are UTF-8: one by one as they arrive. `whole` tells it of all at once.

pub use super::whole::{checked, is_utf8};

/// How many continuation bytes are to come, and which may be next.
pub struct Utf8 {
    left: u8,
    low: u8,
    high: u8,
}

impl Utf8 {
    /// Between two characters.
    pub const START: Utf8 = Utf8 { left: 0, low: 0x80, high: 0xbf };

    /// Whether a character has begun and not ended.
    pub fn is_inside(&self) -> bool {
        self.left > 0
    }

    /// Whether the byte may come next.
    pub fn accepts(&mut self, byte: u8) -> bool {
        if self.left > 0 {
            let good = byte >= self.low && byte <= self.high;
            *self = Utf8 { left: if good { self.left - 1 } else { 0 }, ..Utf8::START };
            return good;
        }
        let (left, low, high) = match byte {
            0..0x80 => return true,
            0xc2..=0xdf => (1, 0x80, 0xbf),
            0xe0 => (2, 0xa0, 0xbf),
            0xed => (2, 0x80, 0x9f),
            0xe1..=0xef => (2, 0x80, 0xbf),
            0xf0 => (3, 0x90, 0xbf),
            0xf1..=0xf3 => (3, 0x80, 0xbf),
            0xf4 => (3, 0x80, 0x8f),
            _ => return false,
        };
        *self = Utf8 { left, low, high };
        true
    }
}
