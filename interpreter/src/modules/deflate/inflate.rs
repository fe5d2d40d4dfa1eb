//! Decompression of deflate streams (RFC 1951), one byte out at a time.
//!
//! Codes are read bit by bit from counts and sorted symbols, as in Mark Adler's description of canonical codes: 700 bytes of
//! state, no tables to build, and never a byte more taken from the input than is needed.

use core::cell::Cell;

/// Why nothing came out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault<E> {
    /// The input is no deflate stream, or needs a larger window.
    Invalid,
    /// The input said so.
    Input(E),
}

/// A canonical code of up to `N` symbols.
struct Code<const N: usize> {
    /// How many symbols have a code of so many bits.
    counts: [u16; 16],
    /// Symbols by length of code, then by value.
    symbols: [u16; N],
}

impl<const N: usize> Code<N> {
    const EMPTY: Code<N> = Code { counts: [0; 16], symbols: [0; N] };

    /// The code whose symbol `i` has `lengths[i]` bits. `None` when more codes are asked for than exist.
    fn new(lengths: &[u8]) -> Option<Code<N>> {
        let mut code = Code::EMPTY;
        lengths.iter().for_each(|&length| code.counts[length as usize & 15] += 1);
        code.counts[0] = 0;
        let (mut left, mut places) = (1_i32, [0_u16; 16]);
        for length in 1..16 {
            left = 2 * left - i32::from(code.counts[length]);
            if left < 0 {
                return None;
            }
            places[length] = places[length - 1] + code.counts[length - 1];
        }
        for (symbol, &length) in lengths.iter().enumerate().filter(|pair| *pair.1 != 0) {
            let place = &mut places[length as usize & 15];
            *code.symbols.get_mut(*place as usize)? = symbol as u16;
            *place += 1;
        }
        Some(code)
    }
}

/// What is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Block {
    /// The head of the next block.
    Head,
    /// Bytes as they are: how many are left.
    Stored(u16),
    /// Symbols.
    Coded,
    /// Nothing comes any more.
    End,
}

/// A decompressor between two bytes.
pub struct Inflate {
    bits: u32,
    count: u8,
    last: bool,
    block: Block,
    /// A copy under way: bytes left, and how far back they lie.
    length: u16,
    distance: u16,
    /// Where the next byte goes in the window, and how many the window holds.
    position: usize,
    filled: usize,
    literals: Code<288>,
    distances: Code<32>,
}

