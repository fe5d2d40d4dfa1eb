//! Python for microcontrollers: source in, behaviour out.
//!
//! The interpreter has never heard of a board, a file system driver or a desktop: all that it asks of the outside is
//! `port::Port`. Modules in reading order: `source` turns text into trees, `compile` trees into bytecode (`code`), `vm`
//! runs it on objects (`object`) that live in the `heap`; `modules` and `vfs` are the library, `repl` the prompt.
//! Start at `vm::Vm`.
#![no_std]

#[cfg(test)]
extern crate std;

#[macro_use]
mod macros;

pub mod code;
pub mod compile;
pub mod heap;
pub mod modules;
pub mod object;
pub mod port;
pub mod repl;
pub mod source;
pub mod vfs;
pub mod vm;

#[cfg(test)]
pub mod testing;

pub use vm::{Outcome, Raised, Vm};
