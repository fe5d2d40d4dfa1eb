//! The controller of the skin LCD32MKv1.0 (Sitronix ST7565R, rev. 1.5): 128 × 32 dots that darken, of a memory of 132 × 64. The skin's glass stands on
//! its head, so the first column is at the right. Voltages and resistors change nothing that is to be seen here.

use super::screens::{Controller, Picture};

/// Columns and pages of the memory, and dots of the glass.
const COLUMNS: usize = 132;
const PAGES: usize = 8;
const WIDTH: usize = 128;
const HEIGHT: usize = 32;

/// One of them.
pub struct St7565 {
    memory: [[u8; COLUMNS]; PAGES],
    column: usize,
    page: usize,
    /// The next byte belongs to the last instruction.
    takes_byte: bool,
    on: bool,
    all_on: bool,
    inverted: bool,
    mirrored: bool,
    upward: bool,
    start: usize,
}

impl Default for St7565 {
    /// As after a reset (§ "The Reset Circuit").
    fn default() -> St7565 {
        St7565 {
            memory: [[0; COLUMNS]; PAGES],
            column: 0,
            page: 0,
            takes_byte: false,
            on: false,
            all_on: false,
            inverted: false,
            mirrored: false,
            upward: false,
            start: 0,
        }
    }
}

impl Controller for St7565 {
    fn instruct(&mut self, byte: u8) {
        if std::mem::take(&mut self.takes_byte) {
            return;
        }
        match byte {
            ..=0x0F => self.column = self.column & 0xF0 | usize::from(byte),
            0x10..=0x1F => self.column = self.column & 0xF | usize::from(byte & 0xF) << 4,
            0x40..=0x7F => self.start = usize::from(byte & 0x3F),
            // The contrast, the indicator that is always on, and the booster.
            0x81 | 0xAD | 0xF8 => self.takes_byte = true,
            0xA0 | 0xA1 => self.mirrored = byte & 1 != 0,
            0xA4 | 0xA5 => self.all_on = byte & 1 != 0,
            0xA6 | 0xA7 => self.inverted = byte & 1 != 0,
            0xAE | 0xAF => self.on = byte & 1 != 0,
            0xB0..=0xBF => self.page = usize::from(byte & 0xF) % PAGES,
            0xC0..=0xCF => self.upward = byte & 8 != 0,
            0xE2 => *self = St7565 { memory: self.memory, on: self.on, ..St7565::default() },
            _ => {}
        }
    }

    /// Behind the last column nothing is written.
    fn draw(&mut self, byte: u8) {
        if let Some(place) = self.memory[self.page].get_mut(self.column) {
            *place = byte;
            self.column += 1;
        }
    }

    fn is_on(&self) -> bool {
        self.on
    }

    fn picture(&self) -> Picture {
        Picture::drawn(self.on, u8::MAX, [WIDTH, HEIGHT], |x, y| {
            let column = if self.mirrored { x + COLUMNS - WIDTH } else { WIDTH - 1 - x };
            let line = if self.upward { HEIGHT - 1 - y } else { y };
            let row = (line + self.start) % (8 * PAGES);
            let is_set = self.memory[row / 8][column] >> (row % 8) & 1 != 0;
            self.all_on || is_set != self.inverted
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::screens::shown;

    /// The dots of the upper left corner after instructions and data, where the glass ends at the left.
    #[track_caller]
    fn check(instructions: &[u8], data: &[u8], corner: &str) {
        let mut display = St7565::default();
        [0xA0, 0xC0, 0x81, 0x28, 0x40, 0xAF].iter().chain(instructions).for_each(|byte| display.instruct(*byte));
        data.iter().for_each(|byte| display.draw(*byte));
        assert_eq!(shown(&display.picture(), 4, 4), corner);
    }

    #[test]
    fn columns_begin_at_the_right() {
        check(&[0xB0, 0x17, 0x0C], &[0b1001, 0b0001, 0b0010, 0b0100], "..## .#.. #... ...#");
    }

    #[test]
    fn it_is_mirrored_and_inverted_as_it_is_told() {
        check(&[0xA1, 0xB0, 0x10, 0x04], &[0b0011], "#... #... .... ....");
        check(&[0xA7, 0x17, 0x0F], &[0b0011], ".### .### #### ####");
        check(&[0xC8, 0xB3, 0x17, 0x0F], &[0x80], "#... .... .... ....");
    }

    #[test]
    fn the_byte_of_its_contrast_is_no_instruction() {
        check(&[0x81, 0xA5, 0xA6], &[], ".... .... .... ....");
    }
}
