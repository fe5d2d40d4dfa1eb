//! Helpers: functions that the compiler's code calls and no program can name. The first are those of `pattern`.

use super::async_generator;
use super::pattern;
use super::word::Word;

/// The helpers, by number: the operand of `LoadHelper`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Helper {
    /// `(value)`: wraps what an asynchronous generator yields.
    Yielded = pattern::NAMES.len() as u8,
}

table! { pub ROWS, NAMES, DOCS:
    def yielded(1) = async_generator::yielded;
}

/// The helper of this number.
pub fn helper(number: usize) -> Option<Word> {
    let row = match number.checked_sub(pattern::ROWS.len()) {
        Some(number) => ROWS.get(number),
        None => pattern::ROWS.get(number),
    };
    row.map(|row| row.value)
}
