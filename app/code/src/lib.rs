//! What the editor knows of Python text: outline, completion, documentation, definitions, renaming, and what is wrong with it.
//!
//! Two parsers read a text. Tree-sitter's (`text`) understands half-typed text and gives the tree from which names (`piece`, `scope`) and
//! what they mean (`meaning`) are read; the interpreter's own (`syntax`) says exactly what the board will say. Both look again only at the
//! statement that one types in. What the board's Python brings along (`library`) is the interpreter's own tables, so nothing here can
//! promise what the board does not have. Nothing here runs a program.

mod ask;
mod diagnose;
mod format;
mod library;
mod meaning;
mod outline;
mod piece;
mod rename;
mod scope;
mod syntax;
mod text;
mod typescript;
mod workspace;

pub use interpreter::compile::encoding::declared as declared_encoding;

pub use diagnose::{Fault, Severity};
pub use library::{Port, Rows};
pub use outline::{Kind, OutlineItem};
pub use rename::Refusal;
pub use text::{Change, Span};
pub use workspace::{
    Completion, CompletionKind, Completions, Definition, Diagnostic, Found, Hover, Look, Renaming, Signature, Workspace,
};
