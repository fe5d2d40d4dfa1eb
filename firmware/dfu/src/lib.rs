//! Firmware update over USB: DFU 1.1 and ST's DfuSe 1.1a, as values and state machines with no hardware.
//!
//! Four rooms are planned: the protocol (requests, states, commands), the device's half (used by the bootloader), the host's half (used by
//! the board link) and the `.dfu` file. Because both halves are plain state machines that exchange values, they are tested against
//! each other with the power cut at every step. This crate will never know a USB stack, a flash chip or a clock.
#![no_std]
