//! Firmware update over USB: DFU 1.1 and ST's DfuSe 1.1a, as values and state machines with no hardware.
//!
//! Six rooms: `protocol` (requests, states, commands), `layout` (what a device says of its memory), `device` (the loader's half),
//! `host` (the half that sends an image), `file` (the `.dfu` format),
//! `label` (what an image says of itself). Each half meets the world by one small trait, so the two are tested against each
//! other with the power cut at every step (`tests/update.rs`). This crate will never know a USB stack, a flash chip or a clock.
#![no_std]

pub mod device;
pub mod file;
pub mod host;
pub mod label;
pub mod layout;
pub mod protocol;
#[cfg(feature = "simulated")]
pub mod simulated;
