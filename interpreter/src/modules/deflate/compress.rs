//! Compression: copies found in a window of what was written, written in the fixed code (RFC 1951 §3.2.6).
//!
//! The search looks at every place of the window, the nearest first: a board's windows are small, and the state is nothing
//! but the window. One block holds the whole stream.

use super::inflate::{distance_bits, distance_symbol, length_bits, length_symbol};
use core::cell::Cell;

/// Shortest and longest copy.
const SHORTEST: usize = 3;
const LONGEST: usize = 258;

/// A compressor between two writes.
pub struct Compress {
    bits: u32,
    count: u8,
    position: usize,
    filled: usize,
    begun: bool,
}

impl Compress {
    /// At the beginning of a stream.
    pub const fn new() -> Compress {
        Compress { bits: 0, count: 0, position: 0, filled: 0, begun: false }
    }

    /// Compresses `bytes`; `output` takes what is complete. `window` has the same length at each call.
    ///
    /// # Errors
    /// The output's.
    pub fn write<E>(
        &mut self,
        window: &[Cell<u8>],
        mut bytes: &[u8],
        output: &mut dyn FnMut(u8) -> Result<(), E>,
    ) -> Result<(), E> {
        self.begin(output)?;
        while !bytes.is_empty() {
            let (length, distance) = self.longest(window, bytes);
            let length = if length < SHORTEST { 1 } else { length };
            if length == 1 {
                self.literal(u16::from(bytes[0]), output)?;
            } else {
                self.copy(length as u16, distance as u16, output)?;
            }
            let (done, rest) = bytes.split_at(length);
            for &byte in done {
                window[self.position].set(byte);
                self.position = (self.position + 1) % window.len();
            }
            self.filled = (self.filled + length).min(window.len());
            bytes = rest;
        }
        Ok(())
    }

    /// Ends the block and fills the last byte.
    ///
    /// # Errors
    /// The output's.
    pub fn finish<E>(&mut self, output: &mut dyn FnMut(u8) -> Result<(), E>) -> Result<(), E> {
        self.begin(output)?;
        self.literal(256, output)?;
        self.put(0, (8 - self.count % 8) % 8, output)
    }

    fn begin<E>(&mut self, output: &mut dyn FnMut(u8) -> Result<(), E>) -> Result<(), E> {
        if core::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        // The last block, in the fixed code.
        self.put(0b011, 3, output)
    }

    /// The longest copy for the beginning of `bytes`, the nearest of equals: its length and distance.
    fn longest(&self, window: &[Cell<u8>], bytes: &[u8]) -> (usize, usize) {
        let most = bytes.len().min(LONGEST);
        let (mut best, mut at) = (0, 0);
        for distance in 1..=self.filled {
            let start = self.position + window.len() - distance;
            // A copy may run on into what it makes itself.
            let byte = |index: usize| match index < distance {
                true => window[(start + index) % window.len()].get(),
                false => bytes[index - distance],
            };
            if most <= best || byte(best) != bytes[best] {
                continue;
            }
            let length = (0..most).take_while(|&index| byte(index) == bytes[index]).count();
            if length > best {
                (best, at) = (length, distance);
            }
        }
        (best, at)
    }

    fn copy<E>(&mut self, length: u16, distance: u16, output: &mut dyn FnMut(u8) -> Result<(), E>) -> Result<(), E> {
        let (index, base) = length_symbol(length);
        self.literal(257 + index as u16, output)?;
        self.put(length - base, length_bits(index), output)?;
        let (index, base) = distance_symbol(distance);
        self.put(reversed(index as u16, 5), 5, output)?;
        self.put(distance - base, distance_bits(index), output)
    }

    /// A symbol of the fixed code.
    fn literal<E>(&mut self, symbol: u16, output: &mut dyn FnMut(u8) -> Result<(), E>) -> Result<(), E> {
        let (code, bits) = match symbol {
            0..144 => (0x30 + symbol, 8),
            144..256 => (0x190 + symbol - 144, 9),
            256..280 => (symbol - 256, 7),
            _ => (0xc0 + symbol - 280, 8),
        };
        self.put(reversed(code, bits), bits, output)
    }

    fn put<E>(&mut self, value: u16, bits: u8, output: &mut dyn FnMut(u8) -> Result<(), E>) -> Result<(), E> {
        self.bits |= u32::from(value) << self.count;
        self.count += bits;
        while self.count >= 8 {
            let byte = self.bits as u8;
            self.bits >>= 8;
            self.count -= 8;
            output(byte)?;
        }
        Ok(())
    }
}

/// Codes are written from their highest bit, everything else from its lowest.
fn reversed(code: u16, bits: u8) -> u16 {
    code.reverse_bits() >> (16 - bits)
}
