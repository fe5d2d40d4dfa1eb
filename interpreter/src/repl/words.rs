//! Words in a line: moving and erasing by them.

use super::editor::Line;
use crate::vm::Vm;

fn is_word(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphanumeric() || byte >= 0x80
}

/// The start of the word at or before the cursor.
pub(super) fn left(line: &Line) -> usize {
    let (start, mut at, _) = line.bounds();
    for wanted in [false, true] {
        while at > start && is_word(line.byte(at - 1)) == wanted {
            at -= 1;
        }
    }
    at
}

/// The end of the word at or behind the cursor.
fn right(line: &Line) -> usize {
    let (_, mut at, end) = line.bounds();
    for wanted in [false, true] {
        while at < end && is_word(line.byte(at)) == wanted {
            at += 1;
        }
    }
    at
}

/// What Escape and a letter do.
pub(super) fn act(vm: &Vm, line: &mut Line, letter: u8) {
    let cursor = line.bounds().1;
    match letter {
        b'b' => line.go(vm, left(line)),
        b'f' => line.go(vm, right(line)),
        b'd' => line.erase(vm, cursor, right(line)),
        8 | 0x7f => line.erase(vm, left(line), cursor),
        _ => {}
    }
}
