//! Which sectors of the flash the board's files have: one fewer where the loader looks at signatures and is twice as long.

use stm32f4::flash::{self, Sector};

/// Those behind the loader, and the last two.
#[cfg(not(feature = "signed"))]
pub const FILES: [Sector; 6] = flash::FILES;
#[cfg(feature = "signed")]
pub const FILES: [Sector; 5] = {
    let [_, files @ ..] = flash::FILES;
    files
};
/// Their bytes.
pub static SIZES: [u32; FILES.len()] = flash::sizes(&FILES);
