//! The USB side of a board: serial line, mass storage, keyboard and mouse, and the entry to firmware update, generic over the bus.
//!
//! Descriptors and classes are planned to lie here once; a chip contributes its bus, and so does the test rig that shows this code to a real
//! operating system. This crate will never know a chip's registers, Python, or what the blocks of a disk mean.
#![no_std]
