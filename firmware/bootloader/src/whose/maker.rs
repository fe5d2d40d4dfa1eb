//! Those of the maker whose key the loader was built with: in 32 kB.

use bootloader::map::{self, Map};
use bootloader::signed::Signed;

/// What is asked about a signature.
pub type Whose = Signed;
/// The key that `build.rs` was given.
pub const SEAL: Whose = Signed(*include_bytes!(concat!(env!("OUT_DIR"), "/key")));
/// What lies behind the loader.
pub const MAP: Map = map::SIGNED;
