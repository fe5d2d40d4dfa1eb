//! Putting firmware on a board over USB: which image a file holds, which loaders are plugged in, and the update itself.
//!
//! `image` reads files (`uf2` those that may hold several), `loader` finds devices and is the wire to one, `update` brings an image onto a device. The protocol and the order of steps
//! that keeps a board alive are the crate `dfu`'s. `renew` is all that one click does, from the backup to the new prompt, over a `bay` that loaders are plugged into. Everything here blocks, as USB libraries do: run it on a thread of its own.

pub mod bay;
pub mod error;
pub mod image;
pub mod loader;
pub mod renew;
mod uf2;
pub mod update;

pub use bay::{Bay, RealBay, VirtualBay};
pub use error::{Error, Result};
pub use image::Image;
pub use loader::Loader;
pub use update::{End, Progress, Step, update};
