//! The board link: everything the app knows about talking to a board, and nothing about windows.
//!
//! A [`Board`] is a handle that many may hold. Behind it one task, the session, owns the line and is the only one to read and
//! write it, so a file operation, a running program and what a person types can never get into each other's bytes. Ask with
//! the methods of [`Board`] (or with [`Request`] values, which is what crosses to the window), listen with
//! [`Board::subscribe`].
//!
//! ```text
//!   Board ──Command──▶ session ──▶ files, run ──▶ raw_repl ──▶ line ──▶ transport ──▶ the board
//!     ◀──Event── (terminal bytes, connection, progress)                 serial · tcp · process · memory
//! ```
//!
//! The line shows the board's friendly prompt, live. Files and programs go through the raw REPL, which the terminal never
//! sees; a [`raw_repl::RawMode`] value is the proof of being in it. Attaching sends Ctrl-B only: a running program runs on.
//! Nobody but the user interrupts a program: while one runs, file operations answer [`Error::Busy`].

pub mod error;
pub mod model;
pub mod phrase;
pub mod size;
pub mod typescript;

pub mod board;
mod session;

pub mod archive;
pub mod copy;
pub mod deploy;
pub mod local;
pub mod mip;
pub mod sync;

pub mod files;
pub mod pack;
pub mod run;
pub mod snippets;
pub mod transfer;

pub mod line;
pub mod prompt;
pub mod raw_repl;
pub mod traceback;
pub mod traffic;

pub mod discover;
pub mod permission;
pub mod transport;

pub mod flash;

pub use board::{Board, Events};
pub use error::{Error, Problem, Result};
pub use model::*;
