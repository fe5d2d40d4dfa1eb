//! Whether bytes that are all there are UTF-8; `utf8` tells it of bytes one by one.

use core::cell::Cell;

/// The bytes as text, if they are UTF-8.
pub fn checked(bytes: &[u8]) -> Option<&str> {
    core::str::from_utf8(bytes).ok()
}

/// Whether cells hold UTF-8: decodes a piece at a time.
pub fn is_utf8(cells: &[Cell<u8>]) -> bool {
    let mut piece = [0; 64];
    let mut at = 0;
    while at < cells.len() {
        let taken = piece.len().min(cells.len() - at);
        piece.iter_mut().zip(&cells[at..at + taken]).for_each(|(to, from)| *to = from.get());
        at += match core::str::from_utf8(&piece[..taken]) {
            Ok(_) => taken,
            // Cut off at the end of the piece: that character begins the next one.
            Err(error) if error.error_len().is_none() && error.valid_up_to() > 0 && at + taken < cells.len() => {
                error.valid_up_to()
            }
            Err(_) => return false,
        };
    }
    true
}
