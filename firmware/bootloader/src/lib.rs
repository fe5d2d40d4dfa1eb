//! What the loader decides, with no chip: which images may start, and what it does with those that it is sent.
//!
//! `map` is the chip's flash as sectors, `keeper` is flash that takes nothing but whole images for this chip; `signed` says whose images those must be. `dfu::device` holds an image's
//! first page back until the keeper has judged the rest. All of it is tested over a chip in memory whose power fails in every operation
//! (`tests/power.rs`); `main.rs` binds it to the real one.
#![no_std]

pub mod keeper;
pub mod map;
#[cfg(feature = "signed")]
pub mod signed;
