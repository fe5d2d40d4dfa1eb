//! File systems over block devices, behind the interpreter's `FileSystem` trait.
//!
//! `littlefs` keeps its promises when power is cut at any moment; it is what the virtual board's image holds. The block layer
//! over unequal flash sectors and FAT come with the pyboard. Nothing here knows a chip or a desktop.
#![no_std]

pub mod defaults;
pub mod fat;
pub mod format;
pub mod littlefs;
pub mod littlefs1;
pub mod log;
pub mod object;
pub mod rom;
pub mod shared;
#[cfg(test)]
mod testing;
