//! Python for microcontrollers: source in, behaviour out.
//!
//! The interpreter has never heard of a board, a file system driver or a desktop: all that it asks of the outside is
//! `port::Port`. Modules in reading order: `source` turns text into trees, `compile` trees into bytecode (`code`), `vm`
//! runs it on objects (`object`) that live in the `heap`; `modules` and `vfs` are the library, `repl` the prompt.
//! Start at `vm::Vm`.
//!
//! Three sets: bare is the smallest interpreter, the features `standard` and `full` add to it. A part that a function must call is
//! replaced by one of the same name in a folder `small`; lists say which.
#![recursion_limit = "512"]
#![no_std]
#![cfg_attr(not(feature = "full"), allow(dead_code, unused_imports, reason = "the lists leave out their only users"))]

#[cfg(test)]
extern crate std;

/// Whether this is the interpreter of hosts: what only they can do costs nothing elsewhere.
pub const WHOLE: bool = cfg!(feature = "full");

/// The wording of a message: CPython's on hosts, MicroPython's elsewhere.
const fn worded(host: &'static str, board: &'static str) -> &'static str {
    if WHOLE { host } else { board }
}

#[macro_use]
mod macros;

pub mod code;
pub mod compile;
pub mod heap;
pub mod modules;
#[cfg(feature = "native")]
pub mod native;
pub mod object;
pub mod port;
pub mod repl;
pub mod source;
pub mod vfs;
pub mod vm;

#[cfg(test)]
pub mod testing;

pub use vm::{Outcome, Raised, Vm};