/// Base and extra bits of lengths (symbols 257 to 285) and of distances.
const LENGTHS: [u16; 29] =
    [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const DISTANCES: [u16; 30] = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193,
    12289, 16385, 24577,
];
/// The order in which a block gives the lengths of the code that its lengths are written in.
const ORDER: [u8; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// Extra bits of length symbol `index`.
pub fn length_bits(index: usize) -> u8 {
    if index < 4 || index == 28 { 0 } else { (index as u8 - 4) / 4 }
}

/// Extra bits of distance symbol `index`.
pub fn distance_bits(index: usize) -> u8 {
    (index as u8 / 2).saturating_sub(1)
}

/// The symbol of a length, from 0, and its base.
pub fn length_symbol(length: u16) -> (usize, u16) {
    let index = LENGTHS.iter().rposition(|&base| base <= length).unwrap_or(0);
    (index, LENGTHS[index])
}

/// The symbol of a distance and its base.
pub fn distance_symbol(distance: u16) -> (usize, u16) {
    let index = DISTANCES.iter().rposition(|&base| base <= distance).unwrap_or(0);
    (index, DISTANCES[index])
}

impl Inflate {
    /// At the beginning of a stream.
    pub const fn new() -> Inflate {
        let (literals, distances) = (Code::EMPTY, Code::EMPTY);
        let (bits, count, last, block) = (0, 0, false, Block::Head);
        Inflate { bits, count, last, block, length: 0, distance: 0, position: 0, filled: 0, literals, distances }
    }

    /// The next byte, or `None` at the end. `window` has the same length at each call.
    ///
    /// # Errors
    /// The input's, and `Invalid`; there is no going on after either.
    pub fn next<E>(
        &mut self,
        window: &[Cell<u8>],
        input: &mut dyn FnMut() -> Result<u8, E>,
    ) -> Result<Option<u8>, Fault<E>> {
        loop {
            if self.length > 0 {
                self.length -= 1;
                let from = (self.position + window.len() - self.distance as usize) % window.len();
                return Ok(Some(self.put(window, window[from].get())));
            }
            match self.block {
                Block::End => return Ok(None),
                Block::Head if self.last => self.block = Block::End,
                Block::Head => self.head(input)?,
                Block::Stored(0) => self.block = Block::Head,
                Block::Stored(left) => {
                    self.block = Block::Stored(left - 1);
                    let byte = input().map_err(Fault::Input)?;
                    return Ok(Some(self.put(window, byte)));
                }
                Block::Coded => {
                    if let Some(byte) = self.symbol(input)? {
                        return Ok(Some(self.put(window, byte)));
                    }
                }
            }
        }
    }

    fn put(&mut self, window: &[Cell<u8>], byte: u8) -> u8 {
        window[self.position].set(byte);
        self.position = (self.position + 1) % window.len();
        self.filled = (self.filled + 1).min(window.len());
        byte
    }

    fn take<E>(&mut self, count: u8, input: &mut dyn FnMut() -> Result<u8, E>) -> Result<u16, Fault<E>> {
        while self.count < count {
            self.bits |= u32::from(input().map_err(Fault::Input)?) << self.count;
            self.count += 8;
        }
        let value = self.bits & ((1 << count) - 1);
        self.bits >>= count;
        self.count -= count;
        Ok(value as u16)
    }

    fn head<E>(&mut self, input: &mut dyn FnMut() -> Result<u8, E>) -> Result<(), Fault<E>> {
        self.last = self.take(1, input)? == 1;
        match self.take(2, input)? {
            0 => {
                // The rest of the byte is dropped; then the length, and its complement.
                (self.bits, self.count) = (0, 0);
                let (length, complement) = (self.take(16, input)?, self.take(16, input)?);
                if length != !complement {
                    return Err(Fault::Invalid);
                }
                self.block = Block::Stored(length);
                return Ok(());
            }
            1 => {
                let mut lengths = [8; 288];
                lengths[144..256].fill(9);
                lengths[256..280].fill(7);
                self.literals = Code::new(&lengths).ok_or(Fault::Invalid)?;
                self.distances = Code::new(&[5; 32]).ok_or(Fault::Invalid)?;
            }
            2 => self.codes(input)?,
            _ => return Err(Fault::Invalid),
        }
        self.block = Block::Coded;
        Ok(())
    }

    /// Reads the codes of a block that brings its own.
    fn codes<E>(&mut self, input: &mut dyn FnMut() -> Result<u8, E>) -> Result<(), Fault<E>> {
        let literals = self.take(5, input)? as usize + 257;
        let distances = self.take(5, input)? as usize + 1;
        let given = self.take(4, input)? as usize + 4;
        let mut lengths = [0_u8; 19];
        for &place in &ORDER[..given] {
            lengths[place as usize] = self.take(3, input)? as u8;
        }
        let code = Code::<19>::new(&lengths).ok_or(Fault::Invalid)?;
        let mut all = [0_u8; 288 + 32];
        let all = all.get_mut(..literals + distances).filter(|_| literals <= 288).ok_or(Fault::Invalid)?;
        let mut at = 0;
        while at < all.len() {
            let symbol = self.decode(&code, input)?;
            let (value, times) = match symbol {
                0..16 => (symbol as u8, 1),
                16 if at > 0 => (all[at - 1], 3 + self.take(2, input)?),
                17 => (0, 3 + self.take(3, input)?),
                18 => (0, 11 + self.take(7, input)?),
                _ => return Err(Fault::Invalid),
            };
            all.get_mut(at..at + times as usize).ok_or(Fault::Invalid)?.fill(value);
            at += times as usize;
        }
        self.literals = Code::new(&all[..literals]).ok_or(Fault::Invalid)?;
        self.distances = Code::new(&all[literals..]).ok_or(Fault::Invalid)?;
        Ok(())
    }

    fn decode<E, const N: usize>(
        &mut self,
        code: &Code<N>,
        input: &mut dyn FnMut() -> Result<u8, E>,
    ) -> Result<u16, Fault<E>> {
        let (mut value, mut first, mut index) = (0_i32, 0_i32, 0_i32);
        for &count in &code.counts[1..] {
            value |= i32::from(self.take(1, input)?);
            let count = i32::from(count);
            if value - first < count {
                return code.symbols.get((index + value - first) as usize).copied().ok_or(Fault::Invalid);
            }
            index += count;
            first = (first + count) << 1;
            value <<= 1;
        }
        Err(Fault::Invalid)
    }

    /// A literal, or `None` after a copy began or the block ended.
    fn symbol<E>(
        &mut self,
        input: &mut dyn FnMut() -> Result<u8, E>,
    ) -> Result<Option<u8>, Fault<E>> {
        let literals = core::mem::replace(&mut self.literals, Code::EMPTY);
        let symbol = self.decode(&literals, input);
        self.literals = literals;
        let index = match symbol? {
            literal @ 0..256 => return Ok(Some(literal as u8)),
            256 => {
                self.block = Block::Head;
                return Ok(None);
            }
            symbol => symbol as usize - 257,
        };
        let base = *LENGTHS.get(index).ok_or(Fault::Invalid)?;
        let length = base + self.take(length_bits(index), input)?;
        let distances = core::mem::replace(&mut self.distances, Code::EMPTY);
        let symbol = self.decode(&distances, input);
        self.distances = distances;
        let index = symbol? as usize;
        let base = *DISTANCES.get(index).ok_or(Fault::Invalid)?;
        let distance = base + self.take(distance_bits(index), input)?;
        if distance as usize > self.filled {
            return Err(Fault::Invalid);
        }
        (self.length, self.distance) = (length, distance);
        Ok(None)
    }
}
