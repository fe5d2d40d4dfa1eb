//! Blocks: reading and programming bytes, the check sum, chains of blocks that files are, and finding free blocks.

use super::{Bound, NULL, Pair, Result};
use interpreter::vfs::Errno;

/// Blocks that are looked at in one go.
pub const WINDOW: u32 = 256;

/// Bytes that go into a block one after the other, as many at a time as the device programs at least.
#[derive(Clone, Copy)]
pub struct Writer {
    pub block: u32,
    /// Where the next byte goes.
    pub offset: u32,
    /// Which of the buffers holds what is not programmed yet.
    buffer: usize,
}

/// The sum over bytes: CRC-32, begun with ones, and not turned round at the end.
pub fn crc(sum: u32, bytes: &[u8]) -> u32 {
    bytes.iter().fold(sum, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| sum >> 1 ^ if sum & 1 == 1 { 0xedb8_8320 } else { 0 })
    })
}

/// The smallest power of two that is no less than `value`, as an exponent.
fn exponent(value: u32) -> u32 {
    32 - (value - 1).leading_zeros()
}

impl Bound<'_> {
    pub(super) fn block_size(&self) -> u32 {
        self.device.block_size()
    }

    pub(super) fn read_bytes(&self, block: u32, offset: u32, to: &mut [u8]) -> Result<()> {
        let fits = u64::from(offset) + to.len() as u64 <= self.block_size().into();
        if block >= self.device.block_count() || !fits {
            return Err(Errno::EIO);
        }
        self.device.read(block, offset, to)?;
        // What a file has written may wait to be programmed.
        for writer in self.state.files.iter().filter_map(|slot| slot.open.get()?.writer) {
            let start = writer.offset - writer.offset % self.state.unit as u32;
            for at in (start..writer.offset).filter(|_| writer.block == block) {
                if let Some(place) = at.checked_sub(offset).and_then(|index| to.get_mut(index as usize)) {
                    *place = self.state.buffers[writer.buffer * self.state.unit + (at - start) as usize].get();
                }
            }
        }
        Ok(())
    }

    pub(super) fn read_words<const N: usize>(&self, block: u32, offset: u32) -> Result<[u32; N]> {
        let mut words = [0; N];
        for (index, word) in words.iter_mut().enumerate() {
            let mut bytes = [0; 4];
            self.read_bytes(block, offset + 4 * index as u32, &mut bytes)?;
            *word = u32::from_le_bytes(bytes);
        }
        Ok(words)
    }

    /// Erases a block to be written from its beginning, by way of buffer `buffer`.
    pub(super) fn begin(&self, block: u32, buffer: usize) -> Result<Writer> {
        self.device.erase(block)?;
        Ok(Writer { block, offset: 0, buffer })
    }

    pub(super) fn put(&self, writer: &mut Writer, bytes: &[u8]) -> Result<()> {
        let unit = self.state.unit;
        let buffer = &self.state.buffers[writer.buffer * unit..][..unit];
        for byte in bytes {
            let at = writer.offset as usize % unit;
            buffer[at].set(*byte);
            writer.offset += 1;
            if at + 1 == unit {
                self.program_unit(writer, writer.offset - unit as u32)?;
            }
        }
        Ok(())
    }

    /// Programs what waits, filled up.
    pub(super) fn end(&self, writer: &mut Writer) -> Result<()> {
        let unit = self.state.unit;
        let waiting = writer.offset as usize % unit;
        if waiting > 0 {
            self.state.buffers[writer.buffer * unit..][waiting..unit].iter().for_each(|byte| byte.set(0xff));
            self.program_unit(writer, writer.offset - waiting as u32)?;
        }
        Ok(())
    }

    fn program_unit(&self, writer: &Writer, offset: u32) -> Result<()> {
        let (unit, mut bytes) = (self.state.unit, [0; super::MOST]);
        let buffer = &self.state.buffers[writer.buffer * unit..][..unit];
        bytes.iter_mut().zip(buffer).for_each(|(to, from)| *to = from.get());
        self.device.program(writer.block, offset, &bytes[..unit])
    }

    /// Copies a part of a block, and takes it into a sum.
    pub(super) fn copy(&self, writer: &mut Writer, block: u32, from: u32, to: u32, mut sum: u32) -> Result<u32> {
        let (mut at, mut part) = (from, [0; 32]);
        while at < to {
            let part = &mut part[..(to - at).min(32) as usize];
            self.read_bytes(block, at, part)?;
            self.put(writer, part)?;
            sum = crc(sum, part);
            at += part.len() as u32;
        }
        Ok(sum)
    }

    /// Takes a free block. Before an operation that takes some, `state.left` is set to the number of blocks that may be looked at.
    pub(super) fn allocate(&self) -> Result<u32> {
        let (state, count) = (self.state, self.device.block_count());
        loop {
            if state.left.get() == 0 {
                return Err(Errno::ENOSPC);
            }
            let at = state.at.get();
            if at == WINDOW.min(count) {
                self.look_on()?;
                continue;
            }
            state.at.set(at + 1);
            state.left.set(state.left.get() - 1);
            let (byte, bit) = (&state.window[at as usize / 8], 1 << (at % 8));
            if byte.get() & bit == 0 {
                return Ok((state.window_start.get() + at) % count);
            }
        }
    }

    /// Moves the window on, and marks in it what is in use.
    fn look_on(&self) -> Result<()> {
        let (state, count) = (self.state, self.device.block_count());
        let length = WINDOW.min(count);
        state.window_start.set((state.window_start.get() + length) % count);
        state.at.set(0);
        state.window.iter().for_each(|byte| byte.set(0));
        self.traverse(&mut |block| {
            let at = (block + count - state.window_start.get()) % count;
            if block < count && at < length {
                let byte = &state.window[at as usize / 8];
                byte.set(byte.get() | 1 << (at % 8));
            }
        })
    }

    /// An operation begins: every block may be looked at once, what it takes itself is not looked at again.
    pub(super) fn acknowledge(&self) {
        self.state.left.set(self.device.block_count());
    }

    /// Every block in use.
    pub(super) fn traverse(&self, action: &mut dyn FnMut(u32)) -> Result<()> {
        let (mut pair, mut left): (Pair, u32) = ([0, 1], self.device.block_count());
        while pair != NULL {
            pair.iter().for_each(|block| action(*block));
            let mut dir = self.fetch(pair)?;
            while let Some(entry) = self.next_here(&mut dir)? {
                if entry.is_file() {
                    self.traverse_chain(entry.content[0], entry.content[1], action)?;
                }
            }
            pair = dir.tail;
            left = left.checked_sub(1).ok_or(Errno::EIO)?;
        }
        for open in self.state.files.iter().filter_map(|slot| slot.open.get()) {
            if open.changed {
                self.traverse_chain(open.head, open.size, action)?;
            }
            if let Some(writer) = open.writer {
                self.traverse_chain(writer.block, open.position, action)?;
            }
        }
        Ok(())
    }

    /// The number of the block in a chain that holds byte `at` of a file, and where in it.
    pub(super) fn index(&self, at: u32) -> (u32, u32) {
        // A block has two pointers, taken over the long run.
        let size = self.block_size() - 8;
        let guess = at / size;
        if guess == 0 {
            return (0, at);
        }
        let index = (at - 4 * ((guess - 1).count_ones() + 2)) / size;
        (index, at - size * index - 4 * index.count_ones())
    }

    /// The block that holds byte `at` of the file whose last block is `head`.
    pub(super) fn find_block(&self, mut head: u32, size: u32, at: u32) -> Result<(u32, u32)> {
        if size == 0 {
            return Err(Errno::EIO);
        }
        let (mut current, (target, offset)) = (self.index(size - 1).0, self.index(at));
        while current > target {
            let skip = (exponent(current - target + 1) - 1).min(current.trailing_zeros());
            head = self.read_words::<1>(head, 4 * skip)?[0];
            current -= 1 << skip;
        }
        Ok((head, offset))
    }

    /// A block that goes on after the first `size` bytes of a chain: a copy of its last one if that is not full, else a new one.
    pub(super) fn extend(&self, head: u32, size: u32, buffer: usize) -> Result<Writer> {
        let mut writer = self.begin(self.allocate()?, buffer)?;
        if size == 0 {
            return Ok(writer);
        }
        let (index, last) = self.index(size - 1);
        let used = last + 1;
        if used < self.block_size() {
            self.copy(&mut writer, head, 0, used, 0)?;
            return Ok(writer);
        }
        let (mut head, skips) = (head, (index + 1).trailing_zeros() + 1);
        for skip in 0..skips {
            self.put(&mut writer, &head.to_le_bytes())?;
            if skip + 1 < skips {
                head = self.read_words::<1>(head, 4 * skip)?[0];
            }
        }
        Ok(writer)
    }

    fn traverse_chain(&self, mut head: u32, size: u32, action: &mut dyn FnMut(u32)) -> Result<()> {
        if size == 0 {
            return Ok(());
        }
        let mut index = self.index(size - 1).0;
        loop {
            action(head);
            if index == 0 {
                return Ok(());
            }
            head = self.read_words::<1>(head, 0)?[0];
            index -= 1;
        }
    }
}
