//! The controller of most small displays (Solomon Systech SSD1306, rev. 1.1): 128 × 64 dots that shine. What its instructions say of voltages and times
//! changes nothing that is to be seen here, nor is its picture scrolled by itself.

use super::screens::{Controller, Picture};

const WIDTH: usize = 128;
const PAGES: usize = 8;

/// The way of the next byte through the memory (§10.1.3).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Rows,
    Columns,
    Page,
}

/// One of them.
pub struct Ssd1306 {
    memory: [[u8; WIDTH]; PAGES],
    order: Order,
    /// The parts of pages and columns that are gone through, first and last.
    columns: [usize; 2],
    pages: [usize; 2],
    /// The next byte's place.
    column: usize,
    page: usize,
    /// An instruction, with what has come of its bytes, until it is whole.
    instruction: Vec<u8>,
    on: bool,
    all_on: bool,
    inverted: bool,
    /// Columns and rows from the other side.
    mirrored: bool,
    upward: bool,
    contrast: u8,
    /// Rows that there are, the row of the memory that is shown first, and the line where that is.
    rows: usize,
    start: usize,
    offset: usize,
}

impl Default for Ssd1306 {
    /// As after power-on (§8.5).
    fn default() -> Ssd1306 {
        Ssd1306 {
            memory: [[0; WIDTH]; PAGES],
            order: Order::Page,
            columns: [0, WIDTH - 1],
            pages: [0, PAGES - 1],
            column: 0,
            page: 0,
            instruction: Vec::new(),
            on: false,
            all_on: false,
            inverted: false,
            mirrored: true,
            upward: true,
            contrast: 0x7F,
            rows: 8 * PAGES,
            start: 0,
            offset: 0,
        }
    }
}

/// The bytes that belong to an instruction, itself included (§9).
fn length(instruction: u8) -> usize {
    match instruction {
        0x20 | 0x81 | 0x8D | 0xA8 | 0xAD | 0xD3 | 0xD5 | 0xD8..=0xDB => 2,
        0x21 | 0x22 | 0xA3 => 3,
        0x29 | 0x2A => 6,
        0x26 | 0x27 => 7,
        _ => 1,
    }
}

impl Ssd1306 {
    /// The range that two bytes name; the next byte goes to its begin.
    fn range(from: u8, to: u8, count: usize) -> [usize; 2] {
        let [from, to] = [from, to].map(|at| usize::from(at) % count);
        [from, to.max(from)]
    }

    fn follow(&mut self) {
        match *self.instruction {
            [low @ ..=0x0F] => self.column = self.column & 0x70 | usize::from(low),
            [high @ 0x10..=0x1F] => self.column = self.column & 0xF | usize::from(high & 7) << 4,
            [0x20, order] => {
                self.order = match order & 3 {
                    0 => Order::Rows,
                    1 => Order::Columns,
                    _ => Order::Page,
                };
            }
            [0x21, from, to] => {
                self.columns = Ssd1306::range(from, to, WIDTH);
                self.column = self.columns[0];
            }
            [0x22, from, to] => {
                self.pages = Ssd1306::range(from, to, PAGES);
                self.page = self.pages[0];
            }
            [start @ 0x40..=0x7F] => self.start = usize::from(start & 0x3F),
            [0x81, contrast] => self.contrast = contrast,
            [remap @ 0xA0..=0xA1] => self.mirrored = remap & 1 == 0,
            [all @ 0xA4..=0xA5] => self.all_on = all & 1 != 0,
            [invert @ 0xA6..=0xA7] => self.inverted = invert & 1 != 0,
            [0xA8, last] => self.rows = usize::from(last & 0x3F).max(15) + 1,
            [power @ 0xAE..=0xAF] => self.on = power & 1 != 0,
            [page @ 0xB0..=0xB7] => self.page = usize::from(page & 7),
            [way @ 0xC0..=0xCF] => self.upward = way & 8 == 0,
            [0xD3, offset] => self.offset = usize::from(offset & 0x3F),
            _ => {}
        }
    }

    /// Goes on to the next place; whether that begins a line of places anew.
    fn advance(at: &mut usize, [first, last]: [usize; 2]) -> bool {
        let ends = *at == last;
        *at = if ends { first } else { *at + 1 };
        ends
    }
}

