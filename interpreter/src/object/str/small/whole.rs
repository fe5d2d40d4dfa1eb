//! Whether bytes that are all there are UTF-8, by the small machine that is there anyway.

use super::utf8::Utf8;
pub use crate::object::handle::checked_text as checked;
use core::cell::Cell;

/// Whether cells hold UTF-8.
pub fn is_utf8(cells: &[Cell<u8>]) -> bool {
    let mut state = Utf8::START;
    cells.iter().all(|byte| state.accepts(byte.get())) && !state.is_inside()
}
