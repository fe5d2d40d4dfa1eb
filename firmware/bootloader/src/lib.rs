//! The loader, with no chip: which images may start, what it does with those that it is sent, and how it takes them over USB.
//!
//! `loading` is the loader on a bus, `map` is the chip's flash as sectors, `keeper` is flash that takes nothing but whole images for this chip; `signed` says whose images those must be. `dfu::device` holds an image's
//! first page back until the keeper has judged the rest. All of it is tested over a chip in memory whose power fails in every operation
//! (`tests/power.rs`); on a bus in memory, a real USB stack behind it, it is
//! the loader of the rig's board (`tests/rig`). `main.rs` binds it to the real chip.
#![no_std]

pub mod keeper;
pub mod loading;
pub mod map;
#[cfg(feature = "signed")]
pub mod signed;
