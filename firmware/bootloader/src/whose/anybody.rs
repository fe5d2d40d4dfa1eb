//! Anybody's: the loader in 16 kB.

use bootloader::map::{self, Map};
use dfu::label::Unsigned;

/// What is asked about a signature.
pub type Whose = Unsigned;
/// Nothing.
pub const SEAL: Whose = Unsigned;
/// What lies behind the loader.
pub const MAP: Map = map::PLAIN;
