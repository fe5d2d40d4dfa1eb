//! Which character lies at which byte of text that is not ASCII, without walking there each time.
//!
//! UTF-8 has to be counted through. Programs that read a text go through it from one end to the other, so the last place that
//! was asked for is remembered, and the next one is counted from there: a scanner over a long text takes linear time, as over
//! ASCII. What is remembered belongs to one text, known by its address and length. A text lives at least until the next
//! collection, and does not change; so what was noted before that one is not believed.

use crate::vm::Vm;
use core::cell::Cell;

/// Shorter texts are counted through.
const LONG: usize = 128;
/// How many bytes are counted at once.
const GROUP: usize = 128;

/// A text, and one place in it.
#[derive(Clone, Copy)]
struct Known {
    address: usize,
    length: usize,
    /// In which period between two collections.
    period: usize,
    /// The number of a character, and the byte where it begins.
    number: usize,
    offset: usize,
    /// How many characters there are, if that was asked; otherwise `usize::MAX`.
    count: usize,
}

/// What an interpreter remembers.
pub struct Memory(Cell<Known>);

impl Memory {
    /// Nothing.
    pub const EMPTY: Memory =
        Memory(Cell::new(Known { address: 0, length: 0, period: 0, number: 0, offset: 0, count: usize::MAX }));
}

/// Number of code points.
pub fn len(vm: &Vm, text: &str) -> usize {
    if text.len() < LONG {
        return count(text.as_bytes());
    }
    let mut known = known(vm, text);
    if known.count == usize::MAX {
        known.count = known.number + count(&text.as_bytes()[known.offset..]);
        vm.places.0.set(known);
    }
    known.count
}

/// The byte where code point `index` begins; the end for an index behind it.
pub fn offset(vm: &Vm, text: &str, index: usize) -> usize {
    let bytes = text.as_bytes();
    if bytes.len() < LONG {
        return forward(bytes, 0, index).0;
    }
    let mut known = known(vm, text);
    if index >= known.count {
        // The end is where most parts of a text are sought up to: to go there would be to forget the beginning.
        return bytes.len();
    }
    let (offset, number) = if index >= known.number {
        let (offset, left) = forward(bytes, known.offset, index - known.number);
        (offset, index - left)
    } else if index < known.number / 2 {
        (forward(bytes, 0, index).0, index)
    } else {
        (backward(bytes, known.offset, known.number - index), index)
    };
    (known.offset, known.number) = (offset, number);
    vm.places.0.set(known);
    offset
}

/// Number of the code point that begins at byte `offset`.
pub fn number(vm: &Vm, text: &str, offset: usize) -> usize {
    let bytes = text.as_bytes();
    if bytes.len() < LONG {
        return count(&bytes[..offset]);
    }
    let mut known = known(vm, text);
    if offset == bytes.len() && known.count != usize::MAX {
        return known.count;
    }
    known.number = if offset >= known.offset {
        known.number + count(&bytes[known.offset..offset])
    } else if offset < known.offset / 2 {
        count(&bytes[..offset])
    } else {
        known.number - count(&bytes[offset..known.offset])
    };
    known.offset = offset;
    vm.places.0.set(known);
    known.number
}

/// What is known of a text: its beginning at least.
fn known(vm: &Vm, text: &str) -> Known {
    let (known, period) = (vm.places.0.get(), vm.heap.collections());
    let (address, length) = (text.as_ptr().addr(), text.len());
    if known.address == address && known.length == length && known.period == period {
        return known;
    }
    Known { address, length, period, number: 0, offset: 0, count: usize::MAX }
}

fn is_start(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

fn count(bytes: &[u8]) -> usize {
    // A byte is enough for the count of a group, and so the processor counts many at once.
    bytes.chunks(GROUP).map(|group| usize::from(group.iter().map(|byte| u8::from(is_start(*byte))).sum::<u8>())).sum()
}

/// Where the character begins that is `left` behind the one at `offset`; how many are missing at the end of the text.
fn forward(bytes: &[u8], mut offset: usize, mut left: usize) -> (usize, usize) {
    while let Some(group) = bytes.get(offset..offset + GROUP) {
        let starts = count(group);
        if starts > left {
            break;
        }
        left -= starts;
        offset += GROUP;
    }
    for byte in &bytes[offset..] {
        if is_start(*byte) {
            if left == 0 {
                return (offset, 0);
            }
            left -= 1;
        }
        offset += 1;
    }
    (offset, left)
}

/// Where the character begins that is `left` before the one at `offset`.
fn backward(bytes: &[u8], mut offset: usize, mut left: usize) -> usize {
    while offset >= GROUP {
        let starts = count(&bytes[offset - GROUP..offset]);
        if starts >= left {
            break;
        }
        left -= starts;
        offset -= GROUP;
    }
    while left > 0 {
        offset -= 1;
        left -= usize::from(is_start(bytes[offset]));
    }
    offset
}