impl Controller for Ssd1306 {
    fn instruct(&mut self, byte: u8) {
        self.instruction.push(byte);
        if self.instruction.len() == length(self.instruction[0]) {
            self.follow();
            self.instruction.clear();
        }
    }

    fn draw(&mut self, byte: u8) {
        self.column %= WIDTH;
        self.memory[self.page][self.column] = byte;
        match self.order {
            Order::Rows if Ssd1306::advance(&mut self.column, self.columns) => {
                Ssd1306::advance(&mut self.page, self.pages);
            }
            Order::Columns if Ssd1306::advance(&mut self.page, self.pages) => {
                Ssd1306::advance(&mut self.column, self.columns);
            }
            Order::Page => {
                Ssd1306::advance(&mut self.column, [0, WIDTH - 1]);
            }
            _ => {}
        }
    }

    fn is_on(&self) -> bool {
        self.on
    }

    fn picture(&self) -> Picture {
        Picture::drawn(self.on, self.contrast, [WIDTH, self.rows], |x, y| {
            let line = if self.upward { self.rows - 1 - y } else { y };
            let row = (line + self.start + self.offset) % (8 * PAGES);
            let column = if self.mirrored { WIDTH - 1 - x } else { x };
            let is_set = self.memory[row / 8][column] >> (row % 8) & 1 != 0;
            self.all_on || is_set != self.inverted
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::screens::shown;

    /// On, upright, rows from the top.
    const BEGIN: &[u8] = &[0xAE, 0x20, 0, 0xA1, 0xC8, 0xA8, 63, 0xAF];

    /// The dots of the upper left corner after instructions and data.
    #[track_caller]
    fn check(instructions: &[u8], data: &[u8], corner: &str) {
        let mut display = Ssd1306::default();
        BEGIN.iter().chain(instructions).for_each(|byte| display.instruct(*byte));
        data.iter().for_each(|byte| display.draw(*byte));
        assert_eq!(shown(&display.picture(), 4, 4), corner);
    }

    #[test]
    fn a_byte_is_eight_dots_one_above_the_other() {
        check(&[], &[0b0001, 0b0110, 0, 0b1000], "#... .#.. .#.. ...#");
    }

    #[test]
    fn it_is_mirrored_and_turned_as_it_is_told() {
        let from_the_right = [0; 124].into_iter().chain([0, 0, 0, 0b11]).collect::<Vec<_>>();
        check(&[0xA0], &from_the_right, "#... #... .... ....");
        check(&[0xC0, 0xA8, 15], &[0; 128].into_iter().chain([0x80]).collect::<Vec<_>>(), "#... .... .... ....");
    }

    #[test]
    fn the_next_byte_goes_where_columns_and_pages_say() {
        check(&[0x21, 1, 2, 0x22, 0, 0], &[1, 2, 4], ".... ..#. .#.. ....");
    }

    #[test]
    fn pages_are_gone_through_by_their_own_instructions() {
        check(&[0x20, 2, 0xB0, 0x02, 0x10], &[0b1111, 0b0001], "..## ..#. ..#. ..#.");
    }

    #[test]
    fn columns_come_first_where_it_is_told_so() {
        check(&[0x20, 1, 0x22, 0, 1], &[1, 0xFF, 2], "#... .#.. .... ....");
    }

    #[test]
    fn it_inverts_and_lights_all() {
        check(&[0xA7], &[0b0001], ".### #### #### ####");
        check(&[0xA5], &[], "#### #### #### ####");
    }

    #[test]
    fn its_first_row_is_the_one_that_it_is_told() {
        check(&[0x41], &[0b0010], "#... .... .... ....");
        check(&[0xD3, 2], &[0b0100], "#... .... .... ....");
    }

    #[test]
    fn an_instruction_that_has_bytes_takes_them_for_no_instructions() {
        check(&[0x81, 0xA5, 0xD5, 0xA7, 0x8D, 0xAE, 0xDA, 0xAE], &[1], "#... .... .... ....");
    }

    #[test]
    fn it_is_dark_until_it_is_switched_on() {
        let display = Ssd1306::default();
        assert!(!display.is_on());
    }
}
