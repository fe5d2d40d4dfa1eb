//! The board link against the real interpreter in memory, in virtual time.

#[path = "../rig/mod.rs"]
mod rig;

mod copy;
mod faults;
mod files;
mod packages;
mod prompts;
mod sync;
