//! What the editor knows of Python text: for now, its outline.
//!
//! The parser is tree-sitter's, not the interpreter's: an editor looks at text that is half typed all the time, and wants the
//! functions below the broken line as well. Nothing here runs, compiles or judges a program.

mod outline;

pub use outline::{Kind, OutlineItem, declarations, outline};
