//! The USB side of a board: serial line, removable disk, input, entry to firmware update, the loader that takes it, generic over the bus.
//!
//! `board` is what a running board shows to a computer, `loader` what a board shows that waits for firmware; the other rooms are the
//! classes of which they are made, and `own` is a device that the board's program describes. A chip contributes its bus, and so does the rig that shows this very code to a real operating system
//! (`simulated`, USB/IP behind it). This crate will never know a chip's registers, Python, or what the blocks of a disk mean.
#![no_std]

pub use usb_device;

use usb_device::class_prelude::InterfaceNumber;
use usb_device::control::{Recipient, Request, RequestType};

pub mod board;
pub mod loader;

pub mod detach;
pub mod disk;
pub mod keys;
pub mod own;
pub mod serial;
pub mod windows;

#[cfg(feature = "simulated")]
pub mod simulated;

/// Whether a request of this kind is to this interface.
fn asks(request: &Request, interface: InterfaceNumber, kind: RequestType) -> bool {
    request.request_type == kind && request.recipient == Recipient::Interface && request.index == u16::from(u8::from(interface))
}
