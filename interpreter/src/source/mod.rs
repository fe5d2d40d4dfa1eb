//! From text to trees: token, lexer, grammar (EBNF tables), parser, tree.
//!
//! Source arrives in chunks; the parser delivers one top-level statement at a time, whose tree is dropped before the next.
//! Seam to the compiler: `parser::Parser::new(vm, &mut dyn Source, file, mode) -> Outcome<Parser>`, then
//! `parser.next_statement(vm) -> Outcome<Option<&Tree>>` until `None`; `tree` documents every node.

#[cfg_attr(not(feature = "standard"), path = "small/ahead.rs")]
mod ahead;
mod error;
#[cfg_attr(not(feature = "full"), path = "small/escape.rs")]
mod escape;
pub mod grammar;
mod incomplete;
mod lexer;
mod literal;
#[cfg_attr(not(feature = "standard"), path = "small/mangle.rs")]
mod mangle;
#[cfg_attr(not(feature = "full"), path = "small/odd.rs")]
pub(crate) mod odd;
#[cfg_attr(not(feature = "standard"), path = "small/operator.rs")]
mod operator;
pub mod parser;
mod reader;
#[cfg_attr(not(feature = "standard"), path = "small/record.rs")]
mod record;
mod string;
mod text;
pub mod token;
pub mod tree;
#[cfg_attr(not(feature = "full"), path = "small/warning.rs")]
pub(crate) mod warning;

#[cfg(test)]
mod tests;

/// Whether this is more than the smallest interpreter: which rules of the grammar there are, and whether `t"…"` is a string.
const IS_STANDARD: bool = cfg!(feature = "standard");

pub use incomplete::needs_more;
pub use lexer::BACK;

use crate::vm::{Outcome, Vm};

/// Where source text comes from: a string, a file, a raw-paste stream. It is read once, from start to end.
pub trait Source {
    /// Puts the next bytes (UTF-8) into `buffer`; 0 is the end.
    fn read(&mut self, vm: &Vm, buffer: &mut [u8]) -> Outcome<usize>;

    /// Whether it is text, whatever its first lines say of an encoding.
    #[cfg(feature = "full")]
    fn is_text(&self) -> bool {
        false
    }

    /// Goes back to the start, if it can, for whoever says what is wrong with it.
    #[cfg(feature = "full")]
    fn rewind(&mut self, _vm: &Vm) -> bool {
        false
    }
}

/// What a piece of source is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// A file: statements.
    File,
    /// One interactive statement, whose expressions are printed.
    Single,
    /// One expression.
    Eval,
}
