//! Whether bytes are UTF-8: one by one as they arrive, or all at once.

use core::cell::Cell;

/// The bytes as text, if they are UTF-8.
pub fn checked(bytes: &[u8]) -> Option<&str> {
    core::str::from_utf8(bytes).ok()
}

/// Whether cells hold UTF-8: decodes a piece at a time.
pub fn is_utf8(cells: &[Cell<u8>]) -> bool {
    let mut piece = [0; 64];
    let mut at = 0;
    while at < cells.len() {
        let taken = piece.len().min(cells.len() - at);
        piece.iter_mut().zip(&cells[at..at + taken]).for_each(|(to, from)| *to = from.get());
        at += match core::str::from_utf8(&piece[..taken]) {
            Ok(_) => taken,
            // Cut off at the end of the piece: that character begins the next one.
            Err(error) if error.error_len().is_none() && error.valid_up_to() > 0 && at + taken < cells.len() => {
                error.valid_up_to()
            }
            Err(_) => return false,
        };
    }
    true
}

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
