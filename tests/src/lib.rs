//! Tests across the house: what no crate can prove about itself.
//!
//! `tests/` holds one file for each boundary; this library holds what they share.

pub mod console;
pub mod emulated;
pub mod house;
pub mod program;
pub mod script;
