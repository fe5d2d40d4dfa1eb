//! How pixels lie in bytes.

use core::cell::Cell;

/// A format, with MicroPython's numbers.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Format {
    VerticalLow = 0,
    Rgb565 = 1,
    Grey4 = 2,
    HorizontalLow = 3,
    HorizontalHigh = 4,
    Grey2 = 5,
    Grey8 = 6,
}

impl Format {
    pub(super) fn from_number(number: isize) -> Option<Format> {
        use Format::*;
        [VerticalLow, Rgb565, Grey4, HorizontalLow, HorizontalHigh, Grey2, Grey8].get(usize::try_from(number).ok()?).copied()
    }

    /// How many pixels side by side share a byte.
    fn pixels_in_a_byte(self) -> isize {
        match self {
            Format::HorizontalLow | Format::HorizontalHigh => 8,
            Format::Grey2 => 4,
            Format::Grey4 => 2,
            _ => 1,
        }
    }

    /// The next number of pixels that fills bytes.
    pub(super) fn padded(self, count: isize) -> isize {
        let unit = self.pixels_in_a_byte();
        (count + unit - 1) & !(unit - 1)
    }

    fn bits(self) -> isize {
        match self {
            Format::Rgb565 => 16,
            Format::VerticalLow => 1,
            _ => 8 / self.pixels_in_a_byte(),
        }
    }

    /// Bytes that so many pixels take: the last line only as far as it is used.
    pub(super) fn bytes(self, width: isize, height: isize, stride: isize) -> usize {
        let lines = if self == Format::VerticalLow { (height + 7) & !7 } else { height };
        let before = if self == Format::VerticalLow { lines - 8 } else { lines - 1 };
        let used = self.padded(width);
        ((before as i64 * stride as i64 + (lines - before) as i64 * used as i64) * self.bits() as i64 / 8) as usize
    }
}

/// Pixels in a buffer. `stride` is the distance of lines in pixels.
pub(super) struct Frame<'v> {
    pub(super) bytes: &'v [Cell<u8>],
    pub(super) width: isize,
    pub(super) height: isize,
    pub(super) stride: isize,
    pub(super) format: Format,
}

impl Frame<'_> {
    fn is_within(&self, x: isize, y: isize) -> bool {
        (0..self.width).contains(&x) && (0..self.height).contains(&y)
    }

    /// The byte of a pixel, and by how many bits the pixel is shifted in it. The pixel lies within.
    fn place(&self, x: isize, y: isize) -> (usize, u32) {
        let pixel = x + y * self.stride;
        let (byte, shift) = match self.format {
            Format::VerticalLow => ((y >> 3) * self.stride + x, y & 7),
            Format::HorizontalLow => (pixel >> 3, 7 - (pixel & 7)),
            Format::HorizontalHigh => (pixel >> 3, pixel & 7),
            Format::Grey2 => (pixel >> 2, 2 * (pixel & 3)),
            Format::Grey4 => (pixel >> 1, 4 * (1 - (pixel & 1))),
            Format::Grey8 => (pixel, 0),
            Format::Rgb565 => (2 * pixel, 0),
        };
        (byte as usize, shift as u32)
    }

    fn mask(&self) -> u8 {
        (0xff_u16 >> (8 - self.format.bits().min(8))) as u8
    }

    /// The colour of a pixel that lies within.
    pub(super) fn get(&self, x: isize, y: isize) -> Option<u32> {
        if !self.is_within(x, y) {
            return None;
        }
        let (at, shift) = self.place(x, y);
        let byte = |at: usize| self.bytes.get(at).map(Cell::get);
        match self.format {
            Format::Rgb565 => Some(u32::from(u16::from_ne_bytes([byte(at)?, byte(at + 1)?]))),
            _ => Some(u32::from(byte(at)? >> shift & self.mask())),
        }
    }

    /// Sets a pixel, if it lies within.
    pub(super) fn set(&self, x: isize, y: isize, colour: isize) {
        if !self.is_within(x, y) {
            return;
        }
        let (at, shift) = self.place(x, y);
        let Some(cell) = self.bytes.get(at) else { return };
        if self.format == Format::Rgb565 {
            let bytes = (colour as u16).to_ne_bytes();
            self.bytes[at..].iter().zip(bytes).for_each(|(cell, byte)| cell.set(byte));
            return;
        }
        let mask = self.mask();
        // One bit is set for any colour but 0, as in MicroPython.
        let value = if mask == 1 { u8::from(colour != 0) } else { colour as u8 & mask };
        cell.set(cell.get() & !(mask << shift) | value << shift);
    }

    /// Fills what lies within of a rectangle.
    pub(super) fn fill(&self, x: isize, y: isize, w: isize, h: isize, colour: isize) {
        for line in y.max(0)..(y + h).min(self.height) {
            for column in x.max(0)..(x + w).min(self.width) {
                self.set(column, line, colour);
            }
        }
    }
}
